"""Award notices of the gazette: each test pins one way in which the printed page misleads a reader."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from tsukitome.awards import Award
from tsukitome.documents.file import File
from tsukitome.documents.lines import Line, decode, lines_of
from tsukitome.sources.gazette import looks_like_gazette, read_gazette
from tsukitome.sources.reading import Reading

HEAD = "官 報 （号外政府調達第187号）\n平成29年10月2日 月曜日\n"
OPENING = "次のとおり落札者等について公示します。\n平成29年10月2日\n"
OFFICER = "契約責任者　日本年金機構　理事長代理人　調達管理部長　架空　太郎\n（東京都杉並区高井戸西3-5-24）\n"
LEGEND = (
    "［掲載順序］\n①品目分類番号 ②調達件名及び数量 ③調達方法 ④契約方式 ⑤落札決定日（随意契約の場合は契約日） "
    "⑥落札者（随意契約の場合は契約者）の氏名及び住所 ⑦落札価格（随意契約の場合は契約価格） ⑧入札公告日又は公示日 "
    "⑨随意契約の場合はその理由 ⑩指名業者名（指名競争入札の場合） ⑪落札方式 ⑫予定価格\n"
)
ORGAN = "◎調達機関番号　417　◎所在地番号　13\n○第　187　号\n"
TOP = HEAD + OPENING + OFFICER + LEGEND + ORGAN
# The real notice of 2017-10-02 with its letter-spacing and line ends, as the PDF's text layer has them.
SEED = (
    "② 扶 養 親 族 等 申 告 書 ・ 個 人 番 号 申 出 書 デ\n"
    "ー タ 入 力 及 び 画 像 化 業 務 一式 ③購入等 ④ 一般 ⑤ 2\n"
    "9.8.9 ⑥ ( 株 ) S A Y 企 画 東京都豊島区 東 池 袋 1 -\n"
    "48-10 ⑦ 1 4 .9 0 円( 他 複 数 単 価 契 約 ) ⑧ 29.\n"
    "6.29 ⑪ 最 低 価 格 ⑫ 2 4 2 , 1 4 3 , 5 6 0\n"
)


def read(text: str, name: str = "gazette.txt") -> Reading:
    return read_gazette(File.of_bytes(name, text.encode()), lines_of(text))


def one(text: str, name: str = "gazette.txt") -> Award:
    reading = read(text, name)
    assert reading.refusals == ()
    assert len(reading.awards) == 1, [award.title for award in reading.awards]
    return reading.awards[0]


def notice(
    title: str = "庁舎清掃業務 一式",
    winner: str = "株式会社見本（東京都港区芝1-2-3）",
    price: str = "12,345,678円",
    day: str = "29.8.9",
    method: str = "一般",
    rest: str = "⑧ 29.6.29 ⑪ 最低価格",
) -> str:
    return f"① 78 ② {title} ③ 購入等 ④ {method} ⑤ {day} ⑥ {winner} ⑦ {price} {rest}\n"


def names(award: Award) -> list[str]:
    return [supplier.name for supplier in award.suppliers]


def prices(award: Award) -> list[tuple[str, float, int | None]]:
    return [(amount.role, amount.yen, amount.supplier) for amount in award.amounts]


# --- the seed's own row ------------------------------------------------------------------------------------------------


def test_seed_row() -> None:
    award = one(TOP + SEED)
    assert award.title == "扶養親族等申告書・個人番号申出書データ入力及び画像化業務一式"
    assert award.buyer == "日本年金機構"
    assert award.dates.to_dict() == {
        "award": "2017-08-09", "contract": None, "notice": "2017-06-29", "published": "2017-10-02",
    }  # fmt: skip
    (firm,) = award.suppliers
    assert (firm.name, firm.printed, firm.address) == ("株式会社SAY企画", "(株)SAY企画", "東京都豊島区東池袋1-48-10")
    assert firm.municipality_code == "13116"
    assert [(amount.role, amount.yen, amount.supplier, amount.quote) for amount in award.amounts] == [
        ("unit_price", 14.90, 0, "14.90円(他複数単価契約)"),
        ("reserve_price", 242_143_560, None, "242,143,560"),
    ]
    assert (award.procurement_method, award.procurement_method_details) == ("open", "一般")
    assert award.warnings == ()


def test_seed_row_is_not_misread_as_other_parsers_do() -> None:
    award = one(TOP + SEED)
    assert award.dates.award != dt.date(2047, 8, 9)
    assert 90 not in [amount.yen for amount in award.amounts]
    assert "" not in names(award)


def test_source_says_where_the_notice_stands() -> None:
    award = one(TOP + SEED)
    line = TOP.count("\n") + 1
    assert (award.source.line, award.source.page, award.source.kind) == (line, 1, "gazette")
    assert award.award_id.endswith(f":l{line}")
    assert award.source.quote.startswith("② 扶 養 親 族 等 申 告 書")
    assert award.source.quote.endswith("⑫ 2 4 2 , 1 4 3 , 5 6 0")
    assert "\n" not in award.source.quote


def test_two_notices_on_one_line_have_two_identities() -> None:
    first, second = read(TOP + notice("甲業務").strip() + " " + notice("乙業務")).awards
    assert second.award_id == first.award_id + ".2"


# --- the page ----------------------------------------------------------------------------------------------------------


def test_running_head_inside_a_notice_is_no_part_of_it() -> None:
    head = "（号外政府調達第187号） 官 報 平成29年10月2日 月曜日 12\n"
    text = notice("国民年金保険料納付書の作成\n" + head + "及び発送準備業務")
    award = one(TOP + text)
    assert award.title == "国民年金保険料納付書の作成及び発送準備業務"
    assert "官 報" not in award.source.quote


def test_running_head_in_the_middle_of_a_line() -> None:
    text = notice(winner="株式会社見本 平成29年10月2日 月曜日 官 報 （号外政府調達第187号） 東京都港区芝1-2-3")
    (firm,) = one(TOP + text).suppliers
    assert (firm.name, firm.address) == ("株式会社見本", "東京都港区芝1-2-3")


def test_page_number_beside_a_running_head_goes_and_a_wrapped_amount_stays() -> None:
    text = notice(rest="⑧ 29.6.29 ⑪ 最低価格 ⑫ 242,143,\n560") + "13\n平成29年10月2日 月曜日\n"
    assert prices(one(TOP + text))[-1] == ("reserve_price", 242_143_560, None)


@pytest.mark.parametrize("cut", ["242,|143,560", "242,143,|560", "242,143,5|60"])
def test_running_head_inside_an_amount(cut: str) -> None:
    text = notice(rest="⑧ 29.6.29 ⑪ 最低価格 ⑫ " + cut.replace("|", "\n官 報 平成29年10月2日 月曜日 12\n"))
    assert prices(one(TOP + text))[-1] == ("reserve_price", 242_143_560, None)


def test_form_feed_and_page_mark_start_pages() -> None:
    text = TOP + notice("甲業務") + "\f" + notice("乙業務") + "- 2 -\n" + notice("丙業務")
    assert [award.source.page for award in read(text).awards] == [1, 2, 3]


def test_page_without_text_is_refused_by_number() -> None:
    (refusal,) = read(TOP + notice("甲業務") + "\f\n\f" + notice("乙業務")).refusals
    assert refusal.place == "page 2"


def test_next_sections_header_does_not_leak_into_the_last_firm() -> None:
    second = (
        OPENING
        + "支出負担行為担当官　東京労働局　総務部長　架空　花子\n（東京都千代田区九段南1-2-1）\n"
        + LEGEND
        + ORGAN
    )
    text = "① 78 ② 甲業務 ③ 購入等 ④ 一般 ⑤ 29.8.9 ⑦ 12,345,678円 ⑧ 29.6.29 ⑥ 株式会社見本\n"
    swapped = LEGEND.replace("⑥落札者（随意契約の場合は契約者）の氏名及び住所 ", "").replace(
        "⑨随意契約の場合はその理由", "⑨落札者の氏名及び住所"
    )
    first = HEAD + OPENING + OFFICER + swapped + ORGAN + text.replace("⑥", "⑨")
    reading = read(first + "落札者等の公示\n" + second + notice("乙業務"))
    assert [names(award) for award in reading.awards] == [["株式会社見本"], ["株式会社見本"]]
    assert [award.buyer for award in reading.awards] == ["日本年金機構", "東京労働局総務部"]


def test_officer_printed_behind_a_notice_on_the_same_line() -> None:
    text = (
        notice(rest="⑧ 29.6.29 ⑪ 最低価格").strip()
        + " 支出負担行為担当官 中国四国防衛局長 架空 花子\n"
        + notice("乙業務")
    )
    first, second = read(TOP + text).awards
    assert "架空" not in first.source.quote
    assert second.buyer == "中国四国防衛局"


def test_a_tender_notice_is_no_award() -> None:
    tender = "入札公告\n次のとおり一般競争入札に付します。\n平成29年10月2日\n" + notice("複写機の購入")
    reading = read(HEAD + tender + OPENING + OFFICER + LEGEND + ORGAN + notice("甲業務"))
    assert [award.title for award in reading.awards] == ["甲業務"]


# --- private use and width ---------------------------------------------------------------------------------------------

PRIVATE = str.maketrans(
    {
        **{str(digit): chr(0xE88A + digit) for digit in range(10)},
        **{chr(0x2460 + number): chr(0xE7D1 + number) for number in range(12)},
        ",": "\uea75",
        "-": "\ue61c",
    }
)


def test_private_use_digits_and_markers() -> None:
    assert one((TOP + SEED).translate(PRIVATE)).to_dict() | {"award_id": "", "source": {}} == (
        one(TOP + SEED).to_dict() | {"award_id": "", "source": {}}
    )


def test_unknown_private_use_character_is_shown_and_said() -> None:
    award = one(TOP + notice(title="清掃\ue999業務"))
    assert award.title == "清掃〓業務"
    assert any("U+E999" in warning for warning in award.warnings)


def test_full_width_text() -> None:
    wide = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
    award = one(TOP + notice(winner="(株)SAY企画(東京都豊島区東池袋1-48-10)").translate(wide))
    assert names(award) == ["株式会社SAY企画"]
    assert award.dates.award == dt.date(2017, 8, 9)
    assert prices(award) == [("contract_price", 12_345_678, 0)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_encodings(encoding: str) -> None:
    file = File.of_bytes("g.txt", (TOP + notice()).encode(encoding))
    assert names(read_gazette(file, lines_of(decode(file))).awards[0]) == ["株式会社見本"]


# --- the legend --------------------------------------------------------------------------------------------------------


def test_the_printed_legend_decides_what_a_number_means() -> None:
    legend = (
        "［掲載順序］\n①調達件名及び数量 ②品目分類番号 ③契約方式 ④調達方法 ⑤落札者の氏名及び住所 ⑥落札決定日 ⑦予定価格 "
        "⑧落札価格 ⑨入札公告日 ⑩落札方式\n"
    )
    text = (
        "① 統計システム運用 ② 71、27 ③ 随意 ④ 購入等 ⑤ 株式会社見本（東京都港区芝1-2-3） ⑥ 29.8.9 ⑦ 20,000,000 "
        "⑧ 12,345,678円 ⑨ 29.6.29\n"
    )
    award = one(HEAD + OPENING + OFFICER + legend + ORGAN + text)
    assert award.title == "統計システム運用"
    assert award.dates.contract == dt.date(2017, 8, 9)
    assert prices(award) == [("contract_price", 12_345_678, 0), ("reserve_price", 20_000_000, None)]


def test_without_a_legend_the_usual_one_is_taken_and_said() -> None:
    award = one(HEAD + OPENING + OFFICER + ORGAN + notice())
    assert names(award) == ["株式会社見本"]
    assert any("no legend" in warning for warning in award.warnings)


def test_number_that_the_legend_leaves_out() -> None:
    award = one(
        HEAD + OPENING + OFFICER + LEGEND.replace(" ⑫予定価格", "") + ORGAN + notice(rest="⑧ 29.6.29 ⑫ 20,000,000")
    )
    assert prices(award)[-1] == ("reserve_price", 20_000_000, None)
    assert any("⑫" in warning for warning in award.warnings)


@pytest.mark.parametrize(
    "title",
    [
        "街区①及び街区②の測量業務 一式",
        "①区画図の作成 ②台帳の整備 一式",
        "ガイド③号の印刷",
        "システム④（第⑤期）の保守",
        "⑥地区ほか⑧地区の清掃",
    ],
)
def test_circled_number_inside_a_title(title: str) -> None:
    award = one(TOP + notice(title=title))
    assert award.title == title.translate(str.maketrans("（）", "()", " "))
    assert names(award) == ["株式会社見本"]
    assert award.dates.award == dt.date(2017, 8, 9)


def test_circled_numbers_that_count_winners() -> None:
    winners = "①株式会社甲（東京都港区芝1-1）②株式会社乙（大阪市北区梅田1-2）"
    award = one(TOP + notice(winner=winners, price="①11,000,000円 ②22,000,000円"))
    assert names(award) == ["株式会社甲", "株式会社乙"]
    assert prices(award) == [("contract_price", 11_000_000, 0), ("contract_price", 22_000_000, 1)]


# --- dates -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "printed", "award"),
    [
        ("平成29年10月2日", "29.8.9", dt.date(2017, 8, 9)),
        ("令和元年5月7日", "31.4.26", dt.date(2019, 4, 26)),
        ("令和元年7月1日", "1.5.20", dt.date(2019, 5, 20)),
        ("令和元年7月1日", "元.5.20", dt.date(2019, 5, 20)),
        ("令和8年8月18日", "8. 6. 8", dt.date(2026, 6, 8)),
        ("平成29年10月2日", "平成29年8月9日", dt.date(2017, 8, 9)),
        ("平成29年10月2日", "２９．８．９", dt.date(2017, 8, 9)),
    ],
)
def test_era_of_the_award(published: str, printed: str, award: dt.date) -> None:
    top = (OPENING + OFFICER + LEGEND + ORGAN).replace("平成29年10月2日", published)
    assert one(top + notice(day=printed, rest="")).dates.award == award


def test_award_too_long_before_publication_stays_open() -> None:
    award = one(TOP + notice(day="28.8.9", rest=""))
    assert award.dates.award is None
    assert any("28.8.9" in warning for warning in award.warnings)


def test_notice_before_an_era_change_is_the_nearest_before_the_award() -> None:
    top = (OPENING + OFFICER + LEGEND + ORGAN).replace("平成29年10月2日", "令和元年7月1日")
    assert one(top + notice(day="1.5.20", rest="⑧ 31.3.5")).dates.notice == dt.date(2019, 3, 5)


def test_negotiated_contract_has_a_contract_date() -> None:
    award = one(TOP + notice(method="随意", rest="⑨ ｂ「互換性」"))
    assert (award.dates.award, award.dates.contract) == (None, dt.date(2017, 8, 9))
    assert award.procurement_method == "limited"


def test_selective_tender() -> None:
    award = one(TOP + notice(method="指名", rest="⑧ 29.6.29 ⑩ 省略"))
    assert award.procurement_method == "selective"


def test_date_of_issue_from_a_running_head_only() -> None:
    text = OPENING.replace("平成29年10月2日\n", "") + OFFICER + LEGEND + ORGAN + notice()
    text += "官 報 平成29年10月2日 月曜日 第7113号\n"
    assert one(text).dates.published == dt.date(2017, 10, 2)


def test_date_of_issue_from_the_files_name_is_said() -> None:
    text = OPENING.replace("平成29年10月2日\n", "") + OFFICER + LEGEND + ORGAN + notice()
    award = one(text, "data/gazette-2017-10-02.txt")
    assert award.dates.published == dt.date(2017, 10, 2)
    assert any("file's name" in warning for warning in award.warnings)


def test_no_date_of_issue_anywhere() -> None:
    award = one(OPENING.replace("平成29年10月2日\n", "") + OFFICER + LEGEND + ORGAN + notice())
    assert (award.dates.published, award.dates.award) == (None, None)
    assert len(award.warnings) >= 2


# --- winners -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "name", "address"),
    [
        ("株式会社見本（東京都港区芝1-2-3）", "株式会社見本", "東京都港区芝1-2-3"),
        ("㈱見本（東京都港区芝1-2-3）", "株式会社見本", "東京都港区芝1-2-3"),
        ("アクメ見本株式会社東京都港区赤坂1-11-44", "アクメ見本株式会社", "東京都港区赤坂1-11-44"),
        (
            "見本建設株式\n会社（埼玉県さいたま市大宮区大門町8番地）",
            "見本建設株式会社",
            "埼玉県さいたま市大宮区大門町8番地",
        ),
        ("巣鴨見本印刷株式会社豊島区巣鴨4-17-3", "巣鴨見本印刷株式会社", "豊島区巣鴨4-17-3"),
        ("株式会社見本 大阪市北区梅田1-2-3", "株式会社見本", "大阪市北区梅田1-2-3"),
        ("株式会社見本（〒105-0014 東京都港区芝1-2-3）", "株式会社見本", "東京都港区芝1-2-3"),
        ("株式会社見本", "株式会社見本", None),
        ("公益財団法人東京都見本公社東京都江東区新砂1-1-1", "公益財団法人東京都見本公社", "東京都江東区新砂1-1-1"),
        ("株式会社大阪市場見本大阪府大阪市北区梅田1-2-3", "株式会社大阪市場見本", "大阪府大阪市北区梅田1-2-3"),
        ("株式会社見本 代表取締役 架空 太郎 東京都港区芝1-2-3", "株式会社見本", "東京都港区芝1-2-3"),
        ("3M見本株式会社 東京都品川区北品川6-7-29", "3M見本株式会社", "東京都品川区北品川6-7-29"),
        ("ABC Systems株式会社 東京都港区芝1-2-3", "ABC Systems株式会社", "東京都港区芝1-2-3"),
        ("架空　太郎（東京都港区芝1-2-3）", "架空太郎", "東京都港区芝1-2-3"),
    ],
)
def test_forms_of_address(printed: str, name: str, address: str | None) -> None:
    (firm,) = one(TOP + notice(winner=printed)).suppliers
    assert (firm.name, firm.address) == (name, address)


def test_absent_address_is_said() -> None:
    assert any("no address" in warning for warning in one(TOP + notice(winner="株式会社見本")).warnings)


def test_ward_is_read_from_the_winners_own_address() -> None:
    (firm,) = one(TOP + notice(winner="株式会社見本（東京都北区豊島6-11-4）")).suppliers
    assert firm.municipality_code == "13117"


def test_branch_signs() -> None:
    (firm,) = one(TOP + notice(winner="株式会社難波見本池袋支店（東京都豊島区東池袋1-27-5）")).suppliers
    assert (firm.name, firm.branch) == ("株式会社難波見本池袋支店", "池袋支店")


@pytest.mark.parametrize(
    ("winner", "price"),
    [
        (
            "№1、3〜5、9：株式会社甲（東京都港区芝1-1） №2、6〜8：株式会社乙（大阪市北区梅田1-2）",
            "№1、3〜5、9：11,000,000円 №2、6〜8：22,000,000円",
        ),
        (
            "№ 1、3〜5、9：株式会社甲（東京都港区芝1-1） №2、 6〜 1 8 ：株式会社乙（大阪市北区梅田1-2）",
            "№1、3 〜5、9：11,000,000円 № 2、6〜18：22,000,000円",
        ),
        ("1 株式会社甲 東京都港区芝1-1 2 株式会社乙 大阪市北区梅田1-2", "1 11,000,000円 2 22,000,000円"),
        ("(1)株式会社甲 東京都港区芝1-1 (2)株式会社乙 大阪市北区梅田1-2", "(1)11,000,000円 (2)22,000,000円"),
        (
            "A地区：株式会社甲 東京都港区芝1-1 B地区：株式会社乙 大阪市北区梅田1-2",
            "A地区：11,000,000円 B地区：22,000,000円",
        ),
        (
            "株式会社甲（東京都港区芝1-1）、株式会社乙（大阪市北区梅田1-2）",
            "株式会社甲 11,000,000円、株式会社乙 22,000,000円",
        ),
    ],
)
def test_several_winners_with_their_prices(winner: str, price: str) -> None:
    award = one(TOP + notice(winner=winner, price=price))
    assert names(award) == ["株式会社甲", "株式会社乙"]
    assert [firm.municipality_code for firm in award.suppliers] == ["13103", "27127"]
    assert prices(award) == [("contract_price", 11_000_000, 0), ("contract_price", 22_000_000, 1)]
    assert award.warnings == ()


def test_prices_in_printed_order_are_a_guess_and_said() -> None:
    award = one(
        TOP + notice(winner="株式会社甲（東京都港区芝1-1）、株式会社乙（同）", price="11,000,000円、22,000,000円")
    )
    assert prices(award) == [("contract_price", 11_000_000, 0), ("contract_price", 22_000_000, 1)]
    assert any("printed order" in warning for warning in award.warnings)


def test_two_winners_at_one_unit_price() -> None:
    award = one(
        TOP
        + notice(winner="株式会社甲（東京都港区芝1-1）、株式会社乙（東京都港区芝1-2）", price="@15.20円（単価契約）")
    )
    assert names(award) == ["株式会社甲", "株式会社乙"]
    assert prices(award) == [("unit_price", 15.2, None)]


@pytest.mark.parametrize("second", ["（同）", "（同上）", "（同都港区芝1-1）", "（同区芝1-1）", "（同県港区芝1-1）"])
def test_same_address(second: str) -> None:
    award = one(TOP + notice(winner=f"株式会社甲（東京都港区芝1-1）、(株)乙{second}"))
    assert [firm.address for firm in award.suppliers] == ["東京都港区芝1-1"] * 2


def test_winners_parted_by_white_space_only() -> None:
    assert names(one(TOP + notice(winner="株式会社甲　株式会社乙"))) == ["株式会社甲", "株式会社乙"]
    assert names(one(TOP + notice(winner="甲株式会社　乙株式会社"))) == ["甲株式会社", "乙株式会社"]


@pytest.mark.parametrize(
    "printed",
    [
        "甲・乙特定建設工事共同企業体 代表者　株式会社甲（東京都港区芝1-1） 構成員　株式会社乙（東京都豊島区目白1-2）",
        "甲・乙特定建設工事共同企業体（代表者　株式会社甲（東京都港区芝1-1） 構成員　株式会社乙（東京都豊島区目白1-2））",
    ],
)
def test_joint_venture(printed: str) -> None:
    award = one(TOP + notice(winner=printed))
    assert [(firm.name, firm.role, firm.municipality_code) for firm in award.suppliers] == [
        ("甲・乙特定建設工事共同企業体", "awarded", None),
        ("株式会社甲", "jv_member", "13103"),
        ("株式会社乙", "jv_member", "13116"),
    ]
    assert prices(award) == [("contract_price", 12_345_678, 0)]


def test_joint_venture_that_only_names_its_members() -> None:
    award = one(TOP + notice(winner="鹿見本・霧見本共同企業体（東京都港区芝1-1）"))
    assert [(firm.name, firm.role) for firm in award.suppliers] == [
        ("鹿見本・霧見本共同企業体", "awarded"), ("鹿見本", "jv_member"), ("霧見本", "jv_member"),
    ]  # fmt: skip


def test_firms_that_are_counted_and_not_named() -> None:
    award = one(TOP + notice(winner="株式会社甲ほか1社"))
    assert names(award) == ["株式会社甲"]
    assert any("ほか1社" in warning for warning in award.warnings)


# --- prices ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("12,345,678円", ("contract_price", 12_345_678, 0)),
        ("12,345,678", ("contract_price", 12_345_678, 0)),
        ("1 2 , 3 4 5 , 6 7 8 円", ("contract_price", 12_345_678, 0)),
        ("12,345,\n678 円", ("contract_price", 12_345_678, 0)),
        ("14.90円", ("unit_price", 14.9, 0)),
        ("2,052円（単価）", ("unit_price", 2052, 0)),
        ("28. 61円（単価）", ("unit_price", 28.61, 0)),
        ("@1,500円ほか", ("unit_price", 1500, 0)),
    ],
)
def test_price(printed: str, found: tuple[str, float, int]) -> None:
    assert prices(one(TOP + notice(price=printed))) == [found]


def test_price_too_low_for_the_contract_is_a_unit_price_and_said() -> None:
    award = one(TOP + notice(price="1,744円", rest="⑧ 29.6.29 ⑫ 52,814,160"))
    assert prices(award) == [("unit_price", 1744, 0), ("reserve_price", 52_814_160, None)]
    assert any("1,744円" in warning for warning in award.warnings)


# --- buyers ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("officer", "buyer"),
    [
        ("契約責任者　日本年金機構　理事長代理人　調達管理部長　架空　太郎", "日本年金機構"),
        ("契約責任者 日本年金機構\n理事長代理人 事業推進統括部長 架空 太郎", "日本年金機構"),
        ("契 約 責 任 者 日 本 年 金 機 構 理 事 長 代 理 人 架 空 太 郎", "日本年金機構"),
        ("支出負担行為担当官　厚生労働省大臣官房会計課長　架空　太郎", "厚生労働省大臣官房会計課"),
        ("支出負担行為担当官　厚生労働省大臣官房会計\n課長　架空　太郎", "厚生労働省大臣官房会計課"),
        ("支出負担行為担当官　国税庁　長官官房会計課長　架空　太郎", "国税庁長官官房会計課"),
        ("支出負担行為担当官　国土交通省関東地方整備局　関東地方整備局長　架空　太郎", "国土交通省関東地方整備局"),
        ("支出負担行為担当官 最高裁判所事務総局経理局長 架空 太郎", "最高裁判所事務総局経理局"),
        ("支出負担行為担当官 防衛装備庁長官 架空 太郎", "防衛装備庁"),
        ("支出負担行為担当官　東京労働局　総務部長　架空　太郎", "東京労働局総務部"),
        ("契約担当役　独立行政法人統計センター　理事長　架空　太郎", "独立行政法人統計センター"),
        ("契約担当役 独立行政法人国立印刷局 財務担当理事 架空 太郎", "独立行政法人国立印刷局"),
        ("契約責任者 東日本高速道路株式会社 関東支社 支社長 架空 太郎", "東日本高速道路株式会社関東支社"),
        ("契約担当者　東京都　財務局経理部長　架空　太郎", "東京都財務局経理部"),
        ("分任支出負担行為担当官 関東地方整備局長野国道事務所長 架空 太郎", "関東地方整備局長野国道事務所"),
        ("国立大学法人見本大学 学長 架空 太郎", "国立大学法人見本大学"),
        ("神奈川県知事 架空 太郎", "神奈川県"),
        ("国立研究開発法人見本機構\n契約担当役 財務部長 架空 太郎", "国立研究開発法人見本機構"),
    ],
)
def test_buyer_is_the_organization(officer: str, buyer: str) -> None:
    award = one(HEAD + OPENING + officer + "\n（東京都千代田区霞が関1-2-2）\n" + LEGEND + ORGAN + notice())
    assert award.buyer == buyer


def test_officer_below_the_legend() -> None:
    assert one(HEAD + OPENING + LEGEND + "○" + OFFICER + ORGAN + notice()).buyer == "日本年金機構"


def test_no_officials_name_in_any_output() -> None:
    reading = read(TOP + SEED + OPENING + OFFICER + LEGEND + ORGAN + "② 件名だけ ③ 購入等 ④ 一般\n" + notice("乙業務"))
    printed = json.dumps([award.to_dict() for award in reading.awards], ensure_ascii=False) + str(
        [(refusal.reason, refusal.quote) for refusal in reading.refusals]
    )
    assert "架空" not in printed


def test_buyer_without_a_post_is_never_a_person() -> None:
    award = one(HEAD + OPENING + "契約責任者　架空　太郎\n" + LEGEND + ORGAN + notice())
    assert award.buyer is None
    assert any("buyer" in warning for warning in award.warnings)


# --- what can't be read ------------------------------------------------------------------------------------------------


def test_notice_without_a_winner_is_refused_with_its_place() -> None:
    reading = read(TOP + "① 78 ② 甲業務 ③ 購入等 ④ 一般 ⑤ 29.8.9\n" + notice("乙業務"))
    (refusal,) = reading.refusals
    assert refusal.quote is not None
    assert "甲業務" in refusal.quote
    assert f"line {TOP.count(chr(10)) + 1}" in (refusal.place or "")
    assert [award.title for award in reading.awards] == ["乙業務"]


def test_missing_fields_are_said() -> None:
    award = one(TOP + "① 78 ② 甲業務 ④ 一般 ⑥ 株式会社甲（東京都港区芝1-1）\n")
    assert {"the notice prints no price", "the notice prints no award date"} <= set(award.warnings)


def test_a_quoted_notice_alone() -> None:
    award = one("公示を見てみた\n\n" + SEED + "\nその他、感想 1,234円\n", "gazette-2017-10-02.txt")
    assert names(award) == ["株式会社SAY企画"]
    assert "感想" not in award.source.quote


def test_numbered_prose_is_no_notice() -> None:
    text = (
        SEED
        + "\n① 長年の付き合いで随意契約。\n② 入札にした。③ 1社だけ。④ 一般の人は知らない。⑥ 他社が来た。⑦ 1,000円。\n"
    )
    reading = read(text, "gazette-2017-10-02.txt")
    assert len(reading.awards) == 1
    assert len(reading.refusals) == 1


@pytest.mark.parametrize("unseen", ["\0", "\x1b", "\x9b", "\u200b", "\u200d", "\u202e", "\xad"])
def test_characters_that_nobody_sees_part_no_word(unseen: str) -> None:
    text = TOP + notice(winner="株式会社見本、架空", title="庁舎ﾊﾞ清掃業務") + TOP + SEED
    award, seed = read(text).awards
    pieces = [f"{char}{unseen}" if char in "落掲契⑥庁株責円ﾊ" else char for char in text]
    reading = read("".join(pieces))
    assert reading.refusals == ()
    for found, plain in zip(reading.awards, (award, seed), strict=True):
        assert found.to_dict() | {"award_id": "", "source": {}} == plain.to_dict() | {"award_id": "", "source": {}}
    assert unseen in reading.awards[0].source.quote


def test_notices_under_an_opening_that_is_not_understood_are_refused_with_their_places() -> None:
    other = OPENING.replace("落札", "落・札").replace("者等", "者")
    top = TOP + notice("甲業務") + other + "平成29年10月2日\n"
    reading = read(top + notice("乙業務") + notice("丙業務", winner="架空組合 東京都港区芝1-1"))
    assert [award.title for award in reading.awards] == ["甲業務"]
    line = top.count("\n") + 1
    assert [refusal.place for refusal in reading.refusals] == [f"page 1, line {line}", f"page 1, line {line + 1}"]


def test_notices_counted_in_an_unknown_way_are_refused_beside_others_that_are_read() -> None:
    odd = "ア 78 イ 乙業務 ウ 購入等 エ 一般 オ 29.8.9 カ 株式会社見本 東京都港区芝1-2-3 キ 1,000,000円\n"
    reading = read(TOP + notice("甲業務") + OPENING + OFFICER + odd)
    assert [award.title for award in reading.awards] == ["甲業務"]
    (refusal,) = reading.refusals
    assert "架空" not in (refusal.quote or "")


@pytest.mark.parametrize("row", ["①" * 20_000, "①②③" * 7_000, "⑥" * 50])
def test_a_row_of_circled_numbers_is_refused_once_and_what_stands_around_it_is_read(row: str) -> None:
    reading = read(TOP + notice("甲業務") + row + "\n" + notice("乙業務"))
    assert [award.title for award in reading.awards] == ["甲業務", "乙業務"]
    assert reading.awards[1].to_dict()["procurement_method"] == "open"
    (refusal,) = reading.refusals
    assert refusal.reason == f"a row of {len(row):,} circled numbers with no text between them is no notice."
    assert refusal.place == f"page 1, line {TOP.count(chr(10)) + 2}"
    assert len(read(TOP + notice() + row).refusals) == 1


@pytest.mark.parametrize("head", ["", "官報 （号外政府調達第187号）\n平成0000年10月2日 月曜日\n"])
def test_a_date_of_no_calendar_is_named(head: str) -> None:
    award = one(head + OPENING.replace("平成29年", "平成0000年") + OFFICER + LEGEND + notice())
    assert award.buyer == "日本年金機構"
    assert award.dates.published is None
    assert any("平成0000年10月2日" in warning for warning in award.warnings)


@pytest.mark.parametrize(
    ("text", "is_gazette"),
    [
        (TOP + SEED, True),
        ((TOP + SEED).translate(PRIVATE), True),
        (SEED, True),
        (notice(), True),
        ("① 一つめ ② 二つめ ③ 三つめ", False),
        ("日付,件名,金額\n2017-08-09,清掃,1000\n", False),
        ("", False),
    ],
)
def test_recognition(text: str, is_gazette: bool) -> None:
    assert looks_like_gazette(text) is is_gazette


def test_lines_of_a_pdf_are_counted_on_their_page() -> None:
    text = TOP + SEED
    lines = [Line(line, 3, number, on_page=True) for number, line in enumerate(text.splitlines(), start=1)]
    award = read_gazette(File.of_bytes("g.pdf", b"%PDF-"), lines).awards[0]
    assert (award.source.page, award.source.line) == (3, TOP.count("\n") + 1)
    assert award.award_id.endswith(f":p3-l{TOP.count(chr(10)) + 1}")
