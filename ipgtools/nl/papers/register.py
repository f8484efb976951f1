"""
Words of the entry for the Algoritmeregister, in Dutch.

In plain sentences without line breaks or lists, as the standard asks. Numbers are names
between braces.
"""

from collections.abc import Iterable

from ipgtools.nl.formats import joined

__all__ = [
    "COMPLETE", "DATA", "DATA_SETS", "EMPTY", "FIELDS_OF", "GOAL", "HUMAN", "INCOMPLETE", "LABELS",
    "LAW", "NAME", "NOT_FILLED", "NO_PERSONS", "OPTIONAL", "PERSONS_KEY", "PROBLEMS",
    "PROPORTIONALITY", "PROVIDER", "PURPOSE", "REQUIRED", "RISKS", "RISKS_PERSONS", "SHORT",
    "SHORT_PERSONS", "SHOWN", "TAGS", "THEME", "WHERE", "WORKING", "data",
]  # fmt: skip

LABELS = {
    "name": "Naam",
    "description_short": "Korte omschrijving",
    "organization": "Organisatie",
    "category": "Thema",
    "status": "Status",
    "begin_date": "Begindatum",
    "end_date": "Einddatum",
    "contact_email": "Contactgegevens",
    "website": "Link naar publiekspagina",
    "publication_category": "Publicatiecategorie",
    "url": "Link naar bronregistratie",
    "goal": "Doel en impact",
    "proportionality": "Afwegingen",
    "human_intervention": "Menselijke tussenkomst",
    "risks": "Risicobeheer",
    "lawful_basis": "Wettelijke basis",
    "lawful_basis_grouping": "Link naar wettelijke basis",
    "process_index_url": "Link naar verwerkingsregister",
    "impacttoetsen_grouping": "Impacttoetsen",
    "impacttoetsen": "Toelichting op impacttoetsen",
    "source_data": "Gegevens",
    "source_data_grouping": "Link naar gegevensbron",
    "methods_and_models": "Technische werking",
    "provider": "Leverancier",
    "publiccode": "Link naar broncode",
    "lang": "Taal",
    "standard_version": "Schema",
    "source_id": "Bron-ID",
    "tags": "Zoektermen",
}
"""What the standard calls each field, by its name in the entry."""
WHERE = {
    "organization": "[privacy] organisation",
    "status": "[papers] status",
    "begin_date": "[papers] begin",
    "contact_email": "[papers] contact",
    "publication_category": "[papers] category",
    "lawful_basis": "[privacy] of [purpose] ground",
    "lawful_basis_grouping": "[papers] law_title en law_link",
    "proportionality": "[papers] considerations",
    "impacttoetsen_grouping": "[papers] assessments",
    "website": "[papers] page",
    "url": "[papers] source_register",
    "process_index_url": "[papers] processing_register",
    "publiccode": "[papers] code",
    "end_date": "[papers] end",
}
"""Where in `ipg.toml` a field is filled in."""
PROBLEMS = {
    "missing": "{label}: nog invullen ({where})",
    "long": "{label}: te lang ({found} tekens, hooguit {max_length})",
    "line_break": "{label}: er staat een regeleinde of lijst in",
    "choice": "{label}: '{found}' kan niet; kies uit {choices}",
    "month": "{label}: schrijf de maand als 2026-01, niet '{found}'",
    "link": "{label}: '{found}' is geen webadres dat met https:// begint",
    "contact": "{label}: '{found}' is geen e-mailadres of webadres dat met https:// begint",
    "unknown": "{label}: dit veld kent de standaard niet",
    "ended": "Einddatum: alleen invullen bij Status 'Buiten gebruik'",
}
EMPTY = "nog invullen"
NOT_FILLED = "niet ingevuld"
COMPLETE = "Alle verplichte velden zijn ingevuld en voldoen aan de standaard."
INCOMPLETE = "Deze registratie is niet compleet: {n} nog te doen."
REQUIRED, SHOWN, OPTIONAL = "verplicht", "wordt altijd getoond", "mag leeg"

NAME = "Beschrijven waar en wanneer incidenten in de wijk veranderen (ipgtools)"
SHORT = (
    "Dit algoritme telt geregistreerde incidenten in een wijk. Het laat zien waar, wanneer en bij "
    "welke soort er meer of minder is dan eerder. Het kijkt terug en voorspelt niets. Het gaat "
    "over plekken, niet over mensen."
)
SHORT_PERSONS = (
    "Dit algoritme telt geregistreerde incidenten in een wijk. Het laat zien waar, wanneer en bij "
    "welke soort er meer of minder is dan eerder, en telt veelplegers per gebied. Het kijkt terug "
    "en voorspelt niets, ook niet over mensen."
)
THEME = "Openbare orde en veiligheid"
GOAL = (
    "Het doel is dat politie en partners in een korte briefing zien wat er in de wijk is "
    "veranderd, zodat zij met elkaar kunnen bepalen wat er nodig is. De uitkomst is een overzicht "
    "met kaarten en zinnen over plekken, soorten en tijden. Bewoners merken dat een straat meer of "
    "juist minder aandacht krijgt, bijvoorbeeld van de wijkagent of de gemeente. Het algoritme "
    "neemt geen besluit en stuurt niemand op pad."
)
PURPOSE = "De organisatie noemt als doel: {purpose}."
PROPORTIONALITY = (
    "Gekozen is voor tellingen en toetsen die een ander kan narekenen, niet voor een zelflerend "
    "model. Vergeleken wordt met het eigen verleden, met adressen of met de lengte van straten; "
    "inkomen, herkomst, leeftijd en samenstelling van de bevolking doen niet mee. Een uitspraak "
    "over toeval wordt pas gedaan na correctie voor alles waar naar gekeken is; de rest is een "
    "telling. Nadeel is dat geregistreerde incidenten niet alles zijn wat er gebeurt."
)
HUMAN = (
    "Mensen lezen de uitkomst, kennen de wijk en beslissen wat zij ermee doen. Zij kunnen een plek "
    "of zin weglaten en elke tabel openen waar een getal vandaan komt. Wat er naar een ander gaat, "
    "wordt door een mens gekozen. Geen enkele uitkomst leidt vanzelf tot een maatregel tegen een "
    "persoon."
)
RISKS = (
    "Een risico is dat meer controle tot meer registratie leidt, en dat tot nog meer controle: "
    "daarom worden soorten die de politie zelf vindt herkend en genoemd, en is een wijk een plek "
    "om te bespreken, geen opdracht. Een risico is een uitspraak die toeval is: van elke uitspraak "
    "is nagemeten hoe vaak zij ten onrechte gedaan wordt, hooguit {false_alarm} van de kaarten "
    "waarop alleen toeval werkt. Een risico is dat uit een klein aantal blijkt wie het betreft: "
    "aantallen onder de {smallest} worden voor partners en publiek weggelaten, en gevoelige "
    "soorten doen voor hen niet mee. Waarschuwingen over onvolledige bestanden staan bij de "
    "uitkomst."
)
RISKS_PERSONS = (
    "Personen zijn vervangen door pseudoniemen; er is geen score, rangorde of verwachting van een "
    "persoon, en aantallen personen onder de {persons} worden weggelaten."
)
LAW = "De organisatie verwerkt deze gegevens op grond van {ground}."
DATA = "Gebruikt worden: {data}."
FIELDS_OF = "{what} ({fields})"
NO_PERSONS = (
    "Namen, burgerservicenummers, nationaliteit, herkomst, gezondheid en woonadressen worden niet "
    "gelezen."
)
PERSONS_KEY = (
    "Van antecedenten wordt het persoonsnummer bij het lezen vervangen door een pseudoniem met een "
    "sleutel van de organisatie, en de geboortedatum door de leeftijd."
)
WORKING = (
    "Het algoritme telt en toetst; het leert niet en wordt niet getraind. Elke uitkomst is te "
    "herhalen: hetzelfde bestand en dezelfde instellingen geven hetzelfde."
)
PROVIDER = "Open source, in eigen beheer (ipgtools {version}, MIT-licentie)"
TAGS = "incidenten, wijk, hotspots, briefing, informatiegestuurde politie"
DATA_SETS = {
    "incidents": "geregistreerde incidenten",
    "areas": "wijken en buurten met inwoners",
    "streets": "straten",
    "addresses": "adressen",
    "schouw": "verslagen van wijkschouwen",
    "photos": "foto's en berichten van bewoners",
    "offences": "antecedenten",
}
"""What each setting of `[input]` holds."""


def data(parts: Iterable[tuple[str, Iterable[str]]]) -> str:
    """
    List data sets, each with its fields.

    Examples
    --------
    >>> data([("straten", ["straat"]), ("adressen", [])])
    'straten (straat); adressen'
    """
    return "; ".join(
        FIELDS_OF.format(what=what, fields=joined(listed)) if (listed := list(fields)) else what
        for what, fields in parts
    )
