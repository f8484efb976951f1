"""
Run the scan every week on planted outbreaks and on chance: days until an alert, and false alerts.

A town of some 11 incidents a week for a year, busy and quiet parts; an outbreak adds four a week
within 200 m. Each week the last half year is scanned; an alert is a recurrence interval of a
year or more, so that chance gives one a year.

    python benchmarks/calibrate_scan.py            30 outbreaks, 312 weeks of chance
    python benchmarks/calibrate_scan.py --quick    5 and 52
"""

import argparse

import geopandas as gpd
import numpy as np
import pandas as pd

from ipgtools import Period, scan

BEGIN, DAYS, START = pd.Timestamp("2025-01-01"), 364, 300
ALERT = 365


def town(seed: int, per_week: float = 0.0) -> gpd.GeoDataFrame:
    """Scatter 600 incidents over a year, and an outbreak from a day on."""
    rng = np.random.default_rng(seed)
    x, y = (rng.beta(1, 2, (2, 600)) * 5000).round()
    day = rng.integers(0, DAYS, 600)
    more = rng.poisson(per_week / 7 * (DAYS - START))
    x, y = (np.r_[one, rng.uniform(3900, 4100, more)] for one in (x, y))
    day = np.r_[day, rng.integers(START, DAYS, more)]
    return gpd.GeoDataFrame(
        {"occurred_from": BEGIN + pd.to_timedelta(day, unit="D")},
        geometry=gpd.points_from_xy(x, y), crs=28992,
    )  # fmt: skip


def alert(table: gpd.GeoDataFrame, day: int, seed: int) -> bool:
    """Scan the half year before a day."""
    end = BEGIN + pd.Timedelta(days=day)
    period = Period(end - pd.Timedelta(days=182), end)
    found = scan.space_time(table, period=period, rng=seed)
    return len(found) > 0 and bool(found["recurrence_days"].iloc[0] >= ALERT)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few of each")
    quick = parser.parse_args().quick
    delays = []
    for seed in range(5 if quick else 30):
        table = town(seed, per_week=4)
        weeks = range(7, DAYS - START + 1, 7)
        delays.append(next((one for one in weeks if alert(table, START + one, seed)), np.inf))
    print(
        f"{len(delays)} outbreaks of four a week: alert after {np.median(delays):.0f} days "
        f"(median), {max(delays)} at most, {np.isinf(delays).sum()} missed"
    )
    towns = range(100, 102 if quick else 112)
    false = [alert(town(seed), 182 + 7 * week, seed) for seed in towns for week in range(26)]
    print(
        f"chance: {sum(false)} alerts in {len(false)} weeks, {len(false) * 7 / ALERT:.1f} expected"
    )


if __name__ == "__main__":
    main()
