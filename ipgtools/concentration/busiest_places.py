"""Look at the busiest places: what they hold, and whether they stay the busiest."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from ipgtools.concentration.curves import numbers, top_share

__all__ = ["Rng", "probability_in_top", "stability", "top_shares"]

Rng = int | np.random.Generator | None


def top_shares(
    counts: npt.ArrayLike, *, shares: Sequence[float] = (0.01, 0.05, 0.1, 0.2, 0.5)
) -> pd.DataFrame:
    """
    Return the share of the incidents that the busiest places hold, of two kinds of "all places".

    "Half of the crime on 5 % of the places" means little without stating of which places: of
    all of them, or of those where anything happened.

    Parameters
    ----------
    counts : array_like of numbers, n_places
        Incidents per place, 0 or more, places without incidents included.
    shares : sequence of float, 0 to 1
        Which shares of the places; as in `top_share` part of a place may count.

    Returns
    -------
    DataFrame, 2 n_shares rows
        `denominator` ("all" or "with_incidents"), `n_denominator` (places of that kind),
        `share_places` and `n_places` (as a number: of 50 places 1 % is half a place),
        `share_incidents` and `n_incidents` (theirs; of half a place half of its incidents).
        Both numbers are their share of all. ``attrs``: `n_places`, `n_with_incidents`,
        `n_incidents`.

    Raises
    ------
    ValueError
        If a count is negative or missing, or a share is not between 0 and 1.

    References
    ----------
    Hipp & Kim (2017), J. Quant. Criminology 33, 595-632, on what the denominator does.

    Examples
    --------
    Eight places, two of which have incidents:

    >>> top_shares([9, 1, 0, 0, 0, 0, 0, 0], shares=[0.125, 0.5]).iloc[:, [0, 1, 3, 4]]
          denominator  n_denominator  n_places  share_incidents
    0             all              8      1.00            0.900
    1             all              8      4.00            1.000
    2  with_incidents              2      0.25            0.225
    3  with_incidents              2      1.00            0.900
    """
    values = numbers(counts)
    kinds = {"all": values, "with_incidents": values[values > 0]}
    rows = []
    for name, some in kinds.items():
        total = float(some.sum())
        for share in shares:
            held = top_share(some, share)
            many = 0.0 if math.isnan(held) else held * total
            rows.append((name, len(some), share, share * len(some), held, many))
    names = [
        "denominator", "n_denominator", "share_places", "n_places", "share_incidents",
        "n_incidents",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=names).astype({"denominator": "str"})
    table.attrs |= {
        "n_places": len(values),
        "n_with_incidents": len(kinds["with_incidents"]),
        "n_incidents": float(values.sum()),
    }
    return table


def stability(
    counts: pd.DataFrame, *, top: int = 10, n_simulations: int = 999, rng: Rng = None
) -> pd.DataFrame:
    """
    Return whether the busiest places of one period are those of the next.

    A top 10 changes by chance even where nothing changes: counts are small. So the overlap is
    compared with two others: that of places picked at random, and that of two periods in which
    every place keeps its rate.

    Parameters
    ----------
    counts : DataFrame, n_places rows
        A column per period in order of time, with whole numbers of incidents per place.
    top : int, default 10
        How many places make the top.
    n_simulations : int, default 999
        How often to redistribute the incidents, for the places that keep their rate.
    rng : int, Generator or None
        Seed of the simulations.

    Returns
    -------
    DataFrame, n_periods - 1 rows
        - `before`, `after`: names of the columns compared;
        - `n_before`, `n_after`: incidents;
        - `overlap`: places in both tops; where counts tie at the end of a top, what breaking
          ties at random gives on average;
        - `overlap_random` and `p_random`: expected if the second top were picked at random
          from all places, and the chance of as much overlap or more then (hypergeometric);
        - `overlap_stable`, `stable_low`, `stable_high` and `p_stable`: expected if every place
          kept its rate, apart from one change for all; its 95 % range; and the chance of as
          little overlap or less then. A `p_stable` above 0.05 means that the change of the top
          can be chance;
        - `spearman`: rank correlation of the counts over all places, ties at their mean rank;
        - `top_share_before`, `top_share_after`: share of the incidents in the first top, in
          either period: the second is what watching the first top would have caught.

        ``attrs``: `n_places`, `method`.

    Raises
    ------
    ValueError
        If there are fewer than two periods, `top` is not from 1 to the number of places, or a
        count is negative, missing or no whole number.

    Notes
    -----
    If every place keeps its rate, the incidents of a place in both periods together fall into
    the later one by a binomial with one chance for all places. Dealing them out that way needs
    no guess at the rates themselves. Incidents count as independent; a series at one place
    makes the top less stable than that.

    References
    ----------
    Conditional comparison of Poisson counts: Przyborowski & Wilenski (1940), Biometrika 31,
    313-323. On the stability of hot places: Weisburd, Bushway, Lum & Yang (2004), Criminology
    42, 283-321.

    Examples
    --------
    >>> counts = pd.DataFrame({"2024": [30, 20, 9, 1, 0], "2025": [25, 1, 11, 2, 1]})
    >>> found = stability(counts, top=2, rng=1)
    >>> found[["overlap", "overlap_random", "p_random"]].to_numpy().round(2).tolist()
    [[1.0, 0.8, 0.7]]
    """
    periods = list(counts.columns)
    if len(periods) < 2:
        msg = f"stability needs two periods or more, found {len(periods)}"
        raise ValueError(msg)
    if not 1 <= top <= len(counts):
        msg = f"`top` is {top!r}, expected from 1 to the {len(counts)} places"
        raise ValueError(msg)
    if n_simulations < 1:
        msg = f"`n_simulations` is {n_simulations!r}, expected a number such as 999"
        raise ValueError(msg)
    table = counts.to_numpy(dtype=float, na_value=np.nan)
    numbers(table)
    if (table != np.rint(table)).any():
        msg = "counts of stability are whole numbers of incidents"
        raise ValueError(msg)
    draw = np.random.default_rng(rng)
    rows = [
        {"before": str(periods[k]), "after": str(periods[k + 1])}
        | _compare_tops(table[:, k], table[:, k + 1], top, n_simulations, draw)
        for k in range(len(periods) - 1)
    ]
    found = pd.DataFrame(rows).astype({"before": "str", "after": "str"})
    seed = int(rng) if isinstance(rng, int | np.integer) else None
    found.attrs |= {
        "n_places": len(counts),
        "method": {
            "name": "stability",
            "top": top,
            "n_simulations": n_simulations,
            "seed": seed,
        },
    }
    return found


def probability_in_top(counts: npt.ArrayLike, top: int) -> npt.NDArray[np.float64]:
    """
    Return the probability that each place is among the busiest.

    Parameters
    ----------
    counts : array_like of numbers, n_places
        Incidents per place.
    top : int
        How many places make the top.

    Returns
    -------
    ndarray of float, n_places
        1 in the top, 0 outside; places that tie for the last seats share these. Adds up to
        `top`.

    Examples
    --------
    >>> probability_in_top([5, 3, 3, 1], 2).tolist()
    [1.0, 0.5, 0.5, 0.0]
    """
    values = np.asarray(counts, dtype=float)
    last = np.partition(values, len(values) - top)[len(values) - top]
    above, level = values > last, values == last
    return above + level * ((top - above.sum()) / level.sum())


def _compare_tops(
    before: npt.NDArray[np.float64],
    after: npt.NDArray[np.float64],
    top: int,
    n_simulations: int,
    draw: np.random.Generator,
) -> dict[str, float]:
    n = len(before)
    first = probability_in_top(before, top)
    overlap = float(first @ probability_in_top(after, top))
    total, both = before.sum() + after.sum(), (before + after).astype(np.int64)
    share = after.sum() / total if total else 0.5
    later = draw.binomial(both, share, (n_simulations, n)).astype(float)
    earlier = both - later
    stable = np.array(
        [
            probability_in_top(one, top) @ probability_in_top(other, top)
            for one, other in zip(earlier, later, strict=True)
        ]
    )
    low, high = np.quantile(stable, [0.025, 0.975])
    # a part of a place, from ties, counts as none: the chance is then not too small
    needed = math.floor(overlap + 1e-9)
    return {
        "n_before": int(before.sum()),
        "n_after": int(after.sum()),
        "overlap": overlap,
        "overlap_random": top * top / n,
        "p_random": _hypergeometric_tail(needed, n, top),
        "overlap_stable": float(stable.mean()),
        "stable_low": float(low),
        "stable_high": float(high),
        "p_stable": float((1 + (stable <= overlap + 1e-9).sum()) / (n_simulations + 1)),
        "spearman": _spearman(before, after),
        "top_share_before": _share_of(first, before),
        "top_share_after": _share_of(first, after),
    }


def _hypergeometric_tail(least: int, n: int, top: int) -> float:
    """Return the chance that two draws of `top` out of n places share `least` or more."""
    ways = sum(math.comb(top, k) * math.comb(n - top, top - k) for k in range(least, top + 1))
    return ways / math.comb(n, top)


def _spearman(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> float:
    ranks = [pd.Series(values).rank().to_numpy() for values in (one, other)]
    off = [rank - rank.mean() for rank in ranks]
    size = math.sqrt(float(off[0] @ off[0]) * float(off[1] @ off[1]))
    return float(off[0] @ off[1]) / size if size > 0 else math.nan


def _share_of(seats: npt.NDArray[np.float64], counts: npt.NDArray[np.float64]) -> float:
    return float(seats @ counts / counts.sum()) if counts.sum() else math.nan
