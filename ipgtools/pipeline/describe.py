"""Describe a briefing from released tables and facts, and make the tables on the run itself."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from ipgtools import briefing, nl
from ipgtools.nl import folders, methods
from ipgtools.nl.messages import message
from ipgtools.pipeline import pictures, previous_briefing
from ipgtools.pipeline.inputs import Inputs
from ipgtools.pipeline.lines import for_police
from ipgtools.pipeline.results import Results

if TYPE_CHECKING:
    from ipgtools.highlights import Highlight
    from ipgtools.io.report import ReadReport

__all__ = ["FOLDER", "describe", "fact_table", "left_out", "not_counted", "source_table"]

FOLDER = folders.TABLES


def describe(
    inputs: Inputs,
    results: Results,
    tables: dict[str, Any],
    drawn: dict[str, bytes],
    suppressed: tuple[str, ...],
    told: "tuple[Highlight, ...]" = (),
    titles: dict[str, str] | None = None,
) -> briefing.Briefing:
    """Describe the briefing."""
    period, settings = inputs.period, inputs.settings
    last = period.end - pd.Timedelta(seconds=1)
    context = briefing.Context(
        area_name=inputs.study.name,
        period_text=nl.period(period),
        first_day=str(period.start.date()),
        last_day=str(last.date()),
        profile=inputs.profile,
        facts=results.facts,
        tables=tables,
        pictures={
            name.removeprefix(pictures.FOR_SLIDES): data
            for name, data in drawn.items()
            if name.startswith(pictures.FOR_SLIDES)
        },
        titles=titles or {},
        highlights=told,
        source=pictures.source(inputs),
        sample=settings.output.sample,
        persons=settings.privacy.persons,
        regime=settings.analysis.regime,
        reference=nl.date(inputs.reference),
        days_known=inputs.coverage.grain != "month",
        methods=for_police(results.methods),
        limits=(*left_out(inputs), *for_police(results.limits)),
        suppressed=suppressed,
        earlier=previous_briefing.find(inputs),
    )
    return briefing.compose(context)


def source_table(inputs: Inputs) -> pd.DataFrame:
    """Tell what became of the rows of every file, named by what it holds."""
    reports = inputs.reports
    return pd.DataFrame(
        {
            "file": [methods.file_kind(kind) for kind in reports],
            "n_read": [report.n_read for report in reports.values()],
            "n_used": [report.n_used for report in reports.values()],
            "n_rejected": [report.n_rejected for report in reports.values()],
            "reasons": [_reasons(report) for report in reports.values()],
        }
    )


def fact_table(facts: briefing.Facts) -> pd.DataFrame:
    """List the numbers that the sentences speak of."""
    from ipgtools.briefing.facts import rows

    listed = [(name, "" if value is None else str(value)) for name, value in rows(facts)]
    return pd.DataFrame(listed, columns=["fact", "value"], dtype="str")


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
    left = {
        "left_outside": inputs.n_outside,
        "left_elsewhere": len(inputs.everywhere) - len(inputs.incidents),
        "left_without_time": inputs.n_without_time,
        "left_other_period": timed - here,
        "left_other_kinds": inputs.n_other_kinds,
    }
    parts = [message(code, n=n, subject=subject, area=area) for code, n in left.items() if n > 0]
    return [f"{methods.NOT_COUNTED}: {'; '.join(map(str, parts))}."] if parts else []


def _reasons(report: "ReadReport") -> str:
    counts = report.reasons()
    shown = [f"{nl.number(row.n)} {row.reason}" for row in counts.head(3).itertuples()]
    if len(counts) > 3:
        shown.append(f"{nl.number(counts['n'].iloc[3:].sum())} {methods.OTHER_REASONS}")
    return "; ".join(shown)
