"""
Know the named streets around places, by one spelling each.

A file cuts a street into many lines, and writes its name in more than one way.
"""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from ipgtools.geocoder.string_similarity import abbreviate
from ipgtools.hotspots.hot_places.crossings import Around
from ipgtools.nl import place_names as words

__all__ = ["Array", "Named", "streets_around"]

Array = np.ndarray[Any, Any]


class Named:
    """
    Named streets around places.

    Parameters
    ----------
    lines : array of geometry, n_lines
        Lines of streets that have a name.
    code : array of int64, n_lines
        Position in `names` of the name of each.
    names : list of str
        One spelling of each street, in the order of the alphabet.
    codes_of : dict of str to int
        Position in `names` by name in short form.
    minor : array of bool, n_lines
        Footpaths and the like.
    """

    def __init__(
        self, lines: Array, code: Array, names: list[str], codes_of: dict[str, int], minor: Array
    ) -> None:
        order = np.lexsort((*shapely.bounds(lines).T, code))
        self.lines, self.code, self.minor = lines[order], code[order], minor[order]
        self.names, self.codes_of = np.array(names, dtype=object), codes_of
        self.tree = shapely.STRtree(self.lines)

    def codes(self, texts: pd.Series) -> Array:
        """Return the street that each text names; -1 where it names none of the file."""
        known = {text: self._code(text) for text in texts.dropna().unique()}
        return texts.map(known).fillna(-1).to_numpy(np.int64)

    def _code(self, text: str) -> int:
        return self.codes_of.get(abbreviate(words.street(str(text))), -1)

    def nearest(self, points: Array, distance: float) -> Array:
        """Return the nearest street of points; -1 where there is none within the distance."""
        result = np.full(len(points), len(self.names))
        which, line = self.tree.query_nearest(points, max_distance=distance, all_matches=True)
        np.minimum.at(result, which, self.code[line])
        return np.where(result < len(self.names), result, -1)

    def around(self, shape: Any, reach: float) -> Around:
        """Return the streets within reach of a place, the lines of each taken together."""
        near = np.empty(0, np.int64)
        if shape is not None and not shape.is_empty:
            near = np.sort(self.tree.query(shape, predicate="dwithin", distance=reach))
        code, first = np.unique(self.code[near], return_index=True)
        rows = np.split(near, first[1:])[: len(code)]
        lines = np.array([shapely.union_all(self.lines[some]) for some in rows], dtype=object)
        minor = np.array([self.minor[some].all() for some in rows], dtype=bool)
        return Around(
            place=shape,
            code=code,
            names=self.names[code],
            lines=lines,
            inside=shapely.length(shapely.intersection(lines, shape)),
            away=shapely.distance(lines, shape),
            minor=minor,
        )


def streets_around(streets: gpd.GeoDataFrame, shapes: Array, reach: float) -> Named | None:
    """Collect the named streets around places."""
    if "street_name" not in streets:
        return None
    texts = streets["street_name"].astype("str")
    spelled = _spelled(texts.value_counts())
    if not spelled:
        return None
    names = sorted(set(spelled.values()))
    position = {name: place for place, name in enumerate(names)}
    code = texts.map({text: position[name] for text, name in spelled.items()})
    lines = streets.geometry.to_numpy()
    there = code.notna().to_numpy() & ~shapely.is_missing(lines) & ~shapely.is_empty(lines)
    rows = np.flatnonzero(there)
    near = shapely.STRtree(lines[rows]).query(shapes, predicate="dwithin", distance=reach)[1]
    rows = rows[np.unique(near)]
    kind = streets["kind"] if "kind" in streets else pd.Series("", index=streets.index)
    minor = kind.astype("str").str.lower().isin(words.MINOR_KINDS).to_numpy()
    codes_of = {abbreviate(words.street(text)): position[name] for text, name in spelled.items()}
    return Named(
        lines[rows], code.to_numpy(float)[rows].astype(np.int64), names, codes_of, minor[rows]
    )


def _spelled(counts: pd.Series) -> dict[str, str]:
    """Return the commonest spelling, not all capitals, of each text that names a street."""
    clean = {text: words.street(str(text)) for text in counts.index}
    clean = {text: name for text, name in clean.items() if name}
    best: dict[str, tuple[bool, int, str]] = {}
    for text, name in clean.items():
        one_case = name in {name.upper(), name.lower()}
        rank = (one_case, -int(counts[text]), name)
        key = abbreviate(name)
        best[key] = min(best.get(key, rank), rank)
    return {text: words.proper(best[abbreviate(name)][2]) for text, name in clean.items()}
