"""Reading with several processes gives what reading here gives, in order."""

from __future__ import annotations

import csv
import io
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tsukitome.archive import parallel
from tsukitome.archive.parallel import read_all
from tsukitome.archive.processes import Hands
from tsukitome.archive.sealing import Sealed
from tsukitome.documents.file import File
from tsukitome.sources import recognize
from tsukitome.sources.column_map import ColumnMap

SAMPLES = Path(__file__).parents[2] / "sample_data"
HEADER = ["件名", "契約締結日", "契約の相手方の名称及び住所", "契約方式", "契約金額", "備考"]
Job = tuple[int, File, Sequence[ColumnMap]]


def long_table(asides: Sequence[int] = ()) -> File:
    """A contract table of 4,000 rows, with lines between them that change what the rows below mean."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for number in range(4_000):
        if number in asides:
            writer.writerow([f"平成{20 + number % 10}年度"])
        firm = f"株式会社見本{number % 700}\n東京都豊島区池袋1-{number % 90}"
        ditto = number % 1000 == 1
        row = [f"業務{number}", "8月9日", "〃" if ditto else firm, "一般競争入札", f"{number + 1_000_000:,}", ""]
        writer.writerow(row)
    return File.of_bytes("long.csv", out.getvalue().encode())


def jobs(*files: File) -> Iterator[Job]:
    yield from ((number, file, ()) for number, file in enumerate(files))


def merged(batches: Iterator[Sealed]) -> tuple[object, ...]:
    read = [batch.opened() for batch in batches]
    return (
        read[0].kind,
        [row for rows in read for row in rows.records],
        [(record, at, *rows.parties[party]) for rows in read for record, at, party in rows.suppliers],
        [row for rows in read for row in rows.amounts],
        [refusal for rows in read for refusal in rows.refusals],
    )


def all_of(files: Sequence[File], cores: int) -> list[tuple[int, str, tuple[object, ...]]]:
    return [(item, file.shown, merged(batches)) for item, file, batches in read_all(jobs(*files), cores=cores)]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts as little and as large, and a batch, a fifth of what they are, so that a small table has several batches."""
    monkeypatch.setattr(parallel, "_LITTLE", 1000)
    monkeypatch.setattr(parallel, "_BATCH", 1_000)
    monkeypatch.setattr(recognize, "LARGE", 200_000)


@pytest.fixture
def samples(monkeypatch: pytest.MonkeyPatch) -> list[File]:
    """A few small files, which are not too little to be worth a process."""
    monkeypatch.setattr(parallel, "_LITTLE", 1000)
    return [File.read(path, path.name) for path in sorted(SAMPLES.rglob("*.*"))][:8]


def test_files_in_other_processes(samples: list[File]) -> None:
    assert all_of(samples, 2) == all_of(samples, 1)


@pytest.mark.parametrize("asides", [(), (1_400, 1_401, 2_345), tuple(range(0, 4_000, 180))])
def test_batches_of_one_file_in_other_processes(asides: tuple[int, ...], small: None) -> None:
    del small
    file = long_table(asides)
    assert len(file.data) > recognize.LARGE
    at_once = recognize.read_file(file)
    [(_, _, (kind, records, _, _, refusals))] = all_of([file], 2)
    assert kind == "contract_table"
    assert refusals == list(at_once.refusals)
    assert [row[0] for row in records] == [award.award_id for award in at_once.awards]  # type: ignore[attr-defined]
    assert all_of([file], 1) == all_of([file], 3)


def test_a_stray_quotation_mark_in_the_middle(small: None) -> None:
    del small
    text = long_table().data.decode().replace("業務1800", '業務"1800').replace("業務2200", '業"務2200')
    file = File.of_bytes("long.csv", text.encode())
    at_once = recognize.read_file(file)
    [(_, _, (_, records, *_))] = all_of([file], 2)
    assert [row[1] for row in records] == [award.title for award in at_once.awards]  # type: ignore[attr-defined]


def test_the_rest_is_read_here_when_a_process_is_killed() -> None:
    with Hands(2) as hands:
        results = [hands.begin(die_elsewhere, os.getpid(), number) for number in range(6)]
        assert [result() for result in results] == [*range(6)]


def die_elsewhere(home: int, number: int) -> int:
    if os.getpid() != home:
        os._exit(1)
    return number


@pytest.mark.parametrize("number", [1, 2, 3])
def test_outcomes_are_right_in_whatever_order_they_are_asked_for(number: int) -> None:
    with Hands(number) as hands:
        results = [hands.begin(int, str(n)) for n in range(30)]
        assert [results[n]() for n in (*range(0, 30, 2), *range(29, 0, -2))] == [*range(0, 30, 2), *range(29, 0, -2)]


def test_what_the_work_raises_is_raised() -> None:
    with Hands(2) as hands:
        results = [hands.begin(int, text) for text in ("1", "x", "3")]
        assert results[0]() == 1
        with pytest.raises(ValueError, match="x"):
            results[1]()
        assert results[2]() == 3


def test_processes_end_when_the_caller_stops(samples: list[File]) -> None:
    reading = read_all(jobs(*samples), cores=2)
    next(reading)
    reading.close()  # type: ignore[attr-defined]
    assert next(reading, None) is None
    assert not multiprocessing.active_children()
