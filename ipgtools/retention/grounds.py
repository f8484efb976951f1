"""Look up the terms that hold for a data set by its ground."""

import re
from dataclasses import dataclass

from ipgtools.errors import SettingsError
from ipgtools.nl import retention as words

__all__ = ["DAILY", "Ground", "ground"]

_ARTICLE = re.compile(r"\b(8|9|10|12|13)\b")
DAILY = 8
"""Article of the Wpg on the daily task of the police; the strictest terms are its."""
_REFUSED = 12
"""Article of the Wpg on informants, which is no business of a briefing."""


@dataclass(frozen=True)
class Ground:
    """
    What the law allows a data set to be used by.

    Parameters
    ----------
    text : str
        As it is written in the settings.
    free : bool
        Whether free use ends after a term (Wpg 8).
    keep : bool
        Whether the data have to be removed after a term.
    assumed : {"", "missing", "unknown"}
        Why the strictest ground was taken: none is written, or it is not recognised.
    """

    text: str
    free: bool
    keep: bool
    assumed: str = ""

    @property
    def shown(self) -> str:
        """The ground whose terms hold, in words."""
        return words.STRICTEST if self.assumed else self.text


def ground(text: str) -> Ground:
    """
    Recognise a ground.

    Parameters
    ----------
    text : str
        "Wpg 8", "art. 13 Wpg", "AVG 6(1)e", "open data", "verzonnen gegevens". Of several the
        strictest counts.

    Returns
    -------
    Ground
        Wpg 8: both terms. Wpg 9, 10 and 13 and the AVG: no end to free use, and removal after
        the term of `keep_years`; their law asks for removal once the data are no longer needed,
        which may be earlier. Open and invented data: no terms. Anything else counts as Wpg 8.

    Raises
    ------
    SettingsError
        If it is Wpg 12.

    References
    ----------
    Wet politiegegevens, art. 8 (1, 3 and 6), 9 (4), 10 (6), 12 and 13; AVG art. 5(1)e.

    Examples
    --------
    >>> ground("Wpg 8")
    Ground(text='Wpg 8', free=True, keep=True, assumed='')
    >>> ground("art. 13 Wpg").free, ground("Wpg 8 en 13").free, ground("open data").keep
    (False, True, False)
    >>> ground("Wpg 8, geen open data").keep, ground("omdat het mag").assumed
    (True, 'unknown')
    """
    plain = " ".join(text.casefold().split())
    if plain in words.ABOUT_NO_ONE:
        return Ground(text, free=False, keep=False)
    if any(name in plain for name in words.POLICE_LAW):
        articles = {int(one) for one in _ARTICLE.findall(plain)}
        if _REFUSED in articles:
            msg = f"the ground {text!r} is about informants; such data are not read"
            raise SettingsError(msg, code="ground_refused", found=text)
        if not articles:
            return Ground(text, free=True, keep=True, assumed="unknown")
        return Ground(text, free=DAILY in articles, keep=True)
    if any(re.search(rf"\b{name}\b", plain) for name in words.GENERAL_LAW):
        return Ground(text, free=False, keep=True)
    return Ground(text, free=True, keep=True, assumed="unknown" if plain else "missing")
