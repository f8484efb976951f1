"""The documentation site names every guide, and every public module has a page."""

import ast
import runpy
from pathlib import Path

import pytest

import ipgtools as ipg

DOCS = Path(__file__).parent.parent / "docs"
pages = runpy.run_path(str(DOCS / "api_pages.py"))


def test_each_guide_is_in_the_index():
    index = (DOCS / "index.md").read_text("utf-8").split()
    guides = {path.stem for path in DOCS.glob("*.md")} - {"index"}
    assert guides <= set(index)


def test_each_public_module_has_a_page():
    internal = {"nl", "schemas", "services"}
    assert set(pages["modules"]()) == ipg._MODULES - internal


@pytest.mark.parametrize("name", list(pages["modules"]()))
def test_each_page_lists_what_the_module_offers(name: str):
    found = pages["members"](name)
    assert found
    assert all(getattr(getattr(ipg, name), one).__doc__ for one in found)


def test_pages_and_gallery_are_written_anew(tmp_path: Path):
    old = tmp_path / "api" / "gone.rst"
    old.parent.mkdir()
    old.write_text("old", "utf-8")
    pages["write"](old.parent)
    assert not old.exists()
    assert "autofunction:: knox" in (old.parent / "repeats.rst").read_text("utf-8")
    pages["write_gallery"](DOCS.parent / "notebooks", tmp_path / "gallery")
    gallery = list((tmp_path / "gallery").glob("*.ipynb"))
    assert len(gallery) == len(list((DOCS.parent / "notebooks").glob("*.ipynb")))
    assert not any("(../docs/" in path.read_text("utf-8") for path in gallery)


def test_the_stub_for_editors_has_the_names_that_are_loaded():
    stub = ast.parse(Path(ipg.__file__).with_suffix(".pyi").read_text("utf-8"))
    named = {
        (node.module, alias.asname)
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    modules = {("ipgtools", name) for name in ipg._MODULES}
    assert named == modules | {(f"ipgtools.{home}", name) for name, home in ipg._NAMES.items()}
