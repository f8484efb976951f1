"""Tell for which reader a file is meant, why, and what else it could be."""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ipgtools.errors import IpgError, ReadError
from ipgtools.io import addresses, areas, columns, detect_kind, files
from ipgtools.io.files import detect_format
from ipgtools.io.files.sql import tables as sql_tables
from ipgtools.io.incidents import match_columns as incident_columns
from ipgtools.nl import checking as words
from ipgtools.photos import mailboxes
from ipgtools.photos.errors import FAULTS
from ipgtools.pipeline import file_kind_errors
from ipgtools.schouw.formats import pdf_and_images, signalen, tables

__all__ = ["FileKind", "detect", "parts"]

_DOCUMENTS = {".docx", ".pdf", ".tif", ".tiff"}
_TABLE_LIKE = 2
"""Columns known of incidents that make a table one of incidents, though it lacks others."""
_PROSE = 2
"""Fields of a line of running text, at most: it may hold a comma."""
_TOGETHER = {"incidents", "offences"}
"""Kinds of which several files make one set."""
_PLACED = {"x", "lon", "xy"}
_LARGEST_JSON = 50_000_000
_PAGE = (1.25, 1.6)
"""Height by width of a scanned page: A4 is 1.41, letter 1.29."""
_MAKE = 0x010F
"""The EXIF field with the maker of the camera."""
_WHITE, _MOSTLY = 200, 0.75
"""Grey value from which paper is white, and how much of a page is."""


@dataclass(frozen=True)
class FileKind:
    """
    What a file is taken for.

    Parameters
    ----------
    kind : {"incidents", "areas", "streets", "addresses", "schouw", "offences", "photos"}
        Which reader it is for.
    why : str
        Dutch.
    also : tuple of str
        Kinds that it could be as well.
    """

    kind: str
    why: str
    also: tuple[str, ...] = ()


def parts(path: str | Path) -> list[Path]:
    """List what is to be looked at by itself."""
    path = Path(path)
    if not path.is_dir():
        return [path]
    inside = _inside(path)
    if not inside:
        msg = f"{path} holds no files"
        raise ReadError(msg, code="photos_none", path=str(path))
    return [path] if _uniform(inside) else inside


def detect(
    path: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    persons: Mapping[str, str] | None = None,
) -> FileKind:
    """Tell what a file or a folder of one kind holds."""
    path = Path(path)
    if path.is_dir():
        inside = _inside(path)
        kind = _uniform(inside)
        if kind == "photos":
            return FileKind("photos", words.BECAUSE["photo_folder"])
        if kind:
            return FileKind(kind, words.exports(len(inside), kind))
        msg = f"{path} holds files of several kinds"
        raise ReadError(msg, code="folder_mixed", path=str(path))
    if sql_tables.is_url(path):
        return _table(path, columns, persons)
    suffix = path.suffix.lower()
    special = mailboxes.MAILS | mailboxes.PICTURES | _DOCUMENTS | signalen.SUFFIXES
    if suffix in special and not _inside_another(path):
        files.require(path)
        if (found := _by_name(path, suffix)) is not None:
            return found
    if files.kind(path) == "layered":
        return _layered(path)
    return _table(path, columns, persons)


def _by_name(path: Path, suffix: str) -> FileKind | None:
    """Tell what a mail, picture, document or export of reports is; None for a map."""
    if suffix in mailboxes.MAILS:
        return FileKind("photos", words.BECAUSE["mail"])
    if suffix in _DOCUMENTS:
        return FileKind("schouw", words.BECAUSE["document"])
    if suffix in mailboxes.PICTURES:
        camera, page = _look(path)
        scan = suffix in pdf_and_images.PICTURES
        if scan and page and not camera:
            return FileKind("schouw", words.BECAUSE["scan"], ("photos",))
        also = ("schouw",) if scan and not camera else ()
        return FileKind("photos", words.BECAUSE["picture"], also)
    return FileKind("schouw", words.BECAUSE["export"]) if _is_export(path) else None


def _inside_another(path: Path) -> bool:
    """Tell whether a path names something in a zip, workbook or GeoPackage."""
    return not path.exists() and any(parent.is_file() for parent in path.parents)


def _inside(folder: Path) -> list[Path]:
    """List the files of a folder, and those of its parts if it is one set (`files.list_files`)."""
    every = sorted(one for one in folder.iterdir() if not one.name.startswith("."))
    if parts := [one for one in every if one.is_dir() and files.PART.fullmatch(one.name)]:
        return [one for part in parts for one in _inside(part)]
    return [one for one in every if one.is_file() and (one.suffix or one.name[0] != "_")]


def _uniform(inside: list[Path]) -> str:
    """Name the kind that all files of a folder are of; empty if there is none."""
    if all(one.suffix.lower() in mailboxes.MAILS | mailboxes.PICTURES for one in inside):
        return "photos"
    readable = files.TABLES
    if not all({part.lower() for part in one.suffixes} & readable for one in inside):
        return ""
    kinds = set()
    for one in inside:
        try:
            kinds.add(detect(one).kind)
        except IpgError:
            return ""
    return kinds.pop() if len(kinds) == 1 and kinds <= _TOGETHER else ""


def _look(path: Path) -> tuple[bool, bool]:
    """Tell whether a picture is from a camera, and whether it is upright and mostly white."""
    import numpy as np
    from PIL import Image

    try:
        with Image.open(path) as picture:
            camera = bool(picture.getexif().get(_MAKE))
            low, high = _PAGE
            if not low <= picture.height / max(picture.width, 1) <= high:
                return camera, False
            picture.draft("L", (200, 300))
            grey = np.asarray(picture.convert("L").resize((100, 140)))
    except (*FAULTS, Image.DecompressionBombError, Warning):
        return False, False
    return camera, bool((grey >= _WHITE).mean() >= _MOSTLY)


def _is_export(path: Path) -> bool:
    if path.stat().st_size > _LARGEST_JSON:
        return False
    try:
        signalen.read_json(path, ())
    except ReadError:
        return False
    return True


def _layered(path: Path) -> FileKind:
    if path.suffix.lower() == ".json" and path.is_file() and not _is_geojson(path):
        msg = f"{path.name} is JSON without reports or shapes"
        raise ReadError(msg, code="schouw_no_reports", path=path.name)
    kind = detect_kind.kind_of(path)
    if kind is None:
        msg = f"{path.name} holds no shapes"
        raise ReadError(msg, code="map_empty", path=path.name)
    if kind == "incidents":
        with files.open_path(path) as (local, layer):
            for one in [layer] if layer else files.layers(local):
                if known := _addresses(files.header(local, layer=one)):
                    return FileKind("addresses", words.columns(_described(known)))
    shapes = {"areas": "Polygon", "streets": "Line", "incidents": "Point"}
    return FileKind(kind, words.BECAUSE[shapes[kind]])


def _is_geojson(path: Path) -> bool:
    with path.open("rb") as stream:
        return b'"Feature' in stream.read(100_000)


def _table(
    path: Path, given: Mapping[str, str] | None, persons: Mapping[str, str] | None
) -> FileKind:
    fault: ReadError | None = None
    with files.open_path(path) as (local, layer):
        if not sql_tables.is_url(path):
            detect_format.require_text_table(local)
        every: list[str | None] = [files.choose(local, layer)] if layer else []
        for one in every or [*files.layers(local)] or [None]:
            try:
                return _sheet(local, one, given, persons)
            except ReadError as error:
                fault = fault or error
    raise fault or file_kind_errors.file_kind_error(path, [])


def _sheet(
    path: Path,
    layer: str | None,
    said: Mapping[str, str] | None,
    persons: Mapping[str, str] | None,
) -> FileKind:
    """Tell what one table holds: by its columns, or by having none."""
    names = files.header(path, layer=layer)
    spatial = files.has_geometry(path)
    fits: dict[str, Mapping[str, str]] = {}
    who = (persons or {}).get("person")
    given = columns.recognise(
        names, {"person": columns.OFFENCES["person"]}, source=path.name,
        given={"person": who} if who in names else None,
    )  # fmt: skip
    if given:
        fits["offences"] = given
    if signalen.is_export(names):
        return FileKind("schouw", words.BECAUSE["export"], tuple(fits))
    with contextlib.suppress(ReadError):
        fits["schouw"] = tables.columns_of(names, path.name)
    lacking: ReadError | None = None
    try:
        ours = said if said and set(said.values()) <= {"", *names} else None
        fits["incidents"] = incident_columns.recognise(
            names, source=path.name, spatial=spatial, given=ours
        )
    except ReadError as error:
        if error.code == "columns_doubt" and not fits:
            raise
        lacking = error
    if not fits and spatial and areas.fits(names):
        return FileKind("areas", words.BECAUSE["Polygon"])
    if not fits and (known := _addresses(names)) and (spatial or _PLACED & set(known)):
        return FileKind("addresses", words.columns(_described(known)))
    telling = {"actor", "number", "task"}
    if {"incidents", "schouw"} <= set(fits) and not telling & set(fits.get("schouw", ())):
        fits["schouw"] = fits.pop("schouw")
    if fits:
        kind = next(iter(fits))
        return FileKind(kind, words.columns(_described(fits[kind])), tuple(list(fits)[1:]))
    if streets := addresses.street_list(names):
        return FileKind("streets", words.columns(_described(streets)))
    prose = path.suffix.lower() == ".txt"
    known = columns.recognise(names, columns.INCIDENTS, source=path.name)
    if lacking is not None and len(known) >= _TABLE_LIKE and not (prose and len(names) <= _PROSE):
        raise lacking
    if prose:
        return FileKind("schouw", words.BECAUSE["text"])
    raise file_kind_errors.file_kind_error(path, names)


def _addresses(names: list[str]) -> dict[str, str]:
    """Give the columns of an address file; empty where one is needed and lacks, or times stand."""
    plain = {columns.normalise_name(name): name for name in names}
    found = {
        ours: plain[hit]
        for ours, spellings in addresses.ADDRESSES.items()
        if (
            hit := next((one for one in map(columns.normalise_name, spellings) if one in plain), "")
        )
    }
    times = {columns.normalise_name(name) for name in columns.INCIDENTS["occurred_from"]}
    return found if {"street_name", "house_number"} <= set(found) and not times & set(plain) else {}


def _described(known: Mapping[str, str]) -> list[str]:
    """Choose a few columns that tell a reader most."""
    order = (
        "person", "location", "description", "house_number", "occurred_from", "month", "x", "y",
        "lon", "lat", "street_name",
    )  # fmt: skip
    named = [known[one] for one in order if one in known]
    return (named + [one for one in known.values() if one not in named])[:4]
