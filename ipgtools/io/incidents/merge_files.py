"""Put incidents from several files together: overlapping exports make one set."""

from dataclasses import replace
from typing import TYPE_CHECKING

from ipgtools import contracts, crs, schemas
from ipgtools.io.incidents.duplicates import MADE
from ipgtools.io.report import ReadReport
from ipgtools.nl.messages import message

IN_LATER = ("id_in_later_file", "same_in_later_file")
"""Codes of rejection that mean that a later file has the incident."""

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd


def merge(
    parts: "list[tuple[gpd.GeoDataFrame, ReadReport]]",
) -> "tuple[gpd.GeoDataFrame, ReadReport]":
    """Put incidents of several files together."""
    import pandas as pd

    parts = number_equal_sources(parts)
    crs.require(**{report.source: table for table, report in parts})
    alike = [note for note in parts[0][1].messages if all(note in one.messages for _, one in parts)]
    tables, rejected, notes = [], [], list(alike)
    for table, report in parts:
        made = table["incident_id"].str.startswith(MADE)
        identifier = table["incident_id"].mask(made, table["source"] + ":" + table["incident_id"])
        tables.append(table.assign(incident_id=identifier))
        rejected.append(report.rejected.assign(source=report.source))
        notes += [
            message("in_file", source=report.source, note=note)
            for note in report.messages
            if note not in alike
        ]
    incidents = contracts.conform(pd.concat(tables, ignore_index=True), schemas.INCIDENTS)
    left = pd.concat([one for one in rejected if len(one)] or rejected[:1], ignore_index=True)
    double = int(left["code"].isin(IN_LATER).sum())
    name = ", ".join(report.source for _, report in parts)
    details = {
        "files": {
            one.source: {**one.details, "n_read": one.n_read, "n_used": one.n_used}
            for _, one in parts
        }
    }
    return incidents, ReadReport(
        name if len(parts) < 4 else f"{parts[0][1].source} ... {parts[-1][1].source}",
        sum(report.n_read for _, report in parts),
        len(incidents),
        left,
        (message("merged", n_files=len(parts), n_double=double), *notes),
        details,
        _cells([report for _, report in parts]),
    )


def number_equal_sources(
    parts: "list[tuple[gpd.GeoDataFrame, ReadReport]]",
) -> "list[tuple[gpd.GeoDataFrame, ReadReport]]":
    """Number the sources that have the name of an earlier one: files of two folders can."""
    apart: list[tuple[gpd.GeoDataFrame, ReadReport]] = []
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
    return apart


def _cells(reports: "list[ReadReport]") -> "pd.DataFrame":
    """Put the cells of rejected rows under each other."""
    import pandas as pd

    return pd.concat(
        [
            pd.DataFrame(index=range(one.n_rejected)) if one.cells is None else one.cells
            for one in reports
        ],
        ignore_index=True,
    )
