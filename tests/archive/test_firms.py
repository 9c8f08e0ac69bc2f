"""Which suppliers are one firm."""

from itertools import permutations

import pytest
from builders import supplier

from tsukitome.archive.firms import describe, group, name_keys


def test_name_and_address_make_one_firm_however_they_are_printed() -> None:
    one = supplier("株式会社SAY企画", "東京都豊島区東池袋1-48-10")
    other = supplier("株式会社ＳＡＹ企画", "豊島区東池袋一丁目４８番１０号")
    assert group([one, other]) == [0, 0]


def test_a_number_makes_one_firm_at_two_addresses() -> None:
    one = supplier("株式会社A", "東京都豊島区東池袋1-1-1", corporate_number="4013301020174")
    other = supplier("株式会社A", "大阪府大阪市北区梅田1-1-1", corporate_number="4013301020174")
    assert group([one, other]) == [0, 0]


def test_equal_names_alone_are_two_firms() -> None:
    assert group([supplier("株式会社A", "東京都豊島区東池袋1-1-1"), supplier("株式会社A", "東京都北区王子1-1-1")]) == [
        0,
        1,
    ]
    assert group([supplier("株式会社A", None), supplier("株式会社A", None)]) == [0, 1]


def test_two_numbers_are_two_firms_at_one_address() -> None:
    one = supplier("株式会社A", corporate_number="4013301020174")
    other = supplier("株式会社A", corporate_number="1010001144728")
    assert group([one, other, one]) == [0, 1, 0]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_whoever_could_be_either_of_two_firms_is_neither(order: tuple[int, ...]) -> None:
    """Half of the records lack the number, or the legal form: which of two firms at that address they mean is not known."""
    numbers = [supplier("株式会社A", corporate_number=one) for one in ("4013301020174", "1010001144728", None)]
    forms = [supplier(name) for name in ("株式会社山田", "有限会社山田", "山田")]
    for firms in (numbers, forms):
        assert group([firms[place] for place in order]) == [0, 1, 2]


def test_without_a_second_firm_of_the_name_a_missing_number_or_form_is_no_other_firm() -> None:
    known = supplier("株式会社A", corporate_number="4013301020174")
    assert group([supplier("A"), known, supplier("株式会社A")]) == [0, 0, 0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("北海道札幌市中央区北3条西4丁目1-1", "北海道札幌市中央区北3条東10丁目5"),
        ("東京都千代田区一番町23-3", "東京都千代田区一番町5"),
        ("愛媛県松山市三番町4-9-6", "愛媛県松山市三番町7-1-21"),
        ("岩手県滝沢市巣子第3地割12-1", "岩手県滝沢市巣子第3地割45"),
    ],
)
def test_a_number_in_a_towns_name_is_no_block(one: str, other: str) -> None:
    assert group([supplier("株式会社A", one), supplier("株式会社A", other)]) == [0, 1]


def test_another_legal_form_is_another_firm() -> None:
    assert group([supplier("株式会社SAY企画"), supplier("SAY企画株式会社"), supplier("有限会社SAY企画")]) == [0, 1, 2]


def test_a_firm_that_is_not_the_first_of_its_name_and_place_is_one_firm_too() -> None:
    """Two firms of one name at one address, told apart by their forms, each met twice."""
    one, other = supplier("株式会社SAY企画"), supplier("有限会社SAY企画")
    assert group([one, other, other, one]) == [0, 1, 1, 0]


def test_spelled_letters_suggest_and_do_not_merge() -> None:
    one, other = supplier("株式会社SAY企画"), supplier("株式会社エスエーワイ企画")
    assert group([one, other]) == [0, 1]
    assert name_keys(one.name) & name_keys(other.name)


def test_a_firm_is_described_by_the_name_printed_most_often() -> None:
    suppliers = [supplier("株式会社B"), supplier("株式会社A"), supplier("株式会社A")]
    firm = describe(suppliers, ["㈱B", "(株)A", "(株)A"])
    assert firm.name == "株式会社A"
    assert firm.names_seen == ("㈱B", "(株)A")
    assert firm.addresses == ("東京都豊島区東池袋1-48-10",)


@pytest.mark.parametrize(
    ("one", "other"),
    [("株式会社NTTデータ", "株式会社エヌ・ティ・ティ・データ"), ("パナソニック株式会社", "松下電器産業株式会社")],
)
def test_another_way_of_writing_and_a_former_name_suggest_and_do_not_merge(one: str, other: str) -> None:
    assert name_keys(one) & name_keys(other)
    assert group([supplier(one), supplier(other)]) == [0, 1]
