"""List the data sets that the settings name, with their fields in Dutch."""

from dataclasses import dataclass

from ipgtools import schemas
from ipgtools.contracts import Contract
from ipgtools.nl import joined, read_report
from ipgtools.nl.papers import data as words
from ipgtools.nl.papers.register import DATA_SETS
from ipgtools.settings import Settings

__all__ = ["CONTRACTS", "DataSet", "used"]

CONTRACTS: dict[str, Contract] = {
    "incidents": schemas.INCIDENTS,
    "areas": schemas.AREAS,
    "streets": schemas.STREETS,
    "addresses": schemas.ADDRESSES,
    "schouw": schemas.FINDINGS,
    "photos": schemas.PHOTOS,
    "offences": schemas.OFFENCES,
}
"""Setting of `[input]` to what its file is read as."""


@dataclass(frozen=True)
class DataSet:
    """
    One data set that is used; Dutch.

    Parameters
    ----------
    key : str
        Its setting.
    name : str
        What it holds.
    fields : tuple of str
        Its columns.
    personal : tuple of str
        Those about an identifiable person.
    about : str
        Whom it can be about, and what is done about that.
    """

    key: str
    name: str
    fields: tuple[str, ...]
    personal: tuple[str, ...]
    about: str


def used(settings: Settings) -> tuple[DataSet, ...]:
    """
    List the data sets that the settings name.

    Examples
    --------
    >>> [one.key for one in used(Settings.sample())][:2]
    ['incidents', 'areas']
    """
    given = settings if settings.privacy.persons else settings.without_persons()
    return tuple(
        DataSet(
            key,
            DATA_SETS[key],
            tuple(_word(name) for name in contract.names if name not in words.NOT_SHOWN),
            tuple(_word(name) for name in contract.personal),
            _about(key, given),
        )
        for key, contract in CONTRACTS.items()
        if getattr(given.input, key) is not None
    )


def _about(key: str, settings: Settings) -> str:
    kept = settings.input.keep
    if key != "incidents" or not kept:
        return words.ABOUT[key]
    return f"{words.ABOUT[key]} {words.KEPT.format(columns=joined(kept))}"


def _word(name: str) -> str:
    return words.FIELDS.get(name) or read_report.MEANINGS[name]
