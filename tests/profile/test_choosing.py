"""Which firms a question means: spellings meet, firms of one name stay apart, and a bare name proves nothing."""

import pytest
from builders import award, stored, supplier

from tsukitome.awards import Award, Supplier
from tsukitome.errors import ClueError
from tsukitome.profile.asking import read_query
from tsukitome.profile.choosing import Choice, choose
from tsukitome.registrations import Registration

NUMBER, OTHER = "4013301020174", "1010001144728"


def chosen(question: str, *suppliers: Supplier, register: object = None) -> Choice:
    records: list[Award] = [award("業務", one, file=f"{n}.txt", line=n) for n, one in enumerate(suppliers, 1)]
    return choose(stored(records).firms, read_query(question), register)  # type: ignore[arg-type]


def numbers(choice: Choice) -> list[str | None]:
    return [group.number for group in choice.fitting]


@pytest.mark.parametrize(
    "question",
    ["(株)SAY企画", "㈱ＳＡＹ企画", "株式会社 say企画", "SAY企画", NUMBER, "法人番号：4013301020174", "T4013301020174"],
)
def test_every_spelling_and_the_number_mean_one_firm(question: str) -> None:
    found = chosen(question, supplier(corporate_number=NUMBER), supplier("株式会社清掃", "東京都北区王子1-1-1"))
    assert numbers(found) == [NUMBER]


@pytest.mark.parametrize("question", ["4013301020175", "", " 　", "・・・"])
def test_what_names_no_firm_is_said(question: str) -> None:
    with pytest.raises(ClueError):
        read_query(question)


def test_two_firms_of_one_name_are_two() -> None:
    here, there = supplier("株式会社A", "東京都豊島区池袋1-1-1"), supplier("株式会社A", "東京都北区王子1-1-1")
    found = chosen("株式会社A", here, there)
    assert {group.rows[0].supplier.address for group in found.fitting} == {here.address, there.address}
    assert {group.identity for group in found.fitting} == {"name_and_address"}


def test_a_number_and_an_address_make_one_of_spellings() -> None:
    found = chosen(NUMBER, supplier(corporate_number=NUMBER), supplier("(株)ＳＡＹ企画", "豊島区東池袋一丁目48番10号"))
    assert [len(group.appearances) for group in found.fitting] == [2]


def test_a_bare_name_is_never_joined_and_never_silent() -> None:
    found = chosen("SAY企画", supplier(corporate_number=NUMBER), supplier(address=None), supplier(address=None))
    assert numbers(found) == [NUMBER]
    assert [(group.identity, len(group.appearances)) for group in found.unproven] == [("name_only", 2)]


def test_where_only_bare_names_are_known_they_are_offered_as_such() -> None:
    found = chosen("SAY企画", supplier(address=None))
    assert [group.identity for group in found.fitting] == ["name_only"]
    assert not found.unproven


def test_the_legal_form_that_was_given_decides() -> None:
    one, other = supplier("株式会社A", "東京都北区王子1-1-1"), supplier("有限会社A", "東京都北区王子2-2-2")
    found = chosen("有限会社A", one, other)
    assert [group.names for group in found.fitting] == [("有限会社A",)]
    assert [group.names for group in found.like] == [("株式会社A",)]
    assert len(chosen("A", one, other).fitting) == 2


def test_letters_spelled_in_kana_suggest_and_are_kept_apart() -> None:
    spelled = supplier("株式会社エスエーワイ企画", "東京都豊島区東池袋3-15-22")
    found = chosen("株式会社SAY企画", supplier(), spelled)
    assert [group.names for group in found.like] == [("株式会社エスエーワイ企画",)]
    only = chosen("株式会社SAY企画", spelled)
    assert (only.found_by, only.fitting[0].names) == ("spelling", ("株式会社エスエーワイ企画",))


def test_a_part_of_the_name_finds_and_says_so() -> None:
    found = chosen("中央清掃", supplier("株式会社東京中央清掃社", "東京都北区王子1-1-1"))
    assert (found.found_by, len(found.fitting)) == ("part", 1)


def test_nothing_is_found_for_a_stranger() -> None:
    assert not chosen("株式会社どこにもない", supplier()).listed


class Register:
    """One firm in the corporate register."""

    entry = Registration(NUMBER, "株式会社SAY企画", "セイキカク")

    def history(self, number: str) -> tuple[Registration, ...]:
        return (self.entry,) if number == NUMBER else ()

    def with_reading(self, reading: str) -> tuple[Registration, ...]:
        return (self.entry,) if reading == self.entry.reading else ()


def test_a_reading_finds_by_the_register() -> None:
    found = chosen("セイキカク", supplier(corporate_number=NUMBER), register=Register())
    assert (found.found_by, numbers(found)) == ("reading", [NUMBER])


def test_losers_and_members_are_firms_too() -> None:
    found = chosen("株式会社B", supplier("株式会社B", "東京都北区王子1-1-1", role="bidder"))
    assert found.fitting[0].appearances[0].role == "bidder"
