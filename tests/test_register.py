"""The register of processing: whole, append-only, chained, and never about a person."""

import sqlite3

import pytest

from ipgtools.audit import Register


@pytest.fixture
def register(tmp_path):
    with Register.open(tmp_path / "register.sqlite") as opened:
        yield opened


def test_what_is_written_can_be_read(register) -> None:
    first = register.record("load", file="incidenten.csv", n_read=3)
    entry = register.begun("export", audience="partner", purpose="briefing", ground="Wpg 20")
    last = register.done(entry, n_files=2)
    table = register.entries()
    assert table["number"].tolist() == [first, entry, last] == [1, 2, 3]
    assert table["state"].tolist() == ["done", "begun", "done"]
    assert table["audience"].fillna("").tolist() == ["", "partner", "partner"]
    assert table["facts"].tolist() == [{"file": "incidenten.csv", "n_read": 3}, {}, {"n_files": 2}]
    assert register.verify() == []


def test_what_fails_in_a_transaction_leaves_no_entry(register) -> None:
    def fail() -> None:
        with register.transaction() as connection:
            connection.execute("CREATE TABLE other (x)")
            register.record("release", audience="openbaar")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert len(register.entries()) == 0
    with pytest.raises(sqlite3.OperationalError), register.transaction() as connection:
        connection.execute("SELECT * FROM other")
