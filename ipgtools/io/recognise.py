"""Tell what a file holds: incidents, areas, streets, a schouw or antecedents."""

from pathlib import Path

from ipgtools.errors import ReadError
from ipgtools.io import columns, files, incidents

_SCHOUW = {".docx", ".pdf"}


def kind_of(path: str | Path) -> str | None:
    """
    Tell which reader a file is for.

    Parameters
    ----------
    path : path
        A file that exists.

    Returns
    -------
    {"incidents", "areas", "streets", "schouw", "offences"} or None
        None where it can't be told.

    Raises
    ------
    ReadError
        If the file is missing, empty, or can't be opened.
    """
    path = Path(path)
    if path.suffix.lower() in _SCHOUW:
        return "schouw"
    opened = files.kind(path)
    if opened == "layered":
        import pyogrio

        layer = next(iter(files.layers(path)), None)
        shape = str(pyogrio.read_info(path, layer=layer).get("geometry_type") or "")
        for word, kind in (("Polygon", "areas"), ("Line", "streets"), ("Point", "incidents")):
            if word in shape:
                return kind
        return None
    names = files.header(path)
    plain = {columns.plain(name) for name in names}
    persons = {columns.plain(name) for name in columns.OFFENCES["person"]}
    if plain & persons:
        return "offences"
    if {"adres", "omschrijving"} <= plain or path.suffix.lower() == ".txt":
        return "schouw"
    try:
        incidents.recognise(names, source=path.name)
    except ReadError as error:
        if error.code == "columns_doubt":
            raise
        return None
    return "incidents"
