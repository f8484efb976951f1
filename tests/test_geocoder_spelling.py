"""Places as tired people write them are read as they are meant."""

import itertools

import geopandas as gpd
import pytest
import shapely
from shapely import LineString, Point

from ipgtools import geocoder

CORNER, EAST = Point(0, 300), Point(0, 50)
TOWN = gpd.GeoDataFrame(
    {
        "street_id": list("abcdefg"),
        "street_name": [
            "Oostveenweg", "Pluimstraat", "Gronausevoetpad", "Van Musschenbroekstraat",
            "Burgemeester Edo Bergsmalaan", "Sint-Jansstraat", "Berkstraat",
        ],
    },
    geometry=[
        LineString([(0, 0), (0, 400)]), LineString([(-200, 300), (200, 300)]),
        LineString([(-200, 50), (200, 50)]), LineString([(500, 0), (700, 0)]),
        LineString([(900, 0), (990, 0)]), LineString([(900, 50), (990, 50)]),
        LineString([(900, 90), (990, 90)]),
    ],
    crs=28992,
)  # fmt: skip
DOORS = gpd.GeoDataFrame(
    {
        "address_id": None, "street_name": "Oostveenweg", "house_number": [15, 52],
        "house_letter": None, "addition": None, "postcode": None, "city": None,
    },
    geometry=[Point(9, 150), Point(-9, 210)],
    crs=28992,
)  # fmt: skip


def one(text, **options):
    """Locate one text."""
    return geocoder.geocode([text], TOWN, **options).iloc[0]


@pytest.mark.parametrize(
    "text",
    [
        "Hoek Pluimstraat-Oostveenweg", "Pluimstraat - Oostveenweg", "Pluimstraat x Oostveenweg",
        "Pluimstraat t.h.v. Oostveenweg", "Pluimstraat ter hoogte van de Oostveenweg",
        "Pluimstraat t.o. de Oostveenweg", "Pluimstraat bij Oostveenweg",
        "Pluimstraat/Oostveenweg 52",
    ],
)  # fmt: skip
def test_two_streets_that_meet_are_a_corner_however_written(text):
    """A hyphen, a cross, level with or opposite a side street: it is where they cross."""
    found = one(text, addresses=DOORS)
    assert (found.kind, found.precision) == ("crossing", "kruispunt")
    assert found.geometry.equals(CORNER)


@pytest.mark.parametrize(
    "text",
    [
        "Oostveenweg nr.52", "Oostveenweg nr52", "Oostveenweg52", "Oostveenweg 52 en 54",
        "Oostveenweg 52/54", "nr. 52 Oostveenweg",
    ],
)  # fmt: skip
def test_a_house_number_is_read_where_a_space_lacks_or_more_follow(text):
    """The first number is the address, and the others cost nothing."""
    found = one(text, addresses=DOORS)
    assert found.geometry.equals(Point(-9, 210))
    assert found.location_score == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "Oostveenweg 52 t/m 60", "Oostveenweg no. 52", "gehele Oostveenweg 52 e.o.",
        "Oostveenweg huisnummer 52 en omgeving",
    ],
)  # fmt: skip
def test_numbers_up_to_and_words_around_cost_nothing(text):
    """They say no other place, so the point is as sure as the address."""
    found = one(text, addresses=DOORS)
    assert (found.geometry.wkt, found.location_score) == ("POINT (-9 210)", 1.0)


def test_an_addition_behind_a_space_chooses_the_door():
    """*52 hs* is the door with that addition."""
    doors = DOORS.assign(house_number=52, addition=["hs", None])
    found = one("Oostveenweg 52 hs", addresses=doors)
    assert (found.geometry.wkt, found.location_score) == ("POINT (9 150)", 1.0)


def test_a_number_belongs_to_the_street_before_it():
    """Level with Oostveenweg 15 is at that address, whichever street comes first."""
    found = one("Gronausevoetpad t.h.v. Oostveenweg 15", addresses=DOORS)
    assert (found.street, found.geometry.wkt) == ("Oostveenweg", "POINT (0 150)")


def test_the_first_house_is_no_house_number():
    """*1e huis* counts houses; *1e* at the end is a house."""
    doors = DOORS.assign(house_number=[1, 52], house_letter=["e", None])
    counted, house = geocoder.geocode(
        ["Oostveenweg 1e huis links", "Oostveenweg 1e"], TOWN, addresses=doors
    )["precision"]
    assert (counted, house) == ("straat", "adres")


@pytest.mark.parametrize(
    "text",
    [
        "hoek Burgemeester Edo Bergsmalaan-Van Musschenbroekstraat",
        "Van Musschenbroekstraat-Burg. Edo Bergsmalaan",
        "v.Musschenbroekstraat/Burg.Edo Bergsmaln",
    ],
)
def test_a_hyphen_may_join_names_of_several_words(text):
    """Where no name has that hyphen it stands between two."""
    streets = TOWN[3:5].set_geometry(
        [LineString([(500, 0), (700, 0)]), LineString([(600, -9), (600, 9)])], crs=28992
    )
    found = geocoder.geocode([text, "Sint-Jansstraat"], streets).iloc[0]
    assert found.geometry.equals(Point(600, 0))


def test_a_hyphen_in_a_name_stays_in_it():
    """And a misspelt Sint-Jansstraat is one street, too."""
    assert one("Sint-Janstraat 5").street == "Sint-Jansstraat"


def test_opposite_a_number_before_the_street_is_on_the_street_beside_it():
    """*Tegenover nr. 15 Oostveenweg* is said as often as the other way round."""
    found = one("tegenover nr. 15 Oostveenweg", addresses=DOORS)
    assert (found.kind, found.geometry.wkt) == ("opposite", "POINT (0 150)")


@pytest.mark.parametrize("words", ["op de Oostveenweg", "Oostveenweg"])
def test_the_street_of_a_stretch_may_come_last(words):
    """Of *tussen A en B op C* the stretch is on C, halfway 300 and 50."""
    found = one(f"tussen Pluimstraat en Gronausevoetpad {words}")
    assert found.geometry.equals(Point(0, 175))
    assert found.street.startswith("Oostveenweg")


@pytest.mark.parametrize(
    "text", ["tussen Pluimstraat en Oostveenweg", "Pluimstraat tussen Oostveenweg en Xyzweg"]
)
def test_a_stretch_that_lacks_a_street_is_no_corner(text):
    """Two streets and *tussen* say less than a crossing; the reason tells what lacks."""
    found = one(text)
    assert (found.kind, found.precision) == ("between", "straat")
    assert "ontbreekt" in found.reason


@pytest.mark.parametrize(
    "text",
    ["speeltuin Pluimstraat", "parkeerterrein bij de Pluimstraat", "Pluimstraat t.h.v. school"],
)
def test_a_named_place_may_come_before_its_street(text):
    """It is the place on the street that is meant, and no word counts as strange."""
    found = one(text)
    assert (found.kind, found.location_score) == ("place", one("Pluimstraat").location_score)


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("Musschenbroekstraat", "Van Musschenbroekstraat"),
        ("Bergsmalaan", "Burgemeester Edo Bergsmalaan"),
        ("Burg. Edo Bergsmalaan", "Burgemeester Edo Bergsmalaan"),
        ("St. Jansstraat", "Sint-Jansstraat"),
    ],
)
def test_a_name_may_lack_its_front_or_shorten_its_title(text, street):
    """People leave out *van* and initials, and write *Burg.* and *St.*."""
    assert one(text).street == street


def test_a_front_that_could_be_of_two_streets_is_not_guessed():
    """*Janssenstraat* may be the doctor's or the professor's."""
    two = TOWN[:2].assign(street_name=["Dr. Janssenstraat", "Professor Janssenstraat"])
    found = geocoder.geocode(["Janssenstraat", "Prof. Janssenstraat"], two)
    assert found["street"].tolist()[1] == "Professor Janssenstraat"
    assert found.geometry.isna().tolist() == [True, False]


def test_a_short_name_with_another_first_letter_is_another_street():
    """A Kerkstraat that this town hasn't is not put on its Berkstraat."""
    found = one("Kerkstraat")
    assert found.geometry is None
    assert "lijkt het meest op Berkstraat" in found.reason


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Op Pluimstraat/Oostveenweg is het vies", "Pluimstraat hoek Oostveenweg"),
        ("Pluimstraat-Oostveenweg: afval", "Pluimstraat hoek Oostveenweg"),
        ("op de hoek van de pluimstraat en de oostveenweg", "Pluimstraat hoek Oostveenweg"),
        ("lamp stuk (Oostveenweg nr.12)", "Oostveenweg 12"),
        ("Oostveenweg t.h.v. nummer 15 ligt afval", "Oostveenweg 15"),
        ("in de musschenbroekstraat 3", "Van Musschenbroekstraat 3"),
        ("Ik woon Pluimstraat 5, maar het vuil ligt op de Oostveenweg", "Oostveenweg"),
        ("Ik woon Pluimstraat 5 en mijn lamp is stuk", "Pluimstraat 5"),
        ("Zie http://example.org/oostveenweg of mail oostveenweg@example.org", ""),
        ("Oostveenweg, 12 uur", "Oostveenweg"),
        ("de lamp bij Pluimstr. 12 is stuk", "Pluimstraat 12"),
    ],
)
def test_a_mail_gives_the_place_it_is_about(text, place):
    """Without capitals or spaces too, not the writer's home, and no address of the web."""
    names = geocoder.street_names(TOWN)
    assert geocoder.find_phrase(text, names.best) == place


def test_corners_of_enschede_are_where_the_drawn_streets_share_a_point(shared):
    """Of the ten streets of the report, each pair that shares a corner of its lines."""
    path = shared / "nl_enschede_straten_osm" / "enschede_straten_osm.gpkg"
    streets = gpd.read_file(path).rename(columns={"name": "street_name"})
    ten = [
        "Oostveenweg", "Pluimstraat", "Leijdsweg", "Gronausevoetpad", "Marthalaan",
        "Gronausestraat", "Van Musschenbroekstraat", "Velveweg", "Slotzichtweg", "Edisonstraat",
    ]  # fmt: skip
    nodes = {
        name: set(
            map(tuple, shapely.get_coordinates(streets.geometry[streets["street_name"] == name]))
        )
        for name in ten
    }
    pairs = [pair for pair in itertools.combinations(ten, 2) if nodes[pair[0]] & nodes[pair[1]]]
    assert len(pairs) == 13
    found = geocoder.geocode([f"{first} hoek {second}" for first, second in pairs], streets)
    for (first, second), point in zip(pairs, found.geometry, strict=True):
        true = [Point(node) for node in nodes[first] & nodes[second]]
        assert min(point.distance(node) for node in true) <= 15
