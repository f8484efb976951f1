"""Look up purpose and ground of a data set as the settings state them."""

from ipgtools.nl import retention as words
from ipgtools.settings import Choices, Purpose, Settings

__all__ = ["stated_purpose"]


def stated_purpose(settings: Settings | Choices, data_set: str) -> Purpose:
    """
    Give purpose and ground of a data set, for the manifest, the register and the papers.

    Parameters
    ----------
    settings : Settings or Choices
        `purpose` has those of a data set, `privacy` those of all others.
    data_set : str
        "incidents", "offences", "photos" or "schouw"; another has those of `privacy`.

    Returns
    -------
    Purpose
        Of invented data the ground is that they are.

    Examples
    --------
    >>> stated_purpose(Settings.sample(), "offences").ground
    'verzonnen gegevens'
    """
    own: Purpose = getattr(settings.purpose, data_set, Purpose())
    given = Purpose(
        purpose=own.purpose.strip() or settings.privacy.purpose.strip(),
        ground=own.ground.strip() or settings.privacy.ground.strip(),
    )
    if isinstance(settings, Settings) and settings.output.sample:
        return Purpose(purpose=given.purpose, ground=words.INVENTED)
    return given
