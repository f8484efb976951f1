"""
Choose the classes of a map: of numbers, streets and kinds of findings.

Maps and charts of one table choose alike, because both ask here. Breaks can be chosen once
and given to several maps, so that these compare.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from ipgtools import palette

__all__ = [
    "N_KINDS", "OTHER", "SHAPES", "area_names", "assign", "breaks", "decimals", "density_breaks",
    "is_whole", "kind_marks", "kind_of", "kinds", "street_rank",
]  # fmt: skip

N_KINDS = len(palette.CATEGORIES)
SHAPES = ("o", "s", "D", "h", "v", "8", "p")

OTHER = "overig"
_MAIN = {
    "motorway", "trunk", "primary", "secondary", "hoofdweg", "rondweg", "autosnelweg",
    "provinciale weg",
}  # fmt: skip
_PATH = {
    "footway", "path", "pedestrian", "cycleway", "steps", "track", "service", "bridleway",
    "corridor", "voetpad", "fietspad", "pad",
}  # fmt: skip
_DENSITY_SHARES = (0.5, 0.75, 0.9, 0.975)


def breaks(values: npt.ArrayLike, *, n_classes: int = 5) -> list[float]:
    """
    Choose the ends of a few classes that hold about as many values each.

    Quantiles, rounded to as few digits as keep them apart; of the different values where
    many are the same. For whole numbers that take no more than `n_classes` values each value
    is its own class.

    Examples
    --------
    >>> breaks([0, 0, 1, 3])
    [0.0, 1.0, 3.0, 4.0]
    >>> breaks(range(101), n_classes=4)
    [0.0, 25.0, 50.0, 75.0, 101.0]
    >>> breaks([1.02, 2.47, 3.9], n_classes=2)
    [1.0, 2.5, 3.9]
    """
    known = np.asarray(values, dtype=float)
    known = np.sort(known[np.isfinite(known)])
    if not len(known):
        return []
    single = np.unique(known)
    if is_whole(known) and len(single) <= n_classes:
        return [*single.tolist(), float(single[-1] + 1)]
    shares = np.arange(1, n_classes) / n_classes
    inner = np.quantile(known, shares, method="higher")
    if len(np.unique(inner[inner > known[0]])) < len(shares):
        inner = np.quantile(single, shares, method="higher")
    return _rounded(float(known[0]), inner, float(known[-1]), whole=is_whole(known))


def density_breaks(per_km2: npt.ArrayLike) -> list[float]:
    """
    Choose the classes of a density surface: the upper half only, finer towards the top.

    Examples
    --------
    >>> density_breaks(range(1, 1001))
    [500.0, 750.0, 900.0, 980.0, 1001.0]
    """
    known = np.asarray(per_km2, dtype=float)
    known = known[np.isfinite(known) & (known > 0)]
    if not len(known):
        return []
    inner = np.quantile(known, _DENSITY_SHARES, method="higher")
    return _rounded(None, inner, float(known.max()), whole=is_whole(known))


def _rounded(low: float | None, inner: np.ndarray, high: float, *, whole: bool) -> list[float]:
    """Round breaks to as few digits, two or more, as keep apart what differs."""
    inner = np.unique(inner)
    size = np.floor(np.log10(max(abs(inner).max(), 1e-9)))
    for digits in range(2, 8):
        place = int(digits - 1 - size)
        place = min(place, 0) if whole else place
        near = np.unique(np.round(inner, place))
        if len(near) == len(inner):
            break
    near = near[near <= high] if (near <= high).any() else inner[:1]
    if low is not None:
        first = np.floor(round(low * 10.0**place, 6)) / 10.0**place
        near = np.unique([first, *near[near > first]])
    top = high + 1 if whole else np.ceil(round(high * 10.0**place, 6)) / 10.0**place
    return [float(end) for end in (*near, max(top, near[-1] + 10.0**-place))]


def is_whole(values: npt.ArrayLike) -> bool:
    """
    Return whether numbers are counts.

    Examples
    --------
    >>> is_whole([1, 2.0, float("nan")]), is_whole([0.5])
    (True, False)
    """
    known = np.asarray(values, dtype=float)
    known = known[np.isfinite(known)]
    return bool(np.all(known == np.round(known)))


def decimals(ends: Sequence[float]) -> int:
    """
    Count the decimals that breaks need.

    Examples
    --------
    >>> decimals([0, 5, 10]), decimals([0.5, 1]), decimals([0.25, 1])
    (0, 1, 2)
    """
    return next(
        (places for places in range(6) if all(round(end, places) == end for end in ends)), 6
    )


def assign(values: npt.ArrayLike, ends: Sequence[float]) -> np.ndarray:
    """
    Give each value its class.

    Examples
    --------
    >>> assign([0, 1, 5, 9, float("nan")], [1, 5, 8]).tolist()
    [-1, 0, 1, 1, -1]
    """
    known = np.asarray(values, dtype=float)
    if len(ends) < 2:
        return np.full(known.shape, -1)
    found = np.clip(np.searchsorted(ends, known, side="right") - 1, -1, len(ends) - 2)
    return np.where(np.isnan(known), -1, found)


def street_rank(streets: pd.DataFrame) -> np.ndarray:
    """Rank streets for drawing by what their source calls them."""
    if "kind" not in streets:
        return np.ones(len(streets), dtype=int)
    kind = streets["kind"].astype("str").str.lower().str.removesuffix("_link")
    return np.select([kind.isin(_MAIN), kind.isin(_PATH)], [2, 0], 1)


def kinds(categories: pd.Series) -> list[str]:
    """
    Choose which kinds of findings have a class: the commonest, and one for others.

    Examples
    --------
    >>> kinds(pd.Series(["groen", "afval", "groen", None]))
    ['groen', 'afval', 'overig']
    """
    known = categories.dropna().astype("str")
    counts = known[known != OTHER].value_counts()
    order = sorted(counts.index, key=lambda code: (-counts[code], code))
    rest = len(known[known == OTHER]) + int(categories.isna().sum())
    if len(order) > N_KINDS - (1 if rest else 0):
        return [*order[: N_KINDS - 1], OTHER]
    return [*order, OTHER] if rest else order


def kind_of(code: object, listed: Sequence[str]) -> str:
    """
    Find the kind under which a finding is drawn.

    Examples
    --------
    >>> kind_of("groen", ["groen", "overig"]), kind_of("bord", ["groen", "overig"])
    ('groen', 'overig')
    """
    return str(code) if isinstance(code, str) and code in listed else OTHER


def kind_marks(listed: Sequence[str]) -> list[tuple[str, str]]:
    """
    Give each kind of finding its shape and colour.

    Examples
    --------
    >>> kind_marks(["groen", "overig"])
    [('o', '#00695c'), ('p', '#5f6a74')]
    """
    marks = list(zip(SHAPES, palette.CATEGORIES, strict=True))
    return [marks[-1] if kind == OTHER else marks[i] for i, kind in enumerate(listed)]


def area_names(areas: pd.DataFrame) -> pd.Series:
    """Return what to call each area: its name, or else its code, or else nothing."""
    names = pd.Series("", index=areas.index, dtype="str")
    for column in ("area_code", "area_name"):
        if column in areas:
            names = areas[column].astype("str").fillna(names)
    return names
