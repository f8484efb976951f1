"""Make a card of each method: its use, its workings, its error rates and its limits."""

from dataclasses import dataclass

from ipgtools import __version__
from ipgtools.highlights.claims import CLAIMS
from ipgtools.nl import claims as claim_words
from ipgtools.nl.papers import cards as words
from ipgtools.papers import facts
from ipgtools.papers.facts import Parameter
from ipgtools.papers.methods import METHODS, Method
from ipgtools.settings import Settings

__all__ = ["Card", "ClaimRow", "card", "cards"]


@dataclass(frozen=True)
class ClaimRow:
    """
    How often one statement of a method errs and finds; Dutch.

    Parameters
    ----------
    says, false_alarm, power, planted : str
        The statement, the share of maps of chance on which it is made, the share of maps with
        something planted on which it is made, and what that is.
    """

    statement: str
    false_alarm: str
    power: str
    planted: str


@dataclass(frozen=True)
class Card:
    """
    What a reader should know of a method; Dutch.

    Parameters
    ----------
    key, name : str
        Of the method.
    briefing : bool
        Whether a briefing by these settings uses it.
    purpose, data : str
        What it is for, what goes in.
    how : tuple of str
        Four sentences.
    parameters : tuple of Parameter
        With the values of the settings.
    limits : tuple of str
        What it can't show.
    claims : tuple of ClaimRow
        Measured error rates; empty if it states nothing of chance.
    decision : str
        What people decide with it.
    sources : tuple of str
        Of the method.
    functions : tuple of str
        In the code.
    version : str
        Of ipgtools.
    """

    key: str
    name: str
    briefing: bool
    purpose: str
    data: str
    how: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    limits: tuple[str, ...]
    claims: tuple[ClaimRow, ...]
    decision: str
    sources: tuple[str, ...]
    functions: tuple[str, ...]
    version: str


def cards(settings: Settings) -> tuple[Card, ...]:
    """
    Make the cards of all methods.

    Parameters
    ----------
    settings : Settings
        Whose values the cards give. Methods about persons are left out where the module for
        persons is off.

    Returns
    -------
    tuple of Card
        Those of a briefing first.

    Examples
    --------
    >>> made = cards(Settings.sample())
    >>> made[0].name, made[0].claims[0].false_alarm
    ('Plekken: nieuw of stijgend, vast druk, of een vlek', '7 van 400 (1,8%)')
    """
    return tuple(
        card(method, settings)
        for method in METHODS
        if settings.privacy.persons or not method.persons
    )


def card(method: Method, settings: Settings) -> Card:
    """Make the card of one method."""
    text = words.CARDS[method.key]
    numbers = {name: facts.number(where, settings) for name, where in method.numbers.items()}
    found = facts.sources(method.functions)
    return Card(
        key=method.key,
        name=text.name,
        briefing=method.briefing and _given(method, settings),
        purpose=text.purpose.format(**numbers),
        data=text.data.format(**numbers),
        how=tuple(one.format(**numbers) for one in text.how),
        parameters=tuple(
            facts.parameters(
                method.functions, settings, passed=method.settings, at_least=method.at_least
            )
        ),
        limits=tuple(one.format(**numbers) for one in text.limits),
        claims=tuple(_claim(key) for key in method.claims),
        decision=text.decision.format(**numbers),
        sources=(*([text.source] if text.source else []), *found),
        functions=method.functions,
        version=__version__,
    )


def _given(method: Method, settings: Settings) -> bool:
    """Return whether the settings name the file that a method needs."""
    return not method.needs or getattr(settings.input, method.needs) is not None


def _claim(key: str) -> ClaimRow:
    claim, (statement, _, planted) = CLAIMS[key], claim_words.CLAIMS[key]
    return ClaimRow(
        statement=statement.replace("\\", "").replace("*", ""),
        false_alarm=claim_words.share(claim.false_alarm, claim.n_maps, 1),
        power=claim_words.share(claim.power, claim.n_planted, 0),
        planted=planted,
    )
