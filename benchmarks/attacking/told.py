"""Measure what is said of rounded numbers against what was counted."""

import sqlite3

import numpy as np
import pandas as pd

from ipgtools.pipeline import changes
from ipgtools.privacy.protect import round_counts
from ipgtools.privacy.published_numbers import publish


def protected(counts: np.ndarray, rng: np.random.Generator) -> pd.Series:
    """Protect counts, each as a cell of its own."""
    n = pd.Series(counts)
    return round_counts(n, pd.Series([f"{at}" for at in range(len(n))]), rng.bytes(32))


def errors(counts: np.ndarray, rng: np.random.Generator) -> dict[str, float]:
    """Give the mean error of numbers that are shown, and relative errors by size."""
    y = protected(counts, rng).to_numpy(float, na_value=np.nan)
    off = np.abs(y - counts)
    result = {"all": float(np.nanmean(off)), "most": float(np.nanmax(off))}
    for low, high in ((5, 10), (10, 20), (20, 50), (50, np.inf)):
        some = (counts >= low) & (counts < high)
        result[f"from {low}"] = float((off[some] / counts[some]).mean()) if some.any() else np.nan
    return result


def late(counts: np.ndarray, rng: np.random.Generator, share: float = 0.08) -> tuple[float, float]:
    """Give the mean error where a share is registered late: numbers repeated, and made anew."""
    register, secret = sqlite3.connect(":memory:"), rng.bytes(32)
    first = pd.DataFrame(
        {"cell_id": [str(at) for at in range(len(counts))], "n": rng.binomial(counts, 1 - share)}
    )
    publish(register, first, secret, run="1", day="2025-10-01")
    then = first.assign(n=counts)
    held = publish(register, then, secret, run="2", day="2025-11-01")
    fresh = round_counts(then["n"], then["cell_id"], secret)
    both = held.notna() & fresh.notna()
    return tuple(float((y[both] - then["n"][both]).abs().mean()) for y in (held, fresh))


def differs(now: pd.Series, before: pd.Series) -> pd.Series:
    """Tell which numbers a briefing may call more or fewer than before, each by itself."""
    table = pd.DataFrame({"kind": "soort", "n": now, "n_before": before})
    table["n_within"] = table["n_before_within"] = 5
    none = pd.DataFrame()
    none.attrs = {"dispersion": 1.0, "exposure": {"previous": 1.0}}
    found = changes.of_rounded(table, none, alpha=0.05)
    return found["q_value"].notna() & (found["p_value"] <= 0.05)


def false_claims(means: np.ndarray, rng: np.random.Generator, *, n: int) -> np.ndarray:
    """Give how often a difference is claimed between two counts of one mean."""
    claims = []
    for mean in means:
        before, now = (protected(rng.poisson(mean, n), rng) for _ in range(2))
        claims.append(differs(now, before).mean())
    return np.array(claims)


def wrong_way(rng: np.random.Generator, *, n: int) -> tuple[int, int]:
    """Count claims of a rise where counts fell or were equal, or the other way; and claims."""
    mean = rng.uniform(2, 150, n)
    before, now = rng.poisson(mean), rng.poisson(mean * rng.choice([0.5, 0.8, 1, 1.25, 2], n))
    y1, y2 = protected(before, rng), protected(now, rng)
    claimed = differs(y2, y1).to_numpy()
    rose = y2.fillna(4).to_numpy(int) > y1.fillna(4).to_numpy(int)
    wrong = claimed & (np.where(rose, now - before, before - now) <= 0)
    return int(wrong.sum()), int(claimed.sum())
