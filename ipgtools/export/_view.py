"""Show a table in a notebook, as a Dutch reader expects it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ipgtools.errors import ContractError
from ipgtools.nl import formats

if TYPE_CHECKING:
    import pandas as pd
    from pandas.io.formats.style import Styler

__all__ = ["view"]

_CHANCES = ("p_value", "q_value", "false_alarm")
_SMALLEST = 0.001


def view(
    table: "pd.DataFrame",
    columns: "Mapping[str, str] | None" = None,
    *,
    n: int | None = None,
    precision: int = 1,
) -> "Styler":
    """
    Show columns of a table in a notebook with Dutch headings and numbers.

    Parameters
    ----------
    table : DataFrame
        Any result.
    columns : mapping of str to str, optional
        Columns to show, with their headings, in this order; all but the geometry if not given.
    n : int, optional
        Rows to show, from the first.
    precision : int, default 1
        Decimals of numbers that are not whole. Chances (``p_value``, ``q_value`` and
        ``false_alarm``) have three, and "onder 0,001" below that.

    Returns
    -------
    Styler
        Drawn by a notebook. Text is escaped: what a file holds can't run.

    Raises
    ------
    ContractError
        If a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> streets = pd.DataFrame({"street_name": ["Heggenes"], "n": [1200]})
    >>> shown = view(streets, {"street_name": "straat", "n": "aantal"})
    >>> print(shown.to_string(delimiter="; "))
    straat; aantal
    Heggenes; 1.200
    """
    import pandas as pd

    if columns is None:
        columns = {name: name for name in table if name != "geometry"}
    if missing := [name for name in columns if name not in table]:
        msg = f"`table` lacks {', '.join(missing)}"
        breaches = "; ".join(f"{name}: column is missing" for name in missing)
        raise ContractError(msg, code="contract", table="view", breaches=breaches)
    shown = pd.DataFrame(table)[list(columns)].head(len(table) if n is None else n)
    shown = shown.reset_index(drop=True)
    for name in shown.select_dtypes("datetime"):
        shown[name] = shown[name].map(_day, na_action="ignore").astype("str")
    for name in shown.select_dtypes("bool"):
        shown[name] = shown[name].map({True: "ja", False: "nee"})
    chances = [columns[name] for name in columns if name in _CHANCES]
    how: dict[str, Any] = {"decimal": ",", "thousands": ".", "na_rep": "-", "escape": "html"}
    styled = shown.set_axis(list(columns.values()), axis=1).style.hide(axis="index")
    styled = styled.format(precision=precision, **how).format_index(escape="html", axis=1)
    texts = [columns[name] for name in columns if pd.api.types.is_string_dtype(table[name])]
    if texts:
        styled = styled.set_properties(subset=texts, **{"text-align": "left"})
    return styled.format(_chance, subset=chances, na_rep="-", escape="html") if chances else styled


def _chance(value: float) -> str:
    """Write a chance, which is never zero."""
    return (
        f"onder {formats.number(_SMALLEST, 3)}" if value < _SMALLEST else formats.number(value, 3)
    )


def _day(moment: "pd.Timestamp") -> str:
    """Write a date, with its time if it has one."""
    day = formats.date(moment, short=True)
    return day if moment == moment.normalize() else f"{day} {moment:%H:%M}"
