"""Define a slide: what it needs, its title, what is on it, and what its notes say."""

from collections.abc import Callable
from dataclasses import dataclass

from ipgtools.briefing import model
from ipgtools.briefing.context import NOTHING, Context, Material

Text = str | Callable[[Context], str]
"""Fixed words, or words that depend on what was found."""


@dataclass(frozen=True)
class SlideDefinition:
    """
    One slide of a briefing, as `SLIDE` of a module in `briefing.slides`.

    Parameters
    ----------
    key : str
        Fixed name of the slide, used as anchor.
    order : int
        Slides are shown in ascending order; steps of ten leave room.
    title, notes : str or callable
        The finding, or the subject where there is none; how to read the slide.
    parts : callable
        Return what is on the slide; None if there is nothing to show.
    needs : Material
        Without any of this the slide isn't made.
    uses : Material
        What it shows as well where that is there.
    missing : str or callable
        What the verantwoording says if the slide isn't made; nothing where it is empty.

    Examples
    --------
    >>> from ipgtools.briefing import Context, Facts, Material, SlideDefinition
    >>> from ipgtools.privacy import profile
    >>> slide = SlideDefinition(
    ...     "trend", 65, title="Per week", notes="Van links naar rechts.",
    ...     needs=Material(pictures=("trend",)), missing="Er is geen trend.",
    ...     parts=lambda context: (context.picture("trend", "Lijn van aantallen per week."),),
    ... )
    >>> day = "2025-09-01"
    >>> week = Context("Velve", "1 september", day, day, profile("politie"), Facts(3))
    >>> slide.make(week) is None, slide.absence(week)
    (True, 'Er is geen trend.')
    """

    key: str
    order: int
    title: Text
    notes: Text
    parts: Callable[[Context], tuple[model.Part, ...] | None]
    needs: Material = NOTHING
    uses: Material = NOTHING
    missing: Text = ""

    def make(self, context: Context) -> model.Slide | None:
        """Return the slide; None if it has nothing to show."""
        parts = self.parts(context) if context.has(self.needs) else None
        if parts is None:
            return None
        title, notes = _words(self.title, context), _words(self.notes, context)
        return model.Slide(self.key, title, parts, notes, context.source)

    def absence(self, context: Context) -> str:
        """Say that the slide isn't there, where that is to be said."""
        return _words(self.missing, context)


def _words(text: Text, context: Context) -> str:
    return text if isinstance(text, str) else text(context)
