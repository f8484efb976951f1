"""Write a briefing and all that belongs to it: everything, or nothing."""

import hashlib
import json
import shutil
import tempfile
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import __version__, audit, briefing, maps
from ipgtools.io import files
from ipgtools.io import write as write_
from ipgtools.io.report import rejected_rows, write_page
from ipgtools.nl import methods
from ipgtools.pipeline import keeping
from ipgtools.pipeline.describe import FOLDER
from ipgtools.pipeline.inputs import Inputs
from ipgtools.settings import FILES

if TYPE_CHECKING:
    from ipgtools.pipeline import Run

AUDIT = "verwerkingen.jsonl"
MANIFEST = "manifest.json"
_PICTURES = "kaarten"
_REJECTED = "afgekeurd"
_MOVES_NUMBERS = ("geopandas", "numpy", "pandas", "pyproj", "scipy", "shapely")


def write(made: "Run", inputs: Inputs) -> "Run":
    """
    Write slides, page, map, pictures, tables, rejected rows and manifest.

    Parameters
    ----------
    made : Run
        From `pipeline.analyse`.
    inputs : Inputs
        What it was made from.

    Returns
    -------
    Run
        With the files written.

    Raises
    ------
    ReadError
        If the folder can't be made or written to.
    """
    folder = made.settings.output.folder
    existed = folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=".", dir=folder))
    except OSError as cause:
        raise write_.unwritable(folder, cause) from cause
    try:
        _build(made, inputs, building)
        names = sorted(path.relative_to(building) for path in building.rglob("*") if path.is_file())
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (building / name).replace(folder / name)
    except BaseException:
        shutil.rmtree(folder if not existed else building, ignore_errors=True)
        raise
    shutil.rmtree(building, ignore_errors=True)
    record = folder / AUDIT
    for kind, report in made.reports.items():
        counts = {"n_read": report.n_read, "n_used": report.n_used}
        why = keeping.stated(made.settings, kind.split("_")[0]).model_dump()
        audit.record(record, "load", file=report.source, **counts, **why)
    audience = made.settings.output.audience
    audit.record(record, "release", audience=audience, tables=sorted(made.tables))
    audit.record(record, "export", audience=audience, files=[str(name) for name in names])
    return replace(made, files=tuple(folder / name for name in _in_order(names)))


def _in_order(names: list[Path]) -> list[Path]:
    """Put the slides first, then the page, the map and what lies beside them."""
    order = {".pptx": 0, ".html": 1}
    return sorted(names, key=lambda name: (len(name.parts), order.get(name.suffix, 2), str(name)))


def _build(made: "Run", inputs: Inputs, folder: Path) -> None:
    stem = made.briefing.file_stem
    for name, table in made.tables.items():
        shown = table.drop(columns=["path"]) if "path" in table else table
        write_.table(shown, folder / FOLDER / f"{name}.csv")
    for name, picture in made.pictures.items():
        if not name.startswith("dia/"):
            target = folder / _PICTURES / f"{stem.replace('briefing', name)}.png"
            with write_.whole(target) as temporary:
                temporary.write_bytes(picture)
    for kind, report in made.reports.items():
        if report.n_rejected:
            values = made.settings.output.audience == "politie"
            rows = rejected_rows([report], values=values)
            write_.table(rows, folder / _REJECTED / f"{kind}.csv")
    map_name = f"{stem.replace('briefing', 'kaart')}.html"
    maps.save(made.map, folder / map_name)
    briefing.powerpoint.write(made.briefing, folder / f"{stem}.pptx")
    report_name = None
    if made.settings.output.audience != "openbaar":
        report_name = f"{stem.replace('briefing', 'leesverslag')}.html"
        reports = [(methods.file_kind(kind), report) for kind, report in made.reports.items()]
        write_page(reports, folder / report_name, values=made.settings.output.audience == "politie")
    briefing.page.write(
        made.briefing, folder / f"{stem}.html", map_href=map_name, report_href=report_name
    )
    manifest = describe_run(made, inputs, folder)
    with write_.whole(folder / MANIFEST) as temporary:
        temporary.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", "utf-8")


def describe_run(made: "Run", inputs: Inputs, folder: Path) -> dict[str, Any]:
    """
    Say all that is needed to run it again and to see that the numbers are the same.

    Parameters
    ----------
    made : Run
        The run.
    inputs : Inputs
        For the counts of what was left out.
    folder : Path
        Where its tables stand.

    Returns
    -------
    dict
        Plain values: version, settings, inputs with their hashes and rows, counts, hashes of
        the result tables. The same inputs and settings give the same.
    """
    settings = made.settings
    files = {
        name: [_file(one) for one in path] if isinstance(path, list) else _file(path)
        for name, path in settings.input.model_dump().items()
        if name in FILES and path is not None and name not in {"key", "photos"}
    }
    if settings.input.photos is not None:
        files["photos"] = _unnamed(settings.input.photos)
    local: Any = {"input": True, "output": {"folder": True}, "gazetteer": {"cache": True}}
    local["privacy"] = {"register": True}
    told = settings.model_dump(mode="json", exclude=local)
    return {
        "ipgtools": __version__,
        "packages": {name: metadata.version(name) for name in _MOVES_NUMBERS},
        "settings": told,
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
            "other_kinds": inputs.n_other_kinds,
            "outside_all_areas": inputs.n_outside,
            "in_area": len(inputs.incidents),
            "in_area_without_time": inputs.n_without_time,
            "in_period": made.facts.n,
        },
        "left_out": list(made.left_out),
        "tables": {
            path.stem: {"rows": len(made.tables[path.stem]), "sha256": _hash(path)}
            for path in sorted((folder / FOLDER).glob("*.csv"))
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
