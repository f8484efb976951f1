"""Streets of one name in several towns are told apart by what the text says, or not placed."""

import geopandas as gpd
import pytest
from shapely import LineString, Point, box

from ipgtools import geocoder

STREETS = gpd.GeoDataFrame(
    {
        "street_name": [
            "Dorpsstraat", "Dorpsstraat", "Dorpsstraat", "Kerkstraat", "Gronausestraat",
            "Singel", "Singel", "Lonneker Molenweg",
        ],
        "city": [
            "Glanerbrug", "Lonneker", "Boekelo", "Glanerbrug", "Enschede", "Enschede",
            "Enschede", "Enschede",
        ],
    },
    geometry=[
        LineString([(0, 0), (100, 0)]), LineString([(5000, 0), (5100, 0)]),
        LineString([(9000, 0), (9100, 0)]), LineString([(50, -50), (50, 50)]),
        LineString([(200, 0), (900, 0)]), LineString([(300, -50), (300, 100)]),
        LineString([(2300, -50), (2300, 100)]), LineString([(700, -90), (700, 90)]),
    ],
    crs=28992,
)  # fmt: skip
DOORS = gpd.GeoDataFrame(
    {
        "street_name": ["Dorpsstraat", "Dorpsstraat"], "house_number": [5, 7],
        "house_letter": None, "addition": None, "postcode": ["7532AA", "7524BB"],
        "city": ["Glanerbrug", "Lonneker"],
    },
    geometry=[Point(50, 10), Point(5050, 10)],
    crs=28992,
)  # fmt: skip
LONNEKER = box(4900, -100, 5200, 100)


def one(text, **options):
    """Locate one text."""
    return geocoder.geocode([text], STREETS, addresses=DOORS, **options).iloc[0]


@pytest.mark.parametrize(
    "text",
    [
        "Lonneker, Dorpsstraat 7", "Lonneker Dorpsstraat 7", "Dorpsstraat 7 Lonneker",
        "Dorpsstraat 7 te Lonneker", "Lonneker: Dorpsstraat 7", "Dorpsstraat 7, 7524 BB",
        "Dorpsstraat 7 7524bb", "7524 BB 7",
    ],
)  # fmt: skip
def test_a_town_or_a_postcode_in_the_text_wins_from_the_usual_town(text):
    """Before the street, behind it, or by its postcode: it is the Dorpsstraat of Lonneker."""
    found = one(text, city="Boekelo")
    assert (found.geometry, found.city) == (Point(5050, 10), "Lonneker")


def test_a_street_that_begins_with_a_town_is_a_street():
    """The Lonneker Molenweg is in Enschede."""
    assert one("Lonneker Molenweg").street == "Lonneker Molenweg"


def test_a_street_that_the_town_lacks_says_where_it_is():
    """Nothing is put in another town; the towns that have it are listed."""
    found = one("Dorpsstraat 5", city="Enschede")
    assert found.geometry is None
    assert (
        found.reason == "Dorpsstraat is er niet in Enschede, wel in Boekelo, Glanerbrug en Lonneker"
    )


def test_a_town_that_no_table_knows_is_not_ours():
    """*Te Hengelo* is not in Enschede, even where the street is."""
    found = one("Gronausestraat 5 te Hengelo")
    assert found.geometry is None
    assert found.city == "Hengelo"


def test_a_corner_is_where_both_streets_are_also_outside_the_area():
    """Only in Glanerbrug do a Dorpsstraat and a Kerkstraat meet; that it is elsewhere is said."""
    found = one("Dorpsstraat hoek Kerkstraat", area=LONNEKER)
    assert found.geometry.equals(Point(50, 0))
    assert "buiten het gebied" in found.reason


def test_a_street_in_pieces_far_apart_has_no_middle_but_has_corners():
    """Two pieces of the Singel lie 2 km apart: the crossing tells which, the name alone doesn't."""
    assert "2 stukken" in one("Singel").reason
    assert one("Singel hoek Gronausestraat").geometry.equals(Point(300, 0))


def test_a_doubtful_name_without_the_number_is_not_placed():
    """*Dorspstrat 5* has its door; a street alike that lacks the number is rather another one."""
    doors = DOORS.assign(street_name="Vosbeekstraat", city="Glanerbrug")
    here = geocoder.geocode(["Vosbekstraat 5", "Vosbekstraat 51"], addresses=doors[:1])
    assert here.geometry.notna().tolist() == [True, False]
    assert "nummer" in here["reason"][1]
