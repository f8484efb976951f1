"""
Loops over incidents and cells that numpy can't vectorise, compiled.

Arrays in, arrays out. Importing this module loads numba and the first call compiles (the
result is cached on disk), so callers import it only where the table is large enough.
"""

import math

import numpy as np
import numpy.typing as npt

from ipgtools._jit import jit

__all__ = ["linear_bin", "linear_count", "scatter"]

_BLOCK = 512
"""Points at a time, so that arithmetic and memory are waited for together, not in turn."""


@jit
def linear_bin(
    x: npt.NDArray[np.float64],
    y: npt.NDArray[np.float64],
    heavy: npt.NDArray[np.float64],
    x0: float,
    y0: float,
    step_x: float,
    step_y: float,
    n_rows: int,
    n_cols: int,
) -> npt.NDArray[np.float64]:
    """
    Spread weights over the four lattice nodes around each point.

    Parameters
    ----------
    x, y : ndarray of float, n_points
        Metres; points off the lattice are passed over.
    heavy : ndarray of float, n_points
        Weights; empty for 1 each.
    x0, y0, step_x, step_y : float
        South-west node, and distance from node to node, in metres.
    n_rows, n_cols : int
        Size of the lattice.

    Returns
    -------
    ndarray of float, (n_rows, n_cols)
        Weight per node.
    """
    binned = np.zeros(n_rows * n_cols)
    node = np.empty(_BLOCK, np.int64)
    right, low, high = np.empty(_BLOCK), np.empty(_BLOCK), np.empty(_BLOCK)
    per_x, per_y = 1.0 / step_x, 1.0 / step_y
    wide, weighted = np.uint64(n_cols), len(heavy) > 0
    for first in range(0, len(x), _BLOCK):
        number = min(_BLOCK, len(x) - first)
        for i in range(number):
            at_x, at_y = (x[first + i] - x0) * per_x, (y[first + i] - y0) * per_y
            there = at_x >= 0 and at_y >= 0 and at_x < n_cols - 1 and at_y < n_rows - 1
            at_x, at_y = (at_x, at_y) if there else (0.0, 0.0)
            col, row = int(at_x), int(at_y)
            mass = 1.0 if there else 0.0
            if weighted and there:
                mass = heavy[first + i]
            node[i] = row * n_cols + col
            right[i] = at_x - col
            high[i] = mass * (at_y - row)
            low[i] = mass - high[i]
        for i in range(number):
            here, part = np.uint64(node[i]), right[i]
            binned[here] += low[i] * (1 - part)
            binned[here + np.uint64(1)] += low[i] * part
            here += wide
            binned[here] += high[i] * (1 - part)
            binned[here + np.uint64(1)] += high[i] * part
    return binned.reshape(n_rows, n_cols)


@jit
def linear_count(
    x: npt.NDArray[np.float64],
    y: npt.NDArray[np.float64],
    x0: float,
    y0: float,
    step_x: float,
    step_y: float,
    n_rows: int,
    n_cols: int,
    parts: int,
) -> npt.NDArray[np.uint32]:
    """
    Spread points over the four lattice nodes around each, in whole parts.

    As `linear_bin` with weights of 1, but half the memory to go through. Each point gives
    exactly `parts`; that shifts it by less than a step divided by `parts`.

    Parameters
    ----------
    x, y : ndarray of float, n_points
        Metres; points off the lattice are passed over.
    x0, y0, step_x, step_y : float
        South-west node, and distance from node to node, in metres.
    n_rows, n_cols : int
        Size of the lattice, less than 2**31 nodes.
    parts : int
        Parts per point; times the points less than 2**32, so that no node can overflow.

    Returns
    -------
    ndarray of uint32, (n_rows, n_cols)
        Parts per node.
    """
    counted = np.zeros(n_rows * n_cols, np.uint32)
    # in 32 bits, of which the processor handles several at once
    node = np.empty(_BLOCK, np.int32)
    share = np.empty((4, _BLOCK), np.int32)
    per_x, per_y = 1.0 / step_x, 1.0 / step_y
    last_x, last_y = float(n_cols - 1), float(n_rows - 1)
    wide, in_row, full = np.uint64(n_cols), np.int32(n_cols), np.int32(parts)
    for first in range(0, len(x), _BLOCK):
        number = min(_BLOCK, len(x) - first)
        for i in range(number):
            at_x, at_y = (x[first + i] - x0) * per_x, (y[first + i] - y0) * per_y
            there = (at_x >= 0) & (at_y >= 0) & (at_x < last_x) & (at_y < last_y)
            at_x = at_x if there else 0.0
            at_y = at_y if there else 0.0
            mass = full if there else np.int32(0)
            col, row = np.int32(at_x), np.int32(at_y)
            right = at_x - col
            high = np.int32((at_y - row) * mass + 0.5)
            right_high = np.int32(high * right + 0.5)
            right_low = np.int32((mass - high) * right + 0.5)
            node[i] = row * in_row + col
            share[0, i] = mass - high - right_low
            share[1, i] = right_low
            share[2, i] = high - right_high
            share[3, i] = right_high
        for i in range(number):
            here = np.uint64(np.uint32(node[i]))
            counted[here] += np.uint32(share[0, i])
            counted[here + np.uint64(1)] += np.uint32(share[1, i])
            here += wide
            counted[here] += np.uint32(share[2, i])
            counted[here + np.uint64(1)] += np.uint32(share[3, i])
    return counted.reshape(n_rows, n_cols)


@jit
def scatter(
    x: npt.NDArray[np.float64],
    y: npt.NDArray[np.float64],
    heavy: npt.NDArray[np.float64],
    centres_x: npt.NDArray[np.float64],
    centres_y: npt.NDArray[np.float64],
    step_x: float,
    step_y: float,
    bandwidth: npt.NDArray[np.float64],
    reach: float,
    kernel: int,
    power: int,
) -> npt.NDArray[np.float64]:
    """
    Add up the kernel of each point at the centres of the cells it reaches.

    Parameters
    ----------
    x, y, heavy : ndarray of float, n_points
        Coordinates in metres, and weights.
    centres_x, centres_y : ndarray of float, n_cols and n_rows
        Centres of the columns and rows in metres.
    step_x, step_y : float
        Metres between them.
    bandwidth : ndarray of float, n_points
        Metres.
    reach : float
        The kernel's end in bandwidths.
    kernel : int
        0 quartic, 1 Gaussian, 2 triangular, 3 uniform.
    power : int
        To which power the kernel is raised, 1 or more.

    Returns
    -------
    ndarray of float, (n_rows, n_cols)
        Density per square metre, to the power.
    """
    n_cols, n_rows = len(centres_x), len(centres_y)
    total = np.zeros((n_rows, n_cols))
    for i in range(len(x)):
        scale = 1.0 / (bandwidth[i] * bandwidth[i])
        far = reach * bandwidth[i]
        first_col = max(math.ceil((x[i] - far - centres_x[0]) / step_x - 1e-6), 0)
        end_col = min(math.floor((x[i] + far - centres_x[0]) / step_x + 1e-6) + 1, n_cols)
        first_row = max(math.ceil((y[i] - far - centres_y[0]) / step_y - 1e-6), 0)
        end_row = min(math.floor((y[i] + far - centres_y[0]) / step_y + 1e-6) + 1, n_rows)
        for row in range(first_row, end_row):
            vertical = (centres_y[row] - y[i]) ** 2
            for col in range(first_col, end_col):
                squared = (centres_x[col] - x[i]) ** 2 + vertical
                if squared > far * far:
                    continue
                u = squared * scale
                if kernel == 0:
                    height = 3.0 / math.pi * (1.0 - u) * (1.0 - u)
                elif kernel == 1:
                    height = math.exp(-0.5 * u) / (2.0 * math.pi)
                elif kernel == 2:
                    height = 3.0 / math.pi * (1.0 - math.sqrt(u))
                else:
                    height = 1.0 / math.pi
                height *= scale
                added = height
                for _ in range(power - 1):
                    added *= height
                total[row, col] += heavy[i] * added
    return total
