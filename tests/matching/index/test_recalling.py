"""An index that is brought up to date is the one that a whole building makes, column for column."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from builders import award, fill, supplier, total
from hypothesis import given
from hypothesis import strategies as st
from made_records import archives

from tsukitome.archive.store import Store
from tsukitome.awards import Award
from tsukitome.matching.index.building import build_from
from tsukitome.matching.index.changes import changes
from tsukitome.matching.index.columns import Index
from tsukitome.registrations import Registration
from tsukitome.sources.reading import Reading

FILES = ["a", "b", "c", "d"]


def built(store: Store, older: Index | None = None) -> Index:
    with store.snapshot() as archive:
        return Index(*build_from(archive, older))


def brought_up_to_date(store: Store, older: Index) -> Index:
    """The index of the store's present state, made from an older one, and held to one that is made from the store alone."""
    found, expected = built(store, older), built(store)
    assert found.facts == expected.facts
    for name, column in expected.columns.items():
        assert found[name].format == column.format, name
        assert found[name].tolist() == column.tolist(), name
    return found


def read_from(file: str, records: list[Award]) -> list[Award]:
    """Records as those of a file, whose hash is one of its contents."""
    sha256 = hashlib.sha256(f"{file} {records}".encode()).hexdigest()
    return [
        replace(one, award_id=f"{sha256[:16]}:l{line}", source=replace(one.source, file=file, sha256=sha256))
        for line, one in enumerate(records)
    ]


@st.composite
def steps(draw: st.DrawFn) -> list[tuple[str, list[Award] | None]]:
    """Files that are added or replaced one after the other, or removed (None)."""
    found = []
    for _ in range(draw(st.integers(1, 3))):
        file = draw(st.sampled_from(FILES))
        records = draw(st.none() | archives(3))
        found.append((file, records and read_from(file, records)))
    return found


@given(st.lists(steps(), min_size=2, max_size=4))
def test_it_is_the_same_after_any_imports(imports: list[list[tuple[str, list[Award] | None]]]) -> None:
    store = Store(Path(":memory:"))
    index = built(store)
    for one in imports:
        for file, records in one:
            if records:
                fill(store, records)
            else:
                with store.transaction():
                    store.remove(file)
        store.settle()
        index = brought_up_to_date(store, index)
        assert index.facts == built(store).facts


@pytest.fixture
def store() -> Store:
    made = Store(Path(":memory:"))
    fill(
        made,
        [
            award(f"庁舎{n}の清掃", supplier(f"株式会社{n}商会"), amounts=(total(1_000 * n),), line=n)
            for n in range(1, 9)
        ],
    )
    return made


def test_what_is_there_is_not_read_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    index = built(store)
    fill(store, [award("別の清掃", file="b")])
    read: list[str] = []
    from tsukitome.archive import stretches

    columns = stretches.Snapshot._columns

    def noted(self: stretches.Snapshot, query: str, span: tuple[int, int]) -> list[str]:
        read.append(str(span))
        return columns(self, query, span)

    monkeypatch.setattr(stretches.Snapshot, "_columns", noted)
    assert len(built(store, index)) == 9
    assert set(read) == {"(9, 9)"}


def test_an_award_that_a_second_file_prints_too_is_one_with_it(store: Store) -> None:
    index = built(store)
    fill(store, [award("庁舎3の清掃", supplier("株式会社3商会"), amounts=(total(3_000),), file="b")])
    index = brought_up_to_date(store, index)
    assert index.facts["awards"] == 8
    with store.transaction():
        store.remove("b")
    store.settle()
    assert brought_up_to_date(store, index).facts["awards"] == 8


def test_positions_that_another_file_takes_are_not_mistaken(store: Store) -> None:
    fill(store, [award("申告書の点検", file="b")])
    index = built(store)
    with store.transaction():
        store.remove("b")
    fill(store, [award("被服の購入", file="c")])
    assert list(brought_up_to_date(store, index).strings("text"))[-1] == "被服ノ購入"


def test_where_the_register_is_another_all_is_read_again(store: Store) -> None:
    index = built(store)
    entry = Registration(corporate_number="4013301020174", name="株式会社3商会", row=2)
    with store.transaction():
        from tsukitome.archive.rows import rows_of

        store.add([rows_of(Reading("register", (), (), (entry,)))], file="r", path="r", sha256="f" * 64, size=0)
    store.settle()
    with store.snapshot() as archive:
        assert changes(index, archive) is None
    brought_up_to_date(store, index)


def test_a_line_feed_in_a_name_is_not_taken_from_an_older_index(store: Store) -> None:
    fill(store, [award("改行", buyer="日本\n年金機構", file="b")])
    index = built(store)
    assert not index.facts["recallable"]
    fill(store, [award("改行", buyer="日本\n年金機構", file="c", awarded="2020-01-01")])
    brought_up_to_date(store, index)


def test_a_line_feed_in_how_a_name_is_printed_is_taken_from_it(store: Store) -> None:
    fill(store, [award("改行", supplier("株式会社改行", printed="株式会社\n改行"), file="b")])
    index = built(store)
    assert index.facts["recallable"]
    fill(store, [award("改行なし", supplier("株式会社改行", printed="株式会社\n改行"), file="c")])
    assert ("株式会社\n改行",) in [brought_up_to_date(store, index).who(number)[1] for number in range(9)]
