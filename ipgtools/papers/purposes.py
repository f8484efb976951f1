"""Determine what the settings state of purpose, ground and terms of each data set about persons."""

from ipgtools import retention
from ipgtools.nl import joined
from ipgtools.nl import retention as words
from ipgtools.nl.papers.assessments import FACTS
from ipgtools.settings import Settings

__all__ = ["in_short", "of_persons", "sentences", "terms"]


def of_persons(settings: Settings) -> tuple[str, ...]:
    """
    List the data sets in use that can be about persons.

    Examples
    --------
    >>> of_persons(Settings.sample())
    ('incidents', 'offences', 'photos', 'schouw')
    """
    given = settings if settings.privacy.persons else settings.without_persons()
    return tuple(name for name in words.SETS if getattr(given.input, name) is not None)


def sentences(settings: Settings, what: str) -> list[str]:
    """
    State what is stated, once if it is the same for all data sets.

    Examples
    --------
    >>> sentences(Settings.sample(), "ground")
    ['De grond volgens de instellingen: verzonnen gegevens.']
    """
    stated = _stated(settings, what)
    if len(stated) == 1:
        (value,) = stated
        return [FACTS[what if value else f"no_{what}"].format(**{what: value})]
    return [
        FACTS[f"{what}_of" if value else f"no_{what}_of"].format(
            sets=joined(words.SETS[name] for name in names), value=value
        )
        for value, names in stated.items()
    ]


def in_short(settings: Settings, what: str) -> str:
    """
    Return what is stated as part of a sentence; empty if nothing is.

    Examples
    --------
    >>> in_short(Settings.sample(), "ground")
    'verzonnen gegevens'
    """
    stated = _stated(settings, what)
    if len(stated) == 1:
        return next(iter(stated))
    return joined(
        f"{value} ({joined(words.SETS[name] for name in names)})"
        for value, names in stated.items()
        if value
    )


def terms(settings: Settings) -> list[str]:
    """
    State which terms the settings have for each data set.

    Examples
    --------
    >>> terms(Settings.sample())[0]
    'Termijn van de incidenten: geen (verzonnen gegevens).'
    """
    found = []
    for name in of_persons(settings):
        ground = retention.ground(retention.stated_purpose(settings, name).ground)
        own = retention.Terms.of(ground, **settings.retention.model_dump())
        facts = {"set": words.SETS[name], "ground": ground.shown}
        if own.keep_months is None:
            found.append(FACTS["term_none"].format(**facts))
            continue
        facts["keep"] = words.years(own.keep_months)
        key = "term_keep"
        if own.free_months is not None:
            key, facts["free"] = "term_free", words.years(own.free_months)
        assumed = FACTS["term_assumed"] if ground.assumed else ""
        found.append(FACTS[key].format(**facts, assumed=assumed))
    return found


def _stated(settings: Settings, what: str) -> dict[str, list[str]]:
    """Return each thing that is stated with the data sets that it is stated of."""
    found: dict[str, list[str]] = {}
    for name in of_persons(settings):
        value = getattr(retention.stated_purpose(settings, name), what)
        found.setdefault(value, []).append(name)
    return found
