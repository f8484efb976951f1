"""
Compose a briefing: which slides, in which order, with what on them.

A piece that is missing leaves its slide out, and the verantwoording says so. Two rules are
held here once more, whatever is passed in: counts of persons below the minimum are never
shown, and no count of persons is in a public briefing.
"""

import io
from collections.abc import Sequence
from dataclasses import replace

from ipgtools import nl as formats
from ipgtools.briefing import model, text
from ipgtools.briefing.facts import (
    MIN_FOR_REPEATS,
    MIN_TO_COMPARE,
    Schouw,
    busy_hours,
    say_band,
    say_chance,
    say_day_only,
    say_last_year,
    say_near,
    say_repeats,
    say_times,
    say_total,
)
from ipgtools.briefing.pieces import (
    MIN_PERSONS,
    BriefingInput,
    ComparisonRow,
    MapPiece,
    SchouwPiece,
)
from ipgtools.nl import briefing as nl
from ipgtools.nl import offenders, privacy, sentences
from ipgtools.nl import rounded as rounded_words
from ipgtools.rounded import Rounded, is_rounded

_PHOTO_SIDE = 1600


def compose(given: BriefingInput) -> model.Briefing:
    """
    Describe the briefing that these results give.

    Parameters
    ----------
    given : BriefingInput
        Results released for the audience.

    Returns
    -------
    Briefing
        Slides in the order of a briefing; slides without input are left out.

    """
    missing: list[str] = []
    slides = [
        _slide(given, "titel", nl.TITLES["titel"].format(area=given.area_name)),
        _what_stands_out(given),
        _hot_places(given, missing),
        _comparison(given, missing),
        _timing(given, missing),
        _repeats(given, missing),
        _offenders(given, missing),
        *_schouw(given, missing),
        _photos(given, missing),
        _agreements(given),
    ]
    slides += [_sources(given) if given.sources else None, _methods(given, missing)]
    return model.Briefing(
        title=nl.TITLES["titel"].format(area=given.area_name),
        subtitle=given.period_text,
        area_name=given.area_name,
        period_text=given.period_text,
        audience=given.profile.name,
        label_text=given.profile.label,
        sample=given.sample,
        slides=tuple(slide for slide in slides if slide is not None),
        file_stem=file_stem(given.area_name, given.first_day, given.last_day, given.profile.name),
    )


def file_stem(area_name: str, first_day: str, last_day: str, audience: str) -> str:
    """
    Name the files of a briefing by wijk, period and label.

    Examples
    --------
    >>> file_stem("Hogeland-Velve", "2025-09-01", "2025-11-30", "partner")
    'briefing_hogeland-velve_2025-09-01_2025-11-30_partner'
    """
    parts = [text.slug(part) for part in (area_name, first_day, last_day, audience)]
    return "_".join(["briefing", *parts])


def _slide(given: BriefingInput, key: str, title: str, *parts: model.Part) -> model.Slide:
    return model.Slide(key, title, parts, nl.NOTES[key], given.source)


def _told(given: BriefingInput, *sentences: str, small: bool = False) -> model.Sentences:
    items = tuple(sentence for sentence in sentences if sentence)
    return model.Sentences(items, given.facts_table, small)


def _picture(piece: MapPiece) -> model.Picture:
    return model.Picture(piece.data, piece.alt, piece.caption, piece.table)


def _what_stands_out(given: BriefingInput) -> model.Slide:
    slide = _slide(
        given,
        "wat_valt_op",
        nl.TITLES["wat_valt_op"],
        _told(given, *(one.text for one in given.highlights)),
    )
    asked = [one.to_do for one in given.highlights if one.to_do]
    return replace(slide, notes=nl.with_questions(slide.notes, asked))


def _hot_places(given: BriefingInput, missing: list[str]) -> model.Slide | None:
    if given.places_map is None:
        missing.append(nl.MISSING["plekken"])
        return None
    title = given.titles.get("plekken") or nl.TITLES["plekken"]
    lines = [
        nl.place_line(
            row.number, row.name, _shown(row.n), _shown(row.n_before), kinds=row.kinds,
            claim=row.claim,
        )
        for row in given.hot_places
    ]  # fmt: skip
    return _slide(
        given,
        "plekken",
        title,
        _picture(given.places_map),
        model.Sentences(tuple(lines), given.places_map.table),
    )


def _shown(n: int | None) -> str:
    return "" if n is None else formats.number(n)


def _comparison(given: BriefingInput, missing: list[str]) -> model.Slide | None:
    piece = given.comparison
    if piece is None or not piece.rows:
        missing.append(nl.MISSING["vergelijking"])
        return None
    change = given.facts.previous
    title = given.titles.get("vergelijking") or nl.TITLES["vergelijking"]
    if not given.titles.get("vergelijking") and change is not None and change.comparable:
        title = nl.title_change(
            change.n, change.n_before, change.when, enough=change.enough,
            exposure=change.exposure, subject=given.facts.subject,
        )  # fmt: skip
    rows = piece.rows
    rounded = is_rounded(*(n for row in rows for n in (row.n, row.n_before, row.n_last_year)))
    categories = tuple(row.label for row in rows)
    now = model.Series(nl.SERIES_NOW, tuple(_drawn(row.n) for row in rows))
    ago = model.Series(nl.SERIES_BEFORE, tuple(_drawn(row.n_before) for row in rows))
    alt = nl.chart_alt(title, categories, [(one.name, one.values) for one in (now, ago)])
    series = (now, ago) if any(one is not None for one in ago.values) else (now,)
    chart = model.BarChart(categories, series, alt, piece.table)
    charts = [chart] if "vergelijking" in given.profile.shown.charts else []
    unknown = any(None in (row.n, row.n_before, row.n_last_year) for row in rows)
    shown = _OF_ROUNDED if rounded else range(len(nl.COLUMNS["comparison"]))
    table = model.Table(
        tuple(nl.COLUMNS["comparison"][at] for at in shown),
        tuple(tuple(_comparison_cells(row)[at] for at in shown) for row in rows),
        widths=(2.4, 2.0, 2.0, 2.0) if rounded else (3.0, 1.0, 1.3, 1.5, 2.4, 1.4),
        align=_ALIGNED[: len(shown)],
        note=rounded_words.ROUNDED if rounded else nl.NOT_SHOWN_NOTE if unknown else "",
        table=piece.table,
    )
    said = [say_total(given.facts), say_last_year(given.facts)[0]]
    for at, told in enumerate((change, given.facts.last_year)):
        if told is not None and told.when in title:
            said[at] = " ".join(say_chance(told))
    said = [one for one in (*said, say_band(given.facts)) if one]
    above = [_told(given, " ".join(said))] if said else []
    slide = _slide(given, "vergelijking", title, *above, *charts, table)
    return replace(slide, notes=nl.NOTES_OF_ROUNDED["vergelijking"]) if rounded else slide


_ALIGNED: tuple[model.Align, ...] = ("left", "right", "right", "right", "right", "right")
_OF_ROUNDED = (0, 1, 2, 5)
"""Columns of the comparison that can be told of rounded counts: no difference and no interval."""


def _drawn(n: int | None) -> int | None:
    """Give the height of a bar; none for a count of which only a wide interval is known."""
    vague = isinstance(n, Rounded) and (n.below or n.coarse)
    return None if n is None or vague else int(n)


def _comparison_cells(row: ComparisonRow) -> tuple[str, ...]:
    counts = [
        nl.NOT_SHOWN if n is None else formats.number(n)
        for n in (row.n, row.n_before, row.n_last_year)
    ]
    difference = interval = nl.NOT_SHOWN
    if row.n is not None and row.n_before is not None:
        difference = formats.signed(row.n - row.n_before)
        if row.n + row.n_before >= MIN_TO_COMPARE:
            interval = nl.interval_of_change(row.ratio_low, row.ratio_high)
    return (row.label, counts[0], counts[1], difference, interval, counts[2])


def _timing(given: BriefingInput, missing: list[str]) -> model.Slide | None:
    if given.timing is None:
        missing.append(nl.MISSING["wanneer"])
        return None
    when = busy_hours(given.facts)
    title = nl.title_times(when) if when else nl.TITLES["wanneer"]
    said = [say_times(given.facts)[0], say_day_only(given.facts), *_without_slide(given)]
    told = _told(given, *[one for one in said if one])
    slide = _slide(given, "wanneer", title, _picture(given.timing), told)
    return slide if given.facts.exact else replace(slide, notes=nl.NOTES_OF_ROUNDED["wanneer"])


def _without_slide(given: BriefingInput) -> list[str]:
    """Give what is said of repeats, where that is too little for a slide of its own."""
    said, piece = _said_of_repeats(given), given.places
    lonely = len(said) == 1 and (piece is None or not piece.rows)
    return said if lonely and given.timing is not None else []


def _said_of_repeats(given: BriefingInput) -> list[str]:
    facts = given.facts
    still = facts.near.still_open if facts.near is not None and facts.near.shown else ""
    return [one for one in (say_repeats(facts)[0], say_near(facts)[0], still) if one]


def _repeats(given: BriefingInput, missing: list[str]) -> model.Slide | None:
    facts, piece = given.facts, given.places
    said = _said_of_repeats(given)
    if piece is None and not said:
        missing.append(nl.MISSING["herhaling"])
        return None
    if _without_slide(given):
        return None
    title = nl.TITLES["herhaling"]
    if facts.repeats is not None and facts.repeats.n_total >= MIN_FOR_REPEATS:
        reach = (facts.repeats.low, facts.repeats.high)
        known = facts.repeats.basis == "history"
        title = nl.title_repeats(
            facts.repeats.n_places, reach if known else None, more=facts.repeats.more
        )
    parts: list[model.Part] = [_told(given, *said)] if said else []
    if piece is not None and piece.rows:
        rows = [
            (row.street, formats.number(row.n), row.last, row.top_category) for row in piece.rows
        ]
        shown = _filled(rows)
        parts.append(
            model.Table(
                tuple(nl.COLUMNS["places"][at] for at in shown),
                tuple(tuple(row[at] for at in shown) for row in rows),
                widths=tuple((3.2, 3.0, 2.4, 3.8)[at] for at in shown),
                align=tuple(("left", "right", "left", "left")[at] for at in shown),
                share=1.0 if len(shown) > 2 else 0.66,
                table=piece.table,
            )
        )
    return _slide(given, "herhaling", title, *parts)


def _filled(rows: Sequence[tuple[str, ...]]) -> list[int]:
    """List the columns that hold anything: what was withheld leaves no empty column behind."""
    return [at for at in range(len(rows[0])) if any(row[at] for row in rows)]


def _offenders(given: BriefingInput, missing: list[str]) -> model.Slide | None:
    piece, kind = given.offenders, given.facts.area_kind
    persons = given.profile.persons
    if not persons.allowed:
        missing.append(nl.MISSING["veelplegers_openbaar"])
        return None
    if piece is None:
        missing.append(nl.MISSING["veelplegers" if given.persons else "veelplegers_uit"])
        return None
    if persons.levels != "all" and kind not in persons.levels:
        missing.append(nl.MISSING["veelplegers_buurt"])
        return None
    minimum = max(piece.minimum, MIN_PERSONS)
    cells = tuple(
        (
            offenders.KLASSEN.get(klasse, klasse),
            nl.NOT_SHOWN
            if n is None
            else privacy.small(minimum)
            if n < minimum
            else formats.number(n),
        )
        for klasse, n in piece.counts
    )
    hidden = any(n is None for _, n in piece.counts)
    rules = offenders.regime(piece.regime)
    if piece.reference:
        rules = f"{rules}; peildatum {piece.reference}"
    return _slide(
        given,
        "veelplegers",
        nl.TITLES["veelplegers"].format(place=nl.place(kind)),
        model.Table(
            nl.COLUMNS["offenders"],
            cells,
            widths=(4.0, 1.0),
            align=("left", "right"),
            note=nl.NOT_TOLD_NOTE if hidden else "",
            table=piece.table,
            share=0.66,
        ),
        model.Sentences((nl.offenders_rule(rules, kind=kind, minimum=minimum),), small=True),
    )


def _schouw(given: BriefingInput, missing: list[str]) -> list[model.Slide]:
    piece, state = given.schouw, given.facts.schouw
    if piece is None or state is None:
        missing.append(nl.MISSING["schouw"])
        return []
    parts: list[model.Part] = [_picture(piece.map)] if piece.map else []
    inside = ""
    if state.n_in_places is not None and state.n_findings:
        placed = state.n_findings if state.n_placed is None else state.n_placed
        inside = sentences.schouw_in_places(state.n_in_places, placed, n_findings=state.n_findings)
    said = sentences.schouw(state.n_open, state.n_actions, state.by_actor, day=state.day)
    parts.append(_told(given, said, inside))
    still = [row for row in piece.by_actor if row[1] > 0]
    if still and "schouw" in given.profile.shown.charts:
        categories = tuple(actor for actor, _, _ in still)
        open_ = model.Series(nl.SERIES_OPEN, tuple(float(n) for _, n, _ in still))
        alt = nl.chart_alt(nl.SERIES_OPEN, categories, [(open_.name, open_.values)])
        parts.append(model.BarChart(categories, (open_,), alt, piece.table, schouw=True))
    title = nl.title_schouw(state.n_open, state.n_actions, state.by_actor)
    slides = [_slide(given, "schouw", title, *parts)]
    if state.n_before is not None:
        slides += _compared(given, piece, state)
    if piece.actions:
        rows = [
            (row.number, row.location, row.description, row.actor, row.task)
            for row in piece.actions
        ]
        shown = _filled(rows)
        table = model.Table(
            tuple(nl.COLUMNS["actions"][at] for at in shown),
            tuple(tuple(row[at] for at in shown) for row in rows),
            widths=tuple((0.6, 2.4, 4.0, 2.0, 2.6)[at] for at in shown),
            table=piece.actions_table,
            split=True,
        )
        slides.append(_slide(given, "schouw_acties", nl.TITLES["schouw_acties"], table))
    return slides


def _compared(given: BriefingInput, piece: SchouwPiece, state: Schouw) -> list[model.Slide]:
    """Say what became of the findings of the schouw before, and list them all."""
    solved, still, new = (n or 0 for n in (state.n_solved, state.n_still_open, state.n_new))
    said = sentences.schouw_compared(solved, still, new, before=state.day_before)
    outcomes = (float(solved), float(still), float(new))
    alt = nl.chart_alt(said, nl.OUTCOMES, [(nl.SERIES_FINDINGS, outcomes)])
    chart = model.BarChart(
        nl.OUTCOMES, (model.Series(nl.SERIES_FINDINGS, outcomes),), alt, piece.compared_table,
        schouw=True,
    )  # fmt: skip
    title = nl.title_compared(solved, still)
    charts = [chart] if "schouw_vergelijking" in given.profile.shown.charts else []
    slides = [_slide(given, "schouw_vergelijking", title, _told(given, said), *charts)]
    if piece.compared:
        shown = _filled(piece.compared)
        table = model.Table(
            tuple(nl.COLUMNS["compared"][at] for at in shown),
            tuple(tuple(row[at] for at in shown) for row in piece.compared),
            widths=tuple((1.2, 2.8, 2.2, 4.6)[at] for at in shown),
            table=piece.compared_table,
            split=True,
        )
        slides.append(_slide(given, "schouw_uitkomsten", nl.TITLES["schouw_uitkomsten"], table))
    return slides


def _photos(given: BriefingInput, missing: list[str]) -> model.Slide | None:
    if not given.photos and not given.photo_states:
        missing.append(
            nl.MISSING["fotos" if given.profile.tables.get("photos") else "fotos_openbaar"]
        )
        return None
    photos = tuple(
        model.Picture(_bare(photo.data), photo.caption or nl.TITLES["fotos"], photo.caption)
        for photo in given.photos
    )
    parts: list[model.Part] = [model.PhotoGrid(photos, given.photos_table)] if photos else []
    if given.photo_states:
        states = nl.photo_states(given.photo_states, n_shown=len(photos))
        parts.insert(0, _told(given, states, small=True))
    return _slide(given, "fotos", nl.TITLES["fotos"], *parts)


def _agreements(given: BriefingInput) -> model.Slide:
    table = model.ActionTable(nl.COLUMNS["agreements"], 6, (5.0, 2.2, 1.6, 1.2))
    return _slide(given, "afspraken", nl.TITLES["afspraken"], table)


def _sources(given: BriefingInput) -> model.Slide:
    rows = tuple(
        (
            row.name,
            formats.number(row.n_read),
            formats.number(row.n_used),
            formats.number(row.n_read - row.n_used),
            row.reason,
        )
        for row in given.sources
    )
    table = model.Table(
        nl.COLUMNS["sources"],
        rows,
        widths=(2.8, 1.0, 1.0, 1.2, 5.8),
        align=("left", "right", "right", "right", "left"),
        table=given.sources_table,
        split=True,
    )
    return _slide(given, "verantwoording", nl.TITLES["verantwoording"], table)


def _methods(given: BriefingInput, missing: list[str]) -> model.Slide:
    said = [nl.SAMPLE_LINE] if given.sample else []
    said += [nl.REGISTERED, *given.limits, *given.methods, *given.suppressed, *missing]
    if given.profile.notice:
        said.append(nl.SECRECY)
    return _slide(given, "methode", nl.TITLES["methode"], model.Sentences(tuple(said), small=True))


def _bare(data: bytes) -> bytes:
    """
    Give a photo upright, not larger than a slide needs, and without anything but its pixels.

    Raises
    ------
    ValueError
        If it is not PNG or JPEG.
    """
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data)) as image:
        kind = image.format
        if kind not in ("PNG", "JPEG"):
            msg = f"a photo of a briefing is {kind}, expected PNG or JPEG"
            raise ValueError(msg)
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((_PHOTO_SIDE, _PHOTO_SIDE))
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, kind, **({"quality": 88} if kind == "JPEG" else {}))
    return out.getvalue()
