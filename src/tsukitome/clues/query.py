"""The clues of one question, each with its quotation and its reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from tsukitome.clues.buyer import BuyerReading, read_buyer
from tsukitome.clues.firm import FirmReading, read_firm_clue
from tsukitome.clues.method import MethodReading, read_method
from tsukitome.clues.month import MonthReading, read_month
from tsukitome.clues.place import PlaceReading, read_place
from tsukitome.clues.title import TitleReading, read_title
from tsukitome.clues.value import ValueReading, read_value
from tsukitome.errors import ClueError, NoClueError

ClueName = Literal["buyer", "month", "ward", "method", "title", "value", "firm"]
Reading = PlaceReading | MonthReading | TitleReading | ValueReading | BuyerReading | MethodReading | FirmReading

CLUE_NAMES: tuple[ClueName, ...] = ("buyer", "month", "ward", "method", "title", "value", "firm")


@dataclass(frozen=True, slots=True)
class Clue:
    """One clue: its name, the words it was given in, and what they were read as."""

    name: ClueName
    quote: str
    reading: Reading

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "quote": self.quote, "reading": self.reading.to_dict()}


@dataclass(frozen=True)
class Clues:
    """What news says of a contract, in its own words; read at once, so that what is not understood is said at once.

    >>> Clues(ward="豊島区", month="2017-08").asked["ward"].reading.codes
    ('13116',)

    ``article_date`` settles relative times (去年8月) and, without a month, which municipalities are meant. Raises
    ClueError for a clue that is not understood and NoClueError where there is none. Change one with ``dataclasses.replace``.
    """

    ward: str | int | None = None
    month: str | None = None
    title: str | None = None
    value: str | int | float | None = None
    buyer: str | None = None
    method: str | None = None
    firm: str | None = None
    article_date: dt.date | str | None = None
    asked: dict[str, Clue] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        words = {name: _words(name, value) for name in CLUE_NAMES if (value := getattr(self, name)) is not None}
        day = day_of_article(self.article_date)
        readings: dict[ClueName, Reading] = {}
        if "month" in words:
            readings["month"] = read_month(words["month"], day)
        if "ward" in words:
            readings["ward"] = read_place(words["ward"], day or _first_day(readings.get("month")))
        for name, read in _READERS.items():
            if name in words:
                readings[name] = read(words[name])
        if not readings:
            raise NoClueError
        asked = {name: Clue(name, words[name], readings[name]) for name in CLUE_NAMES if name in readings}
        object.__setattr__(self, "article_date", day)
        object.__setattr__(self, "asked", asked)


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
