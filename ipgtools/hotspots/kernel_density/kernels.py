"""The kernels: how the weight of an incident falls off with distance."""

import math
from dataclasses import dataclass

import numpy as np

from ipgtools.grid import FloatArray

__all__ = ["KERNELS", "Kernel", "kernel_of", "kernel_values"]


@dataclass(frozen=True)
class Kernel:
    """
    A kernel.

    Parameters
    ----------
    code : int
        Which one, for the compiled loops.
    reach : float
        Where it ends, in bandwidths; for the Gaussian where nothing is left at double
        precision.
    spread : float
        Standard deviation per axis, in bandwidths.
    top : float
        Height at distance 0 for a bandwidth of 1.
    fine : float
        Lattice steps per bandwidth that keep binning within 0.1 %; 0 where no lattice does,
        because the kernel has an edge or a tip.
    reach_binned : float
        Where it may end when binned, in bandwidths.
    """

    code: int
    reach: float
    spread: float
    top: float
    fine: float
    reach_binned: float


KERNELS = {
    "quartic": Kernel(0, 1.0, math.sqrt(1 / 8), 3 / math.pi, 28.0, 1.0),
    "gaussian": Kernel(1, 8.6, 1.0, 1 / (2 * math.pi), 14.0, 5.0),
    "triangular": Kernel(2, 1.0, math.sqrt(3 / 20), 3 / math.pi, 0.0, 1.0),
    "uniform": Kernel(3, 1.0, math.sqrt(1 / 4), 1 / math.pi, 0.0, 1.0),
}


def kernel_of(name: str) -> Kernel:
    """
    Give a kernel by its name.

    Examples
    --------
    >>> kernel_of("quartic").reach
    1.0
    """
    if name not in KERNELS:
        msg = f"`kernel` is {name!r}, expected one of {', '.join(KERNELS)}"
        raise ValueError(msg)
    return KERNELS[name]


def kernel_values(squared: FloatArray, shape: Kernel) -> FloatArray:
    """
    Return the height of a kernel of bandwidth 1.

    References
    ----------
    Silverman (1986), Density Estimation, section 4.2.

    Examples
    --------
    >>> kernel_values(np.array([0.0, 0.25, 2.0]), KERNELS["quartic"]).round(4).tolist()
    [0.9549, 0.5371, 0.0]
    """
    if shape.code == 1:
        return np.exp(-0.5 * squared) / (2 * math.pi)
    if shape.code == 0:
        return np.asarray(3 / math.pi * np.maximum(1 - squared, 0) ** 2)
    if shape.code == 2:
        return np.asarray(3 / math.pi * np.maximum(1 - np.sqrt(squared), 0))
    return np.where(squared <= 1, 1 / math.pi, 0.0)
