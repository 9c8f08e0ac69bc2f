"""The SQLite file: what goes in comes out, and files are whole or absent."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from builders import award, supplier, total
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.api import Archive
from tsukitome.archive.database import connect
from tsukitome.archive.merging import merge
from tsukitome.archive.rows import rows_of
from tsukitome.archive.store import Store
from tsukitome.errors import ArchiveError
from tsukitome.sources.reading import Reading, Refusal

RECORD = award(
    "業務",
    supplier(printed="㈱ＳＡＹ企画"),
    supplier("株式会社B", None, role="bidder"),
    noticed="2017-06-29",
    amounts=(total(100, tax="excluded", supplier=0), total(14)),
)


def add(store: Store, *records: object, path: str = "/a.txt", refusals: tuple[Refusal, ...] = ()) -> None:
    reading = Reading("gazette", records, refusals)  # type: ignore[arg-type]
    with store.transaction():
        store.add([rows_of(reading)], file="a.txt", path=path, sha256=RECORD.source.sha256, size=1)


def test_an_award_comes_back_as_it_was(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.sqlite")
    add(store, RECORD, refusals=(Refusal("a.txt", "no date.", "row 3", "…"),))
    store.close()
    again = Store(tmp_path / "a.sqlite")
    assert again.awards() == [RECORD]
    assert again.refusals() == [Refusal("a.txt", "no date.", "row 3", "…")]
    (source,) = again.sources()
    assert (source.file, source.kind, source.records, source.refused) == ("a.txt", "gazette", 1, 1)


def test_the_number_of_tenderers_is_kept_and_a_disagreement_is_none(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.sqlite")
    add(store, replace(RECORD, tenderers=1))
    assert store.awards() == [replace(RECORD, tenderers=1)]
    store.close()
    with connect(tmp_path / "a.sqlite") as archive:
        assert archive.execute("SELECT number_of_tenderers FROM awards").fetchall() == [(1,)]
        archive.execute(
            "INSERT INTO records (award_id, source_id, title, number_of_tenderers, award, quote, warnings)"
            " SELECT 'x', source_id, title, 2, position, quote, warnings FROM records"
        )
        assert archive.execute("SELECT records, number_of_tenderers FROM awards").fetchall() == [(2, None)]


def test_the_same_path_replaces_what_it_gave(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.sqlite")
    add(store, RECORD)
    add(store)
    assert store.awards() == []


def test_what_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.sqlite")
    with pytest.raises(sqlite3.IntegrityError):
        add(store, RECORD, RECORD)  # one award_id twice
    assert store.awards() == []
    assert store.sources() == []


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "other.sqlite")
    other.execute("CREATE TABLE t (x)")
    other.close()
    with pytest.raises(ArchiveError, match="not an archive of this version"):
        Store(tmp_path / "other.sqlite")


def test_an_archive_that_is_being_written_waits_or_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **more: connect(path, **more | {"timeout": 0}))
    one, other = Store(tmp_path / "a.sqlite"), Store(tmp_path / "a.sqlite")
    with one.transaction(), pytest.raises(ArchiveError, match="another import is writing to it"), other.transaction():
        pass


def test_each_write_makes_another_generation(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.sqlite")
    generations = [store.generation()]
    add(store, RECORD)
    generations.append(store.generation())
    store.settle()
    generations.append(store.generation())
    with store.transaction():
        pass  # nothing is written
    store.settle()  # nor here: all is settled
    generations.append(store.generation())
    assert generations[0] < generations[1] < generations[2] == generations[3]


def test_opening_and_summing_up_an_archive_goes_through_no_table_of_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "a.sqlite")
    add(store, RECORD, refusals=(Refusal("a.txt", "no date.", "row 3", "…"),))
    store.settle()
    asked: list[str] = []

    def connect_and_listen(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.set_trace_callback(asked.append)
        return connection

    monkeypatch.setattr("tsukitome.archive.store.connect", connect_and_listen)
    archive = Archive.open(tmp_path / "a.sqlite")
    assert "1 records" in repr(archive)
    assert archive.refusals
    assert archive.coverage().awards == 1
    assert archive.coverage_rows()
    plans = [
        line[3]
        for query in asked
        if query.startswith("SELECT")
        for line in store._connection.execute(f"EXPLAIN QUERY PLAN {query}")
    ]
    assert any("sources" in plan for plan in plans)
    large = ("records", "suppliers", "amounts")
    assert [
        plan for plan in plans if plan.startswith("SCAN") and plan.split()[1] in large and "INDEX" not in plan
    ] == []


def test_what_is_one_award_and_one_firm_is_settled_once_for_all(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.sqlite")
    one = award("業務", supplier(), file="one")
    other = award(
        "業務",
        supplier("㈱ＳＡＹ企画", "豊島区東池袋一丁目48番10号"),
        file="other",
        contracted="2017-08-10",
        awarded=None,
    )
    for record in (one, other):
        with store.transaction():
            path = record.source.file
            store.add(
                [rows_of(Reading("gazette", (record,)))], file=path, path=path, sha256=record.source.sha256, size=1
            )
    store.settle()
    assert store.count_awards() == 1
    database = sqlite3.connect(tmp_path / "a.sqlite")
    assert database.execute("SELECT records, sources FROM awards").fetchall() == [(2, 2)]
    assert database.execute("SELECT count(DISTINCT firm) FROM firms").fetchone() == (1,)
    assert database.execute("SELECT supplier, date FROM winners ORDER BY date").fetchall()[0][1] == "2017-08-09"
    assert database.execute("SELECT sum(records) FROM coverage_by_buyer").fetchone() == (2,)


@given(
    st.lists(st.sampled_from(["清掃", "警備", "平成29年度清掃", "平成30年度清掃"]), min_size=1, max_size=12), st.data()
)
def test_the_stored_awards_are_those_that_merging_all_records_gives(titles: list[str], data: st.DataObject) -> None:
    """The fast path looks only at records with equal keys; the slow one compares all."""
    records = [
        award(
            title, file=data.draw(st.sampled_from("abcd")), line=n, awarded=f"2017-0{data.draw(st.integers(1, 4))}-10"
        )
        for n, title in enumerate(titles)
    ]
    store = Store(Path(":memory:"))
    for file in sorted({record.source.file for record in records}):
        found = tuple(record for record in records if record.source.file == file)
        with store.transaction():
            store.add([rows_of(Reading("gazette", found))], file=file, path=file, sha256=found[0].source.sha256, size=1)
    store.settle()
    assert store.count_awards() == len(merge(records))
