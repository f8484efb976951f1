"""
Spread the kernels of all incidents through a network at once, compiled.

An incident's kernel runs along the streets as a wave does: at each node part goes on and,
for the continuous method, part turns back. Waves of the same length travelled need not be
distinguished, so all incidents run together, step by step, and the time it takes depends on the
network and the bandwidth instead of on the number of incidents or paths.
"""

from typing import Any

import numpy as np

from ipgtools._jit import jit
from ipgtools.network._paths import height

__all__ = ["Array", "spread_kernels"]

Array = np.ndarray[Any, Any]


@jit
def spread_kernels(
    at_step: Array,
    arc: Array,
    amount: Array,
    n_steps: int,
    step: float,
    bandwidth: float,
    kernel: int,
    continuous: bool,  # noqa: FBT001
    length: Array,
    head: Array,
    first_arc: Array,
    first_lixel: Array,
) -> Array:
    """
    Add up the kernel along all paths at each lixel, in steps.

    A wave that would arrive between two steps is distributed over both, so that its mean is
    right; edges shorter than a step take one.
    """
    n_arcs, n_nodes = head.shape[0], first_arc.shape[0] - 1
    total = np.zeros(first_lixel[length.shape[0]])
    # each arc is a belt of as many places as it takes steps, and two for what comes in between
    late, belt = np.empty(n_arcs), np.zeros(n_arcs + 1, np.int64)
    for a in range(n_arcs):
        steps = max(length[a >> 1] / step, 1.0)
        late[a] = steps - int(steps)
        belt[a + 1] = belt[a] + min(int(steps), n_steps) + 2
    wave, now = np.zeros(belt[n_arcs]), belt[:-1].copy()
    arriving, leaving = np.zeros(n_arcs), np.zeros(n_arcs)
    at_node = np.zeros(n_nodes)
    source = 0
    per_bandwidth = 1.0 / bandwidth
    for t in range(n_steps + 1):
        at_node[:] = 0.0
        for a in range(n_arcs):
            one = now[a] + 1
            one = belt[a] if one == belt[a + 1] else one
            two = one + 1
            two = belt[a] if two == belt[a + 1] else two
            here = late[a] * wave[one] + (1.0 - late[a]) * wave[two]
            arriving[a] = here
            leaving[a] = 0.0
            at_node[head[a]] += here
        while source < at_step.shape[0] and at_step[source] == t:
            a = arc[source]
            if a < 0:
                leaving[-1 - a] += amount[source]
            else:
                arriving[a] += amount[source]
                at_node[head[a]] += amount[source]
            source += 1
        for a in range(n_arcs):
            tail = head[a ^ 1]
            degree = first_arc[tail + 1] - first_arc[tail]
            back = arriving[a ^ 1]
            if continuous:
                gone = 2.0 / degree * at_node[tail] - back
            elif degree == 1:
                gone = back
            else:
                gone = (at_node[tail] - back) / (degree - 1)
            gone += leaving[a]
            wave[now[a]] = gone
            now[a] += 1
            if now[a] == belt[a + 1]:
                now[a] = belt[a]
            if gone == 0.0:
                continue
            e = a >> 1
            n_lixels = first_lixel[e + 1] - first_lixel[e]
            piece = length[e] / n_lixels
            # lixels within reach, counted from the tail
            reached = int((bandwidth - t * step) / piece + 0.5)
            n_reached = min(reached, n_lixels)
            first = first_lixel[e] if a & 1 == 0 else first_lixel[e + 1] - 1
            turn = 1 if a & 1 == 0 else -1
            far = (t * step + 0.5 * piece) * per_bandwidth
            each = piece * per_bandwidth
            for lixel in range(n_reached):
                total[first + turn * lixel] += gone * height(kernel, far + lixel * each)
    return total / bandwidth
