"""Plain rows of workbooks read the quick way give what the reader of all rows gives."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tsukitome.archive.rows import rows_of
from tsukitome.documents.delimited_batches import TextRows
from tsukitome.documents.file import File
from tsukitome.documents.table import Cell, CellValue, Table, table_of
from tsukitome.sources import contract_table
from tsukitome.sources.contract_table import TableReader
from tsukitome.sources.plain_award import Awards, PlainAward
from tsukitome.sources.reading import Reading

HEADER = [
    "所管府省", "公共工事の名称、場所、期間及び種別", "物品役務等の名称及び数量",
    "契約担当官等の氏名並びにその所属する部局の名称及び所在地",
    "契約を締結した日", "契約の相手方の商号又は名称及び住所", "法人番号", "随意契約によることとした根拠条文", "予定価格（円）",
    "契約金額（円）", "落札率", "応札・応募者数", "備考",
]  # fmt: skip
OFFICER = "支出負担行為担当官　東京労働局長　架空　太郎\n東京都千代田区九段南1-2-1"
Row = list[CellValue]
PLAIN: Row = [
    "環境省", "", "庁舎清掃業務　一式", OFFICER, dt.date(2018, 4, 2), "㈱見本\n東京都豊島区池袋1-2-3", 4013301020174.0,
    "会計法第29条の3第4項", 1_500_000.0, 1_234_567.0, 0.823, 1.0, "",
]  # fmt: skip
# What each column may hold beside what a plain row holds there.
OTHERS: list[list[CellValue]] = [
    ["", "〃", "合計", "※注", "件名"],
    ["橋梁補修工事\n東京都豊島区\nH29.9.1～H30.3.31", "架空川護岸工事　東京都北区　契約日～H30.3.31　土木一式工事"],
    [
        "",
        "－",
        "単価契約　清掃",
        "コピー用紙（単価契約・予定総額3,650,000円）",
        "1",
        3.0,
        "件名",
        "問合せ先",
        "※印の業務",
    ],
    ["", "担当", "経理責任者　日本年金機構本部　架空　花子"],
    [dt.datetime(2018, 4, 2, 10), "平成30年4月2日", "4月2日", 43192.0, "", "－", "不明", True],
    [
        "",
        "－",
        "小計",
        "①㈱見本\n②㈲例示",
        "見本・例示共同企業体",
        "例示㈱　大阪市北区中之島1-1",
        "題のない会社ほか1社",
    ],
    ["", 4013301020174, "4013301020174", "①4013301020174", 1.0, "－"],
    ["", "公募", "契約の相手方が一に限られており、会計規程によるもの"],
    ["", "非公表", 0.0, -1.0, "1,000,000", 12.5, math.nan],
    [
        "",
        "@15円ほか",
        14.9,
        0.0,
        95.0,
        99_999.5,
        1_234_567.25,
        "1,000\n2,000",
        "1,234,567円",
        dt.date(2018, 4, 2),
        False,
    ],
    ["", "75.3%", 75.3, 0.0, 3, "単価契約", "①50%②60%"],
    ["", "一者", 0.0, "多数", "－"],
    ["単価契約", "予定総額 3,000,000円", "一者応札", "税抜", "〃", "変更後契約金額 2,000,000円"],
]
rows = st.tuples(
    *(st.sampled_from([usual, usual, usual, *others]) for usual, others in zip(PLAIN, OTHERS, strict=True))
)
WHOLE: list[Row] = [
    HEADER, [], ["随意契約"], ["（単位：千円）"], ["", "", "", "", "", "大阪市北区中之島1-1"],
    ["合計", "", "", "", "", "", "", "", "", 5.0],
]  # fmt: skip


def read(cells: list[list[Cell]], *, plainly: bool) -> Reading:
    file = File.of_bytes("契約.xlsx", b"PK")
    reader = TableReader(file, plainly=plainly)
    reader.read(table_of(cells, sheet="様式2-4"), 1)
    return Reading("contract_table", reader.awards(), tuple(reader.refusals))


def cells_of(values: list[Row], covered: set[tuple[int, int]]) -> list[list[Cell]]:
    return [
        [Cell.of(value)._replace(covered=(at, column) in covered) for column, value in enumerate(row)]
        for at, row in enumerate(values)
    ]


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.one_of(rows.map(list), rows.map(list), st.sampled_from(WHOLE)), max_size=8),
    st.sets(st.tuples(st.integers(3, 10), st.integers(0, 12)), max_size=2),
    st.sampled_from([1, 2, 16]),  # rows that are looked at together
)
@example([PLAIN, ["", "", "", "", "", "大阪市北区中之島1-1"], PLAIN], set(), 1)
@example([PLAIN, ["〃"] * 13], set(), 16)
@example([PLAIN, [*PLAIN[:9], "", *PLAIN[10:]]], {(3, 9)}, 1)
@example(
    [
        [
            "件名",
            "契約日～H30.3.31",
            *PLAIN[2:4],
            "平成30年4月2日",
            PLAIN[5],
            "",
            "契約の相手方が一に限られる",
            "1,000,000",
        ]
    ],
    set(),
    1,
)
def test_the_quick_way_is_no_other_way(
    monkeypatch: pytest.MonkeyPatch, values: list[Row], covered: set[tuple[int, int]], together: int
) -> None:
    monkeypatch.setattr(contract_table, "_FEWEST", together)
    cells = cells_of([["平成30年度　環境省"], HEADER, *values], covered)
    quick, slow = read(cells, plainly=True), read(cells, plainly=False)
    assert quick == slow
    assert [rows_of(quick).__dict__] == [rows_of(slow).__dict__]


def test_a_plain_row_is_read_the_quick_way() -> None:
    reading = read(cells_of([HEADER, PLAIN, PLAIN], set()), plainly=True)
    assert isinstance(reading.awards, Awards)
    assert all(isinstance(entry, PlainAward) for entry in reading.awards.entries)


def test_lines_between_the_rows_tell_of_the_rows_below_them() -> None:
    """What was worked out for the rows below such a line, before it was read, counts for nothing."""
    rows: list[Row] = [[*PLAIN[:4], f"{day}日", *PLAIN[5:]] for day in range(1, 29)]
    months: list[Row] = [[f"{month}月分"] + [""] * 12 for month in (7, 8)]
    cells = cells_of([["平成30年度　環境省"], HEADER, PLAIN, months[0], *rows, months[1], *rows], set())
    quick, slow = read(cells, plainly=True), read(cells, plainly=False)
    assert quick == slow
    assert {award.dates.contract.month for award in quick.awards if award.dates.contract} == {4, 7, 8}
    assert isinstance(quick.awards, Awards)
    assert sum(isinstance(entry, PlainAward) for entry in quick.awards.entries) == 55  # all but those above the lines


def test_rows_of_text_of_any_width() -> None:
    """A row that is far wider than its header, or ends before it does, is read as others are."""
    texts = [
        ["件名", "契約日", "契約の相手方の名称及び住所", "契約金額", "備考"],
        ["清掃業務　一式", "平成29年8月9日", "㈱見本 東京都豊島区東池袋1-48-10", "1,000,000円"],
        ["警備業務　一式", "平成29年8月10日", "㈱見本 東京都豊島区東池袋1-48-10", "1,000,000円", "", *["x"] * 500],
        [],
        ["設備点検業務", "平成29年8月11日", "㈱見本 東京都豊島区東池袋1-48-10", "1,000,000円", ""],
    ]
    readings = []
    for plainly in (True, False):
        reader = TableReader(File.of_bytes("契約.csv", b""), plainly=plainly)
        reader.read_rows(TextRows(texts, 1), len(texts), Table(()), 1)
        readings.append((reader.awards(), reader.refusals))
    assert readings[0] == readings[1]
    assert [award.title for award in readings[0][0]] == ["清掃業務 一式", "警備業務 一式", "設備点検業務"]
    assert any(isinstance(entry, PlainAward) for entry in readings[0][0].entries)
