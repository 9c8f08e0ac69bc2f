"""What happens around a time, an amount or a quantity: the contract's coming about, or something else that is no clue.

The words stand in ``tables/events.csv``; the longest word at a place counts, so that 委託先 and 再委託 are not taken for 委託.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tsukitome.clues.article.sentences import ArticleText, Sentence
from tsukitome.normalize.text import table

Kind = Literal["month", "value", "quantity"]
PACKAGE = "tsukitome.clues.article"


@dataclass(frozen=True, slots=True)
class Event:
    """A word of the table at [start, end) of the folded text."""

    word: str
    start: int
    end: int
    month: str
    value: str
    quantity: str
    by: str

    def of(self, kind: Kind) -> str:
        """``c`` for the contract's coming about, ``o`` for something else, empty for neither."""
        match kind:
            case "month":
                return self.month
            case "value":
                return self.value
            case _:
                return self.quantity


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {row["word"]: row for row in table("events", PACKAGE)}


def longest_first(words: list[str] | tuple[str, ...]) -> str:
    """An alternation of literal words, grouped by their first character, in which the longest one wins."""
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[0], []).append(word[1:])
    parts = []
    for first, rests in groups.items():
        tails = "|".join(re.escape(rest) for rest in sorted(rests, key=len, reverse=True))
        parts.append(re.escape(first) + (f"(?:{tails})" if tails else ""))
    return "|".join(parts)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(longest_first(list(_rows())))


def events_in(text: str, start: int, end: int) -> list[Event]:
    """The events of a span, in order."""
    found = []
    for match in _pattern().finditer(text, start, end):
        row = _rows()[match.group()]
        found.append(Event(match.group(), *match.span(), row["month"], row["value"], row["quantity"], row["by"]))
    return found


_QUOTATION = re.compile(r"[「『][^「」『』]*[」』]|“[^“”]*”")


class Happenings:
    """The events of an article, by sentence. What stands in 「」 counts only for what stands in the same 「」."""

    def __init__(self, article: ArticleText) -> None:
        self._of = {
            sentence.start: events_in(article.text, sentence.start, sentence.end) for sentence in article.sentences
        }
        self._quotations = [match.span() for match in _QUOTATION.finditer(article.text)]
        self._begins = [start for start, _ in self._quotations]

    def _quotation(self, position: int) -> int:
        """The number of the quotation that a position lies in; -1 outside."""
        index = bisect_right(self._begins, position) - 1
        return index if index >= 0 and position < self._quotations[index][1] else -1

    def within(self, start: int, end: int, sentence: Sentence, seen_from: int | None = None) -> list[Event]:
        """The events of a sentence in [start, end), as they count for a place in the text (``start`` without one)."""
        events = [event for event in self._of.get(sentence.start, []) if start <= event.start and event.end <= end]
        if not events:
            return []
        own = self._quotation(start if seen_from is None else seen_from)
        return [event for event in events if self._quotation(event.start) == own]

    def tells_of_contract(self) -> bool:
        """Whether the article speaks of any contract's coming about."""
        return any(
            event.value == "c" and (event.month == "c" or not (event.month or event.by))
            for events in self._of.values()
            for event in events
        )

    def first(self, kind: Kind, start: int, end: int, sentence: Sentence) -> Event | None:
        """The first event in a span that says anything of a kind of clue."""
        return next((event for event in self.within(start, end, sentence) if event.of(kind)), None)

    def last(self, kind: Kind, start: int, end: int, sentence: Sentence) -> Event | None:
        """The last event in a span that says anything of a kind of clue."""
        events = self.within(start, end, sentence, seen_from=max(end - 1, start))
        return next((event for event in reversed(events) if event.of(kind)), None)
