"""The register repeats what was published, and replaces it only when much has changed."""

import sqlite3
import time

import numpy as np
import pandas as pd
import pytest

from ipgtools.audit import _released
from ipgtools.errors import ContractError, ReleaseError
from ipgtools.privacy import published_numbers
from ipgtools.privacy.protect import Rule, round_counts

SECRET = b"0123456789abcdef0123456789abcdef"
STRICTER = Rule(threshold=10, base=5)


@pytest.fixture
def register() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)


def cells(*counts: int, **more) -> pd.DataFrame:
    """Make cells that are called a, b, c."""
    return pd.DataFrame({"cell_id": list("abcdefgh")[: len(counts)], "n": counts} | more)


def publish(register, table: pd.DataFrame, run: str = "r1", day: str = "2025-12-01", **options):
    return published_numbers.publish(register, table, SECRET, run=run, day=day, **options).tolist()


def test_the_first_time_a_number_is_protected(register):
    table = cells(3, 17, 63)
    assert publish(register, table) == round_counts(table["n"], table["cell_id"], SECRET).tolist()


def test_a_number_is_repeated_until_five_incidents_are_more_or_less(register):
    first = publish(register, cells(63))
    for count in (64, 67, 59, 63):
        assert publish(register, cells(count)) == first
    assert (
        publish(register, cells(68))
        == round_counts(pd.Series([68]), pd.Series(["a"]), SECRET).tolist()
    )
    assert publish(register, cells(64)) == publish(register, cells(68)), "held from 68 now"


def test_a_withheld_number_stays_withheld_just_as_long(register):
    assert publish(register, cells(3)) == [pd.NA]
    assert publish(register, cells(7)) == [pd.NA]
    assert publish(register, cells(8))[0] in (5, 10)


def test_what_was_replaced_is_kept(register):
    publish(register, cells(63, 12), run="r1", day="2025-12-01")
    publish(register, cells(80, 12), run="r2", day="2026-01-01")
    now = published_numbers.published(register)
    assert now["run"].tolist() == ["r2", "r1"]
    before = published_numbers.published(register, history=True)
    assert before[["cell_id", "run", "until_run", "until_day"]].to_numpy().tolist() == [
        ["a", "r1", "r2", "2026-01-01"]
    ]
    assert before["n"].item() in (60, 65)


def test_true_counts_are_not_listed(register):
    publish(register, cells(63, 2))
    assert "counted" not in published_numbers.published(register)
    assert published_numbers.published(register, ["b"])["n"].tolist() == [pd.NA]
    assert published_numbers.published(register, run="r2").empty


def test_nothing_is_published_if_the_caller_rolls_back(register):
    register.execute("BEGIN IMMEDIATE")
    publish(register, cells(63))
    register.execute("ROLLBACK")
    assert published_numbers.published(register).empty
    other = bytes(reversed(SECRET))
    published_numbers.publish(register, cells(63), other, run="r", day="2025-12-01")


def test_proposing_writes_nothing_and_agrees_with_publishing(register):
    proposed = published_numbers.proposed(register, cells(63, 3), SECRET)
    assert register.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    assert publish(register, cells(63, 3)) == proposed["n"].tolist()
    again = published_numbers.proposed(register, cells(65, 9), SECRET)
    assert again["held"].tolist() == [True, False]
    assert again["moved"].tolist() == [True, False]
    assert again["renewed"].tolist() == [False, True]
    assert again["counted"].tolist() == [65, 9]


def test_another_secret_is_refused_with_what_to_do(register):
    publish(register, cells(63))
    other = bytes(reversed(SECRET))
    with pytest.raises(ReleaseError, match="first secret back") as found:
        published_numbers.publish(register, cells(63), other, run="r", day="2026-01-01")
    assert found.value.code == "secret_other"
    assert found.value.facts["found"] != found.value.facts["known"]
    with pytest.raises(ReleaseError):
        published_numbers.proposed(register, cells(63), other)


def test_the_secret_is_not_in_the_register(register, tmp_path):
    publish(register, cells(63))
    path = tmp_path / "copy.db"
    with sqlite3.connect(path) as copy:
        register.backup(copy)
    copy.close()
    assert SECRET not in path.read_bytes()
    assert SECRET.hex().encode() not in path.read_bytes()


def test_a_cell_may_come_back_but_not_with_another_count(register):
    twice = pd.concat([cells(63), cells(63)])
    first, second = publish(register, twice)
    assert first == second
    with pytest.raises(ReleaseError, match="two counts"):
        publish(register, pd.concat([cells(63), cells(64)]))


def test_a_number_that_the_audit_widened_stays_wide(register):
    """Between 10 and 19 a number of base 10 is 10 or 20; below 10 it is withheld."""
    table = cells(7, 13, 40, threshold=[10, 10, pd.NA], base=[10, 10, pd.NA])
    first = publish(register, table)
    assert first[0] is pd.NA
    assert first[1] in (10, 20)
    assert publish(register, cells(7, 13, 40)) == first
    stored = published_numbers.published(register)
    assert stored["threshold"].tolist() == [10, 10, 5]
    again = published_numbers.proposed(register, cells(7, 13), SECRET)
    assert again["high"].tolist()[0] == 9, "for the words: minder dan 10"
    moved = published_numbers.proposed(register, cells(7, 23), SECRET)
    assert moved["base"].tolist() == [10, 10], "also when it is replaced"
    assert moved["renewed"].tolist() == [False, True]


def test_a_stricter_audience_sees_less_of_a_published_number_never_another(register):
    """About 10 can stand for 6: under a threshold of 10 it becomes 'minder dan 15'."""
    counts = [6, 7, 8, 12, 40]
    first = publish(register, cells(*counts))
    strict = published_numbers.proposed(register, cells(*counts), SECRET, rule=STRICTER)
    for y, told, high, threshold, count in zip(
        first, strict["n"], strict["high"], strict["threshold"], counts, strict=True
    ):
        assert told is pd.NA or told == y >= 15
        assert threshold == 15
        assert count <= high
        assert told is not pd.NA or high == 14


def test_a_looser_audience_sees_the_number_that_was_published_first(register):
    assert publish(register, cells(7, 40), rule=STRICTER)[0] is pd.NA
    looser = published_numbers.proposed(register, cells(7, 40), SECRET)
    assert looser["n"].tolist()[0] is pd.NA
    assert looser["threshold"].tolist() == [10, 10]


@pytest.mark.parametrize("rule", [Rule(0, 1), Rule(5, 1), Rule(3, 3)])
def test_numbers_that_are_hardly_protected_are_not_remembered(register, rule: Rule):
    """A cell that was published exactly would stay so for everyone."""
    with pytest.raises(ReleaseError, match="police"):
        publish(register, cells(63), rule=rule)


def test_the_digest_tells_a_changed_row_and_nothing_else(register):
    publish(register, cells(63, 12))
    first = _released.digest(register.execute)
    publish(register, cells(64, 12))
    assert _released.digest(register.execute) == first, "repeating changes nothing"
    register.execute("DELETE FROM released_numbers WHERE cell_id = 'b'")
    assert _released.digest(register.execute) != first


def test_a_table_without_ids_is_refused(register):
    with pytest.raises(ContractError, match="cell_id"):
        publish(register, pd.DataFrame({"n": [3]}))


def test_the_result_has_the_index_of_the_cells(register):
    table = cells(3, 17).set_axis(["x", "y"])
    y = published_numbers.publish(register, table, SECRET, run="r", day="2025-12-01")
    assert y.index.tolist() == ["x", "y"]
    assert publish(register, cells()) == []


def test_ten_thousand_numbers_take_less_than_a_second(register):
    table = pd.DataFrame(
        {"cell_id": [f"cell {at}" for at in range(10_000)], "n": np.arange(10_000) % 50}
    )
    publish(register, table.head(10))
    for _ in range(2):
        start = time.process_time()
        publish(register, table)
        assert time.process_time() - start < 1
