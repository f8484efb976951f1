"""Data of persons are used for a purpose, and no longer than its ground allows."""

import datetime as dt
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest
from helpers import in_dutch

import ipgtools as ipg
from ipgtools import retention
from ipgtools.errors import ReadError, SettingsError
from ipgtools.pipeline import inputs, retention_checks
from ipgtools.retention import DATES, SEEN, Terms, first_reads
from ipgtools.settings import Settings
from ipgtools.settings.parts import REGISTER

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
TODAY = dt.date(2026, 11, 30)
KEY = "kraai-fiets-93-zolder-Twente-veertig"


def rows(**columns: list[str | None]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.to_datetime(pd.Series(days)) for name, days in columns.items()})


# --- grounds --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "free", "keep"),
    [
        ("Wpg 8", True, True),
        ("Wpg art. 8 lid 1", True, True),
        ("Wet politiegegevens, artikel 13", False, True),
        ("Wpg 9", False, True),
        ("Wpg 8 en Wpg 13", True, True),
        ("AVG 6(1)e", False, True),
        ("UAVG 32", False, True),
        ("Open data", False, False),
        ("verzonnen gegevens", False, False),
    ],
)
def test_a_ground_decides_which_terms_hold(text: str, free: bool, keep: bool) -> None:
    found = retention.ground(text)
    assert (found.free, found.keep, found.assumed) == (free, keep, "")


@pytest.mark.parametrize(
    "text", ["", "omdat het mag", "Wpg", "Wpg 22", "geen open data", "bijna verzonnen gegevens"]
)
def test_what_is_no_ground_counts_as_the_strictest(text: str) -> None:
    """A slip of the pen must not switch the terms off."""
    found = retention.ground(text)
    assert (found.free, found.keep) == (True, True)
    assert found.assumed
    assert found.shown == "Wpg 8"


def test_data_on_informants_are_refused() -> None:
    with pytest.raises(SettingsError, match="informants"):
        retention.ground("Wpg 12")


# --- ages -----------------------------------------------------------------------------------


def test_the_day_of_first_processing_goes_before_that_of_reporting_and_of_the_offence() -> None:
    table = rows(
        first_processed=["2025-12-01", None, None, None],
        reported_at=["2020-01-01", "2024-01-01", None, None],
        occurred_from=["2019-01-01", "2019-01-01", "2023-01-01", None],
    )
    day, told_by = retention.first_processed(table, DATES["incidents"])
    assert day.dt.year.tolist()[:3] == [2025, 2024, 2023]
    assert told_by.tolist() == ["first_processed", "reported_at", "occurred_from", ""]
    found = retention.ages(table, DATES["incidents"], reference_date=TODAY, terms=Terms())
    assert found.dated_by == {"first_processed": 1, "reported_at": 1, "occurred_from": 1}
    assert (found.n, found.n_free, found.n_keep, found.n_undated) == (4, 2, 0, 1)


@pytest.mark.parametrize(
    ("day", "free", "keep"),
    [
        ("2025-11-30", 0, 0),  # a year ago today is the last day of free use
        ("2025-11-29", 1, 0),
        ("2021-12-01", 1, 0),
        ("2021-11-30", 1, 1),  # five years ago today: to be removed today at the latest
        ("2027-01-01", 0, 0),
    ],
)
def test_terms_end_on_the_day(day: str, free: int, keep: int) -> None:
    table = rows(reported_at=[f"{day} 23:59"])
    found = retention.ages(table, DATES["incidents"], reference_date=TODAY, terms=Terms())
    assert (found.n_free, found.n_keep) == (free, keep)


def test_terms_are_those_of_the_settings() -> None:
    """The law is being changed: half years, too."""
    table = rows(reported_at=["2025-08-30", "2024-05-01"])
    terms = Terms.of(retention.ground("Wpg 8"), free_years=0.25, keep_years=2.5)
    found = retention.ages(table, DATES["incidents"], reference_date=TODAY, terms=terms)
    assert (terms.free_months, terms.keep_months) == (3, 30)
    assert (found.n_free, found.n_keep) == (2, 1)


def test_no_row_was_first_processed_after_its_file_was_read() -> None:
    """A date in the future, or none, counts as the day on which the file was first read."""
    table = rows(reported_at=["2099-01-01", None, "2020-01-01"])
    seen = dt.date(2021, 1, 1)
    found = retention.ages(
        table, DATES["incidents"], reference_date=TODAY, terms=Terms(), seen=seen
    )
    assert found.dated_by == {"reported_at": 1, SEEN: 2}
    assert (found.n_keep, found.newest) == (3, seen)


def test_rows_without_any_date_are_told_and_not_past() -> None:
    found = retention.ages(
        rows(reported_at=[None, None]), DATES["incidents"], reference_date=TODAY, terms=Terms()
    )
    assert (found.n_undated, found.n_keep, found.oldest) == (2, 0, None)


@pytest.mark.parametrize("n", [0, 1])
def test_no_rows_and_no_columns_are_no_trouble(n: int) -> None:
    found = retention.ages(pd.DataFrame(index=range(n)), (), reference_date=TODAY, terms=Terms())
    assert (found.n, found.n_undated) == (n, n)


def test_a_column_of_first_processing_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "id;x;y;pleegdatum;kennisname;Verwerkt\n"
        "1;258000;471000;2019-03-01;2019-03-02;2026-01-15\n"
        "2;258010;471000;2019-03-01;2019-03-02;\n"
    )
    table, report = ipg.read_incidents(path, columns={"first_processed": "Verwerkt"})
    assert table["first_processed"].dt.strftime("%Y-%m-%d").tolist()[0] == "2026-01-15"
    assert report.details["columns"]["first_processed"] == "Verwerkt"
    found = retention.ages(table, DATES["incidents"], reference_date=TODAY, terms=Terms())
    assert (found.n_free, found.n_keep) == (1, 1)
    plain, _ = ipg.read_incidents(path)
    assert "first_processed" not in plain


def test_a_column_of_first_processing_of_antecedents_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("persoonsnummer;pleegdatum;eerste verwerking\nP1;2015-03-01;2026-01-15\n")
    table, _ = ipg.read_offences(path, key=KEY.encode())
    found = retention.ages(table, DATES["offences"], reference_date=TODAY, terms=Terms())
    assert found.dated_by == {"first_processed": 1}
    assert found.n_keep == 0


# --- what is remembered ---------------------------------------------------------------------


def test_a_file_is_known_by_its_content_under_any_name_and_by_its_name_when_renewed() -> None:
    register = sqlite3.connect(":memory:")
    weeks = [TODAY + dt.timedelta(weeks=n) for n in range(3)]
    first = first_reads.remember_file(
        register, "incidents", "bvh.csv", "aa", reference_date=weeks[0]
    )
    assert (first.content, first.name) == (weeks[0], weeks[0])
    renewed = first_reads.remember_file(
        register, "incidents", "bvh.csv", "bb", reference_date=weeks[1]
    )
    assert (renewed.content, renewed.name) == (weeks[1], weeks[0])
    copied = first_reads.remember_file(
        register, "incidents", "kopie.csv", "aa", reference_date=weeks[2]
    )
    assert (copied.content, copied.name) == (weeks[0], weeks[2])
    again = first_reads.remember_file(
        register, "incidents", "bvh.csv", "aa", reference_date=weeks[2]
    )
    assert (again.content, again.name) == (weeks[0], weeks[0])
    assert first_reads.first_read(register, "incidents", "bb") == weeks[1]
    assert first_reads.first_read(register, "offences", "bb") is None
    assert len(first_reads.files(register)) == 3


def test_what_was_removed_stays_known() -> None:
    register = sqlite3.connect(":memory:")
    first_reads.remember_file(register, "incidents", "bvh.csv", "aa", reference_date=TODAY)
    later = TODAY + dt.timedelta(days=9)
    first_reads.file_removed(register, "incidents", "aa", reference_date=later)
    (row,) = first_reads.files(register).itertuples()
    assert (row.first_on.date(), row.removed_on.date()) == (TODAY, later)


def test_another_key_than_last_time_is_told_once_and_the_same_never() -> None:
    register = sqlite3.connect(":memory:")
    days = [TODAY + dt.timedelta(days=n) for n in range(6)]
    used = ["a", "a", "b", "b", "a", "a"]
    found = [
        first_reads.remember_key(register, key, reference_date=day)
        for key, day in zip(used, days, strict=True)
    ]
    assert [one is not None for one in found] == [False, False, True, False, True, False]
    assert (found[2].since, found[2].known) == (days[0], False)
    assert (found[4].since, found[4].known) == (days[2], True)


# --- a run ----------------------------------------------------------------------------------


POLICE = '[output]\naudience = "politie"\n'


def settings(folder: Path, *, purposes: str = "", output: str = POLICE, **days: str) -> Settings:
    """Write a small export with an incident a day in the sample's wijk, and settings about it."""
    lines = ["id;x;y;pleegdatum;kennisname"]
    for n, (occurred, reported) in enumerate(days.items()):
        lines.append(f"{n};259000;471500;{occurred[1:].replace('_', '-')};{reported}")
    (folder / "bvh.csv").write_text("\n".join(lines) + "\n")
    (folder / "ipg.toml").write_text(
        f'[input]\nincidents = "bvh.csv"\nareas = "{SAMPLE / "wijken.geojson"}"\n'
        "[period]\nstart = 2019-01-01\nend = 2027-01-01\n"
        f'{output}[privacy]\nregister = "eigen.sqlite"\n{purposes}'
    )
    return Settings.read(folder / "ipg.toml")


STATED = '[purpose.incidents]\npurpose = "briefing van het wijkteam"\nground = "{}"\n'
OLD = {"d2019_03_01": "2019-03-02", "d2024_03_01": "2024-03-02", "d2026_11_01": "2026-11-02"}


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the settings name the register."""
    monkeypatch.delenv(REGISTER)


def test_police_data_without_purpose_and_ground_are_told_in_plain_dutch(tmp_path: Path) -> None:
    said = retention_checks.require_purpose(settings(tmp_path, **OLD))
    assert len(said) == 1
    assert "Bij de incidenten staan doel en grondslag niet in ipg.toml" in said[0]
    assert "[purpose.incidents]" in said[0]


def test_purpose_and_ground_for_all_data_sets_can_be_written_once(tmp_path: Path) -> None:
    given = settings(tmp_path, purposes='purpose = "briefing"\nground = "Wpg 8"\n', **OLD)
    assert retention_checks.require_purpose(given) == []
    assert retention.stated_purpose(given, "incidents").model_dump() == {
        "purpose": "briefing",
        "ground": "Wpg 8",
    }
    assert retention.stated_purpose(given, "areas") == retention.stated_purpose(given, "incidents")


def test_a_run_tells_how_many_rows_are_past_each_term_and_by_which_date(
    tmp_path: Path, own: None
) -> None:
    given = settings(tmp_path, purposes=STATED.format("Wpg 8"), **OLD)
    found = inputs.read(given, today=TODAY).notices
    assert len(found) == 2
    assert "Van de 3 incidenten zijn er 2 langer dan 1 jaar geleden" in found[0]
    assert "Bij 1 van de 3 incidenten is de bewaartermijn van 5 jaar om" in found[1]
    assert all("2 maart 2019 (geteld vanaf het melden)" in line for line in found)
    assert (tmp_path / "eigen.sqlite").is_file()


@pytest.mark.parametrize(
    ("ground", "n"), [("Wpg 8", 2), ("Wpg 13", 1), ("AVG 6(1)e", 1), ("open data", 0)]
)
def test_what_is_told_follows_the_ground(tmp_path: Path, own: None, ground: str, n: int) -> None:
    given = settings(tmp_path, purposes=STATED.format(ground), **OLD)
    assert len(inputs.read(given, today=TODAY).notices) == n


def test_invented_data_are_past_no_term(tmp_path: Path) -> None:
    given = settings(tmp_path, output=POLICE + "sample = true\n", **OLD)
    assert inputs.read(given, today=TODAY).notices == ()


def test_strict_refuses_what_is_past_a_term_before_anything_is_made(
    tmp_path: Path, own: None
) -> None:
    strict = "strict = true\n" + STATED.format("Wpg 8")
    with pytest.raises(ReadError) as refused:
        inputs.read(settings(tmp_path, purposes=strict, **OLD), today=TODAY)
    said = in_dutch(refused)
    assert "zijn er 2 langer dan 1 jaar geleden" in said
    assert "strict = true" in said
    longer = strict + "[retention]\nfree_years = 10\nkeep_years = 10\n"
    assert inputs.read(settings(tmp_path, purposes=longer, **OLD), today=TODAY).notices == ()


def test_strict_refuses_police_data_without_a_purpose(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        inputs.read(settings(tmp_path, purposes="strict = true\n", **OLD), today=TODAY)
    assert "doel en grondslag" in in_dutch(refused)


def test_a_weekly_export_is_judged_by_its_rows(tmp_path: Path, own: None) -> None:
    """The file is new each week and its name is old; neither makes rows younger or older."""
    purposes = STATED.format("Wpg 8")
    for week in range(3):
        day = TODAY + dt.timedelta(weeks=week)
        recent = {f"d{day:%Y_%m_%d}": f"{day:%Y-%m-%d}", "d2019_03_01": "2019-03-02"}
        found = inputs.read(settings(tmp_path, purposes=purposes, **recent), today=day).notices
        assert "Bij 1 van de 2 incidenten" in found[1]
    with closing(sqlite3.connect(tmp_path / "eigen.sqlite")) as register:
        assert first_reads.files(register)["first_on"].nunique() == 3


def test_rows_without_a_date_count_from_the_day_their_file_was_first_read(
    tmp_path: Path, own: None
) -> None:
    given = settings(tmp_path, purposes=STATED.format("Wpg 8"), **OLD)
    export = tmp_path / "bvh.csv"
    export.write_text(export.read_text() + "9;259000;471500;;\n")
    first = inputs.read(given, today=TODAY).notices
    assert any("Zonder datum: 1 incident. Geteld is vanaf 30 november 2026" in one for one in first)
    later = inputs.read(given, today=dt.date(2031, 11, 30)).notices
    assert any("Bij 4 van de 4 incidenten is de bewaartermijn" in one for one in later)


def test_another_key_is_told_in_a_run(tmp_path: Path, own: None) -> None:
    both = STATED.format("open data") + STATED.format("open data").replace("incidents", "offences")
    given = settings(tmp_path, purposes=both, **OLD)
    (tmp_path / "v.csv").write_text("persoonsnummer;pleegdatum\nP1;2026-01-01\n")
    extra = {"offences": tmp_path / "v.csv", "key": ipg.privacy.new_key(tmp_path / "een.txt")}
    given = given.model_copy(update={"input": given.input.model_copy(update=extra)})
    assert inputs.read(given, today=TODAY).notices == ()
    assert inputs.read(given, today=TODAY).notices == ()
    other = ipg.privacy.new_key(tmp_path / "twee.txt")
    given = given.model_copy(update={"input": given.input.model_copy(update={"key": other})})
    (found,) = inputs.read(given, today=TODAY + dt.timedelta(days=1)).notices
    assert "een andere sleutel gebruikt" in found
    assert "30 november 2026" in found
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("eigen.sqlite*"))
    assert other.read_bytes().strip() not in kept


def test_every_entry_of_what_is_read_has_its_own_purpose_and_ground(
    tmp_path: Path, own: None
) -> None:
    from ipgtools.audit import Register

    given = settings(tmp_path, purposes=STATED.format("Wpg 8"), **OLD)
    inputs.read(given, today=TODAY)
    with Register.open(tmp_path / "eigen.sqlite") as register:
        loads = register.entries(action="load")
    kinds = [facts["kind"] for facts in loads["facts"]]
    found = dict(zip(kinds, loads["ground"].fillna(""), strict=True))
    assert found == {"areas": "", "incidents": "Wpg 8"}
    assert set(loads["purpose"].fillna("")) == {"", "briefing van het wijkteam"}


def test_checking_a_file_with_settings_tells_the_same(tmp_path: Path, own: None) -> None:
    from ipgtools import pipeline
    from ipgtools.settings import Choices

    settings(tmp_path, purposes=STATED.format("Wpg 8"), **OLD)
    choices = Choices.read(tmp_path / "ipg.toml")
    notes = pipeline.check(tmp_path / "bvh.csv", choices=choices)[1].notes
    assert any("is de bewaartermijn van 5 jaar om" in note for note in notes)
    with closing(sqlite3.connect(tmp_path / "eigen.sqlite")) as register:
        assert first_reads.files(register).empty
    without = pipeline.check(tmp_path / "bvh.csv")[1].notes
    assert not any("bewaartermijn" in note for note in without)


def test_purpose_and_ground_are_in_the_manifest_and_the_register_file_is_not(
    tmp_path: Path, own: None
) -> None:
    given = settings(tmp_path, purposes=STATED.format("Wpg 8"), **OLD)
    told = given.model_dump(mode="json", exclude={"privacy": {"register": True}})
    assert told["purpose"]["incidents"]["ground"] == "Wpg 8"
    assert "eigen.sqlite" not in json.dumps(told["privacy"])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('[purpose.incidents]\ngrond = "Wpg 8"\n', "is ground bedoeld"),
        ('[purpose.incidenten]\nground = "Wpg 8"\n', "is incidents bedoeld"),
        ("[retention]\nkeep_years = 0\n", "keep_years"),
        ("[retention]\nfree_years = 6\n", "free_years is niet langer dan keep_years"),
    ],
)
def test_a_setting_that_is_wrong_is_named(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(SettingsError) as wrong:
        settings(tmp_path, purposes=line, **OLD)
    assert said in in_dutch(wrong)
