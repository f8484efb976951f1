"""Say where incidents concentrate."""

from ipgtools.nl.formats import plural
from ipgtools.nl.sentences.common import one, place, share_of, surface


def hotspots(n_places: int, n_inside: int, n_total: int, area_share: float, *, kind: str) -> str:
    """
    Say how many places stand out for certain, and how much of the incidents they hold.

    True of places whose cells are hot after correction for the number of cells.

    Examples
    --------
    >>> hotspots(3, 51, 212, 0.03, kind="wijk")
    'Er zijn drie plekken waar duidelijk meer gebeurt dan elders in de wijk: samen 24% van de
     incidenten op 3% van de oppervlakte.'
    """
    are, places = ("is", "plek") if n_places == 1 else ("zijn", "plekken")
    together = "daar vindt" if n_places == 1 else "samen"
    tail = " plaats" if n_places == 1 else ""
    return (
        f"Er {are} {one(n_places)} {places} waar duidelijk meer gebeurt dan elders in "
        f"{place(kind)}: {together} {share_of(n_inside, n_total)} van de incidenten{tail} op "
        f"{surface(area_share)} van de oppervlakte."
    )


def hotspots_possible(*, kind: str) -> str:
    """Say that cells stand out before correction only: this may be chance."""
    return (
        f"Er zijn plekken die er in {place(kind)} mogelijk uitspringen, maar dat kan toeval zijn."
    )


def hotspots_none(*, kind: str) -> str:
    """Say that no cell stands out, before or after correction."""
    return (
        f"Geen plek springt er in {place(kind)} duidelijk uit: de spreiding kan door toeval "
        "zijn ontstaan."
    )


def hotspots_too_few(n: int) -> str:
    """
    Say that there are too few incidents to look for hotspots.

    Examples
    --------
    >>> hotspots_too_few(12)
    'Met 12 incidenten zijn er te weinig gegevens om hotspots aan te wijzen.'
    """
    if n == 0:
        return "Zonder incidenten zijn er geen hotspots aan te wijzen."
    said = plural(n, "incident", "incidenten")
    return f"Met {said} zijn er te weinig gegevens om hotspots aan te wijzen."
