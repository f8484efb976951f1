"""Sums over wijkschouwen: categories, actors, open actions, hotspots."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point, box

from ipgtools import findings as schouw
from ipgtools.errors import CrsError

FINDINGS = pd.DataFrame(
    {
        "finding_id": ["s-46", "s-49", "s-51"],
        "schouw_id": "s",
        "schouw_date": pd.Timestamp("2007-05-22"),
        "number": [46, 49, 51],
        "location_text": ["Pluimstraat hoek Oostveenweg", "Leijdsweg", "Gronausevoetpad"],
        "description": ["Bouwterrein", "Sloopauto", "Onduidelijke bewoning"],
        "category": ["bouw", "voertuig", None],
    }
)
ACTIONS = pd.DataFrame(
    {
        "action_id": ["s-51a", "s-46a", "s-46b", "s-49a"],
        "finding_id": ["s-51", "s-46", "s-46", "s-49"],
        "actor": ["Wijkagent / DSOB", "Stadsdeelbeheer", "DSOB", None],
        "task": ["informeren", "eigenaar aanspreken", "navraag", "verwijderen"],
        "status": ["toegewezen", "Afgehandeld", "in uitvoering", "raadselachtig"],
        "due": pd.to_datetime(["2007-05-30", None, "2007-07-01", None]),
        "closed_on": pd.to_datetime([None] * 4),
    }
)


def points(*at: tuple[float, float] | None) -> gpd.GeoDataFrame:
    places = [Point(xy) if xy else None for xy in at]
    return gpd.GeoDataFrame(geometry=places, crs=28992)


def cells(*hot: bool) -> gpd.GeoDataFrame:
    squares = [box(100 * column, 0, 100 * column + 100, 100) for column in range(len(hot))]
    return gpd.GeoDataFrame({"hotspot": hot}, geometry=squares, crs=28992)


def test_categories_add_up_to_the_findings():
    """A missing category counts as overig."""
    table = schouw.by_category(FINDINGS)
    assert table["n"].sum() == 3
    assert set(table["category"]) == {"bouw", "voertuig", "overig"}
    assert table.attrs["n_without_category"] == 1


def test_actors_add_up_to_the_actions():
    """Joint actors are one row; a missing one is onbekend."""
    table = schouw.by_actor(ACTIONS).set_index("actor")
    assert table["n"].sum() == 4
    n_open = {"DSOB": 1, "Stadsdeelbeheer": 0, "Wijkagent / DSOB": 1, "onbekend": 1}
    assert table["n_open"].to_dict() == n_open
    assert table.index[table["joint"]].tolist() == ["Wijkagent / DSOB"]


def test_the_report_of_2007_gives_its_known_totals(shared):
    """Stadsdeelbeheer 12, DSOB 3 alone and 1 jointly, Politie 1: 17 actions."""
    report = pd.read_csv(shared / "schouw_velve_lindenhof_2007" / "verwacht.csv")
    actors = report["actie_door"].str.split(" | ", regex=False).explode()
    table = schouw.by_actor(pd.DataFrame({"actor": actors, "status": "toegewezen"}))
    assert table.set_index("actor")["n"].to_dict() == {
        "Stadsdeelbeheer": 12, "DSOB": 3, "Politie": 1, "Wijkagent / DSOB": 1}  # fmt: skip
    assert table["n_open"].sum() == 17


def test_an_action_is_open_until_its_status_or_day_says_otherwise():
    """An unknown status counts as open."""
    status = ["geconstateerd", "afgehandeld", "niet nodig", "doorgezet", "vreemd", "in uitvoering"]
    closed_on = pd.to_datetime([None] * 5 + ["2007-06-01"])
    actions = pd.DataFrame({"status": status, "closed_on": closed_on})
    assert schouw.is_open(actions).tolist() == [True, False, False, False, True, False]


def test_open_actions_come_with_what_they_are_about():
    """In the order of the report, with their age and whether they are late."""
    table = schouw.open_actions(FINDINGS, ACTIONS, reference_date="2007-06-01")
    assert table["number"].tolist() == [46, 49, 51]
    assert table["task"].tolist() == ["navraag", "verwijderen", "informeren"]
    assert table["age_days"].tolist() == [10, 10, 10]
    assert table["overdue"].tolist() == [False, False, True]
    assert (table.attrs["n_open"], table.attrs["n_actions"]) == (3, 4)


def test_every_open_action_keeps_its_row():
    """Also one whose finding is not in the table."""
    stray = ACTIONS.assign(finding_id=["s-51", "s-46", "elders", "s-49"])
    table = schouw.open_actions(FINDINGS, stray, reference_date="2007-06-01")
    assert len(table) == 3
    assert table.attrs["n_without_finding"] == 1
    assert table["age_days"].isna().sum() == 1


def test_ages_count_from_the_last_schouw_if_no_day_is_given():
    """A table never hangs on the day it was made."""
    table = schouw.open_actions(FINDINGS, ACTIONS)
    assert table["age_days"].tolist() == [0, 0, 0]
    assert table.attrs["reference_date"] == "2007-05-22"


def test_nothing_to_do_gives_an_empty_list():
    """No findings or actions at all."""
    assert schouw.open_actions(FINDINGS.head(0), ACTIONS.head(0)).empty
    assert schouw.by_actor(ACTIONS.head(0)).empty
    assert schouw.by_category(FINDINGS.head(0)).empty


def test_findings_lie_in_hotspots_or_within_a_distance():
    """The edge belongs to the hotspot; cells that are no hotspot don't count."""
    found = points((50, 50), (100, 50), (130, 50), (250, 50), (170, 50))
    grid = cells(True, False, False)
    assert schouw.in_hotspots(found, grid).tolist() == [True, True, False, False, False]
    near = schouw.in_hotspots(found, grid, distance=70)
    assert near.tolist() == [True, True, True, False, True]


def test_a_finding_without_a_point_lies_in_no_hotspot():
    """It is counted, and the result has the input's index."""
    found = points((50, 50), None)
    found.index = ["s-1", "s-2"]
    result = schouw.in_hotspots(found, cells(True))
    assert result.to_dict() == {"s-1": True, "s-2": False}
    assert result.attrs["n_without_place"] == 1


def test_without_hotspots_nothing_lies_in_one():
    """Nor with an unknown class of cell."""
    grid = cells(False).assign(hotspot=pd.array([pd.NA], dtype="boolean"))
    assert schouw.in_hotspots(points((50, 50)), grid).tolist() == [False]
    assert schouw.in_hotspots(points(), cells(True)).empty


def test_tables_in_two_projections_are_refused():
    """Distances would be wrong."""
    with pytest.raises(CrsError, match="`cells` is in EPSG:32631"):
        schouw.in_hotspots(points((50, 50)), cells(True).to_crs(32631))
    with pytest.raises(ValueError, match="expected 0 metres or more"):
        schouw.in_hotspots(points((50, 50)), cells(True), distance=-1)
