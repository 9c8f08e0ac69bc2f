"""Who said it: 厚生労働省によりますと, 年金機構の説明によると, 市は…と発表した."""

from __future__ import annotations

import re

from tsukitome.clues.article.sentences import ArticleText, Sentence

_WHO = r"(?P<who>[^。、「」\s]{2,28}?)"
_SAID = (
    re.compile(
        rf"{_WHO}(?:など|ら)?(?:の(?:説明|発表|調べ|話|資料|公表資料|担当者))?(?:に|への取材に|の説明に|の発表に)よ(?:り|る|れ)(?:ます)?(?:と|ば)"
    ),
    re.compile(rf"{_WHO}(?:など|ら)?(?:へ|に)の?取材で"),
    re.compile(rf"{_WHO}(?:など)?(?:の説明|の発表|の調べ|の資料)では"),
)
_TELLS = re.compile(
    r"(?P<who>[^。、「」\s]{2,24}?)は(?:[^。]{0,12}、)?"
    r"(?=[^。]*(?:と(?:説明|発表|話|述べ|して|明かし|答え|コメント|報告|公表)|を(?:発表|公表|明らかに)し))"
)
_CLAUSE_BEFORE = re.compile(r"^.*(?:こと|の)[がは]|^.*[\n。]")
_NOBODY = frozenset({"", "発表", "説明", "調べ", "これ", "それ", "今回", "資料", "報告書", "契約", "同日"})
_LEAD = re.compile(r"^(?:一方|また|しかし|ところが|このほか|さらに|なお|ただ)")


def attribution(article: ArticleText, sentence: Sentence) -> str | None:
    """Who is said to have said what a sentence tells, in the article's own words; None where it does not say."""
    text = article.text
    begin = sentence.start + len(article.words(sentence)) - len(article.words(sentence).lstrip())
    said = (pattern.search(text, begin, sentence.end) for pattern in _SAID)
    for match in (*said, _TELLS.match(text, begin, sentence.end)):
        if match is not None:
            start, end = match.span("who")
            who = _CLAUSE_BEFORE.sub("", article.folded.quote(start, end))
            who = re.sub(r"(?:の(?:説明|発表|調べ|話|資料)|など|ら)$", "", _LEAD.sub("", who))
            return None if who in _NOBODY else who
    return None
