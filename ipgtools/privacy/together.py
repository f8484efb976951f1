"""
Protect the numbers of tables together, and with all earlier releases.

Every number that others than the police see has one definition (`privacy.definitions`), is
rounded by the secret of the organisation, and is repeated by the register until its count has
moved by five. Periods lie on one calendar. What a reader could solve from all numbers together is
found by linear programming, and the numbers that cause it are rounded coarser.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ipgtools.errors import ReleaseError
from ipgtools.grid import Grid
from ipgtools.nl import errors
from ipgtools.nl import privacy as words
from ipgtools.periods import Period
from ipgtools.privacy import (
    cell_ids,
    defined,
    protect,
    published_numbers,
    release_calendar,
    secret,
)
from ipgtools.privacy.definitions import REST, WHOLE, About, definitions
from ipgtools.rounded import Rounded

if TYPE_CHECKING:
    import sqlite3

    from ipgtools.audit import Register
    from ipgtools.privacy._profile import Profile
    from ipgtools.privacy.provenance import Found, Provenance

__all__ = ["Gate", "Protected", "Tables", "release"]

Tables = dict[str, Any]
Gate = Callable[..., tuple[Tables, tuple[str, ...]]]


@dataclass
class Protected:
    """
    Tables as they may leave.

    Parameters
    ----------
    tables : dict of str to DataFrame
        Released tables.
    done : tuple of str
        What was done, in Dutch.
    total : int
        Incidents of the period; `Rounded` for others than the police.
    n_numbers, n_withheld, n_coarser : int
        Numbers that leave, those withheld as small, and those rounded coarser by the audit.
    n_known, n_differing : int
        Small numbers that what left before leaves with too few values, to which this release adds
        nothing; and earlier numbers that the data no longer fit.
    """

    tables: Tables
    done: tuple[str, ...]
    total: int
    n_numbers: int = 0
    n_withheld: int = 0
    n_coarser: int = 0
    n_known: int = 0
    n_differing: int = 0


@dataclass
class _Collected:
    """Protects numbers as they are asked for, and remembers all that were asked."""

    connection: "sqlite3.Connection"
    key: bytes
    coarser: dict[str, protect.Rule]
    asked: list[pd.DataFrame] = field(default_factory=list)

    def __call__(self, counts: pd.Series, cells: pd.DataFrame) -> pd.DataFrame:
        if counts.empty:
            return pd.DataFrame({"n": counts, "within": counts})
        ids = cell_ids.cell_ids(cells)
        table = cells.assign(cell_id=ids, n=counts.astype("int64"))
        for name in ("threshold", "base"):
            own = pd.Series([getattr(self.coarser.get(one), name, 0) for one in ids], ids.index)
            table[name] = np.maximum(table[name], own)
        proposal = published_numbers.proposed(self.connection, table, self.key)
        table["protected"], table["held"], table["moved"] = (
            proposal["n"],
            proposal["held"],
            proposal["moved"],
        )
        table["low"], table["high"] = proposal["low"], proposal["high"]
        table["threshold"], table["base"] = proposal["threshold"], proposal["base"]
        self.asked.append(table)
        within = proposal["high"] - proposal["n"].fillna(0) + 1
        return pd.DataFrame({"n": proposal["n"], "within": within.astype("Int64")})

    def cells(self) -> pd.DataFrame:
        """List all numbers once."""
        every = pd.concat(self.asked, ignore_index=True)
        return every.drop_duplicates("cell_id").reset_index(drop=True)

    def forms(self, cells: pd.DataFrame, rule: protect.Rule) -> pd.DataFrame:
        """Return what a reader would conclude from numbers rounded by a coarser rule."""
        coarser = cells.assign(
            threshold=cells["threshold"].clip(lower=rule.threshold),
            base=cells["base"].clip(lower=rule.base),
        )
        return published_numbers.proposed(self.connection, coarser, self.key)[["low", "high"]]


def release(
    tables: Tables,
    given: "Provenance",
    profile: "Profile",
    register: "Register",
    gate: Gate,
    *,
    strict: bool = False,
) -> Protected:
    """Release tables together, in a transaction of the register."""
    if given.profile != profile.name:
        msg = f"the incidents were selected for {given.profile}, not for {profile.name}"
        raise ReleaseError(
            msg, code="release_other_audience", found=given.profile, audience=profile.name
        )
    run, day = uuid.uuid4().hex[:12], given.as_of
    with register.transaction() as connection:
        register.publishing()
        known = published_numbers.any_published(connection)
        key = secret.read_or_create(register.path, given.secret, known=known)
        terms = given.terms(_breaks(given, connection))
        about = _about(given, connection, terms)
        tables, left = _on_calendar(tables, connection, terms, about, strict=strict)
        periods = list(_periods(about, tables))
        earlier = given.audit.earlier(connection, about, periods)
        coarser: dict[str, protect.Rule] = {}
        found = None
        while True:
            collected = _Collected(connection, key, coarser)
            total = _total(given.n, about, collected, profile)
            shown, done = gate(tables, about=about, protect=collected)
            cells = collected.cells()
            if found is not None and found.holds(cells):
                break
            if strict:
                _require_inside(cells, given, about)
            found = _audited(cells, earlier, given, about, collected.forms)
            if not found.coarser:
                break
            coarser |= found.coarser
        published_numbers.publish(connection, cells, key, run=run, day=day)
        defined.record(connection, cells)
        for period in periods:
            release_calendar.record(
                connection, about.area, period, terms, run=run, day=day, outline=given.outline
            )
        for name in shown:
            if "n_persons" in tables[name]:
                release_calendar.record_persons(
                    connection, about.area, *_persons(tables[name]), source=about.source,
                    run=run, day=day,
                )  # fmt: skip
    gone = set(given.compared) - set(about.periods)
    done = (*done, *left, *(words.not_on_calendar(name) for name in sorted(gone)))
    return Protected(
        shown, done, total, len(cells), int(cells["protected"].isna().sum()), len(coarser),
        found.n_known, found.n_differing,
    )  # fmt: skip


def _audited(
    cells: pd.DataFrame, earlier: pd.DataFrame, given: "Provenance", about: About, forms: Any
) -> "Found":
    """Audit the numbers, and say of those that are not their sum which provenance they belie."""
    try:
        return given.audit.audited(cells, earlier, about, forms)
    except ReleaseError as refused:
        if refused.code != "audit_undefined":
            raise
        n = int(refused.facts["n"])
        msg = (
            f"{n} of {len(cells)} numbers differ from what the incidents of the provenance give "
            "for their area, period and kinds; a number of other incidents would be released "
            "under their name"
        )
        raise ReleaseError(
            msg, code="release_unlike", n=n, of=len(cells), area=about.area
        ) from refused


def _require_inside(cells: pd.DataFrame, given: "Provenance", about: About) -> None:
    """Refuse numbers of areas that the provenance is not about."""
    if "area" not in cells:
        return
    elsewhere = ~cells["area"].isna() & ~cells["area"].isin([*given.codes, about.area])
    if elsewhere.any():
        found = str(cells.loc[elsewhere, "area"].iloc[0])
        msg = f"numbers of {found} are none of {about.area}, which the provenance is about"
        raise ReleaseError(msg, code="release_elsewhere", found=found, area=about.area)


def _total(n: int, about: About, collected: _Collected, profile: "Profile") -> Rounded:
    """Protect the number of incidents that the release is about."""
    rule = profile.incidents
    whole = pd.DataFrame({"kind": [WHOLE], "n": [n], "n_before": [0]})
    cells = definitions("comparison", whole, "n", about)
    if cells is None:  # never: a release is about a period
        raise AssertionError
    cells["threshold"], cells["base"] = rule.smallest, rule.base
    found = collected(whole["n"], cells).iloc[0]
    protect.require_enough(found["n"], least=rule.fewest)
    return Rounded.released(found["n"], found["within"])


def _breaks(given: "Provenance", connection: "sqlite3.Connection") -> str:
    """Give the calendar of the first release; of this one: weeks if it is of Mondays only."""
    known = release_calendar.settled(connection)
    chosen = known[(known["name"] == "calendar") & (known["source"] == given.source)]["value"]
    if len(chosen):
        return str(chosen.iloc[0])
    ends = (given.period.start, given.period.end)
    weekly = all(end.weekday() == 0 and end == end.normalize() for end in ends)
    monthly = all(end.day == 1 and end == end.normalize() for end in ends)
    return "weeks" if weekly and not monthly else "months"


def _about(
    given: "Provenance", connection: "sqlite3.Connection", terms: release_calendar.Terms
) -> About:
    """Say what the numbers are about; earlier periods only as far as the calendar allows them."""
    release_calendar.require(connection, given.area, given.period, terms, outline=given.outline)
    periods = {"now": given.period} | {
        name: period
        for name, period in given.compared.items()
        if _allowed(connection, given.area, period, terms)
    }
    grid = Grid.covering(given.parts, given.cell_size)
    return About(
        source=given.source,
        area=given.area,
        division=given.division,
        periods=periods,
        kinds=tuple(given.kinds),
        cell_size=given.cell_size,
        border=frozenset(grid.cell_ids[grid.crossed]),
        whole=WHOLE,
        rest=REST,
    )


def _allowed(
    connection: "sqlite3.Connection", area: str, period: Period, terms: release_calendar.Terms
) -> bool:
    try:
        release_calendar.require(connection, area, period, terms)
    except ReleaseError:
        return False
    return True


def _on_calendar(
    tables: Tables,
    connection: "sqlite3.Connection",
    terms: release_calendar.Terms,
    about: About,
    *,
    strict: bool,
) -> tuple[Tables, tuple[str, ...]]:
    """Leave out what is of no period of the calendar: steps of a trend, and counts of persons."""
    kept, left = dict(tables), []
    for name, table in tables.items():
        if set(table) >= _TREND:
            kept[name] = _steps(table, connection, terms, about, strict=strict)
        elif "n_persons" in table:
            try:
                release_calendar.require_persons(
                    connection, about.area, *_persons(table), source=about.source
                )
            except ReleaseError as refused:
                if strict:
                    raise
                del kept[name]
                left.append(errors.say(refused.code, refused.facts))
    return kept, tuple(left)


def _steps(
    steps: pd.DataFrame,
    connection: "sqlite3.Connection",
    terms: release_calendar.Terms,
    about: About,
    *,
    strict: bool,
) -> pd.DataFrame:
    """Keep the whole steps of a trend that are periods of the calendar."""
    periods = [Period(row.start, row.end) for row in steps.itertuples()]
    whole = steps["complete"] if "complete" in steps else [True] * len(steps)
    kept = [
        bool(complete) and _allowed(connection, about.area, period, terms)
        for complete, period in zip(whole, periods, strict=True)
    ]
    if strict and periods and not any(kept):
        release_calendar.require(connection, about.area, periods[-1], terms)
    return steps[kept].reset_index(drop=True)


_TREND = {"start", "end", "n"}
"""The columns of a table whose rows are periods."""


def _periods(about: About, tables: Tables) -> Iterator[Period]:
    """Give every period that the release shows."""
    yield from about.periods.values()
    for table in tables.values():
        if set(table) >= _TREND:
            for row in table.itertuples():
                yield Period(row.start, row.end)


def _persons(table: pd.DataFrame) -> tuple[dt.date, list[str]]:
    """Tell for which day persons are counted, and in which classes of which definition."""
    day, regime = table.attrs.get("reference_date"), table.attrs.get("regime")
    if not day or not regime:
        msg = "for which day persons are counted, and by which definition, is not known"
        raise ReleaseError(msg, code="release_no_reference")
    at = list(table.columns).index("n_persons")
    classes = [
        str(name) for name in table.columns[at:] if pd.api.types.is_integer_dtype(table[name])
    ]
    return dt.date.fromisoformat(day), [f"{regime} {name}" for name in classes]
