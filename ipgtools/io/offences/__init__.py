"""Read antecedents: who committed what, without anyone being named."""

from ipgtools.io.offences.read import read_offences

__all__ = [
    "read_offences",
]
