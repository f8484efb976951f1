"""Every real set of incidents, persons or areas is read, and every row is accounted for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

import ipgtools as ipg
from ipgtools import schemas

PLANE = "+proj=tmerc +lat_0=0 +lon_0=0 +ellps=GRS80 +units=m"
"""A made-up plane, for sets whose coordinates are of no place on earth."""
KEY = b"kraai-fiets-93-zolder-Twente-veertig"


@dataclass(frozen=True)
class Case:
    """A file, the rows that its SOURCE.md names, those that can be used, and what to say."""

    file: str
    n_rows: int
    n_used: int
    work: str = "EPSG:28992"
    say: dict[str, Any] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)


def xy(x: str, y: str, begin: str, **more: str) -> dict[str, str]:
    """Map degrees or metres and a time."""
    return {"x": x, "y": y, "occurred_from": begin, **more}


UK, CHICAGO = "EPSG:27700", "EPSG:26971"
INCIDENTS = [
    Case("nl_twente_schoorsteenbranden/twente_schoorsteenbranden_2004_2020.csv", 1759, 1759,
         first={"occurred_from": "2004-01-06 00:00:00", "occurred_to": "2004-01-07 00:00:00"}),
    Case("ca_vancouver_thefts_2020/vancouver_thefts.csv.gz", 21918, 21918, "EPSG:26910",
         {"columns": {"category_label": "TYPE"}}, {"occurred_from": "2020-01-01 00:00:00"}),
    Case("co_medellin_homicides/medellin_homicides.csv", 9360, 9279, "EPSG:32618",
         {"columns": {"occurred_from": "fecha_hecho"}, "timezone": "UTC"},
         {"occurred_from": "2019-04-23 12:30:00"}),
    Case("cz_mcycle_thefts/czechia_mcycle_thefts.gpkg", 9464, 9464, "EPSG:5514",
         {"timezone": "Europe/Prague"}),
    Case("uk_west_yorkshire_2016_07/2016-07-west-yorkshire-street.csv.gz", 27176, 25829, UK,
         first={"occurred_from": "2016-07-01 00:00:00", "occurred_to": "2016-08-01 00:00:00",
                "incident_id": "rij-1"}),
    Case("uk_nottingham_burglary_2022/nottingham_burglary.csv.gz", 1795, 1795, UK),
    Case("uk_lancashire_asb_2022/lancashire_asb.tab.gz", 56434, 56434, UK),
    Case("us_cincinnati_burglary_2016_2018/cincinnati_burglary.csv.gz", 8723, 6660, "EPSG:32616",
         {"columns": {"occurred_from": "offense_date"}, "timezone": "UTC"}),
    Case("us_cincinnati_burglary_2016_2018/cincinnati_burglary.csv.gz", 8723, 8297, "EPSG:32616",
         {"columns": {"occurred_from": "offense_date"}, "duplicates": "keep"}),
    Case("us_austin_assaults_2019/aggravated_assaults.xlsx", 8696, 8696, "EPSG:32614",
         {"layer": "Austin"}),
    Case("us_austin_assaults_2019/aggravated_assaults.xlsx", 1577, 1577, "EPSG:32614",
         {"layer": "Fort Worth"}),
    Case("us_austin_assaults_2019/aggravated_assaults.xlsx", 2529, 2529, "EPSG:32610",
         {"layer": "Seattle"}),
    Case("us_chicago_near_repeat/chicago_arson.csv", 522, 522, CHICAGO),
    Case("us_chicago_near_repeat/chicago_be.csv", 11701, 11701, CHICAGO),
    Case("us_dc_ny_burglary_aoristic/dcburglaries.csv", 1025, 1025, "EPSG:32618",
         {"crs": "EPSG:2248"}, {"occurred_to": "2016-01-02 04:00:00"}),
    Case("us_dc_ny_burglary_aoristic/NYburg.csv", 1233, 1233, "EPSG:32618",
         {"crs": "EPSG:2263", "columns": xy(
             "X_COORD_CD", "Y_COORD_CD", "CMPLNT_FR_DT", occurred_to="CMPLNT_TO_DT",
             time_from="CMPLNT_FR_TM", time_to="CMPLNT_TO_TM")},
         {"occurred_from": "2019-01-04 14:50:00", "occurred_to": "2019-01-04 15:28:00"}),
    Case("us_memphis_robberies_2019/memphis_robberies.csv", 2245, 2245, "EPSG:32616",
         first={"incident_id": "15213800", "occurred_from": "2019-01-01 01:30:00"}),
    Case("us_nyc_vehicle_thefts_2014_2017/nyc_vehicle_thefts.parquet", 35746, 35746, "EPSG:32618",
         first={"occurred_from": "2013-12-31 10:00:00", "occurred_to": "2014-01-01 16:30:00"}),
    Case("il_burglary_coffending/crimes_2020H1.csv", 1671, 1671, PLANE),
    Case("fictitious_crimelinkage/crimes.csv", 490, 476, PLANE,
         first={"occurred_from": "1993-01-06 23:55:00", "occurred_to": "1993-01-07 04:39:00"}),
]  # fmt: skip
AREAS = [
    Case("nl_twente_buurten_2021/twente_2021.gpkg", 517, 517, say={"level": "buurt"}),
    Case("nl_twente_buurten_2021/twente_2021.gpkg", 120, 120, say={"level": "wijk"}),
    Case("nl_twente_buurten_2021/twente_2021.gpkg", 14, 14, say={"level": "gemeente"}),
    Case("nl_twente_buurten_2021/enschede_buurten_2021_wgs84.geojson", 70, 70),
    Case("nl_twente_buurten_2021/enschede_wijken_2021_wgs84.geojson", 10, 10,
         say={"level": "wijk"}),
    Case("nl_denhaag_delicten_2011_2016/districten.gpkg", 236, 236),
    Case("ca_vancouver_thefts_2020/vancouver_neighbourhoods.geojson", 22, 22, "EPSG:26910",
         {"columns": {"area_code": "mapid"}}),
    Case("co_medellin_homicides/medellin_comunas.gpkg", 21, 21, "EPSG:32618",
         {"columns": {"area_code": "COMUNA", "area_name": "NOMBRE"}}),
    Case("uk_lancashire_asb_2022/lancashire_wards.gpkg", 271, 271, UK),
    Case("uk_lancashire_asb_2022/lancashire_districts.geojson", 14, 14, UK,
         {"columns": {"area_code": "objectid", "area_name": "district"}}),
    Case("uk_nottingham_burglary_2022/nottingham_wards.gpkg", 20, 20, UK),
    Case("us_memphis_robberies_2019/memphis_precincts.geojson", 9, 9, "EPSG:32616",
         {"columns": {"area_code": "precinct"}}),
    Case("ref_lattice_pysal/lattice.gpkg", 49, 49, PLANE,
         {"layer": "columbus", "crs": PLANE, "columns": {"area_code": "POLYID"}}),
    Case("ref_lattice_pysal/lattice.gpkg", 100, 100, "EPSG:32617",
         {"layer": "nc_sids", "crs": "EPSG:4267", "columns": {"area_code": "FIPS"}}),
    Case("ref_lattice_pysal/lattice.gpkg", 78, 78, "EPSG:32615",
         {"layer": "stl_hom", "crs": "EPSG:4326", "columns": {"area_code": "FIPS"}}),
]  # fmt: skip
STREETS = [Case("nl_enschede_straten_osm/enschede_straten_osm.gpkg", 8128, 8128)]
INHABITANTS = {
    "nl_enschede_misdrijven_2023/enschede_misdrijven_2023_per_buurt.csv": ("buurt", 70),
    "nl_codes_gebieden/enschede_gebieden.csv": ("buurt", 70),
    "nl_codes_gebieden/enschede_stadsdelen.csv": ("buurt", 70),
    "nl_codes_gebieden/twente_gemeenten.csv": ("gemeente", 14),
}
"""Tables with inhabitants, the level of their areas in Twente, and how many areas they know."""
OFFENCES = [
    Case("nl_denhaag_inbrekers/inbrekers.csv", 548, 548),
    Case("il_burglary_coffending/crime_offender_links.csv", 32979, 32979),
    Case("il_burglary_coffending/links_2020H1.csv", 2342, 2342),
    Case("il_burglary_coffending/offender_attributes.parquet", 17237, 16953),
    Case("fictitious_crimelinkage/offenders.csv", 1507, 1507),
]


def _named(case: Case) -> str:
    return f"{case.file}{case.say.get('layer', '')}{case.say.get('level', '')}"


EVERY = [
    *[pytest.param(ipg.read_incidents, schemas.INCIDENTS, case, id=_named(case))
      for case in INCIDENTS],
    *[pytest.param(ipg.read_areas, schemas.AREAS, case, id=_named(case)) for case in AREAS],
    *[pytest.param(ipg.read_streets, schemas.STREETS, case, id=_named(case)) for case in STREETS],
    *[pytest.param(ipg.read_offences, schemas.OFFENCES, case, id=_named(case))
      for case in OFFENCES],
]  # fmt: skip


@pytest.mark.parametrize(("reader", "contract", "case"), EVERY)
def test_every_row_of_a_real_set_is_accounted_for(
    shared: Path, reader: Callable[..., Any], contract: Any, case: Case
) -> None:
    secret = {"key": KEY} if contract is schemas.OFFENCES else {}
    table, report = reader(shared / case.file, work_crs=case.work, **secret, **case.say)
    assert isinstance(table, gpd.GeoDataFrame)
    assert table.crs == case.work
    assert (report.n_read, report.n_used) == (case.n_rows, case.n_used)
    assert report.n_read == len(table) + len(report.rejected)
    assert report.rejected["source_row"].is_unique
    assert (report.rejected["reason"] != "").all()
    assert list(table.columns[: len(contract.names)]) == contract.names
    for column, value in case.first.items():
        assert str(table[column].iloc[0]) == value


def test_the_burglars_of_the_hague_are_290_persons(shared: Path) -> None:
    table, _ = ipg.read_offences(shared / "nl_denhaag_inbrekers" / "inbrekers.csv", key=KEY)
    per_person = table.groupby("person").size()
    assert (len(per_person), (per_person > 1).sum(), per_person.max()) == (290, 83, 25)


def test_a_person_is_the_same_in_a_file_that_holds_numbers(shared: Path) -> None:
    """The links hold 1 and the attributes 1.0: one person; 839 linked ones have no attributes."""
    folder = shared / "il_burglary_coffending"
    links, _ = ipg.read_offences(folder / "crime_offender_links.csv", key=KEY)
    known, _ = ipg.read_offences(folder / "offender_attributes.parquet", key=KEY)
    assert links["person"].nunique() == 17792
    assert len(set(links["person"]) - set(known["person"])) == 839


def test_the_fires_of_twente_lie_in_twente(shared: Path) -> None:
    fires, _ = ipg.read_incidents(
        shared / "nl_twente_schoorsteenbranden" / "twente_schoorsteenbranden_2004_2020.csv"
    )
    areas, _ = ipg.read_areas(
        shared / "nl_twente_buurten_2021" / "twente_2021.gpkg", level="gemeente"
    )
    assert fires.within(areas.union_all().buffer(10)).all()


@pytest.mark.parametrize("file", INHABITANTS)
def test_inhabitants_come_from_any_table_with_codes(shared: Path, file: str) -> None:
    level, n = INHABITANTS[file]
    areas, report = ipg.read_areas(
        shared / "nl_twente_buurten_2021" / "twente_2021.gpkg", level=level,
        inhabitants=shared / file,
    )  # fmt: skip
    assert areas["inhabitants"].notna().sum() == n
    assert any(note.startswith("Inwoners uit een aparte tabel") for note in report.notes)


def test_inhabitants_come_from_a_sheet(shared: Path) -> None:
    folder = shared / "uk_lancashire_asb_2022"
    areas, _ = ipg.read_areas(
        folder / "lancashire_wards.gpkg",
        work_crs=UK,
        inhabitants=folder / "lancashire_ward_pop.xlsx",
    )
    assert areas["inhabitants"].notna().sum() == 245


@pytest.mark.parametrize("name", ["verslag_ocr.txt", "verwacht.csv"])
def test_every_finding_of_a_real_schouw_is_accounted_for(shared: Path, name: str) -> None:
    findings, actions, report = ipg.read_schouw(shared / "schouw_velve_lindenhof_2007" / name)
    assert (len(findings), len(actions)) == (16, 17)
    assert (report.n_read, report.n_used, report.n_rejected) == (16, 16, 0)


@pytest.mark.parametrize(
    ("name", "n_read", "n_used"), [("photos_exif_gps", 9, 7), ("eml_samples", 38, 4)]
)
def test_every_picture_and_mail_is_accounted_for(
    shared: Path, tmp_path: Path, name: str, n_read: int, n_used: int
) -> None:
    """What is no picture, and mails without one, are rejected with a reason."""
    _, report = ipg.read_photos(shared / name, tmp_path)
    assert (report.n_read, report.n_used) == (n_read, n_used)
    assert report.n_read == report.n_used + report.n_rejected
    assert (report.rejected["reason"] != "").all()
