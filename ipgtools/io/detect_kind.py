"""Detect what a file holds: incidents, areas, streets, a schouw or antecedents."""

from pathlib import Path

from ipgtools.errors import ReadError
from ipgtools.io import areas, columns, files
from ipgtools.io.files.sql import tables
from ipgtools.io.incidents import match_columns as incident_columns

__all__ = ["kind_of"]

_SCHOUW = {".docx", ".pdf"}
_STREET_NAMES = columns.STREETS["street_name"]


def kind_of(path: str | Path) -> str | None:
    """Return the reader that a file is for."""
    if not tables.is_url(path) and Path(path).suffix.lower() in _SCHOUW:
        return "schouw"
    opened = files.kind(path)
    with files.open_path(path) as (local, layer):
        every: list[str | None] = [files.choose(local, layer)] if layer else []
        every = every or [*files.layers(local)] or [None]
        if opened == "layered":
            return _of_layers(local, every)
        doubt: ReadError | None = None
        for one in every:
            try:
                if kind := _by_columns(local, one):
                    return kind
            except ReadError as error:
                doubt = doubt or error
    if doubt is not None:
        raise doubt
    return None


def _of_layers(path: Path, every: list[str | None]) -> str | None:
    """Detect what a map file holds, by a layer whose columns fit its geometry."""
    shapes = [_by_shape(path, one) or _by_columns(path, one) for one in every]
    for one, kind in zip(every, shapes, strict=True):
        if kind and (len(every) == 1 or _suits(kind, files.header(path, layer=one))):
            return kind
    return "incidents" if "incidents" in shapes else next(filter(None, shapes), None)


def _suits(kind: str, names: list[str]) -> bool:
    if kind == "areas":
        return areas.fits(names)
    known = columns.INCIDENTS["occurred_from"] if kind == "incidents" else _STREET_NAMES
    return bool(
        {columns.normalise_name(name) for name in known}
        & {columns.normalise_name(one) for one in names}
    )


def _by_shape(path: Path, layer: str | None) -> str | None:
    shape = files.geometry_type(path, layer)
    for word, kind in (("Polygon", "areas"), ("Line", "streets"), ("Point", "incidents")):
        if word in shape:
            return kind
    return None


def _by_columns(path: Path, layer: str | None) -> str | None:
    names = files.header(path, layer=layer)
    plain = {columns.normalise_name(name) for name in names}
    persons = {columns.normalise_name(name) for name in columns.OFFENCES["person"]}
    if plain & persons:
        return "offences"
    if {"adres", "omschrijving"} <= plain or path.suffix.lower() == ".txt":
        return "schouw"
    spatial = files.has_geometry(path, layer=layer)
    try:
        incident_columns.recognise(names, source=path.name, spatial=spatial)
    except ReadError as error:
        if error.code == "columns_doubt":
            raise
        return "areas" if spatial and areas.fits(names) else None
    return "incidents"
