"""
Recognise which column of a file is which column of a contract.

A name is recognised when, in lower case and without signs, it is one of the names known for
a column; those of incidents also by the words in them (`ipgtools.io.columns.token_rules`). Two
candidates for one column are no reason to choose: that is an error which lists them, and
`columns={...}` settles it.
"""

import functools
import re
from collections.abc import Callable, Collection, Iterable, Mapping

from ipgtools.errors import ReadError
from ipgtools.io.columns.incident_aliases import INCIDENTS, NEEDED, VAGUE_NAMES
from ipgtools.io.columns.normalise import normalise_name
from ipgtools.io.columns.personal import personal_columns
from ipgtools.io.columns.token_rules import VAGUE

__all__ = [
    "AREAS",
    "INHABITANTS",
    "LEVELS",
    "OFFENCES",
    "STREETS",
    "in_doubt",
    "missing",
    "recognise",
]

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
        "offender_id", "id_offender", "hks_nummer", "persoonsnr", "persoon_nr", "persoonnummer",
        "verdachte_id", "verdachtenummer", "dader_id", "suspect_id", "skn", "skn_nummer",
    ),
    "offence_id": ("offence_id", "feitnummer", "feit", "feit_nummer", "feitnr", "feit_id"),
    "pv_id": (
        "pv_id", "pv_nummer", "pvnummer", "pv", "pv_nr", "proces_verbaal", "procesverbaalnummer",
        "proces_verbaal_nr",
    ),
    "incident_id": (
        "incident_id", "incident_nummer", "incidentnummer", "crimeid", "crime_id", "case",
        "id_crime", "Incident Identificatie", "bvh_nummer", "incidentnr", "bvhnr",
        "registratienummer",
    ),
    "committed_on": (
        "committed_on", "pleegdatum", "datum", "date", "crime_date", "Begin-pleegdatum/tijd",
        "pleegdatum_tijd", "begin_pleegdatum", "datum_feit", "pleegdatum_van",
    ),
    "first_processed": INCIDENTS["first_processed"],
    "category": ("category", "mk_code", "mk", "crime_type", "Incidentsoort code"),
    "is_misdrijf": ("is_misdrijf", "misdrijf", "misdrijf/overtreding", "misdrijf_ja_nee"),
    "sent_to_om": (
        "sent_to_om", "ingezonden_om", "naar_om", "ingezonden", "ingezonden_aan_om",
        "ingestuurd_om", "datum_ingezonden_om", "pv_ingezonden",
    ),
    "outcome": ("outcome", "afdoening", "uitspraak", "afdoening_om"),
    "age": (
        "age", "leeftijd", "leeftijd_pleegdatum", "leeftijd_op_pleegdatum", "leeftijd_bij_feit",
    ),
    "birth_date": (
        "birth_date", "geboortedatum", "geb_datum", "gebdat", "date_of_birth", "dob",
        "geboren_op", "geboortejaar", "birth_year",
    ),
    "x": ("pleeg_x", *INCIDENTS["x"]),
    "y": ("pleeg_y", *INCIDENTS["y"]),
    "lon": INCIDENTS["lon"],
    "lat": INCIDENTS["lat"],
}  # fmt: skip

INHABITANTS: dict[str, tuple[str, ...]] = {
    "area_code": (*AREAS["area_code"], "buurtcode", "wijkcode", "gwb_code", "regiocode"),
    "area_name": (*AREAS["area_name"], "buurtnaam", "wijknaam", "regio"),
    "inhabitants": AREAS["inhabitants"],
}

_MOST_NAMES, _MOST_KINDS = 24, 8
"""Column names, and kinds of values, that a message lists."""


_MOST_LIKELY = 4
_LIKE_A_DATE = re.compile(r"datum|date(?!n)|tijdstip|moment|^dt|dt$|timestamp")
"""Names of columns that may hold dates, when no column is known to."""


def recognise(
    names: Iterable[str],
    known: Mapping[str, tuple[str, ...]],
    *,
    source: str,
    given: Mapping[str, str] | None = None,
    any_of: Collection[str] = (),
    words: Callable[[str], tuple[str, int] | None] | None = None,
) -> dict[str, str]:
    """
    Match the columns of a file with those of a contract.

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
    free = [name for name in names if name not in given.values()]
    for ours, spellings in known.items():
        if ours in given:
            found |= {ours: given[ours]} if given[ours] else {}
            continue
        order = {
            normalise_name(spelling): rank for rank, spelling in reversed([*enumerate(spellings)])
        }
        vague = (
            {normalise_name(spelling) for spelling in VAGUE_NAMES.get(ours, ())} if words else set()
        )
        ranks = {
            name: VAGUE if normalise_name(name) in vague else 0
            for name in free
            if normalise_name(name) in order
        }
        ranks |= _by_words(free, ours, known, words) if words else {}
        best = min(ranks.values(), default=0)
        hits = [name for name in free if ranks.get(name) == best]
        doubt = _are_doubtful(hits, ours, order)
        if doubt and ours not in any_of:
            if best == VAGUE and ours not in NEEDED:
                continue
            raise in_doubt(ours, hits, source)
        if hits:
            found[ours] = min(hits, key=lambda hit: order.get(normalise_name(hit), len(order)))
    return found


def in_doubt(ours: str, hits: Iterable[str], source: str) -> ReadError:
    """Make the error for several columns that could each be one of a contract."""
    found = ", ".join(hits)
    msg = f"{source}: {found} could each be `{ours}`; say which with `columns`"
    return ReadError(msg, code="columns_doubt", path=source, column=ours, found=found)


def missing(lacking: Mapping[str, tuple[str, ...]], names: Iterable[str], source: str) -> ReadError:
    """Make the error for columns that a file lacks."""
    names = list(names)
    if are_values(names):
        return no_header(names, source)
    theirs = "; ".join(", ".join(_different(some, ours)) for ours, some in lacking.items())
    ours, has = ", ".join(lacking), _listed(names)
    msg = f"{source} has no column for {ours} (known as {theirs}); it has: {has}"
    likely = [
        str(name)
        for name in names
        if _LIKE_A_DATE.search(normalise_name(name)) and not personal_columns([name])
    ]
    return ReadError(
        msg, code="columns_missing", path=source, columns=ours, known=theirs, found=has,
        likely=", ".join(likely[:_MOST_LIKELY]),
    )  # fmt: skip


def are_values(names: Iterable[str]) -> bool:
    """
    Return whether a header holds values: several with mostly digits, not years.

    Examples
    --------
    >>> are_values(["PL0600", "13-09-2025", "257123"]), are_values(["X", "datum", "2023"])
    (True, False)
    """
    mostly = [one for one in names if sum(map(str.isdigit, one)) > len(one) / 2 and len(one) > 3]
    return sum(not re.fullmatch(r"(19|20)\d\d", one) for one in mostly) > 1


def no_header(names: Iterable[str], source: str) -> ReadError:
    """
    Make the error for a file without names above its columns.

    The message says what kind of values stand there; the values may be about someone.

    Examples
    --------
    >>> no_header(["PL0600-1", "13-09-2025 10:00", "257123,5", "Laan"], "a.csv").facts["found"]
    'text, date, number, text'
    """
    kinds = [_kind(one.strip()) for one in names]
    found = ", ".join(kinds[:_MOST_KINDS]) + (", ..." if len(kinds) > _MOST_KINDS else "")
    msg = f"{source} has no names above its columns; the first line is {found}"
    return ReadError(msg, code="header_missing", path=source, found=found)


def _kind(value: str) -> str:
    if re.fullmatch(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?", value):
        return "date"
    return "number" if re.fullmatch(r"[+-]?\d[\d.,]*", value) else "text"


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_MOST_NAMES]) + (", ..." if len(names) > _MOST_NAMES else "")


def _different(spellings: Iterable[str], ours: str) -> list[str]:
    """Choose four names that differ in more than their signs, as a file has them."""
    chosen = {normalise_name(one): one for one in reversed([*spellings]) if one != ours}
    return [*chosen.values()][::-1][:4]


def _by_words(
    names: Iterable[str],
    ours: str,
    known: Mapping[str, tuple[str, ...]],
    words: Callable[[str], tuple[str, int] | None],
) -> dict[str, int]:
    """Return the columns whose words match `ours`, unless their name is known."""
    every = _every(tuple(known.values()))
    told = {name: words(name) for name in names if normalise_name(name) not in every}
    return {name: role[1] for name, role in told.items() if role and role[0] == ours}


@functools.lru_cache(maxsize=64)
def _every(spellings: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    return frozenset(normalise_name(one) for some in spellings for one in some)


def _are_doubtful(hits: list[str], ours: str, order: Mapping[str, int]) -> bool:
    """Return whether several columns match one name equally well."""
    if len(hits) < 2:
        return False
    known = [order[normalise_name(hit)] for hit in hits if normalise_name(hit) in order]
    return ours not in hits or len({*known}) < len(known)
