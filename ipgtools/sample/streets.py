"""
Lay schematic streets in the sample town, with addresses along them.

Each buurt gets a jittered grid of streets around its centre, wider where fewer people live;
neighbouring buurten are joined by a through road. Velve-Lindenhof is laid out by hand: it
carries the ten street names of the wijkschouw report, with the corners that the report
names. No line follows a real street.
"""

import itertools
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely
from scipy.spatial import cKDTree

from ipgtools.nl import sample as words
from ipgtools.sample.random_streams import Dice, uniform
from ipgtools.sample.town import Town, geojson

__all__ = ["FLATS", "SCHOUW_STREETS", "VELVE", "Flats", "Streets", "lay"]

VELVE = "BU01530100"
_FRONT = 10.0
"""Metres of street for a pair of house numbers, one on each side."""
_SET_BACK = 9
"""Metres from the middle of the street to an address point."""
_CLEAR = 18
"""Metres that streets keep from the border of their buurt."""
_POSTCODE_LETTERS = "FIOQUY"
"""Letters that Dutch postcodes hardly use: a postcode of the sample is nobody's."""

_ROWS = {
    "Gronausestraat": (-245, 0.02, -900, 1300),
    "Gronausevoetpad": (-165, 0.03, -400, 440),
    "Oostveenweg": (-35, -0.05, -420, 470),
    "Van Musschenbroekstraat": (90, -0.04, -400, 440),
    "Slotzichtweg": (190, 0.02, -260, 270),
}
_COLUMNS = {
    "Velveweg": (-330, 0.05, -251, 150),
    "Leijdsweg": (-160, -0.06, -248, 260),
    "Pluimstraat": (25, 0.04, -164, 330),
    "Marthalaan": (195, -0.03, -241, 260),
    "Edisonstraat": (345, 0.05, -155, 130),
}
"""Across and along, in metres from Velve-Lindenhof's centre: position, slope, from, to."""
SCHOUW_STREETS = (*_ROWS, *_COLUMNS)
"""The streets of the wijkschouw report."""
_FLATS_ROW = (28.0, 0.02)
"""Across and slope of the street of flats in Velve-Lindenhof, between two of its columns."""
_FLATS_BETWEEN = ("Marthalaan", "Edisonstraat")


class Flats(NamedTuple):
    """
    Streets along which homes are stacked.

    Parameters
    ----------
    name : str
        What the truth calls them.
    x, y : float
        RD metres; the short stretches of one buurt nearest by are taken.
    stretches : int
        How many of them.
    homes : int
        On each stretch.
    """

    name: str
    x: float
    y: float
    stretches: int
    homes: int


FLATS = (
    Flats("flats Velve-Lindenhof", 259_930, 471_533, 1, 144),
    Flats("flats Stevenfenne", 256_240, 470_240, 6, 112),
    Flats("flats Mekkelholt", 257_820, 473_070, 3, 96),
)
"""Flats are where buurten have many inhabitants for the streets they got."""
_FLOORS = 4
"""Homes above each other: they share their point."""
_SHORTEST, _LONGEST = 60, 160
"""Metres of a stretch with flats."""


@dataclass(frozen=True)
class Streets:
    """
    Stretches of street between crossings, and the addresses on them.

    Parameters
    ----------
    name, kind : list of str
        Name and OpenStreetMap's word for the kind of street, of each stretch.
    line : list of LineString
        RD metres, corners on decimetres.
    first, last : array of int64
        House numbers at the start and the end of each stretch; 0 where there are none.
    postcode : list of str
        Of each stretch.
    middle : array of int64, n by 2
        Whole RD metres: where an incident without house number is put; -1 if it lies too
        near a border to know the buurt.
    address_x, address_y : array of int64
        Whole RD metres of each address.
    address_stretch, address_number, address_buurt : array of int64
        Its stretch, house number and row of its buurt.
    middle_buurt : array of int64
        Row of the buurt of each stretch's middle.
    flats : dict of list of int
        Stretches of each of `FLATS`, by name.
    """

    name: list[str]
    kind: list[str]
    line: list[shapely.LineString]
    first: np.ndarray
    last: np.ndarray
    postcode: list[str]
    middle: np.ndarray
    middle_buurt: np.ndarray
    address_x: np.ndarray
    address_y: np.ndarray
    address_stretch: np.ndarray
    address_number: np.ndarray
    address_buurt: np.ndarray
    flats: dict[str, list[int]]

    def geojson(self) -> str:
        """Write the stretches as GeoJSON with house-number ranges."""
        features = []
        for row, line in enumerate(self.line):
            numbered = bool(self.last[row])
            facts = {
                "id": f"S{row + 1:05d}",
                "name": self.name[row],
                "highway": self.kind[row],
                "nr_van": int(self.first[row]) if numbered else None,
                "nr_tot": int(self.last[row]) if numbered else None,
            }
            features.append((facts, line))
        return geojson("straten", features)

    def addresses(self) -> str:
        """Write the addresses as a table."""
        lines = [";".join(words.ADDRESS_COLUMNS)]
        columns = (self.address_stretch, self.address_number, self.address_x, self.address_y)
        for stretch, number, x, y in zip(*(each.tolist() for each in columns), strict=True):
            place = f"{self.postcode[stretch]};{words.TOWN};{x};{y}"
            lines.append(f"{self.name[stretch]};{number};{place}")
        return "\n".join(lines) + "\n"


def lay(town: Town, seed: int) -> Streets:
    """Lay the streets of a town."""
    names = iter(_names(seed))
    runs: list[tuple[str, str, np.ndarray]] = []
    nodes: list[np.ndarray] = []
    flats: list[np.ndarray] = []
    for row in range(len(town.code)):
        if town.code[row] == VELVE:
            own, extra = _velve(town.centre[row])
            flats.append(extra)
        else:
            lines, spread = _grid(town, row, seed)
            own = [(next(names), kind, line) for kind, line in [*lines, *spread]]
        runs += own
        nodes.append(np.concatenate([line for _, _, line in own]))
    runs += [(next(names), "tertiary", line) for line in _through(town, nodes)]
    runs += [(next(names), "residential", line) for line in flats]
    return _number(town, runs)


def _names(seed: int) -> list[str]:
    every = [
        front + back
        for back in words.STREET_ENDS
        for front in words.STREET_STARTS
        if front + back not in {*_ROWS, *_COLUMNS}
    ]
    return [every[row] for row in np.argsort(uniform(seed, "street names", range(len(every))))]


def _velve(centre: np.ndarray) -> tuple[list[tuple[str, str, np.ndarray]], np.ndarray]:
    """Lay out Velve-Lindenhof by hand; streets share a corner wherever they cross."""
    corners: dict[tuple[str, str], tuple[float, float]] = {}
    for row, (at_y, slope_y, west, east) in _ROWS.items():
        for column, (at_x, slope_x, south, north) in _COLUMNS.items():
            x, y = _crossing(at_y, slope_y, at_x, slope_x)
            if west <= x <= east and south - 10 <= y <= north + 10:
                corners[row, column] = (x, y)
    flats = {of: _crossing(*_FLATS_ROW, *_COLUMNS[of][:2]) for of in _FLATS_BETWEEN}
    corners |= {("", of): corner for of, corner in flats.items()}
    runs = []
    for row, (at_y, slope, west, east) in _ROWS.items():
        xs = {west, east, *(x for (of, _), (x, _) in corners.items() if of == row)}
        if east - west > 1500:
            xs |= {*range(west + 130, -420, 130), *range(480, east - 60, 140)}
        line = [(x, at_y + slope * x) for x in sorted(xs)]
        kind = {"Gronausestraat": "secondary", "Gronausevoetpad": "living_street"}
        runs.append((row, kind.get(row, "residential"), np.array(line)))
    for column, (at_x, slope, south, north) in _COLUMNS.items():
        ys = {y for (_, of), (_, y) in corners.items() if of == column}
        ends = {end for end in (south, north) if all(abs(end - y) > 25 for y in ys)}
        line = [(at_x + slope * y, y) for y in sorted(ys | ends)]
        runs.append((column, "residential", np.array(line)))
    laid = [(name, kind, np.round(line + centre, 1)) for name, kind, line in runs]
    return laid, np.round(np.array(list(flats.values())) + centre, 1)


def _crossing(at_y: float, slope_y: float, at_x: float, slope_x: float) -> tuple[float, float]:
    """Find where a row and a column cross."""
    x = (at_x + slope_x * at_y) / (1 - slope_x * slope_y)
    return x, at_y + slope_y * x


def _grid(
    town: Town, row: int, seed: int
) -> tuple[list[tuple[str, np.ndarray]], list[tuple[str, np.ndarray]]]:
    """Lay a dense grid where people live and a wide one over the land around it."""
    dice = Dice(seed, f"grid {town.code[row]}")
    cell = town.cells[row]
    business = town.wijk_code[row] == "WK015307"
    built = 0.35 * cell.area if business else 40_000 + 320.0 * float(town.households[row])
    angle = dice.number(0, np.pi / 2)
    spacing = np.array([dice.number(82, 104), dice.number(150, 205)]) * (1.6 if business else 1)
    surface = cell.buffer(-_CLEAR)
    core = surface
    if built < 0.8 * cell.area:
        core = surface & shapely.Point(town.centre[row]).buffer(np.sqrt(built / np.pi))
    lines = [
        ("residential", line)
        for line in _lattice(town.centre[row], core, angle, spacing, seed, town.code[row])
    ]
    if built >= 0.6 * cell.area:
        return lines, []
    wide = np.array([dice.number(520, 700), dice.number(640, 860)])
    land = surface - core.buffer(60)
    spread = _lattice(town.centre[row], land, angle + 0.3, wide, seed, town.code[row] + "/land")
    return lines, [("unclassified", line) for line in spread]


def _lattice(
    centre: np.ndarray,
    inside: shapely.Geometry,
    angle: float,
    spacing: np.ndarray,
    seed: int,
    subject: str,
) -> list[np.ndarray]:
    """Walk the rows and columns of a jittered lattice; a run ends where it leaves the surface."""
    west, south, east, north = inside.bounds
    reach = np.hypot(east - west, north - south)
    half = np.ceil(reach / spacing).astype(int)
    i, j = np.meshgrid(np.arange(-half[0], half[0] + 1), np.arange(-half[1], half[1] + 1))
    key = np.arange(i.size).reshape(i.shape)
    shake = [uniform(seed, f"{subject} {axis}", key) - 0.5 for axis in "uv"]
    u = (i + 0.24 * shake[0]) * spacing[0]
    v = (j + 0.16 * shake[1]) * spacing[1]
    x = np.round(centre[0] + u * np.cos(angle) - v * np.sin(angle), 1)
    y = np.round(centre[1] + u * np.sin(angle) + v * np.cos(angle), 1)
    kept = shapely.contains_xy(inside, x, y)
    points = np.stack([x, y], axis=-1)
    runs = []
    for grid, ok in ((points, kept), (points.swapaxes(0, 1), kept.T)):
        for line, good in zip(grid, ok, strict=True):
            runs += _runs(line, good, inside)
    return runs


def _runs(line: np.ndarray, good: np.ndarray, inside: shapely.Geometry) -> list[np.ndarray]:
    pairs = shapely.linestrings(np.stack([line[:-1], line[1:]], axis=1))
    step = good[:-1] & good[1:]
    step[step] = shapely.contains(inside, pairs[step])
    edges = np.flatnonzero(np.diff(np.concatenate([[False], step, [False]]).astype(int)))
    return [line[start : end + 1] for start, end in edges.reshape(-1, 2)]


def _through(town: Town, nodes: list[np.ndarray]) -> list[np.ndarray]:
    """Join the nearest crossings of buurten that share a border."""
    roads = []
    trees = [cKDTree(own) for own in nodes]
    for one, cell in enumerate(town.cells):
        shared = shapely.length(shapely.intersection(cell, np.array(town.cells[one + 1 :])))
        for other in (one + 1 + np.flatnonzero(shared > 120)).tolist():
            distance, nearest = trees[other].query(nodes[one])
            start = int(np.argmin(np.round(distance, 3)))
            if distance[start] > 0.5:
                roads.append(np.array([nodes[one][start], nodes[other][nearest[start]]]))
    return roads


def _number(town: Town, runs: list[tuple[str, str, np.ndarray]]) -> Streets:
    """Cut streets at their corners and number the houses along them."""
    name: list[str] = []
    kind: list[str] = []
    line: list[shapely.LineString] = []
    first: list[int] = []
    last: list[int] = []
    parts: list[np.ndarray] = []
    flats = _flats(town, runs)
    homes = {stretch: of.homes for of in FLATS for stretch in flats[of.name]}
    for of, sort, run in runs:
        counted = 0
        for start, end in itertools.pairwise(run):
            length = float(np.hypot(*(end - start)))
            front = 110.0 if sort == "unclassified" else _FRONT
            pairs = 0 if sort == "tertiary" else int((length - 16) // front)
            stretch = len(line)
            pairs = homes.get(stretch, 2 * pairs) // 2
            name.append(of)
            kind.append(sort)
            line.append(shapely.LineString([start, end]))
            first.append(2 * counted + 1 if pairs > 0 else 0)
            last.append(2 * (counted + pairs) if pairs > 0 else 0)
            if pairs > 0:
                floors = _FLOORS if stretch in homes else 1
                parts.append(_houses(stretch, start, end, counted, pairs, floors))
                counted += pairs
    x, y, stretch_, number_ = np.concatenate(parts).T
    buurt, margin = town.locate(x, y)
    kept = (margin > 4) & shapely.contains_xy(shapely.union_all(town.cells).buffer(-4), x, y)
    middle = np.array([np.round(np.mean(np.asarray(each.coords), axis=0)) for each in line])
    middle_buurt, middle_margin = town.locate(*middle.T)
    safe = middle_margin > 4
    return Streets(
        name=name,
        kind=kind,
        line=line,
        first=np.array(first),
        last=np.array(last),
        postcode=_postcodes(middle_buurt),
        middle=np.where(safe[:, None], middle, -1).astype(np.int64),
        middle_buurt=middle_buurt,
        address_x=x[kept],
        address_y=y[kept],
        address_stretch=stretch_[kept],
        address_number=number_[kept],
        address_buurt=buurt[kept],
        flats=flats,
    )


def _flats(town: Town, runs: list[tuple[str, str, np.ndarray]]) -> dict[str, list[int]]:
    """Choose the stretches that get flats: whole ones in the buurt of the given point."""
    start = np.concatenate([run[:-1] for _, _, run in runs])
    end = np.concatenate([run[1:] for _, _, run in runs])
    lived_on = np.repeat([sort == "residential" for _, sort, _ in runs],
                         [len(run) - 1 for _, _, run in runs])  # fmt: skip
    length = np.hypot(*(end - start).T)
    lived_on &= (length >= _SHORTEST) & (length <= _LONGEST)
    middle = (start + end) / 2
    buurt, margin = town.locate(*middle.T)
    chosen = {}
    for of in FLATS:
        here, _ = town.locate([of.x], [of.y])
        away = np.hypot(middle[:, 0] - of.x, middle[:, 1] - of.y)
        away[~lived_on | (buurt != here[0]) | (margin < 60)] = np.inf
        chosen[of.name] = np.sort(np.argsort(away, kind="stable")[: of.stretches]).tolist()
    return chosen


def _houses(
    stretch: int, start: np.ndarray, end: np.ndarray, counted: int, pairs: int, floors: int
) -> np.ndarray:
    """
    Place odd numbers on the left and even ones on the right, evenly along the stretch.

    With more floors than one, so many homes of a side share a point.
    """
    number_ = np.arange(2 * counted + 1, 2 * (counted + pairs) + 1)
    door = (number_ - number_[0]) // (2 * floors) * 2 + (number_ - number_[0]) % 2
    along = door / max(1, door.max())
    length = np.hypot(*(end - start))
    ahead = (end - start) / length
    left = np.array([-ahead[1], ahead[0]])
    side = np.where(number_ % 2 == 1, _SET_BACK, -_SET_BACK)
    point = start + along[:, None] * (end - start) + side[:, None] * left
    columns = [np.round(point), np.full((len(number_), 1), stretch), number_[:, None]]
    return np.hstack(columns).astype(np.int64)


def _postcodes(buurt: np.ndarray) -> list[str]:
    seen: dict[int, int] = {}
    postcodes = []
    for of in buurt.tolist():
        rank = seen.get(of, 0)
        seen[of] = rank + 1
        one, two = divmod(rank // 2 % 36, 6)
        postcodes.append(f"{7500 + of}{_POSTCODE_LETTERS[one]}{_POSTCODE_LETTERS[two]}")
    return postcodes
