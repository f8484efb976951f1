r"""
Hold the categories of findings, and the Dutch words that point to them.

The words follow Signalen's sub-categories, one line of words for each of these or a few.

- A word counts where it begins a word of the text (*tegel*: tegels), after an asterisk also
  inside one (``*tegel``: stoeptegels), and before a full stop only as the whole word (*rat.*).
- After an exclamation mark it counts double, after two threefold: it says more of what is
  wrong (*!!beklad*) than a thing that much can be wrong with does (*muur*).
- A word that only says where (*op de stoep*, *bij de flat*) counts where no other does.
- The category that counts most wins; of equal ones the one named first in the text, and then
  the first in this list.

Measured on findings in the words of residents, labelled by hand by what they mean, in
tests/test_schouw_categories.py. Both sets were there before these rules and had no part in
them; who wrote the larger one wrote the rules, so the smaller one is the fairer measure.

| | findings | decided | right where decided | right in all |
| --- | --- | --- | --- | --- |
| smaller set, before | 32 | 59 % | 89 % | 59 % |
| smaller set | 32 | 91 % | 86 % | 81 % |
| larger set, before | 133 | 54 % | 81 % | 50 % |
| larger set | 133 | 91 % | 97 % | 94 % |
"""

OTHER = "overig"

CATEGORIES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "woning", "Woningen en bouwtoezicht", "overig",
        ("dakterras", "*muur", "gevel", "balkon", "*schuur", "!schutting", "kozijn", "!dakgoot",
         "erker", "aanbouw", "pui.", "!dakkapel", "!dakpan", "dak.", "schoorsteen", "regenpijp",
         "garagebox", "!tuin", "!voortuin", "!achtertuin", "erfafscheiding", "erfgrens",
         "!leegstand", "!leegstaand", "!staat leeg", "!dichtgetimmerd",
         "bouwval", "verpauper", "achterstallig onderhoud", "!asbestdak", "woning", "*huis.",
         "pand."),
    ),
    (
        "bouw", "Bouw en bouwterreinen", "overlast-in-de-openbare-ruimte",
        ("!bouwterrein", "!bouwplan", "!bouwwerk", "!bouwplaats", "!bouwput", "!bouwafval",
         "!bouwmateria", "!bouwhek", "!bouwkeet", "!bouwlawaai", "!bouwverkeer", "!bouwzand",
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
         "!er woont", "!huisjesmelk"),
    ),
    (
        "afval", "Afval", "afval",
        # huisafval, grofvuil
        ("*afval", "vuilnis", "vuil", "grofvuil", "!huisraad", "!matras", "bankstel", "koelkast",
         "wasmachine", "meubel", "!kapotte stoel", "zak.", "zakken", "doos.", "dozen", "karton",
         "!*dump", "!gestort", "!bijgeplaats", "!ernaast gezet", "!achtergelaten",
         # containers en prullenbakken
         "*container", "*kliko", "!*bak vol", "prullenbak", "*vuilnisbak", "*afvalbak",
         "!*korf", "glasbak", "papierbak", "plasticbak", "gft", "milieupas", "ophaal", "!*geleegd",
         "!puilt", "*bakken.", "!legen", "*bak.",
         # zwerfvuil
         "!zwerf", "rommel", "!troep", "blikje", "blik.", "fles", "glasscherv", "!scherven",
         "!kapot glas", "!glas.", "papier", "plastic", "verpakking", "peuk", "bladeren", "injectie",
         # puin, asbest, lozing
         "!puin", "!asbest", "!accu.", "!olie", "!gedumpt"),
    ),
    (
        "voertuig", "Voertuigen en parkeren", "overlast-in-de-openbare-ruimte",
        ("!sloopauto", "!*wrak", "*auto.", "*autos.", "voertuig", "!kenteken", "!nummerpl",
         "!aanhang", "!caravan", "!camper", "!boottrailer", "trailer", "bromfiets", "brommer",
         "*scooter",
         "motor.", "motoren",
         "bus.", "busje", "bestelbus", "vrachtwagen", "taxi", "!*parke",
         "fietsen", "fiets.", "!*weesfiets", "deelfiets", "!dubbel gep", "!blokkeert de",
         "!te hard", "!hardrijd", "!snelheid", "!racen", "!racet", "sluipverkeer", "inrit"),
    ),
    (
        "vernieling", "Graffiti en vernieling", "overlast-in-de-openbare-ruimte",
        ("!!*graffiti", "!!vernield", "!!vernieling", "!!vandal", "!!beklad", "!!bekras", "!!tags",
         "!!ondergespoten", "!!bespoten", "!!besmeurd", "!!ingegooid", "!!ingeslagen",
         "!!ingetrapt", "!!opgeblazen", "!!gesloopt door", "!!wildplak", "!!*sticker", "!!poster",
         "!!affiche", "!!geplakt", "!!hakenkruis", "!!brandschade", "!!brandplek", "!!in brand",
         "!!brandsticht", "!!afgebrand", "!!uitgebrand", "!!afgebroken door", "ruit.", "ruiten"),
    ),
    (
        "verlichting", "Verlichting", "wegen-verkeer-straatmeubilair",
        ("!!*verlicht", "!!*lantaarn", "!!*lichtmast", "!!lamp", "!donker", "!*donker.",
         "!brandt niet", "!knipper", "!lichtpunt", "!licht.", "!lichten."),
    ),
    (
        "straatmeubilair", "Borden en straatmeubilair", "wegen-verkeer-straatmeubilair",
        # borden, palen, hekken
        ("!*bord.", "!*borden", "!*bordje", "*paal", "*palen", "!*hek.", "*hekk", "*hekje",
         "!*verbod", "wegwijzer", "bewegwijzer", "markering", "slagboom", "vangrail", "spiegel",
         "plattegrond", "klok.", "verdeelkast", "!stroomkast", "!kastje",
         "!verkeerslicht", "!stoplicht", "camera", "brievenbus", "drempel", "bloembak.",
         # banken, speelplaatsen, fietsenrekken
         "bank.", "banken", "*bankje", "picknick", "!speeltoestel", "speeltuin", "speelplaats",
         "speelplek", "!wipkip", "!schommel", "!glijbaan", "!klimrek", "!wip.", "!zandbak",
         "!trapveld", "doel.", "doeltje", "voetbalveld", "basketbal", "bushalte", "bushok", "abri",
         "!*fietsenrek", "fietsrek", "nietje", "fietsenstalling", "kunstwerk", "standbeeld",
         "fontein"),
    ),
    (
        "verharding", "Straten en stoepen", "wegen-verkeer-straatmeubilair",
        # straat, stoep en fietspad
        ("!straatwerk", "!*bestrat", "!*tegel", "!*klinker", "!straatsten", "!kinderkopje",
         "*stoep", "voetpad", "fietspad", "trottoir", "wandelpad", "wegdek", "rijbaan", "*asfalt",
         "!gat.", "!gaten", "!kuil", "!*verzak", "!scheur in de weg", "!losligg", "!stoeprand",
         "!trottoirband", "!struikel", "!trapgevaar", "!ongelijk", "!hobbel",
         "!opgebroken", "!zakt in", "!op- en afrit", "!oprit", "!oversteek", "!zebra", "!belijning",
         "!wegmarkering", "brug", "!brugdek",
         # put, riool, water en gladheid
         "!put.", "!putten", "!putdeksel", "!kolk", "!riool", "!riolering", "!afwater",
         "!wateroverlast", "!plas.", "!plassen.", "!water blijft", "!water loopt", "!regenwater",
         "!glad.", "!gladheid", "!strooi", "!gestrooid", "!sneeuw"),
    ),
    (
        "groen", "Groen en water", "openbaar-groen-en-water",
        # bomen
        ("!*boom", "!*bomen", "!tak.", "!takken", "!*wortel", "!stam.", "!stronk",
         "!eik.", "!eiken", "!berk", "!plataan", "!platan", "!linde.", "!kastanje.", "!wilg",
         "!processierups", "!kruin", "!omgewaaid",
         # maaien, snoeien, onkruid
         "!gras", "*groen", "!heg.", "!heggen", "!haag", "!hagen", "!*heester", "!struik",
         "!onkruid", "!brandnetel", "!distel", "!braam", "!bramen", "!mos.", "!klimop",
         "!bereklauw", "!berenklauw", "!schoffel", "!*snoei", "!maai", "!*gemaaid", "plant",
         "!*beplanting",
         "!overhang", "!overgroei", "!dichtgegroei", "!*duizendknoop", "bosjes", "perk",
         "plantsoen", "park.", "bloem", "onderhoud terrein",
         # water
         "!vijver", "!sloot", "!sloten.", "!kroos", "!blauwalg", "!oever", "!beschoeiing",
         "!beek", "!drijfvuil", "!dode vis"),
    ),
    (
        "dieren", "Dieren", "overlast-van-dieren",
        ("!!ratten", "!!rat.", "!!duif", "!!duiven", "!!muis.", "!!muizen", "!!wesp", "!!meeuw",
         "!!kraai", "!!gans.", "!!ganzen", "!!*poep", "!!*drol", "!hond", "!!ongedierte",
         "!!kakkerlak", "!!bijen", "!!mieren", "!!vos.", "!kat.", "!katten", "!!dood dier",
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
         "!!drugs", "!!deal", "!!gedeal", "!!wiet", "!!hennep", "!!blowen", "!!lachgas", "!alcohol",
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
"""Words that may stand between such a word and its place."""
