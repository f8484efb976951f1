"""Add a slide of one's own to a briefing: a chart, a picture, a table or text."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from ipgtools import privacy
from ipgtools.briefing import model
from ipgtools.errors import ArgumentError, ContractError, ReadError, ReleaseError
from ipgtools.nl import formats
from ipgtools.nl import own_slides as words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ipgtools.charts import Picture

    Addable: TypeAlias = Axes | Figure | Picture | bytes | Path | pd.DataFrame | str | Sequence[str]

__all__ = ["add"]

_ON_SLIDE = {False: (12.2, 5.2), True: (8.3, 5.2)}
"""Inches that a slide has for a picture, without and with sentences: letters keep their size."""


def add(
    briefing: Any,
    content: "Addable",
    *,
    title: str = "",
    text: str | Sequence[str] = (),
    source: str = "",
    notes: str = "",
    alt: str = "",
    columns: Mapping[str, str] | None = None,
    n: int | None = None,
) -> model.Briefing:
    """
    Add a slide of one's own at the end of a briefing.

    What is added goes through no gate. For others than the police a table is taken only as
    `privacy.release` gave it for the briefing's audience, and a chart of tables that were
    released for another audience is refused. Nothing checks other charts, pictures and
    text: whoever adds them answers for them, and the notes of the slide state that.

    Parameters
    ----------
    briefing : Briefing or Run
        What `pipeline.run` or `pipeline.analyse` gave, or its briefing. It stays as it is.
    content : Axes, Figure, Picture, bytes, Path, DataFrame, str or sequence of str
        A chart of `ipgtools.charts`, drawn anew in the size of a slide without its title and
        label, which the slide has; a picture (PNG or JPEG, as bytes or a file), without what it
        tells of camera and place; a table; or sentences, each a point of its own.
    title : str
        States what was found; by default the title of the chart.
    text : str or sequence of str
        Sentences next to the picture or table.
    source : str
        Where the figures come from; at the foot of the slide.
    notes : str
        How to read the slide, for who presents it.
    alt : str
        What a picture shows, for those who can't see it.
    columns : mapping of str to str, optional
        Columns of a table to show, with their headings; all but the geometry by default.
    n : int, optional
        Rows of a table to show, from the first; the number of the others is noted.

    Returns
    -------
    Briefing
        With one slide more. Write it with `save`.

    Raises
    ------
    ReleaseError
        If the briefing is for others than the police and the table was not released for them,
        or was changed after; or the chart has the label of another audience.
    ArgumentError
        If this is no briefing, the content is nothing that a slide can show, or there is no title.
    ContractError
        If the table lacks a column.

    Examples
    --------
    >>> import pandas as pd
    >>> from ipgtools.briefing import Briefing
    >>> mine = Briefing("Velve", "", "Velve", "2025", "politie", "Politie", sample=False)
    >>> streets = pd.DataFrame({"street": ["Heggenes", "Laares"], "n": [1200, 9]})
    >>> headings = {"street": "Straat", "n": "Aantal"}
    >>> longer = add(mine, streets, title="Twee straten", columns=headings)
    >>> longer.slides[-1].parts[0].rows
    (('Heggenes', '1.200'), ('Laares', '9'))
    >>> len(add(longer, "Vraag de wijkagent wie dit herkent.", title="Vraag").slides)
    3
    """
    known = model.of(briefing)
    lines = (text,) if isinstance(text, str) else tuple(text)
    beside = (model.Sentences(lines),) if lines and lines != ("",) else ()
    mark = words.ADDED_INSIDE if _is_inside(known) else words.ADDED
    if hasattr(content, "columns") and hasattr(content, "attrs"):
        mark = _require_released(content, known, mark)
        part: model.Part = _table(content, columns, n)
    elif isinstance(content, str):
        part = model.Sentences((content,))
    elif hasattr(content, "get_figure"):
        _require_same_audience(content, known)
        title = title or _title(content)
        part = model.Picture(
            _drawn(content, narrow=bool(beside), sample=known.sample), alt or words.alt(title)
        )
    elif isinstance(content, bytes | Path) or hasattr(content, "_repr_png_"):
        part = model.Picture(_plain(content), alt or words.alt(title))
    elif isinstance(content, Sequence) and all(isinstance(one, str) for one in content):
        part = model.Sentences(tuple(str(one) for one in content))
    else:
        found = type(content).__name__
        msg = f"a {found} can't be on a slide; give a chart, a picture, a table or text"
        raise ArgumentError(msg, code="slide_content", found=found)
    if not title.strip():
        msg = "a slide needs a title: add(briefing, content, title='...')"
        raise ArgumentError(msg, code="slide_title")
    slide = model.Slide(
        key=_key(known),
        title=title,
        parts=(part, *beside),
        notes="\n".join(one for one in (notes, mark) if one),
        source=source,
    )
    return replace(known, slides=(*_with_cover(known), slide))


def _is_inside(briefing: model.Briefing) -> bool:
    """Tell whether a briefing is for the police; of a profile in a folder of its own, no."""
    try:
        return privacy.sees_all(privacy.profile(briefing.audience))
    except ReleaseError:
        return False


def _with_cover(briefing: model.Briefing) -> tuple[model.Slide, ...]:
    """Return the slides; the first is always the title slide."""
    return briefing.slides or (model.Slide("titel", briefing.title),)


def _key(briefing: model.Briefing) -> str:
    """Return a key that no slide has."""
    taken = {slide.key for slide in briefing.slides}
    return next(key for at in range(1, len(taken) + 2) if (key := f"eigen_{at}") not in taken)


def _require_released(table: "pd.DataFrame", briefing: model.Briefing, mark: str) -> str:
    """Require that the readers may see a table; return the mark in the notes."""
    if _is_inside(briefing):
        return mark
    if privacy.is_as_released(table, briefing.audience):
        return words.ADDED_RELEASED
    changed = any(name == briefing.audience for name, _ in privacy.released_for(table))
    why = "was changed after its release" if changed else "was not released"
    msg = (
        f"the table {why} for {briefing.audience!r}; give the table of privacy.release as it is, "
        "and choose what is shown with `columns` and `n`"
    )
    code = "slide_table_changed" if changed else "slide_not_released"
    raise ReleaseError(msg, code=code, audience=briefing.audience)


def _require_same_audience(drawn: Any, briefing: model.Briefing) -> None:
    """Refuse a chart that has the label of another audience."""
    from ipgtools.charts import _draw

    if _is_inside(briefing):
        return
    for ax in _axes(drawn):
        for found in _draw.sheet(ax).audiences:
            if found is not None and found[0] != briefing.audience:
                msg = f"the chart is for {found[0]!r}, the briefing for {briefing.audience!r}"
                raise ReleaseError(
                    msg, code="slide_other_audience", found=found[0], audience=briefing.audience
                )


def _axes(drawn: Any) -> list[Any]:
    """List the axes of a chart."""
    return list(drawn.get_figure(root=True).axes)


def _title(drawn: Any) -> str:
    """Return the title that a chart was given."""
    from ipgtools.charts import _draw

    given = [_draw.sheet(ax).arranged.get("title", "") for ax in _axes(drawn)]
    return given[0] if len(given) == 1 else ""


def _drawn(drawn: Any, *, narrow: bool, sample: bool) -> bytes:
    """Draw a chart in the size of a slide, without the title and labels that the slide has."""
    import matplotlib as mpl

    from ipgtools.charts import _annotate, _draw

    figure, axes = drawn.get_figure(root=True), _axes(drawn)
    if len(axes) != 1 or not (was := _draw.sheet(axes[0]).arranged):
        return _draw.as_png(figure, dpi=200)
    size = tuple(figure.get_size_inches())
    marks = [] if sample else [mark for mark in was["marks"] if mark[1]]
    try:
        figure.set_size_inches(*_ON_SLIDE[narrow])
        with mpl.rc_context(_draw.STYLE):
            _annotate.arrange(axes[0], marks=marks, footer=was["footer"])
        return _draw.as_png(figure, dpi=200)
    finally:
        figure.set_size_inches(*size)
        with mpl.rc_context(_draw.STYLE):
            _annotate.arrange(axes[0], **was)


def _plain(content: Any) -> bytes:
    """Return a picture as PNG or JPEG, without what it tells of camera and place."""
    from PIL import Image, ImageOps

    name = content.name if isinstance(content, Path) else type(content).__name__
    raw: Any = content
    if not isinstance(content, bytes | Path):
        raw = content._repr_png_()
    to = io.BytesIO()
    try:
        with Image.open(io.BytesIO(raw) if isinstance(raw, bytes) else raw) as opened:
            kind = "JPEG" if opened.format == "JPEG" else "PNG"
            turned = ImageOps.exif_transpose(opened)
            mode = "RGB" if kind == "JPEG" or turned.mode not in ("RGB", "RGBA", "L") else None
            clean = Image.new(mode or turned.mode, turned.size)
            clean.paste(turned.convert(clean.mode))
            clean.save(to, kind, **({"quality": 90} if kind == "JPEG" else {}))
    except OSError as cause:
        msg = f"{name} is no picture that can be read; give PNG or JPEG"
        raise ReadError(msg, code="slide_picture", path=name) from cause
    return to.getvalue()


_OF_FILES = {"path", "source", "sha256"}
"""Columns that name a file of the machine; shown only where they are asked for."""


def _table(table: "pd.DataFrame", columns: Mapping[str, str] | None, n: int | None) -> model.Table:
    """Write a table as rows of text."""
    import pandas as pd

    if columns is None:
        columns = {
            str(name): str(name)
            for name in table
            if table[name].dtype != "geometry" and name not in _OF_FILES
        }
    if missing := [name for name in columns if name not in table]:
        msg = f"the table lacks {', '.join(missing)}"
        breaches = "; ".join(f"{name}: column is missing" for name in missing)
        raise ContractError(msg, code="contract", table="dia", breaches=breaches)
    shown = pd.DataFrame(table)[list(columns)].head(len(table) if n is None else n)
    cells = [[_cell(value) for value in shown[name]] for name in columns]
    numeric = [pd.api.types.is_numeric_dtype(shown[name].dtype) for name in columns]
    bools = [pd.api.types.is_bool_dtype(shown[name].dtype) for name in columns]
    left = len(table) - len(shown)
    return model.Table(
        tuple(columns.values()),
        tuple(zip(*cells, strict=True)),
        align=tuple(
            "right" if number and not flag else "left"
            for number, flag in zip(numeric, bools, strict=True)
        ),
        note=words.rows_left(left) if left else "",
        split=n is None,
    )


def _cell(value: Any) -> str:
    """Write a value as a Dutch reader expects it."""
    import numpy as np
    import pandas as pd

    if isinstance(value, list | tuple | np.ndarray):
        return ", ".join(_cell(one) for one in value)
    if pd.isna(value):
        return words.UNKNOWN
    if isinstance(value, bool | np.bool_):
        return words.YES if value else words.NO
    if isinstance(value, pd.Timestamp):
        day = formats.date(value, short=True)
        return day if value == value.normalize() else f"{day} {value:%H:%M}"
    if isinstance(value, int | float | np.number):
        figure = float(value)
        if not np.isfinite(figure):
            return words.UNKNOWN
        return formats.number(figure, 0 if figure == round(figure) else 1)
    return str(value)
