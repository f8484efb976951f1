"""Concentration: published Gini coefficients, and what every curve must obey."""

import math

import numpy as np
import pandas as pd
import pytest

from ipgtools.concentration import gini, lorenz, places_for, top_share

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
    assert places_for(crimes, 0.5) == 12


def test_gini_is_twice_the_surface_above_the_lorenz_curve():
    counts = np.random.default_rng(2).negative_binomial(1, 0.2, 200)
    curve = lorenz(counts)
    under = np.trapezoid(curve["share_incidents"], curve["share_places"])
    assert gini(counts, generalised=False) == pytest.approx(1 - 2 * under)


def test_gini_is_the_mean_difference_between_places():
    counts = np.random.default_rng(3).poisson(4, 150)
    difference = np.abs(counts[:, None] - counts).mean()
    assert gini(counts) == pytest.approx(difference / (2 * counts.mean()))


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
    assert places_for([10, 70, 10, 10], 0.8) == 2


def test_without_incidents_there_is_no_concentration():
    assert math.isnan(gini([0, 0]))
    assert math.isnan(gini([]))
    assert math.isnan(top_share([0, 0], 0.5))
    assert places_for([0, 0], 0.5) == 0
    assert lorenz([]).shape == (1, 2)


@pytest.mark.parametrize("counts", [[1, -1], [1, np.nan]])
def test_counts_that_are_none_are_refused(counts):
    with pytest.raises(ValueError, match=r"0 or more|missing"):
        gini(counts)


@pytest.mark.parametrize("share", [-0.1, 1.1, 20])
def test_a_share_is_between_0_and_1(share):
    with pytest.raises(ValueError, match="share"):
        top_share([1, 2], share)
