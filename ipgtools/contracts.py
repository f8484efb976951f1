"""
Describe what a table holds, and check tables against it.

A contract names the columns of a table with their kind, unit and meaning. It is data: the
readers conform to it, documents print it, the release gate reads from it which columns are
personal. The checking itself is pandera's.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ipgtools import _arrow
from ipgtools.errors import ContractError

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

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
    import pandas as pd
    import pandera.errors

    breaches: list[str] = []
    try:
        named = pd.DataFrame(table)[[name for name in contract.names if name in table]]
        _schema(contract, table, distinct).validate(named, lazy=True, inplace=True)
    except pandera.errors.SchemaErrors as found:
        cases = found.failure_cases
        for (column, kind), rows in cases.groupby(["column", "check"], dropna=False, sort=False):
            examples = ", ".join(repr(value) for value in rows["failure_case"].head(3))
            breaches.append(f"{column}: {kind} ({len(rows)}x: {examples})")
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


def _schema(
    contract: Contract, table: "pd.DataFrame", distinct: Collection[str]
) -> "pa.DataFrameSchema":
    """Write a contract for pandera, without the search for doubles where there are none."""
    import pandera.pandas as pa

    double = {
        column.name
        for column in contract.columns
        if column.unique
        and column.name in table
        and column.name not in distinct
        and _arrow.repeated(table[column.name]).any()
    }
    return pa.DataFrameSchema(
        {
            column.name: pa.Column(
                None,
                checks=_kind_check(column),
                nullable=column.nullable,
                unique=column.name in double,
            )
            for column in contract.columns
        },
        strict=False,
    )


def _kind_check(column: Column) -> "pa.Check":
    import pandas as pd
    import pandera.pandas as pa

    tests = {
        "text": pd.api.types.is_string_dtype,
        "time": lambda series: (
            pd.api.types.is_datetime64_any_dtype(series) and series.dt.tz is None
        ),
        "integer": pd.api.types.is_integer_dtype,
        "number": pd.api.types.is_numeric_dtype,
        "flag": pd.api.types.is_bool_dtype,
    }
    test = tests[column.kind]
    return pa.Check(lambda series: bool(test(series)), name=f"is no {column.kind}")


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
