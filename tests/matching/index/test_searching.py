"""The answer by way of an index is the answer that scoring every record gives, to the last digit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from unittest.mock import patch

from builders import award, coverage, day, supplier, total
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.archive.merging import merge
from tsukitome.archive.register import Register
from tsukitome.awards import Amount, Award, FromRegister
from tsukitome.clues.query import Clues
from tsukitome.matching import answer
from tsukitome.matching.firm_names import with_other_names
from tsukitome.matching.identify import identify
from tsukitome.matching.index import kernel, ranking
from tsukitome.matching.index.building import build
from tsukitome.matching.index.columns import Index
from tsukitome.matching.index.searching import search
from tsukitome.registrations import Registration

FRAME: dict[str, Any] = {"version": "0", "data_sha256": "0" * 64, "command": ""}


def index_of(records: Sequence[Award]) -> Index:
    numbers = {record.award_id: number for number, record in enumerate(records)}
    return Index(*build((one, [numbers[award_id] for award_id in one.award_ids]) for one in merge(records)))


def by_index(records: Sequence[Award], clues: Clues, top: int = 10, **more: float) -> dict[str, Any]:
    index, frame = index_of(records), FRAME | more

    def asked() -> dict[str, Any]:
        found = search(clues, index, lambda at: [records[one] for one in at], coverage(list(records)), top=top, **frame)
        assert not any(index.marks)
        return found.to_dict()

    with patch.object(kernel, "library", lambda: None):
        plain = asked()
    if kernel.is_there():
        assert asked() == plain
    return plain


def by_scoring(records: Sequence[Award], clues: Clues, top: int = 10, **more: float) -> dict[str, Any]:
    return identify(clues, records, coverage(list(records)), top=top, **FRAME | more).to_dict()


PLACES = [
    "東京都豊島区東池袋1-48-10", "東京都豊島区要町3-3", "東京都北区王子2-1", "東京都", "大阪府大阪市北区梅田3-4", "大阪府大阪市",
    "愛知県名古屋市中区栄4-1", "北区本町1-1", "埼玉県和光市本町1-1", "東京都練馬区豊玉北6-12", "山形県西置賜郡小国町1-1",
    "新潟県岩船郡朝日村1-1", None,
]  # fmt: skip
MARKS = [FromRegister(("address",), day("2023-04-19"), day("2023-04-10"), moved=moved) for moved in (False, True)]
NAMES = [
    "株式会社SAY企画",
    "有限会社SAY企画",
    "株式会社エスエーワイ企画",
    "株式会社見本",
    "見本商会株式会社",
    "A・B共同企業体",
    "ヴィーナス株式会社",
    "タナカ商事株式会社",
    "日本電気株式会社",
]
TITLES = [
    "データ入力業務一式", "データ入力及び画像化業務", "平成28年度庁舎清掃業務", "平成29年度庁舎清掃業務", "庁舎清掃業務",
    "年金機構庁舎清掃業務（第2回）", "庁舎清掃業務その2", "封筒の印刷",
    "申告書の点検業務", "システム運用保守業務", "東地区庁舎清掃業務", "西地区庁舎清掃業務", "平成29年度", "業", "印",
]  # fmt: skip
BUYERS = [
    "日本年金機構", "厚生労働省", "厚生労働省東京労働局", "東京労働局", "愛知労働局", "庁舎清掃センター", "防衛庁", "社会保険庁",
    None,
]  # fmt: skip
DAYS = ["2016-01-15", "2017-07-31", "2017-08-01", "2017-08-09", "2017-08-31", "2017-09-20", "2018-08-09", None]
YEN = [14.9, 1_000_000, 12_000_000, 166_666_667, 170_000_000, 175_000_000, 180_000_000, 185_000_000, 190_000_000, 9e16]


@st.composite
def suppliers(draw: st.DrawFn, role: str) -> Any:
    numbers = st.sampled_from([None, None, "4013301020174", "1010001144728"])
    return supplier(
        draw(st.sampled_from(NAMES)),
        draw(st.sampled_from(PLACES)),
        role=role,
        corporate_number=draw(numbers),
        register=draw(st.sampled_from([None, None, *MARKS])),
    )


@st.composite
def amounts(draw: st.DrawFn, winners: int) -> Amount:
    return total(
        draw(st.sampled_from(YEN)),  # type: ignore[arg-type]
        draw(
            st.sampled_from(
                ["contract_price", "contract_price", "unit_price", "reserve_price", "estimated_total", "bid"]
            )
        ),
        tax=draw(st.sampled_from([None, "included", "excluded"])),
        supplier=draw(st.sampled_from([None, *range(winners)])),
    )


@st.composite
def archives(draw: st.DrawFn, largest: int = 14) -> list[Award]:
    records = []
    for line in range(draw(st.integers(0, largest))):
        roles = draw(st.lists(st.sampled_from(["awarded", "awarded", "awarded", "jv_member", "bidder"]), max_size=3))
        firms = tuple(draw(suppliers(role)) for role in roles or ["awarded"])
        records.append(
            award(
                draw(st.sampled_from(TITLES)),
                *firms,
                buyer=draw(st.sampled_from(BUYERS)),
                awarded=draw(st.sampled_from(DAYS)),
                contracted=draw(st.sampled_from([None, None, *DAYS])),
                noticed=draw(st.sampled_from([None, None, *DAYS])),
                amounts=tuple(draw(st.lists(amounts(len(firms)), max_size=3))),
                file=draw(st.sampled_from(["a", "b", "c"])),
                line=line,
                method=draw(st.sampled_from(["open", "selective", "limited", None])),
            )
        )
    return records


TITLE_CLUES = [
    *TITLES[:7], "東地区庁舎清掃業務",
    "申告書 入力", "平成29年度清掃", "宇宙船", "平成29年度", "厚生労働省庁舎清掃業務", "日本年金機構 庁舎清掃",
    "清掃業務第2回",
]  # fmt: skip
VALUE_CLUES = [
    "約1億8000万円", "数千万円", "1億円以上", "1000万円以下", "12,000,000円", "1件15円", "予定価格1億8000万円",
    "年間6000万円の3年契約",
]  # fmt: skip
CLUES = st.fixed_dictionaries(
    {},
    optional={
        "ward": st.sampled_from(
            ["豊島区", "東京都", "大阪市北区", "大阪市", "那覇市", "北区", "首都圏", "池袋", "練馬区", "村上市"]
        ),
        "month": st.sampled_from(["2017-08", "2017-08-09", "2016-01", "2017年度", "2030-01", "2017-07..2017-09"]),
        "title": st.sampled_from(TITLE_CLUES),
        "value": st.sampled_from(VALUE_CLUES),
        "buyer": st.sampled_from(["日本年金機構", "厚労省", "東京労働局", "日本年金機講", "防衛省"]),
        "method": st.sampled_from(["一般競争入札", "随意契約"]),
        "firm": st.sampled_from(
            ["SAY企画", "株式会社SAY企画", "企画", "架空", "SAI企画", "ビーナス", "TANAKA商事", "NEC", "セイ企画"]
        ),
    },
).filter(bool)


REGISTER = Register([Registration("4013301020174", "株式会社ＳＡＹ企画", "セイキカク")])


@given(archives(), CLUES, st.integers(0, 6))
def test_an_index_answers_as_scoring_every_record_does(records: list[Award], clues: dict[str, str], top: int) -> None:
    asked = with_other_names(Clues(**clues), REGISTER, lambda _: ["say企画"])
    assert by_index(records, asked, top) == by_scoring(records, asked, top)


@given(archives(), CLUES, st.integers(0, 3), st.integers(0, 3))
def test_so_it_does_however_few_rows_are_looked_at(
    records: list[Award], clues: dict[str, str], top: int, each: int
) -> None:
    asked = Clues(**clues)
    with (
        patch.object(ranking, "_ROWS_EACH", each),
        patch.object(ranking, "_LARGEST", 1),
        patch.object(ranking, "_FEW", 1),
    ):
        assert by_index(records, asked, top) == by_scoring(records, asked, top)


@given(archives(8), CLUES, st.integers(1, 3))
def test_so_it_does_however_few_awards_of_a_firm_are_shown(
    records: list[Award], clues: dict[str, str], most: int
) -> None:
    with patch.object(answer, "_MOST", most):
        assert by_index(records, Clues(**clues), top=0) == by_scoring(records, Clues(**clues), top=0)


def test_of_awards_with_equal_bits_the_first_by_number_are_shown() -> None:
    """A name printed twice or three times on one award makes rows of other keys, whose bits are equal."""
    records = [
        award("データ入力業務一式", *[supplier()] * (3 if line % 2 else 2), awarded="2016-01-15", line=line)
        for line in range(12)
    ]
    records.append(award("データ入力業務一式", buyer="厚生労働省", awarded="2016-01-15", line=12))
    found = by_index(records, Clues(buyer="日本年金機講"), top=0)
    assert found == by_scoring(records, Clues(buyer="日本年金機講"), top=0)


@given(archives(6), CLUES)
def test_so_it_does_where_bits_are_scaled(records: list[Award], clues: dict[str, str]) -> None:
    asked = Clues(**clues)
    assert by_index(records, asked, scale=0.7) == by_scoring(records, asked, scale=0.7)


def test_where_all_but_some_firms_are_negligible_the_list_of_all_ends_with_these() -> None:
    right = award("データ入力業務一式", amounts=(total(180_000_000),), awarded="2017-08-09")
    others = [
        award("橋梁の補修", supplier(f"株式会社{n}", "沖縄県那覇市泉崎1-1"), awarded="2001-01-01", buyer="那覇市",
              amounts=(total(7),), file="b", line=n, method="limited")
        for n in range(40)
    ]  # fmt: skip
    asked = Clues(
        ward="豊島区", month="2017-08", title=right.title, value="1億8000万円", buyer="日本年金機構",
        method="一般競争入札", firm="株式会社SAY企画",
    )  # fmt: skip
    found = by_index([right, *others], asked, top=0)
    assert found == by_scoring([right, *others], asked, top=0)
    assert len(found["candidates"]) < 41
