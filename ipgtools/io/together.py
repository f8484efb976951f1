"""Put areas, streets or addresses of several files under each other."""

from typing import TYPE_CHECKING, Any

import numpy as np

from ipgtools import contracts, crs
from ipgtools.errors import ReadError
from ipgtools.io.incidents.merge_files import number_equal_sources
from ipgtools.io.report import ReadReport
from ipgtools.nl.messages import message

if TYPE_CHECKING:
    import geopandas as gpd

Part = tuple["gpd.GeoDataFrame", ReadReport]


def merge(parts: "list[Any]", contract: contracts.Contract, key: str) -> "Part":
    """Give one table and report of several; a row that two files have is an error."""
    import pandas as pd

    if len(parts) == 1:
        return parts[0]
    parts = number_equal_sources(parts)
    crs.require(**{report.source: table for table, report in parts})
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
    left = [report.rejected.assign(source=report.source) for report in reports]
    gone = [pd.DataFrame(index=np.arange(one.n_rejected)) if one.cells is None else one.cells
            for one in reports]  # fmt: skip
    names = [report.source for report in reports]
    return table, ReadReport(
        ", ".join(names) if len(names) < 4 else f"{names[0]} ... {names[-1]}",
        sum(report.n_read for report in reports),
        sum(report.n_used for report in reports),
        pd.concat([one for one in left if len(one)] or left[:1], ignore_index=True),
        (message("together", n=len(parts)), *(message("in_file", source=one.source, note=note)
                              for one in reports for note in one.messages)),
        {"files": {one.source: {**one.details, "n_read": one.n_read, "n_used": one.n_used}
                   for one in reports}},
        pd.concat(gone, ignore_index=True),
    )  # fmt: skip
