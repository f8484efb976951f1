"""
Place one part of a slide in a box: as large as told, shortened where it must be.

Types go down in five levels; a layout asks what a part needs at each level and places it at
the first that fits. A shortening leaves a mark and gives back the text in full.
"""

import io
from dataclasses import replace

from ipgtools.briefing import model, text
from ipgtools.briefing.boxes import (
    CELL_X,
    CELL_Y,
    Box,
    ChartItem,
    Item,
    Laid,
    PictureItem,
    TableItem,
    TextItem,
)
from ipgtools.nl import briefing as nl

__all__ = [
    "LABEL_SIZE", "LEVELS", "TABLE_SIZES", "column_widths", "image_size", "is_visual", "n_fitting",
    "need", "note_height", "paragraph_gap", "place", "place_picture", "place_visual",
    "row_heights", "text_height", "type_size",
]  # fmt: skip

_SMALL_SIZES = (20.0, 19.0, 18.0, 17.0, 16.0)
TABLE_SIZES = (22.0, 20.0, 19.0, 18.0, 18.0)
LEVELS = 5
_NOTE_SIZE = 16.0
_HEADING_LINES = 5
_INDENT = 22.0
LABEL_SIZE = 16.0
_LABEL_SHARE = 0.42


def is_visual(part: model.Part) -> bool:
    """Tell whether a part is looked at rather than read."""
    return isinstance(part, model.Picture | model.BarChart | model.LineChart)


def need(part: model.Part, width: float, level: int, sizes: tuple[float, ...]) -> float:
    """Tell how high a part stands at a level of size, nothing shortened."""
    size = type_size(part, level, sizes)
    if isinstance(part, model.Sentences):
        return _sentences_height(part.items, size, width)
    if isinstance(part, model.Table):
        width *= part.share
        widths, roomy = column_widths(part, width, size)
        if level < LEVELS - 1 and not (roomy and _is_whole(part, widths, size)):
            return float("inf")
        heights = row_heights(part, widths, size)
        if part.most and len(part.rows) > part.most:
            heights = [*heights[: part.most + 1], note_height(nl.more(0, table=None), width)]
        return sum(heights) + note_height(part.note, width)
    if isinstance(part, model.ActionTable):
        return (part.n_rows + 1) * size * 2.2
    if isinstance(part, model.BarChart):
        return 40 + len(part.categories) * _pitch(part)
    return 150.0


def place(
    part: model.Part,
    box: Box,
    level: int,
    sizes: tuple[float, ...],
) -> tuple[list[Item], list[str], int]:
    """
    Place text or a table at the top of a box.

    Gives the items, the texts that were shortened in full, and how many of the sentences or
    rows are shown.
    """
    size = type_size(part, level, sizes)
    if isinstance(part, model.Sentences):
        return _sentences(part, box, size)
    if isinstance(part, model.ActionTable):
        return _action_table(part, box), [], part.n_rows
    if isinstance(part, model.Table):
        return _table(part, box, size)
    msg = f"no place for a {type(part).__name__} here"
    raise TypeError(msg)


def place_visual(part: model.Part, box: Box, *, center: bool = False) -> Laid:
    """Place a picture or chart in the top left of a box."""
    if isinstance(part, model.Picture):
        drawn = place_picture(part, box, center=center)
        captions = [item.paragraphs[0] for item in drawn if isinstance(item, TextItem)]
        cut = [part.caption] if part.caption and part.caption not in captions else []
        return drawn, cut
    if isinstance(part, model.BarChart | model.LineChart):
        return _chart(part, box)
    msg = f"{type(part).__name__} is not a visual"
    raise TypeError(msg)


def place_picture(picture: model.Picture, box: Box, *, center: bool = False) -> list[Item]:
    """Place a picture in its own proportions, its caption below it."""
    caption_height = 0.0
    if picture.caption:
        caption_height = _NOTE_SIZE * text.LINE_HEIGHT * 2 + 6
    width, height = image_size(picture.data)
    scale = min(box.w / width, (box.h - caption_height) / height)
    w, h = width * scale, height * scale
    x = box.x + (box.w - w) / 2 if center else box.x
    items: list[Item] = [PictureItem(Box(x, box.y, w, h), picture)]
    if picture.caption:
        said = text.shorten(picture.caption, _NOTE_SIZE, w, 2)
        area = Box(x, box.y + h + 4, w, caption_height - 4)
        items.append(TextItem(area, (said,), _NOTE_SIZE, quiet=True))
    return items


def image_size(data: bytes) -> tuple[int, int]:
    """Read the width and height of a picture."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        if image.format not in ("PNG", "JPEG"):
            msg = f"a picture of a briefing is {image.format}, expected PNG or JPEG"
            raise ValueError(msg)
        return image.size


def n_fitting(items: tuple[str, ...], size: float, box: Box) -> int:
    """Count the sentences, from the first, that fit in a box."""
    for n in range(len(items), 0, -1):
        if _sentences_height(items[:n], size, box.w) <= box.h:
            return n
    return 0


def text_height(item: TextItem) -> float:
    """Measure how high the paragraphs of an item stand, in points."""
    room = item.box.w - (_INDENT if item.bullets else 0.0)
    lines = sum(text.height(said, item.size, room) for said in item.paragraphs)
    return lines + (len(item.paragraphs) - 1) * paragraph_gap(item.size)


def paragraph_gap(size: float) -> float:
    """Give the room between two paragraphs, in points."""
    return round(size * 0.55, 1)


def column_widths(
    table: model.Table | model.ActionTable, width: float, size: float
) -> tuple[tuple[float, ...], bool]:
    """
    Divide the width over the columns by their shares, but no column below its longest word.

    Tells, too, whether every column got that.
    """
    shares = table.widths or (1.0,) * len(table.columns)
    rows = table.rows if isinstance(table, model.Table) else ()
    align = table.align if isinstance(table, model.Table) else ()
    least = []
    for position, column in enumerate(table.columns):
        whole = bool(align) and align[position] == "right"
        words = [
            word for row in rows for word in ([row[position]] if whole else row[position].split())
        ]
        widest = max((text.width(word, size) for word in words), default=0.0)
        heading = max((text.width(word, size, bold=True) for word in column.split()), default=0.0)
        least.append(min(max(widest, heading) + 2 * CELL_X + 1, width / 3))
    if sum(least) > width:
        return tuple(width * one / sum(least) for one in least), False
    free = set(range(len(least)))
    widths = [0.0] * len(least)
    room = width
    while free:
        total = sum(shares[n] for n in free)
        tight = {n for n in free if room * shares[n] / total < least[n]}
        if not tight:
            for n in free:
                widths[n] = room * shares[n] / total
            break
        for n in tight:
            widths[n] = least[n]
        room -= sum(least[n] for n in tight)
        free -= tight
    return tuple(widths), True


def row_heights(table: model.Table, widths: tuple[float, ...], size: float) -> list[float]:
    """Measure the heading and the rows of a table, long cells shortened."""
    rows = [table.columns, *table.rows]
    return [
        max(
            min(
                len(text.wrap(cell, size, w - 2 * CELL_X, bold=n == 0)),
                table.lines if n else _HEADING_LINES,
            )
            for cell, w in zip(row, widths, strict=True)
        )
        * size
        * text.LINE_HEIGHT
        + 2 * CELL_Y
        for n, row in enumerate(rows)
    ]


def _is_whole(table: model.Table, widths: tuple[float, ...], size: float) -> bool:
    """Tell whether no cell of a table is shortened."""
    return all(
        len(text.wrap(cell, size, w - 2 * CELL_X)) <= table.lines
        for row in table.rows
        for cell, w in zip(row, widths, strict=True)
    )


def note_height(note: str, width: float) -> float:
    """Measure the line below a table, with the room above it."""
    return text.height(note, _NOTE_SIZE, width) + 10 if note else 0.0


def type_size(part: model.Part, level: int, sizes: tuple[float, ...]) -> float:
    """Give the type size of a part at a level; `sizes` are those of sentences."""
    if isinstance(part, model.Sentences):
        return _SMALL_SIZES[level] if part.small else sizes[level]
    return TABLE_SIZES[level]


def _pitch(chart: model.BarChart) -> float:
    """Give the least room for the bars of one category."""
    return 10.0 + 16.0 * max(1, len(chart.series))


def _chart(chart: model.BarChart | model.LineChart, box: Box) -> Laid:
    """Draw as many bars as fit, each with its label; a line below counts what remains."""
    if isinstance(chart, model.LineChart):
        return [ChartItem(box, chart)], []
    full = chart
    pitch = max(_pitch(chart), (box.h - 46) / max(1, len(chart.categories)))
    n_lines = 2 if min(pitch, 1.7 * _pitch(chart)) >= 2 * LABEL_SIZE * text.LINE_HEIGHT else 1
    labels = tuple(
        text.shorten(text.clean(one), LABEL_SIZE, box.w * _LABEL_SHARE, n_lines)
        for one in chart.categories
    )
    cut = [chart.alt] if labels != tuple(map(text.clean, chart.categories)) else []
    chart = replace(chart, categories=labels)
    n_series = max(1, len(chart.series))
    legend = 30.0 if n_series > 1 else 12.0
    each = _pitch(chart)
    n = len(chart.categories)
    fit = max(1, int((box.h - legend - 20) / each))
    if n <= fit:
        return [ChartItem(replace(box, h=min(box.h, legend + n * each * 1.7 + 16)), chart)], cut
    short = replace(
        chart,
        categories=chart.categories[:fit],
        series=tuple(replace(one, values=one.values[:fit]) for one in chart.series),
    )
    area = Box(box.x, box.y + box.h - 20, box.w, 20)
    said = text.shorten(nl.more(n - fit, table=chart.table), _NOTE_SIZE, box.w, 1)
    note = TextItem(area, (said,), _NOTE_SIZE, quiet=True)
    return [ChartItem(replace(box, h=box.h - 22), short), note], [full.alt]


def _sentences(part: model.Sentences, box: Box, size: float) -> tuple[list[Item], list[str], int]:
    shown, cut = list(part.items), []
    n = n_fitting(part.items, size, box)
    if n < len(shown):
        shown, n = _shortened_sentences(part, box, size, n)
        cut = list(part.items)
    height = min(box.h, _sentences_height(tuple(shown), size, box.w))
    area = replace(box, h=height)
    bullets = part.bullets and len(shown) > 1
    return (
        [TextItem(area, tuple(shown), size, bullets=bullets, quiet=part.small and len(shown) == 1)],
        cut,
        n,
    )


def _shortened_sentences(
    part: model.Sentences, box: Box, size: float, n: int
) -> tuple[list[str], int]:
    """Keep the sentences that leave room to say how many there are more."""
    for kept in range(n, 0, -1):
        rest = nl.more(len(part.items) - kept, table=part.table)
        shown = [*part.items[:kept], rest]
        if _sentences_height(tuple(shown), size, box.w) <= box.h:
            return shown, kept
    tail = [nl.more(len(part.items) - 1, table=part.table)] if len(part.items) > 1 else []
    used = _sentences_height(("", *tail), size, box.w)
    n_lines = 1 + max(0, int((box.h - used) / (size * text.LINE_HEIGHT)))
    room = box.w - (_INDENT if tail else 0)
    return [text.shorten(part.items[0], size, room, n_lines), *tail], 1


def _sentences_height(items: tuple[str, ...], size: float, width: float) -> float:
    room = width - (_INDENT if len(items) > 1 else 0.0)
    lines = sum(text.height(item, size, room) for item in items)
    return lines + max(0, len(items) - 1) * paragraph_gap(size) + 4


def _table(table: model.Table, box: Box, size: float) -> tuple[list[Item], list[str], int]:
    """Draw as many rows as fit; a line below the table counts what remains."""
    box = replace(box, w=box.w * table.share)
    widths, _ = column_widths(table, box.w, size)
    heights = row_heights(table, widths, size)
    n = len(table.rows)
    note = table.note
    most = table.most or n
    if n > most or sum(heights) + note_height(note, box.w) > box.h:
        longest = f"{note} {nl.more(n, table=table.table)}".strip()
        room = box.h - note_height(longest, box.w)
        n = 0
        while n < min(len(table.rows), most) and sum(heights[: n + 2]) <= room:
            n += 1
        if n < len(table.rows):
            note = f"{note} {nl.more(len(table.rows) - n, table=table.table)}".strip()
    rows, cut = [], []
    for row in table.rows[:n]:
        cells = [
            text.shorten(cell, size, w - 2 * CELL_X, table.lines)
            for cell, w in zip(row, widths, strict=True)
        ]
        if cells != list(row):
            cut.append(" | ".join(row))
        rows.append(tuple(cells))
    align = table.align or _left(table.columns)
    area = replace(box, h=sum(heights[: n + 1]))
    columns = tuple(
        text.shorten(column, size, w - 2 * CELL_X, _HEADING_LINES, bold=True)
        for column, w in zip(table.columns, widths, strict=True)
    )
    items: list[Item] = [
        TableItem(area, columns, tuple(rows), widths, tuple(heights[: n + 1]), align, size)
    ]
    if note:
        said = text.clean(note)
        place = Box(box.x, area.y + area.h + 6, box.w, note_height(said, box.w) - 6)
        items.append(TextItem(place, (said,), _NOTE_SIZE, quiet=True))
    return items, cut, n


def _action_table(table: model.ActionTable, box: Box) -> list[Item]:
    each = min(box.h / (table.n_rows + 1), 52.0)
    heights = (min(each, 34.0), *[each] * table.n_rows)
    area = replace(box, h=sum(heights))
    return [
        TableItem(
            area,
            table.columns,
            (("",) * len(table.columns),) * table.n_rows,
            column_widths(table, box.w, 18.0)[0],
            heights,
            _left(table.columns),
            18.0,
            ruled=True,
        )
    ]


def _left(columns: tuple[str, ...]) -> tuple[model.Align, ...]:
    return tuple("left" for _ in columns)
