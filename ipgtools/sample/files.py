"""Write the files of the sample town, and the ground truth."""

import gzip
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ipgtools.nl import number as dutch_number
from ipgtools.nl import sample as words
from ipgtools.sample import (
    antecedents,
    export,
    incidents,
    pictures,
    report,
    streets,
)
from ipgtools.sample import ground_truth as truths
from ipgtools.sample import town as towns
from ipgtools.sample.export import Counts
from ipgtools.sample.incidents import Model

__all__ = ["write"]


def write(
    directory: Path,
    *,
    size: int,
    seed: int,
    packed: bool,
    progress: Callable[[int, int], None] | None,
) -> dict[str, Any]:
    """Write all files; see `ipgtools.sample.write`."""
    town = towns.load()
    laid = streets.lay(town, seed)
    model = incidents.prepare(town, laid, seed=seed, size=size)
    (directory / "mails").mkdir(parents=True, exist_ok=True)
    incidents_file = "incidenten.csv.gz" if packed else "incidenten.csv"
    counts = Counts(model)
    _export(directory / incidents_file, model, counts, packed=packed, progress=progress)
    records, of_persons = antecedents.write(model)
    letters, of_photos = pictures.mails(laid)
    of_schouw = report.truth(laid)
    truth = {
        **truths.gather(model, counts),
        "persons": of_persons,
        "schouw": of_schouw,
        "photos": of_photos,
    }
    texts = {
        **towns.areas_geojson(town),
        "straten.geojson": laid.geojson(),
        "antecedenten.csv": "\ufeff" + records,
        "sleutel.txt": hashlib.sha256(f"voorbeeldsleutel {seed}".encode()).hexdigest() + "\n",
        "schouw_velve-lindenhof.txt": words.SCHOUW_OCR,
        "schouw_velve-lindenhof.csv": "\ufeff" + report.table(),
        "ipg.toml": words.SETTINGS.format(incidents_file=incidents_file),
        "LEESMIJ.md": words.README.format(
            seed=seed, incidents=dutch_number(size), incidents_file=incidents_file
        ),
        "waarheid.json": _json(truth),
    }
    contents = {name: text.encode("utf-8") for name, text in texts.items()}
    contents["schouw_velve-lindenhof.docx"] = report.document()
    contents["adressen.csv.gz"] = gzip.compress(
        laid.addresses().encode("utf-8"), compresslevel=9, mtime=0
    )
    contents |= {f"mails/{name}": letter for name, letter in letters.items()}
    for name, content in contents.items():
        (directory / name).write_bytes(content)
    (directory / "sleutel.txt").chmod(0o600)
    names = sorted([incidents_file, *contents])
    return {
        "directory": str(directory),
        "incidents": size,
        "seed": seed,
        "n_bad": truth["bad_rows"]["n"],
        "n_persons": of_persons["n_persons"],
        "n_findings": of_schouw["n_findings"],
        "n_photos": len(of_photos),
        "files": {name: (directory / name).stat().st_size for name in names},
    }


def _export(
    path: Path,
    model: Model,
    counts: Counts,
    *,
    packed: bool,
    progress: Callable[[int, int], None] | None,
) -> None:
    pieces = export.text(model, counts=counts, progress=progress)
    with path.open("wb") as file:
        if not packed:
            for piece in pieces:
                file.write(piece)
            return
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=9, mtime=0) as gz:
            for piece in pieces:
                gz.write(piece)


def _json(truth: dict[str, Any]) -> str:
    """Write JSON with a line per entry of the second level: short enough to read and compare."""
    parts = []
    for name, value in truth.items():
        if isinstance(value, dict) and value:
            inner = ",\n".join(f"  {_flat(key)}: {_flat(each)}" for key, each in value.items())
            parts.append(f"{_flat(name)}: {{\n{inner}\n }}")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            inner = ",\n".join(f"  {_flat(each)}" for each in value)
            parts.append(f"{_flat(name)}: [\n{inner}\n ]")
        else:
            parts.append(f"{_flat(name)}: {_flat(value)}")
    return "{\n " + ",\n ".join(parts) + "\n}\n"


def _flat(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
