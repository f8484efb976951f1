"""Imports point down: front, view, analysis, tables, base."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

LAYERS = {
    "base": {
        "errors", "crs", "contracts", "periods", "rounded", "nl", "settings", "codes",
        "stacked_points",
        "_arrow", "_checks", "_closest", "_extras", "_jit", "_deprecated", "_garbage",
        "_scratch", "_parallel", "_renamed",
        "_kernels_text",
    },
    "tables": {
        "schemas", "io", "schouw", "photos", "geocoder", "services", "sample", "privacy", "audit",
        "retention", "grid",
    },
    "analysis": {
        "cases", "inference", "areas", "hotspots", "repeats", "times", "concentration",
        "offenders", "findings", "autocorrelation", "smoothing", "patterns", "data_quality", "harm",
        "network", "funnel", "selection", "_kernels",
        "_kernels_hours", "_kernels_pairs", "_tails", "coverage", "history", "evaluate",
        "scan", "_kernels_scan",
    },
    "highlights": {"highlights"},
    "papers": {"papers"},
    "view": {"palette", "maps", "charts", "export", "briefing"},
    "front": {"pipeline", "study", "cli"},
}  # fmt: skip
LEVEL = {module: level for level, names in enumerate(LAYERS.values()) for module in names}


def imports(path: Path) -> set[str]:
    """List the ipgtools modules that a file imports, wherever in the file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "ipgtools":
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            names = [alias.name.split(".") for alias in node.names]
            found |= {name[1] for name in names if name[0] == "ipgtools" and len(name) > 1}
    return found


def modules(root: Path) -> dict[str, set[str]]:
    """Give for each module of the package what it imports, its own parts aside."""
    package = root / "ipgtools"
    result: dict[str, set[str]] = {}
    for path in package.rglob("*.py"):
        name = path.relative_to(package).parts[0].removesuffix(".py")
        if name != "__init__":
            result.setdefault(name, set()).update(imports(path) - {name})
    return result


def test_every_module_has_a_layer(root: Path) -> None:
    """A new module says where it belongs before it lands."""
    assert set(modules(root)) - set(LEVEL) == set()


def test_imports_point_down(root: Path) -> None:
    """No module knows of the layers above it."""
    upward = [
        f"{module} imports {other}"
        for module, others in modules(root).items()
        for other in others & set(LEVEL)
        if LEVEL[other] > LEVEL[module]
    ]
    assert upward == []


@pytest.mark.parametrize("heavy", ["pandas", "geopandas", "matplotlib", "numba", "folium"])
def test_importing_ipgtools_loads_nothing_heavy(heavy: str) -> None:
    """Whoever asks for help need not wait for a map library."""
    code = (
        "import sys, ipgtools, ipgtools.nl, ipgtools.errors, ipgtools.periods, ipgtools.cli;"
        f"sys.exit({heavy!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("slow", ["scipy.stats", "scipy.signal"])
def test_no_module_loads_what_takes_half_a_second_for_one_function(root: Path, slow: str) -> None:
    """The upper tail of a binomial is in `_tails`, without loading a hundred distributions."""
    short = slow.removeprefix("scipy.")
    taken = [
        path.name
        for path in (root / "ipgtools").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.ImportFrom) and node.module == slow)
        or (
            isinstance(node, ast.ImportFrom)
            and node.module == "scipy"
            and short in {alias.name for alias in node.names}
        )
        or (isinstance(node, ast.Import) and slow in {alias.name for alias in node.names})
    ]
    assert taken == []


def test_public_names_are_there() -> None:
    """What notebooks and users rely on can be asked for."""
    import ipgtools as ipg

    functions = ["read_incidents", "read_schouw", "read_offences", "read_areas", "read_streets"]
    for name in [*functions, "Grid", "Period", "Settings"]:
        assert callable(getattr(ipg, name))
    for name in ["areas", "hotspots", "repeats", "times", "concentration", "offenders", "privacy"]:
        assert getattr(ipg, name).__name__ == f"ipgtools.{name}"
    for name in ["maps", "charts", "briefing", "pipeline", "sample", "geocoder", "photos"]:
        assert getattr(ipg, name).__name__ == f"ipgtools.{name}"
