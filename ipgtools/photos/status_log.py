"""
Follow what becomes of a photo: reported, shown, with justice, a task, closed.

Every step is a row of a table that people keep: which photo, which status, on which day. The
steps are checked against `ipgtools.nl.schouw.PHOTO_STEPS`; one that can't be is an error, for
then something was written down that did not happen.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools._deprecated import renamed
from ipgtools.errors import ReadError
from ipgtools.nl import schouw as nl
from ipgtools.periods import as_day

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from ipgtools.io.report import ReadReport

__all__ = ["COLUMNS", "add_step", "is_allowed_transition", "join_status", "read_status"]

COLUMNS: dict[str, tuple[str, ...]] = {
    "photo_id": ("photo_id", "foto", "foto_id", "fotonummer"),
    "status": ("status", "nieuwe status"),
    "on": ("on", "datum", "date", "op"),
}
"""Columns of the table, and the names that each is known by."""
_FEWEST = 4
"""Digits that a photo is named by at least in a table that people keep."""
_TEXT = {".csv", ".tsv", ".txt"}
_HEADER = ["foto", "status", "datum"]
_DUTCH_DAY = re.compile(r"(?<!\d)\d{1,2}-\d{1,2}-\d{4}")


def is_allowed_transition(before: str, after: str) -> bool:
    """
    Return whether an item of the briefing may go from one status to another.

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
    >>> (
    ...     is_allowed_transition("melding", "op briefing"),
    ...     is_allowed_transition("afgesloten", "melding"),
    ... )
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
        starts as "melding" and goes forward only, see `is_allowed_transition`.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"foto": ["ab12cd34"], "status": "melding", "datum": "1-9-2025"})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     rows.to_csv(f"{folder}/status.csv", index=False)
    ...     steps, report = read_status(f"{folder}/status.csv")
    >>> steps["status"].tolist(), report.n_used
    (['melding'], 1)
    """
    import pandas as pd

    from ipgtools.io import columns, files, rejects
    from ipgtools.io.parse import dates, text_values
    from ipgtools.io.report import ReadReport, no_rejects

    path = Path(path)
    names = files.header(path)
    known = columns.recognise(names, COLUMNS, source=path.name)
    if not {"photo_id", "status"} <= known.keys():
        msg = f"{path.name} has no columns for photo and status; found {', '.join(names)}"
        raise ReadError(msg, code="photo_columns", path=path.name, found=", ".join(names))
    try:
        rows, before = files.read(path, columns=list(known.values()))
    except ReadError as error:
        if error.code != "file_no_rows":
            raise
        none = pd.DataFrame({ours: pd.Series(dtype="str") for ours in COLUMNS})
        none["on"] = none["on"].astype("datetime64[s]")
        return none, ReadReport(path.name, 0, 0, no_rejects(), (), {"columns": known})
    collected = rejects.Rejects(rows.index, before)
    steps = pd.DataFrame(
        {
            "photo_id": text_values.text(rows[known["photo_id"]]).str.lower(),
            "status": text_values.text(rows[known["status"]]).str.lower().str.split().str.join(" "),
            "on": pd.Series(pd.NaT, index=rows.index, dtype="datetime64[s]"),
        }
    )
    if "on" in known:
        steps["on"], faulty = dates.parse(rows[known["on"]], source=path.name)
        collected.where(faulty, known["on"], "time_unreadable", found=rows[known["on"]])
    for ours in ("photo_id", "status"):
        collected.where(steps[ours].isna(), known[ours], "code_missing")
    used = steps[collected.good].sort_values("on", kind="stable", na_position="first")
    _require_steps(used, path.name)
    used = used.reset_index(drop=True)
    n_read = len(rows) + len(before)
    return used, ReadReport(path.name, n_read, len(used), collected.table(), (), {"columns": known})


def join_status(photos: "gpd.GeoDataFrame", steps: "pd.DataFrame") -> "gpd.GeoDataFrame":
    """
    Give photos the status of their last step.

    Parameters
    ----------
    photos : GeoDataFrame, n_photos rows
        PHOTOS.
    steps : DataFrame
        From `read_status`. The first digits of a photo will do, four or more, if no other begins
        with them.

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
    >>> join_status(photos, steps)["status"].tolist()
    ['op briefing', 'melding']
    """
    start = dict(zip(photos["photo_id"], photos["status"], strict=True))
    steps = steps.assign(photo_id=steps["photo_id"].map(_in_full(steps["photo_id"], start)))
    _require_steps(steps, "", start=start)
    last = steps.drop_duplicates("photo_id", keep="last").set_index("photo_id")["status"]
    result = photos.assign(
        status=photos["photo_id"].map(last).astype("str").fillna(photos["status"])
    )
    result.attrs["n_steps_without_photo"] = int((~last.index.isin(photos["photo_id"])).sum())
    return result


def _in_full(given: "pd.Series", known: Collection[str]) -> dict[str, str]:
    """Return the whole number of each photo that is named by the first digits of it."""
    found = {}
    for one in given.unique():
        hits = [photo for photo in known if photo.startswith(one)] if len(one) >= _FEWEST else []
        found[one] = hits[0] if one not in known and len(hits) == 1 else one
    return found


@renamed(on="reference_date")
def add_step(
    path: str | Path,
    photos: "pd.DataFrame",
    photo: str,
    status: str,
    *,
    reference_date: "str | dt.date | pd.Timestamp | None" = None,
) -> tuple[str, str]:
    """
    Write down the next step of a photo.

    Parameters
    ----------
    path : path
        The table of steps: a CSV as `read_status` reads it, made if it isn't there. Rows and
        columns that stand in it stay as they are. It is written whole or not at all.
    photos : DataFrame
        PHOTOS, as they came in: the steps of the table don't count yet.
    photo : str
        Number of the photo, or the first digits of it that no other begins with.
    status : str
        The status it gets.
    reference_date : str, date or Timestamp, optional
        The day of the step; today if not given.

    Returns
    -------
    photo, before : str
        The number of the photo in full, and the status it had.

    Raises
    ------
    ReadError
        If there is no such photo or status, the step can't be taken from the status it has,
        the day is before that of its last step or still to come, or the table can't be added to.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import pandas as pd
    >>> photos = pd.DataFrame({"photo_id": ["ab12cd34"], "status": ["melding"]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "status.csv")
    ...     add_step(path, photos, "ab12", "op briefing", reference_date="1-9-2025")
    ('ab12cd34', 'melding')
    """
    import pandas as pd

    from ipgtools.io.write import atomic

    path, status = Path(path), " ".join(status.lower().split())
    on = dt.date.today()
    if reference_date is not None:
        on = as_day(reference_date, name="reference_date").date()
    hits = [one for one in photos["photo_id"] if one.startswith(photo.lower().strip())]
    if len(hits) != 1:
        known = ", ".join(photos["photo_id"])
        msg = f"{len(hits)} photos are numbered {photo!r}"
        raise ReadError(msg, code="photo_unknown", found=photo, n=len(hits), known=known)
    photo = hits[0]
    if status not in nl.PHOTO_STATUSES:
        known = ", ".join(nl.PHOTO_STATUSES)
        msg = f"{status!r} is no status; expected {known}"
        raise ReadError(msg, code="photo_status_unknown", found=status, known=known)
    if on > dt.date.today():
        msg = f"{on} is still to come"
        raise ReadError(msg, code="photo_future", photo=photo, day=f"{on:%d-%m-%Y}")
    if path.suffix.lower() not in _TEXT:
        msg = f"{path.name} is no CSV"
        raise ReadError(msg, code="photo_table", path=path.name)
    there = path.is_file() and path.stat().st_size > 0
    steps = read_status(path)[0] if there else pd.DataFrame(columns=[*COLUMNS])
    before = dict(zip(photos["photo_id"], join_status(photos, steps)["status"], strict=True))[photo]
    if not is_allowed_transition(before, status):
        allowed = " of ".join(nl.PHOTO_STEPS[before]) or nl.NO_STEP
        msg = f"photo {photo} can't go from {before!r} to {status!r}"
        raise ReadError(
            msg, code="photo_next", photo=photo, before=before, after=status, allowed=allowed
        )
    named = steps["photo_id"].map(_in_full(steps["photo_id"], list(photos["photo_id"])))
    last = steps.loc[named == photo, "on"].max()
    if pd.notna(last) and last.date() > on:
        day = f"{last:%d-%m-%Y}"
        msg = f"photo {photo} became {before!r} on {day}, after {on}"
        raise ReadError(msg, code="photo_day", photo=photo, before=before, day=day)
    added = _added(path if there else None, {"photo_id": photo, "status": status, "on": on})
    with atomic(path) as temporary:
        temporary.write_bytes(added)
        again = read_status(temporary)[0]
        if len(again) != len(steps) + 1:
            msg = f"a row below {path.name} isn't read as a step"
            raise ReadError(msg, code="photo_table", path=path.name)
    return photo, before


def _added(old: Path | None, step: dict[str, Any]) -> bytes:
    """Put a row below a table, in its own encoding, columns and way of writing days."""
    from ipgtools.io import columns
    from ipgtools.io.files import dialect

    encoding, separator, names, end, lines = "utf-8-sig", ";", _HEADER, "\r\n", ";".join(_HEADER)
    if old is not None:
        laid = dialect.sniff(old)
        encoding, separator, names = laid.encoding, laid.separator, laid.names
        given = old.read_bytes()
        try:
            lines = given.decode(encoding).rstrip("\r\n")
        except UnicodeDecodeError:
            encoding = "cp1252"
            lines = given.decode(encoding, errors="surrogateescape").rstrip("\r\n")
        end = "\r\n" if "\r\n" in lines else "\n"
    day = "%d-%m-%Y" if _DUTCH_DAY.search(lines) else "%Y-%m-%d"
    said = {**step, "on": step["on"].strftime(day)}
    known = columns.recognise(names, COLUMNS, source="" if old is None else old.name)
    by_name = {theirs: said[ours] for ours, theirs in known.items()}
    row = io.StringIO()
    writer = csv.writer(row, delimiter=separator, lineterminator=end)
    writer.writerow([by_name.get(name, "") for name in names])
    return f"{lines}{end}{row.getvalue()}".encode(encoding, errors="surrogateescape")


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
            if not is_allowed_transition(before, after):
                steps_ = nl.PHOTO_STEPS[before]
                msg = f"{source}: photo {photo} can't go from {before!r} to {after!r}"
                raise ReadError(
                    msg, code="photo_step", path=source, photo=photo, before=before, after=after,
                    allowed=" of ".join(steps_) or nl.NO_STEP,
                )  # fmt: skip
            before = after
