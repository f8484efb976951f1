"""
Take a Word document apart: its tables, and the lines outside them.

The file's own parts are walked, as what is tracked as inserted, stands in a form field or in a
table inside a table is else passed over; what is tracked as deleted is left out. Numbers that
Word gives to the points of a list are counted as Word does.
"""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ipgtools.errors import ReadError, unreadable
from ipgtools.io import limits
from ipgtools.schouw.formats import tables

__all__ = ["BULLET", "Document", "Grid", "read_document"]

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {"pPr", "rPr", "del", "moveFrom", "delText", "instrText", "Fallback"}
_BREAKS = {"br", "cr"}
_PICTURES = (f"{_WORD}drawing", f"{_WORD}pict")
BULLET = "•"

Grid = list[list[str]]


@dataclass
class Document:
    """
    What a document holds.

    Parameters
    ----------
    above, below : list of str
        The lines before and after the first table; all are `above` where there is none. Points
        of a list begin with their number, or with a bullet.
    grids : list of Grid
        Cells by row by table. A merged cell has its text in each place it covers. A table in a
        cell is lines of the cell, or one of these if it has the header of a report. Rows that
        hold nothing but pictures are left out.
    titles : list of str
        The last line before each of these.
    n_pictures : int
        Pictures, none of which is read.
    """

    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    n_pictures: int = 0


def read_document(path: Path) -> Document:
    """Read a Word document."""
    import docx
    from lxml import etree

    try:
        with zipfile.ZipFile(path) as parts:
            limits.require_report(path, sum(part.file_size for part in parts.infolist()))
        opened = docx.Document(str(path))
        found = Document()
        body = opened.element.body
        _walk(body, _Numbers(opened), found)
        found.n_pictures = sum(1 for _ in body.iter(*_PICTURES))
    except ReadError:
        raise
    except (OSError, KeyError, ValueError, AttributeError, IndexError, zipfile.BadZipFile,
            TypeError, NotImplementedError, RuntimeError, EOFError, zlib.error,
            etree.LxmlError) as cause:  # fmt: skip
        raise unreadable(path.name, cause, "read as a Word document") from cause
    return found


def _walk(block: Any, numbers: "_Numbers", found: Document) -> None:
    """Take the paragraphs and tables of the text."""
    title = ""
    for child in block:
        name = _name(child)
        if name == "p":
            mark, text = numbers.mark(child), _text(child)
            lines = [line.strip(" ") for line in text.splitlines() if line.strip()]
            if lines and mark:
                lines[0] = f"{mark} {lines[0]}"
            (found.below if found.grids else found.above).extend(lines)
            title = lines[-1] if lines else title
        elif name == "tbl":
            at = len(found.grids)
            found.grids.append([])
            found.titles.append(title)
            found.grids[at] = _grid(child, numbers, found.grids)
            found.titles += [title] * (len(found.grids) - len(found.titles))
            title = ""
        elif name not in _SKIPPED and name != "sectPr":
            _walk(child, numbers, found)


def _grid(table: Any, numbers: "_Numbers", grids: list[Grid]) -> Grid:
    """Take the cells of a table; a merged cell has its text in each of its places."""
    rows: Grid = []
    for row in _inside(table, "tr"):
        about = row.find(f"{_WORD}trPr")
        if about is not None and about.find(f"{_WORD}del") is not None:
            continue
        cells = [""] * _value(about, "gridBefore", 0)
        for cell in _inside(row, "tc"):
            how = cell.find(f"{_WORD}tcPr")
            text = _cell(cell, numbers, grids)
            merged = None if how is None else how.find(f"{_WORD}vMerge")
            if merged is not None and merged.get(f"{_WORD}val") != "restart" and rows:
                text = rows[-1][len(cells)] if len(cells) < len(rows[-1]) else ""
            cells += [text] * min(max(_value(how, "gridSpan", 1), 1), 100)
        if any(cells) or next(row.iter(*_PICTURES), None) is None:
            rows.append(cells)
    return rows


def _cell(cell: Any, numbers: "_Numbers", grids: list[Grid]) -> str:
    """Return the lines of a cell; list numbers only where a line has no other text."""
    lines = []
    for child in cell.iter(f"{_WORD}p", f"{_WORD}tbl"):
        owner = next(child.iterancestors(f"{_WORD}tc"))
        if owner is not cell:
            continue
        if _name(child) == "p":
            mark, text = numbers.mark(child), _text(child).strip()
            lines.append(text or mark.removeprefix(BULLET))
        else:
            inner = _grid(child, numbers, grids)
            if any(map(tables.fits, inner)):
                grids.append(inner)
            else:
                lines += [" ".join(filter(None, row)) for row in inner]
    return "\n".join(line for line in lines if line)


def _text(node: Any) -> str:
    return "".join(_pieces(node))


def _pieces(node: Any) -> Iterator[str]:
    for child in node:
        name = _name(child)
        if name in _SKIPPED:
            continue
        if name == "t":
            yield child.text or ""
        elif name == "tab":
            yield "\t"
        elif name in _BREAKS:
            yield "\n"
        elif name == "noBreakHyphen":
            yield "-"
        else:
            yield from _pieces(child)
            if name == "p":
                yield "\n"


def _inside(node: Any, name: str) -> Iterator[Any]:
    """Return the rows or cells of a table, also those in a form field or tracked as inserted."""
    for child in node:
        found = _name(child)
        if found == name:
            yield child
        elif found not in _SKIPPED and found not in {"tbl", "tr", "tc", "p"}:
            yield from _inside(child, name)


def _name(node: Any) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else "del"


def _value(node: Any, name: str, default: int) -> int:
    found = None if node is None else node.find(f"{_WORD}{name}")
    given = None if found is None else found.get(f"{_WORD}val")
    return int(given) if given is not None and given.lstrip("-").isdigit() else default


class _Numbers:
    """Count the points of lists, as Word shows them."""

    def __init__(self, opened: Any) -> None:
        self.styles = {
            style.get(f"{_WORD}styleId"): style
            for style in opened.styles.element.iter(f"{_WORD}style")
        }
        self.counts: dict[tuple[int, int], int] = {}
        try:
            self.lists = opened.part.numbering_part.element
        except (KeyError, NotImplementedError):
            self.lists = None

    def mark(self, paragraph: Any) -> str:
        """Return the number or bullet that Word shows before a paragraph; empty for none."""
        about = paragraph.find(f"{_WORD}pPr")
        found = self._list_of(about, 0)
        if found is None or self.lists is None:
            return ""
        which, level = found
        shape = self._shape(which, level)
        if shape is None or _text_of(shape, "numFmt") == "none":
            return ""
        if _text_of(shape, "numFmt") == "bullet":
            return BULLET
        count = self.counts.get((which, level), _value(shape, "start", 1) - 1) + 1
        self.counts[which, level] = count
        self.counts = {
            key: n for key, n in self.counts.items() if key[0] != which or key[1] <= level
        }
        return f"{count}." if level == 0 else BULLET

    def _list_of(self, about: Any, depth: int) -> tuple[int, int] | None:
        if about is None or depth > 10:
            return None
        given = about.find(f"{_WORD}numPr")
        if given is not None:
            which = _value(given, "numId", 0)
            return (which, _value(given, "ilvl", 0)) if which else None
        name = _text_of(about, "pStyle") or ""
        style = self.styles.get(name)
        while style is not None and depth <= 10:
            found = self._list_of(style.find(f"{_WORD}pPr"), depth + 1)
            if found is not None:
                return found
            style, depth = self.styles.get(_text_of(style, "basedOn") or ""), depth + 1
        return None

    def _shape(self, which: int, level: int) -> Any:
        for one in self.lists.iter(f"{_WORD}num"):
            if one.get(f"{_WORD}numId") == str(which):
                kind = _text_of(one, "abstractNumId")
                for each in self.lists.iter(f"{_WORD}abstractNum"):
                    if each.get(f"{_WORD}abstractNumId") == kind:
                        levels = each.iter(f"{_WORD}lvl")
                        return next(
                            (at for at in levels if at.get(f"{_WORD}ilvl") == str(level)), None
                        )
        return None


def _text_of(node: Any, name: str) -> str | None:
    found = node.find(f"{_WORD}{name}")
    return None if found is None else str(found.get(f"{_WORD}val"))
