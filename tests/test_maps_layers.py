"""Layers of numbers on the interactive map show what was released, and nothing finer."""

import base64
import json
import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from test_maps_places import browser, opened  # noqa: F401

from ipgtools import maps

X, Y = 258000, 471000


def ints(*values: int | None) -> pd.Series:
    return pd.Series(values, dtype="Int64")


@pytest.fixture
def areas() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "area_code": ["A", "B", "C"], "area_name": ["Velve", "Lindenhof", "Bothoven"],
            "n": ints(40, 10, 0), "n_before": ints(10, 20, 5),
        },
        geometry=[shapely.box(X + x, Y, X + x + 400, Y + 800) for x in (0, 400, 800)],
        crs=28992,
    )  # fmt: skip


@pytest.fixture
def incidents() -> gpd.GeoDataFrame:
    begin = pd.to_datetime(["2025-11-03 02:00", "2025-11-12 20:00", "2025-11-12 00:00"])
    return gpd.GeoDataFrame(
        {
            "incident_id": ["PL05-GEHEIM"] * 3,
            "category_label": ["Diefstal uit/vanaf motorvoertuigen", "Jeugdoverlast", None],
            "occurred_from": begin,
            "occurred_to": [begin[0], begin[1], begin[2] + pd.Timedelta(days=2)],
        },
        geometry=[shapely.Point(X + x, Y + 100) for x in (100, 300, 900)],
        crs=28992,
    )


def calls(drawn, function: str) -> list[list]:
    found = re.findall(rf"ipg\.{function}\(map_\w+, (.*)\);\n", maps.page(drawn))
    return [json.loads(f"[{call}]") for call in found]


def legend(drawn) -> str:
    page = maps.page(drawn).replace("\\u003c", "<").replace("\\u003e", ">").replace('\\"', '"')
    return re.search(r"<details open><summary>Legenda.*?/details>", page)[0]


def test_both_periods_have_one_legend_and_each_area_its_class_in_both(areas):
    drawn = maps.hotspot_map(areas=areas, counts=areas)
    ((features, looks),) = calls(drawn, "choropleth")
    assert [feature["properties"]["t"][0] for feature in features] == [
        "Velve: 40, deze periode", "Lindenhof: 10, deze periode", "Bothoven: 0, deze periode",
    ]  # fmt: skip
    now, before = zip(*(feature["properties"]["c"] for feature in features), strict=True)
    assert now[1] == before[0], "ten is the same class in both periods"
    assert set(now + before) <= set(looks["styles"])
    assert legend(drawn).count('type="radio"') == 2


def test_withheld_numbers_have_no_class_and_are_told_as_they_were_released(areas):
    shown = areas.assign(
        n=ints(40, None, 20), n_within=ints(5, 5, 15), n_before=ints(10, 20, None),
        n_before_within=ints(5, 5, 5),
    )  # fmt: skip
    drawn = maps.hotspot_map(areas=areas, counts=shown)
    ((features, _),) = calls(drawn, "choropleth")
    first = [(f["properties"]["c"][0], f["properties"]["t"][0]) for f in features]
    assert first[0][0] != "none"
    assert first[1] == ("none", "Lindenhof: minder dan 5, deze periode")
    assert first[2] == ("none", "Bothoven: tussen 15 en 35, deze periode")
    assert "Weinig, of niet precies genoemd" in legend(drawn)
    assert "ongeveer" in legend(drawn)


def test_cells_that_changed_are_one_shape_each_way(areas):
    cells = gpd.GeoDataFrame(
        {"change_class": ["up", "up", "down", "none"]},
        geometry=[shapely.box(X + x, Y, X + x + 100, Y + 100) for x in (0, 100, 400, 500)],
        crs=28992,
    )
    data = calls(maps.hotspot_map(areas=areas, changes=cells), "shapes")[0][0]
    assert [feature["properties"]["s"] for feature in data["features"]] == ["up", "down"]
    nothing = maps.hotspot_map(areas=areas, changes=cells.assign(change_class="none"))
    assert "geen vak met duidelijk meer of minder" in legend(nothing)


def test_many_cells_of_a_class_are_one_shape_that_keeps_its_fill(areas):
    squares = [
        shapely.box(X + 10 * i, Y + 10 * j, X + 10 * i + 10, Y + 10 * j + 10)
        for i in range(25) for j in range(20)
    ]  # fmt: skip
    cells = gpd.GeoDataFrame(
        {"hotspot_class": ["hot_possible"] * 450 + ["hot_sure"] * 50}, geometry=squares, crs=28992
    )
    data = calls(maps.hotspot_map(cells, areas), "shapes")[0][0]
    assert [feature["properties"]["s"] for feature in data["features"]] == [
        "hot_sure", "hot_possible",
    ]  # fmt: skip


def test_repeats_are_points_for_who_sees_points_and_streets_for_others(areas):
    points = gpd.GeoDataFrame(
        {"n": [3, 1], "street_name": ["Leijdsweg", "Leijdsweg"], "place_id": ["1", "2"]},
        geometry=[shapely.Point(X, Y), shapely.Point(X + 9, Y)], crs=28992,
    )  # fmt: skip
    ((drawn, _),) = calls(maps.hotspot_map(areas=areas, repeats=points), "dots")
    assert [point["t"] for point in drawn] == ["Leijdsweg: 3 incidenten"]
    streets = gpd.GeoDataFrame(
        {"street_name": ["Leijdsweg", "Elders"]},
        geometry=[shapely.LineString([(X, Y), (X + 90, Y)])] * 2, crs=28992,
    )  # fmt: skip
    told = pd.DataFrame({"street_name": ["Leijdsweg"], "n": ints(20), "n_within": ints(5)})
    data = calls(maps.hotspot_map(areas=areas, streets=streets, repeats=told), "shapes")[0][0]
    assert [f["properties"]["t"] for f in data["features"]] == ["Leijdsweg: ongeveer 20 incidenten"]


def test_windows_that_overlap_are_one_with_the_last_day(areas):
    windows = gpd.GeoDataFrame(
        {
            "n": [1, 2, 1], "radius_m": [200.0] * 3,
            "until": pd.to_datetime(["2025-12-01", "2025-12-13", "2025-12-05"]),
        },
        geometry=[shapely.Point(X + x, Y) for x in (0, 150, 900)], crs=28992,
    )  # fmt: skip
    data = calls(maps.hotspot_map(areas=areas, windows=windows), "shapes")[0][0]
    texts = sorted(feature["properties"]["t"] for feature in data["features"])
    assert texts == [
        "1 plek waar het pas gebeurde: let op tot en met 5 december 2025",
        "2 plekken waar het pas gebeurde: let op tot en met 13 december 2025",
    ]


def test_incidents_are_bytes_where_when_and_of_which_kind(areas, incidents):
    drawn = maps.hotspot_map(areas=areas, incidents=incidents)
    ((data, looks),) = calls(drawn, "incidents")
    held = base64.b64decode(data["bytes"])
    assert len(held) == 7 * len(incidents)
    x, kind, week, part = (
        np.frombuffer(held[:6], "<u2"), held[12:15], held[15:18], held[18:21],
    )  # fmt: skip
    assert [round(one / 65535, 2) for one in x] == [0, 0.25, 1]
    assert [looks["kinds"][at] for at in kind] == ["Autokraak", "Jeugdoverlast", "Overige soorten"]
    assert list(week) == [0, 1, 1]
    assert looks["weeks"][1] == "week van 10 november 2025"
    assert list(part) == [0, 3, 255], "what lasted two days has no part of the day"
    assert "GEHEIM" not in maps.page(drawn)


def test_no_column_of_an_incident_but_these_is_in_the_page(areas, incidents):
    page = maps.page(maps.hotspot_map(areas=areas, incidents=incidents.assign(notitie="PRIVE")))
    assert "PRIVE" not in page


def test_layers_of_numbers_start_switched_off(areas, incidents):
    page = maps.page(maps.hotspot_map(areas=areas, counts=areas, incidents=incidents))
    for function in ("choropleth", "incidents"):
        layer = re.search(rf"var (layer_\w+) = ipg\.{function}\(", page)[1]
        assert f"{layer}.addTo(" not in page


def test_in_a_browser_sliders_kinds_and_periods_change_the_map(browser, areas, incidents, tmp_path):  # noqa: F811
    made = maps.hotspot_map(areas=areas, counts=areas, incidents=incidents)
    page, asked, said = opened(browser, made, tmp_path)
    told, sliders = page.locator(".ipg-time p"), page.locator(".ipg-time input")
    assert not told.is_visible()
    page.get_by_label("Incidenten per soort", exact=True).first.check()
    assert told.inner_text() == "3 incidenten"
    sliders.nth(0).focus()
    page.keyboard.press("ArrowRight")
    assert told.inner_text() == "1 incident"
    assert sliders.nth(0).get_attribute("aria-valuetext") == "week van 3 november 2025"
    page.keyboard.press("ArrowLeft")
    page.get_by_label("Autokraak (1)").uncheck()
    assert told.inner_text() == "2 incidenten"
    page.get_by_label("Incidenten per soort", exact=True).first.uncheck()
    page.get_by_label("Aantal per gebied").check()
    fills = "[...document.querySelectorAll('.leaflet-ipg-counts-pane path')]"
    fills += ".map(path => path.getAttribute('fill'))"
    before = page.evaluate(fills)
    page.get_by_label("De periode ervoor").check()
    assert page.evaluate(fills) != before
    assert said == []
    assert len(asked) == 1
    page.close()
