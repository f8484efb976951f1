"""Put incidents from several files together: overlapping exports make one set."""

from dataclasses import replace
from typing import TYPE_CHECKING

from ipgtools import contracts, crs, schemas
from ipgtools.io.report import ReadReport
from ipgtools.nl import reading
from ipgtools.nl.reading import REASONS

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

_MADE = "rij-"


def merge(
    parts: "list[tuple[gpd.GeoDataFrame, ReadReport]]",
) -> "tuple[gpd.GeoDataFrame, ReadReport]":
    """
    Put incidents of several files together.

    Parameters
    ----------
    parts : list of (incidents, report)
        In order; all in one CRS. Of an incident that is in several, the last one stays.

    Returns
    -------
    incidents : GeoDataFrame
        INCIDENTS, `source` says which file. Numbers that reading made up (``rij-1``) get the
        file's name before them, since they don't tell incidents of two files apart or together.
        The second file of one name is called ``a.csv (2)``.
    report : ReadReport
        Of all files; `rejected` has a column `source`.
    """
    import pandas as pd

    parts = _told_apart(parts)
    crs.require(**{report.source: table for table, report in parts})
    alike = [note for note in parts[0][1].notes if all(note in one.notes for _, one in parts)]
    tables, rejected, notes = [], [], list(alike)
    for table, report in parts:
        made = table["incident_id"].str.startswith(_MADE)
        identifier = table["incident_id"].mask(made, table["source"] + ":" + table["incident_id"])
        tables.append(table.assign(incident_id=identifier))
        rejected.append(report.rejected.assign(source=report.source))
        notes += [
            reading.in_file(report.source, note) for note in report.notes if note not in alike
        ]
    together = pd.concat(tables, ignore_index=True)
    double = together["incident_id"].duplicated(keep="last")
    gone = together.loc[double, ["incident_id", "source"]]
    rejected.append(
        pd.DataFrame(
            {
                "source_row": _row_numbers(parts)[double.to_numpy()],
                "column": "incident_id",
                "found": gone["incident_id"].to_numpy(),
                "reason": REASONS["id_in_later_file"],
                "source": gone["source"].to_numpy(),
            }
        )
    )
    incidents = contracts.conform(together[~double].reset_index(drop=True), schemas.INCIDENTS)
    left = pd.concat([one for one in rejected if len(one)] or rejected[:1], ignore_index=True)
    name = ", ".join(report.source for _, report in parts)
    details = {"files": {report.source: report.details for _, report in parts}}
    return incidents, ReadReport(
        name if len(parts) < 4 else f"{parts[0][1].source} ... {parts[-1][1].source}",
        sum(report.n_read for _, report in parts),
        len(incidents),
        left,
        (reading.merged(len(parts), int(double.sum())), *notes),
        details,
        _cells([report for _, report in parts], int(double.sum())),
    )


def _told_apart(
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
        apart.append((table if same else table.assign(source=name), replace(report, source=name)))
    return apart


def _cells(reports: "list[ReadReport]", n_later: int) -> "pd.DataFrame":
    """Put the cells of rejected rows under each other; rows that a later file has keep none."""
    import pandas as pd

    empty = [pd.DataFrame(index=range(one.n_rejected)) for one in reports]
    kept = [one.cells for one in reports]
    parts = [given if given is not None else none for given, none in zip(kept, empty, strict=True)]
    return pd.concat([*parts, pd.DataFrame(index=range(n_later))], ignore_index=True)


def _row_numbers(parts: "list[tuple[gpd.GeoDataFrame, ReadReport]]"):  # type: ignore[no-untyped-def]
    """Give the source row of every used row: those that weren't rejected, in order."""
    import numpy as np

    rows = []
    for table, report in parts:
        numbers = np.arange(1, report.n_read + 1)
        left = numbers[~np.isin(numbers, report.rejected["source_row"])]
        rows.append(left[: len(table)])
    return np.concatenate(rows)
