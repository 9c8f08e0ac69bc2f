"""The clues of one question, each with its quotation and its reading."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Literal

from tsukitome.clues.buyer import BuyerReading, read_buyer
from tsukitome.clues.firm import FirmReading, read_firm_clue
from tsukitome.clues.method import MethodReading, read_method
from tsukitome.clues.month import MonthReading, read_month
from tsukitome.clues.place import PlaceReading, read_place
from tsukitome.clues.title import TitleReading, read_title
from tsukitome.clues.value import ValueReading, read_value
from tsukitome.errors import NoClueError

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

    ward: str | None = None
    month: str | None = None
    title: str | None = None
    value: str | None = None
    buyer: str | None = None
    method: str | None = None
    firm: str | None = None
    article_date: dt.date | None = None
    asked: dict[str, Clue] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        readings: dict[ClueName, Reading] = {}
        if self.month is not None:
            month = read_month(self.month, self.article_date)
            readings["month"] = month
        if self.ward is not None:
            readings["ward"] = read_place(self.ward, self._day_of_places(readings.get("month")))
        if self.title is not None:
            readings["title"] = read_title(self.title)
        if self.value is not None:
            readings["value"] = read_value(self.value)
        if self.buyer is not None:
            readings["buyer"] = read_buyer(self.buyer)
        if self.method is not None:
            readings["method"] = read_method(self.method)
        if self.firm is not None:
            readings["firm"] = read_firm_clue(self.firm)
        if not readings:
            raise NoClueError
        asked = {name: Clue(name, getattr(self, name), readings[name]) for name in CLUE_NAMES if name in readings}
        object.__setattr__(self, "asked", asked)

    def _day_of_places(self, month: Reading | None) -> dt.date | None:
        """The day on which municipalities are taken: the article's, else in the month clue's month, else today (None)."""
        if self.article_date is not None:
            return self.article_date
        return month.first if isinstance(month, MonthReading) else None
