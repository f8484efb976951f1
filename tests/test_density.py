"""Density: as its definition says, as other tools give, and within its error when fast."""

import json
import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
import shapely.affinity
from helpers import points
from scipy import ndimage, stats

from ipgtools import hotspots
from ipgtools.grid import Grid
from ipgtools.hotspots.kernel_density import (
    KERNELS,
    bandwidth,
    binning,
    default_bandwidth,
    evaluation,
    kernel_values,
)
from ipgtools.hotspots.kernel_density.bandwidth import choose, log_likelihood


def pattern(shared, name):
    """Give a pattern of the unit square in metres of a square kilometre, and its figures."""
    folder = shared / "ref_point_patterns"
    xy = pd.read_csv(folder / f"{name}_points.csv")[["x", "y"]].to_numpy() * 1000
    xy[:, 1] += 1000 if xy[:, 1].min() < 0 else 0
    return xy, json.loads((folder / "expected_spatstat.json").read_text())[name]


def direct(incidents, cells, bandwidth, kernel, weights=1.0):
    """Evaluate a density as it is defined, one incident and centre at a time."""
    x, y = incidents.geometry.x.to_numpy(), incidents.geometry.y.to_numpy()
    centres = cells.centroid
    at = np.column_stack([centres.x, centres.y])
    u = np.hypot(at[:, :1] - x, at[:, 1:] - y) / bandwidth
    height = {
        "quartic": 3 / np.pi * (1 - u**2) ** 2 * (u <= 1),
        "gaussian": np.exp(-(u**2) / 2) / (2 * np.pi),
        "triangular": 3 / np.pi * (1 - u) * (u <= 1),
        "uniform": (u <= 1) / np.pi,
    }[kernel]
    return (height * weights / bandwidth**2).sum(axis=1) * 1e6


@pytest.mark.parametrize("kernel", KERNELS)
def test_exact_densities_are_those_of_the_definition(kernel):
    rng = np.random.default_rng(16)
    incidents = points(rng.uniform(-300, 1300, (150, 2)))
    weights = rng.uniform(0, 5, 150)
    grid = Grid.covering(
        gpd.GeoSeries([shapely.Point(500, 500).buffer(600)], crs=28992), 50
    )  # fmt: skip
    cells = hotspots.density(
        incidents, grid, bandwidth=210, kernel=kernel, weights=weights, exact=True
    )
    expected = direct(incidents, cells, 210, kernel, weights)
    np.testing.assert_allclose(cells["per_km2"], expected, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("kernel", KERNELS)
def test_the_ways_to_be_exact_agree(kernel, monkeypatch):
    incidents = points(np.random.default_rng(17).uniform(-200, 1200, (200, 2)))
    grid = Grid.covering((0, 0, 1000, 1000), 50)
    options = {"bandwidth": 130, "kernel": kernel, "exact": True}
    plain = hotspots.density(incidents, grid, **options)["per_km2"]
    monkeypatch.setattr(evaluation, "_EACH_PAIR_UP_TO", 0)
    vectorised = hotspots.density(incidents, grid, **options)["per_km2"]
    np.testing.assert_allclose(vectorised, plain, rtol=1e-10, atol=1e-9)
    monkeypatch.setattr(evaluation, "COMPILE_FROM", 0)
    monkeypatch.setattr(evaluation, "_SPLIT_FROM", 0)
    compiled = hotspots.density(incidents, grid, **options)["per_km2"]
    np.testing.assert_allclose(compiled, vectorised, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("kernel", ["quartic", "gaussian"])
@pytest.mark.parametrize("bandwidth", [140, 300, 555])
@pytest.mark.parametrize("stacked", [True, False])
@pytest.mark.parametrize("cells", ["square", "hexagon"])
def test_binning_errs_by_less_than_a_thousandth_of_the_peak(kernel, bandwidth, stacked, cells):
    """Also for the worst there is: all incidents on one spot, anywhere in its cell."""
    rng, shape = np.random.default_rng(18), KERNELS[kernel]
    grid = Grid.covering((0, 0, 2000, 2000), 50, shape=cells)
    for _ in range(4):
        xy = rng.uniform(900, 1100, (1, 2)) if stacked else rng.normal(1000, 300, (100, 2))
        arguments = (*xy.T.copy(), None, grid, shape, float(bandwidth))
        binned = binning.binned(*arguments)
        exact, how = evaluation.evaluate(*arguments, exact=True)
        assert how != "binned"
        assert np.abs(binned - exact).max() < 1e-3 * exact.max()


@pytest.mark.parametrize("weighted", [True, False])
def test_compiled_binning_equals_the_vectorised_one(weighted):
    kernels = pytest.importorskip("ipgtools._kernels")
    x, y = np.random.default_rng(19).uniform(-20, 320, (2, 1500))
    weights = np.random.default_rng(20).random(1500) if weighted else np.ones(1500)
    expected = binning.linear_bin((x - 10) / 10, (y - 5) / 8, weights, 30, 25)
    given = weights if weighted else np.empty(0)
    found = kernels.linear_bin(x, y, given, 10.0, 5.0, 10.0, 8.0, 30, 25)
    np.testing.assert_allclose(found, expected, atol=1e-12)


def test_counting_in_parts_equals_binning():
    kernels = pytest.importorskip("ipgtools._kernels")
    x, y = np.random.default_rng(50).uniform(-20, 320, (2, 1500))
    x[:3], y[:3] = [10, 19.9999999, 300], [5, 5, 197]
    place = (10.0, 5.0, 10.0, 8.0, 30, 25)
    found = kernels.linear_count(x, y, *place, 65_536)
    expected = kernels.linear_bin(x, y, np.empty(0), *place)
    np.testing.assert_allclose(found / 65_536, expected, atol=1e-4)
    assert found.sum() / 65_536 == pytest.approx(expected.sum(), abs=1e-9)


@pytest.mark.parametrize("stacked", [True, False])
@pytest.mark.parametrize("n", [1000, 300_000])
def test_many_incidents_of_weight_1_err_as_little(monkeypatch, stacked, n):
    rng = np.random.default_rng(49)
    xy = rng.uniform(900, 1100, (1, 2)) if stacked else rng.normal(1000, 300, (100, 2))
    grid, shape = Grid.covering((0, 0, 2000, 2000), 20), KERNELS["quartic"]
    monkeypatch.setattr(binning, "COMPILE_BINNING_FROM", 0)
    many = np.resize(xy, (n, 2))
    found = binning.binned(*many.T.copy(), None, grid, shape, 300.0)
    exact, _ = evaluation.evaluate(*xy.T.copy(), None, grid, shape, 300.0, exact=True)
    assert np.abs(found / (n / len(xy)) - exact).max() < 1e-3 * exact.max()


def test_many_incidents_err_as_little_in_single_precision(monkeypatch):
    """A stack of a million on one spot and thinly spread others, against double precision."""
    rng = np.random.default_rng(51)
    xy = np.concatenate([[[1003.0, 998.0]], rng.uniform(0, 2000, (3000, 2))])
    weights = np.concatenate([[1e6], np.ones(3000)])
    arguments = (*xy.T.copy(), weights, Grid.covering((0, 0, 2000, 2000), 20))
    shape = KERNELS["quartic"]
    exact, _ = evaluation.evaluate(*arguments, shape, 300.0, exact=True)
    monkeypatch.setattr(binning, "COMPILE_BINNING_FROM", 0)
    found = binning.binned(*arguments, shape, 300.0)
    assert np.abs(found - exact).max() < 1e-3 * exact.max()
    assert (found >= 0).all()


def test_the_fast_way_is_taken_where_it_pays_and_exact_on_demand():
    incidents = points(np.random.default_rng(21).uniform(0, 1000, (20_000, 2)))
    grid = Grid.covering((0, 0, 1000, 1000), 10)
    fast = hotspots.density(incidents, grid, bandwidth=300)
    assert fast.attrs["method"]["evaluation"] == "binned"
    thin = incidents[:500]
    exact = hotspots.density(thin, grid, bandwidth=300, exact=True)
    assert exact.attrs["method"]["evaluation"] == "exact"
    xy = thin.get_coordinates().to_numpy().T.copy()
    binned = binning.binned(*xy, None, grid, KERNELS["quartic"], 300.0)
    error = np.abs(exact["per_km2"].to_numpy() - binned.ravel() * 1e6).max()
    assert error < 1e-3 * exact["per_km2"].max()


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("exact", [True, False])
def test_density_times_surface_adds_up_to_the_incidents(kernel, exact):
    incidents = points(np.random.default_rng(22).uniform(1500, 3500, (300, 2)))
    grid = Grid.covering((0, 0, 5000, 5000), 50)
    cells = hotspots.density(incidents, grid, bandwidth=300, kernel=kernel, exact=exact)
    assert cells["per_km2"].sum() * 0.05**2 == pytest.approx(300, rel=0.005)


def test_densities_equal_those_of_spatstat(shared):
    """
    At the first points of three patterns, Gaussian, with and without edge correction.

    A unit square becomes a square kilometre, so densities keep their value; read off
    between centres 5 m apart, hence the tolerance.
    """
    folder = shared / "ref_point_patterns"
    expected = json.loads((folder / "expected_spatstat.json").read_text())
    for name in ("cells", "redwood", "japanesepines"):
        xy = pd.read_csv(folder / f"{name}_points.csv")[["x", "y"]].to_numpy() * 1000
        xy[:, 1] += 1000 if xy[:, 1].min() < 0 else 0
        window = pd.read_csv(folder / f"{name}_window.csv")[["x", "y"]].to_numpy() * 1000
        window[:, 1] += 1000 if window[:, 1].min() < 0 else 0
        square = gpd.GeoSeries([shapely.Polygon(window)], crs=28992)
        grid = Grid.covering(square, 5)
        centre = grid.cell_size / 2
        at = (xy[:5, ::-1] - [grid.y0 + centre, grid.x0 + centre]) / grid.cell_size
        for key, edge in (("edge", True), ("noedge", False)):
            cells = hotspots.density(
                points(xy), grid, bandwidth=100, kernel="gaussian", edge_correction=edge
            )
            table = cells["per_km2"].to_numpy().reshape(grid.n_rows, grid.n_cols)
            found = ndimage.map_coordinates(table, at.T, order=3, mode="nearest")
            wanted = expected[name][f"kde_at_first5_points_{key}"]
            np.testing.assert_allclose(found, wanted, rtol=2e-3)


@pytest.mark.parametrize("kernel", ["triangular", "uniform"])
def test_a_kernel_with_an_edge_or_a_tip_is_always_exact(kernel):
    incidents = points(np.random.default_rng(48).uniform(0, 1000, (3000, 2)))
    grid = Grid.covering((0, 0, 1000, 1000), 10)
    cells = hotspots.density(incidents, grid, bandwidth=300, kernel=kernel)
    assert cells.attrs["method"]["evaluation"] == "exact"
    some = cells.iloc[::997]
    expected = direct(incidents, some, 300, kernel)
    np.testing.assert_allclose(some["per_km2"], expected, rtol=1e-9)


def test_edge_correction_levels_an_even_spread():
    """Incidents on every corner of a lattice are as dense at the border as in the middle."""
    steps = np.arange(5, 2000, 10.0)
    incidents = points(np.stack(np.meshgrid(steps, steps), axis=-1))
    grid = Grid.covering((0, 0, 2000, 2000), 50)
    plain = hotspots.density(incidents, grid, bandwidth=300)["per_km2"]
    level = hotspots.density(incidents, grid, bandwidth=300, edge_correction=True)["per_km2"]
    assert plain.min() < 0.4 * plain.max()
    np.testing.assert_allclose(level, 10_000, rtol=0.01)


def test_incidents_just_outside_count_for_the_cells_they_reach():
    grid = Grid.covering((0, 0, 1000, 1000))
    cells = hotspots.density(points([(-50, 450), (-500, 450)]), grid, bandwidth=200)
    assert cells["per_km2"].gt(0).any()
    assert cells.attrs["n_used"] == 1
    assert cells.attrs["n_outside"] == 1


def test_cells_out_of_reach_are_exactly_0():
    incidents = points(np.random.default_rng(23).uniform(0, 300, (5000, 2)))
    grid = Grid.covering((0, 0, 3000, 3000), 10)
    cells = hotspots.density(incidents, grid, bandwidth=200)
    assert cells.attrs["method"]["evaluation"] == "binned"
    assert (cells["per_km2"] >= 0).all()
    far = cells.centroid.x > 600
    assert (cells["per_km2"][far] == 0).all()


def test_scotts_rule_is_stretched_for_the_kernel():
    rng = np.random.default_rng(24)
    x, y = rng.normal(0, 1000, (2, 4000))
    chosen = {name: default_bandwidth(x, y, kernel=name)
              for name in KERNELS}  # fmt: skip
    assert chosen["gaussian"] == pytest.approx(1000 * 4000 ** (-1 / 6), rel=0.05)
    assert chosen["quartic"] == pytest.approx(chosen["gaussian"] * math.sqrt(8), rel=0.03)
    assert chosen["uniform"] == pytest.approx(chosen["gaussian"] * 2, rel=0.03)


@pytest.mark.parametrize("name", KERNELS)
def test_kernels_integrate_to_1_with_the_spread_they_declare(name):
    shape = KERNELS[name]
    r = np.linspace(0, shape.reach, 200_001)
    height = kernel_values(r**2, shape)
    assert np.trapezoid(2 * np.pi * r * height, r) == pytest.approx(1, abs=1e-5)
    per_axis = np.trapezoid(np.pi * r**3 * height, r)
    assert math.sqrt(per_axis) == pytest.approx(shape.spread, abs=1e-5)


def test_a_default_bandwidth_is_at_least_two_cells_and_reported():
    grid = Grid.covering((0, 0, 1000, 1000))
    cells = hotspots.density(points([(500, 500)] * 50), grid)
    assert cells.attrs["bandwidth"] == 200
    assert hotspots.density(points([]), grid)["per_km2"].eq(0).all()


def test_a_bandwidth_below_the_cell_is_warned_about():
    grid, incidents = Grid.covering((0, 0, 1000, 1000)), points([(500, 500)])
    narrow = hotspots.density(incidents, grid, bandwidth=40)
    assert narrow.attrs["warnings"][0]["code"] == "bandwidth_below_cell"
    coarse = hotspots.density(incidents, grid, bandwidth=150)
    assert coarse.attrs["warnings"][0]["code"] == "grid_coarse"
    assert hotspots.density(incidents, grid, bandwidth=200).attrs["warnings"] == []
    assert hotspots.density(incidents, grid).attrs["warnings"] == []
    wide = hotspots.density(incidents, grid, bandwidth=80, kernel="gaussian")
    assert wide.attrs["warnings"] == []


@pytest.mark.parametrize(
    "options",
    [
        {"bandwidth": 0}, {"bandwidth": np.nan}, {"kernel": "box"}, {"bandwidth": "best"},
        {"adaptive": "silverman"}, {"adaptive": 0}, {"adaptive": True},
        {"adaptive": 5, "bandwidth": 100}, {"adaptive": 5, "edge_correction": True},
        {"edge_correction": "isotropic"},
    ],
)  # fmt: skip
def test_density_options_that_make_no_sense_are_refused(options):
    with pytest.raises(ValueError, match="|".join(options)):
        hotspots.density(points([(5, 5)]), Grid.covering((0, 0, 100, 100)), **options)


# hexagons


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("wide", [45, 210])
def test_densities_on_hexagons_are_those_of_the_definition(kernel, wide):
    incidents = points(np.random.default_rng(52).uniform(-100, 1100, (150, 2)))
    grid = Grid.covering((0, 0, 1000, 1000), 50, shape="hexagon")
    cells = hotspots.density(incidents, grid, bandwidth=wide, kernel=kernel, exact=True)
    np.testing.assert_allclose(
        cells["per_km2"], direct(incidents, cells, wide, kernel), rtol=1e-9, atol=1e-9
    )


def test_density_on_hexagons_adds_up_to_the_incidents():
    incidents = points(np.random.default_rng(53).uniform(1500, 3500, (300, 2)))
    grid = Grid.covering((0, 0, 5000, 5000), 60, shape="hexagon")
    cells = hotspots.density(incidents, grid, bandwidth=300)
    assert cells["per_km2"].sum() * grid.cell_area / 1e6 == pytest.approx(300, rel=0.005)


def test_edge_correction_levels_an_even_spread_on_hexagons_and_clipped_squares():
    steps = np.arange(5, 2000, 10.0)
    incidents = points(np.stack(np.meshgrid(steps, steps), axis=-1))
    area = gpd.GeoSeries([shapely.box(0, 0, 2000, 2000)], crs=28992)
    grid = Grid.covering(area, 66, clip=True)
    cells = hotspots.density(incidents, grid, bandwidth=300, edge_correction=True)
    np.testing.assert_allclose(cells["per_km2"], 10_000, rtol=0.02)
    hexagons = Grid.covering(area, 50, shape="hexagon")
    cells = hotspots.density(incidents, hexagons, bandwidth=300)
    inner = shapely.box(300, 300, 1700, 1700).contains(cells.centroid.to_numpy())
    np.testing.assert_allclose(cells["per_km2"][inner], 10_000, rtol=0.01)


# edges


def turned() -> shapely.Polygon:
    """Give a wijk whose border runs slantwise over cells, with a bay in it."""
    box = shapely.affinity.rotate(shapely.box(0, 0, 1500, 1000), 27)
    return box.difference(shapely.Point(200, 200).buffer(300))


@pytest.mark.parametrize("size", [100, 50, 25])
@pytest.mark.parametrize("clip", [False, True])
@pytest.mark.parametrize("cells", ["square", "hexagon"])
def test_the_correction_is_to_the_polygon_clipped_or_not(size, clip, cells):
    """The part of the kernel inside, by adding up 4 x 4 m squares of the polygon itself."""
    area = turned()
    grid = Grid.covering(gpd.GeoSeries([area], crs=28992), size, clip=clip, shape=cells)
    assert grid.area.equals(area)
    west, south, east, north = area.bounds
    x, y = np.meshgrid(np.arange(west + 2, east, 4), np.arange(south + 2, north, 4))
    inside = shapely.contains_xy(area, x, y)
    incident = points([(600, 700)])
    plain, level = (
        hotspots.density(incident, grid, bandwidth=300, exact=True, edge_correction=edge)
        for edge in (False, True)
    )
    some = np.flatnonzero(plain["per_km2"] > 0)[:: max(1, grid.n_cells // 60)]
    at_x, at_y = (values[some] for values in grid.centres())
    for number, centre_x, centre_y in zip(some, at_x, at_y, strict=True):
        u = ((x[inside] - centre_x) ** 2 + (y[inside] - centre_y) ** 2) / 300**2
        part = (3 / np.pi * np.maximum(1 - u, 0) ** 2).sum() * 16 / 300**2
        corrected = plain["per_km2"].iloc[number] / part
        assert level["per_km2"].iloc[number] == pytest.approx(corrected, rel=0.02)


def test_an_incident_beyond_the_border_is_not_used_with_the_correction():
    """It lies in a cell of the grid, and outside the polygon."""
    grid = Grid.covering(gpd.GeoSeries([shapely.box(0, 0, 950, 950)], crs=28992))
    incidents = points([(500, 500), (970, 500)])
    for edge, n in ((False, 2), (True, 1), ("diggle", 1)):
        assert (
            hotspots.density(incidents, grid, bandwidth=200, edge_correction=edge).attrs["n_used"]
            == n
        )


def test_the_correction_per_incident_keeps_the_total():
    """Jones (1993): each incident's kernel has surface 1 within the window."""
    incidents = points(np.random.default_rng(54).uniform(0, 1000, (200, 2)))
    grid = Grid.covering((0, 0, 1000, 1000), 10)
    cells = hotspots.density(incidents, grid, bandwidth=300, edge_correction="diggle")
    assert cells["per_km2"].sum() * 0.01**2 == pytest.approx(200, rel=2e-3)
    plain = hotspots.density(incidents, grid, bandwidth=300)
    assert plain["per_km2"].sum() * 0.01**2 < 180


def test_the_correction_per_incident_is_its_formula(shared):
    """Against kernels whose part in the square is known from the normal distribution."""
    xy, _ = pattern(shared, "redwood")
    grid = Grid.covering((0, 0, 1000, 1000), 10)
    cells = hotspots.density(
        points(xy), grid, bandwidth=100, kernel="gaussian", edge_correction="diggle", exact=True
    )
    part = np.prod(stats.norm.cdf((1000 - xy) / 100) - stats.norm.cdf(-xy / 100), axis=1)
    expected = direct(points(xy), cells, 100, "gaussian", 1 / part)
    np.testing.assert_allclose(cells["per_km2"], expected, rtol=3e-3)


# adaptive


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("cells", ["square", "hexagon"])
def test_bandwidths_by_neighbour_give_the_sum_of_their_kernels(kernel, cells):
    incidents = points(np.random.default_rng(55).uniform(0, 1000, (120, 2)))
    grid = Grid.covering((0, 0, 1000, 1000), 20, shape=cells)
    table = hotspots.density(incidents, grid, kernel=kernel, adaptive=8)
    xy = incidents.get_coordinates().to_numpy()
    away = np.sort(np.linalg.norm(xy[:, None] - xy, axis=2), axis=1)
    expected = direct(incidents, table, away[:, 8], kernel)
    np.testing.assert_allclose(table["per_km2"], expected, rtol=1e-9, atol=1e-9)
    assert table.attrs["bandwidth"] == pytest.approx(away[:, 8].min())
    assert table.attrs["method"]["bandwidth_max"] == pytest.approx(away[:, 8].max())


def test_the_compiled_adaptive_way_equals_the_vectorised_one(monkeypatch):
    incidents = points(np.random.default_rng(56).uniform(0, 1000, (200, 2)))
    grid = Grid.covering((0, 0, 1000, 1000), 50)
    few = hotspots.density(incidents, grid, adaptive=10)["per_km2"]
    monkeypatch.setattr(evaluation, "COMPILE_FROM", 0)
    many = hotspots.density(incidents, grid, adaptive=10)["per_km2"]
    np.testing.assert_allclose(many, few, rtol=1e-10, atol=1e-10)


def test_abramsons_bandwidths_go_by_the_square_root_of_the_pilot():
    """Ten incidents on each of two spots, one incident on a third, all far apart."""
    incidents = points([(1000, 1000)] * 10 + [(5000, 1000)] * 10 + [(3000, 4000)])
    grid = Grid.covering((0, 0, 6000, 5000), 50)
    table = hotspots.density(incidents, grid, bandwidth=400, adaptive="abramson")
    method = table.attrs["method"]
    assert method["bandwidth_max"] / method["bandwidth_min"] == pytest.approx(10**0.5, rel=1e-6)
    mean = method["bandwidth_min"] ** (20 / 21) * method["bandwidth_max"] ** (1 / 21)
    assert mean == pytest.approx(400, rel=1e-6)
    wide = np.array([method["bandwidth_min"]] * 20 + [method["bandwidth_max"]])
    expected = direct(incidents, table, wide, "quartic")
    np.testing.assert_allclose(table["per_km2"], expected, rtol=1e-9, atol=1e-9)


def test_the_pilot_is_near_the_density_itself():
    """The bandwidths that the definition gives, within what 0.5 % in the pilot does."""
    rng = np.random.default_rng(57)
    xy = np.concatenate([rng.normal(1000, 80, (150, 2)), rng.uniform(0, 2000, (150, 2))])
    table = hotspots.density(
        points(xy), Grid.covering((0, 0, 2000, 2000), 50), bandwidth=300, adaptive="abramson"
    )
    away = np.linalg.norm(xy[:, None] - xy, axis=2)
    pilot = kernel_values((away / 300) ** 2, KERNELS["quartic"]).sum(axis=1)
    wide = 300 * np.exp(-0.5 * (np.log(pilot) - np.log(pilot).mean()))
    assert table.attrs["bandwidth"] == pytest.approx(wide.min(), rel=5e-3)
    assert table.attrs["method"]["bandwidth_median"] == pytest.approx(np.median(wide), rel=5e-3)


def test_no_incident_is_narrower_than_a_cell_or_wider_than_five_bandwidths():
    incidents = points([(500, 500)] * 5000 + [(3000, 3000)])
    grid = Grid.covering((0, 0, 4000, 4000), 100)
    method = hotspots.density(incidents, grid, bandwidth=300, adaptive="abramson").attrs["method"]
    assert method["bandwidth_max"] == 1500
    stack = hotspots.density(incidents, grid, adaptive=3).attrs["method"]
    assert stack["bandwidth_min"] == 100


def test_adaptive_density_adds_up_to_the_incidents():
    incidents = points(np.random.default_rng(58).normal(2500, 300, (300, 2)))
    cells = hotspots.density(incidents, Grid.covering((0, 0, 5000, 5000), 25), adaptive="abramson")
    assert cells["per_km2"].sum() * 0.025**2 == pytest.approx(300, rel=0.01)


@pytest.mark.parametrize("adaptive", ["abramson", 5])
def test_adaptive_density_of_none_and_of_one_is_fine(adaptive):
    grid = Grid.covering((0, 0, 1000, 1000))
    assert hotspots.density(points([]), grid, adaptive=adaptive)["per_km2"].eq(0).all()
    assert hotspots.density(points([(500, 500)]), grid, adaptive=adaptive)["per_km2"].max() > 0


# bandwidths


@pytest.mark.parametrize("name", ["cells", "redwood", "japanesepines"])
def test_scotts_rule_per_axis_is_that_of_spatstat(shared, name):
    xy, expected = pattern(shared, name)
    found = hotspots.bandwidths(points(xy), rules=["scott", "silverman"], kernel="gaussian")
    for row in found.itertuples():
        axes = [row.bandwidth_x / 1000, row.bandwidth_y / 1000]
        np.testing.assert_allclose(axes, expected["bw_scott"], rtol=1e-8)
        assert row.bandwidth == pytest.approx(1000 * np.sqrt(np.mean(np.square(axes))))


def test_silvermans_factor_is_that_of_scipy():
    xy = np.random.default_rng(59).normal(0, 500, (400, 2))
    found = hotspots.bandwidths(points(xy), rules=["silverman"], kernel="gaussian")
    factor = stats.gaussian_kde(xy.T).silverman_factor()
    assert found["bandwidth_x"][0] == pytest.approx(factor * xy[:, 0].std(ddof=1))


def test_nrd_is_what_r_and_sfhotspot_say_of_memphis(shared):
    """R's ``MASS::bandwidth.nrd`` of the robberies of January, and of the whole year."""
    table = pd.read_csv(shared / "us_memphis_robberies_2019" / "memphis_robberies.csv")
    incidents = gpd.GeoDataFrame(
        table, geometry=gpd.points_from_xy(table["lon"], table["lat"]), crs=4326
    ).to_crs(32615)
    january = incidents[incidents["date"].str.startswith("2019-01")]
    for rows, expected in ((january, [8876.7, 9867.4]), (incidents, [5592.5, 5947.4])):
        found = hotspots.bandwidths(rows, rules=["nrd"]).iloc[0]
        axes = [found["bandwidth_x"], found["bandwidth_y"]]
        np.testing.assert_allclose(axes, expected, atol=0.06)
        assert found["bandwidth"] == pytest.approx(np.mean(axes))


def test_likelihood_is_that_of_scikit_learn_leaving_one_out():
    neighbors = pytest.importorskip("sklearn.neighbors")
    selection = pytest.importorskip("sklearn.model_selection")
    rng = np.random.default_rng(60)
    xy = np.concatenate([rng.normal(0, 100, (40, 2)), rng.normal(900, 60, (30, 2))])
    grid = np.geomspace(20, 400, 12)
    search = selection.GridSearchCV(
        neighbors.KernelDensity(), {"bandwidth": grid}, cv=selection.LeaveOneOut()
    ).fit(xy)
    found = log_likelihood(*xy.T, grid)
    np.testing.assert_allclose(found, search.cv_results_["mean_test_score"], rtol=1e-6)
    chosen = choose(*xy.T, rule="likelihood", kernel="gaussian")["bandwidth"]
    assert log_likelihood(*xy.T, [chosen])[0] >= search.best_score_


def test_likelihood_chooses_what_spatstat_chooses(shared):
    """
    ``bw.ppl`` on its 16 candidates, from the nearest pair to half the diameter.

    Its edge correction is that of the square, where the kernel's part inside is a product;
    it also subtracts what the estimate integrates to, which we have no use for.
    """

    def part(at, h):
        return np.prod(stats.norm.cdf((1000 - at) / h) - stats.norm.cdf(-at / h), axis=1)

    middles = np.stack(np.meshgrid(*[np.arange(5, 1000, 10.0)] * 2), axis=-1).reshape(-1, 2)
    for name in ("redwood", "cells", "japanesepines"):
        xy, expected = pattern(shared, name)
        away = np.linalg.norm(xy[:, None] - xy, axis=2)
        candidates = np.geomspace(away[away > 0].min(), math.hypot(1000, 1000) / 2, 16)
        found = len(xy) * log_likelihood(*xy.T, candidates, mass=lambda h, xy=xy: part(xy, h))
        squared = ((middles[:, None] - xy) ** 2).sum(axis=2)
        for i, h in enumerate(candidates):
            height = np.exp(squared / (-2 * h * h)).sum(axis=1) / (2 * np.pi * h * h)
            found[i] -= (height / part(middles, h)).mean() * 1e6
        assert candidates[found.argmax()] / 1000 == pytest.approx(expected["bw_ppl"], rel=1e-6)


@pytest.mark.parametrize("name", ["cells", "redwood", "japanesepines"])
def test_diggles_rule_is_that_of_spatstat(shared, name):
    xy, expected = pattern(shared, name)
    square = gpd.GeoSeries([shapely.box(0, 0, 1000, 1000)], crs=28992)
    found = hotspots.bandwidths(points(xy), rules=["diggle"], kernel="gaussian", area=square)
    assert found["bandwidth"][0] / 1000 == pytest.approx(expected["bw_diggle"], rel=1e-8)
    with pytest.raises(ValueError, match="needs `area`"):
        hotspots.bandwidths(points(xy), rules=["diggle"])


def test_incidents_on_one_spot_do_not_drive_the_likelihood_to_0():
    xy = np.random.default_rng(61).normal(0, 500, (100, 2))
    alone = choose(*xy.T, rule="likelihood", kernel="gaussian")["bandwidth"]
    twice = choose(*np.repeat(xy, 2, axis=0).T, rule="likelihood", kernel="gaussian")["bandwidth"]
    assert twice == pytest.approx(alone, rel=0.02)


def test_the_likelihood_of_many_is_that_of_some_scaled(monkeypatch):
    monkeypatch.setattr(bandwidth, "_MOST", 500)
    xy = np.random.default_rng(62).normal(0, 1000, (2000, 2))
    found = choose(*xy.T, rule="likelihood", kernel="gaussian")
    assert found["n_sampled"] == 500
    some = xy[np.lexsort(xy.T[::-1])][::4]
    of_some = choose(*some.T, rule="likelihood", kernel="gaussian")["bandwidth"]
    assert found["bandwidth"] == pytest.approx(of_some * 4 ** (-1 / 6))


@pytest.mark.parametrize("rule", ["robust", "scott", "silverman", "nrd", "likelihood"])
def test_a_rule_reports_what_it_chose(rule, caplog):
    incidents = points(np.random.default_rng(63).normal(5000, 900, (400, 2)))
    grid = Grid.covering((0, 0, 10_000, 10_000))
    with caplog.at_level("INFO"):
        cells = hotspots.density(incidents, grid, bandwidth=rule)
    method = cells.attrs["method"]
    table = hotspots.bandwidths(incidents, rules=[rule])
    assert method["bandwidth_rule"] == rule
    assert method["bandwidth"] == cells.attrs["bandwidth"]
    assert method["bandwidth"] == pytest.approx(table["bandwidth"][0])
    assert f"'bandwidth_rule': '{rule}'" in caplog.text
    json.dumps(cells.attrs)


def test_a_rule_never_gives_less_than_two_cells():
    incidents = points(np.random.default_rng(64).normal(500, 5, (400, 2)))
    for rule in ("scott", "likelihood"):
        cells = hotspots.density(incidents, Grid.covering((0, 0, 1000, 1000)), bandwidth=rule)
        assert cells.attrs["bandwidth"] == 200


def test_one_spot_has_no_bandwidth():
    for rule in ("scott", "likelihood"):
        with pytest.raises(ValueError, match="no bandwidth to choose"):
            hotspots.bandwidths(points([(5, 5)] * 9), rules=[rule])
