"""
Hold the Dutch words by which a sensitive kind of incident is recognised in a label.

Each is the beginning of a word, or is anywhere in a word after an asterisk; of several
words together each follows the other. Rather too many are recognised than too few: a kind that
is recognised wrongly is missing from a briefing, one that is missed leaves.
"""

__all__ = ["WORDS"]

WORDS = {
    "health": (
        "verward", "onbegrepen gedrag", "psychisch", "psychiatr", "psychose", "psychotisch",
        "suicid", "zelfdod", "zelfmoord", "zelfbeschadig", "ggz", "e33", "wvggz", "wet bopz",
        "tbs",
    ),
    "sexual": (
        "*zeden", "*verkracht", "aanrand", "*ontucht", "*seks", "*sexu", "incest", "schennis",
        "schennispl", "exhibition", "loverboy", "grooming", "sexting", "*prostitu", "*porno",
        "mensenhandel",
    ),
    "homicide": (
        "moord", "doodslag", "levensdeli", "levensberov", "kindermoord", "kinderdoodslag",
        "poging moord", "eerwraak", "euthanasie",
    ),
    "domestic": (
        "huiselijk", "partnergeweld", "relationeel geweld", "eergerelateerd", "ouderenmishandel",
        "stalking ex", "tijdelijk huisverbod", "huisverbod",
    ),
    "minors": (
        "kindermishandel", "*kinderporno", "kinderprostitu", "kindermisbruik", "*minderjarig",
        "kinderontvoer", "onttrekking aan ouderlijk gezag",
    ),
}  # fmt: skip
