"""The page of a briefing holds its map, reads on a telephone, prints whole and is accessible."""

import io
import shutil

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from PIL import Image

from ipgtools import maps
from ipgtools.briefing import model, page

X, Y = 258000, 471000


def picture() -> bytes:
    to = io.BytesIO()
    Image.new("RGB", (1200, 800), "#b3480a").save(to, "PNG")
    return to.getvalue()


@pytest.fixture(scope="module")
def places() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "place_id": ["new-1"], "number": [1], "name": ["Leijdsweg"], "claim": ["new"],
            "n": pd.array([12], dtype="Int64"), "n_before": pd.array([None], dtype="Int64"),
        },
        geometry=[shapely.box(X + 100, Y + 200, X + 300, Y + 400)],
        crs=28992,
    )  # fmt: skip


@pytest.fixture(scope="module")
def html(places) -> str:
    wijk = gpd.GeoDataFrame(
        {"area_name": ["Velve"]}, geometry=[shapely.box(X, Y, X + 1200, Y + 800)], crs=28992
    )
    drawn = maps.page(maps.hotspot_map(areas=wijk, places=places, title="Eén plek"))
    long = model.Table(
        ("nr.", "plek", "actie door", "actie"),
        tuple((str(n), "Oostveenweg", "Stadsdeelbeheer", "aanspreken eigenaar") for n in range(40)),
    )
    slides = (
        model.Slide("titel", "Velve"),
        model.Slide(
            "plekken", "Eén plek valt op",
            (
                model.Picture(picture(), "Kaart van de plek", table="tabellen/drukke_plekken.csv"),
                model.Sentences(("1. Leijdsweg: 12",)),
            ),
        ),
        model.Slide(
            "elders", "Nog een beeld",
            (model.Picture(picture(), "Kaart", table="tabellen/drukke_plekken.csv"),),
        ),
        model.Slide("acties", "Openstaande acties", (long,), notes="Lees voor."),
    )  # fmt: skip
    briefing = model.Briefing("Velve", "", "Velve", "mei", "politie", "Politie", True, slides)
    return page.render(
        briefing, map_href="kaart.html", map_page=drawn, tables={"drukke_plekken": places}
    )


@pytest.fixture(scope="module")
def opened(html, tmp_path_factory):
    """Open the page in a browser that writes down what is asked and said."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = next(filter(None, map(shutil.which, names)), None)
    if chromium is None:
        pytest.skip("no Chromium on this machine to open the page in")
    path = tmp_path_factory.mktemp("page") / "briefing.html"
    path.write_text(html, "utf-8")
    with playwright.sync_playwright() as session:
        browser = session.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        shown = browser.new_page(viewport={"width": 1366, "height": 768})
        shown.said, shown.asked = [], []
        shown.on("console", lambda message: shown.said.append(message.text))
        shown.on("pageerror", lambda error: shown.said.append(str(error)))
        shown.on("request", lambda request: shown.asked.append(request.url[:40]))
        shown.goto(path.as_uri())
        yield shown
        browser.close()


def test_the_map_works_within_the_page_and_asks_for_nothing(opened):
    opened.set_viewport_size({"width": 1366, "height": 768})
    opened.locator("iframe").scroll_into_view_if_needed()
    frame = opened.frame_locator("iframe")
    frame.locator(".ipg-number").click()
    frame.get_by_text("Nieuw of stijgend: hoger").first.wait_for()
    assert not frame.locator(".ipg-head").is_visible(), "the slide has the title"
    assert frame.get_by_text("Deze plekken als tabel").is_visible()
    assert opened.said == []
    assert len([url for url in opened.asked if url.startswith(("http", "file"))]) == 1


def test_the_page_has_no_script_of_its_own(html):
    outside = html[: html.index("<iframe")] + html[html.index("</iframe>") :]
    assert "<script" not in outside
    assert "unsafe-inline" not in outside
    assert 'sandbox="allow-scripts"' in html


def test_a_map_that_is_too_large_is_only_linked(html):
    briefing = model.Briefing(
        "Velve", "", "Velve", "mei", "politie", "Politie", False,
        (model.Slide("titel", "V"), model.Slide("plekken", "P", (model.Picture(picture(), "A"),))),
    )  # fmt: skip
    made = page.render(briefing, map_href="kaart.html", map_page=" " * 4_000_001)
    assert "<iframe" not in made
    assert 'href="kaart.html"' in made


def test_a_slide_that_is_not_shown_is_marked_as_something_to_look_up():
    hidden = model.Slide("b", "Achter", hidden=True)
    slides = (model.Slide("titel", "V"), model.Slide("a", "Voor"), hidden)
    briefing = model.Briefing("V", "", "V", "mei", "politie", "Politie", False, slides)
    made = page.render(briefing)
    assert made.count(">Naslag<") == 1
    assert made.index(">Naslag<") > made.index(">Achter</h2>")


def test_numbers_of_a_picture_are_beside_it_as_they_were_released(places, html):
    assert html.count('<details class="data">') == 1, "the map has its own table"
    cells = [part.split("<")[0] for part in html.split('<details class="data">')[1].split('">')]
    assert {"Leijdsweg", "12", "–"} <= set(cells)
    rounded = places.assign(
        n_within=pd.array([5], dtype="Int64"), n_before_within=pd.array([5], dtype="Int64")
    )
    from ipgtools.briefing import numbers

    (row,) = numbers.beside({"drukke_plekken": rounded})["tabellen/drukke_plekken.csv"].rows
    assert row == ("1", "Leijdsweg", "ongeveer 12", "minder dan 5")


def test_on_a_phone_a_row_of_a_table_is_a_card_that_fits(opened):
    opened.set_viewport_size({"width": 390, "height": 844})
    cell = opened.locator("#acties td").nth(3)
    assert cell.bounding_box()["x"] + cell.bounding_box()["width"] <= 390
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390
    seen = "cell => getComputedStyle(cell, '::before').content"
    assert opened.evaluate(seen, cell.element_handle()) in ('"actie: "', '"actie" ": "')


def test_it_prints_every_slide_and_no_page_that_is_empty(opened, tmp_path):
    pdfium = pytest.importorskip("pypdfium2")
    opened.set_viewport_size({"width": 1366, "height": 768})
    opened.pdf(path=tmp_path / "briefing.pdf", prefer_css_page_size=True)
    document = pdfium.PdfDocument(tmp_path / "briefing.pdf")
    words = [document[i].get_textpage().get_text_bounded().split() for i in range(len(document))]
    assert 5 <= len(words) <= 7
    assert min(len(page) for page in words[1:]) > 8, "more than a footer on each"
    drawn = document[1].render(scale=0.5).to_numpy()
    assert ((drawn[..., 2] < 40) & (drawn[..., 0] > 150) | (drawn[..., 0] < 40)).mean() > 0.1


def test_what_can_be_checked_of_accessibility_is_right(opened):
    """As WCAG 2.2 AA asks: names, language, headings, targets of 24 pixels, keyboard."""
    opened.set_viewport_size({"width": 390, "height": 844})
    assert opened.evaluate("document.documentElement.lang") == "nl"
    assert opened.locator("iframe").get_attribute("title").startswith("Interactieve kaart")
    assert opened.evaluate("[...document.images].every(image => image.alt)")
    empty = "[...document.querySelectorAll('th')].filter(head => !head.textContent.trim()).length"
    assert opened.evaluate(empty) == 0
    labels = "[...document.querySelectorAll('[role=region], section')].map(one =>"
    labels += "one.getAttribute('aria-label') || document.getElementById("
    labels += "one.getAttribute('aria-labelledby')).textContent)"
    found = opened.evaluate(labels)
    assert len(found) == len(set(found))
    assert opened.evaluate("[...document.querySelectorAll('.scroll')].every(b => b.tabIndex === 0)")
    frame = opened.frames[1]
    small = """[...document.querySelectorAll(
      '.leaflet-interactive, .leaflet-control-zoom a, summary, label'
      )].filter(one => { const box = one.getBoundingClientRect(); return one.tagName !== 'path'
      && box.width && Math.min(box.width, box.height) < 23.5; }).length"""
    assert frame.evaluate(small) == 0
    assert frame.evaluate("document.querySelectorAll('[role=main]').length") == 1
    opened.frame_locator("iframe").locator(".ipg-number").focus()
    opened.keyboard.press("Enter")
    opened.frame_locator("iframe").locator(".leaflet-popup-content").wait_for()


def test_axe_finds_no_fault(opened):
    axe = pytest.importorskip("axe_playwright_python.base", reason="axe-core is not installed")
    opened.evaluate(axe.AXE_SCRIPT)
    opened.frames[1].evaluate(axe.AXE_SCRIPT)
    faults = opened.evaluate("axe.run().then(found => found.violations.map(one => one.id))")
    assert faults == []
