"""
Measure the similarity of words that may be misread or mistyped.

Text recognition mistakes letters for letters of the same shape: *Dostveemweg* for
*Oostveenweg*. A plain edit distance counts such a slip as much as any other, so that wrong
names come as close as right ones. Here a slip between letters of one shape costs a third.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from ipgtools.nl.schouw import SHORT_ENDINGS, TITLES

__all__ = ["CHEAP", "Match", "Names", "abbreviate", "distance", "normalise_name", "similarity"]

_SAME_SHAPE = (
    "0od", "0q", "8b", "5s", "6b", "1il", "ij", "lj", "it", "lt", "tf", "ft", "fr", "tr", "ec",
    "eo", "co", "ae", "ao", "as", "az", "es", "sz", "mn", "nr", "mw", "nh", "hb", "nu", "uv",
    "vw", "uw", "vy", "gq", "gy", "ag", "dl", "bl", "§5", "i5", "kx",
)  # fmt: skip
_SAME_SHAPES = (
    ("rr", "m"), ("rn", "m"), ("ri", "m"), ("in", "m"), ("ni", "m"), ("n", "mi"), ("vv", "w"),
    ("cl", "d"), ("li", "h"), ("ld", "dd"), ("ij", "ii"), ("ij", "y"), ("ij", "u"), ("ui", "w"),
    ("lu", "u"), ("li", "u"),
)  # fmt: skip
_SLIP, _SLIPS = 1 / 3, 0.5
CHEAP = {pair for group in _SAME_SHAPE for pair in ((a, b) for a in group for b in group if a != b)}
"""Pairs of letters that are taken for each other."""
_CHEAPS = {pair for a, b in _SAME_SHAPES for pair in ((a, b), (b, a))}
_CHEAP_ENDS = {(a[-1], b[-1]) for a, b in _CHEAPS}
_SHORT_END = re.compile(
    rf"(?<=\w{{3}})(?:{'|'.join(sorted(SHORT_ENDINGS, key=len, reverse=True))})$"
)
_SHORTLIST = 4
_MOST_SEEN = 200_000
"""Phrases whose names are remembered: as many as fit in some 50 MB."""
_ODD_START = 1.2
_WITHOUT_FRONT, _SHORTEST_TAIL = 0.9, 8
"""How alike *Musschenbroekstraat* is to *Van Musschenbroekstraat*, and how long it must be."""


@lru_cache(maxsize=50_000)
def normalise_name(text: str) -> str:
    """
    Reduce a name to what matters in comparing it.

    Examples
    --------
    >>> normalise_name("J.J. van Deinselaan"), normalise_name("Dr. Benthemstr.")
    ('jj van deinselaan', 'dr benthemstraat')
    """
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(mark for mark in text if not unicodedata.combining(mark))
    text = re.sub(r"(?<=\w{2})str\.?(?=$|[\s,;])", "straat", text)
    text = re.sub(r"[.'’‘`´\"]", "", text)
    return " ".join(re.sub(r"[^\w§$&/]+", " ", text).split())


def abbreviate(name: str) -> str:
    """
    Reduce a name to its plain form, titles short and endings in full.

    Examples
    --------
    >>> abbreviate("Professor Dr. Janssenstr."), abbreviate("Marthaln")
    ('prof dr janssenstraat', 'marthalaan')
    """
    return " ".join(
        TITLES.get(word, _SHORT_END.sub(_full_end, word)) for word in normalise_name(name).split()
    )


def _full_end(found: "re.Match[str]") -> str:
    return SHORT_ENDINGS[found[0]]


@lru_cache(maxsize=50_000)
def distance(a: str, b: str, light: int = 0, shape: float = _SLIP) -> float:
    """
    Count the slips between two words, slips of shape for less.

    Examples
    --------
    >>> distance("veld", "veld"), distance("veld", "held"), round(distance("niet", "miet"), 2)
    (0.0, 1.0, 0.33)
    >>> distance("terrein", "temein"), distance("wge", "weg"), distance("wef", "weg", light=3)
    (0.5, 1.0, 0.5)
    """
    heavy = len(b) - light
    rows: list[list[float]] = [[j if j <= heavy else (heavy + j) / 2 for j in range(len(b) + 1)]]
    for i in range(1, len(a) + 1):
        row = [float(i)]
        for j in range(1, len(b) + 1):
            x, y = a[i - 1], b[j - 1]
            one = 1.0 if j <= heavy else 0.5
            swap = 0.0 if x == y else one * shape if (x, y) in CHEAP else one
            best = min(rows[i - 1][j] + one, row[j - 1] + one, rows[i - 1][j - 1] + swap)
            if i > 1 and j > 1 and x != y and (x, y) == (b[j - 2], a[i - 2]):
                best = min(best, rows[i - 2][j - 2] + one)
            if (x, y) in _CHEAP_ENDS:
                for m, n in ((2, 1), (1, 2), (2, 2)):
                    if i >= m and j >= n and (a[i - m : i], b[j - n : j]) in _CHEAPS:
                        best = min(best, rows[i - m][j - n] + one * _SLIPS)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def similarity(a: str, b: str) -> float:
    """
    Return the similarity of two names, 0 to 1.

    Parameters
    ----------
    a, b : str
        As written.

    Returns
    -------
    float
        1 for the same name, 0 for nothing in common. Another first letter, of another shape,
        counts as 1.2 slips more: people and scanners seldom miss the first one.

    Examples
    --------
    >>> round(similarity("Dostveemweg", "Oostveenweg"), 2), similarity("Pluimstraat", "pluimstr.")
    (0.94, 1.0)
    """
    a, b = normalise_name(a), normalise_name(b)
    if a == b:
        return 1.0 if a else 0.0
    if not a or not b:
        return 0.0
    odd = 0 if a[0] == b[0] or (a[0], b[0]) in CHEAP else _ODD_START
    return max(0.0, 1 - (distance(a, b) + odd) / max(len(a), len(b)))


@dataclass(frozen=True)
class Match:
    """
    A name, how alike it is, and what else it may be.

    Parameters
    ----------
    name : str
        The most alike.
    score : float
        How alike it is, 0 to 1.
    runner_up : float
        How alike the next best name is.
    rivals : tuple of str
        Of streets: the names that it is as likely to be.
    longer : tuple of str
        Of streets: the names that end in this one.
    """

    name: str
    score: float
    runner_up: float = 0.0
    rivals: tuple[str, ...] = ()
    longer: tuple[str, ...] = ()


@dataclass(frozen=True)
class Names:
    """
    Names to look words up in.

    Parameters
    ----------
    spelled : dict of str to str
        Each name under its plain form, and under that with titles short.
    near : frozenset of str, optional
        Names that are the likelier ones: those of the area at hand.
    """

    spelled: dict[str, str]
    near: frozenset[str] = frozenset()
    _seen: dict[str, Match | None] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, names: Iterable[str], near: Iterable[str] = ()) -> "Names":
        """Make them from a list of names."""
        names = [name for name in names if normalise_name(name)]
        spelled = {form(name): name for form in (abbreviate, normalise_name) for name in names}
        return cls(spelled, frozenset(near))

    def best(self, phrase: str) -> Match | None:
        """
        Return the name most like a phrase.

        Parameters
        ----------
        phrase : str
            One or more words.

        Returns
        -------
        Match or None
            None if nothing comes near. Of names equally alike a near one wins. What is before
            the last words of a name may be left out, if that leaves one name.
        """
        key = normalise_name(phrase)
        try:
            return self._seen[key]
        except KeyError:
            found = self._look_up(key)
        if len(self._seen) >= _MOST_SEEN:
            self._seen.clear()
        self._seen[key] = found
        return found

    def _look_up(self, key: str) -> Match | None:
        if len(key) < 2:
            return None
        for exact in (key, abbreviate(key)):
            if exact in self.spelled:
                return Match(self.spelled[exact], 1.0)
        found = [one for one in (self._by_tail(key), self._by_letters(key)) if one]
        return max(found, key=lambda one: one.score, default=None)

    def _by_tail(self, key: str) -> Match | None:
        """Return the one name that ends in these words."""
        if len(key) < _SHORTEST_TAIL:
            return None
        whole = {name for form, name in self.spelled.items() if form.endswith(f" {key}")}
        near = whole & self.near
        alone = len(whole) == 1 or len(near) == 1
        return Match(next(iter(near or whole)), _WITHOUT_FRONT) if alone else None

    def _by_letters(self, key: str) -> Match | None:
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        found = process.extract(
            key,
            self.spelled.keys(),
            scorer=Levenshtein.normalized_similarity,
            limit=_SHORTLIST,
            score_cutoff=0.55,
        )
        if not found:
            return None
        ranked = sorted(
            (
                (similarity(key, other) + 0.02 * (self.spelled[other] in self.near), other)
                for other, _, _ in found
            ),
            reverse=True,
        )
        score, other = similarity(key, ranked[0][1]), ranked[0][1]
        name = self.spelled[other]
        others = (score for score, form in ranked if self.spelled[form] != name)
        return Match(name, score, next(others, 0.0))
