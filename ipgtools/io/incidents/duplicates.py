"""
Find incidents that occur more than once: by their number, or by being the same in everything.

Rows are compared as they were read: columns that aren't taken over, such as house numbers and
free text, play no part.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ipgtools.errors import ReadError
from ipgtools.io import columns as columns_
from ipgtools.io.parse import text_values

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from ipgtools.io.rejects import Rejects

__all__ = ["MADE", "POLICIES", "Later", "group_identical_rows", "number_column", "reject"]

POLICIES = ("reject", "reject_all", "keep")
MADE = "rij-"
"""How numbers start that reading makes up for rows without one."""
_NUMBER = "id"
"""A name so common that values must tell whether it is a number of incidents."""
_FEW = 0.05
"""Share of repeated values above which a column called `id` is surely no such number."""
_FEW_WITHOUT = 0.1
_OTHERWISE = 0.5
"""Share of numbers in two files that stand for different incidents, from which all do."""


class Later:
    """Incidents of the files that come later: they go before the rows that are being read."""

    def __init__(self) -> None:
        import pandas as pd

        self.source = ""
        self._numbers: list[pd.Index] = []
        self._same: list[pd.Index] = []
        self._where = pd.Series(dtype="uint64")

    def __bool__(self) -> bool:
        return bool(self.source)

    def has_number(self, numbers: "pd.Series") -> "pd.Series":
        """Return for each number whether a later file has it."""
        import pandas as pd

        found = pd.Series(data=False, index=numbers.index)
        for one in self._numbers:
            found |= numbers.isin(one)
        return found

    def has_same(self, rows: "pd.Series") -> "pd.Series":
        """Return for each group of `group_identical_rows` whether a later file has it."""
        import pandas as pd

        found = pd.Series(data=False, index=rows.index)
        for one in self._same:
            found |= rows.isin(one)
        return found

    def add(self, source: str, numbers: "pd.Series", same: "pd.Series", where: "pd.Series") -> None:
        """Add the incidents of a file."""
        import pandas as pd

        self.source = source
        self._numbers.append(pd.Index(numbers))
        self._same.append(pd.Index(same))
        self._where = pd.concat([self._where, where]) if len(self._where) else where

    def require_one_numbering(self, where: "pd.Series", name: str, source: str) -> None:
        """Require that equal ids identify equal incidents, where a name is no proof."""
        later = self._where[~self._where.index.duplicated()]
        common = where[where.index.isin(later.index)]
        if (common != later.reindex(common.index)).mean() >= _OTHERWISE:
            msg = f"`{name}` numbers other incidents in {source} than in {self.source}"
            raise ReadError(msg, code="id_files_doubt", path=source, other=self.source, column=name)


def number_column(rows: "pd.DataFrame", source: str) -> tuple[str | None, bool]:
    """
    Take a column called ``id`` for the number of incidents if its values allow only that.

    Examples
    --------
    >>> import pandas as pd
    >>> number_column(pd.DataFrame({"ID": ["88", "91", "90"]}), "a.csv")
    ('ID', False)
    >>> number_column(pd.DataFrame({"ID": ["1", "2", "3"]}), "a.csv")
    (None, True)
    >>> number_column(pd.DataFrame({"ID": ["7", "7", "8"], "x": [1, 2, 3]}), "a.csv")
    (None, False)
    """
    import pandas as pd

    named = [name for name in rows.columns if columns_.normalise_name(name) == _NUMBER]
    if len(named) != 1:
        return None, False
    values = text_values.text(rows[named[0]])
    known = values.dropna()
    if known.empty or len(known) < (1 - _FEW_WITHOUT) * len(values):
        return None, False
    repeated = values.duplicated(keep=False) & values.notna()
    if not repeated.any():
        as_number = pd.to_numeric(known, errors="coerce")
        first, last = as_number.min(), as_number.max()
        counts = first in (0, 1) and last - first + 1 == as_number.notna().sum() == len(known)
        return (None, True) if counts else (named[0], False)
    plain = pd.DataFrame(rows[repeated]).astype("str")
    if plain.duplicated(keep=False).all():
        return named[0], False
    n_back = int(values[repeated].duplicated().sum())
    if n_back > _FEW * len(known):
        return None, False
    shown = values[repeated].iloc[0]
    msg = f"{source}: `{named[0]}` could be the number, but {shown} occurs more than once"
    raise ReadError(
        msg, code="id_doubt", path=source, column=named[0], n=n_back, example=str(shown)
    )


def group_identical_rows(
    columns: "Mapping[str, pd.Series]", x: "np.ndarray", y: "np.ndarray"
) -> "pd.Series":
    """
    Mark rows so that those that are the same in everything have one mark.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> x, y, street = np.array([1.0, 1.0, 2.0]), np.full(3, 5.0), pd.Series(["Laan"] * 3)
    >>> group_identical_rows({"street": street}, x, y).duplicated().tolist()
    [False, True, False]
    """
    import pandas as pd

    index = next(iter(columns.values())).index
    compared = {"x": pd.Series(x, index=index), "y": pd.Series(y, index=index)}
    for name, column in columns.items():
        if column.dtype == object:
            compared[f"_{name}"] = column.astype("str")
        elif column.dtype.kind == "M":
            zoned = isinstance(column.dtype, pd.DatetimeTZDtype)
            moments = column.dt.tz_convert(None) if zoned else column
            compared[f"_{name}"] = moments.astype("datetime64[s]")
        else:
            compared[f"_{name}"] = column
    return pd.util.hash_pandas_object(pd.DataFrame(compared), index=False)


def reject(
    columns: "Mapping[str, pd.Series]",
    x: "np.ndarray",
    y: "np.ndarray",
    collected: "Rejects",
    *,
    number: str,
    policy: str,
    source: str,
    later: Later | None = None,
    by_values: bool = False,
) -> int:
    """Reject rows that a later file has too, and rows without a number equal in all columns."""
    identifier = columns["incident_id"]
    if number and later is None and policy != "reject_all":
        return 0
    made = identifier.str.startswith(MADE).fillna(value=False).astype(bool)
    if later is not None:
        own = collected.good & ~made
        where = _where(columns, x, y)[own] if by_values else identifier[:0].astype("uint64")
        where.index = identifier[own] if by_values else where.index
        if by_values:
            later.require_one_numbering(where, number, source)
        collected.where(later.has_number(identifier) & ~made, number, "id_in_later_file",
                        found=identifier)  # fmt: skip
    same = group_identical_rows(
        {name: column for name, column in columns.items() if name != "incident_id"},
        x,
        y,
    )[made]
    stays = 0
    if policy == "reject_all" and later is not None:
        in_later = later.has_same(same).reindex(identifier.index, fill_value=False)
        collected.where(in_later, "", "same_in_later_file")
    double = same[collected.good & made].duplicated().reindex(identifier.index, fill_value=False)
    if policy == "reject_all":
        collected.where(double, "", "same")
    else:
        stays = int(double.sum())
    if later is not None:
        good = collected.good
        numbers = identifier[good & ~made]
        kept = where[where.index.isin(numbers)]
        later.add(source, numbers, same[good[made]], kept)
    return stays


def _where(columns: "Mapping[str, pd.Series]", x: "np.ndarray", y: "np.ndarray") -> "pd.Series":
    return group_identical_rows({"occurred_from": columns["occurred_from"]}, x, y)
