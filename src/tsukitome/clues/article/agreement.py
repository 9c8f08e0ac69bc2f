"""Whether two articles say the same: the joint reading of two clues, or that they can't both be right.

Readings agree where both can be meant; the joint one is what both allow, so the finer of the two (去年8月 and 8月9日: the
9th). Nothing is ever averaged.
"""

from __future__ import annotations

from dataclasses import replace

from tsukitome.clues.article.buyers import ParentReading
from tsukitome.clues.article.candidate import Readable
from tsukitome.clues.article.descriptions import ArticleTitleReading
from tsukitome.clues.article.methods import BiddersReading
from tsukitome.clues.article.quantities import QuantityReading
from tsukitome.clues.buyer import BuyerReading
from tsukitome.clues.method import MethodReading
from tsukitome.clues.month import MonthReading
from tsukitome.clues.place import PlaceReading
from tsukitome.clues.place_reading import any_of
from tsukitome.clues.value import Bounds, ValueReading
from tsukitome.normalize.municipality import covers
from tsukitome.normalize.organization import buyer_key
from tsukitome.normalize.text import key

# Roles that all name what the whole contract costs: amounts of one of them can contradict each other.
_TOTALS = frozenset({None, "contract_price", "paid_total"})


def joint(one: Readable, other: Readable) -> Readable | None:
    """What both readings allow; None where they do not agree, or are of different kinds."""
    match one, other:
        case MonthReading(), MonthReading():
            return _months(one, other)
        case PlaceReading(), PlaceReading():
            return _places(one, other)
        case ValueReading(), ValueReading():
            return _values(one, other)
        case QuantityReading(), QuantityReading():
            return _quantities(one, other)
        case ArticleTitleReading(), ArticleTitleReading():
            return _titles(one, other)
        case BuyerReading(), BuyerReading():
            return _buyers(one, other)
        case (MethodReading(), MethodReading()) | (BiddersReading(), BiddersReading()):
            return one if one == other else None
    return one if isinstance(one, ParentReading) and one == other else None


def contradicts(one: Readable, other: Readable) -> bool:
    """Whether two readings can't both be right of one contract. A unit price says nothing against a total."""
    if joint(one, other) is not None:
        return False
    match one, other:
        case ValueReading(), ValueReading():
            return (
                one.per == other.per and _one_tax(one, other) and (one.role == other.role or _both_totals(one, other))
            )
        case QuantityReading(), QuantityReading():
            return one.unit == other.unit
        case ArticleTitleReading(), ArticleTitleReading():
            return one.quoted and other.quoted
        case (ParentReading(), _) | (_, ParentReading()):
            return False
    return type(one) is type(other)


def _months(one: MonthReading, other: MonthReading) -> MonthReading | None:
    first, last = max(one.first, other.first), min(one.last, other.last)
    if first > last:
        return None
    fuzzy = min(one.fuzzy_days, other.fuzzy_days)
    finer = one if one.last - one.first <= other.last - other.first else other
    return replace(finer, first=first, last=last, fuzzy_days=fuzzy)


def _places(one: PlaceReading, other: PlaceReading) -> PlaceReading | None:
    inside = [code for code in one.codes if covers(other.codes, code) or code in other.codes]
    inside += [code for code in other.codes if covers(one.codes, code) and code not in inside]
    if not inside:
        return None
    municipalities = [code for code in inside if len(code) == 5] or inside
    return any_of(municipalities, max(one.weight, other.weight))


def _values(one: ValueReading, other: ValueReading) -> ValueReading | None:
    if one.per != other.per or not _one_tax(one, other):
        return None
    if one.role != other.role and None not in (one.role, other.role):
        return None
    if one.role != other.role and "unit_price" in (one.role, other.role):
        return None
    core, hard = _both(one.core, other.core), _both(one.hard, other.hard)
    if core is None or hard is None:
        return None
    return replace(
        one,
        core=core,
        hard=hard,
        role=one.role or other.role,
        tax=one.tax or other.tax,
        weight=max(one.weight, other.weight),
        years=one.years or other.years,
        bare=one.bare and other.bare,
    )


def _one_tax(one: ValueReading, other: ValueReading) -> bool:
    return one.tax == other.tax or None in (one.tax, other.tax)


def _both_totals(one: ValueReading, other: ValueReading) -> bool:
    return one.role in _TOTALS and other.role in _TOTALS


def _both(one: Bounds, other: Bounds) -> Bounds | None:
    """What lies in both half-open bounds; None where nothing does."""
    lows = [bound for bound in (one[0], other[0]) if bound is not None]
    highs = [bound for bound in (one[1], other[1]) if bound is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    return None if low is not None and high is not None and low >= high else (low, high)


def _quantities(one: QuantityReading, other: QuantityReading) -> QuantityReading | None:
    core, hard = _both(one.core, other.core), _both(one.hard, other.hard)
    if one.unit != other.unit or core is None or hard is None:
        return None
    return QuantityReading(core, hard, one.unit)


def _titles(one: ArticleTitleReading, other: ArticleTitleReading) -> ArticleTitleReading | None:
    """The longer of two of which one holds the other; a quoted title is finer than a description in it."""
    ours, theirs = key(one.text), key(other.text)
    if one.quoted != other.quoted:
        quoted, described = (one, theirs) if one.quoted else (other, ours)
        return quoted if described in key(quoted.text) else None
    if ours in theirs or theirs in ours:
        return one if len(ours) >= len(theirs) else other
    return None


def _buyers(one: BuyerReading, other: BuyerReading) -> BuyerReading | None:
    relation = buyer_key(one.name).relation(buyer_key(other.name))
    if relation == "other":
        return None
    return one if relation in ("same", "part") else other
