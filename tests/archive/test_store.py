"""The SQLite file: what goes in comes out, and files are whole or absent."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from builders import award, supplier, total

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
        store.add(reading, file="a.txt", path=path, sha256=RECORD.source.sha256, size=1)


def test_an_award_comes_back_as_it_was(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.sqlite")
    add(store, RECORD, refusals=(Refusal("a.txt", "no date.", "row 3", "…"),))
    store.close()
    again = Store(tmp_path / "a.sqlite")
    assert again.awards() == [RECORD]
    assert again.refusals() == [Refusal("a.txt", "no date.", "row 3", "…")]
    (source,) = again.sources()
    assert (source.file, source.kind, source.awards, source.refusals) == ("a.txt", "gazette", 1, 1)


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
    with one.transaction(), pytest.raises(ArchiveError, match="another program is writing"), other.transaction():
        pass
