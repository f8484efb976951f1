"""
Laws of calibration and power, over many maps.

P-values of chance are fair, permutations on request agree with exact ones, and what is planted in
the sample town is found. Bounds are the 99th percentile of what chance allows at the nominal
level. How often each claim errs and finds is in `test_claims`.
"""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from scipy import stats

import ipgtools as ipg
from ipgtools import hotspots, repeats
from ipgtools.grid import Grid
from ipgtools.hotspots import permutation
from ipgtools.periods import Period

N_MAPS = 200
MOST = int(stats.binom.ppf(0.99, N_MAPS, 0.05))


def lattice(n):
    return Grid.covering((0, 0, 100 * n, 100 * n)).cells()


# chance alone


def test_the_largest_knox_excess_is_seldom_sure_of_chance():
    """On a lattice of shared places and days: the deals keep both."""
    rng, sure = np.random.default_rng(3), 0
    for seed in range(N_MAPS):
        x, y = rng.integers(0, 30, (2, 90)) * 30.0
        day = rng.integers(0, 60, 90) // 2 * 2
        table = repeats.knox(
            gpd.GeoDataFrame(
                {"occurred_from": pd.Timestamp("2025-01-01") + pd.to_timedelta(day, unit="D")},
                geometry=gpd.points_from_xy(x, y), crs=28992,
            ),
            space_bands=[0, 1, 100, 300], time_bands=[0, 4, 12], n_permutations=99, rng=seed,
        )  # fmt: skip
        sure += table["p_max"].min() <= 0.05
    assert sure <= MOST


def test_p_values_of_gi_star_are_uniform_where_values_do_not_tie():
    """The middle cell of 300 maps: as many below a tenth, a half, nine tenths as there should."""
    cells, p = lattice(9), []
    rng = np.random.default_rng(4)
    middle = len(cells) // 2
    for _ in range(300):
        found = hotspots.gi_star(cells.assign(n=rng.gamma(1.5, 2, len(cells))))
        p.append(found["p_permutation"].iloc[middle])
    assert stats.kstest(p, "uniform").pvalue > 0.01


def test_exact_p_values_are_never_too_small():
    """Ties make p-values of counts coarse: below any level they are at most as frequent."""
    cells, p = lattice(9), []
    rng = np.random.default_rng(5)
    for _ in range(N_MAPS):
        found = hotspots.gi_star(cells.assign(n=rng.poisson(1, len(cells))))
        p.append(found["p_permutation"].iloc[len(cells) // 2])
    for level in (0.01, 0.05, 0.1, 0.25, 0.5):
        assert np.sum(np.array(p) <= level) <= stats.binom.ppf(0.995, N_MAPS, level)


# permutations on request


def test_simulated_gi_star_comes_near_the_exact_one_and_is_right_at_ties():
    cells = lattice(12).assign(n=np.random.default_rng(6).poisson(0.7, 144))
    exact = hotspots.gi_star(cells)["p_permutation"]
    found = hotspots.gi_star(cells, n_permutations=9999, rng=1)
    assert found.attrs["method"]["permutation"] == "simulated"
    assert found.attrs["method"]["seed"] == 1
    np.testing.assert_allclose(found["p_permutation"], exact, atol=0.03)
    same = hotspots.gi_star(cells.assign(n=cells["n"] * 0.1), n_permutations=9999, rng=1)
    np.testing.assert_array_equal(found["p_permutation"], same["p_permutation"])


def test_too_few_permutations_are_warned_of(caplog):
    """With 400 cells a single one can be sure from 15,999 permutations, not with 999."""
    cells = lattice(20)
    values = np.random.default_rng(10).poisson(3, 400)
    values[190:193] = 40
    cells = cells.assign(n=values)
    found = hotspots.gi_star(cells, n_permutations=999, rng=1)
    assert found.attrs["warnings"] == [
        {"code": "few_permutations", "n_permutations": 999, "needed": 15_999, "fewest_cells": 16}
    ]
    assert "few_permutations" in caplog.text
    assert found["q_permutation"].min() > 0.05 or found["hotspot"].sum() >= 16
    for n in (0, 15_999):
        enough = hotspots.gi_star(cells, n_permutations=n, rng=1)
        assert enough.attrs["warnings"] == []
        assert enough["hotspot"].any()


def test_the_curve_for_rates_comes_near_simulation():
    """The Pearson type III fallback against 9,999 permutations, in the tails too."""
    cells = lattice(15).assign(n=np.random.default_rng(7).gamma(1.2, 2, 225))
    curve = hotspots.gi_star(cells)
    assert curve.attrs["method"]["permutation"] == "pearson3"
    simulated = hotspots.gi_star(cells, n_permutations=9999, rng=2)["p_permutation"]
    np.testing.assert_allclose(curve["p_permutation"], simulated, atol=0.04)
    small = simulated < 0.05
    assert small.sum() >= 5
    np.testing.assert_allclose(curve["p_permutation"][small], simulated[small], atol=0.008)


@pytest.mark.parametrize(("n", "k"), [(5, 5), (9, 3), (1000, 9), (40, 12)])
def test_draws_are_without_replacement_and_even(n, k):
    table = permutation.draws(n, k, 4000, np.random.default_rng(8))
    assert table.shape == (4000, k)
    assert (np.diff(np.sort(table, axis=1), axis=1) > 0).all()
    for column in (0, k - 1):
        found = np.bincount(table[:, column], minlength=n)
        assert stats.chisquare(found).pvalue > 0.001


# the correction for maps


@pytest.mark.parametrize("seed", range(6))
def test_q_below_alpha_is_what_caldas_de_castro_and_singer_accept(seed):
    """esda's `fdr` is their procedure: the largest p below its rank's share of alpha."""
    fdr = pytest.importorskip("esda").fdr
    rng = np.random.default_rng(seed)
    p = np.concatenate([rng.uniform(0, 1, 150), rng.beta(0.2, 8, 10 * seed)])
    q = ipg.inference.benjamini_hochberg(p)
    for alpha in (0.01, 0.05, 0.1):
        cut = fdr(p, alpha)
        if (q <= alpha).any():
            np.testing.assert_array_equal(q <= alpha, p <= cut)
        else:
            assert cut == alpha / len(p)
            assert (p > cut).all()


# what is planted is found


@pytest.fixture(scope="module")
def town(root):
    incidents, _ = ipg.read_incidents(root / "data" / "sample" / "incidenten.csv.gz")
    areas, _ = ipg.read_areas(root / "data" / "sample" / "buurten.geojson")
    truth = json.loads((root / "data" / "sample" / "waarheid.json").read_text(encoding="utf-8"))
    return incidents, areas, truth


def test_planted_hot_places_of_the_sample_are_hotspots_of_their_kind(town):
    """
    Each disc in its own period, among the incidents of its code in the whole town.

    Gi* compares nine cells with the whole map: a lone address, a line and the halves of a
    place astride a border are not its kind of place.
    """
    incidents, areas, truth = town
    grid = Grid.covering(areas, 100)
    for place in truth["hot_places"]:
        if place["shape"] != "disc":
            continue
        own = incidents[incidents["category"] == place["mk"]]
        own = own[Period(place["start"], place["end"]).contains(own["occurred_from"])]
        found = hotspots.gi_star(hotspots.count(own, grid))
        near = found.distance(gpd.points_from_xy([place["x"]], [place["y"]])[0]) <= 100
        assert found.loc[near, "hotspot"].any(), place["name"]


def test_planted_hot_places_are_clusters_with_more_than_chance_gives(town):
    incidents, areas, truth = town
    place = truth["hot_places"][0]
    wijk = areas[areas["area_code"].str.startswith(place["wijk"].replace("WK", "BU"))]
    own = incidents[incidents["category"] == place["mk"]]
    found, _ = hotspots.hierarchical_clusters(own, wijk, n_simulations=39, rng=1)
    first = found.attrs["orders"][0]
    assert first["n_clusters"] > first["high"]
    middle = gpd.points_from_xy([place["x"]], [place["y"]])[0]
    largest = found[found["order"] == 1].iloc[0]
    assert largest.geometry.distance(middle) <= place["radius_m"]
    assert largest["p_size"] == 1 / 40


def test_the_near_repeat_process_of_the_sample_is_found(town):
    incidents, _, truth = town
    near = truth["near_repeat"]
    own = incidents[incidents["category"] == near["mk"]]
    table = repeats.knox(
        own, space_bands=[0, near["distance_m"], 1000], time_bands=[0, near["days"], 60],
        n_permutations=199, rng=1,
    )  # fmt: skip
    assert table["p_max"].iloc[0] == 1 / 200
    assert table["ratio"].iloc[0] > 2
    assert (table["p_max"].iloc[1:] > 0.05).all()
