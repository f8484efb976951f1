"""What the README promises works as it stands there."""

import os
import re
import tomllib
from pathlib import Path


def blocks(root: Path, language: str, name: str = "README.md") -> list[str]:
    """Give the blocks of code in a document."""
    text = (root / name).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


def test_the_notebook_example_runs(root: Path, monkeypatch) -> None:
    monkeypatch.chdir(root)
    (example,) = blocks(root, "python")
    assert len([line for line in example.splitlines() if line.strip()]) <= 7
    names: dict = {}
    exec(example, names)
    assert names["verslag"].n_rejected > 0
    assert {"new", "busy"} <= set(names["plekken"]["claim"])
    assert names["plekken"]["name"].str.len().min() > 0


def test_the_settings_in_the_readme_are_settings(root: Path) -> None:
    from ipgtools.settings import Settings

    (example,) = blocks(root, "toml")
    settings = Settings.of(tomllib.loads(example))
    assert settings.when.days == 91


def test_every_setting_is_explained(root: Path) -> None:
    from ipgtools import settings

    text = (root / "docs" / "instellingen.md").read_text(encoding="utf-8")
    parts = (settings.Input, settings.Area, settings.Span, settings.Crs, settings.Analysis,
             settings.Schouw, settings.Gazetteer, settings.Output, settings.Privacy,
             settings.Papers, settings.Purpose, settings.Purposes,
             settings.Retention)  # fmt: skip
    missing = [
        name for part in parts for name in part.model_fields if not re.search(rf"\b{name}\b", text)
    ]
    assert missing == []


def test_every_link_leads_somewhere(root: Path) -> None:
    for document in [
        root / "README.md",
        *(root / "docs").glob("*.md"),
        root / "notebooks/README.md",
    ]:
        for target in re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_every_module_of_the_house_is_in_the_map_for_developers(root: Path) -> None:
    text = (root / "docs" / "ontwikkelen.md").read_text(encoding="utf-8")
    modules = {
        path.name.removesuffix(".py")
        for path in (root / "ipgtools").iterdir()
        if not path.name.startswith(("_", "py."))
    }
    assert {name for name in modules if f"`{name}`" not in text} == set()


def test_make_knows_both_commands(root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^briefing:", makefile, flags=re.MULTILINE)
    assert re.search(r"^test:", makefile, flags=re.MULTILINE)
    assert os.access(root / ".ci" / "run", os.X_OK)
