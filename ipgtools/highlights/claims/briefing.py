"""List the claims of a briefing: change, places, hours, near repeats."""

from ipgtools.highlights.claims.claim import Claim

BRIEFING = (
    Claim(
        "total_changed",
        says="The total rose or fell by more than chance explains.",
        words=(
            "highlights.total_changed", "sentences.totals.CHANCE", "sentences.totals.chance",
            "sentences.totals.change", "sentences.totals.last_year",
        ),
        null="Equal means in all periods, 60 to 1,000 incidents, four kinds.",
        planted="All kinds rise by 40 %, from 250 to 350 in total.",
        false_alarm=0.01,
        power=0.91,
        tests=("test_equal_exposure_gives_scipys_exact_binomial_test",),
    ),
    Claim(
        "kind_changed",
        says="A kind of incident rose or fell by more than chance explains.",
        words=("highlights.kind_changed", "highlights.rose_or_fell", "highlights.title_kind"),
        null="Equal means in all periods, 60 to 1,000 incidents, four kinds.",
        planted="One of four kinds doubles from 50 to 100.",
        false_alarm=0.02,
        power=0.95,
        tests=("test_equal_exposure_gives_scipys_exact_binomial_test",),
    ),
    Claim(
        "kind_and_place",
        says="A kind rose by more than chance explains, most of it at one new place.",
        words=("highlights.kind_changed", "highlights.rose_or_fell", "highlights.title_kind"),
        null="No kind rises, or one rises by 60 evenly over the wijk.",
        planted="A kind rises by 50 within one cell, among 300 incidents.",
        false_alarm=0,
        power=0.95,
    ),
    Claim(
        "new_place",
        says="A place holds more than its own past lets expect.",
        words=("highlights.new_place",),
        null=(
            "Nine quarters of equal rates, 60 to 1,000 incidents each: an even wijk, a gradient of "
            "homes, half a park, uneven homes, points snapped to streets; a third in series."
        ),
        planted="10 more incidents in one cell this quarter, among 250.",
        false_alarm=0.0275,
        power=0.92,
    ),
    Claim(
        "busy_places",
        says="A cell held over three times what its homes or streets explain, for 24 months.",
        words=("highlights.busy_places", "highlights.BASELINE"),
        null="As for new_place; the baseline is what the incidents follow.",
        planted="10 more incidents in one cell in every quarter, among 250.",
        false_alarm=0,
        power=0.99,
    ),
    Claim(
        "cluster_places",
        says="A neighbourhood held over twice what its homes or streets explain, for 24 months.",
        words=("highlights.cluster_places", "highlights.AROUND"),
        null="As for new_place; the baseline is what the incidents follow.",
        planted="Nine cells with five times the rate in every quarter, among 250.",
        false_alarm=0,
        power=1,
    ),
    Claim(
        "peak",
        says="Hours of the week hold more than their length explains.",
        words=("sentences.moments.times", "briefing.title_times"),
        null="60 to 1,000 incidents at any hour of the week.",
        planted="50 more incidents on Friday evenings, beside 250 at any hour.",
    ),
    Claim(
        "near_repeats",
        says="After an incident another follows nearby and soon, more often than by chance.",
        words=("sentences.repeated.near_repeats",),
        null="40 or 150 incidents in a year, even or crowded in places and in seasons.",
        planted="25 of 120 incidents are followed by another within 100 m and ten days.",
        false_alarm=0.0125,
        power=1,
        tests=(
            "test_p_values_are_fair_on_random_patterns", "test_a_planted_process_is_found",
            "test_the_near_repeat_process_of_the_sample_is_found",
        ),
    ),
)  # fmt: skip
