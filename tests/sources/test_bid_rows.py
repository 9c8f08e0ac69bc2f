"""Plain rows of tables of bids, told at a glance, give what the reader of all rows gives."""

from __future__ import annotations

import datetime as dt

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tsukitome.documents.file import File
from tsukitome.documents.table import Cell, CellValue, table_of
from tsukitome.sources.bid_award import award_of
from tsukitome.sources.bid_contract import brought_together
from tsukitome.sources.bid_headers import layout_at
from tsukitome.sources.bid_results import BidReader
from tsukitome.sources.bid_rows import PlainRows
from tsukitome.sources.plain_award import PlainAward
from tsukitome.sources.reading import Refusal

Row = list[CellValue]
HEADER: Row = ["部局名", "工事名", "契約日", "入札業者名", "住所", "予定価格（税抜き）", "第1回 金額", "結果", "備考"]
PLAIN: Row = [
    "見本事務所", "見本川護岸工事", dt.date(2018, 4, 20), "（株）架空組", "京都府京都市中京区見本町64", 5e7, 4.5e7, "", "",
]  # fmt: skip
# What each column may hold beside what a plain row holds there.
OTHERS: list[list[CellValue]] = [
    ["", "※落札者の欄", "(注)税抜き", "該当なし", "合計", "入札執行者　架空", "凡例", "部局名", "〃", "　"],
    ["", "見本橋補修工事", "工事名", "〃"],
    ["", dt.date(2018, 5, 1)],
    ["", "－", "（株）見本組", "（株）架空組【落札】", "（株）架空組\n（株）見本組", "入札業者名", "架空・見本特定建設ＪＶ"],
    ["", "北区中之島1-1"],
    ["", 4e7, "－"],
    ["", 4_000_000, "辞退", "落札", "3,000,000", 0.5, True, "不明な語"],
    ["落札", "決定", "○", "辞退", "無効", "くじ引き"],
    ["", "落札", "架空の注記"],
]  # fmt: skip
rows = st.tuples(*(st.sampled_from([usual] * 4 + others) for usual, others in zip(PLAIN, OTHERS, strict=True)))
WHOLE: list[Row] = [HEADER, [], ["合計", *[""] * 4, 5e7], ["件名", "見本業務"]]


def cells_of(values: list[Row], covered: set[tuple[int, int]]) -> list[list[Cell]]:
    return [
        [Cell.of(value)._replace(covered=(at, column) in covered) for column, value in enumerate(row)]
        for at, row in enumerate(values)
    ]


def read(cells: list[list[Cell]], *, plainly: bool) -> tuple[list[PlainAward], list[Refusal]]:
    reader = BidReader(File.of_bytes("bids.xlsx", b"PK"), plainly=plainly)
    reader.read(table_of(cells, sheet="工事"), 1)
    return [award_of(contract) for contract in brought_together(reader.contracts)], reader.refusals


@settings(deadline=None, max_examples=80)
@given(
    st.lists(st.one_of(rows.map(list), rows.map(list), st.sampled_from(WHOLE)), max_size=8),
    st.sets(st.tuples(st.integers(2, 9), st.integers(0, 8)), max_size=2),
)
@example([PLAIN, HEADER, PLAIN], set())
@example([PLAIN, ["", "", "", *PLAIN[3:]]], {(3, 0)})
def test_a_glance_finds_what_the_reader_of_all_rows_finds(values: list[Row], covered: set[tuple[int, int]]) -> None:
    cells = cells_of([["入札結果データ（平成30年度4月分）"], HEADER, *values], covered)
    assert read(cells, plainly=True) == read(cells, plainly=False)


def test_a_plain_row_is_told_at_a_glance() -> None:
    table = table_of(cells_of([HEADER, PLAIN], set()))
    layout = layout_at(table.rows, 0)
    assert layout is not None
    assert PlainRows(layout).key(table.rows[1])
    assert PlainRows(layout).key(table.rows[0]) is None
