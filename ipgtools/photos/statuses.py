"""
Follow what becomes of a photo: reported, shown, with justice, a task, closed.

Every step is a row of a table that people keep: which photo, which status, on which day. The
steps are checked against `ipgtools.nl.schouw.PHOTO_STEPS`; one that can't be is an error, for
then something was written down that did not happen.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools.errors import ReadError
from ipgtools.nl import schouw as nl

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ipgtools.io.report import ReadReport

COLUMNS: dict[str, tuple[str, ...]] = {
    "photo_id": ("photo_id", "foto", "foto_id", "fotonummer"),
    "status": ("status", "nieuwe status"),
    "on": ("on", "datum", "date", "op"),
}
"""Columns of the table, and the names that each is known by."""


def may_become(before: str, after: str) -> bool:
    """
    Tell whether an item of the briefing may go from one status to another.

    Parameters
    ----------
    before, after : str
        From `ipgtools.nl.schouw.PHOTO_STATUSES`.

    Returns
    -------
    bool
        By `ipgtools.nl.schouw.PHOTO_STEPS`: forward only. An item goes to the briefing first;
        a task doesn't need the prosecutor; all can be closed, and what is closed stays so.

    Raises
    ------
    ValueError
        If one is no status.

    Examples
    --------
    >>> may_become("melding", "op briefing"), may_become("afgesloten", "melding")
    (True, False)
    """
    for status in (before, after):
        if status not in nl.PHOTO_STATUSES:
            msg = f"{status!r} is no status; these are: {', '.join(nl.PHOTO_STATUSES)}"
            raise ValueError(msg)
    return after in nl.PHOTO_STEPS[before]


def read_status(path: str | Path) -> "tuple[pd.DataFrame, ReadReport]":
    """
    Read the table of steps.

    Parameters
    ----------
    path : path
        CSV or Excel with `photo_id` (or "foto"), `status`, and `on` ("datum") where it is known.
        A photo's steps go by day; on one day, and without days, by row.

    Returns
    -------
    steps : DataFrame, n_used rows
        `photo_id`, `status`, `on`, in the order in which they were taken.
    report : ReadReport
        Rows without a photo or a status are rejected.

    Raises
    ------
    ReadError
        If the file can't be used, a status is unknown, or a step can't be taken: a photo
        starts as "melding" and goes forward only, see `may_become`.
    """
    import pandas as pd

    from ipgtools.io import cells, columns, files, rejects, times
    from ipgtools.io.report import ReadReport

    path = Path(path)
    names = files.header(path)
    known = columns.recognise(names, COLUMNS, source=path.name)
    lacking = {ours: COLUMNS[ours] for ours in ("photo_id", "status") if ours not in known}
    if lacking:
        raise columns.missing(lacking, names, path.name)
    rows, before = files.read(path, columns=list(known.values()))
    collected = rejects.Rejects(rows.index, before)
    steps = pd.DataFrame(
        {
            "photo_id": cells.text(rows[known["photo_id"]]),
            "status": cells.text(rows[known["status"]]).str.lower(),
            "on": pd.Series(pd.NaT, index=rows.index, dtype="datetime64[s]"),
        }
    )
    if "on" in known:
        steps["on"], faulty = times.parse(rows[known["on"]], source=path.name)
        collected.where(faulty, known["on"], "time_unreadable", found=rows[known["on"]])
    for ours in ("photo_id", "status"):
        collected.where(steps[ours].isna(), known[ours], "code_missing")
    used = steps[collected.good].sort_values("on", kind="stable", na_position="first")
    _require_steps(used, path.name)
    used = used.reset_index(drop=True)
    n_read = len(rows) + len(before)
    return used, ReadReport(path.name, n_read, len(used), collected.table(), (), {"columns": known})


def with_status(photos: "gpd.GeoDataFrame", steps: "pd.DataFrame") -> "gpd.GeoDataFrame":
    """
    Give photos the status of their last step.

    Parameters
    ----------
    photos : GeoDataFrame, n_photos rows
        PHOTOS.
    steps : DataFrame
        From `read_status`.

    Returns
    -------
    GeoDataFrame, n_photos rows
        PHOTOS; without a step the status stays as it was. ``attrs["n_steps_without_photo"]``
        counts the photos of `steps` that aren't there.

    Raises
    ------
    ReadError
        If a step can't be taken from the status that a photo has.

    Examples
    --------
    >>> import pandas as pd
    >>> photos = pd.DataFrame({"photo_id": ["a", "b"], "status": ["melding", "melding"]})
    >>> steps = pd.DataFrame({"photo_id": ["a"], "status": ["op briefing"]})
    >>> with_status(photos, steps)["status"].tolist()
    ['op briefing', 'melding']
    """
    start = dict(zip(photos["photo_id"], photos["status"], strict=True))
    _require_steps(steps, "", start=start)
    last = steps.drop_duplicates("photo_id", keep="last").set_index("photo_id")["status"]
    result = photos.assign(
        status=photos["photo_id"].map(last).astype("str").fillna(photos["status"])
    )
    result.attrs["n_steps_without_photo"] = int((~last.index.isin(photos["photo_id"])).sum())
    return result


def _require_steps(
    steps: "pd.DataFrame", source: str, *, start: dict[Any, str] | None = None
) -> None:
    """Raise if a status is unknown or can't follow the one before it."""
    for photo, states in steps.groupby("photo_id", sort=False)["status"]:
        before = (start or {}).get(photo, nl.STATUS_NEW)
        for at, after in enumerate(states):
            if after not in nl.PHOTO_STATUSES:
                known = ", ".join(nl.PHOTO_STATUSES)
                msg = f"{source}: {after!r} is no status of photo {photo}; expected {known}"
                raise ReadError(
                    msg, code="photo_status", path=source, photo=photo, found=after, known=known
                )
            if at == 0 and after == before:
                continue
            if not may_become(before, after):
                steps_ = nl.PHOTO_STEPS[before]
                msg = f"{source}: photo {photo} can't go from {before!r} to {after!r}"
                raise ReadError(
                    msg, code="photo_step", path=source, photo=photo, before=before, after=after,
                    allowed=" of ".join(steps_) or nl.NO_STEP,
                )  # fmt: skip
            before = after
