"""Whether what stands where a firm's name should is more than that: a day, an amount, several firms run together."""

from __future__ import annotations

import re
from functools import lru_cache

from tsukitome.normalize.firm import is_joint_venture
from tsukitome.normalize.text import fold, squeeze
from tsukitome.pattern import pattern
from tsukitome.sources.bid_cells import says_void
from tsukitome.sources.supplier_address import has_form

_YEAR = r"(?:(?:明治|大正|昭和|平成|令和|[MTSHR])\.?\s?)?(?:[0-9]{1,4}|元)"
_DAY = pattern(
    rf"{_YEAR}\s?年\s?[0-9]{{1,2}}\s?月\s?[0-9]{{1,2}}\s?日"
    r"|(?:平成|令和|昭和|(?<![A-Za-z])[MTSHR])\.?\s?(?:[0-9]{1,2}|元)\s?[./-]\s?[0-9]{1,2}\s?[./-]\s?[0-9]{1,2}(?![0-9])"
    r"|(?<!\w)(?:19|20)[0-9]{2}\s?[./-]\s?[0-9]{1,2}\s?[./-]\s?[0-9]{1,2}(?![0-9])"
    r"|(?<![0-9.-])[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{1,2}(?![0-9.-])"
)
_AMOUNT = pattern(r"[¥\\][0-9]|(?<![0-9])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]\s?(?:円|千円|万円|億円|百万円)")
_ALL_AMOUNT = pattern(
    r"(?:単価|総額|総価|@)?(?:金|[¥\\])?[0-9][0-9,.]*(?:円|千円|万円|億円|百万円)?-?也?(?:\([^()]*\))?"
)
_BARE = pattern(
    r"\(?(?:株式会社|有限会社|合同会社|合資会社|合名会社|(?:一般|公益|特例)?(?:社団|財団)法人|(?:特定)?(?:建設)?(?:工事)?共同企業体|[株有同資名])\)?"
)
_LABEL = pattern(
    r"(?:予定|調査基準|低入札調査基準|最低制限|最低|最高|平均|基準|比較|入札書比較|入札|応札|見積|落札|決定|契約|税抜き?|税込み?)+(?:価格|金額|額|率|値)?(?:\([^()]*\))?"
    r"|(?:入札|応札|見積|参加)(?:者|業者|社)数|消費税(?:額|等|及び地方消費税)*"
)
_LONGEST_VOID = 16  # characters of a line that ends a tender
_VENTURE = pattern(r"共同|企業体|事業体|コンソーシアム|JV|J\.V|グループ|\(共\)|[・･/／、]")


@lru_cache(maxsize=1 << 13)
def tells_day(text: str) -> bool:
    """Whether a text holds a whole day: 平成29年8月9日, H29.8.9, 2017/8/9."""
    return _DAY.search(fold(text)) is not None


@lru_cache(maxsize=1 << 13)
def is_day(text: str) -> bool:
    """Whether a text is a whole day and nothing else, or blank."""
    return not text.strip() or _DAY.fullmatch(squeeze(fold(text))) is not None


def without_days(text: str) -> str:
    """A text, folded, without the whole days in it."""
    return _DAY.sub("", fold(text))


@lru_cache(maxsize=1 << 13)
def tells_amount(text: str) -> bool:
    """Whether a text holds a sum of money: 1,080,000, 5000円, ¥14.90."""
    return _AMOUNT.search(fold(text)) is not None


@lru_cache(maxsize=1 << 13)
def is_amount(text: str) -> bool:
    """Whether a text is a sum of money and nothing else, or blank."""
    return not text.strip() or _ALL_AMOUNT.fullmatch(squeeze(fold(text))) is not None


@lru_cache(maxsize=1 << 14)
def is_no_name(text: str) -> bool:
    """Whether what stands where a firm's name should is the label of a sum or the tender's end: 最低入札価格, 不調."""
    if has_form(text):
        return False
    return _LABEL.fullmatch(squeeze(fold(text))) is not None or (len(text) <= _LONGEST_VOID and says_void(text))


@lru_cache(maxsize=1 << 14)
def names_too_much(text: str) -> bool:
    """Whether a text that should name a firm holds a day, a sum of money, or several firms beside each other.

    Firms of a venture, and firms on lines of their own, are no such.
    """
    if text.isascii():
        return False
    if any(character.isdecimal() for character in text) and (tells_day(text) or tells_amount(text)):
        return True
    folded = fold(text)
    if is_joint_venture(folded) or _VENTURE.search(folded):
        return False
    return any(_names_several(line) for line in folded.split("\n"))


@lru_cache(maxsize=1 << 13)
def is_bare_form(text: str) -> bool:
    """Whether a text is a legal form, or a venture, without a name: 株式会社, 共同企業体."""
    return _BARE.fullmatch(squeeze(fold(text))) is not None


def _names_several(line: str) -> bool:
    """Whether two pieces of a line that stand apart each bear a legal form with a name."""
    named = [piece for piece in re.split(r"\s+", line) if has_form(piece) and len(piece) > len("株式会社")]
    return len(named) > 1
