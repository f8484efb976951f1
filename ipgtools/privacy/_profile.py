"""
Hold what each audience may see, as a file that can be read and tightened without code.

An audience is a profile: a TOML file of `ipgtools/privacy/profiles`, or of an own folder. What
a profile does not name does not leave. A profile names another that it is at least as strict
as, and that is checked when it is read.
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, field_validator

from ipgtools.errors import ReleaseError, SettingsError
from ipgtools.privacy import _sensitive_kinds
from ipgtools.privacy._strictness import (
    FewerColumns,
    FewerNames,
    Free,
    Higher,
    LaterParts,
    Looser,
    Lower,
    MoreNames,
    No,
    Order,
    number,
    ranked,
)
from ipgtools.settings import toml
from ipgtools.settings.parts import Part

__all__ = [
    "Allowed", "Areas", "AtLeast", "AtMost", "Cells", "Concentration", "Counts", "Incidents",
    "Internal", "Kinds", "Names", "Persons", "Places", "Profile", "Shown", "Times",
    "at_least_as_strict", "names", "order_of", "profile", "profiles",
]  # fmt: skip

Names = tuple[str, ...]
AtLeast = Annotated[int, Field(ge=0), Higher]
AtMost = Annotated[int | Literal["all"], Lower]
Allowed = Annotated[bool, No]
_LISTED = ("openbaar", "partner", "politie")
"""The audiences that messages name first."""


class Kinds(Part):
    """
    Which kinds of incident an audience may know of.

    Parameters
    ----------
    withheld : tuple of str
        Groups of `privacy.GROUPS`, or codes, classes and labels.
    unknown : bool
        Whether kinds that are not recognised may leave.
    """

    withheld: Annotated[Names, MoreNames]
    unknown: Allowed


class Counts(Part):
    """
    How numbers are protected.

    Parameters
    ----------
    smallest : int
        Numbers below this are withheld.
    base : int
        Numbers are rounded to multiples of this; 1 leaves them.
    zero : bool
        Whether a zero is shown, though it is below `smallest`.
    """

    smallest: AtLeast
    base: Annotated[int, Field(ge=1), Higher]
    zero: Allowed

    @property
    def exact(self) -> bool:
        """Whether numbers are shown as they are."""
        return self.base == 1

    def small(self, n: float) -> bool:
        """
        Tell whether a number is too small to show.

        Examples
        --------
        >>> rule = Counts(smallest=5, base=5, zero=False)
        >>> [rule.small(n) for n in (0, 4, 5)]
        [True, True, False]
        """
        return n < self.smallest and not (self.zero and n == 0)


class Incidents(Counts):
    """
    How numbers of incidents are protected.

    Parameters
    ----------
    smallest, base, zero
        As in `Counts`.
    fewest : int
        With fewer incidents in all there is nothing to release.
    """

    fewest: AtLeast


class Persons(Counts):
    """
    Whether and how numbers of persons are shown.

    Parameters
    ----------
    allowed : bool
        Whether at all.
    smallest, base, zero
        As in `Counts`.
    levels : tuple of str or "all"
        Levels of area that they may be of.
    inhabitants : int
        The area has at least so many.
    patterns : int
        Persons, or cleared incidents, over which a pattern must be counted.
    """

    allowed: Allowed
    levels: Annotated[Names | Literal["all"], FewerNames]
    inhabitants: AtLeast
    patterns: AtLeast


class Areas(Part):
    """
    Which areas may be shown.

    Parameters
    ----------
    inhabitants : int
        Areas with fewer are left out.
    rates : int
        Rates are of at least so many incidents.
    """

    inhabitants: AtLeast
    rates: AtLeast


class Cells(Part):
    """
    How fine a map may be.

    Parameters
    ----------
    size : float
        Smallest side of a cell, in metres.
    months : int
        Shortest period of a map.
    households : int
        A cell has at least so many, as far as can be expected.
    """

    size: Annotated[float, Field(ge=0), Higher]
    months: AtLeast
    households: AtLeast


class Times(Part):
    """
    How fine a time may be.

    Parameters
    ----------
    calendar : {"any", "weeks", "months"}
        Shortest step.
    hours : dict of int to int or "never"
        Into how many parts a week may be divided (4, 8, 28, or 168 single hours), and how many
        incidents each division needs.
    """

    calendar: Annotated[Literal["any", "weeks", "months"], ranked("any", "weeks", "months")]
    hours: Annotated[dict[Literal[4, 8, 28, 168], int | Literal["never"]], LaterParts]

    @field_validator("hours", mode="before")
    @classmethod
    def _whole(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        return {int(parts) if str(parts).isdigit() else parts: n for parts, n in given.items()}

    def finest(self, n: float) -> int:
        """
        Give the finest division of the week for a number of incidents; 0 if there is none.

        Examples
        --------
        >>> Times(calendar="months", hours={4: 50, 8: 100}).finest(70)
        4
        """
        return max(
            (parts for parts, needed in self.hours.items() if n >= number(needed)), default=0
        )


class Places(Part):
    """
    How fine a place may be.

    Parameters
    ----------
    finest : {"house_number", "street"}
        Finest designation of a place of the schouw.
    points : bool
        Whether points of incidents may leave.
    names : int or "all"
        How many places are named.
    incidents, addresses : int
        A place has at least so many.
    alerts : bool
        Whether places where a repeat can be expected may be shown.
    """

    finest: Annotated[
        Literal["house_number", "street"], ranked("house_number", "street")
    ]  # fmt: skip
    points: Allowed
    names: AtMost
    incidents: AtLeast
    addresses: AtLeast
    alerts: Allowed


class Concentration(Part):
    """
    What may be shown of how unevenly incidents lie.

    Parameters
    ----------
    curve : bool
        Whether the whole curve is shown.
    tops : tuple of int
        Of which busiest percentages of places the share is shown.
    base : int
        Shares are rounded to so many percent.
    incidents, places : int
        Of at least so many.
    """

    curve: Allowed
    tops: Annotated[tuple[int, ...], FewerNames]
    base: Annotated[int, Field(ge=1), Higher]
    incidents: AtLeast
    places: AtLeast


class Shown(Part):
    """
    What is drawn and worded, by name.

    Parameters
    ----------
    pictures, layers, charts : tuple of str
        Pictures, layers of the interactive map, charts of the slides.
    cautions : tuple of str
        Codes of the cautions that are shown.
    """

    pictures: Annotated[Names, FewerNames]
    layers: Annotated[Names, FewerNames]
    charts: Annotated[Names, FewerNames]
    cautions: Annotated[Names, FewerNames]


class Internal(Part):
    """
    What is shown of reading the files.

    Parameters
    ----------
    left_out : bool
        Whether it is shown how many rows were left out.
    rejected_values : bool
        Whether values of rejected rows are shown.
    """

    left_out: Allowed
    rejected_values: Allowed


class Profile(Part):
    """
    What an audience may see.

    Parameters
    ----------
    name : str
        Name of the audience: that of its file.
    label : str
        What every product says of whom it is for; Dutch.
    readers : str
        Who may have what is shared, to follow "mag naar"; Dutch. Not inherited by a profile
        with a label of its own; if not given the label tells it.
    as_strict_as : str, optional
        The profile that this one is at least as strict as.
    inherits : bool
        Whether what is not set is taken from that profile.
    notice : bool
        Whether the duty of secrecy (Wpg art. 7) is shown.
    kinds, incidents, persons, areas, cells, times, places, concentration, shown, internal
        See there.
    tables : dict of str to tuple of str
        Columns that may leave, by the kind of table as `privacy.release` recognises it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Free]
    label: Annotated[str, Field(min_length=1), Free]
    readers: Annotated[str, Free] = ""
    as_strict_as: Annotated[str | None, Free] = None
    inherits: Annotated[bool, Free] = True
    notice: Annotated[bool, Free]
    kinds: Kinds
    incidents: Incidents
    persons: Persons
    areas: Areas
    cells: Cells
    times: Times
    places: Places
    concentration: Concentration
    shown: Shown
    internal: Internal
    tables: Annotated[dict[str, Names], FewerColumns]

    @property
    def exact(self) -> bool:
        """Whether numbers of incidents are shown as they are."""
        return self.incidents.exact


def order_of(part: type[Part], field: str) -> Order | None:
    """Give the order of strictness of a field; None where it has none."""
    metadata = part.model_fields[field].metadata
    return next((one for one in metadata if isinstance(one, Order)), None)


def at_least_as_strict(one: Profile, other: Profile) -> list[Looser]:
    """
    List in which respects a profile is looser than another.

    Parameters
    ----------
    one, other : Profile
        The first should be at least as strict as the second.

    Returns
    -------
    list of Looser
        Empty if it is. A field without an order of strictness counts as looser where it
        differs.

    Examples
    --------
    >>> at_least_as_strict(profile("openbaar"), profile("partner"))
    []
    >>> at_least_as_strict(profile("partner"), profile("openbaar"))[0]
    Looser(setting='incidents.fewest', found='10', expected='20')
    """
    return _looser(one, other, "")


def _looser(one: Part, other: Part, above: str) -> list[Looser]:
    found = []
    for field in type(one).model_fields:
        own, others = getattr(one, field), getattr(other, field)
        order = order_of(type(one), field)
        if order is not None:
            found += [
                Looser(".".join(filter(None, (above + field, where))), str(value), str(most))
                for where, value, most in order.looser(own, others)
            ]
        elif isinstance(own, Part):
            found += _looser(own, others, f"{above}{field}.")
        elif own != others:
            found.append(Looser(above + field, str(own), str(others)))
    return found


def profile(audience: "str | Path | Profile", folder: str | Path | None = None) -> Profile:
    """
    Read the profile of an audience.

    Parameters
    ----------
    audience : str, path or Profile
        Name of an audience, or a file with a profile (``.toml``). A profile is given back.
    folder : path, optional
        Folder with own profiles. One with the name of a profile of ipgtools goes before it,
        and has to be at least as strict.

    Returns
    -------
    Profile
        Checked: every setting is known and there, and it is at least as strict as the profile
        it names.

    Raises
    ------
    ReleaseError
        If there is no such audience.
    SettingsError
        If the file can't be read, has an unknown, missing or impossible setting, names no
        profile or one that is not there, or is looser than the profile it names.

    Examples
    --------
    >>> profile("openbaar").cells.size
    200.0
    """
    if isinstance(audience, Profile):
        return audience
    path = Path(audience)
    if path.suffix == ".toml":
        return _read(path, Path(folder) if folder is not None else path.parent, ())
    return _named(str(audience), _folder(folder), ())


def profiles(folder: str | Path | None = None) -> dict[str, Profile]:
    """
    Read all profiles.

    Parameters
    ----------
    folder : path, optional
        Folder with own profiles.

    Returns
    -------
    dict of str to Profile
        By the name of the audience.

    Raises
    ------
    SettingsError
        As for `profile`.

    Examples
    --------
    >>> profiles()["openbaar"].incidents.smallest
    5
    """
    return {name: profile(name, folder) for name in names(folder)}


def names(folder: str | Path | None = None) -> list[str]:
    """
    List the audiences there are, those most used first.

    Examples
    --------
    >>> names()[:4]
    ['openbaar', 'partner', 'politie', 'burgemeester']
    """
    own = _folder(folder)
    found = {path.stem for path in own.glob("*.toml")} if own is not None else set()
    return [*_LISTED, *sorted({*_own_files(), *found} - set(_LISTED))]


def _folder(folder: str | Path | None) -> Path | None:
    if folder is None:
        return None
    if not Path(folder).is_dir():
        msg = f"the folder with profiles {folder} does not exist"
        raise SettingsError(msg, code="profiles_missing", path=str(folder))
    return Path(folder)


@cache
def _own_files() -> dict[str, str]:
    """Give the text of every profile of ipgtools."""
    here = resources.files("ipgtools.privacy") / "profiles"
    return {
        entry.name.removesuffix(".toml"): str(entry)
        for entry in here.iterdir()
        if entry.name.endswith(".toml")
    }


def _named(name: str, folder: Path | None, below: tuple[str, ...]) -> Profile:
    if folder is not None and (folder / f"{name}.toml").is_file() and name not in below:
        return _read(folder / f"{name}.toml", folder, below)
    if name in _own_files():
        return _built_in(name)
    known = ", ".join(names(folder))
    if below:
        msg = f"the profile {below[-1]} names {name!r}, expected one of {known}"
        raise SettingsError(msg, code="profile_parent", path=below[-1], found=name, known=known)
    msg = f"the audience is {name!r}, expected one of {known}"
    raise ReleaseError(msg, code="audience_unknown", found=name, known=known)


@cache
def _built_in(name: str) -> Profile:
    return _read(Path(_own_files()[name]), None, ())


def _read(path: Path, folder: Path | None, below: tuple[str, ...]) -> Profile:
    """Read a file; `below` are the profiles that led here, so that none leads to itself."""
    name, given = path.stem, toml.read(path)
    if "name" in given:
        msg = f"{path}: name is not a setting; the file's name is the name of the audience"
        raise SettingsError(msg, code="profile_name", path=str(path))
    parent = given.get("as_strict_as")
    if parent is None and str(path) not in _own_files().values():
        msg = f"{path} names no profile that it is at least as strict as"
        raise SettingsError(msg, code="profile_no_parent", path=str(path), known=", ".join(names()))
    if parent is None:
        return _checked(given, name, path)
    other = _named(str(parent), folder, (*below, name))
    if given.get("inherits", True) is not False:
        own = {"name", "inherits"} | ({"readers"} if "label" in given else set())
        given = _over(other.model_dump(mode="json", exclude=own), given)
    made = _checked(given, name, path)
    _require_kinds(made, path)
    looser = at_least_as_strict(made, other)
    if folder is not None and name in _own_files() and name != parent:
        looser += at_least_as_strict(made, _built_in(name))
    if looser:
        first = "; ".join(f"{one.setting} ({one.found})" for one in looser[:5])
        msg = f"{path} is looser than {other.name}: {first}"
        raise SettingsError(
            msg, code="profile_looser", path=str(path), parent=other.name,
            looser=[tuple(one) for one in looser],
        )  # fmt: skip
    return made


def _require_kinds(made: Profile, path: Path) -> None:
    """Require that what is withheld exists: a slip of the pen would withhold nothing."""
    wrong = [one for one in made.kinds.withheld if not _sensitive_kinds.is_known(one)]
    if wrong and not made.kinds.unknown:
        groups = ", ".join(_sensitive_kinds.GROUPS)
        msg = f"{path}: {wrong[0]!r} is no group, code, class or label; groups are {groups}"
        raise SettingsError(
            msg, code="profile_kind", path=str(path), found=wrong[0], known=groups
        )  # fmt: skip


def _checked(given: dict[str, Any], name: str, path: Path) -> Profile:
    return toml.checked(Profile, {**given, "name": name}, str(path))


def _over(base: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Put what was set over what is inherited, part by part."""
    merged = dict(base)
    for key, value in given.items():
        under = merged.get(key)
        if isinstance(under, dict) and isinstance(value, dict):
            merged[key] = _over(under, value)
        else:
            merged[key] = value
    return merged
