"""What the benchmarks that compare with peers share."""

import time
from collections.abc import Callable
from typing import Any


def best(job: Callable[[], Any], runs: int) -> tuple[float, Any]:
    """Give the least of some times in seconds, and what came out."""
    times, result = [], None
    for _ in range(runs):
        start = time.perf_counter()
        result = job()
        times.append(time.perf_counter() - start)
    return min(times), result
