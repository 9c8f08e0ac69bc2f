"""Which suppliers are one firm."""

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
    assert group([one, other, supplier("株式会社A")]) == [0, 1, 0]


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
