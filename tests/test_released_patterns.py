"""Patterns of persons leave as shares over many, or not at all."""

import numpy as np
import pandas as pd
import pytest

from ipgtools import offenders, privacy
from ipgtools.errors import ReleaseError
from ipgtools.privacy import _gate

OTHERS = ("partner", "gemeente", "zorg-en-veiligheidshuis")


def links(n_persons: int, *, together: int = 30) -> pd.DataFrame:
    """Make participations: some offences of two persons, the others of one."""
    pairs = [(f"t{one // 2}", f"p{one}") for one in range(2 * together)]
    alone = [(f"a{one}", f"p{one}") for one in range(n_persons)]
    return pd.DataFrame(pairs + alone, columns=["offence_id", "person"])


def test_the_police_see_numbers_and_small_ones_are_withheld() -> None:
    """Fewer than five persons are no number, and no share of it either."""
    table = offenders.co_offending(links(120, together=3))
    shown = _gate.release(table, "politie").table
    assert shown["n_offences"].tolist() == [120, pd.NA]
    assert shown["share_offences"].isna().tolist() == [False, True]


@pytest.mark.parametrize("audience", OTHERS)
def test_others_see_shares_in_steps_and_no_number(audience: str) -> None:
    """To a twentieth, of a hundred persons or more."""
    table = offenders.co_offending(links(150))
    shown = _gate.release(table, audience).table
    assert list(shown) == ["n_together", "share_offences"]
    assert shown["share_offences"].tolist() == [0.85, 0.15]
    assert "n_persons" not in shown.attrs


@pytest.mark.parametrize("audience", OTHERS)
def test_one_person_more_changes_no_share(audience: str) -> None:
    """Wherever the share does not lie on the border of a step."""
    one, other = (
        _gate.release(offenders.co_offending(links(n)), audience).table for n in (150, 151)
    )
    assert one.equals(other)


@pytest.mark.parametrize("audience", OTHERS)
def test_a_pattern_of_few_persons_does_not_leave(audience: str) -> None:
    """Shares of ninety persons tell of single ones."""
    table = offenders.co_offending(links(90))
    with pytest.raises(ReleaseError) as refused:
        _gate.release(table, audience)
    assert refused.value.code == "release_pattern"


@pytest.mark.parametrize("audience", ["openbaar", "woningcorporatie", "jongerenwerk", "wijkraad"])
def test_who_sees_no_numbers_of_persons_sees_no_pattern(audience: str) -> None:
    """Deny by default."""
    with pytest.raises(ReleaseError) as refused:
        _gate.release(offenders.co_offending(links(150)), audience)
    assert refused.value.code == "release_person_counts"


def test_that_a_row_is_there_tells_nothing_of_one_offence() -> None:
    """A single offence of six is no row for others than the police."""
    many = pd.concat([links(150), pd.DataFrame({"offence_id": "x", "person": list("abcdef")})])
    shown = _gate.release(offenders.co_offending(many), "partner").table
    assert shown["n_together"].tolist() == [1, 2]


@pytest.mark.parametrize("audience", OTHERS)
@pytest.mark.parametrize("name", ["switching", "recurrence", "networks", "flows"])
def test_patterns_that_tell_of_single_persons_stay_with_the_police(audience, name) -> None:
    """Steps of a curve, rare transitions, small networks and classes that one person left."""
    days = pd.Timestamp("2024-01-01") + pd.to_timedelta(np.arange(300) * 2 % 700, unit="D")
    table = links(240).assign(committed_on=days, category="A20", sent_to_om=True, age=30)
    made = {
        "switching": lambda: offenders.switching(table, n_permutations=9),
        "recurrence": lambda: offenders.recurrence(table, until="2026-01-01"),
        "networks": lambda: offenders.networks(table),
        "flows": lambda: offenders.flows(table, "2025-01-01", "2026-01-01"),
    }[name]()
    assert len(_gate.release(made, "politie").table)
    with pytest.raises(ReleaseError) as refused:
        _gate.release(made, audience)
    assert refused.value.code == "release_not_named"


def test_shares_of_cleared_incidents_need_many_of_them() -> None:
    """Of an area with 99 cleared incidents nothing leaves for partners."""
    n = 300
    incidents = pd.DataFrame(
        {"incident_id": [f"i{one}" for one in range(n)], "area_code": ["X"] * 201 + ["Y"] * 99}
    )
    offences = pd.DataFrame(
        {"person": [f"p{one}" for one in range(n)], "incident_id": incidents["incident_id"]}
    )
    klasse = pd.Series("overig", index=offences["person"])
    klasse.iloc[:80] = "zavp"
    found = offenders.involvement(offences, incidents, klasse)
    shown = _gate.release(found, "partner").table
    assert shown.values.tolist() == [["X", "zavp", 0.4], ["X", "overig", 0.6]]


def test_a_pattern_can_be_released_from_a_notebook(tmp_path) -> None:
    """As any other table."""
    released = privacy.release(offenders.co_offending(links(150)), "politie", folder=None)
    assert released.kind == "co_offending"
