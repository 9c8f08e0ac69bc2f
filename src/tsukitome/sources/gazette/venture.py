"""A joint venture's text in field ⑥: its own name and address, and those of its members.

``あ・い共同企業体（代表 株式会社あ 東京都港区1-1、構成員 株式会社い 東京都豊島区池袋1-1）``, with or without the parentheses around
all members or around each role.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from tsukitome.normalize.firm import is_joint_venture
from tsukitome.sources.gazette.winner_address import address_start

_ROLE = (
    r"(?:代表(?:者|構成員|企業|会社|法人)?(?!取締|理事|社員|執行|役)|幹事(?:会社|企業)?|その他の?構成員|構成(?:員|企業|会社))"
    r"[0-9一二三]?"
)
_MEMBER = re.compile(rf"\({_ROLE}\)[:：]?|{_ROLE}[:：]?")
_NOTE = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Venture:
    """``own`` is what the text says of the venture itself; each member is text[start:end] of the text given."""

    own: str
    members: tuple[tuple[int, int], ...]


def read_venture(text: str, on: dt.date | None) -> Venture | None:
    """The parts of a joint venture's text; None for any other, or where no role of a member is printed."""
    roles = list(_MEMBER.finditer(text))
    if not roles:
        return None
    head = text[: roles[0].start()].rstrip()
    own = head.rstrip("(、,: ")
    if not _is_venture(own, on):
        return None
    end, tail = len(text), ""
    if head.endswith("("):
        end = _closing(text, len(head) - 1)
        tail = text[end + 1 :]
    ends = [*(role.start() for role in roles[1:]), end]
    spans = [_trimmed(text, role.end(), behind) for role, behind in zip(roles, ends, strict=True) if role.start() < end]
    return Venture(own + tail, tuple(spans))


def _is_venture(own: str, on: dt.date | None) -> bool:
    name = without_notes(own)
    at = address_start(name, on)
    return is_joint_venture(name) or (at is not None and is_joint_venture(name[:at]))


def _closing(text: str, opening: int) -> int:
    """The place of the parenthesis that closes the one at ``opening``, else the text's end."""
    depth = 0
    for place in range(opening, len(text)):
        depth += (text[place] == "(") - (text[place] == ")")
        if depth == 0:
            return place
    return len(text)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in "、,。; ":
        start += 1
    while start < end and text[end - 1] in "、,。; ":
        end -= 1
    return start, end


def without_notes(text: str) -> str:
    """A text without what stands in parentheses."""
    return _NOTE.sub("", text)
