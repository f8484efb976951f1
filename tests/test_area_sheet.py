"""The wijkkaart holds what matters on one A4, and a page is printed as PDF."""

import shutil

import pytest
from test_page_with_map import picture, places  # noqa: F401

from ipgtools import briefing
from ipgtools.briefing import area_sheet, pdf
from ipgtools.errors import IpgError, ReadError
from ipgtools.privacy import profile

BROWSER = next(filter(None, map(shutil.which, pdf._NAMES)), None)


@pytest.fixture
def mine() -> briefing.Briefing:
    slides = (briefing.Slide("titel", "Velve"), briefing.Slide("a", "Wat er is"))
    return briefing.Briefing(
        "Briefing Velve", "mei", "Velve", "mei 2025", "politie", "Alleen voor politie",
        sample=True, slides=slides,
    )  # fmt: skip


def sheet(mine, **given) -> str:
    options = {"told": ["Autokraak steeg van 9 naar 66."], "tables": {}, "picture": None}
    return area_sheet.render(mine, profile("politie"), source="BVH", **options | given)


def test_the_sheet_says_where_what_and_what_is_open(mine, places):  # noqa: F811
    import pandas as pd

    actions = pd.DataFrame(
        {
            "location_text": ["Oostveenweg", "Leijdsweg"], "description": ["Gras", "<b>Bank</b>"],
            "task": ["maaien", None], "actor": ["Stadsdeelbeheer", None], "overdue": [False, True],
        }
    )  # fmt: skip
    made = sheet(mine, tables={"drukke_plekken": places, "acties": actions}, picture=picture())
    for part in (
        "Wijkkaart Velve", "1. Leijdsweg", "Deze periode: 12", "Autokraak steeg", "Gras: maaien",
        "(Stadsdeelbeheer)", "Alleen voor politie", "Voorbeeldgegevens", "Bron: BVH",
        "art. 7 Wpg",
    ):  # fmt: skip
        assert part in made, part
    assert made.index("Leijdsweg</b> &lt;b&gt;Bank") < made.index("Oostveenweg"), "overdue first"
    assert "<script" not in made


def test_what_is_missing_leaves_no_heading(mine):
    made = sheet(mine, told=[])
    assert "<h2>" not in made
    assert "<img" not in made


def test_long_texts_are_cut_at_a_word(mine):
    import pandas as pd

    actions = pd.DataFrame({"location_text": ["A"], "description": ["woord " * 40], "task": [""]})
    made = sheet(mine, tables={"acties": actions})
    assert "woord…" in made


@pytest.mark.skipif(BROWSER is None, reason="no browser on this machine to print with")
def test_the_sheet_is_one_a4_and_the_page_a_pdf(mine, places, tmp_path):  # noqa: F811
    import pandas as pd

    pdfium = pytest.importorskip("pypdfium2")
    actions = pd.DataFrame(
        {"location_text": ["Oostveenweg"] * 30, "description": ["x y z " * 40] * 30, "task": "doen"}
    )
    five = pd.concat([places] * 5, ignore_index=True).assign(number=range(1, 6))
    made = sheet(
        mine, told=["Een zin van behoorlijke lengte over wat er gebeurde. " * 3] * 6,
        tables={"drukke_plekken": five, "acties": actions}, picture=picture(),
    )  # fmt: skip
    document = pdfium.PdfDocument(pdf.write(made, tmp_path / "wijkkaart.pdf"))
    assert len(document) == 1
    assert [round(side) for side in document[0].get_size()] == [595, 842]
    assert briefing.save(mine, tmp_path / "b.pdf").read_bytes().startswith(b"%PDF")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.pdf", "wijkkaart.pdf"]


def test_without_a_browser_it_is_said_what_to_do(mine, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(pdf, "_PLACES", ())
    with pytest.raises(IpgError) as caught:
        briefing.save(mine, tmp_path / "b.pdf")
    assert caught.value.code == "pdf_without_browser"
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ReadError, match=r"\.pdf"):
        briefing.save(mine, tmp_path / "b.odp")
