"""Amounts of money in an article that are the contract's, with their role and tax; and the total that a 落札率 implies."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Literal

from tsukitome.awards import AmountRole, Tax
from tsukitome.clues.article.amount_labels import label_after, label_before, labels
from tsukitome.clues.article.candidate import Candidate
from tsukitome.clues.article.events import Happenings
from tsukitome.clues.article.sentences import ArticleText, Sentence
from tsukitome.clues.article.several_contracts import OF_A_SUM, is_sum
from tsukitome.clues.value import Bounds, ValueReading, read_value
from tsukitome.clues.value_amounts import value_words
from tsukitome.errors import ClueError
from tsukitome.normalize.numbers import NUMERAL
from tsukitome.normalize.text import squeeze

_DIGIT = "0-9〇零一二三四五六七八九"
_SEVERAL = rf"(?:[{_DIGIT}十百千万億]+)?数(?:[十百千]?[万億兆]|[十百千])"
_LINK = r"(?:(?:円)?(?:台|程度|前後|以上|弱|強)?(?:から|〜|~|-|ないし)|円以上)"
_PER = (
    r"(?<![0-9.,月年])1(?:件|枚|人分?|名|通|台|部|冊|食|回線?|本|個|世帯|棟|ページ|頁|文字|タッチ|キロ(?:グラム|ワット時)?|トン|リットル"
    r"|平方メートル|立方メートル|メートル|セット|基|着|箱|時間|日|泊|点|検体|接種|席|コール|束|語|頭|羽|筆|区画|室|戸|校|団体|社|隻|両|機)"
    r"(?:当たり|あたり|につき|の単価|の)?(?:、?1(?:日|時間|食|回)(?:当たり|あたり|につき)?|月額?|年額?|日額)?"
)
_TAX = re.compile(
    r"[ (、]{0,2}(?:いずれも)?(?:消費)?税(?:(?P<included>込)|(?P<excluded>抜|別))み?き?(?:で|、)?\)?(?![約0-9一二三四五六七八九])"
)
_TAX_BEFORE = re.compile(
    r"税(?:(?P<included>込)|(?P<excluded>抜|別))み?き?(?:で|の)?(?:価格|金額|総額|額)?(?:は|が|で|の|\)|:|\s)*$"
)
_RATE = re.compile(
    r"落札率(?:は|が|で|も|の|:|\()?(?:約|およそ)?(?P<rate>[0-9]{1,3}(?:\.[0-9]+)?|[〇一二三四五六七八九]{1,3}(?:・[〇一二三四五六七八九]+)?)(?:%|パーセント)"
)
_NO_MONEY_AFTER = re.compile(
    r"(?:ショップ|札|玉|硬貨|均一|安|高|増|減|(?:程度|余り|余)?(?:の|を)?(?:減額|差し引|上乗せ|返還|賠償|損害|被害|水増し|着服|詐取|赤字|黒字))"
)
_HEADLINE = 0.5  # strength of an amount that only a headline tells
_PERIODS: dict[str, Literal["year", "month"]] = {"年": "year", "月": "month"}
_BUDGETED = re.compile(r"[^。、]{0,8}(?:計上|盛り込|予算|要求し)")
_YEARS = re.compile(r"の?(?P<years>[0-9]+)(?:年|か年|カ年|ヵ年)(?:間)?(?:の)?契約")


@cache
def _money() -> re.Pattern[str]:
    before = "|".join(
        re.escape(word) if len(word) > 1 else rf"(?<![0-9元一-龥ァ-ヴー]){word}(?=[約0-9一二三四五六七八九十])"
        for word, side, kind, _ in value_words()
        if side in ("before", "any") and kind in ("bounds", "period") and word != "約"
    )
    adverbs = "|".join(word for word, _, kind, _ in value_words() if kind == "adverb")
    after = "|".join(
        rf"を(?:{adverbs})?{re.escape(word[1:])}" if word[0] == "を" else re.escape(word)
        for word, side, kind, _ in value_words()
        if side == "after" and kind == "bounds"
    )
    numeral = NUMERAL.pattern
    one = rf"(?:[¥￥])?(?:{_SEVERAL}|{numeral})"
    return re.compile(
        rf"(?P<lead>(?:{before}|約)*)(?P<per>{_PER})?(?:約|およそ)?"
        rf"(?:(?P<range>{one}{_LINK}(?:約|およそ|最大で?)?{one}円)"
        rf"|(?P<order>[十百千]?[万億兆]円?単位)"
        rf"|(?P<early>{one})(?P<word>余り?|強|弱)円"
        rf"|{one}円(?:[0-9]{{1,2}}銭)?"
        rf"|[¥￥\\]{numeral}"
        rf"|(?P<bare>(?<![0-9〇一二三四五六七八九十百千数何])億(?=を(?:超|上回)|超))"
        rf"|{numeral}(?<=[万億兆])(?=で(?:契約|落札|受注|委託|発注)|の(?:契約|委託))"
        rf"|{numeral}(?<=[億兆])(?=を(?:{adverbs})?(?:超|上回)|超|余|弱|強|近[いく]))"
        rf"(?P<after>(?:{after})?)"
    )


def values(article: ArticleText, happenings: Happenings) -> list[Candidate]:
    """The amounts that are the contract's own."""
    found: list[Candidate] = []
    for sentence in article.sentences:
        for match in _money().finditer(article.text, sentence.start, sentence.end):
            candidate = _candidate(article, happenings, sentence, match)
            if candidate is not None:
                found.append(candidate)
    return (found or _in_headlines(article, happenings)) + _implied(article, found)


def _in_headlines(article: ArticleText, happenings: Happenings) -> list[Candidate]:
    """Where no sentence tells a price, the one amount of the headlines, if nothing beside it makes it another matter's."""
    found = []
    for sentence in article.sentences:
        if not sentence.heading or article.is_fragment:
            continue
        if any(event.value == "o" for event in happenings.within(sentence.start, sentence.end, sentence)):
            continue
        for match in _money().finditer(article.text, sentence.start, sentence.end):
            label = _label(article.text, sentence, match)
            reading = _reading(match, label[1] if label else None)
            if reading is not None and label is None and not _NO_MONEY_AFTER.match(article.text, match.end()):
                found.append(Candidate("value", *match.span(), reading, _HEADLINE))
    return found if len({str(one.reading) for one in found}) == 1 else []


def _candidate(
    article: ArticleText, happenings: Happenings, sentence: Sentence, match: re.Match[str]
) -> Candidate | None:
    text = article.text
    start, end = match.span()
    label = _label(text, sentence, match)
    if _NO_MONEY_AFTER.match(text, end) or not _of_contract(article, happenings, sentence, match, label):
        return None
    role = "unit_price" if match["per"] else label[1] if label else None
    reading = _reading(match, role)
    if reading is None:
        return None
    summed = is_sum(text, sentence, start)
    years = _YEARS.match(text, end)
    named = _named(text, sentence, match)
    per = None if named is None or named["per"] is None else _PERIODS[named["per"][0]]
    reading = replace(
        reading,
        role=reading.role or role,
        tax=reading.tax or _tax(text, sentence, start, end),
        per=reading.per or per,
        years=reading.years or (int(years["years"]) if years and reading.per else None),
        weight=min(reading.weight, OF_A_SUM) if summed else reading.weight,
    )
    return Candidate("value", start, end, reading, reading.weight)


def _reading(match: re.Match[str], role: AmountRole | None) -> ValueReading | None:
    words = squeeze(match.group())
    if match["early"]:
        words = re.sub(r"(余り?|強|弱)円$", r"円\1", words)
    if match["bare"]:
        words = f"1{words}"  # 億を超える契約
    words = words.replace("\\", "")
    if match["per"]:
        words = squeeze(match.group()[match.start("per") - match.start() + len(match["per"]) :])
    try:
        return read_value("単価" + words if role == "unit_price" else words)
    except ClueError:
        return None


def _label(text: str, sentence: Sentence, match: re.Match[str]) -> tuple[str, AmountRole | None] | None:
    """What an amount is called, directly before it or else behind it."""
    before = _named(text, sentence, match)
    if before:
        return labels()[before["label"]]
    behind = label_after().match(text, match.end(), sentence.end)
    return labels()[behind["label"]] if behind else None


def _named(text: str, sentence: Sentence, match: re.Match[str]) -> re.Match[str] | None:
    return label_before().search(text, max(sentence.start, match.start() - 24), match.start())


def _tax(text: str, sentence: Sentence, start: int, end: int) -> Tax | None:
    match = _TAX.match(text, end, sentence.end) or _TAX_BEFORE.search(text, max(sentence.start, start - 8), start)
    if match is None:
        return None
    return "included" if match["included"] else "excluded"


def _of_contract(
    article: ArticleText,
    happenings: Happenings,
    sentence: Sentence,
    match: re.Match[str],
    label: tuple[str, AmountRole | None] | None,
) -> bool:
    """By its label; else by the nearest event in its clause, behind it first, then before it."""
    if label is not None and (label[0] == "o" or label[1] is not None):
        return label[0] == "c" and not _BUDGETED.match(article.text, match.end(), sentence.end)
    start, end = sentence.clause(match.start())
    behind = happenings.first("value", match.end(), end, sentence)
    if behind is not None:
        return behind.value == "c"
    before = happenings.last("value", start, match.start(), sentence) or happenings.last(
        "value", sentence.start, match.start(), sentence
    )
    if before is not None:
        return before.value == "c"
    if article.is_bare(start, match.end()) or (label is not None and article.is_fragment):
        return True
    behind = happenings.first("value", end, sentence.end, sentence)
    if behind is not None:
        return behind.value == "c"
    return (label is not None or match["per"] is not None) and _goes_on(article, happenings, sentence)


def _goes_on(article: ArticleText, happenings: Happenings, sentence: Sentence) -> bool:
    """購入した。1着あたり660円で、総額は7億9200万円だった: the sentence before ends with the contract."""
    number = article.index_at(sentence.start)
    if number == 0 or article.sentences[number - 1].paragraph != sentence.paragraph:
        return False
    before = article.sentences[number - 1]
    last = happenings.last("value", before.start, before.end, before)
    return last is not None and last.value == "c"


def _implied(article: ArticleText, found: list[Candidate]) -> list[Candidate]:
    """予定価格 times 落札率, where the article gives both and no total beside them."""
    reserves = [
        one.reading for one in found if isinstance(one.reading, ValueReading) and one.reading.role == "reserve_price"
    ]
    if len(reserves) != 1:
        return []
    rates = [
        (match, told)
        for match in _RATE.finditer(article.text)
        if 5 <= Decimal(told := _in_digits(match["rate"])) <= 100
    ]
    if not rates:
        return []
    match, told = max(rates, key=lambda one: (len(one[1]), -one[0].start()))  # the most precise, the first of those
    _, _, decimals = told.partition(".")
    rate, half = Decimal(told) / 100, Decimal(1).scaleb(-len(decimals) - 2) / 2
    core, hard = (_times(bounds, rate - half, rate + half) for bounds in (reserves[0].core, reserves[0].hard))
    reading = ValueReading(core, hard, "contract_price", weight=0.8)
    return [Candidate("value", match.start(), match.end(), reading, 0.8, "implied")]


def _in_digits(rate: str) -> str:
    """九九・八 as 99.8."""
    return rate.translate(str.maketrans("〇一二三四五六七八九・", "0123456789."))


def _times(bounds: Bounds, low: Decimal, high: Decimal) -> Bounds:
    """Bounds in yen times a rate's own bounds; None stays no bound."""
    begin, end = bounds
    return (
        None if begin is None else round(Decimal(begin) * low),
        None if end is None else round(Decimal(end) * high),
    )
