"""Areas beside what their size lets expect, allowing for how areas differ."""

import numpy as np
import pandas as pd
import pytest

from ipgtools.errors import ArgumentError, ContractError
from ipgtools.funnel import funnel


def town(rng: np.random.Generator, n_areas: int, varied: float) -> pd.DataFrame:
    """Make areas of many sizes whose rates differ by a part."""
    people = rng.lognormal(8, 1, n_areas).round() + 50
    mean = people / people.sum() * n_areas * 60
    rates = rng.lognormal(-(varied**2) / 2, varied, n_areas)
    return pd.DataFrame({"n": rng.poisson(mean * rates), "inhabitants": people})


def false_alarms(n: int, n_areas: int, varied: float) -> tuple[float, float]:
    """Give the part of areas with p <= .05, and of towns in which one is named."""
    rng = np.random.default_rng(4)
    found = [funnel(town(rng, n_areas, varied)) for _ in range(n)]
    return (
        float(np.mean([(one["p_value"] <= 0.05).mean() for one in found])),
        float(np.mean([(one["position"] != "within").any() for one in found])),
    )


@pytest.mark.parametrize(("n_areas", "varied"), [(10, 0.2), (70, 0.0), (70, 0.5)])
def test_areas_that_differ_as_areas_do_are_seldom_named(n_areas: int, varied: float) -> None:
    """Sixty towns in which no area is special."""
    each, towns = false_alarms(60, n_areas, varied)
    assert each <= 0.06
    assert towns <= 0.15


@pytest.mark.calibrate
@pytest.mark.parametrize("n_areas", [8, 20, 70])
@pytest.mark.parametrize("varied", [0.0, 0.2, 0.5])
def test_areas_that_differ_as_areas_do_are_seldom_named_in_full(n_areas, varied) -> None:
    """Four hundred towns; lognormal differences have heavier tails than the test supposes."""
    each, towns = false_alarms(400, n_areas, varied)
    assert each <= 0.055
    assert towns <= 0.10


def test_one_area_that_differs_more_than_others_is_named() -> None:
    """Three times as many, among twenty that differ a little."""
    rng = np.random.default_rng(1)
    named = 0
    for _ in range(40):
        table = town(rng, 20, 0.1)
        at = int(table["inhabitants"].argsort().iloc[10])
        table.loc[at, "n"] *= 3
        named += funnel(table)["position"].iloc[at] == "above"
    assert named >= 36


def test_an_extreme_area_does_not_move_the_typical_rate() -> None:
    """The others stay within, whatever one area does."""
    table = pd.DataFrame({"n": [50] * 11 + [2000], "inhabitants": 5000})
    found = funnel(table)
    assert found["position"].tolist() == ["within"] * 11 + ["above"]
    assert found.attrs["rate"] == pytest.approx(50 / 5000, rel=0.05)


def test_limits_are_wider_for_smaller_areas() -> None:
    """That is the funnel."""
    found = funnel(pd.DataFrame({"n": range(10, 90, 8), "inhabitants": range(1000, 9000, 800)}))
    assert found["high"].is_monotonic_decreasing
    assert found["low"].is_monotonic_increasing
    assert (found["position"] == "within").all()


def test_areas_without_people_get_no_place() -> None:
    """Nor make the others wrong."""
    table = pd.DataFrame({"n": [30] * 9 + [5], "inhabitants": [1000] * 9 + [0]})
    found = funnel(table)
    assert found["position"].isna().tolist() == [False] * 9 + [True]
    assert found.attrs["n_areas"] == 9


def test_too_few_areas_are_refused() -> None:
    """The spread of five areas is a guess."""
    with pytest.raises(ArgumentError, match="5 areas"):
        funnel(pd.DataFrame({"n": [1] * 5, "inhabitants": 9}))


def test_a_missing_or_negative_column_is_named() -> None:
    """What was found and what to do."""
    with pytest.raises(ContractError, match="addresses"):
        funnel(pd.DataFrame({"n": [1] * 9}), base="addresses")
    with pytest.raises(ContractError, match="negative"):
        funnel(pd.DataFrame({"n": [-1] * 9, "inhabitants": 9}))


def test_areas_that_hardly_differ_are_all_within() -> None:
    """Less spread than chance is no reason to narrow the limits."""
    found = funnel(pd.DataFrame({"n": [40] * 12, "inhabitants": 5000}))
    assert found.attrs["between"] == 0
    assert (found["position"] == "within").all()
