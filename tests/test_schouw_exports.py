"""Exports of Signalen and Open311 become the same findings and actions as a report."""

import copy
import json

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString

from ipgtools import contracts, schemas, schouw
from ipgtools.errors import ReadError
from ipgtools.nl import action_lists, signalen
from ipgtools.nl.errors import TEXTS
from ipgtools.nl.messages import message
from ipgtools.schouw.formats import signalen_fields

LON, LAT = 6.91893, 52.22167
"""The middle of Velve-Lindenhof, in RD (259661, 471504) by CBS."""

SIGNAL = {
    "id": 101,
    "id_display": "SIG-101",
    "text": "Stoeptegel ligt los, bel 06-12345678 of mail jan@example.org",
    "status": {"state": "b", "state_display": "In behandeling", "text": "Geachte heer Geheim"},
    "location": {
        "address": {"openbare_ruimte": "Leijdsweg", "huisnummer": 57, "postcode": "7533BN"},
        "address_text": "Leijdsweg 57, 7533BN Enschede",
        "geometrie": {"type": "Point", "coordinates": [LON, LAT]},
    },
    "category": {
        "sub": "Onderhoud stoep, straat en fietspad",
        "sub_slug": "onderhoud-stoep-straat-en-fietspad",
        "main": "Wegen, verkeer, straatmeubilair",
        "main_slug": "wegen-verkeer-straatmeubilair",
        "departments": "STADSDEELBEHEER",
    },
    "reporter": {"email": "geheim@example.org", "phone": "0612345678", "name": "Geheim"},
    "created_at": "2025-03-03T23:30:00+00:00",
    "updated_at": "2025-03-05T10:00:00+00:00",
    "deadline": "2025-03-10T10:00:00+00:00",
    "notes": [{"text": "Geheim", "created_by": "geheim@example.org"}],
}
REQUEST = {
    "service_request_id": "638344",
    "status": "closed",
    "status_notes": "Opgeruimd",
    "service_name": "Huisafval",
    "service_code": "huisafval",
    "description": "Zakken naast de container",
    "agency_responsible": "Twente Milieu",
    "requested_datetime": "2025-04-14T06:37:38+02:00",
    "updated_datetime": "2025-04-15T06:37:38+02:00",
    "expected_datetime": "2025-04-20T06:37:38+02:00",
    "address": "Oostveenweg 52, 7533 AB Enschede",
    "lat": LAT,
    "long": LON,
    "email": "geheim@example.org",
    "first_name": "Geheim",
}


def written(path, content):
    """Write JSON."""
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def signal(number, **changes):
    """Make a signal like the first."""
    made = copy.deepcopy(SIGNAL)
    made.update(id=number, id_display=f"SIG-{number}", **changes)
    return made


@pytest.fixture
def one(tmp_path):
    """Read one signal."""
    return schouw.read_schouw(written(tmp_path / "m.json", {"count": 1, "results": [SIGNAL]}))


def test_a_signal_is_a_finding_with_an_action(one):
    """State, category, actor, day and deadline in our words; a day is a day in Amsterdam."""
    findings, actions, report = one
    finding, action = findings.iloc[0], actions.iloc[0]
    assert (finding.finding_id, finding.number, finding.category) == ("m-101", 101, "verharding")
    assert finding.location_text == "Leijdsweg 57"
    assert finding.schouw_date == pd.Timestamp("2025-03-04")
    assert (action.status, action.actor) == ("in uitvoering", "Stadsdeelbeheer")
    assert action.due == pd.Timestamp("2025-03-10")
    assert pd.isna(action.closed_on)
    assert (report.n_read, report.n_used) == (1, 1)
    contracts.check(findings, schemas.FINDINGS)
    contracts.check(actions, schemas.ACTIONS)


def test_the_point_of_a_signal_is_its_place(one):
    """Within a metre of where RD has it, with certainty 1."""
    findings, _, _ = one
    assert findings.crs == "EPSG:28992"
    assert findings.geometry[0].distance(gpd.points_from_xy([259661], [471504])[0]) < 1
    assert findings["location_score"].tolist() == [1.0]


def test_nothing_of_the_reporter_is_read(one):
    """Neither fields about people nor what is written to them stands in any result."""
    findings, actions, report = one
    everything = f"{findings.to_csv()}{actions.to_csv()}{report.details}{report.notes}"
    assert "geheim" not in everything.casefold()
    assert "12345678" not in everything
    assert "jan@" not in everything
    assert message("reporters_skipped") in report.messages
    assert message("contacts_removed", n=1) in report.messages


def test_open311_says_the_same_by_other_names(tmp_path):
    """A closed request has its day of completion and no deadline."""
    findings, actions, _ = schouw.read_schouw(written(tmp_path / "r.json", [REQUEST]))
    assert findings["category"].tolist() == ["afval"]
    assert findings["location_text"].tolist() == ["Oostveenweg 52"]
    action = actions.iloc[0]
    assert (action.actor, action.task) == ("Twente Milieu", "Opgeruimd")
    assert (action.status, action.closed_on) == ("afgehandeld", pd.Timestamp("2025-04-15"))
    assert pd.isna(action.due)


def test_open311_csv_and_json_agree(tmp_path):
    """The same requests, the same tables."""
    requests = [REQUEST, {**REQUEST, "service_request_id": "638345", "status": "open"}]
    from_json = schouw.read_schouw(written(tmp_path / "r.json", requests))
    pd.DataFrame(requests).to_csv(tmp_path / "r.csv", sep=";", index=False)
    from_csv = schouw.read_schouw(tmp_path / "r.csv")
    assert from_csv[0].drop(columns="source").equals(from_json[0].drop(columns="source"))
    assert from_csv[1].equals(from_json[1])
    assert from_csv[1]["status"].tolist() == ["afgehandeld", "toegewezen"]


def test_requests_that_stand_under_their_name_are_read(tmp_path):
    """As in JSON that was made of Open311's XML, with the address as one string."""
    request = {**REQUEST, "lat": None, "long": None, "address_string": REQUEST["address"]}
    del request["address"]
    content = {"service_requests": [{"request": request}]}
    findings, _, _ = schouw.read_schouw(written(tmp_path / "r.json", content))
    assert findings["location_text"].tolist() == ["Oostveenweg 52"]


def test_a_flat_csv_of_signalen_is_recognised_by_its_header(tmp_path):
    """Nested names joined by dots, the point as text."""
    text = (
        "id;text;status.state;category.sub_slug;category.main_slug;location.geometrie;created_at;"
        "reporter.email\n"
        f"7;Onkruid;o;onkruid;openbaar-groen-en-water;POINT ({LON} {LAT});2025-01-02;x\n"
    )
    (tmp_path / "m.csv").write_text(text, encoding="utf-8")
    findings, actions, report = schouw.read_schouw(tmp_path / "m.csv")
    assert findings.geometry.notna().all()
    assert findings["category"].tolist() == ["groen"]
    assert actions["status"].tolist() == ["afgehandeld"]
    assert message("reporters_skipped") in report.messages


def test_the_map_of_signalen_is_read_as_geojson(tmp_path):
    """No text there: the name of the category says what was found."""
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [LON, LAT]},
        "properties": {
            "id": 5, "created_at": "2025-01-02T10:00:00", "status": "m",
            "category": {"sub": "Duiven", "main": "Overlast van dieren"},
        },
    }  # fmt: skip
    path = written(tmp_path / "k.geojson", {"type": "FeatureCollection", "features": [feature]})
    findings, actions, _ = schouw.read_schouw(path)
    assert findings[["description", "category"]].iloc[0].tolist() == ["Duiven", "dieren"]
    assert actions["status"].tolist() == ["geconstateerd"]
    assert findings.geometry.notna().all()


def test_a_signal_without_point_gets_it_from_its_address(tmp_path):
    """By the streets, as a report does; (0, 0) is no place."""
    streets = gpd.GeoDataFrame(
        {"street_id": ["1"], "street_name": ["Leijdsweg"], "kind": "street"},
        geometry=[LineString([(259600, 471500), (259700, 471500)])],
        crs=28992,
    )
    bare, null = signal(1), signal(2)
    del bare["location"]["geometrie"]
    null["location"]["geometrie"]["coordinates"] = [0, 0]
    path = written(tmp_path / "m.json", [bare, null, SIGNAL])
    findings, _, _ = schouw.read_schouw(path, streets)
    assert findings.geometry.notna().all()
    assert findings["street"].tolist() == ["Leijdsweg"] * 3
    assert findings["location_score"].iloc[2] == 1


def test_swapped_degrees_are_set_right_if_all_are_swapped(tmp_path):
    """And said; one that lies elsewhere among right ones has no point."""
    swapped = [{**REQUEST, "lat": LON, "long": LAT}]
    findings, _, report = schouw.read_schouw(written(tmp_path / "a.json", swapped))
    assert findings.geometry[0].distance(gpd.points_from_xy([259661], [471504])[0]) < 1
    assert message("points_swapped") in report.messages
    mixed = [REQUEST, {**swapped[0], "service_request_id": "2"}]
    findings, _, report = schouw.read_schouw(written(tmp_path / "b.json", mixed))
    assert findings.geometry.notna().tolist() == [True, False]
    assert message("points_outside", n=1) in report.messages


def test_of_a_signal_that_occurs_twice_the_newest_counts(tmp_path):
    """Overlapping pages are one set, and every row is accounted for."""
    newer = signal(101, updated_at="2025-04-01T00:00:00+00:00", text="Nu echt los")
    path = written(tmp_path / "m.json", [newer, SIGNAL, "geen melding"])
    findings, actions, report = schouw.read_schouw(path)
    assert findings["description"].tolist() == ["Nu echt los"]
    assert len(actions) == 1
    assert (report.n_read, report.n_used) == (3, 1)
    assert report.rejected["source_row"].tolist() == [2, 3]


@pytest.mark.parametrize(("code", "labels", "ours"), signalen.STATES)
def test_every_state_has_its_status(code, labels, ours):
    """Code and label say the same, and all statuses are ours."""
    assert ours in action_lists.STATUSES
    assert {signalen_fields.state_of(word, assigned=True) for word in (code, *labels)} == {ours}


def test_an_unknown_state_stays_as_written_and_counts_as_open(tmp_path):
    """And the report says so."""
    _, actions, report = schouw.read_schouw(
        written(tmp_path / "m.json", [signal(1, status={"state": "Quux"})])
    )
    assert actions["status"].tolist() == ["quux"]
    assert any("quux" in note for note in report.notes)


def test_every_sub_category_goes_to_a_category_of_ours():
    """Each slug once; main categories are Signalen's."""
    slugs = [slug for listed in signalen.SUBS.values() for slug in listed]
    assert len(slugs) == len(set(slugs))
    assert set(signalen.SUBS) | set(signalen.MAINS.values()) <= set(schouw.CATEGORIES)
    assert {main for _, main in schouw.CATEGORIES.values()} <= {*signalen.MAINS, "overig",
        "overlast-in-de-openbare-ruimte"}  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{", "file_unreadable"),
        ("[" * 100_000, "file_unreadable"),
        ("[]", "schouw_no_reports"),
        ('{"a": 1}', "schouw_no_reports"),
        ('"tekst"', "schouw_no_reports"),
    ],
)
def test_other_json_is_refused_with_what_to_do(tmp_path, content, code):
    """One error with a Dutch text."""
    path = tmp_path / "m.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ReadError) as found:
        schouw.read_schouw(path)
    assert found.value.code == code
    assert TEXTS[code].format(**found.value.facts)


def test_odd_values_never_break_the_reader(tmp_path):
    """Wrong kinds in any field: a finding or a reason, never a traceback."""
    odd = [None, [], {}, [1, {"name": None}], {"type": "Point", "coordinates": ["a"]}, -1e308,
           "NaN", True, "2025-13-45T99:99", "x" * 10_000]  # fmt: skip
    reports = [SIGNAL, REQUEST]
    for value in odd:
        reports += [{**copy.deepcopy(SIGNAL), "id_display": None, key: value} for key in SIGNAL]
        reports += [{**REQUEST, key: value} for key in REQUEST]
    findings, _, report = schouw.read_schouw(written(tmp_path / "m.json", reports))
    assert report.n_read == len(reports)
    assert findings["finding_id"].is_unique
