"""State in Dutch what goes over the network, to whom, and what came of it."""

from collections.abc import Sequence

from ipgtools.nl.formats import number, plural

__all__ = [
    "ALSO_CALLED", "CREDIT", "PLACES", "REASONS", "WITHOUT_INHABITANTS", "areas_written",
    "fetched", "inhabitants", "meant", "place",
]  # fmt: skip

REASONS: dict[str, str] = {
    "timeout": "geen antwoord binnen de tijd",
    "refused": "verbinding geweigerd",
    "name": "de naam is niet gevonden",
    "broken": "de verbinding werd verbroken",
    "certificate": "het certificaat klopt niet",
    "other": "geen verbinding",
    "elsewhere": "de dienst verwijst door naar een andere computer",
    "large": "het antwoord is te groot",
    "not_json": "het antwoord is geen JSON of is afgebroken",
    "not_features": "het antwoord is geen lijst met gebieden",
    "not_places": "het antwoord is geen lijst met plaatsen",
    "incomplete": "het antwoord is niet volledig",
    "no_surface": "een van de gebieden heeft geen grenzen",
    "double": "een gebied komt twee keer voor, zodat er een ander kan ontbreken",
    "same_page": "de dienst geeft steeds dezelfde bladzijde",
}
"""Why a service gave nothing that can be used."""

ALSO_CALLED = {"den haag": "s gravenhage", "den bosch": "s hertogenbosch"}
"""Names that people use for a gemeente, and its own, in plain letters."""

PLACES: dict[str, str] = {
    "found": "adres aan {street}, van de Locatieserver",
    "street": "{street}, van de Locatieserver",
    "no_suffix": "adres aan {street}, van de Locatieserver; letter of toevoeging niet bekend",
    "nothing": "niet bekend bij de Locatieserver",
    "other_city": "de Locatieserver geeft een adres in een andere plaats; niet gebruikt",
    "other_street": "de Locatieserver geeft een andere straat; niet gebruikt",
    "other_number": "de Locatieserver geeft een ander huisnummer; niet gebruikt",
    "no_point": "de Locatieserver geeft geen punt",
}


def place(key: str, street: str = "") -> str:
    """
    State what the Locatieserver made of a place.

    Examples
    --------
    >>> place("street", "Pluimstraat")
    'Pluimstraat, van de Locatieserver'
    """
    return PLACES[key].format(street=street)


def fetched(counts: dict[str, int], name: str, code: str, year: int, host: str) -> str:
    """
    State what was fetched from where.

    Examples
    --------
    >>> fetched({"wijk": 10, "buurt": 70}, "Enschede", "GM0153", 2024, "service.pdok.nl")
    '10 wijken en 70 buurten van Enschede (GM0153), indeling 2024, opgehaald van service.pdok.nl'
    """
    parts = [
        plural(counts["wijk"], "wijk", "wijken"),
        plural(counts["buurt"], "buurt", "buurten"),
    ]
    what = " en ".join(parts)
    return f"{what} van {name} ({code}), indeling {year}, opgehaald van {host}"


def areas_written(path: str) -> str:
    """State where the areas are, and what to do with them."""
    return (
        f'Opgeslagen in {path}. Zet in ipg.toml, onder [input]: areas = "{path}" en '
        'level = "buurt" (of "wijk")'
    )


CREDIT = "Bron: CBS en Kadaster, via PDOK (CC BY 4.0). Noem deze bron op kaarten."
WITHOUT_INHABITANTS = (
    "Deze kaart heeft geen inwonertallen. Met --inwoners komen ze erbij (grotere download), of "
    "noem een tabel bij `inhabitants` in ipg.toml."
)


def inhabitants(known: int, missing: int) -> str:
    """
    State for how many areas there are inhabitants.

    Examples
    --------
    >>> inhabitants(78, 2)
    'Inwonertallen voor 78 gebieden; 2 zonder'
    """
    areas = plural(known, "gebied", "gebieden")
    return f"Inwonertallen voor {areas}" + (f"; {number(missing)} zonder" if missing else "")


def meant(names: Sequence[str]) -> str:
    """
    Suggest names.

    Examples
    --------
    >>> meant(["Enschede", "Ede"]), meant([])
    ('Bedoelt u Enschede of Ede?', 'Controleer de naam.')
    """
    if not names:
        return "Controleer de naam."
    first, last = names[:-1], names[-1]
    before = f"{', '.join(first)} of " if first else ""
    return f"Bedoelt u {before}{last}?"
