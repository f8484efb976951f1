"""A table in memory is read as a file with its rows: same columns, rejections and report."""

import datetime as dt
import sqlite3
from decimal import Decimal

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from helpers import in_dutch

import ipgtools as ipg
from ipgtools.errors import ArgumentError, ReadError

N = 40
EXPORT = pd.DataFrame(
    {
        "Incident Identificatie": [f"PL{n}" for n in range(N)],
        "Incidentsoort code": ["a20", "A72"] * (N // 2),
        "Begin-pleegdatum/tijd": [f"{n % 28 + 1}-9-2025 10:00" for n in range(N)],
        "X": [257000.0 + n for n in range(N)],
        "Y": [471000.0 + n for n in range(N)],
        "Naam verdachte": ["Jan Jansen"] * N,
    }
)
EXPORT.loc[5, "Incident Identificatie"] = "PL4"
EXPORT.loc[6, "Incident Identificatie"] = None
EXPORT.loc[7, "Begin-pleegdatum/tijd"] = "nooit"
EXPORT.loc[8, ["X", "Y"]] = None
USED = [f"PL{n}" for n in range(N) if n not in (5, 6, 7, 8)]
KEY = b"4f1c8b2e9a7d3056e1f28c4b7a9d60135b8e2f7c"


def test_a_table_reads_as_the_file_it_would_be(tmp_path) -> None:
    """The same incidents, the same rejected rows, and no column about a person."""
    path = tmp_path / "export.csv"
    EXPORT.to_csv(path, sep=";", index=False, decimal=",")
    of_file, file_report = ipg.read_incidents(path)
    of_table, report = ipg.read_incidents(EXPORT.set_index(pd.Index(range(90, 90 + N))))
    pd.testing.assert_frame_equal(
        of_table.drop(columns="source"), of_file.drop(columns="source"), check_dtype=False
    )
    columns = ["source_row", "column", "reason"]
    pd.testing.assert_frame_equal(report.rejected[columns], file_report.rejected[columns])
    assert report.source == "tabel"
    assert set(of_table["source"]) == {"tabel"}
    assert report.n_read == report.n_used + report.n_rejected == N
    assert "Naam verdachte" not in of_table


def test_what_was_read_can_be_read_again() -> None:
    """Reading the result of a reading changes nothing."""
    once, _ = ipg.read_incidents(EXPORT)
    again, report = ipg.read_incidents(once)
    assert again.pop("source_file").equals(once["source"])  # where it came from before
    pd.testing.assert_frame_equal(again, once)
    assert again.crs == once.crs
    assert report.n_rejected == 0


def test_a_query_is_read_without_a_file(tmp_path) -> None:
    """What pandas reads from SQL has integers, texts and missing values of its own kinds."""
    with sqlite3.connect(tmp_path / "bvh.sqlite") as connection:
        EXPORT.to_sql("export", connection, index=False)
        rows = pd.read_sql("select * from export", connection)
    connection.close()
    found, report = ipg.read_incidents(rows)
    assert found["incident_id"].tolist() == USED
    assert report.n_read == N


def test_values_of_any_kind_are_read() -> None:
    """Categories, decimals, dates of Python, Arrow's columns and an index with a name."""
    rows = pd.DataFrame(
        {
            "soort": pd.Categorical(["A20", "A72"]),
            "pleegdatum": [dt.datetime(2025, 9, 1, 10), dt.datetime(2025, 9, 2)],
            "x": [Decimal(257000), Decimal(257100)],
            "y": pd.array([471000, 471100], dtype="int64[pyarrow]"),
        },
        index=pd.Index(["P1", "P2"], name="incident_id"),
    )
    found, _ = ipg.read_incidents(rows)
    assert found["incident_id"].tolist() == ["P1", "P2"]
    assert found["category"].tolist() == ["A20", "A72"]
    assert found["occurred_from"].tolist() == [
        pd.Timestamp(2025, 9, 1, 10),
        pd.Timestamp(2025, 9, 2),
    ]
    assert found.geometry.x.tolist() == [257000, 257100]
    assert rows.index.name == "incident_id"


def test_times_with_a_zone_become_local() -> None:
    """As in a file that writes the zone."""
    rows = EXPORT.iloc[:1].assign(
        **{"Begin-pleegdatum/tijd": pd.to_datetime(["2025-09-01 08:00"], utc=True)}
    )
    assert ipg.read_incidents(rows)[0]["occurred_from"].item() == pd.Timestamp("2025-09-01 10:00")


def test_several_tables_and_files_are_one_set(tmp_path) -> None:
    """An incident counts once, as the last has it; tables are numbered."""
    path = tmp_path / "later.csv"
    EXPORT.iloc[:1].to_csv(path, sep=";", index=False)
    found, report = ipg.read_incidents([EXPORT, EXPORT.iloc[1:2], path])
    source = found.set_index("incident_id")["source"]
    assert sorted(source.index) == sorted(USED)
    assert source[["PL0", "PL1", "PL2"]].tolist() == ["later.csv", "tabel 2", "tabel 1"]
    assert set(report.rejected["source"]) == {"tabel 1"}


def test_a_table_without_rows_or_columns_is_refused_as_a_file_is() -> None:
    """With the code that a file gives."""
    with pytest.raises(ReadError) as caught:
        ipg.read_incidents(EXPORT.iloc[:0])
    assert caught.value.code == "file_no_rows"
    with pytest.raises(ReadError) as caught:
        ipg.read_incidents(pd.DataFrame({"a": [1]}))
    assert caught.value.code == "columns_missing"
    double = pd.concat([EXPORT, EXPORT[["X"]]], axis=1)
    with pytest.raises(ReadError) as caught:
        ipg.read_incidents(double)
    assert caught.value.code == "columns_double"


@pytest.mark.parametrize("wrong", [3, None, b"a.csv", {"a": 1}, [3], [], ["a.csv", None]])
def test_what_is_no_file_and_no_table_is_refused(wrong) -> None:
    """In words, not with a traceback of pathlib."""
    for read in (ipg.read_incidents, ipg.read_areas, ipg.read_streets, ipg.read_addresses):
        with pytest.raises(ArgumentError) as caught:
            read(wrong)
        assert in_dutch(caught)


def test_offences_hide_persons_of_a_table_too() -> None:
    """The number of a person becomes a pseudonym, whatever it comes from."""
    rows = pd.DataFrame(
        {"persoonsnummer": [101, 101, 102], "feitnummer": ["F1", "F2", "F3"],
         "pleegdatum": pd.to_datetime(["2025-01-01", "2025-02-01", "2025-03-01"])}
    )  # fmt: skip
    found, report = ipg.read_offences(rows, key=KEY)
    assert found["person"].nunique() == 2
    assert not found["person"].astype(str).str.contains("101").any()
    assert report.source == "tabel"


def squares(*codes: str, at: int = 0) -> gpd.GeoDataFrame:
    shapes = [
        shapely.box(257000 + n * 100, 471000 + at, 257100 + n * 100, 471100 + at)
        for n in range(len(codes))
    ]
    return gpd.GeoDataFrame(
        {"buurtcode": codes, "buurtnaam": codes, "aantal_inwoners": 100}, geometry=shapes, crs=28992
    )


def test_areas_streets_addresses_and_weights_are_read_from_tables() -> None:
    """Each with its own columns."""
    areas, report = ipg.read_areas(squares("BU01530100", "BU01530101"))
    assert areas["inhabitants"].tolist() == [100, 100]
    assert report.n_read == 2
    pd.testing.assert_frame_equal(ipg.read_areas(areas)[0], areas)
    line = shapely.LineString([(257000, 471000), (257100, 471000)])
    streets, _ = ipg.read_streets(
        gpd.GeoDataFrame({"naam": ["Leijdsweg"], "osm_id": ["1"]}, geometry=[line], crs=28992)
    )
    assert streets["street_name"].tolist() == ["Leijdsweg"]
    rows = pd.DataFrame(
        {"straat": ["Leijdsweg"], "huisnummer": ["12a"], "x": [257000], "y": [471000]}
    )
    addresses, _ = ipg.read_addresses(rows)
    assert addresses["house_letter"].tolist() == ["a"]
    weights, _ = ipg.read_weights(pd.DataFrame({"code": ["a20"], "gewicht": [3]}))
    assert weights["weight"].tolist() == [3.0]
    people = pd.DataFrame({"code": ["BU01530100"], "inwoners": [250]})
    areas, _ = ipg.read_areas(
        squares("BU01530100").drop(columns="aantal_inwoners"), inhabitants=people
    )
    assert areas["inhabitants"].tolist() == [250]


def test_areas_of_several_files_are_one_table() -> None:
    """A code that two files have is an error that names them."""
    one, other = squares("BU01530100"), squares("BU01640100", at=100)
    areas, report = ipg.read_areas([other, one])
    assert areas["area_code"].tolist() == ["BU01530100", "BU01640100"]
    assert report.n_read == report.n_used == 2
    with pytest.raises(ReadError) as caught:
        ipg.read_areas([one, one])
    assert caught.value.code == "rows_in_two_files"
    assert "tabel 1 en in tabel 2" in in_dutch(caught)


def test_streets_without_numbers_of_two_files_are_told_apart() -> None:
    """Their numbers are made of rows, which begin again in each file."""
    line = shapely.LineString([(257000, 471000), (257100, 471000)])
    table = gpd.GeoDataFrame({"naam": ["Leijdsweg"]}, geometry=[line], crs=28992)
    streets, _ = ipg.read_streets([table, table])
    assert streets["street_id"].tolist() == ["tabel 1:1", "tabel 2:1"]
