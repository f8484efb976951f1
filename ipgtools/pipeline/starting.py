"""Make an ipg.toml from the files that someone has: which file is what, and a period they cover."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools.errors import IpgError, SettingsError
from ipgtools.nl import errors as dutch
from ipgtools.nl import starting as words
from ipgtools.periods import Period

if TYPE_CHECKING:
    from ipgtools.io.report import ReadReport

__all__ = ["Started", "start"]

_MANY = {"incidents", "offences", "schouw"}
"""Settings that can name several files."""
_ORDER = (
    "incidents", "areas", "inhabitants", "streets", "addresses", "schouw", "offences", "key",
    "photos",
)  # fmt: skip
_NEEDED = ("incidents", "areas")
_LARGEST_KEY = 1_000
"""Bytes."""


@dataclass(frozen=True)
class Started:
    """
    What was made of the files.

    Parameters
    ----------
    path : Path
        The settings that were written.
    files : dict of str to list of Path
        Setting of `input` to the files it names.
    left : tuple of (Path, str)
        Files that are not named, and why, in Dutch.
    """

    path: Path
    files: dict[str, list[Path]]
    left: tuple[tuple[Path, str], ...]

    def lines(self) -> list[str]:
        """Tell in Dutch what was found and what to do next."""
        found = [(name, [one.name for one in paths]) for name, paths in self.files.items()]
        lacking = [name for name in _NEEDED if name not in self.files]
        return words.started(
            str(self.path), found, [(path.name, why) for path, why in self.left], lacking
        )


def start(files: Sequence[Path], path: Path = Path("ipg.toml")) -> Started:
    """Write settings that name files by what they are recognised as."""
    from ipgtools.pipeline import file_kind

    if path.exists():
        msg = f"{path} is there already and stays as it is"
        raise SettingsError(msg, code="init_exists", path=str(path))
    named: dict[str, list[Path]] = {}
    left: list[tuple[Path, str]] = []
    reports: dict[str, list[ReadReport]] = {}
    for given in files:
        try:
            parts = file_kind.parts(given)
        except IpgError as error:
            left.append((given, dutch.say(error.code, error.facts)))
            continue
        for one in parts:
            kind = _kind(one, left)
            if kind is None:
                continue
            if kind in named and kind not in _MANY:
                left.append((one, words.second(kind, named[kind][0].name)))
                continue
            if kind in _NEEDED and (report := _read(one, kind, left)) is not None:
                reports.setdefault(kind, []).append(report)
            elif kind in _NEEDED:
                continue
            named.setdefault(kind, []).append(one)
    if not named:
        said = "; ".join(why for _, why in left)
        msg = "none of the files is recognised"
        raise SettingsError(msg, code="init_nothing", said=said)
    found = {name: named[name] for name in _ORDER if name in named}
    text = words.settings(
        {name: _written(paths, path.parent) for name, paths in found.items()},
        period=_period(reports.get("incidents", [])),
        areas=_areas(found.get("areas", [])),
    )
    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as cause:
        msg = f"{path} can't be written: {cause}"
        raise SettingsError(
            msg, code="not_written", path=str(path), reason=cause.strerror or str(cause)
        ) from cause
    return Started(path, found, tuple(left))


def _kind(path: Path, left: list[tuple[Path, str]]) -> str | None:
    """Give the setting that a file is for."""
    from ipgtools.pipeline import file_kind

    if _is_key(path):
        return "key"
    try:
        return file_kind.detect(path).kind
    except IpgError as error:
        if error.code == "inhabitants_table":
            return "inhabitants"
        left.append((path, dutch.say(error.code, error.facts)))
        return None


def _is_key(path: Path) -> bool:
    """Tell a key from other small files: one word of text, good enough to be one."""
    from ipgtools import privacy

    if not path.is_file() or path.stat().st_size > _LARGEST_KEY:
        return False
    if len(path.read_bytes().split()) != 1:
        return False
    try:
        privacy.read_key(path)
    except IpgError:
        return False
    return True


def _read(path: Path, kind: str, left: list[tuple[Path, str]]) -> "ReadReport | None":
    """Read a file that settings need, with an entry in the register."""
    from ipgtools import pipeline

    try:
        return pipeline.check(path, kind=kind)[1]
    except IpgError as error:
        if error.code.startswith("register"):
            raise
        left.append((path, dutch.say(error.code, error.facts)))
        return None


def _written(paths: list[Path], folder: Path) -> str:
    """Write paths as TOML, from the folder of the settings where they lie in it."""
    texts = []
    for one in paths:
        whole = one.resolve()
        inside = whole.is_relative_to(folder.resolve())
        texts.append(json.dumps(
            (whole.relative_to(folder.resolve()) if inside else whole).as_posix(),
            ensure_ascii=False,
        ))  # fmt: skip
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


def _period(reports: "list[ReadReport]") -> Period | None:
    """Choose the last whole quarter, or else month, that the incidents cover."""
    found = [report.details["quality"] for report in reports]
    days = [(one["first"], one["last"]) for one in found if one["first"]]
    if not days:
        return None
    first = dt.date.fromisoformat(min(one[0] for one in days))
    end = dt.date.fromisoformat(max(one[1] for one in days)) + dt.timedelta(days=1)
    for months in (3, 1):
        until = 12 * end.year + (end.month - 1) // months * months
        start, stop = (dt.date(n // 12, n % 12 + 1, 1) for n in (until - months, until))
        if start >= first.replace(day=1):
            return Period(start, stop)
    return Period(first, end)


def _areas(paths: list[Path]) -> list[tuple[str, str]]:
    """List codes and names that the settings can choose between, larger ones where known."""
    if not paths:
        return []
    from ipgtools import io

    areas: Any = io.read_areas(paths[0])[0]
    if "wijknaam" in areas and areas["parent_code"].notna().any():
        areas = areas.drop_duplicates("parent_code").assign(area_name=areas["wijknaam"])
        areas = areas.assign(area_code=areas["parent_code"])
    return list(zip(areas["area_code"].astype(str), areas["area_name"].astype(str), strict=True))
