"""How fast files are imported into an archive, each kind beside its reference in the same run, and with how much memory.

    python benchmarks/import_speed.py [--rows 1000000] [--runs 1] [--skip-real]

A made-up contract table (:mod:`made_contracts`) and a made-up file of the portal (:mod:`made_portal`) as CSV, and ``judgit``,
beside inserting their raw rows into SQLite with ``csv.reader`` and ``executemany``; the workbooks of ``koueki`` and ``mlit``
beside python-calamine's bare read of the same files (TSUKITOME_REAL_DATA names the folder that holds the real ones). Each time is
the least of the runs, without the start of the interpreter and the loading of modules, calamine's as well as ours; what ours make
of lists and patterns when these are first used counts. Ours is that of the whole import, until what is one award and one firm is
settled. Memory is the most that the largest process held, and that a run's processes held added up.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import multiprocessing
import os
import resource
import sqlite3
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from lxml import etree  # noqa: F401  the readers of workbooks load it when there is one, as they do calamine
from made_contracts import write as write_contracts
from made_portal import write as write_portal
from python_calamine import CalamineWorkbook

# An import loads these when there is something to read, and to settle.
from tsukitome.archive import joins, parallel, settling, total  # noqa: F401
from tsukitome.archive.finding import files_under
from tsukitome.archive.importing import import_files
from tsukitome.archive.store import Store
from tsukitome.cores import usable_cores
from tsukitome.documents import tables  # noqa: F401


def raw_rows_into_sqlite(table: Path, above: int, folder: Path) -> int:
    """The reference for CSV: its rows as they are, in one transaction. ``above`` are the rows over those of data."""
    connection = sqlite3.connect(folder / "raw.sqlite")
    opened = gzip.open if table.suffix == ".gz" else open
    with opened(table, "rt", encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        deque(islice(reader, above), maxlen=0)
        first = next(reader)
        insert = f"INSERT INTO raw VALUES ({','.join('?' * len(first))})"
        connection.execute(f"CREATE TABLE raw ({','.join(f'c{n} TEXT' for n in range(len(first)))})")
        connection.execute(insert, first)
        done = connection.executemany(insert, reader)
    connection.commit()
    connection.close()
    return 1 + done.rowcount


def bare_cells(paths: Sequence[Path], _folder: Path) -> int:
    """The reference for workbooks: all cells of all sheets, by calamine alone, in one process."""
    rows = 0
    for path in paths:
        workbook = CalamineWorkbook.from_path(path)
        rows += sum(len(workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names)
    return rows


def into_archive(paths: Sequence[Path], folder: Path) -> int:
    """The files imported as ``tsukitome import`` does it; the number of records."""
    store = Store(folder / "archive.sqlite")
    done = import_files(store, files_under(paths))
    store.close()
    return done.records


class Measured(NamedTuple):
    """Seconds by the clock, seconds of computing by all processes, what the work returned, and MiB at most: of the largest process,
    and of all.
    """

    seconds: float
    computing: float
    number: int
    largest: float
    memory: float


def _apart(work: Callable[..., int], arguments: Sequence[object], pipe: Connection) -> None:
    begin = time.perf_counter()
    number = work(*arguments)
    seconds = time.perf_counter() - begin
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    computing = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
    unit = 1 << (20 if sys.platform == "darwin" else 10)  # ru_maxrss is in bytes there, in KiB elsewhere
    # The children's figure is that of the largest one: it counts once for each of them.
    memory = (own.ru_maxrss + others.ru_maxrss * (usable_cores() - 1)) / unit
    pipe.send(Measured(seconds, computing, number, max(own.ru_maxrss, others.ru_maxrss) / unit, memory))


def measured(work: Callable[..., int], *arguments: object, runs: int) -> Measured:
    """The quickest of the runs, each in a process and a folder of its own."""
    results: list[Measured] = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            ours, theirs = multiprocessing.Pipe()
            process = multiprocessing.get_context("spawn").Process(
                target=_apart, args=(work, (*arguments, Path(folder)), theirs)
            )
            process.start()
            results.append(ours.recv())
            process.join()
    return min(results)


def report(name: str, reference: Measured, ours: Measured, goal: float) -> None:
    """Prints what was measured, with the ratio to the reference."""
    speed, ratio = ours.number / ours.seconds, ours.seconds / reference.seconds
    print(f"{name}: {ours.number:,} records in {ours.seconds:.1f} s, {speed:,.0f} records/s")
    print(f"    reference {reference.number:,} rows in {reference.seconds:.2f} s; ratio {ratio:.1f} (at most {goal:g})")
    print(f"    computing {ours.computing:.1f} s and {reference.computing:.1f} s, whatever else the machine does")
    largest, memory = f"{ours.largest:,.0f} MiB", f"{ours.memory:,.0f} MiB"
    print(f"    peak memory {memory}, of the largest process {largest} (at most 1,536)", flush=True)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--skip-real", action="store_true")
    given = parser.parse_args()
    data = Path(os.environ.get("TSUKITOME_REAL_DATA", "../shared/data"))
    with tempfile.TemporaryDirectory() as folder:
        made = {"contract table": (write_contracts, 2, 12), "portal": (write_portal, 0, 10)}
        for name, (write, above, goal) in made.items():
            table = Path(folder) / f"{name}.csv"
            write(table, given.rows)
            reference = measured(raw_rows_into_sqlite, table, above, runs=given.runs)
            report(name, reference, measured(into_archive, [table], runs=given.runs), goal)
    payees = data / "judgit" / "payees.csv.gz"
    if payees.exists() and not given.skip_real:
        reference = measured(raw_rows_into_sqlite, payees, 1, runs=given.runs)
        report("judgit", reference, measured(into_archive, [payees], runs=given.runs), 10)
    for name in () if given.skip_real else ("koueki", "mlit"):
        paths = sorted((data / name).rglob("*.xls*"))
        if paths:
            report(
                name, measured(bare_cells, paths, runs=given.runs), measured(into_archive, paths, runs=given.runs), 4
            )


if __name__ == "__main__":
    main()
