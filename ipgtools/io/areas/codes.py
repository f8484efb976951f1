"""Write the codes of gemeenten, wijken and buurten the way CBS does, so that tables join."""

from typing import TYPE_CHECKING

from ipgtools.io.parse import text_values

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["PREFIXES", "level_of", "normalise_codes"]

PREFIXES = {"BU": "buurt", "WK": "wijk", "GM": "gemeente"}
_DIGITS = {"buurt": 8, "wijk": 6, "gemeente": 4}
_SIGN = {level: sign for sign, level in PREFIXES.items()}
_CODED = r"\s*(?:BU|WK|GM)\w{4,8}\s*"


def normalise_codes(values: "pd.Series", level: str | None) -> "pd.Series":
    """
    Give codes without padding, in capitals, and with the letters of their level.

    Examples
    --------
    >>> import pandas as pd
    >>> normalise_codes(pd.Series(["bu01530100  ", "1530101", "E05001234"]), "buurt").tolist()
    ['BU01530100', 'BU01530101', 'E05001234']
    """
    text = text_values.text(values)
    capital = text.str.fullmatch(_CODED, case=False).fillna(value=False).astype(bool)
    text = text.mask(capital, text.str.upper())
    if level in _DIGITS:
        digits, sign = _DIGITS[level], _SIGN[level]
        bare = text.str.fullmatch(rf"\d{{{digits - 3},{digits}}}").fillna(value=False).astype(bool)
        text = text.mask(bare, sign + text.str.zfill(digits))
    return text


def level_of(codes: "pd.Series") -> "pd.Series":
    """Return the level of a code by its letters; "gebied" where it has none."""
    return codes.str[:2].map(PREFIXES).fillna("gebied")
