"""Who won, where no plain mark says it: by a price on its own row, by lots; and tenders that nobody won.

All firms and contracts are made up (架空).
"""

from __future__ import annotations

import pytest
from tests.sources.forms import BUILD, CLEAN, POWER, bids, delimited, only, read, workbook

from tsukitome.awards import Award
from tsukitome.documents.file import File

A, B, C = CLEAN[0], BUILD[0], POWER[0]
HEADER = ["件名", "開札日", "業者名", "入札金額（円）", "備考"]


def winners(award: Award) -> list[str]:
    return [one.name for one in award.suppliers if one.role == "awarded"]


def tender(*rows: tuple[str, str, str], header: list[str] | None = None) -> list[list[str]]:
    return [header or HEADER, *(["架空舗装工事", "R5.6.8", *row] for row in rows)]


@pytest.mark.parametrize(
    "remark",
    [
        "予定価格超過　不調", "予定価格超過により不調", "予定価格超過のため、不調", "全者予定価格超過のため不調",
        "予定価格を超過し不調",
        "不調（予定価格超過）", "予定価格超過・不落", "制限価格超過 入札打切り", "予定価格超過のため落札者なし",
    ],
)  # fmt: skip
def test_why_nobody_won_may_stand_before_it(remark: str) -> None:
    for second in (remark, ""):
        reading = read(delimited(tender((A, "9,800,000", remark), (B, "9,900,000", second))))
        assert [*reading.awards] == []
        assert [refusal.reason for refusal in reading.refusals] == ["a tender: nobody won it."]


@pytest.mark.parametrize("remark", ["予定価格超過により失格", "予定価格超過", "不落随契", "予定価格超過 不落札"])
def test_a_bid_that_does_not_count_ends_no_tender(remark: str) -> None:
    award = only(delimited(tender((A, "9,800,000", remark), (B, "9,500,000", "落札"))))
    assert winners(award) == [B]


def test_the_price_on_the_row_of_one_bidder_is_told_of_it() -> None:
    header = [*HEADER[:4], "落札金額（円）"]
    award = only(delimited(tender((A, "9,800,000", ""), (B, "9,500,000", "9,500,000"), (C, "辞退", ""), header=header)))
    assert (winners(award), bids(award)) == ([B], {B: [9_500_000], A: [9_800_000], C: []})
    assert "the winner is told by its price (落札金額) alone" in award.warnings


def test_the_price_with_tax_is_that_of_a_bid_without() -> None:
    header = [*HEADER[:4], "契約金額（税込）"]
    rows = tender((A, "9,800,000", ""), (B, "9,500,000", "10,450,000"), header=header)
    assert winners(only(delimited(rows))) == [B]


@pytest.mark.parametrize(
    "prices",
    [
        ("9,500,000", ""),  # the contract's, on its first row: the bid of another
        ("9,500,000", "9,500,000"),  # the contract's, on each row
        ("", "9,400,000"),  # nobody's bid
        ("9,800,000", "9,500,000"),
    ],
)
def test_a_price_that_is_not_surely_the_rows_own_tells_no_winner(prices: tuple[str, str]) -> None:
    header = [*HEADER[:4], "落札金額（円）"]
    award = only(delimited(tender((A, "9,800,000", prices[0]), (B, "9,500,000", prices[1]), header=header)))
    assert winners(award) == []
    assert "no bidder is marked as the winner" in award.warnings


def test_a_mark_counts_before_a_price() -> None:
    header = [*HEADER, "落札金額（円）"]
    rows = [header, ["架空工事", "R5.6.8", A, "9,800,000", "落札", ""], ["", "", B, "9,500,000", "", "9,500,000"]]
    assert winners(only(delimited(rows))) == [A]


@pytest.mark.parametrize("mark", ["当選", "当せん", "くじ当選", "くじにより当選", "抽せんにより決定"])
def test_words_for_who_was_drawn(mark: str) -> None:
    for lost in ("", "落選", "くじ落選", "くじ外れ"):
        award = only(delimited(tender((A, "9,500,000", lost), (B, "9,500,000", mark))))
        assert winners(award) == [B]


def test_a_column_of_lots() -> None:
    header = [*HEADER[:4], "くじの結果"]
    for drawn, lost in (("当", ""), ("当選", "落選"), ("当たり", "外れ")):
        assert winners(only(delimited(tender((A, "9,500,000", lost), (B, "9,500,000", drawn), header=header)))) == [B]


def test_the_numbers_of_lots_mark_nobody() -> None:
    header = [*HEADER[:4], "くじ番号", "結果"]
    rows = [header, ["架空工事", "R5.6.8", A, "9,500,000", "101", ""], ["", "", B, "9,500,000", "324", "落札"]]
    assert winners(only(workbook(rows))) == [B]


@pytest.mark.parametrize("mark", ["くじ", "くじ引き", "（くじ）", "抽選"])
def test_lots_on_one_of_equal_lowest_bids(mark: str) -> None:
    award = only(delimited(tender((A, "9,500,000", ""), (B, "9,500,000", mark), (C, "9,600,000", ""))))
    assert winners(award) == [B]
    assert "the winner is told by lots (くじ) alone" in award.warnings


@pytest.mark.parametrize(
    "rows",
    [
        ((A, "9,500,000", "くじ"), (B, "9,500,000", "くじ")),  # both drew
        ((A, "9,400,000", ""), (B, "9,500,000", "くじ")),
        ((A, "9,600,000", ""), (B, "9,500,000", "くじ")),
        ((A, "辞退", ""), (B, "9,500,000", "くじ")),
    ],
)
def test_lots_that_tell_no_winner(rows: tuple[tuple[str, str, str], ...]) -> None:
    assert winners(only(delimited(tender(*rows)))) == []


@pytest.mark.parametrize("sign", ["○", "◎", "〇", "●"])
def test_a_bare_sign_in_the_column_of_winners(sign: str) -> None:
    """However the table is printed: as cells, in two rows of header, upright or turned, as text."""
    award = only(delimited(tender((A, "9,800,000", ""), (B, "9,500,000", sign), header=[*HEADER[:4], "落札"])))
    assert winners(award) == [B]
    labels = [["件名", "架空舗装工事"], ["開札日", "令和5年6月8日"]]
    turned = [*labels, ["業者名", A, B], ["入札金額", "9,800,000", "9,500,000"], ["落札", "", sign]]
    assert winners(only(delimited(turned))) == [B]
    lines = [f"{A}  9,800,000", f"{B}  9,500,000   {sign}"]
    text = "\n".join(["件名　架空舗装工事", "開札日　令和5年6月8日", "", "業者名            入札金額   落札", *lines])
    assert winners(only(File.of_bytes("kekka.txt", text.encode()))) == [B]


def test_of_two_signs_the_double_circle_is_the_winners() -> None:
    header = [*HEADER[:4], "落札"]
    award = only(delimited(tender((A, "9,800,000", "○"), (B, "9,500,000", "◎"), header=header)))
    assert winners(award) == [B]
    both = only(delimited(tender((A, "9,800,000", "○"), (B, "9,500,000", "○"), header=header)))
    assert winners(both) == [A, B]
    assert "2 bidders are marked as winners" in both.warnings


@pytest.mark.parametrize("sign", ["○", "◎", "※", "★ "])
def test_a_sign_that_nothing_explains_is_no_part_of_a_name(sign: str) -> None:
    award = only(delimited(tender((A, "9,800,000", ""), (f"{sign}{B}", "9,500,000", ""))))
    assert bids(award) == {A: [9_800_000], B: [9_500_000]}
    assert winners(award) == []
    assert f"remark on {B} (row 3): {sign.strip()!r}" in award.warnings


def test_circles_that_stand_for_letters_of_a_name_are_kept() -> None:
    award = only(delimited(tender(("○○建設株式会社", "9,800,000", "落札"))))
    assert winners(award) == ["○○建設株式会社"]


@pytest.mark.parametrize(
    "label",
    [
        "最低入札価格",
        "予定価格",
        "調査基準価格",
        "入札書比較価格（税抜）",
        "消費税額",
        "入札者数",
        "平均入札額",
        "不調",
        "第2回",
    ],
)
def test_labels_of_sums_below_the_bidders_name_nobody(label: str) -> None:
    rows = [["件名", "架空舗装工事"], ["開札日", "令和5年6月8日"], ["業者名", "入札金額", "結果"]]
    rows += [[A, "9,800,000", ""], [B, "9,500,000", "落札"], [label, "9,500,000", ""]]
    awards = read(delimited(rows)).awards
    assert [[one.name for one in award.suppliers] for award in awards] == [[B, A]]


@pytest.mark.parametrize(
    "name", ["架空入札情報サービス", "最低賃金研究所", "予定価格研究会", "見積書房株式会社", "架空落札センター"]
)
def test_names_that_hold_such_words_are_names(name: str) -> None:
    award = only(delimited(tender((A, "9,800,000", ""), (name, "9,500,000", "落札"))))
    assert winners(award) == [name]
