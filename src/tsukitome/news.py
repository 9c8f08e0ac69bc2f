"""News in Python: an article read into clues that draws itself in Jupyter, and the question that one or several articles ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from tsukitome.clues.article import ArticleClues, MergedClues
from tsukitome.clues.article import merge_clues as merged
from tsukitome.clues.article import read_article as read
from tsukitome.clues.article.article_clues import to_clues
from tsukitome.clues.article.merging import merged_to_clues
from tsukitome.clues.query import Clues, day_of_article

Day = dt.date | str | None


class NewsArticle(ArticleClues):
    """An article and its clues. In Jupyter it shows its text with the clues marked, and what each was read as."""

    def _repr_html_(self) -> str:
        from tsukitome.reporting.article import fragment

        return fragment(self)


class NewsArticles(MergedClues):
    """Several articles on one matter. In Jupyter it shows what they agree in, what they dispute, and each text."""

    def _repr_html_(self) -> str:
        from tsukitome.reporting.merged import merged_fragment

        return merged_fragment(self)


def read_article(text: str, article_date: Day = None, about: str | None = None) -> NewsArticle:
    """The clues of a news text, in its order; offsets count the code points of ``text`` from 0, ``end`` is behind the last.

    ``article_date`` (a date or YYYY-MM-DD) resolves 去年8月 and the like; without it those become ``questions``. ``about``
    picks one contract where the text tells of several. Any text can be read. Raises ClueError for a date that is none.

    >>> [clue.quote for clue in read_article("都は去年8月、港区の会社に清掃業務を委託した。", "2018-03-19")]
    ['都', '去年8月', '港区', '清掃業務']
    """
    found = read(text, day_of_article(article_date), about)
    return NewsArticle(found.text, found.article_date, found.clues, found.questions)


def merge_clues(articles: Iterable[ArticleClues], sources: Sequence[str] | None = None) -> NewsArticles:
    """The clues of several articles on one matter as one list, each with its sources; what they dispute is kept and weighs less.

    ``sources`` name the articles; without, they are numbered from 1. Raises ValueError where there are not as many.
    """
    found = merged(articles, sources)
    return NewsArticles(found.articles, found.sources, found.clues)


def read_clues(
    text: str | Sequence[str], article_date: Day | Sequence[Day] = None, about: str | None = None, **given: Any
) -> Clues:
    """The question that a news text asks, or several texts on one matter: ready for ``Archive.identify``, and to be edited.

    Several texts have one date each, in their order, or one for all. What is ``given`` (ward=, value= …) wins over what is
    read. ``clues.article`` is what was read, with quotations and offsets. Raises NoClueError for texts that give no clue,
    ClueError for a date that is none, and ValueError for more or fewer dates than texts.

    >>> clues = read_clues("機構は去年8月、豊島区の会社と約1億8000万円で契約した。", "2018-03-19")
    >>> clues.ward, clues.month
    ('豊島区', '去年8月')
    """
    if isinstance(text, str):
        article = read_article(text, _one(article_date), about)
        found = to_clues(article, **given)
        found.article = article
        return found
    days = dates_of(len(text), article_date)
    several = merge_clues(read_article(one, day, about) for one, day in zip(text, days, strict=True))
    found = merged_to_clues(several, **given)
    found.article = several
    return found


def _one(day: Day | Sequence[Day]) -> Day:
    if day is None or isinstance(day, str | dt.date):
        return day
    (only,) = dates_of(1, day)
    return only


def dates_of(number: int, given: Day | Sequence[Day]) -> list[Day]:
    """A date for each of ``number`` articles: one for all, or one each; raises ValueError for any other number."""
    if given is None or isinstance(given, str | dt.date):
        return [given] * number
    days = list(given)
    if len(days) == 1:
        return days * number
    if len(days) not in (0, number):
        raise ValueError(f"{number} articles and {len(days)} dates; give one date for all, or one for each in order")
    return days or [None] * number
