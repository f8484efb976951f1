"""
Categories of findings in the words of those who look after the public space.

The first set is how reports of schouwen and lists of gemeenten say it, the second how
woningcorporaties, groenbeheer and residents do. Both were written and labelled by the
definitions of Signalen's sub-categories before the rules were looked at. The rules were mended
on what the first set showed; the second was only counted, and is never to be looked at in
making rules. In both none was left out for being hard; two labels of the first set (markings,
roots below a pavement) were put right by the lists of ipgtools.nl.signalen and the older set.
"""

import pytest

from ipgtools import schouw

LOOKED_AT = {
    "afval": [
        "Bijplaatsingen bij ondergrondse restcontainer, wekelijks terugkerend",
        "Zwerfvuil in de plantvakken langs de parkeerplaats",
        "Winkelwagentjes en drie autobanden achter het winkelcentrum gedumpt",
        "Glasbak zit vol en er liggen scherven omheen",
        "Snoeiafval van bewoners in de bosschage gestort",
        "Gestort tuinafval",
        "Overvolle afvalbakken",
        "Ondergrondse vuilcontainers lopen over",
    ],
    "verharding": [
        "Wortelopdruk trottoir, struikelgevaar",
        "Kolk zit dicht, na elke bui blank",
        "Opsluitband los en molgoot verzakt",
        "Klinkers liggen los na werkzaamheden kabelbedrijf",
        "Spoorvorming in halfverharding van het achterpad",
        "Deksel van inspectieput rammelt bij passeren auto's",
        "Belijning oversteekplaats school is weggesleten",
        "Bladeren verstoppen de regenputten",
        "Verzakkingen van de stoepen",
        "Slechte staat van de hoofdweg",
        "Verzakt rondom de rioolputten",
        "Verstopte afvoerputten",
        "Tegels verkeerd gelegd",
    ],
    "verlichting": [
        "Lichtmast 14 brandt overdag",
        "Armatuur hangt los",
        "Brandgang tussen nr. 12 en 18 is 's avonds pikdonker, bewoners voelen zich onveilig",
        "Kapotte lantaarnpaal",
        "Kapotte straatverlichting",
    ],
    "straatmeubilair": [
        "Straatnaambord onleesbaar door aanslag",
        "Anti-parkeerpaal omgereden",
        "Zitting van bankje verrot",
        "Veiligheidsondergrond onder de glijbaan versleten",
        "Fietsnietjes staan scheef na aanrijding",
        "Omvergereden paaltjes",
        "Hondenpoeppaaltje is kapot en ligt op de grond",
        "Schade aan verkeersborden",
        "Kapotte of onveilige speeltoestellen",
        "Informatieborden bij de entree verwijderen",
        "Speelveld: goaltjes ontbreken",
    ],
    "groen": [
        "Zichthoek beperkt door hoge beplanting",
        "Trottoir omhoog gedrukt door boomwortels",
        "Bomen opkronen i.v.m. doorrijhoogte",
        "Plantvak kaal, inboeten",
        "Klimop overwoekert het hekwerk van de speeltuin",
        "Dood hout in de kruin van de eik",
        "Berm kapotgereden door vrachtverkeer",
        "Kroos en drijfvuil in de vijver",
        "Dode beplanting in het openbaar groen",
        "Groen uit particuliere tuinen maakt het voetpad moeilijk beloopbaar",
        "Maaien van het gras kan zorgvuldiger",
        "Groen hangt over weg en trottoir",
        "Achterstallig onderhoud aan openbaar groen",
        "Afgewaaide takken",
    ],
    "voertuig": [
        "Weesfietsen in het rek bij het station",
        "Caravan staat al sinds de zomer op een parkeervak",
        "Auto's parkeren half op het trottoir, rolstoel kan er niet langs",
        "Auto's op het groen aan het einde van werkdagen",
        "Achtergelaten fietsen",
        "Er wordt te hard gereden",
        "Te kleine parkeerplaatsen",
        "Bedrijfsbus altijd geparkeerd voor de deur",
        "Hardrijders op de ringweg",
        "Verkeerd parkeren, brandweer kan er niet door",
    ],
    "vernieling": [
        "Tags op transformatorhuisje",
        "Ruit van bushokje ingegooid",
        "Elektriciteitskast is beplakt",
        "Graffiti in het fietstunneltje",
    ],
    "overlast": [
        "Jeugd hangt rond bij de trapopgang, lachgaspatronen gevonden",
        "Er wordt gedeald op de parkeerplaats achter de flat",
        "Stankoverlast",
        "Mensen plassen tegen de gevel",
        "Bewoners voelen zich niet veilig door groepen jongeren",
    ],
    "dieren": [
        "Rattenholen langs de oever",
        "Hondenpoep op het trapveldje",
        "Dode dieren langs de weg",
        "Hondenbezitters ruimen de poep niet op",
    ],
    "woning": [
        "Schutting op instorten, schilderwerk kozijnen slecht",
    ],
    "bouw": [
        "Steiger en bouwmateriaal nemen al maanden vijf parkeerplekken in",
    ],
    "bewoning": [
        "Vermoedelijk kamerverhuur zonder vergunning, acht namen op de brievenbus",
        "Huisbazen van expats",
    ],
    "overig": [
        "Bewoners vragen om een barbecueplek",
        "Informatie over de plannen ontbreekt",
    ],
}

COUNTED = {
    "afval": [
        "Grof vuil naast de container, adresgegevens gevonden door BOA",
        "Afvalbak bij bushalte ontbreekt deksel en puilt uit",
        "Hoop puin en bielzen achter de garageboxen",
        "Kledingcontainer overvol, zakken opengescheurd",
        "Veel peuken en blikjes rond het bankje",
    ],
    "verharding": [
        "Tegelpad naar de bushalte ligt ongelijk",
        "Put verstopt, water blijft staan voor de drempel",
        "Inrit beschadigd door verhuiswagen",
        "Scheuren in asfalt fietspad",
        "Trottoirband ontbreekt ter hoogte van invalidenoprit",
        "Gaten in het halfverharde wandelpad",
    ],
    "verlichting": [
        "Drie lantaarns op rij defect",
        "Boom groeit door de lamp heen, donkere plek op het fietspad",
        "Flatentree slecht verlicht",
    ],
    "straatmeubilair": [
        "Verkeersspiegel staat verkeerd gericht",
        "Schommel mist een zitje",
        "Betonpoer staat scheef, afzetpaaltje verdwenen",
        "Hekwerk langs het trapveld heeft gaten",
        "Bord 30-zone staat achter de struiken",
        "Picknicktafel wankelt",
    ],
    "groen": [
        "Gazon vol kale plekken na evenement",
        "Overhangende takken raken bestelbusjes",
        "Bamboe uit voortuin woekert over de stoep",
        "Ruigte bij de sloot niet gemaaid",
        "Distels en brandnetels in plantsoen",
        "Boomstobbe frezen en nieuwe boom planten",
        "Beschoeiing van de vijver afgebrokkeld",
    ],
    "voertuig": [
        "Aanhangwagen zonder kenteken staat er al weken",
        "Bakfiets met platte banden vastgeketend aan boom",
        "Foutparkeerders blokkeren inrit brandweer",
    ],
    "vernieling": [
        "Viaduct volgespoten",
        "Glas uit abri geslagen",
    ],
    "overlast": [
        "Groep jongeren zorgt voor geluidsoverlast bij het schoolplein",
        "Dronken mensen op het bankje bij de supermarkt",
    ],
    "dieren": [
        "Duiven worden gevoerd op het balkon",
        "Uitwerpselen van honden langs de looproute naar school",
    ],
    "woning": [
        "Portiekdeur sluit niet, bellentableau kapot",
    ],
    "bouw": [
        "Bouwhekken staan nog na afronding sloop",
    ],
    "bewoning": [
        "Woning lijkt leeg te staan, gordijnen altijd dicht, post puilt uit de bus",
    ],
    "overig": [
        "Idee: buurtmoestuin op het braakliggende veld",
    ],
}


def measured(labelled):
    """Give the share decided, the share right where decided, and the share right in all."""
    found = [(schouw.category(text), right) for right, texts in labelled.items() for text in texts]
    decided = [one == right for one, right in found if one != "overig"]
    right = sum(one == right for one, right in found)
    return len(decided) / len(found), sum(decided) / len(decided), right / len(found)


def test_the_rules_are_right_about_what_they_were_mended_on():
    """78 of 80 (before 60)."""
    assert measured(LOOKED_AT)[2] >= 0.95


def test_of_what_was_only_counted_the_rules_get_more_than_four_of_five():
    """39 of 40 decided, 35 right in all (before 36 and 29)."""
    decided, right_where_decided, right = measured(COUNTED)
    assert decided >= 0.9
    assert right_where_decided >= 0.85
    assert right >= 0.85


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Snoeiafval gestort", "afval"),
        ("Antiparkeerpaal omgereden", "straatmeubilair"),
        ("Lantaarnpaal staat scheef", "verlichting"),
        ("Deksel van inspectieput los", "verharding"),
        ("Bouwhekken staan er nog", "bouw"),
    ],
)
def test_the_end_of_a_compound_says_what_it_is(text, label):
    """Unless its front says more: a lantern is more than its post."""
    assert schouw.category(text) == label


def test_a_phrase_says_more_than_its_first_word():
    """*Plassen* on the road are water, *plassen tegen de gevel* are not."""
    assert schouw.category("Plassen op de weg") == "verharding"
    assert schouw.category("Mensen plassen tegen de gevel") == "overlast"
