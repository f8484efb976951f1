"""Count which kind of offence follows which, and test whether persons keep to a kind."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ipgtools.offenders._facts import facts, in_order

if TYPE_CHECKING:
    from ipgtools.periods import Period

__all__ = ["OTHER", "switching"]

OTHER = "other"
"""All kinds that are not among the most frequent."""


def switching(
    offences: pd.DataFrame,
    *,
    period: "Period | None" = None,
    max_kinds: int = 8,
    n_permutations: int = 999,
    rng: np.random.Generator | None = None,
) -> pd.DataFrame:
    """
    Count which kind follows which in the offences of one person, beside what chance gives.

    Two tests by permutation. Dealing all kinds over all offences at random tells whether persons
    keep to kinds (specialise). Dealing each person's own kinds over the person's own offences
    tells whether the *order* matters beyond that: whether the same kind follows sooner.

    Parameters
    ----------
    offences : DataFrame, n_rows
        OFFENCES: `person`, `committed_on`, `category`.
    period : Period, optional
        Only offences of this period.
    max_kinds : int, default 8
        The most frequent kinds; the rest is "other", and two of these are no same kind.
    n_permutations : int, default 999
        Draws of each test.
    rng : Generator, optional
        For the draws and the order of offences on one day; seeded with 0 if not given.

    Returns
    -------
    DataFrame, one row per kind and next kind that occurs
        `kind`, `next_kind`, `n`, `expected` (kinds dealt over all offences). `attrs` holds the
        numbers of rows left out and why, `n_transitions`, `n_same`, `expected_same`,
        `expected_same_order` (own kinds in random order), and one-sided `p_specialised` and
        `p_order`; None without transitions.

    Raises
    ------
    ContractError
        If a needed column is missing.

    Notes
    -----
    Kinds of which police become aware only by going after them follow the attention of the
    police, too. Offences of one investigation are often of one kind.

    References
    ----------
    Farrington, Snyder & Finnegan (1988), Criminology 26, 461-488: transitions and specialisation.

    Examples
    --------
    >>> days = pd.date_range("2025-01-01", periods=6)
    >>> table = pd.DataFrame({"person": list("aaabbb"), "committed_on": days,
    ...                       "category": ["A", "A", "A", "B", "B", "B"]})
    >>> found = switching(table, n_permutations=99)
    >>> found[["kind", "next_kind", "n"]].values.tolist()
    [['A', 'A', 2], ['B', 'B', 2]]
    >>> found.attrs["n_same"], round(found.attrs["expected_same"], 1)
    (4, 1.6)
    """
    rng = np.random.default_rng(0) if rng is None else rng
    used, about = facts(offences, "committed_on", "category", period=period)
    used, followed = in_order(used, rng)
    kinds = used["category"].astype("str")
    frequent = kinds.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    kinds = kinds.where(kinds.isin(frequent.index[:max_kinds]), OTHER)
    code, names = pd.factorize(kinds, sort=True)
    counted = np.array([name != OTHER for name in names], dtype=bool)
    at = np.flatnonzero(followed)
    n_kinds = len(names)
    following = code[at + 1] if len(at) else code[:0]
    pairs = np.bincount(code[at] * n_kinds + following, minlength=n_kinds**2)
    share = np.bincount(code, minlength=n_kinds)
    total = max(len(code), 1)
    table = pd.DataFrame(
        {
            "kind": np.repeat(names.to_numpy(), n_kinds),
            "next_kind": np.tile(names.to_numpy(), n_kinds),
            "n": pairs,
        }
    )
    both = share[:, None] * (share[None, :] - np.eye(n_kinds))
    table["expected"] = len(at) * both.ravel() / (total * max(total - 1, 1))
    same = np.repeat(np.arange(n_kinds), n_kinds) == np.tile(np.arange(n_kinds), n_kinds)
    same &= np.repeat(counted, n_kinds)
    about |= {
        "n_transitions": len(at),
        "n_same": int(table.loc[same, "n"].sum()),
        "expected_same": float(table.loc[same, "expected"].sum()),
    }
    about |= _tested(code, counted, used["person"], at, about["n_same"], n_permutations, rng)
    table = table[table["n"] > 0].reset_index(drop=True)
    table.attrs = about
    return table


def _tested(
    code: np.ndarray, counted: np.ndarray, person: pd.Series, at: np.ndarray, n_same: int,
    n_permutations: int, rng: np.random.Generator,
) -> dict[str, float | None]:  # fmt: skip
    """Return the p-values of dealing kinds over all offences, and within persons."""
    if not len(at) or n_permutations < 1:
        return {"expected_same_order": None, "p_specialised": None, "p_order": None}
    mine = pd.factorize(person)[0]

    def same(dealt: np.ndarray) -> int:
        one = dealt[at]
        return int(((one == dealt[at + 1]) & counted[one]).sum())

    over_all = np.array([same(rng.permutation(code)) for _ in range(n_permutations)])
    within = np.array(
        [same(code[np.lexsort((rng.random(len(code)), mine))]) for _ in range(n_permutations)]
    )
    return {
        "expected_same_order": float(within.mean()),
        "p_specialised": float((1 + (over_all >= n_same).sum()) / (n_permutations + 1)),
        "p_order": float((1 + (within >= n_same).sum()) / (n_permutations + 1)),
    }
