"""A study is what the briefing of the same settings reads, in one call."""

import pytest

import ipgtools as ipg
from ipgtools.audit import Register
from ipgtools.errors import ArgumentError, RegisterError, SettingsError
from ipgtools.nl import errors
from ipgtools.pipeline import inputs


@pytest.fixture(scope="module")
def study() -> ipg.Study:
    """The sample town, for own use; the schouw and persons aside, to be quick."""
    settings = ipg.Settings.sample()
    bare = settings.input.model_copy(update={"schouw": None, "offences": None, "key": None})
    settings = settings.model_copy(update={"input": bare})
    return ipg.load(settings, audience="politie")


def test_a_study_reads_what_the_pipeline_reads(study) -> None:
    """The same rows in the same order, once."""
    read = inputs.read(study.settings)
    assert study.incidents["incident_id"].equals(read.incidents["incident_id"])
    assert study.around["incident_id"].equals(read.placed["incident_id"])
    assert study.areas.equals(read.study.parts)
    assert study.incidents is study.incidents
    assert study.findings is None
    assert study.offences is None
    assert set(study.reports) == {"areas", "incidents", "streets", "addresses"}


def test_every_usable_row_is_accounted_for(study) -> None:
    """What was left out and what was not add up to what was read."""
    counts = study.counts
    parts = ("n_sensitive", "n_other_kinds", "n_outside", "n_elsewhere", "n_incidents")
    assert counts["n_read"] == sum(counts[name] for name in parts)
    assert len(ipg.select(study.incidents, period=study.period)) == counts["n_in_period"]
    assert study.name in study.lines()[0]
    assert study.name in study._repr_html_()
    assert study.name in repr(study)


def test_incidents_know_their_area_by_name(study) -> None:
    """So that any buurt of the file can be selected by its name."""
    name = study.areas_around["area_name"].iloc[0]
    code = study.areas_around["area_code"].iloc[0]
    found = ipg.select(study.around, area=name)
    assert set(found["area_code"]) == {code}
    assert study.incidents.columns[-1] == "geometry"


def test_loading_reads_nothing_until_a_table_is_asked_for() -> None:
    """Settings and period are there at once; the register gets its entries with the first table."""
    settings = ipg.Settings.sample()
    bare = settings.input.model_copy(update={"schouw": None, "offences": None, "key": None})
    study = ipg.load(settings.model_copy(update={"input": bare}))
    assert study.period == settings.when
    assert "not read yet" in repr(study)
    with pytest.raises(RegisterError), Register.open(settings.privacy.register, read_only=True):
        pass  # nothing was read, so there is no register yet
    assert study.name
    with Register.open(settings.privacy.register, read_only=True) as register:
        done = register.entries()["action"].tolist()
    assert done == ["load"] * len(study.reports) + ["combine"]


@pytest.mark.parametrize("wrong", [3, None, ["ipg.toml"]])
def test_what_is_no_settings_is_refused(wrong) -> None:
    """The message says what to give."""
    with pytest.raises(ArgumentError) as caught:
        ipg.load(wrong)
    assert "ipg.toml" in errors.say(caught.value.code, caught.value.facts)


def test_missing_settings_say_so(tmp_path) -> None:
    """As the command line does."""
    with pytest.raises(SettingsError) as caught:
        ipg.load(tmp_path / "ipg.toml")
    assert caught.value.code == "settings_missing"
