"""What may not leave does not leave."""

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, box

from ipgtools import audit, contracts, privacy, schemas
from ipgtools.errors import ReleaseError
from ipgtools.io import write
from ipgtools.privacy import _keys

INCIDENTS = gpd.GeoDataFrame(
    {"incident_id": ["a"], "occurred_from": pd.to_datetime(["2025-09-01"]), "category": ["A20"]},
    geometry=[Point(1, 1)],
    crs=28992,
)
CELLS = gpd.GeoDataFrame(
    {"cell_id": ["E1", "E2", "E3"], "n": [0, 3, 12], "gi_star": [0.0, 1.0, 4.0],
     "hotspot": [False, False, True], "hotspot_class": ["none", "none", "hot_sure"]},
    geometry=[box(i, 0, i + 1, 1) for i in range(3)],
    crs=28992,
)  # fmt: skip


STREETS = gpd.GeoDataFrame({"street_name": ["Pluimstraat", "Leijdsweg", "Marthalaan"]})


def areas(**columns) -> pd.DataFrame:
    """Make a result table of areas."""
    n = len(next(iter(columns.values())))
    return pd.DataFrame({"area_code": [f"BU{i}" for i in range(n)], **columns})


@pytest.mark.parametrize("audience", ["openbaar", "partner", "politie"])
def test_rows_about_persons_leave_for_nobody(audience: str) -> None:
    table = pd.DataFrame({"person": ["x"], "offence_id": ["1"]})
    with pytest.raises(ReleaseError, match="persons"):
        privacy.release(table, audience)


def test_every_personal_column_of_a_contract_is_recognised() -> None:
    for name in schemas.OFFENCES.personal:
        if name == "person":
            with pytest.raises(ReleaseError):
                privacy.release(pd.DataFrame({name: ["x"]}), "politie")


def test_points_of_incidents_are_for_the_police_only() -> None:
    assert len(privacy.release(INCIDENTS, "politie").table) == 1
    for audience in ("partner", "openbaar"):
        with pytest.raises(ReleaseError):
            privacy.release(INCIDENTS, audience)


def test_a_table_that_is_not_known_may_not_leave() -> None:
    with pytest.raises(ReleaseError, match="none of"):
        privacy.release(pd.DataFrame({"naam": ["x"]}), "politie")


def test_an_unknown_audience_is_refused() -> None:
    with pytest.raises(ReleaseError, match="iedereen"):
        privacy.release(CELLS, "iedereen")


def test_partners_see_no_small_cells_and_the_public_no_numbers() -> None:
    partner = privacy.release(CELLS, "partner")
    assert partner.table["n"].tolist() == [0, pd.NA, 12]
    assert "1 aantal onder de 5 weggelaten (vakken op de kaart)" in partner.suppressed
    assert "gi_star" not in partner.table, "a number can be solved from the scores around it"
    public = privacy.release(CELLS, "openbaar").table
    assert {"n", "gi_star"} & set(public.columns) == set()
    assert public["hotspot_class"].tolist() == CELLS["hotspot_class"].tolist()


def test_a_density_shows_only_what_enough_incidents_made() -> None:
    """One incident gives at most 3 / (pi h^2); with h of 1 km that is 0.955 per km2."""
    cells = CELLS.assign(per_km2=[0.955, 4.7, 4.84])
    cells.attrs = {"bandwidth": 1000.0}
    shown = privacy.release(cells, "partner").table["per_km2"]
    assert shown.tolist() == pytest.approx([0.0, 0.0, 4.8])


@pytest.mark.parametrize("made", [{"weighted": True}, {"edge_correction": True}])
def test_a_density_that_one_incident_can_make_large_shows_nothing(made) -> None:
    """A weight of 40, or a cell just inside the border, lifts one incident above any bound."""
    cells = CELLS.assign(per_km2=[0.955, 4.7, 40.0])
    cells.attrs = {"bandwidth": 1000.0, "method": made}
    assert privacy.release(cells, "partner").table["per_km2"].isna().all()


def test_small_weeks_are_hidden_from_partners() -> None:
    weeks = pd.DataFrame({"start": [1, 2, 3], "end": [2, 3, 4], "n": [3, 2, 9]})
    assert privacy.release(weeks, "partner").table["n"].tolist() == [pd.NA, pd.NA, 9]
    assert privacy.release(weeks, "politie").table["n"].tolist() == [3, 2, 9]


def test_partners_see_photos_without_their_place() -> None:
    photos = gpd.GeoDataFrame({"photo_id": ["a"], "caption": ["x"], "sha256": ["y"]},
                              geometry=[Point(1, 2)])  # fmt: skip
    assert list(privacy.release(photos, "partner").table.columns) == ["photo_id", "caption"]
    with pytest.raises(ReleaseError):
        privacy.release(photos, "openbaar")


def test_findings_are_at_street_level_in_public() -> None:
    table = gpd.GeoDataFrame(
        {"finding_id": ["1", "2"], "schouw_id": "s", "location_text": ["A 1", "A hoek B"],
         "location_precision": ["adres", "kruispunt"]},
        geometry=[Point(1, 1), Point(2, 2)],
    )  # fmt: skip
    shown = privacy.release(table, "openbaar").table
    assert shown.geometry.isna().tolist() == [True, False]


def test_a_single_small_number_takes_a_second_one_along() -> None:
    """Readers who know the total can't work out what is hidden."""
    shown = privacy.release(areas(n=[3, 40, 12, 60]), "partner")
    assert shown.table["n"].tolist() == [pd.NA, 40, pd.NA, 60]
    assert len(shown.suppressed) == 2


@given(st.lists(st.integers(0, 60), min_size=1, max_size=12))
def test_no_hidden_number_can_be_worked_out_from_the_total(counts: list[int]) -> None:
    shown, _, _ = privacy.suppress(pd.Series(counts), smallest=5)
    kept = shown.dropna()
    assert not ((kept > 0) & (kept < 5)).any()
    hidden = [n for n, s in zip(counts, shown, strict=True) if pd.isna(s)]
    others = [n for n in counts if n > 0]
    assert len(hidden) != 1 or len(others) == 1


def test_rates_of_hidden_counts_are_hidden_too() -> None:
    table = areas(n=[3, 2, 60], per_1000=[1.5, 1.0, 30.0], inhabitants=[2000, 2000, 2000])
    shown = privacy.release(table, "partner").table
    assert shown["per_1000"].isna().tolist() == [True, True, False]


def test_public_numbers_come_in_fives() -> None:
    table = areas(n=[12, 43, 60], per_1000=[6.0, 21.5, 30.0], inhabitants=[2000, 2000, 2000])
    shown = privacy.release(table, "openbaar").table
    assert shown["n"].tolist() == [10, 45, 60]
    assert shown["per_1000"].tolist() == [5.0, 22.5, 30.0]


def test_the_total_of_a_comparison_stays_and_small_kinds_go() -> None:
    table = pd.DataFrame({"kind": ["Totaal", "a", "b"], "n": [60, 57, 3], "n_before": [50, 25, 25],
                          "difference": [10, 32, -22], "p_value": [0.1, 0.2, 0.3]})  # fmt: skip
    shown = privacy.release(table, "partner").table
    assert shown["n"].tolist() == [60, pd.NA, pd.NA]
    assert shown["n_before"].tolist() == [50, 25, 25]
    assert shown["difference"].isna().tolist() == [False, True, True]


def test_what_was_made_of_a_withheld_number_of_last_year_goes_too() -> None:
    """A ratio to last year and the number now give last year's number."""
    made = {f"{one}_last_year": [1.2, 1.1, 4.0] for one in ("ratio", "ci_low", "ci_high", "p", "q")}
    counts = {"n": [60, 30, 30], "n_before": [50, 25, 25], "n_last_year": [50, 47, 3]}
    table = pd.DataFrame({"kind": ["Totaal", "a", "b"], **counts, "ratio": [1.2] * 3, **made})
    shown = privacy.release(table, "partner").table
    assert shown["n_last_year"].tolist() == [50, pd.NA, pd.NA]
    assert shown["ratio"].notna().all()
    for name in made:
        assert shown[name].isna().tolist() == [False, True, True]
    assert set(made).isdisjoint(privacy.release(table, "openbaar").table)


def persons(level: str = "wijk") -> pd.DataFrame:
    """Count persons in one area."""
    return areas(level=[level], n_persons=[60], zavp=[4], veelpleger=[15], overig=[41])


def test_counts_of_persons_are_hidden_where_small_and_for_the_public_altogether() -> None:
    shown = privacy.release(persons(), "partner").table.iloc[0]
    assert pd.isna(shown["zavp"])
    assert pd.isna(shown["veelpleger"]), "60 - 41 - 15 would give the 4 away"
    assert shown["overig"] == 41
    with pytest.raises(ReleaseError):
        privacy.release(persons(), "openbaar")
    with pytest.raises(ReleaseError):
        privacy.release(persons("buurt"), "partner")


def test_places_become_streets_for_partners() -> None:
    table = gpd.GeoDataFrame(
        {"place_id": ["1", "2", "3", "4"], "n": [4, 3, 2, 8],
         "street_name": ["Pluimstraat", "PLUIMSTRAAT 0012 A", "Leijdsweg", "bij Jansen"]},
        geometry=[Point(0, 0)] * 4,
    )  # fmt: skip
    shown = privacy.release(table, "partner", streets=STREETS).table
    assert shown[["street_name", "n"]].values.tolist() == [["Pluimstraat", 7]]
    assert "geometry" not in shown


def test_places_do_not_leave_without_a_file_of_streets() -> None:
    """What stands in a column of streets may be anything that somebody typed."""
    table = pd.DataFrame({"place_id": ["1"], "n": [9], "street_name": ["Pluimstraat"]})
    with pytest.raises(ReleaseError, match="file of streets"):
        privacy.release(table, "partner")


def hot_places() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "place_id": ["a", "b", "c"], "number": [1, 2, 3],
            "name": ["Leijdsweg bij Marthalaan", "Pluimstraat", "C"],
            "claim": ["new", "busy", None], "n": [69, 7, 3], "n_before": [4, 8, 1],
            "expected": [12.9, 2.1, 1.0], "p_value": [0.001, 0.02, float("nan")],
            "kinds": [(("x", 62), ("y", 3)), (("x", 7),), ()],
            "share_one_address": [0.1, 0.9, 0.3], "cells": [[1], [2], [3]],
        }
    )  # fmt: skip


def test_hot_places_leave_without_small_counts_scores_or_addresses() -> None:
    """Partners see places of five or more; the public of ten or more, in fives."""
    partner = privacy.release(hot_places(), "partner", streets=STREETS).table
    assert partner["name"].tolist() == ["Leijdsweg bij Marthalaan", "Pluimstraat"]
    assert partner["n_before"].isna().tolist() == [True, False]
    assert partner["kinds"].tolist() == [(("x", 62),), (("x", 7),)]
    assert not {"p_value", "share_one_address", "cells"} & set(partner)
    public = privacy.release(hot_places(), "openbaar", streets=STREETS).table
    row = ["Leijdsweg bij Marthalaan", 70, 15.0]
    assert public[["name", "n", "expected"]].values.tolist() == [row]
    assert public["kinds"].tolist() == [(("x", 60),)]


def test_the_police_see_hot_places_in_full() -> None:
    table = privacy.release(hot_places(), "politie").table
    assert table["n"].tolist() == [69, 7, 3]
    assert "p_value" in table
    assert "cells" not in table


def test_findings_lose_house_numbers_and_words_in_public() -> None:
    table = pd.DataFrame(
        {"finding_id": ["1"], "schouw_id": ["s"], "location_text": ["Pluimstraat nr. 12"],
         "description": ["tekst"]}
    )  # fmt: skip
    shown = privacy.release(table, "openbaar", streets=STREETS).table
    assert shown["location_text"].tolist() == ["Pluimstraat"]
    assert "description" not in shown


def test_sensitive_kinds_are_left_out_before_counting() -> None:
    table = pd.DataFrame({"category": ["A20", "E33", "F521", "F5295", "F540", "F550", None]})
    kept, left_out = privacy.select(table, "partner")
    assert kept["category"].tolist()[:2] == ["A20", "F550"]
    assert left_out == 4
    assert privacy.select(table, "politie") == (table, 0) or len(
        privacy.select(table, "politie")[0]
    ) == len(table)


def test_the_strictest_label_wins() -> None:
    assert privacy.strictest("openbaar", "partner") == "partner"


def test_the_record_is_only_ever_added_to(tmp_path) -> None:
    path = tmp_path / "log" / "verwerkingen.jsonl"
    audit.record(path, "load", file="a.csv", n_read=3)
    first = path.read_text()
    audit.record(path, "export", files=["b.pptx"])
    assert path.read_text().startswith(first)
    assert len(path.read_text().splitlines()) == 2
    with pytest.raises(ValueError, match="peek"):
        audit.record(path, "peek")


def test_text_that_looks_like_a_formula_is_harmless_in_a_spreadsheet(tmp_path) -> None:
    table = pd.DataFrame({"tekst": ["=HYPERLINK(1)", "+31", "@x", "gewoon"], "n": [-1, 2, 3, 4]})
    write.table(table, tmp_path / "t.csv")
    text = (tmp_path / "t.csv").read_text("utf-8-sig").splitlines()
    assert text[1:] == ["'=HYPERLINK(1);-1", "'+31;2", "'@x;3", "gewoon;4"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("oud")
    with pytest.raises(FileNotFoundError), write.whole(target) as temporary:
        (temporary.with_suffix("") / "weg" / "half").write_text("half")
    assert target.read_text() == "oud"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_contract_lists_every_breach_at_once() -> None:
    table = INCIDENTS.assign(attempt=3, occurred_to="gisteren")
    with pytest.raises(Exception, match=r"attempt.*occurred_to|occurred_to.*attempt"):
        contracts.check(table, schemas.INCIDENTS)


def test_conform_gives_every_column_and_keeps_the_others() -> None:
    table = contracts.conform(INCIDENTS.assign(extra=1), schemas.INCIDENTS)
    assert list(table.columns) == [*schemas.INCIDENTS.names, "extra", "geometry"]


def test_a_contract_can_be_read_as_a_table() -> None:
    listed = contracts.describe(schemas.OFFENCES)
    assert listed.loc[listed["personal"], "name"].tolist() == ["person", "age"]


@pytest.mark.parametrize(
    ("written", "same"),
    [("000", "0"), ("0012", "12"), ("12,00", "12"), ("10.0", "10"), ("0.0", "0"), ("0A0", "0A0"),
     ("0" * 20_000 + "x", "0" * 20_000 + "X"), ("1" * 20_000 + ".0x", "1" * 20_000 + ".0X")],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_zeros_around_a_number_make_no_other_person(written: str, same: str) -> None:
    """What only looks like a number stays, however long it is."""
    assert _keys.one_writing(pd.Series([written])).tolist() == [same]
