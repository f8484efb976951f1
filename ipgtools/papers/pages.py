"""
Draw papers as HTML pages that need nothing else: no script, no font, no picture from outside.

A page opens in a browser, prints, and opens in Word to be filled in.
"""

import base64
import hashlib
import html
from collections.abc import Iterable, Sequence
from pathlib import Path

from ipgtools.nl.papers import pages as words

__all__ = ["document", "fact", "listing", "paragraph", "questions", "section", "table"]

_STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")


def document(
    title: str,
    intro: Sequence[str],
    body: Iterable[str],
    *,
    about: str,
    contents: Sequence[tuple[str, str]] = (),
) -> str:
    """Draw a whole page."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    listed = "".join(
        f'<li><a href="{html.escape(href, quote=True)}">{_text(name)}</a></li>'
        for href, name in contents
    )
    nav = f"<nav><h2>{words.CONTENTS}</h2><ul>{listed}</ul></nav>\n" if listed else ""
    return (
        '<!doctype html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<header><h1>{_text(title)}</h1>\n{''.join(map(paragraph, intro))}"
        f'<p class="about">{_text(about)}</p></header>\n'
        f"<main>\n{nav}{''.join(body)}</main>\n</body>\n</html>\n"
    )


def section(title: str, parts: Iterable[str], *, name: str = "", level: int = 2) -> str:
    """Draw a heading with what is below it."""
    mark = f' id="{html.escape(name, quote=True)}"' if name else ""
    return f"<section{mark}><h{level}>{_text(title)}</h{level}>\n{''.join(parts)}</section>\n"


def paragraph(text: str) -> str:
    """Draw a paragraph."""
    return f"<p>{_text(text)}</p>\n"


def listing(items: Sequence[str], *, ordered: bool = False) -> str:
    """Draw a list; nothing for an empty one."""
    if not items:
        return ""
    kind = "ol" if ordered else "ul"
    return f"<{kind}>{''.join(f'<li>{_text(one)}</li>' for one in items)}</{kind}>\n"


def questions(items: Sequence[str], *, label: str, answer: str) -> str:
    """Draw questions with room for an answer, marked as such."""
    return "".join(
        f'<div class="question"><p><strong>{_text(label)}.</strong> {_text(one)}</p>'
        f'<p class="answer">{_text(answer)}</p></div>\n'
        for one in items
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Draw a table."""
    top = "".join(f"<th>{_text(one)}</th>" for one in head)
    body = "".join(f"<tr>{''.join(f'<td>{_text(one)}</td>' for one in row)}</tr>\n" for row in rows)
    inner = f"<thead><tr>{top}</tr></thead>\n<tbody>{body}</tbody>"
    return f'<div class="scroll"><table>{inner}</table></div>\n'


def fact(label: str, inner: str) -> str:
    """Draw a label with what it is the label of."""
    return f"<h3>{_text(label)}</h3>\n{inner}"


def _text(text: str) -> str:
    return html.escape(str(text), quote=False)
