"""What many tests make and read: points, incidents, streets, files of incidents, pictures."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from shapely import LineString

import ipgtools as ipg
from ipgtools.errors import IpgError
from ipgtools.grid import Grid
from ipgtools.nl import errors

RD = 28992
FIRST_DAY = pd.Timestamp("2025-01-01")

# Tables.


def points(*xy: Any, crs: int = RD, **columns: Any) -> gpd.GeoDataFrame:
    """Make a table of points: one array of pairs, or several pairs."""
    x, y = np.asarray(xy, dtype=float).reshape(-1, 2).T
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(x, y), crs=crs)


def incidents(x: Any, y: Any, when: Iterable[Any], crs: int = RD, **columns: Any) -> Any:
    """Make incidents from coordinates and moments, or whole days after 1 January 2025."""
    given = np.asarray(when)
    if np.issubdtype(given.dtype, np.number):
        moments = FIRST_DAY + pd.to_timedelta(given, unit="D")
    elif isinstance(when, pd.DatetimeIndex):
        moments = when.as_unit("s")
    else:
        moments = pd.to_datetime(list(when), format="mixed")
    table = {"occurred_from": moments, **columns}
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(x, y), crs=crs)


def shapes(*given: Any, crs: int = RD, **columns: Any) -> gpd.GeoDataFrame:
    """Make a table of geometries."""
    return gpd.GeoDataFrame(columns, geometry=list(given), crs=crs)


def lay_streets(**lines: Any) -> gpd.GeoDataFrame:
    """Lay streets: a name (spaces as underscores) and the corners of its line."""
    return shapes(
        *map(LineString, lines.values()),
        street_id=[str(number) for number in range(len(lines))],
        street_name=[name.replace("_", " ") for name in lines],
        kind="residential",
    )


def lattice(table: Any, size: float = 100.0) -> gpd.GeoDataFrame:
    """Make cells of a table of counts, its first row the southernmost."""
    n_rows, n_cols = np.shape(table)
    cells = Grid.covering((0, 0, n_cols * size, n_rows * size), size).cells()
    return cells.assign(n=np.ravel(table))


# Files.


def write_lines(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    """Write lines to a file, without a line end after the last."""
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def read_lines(folder: Path, *lines: str, **options: Any) -> Any:
    """Read incidents from lines of a CSV, its header first."""
    return ipg.read_incidents(write_lines(folder / "incidenten.csv", *lines), **options)


# Words.


def in_dutch(caught: "pytest.ExceptionInfo[IpgError] | IpgError") -> str:
    """Give what a coach reads of an error."""
    error = caught.value if isinstance(caught, pytest.ExceptionInfo) else caught
    return errors.say(error.code, error.facts)


def numbers(text: str) -> list[float]:
    """Read the numbers of a Dutch text."""
    found = re.findall(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?", text)
    return [float(one.replace(".", "").replace(",", ".")) for one in found]


def flat(text: str) -> str:
    """Take the line breaks out of what a terminal shows."""
    return " ".join(text.split())


# Pictures.


def texts(ax: Axes) -> str:
    """Give all text of the picture, lines joined."""
    found = ax.get_figure(root=True).findobj(mpl.text.Text)
    parts = [text.get_text() for text in found if text.get_visible()]
    return " | ".join(part.replace("\n", " ") for part in parts if part)


def labels(ax: Axes) -> list[str]:
    """Give the texts of the legend."""
    legend = ax.get_legend()
    return [] if legend is None else [text.get_text() for text in legend.get_texts()]


def gid_is(gid: str) -> Callable[[Any], bool]:
    """Make a filter for `findobj`."""
    return lambda artist: artist.get_gid() == gid


def drawn(ax: Axes, gid: str) -> list[Any]:
    """Give the collections of a layer."""
    return [artist for artist in ax.collections if artist.get_gid() == gid]


def n_drawn(ax: Axes, gid: str) -> int:
    """Count the shapes of a layer."""
    return sum(len(one.get_paths()) for one in drawn(ax, gid))
