"""Collect the rows that can't be used, each once, with its first reason."""

from typing import TYPE_CHECKING

from ipgtools.nl.reading import REASONS

if TYPE_CHECKING:
    import pandas as pd


class Rejects:
    """
    Rows that are left out while a file is being read.

    Parameters
    ----------
    index : Index
        Source row numbers of all rows under consideration.
    before : DataFrame
        Rows that were rejected before there was a table.
    """

    def __init__(self, index: "pd.Index", before: "pd.DataFrame") -> None:
        import pandas as pd

        self._reason = pd.Series(pd.NA, index=index, dtype="str")
        self._column = pd.Series("", index=index, dtype="str")
        self._found = pd.Series("", index=index, dtype="str")
        self._before = before

    @property
    def good(self) -> "pd.Series":
        """Rows without a reason so far."""
        return self._reason.isna()

    def where(
        self, rows: "pd.Series", column: str, key: str, *, found: "pd.Series | None" = None
    ) -> None:
        """Reject rows for one reason; rows that have one keep it."""
        rows = rows.fillna(value=False).astype(bool) & self.good
        if not rows.any():
            return
        self._reason[rows] = REASONS[key]
        self._column[rows] = column
        if found is not None:
            self._found[rows] = found[rows].astype("str").fillna("").str.slice(0, 80)

    def by_key(self, keys: "pd.Series", column: str, *, found: "pd.Series | None" = None) -> None:
        """Reject every row that has a key into `nl.reading.REASONS`."""
        for key in keys.dropna().unique():
            self.where(keys == key, column, str(key), found=found)

    def table(self) -> "pd.DataFrame":
        """
        Give all rejected rows.

        Returns
        -------
        DataFrame
            `source_row`, `column`, `found`, `reason`, by source row.
        """
        import pandas as pd

        bad = ~self.good
        mine = pd.DataFrame(
            {
                "source_row": self._reason.index[bad].astype("int64"),
                "column": self._column[bad].to_numpy(),
                "found": self._found[bad].to_numpy(),
                "reason": self._reason[bad].to_numpy(),
            }
        )
        parts = [part for part in (self._before, mine) if len(part)]
        if not parts:
            return self._before
        return pd.concat(parts).sort_values("source_row", kind="stable").reset_index(drop=True)
