"""
Make the papers that go with the use of ipgtools, from code and settings.

Method cards, an entry for the Algoritmeregister, and starters of a DPIA and an IAMA, in Dutch.
Numbers are looked up when a paper is made: a paper that is made again is never out of date.
Nothing here is legal advice; what only the organisation knows is asked and not filled in.
"""

from ipgtools.papers.assessments import Assessment, dpia, iama
from ipgtools.papers.cards import Card, cards
from ipgtools.papers.register import Problem, open_fields, problems, register_entry
from ipgtools.papers.writing import Written, write

__all__ = [
    "Assessment", "Card", "Problem", "Written", "cards", "dpia", "iama", "open_fields", "problems",
    "register_entry", "write",
]  # fmt: skip
