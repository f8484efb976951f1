"""
Protect the numbers of a briefing: all of its tables together, and beside what left before.

Every number that others than the police see has one definition (`privacy.about`), is rounded by
the secret of the organisation, and is repeated by the register until its count has moved by
five. Periods lie on one calendar. What a reader could solve from all numbers together is found by
linear programming, and the numbers that cause it are rounded coarser.
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
from ipgtools.nl import methods
from ipgtools.nl import privacy as words
from ipgtools.periods import Period
from ipgtools.pipeline import changes
from ipgtools.privacy import calendar, cell_ids, numbers, protect, secret
from ipgtools.privacy.about import NOT, About, definitions
from ipgtools.privacy.audit_release import audit
from ipgtools.privacy.release_atoms import atoms_of
from ipgtools.rounded import Rounded

if TYPE_CHECKING:
    import sqlite3

    from ipgtools.audit import Register
    from ipgtools.pipeline.inputs import Inputs

COARSER = (protect.Rule(10, 10), protect.Rule(20, 20), protect.Rule(50, 50))
"""How numbers are rounded that would give a small one away, the finest first."""
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
    """

    tables: Tables
    done: tuple[str, ...]
    total: int
    n_numbers: int = 0
    n_withheld: int = 0
    n_coarser: int = 0


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
        told = numbers.proposed(self.connection, table, self.key)
        table["protected"], table["held"], table["moved"] = told["n"], told["held"], told["moved"]
        table["low"], table["high"] = told["low"], told["high"]
        table["threshold"], table["base"] = told["threshold"], told["base"]
        self.asked.append(table)
        within = told["high"] - told["n"].fillna(0) + 1
        return pd.DataFrame({"n": told["n"], "within": within.astype("Int64")})

    def cells(self) -> pd.DataFrame:
        """List all numbers once."""
        return pd.concat(self.asked, ignore_index=True).drop_duplicates("cell_id")


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
        known = not numbers.published(connection).empty
        key = secret.beside(register.path, inputs.settings.privacy.secret, known=known)
        terms = _terms(inputs, connection)
        about = _about(inputs, connection, terms)
        tables = _on_calendar(tables, connection, terms, about)
        earlier = _earlier(connection, about, inputs)
        outline = calendar.outline_of(inputs.study.whole.geometry.iloc[0])
        coarser: dict[str, protect.Rule] = {}
        whole = pd.DataFrame({"kind": [methods.TOTAL], "n": [len(inputs.now)], "n_before": [0]})
        while True:
            collected = _Collected(connection, key, coarser)
            total = _total(whole, about, collected, inputs)
            shown, done = gate(tables, inputs, about=about, protect=collected)
            more = _audited(collected.cells(), earlier, inputs, about)
            if not more:
                break
            coarser |= more
        cells = collected.cells()
        numbers.publish(connection, cells, key, run=run, day=day)
        for period in _periods(about, tables):
            calendar.record(
                connection, about.area, period, terms, run=run, day=day, outline=outline
            )
    gone = set(history.comparable(inputs.period, inputs.coverage)[0]) - set(about.periods)
    done = (*done, *(words.not_on_calendar(name) for name in sorted(gone)))
    return Protected(
        shown, done, total, len(cells), int(cells["protected"].isna().sum()), len(coarser)
    )


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


def _terms(inputs: "Inputs", connection: "sqlite3.Connection") -> calendar.Terms:
    """Give the definitions that this release keeps to; the calendar is that of the first one."""
    settings, profile = inputs.settings, inputs.profile
    source = settings.privacy.organisation or methods.POLICE
    known = calendar.settled(connection)
    chosen = known[(known["name"] == "calendar") & (known["source"] == source)]["value"]
    breaks = chosen.iloc[0] if len(chosen) else _breaks(inputs.period)
    year = inputs.study.parts.get("indeling_jaar", pd.Series(dtype="Int64")).dropna()
    return calendar.Terms(
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


def _about(inputs: "Inputs", connection: "sqlite3.Connection", terms: calendar.Terms) -> About:
    """Say what the numbers are about; earlier periods only as far as the calendar allows them."""
    outline = calendar.outline_of(inputs.study.whole.geometry.iloc[0])
    calendar.require(
        connection, inputs.study.code, inputs.period, terms, outline=outline,
        data_until=None,
    )  # fmt: skip
    there = history.comparable(inputs.period, inputs.coverage)[0]
    periods = {"now": inputs.period} | {
        name: period
        for name, period in there.items()
        if _allowed(connection, inputs.study.code, period, terms)
    }
    return About(
        source=terms.source,
        area=inputs.study.code,
        division=terms.division,
        periods=periods,
        kinds=tuple(terms.kinds),
        cell_size=inputs.cell_size,
        whole=methods.TOTAL,
        rest=methods.OTHER,
    )


def _allowed(
    connection: "sqlite3.Connection", area: str, period: Period, terms: calendar.Terms
) -> bool:
    try:
        calendar.require(connection, area, period, terms)
    except ReleaseError:
        return False
    return True


def _on_calendar(
    tables: Tables,
    connection: "sqlite3.Connection",
    terms: calendar.Terms,
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


def _periods(about: About, tables: Tables) -> Iterator[Period]:
    """Give every period that the release shows."""
    yield from about.periods.values()
    for row in tables.get("trend", pd.DataFrame()).itertuples():
        yield Period(row.start, row.end)


def _earlier(connection: "sqlite3.Connection", about: About, inputs: "Inputs") -> pd.DataFrame:
    """
    List the numbers that earlier releases gave of the same ground and time.

    Those that count a list of kinds other than this release's are left out: which kinds these
    are is not kept.

    Returns
    -------
    DataFrame
        As the cells of this release, with `protected`, `low` and `high`.
    """
    all_of_it = cell_ids.kinds_key(about.kinds)
    first = min(period.start for period in about.periods.values())
    last = max(period.end for period in about.periods.values())
    digits = "".join(one for one in about.area if one.isdigit())
    own = set(inputs.study.parts["area_code"].astype("str"))
    rows: list[dict[str, Any]] = []
    for one in numbers.published(connection).itertuples():
        found = cell_ids.definition(str(one.cell_id))
        start, end = pd.Timestamp(found.start), pd.Timestamp(found.end)
        listed = found.kinds.startswith("#") and found.kinds != all_of_it
        plain = found.measure == "incidents" and not found.part and "/" not in found.place
        if found.source != about.source or listed or not plain or end <= first or start >= last:
            continue
        place, _, how = found.place.partition("@")
        row: dict[str, Any] = {"cell_id": one.cell_id, "start": start, "end": end}
        if how.endswith("m"):
            if float(how.removesuffix("m")) != about.cell_size:
                continue
            row["cell"] = place
        else:
            code = "".join(sign for sign in place if sign.isdigit())
            related = code.startswith(digits) or digits.startswith(code)
            if not (place in own or (digits and code and related)):
                continue
            row["area"] = place
        row["kinds"] = about.kinds if found.kinds == all_of_it else (found.kinds,)
        rule = protect.Rule(int(one.threshold), int(one.base))
        low, high = protect.reach(pd.Series([one.n], dtype="Int64"), rule)
        row |= {"low": int(low.iloc[0]), "high": int(high.iloc[0]), "threshold": rule.threshold,
                "base": rule.base, "held": True, "moved": True}  # fmt: skip
        rows.append(row)
    return pd.DataFrame(rows)


def _audited(
    cells: pd.DataFrame, earlier: pd.DataFrame, inputs: "Inputs", about: About
) -> dict[str, protect.Rule]:
    """Find the numbers that must be rounded coarser, with how."""
    measure = cells["measure"] if "measure" in cells else pd.Series(None, cells.index, dtype=object)
    cells = cells[measure.isna()]
    if len(earlier):
        others = earlier[~earlier["cell_id"].isin(cells["cell_id"])]
        cells = pd.concat([cells, others], ignore_index=True)
    incidents, parts, empty = _located(inputs, cells, about)
    known = {cell_ids.kinds_key(str(one)): str(one) for one in incidents["kind"].unique()}
    defined = [_definition(row, parts, known, inputs, about) for row in cells.to_dict("records")]
    atoms = atoms_of(incidents, defined, places=empty)
    totals = pd.Series(atoms.totals(), index=cells.index, dtype="Float64")
    counts = cells["n"].astype("Float64").fillna(totals).to_numpy(dtype=float)
    # Of an earlier number that the data no longer fit nothing can be said.
    slack = np.where(cells["moved"], 4.0, 0.0)
    within = (counts >= cells["low"] - slack) & (counts <= cells["high"] + slack)
    fits = (totals.to_numpy(dtype=float) == counts) & within.to_numpy()
    if not fits.all():
        cells, counts, slack = cells[fits], counts[fits], slack[fits]
        defined = [one for one, fit in zip(defined, fits, strict=True) if fit]
        atoms = atoms_of(incidents, defined, places=empty)
    solved = pd.DataFrame(
        {
            "count": counts,
            "low": np.maximum(cells["low"].to_numpy() - slack, 0),
            "high": cells["high"].to_numpy() + slack,
            "small_limit": cells["threshold"].clip(upper=5).to_numpy(dtype=float) - 1,
            "new": ~cells["held"].to_numpy(dtype=bool),
        },
        index=cells["cell_id"].to_numpy(),
    )
    cells = cells.assign(n=counts)
    found = audit(solved, atoms, coarser=[_coarser(cells, rule) for rule in COARSER])
    return {str(one): COARSER[int(level)] for one, level in found.widened.items()}


def _coarser(cells: pd.DataFrame, rule: protect.Rule) -> pd.DataFrame:
    """Give what a reader can conclude at least if each number is rounded by a coarser rule."""
    n, base = cells["n"].to_numpy(dtype=float), rule.base
    below = n < rule.threshold
    low = np.where(below, 0, np.maximum(np.floor(n / base) * base - base + 1, rule.threshold))
    high = np.where(below, rule.threshold - 1, np.ceil(n / base) * base + base - 1)
    same = cells["base"].to_numpy() >= base
    return pd.DataFrame(
        {"low": np.where(same, np.nan, low), "high": np.where(same, np.nan, high)},
        index=cells["cell_id"].to_numpy(),
    )


def _located(
    inputs: "Inputs", cells: pd.DataFrame, about: About
) -> tuple[pd.DataFrame, dict[str, tuple[str, ...]], pd.DataFrame]:
    """
    Locate incidents in the parts that grid cells and outlines cut the map into.

    Returns
    -------
    incidents : DataFrame
        With the columns that `atoms_of` needs; `cell_id` names the part.
    parts : dict of str to tuple of str
        The parts that each grid cell and outline is made of.
    empty : DataFrame
        Where cells are that hold no incident: a reader doesn't know that they hold none.
    """
    first, last = cells["start"].min(), cells["end"].max()
    rows = inputs.placed[Period(first, last).contains(inputs.placed["occurred_from"]).to_numpy()]
    named = cells.dropna(subset="cell") if "cell" in cells else cells.iloc[:0]
    outlines = named.dropna(subset="outline") if "outline" in named else named.iloc[:0]
    shapes = dict(zip(outlines["cell"], outlines.get("outline", ()), strict=True))
    grid = Grid.covering(inputs.study.parts, about.cell_size)
    at = grid.locate(rows.geometry.x.to_numpy(), rows.geometry.y.to_numpy())
    inside = [rows.geometry.intersects(shape).to_numpy() for shape in shapes.values()]
    cut = pd.DataFrame({"cell": np.append(grid.cell_ids, "")[at]} | dict(enumerate(inside)))
    group = cut.groupby(list(cut.columns), sort=False).ngroup().astype(str)
    incidents = pd.DataFrame(
        {
            "area_code": rows["area_code"].astype("str").fillna(_ELSEWHERE).to_numpy(),
            "kind": changes.kinds(rows).str.replace("|", "/").to_numpy(),
            "occurred_from": rows["occurred_from"].to_numpy(),
            "cell_id": group.to_numpy(),
        }
    )
    parts = {str(one): tuple(dict.fromkeys(some)) for one, some in group.groupby(cut["cell"])}
    for number, shape in enumerate(shapes):
        parts[shape] = tuple(group[cut[number]].unique())
    own = inputs.study.parts["area_code"].astype("str").to_numpy()
    held = set(group[incidents["area_code"].isin(own).to_numpy()])
    without = [
        one for one in named["cell"].astype("str").unique() if not held & set(parts.get(one, ()))
    ]
    for one in without:
        parts[one] = (*parts.get(one, ()), f"leeg {one}")
    centre = grid.cells().set_index("cell_id").geometry.centroid.reindex(without)
    known = centre.notna().to_numpy()
    areas = np.full(len(without), own[0], dtype=object)
    areas[known] = own[inputs.study.parts.sindex.nearest(centre[known], return_all=False)[1]]
    empty = pd.DataFrame({"area_code": areas, "cell_id": [f"leeg {one}" for one in without]})
    return incidents, parts, empty


def _definition(
    row: dict[str, Any],
    parts: dict[str, tuple[str, ...]],
    known: dict[str, str],
    inputs: "Inputs",
    about: About,
) -> dict[str, Any]:
    """Say which incidents a number counts, as `atoms_of` wants it."""
    defined: dict[str, Any] = {"start": row["start"], "end": row["end"]}
    own = tuple(inputs.study.parts["area_code"].astype("str"))
    outline = row.get("outline")
    if outline is None or pd.isna(outline):
        code = row.get("area")
        defined["area"] = own if code is None or pd.isna(code) or code == about.area else (code,)
    if (cell := row.get("cell")) is not None and not pd.isna(cell):
        defined["cell"] = parts[str(cell)]
    kinds = row["kinds"]
    if kinds != about.kinds:
        others = {one.removeprefix(NOT) for one in kinds if one.startswith(NOT)}
        named = tuple(known.get(cell_ids.kinds_key(one), one) for one in kinds)
        rest = tuple(one for one in known.values() if one not in others)
        defined["kinds"] = rest if others else named
    return defined


_ELSEWHERE = "elders"
