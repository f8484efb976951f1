"""Smoothed rates: another implementation, what is known by hand, and laws."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from ipgtools import areas, smoothing
from ipgtools.errors import ContractError, CrsError


def strip(n, inhabitants):
    squares = [shapely.box(x, 0, x + 1, 1) for x in range(len(n))]
    return gpd.GeoDataFrame({"n": n, "inhabitants": inhabitants}, geometry=squares, crs=28992)


def sids(shared):
    path = shared / "ref_lattice_pysal" / "lattice.gpkg"
    return gpd.read_file(path, layer="nc_sids").set_crs(28992, allow_override=True)


def test_towards_all_equals_esda(shared):
    esda = pytest.importorskip("esda.smoothing")
    table = sids(shared)
    theirs = esda.Empirical_Bayes(table["SID74"].to_numpy(), table["BIR74"].to_numpy()).r
    ours = smoothing.empirical_bayes(table, events="SID74", population="BIR74")
    np.testing.assert_allclose(ours["smoothed_per_1000"] / 1000, theirs.ravel(), rtol=1e-9)


def test_towards_neighbours_is_as_towards_all_of_them_alone(shared):
    """Each area gets what it would get if it and its neighbours were all there is."""
    table = sids(shared)
    options = {"events": "SID74", "population": "BIR74"}
    ours = smoothing.empirical_bayes(table, towards="touching", **options)
    near = shapely.intersects(table.geometry.to_numpy()[:, None], table.geometry.to_numpy())
    for at in (0, 7, 50, 99):
        alone = smoothing.empirical_bayes(table[near[at]], **options)
        pd.testing.assert_series_equal(
            ours.loc[at].drop("geometry"), alone.loc[at].drop("geometry"), check_exact=False
        )


def test_areas_that_differ_by_chance_only_get_one_rate():
    found = smoothing.empirical_bayes(strip([10, 11, 9, 10], [1000] * 4))
    assert found["smoothed_per_1000"].tolist() == pytest.approx([10] * 4)
    assert found["own_share"].tolist() == [0] * 4


def test_the_smoothed_rate_lies_between_own_and_common(shared):
    found = smoothing.empirical_bayes(sids(shared), events="SID74", population="BIR74")
    low = found[["raw_per_1000", "common_per_1000"]].min(axis=1)
    high = found[["raw_per_1000", "common_per_1000"]].max(axis=1)
    assert found["smoothed_per_1000"].between(low - 1e-12, high + 1e-12).all()


def test_the_larger_area_keeps_more_of_its_own():
    found = smoothing.empirical_bayes(strip([4, 400, 20, 900], [100, 10_000, 1000, 20_000]))
    assert found["own_share"].rank().tolist() == [1, 3, 2, 4]


def test_an_area_without_people_has_no_rate_and_does_not_count():
    whole = smoothing.empirical_bayes(strip([4, 40, 7, 3], [100, 5000, 0, np.nan]))
    rest = smoothing.empirical_bayes(strip([4, 40], [100, 5000]))
    pd.testing.assert_frame_equal(whole.iloc[:2], rest, check_dtype=False)
    assert whole["smoothed_per_1000"].isna().tolist() == [False, False, True, True]
    assert whole.attrs["n_without_population"] == 2
    assert whole.attrs["n_events_without_population"] == 10


def test_an_area_without_neighbours_stays_as_it_is():
    table = strip([4, 40, 9], [100, 5000, 600])
    table.loc[2, "geometry"] = shapely.box(80, 0, 81, 1)
    found = smoothing.empirical_bayes(table, towards="border")
    assert found["smoothed_per_1000"][2] == pytest.approx(15)
    assert found.attrs["n_islands"] == 1


def test_it_takes_what_areas_gives():
    squares = strip([0, 0], [50, 80]).drop(columns="n").assign(area_code=["BU1", "BU2"])
    points = gpd.GeoSeries(gpd.points_from_xy([0.5, 0.6, 1.5], [0.5, 0.5, 0.5]), crs=28992)
    found = smoothing.empirical_bayes(areas.rates(points, squares), per=100)
    np.testing.assert_allclose(found["raw_per_100"], [4, 1.25])
    assert json.loads(json.dumps(found.attrs))["method"]["name"] == "empirical_bayes"


def test_wrong_input_is_refused():
    table = strip([4, 40], [100, 5000])
    with pytest.raises(CrsError):
        smoothing.empirical_bayes(table.to_crs(4326))
    with pytest.raises(ContractError, match="inhabitants: column is missing"):
        smoothing.empirical_bayes(table.drop(columns="inhabitants"))
    with pytest.raises(ContractError, match="negative"):
        smoothing.empirical_bayes(table.assign(n=[-1, 2]))
    with pytest.raises(ValueError, match="neighbours"):
        smoothing.empirical_bayes(table, towards="queen")
