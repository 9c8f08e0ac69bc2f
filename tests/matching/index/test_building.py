"""An index built by columns is the one that its awards, added one by one, make."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from builders import award, fill, stored, supplier
from hypothesis import given
from hypothesis import strategies as st
from made_records import archives

from tsukitome.archive import stretches
from tsukitome.archive.merging import merge
from tsukitome.archive.store import Store
from tsukitome.awards import Award
from tsukitome.clues.query import Clues
from tsukitome.matching.index import gathering, parsing
from tsukitome.matching.index.building import build, build_from
from tsukitome.matching.index.columns import Index
from tsukitome.matching.index.searching import search

FRAME: dict[str, Any] = {"version": "0", "data_sha256": "0" * 64, "command": "", "top": 0}
ASKED = [
    Clues(ward="豊島区", month="2017-08", title="庁舎清掃業務", value="1200万円", buyer="日本年金機構", firm="SAY企画"),
    Clues(value="14.9円", method="一般競争入札"),
]


def by_columns(store: Store) -> Index:
    with store.snapshot() as archive:
        return Index(*build_from(archive))


def one_by_one(store: Store) -> Index:
    positions = {record.award_id: position for position, record in enumerate(store.awards(), 1)}
    return Index(*build((one, [positions[award_id] for award_id in one.award_ids]) for one in merge(store.awards())))


def columns_of(index: Index) -> dict[str, list[Any]]:
    """Everything in an index but of which files it was made."""
    return {name: column.tolist() for name, column in index.columns.items() if not name.startswith("source_")}


def answers(index: Index, store: Store) -> list[dict[str, Any]]:
    return [search(clues, index, store.awards_at, store.coverage(), **FRAME).to_dict() for clues in ASKED]


@given(archives(), st.integers(1, 4), st.sampled_from([0, 1 << 21]))
def test_by_columns_and_one_by_one_make_the_same(records: list[Award], stretch: int, printed_kept: int) -> None:
    store = stored(records)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(stretches, "_POSITIONS", stretch)
        patched.setattr(gathering, "_PRINTED_KEPT", printed_kept)
        index = by_columns(store)
    expected = one_by_one(store)
    assert index.facts == expected.facts
    assert columns_of(index) == columns_of(expected)
    assert answers(index, store) == answers(expected, store)


def test_what_the_register_adds_is_in_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.sqlite")
    fill(store, [award("清掃", supplier("法人番号 4013301020174", None, corporate_number="4013301020174"), line=1)])
    with sqlite3.connect(store.path) as connection:
        connection.execute(
            "INSERT INTO registered (record, position, name, address, municipality_code, changed, moved)"
            " VALUES (1, 0, '株式会社SAY企画', '東京都豊島区東池袋1-48-10', '13116', '2023-04-10', 1)"
        )
    index = by_columns(store)
    assert index.who(0)[0].address == "東京都豊島区東池袋1-48-10"
    assert index.places == one_by_one(store).places == ["13116_moved"]
    assert answers(index, store) == answers(one_by_one(store), store)


def test_an_error_while_reading_is_raised_where_it_was_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    store = stored([award()])
    monkeypatch.setattr(stretches, "_AMOUNTS", "SELECT nothing")
    with pytest.raises(sqlite3.OperationalError, match="nothing"):
        by_columns(store)
    assert len(store.awards()) == 1  # the archive is free again


@given(st.lists(st.dates() | st.none()))
def test_days_are_read_as_dates_are(days: list[dt.date | None]) -> None:
    text = "".join(day.isoformat() if day else stretches.NO_DAY for day in days)
    assert parsing.days(text).tolist() == [day.toordinal() if day else 0 for day in days]
