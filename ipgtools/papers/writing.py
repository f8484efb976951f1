"""Write the papers to a folder."""

import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple

from ipgtools import __version__
from ipgtools.io.write import atomic
from ipgtools.nl.papers import assessments as assessment_words
from ipgtools.nl.papers import cards as card_words
from ipgtools.nl.papers import pages as words
from ipgtools.nl.papers import register as register_words
from ipgtools.papers import pages, register
from ipgtools.papers.assessments import Assessment, dpia, iama
from ipgtools.papers.cards import Card, cards
from ipgtools.settings import Settings

__all__ = ["Written", "write"]


class Written(NamedTuple):
    """
    What was written.

    Parameters
    ----------
    files : tuple of Path
        The page that lists the others first.
    to_do : tuple of str
        What keeps the entry for the Algoritmeregister from being complete; Dutch.
    n_questions : int
        How many questions the starters of DPIA and IAMA ask.
    """

    files: tuple[Path, ...]
    to_do: tuple[str, ...]
    n_questions: int


def write(settings: Settings, folder: str | Path) -> Written:
    """
    Write method cards, register entry, and starters of DPIA and IAMA.

    Parameters
    ----------
    settings : Settings
        From which they are made.
    folder : path
        Where; made if it isn't there. Each file is written whole or not at all.

    Returns
    -------
    Written
        An entry that lacks a required field gets a name that shows it, and the file of a complete
        one that stood there is removed.

    Raises
    ------
    ReadError
        If the folder can't be written to.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = write(Settings.sample(), folder)
    >>> sorted(path.name for path in written.files)[:2]
    ['algoritmeregister-niet-compleet.json', 'algoritmeregister.html']
    """
    folder, names, about = Path(folder), words.NAMES, _about(settings)
    entry = register.register_entry(settings)
    to_do = [one.text for one in register.problems(entry)]
    assessed = {"dpia": dpia(settings), "iama": iama(settings)}
    kept, other = ("draft", "entry") if to_do else ("entry", "draft")
    made = {
        "index": _index(about),
        "methods": _cards(cards(settings), about),
        "register": _register(entry, to_do, about, names[kept]),
        **{key: _assessment(one, about) for key, one in assessed.items()},
        kept: json.dumps(entry, indent=2, ensure_ascii=False) + "\n",
    }
    for key, text in made.items():
        with atomic(folder / names[key]) as temporary:
            temporary.write_text(text, encoding="utf-8")
    (folder / names[other]).unlink(missing_ok=True)
    return Written(
        tuple(folder / names[key] for key in made),
        tuple(to_do),
        sum(one.n_questions for one in assessed.values()),
    )


def _about(settings: Settings) -> str:
    """Name the version, and the settings by a fingerprint without paths."""
    local: Any = {"input": True, "output": {"folder": True}, "gazetteer": {"cache": True}}
    local["privacy"] = {"register": True, "secret": True, "profiles": True}
    shown = settings.model_dump(mode="json", exclude=local)
    shown["files"] = sorted(
        name for name, value in settings.input.model_dump().items() if value not in (None, [], {})
    )
    digest = hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:12]
    return words.ABOUT.format(version=__version__, fingerprint=digest)


def _index(about: str) -> str:
    titles = {
        "methods": words.METHODS,
        "register": words.REGISTER,
        "dpia": assessment_words.DPIA_TITLE,
        "iama": assessment_words.IAMA_TITLE,
    }
    links = [(words.NAMES[key], title) for key, title in titles.items()]
    return pages.document(words.INDEX, words.INDEX_INTRO, (), about=about, contents=links)


def _cards(made: tuple[Card, ...], about: str) -> str:
    links = [(f"#{card.key}", card.name) for card in made]
    body = [pages.section(card.name, _card(card), name=card.key) for card in made]
    return pages.document(words.METHODS, words.METHODS_INTRO, body, about=about, contents=links)


def _card(card: Card) -> list[str]:
    label, where = card_words.LABELS, {True: card_words.SET, False: card_words.DEFAULT}
    parameters = [
        (
            one.label,
            one.value,
            f"[{one.setting.replace('.', '] ')} {where[True]}" if one.setting else where[False],
        )
        for one in card.parameters
    ]
    claims = [(one.statement, one.false_alarm, one.power, one.planted) for one in card.claims]
    measured = (
        pages.table(card_words.CLAIM_COLUMNS, claims)
        if claims
        else pages.paragraph(card_words.NO_CLAIM)
    )
    used = card_words.IN_BRIEFING if card.briefing else card_words.NOT_IN_BRIEFING
    parts = [
        pages.paragraph(used),
        pages.fact(label["purpose"], pages.paragraph(card.purpose)),
        pages.fact(label["data"], pages.paragraph(card.data)),
        pages.fact(label["how"], pages.paragraph(" ".join(card.how))),
        pages.fact(label["limits"], pages.listing(card.limits)),
        pages.fact(label["claims"], measured),
        pages.fact(label["decision"], pages.paragraph(card.decision)),
    ]
    if parameters:
        parts.append(
            pages.fact(label["parameters"], pages.table(words.PARAMETER_COLUMNS, parameters))
        )
    if card.sources:
        parts.append(pages.fact(label["source"], pages.listing(card.sources)))
    parts.append(pages.fact(label["functions"], pages.paragraph(", ".join(card.functions))))
    parts.append(pages.fact(label["version"], pages.paragraph(f"ipgtools {card.version}")))
    return parts


def _register(entry: dict[str, object], to_do: list[str], about: str, file: str) -> str:
    texts = register_words
    state = texts.INCOMPLETE.format(n=len(to_do)) if to_do else texts.COMPLETE
    intro = [one.format(standard=register.STANDARD, file=file) for one in words.REGISTER_INTRO]
    rows = []
    for field in register.FIELDS:
        value = entry.get(field.key)
        need = texts.REQUIRED if field.required else texts.SHOWN if field.shown else texts.OPTIONAL
        empty = texts.EMPTY if field.required else texts.NOT_FILLED
        shown = _shown(value) if value else empty
        bound = f"{len(shown)} van {field.max_length - 1}" if field.max_length and value else ""
        rows.append((f"{texts.LABELS[field.key]} ({need})", shown, bound))
    listed = [*to_do, *(one for one in register.open_fields(entry) if one not in to_do)]
    body = [
        pages.section(words.TO_DO, [pages.paragraph(state), pages.listing(listed)]),
        pages.section(words.FIELDS, [pages.table(words.FIELD_COLUMNS, rows)]),
    ]
    return pages.document(words.REGISTER, [*intro], body, about=about)


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(
            " ".join(str(part) for part in one.values()) if isinstance(one, dict) else str(one)
            for one in value
        )
    return str(value)


def _assessment(made: Assessment, about: str) -> str:
    texts = assessment_words
    body = []
    for title, points in made.parts:
        inner = []
        for point in points:
            known = pages.fact(texts.KNOWN, pages.listing(point.known)) if point.known else ""
            asked = pages.questions(point.questions, label=texts.QUESTION, answer=texts.ANSWER)
            inner.append(pages.section(point.title, [known, asked], level=2))
        body.append(pages.section(title, inner))
    return pages.document(made.title, made.intro, body, about=about)
