"""A misspelt street is found, and a street of another town is never taken for one of ours."""

import itertools
import random
import string
from collections import defaultdict

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from helpers import lay_streets

from ipgtools import geocoder
from ipgtools.geocoder.street_matching import slips

NAMES = [
    "Boeroestraat", "Van den Boschstraat", "Beekstraat", "Beukstraat", "Esstraat", "Emmastraat",
    "Tweede Emmastraat", "Jacobus van Veenstraat", "Veenstraat", "De Bouterstraat",
    "J.J. van Deinselaan", "Wethouder Gerbertstraat", "Cort van der Lindenlaan", "Hengelosestraat",
    "Gronausevoetpad", "Mr. Troelstrastraat", "Achter 't Hofje", "Doctor Schaepmanlaan",
    "Willem Kalfstraat", "Lossersestraat", "Honhof Es", "Dikkersbos", "Oostveenweg",
]  # fmt: skip
MATCH = geocoder.StreetNames.of(NAMES)


def found(written, names=MATCH):
    """Give the street read from a text, if it is surely one."""
    place = geocoder.read_place(written.split(), names.best)
    sure = place.streets and not place.streets[0].rivals
    return place.streets[0].name if sure else None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Gonausevoetpad", "Gronausevoetpad"), ("Gronausevoepad", "Gronausevoetpad"),
        ("Boeorestraat", "Boeroestraat"), ("Oostvenweg", "Oostveenweg"),
        ("Wethuoder Gerbertstraat", "Wethouder Gerbertstraat"),
        ("Hengelose straat", "Hengelosestraat"), ("Hengelosestr.", "Hengelosestraat"),
        ("van Deinselaan", "J.J. van Deinselaan"), ("JJ v. Deinseln", "J.J. van Deinselaan"),
        ("v/d Boschstraat", "Van den Boschstraat"), ("Dr. Schaepmanln", "Doctor Schaepmanlaan"),
        ("Gerbertstraat", "Wethouder Gerbertstraat"), ("Mr. Troelstrastr", "Mr. Troelstrastraat"),
    ],
)  # fmt: skip
def test_a_name_is_found_misspelt_or_shortened(written, meant):
    """A slip in a long word, letters in the wrong order, initials and particles left out."""
    assert found(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "Dr. Schaepmanstraat", "Willem Kesstraat", "Wethouder Bergerstraat", "Lindenlaan",
        "Oude Lossersestraat", "Dikkerslaan", "Haarstraat", "Oosterstraat", "De Ruyterstraat",
        "Jan Gerbertsenstraat", "Pastoor Gerbertstraat", "A.B. van Deinselaan",
    ],
)  # fmt: skip
def test_a_street_of_another_town_is_not_taken_for_one_of_ours(written):
    """Another ending, title, initials, given name or *Oude* makes another street."""
    assert found(written) is None


def test_what_tells_streets_apart_is_the_word_between():
    """One slip of four letters is another street, whatever *straat* adds; one of twelve is none."""
    assert slips("Kernstraat", "Kerkstraat")[1] < 0.8 < slips("Gonausevoetpad", NAMES[14])[1]


def test_of_two_names_as_near_the_one_in_the_area_is_meant():
    """The report's area decides, where it can."""
    names = ["Vosbeerstraat", "Vosbeekstraat"]
    alone, near = (geocoder.StreetNames.of(names, each) for each in ([], ["Vosbeekstraat"]))
    assert alone.best("Vosbeenstraat").rivals
    assert near.best("Vosbeenstraat").name == "Vosbeekstraat"
    assert not near.best("Vosbeenstraat").rivals


def test_a_doubtful_name_says_which_streets_it_may_be():
    """The reason lists them; nothing is chosen."""
    streets = lay_streets(Vosbeerstraat=[(0, 0), (9, 0)], Vosbeekstraat=[(50, 0), (59, 0)])
    one = geocoder.geocode(["Vosbeenstraat 5"], streets).iloc[0]
    assert one.geometry is None
    assert "Vosbeekstraat of Vosbeerstraat" in one.reason


@pytest.mark.parametrize("written", ["Wteede Emmastraat", "Jafobus an Veenstraat"])
def test_a_misread_front_is_not_left_out(written):
    """What remains is another street."""
    assert found(written) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("op de hoek van de Boeroestraat", "Boeroestraat"),
        ("bij de Esstraat", "Esstraat"),
        ("op de van den Boschstraat", "Van den Boschstraat"),
        ("Achter 't Hofje 3", "Achter 't Hofje"),
        ("Mr. Troelstrastraat 5", "Mr. Troelstrastraat"),
    ],
)
def test_small_words_before_a_street_are_no_part_of_it(written, meant):
    """*Van de Boeroestraat* is not the Van den Boschstraat."""
    assert found(written) == meant


TOWN = lay_streets(
    Oostveenweg=[(0, 0), (0, 400)],
    Tulpstraat=[(-100, 100), (100, 100)],
    Madioenstraat=[(-900, 900), (-800, 900)],
    Meidoornstraat=[(-100, 300), (100, 300)],
    Dwarsweg=[(100, 0), (100, 400)],
)


def test_a_name_that_is_not_sure_may_be_one_of_those_that_meet_the_other():
    """*Medoonstraat* by itself is none; on the corner of the Oostveenweg it can be one only."""
    alone, corner = geocoder.geocode(["Medoonstrat", "Oostveenweg hoek Medoonstrat"], TOWN)[
        "geometry"
    ]
    assert (alone, corner.coords[0]) == (None, (0, 300))


def test_an_unsure_name_that_meets_nothing_is_left_out_of_a_corner():
    """The sure street stays, without a crossing; two unsure ones give no point at all."""
    sure = geocoder.geocode(["Tulpstraat hoek Madionstraat"], TOWN).iloc[0]
    assert (sure.street, sure.precision) == ("Tulpstraat", "straat")
    neither = geocoder.geocode(["Dwaarsweg hoek Madionstraat"], TOWN).iloc[0]
    assert neither.geometry is None


def test_streets_that_cross_twice_far_apart_give_no_corner():
    """Which of two crossings 200 m apart is meant, nobody said."""
    far = lay_streets(Ring=[(0, -50), (0, 50), (200, 50), (200, -50)], Singel=[(-50, 0), (300, 0)])
    one = geocoder.geocode(["Ring hoek Singel"], far).iloc[0]
    assert one.precision == "straat"
    assert "200 m" in one.reason


@pytest.mark.parametrize("apart", [0, 20, 50])
def test_the_corner_of_a_road_in_two_lanes_is_at_either(apart):
    """Two crossings as near as the lanes of a road are one corner."""
    lanes = lay_streets(Ring=[(0, -90), (0, 90)], Singel=[(-90, 0), (90, 0)])
    second = lanes[1:].translate(yoff=apart)
    streets = pd.concat([lanes, lanes[1:].set_geometry(second)], ignore_index=True)
    one = geocoder.geocode(["Ring hoek Singel"], streets).iloc[0]
    assert one.precision == "kruispunt"
    assert one.geometry.y in {0, apart}


def test_streets_that_stop_at_a_roundabout_meet_there():
    """The roundabout itself has no name; the point is on it."""
    ways = lay_streets(
        Ring=[(-90, 0), (-20, 0)], Ring_=[(20, 0), (90, 0)], Laan=[(0, 20), (0, 90)]
    ).assign(street_name=["Ring", "Ring", "Laan"])
    one = geocoder.geocode(["Rotonde Ring/Laan"], ways).iloc[0]
    assert one.precision == "kruispunt"
    assert one.geometry.distance(shapely.Point(0, 0)) < 20


def test_a_stretch_between_streets_that_do_not_both_cross_says_so():
    """The middle of the street is given for what it is."""
    one = geocoder.geocode(["Oostveenweg tussen Tulpstraat en Dwarsweg"], TOWN).iloc[0]
    assert "kruist niet beide" in one.reason


def misspelt(name, rng):
    """Drop, add, change or swap one letter, not the first."""
    letters = list(name)
    at = rng.choice([at for at, letter in enumerate(letters) if letter.isalpha() and at])
    how = rng.randrange(4)
    if how == 0:
        del letters[at]
    elif how == 1:
        letters.insert(at, rng.choice(string.ascii_lowercase))
    elif how == 2:
        letters[at] = rng.choice(string.ascii_lowercase)
    else:
        letters[at - 1], letters[at] = letters[at], letters[at - 1]
    return "".join(letters)


@pytest.fixture(scope="module")
def enschede(shared):
    """Give the named streets of Enschede by OpenStreetMap."""
    path = shared / "nl_enschede_straten_osm" / "enschede_straten_osm.gpkg"
    streets = gpd.read_file(path).rename(columns={"name": "street_name"})
    return streets[streets["street_name"].notna()]


def test_misspelt_corners_of_enschede_are_right_or_not_given(enschede):
    """Of 200 corners with a slip in either name nine in ten are found, and none elsewhere."""
    nodes = defaultdict(set)
    for name, line in zip(enschede["street_name"], enschede.geometry, strict=True):
        for node in map(tuple, shapely.get_coordinates(line)):
            nodes[node].add(name)
    corners = defaultdict(list)
    for node, names in nodes.items():
        for pair in itertools.combinations(sorted(names), 2):
            corners[pair].append(node)
    single = [pair for pair, at in corners.items() if len(at) == 1]
    rng = random.Random(11)
    asked = rng.sample(sorted(single), 200)
    texts = [f"{misspelt(one, rng)} hoek {misspelt(other, rng)}" for one, other in asked]
    located = geocoder.geocode(texts, enschede)
    at = gpd.points_from_xy(*zip(*(corners[pair][0] for pair in asked), strict=True))
    apart = shapely.distance(located.geometry.to_numpy(), at)
    corner = (located["precision"] == "kruispunt").to_numpy()
    assert (apart[corner] > 15).sum() == 0
    assert corner.mean() >= 0.9


def test_streets_of_other_towns_are_hardly_ever_found_in_enschede(shared, enschede):
    """Of some 880 names of Twente 2 % look like one of Enschede; many are that, spelled anew."""
    path = shared / "nl_twente_schoorsteenbranden" / "twente_schoorsteenbranden_2004_2020.csv"
    fires = pd.read_csv(path)
    names = fires.loc[fires["gemeente"] != "Enschede", "straat"].dropna().str.title().unique()
    here = geocoder.street_names(enschede)
    unknown = [name for name in names if (best := here.best(name)) is None or best.score < 0.95]
    located = geocoder.geocode(unknown, enschede)
    assert len(unknown) > 800
    assert located.geometry.notna().mean() < 0.025
