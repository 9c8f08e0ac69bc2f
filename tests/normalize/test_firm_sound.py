"""Names of firms that sound alike, and what firms are called besides."""

from __future__ import annotations

import pytest

from tsukitome.normalize.firm import core_key
from tsukitome.normalize.firm_sound import other_names, roman_key, sound_key
from tsukitome.normalize.text import table


def sound_alike(one: str, other: str) -> bool:
    return sound_key(one) == sound_key(other) or roman_key(one) == roman_key(other)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("株式会社NTTデータ", "株式会社エヌ・ティ・ティ・データ", True),
        ("TIS株式会社", "ティーアイエス株式会社", True),
        ("ヴィーナス商事株式会社", "ビーナス商事", True),
        ("キヤノン株式会社", "キャノン", True),
        ("さくら企画", "サクラ企画", True),
        ("コンピュータ見本", "コンピューター見本", True),
        ("ケイズ株式会社", "ケーズ", True),
        ("TANAKA商事", "タナカ商事株式会社", True),
        ("ShinNihon", "シンニホン", True),
        ("Huji工業", "フジ工業", True),
        ("SAY企画", "セイ企画", False),  # only the register says so
        ("SAY企画", "星企画", False),
        ("東京商事", "トウキョウ商事", False),
        ("アイダ工業", "アダ工業", False),
    ],
)
def test_names_that_sound_alike(one: str, other: str, alike: bool) -> None:
    assert sound_alike(one, other) is sound_alike(other, one) is alike


def test_names_that_firms_have_besides() -> None:
    assert core_key("NEC") in other_names(core_key("日本電気株式会社"))
    assert other_names(core_key("日鉄ソリューションズ")) == {
        core_key(f"新日鉄{word}") for word in ("ソリューションズ", "住金ソリューションズ")
    }
    assert other_names(core_key("株式会社SAY企画")) == frozenset()


def test_no_firm_stands_in_two_rows() -> None:
    names = [core_key(name) for row in table("firm_aliases") for name in (row["name"], *row["others"].split("|"))]
    assert len(names) == len(set(names))
