"""Contract tables read in batches give what they give when read at once; the plain reader is the reference."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsukitome.documents.delimited import TornRow, delimited_table, records_of
from tsukitome.documents.delimited_batches import DelimitedFile
from tsukitome.documents.file import File
from tsukitome.sources import recognize
from tsukitome.sources.contract_batches import State, read_batches
from tsukitome.sources.contract_table import read_contract_tables
from tsukitome.sources.reading import Reading
from tsukitome.sources.recognize import read_file, read_in_batches

TOP = [["競争入札に係る情報の公表（物品役務等）"], ["平成29年度　環境省"]]
HEADER = ["件名", "契約締結日", "契約の相手方の\n名称及び住所", "契約方式", "契約金額", "備考"]
STACKED = [
    ["件名", "契約締結日", "契約の相手方", "", "契約金額", "備考"],
    ["", "", "商号又は名称", "住所", "", ""],
]
WIDE = [
    "物品役務等の名称", "契約担当官等の氏名並びにその所属する部局の名称及び所在地", "契約を締結した日",
    "契約の相手方の商号又は名称", "住所", "法人番号", "随意契約によることとした根拠条文", "予定価格（千円）",
    "契約金額", "変更契約金額", "落札率", "備考",
]  # fmt: skip
OFFICER = "支出負担行為担当官　東京労働局長　架空　太郎\n東京都千代田区九段南1-2-1"
WIDE_ROWS = [
    ["庁舎清掃業務　一式", OFFICER, "令和元年７月29日", "㈱見本", "東京都豊島区池袋1-2-3", "4013301020174",
     "会計法第29条の3第4項", "1,500", "1,234,567円", "", "82.3%", ""],
    ["保守（単価契約）", OFFICER, "4月1日", "①㈱見本\n②例示㈲", "①東京都北区王子1-2\n②大阪市北区中之島1", "1234567890123",
     "公募", "非公表", "①1,000,000円\n②2,000,000円", "", "－", "支払実績 3,000,000円"],
    ["印刷", "", "2019-05-07", "A株式会社\nB株式会社", "東京都港区芝1-2-3\n東京都港区芝4-5-6", "",
     "企画競争", "0", "100,000\n200,000", "", "", "※税抜"],
    ["警備", OFFICER, "", "例示警備㈱", "新潟市中央区本町1-2", "－", "", "2,000", "1,900,000", "2,100,000", "150%", "変更あり"],
    ["購入", OFFICER, "R2.1.6", "見本・例示共同企業体", "北海道岡山市1-2", "", "", "", "@15", "1,000", "0.9", ""],
    ["※運送", OFFICER, "R2.1.6", "見本㈱", "東京都港区芝1-2-3", "", "", "", "0", "", "", ""],
]  # fmt: skip
MORE_WIDE_ROWS = [
    ["計算機購入", OFFICER, "R2.1.6", "合計", "", "", "", "", "1,000,000", "", "", ""],
    ["購入費", OFFICER, "R2.1.6", "見本㈱", "東京都港区芝1-2-3", "", "", "", "1,000,000", "", "", "一括調達"],
    ["借入", OFFICER, "R2.1.6", "見本㈱", "東京都港区芝1-2-3", "", "", "", "1,000,000", "", "", "税抜"],
]
ROWS = [
    WIDE,
    *WIDE_ROWS,
    ["清掃業務", "8月9日", "㈱見本\n東京都豊島区池袋1-2-3", "一般競争入札", "1,234,567円", ""],
    ['"引用"業務', "平成29年8月9日", "見本㈲　大阪市北区中之島1-1", "指名", "@15円ほか", "単価契約"],
    ["〃", "〃", "〃", "同上", "2,345,678", ""],
    ["保守", "H29.10.2", "例示株式会社\n東京都北区王子1-2-3", "", "999,999", "調達見込総額\n1,000,000円"],
    ["", "", "題のない会社", "", "1", ""],
    ["長" * 40_000, "H29.10.2", "例示株式会社\n東京都北区王子1-2-3", "", "999,999", ""],  # a cell longer than any
    ["保守", "H29.10.2", "例示株式会社\n東京都北区王子1-2-3", "", "9" * 40_000, ""],
    ["随意契約"],
    ["平成28年度"],
    ["（単位：千円）"],
    ["合計", "", "", "", "9,999,999", ""],
    [],
    ["※ 注記"],
    ["問合せ先", "", "架空 太郎", "", "", ""],
    ["小計", "2件", "", "", "1,000", ""],
    ["清掃業務の合計", "", "", "", "2,000", ""],
    ["警備", "", "", "", "", "", "はみ出し"],
    HEADER,
    *STACKED,
    *MORE_WIDE_ROWS,
]


@pytest.fixture(autouse=True, scope="module")
def _short_rows() -> Iterator[None]:
    """Makes batches of a few rows out of the short rows of these tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tsukitome.documents.delimited_batches._ROW_BYTES", 40)
        yield


def text_of(rows: list[list[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()


def at_once(file: File, text: str) -> Reading:
    return read_contract_tables(file, [delimited_table(text)])


def in_batches(file: File, rows: int) -> Reading:
    cut = DelimitedFile.of(file)
    assert cut is not None
    readings = list(read_batches(cut, cut.batches(rows), State(), rows))
    return Reading(
        readings[0].kind,
        tuple(award for reading in readings for award in reading.awards),
        tuple(refusal for reading in readings for refusal in reading.refusals),
    )


@settings(deadline=None)
@given(st.lists(st.sampled_from(ROWS), max_size=40), st.integers(1, 4), st.sampled_from(["utf-8-sig", "cp932"]))
def test_batches_are_the_whole(rows: list[list[str]], size: int, encoding: str) -> None:
    text = text_of([*TOP, HEADER, *rows])
    file = File.of_bytes("契約.csv", text.encode(encoding))
    batches, whole = in_batches(file, size), at_once(file, text)
    assert sums(batches) == sums(whole)
    assert without_sums(batches) == without_sums(whole)


def sums(reading: Reading) -> int:
    """The rows of sums, which each batch counts for itself."""
    return sum(int(refusal.reason.split()[0]) for refusal in reading.refusals if " sum" in refusal.reason)


def without_sums(reading: Reading) -> Reading:
    refusals = tuple(refusal for refusal in reading.refusals if " sum" not in refusal.reason)
    return Reading(reading.kind, reading.awards, refusals)


@settings(deadline=None)
@given(st.lists(st.sampled_from([*WIDE_ROWS, *MORE_WIDE_ROWS, WIDE_ROWS[0]]), max_size=20), st.integers(1, 3))
def test_rows_of_the_long_form(rows: list[list[str]], size: int) -> None:
    text = text_of([*TOP, WIDE, *rows])
    file = File.of_bytes("契約.csv", text.encode())
    assert in_batches(file, size) == at_once(file, text)


COUNTED = ["件名", "契約締結日", "契約の相手方の商号又は名称", "住所", "契約金額", "応札・応募者数（者）", "備考"]
COUNTS = st.sampled_from(["", "1", "２者", "一者", "－", "0", "3,596", "①2", "多数", "〃", " 1 ", "合計", "応札者1者"])
COUNTING_REMARKS = st.sampled_from(
    ["", "－", "一者応札", " 応札者数：3", "前回一者応札", "一者応札\n税抜", "〃", "単価契約、一者応札"]
)


@settings(deadline=None)
@given(st.lists(st.tuples(COUNTS, COUNTING_REMARKS), max_size=12), st.integers(1, 3))
def test_numbers_of_tenderers(told: list[tuple[str, str]], size: int) -> None:
    rows = [["清掃業務", "R2.1.6", "㈱見本", "東京都港区芝1-2-3", "1,000,000", *cells] for cells in told]
    text = text_of([*TOP, COUNTED, *rows])
    file = File.of_bytes("契約.csv", text.encode())
    assert in_batches(file, size) == at_once(file, text)


@settings(deadline=None)
@given(st.text('ab",\n', max_size=300).filter(lambda junk: junk.count('"') % 2 == 0), st.integers(1, 2))
def test_stray_quotation_marks_cut_no_row(junk: str, size: int) -> None:
    text = text_of([HEADER, *ROWS[7:11]]) + junk.replace("\n", "\r\n") + "\r\n" + text_of(ROWS[7:11] * 5)
    file = File.of_bytes("契約.csv", text.encode())
    assert in_batches(file, size) == at_once(file, text)


def test_a_cell_too_long_for_the_csv_module_ends_the_file_with_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("delimited", "delimited_batches"):
        monkeypatch.setattr(f"tsukitome.documents.{module}.LONGEST_FIELD", 1000)
    text = text_of([HEADER, *ROWS[7:8] * 50, ["長" * 2000, *ROWS[7][1:]], *ROWS[7:8]])
    reading = in_batches(File.of_bytes("契約.csv", text.encode()), 10)
    assert len(reading.awards) == 50
    assert reading.refusals[-1].place == "row 52"
    assert "what stands below is missing" in reading.refusals[-1].reason


@settings(deadline=None)
@given(st.integers(1, 400), st.integers(1, 4), st.sampled_from(["", '5" pipe,,,,,\n']))
def test_a_file_cut_inside_quotation_marks_loses_its_last_row_only_and_says_so(cut: int, size: int, stray: str) -> None:
    whole = [HEADER, *ROWS[7:9] * 10]
    text = text_of(whole[:15]) + stray.replace("\n", "\r\n") + text_of(whole[15:])
    text = text[: len(text) - cut]
    file = File.of_bytes("契約.csv", text.encode())
    batches, at_once_read = in_batches(file, size), at_once(file, text)
    assert batches.awards == at_once_read.awards
    rows = list(records_of(io.StringIO(text, newline=""), ","))
    told = [refusal for refusal in batches.refusals if "never closed" in refusal.reason]
    assert [refusal.place for refusal in told] == [f"row {len(rows)}"] * isinstance(rows[-1], TornRow)
    assert all(" | ".join(filter(None, rows[-1][:-1])).startswith(refusal.quote or "") for refusal in told)


def test_a_cut_row_does_not_print_what_its_open_quotation_mark_swallowed() -> None:
    cut = text_of([WIDE, *WIDE_ROWS * 3, ["保守", OFFICER]]).rstrip('"\r\n')
    swallowed = cut + text_of(WIDE_ROWS[:2]).replace('"', "")
    told = in_batches(File.of_bytes("契約.csv", swallowed.encode()), 4).refusals
    assert [refusal.quote for refusal in told if "never closed" in refusal.reason] == ["保守"]


def test_a_large_file_is_read_in_batches_and_a_small_one_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(1)
    file = File.of_bytes("契約.csv", text_of([*TOP, HEADER, *chance.choices(ROWS[7:12], k=500)]).encode("cp932"))
    assert len(list(read_in_batches(file, 50))) == 1
    whole = read_file(file)
    monkeypatch.setattr(recognize, "LARGE", 1000)
    readings = list(read_in_batches(file, 50))
    assert len(readings) > 3
    assert readings[0].kind == "contract_table"
    assert [award for reading in readings for award in reading.awards] == list(whole.awards)
    assert [refusal for reading in readings for refusal in reading.refusals] == list(whole.refusals)


def test_what_is_no_contract_table_is_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognize, "LARGE", 1000)
    bids = ["工事名", "入札業者名", "入札金額", "落札", "契約金額"]
    for rows in ([bids, *[["工事", "㈱見本", "1,000,000", "落札", "1,000,000"]] * 200], [["a", "b"]] * 1000):
        file = File.of_bytes("表.csv", text_of(rows).encode())
        assert recognize.large_table(file) is None
        assert list(read_in_batches(file)) == [read_file(file)]


@pytest.mark.parametrize("data", [b"a,b\rc,d\r", "件名,額\r\n".encode("utf-16"), b"\x81\x00\xff,1\n", b""])
def test_bytes_that_can_not_be_cut(data: bytes) -> None:
    assert DelimitedFile.of(File.of_bytes("a.csv", data)) is None or not data
