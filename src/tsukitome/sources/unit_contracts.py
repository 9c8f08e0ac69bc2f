"""Contracts at unit prices (単価契約): whether a plain number is a price per unit, an estimate of the whole, or a total.

The price column of such a contract may hold a price per unit (``@1,500円ほか``, ``8925``) or what the contract is expected to come
to (``7,335,769`` with 契約金額は予定総額 in the remarks). A price per unit is never given as a total.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache

from tsukitome.awards import Amount
from tsukitome.documents.table import Cell
from tsukitome.normalize.text import fold, squeeze, table
from tsukitome.sources.money_cells import text_amounts

# Contracts below 1,000,000 yen need not be published (財計第2017号), and ministries publish some from 100,000: a plain number
# below that beside 単価契約 is a price per unit.
_LEAST_TOTAL = 100_000
# A price this many times below the total in the remarks is a price per unit (or a sum of such prices), not that total.
_FAR_BELOW = 5
_UNIT_CONTRACT = re.compile(r"単価(?:契約|$)|^単価|複数単価")
_IS_ESTIMATE = re.compile(
    r"(?:契約)?金額は.{0,6}(?:予定総額|見込総?額|概算|予定総価|調達予定総額|年間予定総額)|概算額\(単価契約"
)
_FLAGS = frozenset("有○◯〇●◎レ✓✔") | {"該当", "はい", "あり", "有り", "該当あり"}
_PRICE = re.compile(r"[0-9,.]+円?")
_MAY_BE_MONEY = re.compile("[0-9円]")


def title_estimates(title: str) -> tuple[Amount, ...]:
    """The estimated totals that a title prints."""
    return _title_estimates(title) if _estimate_ends().search(title) else ()


@lru_cache(maxsize=1 << 14)
def _title_estimates(title: str) -> tuple[Amount, ...]:
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


def settled(
    amounts: list[Amount], cell_of: Callable[[str], Cell], remarks: str, title: str, header: str, warnings: list[str]
) -> list[Amount]:
    """Roles that only the whole row tells: a plain price of a 単価契約 is a unit price, an estimate, or a total."""
    if remarks and says_estimate(remarks):
        return [
            replace(amount, role="estimated_total") if _is_plain_price(amount, cell_of) else amount
            for amount in amounts
        ]
    if any(_has_sen(amount) for amount in amounts):  # A4 1枚 1.5円 / A3 1枚 2円: prices per unit all
        amounts = [replace(amount, role="unit_price") if _is_small_price(amount) else amount for amount in amounts]
    totals = [amount.yen for amount in amounts if amount.role in ("estimated_total", "paid_total")]
    told = (title, remarks, *(cell_of(name).text for name in ("rate", "method", "bare_method")))
    flagged = flags_unit_contract(cell_of("unit_flag").text)
    if "単価" not in header and not flagged and not any(map(says_unit_contract, told)):
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


def _is_small_price(amount: Amount) -> bool:
    return amount.role == "contract_price" and amount.yen < _LEAST_TOTAL


def _has_sen(amount: Amount) -> bool:
    return _is_small_price(amount) and amount.yen != int(amount.yen)


@lru_cache(maxsize=1 << 13)
def says_estimate(text: str) -> bool:
    """Whether a text says that a sum is an estimate (予定総額)."""
    return _IS_ESTIMATE.search(squeeze(fold(text))) is not None


def flags_unit_contract(text: str) -> bool:
    """Whether the cell of a column for just that says that the contract is at unit prices: 有, ○, 単価."""
    return squeeze(text) in _FLAGS or says_unit_contract(text)


def says_unit_contract(text: str) -> bool:
    """Whether a text says that the contract is at unit prices (単価契約)."""
    return "単" in text and _says_unit_contract(text)


@lru_cache(maxsize=1 << 13)
def _says_unit_contract(text: str) -> bool:
    return _UNIT_CONTRACT.search(squeeze(fold(text))) is not None


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
