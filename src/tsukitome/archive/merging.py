"""Records of one award become one award with several sources.

The rule: same buyer key (one may print a bureau and the other not), same title key (years and lots equal) and supplier
keys, dates at most 31 days apart, no conflicting amounts of one role, and never two rows of one file. What is not certain
stays apart: so does a record that could be of either of two firms of a name.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import combinations, islice, takewhile

from tsukitome.awards import Amount, Award, Supplier
from tsukitome.dataclass import dataclass
from tsukitome.normalize.firm import core_key, form_of
from tsukitome.normalize.organization import BuyerKey, buyer_key
from tsukitome.normalize.title import TitleKey, title_key, title_stem

DAYS_APART = dt.timedelta(days=31)


@dataclass(frozen=True)
class MergedAward:
    """One award as one or several records print it; the first record is the one with the most facts."""

    records: tuple[Award, ...]

    @property
    def title(self) -> str:
        return self.records[0].title

    @property
    def buyer(self) -> str | None:
        return next((record.buyer for record in self.records if record.buyer), None)

    @property
    def award_ids(self) -> tuple[str, ...]:
        return tuple(record.award_id for record in self.records)

    @cached_property
    def title_key(self) -> TitleKey:
        return title_key(self.title)

    @cached_property
    def _linked(self) -> tuple[list[Supplier], dict[tuple[int, int], int], list[dict[str, None]]]:
        """The suppliers of all records, which of them each record's supplier is, and how each is printed.

        Suppliers of one record are never one: a record that prints two firms of one name means two firms.
        """
        if len(self.records) == 1:
            alone = self.records[0].suppliers
            return (
                list(alone),
                {(0, position): position for position in range(len(alone))},
                [{supplier.printed or supplier.name: None} for supplier in alone],
            )
        merged: list[Supplier] = []
        links: dict[tuple[int, int], int] = {}
        printed: list[dict[str, None]] = []
        for number, record in enumerate(self.records):
            free = set(range(len(merged)))
            for position, supplier in enumerate(record.suppliers):
                known = next((index for index in sorted(free) if may_be_one(merged[index], supplier)), None)
                if known is None:
                    known = len(merged)
                    merged.append(supplier)
                    printed.append({})
                else:
                    free.discard(known)
                    merged[known] = _filled(merged[known], supplier)
                links[number, position] = known
                printed[known][supplier.printed or supplier.name] = None
        return merged, links, printed

    @property
    def suppliers(self) -> tuple[Supplier, ...]:
        """Each supplier once, with the address and number of whichever record prints them."""
        return tuple(self._linked[0])

    def index_of(self, award_id: str, position: int) -> int:
        """Which of :attr:`suppliers` the supplier at ``position`` of one of the records is."""
        return self._linked[1][self.award_ids.index(award_id), position]

    def names_printed(self, index: int) -> tuple[str, ...]:
        """How the records print the supplier at ``index`` of :attr:`suppliers`."""
        return tuple(self._linked[2][index])

    @cached_property
    def dates(self) -> dict[str, tuple[dt.date, ...]]:
        """The distinct days by kind (award, contract, notice, published), in order."""
        if len(self.records) == 1:
            return {kind: (day,) for kind, day in self.records[0].dates if day}
        found: dict[str, set[dt.date]] = defaultdict(set)
        for record in self.records:
            for kind, day in record.dates:
                if day:
                    found[kind].add(day)
        return {kind: tuple(sorted(days)) for kind, days in found.items()}

    @property
    def tenderers(self) -> tuple[int, ...]:
        """How many took part, by every record that tells it: each number once, in order. Several where records disagree."""
        return tuple(sorted({told for record in self.records if (told := record.took_part) is not None}))

    def amounts_of(self, index: int) -> tuple[Amount, ...]:
        """The amounts that concern the supplier at ``index`` of :attr:`suppliers`: its own and those that belong to no
        single one; each figure once.
        """
        links = self._linked[1]
        found: dict[tuple[str, int | float, str | None], Amount] = {}
        for number, record in enumerate(self.records):
            for amount in record.amounts:
                if amount.supplier is None or links[number, amount.supplier] == index:
                    found.setdefault((amount.role, amount.yen, amount.tax), amount)
        return tuple(found.values())


def may_be_one(one: Supplier, other: Supplier) -> bool:
    """Whether two printings in records of one award can mean one supplier: the same role and name key, and nothing that
    speaks against it, be it the legal form, the municipality or the number. A registered address may be of another day than the
    award, so it speaks against nothing.
    """
    registered = "register" in (one.address_source, other.address_source)
    return (
        one.role == other.role
        and core_key(one.name) == core_key(other.name)
        and not _differ(form_of(one.name), form_of(other.name))
        and (registered or not _differ(one.municipality_code, other.municipality_code))
        and not _differ(one.corporate_number, other.corporate_number)
    )


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _filled(known: Supplier, other: Supplier) -> Supplier:
    """``known`` with an address, number or branch that only ``other`` has; a printed address stands before a registered one."""
    if other.address is not None and (
        known.address is None or (known.address_source, other.address_source) == ("register", "award")
    ):
        known = replace(
            known, address=other.address, municipality_code=other.municipality_code, register=other.register
        )
    return replace(
        known,
        corporate_number=known.corporate_number or other.corporate_number,
        branch=known.branch or other.branch,
    )


@dataclass(frozen=True)
class _Record:
    award: Award
    buyer: BuyerKey
    title: TitleKey
    suppliers: frozenset[str]
    day: dt.date

    @property
    def awarded(self) -> list[Supplier]:
        return [supplier for supplier in self.award.suppliers if supplier.role == "awarded"]

    def names_the_firms_of(self, other: _Record) -> bool:
        """Whether nothing speaks against the suppliers of both being the same."""
        return all(any(may_be_one(one, another) for another in other.awarded) for one in self.awarded) and all(
            any(may_be_one(one, another) for another in self.awarded) for one in other.awarded
        )

    def is_one_with(self, other: _Record) -> bool:
        return (
            self.award.source.sha256 != other.award.source.sha256
            and self.buyer.may_be(other.buyer)
            and abs(self.day - other.day) <= DAYS_APART
            and self.names_the_firms_of(other)
            and not _amounts_conflict(self.award, other.award)
        )


def _amounts_conflict(one: Award, other: Award) -> bool:
    """Whether both print amounts of one role and share none of them."""
    for role in {amount.role for amount in one.amounts} & {amount.role for amount in other.amounts}:
        first = {amount.yen for amount in one.amounts if amount.role == role}
        second = {amount.yen for amount in other.amounts if amount.role == role}
        if not first & second:
            return True
    return False


def _comparable(award: Award) -> _Record | None:
    """What the rule compares, or None where the award lacks a part of it and so stays alone."""
    day = award.dates.award or award.dates.contract
    suppliers = _awarded_keys(award.suppliers)
    if not (day and suppliers and award.buyer):
        return None
    return _Record(award, buyer_key(award.buyer), title_key(award.title), suppliers, day)


def merge_key(award: Award) -> int | None:
    """A number that is equal for records of one buyer, title and suppliers, so that only those need be compared: 63 bits of a hash,
    the same on every machine. Of the title it takes the stem, so it is equal for a few others too. None for a record that lacks a
    part of the rule (:func:`_comparable`) and so stays alone.
    """
    suppliers = suppliers_key(award.suppliers)
    if suppliers is None or not (award.buyer and (award.dates.award or award.dates.contract)):
        return None
    return merge_key_of(buyer_key(award.buyer).head, award.title, suppliers)


def merge_key_of(buyer: str, title: str, suppliers: int) -> int:
    """:func:`merge_key` of what is known: the head of the buyer's key, the title, and the :func:`suppliers_key`."""
    # The parts come again and again and are kept; the factors tell which is which.
    return (_buyer_hash(buyer) + 3 * _stem_hash(title) + 5 * suppliers) & _MASK


def suppliers_key(suppliers: Iterable[Supplier]) -> int | None:
    """A hash of those that were awarded something, whatever their order; None where none was."""
    keys = _awarded_keys(suppliers)
    return _hash(*sorted(keys)) if keys else None


def _hash(*parts: str) -> int:
    digest = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big")


_buyer_hash = lru_cache(maxsize=1 << 13)(_hash)


@lru_cache(maxsize=1 << 17)
def _stem_hash(title: str) -> int:
    return _hash(title_stem(title))


_MASK = (1 << 63) - 1


def _awarded_keys(suppliers: Iterable[Supplier]) -> frozenset[str]:
    return frozenset(core_key(supplier.name) for supplier in suppliers if supplier.role == "awarded")


def merge(records: Iterable[Award]) -> list[MergedAward]:
    """The awards behind ``records``, ordered by their first award_id; the order of ``records`` makes no difference."""
    alone: list[MergedAward] = []
    blocks: dict[tuple[str, TitleKey, frozenset[str]], list[_Record]] = defaultdict(list)
    for award in records:
        record = _comparable(award)
        if record is None:
            alone.append(MergedAward((award,)))
        else:
            blocks[record.buyer.head, record.title, record.suppliers].append(record)
    merged = alone + [award for block in blocks.values() for award in _merge_block(block)]
    return sorted(merged, key=lambda award: award.award_ids[0])


def together(records: Iterable[Award]) -> MergedAward:
    """The award that these records are known to tell of, as an archive has settled it."""
    return MergedAward(tuple(_fullest_first(records)))


def _merge_block(block: list[_Record]) -> list[MergedAward]:
    """Records of one buyer, title and suppliers: each joins the award nearest in time with whose records it all agrees."""
    awards: list[list[_Record]] = []
    near: list[list[_Record]] = []  # those of them that a later record may still join
    ordered = sorted(block, key=lambda record: (record.day, record.award.award_id))
    unsure = _of_either_firm(ordered)
    for record in ordered:
        near = [award for award in near if record.day - award[0].day <= DAYS_APART]
        if record.award.award_id in unsure:
            awards.append([record])
            continue
        fitting = [award for award in near if all(record.is_one_with(other) for other in award)]
        if fitting:
            min(fitting, key=lambda award: abs(award[0].day - record.day)).append(record)
        else:
            awards.append([record])
            near.append(awards[-1])
    return [together(record.award for record in award) for award in awards]


def _of_either_firm(ordered: list[_Record]) -> set[str]:
    """The award_ids of records that could be one with each of two others whose firms differ: whose they are is not known.

    The records are in the order of their days.
    """
    firms = {frozenset(map(_told, record.awarded)) for record in ordered}
    unsure: set[str] = set()
    if len(ordered) < 3 or len(firms) == 1:
        return unsure
    first = 0
    for record in ordered:
        while record.day - ordered[first].day > DAYS_APART:
            first += 1
        window = takewhile(lambda other: other.day - record.day <= DAYS_APART, islice(ordered, first, None))  # noqa: B023 - used up before the next record
        fitting = {frozenset(map(_told, other.awarded)): other for other in window if record.is_one_with(other)}
        if not all(one.names_the_firms_of(other) for one, other in combinations(fitting.values(), 2)):
            unsure.add(record.award.award_id)
    return unsure


def _told(supplier: Supplier) -> tuple[object, ...]:
    """All by which :func:`may_be_one` tells suppliers of one name apart."""
    place = None if supplier.address_source == "register" else supplier.municipality_code
    return core_key(supplier.name), form_of(supplier.name), place, supplier.corporate_number


def _fullest_first(records: Iterable[Award]) -> list[Award]:
    return sorted(records, key=lambda award: (-len(award.amounts), award.source.kind, award.award_id))
