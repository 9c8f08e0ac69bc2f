"""Fields ⑦ and ⑫: amounts of money, linked to their winners where the notice says whose they are."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tsukitome.awards import Amount
from tsukitome.normalize.firm import core_key
from tsukitome.normalize.money import MoneyMention, read_money_with_warnings
from tsukitome.normalize.text import key, squeeze
from tsukitome.sources.gazette.amount_runs import ToldApart, read_plain_sum, read_sums_of_lots, tell_apart
from tsukitome.sources.gazette.labels import lots_of, split_labels
from tsukitome.sources.gazette.void import is_void
from tsukitome.sources.gazette.winner import Winner

# Notices are due for contracts of 100,000 SDR and more (about 16 million yen in 2017), so a "total" of less than a hundredth of
# the reserve price, or of 100,000 yen where none is printed, is the price of one piece whose 単価 was not printed. A lot may be
# a small part of the whole that the reserve price is for, so of several prices the second holds.
_LEAST_SHARE, _LEAST_TOTAL = 0.01, 100_000


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
    if plain := read_plain_sum(printed, labelled=any(winner.label for winner in winners)):
        return Prices((Amount("contract_price", *plain, supplier=places[0] if len(set(places)) == 1 else None),))
    if is_void("price", printed):
        return Prices((), tuple(_not_read(squeeze(printed), None)))
    if lots := read_sums_of_lots(printed):
        told = ToldApart(squeeze(printed))
        mentions = [MoneyMention(yen, "contract_price", quote) for _, yen, quote in lots]
        labels: list[str | None] = [label for label, _, _ in lots]
        warnings: list[str] = []
    else:
        told = tell_apart(printed, [winner.label for winner in winners if winner.label])
        mentions, labels, warnings = _mentions(told)
    owners = _owners_by_label(labels, winners, places, warnings)
    if owners is None:
        owners = _owners(told.text, tuple(mentions), winners, places)
    if owners is None:
        owners = [None] * len(mentions)
        if not told.warnings and _as_many(mentions, winners):
            owners = list(places)
            warnings.append("which price belongs to which winner is not printed: taken in the printed order")
    amounts = [_amount(mention, owner) for mention, owner in zip(mentions, owners, strict=True)]
    return Prices(tuple(amounts), tuple(warnings))


def _mentions(told: ToldApart) -> tuple[list[MoneyMention], list[str | None], list[str]]:
    """The amounts of a field, the label that each stands under, and what was not understood."""
    warnings = list(told.warnings)
    mentions: list[MoneyMention] = []
    labels: list[str | None] = []
    parts = split_labels(told.text, prices=True)
    for part in parts:
        body = told.text[part.start : part.end].strip(" 、")
        reading = read_money_with_warnings(body, "contract_price")
        warnings += reading.warnings
        mentions += reading.mentions
        labels += [part.label] * len(reading.mentions)
        if not reading.mentions and not told.warnings and (body or part.label or len(parts) == 1):
            warnings += _not_read(body, part.label)
    return mentions, labels, warnings


def _as_many(mentions: list[MoneyMention], winners: tuple[Winner, ...]) -> bool:
    return len(winners) == len(mentions) > 1 and len({mention.role for mention in mentions}) == 1


def _not_read(body: str, label: str | None) -> list[str]:
    """Why a field, or one lot's part of it, gives no price."""
    lot = f" of lot {label}" if label else ""
    if not body:
        return [f"the price{lot} is not printed"] if label else []
    if is_void("price", body):
        return [f"the price{lot} is not given: {body!r} is printed"]
    return [f"price {body!r}{lot} was not understood"]


def read_reserve(printed: str) -> Prices:
    """The reserve prices in field ⑫: whatever a word beside them says, an upper bound and never the price."""
    if not printed:
        return Prices()
    if plain := read_plain_sum(printed, labelled=False):
        return Prices((Amount("reserve_price", *plain),))
    told = tell_apart(printed)
    text = told.text
    warnings = list(told.warnings)
    amounts: list[Amount] = []
    for part in split_labels(text, prices=True):
        reading = read_money_with_warnings(text[part.start : part.end].strip(" 、"), "reserve_price")
        warnings += reading.warnings
        amounts += (Amount("reserve_price", mention.yen, mention.quote, mention.tax) for mention in reading.mentions)
    if not amounts and not warnings and any(char.isdigit() for char in text):
        warnings.append(f"reserve price {text!r} was not understood")
    return Prices(tuple(amounts), tuple(warnings))


def as_unit_prices(prices: Prices, reserve: Prices) -> Prices:
    """``prices`` with the role unit_price where no contract's total could be so: a fraction of a yen, or next to nothing.

    The first follows from the law (国等の債権債務等の金額の端数計算に関する法律, 昭和25年法律第61号: totals have no
    sen); the second is a judgement, and a warning says so.
    """
    whole = max((amount.yen * _LEAST_SHARE for amount in reserve.amounts), default=_LEAST_TOTAL)
    several = len(prices.amounts) > 1 and len(reserve.amounts) == 1
    least = min(whole, _LEAST_TOTAL) if several else whole
    amounts, warnings = [], list(prices.warnings)
    for amount in prices.amounts:
        if amount.role == "contract_price" and amount.yen != int(amount.yen):
            amount = replace(amount, role="unit_price")
        elif amount.role == "contract_price" and amount.yen < least:
            amount = replace(amount, role="unit_price")
            warnings.append(f"price {amount.quote!r} is too low for the whole contract: it was read as a unit price")
        amounts.append(amount)
    return Prices(tuple(amounts), tuple(warnings))


def _owners_by_label(
    labels: list[str | None], winners: tuple[Winner, ...], places: tuple[int, ...], warnings: list[str]
) -> list[int | None] | None:
    """The supplier of each amount by its lot: the winner with that label, or with a label that holds all its lots.

    None where no winner has a label, or no amount.
    """
    labelled = [(winner.label, place) for winner, place in zip(winners, places, strict=True) if winner.label]
    if not labelled or not any(labels):
        return None
    owners: list[int | None] = []
    for label in labels:
        lots = lots_of(label) if label else frozenset()
        same = [place for known, place in labelled if known == label]
        around = [place for known, place in labelled if lots and lots <= lots_of(known)]
        found = list(dict.fromkeys(same or around))
        owners.append(found[0] if len(found) == 1 else None)
        if label and not found:
            warnings.append(f"the price of lot {label} is labelled as no winner is")
    return owners


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
