"""
Measure spatial autocorrelation, over a whole map and place by place.

`moran`, `geary`, `general_g` and `join_counts` give one answer for the map, `local_moran` one
for each place. All take cells of a grid, or areas, with a number each; who is whose neighbour
and how neighbours weigh is an option of each, and is in the result's ``attrs``. A place
without neighbours (an island) has no information on resemblance: it is left out, as if it were
not in the table, and reported. For corrected p-values see `inference.benjamini_hochberg`, which
is the correction Caldas de Castro & Singer (2006) propose for maps.
"""

from ipgtools.autocorrelation.global_statistics import geary, general_g, moran
from ipgtools.autocorrelation.join_count_test import join_counts
from ipgtools.autocorrelation.local import local_moran

__all__ = ["geary", "general_g", "join_counts", "local_moran", "moran"]
