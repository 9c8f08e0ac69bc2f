"""When two records are one award, and when they are not."""

from dataclasses import replace

import pytest
from builders import award, supplier, total
from hypothesis import given
from hypothesis import strategies as st

from tsukitome.archive.merging import merge
from tsukitome.awards import Amount, FromRegister

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
    amounts = {(amount.role, amount.yen) for amount in merged.amounts_of(0)}
    assert amounts == {("unit_price", 14.9), ("reserve_price", 242_143_560), ("estimated_total", 182_547_000)}
    assert set(merged.dates) == {"award", "contract", "notice", "published"}


@pytest.mark.parametrize(
    "other",
    [
        replace(TABLE, buyer="厚生労働省"),
        replace(TABLE, title="扶養親族等申告書の点検業務"),
        replace(TABLE, title="平成30年分" + TABLE.title),
        replace(TABLE, suppliers=(supplier("株式会社星企画"),)),
        replace(TABLE, suppliers=(supplier("有限会社SAY企画"),)),
        replace(TABLE, suppliers=(supplier("SAY企画株式会社"),)),
        replace(TABLE, suppliers=(supplier("株式会社SAY企画", "大阪府大阪市北区梅田1-1"),)),
        replace(TABLE, dates=award(contracted="2017-09-10", awarded=None).dates),
        replace(TABLE, amounts=(UNIT, total(242_143_561, "reserve_price"))),
        replace(TABLE, source=GAZETTE.source),
        replace(TABLE, buyer=None),
        replace(TABLE, dates=award(awarded=None).dates),
    ],
    ids=[
        "buyer",
        "title",
        "year",
        "supplier",
        "form",
        "form behind",
        "place",
        "32 days",
        "amount",
        "one file",
        "no buyer",
        "no date",
    ],
)
def test_what_differs_stays_apart(other: object) -> None:
    assert len(merge([GAZETTE, other])) == 2  # type: ignore[list-item]


def test_31_days_are_still_one_award() -> None:
    assert len(merge([GAZETTE, replace(TABLE, dates=award(contracted="2017-09-09", awarded=None).dates)])) == 1


def test_two_rows_of_one_file_are_two_awards_even_when_a_third_record_fits_both() -> None:
    again = award(line=2, amounts=(UNIT, RESERVE), file="gazette.txt")
    assert sorted(len(found.records) for found in merge([GAZETTE, again, TABLE])) == [1, 2]


def test_a_record_that_could_be_of_either_of_two_firms_joins_neither() -> None:
    """One table prints where two firms of a name are, or their numbers; another one does not."""
    tokyo, osaka = supplier("株式会社山田"), supplier("株式会社山田", "大阪府大阪市北区梅田1-1")
    one, other = (supplier("株式会社山田", corporate_number=n) for n in ("4013301020174", "1010001144728"))
    for firms in ((tokyo, osaka, supplier("株式会社山田", None)), (one, other, supplier("株式会社山田"))):
        for day in ("2017-08-01", "2017-08-20"):
            first, second, silent = firms
            records = [award("清掃", first, line=1), award("清掃", second, line=2)]
            unknown = award("清掃", silent, file="b.txt", awarded=day)
            assert len(merge([*records, unknown])) == 3
            # Without the second firm, nothing is in doubt.
            assert len(merge([records[0], unknown])) == 1


def test_a_branch_and_a_firm_that_moved_stay_apart_without_a_number() -> None:
    head = award("清掃", supplier("見本建設株式会社"), file="a.txt")
    branch = award("清掃", supplier("見本建設株式会社大阪支店", "大阪府大阪市北区梅田1-1"), file="b.txt")
    moved = award("清掃", supplier("見本建設株式会社", "東京都新宿区西新宿2-8-1"), file="c.txt")
    assert len(merge([head, branch, moved])) == 3


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


def test_two_winners_of_one_name_in_one_notice_stay_two_each_with_its_price() -> None:
    one = supplier("株式会社セイ", "東京都豊島区池袋1-1")
    other = supplier("有限会社セイ", "大阪府大阪市北区梅田2-2")
    (merged,) = merge([award("印刷", one, other, amounts=(total(1_000_000, supplier=0), total(5_000_000, supplier=1)))])
    assert merged.suppliers == (one, other)
    assert [[amount.yen for amount in merged.amounts_of(index)] for index in (0, 1)] == [[1_000_000], [5_000_000]]


def test_every_printed_spelling_of_a_merged_supplier_is_kept() -> None:
    one = replace(GAZETTE, suppliers=(supplier(printed="(株)SAY企画"),))
    other = replace(TABLE, suppliers=(supplier(printed="株式会社SAY企画"),))
    (merged,) = merge([one, other])
    assert set(merged.names_printed(0)) == {"(株)SAY企画", "株式会社SAY企画"}


def test_a_registered_address_stands_back_behind_a_printed_one_and_speaks_against_nothing() -> None:
    moved = supplier(address="大阪府大阪市北区梅田1-1", register=FromRegister(("address",)))
    (one,) = merge([award("入力業務", moved, file="b.csv"), award("入力業務", supplier(), file="a.txt")])
    assert [(firm.address, firm.address_source) for firm in one.suppliers] == [("東京都豊島区東池袋1-48-10", "award")]
