"""
Loops over incidents and cells that numpy can't vectorise, compiled.

Arrays in, arrays out. Importing this module loads numba and the first call compiles (the
result is cached on disk), so callers import it only where the table is large enough.
"""

import math

import numba
import numpy as np
import numpy.typing as npt


@numba.njit(cache=True, nogil=True)
def linear_bin(
    at_x: npt.NDArray[np.float64],
    at_y: npt.NDArray[np.float64],
    heavy: npt.NDArray[np.float64],
    n_rows: int,
    n_cols: int,
) -> npt.NDArray[np.float64]:
    """
    Spread weights over the four lattice nodes around each point.

    Parameters
    ----------
    at_x, at_y : ndarray of float, n_points
        Positions in lattice steps; points off the lattice are passed over.
    heavy : ndarray of float, n_points
        Weights.
    n_rows, n_cols : int
        Size of the lattice.

    Returns
    -------
    ndarray of float, (n_rows, n_cols)
        Weight per node.
    """
    binned = np.zeros((n_rows, n_cols))
    for i in range(len(at_x)):
        x, y = at_x[i], at_y[i]
        if x >= 0 and y >= 0 and x < n_cols - 1 and y < n_rows - 1:
            col, row = int(x), int(y)
            right, up = x - col, y - row
            low, high = heavy[i] * (1 - up), heavy[i] * up
            binned[row, col] += low * (1 - right)
            binned[row, col + 1] += low * right
            binned[row + 1, col] += high * (1 - right)
            binned[row + 1, col + 1] += high * right
    return binned


@numba.njit(cache=True, nogil=True)
def scatter(
    x: npt.NDArray[np.float64],
    y: npt.NDArray[np.float64],
    heavy: npt.NDArray[np.float64],
    centres_x: npt.NDArray[np.float64],
    centres_y: npt.NDArray[np.float64],
    size: float,
    bandwidth: float,
    reach: float,
    kernel: int,
) -> npt.NDArray[np.float64]:
    """
    Add up the kernel of each point at the centres of the cells it reaches.

    Parameters
    ----------
    x, y, heavy : ndarray of float, n_points
        Coordinates in metres, and weights.
    centres_x, centres_y : ndarray of float, n_cols and n_rows
        Centres of the columns and rows in metres.
    size, bandwidth, reach : float
        Cell size, bandwidth and the kernel's end in metres.
    kernel : int
        0 quartic, 1 Gaussian, 2 triangular, 3 uniform.

    Returns
    -------
    ndarray of float, (n_rows, n_cols)
        Density per square metre.
    """
    n_cols, n_rows = len(centres_x), len(centres_y)
    total = np.zeros((n_rows, n_cols))
    scale = 1.0 / (bandwidth * bandwidth)
    furthest = reach * reach
    for i in range(len(x)):
        first_col = max(math.ceil((x[i] - reach - centres_x[0]) / size - 1e-6), 0)
        end_col = min(math.floor((x[i] + reach - centres_x[0]) / size + 1e-6) + 1, n_cols)
        first_row = max(math.ceil((y[i] - reach - centres_y[0]) / size - 1e-6), 0)
        end_row = min(math.floor((y[i] + reach - centres_y[0]) / size + 1e-6) + 1, n_rows)
        for row in range(first_row, end_row):
            vertical = (centres_y[row] - y[i]) ** 2
            for col in range(first_col, end_col):
                squared = (centres_x[col] - x[i]) ** 2 + vertical
                if squared > furthest:
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
                total[row, col] += heavy[i] * height * scale
    return total
