"""Choose at most four highlights, the best proven and largest first."""

from ipgtools.highlights import (
    actions_and_data,
    kind_changes,
    merge_related,
    places,
    suggestions,
    timing,
    total_change,
)
from ipgtools.highlights.evidence import Evidence
from ipgtools.highlights.highlight import Highlight
from ipgtools.nl import highlights as words

__all__ = ["AT_MOST", "CANDIDATES", "SMALLEST", "select"]

AT_MOST = 4
CANDIDATES = (
    total_change.candidates,
    kind_changes.candidates,
    places.candidates,
    timing.candidates,
    actions_and_data.candidates,
)
"""One function per kind of evidence."""
_COUNTED = ("list", "schouw", "streak")
"""Counts in the order they are listed, after what is proven."""
SMALLEST = 3.0
"""Incidents more or fewer than expected below which what is proven is too small to report."""
_PER_SUBJECT = {"place": 2, "streak": 1, "quality": 1}


def select(evidence: Evidence, *, at_most: int = AT_MOST) -> tuple[Highlight, ...]:
    """
    Choose the highlights, in order.

    What is proven and not too small comes first, by evidence times the root of its size; then
    a busiest place with much of it all; then what is proven and minor, such as hours that are
    the same on every day; then counts: the list of busiest places, the schouw, a quiet streak.
    What changes the story about the data keeps the last line. Where nothing is proven, that is
    stated first, or that there is too little to prove anything.

    Parameters
    ----------
    evidence : Evidence
        What was found, from released tables.
    at_most : int, default 4
        Highlights.

    Returns
    -------
    tuple of Highlight
        At least one.

    Examples
    --------
    >>> [one.subject for one in select(Evidence(n=120))]
    ['nothing']
    """
    found = [one for candidates in CANDIDATES for one in candidates(evidence)]
    found = merge_related.merge(found, evidence)
    proven = [one for one in found if one.tested and one.size >= SMALLEST]
    proven = _limited(sorted(proven, key=lambda one: -one.weight))
    counted = _limited([one for subject in _COUNTED for one in found if one.subject == subject])
    last = [one for one in found if one.subject == "quality"][:1]
    chosen = [
        *(one for one in proven if not one.minor),
        *(one for one in counted if one.subject == "list" and not one.minor),
        *(one for one in proven if one.minor),
        *(one for one in counted if one.subject != "list" or one.minor),
    ]
    if not proven:
        chosen.insert(0, _nothing(evidence))
    return tuple(suggestions.add_suggestions(one) for one in chosen[: at_most - len(last)] + last)


def _nothing(evidence: Evidence) -> Highlight:
    """State that nothing was shown, or that there was too little to show anything."""
    if evidence.n < evidence.min_incidents:
        return Highlight("nothing", words.too_few(evidence.n, evidence.subject))
    if not evidence.anything_tested:
        return Highlight("nothing", words.UNTESTED)
    return Highlight("nothing", words.NOTHING, words.NOTHING_TITLE)


def _limited(found: list[Highlight]) -> list[Highlight]:
    """Keep subjects from crowding out others."""
    seen: dict[str, int] = {}
    kept = []
    for one in found:
        seen[one.subject] = seen.get(one.subject, 0) + 1
        if seen[one.subject] <= _PER_SUBJECT.get(one.subject, 99):
            kept.append(one)
    return kept
