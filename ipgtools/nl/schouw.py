"""
Hold the Dutch of wijkschouwen: words that are recognised and sentences that are shown.

The first half is what reports say (places, actors, categories, words of the street), the
second half what ipgtools says about reading them, about places and about photos.
"""

from functools import cache
from pathlib import Path

from ipgtools.nl.formats import MONTHS, joined, number, percent, plural

# Words about places. All in plain form: lower case, without dots.

CORNER = "hoek"
CORNER_WORDS = frozenset({"hoek", "hk", "kruising", "kruispunt", "splitsing"})
RELATIONS: dict[str, tuple[str, ...]] = {
    "crossing": tuple(sorted(CORNER_WORDS)),
    "opposite": ("to", "t/o", "tegenover", "tegen over"),
    "level": ("thv", "ter hoogte van", "nabij", "bij", "naast"),
    "rear": ("achterzijde", "achterkant", "achterom", "achter", "az"),
    "between": ("tussen",),
}
SPELLED = {"nr": "nr.", "to": "t.o.", "thv": "t.h.v."}
"""How short forms of places are written, by their plain form."""
NUMBER_WORDS = frozenset({"nr", "nrs", "nummer", "nummers", "no", "huisnummer", "huisnr"})
JOINING_WORDS = frozenset(
    {"van", "met", "en", "de", "het", "een", "op", "in", "aan", "der", "den", "/", "&"}
)
IN = frozenset({"te", "in"})
"""What stands between a street and its town."""
TOGETHER_WORDS = frozenset({"en", "/", "&"})
PLACE_WORDS = frozenset(
    {
        "hondenuitrenveld", "hondenveld", "speeltuin", "speelplek", "speelplaats", "speelveld",
        "plantsoen", "parkeerplaats", "parkeerterrein", "bushalte", "fietspad", "voetpad",
        "groenstrook", "groenvak", "garageboxen", "brandgang", "steeg", "tunnel", "brug",
        "school", "kerk", "winkel", "winkels", "flat", "portiek", "container", "containers",
        "glasbak", "trapveld", "trapveldje", "veld", "veldje", "park", "vijver", "kunstwerk",
        "voorzijde", "zijkant", "zijde", "ingang", "rotonde", "middenberm", "berm",
    }
)  # fmt: skip
STREET_ENDINGS = (
    "straat", "weg", "laan", "pad", "plein", "hof", "singel", "kade", "dijk", "park", "steeg",
    "markt", "gracht", "dreef", "plantsoen", "erf", "es", "brink", "hoek", "veld", "kamp", "wal",
)  # fmt: skip

SURE_ENDINGS = (
    "straat", "weg", "laan", "plein", "singel", "kade", "dreef", "gracht", "plantsoen", "pad",
)  # fmt: skip
"""Endings that make a longer word a street, and hardly ever the name of a person."""

# Who acts. Settings may add names; longer names win.

ACTORS = (
    "Stadsdeelbeheer", "DSOB", "Politie", "Wijkagent", "Gemeente", "Woningcorporatie",
    "De Woonplaats", "Domijn", "Ons Huis", "Wijkraad", "Handhaving", "Stadstoezicht",
    "Twente Milieu", "Centrale Uitvoering", "Wijkbeheer", "Groenbeheer", "Jongerenwerk",
    "Maatschappelijk werk", "Brandweer", "GGD", "Waterschap", "Wijkcoach", "Bouwtoezicht",
)  # fmt: skip
ABBREVIATIONS = {"vve": "V.v.E."}

# Categories: code, label, main category of Signalen, and the words that point to it. A word
# counts if it begins a word of the text, or stands anywhere in it after an asterisk. The
# category with most hits wins; of equal ones the one named first in the text, and then the
# first in this list.

CATEGORIES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "woning", "Woningen en bouwtoezicht", "overig",
        ("dakterras", "*muur", "buitenmuur", "gevel", "balkon", "schuur", "schutting", "kozijn",
         "dakgoot", "erker", "aanbouw", "pui", "dakkapel", "leegstand", "leegstaand"),
    ),
    (
        "bouw", "Bouw en bouwterreinen", "overlast-in-de-openbare-ruimte",
        ("bouwterrein", "bouwplan", "bouwwerk", "bouwplaats", "sloopwerk", "sloopterrein",
         "steiger", "bouwhek", "bouwmateria", "braakliggend"),
    ),
    (
        "bewoning", "Bewoning", "overig",
        ("bewoning", "bewoond", "onderhuur", "overbewon", "illegale bewon", "kamerverhuur"),
    ),
    (
        "afval", "Afval", "afval",
        ("*afval", "vuilnis", "vuil", "*container", "grofvuil", "zwerf", "rommel", "kliko",
         "glasbak", "dump", "huisraad", "matras", "blikje", "flesje",
         "prullenbak", "bladeren", "*korf"),
    ),
    (
        "voertuig", "Voertuigen en parkeren", "overlast-in-de-openbare-ruimte",
        ("sloopauto", "*wrak", "auto", "voertuig", "kenteken", "aanhang", "caravan", "bromfiets",
         "scooter", "parkeren", "parkeert", "geparkeerd", "foutparkeer", "fietsen", "weesfiets"),
    ),
    (
        "vernieling", "Graffiti en vernieling", "overlast-in-de-openbare-ruimte",
        ("graffiti", "vernield", "vernieling", "vandal", "beklad", "wildplak", "sticker",
         "poster", "ruit", "*gegooid", "brandschade"),
    ),
    (
        "verlichting", "Verlichting", "wegen-verkeer-straatmeubilair",
        ("*verlicht", "lantaarn", "lichtmast", "lamp", "donker"),
    ),
    (
        "straatmeubilair", "Borden en straatmeubilair", "wegen-verkeer-straatmeubilair",
        ("bord", "*paal", "bank", "hek", "*verbod", "speeltoestel", "wipkip",
         "schommel", "bushalte", "abri", "*naambord", "wegwijzer",
         "fietsenrek", "verkeersbord", "drempel"),
    ),
    (
        "verharding", "Straten en stoepen", "wegen-verkeer-straatmeubilair",
        ("straatwerk", "bestrat", "*tegel", "klinker", "voetpad", "fietspad", "trottoir", "gat",
         "kuil", "verzak", "asfalt", "put", "riool", "losliggend", "stoeprand", "trapgevaar"),
    ),
    (
        "groen", "Groen en water", "openbaar-groen-en-water",
        ("gras", "groen", "boom", "bomen", "heg", "haag", "heester", "struik", "onkruid",
         "schoffel", "snoei", "maai", "plant", "tak", "beplanting", "perk", "vijver", "sloot",
         "*snoei", "duizendknoop", "bosjes", "onderhoud terrein", "*groenvak"),
    ),
    (
        "dieren", "Dieren", "overlast-van-dieren",
        ("ratten", "rat", "duiven", "muizen", "wespen", "meeuwen", "hondenpoep", "poep"),
    ),
    (
        "overlast", "Overlast van personen", "overlast-van-en-door-personen-of-groepen",
        ("hangjongeren", "jongeren", "hangplek", "drugs", "deal", "gedeal", "overlast",
         "alcohol", "drank", "dronken", "muziek", "geluid", "lawaai",
         "burenruzie", "intimid", "zwerver"),
    ),
    ("overig", "Overig", "overig", ()),
)  # fmt: skip

STATUSES: dict[str, tuple[str, ...]] = {
    "geconstateerd": ("gemeld", "open", "nieuw", "melding", "m"),
    "toegewezen": ("in afwachting van behandeling", "uitgezet", "doorgegeven", "i"),
    "in uitvoering": ("in behandeling", "bezig", "loopt", "lopend", "ingepland", "b", "on hold"),
    "afgehandeld": ("gereed", "klaar", "afgerond", "gesloten", "uitgevoerd", "opgelost", "o"),
    "niet nodig": ("geannuleerd", "vervallen", "n.v.t.", "nvt", "geen actie", "a"),
    "doorgezet": ("doorgezet naar extern", "extern", "overgedragen"),
}
CLOSED = frozenset({"afgehandeld", "niet nodig", "doorgezet"})
FOUND, ASSIGNED = "geconstateerd", "toegewezen"

# What became of a finding by the next schouw.

SOLVED, STILL_OPEN, NEW = "opgelost", "nog open", "nieuw"
BY_POINT, BY_STREET = "punt", "straat"

# Words of recognised text.

LOST = "[tekst verloren]"
HEADER_WORDS = ("nr", "adres", "locatie", "omschrijving", "actie", "door")
DATE_WORDS = tuple(MONTHS)
COLUMNS: dict[str, tuple[str, ...]] = {
    "number": ("nr", "nummer", "no", "volgnummer", "volgnr", "punt"),
    "location": ("adres", "locatie", "adres locatie", "adres/locatie", "adres / locatie",
                 "plaats", "straat", "waar"),
    "description": ("omschrijving", "constatering", "bevinding", "melding", "wat"),
    "actor": ("actie_door", "actiehouder", "verantwoordelijke", "wie", "uitvoerder"),
    "task": ("actie", "maatregel", "taak", "afspraak", "actie afspraak"),
    "status": ("status", "stand", "stand van zaken"),
    "due": ("datum_gereed", "datum gereed", "gereed", "deadline", "uiterlijk", "streefdatum",
            "gereed op"),
    "closed_on": ("afgehandeld_op", "afgehandeld op", "datum afgehandeld", "gesloten op"),
    "date": ("schouwdatum", "datum schouw", "datum_schouw", "datum"),
}  # fmt: skip
FUNCTION_WORDS = frozenset(
    {
        "de", "het", "een", "en", "of", "aan", "op", "in", "van", "vanaf", "voor", "door", "met",
        "bij", "naar", "over", "om", "uit", "tot", "tegen", "onder", "tussen", "rond", "buiten",
        "enkele", "deze", "dit", "die", "dat", "zijn", "wordt", "is", "te", "ter", "dan", "als",
        "per", "achter", "naast", "langs", "binnen", "zonder", "meerdere", "veel",
    }
)  # fmt: skip
PREPOSITIONS = frozenset(
    {
        "aan", "op", "in", "van", "vanaf", "voor", "door", "met", "bij", "naar", "over", "om",
        "uit", "tot", "tegen", "onder", "tussen", "rond", "na", "per", "achter", "naast", "langs",
        "binnen", "zonder", "boven", "te", "ter",
    }
)  # fmt: skip
ARTICLES = frozenset({"de", "het", "een", "deze", "dit", "die"})
ENDS_OPEN = FUNCTION_WORDS - {"is", "over", "in", "uit", "op", "om", "zijn", "wordt", "door", "aan"}
"""Words that no finished sentence ends in."""
WANTS_MORE = ("aanspreken", "doorgeven", "navragen", "beoordelen", "informeren bij", "melden")
"""Verbs of actions that seldom stand without what comes after them."""
ACTION_WORDS = frozenset(
    {
        "aanspreken", "bewoner", "bewoners", "eigenaar", "eigenaren", "uitvoerder", "navraag",
        "navragen", "doorgeven", "doorgegeven", "verwijderen", "beoordelen", "informeren",
        "projectleider", "maaien", "schoffelen", "snoeien", "herstellen", "vervangen", "plaatsen",
        "opruimen", "controleren", "handhaven", "melden", "contact", "opnemen", "bekijken",
        "onderzoeken", "reinigen", "legen", "hinder", "hinderlijk", "eventueel", "dwang",
        "inmiddels", "gestart", "afspraak", "maken", "inplannen", "overleggen", "uitvoering",
    }
)  # fmt: skip
FINDING_WORDS = frozenset(
    {
        "stoep", "gras", "groeit", "groeien", "scheef", "defect", "stuk", "kapot", "gewenst",
        "overbodig", "voetpad", "bomen", "haag", "heg", "hoog", "straat", "weg", "afval", "los",
        "ligt", "liggen", "staat", "staan", "ontbreekt", "onbekend", "gestaakt", "kunstwerk",
        "losse", "tegels", "bewoning", "openbare", "terrein", "bekend", "beeld",
    }
)  # fmt: skip


@cache
def words() -> frozenset[str]:
    """Give words of the public space, into which misread words may be mended."""
    listed = Path(__file__).with_name("schouw_words.txt").read_text(encoding="utf-8")
    return frozenset(listed.split())


# What reading says.

REASONS: dict[str, str] = {
    "empty": "lege rij: geen plaats, geen omschrijving en geen actie",
    "no_location": "geen plaats en geen omschrijving",
    "columns": "het aantal velden klopt niet met de kop",
    "photo_type": "geen foto of e-mail die gelezen kan worden",
    "photo_heic": "HEIC-foto: installeer het pakket pillow-heif, of bewaar hem als JPEG",
    "photo_msg": "Outlook-bericht (.msg): installeer python-oxmsg, of bewaar het als .eml",
    "photo_none": "e-mail zonder foto",
    "photo_attachment": "bijlage is geen foto",
    "photo_bytes": "bestand is te groot",
    "photo_pixels": "foto heeft te veel beeldpunten",
    "photo_broken": "foto is beschadigd of afgebroken",
    "photo_double": "foto kwam al eerder voor",
    "mail_parts": "e-mail heeft te veel delen; de rest is niet gelezen",
    "mail_broken": "e-mail is niet te lezen",
}


def form(kind: str, n_findings: int, n_actions: int) -> str:
    """Say what kind of report was read and what it gave."""
    kinds = {
        "table": "tabel",
        "document": "Word-document",
        "recognised_text": "herkende tekst",
        "pdf_table": "tabel uit een PDF",
        "pdf_text": "tekst uit een PDF",
        "scan": "scan, herkend met Tesseract",
        "export": "export van Signalen of Open311",
    }
    return (
        f"Gelezen als {kinds[kind]}: {plural(n_findings, 'bevinding', 'bevindingen')} "
        f"en {plural(n_actions, 'actie', 'acties')}"
    )


def numbers_repaired(pairs: list[tuple[str, int]]) -> str:
    """Say which numbers were mended by their rising run."""
    shown = joined(f"'{raw}' → {found}" for raw, found in pairs)
    return f"Nummers hersteld volgens de oplopende reeks: {shown}"


def numbers_double(numbers: list[int]) -> str:
    """Say which numbers occur more than once."""
    return f"Nummers die vaker voorkomen met een andere plaats: {joined(map(str, numbers))}"


def repaired(n: int, doubtful: int) -> str:
    """Say how many words were mended."""
    text = f"{plural(n, 'woord', 'woorden')} van de herkende tekst hersteld"
    return f"{text}, waarvan {number(doubtful)} onzeker (controleer deze)" if doubtful else text


def lost(finding_numbers: list[int]) -> str:
    """Say in which findings text is lost."""
    return f"Tekst verloren bij nummer {joined(map(str, finding_numbers))} (niet aangevuld)"


def unsure(finding_numbers: list[int]) -> str:
    """Say in which findings words may stand in the wrong column."""
    return f"Kolomgrens onzeker bij nummer {joined(map(str, finding_numbers))} (controleer deze)"


def unlocated(n: int) -> str:
    """Say how many findings have no point."""
    return f"{plural(n, 'bevinding heeft', 'bevindingen hebben')} geen punt op de kaart"


def unknown_actors(names: list[str]) -> str:
    """Say which actors aren't in the list."""
    return f"Actiehouders die niet in de lijst staan: {joined(names)}"


def unknown_statuses(names: list[str]) -> str:
    """Say which statuses aren't known; they count as open."""
    return f"Onbekende status (telt als open): {joined(names)}"


def dates_unreadable(n: int) -> str:
    """Say how many dates couldn't be read."""
    return f"{plural(n, 'datum', 'datums')} niet te lezen (leeg gelaten)"


def no_date() -> str:
    """Say that the day of the schouw isn't known."""
    return "De datum van de schouw staat niet in het bestand"


def after_table(n: int) -> str:
    """Say that text after the table was left alone."""
    return f"{plural(n, 'regel', 'regels')} na de tabel niet gebruikt"


# What the gazetteer says about a place.

PRECISION = {"address": "adres", "crossing": "kruispunt", "street": "straat", "area": "buurt"}
PLACES: dict[str, str] = {
    "nothing": "geen plaats genoemd",
    "unknown": "geen straat herkend",
    "near_miss": "geen straat herkend; lijkt het meest op {street} ({score})",
    "ambiguous": "{street} komt {n} keer voor; geef het gebied op",
    "address": "huisnummer geschat langs {street}",
    "house": "adres aan {street}, uit het adressenbestand",
    "house_suffix": "adres aan {street}, uit het adressenbestand; letter of toevoeging niet bekend",
    "house_between": (
        "huisnummer staat niet in het adressenbestand; geschat tussen de buren aan {street}"
    ),
    "house_nearest": (
        "huisnummer staat niet in het adressenbestand; punt van het dichtste nummer aan {street}"
    ),
    "opposite": "op {street}, tegenover het adres",
    "level": "op {street}, ter hoogte van het adres",
    "rear_house": "achterzijde; punt is van het adres aan {street}",
    "no_number": "huisnummer niet bekend; midden van {street}",
    "no_point": "{street} is bekend, maar heeft geen punt of lijn",
    "crossing_points": "kruising niet te bepalen zonder lijnen; punt van {street}",
    "chosen_number": "er zijn meer straten met deze naam; alleen hier komt het nummer voor",
    "chosen_postcode": "er zijn meer straten met deze naam; de postcode wijst deze aan",
    "street": "midden van {street}",
    "place": "plaats aan {street} niet bekend; midden van {street}",
    "rear": "achterzijde; punt ligt op {street}",
    "crossing": "kruising van {street} en {other}",
    "crossing_near": "{street} en {other} raken elkaar bijna ({metres} m)",
    "crossing_apart": "{street} en {other} kruisen niet; dichtste punt van {street}",
    "crossing_many": "{street} en {other} kruisen vaker",
    "crossing_open": "tweede straat van de hoek ontbreekt; midden van {street}",
    "between": "{street}, tussen {other} en {third}",
    "area": "alleen het gebied {street} genoemd",
    "outside": "ligt buiten het gebied",
    "misread": "gelezen als {street}",
}


def place(key: str, **facts: object) -> str:
    """
    Say how a point was found.

    Examples
    --------
    >>> place("crossing", street="Pluimstraat", other="Oostveenweg")
    'kruising van Pluimstraat en Oostveenweg'
    """
    if isinstance(facts.get("score"), float):
        facts["score"] = percent(float(str(facts["score"])))
    return PLACES[key].format(**facts)


# Photos.

_PHOTO, _PHOTOS = "foto", "foto's"
STATUS_NEW = "melding"
PHOTO_STATUSES = (STATUS_NEW, "op briefing", "naar justitie", "opdracht", "afgesloten")
PHOTO_STEPS: dict[str, tuple[str, ...]] = {
    "melding": ("op briefing", "afgesloten"),
    "op briefing": ("naar justitie", "opdracht", "afgesloten"),
    "naar justitie": ("opdracht", "afgesloten"),
    "opdracht": ("afgesloten",),
    "afgesloten": (),
}
"""What each may become: a task needs no prosecutor, and anything can be closed for good."""
NO_STEP = "niets: hij is afgesloten"
SUBJECT_PREFIXES = ("re", "fw", "fwd", "antw", "antwoord", "doorst", "betr")


def photos_placed(n: int, gps: int, words: int) -> str:
    """Say where the places of the photos come from."""
    return (
        f"{plural(n, _PHOTO, _PHOTOS)}: {number(gps)} met plaats uit de foto zelf, "
        f"{number(words)} met plaats uit de woorden van de mail, "
        f"{number(n - gps - words)} zonder plaats"
    )


def photos_stripped() -> str:
    """Say that the kept copies carry nothing hidden."""
    return "De bewaarde foto's bevatten geen verborgen gegevens meer (plaats, toestel, tijd)"


def photos_outside(n: int) -> str:
    """Say how many photos lie outside the area."""
    return f"{plural(n, f'{_PHOTO} ligt', f'{_PHOTOS} liggen')} buiten het gebied"
