"""
Know the Dutch offence codes: police incident codes (MK) and the classes CBS publishes.

Police register an incident under a *maatschappelijke klasse* (MK): a letter with two to four
digits. CBS and police publish counts by some sixty classes ("1.1.1"), each of which gathers
MK codes; nuisance is published by MK code itself. Codes arrive padded and in lower case, so
every function here strips and raises them first. A code that is not in the table is
`UNKNOWN`: such incidents stay, nothing is dropped for its code.

Facts from CBS/Politie StatLine tables 47018NED (crime) and 47024NED (nuisance), division of
2024; labels are the publishers' own. `CLASSES` holds the number registered in the
Netherlands in 2023, summed over buurten, where that is known.
"""

from typing import NamedTuple

__all__ = [
    "CLASSES", "MK_LABELS", "NUISANCE", "UNKNOWN", "OffenceClass",
    "class_of", "classes_of", "label", "normalise",
]  # fmt: skip

UNKNOWN = "onbekend"


class OffenceClass(NamedTuple):
    """A class of crime as CBS and police publish it."""

    code: str
    label: str
    mk: tuple[str, ...]
    count_2023: int | None


_TABLE = """
1.1.1|Diefstal/inbraak woning|A20 A30 B20 B30|22767
1.1.2|Diefstal/inbraak box/garage/schuur|A21 A34 B21 B34|10997
1.2.1|Diefstal uit/vanaf motorvoertuigen|A10 B10|43478
1.2.2|Diefstal van motorvoertuigen|A70 A71 A76 B60 B61 B66|9292
1.2.3|Diefstal van brom-, snor-, fietsen|A72 A73 B62 B63|96744
1.2.4|Zakkenrollerij|A40|12194
1.2.5|Diefstal af/uit/van ov. voertuigen|A12 A74 B12 B64|28312
1.3.1|Ongevallen (weg)|D11 D12 D13|77450
1.4.1|Zedenmisdrijf|F520 F521 F522 F523 F525 F526 F527 F5295 F5296|
1.4.2|Moord, doodslag|F540 F541 F542 F543 F544|2539
1.4.3|Openlijk geweld (persoon)|F12|4028
1.4.4|Bedreiging|F530 F531 F532 F533|23296
1.4.5|Mishandeling|F550 F551|39160
1.4.6|Straatroof|B70|2391
1.4.7|Overval|B72 B73 B74|537
1.5.2|Diefstallen (water)|A11 A75 B11 B65|
1.6.1|Brand/ontploffing|F13 F14|4155
1.6.2|Overige vermogensdelicten|A27 A36 A60 A80 A81 A82 A90 A95 B27 B36 B95|82764
1.6.3|Mensenhandel|F5293 F561 F562 F563 F564 F565|
2.1.1|Drugs/drankoverlast|F47|170
2.2.1|Vernieling cq. zaakbeschadiging|C20 C30 C40 F11|69925
2.4.1|Burengerucht (relatieproblemen)|F95|
2.4.2|Huisvredebreuk|F15|3237
2.5.1|Diefstal/inbraak bedrijven enz.|A22 A23 A24 A25 A26 A31 A32 A33 A35 B22 B23 B24 B25 B26 B31 \
B32 B33 B35|12942
2.5.2|Winkeldiefstal|A50 B50|44841
2.6.1|Inrichting Wet Milieubeheer|M08 M135|
2.6.2|Bodem|M011 M0111 M031 M032 M033 M034|
2.6.3|Water|M141 M144|
2.6.4|Afval|M012 M013 M014 M015 M016 M017 M019|
2.6.5|Bouwstoffen|M018 M041 M042|
2.6.7|Mest|M091 M092 M093|
2.6.8|Transport gevaarlijke stoffen|M071 M072 M073 M074 M075 M076 M077 M078|
2.6.9|Vuurwerk|M132 M134|
2.6.10|Bestrijdingsmiddelen|M021 M022|
2.6.11|Natuur en landschap|M23|
2.6.12|Ruimtelijke ordening|M11|
2.6.13|Dieren|M051 M102|
2.6.14|Voedselveiligheid|M12|
2.7.2|Bijzondere wetten|F91 F92 F93 F94|
2.7.3|Leefbaarheid (overig)|F16|
3.1.1|Drugshandel|F40 F41 F42 F43 F44 F45|13407
3.1.2|Mensensmokkel|F5294|
3.1.3|Wapenhandel|F70 F71 F72 F73|6627
3.2.1|Kinderporno|F5291|
3.2.2|Kinderprostitutie|F5292|
3.3.2|Onder invloed (lucht)|L90 L91|
3.3.5|Lucht (overig)|L21|
3.4.2|Onder invloed (water)|L80 L81 L83|
3.5.2|Onder invloed (weg)|D20 D21 D23 D24 D25|42306
3.5.5|Weg (overig)|D40 D41 D42 D44 D50 D51 D52|
3.6.4|Aantasting openbare orde|F10 F17 F18 F19 F30|7893
3.7.1|Discriminatie|F50|
3.7.2|Vreemdelingenzorg|F0064|
3.7.3|Maatsch. integriteit (overig)|F51 F5231|
3.7.4|Cybercrime|F90|12048
3.9.1|Horizontale fraude|F614 F616 F617 F620 F622 F625 F631 F632 F633 F634 F635 F636 F637 F638 \
F639|87757
3.9.2|Verticale fraude|F621 F623 F649|
3.9.3|Fraude (overig)|F600 F601 F602 F610 F611 F612 F613 F614 F615 F624|
"""

NUISANCE = {
    "E33": "Overlast door verward persoon",
    "E35": "Melding overlast jeugd",
    "E38": "Overlast i.v.m. alcohol/drugs",
    "E41": "Overlast zwervers",
    "F010": "Openbare dronkenschap",
    "M061": "Geluidshinder horeca",
    "M062": "Geluidshinder evenement",
    "M22": "Geluidshinder overig",
}
"""The MK codes that are published as nuisance (overlast); each is its own class."""

MK_LABELS = {
    "A10": "Diefstal uit/vanaf personenauto",
    "A12": "Diefstal uit/vanaf andere vervoermiddelen",
    "A20": "Gekwal. diefstal in/uit woning",
    "A21": "Gekwal. diefstal in/uit box/garage/schuur",
    "A22": "Gekwal. diefstal in/uit winkel",
    "A23": "Gekwal. diefstal in/uit bedrijf/kantoor",
    "A24": "Gekwal. diefstal in/uit sportcomplex",
    "A26": "Gekwal. diefstal in/uit school",
    "A27": "Gekwal. diefstal in/uit andere gebouwen",
    "A30": "Diefstal in/uit woning (niet gekwal.)",
    "A34": "Diefstal in/uit box/garage/schuur/erf (niet gekwal.)",
    "A40": "Zakkenrollerij/tassenrollerij",
    "A50": "Winkeldiefstal",
    "A70": "Diefstal personenauto",
    "A71": "Diefstal motor",
    "A72": "Diefstal fiets",
    "A73": "Diefstal bromfiets/snorfiets",
    "A74": "Diefstal ander vervoermiddel",
    "A76": "Diefstal vrachtauto/bestelauto",
    "A80": "Verduistering (evt. in dienstbetrekking)",
    "A81": "Heling",
    "A82": "Chantage/afpersing",
    "A90": "Overige (eenvoudige) diefstal",
    "A95": "Overige gekwal. diefstal",
    "B20": "Gekwal. diefstal met geweld in/uit woning",
    "B50": "Winkeldiefstal met geweld",
    "B70": "Straatroof",
    "B72": "Overval in woning",
    "B73": "Overval op overige objecten",
    "C20": "Vernieling van/aan openbaar vervoer/abri",
    "C30": "Vernieling van/aan openbaar gebouw",
    "C40": "Vernieling overige objecten",
    "D11": "Verkeersongeval met letsel",
    "D12": "Verkeersongeval met dodelijke afloop",
    "D13": "Verlaten plaats na verkeersongeval",
    "D20": "Rijden onder invloed drugs/medicijnen",
    "D21": "Rijden onder invloed alcohol",
    "F10": "Overige delicten openbare orde",
    "F11": "Openlijke geweldpleging tegen goederen",
    "F12": "Openlijke geweldpleging tegen personen",
    "F13": "Brandstichting",
    "F14": "Bomaanslag",
    "F15": "Huisvredebreuk",
    "F17": "Wederspannigheid (verzet)",
    "F18": "Niet voldoen aan bevel/vordering",
    "F40": "Bezit harddrugs (lijst 1)",
    "F42": "Handel e.d. harddrugs (lijst 1)",
    "F43": "Handel e.d. softdrugs (lijst 2)",
    "F45": "Vervaardigen softdrugs (lijst 2)",
    "F47": "Overige drugsdelicten",
    "F522": "Aanranding",
    "F530": "Bedreiging",
    "F533": "Stalking",
    "F540": "Doodslag/moord",
    "F550": "Eenvoudige mishandeling",
    "F551": "Zware mishandeling",
    "F600": "Oplichting",
    "F614": "Fraude met betaalproducten",
    "F620": "Overige horizontale fraude",
    "F636": "Fraude met onlinehandel",
    "F637": "Voorschotfraude",
    "F70": "Bezit vuurwapens",
    "F72": "Bezit overige wapens",
    "F90": "Cybercrime",
    **NUISANCE,
}
"""Labels of the MK codes met most; the others go by the label of their class."""


def _read(table: str) -> dict[str, OffenceClass]:
    classes = {}
    for line in table.strip().splitlines():
        code, label_, mk, count = line.split("|")
        classes[code] = OffenceClass(code, label_, tuple(mk.split()), int(count) if count else None)
    return classes


CLASSES = _read(_TABLE)
"""The published classes of crime by code, in the publishers' order."""

_BY_MK: dict[str, tuple[str, ...]] = {code: (code,) for code in NUISANCE}
for _class in CLASSES.values():
    for _mk in _class.mk:
        _BY_MK[_mk] = (*_BY_MK.get(_mk, ()), _class.code)


def normalise(code: object) -> str:
    """
    Write a code the one way: without spaces around it, in capitals.

    Parameters
    ----------
    code : object
        A code as a file holds it; None and NaN count as no code.

    Returns
    -------
    str
        Empty if there is no code.

    Examples
    --------
    >>> normalise(" a72  "), normalise(None), normalise(float("nan"))
    ('A72', '', '')
    """
    if not isinstance(code, str):
        return ""
    return code.strip().upper()


def classes_of(code: object) -> tuple[str, ...]:
    """
    Give every published class a code belongs to.

    Parameters
    ----------
    code : object
        An MK code, a nuisance code or a class code.

    Returns
    -------
    tuple of str
        In the publishers' order; more than one for F614 only, none for an unknown code.

    Examples
    --------
    >>> classes_of("F614"), classes_of("1.1.1 "), classes_of("C10")
    (('3.9.1', '3.9.3'), ('1.1.1',), ())
    """
    code = normalise(code)
    return (code,) if code in CLASSES else _BY_MK.get(code, ())


def class_of(code: object) -> str:
    """
    Return the one class a code is counted in.

    F614 is listed under two: 3.9.1 (horizontale fraude) as fraud with payment products and
    3.9.3 as forgery of bank cards and cheques, its older meaning. It is counted in 3.9.1,
    the first by code and the one its present label fits.

    Parameters
    ----------
    code : object
        An MK code, a nuisance code or a class code.

    Returns
    -------
    str
        A class code, a nuisance code, or ``"onbekend"``.

    Examples
    --------
    >>> class_of("a72"), class_of("E35   "), class_of("F614"), class_of("Z99")
    ('1.2.3', 'E35', '3.9.1', 'onbekend')
    """
    found = classes_of(code)
    return found[0] if found else UNKNOWN


def label(code: object) -> str:
    """
    Return the Dutch label of a code.

    Parameters
    ----------
    code : object
        An MK code, a nuisance code or a class code.

    Returns
    -------
    str
        The code's own label, that of its class where it has none, or ``"onbekend"``.

    Examples
    --------
    >>> label("A72"), label("1.2.3"), label("B62"), label("")
    ('Diefstal fiets', 'Diefstal van brom-, snor-, fietsen',
     'Diefstal van brom-, snor-, fietsen', 'onbekend')
    """
    code = normalise(code)
    if code in MK_LABELS:
        return MK_LABELS[code]
    if code in CLASSES:
        return CLASSES[code].label
    known = class_of(code)
    return CLASSES[known].label if known in CLASSES else UNKNOWN
