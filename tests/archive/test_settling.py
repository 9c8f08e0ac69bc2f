"""What is settled after each of several imports is what one import of all would have settled."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from builders import fill
from hypothesis import given, settings
from hypothesis import strategies as st

from tsukitome.archive import settling
from tsukitome.archive.finding import files_under
from tsukitome.archive.importing import import_files
from tsukitome.archive.settling import printing_order
from tsukitome.archive.store import Store
from tsukitome.awards import Award, Dates, Source, Supplier

SAMPLES = Path(__file__).parents[2] / "sample_data"
NAMES = ("株式会社見本", "見本株式会社", "例示有限会社", "株式会社見本 東京支店")
ADDRESSES = (None, "東京都豊島区東池袋1-48-10", "東京都豊島区東池袋1丁目48番10号", "大阪府大阪市北区中之島1-1")
NUMBERS = (None, None, "4013301020174", "6050005002007")
SUPPLIERS = st.builds(
    Supplier,
    st.sampled_from(NAMES),
    st.sampled_from(ADDRESSES),
    st.just("13116"),
    st.sampled_from(NUMBERS),
)
AWARD = Award("", "清掃業務", "環境省", (), Source("", "contract_table", "", "q", row=1), Dates(dt.date(2017, 8, 9)))


def settled(store: Store) -> tuple[list[object], list[object]]:
    """The records of each award, and the printings of each firm, whatever their numbers."""
    awards = defaultdict(set)
    for award_id, award in store._connection.execute("SELECT award_id, coalesce(award, -position) FROM records"):
        awards[award].add(award_id)
    firms = defaultdict(set)
    for firm, *printing in store._connection.execute("SELECT * FROM firms"):
        firms[firm].add(tuple(printing))
    return sorted(map(sorted, awards.values())), sorted((sorted(one, key=repr) for one in firms.values()), key=repr)


def files_of(suppliers: list[list[Supplier]]) -> list[list[Award]]:
    files = []
    for file, several in enumerate(suppliers):
        awards = []
        for row, supplier in zip(count(1), several, strict=False):
            source = Source(f"{file}.csv", "contract_table", f"{file:064}", "q", row=row)
            awards.append(replace(AWARD, award_id=f"{file}:{row}", suppliers=(supplier,), source=source))
        files.append(awards)
    return files


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(SUPPLIERS, min_size=1, max_size=4), min_size=2, max_size=4))
def test_one_import_after_the_other(suppliers: list[list[Supplier]]) -> None:
    files = files_of(suppliers)
    at_once, one_by_one = Store(Path(":memory:")), Store(Path(":memory:"))
    fill(at_once, [award for awards in files for award in awards])
    for awards in files:
        fill(one_by_one, awards)
    assert settled(one_by_one) == settled(at_once)


def test_the_sample_file_by_file(tmp_path: Path) -> None:
    at_once, one_by_one = Store(tmp_path / "a.sqlite"), Store(tmp_path / "b.sqlite")
    import_files(at_once, files_under([SAMPLES]))
    for path in sorted(SAMPLES.iterdir()):
        import_files(one_by_one, files_under([path]))
    assert settled(one_by_one) == settled(at_once)
    records, whole = ({award.award_id: award for award in store.each_award()} for store in (one_by_one, at_once))
    assert records
    assert records == whole


def test_a_small_import_looks_at_what_it_brings(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(Path(":memory:"))
    many = [Supplier(f"株式会社見本{n}", "東京都豊島区東池袋1-48-10", "13116") for n in range(100)]
    first, second = files_of([many, many[:1]])
    fill(store, first)
    looked_at: list[int] = []
    group = settling.group
    monkeypatch.setattr(settling, "group", lambda rows: looked_at.append(len(rows)) or group(rows))
    fill(store, second)
    assert looked_at == [0]
    elsewhere = replace(second[0].source, sha256="x", file="2.csv")
    fill(store, [replace(second[0], award_id="x:1", suppliers=(replace(many[5], address=None),), source=elsewhere)])
    assert looked_at == [0, 2]


@given(st.lists(st.tuples(*[st.none() | st.text("aｱ亜𠮷\0", max_size=2)] * 4)))
def test_printings_are_ordered_as_sqlite_orders_them(printings: list[tuple[str | None, ...]]) -> None:
    store = Store(Path(":memory:"))
    store._connection.execute("CREATE TEMP TABLE p (a, b, c, d)")
    store._connection.executemany("INSERT INTO temp.p VALUES (?, ?, ?, ?)", printings)
    assert (
        sorted(printings, key=printing_order)
        == store._connection.execute("SELECT * FROM p ORDER BY 1, 2, 3, 4").fetchall()
    )
