"""Names of layers with water, green, railways and buildings."""

__all__ = ["NAMES", "TAGS"]

NAMES = {
    "water": ("water",),
    "green": ("groen", "park", "natuur", "bos", "begroeid"),
    "railway": ("spoor", "rail"),
    "building": ("pand", "gebouw", "building"),
}
"""Words in the name of a layer or file, in the order in which they are looked for."""
TAGS = ("natural", "waterway", "landuse", "leisure", "railway", "building")
