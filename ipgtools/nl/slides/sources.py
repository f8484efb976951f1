"""Words of the list of files that were read."""

__all__ = ["COLUMNS", "NOTES", "TITLE"]

TITLE = "Verantwoording: bronnen"
NOTES = (
    "Per bron: hoeveel regels zijn gelezen, hoeveel zijn gebruikt en waarom de rest niet. "
    "Gelezen is altijd gebruikt plus weggelaten."
)
COLUMNS = ("bron", "gelezen", "gebruikt", "weggelaten", "reden")
