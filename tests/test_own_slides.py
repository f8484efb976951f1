"""An own slide: one line, and only what its readers may see."""

import io

import pandas as pd
import pytest
from PIL import Image

import ipgtools as ipg
from ipgtools.briefing import Briefing, Slide, own_slides
from ipgtools.errors import ArgumentError, ContractError, IpgError, ReadError, ReleaseError
from ipgtools.nl import own_slides as words


def briefing(audience: str = "politie") -> Briefing:
    cover = Slide("titel", "Briefing Velve")
    return Briefing(
        "Briefing Velve", "", "Velve", "september 2025", audience, "Label", sample=True,
        slides=(cover,),
    )  # fmt: skip


@pytest.fixture
def actors() -> pd.DataFrame:
    """Give a table that needs no protection, as any audience may see it."""
    table = {"actor": ["gemeente", "politie"], "n": [2, 7], "n_open": [1, 0]}
    return pd.DataFrame(table | {"joint": [False, True]})


def curve() -> pd.DataFrame:
    return pd.DataFrame({"share_places": [0.0, 0.2, 1.0], "share_incidents": [0.0, 0.6, 1.0]})


def test_a_table_is_read_in_dutch_under_its_headings() -> None:
    """Dots between thousands, decimal commas, dates as people write them, no geometry."""
    table = pd.DataFrame(
        {
            "day": [pd.Timestamp("2025-09-03"), pd.NaT], "n": [1200, 3], "rate": [1.25, 2.0],
            "sure": [True, False],
        }
    )  # fmt: skip
    headings = {"day": "Dag", "n": "Aantal", "rate": "Per 1.000", "sure": "Zeker"}
    shown = ipg.briefing.add(briefing(), table, title="T", columns=headings).slides[-1].parts[0]
    assert shown.columns == ("Dag", "Aantal", "Per 1.000", "Zeker")
    assert shown.rows[1] == ("–", "3", "2", "nee")
    assert shown.rows[0][1:] == ("1.200", "1,2", "ja")
    assert "2025" in shown.rows[0][0]
    assert shown.align == ("left", "right", "right", "left")


def test_rows_that_are_not_shown_are_counted(actors) -> None:
    """A slide of the first row states that there is one more."""
    slide = ipg.briefing.add(briefing(), actors, title="Wie", n=1).slides[-1]
    assert len(slide.parts[0].rows) == 1
    assert slide.parts[0].note == "En nog 1 rij."


def test_the_briefing_itself_stays_as_it_was(actors) -> None:
    """`add` gives another briefing; each slide has a key of its own."""
    first = briefing()
    longer = ipg.briefing.add(ipg.briefing.add(first, actors, title="A"), "Zin.", title="B")
    assert [slide.key for slide in longer.slides] == ["titel", "eigen_1", "eigen_2"]
    assert len(first.slides) == 1


def test_a_table_for_others_must_be_released_for_them(actors) -> None:
    """Neither an unreleased table, nor one for somebody else, nor one changed afterwards."""
    for audience in ("partner", "burgemeester", "een eigen publiek"):
        with pytest.raises(ReleaseError) as refused:
            ipg.briefing.add(briefing(audience), actors, title="Wie")
        assert refused.value.code == "slide_not_released"
    for_public = ipg.privacy.release(actors, "openbaar").table
    with pytest.raises(ReleaseError):
        ipg.briefing.add(briefing("partner"), for_public, title="Wie")
    released = ipg.privacy.release(actors, "partner").table
    for changed in (released.assign(secret=[1, 2]), released.assign(n=[3, 7]), released.head(1)):
        with pytest.raises(ReleaseError) as refused:
            ipg.briefing.add(briefing("partner"), changed, title="Wie")
        assert refused.value.code == "slide_table_changed"
    slide = ipg.briefing.add(briefing("partner"), released, title="Wie", n=1).slides[-1]
    assert words.ADDED_RELEASED in slide.notes


def test_notes_state_that_nobody_checked_what_was_added() -> None:
    """For others than the police: look at it before it is shared."""
    for audience, mark in (("partner", words.ADDED), ("politie", words.ADDED_INSIDE)):
        slide = ipg.briefing.add(briefing(audience), "Zin.", title="T", notes="Lees zo.").slides[-1]
        assert slide.notes == f"Lees zo.\n{mark}"


def test_a_chart_for_another_audience_is_refused() -> None:
    """The label of a chart is that of its briefing."""
    ax = ipg.charts.lorenz(curve(), title="Weinig plekken", audience="politie")
    with pytest.raises(ReleaseError) as refused:
        ipg.briefing.add(briefing("partner"), ax)
    assert refused.value.code == "slide_other_audience"


def test_a_chart_gives_its_title_to_the_slide_and_stays_as_it_was() -> None:
    """On the slide it has the slide's size; the chart itself keeps its own."""
    ax = ipg.charts.lorenz(curve(), title="Weinig plekken", source="BVH", audience="politie")
    before = ipg.charts.png(ax, dpi=40)
    slide = ipg.briefing.add(briefing(), ax, text="Let op de hoek.").slides[-1]
    assert slide.title == "Weinig plekken"
    width, height = Image.open(io.BytesIO(slide.parts[0].data)).size
    assert width / height == pytest.approx(8.3 / 5.2, rel=0.01)
    assert ipg.charts.png(ax, dpi=40) == before


def test_a_photo_loses_what_it_tells_of_camera_and_place(tmp_path) -> None:
    """EXIF stays behind; the picture is turned as it was held."""
    held = Image.Exif()
    held[0x0112], held[0x010F] = 6, "Fabrikant"
    photo = tmp_path / "foto.jpg"
    Image.new("RGB", (40, 20), "red").save(photo, exif=held)
    slide = ipg.briefing.add(briefing(), photo, title="Foto").slides[-1]
    with Image.open(io.BytesIO(slide.parts[0].data)) as shown:
        assert shown.size == (20, 40)
        assert not shown.getexif()


@pytest.mark.parametrize(
    ("content", "options", "kind", "code"),
    [
        (3, {"title": "T"}, ArgumentError, "slide_content"),
        ("Zin.", {}, ArgumentError, "slide_title"),
        (b"geen beeld", {"title": "T"}, ReadError, "slide_picture"),
        (
            pd.DataFrame({"n": [1]}),
            {"title": "T", "columns": {"m": "M"}},
            ContractError,
            "contract",
        ),
    ],
)
def test_what_no_slide_can_show_is_refused(content, options, kind, code) -> None:
    """With what to give instead."""
    with pytest.raises(kind) as refused:
        ipg.briefing.add(briefing(), content, **options)
    assert refused.value.code == code


def test_something_that_is_no_briefing_is_refused() -> None:
    """Also by `save` and `preview`."""
    for call in (
        lambda: ipg.briefing.add("x", "Zin.", title="T"),
        lambda: ipg.briefing.save("x", "x.pptx"),
        lambda: ipg.briefing.preview("x"),
    ):
        with pytest.raises(ArgumentError):
            call()


def test_a_briefing_is_saved_by_the_ending_of_its_name(tmp_path) -> None:
    """As PowerPoint and as a page, in a folder that is made."""
    from pptx import Presentation

    longer = ipg.briefing.add(briefing(), "Vraag wie dit herkent.", title="Vraag")
    slides = Presentation(ipg.briefing.save(longer, tmp_path / "uit" / "b.pptx")).slides
    assert slides[1].shapes.title.text_frame.text == "Vraag"
    assert "toegevoegd" in slides[1].notes_slide.notes_text_frame.text
    page = ipg.briefing.save(longer, tmp_path / "uit" / "b.html").read_text(encoding="utf-8")
    assert "Vraag wie dit herkent." in page
    with pytest.raises(ReadError):
        ipg.briefing.save(longer, tmp_path / "b.docx")


def test_without_libreoffice_a_preview_says_what_is_missing(monkeypatch) -> None:
    """And what to do instead."""
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(IpgError) as refused:
        ipg.briefing.preview(briefing())
    assert refused.value.code == "preview_without_office"


def test_a_table_on_a_slide_names_no_file_of_the_machine() -> None:
    table = pd.DataFrame({"caption": ["Bank kapot"], "path": ["/tmp/x/bank.jpg"]})
    assert own_slides._table(table, None, None).columns == ("caption",)
