"""What was said last time comes back, with what happened since: for the same audience only."""

import json
from types import SimpleNamespace

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from ipgtools import briefing as b
from ipgtools.briefing.compose import compose
from ipgtools.briefing.earlier import Earlier, EarlierPlace
from ipgtools.periods import Period
from ipgtools.pipeline import previous_briefing
from ipgtools.privacy import profile
from ipgtools.rounded import Rounded

PERIOD = Period("2025-09-01", "2025-12-01")
TOLD = {
    "places": [{"name": "Leijdsweg", "n": 45, "within": 5,
                "shape": "POLYGON ((0 0, 100 0, 100 100, 0 100, 0 0))"}],
    "questions": ["Wie gaat kijken?"],
    "actions": ["2025-05-22 schouw-44a"],
}  # fmt: skip


def inputs(folder, *, audience="partner", code="WK1", period=PERIOD):
    return SimpleNamespace(
        settings=SimpleNamespace(output=SimpleNamespace(folder=folder)),
        profile=profile(audience),
        study=SimpleNamespace(name="Velve", code=code),
        period=period,
    )


def keep(folder, start, end, *, audience="partner", code="WK1", told=TOLD):
    """Write the manifest of an earlier briefing."""
    inside = folder / f"velve_{start}_{end}_{audience}" / "intern"
    inside.mkdir(parents=True)
    manifest = {
        "settings": {"period": {"start": start, "end": end}}, "area": {"code": code}, "told": told,
    }  # fmt: skip
    (inside / "manifest.json").write_text(json.dumps(manifest))
    return inside / "manifest.json"


def test_the_last_briefing_before_this_one_is_read(tmp_path):
    """Numbers come back as they were released."""
    keep(tmp_path, "2025-03-01", "2025-06-01", told=TOLD | {"questions": []})
    keep(tmp_path, "2025-06-01", "2025-09-01")
    keep(tmp_path, "2025-09-01", "2025-12-01", told=TOLD | {"questions": ["Deze zelf?"]})
    found = previous_briefing.find(inputs(tmp_path))
    assert found.questions == ("Wie gaat kijken?",)
    assert found.period_text == "1 juni t/m 31 augustus 2025"
    assert isinstance(found.places[0].n, Rounded)
    assert found.places[0].shape.area == 10_000
    assert found.actions == {"2025-05-22 schouw-44a"}


@pytest.mark.parametrize("changed", [{"audience": "politie"}, {"code": "WK2"}])
def test_another_audience_or_area_is_not_read(tmp_path, changed):
    """What the police were told does not reach partners by way of their next briefing."""
    keep(tmp_path, "2025-06-01", "2025-09-01", **changed)
    assert previous_briefing.find(inputs(tmp_path)) is None


def test_what_is_no_manifest_is_passed_over(tmp_path):
    """An older version's, a broken one, a folder without, no folder at all."""
    assert previous_briefing.find(inputs(tmp_path / "nergens")) is None
    broken = keep(tmp_path, "2025-06-01", "2025-09-01")
    for text in ("{", "[]", '{"told": {}}', '{"settings": {}, "told": {"places": [{}]}}'):
        broken.write_text(text)
        assert previous_briefing.find(inputs(tmp_path)) is None
    for told in ({"places": [{"name": "x"}]}, {"places": [{"name": "x", "shape": "POLYGON (("}]}):
        keep(tmp_path / str(len(str(told))), "2025-06-01", "2025-09-01", told=told)
        assert previous_briefing.find(inputs(tmp_path / str(len(str(told))))) is None


def test_a_briefing_writes_down_what_it_says(sample_briefing):
    """Places with the numbers that were released, questions and open actions."""
    told = previous_briefing.told(sample_briefing.run)
    places = sample_briefing.run.tables["drukke_plekken"]
    assert [one["name"] for one in told["places"]] == places["name"].tolist()
    assert all(one["within"] == 5 for one in told["places"])
    assert len(told["actions"]) == 17
    assert told["questions"]
    path = sample_briefing.run.folder / "intern" / "manifest.json"
    assert json.loads(path.read_text())["told"] == told


def made(earlier):
    """Give the slides of a briefing with one place and one open action."""
    places = gpd.GeoDataFrame(
        {"number": [1], "name": ["Leijdsweg bij Heggenes"], "n": [70], "claim": ["new"]},
        geometry=[shapely.box(0, 0, 120, 120)], crs=28992,
    )  # fmt: skip
    actions = pd.DataFrame(
        {"schouw_date": [pd.Timestamp("2025-05-22")], "action_id": ["schouw-44a"]}
    )
    context = b.Context(
        "Velve", "1 september t/m 30 november 2025", "2025-09-01", "2025-11-30",
        profile("politie"), b.Facts(212), earlier=earlier,
        tables={"drukke_plekken": places, "acties": actions},
    )  # fmt: skip
    return {slide.key: slide for slide in compose(context).slides}


def test_places_and_actions_of_last_time_are_told_with_what_happened():
    """A place that lies elsewhere does not stand out any more; what is not open was done."""
    box = shapely.box
    said = Earlier(
        "1 juni t/m 31 augustus 2025",
        (EarlierPlace("Leijdsweg", 45, box(0, 0, 100, 100)),
         EarlierPlace("Laares", None, box(900, 0, 999, 99))),
        ("Wie gaat kijken?",),
        frozenset({"2025-05-22 schouw-44a", "2025-05-22 schouw-45a", "2007-05-22 schouw-1a"}),
    )  # fmt: skip
    slide = made(said)["vorige_keer_1"]
    assert not slide.hidden
    assert slide.title == "Vorige keer twee plekken genoemd: één daarvan valt nog op"
    assert slide.parts[0].rows == (
        ("Leijdsweg: 45", "valt nog op: plek 1, nu 70"),
        ("Laares", "valt niet meer op"),
        ("2 acties stonden open", "1 afgehandeld, 1 nog open"),
        ("Wie gaat kijken?", "gedaan? gezien?"),
    )


def test_without_an_earlier_briefing_there_is_no_such_slide():
    """Nor where it named no place and no action."""
    assert not any(key.startswith("vorige_keer") for key in made(None))
    empty = Earlier("1 juni t/m 31 augustus 2025", questions=("Wat zien bewoners?",))
    assert not any(key.startswith("vorige_keer") for key in made(empty))
