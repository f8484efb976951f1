"""With the machine's Dutch word list short words are mended, and right ones are kept."""

import geopandas as gpd
import pytest

from ipgtools import schouw
from ipgtools.errors import ReadError
from ipgtools.nl.errors import TEXTS
from ipgtools.schouw.ocr import correct_words, wordlist


@pytest.fixture
def lists(tmp_path, monkeypatch):
    """Put word lists where the machine has them; none to begin with."""
    full, stems = tmp_path / "dutch", tmp_path / "nl.dic"
    monkeypatch.setattr(wordlist, "FULL", (full,))
    monkeypatch.setattr(wordlist, "STEMS", (stems,))
    return full, stems


def test_a_full_list_tells_that_a_short_word_is_none(lists):
    """ "haaq" is no word and becomes "haag"; "naam" is one and stays."""
    lists[0].write_text("haag\nnaam\nnaar\n", encoding="utf-8")
    vocabulary = correct_words.Vocabulary.of("system")
    assert correct_words.correct("haaq", vocabulary)[0] == "haag"
    assert correct_words.correct("naam", vocabulary) == ("naam", [])


def test_a_right_word_is_not_mended_into_another(lists):
    """Nor is a word ever mended into one that only the long list has."""
    lists[0].write_text("gestaarkt\nprol\n", encoding="utf-8")
    assert correct_words.correct("gestaarkt", correct_words.Vocabulary.of())[0] == "gestaakt"
    assert (
        correct_words.correct("gestaarkt proj", correct_words.Vocabulary.of("system"))[0]
        == "gestaarkt proj"
    )


def test_a_list_of_stems_only_keeps_words(lists):
    """Forms it lacks are no misreadings, so short words are left alone."""
    lists[1].write_text("2\ngestaarkt/Aa\nhaag\n", encoding="utf-8")
    assert (
        correct_words.correct("gestaarkt haaq", correct_words.Vocabulary.of("system"))[0]
        == "gestaarkt haaq"
    )


def test_without_a_list_the_message_says_how_to_get_it(lists, tmp_path):
    """In Dutch, with the name of the package."""
    path = tmp_path / "a.txt"
    path.write_text("1. | Beukenlaan 4 Gras te hoog Politie: kijken\n", encoding="utf-8")
    with pytest.raises(ReadError) as found:
        schouw.read_schouw(path, words="system")
    assert "wdutch" in TEXTS[found.value.code].format(**found.value.facts)
    with pytest.raises(ValueError, match="system"):
        schouw.read_schouw(path, words="nederlands")


def test_the_real_report_reads_the_same_with_the_list_of_the_machine(shared):
    """No right word of it is mended away, and no misread one stays for being in the list."""
    if not any(path.is_file() for path in wordlist.FULL):
        pytest.skip("Debian's package wdutch is not installed")
    streets = gpd.read_file(shared / "nl_enschede_straten_osm" / "enschede_straten_osm.gpkg")
    streets = streets.rename(
        columns={"name": "street_name", "highway": "kind", "osm_id": "street_id"}
    )
    path = shared / "schouw_velve_lindenhof_2007" / "verslag_ocr.txt"
    findings, actions, _ = schouw.read_schouw(path, streets)
    with_list, their_actions, _ = schouw.read_schouw(path, streets, words="system")
    assert with_list["description"].tolist() == findings["description"].tolist()
    assert their_actions["task"].tolist() == actions["task"].tolist()
