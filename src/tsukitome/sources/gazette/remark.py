"""What stands beside a winner's name and is no part of it: its corporate number, and firms that are counted, not named."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tsukitome.normalize.corporate_number import read_corporate_number

_NUMBER = re.compile(
    r"[(\[]?法人番号[:)\]]?[ ]?T?(?P<said>[0-9]{13})[)\]]?|[(\[]?(?<![0-9-])T?(?P<bare>[0-9]{13})(?![0-9-])[)\]]?"
)
_COUNT = r"(?:ほか|他|外)(?:[0-9一二三四五六七八九十]+|数)(?:社|者|名|件|先|法人|団体|企業)"
_OTHERS = re.compile(rf"[(、,]?{_COUNT}\)?$")


@dataclass(frozen=True, slots=True)
class Remark:
    """A winner's text without the remarks in it, the remarks, and what could not be read in them."""

    text: str
    corporate_number: str | None = None
    others: str | None = None
    warning: str | None = None


def read_remarks(text: str) -> Remark:
    """The corporate number (checked) and ほか1社 in a closed text that holds one winner's name, address or both."""
    number = warning = None
    if match := _NUMBER.search(text):
        number, warning = read_corporate_number(match["said"] or match["bare"])
        text = (text[: match.start()] + " " + text[match.end() :]).strip()
        text = re.sub(r" (?=[^0-9A-Za-z])|(?<=[^0-9A-Za-z]) ", "", text)
    others = _OTHERS.search(text.strip(" 、,"))
    if others:
        text = text.strip(" 、,")[: others.start()]
    return Remark(text, number, others and others.group().strip("(、,)"), warning)
