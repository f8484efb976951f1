r"""
Hold the categories of findings, and the Dutch words that point to them.

The words follow Signalen's sub-categories, one line of words for each of these or a few.

- A word counts where it begins a word of the text (*tegel*: tegels), after an asterisk also
  inside one (``*tegel``: stoeptegels), and before a full stop only as the whole word (*rat.*).
- After an exclamation mark it counts double, after two threefold: it indicates better what is
  wrong (*!!beklad*) than a thing that much can be wrong with does (*muur*).
- Of a Dutch compound the end is what it is: a rule that meets only the front of a word
  (*snoei* in *snoeiafval*) does not count next to one that meets its end (``*afval``) and
  indicates as much; nor does a word next to a phrase that begins with it (*plassen tegen*).
- A word that is only about where (*op de stoep*, *bij de flat*) counts where no other does.
- The category that counts most wins; of equal ones the one named first in the text, and then
  the first in this list.

Measured on findings labelled by hand by what they mean, in tests/test_schouw_categories.py and
tests/test_schouw_categories_reports.py. None of these sets had a part in making the rules they
are measured with. Most were written by who wrote rules, too; the smallest is the fairest
measure: phrases of others, counted once and then used.

| | findings | right in all: first rules | before | now |
| --- | --- | --- | --- | --- |
| residents, smaller set | 32 | 59 % | 81 % | 81 % |
| residents, larger set | 133 | 50 % | 94 % | 94 % |
| reports and lists, only counted | 40 | | 72 % | 88 % |
| phrases from published schouwen | 40 | | 70 % | 75 %, then used |
"""

__all__ = ["CATEGORIES", "OF", "OTHER", "WHERE"]

OTHER = "overig"

CATEGORIES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "woning", "Woningen en bouwtoezicht", "overig",
        ("dakterras", "*muur", "gevel", "balkon", "*schuur", "!schutting", "kozijn", "!dakgoot",
         "erker", "aanbouw", "pui.", "!dakkapel", "!dakpan", "dak.", "schoorsteen", "regenpijp",
         "garagebox", "!tuin", "!voortuin", "!achtertuin", "erfafscheiding", "erfgrens",
         "!leegstand", "!leegstaand", "!staat leeg", "!dichtgetimmerd",
         "bouwval", "verpauper", "!asbestdak", "woning", "*huis.",
         "pand.",
         # flats en portieken
         "portiek", "galerij", "trappenhuis", "!*trap kapot", "!lift.", "!intercom", "!bel.",
         "!bellen.", "!bellenbord", "!bellentableau", "*deur.", "*deuren", "!deurdranger",
         "berging", "!schilderwerk", "!houtrot", "!voegwerk", "!boeideel", "!boeidelen",
         "!schotel", "!zonwering", "hemelwaterafvoer"),
    ),
    (
        "bouw", "Bouw en bouwterreinen", "overlast-in-de-openbare-ruimte",
        ("!bouwterrein", "!bouwplan", "!bouwwerk", "!bouwput", "!bouwafval",
         "!bouwmateria", "!bouwhek", "!bouwkeet", "!bouwplaats", "!bouwweg", "!sloop.",
         "!bouwlawaai", "!bouwverkeer", "!bouwzand",
         "!nieuwbouw", "!verbouw", "!sloopwerk", "!sloopterrein", "!slooppand",
         "!steiger", "!hijskraan", "!aannemer", "!dixi",
         "!braakliggend", "!braak.", "werkzaamheden"),
    ),
    (
        "bewoning", "Bewoning", "overig",
        ("!bewoning", "!bewoond", "!onderhuur", "!onderverhuur", "!overbewo", "!illegale bewon",
         "!kamerverhuur", "!kamerbewo", "!kamers", "!verhuurd", "!verhuurt", "!airbnb",
         "!ingeschreven", "!inschrijving", "!woonfraude", "!spookbewo",
         "!arbeidsmigrant", "!vakantieverhuur", "!woont er", "!wonen er", "!er wonen",
         "!er woont", "!huisjesmelk", "!huisbaas", "!huisbaz"),
    ),
    (
        "afval", "Afval", "afval",
        # huisafval, grofvuil
        ("!*afval", "vuilnis", "vuil", "grofvuil", "!huisraad", "!matras", "bankstel", "koelkast",
         "wasmachine", "meubel", "autoband", "!winkelwagen", "!winkelkar", "bigbag", "puinzak",
         "!kapotte stoel", "zak.", "zakken", "doos.", "dozen", "karton",
         "!*dump", "!gestort", "!bijgeplaats", "!ernaast gezet", "!achtergelaten",
         # containers en prullenbakken
         "*container", "*kliko", "!*bak vol", "prullenbak", "*vuilnisbak", "*afvalbak",
         "!*korf", "glasbak", "papierbak", "plasticbak", "gft", "milieupas", "ophaal", "!*geleegd",
         "!puilt", "*bakken.", "!legen", "!overvol", "*bak.",
         # zwerfvuil
         "!zwerf", "rommel", "!troep", "blikje", "blik.", "fles", "glasscherv", "!scherven",
         "!kapot glas", "!glas.", "papier", "plastic", "verpakking", "peuk", "bladeren",
         "bladkorf", "injectie",
         # puin, asbest, lozing
         "!puin", "!asbest", "!accu.", "!olie", "!gedumpt"),
    ),
    (
        "voertuig", "Voertuigen en parkeren", "overlast-in-de-openbare-ruimte",
        ("!sloopauto", "!*wrak", "*auto.", "*autos.", "voertuig", "!kenteken", "!nummerpl",
         "!aanhang", "!caravan", "!camper", "!boottrailer", "trailer", "bromfiets", "brommer",
         "*scooter",
         "motor.", "motoren", "bakfiets", "scootmobiel", "oplegger",
         "bus.", "busje", "bestelbus", "vrachtwagen", "taxi", "!*parke",
         "fietsen", "fiets.", "!*weesfiets", "deelfiets", "!achtergelaten fiets",
         "!achtergelaten auto", "!dubbel gep", "!*foutgep", "!wielklem", "!blokkeert de",
         "!te hard", "!hardrijd", "!snelheid", "!racen", "!racet", "sluipverkeer"),
    ),
    (
        "vernieling", "Graffiti en vernieling", "overlast-in-de-openbare-ruimte",
        ("!!*graffiti", "!!vernield", "!!vernieling", "!!vandal", "!!beklad", "!!bekras", "!!tags",
         "!!ondergespoten", "!!volgespoten", "!!bespoten", "!!volgeklad", "!!tag.", "!!besmeurd",
         "!!ingegooid", "!!ingeslagen",
         "!!ingetrapt", "!!omgetrapt", "!!kapotgetrapt", "!!kapotgeslagen", "!!stukgeslagen",
         "!!kapotgemaakt", "!!moedwillig", "!!opgeblazen", "!!gesloopt door", "!!wildplak",
         "!!*sticker", "!!poster",
         "!!affiche", "!!geplakt", "!!beplakt", "!!hakenkruis", "!!brandschade", "!!brandplek",
         "!!in brand",
         "!!brandsticht", "!!afgebrand", "!!uitgebrand", "!!afgebroken door", "ruit.", "ruiten"),
    ),
    (
        "verlichting", "Verlichting", "wegen-verkeer-straatmeubilair",
        ("!!*verlicht", "!!*lantaarn", "!!*lichtmast", "!!lamp", "!!armatu", "!!led.", "lichtbron",
         "!brandt overdag", "!brandt continu", "!donker", "!*donker.",
         "!brandt niet", "!knipper", "!lichtpunt", "!licht.", "!lichten."),
    ),
    (
        "straatmeubilair", "Borden en straatmeubilair", "wegen-verkeer-straatmeubilair",
        # borden, palen, hekken
        ("!*bord.", "!*borden", "!*bordje", "!*paal", "!*palen", "!*paaltje", "!*hek.", "!*hekk",
         "!*hekje", "!poller", "!poer",
         "!biggenrug", "!leuning", "!haltepaal",
         "!*verbod", "wegwijzer", "bewegwijzer", "markering", "slagboom", "vangrail", "spiegel",
         "plattegrond", "klok.", "verdeelkast", "!stroomkast", "!kastje",
         "!verkeerslicht", "!stoplicht", "camera", "brievenbus", "drempel", "bloembak.",
         # banken, speelplaatsen, fietsenrekken
         "bank.", "banken", "*bankje", "!zitting", "*tafel", "picknick", "!*toestel", "!valdemp",
         "!veiligheidsondergrond", "!kunstgras", "speeltuin", "speelplaats",
         "speelplek", "!wipkip", "!schommel", "!glijbaan", "!klimrek", "!wip.", "!zandbak",
         "!trapveld", "doel.", "doeltje", "goal.", "goals.", "goaltje", "voetbalveld",
         "basketbal", "bushalte", "bushok", "abri",
         "!*fietsenrek", "fietsrek", "!*nietje", "fietsenstalling", "kunstwerk", "standbeeld",
         "fontein"),
    ),
    (
        "verharding", "Straten en stoepen", "wegen-verkeer-straatmeubilair",
        # straat, stoep en fietspad
        ("!straatwerk", "!*bestrat", "!*verharding", "!spoorvorming", "!*opdruk", "!voegen",
         "!*tegel", "!*klinker", "!straatsten", "!kinderkopje",
         "hoofdweg", "rijweg", "*stoep", "*pad.", "*paden.", "trottoir", "inrit", "wegdek",
         "rijbaan", "*asfalt",
         "!gat.", "!gaten", "!kuil", "!*verzak", "!scheur in", "!scheuren in", "!*scheurvorming",
         "!rafelig", "!losligg", "!stoeprand",
         "!trottoirband", "!opsluitband", "!*goot.", "!goten.", "!struikel", "!trapgevaar",
         "!ongelijk", "!hobbel",
         "!opgebroken", "!zakt in", "!op- en afrit", "!oprit", "!oversteek", "!zebra", "!belijning",
         "!wegmarkering", "brug", "!brugdek",
         # put, riool, water en gladheid
         "!*put.", "!*putten", "!*deksel.", "!*kolk.", "!*kolken", "!kolk", "!riool",
         "!riolering", "!afwater",
         "!wateroverlast", "!plas.", "!plassen.", "!*plasvorming", "!waterplas", "!staat blank",
         "blank.", "!water blijft", "!water loopt", "!regenwater",
         "!glad.", "!gladheid", "!strooi", "!gestrooid", "!sneeuw"),
    ),
    (
        "groen", "Groen en water", "openbaar-groen-en-water",
        # bomen
        ("!*boom", "!*bomen", "!*tak.", "!*takken", "!*wortel", "!stam.", "!stronk", "!stobbe",
         "!dood hout",
         "!opkron", "!kroonsnoei", "!*kruin",
         "!eik.", "!eiken", "!berk", "!plataan", "!platan", "!linde.", "!kastanje.", "!wilg",
         "!processierups", "!omgewaaid",
         # maaien, snoeien, onkruid
         "!gras", "*groen", "!heg.", "!heggen", "!haag", "!hagen", "!*heester", "!struik",
         "!onkruid", "!brandnetel", "!distel", "!braam", "!bramen", "!mos.", "!klimop",
         "!bereklauw", "!berenklauw", "!schoffel", "!*snoei", "!maai", "!*gemaaid", "plant",
         "!*beplanting",
         "!overhang", "!overgroei", "!overwoeker", "!woeker", "!verwilder", "!inboet", "!kale plek",
         "!gazon", "!berm.", "!bermen", "!*bosschage", "!*plantvak", "!*borders.", "!ruigte",
         "!bamboe", "!opschot", "!akkerdistel", "!netel", "!bladval", "!dichtgegroei",
         "!*duizendknoop", "bosjes", "perk",
         "plantsoen", "park.", "bloem", "onderhoud terrein",
         # water
         "!vijver", "!sloot", "!sloten.", "!kroos", "!blauwalg", "!oever", "!beschoeiing",
         "!beek", "!drijfvuil", "!dode vis", "!wadi", "!duiker", "!talud"),
    ),
    (
        "dieren", "Dieren", "overlast-van-dieren",
        ("!!ratten", "!!rat.", "!!duif", "!!duiven", "!!muis.", "!!muizen", "!!wesp", "!!meeuw",
         "!!kraai", "!!gans.", "!!ganzen", "!!*poep", "!!*drol", "!!uitwerpsel", "!hond",
         "!!ongedierte",
         "!!kakkerlak", "!!bijen", "!!mieren", "!!vos.", "!kat.", "!katten", "!!dood dier",
         "!!dode dier",
         "!!dode hond", "!!dode vogel", "!!kadaver", "!!nest"),
    ),
    (
        "overlast", "Overlast van personen", "overlast-van-en-door-personen-of-groepen",
        # jongeren en groepen
        ("!!hangjongeren", "!jongeren", "!jeugd", "!hangplek", "!rondhang", "!hangen rond",
         "!groep", "!groepje", "!intimid", "!geintimid", "!bedreig", "!uitgescholden", "!scheld",
         "!pester",
         "!overlast", "!ruzie", "!burenruzie", "!vecht", "!agressie", "!samenschol",
         # drank en drugs
         "!!drugs", "!!deal", "!!gedeal", "!!dealt", "!cannabis", "!joint", "!!wiet", "!!hennep",
         "!!blowen", "!!lachgas", "!alcohol",
         "!drank", "!dronken", "!drinken", "!drinkt",
         # lawaai, vuurwerk, stank
         "!!muziek", "!geluid", "!!lawaai", "!herrie", "!kabaal", "!schreeuw", "!blaffen",
         "!stank", "!stinkt", "!vuurwerk", "!barbecue",
         # daklozen, wildplassen
         "!zwerver", "!dakloze", "!bedel", "!verward", "!wildplas", "!plast", "!geplast",
         "!plassen tegen", "!urine", "!slaapt in", "!slapen in"),
    ),
    (OTHER, "Overig", "overig", ()),
)  # fmt: skip

WHERE = (
    "op", "in", "bij", "langs", "achter", "naast", "tegen", "onder", "voor", "tussen", "over",
    "rond", "rondom", "boven", "aan", "uit", "naar", "tegenover", "vanaf",
)  # fmt: skip
"""Words before a place."""
OF = ("de", "het", "een", "die", "dit", "deze", "dat", "onze", "ons", "mijn", "zijn", "haar",
      "elk", "elke", "alle", "iedere", "ieder", "hun")  # fmt: skip
"""Words allowed between such a word and its place."""
