"""An interactive map opens without a network, says what it must, and leaks nothing."""

import json
import re
import shutil
from pathlib import Path

import folium
import geopandas as gpd
import pandas as pd
import pytest
import shapely

from ipgtools import maps
from ipgtools.errors import CrsError, IpgError
from ipgtools.periods import Period

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} {% raw %} ${x} '\"</style>"
CLASSES = ["hot_sure", "hot_possible", "none", "cold_possible", "cold_sure", "none"]


@pytest.fixture
def areas() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"area_code": ["A", "B"], "area_name": ["Velve", "Lindenhof"], "geheim": ["NIET", "TONEN"]},
        geometry=[
            shapely.box(258000, 471000, 258600, 471800),
            shapely.box(258600, 471000, 259200, 471800),
        ],
        crs=28992,
    )


@pytest.fixture
def cells() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "cell_id": [f"c{i}" for i in range(6)],
            "n": [12, 3, 0, 1, 0, 1],
            "q_value": [0.0004, 0.2, 0.9, 0.4, 0.03, 1.0],
            "hotspot_class": CLASSES,
            "per_km2": [40.0, 20.0, 0.0, 5.0, 1.0, 2.0],
            "incident_ids": ["GEHEIM"] * 6,
        },
        geometry=[shapely.box(x, 471200, x + 100, 471300) for x in range(258100, 258700, 100)],
        crs=28992,
    )


@pytest.fixture
def findings() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "finding_id": ["v-44", "v-45", "v-46"],
            "number": pd.array([44, 45, None], dtype="Int64"),
            "location_text": ["Oostveenweg", EVIL, None],
            "description": [EVIL, "Het gras staat hoog", "Bord"],
            "category": ["afval", "groen", None],
        },
        geometry=[shapely.Point(258300, 471400), shapely.Point(258300, 471400), None],
        crs=28992,
    )


@pytest.fixture
def actions() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "action_id": ["v-44a"], "finding_id": ["v-44"], "actor": ["Stadsdeelbeheer"],
            "task": [EVIL], "status": ["toegewezen"], "due": [pd.Timestamp("2025-06-01")],
        }
    )  # fmt: skip


@pytest.fixture
def streets() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "street_id": ["1", "2"],
            "street_name": ["Oostveenweg", None],
            "kind": ["primary", "path"],
        },
        geometry=[
            shapely.LineString([(258000, 471100), (258700, 471500)]),
            shapely.LineString([(258200, 471100), (258300, 471700)]),
        ],
        crs=28992,
    )


@pytest.fixture
def everything(cells, areas, findings, actions, streets) -> folium.Map:
    return maps.hotspot_map(
        cells, areas, findings=findings, actions=actions, density=cells, streets=streets,
        title=f"Hotspots {EVIL}", subtitle="Velve", period=Period("2025-09-01", "2025-12-01"), n=17,
        left_out={"buiten het gebied": 2}, source="BVH", method="Gi*", sample=True,
        audience="politie",
    )  # fmt: skip


def layers(page: str, name: str = "shapes") -> list[list]:
    """Read the arguments of the layers back from a page."""
    calls = re.findall(rf"ipg\.{name}\(map_\w+, (.*)\);\n", page)
    return [json.loads(f"[{call}]") for call in calls]


def features(page: str, pane: str) -> list[dict]:
    return [
        feature
        for data, _, options in layers(page)
        if options["pane"] == pane
        for feature in data["features"]
    ]


def test_only_cells_that_say_something_are_drawn(cells, areas):
    drawn = features(maps.page(maps.hotspot_map(cells, areas)), "ipg-cells")
    assert [cell["properties"]["s"] for cell in drawn] == [
        "hot_sure", "hot_possible", "cold_possible", "cold_sure",
    ]  # fmt: skip


def test_cells_are_where_they_were_to_a_decimetre(cells, areas):
    drawn = features(maps.page(maps.hotspot_map(cells, areas)), "ipg-cells")
    back = gpd.GeoSeries([shapely.geometry.shape(drawn[0]["geometry"])], crs=4326).to_crs(28992)
    assert back[0].hausdorff_distance(cells.geometry[0]) < 0.15
    text = json.dumps(drawn[0]["geometry"])
    assert max(len(digits) for digits in re.findall(r"\.(\d+)", text)) <= 6


def test_columns_that_pass_through_stay_out_of_the_page(everything):
    page = maps.page(everything)
    for secret in ("GEHEIM", "NIET", "TONEN", "cell_id", "v-44"):
        assert secret not in page


@pytest.mark.parametrize(
    ("audience", "shown", "hidden"),
    [
        ("politie", ["12 incidenten", "3 incidenten"], []),
        ("partner", ["10 incidenten", "minder dan 5 incidenten"], ["12 inc", "3 inc"]),
        ("openbaar", ["Hotspot: zeker"], ['incidenten"', "incidenten<"]),
    ],
)
def test_numbers_in_a_cell_depend_on_who_looks(cells, areas, audience, shown, hidden):
    drawn = features(maps.page(maps.hotspot_map(cells, areas, audience=audience)), "ipg-cells")
    texts = json.dumps([cell["properties"]["t"] for cell in drawn], ensure_ascii=False)
    assert all(text in texts for text in shown)
    assert not any(text in texts for text in hidden)


def test_an_unknown_audience_is_refused(cells):
    with pytest.raises(ValueError, match="iedereen"):
        maps.hotspot_map(cells, audience="iedereen")


def test_tables_in_degrees_are_refused(cells, areas):
    with pytest.raises(CrsError, match="metres"):
        maps.hotspot_map(cells, areas.to_crs(4326))


def test_free_text_can_not_become_markup_or_template(everything):
    page = maps.page(everything)
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "{{ 7*7 }}" in page, "templates in free text are not filled in"
    points, _ = layers(page, "markers")[0]
    assert "&lt;script&gt;alert(1)" in points[0]["h"]
    assert "<script" not in json.dumps(points)


def test_findings_on_one_spot_stand_beside_each_other_and_lost_ones_are_counted(everything):
    page = maps.page(everything)
    points, _ = layers(page, "markers")[0]
    assert [(point["n"], point["i"], point["m"]) for point in points] == [(44, 0, 2), (45, 1, 2)]
    assert "Niet op de kaart: 1 zonder plek" in page


def test_the_page_says_what_its_reader_needs(everything):
    page = maps.page(everything)
    for text in (
        "Periode: 1 september t/m 30 november 2025", "17 incidenten",
        "Weggelaten: 2 buiten het gebied", "Bron: BVH", "Methode: Gi*", "Alleen voor politie",
        "Voorbeeldgegevens", "Dit zijn geregistreerde incidenten", "Hotspot: mogelijk",
    ):  # fmt: skip
        assert text in page, text
    assert '<html lang="nl">' in page


def test_a_map_without_hotspots_says_so(cells, areas):
    page = maps.page(maps.hotspot_map(cells.assign(hotspot_class="none"), areas))
    assert "Geen duidelijke hotspots in deze periode" in page
    assert features(page, "ipg-cells") == []


def test_empty_tables_still_give_a_map(cells, areas, findings, streets):
    page = maps.page(
        maps.hotspot_map(
            cells.iloc[:0],
            areas.iloc[:0],
            findings=findings.iloc[:0],
            streets=streets.iloc[:0],
            density=cells.iloc[:0],
        )
    )
    assert "Legenda" in page


def test_nothing_to_draw_is_an_error():
    with pytest.raises(ValueError, match="at least one table"):
        maps.hotspot_map()


def test_missing_numbers_leave_the_number_out(cells, areas):
    suppressed = cells.assign(n=pd.array([12, None, None, None, None, None], dtype="Int64"))
    drawn = features(maps.page(maps.hotspot_map(suppressed, areas)), "ipg-cells")
    assert "incidenten" in drawn[0]["properties"]["t"]
    assert "incidenten" not in drawn[1]["properties"]["t"]


def test_the_same_map_gives_the_same_page(cells, areas):
    one, other = (maps.page(maps.hotspot_map(cells, areas, title="Kaart")) for _ in range(2))
    assert one == other
    again = maps.hotspot_map(cells, areas, title="Kaart")
    assert maps.page(again) == maps.page(again)


def test_tables_are_not_changed(cells, areas, findings):
    before = [table.copy() for table in (cells, areas, findings)]
    maps.hotspot_map(cells, areas, findings=findings)
    for table, copy in zip((cells, areas, findings), before, strict=True):
        pd.testing.assert_frame_equal(pd.DataFrame(table), pd.DataFrame(copy))


def test_a_map_with_tiles_is_refused_and_nothing_is_written(tmp_path):
    path = tmp_path / "kaart.html"
    path.write_text("wat er stond")
    with pytest.raises(IpgError, match="without a network") as error:
        maps.save(folium.Map(), path)
    assert error.value.code == "map_not_offline"
    assert path.read_text() == "wat er stond"
    assert [file.name for file in tmp_path.iterdir()] == ["kaart.html"]


@pytest.mark.parametrize(
    "part",
    [
        '<img src="https://example.org/a.png">',
        "<img src=//example.org/a.png>",
        '<link rel="icon" href="http://example.org/a.ico">',
        "<style>body {background: url('https://example.org/a.png')}</style>",
        '<p style="background:url(//example.org/a.png)">',
        '<script src="kaart.js" defer></script>',
    ],
)
def test_anything_from_elsewhere_is_refused(cells, part):
    drawn = maps.hotspot_map(cells)
    drawn.get_root().html.add_child(folium.Element(part))
    with pytest.raises(IpgError) as error:
        maps.page(drawn)
    assert error.value.code == "map_not_offline"


def test_an_unknown_plugin_is_refused_by_its_name(cells):
    drawn = maps.hotspot_map(cells)
    drawn.get_root().header.add_child(folium.JavascriptLink("https://example.org/plugin.js"))
    with pytest.raises(IpgError, match=r"plugin\.js"):
        maps.page(drawn)


def test_a_finding_that_mentions_a_web_address_is_no_request(findings):
    told = findings.assign(description='Zie <a href="https://x.nl/a"> of url(https://x.nl/b)')
    assert "x.nl" in maps.page(maps.hotspot_map(findings=told))


def test_a_notebook_shows_the_offline_page(cells, areas):
    drawn = maps.hotspot_map(cells, areas)
    shown = drawn._repr_html_()
    assert shown == maps.show(drawn)._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert "sandbox=" in shown
    assert '<script src="http' not in shown
    assert "&lt;meta http-equiv=&quot;Content-Security-Policy" in shown


def test_a_whole_town_stays_light(shared: Path, tmp_path):
    streets = gpd.read_file(shared / "nl_enschede_straten_osm" / "enschede_straten_osm.gpkg")
    streets = streets.rename(columns={"name": "street_name", "highway": "kind"})
    path = maps.save(maps.hotspot_map(streets=streets), tmp_path / "straten.html")
    assert len(streets) == 8128
    assert path.stat().st_size < 3_000_000


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if chromium is None:
        pytest.skip("no Chromium on this machine to open the map in")
    with playwright.sync_playwright() as session:
        opened = session.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        yield opened
        opened.close()


def watched(browser):
    """Open an empty page that writes down what is asked and said."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return page, asked, said


def test_in_a_browser_the_map_draws_and_asks_for_nothing_but_itself(browser, everything, tmp_path):
    path = maps.save(everything, tmp_path / "kaart.html")
    page, asked, said = watched(browser)
    page.goto(path.as_uri())
    page.wait_for_timeout(400)
    assert asked == [path.as_uri()]
    assert said == []
    assert page.locator(".leaflet-ipg-cells-pane path, [class*=cells] path").count() == 2
    assert page.locator(".ipg-marker").all_inner_texts() == ["2"], "two on one spot are a group"
    assert page.locator(".leaflet-control-layers-overlays label").all_inner_texts() == [
        " Hotspots", " Rustige plekken", " Bevindingen van de schouw",
        " Dichtheid van incidenten", " Grenzen van de gebieden", " Straten", " Namen",
    ]  # fmt: skip
    page.get_by_text("Rustige plekken").first.click()
    assert page.locator(".leaflet-ipg-cells-pane path, [class*=cells] path").count() == 4
    assert page.locator(".leaflet-control-scale-line").inner_text().endswith("m")
    assert page.get_by_title("Inzoomen", exact=True).count() == 1
    assert asked == [path.as_uri()]
    page.close()


def test_in_a_browser_a_finding_opens_as_text(browser, everything, tmp_path):
    path = maps.save(everything, tmp_path / "kaart.html")
    page, asked, said = watched(browser)
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(path.as_uri())
    page.get_by_title("2 bevindingen dicht bij elkaar").click()
    page.get_by_title("Bevinding 44").click()
    text = page.locator(".leaflet-popup-content").inner_text()
    assert "<script>alert(1)</script>" in text
    assert "Stadsdeelbeheer" in text
    assert "uiterlijk 1 juni 2025" in text
    assert said == []
    assert len(asked) == 1
    page.close()


def test_the_browser_itself_refuses_requests_and_foreign_scripts(browser, cells, tmp_path):
    path = maps.save(maps.hotspot_map(cells), tmp_path / "kaart.html")
    page, _, said = watched(browser)
    failed = []
    page.on("requestfailed", lambda request: failed.append(request.failure))
    page.goto(path.as_uri())
    page.evaluate(
        """() => {
            const image = new Image(); image.src = 'https://example.org/a.png';
            const script = document.createElement('script'); script.textContent = 'window.x = 1';
            document.body.append(image, script);
        }"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.x") is None
    assert len([text for text in said if "Content Security Policy" in text]) == 2
    assert failed == ["csp"]
    page.close()


def test_a_plain_folium_map_with_popup_and_marker_opens_offline(browser, tmp_path):
    pytest.importorskip("xstatic.pkg.jquery", reason="XStatic-jQuery is not installed")
    drawn = folium.Map(tiles=None, location=[52.2, 6.9], zoom_start=12, maxZoom=19)
    folium.Marker([52.2, 6.9], popup="Hallo", icon=None).add_to(drawn)
    path = maps.save(drawn, tmp_path / "los.html")
    page, asked, said = watched(browser)
    page.goto(path.as_uri())
    page.locator(".leaflet-marker-icon").click()
    assert page.locator(".leaflet-popup-content").inner_text() == "Hallo"
    assert [url[:5] for url in asked if not url.startswith("data:")] == ["file:"]
    assert said == []
    page.close()


def test_in_a_notebook_frame_the_map_draws(browser, cells, areas):
    page, asked, said = watched(browser)
    page.set_content(maps.hotspot_map(cells, areas)._repr_html_())
    frame = page.frame_locator("iframe")
    frame.locator(".ipg-legend").wait_for()
    assert frame.locator("path.leaflet-interactive").count() >= 4
    assert [url for url in asked if url.startswith("http")] == []
    assert said == []
    page.close()


def test_a_frame_that_is_hidden_at_first_shows_the_whole_map(browser, cells, areas):
    """A notebook may lay out its frames late; the map then fits once it has a size."""
    page, _, said = watched(browser)
    seen = []
    for style in ("", "display:none"):
        page.set_content(
            f'<div style="{style}">{maps.hotspot_map(cells, areas)._repr_html_()}</div>'
        )
        page.wait_for_timeout(500)
        page.eval_on_selector("div", "box => box.style.display = ''")
        frame = page.frame_locator("iframe")
        frame.locator(".ipg-legend").wait_for()
        page.wait_for_timeout(500)
        seen.append(frame.locator(".leaflet-control-scale-line").inner_text())
    assert seen[0] == seen[1]
    assert said == []
    page.close()


def test_areas_without_names_are_called_by_their_code(areas):
    """A map asks for no more columns than it needs."""
    bare = areas.drop(columns=["area_name"])
    assert bare["area_code"].iloc[0] in maps.page(maps.hotspot_map(areas=bare))
    nameless = areas[["geometry"]]
    assert "Grenzen" in maps.page(maps.hotspot_map(areas=nameless))
