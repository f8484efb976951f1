"""
Make the sample town: invented data with known truth, of any size.

`write` fills a folder with what a police analyst would bring: incidents as a BVH export,
areas, streets, antecedents, a wijkschouw report and residents' mails, and apart from it what was
planted (`waarheid.json`). Everything is invented; every picture made of it must state
*voorbeeldgegevens*. What is real are CBS's names, codes and figures of the buurten, ten
street names and the texts of a public report. `docs/voorbeeldgegevens.md` describes how it is made.
"""

from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import Any

__all__ = ["FEWEST", "MOST", "PACKED_UP_TO", "write"]

FEWEST, MOST = 1_000, 10_000_000
PACKED_UP_TO = 100_000
"""Up to this many incidents the export is packed with gzip."""


def write(
    directory: str | PathLike[str],
    *,
    incidents: int = 20_000,
    seed: int = 2007,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """
    Write the sample town to a folder.

    The same seed and size give the same files, byte by byte for text and by content for the
    Word document and the pictures. Another size gives another town's worth of incidents, not
    a part of these.

    Parameters
    ----------
    directory : path
        Made if it isn't there; files of the same names are replaced.
    incidents : int, default 20,000
        Rows of the export, 1,000 to 10,000,000. Memory doesn't grow with it.
    seed : int, default 2007
        Of everything that is drawn.
    progress : callable, optional
        Called with the incidents written and the incidents in all.

    Returns
    -------
    dict
        ``directory``, ``incidents``, ``seed``, ``n_bad`` (rows spoilt on purpose),
        ``n_persons``, ``n_findings``, ``n_photos``, and ``files``: bytes by name.

    Raises
    ------
    ValueError
        If `incidents` lies outside its bounds.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = write(folder, incidents=1000)
    >>> made["incidents"], made["seed"]
    (1000, 2007)
    """
    if not FEWEST <= incidents <= MOST:
        msg = f"`incidents` is {incidents}, expected {FEWEST} to {MOST}"
        raise ValueError(msg)
    from ipgtools.sample import files

    return files.write(
        Path(directory),
        size=incidents,
        seed=seed,
        packed=incidents <= PACKED_UP_TO,
        progress=progress,
    )
