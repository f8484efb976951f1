"""Define a slide: what it needs, its title, what is on it, and what its notes say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ipgtools.briefing import model
from ipgtools.briefing.context import NOTHING, Context, Material

__all__ = ["SlideDefinition", "Text"]

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
    say : str or callable
        What to say with the slide; its title where nothing is given.
    hidden : bool or callable
        Whether the slide is skipped when the slides are shown; hidden ones come last.
    each : callable, optional
        Return what there is a slide of: one is made for each, with that as ``context.item``.

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
    >>> slide.make(week), slide.absence(week)
    ((), 'Er is geen trend.')
    """

    key: str
    order: int
    title: Text
    notes: Text
    parts: Callable[[Context], tuple[model.Part, ...] | None]
    needs: Material = NOTHING
    uses: Material = NOTHING
    missing: Text = ""
    say: Text = ""
    hidden: bool | Callable[[Context], bool] = False
    each: Callable[[Context], Sequence[Any]] | None = None

    def make(self, context: Context) -> tuple[model.Slide, ...]:
        """Return the slide, or the slides; none if there is nothing to show."""
        if not context.has(self.needs):
            return ()
        if self.each is None:
            return self._slides(self.key, context)
        return tuple(
            slide
            for number, item in enumerate(self.each(context), start=1)
            for slide in self._slides(f"{self.key}_{number}", replace(context, item=item))
        )

    def _slides(self, key: str, context: Context) -> tuple[model.Slide, ...]:
        parts = self.parts(context)
        if parts is None:
            return ()
        title, notes, say = (_words(one, context) for one in (self.title, self.notes, self.say))
        hidden = self.hidden if isinstance(self.hidden, bool) else self.hidden(context)
        return (model.Slide(key, title, parts, notes, context.source, say, hidden),)

    def absence(self, context: Context) -> str:
        """Say that the slide isn't there, where that is to be said."""
        return _words(self.missing, context)


def _words(text: Text, context: Context) -> str:
    return text if isinstance(text, str) else text(context)
