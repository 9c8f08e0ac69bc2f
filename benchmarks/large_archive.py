"""How soon a large archive answers: `tsukitome sources` and opening it, and with how much memory its records are printed.

    python benchmarks/large_archive.py [--rows 1000000] [--runs 5] [--archive FILE]

The archive is made from a made-up contract table (:mod:`made_contracts`), or is the one that is given. ``sources`` is the whole
command, the start of the interpreter included, the least and the median of the runs; opening is timed within one process.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from made_contracts import write

from tsukitome.api import Archive

COMMAND = (sys.executable, "-m", "tsukitome")


def seconds_of(*command: str) -> float:
    """How long a command takes by the clock; what it prints is thrown away."""
    begin = time.perf_counter()
    subprocess.run([*COMMAND, *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begin


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--archive", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive = given.archive or Path(folder) / "awards.sqlite"
        if given.archive is None:
            table = Path(folder) / "contracts.csv"
            write(table, given.rows)
            print(f"import: {seconds_of('import', str(table), '--archive', str(archive)):.1f} s")
            print(f"import of the same file again: {seconds_of('import', str(table), '--archive', str(archive)):.2f} s")
        times = [seconds_of("sources", "--data", str(archive)) for _ in range(given.runs)]
        print(f"tsukitome sources: {min(times):.2f} s at best, {statistics.median(times):.2f} s as a rule (at most 1)")
        begin = time.perf_counter()
        opened = Archive.open(archive)
        sentence = repr(opened)
        print(f"Archive.open: {time.perf_counter() - begin:.3f} s; {sentence}; {os.path.getsize(archive) >> 20:,} MiB")
        print(f"tsukitome records, all of them: {seconds_of('records', '--data', str(archive)):.1f} s")
        unit = 1 << (20 if sys.platform == "darwin" else 10)
        print(f"peak memory of the commands: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit:,.0f} MiB")


if __name__ == "__main__":
    main()
