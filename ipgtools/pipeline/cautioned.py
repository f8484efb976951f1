"""Choose the cautions a briefing says: those not said already that its audience may read."""

import pandas as pd

from ipgtools import cautions, privacy
from ipgtools.pipeline.inputs import Inputs

_SAID_ELSEWHERE = {
    "too_few", "few_per_cell", "silence", "stacked", "snapped", "outside", "without_time",
}  # fmt: skip


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
        cell_size=inputs.cell_size,
        bandwidth=bandwidth,
        fewest=choices.fewest,
        alpha=choices.alpha,
    )
    return allowed(table, inputs.profile)["text"].tolist()


def allowed(table: pd.DataFrame, profile: privacy.Profile) -> pd.DataFrame:
    """
    Keep the cautions that a briefing for an audience may say.

    A profile names them: those for others than the police hold no count and no name of a source.

    Parameters
    ----------
    table : DataFrame
        From `cautions.review`.
    profile : Profile
        Of who reads the briefing.

    Returns
    -------
    DataFrame
        Some rows of `table`.

    Examples
    --------
    >>> found = pd.DataFrame({"code": ["uncovered", "mixed_reporting", "stacked"], "n": [1, 3, 9]})
    >>> [allowed(found, privacy.profile(who))["code"].tolist() for who in ("partner", "politie")]
    [['uncovered'], ['uncovered', 'mixed_reporting']]
    """
    said_here = table["code"].isin(profile.shown.cautions) & ~table["code"].isin(_SAID_ELSEWHERE)
    return table[said_here]
