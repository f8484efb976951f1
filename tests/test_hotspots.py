"""Hotspots: counts that add up, densities and scores that equal other people's."""

import json
import math
from itertools import combinations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from helpers import lattice, points
from scipy import ndimage, stats

from ipgtools import hotspots
from ipgtools.errors import ContractError, CrsError
from ipgtools.grid import Grid
from ipgtools.hotspots import getis_ord, permutation
from ipgtools.hotspots.lattice import disc_sums
from ipgtools.inference import benjamini_hochberg, compare_counts

# count


def test_counts_over_cells_equal_the_incidents_inside():
    xy = np.random.default_rng(1).integers(-5, 105, (2000, 2)) * 10
    grid = Grid.covering((0, 0, 1000, 1000))
    cells = hotspots.count(points(xy), grid)
    inside = ((xy >= 0) & (xy < 1000)).all(axis=1).sum()
    assert cells["n"].sum() == inside == cells.attrs["n_used"]
    assert cells.attrs["n_outside"] == 2000 - inside
    assert cells["n"].dtype == "int64"
    assert len(cells) == 100


def test_counts_equal_those_of_a_histogram():
    xy = np.random.default_rng(2).uniform(0, 1000, (3000, 2))
    cells = hotspots.count(points(xy), Grid.covering((0, 0, 1000, 1000)))
    expected, *_ = np.histogram2d(xy[:, 1], xy[:, 0], bins=10, range=[(0, 1000), (0, 1000)])
    np.testing.assert_array_equal(cells["n"].to_numpy().reshape(10, 10), expected)


def test_weights_are_added_up():
    incidents = points([(5, 5), (6, 6), (150, 5)], harm=[2.5, 1.0, 4.0])
    grid = Grid.covering((0, 0, 200, 100))
    assert hotspots.count(incidents, grid, weights="harm")["n"].tolist() == [3.5, 4]
    assert hotspots.count(incidents, grid, weights=[1, 1, 0])["n"].tolist() == [2, 0]


@pytest.mark.parametrize("weights", ["nothing", [1, -1], [1, np.nan]])
def test_weights_that_are_none_are_refused(weights):
    with pytest.raises(ContractError, match="can't be weighted"):
        hotspots.count(points([(5, 5), (6, 6)]), Grid.covering((0, 0, 9, 9)), weights=weights)


def test_incidents_without_a_place_are_reported():
    incidents = points([(5, 5), (6, 6)])
    incidents.loc[1, "geometry"] = None
    cells = hotspots.count(incidents, Grid.covering((0, 0, 100, 100)))
    assert cells.attrs["n_without_geometry"] == 1
    assert cells["n"].tolist() == [1]


def test_results_can_be_written_as_json():
    grid = Grid.covering((0, 0, 500, 500))
    incidents = points([(5, 5), (6, 6), (330, 220)])
    cells = hotspots.count(incidents, grid)
    for table in (
        cells,
        hotspots.gi_star(cells),
        hotspots.density(incidents, grid),
        hotspots.change(incidents, incidents, grid),
    ):
        assert json.loads(json.dumps(table.attrs))["grid"]["cell_size"] == 100


def test_another_crs_is_refused():
    with pytest.raises(CrsError, match="`incidents` is in EPSG:25832"):
        hotspots.count(points([(5, 5)], crs=25832), Grid.covering((0, 0, 9, 9)))


# Gi*


def test_scores_of_the_six_points_that_everyone_uses():
    """The values printed in esda's documentation for a distance band of 15."""
    table = points(
        [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)], n=[2, 3, 3.2, 5, 8, 7]
    )
    expected = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    found = hotspots.gi_star(table, radius=15)["gi_star"]
    np.testing.assert_allclose(found, expected, atol=5e-9)


def test_scores_of_columbus_equal_those_of_spdep(shared):
    folder = shared / "ref_lattice_pysal"
    expected = json.loads((folder / "expected_spdep.json").read_text())["columbus"]
    table = gpd.read_file(folder / "lattice.gpkg", layer="columbus").set_crs(
        28992, allow_override=True
    )
    found = hotspots.gi_star(table, column="CRIME", neighbours="touching")["gi_star"]
    np.testing.assert_allclose(found[:5], expected["gistar_first5"], atol=5e-9)
    assert found.max() == pytest.approx(expected["gistar_max"], abs=5e-9)
    assert found.min() == pytest.approx(expected["gistar_min"], abs=5e-9)


def test_the_centre_of_enschede_is_the_hotspot_of_its_crime(shared):
    expected = json.loads((shared / "ref_lattice_pysal" / "expected_spdep.json").read_text())
    crimes = pd.read_csv(
        shared / "nl_enschede_misdrijven_2023" / "enschede_misdrijven_2023_per_buurt.csv"
    ).set_index("buurtcode")
    path = shared / "nl_twente_buurten_2021" / "enschede_buurten_2021_wgs84.geojson"
    table = gpd.read_file(path).to_crs(28992)
    code = next(name for name in table if table[name].astype(str).eq("BU01530004").any())
    table = table.set_index(code)
    table["n"] = crimes["misdrijven_2023"].reindex(table.index)
    found = hotspots.gi_star(table, neighbours="touching")["gi_star"].nlargest(5)
    top = dict(expected["enschede_crime_2023"]["gistar_top5"])
    assert found.index.tolist() == list(top)
    np.testing.assert_allclose(found, list(top.values()), atol=5e-9)


@pytest.mark.filterwarnings("ignore:The weights matrix")
@pytest.mark.parametrize("radius", [0.0, 100.0, 100 * math.sqrt(2), 250.0, 600.0])
def test_scores_on_a_grid_equal_esda(radius):
    esda = pytest.importorskip("esda")
    libpysal = pytest.importorskip("libpysal")
    cells = lattice(np.random.default_rng(3).poisson(3, (14, 11)))
    cells = cells[np.random.default_rng(4).random(len(cells)) < 0.8]
    centres = np.column_stack([cells.centroid.x, cells.centroid.y])
    near = np.linalg.norm(centres[:, None] - centres, axis=2) <= radius + 1e-6
    np.fill_diagonal(near, False)
    weights = libpysal.weights.W(
        {i: np.flatnonzero(row).tolist() for i, row in enumerate(near)}, silence_warnings=True
    )
    expected = esda.G_Local(
        cells["n"].to_numpy(), weights, transform="B", star=True, permutations=0,
        island_weight=0,
    )  # fmt: skip
    found = hotspots.gi_star(cells, radius=radius)["gi_star"]
    np.testing.assert_allclose(found, expected.Zs, rtol=1e-9, atol=1e-9)


def test_the_grid_path_and_the_general_path_agree():
    """The same cells as points take the general path."""
    table = np.random.default_rng(5).gamma(2, 3, (20, 15))
    cells = lattice(table)
    centres = cells.set_geometry(cells.centroid)
    for radius in (100, 141.5, 333):
        on_grid = hotspots.gi_star(cells, radius=radius)
        general = hotspots.gi_star(centres, radius=radius)
        np.testing.assert_allclose(on_grid["gi_star"], general["gi_star"], atol=1e-9)
        np.testing.assert_allclose(on_grid["p_permutation"], general["p_permutation"], rtol=1e-6)


def test_the_default_radius_takes_the_eight_cells_around():
    table = hotspots.gi_star(lattice(np.eye(5, dtype=int)))
    wider = hotspots.gi_star(lattice(np.eye(5, dtype=int)), radius=150)
    assert table.attrs["method"]["radius"] == pytest.approx(100 * math.sqrt(2))
    pd.testing.assert_series_equal(table["gi_star"], wider["gi_star"])


def test_areas_by_default_all_have_a_neighbour():
    table = gpd.GeoDataFrame(
        {"n": [1, 5, 2]},
        geometry=[shapely.Point(x, 0).buffer(r) for x, r in ((0, 9), (50, 5), (300, 20))],
        crs=28992,
    )
    assert hotspots.gi_star(table).attrs["method"]["radius"] == pytest.approx(250)


def test_disc_sums_are_a_convolution():
    table = np.random.default_rng(6).integers(0, 50, (13, 17))
    for reach in (0, 1, 1.5, 3, 5, 40):
        steps = np.arange(-int(reach), int(reach) + 1)
        disc = (steps[:, None] ** 2 + steps**2 <= reach**2).astype(int)
        expected = ndimage.convolve(table, disc, mode="constant")
        np.testing.assert_array_equal(disc_sums(table, reach), expected)


def test_p_is_two_sided_and_q_is_its_correction():
    cells = hotspots.gi_star(lattice(np.random.default_rng(7).poisson(4, (20, 20))))
    np.testing.assert_allclose(cells["p_value"], 2 * stats.norm.sf(np.abs(cells["gi_star"])))
    np.testing.assert_array_equal(cells["q_value"], benjamini_hochberg(cells["p_value"]))
    np.testing.assert_array_equal(
        cells["q_permutation"], benjamini_hochberg(cells["p_permutation"])
    )


def test_classes_follow_from_the_columns():
    table = np.random.default_rng(8).poisson(4, (20, 20))
    table[3:6, 3:6] += 20
    table[12:17, 12:17] = 0
    cells = hotspots.gi_star(lattice(table), alpha=0.1)
    sure = cells[["q_value", "q_permutation"]].max(axis=1) <= 0.1
    possible = cells[["p_value", "p_permutation"]].max(axis=1) <= 0.1
    hot = cells["gi_star"] > 0
    expected = np.select(
        [hot & sure, hot & possible, sure, possible],
        ["hot_sure", "hot_possible", "cold_sure", "cold_possible"],
        "none",
    )
    assert cells["hotspot_class"].tolist() == expected.tolist()
    assert (cells["hotspot"] == (cells["hotspot_class"] == "hot_sure")).all()
    assert set(cells["hotspot_class"]) == set(getis_ord.CLASSES)
    assert cells["hotspot"].dtype == bool


def test_a_planted_hotspot_is_found_and_little_else():
    table = np.random.default_rng(9).poisson(0.3, (40, 40))
    table[10:13, 20:23] += 4
    found = hotspots.gi_star(lattice(table))["hotspot"].to_numpy().reshape(40, 40)
    assert found[11, 21]
    assert found[9:14, 19:24].sum() >= found.sum() - 1


def test_the_exact_permutation_distribution_is_that_of_all_draws():
    values = np.array([0, 0, 1, 1, 2, 5, 9])
    levels, how_many = np.unique(values, return_counts=True)
    found = permutation.sum_distribution(levels, how_many, widest=7, cap=20)
    for k in range(1, 8):
        sums = [sum(draw) for draw in combinations(values, k)]
        expected = np.bincount(sums, minlength=21) / len(sums)
        np.testing.assert_allclose(found[k], expected, atol=1e-12)


def test_sums_beyond_the_cap_are_counted_together():
    values = np.array([0, 1, 3, 4])
    levels, how_many = np.unique(values, return_counts=True)
    whole = permutation.sum_distribution(levels, how_many, widest=3, cap=8)
    short = permutation.sum_distribution(levels, how_many, widest=3, cap=4)
    np.testing.assert_allclose(short[:, :4], whole[:, :4], atol=1e-12)
    np.testing.assert_allclose(short[:, 4], whole[:, 4:].sum(axis=1), atol=1e-12)


def test_exact_p_values_equal_those_of_shuffling():
    rng = np.random.default_rng(10)
    cells = lattice(rng.poisson(0.7, (9, 9)))
    found = hotspots.gi_star(cells)
    assert found.attrs["method"]["permutation"] == "exact"
    values, n_runs = cells["n"].to_numpy(), 4000
    observed = disc_sums(values.reshape(9, 9), 1.5)
    at_least, at_most = np.zeros((9, 9)), np.zeros((9, 9))
    for _ in range(n_runs):
        sums = disc_sums(rng.permutation(values).reshape(9, 9), 1.5)
        at_least += sums >= observed
        at_most += sums <= observed
    simulated = np.minimum(1, 2 * np.minimum(at_least, at_most) / n_runs)
    np.testing.assert_allclose(found["p_permutation"], simulated.ravel(), atol=0.05)


def test_the_curve_for_other_numbers_is_near_the_exact_one(monkeypatch):
    cells = lattice(np.random.default_rng(11).negative_binomial(1, 0.2, (30, 30)))
    exact = hotspots.gi_star(cells)["p_permutation"]
    monkeypatch.setattr(permutation, "_MOST_WORK", 0)
    curve = hotspots.gi_star(cells)
    assert curve.attrs["method"]["permutation"] == "pearson3"
    np.testing.assert_allclose(curve["p_permutation"], exact, atol=0.02)
    high = (exact < 0.02) & (curve["gi_star"] > 0)
    assert high.sum() >= 5
    np.testing.assert_allclose(curve["p_permutation"][high], exact[high], rtol=0.25)


def test_skewness_of_the_curve_is_that_of_all_draws():
    values = np.array([0.0, 0.5, 1.5, 4.0, 9.25, 3.0])
    sums = np.array([sum(draw) for draw in combinations(values, 2)])
    n = len(values)
    third = ((values - values.mean()) ** 3).mean()
    expected = third * 2 * (n - 2) * (n - 4) / ((n - 1) * (n - 2))
    assert ((sums - sums.mean()) ** 3).mean() == pytest.approx(expected)


@pytest.mark.parametrize("mean", [0.1, 1.0, 3.0])
def test_random_maps_seldom_have_a_sure_spot(mean):
    """Of 200 random maps at most 5 % plus what chance adds; by the plain z it is up to 55 %."""
    rng, n_sure, n_plain = np.random.default_rng(12), 0, 0
    cells = lattice(np.zeros((20, 20), dtype=int))
    for _ in range(200):
        found = hotspots.gi_star(cells.assign(n=rng.poisson(mean, 400)))
        n_sure += found["hotspot_class"].str.endswith("sure").any()
        n_plain += (found["q_value"] <= 0.05).any()
    assert n_sure <= stats.binom.ppf(0.99, 200, 0.05)
    assert n_plain > n_sure


def test_p_values_are_valid_on_random_maps():
    """A p-value of at most a tenth comes up in at most a tenth of the cells."""
    rng, shares = np.random.default_rng(13), []
    cells = lattice(np.zeros((20, 20), dtype=int))
    for _ in range(60):
        found = hotspots.gi_star(cells.assign(n=rng.poisson(2, 400)))
        shares.append((found["p_permutation"] <= 0.1).mean())
    assert 0.06 < np.mean(shares) <= 0.1


def test_equal_values_say_nothing():
    cells = hotspots.gi_star(lattice(np.full((4, 5), 7)))
    assert cells["gi_star"].eq(0).all()
    assert cells["q_value"].eq(1).all()
    assert cells["hotspot_class"].eq("none").all()
    assert cells.attrs["warnings"] == [{"code": "constant"}]


def test_a_neighbourhood_of_everything_says_nothing():
    cells = hotspots.gi_star(lattice([[1, 2], [3, 4]]), radius=500)
    assert cells["gi_star"].eq(0).all()
    assert cells["p_permutation"].eq(1).all()


def test_few_incidents_are_warned_about():
    table = np.zeros((10, 10), dtype=int)
    table[2, 3] = 4
    warning = hotspots.gi_star(lattice(table)).attrs["warnings"][0]
    assert warning["code"] == "few_incidents"
    assert warning["expected"] < 5


@pytest.mark.parametrize("n", [0, 1])
def test_tables_too_small_to_test_are_fine(n):
    cells = hotspots.gi_star(lattice([[3, 4]])[:n])
    assert len(cells) == n
    assert cells["p_value"].tolist() == [1.0] * n


def test_row_order_changes_no_score():
    cells = lattice(np.random.default_rng(14).poisson(2, (8, 8)))
    expected = hotspots.gi_star(cells)["gi_star"]
    shuffled = hotspots.gi_star(cells.sample(frac=1, random_state=1))["gi_star"]
    np.testing.assert_allclose(shuffled.loc[expected.index], expected, atol=1e-12)


def test_the_given_table_stays_as_it_was():
    cells = lattice(np.random.default_rng(15).poisson(2, (8, 8)))
    columns, attrs = list(cells.columns), json.dumps(cells.attrs)
    hotspots.gi_star(cells)
    assert list(cells.columns) == columns
    assert json.dumps(cells.attrs) == attrs


def test_missing_values_are_refused():
    cells = lattice([[1.0, np.nan], [2.0, 3.0]])
    with pytest.raises(ContractError, match="missing or infinite"):
        hotspots.gi_star(cells)
    with pytest.raises(ContractError, match="column is missing"):
        hotspots.gi_star(cells, column="m")


@pytest.mark.parametrize(
    "options",
    [
        {"radius": -1},
        {"alpha": 0},
        {"neighbours": "queen"},
        {"neighbours": "touching", "radius": 5},
    ],
)
def test_options_that_make_no_sense_are_refused(options):
    with pytest.raises(ValueError, match="|".join(options)):
        hotspots.gi_star(lattice([[1, 2]]), **options)


# change


def test_change_is_the_exact_comparison_per_cell():
    before = points([(50, 50)] * 5 + [(150, 50)] * 12)
    after = points([(50, 50)] * 40 + [(150, 50)] * 10 + [(999, 999)])
    cells = hotspots.change(before, after, Grid.covering((0, 0, 300, 100)))
    assert cells["n_before"].tolist() == [5, 12, 0]
    assert cells["n_after"].tolist() == [40, 10, 0]
    np.testing.assert_allclose(cells["p_value"], compare_counts([5, 12, 0], [40, 10, 0]))
    assert cells["change_class"].tolist() == ["up", "none", "none"]
    assert cells["ratio"].tolist()[:2] == pytest.approx([8, 10 / 12])
    assert cells.attrs["after"]["n_outside"] == 1


def test_less_is_down():
    cells = hotspots.change(
        points([(50, 50)] * 40), points([(50, 50)] * 5), Grid.covering((0, 0, 100, 100))
    )
    assert cells["change_class"].tolist() == ["down"]
    assert cells["difference"].tolist() == [-35]


def test_a_shorter_period_is_no_decrease():
    cells = hotspots.change(
        points([(50, 50)] * 120),
        points([(50, 50)] * 30),
        Grid.covering((0, 0, 100, 100)),
        exposure=0.25,
    )
    assert cells["change_class"].tolist() == ["none"]
    assert cells["difference"].tolist() == [0]


def test_random_periods_seldom_differ_for_sure():
    rng, n_sure = np.random.default_rng(25), 0
    grid = Grid.covering((0, 0, 1000, 1000))
    for _ in range(60):
        before, after = (points(rng.uniform(0, 1000, (400, 2))) for _ in range(2))
        n_sure += hotspots.change(before, after, grid)["change_class"].ne("none").any()
    assert n_sure <= stats.binom.ppf(0.99, 60, 0.05)


# clusters


def test_clusters_are_those_of_scikit_learn():
    from sklearn.cluster import DBSCAN

    rng = np.random.default_rng(26)
    xy = np.concatenate([rng.normal(c, 30, (60, 2)) for c in (0, 500, 900)]).round(-1)
    found = hotspots.clusters(points(xy), eps=25, min_incidents=6)
    plain = DBSCAN(eps=25, min_samples=6).fit(xy)
    core = plain.core_sample_indices_
    together = found.to_numpy()[core][:, None] == found.to_numpy()[core]
    expected = plain.labels_[core][:, None] == plain.labels_[core]
    np.testing.assert_array_equal(together, expected)
    np.testing.assert_array_equal(found == -1, plain.labels_ == -1)


def test_the_largest_cluster_is_number_0_whatever_the_order():
    xy = [(0, 0)] * 3 + [(500, 500)] * 5 + [(900, 0)]
    incidents = points(xy)
    expected = [1, 1, 1, 0, 0, 0, 0, 0, -1]
    assert hotspots.clusters(incidents, eps=10, min_incidents=3).tolist() == expected
    turned = hotspots.clusters(incidents[::-1], eps=10, min_incidents=3)
    assert turned.loc[range(9)].tolist() == expected


def test_clusters_of_nothing_are_none():
    incidents = points([(5, 5), (6, 6)]).set_index([["x", "y"]])
    incidents.loc["x", "geometry"] = None
    found = hotspots.clusters(incidents, eps=10, min_incidents=2)
    assert found.to_dict() == {"x": -1, "y": -1}
    assert hotspots.clusters(points([]), eps=10, min_incidents=2).tolist() == []


def test_a_cluster_needs_a_distance():
    with pytest.raises(ValueError, match="eps"):
        hotspots.clusters(points([(5, 5)]), eps=0, min_incidents=2)


def test_the_largest_sum_in_a_table_can_still_be_low():
    """Nine of ten values, of which one is not 0, hold it in nine of ten draws."""
    values = np.array([5.0] + [0.0] * 9)
    p, how = permutation.permutation_p(values, np.array([0.0, 0.0]), np.array([9, 1]))
    assert how == "exact"
    assert p[0] == pytest.approx(2 * 0.1)
    assert p[1] == 1.0
