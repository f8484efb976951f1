"""Determine when most happens, repeats near by, and how long it has been quiet."""

from ipgtools.highlights.evidence import Evidence
from ipgtools.highlights.highlight import Highlight
from ipgtools.nl import highlights as words

__all__ = ["candidates"]


def candidates(evidence: Evidence) -> list[Highlight]:
    """Return the tested hours, the near repeats with their open windows, and the longest streak."""
    found: list[Highlight] = []
    if evidence.hours:
        found.append(
            Highlight(
                subject="hours",
                text=evidence.hours_text,
                title=evidence.hours_title,
                claim="peak",
                p_value=evidence.hours_p,
                size=evidence.hours_size,
                minor=evidence.hours_daily,
            )
        )
    near = evidence.near
    if near is not None and near.proven and not near.elsewhere:
        found.append(
            Highlight(
                subject="near",
                text=" ".join(part for part in (near.text, near.windows) if part),
                title=near.title,
                claim="near_repeats",
                p_value=near.p_value,
                size=near.size,
            )
        )
    if evidence.streaks:
        longest = evidence.streaks[0]
        text = words.streak(longest.kind, longest.days, longest.n_year)
        found.append(Highlight("streak", text, text.partition(";")[0], kind=longest.kind))
    return found
