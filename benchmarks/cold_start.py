"""How long a newcomer waits: the first run, and a run with the cache filled, as whole processes.

    python benchmarks/cold_start.py [--runs 9]

Beside them, in the same run, a bare interpreter and one that imports pandas: the ratios do not depend on the machine.
Each figure is the median of the runs, in seconds.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

QUESTION = ["-m", "tsukitome", "identify", "--ward", "豊島区", "--month", "2017-08"]


def seconds(command: list[str], runs: int, cache: Path | None = None) -> float:
    """The median time of a command over ``runs`` processes; a fresh cache each where ``cache`` is None."""
    times = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as fresh:
            environment = os.environ | {"XDG_CACHE_HOME": str(cache or fresh)}
            begin = time.perf_counter()
            subprocess.run([sys.executable, *command], env=environment, check=True, capture_output=True)
            times.append(time.perf_counter() - begin)
    return statistics.median(times)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        seconds(QUESTION, 1, Path(folder))
        figures = {
            "bare interpreter": seconds(["-c", "pass"], runs),
            "import pandas": seconds(["-c", "import pandas"], runs),
            "identify, cache filled": seconds(QUESTION, runs, Path(folder)),
            "identify, first run": seconds(QUESTION, max(runs // 3, 1)),
        }
    bare, pandas = figures["bare interpreter"], figures["import pandas"]
    for name, value in figures.items():
        print(f"{name:24} {value:6.3f} s   {value / bare:6.1f} × bare   {value / pandas:5.2f} × import pandas")


if __name__ == "__main__":
    main()
