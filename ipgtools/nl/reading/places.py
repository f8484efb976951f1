"""State what was decided about places: coordinates, shapes, areas and their inhabitants."""

from collections.abc import Mapping

from ipgtools.nl.formats import number, plural


def taken_crs(crs: str, why: str) -> str:
    """State which CRS the coordinates were taken to be in, and why."""
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
    State what was decided about coordinates.

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


def one_place(n: int) -> str:
    """State that all incidents are on one point."""
    return (
        f"Let op: alle {number(n)} incidenten staan op hetzelfde punt. Dat is zelden waar: vaak is "
        "het een bureau of een standaardwaarde. Vraag een export met de echte plaatsen"
    )


def rounded(step: int) -> str:
    """
    State that coordinates are rounded off.

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


def repaired(n: int) -> str:
    """State how many geometries were repaired."""
    return f"{plural(n, 'vlak had', 'vlakken hadden')} een ongeldige vorm en is hersteld"


def inhabitants(n: int, missing: int) -> str:
    """State how many areas got inhabitants from a separate table."""
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
    State that rows with one code were made into one area.

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


def unit(name: str) -> str:
    """State that RD coordinates were in parts of a metre."""
    in_dutch = name.replace("metre", "meter")
    return f"De coördinaten staan in {in_dutch} en zijn omgerekend naar meters"


def thousands(sign: str) -> str:
    """
    State that dots or commas part the thousands.

    Examples
    --------
    >>> thousands(",")
    "De komma's in de coördinaten zijn gelezen als scheiding van duizendtallen"
    """
    signs = "komma's" if sign == "," else "punten"
    return f"De {signs} in de coördinaten zijn gelezen als scheiding van duizendtallen"
