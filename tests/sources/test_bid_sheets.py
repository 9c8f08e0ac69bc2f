"""Sheets of one contract's bids: labels in a table of their own, bidders beside each other, bids listed in a cell."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from tests.sources.forms import (
    BUILD,
    CLEAN,
    POWER,
    bids,
    day,
    delimited,
    firms,
    money,
    only,
    page,
    read,
    ruled,
    workbook,
)

from tsukitome.documents.file import File

LABELS = [
    ["件名", "架空庁舎清掃業務"],
    ["入札日時", "令和4年3月15日 午前10時"],
    ["予定価格", "6,000,000円（税抜）"],
    ["入札執行者", "秘密 花子"],
]
BIDDERS = [
    ["番号", "入札参加者", "第1回", "第2回", "備考"],
    [1, CLEAN[0], "6,300,000", "5,800,000", "落札"],
    [2, BUILD[0], "6,500,000", "辞退", ""],
    [3, POWER[0], "辞退", "", ""],
]


@pytest.mark.parametrize(
    "file",
    [
        lambda: workbook([["入札調書"], *LABELS, [], *BIDDERS]),
        lambda: delimited([["入札調書"], *LABELS, *BIDDERS]),
        lambda: page(LABELS, BIDDERS),
        lambda: page("<dl>" + "".join(f"<dt>{a}</dt><dd>{b}</dd>" for a, b in LABELS) + "</dl>", BIDDERS),
        lambda: ruled(LABELS, BIDDERS),
    ],
    ids=["workbook", "csv", "tables", "terms", "pdf"],
)
def test_labels_above_the_bidders(file: Callable[[], File]) -> None:
    award = only(file())
    assert (award.title, day(award)) == ("架空庁舎清掃業務", "2022-03-15")
    assert bids(award) == {CLEAN[0]: [5800000, 6300000], BUILD[0]: [6500000], POWER[0]: []}
    assert [one.role for one in award.suppliers] == ["awarded", "bidder", "bidder"]
    assert ("reserve_price", 6000000, None) in money(award)
    assert "秘密" not in award.source.quote


def test_labels_below_the_bidders() -> None:
    award = only(
        workbook(
            [
                ["入札結果書"],
                ["工事名", "架空建具修繕工事"],
                ["開札日", "R4.9.1"],
                ["商号又は名称", "入札金額", "摘要"],
                [BUILD[0], 1000000, ""],
                [POWER[0], 1100000, ""],
                ["落札者", BUILD[0]],
                ["契約金額", "1,100,000円（税込）"],
            ]
        )
    )
    assert bids(award) == {BUILD[0]: [1100000, 1000000], POWER[0]: [1100000]}
    assert [(one.name, one.role) for one in award.suppliers] == [(BUILD[0], "awarded"), (POWER[0], "bidder")]


def test_bidders_beside_each_other() -> None:
    award = only(
        workbook(
            [
                ["件名", "架空機械警備業務"],
                ["入札日", "令和4年9月1日"],
                ["業者名", CLEAN[0], POWER[0], BUILD[0]],
                ["第1回", 5000000, 5200000, "辞退"],
                ["第2回", 4800000, 4900000, None],
                ["落札者", CLEAN[0]],
                ["落札金額", "4,800,000円"],
            ]
        )
    )
    assert (award.title, day(award), firms(award)) == ("架空機械警備業務", "2022-09-01", [(CLEAN[0], None, None)])
    assert {name: sorted(set(yen)) for name, yen in bids(award).items()} == {
        CLEAN[0]: [4800000, 5000000], POWER[0]: [4900000, 5200000], BUILD[0]: [],
    }  # fmt: skip


LISTED = f"{BUILD[0]}　8,500,000円\n{POWER[0]}　8,000,000円　落札\n{CLEAN[0]}　辞退"


@pytest.mark.parametrize(
    ("write", "header"),
    [
        *product(
            [workbook, delimited, page],
            [
                "入札者及び入札金額",
                "入札者名・入札金額（税抜）",
                "入札参加者及び入札額",
                "応札者名及び応札額",
                "業者別入札額",
            ],
        ),
        (ruled, "入札者及び入札金額"),  # drawing takes long, and the header is the same text
    ],
)
def test_bidders_and_their_bids_in_one_cell(write: Callable[..., File], header: str) -> None:
    award = only(write([["件名", "入札日", header], ["架空除雪業務", "R4.10.1", LISTED]]))
    assert (award.title, day(award)) == ("架空除雪業務", "2022-10-01")
    assert bids(award) == {POWER[0]: [8000000], BUILD[0]: [8500000], CLEAN[0]: []}
    assert [one.role for one in award.suppliers] == ["awarded", "bidder", "bidder"]
    assert award.tenderers == 2


def test_a_cell_whose_bids_cannot_be_told_apart_is_refused() -> None:
    reading = read(workbook([["件名", "入札日", "入札者及び入札金額"], ["架空除雪業務", "R4.10.1", f"{BUILD[0]}ほか"]]))
    (refusal,) = reading.refusals
    assert (len(reading.awards), refusal.reason) == (0, "a row whose bids can't be told apart by bidder.")
    assert refusal.place == "sheet Sheet, row 2"


def test_a_group_of_columns_for_each_bidder() -> None:
    award = only(
        workbook(
            [
                ["工事名", "開札日", "落札者", "落札金額", "入札参加者及び入札金額", None, None, None],
                [None, None, None, None, "業者名", "金額", "業者名", "金額"],
                ["架空公園工事", "令和4年6月1日", BUILD[0], 4000000, BUILD[0], 4000000, POWER[0], 4200000],
            ],
            merged=("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:H1"),
        )
    )
    assert bids(award) == {BUILD[0]: [4000000], POWER[0]: [4200000]}


def test_a_proposal_that_was_chosen() -> None:
    award = only(
        page(
            [["件名", "架空計画策定支援業務"], ["契約日", "令和4年8月1日"], ["契約金額", "8,800,000円（税込）"]],
            [
                ["提案者", "評価点", "順位", "結果"],
                [CLEAN[0], 85.5, 1, "契約候補者（最優秀者）"],
                ["A社", 80.1, 2, ""],
                ["B社", 75, 3, "次点候補者"],
            ],
            title="公募型プロポーザル審査結果",
        )
    )
    assert [(one.name, one.role) for one in award.suppliers] == [
        (CLEAN[0], "awarded"),
        ("A社", "bidder"),
        ("B社", "bidder"),
    ]
    assert money(award) == [("contract_price", 8800000, 0)]
    assert award.procurement_method == "limited"
