"""
Repair lines of a text table that lack quotes or trailing empty fields.

An inch sign at the head of a value (``"28 inch fiets``) opens a quotation that nothing closes:
all rows up to the next mark, or to the end of the file, would be part of that value. But a
line that holds a whole row is no part of another one. Where every line of such a value holds
as many fields as the header, the mark was a sign and the lines are rows. So it was where a
line has the fields of the header only if its marks are signs.

Excel leaves out separators behind the last value of a row, in some blocks of rows and not in
others. A row with too few fields is filled up with empty ones if what it has agrees with the
other rows: a number where they all have numbers, a date where they all have dates.
"""

import csv
import itertools
import re
from collections import deque
from collections.abc import Iterable, Iterator

__all__ = ["MARK", "SHORT", "Kinds", "kinds", "repair", "split"]

_FEWEST_FIELDS = 4
"""Columns below which separators inside a text may be commas of a sentence."""
_ENOUGH = 20
"""Whole rows inside one value from which there is no need to look for its end."""
_SAMPLE = 500
"""Whole rows that short ones are compared with."""
_FEWEST_ROWS = 3
_QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+"')
_REST = re.compile(r'[^"]*+(?:""[^"]*+)*+"')
_NUMBER = re.compile(r"[-+]?[.,\s]*\d[\d.,\s]*")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T\s].*)?")
MARK, SHORT = "mark", "short"


def repair(
    lines: Iterable[str], separator: str, n_fields: int, like: "Kinds | None" = None
) -> Iterator[tuple[str, str]]:
    r"""
    Return the lines of a table in such a way that a reader of CSV finds its rows.

    Examples
    --------
    >>> table = ['1;a;b;"28 inch\n', "2;a;b;c\n", '3;a;b;"twee\n', 'regels"\n', "4;a;b\n"]
    >>> [what for line, what in repair(table, ";", 4, like=kinds(["1;a;b;c\n"] * 3, ";", 4))]
    ['mark', '', '', '', 'short']
    """
    ahead, waiting = iter(lines), deque[str]()
    while line := waiting.popleft() if waiting else next(ahead, ""):
        is_open = _open_after(line, separator)
        if not is_open:
            yield _whole(line, separator, n_fields, like)
            continue
        held, is_rows = [line], _is_row(line, separator, n_fields)
        while is_open and is_rows and len(held) <= _ENOUGH:
            following = waiting.popleft() if waiting else next(ahead, "")
            if not following:
                break
            held.append(following)
            is_open = _open_after(following, separator, inside=True)
            is_rows = not following.strip() or _is_row(following, separator, n_fields)
        if is_rows:
            yield _with_signs(line, separator, n_fields), MARK
            waiting.extendleft(reversed(held[1:]))
            continue
        for one in held:
            yield one, ""
        while is_open and (following := waiting.popleft() if waiting else next(ahead, "")):
            is_open = _open_after(following, separator, inside=True)
            yield following, ""


Kinds = tuple[str, ...]
"""For each column ``"number"`` or ``"date"`` where all of its values are, or nothing."""


def kinds(lines: Iterable[str], separator: str, n_fields: int) -> Kinds | None:
    r"""
    Return the kind of each column, from the first complete rows.

    Examples
    --------
    >>> kinds(["P1;13-09-2025;258000;x\n", "P2;;471000,5;7\n", "P3;;;\n"], ";", 4)
    ('', 'date', 'number', '')
    """
    every = (split(line.rstrip("\r\n"), separator) for line in lines)
    whole = list(itertools.islice((row for row in every if len(row) == n_fields), _SAMPLE))
    if len(whole) < _FEWEST_ROWS:
        return None
    found = []
    for values in zip(*whole, strict=True):
        seen = {_kind(value) for value in values if value.strip()}
        found.append(seen.pop() if len(seen) == 1 else "")
    return tuple(found) if any(found) else None


def _whole(line: str, separator: str, n_fields: int, like: Kinds | None) -> tuple[str, str]:
    """Repair a line without an open quotation that has another number of fields."""
    n_separators = line.count(separator)
    if n_fields < _FEWEST_FIELDS or (n_separators + 1 == n_fields and '"' not in line):
        return line, ""
    fields = _as_csv(line.rstrip("\r\n"), separator)
    if len(fields) != n_fields and n_separators + 1 == n_fields:
        return _with_signs(line, separator, n_fields), MARK
    if like and n_fields / 2 < len(fields) < n_fields and line.endswith(("\n", "\r")):
        agrees = (not kind or not value.strip() or _kind(value) == kind
                  for value, kind in zip(fields, like, strict=False))  # fmt: skip
        if all(agrees):
            row = line.rstrip("\r\n")
            return row + separator * (n_fields - len(fields)) + line[len(row) :], SHORT
    return line, ""


def _kind(value: str) -> str:
    """Return whether a value is a date or a number."""
    value = value.strip()
    return "date" if _DATE.fullmatch(value) else "number" if _NUMBER.fullmatch(value) else ""


def _open_after(line: str, separator: str, *, inside: bool = False) -> bool:
    """
    Return whether a quotation is open at the end of a line.

    Examples
    --------
    >>> _open_after('1;"a;b";c', ";"), _open_after('1;"a', ";"), _open_after('1;28" b', ";")
    (False, True, False)
    >>> _open_after('b";c', ";", inside=True), _open_after("b;c", ";", inside=True)
    (False, True)
    """
    at = 0
    if inside:
        end = _REST.match(line)
        if end is None:
            return True
        at = end.end()
    while (at := line.find('"', at)) >= 0:
        if at > 0 and line[at - 1] != separator:
            at += 1
            continue
        whole = _QUOTED.match(line, at)
        if whole is None:
            return True
        at = whole.end()
    return False


def _is_row(line: str, separator: str, n_fields: int) -> bool:
    if n_fields < _FEWEST_FIELDS or line.count(separator) < n_fields - 1:
        return False
    return n_fields in (line.count(separator) + 1, len(_as_csv(line, separator)))


def _with_signs(line: str, separator: str, n_fields: int) -> str:
    """Put every field of a row in quotation marks, and double the marks that are signs."""
    row = line.rstrip("\r\n")
    if row.count(separator) + 1 == n_fields:
        fields = [_bare(field) for field in row.split(separator)]
    else:  # a separator inside a value: the marks around that one are no signs
        fields = _as_csv(row, separator)
    doubled = (field.replace('"', '""') for field in fields)
    return separator.join(f'"{field}"' for field in doubled) + line[len(row) :]


def _bare(field: str) -> str:
    r"""
    Take the marks around a value away.

    Examples
    --------
    >>> _bare('"rood"'), _bare('"28 inch'), _bare('"')
    ('rood', '"28 inch', '"')
    """
    whole = _QUOTED.fullmatch(field)
    return field[1:-1].replace('""', '"') if whole else field


def split(line: str, separator: str) -> list[str]:
    """
    Split one line into its fields; a mark that nothing on the line closes is a sign.

    Examples
    --------
    >>> split('1;"a;b";28" fiets', ";"), split('1;"28 inch;b', ";")
    (['1', 'a;b', '28" fiets'], ['1', '"28 inch', 'b'])
    """
    return line.split(separator) if _open_after(line, separator) else _as_csv(line, separator)


def _as_csv(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return line.split(separator)
