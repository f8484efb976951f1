"""
Take apart the URL of a table in a database, and keep what is secret in it to itself.

A password is better kept in libpq's own places (``PGPASSWORD``, ``~/.pgpass``); one that stands
in the URL is in no report or message.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit

from ipgtools.errors import ReadError

__all__ = ["Source", "is_url", "parse", "without_secrets"]

_SCHEMES = {"postgresql": "postgresql", "postgres": "postgresql", "duckdb": "duckdb"}
_URL = re.compile(rf"^({'|'.join(_SCHEMES)}):/*", re.IGNORECASE)
_KNOWN = ("table",)


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
    Return whether a table in a database is meant.

    Examples
    --------
    >>> is_url("postgresql://analist@db/bvh?table=incidenten"), is_url("incidenten.csv")
    (True, False)
    """
    return bool(_URL.match(str(path)))


def parse(url: str | Path) -> Source:
    """
    Take a URL apart.

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


def without_secrets(said: str, source: Source) -> str:
    """
    Remove password and user from a driver's message.

    Examples
    --------
    >>> source = parse("postgresql://analist:geheim@db/bvh?table=t")
    >>> without_secrets('password "geheim" of analist is wrong', source)
    'password "***" of *** is wrong'
    """
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
