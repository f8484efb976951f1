"""
Give each kind of table the form in which it may leave: which rows, taken together how.

Numbers stay as they are here; `_gate` protects them afterwards, all in one place. What may not
leave in any form is refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ipgtools.errors import ReleaseError
from ipgtools.nl import privacy as words
from ipgtools.periods import DAYPARTS
from ipgtools.privacy import _sensitive_kinds, free_text, public_actors
from ipgtools.privacy import public_place_names as place_names
from ipgtools.privacy._profile import Counts, Profile, number
from ipgtools.privacy.definitions import REST, WHOLE

if TYPE_CHECKING:
    import pandas as pd

    from ipgtools.geocoder.public_places import PublicPlaces
    from ipgtools.periods import Period

__all__ = [
    "Form", "Known", "action_counts", "alerts", "areas", "cells", "comparison", "concentration",
    "findings", "hot_places", "in_order", "persons", "persons_by_area", "photos", "places",
    "places_of_change", "plain", "points", "refused", "times", "worded",
]  # fmt: skip

_SATURDAY = 5
_HOURS_OF_PART = 6
_MOST_HELD = 0.95
"""The largest share of the busiest cells that is shown; it is this or more."""
_WITHIN = 0.99
"""A cell of a grid may be this much smaller than its side says, by rounding."""


@dataclass(frozen=True)
class Known:
    """
    What is known about a table besides what it holds.

    Parameters
    ----------
    period : Period, optional
        What it is about.
    streets : GeoDataFrame or PublicPlaces, optional
        The streets by whose names places may be place_names.
    actors : sequence of str
        Who can act, besides those that are always known.
    """

    period: "Period | None" = None
    streets: place_names.Streets = None
    actors: Sequence[str] = ()

    @cached_property
    def places(self) -> "PublicPlaces":
        """The streets, prepared once."""
        return place_names.prepare_streets(self.streets)


@dataclass
class Form:
    """
    A table in the form that may leave, before its numbers are protected.

    Parameters
    ----------
    kind : str
        What it is now, as profiles name it.
    table : DataFrame or GeoDataFrame
        All its columns.
    counts : tuple of str
        Columns with numbers that are to be protected.
    rule : Counts
        By which rule.
    total : str, optional
        Which of them the others of a row add up to.
    within : tuple of str
        Columns whose values part the rows into groups of which a reader may know the total.
    needed : tuple of str
        A row leaves if one of these is shown; all rows if empty.
    ranked : tuple of str
        Rows are in the order of the number that is shown, and then of these: the order of
        exact numbers tells more.
    behind : tuple of str
        Columns that others are made of once they are protected; they leave only if named.
    done : list of str
        What was done, in Dutch.
    """

    kind: str
    table: "pd.DataFrame"
    counts: tuple[str, ...]
    rule: Counts
    total: str | None = None
    within: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    ranked: tuple[str, ...] = ()
    done: list[str] = field(default_factory=list)


def refused(profile: Profile, code: str, what: str, **facts: Any) -> ReleaseError:
    """Make the error for what may not leave."""
    msg = f"{what} may not leave for {profile.name!r}"
    return ReleaseError(msg, code=code, audience=profile.name, **facts)


def plain(kind: str, *counts: str) -> Any:
    """Give the form of a table that leaves row by row."""

    def form(table: "pd.DataFrame", profile: Profile, _known: Known) -> Form:
        return Form(kind, table, tuple(n for n in counts if n in table), profile.incidents)

    return form


def comparison(table: "pd.DataFrame", profile: Profile, _known: Known) -> Form:
    """
    Keep the total and the kinds of which a number can be shown, for who sees no exact ones.

    That a kind is listed must tell nothing: with numbers of 0 to 4 in all periods, it would.
    What the rest is changes with what is listed.
    """
    counts = tuple(n for n in ("n", "n_before", "n_last_year") if n in table)
    if profile.exact:
        return Form("comparison", table, counts, profile.incidents)
    shown = table[(table["kind"] != REST).to_numpy()]
    return Form("comparison", shown, counts, profile.incidents, needed=counts, ranked=("kind",))


def persons(_table: "pd.DataFrame", profile: Profile, _known: Known) -> Form:
    """Refuse rows about persons, whoever asks."""
    raise refused(profile, "release_persons", "a table with rows about persons")


def points(kind: str) -> Any:
    """Give the form of rows about incidents, for those who may see their points."""

    def form(table: "pd.DataFrame", profile: Profile, _known: Known) -> Form:
        if not profile.places.points:
            raise refused(profile, "release_incidents", "points of incidents")
        form = Form(kind, table, (), profile.incidents)
        sensitive = _sensitive_kinds.within_groups(table, _sensitive_kinds.NOT_AT_A_POINT)
        if sensitive.any():
            form.table = table[~sensitive]
            form.done.append(words.not_at_a_point(int(sensitive.sum())))
        return form

    return form


def alerts(table: "pd.DataFrame", profile: Profile, _known: Known) -> Form:
    """Give where a repeat is still to be expected to those who may know."""
    if not (profile.places.points and profile.places.alerts):
        raise refused(profile, "release_incidents", "points of incidents")
    return Form("alerts", table, (), profile.incidents)


def in_order(shown: "pd.DataFrame", by: tuple[str, ...]) -> "pd.DataFrame":
    """Put rows in the order of shown numbers, withheld ones last; a total stays the first."""
    rows = shown.sort_values(list(by)).sort_values("n", ascending=False, kind="stable")
    if "kind" in rows:
        rows = rows.sort_values("kind", key=lambda kinds: kinds != WHOLE, kind="stable")
    return rows.reset_index(drop=True)


def cells(table: "pd.DataFrame", profile: Profile, known: Known) -> Form:
    """Refuse cells that are finer than the profile's, and maps of a shorter period."""
    size, months = profile.cells.size, profile.cells.months
    if size and (side := _side(table)) < _WITHIN * size:
        raise refused(
            profile, "release_cell_size", f"cells of {side:g} m, finer than {size:g} m,",
            found=f"{side:g}", smallest=f"{size:g}",
        )  # fmt: skip
    if known.period is not None and months and not _spans(known.period, months):
        raise refused(
            profile, "release_short_map", f"a map of less than {months} months", months=months
        )
    form = plain("cells", "n", "n_before", "n_after")(table, profile, known)
    if fewest := profile.cells.households:
        form.table, left = _of_many(table, fewest, profile)
        if left:
            form.done.append(words.few_households(fewest))
    if profile.exact:
        return form
    compared = [name for name in ("n_before", "n_after") if name in table]
    if "change_class" in table and set(compared) & set(profile.tables.get("cells", ())):
        # together with the other number, a class would reveal how small the withheld one is
        small = (form.table[compared] < profile.incidents.smallest).any(axis=1)
        classes = form.table["change_class"].mask(small, "none")
        form.table = form.table.assign(change_class=classes)
    if "n_class" in profile.tables.get("cells", ()) and "n" in table:
        form.behind = ("n",)
    if not {"n", "n_before", "n_after"} & set(profile.tables.get("cells", ())):
        form.done.append(words.WITHOUT_NUMBERS)
    else:
        form.done.append(words.WITHOUT_SCORES)
    return form


def _of_many(table: "pd.DataFrame", fewest: int, profile: Profile) -> "tuple[pd.DataFrame, bool]":
    """Leave out cells with few households, an empty field or a lone house among them."""
    if "households" not in table:
        raise refused(profile, "release_households", "cells of unknown households", least=fewest)
    enough = (table["households"] >= fewest).fillna(value=False).to_numpy(dtype=bool)
    return table[enough].reset_index(drop=True), not enough.all()


def _side(table: "pd.DataFrame") -> float:
    """Give the side of the cells in metres; 0 where it can't be known."""
    side = float(table.attrs.get("grid", {}).get("cell_size", 0))
    geometry = getattr(table, "geometry", None)
    if geometry is not None and len(table):
        side = max(side, float(geometry.area.max()) ** 0.5)
    return side


def _spans(period: "Period", months: int) -> bool:
    import pandas as pd

    return bool(period.start + pd.DateOffset(months=months) <= period.end)


def areas(table: "pd.DataFrame", profile: Profile, known: Known) -> Form:
    """Leave out areas where few people live, or nobody knows how many."""
    form = plain("areas", "n", "n_before", "n_last_year")(table, profile, known)
    fewest = profile.areas.inhabitants
    if fewest and "inhabitants" in table and table["inhabitants"].notna().any():
        enough = (table["inhabitants"] >= fewest).fillna(value=False).astype(bool)
        form.table = table[enough]
        if left := int((~enough).sum()):
            form.done.append(words.few_inhabitants(left, fewest))
    return form


def persons_by_area(table: "pd.DataFrame", profile: Profile, _known: Known) -> Form:
    """Refuse counts of persons for whom they are not, or of too small an area."""
    import pandas as pd

    rule = profile.persons
    if not rule.allowed:
        raise refused(profile, "release_person_counts", "counts of persons")
    if rule.levels != "all":
        levels = table["level"].dropna().unique() if "level" in table else [""]
        wrong = [str(level) for level in levels if level not in rule.levels]
        if wrong:
            raise refused(
                profile, "release_person_level", f"counts of persons per {wrong[0]}",
                level=wrong[0], levels=", ".join(rule.levels),
            )  # fmt: skip
    if rule.inhabitants:
        people = table.get("inhabitants", pd.Series(pd.NA, index=table.index, dtype="Int64"))
        if not bool((people >= rule.inhabitants).fillna(value=False).all()):
            raise refused(
                profile, "release_person_area", "counts of persons of so small an area",
                inhabitants=rule.inhabitants,
            )  # fmt: skip
    first = list(table.columns).index("n_persons")
    counts = tuple(
        name for name in table.columns[first:]
        if name != "geometry" and pd.api.types.is_integer_dtype(table[name])
    )  # fmt: skip
    return Form("persons_by_area", table, counts, rule, total="n_persons")


def hot_places(table: "pd.DataFrame", profile: Profile, known: Known) -> Form:
    """Keep the first places with enough incidents and addresses, by names of streets."""
    rule = profile.places
    counts = tuple(n for n in ("n", "n_before", "n_last_year", "expected", "kinds") if n in table)
    form = Form("hot_places", table, counts, profile.incidents)
    if not profile.exact:
        form.done.append(words.WITHOUT_PLACE_SCORES)
    kept = table[(table["n"] >= rule.incidents).to_numpy()]
    if len(kept) < len(table):
        form.done.append(words.few_incidents(rule.incidents))
    if rule.addresses and "n_addresses" in kept:
        many = (kept["n_addresses"] >= rule.addresses).fillna(value=False).to_numpy(dtype=bool)
        if not many.all():
            kept = kept[many]
            form.done.append(words.few_addresses(rule.addresses))
    if len(kept) > number(rule.names):
        kept = kept.iloc[: int(number(rule.names))]
        form.done.append(words.most_names(int(number(rule.names))))
    form.table = _without_sensitive_kinds(kept).reset_index(drop=True)
    if not profile.places.points:
        form.table, notes = place_names.public_hot_place_names(form.table, known.places)
        form.done += notes
    if profile.times.calendar != "any" and "since" in kept:
        since = form.table["since"]
        form.table["since"] = since.dt.to_period("M").dt.start_time.astype(since.dtype)
    form.table.attrs = dict(table.attrs)
    return form


def _without_sensitive_kinds(places: "pd.DataFrame") -> "pd.DataFrame":
    """Leave out places of a kind that is at no point, and such kinds from what happens there."""
    sensitive = _sensitive_kinds.NOT_AT_A_POINT
    if "kind" in places:
        places = places[~_sensitive_kinds.within_groups(places, sensitive, columns=["kind"])]
    if "kinds" in places:
        listed = [
            tuple(one for one in kinds if not _sensitive_kinds.is_within(str(one[0]), sensitive))
            for kinds in places["kinds"]
        ]
        places = places.assign(kinds=listed)
    return places


def places_of_change(table: "pd.DataFrame", profile: Profile, known: Known) -> Form:
    """Keep places that hold most of a change if one of both numbers can be shown."""
    needed = () if profile.exact else ("n", "n_before")
    table = _without_sensitive_kinds(table)
    form = Form("places_of_change", table, ("n", "n_before"), profile.incidents, needed=needed)
    if not profile.places.points and "name" in table:
        form.table = table[place_names.are_public(table["name"], known.places)]
        if len(form.table) < len(table):
            form.done += place_names.notes(known.places)
    return form


def places(table: "pd.DataFrame", profile: Profile, known: Known) -> Form:
    """Take places together by street, unless their points may be seen."""
    import pandas as pd

    if profile.places.points and profile.tables.get("places"):
        return Form("places", table, (), profile.incidents)
    if "street_name" not in table or not profile.tables.get("streets"):
        raise refused(profile, "release_places", "places with incidents")
    done = [words.WITHOUT_POINTS]
    if not profile.places.points:
        if not known.places:
            raise refused(profile, "release_places", "places, without a file of streets,")
        table, notes = place_names.public_places(pd.DataFrame(table), ["street_name"], known.places)
        done += notes
    streets = table.groupby("street_name", dropna=True)["n"].sum().rename("n").reset_index()
    streets = streets.sort_values(["n", "street_name"], ascending=[False, True])
    shown = pd.DataFrame(streets).reset_index(drop=True)
    return Form(
        "streets", shown, ("n",), profile.incidents, needed=("n",), done=done,
        ranked=() if profile.exact else ("street_name",),
    )  # fmt: skip


def times(table: "pd.DataFrame", profile: Profile, _known: Known) -> Form:
    """Take hours together to the finest parts of the week that so many incidents allow."""
    import pandas as pd

    n = round(float(table["weight"].sum()))
    finest = profile.times.finest(n)
    whole = {"hour", "weekday", "daypart"} & set(table)
    if finest == 168:
        return Form("times", table, (), profile.incidents)
    parts = {
        frozenset({"hour", "weekday"}): finest,
        frozenset({"hour"}): min(finest, 4),
        frozenset({"daypart"}): min(finest, 4),
        frozenset({"weekday"}): finest if finest > 4 else 0,
    }.get(frozenset(whole), 0)
    if not parts:
        needed = min((number(one) for one in profile.times.hours.values()), default=0)
        raise refused(profile, "release_hours", f"hours of {n} incidents", smallest=f"{needed:.0f}")
    keys: list[pd.Series] = []
    if parts == 28:
        keys.append(table["weekday"])
    elif parts == 8:
        keys.append((table["weekday"] >= _SATURDAY).rename("weekend"))
    if "hour" in table:
        named = (table["hour"] // _HOURS_OF_PART).map(dict(enumerate(DAYPARTS)))
        keys.append(named.rename("daypart"))
    elif "daypart" in table:
        keys.append(table["daypart"])
    shown = table.groupby(keys, sort=False)["weight"].sum().round().astype("Int64").reset_index()
    done = [words.day_parts(parts)]
    return Form("dayparts", shown, ("weight",), profile.incidents, done=done)


def concentration(table: "pd.DataFrame", profile: Profile, _known: Known) -> Form:
    """Give the share of the busiest places instead of the curve, which tells every count."""
    import numpy as np
    import pandas as pd

    rule = profile.concentration
    if rule.curve:
        return Form("concentration", table, (), profile.incidents)
    n, n_places = float(table.attrs.get("n_incidents", 0)), len(table) - 1
    if n < rule.incidents or n_places < rule.places:
        raise refused(
            profile, "release_concentration", f"the spread of {n:.0f} incidents",
            smallest=rule.incidents, places=rule.places,
        )  # fmt: skip
    tops = np.array(sorted(rule.tops)) / 100
    held = 1 - np.interp(1 - tops, table["share_places"], table["share_incidents"])
    steps = 100 // rule.base
    # nearly all would tell how few are in all other cells together
    held = np.minimum(np.round(held * steps) / steps, _MOST_HELD)
    shown = pd.DataFrame({"share_places": tops, "share_incidents": held})
    done = [words.WITHOUT_CURVE]
    return Form("busiest_share", shown, (), profile.incidents, done=done)


def findings(table: "pd.DataFrame", profile: Profile, known: Known) -> Form:
    """Tell places by street where the profile says so, and no point that is not of a street."""
    form = _told_places("findings", table, profile, known)
    if profile.places.finest == "street" and hasattr(table, "geometry"):
        wide = table.get("location_precision")
        at_street = wide.isin(["kruispunt", "straat"]) if wide is not None else False
        form.table.geometry = form.table.geometry.where(at_street, None)
    return form


def worded(kind: str) -> Any:
    """Give the form of a table with places in words."""

    def form(table: "pd.DataFrame", profile: Profile, known: Known) -> Form:
        return _told_places(kind, table, profile, known)

    return form


def action_counts(table: "pd.DataFrame", profile: Profile, known: Known) -> Form:
    """Take those together who act and are in no list, where places are named by street."""
    done: list[str] = []
    if profile.places.finest == "street":
        table, done = public_actors.public_counts(table, known.actors)
    return Form("action_counts", table, (), profile.incidents, done=done)


def photos(table: "pd.DataFrame", profile: Profile, known: Known) -> Form:
    """Say below photos what they are about and where, for those who may not see points."""
    if not profile.tables.get("photos"):
        raise refused(profile, "release_photos", "photos by residents")
    if profile.places.points:
        return Form("photos", table, (), profile.incidents)
    shown, notes = place_names.captions(table, known.places)
    done = [words.WITHOUT_PHOTO_PLACES, *notes]
    return Form("photos", shown, (), profile.incidents, done=done)


def _told_places(kind: str, table: "pd.DataFrame", profile: Profile, known: Known) -> Form:
    """Tell places by names of streets, with house numbers or without, and actors by the list."""
    form = Form(kind, table, (), profile.incidents)
    if not profile.places.points:
        public = profile.places.finest == "street"
        form.table, form.done = place_names.public_places(
            table, ["location_text"], known.places, house_numbers=not public
        )
        if "street" in table:
            streets = place_names.known_streets(table["street"], known.places)
            form.table = form.table.assign(street=streets)
        if set(profile.tables.get(kind, ())) & set(free_text.COLUMNS):
            form.table, notes = free_text.without_persons(form.table, known.places, known.actors)
            form.done += notes
        if public:
            form.table, notes = public_actors.public_actions(form.table, known.actors)
            form.done += notes
    form.done += _without_text(table, profile, kind)
    return form


def _without_text(table: "pd.DataFrame", profile: Profile, kind: str) -> list[str]:
    texts = [n for n in table.columns if str(n).startswith(("description", "task"))]
    texts = [n for n in texts if not str(n).endswith("_raw")]
    named = profile.tables.get(kind, ())
    return [words.WITHOUT_TEXT] if any(text not in named for text in texts) else []
