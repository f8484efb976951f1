"""
Compare two schouwen of one wijk: what is solved, what is still open, what is new.

A finding of the first schouw is still open if the second found the same kind of thing at the
same place, and solved if it did not.
"""

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from ipgtools import crs
from ipgtools.geocoder.string_similarity import normalise_name
from ipgtools.nl import schouw as nl
from ipgtools.schouw.parse import classify

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["compare"]

_COLUMNS = {
    "outcome": "str", "category": "str", "location_text": "str", "before_id": "str",
    "after_id": "str", "description_before": "str", "description_after": "str",
    "matched_by": "str", "distance_m": "float64",
}  # fmt: skip
_NUMBERS_APART, _SHARED = 10, 6
"""House numbers that one thing is told from two by, and letters that two words share."""
_BEFORE = 12
"""Words before another that may say where it is."""
_ORDER = (nl.STILL_OPEN, nl.SOLVED, nl.NEW)


def compare(
    before: "gpd.GeoDataFrame", after: "gpd.GeoDataFrame", *, distance: float = 30
) -> "gpd.GeoDataFrame":
    """
    Compare the findings of two schouwen.

    Two findings can be the same if they have the same category, and

    - both have a point that is surer than a street (`location_precision` is not "straat" or
      "buurt"): the points are at most `distance` apart;
    - otherwise: they are on the same street (`street`; without it the place in words), a corner
      being on both of its streets; two house numbers are then at most 10 apart.

    With another category, or with none ("overig"), they can be the same at one place (such
    points, or one street and number) if they are about one thing: their descriptions share a
    word, or a part of six letters of one, that is no place (*wortelopdruk*, *boomwortels*).

    Of all pairs that can be the same the nearest is taken first, pairs with points before
    pairs by street, and those of another category last; by street the most alike descriptions
    go first. Of equal ones the first
    by `finding_id` goes first. Each finding is in one pair at most, so the order of rows
    plays no part.

    Parameters
    ----------
    before, after : GeoDataFrame, n_before and n_after findings
        FINDINGS in one projected CRS in metres, each `finding_id` once. Of one wijk: whatever
        `after` did not look at would count as solved.
    distance : float, default 30
        Metres.

    Returns
    -------
    GeoDataFrame, n_pairs + n_solved + n_new rows
        `outcome` ("nog open", "opgelost", "nieuw"), `category`, `location_text`, `before_id`,
        `after_id`, `description_before`, `description_after`, `matched_by` ("punt", "straat",
        or missing), `distance_m` (NaN without two points), and the point of the later
        finding, or of the earlier if that has none. First what is still open, then what is
        solved, in the order of `before`; then what is new, in that of `after`.
        ``attrs``: `n_before` = `n_solved` + `n_still_open`, `n_after` = `n_still_open` +
        `n_new`, and `method`.

    Raises
    ------
    CrsError
        If a table is not in metres, or they differ.
    ValueError
        If `distance` is negative, or a `finding_id` occurs twice.

    Examples
    --------
    >>> import geopandas as gpd
    >>> def findings(*ids):
    ...     table = {"finding_id": ids, "category": "verlichting", "location_text": ids,
    ...              "location_precision": "adres", "description": "lantaarn kapot"}
    ...     x = [257000 + 100 * ord(one[-1]) for one in ids]
    ...     places = gpd.points_from_xy(x, [471000] * len(ids))
    ...     return gpd.GeoDataFrame(table, geometry=places, crs=28992)
    >>> compare(findings("1-a", "1-b"), findings("2-b", "2-c"))["outcome"].tolist()
    ['nog open', 'opgelost', 'nieuw']
    """
    import geopandas as gpd
    import pandas as pd

    work = crs.require(before=before, after=after)
    if not distance >= 0:
        msg = f"`distance` is {distance}, expected 0 metres or more"
        raise ValueError(msg)
    for label, table in (("before", before), ("after", after)):
        if not table["finding_id"].is_unique:
            msg = f"`{label}` has a finding_id more than once"
            raise ValueError(msg)
    earlier, later = _listed(before), _listed(after)
    pairs = _pairs(earlier, later, distance)
    partner = {(0, a): b for a, b, *_ in pairs} | {(1, b): a for a, b, *_ in pairs}
    how = {a: (by, apart) for a, _, by, apart in pairs}
    rows: list[dict[str, Any]] = []
    for at, first in enumerate(earlier):
        second = later[partner[0, at]] if (0, at) in partner else None
        rows.append(_row(first, second, *how.get(at, (None, float("nan")))))
    rows.sort(key=lambda row: _ORDER.index(row["outcome"]))
    rows += [
        _row(None, second, None, float("nan"))
        for at, second in enumerate(later)
        if (1, at) not in partner
    ]
    table = pd.DataFrame(rows, columns=[*_COLUMNS, "geometry"])
    points = gpd.GeoSeries(list(table.pop("geometry")), index=table.index, crs=work)
    result = gpd.GeoDataFrame(table.astype(_COLUMNS), geometry=points, crs=work)
    result.attrs = {
        "n_before": len(earlier),
        "n_after": len(later),
        "n_still_open": len(pairs),
        "n_solved": len(earlier) - len(pairs),
        "n_new": len(later) - len(pairs),
        "method": {"name": "compare", "distance_m": float(distance)},
    }
    return result


def _listed(table: "gpd.GeoDataFrame") -> list[dict[str, Any]]:
    """Return the findings with what is compared, missing text as empty."""
    import pandas as pd

    plainly = pd.DataFrame(table.drop(columns=table.geometry.name))
    listed: list[dict[str, Any]] = []
    coarse = {nl.PRECISION["street"], nl.PRECISION["area"]}
    for values, point in zip(plainly.to_dict("records"), table.geometry, strict=True):
        each = {
            name: "" if pd.isna(value) else str(value)
            for name in ("finding_id", "category", "location_text", "description", "street",
                         "location_precision")
            for value in [values.get(name)]
        }  # fmt: skip
        there = point is not None and not point.is_empty
        listed.append(
            {
                **each,
                "point": point if there else None,
                "exact": there and each["location_precision"] not in coarse,
                "street": normalise_name(each["street"]) or _bare(each["location_text"]),
            }
        )
    return listed


def _pairs(
    earlier: list[dict[str, Any]], later: list[dict[str, Any]], distance: float
) -> list[tuple[int, int, str, float]]:
    from rapidfuzz.distance import Indel

    options = []
    for a, first in enumerate(earlier):
        for b, second in enumerate(later):
            apart = float("nan")
            if first["point"] is not None and second["point"] is not None:
                apart = float(first["point"].distance(second["point"]))
            exact = first["exact"] and second["exact"]
            if not (apart <= distance if exact else _on_one_street(first, second)):
                continue
            one_thing = _about_one_thing(first["description"], second["description"])
            alike = first["category"] == second["category"]
            if first["category"] == classify.UNSURE:
                alike = alike and (
                    one_thing or _one_number(first, second) or _said_alike(first, second)
                )
            names = (first["finding_id"], second["finding_id"])
            if exact and (alike or one_thing):
                options.append((0 if alike else 2, apart, *names, a, b, nl.BY_POINT, apart))
            elif not exact and (alike or (one_thing and _one_number(first, second))):
                unlike = Indel.normalized_distance(
                    normalise_name(first["description"]), normalise_name(second["description"])
                )
                options.append((1 if alike else 3, unlike, *names, a, b, nl.BY_STREET, apart))
    taken: set[tuple[int, int]] = set()
    pairs = []
    for *_, a, b, by, apart in sorted(options, key=lambda option: option[:4]):
        if (0, a) not in taken and (1, b) not in taken:
            taken |= {(0, a), (1, b)}
            pairs.append((a, b, by, apart))
    return pairs


def _row(
    first: dict[str, Any] | None, second: dict[str, Any] | None, by: str | None, apart: float
) -> dict[str, Any]:
    outcome = nl.NEW if first is None else nl.SOLVED if second is None else nl.STILL_OPEN
    one = second or first or {}
    empty: dict[str, Any] = {}
    return {
        "outcome": outcome,
        "category": one["category"] or None,
        "location_text": one["location_text"] or None,
        "before_id": (first or empty).get("finding_id"),
        "after_id": (second or empty).get("finding_id"),
        "description_before": (first or empty).get("description"),
        "description_after": (second or empty).get("description"),
        "matched_by": by,
        "distance_m": apart,
        "geometry": next(
            (each["point"] for each in (second, first) if each and each["point"] is not None), None
        ),
    }


def _on_one_street(first: dict[str, Any], second: dict[str, Any]) -> bool:
    """Return whether both are on one street, with house numbers close together."""
    here, there = first["street"], second["street"]
    if not here or not there:
        return False
    numbers = (_number(first), _number(second))
    if None not in numbers and abs(numbers[0] - numbers[1]) > _NUMBERS_APART:  # type: ignore[operator]
        return False
    corner = (
        f" {here} " in f" {normalise_name(second['location_text'])} "
        or f" {there} " in f" {normalise_name(first['location_text'])} "
    )
    return here == there or corner


def _said_alike(first: dict[str, Any], second: dict[str, Any]) -> bool:
    return normalise_name(first["description"]) == normalise_name(second["description"])


def _one_number(first: dict[str, Any], second: dict[str, Any]) -> bool:
    number = _number(first)
    return number is not None and number == _number(second)


def _number(finding: dict[str, Any]) -> int | None:
    found = re.search(r"\d{1,5}", finding["location_text"])
    return int(found[0]) if found else None


def _about_one_thing(before: str, after: str) -> bool:
    """Return whether two descriptions share a word other than words of location."""
    here, there = _things(before), _things(after)
    return any(
        one == other or any(one[at : at + _SHARED] in other for at in range(len(one) - _SHARED + 1))
        for one in here
        for other in there
    )


@cache
def _things(text: str) -> frozenset[str]:
    words = normalise_name(text).split()
    return frozenset(
        word
        for at, word in enumerate(words)
        if len(word) >= _SHARED - 1
        and word not in nl.FUNCTION_WORDS
        and not classify.is_location_only(" ".join([*words[max(0, at - _BEFORE) : at], ""]))
    )


def _bare(text: str) -> str:
    """Give a place in words without its numbers."""
    return " ".join(re.sub(r"\b\d+\w*\b|\bnr\b", " ", normalise_name(text)).split())
