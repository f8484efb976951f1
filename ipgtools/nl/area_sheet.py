"""Words of the wijkkaart."""

TITLE = "Wijkkaart"
MAP = "Kaart van de plekken, met nummers; hieronder staan zij op volgorde."
PLACES = "Plekken"
TOLD = "Wat valt op"
ACTIONS = "Open acties uit de schouw"
