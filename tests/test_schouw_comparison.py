"""Two schouwen of one wijk tell what is solved, still open and new."""

import random

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

from ipgtools.errors import CrsError
from ipgtools.schouw import compare


def findings(*rows, crs=28992):
    """Make findings of (id, category, point or None, precision, street, description)."""
    names = ["finding_id", "category", "point", "location_precision", "street", "description"]
    table = pd.DataFrame([(*row, *["adres", "Laan", "iets"][len(row) - 3 :]) for row in rows])
    table = table.reindex(columns=range(len(names))).set_axis(names, axis=1)
    table["location_text"] = table["street"]
    points = [Point(point) if isinstance(point, tuple) else None for point in table.pop("point")]
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(points, crs=crs))


def outcomes(before, after, **options):
    """Give each finding's outcome, pairs joined by an equals sign."""
    table = compare(before, after, **options)
    names = table["before_id"].fillna("") + "=" + table["after_id"].fillna("")
    return dict(zip(names, table["outcome"], strict=True))


BEFORE = findings(("a", "groen", (0, 0)), ("b", "afval", (100, 0)), ("c", "groen", (200, 0)))
AFTER = findings(("x", "groen", (20, 0)), ("y", "groen", (100, 0)), ("z", "groen", (231, 0)))


def test_same_kind_within_the_distance_is_still_open():
    """20 m is near, 31 m is not; other things on the same spot are other things."""
    assert outcomes(BEFORE, AFTER) == {
        "a=x": "nog open", "b=": "opgelost", "c=": "opgelost", "=y": "nieuw", "=z": "nieuw",
    }  # fmt: skip


def test_the_distance_itself_is_near_enough():
    """Asking for 31 m brings the third together."""
    assert outcomes(BEFORE, AFTER, distance=31)["c=z"] == "nog open"


def test_the_numbers_add_up():
    """All of before is solved or open, all of after is open or new."""
    table = compare(BEFORE, AFTER)
    said, n = table.attrs, table["outcome"].value_counts()
    assert (said["n_before"], said["n_solved"] + said["n_still_open"]) == (3, 3)
    assert (said["n_after"], said["n_new"] + said["n_still_open"]) == (3, 3)
    assert (n["opgelost"], n["nog open"], n["nieuw"]) == (2, 1, 2)
    assert table["distance_m"].tolist()[0] == 20
    assert table["matched_by"].isna().sum() == 4


def test_the_nearest_pair_goes_first():
    """One of two can be the same thing; that is the nearer."""
    before = findings(("a", "groen", (0, 0)), ("b", "groen", (10, 0)))
    after = findings(("x", "groen", (12, 0)))
    assert outcomes(before, after) == {"a=": "opgelost", "b=x": "nog open"}


def test_known_up_to_the_street_the_street_decides():
    """Whether the point is the middle of the street or there is none."""
    before = findings(
        ("a", "groen", (0, 0), "straat", "Beukenlaan"), ("b", "groen", None, None, "Lindestraat")
    )
    after = findings(
        ("x", "groen", (300, 0), "adres", "Beukenlaan"),
        ("y", "groen", (0, 0), "adres", "Lindestraat"),
        ("z", "groen", (0, 0), "adres", "Esdoornpad"),
    )
    assert outcomes(before, after) == {"a=x": "nog open", "b=y": "nog open", "=z": "nieuw"}
    table = compare(before, after)
    assert table["matched_by"].tolist()[:2] == ["straat", "straat"]
    assert table["distance_m"].tolist()[0] == 300


def test_on_one_street_descriptions_that_are_alike_go_together():
    """Two hedges are told from two trees."""
    before = findings(
        ("a", "groen", None, None, "Laan", "boom staat scheef"),
        ("b", "groen", None, None, "Laan", "heg groeit over de stoep"),
    )
    after = findings(
        ("x", "groen", None, None, "Laan", "heg groeit ver over de stoep"),
        ("y", "groen", None, None, "Laan", "boom scheef"),
    )
    assert outcomes(before, after) == {"a=y": "nog open", "b=x": "nog open"}


def placed(name, category, place, words):
    """Make a finding without a point, at a place in words."""
    made = findings((name, category, None, None, place.split(" ")[0], words))
    return made.assign(location_text=place)


@pytest.mark.parametrize(("number", "outcome"), [("6", "nog open"), ("14", "nog open"), ("40", "")])
def test_a_house_number_may_move_a_little(number, outcome):
    """Ten at most: a hedge at 40 is not the one at 4."""
    found = outcomes(
        placed("a", "groen", "Laan 4", "heg over de stoep"),
        placed("x", "groen", f"Laan {number}", "heg over stoep"),
    )
    assert found.get("a=x", "") == outcome


def test_one_thing_in_other_words_is_still_open_at_its_own_address():
    """Though the words give it another category; not at another address."""
    before = placed("a", "verharding", "Laan 4", "Wortelopdruk trottoir")
    after = placed("x", "groen", "Laan 4", "Boomwortels drukken de tegels op")
    assert outcomes(before, after) == {"a=x": "nog open"}
    assert "a=x" not in outcomes(before, after.assign(location_text="Laan 6"))


def test_words_that_only_say_where_are_no_shared_thing():
    """Poep op het voetpad is not a voetpad that sank."""
    before = placed("a", "dieren", "Laan 4", "Hondenpoep op het voetpad")
    after = placed("x", "verharding", "Laan 4", "Voetpad verzakt")
    assert outcomes(before, after) == {"a=": "opgelost", "=x": "nieuw"}


def test_a_corner_is_on_both_of_its_streets():
    """Told by one of them only, it is still that corner."""
    before = placed("a", "afval", "Laan hoek Dreef", "Afval naast container")
    after = placed("x", "afval", "Dreef", "Afval bij de container")
    assert outcomes(before, after) == {"a=x": "nog open"}


def test_findings_without_a_kind_are_the_same_only_in_words_or_number():
    """*Overig* is no kind that two things share."""
    before = placed("a", "overig", "Laan", "Ziet er niet uit")
    after = placed("x", "overig", "Laan", "Bewoners missen iets")
    assert outcomes(before, after) == {"a=": "opgelost", "=x": "nieuw"}


def test_without_street_the_words_of_the_place_decide():
    """House numbers left out, as places without points are no surer than a street."""
    before = findings(("a", "groen", None)).drop(columns="street")
    after = before.assign(finding_id="x", location_text="Laan nr. 7")
    assert outcomes(before, after) == {"a=x": "nog open"}


def test_a_schouw_compared_with_itself_is_all_still_open():
    """Each finding with itself."""
    table = compare(BEFORE, BEFORE)
    assert (table["before_id"] == table["after_id"]).all()
    assert table["outcome"].eq("nog open").all()


def test_turned_round_solved_becomes_new():
    """And the pairs stay the same."""
    there, back = compare(BEFORE, AFTER).attrs, compare(AFTER, BEFORE).attrs
    assert (there["n_solved"], there["n_new"]) == (back["n_new"], back["n_solved"])


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_rows_plays_no_part(seed):
    """Many findings on few spots, shuffled."""
    dice = random.Random(seed)

    def many(mark):
        return findings(
            *[
                (f"{mark}{k}", dice.choice(["groen", "afval"]), (10 * dice.randint(0, 6), 0))
                for k in range(12)
            ]
        )

    before, after = many("a"), many("x")
    shuffled = outcomes(before.sample(frac=1, random_state=seed), after.iloc[::-1])
    assert shuffled == outcomes(before, after)


def test_an_empty_schouw_solves_or_opens_everything():
    """Nothing before: all new. Nothing after: all solved."""
    assert compare(BEFORE, AFTER.iloc[:0])["outcome"].eq("opgelost").all()
    assert compare(BEFORE.iloc[:0], AFTER)["outcome"].eq("nieuw").all()
    assert compare(BEFORE.iloc[:0], AFTER.iloc[:0]).empty


def test_nothing_given_is_changed_and_wrong_tables_are_refused():
    """Metres, one CRS, a distance, and identifiers that are unique."""
    copies = BEFORE.copy(), AFTER.copy()
    compare(BEFORE, AFTER)
    assert BEFORE.equals(copies[0])
    assert AFTER.equals(copies[1])
    with pytest.raises(CrsError):
        compare(BEFORE, AFTER.to_crs(4326))
    with pytest.raises(ValueError, match="distance"):
        compare(BEFORE, AFTER, distance=-1)
    with pytest.raises(ValueError, match="more than once"):
        compare(pd.concat([BEFORE, BEFORE]), AFTER)
