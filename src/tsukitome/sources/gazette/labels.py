"""Labels that part several winners in one field, or their prices: ``№1、3〜5：株式会社A … №2：株式会社B``, ``1 株式会社A 2 …``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.gazette.company_form import has_form
from tsukitome.sources.vocabulary import vocabulary

_NUMBERS = r"[0-9]+(?:[ ]?[、,.~〜・…-]+[ ]?[0-9]+|[ ][0-9]+(?![0-9A-Za-z]))*[、,.~〜・…-]*"
_UNIT = "(?:号|区分?|工区|項|群|地区|ロット|グループ)"
# Words of lots; 第 and その count as such only before an amount.
_HEAD = (
    r"(?:N[oO]|no|L[oO][tT]|lot|"
    + "|".join(row["word"] for row in vocabulary("gazette_lot_words") if row["word"] not in ("第", "その"))
    + r")\.?[ ]?"
)
_NUMBERED = re.compile(r"(?<![A-Za-z])(?:N[oO]|no)\.?[ ]?[0-9]")  # № begins a label wherever it stands
_COLON = re.compile(rf"(?P<label>{_HEAD}{_NUMBERS}|第?{_NUMBERS}{_UNIT}?|[^():、,0-9]{{1,20}}[0-9]{{0,3}})[ ]?:")
_AREA = "[A-Z](?:地区|地域|区域|ブロック|グループ|ロット|区分|群)"
_NUMERO = re.compile(rf"(?P<label>{_HEAD}{_NUMBERS}{_UNIT}?|第[0-9]+{_UNIT}|{_AREA}):?")
_CIRCLED = re.compile("(?P<label>[①-⑳]):?(?=.)")
_LISTED = re.compile(
    r"(?P<label>\((?:[0-9]{1,2}|[アイウエオ])\)(?:[~〜、,・-]+\([0-9]{1,2}\))*|(?:[0-9]{1,2}|[アイウエオカ])[.):])(?=\S)"
)
_LISTED_PRICE = re.compile(r"(?P<label>\((?:[0-9]{1,2}|[アイウエオ])\)|[0-9]{1,2}\)|[アイウエオカ][.):])(?=\S)")
_BARE = re.compile(r"(?P<label>[0-9]{1,2})[ ]?(?=[^0-9,.、\s()~〜-])")
_MAY_STAND_BEFORE = frozenset(" )、,。;円〓")
_LETTERED = re.compile("(?P<label>[アイウエオカa-fA-F])")  # with white space behind it
_KANA = "アイウエオカ"
# The kinds of labels in the order in which they are tried, and whether those of a kind must rise one by one.
_WAYS_OF_PRICES = ((_COLON, False), (_NUMERO, False), (_CIRCLED, True), (_LISTED_PRICE, True))
_WAYS = ((_COLON, False), (_NUMERO, False), (_CIRCLED, True), (_LISTED, True), (_BARE, True), (_LETTERED, True))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A part of a field under one label, flat[start:end] of the text given; ``label`` is None where there are none."""

    label: str | None
    start: int
    end: int


def split_labels(text: str, gaps: Collection[int] = (), *, prices: bool = False) -> tuple[Labelled, ...]:
    """The labelled parts of a closed text, or the whole as one without a label.

    ``gaps`` are the offsets before which white space was dropped. Bare numbers and letters count as labels only if the text
    begins with the first and they rise one by one: a block number in an address does neither. In ``prices``, where lots were
    told apart before, ``1.72円`` holds no label, and what stands before the first lot (総額) is a part without one.
    """
    free: set[int] = set()
    for pattern, rising in _WAYS_OF_PRICES if prices else _WAYS:
        if not _may_label(pattern, text, anywhere=prices and not rising):
            continue
        free = free or {place for place, char in enumerate(text, start=1) if char in _MAY_STAND_BEFORE} | {0}
        found = list(_matches(pattern, text, free.union(gaps) if rising else free))
        found = _rising(found) if rising else [match for match in found if not _names_something(match["label"])]
        if pattern is _LETTERED and found and not _all_name_firms(found, text, gaps):
            continue
        first = prices and not rising
        if found and (found[0].start() == 0 or first) and (len(found) > 1 or pattern is _COLON or first):
            ends = [*(match.start() for match in found[1:]), len(text)]
            before = (Labelled(None, 0, found[0].start()),) if found[0].start() else ()
            return before + tuple(
                Labelled(label_key(match["label"]), match.end(), end) for match, end in zip(found, ends, strict=True)
            )
    return (Labelled(None, 0, len(text)),)


def may_begin_with_label(text: str) -> bool:
    """Whether a label may stand before a text that begins with no digit and holds no colon; what begins with a letter alone
    (A 株式会社…) is one only beside another.
    """
    return any(pattern.match(text) for pattern in (_NUMERO, _CIRCLED, _LISTED))


def _all_name_firms(labels: list[re.Match[str]], text: str, gaps: Collection[int]) -> bool:
    """Whether white space and a firm stand behind each letter, so that no letter-spaced name (A B C企画) is parted."""
    ends = [*(match.start() for match in labels[1:]), len(text)]
    return all(
        match.end() in gaps and has_form(text[match.end() : end]) for match, end in zip(labels, ends, strict=True)
    )


def _may_label(pattern: re.Pattern[str], text: str, *, anywhere: bool) -> bool:
    """A quick look at whether labels of a kind can part a text: the first begins it, except where one may stand ``anywhere``."""
    if pattern is _COLON and ":" not in text:
        return False
    return anywhere or pattern.match(text) is not None


def _matches(pattern: re.Pattern[str], text: str, free: Collection[int]) -> Iterator[re.Match[str]]:
    """The labels in a text that begin at one of the ``free`` places; № and ① need none."""
    if pattern in (_NUMERO, _CIRCLED):
        yield from pattern.finditer(text)
        return
    position = 0
    for place in range(len(text)):
        free_here = place in free or (
            text[place] == "(" if pattern in (_LISTED, _LISTED_PRICE) else _NUMBERED.match(text, place)
        )
        if place >= position and free_here and (match := pattern.match(text, place)):
            position = match.end()
            yield match


@lru_cache(maxsize=1 << 12)
def label_key(label: str) -> str:
    """What two printings of one label share: ``№1、3〜5`` and ``No.1，3~5``, ① and (1)."""
    bare = squeeze(fold(label)).replace("〜", "~").replace("、", ",")
    bare = re.sub(r"^(?:N[oO]|no)", "", bare).strip("().,:~ ")
    bare = re.sub(r"\)([~,・-]+)\(", r"\1", bare)  # (1)~(3)
    return str(ord(bare) - ord("①") + 1) if len(bare) == 1 and "①" <= bare <= "⑳" else bare


@lru_cache(maxsize=1 << 12)
def lots_of(label: str) -> frozenset[int]:
    """The numbers of the lots that a label key names: ``1,3~5,9`` → 1, 3, 4, 5, 9; none for ``A地区``."""
    match = re.fullmatch(r"[^0-9]*((?:[0-9]{1,3}[,.・]?|[0-9]{1,3}[~…-]+[0-9]{1,3}[,.・]?)+)[^0-9]*", label)
    lots: set[int] = set()
    for first, last in re.findall(r"([0-9]{1,3})(?:[~…-]+([0-9]{1,3}))?", match[1] if match else ""):
        lots.update(range(int(first), int(last or first) + 1))
    return frozenset(lots)


def _names_something(label: str) -> bool:
    """Whether words before a colon are part of a winner's text: its own name, or the name of what follows (住所：)."""
    return (
        has_form(label) or re.search("住所|所在|代表|構成|幹事|法人番号|氏名|名称|商号|単価|総額|税", label) is not None
    )


def _rising(matches: list[re.Match[str]]) -> list[re.Match[str]]:
    kept: list[re.Match[str]] = []
    seen: set[int] = set()
    for match in matches:
        ordinal = _ordinal(match["label"])
        # Behind (1)、(3) the next may be (2) or (4).
        if ordinal == len(seen) + 1 or (ordinal and ordinal not in seen and seen and ordinal < max(seen)):
            kept.append(match)
            seen |= {ordinal, *lots_of(label_key(match["label"]))}
    return kept


def _ordinal(label: str) -> int | None:
    bare = re.split(r"\)", label.strip("().: "))[0]
    if bare and "①" <= bare <= "⑳":
        return ord(bare) - ord("①") + 1
    if bare in _KANA:
        return _KANA.index(bare) + 1
    if bare.isascii() and bare.isalpha():
        return ord(bare.lower()) - ord("a") + 1
    return int(bare) if bare.isdecimal() else None
