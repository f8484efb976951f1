"""Draw places that need attention: their outlines, numbered, among the streets around them."""

import re
from typing import Any, Unpack

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pandas as pd
import shapely
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from ipgtools import crs, palette
from ipgtools.charts import _draw, _inset, _inside, _labels
from ipgtools.charts._annotate import About, finished
from ipgtools.charts._common import begin, finish
from ipgtools.nl import charts as words
from ipgtools.palette import classes as classing

__all__ = ["AROUND", "LEAST", "MARK", "places"]

AROUND = 250.0
"""Metres of surroundings that are shown around the places."""
LEAST = (800.0, 500.0)
"""Width and height in metres that are shown at least."""
MARK = {"new": 30.0, "busy": 27.0, "cluster": 27.0, "list": 27.0}
"""Diameter of the disc of a number, in points; its letters are half of that."""
_OUTLINES: dict[str, dict[str, Any]] = {
    "new": {"linewidth": 3.8},
    "busy": {"linewidth": 2.6},
    "cluster": {"linewidth": 2.6, "linestyle": (0, (2.4, 1.1))},
    "list": {"linewidth": 2.2},
}
_FILLS = {"new": "48", "busy": "26", "cluster": "1c", "list": "1c"}
"""Opacity of a fill, as the last two digits of a colour."""
_STREETS = (
    (0.6, palette.STREET[1]), (1.2, palette.STREET[2]), (2.6, palette.STREET[2]),
)  # fmt: skip
"""Width and colour of the lines of paths, streets and main roads."""
_SMALLEST = 12.0
"""Points that an outline measures at least."""
_GAP, _CLEAR = 2.0, 8.0
"""Points between a number and its place, and between a number and other places."""
_RINGS = (0.0, 0.6, 1.6, 3.0, 5.0)
"""How far from its place a number is tried, in its own size."""
_TURNS = np.radians([45, 135, 90, 0, 315, 180, 225, 270])
"""Where beside its place a number is tried: above and to the right first."""


@finished
def places(
    places: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame | None = None,
    *,
    streets: gpd.GeoDataFrame | None = None,
    others: gpd.GeoDataFrame | None = None,
    around: float = AROUND,
    names_on_places: bool = False,
    credit: str | None = None,
    ax: Axes | None = None,
    **_about: Unpack[About],
) -> Axes:
    """
    Draw places that need attention, close by, with the streets that they are named after.

    The map shows the places and 250 m around them; where that is much less than the areas, a
    small map in a corner shows where it lies. Numbers stand beside their place, and names of
    streets stay off all places.

    Parameters
    ----------
    places : GeoDataFrame, n_places rows
        PLACES: polygons with `number`, and `claim` ("new", "busy", "cluster", or missing for
        the plain list of busiest places), which sets colour and line. Streets in `name` are
        written on the map before others. Without rows the areas are drawn, and that no place
        stands out.
    areas : GeoDataFrame, n_areas rows, optional
        AREAS: their borders, and the small map.
    streets : GeoDataFrame, n_streets rows, optional
        STREETS, as base. Where these have no names, the areas are named.
    others : GeoDataFrame, n_others rows, optional
        Further places, thin and grey and without a number. They don't widen the map.
    around : float, default 250
        Metres of surroundings that are shown around the places.
    names_on_places : bool, default False
        Whether names of streets may lie on places, as on the map of a single one.
    credit : str, optional
        Who made the streets and areas. Where it is given, if only as "", the map fills its
        figure, with this, legend and scale in its corners in letters of 14 points.
    ax : Axes, optional
        Where to draw; a slide of its own by default.

    Returns
    -------
    Axes
        A collection per claim with gid ``place:new`` and so on (``place:list`` without a
        claim), a mark with gid ``number`` for each place, texts with gid ``street-name``, and
        collections with gid ``inset``.

    Raises
    ------
    CrsError
        If the tables do not share one projected CRS in metres.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import box
    >>> squares = [box(0, 0, 100, 100), box(100, 0, 200, 100)]
    >>> table = {"number": [1, 2], "claim": ["new", "busy"], "name": ["Heggenes", "Laares"]}
    >>> found = gpd.GeoDataFrame(table, geometry=squares, crs=28992)
    >>> ax = places(found, title="Twee plekken springen eruit", source="BVH")
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['Nieuw of stijgend', 'Vaste drukke plek']
    """
    crs.require(places=places, areas=areas, streets=streets, others=others)
    with mpl.rc_context(_draw.STYLE):
        ax, own = begin(ax)
        lost = (places.geometry.isna() | places.geometry.is_empty).to_numpy()
        shown = places[~lost]
        whole = None if len(shown) else areas
        _draw.base(ax, whole, None if len(shown) else streets, [streets])
        known = _draw.sheet(ax)
        known.note = words.places_not_drawn(_numbers(places)[lost]) if lost.any() else ""
        if not len(shown):
            known.is_map = known.extent is not None
            _draw.message(ax, known.note or words.NO_PLACES, below=known.is_map)
            known.note = ""
            if areas is not None:
                _draw.place_names(ax, areas)
            return finish(ax, own=own)
        known.legend_below = True
        _draw.set_extent(ax, _extent(shown, around))
        if areas is not None:
            _lay_areas(ax, areas)
        if streets is not None:
            _lay_streets(ax, streets)
        claims = _claims(shown)
        _explain(known, set(claims), others)
        if credit is not None:
            _inside.fill(ax, credit)
        _place(ax, shown, claims, areas, streets, others, names_on_places)
        return ax if credit is not None else finish(ax, own=own)


def _extent(places: gpd.GeoDataFrame, around: float) -> tuple[float, float, float, float]:
    """Return the places and their surroundings, in metres."""
    west, south, east, north = places.total_bounds
    wide, high = (around / AROUND * one for one in LEAST)
    across = max((wide - (east - west)) / 2, around)
    along = max((high - (north - south)) / 2, around)
    return west - across, south - along, east + across, north + along


def _claims(places: gpd.GeoDataFrame) -> np.ndarray:
    """Return the claim of each place; "list" where it has no known one."""
    if "claim" not in places:
        return np.full(len(places), "list", dtype=object)
    known = places["claim"].isin([name for name in palette.PLACES if name != "list"])
    return np.where(known, places["claim"].astype("object"), "list")


def _numbers(places: gpd.GeoDataFrame) -> np.ndarray:
    """Return the number of each place as text; its rank where the table has no numbers."""
    if "number" not in places:
        return np.array([str(rank) for rank in range(1, len(places) + 1)], dtype=object)
    return np.array(
        ["" if pd.isna(number) else str(int(number)) for number in places["number"]], dtype=object
    )


def _explain(known: _draw.Sheet, claims: set[str], others: gpd.GeoDataFrame | None) -> None:
    """Write the legend: a square per claim, three at most; what is grey in words."""
    present = [claim for claim in palette.PLACES if claim in claims]
    known.handles += [
        _draw.patch(
            words.PLACE_CLAIMS[claim], palette.PLACES[claim] + _FILLS[claim],
            palette.PLACES[claim], **_OUTLINES[claim],
        )
        for claim in present[:3]
    ]  # fmt: skip
    notes = [known.note] if known.note else []
    notes += [words.grey(words.PLACE_CLAIMS[claim]) for claim in present[3:]]
    notes += [words.THIN_PLACES] if others is not None and len(others) else []
    known.note = "; ".join(notes)


def _lay_areas(ax: Axes, areas: gpd.GeoDataFrame) -> None:
    """Draw areas with a clear border around them all, and faint ones between them."""
    shapes = areas.geometry.to_numpy()
    thin, border = {"linewidth": 0.6, "zorder": 2.4}, {"linewidth": 1.6, "zorder": 3}
    _draw.fill(ax, shapes, gid="land", face=palette.LAND, edge="none", zorder=0.5)
    _draw.fill(ax, shapes, gid="borders", face="none", edge=palette.STREET[2], **thin)
    _draw.fill(
        ax, [shapely.union_all(shapes)], gid="border", face="none", edge=palette.BORDER,
        linestyle=(0, (6, 2, 1.2, 2)), **border,
    )  # fmt: skip


def _lay_streets(ax: Axes, streets: gpd.GeoDataFrame) -> None:
    """Draw streets wide enough to be followed on a projector, the main roads above others."""
    ranks = classing.street_rank(streets)
    for rank, (width, colour) in enumerate(_STREETS):
        parts = shapely.get_parts(streets.geometry.to_numpy()[ranks == rank])
        drawn = LineCollection(
            [shapely.get_coordinates(part) for part in parts], colors=colour,
            linewidths=width, zorder=2.5 + 0.1 * rank, capstyle="round",
        )  # fmt: skip
        drawn.set_gid("streets")
        ax.add_collection(drawn, autolim=False)


def _place(
    ax: Axes,
    places: gpd.GeoDataFrame,
    claims: np.ndarray,
    areas: gpd.GeoDataFrame | None,
    streets: gpd.GeoDataFrame | None,
    others: gpd.GeoDataFrame | None,
    names_on_places: bool,  # noqa: FBT001
) -> None:
    """Draw outlines, numbers, small map and names; again after the layout has changed."""
    ax.add_collection(_draw.outline_of(ax), autolim=False)
    numbers = _numbers(places)
    sizes = np.array([MARK[claim] for claim in claims])
    first = _named_in(places, streets)
    drawn: list[Artist] = []

    def place() -> None:
        while drawn:
            drawn.pop().remove()
        ax.apply_aspect()
        shapes = _large_enough(ax, places.geometry.to_numpy())
        drawn.extend(_outlines(ax, shapes, claims, others))
        on_paper = _labels.to_points(ax, shapes)
        middles, far = _beside(on_paper, sizes, _labels.frame(ax))
        drawn.extend(_marks(ax, shapes, numbers, claims, middles, far))
        discs = shapely.buffer(shapely.points(middles), sizes / 2)
        taken = [*on_paper, *discs]
        if (inside := _draw.sheet(ax).inside) is not None:
            drawn.extend(inside(taken))
        if areas is not None:
            drawn.extend(_inset.draw(ax, areas, places, taken))
        if names_on_places:
            taken = taken[len(on_paper) :]
        whole = shapely.union_all(on_paper)
        written = []
        if streets is not None:
            written = _labels.write_streets(ax, streets, first=first, near=whole, taken=taken)
        if not written and areas is not None and len(areas) > 1:
            written = _labels.write_areas(ax, areas, taken)
        drawn.extend(written)

    place()
    _draw.sheet(ax).placing.append(place)


def _named_in(places: gpd.GeoDataFrame, streets: gpd.GeoDataFrame | None) -> list[str]:
    """List the streets that are in the names of places."""
    if streets is None or "street_name" not in streets or "name" not in places:
        return []
    told = " | ".join(str(name) for name in places["name"].dropna()).lower()
    known = streets["street_name"].dropna().astype("str").str.strip().unique()
    return [
        name
        for name in known
        if name
        and name.lower() in told
        and re.search(rf"(?<!\w){re.escape(name.lower())}(?!\w)", told)
    ]


def _large_enough(ax: Axes, shapes: np.ndarray) -> np.ndarray:
    """Widen outlines that would be dots on the map."""
    west, south, east, north = shapely.bounds(_labels.to_points(ax, shapes)).T
    short = np.clip(_SMALLEST - np.maximum(east - west, north - south), 0, None) / 2
    (left, right), wide = ax.get_xlim(), _labels.frame(ax)[0]
    return np.where(
        short > 0,
        shapely.buffer(shapes, short * (right - left) / wide, join_style="mitre"),
        shapes,
    )


def _outlines(
    ax: Axes, shapes: np.ndarray, claims: np.ndarray, others: gpd.GeoDataFrame | None
) -> list[Artist]:
    """Draw the outlines by claim, on a light rim; the strongest claims on top."""
    before = list(ax.collections)
    if others is not None and len(others):
        thin = {"linewidth": 1.2, "zorder": 3.3}
        _draw.fill(
            ax, others.geometry.to_numpy(), gid="other-places", face="none",
            edge=palette.PLACES["list"], **thin,
        )  # fmt: skip
    for rank, (claim, colour) in enumerate(reversed(palette.PLACES.items())):
        mine, look = shapes[claims == claim], _OUTLINES[claim]
        zorder = 3.4 + 0.1 * rank
        rim = {"linewidth": look["linewidth"] + 2.6, "alpha": 0.85, "zorder": zorder}
        _draw.fill(ax, mine, gid="rim", face="none", edge=palette.PAPER, **rim)
        _draw.fill(
            ax, mine, gid=f"place:{claim}", face=colour + _FILLS[claim], edge=colour,
            zorder=zorder + 0.05, joinstyle="round", **look,
        )  # fmt: skip
    return [artist for artist in ax.collections if artist not in before]


def _beside(
    shapes: np.ndarray, sizes: np.ndarray, frame: tuple[float, float]
) -> tuple[np.ndarray, np.ndarray]:
    """Find the position of each place's number, clear of places and other numbers."""
    seen = shapely.box(0, 0, *frame)
    middles, far = np.zeros((len(shapes), 2)), np.zeros(len(shapes), dtype=bool)
    for i, (shape, size) in enumerate(zip(shapes, sizes, strict=True)):
        corners = shapely.get_coordinates(shape)
        others = shapely.union_all(np.delete(shapes, i))
        least = np.inf
        for ring in _RINGS:
            for turn in _TURNS:
                way = np.array([np.cos(turn), np.sin(turn)])
                ahead = corners @ way
                edge = corners[ahead > ahead.max() - 0.5].mean(axis=0)
                middle = edge + way * (size / 2 + _GAP + ring * size)
                disc = shapely.Point(middle).buffer(size / 2 + 1)
                apart = np.hypot(*(middles[:i] - middle).T) - (sizes[:i] + size) / 2
                close = disc.distance(others) if len(shapes) > 1 else _CLEAR
                cost = (
                    disc.intersection(shapely.union(shape, others)).area
                    + 4 * max(_CLEAR - close, 0)
                    + 4 * disc.difference(seen).area
                    + 2e4 * (apart < 1).sum()
                )
                if cost < least - 1:
                    least, middles[i], far[i] = cost, middle, ring > 0
            if least < 1:
                break
    return middles, far


def _marks(
    ax: Axes,
    shapes: np.ndarray,
    numbers: np.ndarray,
    claims: np.ndarray,
    middles: np.ndarray,
    far: np.ndarray,
) -> list[Artist]:
    """Draw the numbers, with a leader line where they are off the place."""
    ends = _labels.to_metres(ax, middles)
    near = shapely.get_coordinates(
        shapely.line_interpolate_point(shapely.shortest_line(shapes, shapely.points(ends)), 0)
    )
    lines = np.stack([near[far], ends[far]], axis=1)
    leaders = LineCollection(list(lines), colors=palette.INK, linewidths=1.2, zorder=5.5)
    drawn: list[Artist] = [ax.add_collection(leaders, autolim=False)]
    for end, number, claim in zip(ends, numbers, claims, strict=True):
        look = ("o", palette.PLACES[claim])
        drawn += _draw.numbered_mark(ax, end, number, look, "number", size=MARK[claim])
    return drawn
