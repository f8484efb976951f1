"""List highlights with the evidence behind each, for an analyst who wants to see it."""

from collections.abc import Sequence
from math import nan

import pandas as pd

from ipgtools.highlights.claims import CLAIMS
from ipgtools.highlights.highlight import Highlight

__all__ = ["table"]

_COLUMNS = ("subject", "claim", "n", "n_before", "ratio", "ratio_low", "ratio_high", "size",
            "p_value")  # fmt: skip


def table(highlights: Sequence[Highlight]) -> pd.DataFrame:
    """
    List highlights with the evidence behind each.

    Parameters
    ----------
    highlights : sequence of Highlight
        As `select` or a run gives them.

    Returns
    -------
    DataFrame, n_highlights rows
        In their order: `text` (Dutch), `subject`, `claim` (empty for a count), `n` and `n_before`
        (Int64), `ratio` with its 95 % interval `ratio_low` and `ratio_high`, `size` (incidents
        more or fewer than expected), `p_value` (corrected), `false_alarm`: how often the test
        erred on simulated maps of chance, and `to_do`: what could be agreed on. Missing where
        there is none.

    Examples
    --------
    >>> rows = table([Highlight("hours", "Vrijdagavond ...", claim="peak", p_value=0.001, size=23),
    ...               Highlight("list", "De drukste plek ...", n=9)])
    >>> rows["p_value"].tolist(), rows["size"].tolist(), rows["n"].tolist()
    ([0.001, nan], [23.0, nan], [<NA>, 9])
    """
    rows = pd.DataFrame(
        [{"text": one.text, **{name: getattr(one, name) for name in _COLUMNS}}
         for one in highlights],
        columns=["text", *_COLUMNS],
    )  # fmt: skip
    rows = rows.astype({"n": "Int64", "n_before": "Int64"})
    rows["size"] = rows["size"].where(rows["p_value"].notna())
    rows["false_alarm"] = [
        CLAIMS[claim].false_alarm if claim in CLAIMS else nan for claim in rows["claim"]
    ]
    rows["to_do"] = pd.array([one.to_do for one in highlights], dtype="str")
    return rows
