"""Addresses as keys: municipality, town, block. 一丁目48番10号 and 1-48-10 are one block."""

from __future__ import annotations

from functools import lru_cache

from tsukitome.normalize.municipality import municipality
from tsukitome.normalize.numbers import value_of
from tsukitome.normalize.text import fold, fold_variants, squeeze
from tsukitome.pattern import pattern

_KANJI_BLOCK = pattern(r"[一二三四五六七八九十百]+(?=丁(?:目|[0-9一二三四五六七八九十])|番|号|条|地割|線)")
# 堺市 says 丁 for 丁目.
_SEPARATOR = pattern(r"丁目|(?<=[0-9])丁(?=[0-9])|番地の|番地|番(?![町丁])|号(?=[0-9])|の(?=[0-9])")
_PREFECTURE = pattern(r"^(?:北海道|東京都|京都府|大阪府|.{2,3}県)")
_POSTCODE = pattern(r"^〒?[0-9]{3}-[0-9]{4}")
# White space between two digits is no part of a number: 1-48-10 3階.
_END_OF_NUMBER = pattern(r"(?<=[0-9])\s+(?=[0-9])")
# A number before these is a part of the town's name: 北3条西4丁目, 三番町, 第3地割, 西2線.
_BLOCK = pattern(r"[0-9]++(?:-[0-9]++)*+(?!条|番[町丁]|地割|線)")
_HAMLET = pattern("大字|字")
_GA = pattern("[ヶケが](?=[一-鿿])")


def address_key(address: str, municipality_code: str | None) -> tuple[str, str, str] | None:
    """(municipality code, town, block) of an address, or None where the municipality or the block is not known.

    Buildings and floors behind the block are left out; ヶ, ケ and が count as one, 大字 and 字 are dropped.
    """
    if municipality_code is None:
        return None
    text = _POSTCODE.sub("", squeeze(_END_OF_NUMBER.sub("、", fold_variants(fold(address)))))
    text = _PREFECTURE.sub("", text)
    for name in _names(municipality_code):
        text = text.removeprefix(name)
    text = _GA.sub("ケ", _HAMLET.sub("", text))
    text = _KANJI_BLOCK.sub(lambda match: str(value_of(match.group()) or match.group()), text)
    text = _SEPARATOR.sub("-", text)
    block = _BLOCK.search(text)
    if block is None:
        return None
    return municipality_code, text[: block.start()], block.group()


@lru_cache(maxsize=1 << 12)
def _names(municipality_code: str) -> tuple[str, ...]:
    """County, city and ward, as they follow each other in an address."""
    place = municipality(municipality_code)
    return tuple(fold_variants(name) for name in (place.county, place.city, place.ward) if name)
