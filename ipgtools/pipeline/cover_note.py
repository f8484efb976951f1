"""Write the notes that say what a folder is: to those who get it, and to those who keep it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ipgtools.nl import briefing as briefing_words
from ipgtools.nl import folders as words
from ipgtools.pipeline.describe import FOLDER

if TYPE_CHECKING:
    from ipgtools.briefing import Briefing

__all__ = ["write", "write_keep"]


def write(
    briefing: "Briefing",
    folder: Path,
    *,
    readers: str,
    protected: Sequence[str],
    source: str,
    secret: bool,
    agreed: Sequence[str] = (),
) -> Path:
    """Write the cover note of what is shared."""
    notices = [briefing_words.SAMPLE_LINE] if briefing.sample else []
    notices += [*agreed, *([briefing_words.SECRECY] if secret else [])]
    lines = words.cover(
        briefing.title,
        label=briefing.label_text,
        readers=readers,
        period=briefing.period_text,
        files=_contents(folder),
        protected=protected,
        source=source,
        notices=notices,
    )
    return _write(lines, folder / words.COVER)


def write_keep(folder: Path) -> Path:
    """Write the note in the folder that stays."""
    return _write(words.keep(words.SHARED), folder / words.KEEP)


def _contents(folder: Path) -> list[tuple[str, str]]:
    """List what is in the folder, the slides first."""
    kinds = {
        "briefing_*.pptx": "slides",
        "briefing_*.html": "page",
        "briefing_*.pdf": "printed",
        "kaart_*.html": "map",
        f"{words.SHEET}_*": "sheet",
        f"{words.LAYERS}_*.gpkg": "layers",
        words.PICTURES: "pictures",
        FOLDER: "tables",
    }
    return [
        (path.name, words.CONTENTS[kind])
        for pattern, kind in kinds.items()
        for path in sorted(folder.glob(pattern))
    ]


def _write(lines: Sequence[str], path: Path) -> Path:
    """Write lines so that any editor of Windows shows them as they are."""
    text = "\r\n".join([*lines, ""])
    path.write_bytes(text.encode("utf-8-sig"))
    return path
