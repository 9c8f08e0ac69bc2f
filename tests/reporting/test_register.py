"""What `tsukitome sources` says of the corporate register."""

from tsukitome.archive.holdings import StoredSource
from tsukitome.archive.joins import Joins, Missing
from tsukitome.reporting.register import register_sentences

FILE = StoredSource("n.csv", "/n.csv", "0" * 64, "register", 1, "2026-01-01", 0, 0, 3, "2015-11-13", "2023-04-19")


def test_who_got_a_name_or_a_place_and_why_others_got_none() -> None:
    joins = Joins(Missing(3, 3), Missing(5, 2, {"other_name": 1, "unknown_number": 2}), numbers_found=7, ties=1)
    said = [sentence.say("en") for sentence in register_sentences([FILE], joins)]
    assert said == [
        "corporate register: 3 entries, made from 2015-11-13 to 2023-04-19, in 1 files",
        "winners printed by number alone: 3; 3 have their name by the register, 0 stay without",
        "winners without a printed municipality: 5; 2 have that of their registered address, 3 stay without: "
        "the number is in none of the register's files read: 2, the number is registered under other names: 1",
        "corporate numbers found by name and address: 7; of several registered firms, none taken: 1",
    ]
    assert all(
        "登記" in sentence.say("ja") or "法人" in sentence.say("ja") for sentence in register_sentences([FILE], joins)
    )


def test_without_a_register_nothing_is_said() -> None:
    assert list(register_sentences([], None)) == []
