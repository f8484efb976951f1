"""Risk: what the population explains is 1, what it does not is found and little else."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from helpers import points
from scipy import stats

from ipgtools import hotspots
from ipgtools.errors import ContractError, CrsError, IpgError
from ipgtools.grid import Grid
from ipgtools.hotspots.kernel_density import KERNELS, kernel_values

GRID = Grid.covering((0, 0, 2000, 2000))


def heights(table, cells, bandwidth):
    """Give the kernel of each row of a table at the centre of each cell."""
    at, x = cells.centroid.get_coordinates().to_numpy(), table.get_coordinates().to_numpy()
    squared = ((at[:, None] - x) ** 2).sum(axis=2) / bandwidth**2
    return kernel_values(squared, KERNELS["quartic"]) / bandwidth**2


def test_equal_patterns_have_a_risk_of_1():
    xy = np.random.default_rng(81).uniform(0, 2000, (800, 2))
    cells = hotspots.risk(points(xy), points(xy), GRID, bandwidth=400)
    enough = cells["risk_class"] != "too_few"
    np.testing.assert_allclose(cells["ratio"][enough], 1, rtol=1e-9)
    np.testing.assert_allclose(cells["log_ratio"][enough], 0, atol=1e-9)
    assert set(cells["risk_class"][enough]) == {"none"}


def test_ten_times_the_population_everywhere_changes_nothing():
    rng = np.random.default_rng(82)
    incidents, xy = points(rng.uniform(0, 2000, (300, 2))), rng.uniform(0, 2000, (500, 2))
    heads = rng.integers(1, 60, 500)
    once, ten = (
        hotspots.risk(
            incidents, points(xy, people=heads * k), GRID, bandwidth=500, weights="people"
        )
        for k in (1, 10)
    )
    for column in ("ratio", "p_value", "expected"):
        np.testing.assert_allclose(ten[column], once[column], rtol=1e-9)
    assert ten.attrs["rate"] == pytest.approx(once.attrs["rate"] / 10)


def test_twice_the_population_on_one_side_halves_its_risk():
    """Incidents even, people twice as many in the east: 1.5 and 0.75 times the common rate."""
    steps = np.arange(25, 4000, 50.0)
    xy = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    people = np.where(xy[:, 0] > 2000, 2, 1)
    grid = Grid.covering((0, 0, 4000, 4000))
    cells = hotspots.risk(
        points(xy), points(xy, people=people), grid, bandwidth=400, weights="people"
    )
    x = cells.centroid.x
    assert cells["ratio"][x < 1500].to_numpy() == pytest.approx(1.5, rel=1e-6)
    assert cells["ratio"][x > 2500].to_numpy() == pytest.approx(0.75, rel=1e-6)


@pytest.mark.parametrize("shape", ["square", "hexagon"])
def test_the_columns_are_what_they_are_defined_as(shape):
    """Mean, variance and skewness by hand, the p-value from scipy's gamma curve."""
    rng = np.random.default_rng(83)
    incidents, population = (points(rng.uniform(0, 2000, (n, 2))) for n in (250, 400))
    population["people"] = rng.integers(1, 30, 400)
    grid = Grid.covering((0, 0, 2000, 2000), shape=shape)
    cells = hotspots.risk(incidents, population, grid, bandwidth=500, weights="people", exact=True)
    inside = [grid.locate(*t.get_coordinates().to_numpy().T) >= 0 for t in (incidents, population)]
    rate = inside[0].sum() / population["people"][inside[1]].sum()
    found = heights(incidents, cells, 500).sum(axis=1)
    heads, kernel = population["people"].to_numpy(), heights(population, cells, 500)
    mean, variance, third = (rate * (kernel**power) @ heads for power in (1, 2, 3))
    some = (cells["risk_class"] != "too_few").to_numpy()
    np.testing.assert_array_equal(some, mean**2 / variance >= 5)
    np.testing.assert_allclose(cells["ratio"][some], (found / mean)[some], rtol=1e-9)
    np.testing.assert_allclose(cells["expected"], mean**2 / variance, rtol=1e-9)
    curve = stats.pearson3(third / variance**1.5, mean, np.sqrt(variance))
    p = np.minimum(1, 2 * np.minimum(curve.cdf(found), curve.sf(found)))
    np.testing.assert_allclose(cells["p_value"][some], p[some], rtol=1e-6)
    assert cells["p_value"][~some].isna().all()
    assert cells["ratio"][~some].isna().all()


def test_p_values_are_those_of_drawing_incidents_from_the_population():
    """5,000 draws, Poisson on each home, for a cell where few are expected."""
    rng = np.random.default_rng(84)
    homes = points(rng.uniform(0, 2000, (300, 2)))
    incidents = homes.sample(60, random_state=2)
    cells = hotspots.risk(incidents, homes, GRID, bandwidth=500, exact=True)
    some = np.flatnonzero(cells["risk_class"] != "too_few")[::25]
    kernel = heights(homes, cells.iloc[some], 500)
    drawn = rng.poisson(0.2, (5000, 300)) @ kernel.T
    found = heights(incidents, cells.iloc[some], 500).sum(axis=1)
    p = 2 * np.minimum((drawn >= found).mean(axis=0), (drawn <= found).mean(axis=0))
    np.testing.assert_allclose(cells["p_value"].to_numpy()[some], np.minimum(p, 1), atol=0.04)


def test_with_a_sample_p_values_are_those_of_shuffled_labels(shared):
    """Laryngeal cancer against lung cancer in Chorley, Kelsall & Diggle's kind of data."""
    table = pd.read_csv(shared / "ref_point_patterns" / "chorley_points.csv")
    cases, controls = (
        points(table.loc[table["mark"] == mark, ["x", "y"]] * 1000) for mark in ("larynx", "lung")
    )
    grid = Grid.covering(pd.concat([cases, controls]), 1000)
    cells = hotspots.risk(cases, controls, grid, bandwidth=5000, sample=True, exact=True)
    some = np.flatnonzero(cells["risk_class"] != "too_few")[::17]
    both = pd.concat([cases, controls], ignore_index=True)
    kernel = heights(both, cells.iloc[some], 5000)
    first = kernel[:, : len(cases)].sum(axis=1)
    rng, n = np.random.default_rng(85), len(cases)
    drawn = np.array([kernel[:, rng.permutation(len(both))[:n]].sum(axis=1) for _ in range(3000)])
    p = 2 * np.minimum((drawn >= first).mean(axis=0), (drawn <= first).mean(axis=0))
    np.testing.assert_allclose(cells["p_value"].to_numpy()[some], np.minimum(p, 1), atol=0.05)
    ratio = (first / n) / (kernel[:, n:].sum(axis=1) / len(controls))
    np.testing.assert_allclose(cells["ratio"].to_numpy()[some], ratio, rtol=1e-9)


def test_the_risk_of_robbery_in_memphis_is_the_ratio_of_two_densities(shared):
    folder = shared / "us_memphis_robberies_2019"
    table = pd.read_csv(folder / "memphis_robberies.csv")
    robberies = points(table[["lon", "lat"]], crs=4326).to_crs(32615)
    people = gpd.read_parquet(folder / "memphis_population_points.parquet").to_crs(32615)
    precincts = gpd.read_file(folder / "memphis_precincts.geojson").to_crs(32615)
    grid = Grid.covering(precincts, 1000)
    cells = hotspots.risk(robberies, people, grid, bandwidth=3000, weights="population")
    some = cells["risk_class"] != "too_few"
    found = heights(robberies, cells, 3000).sum(axis=1)
    lives = heights(people, cells, 3000) @ people["population"].to_numpy()
    ratio = found[some] / lives[some] / cells.attrs["rate"]
    np.testing.assert_allclose(cells["ratio"][some], ratio, rtol=5e-3)
    assert 0.1 < some.mean() < 1
    assert (cells["risk_class"] == "higher").any()
    assert (cells["risk_class"] == "lower").any()
    json.dumps(cells.attrs)


def test_a_planted_risk_is_found_and_little_else():
    rng = np.random.default_rng(86)
    homes = rng.uniform(0, 2000, (4000, 2))
    near = np.linalg.norm(homes - [600, 1400], axis=1) < 200
    hit = rng.poisson(np.where(near, 0.4, 0.08))
    cells = hotspots.risk(points(np.repeat(homes, hit, axis=0)), points(homes), GRID, bandwidth=300)
    higher = cells[cells["risk_class"] == "higher"]
    assert len(higher) > 5
    assert higher.centroid.distance(shapely.Point(600, 1400)).max() < 200 + 300


def test_where_the_rate_is_even_maps_seldom_say_otherwise():
    """The homes crowd together; of 40 maps at most what chance allows has a sure cell."""
    rng, n_sure = np.random.default_rng(87), 0
    homes = np.concatenate([rng.normal(700, 150, (1500, 2)), rng.uniform(0, 2000, (1500, 2))])
    for _ in range(40):
        hit = points(homes[rng.integers(0, len(homes), 200)])
        cells = hotspots.risk(hit, points(homes), GRID, bandwidth=400)
        n_sure += cells["risk_class"].isin(["higher", "lower"]).any()
    assert n_sure <= stats.binom.ppf(0.99, 40, 0.05)


def test_nothing_is_said_where_hardly_anyone_lives():
    rng = np.random.default_rng(88)
    homes = np.concatenate([rng.uniform(0, 900, (2000, 2)), [[1700, 1700]]])
    incidents = np.concatenate([rng.uniform(0, 900, (300, 2)), [[1700, 1700]] * 30])
    cells = hotspots.risk(points(incidents), points(homes), GRID, bandwidth=300)
    there = cells[cells.contains(shapely.Point(1701, 1701))].iloc[0]
    assert there["risk_class"] == "too_few"
    assert np.isnan(there["ratio"])
    assert there["per_km2"] > 0


def test_people_of_a_buurt_are_spread_over_its_surface():
    """One buurt on the west with 900, one on the east with 100: per km2 as the figures say."""
    buurten = gpd.GeoDataFrame(
        {"inhabitants": [900, 100, None]},
        geometry=[
            shapely.box(-1000, -1000, 1000, 3000),
            shapely.box(1000, -1000, 3000, 3000),
            shapely.box(3000, 0, 4000, 100),
        ],
        crs=28992,
    )
    incidents = points(np.stack(np.meshgrid(*[np.arange(-900, 2901, 60.0)] * 2), axis=-1))
    cells = hotspots.risk(incidents, buurten, GRID, bandwidth=400, weights="inhabitants")
    west, east = cells.centroid.x < 550, cells.centroid.x > 1450
    assert cells["population_per_km2"][west].to_numpy() == pytest.approx(900 / 8, rel=0.01)
    assert cells["population_per_km2"][east].to_numpy() == pytest.approx(100 / 8, rel=0.01)
    assert cells.attrs["n_without_population"] == 1
    middle = [cells["ratio"][side].median() for side in (east, west)]
    assert middle[0] / middle[1] == pytest.approx(9, rel=0.05)


def test_what_is_left_out_is_counted():
    rng = np.random.default_rng(90)
    incidents = points(np.concatenate([rng.uniform(0, 2000, (50, 2)), [[9000, 9000]]]))
    incidents.loc[0, "geometry"] = None
    homes = points(rng.uniform(0, 2000, (80, 2)), people=[np.nan] * 3 + [2] * 77)
    cells = hotspots.risk(incidents, homes, GRID, bandwidth=500, weights="people")
    names = ("n_used", "n_outside", "n_without_geometry", "n_without_population")
    assert [cells.attrs[name] for name in names] == [49, 1, 1, 3]
    assert cells.attrs["population_used"] == 154


def test_tables_that_can_not_be_compared_are_refused():
    here = points([(500, 500)] * 9, people=[-1] * 9)
    with pytest.raises(CrsError, match="`population`"):
        hotspots.risk(here, points([(6.9, 52.2)], crs=4326), GRID, bandwidth=300)
    for weights, words in (("people", "no number of 0 or more"), ("heads", "column is missing")):
        with pytest.raises(ContractError, match=words):
            hotspots.risk(here, here, GRID, bandwidth=300, weights=weights)
    boxes = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 9, 9)], crs=28992)
    with pytest.raises(ContractError, match="polygons with `weights`"):
        hotspots.risk(here, boxes, GRID, bandwidth=300)
    with pytest.raises(IpgError, match="no incidents or no population"):
        hotspots.risk(here, points([(9000, 9000)]), GRID, bandwidth=300)


@pytest.mark.parametrize(
    "options",
    [
        {"alpha": 0}, {"min_expected": 0}, {"bandwidth": -1}, {"bandwidth": "best"},
        {"kernel": "box"}, {"sample": True, "weights": "people"},
    ],
)  # fmt: skip
def test_options_of_risk_that_make_no_sense_are_refused(options):
    here = points([(500, 500)] * 9, people=[1] * 9)
    with pytest.raises(ValueError, match="|".join(options)):
        hotspots.risk(here, here, GRID, **options)
