"""What an index is made of, gathered from an archive: every alternative once, its parts as numbers.

Records that are an award of their own come by whole columns; those that are one award with others, which are few, one award
after the other. Both ways give the same.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tsukitome.archive.merging import MergedAward
from tsukitome.archive.stretches import END, Stretch
from tsukitome.awards import Supplier
from tsukitome.matching.alternatives import Alternative, alternatives_of
from tsukitome.matching.compare.place import ground
from tsukitome.matching.index import facts as parts
from tsukitome.matching.index import parsing
from tsukitome.matching.index.strings import Strings, arrays_of
from tsukitome.normalize.title import title_key

Rows = NDArray[Any]
UNDATED = 1 << 30  # behind every day
_PRINTED_KEPT = 1 << 21  # printed titles whose keys are kept: half a gigabyte

_TYPES = {
    "award": np.uint32,
    "at": np.uint16,
    "title": np.int64,
    "who": np.uint32,
    "buyer": np.int32,
    "kind": np.uint16,
    "first_day": np.int32,
    "day": np.int32,
    "alone": np.bool_,
    "head": np.int64,
    **{f"day{kind}": np.int32 for kind in range(len(parts.DAY_KINDS))},
    **{f"day{kind}_row": np.uint32 for kind in range(len(parts.DAY_KINDS))},
    "yen": np.float64,
    "yen_kind": np.uint8,
    "yen_row": np.uint32,
    "member_row": np.uint32,
    "member_who": np.uint32,
    "shared_award": np.uint32,
    "shared_position": np.int64,
}


class Numbered(dict[Any, int]):
    """Gives each distinct value a number, counted from 0 in order of first appearance."""

    def __missing__(self, value: Any) -> int:
        number = self[value] = len(self)
        return number


def numbers_of(numbered: dict[Any, int], values: Iterable[Any]) -> Rows:
    """The numbers of many values."""
    return np.array(array("I", map(numbered.__getitem__, values)), np.uint32)


class Titles(dict[str, int]):
    """Gives each printed title its key, as one number: that of its text, and behind it (32 bits) that of its numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.texts, self.numbers = Numbered(), Numbered()

    def __missing__(self, printed: str) -> int:
        key = title_key.__wrapped__(printed)  # asked for once a title: nothing is to be kept of it
        text = printed if key.text == printed else key.text  # one string instead of two that are equal
        numbers = tuple(sorted(key.numbers)) if key.numbers else ()
        number = self[printed] = self.texts[text] << 32 | self.numbers[numbers]
        return number

    def forget_printed(self) -> None:
        """Titles are printed in more ways than there are keys: where they are very many, they are read anew when they come back."""
        if len(self) > _PRINTED_KEPT:
            self.clear()


@dataclass
class Known:
    """What is known of the suppliers that an older index has: of their distinct names the keys, and by supplier the number of its
    name, that of its place, and that which those of one firm have in common (below 0 for none), unless it is not ``settled``.
    """

    names: Sequence[str] = ()
    cores: Sequence[str] = ()
    sounds: Sequence[str] = ()
    romans: Sequence[str] = ()
    places: Sequence[str] = ()
    name: Rows = field(default_factory=lambda: np.empty(0, np.uint32))
    place: Rows = field(default_factory=lambda: np.empty(0, np.uint32))
    firm: Rows = field(default_factory=lambda: np.empty(0, np.int64))
    settled: Rows = field(default_factory=lambda: np.empty(0, bool))


class Kind(NamedTuple):
    """What the levels of an alternative follow from where no clue hits it, but for its place and kin: the number of its
    procurement method, bits for the roles of its amounts and for the kinds of its days, whether its buyer is named.
    """

    method: Any
    roles: Any
    days: Any
    buyer: Any

    @property
    def number(self) -> Any:
        """The kind as one number; as arrays of all at once, where the facts are arrays."""
        return self.method | self.roles << 2 | self.days << 7 | self.buyer << 10

    @classmethod
    def of(cls, number: int) -> Kind:
        """The inverse of :attr:`number`."""
        return cls(number & 3, number >> 2 & 31, number >> 7 & 7, number >> 10)


class Gathered:
    """The alternatives of an archive as columns; :meth:`take` gives each once.

    By row (an alternative): ``award`` (its number in the order of gathering), ``at`` (the supplier's place in it), ``title``
    (that of :class:`Titles`), ``who``, ``buyer`` (-1: none), ``kind`` (:attr:`Kind.number`), ``first_day`` (of award and contract;
    UNDATED), ``day`` (of kin; 0 for none), ``alone`` (whether the award has no other). Beside them, each with the ``…_row`` that it
    belongs to: ``day0`` … by the kind of day, ``yen`` with ``yen_kind``, and ``member_who`` of joint ventures. By award: ``head``,
    the position of its first record; and of awards of several records the positions of all: ``shared_position``,
    ``shared_award``.

    Of the suppliers, the first are ``known``; the first rows may be ``recalled`` from an older index.
    """

    def __init__(self) -> None:
        self._arrays: dict[str, list[Rows]] = defaultdict(list)
        self._values: dict[str, list[Any]] = defaultdict(list)  # of awards that are added one by one
        self.awards = self.rows = 0
        self.titles, self.buyers, self.whos = Titles(), Numbered(), Numbered()
        self.known, self.recalled = Known(), 0

    def take(self, name: str) -> Rows:
        """A column, which is forgotten here."""
        values: Rows = np.array(self._values.pop(name, []), _TYPES[name])
        found = [*self._arrays.pop(name, []), values]
        return np.concatenate(found, dtype=_TYPES[name], casting="unsafe")

    def take_suppliers(self) -> Strings:
        """The distinct suppliers as :class:`Stretch` has them, which are forgotten here.

        As objects they lie scattered among the titles, whose memory could not be given back as long as they are there.
        """
        found = arrays_of(self.whos, "who")
        self.whos.clear()
        return Strings(found["who_starts"].data, found["who_text"].data)

    def add_stretch(self, stretch: Stretch) -> bool:
        """Adds a stretch of records; False, and nothing is added, where its texts can't be told apart. Not after :meth:`add`."""
        self.titles.forget_printed()
        positions = parsing.whole_numbers(stretch.positions)
        titles, buyers = (text.split(END) if len(positions) else [] for text in (stretch.titles, stretch.buyers))
        if not len(positions) == len(titles) == len(buyers):
            return False
        days = [parsing.days(text) for text in (stretch.award_days, stretch.contract_days, stretch.notice_days)]
        kin_day = np.select([day > 0 for day in days], days, 0)
        # The suppliers of these records: those of the others in the stretch come with their awards.
        record, kept = _places(parsing.whole_numbers(stretch.supplier_records), positions)
        who = numbers_of(self.whos, stretch.suppliers.split(END) if stretch.suppliers else ())[kept]
        at, role = parsing.whole_numbers(stretch.supplier_places)[kept], parsing.letters(stretch.supplier_roles)[kept]
        awarded, member = role == ord("a"), role == ord("j")
        of = record[awarded]
        rows = np.arange(self.rows, self.rows + len(of), dtype=np.uint32)
        count = np.bincount(of, minlength=len(positions))
        # What nobody was awarded is no alternative, and its title none of those that are counted.
        title = _numbers(self.titles, titles, count > 0)
        buyer = _numbers(self.buyers, buyers, (count > 0) & np.fromiter(map(bool, buyers), bool, len(buyers)))
        roles = self._add_amounts(stretch, positions, of, at[awarded], kin_day)
        kind = Kind(
            parsing.methods(stretch.methods)[of],
            roles,
            sum((day > 0).astype(np.int64) << number for number, day in enumerate(days))[of],  # type: ignore[index]
            (buyer >= 0).astype(np.int64)[of],
        )
        decided = np.minimum(*(np.where(day > 0, day, UNDATED) for day in days[:2]))
        self.add_arrays(
            award=self.awards + of, at=at[awarded], title=title[of], who=who[awarded], buyer=buyer[of],
            kind=kind.number, first_day=decided[of], day=kin_day[of], alone=count[of] == 1, head=positions,
        )  # fmt: skip
        for number, day in enumerate(days):
            dated = day[of] > 0
            self.add_arrays(**{f"day{number}": day[of][dated], f"day{number}_row": rows[dated]})
        members, theirs = _each_with_rows(record[member], of)
        self.add_arrays(member_row=rows[theirs], member_who=who[member][members])
        self.awards += len(positions)
        self.rows += len(of)
        return True

    def add_arrays(self, **columns: Rows) -> None:
        """Adds to columns."""
        for name, column in columns.items():
            self._arrays[name].append(column.astype(_TYPES[name]))

    def _add_amounts(self, stretch: Stretch, positions: Rows, of: Rows, at: Rows, day: Rows) -> Rows:
        """Adds the amounts of alternatives: of records ``of``, with the supplier ``at``. Returns the roles of each, as bits."""
        record, kept = _places(parsing.whole_numbers(stretch.amount_records), positions)
        kinds = parsing.kinds_of_amounts(
            parsing.letters(stretch.amount_roles)[kept], parsing.letters(stretch.amount_taxes)[kept], day[record]
        )
        supplier = parsing.whole_numbers(stretch.amount_suppliers)[kept]
        amounts, rows = _each_with_rows(record, of)
        own = (supplier[amounts] < 0) | (supplier[amounts] == at[rows])
        amounts, rows = amounts[own], rows[own]
        self.add_arrays(yen=parsing.yen(stretch)[kept][amounts], yen_kind=kinds[amounts], yen_row=self.rows + rows)
        roles = np.zeros(len(of), np.int64)
        role = np.array([parts.ROLES.index(parts.role_of_kind(kind)) for kind in range(parts.amount_kinds())])
        for number in range(len(parts.ROLES)):
            roles[rows[role[kinds[amounts]] == number]] |= 1 << number
        return roles

    def add(self, award: MergedAward, positions: Sequence[int]) -> None:
        """Adds an award with the positions of its records."""
        values = self._values
        values["head"].append(positions[0])
        if len(positions) > 1:
            values["shared_award"] += [self.awards] * len(positions)
            values["shared_position"] += positions
        alternatives = alternatives_of([award])
        for alternative in alternatives:
            title, buyer = self.titles[award.title], -1 if award.buyer is None else self.buyers[award.buyer]
            for name, value in (
                ("award", self.awards), ("title", title), ("buyer", buyer), ("alone", len(alternatives) == 1),
            ):  # fmt: skip
                values[name].append(value)
            self._add_alternative(alternative, buyer >= 0)
        self.awards += 1

    def _add_alternative(self, alternative: Alternative, buyer: bool) -> None:
        values = self._values
        days, amounts = parts.days_of(alternative), parts.amounts_of(alternative)
        for number, day in days:
            values[f"day{number}"].append(day)
            values[f"day{number}_row"].append(self.rows)
        for number, yen in amounts:
            values["yen"].append(yen)
            values["yen_kind"].append(number)
            values["yen_row"].append(self.rows)
        for member in alternative.members:
            values["member_row"].append(self.rows)
            values["member_who"].append(self.whos[_said(member, [member.printed or member.name])])
        roles = sum(1 << number for number in {parts.ROLES.index(parts.role_of_kind(kind)) for kind, _ in amounts})
        kind = Kind(
            parts.method_of(alternative), roles, sum(1 << number for number in {kind for kind, _ in days}), buyer
        )
        printed = alternative.award.names_printed(alternative.index)
        for name, value in {
            "at": alternative.index,
            "who": self.whos[_said(alternative.supplier, printed)],
            "kind": kind.number,
            "first_day": min((day for number, day in days if number < 2), default=UNDATED),
            "day": parts.day_of(days),
        }.items():
            values[name].append(value)
        self.rows += 1


def _said(supplier: Supplier, printed: Sequence[str]) -> str:
    """A supplier as :class:`Stretch` has it; a list of how it is printed, where it is printed in several ways."""
    one = printed[0] if len(printed) == 1 else list(printed)
    facts = (
        supplier.name,
        None if one == supplier.name else one,
        ground(supplier) or None,
        supplier.address,
        supplier.municipality_code,
        supplier.corporate_number,
    )
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))


def _numbers(numbered: dict[str, int], values: Sequence[str], chosen: Rows) -> Rows:
    """The numbers of those of the values that are chosen; -1 for the others."""
    found = np.full(len(values), -1, np.int64)
    found[chosen] = np.fromiter(map(numbered.__getitem__, compress(values, chosen)), np.int64)
    return found


def _places(values: Rows, among: Rows) -> tuple[Rows, Rows]:
    """Where those of ``values`` that are among others in order stand there, and which of them are."""
    place = np.searchsorted(among, values)
    place[place == len(among)] = 0
    kept = among[place] == values if len(among) else np.zeros(len(values), bool)
    return place[kept], kept


def _each_with_rows(records: Rows, of: Rows) -> tuple[Rows, Rows]:
    """Pairs of places in ``records`` and in ``of`` where both are the same record; ``of`` is in order."""
    begin = np.searchsorted(of, records)
    count = np.searchsorted(of, records, side="right") - begin
    end = np.cumsum(count)
    return np.repeat(np.arange(len(records)), count), np.arange(count.sum()) + np.repeat(begin - (end - count), count)
