"""What is told of a hot place, counted by hand."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import box

import ipgtools as ipg
from ipgtools import Period, repeats
from ipgtools.errors import ContractError, CrsError
from ipgtools.hotspots.hot_places.hours import busy_hours
from ipgtools.hotspots.hot_places.profile import profile

AUTUMN = Period("2025-09-01", "2025-12-01")
SUMMER = AUTUMN.previous()
LAST = AUTUMN.last_year()
TWO = gpd.GeoDataFrame(geometry=[box(0, 0, 100, 100), box(300, 0, 400, 100)], crs=28992)


def incidents(*rows, first="2023-01-01") -> gpd.GeoDataFrame:
    """Make incidents of a day, a point and a kind; the file starts with one far away."""
    day, xy, kind = zip((first, (5000, 5000), "elders"), *rows, strict=True)
    x, y = zip(*xy, strict=True)
    table = {"occurred_from": pd.to_datetime(list(day)), "category_label": list(kind)}
    table["category"] = table["category_label"]
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(x, y), crs=28992)


def at(day: str, x=50, y=50, kind="inbraak"):
    return (day, (x, y), kind)


NOW = [
    at("2025-09-01", 10, 10),
    at("2025-10-02", 10, 10, "vernieling"),
    at("2025-11-30", 10, 10),
    at("2025-10-05", 60, 60),
    at("2025-12-01", 60, 60),
    at("2025-10-05", 350, 50, "diefstal"),
]
THEN = [at("2025-07-01"), at("2024-10-01"), at("2024-10-02"), at("2024-01-01", 350, 50)]


def described(*rows, places=TWO, period=AUTUMN, **options) -> pd.DataFrame:
    return profile(places, incidents(*rows), period=period, **options)


def test_incidents_are_counted_now_before_and_last_year():
    """Periods hold their start and not their end."""
    table = described(*NOW, *THEN, before=SUMMER, last_year=LAST)
    assert table["n"].tolist() == [4, 1]
    assert table["n_before"].tolist() == [1, 0]
    assert table["n_last_year"].tolist() == [2, 0]


def test_a_period_that_is_not_given_or_not_covered_has_no_number():
    """Nothing is not nought."""
    assert described(*NOW)[["n_before", "n_last_year"]].isna().all(axis=None)
    young = profile(
        TWO, incidents(*NOW, *THEN[:1], first="2025-06-15"), period=AUTUMN, before=SUMMER,
        last_year=LAST,
    )  # fmt: skip
    assert young["n_last_year"].isna().all()
    several = [at(f"2025-{month:02}-{day:02}") for month in (7, 8, 9) for day in range(1, 29)]
    late = profile(TWO, incidents(*several, first="2025-06-20"), period=AUTUMN, before=SUMMER)
    assert late["n_before"].isna().all()


def test_a_point_on_an_edge_belongs_to_the_place_that_owns_it():
    """West and south edges are a cell's own, as in the counts over cells."""
    beside = gpd.GeoDataFrame(geometry=[box(0, 0, 100, 100), box(100, 0, 200, 100)], crs=28992)
    edges = [at("2025-10-01", 100, 50), at("2025-10-01", 50, 0), at("2025-10-01", 50, 100)]
    assert described(*edges, places=beside)["n"].tolist() == [1, 1]


def test_the_commonest_kinds_come_first():
    """Three at most, with their numbers."""
    kinds = described(*NOW)["kinds"]
    assert kinds.tolist() == [(("inbraak", 3), ("vernieling", 1)), (("diefstal", 1),)]
    many = [at("2025-10-01", kind=kind) for kind in "aabbcd"]
    assert described(*many)["kinds"].iloc[0] == (("a", 2), ("b", 2), ("c", 1))


def test_kinds_may_be_named_by_the_caller():
    """By a column, or a Series on the incidents' index."""
    table = incidents(*NOW).assign(soort="overlast")
    by_column = profile(TWO, table, period=AUTUMN, kind="soort")["kinds"]
    by_series = profile(TWO, table, period=AUTUMN, kind=table["soort"][::-1])["kinds"]
    assert by_column.tolist() == by_series.tolist() == [(("overlast", 4),), (("overlast", 1),)]
    bare = table[["occurred_from", "geometry"]]
    assert profile(TWO, bare, period=AUTUMN)["kinds"].tolist() == [(), ()]


def test_a_place_of_one_kind_counts_that_kind_only():
    """One that was found for all incidents counts them all."""
    both = TWO.assign(kind=["vernieling", "all"])
    table = described(*NOW, *THEN, places=both, before=SUMMER, last_year=LAST)
    assert table["n"].tolist() == [1, 1]
    assert table["n_before"].tolist() == [0, 0]
    assert table["kinds"].tolist() == [(("vernieling", 1),), (("diefstal", 1),)]


def test_the_hours_of_a_place_of_one_kind_are_those_of_that_kind():
    """Shops are robbed on Friday evenings, and bicycles stolen at any hour."""
    rng = np.random.default_rng(1)
    fridays = pd.date_range("2025-09-05 20:00", "2025-11-29", freq="7D").repeat(3)
    evenings = fridays + pd.to_timedelta(rng.uniform(0, 120, len(fridays)), "min")
    any_hour = AUTUMN.start + pd.to_timedelta(rng.uniform(0, 91, 80), "D")
    kinds = ["winkel"] * len(evenings) + ["fiets"] * len(any_hour)
    table = incidents(*[at("2025-09-01", kind=kind) for kind in kinds]).iloc[-len(kinds) :]
    table["occurred_from"] = evenings.append(any_hour)
    for kind, found in (("winkel", "op vrijdag tussen 20 en 22 uur"), ("fiets", "")):
        place = TWO.iloc[:1].assign(kind=kind, claim="new")
        assert busy_hours(place, table, period=AUTUMN, rng=1) == [found]


def test_addresses_that_were_hit_again_are_counted():
    """Three times at one door; the other door once now, and once after."""
    table = described(*NOW)
    assert table["repeat_addresses"].tolist() == [1, 0]
    assert table["share_one_address"].tolist() == [0.75, 1.0]
    given = repeats.places(incidents(*NOW[:4], NOW[5]))
    again = described(*NOW, repeats_table=given)
    pd.testing.assert_frame_equal(again, table)


def test_a_place_without_incidents_now_has_no_share():
    """Nor kinds, nor a beginning."""
    quiet = described(*THEN)
    assert quiet["n"].tolist() == [0, 0]
    assert quiet["share_one_address"].isna().all()
    assert quiet["since"].isna().all()
    assert quiet["kinds"].tolist() == [(), ()]


def test_findings_and_their_open_actions_are_counted():
    """What is done isn't open; without a table there is no number."""
    findings = gpd.GeoDataFrame(
        {"finding_id": ["a", "b", "c", "d"]},
        geometry=[*gpd.points_from_xy([10, 20, 350], [10, 20, 50]), None],
        crs=28992,
    )
    actions = pd.DataFrame(
        {
            "finding_id": ["a", "a", "b", "c", "d", "x"],
            "status": ["toegewezen", "afgehandeld", None, "niet nodig", "toegewezen", None],
        }
    )
    table = described(*NOW, findings=findings, actions=actions)
    assert table["findings"].tolist() == [2, 1]
    assert table["open_actions"].tolist() == [2, 0]
    assert described(*NOW, findings=findings)["open_actions"].isna().all()
    assert described(*NOW)["findings"].isna().all()


# Since when.


def monthly(*months: str, n=1, x=50):
    return [at(f"{month}-{10 + day}", x) for month in months for day in range(n)]


def test_since_is_the_first_month_of_the_unbroken_run():
    """Quiet in spring, and since June something every month; a lone one in January is not it."""
    run = monthly("2025-01", "2025-06", "2025-07", "2025-08", "2025-09", "2025-10", "2025-11")
    table = described(*run)
    assert table["since"].iloc[0] == pd.Timestamp("2025-06-01")
    assert not table["since_open"].iloc[0]
    assert pd.isna(table["since"].iloc[1])


def test_one_quiet_month_doesn_t_break_a_run():
    """Two incidents in every three months are enough."""
    run = monthly("2025-03", "2025-04", "2025-06", "2025-07", "2025-09", "2025-10")
    assert described(*run)["since"].iloc[0] == pd.Timestamp("2025-03-01")


def test_a_place_that_went_quiet_has_no_since():
    """What stopped in August isn't going on."""
    assert described(*monthly("2025-06", "2025-07", "2025-08", n=5))["since"].isna().all()


def test_a_run_that_goes_back_to_the_start_may_be_longer():
    """The file doesn't reach back far enough to tell."""
    months = pd.date_range("2025-01-01", "2025-11-01", freq="MS").strftime("%Y-%m")
    table = profile(TWO, incidents(*monthly(*months), first="2025-01-02"), period=AUTUMN)
    assert table["since"].iloc[0] == pd.Timestamp("2025-01-01")
    assert table["since_open"].iloc[0]


def test_less_than_six_months_says_nothing_about_since():
    """That is no past."""
    run = monthly("2025-09", "2025-10", "2025-11", n=3)
    assert profile(TWO, incidents(*run, first="2025-07-20"), period=AUTUMN)["since"].isna().all()


# Points where incidents without an address are put.


def test_a_point_with_many_street_names_is_a_reporting_point():
    """It is no address, and isn't counted as one that was hit again."""
    rows = incidents(*[at("2025-10-01", 10, 10) for _ in range(12)], *NOW[5:])
    rows["street_name"] = [f"Straat {letter}" for letter in "abcdefghijklmn"]
    table = profile(TWO, rows, period=AUTUMN)
    assert table["reporting_point"].tolist() == [True, False]
    assert table["repeat_addresses"].tolist() == [0, 0]


def test_a_busy_address_is_no_reporting_point():
    """Forty incidents of one kind in one street are an address."""
    rows = incidents(
        *[at("2025-10-01", 10, 10) for _ in range(40)],
        *[at("2025-10-01", 1000 + place, 1000) for place in range(60)],
    ).assign(street_name="Kerkstraat")
    assert repeats.places(rows)["stacked"].any()
    table = profile(TWO, rows, period=AUTUMN)
    assert not table["reporting_point"].any()
    assert table["repeat_addresses"].tolist() == [1, 0]


# Whatever comes in.


def test_the_index_is_that_of_the_places():
    """And the tables that were given stay as they were."""
    named = TWO.set_axis(["b", "a"])
    rows = incidents(*NOW)
    before = rows.copy()
    table = profile(named, rows, period=AUTUMN)
    assert table.index.tolist() == ["b", "a"]
    pd.testing.assert_frame_equal(rows, before)


@pytest.mark.parametrize("n_rows", [0, 1])
def test_few_incidents_and_few_places_have_no_trouble(n_rows):
    """No incidents, no places, a place without a shape, no times."""
    rows = incidents(*NOW)[:n_rows]
    table = profile(TWO, rows, period=AUTUMN, before=SUMMER)
    assert table["n"].tolist() == [0, 0]
    assert profile(TWO[:0], rows, period=AUTUMN).empty
    shapeless = gpd.GeoDataFrame(geometry=[None, shapely.Polygon()], crs=28992)
    assert profile(shapeless, incidents(*NOW), period=AUTUMN)["n"].tolist() == [0, 0]
    timeless = incidents(*NOW).assign(occurred_from=pd.NaT)
    assert profile(TWO, timeless, period=AUTUMN)["since"].isna().all()


def test_other_units_and_other_shapes_are_refused():
    """In words that say what to do."""
    with pytest.raises(CrsError, match="28992"):
        profile(TWO, incidents(*NOW).to_crs(4326), period=AUTUMN)
    with pytest.raises(ContractError, match="Point"):
        profile(TWO, incidents(*NOW).set_geometry([box(0, 0, 1, 1)] * 7), period=AUTUMN)


def test_counts_over_the_cells_of_the_sample_add_up(root):
    """Every incident with a point and a time is in one cell."""
    rows, _ = ipg.read_incidents(root / "data" / "sample" / "incidenten.csv.gz")
    west, south, n, side = 257000, 470500, 12, 100
    row, column = np.divmod(np.arange(n * n), n)
    cells = shapely.box(
        west + side * column,
        south + side * row,
        west + side * (column + 1),
        south + side * (row + 1),
    )
    table = profile(gpd.GeoDataFrame(geometry=cells, crs=28992), rows, period=AUTUMN)
    x, y = rows.geometry.x, rows.geometry.y
    inside = x.between(west, west + side * n, inclusive="left")
    inside &= y.between(south, south + side * n, inclusive="left")
    assert table["n"].sum() == (inside & AUTUMN.contains(rows["occurred_from"])).sum()
