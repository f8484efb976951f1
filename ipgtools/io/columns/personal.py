"""
Know by their names which columns are about persons, and which hold house numbers or free text.

Columns about persons are never read. House numbers and free text are read only when asked for.
"""

import re
from collections.abc import Iterable

from ipgtools.io.columns import truncated_names
from ipgtools.io.columns.normalise import normalise_name

__all__ = ["HOUSE_OR_FREE_TEXT", "PERSONAL", "personal_columns", "skipped_columns"]

_ROLES = (
    r"(verdachte|dader|slachtoffer|aangever|melder|getuige|benadeelde|betrokkene|bewoner|huurder|"
    r"klager|persoon|suspect|victim|perpetrator|offender|arrestee|complainant|"
    r"witness|reporter|person)"
)
"""Parts that people have in an incident."""
PERSONAL = re.compile(
    r"^(volledige)?na(am|men)\d*$|^(full)?names?\d*$"
    r"|(achter|familie|roep|meisjes|geslachts|gebruikers|bij)na(am|men)|voorna(am|men)(?!ste)"
    r"|(first|last|middle|given|family|maiden|sur|^user)names?"
    r"|^(achternm|voornm|familienm|voorl|tussenv)$"
    r"|^(voornamen|achternaam|voorletters|initialen|tussenvoegsel|surname|initials)$"
    rf"|{_ROLES}e?[ns]?(van)?(na(am|men)|names?)"
    rf"|(na(am|men)|names?)(van|of)?(de|het|the)?{_ROLES}|na(am|men)(van)?(de)?eigenaar"
    rf"|^{_ROLES}$|^contactpersoon$"
    rf"|^{_ROLES}s?(id|nr|nummer|key|code|number)$"
    rf"|{_ROLES}s?(van)?(adres|address|woonplaats|postcode|dob$|leeftijd|age$|geslacht|sex$|"
    rf"gender|race|descent)"
    rf"|(adres|woonplaats|postcode|leeftijd|geslacht)(van)?(de|het)?{_ROLES}"
    rf"|^(age|sex|gender|race|dob)(of)?(the)?{_ROLES}"
    r"|^(susp|vict?|perp)(race|sex|age|gender|descent|ethn)"
    r"|^naw(gegevens)?$|contactgegevens|personalia|signalement|^alias(sen)?$|strafblad"
    r"|verbalisant|officername|^(reporting|case)?officer$|^wijkagent$|^behandelaar\d*$|^opsteller$"
    r"|^auteur$|^dienstn(umme)?r$"
    r"|bsn|burgerservice|sofin(umme|)r|paspoort|passport|rijbewijs(nummer|nr)|vnummer"
    r"|documentn(umme|)r|persoonsn(umme|)r|hksn(umme|)r|^skn|strafrechtketen|^anummer$|^brpn"
    r"|idbewijs|^ssn$|socialsecurity|nationalinsurance|vingerafdruk|fingerprint|biometri|^imei"
    r"|geboorte|^geb$|^geboren|geb(oorte)?(dat|dt|jaar|plaats|land)|birth|^dob$"
    r"|nationalit|nationality|^nat$|vreemdeling|migratie|foreign(?!key)|^b?nativ|nativity"
    r"|verblijfs?(status|vergunning|titel|plaats)|burgerlijkestaat|moedertaal"
    r"|etni|ethni|^ras$|^races?$|^race(category|group|code|desc)"
    r"|culturele?achtergrond"
    r"|huidskleur|skincolou?r|afkomst(?!ig)|^origin$|originof|oforigin"
    r"|(?<!bron)herkomst(?!bestand|bron|data|gegevens|van(de)?(melding|data|gegevens)|melding)"
    r"|religi|geloof|godsdienst|kerkgen|gezindte|levensovertuiging|^faith$"
    r"|seksuele|sexualor|geaardheid|politieke(voor|gez)|vakbond"
    r"|gezondheid|health|diagnose|ziekte|medisch|medicatie|medicijn|handicap|disabilit"
    r"|^beperking(en)?$|huisarts|zwanger|^lvb|verward"
    r"|versla(v|afd)|psychisch|psychiatr|ggz|^patient"
    r"|telefoon|phone|mobiel|^mobile(n|$)|^tel(n|\d*$)|^gsm|^mobn(umme|)r|^06n(umme|)r"
    r"|email|mailadres|^mail$|^ipadd?res"
    r"|iban(?![a-z]{3})|bankrekening|rekeningn(umme|)r|^(bank)?rekn(umme|)r|accountn(umber|r)"
    r"|huisadres|woonadres|homeaddress"
    r"|(?<!p)reside(?!ntial)|^[xy]?resid(?!ential)|residentialadd"
    r"|kenteken|licen[cs]eplate|numberplate|platen(umber|o)|chassisn"
)
"""Names of columns about persons, in lower case and without signs."""

_LONG = (
    "naam verdachte", "naam slachtoffer", "naam aangever", "naam melder", "naam getuige",
    "naam betrokkene", "slachtoffer", "contactpersoon", "burgerservicenummer", "rekeningnummer",
    "persoonsnummer", "signalement", "verbalisant", "nationaliteit", "etniciteit",
    "Pleeghuisnummer met toev.", "toelichting", "bijzonderheden", "modus operandi", "samenvatting",
    "opmerkingen", "aantekeningen",
)  # fmt: skip
"""Names of such columns of which a Shapefile leaves too little to know them by."""
HOUSE_OR_FREE_TEXT = re.compile(
    r"huisnummer|huisnr|^hsnr|huisletter|housenumber|toevoeging|^(pleeg|incident)?adres$|"
    r"^object$|projecten|vrijetekst|toelichting|bijzonderheden|samenvatting|korteinhoud|"
    r"mutatie(?!dat|n(umme)?r|id|soort|code|type)|relaas|aantekening|opmerking|^(verhaal|memo|notities?|notes?|remarks?|mo)$|"
    r"modusoperandi|werkwijze|narrative|^meldingt?(e|s)?tekst$|comment"
)
"""Names of columns that are left out unless asked for: house numbers and free text."""


def personal_columns(names: Iterable[str]) -> list[str]:
    """
    List the columns that are about persons, by their name.

    Examples
    --------
    >>> personal_columns(["Naam", "BSN", "straatnaam", "Geboortedatum", "X"])
    ['Naam', 'BSN', 'Geboortedatum']
    """
    return [
        name
        for name in names
        if PERSONAL.search(normalise_name(name)) or _is_truncated(name, PERSONAL)
    ]


def skipped_columns(names: Iterable[str]) -> list[str]:
    """
    List the columns with house numbers or free text, by their name.

    Examples
    --------
    >>> skipped_columns(["Pleeghuisnummer met toev.", "Project(en)", "Pleegplaats"])
    ['Pleeghuisnummer met toev.', 'Project(en)']
    """
    free = HOUSE_OR_FREE_TEXT
    return [
        name for name in names if free.search(normalise_name(name)) or _is_truncated(name, free)
    ]


def _is_truncated(name: str, these: re.Pattern[str]) -> bool:
    """
    Return whether a name is one of these, truncated as in a Shapefile.

    Examples
    --------
    >>> _is_truncated("Burgerserv", PERSONAL), _is_truncated("Pleeghuisn", HOUSE_OR_FREE_TEXT)
    (True, True)
    """
    if len(name) != truncated_names.LENGTH:
        return False
    left = normalise_name(name)
    return any(
        normalise_name(full).startswith(left) and these.search(normalise_name(full)) is not None
        for full in _LONG
    )
