"""
Hold what the notebooks promise: thin, Dutch, and stored without a trace of any data.

That they run, and end at the numbers of the pipeline, is seen when `make test` executes them.
"""

import ast
import re
from pathlib import Path

import nbformat
import pytest

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
NAMES = [
    "01_inlezen.ipynb",
    "02_hotspots.ipynb",
    "03_tijd_en_herhaling.ipynb",
    "04_veelplegers.ipynb",
    "05_schouw.ipynb",
    "06_briefing.ipynb",
    "07_patronen.ipynb",
    "08_scherper_kijken.ipynb",
]
LONGEST_CELL = 12
ENGLISH = re.compile(
    r"\b(the|and|this|that|which|with|from|your|are|have|should|shows?|incidents)\b", re.IGNORECASE
)
each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells(path: Path, kind: str) -> list[nbformat.NotebookNode]:
    """Give the cells of a notebook of one kind: "code" or "markdown"."""
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def test_the_notebooks_follow_the_working_week():
    assert [path.name for path in NOTEBOOKS] == NAMES


def test_the_readme_tells_which_notebook_answers_which_question():
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\((\d\d_\w+\.ipynb)\)", readme) == NAMES


@each
def test_a_notebook_is_valid_and_fit_for_any_jupyter(path):
    book = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(book)
    assert (book.nbformat, book.nbformat_minor) == (4, 5)
    assert book.metadata.kernelspec.name == "python3"
    assert set(book.metadata) == {"kernelspec", "language_info"}


@each
def test_nothing_of_a_run_is_stored(path):
    for cell in cells(path, "code"):
        assert cell.outputs == []
        assert cell.execution_count is None
    book = nbformat.read(path, as_version=4)
    assert all(cell.metadata == {} for cell in book.cells)
    assert "attachments" not in path.read_text(encoding="utf-8")


@each
def test_cells_are_named_by_subject_and_place(path):
    book = nbformat.read(path, as_version=4)
    subject = path.stem[3:].replace("_", "-")
    assert [cell.id for cell in book.cells] == [
        f"{subject}-{at:02d}" for at in range(1, len(book.cells) + 1)
    ]


@each
def test_code_cells_are_short_and_define_nothing(path):
    for cell in cells(path, "code"):
        lines = cell.source.splitlines()
        assert len(lines) <= LONGEST_CELL, cell.id
        assert max(map(len, lines)) <= 100, cell.id
        defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
        assert not [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, defined)]


@each
def test_every_part_asks_a_question(path):
    headings = [
        line
        for cell in cells(path, "markdown")
        for line in cell.source.splitlines()
        if line.startswith("#")
    ]
    assert headings[0].startswith(f"# {int(path.stem[:2])}. ")
    assert [line for line in headings if not line.endswith("?")] == []


@each
def test_the_prose_is_dutch(path):
    for cell in cells(path, "markdown"):
        prose = re.sub(r"`[^`]*`", "", cell.source)
        assert ENGLISH.findall(prose) == [], cell.id


@each
def test_no_figure_in_the_prose_can_go_stale(path):
    for cell in cells(path, "markdown"):
        prose = re.sub(r"`[^`]*`|^#.*$", "", cell.source, flags=re.MULTILINE)
        assert re.findall(r"\d{3,}|\d+ ?%", prose) == [], cell.id


@each
def test_a_notebook_names_no_machine_and_no_address(path):
    text = path.read_text(encoding="utf-8")
    assert "http" not in text
    for cell in cells(path, "code"):
        texts = [
            node.value
            for node in ast.walk(ast.parse(cell.source))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        assert [one for one in texts if re.match(r"/|~|[A-Za-z]:[\\/]", one)] == [], cell.id


@each
def test_the_first_code_cell_says_how_to_use_files_of_ones_own(path):
    first = cells(path, "code")[0].source
    assert "settings = ipg.Settings.sample()" in first
    assert '# Eigen gegevens: settings = ipg.Settings.read("../ipg.toml")' in first


@each
def test_a_notebook_ends_by_asking_whether_the_briefing_says_the_same(path):
    book = nbformat.read(path, as_version=4)
    asked = [
        at for at, cell in enumerate(book.cells) if "## Klopt dit met de briefing?" in cell.source
    ]
    assert len(asked) == 1
    rest = [cell for cell in book.cells[asked[0] :] if cell.cell_type == "code"]
    assert rest[0].source.startswith("run = ipg.pipeline.analyse(settings)\n")
    assert any("assert" in cell.source for cell in rest)
    assert not any("## " in cell.source for cell in book.cells[asked[0] + 1 :])
    code = "\n".join(cell.source for cell in cells(path, "code"))
    assert code.count("pipeline.analyse(") == 1


@each
def test_a_styled_table_runs_nothing_that_stands_in_a_file(path):
    """A pandas Styler, unlike a plain table, writes HTML from a file as it stands."""
    for cell in cells(path, "code"):
        if ".style." in cell.source:
            assert 'escape="html"' in cell.source or "**opmaak" in cell.source, cell.id


@each
def test_offences_are_counted_and_never_shown(path):
    """The table of persons is only asked for, or given to a count per area."""
    for cell in cells(path, "code"):
        tree = ast.parse(cell.source)
        fine = {
            id(node.left) if isinstance(node, ast.Compare) else id(node.args[0])
            for node in ast.walk(tree)
            if (isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.IsNot))
            or (isinstance(node, ast.Call) and ast.unparse(node.func) == "ipg.offenders.by_area")
        }
        shown = [
            ast.unparse(node)
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr == "offences" and id(node) not in fine
        ]
        assert shown == [], cell.id
        assert "classify" not in cell.source, cell.id
        assert "read_offences" not in cell.source, cell.id
