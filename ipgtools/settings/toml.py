"""Read a TOML file, and say what is wrong with the settings in it."""

import difflib
import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from ipgtools.errors import SettingsError
from ipgtools.settings.parts import Part

__all__ = ["Made", "checked", "read", "refused"]

Made = TypeVar("Made", bound=Part)


def read(path: Path) -> dict[str, Any]:
    """Read a TOML file."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as cause:
        msg = f"the settings {path} do not exist"
        raise SettingsError(msg, code="settings_missing", path=str(path)) from cause
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as cause:
        msg = f"{path} is no TOML: {cause}"
        found = re.search(r"line (\d+)", str(cause))
        lines = path.read_text("utf-8", errors="replace").splitlines() if path.is_file() else []
        at = int(found[1]) if found else 0
        line = lines[at - 1].strip()[:80] if 0 < at <= len(lines) else ""
        raise SettingsError(
            msg, code="settings_toml", path=str(path), reason=str(cause), line=at, text=line
        ) from cause


def checked(kind: type[Made], given: dict[str, Any], source: str) -> Made:
    """Make settings of what was given."""
    try:
        return kind.model_validate(given)
    except ValidationError as cause:
        raise refused(kind, cause, source) from cause


def refused(kind: type[Part], cause: ValidationError, source: str) -> SettingsError:
    """Make the error that names all that is wrong with settings."""
    faults = [
        (_where(fault["loc"]), fault["type"], str(fault.get("input"))[:60])
        for fault in cause.errors()
    ]
    faults = list({fault[0]: fault for fault in reversed(faults)}.values())[::-1]
    options = {_where(fault["loc"]): _options(kind, fault) for fault in cause.errors()}
    problems = "; ".join(f"{where}: {what} ({found})" for where, what, found in faults)
    msg = f"{source}: {problems}"
    return SettingsError(msg, code="settings_invalid", path=source, faults=faults, options=options)


def _options(kind: type[Part], fault: Any) -> list[str]:
    """Give what could stand there instead: names like an unknown one, or the values that can be."""
    if fault["type"] == "literal_error":
        return re.findall(r"'([^']+)'", fault["ctx"]["expected"])
    if fault["type"] != "extra_forbidden":
        return []
    *above, name = map(str, fault["loc"])
    within: Any = kind
    for one in above:
        within = within.model_fields[one].annotation
    return difflib.get_close_matches(name, within.model_fields, n=1, cutoff=0.6)


def _where(loc: tuple[int | str, ...]) -> str:
    """Name a setting, without the names of the types that were tried for it."""
    tried = ("path", "date", "datetime", "int")
    return ".".join(str(one) for one in loc if one not in tried and "[" not in str(one))
