"""Words of the slide on methods and limits."""

__all__ = ["NOTES", "TITLE"]

TITLE = "Verantwoording: methode en grenzen"
NOTES = "Hoe de cijfers zijn gemaakt en wat er niet uit te lezen is."
