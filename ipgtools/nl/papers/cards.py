"""
Words of method cards: use, working, limits, and what people decide.

Numbers are names between braces here; `ipgtools.papers.methods` lists where in the code
each is. A digit in these texts would be one that can go out of date, and a test refuses it.
"""

from typing import NamedTuple

from ipgtools.nl import offenders
from ipgtools.nl.methods import KERNELS

__all__ = [
    "CARDS", "CLAIM_COLUMNS", "DEFAULT", "FROM_DATA", "IN_BRIEFING", "LABELS", "LAST_DAY",
    "NOT_IN_BRIEFING", "NO_CLAIM", "PARAMETERS", "SET", "VALUES", "Text", "classes", "yes_no",
]  # fmt: skip


class Text(NamedTuple):
    """
    Words of a method card.

    Parameters
    ----------
    name, purpose, data : str
        Its name, what it is for, what goes in.
    how : tuple of str
        Four sentences.
    limits : tuple of str
        What it can't show.
    decision : str
        What people decide with it.
    source : str
        Where the method comes from, besides the references in the code.
    """

    name: str
    purpose: str
    data: str
    how: tuple[str, str, str, str]
    limits: tuple[str, ...]
    decision: str
    source: str = ""


_REGISTERED = (
    "Geteld is wat geregistreerd is. Waar meer gemeld of meer gecontroleerd wordt, lijkt "
    "het drukker."
)
_PAST = "Het gaat over de periode die gelezen is, niet over wat er komt."
_NOT_BOTH = "Niets gevonden betekent niet dat er niets is: kleine verschillen worden gemist."
CARDS: dict[str, Text] = {
    "places": Text(
        "Plekken: nieuw of stijgend, vast druk, of een vlek",
        "Zeggen op welke plekken in de wijk meer gebeurt dan het eigen verleden of de bebouwing "
        "verklaart, zodat een briefing plekken bij naam kan noemen.",
        "Plaats, tijd en soort van incidenten; adressen of straten als maat; de grens van de wijk.",
        (
            "De wijk wordt verdeeld in vakken van {cell} meter, en per periode wordt geteld.",
            (
                "Een plek is nieuw of stijgend boven {new} keer haar eigen verleden, vast druk "
                "boven {busy} keer en een vlek boven {cluster} keer wat adressen of straten over "
                "{months} maanden verklaren."
            ),
            (
                "De hoogste uitkomst telt tegen de hoogste op kaarten waarop alleen toeval werkt, "
                "zodat overal gekeken mag worden."
            ),
            (
                "Wat gevonden is krijgt een naam uit zijn straten, en er wordt verder gezocht tot "
                "er niets meer uitspringt."
            ),
        ),
        (
            _REGISTERED,
            _PAST,
            "Het zegt niet waarom het ergens drukker is, en niets over wie er woont of komt.",
            "Met minder dan {fewest} incidenten in de periode wordt niets getoetst.",
            _NOT_BOTH,
        ),
        "De briefer en de wijkagent bepalen of een plek aandacht krijgt, welke en van wie; zij "
        "kennen de plek en kunnen haar weglaten.",
    ),
    "busiest": Text(
        "Drukste plekken: een lijst zonder uitspraak",
        "Een gewone ranglijst van plekken met de meeste incidenten, ook als niets getoetst kan "
        "worden.",
        "Plaats en tijd van incidenten; straten voor de namen.",
        (
            "Incidenten worden geteld in kleine vakken.",
            "Een ouder incident telt minder mee dan een nieuw.",
            (
                "Hoe snel dat afneemt, wordt gekozen door te kijken welke lijst in het verleden de "
                "meeste latere incidenten bevatte."
            ),
            "De drukste vakken komen in de lijst, met de naam van hun straat.",
        ),
        (_REGISTERED, "De lijst zegt niet dat het er drukker is dan te verwachten.", _PAST),
        "De briefer gebruikt de lijst als geheugensteun en beslist zelf wat ertoe doet.",
        "Keuze van de halveringstijd: eigen terugtoets op eerdere maanden.",
    ),
    "change": Text(
        "Vergelijking met eerdere periodes",
        "Zeggen of het totaal, een soort, een buurt of een vak meer of minder incidenten heeft dan "
        "ervoor of een jaar eerder.",
        "Tijd, soort en plaats van incidenten, over ten minste {weeks} weken of {months} maanden.",
        (
            "Twee aantallen worden vergeleken alsof ze uit een zelfde kans per dag komen.",
            (
                "Hoe sterk aantallen vanzelf schommelen, wordt gemeten aan de weken ervoor en telt "
                "mee."
            ),
            "Omdat er veel vergelijkingen tegelijk zijn, wordt de grens daarvoor aangescherpt.",
            "Alleen periodes die de bestanden helemaal dekken, worden vergeleken.",
        ),
        (
            _REGISTERED,
            "Het zegt niet waardoor een aantal veranderde, en niet of een maatregel werkte.",
            _NOT_BOTH,
        ),
        "De briefer beslist of een verandering het vertellen waard is en zoekt naar de verklaring.",
    ),
    "hours": Text(
        "Drukke uren",
        "Zeggen op welke uren van de week meer gebeurt dan op andere.",
        "Het vroegste en laatste tijdstip waarop elk incident gebeurd kan zijn.",
        (
            "Een incident met een tijdvak wordt gelijk verdeeld over de uren daarvan.",
            (
                "Het drukste venster van de week wordt vergeleken met het drukste venster van "
                "weken waarin dagen en uren opnieuw verdeeld zijn."
            ),
            "Tijden die voor onbekend staan, zoals middernacht, worden herkend en doen niet mee.",
            (
                "Uren worden pas genoemd bij ten minste {fewest} bekende tijden op {days} dagen, "
                "en {lift} keer hun aandeel in de week."
            ),
        ),
        (
            "Het zegt niet op welk uur een bepaald incident gebeurde.",
            "Incidenten met een tijdvak langer dan {longest} dagen doen niet mee.",
            _NOT_BOTH,
        ),
        "De chef bepaalt of en wanneer er iemand naartoe gaat; het rooster blijft mensenwerk.",
    ),
    "near_repeats": Text(
        "Herhaling in de buurt",
        "Zeggen of na een incident vaker een tweede volgt, dichtbij en kort erna, en waar een "
        "volgende nu nog mee zou tellen.",
        "Plaats en dag van incidenten, meestal woninginbraken van een jaar.",
        (
            "Geteld wordt hoeveel paren er zijn binnen {distance} meter en {n_days} dagen.",
            (
                "Dat wordt vergeleken met het aantal als de dagen binnen gebied en maand van "
                "plaats wisselen."
            ),
            "De verwachting daarvan komt uit een formule; alleen de kans wordt geloot.",
            "Waar een tweede nog mee zou tellen, ziet alleen de politie.",
        ),
        (
            "Het zegt niet dat er een tweede komt, en niets over wie het deed.",
            "In een wijk met weinig incidenten is er niets te zeggen.",
            _NOT_BOTH,
        ),
        "De wijkagent beslist of bewoners in de omgeving een bericht of bezoek krijgen.",
    ),
    "repeats": Text(
        "Herhaling op dezelfde plek",
        "Zeggen op welke plekken meer dan een incident was, en of dat er meer zijn dan past bij "
        "hoe druk die plekken eerder waren.",
        "Plaats van incidenten in de periode en ervoor.",
        (
            "Incidenten op hetzelfde punt zijn een plek.",
            "Geteld wordt op hoeveel plekken er twee of meer waren.",
            "Daarnaast staat hoeveel dat er zouden zijn als elke plek zo druk bleef als zij was.",
            "Die verwachting wordt precies berekend, zonder loten.",
        ),
        (
            (
                "Punten die een bron op het midden van een straat zet, zijn geen adres; zij worden "
                "gemeld."
            ),
            _REGISTERED,
        ),
        "De wijkagent beslist of een adres of straat opnieuw bezocht wordt.",
    ),
    "concentration": Text(
        "Concentratie",
        "Zeggen welk deel van de incidenten op het drukste deel van de plekken valt.",
        "Aantallen per vak, straat of buurt.",
        (
            "De plekken worden van druk naar rustig gezet.",
            "De Lorenz-kromme en de Gini-coëfficiënt zeggen hoe ongelijk dat verdeeld is.",
            "Daarnaast staat wat dezelfde incidenten geven als zij over de plekken geloot worden.",
            "Of dezelfde plekken een volgende periode de drukste zijn, wordt apart getoetst.",
        ),
        ("Met weinig incidenten lijkt alles geconcentreerd.", _REGISTERED),
        "De gebruiker weegt of aandacht voor enkele plekken genoeg is.",
    ),
    "density": Text(
        "Dichtheid op de kaart",
        "Een vloeiende kaart die laat zien waar de meeste incidenten zijn.",
        "Punten van incidenten.",
        (
            "Om elk incident wordt een heuveltje gelegd met een vaste breedte.",
            "De hoogtes worden per vak opgeteld.",
            "De breedte volgt uit hoe ver de incidenten uit elkaar liggen, of uit de instelling.",
            "Wat buiten het gebied valt, telt daar niet mee.",
        ),
        (
            (
                "De kaart toetst niets: een donkere vlek kan toeval zijn, of komen doordat er meer "
                "mensen wonen."
            ),
            "De gekozen breedte verandert het beeld.",
        ),
        "De kaart helpt bij het kijken; een plek wordt pas genoemd als de toets van plekken dat "
        "zegt.",
    ),
    "areas": Text(
        "Aantallen en cijfers per gebied",
        "Tellen per wijk of buurt, en verhouden tot het aantal inwoners.",
        "Punten van incidenten; vlakken en inwoners van het CBS.",
        (
            "Elk punt krijgt het gebied waarin het ligt.",
            "Een punt op een grens telt in een gebied.",
            "Een cijfer is het aantal per {per} inwoners, met een interval.",
            (
                "In een notebook kunnen cijfers van kleine gebieden naar het gemiddelde getrokken "
                "worden."
            ),
        ),
        (
            "Inwoners zijn niet wie er komt: een centrum met winkels krijgt een hoog cijfer.",
            "Cijfers van kleine gebieden schommelen sterk.",
            _REGISTERED,
        ),
        "De gebruiker kijkt naar aantal en cijfer samen, en kent het gebied.",
    ),
    "offenders": Text(
        "Veelplegers tellen per gebied",
        "Tellen hoeveel mensen volgens een genoemde definitie veelpleger zijn en in een gebied "
        "actief waren.",
        "Antecedenten: pseudoniem, pleegdatum, pv, afloop en leeftijd bij het feit. Geen naam, "
        "geen woonadres.",
        (
            (
                "Bij het lezen worden nummers vervangen door pseudoniemen met een sleutel van de "
                "organisatie."
            ),
            (
                "Feiten die volgens de definitie tellen, worden per persoon geteld: meer dan "
                "{adult} maakt een veelpleger, bij minderjarigen meer dan {minor} pv's."
            ),
            "Wie in een gebied een feit pleegde dat telt, is daar actief.",
            "Er komt een aantal per klasse uit; kleine aantallen worden weggelaten.",
        ),
        (
            "Er is geen score, rangorde of verwachting van een persoon, en die komt er niet.",
            "De uitkomst zegt niet wie het zijn, waar zij wonen of wat zij zullen doen.",
            "De definities verschillen; een aantal zegt alleen iets met de definitie erbij.",
            "Of iemand voor een maatregel in aanmerking komt, volgt hier niet uit.",
        ),
        "Over een persoon wordt hier niets besloten. Een wijk met veel actieve veelplegers kan "
        "reden zijn voor overleg; dat doen mensen met de stukken erbij.",
    ),
    "schouw": Text(
        "Bevindingen van een wijkschouw vergelijken",
        "Zeggen welke bevindingen opgelost, nog open of nieuw zijn, en welke acties openstaan.",
        "Verslagen van een wijkschouw: plaats in woorden, omschrijving, wie wat doet.",
        (
            "De plaats in woorden wordt met eigen straten en adressen een punt.",
            (
                "Twee bevindingen kunnen dezelfde zijn als zij binnen {distance} meter of aan "
                "dezelfde straat liggen, en over hetzelfde gaan."
            ),
            "Elke bevinding van de laatste schouw krijgt er hooguit een van de vorige.",
            "Wat niet zeker is, wordt genoemd en kan nagekeken worden.",
        ),
        (
            "Dat een bevinding niet terugkomt, hoeft niet te betekenen dat zij is opgelost.",
            "Woorden uit een scan kunnen verkeerd gelezen zijn.",
        ),
        "Gemeente, corporatie en politie spreken af wie wat doet; het programma houdt de lijst "
        "bij.",
        "Eigen regels; zie de beschrijving bij de instellingen.",
    ),
    "protection": Text(
        "Bescherming van aantallen",
        "Voorkomen dat uit een tabel, kaart of zin blijkt wat een persoon of adres overkwam.",
        "Elke tabel die naar buiten gaat, en het register van wat er al naar buiten ging.",
        (
            (
                "Elke tabel gaat langs een poort die haar herkent; per publiek staat vast welke "
                "kolommen, soorten, gebieden en tijden mee mogen, en wat niet genoemd is gaat niet "
                "weg."
            ),
            (
                "Een aantal onder de {threshold} wordt weggelaten, ook nul, en elk ander aantal "
                "gaat met een geheime sleutel omhoog of omlaag naar een veelvoud van {base}."
            ),
            (
                "Een getal dat naar buiten ging, staat in het register en blijft voor elk publiek "
                "hetzelfde tot het echte aantal {hold} verschilt; periodes liggen op een vaste "
                "kalender, zodat twee uitgaven samen geen losse dag prijsgeven."
            ),
            (
                "Met lineair programmeren wordt nagerekend wat een lezer uit alle getallen samen "
                "kan afleiden; zou een klein aantal zo bekend worden, dan worden getallen grover "
                "of gaat er niets weg."
            ),
        ),
        (
            "Wie precieze aantallen mag zien, zoals de politie zelf, krijgt die ook.",
            "Straten, uren en herhaling dichtbij doen in de narekening niet mee.",
            (
                "Wie de plek goed kent, of uitgaven van verschillende organisaties naast elkaar "
                "legt, kan soms meer afleiden."
            ),
            "De poort oordeelt niet of delen mag: daar is een grondslag voor nodig.",
        ),
        "Een mens beslist of en met wie er gedeeld wordt, op welke grond, en bekijkt wat er "
        "weggaat.",
        "Praktijk van CBS en politie: kleine aantallen weglaten, afronden op vijftallen. "
        "Narekenen: Handbook on Statistical Disclosure Control, hoofdstuk over tabellen.",
    ),
    "data": Text(
        "Wat een bestand mist",
        "Waarschuwen voor wat de cijfers kan vertekenen voordat iemand ze gelooft.",
        "De incidenten zelf, en inwoners per gebied.",
        (
            (
                "Gekeken wordt of er tijd of gebied ontbreekt, of een bestand later begint of "
                "eerder ophoudt, en of punten afgerond of verplaatst zijn."
            ),
            (
                "Een stilte of een leeg gebied wordt genoemd als het langer of leger is dan toeval "
                "verklaart."
            ),
            "Incidenten die de politie zelf vindt, worden onderscheiden van wat burgers melden.",
            "Elke waarschuwing staat in het leesverslag of op de dia met de verantwoording.",
        ),
        ("Een bestand zonder waarschuwing kan nog steeds onvolledig zijn.",),
        "De analist beslist of een bestand bruikbaar is of opnieuw gevraagd moet worden.",
    ),
    "cases": Text(
        "Zaken (PGA en TBS) tellen zonder personen",
        "Zeggen hoeveel zaken per team in welke fase zijn en welke acties van partners openstaan.",
        "Zaaknummer, soort, team, fase en acties. Een bestand met namen, geboortedatums of "
        "plaatsen wordt geweigerd.",
        (
            "Elke zaak telt een keer, in haar team en fase.",
            "Open acties worden per partner geteld, en wat te laat is apart.",
            (
                "Aantallen onder de {persons} worden weggelaten, en een groter als die anders te "
                "berekenen zijn."
            ),
            "Alleen de politie krijgt het overzicht; er is geen kaart en geen plaats.",
        ),
        ("Het zegt niets over personen, en niets over wat een aanpak oplevert.",),
        "De mensen van de zaak beslissen wat er gebeurt; het overzicht zegt alleen wat er ligt.",
        "Eigen telling.",
    ),
    "gi_star": Text(
        "Gi* (alleen in notebooks)",
        "Laten zien waar in en om een vak meer of minder gebeurt dan elders in de wijk.",
        "Aantallen per vak.",
        (
            "Het aantal in een vak en zijn buren wordt vergeleken met dat van de hele wijk.",
            "Een vak heet pas zeker als twee toetsen dat na correctie zeggen.",
            "De kans komt uit de precieze verdeling, zonder loten.",
            "Wat niet zeker is, heet mogelijk.",
        ),
        ("Vergeleken wordt met een gelijke spreiding: een woonwijk naast een park springt eruit.",),
        "De analist gebruikt het om te verkennen; in een briefing komt het niet voor.",
    ),
    "resemblance": Text(
        "Lijken buren op elkaar? (alleen in notebooks)",
        "Zeggen of vakken of gebieden naast elkaar meer op elkaar lijken dan andere.",
        "Aantallen of cijfers per vak of gebied.",
        (
            "Van elk gebied worden de buren bepaald.",
            "Moran, Geary, G en join counts meten of buren op elkaar lijken.",
            "De lokale Moran zegt het per gebied.",
            "De kans komt uit een formule of uit herschikkingen.",
        ),
        ("Het zegt niet waardoor buren op elkaar lijken.",),
        "De analist gebruikt het om te verkennen.",
    ),
    "patterns": Text(
        "Liggen punten bij elkaar? (alleen in notebooks)",
        "Zeggen of incidenten dichter bij elkaar liggen dan bij een gelijke spreiding.",
        "Punten en de grens van het gebied.",
        (
            "Clark-Evans kijkt naar de afstand tot het dichtstbijzijnde punt.",
            "Ripley telt hoeveel punten er binnen een afstand liggen.",
            "Beide houden rekening met de rand van het gebied.",
            "De kans komt uit gelote patronen in hetzelfde gebied.",
        ),
        ("Woningen staan ook bij elkaar; dat zit in de uitkomst.",),
        "De analist gebruikt het om te verkennen.",
    ),
    "groups": Text(
        "Groepen van incidenten (alleen in notebooks)",
        "Incidenten die dicht bij elkaar liggen, samennemen en omlijnen.",
        "Punten, en voor sommige methoden tijden.",
        (
            "Punten binnen een afstand van elkaar vormen een groep.",
            "Er zijn verschillende manieren, met en zonder tijd.",
            "Waar het kan wordt vergeleken hoeveel en hoe grote groepen toeval geeft.",
            "Een omtrek laat zien waar de groep ligt.",
        ),
        ("De gekozen afstand bepaalt de groepen.", _REGISTERED),
        "De analist gebruikt het om te verkennen.",
    ),
    "risk": Text(
        "Risicokaart (alleen in notebooks)",
        "Laten zien waar meer gebeurt dan het aantal inwoners of woningen verklaart.",
        "Punten van incidenten, en van woningen of inwoners.",
        (
            "Van beide wordt een dichtheid gemaakt met dezelfde breedte.",
            "De verhouding zegt waar er meer of minder is.",
            "Waar te weinig bevolking is, wordt niets gezegd.",
            "De grens van een gebied heet zeker als dat na correctie zo is.",
        ),
        ("Het gaat over plekken, niet over de mensen die er wonen.", _REGISTERED),
        "De analist gebruikt het om te verkennen.",
    ),
    "interaction": Text(
        "Samenhang in plaats en tijd (alleen in notebooks)",
        "Zeggen of wat dicht bij elkaar ligt, elkaar ook sneller opvolgt.",
        "Plaats en tijd van incidenten.",
        (
            "Mantel vergelijkt alle paren op afstand en tijd.",
            "Jacquez telt hoe vaak buren in plaats ook buren in tijd zijn.",
            "De kans komt uit herschikte tijden.",
            "Gelijke afstanden worden gedeeld.",
        ),
        ("Een trend die per gebied verschilt, kan ook samenhang geven.",),
        "De analist gebruikt het om te verkennen.",
    ),
    "network": Text(
        "Dichtheid langs straten (alleen in notebooks)",
        "Laten zien op welke stukken straat de meeste incidenten zijn.",
        "Punten van incidenten en lijnen van straten.",
        (
            "Elk incident gaat naar de dichtstbijzijnde straat.",
            "De straten worden in korte stukken verdeeld.",
            "De afstand gaat langs de straten.",
            "Op een kruising wordt verdeeld over de andere straten.",
        ),
        ("De kaart toetst niets.", _REGISTERED),
        "De analist gebruikt het om te verkennen.",
    ),
    "scan": Text(
        "Clusters in plaats en tijd (alleen in notebooks)",
        "Zeggen waar, en sinds wanneer, meer gebeurt dan plaats en tijd elk voor zich verklaren.",
        "Plaats en dag van incidenten; soms ook adressen of andere incidenten.",
        (
            "Elke cirkel of elk stuk straat, met elk aantal weken, is een mogelijke cluster.",
            "Van elk wordt bepaald hoeveel meer er gebeurde dan te verwachten was.",
            (
                "De hoogste uitkomst telt tegen de hoogste op kaarten waarop alleen toeval werkt, "
                "zodat overal gekeken mag worden."
            ),
            "Erbij staat eens in de hoeveel dagen toeval zo'n cluster geeft.",
        ),
        (
            "Met minder dan {fewest} incidenten wordt niets getoetst.",
            "Over meer dan een jaar lijkt een deel van de stad dat groeit vanzelf een cluster.",
            _REGISTERED,
            _NOT_BOTH,
        ),
        "De analist kijkt ermee of iets nieuw is; de wijkagent weet wat er speelt.",
        "Kulldorff; SaTScan.",
    ),
    "backtest": Text(
        "Had deze kaart geklopt? (alleen in notebooks)",
        "Nagaan hoeveel latere incidenten vielen in de vakken die een methode vooraf het hoogst "
        "zette.",
        "Plaats en tijd van incidenten over ten minste een half jaar.",
        (
            "Op een reeks dagen in het verleden wordt elke kaart gemaakt met wat toen bekend was.",
            (
                "Daarna wordt geteld hoeveel incidenten in de hoogste vakken vielen, voor elke "
                "methode op evenveel oppervlakte."
            ),
            (
                "Ook de drukste vakken van de vorige periode, die van de lange duur en toeval doen "
                "mee, en die mogen winnen."
            ),
            "Met minder dan {fewest} incidenten komt er geen volgorde.",
        ),
        (
            _REGISTERED,
            "Wie meer controleert waar de kaart rood is, maakt zelf dat de kaart klopt.",
            _NOT_BOTH,
        ),
        "De analist kiest ermee welke kaart de briefing gebruikt.",
        "Chainey, Tompson en Uhlig; Wheeler.",
    ),
    "effect": Text(
        "Hielp de actie? (alleen in notebooks)",
        "Schatten hoeveel incidenten er na een actie minder waren dan een gebied zonder actie laat "
        "verwachten.",
        "Aantallen voor en na de actie, in het actiegebied en in een gebied dat erop leek.",
        (
            (
                "Een vergelijkingsgebied wordt gekozen op gelijkenis voor de actie, over ten "
                "minste {steps} perioden en {fewest} incidenten."
            ),
            "Het verschil voor en na in het ene gebied wordt afgetrokken van dat in het andere.",
            "Een ring om het gebied laat zien of incidenten zich verplaatsten.",
            "Bij elk getal hoort een interval met de gekozen zekerheid.",
        ),
        (
            (
                "Het zegt niet waardoor iets veranderde: een plek die druk was, wordt vaak vanzelf "
                "rustiger."
            ),
            _REGISTERED,
            "Incidenten in reeksen maken het interval te smal.",
        ),
        "De chef en de gemeente beslissen of een maatregel doorgaat; geen effect gevonden is ook "
        "een uitkomst.",
        "Wheeler en Ratcliffe; Krishnamoorthy en Thomson.",
    ),
    "harm": Text(
        "Schade wegen (alleen in notebooks)",
        "Naast het aantal laten zien hoe zwaar incidenten wegen.",
        "Incidenten, en gewichten die de gebruiker zelf opgeeft.",
        (
            "Elk incident krijgt het gewicht van zijn soort.",
            "Aantal en schade staan altijd naast elkaar.",
            "Nagegaan wordt of de volgorde blijft bij andere gewichten.",
            "Nagegaan wordt wat er verandert als een soort weg is.",
        ),
        (
            "Een enkel zwaar incident kan een buurt bepalen.",
            "Er zijn geen Nederlandse gewichten ingebouwd.",
        ),
        "De gebruiker kiest de gewichten en verantwoordt ze.",
    ),
    "offender_patterns": Text(
        "Patronen van veelplegers (alleen in notebooks)",
        "Laten zien hoe er gepleegd wordt: samen of alleen, hoe snel opnieuw, welke soorten na "
        "elkaar, hoe ver uit elkaar, en in welk deel van de incidenten iemand bekend is.",
        "Antecedenten met pseudoniemen, en voor het aandeel ook incidenten. Geen naam, geen "
        "woonadres.",
        (
            "Er wordt geteld over alle personen samen, en over minder dan {least} personen niet.",
            "Waar een uitkomst ook bij toeval kan, staat erbij wat toeval geeft.",
            "Wie nog niet lang genoeg gevolgd is, telt mee zo lang dat duurt (Kaplan-Meier).",
            (
                "Alleen aandelen over veel personen gaan naar anderen dan de politie, naar het "
                "publiek niets."
            ),
        ),
        (
            (
                "Er is geen score, rangorde, lijst of verwachting van een persoon, en die komt er "
                "niet."
            ),
            (
                "Wie bekend wordt, is geen willekeurig deel van wie het deed: dit gaat over "
                "bekende daders en opgehelderde feiten."
            ),
            (
                "Groepen worden groter met de lengte van de periode en met een enkele "
                "gebeurtenis van velen."
            ),
        ),
        "Over een persoon wordt hier niets besloten. Een patroon kan reden zijn voor een andere "
        "aanpak van een plek of soort; dat doen mensen met de stukken erbij.",
    ),
    "funnel": Text(
        "Wijken naast elkaar (alleen in notebooks)",
        "Nagaan welke wijk meer of minder heeft dan wijken onderling verschillen.",
        "Aantallen per gebied, en inwoners of adressen.",
        (
            "Van alle gebieden samen wordt bepaald wat gewoon is, zonder de hoogste en de laagste.",
            "Ook hoe ver gebieden gewoonlijk uiteenlopen wordt gemeten, vanaf {least} gebieden.",
            "De grenzen zijn wijder voor kleine gebieden, want daar schommelt een cijfer meer.",
            "Omdat er veel gebieden tegelijk bekeken worden, is er gecorrigeerd.",
        ),
        (
            "Een gebied kan hoog liggen om redenen die niet in de telling zitten, zoals winkels.",
            "Met grote verschillen tussen gebieden is alleen een zeer groot verschil te zien.",
        ),
        "De gebruiker vraagt na waarom een gebied afwijkt; een rangorde van wijken is dit niet.",
    ),
}
"""By the key of the method."""

LABELS = {
    "purpose": "Waarvoor",
    "data": "Wat erin gaat",
    "how": "Hoe het werkt",
    "parameters": "Instellingen",
    "limits": "Wat het niet zegt",
    "claims": "Hoe vaak het zich vergist",
    "decision": "Wat mensen daarna beslissen",
    "source": "Bron van de methode",
    "functions": "In de code",
    "version": "Versie",
}
"""Headings of a card, in order."""
CLAIM_COLUMNS = ("uitspraak", "vals alarm", "gevonden", "als dit er echt is")
NO_CLAIM = "Deze methode doet zelf geen uitspraak over toeval; er is geen vals alarm te meten."
IN_BRIEFING = "De briefing gebruikt deze methode."
NOT_IN_BRIEFING = "De briefing gebruikt deze methode niet."
SET = "in ipg.toml"
DEFAULT = "vast, in de code"

PARAMETERS = {
    "actors": "wie een actie kan krijgen, naast de gebruikelijke namen",
    "ages": "leeftijden waar een groep begint",
    "alpha": "niveau van toetsen en intervallen",
    "area": "deel waarbinnen datums van plaats wisselen",
    "bands": "afstanden waar een groep begint",
    "bandwidth": "breedte van de dichtheid in meters",
    "base": "waarvan het aantal een deel is",
    "baseline": "maat waarmee vergeleken wordt",
    "buffer": "rand om een groep in meters",
    "by": "stap van de telling",
    "cell_size": "zijde van een vak in meters",
    "classes": "klassen die meetellen",
    "correction": "correctie voor de rand",
    "days": "dagen",
    "difference": "verschil dat getoetst wordt",
    "dispersion": "schommeling bij losse incidenten",
    "distance": "afstand in meters",
    "edge_correction": "correctie voor de rand",
    "exact": "zonder afronding op vakken",
    "exposure": "lengte van de periodes ten opzichte van elkaar",
    "factor": "zo veel keer andere gewichten",
    "generalised": "Gini voor minder incidenten dan plekken",
    "groups": "indeling van personen",
    "k": "aantal buren",
    "kernel": "vorm van de dichtheid",
    "lengths": "lengte van de periodes",
    "likelihood": "kans op een paar binnen de afstand",
    "lixel_length": "lengte van een stuk straat in meters",
    "max_days": "langste cluster in dagen",
    "max_interval": "langste tijdvak dat meetelt in dagen",
    "max_kinds": "aantal soorten",
    "max_radius": "grootste straal in meters",
    "max_share": "grootste deel van het geheel",
    "max_snap": "verste afstand tot een straat in meters",
    "max_steps": "langste venster in stappen",
    "max_together": "grootste groep die meetelt",
    "merge_within": "groepen die dichter bij elkaar liggen gaan samen (meters)",
    "method": "verdeling op kruisingen",
    "metric": "afstandsmaat",
    "min_at_risk": "minste personen die nog gevolgd worden",
    "min_cases": "minste incidenten in een cluster",
    "min_clusters": "minste groepen van een groep",
    "min_days": "kortste stilte in dagen",
    "min_expected": "kleinste verwachte aantal",
    "min_history": "dagen die ervoor bekend moeten zijn",
    "min_incidents": "minste incidenten",
    "min_persons": "minste personen",
    "min_steps": "kortste venster in stappen",
    "model": "wat toeval is",
    "n": "lengte van de lijst",
    "n_analyses": "aantal keren dat er gekeken is",
    "n_clusters": "meeste clusters",
    "n_draws": "aantal trekkingen bij toeval",
    "n_origins": "aantal perioden dat getoetst wordt",
    "n_permutations": "kaarten of verdelingen waarop alleen toeval werkt",
    "n_resamples": "aantal herhaalde trekkingen",
    "n_simulations": "gelote patronen",
    "named": "soorten die niet herkend zijn en toch mee mogen",
    "near_days": "dagen waarbinnen een herhaling telt",
    "near_distance": "meters waarbinnen een herhaling telt",
    "neighbours": "wie buren zijn",
    "node_crossings": "kruisingen alleen waar lijnen eindigen",
    "not_reported": "klassen die de politie zelf vindt",
    "per": "per zoveel inwoners",
    "period": "tijd waarbinnen datums van plaats wisselen",
    "prior": "aangenomen schommeling",
    "prospective": "alleen wat nog doorgaat",
    "ratio": "hoe strak een omtrek is",
    "recent_excludes_last": "het laatste feit zelf telt niet als recent",
    "reference_date": "peildatum",
    "regime": "definitie van veelplegers",
    "regimes": "definities",
    "rng": "beginpunt van het toeval",
    "rules": "regels voor de breedte",
    "sample": "bevolking is een steekproef",
    "settled": "dagen waarna alles gemeld is",
    "shape": "vorm van de omtrek",
    "shares": "aandelen van de plekken",
    "sizes": "grootte van de gebieden",
    "space_constant": "constante voor afstand",
    "space_power": "macht voor afstand",
    "step": "stap in de tijd",
    "stop_early": "stoppen zodra toeval vaak genoeg wint",
    "ties": "gelijke afstanden",
    "time_constant": "constante voor tijd",
    "time_power": "macht voor tijd",
    "top": "aantal drukste plekken",
    "towards": "gemiddelde waar naartoe",
    "unbiased": "zonder vertekening bij weinig plekken",
    "until": "laatste dag van het bestand",
    "weeks": "weken in de band",
    "weights": "gewichten",
    "without": "gebieden die niet meedoen",
}
"""What a parameter of a function is, by its name."""
VALUES = offenders.REGIMES | {
    "all": "alle gebieden",
    "area_code": "gebied",
    "auto": "adressen, anders straten",
    "binary": "ja of nee",
    "convex": "strakke omtrek",
    "discontinuous": "verdeeld over de andere straten",
    "ellipse": "ellips",
    "euclidean": "hemelsbreed",
    "hour": "uur",
    "isotropic": "isotroop",
    "likelihood": "likelihood",
    "month": "maand",
    "none": "geen",
    "nrd": "nrd",
    "period": "periode",
    "quartic": KERNELS["quartic"],
    "radius": "wie binnen een straal ligt",
    "robust": "robuust",
    "row": "samen een per gebied",
    "scott": "Scott",
    "share": "gedeeld",
    "silverman": "Silverman",
    "touching": "wie elkaar raakt",
    "week": "week",
}
"""Values of parameters that are words."""
FROM_DATA = "uit de gegevens"
LAST_DAY = "laatste dag van de periode"


def classes(n: int) -> str:
    """
    Count the classes in a list that is too long to give.

    Examples
    --------
    >>> classes(27)
    '27 klassen'
    """
    return f"{n} klassen"


def yes_no(*, yes: bool) -> str:
    """Return "ja" or "nee"."""
    return "ja" if yes else "nee"
