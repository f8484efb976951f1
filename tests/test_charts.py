"""Charts draw what their table says, and say what their reader needs."""

import gc
import weakref

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
import shapely
from helpers import drawn, gid_is, labels, n_drawn, texts
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from ipgtools import charts, palette
from ipgtools.charts import _draw
from ipgtools.errors import CrsError
from ipgtools.periods import DAYPARTS, Period

FACTS = {
    "title": "Inbraken nemen toe rond het station",
    "period": Period("2025-09-01", "2025-12-01"),
    "n": 1234,
    "source": "BVH",
    "left_out": {"buiten het gebied": 12, "zonder tijd": 0},
    "method": "Gi*, straal 200 m",
    "audience": "partner",
}


def grid(n_columns: int = 8, n_rows: int = 6, size: float = 100.0) -> gpd.GeoDataFrame:
    x, y = np.meshgrid(np.arange(n_columns) * size, np.arange(n_rows) * size)
    x, y = x.ravel() + 257000, y.ravel() + 471000
    return gpd.GeoDataFrame(geometry=shapely.box(x, y, x + size, y + size), crs=28992)


@pytest.fixture
def cells() -> gpd.GeoDataFrame:
    kinds = ["hot_sure"] * 5 + ["hot_possible"] * 3 + ["cold_possible"] * 2 + ["cold_sure"]
    table = grid()
    kinds += ["none"] * (len(table) - len(kinds))
    change = ["up"] * 4 + ["down"] * 2 + ["none"] * (len(table) - 6)
    return table.assign(
        hotspot_class=kinds, change_class=change, per_km2=np.arange(len(table), dtype=float)
    )


@pytest.fixture
def areas() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "area_code": ["A", "B", "C"],
            "area_name": ["Velve", "Lindenhof", "Laares"],
            "n": [3, 8, 20],
            "per_1000": [1.5, np.nan, 12.25],
        },
        geometry=[
            shapely.box(257000, 471000, 257400, 471600),
            shapely.box(257400, 471000, 257800, 471300),
            shapely.Polygon(
                [(257400, 471300), (257800, 471300), (257800, 471600), (257400, 471600)],
                [[(257500, 471400), (257600, 471400), (257600, 471500), (257500, 471500)]],
            ),
        ],
        crs=28992,
    )


@pytest.fixture
def findings() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "finding_id": list("abcde"),
            "number": pd.array([44, 45, 46, 47, None], dtype="Int64"),
            "category": ["groen", "groen", "afval", None, "groen"],
        },
        geometry=[
            shapely.Point(257100, 471100), shapely.Point(257100, 471100),
            shapely.Point(257300, 471500), shapely.Point(257700, 471200), None,
        ],
        crs=28992,
    )  # fmt: skip


@pytest.fixture
def places() -> gpd.GeoDataFrame:
    n = [9, 7, 7, 4, 3, 2]
    return gpd.GeoDataFrame(
        {
            "place_id": list("fedcba"), "n": n, "stacked": [True] + [False] * 5,
            "street_name": ["Stationsplein", None, "Laaressingel", "A", "B", "C"],
        },
        geometry=[shapely.Point(257100 + 90 * i, 471100 + 60 * i) for i in range(6)],
        crs=28992,
    )  # fmt: skip


@pytest.fixture
def hours() -> pd.DataFrame:
    rows = [(day, hour) for day in range(7) for hour in range(24)]
    table = pd.DataFrame(rows, columns=["weekday", "hour"])
    return table.assign(weight=np.where((table.weekday == 4) & (table.hour == 22), 9.5, 1.0))


@pytest.fixture
def weeks() -> pd.DataFrame:
    start = pd.date_range("2025-09-01", periods=13, freq="7D").as_unit("s")
    n = np.arange(13) % 5 + 2
    full = [True] * 12 + [False]
    return pd.DataFrame(
        {"start": start, "end": start + pd.Timedelta(days=7), "n": n, "complete": full}
    )


@pytest.fixture
def curve() -> pd.DataFrame:
    return pd.DataFrame(
        {"share_places": [0.0, 0.25, 0.5, 1.0], "share_incidents": [0.0, 0.75, 0.9, 1.0]}
    )


def test_as_many_cells_are_drawn_as_are_significant(cells, areas):
    ax = charts.hotspots(cells, areas)
    counts = {kind: n_drawn(ax, kind) for kind in palette.CLASSES}
    assert counts == {"hot_sure": 5, "hot_possible": 3, "cold_possible": 2, "cold_sure": 1}
    assert n_drawn(ax, "none") == 0
    assert labels(ax) == [
        "Hotspot: zeker", "Hotspot: mogelijk", "Rustig: mogelijk", "Rustig: zeker",
    ]  # fmt: skip


def test_a_class_without_cells_is_not_in_the_legend(cells, areas):
    ax = charts.hotspots(cells[cells.hotspot_class.isin(["hot_sure", "none"])], areas)
    assert labels(ax) == ["Hotspot: zeker"]


def test_a_map_without_hotspots_says_so(cells, areas):
    assert labels(charts.hotspots(cells.assign(hotspot_class="none"), areas)) == [
        "Geen duidelijke hotspots"
    ]


def test_change_draws_what_went_up_and_down(cells, areas):
    ax = charts.change(cells, areas)
    assert (n_drawn(ax, "up"), n_drawn(ax, "down")) == (4, 2)
    assert labels(ax) == ["Meer incidenten", "Minder incidenten"]


def test_density_leaves_what_is_below_its_first_class_blank(cells, areas):
    ax = charts.density(cells, areas, breaks=[10, 20, 40])
    assert [n_drawn(ax, f"class:{i}") for i in range(2)] == [10, 28]
    assert labels(ax) == ["10 tot 20", "20 of meer"] or labels(ax) == ["10 t/m 19", "20 of meer"]
    assert "Minder dan 10: niet gekleurd" in texts(ax)


def test_two_maps_with_the_same_breaks_share_their_colours(cells, areas):
    one = charts.density(cells, areas, breaks=[10, 20, 40])
    other = charts.density(cells.assign(per_km2=cells.per_km2 / 2), areas, breaks=[10, 20, 40])
    for i in range(2):
        colours = [drawn(ax, f"class:{i}")[0].get_facecolor()[0] for ax in (one, other)]
        assert to_hex(colours[0]) == to_hex(colours[1])


def test_areas_without_a_figure_are_hatched_and_named_so(areas):
    ax = charts.areas(areas, column="per_1000")
    assert n_drawn(ax, "no-data") == 1
    assert sum(n_drawn(ax, f"class:{i}") for i in range(2)) == 2
    assert labels(ax)[-1] == "Geen gegevens"
    assert ax.get_legend().get_title().get_text() == "Per 1.000 inwoners"


def test_a_hole_in_an_area_stays_a_hole(areas):
    (land,) = drawn(charts.areas(areas, column="n"), "land")
    outer, hole = land.get_paths()[2].to_polygons()
    assert signed_area(outer) > 0 > signed_area(hole), "a hole turns the other way"


def signed_area(ring: np.ndarray) -> float:
    x, y = ring.T
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2


def test_areas_are_named_where_they_are_few(areas):
    ax = charts.areas(areas, column="n")
    assert all(name in texts(ax) for name in areas.area_name)
    many = pd.concat([areas.assign(area_name=f"Buurt {i}") for i in range(10)], ignore_index=True)
    assert "Buurt" not in texts(charts.areas(many, column="n"))


def test_every_finding_with_a_place_gets_its_number(findings, areas):
    ax = charts.annotate(charts.findings(findings, areas), **FACTS)
    marks = [line for line in ax.lines if (line.get_gid() or "").startswith("kind:")]
    assert len(marks) == 4
    assert {text.get_text() for text in ax.texts} >= {"44", "45", "46", "47"}
    assert labels(ax) == ["Groen en water", "Afval", "Overig"]
    assert "Niet op de kaart: 1 zonder plek" in texts(ax)


def test_marks_on_one_spot_are_moved_apart_and_keep_a_line_to_it(findings, areas):
    ax = charts.annotate(charts.findings(findings, areas))
    marks = [line for line in ax.lines if (line.get_gid() or "").startswith("kind:")]
    at = ax.transData.transform([(line.get_xdata()[0], line.get_ydata()[0]) for line in marks])
    gaps = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)) * 72 / ax.figure.dpi
    assert gaps[~np.eye(4, dtype=bool)].min() > _draw.MARK * 0.95
    assert len(drawn(ax, "places")[0].get_offsets()) == 2


def test_findings_outside_the_map_are_counted_not_drawn(cells, findings, areas):
    ax = charts.hotspots(cells, areas.iloc[:1], findings=findings)
    marks = [line for line in ax.lines if (line.get_gid() or "").startswith("kind:")]
    assert len(marks) == 3
    assert "Niet op de kaart: 1 zonder plek en 1 erbuiten" in texts(ax)


def test_the_busiest_places_are_ranked_and_named(places, areas):
    ax = charts.repeat_places(places, areas, top=3)
    assert labels(ax) == [
        "Stationsplein: 9*", "Laaressingel: 7", "straat onbekend: 7",
        "Overige plaatsen met herhaling",
    ]  # fmt: skip
    assert len(drawn(ax, "other-places")[0].get_offsets()) == 3
    assert "controleer de plaatsbepaling" in texts(ax)


def test_hours_run_from_monday_on_top_and_midnight_on_the_left(hours):
    ax = charts.hour_weekday(hours)
    (mesh,) = drawn(ax, "hours")
    values = np.asarray(mesh.get_array()).reshape(7, 24)
    assert np.argwhere(values == values.max()).tolist() == [[4, 22]]
    assert ax.get_yticklabels()[0].get_text() == "ma"
    assert ax.get_ylim() == (7, 0)
    assert [label.get_text() for label in ax.get_xticklabels()] == [
        "0", "3", "6", "9", "12", "15", "18", "21", "24",
    ]  # fmt: skip


def test_row_order_does_not_change_the_hours(hours):
    one, other = charts.hour_weekday(hours), charts.hour_weekday(hours.iloc[::-1])
    assert charts.png(one, dpi=40) == charts.png(other, dpi=40)


def test_a_trend_has_a_bar_per_week_and_the_mean_of_whole_ones(weeks):
    ax = charts.trend(weeks)
    assert sorted(bar.get_height() for bar in ax.patches) == sorted(weeks.n)
    mean = weeks.n[weeks.complete].mean()
    assert f"Gemiddelde, alleen complete periodes: {mean:.1f}".replace(".", ",") in labels(ax)
    assert "Periode nog niet compleet" in labels(ax)
    assert "1 sep" in texts(ax)


def test_concentration_is_read_off_in_words(curve):
    ax = charts.lorenz(curve, share=0.25)
    assert "De drukste 25% van de plaatsen heeft 75% van de incidenten" in texts(ax)


def test_a_fifth_that_has_everything_gives_way_to_a_smaller_share():
    curve = pd.DataFrame({"share_places": [0, 0.1, 1], "share_incidents": [0.0, 1.0, 1.0]})
    assert "De drukste 5% van de plaatsen heeft 50%" in texts(charts.lorenz(curve))


def test_a_curve_that_starts_with_the_quietest_places_is_turned_round(curve):
    turned = 1 - curve.iloc[::-1]
    assert "25% van de plaatsen heeft 75%" in texts(charts.lorenz(turned, share=0.25))


def test_furnishing_says_all_that_a_reader_needs(cells, areas):
    said = texts(charts.annotate(charts.hotspots(cells, areas), **FACTS, sample=True))
    for text in (
        "Inbraken nemen toe rond het station", "Periode: 1 september t/m 30 november 2025",
        "1.234 incidenten", "Weggelaten: 12 buiten het gebied", "Bron: BVH",
        "Methode: Gi*, straal 200 m", "Alleen voor partners", "Voorbeeldgegevens",
        "Dit zijn geregistreerde incidenten", "N",
    ):  # fmt: skip
        assert text in said, text


def test_without_sample_nothing_is_called_an_example(cells, areas):
    assert "Voorbeeld" not in texts(charts.annotate(charts.hotspots(cells, areas), **FACTS))


def test_an_unknown_audience_is_refused(cells, areas):
    with pytest.raises(ValueError, match="iedereen"):
        charts.annotate(charts.hotspots(cells, areas), audience="iedereen")


def test_a_title_is_no_formula(cells, areas):
    ax = charts.annotate(charts.hotspots(cells, areas), title=r"Schade van $5 tot $10_000 \x")
    assert r"Schade van $5 tot $10_000 \x" in texts(ax)
    assert charts.png(ax, dpi=40)


@pytest.mark.parametrize("size", [(13.333, 7.5), (6.4, 5.6), (8.3, 5.2), (5.0, 7.0)])
@pytest.mark.parametrize("stretch", [(1, 1), (20, 1), (1, 20), (0.02, 0.02)])
def test_the_scale_bar_is_as_long_as_it_says_and_all_stays_in_the_picture(
    cells, areas, size, stretch
):
    shapes = areas.assign(geometry=areas.scale(*stretch, origin=(257000, 471000)))
    ax = charts.figure(*size).add_subplot()
    charts.annotate(charts.hotspots(cells, shapes, ax=ax), **FACTS, sample=True)
    figure = ax.get_figure(root=True)
    (bar,) = figure.findobj(gid_is("scale"))
    (said,) = [artist.get_text() for artist in figure.findobj(gid_is("scale-text"))]
    number, unit = said.split()
    metres = float(number.replace(",", ".")) * {"m": 1, "km": 1000}[unit]
    assert np.ptp(bar.get_xdata()) == pytest.approx(metres)
    ax.apply_aspect()
    west, south, east, north = shapes.total_bounds
    assert ax.get_xlim()[0] <= west
    assert east <= ax.get_xlim()[1]
    assert ax.get_ylim()[0] <= south
    assert north <= ax.get_ylim()[1]
    box = figure.bbox
    boxes = furniture(ax)
    for name, extent in boxes.items():
        assert box.x0 - 1 <= extent.x0, name
        assert extent.x1 <= box.x1 + 1, name
        assert box.y0 - 1 <= extent.y0, name
        assert extent.y1 <= box.y1 + 1, name
    for name, extent in boxes.items():
        for other, wherever in boxes.items():
            assert name == other or not extent.padded(-2).overlaps(wherever), (name, other)


def furniture(ax: Axes) -> dict:
    """Give where everything around a chart stands, in pixels."""
    figure = ax.get_figure(root=True)
    boxes = {
        f"{gid} {i}": artist.get_window_extent()
        for gid in ("title", "footer", "mark", "note", "scale-text", "north")
        for i, artist in enumerate(figure.findobj(gid_is(gid)))
    }
    if ax.get_legend() is not None:
        boxes["legend"] = ax.get_legend().get_window_extent()
    boxes["map"] = ax.get_window_extent()
    return boxes


def test_letters_are_large_enough_for_a_projector(cells, areas, hours):
    for ax in (charts.hotspots(cells, areas), charts.hour_weekday(hours)):
        charts.annotate(ax, **FACTS, sample=True)
        for text in ax.get_figure(root=True).findobj(mpl.text.Text):
            assert not text.get_text() or text.get_fontsize() >= 11, text.get_text()


def test_furnishing_again_replaces_what_stood_there(cells, areas):
    ax = charts.annotate(charts.hotspots(cells, areas), title="Eerste")
    once = len(ax.get_figure(root=True).findobj())
    charts.annotate(ax, title="Tweede")
    assert "Eerste" not in texts(ax)
    assert len(ax.get_figure(root=True).findobj()) == once


def test_two_charts_beside_each_other_keep_to_their_own_half(cells, areas):
    figure = charts.figure(13.333, 6)
    left, right = figure.subplots(1, 2)
    charts.annotate(charts.density(cells, areas, ax=left), title="Nu")
    charts.annotate(charts.change(cells, areas, ax=right), title="Verschil met vorig jaar")
    middle = figure.bbox.width / 2
    assert left.get_window_extent().x1 <= middle <= right.get_window_extent().x0
    assert left.get_legend().get_window_extent().x1 <= middle
    assert right.get_legend().get_window_extent().x0 >= middle


EMPTY = [
    "hotspots", "counted", "change", "density", "areas", "findings", "repeat_places",
    "hour_weekday", "trend", "lorenz",
]  # fmt: skip


@pytest.mark.parametrize("draw", EMPTY)
def test_an_empty_table_says_there_is_too_little(
    draw, cells, areas, findings, places, hours, weeks, curve
):
    ax = {
        "hotspots": lambda: charts.hotspots(cells.iloc[:0], areas),
        "counted": lambda: charts.counted(cells.iloc[:0].assign(n_class=""), areas),
        "change": lambda: charts.change(cells.iloc[:0], areas),
        "density": lambda: charts.density(cells.iloc[:0], areas),
        "areas": lambda: charts.areas(areas.assign(n=np.nan), column="n"),
        "findings": lambda: charts.findings(findings.iloc[:0], areas),
        "repeat_places": lambda: charts.repeat_places(places.iloc[:0], areas),
        "hour_weekday": lambda: charts.hour_weekday(hours.assign(weight=0.0)),
        "trend": lambda: charts.trend(weeks.iloc[:0]),
        "lorenz": lambda: charts.lorenz(curve.iloc[:0]),
    }[draw]()
    assert "Te weinig gegevens" in texts(charts.annotate(ax, **FACTS))
    assert charts.png(ax, dpi=40).startswith(b"\x89PNG")


@pytest.mark.parametrize("draw", ["hotspots", "density", "findings"])
def test_maps_can_do_without_areas_and_with_all_missing(draw, cells, findings):
    nowhere = findings.assign(geometry=gpd.GeoSeries([None] * 5, crs=28992))
    ax = {
        "hotspots": lambda: charts.hotspots(cells),
        "density": lambda: charts.density(cells),
        "findings": lambda: charts.findings(nowhere),
    }[draw]()
    assert charts.png(charts.annotate(ax, **FACTS), dpi=40)


def test_tables_in_degrees_are_refused(cells, areas):
    with pytest.raises(CrsError, match="metres"):
        charts.hotspots(cells, areas.to_crs(4326))


def test_tables_are_not_changed(cells, areas):
    before = cells.copy(), areas.copy()
    charts.annotate(charts.density(cells, areas), **FACTS)
    pd.testing.assert_frame_equal(pd.DataFrame(cells), pd.DataFrame(before[0]))
    pd.testing.assert_frame_equal(pd.DataFrame(areas), pd.DataFrame(before[1]))


def test_the_same_chart_gives_the_same_picture_without_a_date(cells, areas):
    one, other = (
        charts.png(charts.annotate(charts.hotspots(cells, areas), **FACTS), dpi=50)
        for _ in range(2)
    )
    assert one == other
    assert b"Software" not in one
    assert b"tEXt" not in one


def test_drawing_leaves_matplotlib_as_it_was(cells, areas):
    before = dict(mpl.rcParams)
    charts.png(charts.annotate(charts.hotspots(cells, areas), **FACTS), dpi=40)
    assert dict(mpl.rcParams) == before


def test_a_whole_slide_is_two_thousand_dots_wide():
    figure = charts.figure()
    width, height = charts.png(figure)[16:20], charts.png(figure)[20:24]
    assert int.from_bytes(width, "big") == pytest.approx(2000, abs=1)
    assert int.from_bytes(height, "big") == pytest.approx(1125, abs=1)


def test_a_chart_that_nobody_holds_leaves_no_pixels_behind(cells):
    """A briefing draws nine of them, an analyst a hundred a day, of 9 MB each."""
    ax = charts.annotate(charts.hotspots(cells))
    charts.png(ax)
    figure = weakref.ref(ax.get_figure())
    del ax
    gc.collect()
    assert figure() is None


def test_a_notebook_gets_a_picture(cells):
    assert charts.show(charts.hotspots(cells))._repr_png_().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("keys", "labels"),
    [({"weekday": range(7)}, "ma"), ({"weekend": [False, True]}, "werkdagen"), ({}, "alle dagen")],
)
def test_parts_of_the_week_have_their_number_and_the_withheld_are_hatched(keys, labels):
    """A part without a number is no zero."""
    ((name, values),) = keys.items() or [("", [0])]
    rows = [{name: value, "daypart": part} for value in values for part in DAYPARTS]
    table = pd.DataFrame(rows).assign(weight=pd.array([15] * len(rows), dtype="Int64"))
    table.loc[2, "weight"] = None
    ax = charts.dayparts(table.drop(columns="", errors="ignore"))
    assert [text.get_text() for text in ax.texts].count("15") == len(table) - 1
    assert [patch.get_hatch() for patch in ax.patches].count("///") == 1
    assert ax.get_yticklabels()[0].get_text() == labels
    assert "niet genoemd" in texts(charts.annotate(ax))


def test_parts_of_the_week_of_which_nothing_may_be_told_are_no_picture():
    table = pd.DataFrame({"daypart": DAYPARTS, "weight": pd.array([None] * 4, dtype="Int64")})
    assert not charts.dayparts(table).patches
