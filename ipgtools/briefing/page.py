"""
Draw a briefing as one HTML page that needs nothing else.

Style and pictures are inside the file, and a content security policy forbids the page to ask
for anything. It has no script of its own; the interactive map is a page within it, in a frame
that can reach nothing else, and the policy names the scripts of that map. Every chart and map
has its numbers beside it. It reads on a projector and a telephone, and prints a slide to a sheet.
"""

import base64
import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from ipgtools import nl as formats
from ipgtools.briefing import flow, model, numbers, text, theme
from ipgtools.briefing.archive import replace_whole
from ipgtools.nl import briefing as nl

__all__ = ["MAP_SLIDE", "environment", "policy", "render", "style", "write"]

_HERE = Path(__file__).parent
MAP_SLIDE = "plekken"
"""Key of the slide that shows the interactive map, where the page has one."""
_MOST = 4_000_000
"""Characters from which a map is only linked: a page of more opens slowly on a telephone."""
_MIME = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def write(
    briefing: model.Briefing,
    path: str | os.PathLike[str],
    *,
    map_href: str | None = None,
    map_page: str = "",
    tables: Mapping[str, Any] | None = None,
) -> Path:
    """Write a briefing as one HTML file."""
    page = render(briefing, map_href=map_href, map_page=map_page, tables=tables)
    return replace_whole(Path(path), page.encode())


def render(
    briefing: model.Briefing,
    *,
    map_href: str | None = None,
    map_page: str = "",
    tables: Mapping[str, Any] | None = None,
) -> str:
    """
    Draw a briefing as HTML.

    `map_href` is the map beside the page, `map_page` the same as `maps.page` writes it, to be
    shown within; `tables` are the released tables by name, for the numbers beside pictures.
    """
    import markupsafe

    known = environment()
    known.filters["data_uri"] = _data_uri
    known.filters["number"] = _number
    known.globals["bars"] = _bars
    known.globals["lines"] = _lines
    known.globals["size"] = flow.image_size
    known.tests["kind"] = lambda part, name: type(part).__name__ == name
    own, inside = style("page.css"), map_page if len(map_page) <= _MOST else ""
    return known.get_template("page.html").render(
        briefing=briefing,
        nl=nl,
        style=own,
        policy=policy(own, inside),
        map_href=None if map_href is None else _relative(map_href),
        map_page=markupsafe.escape(inside),
        map_slide=MAP_SLIDE,
        tables=model.tables,
        numbers_of=numbers.beside(tables or {}),
    )


def environment() -> Any:
    """Make what fills the templates in: every text is escaped, a missing value is an error."""
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )


def style(name: str) -> Any:
    """Read a style sheet, its colours filled in."""
    import markupsafe

    style = (_HERE / name).read_text(encoding="utf-8")
    for name in ("INK", "QUIET", "LINE", "PAPER", "COVER", "COVER_QUIET", "MARK"):
        style = style.replace(
            f"var(--{name.lower().replace('_', '-')})", f"#{getattr(theme, name)}"
        )
    for number, colour in enumerate(theme.SERIES):
        style = style.replace(f"var(--series-{number})", f"#{colour}")
    return markupsafe.Markup(style)  # noqa: S704 - of this package


def policy(style: str, map_page: str = "") -> str:
    """Allow the page's own style; and of the map within it, which the policy holds for too."""
    styles = [style, *re.findall(r"<style>(.*?)</style>", map_page, flags=re.DOTALL)]
    scripts = re.findall(r"<script>(.*?)</script>", map_page, flags=re.DOTALL)
    allowed = f"script-src {_hashes(scripts)}; " if scripts else ""
    return (
        f"default-src 'none'; img-src data:; {allowed}style-src {_hashes(styles)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hashes(parts: list[str]) -> str:
    digests = [base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in parts]
    return " ".join(f"'sha256-{digest}'" for digest in dict.fromkeys(digests))


def _relative(href: str) -> str:
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or href.startswith(("/", "\\")) or ":" in href:
        msg = f"the address is {href!r}, expected a relative path such as kaart.html"
        raise ValueError(msg)
    return quote(text.clean(href), safe="/._-~")


def _finalize(value: Any) -> Any:
    return text.clean(value) if type(value) is str else value


def _number(value: float | None) -> str:
    return "–" if value is None else formats.number(value)


def _data_uri(data: bytes) -> str:
    for magic, mime in _MIME.items():
        if data.startswith(magic):
            return f"data:{mime};base64,{base64.b64encode(data).decode()}"
    msg = "a picture of a briefing is neither PNG nor JPEG"
    raise ValueError(msg)


def _bars(chart: model.BarChart) -> list[list[float]]:
    """Give the length of each bar as a percentage of the longest, by category and series."""
    longest = max((v for one in chart.series for v in one.values if v is not None), default=0.0)
    return [
        [
            round(100 * (one.values[row] or 0) / longest, 2) if longest > 0 else 0.0
            for one in chart.series
        ]
        for row in range(len(chart.categories))
    ]


def _lines(chart: model.LineChart) -> list[list[str]]:
    """Give the stretches of each line as points in a box of 100 by 40, from zero up."""
    longest = max((v for one in chart.series for v in one.values if v is not None), default=0.0)
    step = 100 / max(1, len(chart.categories) - 1)
    drawn = []
    for one in chart.series:
        stretches: list[list[str]] = [[]]
        for position, value in enumerate(one.values):
            if value is None:
                stretches.append([])
                continue
            y = 40 - 38 * (value / longest if longest > 0 else 0)
            stretches[-1].append(f"{position * step:.2f},{y:.2f}")
        drawn.append([" ".join(points) for points in stretches if points])
    return drawn
