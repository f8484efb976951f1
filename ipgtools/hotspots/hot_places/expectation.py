"""
Work out how many incidents each cell of a lattice should hold.

`local` spreads the counts around a cell over what explains them (addresses, street length);
`own_past` expects what a cell and its surroundings held before. `dispersion` measures how
much more counts vary from period to period than chance lets them.
"""

from typing import Any

import numpy as np
from scipy import fft

__all__ = ["RING", "SMOOTH_SHARE", "Array", "box_sum", "dispersion", "local", "own_past", "quartic"]

Array = np.ndarray[Any, Any]

RING = (3, 6)
"""Cells from a cell, between which its surroundings lie (Chebyshev distance)."""
SMOOTH_SHARE = 0.8
"""Share of the smoothed past in the expectation; the rest is its mean."""
_KERNEL_METRES = 500.0
_LEFT_OUT = 0.02
_LEAST_VARIATION = 0.05


def local(counts: Array, baseline: Array, region: Array) -> Array:
    """
    Expect in each cell what its baseline explains, at the rate of its surroundings.

    ``b * max(sum(x) / sum(b) over the region, the same over the ring)``.
    """
    x, b = np.where(region, counts, 0.0), np.where(region, baseline, 0.0)
    near, far = RING
    ring_x = box_sum(x, far) - box_sum(x, near - 1)
    ring_b = box_sum(b, far) - box_sum(b, near - 1)
    whole = x.sum() / b.sum() if b.sum() > 0 else 0.0
    ratio = np.divide(ring_x, ring_b, out=np.zeros_like(ring_x), where=ring_b > 1e-9 * b.sum())
    return b * np.maximum(whole, ratio)


def own_past(past: Array, region: Array, cell_size: float) -> tuple[Array, Array]:
    """
    Expect in each cell what it held before, drawn towards its surroundings.

    The smoothed past s and the past a of the cell itself are weighed as a Gamma prior and a
    Poisson count: ``s (r + a) / (r + s)``, with r from how far cells lie from the smoothed
    past.
    """
    a = np.where(region, past, 0.0)
    whole = a.sum()
    if not whole > 0:
        return np.where(region, 0.0, 0.0), np.ones(past.shape)
    smooth = quartic(a, region, _KERNEL_METRES / cell_size)
    smooth *= whole / smooth.sum()
    s = np.where(region, SMOOTH_SHARE * smooth + (1 - SMOOTH_SHARE) * whole / region.sum(), 0.0)
    held = a[region], s[region]
    varied = ((held[0] - held[1]) ** 2 - held[1]).sum() / (held[1] ** 2).sum()
    r = 1 / max(float(varied), _LEAST_VARIATION)
    return s * (r + a) / (r + np.where(region, s, 1.0)), r + a


def quartic(counts: Array, region: Array, radius: float) -> Array:
    """Smooth counts by a quartic kernel that is cut at the border of the region."""
    reach = max(int(np.ceil(radius)) - 1, 0)
    row, column = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    kernel = np.maximum(1 - (row**2 + column**2) / radius**2, 0) ** 2
    mass = _convolved(region.astype(float), kernel)
    spread = np.where(region, counts / np.where(region, mass, 1.0), 0.0)
    smooth = _convolved(spread, kernel)
    return np.where(region, np.maximum(smooth, 0.0), 0.0)


def _convolved(cells: Array, kernel: Array) -> Array:
    """Convolve by Fourier transforms, in the shape of `cells`; `scipy.signal` is slow to load."""
    whole = np.array(cells.shape) + kernel.shape - 1
    padded = [fft.next_fast_len(int(one), real=True) for one in whole]
    product = fft.rfftn(cells, padded) * fft.rfftn(kernel, padded)
    first = (np.array(kernel.shape) - 1) // 2
    last = first + cells.shape
    return np.asarray(fft.irfftn(product, padded))[first[0] : last[0], first[1] : last[1]]


def dispersion(steps: Array, region: Array, *, block: int = 1) -> float:
    """
    Measure by what factor the variance of counts exceeds that of a Poisson distribution.

    Counts per cell and step are compared with their row and column totals. The 2 % of cells
    that vary most are left out: a hotspot that vanished is no noise.

    Examples
    --------
    >>> steps = np.random.default_rng(1).poisson(2, (8, 20, 20))
    >>> round(dispersion(steps, np.ones((20, 20), dtype=bool)), 1)
    1.0
    """
    n_steps = len(steps)
    if n_steps < 2:
        return 1.0
    h = np.where(region, steps, 0.0)
    if block > 1:
        n_rows, n_columns = (size // block * block for size in region.shape)
        cut = h[:, :n_rows, :n_columns]
        h = cut.reshape(n_steps, n_rows // block, block, n_columns // block, block).sum((2, 4))
    h = h.reshape(n_steps, -1)
    h = h[:, h.sum(axis=0) > 0]
    if not h.size:
        return 1.0
    m = h.sum(axis=0) * h.sum(axis=1, keepdims=True) / h.sum()
    squares = ((h - m) ** 2).sum(axis=0)
    noise = (1 - 1 / n_steps) * m.sum(axis=0)
    n_out = int(np.ceil(_LEFT_OUT * h.shape[1]))
    kept = np.argsort(squares - noise, kind="stable")[: h.shape[1] - n_out]
    if not len(kept):
        return 1.0
    return max(1.0, float(squares[kept].sum() / noise[kept].sum()))


def box_sum(values: Array, radius: int) -> Array:
    """
    Add up the values in the square of ``2 * radius + 1`` cells around each cell.

    Examples
    --------
    >>> box_sum(np.eye(3), 1).tolist()
    [[2.0, 2.0, 1.0], [2.0, 3.0, 2.0], [1.0, 2.0, 2.0]]
    """
    padded = np.pad(values, ((radius + 1, radius), (radius + 1, radius)))
    total = padded.cumsum(axis=0).cumsum(axis=1)
    width = 2 * radius + 1
    return np.asarray(
        total[width:, width:]
        - total[:-width, width:]
        - total[width:, :-width]
        + total[:-width, :-width]
    )
