"""Streets become zones of a scan: the cells that a stretch runs through, in order."""

import time

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import LineString

import ipgtools as ipg
from ipgtools.errors import CrsError
from ipgtools.hotspots.hot_places.segments import segment_zones

LATTICE = {"west": 0.0, "south": 0.0, "cell_size": 100.0, "n_columns": 10, "n_rows": 10}


def streets(**named) -> gpd.GeoDataFrame:
    """Draw streets by name; `_` and what follows tells lines of one name apart, `nn` has none."""
    names = [name.split("_")[0].replace("nn", "") or None for name in named]
    lines = [LineString(line) for line in named.values()]
    return gpd.GeoDataFrame({"street_name": names}, geometry=lines, crs=28992)


def zones(table: gpd.GeoDataFrame, **options) -> list[list[int]]:
    return [zone.tolist() for zone in segment_zones(table, **(LATTICE | options))]


def test_a_straight_street_gives_its_cells_in_order():
    """Cells 10 to 17 lie in the second row; stretches of 300 m slide along them."""
    street = streets(Dorpsstraat=[(0, 150), (800, 150)])
    assert zones(street, lengths=(300,)) == [[10 + i, 11 + i, 12 + i] for i in range(6)]


def test_a_street_shorter_than_a_stretch_is_one_stretch():
    """What there is of it counts, for every length once."""
    assert zones(streets(Dorpsstraat=[(10, 150), (290, 150)])) == [[10, 11, 12]]


def test_fewer_than_three_cells_are_no_street():
    """That is a spot, or two."""
    assert zones(streets(Dorpsstraat=[(10, 150), (190, 150)])) == []


def test_a_street_of_many_pieces_is_one_street():
    """Where the file cuts it, and which way the pieces run, makes no difference."""
    whole = streets(Dorpsstraat=[(0, 150), (800, 150)])
    cut = streets(
        Dorpsstraat_1=[(0, 150), (130, 150)],
        Dorpsstraat_2=[(520, 150), (130, 150)],
        Dorpsstraat_3=[(520, 150), (800, 150)],
    )
    assert zones(cut) == zones(whole)
    assert zones(cut.iloc[::-1]) == zones(whole)


def test_a_street_goes_on_straight_ahead_under_another_name():
    """And not round the corner, where the third street leaves."""
    crossing = streets(
        Dorpsstraat=[(250, 150), (450, 150)],
        Kerkstraat=[(450, 150), (700, 150)],
        Molenweg=[(450, 150), (450, 350)],
    )
    found = zones(crossing, lengths=(500,))
    assert [12, 13, 14, 15, 16] in found
    assert not any({13, 24} <= set(zone) for zone in found)


def test_a_street_of_one_name_goes_on_round_a_bend():
    """Even where another street goes straight ahead."""
    bend = streets(
        Dorpsstraat=[(250, 150), (450, 150), (450, 350)],
        Kerkstraat=[(450, 150), (700, 150)],
    )
    assert [12, 13, 14, 24, 34] in zones(bend, lengths=(400,))
    assert not any({13, 15} <= set(zone) for zone in zones(bend, lengths=(400,)))


def test_a_street_goes_on_over_a_piece_without_a_name():
    """A square or a bridge without a name doesn't cut a street in two."""
    bridge = streets(
        Dorpsstraat_1=[(0, 150), (210, 150)],
        nn=[(210, 150), (290, 150)],
        Dorpsstraat_2=[(290, 150), (500, 150)],
    )
    assert [10, 11, 12, 13, 14] in zones(bridge)


def test_two_lanes_don_t_make_a_stretch_there_and_back():
    """A street is not followed back along its own other lane."""
    lanes = streets(
        Singel_1=[(0, 150), (400, 150)],
        Singel_2=[(400, 150), (200, 165), (0, 165)],
    )
    assert max(map(len, zones(lanes))) == 4


def test_a_street_on_a_border_has_the_cells_on_both_sides():
    """Its front doors are in both."""
    assert zones(streets(Dorpsstraat=[(0, 200), (300, 200)])) == [[10, 20, 11, 21, 12, 22]]


def test_a_corner_that_is_touched_is_not_in_the_zone():
    """A slanting street passes 14 m from a cell's corner inside it."""
    slanting = streets(Dorpsstraat=[(10, 110), (390, 490)])
    assert zones(slanting, lengths=(600,)) == [[10, 21, 32, 43]]


def test_a_ring_is_followed_past_the_place_where_it_is_drawn_first():
    """Every stretch of a ring is as good as another."""
    ring = streets(Ring=[(150, 150), (550, 150), (550, 550), (150, 550), (150, 150)])
    found = zones(ring, lengths=(300,))
    assert len(found) == 16
    assert any({11, 12, 21} <= set(zone) for zone in found)


def test_paths_without_a_name_count_only_where_nothing_has_one():
    """A town has more footpaths than streets."""
    both = streets(Dorpsstraat=[(0, 150), (300, 150)], nn=[(0, 550), (300, 550)])
    assert zones(both) == [[10, 11, 12]]
    assert zones(both.assign(street_name=None)) == [[10, 11, 12], [50, 51, 52]]
    assert zones(both.drop(columns="street_name")) == [[10, 11, 12], [50, 51, 52]]


def test_what_lies_outside_the_lattice_is_left_out():
    """The cells inside still make a zone, if they are three."""
    assert zones(streets(Dorpsstraat=[(-200, 150), (310, 150)])) == [[10, 11, 12]]
    assert zones(streets(Dorpsstraat=[(-500, 150), (90, 150)])) == []
    assert zones(streets(Dorpsstraat=[(5000, 150), (5900, 150)])) == []


def test_no_street_gives_no_zone():
    """An empty file, and rows without a line."""
    street = streets(Dorpsstraat=[(0, 150), (300, 150)])
    assert zones(street[:0]) == []
    assert zones(street.set_geometry(gpd.GeoSeries([None], crs=28992))) == []


def test_degrees_are_refused():
    """A stretch of 300 degrees is none."""
    street = streets(Dorpsstraat=[(0, 150), (300, 150)])
    with pytest.raises(CrsError, match="28992"):
        zones(street.to_crs(4326))
    with pytest.raises(ValueError, match="more than 0"):
        zones(street, step=0)


@pytest.mark.parametrize("size", [50, 100])
def test_zones_of_a_real_town_hang_together(shared, size):
    """Cells of a stretch touch, no set occurs twice, and a wijk takes well under a second."""
    path = shared / "nl_enschede_straten_osm" / "enschede_straten_osm.gpkg"
    if not path.exists():
        pytest.skip("the streets of Enschede are not on this machine")
    table, _ = ipg.read_streets(path)
    n = 2600 // size
    began = time.perf_counter()
    found = segment_zones(table, west=256900, south=470200, cell_size=size, n_columns=n, n_rows=n)
    assert time.perf_counter() - began < 2
    assert 500 < len(found) < 2000
    assert len({tuple(sorted(zone)) for zone in found}) == len(found)
    for zone in found:
        row, column = np.divmod(zone, n)
        squares = shapely.box(column, row, column + 1, row + 1)
        assert len(shapely.get_parts(shapely.union_all(shapely.buffer(squares, 0.01)))) == 1
