"""
Hold the numbers a briefing speaks of, and choose which of them stand out.

`Facts` are plain numbers that were counted elsewhere. What may be said of them is decided
here, by rules that a test can check: a difference is called more than chance only where its
corrected p-value says so, and nothing is said of fewer incidents than it takes.
"""

from dataclasses import asdict, dataclass
from math import isfinite, nan
from typing import Any

from ipgtools.inference import ALPHA
from ipgtools.nl import sentences
from ipgtools.nl.sentences.common import INCIDENTS
from ipgtools.nl.slides import schouw as schouw_words
from ipgtools.times import FEWEST, Peak, may_be_named

__all__ = [
    "MIN_FOR_PATTERN", "MIN_FOR_REPEATS", "MIN_PAIRS", "MIN_RATIO", "MIN_TO_COMPARE", "Band",
    "Change", "Facts", "NearRepeats", "Places", "Repeats", "Schouw", "busy_hours", "rows",
    "say_band", "say_chance", "say_day_only", "say_last_year", "say_near", "say_repeats",
    "say_schouw", "say_times", "say_total",
]  # fmt: skip

MIN_TO_COMPARE = 10
"""Incidents in two periods together below which no rise or fall is spoken of."""

MIN_FOR_PATTERN = 30
"""Incidents below which no near repeats are spoken of."""

MIN_FOR_REPEATS = 10
"""Incidents below which no places that repeat are spoken of."""

MIN_RATIO = 1.1
"""Times more pairs than by chance below which a near repeat is not worth a sentence."""

MIN_PAIRS = 5
"""Pairs below which a near repeat is not spoken of."""


@dataclass(frozen=True)
class Change:
    """
    The number of incidents against that of an earlier period.

    Parameters
    ----------
    n, n_before : int
        Incidents now and then.
    days, days_before : float
        Lengths of the periods. Where they differ, as months do, it is told per day.
    q_value : float
        Two-sided p-value of equal rates, given how counts vary from week to week, corrected
        for the comparisons made beside it. NaN where there is too little history to test.
    last_year : bool
        Whether the earlier period is the same one a year ago.
    months : int
        How many whole months the earlier period is; 0 if it is not made of whole months.
    """

    n: int
    n_before: int
    days: float
    days_before: float
    q_value: float
    last_year: bool = False
    months: int = 0

    @property
    def exposure(self) -> float:
        """Length of the period by that of the earlier one."""
        return self.days / self.days_before if self.days_before > 0 else 0.0

    @property
    def comparable(self) -> bool:
        """Whether both periods are about as long: as a month is to another."""
        return abs(self.exposure - 1) <= 0.12

    @property
    def tested(self) -> bool:
        """Whether there was enough history to tell a difference from chance."""
        return isfinite(self.q_value)

    @property
    def enough(self) -> bool:
        """Whether there are enough incidents to speak of a rise or fall."""
        return self.n + self.n_before >= MIN_TO_COMPARE

    @property
    def sure(self) -> bool:
        """Whether the difference is larger than chance explains."""
        return self.enough and self.tested and self.q_value <= ALPHA

    @property
    def when(self) -> str:
        """Name of the earlier period."""
        return sentences.before(self.days_before, last_year=self.last_year, months=self.months)


@dataclass(frozen=True)
class Band:
    """
    What the weeks before a short period let expect of it.

    Parameters
    ----------
    low, high : int
        The prediction interval, both inside.
    weeks : int
        Weeks before the period that it is made of.
    """

    low: int
    high: int
    weeks: int


@dataclass(frozen=True)
class Places:
    """
    Places that stand out.

    Parameters
    ----------
    n_places, n_new : int
        Places, and those that are new or rising.
    n_inside, n_total : int
        Incidents of the period in them, and in the area.
    tested : bool
        Whether places were tested at all.
    baseline : str
        What lasting places were held against: "addresses", "streets", "flat" or "none".
    months : int
        Months of the long window.
    """

    n_places: int
    n_inside: int
    n_total: int
    n_new: int = 0
    tested: bool = True
    baseline: str = "none"
    months: int = 0


@dataclass(frozen=True)
class Repeats:
    """
    Places where it happened more than once.

    Parameters
    ----------
    n_places : int
        Places with two incidents or more.
    n_there, n_total : int
        Incidents at those places, and at all places.
    expected, low, high : float, int and int, optional
        Such places to expect, with a 95 % interval; None where that is not known.
    p_value : float
        Of as many places or more by chance; NaN where there is no history to tell by.
    basis : str
        What the expectation is made of, as `repeats.expected_repeats` names it.
    """

    n_places: int
    n_there: int
    n_total: int
    expected: float | None = None
    low: int = 0
    high: int = 0
    p_value: float = nan
    basis: str = ""

    @property
    def more(self) -> bool:
        """Whether there are more such places than the lasting weight of places explains."""
        return self.basis == "history" and isfinite(self.p_value) and self.p_value <= ALPHA


@dataclass(frozen=True)
class NearRepeats:
    """
    One pair of bands of a Knox table.

    Parameters
    ----------
    observed : int
        Pairs in the bands.
    expected : float
        Pairs that chance gives.
    metres, days : tuple of (float, float)
        The bands, half-open.
    p_value : float
        Of as many pairs or more in these bands, which were chosen beforehand, if dates are dealt
        inside areas and seasons.
    n_total : int
        Incidents.
    what : str
        One incident of this kind, in Dutch.
    scope : str
        Which incidents were looked at, in Dutch, where these are not those of the briefing.
    still_open : str
        Where a next one would still count, as a sentence; empty where that is not told.
    n_open : int
        How many such places there are; 0 where that is not told.
    wider : bool
        Whether a larger area was looked at than that of the briefing.
    """

    observed: int
    expected: float
    metres: tuple[float, float]
    days: tuple[float, float]
    p_value: float
    n_total: int
    what: str = "incident"
    scope: str = ""
    still_open: str = ""
    n_open: int = 0
    wider: bool = False

    @property
    def shown(self) -> bool:
        """Whether more pairs than chance gives are shown."""
        return (
            self.n_total >= MIN_FOR_PATTERN
            and self.observed >= MIN_PAIRS
            and self.expected > 0
            and self.observed >= MIN_RATIO * self.expected
            and isfinite(self.p_value)
            and self.p_value <= ALPHA
        )


@dataclass(frozen=True)
class Schouw:
    """
    State of the actions of a schouw.

    Parameters
    ----------
    n_findings, n_actions, n_open : int
        Findings, actions on them, and those not closed.
    by_actor : tuple of (str, int)
        Open actions of each actor.
    day : str
        Date of the schouw in words.
    n_in_places : int or None
        Findings in a place that stands out; None where places were not tested.
    n_placed : int or None
        Findings whose place is known; all of them if not given.
    n_before, n_solved, n_still_open, n_new : int or None
        Against the schouw before: its findings, those that are solved and those still open,
        and findings that are new; None where there is none to compare with.
    day_before : str
        Date of the schouw before, in words.
    """

    n_findings: int
    n_actions: int
    n_open: int
    by_actor: tuple[tuple[str, int], ...] = ()
    day: str = ""
    n_in_places: int | None = None
    n_placed: int | None = None
    n_before: int | None = None
    n_solved: int | None = None
    n_still_open: int | None = None
    n_new: int | None = None
    day_before: str = ""


@dataclass(frozen=True)
class Facts:
    """
    Everything that the sentences of a briefing speak of.

    Parameters
    ----------
    n : int
        Incidents in the area and the period.
    area_kind : str
        wijk, buurt, gemeente or another kind of area.
    previous, last_year : Change or None
        Against the period before and a year ago.
    band, places, peak, repeats, near, schouw
        None where there is no such analysis.
    subject : str
        What the incidents are, in the plural.
    exact : bool
        Whether numbers may be told that no released table holds: of hours and near repeats.
    """

    n: int
    area_kind: str = "wijk"
    previous: Change | None = None
    last_year: Change | None = None
    band: Band | None = None
    places: Places | None = None
    peak: Peak | None = None
    repeats: Repeats | None = None
    near: NearRepeats | None = None
    schouw: Schouw | None = None
    subject: str = INCIDENTS
    exact: bool = True


def say_total(facts: Facts) -> str:
    """Say the total, with the change where the period before is as long."""
    change = facts.previous
    if change is None or not change.comparable or change.n != facts.n:
        return sentences.total(facts.n, facts.subject)
    return sentences.change(
        change.n, change.n_before, change.when, subject=facts.subject, **_judged(change)
    )


def say_chance(change: Change) -> list[str]:
    """Say whether a difference can be chance, where that was tested."""
    return sentences.chance(change.n, change.n_before, **_judged(change))


def _judged(change: Change) -> dict[str, Any]:
    """Give what the sentences about a change hang on."""
    return {
        "sure": change.sure,
        "enough": change.enough,
        "tested": change.tested,
        "exposure": change.exposure,
    }


def say_last_year(facts: Facts) -> tuple[str, bool]:
    """Say how it stands to last year; a finding only where it is more than chance."""
    change = facts.last_year
    if change is None or not change.comparable:
        return "", False
    said = sentences.last_year(change.n, change.n_before, when=change.when, **_judged(change))
    return said, change.sure


def say_band(facts: Facts) -> str:
    """Say what the weeks before let expect; nothing where that is unknown, or not of a period."""
    band = facts.band
    return "" if band is None else sentences.band(facts.n, band.low, band.high, weeks=band.weeks)


def say_times(facts: Facts) -> tuple[str, bool]:
    """Say whether hours stand out above their length."""
    peak = facts.peak
    if not facts.exact:
        return _say_times_only(facts)
    if peak is None or peak.n_used < FEWEST:
        return sentences.times_too_few(peak.n_used if peak else 0, facts.subject), False
    if when := busy_hours(facts):
        return sentences.times(peak.share, peak.week_share, when, facts.subject), True
    return sentences.times_even(peak.n_used, facts.subject), False


def _say_times_only(facts: Facts) -> tuple[str, bool]:
    if facts.peak is None or facts.peak.n_used < FEWEST:
        return sentences.TIMES_TOO_FEW, False
    when = busy_hours(facts)
    return (sentences.times_only(when, facts.subject), True) if when else (sentences.EVEN, False)


def busy_hours(facts: Facts) -> str:
    """Name the hours that stand out: more than chance explains, and clearly; or nothing."""
    peak = facts.peak
    if peak is None or not may_be_named(peak):
        return ""
    return sentences.moments(peak.weekdays, peak.hours)


def say_day_only(facts: Facts) -> str:
    """Say of how many incidents the clock time is unknown, where there are any."""
    peak = facts.peak
    n = peak.n_day_only + peak.n_heaped if peak is not None and facts.exact else 0
    return sentences.times_day_only(n, facts.subject) if n else ""


def say_near(facts: Facts) -> tuple[str, bool]:
    """Say whether incidents follow each other near and soon, where that is shown."""
    near = facts.near
    if near is None:
        return "", False
    if near.shown and not facts.exact:
        said = sentences.near_only(metres=near.metres, within_days=near.days, what=near.what)
        return said, True
    if near.shown:
        said = sentences.near_repeats(
            near.observed / near.expected,
            near.observed,
            near.expected,
            metres=near.metres,
            within_days=near.days,
            what=near.what,
            scope=near.scope,
        )
        return said, True
    if near.n_total < MIN_FOR_PATTERN and not facts.exact:
        return sentences.NEAR_TOO_FEW, False
    if near.n_total < MIN_FOR_PATTERN:
        return sentences.near_too_few(near.n_total, facts.subject), False
    return sentences.near_repeats_none(), False


def say_repeats(facts: Facts) -> tuple[str, bool]:
    """Say how much happened at places that repeat; a finding only above what chance gives."""
    repeats = facts.repeats
    if repeats is None:
        return "", False
    if repeats.n_total < MIN_FOR_REPEATS:
        return sentences.repeats_too_few(repeats.n_total, facts.subject), False
    said = sentences.repeats(
        repeats.n_places,
        repeats.n_there,
        repeats.n_total,
        expected=repeats.expected,
        reach=(repeats.low, repeats.high),
        basis=repeats.basis,
        more=repeats.more,
        subject=facts.subject,
    )
    return said, repeats.n_places > 0 and repeats.more


def say_schouw(facts: Facts) -> tuple[str, bool]:
    """Say what is open from the schouw."""
    schouw = facts.schouw
    if schouw is None:
        return schouw_words.MISSING, False
    said = sentences.schouw(schouw.n_open, schouw.n_actions, schouw.by_actor, day=schouw.day)
    return said, schouw.n_open > 0


def rows(facts: Facts) -> list[tuple[str, Any]]:
    """
    List the facts by name, to be written as the table that the sentences refer to.

    Examples
    --------
    >>> rows(Facts(n=3, repeats=Repeats(1, 2, 3)))[:4]
    [('n', 3), ('area_kind', 'wijk'), ('repeats.n_places', 1), ('repeats.n_there', 2)]
    """
    flat: list[tuple[str, Any]] = []
    for name, value in asdict(facts).items():
        if isinstance(value, dict):
            flat += [(f"{name}.{inner}", _plain(one)) for inner, one in value.items()]
        elif value is not None:
            flat.append((name, value))
    return flat


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return "; ".join(str(_plain(one)) for one in value)
    return value
