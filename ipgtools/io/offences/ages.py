"""
Turn dates of birth into ages at the offence, and let nothing else of them out.

Messages about dates of birth show how they are written, never what they are.
"""

import re
from typing import TYPE_CHECKING

from ipgtools.errors import ReadError
from ipgtools.io.parse import dates as parse_dates
from ipgtools.io.parse import text_values
from ipgtools.nl import reading
from ipgtools.nl.messages import Message, message

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["OLDEST", "at_offence", "is_current_age", "parse_ages", "split", "value_patterns"]

OLDEST = 110
"""An age above it is a mistake."""
_SEP = r"[-/.\s]"
_PARTIAL = re.compile(
    rf"(?P<year>\d{{4}})(?:{_SEP}?0?0){{0,2}}|(?:0?0{_SEP}){{2}}(?P<last>\d{{4}})"
    rf"|0?0{_SEP}(?P<month>\d\d?){_SEP}(?P<of>\d{{4}})"
    rf"|(?P<iso>\d{{4}}){_SEP}?(?P<iso_month>\d\d){_SEP}?00|\d\d?{_SEP}0?0{_SEP}(?P<odd>\d{{4}})"
)
"""A year, or a date in which day or month is 00."""
_SHORT_YEAR = r"\d\d?[-/.]\d\d?[-/.]\d\d"
_DOUBT = {
    "dates_doubt": "birth_doubt",
    "dates_year": "birth_doubt",
    "dates_half": "birth_doubt",
    "dates_unknown": "birth_unknown",
}
_SHAPES = 4
"""Ways of writing that a message shows."""
_FEW = 3
"""Persons from which it is no chance that an age never changes."""


def split(column: "pd.Series") -> "tuple[pd.Series, pd.Series, pd.Series]":
    """
    Take apart whole dates and those of which only year, or year and month, are known.

    Examples
    --------
    >>> import pandas as pd
    >>> _, year, month = split(pd.Series(["1985", "00-06-1985", "01-06-1985", "1985.0"]))
    >>> year.tolist(), month.tolist()
    ([1985.0, 1985.0, nan, 1985.0], [nan, 6.0, nan, nan])
    """
    import pandas as pd

    text = column.astype("str").str.strip()
    text = text.str.replace(r"^(\d{4})\.0$", r"\1", regex=True)
    number, distinct = pd.factorize(text)
    found = [_PARTIAL.fullmatch(one) for one in distinct]
    years = [_first(one, "year", "last", "of", "iso", "odd") for one in found]
    months = [_first(one, "month", "iso_month") for one in found]
    year, month = (
        pd.Series([*values, None], dtype="float64").take(number).set_axis(column.index)
        for values in (years, months)
    )
    month = month.where(month.between(1, 12))
    partial = year.notna()
    return (column.mask(partial) if partial.any() else column), year, month


def at_offence(
    born: "pd.Series", on: "pd.Series", person: "pd.Series", *, source: str, notes: list[Message]
) -> "pd.Series":
    """Count birthdays up to the offence; who is born on 29 February has one on 1 March."""
    import pandas as pd

    whole, year, month = split(born)
    code = ""
    try:
        dates, unreadable = parse_dates.parse(whole, source=source)
    except ReadError as error:
        code = _DOUBT.get(error.code, "birth_unknown")
    if code:  # raised here, for the error that was caught holds some of the dates
        msg = f"{source}: `{born.name}` holds no dates of birth in a notation that is clear"
        raise ReadError(
            msg, code=code, path=source, column=str(born.name), examples=value_patterns(whole)
        )
    short = (dates > on) & text_values.text(whole).str.fullmatch(_SHORT_YEAR).fillna(value=False)
    if short.any():
        dates = dates.mask(short, dates - pd.DateOffset(years=100)).astype("datetime64[s]")
    ends = pd.to_datetime(
        pd.DataFrame({"year": year, "month": month.fillna(12), "day": 1}), errors="coerce"
    ) + pd.offsets.MonthEnd(0)
    per_person = dates.groupby(person)
    differ = (per_person.min() != per_person.max()) & (per_person.count() > 0)
    several = int(differ.sum())
    dates = dates.fillna(ends.astype("datetime64[s]"))
    age = (on.dt.year - dates.dt.year).astype("float64") - _before_birthday(dates, on)
    wrong = (age < 0) | (age > OLDEST)
    known = dates.notna() & on.notna()
    notes += reading.on_birth(
        unreadable=int(unreadable.sum()),
        partial=int((year.notna() & known & ~wrong).sum()),
        short=int(short.sum()),
        wrong=int((wrong & known).sum()),
        several=several,
    )
    return age.mask(wrong)


def parse_ages(column: "pd.Series", *, notes: list[Message]) -> "pd.Series":
    """
    Read ages as they are written, also ``34 jaar``.

    Examples
    --------
    >>> import pandas as pd
    >>> parse_ages(pd.Series(["34", "17 jaar", "17,9", "999", None]), notes=[]).tolist()
    [34.0, 17.0, 17.0, nan, nan]
    """
    text = text_values.text(column)
    years = text.str.extract(r"^(\d{1,3})(?:[.,]\d+)?\s*(?:jaar|jr\.?|j)?$", expand=False)
    age = years.astype("float64")
    age = age.where(age <= OLDEST)
    if unreadable := int((age.isna() & text.notna()).sum()):
        notes.append(message("ages_unreadable", n=unreadable))
    return age


def is_current_age(age: "pd.Series", on: "pd.Series", person: "pd.Series") -> bool:
    """
    Return whether given ages are those of today: the same for offences that lie years apart.

    Examples
    --------
    >>> import pandas as pd
    >>> on = pd.Series(pd.to_datetime(["2015-01-01", "2020-01-01"] * 3))
    >>> who = pd.Series(["p1", "p1", "p2", "p2", "p3", "p3"])
    >>> is_current_age(pd.Series([34.0, 34, 20, 20, 51, 51]), on, who)
    True
    """
    import pandas as pd

    known = age.notna() & on.notna()
    table = pd.DataFrame({"person": person, "age": age, "on": on})[known]
    per = table.groupby("person").agg(first=("on", "min"), last=("on", "max"), n=("age", "nunique"))
    long = per[per["last"] - per["first"] >= pd.Timedelta(days=2 * 366)]
    return len(long) >= _FEW and bool((long["n"] == 1).all())


def _before_birthday(born: "pd.Series", on: "pd.Series") -> "pd.Series":
    before = (on.dt.month < born.dt.month) | (
        (on.dt.month == born.dt.month) & (on.dt.day < born.dt.day)
    )
    return before.astype("float64")


def _first(found: "re.Match[str] | None", *names: str) -> float | None:
    groups = found.groupdict() if found else {}
    return next((float(groups[name]) for name in names if groups.get(name)), None)


def value_patterns(column: "pd.Series") -> str:
    """
    Return the patterns of a column's values without the values.

    Examples
    --------
    >>> import pandas as pd
    >>> value_patterns(pd.Series(["01/02/1985", "Jansen", "04/02/1971"]))
    "'99/99/9999', 'aaaaaa'"
    """
    ways = text_values.text(column).dropna().map(_value_pattern).value_counts().index[:_SHAPES]
    return ", ".join(f"'{one}'" for one in ways)


def _value_pattern(value: object) -> str:
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", str(value)))[:40]
