"""
Give overviews of persons' cases the form in which they may leave.

Only a profile that names one sees it. A table that tells of a case in which team or phase it is
leaves for nobody: it would give the withheld numbers of an overview away.
"""

from typing import TYPE_CHECKING, Any

from ipgtools.errors import ReleaseError
from ipgtools.privacy._forms import Form, refused
from ipgtools.privacy._profile import Counts, Profile

if TYPE_CHECKING:
    import pandas as pd

    from ipgtools.periods import Period

__all__ = ["overview"]

_OF_CASES = {"team", "phase"}
_WITHIN = ("kind", "team")


def overview(kind: str, *counts: str) -> Any:
    """
    Give the form of an overview of cases: its numbers are protected as those of persons are.

    Zero is withheld with the small numbers, also from those who may know that there are no
    persons: it would tell that nothing is agreed on, or nothing overdue, in anyone's case.
    """

    def form(table: "pd.DataFrame", profile: Profile, _period: "Period | None") -> Form:
        if not profile.tables.get(kind):
            raise refused(profile, "release_cases", "cases of persons")
        if "case_number" in table and _OF_CASES & {*table.columns}:
            msg = "cases with their team or phase may not leave; make an overview"
            raise ReleaseError(msg, code="release_case_rows", audience=profile.name)
        rule = Counts(smallest=profile.persons.smallest, base=profile.persons.base, zero=False)
        within = _WITHIN if {*_WITHIN} <= {*table.columns} else ()
        return Form(kind, table, counts, rule, within=within)

    return form
