"""Collect the rows that can't be used, each once, with its first reason."""

from typing import TYPE_CHECKING, Any

from ipgtools import _arrow
from ipgtools.nl import messages

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Rejects"]


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
        import numpy as np

        self._index = index
        self._good = np.ones(len(index), dtype=bool)
        self._parts = [before]

    @property
    def good(self) -> "pd.Series":
        """Rows without a reason so far."""
        import pandas as pd

        return pd.Series(self._good, index=self._index)

    def where(
        self, rows: "pd.Series", column: str, code: str, *, found: "pd.Series | None" = None
    ) -> None:
        """Reject rows by the code of a reason; rows that have one keep it."""
        import pandas as pd

        if code not in messages.rejections():
            msg = f"nl/messages.toml has no text for rejecting rows by the code {code!r}"
            raise KeyError(msg)

        chosen = rows.fillna(value=False) if rows.hasnans else rows
        these = chosen.to_numpy(dtype=bool) & self._good
        if not these.any():
            return
        self._good = self._good & ~these
        shown: Any = ""
        if found is not None:
            shown = pd.Series(_arrow.take(found, these)).astype("str").fillna("")
            shown = shown.str.slice(0, 80).to_numpy()
        numbers = self._index[these].astype("int64")
        part = pd.DataFrame({"source_row": numbers, "column": column, "found": shown})
        self._parts.append(part.astype({"column": "str", "found": "str"}).assign(
            code=pd.Series(code, index=part.index, dtype="str")))  # fmt: skip

    def by_code(self, codes: "pd.Series", column: str, *, found: "pd.Series | None" = None) -> None:
        """Reject every row that has a code."""
        for code in codes.dropna().unique():
            self.where(codes == code, column, str(code), found=found)

    def table(self) -> "pd.DataFrame":
        """Give all rejected rows."""
        import pandas as pd

        parts = [part for part in self._parts if len(part)]
        if not parts:
            return self._parts[0]
        return pd.concat(parts).sort_values("source_row", kind="stable").reset_index(drop=True)
