"""Other forms of award notices than the state's with ①–⑫: other numbers, items with labels, older words, rarer values."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from sources.test_gazette import LEGEND, OFFICER, OPENING, ORGAN, TOP, names, notice, one, prices, read

from tsukitome.normalize.money import read_money
from tsukitome.normalize.text import fold
from tsukitome.sources.gazette import looks_like_gazette
from tsukitome.sources.gazette.winner import read_winners

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"


@pytest.mark.parametrize("form", ["[{}]", "({})", "{} ", "{}. ", "［{}］ ", "（{}）"])
def test_items_that_are_not_counted_with_circled_numbers(form: str) -> None:
    text = LEGEND + ORGAN + notice("甲業務　3台", rest="⑧ 29.6.29 ⑪ 最低価格 ⑫ 20,000,000円") + notice("乙業務")
    for at, circled in enumerate(CIRCLED, start=1):
        text = re.sub(rf"{circled} ?", form.format(at), text)
    first, second = read(OPENING + OFFICER + text).awards
    assert (first.title, second.title) == ("甲業務3台", "乙業務")
    assert prices(first) == [("contract_price", 12_345_678, 0), ("reserve_price", 20_000_000, None)]
    assert [str(award.dates.notice) for award in (first, second)] == ["2017-06-29"] * 2
    assert first.source.quote.startswith(form.format(1).strip())
    assert first.warnings == second.warnings == ()


LOCAL = """落札者等の公示
次のとおり落札者等について公示します。
令和2年6月1日
架空県知事　架空　太郎
1　落札に係る物品等の名称及び
　数量　パーソナルコンピュータの借入れ　500台
2　契約に関する事務を担当する部局の名称及び所在地　架空県総務部　架空市中央区1－1
3　落札者を決定した日　令和2年4月10日
4　落札者の氏名及び住所　見本リース株式会社　愛知県名古屋市中区栄1-2-3
5　落札金額　98,765,432円（消費税及び地方消費税を含む。）
6　契約の相手方を決定した手続　一般競争入札
7　入札公告を行った日　令和2年2月25日

1　随意契約に係る特定役務の名称及び数量　システム保守　一式
3　随意契約の相手方を決定した日　令和2年4月1日
4　随意契約の相手方の氏名及び住所　株式会社見本（東京都港区芝1-1-1）
5　随意契約に係る契約金額　45,678,900円
6　契約の相手方を決定した手続　随意契約
"""


@pytest.mark.parametrize("form", ["{}　", "({})　", "{}.", "①"])
def test_items_that_print_their_label(form: str) -> None:
    text = re.sub(r"^([1-7])　", lambda match: CIRCLED[int(match[1]) - 1] if form == "①" else form.format(match[1]), LOCAL,
                  flags=re.M)  # fmt: skip
    tender, negotiated = read(text).awards
    assert (tender.title, tender.buyer) == ("パーソナルコンピュータの借入れ500台", "架空県")
    assert names(tender) == ["見本リース株式会社"]
    assert prices(tender) == [("contract_price", 98_765_432, 0)]
    assert (str(tender.dates.award), str(tender.dates.notice)) == ("2020-04-10", "2020-02-25")
    assert (tender.procurement_method, negotiated.procurement_method) == ("open", "limited")
    assert (negotiated.title, str(negotiated.dates.contract)) == ("システム保守一式", "2020-04-01")
    assert prices(negotiated) == [("contract_price", 45_678_900, 0)]


@pytest.mark.parametrize(
    "opening",
    [
        "次のとおり契約者等について公示します。",
        "次のとおり随意契約に係る契約者について公示します。",
        "下記のとおり契約の相手方について公示する。",
    ],
)
def test_older_openings(opening: str) -> None:
    assert one(TOP.replace("次のとおり落札者等について公示します。", opening) + notice()).buyer == "日本年金機構"


def test_awards_under_their_heading_alone_behind_another_kind_of_notice() -> None:
    tender = "入札公告\n次のとおり一般競争入札に付します。\n1 調達内容 甲業務 ① 株式会社乙の製品\n"
    text = tender + "落札者等の公示\n平成29年10月2日\n" + OFFICER + LEGEND + ORGAN + notice()
    assert [award.title for award in read(text).awards] == ["庁舎清掃業務一式"]
    behind = read(TOP + notice() + "入札公告\n1 調達内容 ① 甲業務 ② 乙業務 ③ 購入等 ④ 一般\n")
    assert [award.title for award in behind.awards] == ["庁舎清掃業務一式"]


@pytest.mark.parametrize(
    ("printed", "buyer"),
    [
        ("支出負担行為担当官 国土交\n通省 関 東地方 整 備 局 総務部\n長 架空 太郎", "国土交通省関東地方整備局総務部"),
        ("支出負担行為担当官 厚生労働省 大 臣\n官 房 会計 課長 架空 太郎", "厚生労働省大臣官房会計課"),
        ("契約責任者 架空機構 架 空 太 郎", "架空機構"),
    ],
)
def test_an_officer_whose_words_are_taken_apart(printed: str, buyer: str) -> None:
    assert one(TOP.replace(OFFICER, printed + "\n") + notice()).buyer == buyer


@pytest.mark.parametrize("same", ["〃", "（〃）", "（同上）", " 同所"])
def test_the_address_before_it_again(same: str) -> None:
    first, second = one(TOP + notice(winner=f"№1 ㈱甲 東京都港区芝1-1 №2 ㈱乙{same}")).suppliers
    assert (second.name, second.address, second.municipality_code) == ("株式会社乙", first.address, "13103")


@pytest.mark.parametrize("day", ["平成29年8月9日", "平成二十九年八月九日", "平29.8.9", "H29.8.9", "2017/8/9"])
def test_days_with_their_era(day: str) -> None:
    award = one(TOP + notice(day=day, rest=f"⑧ {day.replace('8', '6').replace('八', '六')}"))
    assert (str(award.dates.award), str(award.dates.notice)) == ("2017-08-09", "2017-06-09")


@pytest.mark.parametrize(
    "printed",
    ["ア　{}　イ　{}", "a　{}　b　{}", "項目1、3　{}　項目2　{}", "第１工区　{}　第２工区　{}", "（1）～（3）{}（4）{}"],
)  # fmt: skip
def test_labels_are_no_part_of_names(printed: str) -> None:
    winner = printed.format("㈱甲（東京都港区芝1-1）", "㈱乙（大阪市北区梅田1-2）")
    award = one(TOP + notice(winner=winner, price=printed.format("1,234,567円", "2,345,678円")))
    assert names(award) == ["株式会社甲", "株式会社乙"]
    assert [amount.yen for amount in award.amounts] == [1_234_567, 2_345_678]


def test_a_letter_spaced_name_holds_no_labels() -> None:
    assert names(one(TOP + notice(winner="A B C 企 画 ㈱（東京都港区芝1-1）"))) == ["ABC企画株式会社"]


@pytest.mark.parametrize("printed", ["単価契約", "単価契約のため省略", "複数単価契約", "0円"])
def test_no_price_is_said(printed: str) -> None:
    award = one(TOP + notice(price=printed))
    assert award.amounts == ()
    assert any(printed in warning and "not given" in warning for warning in award.warnings)


@pytest.mark.parametrize(
    ("printed", "yen"), [("金壱千弐百万円也", 12_000_000), ("壱億参千萬円", 130_000_000), ("金弐拾万圓", 200_000)]
)
def test_numerals_of_deeds(printed: str, yen: int) -> None:
    assert [mention.yen for mention in read_money(printed, "contract_price")] == [yen]


def test_a_decree_named_in_the_opening_sentence() -> None:
    text = """次のとおり落札者を決定したので、地方公共団体の物品等又は特定役務の調達手続の特例を定める政令（平成７年政令第372号）
第12条の規定により公示します。
平成30年２月５日
架空県知事　見本　太郎
１　落札に係る物品等の名称及び数量　県税システム機器の賃貸借　一式
２　契約に関する事務を担当する部局の名称及び所在地　総務部税務課　架空市中央１－１
３　落札者を決定した日　平成30年１月10日
４　落札者の氏名及び住所　見本リース株式会社（架空）　東京都港区虎ノ門２－２－１
５　落札金額　123,456,789円
６　契約の相手方を決定した手続　一般競争入札
７　入札公告日　平成29年11月28日
"""
    (award,) = read(text).awards
    assert (award.buyer, award.dates.published) == ("架空県", dt.date(2018, 2, 5))
    assert award.title == "県税システム機器の賃貸借一式"


def test_a_citys_notice_of_winners_that_were_chosen() -> None:
    text = """次のとおり落札者を決定しました。
平成30年２月５日
架空市長　見本　太郎
①調達件名　学校給食用食器洗浄機　３台　②担当部局　学校給食課
③落札決定日　平成30年１月15日
④落札者　架空厨房株式会社（静岡県静岡市葵区追手町５－１）
⑤落札金額　45,360,000円　⑥契約方法　一般競争入札　⑦入札公告日　平成29年11月30日
"""
    assert looks_like_gazette(text)
    (award,) = read(text).awards
    assert (award.suppliers[0].name, award.amounts[0].yen) == ("架空厨房株式会社", 45_360_000)
    assert award.dates.award == dt.date(2018, 1, 15)


@pytest.mark.parametrize("printed", ["該当なし（不調）", "落札者無し（入札不調のため）", "該当者なし"])
def test_nobody_is_no_firm(printed: str) -> None:
    assert read_winners(fold(printed)).firms == ()
