"""Fields ⑦ and ⑫: amounts of money, linked to their winners where the notice says whose they are."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tsukitome.awards import Amount
from tsukitome.normalize.firm import core_key
from tsukitome.normalize.money import MoneyMention, read_money_with_warnings
from tsukitome.normalize.text import fold, key, squeeze
from tsukitome.sources.gazette.labels import split_labels
from tsukitome.sources.gazette.spacing import close
from tsukitome.sources.gazette.winner import Winner

# Notices are due for contracts of 100,000 SDR and more (about 16 million yen in 2017), so a "total" of less than a hundredth of
# the reserve price, or of 100,000 yen where none is printed, is the price of one piece whose 単価 was not printed.
_LEAST_SHARE, _LEAST_TOTAL = 0.01, 100_000
_NOT_PRINTED = frozenset({"", "非公表", "省略", "公表しない", "該当なし", "なし"})


@dataclass(frozen=True, slots=True)
class Prices:
    """The amounts of a field and a sentence for each thing in it that was not understood."""

    amounts: tuple[Amount, ...] = ()
    warnings: tuple[str, ...] = ()


def read_prices(printed: str, winners: tuple[Winner, ...], places: tuple[int, ...]) -> Prices:
    """The prices in field ⑦. ``places`` holds the supplier index of each winner.

    A price goes to the winner with its label, to the one named before it, to the only one, or, where there are as many
    prices as winners, to the one in its place (with a warning, since the notice does not say so). Else to none.
    """
    by_label: dict[str | None, int] = {
        winner.label: place for winner, place in zip(winners, places, strict=True) if winner.label
    }
    # Only a bare number as a label needs the white space behind it; elsewhere it may stand inside an amount.
    spaced = close(printed).text
    text = squeeze(fold(printed))
    for labelled in (text, spaced):
        if by_label and any(part.label in by_label for part in split_labels(labelled, prices=True)):
            return _by_label(labelled, by_label)
    reading = read_money_with_warnings(text, "contract_price")
    warnings = list(reading.warnings)
    if not reading.mentions and text.strip(" -―ー") not in _NOT_PRINTED:
        warnings.append(f"price {text!r} was not understood")
    owners = _owners(text, reading.mentions, winners, places)
    if owners is None:
        owners = [None] * len(reading.mentions)
        if len(winners) == len(reading.mentions) > 1 and len({mention.role for mention in reading.mentions}) == 1:
            owners = list(places)
            warnings.append("which price belongs to which winner is not printed: taken in the printed order")
    amounts = [_amount(mention, owner) for mention, owner in zip(reading.mentions, owners, strict=True)]
    return Prices(tuple(amounts), tuple(warnings))


def read_reserve(printed: str) -> Prices:
    """The reserve prices in field ⑫: whatever a word beside them says, an upper bound and never the price."""
    text = squeeze(fold(printed))
    reading = read_money_with_warnings(text, "reserve_price")
    warnings = list(reading.warnings)
    if not reading.mentions and any(char.isdigit() for char in text):
        warnings.append(f"reserve price {text!r} was not understood")
    return Prices(
        tuple(Amount("reserve_price", mention.yen, mention.quote, mention.tax) for mention in reading.mentions),
        tuple(warnings),
    )


def as_unit_prices(prices: Prices, reserve: Prices) -> Prices:
    """``prices`` with the role unit_price where no contract's total could be so: a fraction of a yen, or next to nothing.

    The first follows from the law (国等の債権債務等の金額の端数計算に関する法律, 昭和25年法律第61号: totals have no
    sen); the second is a judgement, and a warning says so.
    """
    least = max((amount.yen * _LEAST_SHARE for amount in reserve.amounts), default=_LEAST_TOTAL)
    amounts, warnings = [], list(prices.warnings)
    for amount in prices.amounts:
        if amount.role == "contract_price" and amount.yen != int(amount.yen):
            amount = replace(amount, role="unit_price")
        elif amount.role == "contract_price" and amount.yen < least:
            amount = replace(amount, role="unit_price")
            warnings.append(f"price {amount.quote!r} is too low for the whole contract: it was read as a unit price")
        amounts.append(amount)
    return Prices(tuple(amounts), tuple(warnings))


def _by_label(text: str, by_label: dict[str | None, int]) -> Prices:
    amounts: list[Amount] = []
    warnings: list[str] = []
    for part in split_labels(text, prices=True):
        body = text[part.start : part.end]
        reading = read_money_with_warnings(body, "contract_price")
        warnings += reading.warnings
        if part.label not in by_label:
            warnings.append(f"price {body!r} has a label that no winner has")
        amounts += (_amount(mention, by_label.get(part.label)) for mention in reading.mentions)
    return Prices(tuple(amounts), tuple(warnings))


def _owners(
    text: str, mentions: tuple[MoneyMention, ...], winners: tuple[Winner, ...], places: tuple[int, ...]
) -> list[int | None] | None:
    """The supplier of each amount as far as the text says; None where it says nothing."""
    if len(set(places)) == 1:
        return [places[0]] * len(mentions)
    owners: list[int | None] = []
    position = 0
    for mention in mentions:
        at = max(text.find(mention.quote, position), position)
        before = key(text[position:at])
        named = [place for winner, place in zip(winners, places, strict=True) if core_key(winner.name) in before]
        owners.append(named[0] if len(named) == 1 else None)
        position = at + len(mention.quote)
    return owners if any(owner is not None for owner in owners) else None


def _amount(mention: MoneyMention, supplier: int | None) -> Amount:
    return Amount(mention.role, mention.yen, mention.quote, mention.tax, supplier)
