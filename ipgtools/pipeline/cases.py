"""Read a file of persons' cases and say what may be said of it to the police."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import cases, privacy
from ipgtools.errors import ReadError
from ipgtools.nl import cases as words
from ipgtools.settings import Choices

if TYPE_CHECKING:
    import pandas as pd

_AUDIENCE = "politie"


def lines(
    path: str | Path,
    *,
    kind: str | None = None,
    on: dt.date | None = None,
    config: Path | None = None,
) -> list[str]:
    """
    Say in Dutch how many cases run in which phase, and what is due.

    Parameters
    ----------
    path : path
        As for `cases.read_cases`.
    kind : {"pga", "tbs"}, optional
        Where the file has no column for it.
    on : date, optional
        The day it is about; today if not given.
    config : Path, optional
        Settings: where the module for persons is off, nothing is read.

    Returns
    -------
    list of str
        What was read, and the overview as released for the police.

    Raises
    ------
    ReadError
        If the file can't be used, or the module for persons is off.
    """
    if config is not None:
        Choices.read(config).privacy.require_persons(Path(path))
    if kind is not None and kind.lower() not in cases.KINDS:
        known = ", ".join(cases.KINDS)
        msg = f"the kind is {kind!r}, expected one of {known}"
        raise ReadError(msg, code="kind_wrong", found=kind, kinds=known)
    found, report = cases.read_cases(path, kind=kind and kind.lower())
    made = cases.overview(found, on=on or dt.date.today())
    tables = [
        privacy.release(table, _AUDIENCE).table
        for table in (made.phases, made.partners, made.actions)
    ]
    limit = privacy.RULES[_AUDIENCE].smallest_persons
    return [*report.lines(), "", *words.lines(*(_rows(one) for one in tables), limit=limit)]


def _rows(table: "pd.DataFrame") -> list[Any]:
    """Give the rows with None where a value is missing."""
    plain = table.astype(object)
    return list(plain.where(table.notna(), None).itertuples())
