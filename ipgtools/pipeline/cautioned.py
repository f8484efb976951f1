"""Choose the cautions a briefing says: those not said already that its audience may read."""

from typing import Any

import pandas as pd

from ipgtools import cautions, nl
from ipgtools.nl.sentences import cautions as caution_words
from ipgtools.pipeline.inputs import Inputs
from ipgtools.privacy import RULES

_SAID_ELSEWHERE = {
    "too_few", "few_per_cell", "silence", "stacked", "snapped", "outside", "without_time",
}  # fmt: skip
_WITHOUT_NUMBERS = {"fine_bandwidth", "uncovered"}
_NAMES_SOURCES = {"source_late", "source_early"}


def said(inputs: Inputs, *, bandwidth: float | None) -> list[str]:
    """
    Give the cautions of a briefing, as Dutch lines.

    Parameters
    ----------
    inputs : Inputs
        What was read.
    bandwidth : float or None
        Of the density, in metres; None where there is no density.

    Returns
    -------
    list of str
        One line each, what weighs most first.
    """
    choices = inputs.settings.analysis
    table = cautions.review(
        inputs.everywhere,
        inputs.study.parts,
        period=inputs.period,
        cell_size=choices.cell_size,
        bandwidth=bandwidth,
        fewest=choices.fewest,
        alpha=choices.alpha,
    )
    shown = allowed(table, inputs.settings.output.audience)
    return [_without_names(row) for row in shown.itertuples()]


def _without_names(row: Any) -> str:
    """Give the words of a caution; a file that it is about is not named."""
    if row.code not in _NAMES_SOURCES:
        return str(row.text)
    words = caution_words.source_late if row.code == "source_late" else caution_words.source_early
    return words("", nl.date(pd.Timestamp(row.facts["day"])))


def allowed(table: pd.DataFrame, audience: str) -> pd.DataFrame:
    """
    Keep the cautions that a briefing for an audience may say.

    The police read all. Partners read no name of a source and no count under their threshold;
    the public reads those lines only that hold no count.

    Parameters
    ----------
    table : DataFrame
        From `cautions.review`.
    audience : str
        Who reads the briefing.

    Returns
    -------
    DataFrame
        Some rows of `table`.

    Examples
    --------
    >>> found = pd.DataFrame({"code": ["uncovered", "mixed_reporting", "stacked"], "n": [1, 3, 9]})
    >>> [allowed(found, who)["code"].tolist() for who in ("openbaar", "partner", "politie")]
    [['uncovered'], ['uncovered'], ['uncovered', 'mixed_reporting']]
    """
    table = table[~table["code"].isin(_SAID_ELSEWHERE)]
    if audience == "politie":
        return table
    free = table["code"].isin(_WITHOUT_NUMBERS)
    if audience == "openbaar":
        return table[free]
    large = (table["n"] >= RULES[audience].smallest) & ~table["code"].isin(_NAMES_SOURCES)
    return table[free | large]
