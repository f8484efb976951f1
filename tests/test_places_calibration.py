"""
The bars of places: how often a place is named where there is none, and how often it is found.

A few maps at each run, many where marked ``calibrate``; ``benchmarks/calibrate_places.py`` prints
the shares. A count may be beyond its bar by what chance does in one of a thousand runs.
"""

import numpy as np
import pytest
from calibration import rates, simulated, tables
from calibration.bars import POWER, false_alarm
from calibration.rates import CLAIMS, Task
from scipy import stats

import ipgtools as ipg

ADDRESS = "address +15"


def at_most(share, n):
    return int(stats.binom.ppf(0.999, n, share))


def at_least(share, n):
    return int(stats.binom.ppf(0.001, n, share))


def false_alarms(on, n, n_maps, n_draws=999):
    """Give per claim that has a bar the maps on which it was made, and the bar."""
    bars = {claim: false_alarm(on, claim) for claim in CLAIMS}
    bars = {claim: bar for claim, bar in bars.items() if not np.isnan(bar)}
    found = rates.tally(Task(on, n, n_maps, 1, tuple(bars)), rates.engine(n_draws=n_draws))
    return {claim: (found.named[claim], bar) for claim, bar in bars.items()}


def planted_places_are_found(claim, planted, on, n_maps, n_draws=999):
    task = Task(on, 250, n_maps, 2, (claim,), planted)
    found = rates.tally(task, rates.engine(n_draws=n_draws))
    assert found.hit[claim] >= at_least(POWER[claim, planted], n_maps)


# a few maps


def test_few_maps_of_chance_have_a_place():
    """On each sort of map, and on all together."""
    told = {on: false_alarms(on, 250, 9, 199) for on in simulated.NULLS}
    told["series, 60"] = false_alarms("series", 60, 9, 199)
    for claim in CLAIMS:
        named, bars = zip(*(found[claim] for found in told.values() if claim in found), strict=True)
        assert all(n <= at_most(bar, 9) for n, bar in zip(named, bars, strict=True))
        assert sum(named) <= at_most(np.mean(bars), 9 * len(bars))


@pytest.mark.parametrize(("claim", "planted"), POWER)
def test_most_planted_places_are_found(claim, planted):
    planted_places_are_found(claim, planted, "even", 8, 199)


def test_an_address_is_no_cluster():
    task = Task("even", 250, 8, 2, ("cluster",), ADDRESS)
    found = rates.tally(task, rates.engine(n_draws=199))
    assert found.hit["cluster"] <= at_most(0.05, 8)


def test_few_towns_of_chance_have_a_place_of_any_kind():
    said = tables.say(tables.grid_streets(), 250, 5, 1, n_draws=199)
    assert max(said.named.values()) <= at_most(0.05, 5)


def test_a_place_of_one_rare_kind_is_found_among_all():
    """Twenty times as much of a kind that is a tenth of all; ten times is found in 85 %."""
    said = tables.say(tables.grid_streets(), 250, 5, 2, times=20, n_draws=399)
    assert said.hit == said.hit_as_kind >= at_least(0.95, 5)


# all bars


@pytest.mark.calibrate
@pytest.mark.parametrize("n", [60, 250, 1000])
@pytest.mark.parametrize("on", simulated.NULLS)
def test_maps_of_chance_seldom_have_a_place(on, n):
    told = false_alarms(on, n, 200)
    assert {claim: one for claim, one in told.items() if one[0] > at_most(one[1], 200)} == {}


@pytest.mark.calibrate
@pytest.mark.parametrize("on", ["even", "addresses"])
@pytest.mark.parametrize(("claim", "planted"), POWER)
def test_planted_places_are_found(claim, planted, on):
    planted_places_are_found(claim, planted, on, 100)


@pytest.mark.calibrate
@pytest.mark.parametrize("on", ["even", "addresses"])
@pytest.mark.parametrize("planted", ["address +10", "address +15", "address +40"])
def test_an_address_is_seldom_called_a_cluster(planted, on):
    found = rates.tally(Task(on, 250, 100, 2, ("cluster",), planted), rates.engine())
    assert found.hit["cluster"] <= at_most(0.05, 100)


@pytest.mark.calibrate
@pytest.mark.parametrize("n", [60, 250, 1000])
def test_towns_of_chance_seldom_have_a_place_of_any_kind(n, shared):
    path = shared / "nl_enschede_straten_osm" / "enschede_straten_osm.gpkg"
    if not path.exists():
        pytest.skip(f"the streets of Enschede are not on this machine (looked for {path})")
    streets, _ = ipg.read_streets(path)
    said = tables.say(streets, n, 100, 1)
    assert max(said.named.values()) <= at_most(0.05, 100)
