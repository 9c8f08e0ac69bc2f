"""Several articles on one matter: what they agree in is one clue with all its sources; what they contradict each other in
stays as alternatives, each of which weighs less.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from tsukitome.clues.article.agreement import contradicts, joint
from tsukitome.clues.article.article_clues import ArticleClue, ArticleClues, asked_kinds, asked_weight, rank, words_for
from tsukitome.clues.article.candidate import Readable
from tsukitome.clues.article.clue_list import ClueList
from tsukitome.clues.place import PlaceReading
from tsukitome.clues.query import Clues

# What is left of the strength of a clue that another article contradicts. Our own convention: of two that can't both be
# right, each is as likely.
DISPUTED = 0.5


@dataclass(frozen=True, slots=True)
class Mention:
    """A clue as one article gives it. ``article`` counts from 0; ``source`` is its file, or what it was called."""

    article: int
    source: str
    clue: ArticleClue

    def to_dict(self) -> dict[str, Any]:
        told = {"quote": self.clue.quote, "start": self.clue.start, "end": self.clue.end}
        said = {"attribution": self.clue.attribution} if self.clue.attribution else {}
        return {"article": self.source, **told, "reading": self.clue.reading.to_dict(), **said}


@dataclass(frozen=True, slots=True)
class MergedClue:
    """What one or several articles say: the joint ``reading``, its ``mentions``, and the quotations that contradict it.

    ``quote``, ``start`` and ``end`` are those of the first mention, in its own article.
    """

    name: str
    reading: Readable
    strength: float
    mentions: tuple[Mention, ...]
    disputed_by: tuple[Mention, ...] = ()

    @property
    def first(self) -> ArticleClue:
        return self.mentions[0].clue

    @property
    def disputed(self) -> bool:
        return bool(self.disputed_by)

    def to_dict(self) -> dict[str, Any]:
        first = self.first
        told = {
            "name": self.name,
            "quote": first.quote,
            "start": first.start,
            "end": first.end,
            "reading": self.reading.to_dict(),
            "strength": self.strength,
        }
        extra = {name: value for name, value in first.to_dict().items() if name not in told}
        disputes = [mention.to_dict() for mention in self.disputed_by]
        sources = {"sources": [mention.to_dict() for mention in self.mentions]}
        return told | extra | sources | ({"disputed_by": disputes} if disputes else {})


@dataclass(frozen=True, slots=True)
class MergedClues(ClueList[MergedClue]):
    """The clues of several articles, by the first mention's place; ``sources`` are the articles' names in their order."""

    articles: tuple[ArticleClues, ...]
    sources: tuple[str, ...]
    clues: tuple[MergedClue, ...]

    @property
    def disputes(self) -> tuple[MergedClue, ...]:
        """The clues that another article contradicts."""
        return tuple(clue for clue in self.clues if clue.disputed)

    def best(self) -> dict[str, MergedClue]:
        """For each kind that a question can hold, the clue that says most: what most articles say first."""
        found: dict[str, MergedClue] = {}
        in_order = sorted(self.clues, key=lambda one: (one.mentions[0].article, one.first.start))
        for clue in sorted(in_order, key=_says_most):
            if clue.name in asked_kinds:
                found.setdefault(clue.name, clue)
        return found


def merge_clues(articles: Iterable[ArticleClues], sources: Sequence[str] | None = None) -> MergedClues:
    """The clues of articles on one matter. ``sources`` name them; without, they are numbered from 1.

    Readings that agree become one, the finer; those of which all articles say something else are kept side by side, with
    half their strength (:data:`DISPUTED`).
    """
    told = tuple(articles)
    named = tuple(sources) if sources is not None else tuple(str(number + 1) for number in range(len(told)))
    if len(named) != len(told):
        raise ValueError(f"{len(told)} articles and {len(named)} names for them")
    merged: list[MergedClue] = []
    for number, (article, source) in enumerate(zip(told, named, strict=True)):
        for clue in article.clues:
            _take(merged, Mention(number, source, clue))
    merged = _coalesced(merged)
    disputed = [_with_disputes(clue, merged) for clue in merged]
    disputed.sort(key=lambda clue: (clue.first.start, clue.mentions[0].article, clue.first.end, clue.name))
    return MergedClues(told, named, tuple(disputed))


def _take(merged: list[MergedClue], mention: Mention) -> None:
    """Adds a mention to the clue that says the same, by preference exactly; else it is a clue of its own."""
    clue = mention.clue
    fitting = [
        (number, reading)
        for number, known in enumerate(merged)
        if known.name == clue.name
        and known.first.contract == clue.contract
        and known.mentions[-1].article != mention.article
        and (reading := joint(known.reading, clue.reading)) is not None
    ]
    if not fitting:
        merged.append(MergedClue(clue.name, clue.reading, clue.strength, (mention,)))
        return
    number, reading = next((one for one in fitting if merged[one[0]].reading == clue.reading), fitting[0])
    known = merged[number]
    strength = round(1 - (1 - known.strength) * (1 - clue.strength), 3)
    merged[number] = replace(known, reading=reading, strength=strength, mentions=(*known.mentions, mention))


def _coalesced(merged: list[MergedClue]) -> list[MergedClue]:
    """Clues of one reading made one: 2016年度 and 16年9月 of one article, both met by the 9月 of another."""
    found: list[MergedClue] = []
    for clue in merged:
        same = next((n for n, one in enumerate(found) if (one.name, one.reading) == (clue.name, clue.reading)), None)
        if same is None or found[same].first.contract != clue.first.contract:
            found.append(clue)
            continue
        known = found[same]
        mentions = sorted({*known.mentions, *clue.mentions}, key=lambda one: (one.article, one.clue.start))
        found[same] = replace(known, strength=max(known.strength, clue.strength), mentions=tuple(mentions))
    return found


def _with_disputes(clue: MergedClue, merged: list[MergedClue]) -> MergedClue:
    against = [
        mention
        for other in merged
        if other.name == clue.name and other.first.contract == clue.first.contract == 0
        for mention in other.mentions
        if contradicts(clue.reading, other.reading) and not _of_one_mind(clue, mention, merged)
    ]
    if not against:
        return clue
    return replace(clue, strength=round(clue.strength * DISPUTED, 3), disputed_by=tuple(against))


def _of_one_mind(clue: MergedClue, against: Mention, merged: list[MergedClue]) -> bool:
    """Whether the article of ``against`` and one that says ``clue`` agree in any clue of this kind: then each only says more."""
    ours = {mention.article for mention in clue.mentions}
    if against.article in ours:
        return True
    pairs = {
        frozenset(pair)
        for one in merged
        if one.name == clue.name
        for pair in combinations({mention.article for mention in one.mentions}, 2)
        if _alike(one, clue)
    }
    return any(frozenset((number, against.article)) in pairs for number in ours)


def _alike(one: MergedClue, other: MergedClue) -> bool:
    """Whether two clues speak of the same side of the contract: a shared unit price settles no dispute over the total."""
    return one is other or joint(one.reading, other.reading) is not None or contradicts(one.reading, other.reading)


def _articles(mentions: tuple[Mention, ...]) -> int:
    return len({mention.article for mention in mentions})


def _says_most(clue: MergedClue) -> tuple[float, ...]:
    return -_articles(clue.mentions), *rank(replace(_as_one(clue), start=0))


def _as_one(clue: MergedClue) -> ArticleClue:
    """A merged clue in the form of one article's: the first mention's place, the joint reading."""
    return replace(clue.first, reading=clue.reading, strength=clue.strength)


def merged_to_clues(merged: MergedClues, **given: Any) -> Clues:
    """A question from the clues of several articles; what is ``given`` beside them wins.

    Of disputed places any will do; of other disputes the one that most articles tell is asked, the first of those. What is
    disputed is asked with the weight that :data:`DISPUTED` leaves it. Raises NoClueError where there is no clue at all.
    """
    day = next((article.article_date for article in merged.articles if article.article_date), None)
    asked: dict[str, Any] = {"article_date": day}
    for name, clue in merged.best().items():
        words = words_for(_as_one(clue), day)
        if words is not None:
            weight = asked_weight(_as_one(clue)) * (DISPUTED if clue.disputed else 1)
            words = _of_any(clue, words, day) if clue.disputed else words
            asked[name] = words if weight == 1 else f"~{weight:g} {words}"
    asked |= {name: value for name, value in given.items() if value is not None}
    return Clues(**asked)


def _of_any(clue: MergedClue, words: str, day: dt.date | None) -> str:
    """A disputed place with those that others say (豊島区 / 新宿区), where all are of one kind; else its own words."""
    if not isinstance(clue.reading, PlaceReading):
        return words
    others = [one.clue for one in clue.disputed_by if isinstance(one.clue.reading, PlaceReading)]
    if any(other.reading.level != clue.reading.level for other in others):  # type: ignore[attr-defined]
        return words
    said = [words_for(other, day) for other in others]
    return " / ".join(dict.fromkeys((words, *(one for one in said if one is not None))))
