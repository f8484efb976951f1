"""State in Dutch what the command line does, asks and found."""

from collections.abc import Sequence

from ipgtools.nl.folders import COVER, INSIDE, SHARED
from ipgtools.nl.formats import number, plural

__all__ = [
    "APP", "AREAS", "AREAS_BASE", "AREAS_GEMEENTE", "AREAS_OUT", "AREAS_PEOPLE", "AREAS_YEAR",
    "AUDIT", "AUDIT_ACKNOWLEDGE", "AUDIT_AUDIENCE", "AUDIT_CONFIG", "AUDIT_CSV", "AUDIT_KNOWN",
    "AUDIT_LAST", "AUDIT_SINCE", "AUDIT_VERIFY", "BRIEFING", "BRIEFING_AUDIENCE",
    "BRIEFING_CONFIG", "BRIEFING_OUT", "CASES", "CASES_CONFIG", "CASES_DAY", "CASES_FILE",
    "CASES_KIND", "CHECK", "CHECK_CONFIG", "CHECK_CRS", "CHECK_FILES", "CHECK_KEY", "CHECK_KIND",
    "CHECK_PAGE", "CHECK_REJECTED", "HELP", "INIT", "INIT_FILES", "INIT_OUT", "KEY", "KEY_FILE",
    "KEY_KEPT", "KEY_PATH", "PANELS", "PAPERS", "PAPERS_OUT", "PHOTOS", "PHOTOS_DAY",
    "PHOTOS_PHOTO", "PHOTOS_STATUS", "PURGE", "PURGE_REMOVE", "PURGE_ROWS", "SAMPLE",
    "SAMPLE_FOLDER", "SAMPLE_INCIDENTS", "SAMPLE_SEED", "SHARE", "SHARE_GROUND", "SHARE_PARTNER",
    "SHARE_PURPOSE", "SHARE_UNTIL", "SHARE_ZIP", "STEPS", "STOPPED", "UNEXPECTED", "VERSION",
    "accompanied_by", "counted", "highlights", "kept", "key_made", "left_out", "made",
    "sample_made", "shared", "step", "usage",
]  # fmt: skip

APP = """Van de bestanden van een politieanalist naar kaarten en een briefing voor de wijk.

Begin met: ipgtools sample voorbeeld, en daarna: ipgtools briefing --config voorbeeld/ipg.toml"""

CHECK = """Lees bestanden en zeg wat erin staat en wat niet bruikbaar is.

Er wordt niets gewijzigd, en alleen opgeslagen wat u vraagt met --rapport of --verworpen. De
soort wordt herkend aan het bestand; geef haar zo nodig op met --soort."""
CHECK_FILES = (
    "Bestanden of mappen: incidenten, gebieden, straten, adressen, een schouwverslag, "
    "antecedenten, e-mails of foto's."
)
CHECK_KIND = "Soort: incidenten, gebieden, straten, adressen, schouw, antecedenten of fotos."
CHECK_PAGE = "Bewaar het leesverslag als webpagina (.html): aantallen, kwaliteit, besluiten."
CHECK_REJECTED = "Bewaar de afgekeurde rijen met de reden (.xlsx of .csv)."
CHECK_KEY = "Sleutelbestand; alleen nodig voor antecedenten."
CHECK_CONFIG = (
    "Instellingen om mee te lezen (kolommen, stelsel, duplicates, keep). Zonder deze optie gelden "
    "die van ipg.toml in de map waar u werkt, als dat er is."
)
CHECK_CRS = "Coördinatenstelsel van het bestand, als het dat zelf niet vermeldt (EPSG:28992)."

INIT = """Maak een ipg.toml van de bestanden die u hebt.

Elk bestand wordt herkend aan zijn inhoud; de periode is het laatste hele kwartaal van de
incidenten. Er wordt niets gevraagd, en een ipg.toml die er al is blijft zoals hij is."""
INIT_FILES = "Bestanden of mappen, zoals bij check."
INIT_OUT = "Bestand dat gemaakt wordt."

BRIEFING = """Maak de briefing: PowerPoint, webpagina, kaart en tabellen.

Wat erin komt staat in ipg.toml: de bestanden, de wijk, de periode en het publiek."""
BRIEFING_CONFIG = "Bestand met instellingen."
BRIEFING_AUDIENCE = (
    "Voor wie: openbaar, partner, politie of een ander profiel. Gaat voor op ipg.toml."
)
BRIEFING_OUT = "Map waarin de briefing een eigen map krijgt. Gaat voor op ipg.toml."

SHARE = """Maak de map voor een partner, met wat erover is afgesproken.

Hetzelfde als briefing, voor het profiel van die partner; in LEES_MIJ staan ook het doel, de
grondslag en tot wanneer de partner het mag gebruiken, en het delen komt in het register."""
SHARE_PARTNER = "Naam van het profiel, zoals woningcorporatie."
SHARE_PURPOSE = "Waarvoor de partner het krijgt. Anders het doel in ipg.toml."
SHARE_GROUND = (
    "Op welke grond, zoals een artikel van de Wpg of een convenant. Anders die in ipg.toml."
)
SHARE_UNTIL = "Laatste dag dat de partner het mag gebruiken. Anders dertien weken vanaf vandaag."
SHARE_ZIP = "Zet wat gedeeld mag worden ook in een zip-bestand."

PHOTOS = """Toon de foto's van bewoners met hun status, of geef er een de volgende.

Zonder nummer komt er een lijst. Een foto gaat van melding naar op briefing, naar justitie,
opdracht en afgesloten. De stap komt in de tabel die in ipg.toml bij photo_status staat.
Voorbeeld: ipgtools photos 0c39f14fbf63 op briefing"""
PHOTOS_PHOTO = "Nummer van de foto; het begin ervan is genoeg."
PHOTOS_STATUS = "Nieuwe status: op briefing, naar justitie, opdracht of afgesloten."
PHOTOS_DAY = "Dag van de stap (dd-mm-jjjj); vandaag als u niets opgeeft."

PAPERS = """Maak de papieren bij het gebruik: methodekaarten, registratie, aanzet voor DPIA en IAMA.

Ze komen uit de code en uit ipg.toml; maak ze opnieuw als daar iets verandert. Wat alleen uw
organisatie weet, staat er als vraag, of vult u in ipg.toml in bij [privacy] en [papers]."""
PAPERS_OUT = "Map voor de papieren."

CASES = """Tel zaken van de persoonsgerichte aanpak (PGA) en TBS per team en fase, zonder personen.

Leest een tabel met zaaknummer, soort, team, fase, partner, actie, uiterlijk en gereed. Een
bestand met namen, geboortedatums of plaatsen wordt geweigerd. Alleen voor de politie; er
wordt niets opgeslagen."""
CASES_FILE = "Tabel met zaken: CSV of Excel."
CASES_KIND = "Soort van alle zaken, als het bestand die niet noemt: pga of tbs."
CASES_DAY = "Dag waarop acties te laat zijn (dd-mm-jjjj); vandaag als u niets opgeeft."
CASES_CONFIG = "Instellingen; met persons = false wordt er niets gelezen."
PURGE = """Toon welke gegevens en briefings over hun bewaartermijn zijn, en verwijder die.

Bekeken worden alleen de bestanden die in ipg.toml staan en de briefings in de map van [output].
Zonder --remove verandert er niets."""
PURGE_REMOVE = "Verwijder bestanden en briefings die helemaal over de termijn zijn."
PURGE_ROWS = (
    "Met --remove: haal ook rijen die over de termijn zijn uit tekstbestanden (CSV) die nieuwere "
    "rijen hebben."
)

KEY = """Maak een sleutel voor de pseudoniemen van personen.

De sleutel is willekeurig en alleen door u te lezen. Een bestand dat er al is blijft zoals het is:
met een andere sleutel krijgen dezelfde personen andere pseudoniemen."""
KEY_PATH = "Bestand dat gemaakt wordt. Standaard dat van ipg.toml (key), en anders sleutel.txt."
KEY_FILE = "sleutel.txt"
KEY_KEPT = (
    "Bewaar een kopie op een veilige plek: zonder deze sleutel zijn personen niet meer te "
    "vergelijken met eerdere tabellen. Deel hem met niemand, en zet hem niet in een map die u "
    "verstuurt."
)

SAMPLE = """Maak een voorbeeldstad met verzonnen gegevens, om mee te oefenen en te testen."""
SAMPLE_FOLDER = "Map waarin de bestanden komen."
SAMPLE_INCIDENTS = "Aantal incidenten, van 1.000 tot 10.000.000."
SAMPLE_SEED = "Begingetal van het toeval; hetzelfde getal geeft dezelfde stad."

AREAS = """Haal wijken en buurten van een gemeente op bij het CBS (via PDOK), voor in ipg.toml.

Dit gaat over het internet. Verstuurd worden alleen de naam van de kaartlagen en de code van
de gemeente."""
AREAS_GEMEENTE = "Naam of code van de gemeente: Enschede of GM0153."
AREAS_YEAR = "Jaar van de indeling, zoals 2024."
AREAS_OUT = "Bestand dat gemaakt wordt (.gpkg). Standaard gebieden_<gemeente>_<jaar>.gpkg."
AREAS_PEOPLE = "Haal de kaart met inwonertallen op; die is groter."
AREAS_BASE = "Adres van een andere WFS-dienst; {jaar} wordt het jaar."

AUDIT = """Toon wie wat wanneer deed met de gegevens, en controleer of het register klopt.

Het register is het bestand dat ipg.toml bij register noemt. Staat dat er niet in, dan is het
register.sqlite in uw eigen map met programmagegevens."""
AUDIT_SINCE = "Alleen vanaf deze dag (dd-mm-jjjj)."
AUDIT_AUDIENCE = "Alleen wat voor dit publiek of deze partner was."
AUDIT_LAST = "Hoeveel regels te tonen, van achteren geteld."
AUDIT_VERIFY = "Controleer of er iets gewijzigd, weggehaald of tussengevoegd is."
AUDIT_KNOWN = "Kenmerk dat eerder is opgeschreven; dat moet er nog in staan."
AUDIT_ACKNOWLEDGE = "Neem kennis van een register dat niet klopt: wat is bekend, wie weet het?"
AUDIT_CSV = "Bewaar de regels als CSV."
AUDIT_CONFIG = (
    "Instellingen die zeggen waar het register is. Zonder deze optie die van ipg.toml in de map "
    "waar u werkt, als dat er is."
)

VERSION = "Toon de versie."

HELP: dict[str, str] = {
    "Usage:": "Gebruik:",
    "Show this message and exit.": "Toon deze uitleg.",
    "[required]": "[verplicht]",
    "[default: ": "[standaard: ",
    "[OPTIONS]": "[OPTIES]",
    "COMMAND [ARGS]...": "OPDRACHT ...",
    "<bool>": "      ",
    "<list[str]>": "<str>      ",
}
"""English messages of the command-line library."""

PANELS = {"ARGUMENTS": "Argumenten", "OPTIONS": "Opties", "COMMANDS": "Opdrachten"}

UNEXPECTED = (
    "Er ging iets mis dat niet mag gebeuren: {cause}. "
    "Er is niets opgeslagen. Meld dit met de bestanden die u gebruikte."
)
STOPPED = "Gestopt; er is niets opgeslagen."
STEPS: dict[str, str] = {
    "read": "Bestanden lezen",
    "assign": "Incidenten aan gebieden koppelen",
    "hotspots": "Plekken zoeken",
    "compare": "Met eerdere periodes vergelijken",
    "times": "Tijden en herhaling",
    "offenders": "Veelplegers tellen",
    "schouw": "Schouw en foto's",
    "release": "Vrijgeven voor het publiek",
    "maps": "Kaarten tekenen",
    "write": "Dia's, pagina en tabellen opslaan",
}


def usage(kind: str, *, name: str = "", hint: str = "", close: str = "") -> str:
    """
    State what is wrong with a command as it was typed.

    Examples
    --------
    >>> usage("NoSuchOption", name="--pad")
    'De optie --pad bestaat niet. Kijk met --help wat er kan.'
    >>> usage("NoSuchCommand", name="breifing", close="briefing")
    'De opdracht breifing bestaat niet; is briefing bedoeld? Kijk met --help wat er kan.'
    """
    meant = f"; is {close} bedoeld?" if close else "."
    texts = {
        "NoSuchOption": f"De optie {name} bestaat niet.",
        "NoSuchCommand": f"De opdracht {name} bestaat niet{meant}",
        "MissingParameter": f"Er ontbreekt iets: {name}.",
        "BadOptionUsage": f"Achter {name} hoort een waarde.",
        "BadParameter": f"De waarde bij {name} klopt niet. {hint}".rstrip(),
    }
    return f"{texts.get(kind, 'De opdracht is niet te begrijpen.')} Kijk met --help wat er kan."


def made(what: str) -> str:
    """State where the briefing is."""
    return f"Klaar. De briefing staat in {what}"


def step(number: float, total: float, text: str) -> str:
    """State which step of a run begins."""
    return f"stap {number:.0f} van {total:.0f}: {text}"


def key_made(path: str) -> list[str]:
    """
    State that there is a key, and what to do with it.

    Examples
    --------
    >>> key_made("sleutel.txt")[0]
    'Sleutel gemaakt: sleutel.txt. Noem het bestand in ipg.toml bij key, onder [input].'
    """
    made = f"Sleutel gemaakt: {path}. Noem het bestand in ipg.toml bij key, onder [input]."
    return [made, KEY_KEPT]


def sample_made(n: int, folder: str) -> str:
    """
    State that the sample town is there.

    Examples
    --------
    >>> sample_made(20000, "voorbeeld")
    'Voorbeeldstad met 20.000 incidenten gemaakt in voorbeeld'
    """
    return f"Voorbeeldstad met {plural(n, 'incident', 'incidenten')} gemaakt in {folder}"


def counted(n_period: int, n_area: int, n_total: int, subject: str, area: str) -> str:
    """State how many incidents the briefing is about, of how many that were read."""
    return (
        f"{number(n_total)} {subject} gelezen, waarvan {number(n_area)} in {area}; "
        f"{number(n_period)} in deze periode"
    )


def highlights(texts: Sequence[str]) -> list[str]:
    """
    Return the heading of the list of highlights.

    Examples
    --------
    >>> highlights(["Al 61 dagen geen woninginbraak."])
    ['Wat valt op:', '  - Al 61 dagen geen woninginbraak.']
    """
    return ["Wat valt op:", *(f"  - {text}" for text in texts)]


def left_out(lines: Sequence[str]) -> list[str]:
    """Head the list of what was left out."""
    return ["Weggelaten:", *(f"  - {line}" for line in lines)] if lines else ["Niets weggelaten."]


def shared(readers: str) -> str:
    """
    State which folder may be sent, and to whom.

    Examples
    --------
    >>> shared("iedereen")
    '  map delen mag naar iedereen:'
    """
    return f"  map {SHARED} mag naar {readers}:"


def accompanied_by(n_tables: int, n_pictures: int) -> str:
    """
    List what accompanies the briefing.

    Examples
    --------
    >>> accompanied_by(14, 1)
    '    en daarnaast 14 tabellen, 1 kaart of grafiek en LEES_MIJ.txt'
    """
    tables = plural(n_tables, "tabel", "tabellen")
    pictures = plural(n_pictures, "kaart of grafiek", "kaarten en grafieken")
    return f"    en daarnaast {tables}, {pictures} en {COVER}"


def kept() -> str:
    """
    State which folder stays.

    Examples
    --------
    >>> kept()
    '  map intern blijft hier: leesverslag, afgekeurde rijen en manifest.json'
    """
    return f"  map {INSIDE} blijft hier: leesverslag, afgekeurde rijen en manifest.json"
