"""The page on reading says what the readers do."""

import re
from pathlib import Path

import pytest

from ipgtools.io import columns
from ipgtools.io.incidents import match_columns as incident_columns
from ipgtools.nl import reading
from ipgtools.schouw.parse import classify

PLACE = ("X", "Y")
BESIDE = {
    "occurred_from": PLACE,
    "month": PLACE,
    "year": ("maand", *PLACE),
    "month_number": ("jaar", *PLACE),
    "day": ("jaar", "maand", *PLACE),
    "minute": ("pleegdatum", "uur", *PLACE),
    "x": ("pleegdatum", "Y"),
    "y": ("pleegdatum", "X"),
    "lon": ("pleegdatum", "lat"),
    "lat": ("pleegdatum", "lon"),
    "xy": ("pleegdatum",),
}
"""What a file needs beside a column, where that isn't a date and a place."""


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "inlezen.md").read_text(encoding="utf-8")


def rows(page: str) -> list[list[str]]:
    """Give the cells of the rows of its tables."""
    lines = re.findall(r"^\| (`.+) \|$", page, flags=re.MULTILINE)
    return [[cell.strip().strip("`") for cell in line.split(" | ")] for line in lines]


def test_every_name_on_the_page_is_known_for_what_it_says(page: str) -> None:
    told = {name: examples for name, _, examples in rows(page) if name not in classify.CATEGORIES}
    assert list(told) == [*columns.INCIDENTS, *columns.PARTS]
    for ours, examples in told.items():
        for name in examples.split(", "):
            names = [name, *BESIDE.get(ours, ("pleegdatum", *PLACE))]
            known = incident_columns.recognise(names, source="a.csv")
            assert known.get(ours) == name, (ours, name, known)


def test_every_reason_is_on_the_page(page: str) -> None:
    assert re.findall(r"^- (.+)$", page.split("## Waarom")[1].split("##")[0], re.MULTILINE) == [
        *reading.REASONS.values()
    ]


def test_every_category_is_on_the_page_with_that_of_signalen(page: str) -> None:
    told = {
        code: (name, signalen) for code, name, signalen in rows(page) if code in classify.CATEGORIES
    }
    assert told == classify.CATEGORIES
