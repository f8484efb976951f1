"""
Hold the words of action lists: names of columns, states of actions and terms.

The lists of gemeenten and woningcorporaties have many words for the same; these are theirs.
"""

__all__ = [
    "ASSIGNED", "CAPTIONS", "CLOSED", "COLUMNS", "DONE", "FOUND", "NO_DAY", "PARTIES", "STATUSES",
    "TICKED", "TICKS", "TOTALS",
]  # fmt: skip

COLUMNS: dict[str, tuple[str, ...]] = {
    "number": ("nr", "nummer", "no", "volgnummer", "volgnr", "punt", "punt nr", "puntnummer",
               "actiepunt nr", "actie nr", "actienummer", "meldnummer"),
    "location": ("adres", "locatie", "lokatie", "adres locatie", "locatie adres",
                 "adres of locatie", "plaats", "straat", "straatnaam", "straat nr",
                 "straat en nr", "straat en nummer", "straat huisnummer", "straat en huisnummer",
                 "straat locatie", "locatie straat", "adres straat", "waar", "plek", "vindplaats",
                 "locatieomschrijving", "omschrijving locatie"),
    "house_number": ("huisnummer", "huisnr", "hnr", "nr huis", "huisnummer toevoeging",
                     "locatie nr", "locatie huisnr", "locatie huisnummer", "adres nr",
                     "adres huisnr", "adres huisnummer", "thv nr"),
    "place": ("locatie", "lokatie", "plaats", "plek", "waar", "nadere aanduiding",
              "plaatsaanduiding", "locatieomschrijving", "omschrijving locatie",
              "toelichting locatie"),
    "description": ("omschrijving", "constatering", "constateringen", "bevinding", "bevindingen",
                    "melding", "wat", "omschrijving melding", "omschrijving constatering",
                    "omschrijving bevinding", "omschrijving probleem", "wat is er",
                    "wat is er aan de hand", "wat is er gezien", "wat is gezien", "wat gezien",
                    "wat hebben we gezien", "wat zagen we", "wat is er geconstateerd",
                    "wat is er gevonden", "wat troffen we aan", "wat is er mis", "gezien",
                    "geconstateerd", "probleem",
                    "knelpunt", "aandachtspunt", "aandachtspunten", "situatie", "klacht",
                    "schouwpunt", "opmerking", "opmerkingen", "toelichting", "onderwerp"),
    "actor": ("actie_door", "actie door wie", "door wie", "actiehouder", "actiehouders",
              "actie houder", "actie eigenaar", "actienemer", "wie", "actie wie", "actie voor",
              "verantwoordelijke", "verantwoordelijk", "verantwoordelijke partij",
              "verantwoordelijke instantie", "uitvoerder", "uit te voeren door",
              "uitvoering door", "uitvoering", "door", "trekker", "actor", "partij",
              "instantie", "organisatie", "wie doet wat", "wie doet het", "wie pakt op",
              "opgepakt door"),
    "task": ("actie", "acties", "maatregel", "maatregelen", "taak", "afspraak", "afspraken",
             "actie afspraak", "actie maatregel", "actie wat", "te nemen actie",
             "te ondernemen actie", "gewenste actie", "vervolgactie", "vervolg", "oplossing",
             "actiepunt", "te doen", "wat doen we", "wat gaan we doen",
             "wat moet er gebeuren"),
    "status": ("status", "stand", "stand van zaken", "svz", "voortgang", "terugkoppeling",
               "afgehandeld", "afgerond", "opgelost", "uitgevoerd", "klaar", "gereed ja nee",
               "afgehandeld ja nee"),
    "due": ("datum_gereed", "datum gereed", "gereed", "gereed datum", "deadline", "uiterlijk",
            "streefdatum", "gereed op", "gereed dd", "wanneer gereed", "wanneer klaar",
            "klaar op", "gereed voor",
            "voor wanneer", "wanneer", "termijn", "planning", "einddatum"),
    "closed_on": ("afgehandeld_op", "afgehandeld op", "afgehandeld dd",
                  "datum afgehandeld", "datum afhandeling", "datum afgerond", "gesloten op",
                  "afgerond op", "afgerond dd", "opgelost op", "opgelost dd",
                  "uitgevoerd op", "uitgevoerd dd", "gereedgemeld op"),
    "date": ("schouwdatum", "datum schouw", "datum_schouw", "datum", "datum constatering",
             "datum melding"),
}  # fmt: skip
"""Column to the names it goes by, in plain form; the likelier ones first."""
TICKED = ("afgehandeld", "afgerond", "opgelost", "uitgevoerd", "klaar", "gereed")
"""How names of columns begin in which a mark means done."""
TICKS = frozenset({"x", "v", "✓", "✔", "√", "☑", "☒", "■"})
PARTIES = frozenset(
    {
        "bewoner", "bewoners", "eigenaar", "eigenaren", "huurder", "huurders", "buurt", "school",
        "ondernemer", "ondernemers", "winkelier", "winkeliers", "aannemer", "vve", "wijkvereniging",
    }
)  # fmt: skip
"""Who may act together with an actor of the list."""
TOTALS = frozenset({"totaal", "totalen", "subtotaal", "eindtotaal", "aantal", "som"})
"""Contents of a row that only adds up."""
CAPTIONS = ("foto", "afbeelding", "figuur", "fig")
"""How the line below a picture begins."""

STATUSES: dict[str, tuple[str, ...]] = {
    "geconstateerd": (
        "gemeld", "open", "openstaand", "nieuw", "melding", "m", "nee", "n", "niet gereed",
        "nog niet", "nog niet gereed", "nog te doen", "te doen", "nog oppakken", "niet opgelost",
        "niet afgehandeld", "nog open", "staat nog open", "niet gestart",
    ),
    "toegewezen": (
        "in afwachting van behandeling", "uitgezet", "doorgegeven", "doorgegeven aan aannemer",
        "gemeld bij aannemer", "opdracht gegeven", "opdracht verstrekt", "i",
    ),
    "in uitvoering": (
        "in behandeling", "bezig", "mee bezig", "loopt", "loopt nog", "lopend", "lopende",
        "ingepland", "gepland", "staat gepland", "op planning", "opgepakt", "wordt opgepakt",
        "in onderzoek", "onderzoek loopt", "b", "on hold", "aangehouden", "deels", "deels gereed",
        "deels afgehandeld", "deels opgelost", "deels uitgevoerd", "gedeeltelijk",
        "gedeeltelijk gereed", "onderhanden", "in uitvoer",
    ),
    "afgehandeld": (
        "gereed", "is gereed", "gereedgemeld", "klaar", "afgerond", "gesloten", "uitgevoerd",
        "is uitgevoerd", "opgelost", "is opgelost", "gedaan", "voldaan", "verholpen",
        "hersteld", "ja", "j", "akkoord", "ok", "oké", "o",
    ),
    "niet nodig": (
        "geannuleerd", "vervallen", "vervalt", "komt te vervallen", "n.v.t.", "nvt", "n.v.t",
        "niet van toepassing", "geen actie", "geen actie nodig", "a",
    ),
    "doorgezet": (
        "doorgezet naar extern", "extern", "overgedragen", "doorverwezen",
    ),
}  # fmt: skip
"""Further words for each status of an action."""
CLOSED = frozenset({"afgehandeld", "niet nodig", "doorgezet"})
FOUND, ASSIGNED, DONE = "geconstateerd", "toegewezen", "afgehandeld"

NO_DAY = frozenset(
    {
        "-", "--", "?", "zsm", "z s m", "zo spoedig mogelijk", "spoed", "spoedig", "urgent", "asap",
        "direct", "per direct", "meteen", "nvt", "n v t", "ntb", "n t b", "nader te bepalen",
        "nog te bepalen", "onbekend", "pm", "p m", "doorlopend", "continu", "structureel",
        "jaarlijks", "maandelijks", "wekelijks", "regulier", "regulier onderhoud",
        "volgende schouw",
    }
)  # fmt: skip
"""Terms that name no day, in plain form."""
