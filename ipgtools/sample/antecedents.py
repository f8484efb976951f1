"""
Write the antecedents of the invented persons as a file, and what is true of them.

One row per person per fact. X and Y are where the fact was committed; no row holds where
anyone lives, and nobody in it exists.
"""

import datetime as dt
from typing import Any

import numpy as np

from ipgtools import codes
from ipgtools.sample import export, incidents
from ipgtools.sample.incidents import Model
from ipgtools.sample.persons import REFERENCE, Fact, Person, invent
from ipgtools.sample.random_streams import Dice

__all__ = ["HEADER", "write"]

HEADER = (
    "persoonsnummer;geboortedatum;feitnummer;pv_nummer;incident_nummer;pleegdatum;mk_code;"
    "omschrijving;misdrijf;ingezonden_om;afdoening;X;Y"
)
_COUNTED = ("veroordeeld", "veroordeeld", "transactie", "sepot", "lopend")
_CODES = ("A72", "A72", "A50", "A50", "A20", "A10", "A90", "C40", "F550", "F530", "F42", "F18")
_FOCUS_WIJK = "WK015301"


def write(model: Model) -> tuple[str, dict[str, Any]]:
    """Write the antecedents and what is true of them."""
    persons = invent(model.seed)
    dice = Dice(model.seed, "antecedents")
    order = sorted(range(len(persons)), key=lambda _: dice.number())
    places = _Places(model)
    rows: list[tuple[str, str]] = []
    truth: dict[str, Any] = {}
    cases: list[dict[str, Any]] = []
    fact_number = 0
    for number, which in enumerate(order, start=1):
        person = persons[which]
        name = f"P{number:06d}"
        truth[name] = list(person.expected)
        if person.note:
            cases.append(_case(name, person))
        turf = places.turf(dice)
        before = ""
        for fact in sorted(person.facts, key=lambda fact: (fact.pv, str(fact.day))):
            fact_number += 1
            feit = before if fact.repeated else f"F{fact_number:07d}"
            pv = f"PL0600-{number:04d}-{fact.pv + 1:03d}"
            row = _row(name, person, fact, (feit, pv), places, turf, dice)
            rows.append((f"{name} {_sortable(fact.day)} {feit}", row))
            before = feit
    text = "\n".join([HEADER, *(row for _, row in sorted(rows))]) + "\n"
    return text, {
        "reference_date": REFERENCE.isoformat(),
        "peiljaar": REFERENCE.year,
        "recent_excludes_last": True,
        "n_persons": len(persons),
        "n_rows": len(rows),
        "n_linked": sum(row.split(";")[4] != "" for _, row in rows),
        "klassen": {
            regime: _tally(expected[at] for expected in truth.values())
            for at, regime in enumerate(("2014", "pv"))
        },
        "cases": sorted(cases, key=lambda case: str(case["name"])),
        "expected": truth,
    }


def _tally(classes: Any) -> dict[str, int]:
    names, n = np.unique(list(classes), return_counts=True)
    return {str(name): int(count) for name, count in zip(names, n, strict=True)}


def _case(name: str, person: Person) -> dict[str, Any]:
    case: dict[str, Any] = {
        "name": person.recipe,
        "person": name,
        "note": person.note,
        "2014": person.expected[0],
        "pv": person.expected[1],
    }
    if person.literal:
        case["2014_last_fact_is_recent"] = person.literal
    return case


def _sortable(day: dt.date | int) -> str:
    return f"{day}-00-00" if isinstance(day, int) else day.isoformat()


def _dutch(day: dt.date | int) -> str:
    return str(day) if isinstance(day, int) else f"{day:%d-%m-%Y}"


def _row(
    name: str,
    person: Person,
    fact: Fact,
    numbers: tuple[str, str],
    places: "_Places",
    turf: np.ndarray,
    dice: Dice,
) -> str:
    linked = ""
    mk = dice.choice(_CODES)
    x, y = places.draw(dice, turf)
    if not person.note and fact.misdrijf == "J" and dice.number() < 0.5:
        linked, mk, x, y = places.incident(dice, fact.day) or (linked, mk, x, y)
    if fact.misdrijf == "N":
        mk = "F010"
    outcome = fact.outcome or dice.choice(_COUNTED)
    cells = [
        name, _dutch(person.born), *numbers, linked, _dutch(fact.day), mk, codes.label(mk),
        fact.misdrijf, fact.sent, outcome if fact.sent == "J" else "", str(x), str(y),
    ]  # fmt: skip
    return ";".join(cells)


class _Places:
    """Where facts were committed: around a turf, in the City or anywhere; or at an incident."""

    def __init__(self, model: Model) -> None:
        self.x, self.y = model.streets.address_x, model.streets.address_y
        wijk = np.array(model.town.wijk_code)[model.streets.address_buurt]
        self.city = np.flatnonzero(
            np.array(model.town.code)[model.streets.address_buurt] == "BU01530000"
        )
        self.wijken = {str(code): np.flatnonzero(wijk == code) for code in np.unique(wijk)}
        inhabitants = {
            code: sum(
                int(n)
                for n, of in zip(model.town.inhabitants, model.town.wijk_code, strict=True)
                if of == code
            )
            for code in self.wijken
        }
        self.share = np.cumsum(list(inhabitants.values())) / sum(inhabitants.values())
        rows = np.arange(min(model.size, 8_000))
        rows = rows[~np.isin(rows, export.spoilt(model.seed, model.size).rows)]
        drawn = incidents.draw(model, rows)
        crime = np.array([mk in _CODES for mk in model.mk])[drawn["mk"]]
        self.by_day: dict[int, list[tuple[str, str, int, int]]] = {}
        for at in np.flatnonzero(crime):
            number = int(export.identification(rows[at]))
            self.by_day.setdefault(int(drawn["begin"][at]) // 1440, []).append(
                (
                    f"PL0600_BVH_{number:07d}",
                    model.mk[int(drawn["mk"][at])],
                    int(drawn["x"][at]),
                    int(drawn["y"][at]),
                )
            )

    def turf(self, dice: Dice) -> np.ndarray:
        """Choose the wijk where a person is mostly active."""
        if dice.number() < 0.10:
            return self.wijken[_FOCUS_WIJK]
        at = int(np.searchsorted(self.share, dice.number(), "right"))
        return list(self.wijken.values())[at]

    def draw(self, dice: Dice, turf: np.ndarray) -> tuple[int, int]:
        """Choose an address."""
        u = dice.number()
        among = turf if u < 0.65 else self.city if u < 0.85 else np.arange(len(self.x))
        at = int(among[dice.below(len(among))])
        return int(self.x[at]), int(self.y[at])

    def incident(self, dice: Dice, day: dt.date | int) -> tuple[str, str, int, int] | None:
        """Find an incident that began on a day."""
        if isinstance(day, int):
            return None
        found = self.by_day.get((day - dt.date(2024, 1, 1)).days)
        return dice.choice(found) if found else None
