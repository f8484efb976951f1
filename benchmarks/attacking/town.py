"""Towns to attack: the sample town, or a small simulated one; a row is an incident."""

from pathlib import Path

import numpy as np
import pandas as pd

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
START, END = pd.Timestamp("2024-01-01"), pd.Timestamp("2025-12-29")
"""104 ISO weeks; the sample ends a month before."""
DIVISION = 2025
KINDS = [f"A{code:02d}" for code in range(10, 40)]


def sample() -> pd.DataFrame:
    """Read the incidents of the sample town that may leave: kinds that are sensitive are gone."""
    import ipgtools as ipg
    from ipgtools import areas, privacy

    incidents, _ = ipg.read_incidents(SAMPLE / "incidenten.csv.gz")
    buurten, _ = ipg.read_areas(SAMPLE / "buurten.geojson", level="buurt")
    incidents = privacy.select(incidents, privacy.profile("openbaar")).incidents
    buurt = areas.assign(incidents, buurten)
    known = buurt.notna() & incidents["occurred_from"].notna() & incidents["category"].notna()
    points = incidents.loc[known, "geometry"]
    return described(
        buurt[known].astype("str"),
        incidents.loc[known, "category"].astype("str"),
        incidents.loc[known, "occurred_from"],
        points.x,
        points.y,
    )


def simulated(rng: np.random.Generator, *, n: int = 4000, n_wijken: int = 3) -> pd.DataFrame:
    """Make a town of wijken of eight buurten, with busy and quiet buurten, kinds and hours."""
    buurten = np.array([f"BU0153{w:02d}{b:02d}" for w in range(n_wijken) for b in range(8)])
    weight = rng.lognormal(0, 1.0, len(buurten))
    at = rng.choice(len(buurten), n, p=weight / weight.sum())
    often = rng.lognormal(0, 1.3, len(KINDS))
    kind = rng.choice(KINDS, n, p=often / often.sum())
    day = pd.to_timedelta(rng.integers(0, (END - START).days, n), unit="D")
    hour = pd.to_timedelta((rng.normal(19, 6, n) % 24).astype(int), unit="h")
    x = 1000.0 * at + 100 * rng.integers(0, 10, n) + 50
    return described(
        pd.Series(buurten[at]), pd.Series(kind), pd.Series(START + day + hour),
        pd.Series(x), pd.Series(100.0 * rng.integers(0, 10, n) + 50),
    )  # fmt: skip


def described(
    buurt: pd.Series, kind: pd.Series, moment: pd.Series, x: pd.Series, y: pd.Series
) -> pd.DataFrame:
    """Give incidents with all that a number can be about."""
    moment = moment.dt.as_unit("s")
    return pd.DataFrame(
        {
            "buurt": buurt.to_numpy(),
            "wijk": ("WK" + buurt.str[2:8]).to_numpy(),
            "kind": kind.to_numpy(),
            "moment": moment.to_numpy(),
            "month": moment.dt.to_period("M").dt.start_time.dt.strftime("%Y-%m-%d").to_numpy(),
            "part": (moment.dt.day_of_week.astype(str) + " " + (moment.dt.hour // 6).astype(str))
            .to_numpy(),
            "cell": ("E" + (x // 100).astype(int).astype(str) + "N" + (y // 100).astype(int)
                     .astype(str)).to_numpy(),
        }
    )  # fmt: skip


def within(town: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    """Select a period, end not included."""
    return town[(town["moment"] >= pd.Timestamp(start)) & (town["moment"] < pd.Timestamp(end))]


def one_more(town: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Add an incident like those that are there: where, what and when each from another one."""
    rows = town.iloc[rng.integers(0, len(town), 3)]
    place, what, when = (rows.iloc[[at]].reset_index(drop=True) for at in range(3))
    added = when.assign(
        buurt=place["buurt"], wijk=place["wijk"], cell=place["cell"], kind=what["kind"]
    )
    return pd.concat([town, added], ignore_index=True)
