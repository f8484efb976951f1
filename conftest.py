"""Keep everything that is tested, notebooks and docstrings too, out of the user's register."""

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

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


@pytest.fixture(scope="module", autouse=True)
def register_of_the_module() -> Iterator[Path]:
    """Give what a file of tests makes once a register of its own."""
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
