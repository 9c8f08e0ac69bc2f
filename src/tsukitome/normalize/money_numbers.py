"""The numbers of a printed text that can be sums of money: counts, dates, percentages and numbers of firms left out.

Works on folded text only (:func:`tsukitome.normalize.text.fold`): one kind of digit, comma, dash and parenthesis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tsukitome.normalize.numbers import plain_numerals, value_of
from tsukitome.normalize.text import FoldedText

_PLAIN = (
    r"[0-9]{1,3}(?:\.[0-9]{3}){2,}(?![0-9])"  # 182.547.000
    r"|[0-9]{1,3}(?:\s?,\s?[0-9]{3})+(?![0-9,])(?:\.[0-9]+)?"  # 182,547,000 and, wrapped, 182,547, 000
    r"|[0-9]+(?:,[0-9]+)*(?:\.[0-9]+)?"
)
_LARGE = r"(?:[十百万億兆]|千(?!葉))+"
_NUMBER = re.compile(
    rf"(?:{_PLAIN})(?:\s?{_LARGE}(?:\s?(?:{_PLAIN}))?)*|[〇零一二三四五六七八九十百千万億兆]+(?=\s?円)"
)
_WELL_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
# One dot before exactly three digits. Real tables print @15,666円 and @15.666円 for one price of one tender (FY2011, tax
# offices' health checks), while yen have no third decimal outside prices of energy by the kWh, litre or cubic metre.
_DOT_FOR_COMMA = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_FINE_UNIT = re.compile(r"\s*円?\s*[/毎]?\s*(?:1?\s*(?:k[wW]h?|kWh|KWH|MJ|[lL]|ml|m3|m²|㎥|立方|リットル|キロワット))")

_DATES = re.compile(
    r"(?:[0-9元]{1,4}\s?(?:年度|会計年度|年)(?:\s?[0-9]{1,2}\s?月)?(?:\s?[0-9]{1,2}\s?日)?)"
    r"|(?:[0-9]{1,2}\s?月\s?[0-9]{1,2}\s?日)"
    r"|(?<![0-9,])(?:[MTSHR])?[0-9]{1,4}([./-])[0-9]{1,2}\1[0-9]{1,2}(?![0-9,])"
)
# 1 234 567: white space that groups digits by threes in the whole of a cell.
_SPACE_GROUPED = re.compile(r"\s*[¥\\]?[0-9]{1,3}(?:[ \u00a0][0-9]{3}){1,3}(?:円|$)\s*")
_LETTER_SPACED = re.compile(r"(?<![0-9.,])[0-9](?: [0-9.,]{1,2}){2,}(?![0-9])")

_YEN_AFTER = re.compile(r"\s*円(?:\s?(?P<sen>[0-9〇一二三四五六七八九十]{1,3})\s?銭)?")
_YEN_BEFORE = re.compile(r"(?:[¥\\]|(?<![一-鿿])金)\s*$")
_AT = re.compile(r"@\s*$")
_FOREIGN_BEFORE = re.compile(r"(?:US|[A-Z]{2,3})?\$\s*$|€\s*$|(?:USD|EUR|GBP|CHF)\s*$")
# 1ドル＝135円, 135円/USD: what a sum in a foreign currency was counted by.
_CURRENCY = r"(?:USD|EUR|GBP|CHF|[A-Z]{2,3}\$|\$|€|米?ドル|ユーロ|ポンド|スイスフラン|人民元|ウォン|バーツ)"
_FOREIGN_AFTER = re.compile(rf"\s*{_CURRENCY}")
_RATE_BEFORE = re.compile(rf"1\s?{_CURRENCY}\s?[=:@は]?\s?$")
_RATE_AFTER = re.compile(rf"\s?円\s?/\s?1?\s?{_CURRENCY}")
# 1.23E+08: what a spreadsheet makes of a narrow column has lost its last digits.
_POWER_BEFORE, _POWER_AFTER = re.compile(r"[0-9][eE][-+]?$"), re.compile(r"[eE][-+]?[0-9]")
_NEGATIVE = re.compile(r"[△▲]\s*$|(?:^|[\s(])-\s*$")
_TIMES_BEFORE = re.compile(r"[0-9]\s*円?\)?\s*[×✕xX*]\s*$")
_NUMBERED_BEFORE = re.compile(r"(?:[A-Za-z第№#〒_]|[0-9A-Za-z一-鿿]-|[0-9][:./])$")
# A plain number with a word at its back counts that word's things, unless the word goes on about the price.
_PRICE_GOES_ON = re.compile(r"(?:ほか|他|外|等|也|程度|余|で(?:ある|す)|を|と|の|に|税|消費税|単価|より|から|内|うち)")
_WORD = re.compile(r"[A-Za-zぁ-ゖァ-ヺ一-鿿々%‰㎡㎥㎏℃]|-[0-9A-Za-z]|[:][0-9]")
_SPACED_COUNTER = re.compile(
    r"[ \u3000](?:[件回人名者社部冊台枚点個箱種式缶本基校棟室泊週歳倍]|[カケヶか箇][所月]"
    r"|品目|項目|時間|月分|トン|kg|km|%|㎡)"
)
_CORPORATE_NUMBER_DIGITS = 13  # plain digits without a comma: the number of a firm


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number [start, end) of the folded text that may be money.

    ``end`` includes 円. ``yen`` says that 円 or ¥ is printed, ``scaled`` that a unit is (円, 千, 万 …), ``at`` that @ leads.
    """

    value: Decimal
    start: int
    end: int
    yen: bool
    at: bool
    scaled: bool
    weight: int  # how many characters of digits and commas: short ones need a mark to be taken for money
    warning: str | None = None


def close_digits(folded: FoldedText) -> FoldedText:
    """Letter-spaced digits (``1 4 .9 0``) closed up, offsets into the original kept."""
    drop = {
        position
        for match in _LETTER_SPACED.finditer(folded.text)
        for position in range(*match.span())
        if folded.text[position] == " "
    }
    if _SPACE_GROUPED.fullmatch(folded.text):
        drop = {position for position, char in enumerate(folded.text) if char in " \u00a0"}
    if not drop:
        return folded
    keep = [position for position in range(len(folded.text)) if position not in drop]
    return FoldedText(
        "".join(folded.text[position] for position in keep),
        folded.original,
        tuple(folded.starts[position] for position in keep),
        tuple(folded.ends[position] for position in keep),
    )


def candidates(text: str) -> Iterator[Candidate | str]:
    """Numbers that can be money, left to right; a string instead is a warning about one that can't be read."""
    text = plain_numerals(text)
    dates = {position for match in _DATES.finditer(text) for position in range(*match.span())}
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if start in dates or end - 1 in dates:
            continue
        yield from _candidate(text, match.group(), start, end)


def _candidate(text: str, number: str, start: int, end: int) -> Iterator[Candidate | str]:
    before, after = text[max(0, start - 12) : start], text[end : end + 16]
    if _RATE_BEFORE.search(before) or _RATE_AFTER.match(after):
        return
    if _FOREIGN_BEFORE.search(before) or _FOREIGN_AFTER.match(after):
        yield f"{number} is in a foreign currency and was left out"
        return
    if _POWER_BEFORE.search(before) or _POWER_AFTER.match(after):
        if not _POWER_BEFORE.search(before):
            yield f"amount {number + after.split()[0][:6]!r} is printed in powers of ten and was left out"
        return
    yen = _YEN_AFTER.match(after)
    at = _AT.search(before) is not None
    marked = yen is not None or at or _YEN_BEFORE.search(before) is not None
    if not marked and _counts_or_names(number, before, after):
        return
    if _NEGATIVE.search(before):
        yield f"negative amount -{number} was left out"
        return
    value, warning = _value(number, marked, after)
    if value is None:
        if warning:
            yield warning
        return
    if yen and yen["sen"]:
        value += (value_of(yen["sen"]) or 0) / Decimal(100)
    scaled = yen is not None or re.search(r"[十百千万億兆]", number) is not None
    yield Candidate(
        value, start, end + (yen.end() if yen else 0), marked and not (at and not yen), at, scaled, len(number), warning
    )


def _counts_or_names(number: str, before: str, after: str) -> bool:
    """Whether a number without 円 or @ counts things, or is part of a name, a date, an address or a register."""
    if _NUMBERED_BEFORE.search(before) or _SPACED_COUNTER.match(after):
        return True
    if _TIMES_BEFORE.search(before):
        return True  # @1,100円×5,000
    if len(number) <= 2 and re.match(r"/[0-9]{1,2}(?![0-9,])", after):
        return True  # 3/26, a day
    if number.isdigit() and len(number) >= _CORPORATE_NUMBER_DIGITS:
        return True
    return _WORD.match(after) is not None and _PRICE_GOES_ON.match(after) is None


def _value(number: str, marked: bool, after: str) -> tuple[Decimal | None, str | None]:
    compact = re.sub(r"\s", "", number)
    if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}", compact):
        return Decimal(compact.replace(".", "")), None
    if re.fullmatch(r"[0-9.,]+", compact) and not _WELL_GROUPED.fullmatch(compact):
        return (
            None,
            f"amount {compact!r} has its commas in the wrong places and was left out" if "," in compact else None,
        )
    if marked and _DOT_FOR_COMMA.fullmatch(compact) and not _FINE_UNIT.match(after):
        value = Decimal(compact.replace(".", ""))
        return value, f"{compact!r} read as {value:,}: a dot printed for a comma"
    return value_of(compact), None
