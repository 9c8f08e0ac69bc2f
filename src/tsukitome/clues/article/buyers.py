"""The buyer in an article: of the public bodies named, those whose contract it is, by their formal names.

Ministries that only say something (厚生労働省によりますと) or watch over the buyer are no clue.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Any

from tsukitome.clues.article.bodies import Body, references
from tsukitome.clues.article.candidate import Candidate
from tsukitome.clues.article.events import PACKAGE, Event, Happenings
from tsukitome.clues.article.sentences import ArticleText, Sentence
from tsukitome.clues.buyer import BuyerReading
from tsukitome.normalize.text import table

_PARENT = re.compile(r"(?:など)?の(?:外郭団体|所管法人|関連団体|傘下|所管する)")
_WHOSE = re.compile(r"が|では|は|で(?=、)")
_BUYER_ACTS = frozenset({"buyer", "both"})
_NEEDED = 2
_A_PLACE = -3  # the score of a name that says where something is, not whose it is


@dataclass(frozen=True, slots=True)
class ParentReading:
    """A buyer of which only the ministry above it is said (厚労省の外郭団体)."""

    name: str
    weight: float = 0.3

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "parent": self.name, "weight": self.weight}


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str], int], ...]:
    rows = table("buyer_cues", PACKAGE)
    return tuple(
        (
            row["where"],
            re.compile(rf"(?:{row['pattern']})$" if row["where"] == "before" else row["pattern"]),
            int(row["score"]),
        )
        for row in rows
    )


def buyers(article: ArticleText, happenings: Happenings, named: list[Body], suppliers: set[int]) -> list[Candidate]:
    """The bodies whose contract it is, each at its first mention. ``suppliers`` are the starts of places of suppliers."""
    scores: dict[str, int] = {}
    mentions: dict[str, int] = {}
    first: dict[str, Body] = {}
    parents: list[Candidate] = []
    spans = [(body.start, body.end) for body in named]
    again = [one for one in references(article, named, suppliers) if not _inside(one, spans)]
    for body in sorted([*named, *again], key=lambda one: one.start):
        if body.start in suppliers:
            continue
        if _PARENT.match(article.text, body.end):
            parents.append(Candidate("buyer", body.start, body.end, ParentReading(body.formal), 0.3, "parent"))
            continue
        score = _score(article, happenings, body)
        mentions[body.formal] = mentions.get(body.formal, 0) + 1
        if score > _A_PLACE or body.formal[-1] not in "都道府県市区町村":
            first.setdefault(body.formal, body)
        scores[body.formal] = max(scores.get(body.formal, score), score)
    chosen = [formal for formal in first if scores[formal] >= _NEEDED]
    if not chosen and article.is_fragment and len(first) == 1:
        (only,) = first.values()
        alone = article.is_bare(only.start, only.end) or happenings.tells_of_contract()
        chosen = [only.formal] if alone and scores[only.formal] >= 0 and not _is_place(article, only) else []
    if not chosen and happenings.tells_of_contract() and not article.is_fragment:
        likely = [formal for formal in first if scores[formal] >= 0]
        chosen = sorted(likely, key=lambda formal: (-mentions[formal], first[formal].start))[:1]
    # 県 is never the first to name 兵庫県, also where that name stood for a place (兵庫県内の町).
    by_name = {body.formal: body for body in reversed(named) if body.start not in suppliers}
    shown = [by_name.get(one, first[one]) if first[one] in again else first[one] for one in chosen]
    return [Candidate("buyer", body.start, body.end, BuyerReading(body.formal)) for body in shown] or parents


def _inside(one: Body, spans: list[tuple[int, int]]) -> bool:
    index = bisect_right(spans, (one.start, one.end + 1)) - 1
    return index >= 0 and one.start < spans[index][1]


def _is_place(article: ArticleText, body: Body) -> bool:
    return article.text.strip(" 。、") == article.text[body.start : body.end] and body.formal[-1] in "都道府県市区町村"


def _score(article: ArticleText, happenings: Happenings, body: Body) -> int:
    """What the words around one mention say; the acts of its clause count where it is their subject."""
    text = article.text
    sentence = article.sentence_at(body.start)
    score = 0
    for where, pattern, gives in _cues():
        if where == "after":
            said = pattern.match(text, body.end, sentence.end)
        else:
            said = pattern.search(text, max(sentence.start, body.start - 12), body.start)
        score += gives if said else 0
    act = _act_of(text, happenings, body, sentence)
    return score + (2 if act is not None and act.by in _BUYER_ACTS else 0)


def _act_of(text: str, happenings: Happenings, body: Body, sentence: Sentence) -> Event | None:
    """What a body is told to do: が goes with the next act, は and では with the last one of the clause."""
    particle = _WHOSE.match(text, body.end)
    if particle is None:
        return None
    told = [event for event in happenings.within(body.end, sentence.end, sentence) if event.by or event.month == "o"]
    if particle.group() == "が":
        return told[0] if told else None
    _, end = sentence.clause(body.start)
    fitting = [event for event in told if event.end <= end] or told
    return fitting[-1] if fitting else None
