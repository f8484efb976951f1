"""Draw read reports as HTML: a table in the notebook, and a page that needs nothing else."""

import base64
import hashlib
import html
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools import nl
from ipgtools.io.incidents import quality
from ipgtools.io.report.rejected import lines_of
from ipgtools.nl import read_report as words
from ipgtools.nl import reading
from ipgtools.nl.messages import Message, asks_for_a_look, message

if TYPE_CHECKING:
    import pandas as pd

    from ipgtools.io.report import ReadReport

__all__ = ["document", "fragment", "in_notebook"]

_STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
_EXAMPLES = 5
"""Rejected rows that a page lists of each reason."""
_IN_NOTEBOOK = 1
_MOST_ROWS = 60
_MOST_DOUBTFUL = 50
_BARS = (960, 190)
"""Size of the bar chart, in units of its own."""


def document(reports: "Sequence[tuple[str, ReadReport]]", *, values: bool = True) -> str:
    """Draw reports as one HTML document."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'"
    parts = [fragment(report, kind=kind, values=values) for kind, report in reports]
    return (
        '<!doctype html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{words.TITLE}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f'<body class="ipg-page">\n<header><h1>{words.TITLE}</h1><p>{words.WHAT_IT_IS}</p></header>'
        f"\n<main>\n{''.join(parts)}</main>\n</body>\n</html>\n"
    )


def in_notebook(report: "ReadReport") -> str:
    """Draw a report for a notebook."""
    return f"<style>{_STYLE}</style>{fragment(report, examples=_IN_NOTEBOOK)}"


def fragment(
    report: "ReadReport", *, kind: str = "", values: bool = True, examples: int = _EXAMPLES
) -> str:
    """Draw a report as a part of a page."""
    found = report.details.get("quality")
    name = f"{kind}: {report.source}" if kind else report.source
    taken = ". ".join(map(str, report.details.get("taken", ())))
    parts = [f"<h2>{_safe(name)}</h2>", f"<p>{_safe(taken)}.</p>" if taken else "", _totals(report)]
    parts += [
        f'<p class="doubt">{_safe(one if one.endswith(("?", ".")) else f"{one}.")}</p>'
        for one in [*report.doubts(), *_left(report, minded=True)]
    ]
    parts.append(_files(report))
    if found:
        parts.append(_quality(found, values=values))
        if values:
            parts.append(_months(found))
    parts += [
        _columns(report),
        _places(report),
        _notes(report),
        _schouw(report) if values else "",
        _rejected(report, values=values, examples=examples),
    ]
    return f'<section class="ipg-report">\n{"".join(parts)}</section>\n'


def _totals(report: "ReadReport") -> str:
    said = (
        (words.READ, report.n_read, "read"),
        (words.USED, report.n_used, "used"),
        (words.REJECTED, report.n_rejected, "rejected"),
    )
    cells = "".join(
        f'<div class="{name}"><strong>{nl.number(n)}</strong> <span>{word}</span></div>'
        for word, n, name in said
    )
    width = 100 * report.n_used / max(report.n_read, 1)
    bar = (
        '<svg class="share" viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="rejected" width="100" height="2"/>'
        f'<rect class="used" width="{width:.3f}" height="2"/></svg>'
    )
    return f'<div class="totals">{cells}</div>{bar if report.n_read else ""}\n'


def _files(report: "ReadReport") -> str:
    from ipgtools.io.report import per_file

    rows = [[_safe(name), *map(nl.number, counts)] for name, *counts in per_file(report)]
    return _table(words.FILE_COLUMNS, rows, right=(1, 2, 3)) if rows else ""


def _quality(found: dict[str, Any], *, values: bool) -> str:
    rows = []
    for one in quality.indicators(found):
        named = words.indicator(one["key"], hours=found["long_hours"], step=found["step"])
        if one["look"]:
            mark = f'<span class="look">{words.LOOK}</span>'
        else:
            mark = f'<span class="good">{words.GOOD if one["of"] else words.NOTHING}</span>'
        meaning = _safe(words.INDICATORS[one["key"]][1]) if one["n"] else ""
        rows.append(
            [
                _safe(nl.sentence(named).rstrip(".")),
                nl.number(one["n"]),
                words.small_percent(one["share"]) if one["of"] else "",
                mark,
                meaning,
            ]
        )
    places = ""
    if values and found["stacked"]:
        listed = [
            [
                _safe(one["street_name"] or words.STREET_UNKNOWN),
                nl.number(one["n"]),
                _safe(words.stacked_why(one["reason"])),
            ]
            for one in found["stacked"]
        ]
        places = _table(words.PLACE_COLUMNS, listed, right=(1,))
    table = _table(words.QUALITY_COLUMNS, rows, right=(1, 2), name="quality")
    return f"<h3>{words.HEADINGS['quality']}</h3>{table}{places}\n"


def _months(found: dict[str, Any]) -> str:
    counts: dict[str, int] = found["counts"]
    if not counts:
        return ""
    step, names = found["step"], list(counts)
    missing = None if found["sparse"] else found["missing"]
    said = words.months(step, names[0], names[-1], len(names), missing)
    rows = [[words.month(name), nl.number(n)] for name, n in counts.items()]
    numbers = _table(words.MONTH_COLUMNS[step], rows, right=(1,))
    heading = words.HEADINGS["months"][step]  # type: ignore[index]
    if len(names) == 1:
        return f"<h3>{heading}</h3><p>{_safe(said)}</p>\n"
    return (
        f'<h3>{heading}</h3><p>{_safe(said)}</p><div class="scroll">{_bars(counts, step)}</div>'
        f"<details><summary>{words.NUMBERS}</summary>{numbers}</details>\n"
    )


def _bars(counts: dict[str, int], step: str) -> str:
    """Draw a bar for each month; a month without incidents has an open mark on the line."""
    width, height = _BARS
    left, right, bottom, top = 70, 14, 34, 16
    most = max(counts.values())
    room = (width - left - right) / len(counts)
    thick = min(room * 0.82, 60)
    tall = height - bottom - top
    drawn, labels = [], []
    every = max(1, -(-len(counts) * 46 // (width - left - right)))
    for at, (name, n) in enumerate(counts.items()):
        x = left + at * room + (room - thick) / 2
        middle = x + thick / 2
        length = tall * n / max(most, 1)
        title = f"<title>{_safe(words.month(name))}: {nl.number(n)}</title>"
        if n:
            drawn.append(
                f'<rect class="bar" x="{x:.1f}" y="{top + tall - length:.1f}" '
                f'width="{thick:.1f}" height="{length:.1f}">{title}</rect>'
            )
        else:
            drawn.append(
                f'<circle class="none" cx="{middle:.1f}" cy="{top + tall - 6:.1f}" r="4">'
                f"{title}</circle>"
            )
        if at % every == 0:
            labels.append(_label(middle, height - bottom + 14, words.month(name, short=True)))
        if step == "month" and (at == 0 or name.endswith("-01")):
            labels.append(_label(middle, height - 4, name[:4], strong=True))
    peak = max(counts, key=lambda name: counts[name])
    alt = _safe(words.chart_alt(step, most, peak))
    axis = (
        f'<path class="axis" d="M{left} {top + tall}H{width}M{left} {top}H{width}"/>'
        f'<text x="{left - 8}" y="{top + 4}" text-anchor="end">{nl.number(most)}</text>'
        f'<text x="{left - 8}" y="{top + tall + 4}" text-anchor="end">0</text>'
    )
    return (
        f'<svg class="months" viewBox="0 0 {width} {height}" role="img" aria-label="{alt}">'
        f"{axis}{''.join(drawn)}{''.join(labels)}</svg>"
    )


def _label(x: float, y: float, text: str, *, strong: bool = False) -> str:
    weight = ' class="year"' if strong else ""
    return f'<text{weight} x="{x:.1f}" y="{y}" text-anchor="middle">{_safe(text)}</text>'


def _columns(report: "ReadReport") -> str:
    parts: list[tuple[str, dict[str, Any]]] = [("", report.details)]
    parts += list(report.details.get("files", {}).items())
    tables: dict[str, list[str]] = {}
    for name, details in parts:
        known, dropped = details.get("columns"), details.get("dropped") or ()
        if not isinstance(known, dict) or not known:
            continue
        rows = [
            [_safe(theirs), _safe(words.MEANINGS.get(ours, ours))] for ours, theirs in known.items()
        ]
        listed = _table(words.MAPPING_COLUMNS, rows)
        if dropped:
            names = _safe(nl.joined(map(str, dropped)))
            listed += f"<p>{words.NOT_TAKEN}: {names} ({_safe(words.WHY_NOT_TAKEN)}).</p>"
        tables.setdefault(listed, []).append(_safe(name))
    if not tables:
        return ""
    told = "".join(
        (f"<p>{nl.joined(names)}</p>" if any(names) else "") + listed
        for listed, names in tables.items()
    )
    return f"<h3>{words.HEADINGS['columns']}</h3>{told}\n"


def _places(report: "ReadReport") -> str:
    """Describe the CRS of the coordinates, why, and what was corrected."""
    files = report.details.get("files", {})
    told: dict[Message, list[str]] = {}
    for name, details in {"": report.details, **files}.items():
        for note in _on_places(details):
            told.setdefault(note, []).append(name)
    said = [
        note if len(names) >= len(files) else message("in_file", source=nl.joined(names), note=note)
        for note, names in told.items()
    ]
    items = "".join(f"<li>{_safe(note)}</li>" for note in said)
    return f"<h3>{words.HEADINGS['crs']}</h3><ul>{items}</ul>\n" if items else ""


def _on_places(details: dict[str, Any]) -> list[Message]:
    return reading.on_places(details) if "crs_why" in details else []


def _notes(report: "ReadReport") -> str:
    left = _left(report, minded=False)
    if not left:
        return ""
    items = "".join(f"<li>{_safe(note)}</li>" for note in left)
    return f"<h3>{words.HEADINGS['notes']}</h3><ul>{items}</ul>\n"


def _left(report: "ReadReport", *, minded: bool) -> list[str]:
    """Return the notes that no other part shows: those to check, or the others."""
    told = _told(report.details)
    for name, details in report.details.get("files", {}).items():
        mine = _told(details)
        told |= mine | {message("in_file", source=name, note=note) for note in mine}
    return [
        str(note)
        for note in report.messages
        if note not in told and asks_for_a_look(note) == minded
    ]


def _told(details: dict[str, Any]) -> set[Message]:
    """Return the notes that the parts on columns or coordinates already show."""
    known, dropped = details.get("columns"), details.get("dropped")
    told = {reading.mapping(known)} if isinstance(known, dict) else set()
    return (
        told
        | ({message("dropped", columns=dropped)} if dropped else set())
        | {*_on_places(details)}
    )


def _schouw(report: "ReadReport") -> str:
    """List what a person has to check in a report that went through OCR."""
    doubtful = report.details.get("doubtful") or ()
    if not doubtful:
        return ""
    names = list(doubtful[0])
    rows = [
        [_safe(_in_words(name, one.get(name, ""))) for name in names]
        for one in doubtful[:_MOST_DOUBTFUL]
    ]
    return (
        f"<h3>{words.HEADINGS['doubtful']}</h3><p>{words.doubtful(len(doubtful))}.</p>"
        f"{_table([words.DOUBTFUL_COLUMNS.get(name, name) for name in names], rows)}\n"
    )


def _in_words(name: str, value: Any) -> str:
    """Format a value of a correction: the column by its meaning, the score as a share."""
    if name == "column":
        return words.MEANINGS.get(value, str(value))
    return nl.percent(value) if isinstance(value, float) else str(value)


def _rejected(report: "ReadReport", *, values: bool, examples: int) -> str:
    heading = f"<h3>{words.HEADINGS['rejected']}</h3>"
    if not report.n_rejected:
        return f"{heading}<p>{words.NO_REJECTS}</p>\n"
    reasons = [
        [_safe(row.reason), nl.number(row.n), words.small_percent(row.n / max(report.n_read, 1))]
        for row in report.reasons().itertuples()
    ]
    counted = _table(words.REASON_COLUMNS, reasons, right=(1, 2))
    if not values:
        return f"{heading}{counted}\n"
    rows = report.rejected.assign(line=lines_of(report))
    shown = rows.groupby("reason").head(examples).head(_MOST_ROWS)
    shown = shown.replace("", None).dropna(axis="columns", how="all")
    names = [name for name in words.ROW_COLUMNS if name in shown]
    listed = _table(
        [words.ROW_COLUMNS[name] for name in names], _cells(shown[names]), name="stacks"
    )
    said = " ".join(
        one
        for one in (words.examples(examples, len(shown), report.n_rejected), words.SOURCE_ROW_NOTE)
        if one
    )
    return f'{heading}{counted}<p class="note">{said}</p>{listed}\n'


def _cells(rows: "pd.DataFrame") -> list[list[str]]:
    return [
        ["" if value is None or value != value else _safe(value) for value in row]
        for row in rows.itertuples(index=False)
    ]


def _table(
    names: Iterable[str],
    rows: Iterable[Sequence[str]],
    *,
    right: Sequence[int] = (),
    name: str = "",
) -> str:
    """
    Draw a table; the names are escaped, the cells are HTML already.

    On a telephone the cells of one that is named ``stacks`` stand under each other, each behind
    the name of its column.
    """
    names = [_safe(name) for name in names]

    def row(cells: Iterable[str], tag: str) -> str:
        drawn = []
        for at, cell in enumerate(cells):
            said = ' class="right"' if at in right else ""
            said += f' data-name="{names[at]}"' if name == "stacks" and tag == "td" else ""
            drawn.append(f"<{tag}{said}>{cell}</{tag}>")
        return "".join(drawn)

    head = row(names, "th")
    body = "".join(f"<tr>{row(cells, 'td')}</tr>" for cells in rows)
    return (
        f'<div class="scroll"><table class="{name}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _safe(value: object) -> str:
    return html.escape(str(value))
