"""
Invent some 600 persons with antecedents, and know beforehand what class each is in.

Every person follows a recipe that fixes how many facts, in how many pv's, when and at what
age; the class in regime "2014" (OM directive, facts) and "pv" (police, peiljaar 2025) is
written with the recipe by hand, not computed from the rows. Edge cases of the definitions
have a recipe each. Facts that don't count are added to some records: they change nothing.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ipgtools.sample.random_streams import Dice

__all__ = ["REFERENCE", "Fact", "Person", "edge_cases", "invent"]

REFERENCE = dt.date(2025, 12, 1)


@dataclass
class Fact:
    """A fact: its day (a year alone if only that is known), pv, and whether it counts."""

    day: dt.date | int
    pv: int
    misdrijf: str = "J"
    sent: str = "J"
    outcome: str = ""
    repeated: bool = False


@dataclass
class Person:
    """A person: what recipe made them, and the class expected by each regime."""

    recipe: str
    born: dt.date
    facts: list[Fact]
    expected: tuple[str, str]
    note: str = ""
    literal: str = ""
    also: dict[str, Any] = field(default_factory=dict)


class _Recipe(NamedTuple):
    """How many persons, how old, how many facts and pv's, between which days."""

    name: str
    persons: int
    born: tuple[int, int]
    facts: tuple[int, int]
    per_pv: int
    old: tuple[str, str]
    n_recent: tuple[int, int]
    recent: tuple[str, str]
    expected: tuple[str, str]


_RECIPES = (
    _Recipe(
        "zavp", 18, (1970, 2003), (12, 22), 1, ("2021-06-01", "2025-02-01"),
        (2, 6), ("2025-03-01", "2025-11-20"), ("zavp", "zavp"),
    ),
    _Recipe(
        "veelpleger", 26, (1962, 1990), (9, 14), 1, ("2007-01-01", "2019-12-01"),
        (3, 7), ("2025-03-01", "2025-11-20"), ("veelpleger", "veelpleger"),
    ),
    _Recipe(
        "veel feiten in weinig pv's", 8, (1970, 2003), (10, 12), 3, ("2021-06-01", "2024-12-01"),
        (3, 3), ("2025-03-01", "2025-11-20"), ("zavp", "meerpleger"),
    ),
    _Recipe(
        "veelpleger, niets in het peiljaar", 6, (1962, 1985), (10, 12), 1,
        ("2005-01-01", "2018-12-01"), (3, 3), ("2024-02-01", "2024-12-15"),
        ("veelpleger", "overig"),
    ),
    _Recipe(
        "meerpleger", 250, (1960, 2004), (1, 6), 1, ("2012-01-01", "2024-12-20"),
        (1, 2), ("2025-01-05", "2025-11-28"), ("overig", "meerpleger"),
    ),
    _Recipe(
        "eerste pv", 90, (1955, 2005), (0, 0), 1, ("2012-01-01", "2024-12-20"),
        (1, 1), ("2025-01-05", "2025-11-28"), ("overig", "overig"),
    ),
    _Recipe(
        "niet actief in het peiljaar", 90, (1955, 2000), (1, 5), 1, ("2012-01-01", "2023-12-20"),
        (1, 1), ("2024-01-05", "2024-12-28"), ("overig", "overig"),
    ),
    _Recipe(
        "jeugdige veelpleger", 10, (2008, 2009), (4, 6), 1, ("2022-06-01", "2025-02-01"),
        (2, 3), ("2025-03-01", "2025-11-20"), ("jeugdige_veelpleger", "jeugdige_veelpleger"),
    ),
    _Recipe(
        "minderjarige meerpleger", 45, (2008, 2011), (1, 2), 1, ("2024-06-01", "2025-02-01"),
        (1, 3), ("2025-03-01", "2025-11-20"),
        ("meerpleger_minderjarig", "meerpleger_minderjarig"),
    ),
    _Recipe(
        "minderjarige, eerste pv", 30, (2008, 2011), (0, 0), 1, ("2024-06-01", "2025-02-01"),
        (1, 1), ("2025-03-01", "2025-11-20"), ("overig", "overig"),
    ),
)  # fmt: skip


def invent(seed: int) -> list[Person]:
    """Invent the persons."""
    dice = Dice(seed, "persons")
    persons = edge_cases()
    for recipe in _RECIPES:
        persons += [_follow(recipe, dice) for _ in range(recipe.persons)]
    return persons


def _follow(recipe: _Recipe, dice: Dice) -> Person:
    first, last = recipe.born
    born = dt.date(first + dice.below(last - first + 1), 1 + dice.below(12), 1 + dice.below(28))
    low, high = recipe.facts
    days = _days(dice, low + dice.below(high - low + 1), recipe.old)
    low, high = recipe.n_recent
    days += _days(dice, low + dice.below(high - low + 1), recipe.recent)
    days.sort()
    facts = [Fact(day, number // recipe.per_pv) for number, day in enumerate(days)]
    if dice.number() < 0.25:
        facts += _that_do_not_count(dice, days[0], days[-1], len(facts))
    return Person(recipe.name, born, facts, recipe.expected)


def _days(dice: Dice, n: int, between: tuple[str, str]) -> list[dt.date]:
    start, end = (dt.date.fromisoformat(day) for day in between)
    return [start + dt.timedelta(days=dice.below((end - start).days)) for _ in range(n)]


def _that_do_not_count(dice: Dice, first: dt.date, last: dt.date, pv: int) -> list[Fact]:
    added = []
    for number in range(1 + dice.below(3)):
        day = first + dt.timedelta(days=dice.below((last - first).days + 1))
        kind = dice.below(4)
        added.append(
            Fact(
                day,
                pv + number,
                misdrijf="N" if kind == 0 else "J",
                sent="N" if kind == 1 else "J",
                outcome={2: "vrijspraak", 3: "technisch sepot"}.get(kind, ""),
            )
        )
    return added


def edge_cases() -> list[Person]:
    """Return a person for each edge of the definitions."""
    t0 = dt.date(2025, 10, 20)
    ten = [*_spread("2021-03-01", 8, 190), dt.date(2025, 6, 1), t0]
    adult = dt.date(1988, 5, 17)
    six = _spread("2025-01-10", 5, 50)

    def case(
        name: str,
        note: str,
        days: list[Any],
        expected: tuple[str, str],
        born: dt.date = adult,
        literal: str = "",
    ) -> Person:
        facts = [Fact(day, number) for number, day in enumerate(days)]
        return Person(name, born, facts, expected, note, literal)

    persons = [
        case("precies 10", "tien is niet meer dan tien", ten, ("overig", "meerpleger")),
        case("precies 11", "elf is meer dan tien", [dt.date(2022, 2, 2), *ten], ("zavp", "zavp")),
        case(
            "elfde feit net buiten vijf jaar", "op de dag t0 - 5 jaar: telt niet meer",
            [dt.date(2020, 10, 20), *ten], ("veelpleger", "veelpleger"),
        ),
        case(
            "elfde feit net binnen vijf jaar", "een dag later: telt wel; pv telt vanaf 2021",
            [dt.date(2020, 10, 21), *ten], ("zavp", "veelpleger"),
        ),
        case(
            "schrikkeldag, elfde binnen", "t0 is 29-02-2024, het venster begint na 28-02-2019",
            [dt.date(2019, 3, 1), *_spread("2020-01-15", 8, 170), dt.date(2024, 1, 9),
             dt.date(2024, 2, 29)], ("zavp", "overig"),
        ),
        case(
            "schrikkeldag, elfde buiten", "28-02-2019 valt er net buiten",
            [dt.date(2019, 2, 28), *_spread("2020-01-15", 8, 170), dt.date(2024, 1, 9),
             dt.date(2024, 2, 29)], ("veelpleger", "overig"),
        ),
        case(
            "jarig tussen t0 en peildatum", "17 op t0, 18 op de peildatum: minderjarig",
            [*six, dt.date(2025, 11, 1)], ("jeugdige_veelpleger", "jeugdige_veelpleger"),
            dt.date(2007, 11, 15),
        ),
        case(
            "achttien op t0", "de dag van het laatste feit is de achttiende verjaardag",
            [*six, t0], ("overig", "meerpleger"), dt.date(2007, 10, 20),
        ),
        case(
            "vijf pv's, minderjarig", "vijf is niet meer dan vijf", six,
            ("meerpleger_minderjarig", "meerpleger_minderjarig"), dt.date(2009, 4, 2),
        ),
        case(
            "zes pv's, minderjarig", "zes wel", [*six, dt.date(2025, 9, 9)],
            ("jeugdige_veelpleger", "jeugdige_veelpleger"), dt.date(2009, 4, 2),
        ),
        case(
            "elf jaar oud", "onder de twaalf geen klasse", [dt.date(2025, 4, 1), t0],
            ("overig", "overig"), dt.date(2014, 1, 30),
        ),
        case(
            "alleen het jaar bekend, lang geleden", "2009 telt in het hele verleden",
            [2009, *ten], ("veelpleger", "veelpleger"),
        ),
        case(
            "alleen het jaar bekend, op de grens",
            "2020 kan binnen of buiten vijf jaar liggen: telt in geen venster",
            [2020, *ten], ("veelpleger", "veelpleger"),
        ),
        case(
            "alleen het laatste feit recent", "zonder het laatste feit is niets recent",
            [*_spread("2021-02-01", 10, 85), t0], ("overig", "zavp"), literal="zavp",
        ),
        case(
            "gestopt in 2019", "het venster eindigt bij het laatste feit, niet vandaag",
            _spread("2015-03-01", 12, 140), ("zavp", "overig"),
        ),
        case(
            "elfde feit na de peildatum", "wat na de peildatum komt telt niet",
            [*ten, dt.date(2025, 12, 2)], ("overig", "meerpleger"),
        ),
        case("een persoon, nummer 1", "zes feiten onder elk van twee nummers: samen twaalf",
             ten[4:], ("overig", "meerpleger")),
        case("een persoon, nummer 2", "zes feiten onder elk van twee nummers: samen twaalf",
             [day + dt.timedelta(days=-3) for day in ten[4:]], ("overig", "meerpleger")),
    ]  # fmt: skip
    together = Person("twaalf feiten in een pv", adult, [], ("zavp", "overig"), "pv 1, feiten 12")
    together.facts = [Fact(day, 0) for day in _spread("2025-02-03", 12, 21)]
    persons.append(together)
    for name, change in (
        ("vrijspraak: van 11 naar 10", {"outcome": "vrijspraak"}),
        ("technisch sepot: van 11 naar 10", {"outcome": "technisch sepot"}),
        ("niet ingezonden: van 11 naar 10", {"sent": "N"}),
        ("overtreding: van 11 naar 10", {"misdrijf": "N"}),
        ("hetzelfde feit tweemaal", {"repeated": True}),
    ):
        person = case(name, "tien feiten tellen", ten, ("overig", "meerpleger"))
        person.facts.append(Fact(dt.date(2024, 5, 5), 10, **change))
        persons.append(person)
    return persons


def _spread(start: str, n: int, step: int) -> list[dt.date]:
    first = dt.date.fromisoformat(start)
    return [first + dt.timedelta(days=step * number) for number in range(n)]
