"""Point patterns: spatstat's numbers, circles measured another way, and laws."""

import json
import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import affinity

from ipgtools import patterns
from ipgtools.errors import ContractError, CrsError, IpgError

CLASSIC = ["cells", "redwood", "japanesepines"]
SQUARE = gpd.GeoSeries([shapely.box(0, 0, 1, 1)], crs=28992)


def points(xy):
    x, y = np.asarray(xy, dtype=float).reshape(-1, 2).T
    return gpd.GeoSeries(gpd.points_from_xy(x, y), crs=28992)


def series(shape):
    return gpd.GeoSeries([shape], crs=28992)


def pattern(shared, name):
    """Give the points of a classic pattern and its window."""
    folder = shared / "ref_point_patterns"
    table = pd.read_csv(folder / f"{name}_points.csv")
    window = pd.read_csv(folder / f"{name}_window.csv")
    rings = [group[["x", "y"]].to_numpy() for _, group in window.groupby("ring")]
    return points(table[["x", "y"]]), series(shapely.Polygon(rings[0], rings[1:]))


def expected_of(shared, name):
    path = shared / "ref_point_patterns" / "expected_spatstat.json"
    return json.loads(path.read_text())[name]


def random_points(n, seed, width=1.0, height=1.0):
    return np.random.default_rng(seed).uniform((0, 0), (width, height), (n, 2))


RAGGED = shapely.Polygon(
    [(0, 0), (6, 0), (6, 2), (4, 2), (4, 3), (6, 3.5), (5, 6), (2, 5), (1, 6), (0, 4), (1, 2)],
    [[(2, 1), (3, 1), (3, 2), (2, 1.5)], [(2, 3), (3, 3.5), (2, 4)]],
)

# Clark and Evans


@pytest.mark.parametrize("name", CLASSIC)
def test_the_index_equals_spatstat(shared, name):
    expected = expected_of(shared, name)
    naive = patterns.clark_evans(*pattern(shared, name)).iloc[0]
    assert naive["index"] == pytest.approx(expected["clark_evans_naive"], rel=1e-9)
    assert naive["mean_m"] == pytest.approx(expected["mean_nn"], rel=1e-9)
    donnelly = patterns.clark_evans(*pattern(shared, name), correction="donnelly").iloc[0]
    assert donnelly["index"] == pytest.approx(expected["clark_evans_donnelly"], rel=1e-9)


def test_regular_random_and_clustered_are_told_apart(shared):
    p = {}
    for name in CLASSIC:
        options = {"correction": "donnelly", "n_simulations": 199, "rng": 1}
        found = patterns.clark_evans(*pattern(shared, name), **options).iloc[0]
        p[name] = (found["p_value"], found["p_normal"], np.sign(found["z"]))
    assert max(p["cells"][:2]) <= 0.01
    assert max(p["redwood"][:2]) <= 0.01
    assert min(p["japanesepines"][:2]) > 0.3
    assert (p["cells"][2], p["redwood"][2]) == (1, -1)


def test_the_default_p_value_is_fair_in_a_ragged_area():
    """Of 120 random patterns of 80 points few are called not random; the normal p calls more."""
    area, draw = series(RAGGED), np.random.default_rng(13)
    simulated, normal = [], []
    for seed in range(120):
        found = patterns.clark_evans(points(draw.uniform(0, 6, (110, 2))), area, rng=seed).iloc[0]
        simulated.append(found["p_value"] <= 0.05)
        normal.append(found["p_normal"] <= 0.05)
    # the 99th percentile of what 5 % gives
    assert sum(simulated) <= 12
    assert sum(normal) > sum(simulated)


def test_points_on_triangles_have_the_largest_index_there_is():
    """Hexagonal packing: 2.1491, the value of Clark and Evans."""
    rows, cols = np.indices((60, 60)).reshape(2, -1)
    xy = np.column_stack([cols + 0.5 * (rows % 2), rows * math.sqrt(3) / 2])
    area = series(shapely.box(-0.25, -math.sqrt(3) / 4, 59.75, 59.5 * math.sqrt(3) / 2 + 0))
    found = patterns.clark_evans(points(xy), area, n_simulations=0)
    assert found["index"][0] == pytest.approx(2.1491, abs=0.02)


def test_the_standard_error_is_that_of_clark_and_evans():
    """0.26136 over the root of n times density, as they print it."""
    found = patterns.clark_evans(points(random_points(50, 1)), SQUARE)
    assert found["standard_error_m"][0] == pytest.approx(0.26136 / math.sqrt(50 * 50), rel=1e-4)


def test_points_near_the_border_count_as_neighbours_only():
    xy = [(5, 5), (5, 6), (5, 0.5), (0.5, 5)]
    found = patterns.clark_evans(
        points(xy), series(shapely.box(0, 0, 10, 10)), correction="guard", guard=4
    )
    assert found.attrs["n_averaged"] == 2
    assert found["mean_m"][0] == 1


def test_the_guard_takes_the_bias_of_the_border_away():
    """Over 100 random patterns the naive index is too high, the guarded one is 1."""
    area = series(RAGGED)
    draw = np.random.default_rng(2)
    naive, guarded = [], []
    for _ in range(100):
        xy = draw.uniform(0, 6, (300, 2))
        options = {"area": area, "n_simulations": 0}
        naive.append(patterns.clark_evans(points(xy), **options)["index"][0])
        guarded.append(patterns.clark_evans(points(xy), **options, correction="guard")["index"][0])
    assert np.mean(naive) > 1.03
    assert np.mean(guarded) == pytest.approx(1, abs=0.015)


def kaplan_meier(times, seen):
    """The words of Kaplan and Meier, time by time: each time and its share."""
    left, jumps = 1.0, []
    for time in sorted(set(times[seen])):
        at_risk = (times >= time).sum()
        share = left * ((times == time) & seen).sum() / at_risk
        left -= share
        jumps.append((time, share))
    return np.array(jumps)


def test_the_cdf_correction_is_the_mean_of_kaplan_and_meier():
    xy = random_points(40, 11)
    far = np.hypot(*(xy[:, None] - xy).T) + 9 * np.eye(40)
    nearest = far.min(axis=0)
    border = np.minimum(xy, 1 - xy).min(axis=1)
    time, share = kaplan_meier(np.minimum(nearest, border), nearest <= border).T
    found = patterns.clark_evans(points(xy), SQUARE, correction="cdf").iloc[0]
    assert found["mean_m"] == pytest.approx(time @ share / share.sum())
    assert math.isnan(found["p_normal"])


def test_the_cdf_correction_takes_bias_away_in_a_ragged_area():
    """The plain index of random patterns in it is 6 % too high."""
    draw, area = np.random.default_rng(12), series(RAGGED)
    index = {"none": [], "cdf": []}
    for _ in range(60):
        xy = points(draw.uniform(0, 6, (200, 2)))
        for correction, found in index.items():
            one = patterns.clark_evans(xy, area, correction=correction, n_simulations=0)
            found.append(one["index"][0])
    assert np.mean(index["none"]) > 1.05
    assert np.mean(index["cdf"]) == pytest.approx(1, abs=0.03)


def test_stacked_points_are_reported():
    found = patterns.clark_evans(points([(0.5, 0.5), (0.5, 0.5), (0.1, 0.1), (2, 2)]), SQUARE)
    assert found.attrs["n_stacked"] == 2
    assert found.attrs["n_outside"] == 1
    assert found.attrs["n_used"] == 3


def test_donnelly_is_for_rectangles():
    with pytest.raises(ValueError, match="rectangle"):
        patterns.clark_evans(points([(2, 0.5)]), series(RAGGED), correction="donnelly")
    turned = series(affinity.rotate(SQUARE[0], 30))
    patterns.clark_evans(points([(0.5, 0.5), (0.6, 0.6)]), turned, correction="donnelly")


# Ripley


@pytest.mark.parametrize("correction", ["none", "border", "isotropic"])
@pytest.mark.parametrize("name", CLASSIC)
def test_k_equals_spatstat(shared, name, correction):
    """
    Where points lie exactly r apart, between what it is with and without these pairs.

    These points were rounded to 0.01 or so. There spatstat lets the last digit decide; what
    the border correction makes of it is not compared.
    """
    expected = expected_of(shared, name)
    r, theirs = np.array(expected["K_r"]), np.array(expected[f"K_{correction}"])

    def k(distances, correction):
        xy, area = pattern(shared, name)
        found = patterns.ripley(xy, area, distances=distances, correction=correction)
        return found["k"].to_numpy()

    tied = k(r, "none") != k(r * (1 - 1e-6), "none")
    ours = k(r, correction)
    np.testing.assert_allclose(ours[~tied], theirs[~tied], rtol=2e-9)
    if correction != "border":
        below = k(r * (1 - 1e-6), correction)
        assert (theirs <= ours * (1 + 2e-9)).all()
        assert (theirs >= below * (1 - 2e-9)).all()


def test_k_of_chance_is_a_circle_and_l_its_radius():
    found = patterns.ripley(points(random_points(30, 1)), SQUARE, distances=[0.1, 0.2])
    np.testing.assert_allclose(found["expected_k"], [math.pi / 100, math.pi / 25])
    np.testing.assert_allclose(found["l"], np.sqrt(found["k"] / math.pi))


def share_of_circle(shape, x, y, radius):
    """Measure the circle in 40,000 steps."""
    angle = (np.arange(40_000) + 0.5) * (2 * math.pi / 40_000)
    return shapely.contains_xy(shape, x + radius * np.cos(angle), y + radius * np.sin(angle)).mean()


@pytest.mark.parametrize(
    "shape", [RAGGED, shapely.union(RAGGED, shapely.box(7, 1, 9, 4)), shapely.box(0, 0, 7, 3)]
)
def test_weights_are_those_of_circles_measured_in_steps(shape):
    xy = random_points(60, 3, 9, 6)
    xy = xy[shapely.contains_xy(shape, xy[:, 0], xy[:, 1])][:14]
    limits = [0.7, 1.5, 3, 5]
    total = np.zeros(4)
    for i, (x, y) in enumerate(xy):
        for j in range(len(xy)):
            d = math.dist(xy[i], xy[j])
            if i != j and d <= 5:
                total[np.array(limits) >= d] += 1 / max(share_of_circle(shape, x, y, d), 0.01)
    n = len(xy)
    expected = total * shape.area / (n * (n - 1))
    found = patterns.ripley(points(xy), series(shape), distances=limits)
    np.testing.assert_allclose(found["k"], expected, rtol=1e-3)


def test_an_area_cut_in_pieces_is_the_same_area():
    whole = shapely.box(0, 0, 1, 1)
    halves = gpd.GeoSeries([shapely.box(0, 0, 0.5, 1), shapely.box(0.5, 0, 1, 1)], crs=28992)
    xy = points(random_points(80, 4))
    pd.testing.assert_frame_equal(patterns.ripley(xy, series(whole)), patterns.ripley(xy, halves))


@pytest.mark.parametrize("correction", ["none", "border", "isotropic"])
def test_turning_moving_and_stretching_change_nothing_but_the_scale(correction):
    xy = random_points(200, 5, 6, 6)
    xy = xy[shapely.contains_xy(RAGGED, xy[:, 0], xy[:, 1])]
    one = patterns.ripley(
        points(xy), series(RAGGED), distances=[0.5, 1, 1.7], correction=correction
    )

    def moved(shape):
        turned = affinity.rotate(shape, 37, origin=(0, 0))
        wide = affinity.scale(turned, 100, 100, origin=(0, 0))
        return affinity.translate(wide, 250_000, 470_000)

    two = patterns.ripley(
        gpd.GeoSeries([moved(point) for point in points(xy)], crs=28992),
        series(moved(RAGGED)),
        distances=[50, 100, 170],
        correction=correction,
    )
    np.testing.assert_allclose(one["k"] * 10_000, two["k"], rtol=1e-7)


@pytest.mark.parametrize("correction", ["none", "border", "isotropic"])
def test_the_order_of_points_changes_nothing(correction):
    xy = random_points(150, 6)
    one = patterns.ripley(points(xy), SQUARE, correction=correction)
    two = patterns.ripley(points(xy[::-1]), SQUARE, correction=correction)
    pd.testing.assert_frame_equal(one, two)


@pytest.mark.parametrize("correction", ["border", "isotropic"])
def test_corrected_k_of_chance_is_that_of_chance(correction):
    """The mean over 200 random patterns in a ragged area."""
    draw, area, limits = np.random.default_rng(7), series(RAGGED), [0.3, 0.5, 0.8]
    k = [
        patterns.ripley(
            points(draw.uniform(0, 6, (150, 2))), area, distances=limits, correction=correction
        )["k"]
        for _ in range(200)
    ]
    np.testing.assert_allclose(np.mean(k, axis=0) / (math.pi * np.square(limits)), 1, atol=0.03)


def test_a_lattice_counts_the_points_at_exactly_its_distance():
    xy = np.indices((4, 4)).reshape(2, -1).T * 0.1 + 0.3
    found = patterns.ripley(
        points(xy), SQUARE, distances=[0.05, 0.1, 0.1 * math.sqrt(2)], correction="none"
    )
    np.testing.assert_allclose(found["k"] * 16 * 15, [0, 48, 84])


# envelopes


def test_clusters_leave_the_envelope_and_chance_does_not(shared):
    options = {"n_simulations": 199, "rng": 2, "distances": np.arange(1, 26) / 100}
    clustered = patterns.ripley(*pattern(shared, "redwood"), **options)
    assert clustered.attrs["p_value"] == 1 / 200
    assert (clustered["l"] > clustered["l_global_high"]).any()
    chance = patterns.ripley(*pattern(shared, "japanesepines"), **options)
    assert chance.attrs["p_value"] > 0.05
    assert chance["l"].between(chance["l_global_low"], chance["l_global_high"]).all()


def test_envelopes_are_repeatable_and_the_global_one_is_the_wider():
    xy = points(random_points(100, 8))
    one = patterns.ripley(xy, SQUARE, n_simulations=99, rng=3)
    pd.testing.assert_frame_equal(one, patterns.ripley(xy, SQUARE, n_simulations=99, rng=3))
    assert one.attrs["p_value"] == patterns.ripley(
        xy, SQUARE, n_simulations=99, rng=3
    ).attrs["p_value"]  # fmt: skip
    assert (one["l_low"] <= one["l_high"]).all()
    pointwise = (one["l_high"] - one["l_low"]).max()
    assert (one["l_global_high"] - one["l_global_low"]).max() >= pointwise


def test_the_global_envelope_is_left_exactly_where_p_says_so():
    """On 60 patterns, some clustered: outside somewhere if and only if p is at most alpha."""
    draw = np.random.default_rng(9)
    for round_ in range(60):
        xy = draw.uniform(0.1, 0.9 + 0.1 * (round_ % 2), (40, 2))
        found = patterns.ripley(
            points(xy), SQUARE, distances=[0.05, 0.1, 0.2], n_simulations=39, rng=round_
        )
        far = np.abs(found["l"] - found["distance_m"]).max()
        width = (found["l_global_high"] - found["distance_m"]).max()
        assert (far > width or math.isclose(far, width)) == (found.attrs["p_value"] <= 0.05)


def test_p_values_of_chance_are_uniform():
    draw = np.random.default_rng(10)
    p = []
    for _ in range(200):
        xy = points(draw.uniform(0, 1, (30, 2)))
        options = {"distances": [0.05, 0.1, 0.15], "n_simulations": 39, "rng": draw}
        p.append(patterns.ripley(xy, SQUARE, **options).attrs["p_value"])
    assert np.mean(p) == pytest.approx(0.51, abs=0.07)
    assert np.mean(np.array(p) <= 0.1) == pytest.approx(0.1, abs=0.065)


# what can't be done


def test_one_point_has_no_neighbours():
    for xy in ([], [(0.5, 0.5)]):
        found = patterns.clark_evans(points(xy), SQUARE, n_simulations=9)
        assert found[["mean_m", "z", "p_value", "p_normal"]].isna().all(axis=None)
        found = patterns.ripley(points(xy), SQUARE, distances=[0.1], n_simulations=39)
        assert found["k"].isna().all()
        assert math.isnan(found.attrs["p_value"])


def test_results_can_be_written_as_json():
    xy = points(random_points(20, 11))
    for found in (
        patterns.clark_evans(xy, SQUARE, correction="guard", n_simulations=9, rng=1),
        patterns.ripley(xy, SQUARE, n_simulations=39, rng=1),
    ):
        assert json.loads(json.dumps(found.attrs))["method"]["seed"] == 1


def test_wrong_input_is_refused():
    xy = points([(0.5, 0.5), (0.6, 0.6)])
    with pytest.raises(CrsError):
        patterns.ripley(xy.to_crs(4326), SQUARE)
    with pytest.raises(ContractError, match="Point"):
        patterns.clark_evans(SQUARE, SQUARE)
    with pytest.raises(IpgError, match="no surface"):
        patterns.clark_evans(xy, xy)
    with pytest.raises(ValueError, match="correction"):
        patterns.ripley(xy, SQUARE, correction="translate")
    with pytest.raises(ValueError, match="correction"):
        patterns.clark_evans(xy, SQUARE, correction="edge")
    with pytest.raises(ValueError, match="guard"):
        patterns.clark_evans(xy, SQUARE, guard=1)
    with pytest.raises(ValueError, match="rise"):
        patterns.ripley(xy, SQUARE, distances=[2, 1])
    with pytest.raises(ValueError, match="at least 39"):
        patterns.ripley(xy, SQUARE, n_simulations=20)
    with pytest.raises(ValueError, match="alpha"):
        patterns.ripley(xy, SQUARE, alpha=0)
