"""
Apply the Dutch definitions of repeat offenders, and count them per wijk.

There is more than one definition, and they don't agree; the regime is always named. Persons
are pseudonyms. What leaves this module is a class per person or a number per area: nothing
here scores, ranks or predicts a person, and no count per person comes out.
"""

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ipgtools.errors import ContractError
from ipgtools.offenders import definitions
from ipgtools.offenders.definitions import KLASSEN, MANY_ADULT, MANY_MINOR, number_pairs
from ipgtools.periods import as_day

if TYPE_CHECKING:
    import geopandas as gpd

    from ipgtools.periods import Period

__all__ = ["NOT_COUNTED", "by_area", "classify"]

NOT_COUNTED = ("technisch sepot", "vrijspraak")
"""Outcomes that take a fact out of the count."""
_NONE = -1
"""Number of a person, offence or pv that is missing."""


def classify(
    offences: pd.DataFrame,
    *,
    regime: str = "2014",
    reference_date: "str | dt.date | pd.Timestamp | None" = None,
    recent_excludes_last: bool = True,
) -> pd.Series:
    """
    Tell for each person which class of repeat offender the definitions make of the record.

    A fact counts if it is a misdrijf whose pv was sent to the OM and it didn't end in
    *technisch sepot* or *vrijspraak*. ``t0`` is the day of the last fact that counts; the
    age at ``t0`` decides between adults (18 and over) and minors (12 to 17).

    ======================  ================================  =================================
    klasse                  regime "2014"                     regime "pv"
    ======================  ================================  =================================
    zavp                    > 10 facts in (t0 - 5 years, t0]  > 10 pv's in peiljaar - 4 to
                            and one recent                    peiljaar, one in peiljaar
    veelpleger              > 10 facts ever, one recent       > 10 pv's ever, one in peiljaar
    meerpleger              not defined                       2 to 10 pv's ever, one in peiljaar
    jeugdige_veelpleger     > 5 pv's ever, one fact recent    > 5 pv's ever, one in peiljaar
    meerpleger_minderjarig  2 to 5 pv's ever                  2 to 5 pv's ever
    overig                  all others, and those under 12
    ======================  ================================  =================================

    Recent is ``[t0 - 12 months, t0]``. A fact without a date counts in the whole past and in
    no window. Without any known age a person is taken for an adult.

    Parameters
    ----------
    offences : DataFrame, n_offences rows
        `person`, `committed_on`, `sent_to_om`, and as far as known `offence_id` (a fact that is
        listed twice for a person counts once), `pv_id` (rows without one are a pv each),
        `outcome`, `age` (at the offence) and `is_misdrijf` (rows count only where it is true;
        without the column all are taken for misdrijven).
    regime : str, default "2014"
        Which definition, a key of `DEFINITIONS`.
    reference_date : str, date or Timestamp, optional
        Facts after this day don't count; its year is the peiljaar. The last `committed_on` of
        the table if not given.
    recent_excludes_last : bool, default True
        Whether the last fact itself is left out of the recent ones, as courts have read it.
        If not, the condition is always met. It does nothing in regime "pv".

    Returns
    -------
    Series of str, n_persons
        Named `klasse`, one of `KLASSEN`, on a sorted index `person`. `attrs` holds `regime`,
        `reference_date`, `n_rows`, `n_counted` (facts), and why the other rows don't count, each
        row once: `n_without_person`, `n_after_reference`, `n_no_misdrijf`, `n_not_sent`,
        `n_ended_otherwise`, `n_repeated`; and `n_without_date` (facts that count),
        `n_without_age` (persons).

    Raises
    ------
    ContractError
        If a needed column is missing.
    ValueError
        If the regime is unknown.

    References
    ----------
    OM, Richtlijn voor strafvordering bij meerderjarige veelplegers (2013R017). CBS and police
    definitions of meerpleger and jeugdige veelpleger.

    Examples
    --------
    >>> facts = pd.DataFrame({"person": "p1", "sent_to_om": True, "age": 30,
    ...                       "committed_on": pd.date_range("2024-01-01", periods=11, freq="MS")})
    >>> classify(facts).to_dict()
    {'p1': 'zavp'}
    >>> classify(facts.head(10)).to_dict(), classify(facts.head(10), regime="pv").to_dict()
    ({'p1': 'overig'}, {'p1': 'meerpleger'})
    """
    return classify_with_conditions(offences, regime, reference_date, recent_excludes_last)[0]


def classify_with_conditions(
    offences: pd.DataFrame,
    regime: str,
    reference_date: "str | dt.date | pd.Timestamp | None",
    recent_excludes_last: bool,  # noqa: FBT001
) -> tuple[pd.Series, pd.DataFrame]:
    """Return the class of each person, and which conditions of the definition are met."""
    facts, persons, about = _counting(offences, regime, reference_date)
    record = _record(facts, len(persons))
    definition = definitions.DEFINITIONS[regime]
    reference = pd.Timestamp(about["reference_date"])
    met = definition.met(facts, record, reference, recent_excludes_last)
    minor = (record["age"] >= 12) & (record["age"] < 18)
    adult = (record["age"] >= 18) | record["age"].isna()
    n_pv = record["n_pv"]
    rules = {
        "zavp": adult & met["window"] & met["recent"],
        "veelpleger": adult & met["ever"] & met["recent"],
        "jeugdige_veelpleger": minor & (n_pv > MANY_MINOR) & met["recent"],
        "meerpleger": adult & n_pv.between(2, MANY_ADULT) & met["recent"],
        "meerpleger_minderjarig": minor & n_pv.between(2, MANY_MINOR),
    }
    rules = {name: rule for name, rule in rules.items() if name in definition.classes}
    klasse = pd.Series(
        np.select([rule.to_numpy() for rule in rules.values()], list(rules), "overig"),
        index=pd.Index(persons, name="person"),
        name="klasse",
        dtype="str",
    )
    klasse.attrs |= about | {"n_without_age": int((record["age"].isna() & (n_pv > 0)).sum())}
    return klasse, met.set_axis(klasse.index)


def by_area(
    offences: "gpd.GeoDataFrame",
    areas: "gpd.GeoDataFrame",
    *,
    regime: str = "2014",
    reference_date: "str | dt.date | pd.Timestamp | None" = None,
    period: "Period | None" = None,
    recent_excludes_last: bool = True,
) -> "gpd.GeoDataFrame":
    """
    Count, per area and class, the different persons who were active there.

    A person is active in an area if a fact that counts for the regime was committed there.
    The class comes from the whole record, wherever committed. Someone active in two areas
    counts in both, so areas can't be added up. Small counts are for the release gate to hide.

    Parameters
    ----------
    offences : GeoDataFrame, n_offences rows
        As for `classify`, with the place of each offence in metres.
    areas : GeoDataFrame, n_areas rows
        Wijken or buurten in the same CRS.
    regime, reference_date, recent_excludes_last
        As for `classify`.
    period : Period, optional
        Only facts committed in it make a person active; by default all do.

    Returns
    -------
    GeoDataFrame, n_areas rows
        The columns of `areas`, `n_persons`, and one column of whole numbers for each of
        `KLASSEN`, which add up to `n_persons`. `attrs` holds that of `classify` and, over the
        facts that count, `n_offences_used`, `n_without_place`, `n_outside`, `n_outside_period`.

    Raises
    ------
    ContractError
        If a needed column is missing.
    CrsError
        If the tables are not in one CRS in metres.

    Examples
    --------
    >>> import geopandas as gpd, shapely
    >>> facts = gpd.GeoDataFrame(
    ...     {"person": ["p", "q"], "committed_on": pd.to_datetime(["2025-01-01"] * 2),
    ...      "sent_to_om": True, "age": 30},
    ...     geometry=gpd.points_from_xy([50, 5000], [50, 50]), crs=28992)
    >>> buurt = gpd.GeoDataFrame({"area_code": ["BU1"]}, geometry=[shapely.box(0, 0, 99, 99)],
    ...                          crs=28992)
    >>> by_area(facts, buurt)[["area_code", "n_persons", "overig"]].values.tolist()
    [['BU1', 1, 1]]
    """
    from ipgtools.areas import assign

    klasse = classify(
        offences,
        regime=regime,
        reference_date=reference_date,
        recent_excludes_last=recent_excludes_last,
    )
    facts, _, _ = _counting(offences, regime, reference_date)
    there = offences.iloc[facts["row"]]
    in_period = (
        np.ones(len(there), dtype=bool)
        if period is None
        else period.contains(there["committed_on"]).to_numpy()
    )
    there = there[in_period]
    placed = (there.geometry.notna() & ~there.geometry.is_empty).to_numpy()
    there = there[placed]
    code = assign(there, areas).to_numpy()
    inside = ~pd.isna(code)
    active = pd.DataFrame(
        {"person": there["person"].to_numpy()[inside], "area_code": code[inside]}
    ).drop_duplicates()
    active["klasse"] = active["person"].map(klasse)
    counts = (
        pd.crosstab(active["area_code"], active["klasse"])
        .reindex(index=areas["area_code"], columns=list(KLASSEN), fill_value=0)
        .astype(np.int64)
    )
    result = areas.copy()
    result["n_persons"] = counts.sum(axis=1).to_numpy(np.int64)
    for name in KLASSEN:
        result[name] = counts[name].to_numpy()
    geometry = result.geometry.name
    result = result[[name for name in result.columns if name != geometry] + [geometry]]
    result.attrs |= klasse.attrs | {
        "n_offences_used": int(inside.sum()),
        "n_without_place": int((~placed).sum()),
        "n_outside": int((~inside).sum()),
        "n_outside_period": int((~in_period).sum()),
    }
    return result


def _counting(
    offences: pd.DataFrame, regime: str, reference_date: "str | dt.date | pd.Timestamp | None"
) -> tuple[pd.DataFrame, pd.Index, dict[str, Any]]:
    """Return the facts that count, the persons they number, and how many rows were left out."""
    if regime not in definitions.DEFINITIONS:
        msg = f"`regime` is {regime!r}, expected one of {tuple(definitions.DEFINITIONS)}"
        raise ValueError(msg)
    missing = [name for name in ("person", "committed_on", "sent_to_om") if name not in offences]
    if missing:
        msg = f"`offences` lacks {missing}, which every definition needs"
        breaches = "; ".join(f"{name}: column is missing" for name in missing)
        raise ContractError(msg, code="contract", table="OFFENCES", breaches=breaches)
    facts = pd.DataFrame({"row": np.arange(len(offences))})
    facts["person"], persons = pd.factorize(offences["person"], sort=True)
    days = pd.to_datetime(offences["committed_on"]).dt.normalize()
    facts["day"] = days.astype("datetime64[s]").to_numpy()
    for name in ("offence_id", "pv_id"):
        facts[name] = pd.factorize(offences[name])[0] if name in offences else _NONE
    age = offences["age"].to_numpy() if "age" in offences else np.nan
    facts["age"] = pd.to_numeric(pd.Series(age, facts.index), errors="coerce").astype("float64")
    if reference_date is None:
        reference = facts["day"].max().floor("D")
    else:
        reference = as_day(reference_date, name="reference_date")

    ended = pd.Series(data=False, index=facts.index)
    if "outcome" in offences:
        ended = ended_otherwise(offences["outcome"].reset_index(drop=True))
    is_misdrijf = pd.Series(data=True, index=facts.index)
    if "is_misdrijf" in offences:
        is_misdrijf = _is_true(offences["is_misdrijf"])
    reasons = {
        "n_after_reference": facts["day"] > reference,
        "n_no_misdrijf": ~is_misdrijf,
        "n_not_sent": ~_is_true(offences["sent_to_om"]),
        "n_ended_otherwise": ended,
    }
    about: dict[str, Any] = {
        "regime": regime,
        "reference_date": None if pd.isna(reference) else reference.date().isoformat(),
        "n_rows": len(facts),
    }
    counts = facts["person"] != _NONE
    about["n_without_person"] = int((~counts).sum())
    for name, holds in reasons.items():
        about[name] = int((counts & holds).sum())
        counts &= ~holds
    repeated = number_pairs(facts, "offence_id")[counts].duplicated() & (
        facts["offence_id"] != _NONE
    )
    about["n_repeated"] = int(repeated.sum())
    facts = facts[counts & ~repeated.reindex(facts.index, fill_value=False)].copy()
    about["n_counted"] = len(facts)
    about["n_without_date"] = int(facts["day"].isna().sum())
    # a fact without a pv is one of its own
    facts["pv"] = facts["pv_id"].where(facts["pv_id"] != _NONE, len(offences) + facts["row"])
    facts["t0"] = facts.groupby("person")["day"].transform("max")
    return facts, persons, about


def ended_otherwise(outcomes: pd.Series) -> pd.Series:
    """Return which outcomes take a fact out of the count, however they are written."""
    written = outcomes.astype("str").str.replace("_", " ").str.strip().str.lower()
    return written.isin(NOT_COUNTED)


def _is_true(flags: pd.Series) -> pd.Series:
    return flags.astype("boolean").fillna(value=False).astype(bool).reset_index(drop=True)


def _record(facts: pd.DataFrame, n_persons: int) -> pd.DataFrame:
    """
    Give each person's age on the last day, and numbers of facts and pv's.

    Where the age is missing on the last day, another known age is carried on by the whole
    years in between: the person has that age or is a year older.
    """
    record = pd.DataFrame(index=pd.RangeIndex(n_persons))
    record["n_facts"] = np.bincount(facts["person"], minlength=n_persons)
    first = ~number_pairs(facts, "pv").duplicated()
    record["n_pv"] = np.bincount(facts["person"][first], minlength=n_persons)
    known = facts[facts["age"].notna()].copy()
    on_t0 = known[known["day"] == known["t0"]].groupby("person")["age"].max()
    day, t0 = known["day"].dt, known["t0"].dt
    incomplete = t0.month * 100 + t0.day < day.month * 100 + day.day
    known["age"] += (t0.year - day.year - incomplete).fillna(0)
    record["age"] = on_t0.reindex(record.index).fillna(known.groupby("person")["age"].max())
    return record
