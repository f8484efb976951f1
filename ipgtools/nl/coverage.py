"""State in Dutch why a period is not compared with an earlier one."""

from typing import TYPE_CHECKING

from ipgtools.nl.formats import date, joined, number

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["EARLIER", "MONTHS_COUNTED", "OVERLAP", "incomplete", "not_compared", "short_history"]

EARLIER = {"previous": "de periode ervoor", "last_year": "dezelfde periode vorig jaar"}

OVERLAP = (
    "De periode duurt langer dan een jaar: dezelfde periode vorig jaar valt er deels in en is "
    "niet vergeleken."
)

MONTHS_COUNTED = (
    "Van de incidenten is alleen de maand bekend: geteld zijn de maanden die in de periode "
    "beginnen."
)


def not_compared(code: str, earlier: list[str], first: "dt.date", last: "dt.date") -> str:
    """
    State why there is no comparison with earlier periods.

    Examples
    --------
    >>> import datetime as dt
    >>> days = (dt.date(2025, 1, 1), dt.date(2025, 1, 31))
    >>> not_compared("begins_later", ["previous", "last_year"], *days)
    'De bestanden beginnen op 1 januari 2025; daarom is er geen vergelijking met de periode ervoor
     en dezelfde periode vorig jaar.'
    >>> not_compared("gap", ["previous"], *days)
    'Van 1 januari 2025 tot en met 31 januari 2025 staat er niets in de bestanden; daarom is er geen
     vergelijking met de periode ervoor.'
    """
    named = joined([EARLIER[name] for name in earlier])
    return f"{_reason(code, first, last)}; daarom is er geen vergelijking met {named}."


def incomplete(code: str, first: "dt.date", last: "dt.date") -> str:
    """
    State why the period itself may not be complete, and so is not compared.

    Examples
    --------
    >>> import datetime as dt
    >>> incomplete("ends_earlier", dt.date(2025, 1, 1), dt.date(2025, 11, 20))
    'De bestanden lopen tot en met 20 november 2025; de periode is daarom mogelijk niet volledig, en
     niet vergeleken.'
    """
    text = _reason(code, first, last)
    if code.startswith("part_of"):
        return f"{text}; daarom is de periode niet vergeleken."
    return f"{text}; de periode is daarom mogelijk niet volledig, en niet vergeleken."


def short_history(n: int, fewest: int, *, months: bool) -> str:
    """
    State that there is too little history to judge a difference.

    Examples
    --------
    >>> short_history(9, 12, months=False)
    'De bestanden beslaan 9 weken om de schommelingen aan te meten; onder de 12 zeggen wij niet of
     een verschil toeval is.'
    """
    what = "maanden" if months else "weken"
    return (
        f"De bestanden beslaan {number(n)} {what} om de schommelingen aan te meten; onder de "
        f"{number(fewest)} zeggen wij niet of een verschil toeval is."
    )


def _reason(code: str, first: "dt.date", last: "dt.date") -> str:
    return {
        "begins_later": f"De bestanden beginnen op {date(first)}",
        "ends_earlier": f"De bestanden lopen tot en met {date(last)}",
        "gap": f"Van {date(first)} tot en met {date(last)} staat er niets in de bestanden",
        "part_of_month": "Van de incidenten is alleen de maand bekend, en de periode bestaat niet "
        "uit hele maanden",
        "part_of_week": "Van de incidenten is alleen de week bekend, en de periode bestaat niet "
        "uit hele weken",
    }[code]
