"""Words of the wijkkaart."""

__all__ = ["ACTIONS", "MAP", "PLACES", "TITLE", "TOLD"]

TITLE = "Wijkkaart"
MAP = "Kaart van de plekken, met nummers; hieronder staan zij op volgorde."
PLACES = "Plekken"
TOLD = "Wat valt op"
ACTIONS = "Open acties uit de schouw"
