"""
Select incidents by period, kind, area, hours and days of the week.

Kinds go by codes, classes and the words people use. What each condition left out is counted in
``attrs["selection"]``, and an empty result warns: a wrong filter should not look like quiet.
"""

import functools
import warnings
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ipgtools import _checks, _closest, codes
from ipgtools.errors import ArgumentError, ContractError
from ipgtools.nl import kind_names, kind_words
from ipgtools.nl.formats import WEEKDAYS, joined
from ipgtools.periods import Period

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["select"]

_NAMED = 8
"""Kinds or areas of the table that a message names."""
_AREA_COLUMNS = ("area_code", "area_name", "parent_code", "parent_name")
Mask = npt.NDArray[np.bool_]


def select(
    incidents: "gpd.GeoDataFrame",
    *,
    period: Period | None = None,
    category: "str | Collection[str] | None" = None,
    area: "str | Collection[str] | gpd.GeoDataFrame | None" = None,
    hours: tuple[float, float] | None = None,
    weekdays: "str | int | Collection[str | int] | None" = None,
) -> "gpd.GeoDataFrame":
    """
    Select the incidents for which every condition holds.

    Parameters
    ----------
    incidents : GeoDataFrame, n_incidents rows
        INCIDENTS.
    period : Period, optional
        By `occurred_from`, the earliest time.
    category : str, or several, optional
        Codes (A20), classes (1.1.1), labels of either, words people use (woninginbraak,
        fietsdiefstal, autokraak), or kinds as the table itself has them. Capitals and
        punctuation don't matter. An incident of any of them is selected.
    area : str, several, or GeoDataFrame, optional
        Code or name of a buurt, wijk or gemeente, for incidents of `load`, which have them; or
        polygons in the CRS of `incidents`. A point belongs to one area (`areas.assign`).
    hours : (float, float), optional
        From and to, 0 to 24, the end not part of it; ``(22, 6)`` runs past midnight. The whole
        interval of an incident must lie within; those without a known clock time are left out.
    weekdays : str, int, or several, optional
        Dutch names or their first two letters, "weekend", "werkdagen", or 0 (Monday) to 6. The
        whole interval must lie on these days of the calendar.

    Returns
    -------
    GeoDataFrame, n_selected rows
        On the index of `incidents`. ``attrs["selection"]`` holds `n_incidents`, `n_selected`,
        `left_out` (incidents per condition, each counted at the first that it fails) and
        `kinds` (what the words of `category` were taken for).

    Raises
    ------
    ArgumentError
        If a word is no kind, area, hour or day; it names those that are close.
    ContractError
        If a column that a condition needs is missing.

    Warns
    -----
    UserWarning
        If nothing is left.

    Examples
    --------
    >>> import geopandas as gpd
    >>> import pandas as pd
    >>> three = gpd.GeoDataFrame(
    ...     {"category": ["A20", "A72", "A20"],
    ...      "occurred_from": pd.to_datetime(["2025-10-03", "2025-10-04", "2025-12-31"])},
    ...     geometry=gpd.points_from_xy([0, 0, 0], [0, 0, 0]), crs=28992)
    >>> found = select(three, category="woninginbraak", period=Period.month("2025-10"))
    >>> len(found), found.attrs["selection"]["left_out"]
    (1, {'period': 1, 'no_time': 0, 'category': 1})
    """
    left_out: dict[str, int] = {}
    kept = np.ones(len(incidents), dtype=bool)

    def keep(name: str, holds: Mask) -> None:
        nonlocal kept
        left_out[name] = int((kept & ~holds).sum())
        kept &= holds

    kinds: dict[str, list[str]] = {}
    if period is not None:
        _checks.period(period)
        times = _column(incidents, "occurred_from")
        unknown = times.isna().to_numpy()
        keep("period", unknown | period.contains(times).to_numpy(bool))
        keep("no_time", ~unknown)
    if category is not None:
        holds, kinds = _of_kinds(incidents, _several(category))
        keep("category", holds)
    if area is not None:
        keep("area", _in_area(incidents, area))
    if hours is not None:
        keep("hours_unknown", _clock_known(incidents))
        keep("hours", _in_hours(incidents, hours))
    if weekdays is not None:
        days = _days(weekdays)
        times = _column(incidents, "occurred_from")
        if not left_out.get("no_time"):
            keep("no_time", times.notna().to_numpy())
        keep("weekdays", _on_days(incidents, days))
    found = incidents[kept]
    found.attrs["selection"] = {
        "n_incidents": len(incidents), "n_selected": len(found), "left_out": left_out,
        "kinds": kinds,
    }  # fmt: skip
    if found.empty:
        warnings.warn(kind_words.nothing_left(left_out, len(incidents)), UserWarning, stacklevel=2)
    return found


def _several(given: Any) -> list[Any]:
    return [given] if isinstance(given, str | int) else list(given)


def _column(incidents: "pd.DataFrame", name: str) -> "pd.Series":
    if name not in incidents:
        msg = f"`incidents` lacks {name}"
        raise ContractError(
            msg, code="contract", table="INCIDENTS", breaches=f"{name}: column is missing"
        )
    return incidents[name]


def _of_kinds(incidents: "pd.DataFrame", wanted: list[str]) -> tuple[Mask, dict[str, list[str]]]:
    """Return which incidents are of any of the kinds, and what each word was taken for."""
    import pandas as pd

    empty = pd.Series("", index=incidents.index, dtype="str")
    code = incidents["category"].fillna("").astype("str") if "category" in incidents else empty
    label = empty
    if "category_label" in incidents:
        label = incidents["category_label"].fillna("").astype("str")
    if "category" not in incidents and "category_label" not in incidents:
        _column(incidents, "category")
    pair = pd.MultiIndex.from_arrays([code, label])
    place, pairs = pd.factorize(pair)
    holds = np.zeros(len(pairs), dtype=bool)
    taken: dict[str, list[str]] = {}
    for word in wanted:
        meant = _codes_of(word)
        mine = np.array([_fits(one, name, word, meant) for one, name in pairs], dtype=bool)
        if not mine.any() and not meant:
            raise _unknown_kind(word, pairs)
        holds |= mine
        taken[str(word)] = sorted(
            {codes.normalise(one) or name for (one, name), hit in zip(pairs, mine, strict=True)
             if hit}
        )  # fmt: skip
    return holds[place] if len(pairs) else np.zeros(len(incidents), dtype=bool), taken


def _codes_of(word: str) -> frozenset[str]:
    """
    Return the codes and classes that a word stands for; none where it is not ours.

    Examples
    --------
    >>> sorted(_codes_of("a20")), sorted(_codes_of("Auto-inbraak")), sorted(_codes_of("iets"))
    (['A20'], ['1.2.1'], [])
    """
    code = codes.normalise(word)
    if codes.classes_of(code):
        return frozenset((code,))
    return frozenset(_names().get(_closest.plain(word), ()))


@functools.cache
def _names() -> dict[str, tuple[str, ...]]:
    """List every name of a kind, written plainly, with its codes; words of people come first."""
    found: dict[str, tuple[str, ...]] = {}
    for name, meant in _spelled():
        found.setdefault(_closest.plain(name), meant)
    return found


def _spelled() -> Iterable[tuple[str, tuple[str, ...]]]:
    yield from kind_words.WORDS.items()
    for code, one in codes.CLASSES.items():
        yield kind_names.name(one.label), (code,)
        yield one.label, (code,)
    for code, label in codes.MK_LABELS.items():
        yield kind_names.name(label), (code,)
        yield label, (code,)


def _fits(code: str, label: str, word: str, meant: frozenset[str]) -> bool:
    """Return whether a kind of the table is the one that a word stands for."""
    same = _closest.plain(word)
    if same and same in (_closest.plain(code), _closest.plain(label)):
        return True
    own = codes.normalise(code)
    mine = {own} if codes.classes_of(own) else set(_codes_of(label)) if label else set()
    return bool(meant & mine) or any(codes.class_of(one) in meant for one in mine)


def _unknown_kind(word: str, pairs: Any) -> ArgumentError:
    there = list(dict.fromkeys(label or code for code, label in pairs if label or code))
    known = [*there, *(name for name, _ in _spelled())]
    close = _closest.closest(word, known)
    msg = f"no kind is called {word!r}; close are {close}, the table has {there[:_NAMED]}"
    return ArgumentError(
        msg, code="category_unknown", found=str(word), close=close, known=there[:_NAMED]
    )


def _in_area(incidents: "gpd.GeoDataFrame", area: Any) -> Mask:
    """Return which incidents lie in an area, given by code, name or shape."""
    if hasattr(area, "geometry") or hasattr(area, "geom_type"):
        return _in_shapes(incidents, area)
    there = [name for name in _AREA_COLUMNS if name in incidents]
    if not there:
        msg = "`incidents` have no area_code; give `area` as a GeoDataFrame, or use ipg.load"
        raise ArgumentError(msg, code="select_no_areas", found=str(area)[:60])
    holds = np.zeros(len(incidents), dtype=bool)
    for word in _several(area):
        mine = np.zeros(len(incidents), dtype=bool)
        same = _plain_area(word)
        known: list[str] = []
        for name in there:
            values = incidents[name]
            unique = values.dropna().unique()
            mine |= values.isin([one for one in unique if _plain_area(one) == same]).to_numpy(bool)
            known += [str(one) for one in unique]
        if str(word).upper().startswith("GM"):
            of_gemeente = incidents[there[0]].astype("str").str[2:6] == str(word)[2:6]
            mine |= of_gemeente.fillna(value=False).to_numpy(bool)
        if not mine.any():
            close = _closest.closest(word, known)
            msg = f"no incident lies in an area called {word!r}; close are {close}"
            raise ArgumentError(
                msg, code="select_area_unknown", found=str(word), close=close,
                known=list(dict.fromkeys(known))[:_NAMED],
            )  # fmt: skip
        holds |= mine
    return holds


def _plain_area(name: object) -> str:
    """Write the name of an area plainly, without the number that CBS puts before a wijk."""
    words = _closest.plain(name).split()
    return " ".join(words[2:] if words[:1] == ["wijk"] and words[1:2] and words[1].isdigit()
                    and len(words) > 2 else words)  # fmt: skip


def _in_shapes(incidents: "gpd.GeoDataFrame", shapes: Any) -> Mask:
    import geopandas as gpd

    from ipgtools import areas

    if hasattr(shapes, "geom_type") and not hasattr(shapes, "crs"):
        shapes = gpd.GeoSeries([shapes], crs=incidents.crs)
    own = gpd.GeoDataFrame(geometry=shapes.geometry.array, crs=shapes.crs)
    own["area_code"] = [f"{at:06}" for at in range(len(own))]
    return areas.assign(incidents, own).notna().to_numpy()


def _clock_known(incidents: "pd.DataFrame") -> Mask:
    from ipgtools import times

    _column(incidents, "occurred_from")
    if incidents.empty:
        return np.zeros(0, dtype=bool)
    return times.clock_known(incidents).to_numpy(bool)


def _in_hours(incidents: "pd.DataFrame", hours: Any) -> Mask:
    """Return which intervals lie wholly within the hours."""
    try:
        first, last = (float(one) for one in hours)
    except (TypeError, ValueError) as cause:
        raise _wrong_hours(hours) from cause
    if not (0 <= first < 24 and 0 < last <= 24) or first == last:
        raise _wrong_hours(hours)
    width = (last - first) % 24 or 24.0
    start, length = _spans(incidents)
    offset = (start.dt.hour + start.dt.minute / 60 + start.dt.second / 3600 - first) % 24
    return ((offset < width) & (offset + length / 3600 <= width)).to_numpy(bool)


def _wrong_hours(hours: Any) -> ArgumentError:
    msg = f"`hours` is {hours!r}, expected two hours of the day such as (22, 6)"
    return ArgumentError(msg, code="select_hours", found=str(hours)[:60])


def _spans(incidents: "pd.DataFrame") -> "tuple[pd.Series, pd.Series]":
    """Return the start of each interval and its length in seconds, 0 where the end is unknown."""
    start = incidents["occurred_from"]
    if "occurred_to" not in incidents:
        return start, start.notna() * 0.0
    length = (incidents["occurred_to"] - start).dt.total_seconds()
    return start, length.fillna(0.0).clip(lower=0)


def _days(given: Any) -> set[int]:
    """
    Read days of the week, Monday 0.

    Examples
    --------
    >>> sorted(_days(["vr", "Zaterdag"])), sorted(_days("weekend")), sorted(_days(0))
    ([4, 5], [5, 6], [0])
    """
    found: set[int] = set()
    for one in _several(given):
        text = str(one).strip().casefold()
        named = [at for at, day in enumerate(WEEKDAYS) if text and text in (day, day[:2])]
        if text in kind_words.DAYS:
            found |= set(kind_words.DAYS[text])
        elif named:
            found.add(named[0])
        elif isinstance(one, int | np.integer) and not isinstance(one, bool) and 0 <= one <= 6:
            found.add(int(one))
        else:
            msg = f"`weekdays` holds {one!r}, expected names such as {', '.join(WEEKDAYS)}"
            raise ArgumentError(
                msg, code="select_weekdays", found=str(one)[:60], known=joined(WEEKDAYS, "of")
            )
    return found


def _on_days(incidents: "pd.DataFrame", days: set[int]) -> Mask:
    """Return which intervals lie wholly on some days of the week."""
    start, length = _spans(incidents)
    into = start.dt.hour * 3600 + start.dt.minute * 60 + start.dt.second
    touched = np.ceil((into + length.where(length > 0, 1)) / 86_400).fillna(0).clip(1, 7)
    weekday = start.dt.day_of_week.fillna(0)
    table = np.array(
        [[all((at + more) % 7 in days for more in range(n)) for n in range(8)] for at in range(7)]
    )
    holds = table[weekday.to_numpy(int), touched.to_numpy(int)]
    return np.asarray(holds & start.notna().to_numpy(), dtype=bool)
