"""Procurement methods named in an article, and how many took part in the tender."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from tsukitome.awards import ProcurementMethod
from tsukitome.clues.article.candidate import Candidate
from tsukitome.clues.article.events import PACKAGE, longest_first
from tsukitome.clues.article.sentences import ArticleText
from tsukitome.clues.method import MethodReading
from tsukitome.normalize.numbers import value_of
from tsukitome.normalize.text import table

_NUMBER = "(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})"
_MOST_BIDDERS = 200


@dataclass(frozen=True, slots=True)
class BiddersReading:
    """How many firms took part in the tender."""

    number: int

    def to_dict(self) -> dict[str, Any]:
        return {"number": self.number}


@cache
def _mentions() -> dict[str, ProcurementMethod]:
    return {row["word"]: cast(ProcurementMethod, row["method"]) for row in table("method_mentions", PACKAGE)}


@cache
def _mention() -> re.Pattern[str]:
    words = longest_first(list(_mentions()))
    return re.compile(rf"(?P<word>{words})(?:方式)?(?:\((?P<inner>{words})(?:方式)?\))?")


@cache
def _cues(where: str) -> re.Pattern[str]:
    rows = [row["pattern"] for row in table("method_cues", PACKAGE) if row["where"] == where]
    joined = "|".join(f"(?:{pattern})" for pattern in rows)
    return re.compile(joined if where == "after" else rf"(?:{joined})$")


def methods(article: ArticleText) -> list[Candidate]:
    """The methods by which a contract was made; what is denied, planned or the rule is left out."""
    found = []
    for sentence in article.sentences:
        for match in _mention().finditer(article.text, sentence.start, sentence.end):
            if _cues("after").match(article.text, match.end(), sentence.end) or _cues("before").search(
                article.text, max(sentence.start, match.start() - 24), match.start()
            ):
                continue
            both = {_mentions()[match["word"]], _mentions()[match["inner"]] if match["inner"] else None}
            method: ProcurementMethod = "limited" if "limited" in both else _mentions()[match["word"]]
            found.append(Candidate("method", match.start(), match.end(), MethodReading(method)))
    return found


@cache
def _bidders() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = table("bidders", PACKAGE)
    return tuple((re.compile(row["pattern"].replace("NUM", _NUMBER)), row["number"]) for row in rows)


_NOT_BIDDERS = re.compile(r"(?:ほか|他に?|残る|残りの|うち|別の|延べ|約|などの?)$")


def bidders(article: ArticleText) -> list[Candidate]:
    """How many took part: 応札は1社, 3社が入札に参加."""
    found = []
    for pattern, fixed in _bidders():
        for match in pattern.finditer(article.text):
            number = value_of(fixed or match["number"])
            if number is None or not 0 < number <= _MOST_BIDDERS:
                continue
            start = match.start() if fixed else match.start("number")
            if _NOT_BIDDERS.search(article.text, max(0, start - 3), start):
                continue
            found.append(Candidate("bidders", match.start(), match.end(), BiddersReading(int(number))))
    return found
