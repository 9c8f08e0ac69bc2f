"""Tenders for several items (品目), each with a winner of its own: each item is an award.

All firms and contracts are made up (架空).
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.sources.forms import BUILD, CLEAN, POWER, bids, day, delimited, page, read, workbook

from tsukitome.awards import Award
from tsukitome.documents.file import File

A, B, C = CLEAN[0], BUILD[0], POWER[0]
LABELS = [["件名", "架空事務用品の購入"], ["開札日", "令和5年6月8日"]]
HEADER = ["品目", "業者名", "入札金額", "結果"]
PAPER = [["コピー用紙", A, "500,000", "落札"], ["コピー用紙", B, "520,000", ""]]
ENVELOPES = [["封筒", A, "180,000", ""], ["封筒", B, "175,000", "落札"]]
TOLD = [
    ("架空事務用品の購入 コピー用紙", "2023-06-08", [A], {A: [500_000], B: [520_000]}),
    ("架空事務用品の購入 封筒", "2023-06-08", [B], {B: [175_000], A: [180_000]}),
]


def winners(award: Award) -> list[str]:
    return [one.name for one in award.suppliers if one.role == "awarded"]


def told(file: File) -> list[tuple[str, str, list[str], dict[str, list[int | float]]]]:
    reading = read(file)
    assert [str(refusal) for refusal in reading.refusals] == []
    return [(award.title, day(award), winners(award), bids(award)) for award in reading.awards]


def blank_below(rows: list[list[str]], *columns: int) -> list[list[str]]:
    """The rows as they are where the cells of the first are merged with those below, or left blank there."""
    return [["" if nth and at in columns else text for at, text in enumerate(row)] for nth, row in enumerate(rows)]


@pytest.mark.parametrize("name", ["品目", "入札品目", "品　名", "品目・規格"])
def test_items_below_the_labels_of_their_tender(name: str) -> None:
    header = [name, *HEADER[1:]]
    whole = [*LABELS, header, *PAPER, *ENVELOPES]
    blank = [*LABELS, header, *blank_below(PAPER, 0), *blank_below(ENVELOPES, 0)]
    mixed = [*LABELS, header, PAPER[0], ENVELOPES[0], PAPER[1], ENVELOPES[1]]  # sorted by the bidder
    for rows in (whole, blank, mixed):
        assert told(delimited(rows)) == told(page(rows)) == TOLD


def test_items_beside_the_title_of_their_tender() -> None:
    def rows(*columns: int) -> list[list[str]]:
        paper, envelopes = (
            [["架空事務用品の購入", row[0], "R5.6.8", *row[1:]] for row in of] for of in (PAPER, ENVELOPES)
        )
        below = blank_below([*paper, *envelopes], *columns)
        return [["件名", "品目", "開札日", *HEADER[1:]], *below]

    assert told(delimited(rows())) == TOLD
    assert told(delimited(rows(0, 2))) == TOLD  # the tender's own columns are told once, above its first item


def test_what_an_item_leaves_blank_of_money_is_not_that_of_the_item_above() -> None:
    header = ["件名", "品目", "開札日", "予定価格", *HEADER[1:]]
    rows = [["架空事務用品の購入", "コピー用紙", "R5.6.8", "550,000", *PAPER[0][1:]], ["", "", "", "", *PAPER[1][1:]]]
    rows += [["", "封筒", "", "", *ENVELOPES[0][1:]], ["", "", "", "", *ENVELOPES[1][1:]]]
    awards = read(delimited([header, *rows])).awards
    assert [[one.yen for one in award.amounts if one.role == "reserve_price"] for award in awards] == [[550_000], []]


def test_items_with_their_bidders_side_by_side() -> None:
    header = ["件名", "品目", "開札日", A, B, "落札者"]
    rows = [header, ["架空事務用品の購入", "コピー用紙", "R5.6.8", "500,000", "520,000", A]]
    rows += [["架空事務用品の購入", "封筒", "R5.6.8", "180,000", "175,000", B]]
    assert told(delimited(rows)) == TOLD


def test_each_item_names_its_winner() -> None:
    header = ["品目", "入札者", "入札金額", "落札者"]
    rows: list[list[Any]] = [*LABELS, header, ["コピー用紙", A, 500000, A], [None, B, 520000, None]]
    assert told(workbook([*rows, ["封筒", A, 180000, B], [None, B, 175000, None]])) == TOLD


def test_a_sum_of_all_items_that_was_won_is_the_tenders() -> None:
    rows = [["コピー用紙", A, "500,000", ""], ["合計", A, "580,000", "落札"], ["合計", B, "600,000", ""]]
    awards = read(delimited([*LABELS, HEADER, *rows])).awards
    assert [(award.title, winners(award)) for award in awards] == [
        ("架空事務用品の購入 コピー用紙", []), ("架空事務用品の購入", [A]),
    ]  # fmt: skip


def test_a_title_that_names_its_item_is_said_once() -> None:
    rows = [["件名", "架空コピー用紙の購入"], LABELS[1], HEADER, *PAPER]
    assert [one[0] for one in told(delimited(rows))] == ["架空コピー用紙の購入"]


def test_numbers_of_items_are_no_items() -> None:
    rows = [*LABELS, ["品目番号", *HEADER], *(["1", *row] for row in PAPER), *(["2", *row] for row in ENVELOPES)]
    assert told(delimited(rows)) == TOLD
