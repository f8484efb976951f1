"""Look for true counts in every byte of what leaves."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import ipgtools as ipg
from ipgtools import pipeline
from ipgtools.pipeline import inputs, results
from ipgtools.pipeline.lines import Counted

SMALLEST = 13
"""True numbers below this are found by chance in dates, hours and codes."""


def texts(data: bytes, name: str) -> Iterator[tuple[str, str]]:
    """Give all text in a file, of archives in it too."""
    if name.endswith((".pptx", ".xlsx", ".zip")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield from texts(archive.read(inner), f"{name}/{inner}")
    elif name.endswith((".html", ".csv", ".txt", ".xml", ".json", ".rels", ".md")):
        yield name, data.decode("utf-8", "replace")


def told(folder: Path) -> dict[str, str]:
    """Give the words of everything that is shared, without geometry, drawings and formatting."""
    files = [path for path in sorted((folder / "delen").rglob("*")) if path.is_file()]
    return dict(
        one
        for path in files
        for one in texts(path.read_bytes(), path.relative_to(folder).as_posix())
    )


def numbers_in(name: str, text: str) -> set[int]:
    """List the whole numbers that a reader sees in a text."""
    if ".pptx/" in name:
        if "/slides/" in name or "notesSlides" in name:
            text = " ".join(
                re.findall(r"<a:t>([^<]*)</a:t>|descr=\"([^\"]*)\"", text)
                and [
                    "".join(one)
                    for one in re.findall(r"<a:t>([^<]*)</a:t>|descr=\"([^\"]*)\"", text)
                ]
            )
        elif "charts/chart" in name:
            text = " ".join(re.findall(r"<c:v>([^<]*)</c:v>", text))
        elif "sheet" in name or "sharedStrings" in name:
            text = " ".join(
                re.findall(r"<v>([^<]*)</v>|<t[^>]*>([^<]*)</t>", text)
                and [
                    "".join(one) for one in re.findall(r"<v>([^<]*)</v>|<t[^>]*>([^<]*)</t>", text)
                ]
            )
        else:
            return set()
    elif name.endswith(".csv"):
        lines = text.splitlines()
        kept = [
            at
            for at, column in enumerate(lines[0].split(";"))
            if column.strip('"\ufeff') not in _NO_COUNTS
        ]
        text = " ".join(
            ";".join(cells[at] for at in kept if at < len(cells))
            for cells in (line.split(";") for line in lines[1:])
        )
    elif name.endswith(".html"):
        text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", text, flags=re.DOTALL)
        text = re.sub(r"data:[^\"')]*", " ", text)
        text = " ".join(
            [
                *re.findall(r"(?:alt|title|aria-label)=\"([^\"]*)\"", text),
                re.sub(r"<[^>]*>", " ", text),
            ]
        )
    text = re.sub(r"\d{1,2} [a-z]+ \d{4}|\d{4}-\d\d-\d\d|\d{1,2} [a-z]{3,9}\b", " ", text)
    plain = re.sub(r"(?<=\d)\.(?=\d{3}\b)", "", text)
    return {int(one) for one in re.findall(r"(?<![\d.,])\d+(?![\d,.]*\d)", plain)}


_NO_COUNTS = {
    "geometry",
    "wkt",
    "area_code",
    "cell_id",
    "place_id",
    "parent_code",
    "inhabitants",
    "households",
    "indeling_jaar",
    "finding_id",
    "schouw_id",
    "action_id",
    "photo_id",
    "number",
    "schouw_date",
    "due",
    "start",
    "end",
    "location_text",
    "description",
    "task",
    "taken_at",
    "received_at",
    "since",
    "age_days",
    "name",
    "x",
    "y",
    "lon",
    "lat",
    "gemeentecode",
}


@pytest.mark.parametrize(
    "audience", ["partner", pytest.param("openbaar", marks=pytest.mark.calibrate)]
)
def test_no_true_count_is_in_anything_that_leaves(
    audience: str, sample_briefing, tmp_path: Path
) -> None:
    """Of the sample: true counts that are no multiple of five and in no released table."""
    if audience == "partner":
        made, given = sample_briefing.run, replace(sample_briefing.inputs, photos=None)
    else:
        settings = ipg.Settings.sample().changed(audience=audience, folder=tmp_path)
        made, given = pipeline.run(settings), inputs.read(settings, photo_folder=None)
    true = results.compute(given, lambda _: None)
    secret = {
        len(given.now),
        len(given.incidents),
        given.n_read,
        given.n_sensitive,
        given.n_outside,
    }
    for table in true.tables.values():
        for name in ("n", "n_before", "n_last_year", "n_after", "n_persons"):
            if name in table and name in _COUNTED:
                secret |= {int(one) for one in pd.to_numeric(table[name]).dropna()}
    for report in made.reports.values():
        secret |= {report.n_read, report.n_used, report.n_rejected}
    secret = {one for one in secret if one >= SMALLEST and one % 5}
    shown = told(made.folder)
    both = [one for one in (*true.methods, *true.limits) if isinstance(one, Counted)]
    lines = [one.counted for one in both if one.counted != one.uncounted]
    assert len(lines) > 5
    assert [one for one in lines for text in shown.values() if one in text] == []
    assert len(shown) > 20
    allowed = _allowed(made)
    found = {
        name: sorted((numbers_in(name, text) & secret) - allowed) for name, text in shown.items()
    }
    assert {name: some for name, some in found.items() if some} == {}


_COUNTED = ("n", "n_before", "n_last_year", "n_after", "n_persons")


def _allowed(made: pipeline.Run) -> set[int]:
    """List numbers that are no counts of incidents: of the schouw, photos, months and hours."""
    tables = [made.tables[one].astype("str").fillna("") for one in ("acties", "bevindingen")]
    words = [word for table in tables for column in table for word in table[column]]
    return {*range(1, 25), *(int(one) for one in re.findall(r"\b\d{1,3}\b", " ".join(words)))}
