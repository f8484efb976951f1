"""
Estimate the density of incidents, and its ratio to the population.

`density` gives the surface, `risk` the ratio of two of them; `bandwidths` lists what the rules
for choosing a bandwidth give.
"""

from ipgtools.hotspots.kernel_density.bandwidth import bandwidths, default_bandwidth
from ipgtools.hotspots.kernel_density.evaluation import evaluate
from ipgtools.hotspots.kernel_density.kernels import KERNELS, Kernel, kernel_values
from ipgtools.hotspots.kernel_density.relative_risk import risk
from ipgtools.hotspots.kernel_density.surface import density

__all__ = [
    "KERNELS",
    "Kernel",
    "bandwidths",
    "default_bandwidth",
    "density",
    "evaluate",
    "kernel_values",
    "risk",
]
