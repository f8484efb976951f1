"""
Categories of findings, measured on findings labelled by hand.

The findings are invented, in the words of people who walk through a wijk or live there; none
was left out for being hard. The rules were made on the first set. The other two were written
before the rules became what they are, and are never to be looked at in making rules.
"""

import pytest

from ipgtools import schouw

LABELLED = {
    "afval": [
        "Bijgeplaatste zakken naast de ondergrondse container",
        "Oude bank en matras aan de straat gezet",
        "Blikjes en flesjes in de bosjes",
        "Prullenbak puilt uit",
        "Papiercontainer vol, dozen ernaast",
        "Kliko's blijven dagenlang op de stoep staan",
    ],
    "groen": [
        "Boomwortels drukken de tegels omhoog",
        "Struiken hangen over het fietspad",
        "Onkruid tussen de tegels",
        "Dode boom in het plantsoen",
        "Gras moet gemaaid worden",
        "Duizendknoop achter de garages",
        "Tak afgebroken na de storm",
    ],
    "verharding": [
        "Losse tegels voor de ingang van de flat",
        "Kuil in het wegdek bij de drempel",
        "Verzakte stoep, gevaarlijk voor rollators",
        "Plassen blijven staan omdat de put verstopt is",
        "Stoeprand kapotgereden",
        "Gat in het asfalt",
    ],
    "straatmeubilair": [
        "Verkeersbord verdraaid",
        "Bankje in het park is kapot",
        "Paaltje ontbreekt bij de brandgang",
        "Wipkip op de speelplek is doorgeroest",
        "Hekwerk om het trapveld staat open",
        "Straatnaambord onleesbaar",
    ],
    "verlichting": [
        "Lantaarn brandt niet",
        "Erg donker in de tunnel",
        "Straatverlichting gaat overdag niet uit",
        "Lamp knippert boven de achteringang",
    ],
    "voertuig": [
        "Auto zonder wielen op de parkeerplaats",
        "Aanhanger staat al maanden op dezelfde plek",
        "Foutparkeerders op de stoep bij de school",
        "Weesfietsen in het rek bij het station",
        "Caravan in het woonerf",
        "Scooters rijden over het voetpad",
    ],
    "vernieling": [
        "Graffiti op de elektriciteitskast",
        "Bushokje vernield",
        "Stickers en posters op alle ramen geplakt",
        "Ruiten van de gymzaal ingegooid",
        "Beklad transformatorhuisje",
    ],
    "dieren": [
        "Rattengaten langs de vijver",
        "Hondenpoep op het speelveldje",
        "Duiven worden gevoerd vanaf het balkon",
        "Wespennest in de speeltuin",
    ],
    "overlast": [
        "Jongeren hangen 's avonds rond bij het winkelcentrum",
        "Er wordt gedeald in het portiek",
        "Harde muziek uit een woning",
        "Bewoners klagen over dronken mensen op het bankje",
        "Burenruzie loopt hoog op",
        "Zwerver slaapt in het trappenhuis",
    ],
    "woning": [
        "Gevel met losse stenen",
        "Dakgoot hangt los",
        "Leegstaande woning, ramen dichtgetimmerd",
        "Schutting omgewaaid",
    ],
    "bewoning": [
        "Vermoeden van illegale kamerverhuur",
        "Onduidelijk wie hier woont, mogelijk onderhuur",
    ],
    "bouw": [
        "Bouwhekken staan op het trottoir",
        "Braakliggend terrein niet afgezet",
        "Steiger blokkeert de doorgang",
    ],
    "overig": [
        "Bewoonster vraagt om een gesprek",
        "Volgende keer opnieuw kijken",
        "Mooi opgeknapt",
    ],
}
UNSEEN = {
    "afval": [
        "Vuilniszakken opengescheurd door vogels", "Glas op het schoolplein",
        "Grofvuil bij de flat", "Tuinafval gestort in de sloot",
    ],
    "groen": [
        "Heg neemt het zicht weg op de kruising", "Bloembak verdord",
        "Bladeren verstoppen de goot", "Boom staat schuin",
    ],
    "verharding": [
        "Klinkers liggen los bij de rotonde", "Trottoir opgebroken en niet hersteld",
        "Wateroverlast na regen in de straat",
    ],
    "straatmeubilair": [
        "Schommel kapot", "Afzetpaal omgereden", "Picknicktafel verrot", "Verkeerslicht defect",
    ],
    "verlichting": ["Lichtmast staat scheef", "Achterpad niet verlicht"],
    "voertuig": [
        "Bestelbus blokkeert de inrit", "Brommers op het fietspad", "Autowrak zonder kenteken",
    ],
    "vernieling": ["Vuurwerkschade aan de brievenbus", "Tekst gespoten op de garage"],
    "dieren": ["Muizen in de berging", "Loslopende honden"],
    "overlast": ["Jeugd rijdt rond met crossmotoren", "Geschreeuw in de nacht"],
    "woning": ["Kozijnen verrot bij nummer 12", "Tuin van leegstaand pand verwilderd"],
    "bewoning": ["Meer mensen ingeschreven dan er kamers zijn, overbewoning"],
    "bouw": ["Sloopterrein ligt open"],
    "overig": ["Bedankje aan de gemeente", "Niemand thuis"],
}  # fmt: skip
RESIDENTS = {
    "afval": [
        "Er liggen al een week drie vuilniszakken tegen de boom voor nr 12",
        "zakken opengepikt door de meeuwen, alles waait over straat",
        "iemand heeft een koelkast en een oude wasmachine bij de flat neergezet",
        "Ondergrondse bak gaat niet meer open met mijn pasje",
        "overal papiertjes, bekers en peuken rond het bankje",
        "bankstel naast de brandgang gedumpt",
        "De plastic bak wordt steeds vergeten te legen",
        "Zwerfafval langs het spoor, vooral verpakkingen van de snackbar",
        "verfblikken en puin in het gras gestort",
        "Afvalbak bij de speeltuin is van zijn voet getrapt",
        "kapot glas van flessen op het schoolplein",
        "GFT-bakken staan na het legen midden op de stoep",
    ],
    "groen": [
        "wortels van de plataan komen boven de grond",
        "Brandnetels staan manshoog langs het schoolpad",
        "De heg van de buren steekt zo ver uit dat je met een kinderwagen de weg op moet",
        "takken hangen zo laag dat je er met de fiets tegenaan rijdt",
        "gras al weken niet gemaaid op het speelveldje",
        "dode boom, valt straks om",
        "Het perkje op de hoek ziet er verwaarloosd uit, alleen maar distels",
        "omgewaaide berk ligt nog in het park",
        "sloot staat helemaal vol kroos en stinkt",
        "de klimop groeit tegen het elektriciteitshuisje op",
        "eikenprocessierups in de bomen bij de school",
        "Japanse duizendknoop achter de schuurtjes",
        "bloembakken op het plein zijn verdord",
    ],
    "verharding": [
        "stoeptegels liggen los, mijn moeder is gevallen",
        "flinke plas voor de deur na elke regenbui, water loopt niet weg",
        "gat in de weg bij de afslag",
        "Put zit verstopt met bladeren",
        "klinkers liggen verzakt na het werk van de glasvezel",
        "stoeprand afgebroken bij de inrit",
        "boomwortels duwen het fietspad omhoog, er zit een flinke bobbel in",
        "deksel van de put rammelt als er auto's overheen rijden",
        "de zebra is bijna niet meer te zien",
        "er is geen oprit voor rolstoelen bij de oversteek",
        "Spekglad op het bruggetje, niet gestrooid",
        "sinkhole! de weg zakt in bij nummer 8",
    ],
    "verlichting": [
        "straatlantaarn knippert al maanden",
        "3 lantaarnpalen op rij doen het niet",
        "het is 's avonds pikdonker in het steegje",
        "Lamp in de tunnel is stuk",
        "straatverlichting brandt overdag",
        "deurtje van de lantaarn hangt open, je ziet de draden",
        "licht van de lantaarn schijnt recht de slaapkamer in",
        "Achterpad onverlicht, bewoners voelen zich niet veilig",
    ],
    "straatmeubilair": [
        "Verkeersbord staat scheef na aanrijding",
        "bankje in het park mist een plank",
        "paaltje ligt eruit, auto's rijden nu over het fietspad",
        "straatnaambordje is weg",
        "schommel hangt aan een ketting",
        "glijbaan is kapot, scherpe rand",
        "Fietsenrek bij de winkels is omver gereden",
        "hekje langs de vijver is doorgeroest",
        "het stoplicht springt veel te kort op groen voor voetgangers",
        "Spiegel bij de uitrit is gebarsten",
        "Deur van het elektriciteitskastje staat open",
        "doel op het trapveldje heeft geen net meer",
        "ruitje van de bushalte ligt eruit",
    ],
    "voertuig": [
        "Auto's staan iedere avond op de stoep, je kunt er met de rollator niet langs",
        "oude caravan staat al drie maanden op de parkeerplaats",
        "busje zonder nummerplaten",
        "er wordt dubbel geparkeerd bij de school met brengen en halen",
        "Kapotte fietsen staan al jaren in het rek",
        "bestelbus blokkeert de inrit",
        "vrachtwagen parkeert elke nacht in onze straat",
        "deelscooters liggen kriskras over het trottoir",
        "Aanhanger met troep staat al weken langs de kant",
        "fietswrak aan de lantaarnpaal",
        "Te hard rijden in de 30 zone",
    ],
    "vernieling": [
        "muur van de school ondergespoten",
        "tags op alle elektriciteitskastjes",
        "ruiten van het bushokje ingegooid",
        "stickers van voetbalclub op elk bord",
        "Brandplek op het kunstgras, daar is vuurwerk afgestoken",
        "speelhuisje in brand gestoken",
        "boompjes afgebroken door de jeugd",
        "De deur van het buurthuis is beklad",
        "affiches geplakt op het gemaal",
        "bankje gesloopt door vandalen",
    ],
    "dieren": [
        "Hondenpoep op het gras waar kinderen spelen",
        "ratten gezien bij de eendenvijver",
        "overal hondendrollen op het pad",
        "dode kat langs de kant van de weg",
        "Duiven worden gevoerd vanaf het balkon",
        "wespennest in de grond naast de speeltuin",
        "honden lopen los waar het niet mag",
        "mensen ruimen de poep van hun hond niet op",
        "kraaien maken enorm veel herrie",
        "muizen in de containerruimte",
    ],
    "overlast": [
        "jongeren hangen tot diep in de nacht bij de bankjes",
        "Er wordt gedeald op de parkeerplaats achter de Coop",
        "wietlucht in het portiek",
        "harde muziek uit auto's tot 3 uur 's nachts",
        "groepje mannen zit overdag te drinken",
        "buurman schreeuwt en bonkt op de muren",
        "er wordt tegen de garagedeuren geplast",
        "lachgaspatronen op de parkeerplaats, groep blijft 's nachts hangen",
        "vuurwerk wordt al in oktober afgestoken",
        "Dakloze slaapt in de fietsenkelder",
        "we voelen ons geintimideerd door de groep bij de snackbar",
        "scooters scheuren door het park met veel lawaai",
    ],
    "woning": [
        "dakpannen liggen los, dreigen op straat te vallen",
        "schutting is omgewaaid en ligt half op het pad",
        "Huis staat al twee jaar leeg, ramen dichtgetimmerd",
        "verf bladdert van de kozijnen",
        "dakgoot lekt op de stoep",
        "voortuin is een grote puinhoop",
        "Balkon hangt vol rommel en ziet er gevaarlijk uit",
        "scheuren in de gevel van de oude winkel",
        "bewoner heeft een stuk gemeentegrond bij zijn tuin getrokken",
    ],
    "bouw": [
        "steiger staat al een half jaar zonder dat er gewerkt wordt",
        "Aannemer begint om 6 uur met heien",
        "bouwhekken omgewaaid, iedereen kan het terrein op",
        "zand en stenen van de verbouwing liggen op de stoep",
        "hijskraan verspert de straat",
        "het oude schoolgebouw is half gesloopt en er gebeurt niets meer",
        "stof van de sloop op alle ramen",
        "Braakliggend stuk grond naast de kerk, wat komt hier?",
    ],
    "bewoning": [
        "Er wonen wel tien man in dat huis",
        "volgens de buren wordt het huis verhuurd via airbnb",
        "wisselende bewoners, elke maand andere gezichten",
        "niemand ingeschreven maar er brandt elke avond licht",
        "kamers worden los verhuurd aan arbeidsmigranten",
        "Vermoeden van onderhuur",
        "mensen slapen in het bedrijfspand",
    ],
    "overig": [
        "wanneer komt er eindelijk een antwoord op mijn vorige mail",
        "bewoners willen graag een buurtfeest",
        "complimenten voor de ploeg, het ziet er netjes uit",
        "onderwerp besproken met de wijkraad",
        "Nog te bekijken",
        "mevrouw is eenzaam, graag bezoek van de wijkcoach",
        "geen bijzonderheden",
        "de wijkkrant is niet bezorgd",
    ],
}  # fmt: skip
PAIRS = [(text, right) for right, texts in LABELLED.items() for text in texts]


def measured(labelled):
    """Give the share decided, the share right of these, and the share right of all."""
    found = [(schouw.category(text), label) for label, texts in labelled.items() for text in texts]
    decided = [code == label for code, label in found if code != "overig"]
    right = sum(code == label for code, label in found)
    return len(decided) / len(found), sum(decided) / len(decided), right / len(found)


@pytest.mark.parametrize("labelled", [LABELLED, RESIDENTS])
def test_every_category_has_findings(labelled):
    """At least two each, sixty in all."""
    texts = [text for each in labelled.values() for text in each]
    assert set(labelled) == set(schouw.CATEGORIES)
    assert min(map(len, labelled.values())) >= 2
    assert len(texts) == len(set(texts)) >= 60


def test_the_rules_are_right_about_the_findings_they_were_made_on():
    """62 of 62."""
    assert measured(LABELLED)[2] >= 0.95


def test_of_unseen_findings_the_rules_get_four_of_five():
    """29 of 32 decided, 25 of these right, 26 right in all."""
    decided, right_where_decided, right = measured(UNSEEN)
    assert decided >= 0.85
    assert right_where_decided >= 0.85
    assert right >= 0.8


def test_of_what_residents_say_the_rules_get_nine_of_ten():
    """121 of 133 decided, 117 of these right, 125 right in all."""
    decided, right_where_decided, right = measured(RESIDENTS)
    assert decided >= 0.85
    assert right_where_decided >= 0.95
    assert right >= 0.9


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Hek om de vijver stuk", "straatmeubilair"),
        ("Op de stoep bij de school staat een auto", "voertuig"),
        ("Onderhoud nodig op de stoep", "verharding"),
        ("Muur beklad", "vernieling"),
        ("Karatles in de gymzaal", "overig"),
    ],
)
def test_what_it_is_counts_for_more_than_where_it_is(text, label):
    """A place counts where nothing else does; a rule for *rat* is not met by *karatles*."""
    assert schouw.category(text) == label


@pytest.mark.parametrize("label", sorted(LABELLED))
def test_capitals_and_accents_make_no_difference(label):
    """The same words shouted."""
    for text in LABELLED[label]:
        assert schouw.category(text.upper()) == schouw.category(text)
