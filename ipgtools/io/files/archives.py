"""
Find the one table in a zip, and hand over a file that can be opened.

``export.zip`` stands for the only readable file inside; where there are several,
``export.zip/incidenten.csv`` says which. The file is unpacked to a temporary folder under its
bare name, whatever path the archive gives it, and is gone when reading ends. Zips inside
zips aren't opened. A KMZ is a zip around a KML.
"""

import gzip
import shutil
import zipfile
import zlib
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath

from ipgtools import _scratch
from ipgtools.errors import ReadError, unreadable
from ipgtools.io import limits
from ipgtools.io.files import detect_format

__all__ = [
    "SUFFIXES", "has_columns", "members", "refuse_bomb", "single_member", "suffix", "unpacked",
    "unpacked_gzip",
]  # fmt: skip

SUFFIXES = {".zip", ".kmz"}
_MAIN = "doc.kml"
"""What a KMZ is about; others in it are linked to."""
_HIDDEN = "__MACOSX/"
_FAULTS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError,
           RuntimeError, KeyError)  # fmt: skip
"""What a broken archive raises; a locked one is a RuntimeError."""
_MOST_NAMES = 12
_MOST_LINES = 0.6
"""Share of the lines of a table that have as many separators."""
_OTHERS = (b"Rar!", b"7z\xbc\xaf")
"""How archives start that are called a zip now and then."""
_LOCKED = 0x1
"""Flag of a file in an archive that asks for a password."""


def members(path: Path, known: Collection[str]) -> list[str]:
    """List the files in a zip that can be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [one.filename for one in archive.infolist() if _is_file(one)]
    except _FAULTS as cause:
        raise _broken(path, cause) from cause
    return sorted(
        name
        for name in set(names)
        if suffix(name) in known
        and suffix(name) not in SUFFIXES
        and not name.startswith(_HIDDEN)
        and not _bare(name).startswith(".")
    )


def single_member(path: Path, known: Collection[str]) -> str:
    """Name the one file in a zip that can be read."""
    found = _tables(path, members(path, known))
    if _is_kmz(path) and _MAIN in found:
        return _MAIN
    if not found:
        msg = f"{path.name} holds no file that can be read"
        listed = ", ".join(sorted(set(known) - SUFFIXES))
        with zipfile.ZipFile(path) as archive:
            inside = _listed(sorted(archive.namelist()))
        raise ReadError(msg, code="zip_empty", path=path.name, known=listed, found=inside or "-")
    if len(found) > 1:
        msg = f"{path.name} holds {', '.join(found)}; name one: {path.name}/{found[0]}"
        raise ReadError(msg, code="zip_doubt", path=path.name, found=_listed(found), first=found[0])
    return found[0]


@contextmanager
def unpacked(path: Path, member: str) -> Iterator[Path]:
    """Unpack one file of a zip for as long as it is needed."""
    with _scratch.temporary() as folder:
        try:
            with zipfile.ZipFile(path) as archive:
                _unpack(archive, member, path, folder)
        except ReadError:
            raise
        except _FAULTS as cause:
            raise _broken(path, cause) from cause
        local = folder / _bare(member)
        yield local.rename(local.with_name(f"{path.stem}.kml")) if _is_kmz(path) else local


@contextmanager
def unpacked_gzip(path: Path) -> Iterator[Path]:
    """Unpack a file that was packed with gzip for as long as it is needed."""
    refuse_bomb(path)
    with _scratch.temporary() as folder:
        local = folder / path.name[: -len(".gz")]
        try:
            with gzip.open(path, "rb") as source, local.open("wb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
        except _FAULTS as cause:
            raise detect_format.actual_format_error(path, cause) or _broken(path, cause) from cause
        yield local


def refuse_bomb(path: Path) -> None:
    """Raise if an archive member unpacks to far more than it declares."""
    packed = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(4)
    if head == b"PK\x03\x04":
        try:
            with zipfile.ZipFile(path) as archive:
                unpacked = sum(one.file_size for one in archive.infolist())
        except _FAULTS:
            return
        if limits.exceeds_limits(unpacked, packed):
            raise limits.limit_error(path)
    elif head[:2] == b"\x1f\x8b":
        limits.refuse_gzip_bomb(path)


def has_columns(start: bytes) -> bool:
    r"""
    Return whether most lines of a text have equally many delimiters.

    Examples
    --------
    >>> has_columns(b"nr;x;y\n1;2;3\n2;3;4"), has_columns(b"Beste lezer,\n\nzie de bijlage.\n")
    (True, False)
    """
    plain = start.replace(b"\x00", b"").splitlines()
    lines = [line for line in plain if line.strip()][:100]
    for sign in (b";", b"\t", b",", b"|"):
        counts = Counter(line.count(sign) for line in lines)
        usual, times = counts.most_common(1)[0] if counts else (0, 0)
        enough = usual > (sign == b",")  # sentences have commas, too
        if enough and times > 1 and times >= _MOST_LINES * len(lines):
            return True
    return False


def suffix(name: str) -> str:
    """
    Return the end of a name in lower case, a ``.gz`` aside.

    Examples
    --------
    >>> suffix("map/A.CSV.gz"), suffix("lees mij")
    ('.csv', '')
    """
    return PurePosixPath(name.lower().removesuffix(".gz")).suffix


def _tables(path: Path, names: list[str]) -> list[str]:
    """Leave out texts that explain the others."""
    texts = [name for name in names if suffix(name) == ".txt"]
    if len(names) < 2 or not texts:
        return names
    left = []
    try:
        with zipfile.ZipFile(path) as archive:
            for name in texts:
                with archive.open(name) as stream:
                    if not has_columns(stream.read(1 << 16)):
                        left.append(name)
    except _FAULTS as cause:
        raise _broken(path, cause) from cause
    return [name for name in names if name not in left] or names


def _unpack(archive: zipfile.ZipFile, member: str, path: Path, folder: Path) -> None:
    every = {one.filename: one for one in archive.infolist() if _is_file(one)}
    if member not in every:
        listed = sorted(every)
        msg = f"{path.name} holds no {member!r}; it holds {', '.join(listed[:_MOST_NAMES])}"
        raise ReadError(
            msg, code="zip_member", path=path.name, member=member, found=_listed(listed)
        )
    wanted = [every[member]]
    if suffix(member) == ".shp":
        stem = member[: -len(".shp")].casefold()
        wanted += [one for name, one in every.items()
                   if name != member and name.casefold().startswith(f"{stem}.")]  # fmt: skip
    for one in wanted:
        if one.flag_bits & _LOCKED:
            msg = f"{path.name} asks for a password"
            raise ReadError(msg, code="zip_locked", path=path.name)
        if limits.exceeds_limits(one.file_size, max(one.compress_size, 1)):
            raise limits.limit_error(path)
        with archive.open(one) as source, (folder / _bare(one.filename)).open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)


def _is_file(one: zipfile.ZipInfo) -> bool:
    """Return whether a member is a file: no folder, and with a name."""
    return bool(one.filename) and not one.is_dir()


def _is_kmz(path: Path) -> bool:
    return suffix(path.name) == ".kmz"


def _bare(name: str) -> str:
    """Take the last part of a name, by the rules of either kind of system."""
    return PureWindowsPath(PurePosixPath(name).name).name.replace("\x00", "") or "bestand"


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_MOST_NAMES]) + (", ..." if len(names) > _MOST_NAMES else "")


def _broken(path: Path, cause: Exception) -> ReadError:
    if isinstance(cause, OSError) and cause.errno in _scratch.FULL:
        msg = f"there is no space to unpack {path.name}"
        return ReadError(msg, code="disk_full")
    with path.open("rb") as stream:
        other = stream.read(6).startswith(_OTHERS)
    if other or isinstance(cause, NotImplementedError):
        msg = f"{path.name} is packed in a way that isn't read: {cause}"
        return ReadError(msg, code="zip_method", path=path.name)
    return unreadable(path.name, cause, "unpacked")
