"""Mantel's and Jacquez's tests: whether what is near in space is near in time."""

import itertools
import json
import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from helpers import incidents
from scipy import stats

from ipgtools import repeats
from ipgtools.errors import CrsError

RNG = 20251101
PLAIN = {"space_constant": 0, "space_power": 1, "time_constant": 0, "time_power": 1}


def scattered(n: int, seed: int, extent: float = 1000, days: int = 60) -> gpd.GeoDataFrame:
    rng = np.random.default_rng(seed)
    return incidents(*rng.uniform(0, extent, (2, n)).round(-1), rng.integers(0, days, n))


def burkitt(shared) -> gpd.GeoDataFrame:
    table = pd.read_csv(shared / "ref_knox_burkitt" / "burkitt.csv")
    return incidents(table["x"], table["y"], table["t"])


def days_of(table: gpd.GeoDataFrame) -> np.ndarray:
    return (table["occurred_from"] - pd.Timestamp("2025-01-01")).dt.days.to_numpy()


def apart(table: gpd.GeoDataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Give the matrices of metres and days between all incidents."""
    x, y, day = table.geometry.x.to_numpy(), table.geometry.y.to_numpy(), days_of(table)
    metres = np.hypot(x[:, None] - x[None, :], y[:, None] - y[None, :])
    return metres, np.abs(day[:, None] - day[None, :]).astype(float)


def of_all_deals(table: gpd.GeoDataFrame, test, **options) -> np.ndarray:
    """Give the value of a test for every order of the days."""
    values = []
    for order in itertools.permutations(range(len(table))):
        dealt = table.assign(occurred_from=table["occurred_from"].to_numpy()[list(order)])
        values.append(test(dealt, **options, n_permutations=0)["value"].item())
    return np.array(values)


# Mantel


def test_burkitt_has_the_published_correlations(shared):
    """Plain and reciprocal, as in PySAL's tests; its one-sided p is 0.26 and 0.01."""
    plain = repeats.mantel(burkitt(shared), **PLAIN, rng=1)
    assert plain["value"].item() == pytest.approx(0.014154, abs=5e-7)
    assert plain["p_value"].item() == pytest.approx(2 * 0.28, abs=0.12)
    near = repeats.mantel(burkitt(shared), space_constant=1, time_constant=1, rng=1)
    assert near["value"].item() == pytest.approx(0.048368, abs=5e-7)
    assert near["p_value"].item() <= 0.01


@pytest.mark.parametrize("power", [-1, 1, -0.5, 2])
def test_it_is_the_correlation_over_all_pairs(power):
    """By numpy on the matrices of all distances."""
    table = scattered(60, 1)
    metres, days = apart(table)
    pair = np.triu_indices(60, 1)
    known = np.corrcoef((metres[pair] + 30) ** power, (days[pair] + 2) ** -1.0)[0, 1]
    found = repeats.mantel(
        table, space_constant=30, space_power=power, time_constant=2, n_permutations=0
    )
    assert found["value"].item() == pytest.approx(known, rel=1e-9)


def test_mean_and_spread_are_those_of_all_deals():
    """Five incidents have 120 deals of their days: do them all."""
    five = incidents([0, 0, 10, 58, 300], [0, 5, 0, 0, 80], [0, 1, 3, 3, 30])
    for options in ({}, PLAIN, {"space_constant": 5, "time_constant": 3}):
        row = repeats.mantel(five, **options, n_permutations=0).iloc[0]
        deals = of_all_deals(five, repeats.mantel, **options)
        assert row["expected"] == 0
        assert deals.mean() == pytest.approx(0, abs=1e-12)
        assert row["sd"] == pytest.approx(deals.std(), rel=1e-9)
        assert row["z"] == pytest.approx(row["value"] / deals.std(), rel=1e-9)
        assert row["p_normal"] == pytest.approx(2 * stats.norm.sf(abs(row["z"])), rel=1e-9)


@pytest.mark.parametrize("test", [repeats.mantel, repeats.jacquez])
def test_a_simulated_p_is_close_to_the_share_of_all_deals(test):
    """Twice the smaller tail, ties counted in both."""
    five = incidents([0, 3, 50, 58, 300], [0] * 5, [0, 1, 3, 3, 30])
    options = {"k": 1} if test is repeats.jacquez else {}
    row = test(five, **options, n_permutations=4999, rng=RNG).iloc[0]
    deals = of_all_deals(five, test, **options)
    above, below = deals >= row["value"] - 1e-9, deals <= row["value"] + 1e-9
    assert row["p_value"] == pytest.approx(min(1, 2 * min(above.mean(), below.mean())), abs=0.03)


# Jacquez


def plain_jacquez(table: gpd.GeoDataFrame, k: int, ties: str) -> tuple[float, np.ndarray]:
    """Do it with matrices of all pairs; also give the matrix in space."""
    matrices = []
    for distance in apart(table):
        weight = np.zeros_like(distance)
        for i, row in enumerate(distance):
            others = np.delete(np.arange(len(row)), i)
            far = np.sort(row[others])[k - 1]
            inner = [j for j in others if row[j] < far - 1e-6]
            tied = [j for j in others if abs(row[j] - far) <= 1e-6]
            weight[i, inner] = 1
            if ties == "rows":
                weight[i, tied[: k - len(inner)]] = 1
            else:
                weight[i, tied] = 1 if ties == "all" else (k - len(inner)) / len(tied)
        matrices.append(weight)
    return float((matrices[0] * matrices[1]).sum()), matrices[0]


def test_burkitt_has_twelve_shared_neighbours_of_three(shared):
    """PySAL gave 12 and, with another search, 13: it hangs on ties, which ours names."""
    found = {
        ties: repeats.jacquez(burkitt(shared), k=3, ties=ties, n_permutations=0)["value"].item()
        for ties in ("share", "all", "rows")
    }
    assert found["rows"] == 12
    assert found["all"] == 13
    assert found["share"] == pytest.approx(12 + 1 / 3)
    attrs = repeats.jacquez(burkitt(shared), n_permutations=0).attrs
    assert (attrs["n_tied_space"], attrs["n_tied_time"]) == (27, 5)


@pytest.mark.parametrize("ties", ["share", "all", "rows"])
@pytest.mark.parametrize("k", [1, 2, 5])
def test_it_equals_a_plain_count_with_matrices(ties, k):
    """With many ties in space and time, several on one place and one day."""
    for seed in range(4):
        table = scattered(50, seed, extent=80, days=15)
        known, _ = plain_jacquez(table, k, ties)
        found = repeats.jacquez(table, k=k, ties=ties, n_permutations=0)["value"].item()
        assert found == pytest.approx(known)


@pytest.mark.parametrize("ties", ["share", "all"])
def test_its_mean_and_spread_are_those_of_all_deals(ties):
    """Five incidents, two on one day and two as far from a third."""
    five = incidents([0, 10, 50, 58, 66], [0] * 5, [1, 3, 3, 8, 13])
    for k in (1, 2, 3):
        row = repeats.jacquez(five, k=k, ties=ties, n_permutations=0).iloc[0]
        deals = of_all_deals(five, repeats.jacquez, k=k, ties=ties)
        assert row["expected"] == pytest.approx(deals.mean(), rel=1e-9)
        assert row["sd"] == pytest.approx(deals.std(), rel=1e-9)
        if ties == "share":
            assert row["expected"] == pytest.approx(5 * k * k / 4)


@pytest.mark.parametrize("ties", ["share", "all", "rows"])
def test_deals_are_counted_as_the_incidents_are(ties):
    """The mean over deals of the kernel is that of matrices, dealt by hand."""
    from ipgtools.repeats import _interaction

    kept = {}

    def keep(value, null, spread):
        kept["null"] = null
        return 1.0

    table = scattered(30, 2, extent=80, days=12)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_interaction, "_two_sided", keep)
        repeats.jacquez(table, k=2, ties=ties, n_permutations=2000, rng=RNG)
    rng, times = np.random.default_rng(1), table["occurred_from"].to_numpy()
    by_hand = [
        plain_jacquez(table.assign(occurred_from=rng.permutation(times)), 2, ties)[0]
        for _ in range(200)
    ]
    error = math.hypot(np.std(by_hand) / math.sqrt(200), kept["null"].std() / math.sqrt(2000))
    assert abs(np.mean(by_hand) - kept["null"].mean()) < 4 * error
    assert kept["null"].std() == pytest.approx(np.std(by_hand), rel=0.25)


# Both


@pytest.mark.parametrize("test", [repeats.mantel, repeats.jacquez])
def test_the_order_of_the_rows_changes_nothing_but_the_deals(test):
    """Neighbours that are equally near share; sums don't look at order."""
    table = scattered(80, 3, extent=100, days=20)
    columns = ["value", "expected", "sd", "z"]
    one = test(table, n_permutations=0)[columns]
    two = test(table.sample(frac=1, random_state=1), n_permutations=0)[columns]
    pd.testing.assert_frame_equal(one, two)


@pytest.mark.parametrize("test", [repeats.mantel, repeats.jacquez])
def test_p_values_are_fair_on_random_patterns(test):
    """Of 200 patterns without interaction about 5 % reach 0.05, and p is spread evenly."""
    p_values = np.array(
        [
            test(scattered(40, seed), n_permutations=99, rng=seed)["p_value"].item()
            for seed in range(200)
        ]
    )
    # three standard errors around 5 % of 200
    assert 1 <= (p_values <= 0.05).sum() <= 20
    assert 0.42 < p_values.mean() < 0.62


@pytest.mark.parametrize("test", [repeats.mantel, repeats.jacquez])
def test_a_planted_process_is_found(test):
    """Sixty originators, half of them followed within 50 metres and 3 days."""
    rng = np.random.default_rng(RNG)
    x, y = rng.uniform(0, 3000, (2, 60))
    day = rng.integers(0, 360, 60)
    x = np.r_[x, x[:30] + rng.uniform(-30, 30, 30)]
    y = np.r_[y, y[:30] + rng.uniform(-30, 30, 30)]
    day = np.r_[day, day[:30] + rng.integers(0, 4, 30)]
    row = test(incidents(x, y, day), n_permutations=199, rng=1).iloc[0]
    assert row["p_value"] == 2 / 200
    assert row["z"] > 3


@pytest.mark.parametrize("test", [repeats.mantel, repeats.jacquez])
def test_the_same_seed_gives_the_same_value_on_any_number_of_threads(test, monkeypatch):
    """Each deal has a seed of its own."""
    table = scattered(60, 6)
    first = test(table, n_permutations=300, rng=7)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    pd.testing.assert_frame_equal(test(table, n_permutations=300, rng=7), first)
    assert test(table, n_permutations=300, rng=8)["p_value"].item() != first["p_value"].item()


@pytest.mark.parametrize("test", [repeats.mantel, repeats.jacquez])
def test_too_few_or_all_alike_says_nothing(test):
    """NaN and a warning, not a number that looks like one."""
    for n in (0, 1, 2, 3):
        row = test(incidents([0] * n, [0] * n, [0] * n), rng=1)
        assert row["value"].isna().all()
        assert row["p_value"].isna().all()
        assert row.attrs["warnings"][0] == {"code": "too_few", "n": n}
    spot = repeats.mantel(incidents([5] * 40, [5] * 40, range(40)), rng=1)
    assert math.isnan(spot["value"].item())
    assert spot.attrs["warnings"] == [{"code": "constant"}]


def test_on_one_place_everybody_shares():
    """Jacquez's count is then what chance gives, for certain."""
    row = repeats.jacquez(incidents([5] * 40, [5] * 40, range(40)), rng=1).iloc[0]
    assert row["value"] == pytest.approx(row["expected"]) == pytest.approx(40 * 9 / 39)
    assert row["sd"] == pytest.approx(0, abs=1e-6)
    assert row["p_value"] == 1


def test_ties_in_time_are_warned_for():
    """Where most incidents have several equally near in time."""
    attrs = repeats.jacquez(scattered(60, 1, days=4), n_permutations=0).attrs
    assert attrs["n_tied_time"] > 30
    assert "ties" in [warning["code"] for warning in attrs["warnings"]]


@pytest.mark.parametrize("test", [repeats.mantel, repeats.jacquez])
def test_the_row_says_what_was_left_out(test):
    """Rows without place or time, adding up; and it leaves the input alone."""
    table = scattered(40, 1)
    table.loc[0, "occurred_from"] = pd.NaT
    table.loc[1, "geometry"] = None
    before = table.copy()
    attrs = test(table, n_permutations=9, rng=3).attrs
    assert (attrs["n_used"], attrs["n_without_place"], attrs["n_without_time"]) == (38, 1, 1)
    assert attrs["method"]["seed"] == 3
    assert json.dumps(attrs)
    pd.testing.assert_frame_equal(table, before)
    with pytest.raises(CrsError, match="`incidents` is in EPSG:4326"):
        test(table.to_crs(4326))


def test_options_that_mean_nothing_are_refused():
    """A pole at distance 0, a power of 0, no neighbours, unknown ties."""
    table = scattered(10, 1)
    with pytest.raises(ValueError, match="`space_constant` is 0, expected above 0"):
        repeats.mantel(table, space_constant=0)
    with pytest.raises(ValueError, match="`time_constant` is -1, expected 0 or more"):
        repeats.mantel(table, time_constant=-1, time_power=1)
    with pytest.raises(ValueError, match="`time_power` is 0, expected a number other than 0"):
        repeats.mantel(table, time_power=0)
    with pytest.raises(ValueError, match="`k` is 0, expected a whole number"):
        repeats.jacquez(table, k=0)
    with pytest.raises(ValueError, match="expected 'share', 'all' or 'rows'"):
        repeats.jacquez(table, ties="random")
