"""Which awards of the data are kin: what a contract that the data lacks may well share with one that it holds.

Public contracts come back: in lots, year by year, let to one firm or another. A contract that the data lacks often has kin in
it, and then the clues fit that kin nearly as well as they would fit its own record. How often, the archive tells itself: had
one of its own awards been missing, would it have left kin behind? This is the leave-one-out form of I. J. Good, "The Population
Frequencies of Species and the Estimation of Population Parameters" (1953).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from tsukitome.dataclass import dataclass
from tsukitome.matching.alternatives import Alternative
from tsukitome.matching.weights import KINDS, Kind, KinRates
from tsukitome.normalize.organization import BuyerKey, buyer_key

LOT_DAYS = 92  # awards at most so far apart are of one time, and of one work and firm its lots
_STEM = 6  # characters of a title's key: works of one firm and buyer that begin alike are a series


@dataclass(frozen=True, slots=True)
class Facts:
    """What makes kin of an alternative: its firm, the key of its title without numbers, its buyer's organization and the ``office``
    of that, the day (proleptic ordinal) and the award that it belongs to. Alternatives of one award are never kin of each other.
    """

    firm: int
    title: str
    buyer: str
    office: BuyerKey | None
    day: int | None
    award: Hashable


def stem(title: str) -> str:
    """What the titles of a series have in common, of a title's key: 相談業務（東北ブロック） and 相談業務（近畿ブロック）."""
    return title[:_STEM]


class KinMet(NamedTuple):
    """Of all ``alternatives``: how many have ``any`` kin of a kind, and how many have ``one`` or ``several`` such kin and no closer
    kind, since an award counts for its closest kind of kin.
    """

    one: int
    several: int
    any: int
    alternatives: int


class Kin(Protocol):
    """Which alternatives have kin in the data, and how often there is any."""

    @property
    def rates(self) -> Mapping[Kind, KinRates]:
        """How often a contract that the data lacks is kin of one that it holds."""

    def held(self, kind: Kind) -> Sequence[int]:
        """Of the alternatives behind each number, how many have such kin in the data."""


@dataclass(frozen=True)
class Kinship:
    """``known[i]`` says of alternative i which kinds of kin the data holds of it, a bit for each of
    :data:`~tsukitome.matching.weights.KINDS`; ``rates`` how often a contract that the data lacks is kin of one that it holds.
    """

    known: Sequence[int]
    rates: Mapping[Kind, KinRates]

    def held(self, kind: Kind) -> list[int]:
        place = KINDS.index(kind)
        return [known >> place & 1 for known in self.known]


def facts_of(alternatives: Sequence[Alternative], firms: Sequence[int]) -> list[Facts]:
    """The facts of alternatives; ``firms`` are the numbers of their firms."""
    offices = [buyer_key(one.award.buyer) if one.award.buyer else None for one in alternatives]
    return [
        Facts(
            firm,
            alternative.award.title_key.text,
            office.head if office else "",
            office,
            _day(alternative),
            alternative.award.award_ids,
        )
        for alternative, firm, office in zip(alternatives, firms, offices, strict=True)
    ]


def kinship(facts: Sequence[Facts], expected: Mapping[Kind, KinRates], imagined: float) -> Kinship:
    """Counts the kin of each alternative and how often there is any.

    The rates are drawn towards the ``expected`` ones by ``imagined`` alternatives, so that a small archive does not overstate
    itself.
    """
    counts = _counts(facts)
    met: dict[Kind, KinMet] = {}
    for place, kind in enumerate(KINDS):
        closest = [of[place] for of in counts if not any(of[:place])]
        met[kind] = KinMet(
            sum(of == 1 for of in closest),
            sum(of > 1 for of in closest),
            sum(of[place] > 0 for of in counts),
            len(counts),
        )
    rates = rates_of(met, expected, imagined)
    return Kinship([sum(1 << place for place, count in enumerate(of) if count) for of in counts], rates)


def rates_of(met: Mapping[Kind, KinMet], expected: Mapping[Kind, KinRates], imagined: float) -> dict[Kind, KinRates]:
    """The rates by how much kin was met; see :func:`kinship`."""
    rates = {}
    for kind, of in met.items():
        # Taken out, an award with one such kin leaves it alone behind; with several, it leaves them together.
        alone, together = expected[kind].alone, expected[kind].together
        rates[kind] = KinRates(
            (of.one + imagined * alone) / (of.alternatives - of.any + imagined),
            (of.several + imagined * together) / (of.any + imagined),
        )
    return rates


def relation(one: Facts, other: Facts) -> Kind | None:
    """Which kind of kin two alternatives of different awards are; the closest that holds."""
    near = one.day is not None and other.day is not None and abs(one.day - other.day) <= LOT_DAYS
    if one.firm == other.firm and one.title == other.title:
        return "lot" if near else "year"
    if one.buyer == other.buyer and one.title == other.title:
        return "peer"
    if one.buyer == other.buyer and one.firm == other.firm:
        if not near:
            return "work"
        return "series" if stem(one.title) == stem(other.title) else "batch"
    return "office" if near and one.office and one.office == other.office else None


def _counts(facts: Sequence[Facts]) -> list[tuple[int, ...]]:
    """For each alternative, how many awards are its kin, by kind: what :func:`relation` says of each with each, counted."""
    distinct = set(facts)  # a firm counts once an award
    groups: list[Callable[[Facts], Hashable]] = [
        lambda one: (one.firm, one.title),
        lambda one: (one.firm, one.buyer),
        lambda one: (one.firm, one.buyer, one.title),
        lambda one: (one.firm, one.buyer, stem(one.title)),
        lambda one: one.office,
        lambda one: (one.office, one.firm),
        lambda one: (one.office, one.title),
        lambda one: (one.office, one.firm, one.title),
    ]
    of_group, near_in = zip(*(_of_group(distinct, group) for group in groups), strict=True)
    work = Counter((buyer, title) for buyer, title, _ in {(one.buyer, one.title, one.award) for one in distinct})
    counts: list[tuple[int, ...]] = []
    for one in facts:
        own, customer, own_work = (count(one) for count in of_group[:3])
        near = [count(one) for count in near_in]
        counts.append(
            (
                near[0],
                own - 1 - near[0],
                work[one.buyer, one.title] - own_work,
                near[3] - near[2],
                near[1] - near[3],
                customer - own_work - (near[1] - near[2]),
                near[4] - near[5] - near[6] + near[7] if one.office else 0,
            )
        )
    return counts


Counting = Callable[[Facts], int]


def _of_group(facts: Iterable[Facts], group: Callable[[Facts], Hashable]) -> tuple[Counting, Counting]:
    """How many awards are of an alternative's group, and how many others of them are of about its day."""
    days: dict[Hashable, list[int]] = defaultdict(list)
    sizes: Counter[Hashable] = Counter()
    for one in facts:
        sizes[group(one)] += 1
        if one.day is not None:
            days[group(one)].append(one.day)
    for found in days.values():
        found.sort()

    def near(one: Facts) -> int:
        if one.day is None:
            return 0
        found = days[group(one)]
        return bisect_right(found, one.day + LOT_DAYS) - bisect_left(found, one.day - LOT_DAYS) - 1

    return lambda one: sizes[group(one)], near


def _day(alternative: Alternative) -> int | None:
    dates = alternative.award.dates
    days: tuple[dt.date, ...] = dates.get("award") or dates.get("contract") or dates.get("notice") or ()
    return days[0].toordinal() if days else None
