"""
Make the entry for the Algoritmeregister, and check it against publication standard 1.0.0.

Names of fields are those by which the register takes entries in; lengths and choices are of the
standard (github.com/MinBZK/Algoritmeregister-Publicatiestandaard, chapter 2). What nobody but
the organisation can know comes from settings, and is missing otherwise.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from ipgtools import __version__
from ipgtools.highlights.claims import CLAIMS
from ipgtools.nl import joined, percent
from ipgtools.nl.papers import register as words
from ipgtools.nl.papers.register import LABELS
from ipgtools.papers import data_sets, facts, purposes
from ipgtools.papers.cards import cards
from ipgtools.settings import Settings

__all__ = ["FIELDS", "STANDARD", "Field", "Problem", "open_fields", "problems", "register_entry"]

STANDARD = "1.0.0"
_MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")
_LINK = re.compile(r"https://[^\s/.]+\.[^\s]+")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-zA-Z]{2,}")
_LISTED = re.compile(r"[\r\n\t]|(^|\s)([-*•]|\d+[.)])\s+\S.*\s([-*•]|\d+[.)])\s+\S")
"""A line break, or two marks of a list."""


@dataclass(frozen=True)
class Field:
    """
    One field of the standard.

    Parameters
    ----------
    key : str
        Its name in an entry.
    required : bool
        Whether an entry without it isn't published.
    shown : bool
        Whether it is shown even if it is empty.
    max_length : int
        It has fewer characters than this; 0 where there is no bound.
    choices : tuple of str
        What it can be; empty if it is free.
    form : {"text", "month", "link", "contact"}
        How it is written.
    parts : tuple of (str, int)
        Of a list of objects: their keys, and the bound of each; a key "link" is a link.
    """

    key: str
    required: bool = False
    shown: bool = False
    max_length: int = 0
    choices: tuple[str, ...] = ()
    form: str = "text"
    parts: tuple[tuple[str, int], ...] = ()


FIELDS = (
    Field("name", required=True, max_length=100),
    Field("description_short", required=True, max_length=350),
    Field("organization", required=True, max_length=100),
    Field("category", shown=True),
    Field(
        "status", required=True, choices=("In gebruik", "In ontwikkeling", "Buiten gebruik")
    ),
    Field("begin_date", shown=True, form="month"),
    Field("end_date", shown=True, form="month"),
    Field("contact_email", required=True, form="contact"),
    Field("website", form="link"),
    Field(
        "publication_category",
        required=True,
        choices=("Hoog-risico AI-systemen", "Impactvolle algoritmes", "Overige algoritmes"),
    ),
    Field("url", form="link"),
    Field("goal", shown=True, max_length=2500),
    Field("proportionality", shown=True, max_length=2500),
    Field("human_intervention", shown=True, max_length=2500),
    Field("risks", shown=True, max_length=2500),
    Field("lawful_basis", max_length=2500),
    Field("lawful_basis_grouping", shown=True, parts=(("title", 100), ("link", 0))),
    Field("process_index_url", form="link"),
    Field("impacttoetsen_grouping", shown=True, parts=(("title", 0), ("link", 0))),
    Field("impacttoetsen", max_length=2500),
    Field("source_data", shown=True, max_length=2500),
    Field("source_data_grouping", parts=(("title", 500), ("link", 0))),
    Field("methods_and_models", shown=True, max_length=5000),
    Field("provider", shown=True, max_length=200),
    Field("publiccode", form="link"),
    Field("lang", choices=("nld",)),
    Field("standard_version", choices=("0.3.0", "0.3.1", "0.4.0", STANDARD)),
    Field("source_id", max_length=100),
    Field("tags", max_length=2500),
)  # fmt: skip
"""In the order of the standard."""
_BY_KEY = {one.key: one for one in FIELDS}


class Problem(NamedTuple):
    """
    What is wrong with a field of an entry.

    Parameters
    ----------
    key : str
        The field.
    code : str
        Key into `nl.papers.register.PROBLEMS`.
    text : str
        The same in Dutch, with what to do.
    """

    key: str
    code: str
    text: str


def register_entry(settings: Settings) -> dict[str, Any]:
    """
    Make the entry for the Algoritmeregister.

    Parameters
    ----------
    settings : Settings
        What is used, and what the organisation states (`[privacy]`, `[papers]`).

    Returns
    -------
    dict of str to str, or list
        By the keys of `FIELDS`; a field that nobody filled in is absent. See `problems`.

    Examples
    --------
    >>> entry = register_entry(Settings.sample())
    >>> entry["standard_version"], len(entry["description_short"]) < 350, "contact_email" in entry
    ('1.0.0', True, False)
    """
    stated, own = settings.papers, settings.privacy
    persons = own.persons and settings.input.offences is not None
    purpose, ground = (purposes.in_short(settings, one) for one in ("purpose", "ground"))
    law = [{"title": stated.law_title, "link": stated.law_link}]
    entry: dict[str, Any] = {
        "name": words.NAME,
        "description_short": words.SHORT_PERSONS if persons else words.SHORT,
        "organization": own.organisation,
        "category": [words.THEME],
        "status": stated.status,
        "begin_date": stated.begin,
        "end_date": stated.end,
        "contact_email": stated.contact,
        "website": stated.page,
        "publication_category": stated.category,
        "url": stated.source_register,
        "goal": _sentences(words.GOAL, words.PURPOSE.format(purpose=purpose) if purpose else ""),
        "proportionality": _sentences(words.PROPORTIONALITY, stated.considerations),
        "human_intervention": words.HUMAN,
        "risks": _risks(settings, persons=persons),
        "lawful_basis": words.LAW.format(ground=ground) if ground else "",
        "lawful_basis_grouping": law if stated.law_title and stated.law_link else [],
        "process_index_url": stated.processing_register,
        "impacttoetsen_grouping": [{"title": name} for name in stated.assessments],
        "source_data": _data(settings),
        "methods_and_models": _working(settings),
        "provider": words.PROVIDER.format(version=__version__),
        "publiccode": stated.code,
        "lang": "nld",
        "standard_version": STANDARD,
        "source_id": f"ipgtools-{__version__}",
        "tags": words.TAGS,
    }
    return {key: found for key, found in entry.items() if found not in ("", None, [])}


def problems(entry: Mapping[str, Any]) -> list[Problem]:
    """
    List what keeps an entry from being published.

    Parameters
    ----------
    entry : mapping
        As `register_entry` makes it, or as the organisation changed it.

    Returns
    -------
    list of Problem
        In the order of the standard; empty if the entry is complete.

    Examples
    --------
    >>> [one.text for one in problems(register_entry(Settings.sample()))][:2]
    ['Organisatie: nog invullen ([privacy] organisation)',
     'Status: nog invullen ([papers] status)']
    """
    found = [_problem(key, "unknown") for key in entry if key not in _BY_KEY]
    for field in FIELDS:
        value = entry.get(field.key)
        if value in (None, "", []):
            if field.required:
                found.append(_problem(field.key, "missing"))
            continue
        found += _wrong(field, value)
    if entry.get("end_date") and entry.get("status") != "Buiten gebruik":
        found.append(_problem("end_date", "ended"))
    return found


def open_fields(entry: Mapping[str, Any]) -> list[str]:
    """
    List fields that are shown and still empty, besides those that `problems` names.

    Examples
    --------
    >>> open_fields(register_entry(Settings.sample()))[0]
    'Begindatum: nog invullen ([papers] begin)'
    """
    ended = entry.get("status") == "Buiten gebruik"
    return [
        _problem(field.key, "missing").text
        for field in FIELDS
        if field.shown and not entry.get(field.key) and (field.key != "end_date" or ended)
    ]


def _wrong(field: Field, value: Any) -> list[Problem]:
    if field.parts:
        return [
            problem
            for one in cast("list[dict[str, str]]", value)
            for key, max_length in field.parts
            if one.get(key)
            for problem in _of_text(
                field, one[key], max_length=max_length, form="link" if key == "link" else "text"
            )
        ]
    if isinstance(value, list):
        return [p for one in value for p in _of_text(field, one, max_length=0, form="text")]
    return _of_text(field, str(value), max_length=field.max_length, form=field.form)


def _of_text(field: Field, value: str, *, max_length: int, form: str) -> list[Problem]:
    found = []
    if _LISTED.search(value):
        found.append(_problem(field.key, "line_break"))
    if max_length and len(value) >= max_length:
        found.append(_problem(field.key, "long", found=len(value), max_length=max_length - 1))
    if field.choices and value not in field.choices:
        choices = joined(field.choices, "of")
        found.append(_problem(field.key, "choice", found=value, choices=choices))
    if form == "month" and not _MONTH.fullmatch(value):
        found.append(_problem(field.key, "month", found=value))
    if form == "link" and not _LINK.fullmatch(value):
        found.append(_problem(field.key, "link", found=value))
    if form == "contact" and not (_LINK.fullmatch(value) or _MAIL.fullmatch(value)):
        found.append(_problem(field.key, "contact", found=value))
    return found


def _problem(key: str, code: str, **facts: Any) -> Problem:
    where = words.WHERE.get(key, "")
    label = LABELS.get(key, key)
    return Problem(key, code, words.PROBLEMS[code].format(label=label, where=where, **facts))


def _sentences(*parts: str) -> str:
    return " ".join(" ".join(part.split()) for part in parts if part.strip())


def _risks(settings: Settings, *, persons: bool) -> str:
    shared = [one for one in facts.audiences(settings) if not one.exact]
    rate = max(claim.false_alarm for claim in CLAIMS.values())
    stated = words.RISKS.format(
        false_alarm=percent(rate, 1), smallest=min(one.smallest for one in shared)
    )
    limit = facts.smallest_of_persons(settings)
    return _sentences(stated, words.RISKS_PERSONS.format(persons=limit) if persons else "")


def _data(settings: Settings) -> str:
    used = data_sets.used(settings)
    stated = words.data((one.name, one.fields) for one in used)
    about = any(one.key == "offences" for one in used)
    return _sentences(
        words.DATA.format(data=stated), words.PERSONS_KEY if about else "", words.NO_PERSONS
    )


def _working(settings: Settings) -> str:
    stated = [f"{card.name}: {' '.join(card.how)}" for card in cards(settings) if card.briefing]
    whole = _sentences(words.WORKING, *stated)
    if len(whole) < _BY_KEY["methods_and_models"].max_length:
        return whole
    short = [f"{card.name}: {card.purpose}" for card in cards(settings) if card.briefing]
    return _sentences(words.WORKING, *short)
