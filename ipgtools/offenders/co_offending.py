"""
Count how often offences are committed by several persons, and in how large groups.

Group sizes are of offences with a known person; unknown companions are not seen. Networks grow
with the length of the period and with single events of many persons: both are named in the result.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ipgtools.errors import ArgumentError
from ipgtools.offenders._facts import facts

if TYPE_CHECKING:
    from scipy import sparse

    from ipgtools.periods import Period

__all__ = ["MOST_PAIRS", "SIZES", "co_offending", "networks"]

SIZES = (1, 2, 3, 6)
"""Smallest number of persons of each size class of networks: alone, a pair, 3 to 5, 6 or more."""
MOST_PAIRS = 50_000_000
"""More pairs than this are refused: offences of so many persons are events."""


def co_offending(offences: pd.DataFrame, *, period: "Period | None" = None) -> pd.DataFrame:
    """
    Count offences by the number of persons who are known to have committed them together.

    Parameters
    ----------
    offences : DataFrame, n_rows
        OFFENCES: `person` and `offence_id`; `committed_on` with a period.
    period : Period, optional
        Only offences of this period.

    Returns
    -------
    DataFrame, one row per group size
        `n_together` (persons), `n_offences`, `n_participations`, `share_offences`,
        `share_participations`. `attrs` holds the numbers of rows left out and why, `n_offences`,
        `n_persons`, `share_together` (of offences with two or more persons), `share_in_group` (of
        participations in these), `mean_together`, and of the persons `n_only_alone`,
        `n_only_together`, `n_both`.

    Raises
    ------
    ContractError
        If a needed column is missing.

    Notes
    -----
    The share of offences and the share of participations differ, as an offence of four persons is
    one offence and four participations; give both.

    Examples
    --------
    >>> links = pd.DataFrame({"offence_id": ["a", "a", "b", "c"], "person": ["p", "q", "p", "r"]})
    >>> found = co_offending(links)
    >>> found[["n_together", "n_offences", "n_participations"]].values.tolist()
    [[1, 2, 2], [2, 1, 2]]
    >>> round(found.attrs["share_together"], 3), found.attrs["share_in_group"]
    (0.333, 0.5)
    """
    used, about = facts(offences, "offence_id", period=period)
    size = used.groupby("offence_id").size()
    found = size.value_counts().sort_index()
    table = pd.DataFrame(
        {"n_together": found.index.to_numpy(np.int64), "n_offences": found.to_numpy(np.int64)}
    )
    table["n_participations"] = table["n_together"] * table["n_offences"]
    for name in ("offences", "participations"):
        table[f"share_{name}"] = table[f"n_{name}"] / max(table[f"n_{name}"].sum(), 1)
    together = used["offence_id"].map(size) > 1
    often = together.groupby(used["person"]).agg(["any", "all"])
    group = table["n_together"] > 1
    table.attrs = about | {
        "n_offences": len(size),
        "share_together": float(table.loc[group, "share_offences"].sum()),
        "share_in_group": float(table.loc[group, "share_participations"].sum()),
        "mean_together": float(size.mean()) if len(size) else np.nan,
        "n_only_alone": int((~often["any"]).sum()),
        "n_only_together": int(often["all"].sum()),
        "n_both": int((often["any"] & ~often["all"]).sum()),
    }
    return table


def networks(
    offences: pd.DataFrame, *, period: "Period | None" = None, max_together: int | None = None
) -> pd.DataFrame:
    """
    Count the groups of persons who are linked by offences that they committed together.

    Two persons are linked if an offence of the period has both; a network is all who are linked
    directly or through others.

    Parameters
    ----------
    offences : DataFrame, n_rows
        As for `co_offending`.
    period : Period, optional
        Only offences of this period. A period twice as long can make networks many times larger.
    max_together : int, optional
        Leave out offences of more persons: single events that link all who were there.

    Returns
    -------
    DataFrame, one row per size class
        `from_persons`, `to_persons` (missing for the last class), `n_networks`, `n_persons`,
        `share_persons`. `attrs` holds the numbers of rows left out and why, `n_events_left_out`,
        `largest` (persons), `n_pairs`, `n_repeat_pairs` (seen in two or more offences),
        `n_pair_events`, `max_pair_events`, and `transitivity`: of all persons who share a third
        one, the part that is linked itself. One offence of six gives twenty triangles, so that it
        says little unless large groups are left out.

    Raises
    ------
    ContractError
        If a needed column is missing.
    ArgumentError
        If offences of very many persons give more than 50 million pairs.

    References
    ----------
    Sarnecki (2001), Delinquent Networks: youth co-offending in Stockholm; the size classes are his.

    Examples
    --------
    >>> links = pd.DataFrame({"offence_id": ["a", "a", "b", "b", "c"],
    ...                       "person": ["p", "q", "q", "r", "s"]})
    >>> networks(links)[["from_persons", "n_networks", "n_persons"]].values.tolist()
    [[1, 1, 1], [2, 0, 0], [3, 1, 3], [6, 0, 0]]
    """
    from scipy import sparse
    from scipy.sparse import csgraph

    used, about = facts(offences, "offence_id", period=period)
    size = used.groupby("offence_id")["person"].transform("size")
    left_out = 0
    if max_together is not None:
        left_out = int(used.loc[size > max_together, "offence_id"].nunique())
        used, size = used[size <= max_together], size[size <= max_together]
    n_pair_rows = int((size.astype("int64") - 1).sum())
    if n_pair_rows > 2 * MOST_PAIRS:
        msg = (
            f"offences of up to {int(size.max())} persons give {n_pair_rows // 2} pairs; leave "
            "events out with `max_together`"
        )
        raise ArgumentError(msg, code="pairs_too_many", found=n_pair_rows // 2, most=MOST_PAIRS)
    person, persons = pd.factorize(used["person"])
    offence = pd.factorize(used["offence_id"])[0]
    n_offences = int(offence.max()) + 1 if len(offence) else 0
    took_part = sparse.csr_array(
        (np.ones(len(used), dtype=np.int32), (offence, person)), shape=(n_offences, len(persons))
    )
    shared = (took_part.T @ took_part).tocsr()
    shared.setdiag(0)
    shared.eliminate_zeros()
    of = csgraph.connected_components(shared, directed=False)[1] if len(persons) else []
    sizes = np.bincount(of) if len(persons) else np.zeros(0, dtype=np.int64)
    table = _by_size(sizes)
    events = sparse.triu(shared, format="csr").data
    table.attrs = about | {
        "max_together": max_together,
        "n_events_left_out": left_out,
        "n_persons": len(persons),
        "largest": int(sizes.max()) if len(sizes) else 0,
        "n_pairs": len(events),
        "n_repeat_pairs": int((events > 1).sum()),
        "n_pair_events": int(events.sum()),
        "max_pair_events": int(events.max()) if len(events) else 0,
        "transitivity": _transitivity(shared),
    }
    return table


def _by_size(sizes: np.ndarray) -> pd.DataFrame:
    """Count networks and persons by size class."""
    at = np.searchsorted(SIZES, sizes, side="right") - 1
    n_persons = np.bincount(at, weights=sizes, minlength=len(SIZES)).astype(np.int64)
    return pd.DataFrame(
        {
            "from_persons": SIZES,
            "to_persons": pd.array([*(one - 1 for one in SIZES[1:]), pd.NA], dtype="Int64"),
            "n_networks": np.bincount(at, minlength=len(SIZES)),
            "n_persons": n_persons,
            "share_persons": n_persons / max(n_persons.sum(), 1),
        }
    )


def _transitivity(shared: "sparse.csr_array") -> float:
    """Return the part of connected triples that are triangles."""
    linked = shared.copy()
    linked.data = np.ones_like(linked.data, dtype=np.int64)
    degree = np.asarray(linked.sum(axis=1)).ravel()
    triples = int((degree * (degree - 1)).sum())
    if not triples:
        return float("nan")
    return float((linked @ linked).multiply(linked).sum()) / triples
