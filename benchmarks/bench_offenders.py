"""
Time the classes of repeat offenders and the networks of persons, with networkx in the same run.

Run as ``python benchmarks/bench_offenders.py [FACTS] [LINKS]``: 5,000,000 facts of a fifth as
many persons, and 1,000,000 participations, if not given. Bars: ten seconds each.
"""

import sys
import time

import networkx as nx
import numpy as np
import pandas as pd

from ipgtools import offenders


def facts(n: int) -> pd.DataFrame:
    """Make facts of persons, eleven years long."""
    rng = np.random.default_rng(0)
    days = pd.Timestamp("2015-01-01") + pd.to_timedelta(rng.integers(0, 3900, n), unit="D")
    table = pd.DataFrame({"person": rng.integers(0, n // 5, n), "committed_on": days})
    table["person"] = "P" + table["person"].astype("str")
    return table.assign(
        offence_id=np.arange(n), pv_id=rng.integers(0, n, n), age=rng.integers(14, 60, n),
        sent_to_om=True, outcome="veroordeling",
    )  # fmt: skip


def network_of(table: pd.DataFrame, most: int) -> tuple[int, float]:
    """Give the largest network and transitivity by networkx."""
    graph = nx.Graph()
    graph.add_nodes_from(table["person"].tolist())
    for _, who in table.drop_duplicates().groupby("offence_id")["person"]:
        if len(who) <= most:
            listed = who.tolist()
            graph.add_edges_from((a, b) for at, a in enumerate(listed) for b in listed[at + 1 :])
    return max(map(len, nx.connected_components(graph))), nx.transitivity(graph)


def main() -> None:
    """Time both, and say the ratio."""
    n_facts, n_links = (
        int(one) for one in (sys.argv[1:] + ["5000000", "1000000"][len(sys.argv) - 1 :])
    )
    table = facts(n_facts)
    for regime in offenders.DEFINITIONS:
        start = time.perf_counter()
        offenders.classify(table, regime=regime)
        print(
            f"classify, regime {regime}: {time.perf_counter() - start:.1f} s for {n_facts:,} facts"
        )
    rng = np.random.default_rng(0)
    links = pd.DataFrame(
        {
            "offence_id": rng.integers(0, n_links * 7 // 10, n_links),
            "person": rng.integers(0, n_links // 2, n_links),
        }
    )
    start = time.perf_counter()
    ours = offenders.networks(links, max_together=8).attrs
    mine = time.perf_counter() - start
    start = time.perf_counter()
    theirs = network_of(links, 8)
    peer = time.perf_counter() - start
    same = theirs[0] == ours["largest"] and np.isclose(theirs[1], ours["transitivity"])
    print(
        f"networks: {mine:.1f} s for {n_links:,} participations, networkx {peer:.1f} s = "
        f"{peer / mine:.1f}x, the same: {same}"
    )


if __name__ == "__main__":
    main()
