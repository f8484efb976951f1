"""State how much the busiest places hold, whether they stay the busiest, and how they group."""

from ipgtools.nl.formats import count, number, percent, plural
from ipgtools.nl.sentences.common import one, share, share_of

__all__ = ["DENOMINATORS", "clusters", "clusters_by_chance", "few_places", "stability", "top_share"]

DENOMINATORS = {
    "all": "alle {places}",
    "with_incidents": "de {places} waar iets gebeurde",
}


def top_share(
    share_places: float,
    n_denominator: int,
    share_incidents: float,
    *,
    denominator: str,
    places: str = "vakken",
) -> str:
    """
    State what share of the incidents the busiest places hold, and of which places they are.

    True of a row of `concentration.top_shares`.

    Examples
    --------
    >>> top_share(0.05, 812, 0.5, denominator="all")
    'De drukste 5% van alle vakken (812) heeft de helft van de incidenten (50%).'
    >>> top_share(0.2, 60, 0.43, denominator="with_incidents", places="straten")
    'De drukste 20% van de straten waar iets gebeurde (60) heeft 43% van de incidenten.'
    """
    whole = DENOMINATORS[denominator].format(places=places)
    return (
        f"De drukste {percent(share_places)} van {whole} ({number(n_denominator)}) heeft "
        f"{share(share_incidents, 'incidenten')}."
    )


def stability(
    overlap: float,
    top: int,
    stable: tuple[float, float],
    *,
    p_stable: float,
    p_random: float,
    places: str = "plekken",
    alpha: float = 0.05,
) -> str:
    """
    State whether the busiest places are those of the period before.

    True of a row of `concentration.stability`: `stable` is its 95 % range if nothing changed;
    `p_stable` at most `alpha` means that the top changed, `p_random` above it that it is no more
    lasting than places picked at random.

    Examples
    --------
    >>> stability(6, 10, (5, 8), p_stable=0.4, p_random=0.001)
    'Van de tien drukste plekken waren er zes dat in de periode ervoor ook. Als er niets veranderde,
     zouden het er door toeval vijf tot acht zijn.'
    >>> stability(2, 10, (5, 8), p_stable=0.004, p_random=0.001)
    'Van de tien drukste plekken waren er twee dat in de periode ervoor ook. Dat zijn er minder dan
     toeval verklaart: andere plekken werden de drukste.'
    >>> stability(1, 10, (0, 4), p_stable=0.4, p_random=0.6)
    'Van de tien drukste plekken was er één dat in de periode ervoor ook. Dat is niet aantoonbaar
     meer dan bij willekeurige plekken: de volgorde zegt hier weinig.'
    """
    same = round(overlap)
    verb = "was" if same == 1 else "waren"
    many = "geen enkele" if same == 0 else one(same)
    start = (
        f"Van de {count(top)} drukste {places} {verb} er {many} dat in de periode ervoor ook. "
        if same
        else f"Geen van de {count(top)} drukste {places} was dat in de periode ervoor ook. "
    )
    if p_stable <= alpha:
        are = "is er" if same == 1 else "zijn er"
        return f"{start}Dat {are} minder dan toeval verklaart: andere {places} werden de drukste."
    if not p_random <= alpha:
        return (
            f"{start}Dat is niet aantoonbaar meer dan bij willekeurige {places}: de volgorde zegt "
            "hier weinig."
        )
    low, high = (round(value) for value in stable)
    reach = count(low) if low == high else f"{count(low)} tot {count(high)}"
    return f"{start}Als er niets veranderde, zouden het er door toeval {reach} zijn."


def clusters(n_clusters: int, n_inside: int, n_total: int) -> str:
    """
    State how many groups of incidents lie close together.

    True of any grouping; it claims nothing about chance.

    Examples
    --------
    >>> clusters(3, 60, 212)
    'Er zijn drie groepen incidenten dicht bij elkaar, samen 28% van alle incidenten.'
    >>> clusters(1, 60, 212), clusters(0, 0, 212)
    ('Er is één groep incidenten dicht bij elkaar, met 28% van alle incidenten.',
     'Nergens liggen genoeg incidenten dicht bij elkaar voor een groep.')
    """
    if n_clusters == 0:
        return "Nergens liggen genoeg incidenten dicht bij elkaar voor een groep."
    if n_clusters == 1:
        return (
            "Er is één groep incidenten dicht bij elkaar, met "
            f"{share_of(n_inside, n_total)} van alle incidenten."
        )
    return (
        f"Er zijn {one(n_clusters)} groepen incidenten dicht bij elkaar, samen "
        f"{share_of(n_inside, n_total)} van alle incidenten."
    )


def clusters_by_chance(
    n_clusters: int, expected: float, high: int, *, q_value: float, alpha: float = 0.05
) -> str:
    """
    State whether there are more groups than chance gives.

    True of an order of `hotspots.hierarchical_clusters` with its q-value, and the number that
    97.5 % of the simulations do not exceed.

    Examples
    --------
    >>> clusters_by_chance(8, 1.2, 4, q_value=0.005)
    'Er zijn acht groepen, waar er bij een toevallige spreiding over het gebied 1,2 te verwachten
     zijn en zelden meer dan 4.'
    >>> clusters_by_chance(2, 1.2, 4, q_value=0.3)
    'Er zijn twee groepen, maar dat kan toeval zijn (1,2 te verwachten).'
    >>> clusters_by_chance(4, 0.02, 0, q_value=0.01)
    'Er zijn vier groepen, waar er bij een toevallige spreiding over het gebied geen te verwachten
     zijn.'
    """
    are, groups = ("is", "groep") if n_clusters == 1 else ("zijn", "groepen")
    start = f"Er {are} {one(n_clusters) if n_clusters else 'geen'} {groups}"
    by_chance = "waar er bij een toevallige spreiding over het gebied"
    if not q_value <= alpha:
        return f"{start}, maar dat kan toeval zijn ({number(expected, 1)} te verwachten)."
    if not high:
        return f"{start}, {by_chance} geen te verwachten zijn."
    return (
        f"{start}, {by_chance} {number(expected, 1)} te "
        f"verwachten zijn en zelden meer dan {number(high)}."
    )


def few_places(n: int) -> str:
    """
    State that groups on one or two addresses are drawn as squares.

    Examples
    --------
    >>> few_places(2)
    '2 groepen liggen op een of twee adressen en zijn als vak van 100 meter getekend, zodat de kaart
     geen woning aanwijst.'
    """
    lie, are = ("ligt", "is") if n == 1 else ("liggen", "zijn")
    return (
        f"{plural(n, 'groep', 'groepen')} {lie} op een of twee adressen en {are} als vak van 100 "
        "meter getekend, zodat de kaart geen woning aanwijst."
    )
