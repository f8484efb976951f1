"""A briefing says what its results say, in both of its forms, and nothing falls off."""

import base64
import hashlib
import io
import re
import zipfile
from dataclasses import fields, replace
from html.parser import HTMLParser
from itertools import pairwise, product
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image
from pptx import Presentation

from ipgtools import briefing as b
from ipgtools.briefing import archive, boxes, flow, layout, model, page, powerpoint, text
from ipgtools.briefing import slides as slide_package
from ipgtools.briefing.compose import compose
from ipgtools.briefing.slides import slides
from ipgtools.highlights import Highlight
from ipgtools.nl import briefing as nl
from ipgtools.nl import slides as slide_words
from ipgtools.nl.slides import agreements as agreement_words
from ipgtools.nl.slides import offenders as offender_words
from ipgtools.nl.slides import photos as photo_words
from ipgtools.privacy import profile

HOSTILE = (
    "<script>alert(1)</script>&\"'\x00\x1b\u202e{{7*7}}=cmd|'/c calc'!A1 http://kwaad.example/x.js"
)
ORDER = [
    "titel",
    "wat_valt_op",
    "plekken",
    "plek_1",
    "vergelijking",
    "wanneer",
    "herhaling",
    "fotos_1",
    "schouw_eerst",
    "afspraken",
    "vergelijking_tabel",
    "veelplegers",
    "schouw",
    "schouw_acties",
    "verantwoording",
    "methode",
]


def picture(width=90, height=60, colour=(180, 120, 60), kind="PNG", **options):
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind, **options)
    return out.getvalue()


FACTS = b.Facts(
    212,
    previous=b.Change(212, 258, 91, 91, 0.03),
    last_year=b.Change(212, 205, 91, 91, 0.7, last_year=True),
    places=b.Places(3, 51, 212),
    peak=b.Peak((4, 5), (18, 24), 0.34, 190, 0.001, 17),
    repeats=b.Repeats(12, 66, 212),
    near=b.NearRepeats(41, 19.5, (0, 200), (0, 14), 0.004, 120, "woninginbraak"),
    schouw=b.Schouw(16, 17, 14, (("Stadsdeelbeheer", 9), ("DSOB", 5)), "22 mei 2007", 5),
)


PHOTO, TALL = picture(), picture(60, 90)
TABLES = {
    "kerncijfers": pd.DataFrame({"fact": ["n"], "value": ["212"]}),
    "drukke_plekken": pd.DataFrame({
        "number": [1], "name": ["Leijdsweg"], "n": [51], "n_before": [9], "claim": ["new"],
        "kinds": [(("autokraak", 30), ("fietsdiefstal", 9))],
    }),
    "vergelijking": pd.DataFrame({
        "kind": ["Totaal", "Straatroof"], "n": pd.array([212, None], "Int64"),
        "n_before": [258, 6], "n_last_year": [205, 5],
        "ci_low": [0.68, None], "ci_high": [0.99, None],
    }),
    "plekken": pd.DataFrame({"street_name": ["Edisonstraat"], "n": [4]}),
    "veelplegers": pd.DataFrame(
        {"zavp": [12], "veelpleger": pd.array([None], "Int64"), "overig": [4]}
    ),
    "acties_per_actor": pd.DataFrame({
        "actor": ["Stadsdeelbeheer", "DSOB", "Politie"], "n_open": [9, 5, 0], "n": [12, 5, 1],
    }),
    "acties": pd.DataFrame({
        "number": [44], "location_text": ["Oostveenweg"], "description": ["Containers buiten"],
        "actor": ["Stadsdeelbeheer"], "task": ["maaien"],
    }),
    "bronnen": pd.DataFrame({
        "file": ["Incidenten"], "n_read": [20000], "n_used": [19900], "n_rejected": [100],
        "reasons": ["60 zonder plek, 40 zonder datum"],
    }),
}  # fmt: skip


def photos_of(*captions):
    """Give a table of photos, the newest first; their content is at the place of their path."""
    return pd.DataFrame({
        "caption": list(captions), "path": [str(at) for at in range(len(captions))],
        "status": "melding", "taken_at": pd.NaT, "received_at": pd.NaT,
    })  # fmt: skip


def results(*, audience="partner", tables=None, photos=(PHOTO, TALL), without="", **changed):
    """Give what a whole briefing is made from, with some of it replaced or taken away."""
    held = {**TABLES, "fotos": photos_of("Bushokje", "Muur"), **(tables or {})}
    names = ("plekken", "plek_1", "uur_weekdag", "bevindingen")
    drawn = {name: picture() for name in names}
    whole = {
        "area_name": "Hogeland-Velve",
        "period_text": "1 september t/m 30 november 2025",
        "first_day": "2025-09-01",
        "last_day": "2025-11-30",
        "profile": profile(audience),
        "facts": FACTS,
        "tables": {name: table for name, table in held.items() if name != without},
        "pictures": {name: data for name, data in drawn.items() if name != without},
        "source": "voorbeeldstad",
        "sample": True,
        "highlights": (
            Highlight(
                "kind",
                "Autokraak steeg van 9 naar 66.",
                "Autokraak steeg van 9 naar 66",
                kind="Diefstal uit/vanaf motorvoertuigen",
                to_do="Wie gaat kijken?",
            ),
            Highlight("schouw", "Er staan 14 acties open."),
        ),
        "titles": {"plekken": "Leijdsweg: 51 van de 212 incidenten (24%)"},
        "methods": ("Gi* op vakken van 100 m.",),
        "read_photo": lambda path: photos[int(path)],
    }
    return b.Context(**{**whole, **changed})


def missing(key, context):
    """Give what the verantwoording says if a slide isn't there."""
    return next(one for one in slides() if one.key == key).absence(context)


def slides_of(briefing):
    return {slide.key: slide for slide in briefing.slides}


def opened(briefing):
    return Presentation(io.BytesIO(powerpoint.render(briefing)))


def spoken(slide):
    """Read all text on a slide of PowerPoint."""
    words = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            words.append(shape.text_frame.text)
        if shape.has_table:
            words += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(words)


@pytest.fixture(scope="module")
def whole():
    return compose(results())


@pytest.fixture(scope="module")
def deck(whole):
    return opened(whole)


@pytest.fixture(scope="module")
def html(whole):
    return page.render(whole, map_href="kaart.html")


def hostile():
    """Give a briefing in which every free text is hostile."""
    return compose(
        results(
            area_name=HOSTILE,
            period_text=HOSTILE,
            source=HOSTILE,
            highlights=(Highlight("kind", HOSTILE, HOSTILE),),
            titles={"plekken": HOSTILE, "vergelijking": HOSTILE},
            tables={
                "drukke_plekken": TABLES["drukke_plekken"].assign(
                    name=HOSTILE, kinds=[((HOSTILE, 30),)]
                ),
                "vergelijking": pd.DataFrame(
                    {"kind": ["=1+1" + HOSTILE], "n": [3], "n_before": [4]}
                ),
                "plekken": pd.DataFrame({"street_name": [HOSTILE], "n": [3]}),
                "acties_per_actor": pd.DataFrame(
                    {"actor": [f"=HYPERLINK({HOSTILE})"], "n_open": [3], "n": [4]}
                ),
                "acties": TABLES["acties"].assign(
                    location_text=HOSTILE, description=HOSTILE, actor=HOSTILE, task=HOSTILE
                ),
                "bronnen": TABLES["bronnen"].assign(file=HOSTILE, reasons=HOSTILE),
                "fotos": photos_of(HOSTILE),
            },
            methods=(HOSTILE,),
        )
    )


def crowded():
    """Give a briefing with far too much of everything."""
    long_text = " ".join(["Een lange zin over de Gronausestraat die maar niet ophoudt."] * 25)
    n, many = list(range(30)), list(range(60))
    return compose(
        results(
            area_name="Wijk met een heel lange naam " * 6,
            audience="politie",
            tables={
                "vergelijking": pd.DataFrame({
                    "kind": [f"Categorie {one} {long_text[:90]}" for one in n], "n": n,
                    "n_before": n, "n_last_year": n, "ci_low": 0.5, "ci_high": 2.0,
                }),
                "plekken": pd.DataFrame({
                    "street_name": [f"{one} {long_text}" for one in many], "n": 3,
                    "last": pd.Timestamp("2025-11-30"),
                }),
                "acties_per_actor": pd.DataFrame({
                    "actor": [f"Partij {one} met een lange naam" for one in n],
                    "n_open": [40 - one for one in n], "n": 40,
                }),
                "acties": pd.DataFrame({
                    "number": many, "location_text": long_text, "description": long_text,
                    "actor": "X", "task": "Y",
                }),
                "fotos": photos_of(*[long_text] * 7),
                "bronnen": pd.DataFrame({
                    "file": [f"Bron {one}" for one in n], "n_read": n, "n_used": n,
                    "n_rejected": 0, "reasons": long_text[:200],
                }),
            },
            photos=(picture(),) * 7,
            pictures={"plekken": picture(900, 100), "bevindingen": picture(900, 100)},
            methods=(long_text,) * 6,
        )
    )  # fmt: skip


def bare():
    """Give a briefing of an area and a period without anything."""
    day = "2025-05-01"
    return compose(b.Context("Leeg", "1 mei 2025", day, day, profile("openbaar"), b.Facts(0)))


BRIEFINGS = {"whole": lambda: compose(results()), "hostile": hostile, "crowded": crowded,
             "bare": bare}  # fmt: skip


@pytest.fixture(scope="module", params=BRIEFINGS)
def any_briefing(request):
    return BRIEFINGS[request.param]()


@pytest.fixture(scope="module")
def any_deck(any_briefing):
    return opened(any_briefing)


def test_slides_come_in_the_order_of_a_briefing(whole):
    """Title first, verantwoording last."""
    assert [slide.key for slide in whole.slides] == ORDER


def test_files_are_named_by_wijk_period_and_label(whole):
    """A name that sorts, and that any system takes."""
    assert whole.file_stem == "briefing_hogeland-velve_2025-09-01_2025-11-30_partner"


def test_titles_say_what_was_found(whole):
    """A slide with a finding has it as its title."""
    slides = slides_of(whole)
    assert slides["plekken"].title == "Leijdsweg: 51 van de 212 incidenten (24%)"
    assert slides["plekken"].parts[1].items == ("1. Leijdsweg: 51",)
    assert slides["plek_1"].title == "1. Leijdsweg: 51 incidenten, vooral autokraak"
    assert "Nu 51; in de 91 dagen ervoor 9" in slides["plek_1"].parts[1].items
    assert slides["vergelijking"].title.startswith("212 incidenten, 18% minder")
    assert slides["schouw"].title.endswith("de meeste bij Stadsdeelbeheer")


@pytest.mark.parametrize(
    ("without", "gone"),
    [
        ("plekken", {"plekken", "herhaling"}),
        ("vergelijking", {"vergelijking", "vergelijking_tabel"}),
        ("uur_weekdag", {"wanneer"}),
        ("veelplegers", {"veelplegers"}),
        ("acties_per_actor", {"schouw", "schouw_acties", "schouw_eerst"}),
    ],
)
def test_a_slide_without_input_is_left_out_and_said_to_be(without, gone):
    """The verantwoording names what is missing."""
    given = results(without=without)
    made = slides_of(compose(given))
    assert set(ORDER) - set(made) == gone
    said = made["methode"].parts[0].items
    assert {text for key in gone if (text := missing(key, given))} <= set(said)
    assert any(missing(key, given) for key in gone)


def test_without_photos_there_is_no_slide_of_photos():
    """And the verantwoording says so."""
    slides = slides_of(compose(results(without="fotos")))
    assert "fotos_1" not in slides
    assert photo_words.MISSING in slides["methode"].parts[0].items
    none = slides_of(compose(results(tables={"fotos": photos_of()})))
    assert "fotos_1" not in none
    assert photo_words.MISSING in none["methode"].parts[0].items


def test_a_public_briefing_holds_no_count_of_persons():
    """Whatever is passed in, the slide is left out and that is said."""
    slides = slides_of(compose(results(audience="openbaar")))
    assert "veelplegers" not in slides
    assert offender_words.NOT_FOR_AUDIENCE in slides["methode"].parts[0].items


def test_partners_get_no_count_of_persons_per_buurt():
    """A buurt is too small to share with partners; the police see it."""
    facts = b.Facts(212, area_kind="buurt")
    assert "veelplegers" not in slides_of(compose(results(facts=facts)))
    assert "veelplegers" in slides_of(compose(results(facts=facts, audience="politie")))


def persons_of(made):
    """Give the cells of the slide on persons."""
    return [row[1] for row in slides_of(made)["veelplegers"].parts[0].rows]


@pytest.mark.parametrize("audience", ["partner", "politie"])
@pytest.mark.parametrize("minimum", [0, 1, 10])
def test_fewer_than_ten_persons_are_never_shown(audience, minimum):
    """A lower minimum of a profile is not taken over."""
    known = profile(audience)
    known = known.model_copy(
        update={"persons": known.persons.model_copy(update={"smallest": minimum})}
    )
    for n in range(15):
        tables = {"veelplegers": pd.DataFrame({"zavp": [n]})}
        shown = persons_of(compose(results(tables=tables, profile=known)))
        assert shown == ["<10" if n < 10 else str(n)]


def test_a_higher_minimum_of_persons_is_kept():
    """A stricter gate stays stricter."""
    known = profile("partner")
    known = known.model_copy(update={"persons": known.persons.model_copy(update={"smallest": 20})})
    tables = {"veelplegers": pd.DataFrame({"zavp": [18], "veelpleger": [25]})}
    assert persons_of(compose(results(tables=tables, profile=known))) == ["<20", "25"]


def test_the_regime_is_named_beside_counts_of_persons(whole):
    """There is more than one definition, and the slide says which."""
    assert "OM-richtlijn" in slides_of(whole)["veelplegers"].parts[1].items[0]


def test_a_hidden_count_gives_no_difference_and_no_interval(whole):
    """Neither can be worked back from what is shown."""
    table = next(
        p for p in slides_of(whole)["vergelijking_tabel"].parts if isinstance(p, model.Table)
    )
    assert table.rows[1][1] == table.rows[1][3] == table.rows[1][4] == nl.NOT_SHOWN
    assert nl.NOT_SHOWN_NOTE in table.note


def test_rows_read_are_rows_used_and_left_out(whole):
    """The verantwoording adds up."""
    row = slides_of(whole)["verantwoording"].parts[0].rows[0]
    read, used, left_out = (int(cell.replace(".", "")) for cell in row[1:4])
    assert read == used + left_out == 20000


def test_every_part_with_numbers_names_its_table(whole):
    """What can't be traced is only what is to be agreed on, and words that hold no figures."""
    for slide in whole.slides:
        for part in slide.parts:
            explains = isinstance(part, model.Sentences) and part.small
            assert part.table or explains or slide.key == "afspraken", slide.key


def test_photos_lose_everything_but_their_pixels():
    """Place and camera of a photo are not passed on, and it stands upright."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x0110] = "Camera van iemand"
    photo = picture(80, 40, kind="JPEG", exif=exif)
    tables = {"fotos": photos_of("x")}
    grid = slides_of(compose(results(tables=tables, photos=(photo,))))["fotos_1"].parts[0]
    with Image.open(io.BytesIO(grid.photos[0].data)) as image:
        assert image.size == (40, 80)
        assert not image.getexif()
    assert b"Camera" not in grid.photos[0].data


def test_a_picture_that_is_no_picture_is_refused():
    """SVG and HTML can't come in as a photo."""
    with pytest.raises((ValueError, OSError)):
        compose(results(photos=(b"<svg onload='alert(1)'/>",) * 2))
    with pytest.raises(ValueError, match="expected PNG or JPEG"):
        compose(results(photos=(picture(kind="GIF"),) * 2))


def test_charts_and_tables_are_native(deck):
    """They can be edited in PowerPoint."""
    kinds = [
        ("chart" if shape.has_chart else "table" if shape.has_table else "", slide)
        for slide in deck.slides
        for shape in slide.shapes
    ]
    assert sum(kind == "chart" for kind, _ in kinds) == 2
    assert sum(kind == "table" for kind, _ in kinds) == 7


def test_a_chart_holds_the_numbers(deck):
    """The values of the comparison are in the chart, a hidden one is a gap."""
    chart = next(s.chart for slide in deck.slides for s in slide.shapes if s.has_chart)
    assert [list(series.values) for series in chart.plots[0].series] == [[None], [6]]
    assert list(chart.plots[0].categories) == ["Straatroof"]


def sizes_on(slide):
    """Give the points of all letters on a slide, with those of tables apart."""
    told, tables = [], []
    for shape in slide.shapes:
        held = tables if shape.has_table else told
        held += [int(size) / 100 for size in shape._element.xpath(".//a:rPr/@sz")]
        if shape.has_chart:
            told += [int(size) / 100 for size in shape.chart._chartSpace.xpath(".//@sz")]
    return told, tables


def test_nothing_on_a_slide_is_smaller_than_can_be_read(any_deck):
    """Sixteen points, in tables eighteen: shown or hidden, however much there is."""
    for slide in any_deck.slides:
        told, tables = sizes_on(slide)
        assert min(told) >= 16, slide.shapes.title.text_frame.text
        assert min(tables, default=18) >= 18, slide.shapes.title.text_frame.text


def test_what_is_not_for_the_room_is_hidden_and_comes_last(whole, deck):
    """PowerPoint skips it when the slides are shown."""
    hidden = [slide._element.get("show") == "0" for slide in deck.slides]
    assert hidden == sorted(hidden)
    assert not any(hidden[: ORDER.index("afspraken") + 1])
    assert {slide.key for slide in whole.slides if slide.hidden} >= {"methode", "schouw_acties"}
    assert not any(nl.say("", 0)[:4] in notes_of(slide) for slide in list(deck.slides)[-3:])


def test_hours_and_repeats_that_are_as_usual_are_not_shown():
    """A slide with nothing to say is no part of ten minutes."""
    facts = replace(FACTS, peak=replace(FACTS.peak, p_value=0.5), near=None)
    made = slides_of(compose(results(facts=facts)))
    assert made["wanneer"].hidden
    assert made["herhaling"].hidden


def test_notes_give_the_sentence_to_say_and_its_seconds(whole, deck):
    """At 130 words a minute; the first slide has the total, which is below six minutes."""
    highlights = slides_of(whole)["wat_valt_op"]
    assert nl.say(highlights.spoken, highlights.seconds) in notes_of(deck.slides[1])
    assert nl.seconds_of_all(whole.seconds) in notes_of(deck.slides[0])
    assert 0 < whole.seconds <= 360


def words_on(slide):
    """Give the words of a slide that are read: no footer, no numbers on an axis."""
    told = [slide.title]
    for part in slide.parts:
        told += getattr(part, "items", ())
        told += [cell for row in getattr(part, "rows", ()) for cell in row]
        told += getattr(part, "columns", ())
        told += getattr(part, "categories", ()) if isinstance(part, model.BarChart) else ()
        told += [photo.caption for photo in getattr(part, "photos", ())]
    return " ".join(told).split()


def test_the_sample_is_read_aloud_in_six_minutes(sample_briefing):
    """All that is shown, at 130 words a minute; most rows of the schouw's table are not shown."""
    slides = [slide for slide in sample_briefing.run.briefing.slides if not slide.hidden]
    words = {slide.key: len(words_on(slide)) for slide in slides}
    words["schouw_eerst"] = min(words["schouw_eerst"], 120)
    assert sum(words.values()) <= 6 * model.WORDS_A_MINUTE, words


def notes_of(slide):
    return slide.notes_slide.notes_text_frame.text


def test_the_map_of_places_fills_most_of_its_slide():
    """At least 60 % of it, with the places by name next to it."""
    wide = picture(1528, 816)
    pictures = {"plekken": wide, "plek_1": picture(), "uur_weekdag": picture()}
    slide = opened(compose(results(pictures=pictures))).slides[2]
    map_ = next(shape for shape in slide.shapes if shape.shape_type == 13)
    width, height = (length * 12_700 for length in boxes.PAGE)
    assert map_.width * map_.height >= 0.6 * width * height
    assert "1. Leijdsweg: 51" in spoken(slide)


def test_everything_that_is_looked_at_has_alternative_text(any_deck):
    """Pictures, charts and tables alike."""
    for slide in any_deck.slides:
        for shape in slide.shapes:
            if shape.shape_type == 13 or shape.has_chart or shape.has_table:
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr")


def test_every_slide_has_a_title_and_notes(any_deck):
    """The notes say how to read it."""
    for slide in any_deck.slides:
        assert slide.shapes.title.text_frame.text.strip()
        assert len(slide.notes_slide.notes_text_frame.text) > 20


def test_notes_name_the_tables_of_the_figures(deck):
    """Each number can be traced to a table in the output folder."""
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides]
    for name in ("drukke_plekken", "vergelijking", "uur_weekdag", "plekken", "acties", "bronnen"):
        assert sum(f"tabellen/{name}.csv" in note for note in notes) >= 1


def test_nothing_stands_off_a_slide_or_on_something_else(any_deck):
    """No two shapes overlap, and none reaches over the edge."""
    for slide in any_deck.slides:
        edges = [(s.left, s.top, s.left + s.width, s.top + s.height) for s in slide.shapes]
        for left, top, right, bottom in edges:
            assert 0 <= left < right <= any_deck.slide_width
            assert 0 <= top < bottom <= any_deck.slide_height
        for one, other in product(edges, edges):
            if one is not other:
                apart = (
                    one[2] <= other[0] + 12_700
                    or other[2] <= one[0] + 12_700
                    or one[3] <= other[1] + 12_700
                    or other[3] <= one[1] + 12_700
                )
                assert apart, slide.shapes.title.text_frame.text


def test_a_table_is_as_high_as_its_rows(any_deck):
    """PowerPoint would make it higher than its place otherwise."""
    for slide in any_deck.slides:
        for shape in slide.shapes:
            if shape.has_table:
                rows = sum(row.height for row in shape.table.rows)
                assert rows == pytest.approx(shape.height, abs=20_000)


def test_invented_data_say_so_on_every_slide(deck):
    """The mark is on each slide, the sentence on the first."""
    slides = list(deck.slides)
    assert nl.SAMPLE_LINE in spoken(slides[0])
    assert all(nl.SAMPLE_MARK in spoken(slide) for slide in slides[1:])


def test_real_data_carry_no_mark():
    """And are not called invented in the verantwoording."""
    deck = opened(compose(results(sample=False)))
    assert not any(nl.SAMPLE_MARK in spoken(slide) for slide in deck.slides)


def test_every_slide_tells_label_period_source_and_number(deck):
    """The footer of the content slides."""
    for number, slide in enumerate(list(deck.slides)[1:], start=2):
        words = spoken(slide)
        for part in ("Alleen voor partners", "30 november 2025", "voorbeeldstad"):
            assert part in words
        assert etree.tostring(slide._element).count(b'type="slidenum"') == 1
        assert f"<a:t>{number}</a:t>".encode() in etree.tostring(slide._element)


def test_all_text_is_dutch(any_briefing):
    """No part of the file calls its language English."""
    with zipfile.ZipFile(io.BytesIO(powerpoint.render(any_briefing))) as parts:
        for name in parts.namelist():
            if name.endswith(".xml"):
                content = parts.read(name)
                assert b'lang="en' not in content
                if re.search(r"slides/slide\d+\.xml$", name):
                    assert b'lang="nl-NL"' in content


def test_equal_briefings_give_equal_files(whole):
    """Byte for byte, as slides and as a page."""
    again = compose(results())
    assert powerpoint.render(whole) == powerpoint.render(again)
    assert page.render(whole) == page.render(again)


def test_the_file_names_its_title_and_maker(deck):
    """Properties are ours, with a fixed date."""
    core = deck.core_properties
    assert core.title.startswith("Briefing Hogeland-Velve")
    assert core.author == "ipgtools"
    assert core.created.year == 2000


def test_slides_ask_for_nothing_outside_the_file(any_briefing):
    """No link to a picture or page elsewhere, no formula in a workbook of a chart."""
    with zipfile.ZipFile(io.BytesIO(powerpoint.render(any_briefing))) as parts:
        for name in parts.namelist():
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in parts.read(name)
            if name.endswith(".xlsx"):
                with zipfile.ZipFile(io.BytesIO(parts.read(name))) as book:
                    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
                    assert not any("sheet1.xml.rels" in one for one in book.namelist())


def test_hostile_text_is_text_on_slides():
    """Control characters go; the rest is shown as it is written."""
    slides = list(opened(hostile()).slides)
    assert "<script>alert(1)</script>&\"'{{7*7}}" in spoken(slides[-2])
    assert "\x00" not in "".join(spoken(slide) for slide in slides)
    assert "\u202e" not in "".join(spoken(slide) for slide in slides)


def test_what_was_shortened_is_in_the_notes_in_full():
    """A cell, a caption and a sentence that were cut can be read on."""
    deck = opened(crowded())
    cut = [slide for slide in deck.slides if "…" in spoken(slide)]
    assert len(cut) > 5
    for slide in cut:
        assert nl.SHORTENED in slide.notes_slide.notes_text_frame.text


def test_a_table_is_set_smaller_before_a_cell_is_cut():
    """The reasons why rows were left out can be read where they fit."""
    reasons = "; ".join(f"{n} coördinaten buiten het gebied van het stelsel" for n in (10, 20, 30))
    sources = TABLES["bronnen"].assign(file="Incidenten: incidenten.csv", reasons=reasons)
    deck = opened(compose(results(tables={"bronnen": sources})))
    slide = next(s for s in deck.slides if s.shapes.title.text_frame.text.endswith("bronnen"))
    assert reasons in spoken(slide)


def test_rows_that_do_not_fit_are_counted():
    """A long table runs on and then says how many rows there are more, and where."""
    deck = opened(crowded())
    actions = [s for s in deck.slides if s.shapes.title.text_frame.text.startswith("Openstaande")]
    shown = sum(
        len(shape.table.rows) - 1 for slide in actions for shape in slide.shapes if shape.has_table
    )
    rest = re.search(r"\(en nog (\d+), zie tabellen/acties.csv\)", spoken(actions[-1]))
    assert len(actions) > 1
    assert shown + int(rest[1]) == 60


def test_pages_of_one_slide_are_numbered_and_lose_no_row():
    """Twenty actions over pages are twenty actions."""
    actions = TABLES["acties"].loc[[0] * 20].assign(number=range(20))
    slide = slides_of(compose(results(tables={"acties": actions})))["schouw_acties"]
    pages = layout.pages(slide)
    assert [one.title.rpartition(" (")[2] for one in pages] == ["1 van 2)", "2 van 2)"]
    cells = [row[0] for one in pages for item in one.items for row in item.rows]
    assert cells == [str(n) for n in range(20)]


def test_each_slide_has_an_order_and_a_key_of_its_own():
    """And words in a module of the same name."""
    for name in ("key", "order"):
        found = [getattr(one, name) for one in slides()]
        assert len(set(found)) == len(found)
    folders = [Path(package.__file__).parent for package in (slide_package, slide_words)]
    modules = [{path.stem for path in folder.glob("[!_]*.py")} for folder in folders]
    assert modules[0] == modules[1]
    assert len(modules[0]) == len(slides())


def test_a_slide_needs_what_there_is():
    """Tables that a profile can release, pictures that are drawn, and facts."""
    known = profile("politie")
    for one in slides():
        for material in (one.needs, one.uses):
            assert set(material.pictures) <= set(known.shown.pictures)
            assert set(material.facts) <= {field.name for field in fields(b.Facts)}


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60)
LONG = st.builds(lambda word, n: (word + " straat ") * n, WORDS, st.integers(0, 30))
MODEL_TABLES = st.integers(1, 6).flatmap(
    lambda n: st.builds(
        model.Table,
        columns=st.tuples(*[WORDS] * n),
        rows=st.lists(st.tuples(*[LONG] * n), max_size=12).map(tuple),
        note=LONG,
        split=st.booleans(),
    )
)
BARS = st.integers(0, 20).flatmap(
    lambda n: st.builds(
        model.BarChart,
        categories=st.tuples(*[WORDS] * n),
        series=st.lists(
            st.builds(
                model.Series, name=WORDS, values=st.tuples(*[st.none() | st.integers(0, 99)] * n)
            ),
            min_size=1,
            max_size=2,
        ).map(tuple),
        alt=WORDS,
    )
)
PICTURES = st.builds(
    model.Picture,
    data=st.sampled_from([picture(90, 60), picture(400, 20), picture(20, 400)]),
    alt=WORDS,
    caption=LONG,
)
PARTS = st.one_of(
    st.builds(model.Sentences, items=st.lists(LONG, min_size=1, max_size=9).map(tuple)),
    st.builds(model.ActionTable, columns=st.just(("wat", "wie")), n_rows=st.integers(1, 8)),
    st.builds(model.PhotoGrid, photos=st.lists(PICTURES, max_size=7).map(tuple)),
    MODEL_TABLES,
    BARS,
    PICTURES,
)


@settings(suppress_health_check=list(HealthCheck))
@given(WORDS, st.lists(PARTS, max_size=3))
def test_any_parts_find_a_place_on_the_page(title, parts):
    """Boxes stay on the page and apart, and text is no higher than its box."""
    for laid in layout.pages(model.Slide("x", title, tuple(parts))):
        for item in laid.items:
            box = item.box
            assert box.x >= boxes.LEFT - 1
            assert box.y >= boxes.TITLE_TOP
            assert box.x + box.w <= boxes.RIGHT + 1
            assert box.y + box.h <= boxes.BOTTOM + 1
            assert box.w > 0
            assert box.h > 0
            if isinstance(item, boxes.TextItem):
                assert flow.text_height(item) <= box.h + 1
        ordered = sorted(laid.items, key=lambda item: item.box.y)
        for one, other in product(ordered, ordered):
            if one is not other:
                a, c = one.box, other.box
                assert (
                    a.x + a.w <= c.x + 1
                    or c.x + c.w <= a.x + 1
                    or a.y + a.h <= c.y + 1
                    or c.y + c.h <= a.y + 1
                )


def test_lines_are_measured_no_narrower_than_arial_sets_them():
    """Advance widths of Arial (as of Helvetica), in thousandths of the type size."""
    regular = {"i": 222, "n": 556, "c": 500, "d": 556, "e": 556, "t": 278, " ": 278, "m": 833}
    said = "een incident in de minidienst".replace("s", "c")
    exact = sum(regular[one] for one in said) / 1000 * 20
    assert exact <= text.width(said, 20) <= 1.12 * exact


@given(LONG, st.floats(8, 40), st.floats(30, 900))
def test_wrapped_lines_keep_every_letter_and_fit(words, size, room):
    """Only spaces go where a line breaks; no line is wider than its room, one letter aside."""
    said = text.clean(words)
    lines = text.wrap(said, size, room)
    assert "".join(lines).replace(" ", "") == said.replace(" ", "")
    assert all(len(line) <= 1 or text.width(line, size) <= room for line in lines)


class Reader(HTMLParser):
    """Collect elements and text of a page."""

    def __init__(self):
        super().__init__()
        self.elements, self.text = [], []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


def read(html):
    reader = Reader()
    reader.feed(html)
    return reader


def test_the_page_shows_the_same_slides_in_the_same_order(whole, html):
    """Anchors follow the slides."""
    ids = [a["id"] for tag, a in read(html).elements if tag in ("section", "header") and "id" in a]
    assert ids == [slide.key for slide in whole.slides]
    heads = re.findall(r"<h2[^>]*>(.*?)</h2>", html)
    assert heads == [slide.title.replace("'", "&#39;") for slide in whole.slides[1:]]


@pytest.mark.parametrize("made", BRIEFINGS)
def test_the_page_forbids_itself_every_request(made):
    """The policy allows its own style and pictures inside the file, and there is nothing else."""
    html = page.render(BRIEFINGS[made](), map_href="kaart.html")
    reader = read(html)
    policy = next(a["content"] for tag, a in reader.elements if "http-equiv" in a)
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith("default-src 'none';")
    assert f"style-src 'sha256-{digest}'" in policy
    tags = {tag for tag, _ in reader.elements}
    assert not tags & {"script", "link", "iframe", "object", "embed", "base", "form"}
    for _, attributes in reader.elements:
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        if "src" in attributes:
            assert attributes["src"].startswith("data:image/")
        if "href" in attributes:
            assert attributes["href"].startswith("#") or attributes["href"] == "kaart.html"
    assert "url(" not in style
    assert "@import" not in style


def test_hostile_text_is_text_on_the_page():
    """It is shown, and is never markup."""
    html = page.render(hostile())
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "{{7*7}}" in html
    assert "\x00" not in html


def test_charts_on_the_page_have_their_numbers_beside_them(html):
    """Bars can be read without seeing them."""
    table = re.search(r'<table class="bars">.*?</table>', html, re.DOTALL)[0]
    assert re.findall(r'class="value">(.*?)<', table) == ["–", "6"]
    assert "<caption>" in table


def test_pictures_on_the_page_have_alternative_text(html):
    """Each of them."""
    pictures = [a for tag, a in read(html).elements if tag == "img"]
    assert len(pictures) == 6
    assert all(a["alt"] for a in pictures)


def test_the_page_is_dutch_and_marked(html):
    """Language, label and the mark of invented data on every slide."""
    assert '<html lang="nl">' in html
    assert html.count(f">{nl.SAMPLE_MARK}<") == len(ORDER) - 1
    assert html.count("Alleen voor partners") >= len(ORDER) - 1


@pytest.mark.parametrize(
    "href", ["http://x.nl/", "//x.nl/a", "javascript:alert(1)", "/etc/passwd", "C:\\a.html"]
)
def test_only_a_map_beside_the_page_is_linked(whole, href):
    """An address elsewhere is refused."""
    with pytest.raises(ValueError, match="relative path"):
        page.render(whole, map_href=href)


def test_lines_on_the_page_break_where_a_value_is_missing():
    """A gap is not drawn as a fall to zero."""
    chart = model.LineChart(("a", "b", "c"), (model.Series("n", (2.0, None, 4.0)),), "alt")
    slide = model.Slide("x", "X", (chart,))
    briefing = model.Briefing("T", "S", "A", "P", "openbaar", "Openbaar", False, (slide, slide))
    html = page.render(briefing)
    assert re.findall(r'points="(.*?)"', html) == ["0.00,21.00", "100.00,2.00"]
    assert opened(briefing).slides[1].shapes[1].has_chart


@pytest.mark.parametrize("write", [powerpoint.write, page.write])
def test_a_file_is_written_whole_or_not_at_all(write, whole, tmp_path, monkeypatch):
    """When writing fails, what was there is there still and nothing is left behind."""
    target = tmp_path / "briefing"
    target.write_text("van gisteren")

    def fail(*_):
        raise OSError

    monkeypatch.setattr(archive.Path, "replace", fail)
    with pytest.raises(OSError):  # noqa: PT011
        write(whole, target)
    assert [one.name for one in tmp_path.iterdir()] == ["briefing"]
    assert target.read_text() == "van gisteren"
    monkeypatch.undo()
    write(whole, target)
    assert target.stat().st_size > 10_000


def test_what_stands_out_is_on_its_slide_in_both_forms(whole, deck, html):
    """The same sentences, word for word."""
    items = slides_of(whole)["wat_valt_op"].parts[0].items
    assert items == ("Autokraak steeg van 9 naar 66.", "Er staan 14 acties open.")
    for item in items:
        assert item in spoken(deck.slides[1])
        assert item in html


def test_the_agreements_are_filled_in_as_far_as_is_known(deck):
    """What the highlights ask and which actions are open; who and when is left to agree on."""
    table = next(
        shape.table
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_table and shape.table.cell(0, 0).text == "wat"
    )
    assert [cell.text for cell in table.rows[0].cells] == list(agreement_words.COLUMNS)
    rows = [[cell.text for cell in row.cells] for row in list(table.rows)[1:]]
    assert rows[0] == ["Autokraak: wie gaat kijken?", "", "", "volgend aantal"]
    assert rows[1][:3] == ["Oostveenweg: containers buiten: maaien", "Stadsdeelbeheer", ""]
    assert rows[-1] == [""] * 4


def test_rows_follow_each_other_on_pages_without_gap():
    """The first row of a page comes after the last of the one before."""
    rows = tuple((str(n), "x " * (n % 40)) for n in range(50))
    table = model.Table(("nr", "tekst"), rows, split=True)
    shown = [
        [int(row[0]) for item in laid.items if hasattr(item, "rows") for row in item.rows]
        for laid in layout.pages(model.Slide("x", "X", (table,)))
    ]
    assert shown[0][0] == 0
    assert all(later[0] == earlier[-1] + 1 for earlier, later in pairwise(shown))
