"""Coordinates are read in every system they come in; what values say against names is said."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point

import ipgtools as ipg
from ipgtools.errors import ReadError
from ipgtools.io import ReadReport, guess
from ipgtools.nl import errors as dutch
from ipgtools.nl.reading import REASONS

RD = [(258_000.0 + 100 * n, 471_000.0 + 50 * n) for n in range(12)]
CORNERS = [(13_600.0, 370_000.0), (200_000.0, 306_900.0), (278_000.0, 545_000.0),
           (150_000.0, 610_000.0), (270_000.0, 470_000.0)]  # fmt: skip
"""Ends of the Netherlands in RD: Cadzand, Vaals, Bourtange, Terschelling, Losser."""


def write(folder: Path, places: list[tuple[object, object]], names: str = "x;y") -> Path:
    """Write a file of incidents at some places."""
    rows = [f"i{n};2025-09-01 10:00;{x};{y}" for n, (x, y) in enumerate(places)]
    path = folder / "incidenten.csv"
    path.write_text("\n".join([f"incidentnummer;datum;{names}", *rows]))
    return path


def turned(places: list[tuple[float, float]], crs: str) -> list[tuple[float, float]]:
    """Give RD places in another CRS: x or longitude first."""
    to_crs = pyproj.Transformer.from_crs("EPSG:28992", crs, always_xy=True)
    return [to_crs.transform(*place) for place in places]


def said(report: ReadReport, words: str) -> bool:
    """Tell whether a note holds some words."""
    return any(words in note for note in report.notes)


@pytest.mark.parametrize(
    ("crs", "names", "told"),
    [
        ("EPSG:28992", "x;y", False),
        ("EPSG:4326", "lon;lat", False),
        ("EPSG:4326", "x;y", False),
        ("EPSG:4258", "lon;lat", True),
        ("EPSG:25831", "x;y", False),
        ("EPSG:25832", "x;y", False),
        ("EPSG:25831", "easting;northing", True),
        ("EPSG:25832", "easting;northing", False),
        ("EPSG:3857", "x;y", True),
    ],
)
@pytest.mark.parametrize("places", [RD, CORNERS], ids=["Enschede", "Nederland"])
def test_each_system_gives_the_same_places(tmp_path: Path, places, crs, names, told) -> None:
    """The points differ by the transformation there and back, to the metre."""
    path = write(tmp_path, turned(places, crs), names)
    incidents, report = ipg.read_incidents(path, crs=crs if told else None)
    assert report.n_used == len(places)
    found = np.array([[point.x, point.y] for point in incidents.geometry])
    assert np.abs(found - np.array(places)).max() < 1
    assert crs in report.details["crs"]
    by_values = not told and crs != "EPSG:28992" and names != "lon;lat"
    assert report.details["crs_why"] == ("given" if told else "values" if by_values else "header")
    assert said(report, "alleen zo liggen de punten in Nederland") == by_values


def test_the_test_points_of_pdok_lie_where_pdok_says(tmp_path: Path) -> None:
    """Two addresses for which PDOK's Locatieserver publishes both pairs."""
    path = write(tmp_path, [(5.17636456, 52.08206803), (5.86394184, 51.89276528)], "lon;lat")
    points = ipg.read_incidents(path)[0].geometry
    assert points[0].distance(Point(140547.812, 454887.397)) < 0.1
    assert points[1].distance(Point(187816.756, 433912.801)) < 0.1


def test_british_coordinates_are_taken_when_told(tmp_path: Path) -> None:
    """Of the Ordnance Survey's worked example: 651409.903, 313177.270 is 1.7179 E 52.6580 N."""
    path = write(tmp_path, [(651409.903, 313177.270)] * 3, "Easting;Northing")
    incidents, report = ipg.read_incidents(path, crs="EPSG:27700", work_crs="EPSG:27700")
    place = incidents.to_crs("EPSG:4326").geometry[0]
    assert (place.x, place.y) == pytest.approx((1.716073973, 52.658007833), abs=1e-4)
    assert "EPSG:27700" in report.details["crs"]


def test_british_coordinates_are_never_taken_for_dutch_ones_turned_round(tmp_path: Path) -> None:
    path = write(tmp_path, [(530_000, 180_000 + n) for n in range(5)], "Easting;Northing")
    with pytest.raises(ReadError) as caught:
        ipg.read_incidents(path)
    assert caught.value.code == "xy_swapped_file"
    assert 'crs = "EPSG:27700"' in dutch.say(caught.value.code, caught.value.facts)


@pytest.mark.parametrize(
    ("parts", "dutch_name"), [(10, "decimeter"), (100, "centimeter"), (1000, "millimeter")]
)
def test_parts_of_a_metre_are_recognised_and_said_in_dutch(tmp_path, parts, dutch_name) -> None:
    for places in (RD, CORNERS):
        path = write(tmp_path, [(x * parts, y * parts) for x, y in places])
        incidents, report = ipg.read_incidents(path)
        assert [(point.x, point.y) for point in incidents.geometry] == places
        assert said(report, f"De coördinaten staan in {dutch_name} en")


@pytest.mark.parametrize(
    ("crs", "names"), [("EPSG:28992", "x;y"), ("EPSG:4326", "lon;lat"), ("EPSG:4326", "x;y")]
)
def test_swapped_axes_are_put_right_where_the_whole_file_says_so(tmp_path, crs, names) -> None:
    places = [(y, x) for x, y in turned(RD, crs)]
    incidents, report = ipg.read_incidents(write(tmp_path, places, names))
    assert incidents.geometry[0].distance(Point(RD[0])) < 1
    assert said(report, "in het hele bestand staan x en y verwisseld")
    assert report.details["swapped"] == names.replace(";", " en ")


def test_one_good_row_keeps_swapped_axes_from_being_put_right(tmp_path: Path) -> None:
    places = [(y, x) for x, y in RD[1:]]
    with pytest.raises(ReadError) as caught:
        ipg.read_incidents(write(tmp_path, [RD[0], *places]))
    assert caught.value.code == "xy_swapped_file"


def test_a_few_swapped_rows_are_rejected_and_not_put_right(tmp_path: Path) -> None:
    _, report = ipg.read_incidents(write(tmp_path, [*RD, RD[0][::-1]]))
    assert report.rejected["reason"].tolist() == [REASONS["xy_swapped"]]
    assert "swapped" not in report.details


@pytest.mark.parametrize("place", [(0, 0), (900_000, 900_000), (-5, 471_000), (258_000, 200_000)])
def test_zero_and_places_outside_are_rejected_in_metres(tmp_path: Path, place) -> None:
    _, report = ipg.read_incidents(write(tmp_path, [*RD, place]))
    zero = place == (0, 0)
    assert report.rejected["reason"].tolist() == [REASONS["xy_zero" if zero else "xy_outside"]]


@pytest.mark.parametrize("place", [(0, 0), (13.4, 52.5), (52.2, 6.9), (6.9, 48.0)])
def test_zero_and_places_outside_are_rejected_in_degrees(tmp_path: Path, place) -> None:
    places = [*turned(RD, "EPSG:4326"), place]
    _, report = ipg.read_incidents(write(tmp_path, places, "lon;lat"))
    reason = {(0, 0): "xy_zero", (52.2, 6.9): "xy_swapped"}.get(place, "xy_outside")
    assert report.rejected["reason"].tolist() == [REASONS[reason]]


def test_a_map_has_its_stray_and_missing_points_rejected(tmp_path: Path) -> None:
    points = [*[Point(place) for place in turned(RD, "EPSG:4326")], Point(13.4, 52.5), None]
    when = pd.to_datetime(["2025-09-01 10:00"] * len(points))
    table = gpd.GeoDataFrame({"datum": when}, geometry=points, crs="EPSG:4326")
    table.to_file(tmp_path / "a.gpkg")
    incidents, report = ipg.read_incidents(tmp_path / "a.gpkg")
    assert len(incidents) == len(RD)
    assert report.rejected["reason"].tolist() == [
        REASONS["xy_outside"], REASONS["geometry_missing"]
    ]  # fmt: skip


def test_a_file_from_abroad_in_rd_is_warned_of(tmp_path: Path) -> None:
    _, report = ipg.read_incidents(write(tmp_path, [(-0.1, 51.5), (-0.2, 51.6)], "lon;lat"))
    assert report.n_used == 2
    assert said(report, "2 punten liggen buiten Nederland, waar RD niet klopt")


@pytest.mark.parametrize("crs", ["EPSG:25831", "EPSG:25832", "EPSG:4326"])
def test_wkt_in_another_system_is_recognised(tmp_path: Path, crs: str) -> None:
    rows = [f"2025-09-01 10:00;POINT ({x} {y})" for x, y in turned(RD, crs)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["datum;wkt", *rows]))
    incidents, report = ipg.read_incidents(path)
    assert incidents.geometry[3].distance(Point(RD[3])) < 1
    assert crs in report.details["crs"]


@given(
    x=st.floats(13_000, 278_000), y=st.floats(306_000, 620_000),
    crs=st.sampled_from(["EPSG:28992", "EPSG:4326", "EPSG:25831", "EPSG:25832"]),
)  # fmt: skip
def test_no_place_in_the_netherlands_is_taken_for_another(x: float, y: float, crs: str) -> None:
    """Wherever it lies: the boxes of the systems don't overlap."""
    (there,) = turned([(x, y)], crs)
    longitude, latitude = turned([(x, y)], "EPSG:4326")[0]
    if not (3.2 <= longitude <= 7.3 and 50.7 <= latitude <= 53.6):
        return
    found, swapped = guess.system(
        np.array([there[0]]), np.array([there[1]]), taken="EPSG:28992", told=False, names=("x", "y")
    )
    assert (found, swapped) == (crs, False)


def test_degrees_that_are_turned_in_half_of_the_rows_are_rejected(tmp_path: Path) -> None:
    """They aren't put in the Indian Ocean."""
    places = turned(RD, "EPSG:4326")
    mixed = [place[::-1] if n % 2 else place for n, place in enumerate(places)]
    incidents, report = ipg.read_incidents(write(tmp_path, mixed, "lon;lat"))
    assert len(incidents) == 6
    assert set(report.rejected["reason"]) == {REASONS["xy_swapped"]}


def test_a_shape_in_no_known_notation_is_unreadable(tmp_path: Path) -> None:
    """Something stands there, so coordinates aren't missing."""
    path = tmp_path / "incidenten.csv"
    rows = [f"i{n};2025-09-01 10:00;0101000000000000008" for n in range(3)]
    path.write_text("\n".join(["incidentnummer;datum;geom", *rows]))
    with pytest.raises(ReadError) as raised:
        ipg.read_incidents(path)
    assert raised.value.code == "xy_unreadable_file"


def test_names_with_accents_are_recognised(tmp_path: Path) -> None:
    """As Dutch writes them."""
    incidents, _ = ipg.read_incidents(write(tmp_path, RD, "X-coördinaat;Y-coördinaat"))
    assert len(incidents) == len(RD)
