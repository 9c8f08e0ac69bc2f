"""Files of 調達ポータル: eight quoted columns without a header."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest

from tsukitome.api import Archive
from tsukitome.awards import Award
from tsukitome.documents.file import File
from tsukitome.documents.lines import decode
from tsukitome.sources.portal import looks_like_portal, read_portal
from tsukitome.sources.reading import Reading
from tsukitome.sources.vocabulary import vocabulary

SEED_FIRM = "4013301020174"
ROW = (
    "0000000000001231053", "庁舎警備業務（第1地区）", "2017-04-03", "2538000.00", "P1", "8002010", "株式会社ＳＡＹ企画", SEED_FIRM,
)  # fmt: skip


def csv_of(*rows: tuple[str, ...]) -> str:
    return "\ufeff" + "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)


def read(*rows: tuple[str, ...]) -> Reading:
    text = csv_of(*rows)
    return read_portal(File.of_bytes("portal.csv", text.encode()), text)


def one(**changes: str) -> Award:
    columns = ("id", "title", "day", "price", "ministry", "method", "name", "number")
    row = tuple(changes.get(column, cell) for column, cell in zip(columns, ROW, strict=True))
    reading = read(row)
    assert reading.refusals == ()
    return reading.awards[0]


def test_a_row() -> None:
    award = one()
    assert award.title == "庁舎警備業務(第1地区)"
    assert award.buyer == "厚生労働省"
    assert award.dates.award == dt.date(2017, 4, 3)
    assert award.dates.published is None
    (firm,) = award.suppliers
    assert (firm.name, firm.printed, firm.corporate_number) == ("株式会社SAY企画", "株式会社ＳＡＹ企画", SEED_FIRM)
    (amount,) = award.amounts
    assert (amount.role, amount.yen, amount.quote, amount.tax, amount.supplier) == (
        "contract_price", 2_538_000, "2538000.00", None, 0,
    )  # fmt: skip
    assert isinstance(amount.yen, int)
    assert (award.procurement_method, award.procurement_method_details) == ("open", "一般競争入札・最低価格")
    assert award.warnings == ()
    assert (award.source.row, award.source.kind) == (1, "portal")
    assert award.source.quote == csv_of(ROW).removeprefix("\ufeff").strip()


def test_empty_price_is_no_amount_and_no_trouble() -> None:
    award = one(price="")
    assert (award.amounts, award.warnings) == ((), ())


@pytest.mark.parametrize("zero", ["0", "0.00"])
def test_zero_price_stands_for_no_total(zero: str) -> None:
    award = one(price=zero)
    assert award.amounts == ()
    assert any("stands for no total" in warning for warning in award.warnings)


@pytest.mark.parametrize("price", ["abc", "-5", "NaN", "1e999999999"])
def test_price_that_is_none_is_said(price: str) -> None:
    award = one(price=price)
    assert award.amounts == ()
    assert award.warnings


def test_a_fraction_of_a_yen_is_a_unit_price() -> None:
    (amount,) = one(price="14.90").amounts
    assert (amount.role, amount.yen) == ("unit_price", 14.9)


def test_row_with_a_number_and_no_name() -> None:
    (firm,) = one(name="").suppliers
    assert (firm.name, firm.corporate_number) == (f"法人番号 {SEED_FIRM}", SEED_FIRM)


def test_row_without_any_supplier_is_kept_and_said() -> None:
    award = one(name="", number="")
    assert award.suppliers == ()
    assert any("no supplier" in warning for warning in award.warnings)


def test_wrong_check_digit_names_no_firm() -> None:
    award = one(number="4013301020175")
    assert award.suppliers[0].corporate_number is None
    assert any("check digit" in warning for warning in award.warnings)


@pytest.mark.parametrize(
    ("code", "method", "details"),
    [
        ("8002010", "open", "一般競争入札・最低価格"),
        ("8002040", "open", "一般競争入札・総合評価"),
        ("8002090", "open", "一般競争入札"),
        ("8003010", "selective", "指名競争入札・最低価格"),
        ("8004020", "limited", "随意契約・特定業者"),
        ("8004030", "limited", "随意契約・公募型プロポーザル"),
        ("8001010", "limited", "オープンカウンタ"),
        ("8014010", "limited", "少額随意契約"),
        ("8099999", None, "8099999"),
    ],
)
def test_methods(code: str, method: str | None, details: str) -> None:
    award = one(method=code)
    assert (award.procurement_method, award.procurement_method_details) == (method, details)
    assert bool(award.warnings) is (method is None)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("J3", "公正取引委員会"),
        ("J8", "個人情報保護委員会"),
        ("S4", "気象庁"),
        ("JA", "こども家庭庁"),
        ("C1", "国立国会図書館"),
    ],
)
def test_ministries(code: str, name: str) -> None:
    assert one(ministry=code).buyer == name


def test_unknown_ministry_is_said() -> None:
    award = one(ministry="Z9")
    assert award.buyer is None
    assert any("Z9" in warning for warning in award.warnings)


def test_every_ministry_has_one_code() -> None:
    rows = vocabulary("portal_ministries")
    assert len({row["code"] for row in rows}) == len({row["name"] for row in rows}) == len(rows) == 50


def test_row_numbers_are_those_of_a_spreadsheet() -> None:
    text = csv_of(ROW) + "\r\n" + csv_of((*ROW[:1], "二行の\n件名", *ROW[2:]), ROW).removeprefix("\ufeff")
    awards = read_portal(File.of_bytes("p.csv", text.encode()), text).awards
    assert [award.source.row for award in awards] == [1, 3, 4]
    assert awards[1].title == "二行の 件名"


def test_row_of_other_width_is_refused_with_its_number() -> None:
    (refusal,) = read(ROW, ROW[:5]).refusals
    assert refusal.place == "row 2"
    assert "5 columns" in refusal.reason


def test_what_a_spreadsheet_saved_again_is_read_too() -> None:
    text = (
        "調達案件番号,調達案件名称,落札決定日,落札価格,府省コード,入札方式コード,商号又は名称,法人番号\r\n"
        + ",".join(("1231053", "庁舎警備業務", "2017/4/3", "2538000", "P1", "8002010", "株式会社SAY企画", SEED_FIRM))
    )
    file = File.of_bytes("p.csv", text.encode("cp932"))
    assert looks_like_portal(decode(file))
    (award,) = read_portal(file, decode(file)).awards
    assert award.dates.award == dt.date(2017, 4, 3)


@pytest.mark.parametrize(
    ("text", "is_portal"),
    [
        (csv_of(ROW), True),
        (csv_of((*ROW[:2], "", "", *ROW[4:])), True),
        ("日付,件名,金額\n2017-08-09,清掃,1000\n", False),
        ("1,01,1,20170402,2017,x,y,z\n", False),
        ("", False),
    ],
)
def test_recognition(text: str, is_portal: bool) -> None:
    assert looks_like_portal(text) is is_portal


def test_every_member_of_an_archive_is_a_source_of_its_own(tmp_path: Path) -> None:
    """A year and a day's changes in one archive, beside a signature and a text; a row that both hold is one award."""
    year, day = csv_of(ROW, (*ROW[:1], "警備業務", *ROW[2:])), csv_of(ROW, ("x",))
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        for name, text in (
            ("all/2017.csv", year),
            ("diff/日次.csv", day),
            ("all/2017.csv.asc", "x"),
            ("readme.txt", "お読みください"),
        ):
            archive.writestr(name, text)
    opened = Archive.open(tmp_path)
    assert [(award.source.file.rpartition("p.zip/")[2], award.source.row) for award in opened.records] == [
        ("all/2017.csv", 1), ("all/2017.csv", 2), ("diff/日次.csv", 1),
    ]  # fmt: skip
    assert [refusal.file.rpartition("p.zip/")[2] for refusal in opened.refusals] == ["diff/日次.csv", "readme.txt"]
    assert opened.coverage().awards == 2


def test_a_header_that_comes_again_is_no_award() -> None:
    header = (
        "調達案件番号",
        "調達案件名称",
        "落札決定日",
        "落札価格",
        "府省コード",
        "入札方式コード",
        "商号又は名称",
        "法人番号",
    )
    reading = read(header, ROW, header)
    assert len(reading.awards) == 1
    assert [refusal.place for refusal in reading.refusals] == ["row 3"]
