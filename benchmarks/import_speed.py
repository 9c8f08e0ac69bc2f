"""How fast files are read into an archive, each kind beside its reference in the same run, and with how much memory.

    python benchmarks/import_speed.py [--rows 1000000] [--runs 1] [--skip-real]

A made-up contract table (:mod:`made_contracts`) as CSV beside inserting its raw rows into SQLite with ``csv.reader`` and
``executemany``; the workbooks of ``koueki`` and ``mlit`` (TSUKITOME_REAL_DATA names the folder that holds them) beside
python-calamine's bare read of the same files. Each time is the least of the runs, without the start of the interpreter;
memory is the most that a run and the processes that it started held, added up.
"""

from __future__ import annotations

import argparse
import csv
import multiprocessing
import os
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from made_contracts import write
from python_calamine import CalamineWorkbook

from tsukitome.archive.parallel import read_all, usable_cores
from tsukitome.archive.store import Store
from tsukitome.documents.file import File


def raw_rows_into_sqlite(table: Path, folder: Path) -> int:
    """The reference for CSV: its rows as they are, in one transaction."""
    connection = sqlite3.connect(folder / "raw.sqlite")
    with table.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        header = next(reader)
        connection.execute(f"CREATE TABLE raw ({','.join(f'c{n} TEXT' for n in range(len(header)))})")
        done = connection.executemany(f"INSERT INTO raw VALUES ({','.join('?' * len(header))})", reader)
    connection.commit()
    connection.close()
    return done.rowcount


def bare_cells(paths: Sequence[Path], _folder: Path) -> int:
    """The reference for workbooks: all cells of all sheets, by calamine alone, in one process."""
    rows = 0
    for path in paths:
        workbook = CalamineWorkbook.from_path(path)
        rows += sum(len(workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names)
    return rows


def into_archive(paths: Sequence[Path], folder: Path) -> int:
    """The files read and kept in an archive; the number of records."""
    store = Store(folder / "archive.sqlite")
    records = 0
    for path, file, batches in read_all((path, File.read(path), ()) for path in paths):
        with store.transaction():
            _, added = store.add(batches, file=path.name, path=str(path), sha256=file.sha256, size=len(file.data))
        records += added
    store.close()
    return records


class Measured(NamedTuple):
    """Seconds by the clock, seconds of computing by all processes, what the work returned, and MiB at most."""

    seconds: float
    computing: float
    number: int
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
    pipe.send(Measured(seconds, computing, number, memory))


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
    print(f"    peak memory {ours.memory:,.0f} MiB (at most 1,536)", flush=True)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--skip-real", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "contracts.csv"
        write(table, given.rows)
        reference = measured(raw_rows_into_sqlite, table, runs=given.runs)
        report("CSV", reference, measured(into_archive, [table], runs=given.runs), 12)
    data = Path(os.environ.get("TSUKITOME_REAL_DATA", "../shared/data"))
    for name in () if given.skip_real else ("koueki", "mlit"):
        paths = sorted((data / name).rglob("*.xls*"))
        if paths:
            report(
                name, measured(bare_cells, paths, runs=given.runs), measured(into_archive, paths, runs=given.runs), 4
            )


if __name__ == "__main__":
    main()
