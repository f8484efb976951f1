"""Words of the title slide."""

TITLE = "Briefing {area}"
NOTES = "Noem de periode en voor wie deze briefing bedoeld is. Deel haar niet buiten die kring."
