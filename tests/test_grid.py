"""Grid: aligned squares, and every incident in exactly one of them."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from helpers import points, shapes
from hypothesis import given
from hypothesis import strategies as st

from ipgtools.errors import ContractError, CrsError, IpgError
from ipgtools.grid import Grid, coordinates

TRIANGLE = shapely.Polygon([(0, 0), (1000, 0), (0, 1000)])


def test_cells_of_100_m_carry_the_names_of_the_cbs_squares():
    grid = Grid.covering(points((259_661, 471_504)))
    assert grid.cells()["cell_id"].tolist() == ["E2596N4715"]
    assert grid.cells().total_bounds.tolist() == [259_600, 471_500, 259_700, 471_600]


def test_cells_of_another_size_are_named_in_metres():
    grid = Grid.covering(points((259_661, 471_530)), 25)
    assert grid.cells()["cell_id"].tolist() == ["E259650N0471525"]
    half = Grid.covering(points((259_650.7, 471_525.2)), 0.5)
    assert half.cells()["cell_id"].tolist() == ["E259650.5N0471525"]


@pytest.mark.parametrize("size", [0.25, 12.5, 25, 100, 500])
def test_names_are_unique_on_either_side_of_the_origin(size):
    grid = Grid.covering((-3 * size, -3 * size, 3 * size, 3 * size), size)
    ids = grid.cells()["cell_id"]
    assert len(ids) == 36
    assert ids.is_unique


def test_negative_coordinates_are_called_west_and_south():
    ids = Grid.covering((-100, -100, 100, 100)).cells()["cell_id"].tolist()
    assert ids == ["W0001S0001", "E0000S0001", "W0001N0000", "E0000N0000"]


def test_a_cell_owns_its_west_and_south_edge():
    grid = Grid.covering((0, 0, 300, 300))
    found = grid.locate([100, 100, 99.999, 300, 0, 150], [100, 99.999, 100, 0, 300, -0.001])
    assert found.tolist() == [4, 1, 3, -1, -1, -1]


def test_rows_run_from_the_south_west():
    grid = Grid.covering((0, 0, 200, 200))
    cells = grid.cells()
    assert cells["cell_id"].tolist() == ["E0000N0000", "E0001N0000", "E0000N0001", "E0001N0001"]
    centres = cells.centroid
    assert grid.locate(centres.x, centres.y).tolist() == [0, 1, 2, 3]
    assert cells.index.tolist() == [0, 1, 2, 3]


def test_a_cell_belongs_to_the_grid_if_it_shares_surface_with_the_areas():
    """The hypotenuse runs through the corners of the cells beyond it."""
    grid = Grid.covering(shapes(TRIANGLE))
    rows, cols = np.indices((10, 10))
    np.testing.assert_array_equal(grid.inside, rows + cols < 10)


def test_touching_a_border_is_not_sharing_surface():
    grid = Grid.covering(shapes(shapely.box(100, 100, 200, 200), shapely.box(350, 100, 360, 110)))
    assert grid.cells()["cell_id"].tolist() == ["E0001N0001", "E0003N0001"]


def test_a_hole_is_not_inside():
    ring = shapely.box(0, 0, 300, 300).difference(shapely.box(100, 100, 200, 200))
    assert Grid.covering(shapes(ring)).n_cells == 8


def test_inside_is_what_the_overlap_says():
    """Against the surface each square shares with the union, for ragged shapes."""
    rng = np.random.default_rng(5)
    blobs = [shapely.Point(*rng.uniform(0, 2000, 2)).buffer(r) for r in rng.uniform(20, 400, 12)]
    grid = Grid.covering(shapes(*blobs))
    x, y = np.meshgrid(grid.x_edges[:-1], grid.y_edges[:-1])
    squares = shapely.box(x, y, x + 100, y + 100)
    shared = shapely.area(shapely.intersection(squares, shapely.union_all(blobs)))
    np.testing.assert_array_equal(grid.inside, shared > 0)


def test_points_on_cells_that_are_not_inside_are_outside():
    grid = Grid.covering(shapes(TRIANGLE))
    assert grid.locate([950], [950]).tolist() == [-1]
    assert grid.assign(points((950, 950), (5, 5))).isna().tolist() == [True, False]


def test_grids_over_different_data_share_their_edges():
    one, other = Grid.covering((130, 130, 940, 940)), Grid.covering(points((570, 815)))
    assert set(other.x_edges) <= set(one.x_edges)
    assert set(other.y_edges) <= set(one.y_edges)


@given(
    size=st.sampled_from([0.1, 0.3, 1 / 3, 7.7, 25.0, 100.0]),
    steps=st.lists(st.integers(-300, 300), min_size=1, max_size=8),
    nudge=st.sampled_from([-1, 0, 1]),
)
def test_a_coordinate_lies_in_the_square_that_is_drawn(size, steps, nudge):
    """Also one rounding error beside an edge, and for sizes that are no binary fraction."""
    grid = Grid.covering((-40 * size, -40 * size, 40 * size, 40 * size), size)
    x = np.array(steps) * size
    x = x if not nudge else np.nextafter(x, nudge * np.inf)
    found = grid.locate(x, np.zeros_like(x))
    edges = grid.x_edges
    for at, position in zip(x, found, strict=True):
        if position < 0:
            assert at < edges[0] or at >= edges[-1]
        else:
            col = position % grid.n_cols
            assert edges[col] <= at < edges[col + 1]


def test_every_point_that_a_grid_was_laid_over_lies_in_it():
    rng = np.random.default_rng(6)
    xy = rng.integers(-500, 500, (300, 2)) * 0.1
    for size in (0.1, 0.3, 1, 5):
        assert (Grid.covering(points(*xy), size).locate(*xy.T) >= 0).all()


def test_nowhere_is_outside():
    grid = Grid.covering((0, 0, 100, 100))
    assert grid.locate([np.nan, np.inf, -np.inf, 1e300], [5, 5, 5, 5]).tolist() == [-1] * 4
    table = points((5, 5), (6, 6))
    table.loc[0, "geometry"] = None
    table.loc[1, "geometry"] = shapely.Point()
    assert grid.assign(table).isna().all()


def test_assignment_keeps_the_index():
    table = points((5, 5), (150, 5), (950, 5)).set_index([["c", "a", "b"]])
    found = Grid.covering((0, 0, 200, 100)).assign(table)
    assert found.index.tolist() == ["c", "a", "b"]
    assert found.dtype == "str"
    assert found.tolist()[:2] == ["E0000N0000", "E0001N0000"]


def test_equal_grids_are_equal():
    assert Grid.covering((0, 0, 90, 90)) == Grid.covering((5, 5, 95, 95))
    assert Grid.covering((0, 0, 90, 90)) != Grid.covering((0, 0, 190, 90))
    assert len({Grid.covering((0, 0, 90, 90)), Grid.covering((5, 5, 95, 95))}) == 1


def test_tables_of_cells_do_not_share_what_is_changed():
    grid = Grid.covering((0, 0, 200, 100))
    first = grid.cells()
    first.loc[0, "cell_id"] = "mine"
    first.loc[0, "geometry"] = shapely.Point(0, 0)
    assert grid.cells()["cell_id"].tolist() == ["E0000N0000", "E0001N0000"]
    assert (grid.cells().area == 10_000).all()
    with pytest.raises(ValueError, match="read-only"):
        grid.inside[0, 0] = False


def test_degrees_are_refused():
    with pytest.raises(CrsError, match="expected a projected CRS in metres"):
        Grid.covering(points((6.9, 52.2), crs=4326))
    with pytest.raises(CrsError, match="to_crs"):
        Grid.covering((0, 0, 9, 9)).assign(points((1, 1), crs=25832))


def test_another_projection_in_metres_is_fine():
    grid = Grid.covering(shapes(shapely.box(356_000, 5_790_000, 356_100, 5_790_100), crs=25832))
    assert grid.cells()["cell_id"].tolist() == ["E3560N57900"]
    assert grid.cells().crs == 25832


def test_an_empty_table_gives_no_grid():
    with pytest.raises(IpgError, match="nothing to lay a grid over"):
        Grid.covering(shapes())


def test_a_slip_of_the_cell_size_is_caught():
    with pytest.raises(IpgError, match="more than"):
        Grid.covering((0, 0, 300_000, 300_000), 1)


@pytest.mark.parametrize("size", [0, -100, np.nan, np.inf, 1e-6])
def test_a_cell_has_a_size(size):
    with pytest.raises(ValueError, match="cell_size"):
        Grid.covering((0, 0, 100, 100), size)


def test_bounds_are_four_numbers_in_order():
    with pytest.raises(ValueError, match="west < east"):
        Grid.covering((100, 0, 0, 100))


def test_a_line_is_no_point():
    lines = gpd.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (1, 1)])], crs=28992)
    with pytest.raises(ContractError, match="LineString instead of Point"):
        coordinates(lines)
