"""Streets as a graph, points brought to them, and density along them."""

import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from helpers import points
from shapely import LineString

from ipgtools import network
from ipgtools.errors import ContractError, CrsError, IpgError
from ipgtools.network import _density

METHODS = ["simple", "discontinuous", "continuous"]
RNG = 20251101


@pytest.fixture(params=["waves", "paths"])
def exact(request, monkeypatch) -> bool:
    """Tell whether to follow every path; if not, have even few incidents run as waves."""
    if request.param == "waves":
        monkeypatch.setattr(_density, "_worth", lambda *_: -1)
    return request.param == "paths"


@pytest.fixture
def waves(monkeypatch) -> None:
    """Have even few incidents run as waves where not every path is asked for."""
    monkeypatch.setattr(_density, "_worth", lambda *_: -1)


def streets(*lines, crs=28992, **columns) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=[LineString(line) for line in lines], crs=crs)


def star(n: int, length: float) -> gpd.GeoDataFrame:
    """Draw n streets from the origin; the first lies along the x axis."""
    angles = 2 * np.pi * np.arange(n) / n
    tips = np.column_stack([np.cos(angles), np.sin(angles)]) * length
    return streets(*([(0, 0), tip] for tip in tips), street_id=[f"s{i}" for i in range(n)])


def quartic(d: float, bandwidth: float) -> float:
    return 15 / 16 / bandwidth * max(1 - (d / bandwidth) ** 2, 0) ** 2


def along(lixels: gpd.GeoDataFrame, street: str) -> tuple[np.ndarray, np.ndarray]:
    """Give distance to the origin and density per metre of the lixels of a street of a star."""
    those = lixels[lixels["street_id"] == street]
    middle = shapely.line_interpolate_point(those.geometry, 0.5, normalized=True)
    return np.hypot(shapely.get_x(middle), shapely.get_y(middle)), those["per_km"].to_numpy() / 1000


def mass(lixels: gpd.GeoDataFrame) -> float:
    return float((lixels["per_km"] * lixels["length_m"]).sum() / 1000)


def tangle(seed: int, n_nodes: int = 9) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Draw streets between random places, rings and dead ends and a loop among them."""
    rng = np.random.default_rng(seed)
    xy = rng.uniform(0, 100, (n_nodes, 2)).round(2)
    pairs = {tuple(sorted(rng.choice(n_nodes, 2, replace=False))) for _ in range(n_nodes + 4)}
    lines = [[xy[a], (xy[a] + xy[b]) / 2 + rng.uniform(-8, 8, 2), xy[b]] for a, b in sorted(pairs)]
    lines.append([xy[0], xy[0] + [20, 5], xy[0] + [4, 25], xy[0]])
    table = streets(*lines)
    on = [LineString(lines[i]).interpolate(rng.uniform(), normalized=True)
          for i in rng.integers(len(lines), size=4)]  # fmt: skip
    return table, gpd.GeoDataFrame(geometry=[*on, shapely.Point(xy[1])], crs=28992)


# The graph.


def test_streets_meet_at_shared_vertices_only():
    """A way through the middle of another at a vertex is joined; a viaduct is not."""
    crossing = streets([(0, 0), (10, 0), (20, 0)], [(10, -5), (10, 0), (10, 5)])
    made = network.build(crossing)
    assert sorted(made.length) == [5, 5, 10, 10]
    assert made.attrs["n_components"] == 1
    viaduct = streets([(0, 0), (20, 0)], [(10, -5), (10, 5)])
    assert network.build(viaduct).attrs["n_components"] == 2


def test_crossings_are_joined_on_request():
    """A crossing, an end on another street, and an end a hair short of it."""
    table = streets(
        [(0, 0), (30, 0)], [(10, -5), (10, 5)], [(20, 0), (20, 7)], [(25, 0.0004), (25, 9)]
    )
    made = network.build(table, node_crossings=True)
    assert made.attrs["n_components"] == 1
    assert sorted(made.length.round(3)) == [5, 5, 5, 5, 7, 9, 10, 10]
    assert made.length.sum() == pytest.approx(table.length.sum(), abs=0.01)


def test_joining_crossings_keeps_the_streets_and_their_length():
    """On random lines: as many pieces as shapely's own noding makes."""
    rng = np.random.default_rng(RNG)
    table = streets(*rng.uniform(0, 100, (12, 3, 2)).round(1))
    made = network.build(table, node_crossings=True)
    noded = shapely.node(shapely.multilinestrings([list(line.coords) for line in table.geometry]))
    assert made.attrs["n_edges"] == len(noded.geoms)
    per_street = np.bincount(made.street, weights=made.length)
    assert per_street == pytest.approx(table.length.to_numpy(), abs=0.01)


def test_the_graph_keeps_every_metre_of_street(shared):
    """The 8,128 ways of Enschede, but for stretches that two ways share."""
    import ipgtools as ipg

    table, _ = ipg.read_streets(shared / "nl_enschede_straten_osm" / "enschede_straten_osm.gpkg")
    made = network.build(table)
    assert made.attrs["n_streets"] == 8128
    shorter = table.length.sum() - made.attrs["length_m"]
    assert 0 < shorter < 0.002 * table.length.sum()
    assert made.attrs["n_double"] == 80
    union = shapely.union_all(made.lines)
    assert shapely.distance(union, table.geometry.to_numpy()).max() == 0
    assert (np.diff(made.first_arc) > 0).all()
    assert made.attrs["share_longest"] > 0.8


def test_a_stretch_of_two_streets_counts_once():
    """The same way drawn twice, once backwards, and in part by a longer one."""
    table = streets([(0, 0), (10, 0)], [(10, 0), (0, 0)], [(0, 0), (10, 0), (10, 9)])
    made = network.build(table)
    assert sorted(made.length) == [9, 10]
    assert made.attrs["n_double"] == 2


def test_what_holds_no_line_is_counted_or_refused():
    """Missing and empty geometries, polygons, nothing at all."""
    table = streets([(0, 0), (10, 0)], [(0, 0), (5, 5)])
    table.loc[1, "geometry"] = None
    assert network.build(table).attrs["n_without_line"] == 1
    with pytest.raises(IpgError, match="no line with any length"):
        network.build(table.tail(1))
    with pytest.raises(ContractError, match="Point instead of LineString"):
        network.build(points((0, 0)))
    with pytest.raises(CrsError, match="`streets` is in EPSG:4326"):
        network.build(streets([(6, 52), (6.1, 52)], crs=4326))


# Points on streets.


def test_points_go_to_the_nearest_street_within_the_limit():
    """With where on it and how far it was; those too far are counted."""
    table = streets([(0, 0), (100, 0)], [(0, 30), (100, 30)], street_name=["Leijdsweg", "Velveweg"])
    on = network.snap(points((10, 10), (20, 21), (50, 95)), table, max_snap=50)
    assert on["street_name"].tolist() == ["Leijdsweg", "Velveweg"]
    assert on["distance_m"].tolist() == [10, 9]
    assert on["at_m"].tolist() == [10, 20]
    assert on.geometry.y.tolist() == [0, 30]
    assert on.attrs["n_without_street"] == 1


def test_the_nearest_street_is_the_nearest_of_all(shared):
    """Against the distance to every line of the town, for 200 random points."""
    import ipgtools as ipg

    table, _ = ipg.read_streets(shared / "nl_enschede_straten_osm" / "enschede_straten_osm.gpkg")
    xy = np.random.default_rng(RNG).uniform((256000, 470000), (259000, 473000), (200, 2))
    on = network.snap(points(*xy), table, max_snap=math.inf)
    lines = table.geometry.to_numpy()
    nearest = [shapely.distance(lines, shapely.Point(one)).min() for one in xy]
    assert on["distance_m"].to_numpy() == pytest.approx(nearest)


def test_the_limit_itself_is_near_enough():
    """At 50 metres a point is brought to the street, just beyond it is not."""
    table = streets([(0, 0), (100, 0)])
    assert len(network.snap(points((20, 50)), table, max_snap=50)) == 1
    assert len(network.snap(points((20, 50.001)), table, max_snap=50)) == 0
    assert len(network.snap(points((20, 0), (20, 1e-6)), table, max_snap=0)) == 1


def test_of_streets_equally_near_the_first_is_taken():
    """At a shared corner and halfway between two, so that the answer is always the same."""
    table = streets([(0, 0), (10, 0)], [(10, 0), (10, 10)], [(0, 8), (6, 8)], street_id=list("abc"))
    on = network.snap(points((12, -2), (3, 4)), table)
    assert on["street_id"].tolist() == ["a", "a"]


@pytest.mark.parametrize("seed", range(3))
def test_streets_of_any_shape_are_found_from_anywhere(seed):
    """Long, short, level and upright ones, from near and from far outside the town."""
    rng = np.random.default_rng(seed)
    lines = [LineString(rng.uniform(0, 1000, (4, 2)))] + [
        LineString([xy, xy + step])
        for xy in rng.uniform(0, 1000, (20, 2))
        for step in ([0.01, 0], [0, 300], [250, 0], [3, -4])
    ]
    table = gpd.GeoDataFrame(geometry=lines, crs=28992)
    xy = np.concatenate([rng.uniform(-200, 1300, (200, 2)), [[-50_000, 80_000], [2e6, 500]]])
    on = network.snap(points(*xy), table, max_snap=math.inf)
    nearest = [shapely.distance(table.geometry.to_numpy(), shapely.Point(one)).min() for one in xy]
    assert on["distance_m"].to_numpy() == pytest.approx(nearest, abs=1e-6)


def test_a_missing_point_is_counted():
    """It lies on no street."""
    table = points((1, 1), (2, 2))
    table.loc[0, "geometry"] = None
    on = network.snap(table, streets([(0, 0), (9, 0)]))
    assert on.index.tolist() == [1]
    assert on.attrs["n_without_place"] == 1


# Density: laws.


@pytest.mark.parametrize("method", METHODS)
def test_on_one_straight_street_it_is_the_kernel_estimate_on_a_line(method, exact):
    """Every method, at every lixel, also where the street has a bend or a seam."""
    table = streets([(0, 0), (400, 0), (600, 0)], [(600, 0), (1000, 0)])
    where = np.array([300.0, 480, 480, 601.3, 720])
    lixels = network.density(
        points(*((x, 4) for x in where)), table, bandwidth=150, method=method, exact=exact
    )
    middle = lixels.geometry.centroid.x.to_numpy()
    known = [1000 * sum(quartic(abs(x - m), 150) for x in where) for m in middle]
    assert lixels["per_km"].to_numpy() == pytest.approx(
        known, rel=1e-3 if not exact else 1e-9, abs=1e-4
    )


@pytest.mark.parametrize("n", [1, 3, 4, 5])
def test_a_crossing_of_n_deals_out_what_arrives(n, exact):
    """An incident 30 m before a crossing, bandwidth 100, by hand."""
    one = points((30, 0))
    tolerance = {"rel": 1e-9 if exact else 1e-4, "abs": 1e-12 if exact else 1e-6}
    for method, ahead, back in (
        ("simple", 1.0, 0.0),
        ("discontinuous", 1 / max(n - 1, 1), 1.0 if n == 1 else 0.0),
        ("continuous", 2 / n, 2 / n - 1),
    ):
        lixels = network.density(
            one, star(n, 500), bandwidth=100, lixel_length=2, method=method, exact=exact
        )
        far, own = along(lixels, "s0")
        known = [quartic(abs(d - 30), 100) + back * quartic(d + 30, 100) for d in far]
        assert own == pytest.approx(known, **tolerance)
        for other in range(1, n):
            far, value = along(lixels, f"s{other}")
            assert value == pytest.approx([ahead * quartic(d + 30, 100) for d in far], **tolerance)


def test_a_crossing_multiplies_the_simple_method():
    """At a crossing of n an incident counts n / 2 times, with the others once."""
    for n in (3, 4, 5):
        sums = {
            method: mass(network.density(
                points((0, 0)), star(n, 300), bandwidth=100, lixel_length=1, method=method))
            for method in METHODS
        }  # fmt: skip
        assert sums["simple"] == pytest.approx(n / 2, rel=1e-4)
        assert sums["discontinuous"] == pytest.approx(1, rel=1e-4)
        assert sums["continuous"] == pytest.approx(1, rel=1e-4)


@pytest.mark.parametrize("method", ["discontinuous", "continuous"])
def test_every_incident_counts_once(method, exact):
    """Density times length adds up to the incidents, with rings, loops and dead ends."""
    for seed in range(4):
        table, five = tangle(seed)
        lixels = network.density(
            five, table, bandwidth=60, lixel_length=0.25, method=method, exact=exact
        )
        assert mass(lixels) == pytest.approx(5, rel=1e-4)


def test_the_continuous_density_is_continuous_at_crossings():
    """The lixels around a node differ by no more than their slope; the discontinuous do."""
    table = star(4, 300)
    jumps = {}
    for method in ("continuous", "discontinuous"):
        lixels = network.density(
            points((30, 0), (0, 44)), table, bandwidth=100, lixel_length=0.05, method=method,
            exact=True,
        )  # fmt: skip
        beside = [along(lixels, f"s{i}")[1][0] for i in range(4)]
        jumps[method] = (max(beside) - min(beside)) / max(beside)
    assert jumps["continuous"] < 0.005
    assert jumps["discontinuous"] > 0.3


@pytest.mark.parametrize("method", METHODS)
def test_a_seam_in_a_street_changes_nothing(method):
    """Where OpenStreetMap cuts a way in two, what arrives goes on."""
    whole, some = star(3, 80), points((30, 0), (40, 0), (-20, 35))
    halves = whole.loc[[0, 0, 1, 1, 2, 2]]
    halves["geometry"] = [
        shapely.ops.substring(line, a, b) for line in whole.geometry for a, b in ((0, 40), (40, 80))
    ]
    one, two = (
        network.density(some, table, bandwidth=50, lixel_length=10, method=method, exact=True)
        for table in (whole, halves)
    )
    assert one["per_km"].to_numpy() == pytest.approx(two["per_km"].to_numpy())


@pytest.mark.parametrize("kernel", ["quartic", "epanechnikov", "triangular"])
def test_every_kernel_integrates_to_one(kernel):
    """On a long street."""
    lixels = network.density(
        points((500, 0)), streets([(0, 0), (1000, 0)]), bandwidth=100, lixel_length=0.5,
        kernel=kernel,
    )  # fmt: skip
    assert mass(lixels) == pytest.approx(1, rel=1e-4)


def test_weights_and_stacks_are_the_same():
    """Three incidents on one spot weigh as one of weight 3."""
    table, _ = tangle(5)
    spot = table.geometry.iloc[2].interpolate(0.3, normalized=True)
    three = gpd.GeoDataFrame(geometry=[spot] * 3, crs=28992)
    one = gpd.GeoDataFrame({"w": [3.0]}, geometry=[spot], crs=28992)
    for method in METHODS:
        stacked = network.density(three, table, bandwidth=40, method=method)["per_km"]
        heavy = network.density(one, table, bandwidth=40, method=method, weights="w")["per_km"]
        assert stacked.to_numpy() == pytest.approx(heavy.to_numpy())


# Density: an independent implementation.


def plain_density(made, on, middles, bandwidth: float, method: str) -> list[float]:
    """Do it in plain Python with networkx, following every path by recursion."""
    import networkx as nx

    graph = nx.MultiGraph()
    for edge, (a, b) in enumerate(made.ends.tolist()):
        graph.add_edge(a, b, key=edge, length=float(made.length[edge]))
    total = dict.fromkeys(middles, 0.0)
    by_edge: dict[int, list] = {}
    for middle in middles:
        by_edge.setdefault(middle[0], []).append(middle)

    def walk(edge: int, tail_at_start: bool, gone: float, share: float) -> None:
        length = made.length[edge]
        for middle in by_edge[edge]:
            d = gone + (middle[1] if tail_at_start else length - middle[1])
            total[middle] += share * quartic(d, bandwidth)
        gone += length
        if gone < bandwidth:
            deal(int(made.ends[edge, 1 if tail_at_start else 0]), edge, tail_at_start, gone, share)

    def deal(node: int, came: int, from_start: bool, gone: float, share: float) -> None:
        ways = []
        for a, b, key in graph.edges(node, keys=True):
            if a == b:
                ways += [(key, True), (key, False)]
            else:
                ways.append((key, int(made.ends[key, 0]) == node))
        n = len(ways)
        for key, starts in ways:
            back = came >= 0 and key == came and starts != from_start
            if came < 0:
                part = 2 / n
            elif method == "continuous":
                part = 2 / n - back
            else:
                part = 1.0 if n == 1 else (not back) / (n - 1)
            if part and abs(share * part) > 1e-13:
                walk(key, starts, gone, share * part)

    for edge, at in on:
        a, b = made.ends[edge].tolist()
        length = made.length[edge]
        if method == "simple":
            extended = nx.Graph()
            for one, two, data in graph.edges(data=True):
                shortest = min(
                    data["length"], extended.get_edge_data(one, two, {"length": math.inf})["length"]
                )
                if one != two:
                    extended.add_edge(one, two, length=shortest)
            extended.add_edge("source", ("s", 0), length=0.0)
            for node, metres in ((a, at), (b, length - at)):
                known = extended.get_edge_data("source", node, {"length": math.inf})["length"]
                extended.add_edge("source", node, length=min(metres, known))
            best = nx.single_source_dijkstra_path_length(extended, "source", weight="length")
            for middle in middles:
                one, two = made.ends[middle[0]].tolist()
                d = min(best.get(one, math.inf) + middle[1],
                        best.get(two, math.inf) + made.length[middle[0]] - middle[1])  # fmt: skip
                if middle[0] == edge:
                    d = min(d, abs(middle[1] - at))
                total[middle] += quartic(d, bandwidth)
        elif at in (0.0, length):
            deal(a if at == 0 else b, -1, True, 0.0, 1.0)
        else:
            for middle in by_edge[edge]:
                total[middle] += quartic(abs(middle[1] - at), bandwidth)
            if length - at < bandwidth:
                deal(b, edge, True, length - at, 1.0)
            if at < bandwidth:
                deal(a, edge, False, at, 1.0)
    return [1000 * total[middle] for middle in middles]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", range(5))
def test_the_density_equals_a_plain_version_with_networkx(method, seed, waves):
    """To nine digits exactly, and within a thousandth of the peak by waves."""
    table, five = tangle(seed)
    made = network.build(table)
    exact = network.density(five, made, bandwidth=55, lixel_length=7, method=method, exact=True)
    quick = network.density(five, made, bandwidth=55, lixel_length=7, method=method)
    on = network.snap(five, made)
    number = np.maximum(np.ceil(made.length / 7 - 1e-9), 1).astype(int)
    middles = [
        (edge, float((i + 0.5) * made.length[edge] / n))
        for edge, n in enumerate(number)
        for i in range(n)
    ]
    plain = plain_density(
        made, list(zip(on["edge"].tolist(), on["at_m"].tolist(), strict=True)), middles, 55, method
    )
    assert exact["per_km"].to_numpy() == pytest.approx(plain, rel=1e-9, abs=1e-7)
    assert np.abs(quick["per_km"] - exact["per_km"]).max() < 0.001 * exact["per_km"].max()


def test_waves_agree_with_paths_on_a_real_town(shared, waves):
    """Largest difference under 0.1 % of the peak, as documented."""
    import ipgtools as ipg

    table, _ = ipg.read_streets(shared / "nl_enschede_straten_osm" / "enschede_straten_osm.gpkg")
    made = network.build(table)
    rng = np.random.default_rng(RNG)
    edge = rng.choice(len(made.length), 300, p=made.length / made.length.sum())
    on = shapely.line_interpolate_point(made.lines[edge], rng.uniform(0, made.length[edge]))
    some = gpd.GeoDataFrame(geometry=on, crs=28992)
    for method, bandwidth in (("discontinuous", 100), ("continuous", 50)):
        quick, exact = (
            network.density(some, made, bandwidth=bandwidth, method=method, exact=how)["per_km"]
            for how in (False, True)
        )
        assert np.abs(quick - exact).max() < 0.001 * exact.max()


def test_what_takes_too_many_paths_runs_as_waves():
    """One incident is followed; a long bandwidth over short streets is not."""
    steps = np.arange(11)
    xy = np.stack(np.meshgrid(steps, steps), axis=-1) * 10.0
    xy += np.random.default_rng(RNG).uniform(-3, 3, xy.shape)
    table = streets(*xy, *xy.transpose(1, 0, 2))
    how = {}
    for bandwidth in (15, 150):
        lixels = network.density(points((51, 50)), table, bandwidth=bandwidth, method="continuous")
        how[bandwidth] = lixels.attrs["method"]["evaluation"]
        assert mass(lixels) == pytest.approx(1, rel=0.02)
    assert how == {15: "paths", 150: "waves"}


# Lixels and what the table says.


def test_lixels_cut_the_streets_without_gap():
    """Equal pieces per stretch, at most the length asked for, with the street's name."""
    table = streets([(0, 0), (7, 0), (7, 18)], [(7, 18), (7, 21)], street_name=["Leijdsweg", None])
    lixels = network.density(points((1, 1)), table, bandwidth=20, lixel_length=10)
    assert lixels["length_m"].tolist() == pytest.approx([25 / 3] * 3 + [3])
    assert lixels.length.tolist() == pytest.approx(lixels["length_m"].tolist())
    assert lixels["street_name"].tolist()[:3] == ["Leijdsweg"] * 3
    assert pd.isna(lixels["street_name"].iloc[3])
    assert list(lixels.geometry.iloc[0].coords) == [(0, 0), (7, 0), (7, pytest.approx(4 / 3))]
    assert shapely.union_all(lixels.geometry).length == pytest.approx(28)


def test_lixels_lie_on_the_streets_of_a_real_town(shared):
    """Their own length is what the table says."""
    import ipgtools as ipg

    table, _ = ipg.read_streets(shared / "nl_enschede_straten_osm" / "enschede_straten_osm.gpkg")
    lixels = network.density(points((257000, 471000)), table, bandwidth=100)
    assert lixels.length.to_numpy() == pytest.approx(lixels["length_m"].to_numpy(), abs=1e-6)
    assert lixels["length_m"].max() <= 10 + 1e-9
    assert lixels["street_name"].nunique() > 1000


def test_the_table_says_what_was_left_out_and_how():
    """Adding up to the incidents; the input stays as it was."""
    table = points((10, 1), (10, 99), (5, 2))
    table.loc[2, "geometry"] = None
    before = table.copy()
    lixels = network.density(table, streets([(0, 0), (100, 0)]), bandwidth=5, lixel_length=10)
    attrs = lixels.attrs
    assert (attrs["n_used"], attrs["n_without_place"], attrs["n_without_street"]) == (1, 1, 1)
    assert [warning["code"] for warning in attrs["warnings"]] == [
        "too_few",
        "bandwidth_below_lixel",
    ]
    assert attrs["method"]["method"] == "discontinuous"
    pd.testing.assert_frame_equal(table, before)


def test_a_network_gives_the_same_as_its_streets_again_and_again():
    """What it keeps for the next call changes nothing, other lixels in between neither."""
    table, five = tangle(2)
    made = network.build(table)
    fresh = network.density(five, table, bandwidth=40, lixel_length=5)
    for length in (5, 9, 5):
        again = network.density(five, made, bandwidth=40, lixel_length=length)
        again["per_km"] *= 1  # a caller may write in its own table
    assert again.drop(columns="geometry").equals(fresh.drop(columns="geometry"))
    assert again.geom_equals(fresh).all()


def test_no_incidents_give_zeros():
    """Empty in, a table of zeros out, that says there were too few."""
    for method in METHODS:
        lixels = network.density(points(), star(3, 50), bandwidth=20, method=method)
        assert set(lixels["per_km"]) == {0}
        assert lixels.attrs["warnings"][0] == {"code": "too_few", "n": 0}


def test_options_that_mean_nothing_are_refused():
    """As are tables in two systems of coordinates."""
    line, one = streets([(0, 0), (9, 0)]), points((0, 0))
    for wrong in ({"bandwidth": 0}, {"bandwidth": math.inf}, {"bandwidth": 5, "lixel_length": 0}):
        with pytest.raises(ValueError, match="expected metres, more than 0"):
            network.density(one, line, **wrong)
    with pytest.raises(ValueError, match="expected one of quartic"):
        network.density(one, line, bandwidth=5, kernel="gaussian")
    with pytest.raises(ValueError, match="expected one of simple"):
        network.density(one, line, bandwidth=5, method="fast")
    with pytest.raises(ValueError, match="expected metres, 0 or more"):
        network.density(one, line, bandwidth=5, max_snap=-1)
    with pytest.raises(CrsError, match="`incidents` is in EPSG:32632"):
        network.density(one.set_crs(32632, allow_override=True), line, bandwidth=5)
