"""
Call kinds of crime what people call them, where the official label is a list of words.

The official labels (`ipgtools.codes`) stay in tables; sentences and titles use these names.
"""

__all__ = ["name", "takes_plural"]

_NAMES: dict[str, tuple[str, bool]] = {
    "Diefstal/inbraak woning": ("woninginbraak", False),
    "Diefstal/inbraak box/garage/schuur": ("inbraak in schuur, box of garage", False),
    "Diefstal uit/vanaf motorvoertuigen": ("autokraak", False),
    "Diefstal van motorvoertuigen": ("diefstal van auto's en motoren", False),
    "Diefstal van brom-, snor-, fietsen": ("fiets- en brommerdiefstal", False),
    "Diefstal af/uit/van ov. voertuigen": ("diefstal van of uit andere voertuigen", False),
    "Ongevallen (weg)": ("verkeersongevallen", True),
    "Zedenmisdrijf": ("zedenmisdrijven", True),
    "Moord, doodslag": ("moord en doodslag", False),
    "Openlijk geweld (persoon)": ("openlijk geweld", False),
    "Overval": ("overvallen", True),
    "Brand/ontploffing": ("brandstichting en ontploffingen", True),
    "Overige vermogensdelicten": ("overige vermogensdelicten", True),
    "Drugs/drankoverlast": ("drugs- en drankoverlast", False),
    "Vernieling cq. zaakbeschadiging": ("vernieling", False),
    "Burengerucht (relatieproblemen)": ("burengerucht", False),
    "Diefstal/inbraak bedrijven enz.": ("bedrijfsinbraak", False),
    "Leefbaarheid (overig)": ("overlast (overig)", False),
    "Onder invloed (weg)": ("rijden onder invloed", False),
    "Horizontale fraude": ("fraude", False),
    "Fraude (overig)": ("overige fraude", False),
    "Melding overlast jeugd": ("jeugdoverlast", False),
    "Overlast door verward persoon": ("overlast door verwarde personen", False),
    "Overlast i.v.m. alcohol/drugs": ("overlast door alcohol of drugs", False),
    "Overlast zwervers": ("overlast door daklozen", False),
    "Geluidshinder horeca": ("geluidsoverlast van horeca", False),
    "Geluidshinder evenement": ("geluidsoverlast van evenementen", False),
    "Geluidshinder overig": ("geluidsoverlast", False),
}
_SINGULAR = frozenset(
    {
        "Aantasting openbare orde", "Bedreiging", "Cybercrime", "Discriminatie", "Drugshandel",
        "Huisvredebreuk", "Kinderporno", "Mensenhandel", "Mensensmokkel", "Mishandeling",
        "Openbare dronkenschap", "Straatroof", "Verticale fraude", "Wapenhandel", "Winkeldiefstal",
        "Zakkenrollerij",
    }
)  # fmt: skip
"""Official labels that are plain as they are, and take a verb in the singular."""


def name(label: str) -> str:
    """
    Return the plain name of a kind, in lower case within a sentence.

    Examples
    --------
    >>> name("Diefstal uit/vanaf motorvoertuigen"), name("Winkeldiefstal"), name("GHB-lab")
    ('autokraak', 'winkeldiefstal', 'GHB-lab')
    """
    if label in _NAMES:
        return _NAMES[label][0]
    return label[:1].lower() + label[1:] if label[1:] == label[1:].lower() else label


def takes_plural(label: str) -> bool | None:
    """
    Return whether a verb with this kind is plural; None where the label is not ours.

    Examples
    --------
    >>> takes_plural("Overval"), takes_plural("Vernieling cq. zaakbeschadiging")
    (True, False)
    >>> takes_plural("Winkeldiefstal"), takes_plural("Burglary")
    (False, None)
    """
    if label in _SINGULAR:
        return False
    return _NAMES[label][1] if label in _NAMES else None
