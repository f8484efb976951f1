"""What a briefing tells first, what it leaves out, and what it adds so that nobody is misled."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from ipgtools.data_quality import moved_points
from ipgtools.highlights import Comparison, Evidence, Highlight, Near, select
from ipgtools.hotspots.hot_places.largest_difference import find
from ipgtools.nl import highlights as words

BEFORE, YEAR = "in de drie maanden ervoor", "in dezelfde maanden vorig jaar"
CAR, BIKE = "Diefstal uit/vanaf motorvoertuigen", "Diefstal van brom-, snor-, fietsen"


def kinds(*rows: tuple[str, int, int, int, float, float]) -> pd.DataFrame:
    """Give kinds with counts now, before and last year, and both q-values."""
    names = ["kind", "n", "n_before", "n_last_year", "q_value", "q_last_year"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(ratio=1.0, ci_low=0.5, ci_high=2.0)


def places(*rows: dict) -> pd.DataFrame:
    usual = {
        "claim": "busy", "kind": "all", "expected": 1.0, "p_value": 0.001, "ratio": 9.0,
        "ratio_low": 5.0, "ratio_high": 15.0, "kinds": (), "when": "", "n_before": pd.NA,
    }  # fmt: skip
    table = pd.DataFrame([{**usual, "number": at + 1, **row} for at, row in enumerate(rows)])
    return table.astype({"n_before": "Int64"})


def told(**evidence) -> tuple[Highlight, ...]:
    given = {"n": 250, "when_before": BEFORE, "when_last_year": YEAR} | evidence
    return select(Evidence(**given))


HOURS = {
    "hours": "tussen 14 en 22 uur", "hours_text": "Naar schatting ...", "hours_p": 0.001,
    "hours_size": 40.0, "hours_daily": True,
}  # fmt: skip
HEAP = pd.DataFrame({"name": ["Leijdsweg", "Velveweg"], "n": [90, 8]})


def test_a_place_with_much_of_it_all_comes_before_hours_that_are_the_same_every_day():
    found = told(**HOURS, busiest=HEAP, places_tested=True)
    assert [one.subject for one in found] == ["list", "hours"]
    assert "Leijdsweg (90 van de 250, 36%)" in found[0].text


def test_hours_of_some_days_come_first():
    found = told(**{**HOURS, "hours_daily": False}, busiest=HEAP, places_tested=True)
    assert [one.subject for one in found] == ["hours", "list"]


def test_a_list_that_was_not_held_against_streets_does_not_say_that_none_stands_out():
    found = told(busiest=HEAP, places_tested=True, baseline="none")
    assert "springt eruit boven" not in found[1].text
    assert words.NONE_NEW in found[1].text


def test_a_place_with_one_or_two_incidents_is_not_told():
    assert [one.subject for one in told(busiest=HEAP.assign(n=[2, 1]))] == ["nothing"]


@pytest.mark.parametrize(("n", "tested", "text"), [(12, True, "Met 12 "), (99, False, "Met deze ")])
def test_nothing_told_says_why(n, tested, text):
    (one,) = told(n=n, anything_tested=tested)
    assert one.text.startswith(text)


@pytest.mark.parametrize(
    ("n", "before", "year", "caution"),
    [(36, 84, 26, True), (36, 84, 90, False), (54, 29, 62, True), (54, 29, 20, False)],
)
def test_a_change_that_is_none_against_last_year_says_so(n, before, year, caution):
    (one,) = told(kinds=kinds((BIKE, n, before, year, 0.01, 0.4)))
    assert ("het seizoen kan meespelen" in one.text) == caution
    (total,) = told(
        n=n, total_before=Comparison(n, before, BEFORE, 0.01),
        total_last_year=Comparison(n, year, YEAR, 0.4),
    )  # fmt: skip
    assert ("het seizoen kan meespelen" in total.text) == caution


def differing(**of: tuple[str, int, int]) -> pd.DataFrame:
    rows = [(kind, "previous", *row) for kind, row in of.items()]
    return pd.DataFrame(rows, columns=["kind", "earlier", "name", "n", "n_before"])


def test_a_fall_is_told_with_its_place():
    table = differing(**{BIKE: ("Leijdsweg", 4, 51)})
    (one,) = told(kinds=kinds((BIKE, 36, 84, 90, 0.01, 0.4)), differing=table)
    assert "daalde van 84 in de drie maanden ervoor naar 36" in one.text
    assert "vooral rond Leijdsweg (van 51 naar 4)" in one.text


def test_a_place_of_a_change_with_a_withheld_number_has_none():
    table = differing(**{BIKE: ("Leijdsweg", 4, 51)}).astype({"n": "Int64"})
    table.loc[0, "n"] = pd.NA
    (one,) = told(kinds=kinds((BIKE, 36, 84, 90, 0.01, 0.4)), differing=table)
    assert "vooral rond Leijdsweg. Dat" in one.text


def test_the_place_of_a_kind_is_not_told_again_for_the_total():
    table = differing(**{"Totaal": ("Velveweg", 9, 60), BIKE: ("Leijdsweg", 4, 51)})
    found = told(
        kinds=kinds((BIKE, 36, 84, 90, 0.01, 0.4)), differing=table, total_name="Totaal",
        total_before=Comparison(250, 400, BEFORE, 0.001),
    )  # fmt: skip
    total = next(one for one in found if one.subject == "total")
    assert "vooral" not in total.text


def test_lasting_places_are_told_with_what_happens_there_but_for_small_and_fallen_ones():
    table = places(
        {"name": "Leijdsweg", "n": 40, "kinds": ((CAR, 30), (BIKE, 6))},
        {"name": "Velveweg", "n": 7, "n_before": 52},
        {"name": "Oostveenweg", "n": 4},
    )
    (one,) = told(places=table, baseline="streets", months=24)
    assert "Leijdsweg (40, vooral autokraak)" in one.text
    assert "Velveweg" not in one.text
    assert "Oostveenweg" not in one.text


def test_a_small_lasting_place_is_told_where_it_is_the_only_one():
    (one,) = told(places=places({"name": "Oostveenweg", "n": 4}), baseline="streets", months=24)
    assert "Oostveenweg (4)" in one.text


@pytest.mark.parametrize("elsewhere", [True, False])
def test_near_repeats_of_the_town_take_no_line_of_a_wijk_without_any(elsewhere):
    near = Near("Na een ...", proven=True, p_value=0.001, size=20.0, elsewhere=elsewhere)
    assert ("near" in [one.subject for one in told(near=near)]) != elsewhere


# where a change is


def points(*at: tuple[float, float, int]) -> gpd.GeoDataFrame:
    x, y = (np.repeat([one[axis] for one in at], [one[2] for one in at]) for axis in (0, 1))
    return gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y), crs=28992)


def test_the_place_of_a_rise_holds_most_of_it():
    even = [(500.0 * at, 0.0, 3) for at in range(10)]
    found = find(points(*even, (2000, 2000, 20)), points(*even, (2000, 2000, 2)))
    assert (found.n, found.n_before) == (20, 2)


def test_an_even_change_has_no_place_even_if_one_corner_holds_much_of_everything():
    """Half of all is at one corner, and half of the fall too: that tells nothing."""
    before = [(500.0 * at, 0.0, 4) for at in range(10)]
    now = [(x, y, n // 2) for x, y, n in before]
    heap, less = (0.0, 5000.0, 40), (0.0, 5000.0, 20)
    assert find(points(*now, less), points(*before, heap)) is None


# points that move


def test_exact_points_never_move():
    dice = np.random.default_rng(1)
    when = pd.date_range("2024-01-01", "2025-12-01", periods=4000)
    x, y = dice.uniform(0, 5000, (2, 4000))
    rows = gpd.GeoDataFrame({"occurred_from": when}, geometry=gpd.points_from_xy(x, y), crs=28992)
    assert moved_points(rows) is None


def test_a_wijk_that_empties_for_a_month_is_no_move():
    """The points of before come back: nothing was renewed."""
    dice = np.random.default_rng(2)
    when = pd.date_range("2024-01-01", "2025-12-01", periods=4000)
    at = dice.integers(0, 80, 4000) + np.where(when.strftime("%Y-%m") == "2025-03", 500, 0)
    rows = gpd.GeoDataFrame({"occurred_from": when}, geometry=gpd.points_from_xy(at, at), crs=28992)
    assert moved_points(rows) is None


def test_police_uk_moved_its_points_in_july_2022(shared):
    import ipgtools as ipg

    folder = shared / "uk_nottingham_burglary_2022"
    table, _ = ipg.read_incidents(folder / "nottingham_burglary.csv.gz", work_crs="EPSG:27700")
    assert str(moved_points(table))[:10] == "2022-07-01"
