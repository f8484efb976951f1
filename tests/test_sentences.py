"""The sentences of a briefing are true of the numbers they are made from."""

import re

import pytest
from helpers import numbers
from hypothesis import given
from hypothesis import strategies as st

from ipgtools.briefing import facts as f
from ipgtools.briefing.facts import (
    ALPHA,
    Change,
    Facts,
    NearRepeats,
    Peak,
    Places,
    Repeats,
    Schouw,
)
from ipgtools.nl import methods
from ipgtools.nl import sentences as said
from ipgtools.times import LEAST_LIFT

COUNTS = st.integers(0, 5000)
SHARES = st.floats(0, 1)
QS = st.one_of(st.floats(0, 1), st.just(float("nan")))
ACTORS = st.lists(
    st.tuples(st.sampled_from(["Stadsdeelbeheer", "DSOB", "Politie"]), st.integers(0, 9)),
    max_size=3,
    unique_by=lambda pair: pair[0],
)


@st.composite
def changes(draw, n):
    return Change(n, draw(COUNTS), 91, draw(st.sampled_from([91, 92, 30])), draw(QS))


@st.composite
def places(draw):
    total = draw(COUNTS)
    return Places(draw(st.integers(0, 9)), draw(st.integers(0, total)), total)


def everything_said(facts):
    """Say all that can be said of facts, the total first."""
    others = (f.say_last_year, f.say_times, f.say_near, f.say_schouw, f.say_repeats)
    said_ = [f.say_total(facts), *(say(facts)[0] for say in others)]
    return [one for one in said_ if one]


@st.composite
def peaks(draw):
    days = draw(st.sampled_from([(4, 5), (0,), (6, 0, 1), tuple(range(7))]))
    hours = draw(st.sampled_from([(0, 6), (18, 24), (20, 27), (17, 25)]))
    return Peak(days, hours, draw(SHARES), draw(COUNTS), draw(QS), draw(st.integers(0, 9)))


@st.composite
def schouwen(draw):
    actors = tuple(draw(ACTORS))
    n_open = sum(n for _, n in actors)
    n_findings = draw(st.integers(0, 30))
    n_in = draw(st.none() | st.integers(0, n_findings))
    return Schouw(n_findings, n_open + draw(st.integers(0, 5)), n_open, actors, "", n_in)


@st.composite
def all_facts(draw):
    n = draw(COUNTS)
    total = draw(COUNTS)
    there = draw(st.integers(0, total))
    near = st.builds(
        NearRepeats,
        observed=COUNTS,
        expected=st.floats(0, 3000),
        metres=st.just((0, 200)),
        days=st.just((0, 14)),
        p_value=QS,
        n_total=COUNTS,
    )
    repeats = st.builds(
        Repeats,
        n_places=st.just(there // 2),
        n_there=st.just(there),
        n_total=st.just(total),
        expected=st.none() | st.floats(0, 3000),
        low=COUNTS,
        high=COUNTS,
        p_value=QS,
        basis=st.sampled_from(["", "history", "points"]),
    )
    return Facts(
        n,
        draw(st.sampled_from(["wijk", "buurt", "gemeente"])),
        draw(st.none() | changes(n)),
        draw(st.none() | changes(n)),
        places=draw(st.none() | places()),
        peak=draw(st.none() | peaks()),
        repeats=draw(st.none() | repeats),
        near=draw(st.none() | near),
        schouw=draw(st.none() | schouwen()),
    )


@given(all_facts())
def test_every_statement_is_a_whole_sentence(facts):
    """Sentences start with a capital or number, end with a full stop and hold no gaps."""
    for sentence in everything_said(facts):
        assert sentence.endswith(".")
        assert sentence[0].isupper() or sentence[0].isdigit()
        assert not re.search(r"\s{2}|\{|\}|None|nan|inf\b", sentence)


@given(all_facts())
def test_the_first_sentence_gives_the_number_of_incidents(facts):
    """The total is read back from the first sentence."""
    first = everything_said(facts)[0]
    assert (numbers(first)[:1] or [0])[0] == facts.n or "geen incidenten" in first


@given(all_facts())
def test_nothing_is_called_significant_and_nothing_is_said_of_persons(facts):
    """The words that would claim too much, or are about people, never occur."""
    text = " ".join(everything_said(facts)).lower()
    for word in ("significant", "zeker", "verdachte", "dader", "pleger", "persoon", "jongere"):
        assert word not in text


@given(all_facts())
def test_more_than_chance_is_said_only_where_a_corrected_p_value_says_so(facts):
    """Every claim of that kind has its own q-value at or below the level, and enough incidents."""
    text = " ".join(everything_said(facts))
    certain = [
        one
        for one in (facts.previous, facts.last_year)
        if one and one.q_value <= ALPHA and one.n + one.n_before >= f.MIN_TO_COMPARE
    ]
    assert text.count(said.CHANCE) <= len(certain)


@given(all_facts())
def test_near_repeats_are_said_only_where_they_are_shown(facts):
    """The chance after an incident is spoken of only for a ratio above one that is no chance."""
    text = " ".join(everything_said(facts))
    if "keer zo vaak nog een" in text:
        assert facts.near.p_value <= ALPHA
        assert facts.near.observed > facts.near.expected
        assert facts.near.observed >= f.MIN_PAIRS


@given(all_facts())
def test_busy_hours_hold_more_than_their_length(facts):
    """Hours are called busy only if they hold well over their share and more than by chance."""
    text = " ".join(everything_said(facts))
    if "Naar schatting viel" in text:
        assert facts.peak.p_value <= ALPHA
        assert facts.peak.share >= LEAST_LIFT * facts.peak.week_share
        assert facts.peak.n_used >= f.MIN_FOR_PATTERN


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_a_comparison_tells_the_direction_and_the_size(n, n_before):
    """What the words and the percentage say is what the counts are."""
    text = said.compared(n, n_before, "ervoor")
    if "vrijwel" in text:
        assert n != n_before
        assert abs(n / n_before - 1) < 0.0051
    elif "evenveel" in text:
        assert n == n_before
    elif "keer zoveel" in text:
        factor, before = numbers(text)
        assert before == n_before
        assert factor == pytest.approx(n / n_before, abs=0.0501 if factor < 10 else 0.501)
        assert n >= 2 * n_before
    else:
        percentage, before = numbers(text)
        assert before == n_before
        assert percentage == pytest.approx(100 * abs(n / n_before - 1), abs=0.5001)
        assert ("meer" in text) == (n > n_before)


def test_nothing_before_gives_no_percentage():
    """A rise from nothing has no percentage, and neither has a fall to nothing."""
    assert said.compared(5, 0, "ervoor") == "tegen geen enkel ervoor"
    assert said.compared(0, 5, "ervoor") == "tegen 5 ervoor"


def test_a_difference_of_few_incidents_is_not_called_a_rise():
    """Three against one is too little to speak of, however small the p-value."""
    facts = Facts(3, previous=Change(3, 1, 91, 91, 0.001))
    assert said.TOO_FEW_TO_COMPARE in everything_said(facts)[0]
    assert said.CHANCE not in everything_said(facts)[0]


def test_a_difference_that_may_be_chance_is_said_to_be_so():
    """The example of a fall that chance explains."""
    facts = Facts(212, previous=Change(212, 230, 91, 91, 0.4))
    assert everything_said(facts)[0] == (
        "In deze periode zijn 212 incidenten geregistreerd, 8% minder dan in de 91 dagen ervoor "
        "(230). Dat verschil kan toeval zijn."
    )


def test_a_p_value_that_is_not_known_is_no_evidence():
    """NaN is never at or below the level."""
    assert not Change(50, 10, 91, 91, float("nan")).sure


def test_periods_of_unlike_length_are_not_compared():
    """A month against a quarter gives the total only."""
    facts = Facts(212, previous=Change(212, 80, 91, 30, 0.001))
    assert everything_said(facts)[0] == said.total(212)


def test_few_incidents_give_too_few_data():
    """With twelve incidents nothing is said of hours or repeats."""
    facts = Facts(
        12,
        peak=Peak((4,), (18, 24), 0.9, 12, 0.001, 9),
        repeats=Repeats(1, 4, 8),
    )
    for sentence, found in (f.say_times(facts), f.say_repeats(facts)):
        assert "te weinig gegevens" in sentence
        assert not found


@given(SHARES)
def test_a_share_in_words_is_within_a_point_of_its_fraction(value):
    """ "Een op de drie" stands only by a percentage that rounds to about a third."""
    text = said.share(value, "incidenten")
    assert numbers(text)[-1] == pytest.approx(100 * value, abs=0.5001)
    named = {"helft": 1 / 2, "een op de drie": 1 / 3, "een op de vier": 1 / 4, "tien": 1 / 10}
    for words, fraction in named.items():
        if words in text:
            assert value == pytest.approx(fraction, abs=0.0101)


def test_hours_are_named_by_the_clock():
    """A "vrijdagnacht" is two nights, so clock times tell which."""
    assert said.moments((4, 5), (0, 6)) == "op vrijdag en zaterdag tussen 0 en 6 uur"
    assert said.moments((6, 0, 1), (18, 24)) == "op zondag t/m dinsdag tussen 18 en 24 uur"


def test_hours_over_midnight_are_named_by_the_day_they_start_on():
    """In plain words for evening and night, and by both clock times for any other hours."""
    assert said.moments((4, 5), (20, 27)) == "op vrijdag- en zaterdagavond en -nacht (20-03 uur)"
    assert said.moments((4, 5, 6), (22, 30)) == "op vrijdag- t/m zondagavond en -nacht (22-06 uur)"
    assert said.moments((6,), (23, 25)) == "op zondagavond en -nacht (23-01 uur)"
    assert said.moments(range(7), (22, 26)) == "tussen 22 en 2 uur"
    assert said.moments((2,), (17, 25)) == "op woensdag van 17 uur tot 1 uur de dag erna"


@pytest.mark.parametrize(
    "changed",
    [
        {"p_value": 0.06},
        {"p_value": float("nan")},
        {"share": 0.08},
        {"n_used": 29},
        {"n_days": 2},
    ],
    ids=["chance", "not tested", "hardly more", "too few", "two events"],
)
def test_hours_that_do_not_stand_out_are_not_named(changed):
    """Above chance, clearly more than their length, on enough days and of enough incidents."""
    found = {
        "weekdays": (4, 5),
        "hours": (20, 27),
        "share": 0.19,
        "n_used": 250,
        "p_value": 0.001,
        "n_days": 20,
    }
    sentence, is_found = f.say_times(Facts(250, peak=Peak(**found)))
    assert is_found
    assert sentence == (
        "Naar schatting viel 19% van de incidenten op vrijdag- en zaterdagavond en -nacht "
        "(20-03 uur); die uren zijn 8% van de week. Dat is meer dan door toeval te verwachten is."
    )
    facts = Facts(250, peak=Peak(**found | changed))
    assert f.busy_hours(facts) == ""
    assert not f.say_times(facts)[1]


def test_incidents_known_to_the_day_only_are_counted():
    """Whole days and heaps together; nothing is said where there are none."""
    peak = Peak((), (0, 0), 0.0, 0, float("nan"), n_day_only=12, n_heaped=19, heaps=("00:00",))
    assert f.say_day_only(Facts(31, peak=peak)) == said.times_day_only(31)
    assert f.say_day_only(Facts(31)) == ""
    assert f.say_day_only(Facts(31, peak=Peak((4,), (18, 24), 0.2, 31, 0.5))) == ""


@given(schouwen())
def test_the_schouw_tells_how_many_actions_are_open(schouw):
    """The number open is read back, in words where there are none."""
    text = said.schouw(schouw.n_open, schouw.n_actions, schouw.by_actor, day="")
    if schouw.n_actions > 1 and schouw.n_open > 0:
        assert numbers(text)[:2] == [schouw.n_actions, schouw.n_open]
    if "de meeste" in text:
        name = re.search(r"bij (\w+)\.", text)[1]
        others = [n for actor, n in schouw.by_actor if actor != name]
        assert all(dict(schouw.by_actor)[name] > n for n in others)


def test_actors_that_tie_are_all_named():
    """Nobody is singled out where two have as many."""
    text = said.schouw(6, 8, [("DSOB", 3), ("Politie", 3)], day="22 mei 2007")
    assert text == (
        "Van de 8 acties uit de schouw van 22 mei 2007 staan er nog 6 open; "
        "bij DSOB en Politie elk 3."
    )


def test_near_repeats_give_ratio_pairs_and_expectation():
    """The example of the design, with its numbers and its half-open bands."""
    facts = Facts(300, near=NearRepeats(141, 67.2, (0, 200), (0, 14), 0.004, 300, "woninginbraak"))
    assert f.say_near(facts) == (
        (
            "Na een woninginbraak volgt er binnen 200 meter en binnen 14 dagen 2,1 keer zo vaak "
            "nog een als door toeval te verwachten is (141 paren, 67,2 verwacht)."
        ),
        True,
    )


@given(all_facts())
def test_repeats_are_more_than_chance_only_beside_a_history_and_a_small_p_value(facts):
    """Without a history places are told as a count beside what an even spread would give."""
    text, found = f.say_repeats(facts)
    if found or "meer plekken dan door toeval" in text:
        assert facts.repeats.basis == "history"
        assert facts.repeats.p_value <= ALPHA


def test_repeats_stand_beside_what_the_same_places_give():
    """The count, its expectation with interval, and whether that is more than chance."""
    usual = Repeats(37, 120, 253, 33.4, 26, 41, 0.24, "history")
    sentence, found = f.say_repeats(Facts(253, repeats=usual))
    assert "zijn er 33 te verwachten (26 tot 41)" in sentence
    assert "meer plekken dan door toeval" not in sentence
    assert not found
    more = Repeats(37, 120, 253, 21.2, 14, 29, 0.001, "history")
    sentence, found = f.say_repeats(Facts(253, repeats=more))
    assert "Dat zijn meer plekken dan door toeval" in sentence
    assert found
    even = Repeats(37, 120, 253, 21.2, 14, 29, float("nan"), "points")
    sentence, found = f.say_repeats(Facts(253, repeats=even))
    assert "Als alle bekende plekken even druk waren, zouden het er 21 zijn (14 tot 29)" in sentence
    assert not found


def test_no_text_for_a_briefing_holds_half_open_brackets():
    """Such as "[0, 200) m": that is for tables of analysts."""
    texts = [
        methods.knox(200, 14, 999, 250, "woninginbraak", 12),
        said.near_repeats(2.1, 141, 67.2, metres=(0, 200), within_days=(0, 14)),
    ]
    for text in texts:
        assert not re.search(r"\[\d", text)
        assert "binnen 200 meter" in text


def test_bands_that_do_not_start_at_zero_say_so():
    """The label of the interval is what was counted, not one metre or day beside it."""
    text = said.near_repeats(1.5, 30, 20, metres=(100, 200), within_days=(3, 7))
    assert "op 100 tot 200 meter en na 3 tot 7 dagen" in text
    same_day = said.near_repeats(1.5, 30, 20, metres=(0, 100), within_days=(0, 1))
    assert "binnen 100 meter en op dezelfde dag" in same_day


@given(all_facts())
def test_the_facts_are_listed_for_the_table_that_sentences_refer_to(facts):
    """Every number that a sentence can use has a row with its name."""
    listed = dict(f.rows(facts))
    assert listed["n"] == facts.n
    if facts.places:
        assert listed["places.n_inside"] == facts.places.n_inside
    assert len(listed) == len(f.rows(facts))


def test_findings_without_a_place_are_not_said_to_lie_outside_places() -> None:
    assert "bekend" in said.schouw_in_places(0, 0, n_findings=16)
    assert said.schouw_in_places(0, 3, n_findings=16) == (
        "Geen van de bevindingen met een bekende plek ligt op een van de genummerde plekken."
    )
