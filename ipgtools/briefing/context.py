"""Hold what the slides of a briefing are made from: released tables, pictures and facts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ipgtools.briefing import model
from ipgtools.briefing.earlier import Earlier
from ipgtools.briefing.facts import Facts
from ipgtools.highlights import Highlight
from ipgtools.nl import folders
from ipgtools.privacy import Profile

__all__ = ["NOTHING", "Context", "Material", "file_of", "filled", "text_of"]


@dataclass(frozen=True)
class Material:
    """
    Name what a slide is made from.

    Parameters
    ----------
    tables, pictures : tuple of str
        Released tables, and pictures drawn from them, by their Dutch names.
    facts : tuple of str
        Fields of `Facts`.
    """

    tables: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


NOTHING = Material()


@dataclass(frozen=True)
class Context:
    """
    Everything that a briefing is composed from.

    Parameters
    ----------
    area_name : str
        Name of the wijk.
    period_text : str
        The period in words.
    first_day, last_day : str
        The period for the file name, as 2025-09-01; the last day belongs to it.
    profile : Profile
        What the audience may see.
    facts : Facts
        Numbers that the sentences speak of.
    tables : dict of str to DataFrame
        Tables released for that audience, by name.
    pictures : dict of str to bytes
        PNG drawn from them at the size of a slide, by name.
    titles : dict of str to str
        Titles that state what was found, by the name of the picture or table.
    highlights : tuple of Highlight
        What the briefing tells, in that order.
    source : str
        Short name of the sources, on every slide.
    sample : bool
        Whether the data are invented.
    persons : bool
        Whether the module for persons is on.
    regime, reference : str
        Code of the definition by which repeat offenders were counted; reference date in words.
    days_known : bool
        Whether incidents have a day, not only a month.
    methods, limits, suppressed : tuple of str
        How the figures were made, what can't be read from them, what the gate hid.
    missing : tuple of str
        Which slides were not made; `compose` fills it.
    earlier : Earlier, optional
        What the briefing before this one said.
    item : object
        What the slide is of, where a definition makes several.
    read_photo : callable
        Return the content of a photo by the path in its table.
    """

    area_name: str
    period_text: str
    first_day: str
    last_day: str
    profile: Profile
    facts: Facts
    tables: Mapping[str, Any] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    highlights: tuple[Highlight, ...] = ()
    source: str = ""
    sample: bool = False
    persons: bool = True
    regime: str = "2014"
    reference: str = ""
    days_known: bool = True
    methods: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    suppressed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    earlier: Earlier | None = None
    item: Any = None
    read_photo: Callable[[str], bytes] = lambda path: Path(path).read_bytes()

    def has(self, material: Material) -> bool:
        """Return whether all of it is there."""
        return (
            all(name in self.tables for name in material.tables)
            and all(name in self.pictures for name in material.pictures)
            and all(getattr(self.facts, name) is not None for name in material.facts)
        )

    def spoken(self, *sentences: str, small: bool = False) -> model.Sentences:
        """Return sentences made of facts; empty ones are left out."""
        items = tuple(sentence for sentence in sentences if sentence)
        table = file_of("kerncijfers") if "kerncijfers" in self.tables else None
        return model.Sentences(items, table, small)

    def picture(self, name: str, alt: str, table: str = "") -> model.Picture:
        """Return a picture with the table it was drawn from, by default the one of its name."""
        return model.Picture(self.pictures[name], alt, table=file_of(table or name))


def file_of(table: str) -> str:
    """
    Name the file of a table, from the folder of the briefing.

    Examples
    --------
    >>> file_of("vergelijking")
    'tabellen/vergelijking.csv'
    """
    return f"{folders.TABLES}/{table}.csv"


def text_of(row: Any, name: str) -> str:
    """Return a field of a row as text; empty where it is missing or withheld."""
    import pandas as pd

    value = getattr(row, name, "")
    return "" if value is None or pd.isna(value) else str(value)


def filled(rows: Sequence[tuple[str, ...]]) -> list[int]:
    """List the columns that hold anything: what was withheld leaves no empty column behind."""
    return [at for at in range(len(rows[0])) if any(row[at] for row in rows)]
