"""Return the user and the machine, as the operating system knows them."""

import os
import socket
import sys

from ipgtools.nl.register import UNKNOWN

__all__ = ["machine", "user"]


def user() -> str:
    """Return the name of the system's user that this process runs as."""
    if sys.platform == "win32":
        return _windows_user()
    import pwd

    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"uid {number}"


def _windows_user() -> str:
    """Ask Windows to whom the token of this process belongs."""
    import ctypes

    size = ctypes.c_uint32(257)
    name = ctypes.create_unicode_buffer(size.value)
    library = getattr(ctypes, "windll").advapi32  # noqa: B009 - only Windows has it
    if library.GetUserNameW(name, ctypes.byref(size)):
        return name.value
    return UNKNOWN


def machine() -> str:
    """Return the name of this computer, without its domain."""
    return socket.gethostname().split(".")[0]
