"""
Count the pairs of points within each distance, each with its edge weight; compiled.

Importing this module loads numba, so callers import it inside the function that needs it.
"""

import math

import numpy as np
import numpy.typing as npt

from ipgtools._jit import jit

__all__ = ["MAX_WEIGHT", "pair_counts"]

MAX_WEIGHT = 100.0
"""A pair counts at most this much, however little of its circle lies in the area."""


@jit
def pair_counts(
    xy: npt.NDArray[np.float64],
    start: npt.NDArray[np.int64],
    n_cols: int,
    n_rows: int,
    cell_of: npt.NDArray[np.int64],
    limits: npt.NDArray[np.float64],
    to_border: npt.NDArray[np.float64],
    edges: npt.NDArray[np.float64],
    isotropic: bool,  # noqa: FBT001
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Count ordered pairs by the first limit they are within."""
    n, n_limits = len(xy), len(limits)
    plain = np.zeros(n_limits)
    weighed = np.zeros(n_limits)
    inner = np.zeros(n_limits + 1)
    reach = limits[n_limits - 1]
    near = np.empty(len(edges), dtype=np.int64)
    gap = np.empty(len(edges))
    for i in range(n):
        x, y = xy[i, 0], xy[i, 1]
        last_inner = np.searchsorted(limits, to_border[i], side="right")
        n_near = 0
        if isotropic and to_border[i] < reach:
            for e in range(len(edges)):
                away = _to_segment(x, y, edges[e])
                if away < reach:
                    near[n_near] = e
                    gap[n_near] = away
                    n_near += 1
        row, col = cell_of[i] // n_cols, cell_of[i] % n_cols
        for r in range(max(row - 1, 0), min(row + 2, n_rows)):
            first = start[r * n_cols + max(col - 1, 0)]
            end = start[r * n_cols + min(col + 1, n_cols - 1) + 1]
            for j in range(first, end):
                if j == i:
                    continue
                d = math.hypot(xy[j, 0] - x, xy[j, 1] - y)
                if d > reach:
                    continue
                k = np.searchsorted(limits, d)
                plain[k] += 1.0
                if k < last_inner:
                    inner[k] += 1.0
                    inner[last_inner] -= 1.0
                if isotropic:
                    weight = 1.0
                    if d > to_border[i]:
                        share = _share_inside(x, y, d, edges, near, gap, n_near)
                        weight = min(1.0 / max(share, 1.0 / MAX_WEIGHT), MAX_WEIGHT)
                    weighed[k] += weight
    return plain, weighed, inner[:n_limits]


@jit
def _to_segment(x: float, y: float, edge: npt.NDArray[np.float64]) -> float:
    ex, ey = edge[2] - edge[0], edge[3] - edge[1]
    ax, ay = x - edge[0], y - edge[1]
    along = (ax * ex + ay * ey) / (ex * ex + ey * ey)
    along = min(max(along, 0.0), 1.0)
    return math.hypot(ax - along * ex, ay - along * ey)


@jit
def _share_inside(
    x: float,
    y: float,
    d: float,
    edges: npt.NDArray[np.float64],
    near: npt.NDArray[np.int64],
    gap: npt.NDArray[np.float64],
    n_near: int,
) -> float:
    """
    Return the share of a circle that lies in the area.

    Going round the circle, each crossing of the border goes in or comes out; the angles of
    coming out less those of going in are the angle inside, up to a full turn. Whether an end
    of a stretch lies in the disc is worked out from its coordinates alone, so that two
    stretches that share it agree, and crossings in and out are as many.
    """
    angle = 0.0
    crossings = 0
    square = d * d
    for m in range(n_near):
        if gap[m] > d:
            continue
        edge = edges[near[m]]
        ax, ay = edge[0] - x, edge[1] - y
        bx, by = edge[2] - x, edge[3] - y
        a_in = ax * ax + ay * ay <= square
        b_in = bx * bx + by * by <= square
        if a_in and b_in:
            continue
        ex, ey = bx - ax, by - ay
        length = ex * ex + ey * ey
        foot = -(ax * ex + ay * ey) / length
        off = ax * ey - ay * ex
        rest = square * length - off * off
        if not a_in and not b_in and (rest <= 0.0 or foot <= 0.0 or foot >= 1.0):
            continue
        half = math.sqrt(max(rest, 0.0)) / length
        if not a_in:
            # the border enters the disc here: going round, this is where the area ends
            s = min(max(foot - half, 0.0), 1.0)
            angle += math.atan2(ay + s * ey, ax + s * ex)
            crossings += 1
        if not b_in:
            s = min(max(foot + half, 0.0), 1.0)
            angle -= math.atan2(ay + s * ey, ax + s * ex)
            crossings += 1
    if crossings == 0:
        return 1.0
    share = angle / (2.0 * math.pi)
    return share - math.floor(share)
