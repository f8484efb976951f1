"""What is asked of places, what was measured, and whether that is enough."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

LASTING_NULLS = (
    "even",
    "gradient",
    "half park",
    "addresses",
    "hamlets",
    "snapped 30 m",
    "snap points",
    "series",
)

PROTOTYPE = {
    ("even", "busy"): 0.0, ("even", "cluster"): 0.0, ("even", "new"): 0.0,
    ("gradient", "busy"): 0.0, ("gradient", "cluster"): 0.0, ("gradient", "new"): 0.0,
    ("half park", "busy"): 0.0, ("half park", "cluster"): 0.0, ("half park", "new"): 0.02,
    ("streets", "busy"): 0.35, ("streets", "cluster"): 0.33, ("streets", "new"): 0.0,
    ("snapped 30 m", "busy"): 0.0, ("snapped 30 m", "cluster"): 0.0, ("snapped 30 m", "new"): 0.0,
    ("snap points", "busy"): 0.03, ("snap points", "cluster"): 0.0, ("snap points", "new"): 0.0,
    ("series", "busy"): 0.0, ("series", "cluster"): 0.0, ("series", "new"): 0.07,
}  # fmt: skip
"""Shares of null maps with a false alarm at 250 incidents, of the first prototype."""
PROTOTYPE_POWER = {
    ("busy", "RR3 3x3"): (0.0, 0.57), ("busy", "RR5 3x3"): (0.47, 0.93),
    ("busy", "address +10"): (1.0, 1.0), ("busy", "address +15"): (1.0, 1.0),
    ("busy", "address +40"): (1.0, 1.0), ("busy", "line RR5"): (0.33, 0.88),
    ("busy", "24 on the border"): (0.50, 0.78),
    ("cluster", "RR3 3x3"): (0.33, 0.50), ("cluster", "RR5 3x3"): (1.0, 0.95),
    ("cluster", "line RR5"): (1.0, 0.95), ("cluster", "24 on the border"): (1.0, 1.0),
    ("new", "RR3 3x3"): (0.13, 0.35), ("new", "RR5 3x3"): (0.87, 0.93),
    ("new", "address +10"): (1.0, 0.95), ("new", "address +15"): (1.0, 1.0),
    ("new", "address +40"): (1.0, 1.0), ("new", "line RR5"): (0.47, 0.58),
    ("new", "24 on the border"): (1.0, 0.97),
}  # fmt: skip
"""Share of planted places found at 250 incidents on the even null and on streets."""

POWER = {
    ("busy", "address +10"): 0.95, ("busy", "address +15"): 0.95, ("busy", "address +40"): 0.95,
    ("cluster", "RR5 3x3"): 0.90, ("cluster", "line RR5"): 0.90,
    ("cluster", "24 on the border"): 0.90,
    ("new", "RR5 3x3"): 0.80, ("new", "address +10"): 0.90, ("new", "24 on the border"): 0.90,
}  # fmt: skip
"""Share of planted places that a claim must find, at 250 incidents."""
N_OF_POWER = 250


@dataclass(frozen=True)
class Row:
    """
    One measurement.

    Parameters
    ----------
    what : str
    value : float
    bar : float, default NaN
        NaN if nothing is asked.
    most : bool, default True
        Whether the value must be at most the bar, or else at least.
    prototype : str, default ""
        What the first prototype reached.
    """

    what: str
    value: float
    bar: float = math.nan
    most: bool = True
    prototype: str = ""

    @property
    def passed(self) -> bool | None:
        """Tell whether the value is good enough; None if nothing is asked or measured."""
        if math.isnan(self.bar) or math.isnan(self.value):
            return None
        return self.value <= self.bar if self.most else self.value >= self.bar


def show(title: str, rows: Iterable[Row]) -> None:
    """Print a table."""
    print(f"\n{title}\n{'':<52}{'measured':>9}{'bar':>9}{'':>7}  prototype")
    for row in rows:
        bar = "" if math.isnan(row.bar) else f"{'<=' if row.most else '>='} {row.bar:.2f}"
        verdict = {None: "", True: "pass", False: "FAIL"}[row.passed]
        print(f"{row.what:<52}{row.value:>9.3f}{bar:>9}{verdict:>7}  {row.prototype}", flush=True)


def false_alarm(on: str, claim: str) -> float:
    """Give the share of null maps on which a claim may be made; NaN if nothing is asked."""
    if claim == "new":
        return 0.12 if on == "series" else 0.07
    return 0.05 if on in LASTING_NULLS else math.nan
