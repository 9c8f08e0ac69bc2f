"""The amounts that one cell prints: a plain sum, a number, or a text with several, each behind its supplier's circled number."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tsukitome.awards import Amount, AmountRole, Tax
from tsukitome.documents.table import CellValue
from tsukitome.normalize.money import MoneyMention, read_money_with_warnings
from tsukitome.normalize.numbers import CEILING
from tsukitome.normalize.text import fold
from tsukitome.sources.supplier_lists import CIRCLED, circled

_TOTAL_BELOW = re.compile(r"\n\s*(?:合計|総計|計|総額)")
_PLAIN = re.compile(r"(?:[1-9][0-9]{0,11}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,3})(?P<yen>円?)")


@dataclass(frozen=True, slots=True)
class Amounts:
    """The amounts of a row, and what could not be read."""

    amounts: tuple[Amount, ...]
    warnings: tuple[str, ...]


money_in = lru_cache(maxsize=1 << 14)(read_money_with_warnings)


def number_amount(value: CellValue, unit: int) -> int | float | None:
    """The yen of a cell that holds a number; None for any other, and for a number that can be no price."""
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not math.isfinite(value) or value < 0:
        return None
    yen = _whole(value * unit)
    return yen if yen <= CEILING else None


def _whole(yen: float) -> int | float:
    """``yen`` to a hundredth of a sen, an int where that is whole: formulas leave 21852600.000000004."""
    if isinstance(yen, int) or yen.is_integer():
        return int(yen)
    rounded = round(yen, 4)
    return int(rounded) if float(rounded).is_integer() else rounded


def text_amounts(
    text: str, role: AmountRole | None, unit: int, tax: Tax | None, labels: Sequence[str | None], warnings: list[str]
) -> list[Amount]:
    """The amounts of a text; ``labels`` are the circled numbers of the suppliers, by index, which may stand before them."""
    quote = text.strip()
    if not quote:
        return []
    if role is not None and (plain := plain_amount(quote, role, unit, tax)):
        return [plain]
    if not any(labels):
        read = _text_alone(text, role, unit, tax)
        warnings.extend(read.warnings)
        return list(read.amounts)
    found: list[Amount] = []
    headed: AmountRole | None = None  # what the words above a list say of each of its sums
    for label, piece in _pieces(text, labels):
        reading = money_in(piece, role, unit)
        warnings.extend(reading.warnings)
        owner = labels.index(label) if label else None
        if role is None and label is None:
            headed = _role_behind(piece)
        own = [_amount(mention, role, tax, owner) for mention in reading.mentions]
        if label and headed:
            own = [replace(amount, role=headed) if amount.role == "contract_price" else amount for amount in own]
        found += own
    return found


@lru_cache(maxsize=1 << 10)
def _role_behind(words: str) -> AmountRole | None:
    """The role of a sum behind these words: 支出見込総額 → estimated_total; None where they say none."""
    line = words.strip().rpartition("\n")[2].strip()
    mentions = money_in(f"{line}1,000,000円", None, 1).mentions if line and not re.search("[0-9円]", fold(line)) else ()
    return mentions[0].role if len(mentions) == 1 else None


@lru_cache(maxsize=1 << 13)
def _text_alone(text: str, role: AmountRole | None, unit: int, tax: Tax | None) -> Amounts:
    """The amounts of a text whose suppliers bear no numbers."""
    reading = money_in(text, role, unit)
    amounts = tuple(_amount(mention, role, tax) for mention in reading.mentions)
    return Amounts(amounts, reading.warnings)


def _amount(mention: MoneyMention, role: AmountRole | None, tax: Tax | None, owner: int | None = None) -> Amount:
    # A reserve price per unit, or of 予定数量, is a reserve price: an upper bound, and not what anyone was paid.
    read = role if role == "reserve_price" and mention.role in ("unit_price", "estimated_total") else mention.role
    return Amount(read, mention.yen, mention.quote, mention.tax or tax, owner)


def plain_amount(text: str, role: AmountRole, unit: int, tax: Tax | None) -> Amount | None:
    """The amount of a cell that holds one sum and nothing else, as nearly all do; None for any other."""
    yen = plain_sum(text, unit)
    return None if yen is None else Amount(role, yen, text, tax)


def plain_sum(text: str, unit: int) -> int | None:
    """The yen of a text that is one sum and nothing else; None for any other."""
    plain = _PLAIN.fullmatch(text)
    if plain is None:
        return None
    yen = int(text.replace(",", "").removesuffix("円"))
    yen *= 1 if plain["yen"] else unit
    return yen if yen <= CEILING else None


@lru_cache(maxsize=1 << 13)
def says_nothing(text: str, role: AmountRole, unit: int) -> bool:
    """Whether a money cell gives neither an amount nor a warning: 非公表, a dash."""
    reading = money_in(text, role, unit)
    return not reading.mentions and not reading.warnings


def _pieces(text: str, labels: Sequence[str | None]) -> list[tuple[str | None, str]]:
    """The text parted at the circled numbers that suppliers bear: ①16,550,001円 ②11,000,000円."""
    text = circled(fold(text)) if any(labels) and not CIRCLED.search(text) else text
    marks = [mark for mark in CIRCLED.finditer(text) if mark.group() in labels] if any(labels) else []
    if not marks:
        return [(None, text)]
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    pieces: list[tuple[str | None, str]] = [(None, text[: marks[0].start()])]
    header = text[: marks[0].start()].strip()
    total = _TOTAL_BELOW.search(text, marks[-1].end())
    if total:
        ends[-1] = total.start()
        pieces.append((None, text[total.start() :]))  # what the list comes to is no supplier's own
    for mark, end in zip(marks, ends, strict=True):
        # What the list is headed by (契約金額内訳) explains each number of it, and is no part of the quotes.
        piece = text[mark.end() : end]
        pieces.append((mark.group(), piece if not header or re.search("[円¥]", piece) else piece.strip() + "円"))
    return [(label, piece) for label, piece in pieces if piece.strip()]
