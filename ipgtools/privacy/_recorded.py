"""Release a table, and write in the register that it was."""

from pathlib import Path
from typing import TYPE_CHECKING

from ipgtools.audit import Register
from ipgtools.errors import ReleaseError
from ipgtools.privacy._gate import Released
from ipgtools.privacy._gate import release as gate

if TYPE_CHECKING:
    import pandas as pd


def release(
    table: "pd.DataFrame", audience: str, *, register: str | Path | None = None
) -> Released:
    """
    Give the form of a table that an audience may see, and record that it was released.

    Parameters
    ----------
    table : DataFrame or GeoDataFrame
        Any table or result of ipgtools; its columns tell what it is.
    audience : {"openbaar", "partner", "politie"}
        For whom it is.
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
    asked = str(getattr(audience, "name", audience))
    with Register.open(register) as opened:
        try:
            released = gate(table, audience)
        except ReleaseError as refused:
            opened.record("release", state="failed", audience=asked, reason=refused.code)
            raise
        opened.record("release", audience=asked, table=released.kind, n_rows=len(released.table))
    return released
