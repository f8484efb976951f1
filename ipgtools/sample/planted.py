"""
Plant what an analysis should find: hot places, a near-repeat process, stacked points.

All of it goes into `waarheid.json`, with the numbers that came out.
"""

from typing import NamedTuple


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
        New, gone or lasting, seen from autumn 2025.
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


HOT_PLACES = (
    HotPlace(
        "jeugd Pluimstraat", "E35", 259_684, 471_464, 110,
        "2024-01-01", "2025-12-01", "weekend_night", 0.0080, "lasting",
    ),
    HotPlace(
        "auto's Gronausestraat", "A10", 259_930, 471_290, 120,
        "2025-09-01", "2025-12-01", "night", 0.0030, "new",
    ),
    HotPlace(
        "fietsen Hogeland-Zuid", "A72", 259_260, 470_310, 90,
        "2024-01-01", "2025-12-01", "bike", 0.0060, "lasting",
    ),
    HotPlace(
        "scooters Varvik-Diekman", "A73", 258_450, 469_740, 120,
        "2025-06-01", "2025-09-01", "night", 0.0025, "gone",
    ),
    HotPlace(
        "fietsen station", "A72", 257_800, 471_560, 130,
        "2024-01-01", "2025-12-01", "bike", 0.0120, "lasting",
    ),
    HotPlace(
        "uitgaan City", "E38", 258_060, 471_250, 110,
        "2024-01-01", "2025-12-01", "weekend_night", 0.0100, "lasting",
    ),
    HotPlace(
        "vernieling Wesselerbrink", "C40", 257_210, 467_620, 130,
        "2024-09-01", "2024-12-01", "evening", 0.0020, "gone",
    ),
)  # fmt: skip
"""The planted hot places; the first four lie in wijk WK015301, Hogeland - Velve."""

NEAR_REPEAT_MK = "A20"
NEAR_REPEAT_SHARE = 0.004
"""Of all incidents: woninginbraken that come in series of three on average."""
NEAR_REPEAT_SPREAD = 95.0
"""Metres from the middle of a series: two of one series lie within 190 m."""
NEAR_REPEAT_DAYS = 7
"""Days that a series lasts: two of one series start within this many days."""


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
        Share of the incidents of each kind of place (`kinds.PLACES`).
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
