"""What a briefing tells: the best proven and largest first, one story once, at most four."""

import pandas as pd
import pytest

from ipgtools import highlights
from ipgtools.highlights import Comparison, Evidence, Schouw, Streak

CAR = "Diefstal uit/vanaf motorvoertuigen"


def kinds(**changed):
    """Give one kind that rose and one that stayed."""
    rows = {
        "kind": [CAR, "Vernieling cq. zaakbeschadiging"], "n": [66, 20], "n_before": [9, 22],
        "n_last_year": [12, 19], "q_value": [1e-5, 0.8], "q_last_year": [1e-5, 0.9],
        "ratio": [7.3, 0.9], "ci_low": [3.6, 0.5], "ci_high": [16.0, 1.7],
    }  # fmt: skip
    table = pd.DataFrame(rows | changed)
    return table.astype(dict.fromkeys(("n", "n_before", "n_last_year"), "Int64"))


def places(**changed):
    rows = {
        "place_id": ["a"], "number": [1], "name": ["Gronausestraat bij Leijdsweg"],
        "claim": ["new"], "kind": ["all"], "n": [60], "expected": [9.0], "ratio": [6.7],
        "ratio_low": [5.0], "ratio_high": [8.6], "p_value": [0.002], "kinds": [((CAR, 55),)],
        "when": [""],
    }  # fmt: skip
    return pd.DataFrame(rows | changed)


def told(**parts):
    base = {"when_before": "in de drie maanden ervoor", "when_last_year": "vorig jaar"}
    return highlights.select(Evidence(n=212, **(base | parts)))


def test_a_kind_and_the_place_where_it_rose_are_one_story():
    found = told(kinds=kinds(), places=places(), places_tested=True, baseline="streets")
    assert [one.claim for one in found] == ["kind_and_place"]
    assert "Autokraak steeg van 9" in found[0].text
    assert "Gronausestraat bij Leijdsweg" in found[0].text
    assert found[0].p_value == 0.002


def test_a_place_of_other_things_is_a_story_of_its_own():
    other = places(kinds=[(("Mishandeling", 50),)])
    found = told(kinds=kinds(), places=other, places_tested=True, baseline="streets")
    assert {one.claim for one in found} == {"kind_changed", "new_place"}


def test_a_total_that_one_kind_explains_is_not_told_again():
    total = Comparison(212, 150, "in de drie maanden ervoor", q_value=0.001)
    alone = told(total_before=total)
    assert [one.subject for one in alone] == ["total"]
    assert [one.subject for one in told(total_before=total, kinds=kinds())] == ["kind"]


def test_nothing_proven_is_said_first_and_counts_follow():
    found = told(
        kinds=kinds(q_value=[0.2, 0.8], q_last_year=[0.3, 0.9]),
        schouw=Schouw("Er staan 14 acties open.", n_open=14),
        streaks=(Streak("Diefstal/inbraak woning", 61, 33),),
    )
    assert [one.subject for one in found] == ["nothing", "schouw", "streak"]
    assert not any(one.tested for one in found)


def test_what_the_files_lack_keeps_the_last_line():
    many = kinds(q_value=[1e-5, 1e-5], n=[66, 90])
    found = told(
        kinds=many, quality=("De bestanden lopen tot en met 20 november.",),
        schouw=Schouw("Er staan 14 acties open.", n_open=14),
        hours="op vrijdag", hours_text="Vrijdag.", hours_p=0.001, hours_size=30.0,
    )  # fmt: skip
    assert len(found) == 4
    assert found[-1].subject == "quality"


def test_what_is_proven_but_tiny_is_not_told():
    small = kinds(n=[4, 20], n_before=[2, 22], q_value=[0.01, 0.8], q_last_year=[0.9, 0.9])
    assert [one.subject for one in told(kinds=small)] == ["nothing"]


@pytest.mark.parametrize("at_most", [1, 2, 4])
def test_no_more_is_told_than_asked(at_most):
    found = highlights.select(
        Evidence(n=212, kinds=kinds(), schouw=Schouw("Open.", n_open=3)), at_most=at_most
    )
    assert len(found) <= at_most


def test_each_thing_told_comes_with_a_question_to_agree_on():
    found = told(kinds=kinds(), places=places(), places_tested=True, baseline="streets")
    assert "Gronausestraat bij Leijdsweg" in found[0].to_do
    fall = kinds(n=[9, 20], n_before=[66, 22], ratio=[0.14, 0.9])
    assert "ging hier goed" in told(kinds=fall)[0].to_do
    assert highlights.table(found)["to_do"].tolist() == [found[0].to_do]
