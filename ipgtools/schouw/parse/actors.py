"""
Match actors against a closed list, also with misread letters.

Text recognition makes *D508* of *DSOB* and runs words together (*WijkagentDS0B*). Digits
that look like letters are read as these; longer names may miss a letter.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ipgtools.geocoder.string_similarity import similarity

__all__ = ["JOINT", "Action", "Head", "behind", "head", "joins", "known", "split_actions"]

JOINT = " / "
"""Between actors who share one action."""
_LOOKALIKE = str.maketrans({"0": "O", "5": "S", "8": "B", "1": "I", "§": "S", "$": "S", "6": "G"})
_ALIKE = 0.85
_LONGEST = 5
_LONGEST_KEY = 200
"""Letters of actors that are run together; more are no actors."""
_MIN_FUZZY = 6
_JOINS = re.compile(
    r"[/&+|,;]|\b(?:en|met|samen met|in samenwerking met|in overleg met)\b"
    r"|\bi\.?\s?[so]\.?\s?m\.?(?=\s|$)|\bs\.?\s?m\.?(?=\s|$)",
    re.IGNORECASE,
)
"""What stands between actors who share an action."""
_ENDED = re.compile(r"^(?P<what>.*?)\s*\((?P<who>[^()]{3,60})\)\s*\.?$")
_BY = re.compile(r"^(?P<what>.+?)\s+door\s+(?P<who>[^.,;]{3,60})\.?$")
_SURE = 0.95
_DOES = re.compile(r"^(?:[a-z]{2,}t|gaat|zal|pakt)$")
"""A verb whose subject stands before it: *gemeente snoeit*, not *gemeente aanspreken*."""
_GLUED_VERB = re.compile(r"^[a-z]{3,}[enr][.,;:]?$")


@dataclass(frozen=True)
class Head:
    """Actors at the start of an action: up to which word, who, and how clearly."""

    stop: int
    names: tuple[str, ...]
    colon: bool
    glued: str
    score: float


@dataclass(frozen=True)
class Action:
    """One action as read: who in the source's letters, who it is, what, and how surely."""

    actor_raw: str
    actor: str | None
    task: str
    score: float = 1.0


def head(words: Sequence[str], at: int, names: Sequence[str]) -> Head | None:
    """
    Parse the actors that start at a word.

    Examples
    --------
    >>> head(["WijkagentDS0B:", "informeren"], 0, ["DSOB", "Wijkagent"]).names
    ('Wijkagent', 'DSOB')
    >>> head(["Stadsdeelbeheerverwijderen."], 0, ["Stadsdeelbeheer"]).glued
    'verwijderen.'
    """
    if at >= len(words) or not words[at][:1].isupper():
        return None
    found = _head(tuple(words[at : at + _LONGEST]), tuple(names))
    return replace(found, stop=at + found.stop) if found else None


@lru_cache(maxsize=20_000)
def _head(words: tuple[str, ...], names: tuple[str, ...]) -> Head | None:
    at = 0
    for stop in range(min(len(words), at + _LONGEST), at, -1):
        phrase = words[at:stop]
        if any(word.endswith((":", ".")) and not _JOINS.match(word) for word in phrase[:-1]):
            continue
        found = _joint(" ".join(phrase), names)
        if found:
            actors, score = found
            return Head(stop, actors, phrase[-1].endswith((":", ";")), "", score)
    for name in sorted(names, key=len, reverse=True):
        word, length = words[at], len(name)
        if len(name) >= _MIN_FUZZY and _canon(word[:length]) == _canon(name):
            rest = word[length:]
            if _GLUED_VERB.match(rest):
                return Head(at + 1, (name,), colon=True, glued=rest, score=0.95)
    return None


def split_actions(
    lines: Sequence[str], names: Sequence[str], *, paragraphs: bool = False
) -> list[Action]:
    """
    Split the text of an action cell into actions.

    Examples
    --------
    >>> for action in split_actions(["Politie kijken. D508: navraag"], ["Politie", "DSOB"]):
    ...     print(action.actor, "-", action.task)
    Politie - kijken.
    DSOB - navraag
    """
    words: list[str] = []
    starts: set[int] = set()
    for line in lines:
        starts.add(len(words))
        words += re.sub(r"(?<=[^\W\d]):(?=[^\W\d])", ": ", line).split()
    actions: list[Action] = []
    task: list[str] = []
    raw, actor, score = "", None, 1.0
    at = 0
    while at < len(words):
        found = head(words, at, names) or (_small_head(words, names) if at == 0 else None)
        opens = found and (at == 0 or found.colon or (paragraphs and at in starts))
        if found and opens:
            if task or raw:
                actions.append(Action(raw, actor, " ".join(task), score))
            raw = " ".join(words[at : found.stop]).rstrip(":;")
            if found.glued:
                raw = raw.removesuffix(found.glued.rstrip(":;"))
            actor, score = JOINT.join(found.names), found.score
            task = [found.glued] if found.glued else []
            at = found.stop
        else:
            task.append(words[at])
            at += 1
    if task or raw:
        actions.append(Action(raw, actor, " ".join(task), score))
    return [_with_stranger(action) for action in actions]


def known(text: str, names: Sequence[str]) -> tuple[str, bool]:
    """
    Spell actors as the list does.

    Examples
    --------
    >>> known("wijkagent/dsob", ["DSOB", "Wijkagent"]), known("Dierenambulance", ["DSOB"])
    (('Wijkagent / DSOB', True), ('Dierenambulance', False))
    """
    for said in (text, re.sub(r"(?<!\s)\s*\([^()]*\)", "", text)):
        found = _joint(said, names)
        if found:
            return JOINT.join(found[0]), True
    parts = [part.strip() for part in _JOINS.split(text) if part.strip(" .:;")]
    spelled = [_joint(part, names) for part in parts]
    if not any(spelled):
        parts = [part.strip() for part in text.split("/") if part.strip()]
        return JOINT.join(parts), False
    return (
        JOINT.join(
            JOINT.join(match[0]) if match else part
            for match, part in zip(spelled, parts, strict=True)
        ),
        False,
    )


def _small_head(words: Sequence[str], names: Sequence[str]) -> Head | None:
    """Read actors without a capital, where that is all, or they are who does it."""
    if not words or not words[0][:1].islower():
        return None
    found = head([words[0].capitalize(), *words[1:]], 0, names)
    if found is None or found.score < _SURE or found.glued:
        return None
    alone = found.stop == len(words)
    return found if alone or found.colon or _DOES.match(words[found.stop]) else None


def joins(text: str) -> bool:
    """
    Return whether a text ends in a conjunction of actors.

    Examples
    --------
    >>> joins("Gemeente en"), joins("Gemeente")
    (True, False)
    """
    return any(not text[found.end() :].strip() for found in _JOINS.finditer(text))


def behind(text: str, names: Sequence[str]) -> tuple[str, str, str] | None:
    """
    Find actors that follow their task.

    Examples
    --------
    >>> behind("maaien door Politie", ["Politie"]), behind("maaien (politie)", ["Politie"])
    (('Politie', 'Politie', 'maaien'), ('politie', 'Politie', 'maaien'))
    """
    said = " ".join(text.split())
    for pattern in (_ENDED, _BY):
        found = pattern.match(said)
        if found:
            actor, in_list = known(found["who"], names)
            if in_list:
                return found["who"], actor, found["what"].strip()
    return None


def _with_stranger(action: Action) -> Action:
    before, colon, after = action.task.partition(":")
    if action.actor or not colon or len(before.split()) > 3 or not before[:1].isupper():
        return action
    return Action(before.strip(), before.strip(), after.strip(), 0.5)


def _joint(text: str, names: Sequence[str]) -> tuple[tuple[str, ...], float] | None:
    parts = [part for part in _JOINS.split(text) if _canon(part)]
    found: list[str] = []
    score = 1.0
    for part in parts:
        peeled = _peel(_canon(part), names)
        if peeled is None:
            return None
        found += peeled[0]
        score = min(score, peeled[1])
        if part.strip(" .,:;").casefold() not in {name.casefold() for name in names}:
            score = min(score, 0.95)
    return (tuple(dict.fromkeys(found)), score) if found else None


def _peel(key: str, names: Sequence[str]) -> tuple[list[str], float] | None:
    if not key:
        return [], 1.0
    if len(key) > _LONGEST_KEY:
        return None
    for name in sorted(names, key=len, reverse=True):
        start = _canon(name)
        if key.startswith(start):
            rest = _peel(key[len(start) :], names)
            if rest is not None:
                return [name, *rest[0]], rest[1]
    alike = max(((similarity(key, _canon(name)), name) for name in names), default=(0.0, ""))
    if len(key) >= _MIN_FUZZY and alike[0] >= _ALIKE:
        return [alike[1]], alike[0]
    return None


@lru_cache(maxsize=20_000)
def _canon(text: str) -> str:
    return re.sub(r"[\W_]", "", text.upper().translate(_LOOKALIKE))
