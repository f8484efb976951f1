"""Words of the slide on methods and limits."""

TITLE = "Verantwoording: methode en grenzen"
NOTES = "Hoe de cijfers zijn gemaakt en wat er niet uit te lezen is."
