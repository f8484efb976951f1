"""Make the folder that goes to one partner, with what is agreed about it."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipgtools import privacy
from ipgtools.errors import SettingsError
from ipgtools.nl import folders as words
from ipgtools.nl import formats, methods

if TYPE_CHECKING:
    from ipgtools.pipeline import Progress, Run
    from ipgtools.pipeline.inputs import Inputs
    from ipgtools.settings import Settings

__all__ = ["VALID_DAYS", "Agreement", "share"]

VALID_DAYS = 91
"""Days that what is shared may be used, where nothing else is agreed."""


@dataclass(frozen=True)
class Agreement:
    """
    What is agreed with a partner about what it gets.

    Parameters
    ----------
    purpose : str
        What it may be used for.
    ground : str
        On what ground it is provided: "Wpg 20, convenant veilige wijken 2025".
    valid_until : date
        Last day that it may be used.
    zipped : bool, default False
        Whether what is shared is also put in one zip file.
    """

    purpose: str
    ground: str
    valid_until: dt.date
    zipped: bool = False

    def lines(self, inputs: "Inputs") -> list[str]:
        """Say for the cover note from what it is made, why, and until when."""
        hidden = () if inputs.profile.persons.allowed else ("offences",)
        kinds = [methods.file_kind(kind).lower() for kind in inputs.reports if kind not in hidden]
        return words.agreed(kinds, self.purpose, self.ground, self.valid_until)


def share(
    settings: "Settings",
    partner: str,
    *,
    purpose: str = "",
    ground: str = "",
    valid_until: dt.date | None = None,
    zipped: bool = False,
    progress: "Progress | None" = None,
) -> "Run":
    """
    Make a briefing for one partner, with a cover note of what is agreed, and record it.

    Numbers are those of the register: what overlaps with what anyone got before is the same,
    and all of it is audited together.
    """
    from ipgtools.pipeline import run

    privacy.profile(partner, settings.privacy.profiles)
    today = dt.date.today()
    last = valid_until if valid_until is not None else today + dt.timedelta(days=VALID_DAYS)
    if last < today:
        msg = f"valid until {last}, which is before today ({today})"
        raise SettingsError(msg, code="share_expired", day=formats.date(last))
    agreed = Agreement(
        purpose or settings.privacy.purpose, ground or settings.privacy.ground, last, zipped
    )
    lacking = [name for name in ("purpose", "ground") if not getattr(agreed, name)]
    if lacking:
        msg = f"to share with {partner!r}, {' and '.join(lacking)} must be given"
        raise SettingsError(
            msg, code="share_reason", partner=partner, lacking=words.lacking(lacking)
        )
    return run(settings.changed(audience=partner), progress=progress, agreed=agreed)
