"""List the claims on the data: what a file lacks."""

from ipgtools.highlights.claims.claim import Claim

__all__ = ["DATA"]

DATA = (
    Claim(
        "heaped",
        statement="A clock time means an unknown time: "
        "more incidents have it than rounding gives.",
        words=("methods.heaped",),
        null="60 to 1,000 times at any hour, or in busy evenings; half of them on whole hours.",
        planted="50 of 250 incidents stand at 00:00.",
        false_alarm=0,
        power=1,
        tests=(
            "test_a_heap_is_no_clock_time", "test_rounding_makes_no_heaps",
            "test_a_busy_midnight_is_no_heap",
        ),
    ),
    Claim(
        "silence",
        statement="A stretch of time without incidents is longer than chance explains.",
        words=("sentences.data_quality.silence",),
        null="20 to 250 incidents in a quarter: at any time, in series, or mostly at weekends.",
        planted="The last fortnight is missing of a quarter with 100 incidents.",
        false_alarm=0.01,
        power=0.97,
        tests=(
            "test_silence_is_called_in_at_most_one_random_set_in_twenty",
            "test_series_with_quiet_weeks_are_no_silence",
        ),
    ),
    Claim(
        "source_cut",
        statement="One of the files starts later or ends earlier than chance explains.",
        words=("sentences.data_quality.source_late", "sentences.data_quality.source_early"),
        null="Two or three files of the whole quarter, 15 to 250 incidents each.",
        planted="One of two files starts 20 days late: 60 incidents, beside 100.",
        false_alarm=0,
        power=0.9,
        tests=("test_a_source_that_starts_later_or_stops_earlier",),
    ),
    Claim(
        "uncovered",
        statement="An area has no incidents where its inhabitants let expect several.",
        words=("sentences.data_quality.uncovered",),
        null="30 areas of 500 to 3,000 people whose rates differ little, or as much as their mean.",
        planted="One of 30 areas has none, where 20 are usual and rates differ by a third.",
        false_alarm=0.0075,
        power=1,
        tests=("test_uncovered_areas_among_areas_that_differ_are_seldom_called_so",),
    ),
)  # fmt: skip
