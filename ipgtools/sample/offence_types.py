"""
Define the offences of the sample town: rate, place, time and duration.

Numbers of offences follow the national counts of 2023 (`ipgtools.codes`); how a class splits
over its codes, where the counts are silent, and the patterns of place and time are ours:
plausible, not measured. Lengths between begin and end follow the quantiles of a real export
of bicycle thefts, described in `docs/voorbeeldgegevens.md`.
"""

from typing import NamedTuple

import numpy as np

from ipgtools import codes

__all__ = [
    "END", "HOURS", "KINDS", "PLACES", "SKIPPED_HOURS", "SPANS", "START", "WITH_INTERVAL", "Kind",
    "clock", "mix", "span",
]  # fmt: skip


class Kind(NamedTuple):
    """
    How one class of offences behaves.

    Parameters
    ----------
    split : str
        Its MK codes with their shares.
    place, clock, span : str
        Keys of `PLACES`, `CLOCKS` and `SPANS`.
    reported : float
        Share with a report (aangifte).
    solved : float
        Share with a suspect.
    weight : int, optional
        Weight where no national count is known.
    """

    split: str
    place: str
    clock: str
    span: str
    reported: float
    solved: float
    weight: int | None = None


KINDS: dict[str, Kind] = {
    "1.1.1": Kind("A20:60 A30:38 B20:2", "home", "burglary", "theft", 0.98, 0.08),
    "1.1.2": Kind("A21:60 A34:40", "home", "night", "theft", 0.97, 0.03),
    "1.2.1": Kind("A10:100", "street", "night", "theft", 0.97, 0.05),
    "1.2.2": Kind("A70:70 A71:15 A76:15", "street", "night", "theft", 0.98, 0.08),
    "1.2.3": Kind("A72:90 A73:10", "bike", "bike", "theft", 0.97, 0.03),
    "1.2.4": Kind("A40:100", "centre", "shop", "short", 0.99, 0.03),
    "1.2.5": Kind("A12:70 A74:30", "street", "night", "theft", 0.97, 0.03),
    "1.3.1": Kind("D11:55 D12:1 D13:44", "street", "traffic", "moment", 0.55, 0.30),
    "1.4.1": Kind("F522:60 F520:40", "home", "going_out", "short", 0.80, 0.30, 4_000),
    "1.4.2": Kind("F540:100", "home", "going_out", "moment", 0.90, 0.80),
    "1.4.3": Kind("F12:100", "night_life", "going_out", "moment", 0.85, 0.45),
    "1.4.4": Kind("F530:85 F533:15", "home", "evening", "short", 0.90, 0.55),
    "1.4.5": Kind("F550:95 F551:5", "night_life", "going_out", "moment", 0.92, 0.60),
    "1.4.6": Kind("B70:100", "centre", "evening", "moment", 0.99, 0.30),
    "1.4.7": Kind("B73:80 B72:20", "centre", "evening", "moment", 0.99, 0.45),
    "1.6.1": Kind("F13:85 F14:15", "home", "night", "short", 0.90, 0.15),
    "1.6.2": Kind("A90:60 A80:15 A95:10 A27:8 A81:4 A82:3", "bike", "shop", "theft", 0.95, 0.12),
    "2.1.1": Kind("F47:100", "night_life", "going_out", "moment", 0.10, 0.90),
    "2.2.1": Kind("C40:78 C30:10 C20:7 F11:5", "home", "evening", "theft", 0.93, 0.12),
    "2.4.2": Kind("F15:100", "home", "evening", "moment", 0.80, 0.60),
    "2.5.1": Kind("A23:45 A22:25 A24:15 A26:15", "business", "night", "theft", 0.98, 0.10),
    "2.5.2": Kind("A50:97 B50:3", "shops", "shop", "moment", 0.97, 0.55),
    "3.1.1": Kind("F42:35 F40:30 F43:20 F45:15", "night_life", "evening", "moment", 0.05, 0.90),
    "3.1.3": Kind("F72:75 F70:25", "night_life", "evening", "moment", 0.05, 0.95),
    "3.5.2": Kind("D21:60 D20:40", "street", "going_out", "moment", 0.02, 0.98),
    "3.6.4": Kind("F18:45 F17:25 F10:30", "night_life", "going_out", "moment", 0.10, 0.90),
    "3.7.4": Kind("F90:100", "home", "office", "theft", 0.97, 0.02),
    "3.9.1": Kind("F636:45 F620:30 F614:15 F637:10", "home", "office", "theft", 0.98, 0.04),
    "E33": Kind("E33:100", "home", "evening", "short", 0.0, 0.10, 135_000),
    "E35": Kind("E35:100", "youth", "youth", "moment", 0.0, 0.05, 98_000),
    "E38": Kind("E38:100", "night_life", "going_out", "moment", 0.0, 0.15, 33_000),
    "E41": Kind("E41:100", "centre", "shop", "moment", 0.0, 0.10, 24_000),
    "F010": Kind("F010:100", "night_life", "going_out", "moment", 0.0, 0.60, 11_000),
    "M061": Kind("M061:100", "night_life", "going_out", "short", 0.0, 0.02, 9_000),
    "M062": Kind("M062:100", "centre", "going_out", "short", 0.0, 0.01, 6_000),
    "M22": Kind("M22:100", "home", "going_out", "short", 0.0, 0.02, 128_177),
}
"""By class; the eight nuisance codes add up to the national 444,177, their split is ours."""

WITH_INTERVAL = tuple(code for code, kind in KINDS.items() if kind.span == "theft")
"""Classes of which the time is an interval: last seen until found out."""

PLACES: dict[str, dict[str, float]] = {
    "home": {"per_head": 1.0, "centre": 3.0, "business": 0.0},
    "street": {"per_head": 0.8, "centre": 7.0, "business": 10.0},
    "bike": {"per_head": 0.6, "centre": 22.0, "business": 3.0},
    "centre": {"per_head": 0.15, "centre": 40.0, "business": 1.0},
    "shops": {"per_head": 0.25, "centre": 22.0, "business": 4.0},
    "night_life": {"per_head": 0.4, "centre": 20.0, "business": 1.0},
    "youth": {"per_head": 0.9, "centre": 2.0, "business": 0.5},
    "business": {"per_head": 0.15, "centre": 3.0, "business": 40.0},
}
"""Weight per inhabitant, times a factor in the centre, plus so many per business address."""

_CLOCK_DIGITS = {
    # hour by hour: Monday to Thursday, Friday and Saturday, Sunday
    "burglary": (
        "211111124555556677889854",
        "311111123455566678899976",
        "211111112334455678888643",
    ),
    "night": ("765433222222222334566889", "986543222222223344567899", "765432222222222344566776"),
    "bike": ("211111236776667788765443", "432211124566788887777765", "211111112344566776554332"),
    "shop": ("000000001368898899531000", "000000001369999999642100", "000000000013789987310000"),
    "evening": ("321111112334445667888765", "654321112334456678999998", "321111111233445667777543"),
    "going_out": (
        "321100011122222334456654",
        "998643111122233345678999",
        "321100001122233344455432",
    ),
    "youth": ("100000001112234667899742", "742000000112345678999986", "100000000112345677777531"),
    "weekend_night": (
        "000000000000000000001110",
        "986200000000000000012579",
        "000000000000000000011110",
    ),
    "traffic": ("211112378655567899654332", "432112345667788887654433", "211111123456677776543322"),
    "office": ("110000013778868877664322", "111000012566777766554332", "110000001345566555554321"),
}
"""Weights of the hours; the night until five o'clock goes by the day before it."""
_MONTHS = {
    "burglary": (12, 11, 10, 8, 7, 7, 8, 8, 8, 10, 12, 13),
    "bike": (7, 7, 8, 9, 10, 11, 10, 10, 12, 11, 9, 7),
    "youth": (6, 6, 8, 10, 12, 12, 11, 11, 10, 9, 7, 7),
    "going_out": (8, 8, 8, 10, 11, 11, 11, 11, 10, 9, 8, 9),
}
_TREND = {"burglary": -0.08, "shop": 0.06, "office": 0.05}
"""Change per year."""

START = np.datetime64("2024-01-01T00", "h")
END = np.datetime64("2025-12-01T00", "h")
HOURS = int((END - START).astype(int))
"""Hours in the period of the incidents, half-open."""
_SKIPPED = (np.datetime64("2024-03-31T02", "h"), np.datetime64("2025-03-30T02", "h"))
"""Hours that the clock skips when summer time starts."""
SKIPPED_HOURS = tuple(int((hour - START).astype(int)) for hour in _SKIPPED)

SPANS: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "theft": (
        (0.0, 0.053, 0.0531, 0.195, 0.50, 0.90, 0.977, 0.99, 0.9999, 1.0),
        (0.0, 0.0, 0.1, 1.0, 6.0, 43.0, 170.0, 380.0, 8760.0, 26_000.0),
    ),
    "short": ((0.0, 0.45, 0.4501, 0.80, 0.97, 1.0), (0.0, 0.0, 0.1, 0.5, 2.0, 8.0)),
    "moment": ((0.0, 0.82, 0.8201, 0.97, 1.0), (0.0, 0.0, 0.1, 0.5, 1.5)),
}
"""Quantiles of the hours between begin and end: shares and hours."""


def mix() -> tuple[list[str], list[str], np.ndarray]:
    """List the MK codes with their class and share."""
    mk, of_class, weight = [], [], []
    for code, kind in KINDS.items():
        published = codes.CLASSES[code].count_2023 if code in codes.CLASSES else None
        count = kind.weight or published or 0
        parts = [part.split(":") for part in kind.split.split()]
        whole = sum(float(share) for _, share in parts)
        for name, share in parts:
            mk.append(name)
            of_class.append(code)
            weight.append(count * float(share) / whole)
    shares = np.array(weight)
    return mk, of_class, shares / shares.sum()


def clock(name: str, ramp: tuple[float, float] = (1.0, 1.0)) -> np.ndarray:
    """Weigh every hour of the period."""
    hour = np.arange(HOURS)
    day = START.astype("datetime64[D]") + hour // 24
    weekday = (
        (START.astype("datetime64[h]") + hour - 5).astype("datetime64[D]").astype(int) + 3
    ) % 7
    month = day.astype("datetime64[M]").astype(int) % 12
    digits = np.array([[int(digit) for digit in line] for line in _CLOCK_DIGITS[name]])
    kind_of_day = np.array([0, 0, 0, 0, 1, 1, 2])[weekday]
    weight = digits[kind_of_day, hour % 24] + 0.05
    weight = weight * np.array(_MONTHS.get(name, (1,) * 12))[month]
    weight = weight * (1 + _TREND.get(name, 0.0) * hour / 8766)
    weight = weight * np.interp(hour, (0, HOURS), ramp)
    weight[list(SKIPPED_HOURS)] = 0
    return np.cumsum(weight) / weight.sum()


def span(name: str, u: np.ndarray) -> np.ndarray:
    """Turn uniform numbers into hours between begin and end."""
    shares, hours = (np.array(part) for part in SPANS[name])
    return np.expm1(np.interp(u, shares, np.log1p(hours)))
