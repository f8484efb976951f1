"""Release a table, and write in the register that it was."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ipgtools.audit import Register
from ipgtools.errors import ReleaseError
from ipgtools.privacy._gate import Released
from ipgtools.privacy._gate import release as gate
from ipgtools.privacy.public_place_names import Streets

if TYPE_CHECKING:
    import pandas as pd

    from ipgtools.periods import Period
    from ipgtools.privacy._profile import Profile


def release(
    table: "pd.DataFrame",
    profile: "str | Path | Profile",
    *,
    period: "Period | None" = None,
    folder: str | Path | None = None,
    streets: Streets = None,
    actors: Sequence[str] = (),
    register: str | Path | None = None,
) -> Released:
    """
    Give the form of a table that an audience may see, and record that it was released.

    Parameters
    ----------
    table : DataFrame or GeoDataFrame
        Any table or result of ipgtools; its columns tell what it is.
    profile : str, path or Profile
        For whom it is: the name of an audience, a file, or what `privacy.profile` gives.
    period : Period, optional
        What the table is about: a map may need a longest period.
    folder : path, optional
        Folder with own profiles.
    streets : GeoDataFrame or PublicPlaces, optional
        STREETS, a list of streets, or what was prepared of them: places in words are told to
        others than the police by these names only, and not at all without them.
    actors : sequence of str, optional
        Who can act, beside those that are always known; in public all others are *overig*.
    register : path, optional
        The register, as `Settings.privacy.register` has it; the user's if not given.

    Returns
    -------
    Released
        The table with what may not be seen withheld, and what was done.

    Raises
    ------
    ReleaseError
        As `gate`; that it was refused is recorded.
    RegisterError
        If the register can't be written to, or its chain is broken; then nothing is released.
    """
    asked = str(getattr(profile, "name", profile))
    with Register.open(register) as opened:
        try:
            released = gate(
                table, profile, period=period, folder=folder, streets=streets, actors=actors
            )
        except ReleaseError as refused:
            opened.record("release", state="failed", audience=asked, reason=refused.code)
            raise
        opened.record("release", audience=asked, table=released.kind, n_rows=len(released.table))
    return released
