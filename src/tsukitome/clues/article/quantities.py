"""How many people or items a contract concerns (約500万人分): never yen, never victims."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from tsukitome.clues.article.candidate import Candidate
from tsukitome.clues.article.events import PACKAGE, Event, Happenings, longest_first
from tsukitome.clues.article.sentences import ArticleText, Sentence
from tsukitome.clues.value import Bounds, read_value
from tsukitome.clues.value_amounts import value_words
from tsukitome.errors import ClueError
from tsukitome.normalize.numbers import NUMERAL
from tsukitome.normalize.text import squeeze, table

_MATERIAL = re.compile(
    r"分?の(?:個人情報|データ|情報|申告書|申請書|調査票|書類|帳票|名簿|住所録|記録|カルテ|資料|文書|図面|台帳|届|はがき|封筒|通知|チラシ|冊子|答案|問診票|伝票|カード)"
)
_NOT_COUNTED = re.compile(
    r"(?:以上)?(?:が|の|を)?(?:流出|漏|被害|死|負傷|けが|影響|紛失|誤|過少|過大|受け取れ|未払|受給者が|受給者に|利用者が|犠牲|体制|乗り|態勢|規模の企業|の従業員|の社員)"
)
_PER = re.compile(
    r"(?:当たり|あたり|につき|[0-9]|目(?!標)|(?:(?<=件)|(?<=つ))の[一-龥]{0,6}(?:事業|業務|契約|委託|工事|入札|調査|案件|仕事))"
)
_PLANNED = re.compile(r"ことにな|予定だ|予定で|計画だ|計画で|内容だ|契約だ|見込")
_LABEL = re.compile(
    r"(?:(?:対象|件数|枚数|部数|台数|戸数|数量|予定数量|委託件数|規模)(?:は|が|で|の|:)|(?:申告書|申請書|調査票|書類|データ|帳票|カルテ|はがき|冊子|伝票)(?:の数)?は)[^。、]{0,12}$|年間(?:で|に)?$"
)
_WORK_IS = re.compile(r"(?:調査|業務|作業|健診|検診|検査|事業)は[^。]{0,24}$")
_SURVEYED = re.compile(
    r"(?:を|が)対象(?:とされ|になって|となって|だった|で、)|(?:を|が)対象(?:に|と|の|とした)[^。、]{0,16}(?:アンケート|調査|健診|検診|検査|研修|接種|講習|業務|委託)"
)
# Where mishaps are told apart by contract, the counts are theirs: 次いで…が4100件, 残る…は2500件.
_BREAKDOWN = re.compile(r"\s*(?:最も多|次いで|続いて|残る|残りの|このうち|内訳)")
_BIDDING = re.compile(r"(?:の)?(?:社|者)?(?:応札|入札|落札)")


@dataclass(frozen=True, slots=True)
class QuantityReading:
    """A number of people or items, half-open bounds by the same table as values, and what they are counted in."""

    core: Bounds
    hard: Bounds
    unit: str

    def to_dict(self) -> dict[str, Any]:
        return {"core": list(self.core), "hard": list(self.hard), "unit": self.unit}


# 7本を切る契約: with things these are acts, no bounds.
_ACT = re.compile(r"を(?:切|割)")


@cache
def _units() -> dict[str, str]:
    return {row["unit"]: row["kind"] for row in table("quantity_units", PACKAGE)}


@cache
def _quantity() -> re.Pattern[str]:
    bounds = [(word, side) for word, side, kind, _ in value_words() if kind == "bounds" and not _ACT.search(word)]
    before = "|".join(re.escape(word) for word, side in bounds if side == "before")
    after = "|".join(re.escape(word) for word, side in bounds if side == "after")
    several = r"(?:[0-9一二三四五六七八九十百千万]*数(?:[十百千]?[万億]|[十百千]))"
    number = rf"(?:{several}|{NUMERAL.pattern})"
    units = longest_first(list(_units()))
    return re.compile(
        rf"(?P<words>(?:延べ|のべ)?(?:{before})?{number}(?P<early>余り?|強|弱|超)?)(?P<unit>{units})(?P<minutes>分)?"
        rf"(?P<after>(?:{after})?)"
    )


def quantities(article: ArticleText, happenings: Happenings) -> list[Candidate]:
    """The quantities of the work; counted things in a clause of consequences are left out."""
    found = []
    for sentence in article.sentences:
        for match in _quantity().finditer(article.text, sentence.start, sentence.end):
            if not _of_contract(article, happenings, sentence, match):
                continue
            reading = _reading(match)
            if reading is not None:
                found.append(Candidate("quantity", match.start(), match.end(), reading, 0.9))
    return found


def _reading(match: re.Match[str]) -> QuantityReading | None:
    words = squeeze(match["words"]).removeprefix("延べ").removeprefix("のべ")
    try:
        value = read_value(words + match["after"])
    except ClueError:
        return None
    return QuantityReading(value.core, value.hard, match["unit"].removesuffix("分"))


def _of_contract(article: ArticleText, happenings: Happenings, sentence: Sentence, match: re.Match[str]) -> bool:
    """By what stands directly beside it, then by the nearest event; the sentence must tell of giving or taking the work."""
    text = article.text
    if _BREAKDOWN.match(text, sentence.start, match.start()):
        return False
    if _NOT_COUNTED.match(text, match.end(), sentence.end) or _BIDDING.match(text, match.end(), sentence.end):
        return False
    if re.fullmatch("[一二三四五六七八九十]", match["words"]) or _PER.match(text, match.end()):
        return False
    material = _MATERIAL.match(text, match.end("unit"), sentence.end) is not None
    counted = (
        material or match["minutes"] is not None or _units()[match["unit"]] == "item" or _people_of_work(text, match)
    )
    start, end = sentence.clause(match.start())
    # 500万人分の … goes with the clause's last act: what stands between describes the material.
    of = happenings.last if material or match["minutes"] else happenings.first
    behind = of("quantity", match.end(), end, sentence)
    before = happenings.last("quantity", start, match.start(), sentence)
    if behind is not None and behind.quantity == "o":
        return False
    if _SURVEYED.match(text, match.end(), sentence.end) and _after_contract(article, happenings, sentence):
        return True
    if _people_of_work(text, match) and _WORK_IS.search(text[max(sentence.start, match.start() - 40) : match.start()]):
        return True
    if _LABEL.search(text, max(sentence.start, match.start() - 20), match.start()):
        return _after_contract(article, happenings, sentence)
    if not counted or (behind is None and before is not None and before.quantity == "o"):
        return False
    if not any(event.by for event in happenings.within(sentence.start, sentence.end, sentence, match.start())):
        planned = behind is not None and _PLANNED.search(text, behind.end, sentence.end) is not None
        return (planned and _after_contract(article, happenings, sentence, match.start())) or (
            article.is_fragment and (material or behind is not None)
        )
    return behind is not None or (material and _in_work(happenings, sentence, match)) or _directly_behind(before, match)


def _directly_behind(before: Event | None, match: re.Match[str]) -> bool:
    return before is not None and before.quantity == "c" and match.start() - before.end <= 16


def _after_contract(article: ArticleText, happenings: Happenings, sentence: Sentence, until: int | None = None) -> bool:
    """Whether the sentence (``until`` a place in it) or the one before it ends with the contract, not with a mishap."""
    index = article.index_at(sentence.start)
    for one in reversed(article.sentences[max(0, index - 1) : index + 1]):
        # 発送, 納品 and the like tell of the work itself, not of what came after it.
        end = until if until is not None and one is sentence else one.end
        told = [event for event in happenings.within(one.start, end, one) if event.month]
        ends = [event for event in told if event.month == "c" or event.quantity != "c"]
        if ends:
            return ends[-1].month == "c"
    return False


def _in_work(happenings: Happenings, sentence: Sentence, match: re.Match[str]) -> bool:
    behind = happenings.first("quantity", match.end(), sentence.end, sentence)
    return behind is not None and behind.quantity == "c"


def _people_of_work(text: str, match: re.Match[str]) -> bool:
    """約5万人を対象にした調査, 3000人が受ける健診: people whom the work is for."""
    return (
        re.match(r"(?:を対象|が対象|に(?:向け|送|発送|配)|の名簿|への|向け)", text[match.end() : match.end() + 8])
        is not None
    )
