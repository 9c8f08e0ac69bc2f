from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.awards import AmountRole
from tsukitome.normalize.money import read_money, read_money_with_warnings
from tsukitome.normalize.tax import tax_of

CELL: AmountRole = "contract_price"  # the role that the price column gives


def readings(printed: str, default: AmountRole | None = CELL, unit: int = 1) -> list[tuple[str, float]]:
    return [(mention.role, mention.yen) for mention in read_money(printed, default, unit)]


def quotes(printed: str, default: AmountRole | None = CELL) -> list[str]:
    return [mention.quote for mention in read_money(printed, default)]


def test_the_unit_price_of_the_seed_is_neither_ninety_yen_nor_a_total() -> None:
    assert readings("14.90円(他複数単価契約)") == [("unit_price", 14.9)]
    assert quotes("14.90円(他複数単価契約)") == ["14.90円(他複数単価契約)"]
    assert readings("@14.90他 複数単価契約") == [("unit_price", 14.9)]
    assert quotes("@14.90他 複数単価契約") == ["@14.90他 複数単価契約"]


def test_a_letter_spaced_price_of_the_gazette_is_one_number() -> None:
    assert readings("1 4 .9 0 円( 他 複 数 単 価 契 約 )") == [("unit_price", 14.9)]
    assert readings("2 4 2 , 1 4 3 , 5 6 0", "reserve_price") == [("reserve_price", 242_143_560)]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("29,788,626円", [("contract_price", 29_788_626)]),
        ("１２３，４５６", [("contract_price", 123_456)]),
        ("一億八千二百五十四万七千円", [("contract_price", 182_547_000)]),
        ("1億2,345万円", [("contract_price", 123_450_000)]),
        ("182,547千円", [("contract_price", 182_547_000)]),
        ("182.547.000円", [("contract_price", 182_547_000)]),
        ("182,547,\n000円", [("contract_price", 182_547_000)]),
        ("31389000.00", [("contract_price", 31_389_000)]),
        ("￥1,234,567-", [("contract_price", 1_234_567)]),
        ("＠1,500円ほか", [("unit_price", 1500)]),
        ("@10,000円/ほか", [("unit_price", 10_000)]),
        ("月額１２３，４５６円", [("unit_price", 123_456)]),
        ("2,268,000/(月額）", [("unit_price", 2_268_000)]),
        ("日額 12,000円", [("unit_price", 12_000)]),
        ("500円/回", [("unit_price", 500)]),
        ("175200円／シフト", [("unit_price", 175_200)]),
        ("1件当たり500円", [("unit_price", 500)]),
        ("実施1回あたり\n690,000", [("unit_price", 690_000)]),
        ("口座振替済1件につき10円", [("unit_price", 10)]),
        ("利用料金\n397円/件ほか", [("unit_price", 397)]),
        ("小型初乗り\n710円\nほか", [("unit_price", 710)]),
        ("「点字　小　光村　書写　3－1」3冊4,500円ほか", [("unit_price", 4500)]),
        ("15.12円/kWh", [("unit_price", 15.12)]),
        ("12,345,678円（単価契約）", [("contract_price", 12_345_678)]),
        ("契約金額 14.90円（他複数単価契約）", [("unit_price", 14.9)]),
        ("106,164,000\n①106,163,124", [("contract_price", 106_164_000), ("contract_price", 106_163_124)]),
        ("@200ほか\n（支出実績：20,876,373）", [("unit_price", 200), ("paid_total", 20_876_373)]),
        ("（年額）4,200,000円\n（相談料）@5,250円", [("unit_price", 4_200_000), ("unit_price", 5250)]),
        ("178,200／シフト\n（12シフト、総額2,138,400）", [("unit_price", 178_200), ("contract_price", 2_138_400)]),
        ("1,234,567\n（予定総価）", [("estimated_total", 1_234_567)]),
        ("7,948,500円（うち消費税588,777円）", [("contract_price", 7_948_500)]),
        ("0", [("contract_price", 0)]),
    ],
)
def test_a_cell_of_the_price_column(printed: str, expected: list[tuple[str, float]]) -> None:
    assert readings(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("調達見込総額 182,547,000円", [("estimated_total", 182_547_000)]),
        ("単価契約（契約金額18,608,782円）", [("contract_price", 18_608_782)]),
        ("単価契約\n単価×予定数量\n＝3,805,998\n最終支出額は3,672,309である。",
         [("estimated_total", 3_805_998), ("paid_total", 3_672_309)]),
        ("単価契約\n調達予定総額\n\\5,648,494.-\n最終支出額は2,783,233円である。",
         [("estimated_total", 5_648_494), ("paid_total", 2_783_233)]),
        ("予定価格総額12,345,678円、最終支出額は11,234,567円である。",
         [("reserve_price", 12_345_678), ("paid_total", 11_234_567)]),
        ("単価契約（平成30年度単価額：10,260円／人）", [("unit_price", 10_260)]),
        ("月額単価（1,234,567円）", [("unit_price", 1_234_567)]),
        ("単価契約　　予定調達総額　　　　13,316,100円", [("estimated_total", 13_316_100)]),
        ("単価契約\n2,396,027円", [("estimated_total", 2_396_027)]),
        ("連名契約\n123,456,789円", [("contract_price", 123_456_789)]),
    ],
)  # fmt: skip
def test_a_remark(printed: str, expected: list[tuple[str, float]]) -> None:
    assert readings(printed, None) == expected


@pytest.mark.parametrize("default", [None, CELL])
@pytest.mark.parametrize(
    "printed",
    ["", "-", "－", "単価契約 12件", "単価契約", "3回", "第3回", "平成29年8月9日", "29.8.9", "3/26→", "75.39%",
     "4013301020174", "法人番号4013301020174", "契約期間：平成29年8月9日～平成30年3月31日", "契約期間H29.8.9～H30.3.31",
     "契約金額は1件あたり", "契約金額が100万円未満のため", "三者契約", "非公表",
     "同種の他の契約の予定価格を類推されるおそれがあるため公表しない", "2016/3/10変更契約￥500,000増", "US$ 40,570.00"],
)  # fmt: skip
def test_what_is_no_amount(printed: str, default: AmountRole | None) -> None:
    assert readings(printed, default) == []


def test_a_number_without_yen_in_a_remark_is_no_amount() -> None:
    assert readings("公益法人分\n123,456,789", None) == []


@pytest.mark.parametrize(
    "printed",
    ["9,240,000\n（内訳：本庁7,040,000、支部2,200,000）", "9,240,000円（うち令和6年度分 3,080,000円）",
     "9,240,000円　内訳　本体8,400,000円　諸経費840,000円", "9,240,000円（本庁7,040,000円、支部2,200,000円）",
     "本庁7,040,000円\n支部2,200,000円\n計9,240,000円", "総額 9,240,000円 うち当局分担額 3,300,000円"],
)  # fmt: skip
def test_parts_of_a_price_are_no_prices_and_are_said(printed: str) -> None:
    reading = read_money_with_warnings(printed, CELL)
    assert [(mention.role, mention.yen) for mention in reading.mentions] == [("contract_price", 9_240_000)]
    assert len(reading.warnings) == 1


def test_a_price_per_unit_within_a_breakdown_makes_no_unit_price_of_the_total() -> None:
    parts = [("contract_price", 9_240_000), ("unit_price", 770_000)]
    assert readings("9,240,000円（内訳：月額770,000円×12月）") == readings("9,240,000円（770,000円×12月）") == parts


@pytest.mark.parametrize(
    "printed",
    ["9,240,000円（税抜8,400,000円）", "8,400,000円（税込9,240,000円）", "税抜き 8,400,000円\n税込み 9,240,000円",
     "9,240,000（8,400,000）", "本体8,400,000円　消費税840,000円　合計9,240,000円"],
)  # fmt: skip
def test_of_a_price_without_and_with_tax_in_one_cell_the_one_with_it_is_the_price(printed: str) -> None:
    reading = read_money_with_warnings(printed, CELL)
    assert [(mention.role, mention.yen, mention.tax) for mention in reading.mentions] == [(CELL, 9_240_000, "included")]
    assert any("8,400,000" in warning for warning in reading.warnings)


def test_two_prices_that_are_no_such_pair_are_both_kept() -> None:
    assert readings("1,000,000円\n1,100,000円") == [(CELL, 1_000_000), (CELL, 1_100_000)]
    assert readings("1,000,000円（第2区 1,100,000円）") == [(CELL, 1_000_000), (CELL, 1_100_000)]


def test_the_tax_itself_is_no_price() -> None:
    (price,) = read_money("10,000,000円（別途消費税等1,000,000円）", CELL)
    assert (price.yen, price.tax) == (10_000_000, "excluded")
    assert readings("3,300,000円 消費税及び地方消費税 300,000円") == [(CELL, 3_300_000)]
    assert readings("契約金額（消費税及び地方消費税を含む。）3,300,000円") == [(CELL, 3_300_000)]


def test_a_total_is_told_by_the_years_or_months_that_it_is_for() -> None:
    assert readings("年額13,200,000円（3か年 39,600,000円）") == [("unit_price", 13_200_000), (CELL, 39_600_000)]
    assert readings("16,500,000円\n（3か年49,500,000円）") == [("unit_price", 16_500_000), (CELL, 49_500_000)]
    assert readings("110,000円（税込）×12か月") == [("unit_price", 110_000)]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("118,800,000（3年間）", [(CELL, 118_800_000)]),
        ("kg単価 88円（年間見込 4,400,000円）", [("unit_price", 88), ("estimated_total", 4_400_000)]),
        ("16,500,000円（下取額 110,000円）", [(CELL, 16_500_000)]),
        ("1時間 16,500円", [("unit_price", 16_500)]),
        ("1台 1,650,000円", [(CELL, 1_650_000)]),
        ("令和5年4月1日 1,650,000円", [(CELL, 1_650_000)]),
        ("第1回 1,650,000円", [(CELL, 1_650_000)]),
        ("年間 1,200,000円", [("unit_price", 1_200_000)]),
        ("5,500,000円（前年度5,400,000円）", [(CELL, 5_500_000)]),
        ("5,500,000円\n※予算額6,000,000円", [(CELL, 5_500_000)]),
        ("5,500,000円（増額550,000円）", [(CELL, 5_500_000)]),
        ("総価 5,500,000円／単価 1,100円", [(CELL, 5_500_000), ("unit_price", 1100)]),
        ("5,500,000円\n（@1,100円×5,000）", [(CELL, 5_500_000), ("unit_price", 1100)]),
        ("9,240,000円\n令和5年度 3,080,000円\n令和6年度 6,160,000円", [(CELL, 9_240_000)]),
        ("令和5年度 1,000,000円\n令和6年度 2,000,000円", []),
    ],
)
def test_what_stands_beside_a_price_is_not_taken_for_it(printed: str, expected: list[tuple[str, float]]) -> None:
    assert readings(printed) == expected


@pytest.mark.parametrize("rate", ["1ドル＝135円", "1ドル135円", "135円/USD", "1ユーロは160円"])
def test_a_rate_of_exchange_is_no_price(rate: str) -> None:
    assert readings(f"US$45,000.00（6,075,000円、{rate}）") == [(CELL, 6_075_000)]
    assert readings(rate, None) == []


def test_a_price_after_a_change_is_quoted_with_the_words_for_it() -> None:
    assert quotes("9,900,000円\n（変更契約後11,000,000円）") == ["9,900,000円", "変更契約後11,000,000円"]
    assert quotes("R5.12.1 変更後契約金額：5,870,440円", None) == ["変更後契約金額：5,870,440円"]


def test_an_approximate_contract_is_an_estimate() -> None:
    assert readings("概算契約\n5,500,000円") == [("estimated_total", 5_500_000)]
    assert readings("概算払　5,500,000円") == [(CELL, 5_500_000)]


def test_parts_without_their_total_and_lots_that_happen_to_add_up_are_kept() -> None:
    assert readings("内訳　A地区1,000,000円　B地区2,000,000円") == [(CELL, 1_000_000), (CELL, 2_000_000)]
    assert [yen for _, yen in readings("①1,100,000円\n②2,200,000円\n③3,300,000円")] == [1_100_000, 2_200_000, 3_300_000]


def test_a_list_of_item_prices_is_no_total_but_its_sum_is() -> None:
    hall = "会場使用料155,000円\n机借料350円/台\n椅子借料140円/台"
    items = [("unit_price", 155_000), ("unit_price", 350), ("unit_price", 140)]
    assert readings(hall) == items
    assert readings(f"{hall}\n総額1,168,684円") == [*items, ("contract_price", 1_168_684)]
    assert readings(f"{hall}\n1,168,684円") == [*items, ("contract_price", 1_168_684)]
    assert readings("ＧＭサーベイメータ　　　 22,260\nシンチレーションサーベイメータ  31,500") == [
        ("unit_price", 22_260),
        ("unit_price", 31_500),
    ]


def test_a_quote_is_as_printed_with_its_label() -> None:
    assert quotes("調達見込総額 182,547,000円", None) == ["調達見込総額 182,547,000円"]
    assert quotes("＠１，５００円ほか") == ["＠１，５００円ほか"]
    assert quotes("@200ほか\n（支出実績：20,876,373）") == ["@200ほか", "支出実績：20,876,373"]
    assert quotes("1件当たり500円") == ["1件当たり500円"]
    assert quotes("月額単価（1,234,567円）") == ["単価（1,234,567円）"]


def test_thousands_are_for_plain_numbers_only() -> None:
    assert readings("182,547", unit=1000) == [("contract_price", 182_547_000)]
    assert readings("182,547,000円", unit=1000) == [("contract_price", 182_547_000)]
    assert readings("182,547千円", unit=1000) == [("contract_price", 182_547_000)]
    assert readings("183百万円", unit=1000) == [("contract_price", 183_000_000)]
    assert readings("@14.90円", unit=1000) == [("unit_price", 14.9)]


def test_a_dot_printed_for_a_comma_is_read_and_said() -> None:
    (mention,) = read_money("＠34.650円ほか", CELL)
    assert (mention.role, mention.yen, mention.quote) == ("unit_price", 34_650, "＠34.650円ほか")
    assert mention.warning == "'34.650' read as 34,650: a dot printed for a comma"
    assert readings("15.123円/kWh") == [("unit_price", 15.123)]


@pytest.mark.parametrize("printed", ["@1,624,35", "-1,234", "△1,234円", "US$ 40,570.00"])
def test_what_looks_like_an_amount_and_can_not_be_read_leaves_a_warning(printed: str) -> None:
    reading = read_money_with_warnings(printed, CELL)
    assert reading.mentions == ()
    assert len(reading.warnings) == 1


def test_tax_is_of_the_amount_beside_it_else_of_the_cell() -> None:
    first, second = read_money("予定価格 10,000円（税込）、契約金額 9,000円（税抜）", None)
    assert (first.tax, second.tax) == ("included", "excluded")
    assert [mention.tax for mention in read_money("@200他\n(消費税別)", CELL)] == ["excluded"]
    assert tax_of("消費税及び地方消費税を含む") == "included"
    assert tax_of("12,000円") is None


def test_a_reserve_price_per_unit_is_a_unit_price() -> None:
    assert readings("単価12,000円", "reserve_price") == [("unit_price", 12_000)]
    assert readings("@26,460", "reserve_price") == [("unit_price", 26_460)]


@given(st.integers(min_value=100, max_value=10**12 - 1))
def test_a_printed_total_comes_back(yen: int) -> None:
    for printed in (f"{yen:,}", f"{yen:,}円", f"契約金額：{yen:,}円", str(yen)):
        assert readings(printed) == [("contract_price", yen)]


@given(st.text(alphabet="0123456789,.円千万億@/()（）ほか他単価契約総額月年日件-△ \n", max_size=40))
def test_no_text_breaks_it_and_no_amount_is_negative(printed: str) -> None:
    for mention in read_money(printed, CELL):
        assert mention.yen >= 0
        assert mention.quote in printed
