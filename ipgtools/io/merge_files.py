"""Put the tables and reports of several files under each other."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ipgtools import contracts, crs
from ipgtools.errors import ReadError
from ipgtools.io.report import ReadReport
from ipgtools.nl.messages import Message, message

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Part", "comparable", "merge", "merge_reports"]

Part = tuple["gpd.GeoDataFrame", ReadReport]


def merge(parts: "list[Any]", contract: contracts.Contract, key: str) -> "Part":
    """Give one table and report of several; a row that two files have is an error."""
    import pandas as pd

    if len(parts) == 1:
        return parts[0]
    parts = comparable(parts)
    tables, reports = [table for table, _ in parts], [report for _, report in parts]
    if key not in reports[0].details["columns"]:  # made of row numbers, which begin again
        tables = [table.assign(**{key: report.source + ":" + table[key]})
                  if table[key].notna().any() else table for table, report in parts]  # fmt: skip
    values = pd.concat([table[key].dropna().drop_duplicates() for table in tables])
    if (double := values[values.duplicated()]).size:
        example = str(double.iloc[0])
        names = [report.source for table, report in zip(tables, reports, strict=True)
                 if (table[key] == example).any()]  # fmt: skip
        msg = f"{double.size} values of {key} are in more than one file, such as {example!r}"
        raise ReadError(
            msg, code="rows_in_two_files", n=int(double.size), column=key, example=example,
            path=names[0], other=names[1],
        )  # fmt: skip
    table = contracts.conform(pd.concat(tables, ignore_index=True), contract)
    return table, merge_reports(reports, lambda _: message("together", n=len(parts)))


def merge_reports(
    reports: Sequence[ReadReport],
    first: Callable[[Any], Message] | None = None,
    *,
    share: bool = False,
) -> ReadReport:
    """
    Give one report of several files; `first` makes its first note of the rejected rows.

    With `share` a note that all have is given once, without the name of a file.
    """
    import pandas as pd

    left = [one.rejected.assign(source=one.source) for one in reports]
    rejected = pd.concat([one for one in left if len(one)] or left[:1], ignore_index=True)
    cells = [
        pd.DataFrame(index=range(one.n_rejected)) if one.cells is None else one.cells
        for one in reports
    ]
    common = [
        note
        for note in (reports[0].messages if share else ())
        if all(note in one.messages for one in reports)
    ]
    own = [
        message("in_file", source=one.source, note=note)
        for one in reports
        for note in one.messages
        if note not in common
    ]
    names = [one.source for one in reports]
    return ReadReport(
        ", ".join(names) if len(names) < 4 else f"{names[0]} ... {names[-1]}",
        sum(one.n_read for one in reports),
        sum(one.n_used for one in reports),
        rejected,
        (*([first(rejected)] if first else []), *common, *own),
        {
            "files": {
                one.source: {**one.details, "n_read": one.n_read, "n_used": one.n_used}
                for one in reports
            }
        },
        None if all(one.cells is None for one in reports) else pd.concat(cells, ignore_index=True),
    )


def comparable(parts: "list[Part]") -> "list[Part]":
    """
    Require one CRS, and number the sources that have the name of an earlier one.

    Files of two folders can have one name.
    """
    apart: list[Part] = []
    names: set[str] = set()
    for table, report in parts:
        name, n = report.source, 1
        while name in names:
            n += 1
            name = f"{report.source} ({n})"
        names.add(name)
        same = name == report.source
        called = table if same or "source" not in table else table.assign(source=name)
        apart.append((called, replace(report, source=name)))
    crs.require(**{report.source: table for table, report in apart})
    return apart
