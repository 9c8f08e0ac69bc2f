"""The money columns of a contract table: prices with their roles, told apart by what the remarks say.

The hard part is 単価契約. Its price column may hold a price per unit (``@1,500円ほか``, ``8925``) or what the contract is
expected to come to (``7,335,769`` with 契約金額は予定総額 in the remarks). A price per unit is never given as a total.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from tsukitome.awards import Amount, AmountRole, Tax
from tsukitome.documents.table import Cell, CellValue
from tsukitome.normalize.money import MoneyMention, read_money_with_warnings
from tsukitome.normalize.text import fold, squeeze, table
from tsukitome.sources.headers import Layout
from tsukitome.sources.supplier_parties import CIRCLED, circled

# Contracts below 1,000,000 yen need not be published (財計第2017号), and ministries publish some from 100,000: a plain number
# below that beside 単価契約 is a price per unit.
_LEAST_TOTAL = 100_000
# A price this many times below the total in the remarks is a price per unit (or a sum of such prices), not that total.
_FAR_BELOW = 5

# A remark that says of the row's prices as a whole that the tax is left out, or held: no amount stands beside it.
_TAX_REMARK = re.compile(
    r"(?:^|[、。,;])(?:契約金額|契約価格|金額|価格|予定価格)?(?:等|及び[^0-9、。]{1,8})?(?:には|は|も)?"
    r"(?:消費税(?:及び地方消費税)?(?:相当額)?(?:を)?)?(?P<tax>税抜き?|税別|抜き|含まない|含まず|除く|税込み?|含む)"
    r"(?:金額|価格|額|表示)?(?:$|[、。,;])"
)

_UNIT_CONTRACT = re.compile(r"単価(?:契約|$)|^単価|複数単価")
_IS_ESTIMATE = re.compile(
    r"(?:契約)?金額は.{0,6}(?:予定総額|見込総?額|概算|予定総価|調達予定総額|年間予定総額)|概算額\(単価契約"
)
# 国庫債務負担行為 29年度 1,000,000円 30年度 2,000,000円: what falls to each year is no price of its own.
_YEARS_SHARE = re.compile(
    r"(?:[元0-9０-９]{1,4}|同)年度(?:分|支払|支出)?(?:額|限度額)?[\s:：は]*"
    r"[0-9０-９][0-9０-９,，.．]*[ \u3000]*(?:百万|千|万)?円"
)
_NO_PRICE = re.compile(
    r"非公表|公表し(?:ない|て)|省略|作成(?:していない|することに)|類推|後日公表|公表予定"
    r"|単価契約|単価のみ|別紙|別表|内訳|のとおり|[‐‑–—―−─－ー*＊-]+|該当なし|なし|無し?|未定|同左|同上"
)
_PRICE = re.compile(r"[0-9,.]+円?")
_MAY_BE_MONEY = re.compile("[0-9円]")
_RATE = re.compile(r"[(約]?[0-9.]+[%)]*(?:ほか|他|外|\(.*\)?.*)?")
_PLAIN = re.compile(r"(?:[1-9][0-9]{0,11}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,3})(?P<yen>円?)")
COLUMNS: tuple[tuple[str, AmountRole], ...] = (
    ("price", "contract_price"),
    ("second_price", "contract_price"),
    ("changed_price", "contract_price"),
    ("original_price", "contract_price"),
    ("unit_price", "unit_price"),
    ("reserve", "reserve_price"),
    ("estimated", "estimated_total"),
    ("paid", "paid_total"),
)


_OTHER_PRICES = frozenset({"changed_price", "original_price"})


@dataclass(frozen=True, slots=True)
class Amounts:
    """The amounts of a row, and what could not be read."""

    amounts: tuple[Amount, ...]
    warnings: tuple[str, ...]


_money = lru_cache(maxsize=1 << 14)(read_money_with_warnings)


def read_amounts(
    layout: Layout, cell_of: Callable[[str], Cell], title: str, labels: Sequence[str | None], unit: int = 1,
    suppliers: int = 0,
) -> Amounts:  # fmt: skip
    """All amounts of a row. ``cell_of`` gives a field's cell, ``labels`` the suppliers' circled numbers, by index.

    ``unit`` is what the table's title says that plain numbers are counted in, where a column's header does not.
    ``suppliers`` counts those that prices printed line by line may belong to, 0 where members of a venture are among them.
    """
    warnings: list[str] = []
    amounts: list[Amount] = []
    for field, role in COLUMNS:
        if field in layout.columns and (cell := cell_of(field)).text:
            own, tax = layout.units[field], layout.taxes[field]
            factor = own if own > 1 else unit
            read = _in_order(cell.text, role, factor, tax, suppliers, warnings)
            read = read or _column(cell, role, factor, tax, labels, warnings)
            amounts += _agreeing(read, amounts, field, warnings) if field in _OTHER_PRICES else read
    printed_price = len(amounts) > 0
    if remarks := cell_of("remarks").text:
        amounts += text_amounts(_YEARS_SHARE.sub("", remarks), None, 1, None, labels, warnings)
    # 使用料（単価契約・予定総価3,650,000円）: the one kind of amount that titles print.
    amounts += title_estimates(title)
    amounts = _settle_unit_contract(amounts, cell_of, remarks, title, layout.printed.get("price", ""), warnings)
    if remarks and (tax := _tax_remark(remarks)):
        amounts = [replace(amount, tax=amount.tax or tax) for amount in amounts]
    if any(amount.role == "contract_price" and amount.yen == 0 for amount in amounts):
        warnings.append("the price is printed as 0")
    roles = {amount.role for amount in amounts}
    if not printed_price or roles <= {"reserve_price"}:
        warnings.append(_why_no_price(cell_of("price").text or cell_of("unit_price").text))
    if len(roles) < len(amounts):
        amounts = list(dict.fromkeys(amounts))
    return Amounts(tuple(amounts), tuple(dict.fromkeys(warnings)) if warnings else ())


def _agreeing(read: list[Amount], known: list[Amount], field: str, warnings: list[str]) -> list[Amount]:
    """The prices of a column of changed or original prices: those that say what the price says, or all if there is none."""
    prices = [amount.yen for amount in known if amount.role == "contract_price"]
    if not prices:
        return read
    for amount in read:
        if amount.yen not in prices:
            warnings.append(
                f"the price after a change, {amount.quote!r}, is left out"
                if field == "changed_price"
                else f"the original price {amount.quote!r} is left out"
            )
    return [amount for amount in read if amount.yen in prices]


def _in_order(
    text: str, role: AmountRole, unit: int, tax: Tax | None, suppliers: int, warnings: list[str]
) -> list[Amount]:
    """The prices of a cell that prints one for each supplier, line by line; [] for any other."""
    if role != "contract_price" or suppliers < 2 or "\n" not in text:
        return []
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    plain = [amount for line in lines if (amount := plain_amount(line, role, unit, tax))]
    if not len(plain) == len(lines) == suppliers:
        return []
    warnings.append(
        f"{suppliers} prices for {suppliers} suppliers: they were taken in the order in which they are printed"
    )
    return [replace(amount, supplier=at) for at, amount in enumerate(plain)]


def _column(
    cell: Cell, role: AmountRole, unit: int, tax: Tax | None, labels: Sequence[str | None], warnings: list[str]
) -> list[Amount]:
    value = cell.value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        yen = number_amount(value, unit)
        if yen is None:
            warnings.append(f"amount {cell.text} is no price and was left out")
            return []
        return [Amount(role, yen, cell.text, tax)]
    return text_amounts(cell.text, role, unit, tax, labels, warnings)


def number_amount(value: CellValue, unit: int) -> int | float | None:
    """The yen of a cell that holds a number; None for any other, and for a number that is no price."""
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not math.isfinite(value) or value < 0:
        return None
    return _whole(value * unit)


@lru_cache(maxsize=1 << 13)
def _tax_remark(remarks: str) -> Tax | None:
    """What the remarks say of the tax in the row's prices as a whole."""
    match = _TAX_REMARK.search(squeeze(fold(remarks)).strip("()"))
    if match is None:
        return None
    return "included" if match["tax"].startswith(("税込", "含む")) else "excluded"


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
    for label, piece in _pieces(text, labels):
        reading = _money(piece, role, unit)
        warnings.extend(reading.warnings)
        owner = labels.index(label) if label else None
        found += (_amount(mention, role, tax, owner) for mention in reading.mentions)
    return found


@lru_cache(maxsize=1 << 13)
def _text_alone(text: str, role: AmountRole | None, unit: int, tax: Tax | None) -> Amounts:
    """The amounts of a text whose suppliers bear no numbers."""
    reading = _money(text, role, unit)
    amounts = tuple(_amount(mention, role, tax) for mention in reading.mentions)
    return Amounts(amounts, reading.warnings)


def _amount(mention: MoneyMention, role: AmountRole | None, tax: Tax | None, owner: int | None = None) -> Amount:
    # A reserve price per unit is a reserve price: an upper bound, and not what anyone was paid.
    read = role if role == "reserve_price" and mention.role == "unit_price" else mention.role
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
    return yen if plain["yen"] else yen * unit


@lru_cache(maxsize=1 << 13)
def says_nothing(text: str, role: AmountRole, unit: int) -> bool:
    """Whether a money cell gives neither an amount nor a warning: 非公表, a dash."""
    reading = _money(text, role, unit)
    return not reading.mentions and not reading.warnings


def tells_of_amounts(remarks: str) -> bool:
    """Whether remarks change anything in the amounts of a row whose single supplier bears no circled number."""
    warnings: list[str] = []
    return bool(
        text_amounts(_YEARS_SHARE.sub("", remarks), None, 1, None, (), warnings)
        or warnings
        or _says_estimate(remarks)
        or says_unit_contract(remarks)
        or _tax_remark(remarks)
    )


@lru_cache(maxsize=1 << 14)
def title_estimates(title: str) -> tuple[Amount, ...]:
    """The estimated totals that a title prints."""
    if not _estimate_ends().search(title):
        return ()
    folded = fold(title)
    if not _MAY_BE_MONEY.search(folded) or not _estimate_words().search(folded):
        return ()
    return tuple(amount for amount in text_amounts(title, None, 1, None, (), []) if amount.role == "estimated_total")


@cache
def _estimate_ends() -> re.Pattern[str]:
    """The last characters of those words, by which most titles are told at once to hold none."""
    words = ["単価契約", *(row["word"] for row in table("money_labels") if row["role"] == "estimated_total")]
    return re.compile(f"[{''.join({word[-1] for word in words})}]")


@cache
def _estimate_words() -> re.Pattern[str]:
    """The words without one of which no amount is an estimated total (white space may stand in them)."""
    words = ["単価契約", *(row["word"] for row in table("money_labels") if row["role"] == "estimated_total")]
    return re.compile("|".join(r"\s*".join(map(re.escape, word)) for word in words))


def _pieces(text: str, labels: Sequence[str | None]) -> list[tuple[str | None, str]]:
    """The text parted at the circled numbers that suppliers bear: ①16,550,001円 ②11,000,000円."""
    text = circled(fold(text)) if any(labels) and not CIRCLED.search(text) else text
    marks = [mark for mark in CIRCLED.finditer(text) if mark.group() in labels] if any(labels) else []
    if not marks:
        return [(None, text)]
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    pieces: list[tuple[str | None, str]] = [(None, text[: marks[0].start()])]
    header = text[: marks[0].start()].strip()
    for mark, end in zip(marks, ends, strict=True):
        # What the list is headed by (契約金額内訳) explains each number of it, and is no part of the quotes.
        piece = text[mark.end() : end]
        pieces.append((mark.group(), piece if not header or re.search("[円¥]", piece) else piece.strip() + "円"))
    return [(label, piece) for label, piece in pieces if piece.strip()]


def _settle_unit_contract(
    amounts: list[Amount], cell_of: Callable[[str], Cell], remarks: str, title: str, header: str, warnings: list[str]
) -> list[Amount]:
    """Roles that only the whole row tells: a plain price of a 単価契約 is a unit price, an estimate, or a total."""
    if remarks and _says_estimate(remarks):
        return [
            replace(amount, role="estimated_total") if _is_plain_price(amount, cell_of) else amount
            for amount in amounts
        ]
    totals = [amount.yen for amount in amounts if amount.role in ("estimated_total", "paid_total")]
    told = (title, remarks, cell_of("rate").text)
    if "単価" not in header and not any(map(says_unit_contract, told)):
        sure = {
            amount for amount in amounts if _is_surely_per_unit(amount.yen, totals) and _is_plain_price(amount, cell_of)
        }
        return (
            [replace(amount, role="unit_price") if amount in sure else amount for amount in amounts]
            if sure
            else amounts
        )
    settled: list[Amount] = []
    for amount in amounts:
        if _is_plain_price(amount, cell_of):
            if _is_per_unit(amount.yen, totals):
                amount = replace(amount, role="unit_price")
            elif amount.role == "contract_price" and not totals:
                warnings.append(
                    "a contract at unit prices (単価契約): the printed amount may be what it is expected to come to"
                )
        settled.append(amount)
    return settled


@lru_cache(maxsize=1 << 13)
def _says_estimate(text: str) -> bool:
    return _IS_ESTIMATE.search(squeeze(fold(text))) is not None


@lru_cache(maxsize=1 << 14)
def says_unit_contract(text: str) -> bool:
    """Whether a text says that the contract is at unit prices (単価契約)."""
    return "単" in text and _UNIT_CONTRACT.search(squeeze(fold(text))) is not None


def _is_plain_price(amount: Amount, cell_of: Callable[[str], Cell]) -> bool:
    """Whether an amount is the price column's own number, with no word beside it."""
    cell = cell_of("price")
    return amount.role == "contract_price" and (
        amount.quote == cell.text.strip() or _PRICE.fullmatch(squeeze(fold(cell.text))) is not None
    ) and amount.quote in cell.text  # fmt: skip


def _is_surely_per_unit(yen: float, totals: list[int | float]) -> bool:
    """Whether a plain number is a price per unit whatever the contract is called: it has sen, or the row prints its total.

    A large number with a fraction is what a formula made of a total.
    """
    return yen < _LEAST_TOTAL and (yen != int(yen) or any(yen * _FAR_BELOW < total for total in totals))


def _is_per_unit(yen: float, totals: list[int | float]) -> bool:
    if totals:
        return yen * _FAR_BELOW < max(totals)
    return yen < _LEAST_TOTAL


@lru_cache(maxsize=1 << 10)
def _why_no_price(printed: str) -> str:
    text = printed.strip()
    if not text:
        return "no contract price is printed"
    if _NO_PRICE.search(squeeze(text)):
        return f"no contract price is given: {text!r}"
    return f"contract price {text!r} was not understood"


def read_rate(cell: Cell, header: str) -> tuple[float | None, str | None]:
    """The award rate as a fraction, and a warning: 0.7539, 75.39, ``75.39%`` and ``75.39％ほか`` all give 0.7539."""
    value = cell.value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        # 1.5: a price may exceed the reserve price of an earlier tender a little, but no rate is below 1.5 per cent.
        fraction = value / 100 if value > 1.5 else value
        return (round(fraction, 6), None) if 0 < fraction <= 2 else (None, _odd_rate(cell.text))
    return read_text_rate(cell.text, header)


@lru_cache(maxsize=1 << 13)
def read_text_rate(printed: str, header: str) -> tuple[float | None, str | None]:
    """:func:`read_rate` of a cell that holds text."""
    text = squeeze(fold(printed)).replace("パーセント", "%")
    found = re.findall(r"[0-9]+(?:\.[0-9]+)?", text)
    if not found or not _RATE.fullmatch(text):
        if found and re.search(r"[0-9]%", text):
            return None, f"award rate {printed.strip()!r} gives more than one rate"
        return None, None
    number = float(found[0])
    percent = "%" in text or ("%" in fold(header) and number > 1.5) or number > 1.5
    fraction = number / 100 if percent else number
    return (round(fraction, 6), None) if 0 < fraction <= 2 else (None, _odd_rate(printed))


def _odd_rate(printed: str) -> str:
    return f"award rate {printed.strip()!r} is out of range and was left out"
