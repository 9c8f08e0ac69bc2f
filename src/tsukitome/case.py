"""A case: what a newsroom keeps of one question, made for hands and for git.

It holds what was read (articles, clues, claims), what was asked (the data and its hash) and what people add: decisions,
the right-of-reply checklist, and corroboration found elsewhere, which is shown beside the records and never scored.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

SCHEMA = "tsukitome/case/1"

Stage = Literal["lead", "confirmed", "rejected"]


@dataclass(frozen=True, slots=True)
class CaseArticle:
    """A news article: ``file`` holds its text and is named from the case's folder; ``sha256`` is of that file's bytes."""

    id: str
    file: str | None = None
    sha256: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class CaseClue:
    """A clue that is asked unless ``use`` is false: ``text`` as ``identify`` takes it, ``quote`` as the article prints it.

    ``start`` and ``end`` are code point offsets in the article's text; ``source`` says where a clue without an article
    comes from.
    """

    name: str
    text: str
    article: str | None = None
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    use: bool = True
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement to be checked. ``clue`` and ``says`` name the fact in it; without them the program reads ``text``.

    ``rating`` is what a person made of it, and ``rated_by`` who; the program fills in neither.
    """

    text: str
    clue: str | None = None
    says: str | None = None
    article: str | None = None
    start: int | None = None
    end: int | None = None
    rating: str | None = None
    rated_by: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person made of a firm: a ``lead`` is a program's, ``confirmed`` and ``rejected`` need a name, a day and a reason."""

    stage: Stage
    firm: str
    corporate_number: str | None = None
    awards: tuple[str, ...] = ()
    by: str | None = None
    date: dt.date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """One line of the right-of-reply checklist."""

    who: str
    name: str | None = None
    channel: str | None = None
    sent: dt.date | None = None
    deadline: dt.date | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Corroboration:
    """A note of what was found elsewhere: its address, the day it was seen, its words, and what they support."""

    quote: str
    supports: str
    kind: str | None = None
    url: str | None = None
    seen: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A whole case. ``file`` is the case file as it was named; ``data`` are paths as the case spells them."""

    file: str
    title: str | None = None
    notes: str | None = None
    articles: tuple[CaseArticle, ...] = ()
    clues: tuple[CaseClue, ...] = ()
    claims: tuple[Claim, ...] = ()
    decisions: tuple[Decision, ...] = ()
    replies: tuple[Reply, ...] = ()
    corroboration: tuple[Corroboration, ...] = ()
    data: tuple[str, ...] = ()
    data_sha256: str | None = None

    def article(self, id: str | None) -> CaseArticle | None:
        """The article of an id; None where there is none."""
        return next((article for article in self.articles if article.id == id), None)

    @property
    def confirmed(self) -> Decision | None:
        """The last decision by which a person confirmed a firm."""
        return next((one for one in reversed(self.decisions) if one.stage == "confirmed"), None)
