"""Put incidents from several files together: overlapping exports make one set."""

from typing import TYPE_CHECKING

from ipgtools import contracts, schemas
from ipgtools.io.incidents.duplicates import MADE
from ipgtools.io.merge_files import comparable, merge_reports
from ipgtools.nl.messages import message

__all__ = ["IN_LATER", "merge"]

IN_LATER = ("id_in_later_file", "same_in_later_file")
"""Codes of rejection that mean that a later file has the incident."""

if TYPE_CHECKING:
    from ipgtools.io.merge_files import Part


def merge(parts: "list[Part]") -> "Part":
    """Put incidents of several files together."""
    import pandas as pd

    parts = comparable(parts)
    tables = []
    for table, _ in parts:
        made = table["incident_id"].str.startswith(MADE)
        identifier = table["incident_id"].mask(made, table["source"] + ":" + table["incident_id"])
        tables.append(table.assign(incident_id=identifier))
    incidents = contracts.conform(pd.concat(tables, ignore_index=True), schemas.INCIDENTS)
    return incidents, merge_reports(
        [report for _, report in parts],
        lambda rejected: message(
            "merged", n_files=len(parts), n_double=int(rejected["code"].isin(IN_LATER).sum())
        ),
        share=True,
    )
