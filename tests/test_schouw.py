"""Reports of wijkschouwen, tidy or misread, become the same findings and actions."""

import itertools
import random
import re
import textwrap
import zipfile

import docx
import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString

from ipgtools import contracts, schemas, schouw
from ipgtools.errors import ReadError
from ipgtools.geocoder import Names
from ipgtools.nl import schouw as nl
from ipgtools.schouw.ocr import correct_words, recognised_text
from ipgtools.schouw.ocr.recognised_text import correct_numbers, read_text
from ipgtools.schouw.parse import actors

STREETS = gpd.GeoDataFrame(
    {"street_id": ["1", "2"], "street_name": ["Beukenlaan", "Lindestraat"], "kind": "street"},
    geometry=[LineString([(0, 0), (100, 0)]), LineString([(50, -50), (50, 50)])],
    crs=28992,
)
HEADER = ["nr.", "adres / locatie", "omschrijving", "actie door"]
ROWS = [
    ["1.", "Beukenlaan nr. 4", "Heg groeit over de stoep", "Stadsdeelbeheer: snoeien"],
    ["2.", "Beukenlaan hoek Lindestraat", "Zwerfafval", "Wijkagent / DSOB: informeren"],
    ["3.", "Lindestraat", "Bord staat scheef", "Politie: melden\nDSOB: rechtzetten"],
]


def document(path, rows=ROWS, header=HEADER, heading=("Wijkschouw", "DE LINDEN", "3 maart 2025")):
    """Write a Word report."""
    written = docx.Document()
    for line in heading:
        written.add_paragraph(line)
    table = written.add_table(rows=0, cols=len(header))
    for row in [header, *rows]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    written.save(path)
    return path


def sheet(path, text):
    """Write a text file."""
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


# Tables and documents


def test_a_word_report_gives_findings_and_actions(tmp_path):
    """Three rows, four actions; joint actors share one, two lines are two."""
    findings, actions, report = schouw.read_schouw(document(tmp_path / "a.docx"), STREETS)
    assert findings["number"].tolist() == [1, 2, 3]
    assert findings["finding_id"].tolist()[0] == "de-linden-2025-03-03-01"
    assert actions["actor"].tolist() == ["Stadsdeelbeheer", "Wijkagent / DSOB", "Politie", "DSOB"]
    assert actions["task"].tolist() == ["snoeien", "informeren", "melden", "rechtzetten"]
    assert actions["action_id"].tolist()[2:] == [f"{findings.finding_id[2]}{x}" for x in "ab"]
    assert findings["schouw_date"].eq("2025-03-03").all()
    assert (report.n_read, report.n_used, report.n_rejected) == (3, 3, 0)


def test_results_keep_their_contracts(tmp_path):
    """With streets and without."""
    path = document(tmp_path / "a.docx")
    for streets in (STREETS, None):
        findings, actions, _ = schouw.read_schouw(path, streets)
        contracts.check(findings, schemas.FINDINGS)
        contracts.check(actions, schemas.ACTIONS)
    assert findings.geometry.isna().all()
    assert findings.crs == "EPSG:28992"


def test_findings_get_their_points(tmp_path):
    """The corner is where the streets cross."""
    findings, _, _ = schouw.read_schouw(document(tmp_path / "a.docx"), STREETS)
    assert findings.geometry[1].wkt == "POINT (50 0)"
    assert findings["location_kind"].tolist() == ["address", "crossing", "street"]


def test_a_place_that_is_not_found_stays_without_point_and_is_listed(tmp_path):
    """The finding is kept; the report says which and why."""
    rows = [["1", "Dorpsplein", "Afval", "Politie: kijken"]]
    findings, _, report = schouw.read_schouw(document(tmp_path / "a.docx", rows), STREETS)
    assert findings.geometry.isna().all()
    assert report.details["unlocated"][0]["location_text"] == "Dorpsplein"
    assert any("nummer 1 (geen straat herkend" in line for line in report.lines())


CSV = """\
    nr;adres;omschrijving;actie_door;actie;status;datum_gereed
    1;Beukenlaan 4;Gras te hoog;Stadsdeelbeheer;maaien;afgehandeld;20-10-2025
    2;Lindestraat;Bouwterrein;Stadsdeelbeheer | DSOB;aanspreken | navraag;gereed | ; | 1-12-2025
    3;Beukenlaan;Onduidelijke bewoning;wijkagent/dsob;informeren;;
    ;;;;;;
    5;;;Politie;rijden;;
"""


def test_a_csv_keeps_status_and_dates_with_their_action(tmp_path):
    """A date belongs to a closed action as its end, to an open one as its deadline."""
    _, actions, _ = schouw.read_schouw(sheet(tmp_path / "a.csv", CSV))
    assert actions["status"].tolist() == ["afgehandeld", "afgehandeld", "toegewezen", "toegewezen"]
    assert actions["closed_on"].astype("str").tolist()[0] == "2025-10-20"
    assert actions["closed_on"].isna().tolist() == [False, True, True, True]
    assert actions["due"].astype("str").tolist()[2] == "2025-12-01"
    assert actions["actor"].tolist()[3] == "Wijkagent / DSOB"


def test_rows_without_place_and_finding_are_rejected_with_a_reason(tmp_path):
    """Every row is accounted for."""
    findings, _, report = schouw.read_schouw(sheet(tmp_path / "a.csv", CSV))
    assert len(findings) == 3
    assert report.n_read == 5
    assert report.rejected["source_row"].tolist() == [4, 5]
    assert report.rejected["reason"].str.contains("geen plaats").all()


def test_one_row_per_action_is_one_finding(tmp_path):
    """Rows of the same number and place belong together."""
    text = """\
        nr,locatie,omschrijving,actiehouder,maatregel
        7,Lindestraat,Gat in de weg,Gemeente,afzetten
        7,Lindestraat,Gat in de weg,Stadsdeelbeheer,dichten
    """
    findings, actions, report = schouw.read_schouw(sheet(tmp_path / "a.csv", text))
    assert (len(findings), len(actions), report.n_used) == (1, 2, 2)
    assert actions["action_id"].str[-1].tolist() == ["a", "b"]


def test_a_number_used_twice_keeps_both_findings(tmp_path):
    """Nothing is lost; identifiers stay unique and the report says so."""
    text = "nr;adres;omschrijving\n4;Lindestraat;Afval\n4;Beukenlaan;Graffiti\n"
    findings, _, report = schouw.read_schouw(sheet(tmp_path / "a.csv", text))
    assert findings["finding_id"].is_unique
    assert any("vaker voorkomen" in note for note in report.notes)


def test_excel_and_csv_agree(tmp_path):
    """The same table in a workbook gives the same."""
    table = pd.read_csv(sheet(tmp_path / "a.csv", CSV), sep=";")
    table.to_excel(tmp_path / "a.xlsx", index=False)
    from_csv = schouw.read_schouw(tmp_path / "a.csv")
    from_excel = schouw.read_schouw(tmp_path / "a.xlsx")
    columns = ["finding_id", "actor", "task", "status"]
    pd.testing.assert_frame_equal(from_csv[1][columns], from_excel[1][columns])


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("weg.csv", None, "file_missing"),
        ("leeg.txt", b"", "file_empty"),
        ("verslag.odp", b"iets", "schouw_format"),
        ("verslag.pdf", b"%PDF-1.4", "file_unreadable"),
        ("verslag.csv", b"kolom;ander\n1;2\n", "schouw_columns"),
        ("verslag.docx", b"geen zip", "file_unreadable"),
        ("verslag.txt", b"Beste wijkagent,\nhoe gaat het?\n", "schouw_no_rows"),
    ],
)
def test_files_that_are_no_report_say_what_is_wrong(tmp_path, name, content, code):
    """One error, with a Dutch text under its code."""
    from ipgtools.nl.errors import TEXTS

    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ReadError) as found:
        schouw.read_schouw(tmp_path / name)
    assert found.value.code == code
    assert TEXTS[code].format(**found.value.facts)


def test_a_word_document_without_the_table_says_so(tmp_path):
    """With another table the missing columns are named, without one that there is none."""
    with pytest.raises(ReadError) as found:
        schouw.read_schouw(document(tmp_path / "a.docx", [["1"]], ["nr"]))
    assert found.value.code == "schouw_columns"
    docx.Document().save(tmp_path / "b.docx")
    with pytest.raises(ReadError) as found:
        schouw.read_schouw(tmp_path / "b.docx")
    assert found.value.code == "schouw_no_table"


def test_a_document_that_unpacks_to_too_much_is_refused(tmp_path):
    """A zip bomb is measured, not unpacked."""
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as parts:
        for number in range(25):
            parts.writestr(str(number), bytes(10_000_000))
    with pytest.raises(ReadError) as found:
        schouw.read_schouw(tmp_path / "a.docx")
    assert found.value.code == "schouw_too_large"


# Numbers, actors, words, categories


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        (["44,", "45.", "48.", "47.", "48.", "48.", "0.", "51.", "§2."], list(range(44, 53))),
        (["1.", "2.", "3."], [1, 2, 3]),
        (["l.", "2.", "S.", "4."], [1, 2, 3, 4]),
        (["7.", "", "9."], [7, 8, 9]),
        (["12", "14", "15", "20"], [12, 14, 15, 20]),
        (["98.", "99.", "1OO.", "101."], [98, 99, 100, 101]),
        ([], []),
    ],
)
def test_numbers_are_mended_by_their_rising_run(read, meant):
    """Digits that don't rise are mended, numbers that skip are left."""
    assert correct_numbers(read) == meant


@pytest.mark.parametrize("seed", range(5))
def test_mended_numbers_always_rise(seed):
    """Whatever was read."""
    dice = random.Random(seed)
    marks = ["".join(dice.choices("0123456789§iO", k=dice.randint(0, 3))) for _ in range(12)]
    run = correct_numbers(marks)
    assert len(run) == len(marks)
    assert all(after > before for before, after in itertools.pairwise(run))


@pytest.mark.parametrize("read", ["D508", "DS08", "DS0B", "DSOB", "DSO8"])
def test_misread_dsob_is_one_actor(read):
    """Digits that look like letters are read as these."""
    assert actors.known(read, nl.ACTORS) == ("DSOB", True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stadsdeelbeheer maaien", [("Stadsdeelbeheer", "maaien")]),
        ("Stadsdeelbeheerverwijderen.", [("Stadsdeelbeheer", "verwijderen.")]),
        ("WijkagentDS0B: informeren", [("Wijkagent / DSOB", "informeren")]),
        ("Wijkagent / DSOB: informeren", [("Wijkagent / DSOB", "informeren")]),
        ("Politie:verwijderen", [("Politie", "verwijderen")]),
        ("Politie: weg. DSOB: navraag", [("Politie", "weg."), ("DSOB", "navraag")]),
        ("DSOB: aanspreken eigenaar / bewoner", [("DSOB", "aanspreken eigenaar / bewoner")]),
        ("Dierenambulance: ophalen", [("Dierenambulance", "ophalen")]),
        ("nog bespreken", [(None, "nog bespreken")]),
        ("", []),
    ],
)
def test_action_texts_fall_apart_into_actor_and_task(text, expected):
    """Glued words, lost colons, joint and further actors."""
    found = actors.split_actions([text], nl.ACTORS)
    assert [(action.actor, action.task) for action in found] == expected


def test_settings_can_extend_the_actors(tmp_path):
    """A name that is not in the list is told; added to the list it is known."""
    rows = [["1", "Lindestraat", "Rattenplaag", "Rattenvanger: vangen"]]
    path = document(tmp_path / "a.docx", rows)
    _, actions, report = schouw.read_schouw(path)
    assert actions["actor"].tolist() == ["Rattenvanger"]
    assert any("Rattenvanger" in note for note in report.notes)
    assert not any(
        "staan" in note for note in schouw.read_schouw(path, actors=["Rattenvanger"])[2].notes
    )


RECOGNISED = """nr. adres / locatie omschrijving actie door
1. Beukenlaan nr. l4 Lantaarn brandt niet Politie: melden
2. Lindestraat t.o. nr. 2O Zwerfafval Stadsdeelbeheer:
opruimen
A. Beukenlaan Stoeptegels Iiggen los Politie: melden
6. Lindestraat — achterzyde Hondenpoep Politie: melden
"""


@pytest.fixture
def misread(tmp_path):
    """Read a report with misread digits and letters."""
    (tmp_path / "a.txt").write_text(RECOGNISED, encoding="utf-8")
    return schouw.read_schouw(tmp_path / "a.txt")


def test_letters_in_house_numbers_are_digits(misread):
    """What was read stands beside it, and a human is asked."""
    findings, _, report = misread
    assert findings["location_text"].tolist()[:2] == [
        "Beukenlaan nr. 14",
        "Lindestraat t.o. nr. 20",
    ]
    assert findings["location_raw"].tolist()[:2] == ["Beukenlaan nr. l4", "Lindestraat t.o. nr. 2O"]
    assert {"l4", "2O"} <= {repair["raw"] for repair in report.details["doubtful"]}


def test_a_letter_that_looks_like_a_digit_starts_a_row(misread):
    """*A.* before a street is 4; the numbers that are not there are named."""
    findings, _, report = misread
    assert findings["number"].tolist() == [1, 2, 4, 6]
    assert any("ontbreken" in note and "3 en 5" in note for note in report.notes)


def test_a_task_that_was_wrapped_away_from_its_actor_comes_back(misread):
    """An actor with a colon waits for more."""
    assert misread[1]["task"].tolist()[1] == "opruimen"


def test_lower_case_l_and_ij_are_read_from_what_they_look_like(misread):
    """*Iiggen* in a sentence has no capital; *achterzyde* is a place."""
    findings = misread[0]
    assert findings["description"].tolist()[2] == "Stoeptegels liggen los"
    assert findings["location_text"].tolist()[3] == "Lindestraat - achterzijde"


def test_the_unsure_repairs_are_named_in_the_report(misread):
    """With number, what was read, and how sure; they can be counted by finding."""
    report = misread[2]
    assert any("nummer 1 'l4' → '14' (85%)" in note for note in report.notes)
    assert schouw.n_doubtful(report) >= 2


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["Volgende schouw: 4 september 2025", "Verslag schouw d.d. 6-3-25"], "2025-03-06"),
        (["Verslag van de schouw op l2 rnei 2OO9"], "2009-05-12"),
    ],
)
def test_the_day_is_that_of_the_schouw(lines, day):
    """Not the next one; letters that look like digits are digits."""
    assert recognised_text.heading(lines)[1] == day


@pytest.mark.parametrize("sign", ["a", ".", "NL", "1", "- "])
def test_a_title_of_one_sign_over_and_over_comes_to_an_end(sign):
    """Words are looked at once, and none that long is the name of a column."""
    line = sign * (50_000 // len(sign))
    assert recognised_text.heading([line]) == (line if sign == "NL" else "", "")
    assert not recognised_text.has_header(line)


@pytest.mark.parametrize("given", ["Politie" * 7_000, "(" * 50_000, f"a{' ' * 50_000}b"])
def test_who_acts_is_not_looked_for_in_what_is_too_long(given):
    """Names run together over and over are no actors."""
    assert not actors.known(given, ["Politie"])[1]
    assert actors.behind(given, ["Politie"]) is None


def test_dashes_over_and_over_are_no_place(tmp_path):
    """Where a place ends is not looked for beyond any place's length."""
    path = tmp_path / "a.txt"
    rows = [f"{n}. Pluimstraat {n}: afval. Politie: kijken" for n in (1, 3)]
    path.write_text("\n".join([rows[0], f"2. Pluimstraat 2{' -' * 3_000} afval", rows[1]]))
    assert schouw.read_schouw(path)[2].n_used == 3


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("bowwtermein", "bouwterrein"),
        ("becordelen op hinder", "beoordelen op hinder"),
        ("Omduidelike bewoning", "Onduidelijke bewoning"),
        ("[kemteken bekend)", "(kenteken bekend)"),
        ("eigenaar (VV.E_}", "eigenaar (V.v.E.)"),
    ],
)
def test_misread_words_are_mended(read, meant):
    """Into words of the public space, keeping capitals."""
    assert correct_words.correct(read, correct_words.Vocabulary.of())[0] == meant


@pytest.mark.parametrize(
    "text",
    [
        "hinderlijke situatie", "gemaaid", "buitenmuren", "dividivi", "eigenaresse", "de man",
        "Rozenstruik", "verwijdering", "plaatsing", "hel azm", "herstelling", "5 bomen (2 ziek)",
    ],
)  # fmt: skip
def test_right_and_doubtful_words_are_left_alone(text):
    """Inflections, rare words, names and short words are never changed."""
    assert correct_words.correct(text, correct_words.Vocabulary.of()) == (text, [])


def test_short_words_need_a_full_word_list():
    """Only a list of all words can tell that one is none."""
    full = correct_words.Vocabulary.of(["stoep", "hinderlijk"])
    assert correct_words.correct("stocp", correct_words.Vocabulary.of())[0] == "stocp"
    assert correct_words.correct("stocp", full)[0] == "stoep"


def test_a_misread_niet_is_mended_and_listed():
    """Without it a finding says the contrary; the score leaves it to a human."""
    text, repairs = correct_words.correct("miet hinderlijk", correct_words.Vocabulary.of())
    assert text == "niet hinderlijk"
    assert repairs[0].score < correct_words.SURE


def test_digits_inside_a_word_are_letters_where_that_makes_one_right_word():
    """*Lantaarnpaa1* is no word; *14b* and what could be two words stay as they are."""
    full = correct_words.Vocabulary.of(["lantaarnpaal", "kali", "kall"])
    assert correct_words.correct("Lantaarnpaa1 ka11 14b", full)[0] == "Lantaarnpaal ka11 14b"


@pytest.mark.parametrize(
    ("status", "is_open"),
    [
        ("geconstateerd", True), ("toegewezen", True), ("in uitvoering", True), (None, True),
        ("afgehandeld", False), ("Gereed", False), ("niet nodig", False), ("doorgezet", False),
        ("iets anders", True), (float("nan"), True),
    ],
)  # fmt: skip
def test_open_is_whatever_is_not_known_to_be_closed(status, is_open):
    """Unknown and missing count as open."""
    assert schouw.is_open(status) == is_open


LABELLED = {
    "afval": ["Vuilniscontainers op openbare weg buiten de ophaaldag", "Zwerfafval in de struiken",
              "Matras gedumpt naast de container"],
    "groen": ["Het gras staat erg hoog", "Onderhoud aan groenvak gewenst",
              "Meerdere bomen groeien scheef (dividivi)", "Heester groeit over de stoep",
              "Aanvullen boomspiegels op enkele plaatsen", "Haag groeit over de stoep",
              "Onderhoud terrein rond kunstwerk", "Heg groeit over de stoep"],
    "bouw": ["Particulier bouwterrein: groenonderhoud niet langer gewenst. Vordering bouwplan"],
    "woning": ["Onbeveiligd dakterras; ontsierend beeld", "Bouwwerkzaamheden aan buitenmuur"],
    "voertuig": ["Sloopauto op de straat (kenteken bekend)", "Twee fietswrakken in het rek"],
    "bewoning": ["Onduidelijke bewoning"],
    "straatmeubilair": ["Bord ‘parkeerverbod’ is overbodig", "Paaltje omgereden"],
    "verharding": ["Herstel straatwerk; particulier voetpad", "Stoeptegels liggen los"],
    "verlichting": ["Lantaarnpaal brandt niet", "Lichtmast scheef"],
    "vernieling": ["Graffiti op de zijmuur", "Ruit vernield"],
    "dieren": ["Hondenpoep op het veldje", "Ratten gezien"],
    "overlast": ["Hangjongeren bij de school", "Geluidsoverlast in de avond"],
    "overig": ["Vreemd", "Nog eens bekijken"],
}  # fmt: skip


def test_categories_agree_with_labels_given_by_hand():
    """At least nine of ten; all codes are in the list, and each has a Signalen category."""
    pairs = [(text, code) for code, texts in LABELLED.items() for text in texts]
    right = [schouw.category(text) == code for text, code in pairs]
    assert sum(right) / len(right) >= 0.9
    assert set(LABELLED) == set(schouw.CATEGORIES)
    assert all(label and signalen for label, signalen in schouw.CATEGORIES.values())


# Recognised text


def made_up(seed, n=16):
    """Make rows, wrap them in columns as a word processor does, and run them together."""
    dice = random.Random(seed)
    streets = ["Beukenlaan", "Lindestraat", "Van Galenstraat", "Hoge Brink", "Esdoornpad"]
    places = ["{a} nr. {n}", "{a} hoek {b}", "{a} t.o. nr. {n}", "{a}", "{a} nr. {n} - achterzijde"]
    found = ["Stoeptegels liggen los over een lengte van tien meter", "Zwerfafval in de struiken",
             "Lantaarnpaal brandt al weken niet meer", "Fietswrakken in het rek",
             "Overhangende takken boven het trottoir", "Haag groeit over de stoep",
             "Verkeersbord staat scheef door aanrijding"]  # fmt: skip
    who = ["Stadsdeelbeheer", "Politie", "Wijkagent", "DSOB", "Wijkagent / DSOB"]
    tasks = ["snoeien", "melden bij storingsdienst", "opruimen en controleren", "vervangen",
             "aanspreken bewoners", "brief sturen aan eigenaar"]  # fmt: skip
    rows, lines = [], ["nr. | adres | locatie omschrijving actie door"]
    for number in range(1, n + 1):
        a, b = dice.sample(streets, 2)
        cells = [
            textwrap.wrap(dice.choice(places).format(a=a, b=b, n=dice.randint(1, 180)), 24),
            textwrap.wrap(dice.choice(found), 24),
            textwrap.wrap(f"{dice.choice(who)}: {dice.choice(tasks)}", 28),
        ]
        rows.append([" ".join(cell) for cell in cells])
        for at in range(max(map(len, cells))):
            line = " ".join(cell[at] for cell in cells if at < len(cell))
            lines.append(f"{number}. | {line}" if at == 0 else line)
    return streets, rows, "\n".join(lines)


def test_columns_that_ran_together_are_told_apart_again():
    """Of made-up tables places come back whole, and four rows of five in every word."""
    right, places, total = 0, 0, 0
    for seed in range(3):
        streets, rows, text = made_up(seed)
        found = read_text(text, Names.of(streets).best, nl.ACTORS, name="x").cells
        assert len(found) == len(rows)
        for cells, row in zip(found, rows, strict=True):
            got = [" ".join(part) for part in (cells.location, cells.description, cells.action)]
            right += got == row
            places += got[0] == row[0]
            total += 1
    assert right / total >= 0.8
    assert places / total >= 0.95


@pytest.mark.parametrize("seed", range(3))
def test_no_word_is_lost_or_invented_in_telling_columns_apart(seed):
    """Every word of a row stands in exactly one cell."""
    streets, rows, text = made_up(seed)
    found = read_text(text, Names.of(streets).best, nl.ACTORS, name="x").cells
    for cells, row in zip(found, rows, strict=True):
        words = " ".join([*cells.location, *cells.description, *cells.action]).split()
        assert sorted(words) == sorted(" ".join(row).split())


def test_text_after_the_table_is_left_alone_and_told(tmp_path):
    """A closing line is no part of the last finding."""
    _, _, text = made_up(1)
    path = sheet(tmp_path / "a.txt", text + "\n\nMet dank aan alle bewoners\n")
    findings, _, report = schouw.read_schouw(path)
    assert not findings["description"].str.contains("dank").any()
    assert any("na de tabel" in note for note in report.notes)


@pytest.mark.parametrize("seed", range(3))
def test_damaged_text_never_breaks_the_reader(tmp_path, seed):
    """Random letters in, findings with rising numbers out."""
    dice = random.Random(seed)
    _, _, text = made_up(seed, n=6)
    marks = "|/§[]{}()0123456789.,:-— \n\x00éß"
    broken = "".join(dice.choice(marks) if dice.random() < 0.15 else mark for mark in text)
    path = tmp_path / "a.txt"
    path.write_text(broken, encoding="utf-8")
    findings, actions, report = schouw.read_schouw(path, STREETS)
    assert report.n_used == len(findings) > 0
    assert findings["number"].is_monotonic_increasing
    assert set(actions["finding_id"]) <= set(findings["finding_id"])


# The real report


@pytest.fixture(scope="module")
def real(shared):
    """Read the report of 22 May 2007 with the streets of Enschede."""
    streets = gpd.read_file(shared / "nl_enschede_straten_osm" / "enschede_straten_osm.gpkg")
    streets = streets.rename(
        columns={"name": "street_name", "highway": "kind", "osm_id": "street_id"}
    )
    folder = shared / "schouw_velve_lindenhof_2007"
    expected = pd.read_csv(folder / "verwacht.csv")
    return (*schouw.read_schouw(folder / "verslag_ocr.txt", streets), expected, streets)


def test_the_real_report_gives_its_findings_and_actions(real):
    """16 findings numbered 44 to 59 on 22 May 2007, 17 actions, everything accounted for."""
    findings, actions, report, _, _ = real
    assert findings["number"].tolist() == list(range(44, 60))
    assert len(actions) == 17
    assert findings["schouw_date"].eq("2007-05-22").all()
    assert (report.n_read, report.n_used) == (16, 16)


def test_the_real_report_gives_every_cell_as_it_was_recognised(real):
    """What stands beside the corrected text is letter for letter what was read."""
    findings, _, _, expected, _ = real
    assert findings["number_raw"].tolist() == expected["raw_nr"].tolist()
    assert findings["location_raw"].tolist() == expected["raw_adres"].tolist()
    assert findings["description_raw"].tolist() == expected["raw_omschrijving"].tolist()


def test_the_real_report_gives_its_actors(real):
    """Stadsdeelbeheer 12, DSOB 3 alone and 1 joint, Politie 1."""
    _, actions, _, expected, _ = real
    assert actions["actor"].tolist() == " | ".join(expected["actie_door"]).split(" | ")
    assert actions["actor"].value_counts().to_dict() == {
        "Stadsdeelbeheer": 12,
        "DSOB": 3,
        "Politie": 1,
        "Wijkagent / DSOB": 1,
    }


def test_the_real_report_gives_its_places(real):
    """Every place as the report meant it, and a point for each."""
    findings, _, _, expected, _ = real
    assert findings["location_text"].tolist() == expected["adres"].tolist()
    assert findings.geometry.notna().all()


def bare(text):
    """Words alone: what mending is about."""
    return re.findall(r"\w+", text.casefold())


def test_the_real_report_gives_its_words(real):
    """All descriptions and all tasks, but for capitals and punctuation."""
    findings, actions, _, expected, _ = real
    for found, right in zip(findings["description"], expected["omschrijving"], strict=True):
        assert bare(found) == bare(right)
    tasks = " | ".join(expected["actie"]).split(" | ")
    wrong = [
        word
        for found, right in zip(actions["task"], tasks, strict=True)
        for word, meant in zip(bare(found), bare(right), strict=True)
        if word != meant
    ]
    assert wrong == []


def test_lost_text_of_the_real_report_is_marked_and_not_invented(real):
    """The end of 47 and the second street of 57."""
    findings, _, report, _, _ = real
    assert [name[-2:] for name in report.details["lost"]] == ["47", "57"]
    assert findings["description"][3].endswith("[tekst verloren]")
    assert findings["location_text"][13] == "Gronausestraat - hoek [tekst verloren]"


def test_every_repair_of_the_real_report_is_listed_with_a_score(real):
    """The unsure ones once more, for a human."""
    _, _, report, _, _ = real
    repairs = pd.DataFrame(report.details["repairs"])
    assert repairs["score"].between(0, 1).all()
    assert {"Dostveemweg", "D508", "proj ider"} <= set(repairs["raw"])
    doubtful = {repair["raw"] for repair in report.details["doubtful"]}
    assert doubtful == set(repairs["raw"][repairs["score"] < correct_words.SURE])


def test_without_streets_the_real_report_still_falls_apart_rightly(shared, real):
    """The same cells; misread street names stay as they were read."""
    findings, actions, _ = schouw.read_schouw(
        shared / "schouw_velve_lindenhof_2007" / "verslag_ocr.txt"
    )
    assert findings["location_raw"].tolist() == real[0]["location_raw"].tolist()
    assert findings["description"].tolist() == real[0]["description"].tolist()
    assert actions["task"].tolist() == real[1]["task"].tolist()


def test_the_corrected_table_of_the_real_report_reads_the_same(shared, real):
    """As CSV it gives the same actors and places."""
    _, actions, _, expected, streets = real
    path = shared / "schouw_velve_lindenhof_2007" / "verwacht.csv"
    findings, from_csv, _ = schouw.read_schouw(path, streets)
    assert findings["location_text"].tolist() == expected["adres"].tolist()
    assert from_csv["actor"].tolist() == actions["actor"].tolist()


# The sample's report


@pytest.fixture(scope="module")
def sample(root):
    """Read the sample's report in its three forms."""
    folder = root / "data" / "sample"
    paths = {suffix: sorted(folder.glob(f"schouw*.{suffix}")) for suffix in ("docx", "csv", "txt")}
    if not all(paths.values()):
        pytest.skip("the sample town is not there")
    from ipgtools import io

    streets, _ = io.read_streets(folder / "straten.geojson")
    return {suffix: schouw.read_schouw(found[0], streets) for suffix, found in paths.items()}


@pytest.mark.parametrize("suffix", ["docx", "csv", "txt"])
def test_each_form_of_the_sample_report_gives_the_same(sample, suffix):
    """The same 16 places with points, and the same 17 actors."""
    findings, actions, _ = sample[suffix]
    tidy, tidy_actions, _ = sample["docx"]
    assert findings["number"].tolist() == list(range(44, 60))
    assert findings["location_text"].tolist() == tidy["location_text"].tolist()
    assert findings["category"].tolist() == tidy["category"].tolist()
    assert findings.geometry.geom_equals_exact(tidy.geometry, 0.001).all()
    assert len(actions) == 17
    assert actions["actor"].tolist() == tidy_actions["actor"].tolist()


def test_a_row_of_recognised_text_needs_no_street_where_its_number_follows(tmp_path):
    """It was taken for more of the row above."""
    path = tmp_path / "a.txt"
    path.write_text(
        "Nr. Adres / locatie Omschrijving Actie door\n"
        "1 Beukenlaan 4 Heg groeit over Politie: snoeien\n"
        "2 takken op de stoep\n"
        "2 Lindestraat Bord scheef Politie: herstellen\n"
        "3 Speelplek Lawaai Politie: praten\n",
        encoding="utf-8",
    )
    findings = schouw.read_schouw(path)[0]
    assert findings["number"].tolist() == [1, 2, 3]
