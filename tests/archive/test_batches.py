"""Files of rows read in batches, here or by several processes, give what they give when read at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsukitome.archive.batches import RowBatches, TableBatches, read_batches
from tsukitome.archive.processes import Hands
from tsukitome.archive.rows import Rows, rows_of
from tsukitome.documents.delimited_batches import DelimitedFile
from tsukitome.documents.file import File
from tsukitome.sources import recognize
from tsukitome.sources.recognize import large_stream, read_file

PORTAL = [
    ["0000000000001231053", "庁舎警備業務（第1地区）", "2017-04-03", "2538000.00", "P1", "8002010", "株式会社ＳＡＹ企画",
     "4013301020174"],
    ["0000000000001231054", "印刷\n一式", "2017/4/3", "", "ZZ", "8003010", "", "4013301020174"],
    ["0000000000001231055", "単価契約", "2017-13-03", "15", "P1", "9", "見本・例示共同企業体", ""],
    ["0000000000001231056", '購入"その他"', "2017-04-03", "0.00", "P1", "8002010", "見本", "1"],
    ["0000000000001231057", "", "2017-04-03", "1", "P1", "8002010", "見本", ""],
    ["1", "2"],
    [],
    ["x" * 40_000, "長い", "2017-04-03", "1", "P1", "8002010", "見本", ""],
]  # fmt: skip
FLAT = ["公開年度", "会計年度", "府省", "事業名", "支出先", "法人番号", "業務概要", "支出額（百万円）"]
PAYEES = [
    ["2018", "2017", "文部科学省", "試験", "（株）ＳＡＹ企画", "4013301020174", "データ入力", "14.0"],
    ["2018", "", "文部科学省", "試験", "見本㈱", "", "同上", "0.5"],
    ["2018", "2017", "文部科学省", "別の事業", "見本㈱", "", "〃", "x"],
    ["2018", "2017", "文部科学省", "試験", "その他", "", "", "1.0"],
    ["2018", "2017", "文部科学省", "試験", "", "", "改行\nあり", "1.0"],
    ["2018"],
]
SYSTEM = ["事業年度", "予算事業ID", "事業名", "府省庁", "支出先ブロック番号", "ブロックの合計支出額", "支出先名", "法人番号",
          "所在地", "支出先の合計支出額", "契約概要", "金額", "契約方式等", "落札率"]  # fmt: skip
SPENT = [
    ["2024", "1", "試験", "文部科学省", "A", "300", "", "", "", "", "", "", "", ""],
    ["2024", "1", "試験", "文部科学省", "A", "", "見本㈱", "", "東京都港区芝1-2-3", "200", "", "", "", ""],
    ["2024", "1", "試験", "文部科学省", "A", "", "見本㈱", "", "", "", "印刷", "120", "一般競争契約", "80%"],
    ["2024", "1", "試験", "文部科学省", "A", "", "", "", "", "", "清掃", "80", "随意契約", ""],
    ["2024", "2", "別", "文部科学省", "B", "", "例示㈱", "", "", "70", "", "", "", ""],
]
NUMBERED = [
    "1",
    "4013301020174",
    "01",
    "0",
    "2018-04-02",
    "2015-10-05",
    "株式会社ＳＡＹ企画",
    "",
    "301",
    "東京都",
    "豊島区",
    "東池袋1丁目",
    "",
    "13",
    "116",
    "1700013",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "1",
    "2015-10-05",
    "1",
    "",
    "",
    "サイキカク",
    "0",
]
ENTRIES = [
    NUMBERED,
    [*NUMBERED[:18], "2023-04-10", "11", *NUMBERED[20:]],
    [*NUMBERED[:5], "2015-02-30", *NUMBERED[6:]],
    [*NUMBERED[:1], "4013301020175", *NUMBERED[2:]],
    [*NUMBERED[:6], "改行\n株式会社", *NUMBERED[7:]],
    NUMBERED[:28],
    ["短い"],
]  # fmt: skip
KINDS = {
    "portal": (PORTAL[:1], PORTAL),
    "review": ([FLAT], PAYEES),
    "system": ([SYSTEM], SPENT),
    "register": ([NUMBERED], ENTRIES),
}


@pytest.fixture(autouse=True, scope="module")
def _short_rows() -> Iterator[None]:
    """Makes batches of a few rows out of short tables, and large files of small ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tsukitome.documents.delimited_batches._ROW_BYTES", 60)
        patch.setattr(recognize, "LARGE", 1)
        yield


def text_of(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()


def in_batches(file: File, size: int, hands: int = 1) -> Rows:
    rows = large_stream(file)
    assert rows is not None
    cut, kind = rows
    with Hands(hands) as given_hands:
        sealed = list(read_batches(cut, RowBatches(replace(file, data=b""), kind), given_hands, size))
    whole = Rows(sealed[0].kind)
    for part in (one.opened() for one in sealed):
        begin = len(whole.records)
        whole.records += part.records
        whole.suppliers += [(begin + record, at, *part.parties[party]) for record, at, party in part.suppliers]
        whole.amounts += [(begin + record, *row) for record, *row in part.amounts]
        whole.registrations += part.registrations
        whole.refusals += part.refusals
        whole.decided |= part.decided
        whole.published |= part.published
    return whole


def at_once(file: File) -> Rows:
    whole = rows_of(read_file(file))
    whole.suppliers = [(record, at, *whole.parties[party]) for record, at, party in whole.suppliers]
    whole.parties, whole.coverage = [], {}
    return whole


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None, max_examples=40)
@given(data=st.data(), size=st.integers(1, 4), encoding=st.sampled_from(["utf-8-sig", "cp932"]))
def test_batches_are_the_whole(kind: str, data: st.DataObject, size: int, encoding: str) -> None:
    top, rows = KINDS[kind]
    body = data.draw(st.lists(st.sampled_from(rows), max_size=30))
    stray = data.draw(st.sampled_from(["", "", 'ab"c\r\n', '"never closed\r\n', "no end"]))
    file = File.of_bytes("r.csv", (text_of([*top, *body]) + stray).encode(encoding))
    assert in_batches(file, size) == at_once(file)


@pytest.mark.parametrize("kind", KINDS)
def test_batches_in_other_processes(kind: str) -> None:
    top, rows = KINDS[kind]
    file = File.of_bytes("r.csv", text_of([*top, *(rows * 30)]).encode())
    assert in_batches(file, 20, hands=2) == at_once(file)


def test_a_dash_in_quotation_marks_begins_no_row_of_its_own() -> None:
    """A batch that would end inside quotation marks is read on from its beginning, row by row."""
    rows = PORTAL[:3] * 10
    text = text_of(rows).replace("警備業務", '警備"業務', 1)
    file = File.of_bytes("r.csv", text.encode())
    assert in_batches(file, 2) == at_once(file)


def test_a_work_named_several_batches_above() -> None:
    """A batch that names no work leaves standing what the one above it named."""
    file = File.of_bytes("r.csv", text_of([FLAT, PAYEES[0], *([["2018"]] * 40), PAYEES[1]]).encode())
    assert in_batches(file, 2) == at_once(file)


def test_a_ditto_mark_points_above_batches_without_an_award() -> None:
    header = ["件名", "契約担当官等の部局の名称", "契約を締結した日", "契約の相手方の商号又は名称及び住所", "契約金額"]
    seen = ["清掃業務", "厚生労働省", "2017/8/1", "株式会社見本 東京都港区芝1-1-1", "1000000"]
    ditto = ["警備業務", "同上", "2017/8/2", "〃", "2000000"]
    table = [header, seen, *[["題だけ", "", "", "", ""]] * 9, ditto]
    file = File.of_bytes("r.csv", text_of(table).encode("utf-8-sig"))
    cut = DelimitedFile.of(file)
    assert cut is not None
    with Hands(1) as hands:
        sealed = list(read_batches(cut, TableBatches(replace(file, data=b"")), hands, 1))
    assert 0 in [one.records for one in sealed[1:-2]]
    assert [row for one in sealed for row in one.opened().records] == rows_of(read_file(file)).records
