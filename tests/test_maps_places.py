"""Places on the interactive map have an outline, a number and a card that tells no secrets."""

import json
import re
import shutil

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from ipgtools import maps
from ipgtools.errors import CrsError

X, Y = 258000, 471000
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} {% raw %} ${x} '\"</style>"


@pytest.fixture
def places() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "place_id": ["new-E258100N471200", "busy-E258500N471200", "list-E258700N471500"],
            "number": [1, 2, 3],
            "name": ["Gronausestraat bij Leijdsweg", EVIL, None],
            "claim": pd.array(["new", "busy", None], dtype="str"),
            "n": pd.array([69, 3, None], dtype="Int64"),
            "n_before": pd.array([9, None, None], dtype="Int64"),
            "n_last_year": pd.array([None, 2, None], dtype="Int64"),
            "kinds": [
                (("Diefstal uit/vanaf motorvoertuigen", 62), ("Winkeldiefstal", 3)), (), None,
            ],
            "since": [pd.Timestamp("2025-09-05"), pd.Timestamp("2024-03-01"), pd.NaT],
            "findings": pd.array([4, 0, None], dtype="Int64"),
            "open_actions": pd.array([1, 0, None], dtype="Int64"),
            "p_value": [0.001, 0.02, None],
            "cells": pd.Series([np.arange(3)] * 3, dtype=object),
            "geheim": ["NIET", "TONEN", "DIT"],
        },
        geometry=[
            shapely.box(X + 100, Y + 200, X + 300, Y + 400),
            shapely.box(X + 300, Y + 400, X + 400, Y + 500),
            shapely.box(X + 700, Y + 500, X + 800, Y + 600),
        ],
        crs=28992,
    )  # fmt: skip


@pytest.fixture
def wijk() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"area_code": ["A"], "area_name": ["Velve"]},
        geometry=[shapely.box(X, Y, X + 1200, Y + 800)],
        crs=28992,
    )


@pytest.fixture
def findings() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "finding_id": ["v-44"], "number": pd.array([44], dtype="Int64"),
            "location_text": ["Leijdsweg"], "description": ["Bankstel"], "category": ["afval"],
        },
        geometry=[shapely.Point(X + 200, Y + 300)],
        crs=28992,
    )  # fmt: skip


def drawn(places: gpd.GeoDataFrame, **options) -> list[dict]:
    """Read back what the page has of each place."""
    page = maps.page(maps.hotspot_map(places=places, **options))
    (call,) = re.findall(r"ipg\.places\(map_\w+, (.*)\);\n", page)
    return json.loads(f"[{call}]")[0]


def card(places: gpd.GeoDataFrame, number: int, **options) -> str:
    """Give the card of a place, without its tags."""
    return re.sub(r"<[^>]*>", "|", drawn(places, **options)[number - 1]["h"])


def test_each_place_has_an_outline_where_it_is_and_its_number(places):
    items = drawn(places)
    assert [(item["n"], item["c"]) for item in items] == [(1, "new"), (2, "busy"), (3, "list")]
    shapes = [shapely.geometry.shape(item["g"]) for item in items]
    back = gpd.GeoSeries(shapes, crs=4326).to_crs(28992)
    assert max(back.hausdorff_distance(places.geometry)) < 0.15


def test_the_card_tells_what_is_known(places):
    text = card(places, 1)
    for part in (
        "1. Gronausestraat bij Leijdsweg", "Nieuw of stijgend: hoger dan het eigen verleden",
        "Deze periode||69|", "De periode ervoor||9|", "Meest||autokraak (62) en winkeldiefstal (3)",
        "Schouw||4 bevindingen en 1 open actie|",
    ):  # fmt: skip
        assert part in text, part


def test_what_is_missing_is_left_out(places):
    assert "vorig jaar" not in card(places, 1)
    assert card(places, 3).strip("|").split("||") == [
        "Plek 3", "Een van de drukste plekken (geen uitspraak over toeval)",
    ]  # fmt: skip
    bare = places[["geometry"]]
    assert card(bare, 2).startswith("|Plek 2|")


@pytest.mark.parametrize(
    ("audience", "shown", "hidden"),
    [
        ("politie", ["|69|", "|3|", "vorig jaar||2|", "winkeldiefstal (3)"], ["minder dan"]),
        (
            "partner",
            ["ongeveer 70", "Deze periode||minder dan 5|", "vorig jaar||minder dan 5|"],
            ["69", "|9|", "|3|", "|2|", "winkeldiefstal"],
        ),
        (
            "openbaar",
            ["ongeveer 70", "ongeveer 10", "autokraak (ongeveer 60)", "minder dan 5"],
            ["69", "|9|", "62", "winkeldiefstal", "|3|"],
        ),
    ],
)
def test_numbers_of_a_place_depend_on_who_looks(places, audience, shown, hidden):
    text = card(places, 1, audience=audience) + card(places, 2, audience=audience)
    assert all(part in text for part in shown)
    assert not any(part in text for part in hidden)


def test_a_kind_whose_number_is_withheld_is_named_without_it(places):
    places["kinds"] = [(("Winkeldiefstal", None), ("Mishandeling", pd.NA)), (), ()]
    assert "Meest||winkeldiefstal en mishandeling|" in card(places, 1, audience="politie")
    assert "winkeldiefstal" not in card(places, 1, audience="openbaar")


def test_lasting_places_say_what_they_were_held_against(places):
    assert "Vaste drukke plek|" in card(places, 2)
    places.attrs["method"] = {"baseline": "streets"}
    assert "veel meer dan de straatlengte verklaart (kan ook hoogbouw zijn)" in card(places, 2)


def test_a_claim_about_one_kind_says_which(places):
    assert "(" not in card(places.assign(kind="all"), 1).split("Deze periode")[0]
    kinds = places.assign(kind="Diefstal uit/vanaf motorvoertuigen")
    assert "Nieuw of stijgend (autokraak): hoger dan" in card(kinds, 1)
    assert "autokraak" not in card(kinds, 3), "the plain list has no claim"


def test_a_lasting_place_says_since_when_and_a_new_one_does_not(places):
    """The unbroken run of incidents at a new place began before the rise."""
    assert "sinds" not in card(places, 1)
    assert "Incidenten sinds||1 maart 2024|" in card(places, 2)
    text = card(places.assign(since_open=True), 2)
    assert "Incidenten sinds||1 maart 2024 of langer|" in text


def test_columns_that_are_for_no_card_stay_out_of_the_page(places, wijk):
    page = maps.page(maps.hotspot_map(areas=wijk, places=places))
    for secret in ("NIET", "TONEN", "new-E258100", "0.001", "p_value", "geheim"):
        assert secret not in page


def test_free_text_is_text(places, wijk):
    page = maps.page(maps.hotspot_map(areas=wijk, places=places))
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "{{ 7*7 }}" in page, "templates in names are not filled in"
    assert "&lt;script&gt;alert(1)" in drawn(places)[1]["h"]
    assert "&lt;script&gt;alert(1)" in drawn(places)[1]["t"]


def test_the_legend_has_the_claims_that_are_there(places, wijk):
    page = maps.page(maps.hotspot_map(areas=wijk, places=places))
    legend = re.search(
        r"<details open><summary>Legenda.*?/details>",
        page.replace("\\u003c", "<").replace("\\u003e", ">"),
    )
    assert 'data-layer=\\"Plekken\\"' in legend[0]
    for text in ("Nieuw of stijgend", "Vaste drukke plek", "geen uitspraak over toeval"):
        assert text in legend[0]
    assert "Drukke omgeving" not in legend[0]
    assert "Hotspot" not in legend[0]


def test_without_places_the_map_says_so(places, wijk):
    page = maps.page(maps.hotspot_map(areas=wijk, places=places.iloc[:0]))
    assert "Geen plek springt eruit" in page
    assert drawn(places.iloc[:0]) == []


def test_a_place_without_an_outline_is_counted_in_the_legend(places):
    places.loc[1, "geometry"] = None
    assert [item["n"] for item in drawn(places)] == [1, 3]
    assert "Niet op de kaart: plek 2" in maps.page(maps.hotspot_map(places=places))


def test_places_in_degrees_are_refused_and_tables_are_not_changed(places):
    before = places.copy()
    maps.hotspot_map(places=places)
    pd.testing.assert_frame_equal(pd.DataFrame(places), pd.DataFrame(before))
    with pytest.raises(CrsError, match="metres"):
        maps.hotspot_map(places=places.to_crs(4326))


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = next(filter(None, map(shutil.which, names)), None)
    if chromium is None:
        pytest.skip("no Chromium on this machine to open the map in")
    with playwright.sync_playwright() as session:
        opened = session.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        yield opened
        opened.close()


def opened(browser, drawn_map, tmp_path):
    """Open a map in a page that writes down what is asked and said."""
    path = maps.save(drawn_map, tmp_path / "kaart.html")
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(path.as_uri())
    page.wait_for_timeout(400)
    return page, asked, said


def test_in_a_browser_a_click_on_outline_or_number_opens_the_card(browser, places, wijk, tmp_path):
    page, asked, said = opened(browser, maps.hotspot_map(areas=wijk, places=places), tmp_path)
    assert page.locator(".ipg-number").count() == 3
    assert page.locator(".leaflet-ipg-places-pane path.leaflet-interactive").count() == 3
    page.locator(".ipg-number").nth(1).click()
    text = page.locator(".leaflet-popup-content").inner_text()
    assert "<script>alert(1)</script>" in text
    assert "Vaste drukke plek" in text
    page.keyboard.press("Escape")
    page.locator(".leaflet-ipg-places-pane path.leaflet-interactive").first.click()
    page.locator(".leaflet-popup-content").get_by_text("autokraak (62)").wait_for()
    assert said == []
    assert len(asked) == 1
    page.close()


def test_in_a_browser_numbers_cover_no_place_and_no_number(browser, places, wijk, tmp_path):
    page, _, _ = opened(browser, maps.hotspot_map(areas=wijk, places=places), tmp_path)
    for _ in range(3):
        boxes = [
            shapely.box(box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"])
            for selector in (".ipg-number", ".leaflet-ipg-places-pane path.leaflet-interactive")
            for one in page.locator(selector).all()
            if (box := one.bounding_box())
        ]
        numbers, shapes = boxes[:3], boxes[3:]
        for i, number in enumerate(numbers):
            round_ = number.centroid.buffer(number.length / 8 - 1)
            assert not any(round_.intersects(other.buffer(-2)) for other in shapes)
            assert not any(number.centroid.distance(o.centroid) < 26 for o in numbers[i + 1 :])
        page.mouse.move(640, 500)
        page.mouse.wheel(0, 240)
        page.wait_for_timeout(500)
    page.close()


def test_in_a_browser_findings_never_cover_a_place_that_is_small(
    browser, places, wijk, findings, tmp_path
):
    many = pd.concat([findings] * 3, ignore_index=True)
    made = maps.hotspot_map(areas=wijk, places=places, findings=many)
    page, _, said = opened(browser, made, tmp_path)
    marks = page.locator(".ipg-marker")
    for _ in range(5):
        boxes = [one.bounding_box() for one in marks.all()]
        assert all(box["width"] >= 24 for box in boxes), "large enough to touch"
        outline = page.locator(".leaflet-ipg-places-pane path.leaflet-interactive").first
        place = outline.bounding_box()
        if min(place["width"], place["height"]) < 150:
            assert marks.all_inner_texts() == ["3"], "what would overlap is a group"
            apart = shapely.box(*corners(boxes[0])).distance(shapely.box(*corners(place)))
            assert apart > -1
            assert (
                not shapely.box(*corners(boxes[0]))
                .buffer(-2)
                .intersects(shapely.box(*corners(place)).buffer(-2))
            )
        page.mouse.move(640, 500)
        page.mouse.wheel(0, 240)
        page.wait_for_timeout(500)
    marks.click()
    page.wait_for_timeout(500)
    page.get_by_title("Bevinding 44").first.click()
    assert "Bankstel" in page.locator(".leaflet-popup-content").inner_text()
    assert said == []
    page.close()


def corners(box: dict) -> tuple[float, float, float, float]:
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


def test_in_a_browser_the_map_is_fitted_until_the_reader_moves_it(browser, places, wijk, tmp_path):
    page, _, said = opened(browser, maps.hotspot_map(areas=wijk, places=places), tmp_path)
    wide = "() => document.querySelector('.leaflet-ipg-areas-pane path').getBoundingClientRect()"

    def share() -> float:
        page.wait_for_timeout(500)
        return page.evaluate(wide)["width"] / page.viewport_size["width"]

    page.set_viewport_size({"width": 150, "height": 150})
    page.wait_for_timeout(300)
    page.set_viewport_size({"width": 700, "height": 800})
    assert 0.6 < share() < 1, "fitted after a frame of 150 pixels"
    page.mouse.move(300, 400)
    page.mouse.wheel(0, 500)
    before = share()
    page.set_viewport_size({"width": 900, "height": 800})
    assert share() < before, "left as the reader put it"
    assert said == []
    page.close()


def test_in_a_browser_the_map_prints_on_one_sheet_with_all_there_is(
    browser, places, wijk, findings, tmp_path
):
    pdfium = pytest.importorskip("pypdfium2")
    streets = gpd.GeoDataFrame(
        {"street_name": ["Leijdsweg"], "kind": ["primary"]},
        geometry=[shapely.LineString([(X, Y + 50), (X + 1200, Y + 50)])], crs=28992,
    )  # fmt: skip
    made = maps.hotspot_map(
        areas=wijk, places=places, findings=findings, streets=streets, title="Velve",
        source="BVH; straten © OpenStreetMap",
    )  # fmt: skip
    page, _, said = opened(browser, made, tmp_path)
    page.pdf(path=tmp_path / "kaart.pdf", prefer_css_page_size=True)
    document = pdfium.PdfDocument(tmp_path / "kaart.pdf")
    assert len(document) == 1
    assert [round(side) for side in document[0].get_size()] == [842, 595]
    text = document[0].get_textpage().get_text_bounded()
    for part in ("Velve", "Leijdsweg", "Nieuw of stijgend", "© OpenStreetMap"):
        assert part in text, part
    drawn = document[0].render(scale=1).to_numpy()[..., :3].astype(int)
    orange = (drawn[..., 0] - drawn[..., 2] > 60) | (drawn[..., 2] - drawn[..., 0] > 60)
    assert orange.sum() > 2000, "outlines are on the sheet"
    assert said == []
    page.close()


def test_in_a_browser_the_layer_of_places_goes_with_its_legend(browser, places, wijk, tmp_path):
    cells = gpd.GeoDataFrame(
        {"hotspot_class": ["hot_sure"] * 6, "n": [5] * 6},
        geometry=[shapely.box(X + x, Y, X + x + 100, Y + 100) for x in range(0, 600, 100)],
        crs=28992,
    )
    page, _, _ = opened(browser, maps.hotspot_map(cells, wijk, places=places), tmp_path)
    names = page.locator(".leaflet-control-layers-overlays label").all_inner_texts()
    assert names[:2] == [" Plekken", " Hotspots"]
    page.locator(".leaflet-control-layers-overlays label").first.click()
    assert page.locator(".ipg-number").count() == 0
    assert not page.locator("[data-layer=Plekken]").is_visible()
    assert page.locator("[data-layer=Hotspots]").is_visible()
    page.close()


def test_on_a_phone_both_boxes_start_closed(browser, places, wijk, tmp_path):
    path = maps.save(maps.hotspot_map(areas=wijk, places=places), tmp_path / "kaart.html")
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(path.as_uri())
    page.wait_for_timeout(400)
    assert page.get_by_text("Legenda").is_visible()
    assert not page.locator(".leaflet-control-layers-overlays").is_visible()
    page.get_by_text("Lagen").click()
    assert page.locator(".leaflet-control-layers-overlays").is_visible()
    page.get_by_text("Lagen").click()
    assert not page.get_by_text("Nieuw of stijgend").first.is_visible()
    page.get_by_text("Legenda").click()
    assert page.get_by_text("Nieuw of stijgend").first.is_visible()
    page.close()
