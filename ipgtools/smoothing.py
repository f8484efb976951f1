"""
Draw rates of small areas towards what many areas show, as far as chance made them differ.

One burglary in a buurt of thirty people is a rate of 33 in a thousand and means nothing. An
empirical Bayes rate lies between the area's own and that of all areas, or of those around it:
nearer to its own the more inhabitants it has, and the more areas differ beyond chance.
"""

import logging

import geopandas as gpd
import numpy as np

from ipgtools.autocorrelation import weights as near
from ipgtools.errors import ContractError
from ipgtools.grid import FloatArray

__all__ = ["empirical_bayes"]

log = logging.getLogger(__name__)


def empirical_bayes(
    areas: gpd.GeoDataFrame,
    *,
    events: str = "n",
    population: str = "inhabitants",
    per: int = 1000,
    towards: str = "all",
    radius: float | None = None,
) -> gpd.GeoDataFrame:
    """
    Smooth the rates of areas.

    ``w * own + (1 - w) * common`` with ``w = a / (a + common / population)``; the common rate
    is all events over all population, a the variance between areas beyond what Poisson counts
    give by themselves, by moments, at least 0.

    Parameters
    ----------
    areas : GeoDataFrame, n_areas
        Areas with counts and population, such as `areas.rates` gives, in a projected CRS in
        metres.
    events : str, default "n"
        Column of counts, 0 or more.
    population : str, default "inhabitants"
        Column of people, dwellings or other things at risk; 0 or missing is unknown.
    per : int, default 1000
        What the rate is about; names the columns.
    towards : {"all", "touching", "border", "radius"}, default "all"
        Towards the common rate of all areas, or of the area and its neighbours: those that
        touch it, share a stretch of border, or have their centroid within `radius`.
    radius : float, optional
        Metres, for "radius" only; by default the shortest distance at which every area has a
        neighbour.

    Returns
    -------
    GeoDataFrame, n_areas
        The areas with `raw_per_1000`, `smoothed_per_1000`, `common_per_1000` (what it was drawn
        towards) and `own_share` (w: 1 is not smoothed, 0 wholly). NaN where the population is
        unknown or 0. ``attrs``: `n_used`, `n_without_population`, `n_events_without_population`,
        `n_islands`, `method`.

    Raises
    ------
    CrsError
        If `areas` is not in a projected CRS in metres.
    ContractError
        If a column is absent, a count missing or negative, or an area has no geometry.
    ValueError
        If `towards` is unknown, or a radius given without need.

    Notes
    -----
    An area without neighbours is drawn towards itself and so stays as it is. If areas differ
    no more than chance makes them, a is 0 and every rate becomes the common one.

    References
    ----------
    Marshall (1991), J. R. Stat. Soc. C 40, 283-294.

    Examples
    --------
    >>> import shapely
    >>> squares = [shapely.box(x, 0, x + 1, 1) for x in range(3)]
    >>> areas = gpd.GeoDataFrame(
    ...     {"n": [1, 20, 120], "inhabitants": [20, 2000, 4000]}, geometry=squares, crs=28992)
    >>> empirical_bayes(areas)["smoothed_per_1000"].round(1).tolist()
    [25.1, 11.7, 29.5]
    """
    counts = near.values_of(areas, events)
    if (counts < 0).any():
        _refuse(f"{events}: negative ({int((counts < 0).sum())}x)")
    if population not in areas:
        _refuse(f"{population}: column is missing")
    people = areas[population].to_numpy(dtype=float, na_value=np.nan)
    known = np.isfinite(people) & (people > 0)
    places = near.find_neighbours(
        areas, neighbours="touching" if towards == "all" else towards, radius=radius
    )
    n = np.where(known, counts, 0.0)
    at_risk = np.where(known, people, 0.0)
    own = np.full(len(n), np.nan)
    np.divide(n, at_risk, out=own, where=known)

    def total(values: FloatArray) -> FloatArray:
        if towards == "all":
            return np.full(len(values), values.sum())
        return values + places.sums(values)

    # a sum over neighbours of sums: the squares are multiplied out, so no pairs are needed
    people_around, size = total(at_risk), total(known.astype(float))
    common = np.full(len(n), np.nan)
    np.divide(total(n), people_around, out=common, where=known)
    squares = total(np.where(known, n * np.nan_to_num(own), 0.0))
    between = np.full(len(n), np.nan)
    np.divide(squares, people_around, out=between, where=known)
    between -= common**2
    between -= common * size / np.where(known, people_around, 1.0)
    between = np.maximum(between, 0.0)
    noise = np.where(known, common / np.where(known, people, 1.0), np.nan)
    share = np.zeros(len(n))
    np.divide(between, between + noise, out=share, where=known & (between + noise > 0))
    alone = places.sizes == 0 if towards != "all" else np.zeros(len(n), dtype=bool)
    share = np.where(known, np.where(alone, 1.0, share), np.nan)
    table = areas.assign(
        **{
            f"raw_per_{per}": own * per,
            f"smoothed_per_{per}": (share * own + (1 - share) * common) * per,
            f"common_per_{per}": common * per,
            "own_share": share,
        }
    )
    lost = float(counts[~known].sum())
    if not known.all():
        log.info("%d areas with %g events have no population", int((~known).sum()), lost)
    table.attrs |= {
        "n_used": int(known.sum()),
        "n_without_population": int((~known).sum()),
        "n_events_without_population": int(lost) if lost.is_integer() else lost,
        "n_islands": int(alone.sum()),
        "method": {
            "name": "empirical_bayes",
            "events": events,
            "population": population,
            "per": per,
            "towards": towards,
            "radius": None if towards == "all" else places.radius,
        },
    }
    return table


def _refuse(breach: str) -> None:
    msg = f"`areas` has no rates to smooth: {breach}"
    raise ContractError(msg, code="contract", table="areas", breaches=breach)
