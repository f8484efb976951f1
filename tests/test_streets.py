"""Streets are read as OpenStreetMap and the NWB give them, with towns and house numbers."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString, MultiLineString, Point, box

import ipgtools as ipg
from ipgtools import geocoder
from ipgtools.io import detect_kind

SIDES = ("HNRSTRLNKS", "E_HNR_LNKS", "L_HNR_LNKS", "HNRSTRRHTS", "E_HNR_RHTS", "L_HNR_RHTS")


def stretch(name, town, left, right, start, east=0, north=0):
    """Give a stretch as the NWB has it, among the fields that could be taken for others."""
    line = [start, (start[0] + east, start[1] + north)]
    numbers = dict(zip(SIDES, (*left, *right), strict=True))
    return {
        "OBJECTID": 1, "WVK_ID": 348286006.0, "WEGNUMMER": "", "BST_CODE": "RB", "STT_NAAM": name,
        "WPSNAAM": town, "GME_NAAM": town, **numbers, "WEGTYPE": "G", "ALT_NAAM": None,
        "geometry": MultiLineString([line]),
    }  # fmt: skip


NONE = ("", 0, 0)
TOWN, OTHER = "Enschede", "Haaksbergen"
NWB = gpd.GeoDataFrame(
    [
        stretch("Rozenstraat", TOWN, ("O", 1, 19), ("E", 2, 12), (258000, 471000), east=90),
        stretch("Rozenstraat", TOWN, ("O", 21, 33), ("E", 14, 20), (258090, 471000), east=90),
        stretch("Crocusstraat", TOWN, ("E", 68, 58), ("O", 59, 45), (258200, 471000), north=100),
        stretch("Haverlanden", TOWN, NONE, ("E", 32, 46), (258300, 471000), north=70),
        stretch("Pleintje", TOWN, ("N", 1, 11), NONE, (258400, 471000), north=100),
        stretch("Rozenstraat", OTHER, ("O", 1, 33), ("E", 2, 20), (248000, 461000), east=160),
        stretch("", TOWN, NONE, NONE, (258400, 471000), north=90),
    ],
    crs=28992,
)  # fmt: skip


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Read the NWB, as it is published: a layer of stretches beside one of hectometre posts."""
    path = tmp_path_factory.mktemp("nwb") / "nwb_wegen.gpkg"
    posts = gpd.GeoDataFrame(
        {"HECTOMTRNG": [12], "WVK_ID": [1.0]}, geometry=[Point(0, 0)], crs=28992
    )
    posts.to_file(path, layer="hectopunten", driver="GPKG")
    NWB.to_file(path, layer="wegvakken", driver="GPKG")
    return ipg.read_streets(path)


def test_the_nwb_is_read_without_any_mapping(read):
    """The layer with lines is taken, and of two kinds of road the finer one."""
    streets, report = read
    assert (report.n_read, report.n_used) == (7, 7)
    assert streets["street_id"].iloc[0] == "348286006"
    assert streets["kind"].unique().tolist() == ["RB"]
    assert streets["city"].unique().tolist() == ["Enschede", "Haaksbergen"]
    assert pd.isna(streets["street_name"].iloc[6])


def test_a_stretch_without_numbers_has_no_range(read):
    """The NWB writes 0 for none; no house has that number."""
    streets, _ = read
    assert streets[["nr_van", "nr_tot"]].iloc[3].isna().all()
    assert streets[["nr_van_rechts", "nr_tot_rechts"]].iloc[3].tolist() == [32, 46]
    assert streets["nr_soort_rechts"].iloc[3] == "even"


@pytest.mark.parametrize(
    ("text", "x", "y"),
    [
        ("Rozenstraat 1", 258000, 471000),
        ("Rozenstraat 19", 258090, 471000),
        ("Rozenstraat 7", 258030, 471000),
        ("Rozenstraat 12", 258090, 471000),
        ("Rozenstraat 27", 258135, 471000),
        ("Rozenstraat t.o. 16", 258120, 471000),
        ("Crocusstraat 68", 258200, 471000),
        ("Crocusstraat 45", 258200, 471100),
        ("Haverlanden 34a", 258300, 471010),
        ("Pleintje 6", 258400, 471050),
        ("Rozenstraat 17, Haaksbergen", 248080, 461000),
    ],
)
def test_house_numbers_lie_along_the_nwb_by_their_own_side(read, text, x, y):
    """From the first number at the start of the line to the last, also where they go down."""
    found = geocoder.geocode([text], read[0], city="Enschede").iloc[0]
    assert found.precision == "adres"
    assert found.geometry.distance(Point(x, y)) < 0.01
    assert "geschat" in found.reason


@pytest.mark.parametrize("text", ["Haverlanden 33", "Crocusstraat 63", "Rozenstraat 99"])
def test_a_number_outside_the_ranges_stays_on_the_street(read, text):
    """33 is not in 32 to 46 even: nothing is known of odd numbers there."""
    assert geocoder.geocode([text], read[0], city="Enschede").iloc[0].precision == "straat"


def test_a_number_is_looked_up_in_the_street_that_the_area_points_out(read):
    """Number 19 is in both Rozenstraten; the range of the other town has no say."""
    here = read[0].drop(columns="city")
    found = geocoder.geocode(["Rozenstraat 9"], here, area=box(247000, 460000, 249000, 462000))
    assert found.geometry.iloc[0].distance(Point(248040, 461000)) < 0.01


def test_rear_and_opposite_say_so_of_an_estimated_number_too(read):
    """The reason holds both: what was asked, and that the place is an estimate."""
    found = geocoder.geocode(
        ["Rozenstraat 7 achterzijde", "Rozenstraat t.o. 7"], read[0], city="Enschede"
    )
    assert found["reason"].str.contains("achterzijde|tegenover").all()
    assert found["reason"].str.contains("geschat").all()


def test_a_file_of_openstreetmap_gives_its_lines(tmp_path):
    """GDAL writes points, lines and surfaces as layers, each with names."""
    path = tmp_path / "osm.gpkg"
    lines = gpd.GeoDataFrame(
        {"osm_id": ["7"], "name": ["Pluimstraat"], "highway": ["residential"]},
        geometry=[LineString([(258000, 471000), (258000, 471100)])],
        crs=28992,
    )
    points = lines.set_geometry([Point(258000, 471000)])
    points.to_file(path, layer="points", driver="GPKG")
    lines.to_file(path, layer="lines", driver="GPKG")
    streets, report = ipg.read_streets(path)
    assert (len(streets), report.details["layer"]) == (1, "lines")


def test_a_file_with_posts_beside_stretches_is_one_of_streets(tmp_path):
    """The kind goes by the layer whose columns are known, not by the first one."""
    path = tmp_path / "nwb.gpkg"
    posts = gpd.GeoDataFrame({"HECTOMTRNG": [12]}, geometry=[Point(258000, 471000)], crs=28992)
    posts.to_file(path, layer="hectopunten", driver="GPKG")
    NWB.to_file(path, layer="wegvakken", driver="GPKG")
    assert detect_kind.kind_of(path) == "streets"
