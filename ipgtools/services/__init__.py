"""
Query network services, only on request.

Nothing else in ipgtools uses the network. Each function says what it sends and to whom; what
comes back is bounded in size and time, and checked against what was asked.
"""

from ipgtools.services import areas, locatieserver, wfs

__all__ = ["areas", "locatieserver", "wfs"]
