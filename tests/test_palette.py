"""Colours hold for colour-blind readers and in grey; classes say what they hold."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from ipgtools import palette
from ipgtools.palette import classes

# Machado, Oliveira & Fernandes (2009), IEEE TVCG 15(6), severity 1.0.
DEUTERANOPIA = np.array(
    [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]
)
PROTANOPIA = np.array(
    [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ]
)


def lab(colour: str, seen_by: np.ndarray) -> np.ndarray:
    """Give a colour as CIELAB (D65) after a simulated loss of colour vision."""
    srgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    linear = np.clip(seen_by @ linear, 0, 1)
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    xyz = to_xyz @ linear / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


TOGETHER = {
    "hotspots": [*palette.CLASSES.values(), palette.LAND],
    "counts": [*palette.COUNTS.values(), palette.LAND],
    "change": [*palette.CHANGES.values(), palette.LAND],
    "sequence": list(palette.SEQUENCE),
    "risk": list(palette.RISK),
    "neighbours": [*palette.LOCAL.values(), palette.LAND],
}


@pytest.mark.parametrize("seen_by", [np.eye(3), DEUTERANOPIA, PROTANOPIA])
@pytest.mark.parametrize("which", TOGETHER)
def test_colours_of_one_map_stay_apart_for_colour_blind_readers(which, seen_by):
    for one, other in combinations(TOGETHER[which], 2):
        assert np.linalg.norm(lab(one, seen_by) - lab(other, seen_by)) > 12, (one, other)


@pytest.mark.parametrize("which", TOGETHER)
def test_colours_of_one_map_stay_apart_in_grey_print(which):
    for one, other in combinations(TOGETHER[which], 2):
        assert palette.contrast(one, other) > 1.15, (one, other)


def test_the_sequence_gets_steadily_darker():
    levels = [palette.luminance(colour) for colour in palette.SEQUENCE]
    assert levels == sorted(levels, reverse=True)


def test_text_is_readable_on_every_colour_it_stands_on():
    for colour in (*palette.CATEGORIES, palette.BAR):
        assert palette.contrast(colour, palette.text_colour(colour)) >= 4.5, colour
    assert palette.contrast(palette.MUTED, palette.PAPER) >= 4.5


@pytest.mark.parametrize("n", range(1, 6))
def test_as_many_different_colours_come_as_were_asked(n):
    assert len(set(palette.steps(n))) == n


@pytest.mark.parametrize(
    "values",
    [
        [0, 0, 0, 0, 5],
        list(range(200)),
        [0.001, 0.002, 0.0021, 0.5],
        [1e6, 1.01e6, 1.02e6, 1.05e6, 1.2e6, 1.3e6],
        [-4.0, -1.5, 0.0, 2.5, 9.0],
        [996, 997, 998, 998, 999, 1000, 1001],
        [3.0],
        np.random.default_rng(1).lognormal(2, 1.5, 500),
    ],
)
def test_every_value_falls_in_one_class_and_breaks_ascend(values):
    ends = classes.breaks(values)
    assert ends == sorted(set(ends))
    assert len(ends) <= 6
    found = classes.assign(values, ends)
    assert found.min() >= 0
    assert all(
        ends[i] <= value and (i == len(ends) - 2 or value < ends[i + 1])
        for value, i in zip(values, found, strict=True)
    )


def test_a_missing_figure_has_no_class():
    assert classes.assign([np.nan, 1.0], [0, 2]).tolist() == [-1, 0]
    assert classes.breaks([np.nan]) == []
    assert classes.density_breaks([0.0, 0.0]) == []


def test_kinds_beyond_the_seventh_are_drawn_together():
    codes = pd.Series([f"soort {i}" for i in range(12) for _ in range(12 - i)])
    told = classes.kinds(codes)
    assert len(told) == classes.N_KINDS
    assert told[-1] == "overig"
    assert classes.kind_of("soort 11", told) == "overig"


def test_kinds_differ_in_shape_and_colour():
    marks = classes.kind_marks([f"soort {i}" for i in range(6)] + ["overig"])
    assert len({shape for shape, _ in marks}) == len({colour for _, colour in marks}) == 7
