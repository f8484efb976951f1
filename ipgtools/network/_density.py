"""Estimate how dense incidents lie along streets."""

import logging
import math
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from ipgtools.grid import coordinates
from ipgtools.network._graph import Network, as_network
from ipgtools.network._snap import require_crs, snap_to_edges

__all__ = [
    "FEW", "KERNELS", "LEAST", "LONGEST_STEP", "METHODS", "PATH_PRICE", "PIECES", "STEPS", "Array",
    "Method", "density",
]  # fmt: skip

log = logging.getLogger(__name__)


Array = np.ndarray[Any, Any]
Method = Literal["simple", "discontinuous", "continuous"]

KERNELS = {"quartic": 0, "epanechnikov": 1, "triangular": 2}
METHODS = ("simple", "discontinuous", "continuous")
LEAST = 1e-12
"""Share of an incident below which its paths are not followed further."""
PATH_PRICE = 3
"""Time to follow one stretch of a path, in those to move the waves on one arc a step."""
PIECES = 8
"""Parts in which sources are worked through, whatever the number of processors."""
STEPS = 300
"""Least number of steps to the bandwidth in which waves run."""
LONGEST_STEP = 0.5
"""Metres."""
FEW = 30
"""Incidents below which a density means little."""


def density(
    incidents: gpd.GeoDataFrame,
    streets: "gpd.GeoDataFrame | Network",
    *,
    bandwidth: float,
    lixel_length: float = 10.0,
    kernel: str = "quartic",
    method: Method = "discontinuous",
    max_snap: float = 50.0,
    weights: str | npt.ArrayLike | None = None,
    exact: bool = False,
) -> gpd.GeoDataFrame:
    """
    Estimate the density of incidents along streets, at the middle of each lixel.

    Incidents are brought to the nearest street, and spread from there along the streets. How
    a kernel passes a crossing of n streets is the `method`:

    - "simple": by the shortest distance alone. Easy to explain, but every crossing multiplies
      the kernel: an incident at a crossing of four counts twice. No estimate of incidents.
    - "discontinuous": what arrives is distributed equally over the n - 1 streets ahead. An
      incident stays one; the density jumps at crossings.
    - "continuous": each street ahead gets 2 / n of what arrives, and (2 - n) / n turns back.
      An incident stays one and the density is the same on all sides of a crossing. Away from
      crossings it may fall below zero a little, where the kernel isn't smooth.

    At a dead end the last two turn everything back, so that nothing is lost there; an
    incident exactly at a crossing is distributed over all its streets. Along a street without
    crossings or ends in reach all three are the ordinary kernel estimate.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents rows
        Points in a projected CRS in metres.
    streets : GeoDataFrame or Network
        Lines in the same CRS; see `build` for where they meet.
    bandwidth : float
        Metres along the street at which the kernel ends.
    lixel_length : float, default 10
        Metres. Each stretch between two nodes is cut into equal pieces of at most this.
    kernel : {"quartic", "epanechnikov", "triangular"}, default "quartic"
        How the weight of an incident falls off with distance. All end at the bandwidth.
    method : {"simple", "discontinuous", "continuous"}, default "discontinuous"
        As above.
    max_snap : float, default 50
        Metres; incidents further than this from every street are left out and counted.
    weights : str or array_like of float, n_incidents, optional
        A column of `incidents` or one number per incident, 0 or more.
    exact : bool, default False
        Whether to follow every path of every incident by itself for the last two methods,
        however many there are, to double precision. Otherwise, where there are too many, all
        incidents run along the streets together as waves, in steps of at most half a metre or
        1 / 300 bandwidth; that differs by less than 0.1 % of the highest density. The simple
        method is always exact.

    Returns
    -------
    GeoDataFrame, one row per lixel
        `street_id` and `street_name` where the streets have them, `component` (0 is the
        longest part of the network), `length_m`, `per_km` (incidents per kilometre), and the
        LineString. ``attrs``: `n_used`, `n_without_place`, `n_without_street` (too far),
        `n_components`, `bandwidth`, `kernel`, `method` (its `evaluation` is "shortest", "paths"
        or "waves"), `warnings` (codes "too_few" with fewer than 30 incidents,
        "bandwidth_below_lixel": incidents may fall between middles).

    Raises
    ------
    CrsError
        If the tables are not in one projected CRS in metres.
    ContractError
        If a geometry of `incidents` is no point, or a weight is missing or negative.
    ValueError
        If an option has an impossible value.

    Notes
    -----
    The last two methods add up all paths that don't turn back where the method doesn't, not
    the shortest only; with the shortest only mass is lost wherever streets form a ring.
    Their sum over lixels, times length, is the number of incidents as closely as middles
    stand for their lixels.

    The simple method takes time in proportion to incidents times the streets in reach. Waves
    take it in proportion to the length of the network, whatever the number of incidents.
    Exact paths are exponential in the bandwidth over the length of a street between crossings:
    good for a few incidents, or short bandwidths; those that carry less than 1e-12 of an
    incident are dropped. Lixels are cut once for a `Network` that is given again.

    References
    ----------
    Okabe, Satoh & Sugihara (2009), Int. J. Geographical Information Science 23, 7-32.
    McSwiggan, Baddeley & Nair (2017), Scandinavian J. Statistics 44, 324-345, for the paths.

    Examples
    --------
    On one long street the top is that of the quartic kernel, 15 / 16 / bandwidth:

    >>> street = gpd.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (1010, 0)])], crs=28992)
    >>> one = gpd.GeoDataFrame(geometry=gpd.points_from_xy([505], [3]), crs=28992)
    >>> lixels = density(one, street, bandwidth=100)
    >>> len(lixels), float(lixels["per_km"].max()), 15 / 16 / 100 * 1000
    (101, 9.375, 9.375)
    """
    from ipgtools.hotspots.counts import incident_weights

    _check(bandwidth, lixel_length, kernel, method)
    network = as_network(streets)
    require_crs(incidents, network, "incidents")
    heavy = incident_weights(incidents, weights)
    found = snap_to_edges(*coordinates(incidents, label="incidents"), network, max_snap)
    heavy = np.ones(len(found.rows)) if heavy is None else heavy[found.rows]
    first_lixel = _first_lixel(network, lixel_length)
    per_metre, evaluation = _per_metre(
        network, found.edge, found.at, heavy, first_lixel,
        bandwidth=float(bandwidth), kernel=KERNELS[kernel], method=method, exact=exact,
    )  # fmt: skip
    if network.kept.get("lixel_length") != lixel_length:
        network.kept.update(lixel_length=lixel_length, lixels=_lixels(network, first_lixel))
    lixels = network.kept["lixels"].copy(deep=False)
    lixels.insert(len(lixels.columns) - 1, "per_km", per_metre * 1000)
    lixels.attrs |= found.left_out | {
        "n_components": network.attrs["n_components"],
        "bandwidth": float(bandwidth),
        "kernel": kernel,
        "method": {
            "name": "network_density",
            "method": method,
            "evaluation": evaluation,
            "kernel": kernel,
            "bandwidth": float(bandwidth),
            "lixel_length": float(lixel_length),
            "max_snap": float(max_snap),
            "weighted": weights is not None,
            "node_crossings": network.attrs["node_crossings"],
        },
        "warnings": _warnings(len(found.rows), bandwidth, lixel_length),
    }
    log.info(
        "density of %d incidents along %d lixels, %s, %s kernel of %g m",
        len(found.rows), len(lixels), method, kernel, bandwidth,
    )  # fmt: skip
    return lixels


def _check(bandwidth: float, lixel_length: float, kernel: str, method: str) -> None:
    for name, value in (("bandwidth", bandwidth), ("lixel_length", lixel_length)):
        if not 0 < value < math.inf:
            msg = f"`{name}` is {value!r}, expected metres, more than 0"
            raise ValueError(msg)
    for name, given, known in (("kernel", kernel, KERNELS), ("method", method, METHODS)):
        if given not in known:
            msg = f"`{name}` is {given!r}, expected one of {', '.join(known)}"
            raise ValueError(msg)


def _warnings(n: int, bandwidth: float, lixel_length: float) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if n < FEW:
        found.append({"code": "too_few", "n": n})
    if bandwidth < lixel_length:
        found.append(
            {
                "code": "bandwidth_below_lixel",
                "bandwidth": float(bandwidth),
                "lixel": float(lixel_length),
            }
        )
    return found


def _first_lixel(network: Network, lixel_length: float) -> Array:
    number = np.maximum(np.ceil(network.length / lixel_length - 1e-9), 1).astype(np.int64)
    first = np.zeros(len(number) + 1, np.int64)
    np.cumsum(number, out=first[1:])
    return first


def _per_metre(
    network: Network,
    edge: Array,
    at: Array,
    heavy: Array,
    first_lixel: Array,
    *,
    bandwidth: float,
    kernel: int,
    method: str,
    exact: bool,
) -> tuple[Array, str]:
    """Return the density at the middle of each lixel, and how it was evaluated."""
    if not len(edge):
        return np.zeros(first_lixel[-1]), "paths"
    from ipgtools.network import _paths

    # incidents on one spot are one source of more weight
    spots = pd.DataFrame({"edge": edge, "at": at, "heavy": heavy})
    spots = spots.groupby(["edge", "at"], as_index=False, sort=True)["heavy"].sum()
    edge, at, heavy = (spots[name].to_numpy() for name in spots)
    how: dict[str, Any] = {"bandwidth": bandwidth, "kernel": kernel}
    arcs = (network.head, network.first_arc, network.arcs)
    if method == "simple":
        total = _in_pieces(
            len(edge),
            lambda some: _paths.shortest(
                edge[some], at[some], heavy[some], **how, ends=network.ends,
                length=network.length, head=arcs[0], first_arc=arcs[1], arcs=arcs[2],
                first_lixel=first_lixel,
            ),
        )  # fmt: skip
        return total, "shortest"
    at_start, at_end = at == 0, at == network.length[edge]
    between = ~(at_start | at_end)
    total = _paths.own_edges(
        edge[between], at[between], heavy[between], **how, length=network.length,
        first_lixel=first_lixel,
    )  # fmt: skip
    node = network.ends[edge, np.where(at_end, 1, 0)][~between]
    group = np.concatenate([2 * edge[between], 2 * edge[between] + 1, -1 - node])
    base = np.concatenate([(network.length[edge] - at)[between], at[between], np.zeros(len(node))])
    weight = np.concatenate([heavy[between], heavy[between], heavy[~between]])
    near = base < bandwidth
    sources = (network, group[near], base[near], weight[near], first_lixel)
    how["continuous"] = method == "continuous"
    followed = _follow(*sources, most=None if exact else _worth(network, bandwidth), **how)
    if followed is not None:
        return total + followed, "paths"
    return total + _run(*sources, **how), "waves"


def _steps(bandwidth: float) -> int:
    return math.ceil(bandwidth / min(bandwidth / STEPS, LONGEST_STEP))


def _worth(network: Network, bandwidth: float) -> int:
    """Return the number of stretches that may be followed in the time that waves take."""
    return _steps(bandwidth) * len(network.arcs) // PATH_PRICE


def _follow(
    network: Network,
    group: Array,
    base: Array,
    weight: Array,
    first_lixel: Array,
    *,
    most: int | None,
    **how: Any,
) -> Array | None:
    """Follow every path of every source: exact; None if there are too many."""
    from ipgtools.network import _paths

    order = np.lexsort((base, group))
    groups, first_source = np.unique(group[order], return_index=True)
    first_source = np.append(first_source, len(order)).astype(np.int64)
    limit = np.iinfo(np.int64).max if most is None else most // PIECES
    given_up: list[int] = []

    def work(some: Array) -> Array:
        if given_up:
            return np.zeros(first_lixel[-1])
        total, n_paths = _paths.split(
            some, groups, first_source, base[order], weight[order], **how,
            least=LEAST, most=limit, length=network.length, head=network.head,
            first_arc=network.first_arc, arcs=network.arcs, first_lixel=first_lixel,
        )  # fmt: skip
        if n_paths > limit:
            given_up.append(n_paths)
        return total

    total = _in_pieces(len(groups), work) if len(groups) else np.zeros(first_lixel[-1])
    return None if given_up else total


def _run(
    network: Network,
    group: Array,
    base: Array,
    weight: Array,
    first_lixel: Array,
    **how: Any,
) -> Array:
    """Run all sources through the network together, in steps."""
    from ipgtools.network import _spread

    bandwidth = how["bandwidth"]
    n_steps = _steps(bandwidth)
    step = bandwidth / n_steps
    # sources at a node leave over each of its arcs
    at_node = group < 0
    node = -1 - group[at_node]
    degree = network.first_arc[node + 1] - network.first_arc[node]
    rank = np.arange(degree.sum()) - np.repeat(np.cumsum(degree) - degree, degree)
    out = -1 - network.arcs[np.repeat(network.first_arc[node], degree) + rank]
    share = np.repeat(weight[at_node] * 2 / degree, degree)
    # sources on an edge arrive at its end, between two steps
    arc, steps, heavy = group[~at_node], base[~at_node] / step, weight[~at_node]
    before = steps.astype(np.int64)
    late = steps - before
    at_step = np.concatenate([np.zeros(len(out), np.int64), before, before + 1])
    amount = np.concatenate([share, heavy * (1 - late), heavy * late])
    arcs = np.concatenate([out, arc, arc])
    order = np.argsort(at_step, kind="stable")
    return _spread.spread_kernels(
        at_step[order], arcs[order], amount[order], n_steps, step, **how,
        length=network.length, head=network.head, first_arc=network.first_arc,
        first_lixel=first_lixel,
    )  # fmt: skip


def _in_pieces(n: int, work: Callable[[Array], Array]) -> Array:
    """Sum the work of threads in an order independent of their number."""
    pieces = [np.arange(first, n, PIECES) for first in range(min(PIECES, n))]
    with ThreadPoolExecutor(min(os.cpu_count() or 1, PIECES)) as pool:
        total, *others = pool.map(work, pieces)
    for other in others:
        total += other
    return total


def _lixels(network: Network, first_lixel: Array) -> gpd.GeoDataFrame:
    """Cut the edges into lixels, with the street of each."""
    number = np.diff(first_lixel)
    edge = np.repeat(np.arange(len(number)), number)
    step = network.length / number
    rank = np.arange(len(edge)) - first_lixel[edge]
    xy, of_edge = shapely.get_coordinates(network.lines, return_index=True)
    along = np.zeros(len(xy))
    along[1:] = np.cumsum(np.hypot(*np.diff(xy, axis=0).T))
    first = np.searchsorted(of_edge, np.arange(len(number)))
    along -= along[first][of_edge]
    # the vertices inside lixels, and the cuts twice: as the end of one and the start of the next
    part = along / step[of_edge]
    inner = np.abs(part - np.round(part)) * step[of_edge] > 1e-6
    inner &= (part > 0) & (part < number[of_edge])
    # one ruler for all edges, a metre apart
    ruler = along + (first_at := np.append(0.0, np.cumsum(network.length + 1.0)[:-1]))[of_edge]
    cut = first_at[edge] + rank * step[edge]
    starts = np.column_stack([np.interp(cut, ruler, axis) for axis in xy.T])
    last = np.append(rank[1:] == 0, True)
    finish = xy[np.append(first[1:], len(xy)) - 1]
    stops = np.where(last[:, None], finish[edge], np.roll(starts, -1, axis=0))
    lixel = np.concatenate(
        [
            np.arange(len(edge)),
            first_lixel[of_edge[inner]] + part[inner].astype(np.int64),
            np.arange(len(edge)),
        ]
    )
    place = np.concatenate([np.full(len(edge), -1.0), part[inner], np.full(len(edge), np.inf)])
    order = np.lexsort((place, lixel))
    points = np.concatenate([starts, xy[inner], stops])[order]
    table = network.streets.iloc[network.street[edge]]
    names = [name for name in ("street_id", "street_name") if name in table]
    table = table[names].reset_index(drop=True)
    table["component"] = network.component[network.ends[edge, 0]]
    table["length_m"] = step[edge]
    return gpd.GeoDataFrame(
        table, geometry=shapely.linestrings(points, indices=lixel[order]), crs=network.crs
    )
