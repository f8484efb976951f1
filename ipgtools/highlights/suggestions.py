"""State what could be done about a highlight."""

from dataclasses import replace

from ipgtools.highlights.highlight import Highlight
from ipgtools.nl import suggestions as words

__all__ = ["add_suggestions"]

_FIXED = {
    "hours": words.HOURS,
    "near": words.NEAR,
    "schouw": words.SCHOUW,
    "streak": words.STREAK,
    "quality": words.QUALITY,
    "list": words.LIST,
    "nothing": words.NOTHING,
}


def add_suggestions(one: Highlight) -> Highlight:
    """
    Add what could be done: a question to agree on.

    Examples
    --------
    >>> add_suggestions(Highlight("kind", "Inbraak daalde.", n=2, n_before=20)).to_do
    'Wat ging hier goed, en hoe houden wij dat vast?'
    """
    if one.subject in _FIXED:
        return replace(one, to_do=_FIXED[one.subject])
    if one.claim in ("busy_places", "cluster_places"):
        return replace(one, to_do=words.lasting_place(one.where))
    if one.n is not None and one.n_before is not None and one.n < one.n_before:
        return replace(one, to_do=words.FALL)
    return replace(one, to_do=words.new_place(one.where) if one.where else words.RISE)
