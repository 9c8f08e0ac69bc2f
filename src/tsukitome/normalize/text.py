"""Folding of width, dashes and white space: what makes two printings of one text equal.

The order is raw text (kept by the caller) → layout repair → :func:`fold` → a key. NFKC is never applied to circled
numbers: they are the field markers of a gazette notice, and ``⑤ 29.8.9`` must not become ``5 29.8.9``.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from tsukitome.dataclass import dataclass
from tsukitome.normalize.own_tables import own_rows
from tsukitome.packaged import packaged
from tsukitome.pattern import pattern

_DASHES = "‐‑‒–—―−─━－˗⁃﹣﹘⸺"
_DASH = pattern(f"[{_DASHES}]")
# The prolonged sound mark and its half-width form are letters after kana and dashes between digits.
# (A pattern that begins with the mark itself is found several times as quickly as one that begins with what stands before it.)
_SOUND_MARK_AS_DASH = pattern(r"ー(?<=[0-9A-Za-z]ー)(?=[0-9A-Za-z])")
_DASH_AS_SOUND_MARK = pattern(r"-(?<=[ァ-ヺ]-)(?=[ァ-ヺ])")
_ZERO_WIDTH = pattern("[\u200b\u2060\ufeff]+")
# All that squeeze() takes away, but for line feeds.
_WHITE_SPACE = (
    "\t\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029"
    "\u202f\u205f\u3000\u200b\u2060\ufeff"
)
# Control characters that are no white space, and format characters: nobody sees them, and they part no word.
_UNSEEN = pattern(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0001-\U000e007f]+"
)
_VARIATION_SELECTORS = pattern("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_JAPANESE = r"々〆〇ぁ-ゖァ-ヺー一-鿿豈-﫿・（）「」『』、。"
_SPACE_BESIDE_JAPANESE = pattern(rf"(?<=[{_JAPANESE}])[ \t\u3000]+(?=[{_JAPANESE}])")
_NOT_KEY = pattern(r"[\s\W_]+")
_NOT_FOR_NFKC = pattern("[\ufe00-\ufe0f\U000e0100-\U000e01ef①-⑳㉑-㊿]")  # variation selectors and circled numbers
# Characters that NFKC changes each for itself, and those beside which it leaves alone: no voicing or combining mark is among them.
_ONES = "\u2010-\u2027\u2460-\u24ff\u3000\u3200-\u33ff\uff01-\uff60\uff65-\uff9d"
_WIDE = pattern(f"[{_ONES}]+")
_UNJOINED = pattern(f"[\x00-\x7f\u3001-\u3029\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff\u2500-\u25ff{_ONES}]*")
# Characters that no fold changes, whatever stands beside them, but for dashes and prolonged sound marks; and all others.
_ODD = pattern("[^\x00-\x7f\u3001-\u3029\u3041-\u3096\u30a1-\u30fe\u4e00-\u9fff\u2502-\u25ff①-⑳]+")
_LINE_BREAKS = pattern(r"[\r\n]+")
_BLANKS = pattern(r"[ \t\u3000]+")
# Cells and lines come again and again and are kept as folded; a whole document is folded once and would only fill the memory.
_CACHED, _LONGEST_CACHED = 1 << 16, 500


def table(name: str, package: str = "tsukitome.normalize") -> list[dict[str, str]]:
    """The rows of a package's ``tables/NAME.csv``; lines that start with ``#`` are comments (they state the source).

    Behind them stand the reader's own (:mod:`tsukitome.normalize.own_tables`), which raise UnreadableError where they are wrong.
    """
    text = packaged(package, "tables", f"{name}.csv")
    rows = list(csv.DictReader(line for line in text.splitlines() if line and not line.startswith("#")))
    return rows + own_rows(name)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Spans that must be folded together: a character, with the voicing or combining marks and variation selectors behind it."""
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or not _joins(text[position]):
            yield start, position
            start = position


def _joins(char: str) -> bool:
    return bool(unicodedata.combining(char) or char in "ﾞﾟ" or _VARIATION_SELECTORS.match(char))


def _fold_cluster(cluster: str) -> str:
    if "①" <= cluster <= "⑳" or "㉑" <= cluster <= "㊿":
        return cluster
    return unicodedata.normalize("NFKC", cluster)


def fold(text: str) -> str:
    """NFKC (full width to ASCII, half-width kana to full, ㈱ to (株)), circled numbers left alone, dashes made one.

    A dash between digits or letters becomes ``-``; between katakana it becomes ``ー``. Variation selectors go.
    """
    if text.isascii():
        return text
    return _fold_kept(text) if len(text) <= _LONGEST_CACHED else _fold(text)


def _fold(text: str) -> str:
    if _NOT_FOR_NFKC.search(text):
        try:
            return _dashes(_ODD.sub(lambda run: _odd_alone(run[0]), text))
        except _JoinsError:
            text = _VARIATION_SELECTORS.sub("", text)
    # The slow way is needed only where circled numbers must survive beside marks that join what stands before them.
    circled = _NOT_FOR_NFKC.search(text)
    text = "".join(_fold_cluster(text[start:end]) for start, end in _clusters(text)) if circled else _nfkc(text)
    return _dashes(_DASH.sub("-", text) if _DASH.search(text) else text)


def _nfkc(text: str) -> str:
    """NFKC, in a fraction of its time where only wide characters are to be made narrow, none of which minds its neighbours."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    if _UNJOINED.fullmatch(text):
        return _WIDE.sub(lambda run: _narrow(run[0]), text)
    return unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=1 << 14)
def _narrow(run: str) -> str:
    return unicodedata.normalize("NFKC", run)


_fold_kept = lru_cache(maxsize=_CACHED)(_fold)


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A folded text that remembers where each of its characters came from.

    ``starts[i]`` and ``ends[i]`` are the code point offsets (end exclusive) in the original of folded character i.
    """

    text: str
    original: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's offsets for the folded span [start, end), which must not be empty."""
        return self.starts[start], self.ends[end - 1]

    def quote(self, start: int, end: int) -> str:
        """The original's own characters for the folded span [start, end)."""
        begin, stop = self.span(start, end)
        return self.original[begin:stop]


@lru_cache(maxsize=1 << 13)
def _fold_alone(cluster: str) -> str:
    return _DASH.sub("-", _fold_cluster(_VARIATION_SELECTORS.sub("", cluster)))


class _Alone(dict[int, str]):
    """What each character is folded to where it stands alone; filled as characters come."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: dict[str, int] = {}  # characters folded to more or fewer than one, and to how many
        self.joining: set[str] = set()  # characters that may be folded together with the one before them

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = self[code] = _fold_alone(char)
        if len(folded) != 1:
            self.uneven[char] = len(folded)
        if _joins(char):
            self.joining.add(char)
        return folded


_ALONE = _Alone()


class _JoinsError(Exception):
    """A mark that may be folded together with what stands before it."""


@lru_cache(maxsize=1 << 14)
def _odd_alone(run: str) -> str:
    """Characters folded each for itself; raises _JoinsError where one of them may join another."""
    folded = run.translate(_ALONE)
    if not _ALONE.joining.isdisjoint(run):
        raise _JoinsError
    return folded


def fold_with_offsets(text: str) -> FoldedText:
    """:func:`fold`, character by character, with offsets into ``text`` (variation selectors stay with their base)."""
    if text.isascii():
        return FoldedText(text, text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))
    folded = text.translate(_ALONE)
    if not _ALONE.joining.isdisjoint(text):
        return _fold_clusters(text)
    if _ALONE.uneven.keys().isdisjoint(text):
        return FoldedText(_dashes(folded), text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))
    starts: list[int] = []
    known = 0
    for odd in _ODD.finditer(text):  # all that are uneven are among these
        starts += range(known, odd.start())
        for place, char in enumerate(odd[0], start=odd.start()):
            starts += [place] * _ALONE.uneven.get(char, 1)
        known = odd.end()
    starts += range(known, len(text))
    return FoldedText(_dashes(folded), text, tuple(starts), tuple([start + 1 for start in starts]))


def without_unseen(text: str) -> str:
    """``text`` without control characters that are no white space, and without zero-width and other format characters."""
    return _UNSEEN.sub("", text) if _UNSEEN.search(text) else text


def fold_seen_with_offsets(text: str) -> FoldedText:
    """:func:`fold_with_offsets` of :func:`without_unseen`, with offsets into ``text`` as it is."""
    if not _UNSEEN.search(text):
        return fold_with_offsets(text)
    places = [place for place, char in enumerate(text) if not _UNSEEN.match(char)]
    folded = fold_with_offsets("".join([text[place] for place in places]))
    ends = tuple([places[end - 1] + 1 for end in folded.ends])
    return FoldedText(folded.text, text, tuple([places[start] for start in folded.starts]), ends)


def _fold_clusters(text: str) -> FoldedText:
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        for char in _fold_alone(text[start:end]):
            folded.append(char)
            starts.append(start)
            ends.append(end)
    return FoldedText(_dashes("".join(folded)), text, tuple(starts), tuple(ends))


def _dashes(text: str) -> str:
    """A text in which every character is folded, with its dashes and prolonged sound marks told apart by what is beside them."""
    if "ー" in text:
        text = _SOUND_MARK_AS_DASH.sub("-", text)
    return _DASH_AS_SOUND_MARK.sub("ー", text) if "-" in text else text


def squeeze(text: str) -> str:
    """``text`` without any white space, zero-width characters included."""
    text = "".join(text.split())  # several times as quick as a regular expression, and asked for by everything
    if "\u200b" in text or "\u2060" in text or "\ufeff" in text:
        return _ZERO_WIDTH.sub("", text)
    return text


def squeeze_lines(text: str) -> str:
    """:func:`squeeze`, line by line: line feeds stay."""
    for char in _WHITE_SPACE:
        if char in text:
            text = text.replace(char, "")
    return text


def close_up(text: str) -> str:
    """Letter-spacing and line wraps closed: white space beside Japanese goes, single spaces between words stay.

    >>> close_up("扶 養 親 族 等  申告書")
    '扶養親族等申告書'

    A text where nearly every character stands alone is letter-spaced throughout and loses all its white space
    (``S A Y 企 画``), since no space in it is a word's.
    """
    words = text.split()
    if len(words) > 3 and sum(len(word) == 1 for word in words) >= 0.7 * len(words):
        return "".join(words)
    if not words or (len(words) == 1 and words[0] == text):
        return text.strip()
    text = _LINE_BREAKS.sub("\u3000", text.strip())
    text = _SPACE_BESIDE_JAPANESE.sub("", text)
    return _BLANKS.sub(" ", text)


@cache
def _variants() -> dict[int, str]:
    return {ord(row["variant"]): row["standard"] for row in table("kanji_variants")}


@cache
def _any_variant() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(chr, _variants()))}]")


def fold_variants(text: str) -> str:
    """Kanji variants (髙, 﨑, 澤 …) replaced by the common form: for keys only, never for what is shown."""
    return text.translate(_variants()) if _any_variant().search(text) else text


def key(text: str) -> str:
    """The comparison key: folded, variants folded, lower case, without white space, punctuation or symbols.

    The prolonged sound mark stays, since it is a letter.
    """
    return key_of_folded(fold(text))


def key_of_folded(folded: str) -> str:
    """The :func:`key` of a text that is folded already."""
    return _NOT_KEY.sub("", fold_variants(folded)).casefold()
