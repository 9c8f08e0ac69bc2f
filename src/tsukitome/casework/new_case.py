"""A new case from articles and data: what the news says, what is asked, and the questions that people have to settle."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tsukitome.case import Case, CaseArticle, CaseClue, Claim, Decision, Reply
from tsukitome.clues.article import ArticleClue, ArticleClues, merge_clues, merged_to_clues, read_article
from tsukitome.clues.article.article_clues import words_for
from tsukitome.clues.article.extraction import article_text
from tsukitome.clues.query import CLUE_NAMES
from tsukitome.findings import Findings

WHO_TO_ASK = ("firm", "buyer", "ministry")


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """An article to take into a case: its bytes, the name by which the case will find it, and what is known of it."""

    content: bytes
    file: str
    date: dt.date | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article as the case keeps it, and the clues that it gives."""

    article: CaseArticle
    clues: ArticleClues


def read_articles(files: Sequence[ArticleFile], about: str | None = None, *, first_id: int = 1) -> list[ReadArticle]:
    """Each article read by its own date; raises UnreadableError for bytes that are no text."""
    found = []
    for number, file in enumerate(files, start=first_id):
        text = article_text(file.content, file.file)
        article = CaseArticle(
            id=f"a{number}",
            file=file.file,
            sha256=hashlib.sha256(file.content).hexdigest(),
            title=file.title,
            outlet=file.outlet,
            url=file.url,
            date=file.date,
        )
        found.append(ReadArticle(article, read_article(text, file.date, about)))
    return found


def new_case(file: str, articles: Sequence[ReadArticle], given: Mapping[str, str], *, title: str | None = None) -> Case:
    """The case that articles and clues ``given`` by hand make; what is given wins over what an article says.

    Raises NoClueError where there is no clue at all, and ClueError for one that is not understood.
    """
    clues, claims = clues_of(articles, given)
    return Case(
        file=file,
        title=title,
        articles=tuple(one.article for one in articles),
        clues=clues,
        claims=claims,
        replies=tuple(Reply(who) for who in WHO_TO_ASK),
    )


def clues_of(
    articles: Sequence[ReadArticle], given: Mapping[str, str]
) -> tuple[tuple[CaseClue, ...], tuple[Claim, ...]]:
    """Of each kind the clue that says most, as a question; all else that the articles say of the contract, as claims.

    What articles say alike is one clue, quoted from the first of them; what they dispute counts for half.
    """
    together = merge_clues([one.clues for one in articles], [one.article.id for one in articles])
    best = {name: clue.mentions[0] for name, clue in together.best().items() if name not in given}
    asked = merged_to_clues(together, **given).asked
    clues = []
    for name in CLUE_NAMES:
        if name in given:
            clues.append(CaseClue(name, given[name]))
        elif name in best and name in asked:
            first = best[name].clue
            clues.append(CaseClue(name, asked[name].given, best[name].source, first.quote, first.start, first.end))
    asked_of = {(clue.article, clue.start, clue.end, clue.name) for clue in clues}
    claims = [
        _claim(one, clue)
        for one in articles
        for clue in one.clues.clues
        if (one.article.id, clue.start, clue.end, clue.name) not in asked_of
    ]
    return tuple(clues), tuple(claims)


def _claim(one: ReadArticle, clue: ArticleClue) -> Claim:
    # Of a description of the work the words are held against the record, not how the sentence joins them.
    says = (words_for(clue, one.article.date) or clue.quote) if clue.name == "title" else clue.quote
    return Claim(clue.quote, clue.name, says, one.article.id, clue.start, clue.end)


def lead_of(found: Findings) -> Decision | None:
    """The first candidate as a lead, where the answer offers one; a person has to confirm it."""
    if found.verdict == "not_found" or found.best is None:
        return None
    best = found.best
    return Decision("lead", best.firm.name, best.firm.corporate_number, best.awards[0].award_ids)


def claims_of(one: ReadArticle) -> tuple[Claim, ...]:
    """All that an article says of the contract, as claims."""
    return tuple(_claim(one, clue) for clue in one.clues.clues)


def next_id(case: Case) -> int:
    """The number of the next article: one that no article of the case has."""
    numbers = [int(article.id[1:]) for article in case.articles if article.id[:1] == "a" and article.id[1:].isdigit()]
    return max(numbers, default=0) + 1


def free_name(target: Path, number: int) -> Path:
    """Where the text of an article from standard input is kept: beside the case, under its name."""
    return target.with_name(f"{target.stem}-article-{number}.txt")
