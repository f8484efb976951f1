"""Charts of patterns, risk, streets, clusters and rankings draw what their tables say."""

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
import shapely
from helpers import labels, n_drawn, texts
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from ipgtools import charts, hotspots, maps, palette
from ipgtools.errors import CrsError
from ipgtools.grid import Grid

X, Y = 257000, 471000


def squares(n: int, size: float = 100.0) -> np.ndarray:
    left = X + np.arange(n) * size
    return shapely.box(left, Y, left + size, Y + size)


def table(**columns: object) -> gpd.GeoDataFrame:
    n = len(next(iter(columns.values())))
    return gpd.GeoDataFrame(columns, geometry=squares(n), crs=28992)


def colour_of(ax: Axes, gid: str) -> str:
    (one,) = [one for one in ax.collections if one.get_gid() == gid]
    return to_hex(one.get_facecolor()[0])


@pytest.fixture
def risk() -> gpd.GeoDataFrame:
    return table(
        ratio=[8.0, 1.0, 0.0, 1.5, 1.5, np.nan],
        risk_class=["higher", "none", "lower", "higher", "none", "too_few"],
    )


@pytest.fixture
def clusters() -> gpd.GeoDataFrame:
    return table(
        n=[40, 12, 9, 61], order=[1, 1, 1, 2], p_size=[0.01, 0.4, 0.01, np.nan],
        stacked=[False, False, True, False], few_places=[False, True, False, False],
    )  # fmt: skip


@pytest.fixture
def lixels() -> gpd.GeoDataFrame:
    lines = [shapely.LineString([(X + 10 * i, Y), (X + 10 * i + 10, Y)]) for i in range(101)]
    return gpd.GeoDataFrame({"per_km": np.arange(101.0)}, geometry=lines, crs=28992)


@pytest.fixture
def harm() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_name": ["City", "Velve", "Laares", "Leeg"],
            "n": [30, 20, 10, 0], "harm": [90.0, 20.0, 500.0, 0.0],
            "rank_n": [1, 2, 3, 4], "rank_harm": [2, 3, 1, 4],
            "one_incident": [False, False, True, False],
        }
    )  # fmt: skip


def test_risk_is_full_where_it_is_sure_and_pale_where_it_may_be_chance(risk):
    ax = charts.risk(risk)
    assert [n_drawn(ax, f"sure:{i}") for i in range(6)] == [1, 0, 0, 1, 0, 1]
    assert [n_drawn(ax, f"unsure:{i}") for i in range(6)] == [0, 0, 1, 1, 0, 0]
    assert colour_of(ax, "sure:3") == palette.RISK[3]
    assert colour_of(ax, "unsure:3") == palette.lighten(palette.RISK[3])


def test_cells_of_which_too_little_is_known_are_hatched(risk):
    ax = charts.risk(risk)
    assert n_drawn(ax, "too-few") == 1
    assert "Te weinig gegevens" in labels(ax)
    assert "Te weinig gegevens" not in labels(charts.risk(risk[risk.risk_class != "too_few"]))


def test_the_legend_of_risk_runs_from_more_to_less(risk):
    assert labels(charts.risk(risk))[:4] == [
        "4 keer zoveel of meer", "1,25 tot 2 keer zoveel", "ongeveer als verwacht",
        "minder dan 0,5 keer zoveel",
    ]  # fmt: skip


@pytest.mark.parametrize("ratio", [0.5, 0.8, 1.25, 2.0, 4.0])
def test_a_ratio_at_the_end_of_a_class_belongs_to_the_class_above(ratio):
    below, above = (
        charts.risk(table(ratio=[one], risk_class=["none"]))
        for one in (np.nextafter(ratio, 0), ratio)
    )
    first, second = (
        next(i for i in range(6) if n_drawn(ax, f"unsure:{i}")) for ax in (below, above)
    )
    assert second == first + 1


def test_places_are_drawn_by_how_they_stand_to_their_neighbours():
    places = table(
        quadrant=["hh", "hh", "lh", "ll", "none"], z=[3.0, 2.1, -3.0, -1.0, np.nan],
        certainty=["sure", "possible", "sure", "none", "none"],
    )  # fmt: skip
    ax = charts.annotate(charts.local_moran(places))
    assert n_drawn(ax, "hh:sure") == n_drawn(ax, "hh:possible") == n_drawn(ax, "lh:sure") == 1
    assert n_drawn(ax, "ll:sure") == n_drawn(ax, "ll:possible") == 0
    assert n_drawn(ax, "no-data") == 1
    assert labels(ax) == [
        "Veel, en de buren ook", "Mogelijk: veel, en de buren ook", "Weinig, maar de buren veel",
        "Zonder buren: niet te vergelijken",
    ]  # fmt: skip
    assert "valt weg als wij meerekenen" in texts(ax)


def test_a_map_on_which_nothing_stands_out_says_so():
    places = table(quadrant=["hh", "ll"], z=[0.1, -0.1], certainty=["none", "none"])
    assert labels(charts.local_moran(places)) == ["Niets wat opvalt"]


def test_busy_stretches_are_dark_and_wide_and_quiet_ones_thin(lixels):
    ax = charts.street_density(lixels, breaks=[50, 90, 101])
    assert [n_drawn(ax, gid) for gid in ("below", "class:0", "class:1")] == [50, 40, 11]
    lines = {one.get_gid(): one for one in ax.collections}
    widths = [lines[gid].get_linewidth()[0] for gid in ("below", "class:0", "class:1")]
    assert widths == sorted(widths)
    light = [palette.luminance(to_hex(lines[gid].get_color()[0])) for gid in ("class:0", "class:1")]
    assert light[0] > light[1]
    assert "Dun en grijs: minder dan 50" in texts(charts.annotate(ax))


def test_more_classes_of_streets_than_widths_are_refused(lixels):
    with pytest.raises(ValueError, match="4 classes"):
        charts.street_density(lixels, breaks=[0, 1, 2, 3, 4, 5])


def test_every_cluster_has_its_number_and_groups_are_outlines(clusters):
    ax = charts.annotate(charts.clusters(clusters))
    written = sorted(text.get_text() for text in ax.texts if text.get_gid() == "n")
    assert written == ["12", "40", "9"]
    kinds = ("cluster", "unsure", "stacked", "groups")
    assert [n_drawn(ax, kind) for kind in kinds] == [1, 1, 1, 1]
    assert "controleer de plek" in texts(ax)
    assert "getekend als vakken van 100 meter" in texts(ax)


def test_clusters_that_were_not_tested_are_not_called_chance(clusters):
    ax = charts.clusters(clusters[["n", "geometry"]])
    assert labels(ax) == ["Incidenten dicht bij elkaar"]
    assert n_drawn(ax, "cluster") == 4


def test_numbers_of_clusters_on_one_spot_are_moved_apart(clusters):
    same = clusters.assign(geometry=squares(1)[0], order=1)
    ax = charts.annotate(charts.clusters(same))
    spots = np.array([text.get_position() for text in ax.texts if text.get_gid() == "n"])
    at = ax.transData.transform(spots) * 72 / ax.figure.dpi
    gaps = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    assert gaps[~np.eye(4, dtype=bool)].min() > 18


def test_ripley_is_drawn_as_a_multiple_of_chance():
    r = np.array([10.0, 20.0, 40.0])
    found = pd.DataFrame(
        {
            "distance_m": r, "k": np.pi * r**2 * [4, 2, 1], "expected_k": np.pi * r**2,
            "l_global_low": r - 5, "l_global_high": r + 5,
        }
    )  # fmt: skip
    ax = charts.ripley(found)
    (line,) = [one for one in ax.lines if one.get_gid() == "k"]
    assert line.get_ydata() == pytest.approx([4, 2, 1])
    (band,) = [one for one in ax.collections if one.get_gid() == "chance"]
    corners = band.get_paths()[0].vertices
    assert corners[corners[:, 0] == 20, 1].max() == pytest.approx((25 / 20) ** 2)
    assert "Boven de band: meer bij elkaar dan toeval" in texts(ax)


def test_without_simulations_no_band_is_drawn_and_none_spoken_of():
    r = np.array([10.0, 20.0])
    found = pd.DataFrame({"distance_m": r, "k": 2 * np.pi * r**2, "expected_k": np.pi * r**2})
    ax = charts.ripley(found)
    assert n_drawn(ax, "chance") == 0
    assert "band" not in texts(ax)


def test_stability_stands_beside_what_chance_gives():
    found = pd.DataFrame(
        {
            "before": ["2023", "2024"], "after": ["2024", "2025"], "overlap": [6.0, 2.5],
            "overlap_random": [0.1, 0.1], "stable_low": [5.0, 5.0], "stable_high": [8.0, 7.0],
        }
    )  # fmt: skip
    found.attrs["method"] = {"top": 10}
    ax = charts.stability(found)
    (line,) = [one for one in ax.lines if one.get_gid() == "overlap"]
    assert line.get_ydata().tolist() == [6.0, 2.5]
    bars = [(bar.get_y(), bar.get_y() + bar.get_height()) for bar in ax.patches]
    assert bars == [(5.0, 8.0), (5.0, 7.0)]
    assert "2023 naar 2024" in texts(ax)
    assert "top 10" in texts(ax)


def test_ranks_show_which_places_move(harm):
    ax = charts.annotate(charts.harm_ranks(harm, top=2))
    kinds = sorted(line.get_gid() for line in ax.lines if line.get_gid())
    assert kinds == ["down", "down", "up"]
    said = texts(ax)
    assert "1. City (30)" in said
    assert "1. Laares* (500)" in said
    assert "3. Laares (10)" in said
    assert "Leeg" not in said
    assert "één zwaar incident" in said


def test_a_place_goes_up_from_its_rank_by_count_to_its_rank_by_harm(harm):
    ax = charts.harm_ranks(harm, top=3)
    (line,) = [one for one in ax.lines if one.get_gid() == "up"]
    assert line.get_ydata().tolist() == [2, 0]


def test_a_shared_rank_that_is_kept_in_turn_is_no_move():
    """Two places share rank 2 by count; by harm they are 2 and 3 in that same order."""
    places = pd.DataFrame(
        {
            "area_name": ["City", "Velve", "Laares"], "n": [9, 4, 4], "harm": [90.0, 40.0, 30.0],
            "rank_n": [1, 2, 2], "rank_harm": [1, 2, 3], "one_incident": False,
        }
    )  # fmt: skip
    ax = charts.harm_ranks(places)
    assert {line.get_gid() for line in ax.lines if line.get_gid()} == {"same"}


def test_no_letter_is_too_small_for_a_projector(risk, clusters, lixels, harm):
    for ax in (
        charts.risk(risk), charts.clusters(clusters), charts.street_density(lixels),
        charts.harm_ranks(harm),
    ):  # fmt: skip
        charts.annotate(ax, title="Titel", n=3, sample=True)
        for text in ax.get_figure(root=True).findobj(mpl.text.Text):
            assert not text.get_text() or text.get_fontsize() >= 11, text.get_text()


@pytest.mark.parametrize(
    "draw", ["risk", "local_moran", "street_density", "clusters", "ripley", "stability", "ranks"]
)
def test_an_empty_table_says_there_is_too_little(draw, risk, clusters, lixels, harm):
    nothing = pd.DataFrame(
        columns=["distance_m", "k", "expected_k", "before", "after", "overlap"], dtype=float
    )
    places = table(quadrant=["none"], certainty=["none"], z=[np.nan])
    ax = {
        "risk": lambda: charts.risk(risk.iloc[-1:]),
        "local_moran": lambda: charts.local_moran(places),
        "street_density": lambda: charts.street_density(lixels.assign(per_km=0.0)),
        "clusters": lambda: charts.clusters(clusters.iloc[:0]),
        "ripley": lambda: charts.ripley(nothing),
        "stability": lambda: charts.stability(nothing),
        "ranks": lambda: charts.harm_ranks(harm.assign(harm=0.0)),
    }[draw]()
    assert "Te weinig gegevens" in texts(charts.annotate(ax))
    assert charts.png(ax, dpi=40).startswith(b"\x89PNG")


@pytest.mark.parametrize("draw", ["risk", "street_density", "clusters"])
def test_tables_in_degrees_are_refused(draw, risk, clusters, lixels):
    given = {"risk": risk, "street_density": lixels, "clusters": clusters}[draw]
    with pytest.raises(CrsError, match="metres"):
        getattr(charts, draw)(given.to_crs(4326))


def test_drawing_changes_no_table(risk, clusters, lixels, harm):
    given = (risk, clusters, lixels, harm)
    before = [one.copy() for one in given]
    for draw, one in zip(
        (charts.risk, charts.clusters, charts.street_density, charts.harm_ranks), given, strict=True
    ):
        draw(one)
    for one, was in zip(given, before, strict=True):
        pd.testing.assert_frame_equal(pd.DataFrame(one), pd.DataFrame(was))


def test_hexagons_are_drawn_whole_in_charts_and_on_the_map():
    """Each hexagon of a class is one shape of seven corners, the first again at the end."""
    rng = np.random.default_rng(1)
    incidents = gpd.GeoDataFrame(
        geometry=gpd.points_from_xy(X + rng.uniform(0, 900, 80), Y + rng.uniform(0, 900, 80)),
        crs=28992,
    )
    extra = gpd.GeoDataFrame(
        geometry=gpd.points_from_xy(X + rng.uniform(400, 500, 60), Y + rng.uniform(400, 500, 60)),
        crs=28992,
    )
    points = pd.concat([incidents, extra], ignore_index=True)
    grid = Grid.covering((X, Y, X + 900, Y + 900), cell_size=100, crs=28992, shape="hexagon")
    hot = hotspots.gi_star(hotspots.count(points, grid))
    ax = charts.hotspots(hot)
    assert n_drawn(ax, "hot_sure") == (hot["hotspot_class"] == "hot_sure").sum() > 0
    (drawn,) = [one for one in ax.collections if one.get_gid() == "hot_sure"]
    assert {len(path.vertices) for path in drawn.get_paths()} == {7}
    dense = hotspots.density(points, grid, bandwidth=300)
    shown = charts.density(dense, breaks=[0, 1e9])
    assert n_drawn(shown, "class:0") == len(dense)
    page = maps.page(maps.hotspot_map(hot, density=dense))
    assert "Hotspot: zeker" in page
