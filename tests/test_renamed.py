"""Old public names work for one release, and warn."""

import importlib
import inspect

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


ARGUMENTS = {
    "data_quality.areas_without_incidents": ("least_expected", "min_expected"),
    "data_quality.check_all": ("fewest", "min_incidents"),
    "data_quality.reporting_gaps": ("least_days", "min_days"),
    "findings.open_actions": ("on", "reference_date"),
    "hotspots.risk": ("fewest", "min_expected"),
    "repeats.alert_windows": ("on", "reference_date"),
    "repeats.strata": ("fewest", "min_incidents"),
    "retention.ages": ("on", "reference_date"),
    "retention.passed": ("on", "reference_date"),
    "times.aoristic": ("longest", "max_interval"),
    "times.peak": ("longest", "max_interval"),
}


@pytest.mark.parametrize(("function", "names"), ARGUMENTS.items())
def test_an_old_name_of_an_argument_is_taken_for_the_new_one(function, names) -> None:
    """The call fails here, for want of tables, after it warned and found the new name."""
    module, name = function.split(".")
    called, (old, new) = getattr(getattr(ipg, module), name), names
    assert new in inspect.signature(called).parameters
    warned = f"`{old}` of {name} is now called `{new}`"
    with pytest.warns(DeprecationWarning, match=warned), pytest.raises(TypeError):
        called(**{old: None})
    with pytest.raises(TypeError, match="former name"):
        called(**{old: None, new: None})
