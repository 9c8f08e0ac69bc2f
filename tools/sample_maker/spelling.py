"""The ways in which sources print dates, names, addresses and money."""

from __future__ import annotations

import re
from datetime import date

from .model import FICTIONAL, Award, Firm, Place

FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
KANJI_DIGITS = "〇一二三四五六七八九"
WEEKDAYS = "月火水木金土日"
OFFICIALS = ("架空　太郎", "架空　花子", "架空　一郎", "架空　次郎", "架空　三枝")
SHORT_FORMS = {"株式会社": "株", "有限会社": "有", "一般社団法人": "一社", "合同会社": "同"}


def wide(text: str) -> str:
    """ASCII in full width."""
    return text.translate(FULL_WIDTH)


def heisei(day: date) -> int:
    """The year of 平成 (2017 is 29); every date of the sample lies in that era."""
    return day.year - 1988


def era_date(day: date) -> str:
    return f"平成{heisei(day)}年{day.month}月{day.day}日"


def short_date(day: date) -> str:
    """As the gazette prints it, without the era: 29.8.9."""
    return f"{heisei(day)}.{day.month}.{day.day}"


def weekday(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]}曜日"


def fiscal_year(day: date) -> str:
    return f"平成{heisei(day) - (day.month < 4)}年度"


def firm_name(firm: Firm, style: str = "full") -> str:
    """The printed name with its mark （架空）. Styles: full, short ((株)), wide_short (（株）), ligature (㈱)."""
    form = "株式会社" if firm.form in ("before", "after") else firm.form
    if style != "full":
        letters = SHORT_FORMS[form]
        if style == "ligature" and letters in "株有":
            form = {"株": "㈱", "有": "㈲"}[letters]
        else:
            form = f"（{letters}）" if style == "wide_short" else f"({letters})"
    name = f"{firm.name}{form}" if firm.form == "after" else f"{form}{firm.name}"
    return name + FICTIONAL


def supplier_name(award: Award, index: int = 0, style: str = "full") -> str:
    """A winner's printed name, with the branch that signed."""
    firm = award.firms[index]
    name = firm_name(firm, style)
    return name + firm.branch.name if award.at_branch and firm.branch else name


def supplier_place(award: Award, index: int = 0) -> Place:
    firm = award.firms[index]
    return firm.branch.place if award.at_branch and firm.branch else firm.place


def kanji_number(number: int) -> str:
    """一 to 九十九, for 丁目."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else KANJI_DIGITS[tens] + "十"
    return head + (KANJI_DIGITS[ones] if ones else "")


def address(place: Place, style: str = "plain") -> str:
    """Styles: plain (1-48-10), wide (１－４８－１０), kanji (一丁目48番10号), chome (1丁目48番10号)."""
    rest = place.rest
    if style == "wide":
        rest = wide(rest)
    elif style in ("kanji", "chome"):
        found = re.fullmatch(r"(\D+)(\d+)-(\d+)-(\d+)", rest)
        if found:
            town, chome, ban, go = found.groups()
            first = kanji_number(int(chome)) if style == "kanji" else chome
            rest = f"{town}{first}丁目{ban}番{go}号"
    return f"{place.prefecture}{place.municipality}{rest}"


def yen(amount: int) -> str:
    return f"{amount:,}"


def contract_method(award: Award) -> str:
    """The method as contract tables print it."""
    if award.method == "随意":
        return "随意契約"
    kind = "指名競争入札" if award.method == "指名" else "一般競争入札"
    return f"{kind}（総合評価）" if award.decided == "総合評価" else kind
