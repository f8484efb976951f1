"""State where incidents came back, at a place and near it."""

from collections.abc import Sequence

from ipgtools.nl.formats import count, days, joined, number, plural
from ipgtools.nl.sentences.common import INCIDENTS, _days, _metres, one, share_of
from ipgtools.nl.sentences.common import counted as number_of

__all__ = [
    "NEAR_TOO_FEW", "near_only", "near_repeats", "near_repeats_none", "near_too_few", "pair",
    "repeats", "repeats_too_few", "still_open",
]  # fmt: skip


def repeats(
    n_places: int,
    n_there: int,
    n_total: int,
    *,
    expected: float | None = None,
    reach: tuple[int, int] = (0, 0),
    basis: str = "history",
    more: bool = False,
    subject: str = INCIDENTS,
) -> str:
    """
    State how much happened at repeat places, and the number expected.

    True of places distinguished by their exact coordinates, with the rows of
    `repeats.expected_repeats` about places. `more` is true where its basis is "history" and its
    p-value at most the chosen level; on another basis it is never.

    Examples
    --------
    >>> repeats(12, 66, 212, expected=7.3, reach=(3, 12))
    'Op twaalf plekken gebeurde het in deze periode twee keer of vaker: samen 66 van de 212
     incidenten (31%). Bij de drukte van dezelfde plekken over langere tijd zijn er 7 te verwachten
     (3 tot 12).'
    >>> repeats(12, 66, 212, expected=4.1, reach=(1, 8), more=True)
    'Op twaalf plekken gebeurde het in deze periode twee keer of vaker: samen 66 van de 212
     incidenten (31%). Dat zijn meer plekken dan door toeval: bij de drukte van dezelfde plekken
     over langere tijd zijn er 4 te verwachten (1 tot 8).'
    >>> repeats(2, 4, 30, expected=2.9, reach=(0, 6), basis="points")
    'Op twee plekken gebeurde het in deze periode twee keer of vaker: samen 4 van de 30 incidenten
     (13%). Als alle bekende plekken even druk waren, zouden het er 3 zijn (0 tot 6).'
    """
    if n_places == 0:
        return "Op geen enkele plek gebeurde het in deze periode meer dan een keer."
    together = "" if n_places == 1 else "samen "
    counted = (
        f"Op {one(n_places)} {'plek' if n_places == 1 else 'plekken'} gebeurde het in deze "
        f"periode twee keer of vaker: {together}{number(n_there)} van de {number(n_total)} "
        f"{subject} ({share_of(n_there, n_total)})."
    )
    if expected is None:
        return counted
    about = f"({number(reach[0])} tot {number(reach[1])})"
    many = number(round(expected))
    is_are = "is" if round(expected) == 1 else "zijn"
    if basis != "history":
        which = "adressen" if basis == "addresses" else "bekende plekken"
        return (
            f"{counted} Als alle {which} even druk waren, zou{'' if many == '1' else 'den'} het er "
            f"{many} zijn {about}."
        )
    if more:
        return (
            f"{counted} Dat zijn meer plekken dan door toeval: bij de drukte van dezelfde plekken "
            f"over langere tijd {is_are} er {many} te verwachten {about}."
        )
    some = f"{is_are} er {many}" if many != "0" else "is er bijna geen"
    return (
        f"{counted} Bij de drukte van dezelfde plekken over langere tijd {some} te verwachten "
        f"{about}."
    )


def pair(metres: tuple[float, float], within_days: tuple[float, float]) -> str:
    """
    State how near and how soon two incidents are.

    Examples
    --------
    >>> pair((0, 200), (0, 14))
    'binnen 200 meter en binnen 14 dagen'
    """
    return f"{_metres(metres)} en {_days(within_days)}"


def repeats_too_few(n: int, subject: str = INCIDENTS) -> str:
    """
    State that there are too few incidents to speak of places that repeat.

    Examples
    --------
    >>> repeats_too_few(7)
    'Met 7 incidenten zijn er te weinig gegevens om van plekken met herhaling te spreken.'
    """
    return (
        f"Met {number_of(n, subject)} zijn er te weinig gegevens om van plekken met herhaling te "
        "spreken."
    )


def near_too_few(n: int, subject: str = INCIDENTS) -> str:
    """
    State that there are too few incidents to test for near repeats.

    Examples
    --------
    >>> near_too_few(17)
    'Of incidenten elkaar op korte afstand en in korte tijd opvolgen, is met 17 incidenten in een
     jaar niet te zeggen.'
    """
    return (
        "Of incidenten elkaar op korte afstand en in korte tijd opvolgen, is met "
        f"{number_of(n, subject)} in een jaar niet te zeggen."
    )


def near_repeats(
    ratio: float,
    observed: int,
    expected: float,
    *,
    metres: tuple[float, float],
    within_days: tuple[float, float],
    what: str = "incident",
    scope: str = "",
) -> str:
    """
    State how much more often a second incident follows near and soon than by chance.

    True of a Knox ratio above 1 in one pair of bands that was chosen beforehand, whose p-value
    against dates permuted inside areas and seasons is at most the chosen level. The bands are
    half-open: "binnen 14 dagen" is 0 to 13 whole days between two dates.

    Examples
    --------
    >>> near_repeats(2.1, 141, 67.2, metres=(0, 200), within_days=(0, 14), what="woninginbraak")
    'Na een woninginbraak volgt er binnen 200 meter en binnen 14 dagen 2,1 keer zo vaak nog een
     als door toeval te verwachten is (141 paren, 67,2 verwacht).'
    """
    where = f"; {scope}" if scope else ""
    return (
        f"Na een {what} volgt er {pair(metres, within_days)} "
        f"{number(ratio, 1)} keer zo vaak nog een als door toeval te verwachten is "
        f"({plural(observed, 'paar', 'paren')}, {number(expected, 1)} verwacht{where})."
    )


def near_only(
    *, metres: tuple[float, float], within_days: tuple[float, float], what: str = "incident"
) -> str:
    """
    State that a second incident follows near and soon more often than by chance, without numbers.

    True where `near_repeats` is.

    Examples
    --------
    >>> near_only(metres=(0, 200), within_days=(0, 14), what="woninginbraak")
    'Na een woninginbraak volgt er binnen 200 meter en binnen 14 dagen vaker nog een dan door toeval
     te verwachten is.'
    """
    return (
        f"Na een {what} volgt er {pair(metres, within_days)} vaker nog een dan door toeval te "
        "verwachten is."
    )


NEAR_TOO_FEW = (
    "Of incidenten elkaar op korte afstand en in korte tijd opvolgen, is met zo weinig incidenten "
    "niet te zeggen."
)


def still_open(
    n_places: int, streets: Sequence[str], *, day: str, until: str, within_days: int = 14
) -> str:
    """
    State around how many places a next incident would still count as a near repeat.

    True of `repeats.alert_windows` on that day, where near repeats were shown. `streets` are
    those with most time left, `until` is the last day of any. It follows the sentence of
    `near_repeats`, which names the distance and the time.

    Examples
    --------
    >>> still_open(3, ["Leijdsweg", "Velveweg"], day="30 november", until="12 december",
    ...            within_days=14)
    'Rond drie plekken was dat op 30 november nog geen 14 dagen geleden, onder meer aan Leijdsweg en
     Velveweg: let daar op, uiterlijk tot en met 12 december.'
    >>> still_open(1, ["Leijdsweg"], day="30 november", until="12 december", within_days=14)
    'Rond één plek (Leijdsweg) was dat op 30 november nog geen 14 dagen geleden: let daar op tot en
     met 12 december.'
    >>> still_open(0, [], day="30 november", until="", within_days=14)
    'Nergens in dit gebied was dat op 30 november nog geen 14 dagen geleden.'
    """
    ago = f"was dat op {day} nog geen {days(within_days)} geleden"
    if not n_places:
        return f"Nergens in dit gebied {ago}."
    if n_places == 1:
        named = f" ({streets[0]})" if streets else ""
        return f"Rond één plek{named} {ago}: let daar op tot en met {until}."
    named = f", onder meer aan {joined(list(streets))}" if streets else ""
    return (
        f"Rond {count(n_places)} plekken {ago}{named}: let daar op, uiterlijk tot en met {until}."
    )


def near_repeats_none() -> str:
    """State that near repeats were looked for and not shown. True where p exceeds the level."""
    return (
        "Dat incidenten elkaar op korte afstand en in korte tijd vaker opvolgen dan door toeval, "
        "is niet aangetoond."
    )
