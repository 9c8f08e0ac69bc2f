"""Sealed rows are the rows themselves, with images and without, and go into the archive as they are."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from builders import award
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.archive import database, sealing
from tsukitome.archive.columns import AMOUNT_COLUMNS, PARTY_COLUMNS, RECORD_COLUMNS, SUPPLIER_COLUMNS
from tsukitome.archive.finding import files_under
from tsukitome.archive.importing import import_files
from tsukitome.archive.rows import Covered, Rows, rows_of
from tsukitome.archive.sealing import seal
from tsukitome.archive.store import Store
from tsukitome.awards import Supplier
from tsukitome.sources.reading import Reading

SAMPLES = Path(__file__).parents[2] / "sample_data"
TABLES = ("records", "suppliers", "amounts", "registrations", "refusals", "coverage", "decided", "firms")
VALUES = st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.text(max_size=20)


def rows_with(columns: tuple[str, ...]) -> st.SearchStrategy[list[tuple[object, ...]]]:
    return st.lists(st.tuples(*(VALUES for _ in columns)), max_size=5)


@given(rows_with(RECORD_COLUMNS), rows_with(PARTY_COLUMNS), rows_with(AMOUNT_COLUMNS))
def test_rows_sealed_and_opened(
    records: list[tuple[object, ...]], parties: list[tuple[object, ...]], amounts: list[tuple[object, ...]]
) -> None:
    rows = Rows("portal", records, amounts=amounts, parties=parties, decided={"2017-08"})
    rows.suppliers = [(record, 0, party) for record, party in enumerate((*range(len(parties)), *range(len(parties))))]
    rows.coverage = {("省", "2017-08"): Covered(1)}
    assert seal(rows).opened() == rows


@given(st.lists(st.sampled_from("甲乙丙"), min_size=1))
def test_a_firm_of_many_records_travels_once(names: list[str]) -> None:
    firms = {name: Supplier(name) for name in names}
    rows = rows_of(Reading("gazette", tuple(award(f"業務{at}", firms[name]) for at, name in enumerate(names))))
    assert len(rows.parties) == len(firms)
    with closing(archive_tables()) as connection:
        for last in (0, len(names)):
            seal(rows).copy(connection, 1, last)
        copied = connection.execute("SELECT record, position, name FROM suppliers").fetchall()
    assert copied == [(at, 0, name) for at, name in enumerate(names * 2, start=1)]


def archive_tables() -> sqlite3.Connection:
    """The tables into which sealed rows are copied, in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    sealing.attach(connection)
    for table, columns in (
        ("records", RECORD_COLUMNS),
        ("suppliers", SUPPLIER_COLUMNS),
        ("amounts", AMOUNT_COLUMNS),
        ("registrations", sealing.REGISTRATION_COLUMNS),
    ):
        connection.execute(f"CREATE TABLE {table} (source_id, {', '.join(columns)})")
    return connection


def test_images_of_different_sizes_one_after_the_other() -> None:
    """SQLite keeps what it prepared for the first image, and the tables of the second must be where it looks for them."""
    many = Rows("portal", [tuple(["x" * 500] * len(RECORD_COLUMNS))] * 300)
    few = Rows("portal", amounts=[tuple(range(len(AMOUNT_COLUMNS)))])
    with closing(archive_tables()) as connection:
        connection.execute("BEGIN")
        for rows in (few, many, few):
            seal(rows).copy(connection, 1, 0)
        connection.execute("COMMIT")
        counts = [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES[:4]]
    assert counts == [300, 0, 2, 0]


def held(archive: Store) -> dict[str, list[tuple[object, ...]]]:
    """All that an archive holds in the tables that hang on sources."""
    with closing(sqlite3.connect(archive.path)) as connection:
        assert not connection.execute("PRAGMA foreign_key_check").fetchall()
        return {table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in TABLES}


def imported(path: Path) -> Store:
    archive = Store(path)
    import_files(archive, files_under([SAMPLES]))
    return archive


def test_an_archive_without_images_and_with_indexes_made_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = imported(tmp_path / "plain.sqlite")
    monkeypatch.setattr(sealing, "_TAKES_IMAGES", False)
    monkeypatch.setattr(database, "_LARGE", -1)
    monkeypatch.setattr(database, "_bytes_of", lambda _connection: -1)
    other = imported(tmp_path / "other.sqlite")
    assert held(other) == held(plain)
    indexes = "SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name"
    assert other._connection.execute(indexes).fetchall() == plain._connection.execute(indexes).fetchall()


def test_a_source_that_is_removed_leaves_nothing(tmp_path: Path) -> None:
    archive = imported(tmp_path / "a.sqlite")
    paths = [source.path for source in archive.sources()]
    with archive.transaction():
        for path in paths[::2]:
            archive.remove(path)
    held(archive)
    with archive.transaction():
        for path in paths[1::2]:
            archive.remove(path)
    assert not any(rows for table, rows in held(archive).items() if table not in ("firms",))
