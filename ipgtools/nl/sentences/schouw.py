"""State what a wijkschouw found and what is still open."""

from collections.abc import Sequence

from ipgtools.nl.formats import joined, number

__all__ = ["leaders", "schouw", "schouw_compared", "schouw_in_places"]


def schouw(n_open: int, n_actions: int, by_actor: Sequence[tuple[str, int]], *, day: str) -> str:
    """
    State how many actions of the schouw are open, and with whom most of them lie.

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


def schouw_in_places(n: int, n_placed: int, *, n_findings: int) -> str:
    """
    State how many findings lie in a place that stands out, of those whose place is known.

    Examples
    --------
    >>> schouw_in_places(5, 16, n_findings=16), schouw_in_places(1, 12, n_findings=16)
    ('5 van de 16 bevindingen liggen op een van de genummerde plekken.',
     '1 van de 12 bevindingen met een bekende plek ligt op een van de genummerde
     plekken.')
    >>> schouw_in_places(0, 0, n_findings=16)
    'Van geen van de bevindingen is de plek bekend.'
    """
    if n_placed == 0:
        return "Van geen van de bevindingen is de plek bekend."
    placed = "bevindingen" if n_placed == n_findings else "bevindingen met een bekende plek"
    if n == 0:
        return f"Geen van de {placed} ligt op een van de genummerde plekken."
    lie = "ligt" if n == 1 else "liggen"
    return f"{number(n)} van de {number(n_placed)} {placed} {lie} op een van de genummerde plekken."


def schouw_compared(n_solved: int, n_still_open: int, n_new: int, *, before: str) -> str:
    """
    State what became of the findings of the schouw before, and how many are new.

    Examples
    --------
    >>> schouw_compared(9, 5, 3, before="22 mei 2007")
    'Van de 14 bevindingen van de schouw van 22 mei 2007 zijn er 9 niet meer gezien en 5 weer
     gezien. Er zijn 3 nieuwe bevindingen.'
    >>> schouw_compared(1, 0, 1, before="")
    'De ene bevinding van de vorige schouw is niet meer gezien. Er is 1 nieuwe bevinding.'
    """
    origin = f"de schouw van {before}" if before else "de vorige schouw"
    n = n_solved + n_still_open
    if n == 0:
        text = f"Bij {origin} waren er geen bevindingen."
    elif n == 1:
        seen = "niet meer gezien" if n_solved else "weer gezien"
        text = f"De ene bevinding van {origin} is {seen}."
    elif not n_solved or not n_still_open:
        seen = "niet meer gezien" if n_solved else "weer gezien"
        text = f"Alle {number(n)} bevindingen van {origin} zijn {seen}."
    else:
        verb = "is" if n_solved == 1 else "zijn"
        text = (
            f"Van de {number(n)} bevindingen van {origin} {verb} er {number(n_solved)} "
            f"niet meer gezien en {number(n_still_open)} weer gezien."
        )
    if n_new == 0:
        return f"{text} Er zijn geen nieuwe bevindingen."
    if n_new == 1:
        return f"{text} Er is 1 nieuwe bevinding."
    return f"{text} Er zijn {number(n_new)} nieuwe bevindingen."
