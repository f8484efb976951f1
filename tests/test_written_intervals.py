"""Every number that leaves is written as what it is: small, rounded, or rounded coarser."""

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_released_only import told

import ipgtools as ipg
from ipgtools import charts, history, pipeline, privacy
from ipgtools.maps import _places
from ipgtools.nl import formats, sentences
from ipgtools.pipeline import changes, inputs, protection, results
from ipgtools.pipeline.audited import Audited
from ipgtools.pipeline.lines import for_others, for_police
from ipgtools.privacy.protect import Rule
from ipgtools.rounded import WITHIN, Rounded

WIDE = Rule(10, 10)
_KEYS = {
    "gebieden": ["area_code"],
    "vergelijking": ["kind"],
    "trend": ["start", "end"],
    "drukke_plekken": ["place_id"],
    "drukste_plekken": ["place_id"],
    "waar_veranderd": ["place_id", "kind", "earlier"],
    "verandering": ["cell_id"],
    "veelplegers": ["area_code"],
}
"""What tells the rows of a table apart."""


def settings_of(audience: str, folder: Path) -> ipg.Settings:
    return ipg.Settings.sample().changed(audience=audience, folder=folder)


@pytest.fixture(scope="module")
def read() -> inputs.Inputs:
    """Read the sample for a partner: sensitive kinds left out."""
    return inputs.read(settings_of("partner", Path()), photo_folder=None)


@pytest.fixture(scope="module")
def true(read: inputs.Inputs) -> results.Results:
    """Count the sample exactly."""
    return results.compute(read, lambda _: None)


@pytest.fixture(scope="module")
def widened(tmp_path_factory: pytest.TempPathFactory) -> pipeline.Run:
    """Release a briefing in which the audit finds that every number must be rounded coarser."""
    seen: list[int] = []

    def all_coarser(cells: pd.DataFrame, *_: object) -> Audited:
        seen.append(len(cells))
        return Audited({} if len(seen) > 1 else dict.fromkeys(cells["cell_id"], WIDE))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(protection, "audited", all_coarser)
        return pipeline.run(settings_of("partner", tmp_path_factory.mktemp("wide")))


def outside(shown: dict[str, pd.DataFrame], true: dict[str, pd.DataFrame]) -> list[str]:
    """List the true counts that lie outside the interval that is written of them."""
    wrong, compared = [], 0
    for name, keys in _KEYS.items():
        if name not in shown:
            continue
        rows = pd.DataFrame(true[name]).set_index(keys)
        for row in shown[name].to_dict("records"):
            key = tuple(row[one] for one in keys)
            for column in (one for one in row if f"{one}{WITHIN}" in row):
                counted = rows.loc[key if len(keys) > 1 else key[0], column]
                if pd.isna(row[f"{column}{WITHIN}"]) or pd.isna(counted):
                    continue
                compared += 1
                if column == "difference":
                    low, high = (row[column] + sign * row[f"{column}{WITHIN}"] for sign in (-1, 1))
                else:
                    low, high = Rounded.released(row[column], row[f"{column}{WITHIN}"]).reach
                if not low <= counted <= high:
                    wrong.append(f"{name} {key} {column}: {counted} is not {low} to {high}")
    assert compared > 50
    return wrong


def test_every_true_count_lies_in_the_interval_that_is_written(widened, true):
    assert outside(widened.tables, true.tables) == []


def test_how_figures_were_made_holds_no_count(read, true):
    """Nor is it said how many incidents were used or left out, of hours or of the past."""
    facts = true.facts
    counts = {
        len(read.now), len(read.incidents), len(read.incidents) - len(read.now),
        facts.near.n_total, facts.peak.n_used, facts.peak.n_day_only, facts.repeats.n_places,
    }  # fmt: skip
    told_ = " ".join(for_police(for_others([*true.methods, *true.limits]))).replace(".", "")
    said = {int(one) for one in re.findall(r"(?<![\d,])\d+(?![\d,])", told_)}
    assert {one for one in counts if one > 24} & said == set()
    assert "Gini" not in told_


@pytest.mark.calibrate
def test_so_does_every_count_of_a_public_briefing(tmp_path):
    public = pipeline.analyse(settings_of("openbaar", tmp_path))
    true_of_public = results.compute(
        inputs.read(settings_of("openbaar", tmp_path), photo_folder=None), lambda _: None
    )
    assert outside(public.tables, true_of_public.tables) == []


def test_a_number_that_is_rounded_coarser_is_written_so_everywhere(widened):
    """No "minder dan 5" and no "ongeveer 65" is left in sentences, tables, map and notes."""
    shown = told(widened.folder)
    texts = {name: text for name, text in shown.items() if name.endswith((".html", ".xml", ".txt"))}
    assert len(texts) > 20
    counted = re.compile(r"minder dan 5\b|ongeveer \d+ (incident|in de)|ervoor ongeveer")
    assert {n: counted.findall(text) for n, text in texts.items() if counted.search(text)} == {}
    spoken = " ".join([one.text for one in widened.highlights])
    assert re.search(r"van tussen \d+ en \d+|van minder dan 10|tussen \d+ en \d+\)", spoken)
    assert "nog grover afgerond" in texts["delen/LEES_MIJ.txt"]
    assert widened.facts.n.base == WIDE.base
    assert not any("Niets weggelaten" in text for text in texts.values()), "it isn't said, but is"


def test_no_bar_states_a_number_that_is_only_known_within_a_wide_interval(widened):
    [slide] = [one for one in widened.briefing.slides if one.key == "vergelijking"]
    charts = [one for one in slide.parts if hasattr(one, "categories")]
    assert charts
    assert all(n is None for one in charts for series in one.series for n in series.values)


def test_the_chart_in_time_draws_what_is_withheld_as_a_band():
    months = pd.date_range("2025-01-01", periods=4, freq="MS")
    table = pd.DataFrame({"start": months[:3], "end": months[1:], "complete": True})
    table["n"] = pd.array([None, 65, 30], dtype="Int64")
    table[f"n{WITHIN}"] = [5, 5, 10]
    ax = charts.trend(table)
    bands = {
        (bar.get_y(), bar.get_height())
        for bars in ax.containers
        for bar in bars
        if bar.get_gid() == "band"
    }
    assert bands == {(0, 4), (21, 18)}


def test_the_card_of_a_place_says_between_which_numbers_it_is():
    rule = privacy.profile("partner").incidents
    written = [_places._count(n, rule, within) for n, within in ((30, 10), (None, 10), (30, 5))]
    assert written == ["tussen 20 en 40", "minder dan 10", "ongeveer 30"]


@given(st.integers(0, 400), st.sampled_from([(5, 5), (10, 5), (10, 10), (20, 20), (50, 50)]))
def test_the_count_lies_between_the_numbers_that_are_written(count: int, rule: tuple[int, int]):
    threshold, base = rule
    low = count // base * base
    for shown in {low, low + base if count % base else low}:
        number = Rounded.fewer(threshold) if count < threshold else Rounded(shown, base=base)
        least, most = number.reach
        assert least <= count <= most
        said = [int(one) for one in re.findall(r"\d+", formats.number(number))]
        if number.below:
            assert count < said[0]
        elif number.coarse:
            assert said[0] <= count <= said[1]
        else:
            assert abs(count - said[0]) < 5


@given(st.integers(10, 200), st.integers(10, 200), st.sampled_from([10, 20]))
def test_a_share_of_coarse_numbers_is_written_as_what_it_can_be(part: int, more: int, base: int):
    shown = Rounded(max(part // base * base, base), base=base)
    whole = Rounded(max((part + more) // 5 * 5, 5))
    if part < base:
        return
    low, high = (int(one) for one in re.findall(r"\d+", sentences.share_of(shown, whole)))
    assert low <= 100 * part / (part + more) <= high


def test_changes_of_coarse_numbers_need_more():
    """The same two numbers differ by more than chance if rounded to fives, not if to fifties."""
    shown = pd.DataFrame({"kind": ["Totaal"], "n": [50], "n_before": [20]}).astype(
        {"n": "Int64", "n_before": "Int64"}
    )
    exact = history.compare(shown.astype({"n": "int64", "n_before": "int64"}), exposure={
        "previous": 1.0
    }, dispersion=1.0)  # fmt: skip
    exact.attrs = {"dispersion": 1.0, "exposure": {"previous": 1.0}}
    q = {
        base: changes.of_rounded(
            shown.assign(**{f"n{WITHIN}": base, f"n_before{WITHIN}": base}), exact, alpha=0.05
        )["q_value"].iloc[0]
        for base in (5, 10, 50)
    }
    assert q[5] < 0.05 < q[50]
    assert q[5] < q[10] < q[50]
