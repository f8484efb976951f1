"""
Match columns by the words in their names: Begindatum pleegperiode, X (RD), OCC_DATE.

Exports put the same few words together in any order. A name is understood only when every
word of it is one of these; the words together then say which column it is. The rank tells
how sure that is: of two columns for one thing the lower rank goes before, and an equal one
is a doubt. A vague name counts only where there is nothing else.
"""

import functools
import re

from ipgtools.io.columns import truncated_names
from ipgtools.io.columns.normalise import normalise_name

__all__ = ["VAGUE", "in_degrees", "is_spot", "latitude_first", "role"]

_LONGEST = 80
"""Signs of a name; a longer one is a sentence."""
VAGUE = 9
"""Rank of a name that says little: it counts where nothing else does."""

_WORDS: dict[str, str] = {
    "begin": "begin start aanvang aanvangs vanaf van vroegst vroegste eerste from first",
    "end": "eind einde end tot totenmet tm laatst laatste to until last",
    "when": "datum dat date dt datetime timestamp",
    "moment": "moment",
    "clock": "tijd tijden time",
    "spot": "tijdstip",
    "what": (
        "pleeg pleging gepleegd pleegperiode periode delict incident feit misdrijf voorval "
        "gebeurtenis offense offence crime event occurred occurrence occur occ"
    ),
    "kennisname": "kennisname kennisgeving",
    "melding": "melding meldings meld gemeld reported report rptd rpt",
    "aangifte": "aangifte",
    "registration": "ontvangst ontvangen received registratie geregistreerd registered",
    "x": "x easting",
    "y": "y northing",
    "lon": "lon long longitude lng lengtegraad oosterlengte",
    "lat": "lat latitude breedtegraad noorderbreedte",
    "length": "lengte",
    "breadth": "breedte",
    "degrees": "graad wgs wgs84 84 4326 decimaal",
    "place": (
        "coordinaat coordinaten coord coords coor coordinate coordinates rd rdnew new amersfoort "
        "epsg 28992 pleegplaats pleeglocatie plaats locatie location loc point punt geo gps map "
        "positie meter meters"
    ),
    "filler": "en of de het in on at lokaal lokale local ddmmjjjj ddmmjj jjjjmmdd uumm hhmm uummss",
}  # fmt: skip
_KIND = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_TOKEN = re.compile("|".join(sorted(_KIND, key=lambda word: -len(word))))
_REPORTS = ("kennisname", "melding", "aangifte", "registration")
"""Days on which an incident became known, in the order of how well they say when it did."""
_OF_TIMES = {
    "alone",
    "begin",
    "end",
    "when",
    "moment",
    "clock",
    "spot",
    "what",
    "filler",
    *_REPORTS,
}
_OF_PLACES = {"x", "y", "lon", "lat", "length", "breadth", "degrees", "place", "what", "filler"}
_ALONE = {"begin", "start", "aanvang", "van", "vanaf", "eind", "einde", "end", "tot", "tm"}
"""Words that say enough to be a name by themselves, if vaguely."""
_LATITUDE_FIRST = {"geopoint", "geopoint2d"}
"""Names that open data portals give to latitude and longitude."""
_UNIT = re.compile(r"[(\[]\s*(?:in\s+)?(?:m|meters?|graden|degrees?)\s*[)\]]\s*$", re.IGNORECASE)


def role(name: str) -> tuple[str, int] | None:
    """
    Return the column of INCIDENTS that a name matches.

    Examples
    --------
    >>> [role(name) for name in ("Einddatum pleegperiode", "X (m)", "Datum aangifte", "Weer")]
    [('occurred_to', 0), ('x', 1), ('reported_at', 2), None]
    >>> role("eindtijd"), role("Datum/tijd"), role("lat_lon"), role("X_WGS84")
    (('time_to', 0), ('occurred_from', 9), ('xy', 1), ('lon', 1))
    >>> role("EINDDATUMT")  # what a Shapefile leaves of einddatumtijd
    ('occurred_to', 0)
    """
    found = _kinds(_UNIT.sub("", str(name)))
    kinds = {kind for kind, _ in found}
    if not kinds:
        return None
    if kinds <= _OF_TIMES and (of_time := _time(kinds)):
        return of_time
    return _place(kinds) if kinds <= _OF_PLACES else None


def latitude_first(name: str) -> bool:
    """
    Return whether the name of a coordinate column puts latitude first.

    Examples
    --------
    >>> latitude_first("Lat/Long"), latitude_first("geo_point_2d"), latitude_first("lonlat")
    (True, True, False)
    """
    axes = [kind for kind, _ in _kinds(name) if kind in {"lon", "lat"}]
    return axes == ["lat", "lon"] or normalise_name(name) in _LATITUDE_FIRST


def in_degrees(name: str) -> bool:
    """
    Return whether the name of a coordinate column mentions degrees.

    Examples
    --------
    >>> in_degrees("lonlat"), in_degrees("xy")
    (True, False)
    """
    return {"lon", "lat"} <= {kind for kind, _ in _kinds(name)} or normalise_name(
        name
    ) in _LATITUDE_FIRST


def is_spot(name: str) -> bool:
    """
    Return whether a name may mean a time of day as well as a date with one.

    Examples
    --------
    >>> is_spot("Begintijdstip"), is_spot("Begindatum")
    (True, False)
    """
    return any(kind == "spot" for kind, _ in _kinds(name))


def _time(kinds: set[str]) -> tuple[str, int] | None:
    if {"begin", "end"} <= kinds:
        return None
    for rank, report in enumerate(_REPORTS):
        if report in kinds:
            return ("reported_at", rank) if "when" in kinds and "end" not in kinds else None
    side = "to" if "end" in kinds else "from"
    if "when" not in kinds and kinds & {"clock", "spot"}:
        return f"time_{side}", 0
    sides = kinds & {"begin", "end"}
    certain = (kinds & {"when", "moment"} and (sides or "what" in kinds)) or (
        sides and "what" in kinds
    )
    if certain:
        return f"occurred_{side}", 0
    return (f"occurred_{side}", VAGUE) if kinds & {"when", "alone"} else None


def _place(kinds: set[str]) -> tuple[str, int] | None:
    if {"lon", "lat"} <= kinds or {"x", "y"} <= kinds:
        return "xy", 1
    for axis, degrees, long_name in (("x", "lon", "length"), ("y", "lat", "breadth")):
        if degrees in kinds or (axis in kinds and "degrees" in kinds):
            return degrees, 1
        if axis in kinds:
            return axis, 1
        if long_name in kinds:
            return degrees, 1 if kinds & {"degrees"} else VAGUE
    return None


@functools.lru_cache(maxsize=50_000)
def _kinds(name: str) -> tuple[tuple[str, str], ...]:
    """Part a name in known words, each with its kind; empty where something else is in it."""
    if len(name) > _LONGEST:
        return ()
    text = normalise_name(name)
    words = _TOKEN.findall(text)
    left = text.removeprefix("".join(words))
    cut_off = (
        words
        and len(name) == truncated_names.LENGTH
        and any(word.startswith(left) for word in _KIND)
    )
    if "".join(words) + left != text or (left and not cut_off):
        return ()
    kinds = tuple((_KIND[word], word) for word in words)
    return (*kinds, ("alone", text)) if text in _ALONE else kinds
