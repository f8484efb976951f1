"""Coordinates are read in every system they come in; what values say against names is said."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely
from helpers import in_dutch
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point

import ipgtools as ipg
from ipgtools.errors import ReadError
from ipgtools.io import ReadReport
from ipgtools.io.parse import numbers
from ipgtools.io.parse.coordinates import detect_crs
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
    assert 'crs = "EPSG:27700"' in in_dutch(caught)


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
    found, swapped = detect_crs.detect(
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
    assert raised.value.code == "xy_unreadable_one"


def test_names_with_accents_are_recognised(tmp_path: Path) -> None:
    """As Dutch writes them."""
    incidents, _ = ipg.read_incidents(write(tmp_path, RD, "X-coördinaat;Y-coördinaat"))
    assert len(incidents) == len(RD)


NEAR = [(258_000, 471_000), (258_113, 471_057), (259_661, 471_504)]


def close(incidents: gpd.GeoDataFrame) -> bool:
    """Tell whether points lie where `NEAR` has them, to the metre."""
    found = np.array([[point.x, point.y] for point in incidents.geometry])
    return len(found) == len(NEAR) and bool(np.abs(found - np.array(NEAR)).max() < 1)


def minutes(degrees: float, letter: str) -> str:
    """Write degrees, minutes and seconds."""
    seconds = degrees * 3600
    return f"{int(degrees)}°{int(seconds % 3600 // 60)}'{seconds % 60:.3f}″{letter}"


@pytest.mark.parametrize(
    "write_one",
    [
        lambda n: f"{n:,}".replace(",", "."),
        lambda n: f"{n:,}.5",
        lambda n: f"{n:,}",
        lambda n: f"{n:,}".replace(",", " "),
        lambda n: f"{n:,}".replace(",", "\u00a0"),
        lambda n: f"'{n}",
        lambda n: f"{n} m",
    ],
    ids=["dots", "English", "commas", "spaces", "hard spaces", "apostrophe", "metres"],
)
def test_metres_are_read_however_they_are_parted(tmp_path: Path, write_one) -> None:
    path = write(tmp_path, [(write_one(x), write_one(y)) for x, y in NEAR])
    assert close(ipg.read_incidents(path)[0])


def test_zeros_and_whole_numbers_do_not_hide_that_dots_part_thousands(tmp_path: Path) -> None:
    places = [("258.000", "471.000"), ("258113", "471057"), ("259.661", "471.504"),
              ("0", "0"), ("0", "0"), ("", "")]  # fmt: skip
    incidents, report = ipg.read_incidents(write(tmp_path, places))
    assert close(incidents)
    assert report.rejected["reason"].tolist() == [
        REASONS["xy_zero"], REASONS["xy_zero"], REASONS["xy_missing"]
    ]  # fmt: skip


@pytest.mark.parametrize(
    "write_one",
    [
        lambda v, axis: minutes(v, "E" if axis == "x" else "N"),
        lambda v, axis: f"{v:.6f}°",
        lambda v, axis: f"{v:.6f}".replace(".", ",") + (" OL" if axis == "x" else " NB"),
        lambda v, axis: ("E " if axis == "x" else "N ") + f"{v:.6f}",
    ],
    ids=["seconds", "sign", "Dutch", "letters before"],
)
def test_degrees_are_read_with_signs_and_letters(tmp_path: Path, write_one) -> None:
    degrees = [(write_one(x, "x"), write_one(y, "y")) for x, y in turned(NEAR, "EPSG:4326")]
    assert close(ipg.read_incidents(write(tmp_path, degrees, "lon;lat"))[0])


def hexadecimal(srid: int):
    """Write a point as PostGIS shows it, with the number of its CRS or without (0)."""

    def write_one(x: float, y: float) -> str:
        point = shapely.set_srid(Point(x, y), srid)
        return shapely.to_wkb(point, hex=True, include_srid=bool(srid))

    return write_one


@pytest.mark.parametrize(
    ("crs", "write_one"),
    [
        ("EPSG:28992", lambda x, y: f"point({x} {y})"),
        ("EPSG:28992", lambda x, y: f"MULTIPOINT (({x} {y}))"),
        ("EPSG:28992", lambda x, y: f"X: {x} Y: {y}"),
        ("EPSG:28992", lambda x, y: f"{x} / {y}"),
        ("EPSG:28992", lambda x, y: f"{x:,.0f}_{y:,.0f}_".replace(",", ".").replace("_", ",5 ")),
        ("EPSG:28992", hexadecimal(0)),
        ("EPSG:28992", hexadecimal(28992)),
        ("EPSG:4326", hexadecimal(4326)),
        ("EPSG:4326", lambda x, y: f"{x:.6f} {y:.6f}".replace(".", ",")),
        ("EPSG:4326", lambda x, y: f"{x:.6f},{y:.6f}".replace(".", ",")),
        ("EPSG:4326", lambda x, y: f"{minutes(y, 'N')} {minutes(x, 'E')}"),
        ("EPSG:4326", lambda x, y: f'{{""type"":""Point"",""coordinates"":[{x},{y}]}}'),
        ("EPSG:25832", lambda x, y: f"SRID=25832;POINT({x} {y})"),
        ("EPSG:32631", lambda x, y: f"SRID=32631;POINT({x} {y})"),
    ],
)
def test_both_coordinates_in_one_column_are_read_in_each_notation(
    tmp_path: Path, crs: str, write_one
) -> None:
    path = tmp_path / "incidenten.csv"
    rows = [f'2025-09-01;"{write_one(*place)}"' for place in turned(NEAR, crs)]
    path.write_text("\n".join(["datum;xy", *rows]))
    incidents, report = ipg.read_incidents(path)
    assert close(incidents)
    assert crs in report.details["crs"]


def test_points_that_say_different_systems_are_refused_with_both(tmp_path: Path) -> None:
    path = tmp_path / "incidenten.csv"
    points = ["SRID=28992;POINT(258000 471000)", "SRID=4326;POINT(6.9 52.2)"]
    path.write_text("\n".join(["datum;geom", *[f'2025-09-01;"{point}"' for point in points]]))
    with pytest.raises(ReadError) as raised:
        ipg.read_incidents(path)
    assert raised.value.facts["found"] == "EPSG:4326, EPSG:28992"


def test_points_that_say_another_system_than_the_call_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "incidenten.csv"
    path.write_text('datum;geom\n2025-09-01;"SRID=28992;POINT(258000 471000)"')
    with pytest.raises(ReadError) as raised:
        ipg.read_incidents(path, crs="EPSG:4326")
    assert raised.value.code == "crs_contradicts"


@pytest.mark.parametrize(
    ("name", "place"),
    [("lat_lon", "41.88, -87.63"), ("geo_point_2d", "41.88, -87.63"), ("lonlat", "-87.63, 41.88")],
)
def test_the_name_says_which_coordinate_comes_first_outside_the_netherlands(
    tmp_path: Path, name: str, place: str
) -> None:
    """Of Chicago, where the values alone don't tell."""
    path = tmp_path / "incidenten.csv"
    path.write_text(f'datum;{name}\n2025-09-01;"{place}"')
    incidents, _ = ipg.read_incidents(path, work_crs="EPSG:26916")
    assert incidents.geometry[0].distance(Point(447_727, 4_636_645)) < 10


@pytest.mark.parametrize(
    ("names", "crs", "swapped"),
    [("x;y", "EPSG:3857", False), ("lon;lat", "EPSG:28992", False), ("lon;lat", "EPSG:3857", False),
     ("x;y", "EPSG:25831", True), ("x;y", "EPSG:3857", True)],
)  # fmt: skip
def test_values_tell_the_system_against_the_names(tmp_path, names, crs, swapped) -> None:
    places = [place[::-1] if swapped else place for place in turned(NEAR, crs)]
    incidents, report = ipg.read_incidents(write(tmp_path, places, names))
    assert close(incidents)
    assert said(report, "alleen zo liggen de punten in Nederland")
    assert said(report, "verwisseld") == swapped


def test_eastings_are_said_to_be_british_perhaps(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as raised:
        ipg.read_incidents(write(tmp_path, [(457_000, 340_000)] * 3, "Easting;Northing"))
    assert 'crs = "EPSG:27700"' in in_dutch(raised)


@pytest.mark.parametrize(
    ("place", "reason"),
    [(("onbekend", "onbekend"), "xy_missing"), (("n.v.t.", "-"), "xy_missing"),
     (("-1", "-1"), "xy_outside"), (("6,9", "52,2"), "xy_degrees"),
     (("hier", "daar"), "xy_unreadable"), (("inf", "471000"), "xy_unreadable")],
)  # fmt: skip
def test_a_place_that_is_none_has_the_reason_why(tmp_path: Path, place, reason: str) -> None:
    _, report = ipg.read_incidents(write(tmp_path, [*RD, place]))
    assert report.rejected["reason"].tolist() == [REASONS[reason]]


@pytest.mark.parametrize(
    ("place", "shown"), [(("258000", "hier"), ["y", "hier"]), (("hier", "471000"), ["x", "hier"])]
)
def test_the_coordinate_that_is_wrong_is_the_one_that_is_shown(tmp_path, place, shown) -> None:
    _, report = ipg.read_incidents(write(tmp_path, [*RD, place]))
    assert report.rejected[["column", "found"]].values.tolist() == [shown]


def test_degrees_are_taken_where_the_metres_are_all_empty(tmp_path: Path) -> None:
    """Exports have columns for both, and fill one pair."""
    path = tmp_path / "incidenten.csv"
    rows = [f"2025-09-01;;;{lon};{lat}" for lon, lat in turned(NEAR, "EPSG:4326")]
    path.write_text("\n".join(["datum;x;y;lon;lat", *rows]))
    assert close(ipg.read_incidents(path)[0])


@pytest.mark.parametrize("sign", [" ", "\t", "\xa0", ":", "0", ",", "N "])
def test_a_remark_among_coordinates_is_no_number_however_long(sign):
    """White space over and over doesn't make the reader look back over and over."""
    column = pd.Series(["258000", f"1{sign * 20_000}!"])
    assert np.isnan(numbers.numbers(column)).tolist() == [False, True]
    assert numbers.split_pairs(column)[0].isna().all()


@pytest.mark.parametrize(
    "text", ["6.9 52.2", "6.9 , 52.2", "(6.9;52.2)", "[6.9|  52.2 ]", "POINT ZM (6.9 52.2 1 1)"]
)
def test_two_coordinates_are_parted_at_any_sign(text):
    """White space beside the sign plays no part."""
    assert [part.tolist() for part in numbers.split_pairs(pd.Series([text]))] == [["6.9"], ["52.2"]]
