"""What action lists say of who, how far and by when becomes actors, states and days."""

import openpyxl
import pandas as pd
import pytest

from ipgtools import schouw
from ipgtools.nl.messages import message
from ipgtools.nl.schouw import ACTORS
from ipgtools.schouw.parse import actors, due_dates

SCHOUW = pd.Timestamp("2025-03-06")
HEADER = "Nr.;Adres;Constatering;Actie;Actiehouder;Stand van zaken;Gereed d.d.;Schouwdatum"


@pytest.fixture
def read(tmp_path):
    """Read a table of rows under the header of an action list."""

    def made(*rows, header=HEADER):
        path = tmp_path / "lijst.csv"
        path.write_text("\n".join([header, *rows]), encoding="utf-8")
        return schouw.read_schouw(path)

    return made


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 mei a.s.", "2025-05-01"),
        ("uiterlijk 1 februari", "2026-02-01"),
        ("31/12/25", "2025-12-31"),
        ("12-3-2025", "2025-03-12"),
        ("1-5", "2025-05-01"),
        ("20 mrt '26", "2026-03-20"),
    ],
)
def test_days_are_read_as_they_are_written(text, day):
    """Without a year it is the first such day on or after the schouw."""
    assert [found.day for found in due_dates.days_in(text, SCHOUW)] == [pd.Timestamp(day)]


@pytest.mark.parametrize("text", ["week 14", "mei 2025", "Q3 2025", "31 april", "2.5", "1-3 weken"])
def test_what_names_no_day_becomes_none(text):
    """A month, a week or a day that doesn't exist is never made into one."""
    assert due_dates.days_in(text, SCHOUW) == []


def test_a_day_without_a_year_needs_the_day_of_the_schouw(read):
    """Otherwise it is listed as not read."""
    _, actions, report = read("1;Dorpsplein 1;Heg;snoeien;Politie;;1 mei;")
    assert actions["due"].isna().all()
    assert report.details["dates"][0]["found"] == "1 mei"


def test_years_that_are_assumed_are_told(read):
    """What stood there beside what it became."""
    _, actions, report = read("1;Dorpsplein 1;Heg;snoeien;Politie;;1 mei a.s.;2025-03-06")
    assert actions["due"].tolist() == [pd.Timestamp("2025-05-01")]
    assert actions["due_raw"].tolist() == ["1 mei a.s."]
    assert any("'1 mei a.s.' is 1 mei 2025" in note for note in report.notes)


def test_terms_that_name_no_day_are_no_unreadable_dates(read):
    """*z.s.m.* is told as what it is."""
    _, actions, report = read("1;Dorpsplein 1;Heg;snoeien;Politie;;z.s.m.;2025-03-06")
    assert "dates" not in report.details
    assert any("z.s.m." in note for note in report.notes)
    assert actions["due"].isna().all()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("vervalt", "niet nodig"),
        ("N.v.t.", "niet nodig"),
        ("loopt nog", "in uitvoering"),
        ("Deels gereed", "in uitvoering"),
        ("In behandeling bij Domijn", "in uitvoering"),
        ("Gereed, zie foto", "afgehandeld"),
        ("nog niet gereed", "geconstateerd"),
    ],
)
def test_the_words_of_action_lists_are_states(text, status):
    """Also with a remark behind them."""
    assert schouw.status(text, assigned=True) == (status, True)


@pytest.mark.parametrize("text", ["niet akkoord", "gereed?", "wie weet"])
def test_a_doubtful_state_stays_open(text):
    """As its own words; the report says so."""
    assert not schouw.status(text, assigned=True)[1]
    assert schouw.is_open(text)


def test_a_day_behind_a_state_is_the_day_it_was_closed(read):
    """*Afgehandeld op 3 april* closes the action on that day."""
    _, actions, _ = read("1;Dorpsplein 1;Heg;snoeien;Politie;Afgehandeld op 3 april;;2025-03-06")
    assert actions["status"].tolist() == ["afgehandeld"]
    assert actions["closed_on"].tolist() == [pd.Timestamp("2025-04-03")]


@pytest.mark.parametrize(
    ("mark", "status"),
    [
        ("x", "afgehandeld"),
        ("3-4-2025", "afgehandeld"),
        ("nee", "geconstateerd"),
        ("", "toegewezen"),
    ],
)
def test_a_mark_or_a_day_in_a_column_of_what_is_done_closes_it(read, mark, status):
    """Nothing there leaves it open."""
    _, actions, _ = read(
        f"1;Dorpsplein 1;Heg;{mark};Politie", header="Nr;Adres;Wat;Afgehandeld?;Wie"
    )
    assert actions["status"].tolist() == [status]


def test_a_state_without_actor_or_task_is_not_lost(read):
    """It becomes an action of nobody yet."""
    _, actions, _ = read("1;Dorpsplein 1;Heg;;;Gereed;;")
    assert actions["status"].tolist() == ["afgehandeld"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wijkagent i.s.m. jongerenwerk", "Wijkagent / Jongerenwerk"),
        ("Gemeente, Politie en Domijn", "Gemeente / Politie / Domijn"),
        ("Gemeente ism Domijn", "Gemeente / Domijn"),
        ("Domijn (huurderszaken)", "Domijn"),
        ("Twente Milieu samen met Handhaving", "Twente Milieu / Handhaving"),
    ],
)
def test_actors_are_joined_in_many_ways(text, found):
    """All of them are in the list."""
    assert actors.known(text, ACTORS) == (found, True)


@pytest.mark.parametrize("text", ["Firma Smit en Zn.", "Van Dijk, aannemer"])
def test_a_name_of_nobody_in_the_list_stays_whole(text):
    """It is no row of actors."""
    assert actors.known(text, ACTORS) == (text, False)


@pytest.mark.parametrize(
    ("cell", "actor", "task"),
    [
        ("maaien door Politie", "Politie", "maaien"),
        ("Herstellen (gemeente)", "Gemeente", "Herstellen"),
        ("gemeente snoeit voor 1 mei", "Gemeente", "snoeit voor 1 mei"),
        ("wijkagent i.s.m. jongerenwerk", "Wijkagent / Jongerenwerk", ""),
    ],
)
def test_who_acts_is_found_wherever_it_stands_in_the_action(read, cell, actor, task):
    """Before or behind what is done, with or without a capital."""
    _, actions, _ = read(f"1;Dorpsplein 1;Heg;{cell}", header="Nr;Adres;Wat;Actie")
    assert actions[["actor", "task"]].to_numpy().tolist() == [[actor, task]]


def test_addressing_an_actor_is_not_acting():
    """*Gemeente aanspreken* in small letters is a task of somebody else."""
    found = actors.split_actions(["gemeente aanspreken"], ACTORS)
    assert [(one.actor, one.task) for one in found] == [(None, "gemeente aanspreken")]


def test_phone_numbers_and_mail_addresses_are_left_out(read):
    """Out of what was found and out of the actions; the report says how often."""
    findings, actions, report = read(
        "1;Dorpsplein 12-14;Heg, bel 06-12345678;via jan@example.org;Domijn (06 12345678);;;"
    )
    said = " ".join(map(str, [*findings.iloc[0], *actions.iloc[0], *report.notes]))
    assert "12345678" not in said
    assert "example.org" not in said
    assert actions["actor"].tolist() == ["Domijn"]
    assert findings["location_text"].tolist() == ["Dorpsplein 12-14"]
    assert any("weggelaten" in note for note in report.notes)


def workbook(path, sheets):
    """Write sheets of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_lines_of_two_cells_that_belong_together_are_actions_of_their_own(tmp_path):
    """Who on the first line does what stands on the first line."""
    rows = [["Nr", "Adres", "Wat", "Actie", "Wie"],
            [1, "Dorpsplein 1", "Heg", "snoeien\naanspreken", "Gemeente\nDomijn"]]  # fmt: skip
    _, actions, _ = schouw.read_schouw(workbook(tmp_path / "a.xlsx", {"Lijst": rows}))
    assert actions[["actor", "task"]].to_numpy().tolist() == [
        ["Gemeente", "snoeien"], ["Domijn", "aanspreken"],
    ]  # fmt: skip


def test_a_house_number_alone_is_on_the_street_above(tmp_path):
    """As where cells of a sheet are merged downwards; the report says so."""
    rows = [["Nr", "Straat", "Huisnr", "Wat"], [1, "Dorpsplein", 4, "Heg"], [2, None, 10, "Lamp"]]
    path = workbook(tmp_path / "a.xlsx", {"Lijst": rows})
    findings, _, report = schouw.read_schouw(path)
    assert findings["location_text"].tolist() == ["Dorpsplein 4", "Dorpsplein 10"]
    assert message("places_from_above", n=1) in report.messages


def test_a_row_of_totals_is_no_finding(read):
    """It is rejected with its reason."""
    findings, _, report = read("1;Dorpsplein 1;Heg;;;;;", "Totaal;1;;;;;;")
    assert findings["number"].tolist() == [1]
    assert "totaalregel" in report.rejected["reason"].item()


def test_sheets_named_after_streets_tell_the_place(tmp_path):
    """A sheet of another kind is named, and not read."""
    header = ["Huisnr", "Bevinding", "Actie", "Wie"]
    path = workbook(
        tmp_path / "a.xlsx",
        {
            "Beukenlaan": [header, [4, "Heg", "snoeien", "Gemeente"]],
            "Lindestraat": [header, [12, "Bord", "rechtzetten", "Politie"]],
            "Lijsten": [["Actoren"], ["Gemeente"]],
        },
    )
    findings, _, report = schouw.read_schouw(path)
    assert findings["location_text"].tolist() == ["Beukenlaan 4", "Lindestraat 12"]
    assert any("Lijsten" in note for note in report.notes)


@pytest.mark.parametrize(
    "cell",
    [
        f"a{' ' * 50_000}b", "." * 50_000, "d.d. " * 10_000 + "x", "_" * 50_000, "A" * 50_000,
        "Politie" * 7_000, "op de " * 8_000, "tegel " * 8_000, "1 mei " * 8_000, "(" * 50_000,
    ],
    ids=lambda cell: f"{cell[:7].strip()}",
)  # fmt: skip
@pytest.mark.parametrize("column", range(1, 7))
def test_a_cell_of_one_thing_over_and_over_comes_to_an_end(read, column, cell):
    """What looks for actors, days, states and places looks through it once."""
    cells = ["1", "Dorpsplein 1", "Heg", "snoeien", "Politie", "open", "1 mei", "2025-03-06"]
    cells[column] = cell
    assert read(";".join(cells), "2;Dorpsplein 2;Heg;snoeien;Politie;open;;")[2].n_used == 2


@pytest.mark.parametrize(
    "before", ["op", "dd.", "d.d.", "d. d.", "per", "uiterlijk op", "(", "op d.d."]
)
def test_what_stands_before_the_day_of_a_state_is_no_part_of_it(read, before):
    """The word of the list remains."""
    actions = read(f"1;Dorpsplein 1;Heg;snoeien;Politie;Gereed {before} 3-4-2025;;2025-03-06")[1]
    assert actions["status"].tolist() == ["afgehandeld"]
