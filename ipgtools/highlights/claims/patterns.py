"""List the claims of maps and notebooks: cells, neighbours, distances, groups, tops."""

from ipgtools.highlights.claims.claim import Claim

__all__ = ["PATTERNS"]

_VALUES = "Cells alike: few incidents, many, in series within a cell, or rates."
_BLOCK = "Nine cells with five times the rate, 250 incidents on 400 cells."
_PAIRS = "150 points, 30 of which have another within 20 m."

PATTERNS = (
    Claim(
        "hot_cells",
        statement="More, or less, happens in and around a cell than elsewhere in the area.",
        words=("charts.HOTSPOTS.title", "charts.HOTSPOTS.hot_sure", "charts.HOTSPOTS.cold_sure"),
        null=_VALUES,
        planted=_BLOCK,
        false_alarm=0.0075,
        power=0.96,
        tests=(
            "test_random_maps_seldom_have_a_sure_spot", "test_exact_p_values_are_never_too_small",
            "test_planted_hot_places_of_the_sample_are_hotspots_of_their_kind",
        ),
    ),
    Claim(
        "cells_changed",
        statement="A cell has more, or fewer, incidents than in the period before.",
        words=("charts.CHANGE",),
        null="Two years of 100 to 1,500 incidents in a quarter, even over 100 cells, in series.",
        planted="30 more incidents in one cell, where 4 are usual; independent.",
        false_alarm=0.0175,
        power=0.99,
        tests=(
            "test_random_periods_seldom_differ_for_sure",
            "test_series_are_called_a_change_at_most_as_often_as_said",
        ),
    ),
    Claim(
        "risk",
        statement="More, or less, happens around a cell than its population explains.",
        words=("sentences.density.risk", "sentences.density.risk_places", "charts.RISK"),
        null="60 to 800 incidents at homes that crowd together, all at one rate.",
        planted="Homes within 200 m of a point have five times the rate, 250 incidents.",
        false_alarm=0.005,
        power=0.81,
        tests=(
            "test_where_the_rate_is_even_maps_seldom_say_otherwise",
            "test_a_planted_risk_is_found_and_little_else",
        ),
    ),
    Claim(
        "neighbours_alike",
        statement="Neighbouring places resemble each other, or differ, more than by chance.",
        words=("sentences.autocorrelation.alike",),
        null=_VALUES,
        planted="One half of the wijk has twice the rate of the other, 216 incidents.",
        false_alarm=0.0375,
        power=0.75,
        tests=("test_p_values_of_chance_are_uniform",),
    ),
    Claim(
        "high_together",
        statement="Busy places lie together, or apart, more than by chance.",
        words=("sentences.autocorrelation.high_together",),
        null=_VALUES,
        planted=_BLOCK,
        false_alarm=0.0225,
        power=0.8,
    ),
    Claim(
        "marked_together",
        statement="Marked places lie side by side more, or less, often than by chance.",
        words=("sentences.autocorrelation.joins",),
        null="A tenth, a third or more than half of 144 cells are marked.",
        planted="Cells with two incidents or more; one half has three times the rate.",
        false_alarm=0.051,
        power=0.97,
        n_maps=2000,
    ),
    Claim(
        "surroundings",
        statement="A place resembles its surroundings, or stands out from them, for certain.",
        words=("sentences.autocorrelation.surroundings",),
        null=_VALUES,
        planted=_BLOCK,
        false_alarm=0.0125,
        power=0.93,
        tests=(
            "test_maps_of_chance_with_anything_sure_are_few",
            "test_a_planted_hotspot_is_sure_and_nothing_far_from_it",
        ),
    ),
    Claim(
        "nearest",
        statement="Incidents lie closer to the next one, or further from it, than by chance.",
        words=("sentences.autocorrelation.nearest",),
        null="20 or 150 points, even over a square kilometre.",
        planted=_PAIRS,
        false_alarm=0.048,
        power=1,
        n_maps=2000,
    ),
    Claim(
        "around",
        statement="Within a distance there are more other incidents, or fewer, than by chance.",
        words=(
            "sentences.autocorrelation.around", "charts.RIPLEY.above", "charts.RIPLEY.under",
        ),
        null="20 or 100 points, even over a square kilometre.",
        planted=_PAIRS,
        false_alarm=0.03,
        power=1,
        tests=(
            "test_the_global_envelope_is_left_exactly_where_p_says_so",
            "test_clusters_leave_the_envelope_and_chance_does_not",
        ),
    ),
    Claim(
        "more_groups",
        statement="There are more groups of incidents than chance gives.",
        words=("sentences.concentration.clusters_by_chance",),
        null="150 points, even over a square kilometre.",
        planted="Eight points around each of three places, beside 150.",
        false_alarm=0.0175,
        power=0.77,
        tests=(
            "test_random_patterns_have_as_many_clusters_as_expected",
            "test_planted_clusters_are_more_than_chance_gives",
        ),
    ),
    Claim(
        "large_group",
        statement="A group of incidents is larger than chance makes them.",
        words=("charts.CLUSTERS.cluster",),
        null="150 points, even over a square kilometre.",
        planted="Eight points around each of three places, beside 150.",
        false_alarm=0.015,
        power=1,
        tests=("test_random_patterns_have_as_many_clusters_as_expected",),
    ),
    Claim(
        "interaction",
        statement="Incidents near in space are nearer in time, or further, than by chance.",
        words=("sentences.interaction.interaction",),
        null="60 incidents, even over 3 km and a year.",
        planted="20 of 60 incidents are followed by another within 100 m and ten days.",
        false_alarm=0.035,
        power=1,
        tests=("test_p_values_are_fair_on_random_patterns", "test_a_planted_process_is_found"),
    ),
    Claim(
        "top_changed",
        statement="Fewer of the busiest places stay among the busiest than chance explains.",
        words=("sentences.concentration.stability",),
        null="80 places that keep their rates while the whole rises by 40 %.",
        planted="Five of the ten busiest places become ordinary, and five others take over.",
        false_alarm=0.04,
        power=0.98,
        tests=(
            "test_places_that_keep_their_rate_are_seldom_called_changed",
            "test_a_top_that_moves_is_found",
        ),
    ),
)  # fmt: skip
