"""
Give an overview of persons' cases without the persons: PGA and TBS, by case number only.

PGA is the *persoonsgerichte aanpak*, TBS the *terbeschikkingstelling*. A case is a number, a
team, a phase and the actions that partners agreed on. Names, dates of birth and places are
refused on reading; there is no map, no score and no list by person. What comes out is for the
police only, see `ipgtools.privacy`.
"""

from ipgtools.cases.overview import Overview, overview
from ipgtools.cases.reading import KINDS, read_cases

__all__ = ["KINDS", "Overview", "overview", "read_cases"]
