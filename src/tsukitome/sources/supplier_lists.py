"""Lists of suppliers in a cell: by circled numbers, (1), A社:, or parted by 、."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from itertools import zip_longest

from tsukitome.normalize.firm import is_joint_venture
from tsukitome.sources.supplier_address import has_form, starts_address

_LETTERED = re.compile(r"(?m)(?:^|(?<=[\s\u3000]))([A-T])社[:\s]\s*")
CIRCLED = re.compile("[①-⑳]")
_CIRCLES = 20
_ENUMERATED = re.compile(r"(?m)(?:^|(?<=[\s\u3000]))\(?([0-9]{1,2})(?:\)|[.．](?![0-9]))[ \u3000]*")


@lru_cache(maxsize=1 << 12)
def circled(text: str) -> str:
    """A folded text with the numbers of a list, (1) …, 1. … or A社: …, as circled ones; any other text as it is."""
    letters = _LETTERED.findall(text) if "A社" in text else []
    if len(letters) > 1 and "".join(letters) == "ABCDEFGHIJKLMNOPQRST"[: len(letters)]:
        return _LETTERED.sub(lambda mark: chr(ord("①") + ord(mark[1]) - ord("A")), text)
    if "1)" not in text and "1." not in text:
        return text
    numbers = [int(number) for number in _ENUMERATED.findall(text)]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)) or len(numbers) > _CIRCLES:
        return text
    return _ENUMERATED.sub(lambda mark: chr(ord("①") + int(mark[1]) - 1), text)


def enumerated(line: str, on: dt.date | None) -> list[str]:
    """The firms or addresses that one line parts by 、: A株式会社、B株式会社 → two; any other line stays one."""
    if "、" not in line:
        return [line]
    parts = [part.strip() for part in line.split("、")]
    firms = len(parts) > 1 and all(map(has_form, parts)) and not is_joint_venture(line)
    return parts if firms or (len(parts) > 1 and all(starts_address(part, on) for part in parts)) else [line]


def by_label(text: str) -> dict[str, str]:
    """The text behind each circled number; a number that occurs twice (names first, addresses below) joins its texts."""
    found: dict[str, str] = {}
    marks = list(CIRCLED.finditer(text))
    for mark, behind in zip_longest(marks, marks[1:]):
        piece = text[mark.end() : behind.start() if behind else None].strip()
        found[mark.group()] = f"{found[mark.group()]}\n{piece}" if mark.group() in found else piece
    return found
