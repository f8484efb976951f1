"""House numbers in a column with streets are found on reading, and stay out unless asked for."""

import geopandas as gpd
import pandas as pd
import pytest
from plainly import released

import ipgtools as ipg
from ipgtools import privacy, repeats
from ipgtools.io.incidents.house_numbers import addresses, split

HEADER = "incidentnummer;datum;x;y;{}"


@pytest.fixture
def read(tmp_path):
    """Read a file of incidents with one more column."""

    def read(name: str, values: list[str], **options):
        path = tmp_path / "incidenten.csv"
        rows = [
            f"PL{at};{at % 28 + 1}-3-2025 12:00;{257000 + at};{471000 + at};{value}"
            for at, value in enumerate(values)
        ]
        path.write_text("\n".join([HEADER.format(name), *rows]) + "\n", encoding="utf-8")
        return ipg.read_incidents(path, **options)

    return read


@pytest.mark.parametrize(
    ("text", "street", "number"),
    [
        ("Oostveenweg 12", "Oostveenweg", "12"),
        ("Oostveenweg 12-II", "Oostveenweg", "12-II"),
        ("OOSTVEENWEG 0012 A", "OOSTVEENWEG", "12 A"),
        ("Pluimstraat, nr. 29", "Pluimstraat", "29"),
        ("Pluimstraat29bis", "Pluimstraat", "29bis"),
        ("Pluimstraat 12 t/m 18", "Pluimstraat", "12 t/m 18"),
        ("Pluimstraat 12, 7531 AB Enschede", "Pluimstraat", "12"),
        ("Leijdsweg t.o. 15a", "Leijdsweg", "15a"),
        ("2e Pijpstraat 5", "2e Pijpstraat", "5"),
        ("Oostveenweg 12 (mw. Jansen)", "Oostveenweg", "12"),
    ],
)
def test_a_clear_number_is_split_from_its_street(text: str, street: str, number: str) -> None:
    found = split(pd.Series([text]))
    assert (found.streets[0], found.numbers[0], found.n) == (street, number, 1)


@pytest.mark.parametrize(
    "text",
    ["Boulevard 1945", "Plein 1940-1945", "Plein 1813", "2e Pijpstraat", "A35", "N 18", "Calle 10",
     "Carrera 43A", "Rijksweg 35", "Kuipersdijk 3", "12", "County Road 7", "Sector 12 noord"],
)  # fmt: skip
def test_a_number_that_may_be_part_of_the_name_stays(text: str) -> None:
    found = split(pd.Series([text]))
    assert found.streets.tolist() == [text]
    assert found.n == 0


def test_a_column_tells_which_numbers_are_houses() -> None:
    """A name that stands without a number, too, or among streets with numbers, has houses."""
    found = split(pd.Series(["Kuipersdijk", "Kuipersdijk 3"]))
    assert found.streets.tolist() == ["Kuipersdijk", "Kuipersdijk"]
    column = pd.Series(
        ["De Klomp 4", "Oostveenweg 1", "Leijdsweg 2", "Pluimstraat 3", "Plein 1813"]
    )
    assert split(column).streets.tolist() == [
        "De Klomp", "Oostveenweg", "Leijdsweg", "Pluimstraat", "Plein 1813"
    ]  # fmt: skip


def test_numbers_of_houses_are_not_kept_and_that_is_said(read) -> None:
    incidents, report = read("Straat", ["Pluimstraat 29", "Leijdsweg 3a", "Velveweg"])
    assert incidents["street_name"].tolist() == ["Pluimstraat", "Leijdsweg", "Velveweg"]
    assert "house_number" not in incidents
    assert any("kolom Straat staan huisnummers (2 rijen)" in note for note in report.notes)


def test_numbers_of_houses_are_kept_where_asked_for(read) -> None:
    incidents, report = read("Straat", ["Pluimstraat 29", "Velveweg"], keep=["Straat"])
    assert incidents["house_number"].fillna("").tolist() == ["29", ""]
    assert any("apart in house_number" in note for note in report.notes)


@pytest.mark.parametrize("name", ["Locatie", "plek", "adres_incident", "waar"])
def test_a_column_of_addresses_under_another_name_gives_streets_only(read, name: str) -> None:
    told = ["Pluimstraat 29", "Leijdsweg 3", "Velveweg 5", "Pluimstraat 31"]
    incidents, report = read(name, told)
    assert not any(
        value in told for column in incidents for value in incidents[column].astype("str")
    )
    if "street_name" in incidents:
        assert incidents["street_name"].iloc[0] == "Pluimstraat"
    assert any(name in note for note in report.notes)


def test_a_rejected_row_does_not_show_its_house(read, tmp_path) -> None:
    """What stood in rows that were left out is shown to the police, without house numbers."""
    read("Straat", [f"Pluimstraat {at + 1}" for at in range(40)])
    path = tmp_path / "incidenten.csv"
    with path.open("a", encoding="utf-8") as stream:
        stream.write("PL99;nooit;257000;471000;Pluimstraat 99\n")
    report = ipg.read_incidents(path)[1]
    assert report.n_rejected == 1
    assert "Straat" not in report.cells
    assert "Straat" in ipg.read_incidents(path, keep=["Straat"])[1].cells


def test_columns_that_count_or_name_kinds_are_no_addresses() -> None:
    rows = pd.DataFrame(
        {"soort": ["Diefstal 1", "Diefstal 2", "Diefstal 3"], "n": [1, 2, 3],
         "straat": ["Pluimstraat", "Leijdsweg", "Velveweg 3"]}
    )  # fmt: skip
    assert addresses(rows) == []


def test_a_kept_column_of_house_numbers_is_told_by_repeat_places(read) -> None:
    """With keep the police see which house was hit again; partners see its street."""
    numbers = ["12-II", "12-II", "14"]
    incidents, _ = read("Straat;Huisnummer", [f"Pluimstraat;{one}" for one in numbers],
                        keep=["Huisnummer"])  # fmt: skip
    assert incidents["house_number"].tolist() == numbers
    same = incidents.set_geometry(gpd.points_from_xy([1, 1, 9], [1, 1, 9]), crs=28992)
    table = repeats.places(same)
    assert table[["street_name", "house_number", "n"]].values.tolist() == [
        ["Pluimstraat", "12-II", 2]
    ]
    streets = gpd.GeoDataFrame({"street_name": ["Pluimstraat"]})
    assert "house_number" in privacy.release(table, "politie").table
    six = repeats.places(pd.concat([same] * 3, ignore_index=True))
    shown = released(six, "partner", streets=streets).table
    assert shown.columns.tolist() == ["street_name", "n", "n_within"]
