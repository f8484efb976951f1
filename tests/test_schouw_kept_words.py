"""No word of a finding is lost to an action that nobody does, and no right word is changed."""

import geopandas as gpd
import pytest
from shapely.geometry import LineString

from ipgtools import schouw
from ipgtools.nl import schouw as nl
from ipgtools.schouw.ocr import correct_words

NAMES = ("Oostveenweg", "Pluimstraat", "Leijdsweg", "Gronausevoetpad", "Marthalaan")
STREETS = gpd.GeoDataFrame(
    {
        "street_id": [str(at) for at in range(len(NAMES))],
        "street_name": NAMES,
        "kind": "residential",
    },
    geometry=[LineString([(0, at * 900), (90, at * 900)]) for at in range(len(NAMES))],
    crs=28992,
)
REPORT = """1. Oostveenweg 12-14 er wordt te hard gereden
2. Pluimstraat 16 vuilniszakken staan op de stoep
3. Leijdsweg 15a scooter staat al weken zonder plaat
4. Leijdsweg 12bis afval naast container. Gemeente: controle houden
5. Gronausevoetpad bomen groeien scheef
6. Marthalaan auto zonder kenteken
7. Pluimstraat fietsers rijden te hard
8. Oostveenweg 3 heg staat op de stoep
"""


@pytest.mark.parametrize("streets", [STREETS, None], ids=["streets", "no streets"])
def test_findings_without_an_action_lose_no_words(tmp_path, streets) -> None:
    """Version 0.1.0 made actions of 'gereden', 'op de stoep' and 'zonder kenteken'."""
    path = tmp_path / "verslag.txt"
    path.write_text(REPORT, encoding="utf-8")
    findings, actions, _ = schouw.read_schouw(path, streets)
    assert actions[["actor", "task"]].values.tolist() == [["Gemeente", "controle houden"]]
    said = findings["location_text"] + " " + findings["description"]
    for line, text in zip(REPORT.splitlines(), said, strict=True):
        number, _, written = line.partition(" ")
        written = written.partition(" Gemeente")[0]
        assert text.split() == written.split(), number


def test_an_action_without_an_actor_stays_one_where_it_says_what_to_do(tmp_path) -> None:
    path = tmp_path / "verslag.txt"
    rows = [
        "nr. | adres | locatie omschrijving actie door",
        "1. | Oostveenweg 3 Gras te hoog | maaien",
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    actions = schouw.read_schouw(path, STREETS)[1]
    assert actions["task"].tolist() == ["maaien"]


@pytest.mark.parametrize(
    "text",
    [
        "controle houden", "controleer of de lamp is gebroken", "duidelijk bord ontbreekt",
        "hek is gesloten", "vuilnisbak vol", "school schoon opgeleverd", "fietsers fietsen te hard",
        "beplanting verwilderd", "zouden bomen snoeien", "afspreken met de eigenaar",
        "goot spoelen", "voetbal op het plein", "oranje flessen gooien",
    ],
)  # fmt: skip
def test_right_words_stay_as_they_are(text: str) -> None:
    assert correct_words.correct(text, correct_words.Vocabulary.of()) == (text, [])


def test_no_listed_right_word_is_mended() -> None:
    vocabulary = correct_words.Vocabulary.of()
    assert not [word for word in nl.right_words() if correct_words.correct(word, vocabulary)[1]]
    assert nl.right_words().isdisjoint(nl.words())


def test_misread_words_are_still_mended() -> None:
    text = "Bouwwerkzaamheden gestaskt, Onitsierend beeld, versiidersn"
    mended, repairs = correct_words.correct(text, correct_words.Vocabulary.of())
    assert mended == "Bouwwerkzaamheden gestaakt, Ontsierend beeld, verwijderen"
    assert len(repairs) == 3


@pytest.mark.parametrize("name", ["Wat is er gezien", "wat is gezien?", "Wat hebben we gezien"])
def test_a_column_of_what_was_seen_is_known(tmp_path, name: str) -> None:
    path = tmp_path / "schouw.csv"
    path.write_text(f"Nr;Waar;{name};Wie;Actie\n1;Oostveenweg 3;Gras te hoog;Gemeente;maaien\n")
    findings, actions, _ = schouw.read_schouw(path)
    assert findings["description"].tolist() == ["Gras te hoog"]
    assert actions["task"].tolist() == ["maaien"]
