"""Several contracts in one article: clues belong together by sentence and paragraph."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from tsukitome.clues.article.article_clues import ArticleClue, ArticleClues
from tsukitome.clues.article.descriptions import ArticleTitleReading
from tsukitome.clues.article.events import PACKAGE
from tsukitome.clues.article.sentences import ArticleText, read_text
from tsukitome.normalize.text import key, table

_TELLING = frozenset({"title", "value", "month", "ward"})
_BULLET = re.compile(r"^\s*(?:[①-⑳・◆■▼●○□◇*]|\(?[0-9]{1,2}[).]|[-‐])")


@cache
def _begins() -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((re.compile(row["pattern"]), int(row["within"])) for row in table("new_contract", PACKAGE))


def grouped(article: ArticleText, clues: list[tuple[ArticleClue, int]]) -> list[ArticleClue]:
    """The clues (each with its position in the folded text) with the number of the contract that each belongs to.

    A new contract begins where a sentence says so (別の業務, もう1件, 一方 …) or is a further item of a list, and tells at least
    one thing otherwise than before; or where another title is quoted in another paragraph.
    """
    by_sentence: dict[int, list[ArticleClue]] = {}
    for clue, position in clues:
        by_sentence.setdefault(article.index_at(position), []).append(clue)
    number, known = 0, dict[str, set[str]]()
    quoted_in: int | None = None
    found: list[ArticleClue] = []
    for index in sorted(by_sentence):
        bundle = by_sentence[index]
        sentence = article.sentences[index]
        conflicts = {clue.name for clue in bundle if clue.name in _TELLING and _differs(clue, known)}
        quoted = any(isinstance(clue.reading, ArticleTitleReading) and clue.reading.quoted for clue in bundle)
        other_title = quoted and "title" in conflicts and quoted_in not in (None, sentence.paragraph)
        if known and (other_title or (len(conflicts) > 1 and _says_another(article.words(sentence)))):
            number, known = number + 1, {}
        if quoted:
            quoted_in = sentence.paragraph
        for clue in bundle:
            known.setdefault(clue.name, set()).add(_kind_of_reading(clue))
            found.append(replace(clue, contract=number))
    return found


def _kind_of_reading(clue: ArticleClue) -> str:
    return key(clue.reading.text) if isinstance(clue.reading, ArticleTitleReading) else f"{clue.reading.to_dict()}"


def _differs(clue: ArticleClue, known: dict[str, set[str]]) -> bool:
    if clue.name not in known:
        return False
    if isinstance(clue.reading, ArticleTitleReading):
        own = key(clue.reading.text)
        return not any(own in other or other in own for other in known["title"])
    return _kind_of_reading(clue) not in known[clue.name]


def _says_another(sentence: str) -> bool:
    stripped = sentence.strip()
    return _BULLET.match(stripped) is not None or any(
        pattern.search(stripped[:within]) for pattern, within in _begins()
    )


def about(article: ArticleClues, what: str) -> ArticleClues:
    """The clues of the contract that ``what`` names: the one whose sentences hold most pairs of its characters."""
    if len(article.contracts) < 2:
        return article
    asked = _pairs(what)
    text = read_text(article.text)
    heard: dict[int, set[str]] = {}
    for clue in article.clues:
        for sentence in text.sentences:
            start, end = text.folded.span(sentence.start, sentence.end)
            if start <= clue.start < end:
                heard.setdefault(clue.contract, set()).update(_pairs(text.words(sentence)))
    best = max(article.contracts, key=lambda number: (len(asked & heard.get(number, set())), -number))
    return article.of_contract(best)


def _pairs(text: str) -> set[str]:
    characters = key(text)
    return {characters[position : position + 2] for position in range(len(characters) - 1)}
