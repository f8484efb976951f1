"""What may not leave does not leave."""

import geopandas as gpd
import pandas as pd
import pytest
from helpers import in_dutch
from hypothesis import given
from hypothesis import strategies as st
from plainly import released
from shapely.geometry import Point, box

from ipgtools import concentration, contracts, privacy, schemas
from ipgtools.errors import ReleaseError
from ipgtools.io import write
from ipgtools.nl import errors
from ipgtools.periods import Period
from ipgtools.privacy import _keys
from ipgtools.privacy.definitions import About

INCIDENTS = gpd.GeoDataFrame(
    {"incident_id": ["a"], "occurred_from": pd.to_datetime(["2025-09-01"]), "category": ["A20"]},
    geometry=[Point(1, 1)],
    crs=28992,
)
CELLS = gpd.GeoDataFrame(
    {"cell_id": ["E1", "E2", "E3"], "n": [0, 3, 12], "gi_star": [0.0, 1.0, 4.0],
     "hotspot": [False, False, True], "hotspot_class": ["none", "none", "hot_sure"],
     "households": [40, 40, 40]},
    geometry=[box(i, 0, i + 200, 200) for i in range(0, 600, 200)],
    crs=28992,
)  # fmt: skip


STREETS = gpd.GeoDataFrame({"street_name": ["Pluimstraat", "Leijdsweg", "Marthalaan"]})


def areas(**columns) -> pd.DataFrame:
    """Make a result table of areas."""
    n = len(next(iter(columns.values())))
    return pd.DataFrame({"area_code": [f"BU{i}" for i in range(n)], **columns})


@pytest.mark.parametrize("audience", privacy.names())
def test_rows_about_persons_leave_for_nobody(audience: str) -> None:
    table = pd.DataFrame({"person": ["x"], "offence_id": ["1"]})
    with pytest.raises(ReleaseError, match="persons"):
        released(table, audience)


def test_every_personal_column_of_a_contract_is_recognised() -> None:
    for name in schemas.OFFENCES.personal:
        if name == "person":
            with pytest.raises(ReleaseError):
                released(pd.DataFrame({name: ["x"]}), "politie")


def test_points_of_incidents_are_for_the_police_only() -> None:
    assert len(released(INCIDENTS, "politie").table) == 1
    for audience in ("partner", "openbaar"):
        with pytest.raises(ReleaseError):
            released(INCIDENTS, audience)


def test_a_table_that_is_not_known_may_not_leave() -> None:
    with pytest.raises(ReleaseError, match="none of"):
        released(pd.DataFrame({"naam": ["x"]}), "politie")


def test_an_unknown_audience_is_refused() -> None:
    with pytest.raises(ReleaseError, match="iedereen"):
        released(CELLS, "iedereen")


def test_partners_see_no_small_cells_and_the_public_no_numbers() -> None:
    partner = released(CELLS, "partner")
    assert partner.table["n"].tolist() == [pd.NA, pd.NA, 10], "a zero would tell the 3"
    assert "aantallen onder de 5 weggelaten, ook nul" in partner.suppressed
    assert "gi_star" not in partner.table, "a number can be solved from the scores around it"
    public = released(CELLS, "openbaar").table
    assert {"n", "gi_star"} & set(public.columns) == set()
    assert public["hotspot_class"].tolist() == CELLS["hotspot_class"].tolist()
    assert public["n_class"].tolist() == ["none", "none", "some"], "of 10, as 12 was rounded"


@pytest.mark.parametrize("audience", ["partner", "openbaar"])
def test_a_cell_of_few_or_unknown_households_is_left_out(audience) -> None:
    """Of a lone farm even the class of change would tell what happened there."""
    cells = CELLS.assign(n=[5, 30, 12], households=pd.array([9, 10, None], dtype="Float64"))
    shown = released(cells, audience)
    assert shown.table["cell_id"].tolist() == ["E2"]
    assert "vakken met minder dan 10 huishoudens weggelaten" in shown.suppressed
    with pytest.raises(ReleaseError) as refused:
        released(cells.drop(columns="households"), audience)
    assert "aantal_huishoudens" in in_dutch(refused)


def test_numbers_of_cells_in_public_are_classes_of_rounded_ones() -> None:
    """Classes of true counts would tell that 9 was 9 and not 10."""
    cells = CELLS.assign(n=[9, 19, 21])
    asked: list[int] = []

    def protect(counts, cells):
        asked.extend(counts)
        shown = pd.Series([10, 20, 20], index=counts.index, dtype="Int64")
        return pd.DataFrame({"n": shown, "within": 5})

    quarter = Period("2025-09-01", "2025-12-01")
    about = About("bvh", "WK1", 2025, {"now": quarter}, ("A20",), 200.0)
    shown = privacy.gate(cells, "openbaar", about=about, protect=protect).table
    assert asked == [9, 19, 21]
    assert "n" not in shown
    assert shown["n_class"].tolist() == ["some", "many", "many"]


def test_the_order_of_kinds_and_streets_is_that_of_shown_numbers() -> None:
    """That 9 burglaries come before 6 assaults would tell more than two fives do."""
    kinds = pd.DataFrame(
        {"kind": ["Totaal", "Inbraak", "Diefstal", "Bedreiging", "Overige soorten"],
         "n": [52, 9, 8, 4, 31], "n_before": [40, 3, 3, 4, 30]}
    )  # fmt: skip

    def protect(counts, cells):
        return pd.DataFrame({"n": counts.where(counts >= 5).floordiv(5) * 5, "within": 5})

    quarter = Period("2025-09-01", "2025-12-01")
    about = About("bvh", "WK1", 2025, {"now": quarter, "previous": quarter}, ("A20",))
    shown = privacy.gate(kinds, "openbaar", about=about, protect=protect).table
    assert shown["kind"].tolist() == ["Totaal", "Diefstal", "Inbraak"], "of 4 and 4 no row either"
    places = pd.DataFrame({"place_id": list("abc"), "street_name": STREETS["street_name"]})
    places["n"] = [9, 8, 7]
    streets = privacy.gate(places, "partner", about=about, protect=protect, streets=STREETS).table
    assert streets["street_name"].tolist() == ["Leijdsweg", "Marthalaan", "Pluimstraat"]
    assert privacy.release(kinds, "politie").table["kind"].tolist() == kinds["kind"].tolist()


def test_a_density_is_for_those_who_see_exact_numbers() -> None:
    """On a fine grid it can be worked back to the points that it was made of."""
    cells = CELLS.assign(per_km2=[0.955, 4.7, 4.84])
    assert "per_km2" not in released(cells, "partner").table
    assert released(cells, "politie").table["per_km2"].tolist() == [0.955, 4.7, 4.84]


def test_small_weeks_are_hidden_from_partners() -> None:
    weeks = pd.DataFrame({"start": [1, 2, 3], "end": [2, 3, 4], "n": [3, 2, 9]})
    assert released(weeks, "partner").table["n"].tolist() == [pd.NA, pd.NA, 10]
    assert released(weeks, "politie").table["n"].tolist() == [3, 2, 9]


def test_partners_see_photos_without_their_place() -> None:
    photos = gpd.GeoDataFrame({"photo_id": ["a"], "caption": ["x"], "sha256": ["y"]},
                              geometry=[Point(1, 2)])  # fmt: skip
    assert list(released(photos, "partner").table.columns) == ["photo_id", "caption"]
    with pytest.raises(ReleaseError):
        released(photos, "openbaar")


def test_findings_are_at_street_level_in_public() -> None:
    table = gpd.GeoDataFrame(
        {"finding_id": ["1", "2"], "schouw_id": "s", "location_text": ["A 1", "A hoek B"],
         "location_precision": ["adres", "kruispunt"]},
        geometry=[Point(1, 1), Point(2, 2)],
    )  # fmt: skip
    shown = released(table, "openbaar").table
    assert shown.geometry.isna().tolist() == [True, False]


@pytest.mark.parametrize("counts", [[1, 1, 50], [4, 4, 50], [1, 0, 0, 0], [3, 40, 12, 60]])
@pytest.mark.parametrize("audience", ["partner", "openbaar"])
def test_a_number_below_five_is_hidden_and_so_is_a_zero(counts, audience) -> None:
    """A hidden number could be nothing at all, so that hiding it does not say that it is there."""
    shown = released(areas(n=counts), audience).table["n"]
    assert shown.isna().tolist() == [n < 5 for n in counts]


@given(st.lists(st.integers(0, 60), min_size=1, max_size=12))
def test_whatever_is_shown_is_a_multiple_of_five_the_total_too(counts: list[int]) -> None:
    """What was hidden can't be the difference of two exact numbers."""
    table = pd.DataFrame(
        {"kind": ["Totaal", *"abcdefghijkl"[: len(counts)]], "n": [sum(counts), *counts],
         "n_before": 0}
    )  # fmt: skip
    shown = released(table, "partner").table["n"]
    kept = shown.dropna()
    assert (kept % 5 == 0).all()
    assert (kept >= 5).all()


def test_rates_of_hidden_counts_are_hidden_too() -> None:
    table = areas(n=[3, 2, 60], per_1000=[1.5, 1.0, 30.0], inhabitants=[2000, 2000, 2000])
    shown = released(table, "partner").table
    assert shown["per_1000"].isna().tolist() == [True, True, False]


@pytest.mark.parametrize("audience", ["partner", "openbaar"])
def test_numbers_come_in_fives_and_rates_are_made_of_these(audience: str) -> None:
    """Partners and the public see the same number; a rate needs twenty incidents."""
    table = areas(n=[12, 43, 60], per_1000=[6.0, 21.5, 30.0], inhabitants=[2000, 2000, 2000])
    shown = released(table, audience).table
    assert shown["n"].tolist() == [10, 45, 60]
    assert shown["per_1000"].isna().tolist() == [True, False, False]
    assert shown["per_1000"].tolist()[1:] == [22.5, 30.0]


def test_an_area_where_few_people_live_is_left_out() -> None:
    """Its number is about a handful of households; where nobody knows, it is left out as well."""
    table = areas(n=[60, 60, 60], inhabitants=pd.array([199, 200, None], dtype="Int64"))
    shown = released(table, "partner")
    assert shown.table["area_code"].tolist() == ["BU1"]
    assert "2 gebieden met minder dan 200 inwoners weggelaten" in shown.suppressed
    assert len(released(table, "politie").table) == 3


def test_the_total_of_a_comparison_is_rounded_as_its_kinds_are() -> None:
    """An exact total gives a hidden kind away."""
    table = pd.DataFrame({"kind": ["Totaal", "a", "b"], "n": [61, 57, 4], "n_before": [50, 25, 25],
                          "difference": [10, 32, -22], "p_value": [0.1, 0.2, 0.3]})  # fmt: skip
    shown = released(table, "partner").table
    assert shown["n"].tolist() == [60, 55, pd.NA]
    assert shown["n_before"].tolist() == [50, 25, 25]
    assert shown["difference"].tolist() == [10, 30, pd.NA]
    assert "p_value" not in shown


def test_what_was_made_of_exact_numbers_is_for_who_may_see_these() -> None:
    """A ratio to last year and the number now give last year's number."""
    made = {f"{one}_last_year": [1.2, 1.1, 4.0] for one in ("ratio", "ci_low", "ci_high", "p", "q")}
    counts = {"n": [60, 30, 30], "n_before": [50, 25, 25], "n_last_year": [50, 47, 3]}
    table = pd.DataFrame({"kind": ["Totaal", "a", "b"], **counts, "ratio": [1.2] * 3, **made})
    assert set(made) <= set(released(table, "politie").table)
    for audience in ("partner", "openbaar"):
        shown = released(table, audience).table
        assert set(made).isdisjoint(shown)
        assert shown["n_last_year"].tolist() == [50, 45, pd.NA]


def persons(level: str = "wijk", inhabitants: int | None = 12_000, **classes: int) -> pd.DataFrame:
    """Count persons in one area."""
    counts = classes or {"zavp": 4, "veelpleger": 15, "jeugdige_veelpleger": 12, "overig": 41}
    named = {name: [n] for name, n in counts.items()}
    return areas(
        level=[level], inhabitants=pd.array([inhabitants], dtype="Int64"),
        n_persons=[sum(counts.values())], **named,
    )  # fmt: skip


def test_counts_of_persons_are_hidden_below_ten_and_rounded_for_partners() -> None:
    """Minors are no class of theirs."""
    shown = released(persons(), "partner").table.iloc[0]
    assert pd.isna(shown["zavp"])
    assert shown[["n_persons", "veelpleger", "overig"]].tolist() == [70, 15, 40]
    assert "jeugdige_veelpleger" not in shown


def test_the_police_can_not_solve_small_counts_of_persons_from_the_total() -> None:
    """An exact total tells a lone hidden number, and two that add up to 2 or 8."""
    lone = released(persons(zavp=4, veelpleger=15, overig=41), "politie").table.iloc[0]
    assert lone[["zavp", "veelpleger", "overig"]].isna().tolist() == [True, True, False]
    for small in (1, 4):
        table = persons(zavp=small, veelpleger=small, meerpleger=20, overig=50)
        two = released(table, "politie").table.iloc[0]
        assert two[["zavp", "veelpleger", "meerpleger", "overig"]].isna().sum() == 3


@pytest.mark.parametrize(
    ("table", "audience", "code"),
    [
        (persons(), "openbaar", "release_person_counts"),
        (persons(), "woningcorporatie", "release_person_counts"),
        (persons("buurt"), "partner", "release_person_level"),
        (persons(inhabitants=4_999), "partner", "release_person_area"),
        (persons(inhabitants=None), "partner", "release_person_area"),
    ],
)
def test_counts_of_persons_are_refused_for_the_public_and_for_small_areas(
    table, audience: str, code: str
) -> None:
    with pytest.raises(ReleaseError) as refused:
        released(table, audience)
    assert refused.value.code == code
    assert "{" not in errors.say(code, refused.value.facts)


def test_places_become_streets_for_partners() -> None:
    table = gpd.GeoDataFrame(
        {"place_id": ["1", "2", "3", "4"], "n": [4, 3, 2, 8],
         "street_name": ["Pluimstraat", "PLUIMSTRAAT 0012 A", "Leijdsweg", "bij Jansen"]},
        geometry=[Point(0, 0)] * 4,
    )  # fmt: skip
    shown = released(table, "partner", streets=STREETS).table
    assert list(shown) == ["street_name", "n", "n_within"], "never the number of places"
    assert shown.values.tolist() == [["Pluimstraat", 5, 5]]


def test_places_do_not_leave_without_a_file_of_streets() -> None:
    """What stands in a column of streets may be anything that somebody typed."""
    table = pd.DataFrame({"place_id": ["1"], "n": [9], "street_name": ["Pluimstraat"]})
    with pytest.raises(ReleaseError, match="file of streets"):
        released(table, "partner")


def hot_places() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "place_id": ["a", "b", "c"], "number": [1, 2, 3],
            "name": ["Leijdsweg bij Marthalaan", "Pluimstraat", "C"],
            "claim": ["new", "busy", None], "n": [69, 7, 3], "n_before": [4, 8, 1],
            "expected": [12.9, 2.1, 1.0], "p_value": [0.001, 0.02, float("nan")],
            "kinds": [(("x", 62), ("y", 3)), (("x", 7),), ()],
            "share_one_address": [0.1, 0.9, 0.3], "cells": [[1], [2], [3]],
        },
        geometry=[box(at, 0, at + 50, 50) for at in (0, 100, 200)],
    )  # fmt: skip


def test_hot_places_leave_without_small_counts_scores_or_addresses() -> None:
    """Partners see places of five or more; the public of ten or more; both in fives."""
    partner = released(hot_places(), "partner", streets=STREETS).table
    assert partner["name"].tolist() == ["Leijdsweg bij Marthalaan", "Pluimstraat"]
    assert partner["n_before"].tolist() == [pd.NA, 10]
    assert partner["kinds"].tolist() == [(("x", 60),), (("x", 5),)]
    assert not {"p_value", "share_one_address", "cells"} & set(partner)
    public = released(hot_places(), "openbaar", streets=STREETS).table
    row = ["Leijdsweg bij Marthalaan", 70, 15.0]
    assert public[["name", "n", "expected"]].values.tolist() == [row]
    assert public["kinds"].tolist() == [(("x", 60),)]


def test_the_public_reads_five_names_and_no_place_of_few_addresses() -> None:
    table = pd.concat([hot_places().iloc[:1]] * 8, ignore_index=True)
    assert len(released(table, "openbaar").table) == 5
    addresses = table.assign(n_addresses=[7, 8, 9, 7, 7, 7, 7, 7])
    assert len(released(addresses, "openbaar").table) == 2
    assert len(released(addresses, "partner").table) == 8


def test_the_police_see_hot_places_in_full() -> None:
    table = released(hot_places(), "politie").table
    assert table["n"].tolist() == [69, 7, 3]
    assert "p_value" in table
    assert "cells" not in table


def test_findings_lose_house_numbers_and_words_in_public() -> None:
    table = pd.DataFrame(
        {"finding_id": ["1"], "schouw_id": ["s"], "location_text": ["Pluimstraat nr. 12"],
         "description": ["tekst"]}
    )  # fmt: skip
    shown = released(table, "openbaar", streets=STREETS).table
    assert shown["location_text"].tolist() == ["Pluimstraat"]
    assert "description" not in shown


def test_who_acts_is_told_in_public_if_in_the_list_and_otherwise_is_somebody_else() -> None:
    """An action list may name a resident, or hold a remark where a status is expected."""
    actions = pd.DataFrame(
        {"action_id": ["1", "2", "3"], "actor": ["dsob / mw. Jansen", "Buurtbus", None],
         "status": ["afgehandeld", "mw. Jansen gebeld", "toegewezen"]}
    )  # fmt: skip
    counts = pd.DataFrame(
        {"actor": ["DSOB", "mw. Jansen", "Piet", "onbekend"], "n": [4, 2, 3, 1],
         "n_open": [1, 2, 0, 1], "joint": [False] * 4}
    )  # fmt: skip
    how = {"actors": ["Buurtbus"]}
    shown = released(actions, "openbaar", **how)
    assert shown.table["actor"].tolist()[:2] == ["DSOB / overig", "Buurtbus"]
    assert shown.table["actor"].isna().tolist() == [False, False, True]
    assert shown.table["status"].tolist() == ["afgehandeld", "onbekend", "toegewezen"]
    assert any("lijst van uitvoerders" in line for line in shown.suppressed)
    told = privacy.gate(counts, "openbaar", **how).table
    assert told.values.tolist() == [
        ["overig", 5, 2, False], ["DSOB", 4, 1, False], ["onbekend", 1, 1, False]
    ]  # fmt: skip
    for table in (actions, counts):
        partner = released(table, "partner", **how).table
        assert partner["actor"].equals(table["actor"]), "they have to find who does it"


@pytest.mark.parametrize(("audience", "finest"), [("partner", 100), ("openbaar", 200)])
def test_cells_finer_than_the_profile_s_are_refused_with_what_to_set(audience, finest) -> None:
    """A square of ten metres is a house: its number tells the address of each incident."""
    fine = CELLS.set_geometry([box(i, 0, i + 10, 10) for i in range(3)], crs=28992)
    with pytest.raises(ReleaseError) as refused:
        released(fine, audience)
    said = in_dutch(refused)
    assert f"Zet in ipg.toml onder [analysis]: cell_size = {finest}." in said
    assert len(released(fine, "politie").table) == 3
    assert len(released(CELLS, audience).table) == 3


def test_a_public_map_is_of_three_months_at_least() -> None:
    quarter, month = Period("2025-09-01", "2025-12-01"), Period("2025-11-01", "2025-12-01")
    assert len(released(CELLS, "openbaar", period=quarter).table) == 3
    assert len(released(CELLS, "partner", period=month).table) == 3
    with pytest.raises(ReleaseError, match="3 months"):
        released(CELLS, "openbaar", period=month)


def test_a_map_of_cells_in_no_known_place_is_refused() -> None:
    """Nothing tells how fine they are."""
    with pytest.raises(ReleaseError, match="cells of 0 m"):
        released(pd.DataFrame(CELLS.drop(columns="geometry")), "partner")


def spread(*counts: int, places: int) -> pd.DataFrame:
    """Give the curve of concentration of some cells and of empty ones."""
    return concentration.lorenz([*counts, *[0] * (places - len(counts))])


def test_others_than_the_police_see_the_busiest_places_and_never_the_curve() -> None:
    """The steps of the curve are the number of each cell over the total."""
    table = spread(*[1] * 44, *[7] * 20, places=200)
    public = released(table, "openbaar")
    assert public.kind == "busiest_share"
    assert public.table["share_places"].tolist() == [0.1, 0.25]
    assert public.table["share_incidents"].tolist() == [0.75, 0.9]
    assert released(table, "partner").table["share_places"].tolist() == [0.05, 0.1, 0.25]
    assert len(released(table, "politie").table) == 201
    assert "n_incidents" not in public.table.attrs


@pytest.mark.parametrize(
    "few", [spread(*[33] * 3, places=200), spread(*[10] * 30, places=49)], ids=["n", "places"]
)
def test_the_busiest_of_few_places_or_incidents_are_not_told(few) -> None:
    for audience in ("partner", "openbaar"):
        with pytest.raises(ReleaseError, match="spread"):
            released(few, audience)


def hours(n: float) -> pd.DataFrame:
    """Spread incidents evenly over the hours of the week."""
    at = [(day, hour) for day in range(7) for hour in range(24)]
    table = pd.DataFrame(at, columns=["weekday", "hour"])
    return table.assign(weight=n / len(at))


@pytest.mark.parametrize(
    ("n", "audience", "parts"),
    [
        (30, "politie", 168), (199, "partner", 8), (200, "partner", 28), (99, "partner", 4),
        (50, "openbaar", 4), (100, "openbaar", 8), (399, "openbaar", 8), (400, "openbaar", 28),
        (5000, "openbaar", 28), (5000, "partner", 28), (5000, "burgemeester", 28),
    ],
)  # fmt: skip
def test_parts_of_the_week_are_as_fine_as_so_many_incidents_allow(n, audience, parts) -> None:
    shown = released(hours(n), audience).table
    assert len(shown) == parts
    assert ("hour" in shown) == (audience == "politie")


@pytest.mark.parametrize("audience", ["partner", "openbaar"])
def test_five_burglaries_have_no_hours(audience: str) -> None:
    with pytest.raises(ReleaseError, match="hours of 5 incidents"):
        released(hours(5), audience)


def test_few_incidents_in_a_part_of_the_week_are_hidden_and_the_others_rounded() -> None:
    table = hours(0)
    table.loc[(table["weekday"] < 5) & (table["hour"] == 12), "weight"] = 23.31
    table.loc[(table["weekday"] > 4) & (table["hour"] == 3), "weight"] = 2.02
    shown = released(table, "openbaar").table
    assert len(shown) == 8
    assert shown["weight"].dropna().tolist() == [115]


def test_hours_of_the_day_become_parts_of_it() -> None:
    table = hours(240).groupby("hour")["weight"].sum().reset_index()
    shown = released(table, "partner").table
    assert shown["daypart"].tolist() == ["nacht", "ochtend", "middag", "avond"]
    assert shown["weight"].tolist() == [60] * 4


def test_a_column_that_no_profile_names_leaves_for_nobody() -> None:
    table = areas(n=[60], telefoon=["06"], inhabitants=[900])
    for audience in privacy.names():
        assert "telefoon" not in released(table, audience).table


def test_facts_and_sources_are_for_the_police() -> None:
    """They hold exact numbers and the names of files."""
    facts = pd.DataFrame({"fact": ["n"], "value": ["253"]})
    sources = pd.DataFrame({"file": ["x"], "n_read": [9], "n_used": [8], "n_rejected": [1]})
    for table in (facts, sources):
        assert len(released(table, "politie").table) == 1
        for audience in ("partner", "openbaar"):
            with pytest.raises(ReleaseError) as refused:
                released(table, audience)
            assert "wat niet genoemd is, gaat niet naar buiten" in errors.say(
                refused.value.code, refused.value.facts
            )


def test_text_that_looks_like_a_formula_is_harmless_in_a_spreadsheet(tmp_path) -> None:
    table = pd.DataFrame({"tekst": ["=HYPERLINK(1)", "+31", "@x", "gewoon"], "n": [-1, 2, 3, 4]})
    write.table(table, tmp_path / "t.csv")
    text = (tmp_path / "t.csv").read_text("utf-8-sig").splitlines()
    assert text[1:] == ["'=HYPERLINK(1);-1", "'+31;2", "'@x;3", "gewoon;4"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("oud")
    with pytest.raises(FileNotFoundError), write.atomic(target) as temporary:
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
    assert _keys.normalise_identifier(pd.Series([written])).tolist() == [same]
