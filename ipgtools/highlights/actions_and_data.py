"""Determine what the street asks for (open actions of the schouw), and what the data lack."""

from ipgtools.highlights.evidence import Evidence
from ipgtools.highlights.highlight import Highlight

__all__ = ["candidates"]


def candidates(evidence: Evidence) -> list[Highlight]:
    """Return the open actions of the schouw, and what changes the story about the data."""
    found = []
    if evidence.schouw is not None and evidence.schouw.n_open > 0:
        found.append(Highlight("schouw", evidence.schouw.text, evidence.schouw.title))
    found += [Highlight("quality", text, text) for text in evidence.quality]
    return found
