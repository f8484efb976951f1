"""State whether places near each other resemble each other, and whether points lie together."""

import math

from ipgtools.nl.formats import number, percent, plural
from ipgtools.nl.sentences.common import one

__all__ = [
    "alike", "alike_too_few", "around", "drawn_together", "high_together", "joins", "nearest",
    "surroundings",
]  # fmt: skip


def alike(direction: float, p_value: float, *, what: str = "vakken", alpha: float = 0.05) -> str:
    """
    State whether neighbours resemble each other over a whole map.

    True of Moran's I with ``direction = value - expected``, of Geary's C with ``direction =
    expected - value`` and of joins of unlike places likewise, where the two-sided `p_value` of
    this one test is given. A p-value that is not known shows nothing.

    Examples
    --------
    >>> alike(0.3, 0.001)
    'Drukke en rustige vakken liggen bij elkaar: buren lijken meer op elkaar dan door toeval te
     verwachten is.'
    >>> alike(-0.3, 0.001, what="buurten")
    'Drukke en rustige buurten wisselen elkaar af: buren verschillen meer van elkaar dan door toeval
     te verwachten is.'
    >>> alike(0.1, 0.4)
    'Dat vakken op hun buren lijken, is niet aangetoond: de verdeling kan door toeval zijn
     ontstaan.'
    """
    if not p_value <= alpha:
        return (
            f"Dat {what} op hun buren lijken, is niet aangetoond: de verdeling kan door toeval "
            "zijn ontstaan."
        )
    if direction > 0:
        return (
            f"Drukke en rustige {what} liggen bij elkaar: buren lijken meer op elkaar dan door "
            "toeval te verwachten is."
        )
    return (
        f"Drukke en rustige {what} wisselen elkaar af: buren verschillen meer van elkaar dan door "
        "toeval te verwachten is."
    )


def alike_too_few(n: int, *, what: str = "vakken") -> str:
    """
    State that too few places have a neighbour, or that all are equal, for any test.

    Examples
    --------
    >>> alike_too_few(3, what="buurten"), alike_too_few(40)
    ('Met 3 buurten die een buur hebben, zijn er te weinig gegevens om buren te vergelijken.',
     'Alle 40 vakken zijn gelijk: er valt niets te vergelijken.')
    """
    if n < 4:
        return (
            f"Met {number(n)} {what} die een buur hebben, zijn er te weinig gegevens om buren te "
            "vergelijken."
        )
    return f"Alle {number(n)} {what} zijn gelijk: er valt niets te vergelijken."


def high_together(
    direction: float, p_value: float, *, what: str = "vakken", alpha: float = 0.05
) -> str:
    """
    State whether high values lie together, or low ones.

    True of the general G with ``direction = value - expected`` and its two-sided p-value.

    Examples
    --------
    >>> high_together(0.2, 0.001), high_together(-0.2, 0.001)
    ('Vooral de drukke vakken liggen bij elkaar, meer dan door toeval te verwachten is.',
     'Drukke vakken liggen minder vaak bij elkaar dan door toeval te verwachten is.')
    >>> high_together(0.2, 0.3)
    'Dat juist drukke of juist rustige vakken bij elkaar liggen, is niet aangetoond.'
    """
    if not p_value <= alpha:
        return f"Dat juist drukke of juist rustige {what} bij elkaar liggen, is niet aangetoond."
    if direction > 0:
        return f"Vooral de drukke {what} liggen bij elkaar, meer dan door toeval te verwachten is."
    return f"Drukke {what} liggen minder vaak bij elkaar dan door toeval te verwachten is."


def joins(
    direction: float, p_value: float, *, marked: str, what: str = "vakken", alpha: float = 0.05
) -> str:
    """
    State whether marked places lie side by side.

    True of the joins of two marked places (BB) with ``direction = value - expected`` and their
    two-sided p-value.

    Examples
    --------
    >>> joins(4.0, 0.01, marked="met een inbraak")
    'Vakken met een inbraak liggen vaker naast elkaar dan door toeval te verwachten is.'
    >>> joins(4.0, 0.2, marked="met een inbraak")
    'Dat vakken met een inbraak vaker of minder vaak naast elkaar liggen dan door toeval, is niet
     aangetoond.'
    """
    if not p_value <= alpha:
        return (
            f"Dat {what} {marked} vaker of minder vaak naast elkaar liggen dan door toeval, is "
            "niet aangetoond."
        )
    often = "vaker" if direction > 0 else "minder vaak"
    return (
        f"{what.capitalize()} {marked} liggen {often} naast elkaar dan door toeval te verwachten "
        "is."
    )


def surroundings(n_high: int, n_low: int, n_unlike: int, *, what: tuple[str, str]) -> str:
    """
    State which places certainly resemble or differ from their surroundings.

    True of `autocorrelation.local_moran` with `n_high` places "hh", `n_low` "ll" and `n_unlike`
    "hl" or "lh", counted where `certainty` is "sure": after correction for the number of places.

    Examples
    --------
    >>> surroundings(4, 1, 2, what=("buurt", "buurten"))
    'Zeker is: 4 buurten zijn druk tussen drukke, 1 buurt is rustig tussen rustige, en 2 buurten
     steken af bij hun omgeving.'
    >>> surroundings(0, 0, 0, what=("vak", "vakken"))
    'Van geen van de vakken is zeker dat ze op hun omgeving lijken of ervan afsteken: dat kan toeval
     zijn.'
    """
    one_, many = what
    if not n_high + n_low + n_unlike:
        return (
            f"Van geen van de {many} is zeker dat ze op hun omgeving lijken of ervan afsteken: dat "
            "kan toeval zijn."
        )
    parts = []
    for n, words in ((n_high, "druk tussen drukke"), (n_low, "rustig tussen rustige")):
        if n:
            parts.append(f"{plural(n, one_, many)} {'is' if n == 1 else 'zijn'} {words}")
    if n_unlike:
        stand, their = ("steekt", "zijn") if n_unlike == 1 else ("steken", "hun")
        parts.append(f"{plural(n_unlike, one_, many)} {stand} af bij {their} omgeving")
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])}, en {parts[-1]}"
    return f"Zeker is: {listed}."


def nearest(index: float, p_value: float, n: int, *, alpha: float = 0.05) -> str:
    """
    State whether incidents lie closer to their nearest neighbour than chance would put them.

    True of `patterns.clark_evans` with `p_simulation`: other p-values of it are only right far
    from the border of the area.

    Examples
    --------
    >>> nearest(0.62, 0.001, 180)
    'Incidenten liggen dicht bij elkaar: de afstand tot het dichtstbijzijnde andere is gemiddeld 38%
     kleiner dan bij een toevallige spreiding over het gebied.'
    >>> nearest(0.97, 0.5, 180), nearest(float("nan"), float("nan"), 1)
    ('Dat incidenten dichter bij elkaar of verder uit elkaar liggen dan door toeval, is niet
      aangetoond.',
     'Met 1 incident zijn er te weinig gegevens om afstanden te vergelijken.')
    """
    if n < 2 or math.isnan(index):
        text = plural(n, "incident", "incidenten")
        return f"Met {text} zijn er te weinig gegevens om afstanden te vergelijken."
    if not p_value <= alpha:
        return (
            "Dat incidenten dichter bij elkaar of verder uit elkaar liggen dan door toeval, is "
            "niet aangetoond."
        )
    lie, than = ("dicht bij elkaar", "kleiner") if index < 1 else ("ver uit elkaar", "groter")
    return (
        f"Incidenten liggen {lie}: de afstand tot het dichtstbijzijnde andere is gemiddeld "
        f"{percent(abs(1 - index))} {than} dan bij een toevallige spreiding over het gebied."
    )


def around(p_value: float, metres: tuple[float, float] | None, *, alpha: float = 0.05) -> str:
    """
    State at which distances incidents have more others around them than by chance.

    True of `patterns.ripley` with the p-value of the whole curve and the first and last distance
    at which L lies above the global envelope; None if it lies below it instead.

    Examples
    --------
    >>> around(0.005, (50, 400))
    'Rond een incident liggen er binnen 50 tot 400 meter meer andere dan bij een toevallige
     spreiding over het gebied.'
    >>> around(0.005, None), around(0.4, None)
    ('Rond een incident liggen er minder andere dan bij een toevallige spreiding over het gebied.',
     'Dat er rond een incident meer of minder andere liggen dan door toeval, is niet aangetoond.')
    """
    if not p_value <= alpha:
        return (
            "Dat er rond een incident meer of minder andere liggen dan door toeval, is niet "
            "aangetoond."
        )
    if metres is None:
        return (
            "Rond een incident liggen er minder andere dan bij een toevallige spreiding over het "
            "gebied."
        )
    low, high = metres
    reach = number(high) if low == high else f"{number(low)} tot {number(high)}"
    return (
        f"Rond een incident liggen er binnen {reach} meter meer andere dan bij een toevallige "
        "spreiding over het gebied."
    )


def drawn_together(n_mostly: int, n: int, *, equal: bool = False) -> str:
    """
    State what smoothing did to rates of areas.

    True of `smoothing.empirical_bayes` with `n_mostly` of n areas of which `own_share` is below
    a half; `equal` where all of them are 0.

    Examples
    --------
    >>> drawn_together(12, 70)
    'Cijfers van kleine gebieden zijn naar het gemiddelde getrokken: in twaalf van de 70 gebieden
     telt het gemiddelde zwaarder dan het eigen cijfer.'
    >>> drawn_together(70, 70, equal=True)
    'De gebieden verschillen niet meer dan door toeval te verwachten is: alle kregen het
     gemiddelde.'
    """
    if n == 0:
        return "Zonder inwoneraantallen zijn er geen cijfers om te vergelijken."
    if equal:
        return (
            "De gebieden verschillen niet meer dan door toeval te verwachten is: alle kregen het "
            "gemiddelde."
        )
    if n_mostly == 0:
        return "Het eigen cijfer telt in elk gebied zwaarder dan het gemiddelde."
    return (
        f"Cijfers van kleine gebieden zijn naar het gemiddelde getrokken: in {one(n_mostly)} van "
        f"de {number(n)} gebieden telt het gemiddelde zwaarder dan het eigen cijfer."
    )
