"""Hexagons and clipped cells: every point in exactly one, and every analysis works on them."""

import math
from fractions import Fraction

import geopandas as gpd
import numpy as np
import pytest
import shapely
from helpers import points, shapes
from hypothesis import given
from hypothesis import strategies as st

from ipgtools import hotspots
from ipgtools.grid import Grid, hexagon_size
from ipgtools.hotspots.lattice import lattice_of_cells

BLOB = shapely.Point(1000, 1000).buffer(700).difference(shapely.box(900, 900, 1300, 1000))


@pytest.fixture(scope="module")
def grid():
    return Grid.covering((0, 0, 2000, 2000), shape="hexagon")


def test_the_size_is_the_distance_between_flat_sides_and_between_neighbours(grid):
    cells = grid.cells()
    bounds = cells.bounds
    np.testing.assert_allclose(bounds["maxx"] - bounds["minx"], 100, rtol=1e-9)
    np.testing.assert_allclose(bounds["maxy"] - bounds["miny"], 200 / math.sqrt(3), rtol=1e-9)
    np.testing.assert_allclose(cells.area, math.sqrt(3) / 2 * 100**2, rtol=1e-9)
    x, y = grid.centres()
    away = np.sort(np.hypot(x[:, None] - x, y[:, None] - y), axis=1)
    inner = (abs(x - 1000) < 700) & (abs(y - 1000) < 700)
    np.testing.assert_allclose(away[inner, 1:7], 100, rtol=1e-9)
    assert away[inner, 7].min() > 173


def test_hexagons_of_equal_surface_are_seven_percent_wider():
    size = hexagon_size(100)
    wide = Grid.covering((0, 0, 500, 500), size, shape="hexagon")
    assert wide.cell_area == pytest.approx(10_000)
    assert wide.cells().area.to_numpy() == pytest.approx(10_000)


def test_hexagons_leave_no_gap_and_do_not_overlap(grid):
    cells = grid.cells()
    whole = cells.union_all()
    assert whole.area == pytest.approx(cells.area.sum(), rel=1e-12)
    assert whole.geom_type == "Polygon"
    assert not whole.interiors
    assert whole.covers(shapely.box(0, 0, 2000, 2000))


def test_a_point_lies_in_the_hexagon_with_the_nearest_centre(grid):
    xy = np.random.default_rng(71).uniform(0, 2000, (20_000, 2))
    x, y = grid.centres()
    away = (xy[:, :1] - x) ** 2 + (xy[:, 1:] - y) ** 2
    np.testing.assert_array_equal(grid.locate(*xy.T), away.argmin(axis=1))


def test_a_point_lies_in_the_hexagon_that_is_drawn(grid):
    xy = np.random.default_rng(72).uniform(0, 2000, (5000, 2))
    drawn = grid.cells().geometry.to_numpy()[grid.locate(*xy.T)]
    assert shapely.dwithin(drawn, shapely.points(xy), 1e-9).all()


def test_a_hexagon_owns_its_western_side(grid):
    """Even rows have their flat sides at multiples of 100, row 2 at a height of 173."""
    height = 2 * 100 * math.sqrt(3) / 2
    found = grid.assign(points([(99.999, height), (100, height), (100.001, height)]))
    assert found.tolist() == ["HE0000N0002", "HE0001N0002", "HE0001N0002"]
    odd = grid.assign(points([(149.999, height / 2), (150, height / 2)]))
    assert odd.tolist() == ["HE0000N0001", "HE0001N0001"]


@given(
    size=st.sampled_from([100.0, 0.1, 1 / 3, 107.456]),
    row=st.integers(-2000, 8000),
    strip=st.integers(-3000, 6000),
    along=st.fractions(0, 1, max_denominator=997),
    nudge=st.integers(-3, 3),
)
def test_points_on_slanted_sides_go_where_whole_numbers_put_them(size, row, strip, along, nudge):
    """
    Coordinates within some roundings of a side, judged by fractions of 60 digits.

    The row and column found must be those of the nearest centre, where the square root of 3
    is known to so many digits that no coordinate can be misjudged.
    """
    root = Fraction(math.isqrt(3 * 10**120), 10**60)
    half = Fraction(size) / 2
    x = float((strip + along) * half)
    up = along if (row + strip) % 2 else 1 - along
    y = float((3 * row + 1 + up) * Fraction(size) * root / 6)
    for _ in range(abs(nudge)):
        y = math.nextafter(y, math.copysign(math.inf, nudge))
    grid = Grid.covering((x - 2 * size, y - 2 * size, x + 2 * size, y + 2 * size), size,
                         shape="hexagon")  # fmt: skip
    col0, row0 = round(grid.x0 / size), round(grid.y0 / (size * math.sqrt(3) / 2))

    def away(r, c):
        centre_x = (2 * c + 1 + r % 2) * half
        return (Fraction(x) - centre_x) ** 2 + (Fraction(y) - 3 * r * 2 * half * root / 6) ** 2

    every = [
        (away(row0 + r, col0 + c), r * grid.n_cols + c)
        for r in range(grid.n_rows)
        for c in range(grid.n_cols)
    ]
    nearest = min(every)[1]
    position = np.cumsum(grid.inside.ravel())[nearest] - 1
    on_flat_side = Fraction(x) % half == 0
    found = grid.locate([x], [y])[0]
    if on_flat_side:
        ties = [at for how_far, at in every if how_far == min(every)[0]]
        position = np.cumsum(grid.inside.ravel())[max(ties)] - 1
    assert found == position


def test_a_hexagon_keeps_its_name_in_every_grid():
    wide = Grid.covering((0, 0, 3000, 3000), shape="hexagon")
    for bounds in ((500, 500, 900, 800), (1234, 777, 1500, 2000), (50, 90, 200, 300)):
        part = Grid.covering(bounds, shape="hexagon")
        x, y = part.centres()
        shared = wide.locate(x, y)
        both = shared >= 0
        assert (wide.cell_ids[shared[both]] == part.cell_ids[both]).all()
    names = Grid.covering((-300, -300, 300, 300), shape="hexagon").cells()["cell_id"]
    assert names.is_unique
    assert names.str[1].isin(["E", "W"]).all()


def test_every_hexagon_has_its_own_number(grid):
    x, y = grid.centres()
    assert grid.locate(x, y).tolist() == list(range(grid.n_cells))


def test_hexagons_belong_to_a_grid_if_they_share_surface_with_the_areas():
    grid = Grid.covering(shapes(BLOB), 90, shape="hexagon")
    every = Grid.covering((0, 0, 2000, 2000), 90, shape="hexagon").cells()
    shared = every.geometry.intersection(BLOB).area > 0
    assert grid.cells()["cell_id"].tolist() == every["cell_id"][shared].tolist()


def test_every_point_hexagons_were_laid_over_lies_in_them():
    rng = np.random.default_rng(73)
    for size in (3.0, 17.3, 100.0):
        for n in (1, 2, 300):
            xy = rng.integers(-500, 500, (n, 2)) * 0.7
            assert (Grid.covering(points(xy), size, shape="hexagon").locate(*xy.T) >= 0).all()


def test_hexagons_over_points_are_those_that_hold_any_of_their_rectangle():
    found = Grid.covering(points([(13, 20), (1712, 1950)]), 90, shape="hexagon")
    cells = Grid.covering((-500, -500, 2500, 2500), 90, shape="hexagon").cells()
    expected = cells[cells.intersects(shapely.box(13, 20, 1712, 1950))]
    assert found.cells()["cell_id"].tolist() == expected["cell_id"].tolist()


def test_nowhere_is_outside_hexagons(grid):
    at = [np.nan, np.inf, -np.inf, 1e300, -1e300, 1000]
    assert grid.locate(at, [5] * 6).tolist()[:5] == [-1] * 5
    assert grid.locate([1000], [np.nan]).tolist() == [-1]


def test_counts_over_hexagons_equal_the_incidents_inside():
    xy = np.random.default_rng(74).integers(0, 200, (5000, 2)) * 10
    grid = Grid.covering(shapes(BLOB), shape="hexagon")
    cells = hotspots.count(points(xy), grid)
    assert cells["n"].sum() == cells.attrs["n_used"] == 5000 - cells.attrs["n_outside"]
    assert cells.attrs["grid"]["shape"] == "hexagon"
    whole = Grid.covering((0, 0, 2000, 2000), shape="hexagon")
    assert hotspots.count(points(xy), whole)["n"].sum() == 5000


def test_change_on_hexagons_adds_up():
    rng = np.random.default_rng(75)
    grid = Grid.covering((0, 0, 2000, 2000), shape="hexagon")
    before, after = (points(rng.uniform(0, 2000, (n, 2))) for n in (300, 500))
    cells = hotspots.change(before, after, grid)
    assert (cells["n_before"].sum(), cells["n_after"].sum()) == (300, 500)


@pytest.mark.parametrize("radius", [None, 100, 173.3, 410])
def test_scores_on_hexagons_are_those_of_their_centres(radius):
    """The same counts as points take the general path, by pairs."""
    cells = Grid.covering(shapes(BLOB), shape="hexagon").cells()
    cells["n"] = np.random.default_rng(76).poisson(2, len(cells))
    at = lattice_of_cells(cells)
    assert at is not None
    found = hotspots.gi_star(cells, radius=radius)
    general = hotspots.gi_star(cells.set_geometry(cells.centroid), radius=radius or 100)
    np.testing.assert_allclose(found["gi_star"], general["gi_star"], atol=1e-9)
    np.testing.assert_allclose(found["p_permutation"], general["p_permutation"], rtol=1e-6)
    assert found.attrs["method"]["radius"] == pytest.approx(radius or 100)


@pytest.mark.parametrize("shape", ["square", "hexagon"])
def test_scores_on_clipped_cells_are_those_of_whole_ones(shape):
    """What is cut off is not drawn; it changes no count and no score."""
    incidents = points(np.random.default_rng(77).uniform(0, 2000, (900, 2)))
    options = {"cell_size": 100, "shape": shape}
    whole = hotspots.count(incidents, Grid.covering(shapes(BLOB), **options))
    cut = hotspots.count(incidents, Grid.covering(shapes(BLOB), clip=True, **options))
    assert cut["n"].tolist() == whole["n"].tolist()
    scored, expected = hotspots.gi_star(cut), hotspots.gi_star(whole)
    np.testing.assert_array_equal(scored["gi_star"], expected["gi_star"])
    np.testing.assert_array_equal(scored["p_permutation"], expected["p_permutation"])
    some = cut.sample(frac=0.5, random_state=1)
    np.testing.assert_allclose(
        hotspots.gi_star(some)["gi_star"], hotspots.gi_star(whole.loc[some.index])["gi_star"]
    )


def test_cells_that_were_moved_are_not_taken_for_those_of_the_grid():
    cells = Grid.covering(shapes(BLOB), clip=True).cells()
    assert lattice_of_cells(cells) is not None
    cells["geometry"] = cells.geometry.translate(30, 0)
    assert lattice_of_cells(cells) is None


@pytest.mark.parametrize("shape", ["square", "hexagon"])
def test_clipped_cells_make_up_the_area(shape):
    grid = Grid.covering(shapes(BLOB), 130, shape=shape, clip=True)
    cells = grid.cells()
    assert cells["surface"].sum() == pytest.approx(BLOB.area, rel=1e-9)
    np.testing.assert_allclose(cells.area, cells["surface"])
    np.testing.assert_allclose(cells["share"], cells["surface"] / grid.cell_area)
    assert set(cells.geom_type) <= {"Polygon", "MultiPolygon"}
    assert cells.union_all().symmetric_difference(BLOB).area < 1e-6
    plain = Grid.covering(shapes(BLOB), 130, shape=shape)
    assert cells["cell_id"].tolist() == plain.cells()["cell_id"].tolist()
    assert grid != plain
    assert "share" not in plain.cells()


def test_clipping_to_two_areas_keeps_what_lies_in_either():
    parts = shapes(shapely.box(0, 0, 150, 100), shapely.box(150, 0, 230, 100))
    cells = Grid.covering(parts, clip=True).cells()
    assert cells["share"].tolist() == pytest.approx([1, 1, 0.3])
    assert cells.attrs["grid"]["clipped"]


def test_points_are_nothing_to_clip_to():
    with pytest.raises(ValueError, match="polygons to clip to"):
        Grid.covering(points([(5, 5)]), clip=True)


def test_a_shape_is_a_square_or_a_hexagon():
    with pytest.raises(ValueError, match="`shape` is 'triangle', expected one of square, hexagon"):
        Grid.covering((0, 0, 9, 9), shape="triangle")


def test_hexagons_have_no_edges_of_columns(grid):
    with pytest.raises(ValueError, match="hexagons have no `x_edges`"):
        _ = grid.x_edges


def test_a_map_and_a_chart_can_draw_hexagons(tmp_path):
    """What views take is a table of polygons."""
    from ipgtools import charts

    incidents = points(np.random.default_rng(78).uniform(0, 1000, (300, 2)))
    grid = Grid.covering((0, 0, 1000, 1000), shape="hexagon")
    cells = hotspots.density(incidents, grid)
    assert charts.density(cells).get_figure() is not None


@pytest.mark.parametrize("shape", ["square", "hexagon"])
def test_areas_that_cross_themselves_are_clipped_all_the_same(shape):
    """A bow tie is two triangles of 2,500 square metres; exports hold many like it."""
    bow = shapely.Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])
    areas = gpd.GeoDataFrame(geometry=[bow], crs=28992)
    cells = Grid.covering(areas, 50, shape=shape, clip=True).cells()
    assert cells["surface"].sum() == pytest.approx(5000)
