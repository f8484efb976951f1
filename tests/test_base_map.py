"""Water, green, railways and buildings come from files on the computer, whatever calls them so."""

import geopandas as gpd
import pytest
import shapely
from test_maps_layers import calls

from ipgtools import io, maps
from ipgtools.errors import ReadError

X, Y = 258000, 471000


def square(x: float, side: float = 50) -> shapely.Polygon:
    return shapely.box(X + x, Y, X + x + side, Y + side)


def saved(path, layer: str, shapes: list, **columns):
    table = gpd.GeoDataFrame(columns, geometry=shapes, crs=28992)
    table.to_file(path, layer=layer)
    return path


def test_layers_are_known_by_their_names(tmp_path):
    path = tmp_path / "top10nl.gpkg"
    rail = shapely.LineString([(X, Y), (X + 900, Y)])
    for layer, shape in (
        ("waterdeel_vlak", square(0)), ("groenvoorziening", square(100)), ("Pand", square(200)),
        ("spoorbaandeel", rail), ("kunst", square(300)),
    ):  # fmt: skip
        saved(path, layer, [shape], naam=["x"])
    base = io.read_base(path)
    assert sorted(base["kind"]) == ["building", "green", "railway", "water"]
    assert base.crs == 28992
    assert list(base.columns) == ["kind", "geometry"]


def test_tags_of_openstreetmap_say_what_a_shape_is(tmp_path):
    path = saved(
        tmp_path / "osm.gpkg", "multipolygons", [square(100 * i) for i in range(5)],
        natural=["water", "wood", None, None, None],
        landuse=[None, None, "residential", "cemetery", None],
        building=[None, None, None, None, "yes"],
    )  # fmt: skip
    assert io.read_base(path)["kind"].tolist() == ["water", "green", "green", "building"]


def test_a_folder_is_read_as_a_whole_and_only_what_is_near(tmp_path):
    saved(tmp_path / "water.geojson", "water", [square(0), square(90_000)])
    saved(tmp_path / "panden.gpkg", "panden", [square(10)])
    (tmp_path / "LEESMIJ.txt").write_text("tekst")
    base = io.read_base(tmp_path, within=(X - 100, Y - 100, X + 500, Y + 500))
    assert sorted(base["kind"]) == ["building", "water"]
    assert base.total_bounds.max() < Y + 200


def test_what_is_not_known_is_said_with_the_layers_there_are(tmp_path):
    path = saved(tmp_path / "iets.gpkg", "percelen", [square(0)], nummer=[1])
    with pytest.raises(ReadError, match="water, green") as caught:
        io.read_base(path)
    assert caught.value.facts["found"] == "percelen"
    (tmp_path / "stuk.gpkg").write_text("geen kaart")
    with pytest.raises(ReadError, match=r"stuk\.gpkg"):
        io.read_base(tmp_path / "stuk.gpkg")


def test_it_lies_under_all_else_and_only_its_shapes_are_in_the_page(tmp_path):
    path = saved(tmp_path / "w.gpkg", "water", [square(0)], eigenaar=["GEHEIM"])
    drawn = maps.hotspot_map(base=io.read_base(path), source="kaart van de gemeente")
    ((data, styles, options),) = calls(drawn, "shapes")
    assert [feature["properties"]["s"] for feature in data["features"]] == ["water"]
    assert options["zIndex"] < 400
    assert "stroke" in styles["water"]
    assert "GEHEIM" not in maps.page(drawn)
