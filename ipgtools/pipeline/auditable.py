"""Read numbers from their ids, and locate incidents in what the numbers tell apart."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import sparse

from ipgtools.errors import ReleaseError
from ipgtools.periods import Period
from ipgtools.pipeline import _incident_parts as incident_parts
from ipgtools.privacy import cell_ids, defined, protect, published_numbers
from ipgtools.privacy._incident_axes import inside
from ipgtools.privacy.release_atoms import Atoms

if TYPE_CHECKING:
    import sqlite3

    from ipgtools.pipeline.inputs import Inputs
    from ipgtools.privacy.definitions import About

__all__ = ["described", "earlier", "in_parts", "located", "of_persons", "person_atoms"]

_OUTLINE = 1.0
"""Size that ids of outlines have."""
_PERSONS = "personen "
_SUMS = ("incidents", "dayparts", "streets")
"""What numbers count that are sums over incidents."""
_ELSEWHERE = "elders"


def of_persons(cells: pd.DataFrame) -> pd.Series:
    """Tell which numbers count persons."""
    return cells["cell_id"].str.rpartition("|")[2].str.startswith(_PERSONS)


def in_parts(cells: pd.DataFrame) -> Any:
    """Tell which numbers are of a part of the week: rounded sums of shares of incidents."""
    return (cells["cell_id"].str.rpartition("|")[2] == "dayparts").to_numpy()


def described(ids: pd.Series) -> pd.DataFrame:
    """Read ids as a table."""
    parts = [cell_ids.definition(str(one)) for one in ids]
    rows = []
    for one in parts:
        first, _, rest = one.place.partition("/")
        name, _, how = first.partition("@")
        row = {"area": "", "division": "", "cell": "", "size": 0.0, "street": ""}
        if how.endswith("m"):
            row |= {"cell": name, "size": float(how.removesuffix("m"))}
            row["area"], _, row["division"] = rest.partition("@")
        else:
            row |= {"area": name, "division": how, "street": rest}
        rows.append((one.source, *row.values(), one.start, one.end, one.kinds, one.part,
                     one.measure))  # fmt: skip
    names = ["source", "area", "division", "cell", "size", "street", "start", "end", "key", "part",
             "measure"]  # fmt: skip
    table = pd.DataFrame(rows, columns=names, index=ids.index)
    for name in ("start", "end"):
        table[name] = pd.to_datetime(table[name], format="ISO8601")
    return table


def earlier(
    connection: "sqlite3.Connection", about: "About", inputs: "Inputs", periods: list[Period]
) -> pd.DataFrame:
    """List the numbers that earlier releases gave of the same ground and time."""
    published = published_numbers.published(connection)
    told = described(published["cell_id"])
    table = pd.concat([published.rename(columns={"n": "protected"}), told], axis=1)
    table = table[(table["source"] == about.source) & table["measure"].isin(_SUMS)]
    table = table[_connected(table, periods)]
    table = table[_on_ground(table, about, inputs)].reset_index(drop=True)
    lists = defined.lists(connection)
    shapes = defined.outlines(connection, table.loc[table["size"] == _OUTLINE, "cell"])
    table["kinds"] = [lists.get(key, (key,)) for key in table["key"]]
    table["outline"] = pd.Series([shapes.get(one) for one in table["cell"]], dtype=object)
    unknown = table["key"].str.startswith("#") & ~table["key"].isin(list(lists))
    unknown |= (table["size"] == _OUTLINE) & table["outline"].isna()
    if unknown.any():
        n, first = int(unknown.sum()), str(table.loc[unknown, "cell_id"].iloc[0])
        msg = (
            f"the register doesn't tell what {n} numbers counted ({first}); was it made by "
            "another version? Nothing can be audited against it"
        )
        raise ReleaseError(msg, code="audit_unknown", n=n, found=first)
    low, high = np.zeros(len(table)), np.zeros(len(table))
    for (threshold, base), rows in table.groupby(["threshold", "base"]).groups.items():
        ends = protect.possible_counts(table.loc[rows, "protected"], protect.Rule(threshold, base))
        low[rows], high[rows] = ends
    return table.assign(n=pd.NA, low=low, high=high, held=True, moved=False)


def _connected(table: pd.DataFrame, periods: list[Period]) -> pd.Series:
    """Tell which numbers are of times that those of a release overlap, directly or by others."""
    spans = table[["start", "end"]].drop_duplicates()
    new = [(one.start, one.end) for one in periods]
    every = sorted({*spans.itertuples(index=False, name=None), *new})
    joined: list[list[Any]] = []
    for start, end in every:
        if joined and start < joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    kept = [(a, b) for a, b in joined if any(a <= s and e <= b for s, e in new)]
    found = table["start"] > table["end"]  # none
    for a, b in kept:
        found |= (table["start"] >= a) & (table["end"] <= b)
    return found


def _on_ground(table: pd.DataFrame, about: "About", inputs: "Inputs") -> pd.Series:
    """Tell which numbers share ground with a release, or with an area around it that was told."""
    mine = {about.area.upper(), *_codes(inputs).str.upper()}
    divided = table["division"].isin(["", str(about.division)])
    areas = table.loc[divided, "area"].unique()
    around = {
        one for one in areas if one and any(inside(code, one) for code in mine) and one not in mine
    }
    whole = mine | around
    near = {
        one
        for one in areas
        if one and any(inside(one, code) or inside(code, one) for code in whole)
    }
    found = divided & table["area"].isin(near)
    if around:
        return found | (table["area"] == "")
    squares = table["area"].eq("") & (table["size"] != _OUTLINE)
    for size in table.loc[squares, "size"].unique():
        ids = incident_parts.grid(inputs, float(size)).cell_ids
        found |= squares & (table["size"] == size) & table["cell"].isin(ids)
    # of outlines without an area all are kept: few, and each can lie across the border
    return found | (table["area"].eq("") & (table["size"] == _OUTLINE))


def _codes(inputs: "Inputs") -> pd.Series:
    return inputs.study.parts["area_code"].astype("str")


def located(
    cells: pd.DataFrame, inputs: "Inputs", about: "About"
) -> tuple[pd.DataFrame, list[dict[str, Any]], pd.DataFrame]:
    """Locate incidents in what numbers tell apart, and define the numbers so."""
    told = described(cells["cell_id"])
    span = Period(told["start"].min(), told["end"].max())
    lists = incident_parts.Lists.of(cells["kinds"], about.kinds)
    rows = lists.rows(inputs, span)
    kinds = lists.named(rows)
    shapes = {}
    if "outline" in cells:
        shown = cells.dropna(subset="outline")
        shapes = dict(zip(told.loc[shown.index, "cell"], shown["outline"], strict=True))
    squares = told[~told["size"].isin([0.0, _OUTLINE])]
    sizes = {float(size): set(some) for size, some in squares.groupby("size")["cell"]}
    pieces = incident_parts.Pieces.of(rows, sizes, shapes, inputs)
    streets = incident_parts.Streets.of(rows, told[told["street"] != ""], inputs)
    incidents = pd.DataFrame(
        {
            "area_code": rows["area_code"].astype("str").fillna(_ELSEWHERE).to_numpy(),
            "kind": kinds,
            "occurred_from": rows["occurred_from"].to_numpy(),
            "cell_id": pieces.of_row,
            "street": streets.of_row,
        }
    )
    own = tuple(_codes(inputs))
    absent = pieces.absent(told.loc[told["size"] > 0, ["size", "cell"]], incidents, own)
    old = cells["n"].isna().to_numpy()
    definitions = []
    for at, one in enumerate(told.itertuples()):
        defined: dict[str, Any] = {"start": one.start, "end": one.end}
        if one.area in ("", about.area.upper()):
            # what this release counts in a cell is the part of it in its area
            if one.area or (one.size not in (0.0, _OUTLINE) and not old[at]):
                defined["area"] = own
        else:
            defined["area"] = (_written(one.area, own),)
        if one.size:
            defined["cell"] = pieces.within(one.size, one.cell)
        if one.street:
            defined["street"] = streets.within(one.start, one.end, one.street)
        if one.part:
            defined["part"] = incident_parts.finest(one.part)
        chosen = lists.chosen(cells["kinds"].iloc[at], one.key)
        if chosen is not None:
            defined["kinds"] = chosen
        definitions.append(defined)
    timed = told.loc[told["part"] != "", ["start", "end"]].drop_duplicates()
    periods = [Period(start, end) for start, end in timed.itertuples(index=False)]
    if periods:
        incidents = incident_parts.spread(incidents, rows, periods, inputs)
    return incidents, definitions, absent


def _written(code: str, own: tuple[str, ...]) -> str:
    """Write an area's code as the files do; ids have capitals."""
    return next((one for one in own if one.upper() == code), code)


def person_atoms(cells: pd.DataFrame) -> Atoms:
    """
    Write numbers of persons as sums: of each area and period the classes add up to the total.

    Classes that are not shown are one more, of which nothing is known.
    """
    told = described(cells["cell_id"])
    counts = cells["n"].astype("int64").to_numpy()
    rows: list[int] = []
    columns: list[int] = []
    truth: list[int] = []
    for _, some in told.groupby(["area", "start", "end"], sort=False):
        at = cells.index.get_indexer(some.index)
        total = at[(some["measure"] == f"{_PERSONS}n_persons").to_numpy()]
        for one in at[~np.isin(at, total)]:
            rows += [int(one), *map(int, total)]
            columns += [len(truth)] * (1 + len(total))
            truth.append(int(counts[one]))
        for one in total:
            rows.append(int(one))
            columns.append(len(truth))
            truth.append(int(counts[one] - counts[at].sum() + counts[total].sum()))
    members = sparse.csr_array(
        (np.ones(len(rows)), (rows, columns)), shape=(len(cells), len(truth))
    )
    return Atoms(members, np.array(truth, dtype=np.int64))
