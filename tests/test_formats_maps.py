"""Maps, Parquet, zips and databases as they turn up: what they hold is read, or said."""

import gzip
import json
import sqlite3
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

import ipgtools as ipg
from ipgtools import cli
from ipgtools.errors import ReadError
from ipgtools.nl.reading import REASONS

N = 6
TABLE = pd.DataFrame(
    {
        "incident_id": [f"P{n}" for n in range(N)],
        "datum": pd.date_range("2025-09-01 10:15", periods=N).astype("datetime64[s]"),
        "x": 258000.5 + np.arange(N),
        "y": 471000.5,
    }
)
POINTS = gpd.GeoDataFrame(
    TABLE[["incident_id", "datum"]].assign(zaak="café €"),
    geometry=gpd.points_from_xy(TABLE["x"], TABLE["y"]),
    crs=28992,
)


def said(path: str | Path, capsys) -> str:
    """Check a file that can't be read, and give what is said."""
    assert cli.run(["check", str(path)]) == 2
    return " ".join(capsys.readouterr().err.split())


# GeoPackage


def test_a_table_of_a_geopackage_without_shapes_is_read_by_its_x_and_y(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    pyogrio.write_dataframe(TABLE, path, layer="incidenten")
    incidents, _ = ipg.read_incidents(path)
    assert incidents.geometry.x.tolist() == TABLE["x"].tolist()
    assert cli.run(["check", str(path)]) == 0


def test_a_table_of_a_geopackage_is_read_beside_a_map(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    pyogrio.write_dataframe(TABLE, path, layer="incidenten")
    square = gpd.GeoDataFrame({"code": ["BU01"]}, geometry=[shapely.box(0, 0, 9, 9)], crs=28992)
    square.to_file(path, layer="buurten")
    _, report = ipg.read_incidents(path / "incidenten")
    assert report.n_used == N


def test_a_geopackage_that_is_in_use_says_so(tmp_path: Path, capsys) -> None:
    path = tmp_path / "a.gpkg"
    POINTS.to_file(path)
    with sqlite3.connect(path, isolation_level=None) as base:
        base.execute("BEGIN EXCLUSIVE")
        assert "is in gebruik door een ander programma" in said(path, capsys)
    base.close()


def test_binary_values_go_along_as_text(tmp_path: Path) -> None:
    """A photo in a GeoPackage; text, and shapes without a word on them, in a Parquet."""
    path = tmp_path / "a.parquet"
    columns = {"ref": [b"R1"] * N, "foto": [b"\xff\xd8"] * N, "geometry": POINTS.to_wkb().geometry}
    pq.write_table(pa.table({name: TABLE[name] for name in TABLE} | columns), path)
    incidents, _ = ipg.read_incidents(path)
    assert incidents["ref"].iloc[0] == "R1"
    assert incidents["foto"].iloc[0] == "ffd8"
    assert incidents["geometry_file"].iloc[0] == "POINT (258000.5 471000.5)"


# Shapes of another kind


def test_a_group_of_one_point_is_that_point_and_other_shapes_are_rejected(tmp_path: Path) -> None:
    rows = POINTS.copy()
    first, second = rows.geometry[:2]
    rows.loc[0, "geometry"] = shapely.MultiPoint([first])
    rows.loc[1, "geometry"] = shapely.MultiPoint([first, second])
    rows.loc[2, "geometry"] = shapely.LineString([first, second])
    rows.loc[3, "geometry"] = None
    rows.to_file(tmp_path / "a.gpkg")
    incidents, report = ipg.read_incidents(tmp_path / "a.gpkg")
    assert incidents["incident_id"].tolist() == ["P0", "P4", "P5"]
    assert incidents.geometry[0].equals(first)
    kind = REASONS["geometry_kind"]
    assert report.rejected["reason"].tolist() == [kind, kind, REASONS["geometry_missing"]]


@pytest.mark.filterwarnings("error")
def test_an_empty_point_is_rejected_without_a_murmur(tmp_path: Path) -> None:
    rows = POINTS.copy()
    rows.loc[1, "geometry"] = shapely.Point()
    rows.to_parquet(tmp_path / "a.parquet")
    _, report = ipg.read_incidents(tmp_path / "a.parquet")
    assert report.rejected["reason"].tolist() == [REASONS["geometry_missing"]]


# GeoJSON


def lines(rows: gpd.GeoDataFrame = POINTS) -> list[str]:
    """Write a feature a line."""
    flat = rows.to_crs(4326).assign(datum=rows["datum"].astype(str))
    return [json.dumps(one) for one in json.loads(flat.to_json(drop_id=True))["features"]]


@pytest.mark.parametrize("suffix", ["geojson", "geojsonl", "ndjson", "jsonl", "geojsons"])
def test_a_feature_a_line_is_read_whatever_its_name(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    before = "\x1e" if suffix == "geojsons" else ""
    path.write_text("\n".join(before + line for line in lines()), "utf-8")
    assert ipg.read_incidents(path)[1].n_used == N


def test_a_line_that_is_no_feature_is_rejected_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.geojsonl"
    good = lines()
    path.write_text("\n".join([*good[:2], "{kapot", "", *good[2:], good[0][:40]]), "utf-8")
    incidents, report = ipg.read_incidents(path)
    assert (report.n_read, report.n_used) == (N + 2, N)
    assert report.rejected["source_row"].tolist() == [3, N + 2]
    assert set(report.rejected["reason"]) == {REASONS["no_feature"]}
    assert incidents["incident_id"].tolist() == TABLE["incident_id"].tolist()


def test_a_geojson_in_the_letters_of_windows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    whole = {"type": "FeatureCollection", "features": [json.loads(one) for one in lines()]}
    path.write_bytes(json.dumps(whole, ensure_ascii=False).encode("cp1252"))
    incidents, _ = ipg.read_incidents(path)
    assert incidents["zaak"].tolist() == ["café €"] * N


def test_a_packed_map_or_sheet_is_unpacked(tmp_path: Path) -> None:
    plain = tmp_path / "a.geojson"
    POINTS.to_crs(4326).to_file(plain)
    (tmp_path / "b.geojson.gz").write_bytes(gzip.compress(plain.read_bytes()))
    TABLE.to_excel(tmp_path / "a.xlsx", index=False)
    (tmp_path / "b.xlsx.gz").write_bytes(gzip.compress((tmp_path / "a.xlsx").read_bytes()))
    for name in ("b.geojson.gz", "b.xlsx.gz"):
        assert ipg.read_incidents(tmp_path / name)[1].n_used == N


def test_json_of_something_else_is_not_said_to_be_no_json(tmp_path: Path) -> None:
    """It is good JSON, but holds no map."""
    (tmp_path / "a.json").write_text('{"soort": "manifest"}')
    with pytest.raises(ReadError) as found:
        ipg.read_incidents(tmp_path / "a.json")
    assert found.value.facts["kind"] == "GeoJSON"


@pytest.mark.parametrize("inside", [b"\xff\xfe{\x00}\x00", b'[{"a": 1}]'])
def test_json_that_is_no_map_is_said_in_dutch(tmp_path: Path, inside: bytes, capsys) -> None:
    path = tmp_path / "a.geojson"
    path.write_bytes(inside)
    message = said(path, capsys)
    assert "geen gewoon GeoJSON-bestand" in message
    assert str(tmp_path) not in message


# Shapefile


def shapefile(folder: Path, encoding: str, mark: str | None) -> Path:
    """Write a Shapefile whose .cpg says something, or isn't there."""
    rows = POINTS.rename(columns={"incident_id": "uid"})
    rows["datum"] = rows["datum"].astype(str)
    rows.to_file(folder / "a.shp", encoding=encoding)
    (folder / "a.cpg").unlink()
    if mark is not None:
        (folder / "a.cpg").write_text(mark)
    return folder / "a.shp"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
@pytest.mark.parametrize("mark", [None, "UTF-8", "ISO-8859-1", "onzin"])
def test_letters_of_a_shapefile_are_those_of_its_table(
    tmp_path: Path, encoding: str, mark: str | None
) -> None:
    """Whatever the .cpg says, if there is one."""
    incidents, _ = ipg.read_incidents(shapefile(tmp_path, encoding, mark))
    assert incidents["zaak"].tolist() == ["café €"] * N


@pytest.mark.parametrize("part", [".dbf", ".shx"])
def test_a_shapefile_without_one_of_its_parts_says_which_belong(
    tmp_path: Path, part: str, capsys
) -> None:
    path = shapefile(tmp_path, "utf-8", "UTF-8")
    path.with_suffix(part).unlink()
    assert "is maar een deel van een Shapefile" in said(path, capsys)


# Parquet


def test_a_partitioned_folder_is_one_set_with_the_columns_of_its_folders(tmp_path: Path) -> None:
    rows = TABLE.assign(jaar=2025, wijk=["Noord Oost", "Zuid"] * (N // 2))
    rows.to_parquet(tmp_path / "set", partition_cols=["jaar", "wijk"])
    incidents, report = ipg.read_incidents(tmp_path / "set")
    assert report.n_used == N
    found = incidents.set_index("incident_id")[["jaar", "wijk"]]
    assert found.loc["P2"].tolist() == ["2025", "Noord Oost"]
    assert cli.run(["check", str(tmp_path / "set")]) == 0


def test_what_programs_write_beside_parquet_is_no_part_of_it(tmp_path: Path) -> None:
    TABLE.to_parquet(tmp_path / "part-0.snappy.parquet")
    (tmp_path / "_SUCCESS").write_bytes(b"")
    assert ipg.read_incidents(tmp_path)[1].n_used == N
    assert cli.run(["check", str(tmp_path)]) == 0


def test_other_folders_in_a_folder_are_named(tmp_path: Path, capsys) -> None:
    (tmp_path / "2024").mkdir()
    TABLE.to_csv(tmp_path / "2024" / "a.csv", index=False)
    with pytest.raises(ReadError) as caught:
        ipg.read_incidents(tmp_path)
    assert (caught.value.code, caught.value.facts["found"]) == ("folder_of_folders", "2024")


def test_only_the_main_geometry_of_a_geoparquet_goes_along(tmp_path: Path) -> None:
    """A second one may be somebody's home; boxes around shapes are no column of the file."""
    path = tmp_path / "a.parquet"
    rows = POINTS.assign(woonplek=POINTS.geometry)
    rows.to_parquet(path, write_covering_bbox=True, schema_version="1.1.0")
    incidents, report = ipg.read_incidents(path)
    assert report.n_used == N
    assert not {"woonplek", "bbox"} & set(incidents.columns)


@pytest.mark.parametrize("unit", ["s", "ms", "us"])
def test_a_moment_that_no_calendar_has_is_missing_and_counted(tmp_path: Path, unit: str) -> None:
    """Databases write infinity for an end that isn't known."""
    last = np.iinfo("int64").max // {"s": 10**6, "ms": 10**3, "us": 1}[unit]
    ends = pa.array([last] * N, pa.timestamp(unit))
    columns = {name: TABLE[name] for name in TABLE} | {"einddatum": ends}
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    incidents, report = ipg.read_incidents(
        tmp_path / "a.parquet", columns={"occurred_to": "einddatum"}
    )
    assert incidents["occurred_to"].isna().all()
    assert any("6 tijden liggen buiten de jaren 1 tot 9999" in note for note in report.notes)


# Zip and DuckDB


@pytest.mark.parametrize("beside", ["Beste lezer,\n\nhierbij de export.\nGroet,\nA, B en C\n", "x"])
def test_a_note_beside_the_table_in_a_zip_is_no_doubt(tmp_path: Path, beside: str) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("export.csv", TABLE.to_csv(index=False))
        archive.writestr("leesmij.txt", beside)
    assert ipg.read_incidents(path)[1].source == "export.csv"


def test_a_text_with_columns_beside_a_table_in_a_zip_is_a_doubt(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("export.csv", "meer.txt"):
            archive.writestr(name, TABLE.to_csv(index=False, sep="\t"))
    with pytest.raises(ReadError) as caught:
        ipg.read_incidents(path)
    assert caught.value.code == "zip_doubt"


def test_a_duckdb_file_says_how_to_name_a_table_in_it_and_that_it_is_in_use(
    tmp_path: Path, capsys
) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    path = tmp_path / "a.duckdb"
    with duckdb.connect(str(path)) as base:
        base.execute("CREATE TABLE t AS SELECT 1 AS x")
        assert "is in gebruik door een ander programma" in said(f"duckdb://{path}?table=t", capsys)
    assert "duckdb:///map/bestand.duckdb?table=tabel" in said(path, capsys)


def kml(*placemarks: str) -> str:
    """Put placemarks in a KML."""
    inside = "".join(f"<Placemark>{one}</Placemark>" for one in placemarks)
    return f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{inside}</Document></kml>'


def test_a_description_of_a_kml_that_is_a_page_is_free_text(tmp_path: Path) -> None:
    """Map programs put all they know of a place in it, also who reported it."""
    path = tmp_path / "a.kml"
    page = (
        "<description><![CDATA[<table><tr><td>Naam</td><td>Jan</td></tr></table>]]></description>"
    )
    when = "<TimeStamp><when>2025-09-01T10:00:00</when></TimeStamp>"
    place = "<Point><coordinates>6.89,52.2</coordinates></Point>"
    path.write_text(kml(page + when + place), "utf-8")
    incidents, report = ipg.read_incidents(path)
    assert "Jan" not in str(incidents.iloc[0].tolist())
    assert any("Niet overgenomen" in note and "Toelichting" in note for note in report.notes)


@pytest.mark.parametrize("what", ["rar", "deflate64"])
def test_an_archive_of_another_kind_is_to_be_unpacked(tmp_path: Path, what: str, capsys) -> None:
    """Windows packs large files with Deflate64."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", TABLE.to_csv(index=False))
    content = bytearray(path.read_bytes())
    content[8] = content[content.index(b"PK\x01\x02") + 10] = 9
    path.write_bytes(b"Rar!\x1a\x07\x00" if what == "rar" else content)
    assert "Pak het zelf uit en lees de bestanden die erin zitten" in said(path, capsys)


def test_a_packed_file_with_junk_behind_it_is_not_said_to_be_unpacked(
    tmp_path: Path, capsys
) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(TABLE.to_csv(index=False).encode()) + b"junk")
    assert "niet ingepakt" not in said(path, capsys)


def test_a_file_without_a_name_in_a_zip_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x", b"1")
        archive.writestr("a.csv", TABLE.to_csv(index=False))
    content = path.read_bytes()
    at = content.index(b"PK\x01\x02")
    listed = content[at : at + 28] + b"\x00\x00" + content[at + 30 : at + 46] + content[at + 47 :]
    end = listed.index(b"PK\x05\x06")
    size = (int.from_bytes(listed[end + 12 : end + 16], "little") - 1).to_bytes(4, "little")
    path.write_bytes(content[:at] + listed[: end + 12] + size + listed[end + 16 :])
    assert ipg.read_incidents(path)[1].n_used == N
