"""
Make the starters of a DPIA and an IAMA: headings, what code and settings know, what is asked.

Nothing is answered that only the organisation knows, and nothing is stated of the law but what
`ipgtools.nl.papers.assessments` lists as read.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from ipgtools import __version__, nl
from ipgtools.highlights import AT_MOST
from ipgtools.highlights.claims import CLAIMS
from ipgtools.nl.papers import assessments as words
from ipgtools.nl.papers.assessments import FACTS
from ipgtools.papers import data_sets, facts, purposes
from ipgtools.papers.cards import cards
from ipgtools.settings import Settings

__all__ = ["Assessment", "Point", "dpia", "iama"]


@dataclass(frozen=True)
class Point:
    """
    One point of an assessment, filled in as far as can be; Dutch.

    Parameters
    ----------
    title : str
        Its heading.
    known : tuple of str
        Facts.
    questions : tuple of str
        For the organisation.
    """

    title: str
    known: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Assessment:
    """
    The starter of an assessment; Dutch.

    Parameters
    ----------
    title : str
        What it is.
    intro : tuple of str
        What it is and isn't.
    parts : tuple of (str, tuple of Point)
        Heading and points of each part.
    """

    title: str
    intro: tuple[str, ...]
    parts: tuple[tuple[str, tuple[Point, ...]], ...]

    @property
    def n_questions(self) -> int:
        """How many questions the organisation has to answer."""
        return sum(len(point.questions) for _, points in self.parts for point in points)


def dpia(settings: Settings) -> Assessment:
    """
    Make the starter of a DPIA.

    Parameters
    ----------
    settings : Settings
        What is used, for whom, and what the organisation states about it.

    Returns
    -------
    Assessment
        Seventeen points in four parts.

    Examples
    --------
    >>> made = dpia(Settings.sample())
    >>> len(made.parts), sum(len(points) for _, points in made.parts)
    (4, 17)
    """
    return _filled(words.DPIA_TITLE, words.DPIA_INTRO, words.DPIA, settings)


def iama(settings: Settings) -> Assessment:
    """
    Make the starter of an IAMA.

    Parameters
    ----------
    settings : Settings
        As for `dpia`.

    Returns
    -------
    Assessment
        Four parts.

    Examples
    --------
    >>> [title for title, _ in iama(Settings.sample()).parts][0]
    'Deel 1. Waarom?'
    """
    return _filled(words.IAMA_TITLE, words.IAMA_INTRO, words.IAMA, settings)


def _filled(
    title: str, intro: tuple[str, ...], parts: tuple[words.Part, ...], settings: Settings
) -> Assessment:
    single, lists = _single(settings), _lists(settings)
    made = []
    for part in parts:
        points = []
        for point in part.points:
            known: list[str] = []
            for text in point.known:
                known += lists[text] if text in words.LISTS else [text.format(**single)]
            points.append(Point(point.title, tuple(known), point.questions))
        made.append((part.title, tuple(points)))
    return Assessment(title, intro, tuple(made))


def _single(settings: Settings) -> dict[str, str]:
    """Return the facts that are one sentence or a few words."""
    own, counted = settings.privacy, _counts_persons(settings)
    last = settings.when.end
    persons = "persons_on" if counted else "persons_none" if own.persons else "persons_off"
    server = settings.gazetteer.locatieserver
    months = facts.number("hotspots.hot_places.history_steps.MONTHS", settings)
    organisation = FACTS["organisation" if own.organisation else "no_organisation"]
    area = settings.area
    return {
        "organisation": organisation.format(organisation=own.organisation),
        "version": __version__,
        "at_most": nl.count(AT_MOST),
        "area": area.label or area.name or area.code or FACTS["everything"],
        "first": nl.date(settings.when.start),
        "last": nl.date(last),
        "audience": settings.output.audience,
        "persons": FACTS[persons],
        "offenders_ground": FACTS["offenders_ground" if counted else "no_offenders_ground"],
        "network": FACTS["online" if server else "offline"].format(
            host=urlsplit(server or "").hostname
        ),
        "history": FACTS["history"].format(months=months),
        "false_alarm": nl.percent(max(claim.false_alarm for claim in CLAIMS.values()), 1),
        "past": FACTS["past_refused" if own.strict else "past_told"],
        "switch": FACTS["switch_on" if own.persons else "switch_off"],
    }


def _lists(settings: Settings) -> dict[str, list[str]]:
    """Return the facts that are several sentences."""
    used, made = data_sets.used(settings), cards(settings)
    return {
        "data_sets": [
            FACTS["data_set"].format(
                name=nl.sentence(one.name)[:-1], fields=", ".join(one.fields), about=one.about
            )
            for one in used
        ],
        "purposes": purposes.sentences(settings, "purpose"),
        "grounds": purposes.sentences(settings, "ground"),
        "terms": purposes.terms(settings),
        "audiences": [_audience(one) for one in facts.audiences(settings)],
        "methods": [f"{one.name}: {one.purpose}" for one in made if one.briefing],
        "protection": next(list(one.how) for one in made if one.key == "protection"),
    }


def _audience(one: facts.Audience) -> str:
    """State how numbers are protected for an audience."""
    if one.exact:
        text = FACTS["audience_exact"].format(label=one.label)
    else:
        rounded = FACTS["rounded"].format(base=one.base) if one.base > 1 else ""
        text = FACTS["audience"].format(label=one.label, smallest=one.smallest, rounded=rounded)
    limit = "no_persons" if one.persons is None else "persons_limit"
    return f"{text}{FACTS[limit].format(persons=one.persons)}."


def _counts_persons(settings: Settings) -> bool:
    return settings.privacy.persons and settings.input.offences is not None
