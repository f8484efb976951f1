"""
Weigh incidents by the harm they do, and say how much hangs on the weights.

Counts treat a stolen bicycle and a robbery alike; weights tell them apart, but one homicide
then outweighs thousands of thefts, and who sets the weights sets the map. So counts and harm
always stand side by side here, and `sensitivity` and `by_code` tell which ranks survive other
weights. There are no weights in ipgtools: `io.read_weights` reads those of the user.
"""

from ipgtools.harm.ranking import by_code, compare, sensitivity
from ipgtools.harm.weighing import weigh

__all__ = ["by_code", "compare", "sensitivity", "weigh"]
