"""Read registered incidents: one row per incident, one point, an interval of time."""

from ipgtools.io.incidents.read import read_incidents

__all__ = [
    "read_incidents",
]
