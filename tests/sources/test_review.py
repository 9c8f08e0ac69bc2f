"""Payees of project reviews: payments known by their fiscal year only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tsukitome.awards import Award, Dates
from tsukitome.documents.file import File
from tsukitome.documents.gzipped import gunzipped
from tsukitome.documents.lines import decode
from tsukitome.sources.reading import Reading, Refusal
from tsukitome.sources.review import looks_like_review, read_review, review_items

SEED_FIRM = "4013301020174"
FLAT = "公開年度,会計年度,府省,事業名,支出先,法人番号,業務概要,支出額（百万円）\n"
# The 32 columns of 5-1 支出先_支出情報 of the RSシステム.
SYSTEM = (
    "シート種別", "事業年度", "予算事業ID", "事業名", "府省庁の建制順", "政策所管府省庁", "府省庁",
    "局・庁", "部", "課", "室", "班", "係",
    "支出先ブロック番号", "支出先ブロック名", "支出先の数", "事業を行う上での役割", "ブロックの合計支出額", "支出先名",
    "法人番号", "所在地", "法人種別",
    "その他支出先", "支出先の合計支出額", "契約概要", "金額", "契約方式等", "具体的な契約方式等", "入札者数", "落札率",
    "一者応札・一者応募又は競争性のない随意契約となった理由及び改善策（支出額10億円以上）", "その他の契約",
)  # fmt: skip
BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
REAL = Path(os.environ.get("TSUKITOME_REAL_DATA", BESIDE)) / "judgit" / "payees.csv.gz"


def read(text: str) -> Reading:
    assert looks_like_review(text)
    return read_review(File.of_bytes("r.csv", text.encode()), text)


def one(
    payee: str = "（株）ＳＡＹ企画", number: str = SEED_FIRM, work: str = "データ入力", amount: str = "14.0"
) -> Award:
    reading = read(FLAT + f"2018,2017,文部科学省,高卒認定試験等,{payee},{number},{work},{amount}\n")
    assert reading.refusals == ()
    return reading.awards[0]


def test_a_payment() -> None:
    award = one()
    assert (award.title, award.buyer) == ("データ入力", "文部科学省")
    assert award.dates == Dates()
    assert award.warnings == ("only the fiscal year is known: FY2017",)
    assert (award.suppliers[0].name, award.suppliers[0].corporate_number) == ("株式会社SAY企画", SEED_FIRM)
    (amount,) = award.amounts
    assert (amount.role, amount.yen, amount.quote) == ("paid_total", 14_000_000, "14.0")
    assert isinstance(amount.yen, int)
    assert (award.source.kind, award.source.row) == ("review", 2)


@pytest.mark.parametrize(
    ("amount", "yen"), [("0.16786", 167_860), ("14.600000000000001", 14_600_000), ("118800000.0", 118_800_000_000_000)]
)
def test_millions_are_whole_yen(amount: str, yen: int) -> None:
    assert one(amount=amount).amounts[0].yen == yen


@pytest.mark.parametrize("amount", ["0.0", "-7.0", "1e30", "NaN", "Infinity", "約3"])
def test_amounts_that_are_none_are_said(amount: str) -> None:
    award = one(amount=amount)
    assert award.amounts == ()
    assert any(amount in warning and "left out" in warning for warning in award.warnings)


def test_the_same_as_above_is_taken_from_above() -> None:
    rows = [("事業A", "入力"), ("事業A", "〃"), ("事業B", "同上"), ("事業B", "")]
    text = FLAT + "".join(f"2018,2017,総務省,{project},株式会社見本,,{work},1.0\n" for project, work in rows)
    awards = read(text).awards
    assert [award.title for award in awards] == ["入力", "入力", "事業B", "事業B"]
    assert [len(award.warnings) for award in awards] == [1, 2, 2, 2]


@pytest.mark.parametrize("payee", ["その他", "その他の支出先", "個人A"])
def test_nobody_is_no_firm(payee: str) -> None:
    award = one(payee=payee, number="")
    assert award.suppliers == ()
    assert any(payee in warning for warning in award.warnings)


def test_a_venture_has_its_members() -> None:
    roles = [
        (firm.name, firm.role) for firm in one(payee="見本建設・架空組特定建設工事共同企業体", number="").suppliers
    ]
    assert roles == [
        ("見本建設・架空組特定建設工事共同企業体", "awarded"),
        ("見本建設", "jv_member"),
        ("架空組", "jv_member"),
    ]


def test_a_year_that_is_none_is_said() -> None:
    (award,) = read(FLAT + "0000,2910,総務省,事業,株式会社見本,,入力,1.0\n").awards
    assert award.warnings == ("not even the fiscal year is known: '2910' was not understood",)


def system(*rows: dict[str, str]) -> str:
    common = {
        "事業年度": "2024",
        "予算事業ID": "1",
        "事業名": "年金",
        "府省庁": "厚生労働省",
        "支出先ブロック番号": "A",
    }
    lines = (",".join(f'"{({**common, **row}).get(column, "")}"' for column in SYSTEM) for row in rows)
    return "\ufeff" + ",".join(SYSTEM) + "\r\n" + "\r\n".join(lines) + "\r\n"


PAYEE = {"支出先名": "株式会社ＳＡＹ企画", "法人番号": SEED_FIRM, "所在地": "東京都豊島区東池袋１－４８－１０"}


def test_contracts_of_the_review_system() -> None:
    reading = read(
        system(
            {"支出先ブロック名": "民間企業", "ブロックの合計支出額": "30000000"},
            {**PAYEE, "支出先の合計支出額": "30000000"},
            {
                **PAYEE,
                "契約概要": "入力",
                "金額": "10000000",
                "契約方式等": "一般競争契約（最低価格）",
                "落札率": "75.39%",
            },
            {"契約概要": "画像化", "金額": "20000000", "契約方式等": "随意契約（少額）"},
            {"支出先名": "株式会社見本", "支出先の合計支出額": "5000000"},
        )
    )
    first, second, third = reading.awards
    assert (first.title, first.amounts[0].yen, first.procurement_method, first.award_rate) == (
        "入力",
        10_000_000,
        "open",
        0.7539,
    )
    assert first.suppliers[0].municipality_code == "13116"
    assert first.warnings == (
        "only the fiscal year is known: FY2023 (the sheet is of FY2024 and tells of the year before)",
    )
    assert (second.suppliers[0].corporate_number, second.procurement_method) == (SEED_FIRM, "limited")
    assert (third.suppliers[0].name, third.amounts[0].yen, third.source.row) == ("株式会社見本", 5_000_000, 6)
    (refusal,) = reading.refusals
    assert (refusal.place, refusal.reason[:11]) == ("rows 2, 3", "2 rows are ")


def test_a_contract_without_an_amount_leaves_the_payees_total_standing() -> None:
    reading = read(system({**PAYEE, "支出先の合計支出額": "30000000"}, {**PAYEE, "契約概要": "入力"}))
    assert sorted(award.source.row or 0 for award in reading.awards) == [2, 3]
    assert [amount.yen for award in reading.awards for amount in award.amounts] == [30_000_000]


def test_an_unclosed_quotation_mark_is_refused_with_its_place() -> None:
    text = (
        FLAT + '2018,2017,総務省,事業,"株式会社見本,,入力,1.0\n' + "2018,2017,総務省,事業,株式会社見本,,入力,1.0\n" * 30
    )
    (refusal,) = read(text).refusals
    assert refusal.place == "row 2"
    assert "quotation mark" in refusal.reason


@pytest.mark.parametrize("text", ["", "事業名,支出先\n", "府省,事業名,支出先,法人番号,業務概要\n", "{}"])
def test_other_tables_are_not_taken_for_reviews(text: str) -> None:
    assert not looks_like_review(text)


@pytest.mark.skipif(not REAL.exists(), reason="real data not here (TSUKITOME_REAL_DATA)")
def test_the_seeds_firm_among_the_real_payees() -> None:
    file = gunzipped(File.read(REAL, "payees.csv.gz"))
    text = decode(file)
    # A slice of the file around each mention keeps this short; benchmarks/ reads all of it.
    lines = text.splitlines(keepends=True)
    some = lines[0] + "".join(line for line in lines[1:] if "企画" in line)
    items = list(review_items(file, some))
    assert not any(isinstance(item, Refusal) for item in items)
    firm = [
        item for item in items if isinstance(item, Award) and any(s.name == "株式会社SAY企画" for s in item.suppliers)
    ]
    assert len(firm) == 88
    assert len({award.suppliers[0].printed for award in firm}) == 7
    assert all(award.dates == Dates() and award.warnings for award in firm)
