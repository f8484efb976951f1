"""Old public names work for one release, and warn."""

import importlib

import pytest

import ipgtools as ipg

MODULES = {"cautions": "data_quality", "chance": "inference", "gazetteer": "geocoder"}
NAMES = {
    "charts.furnish": "annotate",
    "concentration.in_top": "probability_in_top",
    "concentration.places_for": "n_places_for_share",
    "coverage.of": "measure",
    "crs.to_work": "to_working_crs",
    "data_quality.review": "check_all",
    "data_quality.silences": "reporting_gaps",
    "data_quality.uncovered": "areas_without_incidents",
    "geocoder.locate": "geocode",
    "harm.by_code": "leave_one_code_out",
    "palette.on": "text_colour",
    "photos.may_become": "is_allowed_transition",
    "photos.with_status": "join_status",
    "privacy.one_writing": "normalise_identifier",
    "schouw.doubted": "n_doubtful",
}


@pytest.mark.parametrize(("old", "new"), MODULES.items())
def test_an_old_name_of_a_module_gives_the_new_module(old: str, new: str) -> None:
    with pytest.warns(DeprecationWarning, match=f"ipgtools.{new}"):
        assert getattr(ipg, old) is importlib.import_module(f"ipgtools.{new}")


@pytest.mark.parametrize(("old", "new"), NAMES.items())
def test_an_old_name_of_a_function_gives_the_new_function(old: str, new: str) -> None:
    module, name = old.split(".")
    found = getattr(ipg, module)
    with pytest.warns(DeprecationWarning, match=new):
        assert getattr(found, name) is getattr(found, new)


def test_an_unknown_name_is_still_an_error() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        ipg.charts.nothing  # noqa: B018
