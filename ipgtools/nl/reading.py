"""Say in Dutch what reading did with a file and why rows were left out."""

import re
from collections.abc import Collection, Iterable, Mapping

from ipgtools.nl.formats import joined, number, plural

_SHOWN = 80
"""Signs that are shown of what stood in a row."""
REASONS: dict[str, str] = {
    "columns": "het aantal velden klopt niet met de kop",
    "empty": "lege rij",
    "header_again": "de kop staat er nog eens",
    "no_feature": "geen geldige GeoJSON op deze regel",
    "id_missing": "geen incidentnummer",
    "id_double": "incidentnummer komt vaker voor; de eerste rij is gebruikt",
    "time_unreadable": "datum of tijd niet te lezen",
    "time_reversed": "het einde ligt voor het begin",
    "xy_missing": "geen coördinaten",
    "xy_unreadable": "coördinaten niet te lezen",
    "xy_zero": "coördinaten zijn 0,0",
    "xy_swapped": "x en y lijken verwisseld",
    "xy_degrees": "coördinaten in graden tussen meters",
    "xy_outside": "coördinaten buiten het gebied van het stelsel",
    "geometry_missing": "geen geometrie",
    "geometry_kind": "geometrie van een ander soort",
    "code_missing": "geen code",
    "code_double": "code komt vaker voor; de eerste rij is gebruikt",
    "water": "watervlak",
    "person_missing": "geen persoonsnummer",
    "person_unknown": "geen persoonsnummer maar een woord als onbekend of NN",
    "weight_unreadable": "gewicht is geen getal van 0 of meer",
    "street_missing": "geen straatnaam",
    "number_missing": "geen huisnummer",
    "address_withdrawn": "adres is volgens de BAG ingetrokken of niet gerealiseerd",
    "address_double": "adres komt vaker voor; de eerste rij is gebruikt",
}


def totals(source: str, n_read: int, n_used: int, n_rejected: int) -> str:
    """
    Say how many rows were used.

    Examples
    --------
    >>> totals("a.csv", 1200, 1199, 1)
    'a.csv: 1.200 rijen gelezen, 1.199 gebruikt, 1 afgekeurd'
    """
    return (
        f"{source}: {plural(n_read, 'rij', 'rijen')} gelezen, "
        f"{number(n_used)} gebruikt, {number(n_rejected)} afgekeurd"
    )


def mapping(columns: dict[str, str]) -> str:
    """Say which column was taken for what."""
    pairs = [f"{theirs} → {ours}" for ours, theirs in columns.items()]
    return f"Kolommen: {', '.join(pairs)}"


def dropped(columns: Iterable[str]) -> str:
    """Say which columns were not read because they are about persons."""
    return f"Niet overgenomen (persoonsgegevens of vrije tekst): {joined(columns)}"


def not_kept(absent: Iterable[str], personal: Iterable[str]) -> list[str]:
    """
    Say which of the columns to keep aren't kept.

    Examples
    --------
    >>> not_kept(["memo"], [])
    ['Let op: keep noemt memo, maar die kolom staat niet in het bestand']
    """
    notes = []
    if absent := list(absent):
        verb = "die kolom staat" if len(absent) == 1 else "die kolommen staan"
        notes.append(f"Let op: keep noemt {joined(absent)}, maar {verb} niet in het bestand")
    if personal := list(personal):
        notes.append(
            f"Let op: keep noemt {joined(personal)}; kolommen over personen worden nooit gelezen"
        )
    return notes


def free_text(columns: Iterable[str]) -> str:
    """Say which columns look like free text, and were left out for it."""
    return f"Niet overgenomen (lijkt vrije tekst): {joined(columns)}"


def taken_crs(crs: str, why: str) -> str:
    """Say which CRS the coordinates were taken to be in, and why."""
    return f"Coördinaten gelezen als {crs} ({why})"


CRS_WHY = {
    "given": "opgegeven",
    "file": "vermeld in het bestand",
    "header": "volgt uit de kolomnamen en klopt met de waarden",
    "names": "volgt uit de kolomnamen; er is geen bruikbare waarde die het bevestigt",
    "values": "volgt uit de waarden: alleen zo liggen de punten in Nederland",
}


def on_places(decision: Mapping[str, str]) -> list[str]:
    """
    Say what was decided about coordinates.

    Examples
    --------
    >>> on_places({"crs": "EPSG:28992", "crs_why": "header", "unit": "decimetre"})[1]
    'De coördinaten staan in decimeter en zijn omgerekend naar meters'
    """
    notes = [taken_crs(decision["crs"], CRS_WHY[decision["crs_why"]])]
    if "unit" in decision:
        notes.append(unit(decision["unit"]))
    if "thousands" in decision:
        notes.append(thousands(decision["thousands"]))
    if "swapped" in decision:
        notes.append(
            f"Let op: in het hele bestand staan x en y verwisseld ({decision['swapped']}); "
            "ze zijn omgewisseld"
        )
    if "abroad" in decision:
        points = plural(int(decision["abroad"]), "punt ligt", "punten liggen")
        notes.append(
            f"Let op: {points} buiten Nederland, waar RD niet klopt. Kies voor dit gebied een "
            "eigen stelsel met work onder [crs] in ipg.toml"
        )
    return notes


def number_by_values(column: str) -> str:
    """Say that values told that a column is the number of incidents."""
    return (
        f"De kolom {column} is gelezen als incidentnummer, want geen waarde komt bij twee "
        "verschillende rijen voor"
    )


def row_count() -> str:
    """Say that a column called id only counts the rows."""
    return "De kolom id telt alleen de rijen en is niet gelezen als incidentnummer"


def one_place(n: int) -> str:
    """Say that all incidents are on one point."""
    return (
        f"Let op: alle {number(n)} incidenten staan op hetzelfde punt. Dat is zelden waar: vaak is "
        "het een bureau of een standaardwaarde. Vraag een export met de echte plaatsen"
    )


def rounded(step: int) -> str:
    """
    Say that coordinates are rounded off.

    Examples
    --------
    >>> rounded(1000)[:53]
    'Let op: alle coördinaten zijn afgerond op 1.000 m. Ho'
    """
    return (
        f"Let op: alle coördinaten zijn afgerond op {number(step)} m. Hotspots en herhaling "
        "kloppen dan niet. Heeft Excel ze als 2,57E+05 geschreven, vraag dan een export met gehele "
        "getallen"
    )


def numbered() -> str:
    """Say that incidents got numbers of ours."""
    return "Het bestand heeft geen incidentnummers; de rijen zijn genummerd (rij-1, rij-2, ...)"


def without_time(n: int) -> str:
    """Say how many incidents have no time."""
    who = plural(n, "incident heeft", "incidenten hebben")
    verb = "telt" if n == 1 else "tellen"
    return f"{who} geen begintijd en {verb} in geen enkele periode mee"


def months(n: int) -> str:
    """Say that only the month is known."""
    of = plural(n, "incident", "incidenten")
    return f"Van {of} is alleen de maand bekend; dag en uur zijn onbekend"


def repaired(n: int) -> str:
    """Say how many shapes were mended."""
    return f"{plural(n, 'vlak had', 'vlakken hadden')} een ongeldige vorm en is hersteld"


def inhabitants(n: int, missing: int) -> str:
    """Say how many areas got inhabitants from a table beside the map."""
    areas = plural(n, "gebied", "gebieden")
    return f"Inwoners uit een aparte tabel voor {areas}; {number(missing)} zonder inwonertal"


def without_inhabitants(n: int, n_areas: int) -> str:
    """
    Warn that areas have no inhabitants.

    Examples
    --------
    >>> without_inhabitants(1, 70)
    'Let op: van 1 van de 70 gebieden is het aantal inwoners niet bekend; daar is geen cijfer per \
1.000 inwoners'
    """
    return (
        f"Let op: van {number(n)} van de {plural(n_areas, 'gebied', 'gebieden')} is het aantal "
        "inwoners niet bekend; daar is geen cijfer per 1.000 inwoners"
    )


def put_areas_together(
    level: str, n_pieces: int, n_smaller: int, n_areas: int, n_unknown: int
) -> list[str]:
    """
    Say that rows with one code were made into one area.

    Examples
    --------
    >>> put_areas_together("wijk", 0, 7, 2, 1)
    ['2 wijken zijn samengesteld uit 7 kleinere gebieden; inwoners en huishoudens zijn opgeteld, \
maar van 1 kleiner gebied is het aantal inwoners niet bekend']
    """
    if n_pieces:
        pieces, areas = plural(n_pieces, "rij", "rijen"), plural(n_areas, "gebied", "gebieden")
        return [f"{pieces} zijn delen van {areas} en zijn samengevoegd"]
    if not n_smaller:
        return []
    names = {"wijk": ("wijk is", "wijken zijn"), "gemeente": ("gemeente is", "gemeenten zijn")}
    one, several = names.get(level, ("gebied is", "gebieden zijn"))
    text = (
        f"{plural(n_areas, one, several)} samengesteld uit {number(n_smaller)} kleinere gebieden; "
        "inwoners en huishoudens zijn opgeteld"
    )
    if n_unknown:
        small = plural(n_unknown, "kleiner gebied", "kleinere gebieden")
        text += f", maar van {small} is het aantal inwoners niet bekend"
    return [text]


def unknown_dates(n: int) -> str:
    """Say how many offences have no exact date."""
    who = plural(n, "feit heeft", "feiten hebben")
    verb = "telt" if n == 1 else "tellen"
    return f"{who} geen volledige datum en {verb} alleen mee in het hele verleden"


def days_only(n: int) -> str:
    """Say that only the day is known."""
    return f"Van {plural(n, 'incident', 'incidenten')} is alleen de dag bekend; het uur is onbekend"


def last_days(n: int) -> str:
    """Say that an end without a time of day counts until midnight."""
    of = plural(n, "incident", "incidenten")
    return f"Begin en einde zijn dagen zonder uur; van {of} telt de laatste dag helemaal mee"


def fields(found: int, needed: int, stood: str = "") -> str:
    """
    Say how many fields a row has, and what stood there if that may be shown.

    Examples
    --------
    >>> fields(2, 5, "Totaal;8")
    '2 in plaats van 5: Totaal;8'
    """
    text = " ".join(stood.split())
    return f"{found} in plaats van {needed}" + (f": {text[:_SHOWN]}" if text else "")


def numbers_of_fields(said: str) -> tuple[int, int]:
    """
    Give back the numbers of `fields`.

    Examples
    --------
    >>> numbers_of_fields("2 in plaats van 5: Totaal;8"), numbers_of_fields("iets anders")
    ((2, 5), (0, 0))
    """
    told = re.match(r"(\d+) in plaats van (\d+)(?:: |$)", said)
    return (int(told[1]), int(told[2])) if told else (0, 0)


def renamed(columns: Mapping[str, str]) -> str:
    """
    Say which columns go along under another name.

    Examples
    --------
    >>> renamed({"source": "source_file"})
    'Kolommen van het bestand die hier anders heten: source → source_file'
    """
    pairs = ", ".join(f"{theirs} → {ours}" for theirs, ours in columns.items())
    return f"Kolommen van het bestand die hier anders heten: {pairs}"


def some_days(n: int) -> str:
    """Say that some times know the day only, while others know the hour."""
    of = plural(n, "incident", "incidenten")
    return f"Bij {of} staat een dag zonder uur; die dag telt tot middernacht mee"


REASONS |= {
    "id_in_later_file": "staat ook in een later bestand; die rij is gebruikt",
    "same": "in alles gelijk aan een eerdere rij; die is gebruikt",
    "same_in_later_file": "in alles gelijk aan een rij in een later bestand; die is gebruikt",
}

KINDS_OF_VALUES = {
    "bsn": "BSN",
    "email": "e-mailadres",
    "phone": "telefoonnummer",
    "iban": "rekeningnummer",
    "plate": "kenteken",
}


def personal_values(column: str, kinds: dict[str, int]) -> str:
    """
    Warn that a column seems to hold personal values, without showing any.

    Examples
    --------
    >>> personal_values("ref", {"bsn": 2})
    'Let op: kolom ref lijkt persoonsgegevens te bevatten (BSN: 2). Laat de kolom weg.'
    """
    listed = joined(f"{KINDS_OF_VALUES[kind]}: {number(n)}" for kind, n in kinds.items())
    return (
        f"Let op: kolom {column} lijkt persoonsgegevens te bevatten ({listed}). Laat de kolom weg."
    )


def header_found(line: int) -> str:
    """Say that lines above the header were passed over."""
    return f"De kop staat op regel {line}; wat erboven staat is overgeslagen"


def merged_cells(n: int) -> str:
    """Say that a cell over several rows counts for each of them."""
    cells = plural(n, "samengevoegde cel telt", "samengevoegde cellen tellen")
    return f"{cells} mee voor elke rij eronder die erbij hoort"


def uncomputed(n: int) -> str:
    """Say that formulas have no outcome yet."""
    formulas = plural(n, "formule die nog niet is", "formules die nog niet zijn")
    return (
        f"Let op: het werkblad heeft {formulas} uitgerekend; zulke cellen lezen als leeg of 0. "
        "Open en bewaar het bestand eerst in Excel of LibreOffice"
    )


def other_sheets(taken: str, others: Iterable[str], hidden: Collection[str] = ()) -> str:
    """
    Say which sheet or layer was read and which ones weren't.

    Examples
    --------
    >>> other_sheets("Blad1", ["Blad2", "Lijsten"], ["Lijsten"])
    'Gelezen is Blad1; niet gelezen: Blad2 en Lijsten (verborgen)'
    """
    named = (f"{name} (verborgen)" if name in hidden else name for name in others)
    return f"Gelezen is {taken}; niet gelezen: {joined(named)}"


def counted(what: str, n: int) -> str:
    """
    Say what was met in the cells of a file.

    Parameters
    ----------
    what : {"hidden_rows", "error_cells", "beside", "times"}
        A key of `io.files.COUNTED`.
    n : int
        How often.

    Examples
    --------
    >>> counted("hidden_rows", 2)[:49]
    'Let op: 2 rijen zijn verborgen, bijvoorbeeld door'
    """
    if what == "hidden_rows":
        rows = plural(n, "rij is", "rijen zijn")
        return (
            f"Let op: {rows} verborgen, bijvoorbeeld door een filter; ze tellen gewoon mee. Horen "
            "ze er niet bij, bewaar dan alleen de zichtbare rijen in een nieuw bestand"
        )
    if what == "error_cells":
        cells = plural(n, "cel geeft", "cellen geven")
        return f"Let op: {cells} een fout zoals #N/B of #DEEL/0!; zulke cellen tellen als leeg"
    if what == "beside":
        return (
            f"Naast {plural(n, 'rij', 'rijen')} staan nog cellen buiten de tabel, bijvoorbeeld "
            "een draaitabel; die zijn niet gelezen"
        )
    times = plural(n, "tijd ligt", "tijden liggen")
    return (
        f"{times} buiten de jaren 1 tot 9999, zoals infinity in een database; die tellen als leeg"
    )


def partly_numbered(n: int) -> str:
    """Say that many rows had no number and got one of ours."""
    rows = plural(n, "rij heeft", "rijen hebben")
    return f"{rows} geen incidentnummer; daar is het rijnummer gebruikt (rij-1, rij-2, ...)"


def kept_doubles(n: int) -> str:
    """Say that rows with the same number were kept."""
    rows = plural(n, "rij heeft", "rijen hebben")
    return f"{rows} een nummer dat eerder voorkwam; behouden met een volgnummer erachter"


def same_rows(n: int) -> str:
    """Say how many rows are the same as an earlier one."""
    rows = plural(n, "rij is", "rijen zijn")
    return (
        f"Let op: {rows} in alles gelijk aan een eerdere rij; zonder nummer tellen ze allemaal "
        'mee. Met duplicates = "reject_all" onder [input] in ipg.toml telt elke rij een keer'
    )


def merged(n_files: int, n_double: int) -> str:
    """Say that files were put together."""
    files = plural(n_files, "bestand", "bestanden")
    double = plural(n_double, "incident", "incidenten")
    return f"{files} samengevoegd; {double} in meer dan een bestand geteld als een"


def in_file(source: str, note: str) -> str:
    """Say about which of several files a note is."""
    return f"{source}: {note}"


def unit(name: str) -> str:
    """Say that RD coordinates stood in parts of a metre."""
    in_dutch = name.replace("metre", "meter")
    return f"De coördinaten staan in {in_dutch} en zijn omgerekend naar meters"


def thousands(sign: str) -> str:
    """
    Say that dots or commas part the thousands.

    Examples
    --------
    >>> thousands(",")
    "De komma's in de coördinaten zijn gelezen als scheiding van duizendtallen"
    """
    signs = "komma's" if sign == "," else "punten"
    return f"De {signs} in de coördinaten zijn gelezen als scheiding van duizendtallen"


def clock_not_used(columns: Iterable[str]) -> str:
    """Say which columns with a time of day played no part."""
    return (
        f"Niet gebruikt voor de tijd: {joined(columns)}. Horen die erbij, geef dan een kolom met "
        "alleen de dag op als occurred_from onder [columns.incidents]"
    )


def ends_next_day(n: int) -> str:
    """Say that ends by the clock were taken to be after midnight."""
    of = plural(n, "incident", "incidenten")
    return f"Bij {of} ligt de eindtijd voor de begintijd; daar is de volgende dag aangehouden"


def garbled(column: str) -> str:
    """Say that letters of a column went wrong on their way."""
    return (
        f"Let op: in de kolom {column} zijn letters verkeerd omgezet, zoals Ã© waar é hoort te "
        "staan. Ze zijn niet veranderd. Maak de export opnieuw, als UTF-8 of als Excel-bestand"
    )


def mended(counts: Mapping[str, int]) -> list[str]:
    """Say which rows of a text were mended, and how."""
    said = {
        "mark": (
            'begint een waarde met een aanhalingsteken dat niet wordt gesloten, zoals in "28 inch; '
            "dat is als teken gelezen"
        ),
        "short": (
            "ontbreken de laatste velden; ze zijn als leeg gelezen, omdat wat er wel staat bij de "
            "andere rijen past"
        ),
    }
    return [f"In {plural(n, 'rij', 'rijen')} {said[what]}" for what, n in counts.items()]


def put_together(columns: Iterable[str]) -> str:
    """Say which columns a time was put together from."""
    return f"De tijd is samengesteld uit de kolommen {joined(columns)}"


CUT_OFF = (
    "Let op: de laatste rij is niet compleet. Is het bestand helemaal binnengekomen? "
    "Vergelijk het aantal rijen met de bron"
)


def clock_changes(n_never: int, n_twice: int, n_widened: int) -> str:
    """
    Say how many incidents lie in a night in which the clock was changed.

    Examples
    --------
    >>> print(clock_changes(1, 2, 1))
    De klok ging een uur vooruit of terug: bij 1 incident staat een tijd die niet bestaat en bij \
2 incidenten een tijd die twee keer voorkomt; zulke tijden blijven zoals ze in het bestand staan. \
Bij 1 incident lag het einde daardoor voor het begin; daar geldt het hele dubbele uur
    """
    never = f"bij {plural(n_never, 'incident', 'incidenten')} staat een tijd die niet bestaat"
    twice = f"bij {plural(n_twice, 'incident', 'incidenten')} een tijd die twee keer voorkomt"
    if not n_never:
        twice = twice.replace(" een tijd", " staat een tijd")
    parts = " en ".join(part for part, n in ((never, n_never), (twice, n_twice)) if n)
    said = (
        f"De klok ging een uur vooruit of terug: {parts}; zulke tijden blijven zoals ze in het "
        "bestand staan"
    )
    if not n_widened:
        return said
    return (
        f"{said}. Bij {plural(n_widened, 'incident', 'incidenten')} lag het einde daardoor voor "
        "het begin; daar geldt het hele dubbele uur"
    )


def code_and_name(column: str) -> str:
    """
    Say that code and name stood in one column.

    Examples
    --------
    >>> code_and_name("MK")
    'In de kolom MK staan code en omschrijving bij elkaar; ze zijn gesplitst'
    """
    return f"In de kolom {column} staan code en omschrijving bij elkaar; ze zijn gesplitst"


def converted(columns: Iterable[str], timezone: str) -> str:
    """
    Say that times came with a zone and became local times.

    Examples
    --------
    >>> converted(["begin"], "Europe/Amsterdam")
    'De tijden in begin vermelden een tijdzone; ze zijn omgerekend naar de klok van \
Europe/Amsterdam'
    """
    return (
        f"De tijden in {joined(columns)} vermelden een tijdzone; ze zijn omgerekend naar de klok "
        f"van {timezone}"
    )


def never(n: int) -> str:
    """
    Say that some dates mean that there is none.

    Examples
    --------
    >>> never(2)
    'Niet gebruikt: 2 datums die een systeem invult als er geen is (zoals 31-12-9999 of 01-01-1900)'
    """
    return (
        f"Niet gebruikt: {plural(n, 'datum', 'datums')} die een systeem invult als er geen is "
        "(zoals 31-12-9999 of 01-01-1900)"
    )


def all_reversed(begin: str, end: str) -> str:
    """
    Say that two columns of times may have changed places.

    Examples
    --------
    >>> all_reversed("van", "tot")
    'Let op: bijna overal ligt tot voor van. Zijn de kolommen verwisseld, zet dan in ipg.toml \
onder [columns.incidents]: occurred_from = "tot" en occurred_to = "van"'
    """
    return (
        f"Let op: bijna overal ligt {end} voor {begin}. Zijn de kolommen verwisseld, zet dan in "
        f'ipg.toml onder [columns.incidents]: occurred_from = "{end}" en occurred_to = "{begin}"'
    )
