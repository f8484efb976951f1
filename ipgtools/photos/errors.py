"""Name what goes wrong in broken mails and pictures."""

import struct

__all__ = ["FAULTS"]

FAULTS = (
    OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, IndexError, AttributeError,
    ZeroDivisionError, OverflowError, RecursionError, MemoryError, NotImplementedError,
    LookupError, AssertionError, struct.error,
)  # fmt: skip
"""What broken mails and pictures make the standard library and Pillow raise."""
