"""Fill the description of a briefing from released tables and facts."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from ipgtools import briefing, nl, offenders, photos, schouw
from ipgtools.highlights.places import kind_of
from ipgtools.nl import charts as chart_words
from ipgtools.nl import folders, kind_names, methods, place_names
from ipgtools.nl import highlights as highlight_words
from ipgtools.pipeline import pictures
from ipgtools.pipeline.inputs import Inputs
from ipgtools.pipeline.lines import DAYS_UNKNOWN, for_police
from ipgtools.pipeline.results import Results
from ipgtools.privacy import Counts
from ipgtools.rounded import WITHIN, Rounded, is_rounded, whole

if TYPE_CHECKING:
    from ipgtools.highlights import Highlight
    from ipgtools.io.report import ReadReport

FOLDER = folders.TABLES
_MOST_PLACES = 8
_MOST_PHOTOS = 6
_SHOWN_KINDS = 4


def name_of(table: str) -> str:
    """Name the file of a table, from the output folder."""
    return f"{FOLDER}/{table}.csv"


def describe(
    inputs: Inputs,
    results: Results,
    tables: dict[str, Any],
    drawn: dict[str, bytes],
    suppressed: tuple[str, ...],
    told: "tuple[Highlight, ...]" = (),
    titles: dict[str, str] | None = None,
) -> briefing.Briefing:
    """
    Describe the briefing.

    Parameters
    ----------
    inputs : Inputs
        What was read.
    results : Results
        Facts, methods and limits.
    tables : dict of str to DataFrame
        Released tables.
    drawn : dict of str to bytes
        Pictures.
    suppressed : tuple of str
        What the release gate did.
    told : tuple of Highlight
        What the briefing tells.
    titles : dict of str to str
        What pictures and slides found.

    Returns
    -------
    Briefing
        Ready to be written as slides and as a page.
    """
    period, output = inputs.period, inputs.settings.output
    last = period.end - pd.Timedelta(seconds=1)
    given = briefing.BriefingInput(
        area_name=inputs.study.name,
        period_text=nl.period(period),
        first_day=str(period.start.date()),
        last_day=str(last.date()),
        profile=inputs.profile,
        facts=results.facts,
        facts_table=name_of("kerncijfers") if "kerncijfers" in tables else None,
        source=pictures.source(inputs),
        sample=output.sample,
        highlights=told,
        titles=titles or {},
        places_map=_piece(
            drawn, "plekken", methods.ALT["plekken"], pictures.table_of_places(tables)
        ),
        hot_places=_hot_places(tables),
        comparison=_comparison(tables, inputs.profile.incidents),
        timing=_piece(drawn, "uur_weekdag", methods.ALT["uur_weekdag"]),
        places=_places(tables, days_known=DAYS_UNKNOWN not in results.limits),
        offenders=_offenders(inputs, tables),
        persons=inputs.settings.privacy.persons,
        schouw=_schouw(results, tables, drawn),
        photos=_photos(tables),
        photos_table=name_of("fotos") if "fotos" in tables else None,
        photo_states=_photo_states(tables),
        sources=sources(inputs) if "bronnen" in tables else (),
        sources_table=name_of("bronnen") if "bronnen" in tables else None,
        methods=for_police(results.methods),
        limits=(*left_out(inputs), *for_police(results.limits)),
        suppressed=suppressed,
    )
    return briefing.compose(given)


def source_table(inputs: Inputs) -> pd.DataFrame:
    """
    Tell what became of the rows of every file, named by what it holds.

    Parameters
    ----------
    inputs : Inputs
        With the read reports.

    Returns
    -------
    DataFrame, one row per file
        `file`, `n_read`, `n_used`, `n_rejected`, `reasons`.
    """
    rows = sources(inputs)
    return pd.DataFrame(
        {
            "file": [row.name for row in rows],
            "n_read": [row.n_read for row in rows],
            "n_used": [row.n_used for row in rows],
            "n_rejected": [row.n_read - row.n_used for row in rows],
            "reasons": [row.reason for row in rows],
        }
    )


def fact_table(facts: briefing.Facts) -> pd.DataFrame:
    """
    List the numbers that the sentences speak of.

    Parameters
    ----------
    facts : Facts
        Numbers.

    Returns
    -------
    DataFrame, one row per number
        `fact` and `value`, as text.
    """
    from ipgtools.briefing.facts import rows

    listed = [(name, "" if value is None else str(value)) for name, value in rows(facts)]
    return pd.DataFrame(listed, columns=["fact", "value"], dtype="str")


def sources(inputs: Inputs) -> tuple[briefing.SourceRow, ...]:
    """List the kinds of file that were read, not their names, with what became of their rows."""
    return tuple(
        briefing.SourceRow(
            methods.file_kind(kind),
            report.n_read,
            report.n_used,
            _reasons(report),
        )
        for kind, report in inputs.reports.items()
    )


def left_out(inputs: Inputs) -> list[str]:
    """
    Say what `not_counted` does, to who may know.

    Others could subtract: what is missing from the sum are sensitive incidents.
    """
    return not_counted(inputs) if inputs.profile.internal.left_out else []


def not_counted(inputs: Inputs) -> list[str]:
    """Say which usable incidents the briefing doesn't count, in numbers that add up."""
    subject, area = inputs.settings.output.subject, inputs.study.name
    here = len(inputs.now)
    timed = len(inputs.incidents) - inputs.n_without_time
    lines = [
        methods.outside(inputs.n_outside, subject) if inputs.n_outside else "",
        methods.elsewhere(len(inputs.everywhere) - len(inputs.incidents), subject, area)
        if len(inputs.everywhere) > len(inputs.incidents)
        else "",
        methods.without_time(inputs.n_without_time, subject, area) if inputs.n_without_time else "",
        methods.other_period(timed - here, subject) if timed > here else "",
        methods.other_kinds(inputs.n_other_kinds, subject) if inputs.n_other_kinds else "",
    ]
    said = [line for line in lines if line]
    return [f"{methods.NOT_COUNTED}: {'; '.join(said)}."] if said else []


def _reasons(report: "ReadReport") -> str:
    counts = report.reasons()
    shown = [f"{nl.number(row.n)} {row.reason}" for row in counts.head(3).itertuples()]
    if len(counts) > 3:
        shown.append(f"{nl.number(counts['n'].iloc[3:].sum())} {methods.OTHER_REASONS}")
    return "; ".join(shown)


def _piece(
    drawn: dict[str, bytes], name: str, alt: str, table: str = ""
) -> briefing.MapPiece | None:
    picture = drawn.get(f"dia/{name}")
    return briefing.MapPiece(picture, alt, name_of(table or name)) if picture else None


def _hot_places(tables: dict[str, Any]) -> tuple[briefing.HotPlaceRow, ...]:
    """Give the places on the map; of lasting ones the map's legend says what they are."""
    shown = pictures.shown_places(tables)
    if shown is None:
        return ()
    return tuple(
        briefing.HotPlaceRow(
            number=int(row.number),
            name=str(row.name),
            n=_whole(row.n),
            n_before=_whole(getattr(row, "n_before", None)),
            kinds=_kinds_of(row),
            claim=chart_words.PLACE_CLAIMS["new"] if row.claim == "new" else "",
        )
        for row in shown[0].itertuples()
    )


def _kinds_of(row: Any) -> str:
    """Say of which kind the counts of a place are, or which kinds they are most."""
    if kind := kind_of(row):
        return kind_names.name(kind)
    return highlight_words.mainly(getattr(row, "kinds", ()) or (), _whole(row.n) or 0)


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else whole(value)


def _comparison(tables: dict[str, Any], rule: Counts) -> briefing.ComparisonPiece | None:
    """Show the total, the four most frequent kinds, and all others together."""
    if "vergelijking" not in tables:
        return None
    table = tables["vergelijking"]
    shown = table.iloc[: 1 + _SHOWN_KINDS]
    rows = [
        briefing.ComparisonRow(
            row.kind,
            _whole(row.n),
            _whole(getattr(row, "n_before", None)),
            _whole(getattr(row, "n_last_year", None)),
            getattr(row, "ci_low", None),
            getattr(row, "ci_high", None),
        )
        for row in shown.itertuples()
    ]
    if len(table) > len(shown) and rule.exact:
        names = ("n", "n_before", "n_last_year")
        rest = [_others(shown[one], rule) if one in shown else None for one in names]
        rows.append(briefing.ComparisonRow(methods.OTHER, *rest))
    return briefing.ComparisonPiece(tuple(rows), name_of("vergelijking"))


def _others(shown: "pd.Series", rule: Counts) -> int | None:
    """Give what is left of the total: withheld where a part is, or where it is too small."""
    if shown.isna().any():
        return None
    left = int(shown.iloc[0] - shown.iloc[1:].sum())
    return None if rule.small(left) else left


def _places(tables: dict[str, Any], *, days_known: bool) -> briefing.PlacesPiece | None:
    """Take the places together by street: a slide names streets, not addresses."""
    if "plekken" not in tables or "street_name" not in tables["plekken"]:
        return None
    table = tables["plekken"]
    table = table.assign(street_name=table["street_name"].fillna(methods.NO_STREET))
    dated = days_known and "last" in table
    if is_rounded(*table["n"]):  # a row is a street already
        streets = table.set_index("street_name")
    else:
        by_street = table.groupby("street_name", sort=False)
        streets = pd.DataFrame({"n": by_street["n"].sum()})
        if dated:
            streets["last"] = by_street["last"].max()
    streets = streets.sort_values("n", ascending=False, kind="stable").head(_MOST_PLACES)
    rows = tuple(
        briefing.PlaceRow(
            street=place_names.proper(str(row.Index)),
            n=whole(row.n),
            last=nl.date(row.last) if dated else "",
        )
        for row in streets.itertuples()
    )
    return briefing.PlacesPiece(rows, name_of("plekken"))


def _offenders(inputs: Inputs, tables: dict[str, Any]) -> briefing.OffendersPiece | None:
    if "veelplegers" not in tables:
        return None
    row = tables["veelplegers"].iloc[0]
    choices = inputs.settings.analysis
    defined = [
        name for name in offenders.KLASSEN if name not in offenders.NOT_SHOWN[choices.regime]
    ]
    counts = tuple((klasse, _persons(row, klasse)) for klasse in defined if klasse in row)
    return briefing.OffendersPiece(
        regime=choices.regime,
        counts=counts,
        table=name_of("veelplegers"),
        reference=nl.date(inputs.reference),
    )


def _persons(row: "pd.Series", klasse: str) -> int | None:
    """Give a number of persons; None for one that is hidden so that others stay unknown."""
    n, within = row[klasse], row.get(f"{klasse}{WITHIN}", pd.NA)
    if pd.notna(n) or pd.isna(within):
        return _whole(n)
    return Rounded.fewer(int(within))


def _schouw(
    results: Results, tables: dict[str, Any], drawn: dict[str, bytes]
) -> briefing.SchouwPiece | None:
    if results.facts.schouw is None or "acties_per_actor" not in tables:
        return None
    actions = tables["acties"]
    rows = tuple(
        briefing.ActionRow(
            number="" if pd.isna(row.number) else str(int(row.number)),
            location=_text(row, "location_text"),
            description=_text(row, "description") or _kind(row, actions),
            actor=_text(row, "actor"),
            task=_text(row, "task"),
        )
        for row in actions.itertuples()
    )
    return briefing.SchouwPiece(
        map=_piece(drawn, "bevindingen", methods.ALT["bevindingen"]),
        by_actor=tuple(
            (row.actor, int(row.n_open), int(row.n))
            for row in tables["acties_per_actor"].itertuples()
        ),
        actions=rows,
        table=name_of("acties_per_actor"),
        actions_table=name_of("acties"),
        compared=_compared(tables.get("schouw_vergelijking")),
        compared_table=name_of("schouw_vergelijking"),
    )


def _kind(row: Any, actions: "pd.DataFrame") -> str:
    """Name the kind of a finding whose description is withheld."""
    known = schouw.CATEGORIES.get(_text(row, "category"), ("",))[0]
    return known if "description" in actions else ""


def _compared(table: "pd.DataFrame | None") -> tuple[tuple[str, str, str, str], ...]:
    """Give outcome, place, kind and description: the later one, or the earlier of what is gone."""
    if table is None:
        return ()
    return tuple(
        (
            _text(row, "outcome"),
            _text(row, "location_text"),
            schouw.CATEGORIES.get(_text(row, "category"), ("",))[0],
            _text(row, "description_after") or _text(row, "description_before"),
        )
        for row in table.itertuples()
    )


def _photos(tables: dict[str, Any]) -> tuple[briefing.PhotoPiece, ...]:
    from pathlib import Path

    if "fotos" not in tables:
        return ()
    shown = tables["fotos"]
    shown = shown[shown["status"] != photos.STATUSES[-1]]
    when = shown["taken_at"].fillna(shown["received_at"])
    newest = when.sort_values(ascending=False, kind="stable", na_position="last")
    shown = shown.loc[newest.index].head(_MOST_PHOTOS)
    return tuple(
        briefing.PhotoPiece(Path(row.path).read_bytes(), _caption(row))
        for row in shown.itertuples()
    )


def _photo_states(tables: dict[str, Any]) -> tuple[tuple[str, int], ...]:
    """Count the photos by status, in the order of their life."""
    if "fotos" not in tables:
        return ()
    n = tables["fotos"]["status"].value_counts()
    return tuple((status, int(n[status])) for status in photos.STATUSES if status in n)


def _caption(row: Any) -> str:
    caption = _text(row, "caption")
    taken = row.taken_at if pd.notna(row.taken_at) else row.received_at
    dated = f"{caption} ({nl.date(taken)})" if pd.notna(taken) else caption
    return methods.with_status(dated, _text(row, "status"))


def _text(row: Any, name: str) -> str:
    value = getattr(row, name, "")
    return "" if value is None or pd.isna(value) else str(value)
