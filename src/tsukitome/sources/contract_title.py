"""The title cell of a contract table: the name of what was bought, and for works what the place and period behind it are."""

from __future__ import annotations

import re
from functools import lru_cache

from tsukitome.normalize.text import close_up, fold, squeeze
from tsukitome.sources.supplier_address import starts_address

_DAY = r"(?:(?:令和|平成|平\.?|[RHrh])?\s?[0-9元]{1,4}\s?[年./]\s?[0-9]{1,2}\s?[月./]\s?[0-9]{1,2}\s?日?)"
_PERIOD = re.compile(
    r"^[(\[]?(?:工期|期間|履行期[間限]|契約期間|委託期間|納期|納入期限)?[:\s]*(?:自\s?)?"
    rf"(?:契約(?:締結)?(?:日|の翌日)|{_DAY})\s*(?:~|〜|-|ー|から|より|$)"
)
_MAY_BE_PERIOD = re.compile(
    r"[0-9元]\s?[年./]\s?[0-9]|契約(?:締結)?(?:日|の翌日)"
)  # one of them stands in every period
_NOTE = re.compile(r"[※*＊]|[(（【]?注(?:[0-9０-９)）】:：]|\s|$)|[(（]?備考[)）]?[:：]|[(（]記入?例[)）]|[(（]例[)）]")
_NOTE_BEGINS = frozenset("※*＊(（【注備")
_STARRED = re.compile(r"[※*＊]")
_PART = re.compile(
    r"[(（【［\[〔<＜《■□◆◇○●◎▼▲・]|以下余白|以上$|該当|(?:(?:公共|建設)?工事|物品|役務|委託|業務|賃貸借|修繕|購入|リース|測量|コンサルタント|請負|製造|[・等及び、])+(?:の|に係る|関係)?(?:契約|調達|購入|部)$|(?:第?[0-9一二三四五六七八九十]+|[ⅠⅡⅢⅣⅤア-ンA-Za-z])[.．、)）]"
    r"|.*(?:月分?|年度?|上半期|下半期|四半期|競争入札|随意契約|競争契約|競争|役務等?|物品等?|工事等?|の部|関係|契約分|[省庁局部課室署所区])$"
)
_TOTAL = re.compile(
    r"(?:合計|小計|総計|総合計|累計|(?:本?頁|ページ|当?月|期|年|[^\s0-9]{0,6}[部局課室係所])?計)(?:$|[0-9(:].*)"
)
_NAMED_TOTAL = re.compile(r"[^0-9]{0,2}.{0,14}(?:合計|小計|総計|累計)(?:金?額|件数)?(?:$|[0-9(:].*)")
_LONGEST_NOBODY = 32
_NOBODY = re.compile(
    r"[(\[]?(?:(?:全者|全社|全員)?(?:予定価格|辞退)(?:を?超過)?(?:のため|により|で)、?)?(?:入札|開札)?(?:不調|不落|中止|取止め?|取りやめ|取り止め|取消し?|落札者(?:なし|無し|無|は?ありません)|応札者?(?:なし|無し)|入札者(?:なし|無し)|該当者?(?:なし|無し))"
    r"(?:[(・、](?:不調|不落|中止|応札者?(?:なし|無し)|入札者(?:なし|無し)|予定価格超過)[)]?)?(?:による再入札|により再入札|のため|と(?:なった|した|なりました|しました))?。?[)\]]?"
)
_OPENED = re.compile(r"(?P<name>[^(（\n、]{3,})[(（][^()（）]*[)）]\s*$")
_PARTS = (r"\n", r"[\u3000\t]+|\s{2,}", r"[\s\u3000]+", r"、|，")


@lru_cache(maxsize=1 << 14)
def read_title(printed: str, *, works: bool, wrapped: bool) -> str:
    """The title as one line, a quantity in the same cell kept.

    Of 公共工事の名称、場所、期間及び種別 only the name is kept (``works``). ``wrapped`` says that line breaks are the page's, as in
    a PDF, and not the author's: they go without leaving a space.
    """
    name = re.sub(r"^(?:名称|件名)[:：]\s*", "", _works_name(printed)) if works else printed
    if wrapped:
        return close_up(re.sub(r"(?<![A-Za-z])\s*\n\s*|\s*\n\s*(?![A-Za-z])", "", name))
    return " ".join(name.split())


def _works_name(printed: str) -> str:
    """What stands before the place: the period marks the list of place, period and kind behind the name."""
    if not _MAY_BE_PERIOD.search(fold(printed)):
        return printed
    for separator in _PARTS:
        parts = [part for part in re.split(separator, printed) if part.strip()]
        at = next((at for at, part in enumerate(parts) if at and _PERIOD.match(fold(part).strip())), None)
        if at is not None:
            if (opened := _OPENED.match(printed)) and opened["name"].count("(") + opened["name"].count("（") == 0:
                return opened["name"]  # 橋梁補修工事（豊島区、H29.9.1～H30.3.31、橋梁補修）
            # The place is the part before the period, unless nothing would be left for the name.
            named = parts[: max(1, at - 1)]
            while len(named) > 1 and starts_address(fold(named[-1])):
                named.pop()
            return "\n".join(named)
    return printed


@lru_cache(maxsize=1 << 12)
def says_nobody(text: str) -> bool:
    """Whether a supplier's cell says that nobody won: 不調, 落札者なし, 中止."""
    return len(text) <= _LONGEST_NOBODY and _NOBODY.fullmatch(squeeze(fold(text))) is not None


def is_note(text: str) -> bool:
    """Whether a row's first text is a note below the table (※…, 注…) or an example, and no award."""
    text = text.lstrip()
    return text[:1] in _NOTE_BEGINS and _NOTE.match(text) is not None


def is_starred(text: str) -> bool:
    """Whether a text begins with a mark that notes below a table begin with, and so do titles that such a note explains."""
    return _STARRED.match(text.strip()) is not None


@lru_cache(maxsize=1 << 12)
def is_part(text: str) -> bool:
    """Whether a line that stands alone in the title's column heads a part of the table: 随意契約, 平成29年8月分, ■物品."""
    folded = squeeze(fold(text))
    bare = re.sub(r"(?<=.)[(\[][^()\[\]]*[)\]]$", "", folded)  # 随意契約(物品役務)
    return _PART.match(bare) is not None or _PART.match(folded) is not None or _PART.match(text.strip()) is not None


def is_total(text: str) -> bool:
    """Whether a row's first text is that of a sum: 合計, 小計, 計 12件."""
    return "計" in text and _is_total(text)


@lru_cache(maxsize=1 << 12)
def _is_total(text: str) -> bool:
    return _TOTAL.match(squeeze(fold(text))) is not None


@lru_cache(maxsize=1 << 12)
def is_named_total(text: str) -> bool:
    """Whether a text is that of a sum of something: 物品小計, 平成29年度合計. Titles may end so as well."""
    return _NAMED_TOTAL.fullmatch(squeeze(fold(text))) is not None
