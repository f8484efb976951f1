"""
Detect personal values and free text in columns whose names don't reveal it.

Values about persons are a warning, no gate: what is found is counted by column and kind, and
never shown. Free text is a gate: it is left out unless asked for.
"""

import numbers
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from ipgtools.io.columns.normalise import normalise_name
from ipgtools.io.parse import text_values

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["free_text", "is_bsn", "is_iban", "may_tell", "people", "suspects"]

_SAMPLE = 20_000
"""Distinct values that are looked at in a column."""
_FREE_SAMPLE, _FREE_WORDS = 2_000, 6
"""Values that are looked at for free text, and words on average from which it is."""
_CHANCE = 0.3
"""Share of nine-digit numbers that pass the eleven-test before they count as BSN; 1 in 11 do."""
_PLATES = "|".join(
    (
        r"[A-Z]{2}-\d{2}-\d{2}", r"\d{2}-\d{2}-[A-Z]{2}", r"\d{2}-[A-Z]{2}-\d{2}",
        r"[A-Z]{2}-\d{2}-[A-Z]{2}", r"[A-Z]{2}-[A-Z]{2}-\d{2}", r"\d{2}-[A-Z]{2}-[A-Z]{2}",
        r"\d{2}-[A-Z]{3}-\d", r"\d-[A-Z]{3}-\d{2}", r"[A-Z]{2}-\d{3}-[A-Z]",
        r"[A-Z]-\d{3}-[A-Z]{2}", r"[A-Z]{3}-\d{2}-[A-Z]", r"[A-Z]-\d{2}-[A-Z]{3}",
        r"\d-[A-Z]{2}-\d{3}", r"\d{3}-[A-Z]{2}-\d",
    )
)  # fmt: skip
_PATTERNS: dict[str, re.Pattern[str]] = {
    "email": re.compile(r"[\w.+-]{1,100}@[\w-]+\.[a-z]{2,}", re.IGNORECASE),
    "iban": re.compile(r"\bNL\d{2} ?[A-Z]{4} ?\d{4} ?\d{4} ?\d{2}\b", re.IGNORECASE),
    "phone": re.compile(
        r"(?<![\w.,])(?:(?:\+|00)31[ -]?(?:\(0\))?|\(?0)[ -]?[1-9](?:[ ).-]{0,2}\d){8}"
        r"(?!\w|[.,:]\d)"
    ),
    "plate": re.compile(rf"(?<![\w-])(?:{_PLATES})(?![\w-])"),
    "bsn": re.compile(
        r"(?<![\w.,+-])(?:\d{9}|\d{3}([ .])\d{3}\1\d{3}|\d{4}([ .])\d{2}\2\d{3})(?![\w.,-])"
    ),
}
_BARE_PLATE = re.compile(
    "|".join(
        re.sub(r"(?<!A)-", "", plate)
        for plate in _PLATES.split("|")
        if plate not in {r"[A-Z]{2}-\d{2}-\d{2}", r"\d{2}-\d{2}-[A-Z]{2}"}  # 7512AB is a postcode
    )
)
_MOST, _FEWEST = 0.5, 5
"""Share of values that must be plates without dashes, and how many different ones there must be."""
_PEOPLE = re.compile(
    r"(verdachte|dader|slachtoffer|getuige|betrokkene|aangever|melder|bewoner|ouder|suspect|victim|"
    r"offender|witness|officer)(n|s|es)?(en)?"
)
_NO_NAME = re.compile(r"(?i:[\d.,\s]+|j|n|ja|nee|y|yes|no|true|false|onbekend|geen|n\.?v\.?t\.?|-)")
_WORTH_A_LOOK = re.compile(
    r"@|\d[\d -]{7}|\d{4}|[A-Za-z\d]-[A-Za-z\d]|\d{2}[. ]\d{3}|[A-Za-z]{2}\d|\d[A-Za-z]{2}"
)


def suspects(rows: "pd.DataFrame") -> dict[str, dict[str, int]]:
    """
    Count values that look like a person's number, address or plate.

    Examples
    --------
    >>> import pandas as pd
    >>> suspects(pd.DataFrame({"ref": ["111222333", "x"], "kleur": ["rood", "blauw"]}))
    {'ref': {'bsn': 1}}
    """
    import pandas as pd

    found: dict[str, dict[str, int]] = {}
    for name, column in rows.items():
        column = text_values.as_integers(column)  # noqa: PLW2901
        if pd.api.types.is_integer_dtype(column):
            if not column.dropna().between(10**8, 10**9 - 1).any():
                continue
        elif not (pd.api.types.is_string_dtype(column) or column.dtype == object):
            continue
        try:
            distinct = column.iloc[: 5 * _SAMPLE].unique()[:_SAMPLE]
        except TypeError:  # lists and other values that aren't text
            continue
        values = [str(value) for value in distinct if isinstance(value, str | numbers.Integral)]
        text = "\n".join(values)
        if not _WORTH_A_LOOK.search(text):
            continue
        kinds = {
            kind: _count(values, kind)
            for kind, pattern in _PATTERNS.items()
            if pattern.search(text)
        }
        kinds["plate"] = kinds.get("plate", 0) or _bare_plates(values)
        kinds = {kind: n for kind, n in kinds.items() if n}
        if kinds:
            found[str(name)] = kinds
    return found


def may_tell(text: str) -> bool:
    """
    Return whether a text holds anything that looks like a person's number, address or plate.

    Examples
    --------
    >>> may_tell("Totaal: 8 incidenten"), may_tell("bel 06-12345678")
    (False, True)
    """
    return any(pattern.search(text) for pattern in _PATTERNS.values())


def free_text(rows: "pd.DataFrame") -> list[str]:
    """
    List the columns in which people write what they like.

    Examples
    --------
    >>> import pandas as pd
    >>> told = ["man zag twee jongens over de schutting klimmen", "deur stond open bij thuiskomst"]
    >>> free_text(pd.DataFrame({"wat": told, "straat": ["Velveweg", "Van der Reststraat"]}))
    ['wat']
    """
    import pandas as pd

    found = []
    for name, column in rows.items():
        if not (pd.api.types.is_string_dtype(column) or column.dtype == object):
            continue
        values = [value for value in column.iloc[:_FREE_SAMPLE].tolist() if isinstance(value, str)]
        distinct = set(values)
        n_words = sum(len(value.split()) for value in distinct)
        if distinct and n_words >= _FREE_WORDS * len(distinct) and 2 * len(distinct) > len(values):
            found.append(str(name))
    return found


def people(rows: "pd.DataFrame") -> list[str]:
    """
    List the columns named after roles of persons that hold names, not counts.

    Examples
    --------
    >>> import pandas as pd
    >>> people(pd.DataFrame({"Verdachten": ["J. Jansen", "P. de Vries"], "Getuigen": ["2", "J"]}))
    ['Verdachten']
    """
    import pandas as pd

    found = []
    for name in rows:
        if not _PEOPLE.fullmatch(normalise_name(name)) or pd.api.types.is_numeric_dtype(rows[name]):
            continue
        values = [str(value).strip() for value in rows[name].dropna().iloc[:_FREE_SAMPLE]]
        if any(not _NO_NAME.fullmatch(value) for value in values):
            found.append(str(name))
    return found


def is_bsn(digits: str) -> bool:
    """
    Return whether nine digits, in groups or not, pass the test of a burgerservicenummer.

    Examples
    --------
    >>> is_bsn("111222333"), is_bsn("1112.22.333"), is_bsn("111222334"), is_bsn("000000000")
    (True, True, False, False)
    """
    digits = re.sub(r"[ .]", "", digits)
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return int(digits) > 0 and total % 11 == 0


def is_iban(text: str) -> bool:
    """
    Return whether an account number passes its check digits (ISO 13616).

    Examples
    --------
    >>> is_iban("NL91 ABNA 0417 1643 00"), is_iban("NL92ABNA0417164300")
    (True, False)
    """
    plain = re.sub(r"\s", "", text).upper()
    number = "".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])
    return int(number) % 97 == 1


_CHECKS: dict[str, Callable[[str], bool]] = {"bsn": is_bsn, "iban": is_iban}


def _bare_plates(values: list[str]) -> int:
    """Count plates without dashes or in lower case, where most values are such."""
    bare = [value.strip().upper().replace("-", "") for value in values]
    n = sum(_BARE_PLATE.fullmatch(value) is not None for value in bare)
    return n if n >= _FEWEST and n > _MOST * len(values) else 0


def _count(values: list[str], kind: str) -> int:
    pattern, check = _PATTERNS[kind], _CHECKS.get(kind)
    if kind == "phone":  # the digits of an account look like one
        values = [_PATTERNS["iban"].sub("", value) for value in values]
    found = ([match[0] for match in pattern.finditer(value)] for value in values)
    hits = [some for some in found if some]
    if check is None:
        return len(hits)
    n_good = sum(any(check(one) for one in found) for found in hits)
    return 0 if kind == "bsn" and n_good < _CHANCE * len(hits) else n_good
