"""
Write the wijkschouw report of Velve-Lindenhof: Word, recognised text and table.

The texts are those of a public report of 2007, with other house numbers and another date;
`waarheid.json` holds what a reader should make of them.
"""

import io
import zipfile
from typing import Any

import numpy as np

from ipgtools.nl import sample as words
from ipgtools.sample.streets import Streets

__all__ = ["DATE", "address", "corner", "document", "table", "truth"]

DATE = "2025-10-14"


def document() -> bytes:
    """Write the report as a Word document."""
    import datetime as dt

    import docx

    written = docx.Document()
    about = written.core_properties
    about.author, about.title = "ipgtools", " ".join(words.SCHOUW_TITLE[:2])
    about.comments = words.SCHOUW_NOTICE
    about.created = about.modified = dt.datetime(2025, 10, 15, 9, 0)
    written.add_heading(words.SCHOUW_TITLE[0], level=0)
    written.add_heading(words.SCHOUW_TITLE[1], level=1)
    for line in (words.SCHOUW_TITLE[2], *words.SCHOUW_AREA):
        written.add_paragraph(line)
    table = written.add_table(rows=1, cols=len(words.SCHOUW_COLUMNS), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, words.SCHOUW_COLUMNS, strict=True):
        cell.text = name
    for number, place, finding, actions in words.SCHOUW:
        cells = table.add_row().cells
        cells[0].text, cells[1].text, cells[2].text = f"{number}.", place, finding
        cells[3].text = "\n".join(f"{actor}: {task}" for actor, task, *_ in actions)
    written.add_paragraph(words.SCHOUW_NOTICE)
    buffer = io.BytesIO()
    written.save(buffer)
    return _without_clock(buffer.getvalue())


def _without_clock(archive: bytes) -> bytes:
    """Pack an archive again with the same date on every part."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = zipfile.ZipInfo(name, (2025, 10, 15, 9, 0, 0))
            new.writestr(part, old.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def table() -> str:
    """Write the report as a table with the state of each action."""
    lines = [";".join(words.SCHOUW_CSV_COLUMNS)]
    for number, place, finding, actions in words.SCHOUW:
        joined = [" | ".join(column) for column in zip(*actions, strict=True)]
        cells = [str(number), place, finding, *joined]
        lines.append(";".join(f'"{cell}"' if ";" in cell else cell for cell in cells))
    return "\n".join(lines) + "\n"


def truth(streets: Streets) -> dict[str, Any]:
    """Return the findings a reader should get from the report."""
    findings = []
    for number, place, finding, actions in words.SCHOUW:
        findings.append(
            {
                "number": number,
                "location_text": place,
                "description": finding,
                "actions": [
                    {"actor": actor, "task": task, "status": status, "closed_on": _iso(done)}
                    for actor, task, status, done in actions
                ],
                **_where(streets, place),
            }
        )
    tasks = [action for found in findings for action in found["actions"]]
    return {
        "date": DATE,
        "n_findings": len(findings),
        "n_actions": len(tasks),
        "n_closed_in_csv": sum(action["status"] == words.DONE for action in tasks),
        "n_lost_texts": sum(
            "[tekst verloren]" in place + text for _, place, text, _ in words.SCHOUW
        ),
        "findings": findings,
    }


def _iso(day: str) -> str | None:
    return f"{day[6:]}-{day[3:5]}-{day[:2]}" if day else None


def _where(streets: Streets, place: str) -> dict[str, Any]:
    known = sorted({name for name in streets.name if name in place}, key=place.find)
    number = next((int(word) for word in place.split() if word.isdigit()), None)
    if number is not None:
        x, y = address(streets, known[0], number)
        return {"precision": "adres", "street": known[0], "x": x, "y": y}
    if len(known) == 2:
        x, y = corner(streets, *known)
        return {"precision": "kruispunt", "street": known[0], "x": x, "y": y}
    return {"precision": "straat", "street": known[0]}


def address(streets: Streets, street: str, number: int) -> tuple[float, float]:
    """Find the point of a house number in RD."""
    on = np.array([streets.name[stretch] == street for stretch in streets.address_stretch])
    at = int(np.flatnonzero(on & (streets.address_number == number))[0])
    return float(streets.address_x[at]), float(streets.address_y[at])


def corner(streets: Streets, one: str, other: str) -> tuple[float, float]:
    """Find the point in RD where two streets share a corner."""
    ends = [
        {point for name, line in zip(streets.name, streets.line, strict=True) if name == street
         for point in line.coords}
        for street in (one, other)
    ]  # fmt: skip
    x, y = min(ends[0] & ends[1])
    return x, y
