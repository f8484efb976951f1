"""
Weight incidents by harm, and measure the sensitivity to the weights.

Counts treat a stolen bicycle and a robbery alike; weights distinguish them, but one homicide
then outweighs thousands of thefts, and who sets the weights sets the map. So counts and harm
are always side by side here, and `sensitivity` and `leave_one_code_out` show which ranks
survive other weights. There are no weights in ipgtools: `io.read_weights` reads those of the
user.
"""

from typing import TYPE_CHECKING

from ipgtools._renamed import renamed
from ipgtools.harm.ranking import compare, leave_one_code_out, sensitivity
from ipgtools.harm.weights import weigh

__all__ = ["leave_one_code_out", "compare", "sensitivity", "weigh"]

if not TYPE_CHECKING:
    __getattr__ = renamed(__name__, {"by_code": "leave_one_code_out"})
