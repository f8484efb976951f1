"""Hold the Dutch words of the sample town: headers, street names, objects, notices."""

__all__ = [
    "ADDRESS_COLUMNS", "ASSIGNED", "BAD_CODES", "BAD_DATES", "BVH_COLUMNS", "CLUSTER", "CREDIT",
    "DONE", "DROP", "HOSTILE", "MAILS", "MAIL_TO", "NOTHING", "OBJECTS", "OPEN", "PICTURES",
    "PICTURE_NOTICE", "PROJECTS", "PROVINCE", "README", "RISE", "SCHOUW", "SCHOUW_AREA",
    "SCHOUW_COLUMNS", "SCHOUW_CSV_COLUMNS", "SCHOUW_NOTICE", "SCHOUW_OCR", "SCHOUW_TITLE",
    "SETTINGS", "SNOW", "SPOT", "STREET_ENDS", "STREET_STARTS", "SYSTEM", "TOWN", "UNKNOWN",
    "WEATHER", "WORKING",
]  # fmt: skip

CREDIT = (
    "Voorbeeldgegevens van ipgtools: verzonnen. Namen, codes, inwoners, huishoudens en "
    "middelpunten van buurten: CBS (CC BY 4.0). Grenzen en straten zijn schematisch."
)

BVH_COLUMNS = (
    "Incident Identificatie",
    "Bronregistratie",
    "Incidentsoort code",
    "Incidentsoort",
    "Pleegstraatnaam",
    "Pleeghuisnummer met toev.",
    "Pleegpostcode",
    "Pleegplaats",
    "Pleeggemeente",
    "Pleegprovincie",
    "Pleegwijk",
    "Pleegbuurt",
    "Pleegsubbuurt",
    "Begin-pleegdag v/d week",
    "Begin-pleegdagdeel",
    "Begin-pleegdatum/tijd",
    "Eind-pleegdag v/d week",
    "Eind-pleegdagdeel",
    "Eind-pleegdatum/tijd",
    "Kennisnamedag v/d week",
    "Kennisnamedagdeel",
    "Kennisnamedatum/tijd",
    "Aangifte",
    "Poging",
    "Verdachten",
    "Aanhoudingen",
    "Opgehelderd",
    "Object",
    "Project(en)",
    "Temperatuur",
    "Weer",
    "X",
    "Y",
)
"""The columns of a BVH export, in its order."""

ADDRESS_COLUMNS = ("straatnaam", "huisnummer", "postcode", "woonplaats", "X", "Y")
"""The columns of the address file."""

TOWN, PROVINCE, UNKNOWN, SYSTEM = "Enschede", "Overijssel", "Onbekend", "BVH"

OBJECTS = {
    "1.1.1": (
        "Sieraad, Ring",
        "Computer, Laptop",
        "Geld\nSieraad, Horloge",
        "Sleutel, Autosleutel",
    ),
    "1.1.2": (
        "Gereedschap, Boormachine",
        "Fiets, Elektrische fiets",
        "Gereedschap\nFiets, Herenfiets",
    ),
    "1.2.1": (
        "Autodeel, Airbag",
        "Autodeel, Kentekenplaat",
        "Navigatie\nTas, Werktas",
        "Gereedschap",
    ),
    "1.2.2": ("Personenauto", "Motor", "Bestelauto\nGereedschap"),
    "1.2.3": (
        "Fiets, Herenfiets",
        "Fiets, Damesfiets",
        "Fiets, Elektrische fiets\nFietsaccu",
        "Bromfiets, Scooter",
        "Fiets, Kinderfiets",
    ),
    "1.2.4": ("Telefoon, Mobiel", "Portemonnee\nBankpas"),
    "2.2.1": ("Ruit", "Abri, Ruit", "Personenauto, Spiegel", "Schutting"),
    "2.5.2": ("Kleding", "Levensmiddel, Drank", "Cosmetica, Parfum\nKleding"),
    "3.1.1": ("Verdovend middel",),
}
"""What was taken or damaged, by class; more than one thing on lines of its own."""

PROJECTS = (
    "ZSM",
    "Donkere Dagen Offensief",
    "Aanpak fietsendiefstal",
    "ZSM\nDonkere Dagen Offensief",
    "Jeugd en overlast",
)

WEATHER = ("Droog", "Bewolkt", "Regen", "Mist", "Wind", "Onbekend")
SNOW = "Sneeuw"

HOSTILE = (
    ("Object", '=HYPERLINK("http://voorbeeld.invalid";"klik")'),
    ("Object", "<script>alert('voorbeeld')</script>"),
    ("Object", "@SUM(1+1)*cmd|' /C calc'!A0"),
    ("Object", "-2+3"),
    ("Project(en)", "+316 voorbeeld"),
    ("Project(en)", '<img src=x onerror=alert(1)> & "aanhaling"; puntkomma'),
    ("Project(en)", "../../voorbeeld"),
    ("Project(en)", "{{ 7*7 }} ${7*7} %s"),
)
"""Texts that must never be run: formulas, HTML, paths, templates."""

BAD_DATES = ("31-02-2025 14:00", "onbekend", "2025-13-45", "12-30-2025 09:10", "gisteren 21:00")
BAD_CODES = ("X99", "C10", "Q1", "A7Z", "9999")

_STARTS = (
    "Abrikozen Akker Appel Ahorn Anemonen Bakkers Balsem Beemd Beitel Berken Beuken Bies "
    "Bloesem Boekweit Boog Boomklever Bosrand Braam Brem Brink Brood Buizerd Dauw Dennen Distel "
    "Draad Duinroos Eiken Elzen Erwten Espen Fazanten Fluiter Garen Gerst Ginkgo Goudvink Graan "
    "Gras Haver Hazelaar Heggen Heide Helm Hooi Hop Iepen Iris Kamille Kastanje Katoen Kersen "
    "Kiekendief Klaver Klimop Klokken Klompen Koekoeks Koren Korf Krekel Kwartel Lantaarn Leem "
    "Lijster Linnen Lissen Lupine Maan Malve Mezen Merel Mispel Moeras Molenaars Mos Munt Naald "
    "Netel Noten Olmen Oever Papaver Patrijs Peren Pluk Populieren Pruimen Raap Ratel Riet Rogge "
    "Roodborst Rozen Salie Schaapskooi Schering Schors Seringen Sleutelbloem Spinners Spoel Steen "
    "Sterren Tarwe Tijm Tulpen Uilen Varen Veen Vezel Vinken Vlas Vlier Vogel Vuur Wevers Wilgen "
    "Winde Wol Zaad Zegge"
)
STREET_STARTS = _STARTS.split()
_ENDS = "straat laan weg pad hof plein dreef kamp erf steeg singel es"
STREET_ENDS = _ENDS.split()
"""Parts of invented street names; a name that exists somewhere is a coincidence."""

SCHOUW_TITLE = ("Wijkschouw", "VELVE-LINDENHOF", "Verslag van de schouw op 14 oktober 2025")
SCHOUW_AREA = (
    "Gebied:",
    (
        "Gronausestraat, Gronausevoetpad, Leijdsweg, Velveweg, "
        "van Musschenbroekstraat, Slotzichtweg, Edisonstraat"
    ),
)
SCHOUW_COLUMNS = ("nr.", "adres / locatie", "omschrijving", "actie door")
SCHOUW_NOTICE = (
    "Voorbeeldgegevens. De teksten zijn die van een openbaar verslag uit 2007; huisnummers en "
    "datum zijn veranderd."
)
SCHOUW_CSV_COLUMNS = (
    "nr",
    "adres",
    "omschrijving",
    "actie_door",
    "actie",
    "status",
    "datum_gereed",
)
OPEN, ASSIGNED, WORKING, DONE = "geconstateerd", "toegewezen", "in uitvoering", "afgehandeld"
_BUILDING = (
    "Particulier bouwterrein: groenonderhoud door Stadsdeelbeheer is niet langer gewenst. "
    "Vordering bouwplan onbekend"
)
_OWNER = "eigenaar aanspreken op onderhoud; bouwwerkzaamheden zijn inmiddels gestart"
_CITY = "Stadsdeelbeheer"
SCHOUW = (
    (44, "Oostveenweg nr. 38",
     "Vuilniscontainers op openbare weg buiten de ophaaldag",
     ((_CITY, "aanspreken bewoner", DONE, "20-10-2025"),)),
    (45, "Pluimstraat - hondenuitrenveld", "Het gras staat erg hoog",
     ((_CITY, "maaien", DONE, "24-10-2025"),)),
    (46, "Pluimstraat hoek Oostveenweg", _BUILDING,
     ((_CITY, _OWNER, DONE, "03-11-2025"), ("DSOB", "navraag bouwplan", WORKING, ""))),
    (47, "Oostveenweg nr. 94 - achterzijde",
     "Onbeveiligd dakterras; ontsierend beeld vanaf [tekst verloren]",
     (("DSOB", "aanspreken eigenaar / bewoner", ASSIGNED, ""),)),
    (48, "Leijdsweg nr. 36", "Bouwwerkzaamheden aan buitenmuur gestaakt",
     (("DSOB", "navragen bij eigenaar", ASSIGNED, ""),)),
    (49, "Leijdsweg t.o. nr. 23", "Sloopauto op de straat (kenteken bekend)",
     (("Politie", "verwijderen", DONE, "16-10-2025"),)),
    (50, "Leijdsweg hoek Gronausevoetpad", "Onderhoud aan groenvak gewenst",
     ((_CITY, "schoffelen", WORKING, ""),)),
    (51, "Gronausevoetpad nr. 71", "Onduidelijke bewoning",
     (("Wijkagent / DSOB", "informeren", ASSIGNED, ""),)),
    (52, "Gronausevoetpad", "Meerdere bomen groeien scheef (dividivi)",
     ((_CITY, "doorgeven aan projectleider", ASSIGNED, ""),)),
    (53, "Gronausevoetpad nr. 102", "Heester groeit over de stoep",
     ((_CITY, "beoordelen op hinder", OPEN, ""),)),
    (54, "Gronausevoetpad", "Aanvullen boomspiegels op enkele plaatsen",
     ((_CITY, "doorgeven aan projectleider", ASSIGNED, ""),)),
    (55, "Oostveenweg - hoek Marthalaan", "Haag groeit over de stoep",
     ((_CITY, "aanspreken eigenaar", ASSIGNED, ""),)),
    (56, "Marthalaan - hoek Oostveenweg", "Bord ‘parkeerverbod’ is overbodig",
     ((_CITY, "verwijderen; doorgegeven aan Centrale Uitvoering", WORKING, ""),)),
    (57, "Gronausestraat - hoek [tekst verloren]", "Onderhoud terrein rond kunstwerk",
     ((_CITY, "aanspreken uitvoerder, eventueel dwang", ASSIGNED, ""),)),
    (58, "Gronausestraat nr. 186", "Heg groeit over de stoep",
     ((_CITY, "beoordelen op hinder (niet hinderlijk)", DONE, "14-10-2025"),)),
    (59, "Van Musschenbroekstraat t.h.v. nr. 67", "Herstel straatwerk; particulier voetpad",
     ((_CITY, "aanspreken eigenaar (V.v.E.)", ASSIGNED, ""),)),
)  # fmt: skip
"""Number, place, finding, and per action who, what, status and day done."""

SCHOUW_OCR = """\
Wijkschouw

VELVE-LINDENHOF

Verslag van de schouw op 14 oktober 2025

Gebied:

Gronausestraat, Gronausevoetpad, Leijdsweg, Velveweqg,

van Musschenbroekstraat, Slotzichtweq, Edisonsiraat

nr. | adres | locatie omschirijwing actie door
44, | Oostveenweg nr. 38 Vuilniscontainers op Stadsdeelbeheer: aanspreken
openbare weg buiten de | bewoner
ophaaidag
45. | Pluimstraat - Het gras staat erg hoog Stadsdeelbeheer maaien
hondenuitrenvedd
48. | Pluimstraat hoek Particulier bowwtermein Stadsdeelbeheer: eigenaar
Dostveemweg groenonderhoud door aanspreken op onderhouwd;
Stadsdeelbeheer is niet bouwwerkzaamheden zijn
lamger gewenst inmiddels gestart.
Vordening bouwplan
onbekend D508: navraag bouwplan
47. | Dostveenweg nr. 94 - Onbeveiligd dakiemas; DS08: aanspreken eigenaar /
achterzijde Onitsierend beeld vanaf bewoner

48. | Leijdsweg nr. 36 Bouwwerkzaamheden DS08: navragen bij eigenaar
aan buitenmuur gestaskt
48. | Leijdsweg to. nr. 23 Sloopauto op de straat Politie: versiidersn
[kemteken bekend)
0. | Leijdsweg hoek Omiderhoud aan groenvak | Stadsdeelbeheer: schoffelen
Gronausevoeipad gewenst
51. | Gonausevoetpad nr. 71 Omduidelike bewoning WijkagentDS0B: informeren
§2. | Gronausevoetpad Meerdere bomen groeien | Stadsdeelbeheer: doorgeven
scheef (dividivi} azn proj ider
53. | Gronausevoeipad nr 102 Heester groeit over de Stadsdeelbeheer becordelen
stoep op hinder
54, | Gronausevoeipad Aanvullen boomspiegels | Stadsdeelbeheer: doorgeven
op enkele plagtsen aan projectieider
55, | Oostveenweg — hoek Haag groeit over de Stadsdeelbeheer sanspreken
Marthalaan stoep eigenaar
58. | Marthalaan - hoek Bord ‘parkeenverbod’ is. Stadsdeelbeheerverwijderen.
Dostveemweg owerbodig Dioorgegeven aan Cenfrale
LUitwoering
i7. | Gronausestraat — hoek Onderhoud temein rond Stadsdeelbeheer: aanspreken
kunsthwerk uitvoerder, eventuesl dwang
88. | Gronausestraat nr. 186 Heg groeit over de stoep | Stadsdeelbeheer: beocordelen
op hinder (miet hinderdijk)
58. | Van Musschenbroekstraat Herstel straabaerk; Stadsdeelbeheer aanspreken
thv. nr. 67 particulier voetpad / eigenaar (VV.E_}
"""
"""The report as text recognition would leave it: words, names and numbers misread."""

PICTURE_NOTICE = "voorbeeldgegevens"
PICTURES = {
    "bank": "Getekend: een vernielde bank",
    "afval": "Getekend: zwerfafval op de stoep",
    "graffiti": "Getekend: graffiti op een muur",
    "lantaarn": "Getekend: een kapotte lantaarnpaal",
    "container": "Getekend: een omgegooide container",
}

MAIL_TO = "wijkagent@example.org"
MAILS = (
    (
        "01-bank.eml",
        "bewoner@example.org",
        "Bank vernield op de Pluimstraat",
        """\
Goedemorgen,

Vannacht is de bank bij het hondenuitrenveld vernield. Zie de foto.

Met groet,
een bewoner
""",
    ),
    (
        "02-zwerfafval.eml",
        "buurtpanel@example.org",
        "Zwerfafval en een omgegooide container",
        """\
Beste wijkagent,

Dit is al de derde keer deze maand. Twee foto's van vanochtend.

Groet van het buurtpanel
""",
    ),
    (
        "03-graffiti.eml",
        "bewoner@example.org",
        "Graffiti op de muur",
        """\
Hallo,

Op de muur aan het Gronausevoetpad staat sinds dit weekend graffiti.

Groet,
een bewoner
""",
    ),
    (
        "04-zonder-foto.eml",
        "wijkraad@example.org",
        "Rondje door de wijk",
        """\
Beste wijkagent,

Bij het rondje van gisteren hebben wij niets bijzonders gezien. Foto's zijn er dus niet.

Groet van de wijkraad
""",
    ),
    (
        "05-lantaarn.eml",
        "bewoner@example.org",
        "Lantaarn kapot",
        """\
Goedenavond,

De lantaarn op de hoek van de Oostveenweg en de Marthalaan is kapot, het is daar 's avonds erg
donker. Mijn telefoon geeft geen plaats mee.

Groet,
een bewoner
""",
    ),
)
"""File, sender, subject and text; the senders are nobody."""

SPOT, CLUSTER, RISE, DROP, NOTHING = (
    "vaste drukke plek",
    "vlek",
    "nieuw of stijgend",
    "daling",
    "niets",
)
"""What a briefing may call a planted place."""

README = """\
# Voorbeeldstad

**Alles in deze map is verzonnen.** Geen incident, persoon, melding of foto is echt. Elke kaart
of foto die hiervan wordt gemaakt, vermeldt *voorbeeldgegevens*.

Gemaakt met `ipgtools sample`, zaad {seed}, {incidents} incidenten.

| bestand | wat |
| --- | --- |
| `{incidents_file}` | incidenten zoals een BVH-export ze geeft, 33 kolommen |
| `buurten.geojson`, `wijken.geojson` | 70 buurten en 10 wijken, schematische grenzen |
| `straten.geojson` | schematische straten met huisnummerreeksen |
| `adressen.csv.gz` | alle adressen van de stad, ook die van de flats |
| `antecedenten.csv`, `sleutel.txt` | verzonnen personen en de sleutel voor hun pseudoniemen |
| `schouw_velve-lindenhof.docx`, `.txt`, `.csv` | één schouwverslag: Word, herkende tekst, tabel |
| `mails/` | e-mails van verzonnen bewoners met getekende foto's |
| `waarheid.json` | wat erin is gestopt: drukke plekken, trends, reeksen, foute rijen |
| `ipg.toml` | instellingen voor de voorbeeldbriefing |
| `register.sqlite` | het register van de voorbeeldstad; komt er bij het eerste gebruik |

Namen, codes, inwoners (2024), huishoudens (2021) en middelpunten van wijken en buurten zijn
cijfers van het CBS (Kerncijfers en kaart van wijken en buurten, CC BY 4.0). De grenzen zijn
door ons getekend en wijken af van de echte. Tien straatnamen en de teksten van het
schouwverslag komen uit een openbaar verslag van 2007; huisnummers en datum zijn veranderd.
Meer hierover staat in `docs/voorbeeldgegevens.md`.
"""

SETTINGS = """\
# Instellingen van de voorbeeldbriefing: verzonnen gegevens, zie LEESMIJ.md.

[input]
incidents = "{incidents_file}"
areas = "buurten.geojson"
streets = "straten.geojson"
addresses = "adressen.csv.gz"
schouw = "schouw_velve-lindenhof.docx"
offences = "antecedenten.csv"
key = "sleutel.txt"
photos = "mails"

[area]
code = "WK015301"

[period]
start = 2025-09-01
end = 2025-12-01

[output]
audience = "partner"
sample = true

[privacy]
register = "register.sqlite"
purpose = "oefenen en laten zien wat ipgtools doet"
ground = "verzonnen gegevens"
"""
