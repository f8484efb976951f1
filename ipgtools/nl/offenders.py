"""State in Dutch what the classes of repeat offenders mean, and by which definition."""

__all__ = ["DEFINITIONS", "KLASSEN", "REGIMES", "definition", "regime"]

KLASSEN = {
    "zavp": "Zeer actieve veelplegers",
    "veelpleger": "Overige veelplegers",
    "jeugdige_veelpleger": "Jeugdige veelplegers (12 t/m 17 jaar)",
    "meerpleger": "Meerplegers (18 jaar en ouder)",
    "meerpleger_minderjarig": "Meerplegers (12 t/m 17 jaar)",
    "overig": "Overige verdachten",
}

REGIMES = {
    "2014": "OM-richtlijn sinds 1 januari 2014 (misdrijffeiten)",
    "pv": "Politiedefinitie tot 2014 (processen-verbaal en peiljaar)",
}

DEFINITIONS = {
    "2014": {
        "zavp": (
            "18 jaar of ouder, meer dan tien misdrijffeiten in de vijf jaar tot en met het "
            "laatste feit, waarvan ten minste een in de laatste twaalf maanden"
        ),
        "veelpleger": (
            "18 jaar of ouder, meer dan tien misdrijffeiten in het hele verleden, waarvan ten "
            "minste een in de twaalf maanden tot en met het laatste feit"
        ),
        "jeugdige_veelpleger": (
            "12 tot en met 17 jaar, meer dan vijf processen-verbaal, met een feit in de twaalf "
            "maanden tot en met het laatste feit"
        ),
        "meerpleger": "bestaat niet in deze definitie",
        "meerpleger_minderjarig": "12 tot en met 17 jaar, twee tot en met vijf processen-verbaal",
        "overig": "alle anderen met een feit",
    },
    "pv": {
        "zavp": (
            "18 jaar of ouder, meer dan tien processen-verbaal in het peiljaar en de vier jaren "
            "ervoor, waarvan ten minste een in het peiljaar"
        ),
        "veelpleger": (
            "18 jaar of ouder, meer dan tien processen-verbaal in het hele verleden, waarvan ten "
            "minste een in het peiljaar"
        ),
        "jeugdige_veelpleger": (
            "12 tot en met 17 jaar, meer dan vijf processen-verbaal in het hele verleden, waarvan "
            "ten minste een in het peiljaar"
        ),
        "meerpleger": (
            "18 jaar of ouder, twee tot en met tien processen-verbaal in het hele verleden, "
            "waarvan ten minste een in het peiljaar"
        ),
        "meerpleger_minderjarig": "12 tot en met 17 jaar, twee tot en met vijf processen-verbaal",
        "overig": "alle anderen met een feit",
    },
}


def regime(code: str) -> str:
    """
    Name a definition.

    Examples
    --------
    >>> regime("2014")
    'OM-richtlijn sinds 1 januari 2014 (misdrijffeiten)'
    """
    return REGIMES[code]


def definition(klasse: str, regime: str) -> str:
    """
    State who is in a class by a definition.

    Examples
    --------
    >>> definition("meerpleger_minderjarig", "2014")
    'Meerplegers (12 t/m 17 jaar): 12 tot en met 17 jaar, twee tot en met vijf processen-verbaal.'
    """
    return f"{KLASSEN[klasse]}: {DEFINITIONS[regime][klasse]}."
