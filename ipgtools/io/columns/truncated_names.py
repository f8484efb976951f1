"""
Know the columns of a BVH export by what a Shapefile leaves of their names: ten signs.

Names that begin alike become one name with numbers behind it: Begin-plee, Begin-pl_1,
Begin-pl_2. Which of those was which can't be told from the names.
"""

import re
from collections.abc import Mapping, Sequence

from ipgtools.io.columns.normalise import normalise_name

__all__ = ["BVH", "LENGTH", "roles"]

LENGTH = 10
"""Signs of a name that a Shapefile keeps."""
BVH = (
    "Incident Identificatie", "Bronregistratie", "Incidentsoort code", "Incidentsoort",
    "Pleegstraatnaam", "Pleeghuisnummer met toev.", "Pleegpostcode", "Pleegplaats",
    "Pleeggemeente", "Pleegprovincie", "Pleegwijk", "Pleegbuurt", "Pleegsubbuurt",
    "Begin-pleegdag v/d week", "Begin-pleegdagdeel", "Begin-pleegdatum/tijd",
    "Eind-pleegdag v/d week", "Eind-pleegdagdeel", "Eind-pleegdatum/tijd",
    "Kennisnamedag v/d week", "Kennisnamedagdeel", "Kennisnamedatum/tijd", "Aangifte", "Poging",
    "Verdachten", "Aanhoudingen", "Opgehelderd", "Object", "Project(en)", "Temperatuur", "Weer",
    "X", "Y",
)  # fmt: skip
"""The columns of a BVH export, in their order."""
_NUMBERED = re.compile(r"(.{5,8})_\d{1,2}")
_FEWEST = 6
"""Letters that must be left of a name to know it by."""


def roles(
    names: Sequence[str], known: Mapping[str, tuple[str, ...]]
) -> tuple[dict[str, str], dict[str, list[str]]]:
    """
    Return the columns with truncated names, and what each may be.

    Columns that begin alike are numbered in their order. Where all of those of a BVH export are
    there, they are in its order; where there is one, it is the one that a contract knows. Its
    values must bear that out: a day of the week is no date.

    Examples
    --------
    >>> known = {"city": ("Pleegplaats",), "occurred_from": ("Begin-pleegdatum/tijd",)}
    >>> roles(["Pleegplaat", "Begin-plee", "Begin-pl_1", "X"], known)
    ({'Pleegplaat': 'city'}, {'occurred_from': ['Begin-plee', 'Begin-pl_1']})
    >>> roles(["Begin-plee", "Begin-pl_1", "Begin-pl_2"], known)[0]
    {'Begin-plee': '', 'Begin-pl_1': '', 'Begin-pl_2': 'occurred_from'}
    """
    whole = {normalise_name(spelling): ours for ours, some in known.items() for spelling in some}
    certain: dict[str, str] = {}
    doubtful: dict[str, list[str]] = {}
    for name in names:
        if len(name) != LENGTH or _NUMBERED.fullmatch(name) or len(normalise_name(name)) < _FEWEST:
            continue
        bvh = [full for full in BVH if _begins(full, name)]
        numbered = [one for one in names if len(bvh) > 1 and _is_numbered(one, name)]
        group = [name, *numbered]
        if normalise_name(name) in whole and not numbered:
            continue
        if numbered and len(group) == len(bvh):
            certain |= {
                one: whole.get(normalise_name(full), "")
                for one, full in zip(group, bvh, strict=True)
            }
            continue
        may_be = {ours for full, ours in whole.items() if full.startswith(normalise_name(name))}
        if len(group) == len(may_be) == 1:
            certain[name] = next(iter(may_be))
            continue
        for ours in may_be:
            doubtful[ours] = [*doubtful.get(ours, []), *group]
    return certain, doubtful


def _begins(full: str, name: str) -> bool:
    """Return whether a name begins with a truncated one, punctuation aside."""
    return normalise_name(full[:LENGTH]) == normalise_name(name) and len(full) > LENGTH


def _is_numbered(one: str, name: str) -> bool:
    """Return whether a name is another one with a number in place of its last letters."""
    found = _NUMBERED.fullmatch(one)
    return found is not None and len(one) <= LENGTH and name.startswith(found[1])
