"""
Thin and odd input: a briefing that says less, and why; never a traceback, never a claim.

Every town here is one of chance alone: whatever a briefing would claim of it is false.
"""

from pathlib import Path
from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import ipgtools as ipg
from ipgtools import pipeline, privacy
from ipgtools.briefing.facts import say_repeats
from ipgtools.errors import ReleaseError
from ipgtools.pipeline import audited, pictures
from ipgtools.pipeline.households import with_households

SIDE = 600
WEST, SOUTH = 258_000, 470_000
START, END = "2025-09-01", "2025-12-01"
PAST = "2023-09-01"


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw pictures only where their input is the odd thing."""
    if "drawn" not in request.keywords:
        monkeypatch.setattr(pictures, "draw", lambda *_, **__: {})


drawn = pytest.mark.drawn


def incidents(n: int, start: str = PAST, end: str = END, *, seed: int = 1) -> pd.DataFrame:
    """Spread incidents of three kinds evenly over the wijk, and at any time."""
    dice = np.random.default_rng(seed)
    days = (pd.Timestamp(end) - pd.Timestamp(start)).days
    minutes = dice.integers(0, days * 24 * 60, n)
    when = pd.Timestamp(start) + pd.to_timedelta(np.sort(minutes), unit="min")
    return pd.DataFrame(
        {
            "incidentnummer": [f"PL{at}" for at in range(n)],
            "mk": dice.choice(["A20", "A70", "C40"], n),
            "begin": when.strftime("%d-%m-%Y %H:%M"),
            "x": WEST + dice.integers(0, SIDE, n),
            "y": SOUTH + dice.integers(0, SIDE, n),
        }
    )


def streets(*, named: bool = True) -> gpd.GeoDataFrame:
    """Lay a street every hundred metres, both ways."""
    at = range(0, SIDE + 1, 100)
    lines = [[(WEST + one, SOUTH), (WEST + one, SOUTH + SIDE)] for one in at]
    lines += [[(WEST, SOUTH + one), (WEST + SIDE, SOUTH + one)] for one in at]
    names = [f"{chr(65 + rank)}straat" if named else None for rank in range(len(lines))]
    return gpd.GeoDataFrame(
        {"straatnaam": pd.Series(names, dtype="str")},
        geometry=[shapely.LineString(line) for line in lines], crs=28992,
    )  # fmt: skip


def box(west: float = WEST, south: float = SOUTH, side: float = SIDE) -> shapely.Polygon:
    return shapely.box(west, south, west + side, south + side)


def briefing(
    folder: Path,
    table: pd.DataFrame,
    *,
    wijk: shapely.Geometry | None = None,
    lines: gpd.GeoDataFrame | None = None,
    audience: str = "politie",
    **more: dict,
) -> pipeline.Run:
    """Write the files, and make the briefing of the wijk."""
    table.to_csv(folder / "incidenten.csv", sep=";", index=False)
    areas = gpd.GeoDataFrame(
        {"wijkcode": ["WK000001"], "wijknaam": ["De Proef"]}, geometry=[wijk or box()], crs=28992
    )
    areas.to_file(folder / "wijk.gpkg")
    given = {"incidents": "incidenten.csv", "areas": "wijk.gpkg", "level": "wijk"}
    if lines is not None:
        lines.to_file(folder / "straten.gpkg")
        given["streets"] = "straten.gpkg"
    settings = {
        "input": given,
        "period": {"start": START, "end": END},
        "analysis": {"n_permutations": 199},
        "output": {"audience": audience, "sample": True},
    }
    return pipeline.analyse(ipg.Settings.of(settings | more, folder=folder))


def claims(made: pipeline.Run) -> list[str]:
    """List what a briefing claims beyond counts."""
    return [one.claim for one in made.highlights if one.claim]


def said(made: pipeline.Run) -> str:
    """Give every sentence of the slides, and what the run says it left out."""
    from ipgtools.briefing import model

    parts = [part for slide in made.briefing.slides for part in slide.parts]
    texts = [text for part in parts if isinstance(part, model.Sentences) for text in part.items]
    titles = [slide.title for slide in made.briefing.slides]
    return " ".join([*titles, *texts, *made.left_out])


def keys(made: pipeline.Run) -> set[str]:
    return {slide.key for slide in made.briefing.slides}


def test_without_streets_places_are_listed_and_not_compared_with_what_is_built(tmp_path):
    made = briefing(tmp_path, incidents(900))
    assert claims(made) == []
    assert "Zonder straten of adressen is niet te zeggen" in said(made)
    assert "boven de omgeving" not in said(made)
    assert "plek 1 in het " in said(made)


@drawn
def test_streets_without_names_count_and_name_nothing(tmp_path):
    made = briefing(tmp_path, incidents(900), lines=streets(named=False))
    assert claims(made) == []
    assert "Zonder straten of adressen" not in said(made)
    names = made.tables["drukste_plekken"]["name"]
    assert names.str.startswith("plek ").all()


def test_without_a_past_nothing_is_compared(tmp_path):
    made = briefing(tmp_path, incidents(120, START), lines=streets())
    assert claims(made) == []
    assert "vergelijking" not in keys(made)
    assert "De bestanden beginnen op" in said(made)
    assert "te weinig verleden (0 maanden" in said(made)


@drawn
def test_one_incident_is_told_and_no_more(tmp_path):
    made = briefing(tmp_path, incidents(900).iloc[-1:], lines=streets())
    assert claims(made) == []
    assert {one.subject for one in made.highlights} <= {"nothing", "quality"}
    assert made.highlights[0].text.startswith("Met 1 incident is er te weinig")


def test_one_incident_is_not_for_partners(tmp_path):
    with pytest.raises(ReleaseError):
        briefing(tmp_path, incidents(900).iloc[-1:], audience="partner")


@drawn
def test_all_on_one_spot_is_a_count_and_no_cluster(tmp_path):
    """One point for all is more likely the point of a bureau than a place on the street."""
    table = incidents(900).assign(x=WEST + 250, y=SOUTH + 250)
    made = briefing(tmp_path, table, lines=streets())
    n = made.facts.n
    assert made.highlights[-1].text.startswith(f"Op precies één punt staan {n} van de {n}")
    assert not {"cluster_places", "new_place", "near_repeats"} & set(claims(made))


@drawn
def test_a_wijk_of_two_parts_counts_both(tmp_path):
    """Two squares, 3 km apart, with incidents in either and none between them."""
    table = incidents(900)
    table.loc[::2, "x"] += 3_000
    two = shapely.MultiPolygon([box(), box(WEST + 3_000)])
    made = briefing(tmp_path, table, wijk=two)
    assert claims(made) == []
    when = pd.to_datetime(table["begin"], format="%d-%m-%Y %H:%M")
    assert made.facts.n == int((when >= START).sum())
    assert made.facts.previous is not None


@pytest.mark.parametrize("step", [100, 1000])
def test_points_on_a_lattice_say_nothing_of_addresses(tmp_path, step):
    """A hundred or a thousand metres: no repeats, no place of a change."""
    table = incidents(900)
    side = max(SIDE, 4 * step)
    dice = np.random.default_rng(2)
    for name, low in (("x", WEST), ("y", SOUTH)):
        table[name] = low + step * dice.integers(1, side // step, len(table))
    made = briefing(tmp_path, table, wijk=box(side=side))
    assert claims(made) == []
    assert f"rondt coördinaten af op {step:,} m".replace(",", ".") in said(made)
    assert "herhaling" not in keys(made)
    assert "waar_veranderd" not in made.tables


def test_a_file_that_ends_in_the_period_is_no_fall(tmp_path):
    made = briefing(tmp_path, incidents(900, end="2025-10-20"), lines=streets())
    assert claims(made) == []
    assert "vergelijking" not in keys(made)
    last = made.highlights[-1]
    assert last.subject == "quality"
    assert last.text.startswith("De bestanden lopen tot en met 19 oktober 2025")


def test_times_in_another_zone_are_counted_on_our_days(tmp_path):
    """An hour before midnight UTC is the day after, here: two in September, none in August."""
    table = incidents(900)
    when = pd.to_datetime(table["begin"], format="%d-%m-%Y %H:%M")
    table["begin"] = (
        when.dt.tz_localize("Europe/Amsterdam", ambiguous=True, nonexistent="shift_forward")
        .dt.tz_convert("UTC").dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    )  # fmt: skip
    made = briefing(tmp_path, table, lines=streets())
    assert claims(made) == []
    assert made.facts.n == int((when >= START).sum())


def test_a_source_that_moves_its_points_makes_no_new_places(tmp_path):
    """Sixty points until September, sixty others after it: the street changed nothing."""
    table = incidents(2400)
    when = pd.to_datetime(table["begin"], format="%d-%m-%Y %H:%M")
    dice = np.random.default_rng(3)
    points = dice.integers(0, SIDE, (2, 60, 2))
    at = points[(when >= START).astype(int), dice.integers(0, 60, len(table))]
    table["x"], table["y"] = WEST + at[:, 0], SOUTH + at[:, 1]
    made = briefing(tmp_path, table, lines=streets())
    assert not {"new_place", "kind_and_place"} & set(claims(made))
    assert "In september 2025 heeft de bron de vaste punten verlegd" in said(made)
    assert "verandering" not in made.tables


def test_streets_of_another_town_are_no_baseline(tmp_path):
    """Held against an even spread, every built-up part would stand out."""
    far = streets()
    far.geometry = far.geometry.translate(-40_000, 0)
    made = briefing(tmp_path, incidents(900), lines=far)
    assert claims(made) == []
    assert "Zonder straten of adressen is niet te zeggen" in said(made)


def quiet(table: pd.DataFrame, since: str) -> pd.DataFrame:
    """Leave one kind out from a day on."""
    when = pd.to_datetime(table["begin"], format="%d-%m-%Y %H:%M")
    return table[(table["mk"] != "C40") | (when < since)]


def test_a_kind_that_stopped_is_told_in_days_beside_a_year_of_it(tmp_path):
    made = briefing(tmp_path, quiet(incidents(900), "2025-09-10"), lines=streets())
    (one,) = [one for one in made.highlights if one.subject == "streak"]
    assert one.text.startswith("Al 8")
    assert "dagen geen vernieling" in one.text


def test_without_a_year_of_incidents_no_quiet_days_are_counted(tmp_path):
    table = quiet(incidents(500, "2025-03-01"), "2025-09-10")
    made = briefing(tmp_path, table, lines=streets())
    assert not [one for one in made.highlights if one.subject == "streak"]


def test_so_few_incidents_at_places_with_two_are_not_told_to_partners(tmp_path):
    """One pair on one point: partners read nothing under five, whatever it is a part of."""
    table = incidents(60, START).astype({"x": int, "y": int})
    table["x"] = WEST + 9 * table.index
    table.loc[0, ["x", "y"]] = table.loc[1, ["x", "y"]].to_numpy()
    police = briefing(tmp_path, table, lines=streets())
    partner = briefing(tmp_path, table, lines=streets(), audience="partner")
    assert "2 van de 60 incidenten" in say_repeats(police.facts)[0]
    assert "2 van de 60 incidenten" not in said(partner)


@pytest.mark.parametrize("audience", ["partner", "openbaar"])
def test_so_few_incidents_that_nothing_is_mapped_can_still_be_shared(tmp_path, audience):
    """Twenty-five are enough to share, and too few for cells, places and hours."""
    table = incidents(25, START)
    made = briefing(tmp_path, table, lines=streets(), area={"code": "WK000001"}, audience=audience)
    assert "dichtheid" not in made.tables
    assert made.facts.n == 25


@pytest.mark.parametrize("audience", ["partner", "openbaar"])
def test_that_an_area_has_no_incidents_is_for_who_makes_the_briefing(tmp_path, audience):
    """It is a zero, and what was expected there gives the number of all."""
    four = gpd.GeoDataFrame(
        {"buurtcode": [f"BU0000010{at}" for at in range(4)], "buurtnaam": list("ABCD"),
         "aantal_inwoners": [900] * 4},
        geometry=[box(WEST + SIDE * at) for at in range(4)], crs=28992,
    )  # fmt: skip
    table = incidents(900)
    table["x"] += SIDE * (table.index % 3)
    table.to_csv(tmp_path / "incidenten.csv", sep=";", index=False)
    four.to_file(tmp_path / "buurten.gpkg")
    given = {
        "input": {"incidents": "incidenten.csv", "areas": "buurten.gpkg"},
        "area": {"code": "GM0000"},
        "period": {"start": START, "end": END},
        "analysis": {"n_permutations": 19},
        "output": {"audience": audience, "sample": True},
    }
    made = pipeline.analyse(ipg.Settings.of(given, folder=tmp_path))
    assert "In D is geen enkel incident bekend" in " ".join(made.inside)
    assert "geen enkel" not in said(made)


def crowded(folder: Path, *, households: int | None) -> dict:
    """Write a wijk with forty incidents in one cell and few elsewhere; give settings."""
    table = incidents(300)
    table.loc[table.index[-40:], ["x", "y"]] = [WEST + 110, SOUTH + 110]
    table.to_csv(folder / "incidenten.csv", sep=";", index=False)
    figures = {} if households is None else {"aantal_huishoudens": [households]}
    gpd.GeoDataFrame(
        {"wijkcode": ["WK000001"], "wijknaam": ["De Proef"], **figures}, geometry=[box()], crs=28992
    ).to_file(folder / "wijk.gpkg")
    return {
        "input": {"incidents": "incidenten.csv", "areas": "wijk.gpkg", "level": "wijk"},
        "area": {"code": "WK000001"},
        "period": {"start": START, "end": END},
        "analysis": {"n_permutations": 19},
        "output": {"sample": True},
    }


@pytest.mark.parametrize(
    ("of_area", "addresses", "expected"),
    [(360, 0, [40, None]), (36, 0, [4, None]), (None, 12, [12, 0]), (360, 12, [12, 0])],
)
def test_households_of_a_cell_are_its_addresses_or_those_of_the_area(of_area, addresses, expected):
    """A cell of a ninth of the wijk, and one outside it."""
    cells = gpd.GeoDataFrame(geometry=[box(side=200), box(WEST - 5_000, side=200)], crs=28992)
    given = SimpleNamespace(
        profile=privacy.profile("openbaar"),
        areas=gpd.GeoDataFrame(
            {"area_code": ["WK000001"], "households": pd.array([of_area], dtype="Int64")},
            geometry=[box()], crs=28992,
        ),
        addresses=gpd.GeoDataFrame(geometry=[shapely.Point(WEST + 9, SOUTH + 9)] * addresses),
    )  # fmt: skip
    found = with_households(cells, given)["households"]
    assert found.round(9).astype(object).where(found.notna(), None).tolist() == expected


def test_without_households_no_map_of_cells_leaves_and_that_is_said(tmp_path):
    given = crowded(tmp_path, households=None)
    given["output"]["audience"] = "openbaar"
    made = pipeline.analyse(ipg.Settings.of(given, folder=tmp_path))
    assert not {"dichtheid", "verandering"} & set(made.tables)
    assert "hoeveel huishoudens er in een vak zijn, is niet bekend" in said(made)


def test_cells_of_the_public_and_of_partners_are_audited_together(tmp_path, monkeypatch):
    """A number of 200 m is the sum of four of 100 m, an empty one among them."""
    given = crowded(tmp_path, households=3600)
    seen = []
    real = audited.audit
    monkeypatch.setattr(audited, "audit", lambda *one, **how: seen.append(one) or real(*one, **how))
    for audience in ("partner", "openbaar"):
        given["output"]["audience"] = audience
        made = pipeline.analyse(ipg.Settings.of(given, folder=tmp_path))
    assert "n" not in made.tables["dichtheid"]
    assert made.tables["dichtheid"]["n_class"].value_counts()["many"] == 1
    numbers, atoms = seen[-1]
    of = pd.DataFrame(atoms.members.toarray().astype(bool), numbers.index)
    hundred, two = (of[of.index.str.contains(rf"@{m}m(?:/[^|]*)?\|2025-09")] for m in (100, 200))
    assert (len(hundred), len(two)) == (36, 9)
    for whole in two.to_numpy():
        assert (hundred & whole).any(axis=1).sum() == 4
        assert not (whole & ~hundred.any(axis=0)).any()


def test_two_public_briefings_one_incident_apart_are_the_same(tmp_path):
    """What differs between them would be that incident: its area, kind, place and hour."""
    given = crowded(tmp_path, households=3600)
    given["output"]["audience"] = "openbaar"
    settings = ipg.Settings.of(given, folder=tmp_path)
    first = pipeline.analyse(settings)
    table = pd.read_csv(tmp_path / "incidenten.csv", sep=";")
    more = {"incidentnummer": "PL-meer", "mk": "A20", "begin": "15-10-2025 03:10",
            "x": WEST + 500, "y": SOUTH + 500}  # fmt: skip
    table = pd.concat([table, pd.DataFrame([more])])
    table.to_csv(tmp_path / "incidenten.csv", sep=";", index=False)
    second = pipeline.analyse(settings)
    assert {"gebieden", "vergelijking", "dichtheid", "trend"} <= set(first.tables)
    assert first.tables.keys() == second.tables.keys()
    for name, shown in first.tables.items():
        pd.testing.assert_frame_equal(shown, second.tables[name], obj=name)
    assert said(first) == said(second)
    assert first.briefing == second.briefing


@pytest.mark.parametrize("audience", ["partner", "openbaar"])
def test_a_map_does_not_say_that_nothing_was_left_out_where_that_is_secret(audience):
    given = SimpleNamespace(profile=privacy.profile(audience))
    assert pictures.left_out(given) is None
