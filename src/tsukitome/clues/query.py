"""The clues of one question, each with its quotation and its reading."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from copy import copy
from dataclasses import field, replace
from typing import Any, Literal

from tsukitome.clues.buyer import BuyerReading, read_buyer
from tsukitome.clues.firm import FirmReading, read_firm_clue
from tsukitome.clues.method import MethodReading, read_method
from tsukitome.clues.month import MonthReading, read_month
from tsukitome.clues.place import PlaceReading, read_any_place
from tsukitome.clues.title import TitleReading, read_title
from tsukitome.clues.value import ValueReading, read_value
from tsukitome.dataclass import dataclass
from tsukitome.errors import ClueError, NoClueError
from tsukitome.pattern import pattern

ClueName = Literal["buyer", "month", "ward", "method", "title", "value", "firm"]
Reading = PlaceReading | MonthReading | TitleReading | ValueReading | BuyerReading | MethodReading | FirmReading

CLUE_NAMES: tuple[ClueName, ...] = ("buyer", "month", "ward", "method", "title", "value", "firm")


@dataclass(frozen=True, slots=True)
class Clue:
    """One clue: its name, the words it was given in, what they were read as, and how much of its weight counts (0 to 1)."""

    name: ClueName
    quote: str
    reading: Reading
    weight: float = 1.0

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "quote": self.quote, "reading": self.reading.to_dict()}

    @property
    def given(self) -> str:
        """The words that give the same clue again, with its weight where that is less than 1: ``~0.5 去年8月``."""
        return self.quote if self.weight == 1 else f"~{self.weight:g} {self.quote}"


@dataclass
class Clues:
    """What news says of a contract, in its own words; read at once, so that what is not understood is said at once.

    >>> Clues(ward="豊島区", month="2017-08").asked["ward"].reading.codes
    ('13116',)

    ``article_date`` settles relative times (去年8月) and, without a month, which municipalities are meant. ``~0.5 去年8月`` is a
    clue that counts for half, ``豊島区 / 新宿区`` a place of which any will do. Clues can be edited: ``clues.ward = "新宿区"``,
    ``clues.value = None``; each change is read at once, and one that is not understood changes nothing. ``article`` is what
    they were read from, where that is an article. Raises ClueError for a clue that is not understood and NoClueError where
    there is none.
    """

    ward: str | int | None = None
    month: str | None = None
    title: str | None = None
    value: str | int | float | None = None
    buyer: str | None = None
    method: str | None = None
    firm: str | None = None
    article_date: dt.date | str | None = None
    article: Any = field(default=None, repr=False, compare=False)
    asked: dict[str, Clue] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "article_date", day_of_article(self.article_date))
        self.asked = self._read({})

    def __setattr__(self, name: str, value: Any) -> None:
        if "asked" not in self.__dict__ or name not in (*CLUE_NAMES, "article_date"):
            object.__setattr__(self, name, value)
            return
        value = day_of_article(value) if name == "article_date" else value
        asked = self._read({name: value})
        object.__setattr__(self, name, value)
        self.asked = asked

    def without(self, name: str) -> Clues:
        """The other clues, still as they were read: a place stays in the municipalities of a month that is left out."""
        other = copy(self)
        object.__setattr__(other, name, None)
        other.asked = {asked: clue for asked, clue in self.asked.items() if asked != name}
        return other

    def with_reading(self, name: ClueName, reading: Reading) -> Clues:
        """The same clues, of which ``name``, in the words that it was given in, is read as ``reading``."""
        other = copy(self)
        other.asked = self.asked | {name: replace(self.asked[name], reading=reading)}
        return other

    def _read(self, changed: dict[str, Any]) -> dict[str, Clue]:
        """The clues with what is ``changed``, each as read, in the order in which they are asked."""
        told = {name: changed.get(name, getattr(self, name)) for name in (*CLUE_NAMES, "article_date")}
        day = told["article_date"]
        given = {name: _weighed(name, _words(name, told[name])) for name in CLUE_NAMES if told[name] is not None}
        words = {name: said for name, (said, _) in given.items()}
        readings: dict[ClueName, Reading] = {}
        if "month" in words:
            readings["month"] = read_month(words["month"], day)
        if "ward" in words:
            readings["ward"] = read_any_place(words["ward"], day or _first_day(readings.get("month")))
        for name, read in _READERS.items():
            if name in words:
                readings[name] = read(words[name])
        if not readings:
            raise NoClueError
        asked: dict[str, Clue] = {}
        for name in CLUE_NAMES:
            if name in readings:
                weight = given[name][1]
                reading = readings[name]
                if weight < 1:
                    doubtful: dict[str, Any] = {"quoted": False} if name == "title" else {}
                    reading = replace(reading, weight=round(reading.weight * weight, 3), **doubtful)
                asked[name] = Clue(name, words[name], reading, weight)
        return asked


# ~0.5 去年8月: a clue that is not sure, or that another article disputes.
_WEIGHED = pattern(r"~(?P<weight>0?\.[0-9]+|1)\s+(?P<words>.*)", re.DOTALL)


def _weighed(name: ClueName, words: str) -> tuple[str, float]:
    """A clue's words and how much of its weight counts: all of it, where nothing is said."""
    match = _WEIGHED.fullmatch(words)
    if match is None:
        return words, 1.0
    weight = float(match["weight"])
    if weight == 0:
        raise ClueError(name, words, "a clue that counts for nothing is none.", f"--{name} '~0.5 {_EXAMPLES[name]}'")
    return match["words"], weight


_READERS: dict[ClueName, Callable[[str], Reading]] = {
    "title": read_title,
    "value": read_value,
    "buyer": read_buyer,
    "method": read_method,
    "firm": read_firm_clue,
}


def _first_day(month: Reading | None) -> dt.date | None:
    """Without an article's date municipalities are taken as in the month clue's month, else as today (None)."""
    return month.first if isinstance(month, MonthReading) else None


def _words(name: ClueName, value: object) -> str:
    """A clue's words; a number stands for its digits (a JIS code, yen)."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:05d}" if name == "ward" and isinstance(value, int) else str(value)
    raise ClueError(name, repr(value), "a clue is given in words.", f"{name}={_EXAMPLES[name]!r}")


_EXAMPLES: dict[ClueName, str] = {
    "ward": "豊島区", "month": "2017-08", "title": "データ入力業務", "value": "約1億8000万円", "buyer": "日本年金機構",
    "method": "一般競争入札", "firm": "株式会社SAY企画",
}  # fmt: skip


def day_of_article(value: dt.date | str | None) -> dt.date | None:
    """The article's day; raises ClueError for a text that is no day of the calendar."""
    if not isinstance(value, str):
        return value
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise ClueError("article date", value, "it is no day of the calendar.", "--article-date 2018-03-19") from None
