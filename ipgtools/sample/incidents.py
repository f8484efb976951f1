"""
Make the incidents of the sample town, row by row and in any number.

What a row holds depends on seed, size and row number only (`dice.uniform`), so chunks of any
size give the same file. `Model` holds what all rows share; `draw` makes rows as numbers;
`ipgtools.sample.export` writes them the way a BVH export does.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from ipgtools.sample import offence_types, planted_effects
from ipgtools.sample.random_streams import uniform
from ipgtools.sample.streets import Streets
from ipgtools.sample.town import Town

__all__ = [
    "BASE_SHARE", "LAST", "MINUTES", "NO_NUMBER", "ROLES", "Model", "draw", "hours_after",
    "prepare",
]  # fmt: skip

MINUTES = offence_types.HOURS * 60
"""Minutes in the period; moments are minutes after its start."""

LAST = MINUTES + 2 * 24 * 60 - 5
"""The moment of the export: nothing is known after it."""
NO_NUMBER = 0.285
"""Share of incidents without house number, put in the middle of their stretch of street."""
_BASE, _NEAR = -1, -2
ROLES: tuple[planted_effects.HotPlace | planted_effects.Trend, ...] = (
    *planted_effects.HOT_PLACES,
    *planted_effects.TRENDS,
)
"""What an incident may be planted for; its role is the position in here."""
BASE_SHARE = 1 - sum(role.share for role in ROLES) - planted_effects.NEAR_REPEAT_SHARE
"""Of all incidents: planted for nothing."""
_MOST_HEADS = 5
"""Inhabitants per address that count, where a buurt has more than its streets can house."""
_LONG = 400
"""Metres of street that a planted line has at least, where a street is that long."""


@dataclass(frozen=True)
class Model:
    """
    What all rows share.

    Parameters
    ----------
    seed, size : int
        Of the sample, and its number of incidents.
    town, streets : Town, Streets
        Where it happens.
    mk, of_class : list of str
        Codes and their classes.
    mix : array of float
        Cumulative share of each code.
    places : dict of array
        Cumulative share of each address, by kind of place.
    clocks : dict of array
        Cumulative share of each hour, by pattern.
    spread : list of (array of int64, array of float)
        Addresses of each of `ROLES`, and the cumulative share of each address.
    series : array of int64, n_series by 2
        Middle address and first day of each series of burglaries; the first one ends last.
    stacked : dict of int
        Address of each stacked place.
    """

    seed: int
    size: int
    town: Town
    streets: Streets
    mk: list[str]
    of_class: list[str]
    mix: np.ndarray
    places: dict[str, np.ndarray]
    clocks: dict[str, np.ndarray]
    spread: list[tuple[np.ndarray, np.ndarray]]
    series: np.ndarray
    stacked: dict[str, int]

    def draw(self, subject: str, rows: np.ndarray) -> np.ndarray:
        """Draw a number in [0, 1) for each row."""
        return uniform(self.seed, subject, rows)


def prepare(town: Town, streets: Streets, *, seed: int, size: int) -> Model:
    """Work out what all rows share."""
    mk, of_class, share = offence_types.mix()
    tree = cKDTree(np.column_stack([streets.address_x, streets.address_y]))
    stacked = {
        place.name: int(tree.query([place.x, place.y])[1]) for place in planted_effects.STACKED
    }
    places = _places(town, streets, stacked, seed)
    clocks = {kind.clock: offence_types.clock(kind.clock) for kind in offence_types.KINDS.values()}
    clocks |= {
        place.clock: offence_types.clock(place.clock) for place in planted_effects.HOT_PLACES
    }
    clocks |= {
        part.name: offence_types.clock(part.clock, part.ramp) for part in planted_effects.TRENDS
    }
    n_series = max(1, round(size * planted_effects.NEAR_REPEAT_SHARE / 3))
    number = np.arange(n_series)
    homes = _away_from_the_quiet_wijk(town, streets, places["home"])
    home = np.searchsorted(homes, uniform(seed, "series place", number), "right")
    hour = np.searchsorted(clocks["burglary"], uniform(seed, "series day", number), "right")
    last_day = offence_types.HOURS // 24 - planted_effects.NEAR_REPEAT_DAYS
    day = np.minimum(hour // 24, last_day)
    home[0], day[0] = tree.query(planted_effects.NEAR_REPEAT_LAST)[1], last_day
    return Model(
        seed=seed,
        size=size,
        town=town,
        streets=streets,
        mk=mk,
        of_class=of_class,
        mix=np.cumsum(share),
        places=places,
        clocks=clocks,
        spread=[
            *(_spread(town, streets, tree, place) for place in planted_effects.HOT_PLACES),
            *(_all_over(town, streets, part) for part in planted_effects.TRENDS),
        ],
        series=np.column_stack([home, day]),
        stacked=stacked,
    )


def _places(
    town: Town, streets: Streets, stacked: dict[str, int], seed: int
) -> dict[str, np.ndarray]:
    buurt = streets.address_buurt
    wijk = np.array(town.wijk_code)
    centre = np.array(town.code) == "BU01530000"
    business = wijk == "WK015307"
    quiet = wijk == planted_effects.QUIET_WIJK
    flats = np.isin(streets.address_stretch, np.concatenate(list(streets.flats.values())))
    held = np.maximum(np.bincount(buurt, minlength=len(wijk)), 1)
    city = buurt == int(np.flatnonzero(centre)[0])
    street = np.array(streets.name)[streets.address_stretch]
    found, n = np.unique(street[city], return_counts=True)
    shopping = np.flatnonzero(city & (street == found[np.argmax(n)]))
    heads = np.minimum(town.inhabitants, _MOST_HEADS * held)
    places = {}
    for name, weight in offence_types.PLACES.items():
        per_buurt = weight["per_head"] * heads * np.where(centre, weight["centre"], 1)
        per_buurt = per_buurt + np.where(business, weight["business"] * held / 4, 0)
        luck = uniform(seed, f"buurt {name}", np.arange(len(wijk)))
        whole = per_buurt[quiet].sum()
        per_buurt = per_buurt * (0.6 + 0.8 * luck)
        per_buurt[quiet] = whole * held[quiet] / held[quiet].sum()
        tail = (uniform(seed, f"address {name}", np.arange(len(buurt))) + 1e-3) ** -0.75
        tail[quiet[buurt]] = 1
        n_other = np.maximum(np.bincount(buurt[~flats], minlength=len(wijk)), 1)
        mean = np.bincount(buurt[~flats], tail[~flats], len(wijk)) / n_other
        tail[flats] = mean[buurt[flats]]
        own = per_buurt[buurt] * tail / np.bincount(buurt, tail, len(wijk))[buurt]
        own /= own.sum()
        special = np.zeros(len(own))
        for place in planted_effects.STACKED:
            special[stacked[place.name]] += place.share.get(name, 0)
        special[shopping] += planted_effects.SHOPPING_STREET.get(name, 0) / len(shopping)
        places[name] = np.cumsum(own * (1 - special.sum()) + special)
    return places


def _away_from_the_quiet_wijk(town: Town, streets: Streets, homes: np.ndarray) -> np.ndarray:
    """Return the cumulative share of each address where a series may have its middle."""
    points = np.column_stack([streets.address_x, streets.address_y])
    quiet = (np.array(town.wijk_code) == planted_effects.QUIET_WIJK)[streets.address_buurt]
    away = cKDTree(points[quiet]).query(points)[0]
    share = np.cumsum(np.diff(homes, prepend=0.0) * (away > 2 * planted_effects.NEAR_REPEAT_SPREAD))
    return share / share[-1]


def _spread(
    town: Town, streets: Streets, tree: cKDTree, place: planted_effects.HotPlace
) -> tuple[np.ndarray, np.ndarray]:
    """Choose the addresses of a hot place, and the cumulative share of each."""
    if place.shape == "address":
        return np.array([tree.query([place.x, place.y])[1]]), np.ones(1)
    within = np.sort(tree.query_ball_point([place.x, place.y], place.radius))
    if place.shape == "line":
        within = _along(streets, within, place)
    share = np.arange(1, len(within) + 1) / len(within)
    if place.shape == "border":
        wijk = np.unique(np.array(town.wijk_code)[streets.address_buurt[within]],
                         return_inverse=True)[1]  # fmt: skip
        weight = 1 / np.bincount(wijk)[wijk]
        return within, np.cumsum(weight) / weight.sum()
    return within, share if place.shape == "line" else share ** (2 / 3)


def _along(streets: Streets, within: np.ndarray, place: planted_effects.HotPlace) -> np.ndarray:
    """Keep the addresses of one street: the nearest of those long enough, else the longest."""
    street = np.array(streets.name)[streets.address_stretch[within]]
    points = np.column_stack([streets.address_x, streets.address_y])[within]
    best = []
    for name in np.unique(street):
        own = points[street == name]
        length = float(np.hypot(*np.ptp(own, axis=0)))
        away = float(np.hypot(*(own - [place.x, place.y]).T).min())
        best.append((-min(length, _LONG), away, str(name)))
    return within[street == min(best)[2]]


def _all_over(
    town: Town, streets: Streets, part: planted_effects.Trend
) -> tuple[np.ndarray, np.ndarray]:
    """Choose the addresses of a part of town, all alike."""
    within = np.flatnonzero(np.isin(np.array(town.code)[streets.address_buurt], part.buurten))
    return within, np.arange(1, len(within) + 1) / len(within)


def draw(model: Model, rows: np.ndarray) -> dict[str, Any]:
    """Make rows, still as numbers."""
    series = np.minimum(
        (model.draw("series", rows) * len(model.series)).astype(np.int64), len(model.series) - 1
    )
    role = _roles(model, rows)
    mk = np.searchsorted(model.mix, model.draw("code", rows), "right")
    mk = np.minimum(mk, len(model.mk) - 1)
    mk[role == _NEAR] = model.mk.index(planted_effects.NEAR_REPEAT_MK)
    for number, of in enumerate(ROLES):
        mk[role == number] = model.mk.index(of.mk)
    address = _addresses(model, rows, role, mk, series)
    heap = _heaps(model, rows, role, mk)
    begin, end, known = _times(model, rows, role, mk, series, heap)
    stretch = model.streets.address_stretch[address]
    middle = model.streets.middle[stretch]
    nameless = model.draw("house number", rows) < NO_NUMBER / (1 - 0.012)
    nameless &= ~np.isin(address, list(model.stacked.values()))
    at_middle = nameless & (role == _BASE) & (middle[:, 0] > 0)
    return {
        "mk": mk,
        "role": role,
        "series": series,
        "address": address,
        "nameless": nameless,
        "x": np.where(at_middle, middle[:, 0], model.streets.address_x[address]),
        "y": np.where(at_middle, middle[:, 1], model.streets.address_y[address]),
        "buurt": np.where(
            at_middle,
            model.streets.middle_buurt[stretch],
            model.streets.address_buurt[address],
        ),
        "begin": begin,
        "end": end,
        "known": known,
        "heap": heap,
    }


def _roles(model: Model, rows: np.ndarray) -> np.ndarray:
    bounds = np.cumsum([of.share for of in ROLES])
    u = model.draw("role", rows)
    role = np.searchsorted(bounds, u, "right")
    role[u >= bounds[-1] + planted_effects.NEAR_REPEAT_SHARE] = _BASE
    role[role == len(bounds)] = _NEAR
    return role


def _addresses(
    model: Model, rows: np.ndarray, role: np.ndarray, mk: np.ndarray, series: np.ndarray
) -> np.ndarray:
    u = model.draw("address", rows)
    address = np.zeros(len(rows), dtype=np.int64)
    place = np.array([offence_types.KINDS[code].place for code in model.of_class])
    for name, share in model.places.items():
        own = (role == _BASE) & (place == name)[mk]
        address[own] = np.searchsorted(share, u[own], "right")
    address = np.minimum(address, len(model.streets.address_x) - 1)
    for number, (within, share) in enumerate(model.spread):
        own = role == number
        at = np.searchsorted(share, u[own], "right")
        address[own] = within[np.minimum(at, len(within) - 1)]
    own = role == _NEAR
    if own.any():
        middle = model.series[series[own], 0]
        address[own] = _close_by(model, middle, u[own], model.draw("bearing", rows[own]))
    return address


def _close_by(model: Model, middle: np.ndarray, u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Take the address nearest to a random point near the middle, or the middle itself."""
    points = np.column_stack([model.streets.address_x, model.streets.address_y])
    reach = 80 * np.sqrt(u)
    aim = points[middle] + np.column_stack(
        [reach * np.cos(2 * np.pi * v), reach * np.sin(2 * np.pi * v)]
    )
    nearest = cKDTree(points).query(aim)[1]
    far = (
        np.linalg.norm(points[nearest] - points[middle], axis=1)
        > planted_effects.NEAR_REPEAT_SPREAD
    )
    return np.where(far, middle, nearest)


def _heaps(model: Model, rows: np.ndarray, role: np.ndarray, mk: np.ndarray) -> np.ndarray:
    """Choose the incidents of which the time is not known: the heap of each, else -1."""
    u = model.draw("time unknown", rows)
    of_class = np.array(model.of_class)[mk]
    heap = np.full(len(rows), -1)
    for number, of in enumerate(planted_effects.HEAPS):
        heap[(role == _BASE) & (of_class == of.of_class) & (u < of.share)] = number
    return heap


def _times(
    model: Model,
    rows: np.ndarray,
    role: np.ndarray,
    mk: np.ndarray,
    series: np.ndarray,
    heap: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    u = model.draw("hour", rows)
    hour = np.zeros(len(rows), dtype=np.int64)
    clock = np.array([offence_types.KINDS[code].clock for code in model.of_class])
    for name, share in model.clocks.items():
        own = (role == _BASE) & (clock == name)[mk]
        hour[own] = np.searchsorted(share, u[own], "right")
    for number, of_role in enumerate(ROLES):
        own = role == number
        if isinstance(of_role, planted_effects.Trend):
            hour[own] = np.searchsorted(model.clocks[of_role.name], u[own], "right")
            continue
        share = np.concatenate([[0.0], model.clocks[of_role.clock]])
        low, high = (share[hours_after(day)] for day in (of_role.start, of_role.end))
        hour[own] = np.searchsorted(share[1:], low + u[own] * (high - low), "right")
    own = role == _NEAR
    day = model.series[series[own], 1] + (u[own] * planted_effects.NEAR_REPEAT_DAYS).astype(
        np.int64
    )
    hour[own] = day * 24 + 8 + (model.draw("hour in series", rows[own]) * 14).astype(np.int64)
    hour = np.minimum(hour, offence_types.HOURS - 1)
    begin = hour * 60 + (model.draw("minute", rows) * 60).astype(np.int64)
    begin = _rounded(begin, model.draw("round begin", rows))
    span = np.zeros(len(rows))
    of = np.array([offence_types.KINDS[code].span for code in model.of_class])
    length = model.draw("length", rows)
    for name in offence_types.SPANS:
        own = (of == name)[mk]
        span[own] = offence_types.span(name, length[own])
    end = begin + np.round(span * 60).astype(np.int64)
    end = np.where(span > 0, _rounded(end, model.draw("round end", rows)), begin)
    end = np.where((span > 0) & (end <= begin), begin + 5, end)
    moment = (heap >= 0) & (span == 0)
    written = np.array([of.minute for of in planted_effects.HEAPS])[heap]
    begin = np.where(heap >= 0, begin // 1440 * 1440 + written, begin)
    end = np.where(moment, begin, np.maximum(begin, end))
    for skipped in offence_types.SKIPPED_HOURS:
        end += np.where(end // 60 == skipped, 60, 0)
    end = np.minimum(end, LAST - 5)
    begin = np.minimum(begin, end)
    return begin, end, _known(model, rows, (of == "theft")[mk], begin, end)


def _rounded(minute: np.ndarray, u: np.ndarray) -> np.ndarray:
    """Put half of the moments on the hour and most others on five minutes, downwards."""
    step = np.where(u < 0.50, 60, np.where(u < 0.94, 5, 1))
    return minute // step * step


def _known(
    model: Model, rows: np.ndarray, slow: np.ndarray, begin: np.ndarray, end: np.ndarray
) -> np.ndarray:
    """Let police hear of it: at once or after days; in 1 % of the thefts too early."""
    u = model.draw("lag", rows)
    days = -np.log1p(-model.draw("lag length", rows))
    lag = np.where(slow & (u < 0.75), days * 24 * 60 * 1.3, days * 25)
    known = end + np.ceil(lag).astype(np.int64)
    wrong = model.draw("lag error", rows)
    known = np.where((wrong < 0.010) & (end > begin), (begin + end) // 2, known)
    known = np.where(wrong < 0.0017, np.maximum(begin - 24 * 60, 0), known)
    for skipped in offence_types.SKIPPED_HOURS:
        known += np.where(known // 60 == skipped, 60, 0)
    return np.minimum(known, LAST)


def hours_after(day: str) -> int:
    """Count the hours from the start of the period to a date."""
    return int((np.datetime64(day, "h") - offence_types.START).astype(int))
