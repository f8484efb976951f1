"""Columns of incidents are recognised however a system or an office calls them."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from helpers import in_dutch, read_lines

import ipgtools as ipg
from ipgtools.errors import ReadError
from ipgtools.io import columns
from ipgtools.io.columns import token_rules as column_words
from ipgtools.io.columns.truncated_names import BVH
from ipgtools.io.incidents import match_columns as incident_columns

BEGIN, END = "13-09-2025 22:00", "14-09-2025 07:30"


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("Begindatum pleegperiode", "Einddatum pleegperiode"),
        ("Datum/tijd begin", "Datum/tijd einde"),
        ("Pleegdatum van", "Pleegdatum t/m"),
        ("Begin pleegdatum", "Eind pleegdatum"),
        ("BEGINDATUMTIJD", "EINDDATUMTIJD"),
        ("Begin-pleegdatum/tijd (lokaal)", "Eind-pleegdatum/tijd (lokaal)"),
        ("Aanvang", "Einde"),
        ("Startdatum", "Einddatum"),
        ("Vroegste tijdstip", "Laatste tijdstip"),
        ("DT_BEGIN", "DT_EIND"),
        ("OCC_FROM", "OCC_TO"),
        ("StartDate", "EndDate"),
        ("start_time", "end_time"),
        ("Incidentdatum", "Einddatum incident"),
        ("dbo.t.begin_datum", "dbo.t.eind_datum"),
    ],
)
def test_begin_and_end_are_known_by_the_words_in_their_names(
    tmp_path: Path, begin: str, end: str
) -> None:
    table = "dbo.t." if begin.startswith("dbo") else ""
    incidents, _ = read_lines(
        tmp_path, f"{begin};{end};{table}x;{table}y", f"{BEGIN};{END};258000;471000"
    )
    assert incidents["occurred_from"].tolist() == [pd.Timestamp("2025-09-13 22:00")]
    assert incidents["occurred_to"].tolist() == [pd.Timestamp("2025-09-14 07:30")]


@pytest.mark.parametrize(
    ("x", "y"),
    [("X (m)", "Y (m)"), ("X_COORDINAAT_RD", "Y_COORDINAAT_RD"), ("Coördinaat X", "Coördinaat Y"),
     ("POINT_X", "POINT_Y"), ("Incidenten[X]", "Incidenten[Y]"), ("X pleegplaats", "Y pleegplaats"),
     ("x_coordinate", "y_coordinate"), ("X_COORDINA", "Y_COORDINA")],
)  # fmt: skip
def test_metres_are_known_by_the_words_in_their_names(tmp_path: Path, x: str, y: str) -> None:
    datum = "Incidenten[datum]" if "[" in x else "datum"
    incidents, _ = read_lines(tmp_path, f"{datum};{x};{y}", f"{BEGIN};258000;471000")
    assert (incidents.geometry.x[0], incidents.geometry.y[0]) == (258000, 471000)


@pytest.mark.parametrize(
    ("lon", "lat"),
    [("LONG", "LATITUDE"), ("GPS_LON", "GPS_LAT"), ("X_WGS84", "Y_WGS84"), ("Lengte", "Breedte"),
     ("Oosterlengte", "Noorderbreedte"), ("Longitude (WGS84)", "Latitude (WGS84)")],
)  # fmt: skip
def test_degrees_are_known_by_the_words_in_their_names(tmp_path: Path, lon: str, lat: str) -> None:
    _, report = read_lines(tmp_path, f"datum;{lon};{lat}", f"{BEGIN};6.9187;52.2217")
    assert report.details["columns"]["lon"] == lon
    assert "EPSG:4326" in report.details["crs"]


@pytest.mark.parametrize(
    "name",
    ["Weer", "Mutatiedatum", "Datum laatste wijziging", "Startdatum contract", "Begin-pleegdag",
     "Begin-pleegdagdeel", "Tijd melding", "Geb.datum", "periode", "my", "first"],
)  # fmt: skip
def test_a_name_with_another_word_in_it_is_no_time_or_place(name: str) -> None:
    assert column_words.role(name) is None


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("Pleegdatum;Begindatum pleegperiode", "Pleegdatum, Begindatum pleegperiode"),
        ("OCC_DATE;incident_date", "OCC_DATE, incident_date"),
        ("Datum;Date", "Datum, Date"),
    ],
)
def test_two_columns_for_the_beginning_are_a_doubt_that_lists_them(
    tmp_path: Path, header: str, found: str
) -> None:
    with pytest.raises(ReadError) as caught:
        read_lines(tmp_path, f"{header};x;y", f"{BEGIN};{BEGIN};258000;471000")
    assert (caught.value.code, caught.value.facts["found"]) == ("columns_doubt", found)


def test_a_vague_name_gives_way_to_one_that_says_more(tmp_path: Path) -> None:
    """Datum can be the day of anything; Begin-pleegdatum/tijd can't."""
    header = "Datum;Begin-pleegdatum/tijd;x;y"
    _, report = read_lines(tmp_path, header, f"20-09-2025;{BEGIN};258000;471000")
    assert report.details["columns"]["occurred_from"] == "Begin-pleegdatum/tijd"


def test_the_day_police_knew_goes_before_other_days(tmp_path: Path) -> None:
    header = "begin;Registratiedatum;Datum melding;Datum kennisname;x;y"
    row = f"{BEGIN};17-09-2025;16-09-2025;15-09-2025;258000;471000"
    incidents, _ = read_lines(tmp_path, header, row)
    assert incidents["reported_at"].dt.day.tolist() == [15]


def test_a_day_of_reporting_is_no_time_of_the_incident_but_is_offered(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        read_lines(tmp_path, "Ontvangstdatum;x;y", f"{BEGIN};258000;471000")
    said = in_dutch(caught)
    assert 'occurred_from = "Ontvangstdatum"' in said


def shapefile(folder: Path, *left_out: str) -> Path:
    """Write a BVH export as a Shapefile, which keeps ten signs of each name."""
    values = {
        "Incident Identificatie": "PL1", "Incidentsoort code": "A20", "Incidentsoort": "Inbraak",
        "Begin-pleegdag v/d week": "zaterdag", "Begin-pleegdagdeel": "avond",
        "Begin-pleegdatum/tijd": BEGIN, "Eind-pleegdag v/d week": "zondag",
        "Eind-pleegdagdeel": "ochtend", "Eind-pleegdatum/tijd": END,
        "Kennisnamedatum/tijd": END, "Pleegplaats": "Enschede", "Poging": "J",
    }  # fmt: skip
    rows = pd.DataFrame({name: [values.get(name, "a")] for name in BVH if name not in left_out})
    points = gpd.points_from_xy([258000], [471000])
    path = folder / "bvh.shp"
    gpd.GeoDataFrame(rows, geometry=points, crs=28992).to_file(path)
    return path


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "left_out",
    [(), tuple(name for name in BVH if "dag v/d" in name or "dagdeel" in name)],
    ids=["all", "without days"],
)
def test_a_shapefile_of_a_bvh_export_is_read_by_what_is_left_of_its_names(
    tmp_path: Path, left_out: tuple[str, ...]
) -> None:
    incidents, report = ipg.read_incidents(shapefile(tmp_path, *left_out))
    row = incidents.iloc[0]
    assert (row.incident_id, row.category, row.category_label, row.city) == (
        "PL1", "A20", "Inbraak", "Enschede"
    )  # fmt: skip
    assert [str(row.occurred_from), str(row.occurred_to)] == [
        "2025-09-13 22:00:00", "2025-09-14 07:30:00"
    ]  # fmt: skip
    assert row.reported_at == pd.Timestamp("2025-09-14 07:30")
    assert "Pleeghuisn" in report.details["dropped"]


def test_columns_whose_names_were_cut_to_the_same_are_a_doubt() -> None:
    with pytest.raises(ReadError) as caught:
        incident_columns.recognise(["Begin-plee", "Begin-pl_1", "X", "Y"], source="a.shp")
    assert (caught.value.code, caught.value.facts["found"]) == (
        "columns_doubt", "Begin-plee, Begin-pl_1"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("header", "values", "category", "label"),
    [
        ("Maatschappelijke klasse;Omschrijving", "a20 ;Inbraak", "A20", "Inbraak"),
        ("Incidentsoort", "A20 Gekwal. diefstal", "A20", "Gekwal. diefstal"),
        ("mk", "c10: Vernieling auto", "C10", "Vernieling auto"),
        ("soort misdrijf", "1.1.1 Diefstal/inbraak woning", "1.1.1", "Diefstal/inbraak woning"),
        ("MK code;MK omschrijving", "Inbraak;A20", "A20", "Inbraak"),
        ("mk;Incidentsoort", " z99 ;Iets nieuws", "Z99", "Iets nieuws"),
    ],
)
def test_codes_and_names_are_told_apart_by_their_values(
    tmp_path: Path, header: str, values: str, category: str, label: str
) -> None:
    incidents, _ = read_lines(tmp_path, f"{header};datum;x;y", f"{values};{BEGIN};258000;471000")
    assert incidents[["category", "category_label"]].iloc[0].tolist() == [category, label]


def test_codes_and_names_in_one_column_are_said_to_be_parted(tmp_path: Path) -> None:
    _, report = read_lines(tmp_path, "mk;datum;x;y", f"A20 Inbraak;{BEGIN};258000;471000")
    assert "In de kolom mk staan code en omschrijving bij elkaar; ze zijn gesplitst" in report.notes


def test_what_people_wrote_is_no_name_of_a_kind(tmp_path: Path) -> None:
    """Free text under a known header is left out all the same."""
    told = ["Man zag twee jongens over de schutting klimmen", "De deur stond open bij thuiskomst"]
    rows = [f"{text};{BEGIN};258000;471000" for text in told]
    incidents, report = read_lines(tmp_path, "Incidentomschrijving;datum;x;y", *rows)
    assert report.details["dropped"] == ["Incidentomschrijving"]
    assert incidents["category_label"].isna().all()


def test_every_known_name_is_known_for_one_column_only() -> None:
    plain = [
        (columns.normalise_name(name), ours)
        for ours, some in columns.INCIDENTS.items()
        for name in some
    ]
    assert len({*plain}) == len({name for name, _ in plain})
