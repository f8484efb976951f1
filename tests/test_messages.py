"""What readers say is in one catalogue; code knows codes and facts, not its own words."""

import ast
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import ipgtools as ipg
from ipgtools.io.report import no_rejects, with_reasons
from ipgtools.nl import errors, messages
from ipgtools.nl.messages import message

PARTS = (
    "rejected", "rejected_schouw", "rejected_photos", "found", "notes", "parts", "briefing",
    "cautions", "warnings",
)  # fmt: skip
SENTENCES = {"reading", "methods", "schouw_notes", "read_report", "schouw", "signalen"}
"""Modules of `nl` that hold sentences."""
SEARCHES = {"isin", "contains", "startswith", "match", "fullmatch", "eq"}


def placeholders(text: str) -> dict[str, set[str]]:
    """Give the names between braces of a text, with how each is written."""
    found: dict[str, set[str]] = {}
    for _, name, form, _ in string.Formatter().parse(text):
        if name is not None:
            found.setdefault(name, set()).add(form or "")
    return found


@cache
def modules(root: Path) -> list[tuple[Path, ast.Module]]:
    """Read the package once."""
    return [
        (path.relative_to(root), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted((root / "ipgtools").rglob("*.py"))
    ]


def made(root: Path) -> Iterator[tuple[str, str, set[str]]]:
    """Find every message that code makes: where, its code (or how it begins) and its facts."""
    for path, tree in modules(root):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id != "message" or not node.args:
                continue
            facts = {str(one.arg) for one in node.keywords}
            for code in codes_in(node.args[0]):
                yield f"{path}:{node.lineno}", code, facts


def codes_in(node: ast.expr) -> list[str]:
    """Give the codes that an expression can be; one that ends in * for what begins so."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        return codes_in(node.body) + codes_in(node.orelse)
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        return [f"{node.values[0].value}*"]
    return ["*"]


def fits(code: str, pattern: str) -> bool:
    return code == pattern or (pattern.endswith("*") and code.startswith(pattern[:-1]))


def facts_for(text: str, n: int) -> dict[str, Any]:
    """Make facts of the right kind for a text: numbers where it asks for them."""
    facts: dict[str, Any] = {}
    for name, forms in placeholders(text).items():
        if "%" in forms or "1" in forms:
            facts[name] = 0.87
        elif forms & {"d"} or any("|" in one for one in forms):
            facts[name] = n
        else:
            facts[name] = ["Kerkstraat", "Markt"]
    return facts


@pytest.mark.parametrize("n", [1, 1200])
@pytest.mark.parametrize("code", sorted(messages.templates()))
def test_every_message_can_be_written(code: str, n: int) -> None:
    text = str(message(code, **facts_for(messages.templates()[code], n)))
    assert text
    assert text == text.strip()
    assert not set(text) & set("{}|")
    assert "  " not in text


CHOICES = {
    "settings_invalid": {"faults": [("period.start", "date", "gisteren"), ("x", "odd", "y")]},
    "profile_looser": {"looser": [("cells.size", "100", "200"), ("kinds", "", "health")]},
    "columns_missing": {"columns": "occurred_from, x, other", "likely": "Datum, Dag"},
    "period_reversed": {"start": "2025-09-01 00:00:00", "end": "2025-08-01 00:00:00"},
    "settings_toml": {"text": "pad = “x”", "line": 3, "reason": "odd"},
}
"""Facts of errors of which the text is put together."""


@pytest.mark.parametrize("code", sorted(errors.TEXTS))
def test_every_error_can_be_written(code: str) -> None:
    facts = dict.fromkeys(placeholders(errors.TEXTS[code]), "Kerkstraat")
    facts |= {"examples": "1 mei", "x": "X", "y": "Y", "column": "x", "found": "a", "path": "a.csv"}
    text = errors.say(code, facts | CHOICES.get(code, {}))
    assert text == text.strip()
    assert not set(text) & set("{}")
    assert "  " not in text


@pytest.mark.parametrize("fault", sorted(errors.SETTINGS_FAULTS))
def test_every_fault_of_a_setting_can_be_written(fault: str) -> None:
    text = errors.say("settings_invalid", {"path": "a", "faults": [("a.b", fault, "c")]})
    assert not set(text) & set("{}")


def test_coordinates_in_one_column_are_said_to_be_in_one() -> None:
    facts = {"path": "a.csv", "y": "xy", "crs": "RD", "example": "1, 2"}
    assert "in de kolom xy (bij" in errors.say("xy_outside_file", facts | {"x": "xy"})
    assert "in lon en xy (bij" in errors.say("xy_outside_file", facts | {"x": "lon"})


def test_warnings_and_they_alone_begin_with_let_op() -> None:
    for name in PARTS[:-1]:
        assert not any("Let op" in text for text in messages.section(name).values())
    assert all(text.startswith("Let op: ") for text in messages.section("warnings").values())


def test_no_code_has_two_texts() -> None:
    assert sum(len(messages.section(name)) for name in PARTS) == len(messages.templates())


def test_every_message_that_code_makes_has_a_text_with_these_facts(root: Path) -> None:
    """A text that asks for a fact that isn't given fails here, not where a coach reads it."""
    wrong = []
    for where, code, facts in made(root):
        known = [one for one in messages.templates() if fits(one, code)]
        if not known:
            wrong.append(f"{where}: {code} has no text")
        if not code.endswith("*"):
            asked = set(placeholders(messages.templates()[code])) if known else set()
            if asked != facts:
                wrong.append(f"{where}: {code} asks for {asked} and gets {facts}")
    assert wrong == []


def test_texts_of_a_family_ask_for_the_facts_that_are_given(root: Path) -> None:
    """Where only the begin of a code is fixed, all texts that begin so take the same facts."""
    families = {
        code: facts
        for _, code, facts in made(root)
        if len(code) > 1 and code[-1] == "*" and "None" not in facts  # with ** they are not known
    }
    assert families
    for start, facts in families.items():
        for code, text in messages.templates().items():
            if fits(code, start):
                assert set(placeholders(text)) <= facts, code


def test_every_text_is_used(root: Path) -> None:
    """A code that nothing gives has no place in the catalogue."""
    given = {code for _, code, _ in made(root) if code != "*"}
    strings = {
        node.value
        for path, tree in modules(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    unused = [
        code
        for code in messages.templates()
        if code not in strings and not any(fits(code, one) for one in given)
    ]
    assert unused == []


def test_every_code_that_rows_are_rejected_for_has_a_text(root: Path) -> None:
    found = set()
    for _, tree in modules(root):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            owner = node.func.value
            if node.func.attr == "where" and isinstance(owner, ast.Name) \
                    and owner.id in {"collected", "seen"} and len(node.args) > 2:  # fmt: skip
                found |= {one for one in codes_in(node.args[2]) if not one.endswith("*")}
    assert len(found) > 10
    assert found <= set(messages.rejections())


def test_a_code_without_a_text_is_a_fault_of_the_reader() -> None:
    rows = no_rejects()
    rows.loc[0] = [1, "x", "", "no_such_code"]
    with pytest.raises(KeyError, match="no_such_code"):
        with_reasons(rows)


def test_rejected_rows_have_a_code_and_its_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "incidentnummer;begin;x;y\n1;1-9-2025;257000;471000\n2;1-9-2025;;\n3;1-9\n", "utf-8"
    )
    _, report = ipg.read_incidents(path)
    assert report.rejected.columns.tolist() == ["source_row", "column", "found", "code", "reason"]
    assert report.rejected["code"].tolist() == ["xy_missing", "columns"]
    assert report.rejected["reason"].tolist() == [
        messages.rejections()[code] for code in report.rejected["code"]
    ]
    assert report.rejected["found"].tolist()[1].startswith("2 in plaats van 4")
    assert report.reasons()["code"].tolist() == ["xy_missing", "columns"]


def test_rewording_a_text_changes_no_count(tmp_path: Path, monkeypatch: Any) -> None:
    """What is counted, merged and warned about hangs on codes: nonsense words give the same."""
    for name, rows in (("a", "1;1-9-2025;257000;471000\n2;1-9-2025;;\n3;1-9\n4;1-9\n5;1\n6\n"),
                       ("b", "1;1-9-2025;257000;471000\n7;1-9-2025;0;0\n")):  # fmt: skip
        (tmp_path / f"{name}.csv").write_text(f"incidentnummer;begin;x;y\n{rows}", "utf-8")
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]

    def read() -> tuple[Any, ...]:
        incidents, report = ipg.read_incidents(paths)
        counts = report.details["quality"]["n_without_point"]
        merged = next(one for one in report.messages if one.code == "merged")
        return len(incidents), counts, dict(merged.facts), report.doubts()

    before = read()
    assert before[2] == {"n_files": 2, "n_double": 1}
    nonsense = {
        name: {code: f"{code} bla" for code in texts}
        if name.startswith("rejected")
        else {
            code: "bla" + "".join(f"{{{one}}}" for one in placeholders(text))
            for code, text in texts.items()
        }
        for name, texts in messages._read().items()
    }
    monkeypatch.setattr(messages, "_read", lambda: nonsense)
    messages.templates.cache_clear()
    try:
        assert read() == before
    finally:
        monkeypatch.undo()
        messages.templates.cache_clear()


def test_no_reader_compares_or_parses_its_own_words(root: Path) -> None:
    """Reasons and notes are for people: in readers nothing tests, matches or counts their text."""
    wrong = []
    for path, tree in modules(root):
        if path.parts[1] not in {"io", "schouw", "photos", "cases", "retention", "pipeline"}:
            continue
        sentences = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "ipgtools.nl"
            for alias in node.names
            if alias.name in SENTENCES and path.parts[1] == "io"
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Compare):
                parts = (node.left, *node.comparators)
                if any(is_text_of_a_report(one) or is_call_of(one, sentences) for one in parts):
                    wrong.append(f"{path}:{node.lineno} compares words")
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                if isinstance(owner, ast.Attribute) and owner.attr == "str":
                    owner = owner.value
                searches = node.func.attr in SEARCHES
                if searches and any(map(is_text_of_a_report, (owner, *node.args))):
                    wrong.append(f"{path}:{node.lineno} searches words")
    assert wrong == []


def is_text_of_a_report(node: ast.expr) -> bool:
    """Return whether it is ``….notes``, ``…["reason"]`` of rejected rows, or text of a message."""
    if isinstance(node, ast.Attribute) and node.attr in {"notes", "reason"}:
        return isinstance(node.value, ast.Name) and node.value.id in {"report", "row"}
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return node.slice.value == "reason" and "rejected" in ast.unparse(node.value)
    return False


def is_call_of(node: ast.expr, names: set[str]) -> bool:
    """Return whether it calls a function that makes a sentence, or is such a sentence."""
    if isinstance(node, ast.Call):
        node = node.func
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) \
        and node.value.id in names  # fmt: skip


def test_no_module_of_words_reads_them_back(root: Path) -> None:
    """Sentences are made, never taken apart: modules that make them of facts need no `re`."""
    for name in ("messages", "reading", "schouw_notes", "read_report", "methods", "register"):
        tree = ast.parse((root / "ipgtools" / "nl" / f"{name}.py").read_text(encoding="utf-8"))
        imported = {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.Import)
            for alias in node.names
        }
        assert "re" not in imported, name
