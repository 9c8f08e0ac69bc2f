"""The clues that an article gives, each with its quotation, its place in the text, its reading and who said it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Any

from tsukitome.clues.article.candidate import Readable
from tsukitome.clues.article.clue_list import ClueList
from tsukitome.clues.article.descriptions import ArticleTitleReading
from tsukitome.clues.article.times import Question
from tsukitome.clues.buyer import BuyerReading, read_buyer
from tsukitome.clues.method import MethodReading
from tsukitome.clues.month import MonthReading, read_month
from tsukitome.clues.place import PlaceReading, read_place
from tsukitome.clues.query import Clues
from tsukitome.clues.value import ValueReading, read_value
from tsukitome.errors import ClueError

# Of several amounts the one that says most of what was paid; a unit price and a limit say least.
_ROLE_RANK = {"contract_price": 0, "estimated_total": 1, "paid_total": 2, None: 1, "reserve_price": 4, "unit_price": 5}
_ROLE_WORDS = {
    "estimated_total": "見込み総額", "reserve_price": "予定価格", "contract_price": "契約額", "paid_total": "支払総額",
    "unit_price": "単価",
}  # fmt: skip
asked_kinds = ("ward", "month", "title", "value", "buyer", "method")  # the kinds of clue that a question can hold
_JOINED = re.compile(r"(?<=[一-龥々ァ-ヴーA-Za-z0-9])[のとや](?=[一-龥々ァ-ヴーA-Za-z0-9])")
_TAX_WORDS = {"included": "税込み", "excluded": "税抜き"}


@dataclass(frozen=True, slots=True)
class ArticleClue:
    """One clue: ``quote`` is the text's own [start, end) in code points; ``strength`` 0 to 1; ``contract`` counts from 0."""

    name: str
    quote: str
    start: int
    end: int
    reading: Readable
    strength: float = 1.0
    attribution: str | None = None
    relation: str | None = None
    contract: int = 0

    def to_dict(self) -> dict[str, Any]:
        extra = {"attribution": self.attribution, "relation": self.relation, "contract": self.contract or None}
        return {
            "name": self.name,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "reading": self.reading.to_dict(),
            "strength": self.strength,
        } | {name: value for name, value in extra.items() if value is not None}


@dataclass(frozen=True, slots=True)
class ArticleClues(ClueList[ArticleClue]):
    """An article's clues in text order. ``questions`` are times that only the article's date would settle."""

    text: str
    article_date: dt.date | None
    clues: tuple[ArticleClue, ...]
    questions: tuple[Question, ...] = ()

    @property
    def contracts(self) -> tuple[int, ...]:
        """The numbers of the contracts that the article tells of."""
        return tuple(sorted({clue.contract for clue in self.clues}))

    def of_contract(self, number: int) -> ArticleClues:
        """Only the clues of one contract; a kind that it lacks is taken from the first, which tells of the matter as a whole."""
        own = [clue for clue in self.clues if clue.contract == number]
        named = {clue.name for clue in own}
        shared = [clue for clue in self.clues if clue.contract == 0 and clue.name in {"buyer", "method"} - named]
        kept = sorted(own + shared, key=lambda clue: (clue.start, clue.end))
        return replace(self, clues=tuple(kept))

    def best(self) -> dict[str, ArticleClue]:
        """For each kind that a question can hold, the clue that says most."""
        found: dict[str, ArticleClue] = {}
        for clue in sorted(self.clues, key=rank):
            if clue.name in asked_kinds:
                found.setdefault(clue.name, clue)
        return found


def to_clues(article: ArticleClues, **given: Any) -> Clues:
    """A question from an article's clues; what is ``given`` beside them (ward=, month=, value= …) wins.

    A kind that the article tells more than once gives its strongest clue. Raises NoClueError where there is none at all.
    """
    asked: dict[str, Any] = {"article_date": article.article_date}
    for clue in sorted(article.clues, key=rank):
        if clue.name in asked_kinds and clue.name not in asked:
            words = words_for(clue, article.article_date)
            if words is not None:
                weight = asked_weight(clue)
                asked[clue.name] = words if weight == 1 else f"~{weight:g} {words}"
    asked |= {name: value for name, value in given.items() if value is not None}
    return Clues(**asked)


def asked_weight(clue: ArticleClue) -> float:
    """How much of a clue's weight counts: a description of the work is only the words of who wrote the news."""
    described = isinstance(clue.reading, ArticleTitleReading) and not clue.reading.quoted
    return clue.strength if described else 1.0


def rank(clue: ArticleClue) -> tuple[float, ...]:
    """What sorts the clues of one kind by how much they say, the most first."""
    reading = clue.reading
    if isinstance(reading, ArticleTitleReading):
        return (0 if reading.quoted else 1, -clue.strength, -len(reading.text), clue.start)
    if isinstance(reading, PlaceReading):
        return (0 if reading.level == "municipality" else 1, len(reading.codes), -clue.strength, clue.start)
    if isinstance(reading, ValueReading):
        return (_ROLE_RANK.get(reading.role, 3), 1 if reading.per else 0, -clue.strength, clue.start)
    if isinstance(reading, MonthReading):
        return (-clue.strength, (reading.last - reading.first).days, clue.start, 0)
    return (-clue.strength, clue.start, 0, 0)


def words_for(clue: ArticleClue, article_date: dt.date | None) -> str | None:
    """Words that a question reads as the article's clue was read: its quotation where that does, else longer ones."""
    for words in _ways_to_say(clue):
        if _reads_alike(clue.reading, words, article_date):
            return words
    return None


def _ways_to_say(clue: ArticleClue) -> list[str]:
    reading = clue.reading
    if isinstance(reading, MonthReading):
        if reading.first == reading.last:
            return [clue.quote, reading.first.isoformat()]
        return [clue.quote, f"{reading.first.isoformat()}..{reading.last.isoformat()}"]
    if isinstance(reading, PlaceReading):
        return [
            clue.quote,
            *(reading.names if len(reading.names) == 1 else ()),
            *(reading.codes if len(reading.codes) == 1 else ()),
        ]
    if isinstance(reading, ValueReading):
        role = _ROLE_WORDS.get(reading.role or "", "")
        tax = _TAX_WORDS.get(reading.tax or "", "")
        plain = clue.quote.replace("・", ".")
        low, high = reading.core
        # A total that a rate implies is printed nowhere.
        span = [f"{role}{low}円から{int(high) - 1}円"] if low is not None and high is not None else []
        return [clue.quote, plain, role + plain, role + tax + plain, tax + plain, *span]
    if isinstance(reading, ArticleTitleReading):
        # Of a description the words count, not how the news joins them.
        words = reading.also or reading.text
        return [words if reading.quoted else _JOINED.sub(" ", words)]
    if isinstance(reading, BuyerReading):
        return [clue.quote, reading.name]
    return [clue.quote]


def _reads_alike(reading: Readable, words: str, article_date: dt.date | None) -> bool:
    try:
        if isinstance(reading, MonthReading):
            return read_month(words, article_date).span == reading.span
        if isinstance(reading, PlaceReading):
            return read_place(words, article_date).codes == reading.codes
        if isinstance(reading, ValueReading):
            read = read_value(words)
            return (read.core, read.role) == (reading.core, reading.role)
        if isinstance(reading, BuyerReading):
            return read_buyer(words).name == reading.name
    except ClueError:
        return False
    return isinstance(reading, ArticleTitleReading | MethodReading)
