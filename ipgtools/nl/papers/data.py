"""State in Dutch what data sets hold and whom they can be about."""

__all__ = ["ABOUT", "FIELDS", "KEPT", "NOT_SHOWN"]

NOT_SHOWN = frozenset({"source", "path", "sha256", "location_score", "schouw_id"})
"""Columns about where a row came from, not about the world."""
FIELDS = {
    "finding_id": "nummer van de bevinding",
    "schouw_date": "dag van de schouw",
    "level": "niveau van het gebied",
    "taken_at": "tijdstip van de foto",
    "received_at": "tijdstip van het bericht",
    "caption": "onderwerp van het bericht, zonder namen",
    "category": "soort",
    "person": "pseudoniem van de persoon",
}
"""Columns that the words for read reports don't have, or have otherwise."""
ABOUT = {
    "incidents": (
        "Kan herleidbaar zijn tot slachtoffers en verdachten door plaats en tijd. Kolommen over "
        "personen, huisnummers en vrije tekst worden niet gelezen."
    ),
    "areas": "Niet over personen.",
    "streets": "Niet over personen.",
    "addresses": "Adressen zonder bewoners.",
    "schouw": (
        "Over de openbare ruimte. Omschrijvingen kunnen een adres noemen; voor het publiek gaan "
        "huisnummers en omschrijvingen eraf."
    ),
    "photos": (
        "Van bewoners die iets melden. Namen en adressen van afzenders worden niet bewaard, plaats "
        "en gegevens van de camera gaan van de kopie af, en gezichten of kentekens kunnen "
        "onherkenbaar gemaakt worden. Foto's worden niet openbaar."
    ),
    "offences": (
        "Over verdachten. Persoonsnummers worden pseudoniemen, geboortedatums leeftijden. Er komen "
        "alleen aantallen uit."
    ),
}
"""By the setting of the data set."""
KEPT = "Op verzoek wel gelezen: {columns} ([input] keep)."
