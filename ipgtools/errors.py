"""
Name what can go wrong, once for the programmer and once for the coach.

An error carries an English message (what it is, what was found, what to do) and, beside
it, a `code` with `facts`. The command line looks the code up in `ipgtools.nl.errors` and
says the same in Dutch; nothing has to translate a sentence.
"""

from typing import Any

__all__ = [
    "ArgumentError", "ContractError", "CrsError", "IpgError", "ReadError", "RegisterError",
    "ReleaseError", "ServiceError", "SettingsError",
]  # fmt: skip


class IpgError(ValueError):
    """
    A fault in the input or the call that its user can mend.

    Parameters
    ----------
    message : str
        English: what it is, what was found, what to do.
    code : str
        Key of the Dutch text in ``nl/errors.toml``.
    **facts
        What fills the Dutch text: names, counts, paths. Never personal data.
    """

    def __init__(self, message: str, *, code: str, **facts: Any) -> None:
        super().__init__(message)
        self.code = code
        self.facts = facts


class ArgumentError(IpgError):
    """A function was called with something else than it takes."""


class ContractError(IpgError):
    """A table lacks a column, or a column holds something else than its contract says."""


class CrsError(IpgError):
    """A table has no CRS, or another one than the work needs."""


class ReadError(IpgError):
    """A file is missing, empty, or can't be understood."""


class ReleaseError(IpgError):
    """A table may not leave for this audience."""


class SettingsError(IpgError):
    """The settings contradict themselves or name what does not exist."""


class ServiceError(IpgError):
    """A service on the network can't be reached, refuses, or answers something else than asked."""


class RegisterError(IpgError):
    """The register of processing can't be written or read, or is no longer as it was written."""


def unreadable(name: str, cause: Exception, how: str = "read") -> ReadError:
    r"""
    Make the error for a file that a library can't read, with the first line of its reason.

    Examples
    --------
    >>> print(unreadable("a.zip", OSError("bad block\nat 9"), "unpacked"))
    a.zip can't be unpacked: bad block
    """
    reason = (str(cause).splitlines() or [type(cause).__name__])[0][:200]
    msg = f"{name} can't be {how}: {reason}"
    return ReadError(msg, code="file_unreadable", path=name, reason=reason)
