"""Words of the slide on repeat offenders."""

from ipgtools.nl.formats import number
from ipgtools.nl.sentences import place

__all__ = [
    "COLUMNS", "NOTES", "NOT_FOR_AUDIENCE", "NOT_GIVEN", "NOT_OF_BUURT", "NOT_TOLD_NOTE", "OFF",
    "TITLE", "offenders_rule",
]  # fmt: skip

TITLE = "Veelplegers in {place}: alleen aantallen"
NOTES = (
    "Alleen aantallen, berekend volgens de genoemde regels. Kleine aantallen zijn verborgen "
    "zodat niemand te herkennen is. Er is geen kaart en geen lijst van personen, en deze "
    "cijfers zeggen niets over wat iemand zal doen."
)
NOT_GIVEN = "Er zijn geen plegergegevens aangeleverd; er is geen dia over veelplegers."
OFF = "De module voor personen staat uit; veelplegers zijn niet geteld."
NOT_FOR_AUDIENCE = "Cijfers over veelplegers zijn niet voor dit publiek; die dia is weggelaten."
NOT_OF_BUURT = (
    "Cijfers over veelplegers worden met partners niet per buurt gedeeld; die dia is weggelaten."
)
COLUMNS = ("klasse", "personen")
NOT_TOLD_NOTE = "–: niet getoond, omdat er kleine aantallen uit te berekenen zouden zijn."


def offenders_rule(rules: str, *, kind: str, minimum: int) -> str:
    """State by which rules persons were counted and what is hidden."""
    return (
        f"Geteld volgens: {rules}. Een persoon telt mee als een feit in {place(kind)} is gepleegd, "
        f"waar iemand ook woont. Aantallen onder de {number(minimum)} zijn niet getoond."
    )
