"""
Turn the files a police analyst has into maps and slides a briefing can act on.

Tables in, tables out: readers give checked GeoDataFrames with a report of what they left
out, analyses give result tables, views draw them. Modules are loaded when first used, so
that importing ipgtools costs nothing.
"""

import importlib
from typing import Any

__version__ = "0.2.0"

_MODULES = {
    "areas", "audit", "autocorrelation", "briefing", "cases", "charts", "codes", "concentration",
    "contracts", "coverage", "crs", "data_quality", "errors", "evaluate", "export", "findings",
    "funnel", "geocoder", "grid", "harm", "highlights", "history", "hotspots", "inference", "io",
    "maps", "network", "nl", "offenders", "palette", "papers", "patterns", "periods", "photos",
    "pipeline", "privacy", "repeats", "retention", "sample", "scan", "schemas", "schouw",
    "selection", "services", "settings", "smoothing", "study", "times",
}  # fmt: skip
_NAMES = {
    "read_incidents": "io",
    "read_offences": "io",
    "read_areas": "io",
    "read_streets": "io",
    "read_addresses": "io",
    "read_weights": "io",
    "read_schouw": "schouw",
    "read_photos": "photos",
    "read_cases": "cases",
    "save": "export",
    "load": "study",
    "Study": "study",
    "select": "selection",
    "Grid": "grid",
    "Period": "periods",
    "Settings": "settings",
    "IpgError": "errors",
}

_RENAMED = {
    "cautions": "data_quality",
    "chance": "inference",
    "gazetteer": "geocoder",
}
"""Old names of modules, deprecated since 0.2.0."""


def __getattr__(name: str) -> Any:
    """Load a module or public name when it is first asked for."""
    if name in _RENAMED:
        import warnings

        new = _RENAMED[name]
        msg = f"ipgtools.{name} is now ipgtools.{new}"
        warnings.warn(msg, DeprecationWarning, stacklevel=2)
        name = new
    if name in _MODULES:
        return importlib.import_module(f"ipgtools.{name}")
    if name in _NAMES:
        return getattr(importlib.import_module(f"ipgtools.{_NAMES[name]}"), name)
    from ipgtools._closest import closest

    close = closest(name, [*_MODULES, *_NAMES], n=1)
    meant = f". Did you mean: {close[0]!r}?" if close and not name.startswith("_") else ""
    msg = f"module 'ipgtools' has no attribute {name!r}{meant}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    """List what can be asked for."""
    return sorted({*globals(), *_MODULES, *_NAMES})
