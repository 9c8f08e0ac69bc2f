"""An article read into clues: candidates of every kind, what is no clue left out, one clue for each distinct reading."""

from __future__ import annotations

import datetime as dt
import sys
from bisect import bisect_right
from dataclasses import replace

from tsukitome.clues.article.article_clues import ArticleClue, ArticleClues
from tsukitome.clues.article.attribution import attribution
from tsukitome.clues.article.bodies import bodies
from tsukitome.clues.article.buyers import buyers
from tsukitome.clues.article.candidate import Candidate
from tsukitome.clues.article.descriptions import ArticleTitleReading
from tsukitome.clues.article.events import Happenings
from tsukitome.clues.article.grouping import about as only_about
from tsukitome.clues.article.grouping import grouped
from tsukitome.clues.article.methods import bidders, methods
from tsukitome.clues.article.place_names import place_names
from tsukitome.clues.article.places import places
from tsukitome.clues.article.quantities import quantities
from tsukitome.clues.article.sentences import ArticleText, read_text
from tsukitome.clues.article.times import Question, times
from tsukitome.clues.article.titles import titles
from tsukitome.clues.article.values import values
from tsukitome.clues.article.what_is_no_clue import of_the_contractor, of_the_matter
from tsukitome.normalize.text import key


def read_article(text: str, article_date: dt.date | None = None, about: str | None = None) -> ArticleClues:
    """The clues of a news text, in its order, each with its code point offsets in ``text``.

    ``article_date`` resolves relative times and says which municipalities are meant; without it what depends on it becomes a
    question. ``about`` picks one contract where the text tells of several. Any text can be read; most give nothing.
    """
    article = read_text(text)
    found, questions = _candidates(article, article_date)
    clues = [(_clue(article, one), one.start) for one in _one_each(of_the_matter(article, found))]
    told = _one_description(sorted(grouped(article, clues), key=lambda clue: (clue.start, clue.end, clue.name)))
    read = ArticleClues(text, article_date, tuple(told), tuple(questions))
    return only_about(read, about) if about else read


def _candidates(article: ArticleText, article_date: dt.date | None) -> tuple[list[Candidate], list[Question]]:
    happenings = Happenings(article)
    named_places = place_names(article.text)
    named_bodies = bodies(article, named_places)
    spans = {(body.start, body.end) for body in named_bodies}
    suppliers = places(article, named_places, spans, article_date)
    found = of_the_contractor(article, happenings, suppliers)
    found += buyers(article, happenings, named_bodies, {one.start for one in suppliers})
    if not article.is_fragment and not happenings.tells_of_contract():
        return [], []
    when, questions = times(article, happenings, article_date)
    found += when + values(article, happenings) + methods(article) + bidders(article)
    found += quantities(article, happenings) + titles(article, happenings)
    return found, questions


def _one_each(found: list[Candidate]) -> list[Candidate]:
    """One candidate for each distinct reading, the first; of unquoted descriptions only one; none inside a quoted title."""
    ordered = sorted(found, key=lambda one: (one.start, -one.end))
    quoted = [
        (one.start, one.end) for one in ordered if isinstance(one.reading, ArticleTitleReading) and one.reading.quoted
    ]
    seen: set[tuple[str, str]] = set()
    kept = []
    for one in ordered:
        index = bisect_right(quoted, (one.start, sys.maxsize)) - 1
        within = index >= 0 and one.start < quoted[index][1]
        if within and one.name != "title":
            continue
        if within and _is_description(one.reading):
            continue
        reading = (one.name, f"{one.reading.to_dict()}")
        if reading not in seen:
            seen.add(reading)
            kept.append(one)
    return kept


def _is_description(reading: object) -> bool:
    return isinstance(reading, ArticleTitleReading) and not reading.quoted


def _one_description(clues: list[ArticleClue]) -> list[ArticleClue]:
    """Of several descriptions of one contract's work the first; none that only repeats a part of its quoted title."""
    described: set[int] = set()
    quoted: dict[int, list[str]] = {}
    for clue in clues:
        if isinstance(clue.reading, ArticleTitleReading) and clue.reading.quoted:
            quoted.setdefault(clue.contract, []).append(key(clue.reading.text))
    kept = []
    for clue in clues:
        if isinstance(clue.reading, ArticleTitleReading) and not clue.reading.quoted:
            words = key(clue.reading.text)
            if clue.contract in described or any(words in title for title in quoted.get(clue.contract, [])):
                continue
            described.add(clue.contract)
        kept.append(clue)
    return kept


def _clue(article: ArticleText, one: Candidate) -> ArticleClue:
    start, end = article.folded.span(one.start, one.end)
    quote = article.folded.original[start:end]
    start += len(quote) - len(quote.lstrip())
    quote = quote.strip()
    clue = ArticleClue(one.name, quote, start, start + len(quote), one.reading, one.strength, relation=one.relation)
    return replace(clue, attribution=attribution(article, article.sentence_at(one.start)))
