"""Papers from code: a card for each method, a register entry that is checked, DPIA and IAMA."""

import importlib
import inspect
import json
import re
import string

import pytest
from test_layers import LAYERS

from ipgtools import cli, papers
from ipgtools.highlights.claims import CLAIMS
from ipgtools.hotspots.hot_places import engine
from ipgtools.nl.papers import assessments as assessment_words
from ipgtools.nl.papers import cards as words
from ipgtools.nl.papers import register as register_words
from ipgtools.papers import facts, register
from ipgtools.papers.methods import METHODS
from ipgtools.settings import Settings

FILLED = {
    "privacy": {"organisation": "Gemeente Voorbeeld", "purpose": "minder inbraken",
                "ground": "artikel 8 Wpg"},
    "papers": {
        "contact": "algoritmes@voorbeeld.nl", "status": "In gebruik", "begin": "2026-01",
        "category": "Impactvolle algoritmes", "law_title": "Wet politiegegevens",
        "law_link": "https://wetten.overheid.nl/BWBR0022463",
        "assessments": ["Data Protection Impact Assessment (DPIA)"],
    },
}  # fmt: skip


def settings(**parts: dict) -> Settings:
    given = {
        "input": {"incidents": "a.csv", "areas": "b.gpkg", "offences": "c.csv", "key": "d.txt"},
        "period": {"start": "2025-09-01", "end": "2025-12-01"},
    }
    for name, part in parts.items():
        given[name] = {**given.get(name, {}), **part}
    return Settings.of(given)


@pytest.fixture(scope="module")
def given() -> Settings:
    return settings()


def public_functions() -> set[str]:
    """List the public functions of the analysis layer, by their name within ipgtools."""
    found = set()
    for name in LAYERS["analysis"]:
        if name.startswith("_"):
            continue
        module = importlib.import_module(f"ipgtools.{name}")
        public = getattr(module, "__all__", [one for one in vars(module) if one[0] != "_"])
        found |= {
            f"{name}.{one}"
            for one in public
            if inspect.isfunction(function := getattr(module, one))
            and function.__module__.startswith(module.__name__)
        }
    return found


# method cards


def test_every_public_analysis_function_has_a_card():
    """Add a new one to a method of `ipgtools.papers.methods`, or make a method for it."""
    assert public_functions() - {one for method in METHODS for one in method.functions} == set()


def test_every_claim_is_on_one_card():
    listed = [key for method in METHODS for key in method.claims]
    assert sorted(listed) == sorted(CLAIMS)


def test_every_method_has_words_and_no_words_lack_a_method():
    assert [method.key for method in METHODS] == list(words.CARDS)


def test_what_the_briefing_uses_has_a_card(given):
    keys = {
        card.key for card in papers.cards(settings(input={"schouw": "s.docx"})) if card.briefing
    }
    assert {
        "places", "change", "hours", "near_repeats", "repeats", "concentration", "density",
        "offenders", "schouw", "protection", "data",
    } <= keys  # fmt: skip


@pytest.mark.parametrize("key", words.CARDS)
def test_words_hold_no_number_that_could_go_out_of_date(key):
    """Each is a name between braces, which the method looks up in the code."""
    text = words.CARDS[key]
    told = " ".join([text.purpose, text.data, *text.how, *text.limits, text.decision])
    names = {name for _, name, _, _ in string.Formatter().parse(told) if name}
    assert re.search(r"\d", re.sub(r"\{\w+\}", "", told)) is None
    assert names == set(next(one for one in METHODS if one.key == key).numbers)


@pytest.mark.parametrize("key", words.CARDS)
def test_how_it_works_is_told_in_four_sentences(key):
    how = words.CARDS[key].how
    assert len(how) == 4
    assert all(one.endswith(".") and ". " not in one for one in how)


def test_a_card_says_what_a_reader_needs(given):
    for card in papers.cards(given):
        assert card.limits
        assert card.decision
        assert card.version
        assert "{" not in " ".join([*card.how, *card.limits, card.purpose])
        assert card.sources or not card.briefing or card.key == "busiest", card.key


def test_a_setting_moves_its_card():
    before = {one.name: one for one in papers.cards(settings())[0].parameters}
    after = {
        one.name: one for one in papers.cards(settings(analysis={"alpha": 0.01}))[0].parameters
    }
    assert (before["alpha"].value, after["alpha"].value) == ("0,05", "0,01")
    assert after["alpha"].setting == "analysis.alpha"


def test_places_never_have_fewer_maps_of_chance_than_their_default():
    few = papers.cards(settings(analysis={"n_permutations": 99}))
    draws = {card.key: {p.name: p.value for p in card.parameters} for card in few}
    assert draws["places"]["n_permutations"] == "999"
    assert draws["hours"]["n_permutations"] == "99"


def test_a_constant_of_the_code_moves_its_card(given, monkeypatch):
    monkeypatch.setitem(engine.RULES, "busy", engine.Rule(factor=7.5))
    assert "vast druk boven 7,5 keer" in papers.cards(given)[0].how[1]


def test_error_rates_are_those_of_the_table_of_claims(given):
    card = next(one for one in papers.cards(given) if one.key == "near_repeats")
    claim = CLAIMS["near_repeats"]
    assert card.claims[0].false_alarm.startswith(f"{round(claim.false_alarm * claim.n_maps)} van")
    assert f"({claim.power:.0%})" in card.claims[0].power


def test_values_that_are_words_are_dutch(given):
    shown = {one.value for card in papers.cards(given) for one in card.parameters}
    english = {"quartic", "touching", "all", "none", "share", "euclidean", "auto", "row", "week"}
    assert shown & (english - {"week"}) == set()


def test_what_is_looked_up_must_be_there(given):
    with pytest.raises((AttributeError, ModuleNotFoundError)):
        facts.value("hotspots.hot_places.engine.GONE", given)


# the register


def test_an_entry_without_what_the_organisation_knows_is_not_complete(given):
    found = {one.key for one in papers.problems(papers.register_entry(given))}
    assert found == {"organization", "status", "contact_email", "publication_category"}


def test_a_filled_entry_is_complete():
    entry = papers.register_entry(settings(**FILLED))
    assert papers.problems(entry) == []
    assert papers.open_fields(entry) == []
    assert "minder inbraken" in entry["goal"]
    assert entry["lawful_basis_grouping"] == [
        {"title": "Wet politiegegevens", "link": "https://wetten.overheid.nl/BWBR0022463"}
    ]


def test_fields_required_by_the_standard_are_required():
    required = {field.key for field in register.FIELDS if field.required}
    assert required == {
        "name", "description_short", "organization", "status", "contact_email",
        "publication_category",
    }  # fmt: skip
    assert set(register_words.LABELS) == {field.key for field in register.FIELDS}


@pytest.mark.parametrize(
    ("key", "longest"),
    [("name", 100), ("description_short", 350), ("organization", 100), ("goal", 2500),
     ("proportionality", 2500), ("human_intervention", 2500), ("risks", 2500),
     ("lawful_basis", 2500), ("impacttoetsen", 2500), ("source_data", 2500),
     ("methods_and_models", 5000), ("provider", 200), ("source_id", 100), ("tags", 2500)],
)  # fmt: skip
def test_a_field_has_fewer_characters_than_its_bound(key, longest):
    entry = papers.register_entry(settings(**FILLED))
    fits = [one.code for one in papers.problems({**entry, key: "a" * (longest - 1)})]
    long = [(one.key, one.code) for one in papers.problems({**entry, key: "a" * longest})]
    assert fits == []
    assert long == [(key, "long")]


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("status", "In test", "choice"),
        ("publication_category", "Laag", "choice"),
        ("lang", "eng", "choice"),
        ("standard_version", "1.0", "choice"),
        ("begin_date", "januari 2026", "month"),
        ("begin_date", "2026-13", "month"),
        ("contact_email", "bel ons", "contact"),
        ("contact_email", "http://voorbeeld.nl", "contact"),
        ("website", "www.voorbeeld.nl", "link"),
        ("goal", "Een doel.\nEn nog een.", "line_break"),
        ("risks", "- een risico - nog een risico", "line_break"),
        ("risks", "1. een 2. twee", "line_break"),
        ("end_date", "2026-05", "ended"),
        ("kleur", "rood", "unknown"),
        ("lawful_basis_grouping", [{"title": "a" * 100, "link": "https://a.nl"}], "long"),
        ("lawful_basis_grouping", [{"title": "Wet", "link": "a.nl"}], "link"),
    ],
)
def test_what_the_standard_does_not_take_is_named(key, value, code):
    entry = {**papers.register_entry(settings(**FILLED)), key: value}
    found = papers.problems(entry)
    assert [(one.key, one.code) for one in found] == [(key, code)]
    assert "{" not in found[0].text


def test_a_contact_may_be_a_web_address():
    entry = {**papers.register_entry(settings(**FILLED)), "contact_email": "https://voorbeeld.nl/x"}
    assert papers.problems(entry) == []


def test_texts_of_an_entry_are_filled_in_and_have_no_line_breaks(given):
    for value in papers.register_entry(given).values():
        text = json.dumps(value, ensure_ascii=False)
        assert "\\n" not in text
        assert not re.search(r"\{(?!\")\w+\}", text)


def test_the_entry_fits_with_every_method_and_every_data_set():
    every = dict.fromkeys(("streets", "addresses", "schouw", "photos"), "x.csv")
    assert papers.problems(papers.register_entry(settings(input=every, **FILLED))) == []


def test_the_entry_names_the_data_that_are_used():
    assert "antecedenten" in papers.register_entry(settings())["source_data"]
    off = papers.register_entry(settings(privacy={"persons": False}))
    assert "antecedenten" not in json.dumps(off, ensure_ascii=False)
    assert "veelpleger" not in json.dumps(off, ensure_ascii=False)


# DPIA and IAMA


def test_the_dpia_has_seventeen_points_in_four_parts(given):
    made = papers.dpia(given)
    points = [point for _, some in made.parts for point in some]
    assert [title[0] for title, _ in made.parts] == ["A", "B", "C", "D"]
    assert [point.title.split(".")[0] for point in points] == [str(n) for n in range(1, 18)]
    assert all(point.questions for point in points)


def test_the_iama_has_four_parts(given):
    assert [title for title, _ in papers.iama(given).parts] == [
        "Deel 1. Waarom?", "Deel 2. Wat?", "Deel 3. Hoe?", "Deel 4. Mensenrechten",
    ]  # fmt: skip


@pytest.mark.parametrize("make", [papers.dpia, papers.iama])
def test_what_is_known_is_filled_in(given, make):
    made = make(given)
    known = [one for _, points in made.parts for point in points for one in point.known]
    assert all("{" not in one and one not in assessment_words.LISTS for one in known)
    assert any("Geregistreerde incidenten" in one for one in known)


def test_what_the_organisation_must_say_is_asked_and_not_made_up(given):
    known = str(papers.dpia(given).parts)
    assert "In de instellingen staat geen grond" in known
    assert "artikel 8 Wpg." not in known.replace("(artikel 8 Wpg).", "")
    assert "De grond volgens de instellingen: artikel 8 Wpg." in str(
        papers.dpia(settings(**FILLED)).parts
    )


def test_purposes_and_grounds_that_differ_are_told_of_each_data_set():
    own = {
        "incidents": {"purpose": "wijkbriefing", "ground": "Wpg 8"},
        "offences": {"ground": "Wpg 13"},
    }
    made = settings(purpose=own)
    known = str(papers.dpia(made).parts)
    assert "Het doel van incidenten volgens de instellingen: wijkbriefing." in known
    assert "In de instellingen staat geen doel van antecedenten" in known
    assert "De grond van antecedenten volgens de instellingen: Wpg 13." in known
    entry = papers.register_entry(made)
    assert "wijkbriefing (incidenten)" in entry["goal"]
    assert "Wpg 8 (incidenten) en Wpg 13 (antecedenten)" in entry["lawful_basis"]
    off = settings(purpose=own, privacy={"persons": False})
    assert papers.register_entry(off)["lawful_basis"].endswith("op grond van Wpg 8.")


def test_the_dpia_tells_the_terms_of_the_settings():
    own = {"incidents": {"ground": "Wpg 8"}, "offences": {"ground": "Wpg 13"}}
    given = settings(purpose=own, retention={"free_years": 0.5, "keep_years": 3})
    point = papers.dpia(given).parts[0][1][9]
    known = " ".join(point.known)
    assert point.title == "10. Bewaartermijnen"
    assert "Termijn van de incidenten: 6 maanden vrij te gebruiken, en uiterlijk 3 jaar" in known
    assert "Termijn van de antecedenten: uiterlijk 3 jaar" in known
    assert "en zegt dat bij de briefing" in known
    strict = str(papers.dpia(settings(privacy={"strict": True})).parts)
    assert "en maakt dan niets" in strict
    assert "volgens Wpg 8, want er staat geen grond die herkend is" in strict


def test_columns_that_are_kept_on_request_are_named():
    known = str(papers.dpia(settings(input={"keep": ["Toelichting"]})).parts)
    assert "Toelichting ([input] keep)" in known


def test_a_service_on_the_network_is_named():
    online = {"city": "Enschede", "locatieserver": "https://api.pdok.nl/bzk/x"}
    assert "gaan straat, nummer en woonplaats naar api.pdok.nl" in str(
        papers.dpia(settings(gazetteer=online)).parts
    )
    assert "gebruikt geen internet" in str(papers.dpia(settings()).parts)


# the files


def test_papers_are_written_whole_and_the_same_each_time(tmp_path, given):
    first = {path.name: path.read_bytes() for path in papers.write(given, tmp_path).files}
    again = {path.name: path.read_bytes() for path in papers.write(given, tmp_path).files}
    assert first == again
    assert {path.name for path in tmp_path.iterdir()} == set(first) == {
        "index.html", "methodekaarten.html", "algoritmeregister.html", "dpia-aanzet.html",
        "iama-aanzet.html", "algoritmeregister-niet-compleet.json",
    }  # fmt: skip


def test_only_a_complete_entry_is_called_so(tmp_path, given):
    """And of the two files one is there, whichever was made before."""
    made = papers.write(settings(**FILLED), tmp_path)
    assert made.to_do == ()
    assert json.loads((tmp_path / "algoritmeregister.json").read_text("utf-8"))["lang"] == "nld"
    assert "Alle verplichte velden" in (tmp_path / "algoritmeregister.html").read_text("utf-8")
    papers.write(given, tmp_path)
    assert not (tmp_path / "algoritmeregister.json").exists()
    page = (tmp_path / "algoritmeregister.html").read_text("utf-8")
    assert "niet compleet" in page
    assert "Organisatie: nog invullen ([privacy] organisation)" in page


def test_pages_need_nothing_and_run_nothing(tmp_path):
    hostile = settings(
        privacy={"organisation": "<script>alert(1)</script>", "purpose": '"><img src=x onerror=1>'}
    )
    for path in papers.write(hostile, tmp_path).files:
        if path.suffix == ".html":
            page = path.read_text("utf-8")
            assert "<script" not in page
            assert "<img" not in page
            assert "default-src 'none'" in page
            assert not re.search(r"(src|href)=\"(?!#|\w[\w-]*\.html)", page)


def test_a_page_marks_its_questions(tmp_path, given):
    made = papers.write(given, tmp_path)
    pages = "".join(
        (tmp_path / f"{name}-aanzet.html").read_text("utf-8") for name in ("dpia", "iama")
    )
    assert pages.count("Vraag aan de organisatie") == made.n_questions


def test_settings_that_differ_have_another_fingerprint(tmp_path, given):
    def mark(made):
        return re.search(r"instellingen (\w{12})", made.files[0].read_text("utf-8"))[1]

    one = mark(papers.write(given, tmp_path / "a"))
    other = mark(papers.write(settings(analysis={"alpha": 0.01}), tmp_path / "b"))
    moved = mark(papers.write(settings(output={"folder": "elders"}), tmp_path / "c"))
    assert one == moved != other


def test_with_persons_off_no_paper_speaks_of_counting_them(tmp_path):
    made = papers.write(settings(privacy={"persons": False}), tmp_path)
    cards = next(path for path in made.files if path.stem == "methodekaarten").read_text("utf-8")
    assert "eelplegers tellen" not in cards
    assert "Zaken (PGA" not in cards
    dpia = next(path for path in made.files if path.stem == "dpia-aanzet").read_text("utf-8")
    assert "module voor personen staat uit" in dpia


def test_the_command_writes_them_and_says_what_is_left(tmp_path, monkeypatch, capsys):
    """Files that settings name need not be there: only the settings are read."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ipg.toml").write_text(
        '[input]\nincidents = "a.csv"\nareas = "b.gpkg"\n'
        "[period]\nstart = 2025-09-01\nend = 2025-12-01\n",
        encoding="utf-8",
    )
    assert cli.run(["papieren", "--uit", "map"]) == 0
    said = capsys.readouterr().out
    assert "Er staan 6 papieren in map" in said
    assert "Status: nog invullen ([papers] status)" in said
    assert (tmp_path / "map" / "index.html").is_file()


def test_a_folder_that_cannot_be_written_is_one_message(tmp_path, monkeypatch, capsys):
    (tmp_path / "map").write_text("geen map", encoding="utf-8")
    period = "[period]\nstart = 2025-09-01\nend = 2025-12-01\n"
    (tmp_path / "ipg.toml").write_text(f'[input]\nincidents = "a.csv"\nareas = "b"\n{period}')
    monkeypatch.chdir(tmp_path)
    assert cli.run(["papieren", "--uit", "map"]) == 2
    assert "niet op te slaan" in capsys.readouterr().err
