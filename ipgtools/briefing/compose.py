"""Compose a briefing: make every slide that has something to show, in order."""

from dataclasses import replace

from ipgtools.briefing import model, text
from ipgtools.briefing.context import Context
from ipgtools.briefing.slides import slides
from ipgtools.nl.slides import title as words

__all__ = ["compose", "file_stem"]


def compose(context: Context) -> model.Briefing:
    """
    Describe the briefing that these results give.

    Parameters
    ----------
    context : Context
        Results released for the audience.

    Returns
    -------
    Briefing
        Slides in the order of a briefing, hidden ones last. What is needed for one but missing
        leaves it out, and the slide on methods says so.

    """
    made: list[model.Slide] = []
    for definition in slides():
        found = definition.make(context)
        made += found
        if not found and (said := definition.absence(context)):
            context = replace(context, missing=(*context.missing, said))
    return model.Briefing(
        title=words.TITLE.format(area=context.area_name),
        subtitle=context.period_text,
        area_name=context.area_name,
        period_text=context.period_text,
        audience=context.profile.name,
        label_text=context.profile.label,
        sample=context.sample,
        slides=tuple(sorted(made, key=lambda one: one.hidden)),
        file_stem=file_stem(
            context.area_name, context.first_day, context.last_day, context.profile.name
        ),
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
