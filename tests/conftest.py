"""What the tests share: the folder with real data, and small tables made by hand."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from ipgtools import audit

settings.register_profile("here", deadline=None, derandomize=True, max_examples=40)
settings.load_profile("here")

ROOT = Path(__file__).resolve().parents[1]


def _own_register(folder: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(audit.VARIABLE, str(folder / "register.sqlite"))
        yield


@pytest.fixture(scope="session", autouse=True)
def _register_of_the_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what is made once for all tests out of the user's register."""
    yield from _own_register(tmp_path_factory.mktemp("register"))


@pytest.fixture(scope="module", autouse=True)
def _register_of_the_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give what a file of tests makes once a register of its own."""
    yield from _own_register(tmp_path_factory.mktemp("register"))


@pytest.fixture(autouse=True)
def _register_of_the_test(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give each test a register of its own: none touches the user's, nor that of another."""
    yield from _own_register(tmp_path_factory.mktemp("register"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder with real data sets, or skip: a user's checkout has none."""
    folder = Path(os.environ.get("IPGTOOLS_TEST_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the real data sets are not on this machine (looked in {folder})")
    return folder


@pytest.fixture(scope="session")
def root() -> Path:
    """Give the top of the repository."""
    return ROOT
