"""State in Dutch how figures were made, what they omit, and their limits."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipgtools.nl.formats import date, joined, number, percent, plural
from ipgtools.nl.offenders import REGIMES

if TYPE_CHECKING:
    import datetime as dt

__all__ = [
    "ALL_AREAS", "BLANK_CELLS", "COUNT", "EVERYWHERE", "FILES", "HOURS_UNKNOWN", "INVENTED",
    "KERNELS", "KINDS", "LEFT_OUTSIDE", "LEFT_REJECTED", "LEFT_TIMELESS", "NOT_COUNTED", "OTHER",
    "OTHER_REASONS", "PER_1000", "PLACES_LIMITS", "POLICE", "SCHOUW", "TIMES", "TITLE_AREAS",
    "TITLE_CHANGE", "TITLE_CONCENTRATION", "TITLE_COUNTED", "TITLE_DENSITY", "TITLE_TREND",
    "TOTAL", "WITHOUT_CLASS", "busiest", "change", "concentration", "credit", "density", "few",
    "file_kind", "heaped", "knox", "method_line", "near_scope", "no_pairs", "offenders", "peak",
    "persons_off", "places", "places_limit", "points_moved", "points_rounded", "repeats",
    "schouw_compared", "stacked", "times", "withheld_tables",
]  # fmt: skip

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


def file_kind(key: str) -> str:
    """
    State what a file is.

    Examples
    --------
    >>> file_kind("schouw"), file_kind("schouw_older_2")
    ('Wijkschouw', 'Oudere wijkschouw (niet gebruikt)')
    """
    return FILES[key.rstrip("0123456789").removesuffix("_") if key not in FILES else key]


POLICE, INVENTED = "registraties van de politie", "verzonnen voorbeeldgegevens"


SCHOUW = "wijkschouw"


def credit(organisation: str, last: str, *, sample: bool, schouw: bool, further: str = "") -> str:
    """
    State which organisation the data are of, and of which day.

    Examples
    --------
    >>> credit("Politie Oost-Nederland", "30 november 2025", sample=False, schouw=False)
    'Politie Oost-Nederland, stand van 30 november 2025'
    >>> credit("", "30 november 2025", sample=False, schouw=True, further="straten © OSM")
    'registraties van de politie en wijkschouw, stand van 30 november 2025; straten © OSM'
    """
    who = organisation or (INVENTED if sample else POLICE)
    of = f"{who} en {SCHOUW}" if schouw else who
    dated = f"{of}, stand van {last}" if last else of
    return f"{dated}; {further}" if further else dated


def persons_off(files: Sequence[str]) -> str:
    """
    State which files were not opened, since the module for persons is off.

    Examples
    --------
    >>> persons_off(["antecedenten.csv"])
    'De module voor personen staat uit (persons = false in ipg.toml): antecedenten.csv is niet
     gelezen, en er worden geen veelplegers geteld.'
    """
    verb = "is" if len(files) == 1 else "zijn"
    return (
        f"De module voor personen staat uit (persons = false in ipg.toml): {joined(files)} {verb} "
        "niet gelezen, en er worden geen veelplegers geteld."
    )


TOTAL = "Totaal"
OTHER = "Overige soorten"
"""Rows of a comparison that are no kind; released numbers are remembered by these names."""
WITHOUT_CLASS = "Soort onbekend"


_BASELINES = {
    "addresses": "het aantal adressen",
    "streets": "de lengte van de straten",
    "flat": "een gelijke spreiding",
}
_CLAIMS = {
    "new": "nieuw of stijgend (meer dan 1,25 keer het eigen verleden)",
    "busy": "vaste drukke plekken (meer dan drie keer wat {baseline} verklaart)",
    "cluster": "drukke omgevingen (meer dan twee keer wat {baseline} verklaart)",
}
PLACES_LIMITS = {
    "few_incidents": "Met minder dan {needed} incidenten ({n}) zijn plekken niet getoetst: alleen "
    "de drukste plekken staan op een rij.",
    "short_history": "Er is te weinig verleden ({n} maanden, nodig zijn er {needed}) om plekken "
    "nieuw of stijgend te noemen.",
    "no_baseline": "Zonder straten of adressen is niet te zeggen of een plek drukker is dan de "
    "bebouwing verklaart: geef straten of adressen op.",
    "flat_baseline": "Plekken zijn vergeleken met een gelijke spreiding: bebouwing springt er dan "
    "uit.",
}


def places_limit(code: str, *, counted: bool = True, **numbers: int) -> str:
    """
    State which places could not be tested; without how many incidents there are if not `counted`.

    Examples
    --------
    >>> places_limit("few_incidents", n=41, needed=60)
    'Met minder dan 60 incidenten (41) zijn plekken niet getoetst: alleen de drukste plekken staan
     op een rij.'
    >>> places_limit("few_incidents", counted=False, n=41, needed=60)[:47]
    'Met minder dan 60 incidenten zijn plekken niet '
    """
    if code == "few_incidents" and not counted:
        return PLACES_LIMITS[code].replace(" ({n})", "").format(needed=number(numbers["needed"]))
    return PLACES_LIMITS[code].format(**{name: number(n) for name, n in numbers.items()})


def places(
    claims: Sequence[str],
    baseline: str,
    *,
    months: int,
    cell_size: float,
    n_kinds: int,
    alpha: float,
    draws: int,
) -> str:
    """
    State how places were tested.

    Examples
    --------
    >>> places(["new"], "none", months=24, cell_size=100, n_kinds=0, alpha=0.05, draws=999)
    'Plekken: getoetst op nieuw of stijgend (meer dan 1,25 keer het eigen verleden), vakken van 100
     m, 24 maanden; de hoogste score telt tegen de hoogste op 999 kaarten van toeval (5% per
     bewering).'
    """
    tested = joined(
        [_CLAIMS[name].format(baseline=_BASELINES.get(baseline, "")) for name in claims]
    )
    kinds = ""
    if n_kinds:
        kinds = f", half voor alle incidenten samen en half verdeeld over {number(n_kinds)} soorten"
    return (
        f"Plekken: getoetst op {tested}, vakken van {number(cell_size)} m, {number(months)} "
        f"maanden; de hoogste score telt tegen de hoogste op {number(draws)} kaarten van toeval "
        f"({percent(alpha)} per bewering{kinds})."
    )  # fmt: skip


def busiest(half_life: float, cell_size: float) -> str:
    """
    State how the list of busiest places was made.

    Examples
    --------
    >>> busiest(12, 50)
    'Drukste plekken: geteld in vakken van 50 m; een incident van 12 maanden oud telt half zo
     zwaar.'
    """
    decimals = 0 if half_life == int(half_life) else 1
    return (
        f"Drukste plekken: geteld in vakken van {number(cell_size)} m; een incident van "
        f"{number(half_life, decimals)} maanden oud telt half zo zwaar."
    )


def density(bandwidth: float, kernel: str) -> str:
    """State how the density was made."""
    return f"Dichtheid: {KERNELS[kernel]}, bandbreedte {number(bandwidth)} m."


def change(alpha: float, dispersion: float | None) -> str:
    """
    State how periods were compared; to what extent counts vary, where that may leave.

    Examples
    --------
    >>> "1,8 keer" in change(0.05, 1.8)
    True
    """
    much = "sterker" if dispersion is None else f"{number(dispersion, 1)} keer zo sterk"
    than = "dan" if dispersion is None else "als"
    return (
        "Vergelijking: toets op gelijke aantallen per dag, tweezijdig, met een "
        f"{percent(1 - alpha)}-interval. Incidenten komen in reeksen: de aantallen schommelen "
        f"{much} (in variantie) {than} bij losse incidenten, en "
        "daarmee rekent de toets. Gecorrigeerd voor het aantal vergelijkingen; soorten, buurten "
        "en vakken met te weinig incidenten om ooit te kunnen verschillen doen daarin niet mee."
    )


TIMES = "Tijden: elk incident is gelijk verdeeld over de tijd waarin het gebeurd kan zijn."


def times(n_used: int, n_too_long: int, longest_days: float, n_day_only: int = 0) -> str:
    """State how hours were estimated, in numbers that add up."""
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


def peak(draws: int, p_value: float | None) -> str:
    """
    State how the busiest hours were found and tested, and with which p-value if that may leave.

    Examples
    --------
    >>> peak(999, 0.001).split(", tegen ")[1]
    '999 keer opnieuw verdeelde dagen en uren (kans bij toeval 0,001). Wat op een dag gebeurde,
     bleef daarbij bij elkaar; dagen worden genoemd als een tweede toets zegt dat die ertoe doen.'
    """
    found = "" if p_value is None else f" (kans bij toeval {number(p_value, 3)})"
    return (
        "Drukste uren: het drukste van alle tijdvakken van 2 tot 8 uur, ook over middernacht, op "
        f"een of meer dagen achter elkaar, tegen {number(draws)} keer opnieuw verdeelde dagen en "
        f"uren{found}. Wat op een dag gebeurde, bleef daarbij bij "
        "elkaar; dagen worden genoemd als een tweede toets zegt dat die ertoe doen."
    )


def heaped(n: int | None, minutes: Sequence[str]) -> str:
    """
    State which clock times stand for "unknown", and of how many incidents if that may leave.

    Examples
    --------
    >>> heaped(19, ["00:00"])
    'Opvallend veel incidenten staan op precies 00:00 uur: waarschijnlijk is dan alleen de dag
     bekend. Deze 19 incidenten tellen bij de uren niet mee.'
    """
    several = "Deze incidenten tellen" if n is None else f"Deze {number(n)} incidenten tellen"
    counts = "Dit incident telt" if n == 1 else several
    return (
        f"Opvallend veel incidenten staan op precies {joined(minutes)} uur: waarschijnlijk is dan "
        f"alleen de dag bekend. {counts} bij de uren niet mee."
    )


KINDS = {
    "woninginbraak": ("woninginbraak", "woninginbraken"),
    "incident": ("incident", "incidenten"),
}


def knox(distance: float, days: float, draws: int, n: int | None, what: str, n_strata: int) -> str:
    """
    State how near repeats were tested, and of how many incidents if that may leave.

    Examples
    --------
    >>> knox(200, 14, 999, 250, "woninginbraak", 31)
    'Herhaling in de buurt: paren binnen 200 meter en 14 dagen onder 250 woninginbraken, tegen 999
     verdelingen waarin datums alleen wisselen binnen een deelgebied en een maand (31 groepen): een
     stijging of daling van een deel van het gebied telt zo niet als herhaling.'
    """
    those = KINDS[what][1] if n is None else plural(n, *KINDS[what])
    groups = "" if n is None else f" ({plural(n_strata, 'groep', 'groepen')})"
    return (
        f"Herhaling in de buurt: paren binnen {number(distance)} meter en {number(days)} dagen "
        f"onder {those}, tegen {number(draws)} verdelingen waarin datums alleen "
        f"wisselen binnen een deelgebied en een maand{groups}: "
        "een stijging of daling van een deel van het gebied telt zo niet als herhaling."
    )


def no_pairs(n: int) -> str:
    """
    Warn that there are too few incidents for pairs.

    Examples
    --------
    >>> no_pairs(0)
    'Er zijn 0 incidenten met plaats en dag, dus geen paren: dit zegt niets over herhaling. \
Klopt de selectie?'
    """
    counted = plural(n, "incident", "incidenten")
    are = "is" if n == 1 else "zijn"
    return (
        f"Er {are} {counted} met plaats en dag, dus geen paren: dit zegt niets over herhaling. "
        "Klopt de selectie?"
    )


def repeats(basis: str, n_places: int, n_history: int, since: str) -> str:
    """
    State what the expected number of places with repeats is made of.

    Examples
    --------
    >>> repeats("history", 812, 1950, "1 december 2023")
    'Plekken waar het vaker gebeurde: verwacht is wat er bij de drukte van dezelfde 812 plekken
     hoort, als de incidenten van deze periode en de 1.950 ervoor (vanaf 1 december 2023) in
     willekeurige volgorde waren gebeurd; exact berekend.'
    >>> repeats("points", 140, 12, "")
    'Plekken waar het vaker gebeurde: er is te weinig van voor deze periode bekend om te weten hoe
     druk elke plek gewoonlijk is; verwacht is wat hoort bij 140 plekken waar ooit iets gebeurde,
     als die even druk waren. Dat zijn plekken nooit, dus meer dan dat zegt niets.'
    """
    start = "Plekken waar het vaker gebeurde: "
    if basis == "history":
        return (
            f"{start}verwacht is wat er bij de drukte van dezelfde {number(n_places)} plekken "
            f"hoort, als de incidenten van deze periode en de {number(n_history)} ervoor (vanaf "
            f"{since}) in willekeurige volgorde waren gebeurd; exact berekend."
        )
    which = "adressen" if basis == "addresses" else "plekken waar ooit iets gebeurde"
    return (
        f"{start}er is te weinig van voor deze periode bekend om te weten hoe druk elke plek "
        f"gewoonlijk is; verwacht is wat hoort bij {number(n_places)} {which}, als die even druk "
        "waren. Dat zijn plekken nooit, dus meer dan dat zegt niets."
    )


def points_rounded(step: int) -> str:
    """
    State why there is nothing about repeats: points are rounded.

    Examples
    --------
    >>> points_rounded(0)
    'Over adressen en herhaling zegt deze briefing niets: de bron zet incidenten op een vast punt
     per straat, zodat niet te zien is of het dezelfde plek was.'
    """
    how = "zet incidenten op een vast punt per straat"
    if step:
        how = f"rondt coördinaten af op {number(step)} m"
    return (
        f"Over adressen en herhaling zegt deze briefing niets: de bron {how}, zodat niet te zien "
        "is of het dezelfde plek was."
    )


def points_moved(first: "dt.date") -> str:
    """
    State that places of before and after a renewal of the points can't be compared.

    Examples
    --------
    >>> import datetime as dt
    >>> points_moved(dt.date(2022, 7, 1))
    'In juli 2022 heeft de bron de vaste punten verlegd waarop hij incidenten zet. Plekken van
     daarvoor zijn niet met die van nu te vergelijken en tellen niet mee.'
    """
    return (
        f"In {date(first).partition(' ')[2]} heeft de bron de vaste punten verlegd waarop hij "
        "incidenten zet. Plekken van daarvoor zijn niet met die van nu te vergelijken en tellen "
        "niet mee."
    )


def offenders(regime: str, reference: str) -> str:
    """State by which definition persons were counted."""
    return f"Veelplegers: {REGIMES[regime]}; peildatum {reference}."


def concentration(gini: float, n_cells: int, expected: float, reach: tuple[float, float]) -> str:
    """
    State how unevenly incidents are spread, compared with chance.

    Examples
    --------
    >>> concentration(0.62, 330, 0.45, (0.39, 0.5))
    'Spreiding over 330 vakken: Gini 0,62 (0 is overal evenveel, 1 is alles op een plek). Bij een
     toevallige verdeling van even veel incidenten over dezelfde vakken is dat 0,45 (0,39 tot
     0,50); vergelijk wijken daarom op het verschil.'
    """
    low, high = (number(one, 2) for one in reach)
    return (
        f"Spreiding over {number(n_cells)} vakken: Gini {number(gini, 2)} "
        "(0 is overal evenveel, 1 is alles op een plek). Bij een toevallige verdeling van even "
        f"veel incidenten over dezelfde vakken is dat {number(expected, 2)} ({low} tot {high}); "
        "vergelijk wijken daarom op het verschil."
    )


HOURS_UNKNOWN = "Het uur van de incidenten is niet bekend; er is geen beeld van dag en uur."


def stacked(n: int, *, mixed: bool = False) -> str:
    """
    Warn for places that are rather a snap point than a place.

    Examples
    --------
    >>> stacked(1)[:60]
    '1 punt heeft opvallend veel incidenten op precies dezelfde p'
    """
    what = "uiteenlopende incidenten" if mixed else "incidenten"
    return (
        f"{plural(n, 'punt heeft', 'punten hebben')} opvallend veel {what} op "
        "precies dezelfde plek: mogelijk een verzamelpunt (station, bureau, middelpunt van een "
        "straat) en geen hotspot."
    )


def schouw_compared(distance: float) -> str:
    """State how two schouwen were compared."""
    return (
        "Twee schouwen zijn vergeleken op soort en plek: dezelfde soort binnen "
        f"{number(distance)} m, of in dezelfde straat (huisnummers hoogstens 10 uit elkaar) als de "
        "plek niet nauwkeuriger bekend is, geldt als dezelfde bevinding. Op een en hetzelfde adres "
        "mag de soort verschillen als de woorden over hetzelfde gaan."
    )


ALL_AREAS = "het hele gebied"
EVERYWHERE = "alle ingelezen gebieden samen"


def near_scope(area: str) -> str:
    """State on which incidents near repeats were looked for."""
    return f"in {area}, in de laatste twaalf maanden"


def few(n: int | None, fewest: int) -> str:
    """
    State that there are too few incidents for a density map, and how many if that may leave.

    Examples
    --------
    >>> few(12, 30)
    'Te weinig gegevens voor een dichtheidskaart: 12 incidenten, nodig zijn er 30.'
    """
    if n is None:
        return (
            f"Te weinig gegevens voor een kaart met vakken: nodig zijn {number(fewest)} incidenten."
        )
    return (
        f"Te weinig gegevens voor een dichtheidskaart: {plural(n, 'incident', 'incidenten')}, "
        f"nodig zijn er {number(fewest)}."
    )


PER_1000 = "Incidenten per 1.000 inwoners"
COUNT = "Incidenten"
NOT_COUNTED = "Niet meegeteld"
OTHER_REASONS = "om andere redenen"

LEFT_REJECTED = "in het hele bestand afgekeurd bij het lezen"
LEFT_OUTSIDE = "buiten alle gebieden"
LEFT_TIMELESS = "zonder datum"

TITLE_DENSITY = "Waar de meeste incidenten bij elkaar liggen"
BLANK_CELLS = "Leeg: minder dan 5 incidenten, of te weinig huishoudens om iets te tonen."
TITLE_COUNTED = "Waar 5 of meer incidenten waren"
TITLE_CHANGE = "Waar er meer of minder incidenten waren dan in de periode ervoor"
TITLE_AREAS = "Incidenten per buurt"
TITLE_TREND = "Incidenten in de tijd"
TITLE_CONCENTRATION = "Hoe sterk incidenten zich op weinig plekken concentreren"


def method_line(baseline: str, alpha: float) -> str:
    """State briefly how places were tested."""
    against = _BASELINES.get(baseline)
    against_past = (
        f"vergeleken met {against} en het eigen verleden" if against else "eigen verleden"
    )
    return f"Plekken: {against_past}, gecorrigeerd voor alle plekken ({percent(alpha)})"


_WITHHELD = {
    "plekken": "plekken waar het vaker gebeurt",
    "herhaling": "aantallen bij herhaling in de buurt",
    "veelplegers": "aantallen veelplegers",
    "fotos": "foto's van bewoners",
    "uur_weekdag": "tijden",
    "concentratie": "spreiding",
    "dichtheid": "aantallen per vak",
    "verandering": "verandering per vak",
}


def withheld_tables(names: Sequence[str]) -> str:
    """
    State which tables may not leave for this audience.

    Examples
    --------
    >>> withheld_tables(["herhaling", "fotos"])
    "niet voor dit publiek: aantallen bij herhaling in de buurt en foto's van bewoners"
    """
    return f"niet voor dit publiek: {joined([_WITHHELD.get(name, name) for name in names])}"
