"""Unquoted descriptions of the work: the shortest noun phrase that names what was given or taken, a weak clue."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from tsukitome.clues.article.candidate import Candidate
from tsukitome.clues.article.events import PACKAGE, Happenings
from tsukitome.clues.article.sentences import ArticleText, Sentence
from tsukitome.normalize.text import fold, table

# Nouns as they stand in a row; of hiragana only what is part of nouns (取り扱い, ごみ).
_RUN = (
    r"(?:[一-龥々ァ-ヴーA-Za-z0-9]|(?<=[一-龥ァ-ヴー])・(?=[一-龥ァ-ヴー])|(?<=[一-龥])[りきみちけめせえれべ](?=[一-龥])"
    r"|(?<=[換替付扱壊建入受])[えけいしてれ](?=[をはがのとや、])|草刈り|雪かき"
    r"|問い合わせ|申し込み|見守り|取りまとめ|貸し出し|買い物|ごみ|し尿|がん|はがき|こども|子ども|いじめ|あて名|ひとり親|くみ取り|貸し(?=[一-龥])|(?<=貸し出)し|まちづくり)"
)
_NOT_RUN = re.compile(r"^(?:[0-9]+(?:年度?|月|日|人|件|社|億|万|円)+分?|平成|令和|同機構|同社|同市|同省|年度)+")
_COUNT = re.compile(
    r"[計約]?[0-9一二三四五六七八九十]+(?:件|つ|社|者|カ所|か所|校|年間|か年|カ年|か月間?|カ月間?|日間)"
)
_MONEY = re.compile(r"[0-9十百千万億兆]円(?:分|相当|規模|余り?)?$")  # 事業費約10億円の工事
_SAYS_LITTLE = frozenset({"情報", "データ", "内容", "項目"})
_MODIFIER = 16  # characters in which a further modifier stands
_MODIFIED_BY = re.compile(rf"(?P<noun>{_RUN}{{2,14}})の$")
_SPECIFIC = 4  # a description of so many characters without its last noun says enough by itself
_STRENGTH = 0.3
_GUESSED = 0.2  # of a work that no sentence says was given
_TO_ACT = 60  # characters in which the act follows the work


@dataclass(frozen=True, slots=True)
class ArticleTitleReading:
    """A title as quoted, or a description of the work; ``also`` is the description in the words that titles use."""

    text: str
    quoted: bool
    also: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {"text": self.text, "quoted": self.quoted} | ({"also": self.also} if self.also else {})


@cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(row["pattern"] for row in table("title_cues", PACKAGE) if row["kind"] == kind)


@cache
def _generic() -> re.Pattern[str]:
    return re.compile("|".join(_words("generic")))


@cache
def _synonyms() -> tuple[tuple[str, str], ...]:
    rows = [(row["news"], row["title"]) for row in table("synonyms", PACKAGE)]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def in_titles_words(text: str) -> str | None:
    """A description with the words of news replaced by those of titles (マイナンバー: 個人番号); None where there are none."""
    changed = text
    for news, title in _synonyms():
        if title not in changed:
            changed = changed.replace(news, title)
    return None if changed == text else changed


@cache
def _work() -> re.Pattern[str]:
    """A run of nouns before を委託, の入札 …, with what modifies it by の."""
    modifier = rf"(?:(?P<modifier>{_RUN}{{1,20}}?(?:など|等)?)の)?"
    return re.compile(
        rf"{modifier}(?:(?P<pair>{_RUN}{{2,12}}?)(?:と|や|および))?(?P<head>(?!委託|発注|入札|契約|調達先|随意){_RUN}{{2,30}})(?P<link>を|は(?!がき)|が(?!ん)|で(?=、)|の(?=(?:[一-龥]{{0,6}}入札|発注|委託|契約|調達|随意契約|業務委託)))"
    )


@cache
def _given() -> re.Pattern[str]:
    """Work behind the act that gave it: 委託した意識調査."""
    modifier = rf"(?:(?P<modifier>{_RUN}{{2,20}}?(?:など|等)?)の)?"
    act = (
        r"(?:発注|委託|外注|調達|受託|受注|落札|契約|入札|請け負っ|引き受け|購入)"
        r"(?:して?い?た|していた|している|された|されていた|た|する|中の)"
    )
    return re.compile(
        rf"{act}{modifier}(?P<pair>(?!))?(?P<head>(?!委託|発注|入札|契約|調達先|随意){_RUN}{{2,30}})(?P<link>(?=[のがはをでに、]|について|を巡|をめぐ|に関))"
    )


def described(article: ArticleText, happenings: Happenings) -> list[Candidate]:
    """The first description in each sentence that tells of giving or taking the work."""
    found = []
    for sentence in article.sentences:
        matches = [
            *_work().finditer(article.text, sentence.start, sentence.end),
            *_given().finditer(article.text, sentence.start, sentence.end),
        ]
        for match in sorted(matches, key=lambda one: one.start("head")):
            span = _description(article, happenings, sentence, match)
            if span is not None:
                start, end = span
                words = article.folded.quote(start, end)
                plain = "".join(fold(words).split())
                reading = ArticleTitleReading(plain, False, in_titles_words(plain))
                found.append(Candidate("title", start, end, reading, _STRENGTH))
                break
    return found or _named_before(article, happenings)


def _named_before(article: ArticleText, happenings: Happenings) -> list[Candidate]:
    """Where only 調査を委託した is said: the first description in the text that ends with that noun (牛肉の産地調査)."""
    nouns: set[str] = set()
    for sentence in article.sentences:
        for match in _work().finditer(article.text, sentence.start, sentence.end):
            noun = match["head"]
            if noun in nouns or noun not in _words("work") or not _acted_on(article.text, happenings, sentence, match):
                continue
            nouns.add(noun)
            before = re.search(
                rf"(?:(?P<modifier>{_RUN}{{2,16}})の)?(?P<head>{_RUN}{{2,16}}{re.escape(noun)})(?!{_RUN})", article.text
            )
            if before is None or _NOT_RUN.match(before["head"]) or _generic().search(before["head"]):
                continue
            with_modifier = before["modifier"] and len(_bare(before["head"])) < _SPECIFIC - 1
            start = before.start("modifier" if with_modifier and not _of_buyer(before["modifier"]) else "head")
            plain = "".join(article.text[start : before.end()].split())
            reading = ArticleTitleReading(plain, False, in_titles_words(plain))
            return [Candidate("title", start, before.end(), reading, _STRENGTH)]
    return []


@cache
def _any_work() -> re.Pattern[str]:
    return re.compile(rf"(?:(?P<modifier>{_RUN}{{1,16}})の)?(?P<head>{_RUN}{{1,16}}(?:業務|作業|工事))(?!{_RUN})")


def first_named(article: ArticleText) -> list[Candidate]:
    """Where no sentence says what was given, the first work that the text names: 情報システムの更新作業が遅れ."""
    if article.is_fragment:
        return []
    for match in _any_work().finditer(article.text):
        head, start = match["head"], match.start("head")
        if _NOT_RUN.match(head):
            continue
        if _generic().search(head) or len(_bare(head)) < _SPECIFIC - 1:
            if match["modifier"] is None or _of_buyer(match["modifier"]):
                continue
            start = match.start("modifier")
        plain = "".join(fold(article.folded.quote(start, match.end())).split())
        reading = ArticleTitleReading(plain, False, in_titles_words(plain))
        return [Candidate("title", start, match.end(), reading, _GUESSED)]
    return []


def _description(
    article: ArticleText, happenings: Happenings, sentence: Sentence, match: re.Match[str]
) -> tuple[int, int] | None:
    """The span of the shortest noun phrase that names the work, where the clause goes on to give or take it."""
    text = article.text
    if not _acted_on(text, happenings, sentence, match):
        return None
    head, start, end = match["head"], match.start("head"), match.end("head")
    modifier = match["modifier"]
    if modifier and (_COUNT.fullmatch(modifier) or _MONEY.search(modifier)):
        modifier = None
    if match["link"] == "" and modifier and head not in _words("work") and not _names_work(head):
        # 委託した意識調査の結果
        return match.span("modifier") if _names_work(modifier) else None
    if match["pair"] and _ends_with_work(match["pair"]) and head != match["pair"]:  # 庁舎清掃と設備管理
        start = match.start("pair")
    cut = _NOT_RUN.match(head)
    if cut is not None:
        head, start = head[cut.end() :], start + cut.end()
    if not _names_work(head) and not (modifier and head in _words("work")):
        return None
    if _generic().search(head) or len(_bare(head)) < _SPECIFIC - 1:
        if modifier is None or cut is not None:
            return None if _generic().search(head) else (start, end)
        if _of_buyer(modifier) or (len(modifier) == 1 and _bare(head)):
            return None if _generic().search(head) else (start, end)
        return _whose(text, sentence, match.start("modifier"), modifier), end
    return start, end


def _whose(text: str, sentence: Sentence, start: int, modifier: str) -> int:
    """Where the phrase begins whose last modifier says little: 申告書の情報の入力."""
    if modifier not in _SAYS_LITTLE:
        return start
    before = _MODIFIED_BY.search(text, max(sentence.start, start - _MODIFIER), start)
    return start if before is None or _of_buyer(before["noun"]) else before.start("noun")


def _names_work(head: str) -> bool:
    return len(_stem(head)) >= 1 and _ends_with_work(head)


def _ends_with_work(head: str) -> bool:
    return any(head.endswith(word) for word in _words("work"))


def _stem(head: str) -> str:
    """The head without the noun of work at its end."""
    endings = [word for word in _words("work") if head.endswith(word)]
    return head[: -max(map(len, endings))] if endings else head


def _bare(head: str) -> str:
    """The head without all the nouns of work at its end: nothing of 収集運搬業務."""
    while head != (shorter := _stem(head)):
        head = shorter
    return head


@cache
def _bodies_end() -> re.Pattern[str]:
    return re.compile(r"(?:省|庁|国|市|区|町|村|県|府|都|機構|公社|協会|委員会|局|大学|会社|同社)$")


def _of_buyer(modifier: str) -> bool:
    return _bodies_end().search(modifier) is not None


def _acted_on(text: str, happenings: Happenings, sentence: Sentence, match: re.Match[str]) -> bool:
    if match["link"] not in ("を", "は", "が", "で"):
        return True
    end = min(sentence.end, match.end() + _TO_ACT)
    act = next(
        (event for event in happenings.within(match.end(), end, sentence) if event.by or event.month == "o"), None
    )
    if act is None or not act.by:
        return False
    between = text[match.end() : act.start]
    return "を" not in between.replace("に本社を置く", "") and "。" not in between
