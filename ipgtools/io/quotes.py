"""
Find the quotation marks that a program wrote as signs, where they read as the start of a value.

An inch sign at the head of a value (``"28 inch fiets``) opens a quotation that nothing closes:
all rows up to the next mark, or to the end of the file, would be part of that value. But a
line that holds a whole row is no part of another one. Where every line of such a value holds
as many fields as the header, the mark was a sign and the lines are rows. So it was where a
line has the fields of the header only if its marks are signs.
"""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator

_FEWEST_FIELDS = 4
"""Columns below which separators inside a text may be commas of a sentence."""
_ENOUGH = 20
"""Whole rows inside one value from which there is no need to look for its end."""
_QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+"')
_REST = re.compile(r'[^"]*+(?:""[^"]*+)*+"')


def mended(lines: Iterable[str], separator: str, n_fields: int) -> Iterator[tuple[str, bool]]:
    r"""
    Give the lines of a table in such a way that a reader of CSV finds its rows.

    Parameters
    ----------
    lines : iterable of str
        With their line breaks; only a few are held at a time.
    separator : str
        One sign.
    n_fields : int
        Fields that the header has; with fewer than four nothing is mended.

    Yields
    ------
    line : str
        As it was, or with its fields in quotation marks and the marks inside them doubled.
    changed : bool
        Whether it is another one.

    Examples
    --------
    >>> table = ['1;a;b;"28 inch\n', "2;a;b;c\n", '3;a;b;"twee\n', 'regels"\n']
    >>> [changed for line, changed in mended(table, ";", 4)]
    [True, False, False, False]
    """
    ahead, waiting = iter(lines), deque[str]()
    while line := waiting.popleft() if waiting else next(ahead, ""):
        is_open = _open_after(line, separator)
        if not is_open:
            sign = '"' in line and _is_row_of_signs(line, separator, n_fields)
            yield (_with_signs(line, separator, n_fields), True) if sign else (line, False)
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
            yield _with_signs(line, separator, n_fields), True
            waiting.extendleft(reversed(held[1:]))
            continue
        for one in held:
            yield one, False
        while is_open and (following := waiting.popleft() if waiting else next(ahead, "")):
            is_open = _open_after(following, separator, inside=True)
            yield following, False


def _open_after(line: str, separator: str, *, inside: bool = False) -> bool:
    """
    Tell whether a quotation is open at the end of a line.

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


def _is_row_of_signs(line: str, separator: str, n_fields: int) -> bool:
    """Tell whether a line is a row only if the marks in it are signs."""
    if n_fields < _FEWEST_FIELDS or line.count(separator) + 1 != n_fields:
        return False
    return len(_as_csv(line, separator)) != n_fields


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
