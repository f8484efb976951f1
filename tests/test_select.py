"""Selecting incidents by the words people use, with a count of what was left out."""

import warnings

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from helpers import in_dutch

import ipgtools as ipg
from ipgtools.errors import ArgumentError, ContractError

ROWS = [
    ("A20", "Gekwal. diefstal in/uit woning", "2025-10-03 23:10", "2025-10-04 01:00", 10),
    ("A30", None, "2025-10-04 00:00", "2025-10-05 00:00", 10),
    ("A72", "Diefstal fiets", "2025-10-05 12:00", None, 110),
    ("A10", None, "2025-10-06 08:00", "2025-10-06 20:00", 110),
    ("BURGLARY", "Burglary", "2025-12-31 22:30", None, 210),
    (None, "Woninginbraak", None, None, 210),
]


@pytest.fixture
def incidents() -> gpd.GeoDataFrame:
    """Six incidents of five kinds."""
    table = pd.DataFrame(ROWS, columns=["category", "category_label", "start", "end", "x"])
    return gpd.GeoDataFrame(
        {
            "incident_id": [f"P{n}" for n in range(len(table))],
            "category": table["category"],
            "category_label": table["category_label"],
            "occurred_from": pd.to_datetime(table["start"]),
            "occurred_to": pd.to_datetime(table["end"]),
            "area_code": ["BU01530100", "BU01530100", "BU01530200", "BU01530200", None, None],
            "area_name": ["Velve-Lindenhof", "Velve-Lindenhof", "'t Zwering", "'t Zwering"]
            + [None] * 2,
            "parent_code": ["WK015301", "WK015301", "WK015302", "WK015302", None, None],
            "parent_name": ["Wijk 01 Oost"] * 2 + ["Wijk 02 West"] * 2 + [None] * 2,
        },
        geometry=gpd.points_from_xy(table["x"], [5] * len(table)),
        crs=28992,
    )


def ids(found: gpd.GeoDataFrame) -> list[int]:
    return [int(one[1:]) for one in found["incident_id"]]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("woninginbraak", [0, 1, 5]),
        ("Woninginbraken", [0, 1, 5]),
        ("1.1.1", [0, 1, 5]),
        ("Diefstal/inbraak woning", [0, 1, 5]),
        ("a20", [0]),
        ("gekwal. diefstal in/uit woning", [0]),
        ("fietsdiefstal", [2]),
        ("autokraak", [3]),
        ("Auto-inbraak", [3]),
        ("Burglary", [4]),
        (["fietsdiefstal", "A10"], [2, 3]),
        ("inbraak", [0, 1, 5]),
    ],
)
def test_a_kind_goes_by_code_class_label_and_word(incidents, word, expected) -> None:
    """Capitals and punctuation don't matter; the table's own kinds count too."""
    assert ids(ipg.select(incidents, category=word)) == expected


def test_an_unknown_word_names_those_that_are_close(incidents) -> None:
    """It is an error, not an empty table."""
    with pytest.raises(ArgumentError) as caught:
        ipg.select(incidents, category="wonninginbraak")
    text = in_dutch(caught)
    assert "Bedoelde u Woninginbraak" in text


def test_a_known_kind_that_does_not_occur_is_empty_and_warns(incidents) -> None:
    """The warning counts what was left out, by what."""
    with pytest.warns(UserWarning, match="6 van een andere soort"):
        found = ipg.select(incidents, category="straatroof")
    assert found.attrs["selection"]["left_out"] == {"category": 6}
    assert list(found.columns) == list(incidents.columns)


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ("BU01530100", [0, 1]),
        ("velve lindenhof", [0, 1]),
        ("WK015302", [2, 3]),
        ("West", [2, 3]),
        ("Wijk 01 Oost", [0, 1]),
        ("GM0153", [0, 1, 2, 3]),
        (["'t Zwering", "Velve-Lindenhof"], [0, 1, 2, 3]),
        (gpd.GeoDataFrame(geometry=[shapely.box(100, 0, 200, 10)], crs=28992), [2, 3]),
        (shapely.box(100, 0, 300, 10), [2, 3, 4, 5]),
    ],
)
def test_an_area_goes_by_code_name_and_shape(incidents, area, expected) -> None:
    """A hyphen or the number of a wijk is not needed."""
    assert ids(ipg.select(incidents, area=area)) == expected


def test_an_unknown_area_names_those_that_are_close(incidents) -> None:
    """And without areas it says how to give them."""
    with pytest.raises(ArgumentError, match="Velve-Lindenhof"):
        ipg.select(incidents, area="Velve-Lindenhoff")
    columns = ["area_code", "area_name", "parent_code", "parent_name"]
    with pytest.raises(ArgumentError) as caught:
        ipg.select(incidents.drop(columns=columns), area="Velve-Lindenhof")
    assert "ipg.load" in in_dutch(caught)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [((22, 6), [0, 4]), ((22, 0), [4]), ((8, 20), [2, 3]), ((8, 19), [2]), ((0, 24), [2, 3, 4])],
)
def test_hours_hold_whole_intervals_of_known_times(incidents, hours, expected) -> None:
    """An interval that runs out of the hours does not count, nor one of a whole day."""
    last = hours[1] or 24
    assert ids(ipg.select(incidents, hours=(hours[0], last))) == expected


@pytest.mark.parametrize(
    ("weekdays", "expected"),
    [
        ("zaterdag", [1]), (["vr", "za"], [0, 1]), ("weekend", [1, 2]), (0, [3]), ([2, 6], [2, 4]),
    ],
)  # fmt: skip
def test_weekdays_hold_whole_intervals(incidents, weekdays, expected) -> None:
    """A night from Friday to Saturday is of both days; until midnight is of one."""
    assert ids(ipg.select(incidents, weekdays=weekdays)) == expected


def test_conditions_hold_together_and_are_counted_apart(incidents) -> None:
    """Each incident counts at the first condition that it fails."""
    found = ipg.select(
        incidents, period=ipg.Period.month("2025-10"), category="woninginbraak", area="Oost"
    )
    assert ids(found) == [0, 1]
    assert found.attrs["selection"] == {
        "n_incidents": 6, "n_selected": 2,
        "left_out": {"period": 1, "no_time": 1, "category": 2, "area": 0},
        "kinds": {"woninginbraak": ["A20", "A30", "Woninginbraak"]},
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"period": "2025-10"}, {"hours": 22}, {"hours": (6, 6)}, {"hours": (-1, 25)},
        {"weekdays": "vrijdagavond"}, {"weekdays": 7},
    ],
)  # fmt: skip
def test_a_condition_that_is_none_is_refused(incidents, wrong) -> None:
    """In words that say how to write it."""
    with pytest.raises(ArgumentError) as caught:
        ipg.select(incidents, **wrong)
    assert in_dutch(caught)


def test_nothing_in_gives_nothing_out(incidents) -> None:
    """An empty table stays one, and says so."""
    with pytest.warns(UserWarning, match="had al geen rijen"):
        assert ipg.select(incidents.iloc[:0], hours=(22, 6), weekdays="za").empty
    with pytest.raises(ContractError):
        ipg.select(incidents.drop(columns="occurred_from"), hours=(22, 6))
    with warnings.catch_warnings(action="error"):
        assert len(ipg.select(incidents)) == 6


def test_every_word_stands_for_codes_that_exist() -> None:
    """No word of the table is a guess."""
    from ipgtools import codes
    from ipgtools.nl import kind_words

    for meant in kind_words.WORDS.values():
        assert all(codes.classes_of(code) for code in meant)
