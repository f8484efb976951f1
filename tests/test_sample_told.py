"""In every wijk of the sample town a briefing tells what was planted there, and little else."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import ipgtools as ipg
from ipgtools import codes, pipeline
from ipgtools.highlights import Highlight
from ipgtools.pipeline import change_places, changes, highlight_selection, hot_places, inputs
from ipgtools.pipeline.results import Results

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
TRUTH = json.loads((SAMPLE / "waarheid.json").read_text(encoding="utf-8"))
QUARTERS = list(zip(TRUTH["quarters"][:-1], TRUTH["quarters"][1:], strict=True))
WIJKEN = sorted({one["wijk"] for one in TRUTH["wijk_quarters"]})
NEAR = 100.0
"""Metres: one cell."""


@dataclass(frozen=True)
class Told:
    """What a briefing of one wijk and quarter tells of change and place."""

    wijk: str
    highlights: tuple[Highlight, ...]
    tables: dict[str, Any]

    def at(self, one: Highlight) -> list[shapely.Geometry]:
        """Give the outlines of the places that it tells of."""
        table = self.tables[hot_places.TABLE]
        return list(table.loc[table["number"].isin(one.places), "geometry"])


@pytest.fixture(scope="module")
def given() -> inputs.Inputs:
    """Read the sample once, without what places and changes don't need."""
    settings = ipg.Settings.sample().changed(audience="politie")
    bare = settings.input.model_copy(update={"schouw": None, "offences": None, "photos": None})
    return inputs.read(settings.model_copy(update={"input": bare}))


def tell(given: inputs.Inputs, wijk: str, quarter: tuple[str, str]) -> Told:
    """Find places and changes of a wijk in a quarter, and choose what is told."""
    settings = given.settings
    span = type(settings.period)(start=quarter[0], end=quarter[1])
    settings = settings.model_copy(update={"period": span})
    study = inputs.select_area(given.areas, code=wijk)
    mine = given.everywhere["area_code"].isin(study.parts["area_code"])
    one = replace(
        given, settings=settings, period=settings.when, study=study,
        incidents=given.everywhere[mine],
    )  # fmt: skip
    results = Results(tables={"gebieden": pd.DataFrame(study.parts[["area_code"]])})
    parts: dict[str, Any] = {"places": hot_places.add(one, results)}
    parts |= changes.add(one, results)
    change_places.add(one, results)
    results.facts = replace(results.facts, n=len(one.now), **parts)
    del results.tables["gebieden"]
    tables = pipeline._release(results.tables, one)[0].tables
    return Told(wijk, highlight_selection.select(one, results, tables), tables)


@pytest.fixture(scope="module")
def autumn(given: inputs.Inputs) -> dict[str, Told]:
    """Tell of the last quarter in each of the ten wijken."""
    return {wijk: tell(given, wijk, QUARTERS[-1]) for wijk in WIJKEN}


def spot(planted: dict[str, Any]) -> shapely.Geometry:
    return shapely.Point(planted["x"], planted["y"]).buffer(planted["radius_m"] + NEAR)


def planted(wijk: str) -> list[dict[str, Any]]:
    return [one for one in TRUTH["hot_places"] if wijk in one["n_per_wijk"]]


def kind_of(mk: str) -> str:
    return codes.label(codes.class_of(mk))


def told_rise(told: Told, place: dict[str, Any]) -> Highlight | None:
    """Find the highlight that tells of a planted rise: its kind, and its place."""
    for one in told.highlights:
        rose = (
            one.kind == kind_of(place["mk"]) and one.n is not None and one.n > (one.n_before or 0)
        )
        if rose and any(shape.intersects(spot(place)) for shape in told.at(one)):
            return one
    return None


def false_new(told: Told, quarter: int) -> list[str]:
    """List the new places that are told where nothing was planted in that quarter."""
    risen = [
        spot(one)
        for one in planted(told.wijk)
        if one["n_per_quarter"][quarter] > 2 * max(one["n_per_quarter"][quarter - 1], 1)
    ]
    return [
        one.where
        for one in told.highlights
        if one.claim in ("new_place", "kind_and_place")
        and not any(shape.intersects(at) for shape in told.at(one) for at in risen)
    ]


def flats(told: Told) -> list[str]:
    """List the places that are told at flats, and at nothing that was planted or is busy."""
    homes = shapely.union_all(
        [shapely.LineString(line) for one in TRUTH["flats"] for line in one["lines"]]
    )
    real = [spot(one) for one in TRUTH["hot_places"]]
    real += [shapely.Point(one["x"], one["y"]).buffer(NEAR) for one in TRUTH["stacked_places"]]
    table = told.tables[hot_places.TABLE]
    at: gpd.GeoSeries = table.geometry[table.geometry.intersects(homes)]
    return table.loc[
        [place for place, shape in at.items() if not any(shape.intersects(one) for one in real)],
        "name",
    ].tolist()


def test_the_new_place_is_the_first_line_of_its_wijk_with_kind_and_place(autumn):
    place = next(one for one in TRUTH["hot_places"] if one["story"] == "new")
    told = autumn[place["wijk"]]
    one = told_rise(told, place)
    assert one == told.highlights[0]
    assert one.claim == "kind_and_place"
    assert "Gronausestraat" in one.where
    assert one.text.startswith("Autokraak steeg van ")


def test_the_fall_is_told_as_a_fall_with_its_place(autumn):
    place = next(one for one in TRUTH["hot_places"] if one["story"] == "fallen")
    told = autumn[place["wijk"]]
    one = next(one for one in told.highlights if one.kind == kind_of(place["mk"]))
    assert one.n < one.n_before
    table = told.tables[change_places.TABLE]
    row = table[(table["kind"] == one.kind) & (table["name"] == one.where)].iloc[0]
    assert row["geometry"].intersects(shapely.Point(place["x"], place["y"]))
    assert row["n_before"] >= 0.8 * place["n_per_quarter"][-2]
    assert one.where in one.text


def test_the_quiet_wijk_tells_no_place_and_no_change(autumn):
    told = autumn[TRUTH["quiet_wijk"]["wijk"]]
    assert {one.subject for one in told.highlights} <= {"nothing", "list", "streak"}
    assert told.tables[hot_places.TABLE].empty


def test_flats_tell_nothing(autumn):
    assert [name for told in autumn.values() for name in flats(told)] == []


def test_nothing_new_is_told_where_nothing_was_planted(autumn):
    """At a level of 5 % a wijk may tell one falsely now and then; here one of ten does."""
    assert sum(len(false_new(told, len(QUARTERS) - 1)) for told in autumn.values()) <= 1


def test_lasting_places_are_found_in_their_wijk(autumn):
    for place in TRUTH["hot_places"]:
        if place["story"] == "lasting":
            near = spot(place)
            tables = [autumn[wijk].tables[hot_places.TABLE] for wijk in place["n_per_wijk"]]
            assert any(table.geometry.intersects(near).any() for table in tables), place["name"]


@pytest.mark.calibrate
@pytest.mark.parametrize("quarter", range(len(QUARTERS) - 1))
def test_earlier_quarters_tell_their_truth_too(given, quarter):
    """Every planted rise, no flats, nothing of the quiet wijk, and at most one that is false."""
    told = {wijk: tell(given, wijk, QUARTERS[quarter]) for wijk in WIJKEN}
    for place in TRUTH["hot_places"]:
        if QUARTERS[quarter][0] == place["start"] and place["story"] in ("new", "gone"):
            assert told_rise(told[place["wijk"]], place) is not None, place["name"]
    assert [name for one in told.values() for name in flats(one)] == []
    quiet = told[TRUTH["quiet_wijk"]["wijk"]]
    assert {one.subject for one in quiet.highlights} <= {"nothing", "list", "streak"}
    if quarter:
        assert sum(len(false_new(one, quarter)) for one in told.values()) <= 1
