"""An incident that occurs more than once counts once, and what is only alike is asked about."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from helpers import write_lines

import ipgtools as ipg
from ipgtools.errors import ReadError
from ipgtools.io import report
from ipgtools.nl.reading import REASONS

BARE = "datum;x;y;straat"


def write(folder: Path, name: str, head: str, *rows: str) -> Path:
    """Write a CSV."""
    return write_lines(folder / name, head, *rows, "")


def bare(n: int, *, day: int = 13) -> str:
    """Make a row without a number, at a place of its own."""
    return f"2025-09-{day};{258000 + n};471000;Laan"


@pytest.mark.parametrize(("policy", "used"), [("reject", 5), ("reject_all", 3), ("keep", 5)])
def test_rows_without_a_number_that_are_the_same_follow_the_policy(
    policy: str, used: int, tmp_path: Path
) -> None:
    path = write(tmp_path, "a.csv", BARE, bare(1), bare(1), bare(2), bare(1), bare(3))
    incidents, told = ipg.read_incidents(path, duplicates=policy)
    assert len(incidents) == used
    assert told.n_read == told.n_used + told.n_rejected == 5
    if policy == "reject_all":
        assert told.rejected["source_row"].tolist() == [2, 4]
        assert set(told.rejected["reason"]) == {REASONS["same"]}
        assert report.rejected_rows([told])["straat"].tolist() == ["Laan", "Laan"]
    else:
        assert any("2 rijen zijn in alles gelijk" in line for line in told.lines())


def test_rows_that_differ_in_one_column_of_their_own_are_not_the_same(tmp_path: Path) -> None:
    rows = (f"{bare(1)};{team}" for team in ("Noord", "Zuid", "Zuid"))
    path = write(tmp_path, "a.csv", f"{BARE};Team", *rows)
    assert ipg.read_incidents(path, duplicates="reject_all")[1].n_used == 2


def test_two_numbers_are_two_incidents_however_alike(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", f"incidentnummer;{BARE}", f"A;{bare(1)}", f"B;{bare(1)}")
    assert ipg.read_incidents(path, duplicates="reject_all")[1].n_used == 2


def test_same_points_of_a_map_are_the_same(tmp_path: Path) -> None:
    points = gpd.points_from_xy([258000] * 3, [471000, 471000, 471001])
    gpd.GeoDataFrame({"datum": ["2025-09-13"] * 3}, geometry=points, crs=28992).to_file(
        tmp_path / "a.gpkg"
    )
    path = tmp_path / "a.gpkg"
    assert ipg.read_incidents(path, duplicates="reject_all")[1].n_used == 2


def test_overlapping_exports_without_numbers_become_one_set_when_asked(tmp_path: Path) -> None:
    """The rows of the last file stay; those of the earlier one are named with what stood there."""
    first = write(tmp_path, "a.csv", BARE, bare(1), bare(2), bare(3))
    last = write(tmp_path, "b.csv", BARE, bare(3), bare(4))
    assert ipg.read_incidents([first, last])[1].n_used == 5
    incidents, told = ipg.read_incidents([first, last], duplicates="reject_all")
    assert sorted(incidents.geometry.x) == [258001, 258002, 258003, 258004]
    rows = report.rejected_rows([told])
    assert rows[["Bestand", "Bronrij", "Reden", "x"]].to_numpy().tolist() == [
        ["a.csv", 3, REASONS["same_in_later_file"], "258003"]
    ]
    assert "1 incident in meer dan een bestand geteld als een" in told.notes[0]


def test_a_row_that_is_rejected_in_the_later_file_does_not_go_before_a_good_one(
    tmp_path: Path,
) -> None:
    head = f"incidentnummer;{BARE}"
    first = write(tmp_path, "a.csv", head, f"A;{bare(1)}", f"B;{bare(2)}")
    last = write(tmp_path, "b.csv", head, "A;2025-09-13;;;Laan", f"B;{bare(5)}")
    incidents, told = ipg.read_incidents([first, last])
    assert dict(zip(incidents["incident_id"], incidents["source"], strict=True)) == {
        "A": "a.csv", "B": "b.csv",
    }  # fmt: skip
    assert told.n_read == told.n_used + told.n_rejected == 4


# A column that is only called id.


def numbered(values: list[object], name: str = "id") -> tuple[str, list[str]]:
    """Make a header and rows with a column of that name."""
    return f"{name};{BARE}", [f"{value};{bare(at)}" for at, value in enumerate(values)]


def test_a_column_id_of_different_values_is_the_number(tmp_path: Path) -> None:
    head, rows = numbered([9001, 9005, 9002], "ID")
    incidents, told = ipg.read_incidents(write(tmp_path, "a.csv", head, *rows))
    assert incidents["incident_id"].tolist() == ["9001", "9005", "9002"]
    assert told.details["columns"]["incident_id"] == "ID"
    assert any("De kolom ID is gelezen als incidentnummer" in line for line in told.lines())


def test_a_column_id_that_counts_the_rows_is_not(tmp_path: Path) -> None:
    head, rows = numbered([1, 2, 3])
    incidents, told = ipg.read_incidents(write(tmp_path, "a.csv", head, *rows))
    assert incidents["incident_id"].tolist() == ["rij-1", "rij-2", "rij-3"]
    assert incidents["id"].tolist() == ["1", "2", "3"]
    assert any("telt alleen de rijen" in line for line in told.lines())


def test_a_column_id_of_kinds_is_not(tmp_path: Path) -> None:
    head, rows = numbered([7, 7, 8, 7])
    assert "incident_id" not in ipg.read_incidents(
        write(tmp_path, "a.csv", head, *rows)
    )[1].details["columns"]  # fmt: skip


def test_a_column_id_that_comes_back_only_in_the_same_row_is_the_number(tmp_path: Path) -> None:
    head, rows = numbered([9001, 9005, 9002])
    told = ipg.read_incidents(write(tmp_path, "a.csv", head, *rows, rows[1]))[1]
    assert told.rejected["reason"].tolist() == [REASONS["id_double"]]


def test_a_column_id_that_comes_back_now_and_then_is_asked_about(tmp_path: Path) -> None:
    """Both answers that the message gives are heard."""
    head, rows = numbered([*range(9000, 9099), 9007])
    path = write(tmp_path, "a.csv", head, *rows)
    with pytest.raises(ReadError) as caught:
        ipg.read_incidents(path)
    assert caught.value.code == "id_doubt"
    assert caught.value.facts["example"] == "9007"
    assert ipg.read_incidents(path, columns={"incident_id": "id"})[1].n_used == 99
    assert ipg.read_incidents(path, columns={"incident_id": ""})[1].n_used == 100


def test_files_that_number_anew_are_asked_about_and_overlapping_ones_are_not(
    tmp_path: Path,
) -> None:
    head, rows = numbered([9001, 9005, 9002, 9009])
    first = write(tmp_path, "a.csv", head, *rows)
    overlap = write(tmp_path, "b.csv", head, *rows[2:], f"9011;{bare(40)}")
    assert ipg.read_incidents([first, overlap])[1].n_used == 5
    anew = write(tmp_path, "c.csv", head, *(row.replace(";258", ";259") for row in rows))
    with pytest.raises(ReadError) as caught:
        ipg.read_incidents([first, anew])
    assert caught.value.code == "id_files_doubt"
    for number, used in (("id", 4), ("", 8)):
        files = [first, anew]
        assert ipg.read_incidents(files, columns={"incident_id": number})[1].n_used == used


def test_an_empty_name_says_that_a_column_is_not_there(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "plaats;" + BARE, f"onbekend;{bare(1)}")
    incidents, told = ipg.read_incidents(path, columns={"city": ""})
    assert "city" not in told.details["columns"]
    assert incidents["plaats"].tolist() == ["onbekend"]


def test_an_impossible_policy_is_a_fault_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="expected one of reject, reject_all, keep"):
        ipg.read_incidents(tmp_path / "a.csv", duplicates="nooit")


def test_alike_rows_are_alike_whatever_the_unit_of_their_times() -> None:
    from ipgtools.io.incidents import duplicates

    x, y = np.array([1.0]), np.array([2.0])
    marks = [
        duplicates.group_identical_rows(
            {"t": pd.Series(pd.to_datetime(["2025-01-01"])).astype(unit)}, x, y
        )[0]
        for unit in ("datetime64[s]", "datetime64[us]")
    ]
    assert marks[0] == marks[1]


def test_the_tenth_month_comes_after_the_ninth(tmp_path: Path) -> None:
    """Names of exports without leading zeros are ordered by their numbers."""
    for month, kind in ((9, "A20"), (10, "A72")):
        write(tmp_path, f"2025-{month}.csv", f"incidentnummer;mk;{BARE}", f"PL1;{kind};{bare(1)}")
    incidents, _ = ipg.read_incidents(tmp_path)
    assert incidents["category"].tolist() == ["A72"]


def test_rows_with_moments_in_a_zone_are_compared(tmp_path: Path) -> None:
    """A column beside the times, such as when a row was last changed."""
    changed = pd.to_datetime(["2025-09-01T10:00Z"] * 3)
    rows = pd.DataFrame({"datum": ["2025-09-01"] * 3, "x": [258000, 258000, 258001], "y": 471000})
    rows.assign(gewijzigd=changed).to_parquet(tmp_path / "a.parquet")
    assert ipg.read_incidents(tmp_path / "a.parquet", duplicates="reject_all")[1].n_used == 2
