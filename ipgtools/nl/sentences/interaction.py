"""State whether incidents that are near in space are near in time."""

from ipgtools.nl.formats import number, percent, plural
from ipgtools.nl.sentences.common import one

__all__ = ["ALONG_STREETS", "interaction", "interaction_too_few", "same_times", "shared_neighbours"]

ALONG_STREETS = "gemeten langs de straten"
"""What `near_repeats` adds as its scope where distances follow the streets."""

_TESTS = {"mantel": "Mantel", "jacquez": "Jacquez"}


def interaction(value: float, expected: float, p_value: float, *, alpha: float, test: str) -> str:
    """
    State whether incidents that are close together also followed each other closely.

    Examples
    --------
    >>> interaction(0.05, 0, 0.002, alpha=0.05, test="mantel")
    'Incidenten die dicht bij elkaar liggen, volgden elkaar ook sneller op dan door toeval te
     verwachten is (toets van Mantel).'
    >>> interaction(12, 9.05, 0.41, alpha=0.05, test="jacquez")
    'Dat incidenten die dicht bij elkaar liggen elkaar ook sneller opvolgen dan door toeval, is
     niet aangetoond (toets van Jacquez).'
    >>> interaction(-0.05, 0, 0.002, alpha=0.05, test="mantel")
    'Incidenten die dicht bij elkaar liggen, lagen in de tijd juist verder uit elkaar dan door
     toeval te verwachten is (toets van Mantel).'
    """
    name = f"toets van {_TESTS[test]}"
    if not p_value <= alpha:
        return (
            "Dat incidenten die dicht bij elkaar liggen elkaar ook sneller opvolgen dan door "
            f"toeval, is niet aangetoond ({name})."
        )
    if value > expected:
        return (
            "Incidenten die dicht bij elkaar liggen, volgden elkaar ook sneller op dan door toeval "
            f"te verwachten is ({name})."
        )
    return (
        "Incidenten die dicht bij elkaar liggen, lagen in de tijd juist verder uit elkaar dan door "
        f"toeval te verwachten is ({name})."
    )


def shared_neighbours(value: float, expected: float, k: int) -> str:
    """
    State how often the nearest in space were among the nearest in time.

    True of the value of `repeats.jacquez` with shared ties, which need not be whole. It claims
    nothing of chance; `interaction` does.

    Examples
    --------
    >>> shared_neighbours(12 + 1 / 3, 9.05, 3)
    'Van de drie incidenten die het dichtst bij een incident liggen, hoorde er 12,3 keer een ook
     tot de drie die er in de tijd het dichtst bij lagen; door toeval zou dat 9,1 keer zijn.'
    >>> shared_neighbours(2, 1.0, 1)
    'Het incident dat het dichtst bij een incident ligt, was 2,0 keer ook het incident dat er in
     de tijd het dichtst bij lag; door toeval zou dat 1,0 keer zijn.'
    """
    times, chance = f"{number(value, 1)} keer", f"door toeval zou dat {number(expected, 1)} keer"
    if k == 1:
        return (
            f"Het incident dat het dichtst bij een incident ligt, was {times} ook het incident dat "
            f"er in de tijd het dichtst bij lag; {chance} zijn."
        )
    return (
        f"Van de {one(k)} incidenten die het dichtst bij een incident liggen, hoorde er {times} "
        f"een ook tot de {one(k)} die er in de tijd het dichtst bij lagen; {chance} zijn."
    )


def same_times(n_tied: int, n: int) -> str:
    """
    Warn that for many incidents several others are equally near in time.

    Examples
    --------
    >>> same_times(150, 200)
    'Voor 75% van de incidenten vielen er meer op dezelfde dag of even ver weg dan er buren zijn
     gevraagd: de uitkomst hangt dan sterk af van hoe precies de datum bekend is.'
    """
    return (
        f"Voor {percent(n_tied / n)} van de incidenten vielen er meer op dezelfde dag of even ver "
        "weg dan er buren zijn gevraagd: de uitkomst hangt dan sterk af van hoe precies de datum "
        "bekend is."
    )


def interaction_too_few(n: int) -> str:
    """
    State that there are too few incidents to look for interaction of space and time.

    Examples
    --------
    >>> interaction_too_few(12), interaction_too_few(0)
    ('Met 12 incidenten zijn er te weinig gegevens om te zien of plaats en tijd samenhangen.',
     'Zonder incidenten is niet te zien of plaats en tijd samenhangen.')
    """
    if n == 0:
        return "Zonder incidenten is niet te zien of plaats en tijd samenhangen."
    text = plural(n, "incident", "incidenten")
    return f"Met {text} zijn er te weinig gegevens om te zien of plaats en tijd samenhangen."
