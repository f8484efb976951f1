"""
Read what a briefing is about from `ipg.toml`: files, area, period, audience, thresholds.

Settings are frozen and complete: every choice that moves a number stands in them, with its
default, so that the manifest can repeat a run. Paths are taken from the folder of the file.
"""

import importlib
import re
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError, model_validator

from ipgtools.errors import ArgumentError
from ipgtools.periods import Period
from ipgtools.settings import toml
from ipgtools.settings.parts import (
    Analysis,
    Area,
    Columns,
    Crs,
    Gazetteer,
    Input,
    Output,
    Papers,
    Part,
    Privacy,
    Purpose,
    Purposes,
    Reading,
    Retention,
    Schouw,
    Span,
)  # fmt: skip

__all__ = [
    "FILES", "Analysis", "Area", "Choices", "Columns", "Crs", "Gazetteer", "Input", "Output",
    "Papers", "Privacy", "Purpose", "Purposes", "Reading", "Retention", "Schouw", "Settings",
    "Span",
]  # fmt: skip

FILES = (
    "incidents", "areas", "streets", "inhabitants", "schouw", "offences", "key", "photos",
    "photo_status", "addresses", "base",
)  # fmt: skip
"""Settings of `input` that name files; `incidents` and `schouw` may name several."""
_URL = re.compile(r"^(postgres(ql)?|duckdb):")
"""How a table in a database is named, which is in no folder."""


class Choices(Part):
    """
    What `ipg.toml` says about reading: all that checking a file needs of it.

    Parameters
    ----------
    input : Reading
        How to read; of the files only those that others are read with.
    crs : Crs
        Coordinate systems.
    columns : dict of str to dict of str to str
        Per table, contract column to file column, where names aren't recognised.
    purpose : Purposes
        Purpose and ground of each data set.
    privacy : Privacy
        What holds for all of them, the register, and whether files about persons may be read.
    retention : Retention
        Terms.
    """

    input: Reading = Reading()
    crs: Crs = Crs()
    columns: Columns = Field(default_factory=dict)
    purpose: Purposes = Purposes()
    privacy: Privacy = Privacy()
    retention: Retention = Retention()

    @classmethod
    def read(cls, path: str | Path) -> "Choices":
        """
        Read what a TOML file says about reading; the rest of it needn't be there yet.

        Parameters
        ----------
        path : path
            The file.

        Returns
        -------
        Choices
            Checked.

        Raises
        ------
        SettingsError
            If the file is missing or no TOML, or a choice is impossible.
        """
        given = toml.read(Path(path))
        files = given.get("input")
        if isinstance(files, dict):
            passed = set(Input.model_fields) - set(Reading.model_fields)
            given["input"] = {name: one for name, one in files.items() if name not in passed}
            given["input"] |= {
                name: _placed(one, Path(path).parent)
                for name, one in given["input"].items()
                if name in FILES
            }
        given = _with_paths(given, Path(path).parent)
        wanted = {name: given[name] for name in cls.model_fields if name in given}
        choices = toml.checked(cls, wanted, str(path))
        choices.crs.require_known()
        return choices


class _Named(type(BaseModel)):  # type: ignore[misc]
    """Make settings that are called with their parts name what is wrong as `read` does."""

    def __call__(cls, **given: Any) -> Any:
        try:
            return super().__call__(**given)
        except ValidationError as cause:
            raise toml.refused(cls, cause, "Settings(...)") from cause


class Settings(Part, metaclass=_Named):
    """
    Everything a run needs to know.

    Parameters
    ----------
    input : Input
        Files.
    area : Area
        Wijk, buurt or gemeente.
    period : Span
        Period; `when` gives it as a `Period`.
    crs : Crs
        Coordinate systems.
    columns : dict of str to dict of str to str
        Per table, contract column to file column, where names aren't recognised.
    analysis : Analysis
        Choices that move numbers.
    schouw : Schouw
        Comparing and mending.
    gazetteer : Gazetteer
        Finding places; off the network unless it says otherwise.
    output : Output
        Folder and audience.
    purpose : Purposes
        Purpose and ground of each data set.
    privacy : Privacy
        Own profiles, kinds that may leave, organisation, general purpose and ground, whether to
        warn or to refuse, the register, and the switch for persons.
    retention : Retention
        Terms of data of persons.
    papers : Papers
        What only the organisation can say in the papers.
    """

    input: Input
    period: Span
    area: Area = Area()
    crs: Crs = Crs()
    columns: Columns = Field(default_factory=dict)
    analysis: Analysis = Analysis()
    schouw: Schouw = Schouw()
    gazetteer: Gazetteer = Gazetteer()
    output: Output = Output()
    purpose: Purposes = Purposes()
    privacy: Privacy = Privacy()
    retention: Retention = Retention()
    papers: Papers = Papers()

    @model_validator(mode="after")
    def _key_with_offences(self) -> "Settings":
        given = self.input
        if self.privacy.persons and given.offences is not None and given.key is None:
            msg = "offences need a key"
            raise ValueError(msg)
        return self

    def without_persons(self) -> "Settings":
        """
        Give the same settings without the files about persons, and without their key.

        Returns
        -------
        Settings
            With `input.offences` and `input.key` empty.
        """
        files = self.input.model_copy(update={"offences": None, "key": None})
        return self.model_copy(update={"input": files})

    @property
    def when(self) -> Period:
        """The period as half-open local time."""
        import pandas as pd

        return Period(pd.Timestamp(self.period.start), pd.Timestamp(self.period.end))

    @classmethod
    def read(cls, path: str | Path) -> "Settings":
        """
        Read settings from a TOML file.

        Parameters
        ----------
        path : path
            The file; paths in it are taken from its folder.

        Returns
        -------
        Settings
            Checked.

        Raises
        ------
        SettingsError
            If the file is missing or no TOML, or a setting is unknown, missing or impossible.
        """
        if not isinstance(path, str | Path):
            found = type(path).__name__
            msg = f"settings are read from the path of an ipg.toml, got a {found}"
            raise ArgumentError(msg, code="settings_source", found=found)
        path = Path(path)
        return cls.of(toml.read(path), folder=path.parent, source=str(path))

    @classmethod
    def of(
        cls, given: dict[str, Any], *, folder: str | Path = ".", source: str = "settings"
    ) -> "Settings":
        """
        Make settings of a dict shaped like `ipg.toml`.

        Parameters
        ----------
        given : dict
            Parts by their names, `input` and `period` at least.
        folder : path, default the working folder
            Where relative paths of `input` start.
        source : str
            What messages call it.

        Returns
        -------
        Settings
            Checked.

        Raises
        ------
        SettingsError
            If a setting is unknown, missing or impossible.
        """
        if not isinstance(given, dict):
            found = type(given).__name__
            msg = f"settings are made of a dict shaped like ipg.toml, got a {found}"
            raise ArgumentError(msg, code="settings_source", found=found)
        files = given.get("input")
        if isinstance(files, dict):
            placed = {
                name: _placed(value, Path(folder)) if name in FILES else value
                for name, value in files.items()
            }
            given = {**given, "input": placed}
        given = _with_paths(given, Path(folder))
        settings = toml.checked(cls, given, source)
        settings.when  # noqa: B018 - a reversed period is an error now, not later
        settings.crs.require_known()
        return settings

    @classmethod
    def sample(cls) -> "Settings":
        """
        Give the settings of the sample town.

        Returns
        -------
        Settings
            Of `data/sample` in a checkout. Elsewhere the sample town is written once to the
            user's cache folder.
        """
        beside = Path(__file__).resolve().parents[2] / "data" / "sample"
        if (beside / "ipg.toml").is_file():
            return cls.read(beside / "ipg.toml")
        import os

        from ipgtools import __version__

        cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
        folder = cache / "ipgtools" / f"sample-{__version__}"
        if not (folder / "ipg.toml").is_file():
            importlib.import_module("ipgtools.sample").write(folder)
        return cls.read(folder / "ipg.toml")

    def changed(self, **output: Any) -> "Settings":
        """
        Give the same settings with another audience or folder.

        Parameters
        ----------
        **output
            Fields of `Output`.

        Returns
        -------
        Settings
            Checked.

        Raises
        ------
        SettingsError
            If there is no such field, or its value is impossible.
        ReleaseError
            If there is no profile of that name.
        """
        part = toml.checked(Output, {**self.output.model_dump(), **output}, "settings.changed")
        if "audience" in output:
            privacy = importlib.import_module("ipgtools.privacy")  # a layer above settings
            privacy.profile(part.audience, self.privacy.profiles)
        return self.model_copy(update={"output": part})


_PATHS = (
    ("gazetteer", "cache"),
    ("privacy", "register"),
    ("privacy", "secret"),
    ("privacy", "profiles"),
)
"""Paths in other parts than `input`."""


def _with_paths(given: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Put the paths of other parts than `input` in a folder."""
    for part, name in _PATHS:
        said = given.get(part)
        if isinstance(said, dict) and name in said:
            given = {**given, part: {**said, name: _placed(said[name], folder)}}
    return given


def _placed(value: Any, folder: Path) -> Any:
    """Put a path, or each of several, in a folder; leave what is no path."""
    if isinstance(value, list):
        return [_placed(one, folder) for one in value]
    if not isinstance(value, str | Path) or _URL.match(str(value)):
        return value
    return folder / value
