"""How long a question takes, beside what else a user could pick: the same made-up awards, the same questions, one run.

    pip install -e '.[bench]'
    python benchmarks/search.py --records 1000000 [--questions 30] [--folder FOLDER]

Every peer is asked warm, after one question that is not counted; times are medians and 95th percentiles in milliseconds, of
the process's own CPU (user and system) since other work on the machine would distort the wall clock, with the wall clock's minimum
beside it. ``r@10`` is how often the award (for titles: an award of that very title) is among the first ten. A question is made of a
kept award: its month, its price rounded to one figure, its firm's place, buyer and method, and its title whole or a part of
it; in one of five questions the place is wrong.
"""

from __future__ import annotations

import argparse
import os
import random
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
from made_awards import Made

from tsukitome import Archive, Clues
from tsukitome.matching.compare.titles import bigrams
from tsukitome.normalize.title import comparable

METHODS = {"open": "一般競争入札", "limited": "随意契約", "selective": "指名競争入札"}


@dataclass(frozen=True)
class Question:
    """What is asked, as words and as columns, and the award that is meant."""

    target: Made
    title: str
    ward: str
    ward_code: str
    yen: int | None

    def clues(self) -> Clues:
        return Clues(
            ward=self.ward, month=self.month, title=self.title, value=f"約{self.yen}円" if self.yen else None,
            buyer=self.target.buyer, method=METHODS[self.target.method],
        )  # fmt: skip

    @property
    def month(self) -> str:
        return self.target.day.isoformat()[:7]


def questions(kept: Sequence[Made], number: int, seed: int = 7) -> list[Question]:
    """Questions about some of the kept awards."""
    chance = random.Random(seed)
    found = []
    for target in chance.sample(list(kept), number):
        title = target.title
        if chance.random() < 0.5 and len(title) > 12:
            begin = chance.randrange(0, len(title) - 10)
            title = title[begin : begin + 10]
        place = chance.choice(list(kept)).place if chance.random() < 0.2 else target.place
        yen = target.yen and round(target.yen, 1 - len(str(target.yen)))
        found.append(Question(target, title, place.full_name, place.code, yen if yen and yen >= 10_000 else None))
    return found


Answer = Callable[[Question], set[str]]  # the award_ids, or titles, of the first ten


def measured(answer: Answer, asked: Sequence[Question], wanted: Callable[[Question], str]) -> str:
    """Median and 95th percentile of CPU time, the least wall-clock time, and r@10."""
    answer(asked[0])
    cpu, wall, hits = [], [], 0
    for question in asked:
        begin, began = time.process_time(), time.perf_counter()
        found = answer(question)
        cpu.append((time.process_time() - begin) * 1e3)
        wall.append((time.perf_counter() - began) * 1e3)
        hits += wanted(question) in found
    p95 = sorted(cpu)[max(int(len(cpu) * 0.95) - 1, 0)]
    return f"{statistics.median(cpu):9.1f} {p95:9.1f} {min(wall):9.1f} {hits / len(asked):6.2f}"


def rows(path: Path) -> Any:
    """The columns of the archive that every peer gets, as a data frame."""
    import sqlite3

    import pandas as pd

    with sqlite3.connect(path) as connection:
        return pd.read_sql(
            "SELECT r.award_id, r.title, r.buyer, r.award_date AS day, r.procurement_method AS method,"
            " s.municipality_code AS ward, a.yen FROM records r"
            " JOIN suppliers s ON s.record = r.position AND s.position = 0"
            " LEFT JOIN amounts a ON a.record = r.position AND a.role = 'contract_price' ORDER BY r.position",
            connection,
        )


def words(title: str) -> str:
    """A title as its bigrams, for engines that know words only."""
    return " ".join(sorted(bigrams(comparable(title))))


def with_tantivy(frame: Any, folder: Path) -> tuple[Answer, Answer]:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("n", stored=True)
    for field in ("title", "ward", "month", "buyer", "method", "yen"):
        builder.add_text_field(field, tokenizer_name="whitespace")
    schema = builder.build()
    folder.mkdir()
    index = tantivy.Index(schema, str(folder))
    index.register_tokenizer("whitespace", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    writer = index.writer(heap_size=512 << 20)
    for n, row in enumerate(frame.itertuples(index=False)):
        yen = _figure(row.yen)
        writer.add_document(
            tantivy.Document(
                n=n, title=words(row.title), ward=row.ward, month=row.day[:7], buyer="".join(row.buyer.split()),
                method=row.method, yen=yen or "none",
            )
        )  # fmt: skip
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher, occur, query = index.searcher(), tantivy.Occur.Should, tantivy.Query

    def term(field: str, value: str, boost: float) -> Any:
        return occur, query.boost_query(query.term_query(schema, field, value), boost)

    def titled(question: Question) -> list[Any]:
        return [term("title", word, 1.0) for word in words(question.title).split()]

    def ask(parts: list[Any]) -> list[int]:
        found = searcher.search(query.boolean_query(parts), 10).hits
        return [searcher.doc(address)["n"][0] for _, address in found]

    def everything(question: Question) -> set[str]:
        parts = [
            *titled(question), term("ward", question.ward_code, 2.0), term("month", question.month, 2.0),
            term("buyer", question.target.buyer, 1.0), term("method", question.target.method, 0.5),
        ]  # fmt: skip
        if question.yen:
            parts.append(term("yen", _figure(question.yen), 2.0))
        return {frame.award_id[n] for n in ask(parts)}

    return everything, lambda question: {frame.title[n] for n in ask(titled(question))}


def _figure(yen: Any) -> str:
    """A price by its first figure and its length: 18,254,700 is 2e7."""
    return f"{float(yen):.0e}" if yen and yen == yen else ""


def with_bm25s(frame: Any) -> Answer:
    import bm25s

    retriever = bm25s.BM25()
    retriever.index([words(title).split() for title in frame.title], show_progress=False)

    def answer(question: Question) -> set[str]:
        found, _ = retriever.retrieve([words(question.title).split()], k=10, show_progress=False)
        return {frame.title[n] for n in found[0]}

    return answer


def with_rapidfuzz(frame: Any, scorer: Any) -> Answer:
    from rapidfuzz import process

    titles = frame.title.tolist()
    return lambda question: {title for title, _, _ in process.extract(question.title, titles, scorer=scorer, limit=10)}


def with_pandas(frame: Any) -> Answer:
    from rapidfuzz import fuzz, process

    def answer(question: Question) -> set[str]:
        score = process.cdist([question.title], frame.title, scorer=fuzz.ratio, workers=2)[0] / 10
        score += 5 * (frame.ward == question.ward_code) + 5 * frame.day.str.startswith(question.month)
        score += 3 * (frame.buyer == question.target.buyer) + (frame.method == question.target.method)
        if question.yen:
            score += 5 * frame.yen.between(question.yen * 0.9, question.yen * 1.1)
        return set(frame.award_id[score.nlargest(10).index])

    return answer


SQL = (
    "SELECT award_id FROM awards ORDER BY 10 * jaccard(title, $title) + 5 * (ward = $ward)::INT"
    " + 5 * (day LIKE $month)::INT + 3 * (buyer = $buyer)::INT + (method = $method)::INT"
    " + 5 * coalesce((yen BETWEEN $low AND $high)::INT, 0) DESC, award_id LIMIT 10"
)


def facts(question: Question) -> dict[str, Any]:
    """A question as the parameters of SQL."""
    return {
        "title": question.title, "ward": question.ward_code, "month": f"{question.month}%", "buyer": question.target.buyer,
        "method": question.target.method, "low": (question.yen or 0) * 0.9, "high": (question.yen or 0) * 1.1,
    }  # fmt: skip


def with_duckdb(frame: Any, path: Path) -> Answer:  # noqa: ARG001  DuckDB finds the frame by its name
    import duckdb

    connection = duckdb.connect(str(path))
    connection.execute("SET threads = 2")
    connection.execute("CREATE TABLE awards AS SELECT * FROM frame")
    connection.execute("CHECKPOINT")
    return lambda question: {row[0] for row in connection.execute(SQL, facts(question)).fetchall()}


def with_fts5(frame: Any) -> Answer:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE awards USING fts5(title, tokenize = 'trigram')")
    connection.executemany("INSERT INTO awards VALUES (?)", ((title,) for title in frame.title))

    def answer(question: Question) -> set[str]:
        title = question.title
        parts = " OR ".join(f'"{title[n : n + 3]}"' for n in range(len(title) - 2) if '"' not in title)
        found = connection.execute("SELECT title FROM awards WHERE awards MATCH ? ORDER BY rank LIMIT 10", (parts,))
        return {row[0] for row in found}

    return answer


def cold(command: list[str], runs: int = 5) -> str:
    """The CPU seconds of a whole process: median of the runs, and the least wall-clock time."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    cpu, wall = [], []
    subprocess.run(
        command, check=True, capture_output=True, env=environment
    )  # fills the caches of pages and of bytecode
    for _ in range(runs):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall.append(time.perf_counter() - began)
        cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return f"{statistics.median(cpu) * 1e3:9.1f} {min(wall) * 1e3:9.1f}"


def timed(name: str, make: Callable[[], Any]) -> Any:
    """What ``make`` makes, having printed the CPU seconds it took."""
    begin = time.process_time()
    made = make()
    print(f"build {name:22} {time.process_time() - begin:8.1f} s CPU", flush=True)
    return made


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=30)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as temporary:
        folder = Path(temporary)
        path = folder / "awards.sqlite"
        kept = timed("archive", lambda: made_awards.fill(path, given.records))
        asked = questions(kept, given.questions)
        archive = Archive.open(path)
        timed("tsukitome's index", lambda: archive.identify(Clues(method="随意契約"), top=1))
        print(f"      {path.with_name(f'{path.name}.index').stat().st_size / 1e6:.0f} MB", flush=True)
        frame = rows(path)
        from rapidfuzz import fuzz

        everything, titled = timed("tantivy", lambda: with_tantivy(frame, folder / "tantivy"))
        duck = timed("DuckDB", lambda: with_duckdb(frame, folder / "awards.duckdb"))
        print("\nall clues, warm           CPU median       p95  least wall   r@10")

        def ours(question: Question) -> set[str]:
            found = archive.identify(question.clues())
            return {one for firm in found.candidates for award in firm.awards for one in award.award_ids}

        for name, answer in (
            ("tsukitome, with evidence", ours), ("tantivy, 2-gram, boosts", everything), ("DuckDB, 2 threads", duck),
            ("pandas + rapidfuzz", with_pandas(frame)),
        ):  # fmt: skip
            print(f"{name:26} {measured(answer, asked, lambda question: question.target.award_id)}", flush=True)
        print("\ntitle only, warm          CPU median       p95  least wall   r@10")

        def ours_titled(question: Question) -> set[str]:
            found = archive.identify(Clues(title=question.title))
            return {award.title for firm in found.candidates for award in firm.awards}

        peers: list[tuple[str, Callable[[], Answer]]] = [
            ("tsukitome, with evidence", lambda: ours_titled), ("tantivy, 2-gram", lambda: titled),
            ("bm25s, 2-gram", lambda: with_bm25s(frame)), ("SQLite FTS5 trigram", lambda: with_fts5(frame)),
            ("rapidfuzz ratio", lambda: with_rapidfuzz(frame, fuzz.ratio)),
            ("rapidfuzz WRatio", lambda: with_rapidfuzz(frame, fuzz.WRatio)),
        ]  # fmt: skip
        for name, make in peers:
            print(f"{name:26} {measured(make(), asked[:10], lambda question: question.target.title)}", flush=True)
        print("\ncold process, all clues   CPU median  least wall")
        question = asked[0]
        duck = None
        clues = question.clues().asked
        command = [sys.executable, "-m", "tsukitome", "identify", "--data", str(path)]
        print(
            f"{'tsukitome identify':26} {cold([*command, *(w for n, c in clues.items() for w in (f'--{n}', c.quote))])}"
        )
        if (folder / "awards.duckdb").exists():
            code = (
                "import duckdb; c = duckdb.connect({!r}, read_only=True); c.execute('SET threads = 2');"
                "print(c.execute({!r}, {!r}).fetchall())"
            ).format(str(folder / "awards.duckdb"), SQL, facts(question))
            print(f"{'DuckDB':26} {cold([sys.executable, '-c', code])}")
        print(f"\npeak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


if __name__ == "__main__":
    main()
