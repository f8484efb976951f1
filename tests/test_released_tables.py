"""A table that is released from a notebook is protected as a briefing is, or refused."""

import contextlib
import sqlite3
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

from ipgtools import audit, privacy
from ipgtools.errors import IpgError, RegisterError, ReleaseError
from ipgtools.nl import errors
from ipgtools.periods import Period
from ipgtools.pipeline import protection
from ipgtools.privacy import published_numbers, together
from ipgtools.privacy.provenance import Provenance

WIJK = "WK015301"
CODES = [f"BU0153010{number}" for number in range(4)]
QUARTER, BEFORE = Period("2025-09-01", "2025-12-01"), Period("2025-06-01", "2025-09-01")
KINDS = {"fiets": 0.5, "vernieling": 0.3, "overlast": 0.2}


def town(seed: int = 1, n: int = 240) -> gpd.GeoDataFrame:
    """Scatter incidents of two quarters over four buurten of half a kilometre."""
    rng = np.random.default_rng(seed)
    day = rng.integers(0, (QUARTER.end - BEFORE.start).days, n)
    x, y = rng.uniform(0, 1000, n), rng.uniform(0, 1000, n)
    return gpd.GeoDataFrame(
        {
            "area_code": [
                CODES[int(a > 500) + 2 * int(b > 500)] for a, b in zip(x, y, strict=True)
            ],
            "kind": (kind := rng.choice(list(KINDS), n, p=list(KINDS.values()))),
            "category": kind,
            "category_label": kind,
            "occurred_from": BEFORE.start + pd.to_timedelta(day, unit="D"),
        },
        geometry=gpd.points_from_xy(x, y),
        crs=28992,
    )


def provenance(incidents: gpd.GeoDataFrame, audience: str = "partner", **other: Any) -> Provenance:
    """Say that tables are made of these incidents."""
    squares = [box(x, y, x + 500, y + 500) for y in (0, 500) for x in (0, 500)]
    parts = gpd.GeoDataFrame(
        {"area_code": CODES, "indeling_jaar": 2025, "inhabitants": 2000},
        geometry=squares,
        crs=28992,
    )
    whole = gpd.GeoDataFrame({"area_code": [WIJK]}, geometry=[box(0, 0, 1000, 1000)], crs=28992)
    read = SimpleNamespace(
        study=SimpleNamespace(parts=parts), areas=parts, placed=incidents, as_read=None,
        everywhere=incidents, public_places=None, profile=privacy.profile(audience),
        settings=SimpleNamespace(analysis=SimpleNamespace(longest_days=3)),
    )  # fmt: skip
    about: dict[str, Any] = {
        "audit": protection.Audit(read),
        "source": "bvh", "profile": audience, "area": WIJK, "whole": whole, "parts": parts,
        "period": QUARTER, "incidents": incidents, "kinds": ("alle soorten",),
        "as_of": "2025-11-30", "compared": {"previous": BEFORE}, "cell_size": 100.0,
        "own_areas": tuple(CODES),
    }  # fmt: skip
    return Provenance(**about | other)


def within(incidents: gpd.GeoDataFrame, period: Period = QUARTER) -> gpd.GeoDataFrame:
    return incidents[period.contains(incidents["occurred_from"])]


def per_area(incidents: gpd.GeoDataFrame) -> pd.DataFrame:
    """Count incidents of the quarter per buurt."""
    n = within(incidents)["area_code"].value_counts().reindex(CODES, fill_value=0)
    table = pd.DataFrame({"area_code": CODES, "inhabitants": 2000, "n": n.to_numpy()})
    return table.assign(per_1000=table["n"] / 2)


def per_kind(incidents: gpd.GeoDataFrame) -> pd.DataFrame:
    """Compare kinds of the quarter with those of the one before."""
    now, then = (within(incidents, one)["kind"].value_counts() for one in (QUARTER, BEFORE))
    table = pd.DataFrame({"kind": list(KINDS)})
    table = table.assign(n=table["kind"].map(now), n_before=table["kind"].map(then))
    whole = {"kind": "Totaal", "n": table["n"].sum(), "n_before": table["n_before"].sum()}
    return pd.concat([pd.DataFrame([whole]), table], ignore_index=True)


def refused(code: str, *args: Any, **how: Any) -> str:
    """Say in Dutch why a table is refused, and see that nothing was published."""
    with pytest.raises(IpgError) as error:
        privacy.release(*args, **how)
    assert error.value.code == code
    said = errors.say(code, error.value.facts)
    assert "{" not in said
    return said


def published() -> pd.DataFrame:
    with audit.Register.open() as register, register.transaction() as connection:
        return published_numbers.published(connection)


INCIDENTS = town()


def test_numbers_without_provenance_are_refused_and_nothing_is_published() -> None:
    """Nobody knows of which area, period and kinds they are, so they can't be repeated."""
    said = refused("release_without_provenance", per_area(INCIDENTS), "partner")
    assert "provenance" in said
    assert published().empty


def test_who_sees_exact_numbers_needs_no_provenance() -> None:
    table = per_area(INCIDENTS)
    assert privacy.release(table, "politie").table["n"].tolist() == table["n"].tolist()


def test_a_number_is_rounded_by_the_secret_and_remembered() -> None:
    made = privacy.release(per_area(INCIDENTS), "partner", provenance=provenance(INCIDENTS))
    known = published().set_index("cell_id")["n"]
    for row in made.table.itertuples():
        assert (
            known[f"1|bvh|{row.area_code}@2025|2025-09-01|2025-12-01|ALLESOORTEN||incidents"]
            == row.n
        )
    assert (made.table["n"] % 5 == 0).all()
    assert (made.table["per_1000"] == made.table["n"] / 2).all()


def test_the_exact_number_lies_within_the_reach_that_goes_with_a_rounded_one() -> None:
    """A number differs by less than its reach; one that is withheld is below it."""
    exact, given = per_kind(INCIDENTS).set_index("kind"), provenance(INCIDENTS)
    made = privacy.release(per_kind(INCIDENTS), "partner", provenance=given)
    shown = made.table.set_index("kind")
    assert shown["n"].notna().sum() >= 3
    for name in ("n", "n_before"):
        away = (exact.loc[shown.index, name] - shown[name].fillna(0)).abs()
        assert (away < shown[f"{name}_within"]).all()
        assert (shown[f"{name}_within"] == 5).all(), "the base of a partner"


def test_one_incident_more_changes_no_number_and_five_do() -> None:
    first = privacy.release(per_area(INCIDENTS), "partner", provenance=provenance(INCIDENTS)).table
    row = within(INCIDENTS).iloc[[0]]
    for more, same in ((1, True), (4, True), (12, False)):
        grown = pd.concat([INCIDENTS, *[row] * more], ignore_index=True)
        again = privacy.release(per_area(grown), "partner", provenance=provenance(grown)).table
        assert again["n"].equals(first["n"]) == same


def test_the_public_and_a_partner_read_the_same_number() -> None:
    partner, public = (
        privacy.release(per_area(INCIDENTS), one, provenance=provenance(INCIDENTS, one)).table["n"]
        for one in ("partner", "openbaar")
    )
    assert partner.equals(public)


def test_what_left_before_is_audited_with_what_leaves_now() -> None:
    """All are in one buurt: its number and the total must not tell that there is none elsewhere."""
    now = within(INCIDENTS)
    inside = now[(now["area_code"] == CODES[0]).to_numpy()].iloc[:22]
    given = provenance(pd.concat([inside, within(INCIDENTS, BEFORE)], ignore_index=True))
    for table in (per_kind(given.incidents), per_area(given.incidents)):
        shown = privacy.release(table, "partner", provenance=given).table
    with audit.Register.open() as register:
        facts = register.entries(action="release")["facts"]
    assert [one["coarser"] for one in facts] == [0, 1]
    assert shown["n"].tolist() == [20, pd.NA, pd.NA, pd.NA]


def test_numbers_of_other_incidents_are_refused() -> None:
    """A part of the incidents under the name of all of them could be subtracted."""
    part = INCIDENTS[(INCIDENTS["kind"] == "fiets").to_numpy()]
    refused("release_unlike", per_area(part), "partner", provenance=provenance(INCIDENTS))
    assert published().empty


def test_numbers_of_another_area_are_refused() -> None:
    table = per_area(INCIDENTS).replace(CODES[0], "BU99990101")
    said = refused("release_elsewhere", table, "partner", provenance=provenance(INCIDENTS))
    assert "BU99990101" in said


def test_incidents_that_were_selected_for_the_police_are_refused_for_others() -> None:
    given = provenance(INCIDENTS, "politie")
    refused("release_other_audience", per_area(INCIDENTS), "partner", provenance=given)


def test_a_period_that_is_off_the_calendar_is_refused() -> None:
    given = provenance(INCIDENTS)
    privacy.release(per_area(INCIDENTS), "partner", provenance=given)
    later = replace(given, period=Period("2025-09-02", "2025-12-01"))
    refused("calendar_breaks", per_area(INCIDENTS), "partner", provenance=later)


def test_steps_of_a_trend_that_are_off_the_calendar_are_refused() -> None:
    weeks = pd.DataFrame({"start": pd.date_range("2025-09-01", periods=3, freq="W-MON")})
    weeks = weeks.assign(end=weeks["start"] + pd.Timedelta(days=7), n=9)
    refused("calendar_breaks", weeks, "partner", provenance=provenance(INCIDENTS))


def test_few_incidents_do_not_leave() -> None:
    few = pd.concat([within(INCIDENTS).iloc[:6], within(INCIDENTS, BEFORE)], ignore_index=True)
    refused("release_too_few", per_area(few), "partner", provenance=provenance(few))


def test_another_secret_is_refused(tmp_path: Path) -> None:
    privacy.release(per_area(INCIDENTS), "partner", provenance=provenance(INCIDENTS))
    (tmp_path / "other").write_bytes(b"x" * 32)
    given = provenance(INCIDENTS, secret=tmp_path / "other")
    refused("secret_other", per_area(INCIDENTS), "partner", provenance=given)


def test_places_without_their_outlines_are_refused() -> None:
    places = pd.DataFrame({"place_id": ["a"], "claim": ["busy"], "n": [30], "name": ["X"]})
    refused("release_no_outlines", places, "partner", provenance=provenance(INCIDENTS))


def persons(day: str | None = "2025-11-30", regime: str = "2014") -> pd.DataFrame:
    table = pd.DataFrame(
        {"area_code": [WIJK], "level": ["wijk"], "inhabitants": pd.array([9000], dtype="Int64"),
         "n_persons": [61], "veelpleger": [14], "overig": [47]}
    )  # fmt: skip
    table.attrs = {"reference_date": day, "regime": regime}
    return table


def test_persons_are_counted_for_one_day_in_half_a_year_and_by_one_definition() -> None:
    """The difference of two tables tells who came in between, or who is in one class only."""
    given = provenance(INCIDENTS)
    first = privacy.release(persons(), "partner", provenance=given).table
    assert privacy.release(persons(), "partner", provenance=given).table.equals(first)
    refused("calendar_persons", persons("2025-12-31"), "partner", provenance=given)
    refused("calendar_persons", persons(regime="pv"), "partner", provenance=given)
    refused("release_no_reference", persons(day=None), "partner", provenance=given)


def test_a_refusal_is_in_the_register_and_a_release_with_its_numbers() -> None:
    refused("release_without_provenance", per_area(INCIDENTS), "partner")
    privacy.release(per_area(INCIDENTS), "partner", provenance=provenance(INCIDENTS))
    with audit.Register.open() as register:
        found = register.entries(action="release")
        assert register.verify() == []
    assert found["state"].tolist() == ["failed", "done"]
    assert found["facts"].iloc[1]["numbers"] == 5


def test_nothing_is_published_if_the_entry_can_not_be_made(monkeypatch: Any) -> None:
    def full(*_args: Any, **_facts: Any) -> None:
        raise RegisterError("full", code="register_full", path="x", reason="disk")

    monkeypatch.setattr(audit.Register, "record", full)
    with pytest.raises(RegisterError):
        privacy.release(per_area(INCIDENTS), "partner", provenance=provenance(INCIDENTS))
    monkeypatch.undo()
    assert published().empty


def test_a_table_without_numbers_needs_no_provenance() -> None:
    actors = pd.DataFrame({"actor": ["gemeente"], "n": [2], "n_open": [1], "joint": [False]})
    assert len(privacy.release(actors, "partner").table) == 1
    with pytest.raises(ReleaseError):
        privacy.release(per_area(INCIDENTS), "partner")


def tamper(register: Path, statement: str) -> None:
    """Change the register behind the back of ipgtools."""
    with contextlib.closing(sqlite3.connect(register)) as connection, connection:
        connection.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE released_numbers SET counted = counted + 1",
        "UPDATE released_numbers SET n = 95 WHERE n IS NOT NULL",
        "DELETE FROM released_numbers",
        "DROP TABLE released_numbers",
        "DELETE FROM released_periods",
        "UPDATE released_terms SET value = 'weeks' WHERE name = 'calendar'",
    ],
)
def test_a_changed_published_number_is_found_and_nothing_leaves(statement: str) -> None:
    given = provenance(INCIDENTS)
    privacy.release(per_area(INCIDENTS), "partner", provenance=given)
    path = audit.path_of()
    tamper(path, statement)
    with audit.Register.open() as register:
        assert [(one.kind, one.number) for one in register.verify()] == [("numbers", 1)]
        for action in ("export", "share"):
            with pytest.raises(RegisterError, match="broken"):
                register.begun(action)
    for table, audience in ((per_area(INCIDENTS), "partner"), (per_area(INCIDENTS), "politie")):
        refused("register_broken", table, audience, provenance=given)


def test_after_acknowledging_a_changed_number_data_may_leave_again() -> None:
    given = provenance(INCIDENTS)
    privacy.release(per_area(INCIDENTS), "partner", provenance=given)
    tamper(audit.path_of(), "UPDATE released_numbers SET day = 'x'")
    with audit.Register.open() as register:
        register.acknowledge("backup compared")
        assert [one.acknowledged for one in register.verify()] == [2]
    privacy.release(per_area(INCIDENTS), "partner", provenance=given)
    with audit.Register.open() as register:
        assert register.verify() == [], "the new release notes what the numbers are now"


def test_numbers_can_not_be_published_without_an_entry_about_the_release() -> None:
    with audit.Register.open() as register:
        with pytest.raises(ValueError, match="without an entry"), register.transaction():
            register.publishing()
        with register.transaction():
            register.record("load")
        assert len(register.entries()) == 1


def test_a_briefing_leaves_a_second_table_of_persons_out() -> None:
    """One table that may not leave doesn't stop the others."""
    given, profile = provenance(INCIDENTS), privacy.profile("partner")
    privacy.release(persons(), "partner", provenance=given)

    def gate(tables: dict[str, Any], **how: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
        return {name: privacy.gate(one, profile, **how).table for name, one in tables.items()}, ()

    tables = {"veelplegers": persons("2025-12-31"), "gebieden": per_area(INCIDENTS)}
    with audit.Register.open() as register, register.transaction():
        made = together.release(tables, given, profile, register, gate)
        register.record("release")
    assert list(made.tables) == ["gebieden"]
