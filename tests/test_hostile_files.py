"""Files made by chance or to do harm: one Dutch message, never a traceback, never a lost row."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import ipgtools as ipg
from ipgtools import cli
from ipgtools.errors import IpgError

HEADER = "incident_id;datum;soort;x;y;zaak"
ROWS = [f"P{n};0{n % 9 + 1}-09-2025 1{n % 10}:00;A20;{258000 + n};471000;tekst" for n in range(40)]
GOOD = "\n".join([HEADER, *ROWS]).encode()
SETTINGS = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def files() -> dict[str, bytes]:
    """Make a good file of every kind."""
    table = pd.read_csv(io.BytesIO(GOOD), sep=";")
    points = gpd.GeoDataFrame(
        table.drop(columns=["x", "y"]), geometry=gpd.points_from_xy(table.x, table.y), crs=28992
    )
    book, parquet = io.BytesIO(), io.BytesIO()
    table.to_excel(book, index=False)
    table.to_parquet(parquet)
    return {
        "a.csv": GOOD,
        "a.csv.gz": gzip.compress(GOOD, mtime=0),
        "a.xlsx": book.getvalue(),
        "a.parquet": parquet.getvalue(),
        "a.geojson": points.to_crs(4326).to_json().encode(),
    }


FILES = files()


def check(path: Path, capsys: pytest.CaptureFixture[str] | None = None) -> int:
    """Read a file on the command line; what is said is Dutch and no traceback."""
    code = cli.run(["check", str(path)])
    if capsys is not None:
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        assert "niet voorzien" not in said.err
    assert code in {0, 2}
    return code


def accounted(path: Path) -> None:
    """Read a file; if it is read every row is accounted for."""
    try:
        incidents, report = ipg.read_incidents(path)
    except IpgError:
        return
    assert report.n_read == len(incidents) + len(report.rejected)
    assert report.rejected["source_row"].is_unique


@SETTINGS
@given(
    fields=st.lists(
        st.lists(
            st.sampled_from(
                ["", "datum", "x", "y", "jaar", "uur", "01-09-2025", "258000", "471000", "6,9",
                 "24:00", '"', "é", "\x00", "=1+1", "<b>", "45901", "NaN", "1e400", "-", "inf"]
            ),
            max_size=6,
        ),
        max_size=8,
    ),
    separator=st.sampled_from([";", ",", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)  # fmt: skip
def test_a_table_made_by_chance(
    tmp_path: Path, fields: list[list[str]], separator: str, encoding: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("\n".join(separator.join(row) for row in fields).encode(encoding))
    check(path)
    accounted(path)


@SETTINGS
@given(
    header=st.permutations(["datum", "x", "y", "tijd", "uur", "incident_id"]),
    rows=st.lists(
        st.lists(
            st.sampled_from(["01-09-2025", "258000", "471000", "24:00", "", "P1", "99", "gek;"]),
            min_size=6,
            max_size=6,
        ),
        min_size=1,
        max_size=8,
    ),
)
def test_a_table_with_the_right_columns_and_any_values(
    tmp_path: Path, header: list[str], rows: list[list[str]]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(";".join(row) for row in [header, *rows]))
    check(path)
    accounted(path)


@SETTINGS
@given(content=st.binary(max_size=300), name=st.sampled_from([*FILES, "a.gpkg", "a.zip", "a.xls"]))
def test_bytes_that_are_no_file(tmp_path: Path, content: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    check(path)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95, 0.999])
def test_a_file_that_was_cut_off(tmp_path: Path, name: str, share: float) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name][: int(len(FILES[name]) * share)])
    check(path)
    accounted(path)


@SETTINGS
@given(
    name=st.sampled_from([name for name in FILES if name != "a.csv"]),
    where=st.floats(0, 0.999),
    bit=st.integers(0, 7),
)
def test_a_file_with_a_flipped_bit(tmp_path: Path, name: str, where: float, bit: int) -> None:
    content = bytearray(FILES[name])
    content[int(where * len(content))] ^= 1 << bit
    path = tmp_path / name
    path.write_bytes(content)
    check(path)
    accounted(path)


def test_ten_thousand_columns(tmp_path: Path, capsys) -> None:
    names = [f"kolom{number}" for number in range(10_000)]
    path = tmp_path / "a.csv"
    path.write_text(
        "\n".join(
            [";".join([HEADER, *names])] + [";".join([row, *["1"] * 10_000]) for row in ROWS[:3]]
        )
    )
    assert check(path, capsys) == 0
    path.write_text(";".join(names) + "\n" + ";".join(["1"] * 10_000))
    assert check(path, capsys) == 2


def test_formulas_and_markup_are_text(tmp_path: Path, capsys) -> None:
    evil = ['=HYPERLINK("http://x")', "<script>alert(1)</script>", "<svg onload=x>", "@SUM(1)"]
    rows = [row.replace("tekst", f'"{text.replace(chr(34), chr(34) * 2)}"')
            for row, text in zip(ROWS, evil, strict=False)]  # fmt: skip
    path = tmp_path / "a.csv"
    path.write_text("\n".join([HEADER, *rows]))
    assert check(path, capsys) == 0
    incidents, report = ipg.read_incidents(path)
    assert incidents["zaak"].tolist() == evil
    assert "<script" not in report._repr_html_()


def test_the_cells_of_a_formula_are_read_as_they_were_last_computed(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["datum", "x", "y"], ["2025-09-01", "=250000+8000", 471000]):
        book.active.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    check(path)
    accounted(path)


def test_a_bomb_is_not_unpacked(tmp_path: Path, capsys) -> None:
    sheet = tmp_path / "a.xlsx"
    with (
        zipfile.ZipFile(sheet, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as stream,
    ):
        for _ in range(250):
            stream.write(bytes(1 << 20))
    text = tmp_path / "a.csv.gz"
    with gzip.open(text, "wb", compresslevel=1) as packed:
        packed.write(GOOD)
        for _ in range(250):
            packed.write(bytes(1 << 20))
    for path in (sheet, text):
        assert cli.run(["check", str(path)]) == 2
        assert "veel te groot" in capsys.readouterr().err


def test_many_of_the_same_name_and_other_odd_headers(tmp_path: Path, capsys) -> None:
    for header in ("x;x;y;datum", ";;;", "datum;x;y;", "datum;x;y;;", '"datum;x;y', "\x00;x;y"):
        path = tmp_path / "a.csv"
        path.write_text(f"{header}\n01-09-2025;258000;471000;1\n")
        check(path, capsys)


def test_geojson_that_isnt_one(tmp_path: Path, capsys) -> None:
    path = tmp_path / "a.geojson"
    for content in (
        {}, [], {"type": "FeatureCollection", "features": []},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": None}]},
        {"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"datum": "2025-09-01"}, "geometry":
             {"type": "Point", "coordinates": [1e308, -1e308]}}]},
    ):  # fmt: skip
        path.write_text(json.dumps(content))
        check(path, capsys)
        accounted(path)
