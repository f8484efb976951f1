"""
Hold the words that name a hot place by its streets, and how names of streets are written.

Words distinguish a street from what an export has in its place.
"""

import re
from collections.abc import Sequence

from ipgtools.nl.formats import joined
from ipgtools.nl.schouw import LIVING, PARTICLES, SURE_ENDINGS

__all__ = [
    "ARTICLES", "BETWEEN", "CROSS", "EAST", "HOME_WORDS", "MIDDLE", "MINOR_KINDS", "NAMELESS",
    "NAME_PARTICLES", "NAMING_WORDS", "NORTH", "NO_STREETS", "NO_SURNAME", "OF", "ORDINALS",
    "PEOPLE", "PERSONS", "PUBLIC_WORDS", "SIDES", "SOUTH", "WEST", "WHERE_WORDS", "apart",
    "around", "at", "between", "looks_like_street", "numbered", "proper", "street",
]  # fmt: skip

NO_STREETS = frozenset(
    {
        "onbekend", "onbekende straat", "onbekende weg", "straat onbekend", "niet bekend", "geen",
        "geen straat", "geen naam", "naamloos", "zonder naam", "nvt", "n.v.t.", "n.v.t", "n.b.",
        "niet van toepassing", "diversen", "overig", "leeg", "null", "none", "nan", "n/a",
        "unknown", "unnamed", "unnamed road", "no name", "no location", "not known",
    }
)  # fmt: skip
"""Placeholders in columns of streets, in lower case."""
NORTH, SOUTH, EAST, WEST, MIDDLE = "noord", "zuid", "oost", "west", "midden"
NAMELESS = "plek"
NAMING_WORDS = frozenset(
    {
        NAMELESS, NORTH, SOUTH, EAST, WEST, MIDDLE, "bij", "tussen", "en", "omgeving", "in", "het",
        "noorden", "zuiden", "oosten", "westen", "noordoosten", "noordwesten", "zuidoosten",
        "zuidwesten",
    }
)  # fmt: skip
"""Words by which a place is named, apart from its streets and areas."""
MINOR_KINDS = frozenset(
    {
        "footway", "path", "cycleway", "steps", "track", "service", "bridleway", "corridor",
        "fietspad", "voetpad", "fp", "vp", "vd", "pad",
    }
)  # fmt: skip
"""Kinds of ways that locate a place badly, in OpenStreetMap and the NWB."""
_NEAR = re.compile(r"^(?:on or near|near|nabij|omgeving|ter hoogte van|t\.?h\.?v\.?)\s+", re.I)
_ROAD_CODE = re.compile(r"^[a-z]{1,2}\s?-?\d{1,4}[a-z]?$", re.I)
_ENGLISH = frozenset(
    {"street", "road", "avenue", "lane", "drive", "close", "crescent", "terrace", "square",
     "boulevard"}
)  # fmt: skip
"""Last words of streets in British and American exports."""
_HOUSE = re.compile(r"\s+(?!(?:1[5-9]|20)\d\d\b)\d{1,5}(?:\s?[-/]?\s?[a-z0-9]{1,4})?$", re.I)
"""A number at the end of a name, with its addition; not a year, as in *Boulevard 1945*."""
_LOWER = PARTICLES | {"bij", "en", "tot", "voor", "onder", "over", "'t", "'s", "of", "the", "and"}
PERSONS = frozenset(
    {
        "mw", "mevr", "mevrouw", "mvr", "mej", "mejuffrouw", "dhr", "heer", "hr", "meneer",
        "mijnheer", "fam", "familie", "gezin", "echtpaar", "wed", "weduwe", "buurman",
        "buurvrouw", "drs", "wethouder", "agent", "wijkagent",
    }
)  # fmt: skip
"""Words before the name of a person, in plain form."""
PEOPLE = frozenset(
    {
        "contact", "contactpersoon", "bewoner", "bewoners", "bewoonster", "melder", "melders",
        "eigenaar", "eigenaren", "huurder", "huurders", "klager", "aanvrager", "naam", "namens",
        "door", "aanspreken", "tnv",
    }
)  # fmt: skip
"""After these a name that may be a person's is one."""
NAME_PARTICLES = frozenset({"der", "den", "ter", "ten", "te", "v", "vd", "d", "von", "la", "le"})
"""Small words that belong to the name after them, anywhere."""
ARTICLES = frozenset({"de", "het"})
OF, CROSS, BETWEEN = "van", "x", "tussen"
ORDINALS = {
    "eerste": "1e", "tweede": "2e", "derde": "3e", "vierde": "4e", "vijfde": "5e", "zesde": "6e",
    "1ste": "1e", "2de": "2e", "2ede": "2e", "3de": "3e", "4de": "4e", "5de": "5e", "6de": "6e",
}  # fmt: skip
"""Ordinals in names of streets, and how they are compared."""
NO_SURNAME = frozenset({"het", "t", "op", "achter", "aan", "in", "bij", "onder", "boulevard"})
"""First words of names of streets that hardly ever begin the name of a person."""
PUBLIC_WORDS = frozenset(
    {
        "straat", "weg", "laan", "plein", "markt", "park", "singel", "kade", "pad", "steeg",
        "dijk", "hof", "brug", "haven", "station", "sportpark", "boulevard", "ring", "plantsoen",
    }
)  # fmt: skip
"""Words of their own that make a name of several words one of a public place."""
WHERE_WORDS = frozenset({"in", "op", "rond", "rondom", "omgeving", "hoogte", "richting", "langs"})
"""Words between a report and a place, apart from the relations."""
HOME_WORDS = frozenset({*LIVING, "wonende", "adres", "huisadres", "woonplaats"})
"""Words before the address of the writer, or of who is written about."""
_MOST_WORDS = 5
_ROMAN = re.compile(r"^(?:i{2,3}|iv|vi{0,3}|ix|xi{0,3})$")
_SMALL_START = re.compile(r"^(['’][ts])(-?)")


def at(street: str, other: str) -> str:
    """
    Name a place on a street by the street it is near.

    Examples
    --------
    >>> at("Gronausestraat", "Leijdsweg")
    'Gronausestraat bij Leijdsweg'
    """
    return f"{street} bij {other}"


def between(street: str, one: str, other: str) -> str:
    """
    Name a stretch of street.

    Examples
    --------
    >>> between("Gronausestraat", "Leijdsweg", "Marthalaan")
    'Gronausestraat tussen Leijdsweg en Marthalaan'
    """
    return f"{street} tussen {one} en {other}"


def around(streets: Sequence[str]) -> str:
    """
    Name an area by its streets.

    Examples
    --------
    >>> around(["Gronausestraat", "Leijdsweg"])
    'omgeving Gronausestraat en Leijdsweg'
    """
    return f"omgeving {joined(streets)}"


SIDES = (
    ("het zuidwesten", "het zuiden", "het zuidoosten"),
    ("het westen", "het midden", "het oosten"),
    ("het noordwesten", "het noorden", "het noordoosten"),
)
"""Thirds of an area, from south to north and from west to east."""


def numbered(number: int, area: str = "") -> str:
    """
    Name a place that has no street, by its number and where it is.

    Examples
    --------
    >>> numbered(2), numbered(2, "Velve-Lindenhof"), numbered(2, SIDES[2][0])
    ('plek 2', 'plek 2 in Velve-Lindenhof', 'plek 2 in het noordwesten')
    """
    return f"plek {number} in {area}" if area else f"plek {number}"


def apart(name: str, side: str) -> str:
    """
    Distinguish two places of one name.

    Examples
    --------
    >>> apart("Gronausestraat", NORTH)
    'Gronausestraat (noord)'
    """
    return f"{name} ({side})"


def street(text: str) -> str:
    """
    Return the name of the street in a cell of a column of streets, without a house number.

    Examples
    --------
    >>> [street(text) for text in ("On or near Boar Lane", "Kerkstraat 12a", "Boulevard 1945")]
    ['Boar Lane', 'Kerkstraat', 'Boulevard 1945']
    >>> [street(text) for text in ("onbekend", "No Location", "A35", "12", "")]
    ['', '', '', '', '']
    """
    name = _NEAR.sub("", " ".join(text.split()))
    if name.casefold() in NO_STREETS or _ROAD_CODE.match(name):
        return ""
    name = _HOUSE.sub("", name)
    return name if sum(letter.isalpha() for letter in name) > 1 else ""


def looks_like_street(name: str) -> bool:
    """
    Return whether a name is certainly a street name, without a street file.

    Such a name goes out under the map, so that a text with digits or other words in it, or
    with the name of a person, must not pass for one.

    Examples
    --------
    >>> names = ("Gronausestraat", "Van Musschenbroekstraat", "Jan Jansen", "Kerkstr achter 12")
    >>> [looks_like_street(name) for name in names]
    [True, True, False, False]
    """
    words = name.casefold().split()
    if not re.fullmatch(r"(?:[^\W\d_]|[.'’ -])+", name) or len(words) > _MOST_WORDS:
        return False
    last = words[-1]
    dutch = any(last.endswith(end) and len(last) >= len(end) + 3 for end in SURE_ENDINGS)
    return dutch or (len(words) > 1 and last in _ENGLISH)


def proper(name: str) -> str:
    """
    Write a name that is all capitals or all lower case as names are written.

    Examples
    --------
    >>> [proper(name) for name in ("VAN DER HEIJDENSTRAAT", "j.j. van deinselaan", "IJSSELLAAN")]
    ['Van der Heijdenstraat', 'J.J. van Deinselaan', 'IJssellaan']
    >>> [proper(name) for name in ("'T STRAATJE", "ACHTER 'T HOFJE", "'S-GRAVENWEG", "de Klomp")]
    ["'t Straatje", "Achter 't Hofje", "'s-Gravenweg", 'de Klomp']
    """
    if name not in {name.upper(), name.lower()}:
        return name
    words = name.lower().split()
    return " ".join(
        word if word in _LOWER and place else _capital(word) for place, word in enumerate(words)
    )


def _capital(word: str) -> str:
    if _ROMAN.match(word):
        return word.upper()
    small = _SMALL_START.match(word)
    front, rest = (small[0], word[small.end() :]) if small else ("", word)
    parts = [
        part if part in _LOWER and place else _first(part)
        for place, part in enumerate(rest.split("-"))
    ]
    return front + "-".join(parts)


def _first(part: str) -> str:
    part = re.sub(r"(^|\.)([^\W\d_])", lambda found: found[1] + found[2].upper(), part)
    return f"IJ{part[2:]}" if part.startswith("Ij") else part
