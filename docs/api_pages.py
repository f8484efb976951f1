"""Write the pages of the site that are made of the package: API reference and notebooks."""

import inspect
import shutil
import types
from collections.abc import Iterator
from pathlib import Path

import ipgtools as ipg

# What an analyst calls, in the order of the work; the rest is for those who build on it.
SECTIONS = {
    "Read": [
        "study", "selection", "io", "schouw", "photos", "cases", "periods", "grid", "settings",
    ],
    "Analyse": [
        "areas", "hotspots", "repeats", "times", "concentration", "offenders", "findings",
        "highlights", "history", "coverage", "autocorrelation", "smoothing", "patterns", "network",
        "harm", "funnel", "data_quality", "inference",
        "scan", "evaluate",
    ],
    "Show and share": ["charts", "maps", "export", "briefing", "palette", "pipeline", "papers"],
    "Protect and log": ["privacy", "audit", "retention"],
    "Base": ["codes", "contracts", "crs", "errors", "geocoder", "sample"],
}  # fmt: skip


def members(name: str) -> list[str]:
    """
    List the public functions and classes of a module of the package.

    Parameters
    ----------
    name : str
        As in ``ipgtools.<name>``.

    Returns
    -------
    list of str
        Names in ``__all__`` where the module has one; else those defined in the module.
    """
    module = getattr(ipg, name)
    named = getattr(module, "__all__", None)
    found = named if named is not None else [key for key in vars(module) if key[0] != "_"]
    return [key for key in found if _is_documented(module, key, defined=named is None)]


def _is_documented(module: types.ModuleType, key: str, *, defined: bool) -> bool:
    value = getattr(module, key)
    if not (inspect.isfunction(value) or inspect.isclass(value)):
        return False
    if defined:
        return value.__module__ == module.__name__
    return value.__module__.startswith(module.__name__)


def modules() -> Iterator[str]:
    """Yield the names of the modules that have a page."""
    for names in SECTIONS.values():
        yield from (name for name in names if hasattr(ipg, name))


def write(folder: Path) -> None:
    """
    Write the pages and their index.

    Parameters
    ----------
    folder : Path
        Made where it is missing; older pages in it are replaced.
    """
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.rst"):
        old.unlink()
    lines = ["API reference", "=" * 13, "", "Every public function of ``ipgtools``.", ""]
    for title, names in SECTIONS.items():
        pages = [name for name in names if hasattr(ipg, name)]
        lines += [".. toctree::", f"   :caption: {title}", "   :maxdepth: 1", ""]
        lines += [f"   {name}" for name in pages] + [""]
        for name in pages:
            (folder / f"{name}.rst").write_text(_page(name), "utf-8")
    (folder / "index.rst").write_text("\n".join(lines), "utf-8")


def write_gallery(notebooks: Path, folder: Path) -> None:
    """
    Copy the notebooks to where the site is built, with links that are right there.

    Parameters
    ----------
    notebooks : Path
        The folder with notebooks, without output.
    folder : Path
        Replaced as a whole.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path in sorted(notebooks.glob("*.ipynb")):
        text = path.read_text("utf-8").replace("(../docs/", "(../")
        (folder / path.name).write_text(text, "utf-8")


def _page(name: str) -> str:
    title = f"ipgtools.{name}"
    lines = [title, "=" * len(title), "", f".. automodule:: {title}", "   :no-members:", ""]
    lines += [f".. currentmodule:: {title}", ""]
    for key in members(name):
        value = getattr(getattr(ipg, name), key)
        kind = "autoclass" if inspect.isclass(value) else "autofunction"
        lines += [f".. {kind}:: {key}"]
        if kind == "autoclass":
            lines += ["   :members:", "   :undoc-members:"]
        lines += [""]
    return "\n".join(lines)
