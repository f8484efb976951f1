"""Geocode findings: by the source's points, own files, or a service if asked."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import contracts, schemas
from ipgtools.crs import WORK_CRS
from ipgtools.nl import schouw as nl
from ipgtools.nl import schouw_notes, signalen
from ipgtools.nl.messages import Message, message

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["Notes", "Sources", "geocode", "points"]

_COLUMNS = ("street", "kind", "precision", "reason")


@dataclass(frozen=True)
class Sources:
    """
    What places are found with.

    Parameters
    ----------
    streets, addresses : GeoDataFrame or None
        STREETS and ADDRESSES of one CRS.
    area : GeoDataFrame, geometry or None
        Where the schouw was.
    city : str or None
        The town.
    locatieserver : str or None
        Address of a service that may be asked; nothing is asked without one.
    cache : path or None
        Where its answers are kept.
    cutoff : float
        How alike a street name must be, 0 to 100.
    """

    streets: "gpd.GeoDataFrame | None" = None
    addresses: "gpd.GeoDataFrame | None" = None
    area: Any = None
    city: str | None = None
    locatieserver: str | None = None
    cache: str | Path | None = None
    cutoff: float = 80

    @property
    def known(self) -> "gpd.GeoDataFrame | None":
        """The streets; without these the addresses, whose names serve as well."""
        return self.addresses if self.streets is None else self.streets


@dataclass
class Notes:
    """Notes and details on places for the read report."""

    notes: list[Message] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)


def geocode(
    table: "pd.DataFrame",
    sources: Sources,
    places: "Sequence[tuple[float, float] | None]",
) -> "tuple[gpd.GeoDataFrame, Notes]":
    """Give findings their points."""
    told = Notes()
    findings = _by_words(table, sources, [place is not None for place in places], told)
    findings = _by_points(findings, places, told)
    missing = findings[findings.geometry.isna()]
    asked = sources.known is not None or sources.locatieserver is not None
    if asked or len(missing) < len(findings):
        told.details["unlocated"] = [
            {"finding_id": row.finding_id, "location_text": row.location_text,
             "reason": row.location_reason}
            for row in missing.itertuples()
        ]  # fmt: skip
        if len(missing):
            names = missing["number"].astype("str").fillna(missing["finding_id"])
            told.notes.append(
                schouw_notes.unlocated([*zip(names, missing["location_reason"], strict=True)])
            )
    return findings, told


def points(
    places: "Sequence[tuple[float, float] | None]", work: Any
) -> "tuple[list[Any], bool, int]":
    """Bring degrees into the working CRS."""
    import numpy as np
    import pyproj
    import shapely

    given = np.array([place or (math.nan, math.nan) for place in places], dtype="float64")
    given = given.reshape(-1, 2)
    there = np.isfinite(given).all(axis=1)
    crs = pyproj.CRS.from_user_input(work)
    west, south, east, north = crs.area_of_use.bounds if crs.area_of_use else (-180, -90, 180, 90)

    def inside(table: Any) -> Any:
        x, y = table[:, 0], table[:, 1]
        return there & (x >= west) & (x <= east) & (y >= south) & (y <= north)

    used = inside(given)
    swapped = bool(there.any() and not used.any() and inside(given[:, ::-1])[there].all())
    if swapped:
        given, used = given[:, ::-1], there
    to_work = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    x, y = to_work.transform(np.where(used, given[:, 0], 0), np.where(used, given[:, 1], 0))
    made = [
        shapely.Point(a, b) if ok and math.isfinite(a) and math.isfinite(b) else None
        for a, b, ok in zip(x, y, used, strict=True)
    ]
    return made, swapped, int((there & ~used).sum())


def _by_words(
    table: "pd.DataFrame", sources: Sources, placed: list[bool], told: Notes
) -> "gpd.GeoDataFrame":
    import geopandas as gpd
    import numpy as np
    import pandas as pd

    from ipgtools import geocoder

    known = sources.known
    work = getattr(sources.area if known is None else known, "crs", None) or WORK_CRS
    if known is None and sources.locatieserver is None:
        table["location_score"] = np.nan
        for column in _COLUMNS:
            table[_name(column)] = pd.Series(pd.NA, index=table.index, dtype="str")
        nothing = gpd.GeoSeries([None] * len(table), index=table.index, crs=work)
        return contracts.conform(gpd.GeoDataFrame(table, geometry=nothing), schemas.FINDINGS)
    if known is None:
        known = gpd.GeoDataFrame({"street_name": pd.Series(dtype="str")}, geometry=[], crs=work)
    found = geocoder.geocode(
        table["location_text"],
        known if sources.streets is None else sources.streets,
        addresses=sources.addresses,
        area=sources.area,
        city=sources.city,
        cutoff=sources.cutoff,
    )
    if sources.locatieserver is not None:
        found = _by_service(found, sources, placed, told)
    table["location_score"] = found["location_score"]
    for column in _COLUMNS:
        table[_name(column)] = found[column]
    table = gpd.GeoDataFrame(table, geometry=found.geometry, crs=work)
    return contracts.conform(table, schemas.FINDINGS)


def _by_service(
    found: "gpd.GeoDataFrame", sources: Sources, placed: list[bool], told: Notes
) -> "gpd.GeoDataFrame":
    """Geocode findings without a point by the service, and note what was sent."""
    import numpy as np
    import pandas as pd

    from ipgtools.services import http, locatieserver

    base = sources.locatieserver or locatieserver.BASE
    told.notes.append(schouw_notes.leaves(http.host_of(base)))
    if not sources.city:
        msg = "`locatieserver` needs `city`: a street alone is in many towns"
        raise ValueError(msg)
    own = np.array(placed, dtype=bool)
    filled = locatieserver.fill(found[~own], city=sources.city, base=base, cache=sources.cache)
    said = filled.attrs["locatieserver"]
    told.details["locatieserver"] = said
    told.notes.append(
        message(
            "service_asked", n_asked=said["n_asked"], n_found=said["n_found"], host=said["host"]
        )
    )
    if said["failed"]:
        told.notes.append(
            message(
                "service_stopped", host=said["host"], reason=said["failed"], n=said["n_not_asked"]
            )
        )
    return pd.concat([filled, found[own]]).loc[found.index] if own.any() else filled


def _by_points(
    table: "gpd.GeoDataFrame", places: "Sequence[tuple[float, float] | None]", told: Notes
) -> "gpd.GeoDataFrame":
    """Place findings at the points of their source."""
    import geopandas as gpd

    if not any(places):
        return table
    given, swapped, n_outside = points(places, table.crs)
    here = gpd.GeoSeries(given, index=table.index, crs=table.crs)
    there = here.notna()
    table = table.copy()
    table.geometry = here.where(there, table.geometry)
    table.loc[there, "location_score"] = 1.0
    table.loc[there, "location_kind"] = "point"
    table.loc[there, "location_precision"] = nl.PRECISION["address"]
    table.loc[there, "location_reason"] = signalen.POINT_REASON
    if swapped:
        told.notes.append(message("points_swapped"))
    if n_outside:
        told.notes.append(message("points_outside", n=n_outside))
    return contracts.conform(table, schemas.FINDINGS)


def _name(column: str) -> str:
    return column if column == "street" else f"location_{column}"
