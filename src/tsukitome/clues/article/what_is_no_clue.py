"""What is no clue whatever it looks like: sentences on other matters (``tables/other_matter.csv``).

What each kind leaves out by the words beside it stands in that kind's own table.
"""

from __future__ import annotations

import re
from functools import cache

from tsukitome.clues.article.candidate import Candidate
from tsukitome.clues.article.events import PACKAGE, Happenings
from tsukitome.clues.article.sentences import ArticleText
from tsukitome.clues.place import PlaceReading
from tsukitome.normalize.text import table


@cache
def _other_matter() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in table("other_matter", PACKAGE)))


def of_the_matter(article: ArticleText, found: list[Candidate]) -> list[Candidate]:
    """The candidates that do not stand in a sentence on another, earlier or similar matter."""
    elsewhere = {
        sentence.start
        for sentence in article.sentences
        if _other_matter().search(article.text, sentence.start, sentence.end)
    }
    return [one for one in found if article.sentence_at(one.start).start not in elsewhere]


def of_the_contractor(article: ArticleText, happenings: Happenings, suppliers: list[Candidate]) -> list[Candidate]:
    """The places of firms in sentences that tell of giving or taking the work; where there are none, all of them.

    A place that holds or lies in one of those stays as well: 都内の会社 beside 豊島区の会社.
    """
    acting = []
    for one in suppliers:
        sentence = article.sentence_at(one.start)
        if any(event.by for event in happenings.within(sentence.start, sentence.end, sentence, one.start)):
            acting.append(one)
    if not acting:
        return suppliers
    kept = {one.start for one in acting}
    codes = {code for one in acting if isinstance(one.reading, PlaceReading) for code in one.reading.codes}
    codes |= {code[:2] for code in codes}
    return [
        one
        for one in suppliers
        if one.start in kept or (isinstance(one.reading, PlaceReading) and not codes.isdisjoint(one.reading.codes))
    ]
