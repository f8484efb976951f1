"""Numbers are withheld and rounded as described, and say no more than they hold."""

import hashlib
import hmac

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipgtools.errors import ReleaseError
from ipgtools.nl.sentences.totals import certain_ratio, compared
from ipgtools.pipeline import changes
from ipgtools.privacy import protect
from ipgtools.privacy.protect import Rule
from ipgtools.rounded import Rounded

SECRET = b"0123456789abcdef0123456789abcdef"
CELL = {
    "source": "bvh", "area": "BU01530101", "division": 2025, "kinds": "A20",
    "start": "2025-10-01", "end": "2026-01-01",
}  # fmt: skip
PERSONS, WIDENED = Rule(threshold=10, base=5), Rule(threshold=10, base=10)
RULES = st.sampled_from([Rule(), PERSONS, WIDENED, Rule(0, 1), Rule(3, 3)])
FIVES = Rule()


def shown(counts, rule=FIVES, secret=SECRET, ids=None) -> list:
    """Protect counts of cells that are all different."""
    n = pd.Series(counts)
    names = pd.Series(ids if ids is not None else [f"cell {at}" for at in range(len(n))])
    return protect.round_counts(n, names, secret, rule).tolist()


def numbers(*values) -> pd.Series:
    """Write protected numbers, None for those that are withheld."""
    return pd.Series(values, dtype="Int64")


def test_small_numbers_are_withheld_zero_among_them():
    assert shown([0, 1, 4]) == [pd.NA] * 3
    assert shown([9], PERSONS) == [pd.NA]


@given(st.integers(0, 2000), st.text(min_size=1), RULES)
def test_a_number_is_rounded_by_the_draw_of_its_cell(count: int, cell: str, rule: Rule):
    """The rule in whole numbers, written again: 5 u < c - low, u = HMAC / 2^64."""
    cell = cell.encode("utf-8", "ignore").decode()
    drawn = int.from_bytes(hmac.new(SECRET, cell.encode(), hashlib.sha256).digest()[:8], "big")
    low = rule.base * (count // rule.base)
    up = rule.base * drawn < (count - low) * 2**64
    expected = pd.NA if count < rule.threshold else low + rule.base * up
    assert shown([count], rule, ids=[cell]) == [expected]


@given(st.lists(st.integers(0, 300), min_size=1, max_size=20), RULES)
def test_a_reader_may_conclude_no_more_than_is_true(counts: list[int], rule: Rule):
    low, high = protect.possible_counts(numbers(*shown(counts, rule)), rule)
    assert ((low <= counts) & (counts <= high)).all()


def test_every_count_within_reach_is_possible():
    """What a reader concludes is as wide as the draws make it, and no wider."""
    counts = np.repeat(np.arange(40), 400)
    y = numbers(*shown(counts))
    for number in (None, 5, 10, 25):
        some = counts[y.isna()] if number is None else counts[(y == number).fillna(False)]
        low, high = protect.possible_counts(numbers(number))
        assert sorted(set(some)) == list(range(low[0], high[0] + 1))


def test_five_stands_for_five_to_nine_and_others_for_nine_counts():
    low, high = protect.possible_counts(numbers(None, 5, 10, 65))
    assert list(zip(low, high, strict=True)) == [(0, 4), (5, 9), (6, 14), (61, 69)]
    low, high = protect.possible_counts(numbers(None, 10, 15), PERSONS)
    assert list(zip(low, high, strict=True)) == [(0, 9), (10, 14), (11, 19)]


def test_rounding_keeps_the_mean():
    counts = np.repeat([5, 6, 7, 8, 9, 63], 4000)
    means = numbers(*shown(counts)).groupby(counts).mean()
    assert (means - means.index).abs().max() < 0.15


def test_one_more_is_never_shown_as_fewer():
    y = [shown([count], ids=["one cell"])[0] for count in range(5, 60)]
    assert y == sorted(y)


def test_the_same_cell_gets_the_same_number_wherever_it_stands():
    ids = ["a", "b", "c"]
    assert shown([63, 63, 63], ids=ids) == shown([63, 63, 63], ids=ids[::-1])[::-1]
    y = shown([63] * 200)
    assert set(y) == {60, 65}
    assert y != shown([63] * 200, secret=SECRET[::-1])


def test_the_result_has_the_index_of_the_counts():
    counts = pd.Series([7, 3], index=["x", "y"], name="n")
    y = protect.round_counts(counts, pd.Series(["a", "b"]), SECRET)
    assert y.index.tolist() == ["x", "y"]
    assert y.dtype == "Int64"
    assert protect.round_counts(counts[:0], pd.Series([], dtype="str"), SECRET).empty


@pytest.mark.parametrize("bad", [[-1], [2.5], [None, 3]])
def test_what_is_no_count_is_refused(bad: list):
    with pytest.raises(ReleaseError, match="count"):
        shown(bad)


def test_a_short_secret_and_an_impossible_rule_are_refused():
    with pytest.raises(ReleaseError, match="at least 32"):
        shown([7], secret=b"short")
    for threshold, base in ((7, 5), (-5, 5), (5, 0)):
        with pytest.raises(ReleaseError, match="multiple"):
            Rule(threshold, base)


def test_a_hundred_thousand_numbers_take_a_moment():
    import time

    table = pd.DataFrame({"area": [f"BU{at:08d}" for at in range(100_000)]})
    counts = pd.Series(np.arange(100_000) % 50)
    start = time.process_time()
    ids = protect.cell_ids(table, **{k: v for k, v in CELL.items() if k != "area"})
    protect.round_counts(counts, ids, SECRET)
    assert time.process_time() - start < 10


# ids


def test_one_definition_has_one_id_however_it_is_written():
    written = [
        CELL,
        CELL | {"area": " bu01530101"},
        CELL | {"kinds": ["a20", "A 20"]},
        CELL | {"start": pd.Timestamp("2025-10-01"), "end": "2026-01-01 00:00"},
    ]
    assert len({protect.cell_id(**one) for one in written}) == 1


def test_two_definitions_have_two_ids():
    other = [
        CELL, CELL | {"source": "gms"}, CELL | {"area": "WK015301"}, CELL | {"division": 2024},
        CELL | {"kinds": ["A20", "B10"]}, CELL | {"start": "2025-09-01"},
        CELL | {"end": "2026-01-01 06:00"}, CELL | {"part": "nacht"}, CELL | {"measure": "persons"},
        CELL | {"street": "Gronausestraat"}, CELL | {"street": "Gronausestraat 1"},
        CELL | {"area": None, "cell": "E2596N4714", "cell_size": 100},
        CELL | {"area": None, "cell": "E2596N4714", "cell_size": 200},
    ]  # fmt: skip
    assert len({protect.cell_id(**one) for one in other}) == len(other)


def test_the_audience_is_no_part_of_the_id():
    """The public and a partner see the same number: two roundings would narrow it."""
    with pytest.raises(TypeError):
        protect.cell_id(**CELL, audience="openbaar")


def test_the_ids_of_a_table_are_those_of_its_rows():
    table = pd.DataFrame({
        "area": ["BU01530101", "BU01530101", "WK015301"], "kinds": ["A20", ("A20", "B10"), "A20"],
        "n": [1, 2, 3],
    }, index=[5, 6, 7])  # fmt: skip
    fixed = {k: v for k, v in CELL.items() if k not in table}
    ids = protect.cell_ids(table, **fixed)
    assert ids.tolist() == [
        protect.cell_id(**fixed, area=row.area, kinds=row.kinds) for row in table.itertuples()
    ]
    assert ids.index.tolist() == [5, 6, 7]


@pytest.mark.parametrize(
    "wrong",
    [{"division": None}, {"area": None}, {"area": "a|b"}, {"area": ""}, {"kinds": []},
     {"end": "2025-10-01"}, {"start": "gisteren"}],
)  # fmt: skip
def test_a_number_about_nothing_in_particular_is_refused(wrong: dict):
    with pytest.raises(ReleaseError):
        protect.cell_id(**CELL | wrong)


# what may be said


def rounded_(value) -> Rounded:
    """Give a protected number as sentences get it."""
    return Rounded.fewer(5) if pd.isna(value) else Rounded(int(value))


def test_at_least_so_many_times_is_certain():
    """The example of the design: about 10, then about 65."""
    pairs = [(65, 10), (20, 10), (40, None), (None, 40)]
    said = [compared(rounded_(now), rounded_(before), "eerder") for now, before in pairs]
    assert said == [
        "minstens 4 keer zoveel als eerder (ongeveer 10)",
        "tegen ongeveer 10 eerder",
        "minstens 9 keer zoveel als eerder (minder dan 5)",
        "hooguit een vijfde van eerder (ongeveer 40)",
    ]


@given(st.integers(0, 300), st.integers(0, 300), st.binary(min_size=32, max_size=32))
def test_no_count_ever_contradicts_at_least(now: int, before: int, secret: bytes):
    y2, y1 = shown([now, before], secret=secret)
    least, most = certain_ratio(rounded_(y2), rounded_(y1))
    assert now >= least * before
    assert before == 0 or now <= most * before


def test_percentages_are_of_a_hundred_or_more_and_to_five_points():
    pairs = [(130, 100), (135, 105), (80, 120), (130, 95), (None, 120)]
    said = [compared(rounded_(now), rounded_(before), "eerder") for now, before in pairs]
    assert said == [
        "ongeveer 30% meer dan eerder (ongeveer 100)",
        "ongeveer 30% meer dan eerder (ongeveer 105)",
        "ongeveer 35% minder dan eerder (ongeveer 120)",
        "tegen ongeveer 95 eerder",
        "hooguit een tiende van eerder (ongeveer 120)",
    ]


def differs(now: list, before: list) -> list[bool]:
    """Tell which of some numbers a briefing may call more or fewer than before."""
    table = pd.DataFrame({"kind": "soort", "n": numbers(*now), "n_before": numbers(*before)})
    table["n_within"] = table["n_before_within"] = 5
    none = pd.DataFrame()
    none.attrs = {"dispersion": 1.0, "exposure": {"previous": 1.0}}
    found = changes.of_rounded(table, none, alpha=0.05)
    return (found["q_value"].notna() & (found["p_value"] <= 0.05)).tolist()


def test_a_difference_is_told_from_twenty_and_beyond_chance():
    assert differs([65], [10]) == [True]
    assert differs([15], [None]) == [False], "smaller than 20"
    assert differs([40], [25]) == [False], "15 is less than 2.1 times the root of 73"
    assert differs([45], [25]) == [True], "20 is more than 2.1 times the root of 78"
    assert differs([None], [25]) == [True], "a withheld number counts as 4"
    assert differs([65, 40], [10, 25]) == [True, False]


def test_too_few_incidents_are_refused():
    protect.require_enough(20)
    for total in (15, pd.NA):
        with pytest.raises(ReleaseError, match="at least 20"):
            protect.require_enough(total)
    protect.require_enough(10, least=10)
