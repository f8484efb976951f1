"""
Describe what a table holds, and check tables against it.

A contract names the columns of a table with their kind, unit and meaning. It is data: the
readers conform to it, documents print it, the release gate reads from it which columns are
personal.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ipgtools import _arrow
from ipgtools.errors import ContractError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Column", "Contract", "Kind", "check", "conform", "describe"]

Kind = Literal["text", "time", "integer", "number", "flag"]
_EMPTY: dict[str, str] = {
    "text": "str",
    "time": "datetime64[s]",
    "integer": "Int64",
    "number": "float64",
    "flag": "boolean",
}


@dataclass(frozen=True)
class Column:
    """
    One column of a contract.

    Parameters
    ----------
    name : str
        English, or a Dutch term of art.
    kind : {"text", "time", "integer", "number", "flag"}
        Text, local time without zone, whole number, number, or true/false.
    meaning : str
        Meaning of a value, in a sentence.
    unit : str, optional
        Unit of a number.
    nullable : bool, default True
        Whether a value may be missing.
    unique : bool, default False
        Whether a value may occur once only.
    personal : bool, default False
        Whether the column is about an identifiable person; such columns are not released.
    """

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    nullable: bool = True
    unique: bool = False
    personal: bool = False


@dataclass(frozen=True)
class Contract:
    """
    What one kind of table holds.

    Parameters
    ----------
    name : str
        How messages call the table.
    row : str
        What one row is.
    columns : tuple of Column
        In the order the table has them.
    geometry : tuple of str
        Geometry types that may occur; empty if the table has no geometry.
    """

    name: str
    row: str
    columns: tuple[Column, ...]
    geometry: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """Names of the columns, in order, without the geometry."""
        return [column.name for column in self.columns]

    @property
    def personal(self) -> list[str]:
        """Names of the columns about an identifiable person."""
        return [column.name for column in self.columns if column.personal]

    def __getitem__(self, name: str) -> Column:
        """Return a column by its name."""
        return next(column for column in self.columns if column.name == name)


def check(table: "pd.DataFrame", contract: Contract, *, distinct: Collection[str] = ()) -> None:
    """
    Raise if a table breaks its contract.

    Parameters
    ----------
    table : DataFrame or GeoDataFrame
        May have further columns; these are not looked at.
    contract : Contract
        What it should hold.
    distinct : collection of str
        Columns whose repeated values the caller has taken out: they aren't searched again.

    Raises
    ------
    ContractError
        One error that lists every breach: missing columns, wrong kinds, missing or repeated
        values where these are not allowed, geometry of another type.

    Examples
    --------
    >>> import geopandas as gpd, shapely
    >>> from ipgtools.schemas import STREETS
    >>> line = shapely.LineString([(0, 0), (9, 0)])
    >>> streets = gpd.GeoDataFrame({"street_id": ["1"], "street_name": "Velveweg",
    ...                             "kind": "residential"}, geometry=[line], crs=28992)
    >>> check(streets, STREETS)
    >>> try:
    ...     check(streets.drop(columns="kind"), STREETS)
    ... except ContractError as error:
    ...     "kind" in str(error)
    True
    """
    breaches = [
        breach
        for column in contract.columns
        for breach in _column_breaches(table, column, repeats=column.name not in distinct)
    ]
    breaches += _geometry_breaches(table, contract)
    if breaches:
        msg = f"the table is no {contract.name}: {'; '.join(breaches)}"
        raise ContractError(msg, code="contract", table=contract.name, breaches="; ".join(breaches))


def conform(
    table: "pd.DataFrame", contract: Contract, *, distinct: Collection[str] = ()
) -> "pd.DataFrame":
    """
    Give a table the columns of a contract, in its order and kinds.

    Parameters
    ----------
    table : DataFrame or GeoDataFrame, n_rows
        Columns of the contract that it lacks are added, empty.
    contract : Contract
        What the table should hold.
    distinct : collection of str
        As for `check`.

    Returns
    -------
    DataFrame or GeoDataFrame, n_rows
        Contract columns first, further columns after them, geometry last. Checked.

    Raises
    ------
    ContractError
        If a column can't take its kind, or the result breaks the contract.

    Examples
    --------
    >>> import geopandas as gpd, shapely
    >>> from ipgtools.schemas import STREETS
    >>> line = shapely.LineString([(0, 0), (9, 0)])
    >>> streets = gpd.GeoDataFrame({"lanes": [2], "street_id": ["1"], "street_name": "Velveweg"},
    ...                            geometry=[line], crs=28992)
    >>> conform(streets, STREETS).columns.tolist()
    ['street_id', 'street_name', 'kind', 'lanes', 'geometry']
    """
    import pandas as pd

    table = table.copy(deep=False)
    for column in contract.columns:
        dtype = _EMPTY[column.kind]
        if column.name not in table:
            table[column.name] = (
                _arrow.constant(None, len(table))
                if column.kind == "text"
                else pd.Series(None, index=table.index, dtype=dtype)
            )
        try:
            table[column.name] = table[column.name].astype(dtype)
        except (ValueError, TypeError) as cause:
            msg = f"`{column.name}` of {contract.name} is no {column.kind}: {cause}"
            raise ContractError(
                msg, code="contract", table=contract.name, breaches=f"{column.name}: {cause}"
            ) from cause
    geometry = table.geometry.name if contract.geometry else None
    others = [name for name in table.columns if name not in contract.names and name != geometry]
    order = contract.names + others + ([geometry] if geometry else [])
    table = table[order]
    check(table, contract, distinct=distinct)
    return table


def describe(contract: Contract) -> "pd.DataFrame":
    """
    List a contract's columns for a document or a notebook.

    Parameters
    ----------
    contract : Contract
        The contract to list.

    Returns
    -------
    DataFrame, one row per column
        `name`, `kind`, `unit`, `meaning`, `nullable`, `personal`.

    Examples
    --------
    >>> from ipgtools.schemas import STREETS
    >>> describe(STREETS)["name"].tolist()
    ['street_id', 'street_name', 'kind']
    """
    import pandas as pd

    fields = ["name", "kind", "unit", "meaning", "nullable", "personal"]
    return pd.DataFrame(
        [[getattr(column, field) for field in fields] for column in contract.columns],
        columns=fields,
    )


def _column_breaches(table: "pd.DataFrame", column: Column, *, repeats: bool) -> list[str]:
    """List what is wrong with a column: missing, of another kind, empty or repeated values."""
    if column.name not in table:
        return [f"{column.name}: column is missing"]
    values, breaches = table[column.name], []
    if not _is_kind(values, column.kind):
        breaches.append(f"{column.name}: is no {column.kind}")
    if not column.nullable and (missing := int(values.isna().sum())):
        breaches.append(f"{column.name}: value is missing ({missing}x)")
    if column.unique and repeats and (double := _arrow.repeated(values)).any():
        examples = ", ".join(repr(value) for value in values[double].iloc[:3])
        breaches.append(f"{column.name}: value is repeated ({int(double.sum())}x: {examples})")
    return breaches


def _is_kind(values: "pd.Series", kind: Kind) -> bool:
    from pandas.api import types

    tests = {
        "text": types.is_string_dtype,
        "time": types.is_datetime64_dtype,
        "integer": types.is_integer_dtype,
        "number": types.is_numeric_dtype,
        "flag": types.is_bool_dtype,
    }
    return bool(tests[kind](values))


def _geometry_breaches(table: "pd.DataFrame", contract: Contract) -> list[str]:
    if not contract.geometry:
        return []
    import numpy as np
    import shapely

    geometry = getattr(table, "geometry", None)
    if geometry is None:
        return ["geometry: column is missing"]
    right = [-1, *(int(shapely.GeometryType[kind.upper()]) for kind in contract.geometry)]
    other = geometry[~np.isin(shapely.get_type_id(geometry.to_numpy()), right)]
    wrong = other[~other.is_empty].geom_type
    if wrong.empty:
        return []
    expected = " or ".join(contract.geometry)
    return [f"geometry: {wrong.iloc[0]} instead of {expected} ({len(wrong)}x)"]
