"""A part that is not installed is named, with the extra that installs it; the rest works."""

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from test_photos import heic
from test_schouw_scans import pdf

from ipgtools import _extras
from ipgtools.errors import IpgError
from ipgtools.nl import errors
from ipgtools.photos import read_photos
from ipgtools.schouw import read_schouw

NAMES = {"PIL": "pillow", "docx": "python-docx", "pptx": "python-pptx", "sklearn": "scikit-learn"}

COME_ALONG = {"branca", "lxml", "markupsafe", "pydantic-core"}
"""Parts of folium, python-pptx, jinja2 and pydantic, installed with them."""


def told(error: IpgError) -> str:
    """Give the Dutch text of an error."""
    return errors.say(error.code, error.facts)


def packages(lines: list[str]) -> set[str]:
    """Give the names of packages without bounds."""
    return {re.match(r"[\w-]+", line)[0].lower() for line in lines}


@pytest.fixture(scope="module")
def project() -> dict:
    """Give the project's table of pyproject.toml."""
    path = Path(__file__).parents[1] / "pyproject.toml"
    return tomllib.loads(path.read_text("utf-8"))["project"]


def imported(root: Path) -> set[str]:
    """Give the packages that the code imports by a statement."""
    found = set()
    for path in (root / "ipgtools").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"ipgtools"}


def test_what_is_imported_by_a_statement_is_always_installed(root, project):
    """A package of an extra is asked for by `_extras.require`, which says how to get it."""
    core = packages(project["dependencies"])
    known = {NAMES.get(name, name).replace("_", "-") for name in imported(root)}
    assert known - core == COME_ALONG


@pytest.mark.parametrize("module", _extras.EXTRAS)
def test_a_missing_package_is_named_with_its_extra(module, monkeypatch, project):
    """In Dutch, as one would type it; and the extra does install the package."""
    package, extra = _extras.EXTRAS[module]
    monkeypatch.setitem(sys.modules, module, None)
    assert not _extras.is_installed(module)
    with pytest.raises(IpgError) as found:
        _extras.require(module)
    assert f"pip install ipgtools[{extra}]" in told(found.value)
    assert package in told(found.value)
    assert package in packages(project["optional-dependencies"][extra])
    assert module in metadata.packages_distributions()


def test_a_briefing_needs_no_jupyter_nor_any_package_of_an_extra(project):
    """They are in extras only, and `all` has every extra for users."""
    extras = project["optional-dependencies"]
    (every,) = extras["all"]
    users = set(re.findall(r"[\w-]+", every)[1:])
    assert users == extras.keys() - {"all", "test", "docs", "benchmarks"}
    optional = {name for extra in users for name in packages(extras[extra])}
    assert {"jupyterlab", "ipykernel", "pdfplumber", "pillow-heif"} <= optional
    assert optional & packages(project["dependencies"]) == set()


def test_a_pdf_without_the_extra_is_refused_with_its_name(tmp_path, monkeypatch):
    """Before anything of the file is read."""
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    (tmp_path / "a.pdf").write_bytes(pdf("Beukenlaan 4: heg snoeien"))
    with pytest.raises(IpgError) as found:
        read_schouw(tmp_path / "a.pdf")
    assert "ipgtools[ocr]" in told(found.value)


def test_photos_that_ask_for_the_extra_are_rejected_with_its_name(tmp_path, monkeypatch):
    """One by one: the other photos of the folder are read."""
    for module in ("oxmsg", "pillow_heif"):
        monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / "a.heic").write_bytes(heic())
    (tmp_path / "b.msg").write_bytes(b"\xd0\xcf\x11\xe0" * 99)
    _, report = read_photos(tmp_path, tmp_path / "out")
    assert report.rejected["reason"].str.contains("ipgtools[photos]", regex=False).all()
    assert len(report.rejected) == 2
