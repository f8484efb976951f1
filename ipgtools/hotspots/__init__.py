"""
Find where incidents lie close together, and how certain that is.

`places` gives the places of a wijk that need attention, by tests against what explains them and
against their own past; `busiest` lists places without a claim. Of cells and incidents: `count`
and `density` describe; `gi_star`, `change` and `risk` test, with the correction that looking at
thousands of cells at once asks for; `emerging` says which are new, lasting or over; `clusters`,
`hdbscan`, `st_dbscan` and `hierarchical_clusters` group the incidents themselves. Every
function takes tables and gives one; what was left out and which choices were made for the
reader is in the result's ``attrs``.
"""

from ipgtools.hotspots.cluster_polygons import cluster_shapes
from ipgtools.hotspots.clustering import clusters, hdbscan, st_dbscan
from ipgtools.hotspots.counts import change, count
from ipgtools.hotspots.emerging_hotspots import emerging
from ipgtools.hotspots.getis_ord import gi_star
from ipgtools.hotspots.hot_places.busiest import busiest, half_life
from ipgtools.hotspots.hot_places.places import places
from ipgtools.hotspots.kernel_density import bandwidths, default_bandwidth, density, risk
from ipgtools.hotspots.nearest_neighbour_hierarchy import hierarchical_clusters

__all__ = [
    "bandwidths",
    "change",
    "busiest",
    "cluster_shapes",
    "clusters",
    "count",
    "default_bandwidth",
    "density",
    "emerging",
    "gi_star",
    "half_life",
    "hdbscan",
    "hierarchical_clusters",
    "places",
    "risk",
    "st_dbscan",
]
