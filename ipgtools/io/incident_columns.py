"""Tell which columns of a file of incidents are which, and which of them stay unread."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ipgtools import schemas
from ipgtools.errors import ReadError
from ipgtools.io import columns as columns_
from ipgtools.io import files


def recognise(
    names: Sequence[str],
    *,
    source: str,
    given: Mapping[str, str] | None = None,
    spatial: bool = False,
) -> dict[str, str]:
    """
    Recognise the columns of a file of incidents.

    Parameters
    ----------
    names : sequence of str
        The file's columns.
    source : str
        Name of the file, for messages.
    given : mapping of str to str, optional
        What the user says: contract column to file column.
    spatial : bool, default False
        Whether the file brings a geometry along.

    Returns
    -------
    dict of str to str
        Contract column, or part of a time, to file column: enough for a time and a place.

    Raises
    ------
    ReadError
        If a needed column isn't there, or is in doubt.
    """
    listed = columns_.INCIDENTS | dict.fromkeys(columns_.PARTS, ())
    known = columns_.recognise(names, listed, source=source, given=given)
    placed = {"x", "y"} <= set(known) or {"lon", "lat"} <= set(known) or spatial
    if placed and "xy" not in (given or {}):
        known.pop("xy", None)
    parts = {ours: known.pop(ours) for ours in columns_.PARTS if ours in known}
    taken = set(known.values())
    free = [name for name in names if name not in taken or name == known.get("month")]
    for ours, spellings in columns_.PARTS.items():
        plain = {columns_.plain(spelling) for spelling in spellings}
        hits = [name for name in free if columns_.plain(name) in plain]
        if (
            len(hits) == 1
            and ours not in {*parts, *(given or {})}
            and hits[0] not in parts.values()
        ):
            parts[ours] = hits[0]
    if "occurred_from" not in known and {"year", "month_number"} <= set(parts):
        known.pop("month", None)
    elif "occurred_from" in known:
        for ours in ("year", "month_number", "day"):
            parts.pop(ours, None)
        known.pop("month", None)
    placed = {"lon", "lat"} <= set(known) or "xy" in known or spatial
    needed = [] if placed else ["x", "y"]
    if not {"occurred_from", "month"} & set(known) and not {"year", "month_number"} <= set(parts):
        needed.insert(0, "occurred_from")
    lacking = {name: columns_.INCIDENTS[name] for name in needed if name not in known}
    if lacking:
        raise columns_.missing(lacking, names, source)
    if "month" in known:
        return known
    return known | parts


def fit(names: list[str], path: Path, given: Mapping[str, str] | None) -> bool:
    """
    Tell whether a layer or sheet can be the one with incidents.

    Parameters
    ----------
    names : list of str
        Its columns.
    path : Path
        The file.
    given : mapping of str to str, optional
        What the user says: contract column to file column.

    Returns
    -------
    bool
        True, too, where columns are in doubt.
    """
    try:
        recognise(names, source=path.name, given=given, spatial=files.has_geometry(path))
    except ReadError as error:
        return error.code == "columns_doubt"
    return True


def unwanted(names: list[str], known: Mapping[str, str], keep: Sequence[str]) -> list[str]:
    """
    List the columns that stay unread: about persons, and house numbers and free text.

    Parameters
    ----------
    names : list of str
        The file's columns.
    known : mapping of str to str
        Contract column to file column; these are read.
    keep : sequence of str
        House numbers and free text to read all the same.

    Returns
    -------
    list of str
        In the order of `names`.

    Examples
    --------
    >>> unwanted(["x", "y", "naam", "toelichting"], {"x": "x", "y": "y"}, ["toelichting"])
    ['naam']
    """
    personal = columns_.forbidden(names)
    free = [name for name in columns_.left_out(names) if name not in keep]
    left = {*personal, *free} - set(known.values())
    return [name for name in names if name in left]


def called(further: Sequence[str]) -> dict[str, str]:
    """
    Give the further columns of a file names that don't mean something else in the table.

    Parameters
    ----------
    further : sequence of str
        Columns that go along as they are.

    Returns
    -------
    dict of str to str
        File column to its name in the table.

    Examples
    --------
    >>> called(["weer", "source", "geometry"])
    {'weer': 'weer', 'source': 'source_file', 'geometry': 'geometry_file'}
    """
    taken = {*schemas.INCIDENTS.names, "geometry", *further}
    result = {}
    for name in further:
        ours = str(name)
        if ours in {*schemas.INCIDENTS.names, "geometry"}:
            while ours in taken:
                ours += "_file"
        result[name] = ours
    return result
