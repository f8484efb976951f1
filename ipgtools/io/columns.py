"""
Recognise which column of a file is which column of a contract.

A name is recognised when, in lower case and without signs, it is one of the names known for
a column. Two candidates for one column are no reason to choose: that is an error which lists
them, and `columns={...}` settles it.
"""

import functools
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping

from ipgtools.errors import ReadError

INCIDENTS: dict[str, tuple[str, ...]] = {
    "incident_id": (
        "incident_id", "Incident Identificatie", "incidentnummer", "incident nummer", "Crime ID",
        "crime_id", "bvh nummer", "registratienummer", "zaaknummer", "incident_no", "uid",
        "incidentnr", "bvhnr", "registratienr", "zaaknr",
    ),
    "category": (
        "category", "Incidentsoort code", "mk_code", "mk", "maatschappelijke klasse code",
        "incidentcode", "Crime type", "offense_code", "crime_type",
    ),
    "category_label": (
        "category_label", "Incidentsoort", "incident soort", "maatschappelijke klasse",
        "omschrijving incident", "soort incident",
    ),
    "occurred_from": (
        "occurred_from", "Begin-pleegdatum/tijd", "Begin pleegdatum tijd", "begin_pleegdatum_tijd",
        "begin", "begindatum", "pleegdatum", "datum", "date", "datum_van", "start", "date_from",
        "occurred_date_time", "start_date_time", "date_start",
    ),
    "occurred_to": (
        "occurred_to", "Eind-pleegdatum/tijd", "Eind pleegdatum tijd", "eind", "einde",
        "einddatum", "datum_tot", "date_to", "end_date_time", "date_end",
    ),
    "month": ("month", "maand_jaar", "pleegmaand"),
    "reported_at": (
        "reported_at", "Kennisnamedatum/tijd", "kennisname", "kennisnamedatum", "meldingsdatum",
        "datum melding",
    ),
    "attempt": ("attempt", "Poging"),
    "x": ("x", "x_rd", "x_coord", "xcoord", "x coordinaat", "rd_x", "x_work", "easting",
        "x coordinaat rd", "rd x coordinaat", "pleeg_x",),
    "y": ("y", "y_rd", "y_coord", "ycoord", "y coordinaat", "rd_y", "y_work", "northing",
        "y coordinaat rd", "rd y coordinaat", "pleeg_y",),
    "lon": ("lon", "longitude", "lng", "lengtegraad", "longitud"),
    "lat": ("lat", "latitude", "breedtegraad", "latitud"),
    "xy": (
        "xy", "coordinaten", "coordinaat", "xy_coordinaten", "coordinates", "wkt", "geom_wkt",
        "geom", "geometry", "the_geom", "latlon", "lonlat", "lat_lon",
    ),
    "street_name": ("street_name", "Pleegstraatnaam", "straatnaam", "straat", "street", "location"),
    "city": ("city", "Pleegplaats", "plaats", "woonplaats"),
}  # fmt: skip

PARTS: dict[str, tuple[str, ...]] = {
    "time_from": (
        "time_from",
        "tijd_van",
        "begintijd",
        "begin_tijd",
        "pleegtijd",
        "tijd",
        "tijdstip",
        "time",
        "starttijd",
    ),
    "time_to": ("time_to", "tijd_tot", "eindtijd", "eind_tijd"),
    "year": ("year", "jaar", "pleegjaar"),
    "month_number": ("month_number", "month", "maand", "mnd"),
    "day": ("day", "dag"),
    "hour": ("hour", "uur", "pleeguur"),
    "minute": ("minute", "minuut"),
}
"""Columns that hold a part of a time; looked at only where no column holds the whole of it."""

AREAS: dict[str, tuple[str, ...]] = {
    "area_code": (
        "area_code", "statcode", "code", "gebiedscode", "ward_code", "gss_code", "wd22cd",
        "lsoa_code",
    ),
    "area_name": (
        "area_name", "statnaam", "naam", "name", "gebiedsnaam", "ward_name", "ward", "wd22nm",
    ),
    "parent_code": ("parent_code", "parent"),
    "inhabitants": (
        "inhabitants", "aantal_inwoners", "aantal_inw", "aant_inw", "inwoners", "population",
        "bevolking",
        "AantalInwoners_5",
    ),
    "households": ("households", "aantal_huishoudens", "aantal_hh", "huishoudens"),
    "indeling_jaar": ("indeling_jaar", "jaar", "jrstatcode", "year"),
    "water": ("water", "h2o"),
}  # fmt: skip

LEVELS: dict[str, dict[str, tuple[str, ...]]] = {
    "buurt": {
        "area_code": ("buurtcode", "bu_code"),
        "area_name": ("buurtnaam", "bu_naam"),
        "parent_code": ("wijkcode", "wk_code"),
    },
    "wijk": {
        "area_code": ("wijkcode", "wk_code"),
        "area_name": ("wijknaam", "wk_naam"),
        "parent_code": ("gemeentecode", "gm_code", "gemeenteco"),
    },
    "gemeente": {
        "area_code": ("gemeentecode", "gm_code", "gemeenteco"),
        "area_name": ("gemeentenaam", "gm_naam", "gemeentena"),
    },
}

STREETS: dict[str, tuple[str, ...]] = {
    "street_id": ("street_id", "osm_id", "wvk_id", "@id", "wegvak_id", "id"),
    "street_name": ("street_name", "name", "straatnaam", "stt_naam", "naam", "openbare ruimte"),
    "kind": ("kind", "highway", "fclass", "bst_code", "wegtype", "soort"),
    "city": ("city", "woonplaats_naam", "woonplaats", "wpsnaam", "wpsnaamnen", "plaats"),
    "nr_van": ("nr_van", "huisnummer_van", "e_hnr_lnks"),
    "nr_tot": ("nr_tot", "huisnummer_tot", "l_hnr_lnks"),
    "nr_soort": ("nr_soort", "hnrstrlnks"),
    "nr_van_rechts": ("nr_van_rechts", "e_hnr_rhts"),
    "nr_tot_rechts": ("nr_tot_rechts", "l_hnr_rhts"),
    "nr_soort_rechts": ("nr_soort_rechts", "hnrstrrhts"),
}

OFFENCES: dict[str, tuple[str, ...]] = {
    "person": (
        "person", "persoonsnummer", "persoon", "person_id", "personid", "offenderid",
        "offender_id", "id_offender", "hks_nummer",
    ),
    "offence_id": ("offence_id", "feitnummer", "feit", "feit_nummer"),
    "pv_id": ("pv_id", "pv_nummer", "pvnummer", "pv"),
    "incident_id": (
        "incident_id", "incident_nummer", "incidentnummer", "crimeid", "crime_id", "case",
        "id_crime",
    ),
    "committed_on": ("committed_on", "pleegdatum", "datum", "date", "crime_date"),
    "category": ("category", "mk_code", "mk", "crime_type"),
    "is_misdrijf": ("is_misdrijf", "misdrijf"),
    "sent_to_om": ("sent_to_om", "ingezonden_om", "naar_om"),
    "outcome": ("outcome", "afdoening", "uitspraak"),
    "age": ("age", "leeftijd"),
    "birth_date": ("birth_date", "geboortedatum", "geb_datum", "gebdat", "date_of_birth", "dob"),
    "x": ("x", "x_rd"),
    "y": ("y", "y_rd"),
    "lon": ("lon", "longitude"),
    "lat": ("lat", "latitude"),
}  # fmt: skip

INHABITANTS: dict[str, tuple[str, ...]] = {
    "area_code": (*AREAS["area_code"], "buurtcode", "wijkcode", "gwb_code", "regiocode"),
    "area_name": (*AREAS["area_name"], "buurtnaam", "wijknaam", "regio"),
    "inhabitants": AREAS["inhabitants"],
}

_MOST_NAMES = 24
"""Column names that a message lists."""

PERSONAL = re.compile(
    r"^(volledige)?na(am|men)\d*$|^(full)?names?\d*$"
    r"|(achter|familie|roep|meisjes|geslachts|gebruikers|bij)na(am|men)|voorna(am|men)(?!ste)"
    r"|(first|last|middle|given|family|maiden|sur)names?|^(achternm|voornm|voorl|tussenv)$"
    r"|^(voornamen|achternaam|voorletters|initialen|tussenvoegsel|surname|initials)$"
    r"|(verdachte|dader|slachtoffer|aangever|melder|getuige|benadeelde|betrokkene|persoon|"
    r"suspect|victim|offender|witness|reporter|person)s?(van)?(na(am|men)|names?)"
    r"|na(am|men)(van)?(de|het)?(verdachte|dader|slachtoffer|aangever|melder|getuige|benadeelde|"
    r"betrokkene|persoon)"
    r"|^(verdachte|dader|slachtoffer|aangever|melder|getuige|benadeelde|betrokkene|contactpersoon|"
    r"suspect|victim|offender|witness)$"
    r"|(verdachte|dader|slachtoffer|aangever|melder|getuige|benadeelde|betrokkene|persoon|suspect|"
    r"victim|offender|witness)s?(van)?(adres|address|woonplaats|postcode|dob$)"
    r"|(adres|woonplaats|postcode)(van)?(de|het)?(verdachte|dader|slachtoffer|aangever|melder|"
    r"getuige|benadeelde|betrokkene)"
    r"|^naw(gegevens)?$|contactgegevens|personalia|signalement|^alias(sen)?$|verbalisant|officername"
    r"|bsn|burgerservice|sofin(umme|)r|paspoort|rijbewijs(nummer|nr)|vnummer|documentn(umme|)r"
    r"|persoonsn(umme|)r|hksn(umme|)r|^skn|strafrechtketen|^anummer$|idbewijs|^ssn$|socialsecurity"
    r"|geboorte|^geb$|^geboren|geb(oorte)?(dat|dt|jaar|plaats|land)|birth|^dob$"
    r"|nationalit|nationality|^nat$|vreemdeling|migratie|foreign(?!key)|^b?nativ|nativity"
    r"|verblijfs?(status|vergunning|titel)|burgerlijkestaat|moedertaal"
    r"|etni|ethni|^ras$|^races?$|^race(category|group|code|desc)"
    r"|(suspect|victim|offender|person)race"
    r"|huidskleur|skincolou?r|afkomst|herkomst(?!bestand)|^origin$|originof|oforigin"
    r"|religi|geloof|godsdienst|kerkgen|gezindte|levensovertuiging|seksuele|sexualor|geaardheid"
    r"|politieke(voor|gez)|vakbond"
    r"|gezondheid|health|diagnose|ziekte|medisch|medicatie|medicijn|handicap|^beperking(en)?$|huisarts"
    r"|versla(v|afd)|psychisch|psychiatr|ggz|^patient"
    r"|telefoon|phone|mobiel|^mobile(n|$)|^tel(n|\d*$)|^gsm|^mobn(umme|)r|^06n(umme|)r"
    r"|email|mailadres|^mail$|^ipadd?res"
    r"|iban(?![a-z]{3})|bankrekening|rekeningn(umme|)r|^(bank)?rekn(umme|)r|accountn(umber|r)"
    r"|huisadres|woonadres|(?<!p)reside(?!ntial)|^[xy]?resid(?!ential)|residentialadd"
    r"|kenteken|licen[cs]eplate|numberplate"
)
"""Names of columns about persons, in lower case and without signs."""

HOUSE_OR_FREE_TEXT = re.compile(
    r"huisnummer|huisnr|^hsnr|huisletter|housenumber|toevoeging|^(pleeg|incident)?adres$|"
    r"^object$|projecten|vrijetekst|toelichting|bijzonderheden|samenvatting|korteinhoud|"
    r"mutatie(?!dat)|relaas|aantekening|opmerking|^(verhaal|memo|notities?|notes?|remarks?|mo)$|"
    r"modusoperandi|werkwijze|narrative|^meldingt?(e|s)?tekst$|comment"
)
"""Names of columns that are left out unless asked for: house numbers and free text."""


@functools.lru_cache(maxsize=50_000)
def plain(name: str) -> str:
    """
    Write a column name in lower case without signs and accents.

    Examples
    --------
    >>> plain("Begin-pleegdatum/tijd"), plain("X-coördinaat")
    ('beginpleegdatumtijd', 'xcoordinaat')
    """
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKD", str(name).casefold()))


def recognise(
    names: Iterable[str],
    known: Mapping[str, tuple[str, ...]],
    *,
    source: str,
    given: Mapping[str, str] | None = None,
    any_of: Collection[str] = (),
) -> dict[str, str]:
    """
    Match the columns of a file with those of a contract.

    Parameters
    ----------
    names : iterable of str
        Column names of the file.
    known : mapping of str to tuple of str
        For each contract column, the names it is known by.
    source : str
        Name of the file, for messages.
    given : mapping of str to str, optional
        What the user says: contract column to file column. It goes before what is known; an
        empty name says that there is none.
    any_of : collection of str, optional
        Contract columns that any of several will do for: the one known best is taken.

    Returns
    -------
    dict of str to str
        Contract column to file column; columns not found are absent.

    Raises
    ------
    ReadError
        If the user names a column that isn't there, or two columns could be the same one.

    Examples
    --------
    >>> recognise(["X", "Y", "Poging"], INCIDENTS, source="a.csv")
    {'attempt': 'Poging', 'x': 'X', 'y': 'Y'}
    """
    names, given = list(names), dict(given or {})
    found: dict[str, str] = {}
    for ours, theirs in given.items():
        if ours not in known:
            msg = f"`columns` names {ours!r}, expected one of {', '.join(known)}"
            raise ReadError(msg, code="columns_unknown", column=ours, known=", ".join(known))
        if theirs and theirs not in names:
            has = _listed(names)
            msg = f"{source} has no column {theirs!r} for `{ours}`; it has: {has}"
            raise ReadError(
                msg, code="columns_given", path=source, column=ours, given=theirs, found=has
            )
    for ours, spellings in known.items():
        if ours in given:
            found |= {ours: given[ours]} if given[ours] else {}
            continue
        order = {plain(spelling): rank for rank, spelling in reversed([*enumerate(spellings)])}
        hits = [name for name in names if plain(name) in order and name not in given.values()]
        doubt = len({order[plain(hit)] for hit in hits}) < len(hits) or _in_doubt(hits, ours)
        if doubt and ours not in any_of:
            msg = f"{source}: {', '.join(hits)} could each be `{ours}`; say which with `columns`"
            raise ReadError(
                msg, code="columns_doubt", path=source, column=ours, found=", ".join(hits)
            )
        if hits:
            found[ours] = min(hits, key=lambda hit: order[plain(hit)])
    return found


def missing(lacking: Mapping[str, tuple[str, ...]], names: Iterable[str], source: str) -> ReadError:
    """
    Make the error for columns that a file lacks.

    Parameters
    ----------
    lacking : mapping of str to tuple of str
        Contract column to the names it is known by.
    names : iterable of str
        The columns that the file does have.
    source : str
        Name of the file.

    Returns
    -------
    ReadError
        To be raised by the caller.
    """
    ours = ", ".join(lacking)
    theirs = "; ".join(", ".join(spellings[:4]) for spellings in lacking.values())
    has = _listed(list(names))
    msg = f"{source} has no column for {ours} (known as {theirs}); it has: {has}"
    return ReadError(
        msg, code="columns_missing", path=source, columns=ours, known=theirs, found=has
    )


def forbidden(names: Iterable[str]) -> list[str]:
    """
    List the columns that are about persons, by their name.

    Examples
    --------
    >>> forbidden(["Naam", "BSN", "straatnaam", "Geboortedatum", "X"])
    ['Naam', 'BSN', 'Geboortedatum']
    """
    return [name for name in names if PERSONAL.search(plain(name))]


def left_out(names: Iterable[str]) -> list[str]:
    """
    List the columns with house numbers or free text, by their name.

    Examples
    --------
    >>> left_out(["Pleeghuisnummer met toev.", "Project(en)", "Pleegplaats"])
    ['Pleeghuisnummer met toev.', 'Project(en)']
    """
    return [name for name in names if HOUSE_OR_FREE_TEXT.search(plain(name))]


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_MOST_NAMES]) + (", ..." if len(names) > _MOST_NAMES else "")


def _in_doubt(hits: list[str], ours: str) -> bool:
    return len(hits) > 1 and ours not in hits
