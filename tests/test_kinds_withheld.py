"""Sensitive kinds do not leave, however the file writes them; nor do kinds that nobody knows."""

import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from helpers import in_dutch

from ipgtools import codes, pipeline, privacy
from ipgtools.errors import ReleaseError
from ipgtools.pipeline import inputs, pictures
from ipgtools.settings import Settings

PARTNER = privacy.profile("partner")
OTHERS = [name for name in privacy.names() if privacy.profile(name).kinds.withheld]


def kept(profile: privacy.Profile = PARTNER, **columns: list) -> list[int]:
    """Give the places of the rows that may be counted."""
    return privacy.select(pd.DataFrame(columns), profile).incidents.index.tolist()


DAY = pd.Timestamp("2025-10-01")
SENSITIVE = ["E33", "F 521", "Huiselijk geweld", "Kindermishandeling"]


def test_kinds_that_tell_of_who_lives_somewhere_are_no_point_for_anyone() -> None:
    """Confused persons, sexual offences and violence at home: not on a map of the police either."""
    kinds = [*SENSITIVE, "A20", "Winkeldiefstal"]
    table = gpd.GeoDataFrame(
        {"incident_id": list("abcdef"), "category": kinds, "occurred_from": DAY},
        geometry=gpd.points_from_xy(range(6), range(6)), crs=28992,
    )  # fmt: skip
    released = privacy.release(table, "politie")
    assert released.table["category"].tolist() == ["A20", "Winkeldiefstal"]
    assert "4 incidenten" in " ".join(released.suppressed)


@pytest.mark.parametrize("sensitive", SENSITIVE)
def test_no_place_is_named_for_such_a_kind_and_none_lists_it(sensitive: str) -> None:
    """What else happens at a place is told without it."""
    places = gpd.GeoDataFrame(
        {
            "place_id": ["a", "b"], "number": [1, 2], "claim": "busy", "n": [40, 30],
            "kind": ["all", sensitive], "kinds": [(("A20", 30), (sensitive, 9)), ()],
        },
        geometry=[shapely.box(0, 0, 9, 9)] * 2, crs=28992,
    )  # fmt: skip
    shown = privacy.release(places, "politie").table
    assert shown["place_id"].tolist() == ["a"]
    assert shown["kinds"].tolist() == [(("A20", 30),)]


@pytest.mark.parametrize(
    "category",
    [
        "F521", "F 521", "F.521", "f521 ", "F-521", "F540-1", "F540.1", "F 54 0", "F5295", "F544",
        "E33", "e33   ", "E 33", "MK F521", "F521 Verkrachting", "A20, F521", "1.4.1", "1.4.2",
        " 1.4.1 ", "1.4.1 Zedenmisdrijf", "1. 4. 2", "3.2.1", "3.2.2", "1.6.3", "F5291",
    ],
)  # fmt: skip
def test_a_sensitive_code_or_class_is_withheld_however_it_is_written(category: str) -> None:
    found = privacy.select(pd.DataFrame({"category": [category, "A20"]}), PARTNER)
    assert found.incidents["category"].tolist() == ["A20"]
    assert (found.n_withheld, found.unknown) == (1, ())


@pytest.mark.parametrize(
    "label",
    [
        "Verkrachting", "VERKRACHTING", "Poging verkrachting", "Doodslag/moord", "Moord, doodslag",
        "Poging tot doodslag", "Kindermoord", "Overlast door verward persoon",
        "Overlast verward/overspannen persoon", "Zedenmisdrijf", "Openbare zedenmisdrijven",
        "Aanranding", "Ontucht met minderjarige", "Schennis der eerbaarheid", "Kinderporno",
        "Huiselijk geweld", "Mishandeling (huiselijk geweld)", "Kindermishandeling",
        "Suïcide", "Zelfdoding", "Psychische nood", "Seksueel misbruik", "Mensenhandel",
        "Levensdelict", "Straatprostitutie", "Persoon met onbegrepen gedrag",
    ],
)  # fmt: skip
def test_a_sensitive_label_is_withheld_with_or_without_a_code(label: str) -> None:
    assert kept(category_label=[label, "Winkeldiefstal"]) == [1]
    assert kept(category=[label, "Winkeldiefstal"]) == [1]
    assert kept(category=["A20", "A50"], category_label=[label, "Winkeldiefstal"]) == [1]
    found = privacy.select(pd.DataFrame({"category_label": [label]}), PARTNER)
    assert found.n_withheld == 1


def sensitive(code: str) -> bool:
    """Tell whether a code is of a group, by the list itself."""
    return code.startswith(("E33", "F52", "F54"))


def test_every_other_published_code_class_and_label_leaves() -> None:
    """A kind that is not sensitive is not lost to a word that looks like one."""
    mk = [code for one in codes.CLASSES.values() for code in one.mk] + [*codes.NUISANCE]
    plain = [code for code in mk if not sensitive(code)]
    assert kept(category=plain) == list(range(len(plain)))
    classes = [
        one.code for one in codes.CLASSES.values() if not any(sensitive(code) for code in one.mk)
    ]
    assert kept(category=classes) == list(range(len(classes)))
    assert len(classes) > 50
    labels = [label for code, label in codes.MK_LABELS.items() if not sensitive(code)]
    assert kept(category_label=labels) == list(range(len(labels)))


def test_every_sensitive_code_of_the_list_is_withheld() -> None:
    mk = [code for one in codes.CLASSES.values() for code in one.mk if sensitive(code)]
    assert kept(category=[*mk, "E33"]) == []
    assert len(mk) > 15


def test_a_code_in_the_middle_of_words_makes_no_kind_known() -> None:
    """A35 is a class of theft, and the motorway through Enschede."""
    found = privacy.select(pd.DataFrame({"category_label": ["Ongeval op de A35"]}), PARTNER)
    assert found.unknown == (("Ongeval op de A35", 1),)


@pytest.mark.parametrize("audience", OTHERS)
def test_what_is_not_recognised_or_missing_does_not_leave(audience: str) -> None:
    table = pd.DataFrame(
        {"category": ["Burglary", None, "Z99", "A20", " ", "Burglary"],
         "category_label": [None, None, "Iets nieuws", None, None, "Inbraak"]}
    )  # fmt: skip
    found = privacy.select(table, privacy.profile(audience))
    assert found.incidents.index.tolist() == [3]
    assert found.n_withheld == 0
    assert found.unknown == (("", 2), ("Burglary", 1), ("Iets nieuws", 1), ("Inbraak", 1))


@pytest.mark.parametrize("audience", ["politie", "om", "burgemeester"])
def test_for_who_may_see_every_kind_nothing_changes(audience: str) -> None:
    table = pd.DataFrame({"category": ["Burglary", None, "F521", "A20"]})
    assert privacy.select(table, privacy.profile(audience)).incidents is table
    bare = pd.DataFrame({"n": [1]})
    assert privacy.select(bare, privacy.profile(audience)).incidents is bare
    assert privacy.select(bare, PARTNER).unknown == (("", 1),)


def test_the_settings_can_name_kinds_but_never_a_sensitive_one() -> None:
    table = pd.DataFrame({"category": ["Burglary", "Robbery", "F521", "Verkrachting", None]})
    named = ["burglary ", "F521", "Verkrachting", "geen soort"]
    found = privacy.select(table, PARTNER, named=named)
    assert found.incidents.index.tolist() == [0, 4]
    assert (found.n_withheld, found.unknown) == (2, (("Robbery", 1),))


def test_a_million_rows_are_looked_at_by_their_kinds() -> None:
    rng = np.random.default_rng(1)
    some = np.array(["A20", "F521", "Z99", None], dtype=object)
    n = 1_000_000
    table = pd.DataFrame(
        {"category": pd.Categorical(some[rng.integers(0, 4, n)]),
         "category_label": pd.Series(some[rng.integers(0, 4, n)], dtype="str")}
    )  # fmt: skip
    start = time.process_time()
    found = privacy.select(table, PARTNER)
    assert time.process_time() - start < 3
    assert set(found.incidents["category"].dropna()) <= {"A20", "Z99"}
    assert len(found.incidents) + found.n_withheld + sum(k for _, k in found.unknown) == n


def town(folder: Path, kinds: dict[str, int], audience: str, named: list[str]) -> Settings:
    """Write a small town with so many incidents of each kind, and settings for it."""
    rng = np.random.default_rng(7)
    n = sum(kinds.values())
    days = pd.Timestamp("2025-01-01") + pd.to_timedelta(rng.uniform(0, 364, n), unit="D")
    pd.DataFrame(
        {"Registratienummer": [f"R{i}" for i in range(n)],
         "Incidentsoort": [kind for kind, many in kinds.items() for _ in range(many)],
         "Begindatum": days.strftime("%d-%m-%Y %H:%M"),
         "X": rng.uniform(258_000, 259_000, n).round(),
         "Y": rng.uniform(471_000, 472_000, n).round()}
    ).to_csv(folder / "incidenten.csv", index=False, sep=";")  # fmt: skip
    square = shapely.box(258_000, 471_000, 259_000, 472_000)
    gpd.GeoDataFrame(
        {"buurtcode": ["BU01530000"], "buurtnaam": ["Velve"], "aantal_inwoners": [4000]},
        geometry=[square], crs=28992,
    ).to_file(folder / "buurten.geojson")  # fmt: skip
    given = {
        "input": {"incidents": "incidenten.csv", "areas": "buurten.geojson"},
        "period": {"start": "2025-01-01", "end": "2026-01-01"},
        "output": {"audience": audience, "folder": folder / "uit"},
        "privacy": {"kinds": named},
        "analysis": {"n_permutations": 19},
    }
    return Settings.of(given, folder=folder)


SECRET = {"Winkeldiefstal": 120, "Verkrachting": 23, "Doodslag/moord": 17, "Zakkenrollerij": 60,
          "Overlast door verward persoon": 31, "Steekpartij": 29}  # fmt: skip


@pytest.mark.parametrize("audience", ["partner", "openbaar"])
def test_a_file_with_labels_only_gives_no_sensitive_kind_away(
    audience: str, tmp_path: Path
) -> None:
    """On 0.1.0 a public slide said how many rapes and homicides there were."""
    read = inputs.read(town(tmp_path, SECRET, audience, []))
    assert len(read.now) == 180
    assert set(read.now["category_label"].fillna(read.now["category"])) == {
        "Winkeldiefstal", "Zakkenrollerij"
    }  # fmt: skip
    assert (read.n_sensitive, read.unknown_kinds) == (71, (("Steekpartij", 29),))


@pytest.fixture(scope="module")
def partner_run(tmp_path_factory) -> pipeline.Run:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "draw", lambda *_, **__: {})
        return pipeline.run(town(tmp_path_factory.mktemp("stad"), SECRET, "partner", []))


def test_the_user_is_told_which_kinds_were_left_out_and_what_to_set(partner_run) -> None:
    told = "\n".join(partner_run.lines())
    assert "29 incidenten van een soort die niet herkend is: Steekpartij (29)" in told
    assert 'Zet dan in ipg.toml onder [privacy]: kinds = ["Steekpartij"]' in told


def test_nobody_else_is_told_how_many_were_left_out_or_of_which_kind(partner_run) -> None:
    """Neither the number of sensitive incidents nor that of unknown ones is in what leaves."""
    page = next(one for one in partner_run.files if one.name.endswith(".html")).read_text("utf-8")
    for secret in ("Steekpartij", "Verkrachting", "71 ", "29 incidenten"):
        assert secret not in page
    assert "gevoelige incidenten" in page.casefold()
    assert not any("71" in line for line in partner_run.left_out)


@pytest.mark.usefixtures("no_pictures")
def test_it_is_said_that_sensitive_kinds_do_not_count_whether_there_are_any_or_not(
    tmp_path: Path, partner_run
) -> None:
    """That it is said tells nothing."""
    without = pipeline.analyse(town(tmp_path, {"Winkeldiefstal": 150}, "partner", []))
    line = "Gevoelige incidenten (zoals zeden, levensdelicten en verwarde personen) tellen niet"
    for run in (without, partner_run):
        assert any(one.startswith(line) for one in run.left_out)


def test_a_kind_that_the_settings_name_counts(tmp_path: Path) -> None:
    read = inputs.read(town(tmp_path, SECRET, "partner", ["steekpartij"]))
    assert len(read.now) == 209
    assert read.unknown_kinds == ()


def test_a_file_in_another_language_is_refused_with_what_to_set(tmp_path: Path) -> None:
    given = town(tmp_path, {"Burglary": 90, "Robbery": 40}, "partner", [])
    with pytest.raises(ReleaseError) as refused:
        inputs.read(given)
    said = in_dutch(refused)
    assert 'onder [privacy]: kinds = ["Burglary", "Robbery"]' in said
    assert len(inputs.read(given.changed(audience="politie")).now) == 130


def test_an_own_profile_makes_a_briefing_with_a_file_and_no_code(tmp_path: Path) -> None:
    """The label is on the page, the name in the files, and what it takes away is gone."""
    folder = tmp_path / "profielen"
    folder.mkdir()
    text = """label = "Voor winkeliers"
as_strict_as = "openbaar"
[tables]
trend = []
[shown]
pictures = ["plekken"]
"""
    (folder / "winkeliers.toml").write_text(text, "utf-8")
    given = town(tmp_path, SECRET, "winkeliers", [])
    own = given.model_copy(
        update={"privacy": given.privacy.model_copy(update={"profiles": folder})}
    )
    run = pipeline.run(own)
    page = next(
        one for one in run.files if one.name.startswith("briefing_") and one.suffix == ".html"
    )
    assert page.name.endswith("_winkeliers.html")
    assert "Voor winkeliers" in page.read_text("utf-8")
    assert "trend" not in run.tables
    assert {"trend", "gebieden"}.isdisjoint(run.pictures)
