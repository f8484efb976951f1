"""
Choose what a briefing says: evidence in, sentences out.

Each module with ``candidates`` looks at one kind of evidence and returns candidates;
`select` merges what is one story, ranks by evidence and size, and keeps at most four. What
speaks of chance rests on a test that is listed in `claims`; all else is a count.
"""

from ipgtools.highlights.evidence import Comparison, Evidence, Near, Schouw, Streak
from ipgtools.highlights.evidence_table import table
from ipgtools.highlights.highlight import Highlight
from ipgtools.highlights.select import AT_MOST, select

__all__ = [
    "AT_MOST",
    "Comparison",
    "Evidence",
    "Highlight",
    "Near",
    "Schouw",
    "Streak",
    "select",
    "table",
]
