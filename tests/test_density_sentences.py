"""What is said of densities and risks is true of the numbers."""

import pytest
from helpers import numbers
from hypothesis import given
from hypothesis import strategies as st

from ipgtools.hotspots.kernel_density.bandwidth import RULES
from ipgtools.hotspots.kernel_density.kernels import KERNELS
from ipgtools.nl import sentences as said
from ipgtools.nl.sentences import density as words


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("rule", [*RULES, "given"])
def test_every_kernel_and_rule_has_its_words(kernel, rule):
    text = said.smoothed(250, kernel, rule)
    assert numbers(text) == [500 if kernel == "gaussian" else 250]
    assert text.endswith(".")
    assert "  " not in text


@given(st.floats(0, 60))
def test_a_risk_is_said_as_large_as_it_is(ratio):
    text = said.risk("de Velve", "inbraken", ratio)
    found = numbers(text)
    if "keer zo vaak" in text:
        assert found[0] == pytest.approx(ratio, abs=0.5 if ratio > 9.9 else 0.0501)
        assert ratio > 1
    elif "minder voor" in text:
        assert ratio < 1
        assert found[0] / 100 == pytest.approx(ratio, abs=0.0051) or "minder dan 1%" in text
    else:
        assert ratio == pytest.approx(1, abs=0.0501)


@given(st.integers(0, 400), st.integers(0, 400))
def test_the_side_that_is_not_there_is_not_said(n_higher, n_lower):
    text = said.risk_places(n_higher, n_lower)
    nowhere = n_higher == n_lower == 0
    assert ("duidelijk meer" in text) == bool(n_higher or nowhere)
    assert ("duidelijk minder" in text or "of minder" in text) == bool(n_lower or nowhere)
    assert text[0].isupper()


def test_too_few_is_said_of_as_many_cells_as_it_is_true_of():
    assert numbers(said.risk_too_few(1200, 130)) == [130, 1200]
    assert words.TOO_FEW in said.risk_too_few(5, 5)
    assert said.risk_too_few(5, 0) == ""


def test_a_narrow_bandwidth_and_a_coarse_grid_are_told_apart():
    assert "kleiner dan een vak" in said.coarse(40, 100, below=True)
    assert "minder dan twee vakken" in said.coarse(140, 100, below=False)
    assert numbers(said.smoothed_adaptive(120, 900)) == [120, 900]
