"""
Find one incident from two releases, one before and one after it was registered.

`changed` counts the numbers that change where everything was published before; with a shared
register none may. `other_definitions` is the attack that is left: the second release has
numbers that the first had not (months, kinds of each buurt, the year), which together count
what a published number counted before.
"""

import sqlite3
from functools import lru_cache
from itertools import pairwise

import numpy as np
import pandas as pd

from attacking.blocks import log_chance
from attacking.releases import Lists, briefing, numbers
from attacking.town import one_more, within
from ipgtools.privacy.protect import round_counts
from ipgtools.privacy.published_numbers import publish

MOST = 400
"""Larger counts than this are not attacked: they hide one incident better."""


def changed(
    town: pd.DataFrame,
    asked: list[tuple[str, str, str]],
    rng: np.random.Generator,
    *,
    pairs: int,
) -> tuple[int, int, int]:
    """
    Count pairs of releases, one incident apart, that differ.

    Returns
    -------
    numbers, with_register, without : int
        Numbers compared; pairs that differ in any of them.
    """
    lists = Lists(town)
    compared = with_register = without = 0
    for place, (wijk, start, end) in enumerate(asked):
        register = sqlite3.connect(":memory:", isolation_level=None)
        secret = rng.bytes(32)
        first = briefing(town, wijk, start, end, lists)
        before = publish(register, first, secret, run="1", day=end)
        here = within(town[town["wijk"] == wijk], start, end)
        for _ in range(pairs // len(asked) + (place < pairs % len(asked))):
            added = one_more(here, rng).iloc[-1:]
            second = briefing(pd.concat([town, added]), wijk, start, end, lists)
            # a grid cell without incidents is withheld as any other small one
            both = first[["cell_id"]].merge(second[["cell_id", "n"]], how="left").fillna({"n": 0})
            register.execute("BEGIN IMMEDIATE")
            after = publish(register, both, secret, run="2", day=end)
            register.execute("ROLLBACK")
            fresh = round_counts(both["n"], both["cell_id"], secret)
            compared += len(after)
            with_register += _differ(before, after)
            without += _differ(before, fresh)
    return compared, with_register, without


def other_definitions(
    town: pd.DataFrame,
    asked: list[tuple[str, str, str]],
    rng: np.random.Generator,
    *,
    pairs: int,
) -> dict[str, np.ndarray]:
    """
    Guess buurt, kind and part of the week of the incident that came in between.

    Each quarter was published before; the months, the year and the kinds of each buurt after.

    Returns
    -------
    dict
        For each, the share guessed right from the published quarter alone; from all that is
        published if the second release lacks the incident (what it tells of where things
        happen anyway); and from all that is published. The attack gains the last less the
        larger of the others.
    """
    lists = Lists(town)
    asks = {wijk: _Asking(town, wijk, start, end, lists) for wijk, start, end in asked}
    right = {name: np.zeros(3) for name in KEYS}
    for pair in range(pairs):
        ask = asks[asked[pair % len(asked)][0]]
        added = ask.drawn(rng)
        secret = rng.bytes(32)
        for name, score in right.items():
            known = ask.publish(ask.year, name, secret, ask.quarter)
            weight = np.maximum(known[:, 0], 2.0)
            afters = (ask.year, np.vstack([ask.year, added]))
            guesses = [weight, *(weight * ask.ratio(known, one, name, secret) for one in afters)]
            truth = added[COLUMNS.index(name)]
            score += [one.argmax() == truth for one in guesses]
    return {name: found / pairs for name, found in right.items()}


KEYS = {"buurt": "area", "kind": "kinds", "part": "part"}
COLUMNS = [*KEYS, "day"]


class _Asking:
    """What is published of a wijk: incidents as whole numbers, ids of cells made once."""

    def __init__(self, town: pd.DataFrame, wijk: str, start: str, end: str, lists: Lists) -> None:
        ends = [str((pd.Timestamp(end) - pd.DateOffset(months=m)).date()) for m in range(0, 13, 3)]
        months = pd.date_range(start, end, freq="MS").strftime("%Y-%m-%d")
        self.wijk, self.lists = wijk, lists
        self.quarter, self.whole = (start, end), (ends[-1], end)
        self.quarters = list(zip(ends[1:], ends[:-1], strict=True))
        self.months = list(pairwise(months))
        self.labels = {
            "buurt": lists.buurten[wijk], "kind": [*lists.kinds], "part": lists.parts
        }  # fmt: skip
        year = within(town[town["wijk"] == wijk], *self.whole)
        codes = [pd.Categorical(year[name], values).codes for name, values in self.labels.items()]
        self.year = np.column_stack([*codes, year["moment"].to_numpy("datetime64[D]").astype(int)])
        self.ids: dict[tuple, pd.Series] = {}

    def drawn(self, rng: np.random.Generator) -> np.ndarray:
        """Draw an incident like those of the quarter."""
        rows = self._within(self.year, self.quarter)
        return np.array([rng.choice(rows[:, at]) for at in range(rows.shape[1])])

    def publish(
        self,
        rows: np.ndarray,
        name: str,
        secret: bytes,
        ends: tuple[str, str],
        split: str | None = None,
    ) -> np.ndarray:
        """Give the published numbers: a row for each label, a column for each part."""
        by = [one for one in (name, split) if one is not None]
        size = [len(self.labels[one]) for one in by]
        some = self._within(rows, ends)[:, [COLUMNS.index(one) for one in by]]
        n = np.bincount(np.ravel_multi_index(some.T, size), minlength=int(np.prod(size)))
        if (asked := (name, ends, split)) not in self.ids:
            values = [self.labels[one] for one in by]
            table = pd.MultiIndex.from_product(values, names=[KEYS[one] for one in by]).to_frame()
            fixed = {} if "area" in table else {"area": self.wijk}
            made = numbers(table, self.lists, start=ends[0], end=ends[1], **fixed)
            self.ids[asked] = made["cell_id"].reset_index(drop=True)
        y = round_counts(pd.Series(n), self.ids[asked], secret).to_numpy(float, na_value=-1)
        return y.reshape(size[0], -1)

    def ratio(self, known: np.ndarray, after: np.ndarray, name: str, secret: bytes) -> np.ndarray:
        """Weigh for each label whether the second release holds one more than the first."""
        months = [self.publish(after, name, secret, ends) for ends in self.months]
        result = _ratio(known, np.hstack(months))
        old = [self.publish(self.year, name, secret, ends) for ends in self.quarters]
        whole = self.publish(after, name, secret, self.whole)
        result = result * _ratio(whole, np.hstack(old), less=1)
        if name != "part":
            split = "kind" if name == "buurt" else "buurt"
            now = self.publish(after, name, secret, self.quarter, split)
            result = result * _ratio(known, now)
        return result

    def _within(self, rows: np.ndarray, ends: tuple[str, str]) -> np.ndarray:
        first, last = (np.datetime64(end, "D").astype(int) for end in ends)
        return rows[(rows[:, -1] >= first) & (rows[:, -1] < last)]


def _differ(before: pd.Series, after: pd.Series) -> bool:
    return before.fillna(-1).tolist() != after.fillna(-1).tolist()


def _ratio(whole: np.ndarray, parts: np.ndarray, *, less: int = 0) -> np.ndarray:
    """
    Give how much likelier one incident more makes what was published, for each label.

    Parameters
    ----------
    whole : ndarray, n_labels by 1
        A number for each label.
    parts : ndarray, n_labels by n_parts
        Numbers that add up to what `whole` counts, and one incident more; with `less` the
        whole was counted later, and has one more than the parts.
    """
    ratios = []
    for one, others in zip(whole[:, 0], parts, strict=True):
        if one > MOST:
            ratios.append(1.0)
            continue
        total = chances(one)
        summed = np.ones(1)
        for other in others:
            summed = np.convolve(summed, chances(other))[: MOST + 60]
        size = max(len(total), len(summed)) + 2
        total, summed = (np.pad(p, (0, size - len(p))) for p in (total, summed))
        more, fewer = (total, summed) if less else (summed, total)
        shifted, same = float(more[1:] @ fewer[:-1]), float(more @ fewer)
        ratios.append(max(shifted, 1e-12) / max(same, 1e-12))
    return np.array(ratios)


SMALL = np.array([0.45, 0.22, 0.15, 0.10, 0.08])
"""How often a withheld count is 0 to 4: what an attacker may know of other towns."""


@lru_cache(maxsize=4096)
def chances(published: float) -> np.ndarray:
    """Give the chance of each count behind a published number; -1 is withheld."""
    if published < 0:
        return SMALL
    counts = np.arange(int(published) + 5)
    weight = np.exp(log_chance(np.full(len(counts), published), counts))
    return weight / weight.sum()
