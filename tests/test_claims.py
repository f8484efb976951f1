"""Every statement that speaks of chance is listed, errs as seldom as it says, and finds."""

import ast
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from claims_simulated import PAIRS, measured
from no_claim import NO_CLAIM
from scipy import stats
from spoken import CHANCE_WORDS, covers, speaking, strings_in, texts

from ipgtools.highlights import claims
from ipgtools.highlights.claims import CLAIMS, SIMULATED
from ipgtools.nl import claims as words
from ipgtools.nl import highlights

FEW = (10, 6)


@pytest.fixture(scope="module")
def spoken(root):
    return texts(root / "ipgtools" / "nl", "ipgtools.nl")


def unlisted(found) -> list[str]:
    """List the texts that speak and are in neither table, with the words by which they do."""
    listed = {name for claim in CLAIMS.values() for name in claim.words} | set(NO_CLAIM)
    return [f"{name} ({by})" for name, by in speaking(found).items() if not covers(name, listed)]


# the words


def test_every_text_that_speaks_of_chance_rests_on_a_claim_or_says_why_not(spoken):
    """Add a new one to `ipgtools.highlights.claims` with its simulation, or to `no_claim`."""
    assert unlisted(spoken) == []


def test_every_listed_text_exists(spoken):
    names = set(spoken) | {name.rpartition(".")[0] for name in spoken}
    for claim in CLAIMS.values():
        assert claim.words
        assert set(claim.words) - names == set(), claim.key
    assert set(NO_CLAIM) - names == set()


def test_a_text_that_makes_no_claim_still_speaks(spoken):
    """Otherwise it is not needed in the table, and would hide a later one of its name."""
    said = speaking(spoken)
    assert [name for name in NO_CLAIM if not any(covers(one, [name]) for one in said)] == []


def test_no_text_is_both(spoken):
    both = {name for claim in CLAIMS.values() for name in claim.words} & set(NO_CLAIM)
    assert both == set()


NEW_MODULE = '''
"""Een module met toeval in de docstring."""

from ipgtools.nl.sentences import CHANCE, totals
from ipgtools.nl.sentences.common import one

QUIET = "Er zijn {n} incidenten."
LEGEND = {"hot": "Rood: springt eruit", "n": "Aantal"}


def plain(n):
    """Zegt niets over toeval."""
    return f"Er zijn {one(n)} incidenten."


def counted(n):
    return plain(n) + QUIET


def bold(n):
    return f"Dat is {n} keer meer dan door toeval."


def passes_on(n):
    return f"{bold(n)} Kijk daar."


def adds(n):
    return f"{n}. {CHANCE}"


def asks(n):
    return totals.chance(n, 1, sure=True, enough=True)


def names(n):
    return LEGEND["n"], LEGEND["hot"]
'''


def test_a_new_sentence_in_neither_table_is_found(root, tmp_path):
    """By its own words, or by those of a text that it is made with; docstrings don't count."""
    shutil.copytree(root / "ipgtools" / "nl", tmp_path / "nl")
    (tmp_path / "nl" / "new.py").write_text(NEW_MODULE, encoding="utf-8")
    found = unlisted(texts(tmp_path / "nl", "ipgtools.nl"))
    named = [line.split(" ")[0] for line in found]
    assert sorted(named) == [
        "new.LEGEND.hot", "new.adds", "new.asks", "new.bold", "new.names", "new.passes_on",
    ]  # fmt: skip
    assert "new.bold (meer dan door)" in found


@pytest.mark.parametrize(
    "sentence",
    [
        "Dat is meer dan door toeval.",
        "Drie plekken springen eruit.",
        "Dat ligt duidelijk hoger.",
        "Dat is 3 keer zo vaak als gewoon.",
        "Er is een significante stijging.",
        "Dat is hoger dan te verwachten.",
        "Dat valt op.",
        "Hotspot: zeker",
        "Vaste drukke plek",
    ],
)
def test_words_of_chance_are_known(tmp_path, sentence):
    (tmp_path / "new.py").write_text(f"TEXT = {sentence!r}\n", encoding="utf-8")
    assert list(speaking(texts(tmp_path, "ipgtools.nl"))) == ["new.TEXT"]


@pytest.mark.parametrize(
    "sentence",
    ["212 incidenten, 18% minder dan vorig jaar (258).", "De kolom is onzeker.", "Elke straat."],
)
def test_counts_are_no_words_of_chance(tmp_path, sentence):
    (tmp_path / "new.py").write_text(f"TEXT = {sentence!r}\n", encoding="utf-8")
    assert speaking(texts(tmp_path, "ipgtools.nl")) == {}


def test_dutch_words_of_chance_stand_in_their_own_package(root):
    """Elsewhere in the code no text speaks of chance, so none can escape the tables."""
    package = root / "ipgtools"
    for path in {*package.rglob("*.py")} - {*(package / "nl").rglob("*.py")}:
        code = path.read_text(encoding="utf-8")
        if CHANCE_WORDS.search(code):
            found = [one for one in strings_in(ast.parse(code)) if CHANCE_WORDS.search(one)]
            assert found == [], path
    for path in [*package.rglob("*.html"), *package.rglob("*.js")]:
        assert not CHANCE_WORDS.search(path.read_text(encoding="utf-8")), path


def test_every_highlight_names_a_claim_of_the_table(root):
    """The keys that modules of `highlights` give, and those made from the claim of a place."""
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in (root / "ipgtools/highlights").glob("*.py")
    )
    keys = set(re.findall(r'claim="(\w+)"', code)) | {"busy_places", "cluster_places"}
    assert len(keys) >= 8
    assert keys <= set(CLAIMS)


# the table


def test_every_claim_has_a_simulation_and_dutch_words():
    assert set(PAIRS) == set(CLAIMS) == set(words.CLAIMS)


def test_every_test_that_a_claim_names_exists(root):
    written = set()
    for path in Path(root / "tests").glob("test_*.py"):
        written |= set(re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.M))
    named = {name for claim in CLAIMS.values() for name in claim.tests} | set(SIMULATED)
    assert named <= written


def test_rates_are_within_what_is_promised():
    """No more false alarms than the level, within what 400 maps can tell; and something found."""
    for claim in CLAIMS.values():
        if claim.measured:
            most = stats.binom.ppf(0.999, claim.n_maps, claim.level)
            assert claim.false_alarm * claim.n_maps <= most, claim.key
            assert claim.power >= 0.5, claim.key


def test_the_page_for_users_holds_the_table(root):
    """As `claims.markdown` gives it; ``make calibrate`` prints it."""
    page = (root / "docs" / "verantwoording.md").read_text(encoding="utf-8")
    start = page.index(words.HEADING)
    assert page[start:].split("\n## ")[0].strip() == claims.markdown().strip()


def test_the_page_on_places_quotes_what_a_briefing_says(root):
    """Its examples are those of the functions that make the sentences."""
    page = (root / "docs" / "plekken.md").read_text(encoding="utf-8")
    quoted = {
        " ".join(block.replace("\n> ", " ").removeprefix("> ").split())
        for block in re.findall(r"^> .*(?:\n> .*)*", page, re.M)
    }
    name = "Gronausestraat bij Leijdsweg"
    assert quoted == {
        highlights.new_place(name, 69, 12.9, "incidenten", kinds="vooral autokraak (62)"),
        highlights.busy_places(
            [("Leijdsweg bij Oostveenweg", 15, "")], baseline="addresses", months=24
        ),
        highlights.cluster_places(
            [("omgeving Pluimstraat", 22, ""), ("Getfertsingel", 9, "")],
            baseline="streets",
            months=24,
        ),
        highlights.busiest([("Leijdsweg", 9), ("Lipperkerkstraat", 7)], tested=True),
    }


# the simulations


def test_every_claim_is_measured():
    assert [claim.key for claim in CLAIMS.values() if not claim.measured] == []


@pytest.mark.parametrize("key", CLAIMS)
def test_chance_alone_seldom_makes_a_claim(key):
    """On a few maps: no more than the 99.9th percentile at the nominal level."""
    n_false, _ = measured(key, FEW[0], 0)
    assert n_false <= stats.binom.ppf(0.999, FEW[0], CLAIMS[key].level)


@pytest.mark.parametrize("key", CLAIMS)
def test_a_planted_effect_is_found(key):
    """On a few maps: no less than the 0.1th percentile at the power that is written."""
    _, n_found = measured(key, 0, FEW[1])
    assert n_found >= stats.binom.ppf(0.001, FEW[1], CLAIMS[key].power)


@pytest.mark.calibrate
@pytest.mark.parametrize("key", CLAIMS)
def test_rates_are_those_that_are_written(key, record_property):
    """In full: at most nominal, and the rates of the table within binomial error."""
    claim = CLAIMS[key]
    n_false, n_found = measured(key, claim.n_maps, claim.n_planted)
    record_property("false_alarm", n_false / claim.n_maps)
    record_property("power", n_found / claim.n_planted)
    assert n_false <= stats.binom.ppf(0.999, claim.n_maps, claim.level)
    for n, of, written in ((n_false, claim.n_maps, claim.false_alarm),
                           (n_found, claim.n_planted, claim.power)):  # fmt: skip
        error = np.sqrt(2 * max(written * (1 - written), 1 / of) / of)
        assert abs(n / of - written) <= 3 * error, f"{n} of {of}, written is {written:.4g}"
