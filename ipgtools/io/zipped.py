"""
Find the one table in a zip, and hand over a file that can be opened.

``export.zip`` stands for the only readable file inside; where there are several,
``export.zip/incidenten.csv`` says which. The file is unpacked to a temporary folder under its
bare name, whatever path the archive gives it, and is gone when reading ends. Zips inside
zips aren't opened. A KMZ is a zip around a KML.
"""

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath

from ipgtools.errors import ReadError
from ipgtools.io import bombs

SUFFIXES = {".zip", ".kmz"}
_MAIN = "doc.kml"
"""What a KMZ is about; others in it are linked to."""
_HIDDEN = "__MACOSX/"
_FAULTS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError,
           RuntimeError, KeyError)  # fmt: skip
"""What a broken archive raises; a locked one is a RuntimeError."""
_MOST_NAMES = 12
_LOCKED = 0x1
"""Flag of a file in an archive that asks for a password."""


def members(path: Path, known: Collection[str]) -> list[str]:
    """
    List the files in a zip that can be read.

    Parameters
    ----------
    path : Path
        The archive.
    known : collection of str
        Ends of names that can be read; a ``.gz`` behind them is looked through.

    Returns
    -------
    list of str
        As the archive calls them, by name. Of a Shapefile only the ``.shp``.

    Raises
    ------
    ReadError
        If it is no zip.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = [one.filename for one in archive.infolist() if not one.is_dir()]
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


def only(path: Path, known: Collection[str]) -> str:
    """
    Name the one file in a zip that can be read.

    Parameters
    ----------
    path : Path
        The archive.
    known : collection of str
        Ends of names that can be read.

    Returns
    -------
    str
        As the archive calls it.

    Raises
    ------
    ReadError
        If there is none, or more than one: the message lists them.
    """
    found = members(path, known)
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
    """
    Unpack one file of a zip for as long as it is needed.

    Parameters
    ----------
    path : Path
        The archive.
    member : str
        As the archive calls the file. What belongs to a Shapefile comes along.

    Yields
    ------
    Path
        The file under its bare name in a temporary folder; a KML under that of its KMZ.

    Raises
    ------
    ReadError
        If the archive has no such file, it asks for a password, is broken, or unpacks to too
        much.
    """
    with tempfile.TemporaryDirectory(prefix="ipgtools-") as folder:
        try:
            with zipfile.ZipFile(path) as archive:
                _unpack(archive, member, path, Path(folder))
        except ReadError:
            raise
        except _FAULTS as cause:
            raise _broken(path, cause) from cause
        local = Path(folder) / _bare(member)
        yield local.rename(local.with_name(f"{path.stem}.kml")) if _is_kmz(path) else local


def refuse_bomb(path: Path) -> None:
    """
    Raise if a packed file would unpack to far more than it says.

    Parameters
    ----------
    path : Path
        Excel, Word, zip or gz; other files pass.

    Raises
    ------
    ReadError
        If it unpacks to more than `bombs.MOST_BYTES`, or to more than `bombs.MUCH` bytes at more
        than `bombs.MOST_TIMES` its size.
    """
    packed = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(4)
    if head == b"PK\x03\x04":
        try:
            with zipfile.ZipFile(path) as archive:
                unpacked = sum(one.file_size for one in archive.infolist())
        except _FAULTS:
            return
        if bombs.too_much(unpacked, packed):
            raise bombs.bomb(path)
    elif head[:2] == b"\x1f\x8b":
        bombs.refuse_gzip_bomb(path)


def suffix(name: str) -> str:
    """
    Give the end of a name in lower case, a ``.gz`` aside.

    Examples
    --------
    >>> suffix("map/A.CSV.gz"), suffix("lees mij")
    ('.csv', '')
    """
    return PurePosixPath(name.lower().removesuffix(".gz")).suffix


def _unpack(archive: zipfile.ZipFile, member: str, path: Path, folder: Path) -> None:
    every = {one.filename: one for one in archive.infolist() if not one.is_dir()}
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
        if bombs.too_much(one.file_size, max(one.compress_size, 1)):
            raise bombs.bomb(path)
        with archive.open(one) as source, (folder / _bare(one.filename)).open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)


def _is_kmz(path: Path) -> bool:
    return suffix(path.name) == ".kmz"


def _bare(name: str) -> str:
    """Take the last part of a name, by the rules of either kind of system."""
    return PureWindowsPath(PurePosixPath(name).name).name.replace("\x00", "") or "bestand"


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_MOST_NAMES]) + (", ..." if len(names) > _MOST_NAMES else "")


def _broken(path: Path, cause: Exception) -> ReadError:
    reason = (str(cause).splitlines() or [type(cause).__name__])[0][:200]
    msg = f"{path.name} can't be unpacked: {reason}"
    return ReadError(msg, code="file_unreadable", path=path.name, reason=reason)
