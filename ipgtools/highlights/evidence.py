"""Define the evidence that analyses found, for the choice of highlights."""

from dataclasses import dataclass, field
from math import isfinite, nan
from typing import TYPE_CHECKING

from ipgtools.inference import ALPHA

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Comparison", "Evidence", "Near", "Schouw", "Streak"]


@dataclass(frozen=True)
class Comparison:
    """
    A count against that of an earlier period which the files cover in full.

    Parameters
    ----------
    n, n_before : int
        Incidents now and then.
    when : str
        Name of the earlier period, in Dutch.
    q_value : float
        Two-sided, with the dispersion of weekly counts, corrected for all that was
        compared. NaN where there is too little history to test.
    exposure : float
        Length of this period by that of the earlier one.
    """

    n: int
    n_before: int
    when: str
    q_value: float = nan
    exposure: float = 1.0

    @property
    def proven(self) -> bool:
        """Whether the difference is more than chance explains."""
        return isfinite(self.q_value) and self.q_value <= ALPHA

    @property
    def size(self) -> float:
        """Incidents more or fewer than at the earlier rate."""
        return abs(self.n - self.n_before * self.exposure)


@dataclass(frozen=True)
class Near:
    """
    What a briefing reports of near repeats.

    Parameters
    ----------
    text, title : str
        Sentences; the text speaks of chance only where `proven`.
    proven : bool
        Whether more pairs than by chance are shown.
    p_value, size : float
        Of the pre-chosen band, and pairs more than expected.
    windows : str
        Where a next one would still count, as a sentence; empty where that is withheld.
    elsewhere : bool
        Whether it was shown for a larger area, and nothing in this one asks for attention.
    """

    text: str
    title: str = ""
    proven: bool = False
    p_value: float = nan
    size: float = 0.0
    windows: str = ""
    elsewhere: bool = False


@dataclass(frozen=True)
class Schouw:
    """What a briefing reports of the schouw: a sentence, a title, and how many actions are open."""

    text: str
    title: str = ""
    n_open: int = 0


@dataclass(frozen=True)
class Streak:
    """
    Days without a kind of incident.

    Parameters
    ----------
    kind : str
        Its label.
    days : int
        Since the latest one, up to the end of the period.
    n_year : int
        Incidents in the twelve months before that.
    """

    kind: str
    days: int
    n_year: int


@dataclass(frozen=True)
class Evidence:
    """
    All candidates for a highlight.

    Parameters
    ----------
    n : int
        Incidents in the area and the period.
    subject : str
        What they are, in the plural.
    anything_tested : bool
        Whether any change, place, time or repeat could be tested.
    total_before, total_last_year : Comparison or None
        None where there is nothing to compare with.
    kinds : DataFrame, optional
        One row per kind: `kind`, `n`, `n_before`, `n_last_year`, `q_value`, `q_last_year`,
        `ratio`, `ci_low`, `ci_high`.
    when_before, when_last_year : str
        Names of the earlier periods.
    exposure : float
        Length of this period by that of the one before.
    places : DataFrame, optional
        PLACES, released.
    busiest : DataFrame, optional
        The list without a claim: `name`, `n`.
    places_tested : bool
        Whether places were tested at all.
    differing : DataFrame, optional
        Places that hold most of a proven change, released: `kind`, `earlier` ("previous" or
        "last_year"), `name`, `n`, `n_before`.
    total_name : str
        What `differing` calls all incidents together.
    min_incidents : int
        Incidents below which hardly anything can be tested.
    baseline : str
        "addresses" or "streets": what lasting places were held against.
    months : int
        Months that the long window has.
    hours : str
        Name of the tested hours; empty where none stand out.
    hours_text, hours_title : str
        Sentence and title of the hours.
    hours_p, hours_size : float
        p-value and incidents more than even.
    hours_daily : bool
        Whether they are the same on every day.
    near : Near, optional
        Near repeats.
    schouw : Schouw, optional
        The schouw.
    streaks : tuple of Streak
        Longest first.
    quality : tuple of str
        What changes the story about the data, as sentences.
    """

    n: int
    subject: str = "incidenten"
    anything_tested: bool = True
    total_before: Comparison | None = None
    total_last_year: Comparison | None = None
    kinds: "pd.DataFrame | None" = None
    when_before: str = ""
    when_last_year: str = ""
    exposure: float = 1.0
    places: "pd.DataFrame | None" = None
    busiest: "pd.DataFrame | None" = None
    places_tested: bool = False
    differing: "pd.DataFrame | None" = None
    total_name: str = ""
    min_incidents: int = 30
    baseline: str = "none"
    months: int = 0
    hours: str = ""
    hours_text: str = ""
    hours_title: str = ""
    hours_p: float = nan
    hours_size: float = 0.0
    hours_daily: bool = False
    near: Near | None = None
    schouw: Schouw | None = None
    streaks: tuple[Streak, ...] = ()
    quality: tuple[str, ...] = field(default=())
