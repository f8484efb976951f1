"""Tests of the page that compares our numbers with other tools: what it leans on exists."""

import re
from pathlib import Path

import pytest

PAGE = "docs/verantwoording.md"


@pytest.fixture(scope="module")
def page(root) -> str:
    return (root / PAGE).read_text(encoding="utf-8")


def test_every_test_that_the_page_names_exists(root, page):
    """A reader who looks up the proof of a number finds it."""
    named = set(re.findall(r"`(test_\w+)`", page))
    written = set()
    for path in Path(root / "tests").glob("test_*.py"):
        written |= set(re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.M))
    assert len(named) > 20
    assert named <= written


def test_every_script_and_picture_that_the_page_names_exists(root, page):
    """Benchmarks that printed its numbers can be run again."""
    scripts = set(re.findall(r"benchmarks/\w+\.py", page))
    pictures = set(re.findall(r"\]\((beeld/[^)]+)\)", page))
    assert scripts
    assert all((root / script).is_file() for script in scripts)
    assert all((root / "docs" / picture).is_file() for picture in pictures)
