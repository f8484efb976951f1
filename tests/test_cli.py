"""The command line says in Dutch what it did, and never shows a traceback."""

import html
import re
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import flat

from ipgtools import cli
from ipgtools.nl import errors as dutch

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"


def test_every_error_code_has_a_dutch_text(root: Path) -> None:
    """A new error is not finished before the coach can read it."""
    used = {
        code
        for path in (root / "ipgtools").rglob("*.py")
        for code in re.findall(r'\bcode="(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert used - set(dutch.TEXTS) == set()


def test_every_fact_a_dutch_text_needs_is_in_the_error(root: Path) -> None:
    """Facts are given where the error is raised, as keywords next to the code."""
    sources = [path.read_text(encoding="utf-8") for path in (root / "ipgtools").rglob("*.py")]
    whole = "\n".join(sources)
    named = {*re.findall(r"(\w+)\s*[=:]", whole), *re.findall(r"[\"'](\w+)[\"']", whole)}
    named |= set(re.findall(r"\w+", " ".join(re.findall(r"def \w+\((.*)", whole))))
    for code, text in dutch.TEXTS.items():
        for fact in re.findall(r"{(\w+)}", text):
            assert fact in named, (code, fact)


@pytest.mark.parametrize(
    "command", [[], ["check"], ["briefing"], ["audit"], ["purge"], ["key"], ["sample"]]
)
def test_help_is_dutch(command: list[str], capsys) -> None:
    assert cli.run([*command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "Gebruik:" in shown
    for english in (
        "Usage",
        "Options",
        "Arguments",
        "Show this",
        "default",
        "required",
        "Commands",
    ):
        assert english not in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["briefing", "--pad"], "De optie --pad bestaat niet"),
        (["brifing"], "De opdracht brifing bestaat niet"),
        (["check"], "Er ontbreekt iets: BESTAND"),
        (["briefing", "--config", "weg.toml"], "De instellingen weg.toml bestaan niet"),
        (["sample", "map", "--incidents", "5"], "van 1.000 tot 10.000.000, niet 5"),
        (["sample", "map", "--incidents", "veel"], "AANTAL klopt niet"),
        (["check", "weg.csv"], "Het bestand weg.csv bestaat niet"),
        (["briefing", "--config", str(SAMPLE / "ipg.toml"), "--audience", "pers"],
         "Het publiek 'pers' is onbekend. Kies uit: openbaar, partner, politie, burgemeester"),
    ],
)  # fmt: skip
def test_what_the_user_can_mend_is_said_in_dutch_with_code_2(
    arguments: list[str], said: str, capsys, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(arguments) == 2
    captured = capsys.readouterr()
    assert said in flat(captured.err)
    assert "Traceback" not in captured.err + captured.out
    assert list(tmp_path.iterdir()) == []


def test_a_fault_of_ours_is_no_traceback_either(capsys, monkeypatch) -> None:
    from ipgtools import pipeline

    def fail(*_: object, **__: object) -> None:
        msg = "iets onverwachts"
        raise RuntimeError(msg)

    monkeypatch.setattr(pipeline, "check", fail)
    assert cli.run(["check", str(SAMPLE / "buurten.geojson")]) == 1
    assert "iets onverwachts" in capsys.readouterr().err


def test_check_prints_the_read_report(capsys) -> None:
    assert cli.run(["check", str(SAMPLE / "incidenten.csv.gz")]) == 0
    shown = capsys.readouterr().out
    assert "20.000 rijen gelezen, 19.910 gebruikt, 90 afgekeurd" in shown
    assert "coördinaten zijn 0,0" in shown


@pytest.fixture(scope="module")
def printed(sample_briefing) -> str:
    """Give what `ipgtools briefing` prints about the sample."""
    return sample_briefing.printed


def test_briefing_says_what_it_read_what_stands_out_what_it_left_out_and_made(printed) -> None:
    order = ("20.000 rijen gelezen", "in deze periode", "Wat valt op:", "Weggelaten:",
             "Klaar. De briefing staat in", "map delen mag naar", ".pptx",
             "map intern blijft hier")  # fmt: skip
    found = [printed.find(words) for words in order]
    assert -1 not in found
    assert found == sorted(found)
    for path in re.findall(r"^\s+(\S+\.(?:pptx|html))$", printed, flags=re.MULTILINE):
        assert Path(path).is_file()


def test_the_highlights_that_are_printed_are_those_of_the_page(printed) -> None:
    """Sentence by sentence: who reads the terminal only has missed nothing that stands out."""
    told = re.search(r"Wat valt op:\n((?:  - .*\n)+)", printed)
    assert told is not None
    sentences = [line.removeprefix("  - ") for line in told[1].splitlines()]
    (page,) = re.findall(r"^\s+(\S+briefing_\S+\.html)$", printed, flags=re.MULTILINE)
    text = html.unescape(Path(page).read_text(encoding="utf-8"))
    assert [sentence for sentence in sentences if sentence not in text] == []


def test_the_sample_briefing_tells_what_was_planted(printed) -> None:
    """As docs/voorbeeldgegevens.md says: a rise, two lasting places, hours and a fall."""
    told = printed[printed.index("Wat valt op:") : printed.index("Weggelaten:")]
    planted = ("Autokraak steeg", "Gronausestraat", "vrijdag- en zaterdag", "Oostveenweg",
               "Naaldsteeg", "Fiets- en brommerdiefstal daalde")  # fmt: skip
    assert [words for words in planted if words not in told] == []


@pytest.mark.usefixtures("no_pictures")
def test_sample_writes_a_town_that_makes_a_briefing(capsys, tmp_path: Path) -> None:
    town, out = tmp_path / "stad", tmp_path / "uit"
    assert cli.run(["sample", str(town), "--incidents", "5000"]) == 0
    assert "5.000 incidenten" in capsys.readouterr().out
    assert cli.run(["briefing", "--config", str(town / "ipg.toml"), "--out", str(out)]) == 0
    (made,) = (path for path in out.iterdir() if path.is_dir())
    assert (made / "intern" / "manifest.json").is_file()


def test_the_module_runs_as_a_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ipgtools.cli", "--version"], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert re.fullmatch(r"ipgtools \d+\.\d+\.\d+\n", done.stdout)


def test_nothing_is_printed_but_by_the_command_line(root: Path) -> None:
    """Functions return what they found; only the command line says it."""
    printing = [
        path.name
        for path in (root / "ipgtools").rglob("*.py")
        if re.search(r"^\s*print\(", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    ]
    assert printing == []
