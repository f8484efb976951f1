"""
Open a PostgreSQL or DuckDB database for reading only, and ask it what it holds.

PostgreSQL goes through ADBC, DuckDB through its own package. A table must be one that the
database itself lists, and its name is quoted, so that nothing in a URL is ever run as SQL.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ipgtools import _extras
from ipgtools.errors import ReadError
from ipgtools.io.files.sql.urls import Source, without_secrets

__all__ = ["connect", "quote_identifier"]

_MOST_NAMES = 12
_IN_USE = ("Conflicting lock", "Could not set lock", "used by another process",
           "same database file with a different configuration")  # fmt: skip
"""What DuckDB says of a file that somebody has open for writing."""
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


@contextmanager
def connect(source: Source) -> "Iterator[_Postgres | _DuckDB]":
    """Open a database; its messages are passed on without the password."""
    base: _Postgres | _DuckDB | None = None
    try:
        base = _Postgres(source) if source.engine == "postgresql" else _DuckDB(source)
        yield base
    except ReadError:
        raise
    except Exception as cause:  # noqa: BLE001 - each driver has errors of its own
        if any(sign in str(cause) for sign in _IN_USE):
            msg = f"{source.name} is in use by another program"
            raise ReadError(msg, code="db_in_use", path=source.name) from None
        reason = without_secrets(str(cause), source)
        msg = f"{source.name} can't be read: {reason}"
        raise ReadError(msg, code="db_failed", path=source.name, reason=reason) from None
    finally:
        if base is not None:
            base.close()


def quote_identifier(name: str) -> str:
    """
    Quote an identifier for SQL, whatever characters it has.

    Examples
    --------
    >>> quote_identifier('a"; DROP TABLE b')
    '"a""; DROP TABLE b"'
    """
    return '"' + name.replace("\x00", "").replace('"', '""') + '"'


class _Postgres:
    """A connection to PostgreSQL that can't write."""

    def __init__(self, source: Source) -> None:
        dbapi = _extras.require("adbc_driver_postgresql.dbapi")
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
        as_is, mine = kind in _AS_THEY_ARE, quote_identifier(name)
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
        duckdb = _extras.require("duckdb")
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
        mine = quote_identifier(name)
        if kind == "decimal":
            return f"CAST({mine} AS {'DOUBLE' if scale else 'VARCHAR'}) AS {mine}"
        plain = re.fullmatch(r"[a-z]+(int|integer)|int(eger)?|varchar|double|float|boolean|date|"
                             r"timestamp.*|geometry", kind)  # fmt: skip
        return mine if plain and kind != "hugeint" else f"CAST({mine} AS VARCHAR) AS {mine}"

    def fetch(self, query: str) -> Any:
        return self._connection.sql(query).to_arrow_table()


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
