"""
Guess the count of each small step of time from counts over longer periods.

The attacker knows the mean of each area and how rounding works, and draws counts that fit all
that was published (Gibbs sampling over whole counts, with the exact chance of each published
number). He starts from the truth, which no attacker has: what he reaches is an upper bound.
"""

import numpy as np


def windows(n: int, lengths: tuple[int, ...], *, rolling: bool) -> np.ndarray:
    """List periods by first and last step: one after the other, or a new one every step."""
    found = [
        (start, start + length)
        for length in lengths
        for start in range(0, n - length + 1, 1 if rolling else length)
    ]
    return np.array(sorted(set(found)))


def rounded(sums: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Protect counts with a fresh draw each; -1 is withheld."""
    left = sums % 5
    up = 5 * rng.random(sums.shape) < left
    return np.where(sums < 5, -1, sums - left + 5 * up)


def log_chance(published: np.ndarray, sums: np.ndarray) -> np.ndarray:
    """Give the log chance of a published number for each count it may stand for."""
    chance = np.where(
        published < 0, sums < 5, (sums >= 5) * np.maximum(0, 1 - np.abs(sums - published) / 5)
    )
    with np.errstate(divide="ignore"):
        return np.log(chance)


def guess(
    counts: np.ndarray,
    periods: np.ndarray,
    rng: np.random.Generator,
    *,
    sweeps: int = 150,
    burn: int = 50,
    likely: int = 0,
) -> tuple[float, float]:
    """
    Attack.

    Parameters
    ----------
    counts : ndarray of int, n_areas by n_steps
        The truth.
    periods : ndarray of int, n_periods by 2
        What is published of each area.

    Returns
    -------
    base, success : float
        Share of steps guessed right from the mean alone, and with what was published.
    """
    n_areas, n_steps = counts.shape
    mean = np.maximum(counts.mean(axis=1), 0.05)
    most = int(counts.max()) + 6
    values = np.arange(most + 1)
    log_factorial = np.concatenate([[0], np.cumsum(np.log(np.arange(1, most + 1)))])
    prior = values * np.log(mean)[:, None] - mean[:, None] - log_factorial
    base = float((counts == prior.argmax(axis=1)[:, None]).mean())
    inside = (periods[:, :1] <= np.arange(n_steps)) & (np.arange(n_steps) < periods[:, 1:])
    sums = counts @ inside.T.astype(int)
    published = rounded(sums, rng)
    state = counts.copy()
    seen = np.zeros((n_areas, n_steps, most + 1))
    for sweep in range(sweeps):
        for step in rng.permutation(n_steps):
            holding = np.flatnonzero(inside[:, step])
            without = sums[:, holding] - state[:, step, None]
            fits = log_chance(
                published[:, None, holding], without[:, None, :] + values[None, :, None]
            ).sum(axis=2)
            log_post = prior + fits
            post = np.exp(log_post - log_post.max(axis=1, keepdims=True))
            post /= post.sum(axis=1, keepdims=True)
            if sweep >= burn:
                seen[:, step] += post
            drawn = (post.cumsum(axis=1) < rng.random((n_areas, 1))).sum(axis=1)
            state[:, step] = np.minimum(drawn, most)
            sums[:, holding] = without + state[:, step, None]
    return base, float((counts == seen.argmax(axis=2)).mean())
