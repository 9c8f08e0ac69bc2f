"""Awards for tests, with a seed-like default for every part."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tsukitome.archive.importing import ReadAll
from tsukitome.archive.rows import rows_of
from tsukitome.archive.sealing import seal
from tsukitome.archive.store import Store
from tsukitome.awards import Amount, Award, Dates, Source, Supplier
from tsukitome.documents.file import File
from tsukitome.findings import Coverage
from tsukitome.normalize.place import municipality_of
from tsukitome.sources.reading import Reading

SEED_TITLE = "扶養親族等申告書・個人番号申出書データ入力及び画像化業務一式"


def supplier(name: str = "株式会社SAY企画", address: str | None = "東京都豊島区東池袋1-48-10", **more: Any) -> Supplier:
    place = municipality_of(address) if address else None
    return Supplier(name, address, place.code if place else None, **more)


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def award(
    title: str = SEED_TITLE,
    *suppliers: Supplier,
    buyer: str | None = "日本年金機構",
    awarded: str | None = "2017-08-09",
    contracted: str | None = None,
    noticed: str | None = None,
    published: str | None = None,
    amounts: tuple[Amount, ...] = (),
    file: str = "a.txt",
    line: int = 1,
    kind: Any = "gazette",
    method: Any = "open",
) -> Award:
    sha256 = hashlib.sha256(file.encode()).hexdigest()
    return Award(
        award_id=f"{sha256[:16]}:l{line}",
        title=title,
        buyer=buyer,
        suppliers=suppliers or (supplier(),),
        source=Source(file, kind, sha256, f"② {title}", page=1, line=line),
        dates=Dates(day(awarded), day(contracted), day(noticed), day(published)),
        amounts=amounts,
        procurement_method=method,
        procurement_method_details="一般" if method else None,
    )


def total(yen: int, role: Any = "contract_price", **more: Any) -> Amount:
    return Amount(role, yen, f"{yen:,}円", **more)


def stored(records: list[Award]) -> Store:
    """An archive in memory that holds these records."""
    store = Store(Path(":memory:"))
    fill(store, records)
    return store


def fill(store: Store, records: Iterable[Award]) -> None:
    """Puts records into an archive, by their sources."""
    by_source = defaultdict(list)
    for record in records:
        by_source[record.source.sha256].append(record)
    for sha256, found in by_source.items():
        with store.transaction():
            rows = rows_of(Reading(found[0].source.kind, tuple(found)))
            store.add([rows], file=found[0].source.file, path=found[0].source.file, sha256=sha256, size=0)
    store.settle()


def coverage(records: list[Award]) -> Coverage:
    """The coverage that an archive of these records would have."""
    return stored(records).coverage()


def in_order(read: Callable[[File], Iterable[Reading]]) -> ReadAll:
    """A way to read all files that asks ``read`` for each, here and in order."""
    return lambda jobs: ((job, file, (seal(rows_of(reading)) for reading in read(file))) for job, file, _ in jobs)
