"""The quick way through the commonest supplier cells gives what the way through any cell gives."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tsukitome.normalize.text import fold
from tsukitome.sources.supplier_cell import _mark_numbers, _of_any, _of_plain, read_suppliers
from tsukitome.sources.supplier_parties import MARK
from tsukitome.sources.supplier_plain import plain_supplier

PIECES = (
    *"\n\n\n \u3000、・()/,-,1①②7代東京都北区",
    *(
        "株式会社",
        "(株)",
        "有限会社",
        "一般財団法人",
        "(特財)",
        "見本",
        "例示",
        "東京",
        "都市開発",
        "協会",
        "代表取締役 架空太郎",
        "会長",
    ),
    *(
        "豊島区",
        "東京都豊島区",
        "東池袋1-48-10",
        "大阪府大阪市北区",
        "梅田一丁目1番",
        "北海道",
        "京都府京都市左京区宝ヶ池",
        "神奈川県",
    ),
    *(
        "共同企業体",
        "JV",
        "代表者",
        "構成員",
        "ほか1社",
        "外2者",
        "池袋支店",
        "TEL03-0000-0000",
        "〒171-0014",
        "住所:",
        "(本社:",
    ),
    *(f"{MARK}4013301020174", "ビル3F", "(株)ビル内", "①", "1.", "(1)", "21", "3S", "2", "99-1"),
)
NAMES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)
PLACES = st.sampled_from(
    (
        "東京都豊島区東池袋1-48-10",
        "大阪府大阪市北区梅田1-1",
        "愛知県名古屋市東区",
        "豊島区東池袋1-48",
        "北海道北区1-2",
        "千葉県1丁目",
    )
)
CELLS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=9).map("".join),
    st.tuples(
        NAMES,
        st.sampled_from(("\n", "\n", " ", "\u3000", "/", "", "\n理事長 架空 太郎\n")),
        PLACES,
        st.sampled_from(("", "\n", f"\n\n{MARK}4013301020174\n", "ビル(3階)", " ほか2社", "\n見本支店")),
    ).map("".join),
)


@settings(max_examples=300, deadline=None)
@example("見本協会東京都\n杉並区和田三丁目54番5号", None, "")
@given(
    CELLS, st.sampled_from((None, dt.date(2017, 8, 9))), st.sampled_from(("", "4013301020174", "①4013301020174", "1"))
)
def test_plain_cells_are_read_as_any_cell_is(text: str, on: dt.date | None, number: str) -> None:
    marked = _mark_numbers(fold(text))
    if plain := plain_supplier(marked, on):
        assert _of_plain(plain, text, number) == _of_any(marked, text, None, number, on, wrapped=False)


def test_the_quick_way_is_the_way_of_most_cells() -> None:
    for text in (
        "(株)見本\n東京都豊島区東池袋1-48-10", f"見本協会\n\n千葉県千葉市中央区1-2\n\n{MARK}4013301020174\n",
        "見本(株) 大阪市北区梅田1-1", "見本協会/東京都豊島区東池袋1-48-10", "(公財)見本協会", "見本協会東京都豊島区東池袋1-48-10",
        "見本協会\n理事長 架空 太郎\n札幌市北区北1条西2丁目", "(株)見本21\n東京都豊島区東池袋1-48-10",
    ):  # fmt: skip
        assert plain_supplier(text, None) is not None


@pytest.mark.parametrize(
    "cell",
    [
        "池袋架空・見本特定建設工事共同企業体（代表者：架空建設株式会社、構成員：見本工業株式会社）東京都豊島区東池袋1-2-3",
        "池袋架空・見本特定建設工事共同企業体(構成員 見本工業株式会社、代表者 架空建設(株))\n東京都豊島区東池袋1-2-3",
        "池袋架空・見本特定建設工事共同企業体（代表構成員：架空建設㈱、構成員：見本工業㈱）　東京都豊島区東池袋１－２－３",
    ],
)
def test_the_address_behind_a_ventures_members_is_the_representatives(cell: str) -> None:
    venture, first, second = read_suppliers(cell).suppliers
    assert (venture.role, first.role, second.role) == ("awarded", "jv_member", "jv_member")
    assert venture.name == "池袋架空・見本特定建設工事共同企業体"
    assert (first.name, first.address) == ("架空建設株式会社", "東京都豊島区東池袋1-2-3")
    assert (second.name, second.address) == ("見本工業株式会社", None)
