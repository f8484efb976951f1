"""A chart is finished in one call, and saved as it is shown."""

import inspect
import io

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
import shapely
from matplotlib.colors import to_hex
from PIL import Image

import ipgtools as ipg
from ipgtools import charts, maps
from ipgtools.errors import ArgumentError, ReadError

DRAWING = [
    name
    for name in charts.__all__
    if callable(getattr(charts, name))
    and "ax" in inspect.signature(getattr(charts, name)).parameters
]


def cells() -> gpd.GeoDataFrame:
    x = np.arange(4) * 100.0
    kinds = ["hot_sure", "hot_possible", "none", "none"]
    return gpd.GeoDataFrame(
        {"cell_id": list("abcd"), "hotspot_class": kinds},
        geometry=shapely.box(x, 0, x + 100, 100), crs=28992,
    )  # fmt: skip


def lines() -> gpd.GeoDataFrame:
    line = shapely.LineString([(0, 50), (400, 50)])
    return gpd.GeoDataFrame({"kind": ["residential"]}, geometry=[line], crs=28992)


def words_of(ax) -> str:
    figure = ax.get_figure(root=True)
    return " | ".join(text.get_text().replace("\n", " ") for text in figure.texts)


def pixels(content: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))


@pytest.mark.parametrize("name", DRAWING)
def test_every_chart_takes_the_options_of_annotate(name) -> None:
    """In its signature and in its documentation."""
    function = getattr(charts, name)
    options = set(inspect.signature(charts.annotate).parameters)
    assert options <= set(inspect.signature(function).parameters) | {"ax"}
    assert ">>> " in function.__doc__
    if name != "annotate":
        assert "title, period, n, source" in function.__doc__


def test_one_call_is_the_same_picture_as_two() -> None:
    """The older way stays."""
    about = {"title": "Twee plekken", "period": ipg.Period.month("2025-09"), "source": "BVH"}
    one = charts.hotspots(cells(), **about)
    two = charts.annotate(charts.hotspots(cells()), **about)
    assert charts.png(one, dpi=40) == charts.png(two, dpi=40)
    assert "Twee plekken" in words_of(one)


def test_an_unknown_option_is_refused() -> None:
    """As with any function."""
    with pytest.raises(TypeError):
        charts.hotspots(cells(), titel="Twee plekken")


def test_a_chart_is_labelled_for_whom_its_table_was_released() -> None:
    """Not released: no label; the label of a released table; what is asked comes first."""
    table = pd.DataFrame({"actor": ["gemeente"], "n": [2], "n_open": [1], "joint": [False]})
    released = ipg.privacy.release(table, "partner").table
    police, partner = (ipg.privacy.profile(name).label for name in ("politie", "partner"))
    assert police not in words_of(charts.hotspots(cells(), title="T"))
    marked = cells()
    marked.attrs |= released.attrs
    assert partner in words_of(charts.hotspots(marked, title="T"))
    assert partner not in words_of(charts.hotspots(marked, title="T", audience=None))
    assert police in words_of(charts.hotspots(marked, title="T", audience="politie"))
    assert partner in maps.page(maps.hotspot_map(marked))
    assert partner not in maps.page(maps.hotspot_map(cells()))


def test_a_caption_names_the_sources_of_what_is_drawn() -> None:
    """Streets and findings only where they are on the map."""
    source = {"incidents": "BVH", "streets": "NWB", "findings": "wijkschouw"}
    assert "Bron: BVH, NWB" in words_of(charts.hotspots(cells(), streets=lines(), source=source))
    assert "Bron: BVH |" in words_of(charts.hotspots(cells(), source=source))
    assert "<span>Bron: BVH, NWB</span>" in maps.page(
        maps.hotspot_map(cells(), streets=lines(), source=source)
    )


def test_a_saved_figure_is_the_shown_figure(tmp_path) -> None:
    """Whatever matplotlib's options are when it is saved: same letters, nothing cut."""
    ax = charts.hotspots(cells(), title="Twee plekken springen eruit", source="BVH")
    shown = pixels(charts.png(ax, dpi=80))
    with mpl.rc_context({"font.family": "monospace", "xtick.labelsize": 30}):
        ax.figure.savefig(tmp_path / "a.png", dpi=80)
        ax.figure.savefig(tmp_path / "b.png", dpi=80, bbox_inches="tight")
    assert np.array_equal(pixels((tmp_path / "a.png").read_bytes()), shown)
    tight = pixels((tmp_path / "b.png").read_bytes())
    assert (tight < 250).any(axis=2).sum() == (shown < 250).any(axis=2).sum()
    assert pixels(ax._repr_png_()).shape == shown.shape


def test_colours_can_be_chosen() -> None:
    """By class, from few to many, or one; an unknown class or colour is named."""
    ax = charts.hotspots(cells(), colors={"hot_sure": "purple"})
    (sure,) = [one for one in ax.collections if one.get_gid() == "hot_sure"]
    assert to_hex(sure.get_facecolor()[0]) == to_hex("purple")
    counted = cells().assign(n=[1, 5, 9, 30])
    ax = charts.areas(counted, column="n", breaks=[0, 5, 10, 40], colors=["white", "navy"])
    shown = [one for one in ax.collections if str(one.get_gid()).startswith("class")]
    assert to_hex(shown[0].get_facecolor()[0]) == "#ffffff"
    assert to_hex(shown[-1].get_facecolor()[0]) == to_hex("navy")
    assert charts.areas(counted, column="n", colors="Purples")
    for wrong in ({"heet": "red"}, {"hot_sure": "rood"}):
        with pytest.raises(ArgumentError):
            charts.hotspots(cells(), colors=wrong)
    with pytest.raises(ArgumentError):
        charts.areas(counted, column="n", colors="rood")


@pytest.mark.parametrize("ending", ["png", "pdf", "svg"])
def test_save_writes_a_chart_the_same_each_time(tmp_path, ending) -> None:
    """As picture, for print and to edit."""
    paths = [
        ipg.save(charts.hotspots(cells(), title="T"), tmp_path / f"{name}.{ending}")
        for name in ("een", "twee")
    ]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_save_writes_a_map_as_a_page_and_refuses_other_endings(tmp_path) -> None:
    """With the endings there are."""
    assert ipg.save(maps.hotspot_map(cells()), tmp_path / "kaart.html").exists()
    for drawn, name in ((maps.hotspot_map(cells()), "k.png"), (charts.hotspots(cells()), "k.csv")):
        with pytest.raises(ReadError):
            ipg.save(drawn, tmp_path / name)
