"""Firm names by their sound, and by what else they are called: keys that suggest a firm and never prove one.

エヌ・ティ・ティ・データ sounds as NTTデータ, ヴィーナス as ビーナス, TANAKA as タナカ. How kanji are read, and whether SAY is セイ,
no key knows: only the corporate register says it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tsukitome.normalize.firm import core_key, spelled_key
from tsukitome.normalize.text import table
from tsukitome.pattern import pattern

_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_LARGE = str.maketrans("ァィゥェォッャュョヮヵヶヂヅヰヱヲ", "アイウエオツヤユヨワカケジズイエオ")
_VOICED = (("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴ", "ブ"))
# エイ and エー, オウ and オー, and the mark itself: how long a vowel is does not count.
_LONG = pattern(
    "ー|(?<=[アカサタナハマヤラワガザダバパ])ア|(?<=[イキシチニヒミリギジビピ])イ|(?<=[ウクスツヌフムユルグズブプ])ウ"
    "|(?<=[エケセテネヘメレゲゼデベペ])[エイ]|(?<=[オコソトノホモヨロゴゾドボポ])[オウ]"
)
_LONG_IN_LATIN = pattern("-|(?<=o)[uo]|(?<=e)[ei]|(?<=([aiu]))\\1")
# Spellings of Kunrei and Hepburn romanization that stand for one sound.
_ROMANIZED = (
    ("si", "shi"),
    ("ti", "chi"),
    ("tu", "tsu"),
    ("hu", "fu"),
    ("zi", "ji"),
    ("sy", "sh"),
    ("ty", "ch"),
    ("zy", "j"),
)
_LATIN = pattern("[a-z]")
_KANA = pattern("[ァ-ヴー]+")


@lru_cache(maxsize=1 << 14)
def sound_key(name: str) -> str:
    """:func:`~tsukitome.normalize.firm.core_key` by its sound: letters by their names, kana without small ones and long vowels."""
    text = spelled_key(name).translate(_KATAKANA)
    for printed, sound in _VOICED:
        text = text.replace(printed, sound)
    return _LONG.sub("", text.translate(_LARGE))


@lru_cache(maxsize=1 << 14)
def roman_key(name: str) -> str:
    """:func:`~tsukitome.normalize.firm.core_key` with kana in Latin letters: タナカ商事 as TANAKA商事."""
    text = core_key(name).translate(_KATAKANA)
    if _KANA.search(text):
        import jaconv  # most names of kanji need none of it

        text = _KANA.sub(lambda match: str(jaconv.kata2alphabet(match.group())), text)
    if not _LATIN.search(text):
        return text
    for printed, sound in _ROMANIZED:
        text = re.sub(f"(?<![cst]){printed}", sound, text)
    return _LONG_IN_LATIN.sub("", text)


@cache
def _other_names() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for row in table("firm_aliases"):
        names = frozenset(core_key(name) for name in (row["name"], *row["others"].split("|")))
        for name in names:
            found[name] = found.get(name, frozenset()) | names
    return found


def other_names(core: str) -> frozenset[str]:
    """The keys of what else a firm of this key is or was called, by ``tables/firm_aliases.csv``."""
    return _other_names().get(core, frozenset()) - {core}
