"""
Make text fit, and make it harmless.

Widths are measured in DejaVu Sans, which comes with matplotlib, so that the same briefing
breaks its lines alike on every machine; the slides are set in Arial, which is narrower.
"""

import functools
import importlib.util
import re
import unicodedata
from pathlib import Path
from typing import Any

__all__ = ["LINE_HEIGHT", "clean", "harmless", "height", "shorten", "slug", "width", "wrap"]

LINE_HEIGHT = 1.2
"""Height of a line as a multiple of the type size; Arial needs 1.15."""

_NARROWER = {False: 0.92, True: 0.87}
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r"\s+")
_FORMULA = re.compile(
    r"^(?:[=+@]|-(?!\d)|https?:|ftps?:|mailto:|internal:|external:|\{=)", re.IGNORECASE
)


def clean(text: object) -> str:
    r"""
    Give text without what XML can't hold, or what changes how other text is read.

    Control characters, lone surrogates and marks that turn the writing direction go; white
    space of any kind becomes one space.

    Examples
    --------
    >>> clean("a\x00b\n c\u202e")
    'ab c'
    """
    without = _FORBIDDEN.sub("", _SPACES.sub(" ", str(text)))
    return without.strip()


def harmless(text: object) -> str:
    """
    Give text that a spreadsheet takes for text, never for a formula or a link.

    Examples
    --------
    >>> harmless("=1+1"), harmless("Politie")
    (' =1+1', 'Politie')
    """
    said = clean(text)
    return f" {said}" if _FORMULA.match(said) else said


def slug(text: str) -> str:
    """
    Make a name fit for a file on any system.

    Examples
    --------
    >>> slug("Hogeland-Velve"), slug("'t Zwering / Stroïnk"), slug("///")
    ('hogeland-velve', 't-zwering-stroink', 'gebied')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "gebied"


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Measure a line of text, on the wide side."""
    return _ems(text, bold) * size


def wrap(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Break text into lines that fit; a word wider than the room is broken, too."""
    return list(_wrapped(text, size, room, bold))


@functools.lru_cache(maxsize=8192)
def _wrapped(text: str, size: float, room: float, bold: bool) -> tuple[str, ...]:  # noqa: FBT001
    space = _ems(" ", bold) * size
    lines: list[str] = []
    line, used = "", 0.0
    for word in text.split(" "):
        long = _ems(word, bold) * size
        if line and used + space + long <= room:
            line, used = f"{line} {word}", used + space + long
            continue
        if line:
            lines.append(line)
        line, used = word, long
        while used > room and len(line) > 1:
            cut = _fitting(line, size, room, bold=bold)
            lines.append(line[:cut])
            line = line[cut:]
            used = _ems(line, bold) * size
    return (*lines, line)


def height(text: str, size: float, room: float, *, bold: bool = False) -> float:
    """Measure how high text stands when broken into lines; in points."""
    return len(wrap(text, size, room, bold=bold)) * size * LINE_HEIGHT


def shorten(text: str, size: float, room: float, n_lines: int, *, bold: bool = False) -> str:
    """
    Cut text to a number of lines, with an ellipsis where something went.

    Examples
    --------
    >>> shorten("een twee drie vier vijf zes zeven acht", 10, 60, 1)
    'een twee …'
    """
    lines = wrap(text, size, room, bold=bold)
    if len(lines) <= n_lines:
        return text
    words = text.split(" ")
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        tried = " ".join([*words[:middle], "…"])
        if len(wrap(tried, size, room, bold=bold)) <= n_lines:
            low = middle
        else:
            high = middle - 1
    if low:
        return " ".join([*words[:low], "…"])
    return text[: max(1, _fitting(words[0] + "……", size, room, bold=bold) - 2)] + "…"


def _fitting(word: str, size: float, room: float, *, bold: bool) -> int:
    used = 0.0
    for position, character in enumerate(word):
        used += _em(character, bold) * size
        if used > room:
            return max(1, position)
    return len(word)


@functools.lru_cache(maxsize=16_384)
def _ems(word: str, bold: bool) -> float:  # noqa: FBT001
    return sum(_em(character, bold) for character in word)


@functools.lru_cache(maxsize=4096)
def _em(character: str, bold: bool) -> float:  # noqa: FBT001
    if ord(character) > 0x2FFF:
        return 1.1
    return float(_font(bold).getlength(character)) / 100 * _NARROWER[bold]


@functools.cache
def _font(bold: bool) -> Any:  # noqa: FBT001
    from PIL import ImageFont

    found = importlib.util.find_spec("matplotlib")
    if found is None or found.origin is None:
        msg = "matplotlib is not installed; its fonts measure the text"
        raise ImportError(msg)
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    path = Path(found.origin).parent / "mpl-data" / "fonts" / "ttf" / name
    return ImageFont.truetype(str(path), 100, layout_engine=ImageFont.Layout.BASIC)
