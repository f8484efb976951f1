"""
Turn coordinates into points of the working CRS, and say which rows have none.

A CRS is taken from the call, the file, or the column names; values must agree with it. A file
whose values say something else as a whole is an error that tells what to write in the
settings; a single row that goes astray is rejected with its reason.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ipgtools import _arrow
from ipgtools import crs as crs_
from ipgtools.errors import ReadError
from ipgtools.io import guess, numbers
from ipgtools.io.guess import DUTCH_DEGREES, RD_BOX

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    import pandas as pd

_WHOLE_FILE = guess.WHOLE_FILE
_PARTS_OF_A_METRE = {10: "decimetre", 100: "centimetre", 1000: "millimetre"}
_FAULTS = (
    "", "xy_outside", "xy_swapped", "xy_degrees", "xy_zero", "xy_unreadable", "xy_missing",
    "geometry_missing", "geometry_kind",
)  # fmt: skip
_CODE = {key: number for number, key in enumerate(_FAULTS)}
_SEA = (100_000.0, 560_000.0)
"""North of this y and west of this x there is only sea in RD."""


def from_columns(
    rows: "pd.DataFrame", found: dict[str, str], *, crs: Any, work_crs: Any, source: str
) -> "tuple[gpd.GeoSeries, pd.Series, dict[str, str]]":
    """
    Make points from two columns.

    Parameters
    ----------
    rows, found, crs, work_crs, source
        As for `coordinates`.

    Returns
    -------
    points : GeoSeries, n_rows
        In `work_crs`, None where there is no good point.
    faults, decision
        As from `coordinates`.

    Raises
    ------
    ReadError
        As `coordinates` does.
    """
    import geopandas as gpd
    import numpy as np

    x, y, faults, decision = coordinates(rows, found, crs=crs, work_crs=work_crs, source=source)
    good = faults.isna().to_numpy()
    made = np.full(len(rows), None, dtype=object)
    made[good] = points(x, y, good)
    return gpd.GeoSeries(made, index=rows.index, crs=work_crs), faults, decision


def coordinates(
    rows: "pd.DataFrame", found: dict[str, str], *, crs: Any, work_crs: Any, source: str
) -> "tuple[np.ndarray, np.ndarray, pd.Series, dict[str, str]]":
    """
    Read coordinates from two columns, and put them in the working CRS.

    Parameters
    ----------
    rows : DataFrame, n_rows
        As read; numbers may be text, with a decimal comma.
    found : dict of str to str
        Which columns are ``x`` and ``y``, or ``lon`` and ``lat``, or which one holds both (``xy``).
    crs : anything pyproj understands, or None
        CRS that the user says they are in.
    work_crs : anything pyproj understands
        Projected CRS in metres of the result; what ``x`` and ``y`` are taken to be in.
    source : str
        Name of the file, for messages.

    Returns
    -------
    x, y : float array, n_rows
        In `work_crs` where the point is good.
    faults : Series of category, n_rows
        Key into `nl.reading.REASONS`, missing where the point is good.
    decision : dict
        `crs` and `crs_why`; `unit` where RD counts in parts of a metre, `thousands` where dots
        part the thousands, `swapped` where x and y changed places, `abroad` (a number) where
        a file that isn't Dutch came into RD.

    Raises
    ------
    ReadError
        If the columns are missing, or the whole file contradicts the CRS.
    """
    decision: dict[str, str] = {}
    if "x" in found and "y" in found:
        names, taken = (found["x"], found["y"]), crs or work_crs
        first, second = rows[names[0]], rows[names[1]]
    elif "lon" in found and "lat" in found:
        names, taken = (found["lon"], found["lat"]), crs or "EPSG:4326"
        first, second = rows[names[0]], rows[names[1]]
    elif "xy" in found:
        names = (found["xy"], found["xy"])
        first, second = numbers.pairs(rows[found["xy"]])
        absent = rows[found["xy"]].isna()
        first, second = first.mask(~absent & first.isna(), "?"), second.mask(absent)
        first, second, taken = _order_of_pair(first, second, crs or work_crs, told=crs is not None)
    else:
        from ipgtools.io.columns import INCIDENTS, missing

        lacking = {key: INCIDENTS[key] for key in ("x", "y") if key not in found}
        raise missing(lacking, list(rows.columns), source)
    why = "given" if crs else "header"
    rd = guess.is_rd(taken)
    thousands = all(numbers.has_thousands(one, large=rd) for one in (first, second))
    if thousands:
        decision["thousands"] = "."
    x = numbers.numbers(first, thousands=thousands)
    y = numbers.numbers(second, thousands=thousands)
    absent = (first.isna() | second.isna()).to_numpy()
    if rd and (parts := _parts_of_a_metre(x, y)) > 1:
        x, y = x / parts, y / parts
        decision["unit"] = _PARTS_OF_A_METRE[parts]
    said = taken
    taken, swapped = guess.system(x, y, taken=said, told=crs is not None, names=names)
    if swapped:
        x, y = y, x
        decision["swapped"] = " en ".join(dict.fromkeys(names))
    why = why if taken is said else "values"
    faults = _faults(x, y, absent, taken)
    _refuse_whole_file(faults, x, y, taken, names, source)
    decision = {"crs": crs_.name(taken), "crs_why": why} | decision
    x, y = _in_work_crs(x, y, faults == 0, taken, work_crs)
    _mark_astray(x, y, faults, taken, work_crs, decision)
    return x, y, _as_series(faults, rows.index), decision


def points(x: "np.ndarray", y: "np.ndarray", good: "np.ndarray") -> "np.ndarray":
    """
    Make points of the good coordinates.

    Parameters
    ----------
    x, y : float array, n_rows
        Coordinates.
    good : ndarray of bool, n_rows
        Which rows get a point.

    Returns
    -------
    ndarray of object, n_good
        Points.

    Examples
    --------
    >>> import numpy as np
    >>> points(np.array([1.0, 2.0]), np.array([3.0, 4.0]), np.array([True, False]))
    array([<POINT (1 3)>], dtype=object)
    """
    import numpy as np
    import shapely

    made = np.empty(int(good.sum()), dtype=object)
    at = 0
    for span in _arrow.spans(len(x)):
        some = shapely.points(x[span][good[span]], y[span][good[span]])
        made[at : at + len(some)] = some
        at += len(some)
    return made


def beside(
    x: "np.ndarray", y: "np.ndarray", placed: "np.ndarray"
) -> "Callable[[np.ndarray], np.ndarray]":
    """
    Begin to make points in a thread of its own, while other columns are read.

    Parameters
    ----------
    x, y : float array, n_rows
        Coordinates.
    placed : ndarray of bool, n_rows
        Which of them are good.

    Returns
    -------
    callable
        Waits for the points and gives those of some rows, all of them placed.

    Examples
    --------
    >>> import numpy as np
    >>> points_of = beside(np.array([1.0, 2.0]), np.array([3.0, 4.0]), np.array([True, True]))
    >>> points_of(np.array([False, True]))
    array([<POINT (2 4)>], dtype=object)
    """
    from concurrent.futures import ThreadPoolExecutor

    thread = ThreadPoolExecutor(max_workers=1)
    made = thread.submit(points, x, y, placed)
    thread.shutdown(wait=False)

    def points_of(rows: "np.ndarray") -> "np.ndarray":
        return made.result() if rows.sum() == placed.sum() else made.result()[rows[placed]]

    return points_of


def from_geometry(
    rows: "gpd.GeoDataFrame", kinds: tuple[str, ...], *, crs: Any, work_crs: Any, source: str
) -> "tuple[gpd.GeoSeries, pd.Series, dict[str, str]]":
    """
    Take the geometry a file brings along.

    Parameters
    ----------
    rows : GeoDataFrame, n_rows
        As read.
    kinds : tuple of str
        Geometry types that are good.
    crs : anything pyproj understands, or None
        CRS that the user says it is in, where the file declares none.
    work_crs : anything pyproj understands
        Projected CRS in metres of the result.
    source : str
        Name of the file, for messages.

    Returns
    -------
    geometry : GeoSeries, n_rows
        In `work_crs`.
    faults : Series of category, n_rows
        Key into `nl.reading.REASONS`, missing where the geometry is good.
    decision : dict
        `crs` and `crs_why`.

    Raises
    ------
    ReadError
        If no CRS is known, or the values can't be in it.
    """
    geometry = rows.geometry
    if crs is not None and _mislabelled(geometry):
        geometry = geometry.set_crs(crs, allow_override=True)
    taken = geometry.crs or crs
    if taken is None:
        msg = f"{source} declares no CRS; say which with `crs`"
        raise ReadError(msg, code="crs_unknown", path=source)
    if crs is not None and geometry.crs is not None and geometry.crs != crs:
        msg = f"{source} is in {crs_.name(geometry.crs)}, but `crs` says {crs_.name(crs)}"
        raise ReadError(
            msg,
            code="crs_contradicts",
            path=source,
            found=crs_.name(geometry.crs),
            given=crs_.name(crs),
        )
    why = "file" if geometry.crs is not None else "given"
    geometry = geometry.set_crs(taken) if geometry.crs is None else geometry
    absent = (geometry.isna() | geometry.is_empty).to_numpy()
    wrong = ~absent & ~geometry.geom_type.isin(kinds).to_numpy()
    middle = geometry.where(~absent).representative_point() if kinds != ("Point",) else geometry
    x, y = middle.x.to_numpy(dtype=float), middle.y.to_numpy(dtype=float)
    faults = _faults(x, y, absent | wrong, taken)
    faults[absent], faults[wrong] = _CODE["geometry_missing"], _CODE["geometry_kind"]
    _refuse_whole_file(faults, x, y, taken, ("x", "y"), source)
    geometry = geometry.to_crs(work_crs) if geometry.crs != work_crs else geometry
    decision = {"crs": crs_.name(taken), "crs_why": why}
    if kinds == ("Point",):
        good = geometry.where(faults == 0)
        _mark_astray(good.x.to_numpy(), good.y.to_numpy(), faults, taken, work_crs, decision)
    return geometry, _as_series(faults, rows.index), decision


def _mark_astray(
    x: "np.ndarray",
    y: "np.ndarray",
    faults: "np.ndarray",
    taken: Any,
    work_crs: Any,
    decision: dict[str, str],
) -> None:
    """Mark the points that came from another CRS and lie outside the working CRS, or outside RD."""
    import numpy as np

    if guess.is_rd(taken):
        return
    faults[(faults == 0) & ~(np.isfinite(x) & np.isfinite(y))] = _CODE["xy_outside"]
    if not guess.is_rd(work_crs):
        return
    outside, n_abroad = guess.astray(x, y)
    faults[outside & (faults == 0)] = _CODE["xy_outside"]
    if n_abroad:
        decision["abroad"] = str(n_abroad)


def _order_of_pair(
    first: "pd.Series", second: "pd.Series", taken: Any, *, told: bool
) -> "tuple[pd.Series, pd.Series, Any]":
    """
    Take degrees for what they are where they can only be Dutch.

    Latitude comes first in one column as often as last; in the Netherlands the two don't
    overlap. Elsewhere a CRS has to be given, and x or longitude comes first.
    """
    import numpy as np

    west, south, east, north = DUTCH_DEGREES
    if told and not guess.is_degrees(taken):
        return first, second, taken
    a, b = numbers.numbers(first), numbers.numbers(second)
    known = np.isfinite(a) & np.isfinite(b)
    if not known.any():
        return first, second, taken
    a, b = a[known], b[known]
    degrees = taken if told else "EPSG:4326"
    if ((a >= west) & (a <= east) & (b >= south) & (b <= north)).mean() >= _WHOLE_FILE:
        return first, second, degrees
    if ((b >= west) & (b <= east) & (a >= south) & (a <= north)).mean() >= _WHOLE_FILE:
        return second, first, degrees
    return first, second, taken


def _parts_of_a_metre(x: "np.ndarray", y: "np.ndarray") -> int:
    """Tell in what part of a metre RD counts: 1, or 10, 100, 1000 where the whole file says so."""
    return next((parts for parts in (1, *_PARTS_OF_A_METRE) if _on_land(x, y, parts)), 1)


def _on_land(x: "np.ndarray", y: "np.ndarray", parts: int) -> bool:
    """Tell whether nearly all coordinates, in a part of a metre, lie where RD has land."""
    import numpy as np

    west, south, east, north = RD_BOX
    n_known = n_land = 0
    for span in _arrow.spans(len(x)):
        known = np.isfinite(x[span]) & np.isfinite(y[span]) & (x[span] != 0) & (y[span] != 0)
        u, v = x[span][known] / parts, y[span][known] / parts
        land = (u >= west) & (u <= east) & (v >= south) & (v <= north)
        if parts > 1:
            land &= ~((u < _SEA[0]) & (v > _SEA[1]))
        n_known, n_land = n_known + int(known.sum()), n_land + int(land.sum())
    return n_known > 0 and n_land >= _WHOLE_FILE * n_known


def _mislabelled(geometry: "gpd.GeoSeries") -> bool:
    """Tell metres that pass for degrees: GeoJSON without a CRS counts as WGS84."""
    if geometry.crs is None or not geometry.crs.is_geographic:
        return False
    west, south, east, north = geometry.total_bounds
    return bool(max(abs(west), abs(east)) > 360 or max(abs(south), abs(north)) > 360)


def _in_work_crs(
    x: "np.ndarray", y: "np.ndarray", good: "np.ndarray", taken: Any, work_crs: Any
) -> "tuple[np.ndarray, np.ndarray]":
    """Put the coordinates that are good in the working CRS, and NaN in place of the others."""
    import numpy as np
    import pyproj

    source, target = (pyproj.CRS.from_user_input(one) for one in (taken, work_crs))
    if source == target:
        return x, y
    change = pyproj.Transformer.from_crs(source, target, always_xy=True)
    moved = np.full((2, len(x)), np.nan)
    moved[:, good] = change.transform(x[good], y[good])
    return moved[0], moved[1]


def _faults(x: "np.ndarray", y: "np.ndarray", absent: "np.ndarray", taken: Any) -> "np.ndarray":
    """Give each place the number of its fault in `_FAULTS`, 0 where it has none."""
    import numpy as np

    west, south, east, north = _box(taken)
    metric = crs_.is_metric(taken)
    faults = np.zeros(len(x), dtype=np.int8)
    for span in _arrow.spans(len(x)):
        inside = (x[span] >= west) & (x[span] <= east) & (y[span] >= south) & (y[span] <= north)
        doubtful = ~inside | ((x[span] == 0) & (y[span] == 0)) | absent[span]
        at = np.flatnonzero(doubtful) + span.start
        faults[at] = _kinds_of_fault(x[at], y[at], absent[at], (west, south, east, north), metric)
    return faults


def _kinds_of_fault(
    x: "np.ndarray",
    y: "np.ndarray",
    absent: "np.ndarray",
    box: tuple[float, float, float, float],
    metric: bool,  # noqa: FBT001
) -> "np.ndarray":
    import numpy as np

    west, south, east, north = box
    outside = ~((x >= west) & (x <= east) & (y >= south) & (y <= north))
    fault = np.zeros(len(x), dtype=np.int8)
    fault[outside] = _CODE["xy_outside"]
    swapped = outside & (y >= west) & (y <= east) & (x >= south) & (x <= north)
    fault[swapped] = _CODE["xy_swapped"]
    if metric:
        fault[outside & (np.abs(x) <= 180) & (np.abs(y) <= 180)] = _CODE["xy_degrees"]
    fault[(x == 0) & (y == 0)] = _CODE["xy_zero"]
    fault[~(np.isfinite(x) & np.isfinite(y))] = _CODE["xy_unreadable"]
    fault[absent] = _CODE["xy_missing"]
    return fault


def _box(taken: Any) -> tuple[float, float, float, float]:
    import pyproj

    system = pyproj.CRS.from_user_input(taken)
    if system.to_epsg() == 28992:
        return RD_BOX
    if system.is_geographic:
        return (-180.0, -90.0, 180.0, 90.0)
    if system.area_of_use is None:
        return (-1e9, -1e9, 1e9, 1e9)
    to_work = pyproj.Transformer.from_crs("EPSG:4326", system, always_xy=True)
    west, south, east, north = to_work.transform_bounds(*system.area_of_use.bounds)
    margin = 0.1 * max(east - west, north - south)
    return (west - margin, south - margin, east + margin, north + margin)


def _refuse_whole_file(
    faults: "np.ndarray",
    x: "np.ndarray",
    y: "np.ndarray",
    taken: Any,
    columns: tuple[str, str],
    source: str,
) -> None:
    """Raise if nearly all rows that have coordinates contradict the CRS in the same way."""
    import numpy as np

    elsewhere = ("xy_missing", "geometry_missing", "geometry_kind", "xy_zero")
    counted = [
        np.bincount(faults[span], minlength=len(_FAULTS)) for span in _arrow.spans(len(faults))
    ]
    n = dict(zip(_FAULTS, np.sum(counted, axis=0), strict=True)) if counted else {}
    placed = sum(n.values()) - sum(n.get(fault, 0) for fault in elsewhere)
    if not placed:
        return
    for fault in ("xy_swapped", "xy_degrees", "xy_outside", "xy_unreadable"):
        if n[fault] < _WHOLE_FILE * placed:
            continue
        at = int(np.flatnonzero(faults == _CODE[fault])[0])
        example = f"{x[at]:g}, {y[at]:g}"
        msg = (
            f"{source}: {columns[0]} and {columns[1]} don't fit {crs_.name(taken)} "
            f"({fault[3:]}; for example {example})"
        )
        raise ReadError(
            msg,
            code=f"{fault}_file",
            path=source,
            x=columns[0],
            y=columns[1],
            crs=crs_.name(taken),
            example=example,
        )


def _as_series(faults: "np.ndarray", index: "pd.Index") -> "pd.Series":
    import pandas as pd

    keys = pd.Categorical.from_codes(faults - 1, categories=_FAULTS[1:])
    return pd.Series(keys, index=index)
