"""Define one claim: a statement that rests on a test, and how often that test errs and finds."""

from dataclasses import dataclass
from math import isfinite, nan

__all__ = ["SIMULATED", "Claim"]

SIMULATED = ("test_chance_alone_seldom_makes_a_claim", "test_a_planted_effect_is_found")
"""Tests that run the simulations of every claim."""


@dataclass(frozen=True)
class Claim:
    """
    A statement that speaks of chance or of expectation.

    Parameters
    ----------
    key : str
        Name of the claim.
    statement : str
        What it states, in English.
    words : tuple of str
        Functions and constants of `ipgtools.nl` that state it, by their name within that
        package. The name of a dict stands for all its entries.
    null : str
        What is simulated where the claim is false.
    planted : str
        What is simulated where it is true.
    level : float
        Nominal false-alarm rate.
    false_alarm, power : float
        Share of the simulated maps on which the claim is made: where it is false, and where it
        is true. As measured by ``make calibrate``; NaN where not measured.
    n_maps, n_planted : int
        Maps that these shares are of.
    tests : tuple of str
        Names of tests that hold it, besides `SIMULATED`.
    """

    key: str
    statement: str
    words: tuple[str, ...]
    null: str
    planted: str
    level: float = 0.05
    false_alarm: float = nan
    power: float = nan
    n_maps: int = 400
    n_planted: int = 100
    tests: tuple[str, ...] = ()

    @property
    def measured(self) -> bool:
        """Whether both rates are known."""
        return isfinite(self.false_alarm) and isfinite(self.power)
