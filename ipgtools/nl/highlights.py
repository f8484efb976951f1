"""
State what a briefing should know: what, where, how much, since when.

Sentences that speak of chance, of expectation or of "more than" are listed in
`ipgtools.highlights.claims` with the test they rest on; a test holds that list complete.
"""

from collections.abc import Sequence

from ipgtools.nl import kind_names
from ipgtools.nl.formats import joined, number, plural
from ipgtools.nl.sentences.common import counted, one, share_of
from ipgtools.nl.sentences.totals import CHANCE, compared
from ipgtools.rounded import is_rounded

__all__ = [
    "AROUND", "BASELINE", "NONE_NEW", "NOTHING", "NOTHING_TITLE", "UNTESTED", "around",
    "at_one_address", "busiest", "busy_places", "capital", "cluster_places", "from_to",
    "in_season", "kind_changed", "mainly", "mostly", "mostly_at", "new_place", "of_kind",
    "one_point", "rose_or_fell", "streak", "title_kind", "title_list", "title_places", "too_few",
    "total_changed",
]  # fmt: skip

NOTHING = (
    "Niets springt eruit: van geen stijging, daling, plek of tijdstip is aangetoond dat het meer "
    "is dan toeval."
)
UNTESTED = (
    "Met deze bestanden is geen stijging, daling, plek of tijdstip te toetsen: hier staan alleen "
    "aantallen. De verantwoording zegt waarom."
)
NOTHING_TITLE = "Niets springt eruit"


def too_few(n: int, subject: str) -> str:
    """
    State that with so few incidents nothing can be significant.

    Examples
    --------
    >>> too_few(7, "incidenten")
    'Met 7 incidenten is er te weinig om iets aan te tonen. Dat hier niets staat, betekent dus niet
     dat er niets is.'
    """
    return (
        f"Met {counted(n, subject)} is er te weinig om iets aan te tonen. Dat hier niets staat, "
        "betekent dus niet dat er niets is."
    )


BASELINE = {
    "flat": "veel meer dan bij een gelijke spreiding (kan ook bebouwing zijn)",
    "addresses": "veel meer dan de adressen daar verklaren",
    "streets": "veel meer dan de straatlengte verklaart (kan ook hoogbouw zijn)",
}
AROUND = {
    "flat": "duidelijk meer dan bij een gelijke spreiding (kan ook bebouwing zijn)",
    "addresses": "duidelijk meer dan de adressen daar verklaren",
    "streets": "duidelijk meer dan de straatlengte verklaart (kan ook hoogbouw zijn)",
}
_SHOWN_KINDS = 2


def capital(text: str) -> str:
    """Write the first letter as a capital."""
    return text[:1].upper() + text[1:]


def around(place: str) -> str:
    """
    Put a preposition before the name of a place.

    Examples
    --------
    >>> around("Leijdsweg"), around("omgeving Leijdsweg en Marthalaan")
    ('rond Leijdsweg', 'in de omgeving Leijdsweg en Marthalaan')
    """
    return f"in de {place}" if place.startswith("omgeving") else f"rond {place}"


def rose_or_fell(label: str, n: int, n_before: int, when: str = "") -> str:
    """
    State that a kind rose or fell, without how sure that is.

    `when` names the earlier period; a title leaves it out.

    Examples
    --------
    >>> rose_or_fell("Diefstal uit/vanaf motorvoertuigen", 66, 9)
    'Autokraak steeg van 9 naar 66'
    >>> rose_or_fell("Overval", 2, 14), rose_or_fell("Burglary", 3, 20, "in de week ervoor")
    ('Overvallen daalden van 14 naar 2', 'Burglary: 3, tegen 20 in de week ervoor')
    >>> rose_or_fell("Winkeldiefstal", 14, 0, "in de week ervoor")
    'Winkeldiefstal steeg van 0 in de week ervoor naar 14'
    """
    many = kind_names.takes_plural(label)
    name = capital(kind_names.name(label))
    ago = f"{number(n_before)} {when}".strip()
    if many is None:
        return f"{name}: {number(n)}, tegen {ago}"
    verb = ("stegen" if many else "steeg") if n > n_before else ("daalden" if many else "daalde")
    return f"{name} {verb} van {ago} naar {number(n)}"


def mostly_at(where: str, n: int | None = None, n_before: int | None = None) -> str:
    """
    State where most of a change is, with the counts there that are known.

    Examples
    --------
    >>> mostly_at("Leijdsweg", 4, 51), mostly_at("Leijdsweg", 58), mostly_at("Leijdsweg")
    ('vooral rond Leijdsweg (van 51 naar 4)', 'vooral rond Leijdsweg (58)',
     'vooral rond Leijdsweg')
    """
    text = f"vooral {around(where)}"
    if n is None:
        return text
    return f"{text} ({number(n)})" if n_before is None else f"{text} ({from_to(n_before, n)})"


def from_to(n_before: int, n: int) -> str:
    """Write two counts, the earlier one first."""
    return f"van {number(n_before)} naar {number(n)}"


def kind_changed(
    label: str,
    n: int,
    n_before: int,
    when: str,
    *,
    where: str = "",
    n_where: int | None = None,
    n_where_before: int | None = None,
    hours: str = "",
    season: int | None = None,
) -> str:
    """
    State that a kind rose or fell by more than chance, and where and when above all.

    True where the dispersed test of the kind, corrected for all kinds, is at most the chosen
    level; `where` is a place that the kind's incidents made stand out, or that holds most of
    the difference by count.

    Examples
    --------
    >>> kind_changed("Diefstal uit/vanaf motorvoertuigen", 66, 9, "in de drie maanden ervoor",
    ...              where="Gronausestraat bij Leijdsweg", n_where=58)
    'Autokraak steeg van 9 in de drie maanden ervoor naar 66, vooral rond Gronausestraat bij
     Leijdsweg (58). Dat verschil is groter dan door toeval te verwachten is.'
    """
    text = rose_or_fell(label, n, n_before, when)
    if where:
        text += f", {mostly_at(where, n_where, n_where_before)}"
    if hours:
        text += f", daar het meest {hours}"
    return f"{text}. {CHANCE}{in_season(season)}"


def in_season(n: int | None) -> str:
    """
    Add what there was in the same period of last year, where a change does not hold against it.

    Examples
    --------
    >>> in_season(26), in_season(None)
    (' Vorig jaar waren het er in deze periode 26: het seizoen kan meespelen.', '')
    """
    if n is None:
        return ""
    return f" Vorig jaar waren het er in deze periode {number(n)}: het seizoen kan meespelen."


def total_changed(
    n: int,
    n_before: int,
    when: str,
    subject: str,
    *,
    exposure: float = 1.0,
    where: str = "",
    n_where: int | None = None,
    n_where_before: int | None = None,
    season: int | None = None,
) -> str:
    """
    State that the total rose or fell by more than chance, and where above all.

    True where the dispersed test of the total is at most the chosen level; `where` is a place
    that holds most of the difference by count.

    Examples
    --------
    >>> total_changed(253, 180, "in dezelfde periode vorig jaar", "incidenten")
    'In totaal 253 incidenten, 41% meer dan in dezelfde periode vorig jaar (180). Dat verschil is
     groter dan door toeval te verwachten is.'
    >>> total_changed(90, 200, "in de week ervoor", "incidenten", where="Leijdsweg", n_where=5,
    ...               n_where_before=80)
    'In totaal 90 incidenten, 55% minder dan in de week ervoor (200), vooral rond Leijdsweg (van 80
     naar 5). Dat verschil is groter dan door toeval te verwachten is.'
    """
    text = f"In totaal {number(n)} {subject}, {compared(n, n_before, when, exposure=exposure)}"
    if where:
        text += f", {mostly_at(where, n_where, n_where_before)}"
    return f"{text}. {CHANCE}{in_season(season)}"


def mostly(kinds: Sequence[tuple[str, int]], total: int) -> str:
    """
    Name the kinds that make up most of a place; empty where no kind does.

    Examples
    --------
    >>> mostly([("Diefstal uit/vanaf motorvoertuigen", 62), ("Winkeldiefstal", 3)], 69)
    'vooral autokraak (62)'
    >>> mostly([("Mishandeling", 4), ("Bedreiging", 3), ("Overval", 1)], 12)
    'onder meer mishandeling (4) en bedreiging (3)'
    """
    if not kinds or total <= 0:
        return ""
    if kinds[0][1] >= total / 2:
        return f"vooral {kind_names.name(kinds[0][0])} ({number(kinds[0][1])})"
    some = [f"{kind_names.name(kind)} ({number(n)})" for kind, n in kinds[:_SHOWN_KINDS] if n > 1]
    return f"onder meer {joined(some)}" if some else ""


def mainly(kinds: Sequence[tuple[str, int]], total: int) -> str:
    """
    Name the kind of at least half of a place; empty if there is no such kind.

    Examples
    --------
    >>> mainly([("Diefstal uit/vanaf motorvoertuigen", 62), ("Overval", 3)], 69)
    'vooral autokraak'
    >>> mainly([("Mishandeling", 4), ("Bedreiging", 3)], 12)
    ''
    """
    if not kinds or kinds[0][1] * 2 < total:
        return ""
    return f"vooral {kind_names.name(kinds[0][0])}"


def new_place(
    name: str,
    n: int,
    expected: float,
    subject: str,
    *,
    kind: str = "",
    kinds: str = "",
    hours: str = "",
) -> str:
    """
    State that a place holds more than its own past predicts.

    True of a place that the test against its own past named, for all incidents or for `kind`;
    `hours` are those that a test of the place named.

    Examples
    --------
    >>> new_place("Gronausestraat bij Leijdsweg", 69, 12.9, "incidenten",
    ...           kinds="vooral autokraak (62)")
    'Nieuw of stijgend: Gronausestraat bij Leijdsweg, 69 incidenten, vooral autokraak (62). Dat is
     hoger dan het eigen verleden van die plek (ongeveer 13 te verwachten).'
    >>> new_place("Leijdsweg", 20, 4.2, "incidenten", kind="Diefstal uit/vanaf motorvoertuigen",
    ...           hours="op vrijdag tussen 18 en 24 uur")
    'Nieuw of stijgend: Leijdsweg, 20 incidenten autokraak, het meest op vrijdag tussen 18 en 24
     uur. Dat is hoger dan het eigen verleden van die plek (ongeveer 4 te verwachten).'
    """
    many = f"{number(n)} {of_kind(subject, kind)}"
    most = f"het meest {hours}" if hours else ""
    text = ", ".join(part for part in (many, kinds, most) if part)
    return (
        f"Nieuw of stijgend: {name}, {text}. Dat is hoger dan het eigen verleden van die plek "
        f"(ongeveer {number(max(round(expected), 1))} te verwachten)."
    )


def of_kind(subject: str, kind: str) -> str:
    """
    State what incidents are, where they are of one kind.

    Examples
    --------
    >>> of_kind("incidenten", ""), of_kind("incidenten", "Diefstal uit/vanaf motorvoertuigen")
    ('incidenten', 'incidenten autokraak')
    """
    return f"{subject} {kind_names.name(kind)}" if kind else subject


def _listed(places: Sequence[tuple[str, int, str]]) -> str:
    """Enumerate places with their number of incidents, and words for what these are."""
    return joined(
        [f"{name} ({number(n)}{f', {what}' if what else ''})" for name, n, what in places]
    )


def at_one_address(share: float, n: int) -> str:
    """
    State how many of `n` incidents are at one exact address, where that is half of them or more.

    Examples
    --------
    >>> at_one_address(0.75, 12), at_one_address(0.25, 12)
    ('9 op één adres', '')
    """
    return f"{number(round(share * n))} op één adres" if share >= 0.5 and n > 1 else ""


def busy_places(places: Sequence[tuple[str, int, str]], *, baseline: str, months: int) -> str:
    """
    Name the places that held more than what explains it.

    True of cells that the test against addresses or street length named over all months
    together, for all incidents or for the kind that is given.

    Examples
    --------
    >>> busy_places([("Leijdsweg bij Oostveenweg", 15, "")], baseline="addresses", months=24)
    'Vaste drukke plek: Leijdsweg bij Oostveenweg (15). In de laatste 24 maanden gebeurde er veel
     meer dan de adressen daar verklaren.'
    """
    what = "Vaste drukke plek" if len(places) == 1 else "Vaste drukke plekken"
    return f"{what}: {_listed(places)}. {_lasting(months)} {BASELINE[baseline]}."


def cluster_places(places: Sequence[tuple[str, int, str]], *, baseline: str, months: int) -> str:
    """
    Name the neighbourhoods that held more than what explains it.

    True of discs and stretches of street that the test named over all months together, the cell
    that exceeds its expectation the most left out.

    Examples
    --------
    >>> cluster_places([("omgeving Pluimstraat", 22, ""), ("Getfertsingel", 9, "overvallen")],
    ...                baseline="streets", months=24)
    'Drukke omgevingen (vlekken): Pluimstraat (22) en Getfertsingel (9, overvallen). In de laatste
     24 maanden gebeurde er duidelijk meer dan de straatlengte verklaart (kan ook hoogbouw zijn).'
    """
    what = "Drukke omgeving (vlek)" if len(places) == 1 else "Drukke omgevingen (vlekken)"
    bare = [(name.removeprefix("omgeving "), n, about) for name, n, about in places]
    return f"{what}: {_listed(bare)}. {_lasting(months)} {AROUND[baseline]}."


def _lasting(months: int) -> str:
    return f"In de laatste {number(months)} maanden gebeurde er"


def busiest(
    places: Sequence[tuple[str, int]],
    *,
    tested: bool,
    only_new: bool = False,
    total: int | None = None,
    kinds: str = "",
) -> str:
    """
    List the busiest places without any claim.

    Examples
    --------
    >>> busiest([("Leijdsweg", 9), ("Lipperkerkstraat", 7)], tested=True)
    'Geen plek springt eruit boven de omgeving; dit zijn wel de drukste plekken: Leijdsweg (9) en
     Lipperkerkstraat (7).'
    >>> busiest([("Leijdsweg", 9)], tested=False)
    'De drukste plek: Leijdsweg (9). Of dat bijzonder is, is niet te toetsen.'
    >>> busiest([("Leijdsweg", 164), ("Velveweg", 12)], tested=True, only_new=True, total=430,
    ...         kinds="vooral winkeldiefstal")
    'De drukste plekken: Leijdsweg (164 van de 430, 38%, vooral winkeldiefstal) en Velveweg (12).
     Geen van de plekken is nieuw of stijgend; of zij drukker zijn dan de bebouwing verklaart, is
     niet te toetsen.'
    """
    (first, n_first), *others = places
    held = number(n_first)
    if total is not None:
        held += f" van de {number(total)}, {share_of(n_first, total)}"
    held = ", ".join(part for part in (held, kinds) if part)
    listed = joined([f"{first} ({held})", *(f"{name} ({number(n)})" for name, n in others)])
    noun = "de drukste plek" if len(places) == 1 else "de drukste plekken"
    are = "is" if len(places) == 1 else "zijn"
    if not tested:
        return f"{capital(noun)}: {listed}. Of dat bijzonder is, is niet te toetsen."
    if only_new:
        return (
            f"{capital(noun)}: {listed}. {NONE_NEW}; of zij drukker zijn dan de bebouwing "
            "verklaart, is niet te toetsen."
        )
    return f"Geen plek springt eruit boven de omgeving; dit {are} wel {noun}: {listed}."


NONE_NEW = "Geen van de plekken is nieuw of stijgend"


def one_point(n: int, total: int, subject: str) -> str:
    """
    Ask what a point is that holds much of it all.

    Examples
    --------
    >>> one_point(164, 430, "incidenten")
    'Op precies één punt staan 164 van de 430 incidenten (38%). Is dat één adres, of het punt waarop
     incidenten zonder adres worden gezet?'
    """
    return (
        f"Op precies één punt staan {number(n)} van de {number(total)} {subject} "
        f"({share_of(n, total)}). Is dat één adres, of het punt waarop incidenten zonder adres "
        "worden gezet?"
    )


def streak(label: str, days: int, n_year: int) -> str:
    """
    Count the days without a kind of incident, and its number a year before.

    Examples
    --------
    >>> streak("Diefstal/inbraak woning", 61, 33)
    'Al 61 dagen geen woninginbraak; in de twaalf maanden daarvoor waren het er 33.'
    """
    return (
        f"Al {plural(days, 'dag', 'dagen')} geen {kind_names.name(label)}; in de twaalf maanden "
        f"daarvoor waren het er {number(n_year)}."
    )


def title_kind(label: str, n: int, n_before: int, where: str = "") -> str:
    """
    Make a kind that changed a title.

    Examples
    --------
    >>> title_kind("Diefstal uit/vanaf motorvoertuigen", 66, 9, "Gronausestraat bij Leijdsweg")
    'Autokraak steeg van 9 naar 66, vooral rond Gronausestraat bij Leijdsweg'
    """
    text = rose_or_fell(label, n, n_before)
    return f"{text}, vooral {around(where)}" if where else text


def title_places(
    name: str, n: int, total: int, n_places: int, subject: str, *, kind: str = ""
) -> str:
    """
    Make the first place the title of the map.

    Of a place of one kind the share of all incidents is not given.

    Examples
    --------
    >>> title_places("Gronausestraat bij Leijdsweg", 69, 253, 3, "incidenten")
    'Gronausestraat bij Leijdsweg: 69 van de 253 incidenten (27%); nog twee plekken'
    >>> title_places("Leijdsweg", 20, 253, 1, "incidenten", kind="Winkeldiefstal")
    'Leijdsweg: 20 incidenten winkeldiefstal'
    >>> from ipgtools.rounded import Rounded
    >>> title_places("Leijdsweg", Rounded(70), Rounded(255), 1, "incidenten")
    'Leijdsweg: ongeveer 70 incidenten, ongeveer 25% van het totaal'
    """
    more = ""
    if n_places > 1:
        rest = n_places - 1
        more = f"; nog {one(rest)} {'plek' if rest == 1 else 'plekken'}"
    held = f"{number(n)} van de {number(total)} {subject} ({share_of(n, total)})"
    if is_rounded(n, total):
        held = f"{number(n)} {subject}, {share_of(n, total)} van het totaal"
    if kind:
        held = f"{number(n)} {of_kind(subject, kind)}"
    return f"{capital(name)}: {held}{more}"


def title_list(name: str, n: int, *, total: int | None = None, only_new: bool = False) -> str:
    """
    Make the busiest place of the list a title that claims nothing.

    Examples
    --------
    >>> title_list("Leijdsweg", 9)
    'Geen plek springt eruit; de drukste is Leijdsweg (9)'
    >>> title_list("Leijdsweg", 164, total=430, only_new=True)
    'Het drukst: Leijdsweg, 164 van de 430 (38%)'
    >>> title_list("Leijdsweg", 9, only_new=True)
    'Geen plek is nieuw of stijgend; het drukst is Leijdsweg (9)'
    """
    if not only_new:
        return f"Geen plek springt eruit; de drukste is {name} ({number(n)})"
    if total is None:
        return f"Geen plek is nieuw of stijgend; het drukst is {name} ({number(n)})"
    return f"Het drukst: {name}, {number(n)} van de {number(total)} ({share_of(n, total)})"
