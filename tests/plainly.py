"""Release tables with numbers rounded to the nearest, so that tests can say what comes out."""

from typing import Any

import pandas as pd

from ipgtools import privacy
from ipgtools.periods import Period
from ipgtools.privacy.definitions import About

ABOUT = About(
    source="bvh",
    area="WK015301",
    division=2025,
    periods={
        "now": Period("2025-09-01", "2025-12-01"),
        "previous": Period("2025-06-01", "2025-09-01"),
        "last_year": Period("2024-09-01", "2024-12-01"),
    },
    kinds=("alle soorten",),
    cell_size=200,
)


def nearest(counts: pd.Series, cells: pd.DataFrame) -> pd.DataFrame:
    """Withhold small numbers and round the others, without a secret or a register."""
    counts, base = counts.astype("Int64"), cells["base"]
    shown = ((counts + base // 2) // base * base).mask(counts < cells["threshold"])
    return pd.DataFrame({"n": shown, "within": base.astype("Int64")})


def released(table: pd.DataFrame, audience: Any, **how: Any) -> privacy.Released:
    """Pass a table through the gate."""
    return privacy.gate(table, audience, about=ABOUT, protect=nearest, **how)
