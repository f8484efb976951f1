"""
List the methods, with the functions, claims, settings and numbers of the code that each rests on.

A public function of the analysis layer, and a claim, belongs to a method; a test fails on one
that doesn't. Words are in `ipgtools.nl.papers.cards`; what is named here is looked up when a
card is made, so that it is never out of date.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["METHODS", "Method"]

_PLACES = "hotspots.hot_places"
_OF_ANALYSIS = {"alpha": "analysis.alpha", "rng": "analysis.seed"}
_DRAWS = {"n_permutations": "analysis.n_permutations"}


@dataclass(frozen=True)
class Method:
    """
    One method, by where its facts are in the code.

    Parameters
    ----------
    key : str
        Its words in `ipgtools.nl.papers.cards.CARDS`.
    functions : tuple of str
        Public functions, within ipgtools.
    claims : tuple of str
        Keys of `ipgtools.highlights.claims.CLAIMS`.
    settings : mapping of str to str
        Parameter of a function to the setting that the pipeline passes for it.
    numbers : mapping of str to str
        Name in the words to where the number is: a constant within ipgtools, a default
        (``module.function(parameter)``), what a function gives for settings
        (``module.function()``), or a setting (``settings:analysis.near_days``).
    at_least : mapping of str to str
        Parameter to a default that its setting can't go below.
    briefing : bool
        Whether a briefing uses it.
    needs : str
        The file of `[input]` without which it isn't used.
    persons : bool
        Whether it is about persons; left out where the module for persons is off.
    """

    key: str
    functions: tuple[str, ...]
    claims: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    at_least: Mapping[str, str] = field(default_factory=dict)
    briefing: bool = True
    needs: str = ""
    persons: bool = False


METHODS = (
    Method(
        "places",
        ("hotspots.places",),
        ("new_place", "busy_places", "cluster_places", "kind_and_place"),
        {**_OF_ANALYSIS, **_DRAWS},
        {
            "cell": f"{_PLACES}.region.CELL_SIZE",
            "new": f"{_PLACES}.engine.RULES.new.factor",
            "busy": f"{_PLACES}.engine.RULES.busy.factor",
            "cluster": f"{_PLACES}.engine.RULES.cluster.factor",
            "months": f"{_PLACES}.history_steps.MONTHS",
            "fewest": f"{_PLACES}.places.FEWEST",
        },
        {"n_permutations": "hotspots.places(n_permutations)"},
    ),
    Method("busiest", ("hotspots.busiest", "hotspots.half_life")),
    Method(
        "change",
        (
            "history.compare", "history.comparable", "history.earlier", "history.dispersion",
            "history.dispersion_of", "history.counts", "history.steps", "history.band",
            "history.in_areas", "areas.change", "areas.compare", "areas.method",
            "hotspots.change", "times.trend", "inference.poisson_interval",
            "inference.compare_counts",
            "inference.ratio_interval", "inference.prediction_interval", "inference.smallest_p",
            "inference.eligible", "inference.corrected", "inference.benjamini_hochberg",
        ),
        ("total_changed", "outside_band", "kind_changed", "cells_changed"),
        {"alpha": "analysis.alpha"},
        {"weeks": "history.FEWEST.week", "months": "history.FEWEST.month"},
    ),
    Method(
        "hours",
        ("times.peak", "times.may_be_named", "times.aoristic", "times.clock_known"),
        ("peak", "place_hours", "heaped"),
        {"rng": "analysis.seed", "max_interval": "analysis.longest_days", **_DRAWS},
        {
            "fewest": "times._peak_naming.FEWEST",
            "days": "times._peak_naming.FEWEST_DAYS",
            "lift": "times._peak_naming.LEAST_LIFT",
            "longest": "settings:analysis.longest_days",
        },
    ),
    Method(
        "near_repeats",
        (
            "repeats.knox", "repeats.near_repeats", "repeats.alert_windows", "repeats.strata",
            "repeats.chains",
        ),
        ("near_repeats",),
        {
            "rng": "analysis.seed",
            **_DRAWS,
            "near_distance": "analysis.near_distance",
            "near_days": "analysis.near_days",
        },
        {
            "distance": "settings:analysis.near_distance",
            "n_days": "settings:analysis.near_days",
        },
    ),
    Method(
        "repeats",
        ("repeats.places", "repeats.expected_repeats"),
        ("repeat_places",),
        {"alpha": "analysis.alpha"},
    ),
    Method(
        "concentration",
        (
            "concentration.gini", "concentration.gini_by_chance",
            "concentration.probability_in_top",
            "concentration.lorenz", "concentration.n_places_for_share", "concentration.stability",
            "concentration.top_share", "concentration.top_shares",
        ),
        ("top_changed",),
        {"rng": "analysis.seed"},
    ),
    Method(
        "density",
        (
            "hotspots.density", "hotspots.count", "hotspots.default_bandwidth",
            "hotspots.bandwidths", "grid.coordinates", "grid.hexagon_size",
        ),
        (),
        {"bandwidth": "analysis.bandwidth", "cell_size": "analysis.cell_size"},
    ),
    Method(
        "areas",
        ("areas.assign", "areas.rates", "smoothing.empirical_bayes"),
        (),
        {"alpha": "analysis.alpha"},
        {"per": "areas.rates(per)"},
    ),
    Method(
        "offenders",
        ("offenders.classify", "offenders.by_area"),
        (),
        {"regime": "analysis.regime", "reference_date": "analysis.reference_date"},
        {"adult": "offenders.MANY_ADULT", "minor": "offenders.MANY_MINOR"},
        needs="offences",
        persons=True,
    ),
    Method(
        "schouw",
        (
            "schouw.compare", "findings.by_category", "findings.by_actor", "findings.is_open",
            "findings.open_actions", "findings.in_hotspots",
        ),
        (),
        {"distance": "schouw.distance"},
        {"distance": "settings:schouw.distance"},
        needs="schouw",
    ),
    Method(
        "protection",
        (
            "privacy.release", "privacy.select", "privacy.protect.round_counts",
            "privacy.published_numbers.publish", "privacy.release_calendar.require",
            "privacy.audit_release.audit",
        ),
        settings={"named": "privacy.kinds", "actors": "input.actors"},
        numbers={
            "threshold": "privacy.protect.Rule.threshold",
            "base": "privacy.protect.Rule.base",
            "hold": "privacy.published_numbers.HOLD",
        },
    ),
    Method(
        "data",
        (
            "data_quality.late_reports", "data_quality.moved_points",
            "data_quality.reported_or_found", "data_quality.check_all",
            "data_quality.reporting_gaps", "data_quality.snapped",
            "data_quality.areas_without_incidents", "coverage.measure",
            "coverage.month_only", "coverage.grain", "coverage.require_days", "selection.select",
        ),
        ("silence", "source_cut", "uncovered"),
        {"alpha": "analysis.alpha", "min_incidents": "analysis.fewest"},
    ),
    Method(
        "cases",
        ("cases.read_cases", "cases.overview"),
        numbers={"persons": "papers.facts.smallest_of_persons()"},
        briefing=False,
        persons=True,
    ),
    Method("gi_star", ("hotspots.gi_star", "hotspots.emerging"), ("hot_cells",), briefing=False),
    Method(
        "resemblance",
        (
            "autocorrelation.moran", "autocorrelation.geary", "autocorrelation.general_g",
            "autocorrelation.join_counts", "autocorrelation.local_moran",
        ),
        ("neighbours_alike", "high_together", "marked_together", "surroundings"),
        briefing=False,
    ),
    Method(
        "patterns",
        ("patterns.clark_evans", "patterns.ripley"),
        ("nearest", "around"),
        briefing=False,
    ),
    Method(
        "groups",
        (
            "hotspots.clusters", "hotspots.hdbscan", "hotspots.st_dbscan",
            "hotspots.hierarchical_clusters", "hotspots.cluster_shapes",
        ),
        ("more_groups", "large_group"),
        briefing=False,
    ),
    Method("risk", ("hotspots.risk",), ("risk",), briefing=False),
    Method(
        "interaction", ("repeats.mantel", "repeats.jacquez"), ("interaction",), briefing=False
    ),
    Method("network", ("network.build", "network.density", "network.snap"), briefing=False),
    Method(
        "scan",
        (
            "scan.space_time", "scan.spatial", "scan.of_counts", "scan.poisson", "scan.bernoulli",
            "scan.relative_risk", "scan.gumbel_p", "scan.recurrence_interval",
        ),
        numbers={"fewest": "scan.incidents.FEWEST"},
        briefing=False,
    ),
    Method(
        "backtest",
        (
            "evaluate.backtest", "evaluate.card", "evaluate.hit_rate", "evaluate.pai",
            "evaluate.pei", "evaluate.rri",
        ),
        numbers={"fewest": "evaluate.backtesting.FEWEST_EVENTS"},
        briefing=False,
    ),
    Method(
        "effect",
        (
            "evaluate.wdd", "evaluate.e_test", "evaluate.poisson_z", "evaluate.displacement_ring",
            "evaluate.similar_areas",
        ),
        numbers={
            "steps": "evaluate.comparison_areas.FEWEST_STEPS",
            "fewest": "evaluate.comparison_areas.FEWEST_INCIDENTS",
        },
        briefing=False,
    ),
    Method(
        "harm", ("harm.weigh", "harm.compare", "harm.leave_one_code_out", "harm.sensitivity"),
        briefing=False,
    ),
    Method(
        "offender_patterns",
        (
            "offenders.patterns", "offenders.age_curve", "offenders.at_places",
            "offenders.co_offending", "offenders.compare_regimes", "offenders.concentration",
            "offenders.distances", "offenders.flows", "offenders.involvement",
            "offenders.networks", "offenders.recurrence", "offenders.switching",
        ),
        numbers={"least": "offenders.MIN_PERSONS"},
        needs="offences",
        briefing=False,
        persons=True,
    ),
    Method(
        "funnel", ("funnel.funnel",), numbers={"least": "funnel.MIN_AREAS"}, briefing=False
    ),
)  # fmt: skip
"""In the order of a briefing, then those of notebooks."""
