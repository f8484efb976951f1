"""Release a table as a briefing does, and write in the register that it was."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipgtools.audit import Register
from ipgtools.errors import ReleaseError
from ipgtools.privacy import _gate
from ipgtools.privacy._gate import Released
from ipgtools.privacy._profile import profile as profile_of
from ipgtools.privacy.public_place_names import Streets

if TYPE_CHECKING:
    import pandas as pd

    from ipgtools.periods import Period
    from ipgtools.privacy._profile import Profile
    from ipgtools.privacy.provenance import Provenance

__all__ = ["release"]


def release(
    table: "pd.DataFrame",
    profile: "str | Path | Profile",
    *,
    provenance: "Provenance | None" = None,
    period: "Period | None" = None,
    folder: str | Path | None = None,
    streets: Streets = None,
    actors: Sequence[str] = (),
    register: str | Path | None = None,
) -> Released:
    """
    Give the form of a table that an audience may see, and record that it was released.

    Numbers are protected as those of a briefing: rounded by the organisation's secret, repeated
    by its register, held to its calendar, and audited with all that left before.

    Parameters
    ----------
    table : DataFrame or GeoDataFrame
        Any table or result of ipgtools; its columns tell what it is.
    profile : str, path or Profile
        For whom it is: the name of an audience, a file, or what `privacy.profile` gives.
    provenance : Provenance, optional
        What the table was made of. Without it numbers leave only for who sees them as they are.
    period : Period, optional
        What the table is about: a map may need a longest period. That of the provenance if not
        given.
    folder : path, optional
        Folder with own profiles.
    streets : GeoDataFrame or PublicPlaces, optional
        STREETS, a list of streets, or what was prepared of them: place names are shown to
        others than the police by these names only, and not at all without them.
    actors : sequence of str, optional
        Who can act, besides those that are always known; in public all others are *overig*.
    register : path, optional
        The register, as `Settings.privacy.register` has it; the user's if not given.

    Returns
    -------
    Released
        The table with what may not be seen withheld, and what was done.

    Raises
    ------
    ReleaseError
        If there is no such audience, or the table may not leave for it in any form: it isn't
        recognised, the profile doesn't name it, it is finer than the profile allows, or its
        numbers can't be protected. That it was refused is recorded.
    SettingsError
        If the profile can't be read.
    RegisterError
        If the register can't be written to, or was changed; then nothing is released.

    Examples
    --------
    Whom to call needs no protection; how many incidents there were does:

    >>> import pandas as pd
    >>> actors = pd.DataFrame({"actor": ["gemeente"], "n": [2], "n_open": [1], "joint": [False]})
    >>> release(actors, "partner").table
          actor  n  n_open  joint
    0  gemeente  2       1  False
    >>> kinds = pd.DataFrame({"kind": ["fiets"], "n": [12], "n_before": [9]})
    >>> release(kinds, "partner")
    Traceback (most recent call last):
    ipgtools.errors.ReleaseError: the numbers of a table of comparison can't be protected for
    'partner' without what they are about: give the provenance
    """
    if period is None and provenance is not None:
        period = provenance.period
    how: dict[str, Any] = {"period": period, "streets": streets, "actors": actors}
    asked = str(getattr(profile, "name", profile))
    with Register.open(register) as opened:
        try:
            with opened.transaction():
                known = profile_of(profile, folder)
                protected = _gate.needs_protection(table, known, **how)
                if protected and provenance is not None:
                    released, facts = _protected(table, known, provenance, opened, how)
                else:
                    released, facts = _gate.release(table, known, **how), {}
                n_rows = len(released.table)
                opened.record(
                    "release", audience=known.name, table=released.kind, n_rows=n_rows, **facts
                )
        except ReleaseError as refused:
            opened.record("release", state="failed", audience=asked, reason=refused.code)
            raise
    return released


def _protected(
    table: "pd.DataFrame",
    profile: "Profile",
    given: "Provenance",
    register: Register,
    how: dict[str, Any],
) -> tuple[Released, dict[str, Any]]:
    """Protect a table together with all earlier releases; return how many numbers that were."""
    from ipgtools.privacy import together

    last: list[Released] = []

    def gate(tables: dict[str, Any], **protected: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
        last[:] = [_gate.release(tables["table"], profile, **how, **protected)]
        return {"table": last[0].table}, last[0].suppressed

    made = together.release({"table": table}, given, profile, register, gate, strict=True)
    facts = {"area": given.area, "numbers": made.n_numbers, "coarser": made.n_coarser}
    one = last[0]
    return Released(one.table, one.audience, made.done, one.kind), facts
