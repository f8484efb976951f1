"""State how places rank by harm and by count, and the effect of the weights."""

from collections.abc import Sequence

from ipgtools.nl.formats import count, joined, number, percent, plural
from ipgtools.nl.sentences.common import one, share_of

__all__ = ["heaviest", "side_by_side", "sure", "unknown"]


def side_by_side(overlap: int, top: int, *, places: str = "plekken") -> str:
    """
    State how many of the busiest places are among the heaviest too.

    True of `harm.compare` with its `overlap_top`.

    Examples
    --------
    >>> side_by_side(4, 10)
    'Van de tien plekken met de meeste incidenten horen er vier ook bij de tien met het meeste
     gewicht.'
    >>> side_by_side(10, 10), side_by_side(0, 10)
    ('De tien plekken met de meeste incidenten zijn ook de tien met het meeste gewicht.',
     'Geen van de tien plekken met de meeste incidenten hoort bij de tien met het meeste gewicht.')
    """
    many = count(top)
    if overlap == top:
        return (
            f"De {many} {places} met de meeste incidenten zijn ook de {many} met het meeste "
            "gewicht."
        )
    if overlap == 0:
        return (
            f"Geen van de {many} {places} met de meeste incidenten hoort bij de {many} met het "
            "meeste gewicht."
        )
    belong = "hoort" if overlap == 1 else "horen"
    return (
        f"Van de {many} {places} met de meeste incidenten {belong} er {one(overlap)} ook bij de "
        f"{many} met het meeste gewicht."
    )


def sure(n_sure: int, top: int, factor: float, *, places: str = "plekken") -> str:
    """
    State how many of the heaviest places stay so under other weights.

    True of `harm.sensitivity` with `n_sure` places `sure`: in the top in 95 % of the draws, and
    without their heaviest incident.

    Examples
    --------
    >>> sure(6, 10, 2)
    'Zes van de tien zwaarste plekken blijven dat ook als gewichten tot een factor 2 anders zijn en
     hun zwaarste incident wegvalt.'
    >>> sure(0, 10, 2)
    'Geen van de tien zwaarste plekken blijft dat als gewichten tot een factor 2 anders zijn en hun
     zwaarste incident wegvalt: de volgorde hangt aan de gewichten.'
    """
    change = f"gewichten tot een factor {number(factor, 0 if factor == round(factor) else 1)}"
    many = count(top)
    if n_sure == 0:
        return (
            f"Geen van de {many} zwaarste {places} blijft dat als {change} anders zijn en hun "
            "zwaarste incident wegvalt: de volgorde hangt aan de gewichten."
        )
    some = "Eén" if n_sure == 1 else count(n_sure).capitalize()
    stay = "blijft" if n_sure == 1 else "blijven"
    return (
        f"{some} van de {many} zwaarste {places} {stay} dat ook als {change} anders zijn en hun "
        "zwaarste incident wegvalt."
    )


def heaviest(label: str, share_of_harm: float) -> str:
    """
    State what one kind of incident does to all harm.

    True of a row of `harm.leave_one_code_out`.

    Examples
    --------
    >>> heaviest("Doodslag/moord", 0.61)
    'Doodslag/moord bepaalt 61% van al het gewicht.'
    """
    return f"{label} bepaalt {percent(share_of_harm)} van al het gewicht."


def unknown(n: int, total: int, codes: Sequence[str]) -> str:
    """
    State how many incidents have no weight.

    Examples
    --------
    >>> unknown(12, 212, ["F42", "Z99"])
    '12 van de 212 incidenten (6%) hebben geen gewicht en tellen niet mee (codes F42 en Z99).'
    """
    have, weigh = ("heeft", "telt") if n == 1 else ("hebben", "tellen")
    what = f" (codes {joined(codes)})" if codes else ""
    return (
        f"{number(n)} van de {plural(total, 'incident', 'incidenten')} ({share_of(n, total)}) "
        f"{have} geen gewicht en {weigh} niet mee{what}."
    )
