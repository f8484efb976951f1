"""Count what a briefing about a wijk publishes, each number with the id of its cell."""

from collections.abc import Iterator

import pandas as pd

from attacking.town import DIVISION, within
from ipgtools.privacy.protect import cell_ids

SOURCE = "town"


def briefing(town: pd.DataFrame, wijk: str, start: str, end: str, lists: "Lists") -> pd.DataFrame:
    """Give all numbers of a briefing: now, and of the same months a year before."""
    year = pd.DateOffset(years=1)
    before = [str((pd.Timestamp(day) - year).date()) for day in (start, end)]
    tables = [
        *period(town, wijk, start, end, lists, hours=True),
        *period(town, wijk, *before, lists, hours=False),
        months(town, wijk, start, end, lists),
    ]
    return pd.concat(tables, ignore_index=True)


class Lists:
    """What is listed whether or not it was counted: buurten, kinds, parts of the week."""

    def __init__(self, town: pd.DataFrame) -> None:
        self.kinds = tuple(sorted(town["kind"].unique()))
        self.parts = [f"{day} {part}" for day in range(7) for part in range(4)]
        self.buurten = {wijk: sorted(rows.unique()) for wijk, rows in town.groupby("wijk")["buurt"]}


def period(
    town: pd.DataFrame, wijk: str, start: str, end: str, lists: Lists, *, hours: bool
) -> Iterator[pd.DataFrame]:
    """Give the tables of one period."""
    some = within(town[town["wijk"] == wijk], start, end)
    when = {"start": start, "end": end}
    everywhere, all_kinds = lists.buurten[wijk], [*lists.kinds]
    yield numbers(pd.DataFrame({"area": [wijk], "n": [len(some)]}), lists, **when)
    yield numbers(counted(some, {"area": ("buurt", everywhere)}), lists, **when)
    yield numbers(counted(some, {"kinds": ("kind", all_kinds)}), lists, area=wijk, **when)
    both = {"area": ("buurt", everywhere), "kinds": ("kind", all_kinds)}
    yield numbers(counted(some, both), lists, **when)
    if hours:
        yield numbers(counted(some, {"part": ("part", lists.parts)}), lists, area=wijk, **when)
        cells = counted(some, {"cell": ("cell", sorted(some["cell"].unique()))})
        yield numbers(cells, lists, cell_size=100, **when)


def months(town: pd.DataFrame, wijk: str, start: str, end: str, lists: Lists) -> pd.DataFrame:
    """Give the months of a period, of the wijk."""
    first = pd.date_range(start, end, freq="MS", inclusive="left").strftime("%Y-%m-%d")
    some = within(town[town["wijk"] == wijk], start, end)
    table = counted(some, {"start": ("month", list(first))})
    table["end"] = [str((pd.Timestamp(day) + pd.DateOffset(months=1)).date()) for day in first]
    return numbers(table, lists, area=wijk)


def counted(town: pd.DataFrame, by: dict[str, tuple[str, list[str]]]) -> pd.DataFrame:
    """Count by columns, zeros included; `by` names each column of the result."""
    columns = [column for column, _ in by.values()]
    index = pd.MultiIndex.from_product([values for _, values in by.values()], names=list(by))
    n = town.groupby(columns).size()
    if len(columns) == 1:
        n.index = pd.MultiIndex.from_arrays([n.index])
    return n.reindex(index, fill_value=0).rename("n").reset_index()


def numbers(table: pd.DataFrame, lists: Lists, **fixed) -> pd.DataFrame:
    """Give the ids of a table's cells beside their counts; labels go along."""
    base = {"source": SOURCE} | fixed
    if "cell" not in table:
        base["division"] = DIVISION
    if "kinds" not in table:
        base["kinds"] = lists.kinds
    return table.assign(cell_id=cell_ids(table, **base))
