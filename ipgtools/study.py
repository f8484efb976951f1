"""
Load everything that an ipg.toml names: the first step of a notebook.

The files are read once, when the first table is asked for, by the reader of the pipeline: a
study has the same incidents as the briefing of the same settings, and leaves the same entry in
the register.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import nl
from ipgtools.errors import ArgumentError
from ipgtools.nl import study as words
from ipgtools.settings import Settings

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ipgtools.io.report import ReadReport
    from ipgtools.periods import Period
    from ipgtools.pipeline.inputs import Inputs

__all__ = ["Study", "load"]

_PARENT_NAMES = ("wijknaam", "gemeentenaam")


def load(source: str | Path | Settings = "ipg.toml", *, audience: str | None = None) -> "Study":
    """
    Load the files that settings name.

    Parameters
    ----------
    source : path or Settings, default "ipg.toml"
        The file with settings; a bare name is looked for in the working folder and in the one
        above it, as notebooks work in their own folder. Or settings, or "sample" for the sample
        town.
    audience : str, optional
        Whose data: what this audience may not see is left out when reading. That of the
        settings if not given; "politie" for all that was read, for own use.

    Returns
    -------
    Study
        Its tables are read, once, when the first of them is asked for.

    Raises
    ------
    SettingsError
        If the settings are missing or wrong.

    Examples
    --------
    >>> study = load("sample")
    >>> study.period
    Period('2025-09-01', '2025-12-01')
    >>> study
    <Study not read yet, Period('2025-09-01', '2025-12-01'), for 'partner'>

    Then ``study.incidents``, ``study.areas``, ``study.streets`` and so on.
    """
    if source == "sample":
        settings = Settings.sample()
    elif isinstance(source, str | Path):
        settings = Settings.read(_found(Path(source)))
    elif isinstance(source, Settings):
        settings = source
    else:
        msg = f"load takes the path of an ipg.toml or Settings, got {type(source).__name__}"
        raise ArgumentError(msg, code="load_source", found=type(source).__name__)
    return Study(settings if audience is None else settings.changed(audience=audience))


def _found(path: Path) -> Path:
    """Look up a bare name in the folder above, too."""
    above = Path("..") / path
    return above if path.name == str(path) and not path.exists() and above.exists() else path


@dataclass(frozen=True, repr=False)
class Study:
    """
    An area in a period, with all that was read about it.

    Parameters
    ----------
    settings : Settings
        What was asked. `load` makes a study of a file.
    """

    settings: Settings

    @cached_property
    def _inputs(self) -> "Inputs":
        from ipgtools.pipeline import inputs

        return inputs.read(self.settings)

    @property
    def period(self) -> "Period":
        """The period of the settings."""
        return self.settings.when

    @property
    def name(self) -> str:
        """Name of the area."""
        return self._inputs.study.name

    @property
    def area(self) -> "gpd.GeoDataFrame":
        """AREAS, one row: the outline of the area that the settings name."""
        return self._inputs.study.whole

    @property
    def areas(self) -> "gpd.GeoDataFrame":
        """AREAS that this area is made of: its buurten, or itself."""
        return self._inputs.study.parts

    @property
    def areas_around(self) -> "gpd.GeoDataFrame":
        """AREAS, all that the file has."""
        return self._inputs.areas

    @cached_property
    def incidents(self) -> "gpd.GeoDataFrame":
        """
        INCIDENTS in the area, of all times that the files have.

        Further columns: `area_code` and `area_name` of the area that each lies in, and
        `parent_code` and `parent_name` of the larger one, where the file of areas has these.
        """
        return self._named(self._inputs.incidents)

    @cached_property
    def around(self) -> "gpd.GeoDataFrame":
        """INCIDENTS, all that were read, in and around the area; columns as `incidents`."""
        return self._named(self._inputs.placed)

    @property
    def streets(self) -> "gpd.GeoDataFrame | None":
        """STREETS with lines, or None."""
        return self._inputs.streets

    @cached_property
    def streets_around(self) -> "gpd.GeoDataFrame | None":
        """STREETS in and around the area, as the base of a map, or None."""
        from ipgtools.pipeline import pictures

        return pictures.around(self.streets, self._inputs)

    @property
    def addresses(self) -> "gpd.GeoDataFrame | None":
        """ADDRESSES, or None."""
        return self._inputs.addresses

    @property
    def findings(self) -> "gpd.GeoDataFrame | None":
        """FINDINGS of the last schouw, or None."""
        return self._inputs.findings

    @property
    def actions(self) -> "pd.DataFrame | None":
        """ACTIONS of the last schouw, or None."""
        return self._inputs.actions

    @property
    def earlier(self) -> "gpd.GeoDataFrame | None":
        """FINDINGS of the schouw before, or None."""
        return self._inputs.earlier

    @property
    def offences(self) -> "gpd.GeoDataFrame | None":
        """OFFENCES with pseudonyms, or None."""
        return self._inputs.offences

    @property
    def reports(self) -> "dict[str, ReadReport]":
        """What became of the rows of each file."""
        return self._inputs.reports

    @property
    def notices(self) -> tuple[str, ...]:
        """What purpose, terms and key ask to look at; Dutch, for own use."""
        return self._inputs.notices

    @property
    def cell_size(self) -> float:
        """Side of cells in metres: as set, or the finest that the audience may see."""
        return self._inputs.cell_size

    @cached_property
    def source(self) -> str:
        """Whom the figures are from and up to which day, for below a chart or map."""
        from ipgtools.pipeline import pictures

        return pictures.source(self._inputs)

    @cached_property
    def about(self) -> dict[str, Any]:
        """
        What every chart and map of this study has in common.

        `source`, `left_out`, `audience` and `sample`, for every function of `charts` and
        `maps.hotspot_map`: ``ipg.charts.hotspots(cells, title="...", **study.about)``. The
        schouw is named as source of charts that draw its findings only.
        """
        from ipgtools.pipeline import pictures

        return {
            "source": pictures.sources(self._inputs),
            "left_out": pictures.left_out(self._inputs),
            "audience": self._inputs.profile,
            "sample": self.settings.output.sample,
        }

    def hot_places(self) -> "gpd.GeoDataFrame":
        """
        Find the places that stand out in the period, as a briefing of these settings does.

        Returns
        -------
        GeoDataFrame, one row per place
            PLACES, from `hotspots.places`. Some seconds for a wijk.
        """
        return self._hot_places.copy()

    @cached_property
    def _hot_places(self) -> "gpd.GeoDataFrame":
        from ipgtools.pipeline import hot_places

        return hot_places.find(self._inputs)

    def compare(self) -> "pd.DataFrame":
        """
        Compare the period with the one before and with last year, in all and per kind.

        Returns
        -------
        DataFrame, one row per kind, the total first
            `kind`, `n`, and where the files cover the earlier period in full: `n_before` with
            `ratio`, `ci_low`, `ci_high`, `p_value` and `q_value`, and `n_last_year`.
            ``attrs["reasons"]`` gives in Dutch why a period is missing.
        """
        from ipgtools.pipeline import changes

        compared = changes.compare(self._inputs)
        table = compared.kinds.copy()
        table.attrs["reasons"] = list(compared.reasons)
        return table

    def compare_cells(self, before: "Period") -> "gpd.GeoDataFrame":
        """
        Compare the period with an earlier one per cell, for `charts.change`.

        Parameters
        ----------
        before : Period
            ``study.period.previous()`` or ``study.period.last_year()``, for instance.

        Returns
        -------
        GeoDataFrame, n_cells
            From `hotspots.change`; incidents that come in series are allowed for.

        Raises
        ------
        ArgumentError
            If the files do not cover the whole of that period.
        """
        from ipgtools.grid import Grid
        from ipgtools.pipeline import changes

        covered = self._inputs.coverage
        if not covered.covers(before):
            msg = f"the files do not cover all of {before}"
            raise ArgumentError(msg, code="period_not_covered", period=nl.period(before))
        grid = Grid.covering(self.areas, cell_size=self.cell_size)
        return changes.cells(self._inputs, grid, before)

    @property
    def counts(self) -> dict[str, int]:
        """
        Usable incidents in the files, and why some are not in `incidents`.

        `n_read` is the sum of `n_sensitive` (not for this audience), `n_other_kinds` (not of the
        kinds in the settings), `n_outside` (all areas), `n_elsewhere` (in another area) and
        `n_incidents`; of these `n_in_period` lie in the period and `n_without_time` have no time.
        """
        given = self._inputs
        return {
            "n_read": given.n_read,
            "n_sensitive": given.n_sensitive,
            "n_other_kinds": given.n_other_kinds,
            "n_outside": given.n_outside,
            "n_elsewhere": len(given.everywhere) - len(given.incidents),
            "n_incidents": len(given.incidents),
            "n_in_period": len(given.now),
            "n_without_time": given.n_without_time,
        }

    def lines(self) -> list[str]:
        """
        List in Dutch what was read and what was left out.

        Returns
        -------
        list of str
            A line each.
        """
        head = words.head(self.name, nl.period(self.period), self.settings.output.audience)
        reports = [report.lines()[0] for report in self.reports.values()]
        return [head, *reports, *words.counted(self.counts), *self.notices]

    def __repr__(self) -> str:
        given = vars(self).get("_inputs")
        name = given.study.name if given is not None else "not read yet"
        return f"<Study {name}, {self.period!r}, for {self.settings.output.audience!r}>"

    def _repr_html_(self) -> str:
        from html import escape

        return "<br>".join(escape(line) for line in self.lines())

    def _named(self, incidents: "gpd.GeoDataFrame") -> "gpd.GeoDataFrame":
        """Add the names of areas, the geometry last."""
        areas = self._inputs.areas
        of: dict[str, Any] = {"area_name": areas["area_name"], "parent_code": areas["parent_code"]}
        if parent := next((name for name in _PARENT_NAMES if name in areas), None):
            of["parent_name"] = areas[parent]
        code = incidents["area_code"]
        found = {
            name: code.map(dict(zip(areas["area_code"], values, strict=True))).astype("str")
            for name, values in of.items()
            if name == "area_name" or values.notna().any()
        }
        named = incidents.assign(**found)
        geometry = named.geometry.name
        return named[[*(name for name in named if name != geometry), geometry]]
