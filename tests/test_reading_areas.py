"""Areas as files have them: in pieces, in smaller areas, with codes and counts written anyhow."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import ipgtools as ipg
from ipgtools.errors import ReadError
from ipgtools.nl.reading import REASONS

BUURTEN = pd.DataFrame(
    {
        "buurtcode": ["BU01530100", "BU01530101", "BU01530200"],
        "buurtnaam": ["Velve-Lindenhof", "Wooldrik", "Pathmos"],
        "wijkcode": ["WK015301", "WK015301", "WK015302"],
        "wijknaam": ["Hogeland - Velve", "Hogeland - Velve", "Boswinkel - Stadsveld"],
        "gemeentecode": "GM0153",
        "aantal_inwoners": [4805, 1250, 3000],
        "aantal_huishoudens": [2000, 600, 1400],
    }
)
SHAPES = [shapely.box(x, 471_000, x + 100, 471_100) for x in (258_000, 258_100, 258_300)]


def written(path: Path, table: pd.DataFrame = BUURTEN, shapes: list = SHAPES) -> Path:
    gpd.GeoDataFrame(table, geometry=shapes, crs=28992).to_file(path)
    return path


def test_wijken_are_put_together_from_buurten(tmp_path: Path) -> None:
    """Each has the shape and the people of all of its buurten, not those of the first one."""
    areas, report = ipg.read_areas(written(tmp_path / "a.gpkg"), level="wijk")
    assert areas["area_code"].tolist() == ["WK015301", "WK015302"]
    assert areas["inhabitants"].tolist() == [6055, 3000]
    assert areas["households"].tolist() == [2600, 1400]
    assert areas.area.tolist() == [20_000, 10_000]
    assert areas["area_name"].tolist() == ["Hogeland - Velve", "Boswinkel - Stadsveld"]
    assert (report.n_read, report.n_used) == (3, 3)
    assert any("1 wijk is samengesteld uit 2 kleinere gebieden" in note for note in report.notes)


def test_what_differs_within_a_wijk_is_not_said_of_it(tmp_path: Path) -> None:
    """The name of its first buurt isn't its own."""
    areas, _ = ipg.read_areas(written(tmp_path / "a.gpkg"), level="wijk")
    assert areas["buurtnaam"].fillna("-").tolist() == ["-", "Pathmos"]


def test_a_buurt_without_inhabitants_is_counted_beside_the_sum(tmp_path: Path) -> None:
    """The sum of the others isn't passed off as all."""
    table = BUURTEN.assign(aantal_inwoners=[4805, -99_997, 3000])
    areas, report = ipg.read_areas(written(tmp_path / "a.gpkg", table), level="wijk")
    assert areas["inhabitants"].tolist() == [4805, 3000]
    assert any("van 1 kleiner gebied is het aantal inwoners niet bekend" in n for n in report.notes)


def test_wijken_of_twente_are_those_of_cbs(shared: Path) -> None:
    """Put together from buurten they have the shapes of the layer of wijken."""
    path = shared / "nl_twente_buurten_2021" / "twente_2021.gpkg"
    made, report = ipg.read_areas(path, level="wijk", layer="buurten")
    cbs, _ = ipg.read_areas(path, level="wijk")
    assert (report.n_read, report.n_used, len(made)) == (517, 517, 120)
    assert made["area_code"].tolist() == cbs["area_code"].tolist()
    different = made.symmetric_difference(cbs, align=False).area / cbs.area
    assert different.max() < 1e-3


def test_pieces_of_one_buurt_are_one_buurt(tmp_path: Path) -> None:
    """Its people live there once, though each piece has their number."""
    table = BUURTEN.iloc[[0, 0, 1]]
    areas, report = ipg.read_areas(written(tmp_path / "a.gpkg", table))
    assert areas["area_code"].tolist() == ["BU01530100", "BU01530101"]
    assert areas["inhabitants"].tolist() == [4805, 1250]
    assert areas.area.tolist() == [20_000, 10_000]
    assert report.n_rejected == 0
    assert any("2 rijen zijn delen van 1 gebied" in note for note in report.notes)


@pytest.mark.parametrize("change", [{"aantal_inwoners": 17}, {"buurtnaam": "Iets anders"}])
def test_a_row_that_contradicts_an_earlier_one_is_no_piece_of_it(tmp_path: Path, change) -> None:
    """One code can't be two areas."""
    table = pd.concat([BUURTEN, BUURTEN.head(1).assign(**change)])
    shapes = [*SHAPES, shapely.box(0, 400_000, 1, 400_001)]
    _, report = ipg.read_areas(written(tmp_path / "a.gpkg", table, shapes))
    assert report.rejected["reason"].tolist() == [REASONS["code_double"]]


def test_the_same_row_twice_counts_once(tmp_path: Path) -> None:
    table = pd.concat([BUURTEN, BUURTEN.tail(1)])
    _, report = ipg.read_areas(written(tmp_path / "a.gpkg", table, [*SHAPES, SHAPES[-1]]))
    assert report.rejected["source_row"].tolist() == [4]


@pytest.mark.parametrize(
    "codes",
    [
        ["bu01530100  ", "bu01530101  ", "bu01530200  "],
        ["01530100", "01530101", "01530200"],
        [1530100, 1530101, 1530200],
        [1530100.0, 1530101.0, 1530200.0],
    ],
)
def test_codes_are_written_as_cbs_does(tmp_path: Path, codes: list) -> None:
    """Padded, in lower case, or as the numbers that a sheet makes of them."""
    areas, _ = ipg.read_areas(written(tmp_path / "a.gpkg", BUURTEN.assign(buurtcode=codes)))
    assert areas["area_code"].tolist() == BUURTEN["buurtcode"].tolist()
    assert areas["level"].unique().tolist() == ["buurt"]


def test_inhabitants_with_dots_between_thousands_are_thousands(tmp_path: Path) -> None:
    """4.805 people aren't five."""
    path = written(tmp_path / "a.gpkg", BUURTEN.drop(columns="aantal_inwoners"))
    (tmp_path / "c.csv").write_text("code;inwoners\n1530100;4.805\n1530101;285\n1530200;12.000\n")
    areas, _ = ipg.read_areas(path, inhabitants=tmp_path / "c.csv")
    assert areas["inhabitants"].tolist() == [4805, 285, 12_000]


def test_inhabitants_of_several_years_are_a_doubt(tmp_path: Path) -> None:
    """The first one isn't taken for the right one."""
    path = written(tmp_path / "a.gpkg", BUURTEN.drop(columns="aantal_inwoners"))
    (tmp_path / "b.csv").write_text("code;inwoners\nBU01530100;4805\nBU01530100;4700\n")
    with pytest.raises(ReadError, match=r"several numbers of inhabitants: 4\.805, 4\.700"):
        ipg.read_areas(path, inhabitants=tmp_path / "b.csv")


def test_inhabitants_of_a_wijk_are_not_counted_once_for_each_buurt(tmp_path: Path) -> None:
    """They come from the table of wijken after the wijken are put together."""
    path = written(tmp_path / "a.gpkg", BUURTEN.drop(columns="aantal_inwoners"))
    (tmp_path / "b.csv").write_text("code;inwoners\nWK015301;12510\nWK015302;21520\n")
    areas, _ = ipg.read_areas(path, level="wijk", inhabitants=tmp_path / "b.csv")
    assert areas["inhabitants"].tolist() == [12_510, 21_520]


def test_areas_without_inhabitants_are_warned_of(tmp_path: Path) -> None:
    """Nobody wonders on the slide why there are no rates."""
    _, report = ipg.read_areas(written(tmp_path / "a.gpkg", BUURTEN[["buurtcode", "buurtnaam"]]))
    assert any("van 3 van de 3 gebieden is het aantal inwoners" in note for note in report.notes)


@pytest.mark.parametrize("front", ["", "SRID=28992;"])
def test_shapes_as_text_are_shapes(tmp_path: Path, front: str) -> None:
    """As QGIS and databases write them in a CSV."""
    table = BUURTEN.assign(WKT=[front + shape.wkt for shape in SHAPES])
    table.to_csv(tmp_path / "a.csv", sep=";", index=False)
    areas, _ = ipg.read_areas(tmp_path / "a.csv")
    assert areas.area.tolist() == [10_000] * 3
    assert areas.crs == 28992


def test_degrees_as_text_are_degrees(tmp_path: Path) -> None:
    """Where the shapes lie says so."""
    shapes = gpd.GeoSeries(SHAPES, crs=28992).to_crs(4326).to_wkt()
    BUURTEN.assign(geometry=shapes).to_csv(tmp_path / "a.csv", index=False)
    areas, _ = ipg.read_areas(tmp_path / "a.csv")
    assert areas.area.tolist() == pytest.approx([10_000] * 3, rel=1e-2)
