"""Chance: exact intervals, exact comparison of counts, correction for many places."""

import numpy as np
import pytest
from scipy import stats

from ipgtools._tails import at_least, at_most
from ipgtools.inference import (
    benjamini_hochberg,
    compare_counts,
    poisson_interval,
    ratio_interval,
)


def test_a_count_has_the_published_garwood_interval():
    """The values every table of exact Poisson limits gives."""
    low, high = poisson_interval([0, 1, 10, 100])
    np.testing.assert_allclose(low, [0, 0.0253, 4.7954, 81.3640], atol=5e-5)
    np.testing.assert_allclose(high, [3.6889, 5.5716, 18.3904, 121.6268], atol=5e-5)


def test_the_ends_of_an_interval_leave_half_of_alpha_in_either_tail():
    low, high = poisson_interval(np.arange(1, 60), alpha=0.1)
    np.testing.assert_allclose(stats.poisson.sf(np.arange(60)[:-1], low), 0.05, rtol=1e-9)
    np.testing.assert_allclose(stats.poisson.cdf(np.arange(1, 60), high), 0.05, rtol=1e-9)


def test_an_unknown_count_has_an_unknown_interval():
    assert np.isnan(poisson_interval([np.nan])).all()
    assert np.isnan(compare_counts([1, np.nan], [np.nan, 1])).all()
    assert np.isnan(ratio_interval([1, np.nan], [np.nan, 1])).all()


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match="counts are 0 or more"):
        poisson_interval([3, -1])


@pytest.mark.parametrize("alpha", [0, 1, 5])
def test_alpha_is_a_share(alpha):
    with pytest.raises(ValueError, match="between 0 and 1"):
        poisson_interval(3, alpha=alpha)


@pytest.mark.parametrize("exposure", [0, -1, np.nan, np.inf])
def test_exposure_is_positive(exposure):
    with pytest.raises(ValueError, match="exposure"):
        compare_counts(3, 4, exposure=exposure)


def test_binomial_tails_are_those_of_scipy():
    k, n, share = np.arange(-1, 8)[:, None], np.array([6, 7]), 0.3
    np.testing.assert_allclose(at_least(k, n, share), stats.binom.sf(k - 1, n, share), rtol=1e-12)
    np.testing.assert_allclose(at_most(k, n, share), stats.binom.cdf(k, n, share), rtol=1e-12)


def test_equal_exposure_gives_scipys_exact_binomial_test():
    pairs = [(before, after) for before in range(12) for after in range(25) if before + after]
    expected = [stats.binomtest(after, before + after).pvalue for before, after in pairs]
    np.testing.assert_allclose(compare_counts(*zip(*pairs, strict=True)), expected, rtol=1e-9)


def test_unequal_exposure_doubles_the_smaller_tail():
    before, after, exposure = 7, 40, 3.0
    share = exposure / (1 + exposure)
    tails = stats.binom.cdf(after, 47, share), stats.binom.sf(after - 1, 47, share)
    found = compare_counts(before, after, exposure=exposure)
    assert found == pytest.approx(2 * min(tails), rel=1e-12)


def test_two_empty_counts_tell_nothing():
    assert compare_counts(0, 0) == 1
    low, high = ratio_interval(0, 0)
    assert (low, high) == (0, np.inf)


def test_a_ratio_has_the_clopper_pearson_interval():
    exact = stats.binomtest(20, 30).proportion_ci(method="exact")
    low, high = ratio_interval(10, 20)
    assert low == pytest.approx(exact.low / (1 - exact.low))
    assert high == pytest.approx(exact.high / (1 - exact.high))


def test_test_and_interval_never_contradict_each_other():
    before, after = np.meshgrid(np.arange(40), np.arange(40))
    p = compare_counts(before, after, exposure=1.7)
    low, high = ratio_interval(before, after, exposure=1.7)
    np.testing.assert_array_equal(p <= 0.05, (low >= 1) | (high <= 1))


def test_swapping_the_periods_turns_the_interval_over():
    low, high = ratio_interval([3, 8, 0], [9, 2, 4], exposure=2.0)
    back_low, back_high = ratio_interval([9, 2, 4], [3, 8, 0], exposure=0.5)
    np.testing.assert_allclose(low, 1 / back_high)
    with np.errstate(divide="ignore"):
        np.testing.assert_allclose(high, 1 / back_low)


def test_large_counts_keep_their_digits():
    low, high = ratio_interval(1_000_000, 1_000_000)
    assert low == pytest.approx(1 / high, rel=1e-9)
    assert 0.997 < low < 1 < high < 1.003


def test_the_example_of_benjamini_and_hochberg_finds_four():
    """Their table of fifteen p-values: at 0.05 the four smallest are rejected."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
         0.4262, 0.5719, 0.6528, 0.7590, 1.0]  # fmt: skip
    assert (benjamini_hochberg(p) <= 0.05).sum() == 4


def test_q_values_are_scipys():
    p = np.random.default_rng(1).uniform(size=(30, 40)) ** 2
    expected = stats.false_discovery_control(p.ravel()).reshape(p.shape)
    np.testing.assert_allclose(benjamini_hochberg(p), expected, rtol=1e-12)


def test_a_missing_p_value_is_no_test():
    q = benjamini_hochberg([0.01, np.nan, 0.02])
    np.testing.assert_allclose(q, [0.02, np.nan, 0.02])
    assert benjamini_hochberg([]).shape == (0,)
