"""Company forms inside a field that is being split: (株) must not be taken for an address in parentheses."""

from __future__ import annotations

import re
from functools import cache

from tsukitome.normalize.text import table
from tsukitome.sources.gazette.spacing import Closed

_SHORT = re.compile(r"\([^()]{1,2}\)")
_SHELTER = 0xF0000  # private use, plane 15: never printed, since the layout shows unknown characters as 〓


@cache
def short_forms() -> dict[str, str]:
    """(株) → one character that stands for it while a field is split: its parentheses hold no address."""
    shorts = dict.fromkeys(f"({short})" for row in table("company_forms") for short in row["short"].split())
    return {short: chr(_SHELTER + number) for number, short in enumerate(shorts)}


def sheltered(closed: Closed) -> Closed:
    """Short company forms as one character each. (同) is 合同会社, but 同 "the same address" behind a name that has a form."""
    text, gaps = closed.text, closed.gaps
    if "(" not in text:
        return closed
    position = 0
    while match := _SHORT.search(text, position):
        position = match.end()
        stand_in = short_forms().get(match.group())
        if stand_in is None or (match.group() == "(同)" and has_form(_last_name(text[: match.start()]))):
            continue
        text = text[: match.start()] + stand_in + text[match.end() :]
        shorter = len(match.group()) - 1
        gaps = frozenset(gap - shorter if gap >= match.end() else min(gap, match.start() + 1) for gap in gaps)
        position = match.start() + 1
    return Closed(text, gaps)


def _last_name(text: str) -> str:
    return re.split(r"[、,;)]", text)[-1]


@cache
def _written() -> dict[int, str]:
    return {ord(stand_in): short for short, stand_in in short_forms().items()}


def as_printed(text: str) -> str:
    """A text with its short company forms back in place."""
    return text.translate(_written())


@cache
def forms() -> re.Pattern[str]:
    """A company form, written out or as its stand-in."""
    written = sorted((row["form"] for row in table("company_forms")), key=len, reverse=True)
    return re.compile("|".join([*written, *short_forms().values()]))


def has_form(text: str) -> bool:
    """Whether a sheltered text holds a company form."""
    return forms().search(text) is not None


def is_name(text: str) -> bool:
    """Whether a sheltered text is more than a company form and punctuation."""
    return bool(clean(forms().sub("", text)))


def clean(name: str) -> str:
    """A name without the separators around it."""
    return name.strip(" 、,。;:・/")
