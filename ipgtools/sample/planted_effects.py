"""
Plant what an analysis should find, and what should not fool it.

Hot places of several shapes and periods, opposite trends, a near-repeat process, stacked
points, heaps of unknown times, and a wijk with nothing at all. All of it goes into
`waarheid.json`, with the numbers that came out; flats are in `ipgtools.sample.streets`.
"""

from typing import NamedTuple

from ipgtools.nl.sample import CLUSTER, DROP, RISE, SPOT
from ipgtools.sample import offence_types

__all__ = [
    "END", "HEAPS", "HOT_PLACES", "NEAR_REPEAT_DAYS", "NEAR_REPEAT_LAST", "NEAR_REPEAT_MK",
    "NEAR_REPEAT_SHARE", "NEAR_REPEAT_SPREAD", "QUIET_WIJK", "SHOPPING_STREET", "STACKED", "START",
    "TRENDS", "Heap", "HotPlace", "Stacked", "Trend",
]  # fmt: skip

START, END = str(offence_types.START)[:10], str(offence_types.END)[:10]


class HotPlace(NamedTuple):
    """
    A spot with more of one offence than its surroundings.

    Parameters
    ----------
    name : str
        What the truth calls it.
    mk : str
        Code of the offence.
    x, y, radius : float
        RD metres; its incidents lie on addresses within the radius.
    start, end : str
        Dates, half-open.
    clock : str
        Key of the pattern of hours.
    share : float
        Of all incidents in the file.
    story : str
        New, gone, fallen or lasting, seen from autumn 2025.
    claims : tuple of str
        What a briefing of autumn 2025 may call it; empty if it should not name it.
    shape : str, optional
        ``disc``; ``address``: the address nearest to the point; ``line``: the street of one
        buurt nearest to the point, as far as it lies within the radius; ``border``: a disc of
        which half the incidents lie in each of two wijken.
    """

    name: str
    mk: str
    x: float
    y: float
    radius: float
    start: str
    end: str
    clock: str
    share: float
    story: str
    claims: tuple[str, ...]
    shape: str = "disc"


HOT_PLACES = (
    HotPlace(
        "jeugd Pluimstraat", "E35", 259_684, 471_464, 110,
        START, END, "weekend_night", 0.0080, "lasting", (SPOT, CLUSTER),
    ),
    HotPlace(
        "auto's Gronausestraat", "A10", 259_930, 471_290, 120,
        "2025-09-01", END, "night", 0.0030, "new", (RISE,),
    ),
    HotPlace(
        "fietsen Hogeland-Zuid", "A72", 259_260, 470_310, 90,
        START, END, "bike", 0.0085, "lasting", (SPOT, CLUSTER),
    ),
    HotPlace(
        "scooters Varvik-Diekman", "A73", 258_450, 469_740, 120,
        "2025-06-01", "2025-09-01", "night", 0.0025, "gone", (DROP,),
    ),
    HotPlace(
        "fietsen station", "A72", 257_800, 471_560, 130,
        START, END, "bike", 0.0120, "lasting", (SPOT, CLUSTER),
    ),
    HotPlace(
        "uitgaan City", "E38", 258_060, 471_250, 110,
        START, END, "weekend_night", 0.0100, "lasting", (SPOT, CLUSTER),
    ),
    HotPlace(
        "vernieling Wesselerbrink", "C40", 257_210, 467_620, 130,
        "2024-09-01", "2024-12-01", "evening", 0.0020, "gone", (),
    ),
    HotPlace(
        "fietsen Deppenbroek", "A72", 257_860, 473_550, 260,
        START, END, "bike", 0.0100, "lasting", (CLUSTER, SPOT), "line",
    ),
    HotPlace(
        "geluid Park Stokhorst", "M22", 259_960, 472_330, 0,
        START, END, "going_out", 0.0036, "lasting", (SPOT,), "address",
    ),
    HotPlace(
        "jeugd Boswinkel en Wesselerbrink", "E35", 256_625, 469_175, 170,
        START, END, "youth", 0.0052, "lasting", (CLUSTER, SPOT), "border",
    ),
    HotPlace(
        "vernieling Stadsveld-Zuid", "C40", 255_740, 470_080, 100,
        START, "2025-09-01", "evening", 0.0085, "fallen", (DROP,),
    ),
)  # fmt: skip
"""The planted hot places; the first four lie in wijk WK015301, Hogeland - Velve."""


class Trend(NamedTuple):
    """
    A part of town where one offence rises or falls evenly, at none of its places in particular.

    Parameters
    ----------
    name : str
        What the truth calls it.
    mk : str
        Code of the offence.
    buurten : tuple of str
        Codes; its incidents lie on addresses of all of them alike.
    clock : str
        Key of the pattern of hours.
    share : float
        Of all incidents in the file.
    ramp : tuple of float
        Weight at the start and at the end of the period; in between it runs straight.
    """

    name: str
    mk: str
    buurten: tuple[str, ...]
    clock: str
    share: float
    ramp: tuple[float, float]


TRENDS = (
    Trend(
        "inbraken Stroinkslanden en Wesselerbrink-Oost", "A20",
        ("BU01530600", "BU01530601", "BU01530602", "BU01530603", "BU01530604"),
        "burglary", 0.0030, (2.0, 0.0),
    ),
    Trend(
        "inbraken Helmerhoek en Wesselerbrink-West", "A20",
        ("BU01530605", "BU01530606", "BU01530607", "BU01530608"),
        "burglary", 0.0030, (0.0, 2.0),
    ),
)  # fmt: skip
"""Opposite trends in two halves of wijk WK015306: nothing in them repeats nearby."""

QUIET_WIJK = "WK015308"
"""A wijk with nothing at all: its incidents fall on its addresses alike, and at any time."""


class Heap(NamedTuple):
    """
    Incidents of which the time is not known, all written at one clock time.

    Parameters
    ----------
    of_class : str
        Class of the offences.
    minute : int
        Of the day on which they began.
    share : float
        Of the incidents of the class.
    """

    of_class: str
    minute: int
    share: float


HEAPS = (
    Heap("1.3.1", 0, 0.05),
    Heap("1.6.2", 0, 0.05),
    Heap("2.2.1", 0, 0.05),
    Heap("3.7.4", 0, 0.06),
    Heap("3.9.1", 12 * 60, 0.05),
)

NEAR_REPEAT_MK = "A20"
NEAR_REPEAT_SHARE = 0.004
"""Of all incidents: woninginbraken that come in series of three on average."""
NEAR_REPEAT_SPREAD = 95.0
"""Metres from the middle of a series: two of one series lie within 190 m."""
NEAR_REPEAT_DAYS = 7
"""Days that a series lasts: two of one series start within this many days."""
NEAR_REPEAT_LAST = (259_720.0, 470_860.0)
"""RD metres: the first series has its middle at the nearest address, and the last days."""


class Stacked(NamedTuple):
    """
    An address where many incidents are put.

    Parameters
    ----------
    name : str
        What the truth calls it.
    x, y : float
        RD metres; the nearest address is taken.
    share : dict of float
        Share of the incidents of each kind of place (`offence_types.PLACES`).
    """

    name: str
    x: float
    y: float
    share: dict[str, float]


STACKED = (
    Stacked("station", 257_740, 471_660, {"bike": 0.035, "street": 0.004, "centre": 0.03}),
    Stacked("politiebureau", 258_260, 471_180, {"home": 0.012}),
    Stacked("ziekenhuis", 258_150, 470_830, {"bike": 0.015, "home": 0.004}),
    Stacked("supermarkt Wesselerbrink", 256_800, 468_300, {"shops": 0.07}),
    Stacked("supermarkt Twekkelerveld", 255_500, 472_300, {"shops": 0.05}),
    Stacked("supermarkt Gronausestraat", 259_420, 471_260, {"shops": 0.03}),
)
SHOPPING_STREET = {"shops": 0.35, "centre": 0.25, "night_life": 0.10}
"""Share of the incidents on the street of City with most addresses."""
