"""What the tests share: the folder with real data, and one briefing of the sample."""

import contextlib
import io
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("here", deadline=None, derandomize=True, max_examples=20)
settings.register_profile("full", settings.get_profile("here"), max_examples=100)
settings.load_profile("here")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder with real data sets, or skip: a user's checkout has none."""
    folder = Path(os.environ.get("IPGTOOLS_TEST_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the real data sets are not on this machine (looked in {folder})")
    return folder


@dataclass(frozen=True)
class Briefing:
    """What was made of the sample, from what, and what the command line printed of it."""

    run: Any
    inputs: Any
    printed: str
    register: Path


@pytest.fixture(scope="session")
def sample_briefing(
    tmp_path_factory: pytest.TempPathFactory, register_of_the_session: Path
) -> Briefing:
    """Make the briefing of the sample once, on the command line; it is not to be changed."""
    from ipgtools import cli
    from ipgtools.pipeline import output

    write, written, printed = output.write, [], io.StringIO()

    def keep(made: Any, inputs: Any, **options: Any) -> Any:
        written.append((write(made, inputs, **options), inputs))
        return written[-1][0]

    config, out = ROOT / "data" / "sample" / "ipg.toml", tmp_path_factory.mktemp("briefing")
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(printed):
        patch.setattr(output, "write", keep)
        assert cli.run(["briefing", "--config", str(config), "--out", str(out)]) == 0
    ((run, inputs),) = written
    return Briefing(run, inputs, printed.getvalue(), register_of_the_session)


@pytest.fixture
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw nothing, where nobody looks at it."""
    from ipgtools.pipeline import pictures

    monkeypatch.setattr(pictures, "draw", lambda *_, **__: {})


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the top of the repository."""
    return ROOT
