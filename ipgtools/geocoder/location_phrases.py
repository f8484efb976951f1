"""
Find the words about a place in running text: a mail, a remark.

Running text holds many words that look like some street, so this is stricter than reading a
place that is known to be one.
"""

from collections.abc import Sequence

from ipgtools.geocoder.location_grammar import NUMBER, insert_spaces, split_hyphens, suffix_of
from ipgtools.geocoder.street_mentions import HYPHEN, MatchName, Street, street_at
from ipgtools.geocoder.string_similarity import normalise_name
from ipgtools.nl import schouw as nl

__all__ = ["find_phrase"]

_SHORTENED = tuple(f"{end}." for end in nl.SHORT_ENDINGS)


def find_phrase(text: str, match: MatchName, *, cutoff: float = 0.9) -> str:
    """
    Find the words about a place in running text.

    Parameters
    ----------
    text : str
        A sentence or a whole mail.
    match : callable
        Gives the street name most like a phrase.
    cutoff : float, default 0.9
        Running text holds many words that look like some street, so this is strict. A word
        without a capital must be the name to the letter.

    Returns
    -------
    str
        The place in report words, or empty if no street is named.

    Examples
    --------
    >>> from ipgtools.geocoder.string_similarity import Names
    >>> names = Names.of(["Pluimstraat", "Oostveenweg"])
    >>> find_phrase("Er ligt afval op de hoek van de Pluimstraat en de Oostveenweg.", names.best)
    'Pluimstraat hoek Oostveenweg'
    >>> find_phrase("Bij Oostveenweg 12 is de lamp stuk", names.best)
    'Oostveenweg 12'
    """
    words = split_hyphens(insert_spaces(text).split())
    found: list[Street] = []
    at = 0
    while at < len(words):
        if words[at].lstrip("('\"‘“")[:1].isupper():
            street = street_at(words, at, match, cutoff)
        else:
            street = _small_street(words, at, match)
        if street:
            found.append(street)
            at = street.stop
        else:
            at += 1
    if not found:
        return ""
    elsewhere = [each for each in found if not _is_home(words, each)]
    first, *others = elsewhere or found
    if others and others[0].name != first.name:
        before = words[max(0, first.start - 4) : others[0].start]
        between = words[first.stop : others[0].start]
        corner = any(normalise_name(word) in nl.CORNER_WORDS for word in before)
        if (corner and len(between) <= 4) or between in [["/"], ["-"], [HYPHEN], ["x"]]:
            return f"{first.name} {nl.CORNER} {others[0].name}"
    rest = words[first.stop : first.stop + 3]
    if rest and normalise_name(rest[0]) in nl.BESIDE:
        rest = rest[1:]
    rest = [word for word in rest if normalise_name(word) not in nl.NUMBER_WORDS][:1]
    last = words[first.stop - 1]
    ended = last.endswith((".", ",", ";", "!", "?")) and not last.endswith(_SHORTENED)
    digits = NUMBER.match(rest[0]) if rest and not ended else None
    return f"{first.name} {digits[1]}{suffix_of(digits)}" if digits else first.name


def _is_home(words: Sequence[str], street: Street) -> bool:
    """Return whether a street is the home address of the writer."""
    return any(
        normalise_name(word) in nl.LIVING for word in words[max(0, street.start - 4) : street.start]
    )


def _small_street(words: Sequence[str], at: int, match: MatchName) -> Street | None:
    """Take a word without a capital for a street if it is one to the letter."""
    key = normalise_name(words[at])
    if not any(key.endswith(end) and len(key) >= len(end) + 3 for end in nl.SURE_ENDINGS):
        return None
    found = match(words[at])
    same = found is not None and f" {normalise_name(found.name)}".endswith(f" {key}")
    return Street(at, at + 1, found.name, found.score) if found and same else None
