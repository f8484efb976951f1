"""
Measure the data quality of a table of incidents.

Nothing is left out here and nothing is repaired. The numbers are in the read report under
``details["quality"]`` as plain values, so that a page and a program read the same.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ipgtools import _arrow, codes, stacked_points
from ipgtools._parallel import thread_map

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    import pandas as pd

    from ipgtools.io.report import ReadReport

__all__ = [
    "FEWEST_PER_STEP", "LONG_HOURS", "LOOK", "MOST_MONTHS", "WITHOUT_POINT", "attach_quality",
    "indicators", "of_incidents",
]  # fmt: skip

LONG_HOURS = 24
"""An interval of more hours than this says little about the hour, and not even the day."""
WITHOUT_POINT = ("xy_missing", "xy_unreadable", "xy_zero", "geometry_missing")
"""Reasons for rejection that mean that a row has no coordinates."""
MOST_MONTHS = 120
"""A table that spans more months is counted by year."""
FEWEST_PER_STEP = 5
"""Incidents a month on average below which an empty month is no news: exp(-5) is under 1 %."""
LOOK = {
    "without_point": 0.05,
    "stacked": 0.01,
    "long": 0.25,
    "without_time": 0.01,
    "without_code": 0.05,
    "unknown_code": 0.05,
    "missing": 0.0,
}
"""Share above which an indicator asks for a look: chosen, not derived."""
_SHOWN_POINTS = 5
_FAR = 1 << 30
"""Metres from the origin beyond which no point of a projected CRS lies."""


def attach_quality(
    incidents: "gpd.GeoDataFrame", report: "ReadReport"
) -> "tuple[gpd.GeoDataFrame, ReadReport]":
    """Put the numbers of `of_incidents` in a read report."""
    n_without = int(report.rejected["code"].isin(WITHOUT_POINT).sum())
    found = of_incidents(incidents, n_read=report.n_read, n_without_point=n_without)
    return incidents, replace(report, details={**report.details, "quality": found})


def of_incidents(
    incidents: "gpd.GeoDataFrame", *, n_read: int, n_without_point: int = 0
) -> dict[str, Any]:
    """
    Count what makes incidents less sure than they look.

    Examples
    --------
    >>> import geopandas as gpd, pandas as pd
    >>> when = pd.to_datetime(["2025-01-03 10:00", "2025-03-01 12:00"]).astype("datetime64[s]")
    >>> two = gpd.GeoDataFrame(
    ...     {"category": ["A20", "X9"], "occurred_from": when, "occurred_to": when},
    ...     geometry=gpd.points_from_xy([1, 2], [3, 4]), crs=28992)
    >>> found = of_incidents(two, n_read=2)
    >>> found["counts"], found["missing"], found["n_unknown_code"]
    ({'2025-01': 1, '2025-02': 0, '2025-03': 1}, ['2025-02'], 1)
    """
    category = incidents["category"]
    per_code = category.value_counts()
    unknown = [n for code, n in per_code.items() if codes.class_of(code) == codes.UNKNOWN]
    points, times = thread_map(
        lambda part: part(),
        (lambda: _points(incidents, per_code.to_numpy()), lambda: _times(incidents)),
    )
    return {
        "n_read": n_read,
        "n_used": len(incidents),
        "n_without_point": n_without_point,
        **points,
        "n_without_code": len(category) - int(per_code.sum()),
        "n_unknown_code": int(sum(unknown)),
        **times,
    }


def _times(incidents: "gpd.GeoDataFrame") -> dict[str, Any]:
    import pandas as pd

    begin = incidents["occurred_from"]
    length = incidents["occurred_to"] - begin
    return {
        "long_hours": LONG_HOURS,
        "n_interval": int(length.notna().sum()),
        "n_long": int((length > pd.Timedelta(hours=LONG_HOURS)).sum()),
        "n_without_time": int(begin.isna().sum()),
        **_by_month(begin),
    }


def _points(incidents: "gpd.GeoDataFrame", mix: "np.ndarray[Any, Any]") -> dict[str, Any]:
    import numpy as np
    import pandas as pd
    import shapely

    points = incidents.geometry.to_numpy()
    x, y = thread_map(lambda axis: axis(points), (shapely.get_x, shapely.get_y))
    there = np.isfinite(x)
    if there.all():
        key = _places(x, y)
    else:
        key = np.full(len(x), -1)
        key[there] = _places(x[there], y[there])
    places, n = _counted(key)
    busy = places[(n >= stacked_points.FEW) & (places >= 0)]
    rows = pd.Series(key).isin(busy).to_numpy() if len(busy) else np.zeros(len(key), dtype=bool)
    n = n[places >= 0]
    place, _ = pd.factorize(key[rows])
    n_busy = np.bincount(place)
    n_streets, n_categories = thread_map(
        lambda name: _distinct(place, _codes(incidents, name, rows), len(n_busy)),
        ("street_name", "category"),
    )
    reasons = stacked_points.reasons(
        n_busy, n_streets, n_categories, mix, ordinary=stacked_points.ordinary(n)
    )
    doubted = np.flatnonzero(reasons != "")
    order = doubted[np.argsort(-n_busy[doubted], kind="stable")]
    shown = [
        {
            "n": int(n_busy[one]),
            "street_name": _commonest(incidents, np.flatnonzero(rows)[place == one]),
            "reason": str(reasons[one]),
        }
        for one in order[:_SHOWN_POINTS]
    ]
    return {
        "n_places": len(n),
        "n_stacked": int(n_busy[doubted].sum()),
        "n_stacked_points": len(doubted),
        "stacked": shown,
    }


def _places(x: "np.ndarray[Any, Any]", y: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    """Give each point a number, the same number at the same place; not negative, not in order."""
    import numpy as np
    import pandas as pd

    if all(_whole_metres(one[span]) for one in (x, y) for span in _arrow.chunks(len(x))):
        return ((x.astype("int64") + _FAR) << 31) + (y.astype("int64") + _FAR)
    x_code, _ = pd.factorize(x)
    y_code, y_all = pd.factorize(y)
    return np.asarray(x_code.astype("int64") * len(y_all) + y_code)


def _whole_metres(x: "np.ndarray[Any, Any]") -> bool:
    import numpy as np

    return bool((np.abs(x) < _FAR).all() and (x == np.rint(x)).all())


def _counted(
    key: "np.ndarray[Any, Any]",
) -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]":
    """Return the different numbers, and how many there are of each: by sorting, not by a table."""
    import numpy as np

    ordered = np.sort(key)
    first = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(ordered)])
    return ordered[first], np.diff(first, append=len(ordered))


def _codes(
    incidents: "pd.DataFrame", name: str, rows: "np.ndarray[Any, Any]"
) -> "np.ndarray[Any, Any]":
    """Number the values of a column in some rows; -1 where it is missing."""
    import numpy as np
    import pandas as pd

    if name not in incidents:
        return np.full(int(rows.sum()), -1, dtype="int64")
    return pd.factorize(_arrow.take(incidents[name], rows))[0].astype("int64")


def _distinct(
    place: "np.ndarray[Any, Any]", values: "np.ndarray[Any, Any]", n_places: int
) -> "np.ndarray[Any, Any]":
    """Count the different values at each place."""
    import numpy as np
    import pandas as pd

    known = values >= 0
    if not known.any():
        return np.zeros(n_places, dtype="int64")
    many = int(values.max()) + 1
    pairs = pd.unique(place[known] * many + values[known])
    return np.bincount(pairs // many, minlength=n_places)


def _commonest(incidents: "pd.DataFrame", rows: "np.ndarray[Any, Any]") -> str | None:
    if "street_name" not in incidents:
        return None
    names = incidents["street_name"].iloc[rows].dropna()
    return None if names.empty else str(names.mode().iloc[0])


def _by_month(times: "pd.Series") -> dict[str, Any]:
    import numpy as np
    import pandas as pd

    first, last = times.min(), times.max()
    if first is pd.NaT:
        return {
            "first": None,
            "last": None,
            "step": "month",
            "counts": {},
            "missing": [],
            "sparse": True,
        }
    n_months = 12 * (last.year - first.year) + last.month - first.month + 1
    step, unit = ("month", "M") if n_months <= MOST_MONTHS else ("year", "Y")
    kind = f"datetime64[{unit}]"
    start, end = np.array([first, last], dtype="datetime64[s]").astype(kind)
    n = np.zeros(int((end - start).astype(int)) + 1, dtype="int64")
    array = times.to_numpy()
    for span in _arrow.chunks(len(array)):
        known = array[span][~np.isnat(array[span])].astype(kind)
        n += np.bincount((known - start).astype(int), minlength=len(n))
    names = [str(start + at) for at in range(len(n))]
    return {
        "first": str(first.date()),
        "last": str(last.date()),
        "step": step,
        "counts": {name: int(one) for name, one in zip(names, n, strict=True)},
        "missing": [name for name, one in zip(names, n, strict=True) if one == 0],
        "sparse": bool(n.mean() < FEWEST_PER_STEP),
    }


def indicators(found: dict[str, Any]) -> list[dict[str, Any]]:
    """
    Weigh the numbers: which of them ask for a look.

    Examples
    --------
    >>> found = {
    ...     "n_read": 100, "n_used": 90, "n_without_point": 10, "n_stacked": 0, "n_interval": 80,
    ...     "n_long": 4, "n_without_time": 0, "n_without_code": 0, "n_unknown_code": 0,
    ...     "counts": {"2025-01": 90}, "missing": [], "sparse": False}
    >>> [(one["key"], one["share"]) for one in indicators(found) if one["look"]]
    [('without_point', 0.1)]
    """
    used = found["n_used"]
    counted = {
        "without_point": (found["n_without_point"], found["n_read"]),
        "stacked": (found["n_stacked"], used),
        "long": (found["n_long"], found["n_interval"]),
        "without_time": (found["n_without_time"], used),
        "without_code": (found["n_without_code"], used),
        "unknown_code": (found["n_unknown_code"], used - found["n_without_code"]),
        "missing": (len(found["missing"]), len(found["counts"])),
    }
    shares = {key: n / max(of, 1) for key, (n, of) in counted.items()}
    return [
        {"key": key, "n": n, "of": of, "share": shares[key], "look": shares[key] > LOOK[key]}
        for key, (n, of) in counted.items()
        if key != "missing" or not found["sparse"]
    ]
