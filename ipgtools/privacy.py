"""
Decide what may leave, for whom, and in which form.

Three audiences, from wide to narrow: `openbaar`, `partner`, `politie`. Every table that is
shown or written goes through `release`, which recognises what it is, withholds, rounds or
coarsens, lists what it did, and refuses what may not leave at all. Persons enter as keyed
pseudonyms and never leave.

The rules follow the practice of CBS and police (small numbers hidden, a second number hidden
where a total would give the first away, figures in fives); thresholds stand in `RULES`.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ipgtools.errors import ReadError, ReleaseError
from ipgtools.nl import privacy as words

if TYPE_CHECKING:
    import pandas as pd

AUDIENCES = ("openbaar", "partner", "politie")
"""From wide to narrow: who may see the least comes first."""

SENSITIVE = re.compile(r"^(E33|F52\d.*|F54\d)$")
"""Codes shown to the police only: confused persons (health), sexual offences, homicide."""

_SHORTEST_KEY = 32


@dataclass(frozen=True)
class Rules:
    """
    Thresholds of one audience.

    Parameters
    ----------
    smallest : int
        Counts of incidents from 1 up to this are withheld.
    smallest_persons : int
        Counts of persons from 1 up to this are withheld.
    base : int
        Counts are rounded to multiples of this; 1 leaves them.
    """

    smallest: int
    smallest_persons: int
    base: int


RULES = {
    "openbaar": Rules(smallest=5, smallest_persons=10, base=5),
    "partner": Rules(smallest=5, smallest_persons=10, base=1),
    "politie": Rules(smallest=1, smallest_persons=5, base=1),
}


@dataclass(frozen=True)
class Released:
    """
    A table that may be shown to an audience.

    Parameters
    ----------
    table : DataFrame or GeoDataFrame
        What may be shown. Withheld numbers are missing.
    audience : str
        For whom.
    suppressed : tuple of str
        What was done, in Dutch; empty if nothing was.
    kind : str
        What the table was recognised as.
    """

    table: "pd.DataFrame"
    audience: str
    suppressed: tuple[str, ...]
    kind: str


def read_key(key: str | Path | bytes) -> bytes:
    """
    Read the key that pseudonyms are made with.

    Parameters
    ----------
    key : path or bytes
        A file with at least 32 characters, or its content.

    Returns
    -------
    bytes
        The key without white space around it.

    Raises
    ------
    ReadError
        If there is no such file or the key is shorter.
    """
    if isinstance(key, bytes):
        secret = key.strip()
    else:
        path = Path(key)
        if not path.is_file():
            msg = f"the key file {path} does not exist; without a key no persons are read"
            raise ReadError(msg, code="key_missing", path=str(path))
        secret = path.read_bytes().strip()
    if len(secret) < _SHORTEST_KEY:
        msg = f"the key has {len(secret)} characters, expected at least {_SHORTEST_KEY}"
        raise ReadError(msg, code="key_short", found=len(secret), needed=_SHORTEST_KEY)
    return secret


def pseudonyms(identifiers: "pd.Series", key: bytes) -> "pd.Series":
    """
    Replace identifiers by pseudonyms that only the key's holder could make again.

    Parameters
    ----------
    identifiers : Series of str, n_rows
        Numbers or names of persons.
    key : bytes
        From `read_key`.

    Returns
    -------
    Series of str, n_rows
        16 hexadecimal digits of an HMAC-SHA256; missing stays missing.

    Examples
    --------
    >>> import pandas as pd
    >>> made = pseudonyms(pd.Series(["P1", "P2", "P1"]), b"k" * 32)
    >>> made[0] == made[2] != made[1]
    True
    """
    import pandas as pd

    codes, unique = pd.factorize(identifiers)
    digests = [hmac.new(key, str(one).encode(), hashlib.sha256).hexdigest()[:16] for one in unique]
    table = pd.Series([*digests, pd.NA], dtype="str")
    return pd.Series(table.to_numpy()[codes], index=identifiers.index, dtype="str")


def select(incidents: "pd.DataFrame", audience: str) -> "tuple[pd.DataFrame, int]":
    """
    Leave sensitive kinds of incident out before anything is counted.

    Parameters
    ----------
    incidents : DataFrame, n_incidents
        With `category`; without it nothing is left out.
    audience : str
        Only the police see every kind.

    Returns
    -------
    incidents : DataFrame
        What may be counted for this audience.
    left_out : int
        How many were left out.

    Raises
    ------
    ReleaseError
        If the audience is unknown.
    """
    _require_audience(audience)
    if audience == "politie" or "category" not in incidents:
        return incidents, 0
    sensitive = incidents["category"].str.fullmatch(SENSITIVE.pattern).fillna(value=False)
    sensitive = sensitive.astype(bool)
    return incidents[~sensitive], int(sensitive.sum())


def release(table: "pd.DataFrame", audience: str) -> Released:
    """
    Give the form of a table that an audience may see.

    Parameters
    ----------
    table : DataFrame or GeoDataFrame
        Any table or result of ipgtools; its columns tell what it is.
    audience : {"openbaar", "partner", "politie"}
        For whom it is.

    Returns
    -------
    Released
        The table with what may not be seen withheld, and what was done.

    Raises
    ------
    ReleaseError
        If the audience is unknown, or the table may not leave for it in any form: persons for
        nobody; points of incidents and places for the police only; photos not in public; a
        table that isn't recognised for nobody.
    """
    _require_audience(audience)
    columns = set(table.columns)
    for kind, marks, rule in _KINDS:
        if marks <= columns:
            shown, done = rule(table, audience)
            return Released(shown, audience, tuple(done), kind)
    known = ", ".join(kind for kind, _, _ in _KINDS)
    msg = f"the table ({', '.join(map(str, table.columns))}) is none of: {known}; it may not leave"
    raise ReleaseError(msg, code="release_unknown", columns=", ".join(map(str, table.columns)))


def suppress(
    counts: "pd.Series", *, smallest: int, base: int = 1, total_known: bool = True
) -> "tuple[pd.Series, int, int]":
    """
    Withhold small numbers, and a second one where the total would give a single one away.

    Parameters
    ----------
    counts : Series of int, n_cells
        Numbers that add up to a total readers may know.
    smallest : int
        Numbers from 1 up to and not including this are withheld.
    base : int, default 1
        The rest is rounded to multiples of this, halves up.
    total_known : bool, default True
        Whether readers can know the total; then a single withheld number takes the smallest
        other one along.

    Returns
    -------
    shown : Series of Int64, n_cells
        Missing where withheld.
    n_small, n_second : int
        How many were withheld because they are small, and how many because of the total.

    Examples
    --------
    >>> import pandas as pd
    >>> suppress(pd.Series([3, 12, 7]), smallest=5)[0].tolist()
    [<NA>, 12, <NA>]
    """
    shown = counts.astype("Int64")
    small = ((shown > 0) & (shown < smallest)).fillna(value=False).astype(bool)
    second = 0
    if total_known and small.sum() == 1:
        others = shown[~small & (shown > 0)]
        if len(others):
            at = others.index[others.to_numpy(dtype=float).argmin()]
            shown[at] = None
            second = 1
    shown = shown.mask(small)
    if base > 1:
        shown = ((shown + base // 2) // base) * base
    return shown, int(small.sum()), second


def strictest(*audiences: str) -> str:
    """
    Give the narrowest of some audiences: a product inherits it from its inputs.

    Examples
    --------
    >>> strictest("openbaar", "politie", "partner")
    'politie'
    """
    for audience in audiences:
        _require_audience(audience)
    return max(audiences, key=AUDIENCES.index)


def _require_audience(audience: str) -> None:
    if audience not in AUDIENCES:
        msg = f"the audience is {audience!r}, expected one of {', '.join(AUDIENCES)}"
        raise ReleaseError(msg, code="audience_unknown", found=audience, known=", ".join(AUDIENCES))


def _refuse(audience: str, code: str, *, what: str) -> ReleaseError:
    msg = f"{what} may not leave for {audience!r}"
    return ReleaseError(msg, code=code, audience=audience)


def _persons(_table: "pd.DataFrame", audience: str) -> "tuple[pd.DataFrame, list[str]]":
    raise _refuse(audience, "release_persons", what="a table with rows about persons")


def _incidents(table: "pd.DataFrame", audience: str) -> "tuple[pd.DataFrame, list[str]]":
    if audience != "politie":
        raise _refuse(audience, "release_incidents", what="points of incidents")
    return table, []


def _cells(table: "pd.DataFrame", audience: str) -> "tuple[pd.DataFrame, list[str]]":
    """
    Keep what can't be worked back to the number in a small cell.

    Scores and p-values go, because the numbers could be solved from them; of a density stays
    what at least the smallest number of incidents adds to.
    """
    if audience == "politie":
        return table, []
    geometry = {table.geometry.name} if hasattr(table, "geometry") else set()
    shown = {"cell_id", "hotspot", "hotspot_class", "change_class", *geometry}
    if audience == "openbaar":
        kept = table[[name for name in table.columns if name in shown]]
        return kept, [words.WITHOUT_NUMBERS]
    rules, done = RULES[audience], [words.WITHOUT_SCORES]
    names = [name for name in ("n", "n_before", "n_after") if name in table]
    kept = table[[n for n in table.columns if n in {*shown, *names, "per_km2"}]].copy()
    for name in names:
        kept[name], small, _ = suppress(
            table[name], smallest=rules.smallest, base=rules.base, total_known=False
        )
        if small:
            done.append(words.suppressed(small, words.PER_CELL, rules.smallest))
    if "per_km2" in kept:
        kept["per_km2"] = _dense_enough(table, rules.smallest)
    return kept, done


def _dense_enough(cells: "pd.DataFrame", smallest: int) -> "pd.Series":
    """
    Keep a density where at least `smallest` incidents made it, in two digits.

    No kernel gives an incident more than 3 / (pi h^2) at a point, so what is `smallest` times
    that comes from as many incidents. Without a known bandwidth nothing is kept.
    """
    import numpy as np

    density = cells["per_km2"].astype("float64")
    bandwidth = cells.attrs.get("bandwidth")
    if not bandwidth:
        return density * np.nan
    most = 3 / (np.pi * (bandwidth / 1000) ** 2)
    enough = density.where(density >= smallest * most, 0.0)
    digits = 10.0 ** np.floor(np.log10(enough.where(enough > 0, 1.0)) - 1)
    return (enough / digits).round() * digits


def _trend(table: "pd.DataFrame", audience: str) -> "tuple[pd.DataFrame, list[str]]":
    rules = RULES[audience]
    if audience == "politie":
        return table, []
    table, done = table.copy(), []
    shown, small, second = suppress(table["n"], smallest=rules.smallest, base=rules.base)
    table["n"] = shown
    if small:
        done.append(words.suppressed(small + second, words.PER_STEP, rules.smallest))
    return table, done


def _counts(table: "pd.DataFrame", audience: str) -> "tuple[pd.DataFrame, list[str]]":
    rules = RULES[audience]
    if audience == "politie":
        return table, []
    table, done = table.copy(), []
    what = words.PER_AREA if "area_code" in table else words.PER_KIND
    # A total stands in the table of kinds as its first row, and is known to readers of areas.
    parts = table.index[1:] if "kind" in table else table.index
    names = [name for name in ("n", "n_before", "n_after", "n_last_year") if name in table]
    n_small = n_second = 0
    for name in names:
        shown, small, second = suppress(
            table.loc[parts, name], smallest=rules.smallest, base=rules.base
        )
        table[name] = table[name].astype("Int64")
        table.loc[parts, name] = shown
        n_small, n_second = n_small + small, n_second + second
    if n_small:
        done.append(words.suppressed(n_small, what, rules.smallest))
    if n_second:
        done.append(words.complementary(n_second, what))
    of_change = ["difference", "ratio", "ci_low", "ci_high", "p_value", "q_value"]
    derived = [name for name in [*of_change, "per_1000"] if name in table]
    compared = [name for name in names if name != "n_last_year"]
    withheld = table[compared].isna().any(axis=1)
    table[derived] = table[derived].astype("float64").mask(withheld)
    if rules.base > 1:
        exact = [name for name in derived if name not in ("difference", "per_1000")]
        table = table.drop(columns=exact)
        if {"n", "n_before", "difference"} <= set(table):
            table["difference"] = table["n"] - table["n_before"]
        if "per_1000" in table:
            people = table["inhabitants"].astype("float64")
            table["per_1000"] = table["n"].astype("float64") / people.where(people > 0) * 1000
        done.append(words.rounded(what))
    return table, done


def _persons_by_area(table: "pd.DataFrame", audience: str) -> "tuple[pd.DataFrame, list[str]]":
    if audience == "openbaar":
        raise _refuse(audience, "release_person_counts", what="counts of persons")
    if audience == "partner" and "level" in table and (table["level"] == "buurt").any():
        raise _refuse(audience, "release_person_buurt", what="counts of persons per buurt")
    rules, table, done = RULES[audience], table.copy(), []
    start = list(table.columns).index("n_persons")
    names = [n for n in table.columns[start:] if n != "geometry" and _is_count(table[n])]
    classes = [name for name in names if name != "n_persons"]
    n_small = n_second = 0
    for at in table.index:
        whole = table.loc[at, "n_persons"]
        row, small, second = suppress(
            table.loc[at, classes].astype("Int64"),
            smallest=rules.smallest_persons,
            total_known=bool(whole >= rules.smallest_persons),
        )
        for name in classes:
            table[name] = table[name].astype("Int64")
            table.loc[at, name] = row[name]
        n_small, n_second = n_small + small, n_second + second
    table["n_persons"], small, second = suppress(
        table["n_persons"], smallest=rules.smallest_persons
    )
    if n_small + small:
        done.append(words.suppressed(n_small + small, "personen", rules.smallest_persons))
    if n_second + second:
        done.append(words.complementary(n_second + second, "personen"))
    return table, done


def _places(table: "pd.DataFrame", audience: str) -> "tuple[pd.DataFrame, list[str]]":
    import pandas as pd

    if audience == "politie":
        return table, []
    if audience == "openbaar":
        raise _refuse(audience, "release_places", what="places with incidents")
    if "street_name" not in table:
        raise _refuse(audience, "release_places", what="places without a street name")
    rules = RULES[audience]
    grouped = table.groupby("street_name", dropna=True)
    streets = pd.DataFrame({"n": grouped["n"].sum(), "n_places": grouped.size()})
    streets = streets.sort_values(["n", "street_name"], ascending=[False, True]).reset_index()
    shown = streets[streets["n"] >= rules.smallest].reset_index(drop=True)
    done = [words.WITHOUT_POINTS]
    if len(shown) < len(streets):
        done.append(
            words.suppressed(len(streets) - len(shown), "herhaling per straat", rules.smallest)
        )
    shown.attrs = dict(table.attrs)
    return shown, done


def _findings(table: "pd.DataFrame", audience: str) -> "tuple[pd.DataFrame, list[str]]":
    if audience != "openbaar":
        return table, []
    table = table.copy()
    table["location_text"] = table["location_text"].map(without_house_numbers, na_action="ignore")
    raw = [name for name in table.columns if name.endswith("_raw") or name == "description"]
    if hasattr(table, "geometry"):
        wide = table.get("location_precision")
        at_street = wide.isin(["kruispunt", "straat"]) if wide is not None else False
        table.geometry = table.geometry.where(at_street, None)
    return table.drop(columns=raw), [words.WITHOUT_HOUSE_NUMBERS, words.WITHOUT_TEXT]


def _actions(table: "pd.DataFrame", audience: str) -> "tuple[pd.DataFrame, list[str]]":
    if audience != "openbaar":
        return table, []
    table = table.copy()
    done = [words.WITHOUT_TEXT]
    if "location_text" in table:
        table["location_text"] = table["location_text"].map(
            without_house_numbers, na_action="ignore"
        )
        done.insert(0, words.WITHOUT_HOUSE_NUMBERS)
    return table.drop(columns=[n for n in ("task", "description") if n in table]), done


def _photos(table: "pd.DataFrame", audience: str) -> "tuple[pd.DataFrame, list[str]]":
    if audience == "openbaar":
        raise _refuse(audience, "release_photos", what="photos by residents")
    if audience == "partner":
        import pandas as pd

        exact = [n for n in ("sha256", "location_text", "source", "geometry") if n in table]
        return pd.DataFrame(table).drop(columns=exact), [words.WITHOUT_PHOTO_PLACES]
    return table, []


def _hours(table: "pd.DataFrame", audience: str) -> "tuple[pd.DataFrame, list[str]]":
    if audience != "openbaar" or "hour" not in table:
        return table, []
    from ipgtools.periods import DAYPARTS

    keys = [name for name in ("weekday",) if name in table]
    part = (table["hour"] // 6).map(dict(enumerate(DAYPARTS))).rename("daypart")
    coarse = table.groupby([*(table[key] for key in keys), part], sort=False)["weight"].sum()
    return coarse.reset_index(), [words.DAYPARTS]


def _as_it_is(table: "pd.DataFrame", _audience: str) -> "tuple[pd.DataFrame, list[str]]":
    return table, []


def without_house_numbers(text: str) -> str:
    """
    Take house numbers from words that name a place.

    Examples
    --------
    >>> without_house_numbers("Oostveenweg nr. 80 - achterzijde")
    'Oostveenweg - achterzijde'
    >>> without_house_numbers("Leijdsweg t.o. 15a")
    'Leijdsweg t.o.'
    """
    return re.sub(r"\s*\b(nr\.?\s*|nummer\s*)?\d+\s?[a-zA-Z]?\b(?!-)", "", str(text)).strip()


def _is_count(column: "pd.Series") -> bool:
    import pandas as pd

    return bool(pd.api.types.is_integer_dtype(column))


_KINDS = (
    ("offences", {"person"}, _persons),
    ("incidents", {"incident_id", "occurred_from"}, _incidents),
    ("persons by area", {"area_code", "n_persons"}, _persons_by_area),
    ("areas", {"area_code"}, _counts),
    ("comparison", {"kind", "n", "n_before"}, _counts),
    ("cells", {"cell_id"}, _cells),
    ("places", {"place_id"}, _places),
    ("links", {"from_id", "to_id"}, _incidents),
    ("findings", {"finding_id", "schouw_id"}, _findings),
    ("actions", {"action_id", "actor"}, _actions),
    ("photos", {"photo_id"}, _photos),
    ("times", {"weight"}, _hours),
    ("pairs", {"distance_from", "days_from", "observed"}, _as_it_is),
    ("trend", {"start", "end", "n"}, _trend),
    ("concentration", {"share_places", "share_incidents"}, _as_it_is),
    ("sources", {"n_read", "n_used", "n_rejected"}, _as_it_is),
    ("facts", {"fact", "value"}, _as_it_is),
    ("finding counts", {"n", "category"}, _as_it_is),
    ("action counts", {"n", "actor"}, _as_it_is),
)
"""What a table is, the columns that tell so, and the rule for it; the first that fits goes."""
