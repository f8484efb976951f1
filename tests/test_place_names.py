"""Hot places are named by their streets, and drawn as what they are."""

import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from helpers import points, shapes
from shapely import LineString, Polygon, box

import ipgtools as ipg
from ipgtools.errors import CrsError
from ipgtools.hotspots.hot_places.naming import names
from ipgtools.hotspots.hot_places.outline import outline
from ipgtools.hotspots.hot_places.segments import segment_zones

ENSCHEDE = "nl_enschede_straten_osm/enschede_straten_osm.gpkg"


def streets(*rows, kinds=None) -> gpd.GeoDataFrame:
    """Draw streets from pairs of a name and a line."""
    table = {"street_name": pd.Series([name for name, _ in rows], dtype="str")}
    table["kind"] = kinds or ["residential"] * len(rows)
    return gpd.GeoDataFrame(table, geometry=[LineString(line) for _, line in rows], crs=28992)


def name(*arguments, **options) -> str:
    (only,) = names(*arguments, **options)
    return only


# A long street from west to east, three that cross it, and one further north.
GRONAUSE = ("Gronausestraat", [(-500, 50), (1500, 50)])
LEIJDS = ("Leijdsweg", [(40, -300), (40, 300)])
MARTHA = ("Marthalaan", [(420, -300), (420, 300)])
PLUIM = ("Pluimstraat", [(900, -300), (900, 300)])
OOST = ("Oostveenweg", [(-500, 250), (1500, 250)])
TOWN = streets(GRONAUSE, LEIJDS, MARTHA, PLUIM, OOST)
SPOT = box(0, 0, 100, 100)


# What a name says.


def test_a_spot_is_named_by_its_street_and_the_crossing_in_it():
    """Three incidents are in the one street, and the other crosses it."""
    inside = points((20, 60), (80, 40), (90, 60))
    assert name(shapes(SPOT), TOWN, incidents=inside) == "Gronausestraat bij Leijdsweg"


def test_the_street_with_most_incidents_comes_first():
    """Not the one with most metres."""
    inside = points((50, 90), (35, 95), (45, 5), (80, 45))
    assert name(shapes(SPOT), TOWN, incidents=inside) == "Leijdsweg bij Gronausestraat"


def test_without_incidents_the_street_with_most_metres_comes_first():
    """A third of the place is the other street's."""
    short = streets(("Gronausestraat", [(-500, 50), (1500, 50)]), ("Hof", [(40, 50), (40, 80)]))
    assert name(shapes(SPOT), short) == "Gronausestraat bij Hof"


def test_the_crossing_nearest_to_the_incidents_is_named():
    """The place has none inside, and lies between two."""
    place = shapes(box(180, 0, 280, 100))
    east = points((275, 55), (270, 45), (279, 60))
    assert name(place, TOWN, incidents=east) == "Gronausestraat bij Marthalaan"
    west = points((185, 55), (182, 45))
    assert name(place, TOWN, incidents=west) == "Gronausestraat bij Leijdsweg"


def test_a_stretch_of_one_street_is_named_by_its_ends():
    """From west to east."""
    line = shapes(box(0, 0, 500, 100))
    inside = points((20, 60), (180, 40), (290, 60), (450, 45))
    said = "Gronausestraat tussen Leijdsweg en Marthalaan"
    assert name(line, TOWN, incidents=inside) == said
    assert name(line, TOWN) == said


def test_a_stretch_from_north_to_south_is_named_from_the_north():
    """The axis of the street decides, not its file."""
    turned = TOWN.set_geometry(TOWN.geometry.rotate(90, origin=(0, 0)))
    line = shapes(shapely.affinity.rotate(box(0, 0, 500, 100), 90, origin=(0, 0)))
    assert name(line, turned) == "Gronausestraat tussen Marthalaan en Leijdsweg"


def test_an_area_is_named_by_its_two_main_streets():
    """No street has most of it."""
    area = shapes(box(-100, -50, 300, 350))
    inside = points((0, 60), (200, 60), (250, 45), (10, 255), (200, 245), (45, 150))
    assert name(area, TOWN, incidents=inside) == "omgeving Gronausestraat en Oostveenweg"


def test_an_area_between_its_streets_is_named_by_them():
    """No street runs through it; incidents are on the edges."""
    area = shapes(box(60, 70, 400, 235))
    inside = points((65, 150), (66, 160), (200, 80), (300, 230), (200, 75))
    said = "omgeving Gronausestraat en Leijdsweg"
    assert name(area, TOWN, incidents=inside) == said
    assert name(area, streets(GRONAUSE), incidents=inside) == "Gronausestraat"


def test_a_street_is_named_before_a_footpath_that_is_a_little_nearer():
    """Unless there is nothing else."""
    path = ("Boerderijpad", [(60, 50), (60, 200)])
    kinds = ["residential", "residential", "footway"]
    both = streets(GRONAUSE, LEIJDS, path, kinds=kinds)
    inside = points((70, 55), (75, 45))
    assert name(shapes(SPOT), both, incidents=inside) == "Gronausestraat bij Leijdsweg"
    alone = both[both["street_name"] != "Leijdsweg"]
    assert name(shapes(SPOT), alone, incidents=inside) == "Gronausestraat bij Boerderijpad"


def test_a_street_that_nothing_crosses_is_named_by_a_street_beside_it_or_alone():
    """One street in a field."""
    beside = streets(GRONAUSE, ("Achterweg", [(-500, 110), (1500, 110)]))
    assert name(shapes(SPOT), beside) == "Gronausestraat bij Achterweg"
    assert name(shapes(SPOT), streets(GRONAUSE)) == "Gronausestraat"


# Whose street an incident is in.


def test_the_incident_s_own_street_goes_before_the_nearest():
    """A house on the corner stands nearer to the other street; abbreviations are understood."""
    own = ["Leijdsweg", "LEIJDSWEG 12", "leijdswg"]
    inside = points((80, 52), (85, 48), (90, 50), street_name=own)
    assert name(shapes(SPOT), TOWN, incidents=inside) == "Leijdsweg bij Gronausestraat"


@pytest.mark.parametrize("text", ["bij Jan Jansen thuis", "Pluimstraat", "onbekend", None, "12"])
def test_a_text_that_is_no_street_near_is_not_used(text):
    """It names no street of the file, or one at the other end of the town."""
    inside = points((80, 52), (85, 48), street_name=[text] * 2)
    assert name(shapes(SPOT), TOWN, incidents=inside) == "Gronausestraat bij Leijdsweg"


def test_paths_without_a_name_are_passed_over():
    """The street behind the footpath is meant."""
    paths = streets(GRONAUSE, LEIJDS, (None, [(0, 90), (100, 90)]), ("", [(0, 95), (100, 95)]))
    inside = points((80, 90), (85, 92))
    assert name(shapes(SPOT), paths, incidents=inside) == "Gronausestraat bij Leijdsweg"


def test_incidents_elsewhere_don_t_count():
    """Nor do those on the edge that the next cell owns."""
    inside = points((80, 45), (40, 100), (35, 100), (500, 250))
    assert name(shapes(SPOT), TOWN, incidents=inside) == "Gronausestraat bij Leijdsweg"


# How names are written.


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("VAN DER HEIJDENSTRAAT", "Van der Heijdenstraat"),
        ("j.j. van deinselaan", "J.J. van Deinselaan"),
        ("ACHTER 'T HOFJE", "Achter 't Hofje"),
        ("IJSSELLAAN", "IJssellaan"),
        ("Broekheurne-ring", "Broekheurne-ring"),
        ("Boulevard 1945", "Boulevard 1945"),
        ("Plein 1940-1945", "Plein 1940-1945"),
        ("Kerkstraat 12a", "Kerkstraat"),
        ("De Klomp 12-14", "De Klomp"),
        ("Haaksbergerstraat 1012", "Haaksbergerstraat"),
    ],
)
def test_names_are_spelled_as_names(written, said):
    """As the file has them, unless that is all one case, or holds a house number."""
    assert name(shapes(SPOT), streets((written, GRONAUSE[1]))) == said


def test_the_file_s_own_spelling_goes_before_ours():
    """Somewhere else in the file the name is written as it should be."""
    both = streets(("HET SCHIP", GRONAUSE[1]), ("Het SCHIP", [(5000, 0), (5100, 0)]))
    assert name(shapes(SPOT), both) == "Het SCHIP"


@pytest.mark.parametrize(
    "text", ["onbekend", "No Location", "A35", "N 731", "12", " ", "ZONDER NAAM"]
)
def test_what_is_no_street_gives_no_name(text):
    """Words for unknown, digits, and main roads by number."""
    assert name(shapes(SPOT), streets((text, GRONAUSE[1]), LEIJDS)) == "Leijdsweg"


def test_numbers_of_houses_are_taken_off_where_a_file_lists_addresses():
    """No name says which house it is."""
    doors = streets(
        ("De Klomp 12", [(0, 50), (40, 50)]),
        ("De Klomp 14", [(40, 50), (100, 50)]),
        LEIJDS,
    )
    said = names(shapes(SPOT, box(0, 0, 60, 60)), doors)
    assert not said.str.contains(r"\d").any()


# No two are the same, and every place has a name.


def test_two_places_on_one_street_differ_by_their_crossings():
    """Both are nearest to the same one."""
    two = shapes(box(100, 0, 200, 100), box(0, 0, 100, 100))
    hof = ("Hof", [(190, 50), (190, -100)])
    assert names(two, streets(GRONAUSE, LEIJDS, hof)).tolist() == [
        "Gronausestraat bij Hof",
        "Gronausestraat bij Leijdsweg",
    ]


def test_two_places_at_one_crossing_don_t_have_mirrored_names():
    """Nobody tells "A bij B" from "B bij A"; the second is named by the next crossing."""
    hof = ("Hof", [(-300, 150), (300, 150)])
    two = shapes(SPOT, box(0, 100, 100, 200))
    inside = points((70, 55), (80, 45), (38, 120), (42, 115))
    said = names(two, streets(GRONAUSE, LEIJDS, hof), incidents=inside)
    assert said.tolist() == ["Gronausestraat bij Leijdsweg", "Leijdsweg bij Hof"]
    said = names(two, streets(GRONAUSE, LEIJDS), incidents=inside)
    assert said.tolist() == ["Gronausestraat bij Leijdsweg", "Leijdsweg bij Gronausestraat"]


def test_places_that_only_differ_by_their_side_say_so():
    """A street without crossings."""
    lonely = streets(("Zuiderval", [(50, 0), (50, 2000)]))
    two = shapes(box(0, 0, 100, 100), box(0, 1500, 100, 1600))
    assert names(two, lonely).tolist() == ["Zuiderval (zuid)", "Zuiderval (noord)"]
    flat = streets(("Zuiderval", [(0, 50), (2000, 50)]))
    four = shapes(*(box(x, 0, x + 100, 100) for x in (1500, 0, 500, 1000)))
    assert names(four, flat).tolist() == [
        "Zuiderval (oost)",
        "Zuiderval (west)",
        "Zuiderval (midden 1)",
        "Zuiderval (midden 2)",
    ]


def test_a_place_without_a_street_has_a_number_and_its_area():
    """The number that it has on the map, if it has one."""
    field = shapes(SPOT, box(9000, 0, 9100, 100), number=[4, 7])
    areas = gpd.GeoDataFrame(
        {"area_name": ["Hogeland", "Velve"]},
        geometry=[box(-500, -500, 60, 500), box(60, -500, 500, 500)],
        crs=28992,
    )
    assert names(field, streets(("", GRONAUSE[1])), areas=areas).tolist() == [
        "plek 4 in Hogeland",
        "plek 7",
    ]
    assert names(field[["geometry"]]).tolist() == ["plek 1", "plek 2"]


def test_a_place_far_from_every_street_is_near_the_nearest():
    """A park, 120 m from the road."""
    park = shapes(box(600, 370, 700, 470))
    assert name(park, TOWN) == "omgeving Oostveenweg en Marthalaan"


def test_no_places_and_places_without_a_shape_have_no_trouble():
    """Bad input gives less, not an error."""
    assert names(shapes(SPOT)[:0], TOWN).tolist() == []
    assert names(shapes(SPOT, None, Polygon()), TOWN).tolist() == [
        "Gronausestraat bij Leijdsweg",
        "plek 2",
        "plek 3",
    ]


def test_the_order_of_rows_makes_no_difference():
    """Of places, streets and incidents."""
    cells = shapes(*(box(x, 0, x + 100, 100) for x in range(0, 1000, 100)))
    rng = np.random.default_rng(20251101)
    inside = points(*rng.uniform((0, 0), (1000, 100), (60, 2)).tolist())
    said = names(cells, TOWN, incidents=inside)
    assert said.is_unique
    again = names(cells[::-1], TOWN[::-1], incidents=inside[::-1])
    pd.testing.assert_series_equal(again.sort_index(), said)


def test_degrees_are_refused():
    """150 m is no number of degrees."""
    with pytest.raises(CrsError, match="28992"):
        names(shapes(SPOT), TOWN.to_crs(4326))


# Without a file of streets.


def test_without_streets_the_incidents_own_names_are_used():
    """In proper case, and without the words in front of them."""
    own = ["KERKSTRAAT", "On or near Kerkstraat", "Molenweg"]
    inside = points((10, 10), (20, 20), (30, 30), street_name=own)
    assert name(shapes(SPOT), incidents=inside) == "Kerkstraat bij Molenweg"
    large = shapes(box(0, 0, 300, 300))
    assert name(large, incidents=inside) == "omgeving Kerkstraat en Molenweg"
    nameless = streets((None, GRONAUSE[1]))
    assert name(shapes(SPOT), nameless, incidents=inside) == "Kerkstraat bij Molenweg"


@pytest.mark.parametrize(
    "text",
    ["Jan Jansen", "bij mevrouw De Vries", "Kerkstraat 12 achter", "10XX MAIN ST", "Kerkstraat/Weg",
     "On or near Supermarket", "06-12345678", "Jan Dijk", "No Location", "onbekende straat"],
)  # fmt: skip
def test_a_text_that_may_be_anything_gives_no_name(text):
    """It could be a person's."""
    inside = points((10, 10), (20, 20), street_name=[text] * 2)
    assert name(shapes(SPOT), incidents=inside) == "plek 1"


# A real town.


@pytest.fixture(scope="module")
def enschede(shared):
    path = shared / ENSCHEDE
    if not path.exists():
        pytest.skip("the streets of Enschede are not on this machine")
    return ipg.read_streets(path)[0]


def test_places_of_a_real_town_have_names_of_streets_in_them(enschede):
    """Each street that is named lies in the place or within 300 m; no number, none twice."""
    n = 30
    zones = segment_zones(enschede, west=256500, south=470000, cell_size=100, n_columns=n, n_rows=n)
    rng = np.random.default_rng(20251101)
    outlines = []
    for zone in rng.choice(len(zones), 20, replace=False):
        row, column = np.divmod(zones[zone], n)
        west, south = 256500 + 100 * column, 470000 + 100 * row
        outlines.append(shapely.union_all(shapely.box(west, south, west + 100, south + 100)))
    table = shapes(*outlines)
    said = names(table, enschede)
    assert said.is_unique
    assert not said.str.startswith("plek").any()
    assert said.str.contains(" tussen ").mean() > 0.25
    known = enschede.dropna(subset="street_name")
    for text, shape in zip(said, outlines, strict=True):
        near = set(known["street_name"][known.dwithin(shape, 300)])
        bare = text.removeprefix("omgeving ")
        parts = re.split(r" bij | tussen | en (?=[A-Z'])", bare)
        assert set(parts) <= near


# Outlines.


def test_cells_become_one_shape_with_rounded_corners():
    """A little smaller than the cells, and nothing inside."""
    block = [box(x, y, x + 100, y + 100) for x in (0, 100) for y in (0, 100)]
    shape = outline(block)
    assert shape.geom_type == "Polygon"
    assert 39_500 < shape.area < 40_000
    assert shape.equals(outline(shapely.union_all(block)))
    assert not shape.covers(shapely.Point(1, 1))
    assert shape.covers(shapely.Point(50, 0.5))


def test_cells_that_touch_at_a_corner_are_one_polygon():
    """And those that don't are two; a hole is filled."""
    assert outline([box(0, 0, 100, 100), box(100, 100, 200, 200)]).geom_type == "Polygon"
    assert outline([box(0, 0, 100, 100), box(300, 0, 400, 100)]).geom_type == "MultiPolygon"
    ring = [box(x, y, x + 50, y + 50) for x in (0, 50, 100) for y in (0, 50, 100)]
    del ring[4]
    assert outline(ring).covers(shapely.Point(75, 75))


def test_a_line_of_cells_is_drawn_as_its_street():
    """45 m on either side of what lies in the cells."""
    cells = [box(x, 0, x + 100, 100) for x in range(0, 500, 100)]
    shape = outline(cells, TOWN)
    assert shape.bounds == pytest.approx((-45, 5, 545, 95))
    assert shape.is_valid


def test_cells_that_no_street_runs_through_stay_cells():
    """A block, and a line that the street leaves halfway."""
    block = [box(x, y, x + 100, y + 100) for x in (0, 100) for y in (0, 100)]
    assert outline(block, TOWN).equals(outline(block))
    corner = [box(0, y, 100, y + 100) for y in (100, 200, 300, 400, 500)]
    assert outline(corner, TOWN).equals(outline(corner))
    assert outline(SPOT, TOWN).equals(outline(SPOT))


def test_the_size_of_cells_is_read_off_their_union():
    """A street beside a broad block of small cells isn't the block."""
    cells = [box(x, y, x + 50, y + 50) for x in range(0, 300, 50) for y in (0, 50)]
    del cells[-1]
    shape = outline(shapely.union_all(cells), TOWN)
    assert shape.equals(outline(cells, TOWN))
    assert shape.bounds == pytest.approx((0, 0, 300, 100))
    assert outline(shapely.Point(0, 0).buffer(80)).is_valid


def test_an_outline_stays_within_the_area_if_asked():
    """And is empty where there is nothing to draw."""
    half = outline([SPOT], area=box(-100, -100, 50, 200))
    assert half.bounds[2] == 50
    assert outline([]).is_empty
    assert outline([SPOT], area=box(500, 500, 600, 600)).is_empty
