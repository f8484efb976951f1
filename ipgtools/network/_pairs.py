"""List the pairs of places that lie close along the streets."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from ipgtools.network._graph import Network

__all__ = ["PIECE", "Array", "close_places"]

Array = np.ndarray[Any, Any]

PIECE = 4096
"""Places that are worked through at a time."""


def close_places(
    edge: Array, at: Array, network: Network, limit: float
) -> tuple[Array, Array, Array]:
    """List the pairs of different places less than `limit` apart along the streets."""
    from ipgtools.network import _paths

    place_on = np.argsort(edge, kind="stable").astype(np.int64)
    first_place = np.zeros(len(network.length) + 1, np.int64)
    np.cumsum(np.bincount(edge, minlength=len(network.length)), out=first_place[1:])
    pieces = [
        np.arange(first, min(first + PIECE, len(edge))) for first in range(0, len(edge), PIECE)
    ]
    if not pieces:
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        done = list(
            pool.map(
                lambda todo: _paths.near_places(
                    todo, edge, at, float(limit), network.ends, network.length, network.head,
                    network.first_arc, network.arcs, first_place, place_on,
                ),
                pieces,
            )
        )  # fmt: skip
    number, other, distance = (np.concatenate(parts) for parts in zip(*done, strict=True))
    return number, other, distance
