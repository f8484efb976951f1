"""A photo goes from melding to afgesloten, forward only, and a step that can't be is an error."""

from pathlib import Path

import pandas as pd
import pytest
from helpers import in_dutch
from hypothesis import given
from hypothesis import strategies as st

from ipgtools import photos
from ipgtools.errors import ReadError

PATHS = {
    ("op briefing", "naar justitie", "opdracht", "afgesloten"),
    ("op briefing", "opdracht", "afgesloten"),
    ("op briefing", "naar justitie", "afgesloten"),
    ("op briefing", "afgesloten"),
    ("afgesloten",),
}
"""All ways from melding to afgesloten."""


def steps(tmp_path: Path, *lines: str) -> Path:
    """Write a table of steps."""
    path = tmp_path / "status.csv"
    path.write_text("foto;status;datum\n" + "\n".join(lines) + "\n", "utf-8")
    return path


def table(**states: str) -> pd.DataFrame:
    """Make photos of a status each."""
    return pd.DataFrame({"photo_id": list(states), "status": list(states.values())})


@pytest.mark.parametrize("way", sorted(PATHS))
def test_every_way_to_the_end_can_be_gone(way: tuple[str, ...], tmp_path: Path) -> None:
    lines = [f"a;{status};{day:02d}-01-2025" for day, status in enumerate(way, start=1)]
    found, report = photos.read_status(steps(tmp_path, *lines))
    assert photos.join_status(table(a="melding"), found)["status"].tolist() == ["afgesloten"]
    assert report.n_used == len(way)


@given(st.lists(st.sampled_from(photos.STATUSES), min_size=1, max_size=5))
def test_any_row_of_steps_is_the_start_of_such_a_way_or_refused(way: list[str]) -> None:
    """A photo may be listed as melding first; after that only the ways above remain."""
    taken = way[1:] if way[0] == "melding" else way
    allowed = not taken or any(path[: len(taken)] == tuple(taken) for path in PATHS)
    asked = pd.DataFrame({"photo_id": "a", "status": way})
    if allowed:
        assert photos.join_status(table(a="melding"), asked)["status"].tolist() == [way[-1]]
    else:
        with pytest.raises(ReadError) as caught:
            photos.join_status(table(a="melding"), asked)
        assert caught.value.code == "photo_step"


def test_a_step_that_cannot_be_taken_is_said_in_dutch(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        photos.read_status(steps(tmp_path, "a;opdracht;01-01-2025"))
    said = in_dutch(caught)
    assert "van 'melding' naar 'opdracht'; dat kan niet" in said
    assert "alleen: op briefing of afgesloten" in said
    with pytest.raises(ReadError) as caught:
        photos.read_status(steps(tmp_path, "a;afgesloten;01-01-2025", "a;op briefing;02-01-2025"))
    assert "hij is afgesloten" in in_dutch(caught)


def test_an_unknown_status_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        photos.read_status(steps(tmp_path, "a;kwijt;01-01-2025"))
    assert "Kies uit: melding, op briefing" in in_dutch(caught)


def test_steps_go_by_day_and_capitals_do_not_matter(tmp_path: Path) -> None:
    lines = ["a;Opdracht;20-02-2025", "a;Op briefing;13-01-2025", "b;op briefing;20-02-2025"]
    found = photos.read_status(steps(tmp_path, *lines))[0]
    shown = photos.join_status(table(a="melding", b="melding", c="melding"), found)
    assert shown["status"].tolist() == ["opdracht", "op briefing", "melding"]


def test_rows_without_photo_or_status_are_rejected_and_strangers_counted(tmp_path: Path) -> None:
    lines = [";op briefing;13-01-2025", "a;;13-01-2025", "x;op briefing;13-01-2025"]
    found, report = photos.read_status(steps(tmp_path, *lines))
    assert (report.n_read, report.n_used, report.n_rejected) == (3, 1, 2)
    shown = photos.join_status(table(a="melding"), found)
    assert shown["status"].tolist() == ["melding"]
    assert shown.attrs["n_steps_without_photo"] == 1


def test_nothing_given_is_changed() -> None:
    given_ = table(a="melding")
    photos.join_status(given_, pd.DataFrame({"photo_id": ["a"], "status": ["op briefing"]}))
    assert given_["status"].tolist() == ["melding"]


@pytest.mark.parametrize(
    "line",
    [
        " 0c39f14fbf63 ;Op  briefing ;1-9-2025", "0C39F14FBF63;op\u00a0briefing;1-9-2025",
        "0c39;OP BRIEFING;1-9-2025",
    ],
)  # fmt: skip
def test_what_people_type_is_understood(line: str, tmp_path: Path) -> None:
    """Blanks, capitals, and the first digits of a photo."""
    found = photos.read_status(steps(tmp_path, line))[0]
    known = pd.DataFrame({"photo_id": ["0c39f14fbf63", "0d00f14fbf63"], "status": "melding"})
    assert photos.join_status(known, found)["status"].tolist() == ["op briefing", "melding"]


def test_digits_that_two_photos_begin_with_name_neither(tmp_path: Path) -> None:
    found = photos.read_status(steps(tmp_path, "0c39;op briefing;1-9-2025"))[0]
    known = pd.DataFrame({"photo_id": ["0c39f14fbf63", "0c39aaaaaaaa"], "status": "melding"})
    shown = photos.join_status(known, found)
    assert shown["status"].tolist() == ["melding", "melding"]
    assert shown.attrs["n_steps_without_photo"] == 1


def test_a_table_with_a_head_only_has_no_steps_yet(tmp_path: Path) -> None:
    """Someone made it beforehand; the first step goes below the head."""
    path = tmp_path / "status.csv"
    path.write_text("foto;status;datum\n", "utf-8")
    found, report = photos.read_status(path)
    known = table(a39f="melding")
    assert report.n_read == 0
    assert photos.join_status(known, found)["status"].tolist() == ["melding"]
    photos.add_step(path, known, "a39f", "op briefing")
    assert len(photos.read_status(path)[0]) == 1


def test_a_table_with_other_columns_says_how_to_call_them(tmp_path: Path) -> None:
    path = tmp_path / "status.csv"
    path.write_text("nummer;stand\na;op briefing\n", "utf-8")
    with pytest.raises(ReadError) as caught:
        photos.read_status(path)
    said = in_dutch(caught)
    assert "Gevonden: nummer, stand" in said
    assert "Noem de kolommen foto, status en datum" in said
