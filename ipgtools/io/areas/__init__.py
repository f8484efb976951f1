"""Read wijken and buurten: the shapes that incidents are counted in and drawn on."""

from ipgtools.io.areas.read import fits, read_areas

__all__ = [
    "fits",
    "read_areas",
]
