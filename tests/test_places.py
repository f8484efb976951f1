"""Hot places: what is found, what is not, and what is said of it."""

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from helpers import incidents

import ipgtools as ipg
from ipgtools import Period, hotspots
from ipgtools.hotspots.hot_places import baseline, busiest, engine, expectation, region, zones

NOW = Period("2025-09-01", "2025-12-01")
START, END = pd.Timestamp("2023-09-01"), pd.Timestamp("2025-12-01")
SIDE = 2000.0
WIJK = gpd.GeoDataFrame(
    {"area_name": ["Wijk"]}, geometry=[shapely.box(0, 0, SIDE, SIDE)], crs=28992
)


def town(rng, n=2250, low=-300.0, high=SIDE + 300.0):
    """Spread incidents evenly over a town and two years and a quarter."""
    x, y = rng.uniform(low, high, (2, n))
    when = START + pd.to_timedelta(rng.uniform(0, (END - START).days, n), unit="D")
    return incidents(x, y, when)


def at(x, y, n, start=START, end=END, spread=0.0, rng=None):
    """Put incidents on one spot, evenly over a time."""
    rng = rng or np.random.default_rng(0)
    when = start + pd.to_timedelta(np.linspace(0, (end - start).days - 0.02, n), unit="D")
    return incidents(x + spread * rng.normal(size=n), y + spread * rng.normal(size=n), when)


def homes(rng, n=4000):
    return gpd.GeoDataFrame(
        geometry=gpd.points_from_xy(*rng.uniform(-300, SIDE + 300, (2, n))), crs=28992
    )


def grid_streets():
    """Lay a street every 100 m, from west to east and from south to north."""
    lines, names = [], []
    for at_ in np.arange(-250, SIDE + 300, 100):
        lines += [shapely.LineString([(-300, at_), (SIDE + 300, at_)])]
        lines += [shapely.LineString([(at_, -300), (at_, SIDE + 300)])]
        names += [f"Oostweg {_letters(at_)}", f"Noordlaan {_letters(at_)}"]
    return gpd.GeoDataFrame(
        {"street_id": [str(i) for i in range(len(lines))], "street_name": names, "kind": "x"},
        geometry=lines, crs=28992,
    )  # fmt: skip


def _letters(number):
    code = int(number + 300) // 100
    return chr(65 + code // 26) + chr(65 + code % 26)


def find(*tables, **options):
    options = {"period": NOW, "rng": 1} | options
    together = pd.concat(tables, ignore_index=True)
    return hotspots.places(gpd.GeoDataFrame(together, crs=28992), WIJK, **options)


def holds(table, x, y):
    return table[table.geometry.buffer(1).contains(shapely.Point(x, y))]


# what is found


def test_an_address_with_a_lasting_heap_is_busy_and_no_cluster():
    rng = np.random.default_rng(1)
    found = find(town(rng), at(455, 455, 90), addresses=homes(rng))
    assert found["claim"].tolist() == ["busy"]
    assert len(holds(found, 455, 455)) == 1
    assert found["share_one_address"].iloc[0] > 0.7


def test_a_place_of_this_period_only_is_new_and_told_with_its_own_counts():
    rng = np.random.default_rng(2)
    heap = at(455, 455, 30, start=NOW.start, spread=30, rng=rng)
    found = find(town(rng), heap, addresses=homes(rng))
    first = holds(found, 455, 455).iloc[0]
    assert first["claim"] == "new"
    inside = pd.concat([town(np.random.default_rng(2)), heap])
    assert first["n"] >= 25
    assert first["n_before"] <= 5
    assert first["n"] <= NOW.contains(inside["occurred_from"]).sum()


def test_a_place_astride_the_border_is_found_and_named_once_by_each_side():
    """Half of it lies outside; its own half would not stand out."""
    rng = np.random.default_rng(3)
    both = at(SIDE, 1000, 60, start=NOW.start, spread=60, rng=rng)
    found = find(town(rng), both, addresses=homes(rng))
    assert "new" in found["claim"].tolist()
    assert found["n"].max() >= 30


def test_a_stretch_of_one_street_is_a_cluster_named_by_that_street():
    rng = np.random.default_rng(4)
    x = rng.uniform(500, 1000, 250)
    when = START + pd.to_timedelta(rng.uniform(0, (END - START).days, 250), unit="D")
    line = incidents(x, np.full(250, 750.0) + rng.normal(size=250), when)
    found = find(town(rng), line, streets=grid_streets(), addresses=homes(rng))
    assert len(holds(found, 750, 750))
    assert holds(found, 750, 750)["name"].str.contains("Oostweg").all()


def test_one_kind_that_drowns_among_all_is_found_as_that_kind():
    rng = np.random.default_rng(5)
    many = town(rng, 12000).assign(kind="rest")
    many.loc[::9, "kind"] = "fiets"
    heap = at(1055, 1055, 45, spread=15, rng=rng).assign(kind="fiets")
    found = find(many, heap, addresses=homes(rng), kind="kind")
    hit = holds(found, 1055, 1055)
    assert hit["kind"].tolist() == ["fiets"]
    without = find(many, heap, addresses=homes(rng))
    assert holds(without, 1055, 1055).empty


# what is not


def test_flats_stand_out_above_street_length_and_not_above_addresses():
    rng = np.random.default_rng(6)
    dwellings = pd.concat(
        [homes(rng), gpd.GeoDataFrame(geometry=[shapely.Point(455, 455)] * 80, crs=28992)]
    )
    flats = at(455, 455, 55)
    by_streets = find(town(rng, 1500), flats, streets=grid_streets())
    by_addresses = find(
        town(rng, 1500), flats, streets=grid_streets(),
        addresses=gpd.GeoDataFrame(dwellings, crs=28992),
    )  # fmt: skip
    assert len(holds(by_streets, 455, 455)) == 1
    assert by_streets.attrs["method"]["baseline"] == "streets"
    assert holds(by_addresses, 455, 455).empty
    assert by_addresses.attrs["method"]["baseline"] == "addresses"


def test_a_lasting_place_that_is_over_is_not_told():
    rng = np.random.default_rng(7)
    over = at(455, 455, 90, end=NOW.start)
    assert holds(find(town(rng), over, addresses=homes(rng)), 455, 455).empty


def test_what_happens_far_from_the_wijk_changes_nothing():
    rng = np.random.default_rng(8)
    here, dwellings = town(rng), homes(rng)
    far = at(9000, 9000, 500)
    one, other = find(here, addresses=dwellings), find(here, far, addresses=dwellings)
    pd.testing.assert_frame_equal(pd.DataFrame(one), pd.DataFrame(other))


def test_the_order_of_rows_changes_nothing():
    rng = np.random.default_rng(9)
    here, heap, dwellings = town(rng), at(455, 455, 90), homes(rng)
    one = find(here, heap, addresses=dwellings)
    other = find(heap, here.sample(frac=1, random_state=1), addresses=dwellings)
    assert one["place_id"].tolist() == other["place_id"].tolist()
    assert one["n"].tolist() == other["n"].tolist()


# less, and why


def codes(table):
    return [warning["code"] for warning in table.attrs["warnings"]]


def test_without_streets_and_addresses_an_even_spread_is_taken_and_said():
    rng = np.random.default_rng(10)
    tables = town(rng), at(455, 455, 90), at(1555, 1555, 40, start=NOW.start)
    found = find(*tables)
    assert codes(found) == ["flat_baseline"]
    assert found.attrs["method"]["baseline"] == "flat"
    assert set(found["claim"]) == {"new", "busy"}
    assert found["name"].tolist() == ["plek 1 in het noordoosten", "plek 2 in het zuidwesten"]


def test_without_any_baseline_only_new_places_are_tested():
    rng = np.random.default_rng(10)
    tables = town(rng), at(455, 455, 90), at(1555, 1555, 40, start=NOW.start)
    found = find(*tables, baseline="none")
    assert set(found["claim"]) == {"new"}
    assert codes(found) == ["no_baseline"]


def test_without_a_past_nothing_is_new():
    rng = np.random.default_rng(11)
    now = town(rng)
    now = now[NOW.contains(now["occurred_from"])]
    found = find(now, at(455, 455, 40, start=NOW.start), addresses=homes(rng))
    assert "new" not in found["claim"].tolist()
    assert codes(found) == ["short_history"]


@pytest.mark.parametrize("n", [0, 1, 59])
def test_too_few_incidents_give_no_claim_and_say_so(n):
    rng = np.random.default_rng(12)
    few = at(455, 455, n, start=NOW.start) if n else town(rng).iloc[:0]
    found = find(few, addresses=homes(rng))
    assert found.empty
    assert "few_incidents" in codes(found)


def test_all_on_one_spot_is_one_place():
    found = find(at(455, 455, 900), addresses=homes(np.random.default_rng(13)))
    assert len(found) == 1


def test_a_wijk_of_two_parts_and_times_that_are_missing_are_taken():
    rng = np.random.default_rng(14)
    parts = gpd.GeoDataFrame(
        {"area_name": ["a", "b"]},
        geometry=[shapely.box(0, 0, 800, 800), shapely.box(5000, 0, 5800, 800)], crs=28992,
    )  # fmt: skip
    east = town(rng, 900, 0, 800)
    east.geometry = east.geometry.translate(5000, 0)
    both = pd.concat([town(rng, 900, 0, 800), east, at(5455, 455, 90)], ignore_index=True)
    both.loc[::10, "occurred_from"] = pd.NaT
    found = hotspots.places(
        gpd.GeoDataFrame(both, crs=28992), parts, period=NOW, addresses=homes(rng), rng=1,
        baseline="none",
    )  # fmt: skip
    assert isinstance(found, gpd.GeoDataFrame)


def test_a_baseline_that_is_not_given_is_refused():
    with pytest.raises(ValueError, match="no `addresses` are given"):
        find(town(np.random.default_rng(15)), baseline="addresses")
    with pytest.raises(ValueError, match="expected one of auto"):
        find(town(np.random.default_rng(15)), baseline="people")


# the parts


def test_the_baseline_of_streets_is_their_length_in_each_cell():
    """A street of 100 m in one cell, and one of 150 m over two."""
    lines = [[(10, 250), (60, 250), (60, 300)], [(710, 250), (860, 250)]]
    streets = gpd.GeoDataFrame(geometry=[shapely.LineString(one) for one in lines], crs=28992)
    laid = region.lay_lattice(WIJK)
    metres = baseline.per_cell_streets(streets, laid).ravel()
    at_ = laid.grid.locate(np.array([50, 50, 750, 850]), np.array([250, 350, 250, 250]))
    assert metres[at_].round(6).tolist() == [100, 0, 90, 60]
    assert metres.sum() == pytest.approx(250)


def test_zones_share_their_cells_and_stay_in_the_region():
    whole = np.ones((7, 7), dtype=bool)
    whole[:, 6] = False
    inside = np.zeros((7, 7), dtype=bool)
    inside[3, 3] = inside[3, 5] = True
    found = zones.discs(inside, whole, (0.0, 1.0, 1.42))
    sizes = [len(found.cells(zone)) for zone in range(found.n_zones)]
    assert sizes == [1, 5, 9, 1, 4, 6]
    assert found.cells(0).tolist() == [24]
    assert not {int(cell) % 7 for cell in found.member} & {6}


def test_an_address_beside_flats_is_no_cluster():
    """The flats hold more, as many as they should: it is the address that is left out."""
    from ipgtools.hotspots.hot_places import _kernel

    counts, mean = np.array([20.0, 15.0, 2.0]), np.array([20.0, 2.0, 2.0])
    zone = [np.array(each) for each in ([0], [3], [0, 1, 2])]
    whole = _kernel.scores(counts, mean, *zone, leave=False, only_highest=False)
    left = _kernel.scores(counts, mean, *zone, leave=True, only_highest=False)
    assert whole[0] > 0
    assert left[0] == 0


def test_lines_hold_their_shorter_lines_and_all_cells_they_run_through():
    whole = np.ones((9, 9), dtype=bool)
    inside = np.zeros((9, 9), dtype=bool)
    inside[4, 4] = True
    found = zones.straight_lines(inside, whole, (3, 5))
    cells = [found.cells(zone) for zone in range(found.n_zones)]
    assert len(cells) == 20
    for short, long in zip(cells[::2], cells[1::2], strict=True):
        assert set(short) < set(long)
        assert len(zones.touching(long, 9)) == 1
    assert sorted(cells[0]) == [39, 40, 41]
    assert sorted(cells[1]) == [38, 39, 40, 41, 42]
    slanting = [(3, 2), (4, 3), (4, 4), (4, 5), (5, 6)]
    assert sorted(cells[3]) == sorted(9 * row + column for row, column in slanting)


def test_what_varies_more_than_chance_has_a_dispersion_above_one():
    rng = np.random.default_rng(16)
    steps = rng.poisson(1, (8, 20, 20)) * 2
    assert 1.7 < expectation.dispersion(steps, np.ones((20, 20), dtype=bool)) < 2.3


def test_the_expectation_by_addresses_follows_them():
    rng = np.random.default_rng(17)
    lived = rng.uniform(0, 10, (30, 30))
    expected = expectation.local(lived * 2, lived, np.ones((30, 30), dtype=bool))
    np.testing.assert_allclose(expected, lived * 2)


def test_a_place_is_found_by_the_engine_with_what_was_counted_there():
    rng = np.random.default_rng(18)
    inside = np.zeros((26, 26), dtype=bool)
    inside[3:23, 3:23] = True
    lattice = engine.Lattice(inside, np.ones((26, 26), dtype=bool))
    now, history = rng.poisson(0.6, (26, 26)), rng.poisson(0.6, (8, 26, 26))
    now[10, 10] += 15
    found = engine.find(now, history, np.ones((26, 26)), lattice, claims=["new"], rng=rng)
    assert found[0].n == now.ravel()[found[0].cells].sum()
    assert 10 * 26 + 10 in found[0].cells


# the list


def test_the_list_weighs_old_incidents_less_and_claims_nothing():
    rng = np.random.default_rng(19)
    old = at(455, 455, 60, start=START, end=pd.Timestamp("2024-03-01"), spread=5, rng=rng)
    late = at(1455, 1455, 30, start=NOW.start, spread=5, rng=rng)
    listed = hotspots.busiest(
        gpd.GeoDataFrame(pd.concat([town(rng, 300), old, late]), crs=28992), WIJK, period=NOW,
        half_life=6,
    )  # fmt: skip
    assert listed["claim"].isna().all()
    assert len(holds(listed.iloc[:1], 1455, 1455)) == 1
    assert listed["n"].is_monotonic_decreasing


def test_nothing_after_the_period_counts_in_the_list():
    rng = np.random.default_rng(20)
    later = at(455, 455, 200, start=NOW.end, end=NOW.end + pd.Timedelta(days=60))
    here = town(rng)
    one = hotspots.busiest(here, WIJK, period=NOW)
    other = hotspots.busiest(
        gpd.GeoDataFrame(pd.concat([here, later]), crs=28992), WIJK, period=NOW
    )
    assert one["n"].tolist() == other["n"].tolist()


@pytest.mark.parametrize(
    ("step", "exact"), [(0, True), (10, True), (25, False), (100, False)], ids=str
)
def test_points_rounded_to_25_metres_or_more_are_not_exact(step, exact):
    xy = np.random.default_rng(23).uniform(0, SIDE, (400, 2))
    xy = xy if not step else np.round(xy / step) * step
    assert busiest.exact(incidents(*xy.T, [NOW.start] * len(xy))) == exact


@pytest.mark.parametrize(("side", "cell_size"), [(SIDE, 50.0), (4_100.0, 100.0)])
def test_cells_of_the_list_are_fine_where_the_area_is_small(side, cell_size):
    """At most 6,000 cells of 50 m: 15 square kilometres."""
    area = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, side, side)], crs=28992)
    listed = hotspots.busiest(town(np.random.default_rng(24), 400), area, period=NOW)
    assert listed.attrs["method"]["cell_size"] == cell_size


def test_the_kernel_of_a_single_count_is_quartic():
    """Of radius 3: (1 - d^2 / 9)^2 by the distance d in cells."""
    counts = np.zeros((9, 9))
    counts[4, 4] = 1.0
    smooth = expectation.quartic(counts, np.ones((9, 9), dtype=bool), 3.0)
    expected = [1, (8 / 9) ** 2, (5 / 9) ** 2, 0]
    assert smooth[4, 4:8] / smooth[4, 4] == pytest.approx(expected, abs=1e-9)


def test_a_town_that_stays_the_same_asks_for_a_long_memory_and_a_moving_one_for_a_short():
    rng = np.random.default_rng(21)
    places = rng.uniform(0, SIDE, (40, 2))
    n = 6000
    when = START + pd.to_timedelta(rng.uniform(0, (END - START).days, n), unit="D")
    fixed = places[rng.integers(0, 40, n)] + rng.normal(size=(n, 2)) * 10
    stays = incidents(*fixed.T, when)
    month = np.asarray((when - START).days // 30)
    moving = rng.uniform(0, SIDE, (60, 2))[np.clip(month // 3, 0, 59)]
    moves = incidents(*(moving + rng.normal(size=(n, 2)) * 150).T, when)
    period = Period("2025-11-01", "2025-12-01")
    long = hotspots.half_life(stays, WIJK, period=period)
    short = hotspots.half_life(moves, WIJK, period=period)
    assert long is not None
    assert short is not None
    assert short < long


def test_a_short_past_gives_no_half_life():
    rng = np.random.default_rng(22)
    late = town(rng)
    late = late[late["occurred_from"] >= "2025-08-01"]
    assert hotspots.half_life(late, WIJK, period=NOW) is None


# the sample town: its truth and nothing else


@pytest.fixture(scope="module")
def sample(root: Path):
    folder = root / "data/sample"
    return {
        "incidents": ipg.read_incidents(folder / "incidenten.csv.gz")[0],
        "areas": ipg.read_areas(folder / "buurten.geojson")[0],
        "streets": ipg.read_streets(folder / "straten.geojson")[0],
        "addresses": ipg.read_addresses(folder / "adressen.csv.gz")[0],
        "truth": json.loads((folder / "waarheid.json").read_text(encoding="utf-8")),
    }


def planted(place):
    if place["shape"] == "line":
        return shapely.LineString(place["line"]).buffer(60)
    return shapely.Point(place["x"], place["y"]).buffer(max(place["radius_m"], 20))


def quarter(sample, wijk, start, end):
    """Give the planted places that were found in a wijk and quarter, and what else was."""
    from ipgtools import codes

    rows = sample["incidents"]
    label = {code: codes.label(codes.class_of(code)) for code in rows["category"].unique()}
    areas = sample["areas"]
    found = hotspots.places(
        rows, areas[areas["parent_code"] == wijk], period=Period(start, end),
        streets=sample["streets"], addresses=sample["addresses"],
        kind=rows["category"].map(label), rng=1,
    )  # fmt: skip
    truth = sample["truth"]
    nature = [
        shapely.Point(cell["x"], cell["y"]).buffer(80) for cell in truth["busy_by_nature"]["cells"]
    ]
    hit, new, false = set(), set(), []
    for row in found.itertuples():
        shape = row.geometry.buffer(10)
        names = {p["name"] for p in truth["hot_places"] if planted(p).intersects(shape)}
        hit |= names
        if row.claim == "new":
            new |= names
        if not names and not any(shape.intersects(cell) for cell in nature):
            false.append((row.claim, row.name))
    return hit, new, false


def check_quarters(sample, chosen):
    missed, n_false = [], 0
    for one in chosen:
        hit, new, false = quarter(sample, one["wijk"], one["start"], one["end"])
        missed += [(one["wijk"], one["start"], name) for name in {*one["lasting"]} - hit]
        missed += [(one["wijk"], one["start"], name) for name in {*one["new_or_rising"]} - new]
        n_false += len(false)
    return missed, n_false


def test_the_sample_town_tells_its_truth_and_nothing_else(sample):
    """The last quarter of wijken with planted places, and of one with nothing."""
    wijken = ("WK015301", "WK015302", "WK015304", "WK015305", "WK015308")
    chosen = [
        one
        for one in sample["truth"]["wijk_quarters"]
        if one["start"] == "2025-09-01" and one["wijk"] in wijken
    ]
    assert len(chosen) == len(wijken)
    assert check_quarters(sample, chosen) == ([], 0)


@pytest.mark.calibrate
def test_the_sample_town_tells_its_truth_in_every_wijk_and_quarter(sample):
    chosen = [o for o in sample["truth"]["wijk_quarters"] if o["start"] >= "2024-12-01"]
    missed, n_false = check_quarters(sample, chosen)
    assert missed == []
    assert n_false <= 0.05 * len(chosen)  # no more than the level of the test lets pass
