"""White space in a gazette field: letter-spacing and line ends go, what parts words stays known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

LATIN = re.compile(r"[0-9A-Za-z.,&'+/_-]")
_LETTER = re.compile(r"[A-Za-z]")
LATIN_GAP = re.compile(rf"\s(?<={LATIN.pattern}\s)\s*{LATIN.pattern}")


@dataclass(frozen=True, slots=True)
class Closed:
    """A field's text, folded, its letter-spacing closed. ``gaps`` are the offsets before which white space was dropped."""

    text: str
    gaps: frozenset[int]


def close(folded: str) -> Closed:
    """A folded text closed up: white space stays only between Latin words and between numbers.

    >>> close("( 株 ) S A Y 企 画 東京都豊島区 東 池 袋 1 -\\n48-10").text
    '(株)SAY企画東京都豊島区東池袋1-48-10'
    """
    folded = folded.strip()
    if not LATIN_GAP.search(folded):
        words = folded.split()
        return Closed("".join(words), frozenset(accumulate(map(len, words[:-1]))))
    pieces = re.split(r"(\s+)", folded)
    text, gaps = pieces[0], set()
    for index in range(1, len(pieces) - 1, 2):
        white, word = pieces[index], pieces[index + 1]
        if _parts(text, pieces[index - 1], white, word):
            text += " "
        gaps.add(len(text))
        text += word
    return Closed(text, frozenset(gaps))


def _parts(text: str, before: str, white: str, word: str) -> bool:
    if not text or not word or not (LATIN.match(text[-1]) and LATIN.match(word[0])):
        return False
    if len(before) == 1 and len(word) == 1:
        return False  # letter-spaced: S A Y
    if before[0] in ".," and len(word) == 1:
        return False  # 1 4 .9 0
    if "\n" in white:
        return bool(_LETTER.match(text[-1]) and _LETTER.match(word[0]))  # a number goes on over a line's end
    return text[-1] not in ",.-/" and word[0] not in ",.-/"  # 1 4 .90, 48- 10
