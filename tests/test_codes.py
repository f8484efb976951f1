"""The table of offence codes: complete, and forgiving about how codes are written."""

import csv

import pytest

from ipgtools import codes


def test_every_class_gathers_codes_and_has_a_label():
    assert len(codes.CLASSES) == 58
    assert all(each.mk and each.label for each in codes.CLASSES.values())


def test_padding_and_case_do_not_matter():
    assert codes.class_of(" a20   ") == "1.1.1"
    assert codes.class_of("1.1.1 ") == "1.1.1"
    assert codes.class_of("e35") == "E35"


def test_one_code_has_two_parents_and_the_tie_is_broken_the_same_way():
    shared = [mk for mk in _all_mk() if len(codes.classes_of(mk)) > 1]
    assert shared == ["F614"]
    assert codes.classes_of("F614") == ("3.9.1", "3.9.3")
    assert codes.class_of("F614") == "3.9.1"


@pytest.mark.parametrize("odd", ["C10", "", "   ", "0.0.0", None, float("nan"), 72])
def test_what_is_no_known_code_is_onbekend(odd):
    assert codes.class_of(odd) == "onbekend"
    assert codes.classes_of(odd) == ()
    assert codes.label(odd) == "onbekend"


def test_youth_nuisance_is_e35_and_confused_persons_e33():
    assert codes.label("E35") == "Melding overlast jeugd"
    assert codes.label("E33") == "Overlast door verward persoon"


def test_a_code_with_a_label_has_a_class():
    assert all(codes.class_of(mk) != "onbekend" for mk in codes.MK_LABELS)


def test_national_counts_are_those_published():
    counts = {code: each.count_2023 for code, each in codes.CLASSES.items()}
    assert counts["1.1.1"] == 22_767
    assert counts["1.2.3"] == 96_744
    assert counts["1.4.1"] is None


def test_the_table_equals_the_published_code_list(shared):
    with (shared / "nl_codes_gebieden" / "misdrijf_codes.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    published = {(row["code"], row["parent"]) for row in rows if "." in row["parent"]}
    published = {pair for pair in published if pair[1] != "0.0.0"}
    ours = {(mk, each.code) for each in codes.CLASSES.values() for mk in each.mk}
    assert ours == published
    labels = {row["code"]: row["label"] for row in rows if row["parent"] == "0.0.0"}
    assert {code: each.label for code, each in codes.CLASSES.items()} == labels
    assert {row["code"] for row in rows if row["parent"] == "OVERLAST"} == set(codes.NUISANCE)


def _all_mk():
    return sorted({mk for each in codes.CLASSES.values() for mk in each.mk})
