"""Make millions of points of coordinates, in a background thread."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ipgtools import _arrow, _parallel

if TYPE_CHECKING:
    import numpy as np

__all__ = ["make_points", "make_points_in_background"]


def make_points(x: "np.ndarray", y: "np.ndarray", good: "np.ndarray") -> "np.ndarray":
    """
    Make points of the good coordinates.

    Examples
    --------
    >>> import numpy as np
    >>> make_points(np.array([1.0, 2.0]), np.array([3.0, 4.0]), np.array([True, False]))
    array([<POINT (1 3)>], dtype=object)
    """
    import numpy as np
    import shapely

    result = np.empty(int(good.sum()), dtype=object)
    at = 0
    for span in _arrow.chunks(len(x)):
        some = shapely.points(x[span][good[span]], y[span][good[span]])
        result[at : at + len(some)] = some
        at += len(some)
    return result


def make_points_in_background(
    x: "np.ndarray", y: "np.ndarray", placed: "np.ndarray"
) -> "Callable[[np.ndarray], np.ndarray]":
    """
    Start making points in a background thread; return a function that waits.

    Examples
    --------
    >>> import numpy as np
    >>> x, y = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    >>> points_of = make_points_in_background(x, y, np.array([True, True]))
    >>> points_of(np.array([False, True]))
    array([<POINT (2 4)>], dtype=object)
    """
    coming = _parallel.run_in_background(make_points, x, y, placed)

    def points_of(rows: "np.ndarray") -> "np.ndarray":
        return coming() if rows.sum() == placed.sum() else coming()[rows[placed]]

    return points_of
