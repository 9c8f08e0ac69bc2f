"""A stated firm, once its name or a part of it is known."""

from __future__ import annotations

import re
from typing import Any, Literal

from tsukitome.dataclass import dataclass
from tsukitome.errors import ClueError
from tsukitome.normalize.firm import read_firm
from tsukitome.normalize.text import key
from tsukitome.pattern import pattern

# Legal forms as news in kana or Latin letters has them: かぶしきがいしゃ, Co., Ltd., K.K.
_FORM_READ = pattern(r"^(?:かぶしき|カブシキ|ゆうげん|ユウゲン|ごうどう|ゴウドウ)(?:がいしゃ|ガイシャ)(?=.)")
_LATIN_FORM = pattern(
    r"(?:[\s,、]+|(?<=[^A-Za-z]))(?:Co\.?,?\s*Ltd|Corp(?:oration)?|Inc|LLC|K\.?K|G\.?K|Ltd)\.?\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class KnownAs:
    """Another name of the firm that a clue names: by the corporate register it is read as the clue says (``reading``), or a firm
    of the stated name has or had it too (``name``).
    """

    name: str
    why: Literal["reading", "name"]


@dataclass(frozen=True, slots=True)
class FirmReading:
    """A firm's name, or a part of one, with its legal form written out, and what else it is known as by the corporate register."""

    name: str
    weight: float = 1.0
    known_as: tuple[KnownAs, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        known = [{"name": one.name, "why": one.why} for one in self.known_as]
        said: dict[str, Any] = {"name": self.name} | ({"weight": self.weight} if self.weight < 1 else {})
        return said | ({"known_as": known} if known else {})


def read_firm_clue(text: str) -> FirmReading:
    """The firm that a clue names; raises ClueError where nothing is named."""
    stated = _LATIN_FORM.sub("", _FORM_READ.sub("", text.strip()))
    if not key(stated):
        raise ClueError("firm", text, "it holds no name.", "--firm 株式会社SAY企画")
    return FirmReading(read_firm(stated).name)
