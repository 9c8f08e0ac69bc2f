"""Buyers as keys: an organization, and the bureau of it that a record may name.

厚生労働省, 東京労働局 and 厚生労働省東京労働局総務部 can be one buyer; 東京労働局 and 愛知労働局 can't.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from tsukitome.dataclass import dataclass
from tsukitome.normalize.firm import core_key
from tsukitome.normalize.text import fold, key, squeeze, table
from tsukitome.pattern import pattern

Relation = Literal["same", "part", "whole", "other"]

# A body of the state at the head of a name; what follows it is a bureau.
_STATE = pattern(
    r"^(?:内閣官房|内閣府|(?:.{2,6}?省)|国税庁|警察庁|金融庁|消費者庁|デジタル庁|復興庁|宮内庁|文化庁|スポーツ庁|林野庁|水産庁|特許庁"
    r"|中小企業庁|資源エネルギー庁|気象庁|海上保安庁|観光庁|最高裁判所|会計検査院|人事院|国立国会図書館|衆議院|参議院)"
)
# A prefecture's government. 北海道 is looked for last: the names of the state's bureaus there begin with it too.
_LOCAL = pattern(r"^(?:東京都|京都府|大阪府|[^\s省庁]{2,3}県)")
_HOKKAIDO = "北海道"
_BODY = pattern(r"^(?P<head>.+?(?:機構|公社|事業団|振興会|基金|センター|研究所|協会|大学))(?P<bureau>.*)$")


@dataclass(frozen=True, slots=True)
class BuyerKey:
    """A buyer: its organization's key, and that of the bureau printed with it (empty where none is)."""

    head: str
    bureau: str

    def may_be(self, other: BuyerKey) -> bool:
        """Whether two printings can mean one buyer: one organization, and not two different bureaus of it."""
        return self.head == other.head and (
            self.bureau.startswith(other.bureau) or other.bureau.startswith(self.bureau)
        )

    def relation(self, asked: BuyerKey) -> Relation:
        """What this buyer is to the one asked for: the same, a part of it, the whole that it is a part of, or another."""
        if self.head != asked.head:
            return "other"
        if self.bureau == asked.bureau:
            return "same"
        if self.bureau.startswith(asked.bureau):
            return "part"
        return "whole" if asked.bureau.startswith(self.bureau) else "other"


@cache
def _bureaus() -> tuple[tuple[str, str], ...]:
    rows = [(row["word"], row["ministry"]) for row in table("state_bureaus")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


@cache
def buyer_key(name: str) -> BuyerKey:
    """The key of a buyer's printed name."""
    text = squeeze(fold(name))
    if match := _STATE.match(text):
        rest = text[match.end() :]
        inner = _STATE.match(rest)  # 財務省国税庁 is 国税庁
        return buyer_key(rest) if inner else BuyerKey(match.group(), key(rest))
    if match := _LOCAL.match(text):
        return BuyerKey(match.group(), key(text[match.end() :]))
    for word, ministry in _bureaus():
        if word in text:
            return BuyerKey(ministry, key(text))
    core = core_key(text)
    if match := _BODY.match(core):
        return BuyerKey(match["head"], match["bureau"])
    if core.startswith(_HOKKAIDO):
        return BuyerKey(_HOKKAIDO, core.removeprefix(_HOKKAIDO))
    return BuyerKey(core, "")


class _Succession(NamedTuple):
    """What a body became on a day: itself under another name, or a part of another."""

    former: BuyerKey
    successor: BuyerKey
    since: str
    merged: bool


@cache
def _successions() -> tuple[_Succession, ...]:
    return tuple(
        _Succession(buyer_key(row["former"]), buyer_key(row["successor"]), row["since"], row["kind"] == "merged")
        for row in table("buyer_successors")
    )


def _what_became(key: BuyerKey) -> tuple[BuyerKey, _Succession | None]:
    for one in _successions():
        if key.head == one.former.head and key.bureau.startswith(one.former.bureau):
            bureau = key.bureau.removeprefix(one.former.bureau)
            return BuyerKey(one.successor.head, one.successor.bureau + bureau), one
    return key, None


def heads_of_time(asked: BuyerKey) -> frozenset[str]:
    """The heads of all that one buyer is or was called, and of what became a part of it."""
    now, _ = _what_became(asked)
    return frozenset(
        (asked.head, now.head, *(one.former.head for one in _successions() if one.successor.head == now.head))
    )


def relation_by_time(found: BuyerKey, asked: BuyerKey) -> tuple[Relation, str | None]:
    """:meth:`BuyerKey.relation` where a body was renamed or merged, by ``tables/buyer_successors.csv``; and the day of that.

    What became a part of the one asked for is a part of it; what the one asked for became a part of is the whole. Two that
    became parts of one body are still two.
    """
    (one, of_found), (other, of_asked) = _what_became(found), _what_became(asked)
    said = of_found or of_asked
    relation = one.relation(other)
    merged = bool(of_found and of_found.merged), bool(of_asked and of_asked.merged)
    if said is None or relation == "other" or all(merged):
        return "other", None
    if any(merged):
        relation = "part" if merged[0] else "whole"
    return relation, said.since
