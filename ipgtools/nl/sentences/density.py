"""State how incidents were smoothed, and where they are more than the population explains."""

from ipgtools.nl.formats import number, percent, plural
from ipgtools.nl.sentences.common import one

__all__ = [
    "FADES", "RULES", "TOO_FEW", "coarse", "risk", "risk_places", "risk_too_few", "smoothed",
    "smoothed_adaptive",
]  # fmt: skip

FADES = {
    "quartic": "; hoe dichterbij, hoe zwaarder",
    "triangular": "; hoe dichterbij, hoe zwaarder",
    "gaussian": "; hoe dichterbij, hoe zwaarder",
    "uniform": ", overal even zwaar",
}
"""How the weight of an incident falls off, by kernel."""

RULES = {
    "given": "",
    "robust": "Die afstand volgt uit hoe ver de incidenten uit elkaar liggen.",
    "scott": "Die afstand volgt uit hoe ver de incidenten uit elkaar liggen.",
    "silverman": "Die afstand volgt uit hoe ver de incidenten uit elkaar liggen.",
    "nrd": "Die afstand volgt uit hoe ver de incidenten uit elkaar liggen.",
    "likelihood": "Bij die afstand voorspellen de incidenten elkaars plek het best.",
}
"""Why it is this bandwidth, by rule."""

TOO_FEW = "te weinig gegevens"
"""Words for a cell where the population is too thin to test."""


def smoothed(bandwidth: float, kernel: str, rule: str = "given") -> str:
    """
    State how far an incident counts, and why that far.

    True of one bandwidth for all. The Gaussian kernel has no end, but 86 % of its weight lies
    within twice its bandwidth; that distance is worded with "vooral".

    Examples
    --------
    >>> smoothed(300, "quartic", "robust")
    'Op de kaart telt een incident mee tot 300 meter ver; hoe dichterbij, hoe zwaarder. Die
     afstand volgt uit hoe ver de incidenten uit elkaar liggen.'
    >>> smoothed(100, "gaussian")
    'Op de kaart telt een incident vooral mee tot 200 meter ver; hoe dichterbij, hoe zwaarder.'
    """
    reach = f"mee tot {number(bandwidth)} meter"
    if kernel == "gaussian":
        reach = f"vooral mee tot {number(2 * bandwidth)} meter"
    why = RULES[rule]
    return f"Op de kaart telt een incident {reach} ver{FADES[kernel]}.{' ' if why else ''}{why}"


def smoothed_adaptive(narrowest: float, widest: float) -> str:
    """
    State that the distance an incident counts differs by place.

    Examples
    --------
    >>> smoothed_adaptive(120, 900)
    'Op de kaart telt een incident mee over 120 tot 900 meter: minder ver waar er veel bij elkaar
     liggen, verder waar er weinig zijn.'
    """
    if round(narrowest) == round(widest):
        return f"Op de kaart telt een incident mee tot {number(narrowest)} meter ver."
    return (
        f"Op de kaart telt een incident mee over {number(narrowest)} tot {number(widest)} meter: "
        "minder ver waar er veel bij elkaar liggen, verder waar er weinig zijn."
    )


def coarse(bandwidth: float, cell_size: float, *, below: bool) -> str:
    """
    Warn that cells are too coarse for the bandwidth.

    Examples
    --------
    >>> coarse(40, 100, below=True)
    'De bandbreedte (40 m) is kleiner dan een vak (100 m): incidenten kunnen tussen de
     middelpunten wegvallen. Neem kleinere vakken of een grotere bandbreedte.'
    """
    sizes = f"De bandbreedte ({number(bandwidth)} m) is"
    advice = "Neem kleinere vakken of een grotere bandbreedte."
    if below:
        return (
            f"{sizes} kleiner dan een vak ({number(cell_size)} m): incidenten kunnen tussen de "
            f"middelpunten wegvallen. {advice}"
        )
    return (
        f"{sizes} minder dan twee vakken van {number(cell_size)} m: waar een incident precies in "
        f"zijn vak ligt, gaat op de kaart meetellen. {advice}"
    )


def risk(where: str, many: str, ratio: float, than: str = "het aantal inwoners") -> str:
    """
    State how often incidents happen somewhere compared with what the population explains.

    True of the ratio of `hotspots.risk` at that place where ``q_value`` is at most the level;
    a ratio that rounds to 1,0 is worded as expected.

    Examples
    --------
    >>> risk("de Velve", "woninginbraken", 2.04)
    'In de Velve komen woninginbraken 2,0 keer zo vaak voor als op grond van het aantal inwoners
     te verwachten is.'
    >>> risk("de Bothoven", "fietsendiefstallen", 0.46, "het aantal woningen")
    'In de Bothoven komen fietsendiefstallen minder voor dan op grond van het aantal woningen te
     verwachten is: 46% daarvan.'
    """
    explained = f"op grond van {than} te verwachten is"
    text = number(ratio, 1) if ratio < 9.95 else number(ratio)
    if text == number(1, 1):
        return f"In {where} komen {many} ongeveer zo vaak voor als {explained}."
    if ratio > 1:
        return f"In {where} komen {many} {text} keer zo vaak voor als {explained}."
    part = percent(ratio) if ratio >= 0.005 or ratio == 0 else "minder dan 1%"
    return f"In {where} komen {many} minder voor dan {explained}: {part} daarvan."


def risk_places(n_higher: int, n_lower: int, than: str = "het aantal inwoners") -> str:
    """
    State in how many cells there is more, or less, than the population explains.

    True of cells whose class is "higher" and "lower", after correction for all cells.

    Examples
    --------
    >>> risk_places(12, 3)
    'In twaalf vakken gebeurt duidelijk meer dan op grond van het aantal inwoners te verwachten is,
     in drie vakken duidelijk minder.'
    >>> risk_places(0, 0)
    'Nergens gebeurt duidelijk meer of minder dan op grond van het aantal inwoners te verwachten
     is.'
    """
    explained = f"op grond van {than} te verwachten is"
    if not n_higher and not n_lower:
        return f"Nergens gebeurt duidelijk meer of minder dan {explained}."
    counts = [f"in {one(n)} {'vak' if n == 1 else 'vakken'}" for n in (n_higher, n_lower)]
    if not n_lower:
        return f"I{counts[0][1:]} gebeurt duidelijk meer dan {explained}."
    if not n_higher:
        return f"I{counts[1][1:]} gebeurt duidelijk minder dan {explained}."
    return f"I{counts[0][1:]} gebeurt duidelijk meer dan {explained}, {counts[1]} duidelijk minder."


def risk_too_few(n_cells: int, n_too_few: int) -> str:
    """
    State how many cells could not be tested.

    Examples
    --------
    >>> risk_too_few(400, 130), risk_too_few(400, 400)
    ('Van 130 van de 400 vakken is niets te zeggen: te weinig gegevens.',
     'Er is niets te zeggen over risico: overal te weinig gegevens.')
    """
    if n_too_few == 0:
        return ""
    if n_too_few == n_cells:
        return f"Er is niets te zeggen over risico: overal {TOO_FEW}."
    many = plural(n_cells, "vak", "vakken")
    return f"Van {number(n_too_few)} van de {many} is niets te zeggen: {TOO_FEW}."
