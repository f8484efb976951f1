"""
Read a table of a PostgreSQL/PostGIS or DuckDB database, named by a URL.

``postgresql://user@host/db?table=schema.name`` goes through ADBC, ``duckdb:///map/file.duckdb?
table=name`` through DuckDB itself (for a path from where one is: ``duckdb:file.duckdb``). Both
are opened for reading only. A table must be one that the database itself lists, and its name is
quoted, so that nothing in a URL is ever run as SQL. A password is better kept in libpq's own
places (``PGPASSWORD``, ``~/.pgpass``); one that stands in the URL is in no report or message.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit

from ipgtools.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

_SCHEMES = {"postgresql": "postgresql", "postgres": "postgresql", "duckdb": "duckdb"}
_URL = re.compile(rf"^({'|'.join(_SCHEMES)}):/*", re.IGNORECASE)
_KNOWN = ("table",)
_MOST_NAMES = 12
_DUCKDB: dict[str, str] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "1GB",
    "temp_directory": "",
    "lock_configuration": "true",
}
"""What a view in somebody's file may not do: open files, fetch, fill memory or disk."""
_PG_TABLES = """
    SELECT n.nspname::text, c.relname::text FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND n.nspname <> 'information_schema'
      AND n.nspname NOT LIKE 'pg\\_%' AND has_table_privilege(c.oid, 'SELECT')
      AND c.relname NOT IN ('spatial_ref_sys', 'geometry_columns', 'geography_columns')
    ORDER BY 1, 2"""
_PG_COLUMNS = """
    SELECT a.attname::text, t.typname::text,
           COALESCE((a.atttypmod - 4) & 65535, 0)::int FROM pg_catalog.pg_attribute a
    JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attnum"""
_DUCKDB_TABLES = """
    SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal
    UNION ALL SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal ORDER BY 1, 2"""
_DUCKDB_COLUMNS = """
    SELECT column_name, data_type FROM duckdb_columns()
    WHERE schema_name = ? AND table_name = ? ORDER BY column_index"""
_AS_THEY_ARE = {
    "text", "varchar", "bpchar", "int2", "int4", "int8", "float4", "float8", "bool", "date",
    "timestamp", "timestamptz", "geometry",
}  # fmt: skip
"""Types of PostgreSQL that come over as they are; others come as text."""


@dataclass(frozen=True)
class Source:
    """
    A table of a database.

    Parameters
    ----------
    engine : {"postgresql", "duckdb"}
        Which database.
    address : str
        The URL without the table, or the path of the DuckDB file. May hold a password.
    table : str
        What the URL calls the table; empty if it doesn't say.
    """

    engine: str
    address: str
    table: str

    @property
    def name(self) -> str:
        """What reports and messages call it: the database and the table, nothing secret."""
        if self.engine == "duckdb":
            return f"{Path(self.address).name}/{self.table}"
        return f"{unquote(urlsplit(self.address).path).strip('/') or 'postgresql'}/{self.table}"

    def __repr__(self) -> str:
        return f"Source({self.engine}, {self.name})"


def is_url(path: str | Path) -> bool:
    """
    Tell whether a table in a database is meant.

    Examples
    --------
    >>> is_url("postgresql://analist@db/bvh?table=incidenten"), is_url("incidenten.csv")
    (True, False)
    """
    return bool(_URL.match(str(path)))


def parse(url: str | Path) -> Source:
    """
    Take a URL apart.

    Parameters
    ----------
    url : str or Path
        As a `Path` it has lost a slash; that is put right.

    Returns
    -------
    Source
        Not yet looked up.

    Raises
    ------
    ReadError
        If the URL is no URL, or says more than is known.

    Examples
    --------
    >>> parse("duckdb:///data/bvh.duckdb?table=incidenten").address
    '/data/bvh.duckdb'
    >>> parse("postgresql://analist:geheim@db:5432/bvh?table=bvh.incidenten")
    Source(postgresql, bvh/bvh.incidenten)
    """
    found = _URL.match(str(url))
    scheme = _SCHEMES[found[1].lower()] if found else ""
    rest = str(url)[found.end() :] if found else ""
    absolute = bool(found) and str(url)[found.end(1) + 1 :].startswith("/")  # type: ignore[union-attr]
    try:
        parts = urlsplit(f"{scheme}://{rest}" if scheme == "postgresql" else f"x:/{rest}")
        asked = parse_qs(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        scheme, asked = "", {}
    unknown = [name for name in asked if name not in _KNOWN]
    if not scheme or unknown or len(asked.get("table", [""])) > 1:
        msg = (
            "a database is named like postgresql://user@host/db?table=schema.name or "
            "duckdb:///folder/file.duckdb?table=name"
        )
        raise ReadError(msg, code="db_url", path=scheme or "?")
    table = asked.get("table", [""])[0].strip()
    if scheme == "duckdb":
        path = re.sub(r"^/+(?=[A-Za-z]:)", "", unquote(parts.path))
        return Source(scheme, path if absolute else path.lstrip("/"), table)
    return Source(scheme, urlunsplit((scheme, parts.netloc, parts.path, "", "")), table)


def names(url: str | Path) -> list[str]:
    """
    Give the columns of a table, geometry aside.

    Parameters
    ----------
    url : str or Path
        Of the table.

    Returns
    -------
    list of str
        In the order of the table.

    Raises
    ------
    ReadError
        If the database or the table can't be reached.
    """
    source = parse(url)
    with _opened(source) as base:
        schema, table = base.chosen(source)
        return [name for name, kind, _ in base.columns(schema, table) if not _is_shape(kind)]


def has_geometry(url: str | Path) -> bool:
    """
    Tell whether a table has a column with geometry.

    Parameters
    ----------
    url : str or Path
        Of the table.

    Returns
    -------
    bool
        By the types of its columns.
    """
    source = parse(url)
    with _opened(source) as base:
        return any(_is_shape(kind) for _, kind, _ in base.columns(*base.chosen(source)))


def read(url: str | Path, columns: "Sequence[str] | None") -> "pd.DataFrame":
    """
    Read a table as it stands.

    Parameters
    ----------
    url : str or Path
        Of the table.
    columns : sequence of str, optional
        Which columns; all if not given. The first geometry always comes along.

    Returns
    -------
    DataFrame or GeoDataFrame
        In the order in which the database gives the rows. Kinds of values that pandas doesn't
        know come as text.

    Raises
    ------
    ReadError
        If the database or the table can't be reached.
    """
    source = parse(url)
    with _opened(source) as base:
        schema, table = base.chosen(source)
        every = base.columns(schema, table)
        shape = next((name for name, kind, _ in every if _is_shape(kind)), None)
        wanted = [
            (name, kind, scale) for name, kind, scale in every
            if name == shape or (not _is_shape(kind) and (columns is None or name in columns))
        ]  # fmt: skip
        listed = ", ".join(base.expression(*one) for one in wanted) or "1"
        got = base.fetch(f"SELECT {listed} FROM {quoted(schema)}.{quoted(table)}")  # noqa: S608 - quoted
    return _to_pandas(got, shape)


def quoted(name: str) -> str:
    """
    Quote a name for SQL, whatever stands in it.

    Examples
    --------
    >>> quoted('a"; DROP TABLE b')
    '"a""; DROP TABLE b"'
    """
    return '"' + name.replace("\x00", "").replace('"', '""') + '"'


class _Postgres:
    """A connection to PostgreSQL that can't write."""

    def __init__(self, source: Source) -> None:
        dbapi = _package("adbc_driver_postgresql.dbapi", "adbc-driver-postgresql")
        self._connection = dbapi.connect(source.address, autocommit=False)
        self._cursor = self._connection.cursor()
        self._cursor.execute("SET TRANSACTION READ ONLY")

    def close(self) -> None:
        self._connection.rollback()
        self._cursor.close()
        self._connection.close()

    def chosen(self, source: Source) -> tuple[str, str]:
        self._cursor.execute(_PG_TABLES)
        return _chosen(source, self._cursor.fetchall(), home="public")

    def columns(self, schema: str, table: str) -> list[tuple[str, str, int]]:
        self._cursor.execute(_PG_COLUMNS, (schema, table))
        return [(name, kind, scale) for name, kind, scale in self._cursor.fetchall()]

    def expression(self, name: str, kind: str, scale: int) -> str:
        as_is, mine = kind in _AS_THEY_ARE, quoted(name)
        if as_is:
            return mine
        if kind == "geography":
            return f"{mine}::geometry AS {mine}"
        to = "double precision" if kind == "numeric" and scale else "text"
        return f"{mine}::{to} AS {mine}"

    def fetch(self, query: str) -> Any:
        self._cursor.execute(query)
        return self._cursor.fetch_arrow_table()


class _DuckDB:
    """A DuckDB file, opened for reading and shut off from all else."""

    def __init__(self, source: Source) -> None:
        duckdb = _package("duckdb", "duckdb")
        path = Path(source.address)
        if not path.is_file():
            msg = f"{path} does not exist"
            raise ReadError(msg, code="file_missing", path=str(path))
        self._connection = duckdb.connect(str(path), read_only=True, config=_DUCKDB)

    def close(self) -> None:
        self._connection.close()

    def chosen(self, source: Source) -> tuple[str, str]:
        return _chosen(source, self._connection.execute(_DUCKDB_TABLES).fetchall(), home="main")

    def columns(self, schema: str, table: str) -> list[tuple[str, str, int]]:
        found = self._connection.execute(_DUCKDB_COLUMNS, [schema, table]).fetchall()
        return [(name, kind.split("(")[0].lower(), "," in kind) for name, kind in found]

    def expression(self, name: str, kind: str, scale: int) -> str:
        mine = quoted(name)
        if kind == "decimal":
            return f"CAST({mine} AS {'DOUBLE' if scale else 'VARCHAR'}) AS {mine}"
        plain = re.fullmatch(r"[a-z]+(int|integer)|int(eger)?|varchar|double|float|boolean|date|"
                             r"timestamp.*|geometry", kind)  # fmt: skip
        return mine if plain and kind != "hugeint" else f"CAST({mine} AS VARCHAR) AS {mine}"

    def fetch(self, query: str) -> Any:
        return self._connection.sql(query).to_arrow_table()


@contextmanager
def _opened(source: Source) -> "Iterator[_Postgres | _DuckDB]":
    """Open a database; whatever it says is passed on without its password."""
    base: _Postgres | _DuckDB | None = None
    try:
        base = _Postgres(source) if source.engine == "postgresql" else _DuckDB(source)
        yield base
    except ReadError:
        raise
    except Exception as cause:  # noqa: BLE001 - each driver has errors of its own
        reason = _without_secrets(str(cause), source)
        msg = f"{source.name} can't be read: {reason}"
        raise ReadError(msg, code="db_failed", path=source.name, reason=reason) from None
    finally:
        if base is not None:
            base.close()


def _chosen(source: Source, tables: list[tuple[str, str]], *, home: str) -> tuple[str, str]:
    """Find the table that is meant among those there are."""
    hits = [
        (schema, table) for schema, table in tables if source.table in (table, f"{schema}.{table}")
    ]
    exact = [pair for pair in hits if ".".join(pair) == source.table or pair[0] == home]
    if len(hits) > 1 and len(exact) == 1:
        hits = exact
    if len(hits) == 1:
        return hits[0]
    shown = [table if schema == home else f"{schema}.{table}" for schema, table in hits or tables]
    listed = ", ".join(shown[:_MOST_NAMES]) + (", ..." if len(shown) > _MOST_NAMES else "")
    msg = f"{source.name}: name a table with ?table=, one of: {listed}"
    raise ReadError(
        msg, code="db_table", path=source.name, table=source.table or "-", found=listed or "-"
    )


def _without_secrets(said: str, source: Source) -> str:
    """Take password and user out of what a driver says."""
    secrets = set()
    if source.engine == "postgresql":
        where, _, _ = urlsplit(source.address).netloc.rpartition("@")
        user, _, password = where.partition(":")
        pieces = [where, user, password, *re.split(r"[%:@/]", where)]
        secrets = {each for one in pieces for each in (one, unquote(one)) if len(each) > 1}
    line = " ".join(said.split())
    for secret in sorted(secrets, key=len, reverse=True):
        line = line.replace(secret, "***")
    return line[:200]


def _is_shape(kind: str) -> bool:
    return kind in {"geometry", "geography"}


def _package(module: str, package: str) -> Any:
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError as cause:
        msg = f"{package} is not installed; it comes with ipgtools[database]"
        raise ReadError(msg, code="db_package", package=package) from cause


def _to_pandas(table: Any, shape: str | None) -> "pd.DataFrame":
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    kinds = {pa.string(): pd.StringDtype(na_value=np.nan),
             pa.large_string(): pd.StringDtype(na_value=np.nan)}  # fmt: skip
    if shape is None:
        return table.to_pandas(types_mapper=kinds.get, date_as_object=False)
    import geopandas as gpd
    import shapely

    column = table.column(shape).combine_chunks()
    crs = _declared(table.schema.field(shape))
    values = column.storage if isinstance(column, pa.ExtensionArray) else column
    shapes = shapely.from_wkb(values.to_numpy(zero_copy_only=False))
    rows = table.drop_columns([shape])
    rows = rows.to_pandas(types_mapper=kinds.get, date_as_object=False)
    numbers = np.unique(shapely.get_srid(shapes[~shapely.is_missing(shapes)]))
    if len(numbers) > 1:
        msg = f"{shape} holds shapes in several CRS: {', '.join(map(str, numbers))}"
        raise ReadError(msg, code="db_srids", column=shape, found=", ".join(map(str, numbers)))
    if len(numbers) and numbers[0]:
        crs = int(numbers[0])
    return gpd.GeoDataFrame(rows, geometry=shapely.set_srid(shapes, 0), crs=crs)


def _declared(field: Any) -> Any:
    """Give the CRS that a column of geometry declares in Arrow, if it does."""
    import json

    said = getattr(field.type, "__arrow_ext_serialize__", None)
    raw = (field.metadata or {}).get(b"ARROW:extension:metadata") or (said() if said else b"")
    try:
        return json.loads(raw or b"{}").get("crs")
    except (ValueError, AttributeError):
        return None
