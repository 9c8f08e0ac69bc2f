"""Labels that part several winners in one field, or their prices: ``№1、3〜5：株式会社A … №2：株式会社B``, ``1 株式会社A 2 …``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.gazette.company_form import has_form

_NUMBERS = r"[0-9](?:[ ]?[0-9、,.~〜・…-])*"
_UNIT = "(?:号|区分?|工区|項|群|地区|ロット|グループ)"
_COLON = re.compile(
    rf"(?:^|(?<=[\s)、,。;円]))(?P<label>No\.?[ ]?{_NUMBERS}|第?{_NUMBERS}{_UNIT}?|[^():、,0-9]{{1,20}}[0-9]{{0,3}})[ ]?:"
)
_NUMERO = re.compile(rf"(?P<label>No\.?[ ]?{_NUMBERS}{_UNIT}?|第[0-9]+{_UNIT}):?")
_LISTED = re.compile(
    r"(?:^|(?<=[\s)、,。;円0-9]))(?P<label>[①-⑳]|\((?:[0-9]{1,2}|[アイウエオ])\)|(?:[0-9]{1,2}|[アイウエオカ])[.):])(?=\S)"
)
_BARE = re.compile(r"(?:^|(?<=[\s)、,。;円]))(?P<label>[0-9]{1,2})[ ]?(?=[^0-9,.、\s()~〜-])")
_BARE_PRICE = re.compile(r"(?:^|(?<=[\s)、。;円]))(?P<label>[0-9]{1,2})[ ]+(?=[0-9@¥])")
_KANA = "アイウエオカ"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A part of a field under one label, flat[start:end] of the text given; ``label`` is None where there are none."""

    label: str | None
    start: int
    end: int


def split_labels(text: str, *, prices: bool = False) -> tuple[Labelled, ...]:
    """The labelled parts of a closed text, or the whole as one without a label.

    Bare numbers and letters count as labels only if the text begins with the first and they rise one by one: a block number
    in an address does neither. With ``prices`` a bare number may stand before another number (``1 100円 2 200円``).
    """
    bare = ((_BARE_PRICE, True),) if prices else ((_BARE, True),)
    for pattern, rising in ((_COLON, False), (_NUMERO, False), (_LISTED, True), *bare):
        found = list(pattern.finditer(text))
        found = _rising(found) if rising else [match for match in found if not _names_something(match["label"])]
        if found and found[0].start() == 0 and (len(found) > 1 or pattern is _COLON):
            ends = [*(match.start() for match in found[1:]), len(text)]
            return tuple(
                Labelled(label_key(match["label"]), match.end(), end) for match, end in zip(found, ends, strict=True)
            )
    return (Labelled(None, 0, len(text)),)


def label_key(label: str) -> str:
    """What two printings of one label share: ``№1、3〜5`` and ``No.1，3~5``."""
    return squeeze(fold(label)).replace("〜", "~").replace("、", ",").removeprefix("No").strip("().: ")


def _names_something(label: str) -> bool:
    """Whether words before a colon are part of a winner's text: its own name, or the name of what follows (住所：)."""
    return (
        has_form(label) or re.search("住所|所在|代表|構成|幹事|法人番号|氏名|名称|商号|単価|総額|税", label) is not None
    )


def _rising(matches: list[re.Match[str]]) -> list[re.Match[str]]:
    kept: list[re.Match[str]] = []
    for match in matches:
        if _ordinal(match["label"]) == len(kept) + 1:
            kept.append(match)
    return kept


def _ordinal(label: str) -> int | None:
    bare = label.strip("().: ")
    if bare and "①" <= bare <= "⑳":
        return ord(bare) - ord("①") + 1
    if bare in _KANA:
        return _KANA.index(bare) + 1
    return int(bare) if bare.isdecimal() else None
