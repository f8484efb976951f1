"""Define one highlight of a briefing, with the evidence for it."""

from dataclasses import dataclass
from math import isfinite, log10, nan, sqrt
from typing import Literal

__all__ = ["Highlight", "Subject"]

Subject = Literal[
    "total", "kind", "place", "list", "hours", "near", "schouw", "streak", "quality", "nothing"
]

_MOST_EVIDENCE = 6.0


@dataclass(frozen=True)
class Highlight:
    """
    One highlight.

    Parameters
    ----------
    subject : str
        What it is about: "total", "kind", "place", "list", "hours", "near", "schouw",
        "streak", "quality", or "nothing" where nothing stands out.
    text : str
        The sentence, in Dutch.
    title : str
        The same in a few words, as the title of a slide.
    claim : str
        Key in `claims.CLAIMS` of the test it rests on; empty for a count.
    p_value : float
        Corrected for the other tests; NaN for a count.
    size : float
        Incidents more or fewer than expected.
    n, n_before : int or None
        Incidents now, and in the earlier period where it is about a change.
    when : str
        Name of that earlier period, in Dutch.
    ratio, ratio_low, ratio_high : float
        Effect with its 95 % interval; NaN if missing.
    kind, where : str
        Kind of incident and name of the place, where it is about one.
    places : tuple of int
        Numbers of the places it is about.
    season : int or None
        Incidents in the same period of last year, where a change does not hold against it.
    to_do : str
        What could be agreed on, as a question in Dutch.
    minor : bool
        Whether it comes after what is larger, though it is tested.
    """

    subject: Subject
    text: str
    title: str = ""
    claim: str = ""
    p_value: float = nan
    size: float = 0.0
    n: int | None = None
    n_before: int | None = None
    when: str = ""
    ratio: float = nan
    ratio_low: float = nan
    ratio_high: float = nan
    kind: str = ""
    where: str = ""
    places: tuple[int, ...] = ()
    season: int | None = None
    to_do: str = ""
    minor: bool = False

    @property
    def tested(self) -> bool:
        """Whether it was tested."""
        return bool(self.claim) and isfinite(self.p_value)

    @property
    def weight(self) -> float:
        """
        Rank of what is tested: evidence times the root of its size.

        Evidence is the number of zeros of the p-value, at most six, so that a huge sample
        doesn't outweigh everything.
        """
        if not self.tested:
            return 0.0
        evidence = min(-log10(max(self.p_value, 1e-12)), _MOST_EVIDENCE)
        return evidence * sqrt(max(self.size, 0.0))
