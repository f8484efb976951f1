"""What is written in any format is read back: the same values, and no row lost."""

import gzip
import io
import os
import re
import shutil
import struct
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ipgtools as ipg
from ipgtools import cli
from ipgtools.errors import ReadError
from ipgtools.io import files
from ipgtools.io.files import sheets
from ipgtools.io.files.sql import tables

FUZZ = bool(os.environ.get("IPGTOOLS_FUZZ"))
"""Whether to look for minutes instead of seconds."""
CHANCE = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=300 if FUZZ else 6,
    derandomize=not FUZZ,
)
TEXT = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufeff"
    ),
    max_size=30,
)


@st.composite
def incidents(draw: st.DrawFn) -> pd.DataFrame:
    """Make incidents of which some have no place."""
    n = draw(st.integers(1, 12))
    lists = {
        "incident_id": st.lists(
            st.from_regex(r"PL[0-9]{4}-[0-9]{10}", fullmatch=True), min_size=n, max_size=n,
            unique=True,
        ),
        "datum": st.lists(
            st.datetimes(pd.Timestamp("2005-01-01"), pd.Timestamp("2030-01-01")).map(
                lambda moment: moment.replace(second=0, microsecond=0)
            ),
            min_size=n, max_size=n,
        ),
        "soort": st.lists(st.sampled_from(["A20", "B12", "F43", "0100"]), min_size=n, max_size=n),
        "x": st.lists(st.integers(10_000_000, 27_000_000), min_size=n, max_size=n),
        "y": st.lists(st.integers(31_000_000, 61_000_000), min_size=n, max_size=n),
        "zaak": st.lists(TEXT, min_size=n, max_size=n),
    }  # fmt: skip
    rows = pd.DataFrame({name: draw(values) for name, values in lists.items()})
    rows["x"], rows["y"] = rows["x"] / 100, rows["y"] / 100
    rows["zaak"] = "z" + rows["zaak"].str.strip()
    lost = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    lost[draw(st.integers(0, n - 1))] = False
    rows.loc[lost, ["x", "y"]] = float("nan")
    rows["datum"] = rows["datum"].astype("datetime64[s]")
    return rows


def placed(rows: pd.DataFrame, crs: int = 28992) -> gpd.GeoDataFrame:
    """Give the rows points; those without x and y have none."""
    points = gpd.points_from_xy(rows["x"], rows["y"])
    flat = rows.drop(columns=["x", "y"])
    table = gpd.GeoDataFrame(flat, geometry=points, crs=28992)
    table.loc[rows["x"].isna(), "geometry"] = None
    return table.to_crs(crs)


def as_text(rows: pd.DataFrame) -> pd.DataFrame:
    """Write the times as a Dutch export has them."""
    return rows.assign(datum=rows["datum"].dt.strftime("%d-%m-%Y %H:%M"))


def csv(rows: pd.DataFrame, path: Path) -> None:
    as_text(rows).to_csv(path, sep=";", decimal=",", index=False, encoding="utf-8-sig")


def tsv(rows: pd.DataFrame, path: Path) -> None:
    rows.to_csv(path, sep="\t", index=False)


def packed_csv(rows: pd.DataFrame, path: Path) -> None:
    path.write_bytes(gzip.compress(rows.to_csv(index=False).encode()))


def xlsx(rows: pd.DataFrame, path: Path) -> None:
    rows.to_excel(path, index=False)


def xls(rows: pd.DataFrame, path: Path) -> None:
    """Write the oldest form of .xls: a record a cell (BIFF2)."""
    table = as_text(rows)
    path.write_bytes(biff([list(table.columns), *table.itertuples(index=False, name=None)]))


def biff(rows: list) -> bytes:
    """Put cells in records of BIFF2; text must be of one byte a sign."""
    out = struct.pack("<4H", 9, 4, 2, 0x10)
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            where = struct.pack("<2H3x", number, place)
            if isinstance(cell, str):
                said = cell.encode("latin-1", "replace")[:255]
                body = where + bytes([len(said)]) + said
                out += struct.pack("<2H", 4, len(body)) + body
            elif cell == cell and cell is not None:
                body = where + struct.pack("<d", cell)
                out += struct.pack("<2H", 3, len(body)) + body
    return out + struct.pack("<2H", 10, 0)


def ods(rows: pd.DataFrame, path: Path) -> None:
    table = rows.assign(datum=rows["datum"].dt.strftime("%Y-%m-%dT%H:%M:%S"))
    path.write_bytes(opendocument([list(table.columns), *table.itertuples(index=False, name=None)]))


def opendocument(rows: list, before: str = "", name: str = "Blad1") -> bytes:
    """Write the least that an OpenDocument sheet needs; ISO times become times."""

    def cell(value: object) -> str:
        if value is None or value != value:
            return "<table:table-cell/>"
        if not isinstance(value, str):
            return f'<table:table-cell office:value-type="float" office:value="{value!r}"/>'
        if len(value) == 19 and value[10] == "T":
            return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
        said = escape(value).replace("  ", ' <text:s text:c="1"/>')
        said = f"<text:p>{said}</text:p>"
        return f'<table:table-cell office:value-type="string">{said}</table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">'
        f'<office:body><office:spreadsheet><table:table table:name="{name}">{before}{body}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return out.getvalue()


def parquet(rows: pd.DataFrame, path: Path) -> None:
    rows.to_parquet(path)


def geoparquet(rows: pd.DataFrame, path: Path) -> None:
    placed(rows).to_parquet(path)


def geopackage(rows: pd.DataFrame, path: Path) -> None:
    placed(rows).to_file(path, driver="GPKG")


def geojson(rows: pd.DataFrame, path: Path) -> None:
    placed(rows, 4326).to_file(path, driver="GeoJSON", COORDINATE_PRECISION=9)


def kml(rows: pd.DataFrame, path: Path) -> None:
    placed(as_text(rows), 4326).to_file(path, driver="LIBKML", engine="pyogrio")


def kmz(rows: pd.DataFrame, path: Path) -> None:
    kml(rows, path.with_suffix(".kml"))
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(path.with_suffix(".kml"), "doc.kml")
    path.with_suffix(".kml").unlink()


def shapefile(rows: pd.DataFrame, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        short = as_text(rows).rename(columns={"incident_id": "incidentnr"})
        short = short.rename(columns={"incidentnr": "uid"})
        placed(short).to_file(Path(folder) / "punten.shp", encoding="utf-8")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("lees mij.pdf", b"%PDF")
            for part in Path(folder).iterdir():
                archive.write(part, f"map/{part.name}")


def zipped_csv(rows: pd.DataFrame, path: Path) -> None:
    csv(rows, path.with_suffix(".csv"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path.with_suffix(".csv"), "../../uit/export.csv")
        archive.writestr("__MACOSX/._export.csv", b"\x00")
    path.with_suffix(".csv").unlink()


def zipped_xlsx(rows: pd.DataFrame, path: Path) -> None:
    xlsx(rows, path.with_suffix(".xlsx"))
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(path.with_suffix(".xlsx"), "export.xlsx")
    path.with_suffix(".xlsx").unlink()


WRITERS: dict[str, Callable[[pd.DataFrame, Path], None]] = {
    "a.csv": csv, "a.tsv": tsv, "a.csv.gz": packed_csv, "a.xlsx": xlsx, "a.xls": xls,
    "a.ods": ods, "a.parquet": parquet, "b.parquet": geoparquet, "a.gpkg": geopackage,
    "a.geojson": geojson, "a.kml": kml, "a.kmz": kmz, "a.shp.zip": shapefile,
    "b.zip": zipped_csv, "c.zip": zipped_xlsx,
}  # fmt: skip


def same_as_written(rows: pd.DataFrame, path: str | Path, *, marks: bool = True) -> None:
    """Read and compare: every row is used as it was written, or is rejected for its reason."""
    read, report = ipg.read_incidents(path)
    good = rows[rows["x"].notna()].reset_index(drop=True)
    assert report.n_read == len(rows)
    assert report.n_read == report.n_used + report.n_rejected
    assert report.n_used == len(good)
    assert (
        report.rejected["source_row"].tolist()
        == (rows.reset_index(drop=True).index[rows["x"].isna()] + 1).tolist()
    )
    assert read["incident_id"].tolist() == good["incident_id"].tolist()
    assert read["occurred_from"].tolist() == good["datum"].tolist()
    assert read["zaak"].tolist() == good["zaak"].tolist() or not marks
    assert (read.geometry.x - good["x"]).abs().max() < 0.01
    assert (read.geometry.y - good["y"]).abs().max() < 0.01
    kinds = read["category"] if "category" in read and read["category"].notna().any() else None
    kinds = read["category_label"].str.upper() if kinds is None else kinds
    assert kinds.tolist() == good["soort"].tolist()


@pytest.mark.parametrize("name", WRITERS)
def test_what_is_written_is_read(tmp_path: Path, name: str) -> None:
    @CHANCE
    @given(rows=incidents())
    def holds(rows: pd.DataFrame) -> None:
        rows = rows.rename(columns={"soort": "category"})
        path = tmp_path / name
        path.unlink(missing_ok=True)
        WRITERS[name](rows, path)
        same_as_written(rows.rename(columns={"category": "soort"}), path, marks=name != "a.xls")

    holds()


@CHANCE
@given(rows=incidents())
def test_what_is_in_a_duckdb_table_is_read(tmp_path: Path, rows: pd.DataFrame) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    path = tmp_path / "a.duckdb"
    path.unlink(missing_ok=True)
    rows = rows.rename(columns={"soort": "category"})
    with duckdb.connect(str(path)) as base:
        base.register("rows", rows)
        base.execute('CREATE TABLE "tabel ""x"", a" AS SELECT * FROM rows')
    url = f'duckdb://{path}?table=tabel "x", a'
    same_as_written(rows.rename(columns={"category": "soort"}), url)
    same_as_written(rows.rename(columns={"category": "soort"}), Path(url))


ROWS = pd.DataFrame(
    {
        "incident_id": ["P1", "P2", "P3"],
        "datum": pd.to_datetime(["2025-09-01 10:00", "2025-09-02 11:00", "2025-09-03 12:00"]),
        "category": ["A20", "A20", "B12"],
        "x": [258000.5, 258010.25, 258020.0],
        "y": [471000.5, 471010.25, 471020.0],
        "zaak": ["een", "twee", "drie"],
    }
)


def write_sheet(path: Path, name: str, rows: list, merge: str = "") -> None:
    """Write cells to a sheet as they are given; a book that exists gets one more."""
    import openpyxl

    book = openpyxl.load_workbook(path) if path.exists() else openpyxl.Workbook()
    sheet = book.create_sheet(name) if path.exists() else book.active
    sheet.title = name
    for row in rows:
        sheet.append(row)
    for cells in merge.split():
        sheet.merge_cells(cells)
    book.save(path)


TITLED = [
    ["Overzicht woninginbraken", None, None, None],
    ["gemaakt op", pd.Timestamp("2025-10-01").to_pydatetime()],
    [],
    ["Incident Identificatie", "Begin-pleegdatum/tijd", "X", "Y"],
    ["P1", pd.Timestamp("2025-09-01 10:00").to_pydatetime(), 258000, 471000],
    ["P2", "02-09-2025 11:00", "258010,5", 471010],
    ["P3", 45903.5, 258020, 471020],
    [],
    ["Totaal", None, 3],
]


def test_a_header_below_titles_and_a_total_below_the_rows(tmp_path: Path) -> None:
    """Dates may be dates, text or serial numbers; the total is a row that can't be used."""
    path = tmp_path / "a.xlsx"
    write_sheet(path, "Blad1", TITLED)
    read, report = ipg.read_incidents(path)
    assert read["occurred_from"].dt.strftime("%d %H").tolist() == ["01 10", "02 11", "03 12"]
    assert read.geometry.x.tolist() == [258000, 258010.5, 258020]
    assert (report.n_read, report.rejected["source_row"].tolist()) == (5, [4, 5])
    assert "De kop staat op regel 4; wat erboven staat is overgeslagen" in report.notes


def test_a_header_below_titles_in_the_other_kinds_of_sheet(tmp_path: Path) -> None:
    rows = [list(row) for row in TITLED]
    rows[1][1], rows[4][1], rows[6][1] = "1-10-2025", "01-09-2025 10:00", "03-09-2025 12:00"
    (tmp_path / "a.ods").write_bytes(opendocument(rows))
    (tmp_path / "a.xls").write_bytes(biff(rows))
    for name in ("a.ods", "a.xls"):
        read, report = ipg.read_incidents(tmp_path / name)
        assert read["incident_id"].tolist() == ["P1", "P2", "P3"]
        assert read.geometry.x.tolist() == [258000, 258010.5, 258020]
        assert report.n_read == 5


def test_a_merged_cell_counts_for_every_row_it_runs_over(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows = [
        ["Overzicht", None, None],
        ["datum", "x", "y"],
        ["2025-09-01", 258000, 471000],
        [None, 258001, 471001],
        [None, 258002, 471002],
        ["2025-09-02", 258003, 471003],
        [None, 258004, 471004],
    ]
    write_sheet(path, "Blad1", rows, merge="A1:C1 A3:A5")
    read, report = ipg.read_incidents(path)
    assert read["occurred_from"].dt.day.iloc[:4].tolist() == [1, 1, 1, 2]
    assert read["occurred_from"].isna().sum() == 1
    assert "1 samengevoegde cel telt mee voor elke rij eronder die erbij hoort" in report.notes


def test_the_sheet_with_incidents_is_found_among_others(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_sheet(path, "Toelichting", [["kolom", "uitleg"], ["x", "oost"]])
    write_sheet(path, "Uitvoer", [["datum", "x", "y"], ["2025-09-01", 258000, 471000]])
    _, report = ipg.read_incidents(path)
    assert report.n_used == 1
    assert "Gelezen is Uitvoer; niet gelezen: Toelichting" in report.notes


def test_several_sheets_with_incidents_are_a_doubt_that_is_settled_by_name(
    tmp_path: Path, capsys
) -> None:
    path = tmp_path / "a.xlsx"
    for number, name in enumerate(["Januari", "Februari"], start=1):
        rows = [["2025-09-01", 258000 + n, 471000] for n in range(number)]
        write_sheet(path, name, [["datum", "x", "y"], *rows])
    with pytest.raises(ReadError, match="could be read from Januari, Februari"):
        ipg.read_incidents(path)
    assert ipg.read_incidents(path, layer="februari")[1].n_used == 2
    assert ipg.read_incidents(path / "Februari")[1].n_used == 2
    assert cli.run(["check", str(path)]) == 2
    assert "a.xlsx/Januari" in capsys.readouterr().err
    assert cli.run(["check", str(path / "Januari")]) == 0
    assert cli.run(["check", str(path / "Maart")]) == 2
    assert "geen blad of laag 'Maart'. Wel: Januari, Februari" in capsys.readouterr().err


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Give a zip with two tables, a note, a book of two sheets and a zip."""
    path = tmp_path / "export.zip"
    write_sheet(tmp_path / "b.xlsx", "een", [["datum", "x", "y"], ["2025-09-01", 258000, 471000]])
    write_sheet(tmp_path / "b.xlsx", "twee", [["datum", "x", "y"], ["2025-09-01", 258000, 471000],
                                             ["2025-09-02", 258000, 471000]])  # fmt: skip
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as nested:
        nested.writestr("d.csv", ROWS.to_csv(index=False))
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("2025/a.csv", ROWS.to_csv(index=False))
        packed.writestr("2024/a.csv", ROWS.head(2).to_csv(index=False))
        packed.writestr("lees mij.docx", b"x")
        packed.write(tmp_path / "b.xlsx", "b.xlsx")
        packed.writestr("c.zip", inner.getvalue())
    return path


def test_a_zip_with_several_tables_asks_which(archive: Path, capsys) -> None:
    assert cli.run(["check", str(archive)]) == 2
    said = capsys.readouterr().err
    assert "2024/a.csv, 2025/a.csv, b.xlsx" in said
    assert "export.zip/2024/a.csv" in said
    assert ipg.read_incidents(archive / "2025" / "a.csv")[1].n_used == 3
    assert ipg.read_incidents(archive / "2024" / "a.csv")[1].n_used == 2
    assert ipg.read_incidents(archive / "b.xlsx" / "twee")[1].n_used == 2
    assert cli.run(["check", str(archive / "2023" / "a.csv")]) == 2
    assert "zit geen 2023/a.csv. Wel:" in capsys.readouterr().err


def test_a_zip_leaves_nothing_behind(archive: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tijdelijk"))
    (tmp_path / "tijdelijk").mkdir()
    ipg.read_incidents(archive / "2025" / "a.csv")
    assert list((tmp_path / "tijdelijk").iterdir()) == []


def test_a_zip_without_tables_or_with_a_password_says_so(tmp_path: Path, capsys) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("b.zip", b"PK")
        packed.writestr("c.docx", b"x")
    assert cli.run(["check", str(path)]) == 2
    assert "Pak een zip in een zip eerst zelf uit" in capsys.readouterr().err
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.csv", ROWS.to_csv(index=False))
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert cli.run(["check", str(path)]) == 2
    assert "met een wachtwoord ingepakt" in capsys.readouterr().err


def test_what_office_keeps_beside_an_open_document_is_no_file_of_a_folder(tmp_path: Path) -> None:
    csv(ROWS, tmp_path / "a.csv")
    (tmp_path / "~$b.xlsx").write_bytes(b"x")
    (tmp_path / ".c.csv").write_bytes(b"x")
    assert [path.name for path in files.list_files(tmp_path)] == ["a.csv"]


SQUARES = gpd.GeoDataFrame(
    {"code": ["BU01", "BU02"], "naam": ["Noord", "Zuid"], "inwoners": [100, 200]},
    geometry=gpd.GeoSeries.from_wkt(
        ["POLYGON ((6.88 52.2, 6.89 52.2, 6.89 52.21, 6.88 52.21, 6.88 52.2))",
         "POLYGON ((6.89 52.2, 6.9 52.2, 6.9 52.21, 6.89 52.21, 6.89 52.2))"]
    ),
    crs=4326,
)  # fmt: skip


@pytest.mark.parametrize("name", ["a.kml", "a.gpkg", "a.geojson", "a.fgb", "a.gml"])
def test_areas_are_read_from_every_kind_of_map(tmp_path: Path, name: str, capsys) -> None:
    SQUARES.to_file(tmp_path / name, driver={"a.kml": "KML"}.get(name))
    areas, report = ipg.read_areas(tmp_path / name)
    assert areas["area_name"].tolist() == ["Noord", "Zuid"]
    assert areas["inhabitants"].tolist() == [100, 200]
    assert report.n_read == 2
    assert cli.run(["check", str(tmp_path / name)]) == 0
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as packed:
        packed.write(tmp_path / name, name)
    assert ipg.read_areas(tmp_path / "b.zip")[1].n_used == 2


def test_an_area_drawn_in_a_map_program_is_read(tmp_path: Path) -> None:
    """A KML with folders as layers, names and no codes."""
    path = tmp_path / "a.kml"
    ring = "6.88,52.2,0 6.89,52.2,0 6.89,52.21,0 6.88,52.2,0"
    path.write_text(
        '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        "<Folder><name>Wijken</name><Placemark><name>Velve</name><Polygon><outerBoundaryIs>"
        f"<LinearRing><coordinates>{ring}</coordinates></LinearRing></outerBoundaryIs></Polygon>"
        "</Placemark></Folder><Folder><name>Meldingen</name><Placemark><name>P1</name><TimeStamp>"
        "<when>2025-09-01T10:00:00</when></TimeStamp><Point><coordinates>6.885,52.205"
        "</coordinates></Point></Placemark></Folder></Document></kml>"
    )
    assert files.layers(path) == ["Wijken", "Meldingen"]
    areas, _ = ipg.read_areas(path / "Wijken", columns={"area_code": "Name"})
    assert areas["area_code"].tolist() == ["Velve"]
    incidents, report = ipg.read_incidents(path)
    assert str(incidents["occurred_from"].iloc[0]) == "2025-09-01 10:00:00"
    assert not incidents.geometry.has_z.any()
    assert report.n_used == 1


def test_a_layer_is_named_behind_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    SQUARES.to_file(path, layer="wijken")
    SQUARES.head(1).to_file(path, layer="buurten")
    with pytest.raises(ReadError, match="could be read from wijken, buurten"):
        ipg.read_areas(path)
    assert ipg.read_areas(path / "buurten")[1].n_used == 1
    assert ipg.read_areas(path, level="wijk")[1].n_used == 2


def test_a_geometry_of_a_parquet_may_have_any_name(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    placed(ROWS).rename_geometry("plek").to_parquet(path)
    read, report = ipg.read_incidents(path)
    assert report.n_used == 3
    assert read.geometry.x.round(2).tolist() == ROWS["x"].tolist()
    assert cli.run(["check", str(path)]) == 0


def test_texts_that_a_parquet_shares_are_read_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    rows = ROWS.loc[[0, 1, 2] * 100].reset_index(drop=True)
    rows["incident_id"] = [f"P{n}" for n in range(300)]
    rows.loc[5, "zaak"] = None
    rows.to_parquet(path, row_group_size=50)
    read, _ = ipg.read_incidents(path)
    assert read["zaak"].dtype == "str"
    assert read["zaak"].fillna("").tolist() == rows["zaak"].fillna("").tolist()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Start a PostgreSQL with PostGIS of our own for the tests, or skip."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or [
        Path(found).parent for found in [shutil.which("pg_ctl")] if found
    ]
    if not programs or not (programs[-1] / "initdb").exists():
        pytest.skip("no PostgreSQL server is installed")
    pytest.importorskip("adbc_driver_postgresql", reason="adbc-driver-postgresql is not installed")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    user = ["runuser", "-u", "postgres", "--"] if root else []
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        if root:
            shutil.chown(folder, "postgres")
        run = lambda *words: subprocess.run(  # noqa: E731
            [*user, *map(str, words)], capture_output=True, text=True, check=False, cwd=folder
        )
        data, port = Path(folder) / "data", 20_000 + os.getpid() % 20_000
        made = run(programs[-1] / "initdb", "-D", data, "-U", "postgres", "-A", "trust")
        if made.returncode:
            pytest.skip(f"PostgreSQL can't be set up here: {made.stderr.strip()[-200:]}")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -F"
        run(programs[-1] / "pg_ctl", "-D", data, "-o", options, "-l", data / "log", "-w", "start")
        try:
            address = f"postgresql://postgres@127.0.0.1:{port}/postgres"
            dbapi = pytest.importorskip("adbc_driver_postgresql.dbapi")
            with dbapi.connect(address, autocommit=True) as base, base.cursor() as cursor:
                try:
                    cursor.execute("CREATE EXTENSION postgis")
                except dbapi.Error:
                    pytest.skip("PostGIS is not installed")
            yield address
        finally:
            run(programs[-1] / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def run_sql(address: str, *statements: str) -> None:
    from adbc_driver_postgresql import dbapi

    with dbapi.connect(address, autocommit=True) as base, base.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def to_postgis(rows: pd.DataFrame, address: str, table: str) -> None:
    """Write incidents to a table with a point in RD."""
    quoted = tables.quote_identifier(table)
    run_sql(
        address,
        f"DROP TABLE IF EXISTS {quoted}",
        f"CREATE TABLE {quoted} (incident_id text, datum timestamp, category text, zaak text, "
        "geom geometry(Point, 28992))",
    )
    from adbc_driver_postgresql import dbapi

    with dbapi.connect(address, autocommit=True) as base, base.cursor() as cursor:
        for row in rows.itertuples():
            place = None if row.x != row.x else f"SRID=28992;POINT({row.x!r} {row.y!r})"
            cursor.execute(
                f"INSERT INTO {quoted} VALUES ($1, $2::text::timestamp, $3, $4, $5::text::geometry)",  # noqa: E501
                (row.incident_id, str(row.datum), row.category, row.zaak, place),
            )


def test_what_is_in_a_postgis_table_is_read(server: str) -> None:
    @settings(parent=CHANCE, max_examples=100 if FUZZ else 3)
    @given(rows=incidents())
    def holds(rows: pd.DataFrame) -> None:
        rows = rows.rename(columns={"soort": "category"})
        to_postgis(rows, server, 'tabel "x"; drop')
        url = f'{server}?table=tabel "x"; drop'.replace(";", "%3B")
        same_as_written(rows.rename(columns={"category": "soort"}), url)
        same_as_written(rows.rename(columns={"category": "soort"}), Path(url))

    holds()


def test_a_table_in_postgis_is_named_with_or_without_its_schema(server: str, capsys) -> None:
    to_postgis(ROWS, server, "incidenten")
    run_sql(server, "CREATE SCHEMA bvh", "CREATE TABLE bvh.incidenten AS SELECT * FROM "
            "public.incidenten LIMIT 2", "CREATE TABLE bvh.codes (a int)")  # fmt: skip
    assert ipg.read_incidents(f"{server}?table=incidenten")[1].n_used == 3
    assert ipg.read_incidents(f"{server}?table=bvh.incidenten")[1].n_used == 2
    assert cli.run(["check", f"{server}?table=bvh.incidenten"]) == 0
    assert cli.run(["check", f"{server}?table=bestaat.niet"]) == 2
    assert "bvh.codes, bvh.incidenten" in capsys.readouterr().err


def test_areas_in_postgis_and_kinds_of_values_it_has(server: str) -> None:
    run_sql(
        server,
        "CREATE TABLE gebieden (code text, naam varchar(20), inwoners numeric(10, 0), "
        "deel numeric(6, 3), sinds date, kenmerk jsonb, vorm geometry)",
        "INSERT INTO gebieden VALUES ('BU01', 'Noord', 100, 1.125, '2020-01-01', '{\"a\": 1}', "
        "ST_Transform(ST_MakeEnvelope(6.88, 52.2, 6.89, 52.21, 4326), 28992))",
    )
    areas, _ = ipg.read_areas(f"{server}?table=gebieden")
    assert areas["inhabitants"].tolist() == [100]
    assert areas["deel"].tolist() == [1.125]
    assert areas["kenmerk"].tolist() == ['{"a": 1}']
    assert areas.crs == 28992


def test_a_password_is_said_nowhere(server: str, capsys) -> None:
    to_postgis(ROWS, server, "incidenten")
    secret = server.replace("postgres@", "postgres:zeer%40geheim@")
    read, report = ipg.read_incidents(f"{secret}?table=incidenten")
    told = repr(report) + report._repr_html_() + str(report.details) + str(read["source"].tolist())
    wrong = [
        f"{secret}?table=weg", f"{secret}x?table=incidenten", f"{secret}?table=a&sslmode=require",
        secret.replace("127.0.0.1", "127.0.0.1:1"), "postgresql://ik:zeer%zzgeheim@127.0.0.1/x?table=y",
    ]  # fmt: skip
    for url in [f"{secret}?table=incidenten", *wrong]:
        cli.run(["check", url])
        try:
            files.read(url)
        except ReadError as error:
            told += f"{error}{error.facts}{error.__cause__}"
    said = capsys.readouterr()
    for place in (told, said.out, said.err):
        assert "geheim" not in place
        assert "Traceback" not in place


def test_a_server_that_does_not_answer_is_a_message(capsys) -> None:
    pytest.importorskip("adbc_driver_postgresql", reason="adbc-driver-postgresql is not installed")
    assert cli.run(["check", "postgresql://jan:geheim@127.0.0.1:9/bvh?table=incidenten"]) == 2
    said = capsys.readouterr().err
    assert "De database bvh/incidenten is niet te lezen" in said
    assert "geheim" not in said
    assert "jan" not in said


def test_a_database_is_only_read(tmp_path: Path, server: str) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    path = tmp_path / "a.duckdb"
    other = tmp_path / "b.csv"
    other.write_text("datum,x,y\n2025-09-01,258000,471000\n")
    with duckdb.connect(str(path)) as base:
        base.execute("CREATE TABLE a AS SELECT 1 AS x")
        base.execute(f"CREATE VIEW v AS SELECT * FROM read_csv('{other}')")
    before = path.read_bytes()
    for table in ("a; DROP TABLE a", 'a"; DROP TABLE a; --', "v", "duckdb_tables()", "nee"):
        with pytest.raises(ReadError) as caught:
            files.read(f"duckdb://{path}?table={table}".replace(";", "%3B"))
        assert caught.value.code in {"db_table", "db_failed"}
    assert path.read_bytes() == before
    with pytest.raises(ReadError):
        files.read(f"{server}?table=pg_sleep(1)")


def test_settings_may_name_a_database_or_a_file_in_a_zip(tmp_path: Path) -> None:
    """What is no path isn't taken from the folder of the settings."""
    from ipgtools.settings import Settings

    given = {
        "input": {
            "incidents": "duckdb:///data/a.duckdb?table=b",
            "areas": "kaart.zip/buurten.gpkg",
        },
        "period": {"start": "2025-01-01", "end": "2025-02-01"},
    }
    read = Settings.of(given, folder=tmp_path)
    assert tables.parse(read.input.incidents).address == "/data/a.duckdb"
    assert read.input.areas == tmp_path / "kaart.zip" / "buurten.gpkg"


def test_the_header_is_the_first_row_that_looks_like_the_table() -> None:
    body = [("P1", 1, 2.0, "a")] * 5
    head = ("nr", "x", "y", "soort")
    assert sheets.header_line([head, *body]) == 0
    assert sheets.header_line([("Titel",), (), ("periode", "2025"), head, *body]) == 3
    assert sheets.header_line([(None, None, "Plaats"), head, *body]) == 1
    assert sheets.header_line([("2019", "2020", "2021"), (1, 2, 3)]) == 0
    assert sheets.header_line([]) == 0


@pytest.mark.parametrize("engine", ["openpyxl", "xlsxwriter"])
def test_formulas_that_no_program_has_computed_are_warned_of(tmp_path: Path, engine: str) -> None:
    """What writes workbooks without computing leaves their outcome empty, or 0."""
    pytest.importorskip(engine)
    table = pd.DataFrame({"datum": ["2025-09-01"] * 3, "x": 258000, "y": 471000,
                          "zaak": ["=1+1", '="A"&"B"', "tekst"]})  # fmt: skip
    table.to_excel(tmp_path / "a.xlsx", index=False, engine=engine)
    _, report = ipg.read_incidents(tmp_path / "a.xlsx")
    assert any("het werkblad heeft 2 formules die nog niet zijn" in note for note in report.notes)
    table.assign(zaak="tekst").to_excel(tmp_path / "b.xlsx", index=False, engine=engine)
    _, report = ipg.read_incidents(tmp_path / "b.xlsx")
    assert not any("formule" in note for note in report.notes)


def test_a_formula_that_was_computed_gives_its_outcome(tmp_path: Path) -> None:
    """As Excel keeps it: the formula, and beside it what it gave."""
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "raw.xlsx") as book:
        sheet = book.add_worksheet()
        for at, name in enumerate(("datum", "x", "y", "zaak")):
            sheet.write(0, at, name)
        sheet.write(1, 0, "2025-09-01")
        sheet.write_formula(1, 1, "=250000+8000", value=258000)
        sheet.write(1, 2, 471000)
        sheet.write_formula(1, 3, '="A"&"B"', value="AB")
    with zipfile.ZipFile(tmp_path / "raw.xlsx") as raw, \
            zipfile.ZipFile(tmp_path / "a.xlsx", "w") as out:  # fmt: skip
        for name in raw.namelist():
            out.writestr(name, raw.read(name).replace(b' fullCalcOnLoad="1"', b""))
    incidents, report = ipg.read_incidents(tmp_path / "a.xlsx")
    assert incidents.geometry[0].x == 258000
    assert incidents["zaak"].tolist() == ["AB"]
    assert not any("formule" in note for note in report.notes)


def test_a_sheet_that_does_not_say_its_size_is_not_read_to_learn_it(tmp_path: Path) -> None:
    """A workbook opens though the sheet breaks off: nothing of it has been read yet."""
    whole, cut = tmp_path / "heel.xlsx", tmp_path / "half.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Blad"
    for n in range(2000):
        book.active.append([n, "Laan"])
    book.save(whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(cut, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if "worksheets/" in name:
                content = re.sub(rb"<dimension[^>]*/>", b"", content)
                assert b"dimension" not in content
                content = content[: len(content) // 2]
            target.writestr(name, content)
    assert sheets.sheets(cut) == ["Blad"]
    assert sheets.names(cut, None) == ["0", "Laan"]
