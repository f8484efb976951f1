"""Words of the slide with the actions of a schouw that matter most."""

__all__ = ["COLUMNS", "NOTES", "dated", "marked", "what"]

NOTES = (
    "Eerst wat over de datum is, dan wat op een drukke plek ligt, dan wat het langst open staat. "
    "Loop de regels langs: is het gedaan, is er een datum, of is het niet meer nodig? De hele "
    "lijst staat in de verborgen dia's."
)
COLUMNS = ("plek", "gezien: te doen", "wie")


def what(seen: str, task: str) -> str:
    """
    Say what was seen and what is to be done.

    Examples
    --------
    >>> what("Het gras staat erg hoog", "maaien"), what("Afval", "")
    ('Het gras staat erg hoog: maaien', 'Afval')
    """
    return f"{seen}: {task}" if seen and task else seen or task


def dated(title: str, day: str) -> str:
    """
    Put behind a title that the schouw is an old one.

    Examples
    --------
    >>> dated("Er staan 3 acties open", "22 mei 2007")
    'Er staan 3 acties open (schouw van 22 mei 2007)'
    """
    return f"{title} (schouw van {day})" if day else title


def marked(said: str, *, overdue: bool) -> str:
    """
    Put before an action that it is late.

    Examples
    --------
    >>> marked("Afval: opruimen", overdue=True), marked("Afval", overdue=False)
    ('Te laat: afval: opruimen', 'Afval')
    """
    return f"Te laat: {said[:1].lower()}{said[1:]}" if overdue else said
