"""Words of the slide on hours and weekdays."""

__all__ = ["ALT", "MISSING", "NOTES", "NOTES_OF_ROUNDED", "TITLE", "title_times"]

TITLE = "Wanneer: uur en weekdag"
NOTES = (
    "Hoe donkerder het vak, hoe meer incidenten in dat uur. Is alleen een begin en een eind "
    "bekend, dan is het incident gelijk verdeeld over de uren ertussen. De aantallen zijn "
    "dus schattingen."
)
MISSING = "Er is geen dia over tijdstippen."
NOTES_OF_ROUNDED = (
    "Hoe donkerder het vak, hoe meer incidenten in dat deel van de dag. Let op: werkdagen "
    "zijn vijf dagen samen, het weekend twee. Is alleen een begin en een eind bekend, dan is "
    "het incident gelijk verdeeld over de uren ertussen. De aantallen zijn dus schattingen, "
    "en afgerond op een vijftal."
)
ALT = "Beeld van het aantal incidenten naar tijd van de dag en dag van de week."


def title_times(when: str) -> str:
    """
    Make the finding about times the title.

    Examples
    --------
    >>> title_times("op vrijdag tussen 18 en 24 uur")
    'Relatief druk: vrijdag tussen 18 en 24 uur'
    """
    return f"Relatief druk: {when.removeprefix('op ')}"
