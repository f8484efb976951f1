"""Words of the list of open actions."""

__all__ = ["COLUMNS", "NOTES", "TITLE"]

TITLE = "Openstaande acties uit de schouw"
NOTES = (
    "Loop de lijst per partij langs: is de actie gedaan, is er een datum, of is zij niet "
    "meer nodig? Zet nieuwe afspraken op de dia met afspraken."
)
COLUMNS = ("nr.", "plek", "bevinding", "actie door", "actie")
