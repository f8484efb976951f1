"""
Reach the register from a run: the one place that knows where it is and how it is opened.

What `opened` gives has the methods `transaction`, `record`, `begun`, `done` and `failed` of the
register of processing. Invented data have a register that ends with the run.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import platformdirs

from ipgtools import audit
from ipgtools.errors import ReadError
from ipgtools.settings import Settings

VARIABLE = "IPGTOOLS_REGISTER"
"""Environment variable that names the register of tests; goes before all else."""


class Opened:
    """
    The register, for as long as something is done with it.

    Parameters
    ----------
    path : Path or None
        Its file; None for one in memory.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._connection = sqlite3.connect(path or ":memory:", timeout=10, isolation_level=None)
        self._n = 0
        self._facts: dict[int, dict[str, Any]] = {}

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give the connection; what is done is kept whole or not at all."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def record(self, action: str, *, state: str = "done", **facts: Any) -> int:
        """Add an entry about something that is finished; no personal data."""
        self._n += 1
        plain = {k: v.name if isinstance(v, Path) else v for k, v in facts.items()}
        if self._path is not None:
            audit.record(self._path.with_suffix(".jsonl"), action, state=state, **plain)
        self._facts[self._n] = {"action": action, **plain}
        return self._n

    def begun(self, action: str, **facts: Any) -> int:
        """Add an entry about something that begins."""
        return self.record(action, state="begun", **facts)

    def done(self, entry: int, **facts: Any) -> int:
        """Add that what was begun is done."""
        return self.record(state="done", **self._facts[entry] | facts)

    def failed(self, entry: int, reason: str, **facts: Any) -> int:
        """Add that what was begun did not succeed."""
        return self.record(state="failed", reason=reason, **self._facts[entry] | facts)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def path_of(settings: Settings) -> Path | None:
    """
    Give the file of the register.

    Parameters
    ----------
    settings : Settings
        `privacy.register` names it; it is in the user's data folder otherwise.

    Returns
    -------
    Path or None
        None for invented data.
    """
    if settings.output.sample:
        return None
    named = os.environ.get(VARIABLE) or settings.privacy.register
    default = Path(platformdirs.user_data_dir("ipgtools", appauthor=False))
    return Path(named) if named else default / "register.sqlite"


@contextmanager
def opened(settings: Settings) -> Iterator[Opened]:
    """
    Open the register.

    Parameters
    ----------
    settings : Settings
        Which one.

    Yields
    ------
    Opened
        To write to.

    Raises
    ------
    ReadError
        If it can't be opened or written to.
    """
    path = path_of(settings)
    try:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        register = Opened(path)
        try:
            yield register
        finally:
            register.close()
    except (OSError, sqlite3.Error) as cause:
        reason = getattr(cause, "strerror", None) or str(cause)
        msg = f"the register {path} can't be used: {reason}"
        raise ReadError(msg, code="register_unusable", path=str(path), reason=reason) from cause
