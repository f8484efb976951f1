"""Find areas without incidents although their population suggests some."""

import geopandas as gpd
import numpy as np

from ipgtools import areas as areas_
from ipgtools import crs, inference
from ipgtools._deprecated import renamed
from ipgtools.errors import ContractError

__all__ = ["areas_without_incidents"]


@renamed(least_expected="min_expected")
def areas_without_incidents(
    incidents: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    *,
    min_expected: float = 5.0,
    alpha: float = 0.05,
) -> gpd.GeoDataFrame:
    """
    Find areas without incidents although their population suggests several.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents
        Points in a projected CRS in metres: of the whole set, not of one kind or week.
    areas : GeoDataFrame, n_areas
        AREAS with `inhabitants`, in the same CRS.
    min_expected : float, default 5
        Incidents to be expected below which none is no news.
    alpha : float, default 0.05
        Share of the areas called uncovered that may be so by chance.

    Returns
    -------
    GeoDataFrame, n_areas
        The areas with `n`, `expected` (by inhabitants, at the rate of all areas), `p_value` (of
        none at all, given that rates differ between areas), `q_value` (Benjamini-Hochberg over
        the areas with inhabitants) and `uncovered`. NaN without inhabitants. ``attrs``:
        `n_used`, `n_outside`, `n_uncovered`, `n_untested`, `method`.

    Raises
    ------
    CrsError
        If the tables do not share a projected CRS in metres.
    ContractError
        If `areas` lacks `inhabitants`.

    Notes
    -----
    Rates of areas are taken to follow a gamma distribution, its variance by moments (Marshall
    1991), so that the count of an area is negative binomial and none has the chance
    ``(1 + expected / shape) ** -shape``. By Poisson alone every park would be suspect.

    References
    ----------
    Marshall (1991), J. R. Stat. Soc. C 40, 283-294.

    Examples
    --------
    Twenty areas of 1000 people with ten incidents each, and one with none:

    >>> import shapely
    >>> squares = gpd.GeoDataFrame(
    ...     {"area_code": [f"BU{k:02d}" for k in range(21)], "inhabitants": [1000] * 21},
    ...     geometry=[shapely.box(k, 0, k + 1, 1) for k in range(21)], crs=28992)
    >>> x = np.repeat(np.arange(20), 10) + 0.5
    >>> incidents = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, 0 * x + 0.5), crs=28992)
    >>> found = areas_without_incidents(incidents, squares)
    >>> found.loc[found["uncovered"], "area_code"].tolist()
    ['BU20']
    """
    crs.require(incidents=incidents, areas=areas)
    if "inhabitants" not in areas:
        breach = "inhabitants: column is missing"
        msg = f"`areas` can't tell how many incidents to expect: {breach}"
        raise ContractError(msg, code="contract", table="areas", breaches=breach)
    of_area = areas_.assign(incidents, areas)
    counted = of_area.value_counts()
    n = areas["area_code"].map(counted).fillna(0).to_numpy(dtype=np.int64)
    people = areas["inhabitants"].to_numpy(dtype=float, na_value=np.nan)
    known = np.isfinite(people) & (people > 0)
    expected = np.full(len(areas), np.nan)
    p = np.full(len(areas), np.nan)
    if known.any() and n[known].sum():
        expected[known] = people[known] * n[known].sum() / people[known].sum()
        p[known] = np.where(n[known] == 0, _chance_of_none(n[known], people[known]), 1.0)
    q = inference.benjamini_hochberg(p)
    found = (n == 0) & (expected >= min_expected) & (q <= alpha)
    table = areas.assign(n=n, expected=expected, p_value=p, q_value=q, uncovered=found)
    table.attrs |= {
        "n_used": int(n.sum()),
        "n_outside": len(incidents) - int(n.sum()),
        "n_uncovered": int(found.sum()),
        "n_untested": int((~known).sum()),
        "method": {"name": "areas_without_incidents", "min_expected": min_expected, "alpha": alpha},
    }
    return table


def _chance_of_none(n: np.ndarray, people: np.ndarray) -> np.ndarray:
    mean = n.sum() / people.sum()
    spread = (people * (n / people - mean) ** 2).sum() / people.sum()
    between = spread - mean / people.mean()
    if between <= 0:
        return np.asarray(np.exp(-mean * people))
    shape = mean**2 / between
    return np.asarray((1 + mean * people / shape) ** -shape)
