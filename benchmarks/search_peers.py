"""What else a user could pick to search awards, each set up with care and given the same columns: for ``search.py``.

A peer is made from a data frame of the archive's columns and gives an :data:`Answer`. None of them but Splink has
probabilities, and none has evidence or says what it does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from made_awards import Made

from tsukitome import Clues
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


Answer = Callable[[Question], set[str]]  # the award_ids, or for a title alone the titles, of the first ten


_COLUMNS = (
    "SELECT r.award_id, r.title, r.buyer, r.award_date AS day, r.procurement_method AS method,"
    " s.municipality_code AS ward, a.yen FROM records r"
    " JOIN suppliers s ON s.record = r.position AND s.position = 0"
    " LEFT JOIN amounts a ON a.record = r.position AND a.role = 'contract_price' ORDER BY r.position"
)


def frame_of(path: Path) -> Any:
    """The columns of the archive that every peer gets."""
    import sqlite3

    import pandas as pd

    with sqlite3.connect(path) as connection:
        return pd.read_sql(_COLUMNS, connection)


class Streamed:
    """The same columns of an archive whose frame would not fit into memory, a part at a time; of a row (from 0) its title and
    award_id are read where they are asked for. Its positions are those that :mod:`made_awards` gives.
    """

    def __init__(self, path: Path) -> None:
        import sqlite3

        self._connection = sqlite3.connect(path)
        self.title, self.award_id = (_Read(self._connection, name) for name in ("title", "award_id"))

    def parts(self) -> Iterator[Any]:
        """Frames of some rows each."""
        import pandas as pd

        yield from pd.read_sql(_COLUMNS, self._connection, chunksize=200_000)

    def itertuples(self, index: bool) -> Iterator[Any]:
        """Row by row, as a frame gives them."""
        for part in self.parts():
            yield from part.itertuples(index=index)


@dataclass(frozen=True)
class _Read:
    connection: Any
    name: str

    def __getitem__(self, row: int) -> str:
        found = self.connection.execute(f"SELECT {self.name} FROM records WHERE position = ?", (row + 1,)).fetchone()
        return str(found[0])


def words(title: str) -> str:
    """A title as its bigrams, for engines that know words only."""
    return " ".join(sorted(bigrams(comparable(title))))


def with_tantivy(frame: Any, folder: Path) -> tuple[Answer, Answer]:
    """A full-text engine with its own bigrams; the other clues are terms with a boost. All clues, and a title alone."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("n", stored=True)
    builder.add_text_field("title", tokenizer_name="bigrams")
    for field in ("ward", "month", "buyer", "method", "yen"):
        builder.add_text_field(field, tokenizer_name="raw")
    schema = builder.build()
    folder.mkdir()
    index = tantivy.Index(schema, str(folder))
    index.register_tokenizer("bigrams", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(2, 2, False)).build())
    writer = index.writer(heap_size=512 << 20, num_threads=2)
    for n, row in enumerate(frame.itertuples(index=False)):
        writer.add_document(
            tantivy.Document(
                n=n, title=row.title, ward=row.ward, month=row.day[:7], buyer=row.buyer, method=row.method,
                yen=_figure(row.yen) or "none",
            )
        )  # fmt: skip
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher, occur, query = index.searcher(), tantivy.Occur.Should, tantivy.Query

    def term(field: str, value: str, boost: float) -> Any:
        return occur, query.boost_query(query.term_query(schema, field, value), boost)

    def titled(question: Question) -> list[Any]:
        return [term("title", word, 1.0) for word in bigrams(question.title)]

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
    """BM25 over bigrams, as sparse arrays."""
    import bm25s

    retriever = bm25s.BM25()
    retriever.index([words(title).split() for title in frame.title], show_progress=False)

    def answer(question: Question) -> set[str]:
        found, _ = retriever.retrieve([words(question.title).split()], k=10, show_progress=False)
        return {frame.title[n] for n in found[0]}

    return answer


def with_rapidfuzz(frame: Any, scorer: str) -> Answer:
    """What a user would write first: the titles of a data frame, each held against the clue."""
    from rapidfuzz import fuzz, process

    titles, by = frame.title.tolist(), getattr(fuzz, scorer)
    return lambda question: {title for title, _, _ in process.extract(question.title, titles, scorer=by, limit=10)}


def with_pandas(frame: Any) -> Answer:
    """A score as a sum of columns, the title's by rapidfuzz on both cores."""
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


def with_duckdb(frame: Any, path: Path) -> Answer:
    """The same sum in SQL over a columnar file."""
    import duckdb

    connection = duckdb.connect(str(path))
    connection.execute("SET threads = 2")
    for number, part in enumerate(frame.parts() if isinstance(frame, Streamed) else [frame]):  # noqa: B007  DuckDB finds it by its name
        connection.execute(
            "INSERT INTO awards SELECT * FROM part" if number else "CREATE TABLE awards AS SELECT * FROM part"
        )
    connection.execute("CHECKPOINT")
    return lambda question: {row[0] for row in connection.execute(SQL, facts(question)).fetchall()}


def with_fts5(frame: Any, path: Path) -> Answer:
    """SQLite's own full-text search by trigrams."""
    import sqlite3

    connection = sqlite3.connect(path)
    connection.execute("CREATE VIRTUAL TABLE awards USING fts5(title, tokenize = 'trigram')")
    connection.executemany("INSERT INTO awards VALUES (?)", ((title,) for title in frame.title))
    connection.execute("INSERT INTO awards(awards) VALUES ('optimize')")
    connection.commit()

    def answer(question: Question) -> set[str]:
        title = question.title
        parts = " OR ".join(f'"{title[n : n + 3]}"' for n in range(len(title) - 2) if '"' not in title)
        found = connection.execute("SELECT title FROM awards WHERE awards MATCH ? ORDER BY rank LIMIT 10", (parts,))
        return {row[0] for row in found}

    return answer


def with_splink(frame: Any) -> Answer:
    """Record linkage of a question, as a record of its own, with all awards that share two of its facts.

    How rare agreement is by chance is estimated from the data, how likely it is in truth is stated.
    """
    import duckdb
    import splink.comparison_library as compare
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI

    def exact(column: str, m: float) -> Any:
        return compare.ExactMatch(column).configure(m_probabilities=[m, 1 - m])

    columns = ["award_id", "title", "ward", "month", "buyer", "method", "yen"]
    table = frame.assign(month=frame.day.str[:7])[columns]
    pairs = (("month", "buyer"), ("ward", "buyer"), ("ward", "month"), ("title", "month"))
    price = compare.CustomComparison(
        output_column_name="yen",
        comparison_levels=[
            {"sql_condition": "yen_l IS NULL OR yen_r IS NULL", "label_for_charts": "silent", "is_null_level": True},
            {"sql_condition": "abs(yen_l - yen_r) <= 0.1 * greatest(yen_l, yen_r)", "label_for_charts": "near",
             "m_probability": 0.95},
            {"sql_condition": "ELSE", "label_for_charts": "far", "m_probability": 0.05},
        ],
    )  # fmt: skip
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="award_id",
        probability_two_random_records_match=1 / len(table),
        comparisons=[
            compare.JaccardAtThresholds("title", [0.9, 0.6, 0.3]).configure(m_probabilities=[0.4, 0.2, 0.2, 0.15, 0.05]),
            exact("ward", 0.8), exact("month", 0.95), exact("buyer", 0.95), exact("method", 0.95), price,
        ],
        blocking_rules_to_generate_predictions=[block_on(*pair) for pair in pairs],
    )  # fmt: skip
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    api = DuckDBAPI(connection)
    awards = api.register(table, table_name="awards")
    linker = Linker(awards, settings, log_level=40)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    asked = 0

    def answer(question: Question) -> set[str]:
        nonlocal asked
        asked += 1
        import pandas as pd

        target = question.target
        one = ["?", question.title, question.ward_code, question.month, target.buyer, target.method, question.yen]
        record = api.register(
            pd.DataFrame([one], columns=columns).astype(table.dtypes.to_dict()), table_name=f"asked_{asked}"
        )
        found = linker.inference.predict_between(record, awards).as_pandas_dataframe()
        best = found.nlargest(10, "match_weight")
        return {*best.award_id_l, *best.award_id_r} - {"?"}

    return answer


def _part(title: str, begin: int, end: int) -> str:
    """A part of a title; a number that would be cut in two (28年度 to 8年度) is left out, as nobody remembers half of one."""
    while title[begin - 1 : begin].isdecimal() and title[begin].isdecimal():
        begin += 1
    while title[end - 1].isdecimal() and title[end : end + 1].isdecimal():
        end -= 1
    return title[begin:end]


def questions(kept: Sequence[Made], number: int, seed: int = 7) -> list[Question]:
    """Questions about some of the kept awards: in one of five the place is wrong, in half of them the title is a part of it."""
    import random

    chance = random.Random(seed)
    found = []
    for target in chance.sample(list(kept), number):
        title = target.title
        if chance.random() < 0.5 and len(title) > 12:
            begin = chance.randrange(0, len(title) - 10)
            title = _part(title, begin, begin + 10)
        place = chance.choice(list(kept)).place if chance.random() < 0.2 else target.place
        yen = target.yen and round(target.yen, 1 - len(str(target.yen)))
        found.append(Question(target, title, place.full_name, place.code, yen if yen and yen >= 10_000 else None))
    return found
