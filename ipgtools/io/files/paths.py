"""
Resolve a path: a file, a member of an archive, several files, a database table.

What is inside a file is named behind it, as if the file were a folder:
``export.zip/incidenten.csv``, ``werkboek.xlsx/Blad2``, ``gebieden.gpkg/wijken``. A table in a
database is named by a URL (`databases`).
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from ipgtools.errors import ArgumentError, ReadError
from ipgtools.io.files import archives
from ipgtools.io.files.formats import FORMATS, PART
from ipgtools.io.files.frames import Frame, is_frame
from ipgtools.io.files.sql import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    Given: TypeAlias = str | Path | pd.DataFrame
    """What readers take: a path, or a table in memory."""

__all__ = ["KNOWN", "TABLES", "ZIP", "kind", "list_files", "on_disk", "one", "open_path", "require"]

ZIP = archives.SUFFIXES
TABLES = FORMATS["text"].suffixes | FORMATS["sheet"].suffixes | FORMATS["parquet"].suffixes
"""How files end that hold a table and no shapes but those in a column."""
KNOWN = ZIP.union(*(form.suffixes for form in FORMATS.values()))


def require(path: Path) -> None:
    """Require a file with something in it."""
    if isinstance(path, Frame):
        return
    if tables.is_url(path):
        tables.parse(path)
        return
    path = _split(path)[0]
    if not path.exists():
        msg = f"{path} does not exist"
        raise ReadError(msg, code="file_missing", path=str(path))
    if path.is_dir():
        msg = f"{path} is a folder, expected a file"
        raise ReadError(msg, code="file_is_folder", path=str(path))
    if path.stat().st_size == 0:
        msg = f"{path} is empty (0 bytes)"
        raise ReadError(msg, code="file_empty", path=path.name)


def on_disk(path: str | Path) -> Path | None:
    """
    Return the file that a path is about: of something inside a file, the file.

    Examples
    --------
    >>> on_disk("postgresql://analist@db/bvh?table=incidenten") is None
    True
    """
    if isinstance(path, Frame):
        return None
    if tables.is_url(path):
        source = tables.parse(path)
        return Path(source.address) if source.engine == "duckdb" else None
    return _split(Path(path))[0]


def kind(path: str | Path) -> str:
    """Name the kind of a file by the end of its name."""
    if isinstance(path, Frame):
        return "frame"
    if tables.is_url(path):
        return "database"
    outer, inner = _split(Path(path))
    require(outer)
    name = outer.name
    if archives.suffix(name) in ZIP:
        name = _member(outer, inner)[0]
    suffix = archives.suffix(name)
    for name_of_format, form in FORMATS.items():
        if suffix in form.suffixes:
            return name_of_format
    known = ", ".join(sorted(KNOWN))
    if suffix in tables.SUFFIXES:
        msg = f"{outer.name} is a database; name a table in it by a URL"
        raise ReadError(msg, code="db_url", path=outer.name)
    if suffix == ".toml":
        msg = f"{outer.name} holds settings, no data"
        raise ReadError(msg, code="file_settings", path=outer.name)
    msg = f"{outer.name} ends in {suffix or 'nothing'}, expected one of {known}"
    raise ReadError(msg, code="file_kind", path=Path(name).name, known=known)


@contextmanager
def open_path(path: str | Path, layer: str | None = None) -> Iterator[tuple[Path, str | None]]:
    """Return the file itself for as long as it is needed, unpacked where it is in a zip."""
    if isinstance(path, Frame):
        yield path, None
        return
    path = Path(path)
    as_what = kind(path)
    outer, inner = (path, "") if as_what == "database" else _split(path)
    if as_what == "database":
        yield path, layer
    elif archives.suffix(outer.name) in ZIP:
        member, rest = _member(outer, inner)
        with archives.unpacked(outer, member) as local:
            yield local, layer or rest or None
    elif outer.name.lower().endswith(".gz") and as_what != "text":
        with archives.unpacked_gzip(outer) as local:
            yield local, layer or inner or None
    elif inner and as_what not in {"sheet", "layered"}:
        msg = f"{path} does not exist"
        raise ReadError(msg, code="file_missing", path=str(path))
    else:
        yield outer, layer or inner or None


def one(path: "Given") -> Path:
    """Give the path that is meant; a table in memory stands in the place of one."""
    return Frame.of(path) if is_frame(path) else Path(path)


def list_files(path: "Given | Sequence[Given]", *, folders: bool = True) -> list[Path]:
    """List the files that are meant: one, several, or those in a folder."""
    if is_frame(path):
        return [Frame.of(path)]
    if isinstance(path, Frame):
        return [path]
    if not isinstance(path, str | Path):
        each = _listed(path)
        tables = iter(range(1, len(each) + 1))
        alone = sum(map(is_frame, each)) < 2
        given = [Frame.of(a, 0 if alone else next(tables)) if is_frame(a) else a for a in each]
        return [file for a in given for file in list_files(a, folders=folders)]
    path = Path(path)
    if not folders or not path.is_dir():
        return [path]
    inside = _readable(path)
    if not inside:
        known = ", ".join(sorted(KNOWN))
        inner = sorted(one.name for one in path.iterdir() if one.is_dir())
        msg = f"{path} holds no file that can be read"
        code = "folder_of_folders" if inner else "folder_empty"
        listed = ", ".join(inner[:12]) + (", ..." if len(inner) > 12 else "")
        raise ReadError(msg, code=code, path=str(path), known=known, found=listed)
    return inside


def _listed(given: object) -> list[Any]:
    """List what was given where several can be, or say what can be given."""
    if not isinstance(given, Iterable) or isinstance(given, bytes | dict):
        msg = f"a reader takes a path, several paths or a table, got {type(given).__name__}"
        raise ArgumentError(msg, code="reader_source", found=type(given).__name__)
    found = list(given)
    for a in found:
        if not isinstance(a, str | Path) and not is_frame(a):
            msg = f"a reader takes paths or tables, got {type(a).__name__} among them"
            raise ArgumentError(msg, code="reader_source", found=type(a).__name__)
    if not found:
        msg = "there is no file to read: the list is empty"
        raise ArgumentError(msg, code="reader_nothing")
    return found


def _readable(folder: Path) -> list[Path]:
    """List the files of a folder and of its parts."""
    inside = sorted(folder.iterdir(), key=_by_number)
    found = [
        one for one in inside
        if one.is_file() and archives.suffix(one.name) in KNOWN
        and not one.name.startswith((".", "~$"))
    ]  # fmt: skip
    if any(archives.suffix(one.name) != ".txt" for one in found):
        found = [one for one in found if archives.suffix(one.name) != ".txt" or _has_columns(one)]
    for one in inside:
        if one.is_dir() and PART.fullmatch(one.name):
            found += _readable(one)
    return found


def _has_columns(path: Path) -> bool:
    """Return whether a text file is a table and not a note."""
    with path.open("rb") as stream:
        return path.suffix.lower() == ".gz" or archives.has_columns(stream.read(1 << 16))


def _by_number(path: Path) -> list[tuple[int, str]]:
    """Return what sorts names by the numbers in them: 2025-9 comes before 2025-10."""
    parts = re.split(r"(\d+)", path.name)
    return [(int(part or 0) if at % 2 else 0, part) for at, part in enumerate(parts)]


def _split(path: Path) -> tuple[Path, str]:
    """Part a path into the file on disk and what is named inside it."""
    if path.exists():
        return path, ""
    for parent in path.parents:
        if parent.is_file():
            return parent, path.relative_to(parent).as_posix()
        if parent.exists():
            break
    return path, ""


def _member(archive: Path, inner: str) -> tuple[str, str]:
    """Part what is named inside a zip into the file in it and the layer in that."""
    if not inner:
        return archives.single_member(archive, KNOWN), ""
    parts = inner.split("/")
    known = set(archives.members(archive, KNOWN))
    for n in range(len(parts), 0, -1):
        name = "/".join(parts[:n])
        if name in known:
            return name, "/".join(parts[n:])
    return inner, ""
