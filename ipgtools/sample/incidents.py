"""
Make the incidents of the sample town, row by row and in any number.

What a row says depends on seed, size and row number only (`dice.uniform`), so chunks of any
size give the same file. `Model` holds what all rows share; `draw` makes rows as numbers;
`ipgtools.sample.export` writes them the way a BVH export does.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from ipgtools.sample import kinds, planted
from ipgtools.sample.dice import uniform
from ipgtools.sample.streets import Streets
from ipgtools.sample.town import Town

MINUTES = kinds.HOURS * 60
"""Minutes in the period; moments are minutes after its start."""
LAST = MINUTES + 2 * 24 * 60 - 5
"""The moment of the export: nothing is known after it."""
NO_NUMBER = 0.285
"""Share of incidents without house number, put in the middle of their stretch of street."""
_BASE, _NEAR = -1, -2


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
    hot : list of array of int64
        Addresses within each hot place.
    series : array of int64, n_series by 2
        Middle address and first day of each series of burglaries.
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
    hot: list[np.ndarray]
    series: np.ndarray
    stacked: dict[str, int]

    def draw(self, subject: str, rows: np.ndarray) -> np.ndarray:
        """Draw a number in [0, 1) for each row."""
        return uniform(self.seed, subject, rows)


def prepare(town: Town, streets: Streets, *, seed: int, size: int) -> Model:
    """
    Work out what all rows share.

    Parameters
    ----------
    town, streets : Town, Streets
        Where it happens.
    seed, size : int
        Of the sample, and its number of incidents.

    Returns
    -------
    Model
    """
    mk, of_class, share = kinds.mix()
    tree = cKDTree(np.column_stack([streets.address_x, streets.address_y]))
    stacked = {place.name: int(tree.query([place.x, place.y])[1]) for place in planted.STACKED}
    places = _places(town, streets, stacked, seed)
    clocks = {kind.clock: kinds.clock(kind.clock) for kind in kinds.KINDS.values()}
    clocks |= {place.clock: kinds.clock(place.clock) for place in planted.HOT_PLACES}
    n_series = max(1, round(size * planted.NEAR_REPEAT_SHARE / 3))
    number = np.arange(n_series)
    home = np.searchsorted(places["home"], uniform(seed, "series place", number), "right")
    hour = np.searchsorted(clocks["burglary"], uniform(seed, "series day", number), "right")
    last_day = kinds.HOURS // 24 - planted.NEAR_REPEAT_DAYS
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
        hot=[
            np.sort(tree.query_ball_point([place.x, place.y], place.radius))
            for place in planted.HOT_PLACES
        ],
        series=np.column_stack([home, np.minimum(hour // 24, last_day)]),
        stacked=stacked,
    )


def _places(
    town: Town, streets: Streets, stacked: dict[str, int], seed: int
) -> dict[str, np.ndarray]:
    buurt = streets.address_buurt
    wijk = np.array(town.wijk_code)
    centre = np.array(town.code) == "BU01530000"
    business = wijk == "WK015307"
    held = np.maximum(np.bincount(buurt, minlength=len(wijk)), 1)
    city = buurt == int(np.flatnonzero(centre)[0])
    street = np.array(streets.name)[streets.address_stretch]
    found, n = np.unique(street[city], return_counts=True)
    shopping = np.flatnonzero(city & (street == found[np.argmax(n)]))
    places = {}
    for name, weight in kinds.PLACES.items():
        per_buurt = weight["per_head"] * town.inhabitants * np.where(centre, weight["centre"], 1)
        per_buurt = per_buurt + np.where(business, weight["business"] * held / 4, 0)
        luck = uniform(seed, f"buurt {name}", np.arange(len(wijk)))
        per_buurt = per_buurt * (0.35 + 1.6 * luck**1.5)
        tail = (uniform(seed, f"address {name}", np.arange(len(buurt))) + 1e-3) ** -0.95
        own = per_buurt[buurt] * tail / np.bincount(buurt, tail, len(wijk))[buurt]
        own /= own.sum()
        special = np.zeros(len(own))
        for place in planted.STACKED:
            special[stacked[place.name]] += place.share.get(name, 0)
        special[shopping] += planted.SHOPPING_STREET.get(name, 0) / len(shopping)
        places[name] = np.cumsum(own * (1 - special.sum()) + special)
    return places


def draw(model: Model, rows: np.ndarray) -> dict[str, Any]:
    """
    Make rows, still as numbers.

    Parameters
    ----------
    model : Model
        What all rows share.
    rows : array of int64, n
        Row numbers from 0.

    Returns
    -------
    dict of array, each n
        ``mk`` (row of `model.mk`), ``role`` (hot place, -1 none, -2 in a series),
        ``series``, ``address``, ``nameless`` (no house number is known), ``x``, ``y``,
        ``buurt``, ``begin``, ``end``, ``known`` (minutes after the start of the period).
    """
    series = np.minimum(
        (model.draw("series", rows) * len(model.series)).astype(np.int64), len(model.series) - 1
    )
    role = _roles(model, rows)
    mk = np.searchsorted(model.mix, model.draw("code", rows), "right")
    mk = np.minimum(mk, len(model.mk) - 1)
    mk[role == _NEAR] = model.mk.index(planted.NEAR_REPEAT_MK)
    for number, place in enumerate(planted.HOT_PLACES):
        mk[role == number] = model.mk.index(place.mk)
    address = _addresses(model, rows, role, mk, series)
    begin, end, known = _times(model, rows, role, mk, series)
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
    }


def _roles(model: Model, rows: np.ndarray) -> np.ndarray:
    bounds = np.cumsum([place.share for place in planted.HOT_PLACES])
    u = model.draw("role", rows)
    role = np.searchsorted(bounds, u, "right")
    role[u >= bounds[-1] + planted.NEAR_REPEAT_SHARE] = _BASE
    role[role == len(bounds)] = _NEAR
    return role


def _addresses(
    model: Model, rows: np.ndarray, role: np.ndarray, mk: np.ndarray, series: np.ndarray
) -> np.ndarray:
    u = model.draw("address", rows)
    address = np.zeros(len(rows), dtype=np.int64)
    place = np.array([kinds.KINDS[code].place for code in model.of_class])
    for name, share in model.places.items():
        own = (role == _BASE) & (place == name)[mk]
        address[own] = np.searchsorted(share, u[own], "right")
    address = np.minimum(address, len(model.streets.address_x) - 1)
    for number, within in enumerate(model.hot):
        own = role == number
        address[own] = within[(u[own] ** 1.5 * len(within)).astype(np.int64)]
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
    far = np.linalg.norm(points[nearest] - points[middle], axis=1) > planted.NEAR_REPEAT_SPREAD
    return np.where(far, middle, nearest)


def _times(
    model: Model, rows: np.ndarray, role: np.ndarray, mk: np.ndarray, series: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    u = model.draw("hour", rows)
    hour = np.zeros(len(rows), dtype=np.int64)
    clock = np.array([kinds.KINDS[code].clock for code in model.of_class])
    for name, share in model.clocks.items():
        own = (role == _BASE) & (clock == name)[mk]
        hour[own] = np.searchsorted(share, u[own], "right")
    for number, place in enumerate(planted.HOT_PLACES):
        own = role == number
        share = np.concatenate([[0.0], model.clocks[place.clock]])
        low, high = (share[hours_after(day)] for day in (place.start, place.end))
        hour[own] = np.searchsorted(share[1:], low + u[own] * (high - low), "right")
    own = role == _NEAR
    day = model.series[series[own], 1] + (u[own] * planted.NEAR_REPEAT_DAYS).astype(np.int64)
    hour[own] = day * 24 + 8 + (model.draw("hour in series", rows[own]) * 14).astype(np.int64)
    hour = np.minimum(hour, kinds.HOURS - 1)
    begin = hour * 60 + (model.draw("minute", rows) * 60).astype(np.int64)
    begin = _rounded(begin, model.draw("round begin", rows))
    span = np.zeros(len(rows))
    of = np.array([kinds.KINDS[code].span for code in model.of_class])
    length = model.draw("length", rows)
    for name in kinds.SPANS:
        own = (of == name)[mk]
        span[own] = kinds.span(name, length[own])
    end = begin + np.round(span * 60).astype(np.int64)
    end = np.where(span > 0, _rounded(end, model.draw("round end", rows)), begin)
    end = np.where((span > 0) & (end <= begin), begin + 5, end)
    for skipped in kinds.SKIPPED_HOURS:
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
    for skipped in kinds.SKIPPED_HOURS:
        known += np.where(known // 60 == skipped, 60, 0)
    return np.minimum(known, LAST)


def hours_after(day: str) -> int:
    """Count the hours from the start of the period to a date."""
    return int((np.datetime64(day, "h") - kinds.START).astype(int))
