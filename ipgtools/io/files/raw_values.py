"""
Turn values that a table can hold and a report can't show into ones that it can.

Binary values become text, and times that no calendar has become missing; both are counted.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TIMES", "sanitise"]

TIMES = "times"
"""Key in a table's `attrs`: how many times lie outside the years 1 to 9999."""
_FIRST, _LAST = -62_135_596_800, 253_402_300_799
"""Seconds from 1970 of the first and the last moment that Python's calendar has."""
_PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6}
_WKB = (b"\x00", b"\x01")


def sanitise(rows: "pd.DataFrame") -> "pd.DataFrame":
    r"""
    Give a table without binary values and impossible times.

    Databases write *infinity* for an end that isn't known yet; to Arrow that is the year
    294247.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"a": [b"P1", None], "b": [b"\xff", b"a"]})
    >>> sanitise(table).fillna("-").values.tolist()
    [['P1', 'ff'], ['-', '61']]
    """
    import pandas as pd

    changed: dict[int, pd.Series] = {}
    impossible = 0
    for place, kind in enumerate(rows.dtypes):
        if pd.api.types.is_object_dtype(kind) and _is_binary(column := rows.iloc[:, place]):
            changed[place] = _as_text(column)
        elif kind.kind == "M" and (wrong := _impossible(rows.iloc[:, place])).any():
            impossible += int(wrong.sum())
            changed[place] = rows.iloc[:, place].mask(wrong)
    if not changed:
        return rows
    rows = rows.copy(deep=False)
    for place, column in changed.items():
        rows.isetitem(place, column)
    if impossible:
        rows.attrs[TIMES] = impossible
    return rows


def _is_binary(column: "pd.Series") -> bool:
    first = column.first_valid_index()
    return first is not None and isinstance(column.loc[first], bytes | bytearray | memoryview)


def _as_text(column: "pd.Series") -> "pd.Series":
    import pandas as pd
    import shapely

    known = column.dropna().map(bytes)
    if known.str[:1].isin(_WKB).all():
        shapes = shapely.from_wkb(known.to_numpy(), on_invalid="ignore")
        if not shapely.is_missing(shapes).any():
            said = pd.Series(shapely.to_wkt(shapes, rounding_precision=-1), index=known.index)
            return said.reindex(column.index).astype("str")
    try:
        said = known.map(lambda value: value.decode("utf-8"))
    except UnicodeDecodeError:
        said = known.map(bytes.hex)
    return said.reindex(column.index).astype("str")


def _impossible(column: "pd.Series") -> "pd.Series":
    import pandas as pd

    per = _PER_SECOND.get(getattr(column.dt, "unit", "ns"))
    if per is None:
        return pd.Series(data=False, index=column.index)
    ticks = column.array.view("int64")
    outside = (ticks < _FIRST * per) | (ticks > _LAST * per)
    return pd.Series(outside, index=column.index) & column.notna()
