"""
Check coordinates: one error a row, or one for the whole file.

A file whose values contradict the CRS as a whole is an error that tells what to write in the
settings; a single row that goes astray is rejected with its reason.
"""

from typing import TYPE_CHECKING, Any

from ipgtools import _arrow
from ipgtools import crs as crs_
from ipgtools.errors import ReadError
from ipgtools.io.columns.normalise import normalise_name
from ipgtools.io.parse.coordinates import detect_crs
from ipgtools.io.parse.coordinates.detect_crs import RD_BOX

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["CODE", "FAULTS", "as_series", "check_coordinates", "mark_outside", "refuse_whole_file"]

FAULTS = (
    "", "xy_outside", "xy_swapped", "xy_degrees", "xy_zero", "xy_unreadable", "xy_missing",
    "geometry_missing", "geometry_kind",
)  # fmt: skip
CODE = {key: number for number, key in enumerate(FAULTS)}


def check_coordinates(
    x: "np.ndarray", y: "np.ndarray", absent: "np.ndarray", taken: Any
) -> "np.ndarray":
    """
    Return the error of each pair of coordinates.

    Examples
    --------
    >>> import numpy as np
    >>> x, y = np.array([258_000.0, 0.0, 471_000.0]), np.array([471_000.0, 0.0, 258_000.0])
    >>> [FAULTS[one] for one in check_coordinates(x, y, np.zeros(3, dtype=bool), "EPSG:28992")]
    ['', 'xy_zero', 'xy_swapped']
    """
    import numpy as np

    west, south, east, north = _box(taken)
    metric = crs_.is_metric(taken)
    faults = np.zeros(len(x), dtype=np.int8)
    for span in _arrow.chunks(len(x)):
        inside = (x[span] >= west) & (x[span] <= east) & (y[span] >= south) & (y[span] <= north)
        doubtful = ~inside | ((x[span] == 0) & (y[span] == 0)) | absent[span]
        at = np.flatnonzero(doubtful) + span.start
        faults[at] = _kinds(x[at], y[at], absent[at], (west, south, east, north), metric)
    if detect_crs.is_degrees(taken):
        west, south, east, north = detect_crs.DUTCH_DEGREES
        turned = (y >= west) & (y <= east) & (x >= south) & (x <= north)
        faults[turned] = CODE["xy_swapped"]  # else they would lie in the Indian Ocean
    return faults


def _kinds(
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
    fault[outside] = CODE["xy_outside"]
    swapped = outside & (y >= west) & (y <= east) & (x >= south) & (x <= north)
    fault[swapped] = CODE["xy_swapped"]
    if metric:
        with np.errstate(invalid="ignore"):  # of infinite numbers, which are refused below
            whole = (np.mod(x, 1) == 0) & (np.mod(y, 1) == 0)  # -1, -1 marks a missing value
        small = (np.abs(x) <= 180) & (np.abs(y) <= 180)
        fault[outside & small & ~whole] = CODE["xy_degrees"]
    fault[(x == 0) & (y == 0)] = CODE["xy_zero"]
    fault[~(np.isfinite(x) & np.isfinite(y))] = CODE["xy_unreadable"]
    fault[absent] = CODE["xy_missing"]
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


def refuse_whole_file(
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
        np.bincount(faults[span], minlength=len(FAULTS)) for span in _arrow.chunks(len(faults))
    ]
    n = dict(zip(FAULTS, np.sum(counted, axis=0), strict=True)) if counted else {}
    placed = sum(n.values()) - sum(n.get(fault, 0) for fault in elsewhere)
    if not placed:
        return
    for fault in ("xy_swapped", "xy_degrees", "xy_outside", "xy_unreadable"):
        if n[fault] < detect_crs.WHOLE_FILE * placed:
            continue
        at = int(np.flatnonzero(faults == CODE[fault])[0])
        example = f"{x[at]:g}, {y[at]:g}"
        msg = (
            f"{source}: {columns[0]} and {columns[1]} don't fit {crs_.name(taken)} "
            f"({fault[3:]}; for example {example})"
        )
        one = fault == "xy_unreadable" and len({*columns}) == 1
        raise ReadError(
            msg,
            code="xy_unreadable_one" if one else f"{fault}_file",
            british="easting" in normalise_name(columns[0]),
            path=source,
            x=columns[0],
            y=columns[1],
            crs=crs_.name(taken),
            example=example,
        )


def as_series(faults: "np.ndarray", index: "pd.Index") -> "pd.Series":
    """
    Return the faults by name.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> as_series(np.array([0, CODE["xy_zero"]]), pd.RangeIndex(2)).tolist()
    [nan, 'xy_zero']
    """
    import pandas as pd

    keys = pd.Categorical.from_codes(faults - 1, categories=FAULTS[1:])
    return pd.Series(keys, index=index)


def mark_outside(
    x: "np.ndarray",
    y: "np.ndarray",
    faults: "np.ndarray",
    taken: Any,
    work_crs: Any,
    decision: dict[str, str],
) -> None:
    """Mark the points that came from another CRS and lie outside the working CRS, or outside RD."""
    import numpy as np

    if detect_crs.is_rd(taken):
        return
    faults[(faults == 0) & ~(np.isfinite(x) & np.isfinite(y))] = CODE["xy_outside"]
    if not detect_crs.is_rd(work_crs):
        return
    outside, n_abroad = detect_crs.outside_rd(x, y)
    faults[outside & (faults == 0)] = CODE["xy_outside"]
    if n_abroad:
        decision["abroad"] = str(n_abroad)
