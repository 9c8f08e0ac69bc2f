"""Field ⑥ in its rarer forms: lists that count with circled numbers, no winner, firms not named, ventures, numbers."""

from __future__ import annotations

import pytest
from sources.test_gazette import TOP, names, notice, one, prices, read

NEXT = (
    "① 5 ② 印刷（令和2年版） ③ 製造 ④ 一般 ⑤ 元.12.20 ⑥ 株式会社みほん（東京都港区芝1-1） ⑦ 3,000,000円 "
    "⑧ 元.10.15 ⑪ 最低価格\n"
)
TOP_2020 = TOP.replace("平成29年10月2日", "令和2年1月20日")


@pytest.mark.parametrize("behind", [" ", "\n"])
@pytest.mark.parametrize("count", [2, 3, 6, 9, 12])
def test_winners_and_prices_that_circled_numbers_count(count: int, behind: str) -> None:
    firms = [f"株式会社{name}" for name in "いろはにほへとちりぬるを"[:count]]
    winners = " ".join(f"{chr(0x2460 + n)}{firm}（東京都豊島区池袋1-{n}）" for n, firm in enumerate(firms))
    price = " ".join(f"{chr(0x2460 + n)}{n + 1},000,000円" for n in range(count))
    text = f"① 78 ② 甲業務 ③ 役務 ④ 一般 ⑤ 元.12.2 ⑥ {winners} ⑦ {price} ⑧ 元.10.2{behind}"
    first, second = read(TOP_2020 + text + NEXT).awards
    assert names(first) == firms
    assert prices(first) == [("contract_price", (n + 1) * 1_000_000, n) for n in range(count)]
    assert (first.title, str(first.dates.notice), first.warnings) == ("甲業務", "2019-10-02", ())
    assert (second.title, names(second)) == ("印刷(令和2年版)", ["株式会社みほん"])


def test_circled_winners_without_addresses() -> None:
    winners = "①株式会社たち ②株式会社つて（東京都豊島区池袋1-1）"
    text = f"① 78 ② 甲業務 ③ 役務 ④ 一般 ⑤ 元.12.2 ⑥ {winners} ⑦ ①1,000,000円 ②2,000,000円 ⑧ 元.10.2 "
    first, second = read(TOP_2020 + text + NEXT).awards
    assert names(first) == ["株式会社たち", "株式会社つて"]
    assert prices(first) == [("contract_price", 1_000_000, 0), ("contract_price", 2_000_000, 1)]
    assert second.title == "印刷(令和2年版)"


def test_circled_number_that_may_begin_a_field_is_said() -> None:
    award = one(TOP + notice(title="甲業務⑧29.6.1付け公告分", rest="⑧ 29.6.29"))
    assert award.title == "甲業務⑧29.6.1付け公告分"
    assert any("⑧ inside the title" in warning for warning in award.warnings)


@pytest.mark.parametrize(
    "number", ["1 株式会社甲 2 株式会社乙", "(1)株式会社甲 (2)株式会社乙", "①株式会社甲②株式会社乙"]
)
def test_numbered_winners_without_addresses(number: str) -> None:
    assert names(one(TOP + notice(winner=number))) == ["株式会社甲", "株式会社乙"]


def test_a_name_that_begins_with_a_digit_is_no_lot() -> None:
    winner = "№1 3M見本株式会社（東京都港区芝1-1） №2 株式会社乙（大阪市北区梅田1-2）"
    assert names(one(TOP + notice(winner=winner))) == ["3M見本株式会社", "株式会社乙"]


@pytest.mark.parametrize(
    "printed", ["該当なし", "落札者なし", "不調", "取りやめ", "不調のため", "－", "（該当なし）", "入札不調"]
)
def test_no_winner_is_no_firm(printed: str) -> None:
    award = one(TOP + notice(winner=printed, price="－"))
    assert award.suppliers == ()
    assert any(warning.startswith("no firm won the contract") for warning in award.warnings)


def test_a_lot_that_nobody_won() -> None:
    award = one(TOP + notice(winner="№1：株式会社甲（東京都港区芝1-1） №2：不調", price="№1：1,200,000円 №2：－"))
    assert names(award) == ["株式会社甲"]
    assert prices(award) == [("contract_price", 1_200_000, 0)]
    assert [warning for warning in award.warnings if "lot 2" in warning] == list(award.warnings)


@pytest.mark.parametrize(
    "printed",
    [
        "株式会社あ 外1社（東京都港区芝1-1）",
        "株式会社あ（東京都港区芝1-1）ほか1社",
        "株式会社あ（東京都港区芝1-1）、ほか1社",
        "株式会社あ 東京都港区芝1-1 他１者",
        "株式会社あ（ほか1社） 東京都港区芝1-1",
        "株式会社あ 外 2 社 東京都港区芝1-1",
    ],
)
def test_firms_counted_and_not_named_beside_an_address(printed: str) -> None:
    award = one(TOP + notice(winner=printed))
    assert [(firm.name, firm.address) for firm in award.suppliers] == [("株式会社あ", "東京都港区芝1-1")]
    assert any("not named" in warning for warning in award.warnings)


@pytest.mark.parametrize(
    ("printed", "own"),
    [
        ("あ・い共同企業体（代表 株式会社あ 東京都港区1-1、構成員 株式会社い 東京都豊島区池袋1-1）", None),
        ("あ・い共同企業体（代表者）株式会社あ（東京都港区1-1）（構成員）株式会社い（東京都豊島区池袋1-1）", None),
        (
            "あ・い共同企業体（代表：株式会社あ 東京都港区1-1、構成員：株式会社い 東京都豊島区池袋1-1）東京都北区王子1-1",
            "東京都北区王子1-1",
        ),
        (
            "あ・い共同企業体 東京都北区王子1-1（代表 株式会社あ 東京都港区1-1、構成員 株式会社い 東京都豊島区池袋1-1）",
            "東京都北区王子1-1",
        ),
    ],
)
def test_members_of_a_joint_venture_keep_their_addresses(printed: str, own: str | None) -> None:
    assert [(firm.name, firm.role, firm.address) for firm in one(TOP + notice(winner=printed)).suppliers] == [
        ("あ・い共同企業体", "awarded", own),
        ("株式会社あ", "jv_member", "東京都港区1-1"),
        ("株式会社い", "jv_member", "東京都豊島区池袋1-1"),
    ]


@pytest.mark.parametrize(
    "printed",
    [
        "株式会社あ 法人番号 4013301020174 東京都豊島区東池袋1-48-10",
        "株式会社あ（法人番号：4013301020174） 東京都豊島区東池袋1-48-10",
        "株式会社あ（法人番号4013301020174）（東京都豊島区東池袋1-48-10）",
        "株式会社あ（東京都豊島区東池袋1-48-10）法人番号 4 0 1 3 3 0 1 0 2 0 1 7 4",
        "株式会社あ 東京都豊島区東池袋1-48-10 4013301020174",
    ],
)
def test_corporate_number_beside_the_name(printed: str) -> None:
    (firm,) = one(TOP + notice(winner=printed)).suppliers
    assert (firm.name, firm.corporate_number) == ("株式会社あ", "4013301020174")
    assert (firm.address, firm.municipality_code) == ("東京都豊島区東池袋1-48-10", "13116")


def test_corporate_number_with_a_wrong_check_digit_is_left_out_and_said() -> None:
    award = one(TOP + notice(winner="株式会社あ 法人番号 4013301020175 東京都港区芝1-1"))
    assert [(firm.name, firm.corporate_number) for firm in award.suppliers] == [("株式会社あ", None)]
    assert any("check digit" in warning for warning in award.warnings)


@pytest.mark.parametrize(
    ("winner", "printed"),
    [
        ("㈱そら（東京都港区芝1-1）", "㈱そら"),
        ("（株）そら（東京都港区芝1-1）", "（株）そら"),
        ("(株)そら（東京都港区芝1-1）", "(株)そら"),
        ("（ 株 ） そ ら （東京都港区芝1-1）", "（株）そら"),
        ("㈱ＳＡＹ企画 東京都豊島区東池袋1-48-10", "㈱ＳＡＹ企画"),
        ("ABC Systems株式会社 東京都港区芝1-2-3", "ABC Systems株式会社"),
        ("株式会社ｿﾗ 代表取締役 架空 太郎 東京都港区芝1-2-3", "株式会社ｿﾗ"),
    ],
)
def test_name_as_printed(winner: str, printed: str) -> None:
    (firm,) = one(TOP + notice(winner=winner)).suppliers
    assert firm.printed == printed
