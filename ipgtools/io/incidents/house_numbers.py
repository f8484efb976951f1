"""
Find house numbers that follow the street name in one column.

*Oostveenweg 12-II* is a street and a number; *Boulevard 1945* and *Calle 10* are streets. What
is clear is split, the rest stays as it stands.
"""

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ipgtools.io.columns.normalise import normalise_name
from ipgtools.nl import place_names, reading
from ipgtools.nl.messages import Message, message
from ipgtools.nl.schouw import SURE_ENDINGS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Separated", "Split", "addresses", "separate_house_numbers", "split"]

_NUMBERED = re.compile(
    r"""^(?P<street>(?:\d{1,2}(?:e|de|ste)\s)?[^\d]*?[^\W\d_]\.?)
    (?:[\s,]+|(?<=[^\W\d_]{4}))
    (?:(?:t\.?\s?o|t\.?\s?h\.?\s?v|tegenover|bij)\b\.?\s*)?
    (?:(?:nr|nrs|no|nummer|huisnr|huisnummer)\b\.?:?\s*)?
    0*(?P<number>[1-9]\d{0,4})
    (?P<suffix>(?:\s?(?:-|/|t/m|\+|en)\s?\d{1,5}[a-z]?(?![a-z\d])
        |(?!\s?t/m)(?:[-/]?[a-z]{1,3}
            |\s?[-/]?\s?(?:[a-z]|hs|bis|rd|zw|bgg?|i{1,3}|iv|rood|zwart|boven|beneden)
        )(?![a-z]))*)
    (?:\s*,?\s*\d{4}\s?[a-z]{2}\b.*)?(?P<rest>[\s,;:(/-]+\S.*)?[\s.,;]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
_LONGEST = 200
"""Signs of a text that is looked at."""
_ROADS = ("rijksweg", "snelweg", "autoweg", "autosnelweg")
_LONG_NAME = 3
_MOSTLY, _FEWEST = 0.5, 3
"""Share of the numbers in a column that must stand behind a street for sure before those behind
other names are house numbers, too, and how many these must be; and share of the values of a
column that makes it one of addresses."""
_HOUSE = re.compile(r"huisnummer|huisnr|^hsnr|housenumber")


class Split(NamedTuple):
    """Names of streets, house numbers (missing where there is none), and how many rows had one."""

    streets: "pd.Series"
    numbers: "pd.Series"
    n: int


def split(names: "pd.Series") -> Split:
    """
    Split house numbers from names of streets, where they are clear.

    Examples
    --------
    >>> import pandas as pd
    >>> found = split(pd.Series(["OOSTVEENWEG 0012 A", "Pluimstraat", "Boulevard 1945"]))
    >>> found.streets.tolist(), found.numbers.tolist(), found.n
    (['OOSTVEENWEG', 'Pluimstraat', 'Boulevard 1945'], ['12 A', nan, nan], 1)
    """
    found = _clear(names)
    rows = names.isin(list(found))
    streets = {text: street for text, (street, _) in found.items()}
    numbers = {text: number for text, (_, number) in found.items()}
    return Split(
        names.mask(rows, names.map(streets)) if found else names,
        names.map(numbers).astype("str"),
        int(rows.sum()),
    )


def addresses(rows: "pd.DataFrame") -> list[str]:
    """
    List the columns that hold addresses: a street and a house number, in most of the values.

    Examples
    --------
    >>> import pandas as pd
    >>> told = {"Locatie": ["Pluimstraat 29", "Leijdsweg 3", "Velveweg 5"], "soort": ["a 1"] * 3}
    >>> addresses(pd.DataFrame(told))
    ['Locatie']
    """
    import pandas as pd

    found = []
    for name, column in rows.items():
        if not (pd.api.types.is_string_dtype(column) or column.dtype == object):
            continue
        values = column.dropna().drop_duplicates()
        if len(values) < _FEWEST:
            continue
        values = values[values.map(lambda value: isinstance(value, str))].astype("str")
        n = len(_clear(values.str.strip()))
        if n >= _FEWEST and n > _MOSTLY * len(values):
            found.append(str(name))
    return found


class Separated(NamedTuple):
    """What became of the columns with streets and house numbers."""

    street: str
    """The file's column with streets; empty if it has none."""
    further: list[str]
    """Columns that are kept unchanged."""
    dropped: list[str]
    """Columns with addresses that are left out."""
    houses: list[str]
    """Columns that became `house_number`."""
    hidden: list[str]
    """Columns whose values are not to be shown, since house numbers stand in them."""


def separate_house_numbers(
    table: "pd.DataFrame",
    rows: "pd.DataFrame",
    street: str,
    further: Sequence[str],
    keep: Collection[str],
    notes: list[Message],
) -> Separated:
    """Put streets without their numbers into a table, and house numbers that are to be kept."""
    from ipgtools.io.parse import text_values

    listed = addresses(rows[list(further)])
    if not street and len(listed) == 1:
        street = listed[0]
        table["street_name"] = text_values.street(rows[street])
        notes.append(message("street_by_values", column=street))
    dropped = [name for name in listed if name not in {street, *keep}]
    if dropped:
        notes.append(message("addresses", columns=dropped))
    houses = [name for name in further if name in keep and _HOUSE.search(normalise_name(name))]
    houses = houses if len(houses) == 1 else []
    hidden = []
    if street and (found := split(table["street_name"])).n:
        kept = street in keep
        table["street_name"] = found.streets
        if kept:
            table["house_number"] = found.numbers
        else:
            hidden.append(street)
        notes.append(reading.house_numbers(street, found.n, kept=kept))
    if houses:
        numbers = text_values.text(rows[houses[0]])
        beside = table.get("house_number")
        table["house_number"] = numbers if beside is None else numbers.fillna(beside)
    left = {street, *dropped, *houses}
    return Separated(
        street, [name for name in further if name not in left], dropped, houses, hidden
    )


def _clear(names: "pd.Series") -> dict[str, tuple[str, str]]:
    """Give street and number of the texts that clearly hold both."""
    known = names.dropna()
    texts = known[known.str.contains(r"\d", na=False)].unique().tolist()
    texts = [text for text in texts if len(text) <= _LONGEST]
    parts = {text: match for text in texts if (match := _NUMBERED.match(text))}
    if not parts:
        return {}
    streets = {text: match["street"].strip(" ,-") for text, match in parts.items()}
    sure = {text for text in parts if _is_street(streets[text])}
    alone = {str(text).casefold() for text in known.unique()} - {text.casefold() for text in parts}
    mostly = len(sure) >= max(_FEWEST, _MOSTLY * len(parts))
    houses = {
        text
        for text, street in streets.items()
        if text in sure
        or (
            not parts[text]["rest"]
            and (street.casefold() in alone or (mostly and _is_name(street)))
        )
    }
    # a year is part of a name (Plein 1813), unless the street has houses beside it
    years = {text for text in houses if _YEAR.match(parts[text]["number"])}
    numbered = {streets[text].casefold() for text in houses - years} | alone
    houses -= {
        text for text in years if text not in sure or streets[text].casefold() not in numbered
    }
    return {text: (streets[text], _number(parts[text])) for text in houses}


def _number(match: "re.Match[str]") -> str:
    return f"{match['number']}{match['suffix']}".strip()


def _is_street(name: str) -> bool:
    """Return whether a name ends as streets do that have houses."""
    last = name.casefold().split()[-1] if name.split() else ""
    return last not in _ROADS and any(
        last.endswith(end) and len(last) >= len(end) + _LONG_NAME for end in SURE_ENDINGS
    )


def _is_name(name: str) -> bool:
    return bool(place_names.street(name)) and name.casefold() not in _ROADS
