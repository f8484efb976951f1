"""Write a briefing and all that belongs to it into one new folder: everything, or nothing."""

import hashlib
import json
import zipfile
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import __version__, briefing, export, maps
from ipgtools.io import files
from ipgtools.io import write as write_
from ipgtools.io.report import rejected_rows, write_page
from ipgtools.nl import folders as words
from ipgtools.nl import methods, sentences
from ipgtools.pipeline import atomic_folder, cover_note, previous_briefing, register_entries
from ipgtools.pipeline.describe import FOLDER
from ipgtools.pipeline.inputs import Inputs
from ipgtools.pipeline.previous_briefing import MANIFEST
from ipgtools.settings import FILES

if TYPE_CHECKING:
    from ipgtools.pipeline import Run
    from ipgtools.pipeline.sharing import Agreement
    from ipgtools.privacy import Profile

__all__ = ["describe_run", "folder_of", "write"]

_MOVES_NUMBERS = ("geopandas", "numpy", "pandas", "pyproj", "scipy", "shapely")
_OF_FILES = ["path", "source", "sha256"]
"""Columns that tell which file a row came from: not for anyone outside."""


def write(made: "Run", inputs: Inputs, *, agreed: "Agreement | None" = None) -> "Run":
    """Write what may be shared and what stays, each in a folder of its own."""
    target = folder_of(made)
    exported = register_entries.around_export(made.settings, agreed)
    with exported as begin, atomic_folder.staged(target) as building:
        _build(made, inputs, building, agreed)
        if agreed is not None and agreed.zipped:
            _zip(building / words.SHARED, building / f"{target.name}.zip")
        names = sorted(path.relative_to(building) for path in building.rglob("*") if path.is_file())
        shared = [name for name in names if name.parts[0] != words.INSIDE]
        begin(target.name, shared, manifest=_hash(building / words.INSIDE / MANIFEST))
    return replace(made, folder=target, files=tuple(target / name for name in _in_order(names)))


def folder_of(made: "Run") -> Path:
    """Name the folder of a briefing by area, period and audience."""
    return made.settings.output.folder / made.briefing.file_stem.removeprefix("briefing_")


def _in_order(names: list[Path]) -> list[Path]:
    """Put the slides first, then page, map and other shared files; internal files last."""
    order = {".pptx": 0, ".html": 1}
    return sorted(
        names,
        key=lambda name: (
            name.parts[0] != words.SHARED,
            len(name.parts),
            order.get(name.suffix, 2),
            str(name),
        ),
    )


def _build(made: "Run", inputs: Inputs, building: Path, agreed: "Agreement | None") -> None:
    shared, inside = building / words.SHARED, building / words.INSIDE
    shared.mkdir()
    inside.mkdir()
    agreed_lines = agreed.lines(inputs) if agreed is not None else []
    _share(made, shared, inputs.profile, agreed=agreed_lines)
    _keep(made, inside, values=inputs.profile.internal.rejected_values)
    manifest = describe_run(made, inputs, shared)
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (inside / MANIFEST).write_text(text, "utf-8")


def _share(made: "Run", shared: Path, profile: "Profile", *, agreed: list[str]) -> None:
    """Write what may go to the audience, and nothing else."""
    stem = made.briefing.file_stem
    tables = {name: _in_words(table) for name, table in made.tables.items()}
    for name, table in tables.items():
        write_.table(table, shared / FOLDER / f"{name}.csv")
    layers = {name: one for name, one in tables.items() if _has_shapes(one)}
    if layers:
        export.save(layers, shared / f"{stem.replace('briefing', words.LAYERS)}.gpkg")
    for name, picture in made.pictures.items():
        if not name.startswith("dia/"):
            target = shared / words.PICTURES / f"{stem.replace('briefing', name)}.png"
            with write_.atomic(target) as temporary:
                temporary.write_bytes(picture)
    map_name = f"{stem.replace('briefing', 'kaart')}.html"
    map_page = maps.page(made.map)
    with write_.atomic(shared / map_name) as temporary:
        temporary.write_text(map_page, "utf-8")
    briefing.powerpoint.write(made.briefing, shared / f"{stem}.pptx")
    page = briefing.page.render(
        made.briefing, map_href=map_name, map_page=map_page, tables=made.tables
    )
    sheet = briefing.area_sheet.render(
        made.briefing, profile, told=[one.text for one in made.highlights], tables=made.tables,
        picture=made.pictures.get("dia/plekken"), source=made.credit,
    )  # fmt: skip
    for name, written in ((stem, page), (stem.replace("briefing", words.SHEET), sheet)):
        with write_.atomic(shared / f"{name}.html") as temporary:
            temporary.write_text(written, "utf-8")
        if made.settings.output.pdf:
            briefing.pdf.write(written, shared / f"{name}.pdf")
    cover_note.write(
        made.briefing, shared, readers=made.readers, protected=made.protected, source=made.credit,
        secret=profile.notice, agreed=agreed,
    )  # fmt: skip


def _in_words(table: Any) -> Any:
    """Return a table without names of files, its lists of kinds written out."""
    shown = table.drop(columns=_OF_FILES, errors="ignore")
    if "kinds" in shown:
        shown = shown.assign(kinds=[sentences.listed(pairs) for pairs in shown["kinds"]])
    return shown


def _has_shapes(table: Any) -> bool:
    """Tell whether a table can be a layer of a map."""
    geometry = getattr(table, "geometry", None)
    return geometry is not None and bool(geometry.notna().any())


def _zip(shared: Path, path: Path) -> None:
    """Put a folder in a zip file: the same for the same content."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in sorted(shared.rglob("*")):
            if one.is_file():
                entry = zipfile.ZipInfo(one.relative_to(shared).as_posix(), (2000, 1, 1, 0, 0, 0))
                archive.writestr(entry, one.read_bytes(), zipfile.ZIP_DEFLATED)


def _keep(made: "Run", inside: Path, *, values: bool) -> None:
    """Write what stays: the read report, rejected rows, and a note that says so."""
    stem = made.briefing.file_stem
    for kind, report in made.reports.items():
        if report.n_rejected:
            rows = rejected_rows([report], values=values)
            write_.table(rows, inside / words.REJECTED / f"{kind}.csv")
    reports = [(methods.file_kind(kind), report) for kind, report in made.reports.items()]
    page = inside / f"{stem.replace('briefing', 'leesverslag')}.html"
    write_page(reports, page, values=values)
    cover_note.write_keep(inside)


def describe_run(made: "Run", inputs: Inputs, shared: Path) -> dict[str, Any]:
    """Say all that is needed to run it again and to see that the numbers are the same."""
    settings = made.settings
    files = {
        name: [_file(one) for one in path] if isinstance(path, list) else _file(path)
        for name, path in settings.input.model_dump().items()
        if name in FILES and path is not None and name not in {"key", "photos"}
    }
    if settings.input.photos is not None:
        files["photos"] = _unnamed(settings.input.photos)
    local: Any = {"input": True, "output": {"folder": True}, "gazetteer": {"cache": True}}
    local["privacy"] = {"register": True, "secret": True, "profiles": True}
    shown_settings = settings.model_dump(mode="json", exclude=local)
    return {
        "ipgtools": __version__,
        "register": made.mark,
        "packages": {name: metadata.version(name) for name in _MOVES_NUMBERS},
        "settings": shown_settings,
        "area": {"code": inputs.study.code, "name": inputs.study.name, "kind": inputs.study.kind},
        "inputs": files,
        "rows": {
            kind: {
                "file": report.source,
                "read": report.n_read,
                "used": report.n_used,
                "rejected": report.n_rejected,
                "crs": report.details.get("crs"),
                "columns": report.details.get("columns"),
            }
            for kind, report in made.reports.items()
        },
        "incidents": {
            "usable": inputs.n_read,
            "sensitive": inputs.n_sensitive,
            "unknown_kinds": sum(n for _, n in inputs.unknown_kinds),
            "other_kinds": inputs.n_other_kinds,
            "outside_all_areas": inputs.n_outside,
            "in_area": len(inputs.incidents),
            "in_area_without_time": inputs.n_without_time,
            "in_period": len(inputs.now),
        },
        "left_out": list(made.left_out),
        "told": previous_briefing.told(made),
        "tables": {
            path.stem: {"rows": len(made.tables[path.stem]), "sha256": _hash(path)}
            for path in sorted((shared / FOLDER).glob("*.csv"))
        },
        "shared": {
            path.relative_to(shared).as_posix(): _hash(path)
            for path in sorted(shared.rglob("*"))
            if path.is_file()
        },
    }


def _file(path: Path) -> dict[str, Any]:
    if path.is_dir():
        parts = sorted(part for part in path.rglob("*") if part.is_file())
        hashes = {part.relative_to(path).as_posix(): _hash(part) for part in parts}
        return {"name": path.name, "files": hashes}
    on_disk = files.on_disk(path)
    return {"name": path.name} | ({"sha256": _hash(on_disk)} if on_disk is not None else {})


def _unnamed(path: Path) -> dict[str, Any]:
    """Give the hashes of mails and photos without their names, which are about people."""
    parts = [part for part in path.rglob("*") if part.is_file()] if path.is_dir() else [path]
    return {
        "name": path.name if path.is_dir() else path.suffix,
        "sha256": sorted(map(_hash, parts)),
    }


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
