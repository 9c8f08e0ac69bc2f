"""Award notices as issuers of many kinds print them: who buys, how items are counted, and what is no notice of its own."""

from __future__ import annotations

import pytest

from tsukitome.awards import Award
from tsukitome.documents.file import File
from tsukitome.sources.reading import Reading
from tsukitome.sources.recognize import read_file

HEAD = (
    "官報　令和5年6月5日　月曜日　（号外政府調達第102号）\n落札者等の公示\n"
    "　次のとおり落札者等について公示します。\n令和5年6月5日\n"
)
LEGEND = (
    "［掲載順序］①品目分類番号　②調達件名及び数量　③調達方法　④契約方式　⑤落札決定日（随意契約の場合は契約日）　"
    "⑥落札者（随意契約の場合は契約者）の氏名及び住所　⑦落札価格（随意契約の場合は契約価格）　⑧入札公告日又は公示日　"
    "⑨随意契約の場合はその理由　⑩指名業者名（指名競争入札の場合）　⑪落札方式\n"
)
OFFICE = "○支出負担行為担当官　気象庁総務部長　架空　太郎\n◎調達機関番号　020　◎所在地番号　13\n"
NOTICE = (
    "①22　②気象レーダー　1式　③購入等　④一般　⑤5.4.3　⑥架空電波株式会社　東京都三鷹市下連雀5−1−1　⑦512,600,000円　"
    "⑧5.2.13　⑪最低価格\n"
)


def read(text: str, name: str = "gazette.txt") -> Reading:
    return read_file(File.of_bytes(name, text.encode()))


def only(text: str, name: str = "gazette.txt") -> Award:
    reading = read(text, name)
    (award,) = reading.awards
    assert not reading.refusals
    return award


def is_the_radar(award: Award) -> bool:
    (firm,) = award.suppliers
    return (
        award.title.replace(" ", "") == "気象レーダー1式"
        and (firm.name, firm.address) == ("架空電波株式会社", "東京都三鷹市下連雀5-1-1")
        and [(one.role, one.yen) for one in award.amounts] == [("contract_price", 512_600_000)]
        and (str(award.dates.award), str(award.dates.notice)) == ("2023-04-03", "2023-02-13")
        and award.procurement_method == "open"
    )


@pytest.mark.parametrize(
    ("block", "buyer"),
    [
        (
            "○独立行政法人国際協力機構　契約担当役　理事　架空　太郎（東京都千代田区二番町5−25）",
            "独立行政法人国際協力機構",
        ),
        (
            "○独立行政法人国立病院機構架空医療センター\n契約担当役　院長　架空　花子",
            "独立行政法人国立病院機構架空医療センター",
        ),
        ("○国立大学法人架空大学\n契約担当者　理事　架空　一郎\n（京都府京都市左京区吉田本町）", "国立大学法人架空大学"),
        ("○大学共同利用機関法人自然科学研究機構　国立天文台長　架空　太郎", "大学共同利用機関法人自然科学研究機構"),
        ("○地方独立行政法人大阪府立病院機構理事長　架空　太郎", "地方独立行政法人大阪府立病院機構"),
        ("○北海道旅客鉄道株式会社　代表取締役社長　架空　太郎", "北海道旅客鉄道株式会社"),
        ("○東日本高速道路株式会社　関東支社　契約責任者　支社長　架空　太郎", "東日本高速道路株式会社関東支社"),
        ("○横浜市契約事務受任者　横浜市長　架空　太郎", "横浜市"),
        ("横浜市長　架空　太郎", "横浜市"),
        ("○東京都知事　架空　太郎", "東京都"),
        ("○架空市教育委員会教育長　架空　太郎", "架空市教育委員会"),
    ],
)
def test_the_buyer_whoever_signs(block: str, buyer: str) -> None:
    award = only(HEAD + LEGEND + block + "\n◎調達機関番号　020　◎所在地番号　13\n" + NOTICE)
    assert award.buyer == buyer
    assert "架空　太郎" not in award.source.quote
    assert is_the_radar(award)


def test_buyers_one_below_the_other_under_one_legend() -> None:
    blocks = [
        "○国立大学法人架空大学　契約担当役　理事　架空　一郎",
        "○東京都知事　架空　二郎",
        "架空県知事　架空　三郎",
    ]
    reading = read(
        HEAD + LEGEND + "".join(f"{block}\n◎調達機関番号　415　◎所在地番号　01\n{NOTICE}" for block in blocks)
    )
    assert [award.buyer for award in reading.awards] == ["国立大学法人架空大学", "東京都", "架空県"]
    assert all(is_the_radar(award) and "郎" not in award.source.quote for award in reading.awards)


WAYS = {
    "(1)": [f"({number})" for number in range(1, 12)],
    "〔1〕": [f"〔{number}〕" for number in range(1, 12)],
    "〈1〉": [f"〈{number}〉" for number in range(1, 12)],
    "1：": [f" {number}：" for number in range(1, 12)],
    "1．": [f"　{number}．" for number in range(1, 12)],
    "⑴": [chr(0x2474 + at) for at in range(11)],
    "❶": [chr(0x2776 + at) for at in range(10)] + ["⓫"],
    "ア": [f"　{kana}　" for kana in "アイウエオカキクケコサ"],
    "イ": [f"　{kana}　" for kana in "イロハニホヘトチリヌル"],
}


@pytest.mark.parametrize("way", WAYS)
def test_items_counted_in_any_way_that_the_legend_shows(way: str) -> None:
    text = HEAD + LEGEND + OFFICE + NOTICE
    for circled, number in zip("①②③④⑤⑥⑦⑧⑨⑩⑪", WAYS[way], strict=True):
        text = text.replace(circled, number)
    assert is_the_radar(only(text))


ITEMS = {
    "調達件名及び数量": "気象レーダー　1式", "契約方式": "一般競争入札", "落札決定日": "令和5年4月3日",
    "落札者の氏名及び住所": "架空電波株式会社　東京都三鷹市下連雀5−1−1", "落札価格": "512,600,000円",
    "入札公告日": "令和5年2月13日",
}  # fmt: skip


@pytest.mark.parametrize("between", ["：", "　", "\n"])
def test_items_without_numbers_each_on_a_line(between: str) -> None:
    items = "\n".join(label + between + value for label, value in ITEMS.items())
    award = only(HEAD + "支出負担行為担当官　気象庁総務部長　架空　太郎\n" + items + "\n")
    assert is_the_radar(award)
    assert award.buyer == "気象庁総務部"


def test_items_in_a_table_of_two_columns() -> None:
    rows = "".join(f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in ITEMS.items())
    page = f"<html><body><h1>落札者等の公示</h1><p>令和5年6月5日</p><table>{rows}</table></body></html>"
    assert is_the_radar(only(page, "g.html"))


def test_a_legend_in_the_words_of_prefectures() -> None:
    legend = (
        "［掲載順序］①落札に係る物品等の名称及び数量　②契約に関する事務を担当する部局の名称及び所在地　③落札者を決定した日　"
        "④落札者の氏名及び住所　⑤落札金額　⑥落札者を決定した手続　⑦入札公告を行った日\n"
    )
    notice = (
        "①気象レーダー　1式　②架空県総務部　架空県架空市1−1　③令和5年4月3日　④架空電波株式会社　東京都三鷹市下連雀5−1−1　"
        "⑤512,600,000円　⑥一般競争入札　⑦令和5年2月13日\n"
    )
    assert is_the_radar(only(HEAD + legend + "架空県知事　架空　太郎\n" + notice))


def test_contracts_without_competition_under_their_own_sentence() -> None:
    opening = "随意契約に関する公示\n　次のとおり随意契約について公示します。\n令和5年6月5日\n"
    notice = NOTICE.replace("④一般", "④随意").replace("⑧5.2.13　⑪最低価格", "⑨a「排他的権利の保護」")
    award = only(opening + LEGEND + OFFICE + notice)
    assert award.procurement_method == "limited"
    assert str(award.dates.contract) == "2023-04-03"


@pytest.mark.parametrize(
    "correction",
    [
        "正誤\n令和5年5月8日（号外政府調達第80号）掲載の落札者等の公示中、「⑦12,000,000円」は「⑦21,000,000円」の誤り。\n",
        "落札者等の公示の取消し\n　次のとおり落札者等の公示を取り消します。\n令和5年6月5日\n"
        "支出負担行為担当官　気象庁総務部長　架空　太郎\n"
        "②架空装置　1台　⑥株式会社架空　⑦50,000,000円　を取り消す。\n",
    ],
)
def test_corrections_are_named_and_make_no_award(correction: str) -> None:
    reading = read(HEAD + LEGEND + OFFICE + NOTICE + correction)
    (award,) = reading.awards
    assert is_the_radar(award)
    (refusal,) = reading.refusals
    assert "corrects or withdraws" in refusal.reason
    assert refusal.place == "page 1, line 9"
    assert "架空　太郎" not in (refusal.quote or "")


@pytest.mark.parametrize(
    "told",
    [
        "件名　見本装置の購入　1台\n落札者　株式会社見本架空　東京都北区王子1−1−1\n落札金額　77,000,000円\n",
        "　見本装置の購入は、令和5年4月10日、株式会社見本架空（東京都北区王子1−1−1）が77,000,000円で落札した。\n",
    ],
)
def test_an_award_told_outside_its_section_is_refused_with_its_place(told: str) -> None:
    tender = "入札公告\n　次のとおり一般競争入札に付します。\n1　落札者の決定方法　最低の価格の入札を行った者を落札者とする。\n"
    reading = read(HEAD + LEGEND + OFFICE + NOTICE + tender + told)
    assert [is_the_radar(award) for award in reading.awards] == [True]
    (refusal,) = reading.refusals
    assert "looks like a notice" in refusal.reason
    assert "株式会社見本架空" in (refusal.quote or "")
    assert read(HEAD + LEGEND + OFFICE + NOTICE + tender).refusals == ()


def test_the_same_as_above() -> None:
    second = NOTICE.replace("気象レーダー", "雨量計").replace("⑤5.4.3", "⑤同日").replace("⑧5.2.13", "⑧同上")
    second = second.replace("架空電波株式会社　東京都三鷹市下連雀5−1−1", "同上")
    _, award = read(HEAD + LEGEND + OFFICE + NOTICE + second).awards
    assert (award.suppliers[0].name, award.suppliers[0].address) == ("架空電波株式会社", "東京都三鷹市下連雀5-1-1")
    assert (str(award.dates.award), str(award.dates.notice)) == ("2023-04-03", "2023-02-13")
    award = only(HEAD + LEGEND + OFFICE + second)
    assert award.suppliers == ()
    assert any("同上" in warning for warning in award.warnings)


@pytest.mark.parametrize(
    ("winner", "firms"),
    [
        ("Fictional Aero Inc.　100 Main Street, Boston, MA, U.S.A.", [("Fictional Aero Inc.", "100 Main Street,Boston,MA,U.S.A.")]),
        ("代表者　架空建設株式会社　東京都中央区京橋1−1", [("架空建設株式会社", "東京都中央区京橋1-1")]),
        ("株式会社架空　住所　東京都港区芝1−1−1", [("株式会社架空", "東京都港区芝1-1-1")]),
        (
            "A地区　株式会社架空　東京都港区芝1−1−1　B地区　株式会社見本架空　東京都北区王子2−2−2",
            [("株式会社架空", "東京都港区芝1-1-1"), ("株式会社見本架空", "東京都北区王子2-2-2")],
        ),
    ],
)  # fmt: skip
def test_winners(winner: str, firms: list[tuple[str, str]]) -> None:
    award = only(HEAD + LEGEND + OFFICE + NOTICE.replace("架空電波株式会社　東京都三鷹市下連雀5−1−1", winner))
    assert [(firm.name, firm.address) for firm in award.suppliers] == firms


@pytest.mark.parametrize("day", ["五・四・三", "令和五年四月三日", "R5.4.3", "2023.4.3"])
def test_days(day: str) -> None:
    assert is_the_radar(only(HEAD + LEGEND + OFFICE + NOTICE.replace("⑤5.4.3", f"⑤{day}")))


def test_yen_and_sen() -> None:
    award = only(HEAD + LEGEND + OFFICE + NOTICE.replace("512,600,000円", "25円83銭（1kWh当たり単価）"))
    assert [(one.role, float(one.yen)) for one in award.amounts] == [("unit_price", 25.83)]
