"""
Measure the slowest steps of an analyst's day: open, read, find hotspots, draw the map.

Every step in the order of a morning, in a new process, and the second notebook run from top
to bottom as JupyterLab runs it (a kernel is started for it).

    python benchmarks/bench_day.py               the sample town of 20,000 incidents
    python benchmarks/bench_day.py 1000000       a town of a million
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

MORNING = """
import sys, time
from pathlib import Path
clock = time.perf_counter()
def step(name):
    global clock
    now = time.perf_counter()
    print(f"{name:34}{now - clock:8.2f} s", flush=True)
    clock = time.perf_counter()
folder = Path(sys.argv[1])
import ipgtools as ipg
step("import ipgtools")
source = next(folder.glob("incidenten.*"))
incidents, report = ipg.read_incidents(source)
step(f"read {report.n_read:,} incidents")
areas, _ = ipg.read_areas(folder / "buurten.geojson")
step("read the areas")
grid = ipg.Grid.covering(areas, cell_size=100)
cells = ipg.hotspots.count(incidents, grid)
step(f"count in {len(cells):,} cells")
hot = ipg.hotspots.gi_star(cells)
step("Gi* with both p")
where = ipg.areas.assign(incidents, areas)
step("assign a buurt to each")
drawn = ipg.maps.hotspot_map(hot, areas=areas)
step("draw the map")
ipg.maps.save(drawn, folder / "map.html")
step("save the map as one file")
"""


def main() -> None:
    """Measure, and print a table."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        from ipgtools import sample

        sample.write(folder, incidents=n)
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", MORNING, folder], check=True)
        print(f"{'all of it, Python started':34}{time.perf_counter() - start:8.2f} s")
    import nbformat
    from nbclient import NotebookClient

    path = Path(__file__).parent.parent / "notebooks" / "02_hotspots.ipynb"
    start = time.perf_counter()
    client = NotebookClient(nbformat.read(path, as_version=4), timeout=600)
    client.execute(cwd=path.parent)
    print(f"{'notebook 02, kernel started':34}{time.perf_counter() - start:8.2f} s")


if __name__ == "__main__":
    main()
