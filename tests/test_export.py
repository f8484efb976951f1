"""Result tables are written to the formats that people work in, and come back as they were."""

import sqlite3
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
from shapely import LineString, Point, box

import ipgtools as ipg


def cells(**columns: object) -> gpd.GeoDataFrame:
    shapes = [box(100 * at, 0, 100 * at + 100, 100) for at in range(4)]
    return gpd.GeoDataFrame({"cell_id": list("abcd"), **columns}, geometry=shapes, crs=28992)


def style_of(path: Path, layer: str) -> ET.Element:
    with sqlite3.connect(path) as database:
        (qml,) = database.execute(
            "SELECT styleQML FROM layer_styles WHERE f_table_name = ? AND useAsDefault", (layer,)
        ).fetchone()
    database.close()
    return ET.fromstring(qml)


def test_a_geopackage_has_all_layers_with_their_crs(tmp_path: Path) -> None:
    points = gpd.GeoDataFrame({"n": [1]}, geometry=[Point(1, 2)], crs=28992)
    tables = {"cellen": cells(n=[1, 2, 3, 9]), "punten": points, "lijst": pd.DataFrame({"x": [1]})}
    path = ipg.save(tables, tmp_path / "wijk.gpkg")
    assert {"cellen", "punten", "lijst"} <= set(pyogrio.list_layers(path)[:, 0])
    back = gpd.read_file(path, layer="cellen")
    assert back["n"].tolist() == [1, 2, 3, 9]
    assert back.crs == points.crs
    assert back.geometry.geom_equals(tables["cellen"].geometry).all()


def test_a_layer_is_drawn_by_what_its_columns_hold(tmp_path: Path) -> None:
    streets = gpd.GeoDataFrame({"name": ["A"]}, geometry=[LineString([(0, 0), (1, 1)])], crs=28992)
    places = cells(claim=["new", "busy", "new", "list"], number=[1, 2, 3, 4], n=[9, 8, 7, 6])
    path = ipg.save(
        {"cellen": cells(n=[1, 2, 3, 9]), "plekken": places, "straten": streets},
        tmp_path / "wijk.gpkg",
    )
    counted = style_of(path, "cellen").find("renderer-v2")
    assert (counted.get("type"), counted.get("attr")) == ("graduatedSymbol", "n")
    steps = [(float(one.get("lower")), float(one.get("upper"))) for one in counted.iter("range")]
    assert steps[0][0] == 1
    assert steps[-1][1] == 9
    assert len(steps) == len(list(counted.iter("symbol")))
    claimed = style_of(path, "plekken").find("renderer-v2")
    assert claimed.get("attr") == "claim"
    assert [one.get("value") for one in claimed.iter("category")] == ["new", "busy", "list"]
    assert style_of(path, "straten").find("renderer-v2/symbols/symbol").get("type") == "line"


def test_text_of_a_file_stays_text_in_a_style(tmp_path: Path) -> None:
    table = cells(category=['<x a="1">', "b & c", "b & c", None])
    style = style_of(ipg.save(table, tmp_path / "x.gpkg"), "x")
    values = {one.get("value") for one in style.iter("category")}
    assert values == {'<x a="1">', "b & c", ""}


@pytest.mark.parametrize("n", [[], [4], [4, 4, 4, 4]])
def test_layers_without_steps_get_one_symbol(n: list[int], tmp_path: Path) -> None:
    table = cells(n=[1, 2, 3, 4]).iloc[: len(n)].assign(n=n)
    style = style_of(ipg.save(table, tmp_path / "x.gpkg"), "x")
    assert style.find("renderer-v2").get("type") == "singleSymbol"


def test_geoparquet_keeps_shapes_crs_and_types(tmp_path: Path) -> None:
    table = cells(day=pd.to_datetime(["2025-09-01"] * 4))
    back = gpd.read_parquet(ipg.save(table, tmp_path / "x.parquet"))
    assert back.crs == table.crs
    assert back["day"].dtype.kind == "M"


def test_excel_shows_numbers_and_days_as_such(tmp_path: Path) -> None:
    table = pd.DataFrame({
        "n": [12_000], "p_value": [0.01234], "ratio": [1.5], "day": pd.to_datetime(["2025-09-01"]),
        "text": ["=1+1"],
    })  # fmt: skip
    book = openpyxl.load_workbook(ipg.save({"lijst": table}, tmp_path / "x.xlsx"))
    shown = [cell.number_format for cell in book["lijst"][2]]
    assert shown == ["#,##0", "0.0000", "0.00", "dd-mm-yyyy", "General"]
    assert book["lijst"]["E2"].value == "'=1+1"


def test_a_name_or_number_of_tables_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ipg.IpgError, match=r"choose from \.gpkg"):
        ipg.save(cells(), tmp_path / "x.shp")
    with pytest.raises(ipg.IpgError, match="one table"):
        ipg.save({"a": cells(), "b": cells()}, tmp_path / "x.csv")
    assert list(tmp_path.iterdir()) == []


def test_an_older_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = ipg.save({"oud": cells(), "a": cells()}, tmp_path / "x.gpkg")
    ipg.save({"a": cells(n=[1, 2, 3, 4])}, path)
    assert set(pyogrio.list_layers(path)[:, 0]) == {"a", "layer_styles"}
    assert [one.name for one in tmp_path.iterdir()] == ["x.gpkg"]


def test_the_same_tables_give_the_same_file(tmp_path: Path) -> None:
    first, second = (ipg.save(cells(n=[1, 2, 3, 9]), tmp_path / name / "x.gpkg") for name in "ab")
    assert first.read_bytes() == second.read_bytes()


def test_the_folder_of_a_briefing_has_the_layers_of_its_audience(sample_briefing) -> None:
    run = sample_briefing.run
    (path,) = [one for one in run.files if one.suffix == ".gpkg"]
    assert path.parent.name == "delen"
    layers = set(pyogrio.list_layers(path)[:, 0]) - {"layer_styles"}
    assert layers
    for name in layers:
        layer, released = gpd.read_file(path, layer=name), run.tables[name]
        assert set(layer.columns) <= set(released.columns)
        assert layer.geometry.geom_equals_exact(released.geometry, 1e-6).all()


def test_a_table_in_a_notebook_is_dutch_and_safe() -> None:
    table = cells(
        n=[1200, 3, 4, 5], ratio=[1.25, 2.0, float("nan"), 3.0], p_value=[0.0002, 0.04, 0.5, None],
        day=pd.to_datetime(["2025-09-01", "2025-09-02", None, "2025-09-30"]),
        name=["<script>alert(1)</script>", "b", "c", "d"], known=[True, False, True, False],
    )  # fmt: skip
    heads = {"name": "plek", "n": "aantal", "ratio": "verhouding", "p_value": "kans",
             "day": "dag", "known": "bekend"}  # fmt: skip
    html = ipg.export.view(table, heads, n=3).to_html()
    for shown in ("1.200", "1,2", "onder 0,001", "0,040", "01-09-2025", "ja", "nee", "plek"):
        assert f">{shown}<" in html, shown
    assert "<script>" not in html
    assert html.count("<tr>") == 4
    assert "geometry" not in ipg.export.view(table).to_html()
    assert "<b>" not in ipg.export.view(pd.DataFrame({"<b>": [1]})).to_html()


def test_a_time_of_day_is_shown_where_there_is_one() -> None:
    shown = ipg.export.view(pd.DataFrame({"at": pd.to_datetime(["2025-09-01 14:05"])}))
    assert ">01-09-2025 14:05<" in shown.to_html()


def test_a_view_of_a_column_that_is_not_there_says_so() -> None:
    with pytest.raises(ipg.errors.ContractError, match="lacks street"):
        ipg.export.view(cells(n=[1, 2, 3, 4]), {"street": "straat"})
