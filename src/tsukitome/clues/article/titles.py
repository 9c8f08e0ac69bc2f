"""Titles of contracts: in 「」, told from spoken words and firms' names; and unquoted descriptions of the work, as weak clues."""

from __future__ import annotations

import re
from functools import cache

from tsukitome.clues.article.candidate import Candidate
from tsukitome.clues.article.descriptions import ArticleTitleReading, described, first_named
from tsukitome.clues.article.events import PACKAGE, Happenings
from tsukitome.clues.article.sentences import ArticleText
from tsukitome.normalize.text import fold, key, table

_QUOTED = re.compile(
    r"[「『](?P<inside>[^「」『』\n]{0,200}(?:[「『][^「」『』\n]{0,80}[」』][^「」『』\n]{0,120})*)[」』]"
    r"|“(?P<curly>[^“”「」\n]{0,200})”|〈(?P<angle>[^〈〉「」\n]{0,200})〉|《(?P<double>[^《》「」\n]{0,200})》"
)
# 件名 …, 業務名:… as press releases list them.
_LABELLED = re.compile(
    r"(?m)^[^\S\n]*(?:[(0-9)①-⑳.・○◯●■◆-]{1,5})?[^\S\n]*(?:契約|調達|工事|業務|委託|案件|事業|入札)?(?:件名|業務名|工事名|委託名|事業名|案件名|契約名)称?"
    r"(?:[^\S\n]*:[^\S\n]*|[^\S\n]+)(?P<title>[^\n「」『』。]{4,120}?)[^\S\n]*$"
)
_NEEDED = 2
_LONGEST_TITLE = 120


@cache
def _cues() -> dict[str, tuple[tuple[re.Pattern[str], int], ...]]:
    found: dict[str, list[tuple[re.Pattern[str], int]]] = {"after": [], "before": [], "inside": []}
    for row in table("title_cues", PACKAGE):
        if row["kind"] in found:
            pattern = row["pattern"]
            if row["kind"] == "before":
                pattern = rf"(?:{pattern.removesuffix('$')})$"
            found[row["kind"]].append((re.compile(pattern), int(row["score"])))
    return {kind: tuple(cues) for kind, cues in found.items()}


def titles(article: ArticleText, happenings: Happenings) -> list[Candidate]:
    """Quoted titles, and one unquoted description of the work for each sentence that tells of giving it."""
    sure = _quoted(article) + _labelled(article)
    found = sure + described(article, happenings)
    return found or first_named(article)


def _quoted(article: ArticleText) -> list[Candidate]:
    found = []
    for match in _QUOTED.finditer(article.text):
        inside = match[match.lastgroup or "inside"]
        if not 4 <= len(inside.strip()) <= _LONGEST_TITLE or len(key(inside)) < 4:
            continue
        if _title_score(article, match) >= _NEEDED:
            start, end = match.span(match.lastgroup or "inside")
            printed = article.folded.quote(start, end)
            reading = ArticleTitleReading(" ".join(fold(printed).split()), True)
            found.append(Candidate("title", start, end, reading))
    return found


def _labelled(article: ArticleText) -> list[Candidate]:
    """件名 and a title on a line of its own: the contract's own words as well."""
    found = []
    for match in _LABELLED.finditer(article.text):
        start, end = match.span("title")
        reading = ArticleTitleReading(" ".join(fold(article.folded.quote(start, end)).split()), True)
        found.append(Candidate("title", start, end, reading))
    return found


def _title_score(article: ArticleText, match: re.Match[str]) -> int:
    text, inside = article.text, match[match.lastgroup or "inside"].strip()
    cues = _cues()
    score = sum(gives for pattern, gives in cues["inside"] if pattern.search(inside))
    score += max(
        (gives for pattern, gives in cues["after"] if gives > 0 and pattern.match(text, match.end())), default=0
    )
    score += min(
        (gives for pattern, gives in cues["after"] if gives < 0 and pattern.match(text, match.end())), default=0
    )
    before = text[max(0, match.start() - 24) : match.start()]
    return score + sum(gives for pattern, gives in cues["before"] if pattern.search(before))
