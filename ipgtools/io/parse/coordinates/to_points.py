"""
Turn coordinates into points of the working CRS, with a reason for rows without.

A CRS is taken from the call, the file, or the column names; values must agree with it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ipgtools import crs as crs_
from ipgtools.errors import ReadError
from ipgtools.io.columns import token_rules as column_words
from ipgtools.io.parse import numbers, text_values
from ipgtools.io.parse.coordinates import detect_crs, make_points
from ipgtools.io.parse.coordinates import errors as place_faults
from ipgtools.io.parse.coordinates.detect_crs import DUTCH_DEGREES

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    import pandas as pd

__all__ = ["coalesce_pairs", "coordinates", "from_columns", "from_geometry", "missing_alone"]


def from_columns(
    rows: "pd.DataFrame", found: dict[str, str], *, crs: Any, work_crs: Any, source: str
) -> "tuple[gpd.GeoSeries, pd.Series, dict[str, str]]":
    """Make points from two columns."""
    import geopandas as gpd
    import numpy as np

    x, y, faults, decision = coordinates(rows, found, crs=crs, work_crs=work_crs, source=source)
    good = faults.isna().to_numpy()
    made = np.full(len(rows), None, dtype=object)
    made[good] = make_points.make_points(x, y, good)
    return gpd.GeoSeries(made, index=rows.index, crs=work_crs), faults, decision


def coordinates(
    rows: "pd.DataFrame", found: dict[str, str], *, crs: Any, work_crs: Any, source: str
) -> "tuple[np.ndarray, np.ndarray, pd.Series, dict[str, str]]":
    """Read coordinates from two columns, and put them in the working CRS."""
    decision: dict[str, str] = {}
    declared = None
    if "x" in found and "y" in found:
        names, taken = (found["x"], found["y"]), crs or work_crs
        first, second = rows[names[0]], rows[names[1]]
    elif "lon" in found and "lat" in found:
        names, taken = (found["lon"], found["lat"]), crs or "EPSG:4326"
        first, second = rows[names[0]], rows[names[1]]
    elif "xy" in found:
        names = (found["xy"], found["xy"])
        first, second, declared = _parted(rows[found["xy"]], crs, source)
        taken = crs or declared or work_crs
        first, second, taken = _order_of_pair(
            first, second, taken, told=bool(crs or declared), name=found["xy"]
        )
    else:
        from ipgtools.io.columns import INCIDENTS, missing

        lacking = {key: INCIDENTS[key] for key in ("x", "y") if key not in found}
        raise missing(lacking, list(rows.columns), source)
    why = "given" if crs else "file" if declared else "header"
    rd = detect_crs.is_rd(taken)
    thousands = all(numbers.has_thousands(one, large=rd) for one in (first, second))
    if thousands:
        decision["thousands"] = "."
    elif rd and all(map(numbers.has_thousands_commas, (first, second))):
        decision["thousands"] = ","
        first, second = (one.str.replace(",", "") for one in (first, second))
    x = numbers.numbers(first, thousands=thousands)
    y = numbers.numbers(second, thousands=thousands)
    absent = (first.isna() | second.isna()).to_numpy()
    if rd and (parts := detect_crs.parts_of_a_metre(x, y)) > 1:
        x, y = x / parts, y / parts
        decision["unit"] = detect_crs.PARTS_OF_A_METRE[parts]
    said = taken
    taken, swapped = detect_crs.detect(
        x, y, taken=said, told=bool(crs or declared), names=names, work=work_crs
    )
    if swapped:
        x, y = y, x
        decision["swapped"] = " en ".join(dict.fromkeys(names))
    why = why if taken is said else "values"
    faults = place_faults.check_coordinates(x, y, absent, taken)
    _without_words(faults, [rows[name] for name in dict.fromkeys(names)])
    place_faults.refuse_whole_file(faults, x, y, taken, names, source)
    why = "names" if why == "header" and not (faults == 0).any() else why
    decision = {"crs": crs_.name(taken), "crs_why": why} | decision
    x, y = _in_work_crs(x, y, faults == 0, taken, work_crs)
    place_faults.mark_outside(x, y, faults, taken, work_crs, decision)
    return x, y, place_faults.as_series(faults, rows.index), decision


def from_geometry(
    rows: "gpd.GeoDataFrame", kinds: tuple[str, ...], *, crs: Any, work_crs: Any, source: str
) -> "tuple[gpd.GeoSeries, pd.Series, dict[str, str]]":
    """Take the geometry a file brings along."""
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
    if kinds == ("Point",):
        geometry = _without_groups_of_one(geometry)
    wrong = ~absent & ~geometry.geom_type.isin(kinds).to_numpy()
    middle = geometry.where(~absent & ~wrong)
    middle = middle.representative_point() if kinds != ("Point",) else middle
    x, y = middle.x.to_numpy(dtype=float), middle.y.to_numpy(dtype=float)
    faults = place_faults.check_coordinates(x, y, absent | wrong, taken)
    faults[absent] = place_faults.CODE["geometry_missing"]
    faults[wrong] = place_faults.CODE["geometry_kind"]
    place_faults.refuse_whole_file(faults, x, y, taken, ("x", "y"), source)
    geometry = geometry.to_crs(work_crs) if geometry.crs != work_crs else geometry
    decision = {"crs": crs_.name(taken), "crs_why": why}
    if kinds == ("Point",):
        good = geometry.where(faults == 0)
        x, y = good.x.to_numpy(), good.y.to_numpy()
        place_faults.mark_outside(x, y, faults, taken, work_crs, decision)
    return geometry, place_faults.as_series(faults, rows.index), decision


def _order_of_pair(
    first: "pd.Series", second: "pd.Series", taken: Any, *, told: bool, name: str
) -> "tuple[pd.Series, pd.Series, Any]":
    """
    Swap axes of degrees that can only be Dutch, or whose column name says it.

    Latitude comes first in one column as often as last; in the Netherlands the two don't
    overlap. Elsewhere x or longitude comes first, unless the column is called otherwise.
    """
    import numpy as np

    west, south, east, north = DUTCH_DEGREES
    if told and not detect_crs.is_degrees(taken):
        return first, second, taken
    if column_words.in_degrees(name) and not told:
        taken = "EPSG:4326"
    a, b = numbers.numbers(first), numbers.numbers(second)
    known = np.isfinite(a) & np.isfinite(b)
    if not known.any():
        return first, second, taken
    a, b = a[known], b[known]
    degrees = taken if told else "EPSG:4326"
    if ((a >= west) & (a <= east) & (b >= south) & (b <= north)).mean() >= detect_crs.WHOLE_FILE:
        return first, second, degrees
    if ((b >= west) & (b <= east) & (a >= south) & (a <= north)).mean() >= detect_crs.WHOLE_FILE:
        return second, first, degrees
    if detect_crs.is_degrees(taken) and column_words.latitude_first(name):
        return second, first, taken
    return first, second, taken


def _parted(
    column: "pd.Series", crs: Any, source: str
) -> "tuple[pd.Series, pd.Series, str | None]":
    """Split a column with both coordinates; return the CRS that its points declare."""
    binary = numbers.from_binary(column)
    if binary is None:
        first, second = numbers.split_pairs(column)
        absent = column.isna()
        first, second = (one.mask(~absent & one.isna(), "?") for one in (first, second))
        srids = numbers.srids(column)
    else:
        first, second, said = binary
        srids = sorted({int(one) for one in said.unique()} - {0})
    if len(srids) > 1:
        found = ", ".join(f"EPSG:{one}" for one in srids)
        msg = f"{source}: `{column.name}` has points in several CRS's: {found}"
        raise ReadError(msg, code="points_srids", path=source, column=column.name, found=found)
    declared = _known_crs(srids[0]) if srids else None
    if declared and crs is not None and not _same(declared, crs):
        msg = f"{source} is in {crs_.name(declared)}, but `crs` says {crs_.name(crs)}"
        raise ReadError(
            msg, code="crs_contradicts", path=source, found=crs_.name(declared),
            given=crs_.name(crs),
        )  # fmt: skip
    return first, second, declared


def _without_words(faults: "np.ndarray", columns: "list[pd.Series]") -> None:
    """Mark placeholder coordinates as missing, not as unreadable."""
    import numpy as np
    import pandas as pd

    at = np.flatnonzero(faults == place_faults.CODE["xy_unreadable"])
    for column in columns if len(at) else ():
        texts = pd.Series(column.iloc[at].to_numpy()).astype("str").str.strip()
        faults[at[text_values.is_placeholder(texts).to_numpy(dtype=bool)]] = place_faults.CODE[
            "xy_missing"
        ]


def coalesce_pairs(rows: "pd.DataFrame", known: Mapping[str, str]) -> dict[str, str]:
    """
    Coalesce pairs of coordinates: drop an empty pair where there is another.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"X": [None], "Y": [None], "LON": [6.9], "LAT": [52.2]})
    >>> coalesce_pairs(rows, {"x": "X", "y": "Y", "lon": "LON", "lat": "LAT"})
    {'lon': 'LON', 'lat': 'LAT'}
    """
    pairs = [pair for pair in (("x", "y"), ("lon", "lat")) if {*pair} <= {*known}]
    empty = [pair for pair in pairs if all(rows[known[one]].isna().all() for one in pair)]
    left = {ours for pair in empty for ours in pair} if len(empty) < len(pairs) else set()
    return {ours: theirs for ours, theirs in known.items() if ours not in left}


def missing_alone(column: "pd.Series", other: "pd.Series", faults: "pd.Series") -> "pd.Series":
    """
    Return which rows lack exactly one of both coordinates.

    Examples
    --------
    >>> import pandas as pd
    >>> x, y = pd.Series(["258000", "258000", None]), pd.Series(["471000", None, None])
    >>> missing_alone(y, x, pd.Series([None, "xy_missing", "xy_missing"])).tolist()
    [False, True, False]
    """
    import numpy as np

    alone = faults.isin(["xy_missing", "xy_unreadable"])
    at = np.flatnonzero(alone.to_numpy())
    if len(at):
        good, bad = (np.isfinite(numbers.numbers(one.iloc[at])) for one in (other, column))
        alone.iloc[at] = good & ~bad
    return alone


def _same(one: Any, other: Any) -> bool:
    import pyproj

    return bool(pyproj.CRS.from_user_input(one) == pyproj.CRS.from_user_input(other))


def _known_crs(srid: int) -> str | None:
    """Return the CRS of a number in points, if there is one."""
    import pyproj

    try:
        pyproj.CRS.from_epsg(srid)
    except pyproj.exceptions.CRSError:
        return None
    return f"EPSG:{srid}"


def _without_groups_of_one(geometry: "gpd.GeoSeries") -> "gpd.GeoSeries":
    """Take a MultiPoint of one point for that point: some programs write all points so."""
    import shapely

    shapes = geometry.to_numpy()
    one = (shapely.get_type_id(shapes) == shapely.GeometryType.MULTIPOINT) & (
        shapely.get_num_geometries(shapes) == 1
    )
    if not one.any():
        return geometry
    geometry = geometry.copy()
    geometry[one] = shapely.get_geometry(shapes[one], 0)
    return geometry


def _mislabelled(geometry: "gpd.GeoSeries") -> bool:
    """Detect metres labelled as degrees: GeoJSON without a CRS counts as WGS84."""
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
