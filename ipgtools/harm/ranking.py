"""Rank places by count and by harm, and see how the ranks move when the weights do."""

import math
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools import codes
from ipgtools.grid import FloatArray, Grid, IntArray
from ipgtools.harm import weights as harm_weights

__all__ = ["Rng", "compare", "leave_one_code_out", "sensitivity"]

Rng = int | np.random.Generator | None


def compare(
    incidents: gpd.GeoDataFrame,
    weights: pd.DataFrame,
    where: Grid | gpd.GeoDataFrame,
    *,
    top: int = 10,
) -> gpd.GeoDataFrame:
    """
    Put counts and harm of each place side by side.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        INCIDENTS: points with `category`.
    weights : DataFrame, n_codes
        As for `weigh`.
    where : Grid or GeoDataFrame
        Cells, or AREAS.
    top : int, default 10
        How many places make the top.

    Returns
    -------
    GeoDataFrame, n_places
        The cells or areas with `n` (incidents whose code has a weight), `n_unknown` (others),
        `harm` (sum of weights), `rank_n` and `rank_harm` (1 is most; equal places share the
        best rank), `rank_change` (places that harm moves it up), `heaviest` (share of the
        place's harm that is its heaviest incident; NaN without harm), `heaviest_code` and
        `one_incident`: in the top by harm, half or more of that is the heaviest, and
        without it the place would not be in the top. ``attrs``: `n_used`,
        `n_outside`, `n_without_geometry`, `n_unknown`, `unknown_codes`, `spearman` (rank
        correlation of counts and harm, over places with an incident), `overlap_top` (places in
        both tops), `heaviest` (share of all harm that is the heaviest incident), `method`.

    Raises
    ------
    CrsError
        If the tables do not share a projected CRS in metres.
    ContractError
        As `weigh`; also if a geometry is no point.
    ValueError
        If `top` is below 1.

    Notes
    -----
    Places that tie for the last seat of a top are all in it.

    References
    ----------
    Sherman, Neyroud & Neyroud (2016), The Cambridge Crime Harm Index, Policing 10, 171-183.

    Examples
    --------
    Three bicycles in one cell, one robbery in the next:

    >>> grid = Grid.covering((0, 0, 200, 100))
    >>> incidents = gpd.GeoDataFrame({"category": ["A72", "A72", "A72", "B70"]},
    ...     geometry=gpd.points_from_xy([5, 6, 7, 150], [5, 5, 5, 5]), crs=28992)
    >>> weights = pd.DataFrame({"code": ["A72", "B70"], "weight": [2, 100]})
    >>> compare(incidents, weights, grid, top=1)[["n", "harm", "rank_n", "rank_harm"]]
       n   harm  rank_n  rank_harm
    0  3    6.0       1          2
    1  1  100.0       2          1
    """
    case = harm_weights.take(incidents, weights, where, top)
    n = np.bincount(case.place, minlength=case.n_places)
    sums = np.bincount(case.place, weights=case.weight, minlength=case.n_places)
    harm = np.asarray(sums, dtype=float)
    heaviest, code = harm_weights.heaviest(case)
    rank_n, rank_harm = _ranks(n), _ranks(harm)
    share = np.full(case.n_places, np.nan)
    np.divide(heaviest, harm, out=share, where=harm > 0)
    table = case.table.assign(
        n=n,
        n_unknown=case.n_unknown,
        harm=harm,
        rank_n=rank_n,
        rank_harm=rank_harm,
        rank_change=rank_n - rank_harm,
        heaviest=share,
        heaviest_code=code,
        one_incident=(rank_harm <= top) & (share >= 0.5) & (_without(harm, heaviest) > top),
    )
    some = n > 0
    table.attrs |= case.attrs | {
        "spearman": _correlation(n[some], harm[some]),
        "overlap_top": int(((rank_n <= top) & (rank_harm <= top) & some).sum()),
        "heaviest": float(heaviest.max() / harm.sum()) if harm.sum() > 0 else math.nan,
        "method": {"name": "compare", "top": top},
    }
    return table


def sensitivity(
    incidents: gpd.GeoDataFrame,
    weights: pd.DataFrame,
    where: Grid | gpd.GeoDataFrame,
    *,
    top: int = 10,
    factor: float = 2.0,
    n_simulations: int = 499,
    rng: Rng = None,
) -> gpd.GeoDataFrame:
    """
    Return which places stay in the top by harm under other weights.

    Parameters
    ----------
    incidents, weights, where, top
        As for `compare`.
    factor : float, default 2
        Each weight is multiplied by its own draw between ``1 / factor`` and `factor`, evenly on
        a scale of ratios: 2 means that weights are right within a factor of two.
    n_simulations : int, default 499
        How many sets of weights to draw.
    rng : int, Generator or None
        Seed of the draws.

    Returns
    -------
    GeoDataFrame
        The places with harm, heaviest first, with `n`, `harm`, `rank_harm`, `rank_low` and
        `rank_high` (95 % of the draws), `in_top` (share of the draws in which it is in the top),
        `rank_without` (without its heaviest incident) and `sure`: in the top in 95 % of the
        draws and without its heaviest incident too. ``attrs``: as from `compare`, and
        `spearman_low` (rank correlation with the ranks of the weights given, lowest of 95 % of
        the draws).

    Raises
    ------
    CrsError, ContractError
        As `compare`.
    ValueError
        If `top` or `n_simulations` is below 1, or `factor` not above 1.

    Examples
    --------
    >>> grid = Grid.covering((0, 0, 200, 100))
    >>> incidents = gpd.GeoDataFrame({"category": ["A72", "A72", "A72", "B70"]},
    ...     geometry=gpd.points_from_xy([5, 6, 7, 150], [5, 5, 5, 5]), crs=28992)
    >>> weights = pd.DataFrame({"code": ["A72", "B70"], "weight": [2, 100]})
    >>> found = sensitivity(incidents, weights, grid, top=1, rng=1)
    >>> found[["harm", "in_top", "rank_without", "sure"]].to_numpy().tolist()
    [[100.0, 1.0, 2, False], [6.0, 0.0, 2, False]]
    """
    if not 1 < factor < math.inf or n_simulations < 1:
        msg = f"`factor` is above 1 and `n_simulations` 1 or more; found {factor}, {n_simulations}"
        raise ValueError(msg)
    case = harm_weights.take(incidents, weights, where, top)
    per_code = harm_weights.per_code(case)
    harm = per_code.sum(axis=1)
    base, some = _ranks(harm), np.flatnonzero(harm > 0)
    draw = np.random.default_rng(rng)
    step = math.log(factor)
    ranks = np.empty((n_simulations, len(some)), dtype=np.int32)
    alike = np.empty(n_simulations)
    for run in range(n_simulations):
        turned = per_code[some] @ np.exp(draw.uniform(-step, step, per_code.shape[1]))
        ranks[run] = _ranks(turned)
        alike[run] = _correlation(turned, harm[some])
    heaviest, _ = harm_weights.heaviest(case)
    in_top = (ranks <= top).mean(axis=0)
    without = _without(harm, heaviest)[some]
    low, high = (
        np.quantile(ranks, [0.025, 0.975], axis=0, method="inverted_cdf")
        if len(some)
        else np.zeros((2, 0))
    )
    table = case.table.iloc[some].assign(
        n=np.bincount(case.place, minlength=case.n_places)[some],
        harm=harm[some],
        rank_harm=base[some],
        rank_low=low.astype(np.int64),
        rank_high=high.astype(np.int64),
        in_top=in_top,
        rank_without=without,
        sure=(in_top >= 0.95) & (without <= top),
    )
    table = table.iloc[np.argsort(base[some], kind="stable")]
    table.attrs |= case.attrs | {
        "spearman_low": float(np.nanquantile(alike, 0.05)) if len(some) > 1 else math.nan,
        "method": {
            "name": "sensitivity",
            "top": top,
            "factor": factor,
            "n_simulations": n_simulations,
            "seed": int(rng) if isinstance(rng, int | np.integer) else None,
        },
    }
    return table


def leave_one_code_out(
    incidents: gpd.GeoDataFrame,
    weights: pd.DataFrame,
    where: Grid | gpd.GeoDataFrame,
    *,
    top: int = 10,
) -> pd.DataFrame:
    """
    Return the effect of leaving out each code on harm and top.

    Parameters
    ----------
    incidents, weights, where, top
        As for `compare`.

    Returns
    -------
    DataFrame, a row per code that occurs
        `code`, `label`, `weight`, `n`, `harm`, `share` (of all harm), `overlap_without` (places
        that stay in the top without it) and `spearman_without` (rank correlation of harm with
        and without it, over places with harm); heaviest first. ``attrs``: as from `compare`.

    Raises
    ------
    CrsError, ContractError, ValueError
        As `compare`.

    Examples
    --------
    >>> grid = Grid.covering((0, 0, 200, 100))
    >>> incidents = gpd.GeoDataFrame({"category": ["A72", "A72", "A72", "B70"]},
    ...     geometry=gpd.points_from_xy([5, 6, 7, 150], [5, 5, 5, 5]), crs=28992)
    >>> weights = pd.DataFrame({"code": ["A72", "B70"], "weight": [2, 100]})
    >>> ranks = leave_one_code_out(incidents, weights, grid, top=1)
    >>> ranks[["code", "n", "harm", "overlap_without"]]
      code  n   harm  overlap_without
    0  B70  1  100.0                0
    1  A72  3    6.0                1
    """
    case = harm_weights.take(incidents, weights, where, top)
    per_code = harm_weights.per_code(case)
    harm = per_code.sum(axis=1)
    some = harm > 0
    before = (_ranks(harm) <= top) & some
    rows = []
    for k, code in enumerate(case.names):
        rest = harm - per_code[:, k]
        # what is left of subtracting equal numbers is nothing
        rest[rest < 1e-9 * harm] = 0.0
        after = (_ranks(rest) <= top) & (rest > 0)
        of_code = case.code == k
        rows.append(
            (code, codes.label(code), float(case.weight[of_code][0]), int(of_code.sum()),
             float(per_code[:, k].sum()), int((before & after).sum()),
             _correlation(rest[some], harm[some]))
        )  # fmt: skip
    names = ["code", "label", "weight", "n", "harm", "overlap_without", "spearman_without"]
    table = pd.DataFrame(rows, columns=names).astype({"code": "str", "label": "str"})
    total = harm.sum()
    table.insert(5, "share", table["harm"] / total if total > 0 else np.nan)
    table = table.sort_values(["harm", "code"], ascending=[False, True], ignore_index=True)
    table.attrs |= case.attrs | {"method": {"name": "by_code", "top": top}}
    return table


def _ranks(values: Any) -> IntArray:
    """Rank values, 1 for the largest; equal values share the best rank."""
    ranked = np.sort(values)
    return 1 + len(values) - np.searchsorted(ranked, values, side="right")


def _without(harm: FloatArray, heaviest: FloatArray) -> IntArray:
    """Return the rank each place would have without its heaviest incident, the others as is."""
    ranked = np.sort(harm)
    rest = harm - heaviest
    rest[rest < 1e-9 * harm] = 0.0
    above = len(harm) - np.searchsorted(ranked, rest, side="right")
    # the place itself is above what is left of it
    return 1 + above - (harm > rest)


def _correlation(one: Any, other: Any) -> float:
    if len(one) < 2:
        return math.nan
    ranks = [pd.Series(values).rank().to_numpy() for values in (one, other)]
    off = [rank - rank.mean() for rank in ranks]
    size = math.sqrt(float(off[0] @ off[0]) * float(off[1] @ off[1]))
    return float(off[0] @ off[1]) / size if size > 0 else math.nan
