"""Clusters: scikit-learn's and plain loops' answers, laws, and what chance gives."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from helpers import points
from scipy import stats

from ipgtools import hotspots
from ipgtools.errors import CrsError
from ipgtools.hotspots import cluster_polygons, nearest_neighbour_hierarchy

SQUARE = gpd.GeoSeries([shapely.box(0, 0, 1000, 1000)], crs=28992)


def dated(xy, day):
    return points(xy, occurred_from=pd.Timestamp("2025-01-01") + pd.to_timedelta(day, unit="D"))


def together(labels):
    """Tell of each pair whether it is in one cluster."""
    labels = np.asarray(labels)
    return (labels[:, None] == labels) & (labels[:, None] >= 0)


def blobs(seed, n=60):
    rng = np.random.default_rng(seed)
    return np.concatenate([rng.normal(c, 30, (n, 2)) for c in (200, 500, 900)]).round(-1)


# HDBSCAN and ST-DBSCAN


def test_unlike_dense_clusters_are_found_where_one_distance_finds_one():
    rng = np.random.default_rng(1)
    dense = rng.normal((200, 200), 5, (80, 2))
    wide = rng.normal((1500, 1500), 120, (80, 2))
    incidents = points(np.concatenate([dense, wide]))
    found = hotspots.hdbscan(incidents, min_incidents=15)
    assert set(found[:80]) - {-1} != set(found[80:]) - {-1}
    assert (found[:80] >= 0).mean() > 0.9
    assert (found[80:] >= 0).mean() > 0.6
    one_distance = hotspots.clusters(incidents, eps=10, min_incidents=15)
    assert (one_distance[80:] == -1).all()


def test_stacked_incidents_are_one_cluster_in_every_method():
    lattice = [(x, y) for x in range(200, 900, 100) for y in (300, 600)]
    incidents = dated([(10, 10)] * 30 + [(950, 950)] * 20 + lattice, np.arange(64) % 5)
    for found in (
        hotspots.clusters(incidents, eps=20, min_incidents=15),
        hotspots.hdbscan(incidents, min_incidents=15),
        hotspots.st_dbscan(incidents, eps=20, days=5, min_incidents=15),
    ):
        assert found[:30].eq(0).all()
        assert found[30:50].eq(1).all()
        assert found.max() == 1


@pytest.mark.parametrize(("eps", "days"), [(25, 3), (60, 0), (25, 1000)])
def test_st_dbscan_is_dbscan_on_the_pairs_near_in_both(eps, days):
    from sklearn.cluster import DBSCAN

    xy = blobs(2)
    day = np.random.default_rng(3).integers(0, 20, len(xy))
    far = np.hypot(*(xy[:, None] - xy).T)
    apart = np.where((far <= eps) & (np.abs(day[:, None] - day) <= days), 0.0, 9.0)
    plain = DBSCAN(eps=1, min_samples=4, metric="precomputed").fit(apart)
    found = hotspots.st_dbscan(dated(xy, day), eps=eps, days=days, min_incidents=4).to_numpy()
    core = plain.core_sample_indices_
    np.testing.assert_array_equal(together(found[core]), together(plain.labels_[core]))
    np.testing.assert_array_equal(found == -1, plain.labels_ == -1)


def test_with_any_number_of_days_time_does_not_matter():
    xy = blobs(4)
    incidents = dated(xy, np.random.default_rng(5).integers(0, 300, len(xy)))
    in_time = hotspots.st_dbscan(incidents, eps=25, days=300, min_incidents=6)
    assert in_time.tolist() == hotspots.clusters(incidents, eps=25, min_incidents=6).tolist()


def test_a_place_that_is_busy_all_year_is_no_series():
    incidents = dated([(5, 5)] * 12, np.arange(12) * 30)
    assert hotspots.clusters(incidents, eps=20, min_incidents=5).eq(0).all()
    assert hotspots.st_dbscan(incidents, eps=20, days=14, min_incidents=5).eq(-1).all()


@pytest.mark.parametrize("method", ["hdbscan", "st_dbscan"])
def test_the_order_of_rows_changes_nothing(method):
    xy = blobs(6)
    incidents = dated(xy, np.random.default_rng(7).integers(0, 9, len(xy)))
    options = {"min_incidents": 8}
    if method == "st_dbscan":
        options |= {"eps": 40, "days": 3}
    find = getattr(hotspots, method)
    turned = find(incidents.sample(frac=1, random_state=1), **options)
    pd.testing.assert_series_equal(find(incidents, **options), turned.sort_index())


def test_incidents_without_place_or_time_are_in_no_cluster_and_counted():
    incidents = dated([(5, 5)] * 6, [0.0] * 6)
    incidents.loc[4, "occurred_from"] = pd.NaT
    incidents.loc[5, "geometry"] = None
    found = hotspots.st_dbscan(incidents, eps=20, days=14, min_incidents=3)
    assert found.tolist() == [0, 0, 0, 0, -1, -1]
    assert found.attrs["n_without_time"] == found.attrs["n_without_geometry"] == 1
    assert hotspots.hdbscan(incidents, min_incidents=3).tolist() == [0, 0, 0, 0, 0, -1]
    nobody = incidents.iloc[:0]
    assert len(hotspots.st_dbscan(nobody, eps=2, days=1, min_incidents=2)) == 0
    assert len(hotspots.hdbscan(nobody, min_incidents=2)) == 0


def test_options_of_clusters_that_make_no_sense_are_refused():
    incidents = dated([(5, 5)] * 6, [0] * 6)
    with pytest.raises(ValueError, match="days"):
        hotspots.st_dbscan(incidents, eps=20, days=-1, min_incidents=3)
    with pytest.raises(ValueError, match="min_incidents"):
        hotspots.hdbscan(incidents, min_incidents=1)
    with pytest.raises(CrsError):
        hotspots.hdbscan(incidents.to_crs(4326), min_incidents=3)


# shapes


@pytest.mark.parametrize("shape", ["convex", "concave"])
def test_hulls_hold_their_incidents_and_counts_add_up(shape):
    incidents = points(blobs(8))
    labels = hotspots.clusters(incidents, eps=30, min_incidents=6)
    found = hotspots.cluster_shapes(incidents, labels, shape=shape)
    for row in found.itertuples():
        assert incidents[labels == row.cluster].within(row.geometry).all()
    assert found["n"].sum() == (labels >= 0).sum() == found.attrs["n_in_clusters"]
    np.testing.assert_allclose(found["per_km2"], found["n"] / found.area * 1e6)


def test_a_concave_hull_follows_hollows():
    rng = np.random.default_rng(20)
    turn, away = rng.uniform(0, np.pi, 300), rng.uniform(350, 400, 300)
    arch = np.column_stack([np.cos(turn), np.sin(turn)]) * away[:, None]
    labels = pd.Series(0, index=range(300))
    convex, concave = (
        hotspots.cluster_shapes(points(arch), labels, shape=shape)["area_m2"][0]
        for shape in ("convex", "concave")
    )
    assert concave < 0.6 * convex


def test_the_ellipse_lies_along_the_points_with_yuills_axes():
    """Of points from a normal curve it holds 63 %."""
    rng = np.random.default_rng(9)
    turn = np.array([[np.cos(0.5), -np.sin(0.5)], [np.sin(0.5), np.cos(0.5)]])
    xy = rng.normal(0, (100, 30), (20_000, 2)) @ turn.T
    drawn = cluster_polygons.ellipse(xy)
    assert drawn.area == pytest.approx(np.pi * 2 * 100 * 30, rel=0.03)
    inside = shapely.contains_xy(drawn, *xy.T).mean()
    assert inside == pytest.approx(1 - np.exp(-1), abs=0.01)
    long_side = shapely.get_coordinates(shapely.minimum_rotated_rectangle(drawn))
    sides = np.diff(long_side, axis=0)
    longest = sides[np.argmax(np.hypot(*sides.T))]
    assert np.tan(np.arctan2(*longest[::-1])) == pytest.approx(np.tan(0.5), abs=0.05)


def test_a_cluster_on_one_address_is_drawn_as_a_square_that_hides_it():
    """Wherever in its hectometre the address lies, the polygon is the same."""
    drawn = [
        hotspots.cluster_shapes(points([at] * 8), pd.Series(0, index=range(8)), shape=shape)
        for at, shape in [((12, 34), "convex"), ((87, 61), "ellipse")]
    ]
    for table in drawn:
        assert table["few_places"].tolist() == [True]
        assert table.geometry[0].equals(shapely.box(0, 0, 100, 100))
        assert table.attrs["n_few_places"] == 1


def test_a_cluster_that_is_one_stand_in_point_is_doubted():
    """A town hall holds every street of the town."""
    rng = np.random.default_rng(10)
    hall, around = np.full((40, 2), 500.0), rng.normal(500, 15, (20, 2))
    elsewhere = rng.uniform(0, 1000, (200, 2)).round()
    incidents = points(
        np.concatenate([hall, around, elsewhere]),
        street_name=[f"straat {k}" for k in range(40)] + ["plein"] * 20 + ["weg"] * 200,
        category="A72",
    )
    labels = hotspots.clusters(incidents, eps=30, min_incidents=15)
    found = hotspots.cluster_shapes(incidents, labels)
    assert found["stacked"].tolist() == [True]
    spread = incidents.iloc[40:]
    labels = hotspots.clusters(spread, eps=30, min_incidents=15)
    assert not hotspots.cluster_shapes(spread, labels)["stacked"].any()


def test_shapes_tell_the_first_and_last_time():
    incidents = dated([(0, 0), (50, 0), (0, 50), (900, 900)], [5, 2, 9, 50])
    found = hotspots.cluster_shapes(incidents, pd.Series([0, 0, 0, -1]))
    assert found["first"][0] == pd.Timestamp("2025-01-03")
    assert found["last"][0] == pd.Timestamp("2025-01-10")
    json.dumps(found.attrs)


def test_no_clusters_give_no_shapes():
    incidents = points([(0, 0), (50, 0)])
    found = hotspots.cluster_shapes(incidents, pd.Series([-1, -1]))
    assert len(found) == 0
    assert found.attrs["n_in_clusters"] == 0


def test_options_of_shapes_that_make_no_sense_are_refused():
    incidents = points([(0, 0), (50, 0)])
    with pytest.raises(ValueError, match="shape"):
        hotspots.cluster_shapes(incidents, pd.Series([0, 0]), shape="star")
    with pytest.raises(ValueError, match="buffer"):
        hotspots.cluster_shapes(incidents, pd.Series([0, 0]), buffer=0)
    with pytest.raises(ValueError, match="index"):
        hotspots.cluster_shapes(incidents, pd.Series([0, 0], index=[4, 5]))


# nearest-neighbour hierarchical clusters


def plain_groups(xy, distance, fewest):
    """The words of the method, incident by incident."""
    free, groups = list(range(len(xy))), []
    far = np.hypot(*(xy[:, None] - xy).T)
    to_all = np.where(far <= distance, far, 0).sum(axis=1)
    while free:
        around = {i: [j for j in free if far[i, j] <= distance] for i in free}
        best = min(free, key=lambda i: (-len(around[i]), to_all[i], xy[i, 0], xy[i, 1]))
        if len(around[best]) < fewest:
            break
        groups.append(set(around[best]))
        free = [i for i in free if i not in groups[-1]]
    return groups


@pytest.mark.parametrize("seed", range(5))
def test_groups_are_those_of_a_plain_loop(seed):
    xy = np.random.default_rng(seed).uniform(0, 300, (80, 2))
    labels = nearest_neighbour_hierarchy.group(xy, np.ones(80, dtype=np.int64), 40, 4)
    found = [set(np.flatnonzero(labels == k)) for k in range(labels.max() + 1)]
    assert found == plain_groups(xy, 40, 4)


def test_the_distance_is_that_of_clark_and_evans():
    """100 points on a hectare: 5 m, and 1.645 standard errors of 0.26136 less."""
    assert nearest_neighbour_hierarchy.nearness_threshold(100, 10_000, 0.5) == 5
    expected = 5 + stats.norm.ppf(0.05) * 0.26136 / np.sqrt(100**2 / 10_000)
    assert nearest_neighbour_hierarchy.nearness_threshold(100, 10_000, 0.05) == pytest.approx(
        expected, rel=1e-4
    )


def test_four_groups_in_two_pairs_make_a_hierarchy():
    rng = np.random.default_rng(11)
    centres = [(100, 100), (200, 100), (800, 900), (900, 900)]
    sizes = [30, 20, 25, 15]
    xy = np.concatenate([rng.normal(at, 4, (n, 2)) for at, n in zip(centres, sizes, strict=True)])
    found, labels = hotspots.hierarchical_clusters(points(xy), SQUARE, min_incidents=10)
    first, second = (found[found["order"] == order] for order in (1, 2))
    assert first["n"].tolist() == sorted(sizes, reverse=True)
    assert second["n_members"].tolist() == [2, 2]
    assert second["n"].tolist() == [50, 40]
    assert first["parent_id"].tolist() == ["2-1", "2-2", "2-1", "2-2"]
    assert labels.value_counts().to_dict() == dict(
        zip(first["cluster_id"], first["n"], strict=True)
    )
    assert found.attrs["distances"][0] == pytest.approx(0.5 * np.sqrt(1e6 / 90))
    assert found.attrs["distances"][1] == pytest.approx(0.5 * np.sqrt(1e6 / 4))


def test_the_order_of_rows_changes_no_cluster():
    incidents = points(blobs(12))
    found, labels = hotspots.hierarchical_clusters(incidents, SQUARE, min_incidents=8)
    turned = incidents.sample(frac=1, random_state=2)
    again, other = hotspots.hierarchical_clusters(turned, SQUARE, min_incidents=8)
    pd.testing.assert_frame_equal(
        found.drop(columns="geometry"), again.drop(columns="geometry"), check_exact=False
    )
    pd.testing.assert_series_equal(labels, other.sort_index())


def test_random_patterns_have_as_many_clusters_as_expected():
    """Of 40 random patterns about 5 % have more than chance, and as few a large one."""
    draw = np.random.default_rng(13)
    many, large = [], []
    for _ in range(40):
        found, _ = hotspots.hierarchical_clusters(
            points(draw.uniform(0, 1000, (150, 2))), SQUARE, min_incidents=5,
            n_simulations=39, rng=draw,
        )  # fmt: skip
        many.append(found.attrs["orders"][0]["p_value"])
        large.append(found["p_size"].min() if len(found) else 1.0)
    assert np.mean(np.array(many) <= 0.05) <= stats.binom.ppf(0.99, 40, 0.05) / 40
    assert np.mean(np.array(large) <= 0.05) <= stats.binom.ppf(0.99, 40, 0.05) / 40
    assert np.mean(many) > 0.45


def test_planted_clusters_are_more_than_chance_gives():
    draw = np.random.default_rng(14)
    xy = np.concatenate(
        [draw.uniform(0, 1000, (200, 2))] + [draw.normal(at, 8, (15, 2)) for at in (200, 500, 800)]
    )
    found, labels = hotspots.hierarchical_clusters(
        points(xy), SQUARE, min_incidents=10, n_simulations=99, rng=1
    )
    first = found.attrs["orders"][0]
    assert first["n_clusters"] == 3 > first["high"]
    assert first["p_value"] == first["q_value"] == 0.01
    assert (found.loc[found["order"] == 1, "p_size"] == 0.01).all()
    assert labels[200:].notna().mean() > 0.9
    json.dumps(found.attrs)


def test_the_area_decides_what_is_near():
    """The same incidents in an area ten times as wide lie much nearer than chance."""
    incidents = points(np.random.default_rng(15).uniform(0, 1000, (150, 2)))
    wide = gpd.GeoSeries([shapely.box(-4500, -4500, 5500, 5500)], crs=28992)
    own, _ = hotspots.hierarchical_clusters(incidents, SQUARE, min_incidents=8)
    other, _ = hotspots.hierarchical_clusters(incidents, wide, min_incidents=8)
    assert len(own) == 0
    assert other["n"].max() > 100


def test_incidents_outside_the_area_are_counted_and_left_out():
    xy = [(10 + k, 10) for k in range(10)] + [(5000, 5000)] * 20
    found, labels = hotspots.hierarchical_clusters(points(xy), SQUARE, min_incidents=5)
    assert found.attrs["n_outside"] == 20
    assert labels[10:].isna().all()
    assert found["n"].tolist() == [10]


def test_one_address_with_many_incidents_is_a_square_whose_middle_tells_nothing():
    found, _ = hotspots.hierarchical_clusters(points([(12, 34)] * 15), SQUARE)
    assert found["few_places"].tolist() == [True]
    assert found[["x", "y"]].to_numpy().tolist() == [[50, 50]]


def test_nothing_to_group_is_said_so():
    for xy in ([], [(5, 5)], [(5, 5), (900, 900)]):
        found, labels = hotspots.hierarchical_clusters(
            points(xy), SQUARE, min_incidents=2, n_simulations=9, rng=1
        )
        assert len(found) == 0
        assert labels.isna().all()
        assert found.attrs["orders"][0]["n_clusters"] == 0
        assert "p_size" in found


@pytest.mark.parametrize(
    "options",
    [{"min_incidents": 1}, {"min_clusters": 1}, {"distance": 0}, {"likelihood": 1}, {"shape": "x"}],
)
def test_options_of_the_hierarchy_that_make_no_sense_are_refused(options):
    with pytest.raises(ValueError, match=r"members|metres|number"):
        hotspots.hierarchical_clusters(points([(5, 5)]), SQUARE, **options)
