"""The quick ways through a gazette text, for what nearly all notices look like: each gives what the weighing way gives."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.documents.lines import Line
from tsukitome.normalize.money import read_money_with_warnings
from tsukitome.normalize.place import _municipality_of, municipality_of
from tsukitome.normalize.text import fold, fold_with_offsets, squeeze
from tsukitome.sources.gazette import amount_runs, price, spacing, winner
from tsukitome.sources.gazette.fields import Fields
from tsukitome.sources.gazette.layout import Layout, lay_out
from tsukitome.sources.gazette.legend import CIRCLED, Legend, usual_legend
from tsukitome.sources.gazette.regular import regular_notices
from tsukitome.sources.gazette.run import Run, split_runs, weighed_runs

white = st.sampled_from(["", "", "", " ", "\u3000", "\n"])
VALUES = {
    1: ["78", "71、27", ""],
    2: ["甲業務 一式", "甲（第２回）", "①の保守", "29.8.9分"],
    3: ["購入等", "役務", "甲"],
    4: ["一般", "随意", "乙"],
    5: ["29.8.9", "元.5.1", "№1 29.8.9", "済"],
    6: ["㈱甲（東京都豊島区東池袋1-48-10）", "①㈱甲②㈱乙", "甲"],
    7: ["1,234,567円", "@14.90", "非公表", "①1,000,000円②2,000,000円", "甲"],
    8: ["29.6.29", "－", "甲"],
    9: ["a「特許権」", "⑤ 29.1.1 による"],
    11: ["最低価格", "総合評価", "甲"],
    12: ["2,345,678円", "－", "甲"],
}  # fmt: skip
fields = st.sampled_from(sorted(VALUES)).flatmap(
    lambda number: st.tuples(st.just(number), st.sampled_from(VALUES[number]), white)
)
whole = st.sets(st.sampled_from([3, 4, 8, 9, 11, 12])).flatmap(
    lambda more: st.tuples(*(
        st.tuples(st.just(number), st.sampled_from(VALUES[number]), white) for number in sorted({1, 2, 5, 6, 7} | more)
    ))
)  # fmt: skip
notices = st.lists(st.one_of(whole, whole, whole, st.lists(fields, max_size=3)), min_size=1, max_size=4)


def layout_of(text: str) -> Layout:
    return lay_out([Line(line, 1, number) for number, line in enumerate(text.split("\n"), start=1)])


@given(notices, st.sampled_from([usual_legend(), Legend({2: "title", 5: "award_date", 6: "winner", 7: "price"})]))
def test_regular_notices_are_split_as_if_weighed(made: list[list[tuple[int, str, str]]], legend: Legend) -> None:
    layout = layout_of("".join(f"{CIRCLED[number - 1]}{value}{space}" for one in made for number, value, space in one))
    end = len(layout.flat)
    quick, slow = split_runs(layout, 0, end, legend), weighed_runs(layout, 0, end, legend)
    assert [run.pieces for run in quick] == [run.pieces for run in slow]


@given(notices, st.sampled_from(["", "同上", "〃"]), st.booleans())
def test_fields_are_told_at_once_as_if_one_by_one(
    made: list[list[tuple[int, str, str]]], same: str, otherwise: bool
) -> None:
    """``otherwise`` counts the items (1), (2) …, which a circled number stands for in the flat text only."""
    text = "\n".join(
        "".join(f"{CIRCLED[number - 1]}{value}{space}" for number, value, space in one) + f"⑥{same}⑦1円" for one in made
    )
    if otherwise:
        text = "［掲載順序］(1)品目\n" + "".join(
            f"({CIRCLED.index(char) + 1})" if char in CIRCLED else char for char in text
        )
    layout = layout_of(text)
    above: Run | None = None
    for run in weighed_runs(layout, layout.flat.find("①"), len(layout.flat), usual_legend()):
        above = Run(run.pieces, above, layout)
        fields = Fields(above, layout)
        for field in usual_legend().fields.values():
            piece = above.piece(field)
            assert fields.printed(field) == (layout.raw(piece.start, piece.end) if piece else "")
            assert fields.folded(field) == (layout.folded(piece.start, piece.end) if piece else "")
        assert not fields.each_number_counts or not list(above.doubtful(layout, usual_legend()))


def test_what_is_regular() -> None:
    layout = layout_of("①78②甲③購入等④一般⑤29.8.9⑥㈱甲⑦1,234,567円\n" * 2)
    assert len(regular_notices(layout.flat, 0, len(layout.flat), usual_legend()) or ()) == 2
    assert regular_notices("①78②甲⑤29.8.9⑥㈱甲", 0, 16, usual_legend()) is None  # no price: perhaps torn apart


texts = st.text("①②㈱Ａ１a1ーｰ－カガ゛\ufe00\u200b \u3000\n甲乙,、", max_size=40)


@given(texts, st.data())
def test_a_place_in_the_flat_text_is_found_in_the_printed_one(text: str, data: st.DataObject) -> None:
    layout = layout_of(text)
    if not layout.flat:
        return
    start = data.draw(st.integers(0, len(layout.flat) - 1))
    end = data.draw(st.integers(start + 1, len(layout.flat)))
    sought, raw = layout.flat[start:end], layout.raw(start, end)
    assert squeeze(raw) in squeeze(text)
    # A character that is folded to several (㈱) is printed or not printed as a whole.
    assert sought.replace("ー", "-") in squeeze(fold_with_offsets(raw).text).replace("ー", "-")
    assert len(squeeze(fold_with_offsets(raw).text)) <= len(sought) + 4
    assert squeeze(layout.folded(start, end)).replace("ー", "-").count(sought.replace("ー", "-")) >= 1


NAMES = ["㈱甲", "(株)架空リサーチ", "見本株式会社", "株式会社", "株式会社甲 株式会社乙", "東京都環境公社", "甲・乙共同企業体",
         "3M見本㈱",
         "株式会社SAY企画", "S A Y 企画(有)", "不調", "甲及び乙", "同", "㈱甲ほか1社", "№1：㈱甲", "1 ㈱甲 2 ㈱乙",
         "(同)甲", "京都府立大学", "㈱甲代表取締役架空太郎", "甲大阪支店", ""]  # fmt: skip
ADDRESSES = ["（東京都豊島区東池袋1-48-10）", " 東京都豊島区東池袋1-48-10", "（同）", "（豊島区東池袋1-1）", " 大阪市北区梅田1-2",
             "東京都府中市1-1 法人番号4013301020174", "（東京都港区芝1-1）ほか2社", "（東京都港区芝1-1、㈱乙ビル）",
             "北海道札幌市中央区1 3社", "京都府京都市中京区1-1 2階", "（代表 東京都港区芝1-1）", "東京都不明1-1", ""]  # fmt: skip
winners = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(ADDRESSES), st.sampled_from(["", " ", "、", "\n"])), max_size=3
).map(lambda parts: "".join(map("".join, parts)))


lots = st.lists(st.tuples(st.sampled_from(["№1：", "№2:", "No. 3：", "№12 ", "№1、2：", ""]), winners), max_size=3).map(
    lambda parts: "".join(map("".join, parts))
)


@given(st.one_of(winners, lots), st.sampled_from([None, dt.date(2017, 8, 9)]))
def test_a_lone_winner_is_read_as_if_weighed(printed: str, on: dt.date | None) -> None:
    quick = winner.read_winners(fold(printed), on)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(winner, "_lone_winners", lambda *_: ())
        assert winner.read_winners(fold(printed), on) == quick
        patch.setattr(winner, "_plain_winner", lambda *_: None)
        assert winner.read_winners(fold(printed), on) == quick


PIECES = [
    "1",
    "12",
    "345",
    ",",
    ",000",
    ",678",
    ".90",
    "円",
    " ",
    "№",
    "№1：",
    "№2 ",
    "（他複数単価契約）",
    "@",
    "税込",
]
sums = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


@given(sums)
def test_a_plain_sum_is_read_as_if_weighed(printed: str) -> None:
    folded = fold(printed)
    won = (winner.Winner("甲", label="1"), winner.Winner("乙", label="2"))
    quick = [price.read_prices(folded, won[:n], tuple(range(n))) for n in range(3)], price.read_reserve(folded)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(price, "read_plain_sum", lambda *_, **__: None)
        patch.setattr(price, "read_sums_of_lots", lambda _: [])
        patch.setattr(amount_runs, "_EACH_SURE", amount_runs.re.compile("(?!)"))
        slow = [price.read_prices(folded, won[:n], tuple(range(n))) for n in range(3)], price.read_reserve(folded)
    assert slow == quick


@given(st.integers(1, 10**12), st.sampled_from(["円", ""]))
def test_a_sum_alone_is_money(yen: int, behind: str) -> None:
    printed = f"{yen:,}{behind}"
    mention = read_money_with_warnings(f" {printed} ", "contract_price")  # not by the quick way
    assert read_money_with_warnings(printed, "contract_price") == mention


@given(st.text("甲乙1aA.-,& \n\u3000", max_size=20))
def test_white_space_is_closed_as_if_told_piece_by_piece(text: str) -> None:
    quick = spacing.close(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spacing, "LATIN_GAP", spacing.re.compile(""))
        assert spacing.close(text) == quick


@pytest.mark.parametrize(
    "head", ["東京都豊島区", "神奈川県横浜市中区", "京都府京都市北区", "北海道", "大阪府", "福島県", "東京都"]
)
@pytest.mark.parametrize("rest", ["東池袋1-48-10", "1丁目", "1", "２", "岩美郡岩美町1"])
def test_a_municipality_is_found_before_the_digits(head: str, rest: str) -> None:
    for before in ("", "〒170-0013 ", "所在地:", "(", "本社1-"):
        for on in (None, dt.date(2017, 8, 9), dt.date(2024, 2, 1)):
            address = before + head + rest
            assert municipality_of(address, on) == _municipality_of(address, on)
