"""
Guess withheld counts of a table from its margins.

The attacker knows how often a withheld count is 0 to 4 over the whole town, and weighs for
each withheld cell which counts fit the published totals of its row and column.
"""

import numpy as np
import pandas as pd

from attacking.blocks import log_chance
from attacking.differencing import chances


def gain(
    counts: np.ndarray, inside: np.ndarray, rows: np.ndarray, columns: np.ndarray
) -> tuple[int, int, int]:
    """
    Attack one table.

    Parameters
    ----------
    counts : ndarray of int, n_rows by n_columns
        The truth.
    inside, rows, columns : ndarray of float
        What is published of the cells and of their margins; -1 is withheld.

    Returns
    -------
    withheld, from_alone, from_margins : int
        Withheld cells, and how many of them are guessed right.
    """
    small = np.array([(counts[inside < 0] == k).sum() for k in range(5)], dtype=float) + 0.5
    small /= small.sum()
    along, across = _messages(inside, rows, small), _messages(inside.T, columns, small)
    post = small * along * across.transpose(1, 0, 2)
    gone = inside < 0
    return (
        int(gone.sum()),
        int((counts[gone] == small.argmax()).sum()),
        int((counts == post.argmax(axis=2))[gone].sum()),
    )


def proven(inside: np.ndarray, rows: np.ndarray) -> tuple[int, int, int]:
    """
    Count withheld cells about which the total of their row proves something.

    Returns
    -------
    present, zero, narrow : int
        Proven to hold an incident; proven to hold none; fewer than five possible counts. Before
        any repair by the audit.
    """
    low = np.where(inside < 0, 0, np.maximum(inside - 4, 5))
    high = np.where(inside < 0, 4, inside + 4)
    low_total = np.where(rows < 0, 0, np.maximum(rows - 4, 5))[:, None]
    high_total = np.where(rows < 0, 4, rows + 4)[:, None]
    least = np.maximum(low, low_total - (high.sum(axis=1, keepdims=True) - high))
    most = np.minimum(high, high_total - (low.sum(axis=1, keepdims=True) - low))
    gone = inside < 0
    return (
        int((least[gone] > 0).sum()),
        int((most[gone] == 0).sum()),
        int(((most - least)[gone] < 4).sum()),
    )


def _messages(inside: np.ndarray, totals: np.ndarray, small: np.ndarray) -> np.ndarray:
    """Weigh the counts 0 to 4 of each cell by the published total of its row."""
    result = np.ones((*inside.shape, 5))
    for at, (row, total) in enumerate(zip(inside, totals, strict=True)):
        each = [small if y < 0 else chances(y) for y in row]
        for cell in np.flatnonzero(row < 0):
            rest = np.ones(1)
            for other, pmf in enumerate(each):
                if other != cell:
                    rest = np.convolve(rest, pmf)
            for k in range(5):
                sums = np.arange(len(rest)) + k
                fits = np.exp(log_chance(np.full(len(rest), total), sums))
                result[at, cell, k] = rest @ fits
    return result / np.maximum(result.sum(axis=2, keepdims=True), 1e-300)


def table(town: pd.DataFrame) -> pd.DataFrame:
    """Count incidents by buurt and kind."""
    return pd.crosstab(town["buurt"], town["kind"])
