"""Sheets of labels and values, one award each, and tables on their side: read as rows under a header would be."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.sources.forms import CLEAN, SOFT, delimited, firms, money, only, page, read, ruled, workbook

from tsukitome.documents.file import File
from tsukitome.sources.label_sheets import label_field

OFFICER = "支出負担行為担当官 架空省大臣官房会計課長 秘密 花子 東京都千代田区霞が関1-1-1"


def sheet(title: str, day: str, firm: tuple[str, str, str], price: str, method: str) -> list[list[str]]:
    return [
        ["件　名", title],
        ["契約担当官等", OFFICER],
        ["契約締結日", day],
        ["契約相手方", firm[0]],
        ["契約相手方の住所", firm[1]],
        ["契約金額", price],
        ["契約方式", method],
    ]


FIRST = sheet("架空展示会運営業務", "令和4年6月1日", SOFT, "7,700,000円（税込）", "一般競争入札（総合評価落札方式）")
SECOND = sheet("架空式典設営業務", "令和4年7月1日", CLEAN, "2,200,000円", "随意契約")


def terms(rows: list[list[str]]) -> str:
    return "<dl>" + "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in rows) + "</dl>"


@pytest.mark.parametrize(
    "file",
    [
        lambda: workbook(FIRST, SECOND),
        lambda: workbook([["契約の概要"], *FIRST, [], ["契約の概要"], *SECOND]),
        lambda: delimited([["契約の概要"], *FIRST], [["契約の概要"], *SECOND]),
        lambda: page(FIRST, SECOND),
        lambda: page(terms(FIRST), terms(SECOND)),
        lambda: ruled(FIRST, SECOND, widths=[120, 350]),
    ],
    ids=["a sheet each", "below each other", "csv", "tables", "terms", "pdf"],
)
def test_one_award_a_sheet(file: Callable[[], File]) -> None:
    reading = read(file())
    first, second = reading.awards
    assert (first.title, str(first.dates.contract), first.procurement_method) == (
        "架空展示会運営業務",
        "2022-06-01",
        "open",
    )
    assert (firms(first), firms(second)) == ([SOFT], [CLEAN])
    assert [(amount.role, amount.yen, amount.tax) for amount in first.amounts] == [
        ("contract_price", 7700000, "included")
    ]
    assert (second.title, money(second), second.procurement_method) == (
        "架空式典設営業務", [("contract_price", 2200000, None)], "limited",
    )  # fmt: skip
    assert first.buyer == second.buyer == "架空省"
    assert reading.refusals == ()
    assert "秘密" not in first.source.quote


def test_the_place_is_the_row_of_the_title() -> None:
    reading = read(workbook([["契約の概要"], *FIRST, [], ["契約の概要"], *SECOND]))
    assert [award.source.row for award in reading.awards] == [2, 11]
    assert len({award.award_id for award in reading.awards}) == 2


def test_two_pairs_on_a_row() -> None:
    award = only(
        workbook(
            [
                ["契約結果"],
                ["件名", "架空展示会運営業務", None, None],
                ["契約日", "令和4年6月1日", "契約方式", "一般競争入札"],
                ["契約相手方", SOFT[0], "法人番号", "4010001012345"],
                ["所在地", SOFT[1], None, None],
                ["予定価格", "8,800,000円", "契約金額", "7,700,000円"],
                ["落札率", "87.5%", "備考", None],
            ],
            merged=("B2:D2", "B5:D5"),
        )
    )
    assert (firms(award), award.suppliers[0].corporate_number) == ([SOFT], "4010001012345")
    assert (award.procurement_method, award.award_rate) == ("open", 0.875)
    assert money(award) == [("contract_price", 7700000, None), ("reserve_price", 8800000, None)]


def test_numbered_labels_and_long_values() -> None:
    award = only(
        page(
            [
                ["１　件名", "架空展示会運営業務"],
                ["２　契約年月日", "令和4年6月1日"],
                ["３　契約の相手方の商号又は名称及び住所", f"{SOFT[0]}\n{SOFT[1]}"],
                ["４　契約金額", "金7,700,000円（うち消費税及び地方消費税の額700,000円）"],
                ["５　随意契約の理由", "会計法第29条の3第4項。架空の理由による。"],
            ]
        )
    )
    assert (award.title, firms(award), award.procurement_method) == ("架空展示会運営業務", [SOFT], "limited")
    assert money(award) == [("contract_price", 7700000, None)]


def test_a_table_on_its_side_has_an_award_a_column() -> None:
    rows = [
        ["件名", "架空清掃", "架空運営"],
        ["契約締結日", "令和4年4月1日", "令和4年4月2日"],
        ["契約の相手方", CLEAN[0], SOFT[0]],
        ["住所", CLEAN[1], SOFT[1]],
        ["契約金額（円）", 3300000, 4400000],
        ["契約方式", "一般競争入札", "指名競争入札"],
    ]
    reading = read(workbook(rows))
    assert [(award.title, firms(award), money(award)) for award in reading.awards] == [
        ("架空清掃", [CLEAN], [("contract_price", 3300000, None)]),
        ("架空運営", [SOFT], [("contract_price", 4400000, None)]),
    ]
    assert [award.procurement_method for award in reading.awards] == ["open", "selective"]
    assert len({award.award_id for award in reading.awards}) == 2


@pytest.mark.parametrize(("text", "field"), [
    ("件　名", "title"), ("１．契約の相手方：", "supplier_name"), ("(3) 金額", "price"), ("架空清掃業務", None), ("", None),
])  # fmt: skip
def test_labels(text: str, field: str | None) -> None:
    assert label_field(text) == field
