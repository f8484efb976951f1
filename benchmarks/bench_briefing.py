"""
Measure what a user waits for: help, the sample briefing, and the growth with incidents.

Prints seconds and peak memory of whole commands, the environment aside.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("ipgtools")
SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample" / "ipg.toml"


def run(*arguments: object) -> tuple[float, float]:
    """Run a command; give its seconds and its peak memory in GB."""
    code = (
        "import resource, subprocess, sys;"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, str(PROGRAM), *map(str, arguments)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return time.perf_counter() - start, int(done.stdout) / 1024**2


def main() -> None:
    """Measure, and print a table."""
    print(f"{'job':44}{'seconds':>10}{'GB':>8}{'bar':>18}")
    run("--help")
    with tempfile.TemporaryDirectory() as folder:
        to = ("--out", Path(folder) / "out")
        small = ("briefing", "--config", SAMPLE, *to)
        show("ipgtools --help", ("--help",), "0.5 s")
        show("sample briefing, first time", small, "")
        show("sample briefing, 20,000 incidents", small, "30 s, 1 GB")
        for size in (200_000, 2_000_000):
            town = Path(folder) / str(size)
            show(f"sample town of {size:,}", ("sample", town, "--incidents", size), "2 GB")
            show(f"briefing on {size:,}", ("briefing", "--config", town / "ipg.toml", *to), "")


def show(name: str, arguments: tuple, bar: str) -> None:
    """Run a job and print its row."""
    seconds, memory = run(*arguments)
    print(f"{name:44}{seconds:10.2f}{memory:8.2f}{bar:>18}")


if __name__ == "__main__":
    main()
