"""Words of the table of agreements to fill in."""

TITLE = "Afspraken van vandaag"
NOTES = (
    "Vul de tabel tijdens de briefing in: een regel per afspraak. Schrijf bij 'wat' ook op "
    "waaraan u ziet dat het gewerkt heeft; 'geen effect gezien' is ook een uitkomst. Kom er "
    "de volgende keer op terug."
)
COLUMNS = ("wat", "wie", "wanneer", "klaar?")
