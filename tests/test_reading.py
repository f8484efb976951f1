"""Reading uses every row or rejects it with a reason, and says what it decided."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from helpers import in_dutch, write_lines
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, box

import ipgtools as ipg
from ipgtools.errors import IpgError, ReadError
from ipgtools.nl.reading import REASONS

HEADER = "Incident Identificatie;Incidentsoort code;Begin-pleegdatum/tijd;Eind-pleegdatum/tijd;X;Y"
GOOD = "PL1;A20;01-09-2025 10:00;01-09-2025 12:30;258000;471000"


def write(folder: Path, *lines: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    """Write a file of incidents."""
    return write_lines(folder / "incidenten.csv", header, *lines, encoding=encoding)


def test_a_good_row_is_read_as_it_stands(tmp_path: Path) -> None:
    incidents, report = ipg.read_incidents(write(tmp_path, GOOD))
    row = incidents.iloc[0]
    assert (row.incident_id, row.category, row.source) == ("PL1", "A20", "incidenten.csv")
    assert row.occurred_from == pd.Timestamp("2025-09-01 10:00")
    assert row.occurred_to == pd.Timestamp("2025-09-01 12:30")
    assert row.geometry == Point(258000, 471000)
    assert incidents.crs == "EPSG:28992"
    assert (report.n_read, report.n_used, report.n_rejected) == (1, 1, 0)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (";A20;01-09-2025 10:00;;258000;471000", "id_missing"),
        (GOOD, "id_double"),
        ("P;A20;32-09-2025 10:00;;258000;471000", "time_unreadable"),
        ("P;A20;01-09-2025 10:00;31-08-2025 10:00;258000;471000", "time_reversed"),
        ("P;A20;01-09-2025 10:00;;;", "xy_missing"),
        ("P;A20;01-09-2025 10:00;;0;0", "xy_zero"),
        ("P;A20;01-09-2025 10:00;;471000;258000", "xy_swapped"),
        ("P;A20;01-09-2025 10:00;;6,9;52,2", "xy_degrees"),
        ("P;A20;01-09-2025 10:00;;2580000;4710000", "xy_outside"),
        ("P;A20;01-09-2025 10:00;;hier;daar", "xy_unreadable"),
        ("P;A20;01-09-2025 10:00", "columns"),
    ],
)
def test_a_bad_row_is_rejected_with_its_reason_and_number(
    tmp_path: Path, row: str, reason: str
) -> None:
    others = [GOOD.replace("PL1", f"PL{number}") for number in range(2, 12)]
    incidents, report = ipg.read_incidents(write(tmp_path, GOOD, row, *others))
    assert len(incidents) == 11
    assert report.rejected[["source_row", "reason"]].values.tolist() == [[2, REASONS[reason]]]


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["", "PL1", "PL2", "PL3"]),
            st.sampled_from(["01-09-2025 10:00", "", "gisteren", "1-13-2025 10:00"]),
            st.sampled_from(["258000", "", "0", "471000", "x"]),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_no_row_is_ever_lost(tmp_path_factory, rows) -> None:
    lines = [f"{name};A20;{begin};;{x};471000" for name, begin, x in rows]
    good = [GOOD.replace("PL1", f"GOED{number}") for number in range(200)]
    path = write(tmp_path_factory.mktemp("rows"), *lines, *good)
    incidents, report = ipg.read_incidents(path)
    assert report.n_read == len(lines) + len(good)
    assert report.n_used == len(incidents)
    assert report.n_used + len(report.rejected) == report.n_read
    assert report.rejected["source_row"].is_unique


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_survive_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = write(
        tmp_path, f"{GOOD};Café De Brûlerie €5", header=f"{HEADER};zaak", encoding=encoding
    )
    incidents, _ = ipg.read_incidents(path)
    assert incidents["zaak"].tolist() == ["Café De Brûlerie €5"]


def test_a_line_break_between_quotes_is_part_of_the_value(tmp_path: Path) -> None:
    incidents, report = ipg.read_incidents(
        write(tmp_path, f'{GOOD};"een\ntwee"', header=f"{HEADER};zaak")
    )
    assert incidents["zaak"].tolist() == ["een\ntwee"]
    assert report.n_read == 1


def test_columns_about_persons_are_dropped_and_named(tmp_path: Path) -> None:
    path = write(tmp_path, f"{GOOD};Jansen;12", header=f"{HEADER};Naam;Pleeghuisnummer met toev.")
    incidents, report = ipg.read_incidents(path)
    assert {"Naam", "Pleeghuisnummer met toev."} & set(incidents.columns) == set()
    assert any("Naam" in note and "huisnummer" in note for note in report.notes)


def test_a_personal_column_is_dropped_even_when_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, f"{GOOD};123456782", header=f"{HEADER};BSN")
    incidents, _ = ipg.read_incidents(path, keep=["BSN"])
    assert "BSN" not in incidents


def test_a_day_without_hours_lasts_all_day(tmp_path: Path) -> None:
    header = "incident_id;datum;x;y"
    incidents, report = ipg.read_incidents(
        write(tmp_path, "1;2025-09-01;258000;471000", header=header)
    )
    assert incidents["occurred_to"].iloc[0] == pd.Timestamp("2025-09-02")
    assert any("alleen de dag" in note for note in report.notes)


def test_a_month_lasts_until_the_next(tmp_path: Path) -> None:
    header = "month;longitude;latitude"
    incidents, _ = ipg.read_incidents(write(tmp_path, "2025-02;6.9;52.2", header=header))
    row = incidents.iloc[0]
    assert [str(row.occurred_from.date()), str(row.occurred_to.date())] == [
        "2025-02-01",
        "2025-03-01",
    ]
    assert row.geometry.distance(Point(258400, 469000)) < 3000


@pytest.mark.parametrize(
    ("rows", "header", "code"),
    [
        ([GOOD], HEADER.replace(";X", ";Links"), "columns_missing"),
        ([GOOD], HEADER.replace("Begin-pleegdatum/tijd", "Moment"), "columns_missing"),
        ([], HEADER, "file_no_rows"),
        ([GOOD, *["1;A20;01-09-2025 10:00;;471000;258000"] * 15], HEADER, "xy_swapped_file"),
        (["1;A20;01-09-2025 10:00;;-0.1;51.5"] * 5, HEADER, "xy_degrees_file"),
        (["1;A20;01-09-2025 10:00;;858000;991000"] * 5, HEADER, "xy_outside_file"),
        (["1;A20;morgen;;258000;471000"] * 5, HEADER, "dates_unknown"),
        (["1;A20;01/02/2025 10:00;;258000;471000"] * 5, HEADER, "dates_doubt"),
    ],
)
def test_a_file_that_is_wrong_as_a_whole_says_what_to_do(
    tmp_path: Path, rows: list[str], header: str, code: str
) -> None:
    with pytest.raises(ReadError) as caught:
        ipg.read_incidents(write(tmp_path, *rows, header=header))
    assert caught.value.code == code
    assert "{" not in in_dutch(caught)


def test_a_day_above_twelve_decides_the_order_of_day_and_month(tmp_path: Path) -> None:
    rows = ["1;A20;01/02/2025 10:00;;258000;471000", "2;A20;13/02/2025 10:00;;258000;471000"]
    incidents, _ = ipg.read_incidents(write(tmp_path, *rows))
    assert incidents["occurred_from"].dt.month.tolist() == [2, 2]


def test_two_columns_that_could_be_the_same_are_an_error(tmp_path: Path) -> None:
    header = "begin;pleegdatum;x;y"
    with pytest.raises(ReadError, match="begin, pleegdatum") as caught:
        ipg.read_incidents(write(tmp_path, "01-09-2025;01-09-2025;1;2", header=header))
    assert caught.value.code == "columns_doubt"


def test_the_user_settles_the_doubt(tmp_path: Path) -> None:
    header = "begin;pleegdatum;x;y"
    path = write(tmp_path, "01-09-2025;02-09-2025;258000;471000", header=header)
    incidents, _ = ipg.read_incidents(path, columns={"occurred_from": "pleegdatum"})
    assert incidents["occurred_from"].iloc[0] == pd.Timestamp("2025-09-02")


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\x00\x01\x02"])
def test_an_empty_or_broken_file_is_an_error_not_a_traceback(
    tmp_path: Path, content: bytes
) -> None:
    for name in ("a.csv", "a.xlsx", "a.gpkg", "a.parquet", "a.geojson"):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(IpgError):
            ipg.read_incidents(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"weg\.csv"):
        ipg.read_incidents(tmp_path / "weg.csv")


def test_excel_parquet_and_geopackage_give_the_same_incidents(tmp_path: Path) -> None:
    first, _ = ipg.read_incidents(write(tmp_path, GOOD))
    plain = pd.DataFrame(
        {"incident_id": ["PL1"], "category": ["A20"], "begin": first["occurred_from"],
         "eind": first["occurred_to"], "x": [258000], "y": [471000]}
    )  # fmt: skip
    plain.to_excel(tmp_path / "a.xlsx", index=False)
    plain.to_parquet(tmp_path / "a.parquet")
    shapes = gpd.GeoDataFrame(plain.drop(columns=["x", "y"]), geometry=first.geometry)
    shapes.to_file(tmp_path / "a.gpkg")
    for name in ("a.xlsx", "a.parquet", "a.gpkg"):
        again, report = ipg.read_incidents(tmp_path / name)
        assert report.n_used == 1
        columns = ["incident_id", "category", "occurred_from", "occurred_to"]
        assert again[columns].iloc[0].tolist() == first[columns].iloc[0].tolist()
        assert again.geometry.iloc[0] == first.geometry.iloc[0]


def test_water_and_double_codes_are_no_areas(tmp_path: Path) -> None:
    path = tmp_path / "buurten.gpkg"
    gpd.GeoDataFrame(
        {
            "buurtcode": ["BU01530001", "BU01530000", "BU01530001", "BU01539999"],
            "buurtnaam": ["B", "A", "dubbel", "plas"],
            "wijkcode": "WK015300",
            "aantal_inwoners": [100, -99997, 5, 0],
            "water": ["NEE", "NEE", "NEE", "JA"],
        },
        geometry=[box(x, 471000, x + 1, 471001) for x in range(258000, 258004)],
        crs=28992,
    ).to_file(path)
    areas, report = ipg.read_areas(path)
    assert areas["area_code"].tolist() == ["BU01530000", "BU01530001"]
    assert areas["inhabitants"].tolist() == [pd.NA, 100]
    assert areas["level"].tolist() == ["buurt", "buurt"]
    assert sorted(report.rejected["reason"]) == sorted([REASONS["code_double"], REASONS["water"]])


def test_areas_without_shapes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("buurtcode;buurtnaam\nBU01530000;A\n")
    with pytest.raises(ReadError) as caught:
        ipg.read_areas(path)
    assert caught.value.code == "no_geometry"


def test_streets_keep_their_house_numbers(tmp_path: Path) -> None:
    path = tmp_path / "straten.gpkg"
    gpd.GeoDataFrame(
        {"name": ["Pluimstraat", None], "nr_van": [1, None], "nr_tot": [9, None]},
        geometry=[LineString([(258000, 471000), (258000, 471100)])] * 2,
        crs=28992,
    ).to_file(path)
    streets, report = ipg.read_streets(path)
    assert streets["street_name"].iloc[0] == "Pluimstraat"
    assert pd.isna(streets["street_name"].iloc[1])
    assert streets[["nr_van", "nr_tot"]].iloc[0].tolist() == [1, 9]
    assert report.n_used == 2


KEY = b"kraai-fiets-93-zolder-Twente-veertig"


def offences(tmp_path: Path, *lines: str) -> Path:
    """Write a file of antecedents."""
    path = tmp_path / "antecedenten.csv"
    header = "persoonsnummer;geboortedatum;naam;pv_nummer;pleegdatum;misdrijf;ingezonden_om;X;Y"
    path.write_text("\n".join([header, *lines]))
    return path


def test_persons_become_pseudonyms_and_birth_becomes_age(tmp_path: Path) -> None:
    path = offences(tmp_path, "P1;29-02-1992;Jansen;pv1;28-02-2020;J;J;258000;471000",
                    "P1;29-02-1992;Jansen;pv2;01-03-2020;J;N;0;0")  # fmt: skip
    table, report = ipg.read_offences(path, key=KEY)
    assert len(set(table["person"])) == 1
    assert "P1" not in table.to_csv()
    assert "Jansen" not in table.to_csv()
    assert table["age"].tolist() == [27, 28]
    assert table["sent_to_om"].tolist() == [True, False]
    assert table.geometry.isna().tolist() == [False, True]
    assert any("naam" in note for note in report.notes)


def test_the_same_key_gives_the_same_pseudonym_and_another_key_another(tmp_path: Path) -> None:
    path = offences(tmp_path, "P1;29-02-1992;x;pv1;28-02-2020;J;J;258000;471000")
    first = ipg.read_offences(path, key=KEY)[0]["person"].iloc[0]
    again = ipg.read_offences(path, key=KEY)[0]["person"].iloc[0]
    other = ipg.read_offences(path, key=b"specht-tram-48-kelder-Salland-dertig")[0]["person"].iloc[
        0
    ]
    assert first == again != other


@pytest.mark.parametrize("key", [b"kort", "geen-sleutel.txt"])
def test_without_a_good_key_no_person_is_read(tmp_path: Path, key) -> None:
    path = offences(tmp_path, "P1;29-02-1992;x;pv1;28-02-2020;J;J;258000;471000")
    with pytest.raises(ReadError, match="key"):
        ipg.read_offences(path, key=key)


def test_a_date_of_which_only_the_year_is_known_is_missing_not_rejected(tmp_path: Path) -> None:
    path = offences(tmp_path, "P1;29-02-1992;x;pv1;28-02-2020;J;J;258000;471000",
                    "P1;29-02-1992;x;pv2;2019;J;J;258000;471000")  # fmt: skip
    table, report = ipg.read_offences(path, key=KEY)
    assert table["committed_on"].isna().tolist() == [False, True]
    assert report.n_rejected == 0


def test_the_report_says_the_reasons_in_dutch_and_escapes_them(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        GOOD,
        "P;A20;<b>;;258000;471000",
        *[GOOD.replace("PL1", f"Q{i}") for i in range(10)],
    )
    _, report = ipg.read_incidents(path)
    assert report.lines()[:2] == [
        "incidenten.csv: 12 rijen gelezen, 11 gebruikt, 1 afgekeurd",
        "1: datum of tijd niet te lezen",
    ]
    assert "<b>" not in report._repr_html_()


def test_real_files_are_read_row_by_row(shared: Path) -> None:
    """Dutch columns in RD, British points in degrees: every row is accounted for."""
    fires, report = ipg.read_incidents(
        shared / "nl_twente_schoorsteenbranden" / "twente_schoorsteenbranden_2004_2020.csv"
    )
    assert (report.n_read, report.n_used, len(fires)) == (1759, 1759, 1759)
    nuisance, report = ipg.read_incidents(
        shared / "uk_lancashire_asb_2022" / "lancashire_asb.tab.gz", work_crs="EPSG:27700"
    )
    assert (report.n_read, len(nuisance)) == (56434, 56434)


def test_real_areas_have_their_published_inhabitants(shared: Path) -> None:
    areas, _ = ipg.read_areas(shared / "nl_twente_buurten_2021" / "twente_2021.gpkg", level="buurt")
    enschede = areas[areas["area_code"].str[2:6] == "0153"]
    assert (len(areas), len(enschede)) == (517, 70)
    assert enschede["inhabitants"].sum() == 159655
    wijken, _ = ipg.read_areas(shared / "nl_twente_buurten_2021" / "twente_2021.gpkg", level="wijk")
    assert len(wijken) == 120


@pytest.mark.parametrize(
    "written",
    ["31-02-2025 10:00", "30-02-2025 10:00", "29-02-2025 10:00", "31-04-2025 10:00",
     "01-09-2025 24:30", "01-09-2025 10:61", "00-09-2025 10:00", "01-09-2025 10:00 laat"],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_not_bent_into_one_that_does(
    tmp_path: Path, written: str
) -> None:
    good = [GOOD.replace("PL1", f"G{number}") for number in range(30)]
    _, report = ipg.read_incidents(write(tmp_path, f"P;A20;{written};;258000;471000", *good))
    assert report.rejected["reason"].tolist() == [REASONS["time_unreadable"]]


PLAIN = "incident_id;datum;x;y"


def test_a_header_below_a_title_is_found_and_what_stands_below_the_table_rejected(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, GOOD, GOOD.replace("PL1", "PL2"), "Totaal: 2 incidenten",
                 header=f"Overzicht van incidenten\nPeriode;2025;;;;\n\n{HEADER}")  # fmt: skip
    incidents, report = ipg.read_incidents(path)
    assert incidents["incident_id"].tolist() == ["PL1", "PL2"]
    assert report.rejected[["source_row", "reason"]].values.tolist() == [[3, REASONS["columns"]]]
    assert "De kop staat op regel 4; wat erboven staat is overgeslagen" in report.notes


@pytest.mark.parametrize(
    ("header", "row", "begin", "end"),
    [
        ("id;begindatum;begintijd;x;y", "1;01-09-2025;14:30", "2025-09-01 14:30", "NaT"),
        ("id;begindatum;begintijd;x;y", "1;01-09-2025;1430", "2025-09-01 14:30", "NaT"),
        ("id;begindatum;begintijd;x;y", "1;01-09-2025;0,5", "2025-09-01 12:00", "NaT"),
        ("id;datum;uur;x;y", "1;01-09-2025;23", "2025-09-01 23:00", "2025-09-02 00:00"),
        ("id;jaar;maand;dag;x;y", "1;2025;9;1", "2025-09-01", "2025-09-02"),
        ("id;jaar;maand;x;y", "1;2025;12", "2025-12-01", "2026-01-01"),
        ("id;year;month;day;hour;minute;x;y", "1;2025;9;1;7;5", "2025-09-01 07:05", "NaT"),
        ("id;datum;x;y", "1;31-08-2025 24:00", "2025-09-01", "2025-09-02"),
        ("id;datum;x;y", "1;45901,5", "2025-09-01 12:00", "NaT"),
        ("id;datum;x;y", "1;2025-09-01T12:00:00Z", "2025-09-01 14:00", "NaT"),
        ("id;datum;x;y", "1;20250901 1430", "2025-09-01 14:30", "NaT"),
    ],
)
def test_times_in_parts_and_in_excels_way_are_read(
    tmp_path: Path, header: str, row: str, begin: str, end: str
) -> None:
    incidents, report = ipg.read_incidents(write(tmp_path, f"{row};258000;471000", header=header))
    assert report.n_used == 1
    assert incidents["occurred_from"].iloc[0] == pd.Timestamp(begin)
    assert str(incidents["occurred_to"].iloc[0]) == str(pd.Timestamp(end))


def test_excel_may_mix_dates_and_text_and_have_sheets(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    mixed = pd.Series([pd.Timestamp("2025-09-01 10:00"), "13-09-2025 11:00", 45901.5], dtype=object)
    rows = pd.DataFrame({"datum": mixed, "x": 258000, "y": 471000})
    with pd.ExcelWriter(path) as book:
        rows.to_excel(book, sheet_name="een", index=False)
        rows.head(1).to_excel(book, sheet_name="twee", index=False)
    incidents, report = ipg.read_incidents(path, layer="een")
    assert incidents["occurred_from"].dt.day.tolist() == [1, 13, 1]
    assert "Gelezen is een; niet gelezen: twee" in report.notes
    assert ipg.read_incidents(path, layer="twee")[1].n_used == 1


@pytest.mark.parametrize(
    ("header", "place"),
    [
        ("coordinaten", "258000,471000"),
        ("coordinaten", '"258000,5; 471000,5"'),
        ("wkt", "POINT (258000 471000)"),
        ("coordinaten", '"52,21741; 6,89415"'),
        ("coordinaten", "6.89415 52.21741"),
        ("x;y", "2580000;4710000"),
        ("x;y", "25800000;47100000"),
        ("x;y", "258.000;471.000"),
        ("x;y", "258.000,00;471.000,00"),
        ("lon;lat", "6,89415;52,21741"),
    ],
)
def test_coordinates_are_read_in_every_way_they_are_written(
    tmp_path: Path, header: str, place: str
) -> None:
    rows = [f"{number};2025-09-01;{place}" for number in range(3)]
    incidents, report = ipg.read_incidents(
        write(tmp_path, *rows, header=f"incident_id;datum;{header}")
    )
    assert report.n_used == 3
    assert incidents.geometry.iloc[0].distance(Point(258000, 471000)) < 50


def test_a_file_in_which_many_rows_have_no_number_is_read_by_row_number(tmp_path: Path) -> None:
    rows = [f"{name};2025-09-01;258000;471000" for name in ("A", "", "B", "")]
    incidents, report = ipg.read_incidents(write(tmp_path, *rows, header=PLAIN))
    assert incidents["incident_id"].tolist() == ["A", "rij-2", "B", "rij-4"]
    assert any(note.startswith("2 rijen hebben geen incidentnummer") for note in report.notes)


def test_rows_with_the_same_number_are_kept_when_asked(tmp_path: Path) -> None:
    rows = [f"{name};2025-09-01;258000;471000" for name in ("A", "A", "B", "A")]
    path = write(tmp_path, *rows, header=PLAIN)
    assert ipg.read_incidents(path)[1].n_rejected == 2
    incidents, report = ipg.read_incidents(path, duplicates="keep")
    assert incidents["incident_id"].tolist() == ["A", "A~2", "B", "A~3"]
    assert (report.n_used, report.n_rejected) == (4, 0)


def test_overlapping_exports_make_one_set(tmp_path: Path) -> None:
    for month, names in (("08", "AB"), ("09", "BC")):
        rows = [f"{name};2025-08-31;{258000 + int(month)};471000" for name in names]
        write(tmp_path, *rows, header=PLAIN).rename(tmp_path / f"2025-{month}.csv")
    incidents, report = ipg.read_incidents(tmp_path)
    assert dict(zip(incidents["incident_id"], incidents.geometry.x, strict=True)) == {
        "A": 258008, "B": 258009, "C": 258009
    }  # fmt: skip
    assert (report.n_read, report.n_used) == (4, 3)
    assert report.rejected[["source", "source_row", "found"]].values.tolist() == [
        ["2025-08.csv", 2, "B"]
    ]
    both = [tmp_path / "2025-08.csv", tmp_path / "2025-09.csv"]
    assert ipg.read_incidents(both)[1].n_used == 3


def test_a_folder_without_files_says_so(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        ipg.read_incidents(tmp_path)
    assert caught.value.code == "folder_empty"
    assert "{" not in in_dutch(caught)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("111222333", "BSN"),
        ("zie p.jansen@example.org", "e-mailadres"),
        ("bel 06-12345678", "telefoonnummer"),
        ("NL91 ABNA 0417 1643 00", "rekeningnummer"),
        ("auto 12-AB-34 gezien", "kenteken"),
    ],
)
def test_values_about_persons_are_warned_of_and_never_shown(
    tmp_path: Path, value: str, kind: str
) -> None:
    path = write(tmp_path, f"1;2025-09-01;258000;471000;{value}", header=f"{PLAIN};zaak")
    _, report = ipg.read_incidents(path)
    warnings = [note for note in report.notes if note.startswith("Let op")]
    assert len(warnings) == 1
    assert "zaak" in warnings[0]
    assert kind in warnings[0]
    assert value not in " ".join(report.lines())


@pytest.mark.parametrize("value", ["111222334", "2025-09-01", "258000.123", "7511 AB", "A-12"])
def test_plain_values_are_not_taken_for_personal_ones(tmp_path: Path, value: str) -> None:
    path = write(tmp_path, f"1;2025-09-01;258000;471000;{value}", header=f"{PLAIN};zaak")
    assert not [note for note in ipg.read_incidents(path)[1].notes if note.startswith("Let op")]


def test_files_of_one_name_in_two_folders_are_told_apart(tmp_path: Path) -> None:
    """Rows without a number are called by file and row: no row of the one stands for the other."""
    folders = [tmp_path / "08", tmp_path / "09"]
    for at, folder in enumerate(folders):
        folder.mkdir()
        write(folder, f"2025-08-3{at};25800{at};471000", header="datum;x;y")
    paths = [folder / "incidenten.csv" for folder in folders]
    incidents, report = ipg.read_incidents(paths)
    assert (report.n_read, report.n_used) == (2, 2)
    assert incidents["source"].tolist() == ["incidenten.csv", "incidenten.csv (2)"]
    assert set(report.details["files"]) == {"incidenten.csv", "incidenten.csv (2)"}


def test_rows_that_are_the_same_in_everything_are_reported(tmp_path: Path) -> None:
    rows = ["2025-09-01;258000;471000"] * 3 + ["2025-09-02;258000;471000"]
    _, report = ipg.read_incidents(write(tmp_path, *rows, header="datum;x;y"))
    assert report.n_used == 4
    assert any("2 rijen zijn in alles gelijk" in note for note in report.notes)


def test_codes_are_read_however_they_are_padded_and_unknown_ones_stay_raw(tmp_path: Path) -> None:
    """F614 has two classes; Q99 none: it counts as onbekend and keeps its name."""
    written = [" a20  ", "f614", "1.1.1 ", "Q99", ""]
    rows = [f'{n};2025-09-01;"{code}";258000;471000' for n, code in enumerate(written)]
    path = write(tmp_path, *rows, header="incident_id;datum;mk_code;x;y")
    incidents, report = ipg.read_incidents(path)
    found = incidents["category"]
    assert found.tolist()[:4] == ["A20", "F614", "1.1.1", "Q99"]
    assert [ipg.codes.class_of(code) for code in found] == [
        "1.1.1", "3.9.1", "1.1.1", "onbekend", "onbekend"
    ]  # fmt: skip
    assert ipg.codes.classes_of(found[1]) == ("3.9.1", "3.9.3")
    quality = report.details["quality"]
    assert (quality["n_unknown_code"], quality["n_without_code"]) == (1, 1)


def test_line_breaks_in_values_at_the_edges_of_blocks_split_no_row(tmp_path: Path) -> None:
    """Arrow parses a million bytes at a time; here nearly every line break is inside a value."""
    told = "\n".join("abc" for _ in range(20))
    rows = [f'{n};2025-09-01;258000;471000;"{told}"' for n in range(30_000)]
    incidents, report = ipg.read_incidents(write(tmp_path, *rows, header=f"{PLAIN};zaak"),
                                           keep=["zaak"])  # fmt: skip
    assert (report.n_read, report.n_used) == (30_000, 30_000)
    assert (incidents["zaak"] == told).all()


@pytest.mark.parametrize(
    ("header", "row", "found"),
    [
        (HEADER, "Totaal: 8;;", "3 in plaats van 6: Totaal: 8;;"),
        (HEADER, "bel 06-12345678;;", "3 in plaats van 6"),
        (f"{HEADER};naam", "Jansen;;", "3 in plaats van 7"),
    ],
)
def test_a_row_of_another_width_shows_what_stood_there_unless_it_may_be_personal(
    tmp_path: Path, header: str, row: str, found: str
) -> None:
    good = GOOD + ";" * (header.count(";") - GOOD.count(";"))
    _, report = ipg.read_incidents(write(tmp_path, good, row, header=header))
    assert report.rejected["found"].tolist() == [found]


def test_a_column_whose_name_means_something_else_goes_along_under_another(tmp_path: Path) -> None:
    """Also one that the user has set aside for another column."""
    path = write(
        tmp_path, f"{GOOD};politie;POINT (1 2);Z9", header=f"{HEADER};source;geometry;category"
    )
    incidents, report = ipg.read_incidents(path, columns={"category": "Incidentsoort code"})
    row = incidents.iloc[0]
    assert (row["source"], row["source_file"]) == ("incidenten.csv", "politie")
    assert (row["category"], row["category_file"]) == ("A20", "Z9")
    assert row["geometry_file"] == "POINT (1 2)"
    assert row["geometry"].x == 258000
    assert any("source → source_file" in note for note in report.notes)


def test_letters_that_went_wrong_before_are_said(tmp_path: Path) -> None:
    """The street stays as it is written, and the reader knows why it isn't found."""
    path = write(tmp_path, GOOD + ";CafÃ©straat", header=HEADER + ";Straat")
    incidents, report = ipg.read_incidents(path)
    assert incidents["street_name"][0] == "CafÃ©straat"
    assert any("kolom Straat zijn letters verkeerd omgezet" in note for note in report.notes)


def test_a_line_break_in_the_header_is_part_of_a_name(tmp_path: Path) -> None:
    """Excel writes wrapped names of columns over several lines."""
    header = HEADER.replace("Begin-pleegdatum/tijd", '"Begin-pleegdatum/\ntijd"')
    incidents, report = ipg.read_incidents(write(tmp_path, GOOD, "PL2;A20;;;;", header=header))
    assert incidents["occurred_from"][0] == pd.Timestamp("2025-09-01 10:00")
    assert report.rejected["source_row"].tolist() == [2]


def test_blank_lines_are_no_incidents_without_a_number(tmp_path: Path) -> None:
    """Every second line is empty; the one row that lacks its number is rejected."""
    rows = [GOOD.replace("PL1", f"PL{n}") for n in range(20)]
    rows[3] = rows[3].replace("PL3", "")
    _, report = ipg.read_incidents(write(tmp_path, "\n\n".join(rows)))
    assert report.rejected["reason"].tolist().count(REASONS["id_missing"]) == 1


def test_a_separator_at_the_end_of_every_row_is_no_value(tmp_path: Path) -> None:
    """The header has none, but nothing is missing from the rows."""
    _, report = ipg.read_incidents(write(tmp_path, GOOD + ";", GOOD.replace("PL1", "PL2") + ";"))
    assert (report.n_used, report.n_rejected) == (2, 0)


def test_columns_without_a_name_are_numbered(tmp_path: Path) -> None:
    """Excel leaves separators behind the last column; they don't refuse the file."""
    incidents, report = ipg.read_incidents(write(tmp_path, GOOD + ";;", header=HEADER + ";;"))
    assert (len(incidents), report.n_rejected) == (1, 0)
