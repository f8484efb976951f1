"""State where along the streets incidents lie close together."""

from collections.abc import Sequence

from ipgtools.nl.formats import joined, number, percent, plural
from ipgtools.nl.sentences.common import share_of

__all__ = ["densest_streets", "off_streets", "street_share", "streets_too_few"]


def densest_streets(names: Sequence[str]) -> str:
    """
    Name the streets along which incidents lie closest together, the densest first.

    True of the names of the lixels with the highest density along streets. It claims nothing of
    chance: some street is always the densest.

    Examples
    --------
    >>> densest_streets(["Leijdsweg", "Velveweg", "Marthalaan"])
    'De incidenten liggen het dichtst bij elkaar langs deze straten: Leijdsweg, Velveweg en
     Marthalaan.'
    >>> densest_streets(["Leijdsweg"])
    'De incidenten liggen het dichtst bij elkaar langs deze straat: Leijdsweg.'
    """
    which = "deze straat" if len(names) == 1 else "deze straten"
    return f"De incidenten liggen het dichtst bij elkaar langs {which}: {joined(names)}."


def street_share(n_inside: int, n_total: int, length_share: float) -> str:
    """
    State how much of the incidents lies on how much of the streets.

    True of counts of incidents brought to the nearest street. "Of the streets" is of their
    length.

    Examples
    --------
    >>> street_share(64, 212, 0.05), street_share(1, 50, 0.002)
    ('Daar ligt 30% van de incidenten, op 5% van de straatlengte.',
     'Daar ligt 2% van de incidenten, op minder dan 1% van de straatlengte.')
    """
    length = "minder dan 1%" if 0 < length_share < 0.005 else percent(length_share)
    inside = share_of(n_inside, n_total)
    return f"Daar ligt {inside} van de incidenten, op {length} van de straatlengte."


def off_streets(n: int, n_total: int, metres: float) -> str:
    """
    State how many incidents lie too far from a street to count along one.

    Examples
    --------
    >>> off_streets(18, 212, 50)
    '18 van de 212 incidenten liggen meer dan 50 meter van een straat en tellen langs de straten
     niet mee.'
    >>> off_streets(1, 212, 50), off_streets(0, 212, 50)
    ('1 van de 212 incidenten ligt meer dan 50 meter van een straat en telt langs de straten niet
     mee.', 'Alle incidenten liggen binnen 50 meter van een straat.')
    """
    if n == 0:
        return f"Alle incidenten liggen binnen {number(metres)} meter van een straat."
    lie, counts = ("ligt", "telt") if n == 1 else ("liggen", "tellen")
    return (
        f"{number(n)} van de {number(n_total)} incidenten {lie} meer dan {number(metres)} meter "
        f"van een straat en {counts} langs de straten niet mee."
    )


def streets_too_few(n: int) -> str:
    """
    State that there are too few incidents for a density along streets.

    Examples
    --------
    >>> streets_too_few(12), streets_too_few(0)
    ('Met 12 incidenten langs de straten zijn er te weinig gegevens om drukke straten aan te
     wijzen.', 'Zonder incidenten langs de straten zijn er geen drukke straten aan te wijzen.')
    """
    if n == 0:
        return "Zonder incidenten langs de straten zijn er geen drukke straten aan te wijzen."
    return (
        f"Met {plural(n, 'incident', 'incidenten')} langs de straten zijn er te weinig gegevens om "
        "drukke straten aan te wijzen."
    )
