"""A new case from articles and data: what the news says, what is asked, and the questions that people have to settle."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tsukitome.case import Case, CaseArticle, CaseClue, Claim, Decision, Reply
from tsukitome.clues.article import ArticleClue, ArticleClues, read_article, to_clues
from tsukitome.clues.article.extraction import article_text
from tsukitome.clues.query import CLUE_NAMES, Clues
from tsukitome.errors import NoClueError
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
    """Of each kind the clue that says most, as a question; all else that the articles say of the contract, as claims."""
    owner = {id(clue): one for one in articles for clue in one.clues.clues}
    together = ArticleClues("", None, tuple(clue for one in articles for clue in one.clues.clues))
    best = {name: clue for name, clue in together.best().items() if name not in given}
    month = best.get("month")
    day = owner[id(month)].article.date if month else next((a.article.date for a in articles if a.article.date), None)
    if not best and not given:
        raise NoClueError
    asked = to_clues(replace(together, article_date=day, clues=tuple(best.values())), **given) if best else None
    asked = asked or Clues(article_date=day, **given)
    clues = []
    for name in CLUE_NAMES:
        if name in given:
            clues.append(CaseClue(name, given[name]))
        elif name in best and name in asked.asked:
            clue = best[name]
            clues.append(
                CaseClue(name, asked.asked[name].given, owner[id(clue)].article.id, clue.quote, clue.start, clue.end)
            )
    asked_of = {(clue.article, clue.start, clue.end, clue.name) for clue in clues}
    claims = [
        _claim(one, clue)
        for one in articles
        for clue in one.clues.clues
        if (one.article.id, clue.start, clue.end, clue.name) not in asked_of
    ]
    return tuple(clues), tuple(claims)


def _claim(one: ReadArticle, clue: ArticleClue) -> Claim:
    return Claim(clue.quote, clue.name, clue.quote, one.article.id, clue.start, clue.end)


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
