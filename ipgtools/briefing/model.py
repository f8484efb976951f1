"""
Describe a briefing before anything is drawn.

A briefing is plain values: strings ready to be read, numbers ready to be charted, pictures
as bytes. It knows nothing of PowerPoint or HTML, so both show the same, and a test can read
what a slide says without opening a file. Every part names the result table its numbers were
read from.
"""

from dataclasses import dataclass, field
from math import ceil
from typing import Any, Literal

from ipgtools.errors import ArgumentError

__all__ = [
    "WORDS_A_MINUTE", "ActionTable", "Align", "BarChart", "Briefing", "LineChart", "Part",
    "PhotoGrid", "Picture", "Sentences", "Series", "Slide", "Table", "of", "tables",
]  # fmt: skip

Align = Literal["left", "right"]

WORDS_A_MINUTE = 130
"""How fast a briefing is read aloud."""
_STEP = 5


@dataclass(frozen=True)
class Sentences:
    """
    Sentences to be read out; each is a point of its own.

    Parameters
    ----------
    items : tuple of str
        Whole Dutch sentences.
    table : str or None
        Result table that the numbers in them come from, relative to the output folder.
    small : bool
        Whether they explain rather than tell; set in smaller type.
    bullets : bool
        Whether each is set off with a point, where there are several.
    """

    items: tuple[str, ...]
    table: str | None = None
    small: bool = False
    bullets: bool = True


@dataclass(frozen=True)
class Picture:
    """
    A map or drawing.

    Parameters
    ----------
    data : bytes
        PNG or JPEG.
    alt : str
        What it shows, for those who can't see it.
    caption : str
        Line below it.
    table : str or None
        Result table it was drawn from.
    wide : bool
        Whether it takes most of the slide, from its left edge on; drawn in the size
        `boxes.WIDE`.
    """

    data: bytes
    alt: str
    caption: str = ""
    table: str | None = None
    wide: bool = False


@dataclass(frozen=True)
class Table:
    """
    Rows of text.

    Parameters
    ----------
    columns : tuple of str
        Headings.
    rows : tuple of tuple of str
        Cells, as they are read.
    widths : tuple of float
        Relative widths of the columns; all alike when empty.
    align : tuple of {'left', 'right'}
        Per column; left when empty.
    note : str
        Line below it.
    table : str or None
        Result table it was read from.
    split : bool
        Whether it runs on over more slides; otherwise it is shortened with a note.
    share : float
        Share of the width it may take; a table of two columns reads better narrow.
    most : int
        Rows that are shown at most, where it isn't split; all that fit when 0.
    lines : int
        Lines that a cell has at most; what is cut is written out in the notes.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    align: tuple[Align, ...] = ()
    note: str = ""
    table: str | None = None
    split: bool = False
    share: float = 1.0
    most: int = 0
    lines: int = 5

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                msg = f"a row has {len(row)} cells, the table has {len(self.columns)} columns"
                raise ValueError(msg)
        for given in (self.widths, self.align):
            if given and len(given) != len(self.columns):
                msg = f"`widths` and `align` need one value for each of {len(self.columns)} columns"
                raise ValueError(msg)


@dataclass(frozen=True)
class Series:
    """
    One row of values in a chart; None where a value is hidden or unknown.

    Parameters
    ----------
    name : str
        What the legend calls it.
    values : tuple of (float or None)
        One for each category.
    """

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class BarChart:
    """
    Horizontal bars, the first category on top.

    Parameters
    ----------
    categories : tuple of str
        Labels of the bars.
    series : tuple of Series
        The first is the one that matters, a second one is drawn quieter.
    alt : str
        What it shows, with its numbers.
    table : str or None
        Result table it was drawn from.
    schouw : bool
        Whether it is about the schouw, which has a colour of its own.
    """

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    table: str | None = None
    schouw: bool = False

    def __post_init__(self) -> None:
        _check_series(self.categories, self.series)


@dataclass(frozen=True)
class LineChart:
    """
    Values over time, the earliest on the left; parameters as of `BarChart`.

    Parameters
    ----------
    categories : tuple of str
        Labels of the moments.
    series : tuple of Series
        The first is the one that matters.
    alt : str
        What it shows, with its numbers.
    table : str or None
        Result table it was drawn from.
    """

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    table: str | None = None

    def __post_init__(self) -> None:
        _check_series(self.categories, self.series)


@dataclass(frozen=True)
class ActionTable:
    """
    Empty rows to fill in during the briefing.

    Parameters
    ----------
    columns : tuple of str
        Headings.
    n_rows : int
        Empty rows.
    widths : tuple of float
        Relative widths of the columns.
    """

    columns: tuple[str, ...]
    n_rows: int = 6
    widths: tuple[float, ...] = ()
    table: str | None = None


@dataclass(frozen=True)
class PhotoGrid:
    """
    Photos side by side, each with its caption.

    Parameters
    ----------
    photos : tuple of Picture
        In the order they are shown.
    """

    photos: tuple[Picture, ...]
    table: str | None = None


Part = Sentences | Picture | Table | BarChart | LineChart | ActionTable | PhotoGrid


@dataclass(frozen=True)
class Slide:
    """
    One message with what supports it.

    Parameters
    ----------
    key : str
        Fixed name, used as anchor.
    title : str
        The finding, or the subject where there is none.
    parts : tuple of Part
        Sentences before a picture or chart stand above it, what follows stands beside it.
    notes : str
        How to read the slide.
    source : str
        Where the figures come from.
    say : str
        What to say with it; its title where nothing is given.
    hidden : bool
        Whether it is skipped when the slides are shown.
    """

    key: str
    title: str
    parts: tuple[Part, ...] = ()
    notes: str = ""
    source: str = ""
    say: str = ""
    hidden: bool = False

    @property
    def spoken(self) -> str:
        """What to say with the slide."""
        return self.say or self.title

    @property
    def seconds(self) -> int:
        """
        Seconds that it takes to say, in steps of five; none for a hidden slide.

        Examples
        --------
        >>> Slide("a", "Autokraak steeg van 9 naar 66, vooral rond de Gronausestraat").seconds
        5
        """
        words = 0 if self.hidden else len(self.spoken.split())
        return _STEP * ceil(words * 60 / WORDS_A_MINUTE / _STEP)


@dataclass(frozen=True)
class Briefing:
    """
    A whole briefing.

    Parameters
    ----------
    title, subtitle : str
        On the first slide.
    area_name : str
        The wijk it is about.
    period_text : str
        The period in words.
    audience : {'openbaar', 'partner', 'politie'}
        Whom it is for.
    label_text : str
        The audience in words, on every slide.
    sample : bool
        Whether the data are invented; every slide then says so.
    slides : tuple of Slide
        In order; the first is the title slide.
    file_stem : str
        File name without extension.
    """

    title: str
    subtitle: str
    area_name: str
    period_text: str
    audience: str
    label_text: str
    sample: bool
    slides: tuple[Slide, ...] = field(default=())
    file_stem: str = "briefing"

    @property
    def seconds(self) -> int:
        """Seconds that it takes to say all that is shown."""
        return sum(slide.seconds for slide in self.slides)


def of(given: Any) -> Briefing:
    """Return a briefing, or that of a run of the pipeline."""
    known = getattr(given, "briefing", given)
    if not isinstance(known, Briefing):
        found = type(given).__name__
        msg = f"a {found} is no briefing; give what pipeline.run returned, or its .briefing"
        raise ArgumentError(msg, code="briefing_expected", found=found)
    return known


def tables(slide: Slide) -> tuple[str, ...]:
    """
    List the result tables that a slide was made from, each once.

    Examples
    --------
    >>> tables(Slide("a", "A", (Sentences(("1.",), "t/b.csv"), Sentences(("2.",), "t/b.csv"))))
    ('t/b.csv',)
    """
    return tuple(dict.fromkeys(part.table for part in slide.parts if part.table))


def _check_series(categories: tuple[str, ...], series: tuple[Series, ...]) -> None:
    for one in series:
        if len(one.values) != len(categories):
            msg = (
                f"series {one.name!r} has {len(one.values)} values for {len(categories)} categories"
            )
            raise ValueError(msg)
