"""Measure how far apart the consecutive offences of one person lie."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ipgtools.crs import require
from ipgtools.offenders._facts import facts, in_order

if TYPE_CHECKING:
    import geopandas as gpd

    from ipgtools.periods import Period

__all__ = ["BANDS", "distances"]

BANDS = (0, 100, 500, 1000, 2000, 5000, 10_000)
"""Where bands of distance begin, in metres."""


def distances(
    offences: "gpd.GeoDataFrame",
    *,
    period: "Period | None" = None,
    bands: Sequence[float] = BANDS,
    rng: np.random.Generator | None = None,
) -> pd.DataFrame:
    """
    Count the distances between consecutive offences of one person, in bands.

    Parameters
    ----------
    offences : GeoDataFrame, n_rows
        OFFENCES with the places of the offences in metres, `person`, `committed_on`. Places of
        residence are not used and not asked for.
    period : Period, optional
        Only offences of this period.
    bands : sequence of float
        Where bands begin, in metres; the last has no end.
    rng : Generator, optional
        For the order of offences on one day; seeded with 0 if not given.

    Returns
    -------
    DataFrame, one row per band
        `from_m`, `to_m` (missing for the last), `n`, `share`. `attrs` holds the numbers of rows
        left out and why, `n_without_place`, `n_pairs`, `median_m`, `mean_m`, and `n_same_point`
        (0 m apart).

    Raises
    ------
    ContractError
        If a needed column is missing.
    CrsError
        If the table has no CRS in metres.

    Examples
    --------
    >>> import geopandas as gpd
    >>> table = gpd.GeoDataFrame(
    ...     {"person": ["a", "a", "a"], "committed_on": pd.date_range("2025-01-01", periods=3)},
    ...     geometry=gpd.points_from_xy([0, 300, 300], [0, 400, 400]), crs=28992)
    >>> found = distances(table)
    >>> found.loc[found["n"] > 0, ["from_m", "n"]].values.tolist(), found.attrs["median_m"]
    ([[0.0, 1.0], [500.0, 1.0]], 250.0)
    """
    require(offences=offences)
    rng = np.random.default_rng(0) if rng is None else rng
    geometry = offences.geometry
    placed = (geometry.notna() & ~geometry.is_empty).to_numpy()
    table = pd.DataFrame(offences.drop(columns=geometry.name))
    table["_x"], table["_y"] = np.nan, np.nan
    table.loc[placed, "_x"] = geometry[placed].x.to_numpy()
    table.loc[placed, "_y"] = geometry[placed].y.to_numpy()
    used, about = facts(table, "committed_on", period=period)
    about["n_without_place"] = int(used["_x"].isna().sum())
    used, followed = in_order(used[used["_x"].notna()], rng)
    at = np.flatnonzero(followed)
    x, y = used["_x"].to_numpy(), used["_y"].to_numpy()
    apart = np.hypot(x[at + 1] - x[at], y[at + 1] - y[at]) if len(at) else np.zeros(0)
    band = np.searchsorted(np.asarray(bands, dtype=float), apart, side="right") - 1
    found = pd.DataFrame(
        {
            "from_m": np.asarray(bands, dtype=float),
            "to_m": [*bands[1:], np.nan],
            "n": np.bincount(band, minlength=len(bands)),
        }
    )
    found["share"] = found["n"] / max(len(apart), 1)
    found.attrs = about | {
        "n_pairs": len(apart),
        "median_m": float(np.median(apart)) if len(apart) else None,
        "mean_m": float(apart.mean()) if len(apart) else None,
        "n_same_point": int((apart == 0).sum()),
    }
    return found
