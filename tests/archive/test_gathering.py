"""Files written together are each kept whole or not at all, whatever ends the writing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tsukitome.archive import gathering
from tsukitome.archive.gathering import Gathering
from tsukitome.archive.store import Store
from tsukitome.errors import ArchiveError


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "a.sqlite")


def held(store: Store) -> set[str]:
    """The facts that another process would find."""
    with sqlite3.connect(store.path) as other:
        return {name for (name,) in other.execute("SELECT name FROM meta") if name.startswith("file")}


def test_files_are_committed_together_at_the_end(store: Store) -> None:
    before = store.generation()
    with Gathering(store) as gathered:
        for name in ("file 1", "file 2"):
            with gathered.file(size=1):
                store.remember(name, "")
        assert held(store) == set()
    assert held(store) == {"file 1", "file 2"}
    assert store.generation() == before + 1


def test_a_file_is_committed_at_once_where_nothing_may_wait(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "SECONDS", 0)
    before = store.generation()
    with Gathering(store) as gathered:
        with gathered.file(size=1):
            store.remember("file 1", "")
        assert held(store) == {"file 1"}
    assert store.generation() == before + 1


def write(store: Store, name: str, error: type[BaseException]) -> None:
    """One file that is written whole, and another that ends with an error."""
    with Gathering(store) as gathered:
        with gathered.file(size=1):
            store.remember("file 1", "")
        with gathered.file(size=1):
            store.remember(name, "")
            if error is sqlite3.OperationalError:
                store._connection.execute("ROLLBACK")  # as SQLite itself does where the disk is full
            raise error


def test_nothing_waits_for_a_large_file(store: Store) -> None:
    with Gathering(store) as gathered:
        with gathered.file(size=1):
            store.remember("file 1", "")
        with gathered.file(size=1 << 30):
            assert held(store) == {"file 1"}


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_a_file_that_is_cut_off_leaves_nothing_and_those_before_it_stay(
    store: Store, error: type[BaseException]
) -> None:
    with pytest.raises(error):
        write(store, "file 2", error)
    assert held(store) == {"file 1"}


def test_a_transaction_that_sqlite_gave_up_is_told_as_such(store: Store) -> None:
    with pytest.raises(ArchiveError, match="can't be written"):
        write(store, "file 2", sqlite3.OperationalError)
    assert held(store) == set()
