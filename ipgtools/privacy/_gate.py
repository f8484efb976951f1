"""Recognise a table by its columns, and give the form of it that an audience may see."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ipgtools.errors import ReleaseError
from ipgtools.nl import privacy as words
from ipgtools.privacy import places
from ipgtools.privacy._rules import RULES, require_audience, suppress

if TYPE_CHECKING:
    import pandas as pd

    from ipgtools.privacy.places import Streets


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


def release(table: "pd.DataFrame", audience: str, *, streets: "Streets" = None) -> Released:
    """
    Give the form of a table that an audience may see.

    Parameters
    ----------
    table : DataFrame or GeoDataFrame
        Any table or result of ipgtools; its columns tell what it is.
    audience : {"openbaar", "partner", "politie"}
        For whom it is.
    streets : GeoDataFrame or PublicPlaces, optional
        STREETS, a list of streets, or what was prepared of them: places in words are told to
        others than the police by these names only, and not at all without them.

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
    require_audience(audience)
    columns = set(table.columns)
    for kind, marks, rule in _KINDS:
        if marks <= columns:
            named = {"streets": streets} if rule in _NAME_PLACES else {}
            shown, done = rule(table, audience, **named)
            return Released(shown, audience, tuple(done), kind)
    known = ", ".join(kind for kind, _, _ in _KINDS)
    msg = f"the table ({', '.join(map(str, table.columns))}) is none of: {known}; it may not leave"
    raise ReleaseError(msg, code="release_unknown", columns=", ".join(map(str, table.columns)))


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
    that comes from as many incidents. That does not hold of weights and of a correction for
    the edge; then, and without a known bandwidth, nothing is kept.
    """
    import numpy as np

    density = cells["per_km2"].astype("float64")
    bandwidth = cells.attrs.get("bandwidth")
    method = cells.attrs.get("method", {})
    if not bandwidth or method.get("weighted") or method.get("edge_correction"):
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
    of_year = [f"{one}_last_year" for one in ("ratio", "ci_low", "ci_high", "p", "q")]
    compared = [name for name in names if name != "n_last_year"]
    derived = []
    for made, made_of in (([*of_change, "per_1000"], compared), (of_year, ["n", "n_last_year"])):
        there = [name for name in made if name in table]
        if there:
            withheld = table[[name for name in made_of if name in table]].isna().any(axis=1)
            table[there] = table[there].astype("float64").mask(withheld)
            derived += there
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


def _hot_places(
    table: "pd.DataFrame", audience: str, *, streets: "Streets" = None
) -> "tuple[pd.DataFrame, list[str]]":
    """
    Keep places with enough incidents: name, claim, counts and outline.

    Scores go, because counts could be solved from them. What is about single addresses is for
    the police.
    """
    if audience == "politie":
        return table.drop(columns="cells", errors="ignore"), []
    rules, public = RULES[audience], audience == "openbaar"
    fewest = 2 * rules.smallest if public else rules.smallest
    columns = [name for name in _OF_PLACES if name in table]
    shown = table.loc[table["n"] >= fewest, columns].reset_index(drop=True)
    done = [words.PLACES_WITHOUT_SCORES]
    if dropped := len(table) - len(shown):
        done.append(words.suppressed(dropped, words.PLACES, fewest))
    for name in ("n", "n_before", "n_last_year"):
        if name in shown:
            shown[name], _, _ = suppress(
                shown[name], smallest=rules.smallest, base=rules.base, total_known=False
            )
    if "expected" in shown:
        shown["expected"] = (shown["expected"] / rules.base).round() * rules.base
    if "kinds" in shown:
        shown["kinds"] = [_large_kinds(kinds, fewest, rules.base) for kinds in shown["kinds"]]
    if public:
        done.append(words.rounded(words.PLACES))
    shown, said = places.told_names(shown, streets)
    shown.attrs = dict(table.attrs)
    return shown, [*done, *said]


_OF_PLACES = (
    "place_id", "number", "name", "claim", "kind", "n", "n_before", "n_last_year", "expected",
    "kinds", "when", "since", "since_open", "findings", "open_actions", "geometry",
)  # fmt: skip


def _differing(
    table: "pd.DataFrame", audience: str, *, streets: "Streets" = None
) -> "tuple[pd.DataFrame, list[str]]":
    """Withhold small counts of places that hold most of a change; both small: no such place."""
    if audience == "politie":
        return table, []
    rules = RULES[audience]
    shown = table.copy()
    for name in ("n", "n_before"):
        shown[name], _, _ = suppress(
            table[name], smallest=rules.smallest, base=rules.base, total_known=False
        )
    large = shown[["n", "n_before"]].fillna(0).max(axis=1) >= rules.smallest
    told = places.are_told(shown["name"], streets)
    return shown[large & told].reset_index(drop=True), []


def _large_kinds(
    kinds: "tuple[tuple[str, int], ...]", fewest: int, base: int
) -> "tuple[tuple[str, int], ...]":
    return tuple((kind, (n + base // 2) // base * base) for kind, n in kinds if n >= fewest)


def _places(
    table: "pd.DataFrame", audience: str, *, streets: "Streets" = None
) -> "tuple[pd.DataFrame, list[str]]":
    import pandas as pd

    if audience == "politie":
        return table, []
    if audience == "openbaar":
        raise _refuse(audience, "release_places", what="places with incidents")
    if "street_name" not in table:
        raise _refuse(audience, "release_places", what="places without a street name")
    if not places.prepared(streets):
        raise _refuse(audience, "release_places", what="places, without a file of streets,")
    rules = RULES[audience]
    named, said = places.public_places(pd.DataFrame(table), ["street_name"], streets)
    grouped = named.groupby("street_name", dropna=True)
    counts = pd.DataFrame({"n": grouped["n"].sum(), "n_places": grouped.size()})
    counts = counts.sort_values(["n", "street_name"], ascending=[False, True]).reset_index()
    shown = counts[counts["n"] >= rules.smallest].reset_index(drop=True)
    done = [words.WITHOUT_POINTS, *said]
    if len(shown) < len(counts):
        done.append(
            words.suppressed(len(counts) - len(shown), "herhaling per straat", rules.smallest)
        )
    shown.attrs = dict(table.attrs)
    return shown, done


def _findings(
    table: "pd.DataFrame", audience: str, *, streets: "Streets" = None
) -> "tuple[pd.DataFrame, list[str]]":
    if audience != "openbaar":
        return table, []
    table, said = places.public_places(table.copy(), ["location_text"], streets)
    raw = [name for name in table.columns if name.endswith("_raw") or name == "description"]
    if hasattr(table, "geometry"):
        wide = table.get("location_precision")
        at_street = wide.isin(["kruispunt", "straat"]) if wide is not None else False
        table.geometry = table.geometry.where(at_street, None)
    return table.drop(columns=raw), [*said, words.WITHOUT_TEXT]


def _compared(
    table: "pd.DataFrame", audience: str, *, streets: "Streets" = None
) -> "tuple[pd.DataFrame, list[str]]":
    """Treat the findings of two schouwen as findings; their points are told by the place."""
    import pandas as pd

    if audience != "openbaar":
        return table, []
    said = [name for name in table.columns if name.startswith("description")]
    shown = pd.DataFrame(table).drop(columns=[*said, "geometry"], errors="ignore")
    shown, told = places.public_places(shown, ["location_text"], streets)
    return shown, [*told, words.WITHOUT_TEXT]


def _actions(
    table: "pd.DataFrame", audience: str, *, streets: "Streets" = None
) -> "tuple[pd.DataFrame, list[str]]":
    if audience != "openbaar":
        return table, []
    table, done = places.public_places(table, ["location_text"], streets)
    done = [*done, words.WITHOUT_TEXT]
    return table.drop(columns=[n for n in ("task", "description") if n in table]), done


def _photos(
    table: "pd.DataFrame", audience: str, *, streets: "Streets" = None
) -> "tuple[pd.DataFrame, list[str]]":
    if audience == "openbaar":
        raise _refuse(audience, "release_photos", what="photos by residents")
    if audience == "partner":
        import pandas as pd

        exact = [n for n in ("sha256", "location_text", "source", "geometry") if n in table]
        shown, said = places.captions(pd.DataFrame(table), streets)
        return shown.drop(columns=exact), [words.WITHOUT_PHOTO_PLACES, *said]
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


def _is_count(column: "pd.Series") -> bool:
    import pandas as pd

    return bool(pd.api.types.is_integer_dtype(column))


_KINDS = (
    ("offences", {"person"}, _persons),
    ("hot places", {"place_id", "claim"}, _hot_places),
    ("incidents", {"incident_id", "occurred_from"}, _incidents),
    ("persons by area", {"area_code", "n_persons"}, _persons_by_area),
    ("areas", {"area_code"}, _counts),
    ("places of change", {"place_id", "earlier", "n", "n_before"}, _differing),
    ("comparison", {"kind", "n", "n_before"}, _counts),
    ("cells", {"cell_id"}, _cells),
    ("places", {"place_id"}, _places),
    ("links", {"from_id", "to_id"}, _incidents),
    ("findings", {"finding_id", "schouw_id"}, _findings),
    ("compared findings", {"outcome", "before_id", "after_id"}, _compared),
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
_NAME_PLACES: tuple[Any, ...] = (
    _hot_places, _differing, _places, _findings, _compared, _actions, _photos,
)  # fmt: skip
"""Rules for tables with places in words; they take the streets."""
