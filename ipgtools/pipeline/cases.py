"""Read a file of persons' cases and say what may be said of it to the police."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import cases, privacy
from ipgtools.audit import Register
from ipgtools.errors import ReadError
from ipgtools.nl import cases as words
from ipgtools.nl import sentence
from ipgtools.pipeline import register_entries
from ipgtools.settings import Choices

if TYPE_CHECKING:
    import pandas as pd

    from ipgtools.io.report import ReadReport

__all__ = ["lines"]

_READERS = "politie"


def lines(
    path: str | Path,
    *,
    kind: str | None = None,
    on: dt.date | None = None,
    config: Path | None = None,
) -> list[str]:
    """Say in Dutch how many cases run in which phase, and what is due."""
    choices = Choices() if config is None else Choices.read(config)
    own = choices.privacy
    if kind is not None and kind.lower() not in cases.KINDS:
        known = ", ".join(cases.KINDS)
        msg = f"the kind is {kind!r}, expected one of {known}"
        raise ReadError(msg, code="kind_wrong", found=kind, kinds=known)
    profile = privacy.profile(_READERS, own.profiles)
    with (
        Register.open(own.register) as register,
        register_entries.at_end(
            register, "consult", audience=profile.name, **register_entries.suffix(path),
            **register_entries.reasons(choices, "cases"),
        ) as facts,
    ):  # fmt: skip
        own.require_persons(Path(path))
        found, report = cases.read_cases(path, kind=kind and kind.lower())
        said, tables = _told(found, report, profile, on or dt.date.today())
        facts.update(register_entries.report("cases", report), tables=tables)
    return said


def _told(
    found: "pd.DataFrame", report: "ReadReport", profile: privacy.Profile, on: dt.date
) -> tuple[list[str], list[str]]:
    """Say the released overview, and name the tables that it is of."""
    made = cases.overview(found, reference_date=on)
    released = [
        privacy.gate(table, profile) for table in (made.phases, made.partners, made.actions)
    ]
    withheld = [sentence(one) for one in dict.fromkeys(sum((r.suppressed for r in released), ()))]
    rows = [_rows(one.table) for one in released]
    told = words.lines(*rows, limit=profile.persons.smallest, withheld=withheld)
    return [*report.lines(), "", *told], [one.kind for one in released]


def _rows(table: "pd.DataFrame") -> list[Any]:
    """Give the rows with None where a value is missing."""
    plain = table.astype(object)
    return list(plain.where(table.notna(), None).itertuples())
