"""State in Dutch how numbers are rounded that leave."""

__all__ = ["HOW", "ROUNDED"]

ROUNDED = "Aantallen zijn afgerond op vijf en tellen niet precies op."
"""Belongs with each table and chart of rounded numbers."""
HOW = (
    "Elk aantal is naar boven of naar beneden afgerond op een vijftal. Het toeval bepaalt welke "
    "kant het op gaat, en het verschil is hooguit 4. Een aantal dat al eens is uitgegeven, blijft "
    "daarna gelijk, ook als er later een paar incidenten bij komen of af gaan. Pas bij een "
    "verschil van 5 of meer komt er een nieuw aantal."
)
"""For the cover note: how numbers are protected, in words for anyone."""
