"""Read one or more reports of schouwen, and tell the last one from those before it."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import nl
from ipgtools.io.report import ReadReport
from ipgtools.settings import Settings

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["NAMES", "SchouwInput", "comparison_facts", "read"]

NAMES = ("schouw", "schouw_before", "schouw_older")
"""What the reports are called: the last schouw, the one before, and those before that."""


@dataclass(frozen=True)
class SchouwInput:
    """
    What the reports hold together.

    Parameters
    ----------
    findings : GeoDataFrame
        FINDINGS to tell: of the last schouw, or of all of them.
    actions : DataFrame
        ACTIONS on these.
    earlier : GeoDataFrame or None
        FINDINGS of the schouw before, to compare with; None where nothing is compared.
    reports : dict of str to ReadReport
        By the names in `NAMES`; where there are more of one name a number follows.
    """

    findings: "gpd.GeoDataFrame"
    actions: "pd.DataFrame"
    earlier: "gpd.GeoDataFrame | None"
    reports: dict[str, ReadReport]


def read(
    settings: Settings,
    streets: "gpd.GeoDataFrame | None",
    area: Any,
    addresses: "gpd.GeoDataFrame | None" = None,
) -> SchouwInput:
    """Read the reports that the settings name."""
    import pandas as pd

    paths = settings.input.schouwen
    given = settings.input.schouw_date
    dates = given if isinstance(given, list) else [given] * len(paths)  # one path if one date
    parts: list[tuple[gpd.GeoDataFrame, pd.DataFrame, ReadReport]] = []
    for number, (path, day) in enumerate(zip(paths, dates, strict=True), start=1):
        name = NAMES[0] if len(paths) == 1 else f"{NAMES[0]}-{number}"  # the file's is not shared
        parts.append(_one(settings, path, day, (streets, addresses), area, name))
    if len(parts) > 1 and not settings.schouw.compare:
        findings = pd.concat([part[0] for part in parts], ignore_index=True)
        actions = pd.concat([part[1] for part in parts], ignore_index=True)
        names = [NAMES[0], *(f"{NAMES[0]}_{at}" for at in range(2, len(parts) + 1))]
        reports = {name: part[2] for name, part in zip(names, parts, strict=True)}
        return SchouwInput(findings, actions, None, reports)
    parts.sort(key=lambda part: _day(part[0]))
    *older, last = parts
    reports = {NAMES[0]: last[2]}
    if older:
        reports[NAMES[1]] = older[-1][2]
        reports |= {f"{NAMES[2]}_{at}": part[2] for at, part in enumerate(older[:-1], start=1)}
    return SchouwInput(last[0], last[1], older[-1][0] if older else None, reports)


def comparison_facts(compared: "gpd.GeoDataFrame", earlier: "gpd.GeoDataFrame") -> dict[str, Any]:
    """Give the facts of a comparison."""
    days = earlier["schouw_date"].dropna()
    names = ("n_before", "n_solved", "n_still_open", "n_new")
    facts = {name: compared.attrs[name] for name in names}
    return facts | {"day_before": nl.date(days.iloc[0]) if len(days) else ""}


def _one(
    settings: Settings,
    path: Path,
    day: Any,
    known: "tuple[gpd.GeoDataFrame | None, gpd.GeoDataFrame | None]",
    area: Any,
    schouw_id: str,
) -> "tuple[gpd.GeoDataFrame, pd.DataFrame, ReadReport]":
    from ipgtools import schouw

    return schouw.read_schouw(
        path,
        streets=known[0],
        addresses=known[1],
        area=area,
        schouw_id=schouw_id,
        schouw_date=day,
        actors=settings.input.actors or None,
        words=settings.schouw.words,
        city=settings.gazetteer.city,
        locatieserver=settings.gazetteer.locatieserver,
        cache=settings.gazetteer.cache,
    )


def _day(findings: "gpd.GeoDataFrame") -> Any:
    """Give the day of a schouw; one without a day is taken for old, so that it comes first."""
    import pandas as pd

    days = findings["schouw_date"].dropna()
    return days.max() if len(days) else pd.Timestamp.min.as_unit("s")
