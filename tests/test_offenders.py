"""The definitions of repeat offenders, case by case, and counts per area."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import Point, box

from ipgtools import offenders
from ipgtools.errors import ContractError
from ipgtools.nl import offenders as words
from ipgtools.periods import Period

LAST = "2024-12-15"


def facts(*days: str | None, person: str = "p", age: float = 30, **columns) -> pd.DataFrame:
    """Make one person's facts, each with a pv of its own, sent to the OM."""
    n = len(days)
    table = {
        "person": person,
        "offence_id": [f"{person}-{number}" for number in range(n)],
        "pv_id": [f"pv-{person}-{number}" for number in range(n)],
        "committed_on": pd.to_datetime(pd.Series(days, dtype="object")),
        "sent_to_om": True,
        "outcome": "veroordeling",
        "age": float(age),
    }
    return pd.DataFrame(table | columns)


def months(n: int, last: str = LAST) -> list[str]:
    """Give n days one month apart, the last one given."""
    last_day = pd.Timestamp(last)
    return [str((last_day - pd.DateOffset(months=back)).date()) for back in reversed(range(n))]


def klasse(table: pd.DataFrame, regime: str = "2014", **options) -> str:
    """Give the class of the one person in the table."""
    return offenders.classify(table, regime=regime, **options).item()


# How many.


def test_more_than_ten_is_eleven():
    """Exactly 10 facts are not enough, exactly 11 are."""
    assert klasse(facts(*months(10))) == "overig"
    assert klasse(facts(*months(11))) == "zavp"
    assert klasse(facts(*months(10)), "pv") == "meerpleger"
    assert klasse(facts(*months(11)), "pv") == "zavp"


def test_an_acquittal_takes_eleven_to_ten():
    """As does a technisch sepot, however it is written; another sepot does not."""
    for outcome in ("vrijspraak", "technisch sepot", " Technisch_Sepot "):
        table = facts(*months(11), outcome=["veroordeling"] * 10 + [outcome])
        assert klasse(table) == "overig"
        assert offenders.classify(table).attrs["n_ended_otherwise"] == 1
    table = facts(*months(11), outcome=["veroordeling"] * 10 + ["beleidssepot"])
    assert klasse(table) == "zavp"


def test_no_conviction_is_needed():
    """Hoge Raad 23 May 2017: an unknown outcome counts."""
    assert klasse(facts(*months(11), outcome=None)) == "zavp"


def test_only_what_was_sent_to_the_om_counts():
    """An unknown answer is no yes."""
    for sent in (False, pd.NA):
        flags = pd.array([True] * 10 + [sent], dtype="boolean")
        assert klasse(facts(*months(11), sent_to_om=flags)) == "overig"


def test_only_misdrijven_count():
    """Overtredingen (nuisance) are outside the directive; without the column all are misdrijven."""
    table = facts(*months(11), is_misdrijf=[True] * 10 + [False])
    assert klasse(table) == "overig"
    assert offenders.classify(table).attrs["n_no_misdrijf"] == 1


def test_a_fact_that_is_listed_twice_counts_once():
    """Exports overlap; two persons in one fact keep it each."""
    table = facts(*months(10))
    doubled = pd.concat([table, table.tail(1)])
    assert klasse(doubled) == "overig"
    assert offenders.classify(doubled).attrs["n_repeated"] == 1
    together = pd.concat([facts(*months(11)), facts(*months(11), person="q")])
    together["offence_id"] = list(range(11)) * 2
    assert offenders.classify(together).tolist() == ["zavp", "zavp"]


def test_several_facts_in_one_pv_are_one_pv_and_several_facts():
    """Eleven facts in ten pv's."""
    table = facts(*months(11))
    table.loc[10, "pv_id"] = table.loc[9, "pv_id"]
    assert klasse(table) == "zavp"
    assert klasse(table, "pv") == "meerpleger"


def test_a_pv_falls_in_the_year_of_its_last_fact():
    """Facts of December and January in one pv of the new year."""
    table = facts("2023-12-30", "2024-01-02", "2023-05-01", pv_id=["a", "a", "b"])
    assert klasse(table, "pv", reference_date="2024-12-31") == "meerpleger"


def test_a_person_under_two_ids_counts_once_they_are_one():
    """Six and five facts make no veelpleger; put together they do."""
    two = pd.concat([facts(*months(6)), facts(*months(5, "2024-03-15"), person="q")])
    assert offenders.classify(two).tolist() == ["overig", "overig"]
    assert offenders.classify(two.assign(person="p")).to_dict() == {"p": "zavp"}


# When.


def test_the_eleventh_fact_must_lie_within_five_years_of_the_last():
    """On the day five years before it is outside, a day later inside."""
    ten = months(10)
    assert klasse(facts("2019-12-15", *ten)) == "veelpleger"
    assert klasse(facts("2019-12-16", *ten)) == "zavp"


def test_five_years_before_29_february_is_28_february():
    """2020 was a leap year, 2015 was not."""
    ten = months(10, "2020-02-29")
    assert klasse(facts("2015-02-28", *ten)) == "veelpleger"
    assert klasse(facts("2015-03-01", *ten)) == "zavp"


def test_the_window_ends_with_the_last_fact_and_not_with_today():
    """Years without a fact since then change nothing in regime 2014; in "pv" they do."""
    table = facts(*months(11, "2015-06-15"))
    assert klasse(table, reference_date="2024-12-31") == "zavp"
    assert klasse(table, "pv", reference_date="2024-12-31") == "overig"


def test_one_other_fact_must_lie_in_the_last_twelve_months():
    """The last fact itself is left out, as courts read it, or counted by choice."""
    long_ago = months(10, "2023-01-15")
    table = facts(*long_ago, LAST)
    assert klasse(table) == "overig"
    assert klasse(table, recent_excludes_last=False) == "zavp"
    assert klasse(facts(*long_ago, "2023-12-14", LAST)) == "overig"
    assert klasse(facts(*long_ago, "2023-12-15", LAST)) == "zavp"


def test_two_facts_on_the_last_day_leave_one_recent():
    """Only the last fact is left out, not the day."""
    assert klasse(facts(*months(10, "2023-01-15"), LAST, LAST)) == "zavp"


def test_eleven_facts_over_many_years_make_a_veelpleger():
    """More than ten in the whole past, fewer in five years."""
    table = facts("2001-01-01", "2002-01-01", "2003-01-01", *months(8))
    assert klasse(table) == "veelpleger"
    assert klasse(table, "pv") == "veelpleger"


def test_the_peiljaar_and_the_four_years_before_it_count():
    """1 January four years back is inside, the day before it outside."""
    ten = months(10)
    assert klasse(facts("2020-01-01", *ten), "pv", reference_date="2024-12-31") == "zavp"
    assert klasse(facts("2019-12-31", *ten), "pv", reference_date="2024-12-31") == "veelpleger"


def test_without_a_pv_in_the_peiljaar_there_is_no_class():
    """Eleven pv's up to the year before."""
    table = facts(*months(11, "2023-12-15"))
    assert klasse(table, "pv", reference_date="2024-12-31") == "overig"
    assert klasse(table, "pv") == "zavp"


def test_facts_after_the_reference_date_do_not_count():
    """The day itself does."""
    table = facts(*months(11))
    assert klasse(table, reference_date=LAST) == "zavp"
    assert klasse(table, reference_date="2024-12-14") == "overig"
    attrs = offenders.classify(table, reference_date="2024-12-14").attrs
    assert (attrs["n_after_reference"], attrs["n_counted"], attrs["n_rows"]) == (1, 10, 11)


def test_a_fact_without_a_date_counts_in_the_past_and_in_no_window():
    """Ten dated facts and one of which only the year was known."""
    table = facts(*months(10), None)
    assert klasse(table) == "veelpleger"
    assert klasse(table, "pv") == "veelpleger"
    assert offenders.classify(table).attrs["n_without_date"] == 1
    assert klasse(facts(*[None] * 11), reference_date=LAST) == "overig"


# How old.


def test_minors_have_classes_of_their_own_by_pv():
    """More than five, two to five, one."""
    for regime in offenders.DEFINITIONS:
        assert klasse(facts(*months(6), age=15), regime) == "jeugdige_veelpleger"
        assert klasse(facts(*months(5), age=15), regime) == "meerpleger_minderjarig"
        assert klasse(facts(*months(2), age=15), regime) == "meerpleger_minderjarig"
        assert klasse(facts(LAST, age=15), regime) == "overig"
        assert klasse(facts(*months(12), age=17), regime) == "jeugdige_veelpleger"


def test_six_facts_in_five_pvs_make_no_jeugdige_veelpleger():
    """Minors are counted by pv in either regime."""
    table = facts(*months(6), age=15)
    table.loc[5, "pv_id"] = table.loc[4, "pv_id"]
    assert klasse(table) == "meerpleger_minderjarig"


def test_a_minor_without_a_recent_fact_is_no_veelpleger():
    """Six pv's, of which only the last in the past twelve months."""
    table = facts(*months(5, "2023-01-15"), LAST, age=16)
    assert klasse(table) == "overig"
    assert klasse(table, recent_excludes_last=False) == "jeugdige_veelpleger"


def test_children_under_twelve_have_no_class():
    """They can't be prosecuted."""
    assert klasse(facts(*months(6), age=11)) == "overig"


@pytest.mark.parametrize(
    ("age", "expected"),
    [(11, "overig"), (12, "jeugdige_veelpleger"), (17, "jeugdige_veelpleger"), (18, "overig")],
)
def test_a_minor_is_twelve_to_seventeen(age, expected):
    """Six pv's are many for a minor and few for an adult."""
    assert klasse(facts(*months(6), age=age)) == expected


def test_facts_committed_as_a_minor_count_for_an_adult():
    """Ten at 17, the last at 18."""
    table = facts(*months(11), age=17)
    table.loc[10, "age"] = 18
    assert klasse(table) == "zavp"


def test_the_age_at_the_last_fact_counts_and_not_that_on_the_reference_date():
    """A birthday between the two changes nothing."""
    table = facts(*months(6, "2024-06-15"), age=17)
    assert klasse(table, reference_date="2024-12-31") == "jeugdige_veelpleger"
    assert klasse(table, "pv", reference_date="2024-12-31") == "jeugdige_veelpleger"


def test_a_missing_age_is_carried_on_from_another_fact():
    """17 in 2023 is 18 or 19 at the end of 2024; a month later it may still be 17."""
    table = facts("2023-01-15", *months(10)).assign(age=np.nan)
    table.loc[0, "age"] = 17
    assert klasse(table) == "zavp"
    table.loc[0, "committed_on"] = pd.Timestamp("2024-01-15")
    assert klasse(table) == "jeugdige_veelpleger"


@pytest.mark.parametrize(
    ("day", "expected"), [("2023-12-15", "zavp"), ("2023-12-16", "jeugdige_veelpleger")]
)
def test_a_carried_age_is_a_year_more_from_the_same_day_on(day, expected):
    """17 on that day; the last fact is of 15 December 2024."""
    table = facts(day, *months(11)).assign(age=[17] + [np.nan] * 11)
    assert klasse(table) == expected


def test_a_carried_age_without_a_date_is_taken_as_it_is():
    table = facts(None, *months(6)).assign(age=[17] + [np.nan] * 6)
    assert klasse(table) == "jeugdige_veelpleger"


@pytest.mark.parametrize(
    ("days", "ages"),
    [((LAST, LAST), (18, 17)), ((LAST, LAST), (17, 18)), (("2023-01-15", "2024-01-15"), (17, 17))],
)
def test_of_two_ages_the_higher_counts(days, ages):
    """18 and 17 on the last day; or 17 nearly two years ago, so 18, and 17 in the last year."""
    others = months(10) if days[0] != LAST else months(10, "2024-11-15")
    table = facts(*days, *others).assign(age=[*ages, *[np.nan] * 10])
    assert klasse(table) == "zavp"


def test_without_any_age_a_person_is_taken_for_an_adult():
    """And counted as such."""
    table = facts(*months(11)).drop(columns="age")
    assert klasse(table) == "zavp"
    assert offenders.classify(table).attrs["n_without_age"] == 1


def test_persons_without_an_age_are_counted_where_a_fact_of_theirs_counts():
    """One fact is enough; an acquittal is none, and who has an age is not among them."""
    table = pd.concat([
        facts(LAST, person="a"),
        facts(LAST, person="b").assign(age=np.nan),
        facts(LAST, person="c", outcome="vrijspraak").assign(age=np.nan),
    ])  # fmt: skip
    assert offenders.classify(table).attrs["n_without_age"] == 1


# The table as a whole.


def test_persons_without_a_fact_that_counts_are_overig():
    """Everyone in the table has one class of the list; order and index change nothing."""
    table = pd.concat([
        facts(*months(11), person="b"), facts(LAST, person="a", sent_to_om=False),
        facts(*months(3), person="c", age=14),
    ])  # fmt: skip
    found = offenders.classify(table)
    assert found.to_dict() == {"a": "overig", "b": "zavp", "c": "meerpleger_minderjarig"}
    assert found.index.name == "person"
    again = offenders.classify(table.sample(frac=1, random_state=1))
    pd.testing.assert_series_equal(again, found)
    left_out = ["n_after_reference", "n_no_misdrijf", "n_not_sent", "n_ended_otherwise",
                "n_repeated", "n_without_person", "n_counted"]  # fmt: skip
    assert sum(found.attrs[name] for name in left_out) == found.attrs["n_rows"] == len(table)


def reference(table: pd.DataFrame, *, excludes_last: bool) -> str:
    """Follow the text of the directive for one adult, fact by fact."""
    counted = [
        row.committed_on
        for row in table.itertuples()
        if row.sent_to_om and row.outcome != "vrijspraak"
    ]
    t0 = max(counted)
    window = [day for day in counted if day > t0 - pd.DateOffset(years=5)]
    recent = [day for day in counted if t0 - pd.DateOffset(months=12) <= day <= t0]
    has_recent = len(recent) - excludes_last > 0
    if len(window) > 10 and has_recent:
        return "zavp"
    return "veelpleger" if len(counted) > 10 and has_recent else "overig"


@pytest.mark.parametrize("excludes_last", [True, False])
def test_random_records_agree_with_the_directive_read_fact_by_fact(excludes_last):
    """150 adults with 1 to 25 facts over up to ten years."""
    rng = np.random.default_rng(5)
    people = []
    for number in range(150):
        n = rng.integers(1, 26)
        days = pd.Timestamp("2024-12-31") - pd.to_timedelta(rng.integers(0, 3650, n), unit="D")
        person = facts(*days.astype(str), person=f"p{number:03d}", sent_to_om=rng.random(n) < 0.9)
        person.loc[rng.random(n) < 0.1, "outcome"] = "vrijspraak"
        person.loc[0, ["sent_to_om", "outcome"]] = [True, "veroordeling"]
        people.append(person)
    found = offenders.classify(pd.concat(people), recent_excludes_last=excludes_last)
    expected = [reference(table, excludes_last=excludes_last) for table in people]
    assert found.tolist() == expected
    assert len(set(expected)) == 3


def test_an_unknown_regime_or_a_missing_column_is_refused():
    """A definition can't be guessed."""
    with pytest.raises(ValueError, match=r"`regime` is '2024', expected one of"):
        offenders.classify(facts(LAST), regime="2024")
    with pytest.raises(ContractError, match="sent_to_om"):
        offenders.classify(facts(LAST).drop(columns="sent_to_om"))


def test_an_empty_table_gives_no_persons():
    """By either regime."""
    for regime in offenders.DEFINITIONS:
        assert offenders.classify(facts(), regime=regime).empty


def test_hague_burglars_are_read_by_mapping_alone(shared):
    """290 persons, of whom those with more than ten burglaries are the prolific ones."""
    given = pd.read_csv(shared / "nl_denhaag_inbrekers" / "inbrekers.csv")
    table = pd.DataFrame({
        "person": given["PERSONID"].astype("str"), "offence_id": given["CASE"].astype("str"),
        "committed_on": pd.Timestamp("2001-12-31"), "sent_to_om": True,
    })  # fmt: skip
    found = offenders.classify(table)
    per_person = table.drop_duplicates(["person", "offence_id"])["person"].value_counts()
    assert len(found) == 290
    assert (found == "zavp").sum() == (per_person > 10).sum() > 0


# Areas.


AREAS = gpd.GeoDataFrame(
    {"area_code": ["BU1", "BU2"], "area_name": ["een", "twee"]},
    geometry=[box(0, 0, 100, 100), box(100, 0, 200, 100)],
    crs=28992,
)


def placed(table: pd.DataFrame, *x: float | None) -> gpd.GeoDataFrame:
    geometry = [None if at is None else Point(at, 50) for at in x]
    return gpd.GeoDataFrame(table.reset_index(drop=True), geometry=geometry, crs=28992)


def test_areas_count_different_persons_with_the_class_of_their_whole_record():
    """Someone active in both areas counts in both, once."""
    table = placed(
        pd.concat([facts(*months(11)), facts(LAST, LAST, person="q")]),
        *[50] * 8, *[150] * 2, 900, 50, None,
    )  # fmt: skip
    found = offenders.by_area(table, AREAS).set_index("area_code")
    assert found["zavp"].to_dict() == {"BU1": 1, "BU2": 1}
    assert found["overig"].to_dict() == {"BU1": 1, "BU2": 0}
    assert found["n_persons"].to_dict() == {"BU1": 2, "BU2": 1}
    attrs = found.attrs
    assert (attrs["n_offences_used"], attrs["n_without_place"], attrs["n_outside"]) == (11, 1, 1)
    assert attrs["regime"] == "2014"


def test_the_classes_of_an_area_add_up_to_its_persons():
    """Areas without anyone have zeros; nothing but numbers is added."""
    table = placed(facts(*months(3)), 150, 150, 150)
    found = offenders.by_area(table, AREAS, regime="pv")
    assert (
        found[list(offenders.KLASSEN)].sum(axis=1).tolist() == found["n_persons"].tolist() == [0, 1]
    )
    assert (found[list(offenders.KLASSEN)].dtypes == "int64").all()
    assert found["area_code"].tolist() == ["BU1", "BU2"]


def test_a_period_limits_who_is_active_and_not_the_record():
    """Active in 2024 with the class of all years."""
    table = placed(facts(*months(11)), *[50] * 10, 150)
    found = offenders.by_area(table, AREAS, period=Period("2024-12-01", "2025-01-01"))
    assert found["zavp"].tolist() == [0, 1]
    assert found.attrs["n_outside_period"] == 10


def test_facts_that_do_not_count_make_nobody_active():
    """An acquittal leaves no trace on the map."""
    table = placed(facts(LAST, outcome="vrijspraak"), 50)
    assert offenders.by_area(table, AREAS)["n_persons"].tolist() == [0, 0]


def test_areas_count_recent_facts_as_classes_do():
    """Of eleven facts only the last is of the past twelve months: no veelpleger, by default."""
    table = placed(facts(*months(10, "2023-01-15"), LAST), *[50] * 11)
    assert offenders.by_area(table, AREAS)["overig"].tolist() == [1, 0]
    found = offenders.by_area(table, AREAS, recent_excludes_last=False)
    assert found["zavp"].tolist() == [1, 0]


# What must never come out.


def test_a_class_and_a_count_per_area_are_all_that_a_definition_gives():
    """No score per person, and no pseudonym in a count."""
    table = placed(pd.concat([facts(*months(11)), facts(LAST, person="q")]), *[50] * 12)
    found = offenders.classify(table)
    assert set(found) <= set(offenders.KLASSEN)
    assert found.index.is_monotonic_increasing
    counts = offenders.by_area(table, AREAS)
    assert set(counts) == set(AREAS) | {"n_persons", *offenders.KLASSEN}
    assert not {"p", "q"} & set(map(str, counts.drop(columns="geometry").to_numpy().ravel()))


def test_every_class_and_regime_has_its_dutch_words():
    """In the one place where Dutch lives."""
    assert tuple(words.REGIMES) == tuple(words.DEFINITIONS) == tuple(offenders.DEFINITIONS)
    assert tuple(words.KLASSEN) == offenders.KLASSEN
    for regime in offenders.DEFINITIONS:
        for name in offenders.KLASSEN:
            assert words.definition(name, regime).endswith(".")


def test_a_definition_is_one_value_and_its_words(monkeypatch):
    """Whatever is registered can be set and classifies; what isn't is refused with the choices."""
    from ipgtools.errors import SettingsError
    from ipgtools.settings.parts import Analysis
    from ipgtools.settings.toml import checked

    def ever(facts, record, reference, recent_excludes_last):
        many = record["n_facts"] > offenders.MANY_ADULT
        return pd.DataFrame({"ever": many, "window": many, "recent": True}, index=record.index)

    with pytest.raises(SettingsError) as refused:
        checked(Analysis, {"regime": "ooit"}, "ipg.toml")
    assert refused.value.facts["options"] == {"regime": ["2014", "pv"]}
    known = {**offenders.DEFINITIONS, "ooit": offenders.Definition(("veelpleger",), ever)}
    monkeypatch.setattr("ipgtools.offenders.definitions.DEFINITIONS", known)
    monkeypatch.setitem(words.REGIMES, "ooit", "Ooit veel feiten")
    assert checked(Analysis, {"regime": "ooit"}, "ipg.toml").regime == "ooit"
    assert klasse(facts(*months(11)), "ooit") == "veelpleger"
    assert klasse(facts(*months(10)), "ooit") == "overig"
