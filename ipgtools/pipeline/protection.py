"""
Protect the numbers of a briefing: all of its tables together, and beside what left before.

Every number that others than the police see has one definition (`privacy.definitions`), is
rounded by the secret of the organisation, and is repeated by the register until its count has
moved by five. Periods lie on one calendar. What a reader could solve from all numbers together is
found by linear programming, and the numbers that cause it are rounded coarser.
"""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ipgtools import history
from ipgtools.errors import ReleaseError
from ipgtools.grid import Grid
from ipgtools.nl import errors, methods
from ipgtools.nl import privacy as words
from ipgtools.periods import Period
from ipgtools.pipeline import auditable
from ipgtools.pipeline.audited import Audited, audited
from ipgtools.privacy import (
    cell_ids,
    defined,
    protect,
    published_numbers,
    release_calendar,
    secret,
)
from ipgtools.privacy.definitions import About, definitions
from ipgtools.rounded import Rounded

if TYPE_CHECKING:
    import sqlite3

    from ipgtools.audit import Register
    from ipgtools.pipeline.inputs import Inputs

_PERSONS = "veelplegers"
Tables = dict[str, Any]
Gate = Callable[..., tuple[Tables, tuple[str, ...]]]


@dataclass
class Protected:
    """
    The tables of a briefing as they may leave.

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
        told = published_numbers.proposed(self.connection, table, self.key)
        table["protected"], table["held"], table["moved"] = told["n"], told["held"], told["moved"]
        table["low"], table["high"] = told["low"], told["high"]
        table["threshold"], table["base"] = told["threshold"], told["base"]
        self.asked.append(table)
        within = told["high"] - told["n"].fillna(0) + 1
        return pd.DataFrame({"n": told["n"], "within": within.astype("Int64")})

    def cells(self) -> pd.DataFrame:
        """List all numbers once."""
        every = pd.concat(self.asked, ignore_index=True)
        return every.drop_duplicates("cell_id").reset_index(drop=True)

    def forms(self, cells: pd.DataFrame, rule: protect.Rule) -> pd.DataFrame:
        """Give what a reader would conclude from numbers rounded by a coarser rule."""
        coarser = cells.assign(
            threshold=cells["threshold"].clip(lower=rule.threshold),
            base=cells["base"].clip(lower=rule.base),
        )
        return published_numbers.proposed(self.connection, coarser, self.key)[["low", "high"]]


def release(tables: Tables, inputs: "Inputs", register: "Register", gate: Gate) -> Protected:
    """
    Release all tables of a briefing together.

    Parameters
    ----------
    tables : dict of str to DataFrame
        Results.
    inputs : Inputs
        For whom, area, period and incidents.
    register : Register
        Open; holds the numbers that were published.
    gate : callable
        ``gate(tables, inputs, about=, protect=)``: releases each table.

    Returns
    -------
    Protected

    Raises
    ------
    ReleaseError
        If there are too few incidents, the period is not on the calendar, or numbers can't be
        protected; then nothing was published.
    """
    profile = inputs.profile
    if profile.exact:
        shown, done = gate(tables, inputs)
        return Protected(shown, done, len(inputs.now))
    run, day = uuid.uuid4().hex[:12], inputs.as_of
    with register.transaction() as connection:
        known = not published_numbers.published(connection).empty
        key = secret.read_or_create(register.path, inputs.settings.privacy.secret, known=known)
        terms = _terms(inputs, connection)
        about = _about(inputs, connection, terms)
        tables = _on_calendar(tables, connection, terms, about)
        tables, left = _with_persons(tables, inputs, connection, about)
        periods = list(_periods(about, tables))
        earlier = auditable.earlier(connection, about, inputs, periods)
        outline = release_calendar.outline_of(inputs.study.whole.geometry.iloc[0])
        coarser: dict[str, protect.Rule] = {}
        found: Audited | None = None
        whole = pd.DataFrame({"kind": [methods.TOTAL], "n": [len(inputs.now)], "n_before": [0]})
        while True:
            collected = _Collected(connection, key, coarser)
            total = _total(whole, about, collected, inputs)
            shown, done = gate(tables, inputs, about=about, protect=collected)
            cells = collected.cells()
            if found is not None and found.holds(cells):
                break
            found = audited(cells, earlier, inputs, about, collected.forms)
            if not found.coarser:
                break
            coarser |= found.coarser
        published_numbers.publish(connection, cells, key, run=run, day=day)
        defined.record(connection, cells)
        _record_persons(shown, inputs, connection, about, run=run)
        for period in periods:
            release_calendar.record(
                connection, about.area, period, terms, run=run, day=day, outline=outline
            )
    gone = set(history.comparable(inputs.period, inputs.coverage)[0]) - set(about.periods)
    done = (*done, *left, *(words.not_on_calendar(name) for name in sorted(gone)))
    return Protected(
        shown, done, total, len(cells), int(cells["protected"].isna().sum()), len(coarser),
        found.n_known, found.n_differing,
    )  # fmt: skip


def _total(whole: pd.DataFrame, about: About, collected: _Collected, inputs: "Inputs") -> Rounded:
    """Protect the number of incidents that the briefing is about."""
    rule = inputs.profile.incidents
    cells = definitions("comparison", whole, "n", about)
    if cells is None:  # never: a release is about a period
        raise AssertionError
    cells["threshold"], cells["base"] = rule.smallest, rule.base
    found = collected(whole["n"], cells).iloc[0]
    protect.require_enough(found["n"], least=rule.fewest)
    return Rounded.released(found["n"], found["within"])


def _terms(inputs: "Inputs", connection: "sqlite3.Connection") -> release_calendar.Terms:
    """Give the definitions that this release keeps to; the calendar is that of the first one."""
    settings, profile = inputs.settings, inputs.profile
    source = settings.privacy.organisation or methods.POLICE
    known = release_calendar.settled(connection)
    chosen = known[(known["name"] == "calendar") & (known["source"] == source)]["value"]
    breaks = chosen.iloc[0] if len(chosen) else _breaks(inputs.period)
    year = inputs.study.parts.get("indeling_jaar", pd.Series(dtype="Int64")).dropna()
    return release_calendar.Terms(
        source=source,
        profile=profile.name,
        division=int(year.max()) if len(year) else 0,
        kinds=_kinds(inputs),
        breaks=breaks,
        cell_size=inputs.cell_size,
        own_areas=tuple(inputs.areas["area_code"].astype("str")),
    )


def _breaks(period: Period) -> str:
    """Choose the calendar of a first release: weeks only for what begins and ends on Mondays."""
    weekly = all(
        end.weekday() == 0 and end == end.normalize() for end in (period.start, period.end)
    )
    monthly = all(end.day == 1 and end == end.normalize() for end in (period.start, period.end))
    return "weeks" if weekly and not monthly else "months"


def _kinds(inputs: "Inputs") -> tuple[str, ...]:
    """List what is counted in all: what was asked for, without what is withheld."""
    asked = inputs.settings.analysis.categories or ["alle soorten"]
    named = inputs.settings.privacy.kinds
    return (
        *sorted(asked),
        *(f"ook {one}" for one in sorted(named)),
        *(f"zonder {one}" for one in sorted(inputs.profile.kinds.withheld)),
    )


def _about(
    inputs: "Inputs", connection: "sqlite3.Connection", terms: release_calendar.Terms
) -> About:
    """Say what the numbers are about; earlier periods only as far as the calendar allows them."""
    outline = release_calendar.outline_of(inputs.study.whole.geometry.iloc[0])
    release_calendar.require(
        connection, inputs.study.code, inputs.period, terms, outline=outline,
        data_until=None,
    )  # fmt: skip
    there = history.comparable(inputs.period, inputs.coverage)[0]
    periods = {"now": inputs.period} | {
        name: period
        for name, period in there.items()
        if _allowed(connection, inputs.study.code, period, terms)
    }
    grid = Grid.covering(inputs.study.parts, inputs.cell_size)
    return About(
        source=terms.source,
        area=inputs.study.code,
        division=terms.division,
        periods=periods,
        kinds=tuple(terms.kinds),
        cell_size=inputs.cell_size,
        border=frozenset(grid.cell_ids[grid.crossed]),
        whole=methods.TOTAL,
        rest=methods.OTHER,
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
) -> Tables:
    """Leave the steps of a trend out that are no period of the calendar."""
    if "trend" not in tables:
        return tables
    steps = tables["trend"]
    kept = [
        bool(row.complete) and _allowed(connection, about.area, Period(row.start, row.end), terms)
        for row in steps.itertuples()
    ]
    return {**tables, "trend": steps[kept].reset_index(drop=True)}


def _with_persons(
    tables: Tables, inputs: "Inputs", connection: "sqlite3.Connection", about: About
) -> tuple[Tables, tuple[str, ...]]:
    """Leave persons out where another table of them could be subtracted from these."""
    if _PERSONS not in tables or not inputs.profile.persons.allowed:
        return tables, ()
    day = inputs.reference.date()
    try:
        classes = _classes(tables[_PERSONS], inputs)
        release_calendar.require_persons(connection, about.area, day, classes, source=about.source)
    except ReleaseError as refused:
        rest = {name: table for name, table in tables.items() if name != _PERSONS}
        return rest, (errors.say(refused.code, refused.facts),)
    return tables, ()


def _record_persons(
    shown: Tables, inputs: "Inputs", connection: "sqlite3.Connection", about: About, *, run: str
) -> None:
    if _PERSONS in shown:
        release_calendar.record_persons(
            connection, about.area, inputs.reference.date(), _classes(shown[_PERSONS], inputs),
            source=about.source, run=run, day=inputs.as_of,
        )  # fmt: skip


def _classes(table: pd.DataFrame, inputs: "Inputs") -> list[str]:
    """List the classes of persons that an audience may see."""
    named = inputs.profile.tables.get("persons_by_area", ())
    first = list(table.columns).index("n_persons") + 1
    return [str(name) for name in table.columns[first:] if name in named and name != "geometry"]


def _periods(about: About, tables: Tables) -> Iterator[Period]:
    """Give every period that the release shows."""
    yield from about.periods.values()
    for row in tables.get("trend", pd.DataFrame()).itertuples():
        yield Period(row.start, row.end)
