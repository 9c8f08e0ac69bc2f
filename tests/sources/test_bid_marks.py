"""What is said of a bidder: who won, who did not although the word is there, and which of several sums is the last bid.

All firms are made up (架空).
"""

from __future__ import annotations

import pytest

from tsukitome.awards import Award
from tsukitome.documents.file import File
from tsukitome.sources.bid_cells import mark_of, rounds_in, sign_of_winner
from tsukitome.sources.bid_ventures import members_named
from tsukitome.sources.reading import Reading
from tsukitome.sources.recognize import read_file


def read(*lines: str, name: str = "bids.csv") -> Reading:
    return read_file(File.of_bytes(name, "\n".join(lines).encode()))


def told(award: Award) -> tuple[list[str], list[tuple[str, float]]]:
    """The winners' names, and all amounts."""
    names = [one.name for one in award.suppliers if one.role == "awarded"]
    return names, [(one.role, one.yen) for one in award.amounts]


@pytest.mark.parametrize(
    ("said", "mark"),
    [
        ("落札（くじ）", "won"), ("落札（次点辞退）", "won"), ("１位失格により落札", "won"), ("（落札）", "won"),
        ("落札外", "not_won"), ("落札者以外", "not_won"), ("落札取消（辞退届受理）", "not_won"), ("落札（取消）", "not_won"),
        ("調査の結果、落札者としない", "not_won"),
        ("くじ引きの結果、落札者とならず", "not_won"), ("落札候補者→資格審査により失格", "not_won"),
        ("無効（その１の落札者のため）", "no_bid"), ("その１で落札決定したため無効", "not_won"), ("候補者（次点）", "not_won"),
    ],
)  # fmt: skip
def test_the_word_of_a_winner_that_is_taken_back_is_none(said: str, mark: str) -> None:
    assert mark_of(said) == mark


@pytest.mark.parametrize(
    ("header", "won", "lost"),
    [("落札フラグ", "1", "0"), ("落札", "落", ""), ("採否", "採用", "不採用"), ("結果区分", "1：落札", "2：落選")],
)
def test_columns_of_flags_initials_and_codes(header: str, won: str, lost: str) -> None:
    award = read(
        f"件名,開札日,入札者,入札金額,{header}",
        f"見本調査,2023/4/10,(株)架空組,3000000,{lost}",
        f"見本調査,2023/4/10,(株)架空調査,2900000,{won}",
    ).awards[0]
    assert told(award) == (["株式会社架空調査"], [("contract_price", 2_900_000), ("bid", 3_000_000)])


def test_a_winner_whose_award_was_cancelled_lost_to_the_next() -> None:
    award = read(
        "開札日,工事名,入札業者名,入札価格,備考",
        "2023/2/7,見本詰所新築工事,(株)架空組,15000000,落札取消（辞退届受理）",
        "2023/2/7,見本詰所新築工事,(株)架空建設,15400000,落札（繰上げ）",
    ).awards[0]
    assert told(award) == (["株式会社架空建設"], [("contract_price", 15_400_000), ("bid", 15_000_000)])


def test_sums_agreed_after_the_rounds_follow_the_rounds() -> None:
    award = read(
        "件名,開札日,業者名,入札 第1回,入札 第2回,見積 第1回,備考",
        "見本測量,2020/10/20,(株)架空測量,6900000,6500000,5750000,決定",
        "見本測量,2020/10/20,(株)架空組,7200000,6900000,辞退,",
    ).awards[0]
    bids = [("bid", 6_900_000), ("bid", 6_500_000), ("bid", 7_200_000), ("bid", 6_900_000)]
    assert told(award) == (["株式会社架空測量"], [("contract_price", 5_750_000), *bids])


@pytest.mark.parametrize(
    "cell", ["①38000000\n②35800000", "1回目：38000000円 2回目：35800000円", "第1回 38000000\n第2回 35800000"]
)
def test_rounds_in_one_cell_are_bids_in_their_order(cell: str) -> None:
    award = read("件名,開札日,入札者,入札金額,備考", f'見本補修工事,2020/8/25,(株)架空組,"{cell}",落札').awards[0]
    assert told(award) == (["株式会社架空組"], [("contract_price", 35_800_000), ("bid", 38_000_000)])
    assert rounds_in("38000000（2回目）") == []


def test_of_two_sums_in_a_cell_that_says_not_which_none_is_the_price() -> None:
    award = read(
        "件名,開札日,入札者,入札金額,備考", '見本補修工事,2020/8/25,(株)架空組,"38,000,000\n35,800,000",落札'
    ).awards[0]
    assert told(award) == (["株式会社架空組"], [])
    assert any("was not understood" in warning for warning in award.warnings)


def test_a_column_without_a_header_may_mark_the_winner() -> None:
    reading = read(
        "件名,開札日,業者名,金額(円),",
        "見本健診,2023/3/3,(株)架空組,6000000,",
        "見本健診,2023/3/3,(株)架空会,5800000,落札",
    )
    (award,) = reading.awards
    assert told(award) == (["株式会社架空会"], [("contract_price", 5_800_000), ("bid", 6_000_000)])


@pytest.mark.parametrize(
    ("legend", "won"),
    [("◎：落札者　○：次点者", "◎,(株)架空会"), ("★印は落札者", ",★(株)架空会"), ("※が落札者", ",(株)架空会※")],
)
@pytest.mark.parametrize("below", [False, True])
def test_a_sign_marks_the_winner_where_a_legend_says_so(legend: str, won: str, below: bool) -> None:
    table = [
        "件名,開札日,,入札者,入札金額",
        "見本健診,2023/3/3,○,(株)架空組,6000000",
        f"見本健診,2023/3/3,{won},5800000",
    ]
    reading = read(*([*table, legend] if below else [legend, *table]))
    assert not [one for one in reading.refusals if one.is_gap]
    (award,) = reading.awards
    assert told(award) == (["株式会社架空会"], [("contract_price", 5_800_000), ("bid", 6_000_000)])


@pytest.mark.parametrize(
    "line", ["※落札金額は入札額に消費税を加えた額", "○落札者", "※1 落札者は別紙", "※落札者以外は五十音順"]
)
def test_a_note_about_winners_is_no_legend(line: str) -> None:
    assert sign_of_winner(line) is None


def test_a_circle_below_the_reserve_price_is_no_price_that_parts_contracts() -> None:
    (award,) = read(
        "工事名,開札日,入札者,入札価格,予定価格以内,落札",
        "見本堰改修工事,2023/6/1,(株)架空組,9200000,○,○",
        "見本堰改修工事,2023/6/1,(株)架空会,12000000,×,",
    ).awards
    assert told(award) == (["株式会社架空組"], [("contract_price", 9_200_000), ("bid", 12_000_000)])


def test_bidders_in_two_halves_of_a_sheet_bid_for_one_contract() -> None:
    (award,) = read(
        "入札結果書",
        "工事名,見本照明工事,,入札日,2023/2/14",
        "業者名,入札額,摘要,業者名,入札額,摘要",
        "(株)架空組,32500000,,(株)架空電業,30200000,落札",
        "(株)架空社,31900000,,(株)架空管工,29000000,失格",
    ).awards
    assert told(award)[0] == ["株式会社架空電業"]
    assert len(award.suppliers) == 4


def test_members_of_a_venture_behind_its_name() -> None:
    printed = "架空・見本共同企業体\n代表構成員 (株)架空電業\n構成員 (株)見本"
    assert members_named(printed) == ("架空・見本共同企業体", ("(株)架空電業", "(株)見本"))
    bracketed = "架空・見本共同企業体（代表企業：架空電業（株）、構成企業：（株）見本）"
    assert members_named(bracketed) == ("架空・見本共同企業体", ("架空電業（株）", "（株）見本"))
    person = "架空・見本共同企業体 代表者 見本一郎"
    assert members_named(person) == (person, ())


def test_who_held_the_tender_is_no_bidder() -> None:
    reading = read(
        "件名：見本点検",
        "入札日：2022/7/12",
        "入札者名,第一回,判定",
        "(株)架空社,1800000,落札",
        "入札執行者　総務課長　見本一郎,,",
    )
    (award,) = reading.awards
    assert [one.name for one in award.suppliers] == ["株式会社架空社"]
    assert "一郎" not in str((reading.awards, reading.refusals))


def test_columns_set_apart_by_spaces_are_bids() -> None:
    reading = read(
        "件名　　　見本交換業務",
        "開札日　　2021年4月15日",
        "業者名　　　　第1回入札額　　備考",
        "(株)架空社　　　2500000　　落札",
        "(株)架空組　　　2600000",
        name="bids.txt",
    )
    (award,) = reading.awards
    assert not reading.refusals
    assert (award.title, told(award)) == (
        "見本交換業務",
        (["株式会社架空社"], [("contract_price", 2_500_000), ("bid", 2_600_000)]),
    )
