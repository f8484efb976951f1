"""What the tests share: the folder with real data, and small tables made by hand."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("here", deadline=None, derandomize=True, max_examples=40)
settings.load_profile("here")

ROOT = Path(__file__).resolve().parents[1]


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
