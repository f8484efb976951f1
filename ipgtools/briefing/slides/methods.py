"""How the figures were made, what can't be read from them, and what is missing."""

from ipgtools.briefing import model
from ipgtools.briefing.context import Context
from ipgtools.briefing.definition import SlideDefinition
from ipgtools.nl import briefing as nl
from ipgtools.nl.slides import methods as words

__all__ = ["SLIDE"]


def _parts(context: Context) -> tuple[model.Part, ...]:
    said = [nl.SAMPLE_LINE] if context.sample else []
    said += [nl.REGISTERED, *context.limits, *context.methods, *context.suppressed]
    said += context.missing
    if context.profile.notice:
        said.append(nl.SECRECY)
    return (model.Sentences(tuple(said), small=True),)


SLIDE = SlideDefinition(
    key="methode", order=280, title=words.TITLE, notes=words.NOTES, parts=_parts, hidden=True
)
