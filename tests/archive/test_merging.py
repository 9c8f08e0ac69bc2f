"""When two records are one award, and when they are not."""

from dataclasses import replace

import pytest
from builders import award, supplier, total
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.archive.merging import merge
from tsukitome.awards import Amount

UNIT = Amount("unit_price", 14.9, "14.90円", supplier=0)
RESERVE = total(242_143_560, "reserve_price")

GAZETTE = award(noticed="2017-06-29", published="2017-10-02", amounts=(UNIT, RESERVE), file="gazette.txt")
TABLE = award(
    "扶養親族等申告書・個人番号申出書　データ入力及び画像化業務　一式",
    awarded=None,
    contracted="2017-08-09",
    amounts=(UNIT, RESERVE, total(182_547_000, "estimated_total")),
    file="table.pdf",
    kind="contract_table",
)


def test_the_seeds_gazette_notice_and_table_row_are_one_award() -> None:
    (merged,) = merge([GAZETTE, TABLE])
    assert set(merged.award_ids) == {GAZETTE.award_id, TABLE.award_id}
    assert len(merged.suppliers) == 1
    amounts = {(amount.role, amount.yen) for amount in merged.amounts_of(merged.suppliers[0])}
    assert amounts == {("unit_price", 14.9), ("reserve_price", 242_143_560), ("estimated_total", 182_547_000)}
    assert set(merged.dates) == {"award", "contract", "notice", "published"}


@pytest.mark.parametrize(
    "other",
    [
        replace(TABLE, buyer="厚生労働省"),
        replace(TABLE, title="扶養親族等申告書の点検業務"),
        replace(TABLE, title="平成30年分" + TABLE.title),
        replace(TABLE, suppliers=(supplier("株式会社星企画"),)),
        replace(TABLE, dates=award(contracted="2017-09-10", awarded=None).dates),
        replace(TABLE, amounts=(UNIT, total(242_143_561, "reserve_price"))),
        replace(TABLE, source=GAZETTE.source),
        replace(TABLE, buyer=None),
        replace(TABLE, dates=award(awarded=None).dates),
    ],
    ids=["buyer", "title", "year", "supplier", "32 days", "amount", "one file", "no buyer", "no date"],
)
def test_what_differs_stays_apart(other: object) -> None:
    assert len(merge([GAZETTE, other])) == 2  # type: ignore[list-item]


def test_31_days_are_still_one_award() -> None:
    assert len(merge([GAZETTE, replace(TABLE, dates=award(contracted="2017-09-09", awarded=None).dates)])) == 1


def test_two_rows_of_one_file_are_two_awards_even_when_a_third_record_fits_both() -> None:
    again = award(line=2, amounts=(UNIT, RESERVE), file="gazette.txt")
    assert sorted(len(found.records) for found in merge([GAZETTE, again, TABLE])) == [1, 2]


def test_a_ministry_with_and_without_its_bureau_is_one_buyer() -> None:
    one = award("統計調査 一式", buyer="厚生労働省", file="one")
    other = award("統計調査一式", buyer="厚生労働省東京労働局", file="other")
    assert len(merge([one, other])) == 1


def test_lots_of_one_tender_stay_apart() -> None:
    assert (
        len(
            merge(
                [award("国勢統計調査票の入力（第1区分）", file="a"), award("国勢統計調査票の入力（第2区分）", file="b")]
            )
        )
        == 2
    )


@given(st.permutations([GAZETTE, TABLE, award("清掃業務", file="c"), award(file="d", awarded="2016-12-01")]))
def test_the_order_of_reading_makes_no_difference(records: list) -> None:  # type: ignore[type-arg]
    assert [found.award_ids for found in merge(records)] == [
        found.award_ids for found in merge(sorted(records, key=lambda record: record.award_id))
    ]
