"""Patterns of repeat offenders: counts over persons together, against published numbers."""

import inspect
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import scipy.stats
from shapely.geometry import Point, box

from ipgtools import offenders
from ipgtools.errors import ArgumentError, ContractError
from ipgtools.periods import Period

YEAR = Period("2025-01-01", "2026-01-01")


def links(*offences: str) -> pd.DataFrame:
    """Make participations: "ab" is an offence of persons a and b."""
    rows = [(f"f{number}", person) for number, who in enumerate(offences) for person in who]
    return pd.DataFrame(rows, columns=["offence_id", "person"])


def career(person: str, kinds: str, *, step: int = 7) -> pd.DataFrame:
    """Make one person's offences, a week apart, of kinds of one letter each."""
    days = pd.date_range("2025-01-06", periods=len(kinds), freq=f"{step}D")
    return pd.DataFrame({"person": person, "committed_on": days, "category": list(kinds)})


def random_careers(rng: np.random.Generator, n_persons: int = 60) -> pd.DataFrame:
    """Make careers in which kinds fall at random."""
    lengths = 2 + rng.poisson(2, n_persons)
    return pd.concat(
        [
            career(str(one), "".join(rng.choice(list("AABC"), length)))
            for one, length in enumerate(lengths)
        ],
        ignore_index=True,
    )


# Acting together.


def test_the_published_co_offending_of_burglars_is_found(shared: Path) -> None:
    """All values of the set of 32,979 links, event-based and person-based."""
    table = pd.read_csv(shared / "il_burglary_coffending" / "crime_offender_links.csv")
    table = table.rename(columns={"crimeID": "offence_id", "offenderID": "person"})
    found = offenders.co_offending(table)
    assert found["n_offences"].head(7).tolist() == [17008, 4304, 1324, 503, 166, 49, 15]
    assert found["n_together"].max() == 13
    about = found.attrs
    assert (about["n_offences"], about["n_persons"]) == (23_385, 17_792)
    assert round(about["share_together"], 4) == 0.2727
    assert round(about["share_in_group"], 4) == 0.4843
    assert round(about["mean_together"], 4) == 1.4103
    assert (about["n_only_alone"], about["n_only_together"], about["n_both"]) == (7972, 7604, 2216)
    networks = offenders.networks(table)
    about = networks.attrs
    assert networks["n_networks"].tolist()[0] == 7972
    assert networks["n_networks"].sum() == 10_938
    assert about["largest"] == 230
    assert (about["n_pairs"], about["n_repeat_pairs"]) == (10_706, 1_574)
    assert (about["n_pair_events"], about["max_pair_events"]) == (14_648, 30)
    assert round(about["transitivity"], 4) == 0.7148
    top = offenders.concentration(table, n_draws=50)
    assert top["share_offences"].mul(100).round(2).tolist() == [8.61, 23.72, 35.43, 50.37, 73.03]
    assert top["by_chance"].round(3).tolist()[2] == 0.199
    assert round(top.attrs["gini"], 5) == 0.37860
    assert round(top.attrs["share_once"], 4) == 0.6801


def test_networks_are_those_of_networkx() -> None:
    """Components, pairs and transitivity of a random table of participations."""
    networkx = pytest.importorskip("networkx")
    rng = np.random.default_rng(3)
    table = pd.DataFrame(
        {"offence_id": rng.integers(0, 150, 320), "person": rng.integers(0, 200, 320)}
    ).drop_duplicates()
    graph = networkx.Graph()
    graph.add_nodes_from(table["person"].tolist())
    for _, who in table.groupby("offence_id")["person"]:
        listed = who.tolist()
        graph.add_edges_from((a, b) for at, a in enumerate(listed) for b in listed[at + 1 :])
    found = offenders.networks(table)
    sizes = [len(one) for one in networkx.connected_components(graph)]
    assert found["n_networks"].sum() == len(sizes)
    assert found.attrs["largest"] == max(sizes)
    assert found.attrs["n_pairs"] == graph.number_of_edges()
    assert found.attrs["transitivity"] == pytest.approx(networkx.transitivity(graph))


def test_an_event_of_many_links_nobody_when_left_out() -> None:
    """One squat of nine is not a network of nine."""
    table = links("abcdefghi", "ab", "j")
    assert offenders.networks(table).attrs["largest"] == 9
    found = offenders.networks(table, max_together=5)
    assert found.attrs["largest"] == 2
    assert found.attrs["n_events_left_out"] == 1


def test_an_offence_of_very_many_persons_is_refused() -> None:
    """A million pairs of one event are no network, and take all memory."""
    table = pd.DataFrame({"offence_id": "a", "person": range(10_001)})
    with pytest.raises(ArgumentError, match="max_together"):
        offenders.networks(table)


# Time to the next offence.


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined")
def test_the_curve_and_its_test_are_those_of_scipy() -> None:
    """Kaplan and Meier's estimate, and the log-rank test of two groups."""
    rng = np.random.default_rng(5)
    n = 200
    until = pd.Timestamp("2025-12-31")
    first = pd.Timestamp("2025-01-01") + pd.to_timedelta(rng.integers(0, 200, n), unit="D")
    gap = np.where(np.arange(n) < 100, rng.geometric(1 / 60, n), rng.geometric(1 / 120, n))
    second = first + pd.to_timedelta(gap, unit="D")
    table = pd.DataFrame({"person": [*range(n), *range(n)], "committed_on": [*first, *second]})
    table = table[table["committed_on"] <= until]
    groups = pd.Series(np.where(np.arange(n) < 100, "short", "long"), index=range(n))
    found = offenders.recurrence(table, until=until, groups=groups, min_at_risk=1)
    again = second <= until
    days = np.where(again, gap, (until - first).days)

    def censored(mine: np.ndarray) -> scipy.stats.CensoredData:
        return scipy.stats.CensoredData.right_censored(days[mine], ~again[mine])

    for name, mine in (("short", np.arange(n) < 100), ("long", np.arange(n) >= 100)):
        curve = found[found["group"] == name]
        known = scipy.stats.ecdf(censored(mine)).sf
        assert curve["share_again"].to_numpy() == pytest.approx(
            1 - known.evaluate(curve["days"].to_numpy())
        )
        interval = known.confidence_interval(method="log-log")
        assert curve["high"].to_numpy() == pytest.approx(
            1 - interval.low.evaluate(curve["days"].to_numpy()), nan_ok=True
        )
    test = scipy.stats.logrank(censored(np.arange(n) < 100), censored(np.arange(n) >= 100))
    assert found.attrs["p_value"] == pytest.approx(test.pvalue)
    assert found.attrs["p_value"] < 0.001


def test_who_is_followed_no_longer_is_no_success() -> None:
    """Someone whose clock starts on the last day leaves the risk set, not the estimate."""
    table = pd.concat([career("a", "AA", step=30), career("b", "A")])
    found = offenders.recurrence(table, until="2025-01-10", min_at_risk=1)
    assert found.empty
    assert found.attrs["groups"]["all"] == {"n_persons": 2, "n_again": 0, "median_days": None}
    later = offenders.recurrence(table, until="2025-03-01", min_at_risk=1)
    assert later["share_again"].tolist() == [0.5]


def test_several_facts_on_one_day_are_no_recurrence() -> None:
    """Three charges of one evening do not come back within zero days."""
    table = career("a", "AAA", step=1).assign(committed_on=pd.Timestamp("2025-05-01"))
    found = offenders.recurrence(table, until="2025-12-31", min_at_risk=1)
    assert found.attrs["groups"]["all"]["n_again"] == 0


def test_a_curve_ends_where_too_few_are_followed() -> None:
    """The last steps of a curve rest on a handful."""
    table = pd.concat([career(str(one), "AA", step=10 + one) for one in range(12)])
    found = offenders.recurrence(table, until="2025-12-31", min_at_risk=10)
    assert found["n_at_risk"].min() == 10
    assert found["days"].max() == 12


# Kinds one after another.


def test_careers_dealt_at_random_seldom_look_specialised() -> None:
    """Both tests are false in about one of twenty."""
    assert false_alarms(60) <= 8


@pytest.mark.calibrate
def test_careers_dealt_at_random_seldom_look_specialised_in_full() -> None:
    """Two hundred towns without specialists."""
    assert false_alarms(200) <= 18


def false_alarms(n: int) -> int:
    """Count how often the worse of the two tests is significant where nothing is."""
    rng = np.random.default_rng(11)
    found = [
        offenders.switching(random_careers(rng), n_permutations=99, rng=rng).attrs for _ in range(n)
    ]
    return max(sum(one[name] <= 0.05 for one in found) for name in ("p_specialised", "p_order"))


def test_shuffled_careers_of_specialists_have_no_order() -> None:
    """Who keeps to a kind is found; that the same kind follows sooner is not claimed of them."""
    rng = np.random.default_rng(2)
    table = pd.concat([career(str(one), "AAAA" if one % 2 else "BBBB") for one in range(30)])
    about = offenders.switching(table, n_permutations=199, rng=rng).attrs
    assert about["p_specialised"] <= 0.01
    assert about["p_order"] > 0.5


def test_series_within_careers_are_found() -> None:
    """The same kinds for all, in runs: no specialists, but order."""
    table = pd.concat([career(str(one), "AAABBB" if one % 2 else "BBBAAA") for one in range(30)])
    about = offenders.switching(table, n_permutations=199).attrs
    assert about["p_order"] <= 0.01
    assert about["n_same"] == 30 * 4


def test_other_kinds_are_not_one_kind() -> None:
    """Two offences of rare kinds are not the same."""
    table = pd.concat([career("a", "AABC"), career("b", "AADE")])
    about = offenders.switching(table, max_kinds=1, n_permutations=9).attrs
    assert about["n_same"] == 2


def test_the_order_of_rows_changes_no_transition() -> None:
    """A table that is sorted by kind gives the same counts."""
    table = pd.concat([career("a", "ABAC"), career("b", "CCA")])
    one = offenders.switching(table, n_permutations=9)
    other = offenders.switching(table.sort_values("category"), n_permutations=9)
    assert one[["kind", "next_kind", "n"]].equals(other[["kind", "next_kind", "n"]])


# Age, distance.


def test_the_published_distances_of_burglars_are_found(shared: Path) -> None:
    """Home and burglary as two points of one trip: the formula, with the set's own figures."""
    folder = shared / "nl_denhaag_inbrekers"
    rows = pd.read_csv(folder / "inbrekers.csv")
    areas = pd.read_csv(folder / "buurten.csv").set_index("NHOODID")
    assert rows["PERSONID"].nunique() == 290
    assert rows.groupby("PERSONID").size().max() == 25
    there = areas.loc[rows["NHOODBUR"]]
    home = areas.loc[rows["NHOODRES"]]
    trips = gpd.GeoDataFrame(
        {
            "person": [*range(len(rows))] * 2,
            "committed_on": ["2025-01-01"] * len(rows) + ["2025-01-02"] * len(rows),
        },
        geometry=[Point(xy) for xy in zip([*home["X"], *there["X"]], [*home["Y"], *there["Y"]],
                                          strict=True)],
        crs=28992,
    )  # fmt: skip
    about = offenders.distances(trips).attrs
    assert (round(about["mean_m"], 1), round(about["median_m"], 1)) == (2213.6, 1809.9)
    assert about["n_same_point"] == 81


def test_every_row_of_a_made_up_set_is_accounted_for(shared: Path) -> None:
    """1,507 participations, each used or left out for one reason."""
    folder = shared / "fictitious_crimelinkage"
    table = pd.read_csv(folder / "offenders.csv")
    table = table.rename(columns={"crimeID": "offence_id", "offenderID": "person"})
    about = offenders.co_offending(table).attrs
    left_out = sum(
        about[name] for name in about if name.startswith("n_without") or "repeat" in name
    )
    assert about["n_rows"] == len(table) == 1507
    assert about["n_used"] + left_out == 1507


def test_a_distance_of_someone_else_is_none() -> None:
    """Two persons with one offence each have no distance between them."""
    table = gpd.GeoDataFrame(
        {"person": ["a", "b"], "committed_on": pd.to_datetime(["2025-01-01", "2025-01-02"])},
        geometry=[Point(0, 0), Point(900, 0)], crs=28992,
    )  # fmt: skip
    assert offenders.distances(table)["n"].sum() == 0


def test_ages_before_the_first_band_are_counted_apart() -> None:
    """A child of ten is in no band, and is not lost."""
    table = pd.DataFrame({"person": ["a", "b", "c"], "age": [10, 40, None]})
    about = offenders.age_curve(table).attrs
    assert (about["n_younger"], about["n_without_age"], about["n_used"]) == (1, 1, 2)


# Classes.


def test_who_enters_and_leaves_a_class_is_counted() -> None:
    """Eleven facts by November, ten by October; a newcomer was not known before."""
    days = pd.date_range("2024-01-01", periods=11, freq="MS")
    one = pd.DataFrame({"person": "p", "committed_on": days, "sent_to_om": True, "age": 30})
    new = one.tail(1).assign(person="q")
    found = offenders.flows(pd.concat([one, new]), "2024-10-15", "2024-11-15")
    assert found.values.tolist() == [["overig", "zavp", 1], ["not_known", "overig", 1]]
    assert found.attrs["regime"] == "2014"


def test_definitions_are_compared_person_by_person_and_by_rule() -> None:
    """The margins are the classes of each, in a table of all sorts of careers."""
    rng = np.random.default_rng(8)
    n = 4000
    table = pd.DataFrame(
        {
            "person": rng.integers(0, 300, n),
            "committed_on": pd.Timestamp("2014-01-01")
            + pd.to_timedelta(rng.integers(0, 4000, n), unit="D"),
            "pv_id": rng.integers(0, 2500, n),
            "sent_to_om": True,
            "age": rng.integers(12, 40, n),
        }
    )
    found = offenders.compare_regimes(table, reference_date="2024-12-01")
    for column, regime in (("klasse_first", "pv"), ("klasse_second", "2014")):
        klasse = offenders.classify(table, regime=regime, reference_date="2024-12-01")
        assert found.groupby(column)["n"].sum().to_dict() == klasse.value_counts().to_dict()
    same = found["klasse_first"] == found["klasse_second"]
    assert ((found["rule"] == "same") == same).all()
    assert found.loc[~same, "n"].sum() == found.attrs["n_different"] > 0
    meerpleger = found[(found["klasse_first"] == "meerpleger") & ~same]
    assert set(meerpleger["rule"]) == {"class"}


def test_the_share_of_a_class_is_of_cleared_incidents_and_of_all() -> None:
    """Per area, and an incident of two classes counts for both."""
    incidents = pd.DataFrame(
        {"incident_id": list("abcdef"), "area_code": ["X", "X", "X", "X", "Y", None]}
    )
    offences = pd.DataFrame({"person": list("pqpr"), "incident_id": list("aabe")})
    klasse = pd.Series({"p": "zavp", "q": "overig", "r": "overig"})
    found = offenders.involvement(offences, incidents, klasse)
    columns = ["area_code", "klasse", "n_persons", "n", "n_cleared", "n_incidents"]
    assert found[columns].values.tolist() == [
        ["X", "zavp", 1, 2, 2, 4],
        ["X", "overig", 1, 1, 2, 4],
        ["Y", "overig", 1, 1, 1, 1],
    ]
    assert found["share_incidents"].tolist() == [0.5, 0.25, 1.0]


def test_at_a_place_an_approach_reaches_no_more_than_what_is_cleared() -> None:
    """Two of four incidents are cleared, one by a repeat offender."""
    incidents = gpd.GeoDataFrame(
        {"incident_id": list("abcd")}, geometry=[Point(one, 5) for one in (1, 2, 3, 4)], crs=28992
    )
    places = gpd.GeoDataFrame(
        {"place_id": ["here", "empty"]}, geometry=[box(0, 0, 9, 9), box(50, 0, 59, 9)], crs=28992
    )
    offences = pd.DataFrame({"person": ["p", "q"], "incident_id": ["a", "b"]})
    klasse = pd.Series({"p": "zavp", "q": "overig"})
    found = offenders.at_places(offences, incidents, places, klasse)
    assert found.loc[0, ["n_incidents", "n_cleared", "n", "at_most"]].tolist() == [4, 2, 1, 0.25]
    assert np.isnan(found.loc[1, "at_most"])


# What must never come out.


def everything() -> dict[str, pd.DataFrame]:
    """Count every pattern of a made-up table with all columns."""
    rng = np.random.default_rng(1)
    table = random_careers(rng, 40)
    n = len(table)
    table["person"] = "person-" + table["person"]
    table = table.assign(
        offence_id=[f"f{one}" for one in rng.integers(0, n, n)],
        incident_id=[f"i{one}" for one in range(n)],
        sent_to_om=True,
        age=rng.integers(14, 60, n),
    )
    places = gpd.GeoDataFrame(
        table, geometry=gpd.points_from_xy(rng.uniform(0, 5000, n), rng.uniform(0, 5000, n)),
        crs=28992,
    )  # fmt: skip
    incidents = pd.DataFrame(
        {"incident_id": places["incident_id"], "occurred_from": places["committed_on"]}
    )
    return offenders.patterns(places, incidents=incidents, period=YEAR)


def test_no_pattern_has_a_row_score_or_name_of_a_person() -> None:
    """No pseudonym in any cell, index or note; no column that ranks or forecasts."""
    found = everything()
    assert set(found) == {
        "age_curve", "co_offending", "concentration", "distances", "involvement", "networks",
        "recurrence", "switching",
    }  # fmt: skip
    for name, table in found.items():
        assert "person-" not in table.to_csv() + repr(table.attrs), name
        forbidden = ("person", "score", "rank", "risk", "predict", "forecast", "probability")
        assert not [column for column in table if column in forbidden or "score" in column], name
        assert table.index.name != "person"


def test_only_the_class_has_a_value_per_person() -> None:
    """Every public function is known here; what is added must be judged."""
    public = {name for name in offenders.__all__ if inspect.isfunction(getattr(offenders, name))}
    assert public == {
        "age_curve", "at_places", "by_area", "classify", "co_offending", "compare_regimes",
        "concentration", "distances", "flows", "involvement", "networks", "patterns",
        "recurrence", "switching",
    }  # fmt: skip
    table = offenders.classify(
        pd.DataFrame({"person": ["q", "p"], "committed_on": pd.Timestamp("2025-01-01"),
                      "sent_to_om": True})
    )  # fmt: skip
    assert set(table) <= set(offenders.KLASSEN)
    assert table.index.is_monotonic_increasing


def test_patterns_of_fewer_persons_than_ten_are_refused() -> None:
    """And the message names no person."""
    with pytest.raises(ArgumentError, match="3 persons") as refused:
        offenders.patterns(links("ab", "c"))
    assert refused.value.code == "persons_too_few"


@pytest.mark.parametrize(
    ("function", "lacks"),
    [
        (offenders.co_offending, "offence_id"),
        (offenders.age_curve, "age"),
        (offenders.switching, "committed_on"),
        (offenders.concentration, "offence_id"),
    ],
)
def test_a_table_without_the_column_says_which_and_names_no_person(function, lacks) -> None:
    """No person's value in any message."""
    with pytest.raises(ContractError, match=lacks) as refused:
        function(pd.DataFrame({"person": ["SECRET"]}))
    assert "SECRET" not in str(refused.value)


@pytest.mark.parametrize(
    "function", [offenders.co_offending, offenders.networks, offenders.concentration]
)
def test_an_empty_table_gives_an_empty_answer(function) -> None:
    """Nothing known is no error."""
    empty = pd.DataFrame({"person": pd.Series(dtype="str"), "offence_id": pd.Series(dtype="str")})
    found = function(empty)
    assert found.attrs["n_used"] == 0


def test_acquittals_are_in_no_pattern() -> None:
    """A fact that ended in acquittal leaves no trace."""
    table = links("ab").assign(outcome=["vrijspraak", "veroordeling"])
    about = offenders.co_offending(table).attrs
    assert (about["n_ended_otherwise"], about["n_used"]) == (1, 1)
