"""Tell what reading did: which rows were used, which were not and why, and what was decided."""

import html
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ipgtools import nl
from ipgtools.nl import reading

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class ReadReport:
    """
    What became of every row of one source.

    Parameters
    ----------
    source : str
        Name of the file.
    n_read : int
        Rows that the source holds.
    n_used : int
        Rows that stand in the table. ``n_read == n_used + n_rejected``, always.
    rejected : DataFrame, n_rejected rows
        `source_row` (from 1, after the header), `column`, `found` (what stood there, empty
        for personal columns) and `reason` (Dutch).
    notes : tuple of str
        Decisions taken on the whole file, in Dutch.
    details : dict
        The same decisions for a program: `columns` (contract name to source name), `crs`,
        and what else a reader decided.

    Raises
    ------
    ValueError
        If the numbers don't add up: a fault of the reader, not of the file.
    """

    source: str
    n_read: int
    n_used: int
    rejected: "pd.DataFrame"
    notes: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.n_read != self.n_used + self.n_rejected:
            msg = (
                f"{self.source}: {self.n_read} rows read, but {self.n_used} used and "
                f"{self.n_rejected} rejected"
            )
            raise ValueError(msg)

    @property
    def n_rejected(self) -> int:
        """Rows that were left out, each with a reason in `rejected`."""
        return len(self.rejected)

    def reasons(self) -> "pd.DataFrame":
        """
        Count the rejected rows by reason.

        Returns
        -------
        DataFrame, one row per reason
            `reason` and `n`, most frequent first.
        """
        return self.rejected.groupby("reason").size().sort_values(ascending=False, kind="stable") \
            .rename("n").reset_index()  # fmt: skip

    def lines(self) -> list[str]:
        """
        Say it in Dutch, a line a fact.

        Returns
        -------
        list of str
            The totals, then the reasons, then the notes.
        """
        head = reading.totals(self.source, self.n_read, self.n_used, self.n_rejected)
        reasons = [f"{nl.number(row.n)}: {row.reason}" for row in self.reasons().itertuples()]
        return [head, *reasons, *self.notes]

    def __repr__(self) -> str:
        return "\n  - ".join(self.lines())

    def _repr_html_(self) -> str:
        head, *rest = [html.escape(line) for line in self.lines()]
        items = "".join(f"<li>{line}</li>" for line in rest)
        return f"<p><strong>{head}</strong></p><ul>{items}</ul>"


def no_rejects() -> "pd.DataFrame":
    """
    Give an empty table of rejected rows.

    Returns
    -------
    DataFrame, no rows
        With the columns `source_row`, `column`, `found` and `reason`.
    """
    import pandas as pd

    return pd.DataFrame(
        {
            "source_row": pd.Series(dtype="int64"),
            "column": pd.Series(dtype="str"),
            "found": pd.Series(dtype="str"),
            "reason": pd.Series(dtype="str"),
        }
    )
