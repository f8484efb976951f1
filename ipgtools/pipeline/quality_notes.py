"""Choose the cautions a briefing says: those not said already that its audience may read."""

from typing import Any

import pandas as pd

from ipgtools import data_quality, nl, privacy
from ipgtools.nl.sentences import data_quality as caution_words
from ipgtools.pipeline.inputs import Inputs

__all__ = ["allowed", "select"]

_NAMES_SOURCES = {"source_late", "source_early"}
"""Cautions that name the file they are about."""
_SAID_ELSEWHERE = {
    "too_few", "few_per_cell", "silence", "stacked", "snapped", "outside", "without_time",
}  # fmt: skip


def select(inputs: Inputs, *, bandwidth: float | None) -> tuple[list[str], list[str]]:
    """Give the cautions of a briefing, as Dutch lines: those it says, and those that stay."""
    choices = inputs.settings.analysis
    table = data_quality.check_all(
        inputs.everywhere,
        inputs.study.parts,
        period=inputs.period,
        cell_size=inputs.cell_size,
        bandwidth=bandwidth,
        min_incidents=choices.fewest,
        alpha=choices.alpha,
    )
    shown = allowed(table, inputs.profile)
    kept = table[~table["code"].isin([*_SAID_ELSEWHERE, *shown["code"]])]
    told, stays = ([_without_names(row) for row in one.itertuples()] for one in (shown, kept))
    return told, stays


def _without_names(row: Any) -> str:
    """Give the words of a caution; a file that it is about is not named."""
    if row.code not in _NAMES_SOURCES:
        return str(row.text)
    words = caution_words.source_late if row.code == "source_late" else caution_words.source_early
    return words("", nl.date(pd.Timestamp(row.facts["day"])))


def allowed(table: pd.DataFrame, profile: privacy.Profile) -> pd.DataFrame:
    """
    Keep the cautions that a briefing for an audience may say.

    A profile names them: those for others than the police hold no count and no name of a source.

    Examples
    --------
    >>> found = pd.DataFrame({"code": ["fine_bandwidth", "uncovered", "stacked"], "n": [1, 3, 9]})
    >>> [allowed(found, privacy.profile(who))["code"].tolist() for who in ("partner", "politie")]
    [['fine_bandwidth'], ['fine_bandwidth', 'uncovered']]
    """
    said_here = table["code"].isin(profile.shown.cautions) & ~table["code"].isin(_SAID_ELSEWHERE)
    return table[said_here]
