"""
Hold every Dutch text, number and date that people see.

`formats` writes numbers, dates and periods the Dutch way; the other modules hold the words
of one part of ipgtools each. Code elsewhere names a text; it never spells one out.
"""

from ipgtools.nl.formats import (
    count,
    date,
    days,
    interval,
    joined,
    moment,
    number,
    percent,
    period,
    plural,
    sentence,
    signed,
)

__all__ = [
    "count",
    "date",
    "days",
    "interval",
    "joined",
    "moment",
    "number",
    "percent",
    "period",
    "plural",
    "sentence",
    "signed",
]
