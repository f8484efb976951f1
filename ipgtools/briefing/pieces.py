"""
Hold the pieces that a briefing is composed from.

Each is small and plain: numbers, texts, pictures as bytes, and the name of the result table
they were read from. The pipeline fills them from tables that were released for the audience.
"""

from dataclasses import dataclass, field

from ipgtools.briefing.facts import Facts
from ipgtools.highlights import Highlight
from ipgtools.privacy import Profile

MIN_PERSONS = 10
"""Persons below which a count of persons is not shown."""


@dataclass(frozen=True)
class MapPiece:
    """
    A drawn map or chart.

    Parameters
    ----------
    data : bytes
        PNG.
    alt : str
        What it shows.
    table : str or None
        Result table it was drawn from, relative to the output folder.
    caption : str
        Line below it.
    """

    data: bytes
    alt: str
    table: str | None = None
    caption: str = ""


@dataclass(frozen=True)
class HotPlaceRow:
    """
    A place on the map of places.

    Parameters
    ----------
    number : int
        On the map.
    name, claim, kinds : str
        In words; empty where there is nothing to say.
    n, n_before : int or None
        Incidents now and in the period before; None where hidden or not known.
    """

    number: int
    name: str
    n: int | None
    n_before: int | None = None
    kinds: str = ""
    claim: str = ""


@dataclass(frozen=True)
class ComparisonRow:
    """
    One category in this period and earlier ones.

    Parameters
    ----------
    label : str
        The category in words.
    n, n_before, n_last_year : int or None
        Incidents; None where the count is hidden or not known.
    ratio_low, ratio_high : float or None
        95% interval of now over before.
    """

    label: str
    n: int | None
    n_before: int | None
    n_last_year: int | None = None
    ratio_low: float | None = None
    ratio_high: float | None = None


@dataclass(frozen=True)
class ComparisonPiece:
    """Rows for the comparison, the total first; where they were read from."""

    rows: tuple[ComparisonRow, ...]
    table: str | None = None


@dataclass(frozen=True)
class PlaceRow:
    """
    A place where it happened more than once, named by street.

    Parameters
    ----------
    street : str
        Street name, without number.
    n : int
        Incidents.
    last : str
        Day of the latest, in words.
    top_category : str
        Most frequent category in words.
    """

    street: str
    n: int
    last: str = ""
    top_category: str = ""


@dataclass(frozen=True)
class PlacesPiece:
    """Places that repeat, most incidents first; where they were read from."""

    rows: tuple[PlaceRow, ...]
    table: str | None = None


@dataclass(frozen=True)
class OffendersPiece:
    """
    Persons per klasse that were active in the area. Counts only.

    Parameters
    ----------
    regime : str
        Code of the rules by which they were counted.
    counts : tuple of (str, int or None)
        Klasse and number of persons; None where it is hidden so that others stay unknown.
    minimum : int
        Smallest number shown; never less than 10.
    table : str or None
        Result table.
    reference : str
        Reference date in words.
    """

    regime: str
    counts: tuple[tuple[str, int | None], ...]
    minimum: int = MIN_PERSONS
    table: str | None = None
    reference: str = ""


@dataclass(frozen=True)
class ActionRow:
    """An open action: number and place of the finding, what was seen, who does what."""

    number: str
    location: str
    description: str
    actor: str
    task: str


@dataclass(frozen=True)
class SchouwPiece:
    """
    What a schouw found and what is open.

    Parameters
    ----------
    map : MapPiece or None
        Map with numbered findings.
    by_actor : tuple of (str, int, int)
        Actor, open actions, all actions.
    actions : tuple of ActionRow
        The open ones.
    table, actions_table : str or None
        Result tables of the actors and of the actions.
    compared : tuple of (str, str, str, str)
        Against the schouw before: outcome, place, kind and description.
    compared_table : str or None
        Result table of the comparison.
    """

    map: MapPiece | None
    by_actor: tuple[tuple[str, int, int], ...]
    actions: tuple[ActionRow, ...] = ()
    table: str | None = None
    actions_table: str | None = None
    compared: tuple[tuple[str, str, str, str], ...] = ()
    compared_table: str | None = None


@dataclass(frozen=True)
class PhotoPiece:
    """A photo of a resident: PNG or JPEG, and a line that says what, where and when."""

    data: bytes
    caption: str


@dataclass(frozen=True)
class SourceRow:
    """
    A file that was read.

    Parameters
    ----------
    name : str
        What it is, in words.
    n_read, n_used : int
        Rows; what was left out is the difference.
    reason : str
        Why rows were left out.
    """

    name: str
    n_read: int
    n_used: int
    reason: str = ""


@dataclass(frozen=True)
class BriefingInput:
    """
    All that a briefing is composed from.

    Parameters
    ----------
    area_name : str
        Name of the wijk.
    period_text : str
        The period in words.
    first_day, last_day : str
        The period for the file name, as 2025-09-01; the last day belongs to it.
    profile : Profile
        What who it is for may see.
    facts : Facts
        Numbers that the sentences speak of.
    facts_table : str or None
        Table the facts were written to.
    source : str
        Short name of the sources, on every slide.
    sample : bool
        Whether the data are invented.
    highlights : tuple of Highlight
        What the briefing tells, in that order.
    titles : dict of str to str
        Titles of slides that state what was found, by the name of their table.
    places_map, timing : MapPiece or None
        Map of places; picture of hour by weekday.
    hot_places : tuple of HotPlaceRow
        The places on that map.
    comparison, places, offenders, schouw
        None where there is no such result.
    persons : bool
        Whether the module for persons is on.
    photos : tuple of PhotoPiece
        May be empty.
    photo_states : tuple of (str, int)
        Status and number of photos; closed ones are not among `photos`.
    photos_table, sources_table : str or None
        Tables of the photos and of the rows read.
    sources : tuple of SourceRow
        Every file that was read.
    methods, limits, suppressed : tuple of str
        How the figures were made, what can't be read from them, what the gate hid.
    """

    area_name: str
    period_text: str
    first_day: str
    last_day: str
    profile: Profile
    facts: Facts
    facts_table: str | None = None
    source: str = ""
    sample: bool = False
    highlights: tuple[Highlight, ...] = ()
    titles: dict[str, str] = field(default_factory=dict)
    places_map: MapPiece | None = None
    hot_places: tuple[HotPlaceRow, ...] = ()
    comparison: ComparisonPiece | None = None
    timing: MapPiece | None = None
    places: PlacesPiece | None = None
    offenders: OffendersPiece | None = None
    persons: bool = True
    schouw: SchouwPiece | None = None
    photos: tuple[PhotoPiece, ...] = ()
    photos_table: str | None = None
    photo_states: tuple[tuple[str, int], ...] = ()
    sources: tuple[SourceRow, ...] = ()
    sources_table: str | None = None
    methods: tuple[str, ...] = ()
    limits: tuple[str, ...] = field(default=())
    suppressed: tuple[str, ...] = ()
