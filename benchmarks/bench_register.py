"""Time the register: an entry, a release with its check of the chain, and a whole verification."""

import tempfile
import time
from pathlib import Path

from timing import best

from ipgtools.audit import Register


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.sqlite"
        print(f"open a new one: {best(lambda: Register.open(path).close(), 1)[0] * 1e3:.1f} ms")
        with Register.open(path) as register:
            took = []
            for at in range(200):
                begin = time.perf_counter()
                register.record("load", file=f"{at}.csv", n_read=20_000, n_used=19_910)
                took.append(time.perf_counter() - begin)
            took.sort()
            print(f"an entry: {took[100] * 1e3:.1f} ms, at most {took[-1] * 1e3:.1f} ms (of 200)")
            for n in (1_000, 10_000, 100_000):
                with register.transaction():
                    for _ in range(n - register.count()):
                        register.record("load", file="incidenten.csv", n_read=20_000)
                whole, _ = best(register.verify, 3)
                with Register.open(path) as again:
                    first, _ = best(lambda one=again: one.record("release", audience="partner"), 1)
                    more, _ = best(lambda one=again: one.record("release", audience="partner"), 3)
                print(
                    f"{n} entries: verified in {whole * 1e3:.0f} ms, first release "
                    f"{first * 1e3:.0f} ms, next {more * 1e3:.1f} ms"
                )


if __name__ == "__main__":
    main()
