"""What the register adds to a stated firm, and the level at which its names are met."""

from __future__ import annotations

import pytest
from builders import award, supplier

from tsukitome.archive.merging import merge
from tsukitome.archive.register import Register
from tsukitome.clues.firm import FirmReading, KnownAs
from tsukitome.clues.query import Clues
from tsukitome.matching.alternatives import alternatives_of
from tsukitome.matching.compare import comparer
from tsukitome.matching.firm_names import with_other_names
from tsukitome.normalize.firm import core_key
from tsukitome.registrations import Registration

SUPPLIERS = [
    "株式会社SAY企画", "株式会社丸紅商事", "株式会社エヌ・ティ・ティ・データ", "日本電気株式会社", "ヴィーナス株式会社",
    "髙島屋株式会社", "有限会社見本商会", "新見本株式会社",
]  # fmt: skip
REGISTER = Register(
    [
        Registration("4013301020174", "株式会社ＳＡＹ企画", "セイキカク"),
        Registration("1010001144728", "株式会社丸紅商事", "マルベニショウジ"),
        Registration("7000000000002", "旧見本株式会社", "キュウミホン", process="01"),
        Registration("7000000000002", "新見本株式会社", "シンミホン", process="11"),
    ]
)


def asked(firm: str) -> Clues:
    cores = [core_key(name) for name in SUPPLIERS]
    return with_other_names(Clues(firm=firm), REGISTER, lambda part: [core for core in cores if part in core])


def met(firm: str) -> dict[str, tuple[str, str | None]]:
    """The suppliers that a clue does not contradict, each with its level and note."""
    alternatives = alternatives_of(
        merge(award("業務", supplier(name), line=line) for line, name in enumerate(SUPPLIERS))
    )
    held = comparer(asked(firm).asked["firm"], alternatives)
    found = [(one.supplier.name, held.compare(one)) for one in alternatives]
    return {name: (one.level or "", one.note and one.note.say("en")) for name, one in found if one.level != "other"}


@pytest.mark.parametrize(
    ("clue", "name", "level"),
    [
        ("SAY企画", "株式会社SAY企画", "same"),
        ("(株)ＳＡＹ企画", "株式会社SAY企画", "same"),
        ("SAY企画 K.K.", "株式会社SAY企画", "same"),
        ("Say企画 Co., Ltd.", "株式会社SAY企画", "same"),
        ("高島屋", "髙島屋株式会社", "same"),
        ("エスエーワイ企画", "株式会社SAY企画", "spelled"),
        ("セイ企画", "株式会社SAY企画", "reading"),
        ("せいきかく", "株式会社SAY企画", "reading"),
        ("かぶしきがいしゃせいきかく", "株式会社SAY企画", "reading"),
        ("まるべに商事", "株式会社丸紅商事", "reading"),
        ("NTTデータ", "株式会社エヌ・ティ・ティ・データ", "reading"),
        ("ビーナス", "ヴィーナス株式会社", "reading"),
        ("NEC", "日本電気株式会社", "alias"),
        ("旧見本株式会社", "新見本株式会社", "alias"),
        ("SAI企画", "株式会社SAY企画", "alike"),
    ],
)
def test_a_firm_is_found_by_key_by_reading_and_by_alias(clue: str, name: str, level: str) -> None:
    found = met(clue)
    assert {one: said for one, (said, _) in found.items()} == {name: level}


@pytest.mark.parametrize("clue", ["セイ商事", "星企画", "セ企画", "ヤマ商事"])
def test_others_stay_others(clue: str) -> None:
    assert met(clue) == {}


def test_the_evidence_says_on_what_it_stands() -> None:
    assert met("セイ企画")["株式会社SAY企画"][1] == (
        "by the corporate register 株式会社SAY企画 is read so; this suggests, it does not prove"
    )
    assert (
        met("NTTデータ")["株式会社エヌ・ティ・ティ・データ"][1]
        == "the names sound alike; this suggests, it does not prove"
    )


def test_the_reading_shows_what_the_register_added() -> None:
    reading = asked("セイ企画").asked["firm"].reading
    assert isinstance(reading, FirmReading)
    assert reading.known_as == (KnownAs("株式会社ＳＡＹ企画", "reading"),)
    assert reading.to_dict() == {"name": "セイ企画", "known_as": [{"name": "株式会社ＳＡＹ企画", "why": "reading"}]}


def test_clues_to_which_the_register_adds_nothing_stay_as_they_are() -> None:
    for clues in (Clues(ward="豊島区"), Clues(firm="架空")):
        assert with_other_names(clues, REGISTER, lambda _: []) is clues
    assert with_other_names(Clues(firm="セイキカク"), Register(), lambda _: []).asked["firm"].reading.to_dict() == {
        "name": "セイキカク"
    }
