"""
Put areas together that a file has in several rows.

Two things are meant by several rows with one code: the pieces of one area, each with the
figures of the whole, or the smaller areas that a larger one is made of, each with its own.
The second is so where the rows have different codes of a smaller area.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["FIGURES", "Joined", "duplicate_rows", "merge_parts"]

FIGURES = ("inhabitants", "households")


@dataclass(frozen=True)
class Joined:
    """
    What putting together gave.

    Parameters
    ----------
    table : DataFrame, n_areas rows
        The columns; one that differs within an area is missing there, but figures of smaller
        areas are added up.
    geometry : GeoSeries, n_areas
        On the same index: of each area, the number of its first row.
    n_pieces, n_smaller : int
        Rows that were pieces of an area, and those that were smaller areas.
    n_areas : int
        Areas that were put together.
    n_unknown : int
        Smaller areas without inhabitants, which the sums leave out.
    """

    table: "pd.DataFrame"
    geometry: "gpd.GeoSeries"
    n_pieces: int
    n_smaller: int
    n_areas: int
    n_unknown: int


def duplicate_rows(
    table: "pd.DataFrame", geometry: "gpd.GeoSeries", smaller: "pd.Series | None"
) -> "pd.Series":
    """Mark rows that add no value to an earlier row with their code."""
    code = table["area_code"]
    shape = geometry.normalize().to_wkb()
    again = table.assign(shape=shape).duplicated(["area_code", "shape"])
    if smaller is not None:
        return again | smaller.duplicated()
    said = [name for name in ("area_name", *FIGURES) if name in table]
    first = table[said].groupby(code).transform("first")
    other = (table[said].ne(first) & table[said].notna()).any(axis=1)
    return again | (other & code.duplicated())


def merge_parts(
    table: "pd.DataFrame", geometry: "gpd.GeoSeries", smaller: "pd.Series | None"
) -> Joined:
    """Make one row of the rows with one code."""
    import geopandas as gpd
    import pandas as pd

    code = table["area_code"]
    several = code.duplicated(keep=False)
    if not several.any():
        return Joined(table, geometry, 0, 0, 0, 0)
    by = code[several]
    rows, shapes = table[several], geometry[several]
    groups = rows.groupby(by.to_numpy(), sort=False)
    n_different = rows.astype("str").groupby(by.to_numpy(), sort=False).transform("nunique")
    one = groups.transform("first").where(n_different <= 1)
    n_unknown = 0
    if smaller is not None:
        for name in (name for name in FIGURES if name in rows):
            one[name] = groups[name].transform("sum", min_count=1)
        n_unknown = int(rows["inhabitants"].isna().sum()) if "inhabitants" in rows else 0
    first = ~by.duplicated()
    united = gpd.GeoSeries(
        {
            rows.index[at[0]]: shapes.iloc[at].union_all()
            for at in rows.groupby(by).indices.values()
        },
        crs=geometry.crs,
    )
    n = len(by)
    return Joined(
        pd.concat([table[~several], one[first]]).sort_index(),
        pd.concat([geometry[~several], united]).sort_index(),
        n if smaller is None else 0,
        n if smaller is not None else 0,
        int(first.sum()),
        n_unknown,
    )
