"""
Read from the XML of an .ods what GDAL does not report.

Which sheets and rows are hidden, and which cells are merged over rows.
"""

import html
import re
import zipfile
from pathlib import Path

__all__ = ["Merged", "hidden_sheets", "rows"]

_CONTENT = "content.xml"
_MOST_BYTES = 256 << 20
"""Bytes of XML above which only cells are read."""
_MOST_ROWS = 1 << 20
_MOST_MERGED = 100_000
_SHEET = re.compile(rb"<table:table\s([^<>]*)>")
_STYLE = re.compile(rb"<style:(style|table-properties)\s([^<>]*)>")
_PIECE = re.compile(rb"<table:(table-row|table-cell|covered-table-cell)(\s[^<>]*)?>")
_AWAY = re.compile(rb'table:visibility="(?:filter|collapse)"')
_SPANNED = re.compile(rb'table:number-rows-spanned="(?:[2-9]|\d{2,})"')

Merged = list[tuple[int, int, int]]


def hidden_sheets(path: Path) -> set[str]:
    """Name the sheets that aren't shown."""
    content = _content(path)
    away, style = set(), ""
    for found in _STYLE.finditer(content):
        if found[1] == b"style":
            style = _value(found[2], b"style:name")
        elif b'table:display="false"' in found[2]:
            away.add(style)
    sheets = _SHEET.findall(content) if away else []
    return {
        _value(one, b"table:name") for one in sheets if _value(one, b"table:style-name") in away
    }


def rows(path: Path, sheet: str | None) -> tuple[Merged, set[int]]:
    """List the cells of a sheet that are merged over rows, and its hidden rows."""
    content = _content(path)
    if not _SPANNED.search(content) and not _AWAY.search(content):
        return [], set()
    starts = list(_SHEET.finditer(content))
    ends = [*(one.start() for one in starts[1:]), len(content)]
    for start, end in zip(starts, ends, strict=True):
        if sheet is None or _value(start[1], b"table:name") == sheet:
            return _walk(content, start.end(), end)
    return [], set()


def _walk(content: bytes, start: int, end: int) -> tuple[Merged, set[int]]:
    merged: Merged = []
    hidden: set[int] = set()
    row, next_row, column, away = 0, 1, 0, False
    for found in _PIECE.finditer(content, start, end):
        kind, about = found[1], found[2] or b""
        if kind == b"table-row":
            row = next_row
            next_row += _number(about, b"table:number-rows-repeated")
            column, away = 0, bool(_AWAY.search(about))
            continue
        if away and b"office:value-type" in about:
            hidden.update(range(row, min(next_row, _MOST_ROWS)))
        if (n := _number(about, b"table:number-rows-spanned")) > 1 and len(merged) < _MOST_MERGED:
            merged.append((row, min(row + n - 1, _MOST_ROWS), column))
        column += _number(about, b"table:number-columns-repeated")
    return merged, hidden


def _content(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        if archive.getinfo(_CONTENT).file_size > _MOST_BYTES:
            return b""
        return archive.read(_CONTENT)


def _value(about: bytes, name: bytes) -> str:
    found = re.search(rb'(?:^|\s)%s="([^"]*)"' % re.escape(name), about)
    return html.unescape(found[1].decode("utf-8", "replace")) if found else ""


def _number(about: bytes, name: bytes) -> int:
    found = re.search(rb'\s%s="(\d{1,7})"' % re.escape(name), about)
    return int(found[1]) if found else 1
