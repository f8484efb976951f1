"""Put antecedents of several files together: what a later file has too counts once."""

from typing import TYPE_CHECKING

from ipgtools import contracts, schemas
from ipgtools.io.merge_files import comparable, merge_reports
from ipgtools.nl.messages import message

if TYPE_CHECKING:
    import pandas as pd

    from ipgtools.io.merge_files import Part

__all__ = ["IN_LATER", "Later", "merge"]

_WHICH = ("pv_id", "incident_id", "committed_on")
"""Without a number of the fact, one of these has to tell which one a row is about."""
_SAME = ("person", *_WHICH, "category")
IN_LATER = "id_in_later_file"
"""Code of rejection that means that a later file has the row, too."""


class Later:
    """Persons and facts of the files that come later: those go before the one being read."""

    def __init__(self) -> None:
        self._numbers: list[pd.Index] = []
        self._same: list[pd.Index] = []

    def has(self, table: "pd.DataFrame") -> "pd.Series":
        """Return for each row whether a later file has it."""
        import pandas as pd

        number, same = _marks(table)
        found = pd.Series(data=False, index=table.index)
        for numbers, others in zip(self._numbers, self._same, strict=True):
            found |= number.isin(numbers) & number.notna()
            found |= same.isin(others) & same.notna()
        return found

    def add(self, table: "pd.DataFrame") -> None:
        """Add the rows of a file that are used."""
        import pandas as pd

        number, same = _marks(table)
        self._numbers.append(pd.Index(number.dropna()))
        self._same.append(pd.Index(same.dropna()))


def merge(parts: "list[Part]") -> "Part":
    """Put offences of several files together."""
    import pandas as pd

    parts = comparable(parts)
    tables = [table for table, _ in parts if len(table)] or [parts[0][0]]
    offences = contracts.conform(pd.concat(tables, ignore_index=True), schemas.OFFENCES)
    return offences, merge_reports(
        [report for _, report in parts],
        lambda rejected: message(
            "offences_merged",
            n_files=len(parts),
            n_double=int((rejected["code"] == IN_LATER).sum()),
        ),
        share=True,
    )


def _marks(table: "pd.DataFrame") -> "tuple[pd.Series, pd.Series]":
    """Key rows by person and offence number, or by all identifying columns."""
    import pandas as pd

    there = table.reindex(columns=["offence_id", *_SAME])
    number = there["person"] + " " + there["offence_id"]
    compared = there[list(_SAME)].assign(committed_on=there["committed_on"].dt.normalize())
    same = pd.util.hash_pandas_object(compared.astype("str"), index=False).astype("UInt64")
    tells = there[list(_WHICH)].notna().any(axis="columns")
    return number, same.where(tells & number.isna() & there["person"].notna())
