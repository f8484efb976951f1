"""Say where the numbers of tables come from, so that they can be protected as a briefing's are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ipgtools.privacy import release_calendar

if TYPE_CHECKING:
    import sqlite3

    import geopandas as gpd
    import pandas as pd

    from ipgtools.periods import Period
    from ipgtools.privacy.definitions import About
    from ipgtools.privacy.protect import Rule

__all__ = ["Audit", "Found", "Provenance"]


class Found(Protocol):
    """What an audit found: how numbers must be rounded coarser, and what can't be mended."""

    coarser: "dict[str, Rule]"
    n_known: int
    n_differing: int

    def holds(self, cells: "pd.DataFrame") -> bool:
        """Tell whether numbers are those that were found to be safe."""


class Audit(Protocol):
    """Audits numbers by the incidents that they count, together with all that left before."""

    def earlier(
        self, connection: "sqlite3.Connection", about: "About", periods: "list[Period]"
    ) -> "pd.DataFrame":
        """List the numbers that left before of the same ground and time."""

    def audited(
        self, cells: "pd.DataFrame", earlier: "pd.DataFrame", about: "About", forms: Any
    ) -> Found:
        """Find the numbers of a release that must be rounded coarser."""


@dataclass(frozen=True, eq=False)
class Provenance:
    """
    What tables are made of: incidents, area, period and definitions.

    `pipeline.protection.provenance` gives it of what `pipeline.inputs.read` has read.

    Parameters
    ----------
    source : str
        Name of the data, the same in every release.
    profile : str
        The audience for which the incidents were selected (`privacy.select`).
    area : str
        Code of the gemeente, wijk or buurt.
    whole, parts : GeoDataFrame
        AREAS: the area in one row, and the finest areas that it is made of.
    period : Period
        What the tables are about.
    incidents : GeoDataFrame
        INCIDENTS of the audience, of all times and also around the area, with `area_code`,
        `kind` (named as the tables name it) and a point.
    kinds : tuple of str
        What is counted in all: the list of the audience, not what occurred.
    as_of : str
        Last day that the data cover, as ISO text.
    compared : mapping of str to Period
        ``"previous"`` and ``"last_year"``, where the data cover them.
    cell_size : float
        Metres.
    own_areas : tuple of str
        Codes of a fixed division of the organisation itself.
    secret : Path, optional
        The file with the secret; next to the register if not given.
    audit : Audit
        Solves all numbers together.
    """

    source: str
    profile: str
    area: str
    whole: "gpd.GeoDataFrame"
    parts: "gpd.GeoDataFrame"
    period: "Period"
    incidents: "gpd.GeoDataFrame"
    kinds: tuple[str, ...]
    as_of: str
    audit: Audit
    compared: "Mapping[str, Period]" = field(default_factory=dict)
    cell_size: float = 0.0
    own_areas: tuple[str, ...] = ()
    secret: Path | None = None

    @cached_property
    def outline(self) -> str:
        """Tells the area's border from others."""
        return release_calendar.outline_of(self.whole.geometry.iloc[0])

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Codes of the parts."""
        return tuple(self.parts["area_code"].astype("str"))

    @property
    def division(self) -> int:
        """Year of the division of areas; 0 if unknown."""
        if "indeling_jaar" not in self.parts:
            return 0
        year = self.parts["indeling_jaar"].dropna()
        return int(year.max()) if len(year) else 0

    @cached_property
    def n(self) -> int:
        """How many incidents there are in the area and the period."""
        inside = self.incidents["area_code"].isin(self.codes).to_numpy()
        return int((inside & self.period.contains(self.incidents["occurred_from"])).sum())

    def terms(self, breaks: str) -> release_calendar.Terms:
        """Give the definitions that a release keeps to, on a calendar."""
        return release_calendar.Terms(
            source=self.source,
            profile=self.profile,
            division=self.division,
            kinds=self.kinds,
            breaks=breaks,
            cell_size=self.cell_size,
            own_areas=self.own_areas,
        )
