"""
Decide what stands where on a slide before drawing it.

A slide becomes one or more pages of boxes whose text is known to fit. What does not fit is
set smaller, then carried to a next page, then shortened; a shortening is marked on the page
and written out in full in the notes. Nothing falls off a slide in silence.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ipgtools.briefing import flow, model, text
from ipgtools.briefing.boxes import (
    BOTTOM,
    GAP,
    LEFT,
    RIGHT,
    TITLE_TOP,
    TOP,
    WIDE,
    WIDE_SIDE,
    WIDE_TOP,
    Box,
    Item,
    Laid,
    TextItem,
)
from ipgtools.nl import briefing as nl

__all__ = ["Page", "pages", "plan"]

_TITLE_SIZES = (30.0, 28.0, 26.0, 24.0)
_WIDE_TITLE_SIZES = (28.0, 26.0, 24.0, 22.0)
_WIDE_TITLE = 690.0
"""Width of the title above a wide picture: the mark of invented data is on its right."""
_TELL_SIZES = (26.0, 24.0, 22.0, 20.0, 18.0)
_SIDE_SIZES = (22.0, 20.0, 18.0, 17.0, 16.0)
_WIDE_SIZES = (18.0, 17.5, 17.0, 16.5, 16.0)
_CAPTION_SIZE = 18.0
_CAPTION_LINES = 3
_IN_A_ROW = 3
_MAX_PAGES = 5


@dataclass(frozen=True)
class Page:
    """A page to draw: its slide, its title that fits, its items and what was shortened."""

    slide: model.Slide
    title: str
    title_size: float
    title_box: Box
    items: tuple[Item, ...]
    shortened: tuple[str, ...] = field(default=())


def plan(briefing: model.Briefing) -> tuple[Page, ...]:
    """Lay out every slide but the first."""
    return tuple(page for slide in briefing.slides[1:] for page in pages(slide))


def pages(slide: model.Slide) -> list[Page]:
    """Lay out one slide."""
    if (wide := _wide_picture(slide)) is not None:
        return [_wide_page(slide, wide)]
    laid = _laid(slide, _title_lines(slide.title, ""))
    if len(laid) > 1:
        suffix = nl.page(len(laid), len(laid))
        laid = _laid(slide, _title_lines(slide.title, suffix))
    numbered = []
    for number, (items, shortened) in enumerate(laid, start=1):
        suffix = nl.page(number, len(laid)) if len(laid) > 1 else ""
        title, size, cut = _title(slide.title, suffix)
        box = Box(LEFT, TITLE_TOP, RIGHT - LEFT, 50 if _is_one_line(title, size) else 74)
        numbered.append(Page(slide, title, size, box, tuple(items), (*cut, *shortened)))
    return numbered


def _is_one_line(title: str, size: float) -> bool:
    return len(text.wrap(title, size, RIGHT - LEFT, bold=True)) == 1


def _wide_picture(slide: model.Slide) -> model.Picture | None:
    """Return the picture that takes most of a slide, if it has one."""
    pictures = [part for part in slide.parts if isinstance(part, model.Picture) and part.wide]
    return pictures[0] if pictures else None


def _wide_page(slide: model.Slide, picture: model.Picture) -> Page:
    """Put a picture on the left, from the edge of the slide on, and all else on its right."""
    others = [_cleaned(part) for part in slide.parts if part is not picture]
    drawn, cut = flow.place_visual(_cleaned(replace(picture, caption="")), WIDE)
    beside, shortened = _stack(others, WIDE_SIDE, sizes=_WIDE_SIZES) if others else ([], [])
    title, size, whole = _title(slide.title, "", sizes=_WIDE_TITLE_SIZES, room=_WIDE_TITLE)
    box = Box(LEFT, WIDE_TOP, _WIDE_TITLE, WIDE.y - WIDE_TOP - 1)
    return Page(slide, title, size, box, (*drawn, *beside), (*whole, *cut, *shortened))


def _title_lines(full: str, suffix: str) -> int:
    title, size, _ = _title(full, suffix)
    return len(text.wrap(title, size, RIGHT - LEFT, bold=True))


def _laid(slide: model.Slide, title_lines: int) -> list[Laid]:
    top = TOP if title_lines > 1 else TOP - 26
    body = Box(LEFT, top, RIGHT - LEFT, BOTTOM - top)
    parts = [_cleaned(part) for part in slide.parts]
    laid = _arranged(parts, body)
    if len(parts) > 1 and not all(_sound(items, body) for items, _ in laid):
        laid = [one for part in parts for one in _arranged([part], body)]
    return laid


def _arranged(parts: list[model.Part], body: Box) -> list[Laid]:
    grid = next((part for part in parts if isinstance(part, model.PhotoGrid)), None)
    visual = next((n for n, part in enumerate(parts) if flow.is_visual(part)), None)
    if grid is not None:
        return _photo_pages([part for part in parts if part is not grid], grid, body)
    if visual is not None:
        return [_beside(parts, visual, body)]
    return _stacked_pages(parts, body)


def _sound(items: list[Item], body: Box) -> bool:
    """Tell whether every box lies on the page and has room for what is in it."""
    for item in items:
        box = item.box
        if min(box.w, box.h) < 1 or box.y + box.h > body.y + body.h + 1:
            return False
        if isinstance(item, TextItem) and flow.text_height(item) > box.h + 1:
            return False
    return True


def _title(
    full: str,
    suffix: str,
    *,
    sizes: tuple[float, ...] = _TITLE_SIZES,
    room: float = RIGHT - LEFT,
) -> tuple[str, float, list[str]]:
    said = text.clean(f"{text.clean(full)} {suffix}")
    for n_lines, tried in ((1, sizes[:3]), (2, sizes)):
        for size in tried:
            if len(text.wrap(said, size, room, bold=True)) <= n_lines:
                return said, size, []
    size = sizes[-1]
    end = f" {suffix}" if suffix else ""
    room_left = room - text.width(end, size, bold=True) / 2
    return text.shorten(text.clean(full), size, room_left, 2, bold=True) + end, size, [full]


def _beside(parts: Sequence[model.Part], visual: int, body: Box) -> Laid:
    """Put what comes before the visual above it and what comes after it on its right."""
    lead, rest = parts[:visual], parts[visual + 1 :]
    items: list[Item] = []
    shortened: list[str] = []
    if lead:
        room = body.h * 0.4
        above, cut = _stack(lead, replace(body, h=room), sizes=_SIDE_SIZES)
        used = max(item.box.y + item.box.h for item in above) - body.y + GAP / 2
        items, shortened = above, cut
        body = Box(body.x, body.y + used, body.w, body.h - used)
    main = parts[visual]
    share = 0.66 if isinstance(main, model.Picture) else 0.4
    left = replace(body, w=body.w * share if rest else body.w)
    drawn, cut = flow.place_visual(main, left, center=not rest)
    items += drawn
    shortened += cut
    if rest:
        edge = max(item.box.x + item.box.w for item in drawn) + GAP
        right = Box(edge, body.y, body.x + body.w - edge, body.h)
        drawn, cut = _stack(rest, right, sizes=_SIDE_SIZES)
        items += drawn
        shortened += cut
    return items, shortened


def _stack(parts: Sequence[model.Part], box: Box, *, sizes: tuple[float, ...]) -> Laid:
    """Put parts under each other, as large as fits; shorten only at the smallest size."""
    for level in range(flow.LEVELS):
        needs = [flow.need(part, box.w, level, sizes) for part in parts]
        if sum(needs) + GAP * (len(parts) - 1) <= box.h:
            break
    items: list[Item] = []
    shortened: list[str] = []
    y = box.y
    spare = box.h - sum(needs) - GAP * (len(parts) - 1)
    for number, part in enumerate(parts):
        later = sum(min(need, 60.0) + GAP for need in needs[number + 1 :])
        room = box.y + box.h - y - later
        if flow.is_visual(part):
            area = Box(box.x, y, box.w, min(room, needs[number] + max(0.0, spare)))
            drawn, cut = flow.place_visual(part, area)
        else:
            drawn, cut, _ = flow.place(part, Box(box.x, y, box.w, room), level, sizes)
        items += drawn
        shortened += cut
        y = max((item.box.y + item.box.h for item in drawn), default=y) + GAP
    return items, shortened


def _stacked_pages(parts: Sequence[model.Part], body: Box) -> list[Laid]:
    """Put parts under each other; a last part that may be split runs on over more pages."""
    last = parts[-1] if parts else None
    for level in range(flow.LEVELS):
        needs = [flow.need(part, body.w, level, _TELL_SIZES) for part in parts]
        if sum(needs) + GAP * (len(parts) - 1) <= body.h:
            return [_stack(parts, body, sizes=_TELL_SIZES)]
    if isinstance(last, model.Table) and last.split:
        return _table_pages(parts[:-1], last, body)
    if all(isinstance(part, model.Sentences) for part in parts):
        return _sentence_pages([part for part in parts if isinstance(part, model.Sentences)], body)
    return [_stack(parts, body, sizes=_TELL_SIZES)]


def _table_pages(before: Sequence[model.Part], table: model.Table, body: Box) -> list[Laid]:
    """Run a table on over pages that are about equally full."""
    items: list[Item] = []
    shortened: list[str] = []
    first = body
    if before:
        items, shortened = _stack(before, replace(body, h=body.h * 0.45), sizes=_TELL_SIZES)
        used = max(item.box.y + item.box.h for item in items) - body.y + GAP
        first = Box(body.x, body.y + used, body.w, body.h - used)
    note = f"{table.note} {nl.more(0, table=table.table)}"
    width = body.w * table.share
    spare = flow.note_height(note, width)
    rooms = [room - spare for room in (first.h, body.h)]
    fewest = len(_portions(table, width, flow.LEVELS - 1, rooms))
    level = next(n for n in range(flow.LEVELS) if len(_portions(table, width, n, rooms)) == fewest)
    for tenth in range(1, 11):
        portions = _portions(table, width, level, [room * tenth / 10 for room in rooms])
        if len(portions) == fewest:
            break
    laid: list[Laid] = []
    start = 0
    for number, n in enumerate(portions[:_MAX_PAGES]):
        final = number == _MAX_PAGES - 1
        rows = table.rows[start:] if final else table.rows[start : start + n]
        note = table.note if start + n == len(table.rows) or final else ""
        box = body if number else first
        drawn, cut, _ = flow.place(replace(table, rows=rows, note=note), box, level, _TELL_SIZES)
        laid.append(([*items, *drawn] if number == 0 else drawn, [*shortened, *cut]))
        shortened = []
        start += n
    return laid


def _portions(table: model.Table, width: float, level: int, rooms: list[float]) -> list[int]:
    """Count how many rows go on each page, at least one, under the heading."""
    size = flow.TABLE_SIZES[level]
    widths, _ = flow.column_widths(table, width, size)
    heading, *heights = flow.row_heights(table, widths, size)
    portions = [0]
    room = rooms[0] - heading
    for height in heights:
        if portions[-1] and height > room:
            portions.append(0)
            room = rooms[1] - heading
        portions[-1] += 1
        room -= height
    return portions


def _sentence_pages(parts: list[model.Sentences], body: Box) -> list[Laid]:
    laid: list[Laid] = []
    items: list[Item] = []
    shortened: list[str] = []
    y = body.y
    for part in parts:
        waiting = part.items
        while waiting:
            room = Box(body.x, y, body.w, body.y + body.h - y)
            size = flow.type_size(part, 2, _TELL_SIZES)
            n = flow.n_fitting(waiting, size, room)
            if n == 0 and items:
                laid.append((items, shortened))
                items, shortened, y = [], [], body.y
                continue
            drawn, cut, _ = flow.place(
                replace(part, items=waiting[: max(1, n)]), room, 2, _TELL_SIZES
            )
            items += drawn
            shortened += cut
            waiting = waiting[max(1, n) :]
            y = max(item.box.y + item.box.h for item in drawn) + GAP
    return [*laid, (items, shortened)]


def _photo_pages(others: Sequence[model.Part], grid: model.PhotoGrid, body: Box) -> list[Laid]:
    """Put photos in a row of at most three, pages about equally full."""
    laid: list[Laid] = []
    n_pages = max(1, -(-len(grid.photos) // _IN_A_ROW))
    each = -(-len(grid.photos) // n_pages)
    for number in range(n_pages):
        box = body
        items: list[Item] = []
        shortened: list[str] = []
        if others and not laid:
            items, shortened = _stack(others, replace(body, h=body.h * 0.25), sizes=_SIDE_SIZES)
            used = max(item.box.y + item.box.h for item in items) - body.y + GAP / 2
            box = Box(body.x, body.y + used, body.w, body.h - used)
        drawn, cut = _row(grid.photos[number * each : (number + 1) * each], box)
        laid.append((items + drawn, shortened + cut))
    return laid


def _row(photos: tuple[model.Picture, ...], box: Box) -> Laid:
    items: list[Item] = []
    shortened: list[str] = []
    w = (box.w - GAP * (len(photos) - 1)) / max(1, len(photos))
    room = _CAPTION_SIZE * text.LINE_HEIGHT * _CAPTION_LINES + 8
    for position, photo in enumerate(photos):
        cell = Box(box.x + position * (w + GAP), box.y, w, box.h - room)
        items += flow.place_picture(replace(photo, caption=""), cell)
        if photo.caption:
            said = text.shorten(photo.caption, _CAPTION_SIZE, w, _CAPTION_LINES)
            shortened += [photo.caption] if said != photo.caption else []
            below = Box(cell.x, items[-1].box.y + items[-1].box.h + 8, w, room - 8)
            items.append(TextItem(below, (said,), _CAPTION_SIZE, quiet=True))
    return items, shortened


def _cleaned(part: model.Part) -> model.Part:
    """Clean the text of a part, so that what is measured is what is drawn."""
    if isinstance(part, model.Sentences):
        return replace(part, items=tuple(text.clean(item) for item in part.items))
    if isinstance(part, model.Table):
        rows = tuple(tuple(text.clean(cell) for cell in row) for row in part.rows)
        columns = tuple(text.clean(column) for column in part.columns)
        rows = rows or ((nl.NO_ROWS, *[""] * (len(columns) - 1)),)
        return replace(part, rows=rows, columns=columns, note=text.clean(part.note))
    if isinstance(part, model.Picture):
        return replace(part, caption=text.clean(part.caption), alt=text.clean(part.alt))
    if isinstance(part, model.PhotoGrid):
        photos = tuple(
            replace(photo, caption=text.clean(photo.caption), alt=text.clean(photo.alt))
            for photo in part.photos
        )
        return replace(part, photos=photos)
    return part
