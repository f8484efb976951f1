"""A study is what the briefing of the same settings reads, in one call."""

import pandas as pd
import pytest
from helpers import in_dutch

import ipgtools as ipg
from ipgtools.audit import Register
from ipgtools.errors import ArgumentError, RegisterError, SettingsError
from ipgtools.pipeline import inputs, near_repeat_input, repeat_results


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


def test_a_chart_of_a_study_says_where_it_is_from_and_for_whom(study) -> None:
    """One dict, for every chart and map."""
    about = study.about
    assert about["source"] == {"incidents": study.source}
    assert about["audience"].name == "politie"
    assert about["sample"] is True
    assert sum(about["left_out"].values()) >= study.reports["incidents"].n_rejected
    assert len(study.streets_around) < len(study.streets)


def test_near_repeats_are_sought_among_the_incidents_that_a_notebook_selects(study) -> None:
    """Burglaries of all areas in twelve months, dated within wijk and month: as the briefing."""
    read = inputs.read(study.settings)
    chosen = near_repeat_input.near_incidents(read)
    year = ipg.Period(study.period.end - pd.DateOffset(years=1), study.period.end)
    mine = ipg.select(study.around, category="woninginbraak", period=year)
    assert mine["incident_id"].tolist() == chosen.incidents["incident_id"].tolist()
    theirs = repeat_results.strata_of(read, chosen)
    own = ipg.repeats.strata(mine, area="parent_code")
    assert own.groupby(theirs.to_numpy()).nunique().max() == 1
    assert own.nunique() == theirs.nunique()


def test_a_comparison_is_that_of_the_briefing(study) -> None:
    """In all and per kind, with the period before and last year."""
    table = study.compare()
    now = ipg.select(study.incidents, period=study.period)
    before = ipg.select(study.incidents, period=study.period.previous())
    last_year = ipg.select(study.incidents, period=study.period.last_year())
    total = table.iloc[0]
    assert (total["n"], total["n_before"], total["n_last_year"]) == (
        len(now), len(before), len(last_year),
    )  # fmt: skip
    assert table.attrs["reasons"] == []


def test_cells_are_compared_only_with_days_that_the_files_cover(study) -> None:
    """Of 1990 nothing is known; that is no rise."""
    cells = study.compare_cells(study.period.last_year())
    last_year = ipg.select(study.incidents, period=study.period.last_year())
    assert cells["n_before"].sum() == len(last_year)
    with pytest.raises(ArgumentError) as caught:
        study.compare_cells(ipg.Period.year(1990))
    assert "1990" in in_dutch(caught)


def test_settings_are_found_from_the_folder_of_notebooks(tmp_path, monkeypatch) -> None:
    """A bare name is looked for one folder up; the working folder comes first."""
    text = '[input]\nincidents = "a.csv"\nareas = "b.gpkg"\n[period]\nstart = {}\nend = {}\n'
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    monkeypatch.chdir(notebooks)
    (tmp_path / "ipg.toml").write_text(text.format("2025-01-01", "2025-02-01"), "utf-8")
    found = ipg.load()
    assert found.period == ipg.Period.month("2025-01")
    assert found.settings.input.incidents.resolve() == (tmp_path / "a.csv").resolve()
    (notebooks / "ipg.toml").write_text(text.format("2025-03-01", "2025-04-01"), "utf-8")
    assert ipg.load().period == ipg.Period.month("2025-03")


def test_the_sample_goes_by_its_name() -> None:
    """So that a notebook runs before any file is named."""
    assert ipg.load("sample").settings == ipg.Settings.sample()


@pytest.mark.parametrize("wrong", [3, None, ["ipg.toml"]])
def test_what_is_no_settings_is_refused(wrong) -> None:
    """The message says what to give."""
    with pytest.raises(ArgumentError) as caught:
        ipg.load(wrong)
    assert "ipg.toml" in in_dutch(caught)


def test_missing_settings_say_so(tmp_path) -> None:
    """As the command line does."""
    with pytest.raises(SettingsError) as caught:
        ipg.load(tmp_path / "ipg.toml")
    assert caught.value.code == "settings_missing"
