"""Draw result tables on a map."""

from collections.abc import Sequence

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes

from ipgtools import crs, palette
from ipgtools.charts import _draw
from ipgtools.charts._furnish import arrange
from ipgtools.nl import charts as words
from ipgtools.palette import classes as classing

_SLIDE = (13.333, 7.5)


def _start(ax: Axes | None) -> tuple[Axes, bool]:
    if ax is not None:
        return ax, False
    return _draw.new_figure(*_SLIDE).add_axes((0, 0, 1, 1)), True


def _finish(ax: Axes, *, own: bool) -> Axes:
    """Arrange a chart on its own figure; on given axes put the legend where there is room."""
    known = _draw.sheet(ax)
    if own:
        arrange(ax)
    elif known.handles:
        legend = ax.legend(
            handles=known.handles, title=known.title or None, loc="best", handler_map=_draw.HANDLERS
        )
        legend.get_frame().set(facecolor=palette.PAPER, alpha=0.9)
        legend.set_frame_on(True)
    return ax


def hotspots(
    cells: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame | None = None,
    *,
    streets: gpd.GeoDataFrame | None = None,
    findings: gpd.GeoDataFrame | None = None,
    ax: Axes | None = None,
) -> Axes:
    """
    Draw hotspots: cells with more incidents around them than chance explains.

    Parameters
    ----------
    cells : GeoDataFrame, n_cells rows
        Polygons with `hotspot_class`, as `hotspots.gi_star` gives them. Cells of class "none"
        stay blank.
    areas : GeoDataFrame, n_areas rows, optional
        AREAS: their borders, and the extent of the map. Up to 25 are named.
    streets : GeoDataFrame, n_streets rows, optional
        STREETS, as base.
    findings : GeoDataFrame, n_findings rows, optional
        FINDINGS, as numbered marks.
    ax : Axes, optional
        Where to draw; a slide of its own by default.

    Returns
    -------
    Axes
        One collection per class, with the class as its gid.

    Raises
    ------
    CrsError
        If the tables do not share one projected CRS in metres.
    """
    crs.require(cells=cells, areas=areas, streets=streets, findings=findings)
    with mpl.rc_context(_draw.STYLE):
        ax, own = _start(ax)
        _draw.base(ax, areas, streets, [cells, findings])
        _fill_classes(ax, cells, "hotspot_class", palette.CLASSES, words.HOTSPOTS)
        if findings is not None:
            _mark_findings(ax, findings)
        elif areas is not None:
            _draw.place_names(ax, areas)
        return _finish(ax, own=own)


def change(
    cells: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame | None = None,
    *,
    streets: gpd.GeoDataFrame | None = None,
    ax: Axes | None = None,
) -> Axes:
    """
    Draw where there were clearly more or fewer incidents than before.

    Parameters
    ----------
    cells : GeoDataFrame, n_cells rows
        Polygons with `change_class` ("up", "down", "none"), as `hotspots.change` gives them.
        Those of class "none" stay blank.
    areas, streets, ax
        As for `hotspots`.

    Returns
    -------
    Axes
        One collection per class, with the class as its gid.

    Raises
    ------
    CrsError
        If the tables do not share one projected CRS in metres.
    """
    crs.require(cells=cells, areas=areas, streets=streets)
    with mpl.rc_context(_draw.STYLE):
        ax, own = _start(ax)
        _draw.base(ax, areas, streets, [cells])
        _fill_classes(ax, cells, "change_class", palette.CHANGES, words.CHANGE)
        if areas is not None:
            _draw.place_names(ax, areas)
        return _finish(ax, own=own)


def _fill_classes(
    ax: Axes,
    cells: gpd.GeoDataFrame,
    column: str,
    colours: dict[str, str],
    labels: dict[str, str],
) -> None:
    known = _draw.sheet(ax)
    known.title = labels["title"]
    if not len(cells):
        _draw.too_little(ax)
        return
    for kind, colour in colours.items():
        chosen = cells.geometry.values[(cells[column] == kind).to_numpy()]
        if not len(chosen):
            continue
        edge = palette.EDGES[kind.split("_")[0]]
        thin = {"linewidth": 0.4, "alpha": 0.92, "zorder": 2}
        _draw.fill(ax, chosen, gid=kind, face=colour, edge=edge, **thin)
        known.handles.append(_draw.patch(labels[kind], colour, edge))
    if not known.handles:
        known.handles.append(_draw.patch(labels["none"], palette.LAND, palette.BORDER))


def density(
    cells: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame | None = None,
    *,
    streets: gpd.GeoDataFrame | None = None,
    breaks: Sequence[float] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """
    Draw how dense incidents lie, in a few classes.

    Parameters
    ----------
    cells : GeoDataFrame, n_cells rows
        Polygons with `per_km2`, as `hotspots.density` gives them.
    breaks : sequence of float, optional
        Ends of the classes; cells below the first stay blank. By default the denser half, in
        four classes. Give two maps the same to compare them.
    areas, streets, ax
        As for `hotspots`.

    Returns
    -------
    Axes
        One collection per class, with ``class:0`` and so on as its gid.

    Raises
    ------
    CrsError
        If the tables do not share one projected CRS in metres.
    """
    crs.require(cells=cells, areas=areas, streets=streets)
    with mpl.rc_context(_draw.STYLE):
        ax, own = _start(ax)
        _draw.base(ax, areas, streets, [cells])
        values = _numbers(cells["per_km2"])
        ends = classing.density_breaks(values) if breaks is None else list(breaks)
        if len(ends) < 2:
            _draw.too_little(ax)
        else:
            colours = palette.steps(len(ends))[1:]
            _fill_steps(ax, cells, values, ends, colours, words.DENSITY, seamless=True)
            decimals = classing.decimals(ends[:-1])
            _draw.sheet(ax).note = words.below(ends[0], decimals)
        return _finish(ax, own=own)


def areas(
    areas: gpd.GeoDataFrame,
    *,
    column: str,
    label: str = "",
    breaks: Sequence[float] | None = None,
    streets: gpd.GeoDataFrame | None = None,
    ax: Axes | None = None,
) -> Axes:
    """
    Draw a figure per area, in a few classes.

    Parameters
    ----------
    areas : GeoDataFrame, n_areas rows
        AREAS with the figure to draw, as `areas.rates` gives them.
    column : str
        Column with the figure. Areas without one are hatched.
    label : str, optional
        What the figure is, in Dutch, with its unit.
    breaks : sequence of float, optional
        Ends of the half-open classes; by default five that hold about as many areas each.
        Give two maps the same to compare them.
    streets, ax
        As for `hotspots`.

    Returns
    -------
    Axes
        One collection per class, with ``class:0`` and so on as its gid, and ``no-data``.

    Raises
    ------
    CrsError
        If the tables do not share one projected CRS in metres.
    """
    crs.require(areas=areas, streets=streets)
    with mpl.rc_context(_draw.STYLE):
        ax, own = _start(ax)
        _draw.base(ax, areas, streets)
        values = _numbers(areas[column])
        ends = classing.breaks(values) if breaks is None else list(breaks)
        name = label or words.COLUMNS.get(column, column)
        if len(ends) < 2:
            _draw.sheet(ax).title = name
            _draw.too_little(ax)
        else:
            _fill_steps(ax, areas, values, ends, palette.steps(len(ends) - 1), name)
        missing = areas.geometry.values[np.isnan(values)]
        if len(missing):
            look = {"hatch": "///", "linewidth": 0.0, "zorder": 1}
            _draw.fill(
                ax, missing, gid="no-data", face=palette.PAPER, edge=palette.BORDER, **look
            )  # fmt: skip
            _draw.sheet(ax).handles.append(
                _draw.patch(words.NO_DATA, palette.PAPER, palette.BORDER, hatch="///")
            )
        _draw.place_names(ax, areas)
        return _finish(ax, own=own)


def _numbers(column: pd.Series) -> np.ndarray:
    """Give a column as numbers, NaN where there is none."""
    return pd.to_numeric(column).to_numpy(dtype=float, na_value=np.nan)


def _fill_steps(
    ax: Axes,
    table: gpd.GeoDataFrame,
    values: np.ndarray,
    ends: Sequence[float],
    colours: Sequence[str],
    title: str,
    *,
    seamless: bool = False,
) -> None:
    known = _draw.sheet(ax)
    known.title = title
    of_class = classing.assign(values, ends)
    whole = classing.is_whole(ends) and classing.is_whole(values)
    labels = words.class_labels(ends, whole=whole, decimals=classing.decimals(ends[:-1]))
    for i, (colour, label) in enumerate(zip(colours, labels, strict=True)):
        chosen = table.geometry.values[of_class == i]
        edge = "face" if seamless else palette.BORDER
        _draw.fill(
            ax, chosen, gid=f"class:{i}", face=colour, edge=edge, linewidth=0.5, zorder=1.5
        )  # fmt: skip
        known.handles.append(_draw.patch(label, colour, palette.BORDER))


def findings(
    findings: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame | None = None,
    *,
    streets: gpd.GeoDataFrame | None = None,
    ax: Axes | None = None,
) -> Axes:
    """
    Draw the findings of a schouw as numbered marks, by kind.

    Parameters
    ----------
    findings : GeoDataFrame, n_findings rows
        FINDINGS. Those without a place are counted below the legend; marks that would cover
        each other are moved apart, with a line to their place.
    areas : GeoDataFrame, n_areas rows, optional
        AREAS: their borders. The extent is that of the findings, unless these have no place.
    streets, ax
        As for `hotspots`.

    Returns
    -------
    Axes
        One mark per finding, with ``kind:`` and its kind as gid.

    Raises
    ------
    CrsError
        If the tables do not share one projected CRS in metres.
    """
    crs.require(findings=findings, areas=areas, streets=streets)
    with mpl.rc_context(_draw.STYLE):
        ax, own = _start(ax)
        _draw.base(ax, areas, streets, [findings])
        if not len(findings):
            _draw.sheet(ax).title = words.FINDINGS
            _draw.too_little(ax)
        else:
            _zoom(ax, findings)
            _mark_findings(ax, findings)
        return _finish(ax, own=own)


def _zoom(ax: Axes, points: gpd.GeoDataFrame, *, least: float = 300.0) -> None:
    """Set the extent to that of points, with room for their marks; in metres."""
    west, south, east, north = points.total_bounds
    if np.isnan(west):
        return
    pad = max(0.12 * max(east - west, north - south), (least - (east - west)) / 2, 60.0)
    _draw.set_extent(ax, (west - pad, south - pad, east + pad, north + pad))


def _mark_findings(ax: Axes, findings: gpd.GeoDataFrame) -> None:
    known = _draw.sheet(ax)
    kinds = classing.kinds(findings["category"])
    marks = dict(zip(kinds, classing.kind_marks(kinds), strict=True))
    placed = findings[~(findings.geometry.isna() | findings.geometry.is_empty)]
    lost, inside = len(findings) - len(placed), _within(ax, placed)
    outside, placed = int((~inside).sum()), placed[inside]
    of_kind = [classing.kind_of(code, kinds) for code in placed["category"]]
    _draw.place_marks(
        ax,
        shapely.get_coordinates(placed.geometry.values),
        ["" if pd.isna(number) else str(int(number)) for number in placed["number"]],
        [marks[kind] for kind in of_kind],
        [f"kind:{kind}" for kind in of_kind],
    )
    if known.handles:
        known.handles.append(_draw.patch(words.FINDINGS, "none", "none"))
    else:
        known.title = words.FINDINGS
    known.handles += [
        _draw.mark(words.category(kind), shape, colour) for kind, (shape, colour) in marks.items()
    ]
    known.note = words.not_drawn(lost, outside)


def _within(ax: Axes, points: gpd.GeoDataFrame) -> np.ndarray:
    """Tell which points lie within the extent of the map."""
    extent = _draw.sheet(ax).extent
    if extent is None or not len(points):
        return np.ones(len(points), dtype=bool)
    return np.asarray(points.within(shapely.box(*extent)), dtype=bool)


def repeat_places(
    places: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame | None = None,
    *,
    streets: gpd.GeoDataFrame | None = None,
    top: int = 10,
    ax: Axes | None = None,
) -> Axes:
    """
    Draw the places where most incidents came back, ranked.

    Parameters
    ----------
    places : GeoDataFrame, n_places rows
        Points with `n`, and `street_name` and `stacked` where known, as `repeats.places` gives
        them.
    top : int, default 10
        Places that get a number and stand in the legend; the others are dots.
    areas, streets, ax
        As for `hotspots`.

    Returns
    -------
    Axes
        A mark with gid ``place`` for each ranked place, a collection ``other-places``.

    Raises
    ------
    CrsError
        If the tables do not share one projected CRS in metres.
    """
    crs.require(places=places, areas=areas, streets=streets)
    with mpl.rc_context(_draw.STYLE):
        ax, own = _start(ax)
        known = _draw.sheet(ax)
        known.title = words.PLACES
        _draw.base(ax, areas, streets, [places])
        if not len(places):
            _draw.too_little(ax)
            return _finish(ax, own=own)
        order = ["n", "place_id"] if "place_id" in places else ["n"]
        ranked = places.sort_values(order, ascending=[False, True][: len(order)], kind="stable")
        first, rest = ranked.iloc[:top], ranked.iloc[top:]
        if len(rest):
            x, y = shapely.get_coordinates(rest.geometry.values).T
            ax.scatter(x, y, s=16, color=palette.BAR, alpha=0.6, zorder=4, gid="other-places")
        numbers = [str(rank) for rank in range(1, len(first) + 1)]
        look, same = ("o", palette.BAR), len(first)
        _draw.place_marks(
            ax, shapely.get_coordinates(first.geometry.values), numbers, [look] * same,
            ["place"] * same,
        )  # fmt: skip
        streets_of = first["street_name"] if "street_name" in first else [None] * same
        stacked = first["stacked"].fillna(value=False) if "stacked" in first else [False] * same
        known.handles = [
            _draw.NumberedMark(
                rank,
                words.place(words.UNKNOWN_STREET if pd.isna(street) else street, n, stacked=odd),
                palette.BAR,
            )
            for rank, street, n, odd in zip(numbers, streets_of, first["n"], stacked, strict=True)
        ]
        if len(rest):
            known.handles.append(_draw.mark(words.OTHER_PLACES, "o", palette.BAR, 6))
        if any(bool(odd) for odd in stacked):
            known.note = words.STACKED
        return _finish(ax, own=own)
