"""Select the facts of offenders that a pattern is counted from."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ipgtools.errors import ContractError
from ipgtools.offenders.classes import ended_otherwise

if TYPE_CHECKING:
    from ipgtools.periods import Period

__all__ = ["facts", "in_order"]


def facts(
    offences: pd.DataFrame, *columns: str, period: "Period | None" = None
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Return one row per person and offence, and how many rows are left out for which reason."""
    needed = ("person", *columns, *(("committed_on",) if period is not None else ()))
    if missing := [name for name in dict.fromkeys(needed) if name not in offences]:
        msg = f"`offences` lacks {', '.join(missing)}, which this pattern is counted from"
        breaches = "; ".join(f"{name}: column is missing" for name in missing)
        raise ContractError(msg, code="contract", table="OFFENCES", breaches=breaches)
    table = offences.reset_index(drop=True)
    reasons = {"n_without_person": table["person"].isna()}
    if "outcome" in table:
        reasons["n_ended_otherwise"] = ended_otherwise(table["outcome"])
    for name, reason in (
        ("offence_id", "n_without_offence"),
        ("committed_on", "n_without_date"),
        ("category", "n_without_kind"),
        ("age", "n_without_age"),
    ):
        if name in needed:
            reasons[reason] = table[name].isna()
    if period is not None:
        reasons["n_outside_period"] = ~period.contains(table["committed_on"])
    about: dict[str, Any] = {"n_rows": len(table)}
    kept = pd.Series(data=True, index=table.index)
    for reason, holds in reasons.items():
        out = kept & holds.fillna(value=True).astype(bool)
        about[reason] = int(out.sum())
        kept &= ~out
    used = table[kept]
    if "offence_id" in used:
        again = used["offence_id"].notna() & used.duplicated(["person", "offence_id"])
        about["n_repeated"] = int(again.sum())
        used = used[~again]
    about["n_used"], about["n_persons"] = len(used), int(used["person"].nunique())
    if period is not None:
        about["period"] = repr(period)
    return used.reset_index(drop=True), about


def in_order(used: pd.DataFrame, rng: np.random.Generator) -> tuple[pd.DataFrame, np.ndarray]:
    """Sort facts by person and day, equal days at random, and mark those with a next one."""
    person = pd.factorize(used["person"])[0]
    day = pd.to_datetime(used["committed_on"]).dt.normalize().to_numpy()
    order = np.lexsort((rng.random(len(used)), day, person))
    mine = person[order]
    followed = np.append(mine[1:] == mine[:-1], False)
    return used.iloc[order].reset_index(drop=True), followed[: len(used)]
