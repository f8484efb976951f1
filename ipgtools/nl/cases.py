"""State in Dutch how many cases run in which phase, and what partners have to do."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ipgtools.nl.formats import date, joined, number

__all__ = [
    "ACTIONS", "GEOMETRY", "KINDS", "KIND_NAMES", "LEFT_OUT", "NONE", "NO_PARTNER", "ONLY_POLICE",
    "PARTNERS", "PHASES", "TRACES", "action", "fewer", "lines", "traces",
]  # fmt: skip

KIND_NAMES = {
    "pga": "pga",
    "persoonsgerichte aanpak": "pga",
    "persoonsgebonden aanpak": "pga",
    "persoonsgerichte aanpak (pga)": "pga",
    "tbs": "tbs",
    "terbeschikkingstelling": "tbs",
    "aanpak tbs": "tbs",
    "aanpak tbs'ers": "tbs",
}
"""What a file calls the kinds, in lower case."""
KINDS = {"pga": "PGA", "tbs": "TBS"}
NO_PARTNER = "partner niet genoemd"
GEOMETRY = "punten of vlakken"
TRACES = {
    "bsn": "een burgerservicenummer",
    "email": "een e-mailadres",
    "phone": "een telefoonnummer",
    "iban": "een rekeningnummer",
    "plate": "een kenteken",
    "name": "een naam",
    "birth": "een geboortedatum",
    "address": "een adres",
}
"""What a value can give away."""
PHASES = "Zaken per team en fase:"
PARTNERS = "Open acties per partner:"
ACTIONS = "Wat er nog moet gebeuren, het eerst nodige bovenaan:"
NONE = "geen"
LEFT_OUT = "weggelaten"
ONLY_POLICE = (
    "Alleen voor politie. Deel dit overzicht niet verder: het gaat over zaken van personen."
)


def traces(found: Mapping[str, Sequence[str]]) -> str:
    """
    State which columns hold what can point at a person or a place.

    Examples
    --------
    >>> traces({"actie": ["name", "address"], "partner": ["phone"]})
    'actie (lijkt een naam en een adres), partner (lijkt een telefoonnummer)'
    """
    return ", ".join(
        f"{column} (lijkt {joined(TRACES[kind] for kind in kinds)})"
        for column, kinds in found.items()
    )


def fewer(n: int | None, limit: int) -> str:
    """
    Write a number, or that it is withheld because it is small.

    Examples
    --------
    >>> fewer(12, 5), fewer(None, 5)
    ('12', 'minder dan 5')
    """
    return f"minder dan {limit}" if n is None else number(n)


def lines(
    phases: Iterable[Any],
    partners: Iterable[Any],
    actions: Sequence[Any],
    *,
    limit: int,
    withheld: Sequence[str] = (),
) -> list[str]:
    """
    Return an overview of cases, one line a fact.

    Examples
    --------
    >>> from types import SimpleNamespace as Row
    >>> print(*lines([Row(kind="pga", team="Oost", phase="nazorg", n_cases=None)], [], [],
    ...              limit=5)[:3], sep=chr(10))
    Alleen voor politie. Deel dit overzicht niet verder: het gaat over zaken van personen.
    Zaken per team en fase:
      PGA, Oost, nazorg: weggelaten
    """
    text = [ONLY_POLICE, *withheld, PHASES]
    text += [
        f"  {KINDS[row.kind]}, {row.team}, {row.phase}: "
        f"{LEFT_OUT if row.n_cases is None else number(row.n_cases)}"
        for row in phases
    ]
    text.append(PARTNERS)
    text += [
        f"  {row.partner}: {fewer(row.n_open, limit)} open, {fewer(row.n_overdue, limit)} te laat"
        for row in partners
    ] or [f"  {NONE}"]
    text.append(ACTIONS)
    return text + ([action(row) for row in actions] or [f"  {NONE}"])


def action(row: Any) -> str:
    """
    State what a partner still has to do in a case.

    Examples
    --------
    >>> import datetime as dt
    >>> from types import SimpleNamespace as Row
    >>> action(Row(case_number="P-12", partner="GGZ", action="intake", due=dt.date(2025, 11, 1),
    ...            overdue=True))
    '  P-12  GGZ: intake, uiterlijk 1 november 2025 (te laat)'
    """
    what = row.action if isinstance(row.action, str) else "actie niet omschreven"
    dated = row.due is not None and row.due == row.due
    until = f", uiterlijk {date(row.due)}" if dated else ", zonder datum"
    late = " (te laat)" if row.overdue else ""
    return f"  {row.case_number}  {row.partner}: {what}{until}{late}"
