"""The map of places shows each place and its surroundings, and covers none of them."""

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
import shapely
from helpers import gid_is, n_drawn, texts
from matplotlib.axes import Axes

from ipgtools import charts, palette
from ipgtools.charts import _labels
from ipgtools.errors import CrsError

X, Y = 257000, 471000
EVIL = "<script>alert(1)</script> $\\frac{x}$ {{ 7*7 }}"


def table(boxes: list[tuple[float, float, float]], claims: list[str | None]) -> gpd.GeoDataFrame:
    """Make places from their south-west corner and side in metres."""
    n = len(boxes)
    return gpd.GeoDataFrame(
        {
            "place_id": [f"p{i}" for i in range(n)],
            "number": np.arange(1, n + 1),
            "name": [f"Straat {i} bij Dwarsweg {i}" for i in range(n)],
            "claim": pd.array(claims, dtype="str"),
            "n": [20 - i for i in range(n)],
        },
        geometry=[shapely.box(X + x, Y + y, X + x + side, Y + y + side) for x, y, side in boxes],
        crs=28992,
    )


def town(width: float = 4000, height: float = 3000, step: float = 150) -> gpd.GeoDataFrame:
    """Make a town of straight streets, each in pieces, every fifth a main road."""
    rows = []
    for i, y in enumerate(np.arange(0, height + 1, step)):
        rows += [
            (f"Straat {i}", i, shapely.LineString([(X + x, Y + y), (X + x + 500, Y + y)]))
            for x in np.arange(0, width, 500)
        ]
    for i, x in enumerate(np.arange(0, width + 1, step)):
        rows.append(
            (f"Dwarsweg {i}", i, shapely.LineString([(X + x, Y), (X + x + 60, Y + height)]))
        )
    return gpd.GeoDataFrame(
        {
            "street_name": [name for name, _, _ in rows],
            "kind": ["primary" if i % 5 == 0 else "residential" for _, i, _ in rows],
        },
        geometry=[line for _, _, line in rows],
        crs=28992,
    )


@pytest.fixture(scope="module")
def streets() -> gpd.GeoDataFrame:
    return town()


@pytest.fixture
def wijk() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"area_code": ["A", "B"], "area_name": ["Velve", "Lindenhof"]},
        geometry=[
            shapely.box(X, Y, X + 2000, Y + 3000), shapely.box(X + 2000, Y, X + 4000, Y + 3000),
        ],
        crs=28992,
    )  # fmt: skip


FIVE = [(900, 900, 200), (1250, 1000, 100), (1300, 1100, 100), (1000, 1400, 100), (1500, 800, 300)]
CASES = {
    "one": ([(1000, 1000, 100)], ["new"]),
    "five": (FIVE, ["new", "busy", "busy", "cluster", None]),
    "far apart": ([(300, 300, 100), (2300, 1800, 100)], ["busy", "cluster"]),
    "at the border": ([(-150, 1000, 200)], ["new"]),
    "in a corner": ([(0, 0, 100)], [None]),
}


def on_slide(places: gpd.GeoDataFrame, *tables: gpd.GeoDataFrame, **options) -> Axes:
    """Draw as large as a slide has it."""
    ax = charts.figure(8.3, 5.2).add_axes((0, 0, 1, 1))
    charts.places(places, *tables, ax=ax, **options)
    charts.annotate(ax, audience=None, n=92)
    ax.apply_aspect()
    return ax


def view(ax: Axes) -> shapely.Polygon:
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    return shapely.box(west, south, east, north)


def named(ax: Axes) -> list[mpl.text.Text]:
    return [text for text in ax.texts if text.get_gid() == "street-name"]


def boxes(ax: Axes) -> list[shapely.Polygon]:
    """Give the turned rectangle of each name, in pixels."""
    result = []
    for text in named(ax):
        turn, (x, y) = text.get_rotation(), ax.transData.transform(text.get_position())
        text.set_rotation(0)
        box = text.get_window_extent()
        text.set_rotation(turn)
        flat = shapely.box(
            x - box.width / 2, y - box.height / 2, x + box.width / 2, y + box.height / 2
        )
        result.append(shapely.affinity.rotate(flat, turn))
    return result


def in_pixels(ax: Axes, shapes: gpd.GeoSeries) -> np.ndarray:
    return shapely.transform(shapes.to_numpy(), ax.transData.transform)


def discs(ax: Axes) -> list[shapely.Polygon]:
    """Give the round number of each place, in pixels."""
    marks = [line for line in ax.lines if line.get_gid() == "number"]
    per_point = ax.get_figure(root=True).dpi / 72
    return [
        shapely.Point(ax.transData.transform((mark.get_xdata()[0], mark.get_ydata()[0]))).buffer(
            mark.get_markersize() / 2 * per_point
        )
        for mark in marks
    ]


def legend(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.get_legend().get_texts()]


@pytest.mark.parametrize("case", CASES)
def test_every_place_has_an_outline_and_a_number(case, wijk, streets):
    boxes_, claims = CASES[case]
    ax = on_slide(table(boxes_, claims), wijk, streets=streets)
    for claim in palette.PLACES:
        expected = claims.count(None if claim == "list" else claim)
        assert n_drawn(ax, f"place:{claim}") == expected
    numbers = {text.get_text() for text in ax.texts} & {str(i) for i in range(1, 6)}
    assert numbers == {str(i + 1) for i in range(len(claims))}
    assert len(discs(ax)) == len(claims)


@pytest.mark.parametrize("case", CASES)
def test_the_map_shows_the_places_and_their_surroundings_not_the_whole(case, wijk, streets):
    places = table(*CASES[case])
    seen = view(on_slide(places, wijk, streets=streets))
    around = shapely.box(*places.total_bounds).buffer(249, join_style="mitre")
    assert seen.covers(around)
    west, _, east, _ = seen.bounds
    assert east - west >= 800
    if case != "far apart":
        assert seen.area < 0.5 * wijk.union_all().area


@pytest.mark.parametrize("case", CASES)
def test_no_name_lies_on_a_place_a_number_or_another_name(case, wijk, streets):
    places = table(*CASES[case])
    ax = on_slide(places, wijk, streets=streets)
    names, frame = boxes(ax), shapely.box(*ax.get_window_extent().extents)
    assert len(names) >= 4
    for i, name in enumerate(names):
        assert frame.buffer(1).covers(name)
        assert not any(name.intersects(other) for other in names[i + 1 :])
        assert not any(name.intersects(disc) for disc in discs(ax))
        assert not shapely.intersects(name, in_pixels(ax, places.geometry)).any()


@pytest.mark.parametrize("case", CASES)
def test_numbers_stand_beside_places_within_the_map_and_apart(case, wijk, streets):
    places = table(*CASES[case])
    ax = on_slide(places, wijk, streets=streets)
    shapes, found = in_pixels(ax, places.geometry), discs(ax)
    frame = shapely.box(*ax.get_window_extent().extents).buffer(1)
    for i, disc in enumerate(found):
        assert frame.covers(disc)
        assert not shapely.intersects(disc, shapes).any()
        assert not any(disc.intersects(other) for other in found[i + 1 :])
        assert np.argmin(shapely.distance(disc.centroid, shapes)) == i


def test_names_lie_along_their_streets(wijk, streets):
    ax = on_slide(table(*CASES["five"]), wijk, streets=streets)
    lines = streets.dissolve("street_name").geometry
    metres = (ax.get_xlim()[1] - ax.get_xlim()[0]) / _labels.frame(ax)[0]
    for text in named(ax):
        spot = shapely.Point(text.get_position())
        assert lines[text.get_text()].distance(spot) < 6 * metres
        upright = text.get_text().startswith("Dwarsweg")
        assert abs(text.get_rotation() - (88.9 if upright else 0)) % 360 < 1


def test_streets_that_places_are_named_after_are_written_first(wijk, streets):
    places = table([(1000, 1000, 100)], ["new"]).assign(name="Straat 8 bij Dwarsweg 8")
    names = [text.get_text() for text in named(on_slide(places, wijk, streets=streets))]
    assert set(names[:2]) == {"Straat 8", "Dwarsweg 8"}
    assert {"Dwarsweg 5", "Dwarsweg 10"} <= set(names), "then main roads"


def test_a_name_inside_a_longer_one_is_another_street(wijk, streets):
    places = table([(1000, 1000, 100)], ["new"]).assign(name="Straat 81 bij Dwarsweg 4")
    names = [text.get_text() for text in named(on_slide(places, wijk, streets=streets))]
    assert names[0] == "Dwarsweg 4"


def test_letters_are_large_enough_for_a_projector(wijk, streets):
    ax = on_slide(table(*CASES["five"]), wijk, streets=streets, others=table(FIVE, [None] * 5))
    for text in ax.get_figure(root=True).findobj(mpl.text.Text):
        assert not text.get_text() or text.get_fontsize() >= 11, text.get_text()


def test_the_legend_has_at_most_three_claims_in_words(wijk, streets):
    ax = on_slide(table(*CASES["five"]), wijk, streets=streets)
    assert legend(ax) == ["Nieuw of stijgend", "Vaste drukke plek", "Drukke omgeving (vlek)"]
    assert "Grijs: drukste plekken (geen uitspraak over toeval)" in texts(ax)
    ax = on_slide(table([(1000, 1000, 100)], [None]), wijk, streets=streets)
    assert legend(ax) == ["Drukste plekken (geen uitspraak over toeval)"]


def test_a_claim_that_is_not_known_claims_nothing(wijk):
    ax = on_slide(table([(1000, 1000, 100)], ["busiest ever"]), wijk)
    assert n_drawn(ax, "place:list") == 1
    bare = table([(1000, 1000, 100)], ["new"])[["geometry"]]
    assert n_drawn(on_slide(bare, wijk), "place:list") == 1


def test_legend_scale_and_map_do_not_cover_each_other(wijk, streets):
    for claims in (["new"], ["new", "busy", "cluster"]):
        ax = on_slide(table(FIVE[: len(claims)], claims), wijk, streets=streets)
        figure = ax.get_figure(root=True)
        parts = [ax.get_legend().get_window_extent(), ax.get_window_extent()]
        for gid in ("scale-text", "scale", "north", "footer"):
            parts += [one.get_window_extent() for one in figure.findobj(match=gid_is(gid))]
        assert len(parts) == 6
        for i, part in enumerate(parts):
            assert figure.bbox.x0 - 3 <= part.x0
            assert part.x1 <= figure.bbox.x1
            assert not any(part.padded(-2).overlaps(other) for other in parts[i + 1 :])


def test_the_whole_is_a_small_map_only_where_little_of_it_is_seen(wijk, streets):
    assert n_drawn(on_slide(table(*CASES["one"]), wijk, streets=streets), "inset") > 0
    small = wijk.assign(geometry=wijk.scale(0.3, 0.3, origin=(X + 1000, Y + 1000)))
    assert n_drawn(on_slide(table(*CASES["one"]), small, streets=streets), "inset") == 0


@pytest.mark.parametrize("case", ["one", "five", "at the border", "in a corner"])
def test_the_small_map_covers_no_place_number_or_name(case, wijk, streets):
    places = table(*CASES[case])
    ax = on_slide(places, wijk, streets=streets)
    first = next(one for one in ax.collections if one.get_gid() == "inset")
    box = shapely.box(*first.get_paths()[0].transformed(ax.transAxes).get_extents().extents)
    assert not shapely.intersects(box, in_pixels(ax, places.geometry)).any()
    assert not any(box.intersects(other) for other in [*discs(ax), *boxes(ax)])


def test_a_small_place_on_a_wide_map_stays_visible(wijk):
    places = table([(0, 0, 20), (8000, 5000, 20)], ["new", "busy"])
    ax = on_slide(places, wijk)
    for claim in ("new", "busy"):
        (drawn,) = [one for one in ax.collections if one.get_gid() == f"place:{claim}"]
        box = drawn.get_paths()[0].transformed(ax.transData).get_extents()
        assert box.width * 72 / ax.get_figure(root=True).dpi >= 11.9


def test_without_places_the_areas_are_drawn_and_nothing_stands_out(wijk, streets):
    ax = on_slide(table([], []), wijk, streets=streets)
    assert "Geen plek springt eruit" in texts(ax)
    assert "Lindenhof" in texts(ax)
    assert view(ax).covers(wijk.union_all())
    assert ax.get_legend() is None
    assert "Geen plek springt eruit" in texts(on_slide(table([], [])))


def test_a_place_without_an_outline_is_told_not_drawn(wijk):
    places = table(FIVE, ["new"] * 5)
    places.loc[[1, 3], "geometry"] = None
    ax = on_slide(places, wijk)
    assert n_drawn(ax, "place:new") == 3
    assert "Niet op de kaart: plek 2 en 4" in texts(ax)
    nowhere = places.assign(geometry=gpd.GeoSeries([None] * 5, crs=28992))
    assert "Niet op de kaart: plek 1, 2, 3, 4 en 5" in texts(on_slide(nowhere, wijk))


def test_a_map_can_do_without_streets_names_or_areas(wijk, streets):
    places = table(*CASES["five"])
    assert {text.get_text() for text in named(on_slide(places, wijk))} <= {"Velve", "Lindenhof"}
    unnamed = streets.drop(columns=["street_name", "kind"])
    missing = streets.assign(street_name=pd.array([None] * len(streets), dtype="str"))
    for ground in (unnamed, missing, streets.iloc[:0], None):
        for whole in (wijk, None):
            assert charts.png(on_slide(places, whole, streets=ground), dpi=40)


def test_hostile_names_are_text(wijk, streets):
    odd = streets.assign(street_name=streets.street_name.replace("Straat 8", EVIL))
    places = table([(1000, 1000, 100)], ["new"]).assign(name=f"{EVIL} bij Dwarsweg 8 (")
    ax = on_slide(places, wijk, streets=odd)
    assert charts.png(ax, dpi=40)
    assert EVIL in [text.get_text() for text in named(ax)]


def test_others_are_thin_and_do_not_widen_the_map(wijk, streets):
    places, others = table(*CASES["one"]), table([(3500, 2500, 100)], [None])
    ax = on_slide(places, wijk, streets=streets, others=others)
    assert n_drawn(ax, "other-places") == 1
    assert not view(ax).intersects(others.union_all())
    assert "Dun en grijs: overige plekken" in texts(ax)


def test_a_place_of_parts_has_one_number(wijk, streets):
    places = table(FIVE[:2], ["cluster"] * 2).dissolve("claim", as_index=False)
    ax = on_slide(places, wijk, streets=streets)
    assert (n_drawn(ax, "place:cluster"), len(discs(ax))) == (1, 1)


def test_colours_of_claims_differ_in_grey_too():
    new, busy, cluster, plain = palette.PLACES.values()
    assert palette.contrast(new, busy) > 1.8
    assert palette.contrast(busy, cluster) > 1.5
    for colour in (new, busy, cluster, plain):
        assert palette.contrast(colour, palette.PAPER) > 4.5


def test_tables_are_not_changed_and_degrees_are_refused(wijk, streets):
    places = table(*CASES["five"])
    before = places.copy(), streets.copy()
    one, other = (charts.png(on_slide(places, wijk, streets=streets), dpi=40) for _ in range(2))
    assert one == other
    pd.testing.assert_frame_equal(pd.DataFrame(places), pd.DataFrame(before[0]))
    pd.testing.assert_frame_equal(pd.DataFrame(streets), pd.DataFrame(before[1]))
    with pytest.raises(CrsError, match="metres"):
        charts.places(places.to_crs(4326), wijk)


def test_drawing_again_leaves_no_old_marks(wijk, streets):
    ax = on_slide(table(*CASES["five"]), wijk, streets=streets)
    once = len(ax.get_figure(root=True).findobj())
    charts.annotate(ax, audience=None, n=92)
    assert len(ax.get_figure(root=True).findobj()) == once


def test_real_streets_are_named_around_a_real_place(shared):
    path = shared / "nl_enschede_straten_osm" / "enschede_straten_osm.gpkg"
    real = gpd.read_file(path).rename(columns={"name": "street_name", "highway": "kind"})
    places = table([(2400, 0, 100)], ["new"]).assign(name="Heutinkstraat")
    ax = on_slide(places, streets=real)
    assert len(named(ax)) >= 6
    names = boxes(ax)
    assert not any(a.intersects(b) for i, a in enumerate(names) for b in names[i + 1 :])


@pytest.mark.parametrize("case", CASES)
def test_a_map_of_a_slide_fills_it_with_legend_and_scale_off_the_places(case, wijk, streets):
    """Letters are 14 points and larger, and lie on no place, number or each other."""
    found = table(*CASES[case])
    ax = charts.figure(10.6, 5.67).add_subplot()
    credit = "straten © OpenStreetMap-bijdragers; gebieden CBS/Kadaster"
    charts.places(found, wijk, streets=streets, credit=credit, ax=ax)
    assert ax.get_position().bounds == pytest.approx((0, 0, 1, 1))
    texts = [*ax.texts, *ax.get_legend().get_texts()]
    assert min(text.get_fontsize() for text in texts if text.get_text().strip()) >= 14
    assert min(text.get_fontsize() for text in named(ax)) >= 14
    inside = [text for text in ax.texts if text.get_gid() in ("credit", "scale-text")]
    put = [*inside, ax.get_legend()]
    covers = [shapely.box(*one.get_window_extent().extents) for one in put]
    taken = [*in_pixels(ax, found.geometry), *discs(ax), *boxes(ax)]
    for one in covers:
        assert ax.bbox.padded(2).contains(one.bounds[0], one.bounds[1])
        assert ax.bbox.padded(2).contains(one.bounds[2], one.bounds[3])
        for other in [*taken, *(each for each in covers if each is not one)]:
            assert one.intersection(other).area < 1
