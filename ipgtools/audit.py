"""
Keep an append-only record of what was loaded, released and written.

One JSON object a line, as the Wet politiegegevens asks for collecting, consulting and
providing data. The record holds file names, counts and labels; never a row, never a person.
"""

import datetime as dt
import getpass
import json
import os
from pathlib import Path
from typing import Any

ACTIONS = ("load", "combine", "release", "export", "delete")


def record(path: str | Path, action: str, **facts: Any) -> dict[str, Any]:
    """
    Add a line to the record.

    Parameters
    ----------
    path : path
        The record; made if it isn't there. Lines are only ever added.
    action : {"load", "combine", "release", "export", "delete"}
        What was done.
    **facts
        What it was done with: file names, counts, labels. No personal data.

    Returns
    -------
    dict
        The line as written, with time (UTC) and user.

    Raises
    ------
    ValueError
        If the action is none of these.
    """
    if action not in ACTIONS:
        msg = f"the action is {action!r}, expected one of {', '.join(ACTIONS)}"
        raise ValueError(msg)
    line = {
        "time": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "user": _user(),
        "action": action,
        **facts,
    }
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(line, ensure_ascii=False, default=str) + "\n"
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(handle, text.encode())
    finally:
        os.close(handle)
    return line


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
