"""
Follow streets from places on them, compiled.

Arrays in, arrays out. Arcs are numbered as in `Network`: arc ``2 e`` follows edge ``e``,
``2 e + 1`` back. Lixels are the equal pieces of an edge, numbered edge by edge; what is
computed holds at their middles.
"""

from typing import Any

import numpy as np

from ipgtools._jit import jit

__all__ = ["Array", "height", "near_places", "own_edges", "shortest", "split"]

Array = np.ndarray[Any, Any]

_PER_METRE = 1e7
"""Paths over the same arc whose lengths round to the same multiple of its inverse are one."""
_ARC_BITS = 25
"""Bits of a key that hold the arc."""


@jit(inline="always")
def height(kernel: int, u: float) -> float:
    """Return the height of a kernel of bandwidth 1 that integrates to 1 over a line."""
    u = u if u < 1.0 else 1.0
    if kernel == 0:
        return 0.9375 * (1.0 - u * u) * (1.0 - u * u)
    if kernel == 1:
        return 0.75 * (1.0 - u * u)
    return 1.0 - u


@jit
def _reach(
    edge: int,
    at: float,
    limit: float,
    ends: Array,
    length: Array,
    head: Array,
    first_arc: Array,
    arcs: Array,
    best: Array,
    settled: Array,
    heap_d: Array,
    heap_node: Array,
) -> int:
    # Dijkstra's shortest paths from a place on an edge, up to `limit`. `best` must be infinite
    # everywhere and holds the distances afterwards; `settled` lists the nodes, whose number is
    # given back. Whoever calls makes `best` infinite again at every node in `settled`.
    n_heap, n_settled = 0, 0
    for side in range(2):
        node = ends[edge, side]
        d = at if side == 0 else length[edge] - at
        if d <= limit and d < best[node]:
            best[node] = d
            n_heap = _push(heap_d, heap_node, n_heap, d, node)
    while n_heap:
        d, node = heap_d[0], heap_node[0]
        n_heap = _pop(heap_d, heap_node, n_heap)
        if d > best[node]:
            continue
        settled[n_settled] = node
        n_settled += 1
        for place in range(first_arc[node], first_arc[node + 1]):
            arc = arcs[place]
            further = d + length[arc >> 1]
            there = head[arc]
            if further <= limit and further < best[there]:
                best[there] = further
                n_heap = _push(heap_d, heap_node, n_heap, further, there)
    return n_settled


@jit(inline="always")
def _push(keys: Array, values: Array, n: int, key: float, value: int) -> int:
    i = n
    while i > 0:
        up = (i - 1) >> 1
        if keys[up] <= key:
            break
        keys[i], values[i] = keys[up], values[up]
        i = up
    keys[i], values[i] = key, value
    return n + 1


@jit(inline="always")
def _pop(keys: Array, values: Array, n: int) -> int:
    n -= 1
    key, value = keys[n], values[n]
    i = 0
    while True:
        down = 2 * i + 1
        if down >= n:
            break
        if down + 1 < n and keys[down + 1] < keys[down]:
            down += 1
        if keys[down] >= key:
            break
        keys[i], values[i] = keys[down], values[down]
        i = down
    keys[i], values[i] = key, value
    return n


@jit
def shortest(
    edge: Array,
    at: Array,
    weight: Array,
    bandwidth: float,
    kernel: int,
    ends: Array,
    length: Array,
    head: Array,
    first_arc: Array,
    arcs: Array,
    first_lixel: Array,
) -> Array:
    """Add up the kernel of the shortest distance from each source at each lixel."""
    n_nodes, n_edges = first_arc.shape[0] - 1, length.shape[0]
    total = np.zeros(first_lixel[n_edges])
    per_bandwidth = 1.0 / bandwidth
    best = np.full(n_nodes, np.inf)
    settled = np.empty(n_nodes, np.int64)
    seen = np.full(n_edges, -1, np.int64)
    heap_d, heap_node = np.empty(2 * n_edges + 4), np.empty(2 * n_edges + 4, np.int64)
    for source in range(edge.shape[0]):
        own = edge[source]
        n_settled = _reach(
            own, at[source], bandwidth, ends, length, head, first_arc, arcs, best, settled,
            heap_d, heap_node,
        )  # fmt: skip
        for entry in range(-1, n_settled):
            low = 0 if entry < 0 else first_arc[settled[entry]]
            high = 1 if entry < 0 else first_arc[settled[entry] + 1]
            for place in range(low, high):
                e = own if entry < 0 else arcs[place] >> 1
                if seen[e] == source:
                    continue
                seen[e] = source
                n_lixels = first_lixel[e + 1] - first_lixel[e]
                step = length[e] / n_lixels
                from_start, from_end = best[ends[e, 0]], best[ends[e, 1]]
                here = total[first_lixel[e] : first_lixel[e + 1]]
                # on its own edge an incident is as near as along it, elsewhere nowhere
                own_at = at[source] if e == own else np.inf
                for lixel in range(n_lixels):
                    middle = (lixel + 0.5) * step
                    ahead, behind = from_start + middle, from_end + length[e] - middle
                    d = ahead if ahead < behind else behind
                    along = abs(middle - own_at)
                    d = along if along < d else d
                    here[lixel] += weight[source] * height(kernel, d * per_bandwidth)
        for entry in range(n_settled):
            best[settled[entry]] = np.inf
    return total / bandwidth


@jit
def own_edges(
    edge: Array,
    at: Array,
    weight: Array,
    bandwidth: float,
    kernel: int,
    length: Array,
    first_lixel: Array,
) -> Array:
    """Add up the kernel of each source along its own edge, as if nothing lay beyond."""
    total = np.zeros(first_lixel[length.shape[0]])
    for source in range(edge.shape[0]):
        e = edge[source]
        step = length[e] / (first_lixel[e + 1] - first_lixel[e])
        low = max(int((at[source] - bandwidth) / step) - 1, 0)
        high = min(int((at[source] + bandwidth) / step) + 2, first_lixel[e + 1] - first_lixel[e])
        for lixel in range(low, high):
            d = abs((lixel + 0.5) * step - at[source])
            total[first_lixel[e] + lixel] += weight[source] * height(kernel, d / bandwidth)
    return total / bandwidth


@jit
def split(
    todo: Array,
    groups: Array,
    first_source: Array,
    base: Array,
    weight: Array,
    bandwidth: float,
    kernel: int,
    continuous: bool,  # noqa: FBT001
    least: float,
    most: int,
    length: Array,
    head: Array,
    first_arc: Array,
    arcs: Array,
    first_lixel: Array,
) -> tuple[Array, int]:
    """
    Add up the kernels of sources along all paths that leave their edges, split at every node.

    Sources that leave over the same arc share their paths. The paths are followed in the
    order of their length, and those of the same length over the same arc taken together:
    that is exact, and keeps paths that go to and fro between near nodes from multiplying.
    """
    total = np.zeros(first_lixel[length.shape[0]])
    capacity = 1024
    keys = np.empty(capacity, np.int64)
    walked, share = np.empty(capacity), np.empty(capacity)
    n_paths = 0
    per_bandwidth = 1.0 / bandwidth
    for group in todo:
        if n_paths > most:
            break
        low, high = first_source[group], first_source[group + 1]
        nearest = base[low]
        n = 0
        came = groups[group]
        # what arrives at a node and has to be distributed over the arcs that leave it
        d, w = 0.0, 1.0
        while True:
            node = -1 - came if came < 0 else head[came]
            degree = first_arc[node + 1] - first_arc[node]
            for place in range(first_arc[node], first_arc[node + 1]):
                arc = arcs[place]
                back = came >= 0 and arc == came ^ 1
                if came < 0 or continuous:
                    part = 2.0 / degree - (1.0 if back else 0.0)
                elif degree == 1:
                    part = 1.0
                else:
                    part = 0.0 if back else 1.0 / (degree - 1)
                if abs(w * part) < least or part == 0.0:
                    continue
                if n + 1 >= capacity:
                    capacity *= 2
                    keys = _grown_keys(keys, capacity)
                    walked, share = _grown(walked, capacity), _grown(share, capacity)
                n = _enter(keys, walked, share, n, arc, d, w * part)
            # the shortest of what is left, and all that equals it
            arrived = False
            while n and not arrived:
                key, d, w = keys[0], walked[0], share[0]
                n = _leave(keys, walked, share, n)
                while n and keys[0] == key:
                    w += share[0]
                    n = _leave(keys, walked, share, n)
                if w == 0.0:
                    continue
                came = key & ((1 << _ARC_BITS) - 1)
                n_paths += 1
                e = came >> 1
                n_lixels = first_lixel[e + 1] - first_lixel[e]
                step = length[e] / n_lixels
                for lixel in range(n_lixels):
                    middle = d + (lixel + 0.5) * step
                    if middle + nearest >= bandwidth:
                        break
                    sum_here = 0.0
                    for source in range(low, high):
                        far = base[source] + middle
                        if far >= bandwidth:
                            break
                        sum_here += weight[source] * height(kernel, far * per_bandwidth)
                    where = lixel if came & 1 == 0 else n_lixels - 1 - lixel
                    total[first_lixel[e] + where] += w * sum_here
                d += length[e]
                arrived = d + nearest < bandwidth
            if not arrived or n_paths > most:
                break
    return total / bandwidth, n_paths


@jit
def _grown(values: Array, capacity: int) -> Array:
    larger = np.empty(capacity)
    larger[: values.shape[0]] = values
    return larger


@jit
def _grown_keys(values: Array, capacity: int) -> Array:
    larger = np.empty(capacity, np.int64)
    larger[: values.shape[0]] = values
    return larger


@jit(inline="always")
def _enter(keys: Array, walked: Array, share: Array, n: int, arc: int, d: float, w: float) -> int:
    key = (np.int64(d * _PER_METRE + 0.5) << _ARC_BITS) | arc
    i = n
    while i > 0:
        up = (i - 1) >> 1
        if keys[up] <= key:
            break
        keys[i], walked[i], share[i] = keys[up], walked[up], share[up]
        i = up
    keys[i], walked[i], share[i] = key, d, w
    return n + 1


@jit(inline="always")
def _leave(keys: Array, walked: Array, share: Array, n: int) -> int:
    n -= 1
    key, d, w = keys[n], walked[n], share[n]
    i = 0
    while True:
        down = 2 * i + 1
        if down >= n:
            break
        if down + 1 < n and keys[down + 1] < keys[down]:
            down += 1
        if keys[down] >= key:
            break
        keys[i], walked[i], share[i] = keys[down], walked[down], share[down]
        i = down
    keys[i], walked[i], share[i] = key, d, w
    return n


@jit
def near_places(
    todo: Array,
    edge: Array,
    at: Array,
    limit: float,
    ends: Array,
    length: Array,
    head: Array,
    first_arc: Array,
    arcs: Array,
    first_place: Array,
    place_on: Array,
) -> tuple[Array, Array, Array]:
    """List the places that lie within a distance of each place and come after it."""
    n_nodes, n_edges = first_arc.shape[0] - 1, length.shape[0]
    best = np.full(n_nodes, np.inf)
    settled = np.empty(n_nodes, np.int64)
    seen = np.full(n_edges, -1, np.int64)
    heap_d, heap_node = np.empty(2 * n_edges + 4), np.empty(2 * n_edges + 4, np.int64)
    number = np.zeros(todo.shape[0], np.int64)
    capacity, n = 1024, 0
    other, distance = np.empty(capacity, np.int64), np.empty(capacity)
    for turn in range(todo.shape[0]):
        start = todo[turn]
        own = edge[start]
        n_settled = _reach(
            own, at[start], limit, ends, length, head, first_arc, arcs, best, settled,
            heap_d, heap_node,
        )  # fmt: skip
        before = n
        for entry in range(-1, n_settled):
            low = 0 if entry < 0 else first_arc[settled[entry]]
            high = 1 if entry < 0 else first_arc[settled[entry] + 1]
            for step in range(low, high):
                e = own if entry < 0 else arcs[step] >> 1
                if seen[e] == start:
                    continue
                seen[e] = start
                from_start, from_end = best[ends[e, 0]], best[ends[e, 1]]
                for row in range(first_place[e], first_place[e + 1]):
                    there = place_on[row]
                    if there <= start:
                        continue
                    d = min(from_start + at[there], from_end + length[e] - at[there])
                    if e == own:
                        d = min(d, abs(at[there] - at[start]))
                    if d < limit:
                        if n == capacity:
                            capacity *= 2
                            other, distance = (
                                _grown_keys(other, capacity),
                                _grown(distance, capacity),
                            )
                        other[n], distance[n] = there, d
                        n += 1
        number[turn] = n - before
        for entry in range(n_settled):
            best[settled[entry]] = np.inf
    return number, other[:n].copy(), distance[:n].copy()
