"""
Keep the register of processing: what was read, combined, seen, released, written and deleted.

The Wet politiegegevens (art. 32a) asks for it. The register is one SQLite file outside the folder
that leaves, shared by all who release for an organisation on one computer. Entries are only ever
added, and each carries the hash of the one before, so that a changed, removed or inserted entry
is found. It holds names of files, counts and labels; never a row of the data, never a person.

A register that can't be opened, or whose chain is broken, stops what wants to write to it:
without an entry nothing leaves. `docs/register.md` explains what it proves and what it can't.
"""

from ipgtools.audit._chain import Head, Problem
from ipgtools.audit._place import path_of
from ipgtools.audit._register import ACTIONS, LEAVING, Register

__all__ = ["ACTIONS", "LEAVING", "Head", "Problem", "Register", "path_of"]
