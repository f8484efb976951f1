"""Count all patterns of offending of an area and period, for a notebook or the release gate."""

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ipgtools.errors import ArgumentError
from ipgtools.offenders.age_curve import age_curve
from ipgtools.offenders.classes import classify
from ipgtools.offenders.co_offending import co_offending, networks
from ipgtools.offenders.concentration import concentration
from ipgtools.offenders.distances import distances
from ipgtools.offenders.involvement import involvement
from ipgtools.offenders.recurrence import recurrence
from ipgtools.offenders.switching import switching

if TYPE_CHECKING:
    import geopandas as gpd

    from ipgtools.periods import Period

__all__ = ["MIN_PERSONS", "patterns"]

MIN_PERSONS = 10
"""No pattern is counted over fewer persons."""


def patterns(
    offences: pd.DataFrame,
    *,
    period: "Period | None" = None,
    incidents: "gpd.GeoDataFrame | None" = None,
    regime: str = "2014",
    reference_date: "str | dt.date | pd.Timestamp | None" = None,
    min_persons: int = MIN_PERSONS,
    max_together: int | None = 5,
    rng: np.random.Generator | None = None,
) -> dict[str, pd.DataFrame]:
    """
    Count the patterns of offending that the columns of a table allow.

    Parameters
    ----------
    offences : DataFrame, n_rows
        OFFENCES. To count for a wijk, give the offences that were committed there.
    period : Period, optional
        Only offences of this period; classes look further back, as definitions ask.
    incidents : GeoDataFrame, optional
        INCIDENTS, for the share of incidents that persons are known for.
    regime, reference_date
        As for `classify`.
    min_persons : int, default 10
        Below so many persons nothing is counted.
    max_together : int, optional
        As for `networks`; 5 if not given, None to leave nothing out.
    rng : Generator, optional
        For draws of chance; seeded with 0 if not given.

    Returns
    -------
    dict of str to DataFrame
        `co_offending`, `networks`, `recurrence` (by class, followed until the reference date or
        the last day of the table), `switching`, `age_curve`, `distances`, `concentration` and
        `involvement`, those that the columns allow. None has a row per person; smaller numbers
        than `min_persons` in them are for the release gate to hide.

    Raises
    ------
    ContractError
        If `person` is missing.
    ArgumentError
        If fewer than `min_persons` persons are left.

    Examples
    --------
    >>> links = pd.DataFrame({"person": list("abcdefghijka"), "offence_id": range(12)})
    >>> sorted(patterns(links))
    ['co_offending', 'concentration', 'networks']
    >>> patterns(links.head(3))
    Traceback (most recent call last):
    ...
    ipgtools.errors.ArgumentError: 3 persons; patterns are counted over 10 or more
    """
    rng = np.random.default_rng(0) if rng is None else rng
    mine = offences if period is None else offences[period.contains(offences["committed_on"])]
    n = int(mine["person"].nunique()) if "person" in mine else min_persons
    if n < min_persons:
        msg = f"{n} persons; patterns are counted over {min_persons} or more"
        raise ArgumentError(msg, code="persons_too_few", found=n, min_persons=min_persons)
    has = {
        name
        for name in ("offence_id", "committed_on", "category", "age", "sent_to_om", "incident_id")
        if name in offences and offences[name].notna().any()
    }
    found: dict[str, pd.DataFrame] = {}
    if "offence_id" in has:
        found["co_offending"] = co_offending(mine)
        found["networks"] = networks(mine, max_together=max_together)
        found["concentration"] = concentration(mine, rng=rng)
    if "age" in has:
        found["age_curve"] = age_curve(mine)
    if {"committed_on", "category"} <= has:
        found["switching"] = switching(mine, rng=rng)
    if "committed_on" in has and getattr(offences, "_geometry_column_name", None) in offences:
        found["distances"] = distances(mine, rng=rng)
    if {"committed_on", "sent_to_om"} <= has:
        klasse = classify(offences, regime=regime, reference_date=reference_date)
        until = pd.Timestamp(klasse.attrs["reference_date"])
        found["recurrence"] = recurrence(
            offences, until=until, period=period, groups=klasse, min_at_risk=min_persons
        )
        if incidents is not None and "incident_id" in has:
            found["involvement"] = involvement(offences, incidents, klasse, period=period)
    return found
