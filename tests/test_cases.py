"""Overviews of persons' cases: numbers, teams, phases, due actions; no person and no place."""

from pathlib import Path

import pandas as pd
import pytest
from helpers import in_dutch, write_lines

import ipgtools as ipg
from ipgtools import cases, cli, privacy
from ipgtools.errors import ContractError, ReadError, ReleaseError

HEADER = "zaaknummer;soort;team;fase;partner;actie;uiterlijk;gereed"
AUDIENCES = [name for name in privacy.names() if name != "politie"]


def write(folder: Path, *rows: str, header: str = HEADER, name: str = "zaken.csv") -> Path:
    return write_lines(folder / name, header, *rows)


def row(n: int, phase: str = "uitvoering", *, team: str = "Oost", kind: str = "PGA") -> str:
    return f"{kind}-2025-{n:03};{kind};{team};{phase};Reclassering;gesprek plannen;01-11-2025;nee"


def shown(table: pd.DataFrame, audience: str = "politie") -> pd.DataFrame:
    return privacy.release(table, audience).table


# reading


def test_a_file_is_read_by_its_dutch_names(tmp_path):
    path = write(
        tmp_path,
        row(1),
        "TBS-7;terbeschikkingstelling;Noord;proefverlof;;;;",
        "PGA-2025-001;pga;Oost;uitvoering;GGZ;intake;15-11-2025;12-11-2025",
    )
    found, report = ipg.read_cases(path)
    assert found["kind"].tolist() == ["pga", "tbs", "pga"]
    assert found["done"].tolist() == [False, False, True]
    assert found["due"].dt.day.tolist()[::2] == [1, 15]
    assert report.n_read == report.n_used == 3


def test_excel_is_read(tmp_path):
    table = pd.DataFrame([row(1).split(";")], columns=HEADER.split(";"))
    table.to_excel(tmp_path / "zaken.xlsx", index=False)
    assert len(ipg.read_cases(tmp_path / "zaken.xlsx")[0]) == 1


@pytest.mark.parametrize(
    "column",
    ["naam", "Naam betrokkene", "achternaam", "geboortedatum", "BSN", "nationaliteit", "diagnose",
     "adres", "straat", "woonplaats", "Postcode", "kliniek", "verblijfplaats", "X", "lat",
     "buurt", "wijkcode", "locatie", "geometry", "gemeente", "telefoon", "leeftijd betrokkene"],
)  # fmt: skip
def test_a_column_about_persons_or_places_refuses_the_file(tmp_path, column):
    path = write(tmp_path, f"{row(1)};iets", header=f"{HEADER};{column}")
    with pytest.raises(ReadError) as caught:
        ipg.read_cases(path)
    assert caught.value.code == "cases_about"
    assert column in in_dutch(caught)


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("bel mw. Jansen", "een naam"),
        ("overleg met P. de Vries", "een naam"),
        ("controle geb. 12-03-1985", "een geboortedatum"),
        ("huisbezoek Leijdsweg 12", "een adres"),
        ("brief naar 7533 AB", "een adres"),
        ("bel 06-12345678", "een telefoonnummer"),
        ("mail p.devries@voorbeeld.nl", "een e-mailadres"),
        ("bsn 111222333 nagaan", "een burgerservicenummer"),
    ],
)
def test_a_value_that_points_at_somebody_refuses_the_file(tmp_path, action, kind):
    """The message names column and kind, never the value."""
    path = write(tmp_path, row(1), f"PGA-2;PGA;Oost;plan;GGZ;{action};;nee")
    with pytest.raises(ReadError) as caught:
        ipg.read_cases(path)
    said = in_dutch(caught)
    assert caught.value.code == "cases_values"
    assert f"actie (lijkt {kind}" in said
    assert action not in said
    assert "Jansen" not in said


@pytest.mark.parametrize("action", ["gesprek met GGZ", "aanvraag Wmo 2 indienen", "plan op 3-12"])
def test_ordinary_actions_are_read(tmp_path, action):
    assert len(ipg.read_cases(write(tmp_path, f"P-1;PGA;Oost;plan;GGZ;{action};;nee"))[0]) == 1


def test_free_text_and_other_columns_stay_unread(tmp_path):
    """Even their values aren't looked at."""
    path = write(tmp_path, f"{row(1)};bel mw. Jansen", header=f"{HEADER};opmerkingen")
    found, report = ipg.read_cases(path)
    assert "opmerkingen" not in found
    assert any("opmerkingen" in note for note in report.notes)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (";PGA;Oost;plan;;;;", "geen zaaknummer"),
        ("Jansen;PGA;Oost;plan;;;;", "zaaknummer is geen nummer"),
        ("12-03-1985;PGA;Oost;plan;;;;", "zaaknummer is een datum"),
        ("19850312;PGA;Oost;plan;;;;", "zaaknummer is een datum"),
        ("P-9;diefstal;Oost;plan;;;;", "soort is geen PGA"),
        ("P-9;PGA;;plan;;;;", "geen team"),
        ("P-9;PGA;Oost;;;;;", "geen fase"),
        ("P-9;PGA;Oost;plan;GGZ;intake;;misschien", "gereed is geen ja"),
    ],
)
def test_a_row_that_cannot_be_used_is_rejected_without_its_value(tmp_path, line, reason):
    found, report = ipg.read_cases(write(tmp_path, row(1), line))
    assert len(found) == report.n_used == 1
    assert report.n_read == report.n_used + report.n_rejected
    assert report.rejected["reason"].iloc[0].startswith(reason)
    assert (report.rejected["found"] == "").all()


def test_a_case_in_two_phases_counts_in_neither(tmp_path):
    """The file contradicts itself; which row is right can't be told."""
    found, report = ipg.read_cases(write(tmp_path, row(1, "plan"), row(1, "nazorg"), row(2)))
    assert found["case_number"].tolist() == ["PGA-2025-002"]
    assert report.n_rejected == 2


def test_the_same_action_twice_counts_once(tmp_path):
    assert ipg.read_cases(write(tmp_path, row(1), row(1)))[1].n_rejected == 1


def test_a_file_without_kinds_needs_one(tmp_path):
    path = write(tmp_path, "P-1;Oost;plan", header="zaaknummer;team;fase")
    with pytest.raises(ReadError) as caught:
        ipg.read_cases(path)
    assert "soort" in in_dutch(caught)
    assert ipg.read_cases(path, kind="tbs")[0]["kind"].tolist() == ["tbs"]
    with pytest.raises(ValueError, match="expected one of"):
        ipg.read_cases(path, kind="isd")


# counting


@pytest.fixture
def made(tmp_path) -> cases.Overview:
    """Fourteen cases in one phase, six in another, two in a third; five actions due."""
    rows = [row(n) for n in range(14)]
    rows += [f"PGA-{n};PGA;Oost;nazorg;GGZ;intake;30-11-2025;ja" for n in range(100, 106)]
    rows += [f"PGA-{n};PGA;Oost;intake;;;;" for n in range(200, 202)]
    rows.append("PGA-2025-001;PGA;Oost;uitvoering;Tactus;behandelplan;10-11-2025;")
    found = ipg.read_cases(write(tmp_path, *rows))[0]
    return cases.overview(found, reference_date="2025-11-02")


def test_a_case_counts_once_however_many_actions_it_has(made):
    counts = made.phases.set_index("phase")["n_cases"].to_dict()
    assert counts == {"uitvoering": 14, "nazorg": 6, "intake": 2}


def test_actions_are_overdue_from_the_day_after(made):
    partners = made.partners.set_index("partner")
    assert partners.loc["Reclassering"].tolist() == [14, 14]
    assert partners.loc["Tactus"].tolist() == [1, 0]
    assert "GGZ" not in partners.index


def test_what_is_due_first_comes_first(made):
    assert made.actions["case_number"].iloc[-1] == "PGA-2025-001"
    assert made.actions["due"].is_monotonic_increasing


def test_the_order_of_rows_changes_nothing(tmp_path):
    rows = [row(n, "plan" if n % 3 else "nazorg") for n in range(12)]
    one = cases.overview(ipg.read_cases(write(tmp_path, *rows))[0], reference_date="2025-11-05")
    other = cases.overview(
        ipg.read_cases(write(tmp_path, *rows[::-1]))[0], reference_date="2025-11-05"
    )
    pd.testing.assert_frame_equal(one.phases, other.phases)
    pd.testing.assert_frame_equal(one.actions, other.actions)


def test_an_overview_of_nothing_is_empty(tmp_path):
    found = ipg.read_cases(write(tmp_path, row(1)))[0].iloc[:0]
    made = cases.overview(found, reference_date="2025-11-02")
    assert len(made.phases) == len(made.partners) == len(made.actions) == 0


def test_a_table_that_is_none_is_refused():
    with pytest.raises(ContractError):
        cases.overview(pd.DataFrame({"case_number": ["P-1"]}), reference_date="2025-11-02")


def test_an_overview_has_no_place_and_no_geometry(made):
    columns = {*made.phases, *made.partners, *made.actions}
    assert columns == {
        "kind", "team", "phase", "n_cases", "partner", "n_open", "n_overdue", "case_number",
        "action", "due", "overdue",
    }  # fmt: skip
    assert {"team", "phase"} & {*made.actions} == set()


# what leaves


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_part_of_it_leaves_for_anyone_but_the_police(made, audience):
    for table in (made.phases, made.partners, made.actions):
        with pytest.raises(ReleaseError) as caught:
            privacy.release(table, audience)
        assert caught.value.code == "release_cases"


def test_small_numbers_are_withheld_from_the_police(made):
    """Two of a team go, so that the number of its cases gives neither away."""
    counts = shown(made.phases).set_index("phase")["n_cases"]
    assert counts["uitvoering"] == 14
    assert counts[["intake", "nazorg"]].isna().all()


def test_small_numbers_of_actions_are_withheld_zero_among_them(made):
    tactus = shown(made.partners).set_index("partner").loc["Tactus"]
    assert tactus[["n_open", "n_overdue"]].isna().all()


def test_the_table_of_cases_itself_leaves_for_nobody(tmp_path):
    """It would give away by team and phase what the overview withholds."""
    found = ipg.read_cases(write(tmp_path, row(1)))[0]
    with pytest.raises(ReleaseError) as caught:
        privacy.release(found, "politie")
    assert caught.value.code == "release_case_rows"


# the command


def test_the_command_prints_the_released_overview(tmp_path, capsys):
    rows = [row(n) for n in range(6)] + [row(n, "nazorg") for n in (9, 10)]
    rows += [row(n, "plan") for n in (11, 12, 13)]
    path = write(tmp_path, *rows)
    assert cli.run(["zaken", str(path), "--datum", "02-11-2025"]) == 0
    said = capsys.readouterr().out
    assert "PGA, Oost, uitvoering: 6" in said
    assert "PGA, Oost, nazorg: weggelaten" in said
    assert "Aantallen zaken onder de 5 weggelaten" in said
    assert "Reclassering: 11 open, 11 te laat" in said
    assert (
        "PGA-2025-009  Reclassering: gesprek plannen, uiterlijk 1 november 2025 (te laat)" in said
    )
    assert "Alleen voor politie" in said


def test_the_command_reads_nothing_where_persons_are_off(tmp_path, monkeypatch, capsys):
    path = write(tmp_path, row(1))
    (tmp_path / "ipg.toml").write_text("[privacy]\npersons = false\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert cli.run(["zaken", str(path)]) == 2
    assert "de module voor personen staat uit" in capsys.readouterr().err
