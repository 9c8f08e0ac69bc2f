"""How long a question takes, beside what else a user could pick: the same made-up awards, the same questions, one run.

    pip install -e '.[bench]'
    python benchmarks/search.py --records 1000000 [--questions 30] [--peers tantivy,bm25s] [--folder FOLDER]

Every peer is asked warm, after one question that is not counted. Times are medians and 95th percentiles in milliseconds, of the
wall clock and of the CPU (user and system, all threads), which other work on the machine distorts less; ``×`` is the median CPU
time over tsukitome's. ``r@10`` is how often the award (for titles: an award of that very title) is among the first ten. A
question is made of a kept award: its month, its price rounded to one figure, its firm's place, buyer and method, and its title
whole or a part of it; in one of five questions the place is wrong. A peer is built from a data frame that has been read from the
archive; tsukitome's index is built from the archive itself.

With ``--archive FILE`` the made archive is kept, and used again by the next run: one of 10 million records takes long.
From 2 million records on, peers that can read a part at a time get no data frame.
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
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import made_awards
import search_peers as peers
from search_peers import Answer, Question

from tsukitome import Archive, Clues, __version__
from tsukitome.archive.store import Store
from tsukitome.matching.index.opening import index_of

PEERS = ("tantivy", "duckdb", "pandas", "splink", "bm25s", "fts5", "ratio", "WRatio")
LARGE = 2_000_000  # records up to which a data frame fits into memory with ease
SLOW = {"pandas": 10, "ratio": 10, "WRatio": 5, "splink": 10}  # questions that are enough for those that take long


@dataclass
class Times:
    """Seconds of the wall clock and of the CPU."""

    wall: list[float]
    cpu: list[float]

    @classmethod
    def of(cls, works: Sequence[Callable[[], Any]]) -> tuple[Times, list[Any]]:
        times, made = cls([], []), []
        for work in works:
            cpu, wall = time.process_time(), time.perf_counter()
            made.append(work())
            times.cpu.append(time.process_time() - cpu)
            times.wall.append(time.perf_counter() - wall)
        return times, made

    def shown(self) -> str:
        """Median and 95th percentile of the wall clock and of the CPU, in milliseconds."""
        return " ".join(
            f"{of(times) * 1e3:9.1f}" for times in (self.wall, self.cpu) for of in (statistics.median, _p95)
        )


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[max(int(len(times) * 0.95) - 1, 0)]


class Table:
    """Rows of one table as they are measured; the first is what the others are compared with."""

    def __init__(self, title: str) -> None:
        print(f"\n{title:26} {'wall':>9} {'p95':>9} {'CPU':>9} {'p95':>9} {'×':>6} {'r@10':>6}")
        self._first: float | None = None

    def add(self, name: str, times: Times, hits: float | None = None) -> None:
        """Prints a row."""
        median = statistics.median(times.cpu)
        self._first = self._first or median
        met = "" if hits is None else f"{hits:6.2f}"
        print(f"{name:26} {times.shown()} {median / self._first:6.2f} {met}", flush=True)

    def measure(self, name: str, answer: Answer, asked: Sequence[Question], wanted: Callable[[Question], str]) -> None:
        """Asks all questions."""
        answer(asked[0])
        times, found = Times.of([lambda one=one: answer(one) for one in asked])  # type: ignore[misc]
        hits = sum(wanted(one) in these for one, these in zip(asked, found, strict=True))
        self.add(name, times, hits / len(asked))


def built(name: str, make: Callable[[], Any], size: Callable[[], float] | None = None) -> Any:
    """What ``make`` makes, having printed how long it took, and the megabytes of it."""
    times, (made,) = Times.of([make])
    megabytes = f"{size() / 1e6:8.0f} MB" if size else ""
    print(f"build {name:22} {times.wall[0]:8.1f} s wall {times.cpu[0]:8.1f} s CPU {megabytes}", flush=True)
    return made


def folder_size(folder: Path) -> float:
    """The bytes of a file, or of all in a folder."""
    return sum(file.stat().st_size for file in ([folder] if folder.is_file() else folder.rglob("*")) if file.is_file())


def cold(command: Sequence[str], runs: int) -> Times:
    """Whole processes, one after the other, after one that fills the caches of pages and of bytecode."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times = Times([], [])
    for number in range(runs + 1):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if number:
            times.wall.append(time.perf_counter() - began)
            times.cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return times


def build_index(path: Path) -> None:
    """Builds the index of an archive in a process of its own, so that its memory is its own too."""
    store = Store(path)
    index_of(store, __version__)
    store.close()


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=30)
    parser.add_argument("--peers", default=",".join(PEERS), help=f"of {','.join(PEERS)}; default: all")
    parser.add_argument("--archive", type=Path, help="an archive that is made here, or was made here by an earlier run")
    parser.add_argument("--folder", type=Path, help="where to work")
    parser.add_argument("--cold", type=int, default=9, help="processes of each kind")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as temporary:
        path = given.archive or Path(temporary) / "awards.sqlite"
        peers = [*filter(None, given.peers.split(","))]
        run(path, Path(temporary), given.records, given.questions, peers, given.cold)


def run(path: Path, folder: Path, records: int, number: int, chosen: Sequence[str], runs: int) -> None:
    """One run over so many records."""
    kept = made_awards.kept_of(path, records)
    asked = peers.questions(kept, number)
    print(
        f"{records:,} records, {number} questions, {folder_size(path) / 1e6:.0f} MB of archive, load {os.getloadavg()}"
    )
    index = path.with_name(f"{path.name}.index")
    index.unlink(missing_ok=True)
    built("tsukitome", lambda: build_index(path), lambda: folder_size(index))
    print(
        f"      peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB, with making the archive"
    )
    frame = peers.Streamed(path)
    if records <= LARGE:
        frame = built("a data frame, for peers", lambda: peers.frame_of(path))
    everything, titled = _peers(frame, folder, chosen)
    archive = Archive.open(path)

    def ours(question: Question) -> set[str]:
        found = archive.identify(question.clues())
        return {one for firm in found.candidates for award in firm.awards for one in award.award_ids}

    def ours_titled(question: Question) -> set[str]:
        return {
            award.title for firm in archive.identify(Clues(title=question.title)).candidates for award in firm.awards
        }

    table = Table("all clues, warm, ms")
    for name, answer in {"tsukitome, with evidence": ours, **everything}.items():
        table.measure(name, answer, asked[: SLOW.get(name)], lambda question: question.target.award_id)
    table = Table("title only, warm, ms")
    for name, answer in {"tsukitome, with evidence": ours_titled, **titled}.items():
        table.measure(name, answer, asked[: SLOW.get(name)], lambda question: question.target.title)
    everything.clear()  # a DuckDB file is one process's
    table = Table("cold process, all clues, ms")
    words = [word for name, clue in asked[0].clues().asked.items() for word in (f"--{name}", clue.quote)]
    table.add("identify, with printing", cold([_program("identify"), *words, "--data", str(path)], runs))
    table.add("tsukitome identify", cold([_program("tsukitome"), "identify", *words, "--data", str(path)], runs))
    if "duckdb" in chosen:
        code = (
            f"import duckdb; c = duckdb.connect({str(folder / 'duckdb')!r}, read_only=True); c.execute('SET threads = 2');"
            f"print(c.execute({peers.SQL!r}, {peers.facts(asked[0])!r}).fetchall())"
        )
        table.add("DuckDB", cold([sys.executable, "-c", code], runs))
    table.add("bare interpreter", cold([sys.executable, "-c", "pass"], runs))
    table.add("import numpy", cold([sys.executable, "-c", "import numpy"], runs))


def _program(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def _peers(frame: Any, folder: Path, chosen: Sequence[str]) -> tuple[dict[str, Answer], dict[str, Answer]]:
    """The chosen peers: those that are asked all clues, and those that are asked for a title."""
    everything: dict[str, Answer] = {}
    titled: dict[str, Answer] = {}
    if "tantivy" in chosen:
        place = folder / "tantivy"
        made = built("tantivy", lambda: peers.with_tantivy(frame, place), lambda: folder_size(place))
        everything["tantivy"], titled["tantivy"] = made
    if "duckdb" in chosen:
        place = folder / "duckdb"
        everything["duckdb"] = built("DuckDB", lambda: peers.with_duckdb(frame, place), lambda: folder_size(place))
    if "pandas" in chosen:
        everything["pandas"] = peers.with_pandas(frame)
    if "splink" in chosen:
        everything["splink"] = built("Splink", lambda: peers.with_splink(frame))
    if "bm25s" in chosen:
        titled["bm25s"] = built("bm25s", lambda: peers.with_bm25s(frame))
    if "fts5" in chosen:
        place = folder / "fts5"
        titled["fts5"] = built("SQLite FTS5", lambda: peers.with_fts5(frame, place), lambda: folder_size(place))
    titled |= {name: peers.with_rapidfuzz(frame, name) for name in ("ratio", "WRatio") if name in chosen}
    return everything, titled


if __name__ == "__main__":
    main()
