"""
Hold what the notebooks promise: thin, Dutch, and stored without a trace of any data.

That they run is seen when `make test` executes them; that their numbers are those of a briefing
is tested here and in test_study.
"""

import ast
import re
from itertools import pairwise
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
    assert headings[-1] == "## Nu u"
    assert [line for line in headings[:-1] if not line.endswith("?")] == []


@each
def test_every_question_is_followed_by_its_code(path):
    """Only the last heading, with exercises, has none."""
    book = nbformat.read(path, as_version=4)
    for cell, following in pairwise(book.cells):
        asked = re.findall(r"^## .+\?$", cell.source, flags=re.MULTILINE)
        assert len(asked) <= 1, cell.id
        assert not asked or following.cell_type == "code", cell.id


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
def test_the_first_code_cell_loads_and_says_how_to_load_files_of_ones_own(path):
    lines = cells(path, "code")[0].source.splitlines()
    assert lines[:2] == ["import ipgtools as ipg", ""]
    assert re.fullmatch(
        r'studie = ipg\.load\("sample"(, audience="\w+")?\)'
        r'  # eigen bestanden: ipg\.load\((audience="\w+")?\)',
        lines[2],
    )
    code = "\n".join(cell.source for cell in cells(path, "code"))
    assert code.count("ipg.load(") == 2


@each
def test_nothing_is_taken_from_inside_the_package(path):
    """What an analyst needs is public: no imports of the pipeline or of Dutch words."""
    for cell in cells(path, "code"):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.ImportFrom):
                assert not node.module.startswith("ipgtools"), cell.id
            elif isinstance(node, ast.Import):
                names = [one.name for one in node.names if one.name.startswith("ipgtools")]
                assert names in ([], ["ipgtools"]), cell.id
        used = set(re.findall(r"ipg\.nl\.(\w+)", cell.source))
        assert used <= {"period", "date", "number"}, cell.id
        assert "._" not in cell.source, cell.id
        assert "ipg.pipeline" not in cell.source or path.stem == "06_briefing", cell.id


def test_no_two_notebooks_share_a_cell_but_the_one_that_loads():
    seen: dict[str, str] = {}
    for path in NOTEBOOKS:
        for cell in cells(path, "code")[1:]:
            assert seen.setdefault(cell.source, path.stem) == path.stem, cell.id


@each
def test_a_notebook_ends_with_exercises_and_leads_on(path):
    last = nbformat.read(path, as_version=4).cells[-1]
    assert last.cell_type == "markdown"
    exercises = re.findall(r"^(\d)\. ", last.source.partition("## Nu u")[2], flags=re.MULTILINE)
    assert exercises in (["1"], ["1", "2"])
    at = NAMES.index(path.name)
    following = NAMES[(at + 1) % len(NAMES)]
    link = re.findall(r"\[(.+?)\]\((\d\d_\w+\.ipynb)\)", last.source)
    assert [target for _, target in link] == [following]
    title = cells(FOLDER / following, "markdown")[0].source.splitlines()[0].removeprefix("# ")
    assert link[0][0] == title


@each
def test_links_lead_somewhere(path):
    for cell in cells(path, "markdown"):
        for target in re.findall(r"\]\(([^)#]+)\)", cell.source):
            assert (FOLDER / target).exists(), f"{cell.id}: {target}"


@each
def test_nothing_is_tested_in_a_notebook(path):
    """An assert says only which file is needed."""
    for cell in cells(path, "code"):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Assert):
                assert node.msg is not None, cell.id
                assert ast.unparse(node.test).endswith("is not None"), cell.id


@each
def test_what_a_notebook_saves_stays_out_of_git(path):
    for cell in cells(path, "code"):
        saved = re.findall(r"ipg\.save\(.*?\"(\S+)\"\)", cell.source, flags=re.DOTALL)
        assert [name for name in saved if not name.startswith("../out/")] == [], cell.id
    assert "out/" in (FOLDER.parent / ".gitignore").read_text("utf-8").split()


def test_the_week_shows_selecting_and_saving():
    code = "\n".join(cell.source for path in NOTEBOOKS for cell in cells(path, "code"))
    for shown in (
        "ipg.select(",
        'category="woninginbraak"',
        "area=",
        "period.last_year()",
        "ipg.save(",
        ".gpkg",
        ".xlsx",
        "repeats.places(",
        "near_repeats(",
        "progress=",
    ):
        assert shown in code, shown


@each
def test_a_styled_table_runs_nothing_that_stands_in_a_file(path):
    """A pandas Styler, unlike a plain table, writes HTML from a file as it stands."""
    for cell in cells(path, "code"):
        if ".style." in cell.source:
            assert 'escape="html"' in cell.source, cell.id


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
