"""
Categories of findings, measured on findings labelled by hand.

The findings are invented, in the words of people who walk through a wijk; none was left out
for being hard. The rules were improved on the first set (it gave 47 of 62 right before); the
second was written after that and is never to be looked at in making rules.
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
PAIRS = [(text, right) for right, texts in LABELLED.items() for text in texts]
UNSEEN_PAIRS = [(text, right) for right, texts in UNSEEN.items() for text in texts]


def test_every_category_has_findings():
    """At least two each, sixty in all."""
    assert set(LABELLED) == set(schouw.CATEGORIES)
    assert min(map(len, LABELLED.values())) >= 2
    assert len(PAIRS) == len({text for text, _ in PAIRS}) >= 60


def test_the_rules_are_right_about_the_findings_they_were_made_on():
    """61 of 62."""
    right = sum(schouw.category(text) == label for text, label in PAIRS)
    assert right / len(PAIRS) >= 0.95


def test_of_unseen_findings_the_rules_get_most_and_are_rarely_wrong():
    """19 of 32 right; of the rest most are "overig", which says that the rules don't know."""
    found = [(schouw.category(text), label) for text, label in UNSEEN_PAIRS]
    decided = [(code, label) for code, label in found if code != "overig"]
    assert sum(code == label for code, label in found) / len(found) >= 0.55
    assert sum(code == label for code, label in decided) / len(decided) >= 0.85


@pytest.mark.parametrize("label", sorted(LABELLED))
def test_capitals_and_accents_make_no_difference(label):
    """The same words shouted."""
    for text in LABELLED[label]:
        assert schouw.category(text.upper()) == schouw.category(text)
