"""Times in an article: days, months, seasons and fiscal years, resolved by the article's date or by a time named before.

What only the article's date could settle is never guessed without one: it becomes a question.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from tsukitome.clues.article.amount_labels import price_of_contract
from tsukitome.clues.article.candidate import Candidate
from tsukitome.clues.article.events import Happenings
from tsukitome.clues.article.sentences import ArticleText, Sentence
from tsukitome.clues.article.time_patterns import (
    DATELINE,
    LINK,
    NO_TIME_AFTER,
    RANGE_OF_WORK,
    STATED,
    UNTIL,
    time_pattern,
)
from tsukitome.clues.article.time_words import plain_words
from tsukitome.clues.month import MonthReading, read_month
from tsukitome.errors import ClueError
from tsukitome.normalize.dates import month_span
from tsukitome.normalize.text import squeeze


@dataclass(frozen=True, slots=True)
class Question:
    """A time that can't be resolved without the article's date: its quotation and offsets, and why."""

    quote: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class _Named:
    """A time as found: its span and, where it could be resolved, its days."""

    start: int
    end: int
    reading: MonthReading | None
    reason: str = ""
    bare_day: bool = False


def times(
    article: ArticleText, happenings: Happenings, article_date: dt.date | None
) -> tuple[list[Candidate], list[Question]]:
    """The times that are the contract's own, and the questions that only an article's date would answer."""
    found: list[Candidate] = []
    questions: list[Question] = []
    for named in _named(article, article_date):
        sentence = article.sentence_at(named.start)
        if not _of_contract(article, happenings, sentence, named):
            continue
        if named.reading is not None:
            found.append(Candidate("month", named.start, named.end, named.reading, 0.8 if named.bare_day else 1.0))
        elif named.reason:
            start, end = article.folded.span(named.start, named.end)
            questions.append(Question(article.folded.original[start:end], start, end, named.reason))
    return found, questions


def _named(article: ArticleText, article_date: dt.date | None) -> list[_Named]:
    """Every time of the article in order, each resolved with those before it in sight."""
    found: list[_Named] = []
    anchor: tuple[MonthReading, int] | None = None
    for sentence in article.sentences:
        number = article.index_at(sentence.start)
        for match in time_pattern().finditer(article.text, sentence.start, sentence.end):
            near = anchor[0] if anchor and number - anchor[1] <= 1 else None
            any_before = anchor[0] if anchor else None
            named = _resolve(match, article_date, near, any_before)
            found.append(named)
            if named.reading is not None and not named.bare_day:
                anchor = (named.reading, number)
    return found


def _resolve(
    match: re.Match[str], article_date: dt.date | None, near: MonthReading | None, before: MonthReading | None
) -> _Named:
    start, end = match.span()
    words = squeeze(match.group())
    try:
        if match["day"]:
            return _Named(start, end, _bare_day(words, article_date, near), bare_day=True)
        words = plain_words(words, article_date, near, before)
        return _Named(start, end, read_month(words, article_date))
    except ClueError as error:
        return _Named(start, end, None, error.reason if "article" in error.reason else "")
    except (ValueError, OverflowError):
        return _Named(start, end, None)


def _bare_day(words: str, article_date: dt.date | None, near: MonthReading | None) -> MonthReading | None:
    """20日: of the month named just before, else the last such day by the article's date."""
    number = int(re.match(r"[0-9]+", words).group())  # type: ignore[union-attr]
    base = near.first if near and near.first.replace(day=1) == near.last.replace(day=1) else article_date
    if base is None:
        return None
    year, month = base.year, base.month
    if base is article_date and number > base.day:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    if not 1 <= number <= month_span(year, month)[1].day:
        return None
    day = dt.date(year, month, number)
    return MonthReading(day, day)


def _of_contract(article: ArticleText, happenings: Happenings, sentence: Sentence, named: _Named) -> bool:
    """Whether the time is the contract's: by the nearest event in its clause, behind it first."""
    text = article.text
    if not named.bare_day and price_of_contract().match(text, named.end, sentence.end):
        return True  # 2015年度の契約額は
    if article.is_fragment and not named.bare_day:
        event = happenings.first("month", named.end, sentence.end, sentence) or happenings.last(
            "month", sentence.start, named.start, sentence
        )
        told = article.is_bare(named.start, named.end) if event is None else event.month == "c"
        return told and not NO_TIME_AFTER.match(text, named.end)
    if _is_dateline(text, happenings, sentence, named):
        return False
    is_range = re.search(LINK, text[named.start : named.end]) is not None
    until = UNTIL.match(text, named.end) if is_range else None  # 12月から3月まで、… 契約を結んだ
    if until is None and (NO_TIME_AFTER.match(text, named.end) or _of_work(text, named, sentence)):
        return False
    start, end = sentence.clause(named.start)
    if named.bare_day:
        return _near_act(text, happenings, sentence, named)
    # A time before 、 goes with the clause's last act, one before に, の … with the next.
    whole = until or text.startswith(("、", "から"), named.end)
    of = happenings.last if whole else happenings.first
    behind = of("month", named.end, end, sentence)
    if behind is not None:
        return behind.month == "c"
    before = happenings.last("month", start, named.start, sentence)
    if before is not None and _stated_as_time(text[before.end : named.start]):
        return before.month == "c"
    return False


def _near_act(text: str, happenings: Happenings, sentence: Sentence, named: _Named) -> bool:
    """A day without its month is mostly that of the report: only 9日に契約, 9日付で契約 is the contract's."""
    behind = happenings.first("month", named.end, sentence.end, sentence)
    close = behind is not None and behind.month == "c" and behind.start - named.end <= 16
    return close and re.match(r"(?:に|付けで|付で)", text[named.end - 1 : named.end + 3].removeprefix("日")) is not None


def _is_dateline(text: str, happenings: Happenings, sentence: Sentence, named: _Named) -> bool:
    """The line with the day of publication: hardly more than that day, and nothing of a contract (契約日 is no such line)."""
    if not sentence.heading or DATELINE.search(text, sentence.start, sentence.end) is None:
        return False
    told = happenings.last("month", sentence.start, named.start, sentence)
    short = len(text[sentence.start : sentence.end]) - (named.end - named.start) <= 14
    return short and (told is None or told.month != "c")


def _of_work(text: str, named: _Named, sentence: Sentence) -> bool:
    """A range that ends with まで is that of the work, not of the making of the contract."""
    is_range = re.search(LINK, text[named.start : named.end]) is not None
    return is_range and RANGE_OF_WORK.match(text, named.end, sentence.end) is not None


def _stated_as_time(between: str) -> bool:
    """契約日は平成29年8月9日, 契約したのは去年8月, 契約 (平成29年8月)."""
    return len(between) <= 16 and (between == "" or STATED.search(between) is not None)
