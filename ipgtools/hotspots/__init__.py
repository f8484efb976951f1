"""
Find where incidents lie close together, and say how sure that is.

`count` and `density` describe; `gi_star` and `change` test, with the correction that looking
at thousands of cells at once asks for; `clusters` groups the incidents themselves. Every
function takes tables and gives one; what was left out and which choices were made for the
reader stands in the result's ``attrs``.
"""

from ipgtools.hotspots.counts import change, clusters, count
from ipgtools.hotspots.kernel_density import default_bandwidth, density
from ipgtools.hotspots.local_g import gi_star

__all__ = ["change", "clusters", "count", "default_bandwidth", "density", "gi_star"]
