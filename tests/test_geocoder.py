"""Places in Dutch words become points, or say why not."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from helpers import lay_streets
from shapely import Point, box

from ipgtools import geocoder
from ipgtools.errors import CrsError

RD = 28992


TOWN = lay_streets(
    Oostveenweg=[(0, 0), (0, 400)],
    Pluimstraat=[(-200, 300), (200, 300)],
    Marthalaan=[(20, 100), (300, 100)],
    Van_Musschenbroekstraat=[(500, 0), (700, 0)],
    Gronausevoetpad=[(-200, 50), (200, 50)],
)


def one(text, streets=TOWN, **options):
    """Locate one text."""
    return geocoder.geocode([text], streets, **options).iloc[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Oostveenweg nr. 52", "address"),
        ("Oostveenweg 52", "address"),
        ("Oostveenweg 52a", "address"),
        ("Oostveenweg t.o. nr. 15", "opposite"),
        ("Oostveenweg tegenover 15", "opposite"),
        ("Van Musschenbroekstraat t.h.v. nr. 52", "level"),
        ("Van Musschenbroekstraat ter hoogte van nummer 52", "level"),
        ("Oostveenweg nr. 80 - achterzijde", "rear"),
        ("Pluimstraat - hondenuitrenveld", "place"),
        ("Pluimstraat hoek Oostveenweg", "crossing"),
        ("hoek Pluimstraat / Oostveenweg", "crossing"),
        ("op de hoek van de Pluimstraat en de Oostveenweg", "crossing"),
        ("Oostveenweg tussen Pluimstraat en Gronausevoetpad", "between"),
        ("Gronausevoetpad", "street"),
    ],
)
def test_each_way_to_say_a_place_is_understood(text, kind):
    """House number, relation, corner, stretch, place and street are told apart."""
    found = one(text)
    assert found.kind == kind
    assert found.geometry is not None


def test_a_corner_is_where_the_lines_cross():
    """Two streets that cross give the crossing, the surest point there is."""
    found = one("Pluimstraat hoek Oostveenweg")
    assert found.geometry.equals(Point(0, 300))
    assert (found.precision, found.location_score) == ("kruispunt", 1.0)


def test_streets_that_stop_just_short_of_each_other_still_meet():
    """A gap of 20 metres between drawn lines is no gap in the street."""
    found = one("Oostveenweg - hoek Marthalaan")
    assert found.geometry.equals(Point(10, 100))
    assert found.precision == "kruispunt"
    assert "20 m" in found.reason


def test_streets_far_apart_give_no_corner():
    """A corner of streets that don't meet is no more than a street, and says so."""
    found = one("Oostveenweg hoek Van Musschenbroekstraat")
    assert found.precision == "straat"
    assert "kruisen niet" in found.reason


def test_a_corner_without_second_street_stays_on_the_first():
    """Lost text is not guessed."""
    found = one("Oostveenweg - hoek [tekst verloren]")
    assert (found.kind, found.precision, found.street) == ("crossing", "straat", "Oostveenweg")
    assert "ontbreekt" in found.reason


def test_a_stretch_between_side_streets_is_halfway_them():
    """Between crossings at 300 and 50 lies 175."""
    assert one("Oostveenweg tussen Pluimstraat en Gronausevoetpad").geometry.equals(Point(0, 175))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Dostveemweg", "Oostveenweg"),
        ("Gonausevoetpad", "Gronausevoetpad"),
        ("Gronausevoeipad", "Gronausevoetpad"),
        ("van Muschenbroekstr.", "Van Musschenbroekstraat"),
        ("MARTHALAAN", "Marthalaan"),
    ],
)
def test_misread_names_find_their_street_at_a_lower_score(read, meant):
    """The score falls with every slip, but not for capitals and short forms."""
    found = one(read)
    assert found.street == meant
    right = one(meant).location_score
    assert found.location_score < right or read.casefold() == meant.casefold()


def test_below_the_cutoff_there_is_no_point_but_a_hint():
    """What is unlike every street gets no point, and the likeliest street is named."""
    found = one("Oosterweg")
    assert found.geometry is None
    assert found.location_score == 0
    assert "lijkt het meest op Oostveenweg" in found.reason
    assert one("Oosterweg", cutoff=60).geometry is not None


@pytest.mark.parametrize("text", ["", None, "   ", "[tekst verloren]", "??", "nr. 12"])
def test_texts_without_a_place_give_no_point(text):
    """Nothing said, nothing found."""
    assert one(text).geometry is None


def test_house_numbers_are_estimated_only_where_ranges_are_known():
    """Number 11 of 1 to 21 is halfway the stretch; without ranges it is just the street."""
    known = TOWN.assign(nr_van=[1, None, None, None, None], nr_tot=[21, None, None, None, None])
    found = one("Oostveenweg 11", known)
    assert found.geometry.equals(Point(0, 200))
    assert found.precision == "adres"
    assert one("Oostveenweg 11").precision == "straat"
    assert one("Oostveenweg 99", known).precision == "straat"


def test_a_house_number_lies_on_its_own_side():
    """Of an even and an odd range that both span the number, parity decides."""
    sides = lay_streets(even=[(0, 0), (100, 0)], odd=[(0, 10), (100, 10)])
    sides["street_name"] = "Dorpsweg"
    sides["nr_van"], sides["nr_tot"] = [2, 1], [22, 21]
    assert one("Dorpsweg 11", sides).geometry.y == 10
    assert one("Dorpsweg 12", sides).geometry.y == 0


def test_two_streets_of_one_name_are_told_apart_by_the_area():
    """Without an area there is no point; with one, the street inside is taken."""
    twice = lay_streets(Kerkstraat=[(0, 0), (100, 0)], other=[(5000, 0), (5100, 0)])
    twice["street_name"] = "Kerkstraat"
    alone = one("Kerkstraat", twice)
    assert alone.geometry is None
    assert "2 keer" in alone.reason
    inside = one("Kerkstraat", twice, area=box(4900, -100, 5200, 100))
    assert inside.geometry.equals(Point(5050, 0))


def test_a_long_street_gives_its_middle_inside_the_area():
    """Only the part inside counts for the middle."""
    assert one("Oostveenweg", area=box(-10, 0, 10, 100)).geometry.equals(Point(0, 50))


def test_an_area_by_name_is_a_place_of_its_own():
    """A text that names the buurt only gets a point in it, at the lowest score."""
    area = gpd.GeoDataFrame(
        {"area_name": ["Velve-Lindenhof"]}, geometry=[box(-500, -500, 900, 900)], crs=RD
    )
    found = one("Velve-Lindenhof", area=area)
    assert (found.kind, found.precision) == ("area", "buurt")
    assert area.geometry.iloc[0].contains(found.geometry)


def test_the_result_has_the_index_and_the_crs_of_the_input():
    """Rows stay in order, doubles and all, and nothing given is changed."""
    texts = pd.Series(["Marthalaan", None, "Marthalaan"], index=[7, 3, 5])
    found = geocoder.geocode(texts, TOWN)
    assert found.index.tolist() == [7, 3, 5]
    assert found.crs == TOWN.crs
    assert found.geometry.iloc[0].equals(found.geometry.iloc[2])


def test_no_texts_and_no_streets_give_no_rows_and_no_points():
    """Empty in, empty out."""
    assert geocoder.geocode([], TOWN).empty
    assert one("Oostveenweg", TOWN[:0]).geometry is None


def test_degrees_are_refused():
    """Distances in degrees mean nothing."""
    with pytest.raises(CrsError, match="EPSG:4326"):
        geocoder.geocode(["Oostveenweg"], TOWN.to_crs(4326))


def test_running_text_gives_the_place_it_names():
    """A mail names a street among other words; without a street there is nothing."""
    names = geocoder.street_names(TOWN)
    mail = "Beste wijkagent, sinds maandag is bij Oostveenweg 12 de lamp stuk. Groet, Piet"
    assert geocoder.find_phrase(mail, names.best) == "Oostveenweg 12"
    assert geocoder.find_phrase("Er is veel overlast in de straat", names.best) == ""


def test_slips_of_shape_weigh_less_than_other_slips():
    """An m for an n is a third of an edit; equal words are equal."""
    assert geocoder.distance("miet", "niet") < geocoder.distance("riet", "niek") < 3
    assert geocoder.similarity("Oostveenweg", "oostveenweg") == 1


@pytest.fixture(scope="module")
def enschede(shared):
    """Give the streets of Enschede as OpenStreetMap draws them."""
    streets = gpd.read_file(shared / "nl_enschede_straten_osm" / "enschede_straten_osm.gpkg")
    return streets.rename(columns={"name": "street_name", "highway": "kind", "osm_id": "street_id"})


def test_all_ten_streets_of_the_real_report_are_found(enschede):
    """As the report's text recognition read them where it did."""
    read = [
        "Dostveenweg", "Pluimstraat", "Leijdsweg", "Gonausevoetpad", "Marthalaan",
        "Gronausestraat", "van Musschenbroekstraat", "Velveweqg", "Slotzichtweq", "Edisonsiraat",
    ]  # fmt: skip
    found = geocoder.geocode(read, enschede)
    assert found["street"].tolist() == [
        "Oostveenweg", "Pluimstraat", "Leijdsweg", "Gronausevoetpad", "Marthalaan",
        "Gronausestraat", "Van Musschenbroekstraat", "Velveweg", "Slotzichtweg", "Edisonstraat",
    ]  # fmt: skip
    assert found.geometry.notna().all()


@pytest.mark.parametrize(
    ("text", "streets"),
    [
        ("Pluimstraat hoek Dostveemweg", ("Pluimstraat", "Oostveenweg")),
        ("Leijdsweg hoek Gronausevoeipad", ("Leijdsweg", "Gronausevoetpad")),
        ("Oostveenweg — hoek Marthalaan", ("Oostveenweg", "Marthalaan")),
        ("Gronausestraat hoek Oostveenweg", ("Gronausestraat", "Oostveenweg")),
    ],
)
def test_corners_of_the_real_report_lie_on_both_streets(enschede, text, streets):
    """The point is within 15 metres of each of the two streets, so of their crossing."""
    found = one(text, enschede)
    assert found.precision == "kruispunt"
    for name in streets:
        line = shapely.union_all(enschede.geometry[enschede["street_name"] == name])
        assert found.geometry.distance(line) <= 15


@pytest.mark.parametrize("unit", ["tegel ", "op de ", "a/", "straat ", "Aa ", "1-2 ", "x:", "a@"])
def test_a_text_of_one_thing_over_and_over_names_no_place(unit):
    """However long it is, it is looked through once."""
    area = gpd.GeoDataFrame({"area_name": ["Velve Lindenhof"]}, geometry=[box(0, 0, 9, 9)], crs=RD)
    assert one(unit * (30_000 // len(unit)), area=area)["geometry"] is None


def test_the_name_of_an_area_is_found_in_a_long_remark():
    """Words before and behind it play no part, nor does a space too many in it."""
    area = gpd.GeoDataFrame({"area_name": ["Velve Lindenhof"]}, geometry=[box(0, 0, 9, 9)], crs=RD)
    found = one("ergens achter in de velve linden hof bij al het afval dat er ligt", area=area)
    assert found["kind"] == "area"


@pytest.mark.parametrize("unit", [":", "a", "a@", "www.", "a://"])
def test_addresses_of_the_web_over_and_over_come_to_an_end(unit):
    """A word is looked at once, from its start."""
    names = geocoder.street_names(TOWN)
    assert geocoder.find_phrase(unit * 30_000 + " Pluimstraat 4", names.best) == "Pluimstraat 4"
