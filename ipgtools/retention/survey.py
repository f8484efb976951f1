"""
List what the settings name and what ipgtools made, and judge what is past its term.

Only looks: nothing is changed. What isn't named by the settings, and in a folder of briefings
what ipgtools doesn't write, is never listed as something to remove. Symbolic links aren't followed.
"""

import datetime as dt
import hashlib
import json
import os
import re
import sqlite3
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipgtools.errors import IpgError
from ipgtools.io import files
from ipgtools.nl import folders
from ipgtools.nl import retention as words
from ipgtools.retention import dates, first_reads
from ipgtools.retention.ages import DATES, Ages, Terms, ages, ends_on
from ipgtools.retention.grounds import Ground, ground

__all__ = [
    "MANIFEST", "OUTPUT", "Item", "Named", "briefings", "called", "data", "regular", "sha256",
]  # fmt: skip

OUTPUT = "output"

"""Name of the data set that briefings are."""
MANIFEST = "manifest.json"
_PARTS = (folders.SHARED, folders.INSIDE)
"""What a folder of a briefing is divided in."""
_NOTES = "|".join(map(re.escape, (MANIFEST, folders.COVER, folders.KEEP)))
_MADE = re.compile(
    rf"(?:(?:{'|'.join(_PARTS)})/)?(?:{_NOTES}|(?:{folders.TABLES}|{folders.REJECTED})/[^/]+\.csv"
    rf"|{folders.PICTURES}/[^/]+\.png|(?:{'|'.join(folders.DOCUMENTS)})_[^/]+\.(?:pptx|html|pdf|gpkg))"
)
"""What ipgtools calls the files of a briefing, where the manifest doesn't list them."""
_SIDECARS = {
    ".shp": (".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".shp.xml"),
    ".gpkg": (".gpkg-wal", ".gpkg-shm"),
    ".gml": (".gfs", ".xsd"),
}
"""Parts of one file that have names of their own."""
_DEPTH = 2
"""Folders below that of the settings in which a briefing can be."""


@dataclass(frozen=True)
class Item:
    """
    A file, or a folder with a briefing, that can be about persons.

    Parameters
    ----------
    data_set : str
        "incidents", "offences", "photos", "schouw", or `OUTPUT`.
    path : Path
        As the settings have it; of a briefing its folder.
    files : tuple of Path
        What would be removed.
    ages : Ages
        Of its rows; of a mail, a report or a briefing as of one row.
    ground : str
        By which its terms were chosen.
    keep_months : int or None
        The term of keeping; None where there is none.
    until : date or None
        Day on which the term of its newest row ends, of a briefing that of its oldest.
    due : bool
        Whether all of it is past the term.
    barred : str
        Why it can't be removed or can't be judged: "link", "inside", "server", "missing",
        "folder", "unreadable"; empty if it can.
    left : tuple of Path
        Files in the folder of a briefing that ipgtools doesn't write; they stay.
    """

    data_set: str
    path: Path
    files: tuple[Path, ...]
    ages: Ages
    ground: str
    keep_months: int | None
    until: dt.date | None
    due: bool
    barred: str = ""
    left: tuple[Path, ...] = ()

    @property
    def partly(self) -> bool:
        """Whether some of its rows are past the term and others aren't."""
        return not self.due and self.data_set != OUTPUT and self.ages.n_keep > 0


@dataclass(frozen=True)
class Named:
    """
    A data set as the settings name it.

    Parameters
    ----------
    data_set : str
        "incidents", "offences", "photos" or "schouw".
    paths : sequence of Path
        Files and folders.
    ground : str
        As it is stated.
    columns : mapping of str to str, optional
        Contract column to file column.
    """

    data_set: str
    paths: Sequence[Path]
    ground: str
    columns: Mapping[str, str] | None = None


def data(
    named: Sequence[Named],
    transaction: Callable[[], AbstractContextManager[sqlite3.Connection]],
    *,
    reference_date: dt.date,
    terms: Mapping[str, float],
) -> list[Item]:
    """Judge the files that the settings name."""
    found = [
        _Found(one, keep, path, None if keep.keep_months is None else on_disk, barred)
        for one in named
        for keep in [Terms.of(ground(one.ground), **terms)]
        for path, on_disk, barred in _paths(one)
    ]
    hashes = {at: sha256(one.on_disk) for at, one in enumerate(found) if one.on_disk is not None}
    seen: dict[int, dt.date] = {}
    with transaction() as connection:
        for at, digest in hashes.items():
            of = found[at].named.data_set
            name = called(found[at].path, of)
            first = first_reads.remember_file(
                connection, of, name, digest, reference_date=reference_date
            )
            seen[at] = first.content
    return [
        _judged(one, one.on_disk, seen[at], reference_date)
        if one.on_disk is not None
        else _unjudged(one, one.barred)
        for at, one in enumerate(found)
    ]


@dataclass(frozen=True)
class _Found:
    """A file that the settings name, where it is on the disk if it is to be judged, and why not."""

    named: Named
    terms: Terms
    path: Path
    on_disk: Path | None
    barred: str

    @property
    def shown(self) -> str:
        """The ground in words."""
        return ground(self.named.ground).shown


def _unjudged(one: _Found, barred: str) -> Item:
    named, months = one.named.data_set, one.terms.keep_months
    return Item(named, one.path, (), Ages(0), one.shown, months, None, due=False, barred=barred)


def _judged(one: _Found, on_disk: Path, seen: dt.date, reference_date: dt.date) -> Item:
    import pandas as pd

    months = one.terms.keep_months
    rows, data_set = pd.DataFrame(index=range(1)), one.named.data_set
    if data_set in {"incidents", "offences"}:
        try:
            read = dates.of_file(one.path, data_set, columns=one.named.columns)
        except IpgError:
            return _unjudged(one, "unreadable")
        extra = range(-read.n_malformed, 0)
        rows = read.rows.reindex([*extra, *read.rows.index])
    found = ages(rows, DATES[data_set], reference_date=reference_date, terms=one.terms, seen=seen)
    due = found.n > 0 and found.n_keep == found.n
    until = None if found.newest is None or months is None else ends_on(found.newest, months)
    barred = "" if one.path == on_disk else "inside"
    removed = (*_sidecars(on_disk), on_disk)
    return Item(data_set, one.path, removed, found, one.shown, months, until, due, barred)


def _paths(named: Named) -> Iterator[tuple[Path, Path | None, str]]:
    """Return each file of a data set, where it is on the disk, and why it can't be judged."""
    for path in named.paths:
        if files.on_disk(path) is None:
            yield path, None, "server"
        elif path.is_symlink():
            yield path, None, "link"
        elif named.data_set in {"photos", "schouw"}:
            inside = sorted(regular(path)) if path.is_dir() else [path]
            yield from ((one, *_on_disk(one)) for one in inside)
        else:
            try:
                inside = files.list_files(path)
            except IpgError:
                inside = []
            yield from ((one, *_on_disk(one)) for one in inside)


def _on_disk(path: Path) -> tuple[Path | None, str]:
    on_disk = files.on_disk(path)
    if on_disk is None:
        return None, "server"
    if on_disk.is_symlink():
        return None, "link"
    if on_disk.is_dir():
        return None, "folder"
    return (on_disk, "") if on_disk.is_file() else (None, "missing")


def _sidecars(path: Path) -> list[Path]:
    """List what belongs to a file under another name."""
    stem = path.with_suffix("")
    named = [stem.with_name(stem.name + end) for end in _SIDECARS.get(path.suffix.lower(), ())]
    return [one for one in named if _is_regular(one)]


def briefings(folder: Path, *, reference_date: dt.date, terms: Mapping[str, float]) -> list[Item]:
    """Judge the folders with briefings."""
    return [
        _briefing(one, made, reference_date, terms) for one, made in sorted(_made(folder, _DEPTH))
    ]


def _made(folder: Path, depth: int) -> Iterator[tuple[Path, Path]]:
    """Find folders with a manifest, and the manifest; links are not followed."""
    if folder.is_symlink() or not folder.is_dir():
        return
    for manifest in (folder / MANIFEST, folder / _PARTS[1] / MANIFEST):
        if not manifest.parent.is_symlink() and _is_regular(manifest) and _manifest(manifest):
            yield folder, manifest
            break
    if depth:
        for inside in folder.iterdir():
            if inside.name not in _PARTS and not inside.name.startswith("."):
                yield from _made(inside, depth - 1)


def _manifest(manifest: Path) -> dict[str, Any]:
    """Read a manifest; empty if it isn't one of ipgtools."""
    try:
        content = json.loads(manifest.read_text("utf-8"))
        dt.date.fromisoformat(content["settings"]["period"]["start"][:10])
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return content if "ipgtools" in content else {}


def _briefing(
    folder: Path, manifest: Path, reference_date: dt.date, terms: Mapping[str, float]
) -> Item:
    content = _manifest(manifest)
    settings = content["settings"]
    by = _ground_of(settings)
    months = Terms.of(by, **terms).keep_months
    first = dt.date.fromisoformat(settings["period"]["start"][:10])
    shared = content.get("shared")
    listed = {f"{_PARTS[0]}/{name}" for name in shared} if isinstance(shared, dict) else set()
    ours: list[Path] = []
    left: list[Path] = []
    for path in sorted(regular(folder)):
        name = path.relative_to(folder).as_posix()
        inside = any(path.is_relative_to(other) for other in _inner(folder))
        if not inside:
            (ours if name in listed or _MADE.fullmatch(name) else left).append(path)
    until = None if months is None else ends_on(first, months)
    due = until is not None and until <= reference_date
    return Item(
        OUTPUT, folder, (*(one for one in ours if one != manifest), manifest),
        Ages(1, n_keep=int(due), oldest=first, newest=first), by.shown, months, until, due,
        left=tuple(left),
    )  # fmt: skip


def _ground_of(settings: dict[str, Any]) -> Ground:
    """Return the ground that a manifest has for its incidents; the strictest if it has none."""
    try:
        if settings["output"]["sample"] is True:
            return ground(words.INVENTED)
        own = settings["purpose"]["incidents"]["ground"]
        return ground(str(own or settings["privacy"]["ground"]))
    except (KeyError, TypeError, IpgError):
        return ground("")


def called(path: Path, data_set: str) -> str:
    """Return the name by which a file is remembered: of mails and photos only its kind."""
    return f"*{path.suffix.lower()}" if data_set == "photos" else path.name


def _inner(folder: Path) -> list[Path]:
    """List the folders inside a briefing's that are briefings of their own."""
    return [one for one, _ in _made(folder, _DEPTH) if one != folder]


def regular(folder: Path) -> Iterator[Path]:
    """Return the files below a folder; links and what is behind them are left out."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from regular(Path(entry.path))
            elif entry.is_file(follow_symlinks=False):
                yield Path(entry.path)


def _is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def sha256(path: Path) -> str:
    """Return the hash of a file's content, in hexadecimals."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
