"""
Time density along streets beside a plain Python version of the same method.

Run as ``python benchmarks/bench_network.py [STREETS]``: a file of street lines that
`ipgtools.read_streets` reads, by default a made-up town of about 8,000 streets. Both get the
same streets and points. The plain version is what one writes without compiling: dicts, heapq,
a path at a time, shapely for geometry. It does the same work (graph and lixels once; snapping
and density each time), and its values are compared. `--points` for another number. Ratios are
by the clock and by processor time, which other work on the machine disturbs less.
"""

import argparse
import heapq
import math
import resource
import time
from collections import defaultdict

import geopandas as gpd
import numpy as np
import shapely
from shapely import LineString, Point, STRtree

from ipgtools import network


def town(n: int = 64, seed: int = 1) -> gpd.GeoDataFrame:
    """Make n by n crooked blocks: 2 n (n + 1) streets, a tenth of them left out."""
    rng = np.random.default_rng(seed)
    xy = np.stack(np.meshgrid(np.arange(n + 1), np.arange(n + 1)), axis=-1) * 80.0
    xy = (xy + rng.uniform(-25, 25, xy.shape)).round(2)
    pairs = [((i, j), (i + 1, j)) for i in range(n) for j in range(n + 1)]
    pairs += [((i, j), (i, j + 1)) for i in range(n + 1) for j in range(n)]
    lines = [LineString([xy[a], xy[b]]) for a, b in pairs if rng.uniform() > 0.1]
    return gpd.GeoDataFrame(geometry=lines, crs=28992)


def quartic(d: float, bandwidth: float) -> float:
    u = d / bandwidth
    return 15 / 16 / bandwidth * (1 - u * u) ** 2


class Plain:
    """The plain Python version."""

    def __init__(self, lines: list[LineString], lixel_length: float) -> None:
        seen: dict[tuple[float, float], int] = defaultdict(int)
        ways = [[(round(x, 3), round(y, 3)) for x, y in line.coords] for line in lines]
        for way in ways:
            for place, xy in enumerate(way):
                seen[xy] += 2 if place in (0, len(way) - 1) else 1
        self.edges: list[tuple[tuple[float, float], tuple[float, float], float]] = []
        self.shapes: list[LineString] = []
        self.leaving: dict[tuple[float, float], list[tuple[int, bool]]] = defaultdict(list)
        known = set()
        for way in ways:
            stretch = way[:1]
            for xy in way[1:]:
                if xy == stretch[-1]:
                    continue
                stretch.append(xy)
                if seen[xy] > 1:
                    key = min(tuple(stretch), tuple(stretch[::-1]))
                    if key not in known:
                        known.add(key)
                        self._add(stretch)
                    stretch = [xy]
        self.tree = STRtree(self.shapes)
        self.middles, self.lixels = [], []
        for edge, (_, _, length) in enumerate(self.edges):
            number = max(math.ceil(length / lixel_length - 1e-9), 1)
            step = length / number
            self.middles.append([(i + 0.5) * step for i in range(number)])
            for i in range(number):
                piece = shapely.ops.substring(self.shapes[edge], i * step, (i + 1) * step)
                self.lixels.append(piece)

    def _add(self, stretch: list[tuple[float, float]]) -> None:
        shape = LineString(stretch)
        edge = len(self.edges)
        self.edges.append((stretch[0], stretch[-1], shape.length))
        self.shapes.append(shape)
        self.leaving[stretch[0]].append((edge, True))
        self.leaving[stretch[-1]].append((edge, False))

    def snapped(self, points: list[Point]) -> list[tuple[int, float]]:
        found = []
        for point in points:
            edge = int(self.tree.nearest(point))
            found.append((edge, self.shapes[edge].project(point)))
        return found

    def simple(self, points: list[Point], bandwidth: float) -> list[float]:
        total = [[0.0] * len(middles) for middles in self.middles]
        for edge, at in self.snapped(points):
            start, end, length = self.edges[edge]
            best = {}
            heap = [(at, start), (length - at, end)]
            heapq.heapify(heap)
            reached = {edge}
            while heap:
                d, node = heapq.heappop(heap)
                if node in best or d > bandwidth:
                    continue
                best[node] = d
                for other, forward in self.leaving[node]:
                    reached.add(other)
                    a, b, length = self.edges[other]
                    heapq.heappush(heap, (d + length, b if forward else a))
            for other in reached:
                a, b, length = self.edges[other]
                from_a, from_b = best.get(a, math.inf), best.get(b, math.inf)
                row = total[other]
                for lixel, middle in enumerate(self.middles[other]):
                    d = min(from_a + middle, from_b + length - middle)
                    if other == edge:
                        d = min(d, abs(middle - at))
                    if d < bandwidth:
                        row[lixel] += quartic(d, bandwidth)
        return [value for row in total for value in row]

    def split(self, points: list[Point], bandwidth: float, *, continuous: bool) -> list[float]:
        total = [[0.0] * len(middles) for middles in self.middles]
        for edge, at in self.snapped(points):
            start, end, length = self.edges[edge]
            if min(at, length - at) <= 1e-6:
                node = start if at <= 1e-6 else end
                todo = [(node, -1, True, 0.0, 1.0)]
            else:
                for lixel, middle in enumerate(self.middles[edge]):
                    if abs(middle - at) < bandwidth:
                        total[edge][lixel] += quartic(abs(middle - at), bandwidth)
                todo = [(end, edge, True, length - at, 1.0), (start, edge, False, at, 1.0)]
            while todo:
                node, came, forward, gone, share = todo.pop()
                if gone >= bandwidth:
                    continue
                ways = self.leaving[node]
                n = len(ways)
                for other, onward in ways:
                    back = other == came and onward != forward
                    if came < 0:
                        part = share * 2 / n
                    elif continuous:
                        part = share * (2 / n - back)
                    elif n == 1:
                        part = share
                    elif back:
                        continue
                    else:
                        part = share / (n - 1)
                    if abs(part) < 1e-12:
                        continue
                    a, b, along = self.edges[other]
                    row, middles = total[other], self.middles[other]
                    for lixel, middle in enumerate(middles):
                        d = gone + (middle if onward else along - middle)
                        if d < bandwidth:
                            row[lixel] += part * quartic(d, bandwidth)
                    todo.append((b if onward else a, other, onward, gone + along, part))
        return [value for row in total for value in row]


def timed(name: str, job, *args, **options):
    """Run a job; give what it gave, and its time on the clock and on processors."""
    start, start_cpu = time.perf_counter(), time.process_time()
    result = job(*args, **options)
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{name:58s} {seconds:8.2f} s ({cpu:8.2f} s cpu)  peak {memory:.2f} GB", flush=True)
    return result, np.array([seconds, cpu])


def plain(made: "Plain", points, bandwidth: float, method: str) -> list[float]:
    if method == "simple":
        return made.simple(list(points.geometry), bandwidth)
    return made.split(list(points.geometry), bandwidth, continuous=method == "continuous")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("streets", nargs="?", help="a file of street lines")
    parser.add_argument("--points", type=int, default=10_000)
    given = parser.parse_args()
    if given.streets:
        import ipgtools as ipg

        streets, _ = ipg.read_streets(given.streets)
    else:
        streets = town()
    network.build(streets)
    made, ours_made = timed(f"ours:  graph of {len(streets):,} streets", network.build, streets)
    print(made.attrs)
    by_hand, plain_made = timed("plain: graph and lixels", Plain, list(streets.geometry), 10.0)
    rng = np.random.default_rng(1)
    edge = rng.choice(len(made.length), given.points, p=made.length / made.length.sum())
    at = rng.uniform(0, made.length[edge])
    on = shapely.line_interpolate_point(made.lines[edge], at)
    beside = shapely.get_coordinates(on) + rng.normal(0, 5, (given.points, 2))
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*beside.T), crs=28992)
    few = points.head(100)
    for method in ("simple", "discontinuous", "continuous"):
        for exact in (False, True):
            network.density(few, made, bandwidth=50, method=method, exact=exact)
    n = f"{given.points:,} points"
    for method, bandwidth, exact, share in (
        ("simple", 200.0, True, 1),
        ("simple", 400.0, True, 1),
        ("discontinuous", 100.0, True, 1),
        ("discontinuous", 200.0, False, 20),
        ("continuous", 75.0, False, 50),
    ):
        job = f"{method} {bandwidth:g} m"
        how = {"bandwidth": bandwidth, "method": method, "exact": exact}
        _, taken = timed(
            f"ours:  {job}, {n}{'' if exact else ', waves'}", network.density, points, made, **how
        )
        # where all points would take the plain version many minutes it gets every so many
        some = points.iloc[::share]
        known, peer = timed(
            f"plain: {job}, {len(some):,} points", plain, by_hand, some, bandwidth, method
        )
        peer = peer * share
        ours = network.density(some, made, **how)
        value = ours["per_km"].to_numpy() / 1000
        error = np.abs(value - known).max() / max(known)
        alone, whole = peer / taken, (peer + plain_made) / (taken + ours_made)
        reckoned = f"reckoned from every {share}th point: " if share > 1 else ""
        print(
            f"   {reckoned}{alone[0]:.0f} x as fast ({alone[1]:.0f} x by cpu), with the graph "
            f"{whole[0]:.0f} x ({whole[1]:.0f} x); values differ by {error:.1e} of the peak"
        )
    for method in ("discontinuous", "continuous"):
        for bandwidth in (200.0, 400.0):
            timed(
                f"ours:  {method} {bandwidth:g} m, {n}, by waves",
                network.density, points, made, bandwidth=bandwidth, method=method,
            )  # fmt: skip


if __name__ == "__main__":
    main()
