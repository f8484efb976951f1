"""Words of the title slide."""

__all__ = ["TITLE", "notes", "say"]

TITLE = "Briefing {area}"


def say(area: str, period: str) -> str:
    """
    Open a briefing.

    Examples
    --------
    >>> say("Hogeland - Velve", "1 september t/m 30 november 2025")
    'Dit is de briefing van Hogeland - Velve over 1 september t/m 30 november 2025.'
    """
    return f"Dit is de briefing van {area} over {period}."


def notes(readers: str, *, secret: bool) -> str:
    """
    State for whom a briefing is.

    Examples
    --------
    >>> notes("iedereen", secret=False)
    'Deze briefing is voor iedereen.'
    """
    said = f"Deze briefing is voor {readers}."
    return f"{said} Deel haar niet buiten die kring." if secret else said
