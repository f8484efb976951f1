"""Calls that people get wrong end in a message that says what to give instead."""

import warnings

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from helpers import in_dutch

import ipgtools as ipg
from ipgtools import cli
from ipgtools.errors import IpgError

AREAS = gpd.GeoDataFrame(
    {"area_code": ["BU01530100", "BU01530101"], "inhabitants": [100, 200]},
    geometry=[shapely.box(0, 0, 500, 500), shapely.box(500, 0, 1000, 500)],
    crs=28992,
)
RNG = np.random.default_rng(1)
INCIDENTS = gpd.GeoDataFrame(
    {"occurred_from": pd.Timestamp("2025-09-01") + pd.to_timedelta(range(50), unit="D")},
    geometry=gpd.points_from_xy(RNG.uniform(0, 1000, 50), RNG.uniform(0, 500, 50)),
    crs=28992,
)
GRID = ipg.Grid.covering(AREAS, cell_size=100)
CELLS = ipg.hotspots.count(INCIDENTS, GRID)
NEAR = {"space_bands": [0, 100], "time_bands": [0, 7], "n_permutations": 9}

WRONG = {
    "areas for a grid": (lambda: ipg.hotspots.count(INCIDENTS, AREAS), "Grid.covering"),
    "areas for the grid of a density": (
        lambda: ipg.hotspots.density(INCIDENTS, AREAS), "Grid.covering",
    ),
    "points and areas swapped in rates": (lambda: ipg.areas.rates(AREAS, INCIDENTS), "verwisseld"),
    "points and areas swapped in assign": (
        lambda: ipg.areas.assign(AREAS, INCIDENTS), "verwisseld",
    ),
    "points and areas swapped in places": (
        lambda: ipg.hotspots.places(AREAS, INCIDENTS, period=ipg.Period.year(2025)), "verwisseld",
    ),
    "incidents that were not counted": (lambda: ipg.hotspots.gi_star(INCIDENTS), "hotspots.count"),
    "cells that were not tested": (lambda: ipg.charts.hotspots(CELLS), "hotspots.gi_star"),
    "incidents on a map of hotspots": (lambda: ipg.maps.hotspot_map(INCIDENTS), "hotspots.gi_star"),
    "incidents for a curve": (lambda: ipg.charts.lorenz(INCIDENTS), "concentration.lorenz"),
    "incidents for a trend": (lambda: ipg.charts.trend(INCIDENTS), "times.trend"),
    "incidents for a week": (lambda: ipg.charts.hour_weekday(INCIDENTS), "times.aoristic"),
    "cells for a density": (lambda: ipg.charts.density(CELLS), "hotspots.density"),
    "a column that is not there": (lambda: ipg.charts.areas(AREAS, column="bogus"), "bogus"),
    "a table that was not drawn": (lambda: ipg.charts.show(CELLS), "Teken"),
    "a table for counts": (lambda: ipg.concentration.lorenz(CELLS), '["n"]'),
    "a table for counts of gini": (lambda: ipg.concentration.gini(CELLS), '["n"]'),
    "text for the size of cells": (lambda: ipg.Grid.covering(AREAS, cell_size="100"), "getal"),
    "text for a distance": (
        lambda: ipg.repeats.near_repeats(INCIDENTS, distance="100", days=7), "getal",
    ),
    "text for a radius": (
        lambda: ipg.hotspots.clusters(INCIDENTS, eps="75", min_incidents=3), "getal",
    ),
    "text in bands": (
        lambda: ipg.repeats.knox(INCIDENTS, space_bands=["0", "100"], time_bands=[0, 7]), "getal",
    ),
    "text for bands": (
        lambda: ipg.repeats.knox(INCIDENTS, space_bands="100", time_bands=[0, 7]), "getal",
    ),
    "text for a period": (lambda: ipg.times.trend(INCIDENTS, period="2025-09"), "Period.month"),
    "two dates for a period": (
        lambda: ipg.hotspots.places(INCIDENTS, AREAS, period=("2025-09-01", "2025-10-01")),
        "Period.month",
    ),
    "a table for times": (lambda: ipg.Period.year(2025).contains(INCIDENTS), "ipg.select"),
    "a table without a geometry": (
        lambda: ipg.hotspots.count(pd.DataFrame(INCIDENTS), GRID), "GeoDataFrame",
    ),
    "an unknown audience": (
        lambda: ipg.Settings.sample().changed(audience="x"), "openbaar, partner, politie",
    ),
    "an unknown field of settings": (
        lambda: ipg.Settings.sample().changed(audiense="partner"), "is audience bedoeld?",
    ),
    "settings of nothing": (ipg.Settings, "input ontbreekt"),
    "settings of a list": (lambda: ipg.Settings.of([]), "ipg.toml"),
    "settings of no path": (lambda: ipg.Settings.read(None), "ipg.toml"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_call_says_what_to_give(wrong) -> None:
    """In Dutch by its code; never a KeyError or a page of pydantic."""
    call, said = WRONG[wrong]
    with pytest.raises(IpgError) as caught:
        call()
    assert said in in_dutch(caught)


def test_one_number_is_one_band() -> None:
    """100 metres is from 0 to 100 metres."""
    one = ipg.repeats.knox(INCIDENTS, **NEAR | {"space_bands": 100, "time_bands": 7}, rng=1)
    pd.testing.assert_frame_equal(one, ipg.repeats.knox(INCIDENTS, **NEAR, rng=1))


@pytest.mark.parametrize("n", [0, 1])
def test_too_few_for_a_pair_warns(n) -> None:
    """A wrong filter should not look like "no pattern"."""
    with pytest.warns(UserWarning, match="Klopt de selectie"):
        ipg.repeats.knox(INCIDENTS.head(n), **NEAR)
    with warnings.catch_warnings(action="error"):
        ipg.repeats.knox(INCIDENTS.head(2), **NEAR)


def test_names_that_are_close_are_suggested(capsys, tmp_path) -> None:
    """Of modules, commands, settings and areas."""
    with pytest.raises(AttributeError, match="Did you mean: 'hotspots'"):
        _ = ipg.hotspot
    assert cli.run(["breifing"]) == 2
    assert "is briefing bedoeld?" in capsys.readouterr().err
    path = tmp_path / "ipg.toml"
    path.write_text(
        '[input]\nincidents = "a.csv"\nareas = "b.gpkg"\n[analysis]\ncelsize = 100\n'
        "[period]\nstart = 2025-09-01\nend = 2025-12-01\n"
    )
    with pytest.raises(IpgError) as caught:
        ipg.Settings.read(path)
    assert "is cell_size bedoeld?" in in_dutch(caught)


@pytest.mark.parametrize("typed", ["Velve Lindenhof", "velve-lindenhoff", "Lindenhof"])
def test_an_area_that_is_close_is_suggested(typed) -> None:
    """Not the first five of the file."""
    from ipgtools.pipeline import inputs

    names = ["Almelo-Noord", "Sluitersveld", "Velve-Lindenhof"]
    areas = AREAS.iloc[[0, 0, 0]].assign(
        area_code=["BU01410100", "BU01410101", "BU01530100"], area_name=names, parent_code=None
    )
    with pytest.raises(IpgError) as caught:
        inputs.select_area(areas, name=typed, source="buurten.gpkg")
    said = in_dutch(caught)
    assert "Bedoelde u Velve-Lindenhof (BU01530100)?" in said
