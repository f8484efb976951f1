"""Say in Dutch what stands in the register of processing, and what is wrong with it."""

ACTIONS: dict[str, str] = {
    "load": "gelezen",
    "combine": "samengevoegd",
    "consult": "ingezien",
    "change": "gewijzigd",
    "release": "vrijgegeven",
    "share": "gedeeld",
    "export": "opgeslagen",
    "delete": "verwijderd",
    "acknowledge": "afwijking erkend",
}
STATES: dict[str, str] = {"begun": "begonnen", "done": "klaar", "failed": "mislukt"}
CUT_OFF = "niet afgemaakt"
"""State of what was begun and neither done nor failed."""
KINDS: dict[str, str] = {
    "incidents": "incidenten",
    "areas": "gebieden",
    "inhabitants": "inwoners",
    "streets": "straten",
    "addresses": "adressen",
    "schouw": "schouw",
    "offences": "antecedenten",
    "photos": "foto's",
    "photo_status": "stappen van foto's",
}
COLUMNS = ("Nr", "Tijd", "Wie", "Handeling", "Voor wie", "Wat")
CSV_COLUMNS: dict[str, str] = {
    "number": "nummer",
    "time": "tijd_utc",
    "who": "wie",
    "machine": "computer",
    "action": "handeling",
    "state": "stand",
    "of": "hoort_bij",
    "audience": "voor_wie",
    "purpose": "doel",
    "ground": "grond",
    "version": "ipgtools",
    "facts": "wat",
    "hash": "kenmerk",
}
_ADVICE = (
    "Er is niets vrijgegeven of opgeslagen. Elders zetten kan met register onder [privacy] in "
    "ipg.toml."
)
ERRORS: dict[str, str] = {
    "register_locked": (
        "Het register {path} wordt al te lang door een ander programma bezet gehouden. Sluit "
        "andere vensters met ipgtools of een programma dat het register toont, en probeer het "
        "opnieuw. Er is niets vrijgegeven of opgeslagen."
    ),
    "register_read_only": (
        "In het register {path} mag niet geschreven worden. Zonder register gaat er niets naar "
        "buiten. Vraag schrijfrechten op het bestand en zijn map. " + _ADVICE
    ),
    "register_full": (
        "De schijf met het register {path} is vol. Maak ruimte en probeer het opnieuw; wat al in "
        "het register stond, staat er nog. Er is niets vrijgegeven of opgeslagen."
    ),
    "register_disk": (
        "De schijf met het register {path} geeft een fout bij lezen of schrijven. Is er ruimte, en "
        "is de schijf nog verbonden? Wat al in het register stond, staat er nog. Er is niets "
        "vrijgegeven of opgeslagen."
    ),
    "register_damaged": (
        "Het register {path} is beschadigd en niet te lezen. Zet het apart, zet de laatste "
        "reservekopie terug, en meld het aan de privacyfunctionaris. Er is niets vrijgegeven of "
        "opgeslagen."
    ),
    "register_not_sqlite": (
        "{path} is geen register: het is geen SQLite-bestand. Kijk of register onder [privacy] in "
        "ipg.toml het goede bestand noemt. Is dit wel het register, dan is het overschreven: zet "
        "de laatste reservekopie terug. Er is niets vrijgegeven of opgeslagen."
    ),
    "register_foreign": (
        "{path} is een SQLite-bestand van een ander programma, geen register. Noem onder [privacy] "
        "in ipg.toml bij register een ander bestand. Het bestand is niet gewijzigd."
    ),
    "register_newer": (
        "Het register {path} is gemaakt door een nieuwere ipgtools (indeling {found}; deze kent "
        "{known}). Werk ipgtools bij. Er is niets gewijzigd of vrijgegeven."
    ),
    "register_network": (
        "Het register {path} staat op een netwerkschijf ({found}). Daar kan SQLite twee gebruikers "
        "niet uit elkaar houden. Noem onder [privacy] in ipg.toml bij register een bestand op een "
        "schijf van deze computer. Er is niets vrijgegeven of opgeslagen."
    ),
    "register_folder": (
        "De map {folder} van het register bestaat niet. Is de schijf verbonden en klopt register "
        "onder [privacy] in ipg.toml? Maak de map zelf als dit het eerste gebruik is. Er is niets "
        "vrijgegeven of opgeslagen."
    ),
    "register_unmade": (
        "De map {folder} voor het register is niet te maken ({reason}). " + _ADVICE
    ),
    "register_is_folder": (
        "Het register {path} is een map. Noem onder [privacy] in ipg.toml bij register een bestand "
        "in die map, zoals register.sqlite."
    ),
    "register_missing": (
        "Er is nog geen register in {path}. Het wordt gemaakt zodra er iets gelezen of vrijgegeven "
        "wordt."
    ),
    "register_broken": (
        "Het register {path} is niet meer zoals het geschreven is: de eerste afwijking is bij "
        "nummer {number}. Er gaat niets naar buiten tot iemand daar kennis van neemt. Bekijk het "
        "met ipgtools audit --verify, meld het aan de privacyfunctionaris, en erken het dan met "
        'ipgtools audit --acknowledge "wat er bekend is en wie het weet".'
    ),
}
