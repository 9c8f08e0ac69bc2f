"""Sums that anyone can do again, in exact decimals: award rates, parts and wholes, tax, and figures that two records share."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext

from tsukitome.awards import ROLE_NAMES, Amount, AmountRole, Award
from tsukitome.casework.subject import Checked, printed_amount, where_printed
from tsukitome.checks import Calculation, CalculationOutcome, Printed
from tsukitome.clues.value import ValueReading
from tsukitome.normalize.tax import consumption_tax
from tsukitome.normalize.text import fold
from tsukitome.wording import Phrase, phrase

_TOTALS: tuple[AmountRole, ...] = ("contract_price", "estimated_total", "paid_total")
_PERCENT = re.compile(r"[0-9]+(?:\.[0-9]+)?\s*%")
_DIGITS_SHOWN = 5  # of a rate in percent: 75.38793


def check_arithmetic(checked: Checked, stated: ValueReading | None) -> tuple[Calculation, ...]:
    """Every sum that the award's records allow; ``stated`` is the value that the news states."""
    with localcontext() as context:
        context.prec = 40
        return (
            *_rates(checked),
            *_parts(checked.records),
            *_taxes(checked),
            *_alike(checked),
            *(_stated(checked, stated) if stated else ()),
        )


def _rates(checked: Checked) -> Iterator[Calculation]:
    """The price over the reserve price, beside the printed rate: of the totals printed, the one that gives it."""
    reserve = next(((r, a) for r, a in checked.amounts() if a.role == "reserve_price" and a.yen), None)
    prices = sorted(
        ((r, a) for r, a in checked.amounts() if a.role in _TOTALS and a.yen),
        key=lambda one: _TOTALS.index(one[1].role),
    )
    printed = next(((r, r.award_rate) for r in checked.records if r.award_rate is not None), None)
    if reserve is None or not prices:
        if printed is not None:
            yield _alone(*printed, reserve is not None)
        return
    if printed is None:
        yield _rate(prices[0], reserve, None, None)
        return
    record, rate = printed
    words = _printed_rate(record, rate)
    tried = [_rate(price, reserve, record, words) for price in prices]
    yield next((one for one in tried if one.outcome == "agrees"), tried[0])


def _alone(record: Award, rate: float, has_reserve: bool) -> Calculation:
    words = _printed_rate(record, rate)
    missing = ROLE_NAMES["contract_price"] if has_reserve else ROLE_NAMES["reserve_price"]
    return Calculation(
        phrase("sum_award_rate"), words, None, words, "calculated", phrase("sum_not_possible", missing=missing),
        (where_printed([words], [record]) or Printed(record.source),),
    )  # fmt: skip


def _rate(
    price: tuple[Award, Amount], reserve: tuple[Award, Amount], record: Award | None, words: str | None
) -> Calculation:
    (_, paid), (_, limit) = price, reserve
    exact = _decimal(paid.yen) / _decimal(limit.yen) * 100
    sources = [printed_amount(*price), printed_amount(*reserve)]
    note: Phrase | None = phrase("sum_tax_differs") if _tax_differs(paid, limit) else None
    outcome: CalculationOutcome = "calculated"
    if record is not None and words is not None:
        sources.append(where_printed([words], [record]) or Printed(record.source))
        way = _agreement(exact, words)
        outcome, note = ("agrees", way or note) if way else ("differs", note or phrase("sum_rate_differs"))
    elif exact > 100:
        note = phrase("sum_above_reserve")
    return Calculation(
        phrase("sum_award_rate"), f"{_shown(paid.yen)} / {_shown(limit.yen)}", _percent(exact), words, outcome, note,
        tuple(sources),
    )  # fmt: skip


def _printed_rate(record: Award, rate: float) -> str:
    """The rate as the record prints it: with its percent sign, else the fraction that the cell holds."""
    folded = fold(record.source.quote)
    for match in _PERCENT.finditer(folded):
        if abs(Decimal(match.group().rstrip("% ")) - Decimal(str(rate)) * 100) < Decimal("0.0001"):
            return match.group()
    shown = str(Decimal(str(rate)))
    return shown if shown in folded else f"{(Decimal(str(rate)) * 100).normalize():f}%"


def _agreement(exact: Decimal, words: str) -> Phrase | None:
    """How a printed rate agrees with the exact one at its own digits; None where it does not."""
    stated = Decimal(words.rstrip("% "))
    value = exact if words.endswith("%") else exact / 100
    place = Decimal(1).scaleb(stated.as_tuple().exponent)  # type: ignore[arg-type]
    if value.quantize(place, ROUND_HALF_UP) == stated:
        return phrase("sum_rounded")
    if value.quantize(place, ROUND_DOWN) == stated:
        return phrase("sum_cut_off")
    return None


def _parts(records: Sequence[Award]) -> Iterator[Calculation]:
    """Several winners' prices beside a total of the same record."""
    for record in records:
        own = [one for one in record.amounts if one.role == "contract_price" and one.supplier is not None]
        whole = [one for one in record.amounts if one.role in _TOTALS and one.supplier is None]
        if len({one.supplier for one in own}) < 2 or not whole:
            continue
        total = sum((_decimal(one.yen) for one in own), Decimal(0))
        yield Calculation(
            phrase("sum_of_parts"),
            " + ".join(_shown(one.yen) for one in own),
            f"{total:,}",
            _shown(whole[0].yen),
            "agrees" if total == _decimal(whole[0].yen) else "differs",
            None,
            tuple(printed_amount(record, one) for one in (*own, whole[0])),
        )


def _taxes(checked: Checked) -> Iterator[Calculation]:
    """A price printed both without and with the consumption tax."""
    for record in checked.records:
        day = record.dates.award or record.dates.contract
        totals = [one for r, one in checked.amounts() if r is record and one.role == "contract_price"]
        without = next((one for one in totals if one.tax == "excluded"), None)
        with_tax = next((one for one in totals if one.tax == "included"), None)
        if without is None or with_tax is None:
            continue
        rate = Decimal(str(consumption_tax(day)))
        exact = _decimal(without.yen) * (1 + rate)
        same = abs(exact - _decimal(with_tax.yen)) < 1
        yield Calculation(
            phrase("sum_with_tax"),
            f"{_shown(without.yen)} × {1 + rate}",
            f"{exact.normalize():,f}",
            _shown(with_tax.yen),
            "agrees" if same else "differs",
            None,
            (printed_amount(record, without), printed_amount(record, with_tax)),
        )


def _alike(checked: Checked) -> Iterator[Calculation]:
    """Figures of one role that two records print."""
    by_role: dict[AmountRole, dict[str, tuple[Award, Amount]]] = defaultdict(dict)
    for record, amount in checked.amounts():
        by_role[amount.role].setdefault(record.award_id, (record, amount))
    for role, held in by_role.items():
        if len(held) < 2:
            continue
        first, *others = held.values()
        same = all(amount.yen == first[1].yen for _, amount in others)
        yield Calculation(
            phrase("sum_alike", role=ROLE_NAMES[role]),
            " = ".join(_shown(amount.yen) for _, amount in held.values()),
            None,
            None,
            "agrees" if same else "differs",
            None,
            tuple(printed_amount(record, amount) for record, amount in held.values()),
        )


def _stated(checked: Checked, reading: ValueReading) -> Iterator[Calculation]:
    """The bounds that the news' words mean, and the total that the record prints."""
    roles = (reading.role,) if reading.role in ("unit_price", "reserve_price") else _TOTALS
    for record, amount in checked.amounts():
        if amount.role not in roles:
            continue
        low, high = reading.core
        inside = (low is None or low <= amount.yen) and (high is None or amount.yen < high)
        bounds = [None if bound is None else _shown(bound) for bound in (low, high)]
        yield Calculation(
            phrase("sum_within", role=ROLE_NAMES[amount.role]),
            (f"{bounds[0]} ≤ " if bounds[0] else "") + _shown(amount.yen) + (f" < {bounds[1]}" if bounds[1] else ""),
            None,
            None,
            "agrees" if inside else "differs",
            None,
            (printed_amount(record, amount),),
        )
        return


def _tax_differs(one: Amount, other: Amount) -> bool:
    return one.tax is not None and other.tax is not None and one.tax != other.tax


def _decimal(yen: int | float) -> Decimal:
    return Decimal(str(yen))


def _shown(yen: int | float) -> str:
    return f"{_decimal(yen):,}"


def _percent(exact: Decimal) -> str:
    return f"{exact.quantize(Decimal(1).scaleb(-_DIGITS_SHOWN), ROUND_HALF_UP).normalize():f}%"
