"""Amounts of money as award documents print them, with their roles.

A price per unit is never a total: ``14.90円(他複数単価契約)`` is one unit price, not ninety yen and not the contract's price.
Words decide (``tables/money_labels.csv``): a label before the amount, a mark behind it, and what else the cell prints.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from tsukitome.awards import AmountRole, Tax
from tsukitome.normalize.money_labels import OTHERS, Label, label_before, said_aside, total_said_aside
from tsukitome.normalize.money_numbers import Candidate, candidates, close_digits
from tsukitome.normalize.money_parts import part_spans, parts_by_addition
from tsukitome.normalize.numbers import CEILING, plain_number
from tsukitome.normalize.tax import tax_of
from tsukitome.normalize.text import FoldedText, fold, fold_with_offsets

# 単価契約 beside an unlabelled amount may tell of the contract or of the amount. Tables publish services from 1,000,000 yen
# (公共調達の適正化, 財計第2017号, 2006-08-25), so a total is not less, and a unit price is hardly ever more.
_UNIT_CONTRACT_CEILING = 1_000_000
_ANY_NUMBER = re.compile("[0-9〇零一二三四五六七八九十百千万億兆]")
_REACH_BEHIND = 40  # characters behind an amount in which a limit (未満 …) may stand
_SHORTEST_PLAIN = 3  # digits that an unmarked number inside a longer text needs to be taken for money

_SUM_ALONE = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3}){1,3}円?")  # more are looked at
_PER = re.compile(
    r"\s*/(?!\s*(?:[0-9]{1,2}[/月]|総|単価|税|契約|予定|落札))\s*[^\s、。()0-9]*[0-9]{0,2}[^\s、。()0-9]*(?:\([^()0-9]*\))?"
    r"|\s*\(\s*(?:月額|日額|年額|時間額|1[^()0-9]{1,4}(?:当|あ)た?り)\s*\)"
    r"|\s*[×✕xX*]\s*[0-9]+(?:[^\s0-9、。()=]{1,4})?(?![0-9])"
)
_AND_OTHERS = re.compile(
    rf"[ \u3000\n]*{OTHERS}\n?[^\n0-9()、。]{{0,12}}単価契?約?|[ \u3000\n]*{OTHERS}(?![一-鿿]{{2,}}[^単])"
)
_UNIT_BEHIND = re.compile(r"[ \u3000]*単価(?!契約|[×x])")
_UNIT_CONTRACT_BEHIND = re.compile(r"[ \u3000]*\(?[^\n0-9()、。]{0,6}単価契約\)?")
_UNIT_CONTRACT = re.compile(r"単価\s*契約")
_ASIDE = re.compile(r"\s*\((?:[^()0-9]|[0-9]{1,2}(?![0-9,]))*\)")
_NEXT_AMOUNT = re.compile(r"(?:[¥\\]|金|約)?[0-9]")
_BOUND = re.compile(r"\s*(?:\(?税[抜込]き?\)?)?(?:未満|以上|以下|以内|を?超|の?増|の?減)")
_TAX_WORDS = re.compile(
    r"(?:消費税(?:及び地方消費税)?(?:等|額|相当額)?を?|本体)?(?:税?[込抜別]き?み?|含む|含み|除く)?(?:合計)?(?:金?額|価格)?"
)
_TAX_BEFORE = re.compile(r"(?:税\s?[込抜別]|税を?含|税を?除|本体)[きみむく]?(?:合計|本体)?(?:金?額|価格)?[\s:(¥\\]*$")
_NOTHING_BUT_A_PRICE = re.compile(r"\s*\((?:(?:落札|契約|税[込抜]き?)?(?:金額|価格|額)?[\s:]*)?[¥\\]?")
_HIGHEST_TAX = Decimal("1.101")
_YEAR_BEFORE = re.compile(r"(?:令和|平成|[RH])(?:元|[0-9]{1,2})年度(?:分|額|支払額?|支出額?|限度額)?[\s:は(]*[¥\\]?$")
_COUNTED = re.compile(r"(?P<times>[0-9]{1,3})\s*[かカケヶヵ箇]?[年月]間?分?[\s:は、(総額合計]*$")
_EACH_BEFORE = re.compile(
    r"(?<![0-9.,月第])[1一]\s?(?:時間|回|日|枚|食|泊|kg|km|[lL]|㎥|m3|kWh|[かカケヶヵ箇]月)[\s:は(]*[¥\\]?$"
)
_TIMES = re.compile(r"\s*[×✕xX*]\s*(?P<times>[0-9]{1,6})")
_NEAR = 3  # characters between a sum and the word that tells of its parts
_EACH = re.compile(r"(?:実施)?[0-9一][^\s0-9、。()]{1,4}$")
_RANGE = re.compile(r"\s*[~〜]\s*[0-9][0-9,.]*\s*円?")


@dataclass(frozen=True, slots=True)
class MoneyMention:
    """One amount in a printed text: yen, its role, its tax, and the words as printed.

    ``warning`` says what had to be repaired to read it (``15.666円`` read as 15,666), else None.
    """

    yen: int | float
    role: AmountRole
    quote: str
    tax: Tax | None = None
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class MoneyReading:
    """All amounts of a text, and a sentence for each number that looks like one and could not be read."""

    mentions: tuple[MoneyMention, ...]
    warnings: tuple[str, ...] = ()


_NO_MONEY = MoneyReading(())


@dataclass(frozen=True, slots=True)
class _Found:
    """A candidate on its way to a mention: the span of its quote and the role that words gave it (None: none did)."""

    candidate: Candidate
    start: int
    end: int
    role: str | None
    item: bool  # an item's own name stands before it on its line


def read_money(printed: str, default: AmountRole | None = None, unit: int = 1) -> tuple[MoneyMention, ...]:
    """Every amount in a printed cell or field.

    ``default`` is the role of an amount that no word beside it explains. Without it such numbers are left out unless 円 is
    behind them; those are contract prices (``連名契約 12,345,678円``). ``unit`` multiplies plain numbers where the table's
    header says 単位：千円; numbers that print their own 円, 千円 or 百万円 are left alone.

    >>> [(m.role, m.yen, m.quote) for m in read_money("@200ほか\\n（支出実績：20,876,373）", "contract_price")]
    [('unit_price', 200, '@200ほか'), ('paid_total', 20876373, '支出実績：20,876,373')]
    """
    return read_money_with_warnings(printed, default, unit).mentions


def read_money_with_warnings(printed: str, default: AmountRole | None = None, unit: int = 1) -> MoneyReading:
    """:func:`read_money`, with a sentence for each number that was left out although it looks like money."""
    if default is not None and unit == 1 and _SUM_ALONE.fullmatch(printed):
        return MoneyReading((MoneyMention(int(printed.removesuffix("円").replace(",", "")), default, printed),))
    if not _ANY_NUMBER.search(fold(printed)):
        return _NO_MONEY
    folded = close_digits(fold_with_offsets(printed))
    found: list[_Found] = []
    warnings: list[str] = []
    for candidate in candidates(folded.text):
        if isinstance(candidate, str):
            if default is not None or "currency" in candidate:
                warnings.append(candidate)
            continue
        known = _find(folded.text, candidate, found[-1].end if found else 0, default)
        if known is not None:
            found.append(known)
    roles = _without_parts(folded, found, _settle_roles(folded.text, found, default), default, warnings)
    taxes = _taxes(folded.text, found)
    roles = _without_untaxed(folded, found, roles, taxes, warnings)
    # A remark that no amount claims for itself, (税抜) at the end of a list, goes for the whole cell.
    shared = tax_of(folded.text) if not any(taxes) else None
    mentions: list[MoneyMention] = []
    for known, role, tax in zip(found, roles, taxes, strict=True):
        if role is None:
            continue
        if (yen := _yen(known.candidate, unit)) > CEILING:
            printed = folded.quote(known.start, known.end).strip()
            warnings.append(
                f"amount {printed[:40]!r} is above {CEILING:,} yen, more than any award, so it was left out"
            )
        else:
            mentions.append(_mention(folded, known, role, yen, tax or shared))
    return MoneyReading(tuple(mentions), (*warnings, *(mention.warning for mention in mentions if mention.warning)))


def _find(text: str, candidate: Candidate, previous: int, default: AmountRole | None) -> _Found | None:
    before, after = text[previous : candidate.start], text[candidate.end : candidate.end + _REACH_BEHIND]
    if _BOUND.match(after):
        return None  # 契約金額が100万円未満のため: a limit, not an amount
    label = label_before(before)
    end, behind = _tail(text, candidate)
    role = _role(candidate, label, behind)
    if role is None and _EACH_BEFORE.search(before):
        role = "unit_price"  # 1時間 16,500円
    marked = candidate.yen or candidate.at or behind is not None or (label is not None and label.adjacent)
    if not marked and (default is None or not _stands_out(text, candidate)):
        return None
    start = candidate.start
    if label is not None and label.near:
        start = previous + label.start
    elif mark := re.search(r"(?:@|[¥\\])\s*$", before):
        start = previous + mark.start()
    if text[start : start + 1] in ("当", "あ", "に") and (each := _EACH.search(text[previous:start])):
        start = previous + each.start()
    start, end = _with_parentheses(text, start, end)
    line = text[text.rfind("\n", 0, candidate.start) + 1 : candidate.start]
    words = _TAX_WORDS.sub("", line) if "税" in line else line
    item = previous <= candidate.start - len(line) and re.search(r"[ぁ-ゖァ-ヺ一-鿿A-Za-z]{2}", words) is not None
    return _Found(candidate, start, end, role, item)


def _with_parentheses(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the parenthesis just outside it where its partner is inside: (年額)4,200,000円, 単価(1,234円)."""
    inside = text[start:end]
    if inside.count(")") > inside.count("(") and text[start - 1 : start] == "(":
        return start - 1, end
    if inside.count("(") > inside.count(")") and text[end : end + 1] == ")":
        return start, end + 1
    return start, end


def _tail(text: str, candidate: Candidate) -> tuple[int, str | None]:
    """Where the quote ends behind an amount, and the role that the words there give it (``unit_price``, a label's …)."""
    end, role = candidate.end, None
    if span := _RANGE.match(text, end):
        end = span.end()
    for pattern in (_PER, _UNIT_BEHIND, _AND_OTHERS):
        if match := pattern.match(text, end):
            end, role = match.end(), "unit_price"
    if (match := _aside(text, end)) and (said := total_said_aside(match.group())):
        end, role = match.end(), said  # 1,234,567円(単価契約・予定総額)
    elif match := _UNIT_CONTRACT_BEHIND.match(text, end):
        others = re.search(OTHERS, match.group()) is not None
        if others or candidate.value < _UNIT_CONTRACT_CEILING:
            role = "unit_price"
        end = match.end()
    while match := _aside(text, end):
        said = said_aside(match.group())
        if said is None:
            break
        end, role = match.end(), role or said or None
    if role is None and (match := _PER.match(text, end)):
        end, role = match.end(), "unit_price"  # 110,000円(税込)×12か月
    return end, role


def _aside(text: str, end: int) -> re.Match[str] | None:
    """The parenthesis behind an amount, unless it labels the next one: 27.5円 / (予定総額)55,000,000円."""
    match = _ASIDE.match(text, end)
    return None if match and _NEXT_AMOUNT.match(text, match.end()) else match


def _role(candidate: Candidate, label: Label | None, behind: str | None) -> str | None:
    """A mark behind outweighs a label of prices (契約金額 14.90円(他複数単価契約)), but not one of totals (支払総額 …)."""
    if label is not None and (label.total or behind is None):
        return label.role
    return "unit_price" if candidate.at else behind


def _stands_out(text: str, candidate: Candidate) -> bool:
    if candidate.weight >= _SHORTEST_PLAIN:
        return True
    around = text[: candidate.start] + text[candidate.end :]
    return not re.search(r"[0-9A-Za-zぁ-ゖァ-ヺ一-鿿]", around)


def _settle_roles(text: str, found: list[_Found], default: AmountRole | None) -> list[AmountRole | None]:
    """The role of each amount; what stands beside it in the cell explains one that has no word of its own."""
    items = sum(known.role is None and known.item for known in found)
    units = any(known.role == "unit_price" for known in found)
    contract = _UNIT_CONTRACT.search(text)
    spans = [*part_spans(text)] if units else []
    roles: list[AmountRole | None] = []
    for known in found:
        if known.role is not None:
            roles.append(None if known.role == "none" else cast(AmountRole, known.role))
        elif text[: known.start].rstrip().endswith("="):
            roles.append(default or "contract_price")  # 12,345円×12月=148,140円
        elif _is_of_a_year(text, known, found):
            roles.append("unit_price")  # 16,500,000円(3か年 49,500,000円)
        elif units and (_is_before(spans, known) or _is_product(text, known, found)):
            roles.append(default or "contract_price")  # 9,240,000円(内訳:月額770,000円×12月)
        elif (units or items > 1) and not _alone_on_line(text, known):
            # 会場使用料155,000円 in a list with 机借料350円/台; in a remark it may as well be a part of a sum.
            roles.append("unit_price" if default else None)
        elif contract and default is not None and known.candidate.value < _UNIT_CONTRACT_CEILING:
            roles.append("unit_price")
        elif contract and default is None:
            roles.append("estimated_total")  # 備考 単価契約 2,396,027円: what such a contract comes to
        else:
            roles.append(default or "contract_price")
    return roles


def _is_before(spans: Sequence[tuple[int, int]], known: _Found) -> bool:
    """Whether words that tell of parts stand right behind a sum."""
    return any(0 <= start - known.end <= _NEAR for start, _ in spans)


def _is_of_a_year(text: str, known: _Found, found: list[_Found]) -> bool:
    """Whether a sum behind it, said to be for so many years or months, is that many times this one."""
    return any(
        known.candidate.value * int(counted["times"]) == other.candidate.value > known.candidate.value
        for other in found
        if other.start >= known.end and (counted := _COUNTED.search(text[: other.candidate.start]))
    )


def _is_product(text: str, known: _Found, found: list[_Found]) -> bool:
    """Whether a sum is what a price per unit of the same text comes to, times a number that is printed behind that."""
    counted = _COUNTED.search(text[: known.candidate.start])  # 年額13,200,000円(3か年 39,600,000円)
    return any(
        times and other.candidate.value * int(times["times"]) == known.candidate.value
        for other in found
        if other.role == "unit_price" and (times := _TIMES.match(text, other.candidate.end) or counted)
    )


def _taxes(text: str, found: list[_Found]) -> list[Tax | None]:
    """What the words within, and right before, each amount's quote say of the tax in it."""
    told: list[Tax | None] = []
    for known in found:
        tax = tax_of(text[known.start : known.end])
        if tax is None and (before := _TAX_BEFORE.search(text[: known.candidate.start])):
            tax = "included" if re.search("[込含]", before.group()) else "excluded"
        told.append(tax)
    return told


def _without_untaxed(
    folded: FoldedText, found: list[_Found], roles: list[AmountRole | None], taxes: list[Tax | None],
    warnings: list[str],
) -> list[AmountRole | None]:  # fmt: skip
    """The roles with None for a price without tax beside the same one with tax, 8,400,000円（税込9,240,000円）; that is said.

    Words tell which is which, or the larger is what the smaller in parentheses comes to with tax. ``taxes`` is completed.
    """
    prices = [at for at, role in enumerate(roles) if role == "contract_price"]
    if len(prices) != 2:
        return roles
    first, second = prices
    less, more = sorted(prices, key=lambda at: found[at].candidate.value)
    without, taxed = found[less].candidate.value, found[more].candidate.value
    if not without < taxed <= without * _HIGHEST_TAX:
        return roles
    between = folded.text[found[first].end : found[second].candidate.start]
    in_parentheses = _NOTHING_BUT_A_PRICE.fullmatch(between) and any(
        abs(without * (100 + rate) / 100 - taxed) < 1 for rate in (3, 5, 8, 10)
    )
    if taxes[more] == "excluded" or taxes[less] == "included" or not (taxes[more] or taxes[less] or in_parentheses):
        return roles
    taxes[more], taxes[less] = "included", "excluded"
    warnings.append(
        f"of two prices side by side, {folded.quote(found[less].start, found[less].end).strip()!r} is left out"
    )
    return [None if at == less else role for at, role in enumerate(roles)]


def _without_parts(
    folded: FoldedText, found: list[_Found], roles: list[AmountRole | None], default: AmountRole | None,
    warnings: list[str],
) -> list[AmountRole | None]:  # fmt: skip
    """The roles with None for each sum that is a part of another one beside it, which is said."""
    if len(found) < 2:
        return roles
    total: AmountRole = default or "contract_price"
    # What a word of its own makes a unit price, an estimate or a reserve price stays so inside 内訳 too.
    plain = [at for at, known in enumerate(found) if known.role in (None, total) or roles[at] == total]
    spans = list(part_spans(folded.text))
    parts = {at for at in plain if any(start <= found[at].candidate.start < end for start, end in spans)}
    sums = [at for at in plain if at not in parts]
    years = {at for at in sums if _YEAR_BEFORE.search(folded.text[: found[at].candidate.start])}
    if len(years) > 1:  # 令和5年度 1,000,000円 / 令和6年度 2,000,000円: of no year alone is the price
        parts |= years
        sums = [at for at in sums if at not in years]
    elif not sums:
        return roles  # nothing but parts is printed
    whole, more = parts_by_addition(
        folded.text,
        [(found[at].candidate.start, found[at].candidate.end) for at in sums],
        [found[at].candidate.value for at in sums],
    )
    parts |= {sums[at] for at in more}
    if more:
        roles[sums[whole]] = total
    quotes = [folded.quote(found[at].start, found[at].end).strip() for at in sorted(parts) if roles[at]]
    if quotes:
        warnings.append(f"parts of a sum were left out: {', '.join(quotes)}")
    return [None if at in parts else role for at, role in enumerate(roles)]


def _alone_on_line(text: str, known: _Found) -> bool:
    first = text.rfind("\n", 0, known.start) + 1
    last = text.find("\n", known.end)
    rest = text[first : known.start] + (text[known.end :] if last < 0 else text[known.end : last])
    return "\n" in text.strip() and not re.search(r"[0-9A-Za-zぁ-ゖァ-ヺ一-鿿]", rest)


def _yen(candidate: Candidate, unit: int) -> Decimal:
    return candidate.value if candidate.scaled or candidate.yen else candidate.value * unit


def _mention(folded: FoldedText, known: _Found, role: AmountRole, yen: Decimal, tax: Tax | None) -> MoneyMention:
    quote = folded.quote(known.start, known.end).strip()
    return MoneyMention(plain_number(yen), role, quote, tax, known.candidate.warning)
