"""Files made by chance or to do harm: one Dutch message, never a traceback, never a lost row."""

import gzip
import io
import json
import os
import runpy
import sqlite3
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

import docx
import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

import ipgtools as ipg
from ipgtools import cli, photos
from ipgtools.errors import IpgError

try:
    import duckdb
except ImportError:
    duckdb = None

WRITERS = runpy.run_path(str(Path(__file__).with_name("test_formats.py")))["WRITERS"]
FUZZ = bool(os.environ.get("IPGTOOLS_FUZZ"))
"""Whether to look for minutes instead of seconds."""
GB = 1 << 30

HEADER = "incident_id;datum;soort;x;y;zaak"
ROWS = [f"P{n};0{n % 9 + 1}-09-2025 1{n % 10}:00;A20;{258000 + n};471000;tekst" for n in range(40)]
GOOD = "\n".join([HEADER, *ROWS]).encode()
SETTINGS = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=2_000 if FUZZ else settings.default.max_examples,
    derandomize=not FUZZ,
)
FAST = settings(parent=SETTINGS, max_examples=2_000 if FUZZ else SETTINGS.max_examples // 2)


def files() -> dict[str, bytes]:
    """Make a good file of every kind."""
    table = pd.read_csv(io.BytesIO(GOOD), sep=";")
    table["datum"] = pd.to_datetime(table["datum"], format="%d-%m-%Y %H:%M")
    made = {"a.csv": GOOD, "a.csv.gz": gzip.compress(GOOD, mtime=0)}
    with tempfile.TemporaryDirectory() as folder:
        for name, write in WRITERS.items():
            if name not in made:
                path = Path(folder) / name
                write(table, path)
                made[name] = path.read_bytes()
        if duckdb is not None:
            with duckdb.connect(f"{folder}/a.duckdb") as base:
                base.register("rows", table)
                base.execute("CREATE TABLE t AS SELECT * FROM rows")
            made["a.duckdb"] = (Path(folder) / "a.duckdb").read_bytes()
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "bewoner@voorbeeld.nl", "Lantaarn kapot"
    mail.set_content("Op de hoek van de Pluimstraat.")
    mail.add_attachment(photo(), maintype="image", subtype="jpeg", filename="../../x.jpg")
    made["a.eml"] = bytes(mail)
    made["a.mbox"] = b"".join(b"From a@b Mon Sep  1 10:00:00 2025\n" + bytes(mail) + b"\n\n"
                              for _ in range(3))  # fmt: skip
    made["a.jpg"] = photo()
    made["a.docx"] = report()
    made["a.pdf"] = pdf(
        zlib.compress(b"BT /F1 9 Tf 10 700 Td (1. Pluimstraat 3: lamp kapot) Tj ET")
    )
    reports = [{"service_request_id": f"{n}", "status": "open", "service_name": "Verlichting",
                "description": "lamp", "requested_datetime": "2025-09-01T10:00:00Z",
                "lat": 52.2, "long": 6.9} for n in range(5)]  # fmt: skip
    made["a.json"] = json.dumps(reports).encode()
    return made


def photo() -> bytes:
    """Make a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    return out.getvalue()


def report() -> bytes:
    """Make a schouw report in Word."""
    document, out = docx.Document(), io.BytesIO()
    table = document.add_table(0, 4)
    for words in (
        ("nr", "adres", "omschrijving", "actie door"),
        ("1", "Pluimstraat 3", "lamp", ""),
    ):
        for cell, word in zip(table.add_row().cells, words, strict=True):
            cell.text = word
    document.save(out)
    return out.getvalue()


def pdf(content: bytes, filters: str = "/FlateDecode") -> bytes:
    """Make a PDF of one page."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<>>>>",
        b"<</Length %d/Filter%s>>stream\n%s\nendstream" % (len(content), filters.encode(), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(places)
    return out + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)


FILES = files()


def check(path: Path, capsys: pytest.CaptureFixture[str] | None = None) -> int:
    """Read a file on the command line; what is said is Dutch and no traceback."""
    named = f"duckdb://{path}?table=t" if path.suffix == ".duckdb" else str(path)
    code = cli.run(["check", named])
    if capsys is not None:
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        assert "niet voorzien" not in said.err
    assert code in {0, 2}
    return code


def accounted(path: Path) -> None:
    """Read a file; if it is read every row is accounted for."""
    named = f"duckdb://{path}?table=t" if path.suffix == ".duckdb" else path
    try:
        incidents, report = ipg.read_incidents(named)
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
def test_a_file_that_was_cut_off(tmp_path: Path, name: str, capsys) -> None:
    path = tmp_path / name
    for share in (0.02, 0.3, 0.6, 0.95, 0.999):
        path.write_bytes(FILES[name][: int(len(FILES[name]) * share)])
        check(path, capsys)
        accounted(path)


@pytest.mark.parametrize("name", FILES)
def test_a_file_with_flipped_bits(tmp_path: Path, name: str) -> None:
    @settings(parent=SETTINGS, max_examples=200 if FUZZ else SETTINGS.max_examples // 5)
    @given(
        flips=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 7)), min_size=1, max_size=3)
    )
    def holds(flips: list[tuple[float, int]]) -> None:
        content = bytearray(FILES[name])
        for where, bit in flips:
            content[int(where * len(content))] ^= 1 << bit
        path = tmp_path / name
        path.write_bytes(content)
        check(path)
        accounted(path)

    holds()


def test_ten_thousand_columns_of_nothing_known(tmp_path: Path, capsys) -> None:
    names = [f"kolom{number}" for number in range(10_000)]
    path = tmp_path / "a.csv"
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


def deflated(block: bytes, size: int, head: bytes = b"") -> tuple[bytes, int, int]:
    """Pack a block so many times that it makes `size` bytes, without packing it each time."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    first = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    once = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    times = size // len(block)
    check = zlib.crc32(head)
    for _ in range(times):
        check = zlib.crc32(block, check)
    return first + once * times + packer.flush(), check, len(head) + times * len(block)


def zip_of(parts: dict[str, tuple[bytes, int, int]]) -> bytes:
    """Put packed parts in a zip."""
    out, listed = b"", b""
    for name, (packed, check, size) in parts.items():
        plain = name.encode()
        about = struct.pack("<5H3L2H", 20, 0, 8, 0, 0, check, len(packed), size, len(plain), 0)
        listed += b"PK\x01\x02\x14\x00" + about + struct.pack("<3H2L", 0, 0, 0, 0, len(out)) + plain
        out += b"PK\x03\x04" + about + plain + packed
    n = len(parts)
    return (
        out + listed + b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, n, n, len(listed), len(out), 0)
    )


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
NAMES = b"".join(
    b'<c t="inlineStr"><is><t>%s</t></is></c>' % name for name in (b"datum", b"x", b"y")
)
LAUGHS = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">%s]>' % b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
"""Ten thousand million signs in a few hundred."""
ODS = (
    '<?xml version="1.0"?><o:document-content '
    'xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><o:body><o:spreadsheet>'
    '<t:table t:name="a"><t:table-row t:number-rows-repeated="{rows}"><t:table-cell '
    'o:value-type="string" t:number-columns-repeated="{columns}"><text:p>{said}</text:p>'
    "</t:table-cell></t:table-row></t:table></o:spreadsheet></o:body></o:document-content>"
)


def with_part(content: bytes, part: str, packed: tuple[bytes, int, int]) -> bytes:
    """Give a packed document another part."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            raw = archive.read(name)
            parts[name] = deflated(b"-", 0, raw)
    return zip_of(parts | {part: packed})


def part(text: bytes) -> tuple[bytes, int, int]:
    """Pack a part that isn't large."""
    return deflated(b"-", 0, text)


def circular() -> bytes:
    """Make an .xls of which block 2 comes after block 3 and the other way round, for gigabytes."""

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        raw = name.encode("utf-16-le")
        about = struct.pack("<H2B3L", len(raw) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return raw.ljust(64, b"\x00") + about + bytes(36) + struct.pack("<3L", start, size, 0)

    head = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9L", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109L", 0, *[0xFFFFFFFF] * 108)
    blocks = struct.pack("<4L", 0xFFFFFFFD, 0xFFFFFFFE, 3, 2).ljust(512, b"\xff")
    entries = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
    entries += entry("Workbook", 2, 0xFFFFFFFF, 2, 1 << 31)
    return head + blocks + entries.ljust(512, b"\x00") + bytes(1024)


def bombs() -> dict[str, bytes]:
    """Make files of some kilobytes or megabytes that stand for gigabytes."""
    zeros = deflated(bytes(1 << 20), GB)
    rows = deflated(b"P1;01-09-2025 10:00;258000;471000\n" * 30_000, GB, b"uid;datum;x;y\n")
    gz = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
    whole = zip_of({"a.csv": zeros})
    end = b"</sheetData></worksheet>"
    xlsx = FILES["a.xlsx"]
    sheet = "xl/worksheets/sheet1.xml"
    cells = deflated(b"<row><c><v>1</v></c><c><v>2</v></c></row>" * 20_000, GB, SHEET)
    far = SHEET + b'<row r="1">' + NAMES + b'</row><row r="99999999999"><c r="XFD9"/></row>' + end
    wide = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(2, 2000))
    spans = b"".join(b'<mergeCell ref="A%d:XFD1048576"/>' % n for n in range(2, 90_000))
    merged = SHEET + b"<row>" + NAMES + b"</row></sheetData><mergeCells>" + spans + b"</mergeCells>"
    laugh = b'<row r="1"><c t="inlineStr"><is><t>&j;</t></is></c></row>'
    ods = {"mimetype": part(b"application/vnd.oasis.opendocument.spreadsheet")}
    kml = (
        b'<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>&j;</name></Placemark></kml>'
    )
    twice = zlib.compress(zlib.compress(bytes(300 << 20), 1), 1)
    return {
        "zeros.zip": whole,
        "rows.zip": zip_of({"a.csv": rows}),
        "nested.zip": zip_of({"a.zip": part(whole), "b/c.zip": part(whole)}),
        "zeros.csv.gz": gz + zeros[0] + struct.pack("<2L", zeros[1], zeros[2] % (1 << 32)),
        "many.csv.gz": gzip.compress(b"uid;datum;x;y\n")
        + gzip.compress(b"P1;01-09-2025 10:00;258000;471000\n" * 30_000) * 1000,
        "sheet.xlsx": with_part(xlsx, sheet, cells),
        "far.xlsx": with_part(xlsx, sheet, part(far)),
        "wide.xlsx": with_part(
            xlsx, sheet, part(SHEET + b"<row>" + NAMES + b"</row>" + wide + end)
        ),
        "merged.xlsx": with_part(xlsx, sheet, part(merged + b"</worksheet>")),
        "round.xls": circular(),
        "laughs.xlsx": with_part(xlsx, sheet, part(LAUGHS + SHEET + laugh + end)),
        "texts.xlsx": with_part(xlsx, "xl/sharedStrings.xml", deflated(bytes(1 << 20), GB)),
        "content.ods": zip_of(ods | {"content.xml": zeros}),
        "repeat.ods": zip_of(
            ods
            | {"content.xml": part(ODS.format(rows=1 << 20, columns=1 << 14, said="x").encode())}
        ),
        "long.ods": zip_of(
            ods
            | {"content.xml": part(ODS.format(rows=9999, columns=100, said="a" * 30_000).encode())}
        ),
        "a.kmz": zip_of({"doc.kml": zeros}),
        "laughs.kml": LAUGHS + kml,
        "a.docx": with_part(FILES["a.docx"], "word/document.xml", zeros),
        "laughs.docx": with_part(
            FILES["a.docx"], "word/document.xml", part(LAUGHS + b"<w>&j;</w>")
        ),
        "zeros.pdf": pdf(b"\x78\x9c" + zeros[0]),
        "twice.pdf": pdf(twice, "[/FlateDecode /FlateDecode]"),
    }


def parquet_bombs(folder: Path) -> None:
    """Write files whose rows, or whose one long text, are said but once."""
    chunk = pa.table({"datum": ["2025-09-01"] * 10**6, "x": np.ones(10**6), "y": np.ones(10**6)})
    with pq.ParquetWriter(folder / "rows.parquet", chunk.schema, compression="zstd") as out:
        for _ in range(40):
            out.write_table(chunk)
    shared = pa.DictionaryArray.from_arrays(np.zeros(50_000, "int32"), ["a" * (1 << 20)])
    table = pa.table({"datum": shared, "x": np.arange(5e4), "y": np.arange(5e4)})
    pq.write_table(table, folder / "text.parquet", compression="zstd", store_schema=False)


def endless_views(folder: Path) -> None:
    """Write GeoPackages whose layer is a query that gives rows without end."""
    point = gpd.GeoDataFrame(
        {"datum": ["2025-09-01"]}, geometry=gpd.points_from_xy([0], [0]), crs=28992
    )
    queries = {
        "self.gpkg": "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) "
        "SELECT r.i AS fid, p.geom, p.datum FROM r, p",
        "join.gpkg": "SELECT a.i + b.i + c.i AS fid, p.geom, p.datum FROM n a, n b, n c, p",
    }
    for name, query in queries.items():
        point.to_file(folder / name, layer="p")
        with sqlite3.connect(folder / name) as base:
            base.execute("CREATE TABLE n (i)")
            base.executemany("INSERT INTO n VALUES (?)", [(i,) for i in range(2000)])
            base.execute(f"CREATE VIEW v AS {query}")
            for table in ("gpkg_contents", "gpkg_geometry_columns"):
                base.execute(f"UPDATE {table} SET table_name = 'v' WHERE table_name = 'p'")
        base.close()


CHILD = """
import sys
from ipgtools import cli
for path in sys.argv[1:]:
    print(f"{cli.run(['check', path])} {path}", flush=True)
"""


def checked_in_a_child(paths: list[Path]) -> tuple[dict[str, int], str, int]:
    """Check files in a process of their own: exit code of each, what was said, most memory."""
    with tempfile.TemporaryFile("w+") as out:
        words = [sys.executable, "-c", CHILD, *map(str, paths)]
        child = subprocess.Popen(words, stdout=out, stderr=out)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read()
    assert child.returncode == 0, said[-2000:]
    lines = [line.split(" ", 1) for line in said.splitlines() if line[:2] in {"0 ", "1 ", "2 "}]
    codes = {Path(path).name: int(code) for code, path in lines if Path(path) in paths}
    unit = 1 if sys.platform == "darwin" else 1024
    return codes, said, used.ru_maxrss * unit


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system can't tell a child's memory")
def test_no_bomb_takes_two_gigabytes_or_gives_a_traceback(tmp_path: Path) -> None:
    """Zips, sheets, maps and documents of a gigabyte and more, measured on the command line."""
    for name, content in bombs().items():
        (tmp_path / name).write_bytes(content)
    parquet_bombs(tmp_path)
    endless_views(tmp_path)
    paths = sorted(tmp_path.iterdir())
    assert max(path.stat().st_size for path in paths) < 10 << 20
    codes, said, memory = checked_in_a_child(paths)
    assert set(codes) == {path.name for path in paths}
    assert codes == {path.name: 0 if path.name == "wide.xlsx" else 2 for path in paths}
    assert "Traceback" not in said
    assert "niet voorzien" not in said
    assert memory < 2 * GB


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system can't tell a child's memory")
@pytest.mark.parametrize("n_columns", [1_000, pytest.param(10_000, marks=pytest.mark.calibrate)])
def test_thousands_of_columns_in_every_kind_of_table(tmp_path: Path, n_columns: int) -> None:
    rows = pd.DataFrame({"datum": ["2025-09-01"] * 3, "x": 258000, "y": range(471000, 471003)})
    more = pd.DataFrame(1, index=rows.index, columns=[f"kolom{n}" for n in range(n_columns)])
    wide = pd.concat([rows, more], axis=1)
    wide.to_csv(tmp_path / "a.csv", index=False)
    if FUZZ:
        wide.to_parquet(tmp_path / "a.parquet")
        wide.head(1).to_excel(tmp_path / "a.xlsx", index=False)
    paths = sorted(tmp_path.iterdir())
    codes, said, memory = checked_in_a_child(paths)
    assert codes == {path.name: 0 for path in paths}, said[-2000:]
    assert memory < 2 * GB


ELSEWHERE = {
    "a.kml": '<OGRVRTDataSource><!-- <kml> --><OGRVRTLayer name="a"><SrcDataSource>{other}'
    "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
    "a.gpkg": '<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>{other}</SrcDataSource>'
    "</OGRVRTLayer></OGRVRTDataSource>",
    "a.geojson": '{{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! '
    'read {other} ! sort", "features": "Feature"}}',
    "a.gml": "<OGRWFSDataSource><URL>http://127.0.0.1:9/gml</URL></OGRWFSDataSource>",
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_no_map_makes_us_read_another_file_or_the_network(
    tmp_path: Path, name: str, capsys
) -> None:
    other = tmp_path / "geheim.geojson"
    other.write_bytes(FILES["a.geojson"])
    path = tmp_path / name
    path.write_text(ELSEWHERE[name].format(other=other))
    assert check(path, capsys) == 2
    with pytest.raises(IpgError):
        ipg.read_incidents(path)


def test_no_name_in_an_archive_or_mail_leaves_its_folder(tmp_path: Path, monkeypatch) -> None:
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(inside))
    path = tmp_path / "a.zip"
    for name in ("../../x.csv", "/x.csv", "..\\..\\x.csv", "C:\\x.csv", "a/../../../x.csv"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, GOOD)
        _, report = ipg.read_incidents(path)
        assert (report.n_used, report.source) == (40, "x.csv")
    photos.read_photos(write(tmp_path / "m.eml", FILES["a.eml"]), inside / "fotos")
    left = {str(one.relative_to(tmp_path)) for one in tmp_path.rglob("*") if one.is_file()}
    assert {name for name in left if not name.startswith("a/b/fotos")} == {"a.zip", "m.eml"}


def write(path: Path, content: bytes) -> Path:
    """Write bytes and give the path."""
    path.write_bytes(content)
    return path


EVIL = [
    '<svg onload="alert(1)">',
    "<script>alert(1)</script>",
    "+cmd|' /C calc'!A0",
    "@SUM(1)",
    "{{7*7}}",
]


@pytest.mark.parametrize("name", [name for name in WRITERS if name != "a.xls"])
def test_markup_and_formulas_in_text_are_only_text_in_every_format(
    tmp_path: Path, name: str
) -> None:
    """As a value, a column, a layer and a rejected value."""
    table = pd.read_csv(io.BytesIO(GOOD), sep=";").head(5)
    table["datum"] = pd.to_datetime(table["datum"], format="%d-%m-%Y %H:%M")
    table["zaak"] = EVIL
    table.loc[4, ["x", "y"]] = np.nan
    path = tmp_path / name
    WRITERS[name](table, path)
    incidents, report = ipg.read_incidents(path)
    assert incidents["zaak"].tolist() == EVIL[:4]
    page = report._repr_html_()
    assert "<script>alert" not in page
    assert "<svg onload" not in page
