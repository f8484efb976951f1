"""List the claims of a briefing: change, places, hours, near repeats."""

from ipgtools.highlights.claims.claim import Claim

__all__ = ["BRIEFING"]

_OF_PLACES = (
    "Nine quarters of equal rates, 60 to 1,000 incidents of four kinds each: an even wijk, a "
    "gradient of homes, half a park, uneven homes, points snapped to streets; a third in series."
)

BRIEFING = (
    Claim(
        "total_changed",
        statement="The total rose or fell by more than chance explains.",
        words=(
            "highlights.total_changed", "sentences.totals.CHANCE", "sentences.totals.chance",
            "sentences.totals.change", "sentences.totals.last_year",
        ),
        null="Two years of equal means, 60 to 1,000 incidents in a quarter, four kinds, in series.",
        planted="All kinds rise by 40 %, from 250 to 350 independent incidents in total.",
        false_alarm=0.05,
        power=0.94,
        tests=(
            "test_equal_exposure_gives_scipys_exact_binomial_test",
            "test_series_are_called_a_change_at_most_as_often_as_said",
        ),
    ),
    Claim(
        "outside_band",
        statement="The total is more or less than the eight weeks before let expect.",
        words=("sentences.totals.band",),
        null="Four weeks after two years of equal means, 60 to 1,000 in a quarter, in series.",
        planted="Twice as many independent incidents in four weeks, where 77 are usual.",
        false_alarm=0.0325,
        power=0.91,
        tests=(
            "test_about_one_week_in_twenty_falls_outside_the_band",
            "test_a_planted_rise_is_above_the_band",
        ),
    ),
    Claim(
        "kind_changed",
        statement="A kind of incident rose or fell by more than chance explains.",
        words=("highlights.kind_changed", "highlights.rose_or_fell", "highlights.title_kind"),
        null="Two years of equal means, 60 to 1,000 incidents in a quarter, four kinds, in series.",
        planted="One of four kinds doubles from 50 to 100 independent incidents.",
        false_alarm=0.0325,
        power=0.94,
        tests=(
            "test_equal_exposure_gives_scipys_exact_binomial_test", "test_a_doubled_count_is_found",
        ),
    ),
    Claim(
        "kind_and_place",
        statement="A kind rose by more than chance explains, most of it at one new place.",
        words=("highlights.kind_changed", "highlights.rose_or_fell", "highlights.title_kind"),
        null="No kind rises, or one rises by 60 evenly over the wijk; in series.",
        planted="A kind rises by 60 within one cell, among 300 incidents.",
        false_alarm=0,
        power=0.94,
    ),
    Claim(
        "new_place",
        statement="A place holds more than its own past lets expect.",
        words=(
            "highlights.new_place", "charts.PLACE_CLAIMS.new", "maps.NEW", "maps.claim",
        ),
        null=_OF_PLACES,
        planted="10 more incidents in one cell this quarter, among 250.",
        false_alarm=0.0175,
        power=0.9,
        tests=(
            "test_a_place_of_this_period_only_is_new_and_told_with_its_own_counts",
            "test_one_kind_that_drowns_among_all_is_found_as_that_kind",
        ),
    ),
    Claim(
        "busy_places",
        statement="A cell held over three times what its homes or streets explain, in 24 months.",
        words=(
            "highlights.busy_places", "highlights.BASELINE", "charts.PLACE_CLAIMS.busy",
            "maps.claim",
        ),
        null="As for new_place; the baseline is what the incidents follow.",
        planted="10 more incidents in one cell in every quarter, among 250.",
        false_alarm=0,
        power=1,
        tests=("test_an_address_with_a_lasting_heap_is_busy_and_no_cluster",),
    ),
    Claim(
        "cluster_places",
        statement="An area held over twice what its homes or streets explain, in 24 months.",
        words=(
            "highlights.cluster_places", "highlights.AROUND", "charts.PLACE_CLAIMS.cluster",
            "maps.claim",
        ),
        null="As for new_place; the baseline is what the incidents follow.",
        planted="Nine cells with five times the rate in every quarter, among 250.",
        false_alarm=0,
        power=1,
        tests=("test_a_stretch_of_one_street_is_a_cluster_named_by_that_street",),
    ),
    Claim(
        "peak",
        statement="Hours of the week hold more than chance lets any hours hold.",
        words=(
            "sentences.clock_times.times", "sentences.clock_times.times_only",
            "slides.timing.title_times",
        ),
        null=(
            "60 to 1,000 incidents at any hour of the week: points or intervals, independent, in "
            "series in a night, or up to a fifth at 00:00."
        ),
        planted="50 more incidents on Friday evenings, beside 250 at any hour.",
        false_alarm=0.0325,
        power=1,
        tests=("test_even_times_seldom_have_busy_hours", "test_a_heap_makes_no_busy_hours"),
    ),
    Claim(
        "place_hours",
        statement="At a place, hours of the week hold more than chance lets any hours hold.",
        words=(
            "highlights.new_place", "highlights.kind_changed", "maps.WHEN",
            "slides.place_cards.when",
        ),
        null="One to three places with 40 to 300 incidents at any hour, as for peak.",
        planted="Half of 80 incidents at one of two places on Friday and Saturday evenings.",
        false_alarm=0.0325,
        power=1,
    ),
    Claim(
        "near_repeats",
        statement="After an incident another follows nearby and soon, more often than by chance.",
        words=(
            "sentences.repeat_incidents.near_repeats", "sentences.repeat_incidents.near_only",
            "slides.repeats.title_near",
        ),
        null=(
            "66 or 212 incidents in a year on nine areas: even, opposite trends of two halves, a "
            "season, or on 60 points."
        ),
        planted="20 of 212 incidents follow another within 100 m and two weeks.",
        false_alarm=0.035,
        power=0.9,
        tests=(
            "test_near_repeats_are_seldom_shown_where_there_are_none",
            "test_planted_near_repeats_are_shown", "test_p_values_are_fair_on_random_patterns",
            "test_the_near_repeat_process_of_the_sample_is_found",
        ),
    ),
    Claim(
        "repeat_places",
        statement="More places are hit again than if places were as busy as they were before.",
        words=("sentences.repeat_incidents.repeats", "slides.repeats.title_repeats"),
        null="20 to 250 incidents after one to eight times as many, on places of lasting weights.",
        planted="Ten of sixty incidents come back at the place of another.",
        false_alarm=0.025,
        power=1,
        tests=(
            "test_repeats_are_seldom_more_than_chance_where_places_keep_their_weight",
            "test_places_that_are_hit_again_at_once_are_more_than_chance",
        ),
    ),
)  # fmt: skip
