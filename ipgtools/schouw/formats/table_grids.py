"""
Take the rows of a report from the grids of Word and PDF.

A header may have two rows, stand below a title, or be missing where a table goes on; rows may
be headings, and may be split over two pages.
"""

from collections.abc import Sequence
from itertools import zip_longest

from ipgtools.errors import ReadError
from ipgtools.geocoder.location_grammar import continues_place
from ipgtools.nl import action_lists
from ipgtools.nl.messages import message
from ipgtools.schouw.formats.tables import (
    NEEDED,
    Table,
    columns_of,
    fits,
    flat,
    is_name,
    key_of,
    street_of,
)

__all__ = ["rows_of_grids", "within"]

_WITHIN = 6
"""Rows of a table among which its header is."""


def rows_of_grids(
    heading: list[str],
    grids: list[list[list[str]]],
    file: str,
    *,
    titles: Sequence[str] = (),
    paged: bool = False,
) -> Table:
    """Take the rows of all grids that have the header of a report, or go on from one that has."""
    lines, sections, streets = list(heading), [""], []
    columns: dict[str, str] = {}
    places: dict[str, list[int]] = {}
    header: list[str] = []
    rows: list[tuple[int, dict[str, str]]] = []
    others: list[list[list[str]]] = []
    unused: list[str] = []
    n_split = 0
    for given, above in zip(grids, [*titles, *[""] * len(grids)], strict=False):
        title = street_of(above)
        found = _head(given) or _head([list(each) for each in zip_longest(*given, fillvalue="")])
        if found is None and title:
            found = _head(given, title=title)
        grid = given
        if found is not None:
            top, grid, header, columns = found
            lines += top
            places = _places(header, columns)
            used = {at for each in places.values() for at in each}
            unused += [
                name
                for at, name in enumerate(header)
                if at not in used
                and name not in unused
                and any(row[at:][:1] > [""] for row in grid)
            ]
            sections.append("")
            streets += [title] if "location" not in columns else []
        elif not _goes_on(grid, header, places, rows):
            others.append(given)
            if not columns:
                lines += [" ".join(dict.fromkeys(filter(None, row))) for row in given]
            continue
        of_page = [cells for cells in grid if not _is_header(cells, columns)]
        for at, cells in enumerate(of_page):
            if (section := _section(cells, places)) is not None:
                sections.append(section)
                continue
            row = {ours: _of(cells, at, ours) for ours, at in places.items()}
            if paged and at == 0 and _split_over(row, rows):
                for ours, text in row.items():
                    rows[-1][1][ours] = flat(f"{rows[-1][1][ours]} {text}")
                n_split += 1
                continue
            if "location" not in columns:
                row["location"] = title if any(row.values()) else ""
            elif row["description"]:
                row["location"] = within(_place_of(sections[-1]), row["location"])
            rows.append((len(rows) + 1, row))
    if not columns:
        first = next((grid[0] for grid in others if grid), None)
        if first is not None:
            columns_of(first, file)
        msg = f"{file} has no table with a header and rows"
        raise ReadError(msg, code="schouw_no_table", path=file)
    if not rows:
        msg = f"{file} has a header but no rows"
        raise ReadError(msg, code="file_no_rows", path=file)
    notes = [message("columns_unused", names=unused)] if unused else []
    if streets:
        notes.append(message("places_from_titles", titles=streets))
    if n_split:
        notes.append(message("rows_split", n=n_split))
    if named := [each for each in sections if each]:
        notes.append(message("sections", texts=named))
    if others := [grid for grid in others if any(any(row) for row in grid)]:
        notes.append(message("tables_unused", n=len(others), n_rows=sum(map(len, others))))
    return Table(tuple(lines), tuple(rows), (), columns, tuple(notes))


def within(street: str, place: str) -> str:
    """
    Join a position on a street with the name of that street.

    Examples
    --------
    >>> within("Beukenlaan", "t.h.v. nr. 4"), within("Beukenlaan", "Dorpsplein 1")
    ('Beukenlaan t.h.v. nr. 4', 'Dorpsplein 1')
    """
    if not street or not place:
        return place or street
    first = place.split()[0]
    goes_on = first[:1].isdigit() or continues_place(first[:1].lower() + first[1:])
    return f"{street} {place}" if goes_on and not street_of(place) else place


def _place_of(section: str) -> str:
    """Return a heading as a place; the caption of a picture is not one."""
    return "" if section.casefold().startswith(action_lists.CAPTIONS) else section


def _split_over(row: dict[str, str], rows: list[tuple[int, dict[str, str]]]) -> bool:
    """Return whether the first row of a page is the rest of the last one of the page before."""
    if not rows or row.get("number") or not any(row.values()):
        return False
    numbered = sum(bool(one.get("number")) for _, one in rows)
    if numbered < max(len(rows) / 2, 1):
        return False
    further = not row["location"] and not row["description"]
    return not (further and row.get("actor") and row.get("task"))


_Head = tuple[list[str], list[list[str]], list[str], dict[str, str]]


def _head(grid: list[list[str]], *, title: str = "") -> _Head | None:
    """Find the header among the first rows: the lines above, the rows below, names, columns."""
    for at in range(min(len(grid), _WITHIN)):
        for depth in (2, 1):
            names = _names(grid[at : at + depth], depth)
            if names and fits(names, title=title):
                above = [" ".join(dict.fromkeys(filter(None, row))) for row in grid[:at]]
                return above, grid[at + depth :], names, columns_of(names, "", title=title)
    return None


def _names(rows: list[list[str]], depth: int) -> list[str]:
    """Return the names of a header of one row, or of two that belong together."""
    if len(rows) < depth:
        return []
    if depth == 1:
        return [flat(cell) for cell in rows[0]]
    pairs = list(zip(*rows, strict=False))
    further = [below for above, below in pairs if below and below != above]
    if len({len(row) for row in rows}) > 1 or sum(map(is_name, set(rows[0]))) < len(NEEDED):
        return []
    if not further or not all(map(is_name, further)):
        return []
    return [_name(flat(above), flat(below)) for above, below in pairs]


def _name(above: str, below: str) -> str:
    """Return the name of a column whose header has two cells: both, or the lower."""
    if below in {"", above}:
        return above
    both = f"{above} {below}".strip()
    return both if is_name(both) or not is_name(below) else below


def _places(names: list[str], columns: dict[str, str]) -> dict[str, list[int]]:
    """Return the places of each column: several where its name is merged over them."""
    return {
        ours: [at for at, name in enumerate(names) if name == theirs]
        for ours, theirs in columns.items()
    }


def _of(cells: list[str], at: list[int], ours: str) -> str:
    texts = dict.fromkeys(cells[one] for one in at if one < len(cells) and cells[one])
    return (": " if ours in {"actor", "task"} else " ").join(texts)


def _section(cells: list[str], places: dict[str, list[int]]) -> str | None:
    """Return the text of a row that is one merged cell or a section title."""
    texts = set(filter(None, cells))
    if len(texts) != 1 or len(cells) < len(NEEDED) + 1:
        return None
    text = texts.pop()
    numbers = places.get("number", [])
    alone = [at for at, cell in enumerate(cells) if cell] == numbers[:1]
    if len(set(cells)) == 1 or (alone and not any(letter.isdigit() for letter in text[:4])):
        return flat(text)
    return None


def _goes_on(
    grid: list[list[str]],
    header: list[str],
    places: dict[str, list[int]],
    rows: list[tuple[int, dict[str, str]]],
) -> bool:
    """Return whether a table without header goes on from the one before it."""
    if not grid or not header or len(grid[0]) != len(header):
        return False
    numbered = [row for _, row in rows if row.get("number")]
    if not numbered or len(numbered) < len(rows) / 2:
        return True
    first = _of(grid[0], places["number"], "number")
    return not first or first[:1].isdigit()


def _is_header(cells: Sequence[str], columns: dict[str, str]) -> bool:
    return set(map(key_of, columns.values())) <= set(map(key_of, cells))
