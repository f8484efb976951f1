"""
Recognise a table by its columns, and give the form of it that an audience may see.

First the form (`_forms`), then the columns that the profile names, then the numbers: all of
one table in one place, `_numbers`. What a profile does not name does not leave.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools.errors import ReleaseError
from ipgtools.nl import privacy as words
from ipgtools.privacy import _forms
from ipgtools.privacy._profile import Counts, Profile
from ipgtools.privacy._profile import profile as profile_of
from ipgtools.privacy._small_numbers import protect_small, suppress_secondary
from ipgtools.privacy._stamp import stamp
from ipgtools.privacy.definitions import About, Protect, definitions
from ipgtools.privacy.public_place_names import Streets
from ipgtools.privacy.released_tables import RELEASED_TABLES
from ipgtools.rounded import FINEST, WITHIN, Rounded

if TYPE_CHECKING:
    import pandas as pd

    from ipgtools.periods import Period

__all__ = ["CLASSES", "Released", "needs_protection", "release"]


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
        What the table is, as profiles name it.
    """

    table: "pd.DataFrame"
    audience: str
    suppressed: tuple[str, ...]
    kind: str


def release(
    table: "pd.DataFrame",
    profile: "str | Path | Profile",
    *,
    period: "Period | None" = None,
    folder: "str | Path | None" = None,
    about: About | None = None,
    protect: Protect | None = None,
    streets: Streets = None,
    actors: Sequence[str] = (),
) -> Released:
    """
    Give the form of a table that an audience may see, and record nothing.

    Parameters
    ----------
    table, profile, period, folder, streets, actors
        As for `privacy.release`.
    about : About, optional
        What the numbers are about, so that each is protected by its definition.
    protect : callable, optional
        What protects numbers by their definition; with `about`.

    Returns
    -------
    Released
        The table with the columns that the profile names, its numbers protected, and what was
        done. Beside a column `n` of protected numbers is `n_within`: the count differs by less
        than that from `n`, and is smaller than that where `n` is withheld.

    Raises
    ------
    ReleaseError, SettingsError
        As for `privacy.release`; if numbers are to be protected and `about` or `protect` isn't
        given, too.

    Examples
    --------
    >>> import pandas as pd
    >>> kinds = pd.DataFrame({"kind": ["a", "b"], "n": [12, 3], "n_before": [0, 58], "x": [1, 2]})
    >>> release(kinds, "politie").table
      kind   n  n_before
    0    a  12         0
    1    b   3        58
    """
    known = profile_of(profile, folder)
    form, named, counts = _formed(table, known, _forms.Known(period, streets, actors))
    table = _named(form.table, (*named, *form.behind))
    if form.rule.exact or not counts:
        shown, n_withheld = _numbers(table, counts, form.rule, form.total, form.within)
    elif about is None or protect is None:
        msg = (
            f"the numbers of a table of {form.kind} can't be protected for {known.name!r} without "
            "what they are about: give the provenance"
        )
        raise ReleaseError(
            msg, code="release_without_provenance", kind=form.kind, audience=known.name
        )
    else:
        shown, n_withheld = _keyed(form, table, counts, about, protect)
    shown = _derived(shown, known, form.rule)
    if form.behind:
        shown["n_class"] = _classes(shown)
        behind = [name for name in form.behind if name not in named]
        hidden = [*behind, *(f"{name}{WITHIN}" for name in behind)]
        shown = shown.drop(columns=hidden, errors="ignore")
        counts = tuple(name for name in counts if name in named)
    if form.needed:
        needed = [name for name in form.needed if name in shown]
        shown = shown[shown[needed].notna().any(axis=1)].reset_index(drop=True)
    if form.ranked:
        shown = _forms.in_order(shown, form.ranked)
    shown.attrs = _attrs(form.table.attrs, known) | stamp(shown, known)
    done = form.done
    if n_withheld:
        done = [*done, _withheld(form)]
    if counts and not form.rule.exact:
        done = [*done, words.rounded(form.rule.base)]
        if _coarser(shown, counts, form.rule):
            done = [*done, words.COARSER]
    return Released(shown, known.name, tuple(done), form.kind)


def needs_protection(
    table: "pd.DataFrame",
    profile: Profile,
    *,
    period: "Period | None" = None,
    streets: Streets = None,
    actors: Sequence[str] = (),
) -> bool:
    """Tell whether a table has numbers that an audience doesn't see as they are."""
    form, _, counts = _formed(table, profile, _forms.Known(period, streets, actors))
    return bool(counts) and not form.rule.exact


def _formed(
    table: "pd.DataFrame", profile: Profile, known: _forms.Known
) -> tuple[_forms.Form, tuple[str, ...], tuple[str, ...]]:
    """Give a table's form, the columns that its profile names, and those of them with numbers."""
    form = _form(table, profile, known)
    named = profile.tables.get(form.kind, ())
    if not named:
        raise _forms.refused(
            profile, "release_not_named", f"a table of {form.kind}", kind=form.kind
        )
    kept = (*named, *form.behind)
    return form, named, tuple(name for name in form.counts if name in kept)


def _form(table: "pd.DataFrame", profile: Profile, known: _forms.Known) -> _forms.Form:
    columns = set(table.columns)
    for marks, form in RELEASED_TABLES:
        if marks <= columns:
            made: _forms.Form = form(table, profile, known)
            return made
    listed = ", ".join(map(str, table.columns))
    msg = f"the table ({listed}) is none of: {', '.join(words.KINDS)}; it may not leave"
    raise ReleaseError(msg, code="release_unknown", columns=listed)


def _named(table: "pd.DataFrame", named: tuple[str, ...]) -> "pd.DataFrame":
    """Keep the columns that the profile names; a geometry is called so, whatever its name."""
    import pandas as pd

    shape = getattr(table, "_geometry_column_name", None)
    keep = [name for name in table.columns if ("geometry" if name == shape else name) in named]
    if shape not in keep:
        return pd.DataFrame(table)[keep].copy()
    return table[keep].copy()


def _numbers(
    table: "pd.DataFrame",
    columns: tuple[str, ...],
    rule: Counts,
    total: str | None = None,
    within: tuple[str, ...] = (),
) -> "tuple[pd.DataFrame, int]":
    """Protect all numbers of one released table: the only place that decides how one is shown."""
    import pandas as pd

    shown, n_withheld = table.copy(), 0
    if rule.exact and not rule.smallest:
        return shown, 0
    for name in columns:
        if name == "kinds":
            shown[name] = [_of_kinds(pairs, rule) for pairs in table[name]]
        elif name == "expected":
            shown[name] = (table[name] / rule.base).round() * rule.base
        else:
            shown[name], n = protect_small(table[name], rule)
            n_withheld += n
    parts = [name for name in columns if name != total]
    if total is not None and rule.smallest:
        whole = shown[total].notna()
        counts = table.loc[whole, parts].astype("Int64")
        shown.loc[whole, parts] = suppress_secondary(counts, shown.loc[whole, parts], rule)
    if within and set(within) <= set(table):
        for _, rows in table.groupby(list(within)):
            for name in columns:
                whole_row = rows[[name]].astype("Int64").T
                released = suppress_secondary(whole_row, shown.loc[rows.index, [name]].T, rule)
                shown.loc[rows.index, name] = released.T[name]
    counted = [name for name in columns if name not in _NO_COUNTS]
    further = (table[counted] >= rule.smallest).fillna(value=False) & shown[counted].isna()
    if total is not None:
        further = pd.DataFrame({name: further.any(axis=1) for name in counted})
    elif within and set(within) <= set(table):
        further = further.groupby([table[one] for one in within]).transform("any")
    for name in counted:
        step = pd.Series(rule.base, index=table.index, dtype="Int64")
        step = step.mask(shown[name].isna(), rule.smallest)
        _add_within(
            shown, name, step.mask(table[name].isna() | (shown[name].isna() & further[name]))
        )
    return shown, n_withheld


def _add_within(shown: "pd.DataFrame", name: str, within: "pd.Series") -> None:
    """Add next to a column of numbers how far the counts can be from what is shown."""
    shown.insert(shown.columns.get_loc(name) + 1, f"{name}{WITHIN}", within.astype("Int64"))


_NO_COUNTS = ("kinds", "expected")
"""Columns with numbers of which none is a count by itself."""


def _keyed(
    form: _forms.Form, table: "pd.DataFrame", columns: tuple[str, ...], about: About,
    protect: Protect,
) -> "tuple[pd.DataFrame, int]":  # fmt: skip
    """Protect all numbers of one released table by what each of them is about."""
    shown, n_withheld = table.copy(), 0
    for name in columns:
        if name == "expected":
            shown[name] = (table[name] / form.rule.base).round() * form.rule.base
            continue
        cells = definitions(form.kind, form.table.loc[table.index], name, about)
        if cells is None:
            shown = shown.drop(columns=name)
            continue
        cells["threshold"], cells["base"] = form.rule.smallest, form.rule.base
        if name == "kinds":
            shown[name] = _keyed_kinds(table[name], cells, protect)
        else:
            known = table[name].notna()
            counts = table[name].astype("Int64")
            found = protect(counts[known], cells[known])
            counts[known] = found["n"]
            n_withheld += int((counts.isna() & known).sum())
            shown[name] = counts
            _add_within(shown, name, found["within"].reindex(shown.index))
    return shown, n_withheld


def _keyed_kinds(
    listed: "pd.Series", cells: "pd.DataFrame", protect: Protect
) -> list[tuple[tuple[str, Rounded], ...]]:
    """Keep the kinds of each place whose number may be shown."""
    import pandas as pd

    of = [(at, kind, n) for at, pairs in enumerate(listed) for kind, n in pairs]
    if not of:
        return [()] * len(listed)
    each = cells.loc[listed.index].iloc[[at for at, _, _ in of]].reset_index(drop=True)
    each["kinds"] = pd.Series([(str(kind).replace("|", "/"),) for _, kind, _ in of], dtype=object)
    shown = protect(pd.Series([n for *_, n in of], dtype="Int64"), each)
    kept: list[list[tuple[str, Rounded]]] = [[] for _ in listed]
    for (at, kind, _), n, within in zip(of, shown["n"], shown["within"], strict=True):
        if pd.notna(n):
            kept[at].append((kind, Rounded.released(n, within)))
    return [tuple(some) for some in kept]


def _of_kinds(pairs: Any, rule: Counts) -> tuple[tuple[str, int], ...]:
    """Keep the kinds whose number may be shown."""
    import pandas as pd

    if not len(pairs):
        return ()
    kinds, counts = zip(*pairs, strict=True)
    shown, _ = protect_small(pd.Series(counts), rule)
    return tuple((kind, int(n)) for kind, n in zip(kinds, shown, strict=True) if pd.notna(n))


def _coarser(shown: "pd.DataFrame", columns: tuple[str, ...], rule: Counts) -> bool:
    """Tell whether a number of a released table is known less well than the rule says."""
    pairs = [pair for one in shown.get("kinds", ()) for pair in one]
    if any(getattr(n, "base", 0) > rule.base for _, n in pairs):
        return True
    for name in columns:
        if (within := f"{name}{WITHIN}") in shown:
            usual = shown[name].isna() * rule.smallest + shown[name].notna() * rule.base
            if bool((shown[within] > usual).any()):
                return True
    return False


def _derived(table: "pd.DataFrame", profile: Profile, rule: Counts) -> "pd.DataFrame":
    """Compute what is made of numbers from those that are shown; drop what needs exact ones."""
    if profile.exact:
        return table
    table = table.drop(columns=[name for name in _OF_EXACT if name in table])
    for now, before in (("n", "n_before"), ("n_after", "n_before")):
        if {now, before, "difference"} <= set(table):
            table["difference"] = table[now] - table[before]
            either = table[f"{now}{WITHIN}"] + table[f"{before}{WITHIN}"] - 1
            _add_within(table, "difference", either.mask(table["difference"].isna()))
    if {"per_1000", "n"} <= set(table):
        people = table["inhabitants"].astype("float64")
        enough = (table["n"] >= profile.areas.rates) & (table[f"n{WITHIN}"] <= rule.base)
        n = table["n"].astype("float64").where(enough.fillna(value=False).astype(bool))
        table["per_1000"] = n / people.where(people > 0) * 1000
    return table


def _classes(shown: "pd.DataFrame") -> "pd.Series":
    """Return the class of each shown number; none where it is withheld or rounded coarser."""
    import pandas as pd

    counts = shown["n"]
    if f"n{WITHIN}" in shown:
        counts = counts.mask((shown[f"n{WITHIN}"] > FINEST).fillna(value=False))
    edges = [*CLASSES, float("inf")]
    numbers = counts.astype("Float64").to_numpy(dtype=float, na_value=float("nan"))
    made = pd.cut(pd.Series(numbers, counts.index), edges, right=False, labels=[*CLASSES.values()])
    return made.astype("str").where(made.notna(), "none")


CLASSES = {5: "few", 10: "some", 20: "many"}
"""Classes of the number in a cell, by the least of each."""
_OF_EXACT = (
    "ratio", "ci_low", "ci_high", "p_value", "q_value", "ratio_last_year", "ci_low_last_year",
    "ci_high_last_year", "p_last_year", "q_last_year", "ratio_low", "ratio_high", "score", "share",
    "gi_star", "expected_sd", "p_max", "per_km2",
)  # fmt: skip
"""Columns from which exact numbers could be solved: never together with rounded ones."""


def _attrs(attrs: dict[str, Any], profile: Profile) -> dict[str, Any]:
    """Keep what tells how a table was made; totals in it are for who sees exact numbers."""
    if profile.exact:
        return dict(attrs)
    return {name: attrs[name] for name in _METHOD if name in attrs}


_METHOD = ("method", "grid", "bandwidth", "regime", "reference_date")


def _withheld(form: _forms.Form) -> str:
    if form.within:
        return words.suppressed_cases(form.rule.smallest)
    if form.rule.exact:
        return words.suppressed_persons(form.rule.smallest)
    if form.kind == "persons_by_area":
        return words.small_persons(form.rule.smallest)
    return words.suppressed(form.rule.smallest)
