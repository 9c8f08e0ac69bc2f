"""Which firms of an archive fit what was asked, and which only look like them.

A firm is what the archive has settled by number, or by name and address. Records that print only a name are a firm of
nobody knows whom: they are never joined to one, and never kept silent either.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tsukitome.archive.firm_queries import Appearance, FirmQueries, FirmRow
from tsukitome.normalize.firm import core_key, form_of, spelled_key
from tsukitome.profile.asking import FirmQuery, one_form
from tsukitome.profile.profile import FoundBy, Identity
from tsukitome.registrations import Registration

_LIKE = 82  # rapidfuzz ratio of two name keys from which names are shown as alike; one character in six may differ
_LIKE_LISTED = 12
_PARTS_LISTED = 30
_UNNAMED = "法人番号 "  # with the number behind it: the name of a supplier of which only the number is printed


class Registrations(Protocol):
    """What is asked of a corporate register: a firm's entries by number, and entries by name and by reading."""

    def find(self, *, number: str | None = None, name: str | None = None) -> tuple[Registration, ...]: ...

    def history(self, number: str) -> tuple[Registration, ...]: ...

    def with_reading(self, reading: str) -> tuple[Registration, ...]: ...


@dataclass(frozen=True)
class Group:
    """The printings that are one firm, and the records in which they stand."""

    rows: tuple[FirmRow, ...]
    appearances: tuple[Appearance, ...] = ()

    @property
    def number(self) -> str | None:
        return next((row.supplier.corporate_number for row in self.rows if row.supplier.corporate_number), None)

    @property
    def identity(self) -> Identity:
        if len({row.firm for row in self.rows}) > 1:
            return "chosen"
        if self.number:
            return "number"
        return "name_and_address" if any(row.supplier.address for row in self.rows) else "name_only"

    @property
    def names(self) -> tuple[str, ...]:
        """Its names, placeholders for a missing one left out where there is another."""
        names = dict.fromkeys(row.supplier.name for row in self.rows)
        return tuple(name for name in names if not name.startswith(_UNNAMED)) or tuple(names)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(core_key(name) for name in self.names)

    def may_be(self, other: Group) -> bool:
        """Whether the two share a name, and no legal form speaks against it."""
        return any(
            core_key(one) == core_key(another) and one_form(form_of(one), form_of(another))
            for one in self.names
            for another in other.names
        )


@dataclass(frozen=True)
class Choice:
    """The firms that fit, the surest and largest first. ``unproven`` share a name with them and print neither number nor
    address; ``like`` have names that are alike.
    """

    found_by: FoundBy
    fitting: tuple[Group, ...]
    unproven: tuple[Group, ...]
    like: tuple[Group, ...]

    @property
    def listed(self) -> tuple[Group, ...]:
        """All that can be picked: those that fit, then the unproven."""
        return (*self.fitting, *self.unproven)


def choose(queries: FirmQueries, query: FirmQuery, register: Registrations | None = None) -> Choice:
    """The firms that fit a question. By name the first way that finds any counts: the name itself, its reading in the corporate
    register, its letters spelled in kana, a part of the name.
    """
    found_by, groups = _found(queries, query, register)
    known = [group for group in groups if group.identity != "name_only"]
    only_names = [group for group in groups if group.identity == "name_only"]
    same = _others(_groups(row for key in _keys(groups) for row in queries.with_key(key)), groups)
    fitting = known or only_names
    unproven = [group for group in (*only_names, *same) if known and group.identity == "name_only"]
    unproven = [group for group in unproven if any(group.may_be(one) for one in known)]
    like = _others(_like(queries, groups, register), [*fitting, *unproven])
    apart = [*_others(same, [*fitting, *unproven]), *_others(like, same)][:_LIKE_LISTED]
    counted = _counted(queries, [*fitting, *unproven, *apart])
    return Choice(
        found_by,
        _largest_first(counted[: len(fitting)]),
        _largest_first(counted[len(fitting) : len(fitting) + len(unproven)]),
        tuple(counted[len(fitting) + len(unproven) :]),
    )


def registered(register: Registrations, query: FirmQuery) -> tuple[Registration, ...]:
    """What the corporate register has of a firm that no record names: every entry of the numbers that fit, by number, else by
    whole name, else by reading; of many the first :data:`_PARTS_LISTED` numbers.
    """
    found = register.find(number=query.number) if query.number else register.find(name=query.text)
    if not found and not query.number:
        found = register.with_reading(query.text)
    numbers = list(dict.fromkeys(entry.corporate_number for entry in found))[:_PARTS_LISTED]
    return tuple(entry for number in numbers for entry in register.history(number))


def joined(groups: Sequence[Group]) -> Group:
    """Several groups taken as one firm: because the user says so."""
    return Group(
        tuple(row for group in groups for row in group.rows),
        tuple(one for group in groups for one in group.appearances),
    )


def _found(queries: FirmQueries, query: FirmQuery, register: Registrations | None) -> tuple[FoundBy, list[Group]]:
    if query.number:
        groups = _groups(queries.with_number(query.number))
        return "number", [group for group in groups if group.number == query.number]
    named = _groups(queries.with_key(query.key))
    of_form = [group for group in named if any(query.has_form_of(name) for name in group.names)]
    if of_form or named:
        return "name", of_form or named
    if register is not None:
        numbers = dict.fromkeys(entry.corporate_number for entry in register.with_reading(query.text))
        if read := _groups(row for number in numbers for row in queries.with_number(number)):
            return "reading", read
    if spelled := _groups(queries.with_spelling(query.spelled)):
        return "spelling", spelled
    return "part", _groups(queries.with_part(query.key, _PARTS_LISTED))


def _like(queries: FirmQueries, groups: Sequence[Group], register: Registrations | None) -> list[Group]:
    """Firms whose names are spelled or read alike, or differ in few characters; the most alike first."""
    from rapidfuzz import fuzz, process

    rows: list[FirmRow] = []
    spelled = {spelled_key(name) for group in groups for name in group.names}
    for key in sorted(spelled):
        rows += queries.with_spelling(key)
    if register is not None:
        readings = {entry.reading for group in groups if group.number for entry in register.history(group.number)}
        for reading in sorted(filter(None, readings)):
            for entry in register.with_reading(reading):
                rows += queries.with_number(entry.corporate_number)
    all_keys = queries.spellings() if spelled else []
    for key in sorted(spelled):
        for alike, _, _ in process.extract(key, all_keys, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=_LIKE_LISTED):
            rows += queries.with_spelling(alike)
    return _groups(rows)


def _groups(rows: Iterable[FirmRow]) -> list[Group]:
    found: dict[int, dict[FirmRow, None]] = {}
    for row in rows:
        found.setdefault(row.firm, {})[row] = None
    return [Group(tuple(members)) for members in found.values()]


def _keys(groups: Iterable[Group]) -> list[str]:
    return sorted({key for group in groups for key in group.keys})


def _others(groups: Iterable[Group], than: Iterable[Group]) -> list[Group]:
    known = {row.firm for group in than for row in group.rows}
    return [group for group in groups if group.rows[0].firm not in known]


def _counted(queries: FirmQueries, groups: Sequence[Group]) -> list[Group]:
    """The groups with the records in which they stand, by one pass over the archive."""
    found = queries.appearances(row for group in groups for row in group.rows)
    return [Group(group.rows, tuple(found.get(group.rows[0].firm, ()))) for group in groups]


def _largest_first(groups: Iterable[Group]) -> tuple[Group, ...]:
    return tuple(sorted(groups, key=lambda group: (-len(group.appearances), group.rows[0].firm)))
