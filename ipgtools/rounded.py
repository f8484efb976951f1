"""Represent a released count: rounded, or only known to be small."""

from typing import Any

__all__ = ["FINEST", "WITHIN", "Rounded", "is_rounded", "whole", "whole_or_none"]

FINEST = 5
"""No number leaves rounded to less."""
WITHIN = "_within"
"""Ends the name of a column that gives how far each count lies from the number it is shown with."""


class Rounded(int):
    """
    A count that was rounded before it left, or withheld because it is small.

    A whole number as any other, that `nl.formats.number` writes as "ongeveer 65" or "minder dan
    5", and one that is rounded coarser than most as "tussen 20 en 40". Sums and differences of
    such numbers are plain numbers.

    Parameters
    ----------
    value : int
        What it was rounded to; of a withheld number the largest that it can be.
    below : int, optional
        Only this is known: it is smaller. 0 if the number is shown.
    base : int, default 5
        Multiples of this are shown, and nothing smaller: the count differs by less than it.

    Examples
    --------
    >>> Rounded(65) + 5, Rounded.fewer(5), Rounded.fewer(5).below
    (70, 4, 5)
    """

    below: int
    base: int

    def __new__(cls, value: int, below: int = 0, base: int = 5) -> "Rounded":
        """Make a whole number that knows that it is rounded."""
        made = super().__new__(cls, value)
        made.below = below
        made.base = base
        return made

    @classmethod
    def fewer(cls, than: int) -> "Rounded":
        """Make the number that stands for any below `than`."""
        return cls(max(than - 1, 0), below=than)

    @classmethod
    def released(cls, n: Any, within: Any) -> "Rounded":
        """
        Make the number that a released table holds.

        Examples
        --------
        >>> Rounded.released(30, 10).reach, Rounded.released(None, 10).reach
        ((21, 39), (0, 9))
        """
        import pandas as pd

        if pd.isna(n):
            return cls.fewer(int(within))
        return cls(int(n), base=int(within))

    @property
    def coarse(self) -> bool:
        """Whether it is rounded coarser than to fives."""
        return not self.below and self.base > FINEST

    def __getnewargs__(self) -> tuple[Any, ...]:
        """Copy and pickle as it is."""
        return int(self), self.below, self.base

    @property
    def reach(self) -> tuple[int, int]:
        """
        Return the smallest and the largest count that it can stand for.

        Examples
        --------
        >>> Rounded(65).reach, Rounded(5).reach, Rounded.fewer(5).reach
        ((61, 69), (5, 9), (0, 4))
        """
        if self.below:
            return 0, self.below - 1
        around = self.base - 1
        return max(int(self) - around, min(self.base, int(self))), int(self) + around


def whole(value: Any) -> int:
    """
    Give a count as a whole number, and a rounded one as it is.

    Examples
    --------
    >>> whole(3.0), type(whole(Rounded(5))).__name__
    (3, 'Rounded')
    """
    return value if isinstance(value, Rounded) else int(value)


def whole_or_none(value: Any) -> int | None:
    """
    Return a count as `whole` does, and None for one that is missing.

    Examples
    --------
    >>> whole_or_none(3.0), whole_or_none(float("nan"))
    (3, None)
    """
    import pandas as pd

    return None if pd.isna(value) else whole(value)


def is_rounded(*values: Any) -> bool:
    """
    Return whether one of some counts is rounded.

    Examples
    --------
    >>> is_rounded(3, None, Rounded(5)), is_rounded(3, 5.0)
    (True, False)
    """
    return any(isinstance(value, Rounded) for value in values)
