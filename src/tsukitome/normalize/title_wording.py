"""How what was said of a title stands in another: all of it, in other words, in part, or with something else in its place.

Both are keys, as :func:`tsukitome.normalize.title.title_key` gives them, without their years and lots.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple, get_args

from tsukitome.normalize.text import table
from tsukitome.normalize.title import comparable
from tsukitome.pattern import pattern

_MARK = pattern(r"[0-9a-z]{1,4}")
_RUNS = (pattern("[0-9]*"), pattern("[a-z]*"))
_AROUND = 2  # characters that must agree before or behind a difference for it to be one of the same place
_PIECE = 2  # characters from which what agrees, or differs, is a piece of a title and no accident
_PIECES = 4  # at most so many pieces hold a title that leaves out what stands between them

# How the words of one title stand in another: all of them there; there in other words; not all there; others in their place; or,
# the rest being alike, the opposite in their place.
Wording = Literal["held", "reworded", "left_out", "varied", "opposed"]
WORDINGS: tuple[Wording, ...] = get_args(Wording)


class _Difference(NamedTuple):
    """Where two texts differ: [start, end) of the one and of the other, of which one may be empty."""

    start: int
    end: int
    other_start: int
    other_end: int


def wording(asked: str, words: Sequence[str], found: str) -> tuple[Wording, tuple[str, str] | None]:
    """How what was said of a title stands in another, both as keys; and the pieces of the two that differ where all else agrees.

    ``words`` are the pieces of ``asked`` between which something may have been left out.
    """
    if all(word in found for word in words):
        cut = next((pieces for word in words if (pieces := _cut_from_a_word(word, found))), None)
        return ("opposed", cut) if cut else ("held", None)
    differing = None
    if _may_be_opposed(asked) or set(asked) <= set(found):
        holds, differing = _aligned(asked, found)
        for one in differing:
            if pieces := _opposed(asked, found, one):
                return "opposed", pieces
        if holds:
            return "held", None
    said, printed = _usual(asked), _usual(found)
    if all(_usual(word) in printed for word in words):
        return "reworded", None
    if differing is None or said != asked or printed != found:
        holds, differing = _aligned(said, printed)
        if holds:
            return "reworded", None
    if len(words) == 1:
        for start, end, other_start, other_end in differing:
            pieces = said[start:end], printed[other_start:other_end]
            if all(pieces) and max(map(len, pieces)) >= _PIECE:
                return "varied", pieces
    return "left_out", None


def _aligned(asked: str, found: str) -> tuple[bool, list[_Difference]]:
    """Whether all of a key stands in another in a few pieces, in order; and where they differ with enough beside it that agrees."""
    differing, agreeing, around = [], [], 0
    begun: tuple[int, int] | None = None
    for kind, start, end, other_start, _ in _opcodes()(asked, found).as_list():
        if kind != "equal":
            begun = begun or (start, other_start)
            continue
        agreeing.append(end - start)
        if begun and max(around, end - start) >= _AROUND:
            differing.append(_Difference(begun[0], start, begun[1], other_start))
        begun, around = None, end - start
    if begun and around >= _AROUND:
        differing.append(_Difference(begun[0], len(asked), begun[1], len(found)))
    holds = sum(agreeing) == len(asked) and 0 < len(agreeing) <= _PIECES and min(agreeing) >= min(_PIECE, len(asked))
    return holds, differing


def _opposed(asked: str, found: str, where: _Difference) -> tuple[str, str] | None:
    """The pieces of two texts, around a place where they differ, of which one excludes the other; None where there are none."""
    start, end, other_start, other_end = where
    one, other = asked[start:end], found[other_start:other_end]
    if one.isascii() and other.isascii():
        for run in _RUNS:  # 1 against 11: the whole number counts
            if run.fullmatch(one) and run.fullmatch(other):
                marks = _whole(run, asked, start, end), _whole(run, found, other_start, other_end)
                if all(map(_MARK.fullmatch, marks)) and marks[0] != marks[1]:
                    return marks
        if _MARK.fullmatch(one) and _MARK.fullmatch(other):
            return one, other
    words = _covering(asked, start, end)
    rivals = _covering(found, other_start, other_end) if words else []
    for word in words:
        for rival in rivals:
            if word.excludes(rival):
                return word.text, rival.text
    return None


def _whole(run: re.Pattern[str], text: str, start: int, end: int) -> str:
    while start and run.fullmatch(text[start - 1]):
        start -= 1
    while end < len(text) and run.fullmatch(text[end]):
        end += 1
    return text[start:end]


class _Word(NamedTuple):
    """A word of a row of opposites that stands in a text around a place: what of it stands ``before`` and ``behind`` that."""

    row: int
    number: int
    begin: int
    text: str
    before: str
    behind: str

    def excludes(self, other: _Word) -> bool:
        """Whether the two are words of one row that leave the same around the place."""
        ours, theirs = (self.row, self.before, self.behind), (other.row, other.before, other.behind)
        return ours == theirs and self.text != other.text


def _covering(text: str, start: int, end: int) -> list[_Word]:
    """The words that stand in a text around [start, end), in the order of the rows."""
    return sorted(
        _Word(row, number, begin, word, text[begin:start], text[end : begin + len(word)])
        for begin, word, rows in _opposable(text)
        if begin <= start and end <= begin + len(word)
        for row, number in rows
    )


@lru_cache(maxsize=1 << 10)
def _may_be_opposed(text: str) -> bool:
    """Whether any piece of a text can have another against it: it holds a word that has opposites, or a mark."""
    return bool(_opposable(text)) or _MARK.search(text) is not None


@lru_cache(maxsize=1 << 14)
def _opposable(text: str) -> list[tuple[int, str, list[tuple[int, int]]]]:
    """The words of a text that have opposites: where each begins, and its rows with its number in them."""
    opposites = _opposites()
    return [
        (begin, word, rows)
        for begin, first in enumerate(text)
        for word, rows in opposites.get(first, ())
        if text.startswith(word, begin)
    ]


def _cut_from_a_word(word: str, found: str) -> tuple[str, str] | None:
    """The pieces that differ where a word only stands in a text as a part of another: 上流 in 中上流, 1号 in 11号."""
    pieces = None
    begin = found.find(word)
    while begin >= 0:
        end = begin + len(word)
        pieces = next(
            (
                opposed
                for reach in (1, 2)
                for one in (
                    _Difference(0, 0, max(begin - reach, 0), begin),
                    _Difference(len(word), len(word), end, min(end + reach, len(found))),
                )
                if one.other_start < one.other_end and (opposed := _opposed(word, found, one))
            ),
            None,
        )
        if pieces is None:
            return None
        begin = found.find(word, begin + 1)
    return pieces


@cache
def _opcodes() -> Any:
    from rapidfuzz.distance import Levenshtein  # a question without a title needs none of it

    return Levenshtein.opcodes


@cache
def _opposites() -> dict[str, list[tuple[str, list[tuple[int, int]]]]]:
    """By their first character words that tell like works apart, each with its rows and its number in them."""
    rows: dict[str, list[tuple[int, int]]] = {}
    for number, row in enumerate(table("opposites")):
        for place, word in enumerate(row["row"].split()):
            rows.setdefault(comparable(word), []).append((number, place))
    found: dict[str, list[tuple[str, list[tuple[int, int]]]]] = {}
    for word, of_word in rows.items():
        found.setdefault(word[0], []).append((word, of_word))
    return found


@cache
def _synonyms() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of all words that have a usual one in their place, and these by the key of the word."""
    usual: dict[str, str] = {}
    for row in table("title_synonyms"):
        first, *others = row["row"].split()
        stands = "" if first == "〇" else comparable(first)
        usual |= {comparable(word): stands for word in others}
    longest = sorted(usual, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest))), usual


@lru_cache(maxsize=1 << 14)
def _usual(text: str) -> str:
    """A title's key with the usual word in the place of each that has one."""
    pattern, usual = _synonyms()
    return pattern.sub(lambda match: usual[match.group()], text)
