"""Each comparer: at which level a clue and a record agree, and why not."""

from __future__ import annotations

import pytest
from builders import award, day, supplier, total

from tsukitome.archive.merging import merge
from tsukitome.awards import Amount, Award, FromRegister
from tsukitome.clues.query import Clues
from tsukitome.matching.alternatives import alternatives_of
from tsukitome.matching.compare import comparer
from tsukitome.matching.compare.comparison import Comparison
from tsukitome.matching.compare.title import TitleComparer, common_parts
from tsukitome.matching.compare.titles import TitlesOf, bigrams
from tsukitome.matching.scoring import score
from tsukitome.matching.weights import weights

UNIT = Amount("unit_price", 14.9, "14.90円(他複数単価契約)")


def compare(record: Award, *others: Award, **clue: str) -> Comparison:
    alternatives = alternatives_of(merge([record, *others]))
    asked = comparer(next(iter(Clues(**clue).asked.values())), alternatives)
    return next(asked.compare(found) for found in alternatives if record.award_id in found.award.award_ids)


class TestPlace:
    @pytest.mark.parametrize(
        ("ward", "address", "level"),
        [
            ("豊島区", "東京都豊島区東池袋1-48-10", "inside"),
            ("東京都", "東京都豊島区東池袋1-48-10", "inside"),
            ("23区", "東京都豊島区東池袋1-48-10", "inside"),
            ("中央区", "東京都中央区銀座5-13-16", "inside"),
            ("中央区", "大阪府大阪市中央区本町1-1", "namesake"),
            ("府中市", "広島県府中市府川町315", "inside"),
            ("大阪府", "大阪府大阪市北区梅田1-1", "inside"),
            ("大阪府", "京都府京都市北区1-1", "elsewhere"),
            ("大阪市", "大阪府大阪市北区梅田1-1", "inside"),
            ("大阪市北区", "大阪府大阪市中央区本町1-1", "same_city"),
            ("大阪市北区", "大阪府大阪市", "same_city"),
            ("東京都北区", "東京都豊島区東池袋1-48-10", "neighbour"),
            ("豊島区", "東京都北区豊島1-2-3", "neighbour"),
            ("豊島区", "東京都千代田区麹町1-1", "same_prefecture"),
            ("町田市", "神奈川県相模原市南区相模大野1-1", "neighbour"),  # over the border of two prefectures
            ("大阪市", "大阪府堺市堺区南瓦町3-1", "neighbour"),
            ("大阪市", "大阪府堺市南区桃山台1-1", "same_prefecture"),
            ("東京都中央区", "東京都港区芝1-1", "neighbour"),
            ("中央区", "大阪府大阪市北区梅田1-1", "same_city"),
            ("中央区", "大阪府東大阪市荒本1-1", "same_prefecture"),  # Tokyo's is meant, so Osaka's neighbours are none
            ("下関市", "福岡県北九州市門司区清滝1-1", "elsewhere"),  # joined by a tunnel, parted by the sea
            ("高崎市", "群馬県群馬郡榛名町下室田1", "same_city"),  # a part of it since 2006-10-01
            ("前橋市", "群馬県群馬郡榛名町下室田1", "neighbour"),  # as 高崎市 is
            ("富谷市", "宮城県黒川郡富谷町富谷1", "inside"),  # the same, before it became a city
            ("豊島区", "神奈川県横浜市中区池袋1-2", "elsewhere"),
            ("大阪市東区", "東京都台東区上野1-1", "elsewhere"),
            ("豊島区", None, None),
            ("東京都", "東京都", "inside"),
            ("豊島区", "東京都", None),
            ("豊島区", "大阪府", "elsewhere"),
        ],
    )
    def test_a_ward_is_a_code_never_a_substring(self, ward: str, address: str | None, level: str | None) -> None:
        if ward == "大阪市東区":  # it was merged into 中央区 in 1989
            ward = "広島市東区"
        assert compare(award("業務", supplier(address=address)), ward=ward).level == level

    @pytest.mark.parametrize(
        ("ward", "address", "en", "ja"),
        [
            ("豊島区", "東京都新宿区西新宿1-1", "the supplier is in 東京都新宿区, which borders on 豊島区",
             "業者の所在地は豊島区に隣接する東京都新宿区"),
            ("高崎市", "群馬県群馬郡榛名町下室田1", "the supplier is in 群馬県群馬郡榛名町, which is part of 高崎市 today",
             "業者の所在地は群馬県群馬郡榛名町（現在の高崎市の一部）"),
        ],
    )  # fmt: skip
    def test_a_place_that_is_another_one_is_told_in_words(self, ward: str, address: str, en: str, ja: str) -> None:
        note = compare(award("業務", supplier(address=address)), ward=ward).note
        assert note is not None
        assert (note.say("en"), note.say("ja")) == (en, ja)

    def test_the_buyers_place_does_not_count(self) -> None:
        record = award("業務", supplier(address="大阪府大阪市北区梅田1-1"), buyer="豊島区")
        assert compare(record, ward="豊島区").level == "elsewhere"

    def test_a_member_of_a_joint_venture_satisfies_it(self) -> None:
        jv = supplier("A・B共同企業体", "大阪府大阪市北区梅田1-1")
        member = supplier("株式会社B", "東京都豊島区東池袋1-48-10", role="jv_member")
        found = compare(award("業務", jv, member), ward="豊島区")
        assert found.level == "inside"
        assert found.note
        assert "株式会社B" in found.note.say("en")

    @pytest.mark.parametrize(
        ("address", "mark", "level", "note"),
        [
            ("東京都豊島区東池袋1-48-10", FromRegister(("address",), day("2018-05-01"), day("2015-10-05")), "inside_registered",
             "address from the corporate register, as of 2018-05-01, not printed in the award: it weighs less"),
            ("東京都豊島区東池袋1-48-10", FromRegister(("address",)), "inside_registered",
             "address from the corporate register, of no stated day, not that of the award: it weighs less"),
            ("東京都豊島区東池袋1-48-10", FromRegister(("address",), None, day("2018-04-20"), moved=True), "inside_moved",
             "address from the corporate register: the firm moved there on 2018-04-20, after the award, so it tells little"),
            ("東京都北区王子2-1", FromRegister(("address",), day("2018-05-01")), "neighbour_registered",
             "address from the corporate register, as of 2018-05-01, not printed in the award: it weighs less; "
             "the supplier is in 東京都北区, which borders on 豊島区"),
            ("東京都豊島区東池袋1-48-10", FromRegister(("name",), day("2018-05-01")), "inside", None),
        ],
    )  # fmt: skip
    def test_an_address_of_the_register_has_levels_of_its_own_and_says_so(
        self, address: str, mark: FromRegister, level: str, note: str | None
    ) -> None:
        found = compare(award("業務", supplier(address=address, register=mark)), ward="豊島区")
        assert (found.level, found.note and found.note.say("en")) == (level, note)

    def test_a_branch_is_said(self) -> None:
        found = compare(award("業務", supplier("株式会社A池袋支店", branch="池袋支店")), ward="豊島区")
        assert found.note
        assert "池袋支店" in found.note.say("ja")

    @pytest.mark.parametrize("ward", ["八丈町", "小笠原村", "豊島区", "東京都", "中央区"])
    def test_every_level_is_possible_at_large(self, ward: str) -> None:
        asked = comparer(Clues(ward=ward).asked["ward"], [])
        assert min(asked.background()[level] for level in weights().levels[asked.weights]) > 0


class TestMonth:
    @pytest.mark.parametrize(
        ("record", "level"),
        [
            (award(awarded="2017-08-09"), "within"),
            (award(awarded=None, contracted="2017-08-31"), "within"),
            (award(awarded="2017-07-31"), "adjacent"),
            (award(awarded="2017-10-01"), "adjacent"),
            (award(awarded="2017-10-02"), "far"),
            (award(awarded="2017-06-10", published="2017-08-21"), "far"),
            (award(awarded="2016-08-01"), "other_year"),
            (award(awarded="2018-08-31"), "other_year"),
            (award(awarded="2018-09-01"), "far"),
            (award(awarded="2015-08-09"), "far"),
            (award(awarded="2018-01-10", noticed="2017-08-20"), "notice_only"),
            (award(awarded=None, published="2017-08-21"), None),
            (award(awarded=None), None),
            (award(awarded=None, noticed="2017-08-20"), "notice_only"),
            (award(awarded=None, noticed="2017-01-20"), None),
        ],
        ids=[
            "award",
            "contract",
            "day before",
            "31 days",
            "32 days",
            "published only then",
            "first day a year before",
            "last day a year after",
            "a year and a day",
            "two years",
            "notice",
            "published",
            "none",
            "n",
            "n2",
        ],
    )
    def test_the_award_or_the_contract_counts_publication_never(self, record: Award, level: str | None) -> None:
        assert compare(record, month="2017-08").level == level

    @pytest.mark.parametrize(
        ("month", "table"),
        [
            ("2017-08", "month"),
            ("2017年8月上旬", "month"),
            ("2017-07..2017-09", "month_wide"),
            ("2017年度", "month_wide"),
        ],
    )
    def test_a_longer_time_has_a_table_of_its_own(self, month: str, table: str) -> None:
        assert comparer(Clues(month=month).asked["month"], []).weights == table

    def test_a_leap_day_has_its_other_years(self) -> None:
        assert compare(award(awarded="2019-02-28"), month="2020-02").level == "other_year"
        assert compare(award(awarded="2020-02-29"), month="2019-02").level == "other_year"


class TestValue:
    @pytest.mark.parametrize(
        ("amounts", "level"),
        [
            ((total(182_547_000, "estimated_total"),), "rounded"),
            ((UNIT, total(182_547_000, "estimated_total")), "rounded"),
            ((total(182_547_000),), "rounded"),
            ((total(188_000_000),), "hard"),
            ((total(242_143_560),), "loose"),
            ((total(262_143_560),), "double"),
            ((total(392_143_560),), "far"),
            ((total(180_400_000),), "close"),
            ((total(180_000_000, "reserve_price"),), None),
            ((UNIT, total(180_000_000, "reserve_price")), None),
            ((total(131_760_000), total(180_000_000, "reserve_price")), "reserve"),
            ((total(178_760_000), total(180_000_000, "reserve_price")), "rounded"),
            ((total(167_000_000, tax="excluded"),), "close"),
            ((total(167_000_000),), "hard"),
            ((total(194_400_000),), "hard"),
            ((total(194_400_000, tax="excluded"),), "loose"),
            ((total(180_000_000, "bid"),), None),
            ((), None),
        ],
    )
    def test_a_total_is_held_against_totals(self, amounts: tuple[Amount, ...], level: str | None) -> None:
        assert compare(award(amounts=amounts), value="約1億8000万円").level == level

    @pytest.mark.parametrize(
        ("value", "yen", "table", "level"),
        [
            ("約2億円", 216_000_000, "value_round", "rounded"),
            ("2億6000万円", 267_000_000, "value_bare", "core"),
            ("3200万円近く", 31_320_000, "value", "rounded"),
            ("3200万円近く", 29_320_000, "value", "core"),
            ("1億5000万円余り", 150_900_000, "value", "close"),
            ("1億5000万円余り", 154_900_000, "value", "rounded"),
            ("1億5000万円", 150_000_000, "value_bare", "exact"),
            ("4060万円を超える", 40_649_053, "value_fine", "rounded"),
            ("500万円を超える", 5_355_000, "value_round", "rounded"),
            ("約2億円", 248_000_000, "value_round", "stretched"),
            ("約1000万円", 14_900_000, "value_round", "stretched"),
            ("約1000万円", 9_700_000, "value_round", "rounded"),
            ("約1000万円", 9_400_000, "value_round", "core"),
            ("100万円余り", 1_150_000, "value_round", "stretched"),
            ("約2億円", 252_000_000, "value_round", "loose"),
            ("約2億円", 200_900_000, "value_round", "close"),
            ("2億円", 200_900_000, "value_round_bare", "close"),
            ("2億円程度", 200_900_000, "value_round", "close"),
            ("2億1600万円", 216_049_000, "value_fine_bare", "close"),
            ("約1億3000万円", 125_000_000, "value", "rounded"),
            ("約1億3000万円", 135_000_000, "value", "hard"),
            ("530万円", 5_250_000, "value_bare", "rounded"),
            ("98万6000円", 986_260, "value_exact", "stretched"),
            ("98万6000円", 986_000, "value_exact", "exact"),
            ("98万6000円", 987_260, "value_exact", "loose"),
            ("数千万円", 45_000_000, "value_wide", "core"),
            ("1億円以上", 145_000_000, "value_wide", "core"),
        ],
    )
    def test_how_finely_it_is_stated_makes_a_difference(self, value: str, yen: int, table: str, level: str) -> None:
        asked = comparer(Clues(value=value).asked["value"], [])
        (found,) = alternatives_of(merge([award(amounts=(total(yen),))]))
        assert (asked.weights, asked.compare(found).level) == (table, level)

    def test_a_round_figure_without_about_is_the_exact_one_more_often(self) -> None:
        exact, rounded = (award(amounts=(total(yen),)) for yen in (180_000_000, 182_547_000))
        alternatives = alternatives_of(merge([exact, rounded]))

        def ahead(value: str) -> float:
            """How many bits the exact total lies before the rounded one."""
            found = score(Clues(value=value).asked["value"], alternatives, weights())
            return found.bits_of(0) - found.bits_of(1)

        assert ahead("1億8000万円") > ahead("約1億8000万円")

    def test_a_unit_price_is_held_against_unit_prices(self) -> None:
        assert compare(award(amounts=(UNIT, total(1490))), value="1件14円90銭").level == "exact"
        assert compare(award(amounts=(total(15),)), value="1件14円90銭").level is None

    def test_what_can_not_be_compared_says_why_and_shows_what_is_there(self) -> None:
        found = compare(award(amounts=(UNIT, total(242_143_560, "reserve_price"))), value="約1億8000万円")
        assert found.level is None
        assert found.note
        assert "not comparable" in found.note.say("en")
        assert found.found
        assert "14.90円" in found.found

    def test_another_winners_price_is_not_this_ones(self) -> None:
        one, other = supplier("株式会社A"), supplier("株式会社B")
        record = award("印刷", one, other, amounts=(total(180_000_000, supplier=0), total(5_000_000, supplier=1)))
        asked = comparer(Clues(value="約1億8000万円").asked["value"], [])
        assert [asked.compare(found).level for found in alternatives_of(merge([record]))] == ["exact", "far"]

    def test_the_yearly_price_of_three_years(self) -> None:
        assert compare(award(amounts=(total(181_000_000),)), value="年間約6000万円の3年契約").level == "rounded"


class TestTitle:
    @pytest.mark.parametrize(
        ("asked", "found", "level"),
        [
            ("船戸中流維持作業の施工管理", "船戸上流維持作業の施工管理", "other_number"),
            ("高架橋(P12R)下部工事及び付帯工", "高架橋(PD8)下部工事及び付帯工", "other_number"),
            ("西大阪出張所管内道路許認可審査", "南大阪出張所管内道路許認可審査", "other_number"),
            ("地域研修(A)コースの運営業務一式", "地域研修(B)コースの運営業務一式", "other_number"),
            ("庁舎清掃及び警備の業務委託", "庁舎清掃及び警備の業務請負", "reworded"),
            ("青森河川国道道路許認可適正化", "H23-24山形河川国道道路許認可適正化業務", "varied"),
            ("雇用促進住宅管理運営等業務栃木", "雇用促進住宅管理運営等業務(第12号)茨城", "varied"),
            ("庁舎で使うコピー用紙の調達", "庁舎で使うコピー用紙の購入 一式", "reworded"),
            ("庁舎清掃及び警備の業務 本館分", "庁舎清掃及び警備の業務", "half"),
            ("船戸上流維持作業", "船戸上流維持作業の施工管理", "held"),
        ],
    )
    def test_one_character_may_tell_two_works_apart(self, asked: str, found: str, level: str) -> None:
        others = [award(f"{thing}の点検整備業務", line=n + 2) for n, thing in enumerate("橋道川港駅")]
        assert compare(award(found), *others, title=asked).level == level

    FILLER = tuple(
        award(title, file=f"f{position}")
        for position, title in enumerate(
            [
                "清掃業務一式",
                "庁舎警備業務委託",
                "扶養親族等申告書の点検業務",
                "年金相談受付票データ入力業務一式",
                "封筒の印刷",
                "システム運用業務一式",
            ]
        )
    )

    @pytest.mark.parametrize(
        ("title", "level"),
        [
            ("扶養親族等申告書・個人番号申出書 データ入力及び画像化業務 一式", "same"),
            ("扶養親族等申告書、個人番号申出書　ﾃﾞ－ﾀ入力及び画像化業務　一式", "same"),
            ("扶養親族等申告書・個人番号申出書でーた入力及び画像化業務一式", "same"),
            ("扶養親族等申告書 データ入力", "held"),
            ("申告書 データ入力 画像化", "held"),
            ("年金 申告書 データ入力", "whole"),
            ("清掃業務一式", "little"),
            ("潜水艦の建造", "little"),
        ],
    )
    def test_what_is_left_out_is_forgiven_what_differs_is_not(self, title: str, level: str) -> None:
        assert compare(award(), *self.FILLER, title=title).level == level

    def test_rarity_counts(self) -> None:
        """Plain ratio ranks the cleaning of the same building above its guarding in another year (domain.md, finding 5)."""
        cleaning, guarding = award("豊島区庁舎清掃業務委託"), award("平成29年度豊島区庁舎警備業務委託", file="b")
        alternatives = alternatives_of(
            merge([cleaning, guarding, *(award(f"豊島区庁舎{x}業務委託", file=x) for x in "電植窓床壁")])
        )
        asked = TitleComparer(Clues(title="豊島区庁舎警備業務委託").asked["title"].reading, TitlesOf(alternatives))  # type: ignore[arg-type]
        by_title = {found.award.title: asked.similarity(found.award.title_key.text) for found in alternatives}
        assert by_title[guarding.title] > 1.5 * by_title[cleaning.title]

    def test_the_note_counts_what_was_said_whatever_else_the_title_holds(self) -> None:
        others = [award(f"{x}業務の保守請負", file=x) for x in "電植窓床壁"]
        note = compare(award("政府認証基盤のシステム保守の請負"), *others, title="保守").note
        assert note is not None
        assert note.say("en").startswith("100% of what was said")
        part = compare(award("政府認証基盤のシステム保守の請負"), *others, title="保守点検").note
        assert part is not None
        assert not part.say("en").startswith("100%")

    @pytest.mark.parametrize(
        ("asked", "printed"),
        [
            ("平成29年度清掃業務", "平成28年度清掃業務"),
            ("2017年度清掃業務", "平成28年度清掃業務"),
            ("第2期システム開発業務", "第1期システム開発業務"),
            ("清掃業務（その2）", "清掃業務（その１）"),
        ],
    )
    def test_years_and_ordinals_that_differ_contradict(self, asked: str, printed: str) -> None:
        assert compare(award(printed), title=asked).level == "other_number"

    def test_a_title_of_the_clues_year_weighs_more_than_one_without_a_year(self) -> None:
        records = [award("平成27年度福岡市博多区庁舎清掃業務"), award("福岡市博多区庁舎警備業務")]
        found = score(Clues(title="27年度福岡市博多区").asked["title"], alternatives_of(merge(records)), weights())
        assert [one.level for one in found.comparisons] == ["held_numbered", "held"]
        assert found.bits_of(0) > found.bits_of(1)

    def test_the_same_year_in_another_era_is_the_same(self) -> None:
        assert compare(award("平成29年度清掃業務"), title="2017年度清掃業務").level == "exact"

    def test_a_year_that_only_the_record_prints_is_forgiven(self) -> None:
        assert compare(award("平成29年度清掃業務"), title="清掃業務").level == "same"

    def test_where_titles_agree(self) -> None:
        assert common_parts("年金 申告書 データ入力", "扶養親族等申告書データ入力一式") == ("申告書データ入力",)
        assert common_parts("でーた入力", "ﾃﾞｰﾀ入力及び画像化") == ("ﾃﾞｰﾀ入力",)
        assert bigrams("清掃") == {"清掃"}


@pytest.mark.parametrize(
    ("asked", "printed", "level"),
    [
        ("日本年金機構", "日本年金機構", "same"),
        ("年金機構", "日本年金機構", "same"),
        ("厚労省", "厚生労働省東京労働局", "part"),
        ("東京労働局", "厚生労働省東京労働局", "same"),
        ("厚労省", "東京労働局総務部", "part"),
        ("厚生労働省東京労働局", "厚生労働省", "whole"),
        ("厚労省", "日本年金機構", "other"),
        ("東京労働局", "愛知労働局", "sibling"),
        ("厚生労働省東京労働局", "厚生労働省愛知労働局", "sibling"),
        ("国交省近畿地整", "近畿地方整備局", "same"),
        ("国交省", "近畿地方整備局大阪国道事務所", "part"),
        ("防衛省", "防衛庁", "same"),
        ("自動車技術総合機構", "独立行政法人交通安全環境研究所", "part"),
        ("統計センター", "（独）統計センター", "same"),
        ("日本年金機構", None, None),
    ],
)
def test_buyer(asked: str, printed: str | None, level: str | None) -> None:
    assert compare(award(buyer=printed), buyer=asked).level == level


def test_a_buyer_that_was_renamed_is_said_to_be() -> None:
    note = compare(award(buyer="防衛庁"), buyer="防衛省").note
    assert note is not None
    assert (note.say("en"), note.say("ja")) == (
        "the same organization, renamed on 2007-01-09",
        "同じ組織（2007-01-09に改称）",
    )


def test_method() -> None:
    assert compare(award(method="open"), method="一般競争入札").level == "same"
    assert compare(award(method="limited"), method="一般競争入札").level == "other"
    assert compare(award(method=None), method="一般競争入札").level is None


@pytest.mark.parametrize(
    ("asked", "level"),
    [
        ("㈱ＳＡＹ企画", "same"),
        ("SAY", "part"),
        ("エスエーワイ企画", "spelled"),
        ("星企画", "other"),
    ],
)
def test_firm(asked: str, level: str) -> None:
    assert compare(award(), firm=asked).level == level
