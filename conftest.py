"""Keep everything that is tested, notebooks and docstrings too, out of the user's register."""

import gc
import itertools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ipgtools.privacy.secret import SUFFIX
from ipgtools.settings.parts import REGISTER

_COUNTER = itertools.count()
_PATCH = pytest.MonkeyPatch()
_FOLDER = Path(tempfile.mkdtemp(prefix="registers-of-tests-"))
"""Not with the mark of `_scratch`, which removes empty folders of killed runs."""


_SECRET = b"numbers are rounded in one way in tests"
"""With a secret of each register's own, no test could say what a briefing tells."""


def pytest_configure() -> None:
    """Name a register before anything is collected; a notebook's process inherits it."""
    _PATCH.setenv(REGISTER, str(_new()))


def pytest_unconfigure() -> None:
    """Remove all of them."""
    _PATCH.undo()
    shutil.rmtree(_FOLDER, ignore_errors=True)


_TOGETHER = ("test_pipeline.py", "test_cli.py", "test_released_only.py")
"""They look at one briefing of the sample, which each worker makes for itself."""
_LONG = (
    *_TOGETHER, "test_hostile_files.py", "test_sample_told.py", "test_shared.py",
    "test_claims.py", "test_bad_briefings.py", "test_audit_release.py", "test_purge.py",
    "test_folder.py", "test_bad_input.py", "test_kinds_withheld.py", "test_attacks.py",
    "test_wrong_inputs.py",
)  # fmt: skip
"""Begun first, so that no worker is alone with one of them at the end."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first."""
    rank = {name: at for at, name in enumerate(_LONG)}
    items.sort(key=lambda item: rank.get(item.path.name, len(_LONG)))


def pytest_collection_finish() -> None:
    """Keep modules and tests out of each garbage collection: a twentieth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give each worker whole files, in their order, and those that share a briefing to one."""
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            scope = super()._split_scope(nodeid)
            return "sample" if scope.endswith(_TOGETHER) else scope

    config.option.loadscopereorder = False
    return Scheduling(config, log)


@pytest.fixture(scope="module", autouse=True)
def register_of_the_module() -> Iterator[Path]:
    """Give what a file of tests makes once a register of its own."""
    yield from _own()


@pytest.fixture(scope="session")
def register_of_the_session() -> Iterator[Path]:
    """Give what is made once for several files of tests a register of its own."""
    yield from _own()


@pytest.fixture(autouse=True)
def register_of_the_test() -> Iterator[Path]:
    """Give each test a register of its own, and a folder for what is kept beside it."""
    yield from _own()


def _own() -> Iterator[Path]:
    path = _new()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(REGISTER, str(path))
        yield path


def _new() -> Path:
    folder = _FOLDER / str(next(_COUNTER))
    folder.mkdir()
    path = folder / "register.sqlite"
    path.with_suffix(SUFFIX).write_bytes(_SECRET)
    return path
