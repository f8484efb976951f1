"""
List every statement that speaks of chance, with the test it rests on and its error rates.

Nothing in a briefing, map or notebook may speak of chance, expectation or certainty unless it
is listed here; what is not tested is given as a count. Tests compare this list with the texts of
`ipgtools.nl` and repeat the simulations (``make calibrate``).
"""

from ipgtools.highlights.claims.briefing import BRIEFING
from ipgtools.highlights.claims.claim import SIMULATED, Claim
from ipgtools.highlights.claims.data import DATA
from ipgtools.highlights.claims.patterns import PATTERNS
from ipgtools.nl import claims as words

CLAIMS: dict[str, Claim] = {one.key: one for one in (*BRIEFING, *DATA, *PATTERNS)}
"""Claims by key: those of a briefing, those on the data, those of maps and notebooks."""


def markdown() -> str:
    """Return the table of claims in Dutch, as it is in ``docs/verantwoording.md``."""
    rows = [
        (one.key, one.false_alarm, one.n_maps, one.power, one.n_planted) for one in CLAIMS.values()
    ]
    return words.section(rows)


__all__ = ["CLAIMS", "SIMULATED", "Claim", "markdown"]
