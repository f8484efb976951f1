"""The two lists of packages say the same, in words conda understands."""

import re
import tomllib
from pathlib import Path

import pytest
from rattler import MatchSpec

ALIASES = {"matplotlib-base": "matplotlib"}


@pytest.fixture
def conda(root: Path) -> tuple[list[str], list[str]]:
    """Give the lines of environment.yml: those for conda, and those for pip."""
    lines = (root / "environment.yml").read_text().splitlines()
    items = [line for line in lines if line.lstrip().startswith("- ")]
    under_pip = items[[line.strip() for line in items].index("- pip:") + 1 :]
    ours = items[items.index("  - conda-forge") + 1 : -len(under_pip) - 1]
    return [line.strip()[2:] for line in ours], [line.strip()[2:] for line in under_pip]


def test_conda_and_pip_name_the_same_packages(root: Path, conda) -> None:
    """What pyproject.toml asks for stands in environment.yml with the same bound."""
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    (every,) = extras["all"]
    named = {name for extra in re.findall(r"[\w-]+", every)[1:] for name in extras[extra]}
    wanted = {*project["dependencies"], *named, f"python{project['requires-python']}"}
    for_conda, for_pip = conda
    named = {re.sub(r"^[\w-]+", lambda m: ALIASES.get(m[0], m[0]), line) for line in for_conda}
    assert named | set(for_pip) - {"-e ."} == wanted | {"pip"}


def test_every_conda_line_is_in_condas_grammar(conda) -> None:
    """A line that conda would refuse is found here."""
    for line in conda[0]:
        assert MatchSpec(line).name is not None


def test_every_package_has_a_lower_bound(root: Path) -> None:
    """An older release than was tried is never installed."""
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    ours = "ipgtools["
    lines = [line for line in [*project["dependencies"], *extras] if not line.startswith(ours)]
    assert [line for line in lines if ">=" not in line] == []


def test_no_file_names_a_package_registry(root: Path) -> None:
    """Where packages come from is up to the machine."""
    hosts = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|anaconda\.org|deb\.debian")
    texts = ["*.toml", "*.yml", "*.md", "Makefile", ".ci/run", "docs/*.md"]
    named = [
        path.name
        for pattern in texts
        for path in root.glob(pattern)
        if hosts.search(path.read_text(encoding="utf-8"))
    ]
    assert named == []
