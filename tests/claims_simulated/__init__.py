"""
Try every claim on wijken where it is false, and on wijken where it is true.

For each claim of `ipgtools.highlights.claims` two functions draw a made-up wijk and give whether
the claim is made of it: one where only chance is at work, one where something is planted. They
use the analysis and the rule that the product uses.
"""

from collections.abc import Callable
from typing import NamedTuple
from zlib import crc32

import numpy as np

from . import changes, moments, patterns, places

Trial = Callable[[np.random.Generator], bool]


class Pair(NamedTuple):
    """Give whether a claim is made: where it is false, and where it is true."""

    null: Trial
    planted: Trial


PAIRS: dict[str, Pair] = {
    "total_changed": Pair(changes.total_null, changes.total_planted),
    "outside_band": Pair(changes.band_null, changes.band_planted),
    "kind_changed": Pair(changes.kind_null, changes.kind_planted),
    "kind_and_place": Pair(changes.kind_and_place_null, changes.kind_and_place_planted),
    "new_place": Pair(places.new_null, places.new_planted),
    "busy_places": Pair(places.busy_null, places.busy_planted),
    "cluster_places": Pair(places.cluster_null, places.cluster_planted),
    "peak": Pair(moments.peak_null, moments.peak_planted),
    "place_hours": Pair(places.hours_null, places.hours_planted),
    "near_repeats": Pair(moments.near_null, moments.near_planted),
    "repeat_places": Pair(moments.repeated_null, moments.repeated_planted),
    "heaped": Pair(moments.heaped_null, moments.heaped_planted),
    "silence": Pair(moments.silence_null, moments.silence_planted),
    "source_cut": Pair(moments.source_null, moments.source_planted),
    "uncovered": Pair(moments.uncovered_null, moments.uncovered_planted),
    "hot_cells": Pair(patterns.hot_null, patterns.hot_planted),
    "cells_changed": Pair(changes.cells_null, changes.cells_planted),
    "risk": Pair(patterns.risk_null, patterns.risk_planted),
    "neighbours_alike": Pair(patterns.alike_null, patterns.alike_planted),
    "high_together": Pair(patterns.high_null, patterns.high_planted),
    "marked_together": Pair(patterns.joins_null, patterns.joins_planted),
    "surroundings": Pair(patterns.surroundings_null, patterns.surroundings_planted),
    "nearest": Pair(patterns.nearest_null, patterns.nearest_planted),
    "around": Pair(patterns.around_null, patterns.around_planted),
    "more_groups": Pair(patterns.groups_null, patterns.groups_planted),
    "large_group": Pair(patterns.large_group_null, patterns.large_group_planted),
    "interaction": Pair(moments.interaction_null, moments.interaction_planted),
    "top_changed": Pair(patterns.top_null, patterns.top_planted),
}


def measured(key: str, n_maps: int, n_planted: int) -> tuple[int, int]:
    """
    Count on how many maps a claim is made.

    Parameters
    ----------
    key : str
        Of the claim. It seeds the draws, so that a count can be repeated.
    n_maps, n_planted : int
        Maps of chance, and maps with something planted.

    Returns
    -------
    n_false, n_found : int
    """
    pair, seed = PAIRS[key], crc32(key.encode())
    return tuple(  # type: ignore[return-value]
        sum(trial(np.random.default_rng([seed, which, at])) for at in range(n))
        for which, (trial, n) in enumerate([(pair.null, n_maps), (pair.planted, n_planted)])
    )
