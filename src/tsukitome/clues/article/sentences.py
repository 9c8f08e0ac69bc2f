"""An article as sentences and clauses: folded for reading, with the way back to the code points of the text as given."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property

from tsukitome.normalize.text import FoldedText, fold_with_offsets

_ENDS = "。！？!?"
_BRACKETS = {"「": "」", "『": "』", "(": ")", "【": "】", "〔": "〕", "“": "”"}
_LONGEST_QUOTATION = 400  # an opening bracket without its closing one must not swallow the rest of the article
_DECIMAL = re.compile(r"(?<=[0-9])・(?=[0-9]+(?:[千百]?[億万兆]|%|円|パーセント|倍|ポイント))")
_BARE = 4  # characters that a phrase may hold beside its one clue: a particle, a noun
_LONGEST_SENTENCE = 500  # beyond it a text is no prose, and reading it must not take ever longer
_WRAPPED = 18  # a shorter line was ended by its writer, not by the width of the page
_WRAP_SLACK = 3
_BULLET = re.compile(r"[\s・◆■▼●○□◇★※*\-①-⑳(【]")
# Where a clause ends at 、: behind a conjunctive form; a particle (は に を …) or a noun binds to the verb that follows.
_CLAUSE = re.compile(
    r"(?:[しっいきぎちりみびえけげせてねべめれずくうるただ]|んで|ていて|ですが|ますが|[たるいだす]が|ものの|ため|ところ|のに|ので|けれども?"
    r"|(?:た|る|い)から|ほか|うえで|(?:契約|委託|落札|受注|発注|締結|受託|納品|納入|発表|判明|発覚|公告|開始|解除|提訴|逮捕|報告)|[」』])、"
)
_IN_BRACKETS = re.compile(r"\([^()]{0,120}\)")
_NO_CLAUSE = re.compile(
    r"(?:とき|うち|くらい|ただ|もし|しかし|よる|いわゆる|により|として|について|によって|において|に対して|にわたって|[巡ぐ]って"
    r"|にかけて|に関して|あたり)、"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence by its span in the folded text; ``paragraph`` counts from 0, ``heading``: without a full stop."""

    start: int
    end: int
    paragraph: int
    heading: bool
    clauses: tuple[tuple[int, int], ...]

    def clause(self, position: int) -> tuple[int, int]:
        """The span of the clause that holds a position."""
        return next((span for span in self.clauses if span[0] <= position < span[1]), (self.start, self.end))


@dataclass(frozen=True)
class ArticleText:
    """A text for reading: ``folded`` without soft line breaks, and its sentences in order."""

    folded: FoldedText
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def index_at(self, position: int) -> int:
        """The number of the sentence that holds a position of the folded text."""
        return max(bisect_right(self._starts, position) - 1, 0)

    def sentence_at(self, position: int) -> Sentence:
        """The sentence that holds a position of the folded text."""
        return self.sentences[self.index_at(position)]

    def words(self, sentence: Sentence) -> str:
        """A sentence's own words, folded."""
        return self.text[sentence.start : sentence.end]

    @property
    def is_fragment(self) -> bool:
        """Whether it is a phrase rather than a text: then there is no context that could speak against a clue."""
        return len(self.sentences) == 1 and self.sentences[0].heading and len(self.text) <= 40

    def is_bare(self, start: int, end: int) -> bool:
        """Whether the text is a phrase of hardly more than [start, end): 去年8月, 日本年金機構が."""
        return self.is_fragment and len(self.text.strip()) - (end - start) <= _BARE


def read_text(text: str) -> ArticleText:
    """The text folded, its wrapped lines joined, cut into sentences and clauses. Any text at all will do."""
    folded = _unwrapped(fold_with_offsets(text))
    # 1・8億円, 99・7%: the decimal point of newspapers.
    folded = replace(folded, text=_DECIMAL.sub(".", folded.text))
    return ArticleText(folded, tuple(_sentences(folded.text)))


def _unwrapped(folded: FoldedText) -> FoldedText:
    """Without the line breaks (and the indents behind them) that only the width of a page made."""
    text = folded.text
    if "\n" not in text and "\r" not in text:
        return folded
    breaks = [match.span() for match in re.finditer(r"[ \t\u3000]*(?:\r\n|\r|\n)", text)]
    lengths, begin = [], 0
    for start, end in breaks:
        lengths.append(start - begin)
        begin = end
    width = max(lengths, default=0)
    full = sum(length >= width - _WRAP_SLACK for length in lengths)
    if width < _WRAPPED or width > 80 or full < 2:
        return folded
    soft = {
        (start, end)
        for (start, end), length in zip(breaks, lengths, strict=True)
        if length >= width - _WRAP_SLACK
        and text[start - 1] not in _ENDS + "」』"
        and end < len(text)
        and not _BULLET.match(text, end)
    }
    dropped = {position for start, end in soft for position in range(start, end)}
    kept = [position for position in range(len(text)) if position not in dropped]
    return FoldedText(
        "".join(text[position] for position in kept),
        folded.original,
        tuple(folded.starts[position] for position in kept),
        tuple(folded.ends[position] for position in kept),
    )


def _sentences(text: str) -> list[Sentence]:
    found: list[Sentence] = []
    paragraph = 0
    for line in re.finditer(r"[^\n\r]+", text):
        if not line.group().strip():
            continue
        for start, end in _stops(text, *line.span()):
            if text[start:end].strip():
                heading = text[end - 1] not in _ENDS
                found.append(Sentence(start, end, paragraph, heading, _clauses(text, start, end)))
        paragraph += 1
    return found or [Sentence(0, len(text), 0, True, ((0, len(text)),))]


def _stops(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of sentences in a line; a full stop inside brackets ends none."""
    spans: list[tuple[int, int]] = []
    awaited: list[tuple[str, int]] = []
    begin = start
    for position in range(start, end):
        char = text[position]
        if awaited and (char == awaited[-1][0] or position - awaited[-1][1] > _LONGEST_QUOTATION):
            awaited.pop()
        elif char in _BRACKETS:
            awaited.append((_BRACKETS[char], position))
        elif char in _ENDS and not awaited:
            spans.append((begin, position + 1))
            begin = position + 1
        if position - begin >= _LONGEST_SENTENCE and (char in "、 " or position - begin >= 2 * _LONGEST_SENTENCE):
            spans.append((begin, position + 1))
            begin, awaited = position + 1, []
    if begin < end:
        spans.append((begin, end))
    return spans


def _clauses(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    spans = []
    begin = start
    inside = [match.span() for match in _IN_BRACKETS.finditer(text, start, end)]
    for match in _CLAUSE.finditer(text, start, end):
        if any(opened < match.end() - 1 < closed for opened, closed in inside):
            continue
        if _NO_CLAUSE.search(text, max(begin, match.end() - 6), match.end()):
            continue
        spans.append((begin, match.end()))
        begin = match.end()
    if begin < end:
        spans.append((begin, end))
    return tuple(spans) or ((start, end),)
