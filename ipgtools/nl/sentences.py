"""
Say in plain Dutch sentences what numbers say.

Every sentence is true of the numbers it is given, under the condition that its docstring
names. "Duidelijk" and "groter dan door toeval" are said only where the caller knows it
after correction for the number of comparisons. No sentence is about persons.
"""

from collections.abc import Sequence
from fractions import Fraction

from ipgtools.nl.formats import WEEKDAYS, count, days, joined, number, percent, plural

AREA_KINDS = {
    "wijk": "de wijk",
    "buurt": "de buurt",
    "gemeente": "de gemeente",
    "stadsdeel": "het stadsdeel",
    "gebied": "het gebied",
}
CHANCE = "Dat verschil is groter dan door toeval te verwachten is."
MAYBE_CHANCE = "Dat verschil kan toeval zijn."
TOO_FEW_TO_COMPARE = "Dat zijn er te weinig om van een stijging of daling te spreken."

_FRACTIONS = (
    (Fraction(1, 2), "de helft van de {many}"),
    (Fraction(1, 3), "een op de drie {many}"),
    (Fraction(2, 3), "twee op de drie {many}"),
    (Fraction(1, 4), "een op de vier {many}"),
    (Fraction(3, 4), "drie op de vier {many}"),
    (Fraction(1, 5), "een op de vijf {many}"),
    (Fraction(1, 10), "een op de tien {many}"),
)


def place(kind: str) -> str:
    """
    Name the area in running text.

    Examples
    --------
    >>> place("wijk"), place("stadsdeel"), place("iets anders")
    ('de wijk', 'het stadsdeel', 'het gebied')
    """
    return AREA_KINDS.get(kind, AREA_KINDS["gebied"])


def before(length: float, *, last_year: bool = False) -> str:
    """
    Name the period of comparison by its length in days.

    Examples
    --------
    >>> before(91), before(7), before(1), before(91, last_year=True)
    ('in de 91 dagen ervoor', 'in de week ervoor', 'op de dag ervoor',
     'in dezelfde periode vorig jaar')
    """
    if last_year:
        return "in dezelfde periode vorig jaar"
    if length == 7:
        return "in de week ervoor"
    if length == 1:
        return "op de dag ervoor"
    return f"in de {days(round(length))} ervoor" if length == round(length) else "in de tijd ervoor"


def share(value: float, many: str) -> str:
    """
    Say a share of things in words, with the percentage behind it.

    The words are used only within one percentage point of the fraction they name.

    Examples
    --------
    >>> share(0.34, "incidenten"), share(0.42, "incidenten")
    ('ongeveer een op de drie incidenten (34%)', '42% van de incidenten')
    >>> share(0.5, "incidenten")
    'de helft van de incidenten (50%)'
    """
    for fraction, words in _FRACTIONS:
        if abs(value - float(fraction)) <= 0.01:
            about = "" if abs(value - float(fraction)) < 5e-4 else "ongeveer "
            return f"{about}{words.format(many=many)} ({percent(value)})"
    return f"{percent(value)} van de {many}"


def total(n: int) -> str:
    """
    Say how many incidents were registered. True of any count.

    Examples
    --------
    >>> total(212), total(1), total(0)
    ('In deze periode zijn 212 incidenten geregistreerd.',
     'In deze periode is 1 incident geregistreerd.',
     'In deze periode zijn geen incidenten geregistreerd.')
    """
    if n == 0:
        return "In deze periode zijn geen incidenten geregistreerd."
    verb = "is" if n == 1 else "zijn"
    return f"In deze periode {verb} {plural(n, 'incident', 'incidenten')} geregistreerd."


def compared(n: int, n_before: int, when: str) -> str:
    """
    Say how a count stands to an earlier one, as part of a sentence.

    True of counts over (nearly) equally long periods. Written as a percentage up to a
    doubling, as a factor from there, and without either where there was nothing before.

    Examples
    --------
    >>> compared(212, 258, "in de 91 dagen ervoor")
    '18% minder dan in de 91 dagen ervoor (258)'
    >>> compared(30, 10, "in de week ervoor"), compared(10, 10, "in de week ervoor")
    ('3,0 keer zoveel als in de week ervoor (10)', 'evenveel als in de week ervoor')
    >>> compared(5, 0, "in de week ervoor"), compared(1001, 1000, "in de week ervoor")
    ('tegen geen enkel in de week ervoor', 'vrijwel evenveel als in de week ervoor (1.000)')
    """
    if n == n_before:
        return f"evenveel als {when}"
    if n_before == 0:
        return f"tegen geen enkel {when}"
    if n == 0:
        return f"tegen {number(n_before)} {when}"
    ratio = n / n_before
    if ratio >= 2:
        return (
            f"{number(ratio, 1 if ratio < 9.95 else 0)} keer zoveel als {when} ({number(n_before)})"
        )
    change = percent(abs(ratio - 1))
    if change == "0%":
        return f"vrijwel evenveel als {when} ({number(n_before)})"
    if change == "100%":
        change = "bijna 100%"
    word = "meer" if ratio > 1 else "minder"
    return f"{change} {word} dan {when} ({number(n_before)})"


def change(n: int, n_before: int, when: str, *, sure: bool, enough: bool) -> str:
    """
    Say the total, how it stands to an earlier period, and whether that can be chance.

    Parameters
    ----------
    n, n_before : int
        Incidents in this period and the earlier one.
    when : str
        Name of the earlier period, from `before`.
    sure : bool
        Whether the corrected p-value of the difference is at most the chosen level.
    enough : bool
        Whether there are enough incidents to speak of a rise or fall at all.

    Examples
    --------
    >>> change(212, 258, "in de 91 dagen ervoor", sure=False, enough=True)
    'In deze periode zijn 212 incidenten geregistreerd, 18% minder dan in de 91 dagen ervoor (258).
     Dat verschil kan toeval zijn.'
    """
    said = f"{total(n)[:-1]}, {compared(n, n_before, when)}."
    return " ".join([said, *chance(n, n_before, sure=sure, enough=enough)])


def chance(n: int, n_before: int, *, sure: bool, enough: bool) -> list[str]:
    """Say whether a difference can be chance: nothing where there is none to speak of."""
    if n == n_before:
        return []
    if not enough:
        return [TOO_FEW_TO_COMPARE]
    return [CHANCE if sure else MAYBE_CHANCE]


def last_year(n: int, n_before: int, *, sure: bool, enough: bool) -> str:
    """
    Say how the total stands to the same dates one year back.

    Examples
    --------
    >>> last_year(212, 150, sure=True, enough=True)
    'Nu 212 incidenten: 41% meer dan in dezelfde periode vorig jaar (150). Dat verschil is groter
     dan door toeval te verwachten is.'
    """
    said = plural(n, "incident", "incidenten")
    said = f"Nu {said}: {compared(n, n_before, before(0, last_year=True))}."
    return " ".join([said, *chance(n, n_before, sure=sure, enough=enough)])


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


def moments(weekdays: Sequence[int], hours: tuple[int, int]) -> str:
    """
    Name hours on weekdays, with clock times because "vrijdagnacht" is two nights.

    Examples
    --------
    >>> moments([4, 5], (18, 24)), moments(range(7), (0, 6)), moments([0, 1, 2, 3, 4], (6, 12))
    ('op vrijdag en zaterdag tussen 18 en 24 uur', 'tussen 0 en 6 uur',
     'op maandag t/m vrijdag tussen 6 en 12 uur')
    """
    clock = f"tussen {hours[0]} en {hours[1]} uur"
    chosen = list(weekdays)
    if len(set(chosen)) == 7:
        return clock
    if len(chosen) > 2:
        return f"op {WEEKDAYS[chosen[0]]} t/m {WEEKDAYS[chosen[-1]]} {clock}"
    return f"op {joined(WEEKDAYS[day] for day in chosen)} {clock}"


def times(value: float, hours_share: float, when: str) -> str:
    """
    Say which hours hold more incidents than their length explains.

    True where `value`, the share of the (estimated) times, exceeds `hours_share`, the share
    of the week that those hours are.

    Examples
    --------
    >>> times(0.34, 0.0714, "op vrijdag en zaterdag tussen 18 en 24 uur")
    'Naar schatting viel een op de drie incidenten (34%) op vrijdag en zaterdag tussen 18 en
     24 uur; die uren zijn 7% van de week.'
    """
    said = share(value, "incidenten").removeprefix("ongeveer ")
    return f"Naar schatting viel {said} {when}; die uren zijn {percent(hours_share)} van de week."


def times_even(n: int) -> str:
    """
    Say that no part of the week stands out.

    Examples
    --------
    >>> times_even(212)
    'De tijdstippen (bekend van 212 incidenten) laten geen uitgesproken drukke uren zien.'
    """
    known = plural(n, "incident", "incidenten")
    return f"De tijdstippen (bekend van {known}) laten geen uitgesproken drukke uren zien."


def times_too_few(n: int) -> str:
    """
    Say that too few incidents have a time that is known well enough.

    Examples
    --------
    >>> times_too_few(12), times_too_few(0)
    ('Van 12 incidenten is het tijdstip goed genoeg bekend: te weinig gegevens voor drukke uren.',
     'Van geen enkel incident is het tijdstip goed genoeg bekend.')
    """
    if n == 0:
        return "Van geen enkel incident is het tijdstip goed genoeg bekend."
    known = plural(n, "incident", "incidenten")
    return f"Van {known} is het tijdstip goed genoeg bekend: te weinig gegevens voor drukke uren."


def repeats(n_places: int, n_there: int, n_total: int) -> str:
    """
    Say how much happened at places where it happened more than once.

    True of places told apart by their exact coordinates.

    Examples
    --------
    >>> repeats(12, 66, 212)
    'Op twaalf plekken gebeurde het in deze periode twee keer of vaker: samen 66 van de 212
     incidenten (31%).'
    """
    if n_places == 0:
        return "Op geen enkele plek gebeurde het in deze periode meer dan een keer."
    together = "" if n_places == 1 else "samen "
    return (
        f"Op {one(n_places)} {'plek' if n_places == 1 else 'plekken'} gebeurde het in deze "
        f"periode twee keer of vaker: {together}{number(n_there)} van de {number(n_total)} "
        f"incidenten ({share_of(n_there, n_total)})."
    )


def repeats_too_few(n: int) -> str:
    """Say that there are too few incidents to speak of places that repeat."""
    return (
        f"Met {plural(n, 'incident', 'incidenten')} zijn er te weinig gegevens om van herhaling "
        "te spreken."
    )


def near_repeats(
    ratio: float,
    observed: int,
    expected: float,
    *,
    metres: tuple[float, float],
    within_days: tuple[float, float],
    what: str = "incident",
    scope: str = "",
) -> str:
    """
    Say how much more often a second incident follows near and soon than by chance.

    True of a Knox ratio above 1 whose corrected p-value is at most the chosen level. The
    bands are half-open: "binnen 14 dagen" is 0 to 13 whole days between two dates.

    Examples
    --------
    >>> near_repeats(2.1, 141, 67.2, metres=(0, 200), within_days=(0, 14), what="woninginbraak")
    'Na een woninginbraak volgt er binnen 200 meter en binnen 14 dagen 2,1 keer zo vaak nog een
     als door toeval te verwachten is (141 paren, 67,2 verwacht).'
    """
    where = f"; {scope}" if scope else ""
    return (
        f"Na een {what} volgt er {_metres(metres)} en {_days(within_days)} "
        f"{number(ratio, 1)} keer zo vaak nog een als door toeval te verwachten is "
        f"({plural(observed, 'paar', 'paren')}, {number(expected, 1)} verwacht{where})."
    )


def near_repeats_none() -> str:
    """Say that near repeats were looked for and not shown. True where q exceeds the level."""
    return (
        "Dat incidenten elkaar op korte afstand en in korte tijd vaker opvolgen dan door toeval, "
        "is niet aangetoond."
    )


def schouw(n_open: int, n_actions: int, by_actor: Sequence[tuple[str, int]], *, day: str) -> str:
    """
    Say how many actions of the schouw are open, and with whom most of them lie.

    Parameters
    ----------
    n_open, n_actions : int
        Open actions of all actions.
    by_actor : sequence of (str, int)
        Open actions of each actor. An action of two actors counts for both.
    day : str
        Date of the schouw in words; empty where it is unknown.

    Examples
    --------
    >>> schouw(14, 17, [("Stadsdeelbeheer", 9), ("Politie", 5)], day="22 mei 2007")
    'Van de 17 acties uit de schouw van 22 mei 2007 staan er nog 14 open; de meeste (9) liggen
     bij Stadsdeelbeheer.'
    """
    origin = f"de schouw van {day}" if day else "de schouw"
    if n_actions == 0:
        return f"Uit {origin} zijn geen acties voortgekomen."
    if n_actions == 1:
        state = "staat nog open" if n_open else "is afgehandeld"
        return f"De ene actie uit {origin} {state}."
    if n_open == 0:
        return f"Alle {number(n_actions)} acties uit {origin} zijn afgehandeld."
    start = f"Van de {number(n_actions)} acties uit {origin} {'staat' if n_open == 1 else 'staan'}"
    most = leaders(by_actor)
    if not most:
        return f"{start} er nog {number(n_open)} open."
    names, n = most
    if n_open == 1:
        return f"{start} er nog 1 open, bij {joined(names)}."
    if len(names) == 1:
        if n == n_open:
            return f"{start} er nog {number(n_open)} open, alle bij {names[0]}."
        lie = "liggen" if n > 1 else "ligt"
        return (
            f"{start} er nog {number(n_open)} open; de meeste ({number(n)}) {lie} bij {names[0]}."
        )
    if len(names) > 3:
        return (
            f"{start} er nog {number(n_open)} open, verdeeld over {number(len(by_actor))} partijen."
        )
    return f"{start} er nog {number(n_open)} open; bij {joined(names)} elk {number(n)}."


def leaders(by_actor: Sequence[tuple[str, int]]) -> tuple[list[str], int] | None:
    """
    Name who has the most, all of them where they tie.

    Examples
    --------
    >>> leaders([("A", 2), ("B", 3), ("C", 3)]), leaders([("A", 0)])
    ((['B', 'C'], 3), None)
    """
    most = max((n for _, n in by_actor), default=0)
    return ([name for name, n in by_actor if n == most], most) if most else None


def schouw_in_hotspots(n: int, n_findings: int) -> str:
    """
    Say how many findings lie in a hotspot.

    Examples
    --------
    >>> schouw_in_hotspots(5, 16), schouw_in_hotspots(1, 16)
    ('5 van de 16 bevindingen liggen in een hotspot.',
     '1 van de 16 bevindingen ligt in een hotspot.')
    """
    if n == 0:
        return "Geen van de bevindingen ligt in een hotspot."
    lie = "ligt" if n == 1 else "liggen"
    return f"{number(n)} van de {number(n_findings)} bevindingen {lie} in een hotspot."


def surface(value: float) -> str:
    """
    Write a share of the surface, never as nothing.

    Examples
    --------
    >>> surface(0.03), surface(0.002)
    ('3%', 'minder dan 1%')
    """
    return "minder dan 1%" if 0 < value < 0.005 else percent(value)


def share_of(part: int, whole: int) -> str:
    """
    Write a part of a whole as a percentage.

    Examples
    --------
    >>> share_of(51, 212), share_of(0, 0)
    ('24%', '0%')
    """
    return percent(part / whole) if whole else percent(0)


def one(n: int) -> str:
    """
    Write a small number in letters, one with its accents.

    Examples
    --------
    >>> one(1), one(3)
    ('één', 'drie')
    """
    return "één" if n == 1 else count(n)


def _metres(band: tuple[float, float]) -> str:
    low, high = band
    if low <= 0:
        return f"binnen {number(high)} meter"
    return f"op {number(low)} tot {number(high)} meter"


def _days(band: tuple[float, float]) -> str:
    low, high = band
    if low <= 0:
        return "op dezelfde dag" if high == 1 else f"binnen {days(high)}"
    return f"na {number(low)} tot {days(high)}"
