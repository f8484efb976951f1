"""Concentration: published Gini coefficients, and what every curve must obey."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from ipgtools.concentration import (
    gini,
    gini_by_chance,
    lorenz,
    n_places_for_share,
    probability_in_top,
    stability,
    top_share,
    top_shares,
)

EMPTY = [0] * 7


@pytest.mark.parametrize(
    ("counts", "plain", "generalised"),
    [([10, 8, 2, *EMPTY], 0.78, 0.78), ([5, 2, 1, *EMPTY], 0.80, 0.75)],
)
def test_the_published_examples_of_the_generalised_gini(counts, plain, generalised):
    assert gini(counts, generalised=False) == pytest.approx(plain)
    assert gini(counts) == pytest.approx(generalised)


def test_all_incidents_on_one_place_is_the_most_there_can_be():
    assert gini([10] + [0] * 9) == pytest.approx(0.9)
    assert gini([10] + [0] * 9, unbiased=True) == pytest.approx(1)
    assert gini([3] + [0] * 99, unbiased=True) == pytest.approx(1)


def test_the_generalised_gini_is_0_where_no_place_has_two():
    """Three incidents on three of ten places could not be spread more evenly."""
    assert gini([1, 1, 1, *EMPTY]) == pytest.approx(0)
    assert gini([1, 1, 1, *EMPTY], generalised=False) == pytest.approx(0.7)


def test_crime_in_enschede_is_as_concentrated_as_computed_elsewhere(shared):
    """The figures in the data set's SOURCE.md; every buurt has more incidents than one."""
    crimes = pd.read_csv(
        shared / "nl_enschede_misdrijven_2023" / "enschede_misdrijven_2023_per_buurt.csv"
    )["misdrijven_2023"]
    assert gini(crimes) == pytest.approx(0.5251, abs=5e-5)
    assert gini(crimes, unbiased=True) == pytest.approx(0.5327, abs=5e-5)
    assert n_places_for_share(crimes, 0.5) == 12


def test_gini_is_twice_the_surface_above_the_lorenz_curve():
    counts = np.random.default_rng(2).negative_binomial(1, 0.2, 200)
    curve = lorenz(counts)
    under = np.trapezoid(curve["share_incidents"], curve["share_places"])
    assert gini(counts, generalised=False) == pytest.approx(1 - 2 * under)


def test_gini_is_the_mean_difference_between_places():
    counts = np.random.default_rng(3).poisson(4, 150)
    difference = np.abs(counts[:, None] - counts).mean()
    assert gini(counts) == pytest.approx(difference / (2 * counts.mean()))


# beside chance


@pytest.mark.parametrize(("n", "places", "expected"), [(250, 330, 0.45), (250, 900, 0.23),
                                                       (60, 330, 0.15)])  # fmt: skip
def test_chance_alone_gives_a_gini_far_above_0(n, places, expected):
    """Wijken with more incidents on fewer cells look more concentrated without being so."""
    counts = np.bincount(np.random.default_rng(6).integers(0, places, n), minlength=places)
    found = gini_by_chance(counts, n_simulations=199, rng=1)
    assert found["gini"] == gini(counts)
    assert found["expected"] == pytest.approx(expected, abs=0.02)
    assert found["low"] < found["expected"] < found["high"]


def test_the_gini_by_chance_is_the_mean_over_all_deals():
    """Three incidents on three places: 3 of 27 deals are even, 18 hold two and one, 3 hold all."""
    found = gini_by_chance([1, 1, 1], n_simulations=20_000, rng=2)
    even, two, all_three = gini([1, 1, 1]), gini([2, 1, 0]), gini([3, 0, 0])
    exact = (6 * even + 18 * two + 3 * all_three) / 27
    assert found["expected"] == pytest.approx(exact, abs=0.005)


def test_places_that_can_hold_less_are_dealt_less():
    """Half of the cells are a sliver: that alone makes the spread uneven."""
    counts = np.repeat([4, 0], 50)
    weights = np.repeat([1.0, 0.01], 50)
    assert gini_by_chance(counts, rng=1)["p_value"] == 0.001
    assert gini_by_chance(counts, weights=weights, rng=1)["p_value"] > 0.9
    with pytest.raises(ValueError, match="100 numbers of 0 or more"):
        gini_by_chance(counts, weights=[1, 2])
    with pytest.raises(ValueError, match="whole numbers"):
        gini_by_chance([0.5, 1])


def test_the_gini_of_chance_is_seldom_above_chance():
    """Of 200 even deals at most the 99th percentile of 5 % have a p-value of 0.05 or less."""
    rng, low = np.random.default_rng(7), 0
    for seed in range(200):
        counts = np.bincount(rng.integers(0, 120, 90), minlength=120)
        low += gini_by_chance(counts, n_simulations=99, rng=seed)["p_value"] <= 0.05
    assert low <= stats.binom.ppf(0.99, 200, 0.05)


def test_the_curve_of_chance_comes_beside_the_real_one():
    """It starts at nothing, ends at all, and says what the busiest places would hold anyway."""
    counts = np.bincount(np.random.default_rng(8).integers(0, 700, 250), minlength=700)
    curve = lorenz(counts, n_simulations=99, rng=1)
    assert curve["by_chance"].iloc[0] == 0
    assert curve["by_chance"].iloc[-1] == pytest.approx(1)
    assert curve["by_chance"].to_numpy() == pytest.approx(curve["share_incidents"], abs=0.05)
    assert curve.attrs["gini"]["gini"] == gini(counts)
    assert lorenz([0, 0], n_simulations=9)["by_chance"].isna().all()


def test_the_curve_runs_from_nothing_to_all_and_never_above_the_diagonal():
    curve = lorenz([3, 0, 9, 1])
    assert curve.iloc[0].tolist() == [0, 0]
    assert curve.iloc[-1].tolist() == [1, 1]
    assert (curve["share_incidents"] <= curve["share_places"] + 1e-12).all()
    assert len(curve) == 5


def test_order_of_places_does_not_matter():
    counts = np.random.default_rng(4).poisson(2, 50)
    turned = counts[::-1]
    assert gini(turned) == gini(counts)
    assert top_share(turned, 0.1) == top_share(counts, 0.1)


def test_equal_places_hold_their_share():
    assert gini([4] * 20) == pytest.approx(0)
    assert top_share([4] * 20, 0.25) == pytest.approx(0.25)


def test_the_eighty_twenty_example():
    """Four sites with 70, 10, 10 and 10 of 100 incidents: two sites hold eighty."""
    assert top_share([70, 10, 10, 10], 0.5) == pytest.approx(0.8)
    assert n_places_for_share([10, 70, 10, 10], 0.8) == 2


def test_without_incidents_there_is_no_concentration():
    assert math.isnan(gini([0, 0]))
    assert math.isnan(gini([]))
    assert math.isnan(top_share([0, 0], 0.5))
    assert n_places_for_share([0, 0], 0.5) == 0
    assert lorenz([]).shape == (1, 2)


@pytest.mark.parametrize("counts", [[1, -1], [1, np.nan]])
def test_counts_that_are_none_are_refused(counts):
    with pytest.raises(ValueError, match=r"0 or more|missing"):
        gini(counts)


@pytest.mark.parametrize("share", [-0.1, 1.1, 20])
def test_a_share_is_between_0_and_1(share):
    with pytest.raises(ValueError, match="share"):
        top_share([1, 2], share)


# shares with a name for their denominator


def test_the_denominator_of_a_top_share_decides_what_it_says():
    """Ten addresses in a hundred have all incidents: 'half on 5 %' or 'half on 50 %'."""
    counts = [2] * 10 + [0] * 90
    found = top_shares(counts, shares=[0.05]).set_index("denominator")
    assert found.loc["all", "share_incidents"] == pytest.approx(0.5)
    assert found.loc["with_incidents", "share_incidents"] == pytest.approx(0.05)
    assert found["n_denominator"].to_dict() == {"all": 100, "with_incidents": 10}
    assert found["n_places"].to_dict() == {"all": 5, "with_incidents": 0.5}
    assert found["n_incidents"].tolist() == pytest.approx([10, 1])


def test_the_numbers_of_a_top_share_are_their_shares_of_all():
    """One percent of fifty places is half a place, and holds half of its five incidents."""
    counts = [5, *[2] * 23, *[1] * 26]
    found = top_shares(counts, shares=[0.01, 0.1]).query("denominator == 'all'")
    assert found["n_places"].tolist() == [0.5, 5]
    assert found["n_incidents"].tolist() == pytest.approx([2.5, 13])
    shares = found["n_incidents"] / sum(counts)
    assert found["share_incidents"].tolist() == pytest.approx(shares.tolist())


def test_every_top_share_is_that_of_the_curve():
    counts = np.random.default_rng(5).negative_binomial(1, 0.3, 300)
    curve = lorenz(counts)
    for row in top_shares(counts).query("denominator == 'all'").itertuples():
        rest = np.interp(1 - row.share_places, curve["share_places"], curve["share_incidents"])
        assert row.share_incidents == pytest.approx(1 - rest)


def test_top_shares_of_nothing_are_unknown():
    found = top_shares([0, 0], shares=[0.5])
    assert found["share_incidents"].isna().all()
    assert found["n_places"].tolist() == [1, 0]
    assert found["n_incidents"].tolist() == [0, 0]


# stability of the top


def test_places_that_tie_for_the_last_seat_share_it():
    assert probability_in_top([4, 4, 4, 1], 2).tolist() == pytest.approx([2 / 3] * 3 + [0])
    for seed in range(5):
        counts = np.random.default_rng(seed).poisson(2, 40)
        assert probability_in_top(counts, 10).sum() == pytest.approx(10)


def test_overlap_by_chance_is_hypergeometric():
    counts = pd.DataFrame({"a": range(50), "b": [*range(40, 50), *range(40)]})
    found = stability(counts, top=10, n_simulations=9, rng=1).iloc[0]
    assert found["overlap"] == 0
    assert found["overlap_random"] == 2
    assert found["p_random"] == 1
    same = stability(counts.assign(b=counts["a"]), top=10, n_simulations=9, rng=1).iloc[0]
    assert same["overlap"] == 10
    assert same["p_random"] == pytest.approx(stats.hypergeom.sf(9, 50, 10, 10))


def test_rank_correlation_is_scipys():
    rng = np.random.default_rng(6)
    counts = pd.DataFrame(rng.poisson(3, (60, 2)), columns=["a", "b"])
    found = stability(counts, n_simulations=9, rng=1)
    expected = stats.spearmanr(counts["a"], counts["b"]).statistic
    assert found["spearman"][0] == pytest.approx(expected)


def test_places_that_keep_their_rate_are_seldom_called_changed():
    """Of 100 towns where nothing changes but chance, about 5 %."""
    rng, p, missing = np.random.default_rng(7), [], []
    for _ in range(100):
        rate = rng.gamma(1, 3, 80)
        counts = pd.DataFrame({"a": rng.poisson(rate), "b": rng.poisson(1.4 * rate)})
        found = stability(counts, top=10, n_simulations=99, rng=rng).iloc[0]
        p.append(found["p_stable"])
        missing.append(10 - found["overlap"])
    assert np.mean(np.array(p) <= 0.05) <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / 100)
    assert np.mean(p) > 0.45
    assert np.mean(missing) > 2


def test_a_top_that_moves_is_found():
    rng = np.random.default_rng(8)
    rate = np.r_[np.full(10, 30.0), np.full(70, 3.0)]
    counts = pd.DataFrame({"a": rng.poisson(rate), "b": rng.poisson(rate[::-1])})
    found = stability(counts, rng=1).iloc[0]
    assert found["p_stable"] == 1 / 1000
    assert found["overlap_stable"] > 3 > found["overlap"]
    assert found["top_share_after"] < 0.1 < found["top_share_before"]


def test_every_pair_of_periods_has_a_row_and_the_same_seed_the_same_table():
    counts = pd.DataFrame(np.random.default_rng(9).poisson(4, (30, 4)))
    one, other = (stability(counts, top=5, n_simulations=49, rng=2) for _ in range(2))
    pd.testing.assert_frame_equal(one, other)
    assert list(zip(one["before"], one["after"], strict=True)) == [
        ("0", "1"), ("1", "2"), ("2", "3")
    ]  # fmt: skip


def test_a_period_without_incidents_tells_nothing():
    counts = pd.DataFrame({"a": [0] * 20, "b": [0] * 20})
    found = stability(counts, n_simulations=9, rng=1).iloc[0]
    assert found["overlap"] == pytest.approx(found["overlap_random"])
    assert math.isnan(found["spearman"])
    assert math.isnan(found["top_share_after"])


@pytest.mark.parametrize(
    ("counts", "options"),
    [
        ({"a": [1, 2]}, {}),
        ({"a": [1, 2], "b": [1, 2]}, {"top": 3}),
        ({"a": [1, 2], "b": [1, -2]}, {"top": 1}),
        ({"a": [1, 2], "b": [1, 2.5]}, {"top": 1}),
        ({"a": [1, 2], "b": [1, 2]}, {"top": 1, "n_simulations": 0}),
    ],
)
def test_stability_of_what_is_no_count_is_refused(counts, options):
    with pytest.raises(ValueError, match=r"periods|top|0 or more|whole|n_simulations"):
        stability(pd.DataFrame(counts), **options)
