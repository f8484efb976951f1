"""Words of the slide that says what stands out."""

from collections.abc import Sequence

__all__ = ["NOTES", "TITLE", "with_questions"]

TITLE = "Wat valt op"
NOTES = (
    "Elke zin komt rechtstreeks uit de resultaten. 'Duidelijk' en 'groter dan door toeval' "
    "staan er alleen als het verschil ook na correctie voor het aantal vergelijkingen "
    "overeind blijft. Vraag wie het op straat herkent, en wie juist niet."
)


def with_questions(notes: str, questions: Sequence[str]) -> str:
    """
    Put the questions that a briefing could agree on below the notes of a slide.

    Examples
    --------
    >>> with_questions("Lees voor.", ["Wie gaat kijken?"])
    'Lees voor. Om af te spreken: 1. Wie gaat kijken?'
    >>> with_questions("Lees voor.", [])
    'Lees voor.'
    """
    if not questions:
        return notes
    numbered = " ".join(f"{rank}. {text}" for rank, text in enumerate(questions, 1))
    return f"{notes} Om af te spreken: {numbered}"
