"""
Hold the fixed Dutch texts of a briefing: titles, headings, speaker notes and lines.

The sentences that are made from numbers are in `ipgtools.nl.sentences`.
"""

from collections.abc import Sequence

from ipgtools.nl.formats import joined, number, plural, signed
from ipgtools.nl.sentences import compared, leaders, one, place
from ipgtools.nl.sentences.common import INCIDENTS, counted

SAMPLE_MARK = "Voorbeeldgegevens"
SAMPLE_LINE = "Voorbeeldgegevens: alle incidenten, personen en meldingen zijn verzonnen."
REGISTERED = (
    "Dit zijn geregistreerde incidenten, niet alle criminaliteit: wat niet gemeld of niet gezien "
    "is, ontbreekt."
)
SECRECY = (
    "Politiegegevens in deze briefing vallen onder de geheimhoudingsplicht (art. 7 Wpg). "
    "Niet verder verspreiden."
)
CONTENTS = "Inhoud"
HOW_TO_READ = "Zo leest u deze dia"
FIGURES_FROM = "Cijfers"
SOURCE = "Bron"
INTERACTIVE = "Open de interactieve kaart"
TO_CONTENTS = "Naar de inhoud"
NO_ROWS = "Geen gegevens."
NOT_SHOWN = "–"
NOT_SHOWN_NOTE = "–: niet bekend, of niet getoond omdat het aantal klein is."
NOT_TOLD_NOTE = "–: niet getoond, omdat er kleine aantallen uit te berekenen zouden zijn."
SHORTENED = "Op deze dia ingekort; de volledige tekst:"
TITLES = {
    "titel": "Briefing {area}",
    "wat_valt_op": "Wat valt op",
    "plekken": "Waar: de plekken",
    "vergelijking": "Deze periode tegen ervoor",
    "wanneer": "Wanneer: uur en weekdag",
    "herhaling": "Plekken waar het vaker gebeurt",
    "veelplegers": "Veelplegers in {place}: alleen aantallen",
    "schouw": "Wijkschouw: wat is gezien en wat staat open",
    "schouw_vergelijking": "Wat er van de vorige schouw is geworden",
    "schouw_uitkomsten": "Twee schouwen vergeleken: bevinding voor bevinding",
    "schouw_acties": "Openstaande acties uit de schouw",
    "fotos": "Foto's van bewoners",
    "afspraken": "Afspraken van vandaag",
    "verantwoording": "Verantwoording: bronnen",
    "methode": "Verantwoording: methode en grenzen",
}
NOTES = {
    "titel": (
        "Noem de periode en voor wie deze briefing bedoeld is. Deel haar niet buiten die kring."
    ),
    "wat_valt_op": (
        "Elke zin komt rechtstreeks uit de resultaten. 'Duidelijk' en 'groter dan door toeval' "
        "staan er alleen als het verschil ook na correctie voor het aantal vergelijkingen "
        "overeind blijft. Vraag wie het op straat herkent, en wie juist niet."
    ),
    "plekken": (
        "De nummers op de kaart zijn die van de regels ernaast. 'Nieuw of stijgend': hoger dan het "
        "eigen verleden van de plek. 'Vaste drukke plek' en 'drukke omgeving': al langer meer dan "
        "wat er staat verklaart. Een plek zegt waar is geregistreerd, niet waarom en niet door "
        "wie. Vraag wie de plek kent."
    ),
    "vergelijking": (
        "De grafiek zet deze periode naast die ervoor. Het 95%-interval in de tabel zegt hoe "
        "groot de verandering in werkelijkheid kan zijn: ligt nul erin, dan kan het verschil "
        "toeval zijn. Kleine aantallen, en aantallen die van week tot week sterk schommelen, "
        "geven brede intervallen."
    ),
    "wanneer": (
        "Hoe donkerder het vak, hoe meer incidenten in dat uur. Is alleen een begin en een eind "
        "bekend, dan is het incident gelijk verdeeld over de uren ertussen. De aantallen zijn "
        "dus schattingen."
    ),
    "herhaling": (
        "De tabel noemt straten, geen huisnummers. Veel incidenten op precies een punt kan ook "
        "een verzamelplek in de registratie zijn, zoals een station of een bureau."
    ),
    "veelplegers": (
        "Alleen aantallen, berekend volgens de genoemde regels. Kleine aantallen zijn verborgen "
        "zodat niemand te herkennen is. Er is geen kaart en geen lijst van personen, en deze "
        "cijfers zeggen niets over wat iemand zal doen."
    ),
    "schouw": (
        "De nummers op de kaart zijn de nummers van de bevindingen in het schouwverslag. "
        "De grafiek telt de acties die nog niet zijn afgehandeld. Een actie van twee partijen "
        "samen telt een keer, onder beide namen."
    ),
    "schouw_vergelijking": (
        "Een bevinding heet nog open als beide schouwen op dezelfde plek iets van dezelfde soort "
        "zagen, en opgelost als de laatste er niets van die soort zag. Is een stuk van de wijk "
        "deze keer niet gelopen, dan lijkt daar alles opgelost: vraag dat na."
    ),
    "schouw_uitkomsten": (
        "Eerst wat weer gezien is, dan wat niet meer gezien is, dan wat nieuw is. Klopt een regel "
        "niet met wat u op straat ziet, zeg het dan: de vergelijking gaat op soort en plek."
    ),
    "schouw_acties": (
        "Loop de lijst per partij langs: is de actie gedaan, is er een datum, of is zij niet "
        "meer nodig? Zet nieuwe afspraken op de dia met afspraken."
    ),
    "fotos": (
        "De foto's zijn door bewoners gestuurd. Plaats en tijd komen uit de foto of uit de mail; "
        "de overige gegevens in het fotobestand zijn verwijderd."
    ),
    "afspraken": (
        "Vul de tabel tijdens de briefing in: een regel per afspraak. Schrijf bij 'wat' ook op "
        "waaraan u ziet dat het gewerkt heeft; 'geen effect gezien' is ook een uitkomst. Kom er "
        "de volgende keer op terug."
    ),
    "verantwoording": (
        "Per bron: hoeveel regels zijn gelezen, hoeveel zijn gebruikt en waarom de rest niet. "
        "Gelezen is altijd gebruikt plus weggelaten."
    ),
    "methode": "Hoe de cijfers zijn gemaakt en wat er niet uit te lezen is.",
}
COLUMNS = {
    "comparison": ("", "nu", "ervoor", "verschil", "95%-interval", "vorig jaar"),
    "places": (
        "straat",
        "incidenten op plekken met herhaling",
        "laatste keer",
        "meest voorkomend",
    ),
    "offenders": ("klasse", "personen"),
    "actors": ("actie door", "open", "totaal"),
    "actions": ("nr.", "plek", "bevinding", "actie door", "actie"),
    "compared": ("uitkomst", "plek", "soort", "bevinding"),
    "agreements": ("wat", "wie", "wanneer", "klaar?"),
    "sources": ("bron", "gelezen", "gebruikt", "weggelaten", "reden"),
}
SERIES_NOW = "deze periode"
SERIES_BEFORE = "periode ervoor"
OUTCOMES = ("opgelost", "nog open", "nieuw")
SERIES_FINDINGS = "bevindingen"
SERIES_OPEN = "openstaande acties"
NOTES_OF_ROUNDED = {
    "vergelijking": (
        "De grafiek zet deze periode naast die ervoor. Elk aantal is naar boven of beneden "
        "afgerond op een vijftal; het scheelt hooguit 4. Een staaf die ontbreekt, is een aantal "
        "dat niet getoond wordt omdat het klein is. Of een verschil meer is dan toeval, is "
        "getoetst op de afgeronde aantallen."
    ),
    "wanneer": (
        "Hoe donkerder het vak, hoe meer incidenten in dat deel van de dag. Let op: werkdagen "
        "zijn vijf dagen samen, het weekend twee. Is alleen een begin en een eind bekend, dan is "
        "het incident gelijk verdeeld over de uren ertussen. De aantallen zijn dus schattingen, "
        "en afgerond op een vijftal."
    ),
}
MISSING = {
    "plekken": "Er is geen kaart van plekken.",
    "vergelijking": "Er is geen vergelijking met een eerdere periode.",
    "wanneer": "Er is geen dia over tijdstippen.",
    "herhaling": "Er is geen dia over herhaling.",
    "veelplegers": "Er zijn geen plegergegevens aangeleverd; er is geen dia over veelplegers.",
    "veelplegers_uit": "De module voor personen staat uit; veelplegers zijn niet geteld.",
    "veelplegers_openbaar": (
        "Cijfers over veelplegers zijn niet voor dit publiek; die dia is weggelaten."
    ),
    "veelplegers_buurt": (
        "Cijfers over veelplegers worden met partners niet per buurt gedeeld; "
        "die dia is weggelaten."
    ),
    "schouw": "Er is geen schouwverslag aangeleverd; er is geen dia over de schouw.",
    "fotos_openbaar": "Foto's van bewoners horen niet in een openbare briefing.",
    "fotos": "Er zijn geen foto's aangeleverd; er is geen dia met foto's.",
}


def with_questions(notes: str, questions: Sequence[str]) -> str:
    """
    Put the questions that a briefing could agree on below the notes of a slide.

    Examples
    --------
    >>> with_questions("Lees voor.", ["Wie gaat kijken?"])
    'Lees voor. Om af te spreken: 1. Wie gaat kijken?'
    >>> with_questions("Lees voor.", [])
    'Lees voor.'
    """
    if not questions:
        return notes
    numbered = " ".join(f"{rank}. {text}" for rank, text in enumerate(questions, 1))
    return f"{notes} Om af te spreken: {numbered}"


def more(n: int, *, table: str | None) -> str:
    """
    State that rows are not on the slide, and where they are.

    Examples
    --------
    >>> more(5, table="tabellen/plekken.csv")
    '(en nog 5, zie tabellen/plekken.csv)'
    """
    return f"(en nog {number(n)}, zie {table})" if table else f"(en nog {number(n)})"


def tables(names: Sequence[str]) -> str:
    """
    State which result tables the numbers on a slide were read from.

    Examples
    --------
    >>> tables(["tabellen/a.csv", "tabellen/b.csv"])
    'Cijfers: tabellen/a.csv en tabellen/b.csv'
    """
    return f"{FIGURES_FROM}: {joined(names)}"


def page(number_: int, of: int) -> str:
    """
    Number the parts of a slide that runs on.

    Examples
    --------
    >>> page(2, 3)
    '(2 van 3)'
    """
    return f"({number_} van {of})"


def interval_of_change(low: float | None, high: float | None) -> str:
    """
    Write the interval of a ratio as one of percentages of change.

    Examples
    --------
    >>> interval_of_change(0.62, 1.08), interval_of_change(None, None)
    ('-38% tot +8%', '–')
    >>> interval_of_change(0.5, float("inf")), interval_of_change(4.64, 26.2)
    ('-50% of hoger', '4,6 tot 26 keer zoveel')
    >>> interval_of_change(0.9, 4.2)
    '-10% tot 4,2 keer zoveel'
    """
    if low is None or high is None or low != low or high != high:
        return NOT_SHOWN
    if high == float("inf"):
        return f"{signed((low - 1) * 100)}% of hoger"
    if high < _AS_FACTOR:
        return f"{signed((low - 1) * 100)}% tot {signed((high - 1) * 100)}%"
    least = f"{signed((low - 1) * 100)}%" if low < _AS_FACTOR / 2 else _factor(low)
    return f"{least} tot {_factor(high)} keer zoveel"


_AS_FACTOR = 3.0
"""Ratio from which a rise is told as a factor: nobody reads +2.519%."""


def _factor(ratio: float) -> str:
    return number(ratio, 1 if ratio < 9.95 else 0)


def offenders_rule(rules: str, *, kind: str, minimum: int) -> str:
    """State by which rules persons were counted and what is hidden."""
    return (
        f"Geteld volgens: {rules}. Een persoon telt mee als een feit in {place(kind)} is gepleegd, "
        f"waar iemand ook woont. Aantallen onder de {number(minimum)} zijn niet getoond."
    )


def chart_alt(
    what: str, categories: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]]
) -> str:
    """
    Describe a chart to those who can't see it: what it is and its numbers.

    Examples
    --------
    >>> chart_alt("Open acties", ["Politie"], [("open", [3])])
    'Staafgrafiek. Open acties. Politie: open 3.'
    """
    rows = []
    for position, category in enumerate(categories[:12]):
        values = ", ".join(
            f"{name} {'onbekend' if values[position] is None else number(values[position] or 0)}"
            for name, values in series
        )
        rows.append(f"{category}: {values}")
    rest = f" En nog {len(categories) - 12}." if len(categories) > 12 else ""
    return f"Staafgrafiek. {what}. {'; '.join(rows)}.{rest}" if rows else f"Staafgrafiek. {what}."


def table_alt(title: str, n_rows: int, columns: Sequence[str]) -> str:
    """Describe a table to those who can't see it."""
    named = joined([column for column in columns if column])
    return f"Tabel: {title}. {plural(n_rows, 'rij', 'rijen')}; kolommen {named}."


def footer(label: str, period_text: str, source: str) -> str:
    """
    Write the line under every slide.

    Examples
    --------
    >>> footer("Openbaar", "1 t/m 7 mei 2025", "politie")
    'Openbaar  |  1 t/m 7 mei 2025  |  Bron: politie'
    """
    parts = [label, period_text, f"{SOURCE}: {source}" if source else ""]
    return "  |  ".join(part for part in parts if part)


def title_change(
    n: int,
    n_before: int,
    when: str,
    *,
    enough: bool,
    exposure: float = 1.0,
    subject: str = INCIDENTS,
) -> str:
    """
    Make the finding of the comparison its title.

    Examples
    --------
    >>> title_change(212, 258, "in de 91 dagen ervoor", enough=True)
    '212 incidenten, 18% minder dan in de 91 dagen ervoor (258)'
    """
    said = compared(n, n_before, when, exposure=exposure)
    said = f"{counted(n, subject)}, {said}"
    return said if enough else f"{said}: te weinig om te vergelijken"


def place_line(
    number_: int, name: str, n: str, n_before: str, *, kinds: str = "", claim: str = ""
) -> str:
    """
    Describe one place in a line next to its map.

    Examples
    --------
    >>> place_line(1, "Gronausestraat bij Leijdsweg", "70", "9", kinds="vooral autokraak (62)",
    ...            claim="Nieuw of stijgend")
    '1. Gronausestraat bij Leijdsweg: 70 (ervoor 9), vooral autokraak (62). Nieuw of stijgend.'
    >>> place_line(2, "omgeving Leijdsweg", "8", "")
    '2. Omgeving Leijdsweg: 8.'
    """
    said = f"{number_}. {name[:1].upper()}{name[1:]}: {n}"
    said += f" (ervoor {n_before})" if n_before else ""
    said += f", {kinds}." if kinds else "."
    return f"{said} {claim}." if claim else said


def title_times(when: str) -> str:
    """
    Make the finding about times the title.

    Examples
    --------
    >>> title_times("op vrijdag tussen 18 en 24 uur")
    'Relatief druk: vrijdag tussen 18 en 24 uur'
    """
    return f"Relatief druk: {when.removeprefix('op ')}"


def title_repeats(
    n_places: int, reach: tuple[int, int] | None = None, *, more: bool = False
) -> str:
    """
    Title: the number of repeat places, and the number expected.

    `reach` is the interval of a history, `more` is true under the condition of
    `sentences.repeats`.

    Examples
    --------
    >>> title_repeats(12, (3, 13)), title_repeats(12, (1, 8), more=True)
    ('Op twaalf plekken gebeurde het vaker (3 tot 13 verwacht)',
     'Op twaalf plekken gebeurde het vaker, meer dan door toeval (1 tot 8 verwacht)')
    >>> title_repeats(1), title_repeats(0)
    ('Op één plek gebeurde het vaker dan een keer', 'Geen plek waar het meer dan een keer gebeurde')
    """
    if n_places == 0:
        return "Geen plek waar het meer dan een keer gebeurde"
    places = "plek" if n_places == 1 else "plekken"
    start = f"Op {one(n_places)} {places} gebeurde het vaker"
    if reach is None:
        return f"{start} dan een keer"
    about = f"({number(reach[0])} tot {number(reach[1])} verwacht)"
    return f"{start}, meer dan door toeval {about}" if more else f"{start} {about}"


def title_schouw(n_open: int, n_actions: int, by_actor: Sequence[tuple[str, int]]) -> str:
    """
    Make the state of the actions the title.

    Examples
    --------
    >>> title_schouw(14, 17, [("Stadsdeelbeheer", 9), ("Politie", 5)])
    '14 van de 17 acties staan open, de meeste bij Stadsdeelbeheer'
    """
    if n_actions == 0:
        return TITLES["schouw"]
    if n_open == 0:
        return f"Alle acties uit de schouw ({number(n_actions)}) zijn afgehandeld"
    stand = "staat" if n_open == 1 else "staan"
    said = f"{number(n_open)} van de {plural(n_actions, 'actie', 'acties')} {stand} open"
    most = leaders(by_actor)
    if most and len(most[0]) == 1 and n_open > 1 and len(by_actor) > 1 and most[1] < n_open:
        return f"{said}, de meeste bij {most[0][0]}"
    return said


def title_compared(n_solved: int, n_still_open: int) -> str:
    """
    Make what became of the schouw before the title; not seen again is all that is known.

    Examples
    --------
    >>> title_compared(9, 5), title_compared(0, 5)
    ('9 van de 14 bevindingen van de vorige schouw zijn niet meer gezien',
     'Alle 5 bevindingen van de vorige schouw staan nog open')
    >>> title_compared(3, 0), title_compared(1, 0)
    ('Geen van de 3 bevindingen van de vorige schouw is weer gezien',
     'De ene bevinding van de vorige schouw is niet meer gezien')
    """
    n = n_solved + n_still_open
    if n == 0:
        return TITLES["schouw_vergelijking"]
    if n == 1:
        state = "is niet meer gezien" if n_solved else "staat nog open"
        return f"De ene bevinding van de vorige schouw {state}"
    if n_solved == 0:
        return f"Alle {number(n)} bevindingen van de vorige schouw staan nog open"
    if n_still_open == 0:
        return f"Geen van de {number(n)} bevindingen van de vorige schouw is weer gezien"
    are = "is" if n_solved == 1 else "zijn"
    said = f"{number(n_solved)} van de {number(n)} bevindingen van de vorige schouw"
    return f"{said} {are} niet meer gezien"


def photo_states(counts: Sequence[tuple[str, int]], *, n_shown: int) -> str:
    """
    State what became of the photos, and how many of those that aren't closed are shown.

    Examples
    --------
    >>> photo_states([("melding", 3), ("afgesloten", 1)], n_shown=3)
    "Stand van de 4 foto's: melding (3), afgesloten (1). Wat afgesloten is staat niet op deze dia."
    >>> photo_states([("op briefing", 1)], n_shown=1)
    'Stand van de foto: op briefing.'
    >>> photo_states([("melding", 9)], n_shown=6)
    "Stand van de 9 foto's: melding (9). Hier staan de 6 nieuwste."
    """
    n = sum(one for _, one in counts)
    n_closed = sum(one for status, one in counts if status == "afgesloten")
    after = " Wat afgesloten is staat niet op deze dia." if n_closed else ""
    if n - n_closed > n_shown:
        after += f" Hier staan de {number(n_shown)} nieuwste."
    if n == 1:
        return f"Stand van de foto: {counts[0][0]}.{after}"
    listed = ", ".join(f"{status} ({number(one)})" for status, one in counts)
    return f"Stand van de {number(n)} foto's: {listed}.{after}"
