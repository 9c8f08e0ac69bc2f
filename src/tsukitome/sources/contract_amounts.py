"""The money columns of a contract table: prices with their roles, told apart by what the remarks say."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from tsukitome.awards import Amount, AmountRole, Tax
from tsukitome.documents.table import Cell
from tsukitome.normalize.money_parts import without_parts
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources.headers import Layout
from tsukitome.sources.money_cells import Amounts, number_amount, plain_amount, text_amounts
from tsukitome.sources.unit_contracts import says_estimate, says_unit_contract, settled, title_estimates

# A remark that says of the row's prices as a whole that the tax is left out, or held: no amount stands beside it.
_TAX_REMARK = re.compile(
    r"(?:^|[、。,;])(?:契約金額|契約価格|金額|価格|予定価格)?(?:等|及び[^0-9、。]{1,8})?(?:には|は|も)?"
    r"(?:消費税(?:及び地方消費税)?(?:相当額)?(?:を)?)?(?P<tax>税抜き?|税別|抜き|含まない|含まず|除く|税込み?|含む)"
    r"(?:金額|価格|額|表示)?(?:$|[、。,;])"
)
# 国庫債務負担行為 29年度 1,000,000円 30年度 2,000,000円: what falls to each year is no price of its own.
_YEARS_SHARE = re.compile(
    r"(?:[元0-9０-９]{1,4}|同)年度(?:分|支払|支出)?(?:額|限度額)?[\s:：は]*"
    r"[0-9０-９][0-9０-９,，.．]*[ \u3000]*(?:百万|千|万)?円"
)
_ORIGINAL = re.compile(r"\s*\(?(?:当初|変更前)")
_NO_PRICE = re.compile(
    r"非公表|公表し(?:ない|て)|省略|作成(?:していない|することに)|類推|後日公表|公表予定"
    r"|単価契約|単価のみ|別紙|別表|内訳|のとおり|[‐‑–—―−─－ー*＊-]+|該当なし|なし|無し?|未定|同左|同上"
)
COLUMNS: tuple[tuple[str, AmountRole], ...] = (
    ("price", "contract_price"),
    ("second_price", "contract_price"),
    ("changed_price", "contract_price"),
    ("earlier_change", "contract_price"),
    ("original_price", "contract_price"),
    ("unit_price", "unit_price"),
    ("reserve", "reserve_price"),
    ("estimated", "estimated_total"),
    ("paid", "paid_total"),
)
_OTHER_PRICES = frozenset({"second_price", "changed_price", "earlier_change", "original_price"})


def read_amounts(
    layout: Layout, cell_of: Callable[[str], Cell], title: str, labels: Sequence[str | None], unit: int = 1,
    suppliers: int = 0, tax: Tax | None = None,
) -> Amounts:  # fmt: skip
    """All amounts of a row. ``cell_of`` gives a field's cell, ``labels`` the suppliers' circled numbers, by index.

    ``unit`` is what the table's title says that plain numbers are counted in, ``tax`` what it says of tax, where a header does not.
    ``suppliers`` counts those that prices printed line by line may belong to, 0 where members of a venture are among them.
    """
    warnings: list[str] = []
    amounts: list[Amount] = []
    for field, role in COLUMNS:
        if field in layout.columns and (cell := cell_of(field)).text:
            own, taxed = layout.units[field], layout.taxes[field] or tax
            factor = own if own > 1 else unit
            read = _in_order(cell.text, role, factor, taxed, suppliers, warnings)
            read = read or _column(cell, role, factor, taxed, labels, warnings)
            read = _in_force(read, warnings) if len(read) > 1 else read
            amounts += _where_no_price(read, amounts, field, warnings) if field in _OTHER_PRICES else read
    printed_price = len(amounts) > 0
    if remarks := cell_of("remarks").text:
        told = _YEARS_SHARE.sub("", remarks)
        if not any(labels) and any(amount.role == "contract_price" for amount in amounts):
            told = without_parts(told)  # parts of the price, which is printed in its own column
        amounts += text_amounts(told, None, 1, None, labels, warnings)
    # 使用料（単価契約・予定総価3,650,000円）: the one kind of amount that titles print.
    amounts += title_estimates(title)
    amounts = settled(amounts, cell_of, remarks, title, layout.printed.get("price", ""), warnings)
    if remarks and (remarked := _tax_remark(remarks)):
        amounts = [replace(amount, tax=amount.tax or remarked) for amount in amounts]
    if any(amount.role == "contract_price" and amount.yen == 0 for amount in amounts):
        warnings.append("the price is printed as 0")
    roles = {amount.role for amount in amounts}
    if not printed_price or roles <= {"reserve_price"}:
        warnings.append(_why_no_price(cell_of("price").text or cell_of("unit_price").text))
    if len(roles) < len(amounts):
        amounts = list(dict.fromkeys(amounts))
    return Amounts(tuple(amounts), tuple(dict.fromkeys(warnings)) if warnings else ())


def _where_no_price(read: list[Amount], known: list[Amount], field: str, warnings: list[str]) -> list[Amount]:
    """The prices of a column beside that of the price: none where there is a price, and what is not the same is said."""
    prices = [amount.yen for amount in known if amount.role == "contract_price"]
    if not prices:
        return read
    for amount in read:
        if amount.yen not in prices:
            warnings.append(_left_out(field, amount.quote))
    return []


def _in_force(amounts: list[Amount], warnings: list[str]) -> list[Amount]:
    """The prices of a cell without one that its own words call the original one: 12,100,000円(当初契約額11,000,000円)."""
    prices = [amount for amount in amounts if amount.role == "contract_price"]
    before = [amount for amount in prices if _ORIGINAL.match(fold(amount.quote))]
    if not before or len(before) == len(prices):
        return amounts
    warnings += [_left_out("original_price", amount.quote) for amount in before]
    return [amount for amount in amounts if amount not in before]


def _left_out(field: str, quote: str) -> str:
    if field == "second_price":
        return f"of two prices side by side, {quote!r} is left out"
    if field in ("changed_price", "earlier_change"):
        return f"the price after a change, {quote!r}, is left out"
    return f"the original price {quote!r} is left out"


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


@lru_cache(maxsize=1 << 13)
def _tax_remark(remarks: str) -> Tax | None:
    """What the remarks say of the tax in the row's prices as a whole."""
    match = _TAX_REMARK.search(squeeze(fold(remarks)).strip("()"))
    if match is None:
        return None
    return "included" if match["tax"].startswith(("税込", "含む")) else "excluded"


def tells_of_amounts(remarks: str) -> bool:
    """Whether remarks change anything in the amounts of a row whose single supplier bears no circled number."""
    warnings: list[str] = []
    return bool(
        text_amounts(_YEARS_SHARE.sub("", remarks), None, 1, None, (), warnings)
        or warnings
        or says_estimate(remarks)
        or says_unit_contract(remarks)
        or _tax_remark(remarks)
    )


@lru_cache(maxsize=1 << 10)
def _why_no_price(printed: str) -> str:
    text = printed.strip()
    if not text:
        return "no contract price is printed"
    if _NO_PRICE.search(squeeze(text)):
        return f"no contract price is given: {text!r}"
    return f"contract price {text!r} was not understood"
