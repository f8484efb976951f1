"""Everything that leaves is audited together: parts, streets, persons, outlines, earlier lists."""

import sqlite3
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from plainly import released

from ipgtools import privacy
from ipgtools.errors import ReleaseError
from ipgtools.periods import Period
from ipgtools.pipeline import auditable, changes
from ipgtools.pipeline.audited import audited
from ipgtools.privacy import cell_ids, defined, protect, published_numbers, release_calendar
from ipgtools.privacy.definitions import About, definitions
from ipgtools.privacy.release_atoms import atoms_of
from ipgtools.privacy.together import _Collected, _on_calendar

SECRET = b"one secret of one organisation!!"
QUARTER = Period("2025-07-01", "2025-10-01")
KINDS = ("alle soorten", "zonder domestic", "zonder sexual")
ABOUT = About("bvh", "WK015300", 2025, {"now": QUARTER}, KINDS, 100.0)
BUURTEN = gpd.GeoDataFrame(
    {"area_code": ["BU01530001", "BU01530002"]},
    geometry=[shapely.box(0, 0, 450, 400), shapely.box(450, 0, 800, 400)],
    crs=28992,
)
STREETS = gpd.GeoDataFrame({"street_name": ["Dorpsstraat", "Kerkstraat"]})


def incidents(*groups: tuple[int, dict[str, Any]]) -> gpd.GeoDataFrame:
    """Make incidents in groups: how many, and what they have in common."""
    rows = []
    for n, given in groups:
        for at in range(n):
            one = {"x": 10.0 + at, "y": 10.0, "at": "2025-08-06 03:00", "kind": "A20",
                   "street": "Dorpsstraat"}  # fmt: skip
            rows.append({**one, **given})
    table = pd.DataFrame(rows)
    when = pd.to_datetime(table["at"]).astype("datetime64[s]")
    buurt = np.where(table["x"] < 450, "BU01530001", "BU01530002")
    return gpd.GeoDataFrame(
        {
            "occurred_from": when,
            "occurred_to": pd.to_datetime(table.get("until", table["at"])).astype("datetime64[s]"),
            "category": table["kind"].astype("str"),
            "category_label": table["kind"].astype("str"),
            "street_name": table["street"].astype("str"),
            "area_code": np.where(table["x"] > 800, None, buurt),
        },
        geometry=gpd.points_from_xy(table["x"], table["y"]),
        crs=28992,
    )


def given(rows: gpd.GeoDataFrame, **other: Any) -> Any:
    """Give what the audit needs of what was read."""
    inside = rows[rows["area_code"].notna()]
    return SimpleNamespace(
        placed=rows, everywhere=inside, incidents=inside, as_read=other.pop("as_read", None),
        areas=BUURTEN, study=SimpleNamespace(code="WK015300", parts=BUURTEN),
        public_places=STREETS, moved=other.pop("moved", None), period=QUARTER,
        profile=privacy.profile("partner"),
        settings=SimpleNamespace(analysis=SimpleNamespace(longest_days=7)),
    )  # fmt: skip


def cell(n: int, low: float, high: float, **what: Any) -> dict[str, Any]:
    """Make a number of the wijk in the quarter, with what a reader concludes from it."""
    outline = what.pop("outline", None)
    rules = {name: what.pop(name, 5) for name in ("threshold", "base")}
    marks = {name: what.pop(name, False) for name in ("held", "moved")}
    defines: dict[str, Any] = {"source": "bvh", "start": QUARTER.start, "end": QUARTER.end,
               "kinds": KINDS, **what}  # fmt: skip
    if "cell" not in what:
        defines = {"area": "WK015300", "division": 2025, **defines}
    return {"cell_id": cell_ids.cell_id(**defines), "n": n, "low": low, "high": high, **rules,
            **marks, "kinds": defines["kinds"], "outline": outline,
            "cell": defines.get("cell")}  # fmt: skip


def table(*cells: dict[str, Any]) -> pd.DataFrame:
    found = pd.DataFrame(list(cells)).astype({"n": "Int64"})
    return found.assign(n_cells=len(cells))


NONE = pd.DataFrame({"cell_id": pd.Series(dtype="str")})


def forms(cells: pd.DataFrame, rule: protect.Rule) -> pd.DataFrame:
    """Let every number be told as less than a hundred or so."""
    return pd.DataFrame({"low": 0.0, "high": rule.threshold + 89.0}, index=cells.index)


def measures(found: Any) -> set[str]:
    return {one.rpartition("|")[2] for one in found.coarser}


# --- what is audited ------------------------------------------------------------------------


def test_parts_of_the_week_are_audited_with_the_total() -> None:
    """Twenty of 21 in a part leave one or none for the other."""
    rows = incidents((20, {}), (1, {"at": "2025-08-06 20:00"}))
    cells = table(
        cell(21, 17, 21),
        cell(20, 20, 24, part="nacht", measure="dayparts"),
        cell(1, 0, 4, part="avond", measure="dayparts"),
    )
    assert audited(cells, NONE, given(rows), ABOUT, forms).coarser
    wide = cells.assign(low=[17, 16, 0], high=[25, 24, 4])
    assert not audited(wide, NONE, given(rows), ABOUT, forms).coarser


def test_an_incident_of_two_parts_counts_in_both_by_its_share() -> None:
    """From four to eight: half in the night, half in the morning; both are rounded."""
    until = {"at": "2025-08-06 04:00", "until": "2025-08-06 08:00"}
    rows = incidents((13, until))
    told = table(
        cell(13, 11, 19),
        cell(6, 5, 9, part="2 nacht", measure="dayparts"),  # 6.5, rounded to even
        cell(6, 5, 9, part="2 ochtend", measure="dayparts"),
        cell(0, 0, 4, part="2 avond", measure="dayparts"),
    )
    _, wanted, _ = auditable.located(told, given(rows), ABOUT)
    assert [one.get("part") for one in wanted[1:]] == [("2 nacht",), ("2 ochtend",), ("2 avond",)]
    assert not audited(told, NONE, given(rows), ABOUT, forms).coarser


def test_coarse_parts_are_their_finest_ones_together() -> None:
    """A night of workdays and one of its days, of one period, tell of the other days."""
    rows = incidents((20, {}), (1, {"at": "2025-08-07 03:00"}))
    cells = table(
        cell(21, 17, 21, part="False nacht", measure="dayparts"),
        cell(20, 20, 24, part="2 nacht", measure="dayparts"),
        cell(1, 0, 4, part="3 nacht", measure="dayparts"),
    )
    found = audited(cells, NONE, given(rows), ABOUT, forms)
    assert len(found.coarser) == 1


def test_streets_are_audited_with_the_total() -> None:
    """Of 22 incidents twenty at addresses with several on one street, two on another."""
    rows = incidents((20, {"x": 10.0}), (2, {"x": 20.0, "street": "Kerkstraat"}), (1, {"x": 30.0}))
    total, other = cell(23, 18, 22.5), cell(2, 0, 4, street="Kerkstraat", measure="streets")
    cells = table({**total, "high": 23}, cell(20, 20, 24, street="Dorpsstraat", measure="streets"),
                  other)  # fmt: skip
    assert audited(cells, NONE, given(rows), ABOUT, forms).coarser


def test_persons_keep_ten_values_in_the_audit() -> None:
    """Twenty of a class in a total of at most 24 leave four for the other."""
    persons = {"threshold": 10, "measure": ""}
    cells = table(
        cell(23, 20, 24, **{**persons, "measure": "personen n_persons"}),
        cell(20, 20, 24, **{**persons, "measure": "personen overig"}),
        cell(3, 0, 9, **{**persons, "measure": "personen veelpleger"}),
    )
    found = audited(cells, NONE, given(incidents((1, {}))), ABOUT, forms)
    assert measures(found) <= {"personen n_persons", "personen overig"}
    assert len(found.coarser) == 1
    wide = cells.assign(low=[15, 11, 0], high=[24, 19, 9])
    assert not audited(wide, NONE, given(incidents((1, {}))), ABOUT, forms).coarser


def test_outlines_of_earlier_releases_are_audited() -> None:
    """A place that left before, and one twice as large now, tell what lies between."""
    register, old = sqlite3.connect(":memory:"), shapely.box(0, 0, 100, 100)
    rows = incidents((20, {}), (1, {"x": 150.0}))
    small = cell(20, 20, 24, cell="vlak a", cell_size=1.0, outline=old)
    beside = cell(1, 0, 4, cell="E0001N0000", cell_size=100.0)
    published(register, small)
    earlier = auditable.earlier(register, ABOUT, given(rows), [QUARTER])
    assert earlier["outline"].iloc[0].equals(old)
    large = cell(21, 17, 21, cell="vlak b", cell_size=1.0, outline=shapely.box(0, 0, 200, 100))
    earlier = earlier.assign(low=20.0, high=24.0)
    assert audited(table(large, beside), earlier, given(rows), ABOUT, forms).coarser
    assert not audited(table(large, beside), NONE, given(rows), ABOUT, forms).coarser


def test_the_total_of_another_list_of_kinds_is_audited() -> None:
    """A profile that withholds one kind more doesn't give that kind's number away."""
    register = sqlite3.connect(":memory:")
    rows = incidents((20, {}), (1, {"kind": "C40"}))
    without = (*KINDS, "zonder C40")
    published(register, cell(20, 16, 24, kinds=without))
    inputs = given(rows, as_read=rows)
    earlier = auditable.earlier(register, ABOUT, inputs, [QUARTER])
    assert earlier["kinds"].tolist() == [tuple(sorted(without))]
    cells = table(cell(21, 17, 21))
    _, wanted, _ = auditable.located(pd.concat([cells, earlier], ignore_index=True), inputs, ABOUT)
    assert len(wanted[0]["kinds"]) == 2
    assert len(wanted[1]["kinds"]) == 1


def test_what_a_comparison_takes_together_is_audited_later() -> None:
    """ "Overige soorten" of an earlier release are all kinds but those with a row."""
    register = sqlite3.connect(":memory:")
    rows = incidents((20, {}), (7, {"kind": "C40"}))
    named = changes.kinds(rows).iloc[0].replace("|", "/")
    published(register, cell(7, 5, 9, kinds=(*KINDS, f"niet {named}")))
    earlier = auditable.earlier(register, ABOUT, given(rows), [QUARTER])
    both = pd.concat([table(cell(27, 26, 34)), earlier], ignore_index=True)
    _, wanted, _ = auditable.located(both, given(rows), ABOUT)
    assert "kinds" not in wanted[0]
    assert len(wanted[1]["kinds"]) == 1


def test_a_buurt_that_is_left_out_is_guarded() -> None:
    """The wijk less its one buurt that is shown gives nothing of the other."""
    rows = incidents((20, {}), (1, {"x": 500.0}))
    shown = cell(20, 20, 24, area="BU01530001")
    assert audited(table(cell(21, 17, 21), shown), NONE, given(rows), ABOUT, forms).coarser
    wide = table(cell(21, 17, 25), shown)
    assert not audited(wide, NONE, given(rows), ABOUT, forms).coarser


def test_what_two_periods_leave_of_each_other_is_guarded() -> None:
    """A year and its first nine months: the quarter between is published by nobody."""
    rows = incidents((20, {"at": "2025-07-06 03:00"}), (1, {"at": "2025-09-06 03:00"}))
    part = cell(20, 20, 24, start="2025-07-01", end="2025-09-01")
    assert audited(table(cell(21, 17, 21), part), NONE, given(rows), ABOUT, forms).coarser


# --- cells at the border --------------------------------------------------------------------


def test_a_cell_on_the_border_has_the_area_in_its_id() -> None:
    """Two wijken count each their part of it: two numbers, not one that is repeated."""
    cells = gpd.GeoDataFrame(
        {"cell_id": ["E0000N0000", "E0004N0000"], "n": [7, 9]},
        geometry=[shapely.box(0, 0, 100, 100), shapely.box(400, 0, 500, 100)], crs=28992,
    )  # fmt: skip
    about = replace(ABOUT, border=frozenset({"E0004N0000"}))
    ids = cell_ids.cell_ids(privacy_definitions("cells", cells, "n", about))
    assert ids.str.split("|").str[2].tolist() == [
        "E0000N0000@100m", "E0004N0000@100m/WK015300@2025"
    ]  # fmt: skip


def privacy_definitions(*how: Any) -> pd.DataFrame:
    found = definitions(*how)
    assert found is not None
    return found


def test_an_earlier_cell_counts_the_part_in_its_own_area() -> None:
    """A buurt's cell on its border is not the whole cell of the wijk."""
    register = sqlite3.connect(":memory:")
    rows = incidents((6, {"x": 440.0}), (9, {"x": 460.0}))
    part = cell(6, 5, 9, cell="E0004N0000", cell_size=100.0, area="BU01530001", division=2025)
    published(register, part)
    earlier = auditable.earlier(register, ABOUT, given(rows), [QUARTER])
    whole = cell(15, 11, 19, cell="E0004N0000", cell_size=100.0)
    both = pd.concat([table(whole), earlier], ignore_index=True)
    located, wanted, absent = auditable.located(both, given(rows), ABOUT)
    assert atoms_of(located, wanted, places=absent).totals().tolist() == [15, 6]
    assert audited(table(whole), earlier, given(rows), ABOUT, forms).n_differing == 0


def test_cells_of_another_size_are_audited_with_these() -> None:
    """A map at 200 m of another profile, over this one at 100 m."""
    register = sqlite3.connect(":memory:")
    rows = incidents((20, {}), (1, {"x": 150.0}))
    published(register, cell(21, 17, 25, cell="E0000N0000", cell_size=200.0))
    earlier = auditable.earlier(register, ABOUT, given(rows), [QUARTER])
    earlier = earlier.assign(low=17.0, high=21.0)
    cells = table(
        cell(20, 20, 24, cell="E0000N0000", cell_size=100.0),
        cell(1, 0, 4, cell="E0001N0000", cell_size=100.0),
    )
    found = audited(cells, earlier, given(rows), ABOUT, forms)
    assert len(found.coarser) == 1


# --- nothing drops silently -----------------------------------------------------------------


def test_a_number_that_is_not_what_it_counts_stops_the_release() -> None:
    """One incident more than its definition holds, and nothing is known of what it tells."""
    with pytest.raises(ReleaseError) as refused:
        audited(table(cell(22, 18, 26)), NONE, given(incidents((21, {}))), ABOUT, forms)
    assert refused.value.code == "audit_undefined"
    assert refused.value.facts["n"] == 1


def test_an_earlier_number_that_no_longer_fits_is_kept_and_counted() -> None:
    """It told 30 and 12 are left: the interval is widened to hold them, and that is logged."""
    register = sqlite3.connect(":memory:")
    rows = incidents((12, {}), (8, {"x": 500.0}))
    published(register, cell(30, 26, 34, area="BU01530001"))
    earlier = auditable.earlier(register, ABOUT, given(rows), [QUARTER])
    found = audited(table(cell(20, 16, 24)), earlier, given(rows), ABOUT, forms)
    assert found.n_differing == 1


def test_a_coarse_number_that_moved_by_seven_is_still_audited() -> None:
    """By base ten a number is repeated until it moved by ten."""
    rows = incidents((13, {}), (2, {"x": 500.0}))
    kept = cell(13, 20, 39, held=True, moved=True, threshold=10, base=10)
    buurt = cell(2, 0, 4, area="BU01530002")
    cells = table(kept, buurt, cell(13, 11, 19, area="BU01530001"))
    cells.loc[0, "n"] = 15
    assert audited(cells, NONE, given(rows), ABOUT, forms).n_differing == 0


def test_what_a_register_does_not_tell_is_refused() -> None:
    """A list of kinds by its hash alone can't be audited."""
    register = sqlite3.connect(":memory:")
    one = cell(30, 26, 34, kinds=("A20", "B10"))
    published_numbers.publish(register, table(one), SECRET, run="r", day="2025-10-01")
    with pytest.raises(ReleaseError) as refused:
        auditable.earlier(register, ABOUT, given(incidents((3, {}))), [QUARTER])
    assert refused.value.code == "audit_unknown"


def test_numbers_of_other_times_and_places_are_not_looked_at() -> None:
    """What is told of them has no part in common with this release."""
    register = sqlite3.connect(":memory:")
    published(
        register,
        cell(30, 26, 34, start="2024-07-01", end="2024-10-01"),
        cell(30, 26, 34, area="WK015399"),
        cell(30, 26, 34, cell="E0900N0900", cell_size=100.0),
        cell(30, 26, 34, area="GM0153"),
    )
    rows = given(incidents((3, {})))
    found = auditable.earlier(register, ABOUT, rows, [QUARTER])
    # the gemeente holds the wijk, and with it all that is in it
    assert found["cell_id"].str.contains("WK015399|GM0153|E0900").sum() == 3
    assert not found["start"].eq("2024-07-01").any()


def test_what_earlier_numbers_alone_tell_is_counted_and_not_refused() -> None:
    """It is out, and this release tells no more of it."""
    register = sqlite3.connect(":memory:")
    rows = incidents((20, {}), (1, {"x": 500.0}))
    published(register, cell(21, 17, 25), cell(20, 16, 24, area="BU01530001"))
    earlier = auditable.earlier(register, ABOUT, given(rows), [QUARTER])
    pinned = earlier.assign(
        low=np.where(earlier["area"] == "WK015300", 17.0, 20.0),
        high=np.where(earlier["area"] == "WK015300", 21.0, 24.0),
    )
    buurt = cell(1, 0, 4, area="BU01530002")
    found = audited(table(buurt), pinned, given(rows), ABOUT, forms)
    assert (found.n_known, found.coarser) == (1, {})


# --- coarser forms are those that would leave -----------------------------------------------


def test_coarser_forms_are_what_the_secret_makes_of_them() -> None:
    """Not the union of what either rounding would tell."""
    register = sqlite3.connect(":memory:")
    cells = table(cell(23, 21, 29), cell(4, 0, 4, area="BU01530001"))
    ten = protect.Rule(10, 10)
    drawn = protect.round_counts(cells["n"], cells["cell_id"], SECRET, ten)
    low, high = protect.possible_counts(drawn, ten)
    found = _Collected(register, SECRET, {}).forms(cells, ten)
    assert found["low"].tolist() == low.tolist()
    assert found["high"].tolist() == high.tolist()
    assert found["high"].iloc[0] - found["low"].iloc[0] == 18


def published(register: sqlite3.Connection, *cells: dict[str, Any]) -> None:
    """Release numbers as an earlier run did."""
    some = table(*cells)
    published_numbers.publish(register, some, SECRET, run="r", day="2025-10-01")
    defined.record(register, some)


# --- what is no sum -------------------------------------------------------------------------


def test_rows_of_a_comparison_do_not_tell_that_no_number_is_zero() -> None:
    """4, 3 and 3 are a row for they are ten together: withheld, they would be two at least."""
    kinds = pd.DataFrame(
        {"kind": ["Totaal", "Fietsendiefstal", "Inbraak"], "n": [40, 36, 4],
         "n_before": [33, 30, 3], "n_last_year": [23, 20, 3]},
    )  # fmt: skip
    shown = released(kinds, "partner").table
    assert shown["kind"].tolist() == ["Totaal", "Fietsendiefstal"]
    assert shown["n"].notna().all()
    assert privacy.gate(kinds, "politie").table["kind"].tolist() == kinds["kind"].tolist()


def test_a_class_of_change_does_not_tell_how_small_a_withheld_number_is() -> None:
    """Ten after few is a rise only if few is none or one."""
    cells = gpd.GeoDataFrame(
        {"cell_id": list("ab"), "n_before": [1, 9], "n_after": [10, 40],
         "change_class": ["up", "up"], "households": [50, 50]},
        geometry=[shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)], crs=28992,
    )  # fmt: skip
    shown = released(cells, "partner").table
    assert shown["change_class"].tolist() == ["none", "up"]


def test_the_busiest_cells_never_hold_all() -> None:
    """What is left for the others would be less than a withheld cell can hold."""
    curve = pd.DataFrame(
        {"share_places": np.linspace(0, 1, 51), "share_incidents": np.r_[[0.0] * 48, 0.3, 0.6, 1]}
    )
    curve.attrs["n_incidents"] = 100
    shown = privacy.gate(curve, "partner").table
    assert shown["share_incidents"].max() == 0.95


@pytest.mark.parametrize("name", ["partner", "openbaar", "gemeente", "jeugdzorg"])
def test_near_repeats_do_not_leave(name: str) -> None:
    """They are pairs of incidents, no sums."""
    found = pd.DataFrame(
        {"distance_from": [0.0], "distance_to": [100.0], "days_from": [0.0], "days_to": [7.0],
         "observed": [12]},
    )  # fmt: skip
    with pytest.raises(ReleaseError):
        privacy.gate(found, name)


def test_shares_of_the_busiest_cells_leave_a_withheld_cell_its_values() -> None:
    """A reader with the map, the total and the shares, who knows which cells are busiest."""
    from scipy.optimize import linprog

    rng = np.random.default_rng(6)
    for _ in range(5):
        n = rng.negative_binomial(0.3, 0.08, 80)
        if n.sum() < 100:
            continue
        order = np.argsort(-n, kind="stable")
        low = np.where(n < 5, 0, np.maximum(n - n % 5 - 4, 5)).astype(float)
        high = np.where(n < 5, 4, n - n % 5 + 4).astype(float)
        rows, ends = [np.ones(80), -np.ones(80)], [n.sum() + 4.0, 4.0 - n.sum()]
        for share in (0.05, 0.1, 0.25):
            busiest = np.zeros(80)
            busiest[order[: int(80 * share)]] = 1
            held = min(round(busiest @ n / n.sum() * 20) / 20, 0.95)
            rows += [busiest - (1.0 if held == 0.95 else held + 0.025), held - 0.025 - busiest]
            ends += [0.0, 0.0]
        for cell_ in np.flatnonzero(n < 5)[::20]:
            one = np.eye(80)[cell_]
            alone = [linprog(s * one, rows[:2], ends[:2], bounds=np.c_[low, high]) for s in (1, -1)]
            both = [linprog(s * one, rows, ends, bounds=np.c_[low, high]) for s in (1, -1)]
            assert [round(a.fun - b.fun, 6) for a, b in zip(alone, both, strict=True)] == [0, 0]


# --- persons --------------------------------------------------------------------------------


def test_persons_of_an_area_within_another_are_refused() -> None:
    """Someone can be in both wijken of a gemeente: what three tables tell is not audited."""
    register = sqlite3.connect(":memory:")
    day, classes = pd.Timestamp("2025-09-30").date(), ["overig", "veelpleger"]
    told = {"source": "bvh"}
    release_calendar.record_persons(register, "WK015300", day, classes, **told, run="r", day=day)
    release_calendar.require_persons(register, "WK015301", day, classes, **told)
    with pytest.raises(ReleaseError) as refused:
        release_calendar.require_persons(register, "GM0153", day, classes, **told)
    assert refused.value.code == "calendar_persons_area"


def test_a_second_table_of_persons_within_half_a_year_is_left_out() -> None:
    """The briefing leaves without it, and says until when."""
    register = sqlite3.connect(":memory:")
    day = pd.Timestamp("2025-09-30").date()
    release_calendar.record_persons(
        register, "WK015300", day, ["overig"], source="bvh", run="r", day=day
    )
    persons = pd.DataFrame({"area_code": ["WK015300"], "n_persons": [40], "overig": [40]})
    persons.attrs = {"reference_date": "2025-12-31", "regime": "pv"}
    tables, terms = {"veelplegers": persons, "acties": pd.DataFrame()}, SimpleNamespace()
    left, said = _on_calendar(tables, register, terms, ABOUT, strict=False)
    assert list(left) == ["acties"]
    assert "30 maart 2026" in said[0]
    persons.attrs["reference_date"] = "2026-03-31"
    assert "veelplegers" in _on_calendar(tables, register, terms, ABOUT, strict=False)[0]


def test_a_buurt_is_audited_with_the_cells_of_its_wijk() -> None:
    """Of the whole map of the wijk, outside the buurt too: its total holds them all."""
    register = sqlite3.connect(":memory:")
    rows = incidents((20, {}), (7, {"x": 650.0}))
    published(
        register,
        cell(27, 26, 34),
        cell(7, 5, 9, cell="E0006N0000", cell_size=100.0),
        cell(0, 0, 4, cell="E0007N0000", cell_size=100.0),
    )
    inputs = given(rows)
    inputs.study = SimpleNamespace(code="BU01530001", parts=BUURTEN.iloc[:1])
    about = replace(ABOUT, area="BU01530001")
    earlier = auditable.earlier(register, about, inputs, [QUARTER])
    assert len(earlier) == 3
    buurt = table(cell(20, 16, 24, area="BU01530001"))
    assert audited(buurt, earlier, inputs, about, forms).n_differing == 0
