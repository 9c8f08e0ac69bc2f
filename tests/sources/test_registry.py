"""The corporate register's files: 30 and 28 columns, CP932 and UTF-8."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from tsukitome.documents.file import File
from tsukitome.documents.lines import decode
from tsukitome.documents.zipped import members
from tsukitome.registrations import Registration
from tsukitome.sources.reading import Refusal
from tsukitome.sources.registry import looks_like_registry, read_registry, registry_items

SEED = (
    '952,4013301020174,21,0,2023-04-19,2023-04-10,"株式会社ＳＡＹ企画",,301,"東京都","豊島区","東池袋１丁目４８番１０号",,13,116,1700013,,,'
    '2023-04-10,01,,,2015-10-05,1,,,,,"セイキカク",0'
)
OLD = (
    '2,1000020313025,01,0,2015-10-26,2015-10-05,"岩美町",,201,"鳥取県","岩美郡岩美町","大字浦富６７５－１",,31,302,6810003'
    ",,,,,,,2015-10-05,1,,,,"
)
BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
REAL = Path(os.environ.get("TSUKITOME_REAL_DATA", BESIDE)) / "nta"


def read(*rows: str) -> tuple[list[Registration], list[Refusal]]:
    text = "\n".join(rows) + "\n"
    reading = read_registry(File.of_bytes("n.csv", text.encode()), text)
    return list(reading.registrations), list(reading.refusals)


def one(before: str = "", after: str = "", row: str = SEED) -> Registration:
    (found,), _ = read(row.replace(before, after, 1))
    return found


def test_a_row_of_thirty_columns() -> None:
    assert one() == Registration(
        corporate_number="4013301020174", name="株式会社SAY企画", reading="セイキカク", address="東京都豊島区東池袋1丁目48番10号",
        municipality_code="13116", changed=dt.date(2023, 4, 10), closed=dt.date(2023, 4, 10), close_cause="清算の結了等",
        process="21", latest=True, updated=dt.date(2023, 4, 19),
    )  # fmt: skip


def test_a_row_of_twenty_eight_columns_has_no_reading() -> None:
    town = one(row=OLD)
    assert (town.name, town.municipality_code, town.reading, town.closed) == ("岩美町", "31302", None, None)
    assert town.address == "鳥取県岩美郡岩美町大字浦富675-1"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_both_encodings(encoding: str) -> None:
    file = File.of_bytes("n.csv", (SEED + "\n").encode(encoding))
    text = decode(file)
    assert looks_like_registry(text)
    (found,) = read_registry(file, text).registrations
    assert found.name == "株式会社SAY企画"


def test_an_address_abroad_has_no_municipality() -> None:
    row = SEED.replace(
        '"東京都","豊島区","東池袋１丁目４８番１０号",,13,116,1700013,,', ',,,,,,,"548 Market St, San Francisco",'
    )
    firm = one(row=row)
    assert (firm.address, firm.municipality_code) == ("548 Market St, San Francisco", None)


def test_a_deletion_may_hold_the_number_alone() -> None:
    (found,), refusals = read(SEED, "1,4013301020174,99,,2023-08-21" + "," * 25)[0][1:], []
    assert found.is_deleted
    assert not refusals


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("4013301020174", "4013301020175", "check digit"),
        ('"株式会社ＳＡＹ企画"', "", "names no firm"),
        (",0", "", "29 columns"),
        ("2023-04-10,01", "0000-00-00,01", "its day of closing"),
    ],
)
def test_what_is_wrong_is_refused_by_row(before: str, after: str, words: str) -> None:
    row = SEED[: -len(",0")] if before == ",0" else SEED.replace(before, after, 1)
    found, refusals = read(OLD, row)
    assert found[0].name == "岩美町"
    assert (refusals[0].place, words in refusals[0].reason) == ("row 2", True)
    assert len(found) == (2 if "day" in words else 1)


def test_it_is_read_as_it_is_asked_for() -> None:
    text = SEED + "\n" + "broken\n"
    items = registry_items(File.of_bytes("n.csv", text.encode()), text)
    first, second = next(items), next(items)
    assert isinstance(first, Registration)
    assert (first.name, first.file, first.row) == ("株式会社SAY企画", "n.csv", 1)
    assert isinstance(second, Refusal)
    assert list(items) == []


@pytest.mark.parametrize(
    ("text", "is_one"),
    [(SEED, True), (OLD, True), ("", False), ("a,b\n", False), (",".join("x" * 30), False), ("\n" + SEED, True)],
)
def test_recognition(text: str, is_one: bool) -> None:
    assert looks_like_registry(text) is is_one


@pytest.mark.skipif(not REAL.exists(), reason="real data not here (TSUKITOME_REAL_DATA)")
def test_the_real_files() -> None:
    files = [File.read(REAL / name, name) for name in ("diff_20210825.csv", "diff_20260401.csv")]
    files += [one for one in members(File.read(REAL / "31_tottori_all_20170402.zip")) if isinstance(one, File)]
    counts = []
    for file in files:
        text = decode(file)
        assert looks_like_registry(text)
        reading = read_registry(file, text)
        found = list(reading.registrations)
        counts.append(len(found))
        assert reading.refusals == ()
        abroad = sum(firm.municipality_code is None and not firm.is_deleted for firm in found)
        assert abroad <= 10
    assert counts == [2191, 1477, 16974]
