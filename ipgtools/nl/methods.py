"""Say in Dutch how figures were made, what they leave out, and what they can't tell."""

from collections.abc import Sequence

from ipgtools.nl.formats import interval, joined, number, percent, plural
from ipgtools.nl.offenders import REGIMES

KERNELS = {
    "quartic": "kwartische kern",
    "gaussian": "normale kern",
    "triangular": "driehoekige kern",
    "uniform": "gelijke kern",
}

FILES = {
    "incidents": "Incidenten",
    "areas": "Gebieden",
    "streets": "Straten",
    "addresses": "Adressen",
    "schouw": "Wijkschouw",
    "schouw_before": "Vorige wijkschouw",
    "schouw_older": "Oudere wijkschouw (niet gebruikt)",
    "photo_status": "Status van foto's",
    "offences": "Antecedenten",
    "photos": "Foto's van bewoners",
}


def with_status(caption: str, status: str) -> str:
    """
    Put the status of a photo below its caption.

    Examples
    --------
    >>> with_status("Kapotte lantaarn", "opdracht")
    'Kapotte lantaarn. Status: opdracht'
    """
    return f"{caption}. Status: {status}" if status else caption


def file_kind(key: str) -> str:
    """
    Say what a file is.

    Examples
    --------
    >>> file_kind("schouw"), file_kind("schouw_older_2")
    ('Wijkschouw', 'Oudere wijkschouw (niet gebruikt)')
    """
    return FILES[key.rstrip("0123456789").removesuffix("_") if key not in FILES else key]


def several_files(first: str, n: int) -> str:
    """
    Name the first of many files.

    Examples
    --------
    >>> several_files("jan.csv", 12)
    'jan.csv en 11 andere bestanden'
    """
    return f"{first} en {plural(n - 1, 'ander bestand', 'andere bestanden')}"


TOTAL = "Totaal"
OTHER = "Overige soorten"
WITHOUT_CLASS = "Soort onbekend"


def hotspots(cell_size: float, radius: float, n_cells: int, alpha: float) -> str:
    """Say how hotspots were found."""
    return (
        f"Hotspots: Gi* op {number(n_cells)} vakken van {number(cell_size)} m, buren tot en met "
        f"{number(radius)} m, tweezijdig getoetst met de normale en met de exacte verdeling, en "
        f"gecorrigeerd voor alle vakken (Benjamini-Hochberg, {percent(alpha)})."
    )


def density(bandwidth: float, kernel: str) -> str:
    """Say how the density was made."""
    return f"Dichtheid: {KERNELS[kernel]}, bandbreedte {number(bandwidth)} m."


def change(alpha: float) -> str:
    """Say how periods were compared."""
    return (
        "Vergelijking: exacte toets op gelijke aantallen per dag, tweezijdig, met een "
        f"{percent(1 - alpha)}-interval; gecorrigeerd voor het aantal vergelijkingen."
    )


def times(n_used: int, n_too_long: int, longest_days: float, n_day_only: int = 0) -> str:
    """Say how hours were estimated."""
    left = ""
    if n_too_long:
        left = (
            f" {plural(n_too_long, 'incident', 'incidenten')} met een tijdvak langer dan "
            f"{number(longest_days)} dagen niet meegeteld."
        )
    if n_day_only:
        left += (
            f" {plural(n_day_only, 'incident', 'incidenten')} waarvan alleen de dag bekend is, "
            "niet meegeteld."
        )
    return (
        f"Tijden: elk van de {plural(n_used, 'incident', 'incidenten')} is gelijk verdeeld over "
        f"de tijd waarin het gebeurd kan zijn.{left}"
    )


def peak(draws: int, p_value: float) -> str:
    """
    Say how the busiest hours were found and tested.

    Examples
    --------
    >>> peak(999, 0.001).split(", tegen ")[1]
    '999 keer opnieuw verdeelde dagen en uren (kans bij toeval 0,001). Wat op een dag gebeurde,
     bleef daarbij bij elkaar; dagen worden genoemd als een tweede toets zegt dat die ertoe doen.'
    """
    return (
        "Drukste uren: het drukste van alle tijdvakken van 2 tot 8 uur, ook over middernacht, op "
        f"een of meer dagen achter elkaar, tegen {number(draws)} keer opnieuw verdeelde dagen en "
        f"uren (kans bij toeval {number(p_value, 3)}). Wat op een dag gebeurde, bleef daarbij bij "
        "elkaar; dagen worden genoemd als een tweede toets zegt dat die ertoe doen."
    )


def heaped(n: int, minutes: Sequence[str]) -> str:
    """
    Say which clock times stand for "unknown".

    Examples
    --------
    >>> heaped(19, ["00:00"])
    'Opvallend veel incidenten staan op precies 00:00 uur: waarschijnlijk is dan alleen de dag
     bekend. Deze 19 incidenten tellen bij de uren niet mee.'
    """
    counts = "Dit incident telt" if n == 1 else f"Deze {number(n)} incidenten tellen"
    return (
        f"Opvallend veel incidenten staan op precies {joined(minutes)} uur: waarschijnlijk is dan "
        f"alleen de dag bekend. {counts} bij de uren niet mee."
    )


KINDS = {
    "woninginbraak": ("woninginbraak", "woninginbraken"),
    "incident": ("incident", "incidenten"),
}


def knox(distance: float, days: float, draws: int, n: int, what: str) -> str:
    """Say how near repeats were tested."""
    return (
        f"Herhaling in de buurt: paren binnen {interval(0, distance, 'm')} en "
        f"{interval(0, days, 'dagen')} onder {plural(n, *KINDS[what])}, tegen "
        f"{number(draws)} toevallige verdelingen."
    )


def offenders(regime: str, reference: str) -> str:
    """Say by which definition persons were counted."""
    return f"Veelplegers: {REGIMES[regime]}; peildatum {reference}."


def concentration(gini: float, n_cells: int) -> str:
    """Say how unevenly incidents are spread."""
    return (
        f"Spreiding over {number(n_cells)} vakken: Gini {number(gini, 2)} "
        "(0 is overal evenveel, 1 is alles op een plek)."
    )


def outside(n: int, subject: str) -> str:
    """Say how many incidents lie outside all areas."""
    return f"{number(n)} {subject} buiten alle gebieden"


def elsewhere(n: int, subject: str, area: str) -> str:
    """Say how many incidents lie in other areas."""
    return f"{number(n)} {subject} in andere gebieden dan {area}"


def without_time(n: int, subject: str, area: str) -> str:
    """Say how many incidents in the area have no time."""
    return f"{number(n)} {subject} in {area} zonder datum"


def other_period(n: int, subject: str) -> str:
    """Say how many incidents lie in other periods."""
    return f"{number(n)} {subject} in andere periodes"


def other_kinds(n: int, subject: str) -> str:
    """Say how many incidents are of kinds not asked for."""
    return f"{number(n)} {subject} van andere soorten dan gevraagd"


def rejected(n: int, file: str, reason: str) -> str:
    """Say how many rows of a file were rejected, and for what."""
    return f"{plural(n, 'rij', 'rijen')} van {file}: {reason}"


def no_before(first: str) -> str:
    """Say that there is nothing to compare with."""
    return (
        f"De bestanden beginnen op {first}; daarom ontbreekt de vergelijking met een periode "
        "die (deels) eerder ligt."
    )


def incomplete(last: str) -> str:
    """Say that the period may be incomplete."""
    return f"Het laatste incident is van {last}; de periode is mogelijk niet volledig."


HOURS_UNKNOWN = "Het uur van de incidenten is niet bekend; er is geen beeld van dag en uur."
DAYS_UNKNOWN = "De dag van de incidenten is niet bekend; herhaling in dagen is niet te bepalen."


def stacked(n: int) -> str:
    """Warn for places that are rather a snap point than a place."""
    return (
        f"{plural(n, 'punt heeft', 'punten hebben')} opvallend veel uiteenlopende incidenten op "
        "precies dezelfde plek: mogelijk een verzamelpunt (station, bureau, middelpunt van een "
        "straat) en geen hotspot."
    )


def few_per_cell(expected: float) -> str:
    """Warn that hotspots can hardly be found."""
    return (
        f"Rond een vak zijn gemiddeld {number(expected, 1)} incidenten te verwachten: "
        "alleen sterke hotspots zijn dan aan te tonen."
    )


def schouw_compared(distance: float) -> str:
    """Say how two schouwen were compared."""
    return (
        "Twee schouwen zijn vergeleken op soort en plek: dezelfde soort binnen "
        f"{number(distance)} m, of in dezelfde straat (huisnummers hoogstens 10 uit elkaar) als de "
        "plek niet nauwkeuriger bekend is, geldt als dezelfde bevinding. Op een en hetzelfde adres "
        "mag de soort verschillen als de woorden over hetzelfde gaan."
    )


def findings_without_place(n: int) -> str:
    """Say how many findings aren't on the map."""
    return f"{plural(n, 'bevinding', 'bevindingen')} zonder plek op de kaart"


def photos_elsewhere(n: int, area: str) -> str:
    """
    Say how many photos are of another area.

    Examples
    --------
    >>> photos_elsewhere(1, "Hogeland - Velve")
    '1 foto van buiten Hogeland - Velve staat niet in deze briefing'
    """
    count = plural(n, "foto", "foto's")
    return f"{count} van buiten {area} {'staat' if n == 1 else 'staan'} niet in deze briefing"


def findings_doubted(n: int, source: str) -> str:
    """
    Say how many findings have words that were not read for sure.

    Examples
    --------
    >>> findings_doubted(3, "verslag.txt")
    'Bij 3 bevindingen uit verslag.txt is de tekst niet zeker gelezen: zie het leesverslag'
    """
    who = plural(n, "bevinding", "bevindingen")
    return f"Bij {who} uit {source} is de tekst niet zeker gelezen: zie het leesverslag"


ALL_AREAS = "het hele gebied"
EVERYWHERE = "alle ingelezen gebieden samen"


def near_scope(area: str) -> str:
    """Say on which incidents near repeats were looked for."""
    return f"in {area}, in de laatste twaalf maanden"


def few(n: int, fewest: int) -> str:
    """Say that there are too few incidents for hotspots."""
    return (
        f"Te weinig gegevens voor hotspots: {plural(n, 'incident', 'incidenten')}, "
        f"nodig zijn er {number(fewest)}."
    )


ALT = {
    "hotspots": "Kaart met de vakken waar meer of minder gebeurt dan door toeval te verwachten is.",
    "uur_weekdag": "Beeld van het aantal incidenten per uur van de dag en dag van de week.",
    "bevindingen": "Kaart met de genummerde bevindingen van de schouw.",
}
PER_1000 = "Incidenten per 1.000 inwoners"
COUNT = "Incidenten"
NOT_COUNTED = "Niet meegeteld"
OTHER_REASONS = "om andere redenen"
NO_STREET = "straat onbekend"

LEFT_REJECTED = "in het hele bestand afgekeurd bij het lezen"
LEFT_OUTSIDE = "buiten alle gebieden"
LEFT_TIMELESS = "zonder datum"
LEFT_SENSITIVE = "in het hele bestand gevoelig"

TITLE_DENSITY = "Waar de meeste incidenten bij elkaar liggen"
TITLE_CHANGE = "Waar er meer of minder incidenten waren dan in de periode ervoor"
TITLE_AREAS = "Incidenten per buurt"
TITLE_TREND = "Incidenten in de tijd"
TITLE_CONCENTRATION = "Hoe sterk incidenten zich op weinig plekken concentreren"


def method_line(cell_size: float, alpha: float) -> str:
    """Say in a few words how hotspots were found."""
    return (
        f"Gi* op vakken van {number(cell_size)} m, gecorrigeerd voor alle vakken ({percent(alpha)})"
    )


def withheld_table(name: str) -> str:
    """Say that a table may not leave for this audience."""
    return f"de tabel {name} is niet bestemd voor dit publiek en weggelaten"


def title_findings(n: int) -> str:
    """Title the map of a schouw."""
    return f"{plural(n, 'bevinding', 'bevindingen')} van de schouw"
