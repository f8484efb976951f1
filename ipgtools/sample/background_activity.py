"""
Find what is busy in the sample town without anything planted there.

It follows from the model alone: an address that draws incidents, a stacked place, the middle
of a street. An analysis that finds such a place is right.
"""

from typing import Any, NamedTuple

import numpy as np
from scipy import ndimage

from ipgtools.sample import export, offence_types
from ipgtools.sample.incidents import BASE_SHARE, NO_NUMBER, Model

__all__ = ["BUSY", "BUSY_ADDRESS", "CELL", "FEWEST", "busy_places", "per_address"]

CELL = 100
"""Metres: side of the squares that are listed where busy by nature."""
BUSY = 2.0
"""How many times what addresses explain a listed square holds."""
BUSY_ADDRESS = 3.0
"""Likewise for one address."""
FEWEST = 5.0
"""Expected incidents of a listed square or address."""
_NEAR, _FAR = 2, 6
"""Squares at a distance of more than the first and at most the second surround a square."""


def per_address(model: Model) -> np.ndarray:
    """Expect so many incidents at each address, without what is planted and without series."""
    share = np.diff(model.mix, prepend=0.0)
    of_place = np.array([offence_types.KINDS[code].place for code in model.of_class])
    expected = np.zeros(len(model.streets.address_x))
    for name, cumulative in model.places.items():
        expected += share[of_place == name].sum() * np.diff(cumulative, prepend=0.0)
    return expected * model.size * BASE_SHARE * (1 - export.BAD_SHARE)


class _Squares(NamedTuple):
    """Per square, by column and row: addresses, and incidents at them and in middles of streets."""

    west: int
    south: int
    homes: np.ndarray
    at_home: np.ndarray
    in_street: np.ndarray


def busy_places(model: Model) -> dict[str, Any]:
    """
    Return busy squares and addresses that no planted effect explains.

    What addresses explain is their number times the incidents per address of the wijk, or of
    the squares 3 to 6 further, whichever is more.
    """
    expected = per_address(model)
    squares = _squares(model, expected)
    wijken, of_buurt = np.unique(model.town.wijk_code, return_inverse=True)
    total = squares.at_home + squares.in_street
    column, row = at = np.nonzero(total)
    x = (column + squares.west) * CELL + CELL // 2
    y = (row + squares.south) * CELL + CELL // 2
    wijk = of_buurt[model.town.locate(x, y)[0]]
    rate = np.bincount(wijk, total[at]) / np.bincount(wijk, squares.homes[at])
    around = _ring(total) / np.maximum(_ring(squares.homes), 1)
    explained = np.maximum(squares.homes[at], 1) * np.maximum(rate[wijk], around[at])
    ratio = total[at] / explained
    listed = np.flatnonzero((ratio >= BUSY) & (total[at] >= FEWEST))
    names = {
        (int(model.streets.address_x[address]), int(model.streets.address_y[address])): name
        for name, address in model.stacked.items()
    }
    in_square = {(east // CELL, north // CELL): name for (east, north), name in names.items()}
    cells = [
        {
            "x": int(x[each]),
            "y": int(y[each]),
            "wijk": str(wijken[wijk[each]]),
            "expected": round(float(total[at][each]), 1),
            "explained": round(float(explained[each]), 1),
            "ratio": round(float(ratio[each]), 1),
            "why": in_square.get((int(x[each]) // CELL, int(y[each]) // CELL))
            or _why(squares, (column[each], row[each])),
        }
        for each in listed[np.argsort(-ratio[listed], kind="stable")].tolist()
    ]
    own_rate = rate[of_buurt[model.streets.address_buurt]]
    return {
        "cell_size_m": CELL,
        "cells": cells,
        "addresses": _addresses(model, expected, own_rate, names),
    }


def _addresses(
    model: Model, expected: np.ndarray, rate: np.ndarray, names: dict[tuple[int, int], str]
) -> list[dict[str, Any]]:
    streets = model.streets
    listed = np.flatnonzero((expected >= BUSY_ADDRESS * rate) & (expected >= FEWEST))
    found = []
    for each in listed[np.argsort(-expected[listed], kind="stable")].tolist():
        x, y = int(streets.address_x[each]), int(streets.address_y[each])
        found.append(
            {
                "x": x,
                "y": y,
                "wijk": model.town.wijk_code[streets.address_buurt[each]],
                "expected": round(float(expected[each]), 1),
                "explained": round(float(rate[each]), 2),
                "why": names.get((x, y), "address that draws incidents"),
            }
        )
    return found


def _squares(model: Model, expected: np.ndarray) -> _Squares:
    streets = model.streets
    x, y = streets.address_x // CELL, streets.address_y // CELL
    west, south = int(x.min()) - _FAR - 1, int(y.min()) - _FAR - 1
    shape = (int(x.max()) - west + _FAR + 2, int(y.max()) - south + _FAR + 2)
    stacked = np.isin(np.arange(len(expected)), list(model.stacked.values()))
    middle = streets.middle[streets.address_stretch]
    placed = middle[:, 0] > 0
    moved = expected * np.where(placed & ~stacked, NO_NUMBER / (1 - 0.012), 0)
    homes, at_home, in_street = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    np.add.at(homes, (x - west, y - south), 1)
    np.add.at(at_home, (x - west, y - south), expected - moved)
    to = middle[placed] // CELL - [west, south]
    np.add.at(in_street, (to[:, 0], to[:, 1]), moved[placed])
    return _Squares(west, south, homes, at_home, in_street)


def _ring(values: np.ndarray) -> np.ndarray:
    """Add up what surrounds each square."""
    near, far = (
        ndimage.uniform_filter(values, 2 * reach + 1, mode="constant") * (2 * reach + 1) ** 2
        for reach in (_NEAR, _FAR)
    )
    return far - near


def _why(squares: _Squares, at: tuple[int, int]) -> str:
    if squares.in_street[at] > squares.at_home[at]:
        return "middle of a street"
    return "addresses that draw incidents"
