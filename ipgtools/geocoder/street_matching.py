"""
Match a name to a street: misspelt, abbreviated or of another town.

What tells streets apart is neither *straat* nor *van der*, but the word between. Slips are
weighed against the letters of that word alone: *Porkstraat* is no *Parkstraat*, while
*Gonausevoetpad* can only be the *Gronausevoetpad*. A name as near to another one is a doubt, and
both are given.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from ipgtools.geocoder.string_similarity import (
    CHEAP,
    Match,
    Names,
    abbreviate,
    distance,
    normalise_name,
)
from ipgtools.nl import schouw as nl

__all__ = ["Form", "StreetNames", "form_of", "slips"]

_TITLES = frozenset(nl.TITLES.values())
_ENDINGS = sorted(nl.STREET_ENDINGS, key=len, reverse=True)
_SHORTLIST, _SHORTLISTED = 8, 0.5
_MOST_LIKELY = 4
_SHAPE = 0.5
_ODD_START, _ODD_SHAPE = 1.2, 0.5
"""What another first letter costs more, and one of the same shape: it is seldom missed."""
_OTHER_ENDING, _LONG_ENDING = 2.0, 4
"""A *laan* is no misspelt *straat*. Slips in endings this long count for half."""
_LONG_TITLE = 5
_OTHER_TITLE, _NO_TITLE = 2.0, 1.0
_LEAD = 0.5
"""A name must be nearer than any other one by more slips than this."""
_GIVEN_NAME = 5
"""Letters that a word before the last one counts for at least: a surname tells more."""
_JOINED, _OTHER_PARTICLE, _OTHER_FRONT = 0.97, 0.95, 0.9
"""How alike: *Hengelose straat*; *van der* or none; without *Burgemeester* or a given name."""
_SHORTEST_TAIL = 8
_INITIALS = re.compile(r"[a-z]{1,2}$|[b-df-hj-np-tv-z]{3,4}$")


@dataclass(frozen=True)
class Form:
    """
    The parts of a street name.

    Parameters
    ----------
    words : tuple of str
        Without titles and particles.
    titles : tuple of str
        Short: *burg*, *prof*.
    initials : str
        *jj* of *J.J. van Deinselaan*.
    particles : tuple of str
        *van*, *de*, *ter*.
    ending : str
        *straat*, *weg*; empty if it has none.
    """

    words: tuple[str, ...]
    titles: tuple[str, ...]
    initials: str
    particles: tuple[str, ...]
    ending: str

    @property
    def stem(self) -> str:
        """The last word without its ending."""
        return self.words[-1].removesuffix(self.ending) if self.words else ""

    def agrees(self, other: "Form") -> bool:
        """Return whether title and initials agree; one name may lack them."""
        titles = not (self.titles and other.titles) or self.titles == other.titles
        initials = not (self.initials and other.initials) or self.initials == other.initials
        return titles and initials


@lru_cache(maxsize=50_000)
def form_of(name: str) -> Form:
    """
    Take a street name apart.

    Examples
    --------
    >>> form = form_of("Burgemeester M. van der Veenlaan")
    >>> form.words, form.titles, form.initials, form.particles, form.ending
    (('veenlaan',), ('burg',), 'm', ('van', 'der'), 'laan')
    """
    words, titles, particles, initials = [], [], [], ""
    parts = abbreviate(name).split()
    for at, word in enumerate(parts):
        if at == len(parts) - 1:
            words.append(word)
        elif word in nl.PARTICLES:
            particles.append(word)
        elif title := _title(word):
            titles.append(title)
        elif not words and _INITIALS.match(word):
            initials += word
        else:
            words.append(word)
    last = words[-1] if words else ""
    fits = (each for each in _ENDINGS if last.endswith(each))
    ending = next((each for each in fits if len(last) > len(each) + 1 or len(words) > 1), "")
    return Form(tuple(words), tuple(titles), initials, tuple(particles), ending)


def _title(word: str) -> str:
    """Return the abbreviation of a title, also misspelt; empty if it is no title."""
    if word in _TITLES:
        return word
    if len(word) < _LONG_TITLE:
        return ""
    from rapidfuzz.distance import OSA

    alike = (shortened for full, shortened in nl.TITLES.items() if OSA.distance(word, full) <= 1)
    return next(alike, "")


def slips(written: str, name: str) -> tuple[float, float]:
    """
    Count the slips that make one name of another, and weigh them.

    Examples
    --------
    >>> slips("Gonausevoetpad", "Gronausevoetpad")[1] > 0.9
    True
    >>> slips("Kernstraat", "Kerkstraat")[1], slips("Molenlaan", "Molenstraat")[1] < 0.7
    (0.75, True)
    """
    a, b = form_of(written), form_of(name)
    pairs = [*zip(a.words, b.words, strict=False)]
    same = len(a.words) == len(b.words)
    if not same:
        pairs = [("".join(abbreviate(written).split()), "".join(abbreviate(name).split()))]
    total, letters = 0.5 * (a.particles != b.particles), 0
    for at, (one, other) in enumerate(pairs):
        last = at == len(pairs) - 1
        end = b.ending if last and same and other != b.ending else ""
        light = len(end) if len(end) >= _LONG_ENDING else 0
        missed = distance(one, other, light=light, shape=_SHAPE)
        if not missed:
            continue
        if one[0] != other[0]:
            missed += _ODD_SHAPE if (one[0], other[0]) in CHEAP else _ODD_START
        if last and len(a.ending) > 2 and a.ending != b.ending:
            missed += _OTHER_ENDING
        total += missed
        size = len(other) - len(end)
        own = len(one) - len(a.ending) if last and a.ending == b.ending else len(one)
        letters += min(own, size) if last else max(size, _GIVEN_NAME)
    if a.titles != b.titles:
        total += _OTHER_TITLE if a.titles else _NO_TITLE
    if a.initials != b.initials:
        total += _OTHER_TITLE if a.initials and b.initials else _NO_TITLE
    if not same:
        letters = min(letters, len(b.stem) or len(b.words[-1]))
    if not total:
        return 0.0, 1.0
    return total, max(0.0, 1 - total / max(letters, len(b.stem), 1))


@dataclass(frozen=True)
class StreetNames(Names):
    """Names of streets, to look words up in."""

    _forms: dict[str, Form] = field(default_factory=dict, compare=False, repr=False)
    _index: dict[str, dict[str, set[str]]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, names: Iterable[str], near: Iterable[str] = ()) -> "StreetNames":
        """Make them from a list of names."""
        names = [name for name in names if normalise_name(name)]
        made = cls(
            {make(name): name for make in (abbreviate, normalise_name) for name in names},
            frozenset(near),
        )
        joined: dict[str, set[str]] = {}
        bare: dict[str, set[str]] = {}
        tails: dict[str, set[str]] = {}
        ends: dict[str, set[str]] = {}
        for key in {abbreviate(name) for name in names}:
            name = made.spelled[key]
            form = made._forms[name] = form_of(name)
            joined.setdefault(key.replace(" ", ""), set()).add(name)
            bare.setdefault(" ".join(form.words), set()).add(name)
            words = key.split()
            for at in range(1, len(words)):
                tail = " ".join(words[at:])
                ends.setdefault(tail, set()).add(name)
                if words[at - 1] not in nl.PARTICLES:
                    tails.setdefault(tail, set()).add(name)
        made._index.update(joined=joined, bare=bare, tails=tails, ends=ends)
        return made

    def _look_up(self, key: str) -> Match | None:
        if len(key) < 2:
            return None
        key = abbreviate(key)
        if key in self.spelled:
            return Match(self.spelled[key], 1.0, longer=self._longer(key))
        if found := self._index["joined"].get(key.replace(" ", "")):
            return self._one_of(found, _JOINED)
        form = form_of(key)
        same = self._index["bare"].get(" ".join(form.words), set())
        front = (form.titles, form.initials)
        alike = {
            one for one in same if (self._forms[one].titles, self._forms[one].initials) == front
        }
        if alike:
            return self._one_of(alike, _OTHER_PARTICLE)
        if same := {one for one in same if self._forms[one].agrees(form)}:
            return self._one_of(same, _OTHER_FRONT)
        # Not what follows a particle: who shortens Bernard ter Haarstraat writes ter Haarstraat.
        if len(key) >= _SHORTEST_TAIL and (found := self._index["tails"].get(key)):
            return self._one_of(found, _OTHER_FRONT)
        return self._by_letters(key)

    def likely(self, phrase: str) -> tuple[list[str], float]:
        """
        Return the names that a phrase looks like, whether or not they can be meant.

        Parameters
        ----------
        phrase : str
            One or more words.

        Returns
        -------
        names : list of str
            The most alike, several if they are equally so; in order.
        score : float
            How alike they look, 0 to 1.
        """
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        found = process.extract(
            abbreviate(phrase),
            self.spelled.keys(),
            scorer=OSA.normalized_similarity,
            limit=_MOST_LIKELY,
        )
        best = max((score for _, score, _ in found), default=0.0)
        return sorted({self.spelled[key] for key, score, _ in found if score == best}), best

    def _longer(self, key: str) -> tuple[str, ...]:
        return tuple(sorted(self._index["ends"].get(key, ())))

    def _one_of(self, names: set[str], score: float) -> Match:
        """Choose the only name or the only near one; else list the candidates."""
        left = names & self.near or names
        first, *others = sorted(left)
        return Match(first, score, score if others else 0.0, tuple(others))

    def _by_letters(self, key: str) -> Match | None:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        bare = self._index["bare"]
        wanted = " ".join(form_of(key).words)
        found = process.extract(
            wanted,
            bare.keys(),
            scorer=OSA.normalized_similarity,
            limit=_SHORTLIST,
            score_cutoff=_SHORTLISTED,
        )
        ranked = sorted((*slips(key, name), name) for other, _, _ in found for name in bare[other])
        if not ranked:
            return None
        least = ranked[0][0]
        rivals = [each for each in ranked if each[0] <= least + _LEAD]
        rivals = [each for each in rivals if each[2] in self.near] or rivals
        best = max(rivals, key=lambda each: (each[1], each[2]))
        others = tuple(name for _, _, name in rivals if name != best[2])
        runner_up = max((score for _, score, name in ranked if name != best[2]), default=0.0)
        return Match(best[2], best[1], runner_up, others)
