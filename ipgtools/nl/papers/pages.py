"""Words around the papers in Dutch: titles, headings, what was written."""

from collections.abc import Sequence

from ipgtools.nl.formats import plural

__all__ = [
    "ABOUT", "CONTENTS", "FIELDS", "FIELD_COLUMNS", "INDEX", "INDEX_INTRO", "METHODS",
    "METHODS_INTRO", "NAMES", "PARAMETER_COLUMNS", "REGISTER", "REGISTER_INTRO", "TO_DO",
    "written",
]  # fmt: skip

INDEX = "Papieren bij het gebruik van ipgtools"
INDEX_INTRO = (
    (
        "Gemaakt uit de code en uw instellingen. Verandert een van beide, maak de papieren dan "
        "opnieuw: ipgtools papieren. Niets hier is juridisch advies."
    ),
)
METHODS = "Methodekaarten"
METHODS_INTRO = (
    (
        "Per methode: waarvoor zij is, hoe zij werkt, met welke instellingen, hoe vaak zij zich "
        "vergist, wat zij niet zegt en wat mensen daarna beslissen."
    ),
    (
        "Vals alarm is het deel van nagebootste kaarten waarop een uitspraak gedaan wordt terwijl "
        "er alleen toeval is. Gevonden is het deel waarop zij gedaan wordt als er echt iets is."
    ),
)
REGISTER = "Registratie voor het Algoritmeregister"
REGISTER_INTRO = (
    (
        "Volgens publicatiestandaard {standard}. Hetzelfde staat in {file}, met de veldnamen van "
        "het register. Wat alleen uw organisatie weet, vult u in ipg.toml in."
    ),
)
TO_DO = "Nog te doen"
FIELDS = "Velden"
FIELD_COLUMNS = ("veld", "inhoud", "tekens")
PARAMETER_COLUMNS = ("instelling", "waarde", "waar")
ABOUT = "ipgtools {version}, instellingen {fingerprint}"
CONTENTS = "Inhoud"
NAMES = {
    "index": "index.html",
    "methods": "methodekaarten.html",
    "register": "algoritmeregister.html",
    "dpia": "dpia-aanzet.html",
    "iama": "iama-aanzet.html",
    "entry": "algoritmeregister.json",
    "draft": "algoritmeregister-niet-compleet.json",
}
"""Files by what they hold."""


def written(folder: str, n: int, to_do: Sequence[str], questions: int) -> list[str]:
    """
    State where the papers are, and what has still to be filled in.

    Examples
    --------
    >>> print(*written("papieren", 6, ["Status: nog invullen ([papers] status)"], 40), sep=chr(10))
    Klaar. Er staan 6 papieren in papieren
    De registratie voor het Algoritmeregister is niet compleet:
      - Status: nog invullen ([papers] status)
    In de aanzetten van DPIA en IAMA staan 40 vragen voor uw organisatie.
    """
    state = "De registratie voor het Algoritmeregister is compleet."
    lines = [f"Klaar. Er staan {plural(n, 'papier', 'papieren')} in {folder}"]
    if to_do:
        state = "De registratie voor het Algoritmeregister is niet compleet:"
    return [
        *lines,
        state,
        *(f"  - {one}" for one in to_do),
        f"In de aanzetten van DPIA en IAMA staan {questions} vragen voor uw organisatie.",
    ]
