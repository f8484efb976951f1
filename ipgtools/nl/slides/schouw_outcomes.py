"""Words of the list of findings of two schouwen."""

__all__ = ["COLUMNS", "NOTES", "TITLE"]

TITLE = "Twee schouwen vergeleken: bevinding voor bevinding"
NOTES = (
    "Eerst wat weer gezien is, dan wat niet meer gezien is, dan wat nieuw is. Klopt een regel "
    "niet met wat u op straat ziet, zeg het dan: de vergelijking gaat op soort en plek."
)
COLUMNS = ("uitkomst", "plek", "soort", "bevinding")
