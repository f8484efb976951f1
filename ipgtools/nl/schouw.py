"""
Hold the Dutch of wijkschouwen: words that are recognised and sentences that are shown.

The first half is what reports contain (places, actors, categories, words of the street), the
second half our messages about reading them, about places and about photos.
"""

from functools import cache
from pathlib import Path

from ipgtools.nl.formats import MONTHS

__all__ = [
    "ABBREVIATIONS", "ABOUT_WORDS", "ACTION_LABELS", "ACTION_WORDS", "ACTORS", "ADDITIONS",
    "ARTICLES", "AT", "BESIDE", "BY_POINT", "BY_STREET", "CORNER", "CORNER_WORDS", "DATE_WORDS",
    "ENDS_OPEN", "FINDING_WORDS", "FUNCTION_WORDS", "HEADER_WORDS", "IN", "JOINING_WORDS",
    "LIVING", "LOST", "MISREAD", "NEW", "NO_STEP", "NUMBER_WORDS", "OR", "PARTICLES",
    "PHOTO_STATUSES", "PHOTO_STEPS", "PLACES", "PLACE_WORDS", "PRECISION", "PREPOSITIONS",
    "QUALIFIERS", "RELATIONS", "SHORT_ENDINGS", "SOLVED", "SPELLED", "STATUS_NEW", "STILL_OPEN",
    "STREET_ENDINGS", "SUBJECT_PREFIXES", "SURE_ENDINGS", "TITLES", "TOGETHER_WORDS", "WANTS_MORE",
    "letter", "place", "right_words", "words",
]  # fmt: skip

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
TITLES = {
    "admiraal": "adm", "burgemeester": "burg", "deken": "dkn", "doctor": "dr", "dokter": "dr",
    "dominee": "ds", "generaal": "gen", "ingenieur": "ir", "kapelaan": "kap", "kardinaal": "kard",
    "meester": "mr", "minister": "min", "monseigneur": "mgr", "pastoor": "past",
    "president": "pres", "professor": "prof", "sint": "st",
}  # fmt: skip
"""Titles in names of streets, and how they are shortened."""
SHORT_ENDINGS = {
    "str": "straat", "ln": "laan", "pln": "plein", "wg": "weg", "sgl": "singel", "sngl": "singel",
}  # fmt: skip
"""How the ends of names of streets are shortened."""
PARTICLES = frozenset(
    {
        "van",
        "vd",
        "v/d",
        "v",
        "d",
        "de",
        "den",
        "der",
        "het",
        "t",
        "ten",
        "ter",
        "te",
        "op",
        "in",
        "aan",
    }
)
"""Small words in names of streets."""
QUALIFIERS = frozenset(
    {
        "oud", "oude", "nieuw", "nieuwe", "klein", "kleine", "groot", "grote", "korte", "lange",
        "hoge", "lage", "noord", "zuid", "oost", "west", "noorder", "zuider", "ooster", "wester",
        "eerste", "tweede", "derde", "vierde", "1e", "2e", "3e", "4e", "verlengde",
    }
)  # fmt: skip
"""What makes another street of the name behind it."""
ABOUT_WORDS = frozenset(
    {
        "gehele", "hele", "geheel", "heel", "omgeving", "eo", "lengte", "straat", "weg", "tm",
        "rond", "rondom", "langs", "voor", "te", "der", "even", "oneven", "omstreeks", "ca",
    }
)  # fmt: skip
"""Words around a street that add nothing about where."""
ADDITIONS = frozenset(
    {"hs", "bis", "rd", "zw", "bg", "bgg", "beneden", "boven", "i", "ii", "iii", "iv", "rood"}
)
"""Additions after a house number."""
SPELLED = {"nr": "nr.", "to": "t.o.", "thv": "t.h.v."}
"""How short forms of places are written, by their plain form."""
NUMBER_WORDS = frozenset({"nr", "nrs", "nummer", "nummers", "no", "huisnummer", "huisnr"})
JOINING_WORDS = frozenset(
    {"van", "met", "en", "de", "het", "een", "op", "in", "aan", "der", "den", "/", "&", "x", "t/m"}
)
IN = frozenset({"te", "in"})
AT = "te"
"""Words between a street and its town."""
BESIDE = frozenset({"to", "t/o", "tegenover", "thv"})
"""Words between a street and a number that it is next to."""
LIVING = frozenset({"woon", "wonen", "woont", "woonachtig", "woonadres"})
"""Words before the writer's own address."""
TOGETHER_WORDS = frozenset({"en", "/", "&", "x"})
PLACE_WORDS = frozenset(
    {
        "hondenuitrenveld", "hondenveld", "speeltuin", "speelplek", "speelplaats", "speelveld",
        "plantsoen", "parkeerplaats", "parkeerterrein", "bushalte", "fietspad", "voetpad",
        "groenstrook", "groenvak", "garageboxen", "brandgang", "steeg", "tunnel", "brug",
        "school", "kerk", "winkel", "winkels", "flat", "portiek", "container", "containers",
        "glasbak", "trapveld", "trapveldje", "veld", "veldje", "park", "vijver", "kunstwerk",
        "voorzijde", "zijkant", "zijde", "ingang", "rotonde", "middenberm", "berm",
        "begin", "einde", "eind", "viaduct", "achterpad", "onderdoorgang", "supermarkt",
        "basisschool", "sporthal",
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

# What became of a finding by the next schouw.

SOLVED, STILL_OPEN, NEW = "opgelost", "nog open", "nieuw"
BY_POINT, BY_STREET = "punt", "straat"

# Words of recognised text.

LOST = "[tekst verloren]"
HEADER_WORDS = ("nr", "adres", "locatie", "omschrijving", "actie", "door")
DATE_WORDS = tuple(MONTHS)
ACTION_LABELS = ("actie door", "actie", "actiehouder", "afspraak", "door wie", "wie")
"""Words before the action in a line."""
FUNCTION_WORDS = frozenset(
    {
        "de", "het", "een", "en", "of", "aan", "op", "in", "van", "vanaf", "voor", "door", "met",
        "bij", "naar", "over", "om", "uit", "tot", "tegen", "onder", "tussen", "rond", "buiten",
        "enkele", "deze", "dit", "die", "dat", "zijn", "wordt", "is", "te", "ter", "dan", "als",
        "per", "achter", "naast", "langs", "binnen", "zonder", "meerdere", "veel",
    }
)  # fmt: skip
MISREAD = {
    "miet": "niet", "nict": "niet", "nlet": "niet", "n1et": "niet", "niel": "niet",
    "gccn": "geen", "gecn": "geen", "qeen": "geen", "azn": "aan", "aam": "aan", "oan": "aan",
    "vam": "van", "vau": "van", "yan": "van", "rnet": "met", "voar": "voor", "yoor": "voor",
    "noar": "naar", "uaar": "naar", "ecn": "een", "eem": "een", "hct": "het",
}  # fmt: skip
"""
Misreadings of short words that a report doesn't use as words of their own.

A lost *niet* turns a finding around, so these are corrected without a word list; each is listed
for a human.
"""
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
"""Verbs of actions that seldom end a text."""
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
    """Return words of public space, to which misread words may be corrected."""
    listed = Path(__file__).with_name("schouw_words.txt").read_text(encoding="utf-8")
    return frozenset(listed.split())


@cache
def right_words() -> frozenset[str]:
    """Return ordinary words similar to one of `words` that are correct."""
    listed = Path(__file__).with_name("schouw_right_words.txt").read_text(encoding="utf-8")
    return frozenset(listed.split())


# Messages about reading.


# Messages of the geocoder about a place.

OR = "of"
PRECISION = {"address": "adres", "crossing": "kruispunt", "street": "straat", "area": "buurt"}
PLACES: dict[str, str] = {
    "nothing": "geen plaats genoemd",
    "unknown": "geen straat herkend",
    "near_miss": "geen straat herkend; lijkt het meest op {street}",
    "doubtful": "naam niet zeker: kan {street} zijn",
    "corner_unsure": "{street} en {other} zijn niet zeker gelezen, en kruisen niet",
    "other_town": "noemt een plaats waarvan geen straten bekend zijn",
    "in_other_town": "{street} is er niet in {there}, wel in {others}",
    "pieces": "{street} bestaat uit {n} stukken ver uit elkaar; geef het gebied op",
    "number_against": "naam niet zeker: lijkt op {street}, maar daar komt het nummer niet voor",
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
    "postcode": "adres aan {street}; gevonden met de postcode",
    "chosen_number": "er zijn meer straten met deze naam; alleen hier komt het nummer voor",
    "chosen_postcode": "er zijn meer straten met deze naam; de postcode wijst deze aan",
    "street": "midden van {street}",
    "place": "plaats aan {street} niet bekend; midden van {street}",
    "rear": "achterzijde; punt ligt op {street}",
    "crossing": "kruising van {street} en {other}",
    "crossing_near": "{street} en {other} raken elkaar bijna ({metres} m)",
    "crossing_apart": "{street} en {other} kruisen niet; dichtste punt van {street}",
    "crossing_many": (
        "{street} en {other} kruisen vaker, tot {metres} m uit elkaar; welke hoek is niet bekend"
    ),
    "crossing_open": (
        "tweede straat van de hoek ontbreekt of is niet herkend; midden van {street}"
    ),
    "between": "{street}, tussen {other} en {third}",
    "between_open": "een van de drie straten ontbreekt of is niet herkend; midden van {street}",
    "between_apart": "{street} kruist niet beide zijstraten; midden van {street}",
    "area": "alleen het gebied {street} genoemd",
    "outside": "ligt buiten het gebied",
    "misread": "gelezen als {street}",
}


def place(key: str, **facts: object) -> str:
    """
    State how a point was found.

    Examples
    --------
    >>> place("crossing", street="Pluimstraat", other="Oostveenweg")
    'kruising van Pluimstraat en Oostveenweg'
    """
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


def letter(mailbox: str, number: int) -> str:
    """
    Name a mail of a mailbox.

    Examples
    --------
    >>> letter("postvak.mbox", 3)
    'postvak.mbox, bericht 3'
    """
    return f"{mailbox}, bericht {number}"
