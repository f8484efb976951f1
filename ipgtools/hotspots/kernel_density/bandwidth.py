"""
Choose how far incidents are smoothed.

Rules of thumb go by how far incidents are spread; they suit one round cloud and smooth a town
with several centres too much. Cross-validation goes by how well the incidents left out are
foretold by the others. All are first found for a Gaussian kernel and then stretched, so that
every kernel smooths as much.
"""

import logging
import math
from collections.abc import Callable, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools import crs
from ipgtools.grid import FloatArray, coordinates
from ipgtools.hotspots.kernel_density.kernels import KERNELS, kernel_of

__all__ = ["RULES", "bandwidths", "choose", "default_bandwidth", "log_likelihood", "warnings_about"]

log = logging.getLogger(__name__)

RULES = ("robust", "scott", "silverman", "nrd", "likelihood")

_RADII = 512
"""Radii of the rule "diggle", up to a quarter of the shorter side."""

_MOST = 2000
"""Incidents that cross-validation looks at; its work grows with their square."""


def bandwidths(
    incidents: gpd.GeoDataFrame,
    *,
    rules: Sequence[str] = RULES,
    kernel: str = "quartic",
    area: gpd.GeoDataFrame | gpd.GeoSeries | None = None,
) -> pd.DataFrame:
    """
    Return which bandwidth each rule chooses.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        Points in a projected CRS in metres; rows without a point are left out.
    rules : sequence of str, default all but "diggle"
        Of "robust", "scott", "silverman", "nrd", "likelihood" and "diggle"; see Notes.
    kernel : {"quartic", "gaussian", "triangular", "uniform"}, default "quartic"
        The kernel it is for.
    area : GeoDataFrame or GeoSeries, optional
        Polygons where incidents were registered, for "diggle".

    Returns
    -------
    DataFrame, n_rules
        `rule`, `bandwidth_x`, `bandwidth_y` (metres, what the rule gives for either axis; NaN
        where it does not look at axes) and `bandwidth` (metres, the one `density` uses).
        ``attrs``: `n_used`, `n_without_geometry`, `kernel`.

    Raises
    ------
    CrsError
        If `incidents` is not in a projected CRS in metres.
    ContractError
        If a geometry is no point.
    ValueError
        If a rule or kernel is unknown, the incidents are all on one spot, or "diggle" has no
        `area`.

    Notes
    -----
    - "scott": standard deviation times ``n**(-1/6)`` per axis (Scott 1992, 6.42). Used: the
      root mean square of the axes.
    - "silverman": ``(4 / (d + 2))**(1 / (d + 4))`` times that (Silverman 1986, 4.14); in the
      plane, with d = 2, the very same number.
    - "robust": "scott" with the lesser of the standard deviation and the interquartile range
      over 1.349, so that outlying incidents do not blow it up; rounded to two digits. The
      default of `density`.
    - "nrd": ``4 * 1.06 * n**(-1/5)`` times the lesser of the standard deviation and the
      interquartile range over 1.34 (Venables & Ripley 2002, 5.6), as R's
      ``MASS::bandwidth.nrd`` and so sfhotspot; the full width of a kernel on a line, taken as
      it is for any kernel. Used: the mean of the axes.
    - "likelihood": the bandwidth under which every incident is best foretold by the others
      (Duin 1976; Habbema et al. 1974). Incidents on one spot are left out together, as they
      foretell each other at any bandwidth and would drive it to 0. Of more than 2,000 incidents
      every k-th from west to east is looked at, and the answer is scaled by ``n**(-1/6)``.
    - "diggle": the bandwidth with the least mean squared error if the incidents are a Cox
      process, estimated from Ripley's K with isotropic correction, as spatstat's
      ``bw.diggle``. Finds the scale of clusters, so is often narrow. Its time grows with the
      number of pairs.

    References
    ----------
    Scott (1992), Multivariate Density Estimation; Silverman (1986), Density Estimation;
    Venables & Ripley (2002), Modern Applied Statistics with S; Duin (1976), IEEE Trans.
    Computers C-25, 1175-1179; Berman & Diggle (1989), J. R. Stat. Soc. B 51, 81-92.

    Examples
    --------
    >>> steps = np.arange(1000.0)
    >>> incidents = gpd.GeoDataFrame(geometry=gpd.points_from_xy(steps, steps), crs=28992)
    >>> bandwidths(incidents, rules=["robust", "scott"], kernel="gaussian")["bandwidth"].round(1)
    0    91.0
    1    91.3
    Name: bandwidth, dtype: float64
    """
    crs.require(incidents=incidents)
    x, y = coordinates(incidents, label="incidents")
    known = ~np.isnan(x)
    rows = [
        _of_diggle(incidents, area, kernel)
        if rule == "diggle"
        else choose(x[known], y[known], rule=rule, kernel=kernel)
        for rule in rules
    ]
    table = pd.DataFrame(rows, columns=["rule", "bandwidth_x", "bandwidth_y", "bandwidth"])
    table["rule"] = table["rule"].astype("str")
    number = dict.fromkeys(table.columns[1:], float)
    table = table.astype(number)
    table.attrs = {
        "n_used": int(known.sum()),
        "n_without_geometry": int((~known).sum()),
        "kernel": kernel,
    }
    return table


def default_bandwidth(
    x: FloatArray, y: FloatArray, *, kernel: str = "quartic", cell_size: float = 0.0
) -> float:
    """
    Choose a bandwidth from how far the incidents are spread: the rule "robust".

    Scott's rule in two dimensions, ``n**(-1/6)`` times the spread, where the spread of an
    axis is the lesser of its standard deviation and its interquartile range over 1.349
    (outlying incidents do not blow it up) and the axes are averaged as a root mean square;
    stretched for the kernel, so that every kernel smooths as much as a Gaussian would; at
    least two cells; rounded to two digits, as it is no measurement.

    Parameters
    ----------
    x, y : ndarray of float, n_incidents
        Metres.
    kernel : {"quartic", "gaussian", "triangular", "uniform"}, default "quartic"
        The kernel it is for.
    cell_size : float, default 0
        Metres.

    Returns
    -------
    float
        Metres.

    Raises
    ------
    ValueError
        If `kernel` is unknown, or both the incidents have no spread and `cell_size` is 0.

    References
    ----------
    Scott (1992), Multivariate Density Estimation, section 6.3.1.

    Examples
    --------
    >>> x = np.arange(1000.0)
    >>> default_bandwidth(x, x, kernel="gaussian"), default_bandwidth(x, x)
    (91.0, 260.0)
    """
    chosen = choose(x, y, rule="robust", kernel=kernel, least=2.0 * cell_size)
    return float(chosen["bandwidth"])


def choose(
    x: FloatArray, y: FloatArray, *, rule: str, kernel: str, least: float = 0.0
) -> dict[str, Any]:
    """
    Choose a bandwidth by a rule.

    Examples
    --------
    >>> x = np.arange(100.0)
    >>> choose(x, x, rule="scott", kernel="gaussian")["rule"]
    'scott'
    """
    if rule not in RULES:
        msg = f"`bandwidth` is {rule!r}, expected metres or one of {', '.join(RULES)}"
        raise ValueError(msg)
    stretch = 1 / kernel_of(kernel).spread
    found: dict[str, Any] = {"rule": rule}
    axes, bandwidth = [0.0, 0.0], 0.0
    if rule == "likelihood":
        if len(x) > 1:
            bandwidth, n_sampled = _most_likely(x, y)
            found["n_sampled"] = n_sampled
        bandwidth *= stretch
    elif len(x) > 1 and rule == "nrd":
        axes = [4 * 1.06 * _spread(axis, 1.34) * len(x) ** (-1 / 5) for axis in (x, y)]
        bandwidth = sum(axes) / 2
    elif len(x) > 1:
        spread = _spread if rule == "robust" else _deviation
        axes = [spread(axis) * len(x) ** (-1 / 6) * stretch for axis in (x, y)]
        bandwidth = math.sqrt((axes[0] ** 2 + axes[1] ** 2) / 2)
    bandwidth = max(bandwidth, least)
    if bandwidth <= 0:
        msg = "all incidents are on one spot, so there is no bandwidth to choose; give one"
        raise ValueError(msg)
    if rule != "likelihood":
        found |= {"bandwidth_x": float(axes[0]), "bandwidth_y": float(axes[1])}
    return found | {"bandwidth": float(f"{bandwidth:.1e}" if rule == "robust" else bandwidth)}


def log_likelihood(
    x: FloatArray,
    y: FloatArray,
    candidates: Sequence[float] | FloatArray,
    *,
    mass: Callable[[float], FloatArray] | None = None,
) -> FloatArray:
    """
    Return the leave-one-out log-likelihood of Gaussian bandwidths.

    References
    ----------
    Duin (1976), IEEE Trans. Computers C-25, 1175-1179.

    Examples
    --------
    Two incidents 1 m apart are best foretold by a deviation of ``1 / sqrt(2)`` m:

    >>> at, far = np.array([0.0, 1.0]), np.zeros(2)
    >>> bool(np.argmax(log_likelihood(at, far, [0.5, 0.7071, 0.9])) == 1)
    True
    """
    spots, spot, n_there = np.unique(
        np.column_stack([x, y]), axis=0, return_inverse=True, return_counts=True
    )
    spot = spot.ravel()
    total = np.zeros(len(candidates))
    masses = [None if mass is None else mass(float(h)) for h in candidates]
    for first in range(0, len(spots), 500):
        some = slice(first, first + 500)
        squared = ((spots[some, None, :] - spots[None, :, :]) ** 2).sum(axis=2)
        own = np.arange(first, min(first + 500, len(spots)))
        squared[np.arange(len(own)), own] = np.inf
        with np.errstate(divide="ignore"):
            for i, bandwidth in enumerate(candidates):
                height = np.exp(squared / (-2 * bandwidth**2)) @ n_there
                found = np.log(height / (2 * math.pi * bandwidth**2 * (len(x) - n_there[some])))
                total[i] += float((found * n_there[some]).sum())
    for i, part in enumerate(masses):
        if part is not None:
            total[i] -= float(np.log(part).sum())
    return total / len(x)


def _of_diggle(
    incidents: gpd.GeoDataFrame, area: gpd.GeoDataFrame | gpd.GeoSeries | None, kernel: str
) -> dict[str, Any]:
    """Minimise Berman & Diggle's estimate for discs; half a disc's radius is the Gaussian's."""
    from ipgtools.patterns import ripley

    if area is None:
        msg = 'the rule "diggle" needs `area`, the polygons where incidents were registered'
        raise ValueError(msg)
    west, south, east, north = area.total_bounds
    radii = np.linspace(0, min(east - west, north - south) / 4, _RADII)
    table = ripley(incidents, area, distances=radii[1:])
    if table.attrs["n_used"] < 2 or not table["k"].iloc[-1] > 0:
        msg = 'too few incidents lie near each other for the rule "diggle"'
        raise ValueError(msg)
    k = np.concatenate([[0.0], table["k"].to_numpy()])
    per_incident = table.attrs["area_m2"] / table.attrs["n_used"]
    # pairs up to twice the radius count
    tried = np.arange(1, _RADII // 2)
    error = np.empty(len(tried))
    for i, radius in enumerate(radii[tried]):
        part = np.minimum(radii[1:] / (2 * radius), 1)
        shared = 2 * radius**2 * (np.arccos(part) - part * np.sqrt(1 - part**2))
        disc = math.pi * radius**2
        within = float((shared * np.diff(k)).sum())
        error[i] = (per_incident - 2 * k[tried[i]]) / disc + within / disc**2
    stretch = 1 / kernel_of(kernel).spread
    return {"rule": "diggle", "bandwidth": float(radii[tried[error.argmin()]] / 2 * stretch)}


def _most_likely(x: FloatArray, y: FloatArray) -> tuple[float, int]:
    """Search from the nearest two spots to half the diagonal, and then around the best."""
    from scipy.optimize import minimize_scalar
    from scipy.spatial import cKDTree

    every = math.ceil(len(x) / _MOST)
    order = np.lexsort([y, x])[::every]
    at_x, at_y = x[order], y[order]
    spots = np.unique(np.column_stack([at_x, at_y]), axis=0)
    if len(spots) < 2:
        return 0.0, len(order)
    nearest = cKDTree(spots).query(spots, k=2)[0][:, 1]
    largest = math.hypot(*(np.ptp(spots, axis=0))) / 2
    candidates = np.geomspace(float(nearest.min()), max(largest, float(nearest.min())), 16)
    best = int(np.argmax(log_likelihood(at_x, at_y, candidates)))
    ends = candidates[max(best - 1, 0)], candidates[min(best + 1, len(candidates) - 1)]
    if ends[0] < ends[1]:
        found = minimize_scalar(
            lambda at: -log_likelihood(at_x, at_y, [math.exp(at)])[0],
            bounds=np.log(ends), method="bounded", options={"xatol": 0.01},
        )  # fmt: skip
        bandwidth = math.exp(float(found.x))
    else:
        bandwidth = float(candidates[best])
    return bandwidth * (len(x) / len(order)) ** (-1 / 6), len(order)


def _deviation(axis: FloatArray) -> float:
    return float(axis.std(ddof=1))


def _spread(axis: FloatArray, quarters: float = 1.349) -> float:
    quarter, three = np.percentile(axis, [25, 75])
    deviation = _deviation(axis)
    return min(deviation, float(three - quarter) / quarters) if three > quarter else deviation


def warnings_about(bandwidth: float, kernel: str, cell_size: float) -> list[dict[str, Any]]:
    """
    State whether a bandwidth is too narrow for a cell size.

    Examples
    --------
    >>> [warning["code"] for warning in warnings_about(150.0, "quartic", 100)]
    ['grid_coarse']
    """
    as_quartic = bandwidth * KERNELS[kernel].spread / KERNELS["quartic"].spread
    if as_quartic >= 2 * cell_size * (1 - 1e-9):
        return []
    code = "bandwidth_below_cell" if as_quartic < cell_size * (1 - 1e-9) else "grid_coarse"
    return [{"code": code, "bandwidth": float(bandwidth), "cell": cell_size}]
