"""Which suppliers are one firm: the same corporate number, or the same name key AND the same address.

Anything less is "possibly the same": it is shown and never merged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from tsukitome.awards import Supplier
from tsukitome.findings import Firm
from tsukitome.normalize.address import address_key
from tsukitome.normalize.firm import core_key, form_of, spelled_key
from tsukitome.normalize.firm_sound import other_names, sound_key

PlaceKey = tuple[str, str, str]


def place_keys(suppliers: Iterable[Supplier]) -> list[PlaceKey | None]:
    """For each supplier the key of its address; None where that does not lead to a block."""
    return [address_key(s.address, s.municipality_code) if s.address else None for s in suppliers]


def group(suppliers: Sequence[Supplier], places: Sequence[PlaceKey | None] | None = None) -> list[int]:
    """For each supplier the number of its firm; equal numbers are one firm, counted in order of first appearance.

    ``places`` are their :func:`place_keys`, where these are known already.
    """
    places = place_keys(suppliers) if places is None else places
    parent = list(range(len(suppliers)))
    no_number: frozenset[str] = frozenset()
    numbers = [frozenset((s.corporate_number,)) if s.corporate_number else no_number for s in suppliers]
    forms = [_forms(form_of(s.name)) for s in suppliers]

    def find(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    def unite(one: int, other: int) -> None:
        one, other = sorted((find(one), find(other)))
        if one != other:
            parent[other] = one
            numbers[one] |= numbers[other]
            forms[one] |= forms[other]

    numbered: dict[str, int] = {}
    for index, supplier in enumerate(suppliers):
        if supplier.corporate_number:
            unite(numbered.setdefault(supplier.corporate_number, index), index)
    neighbours: dict[object, list[int]] = defaultdict(list)  # of one name and place
    for index, (supplier, place) in enumerate(zip(suppliers, places, strict=True)):
        if place:
            neighbours[core_key(supplier.name), place].append(index)
    for found in neighbours.values():
        if len(found) > 1:
            claims: dict[_Claim, int] = {}  # with the first that makes each
            for one in dict.fromkeys(map(find, found)):
                unite(claims.setdefault(_Claim(numbers[one], forms[one]), one), one)
            for claim, other in _surely_one(claims):
                unite(claims[claim], claims[other])
    order: dict[int, int] = {}
    return [order.setdefault(find(index), len(order)) for index in range(len(suppliers))]


class _Claim(NamedTuple):
    """What a firm of some name and place says of itself: the numbers and the legal forms that it bears, if any."""

    numbers: frozenset[str]
    forms: frozenset[tuple[str, bool]]


def _surely_one(claims: Iterable[_Claim]) -> list[tuple[_Claim, _Claim]]:
    """Which claims of one name and place are of one firm. Two different numbers are two firms, and 株式会社A and A株式会社 two
    names; whoever could be either of two such is neither.
    """

    def agree(some: Iterable[_Claim]) -> bool:
        return all(len(frozenset().union(*said)) < 2 for said in zip(*some, strict=True))

    claims = list(claims)
    fitting = {one: [other for other in claims if agree((one, other))] for one in claims}
    sure = {one for one in claims if agree((one, *fitting[one]))}
    return [(one, other) for one in sure for other in fitting[one] if other in sure and other != one]


@cache
def _forms(form: tuple[str, bool] | None) -> frozenset[tuple[str, bool]]:
    """The same for all firms of a form: they are many."""
    return frozenset((form,)) if form else frozenset()


def describe(suppliers: Sequence[Supplier], printed: Iterable[str], times: Sequence[int] | None = None) -> Firm:
    """The firm behind its suppliers: the name that occurs most often, every address, and every spelling ``printed``.

    ``times`` says how often each supplier occurs, if not once.
    """
    names: Counter[str] = Counter()
    for supplier, often in zip(suppliers, times or [1] * len(suppliers), strict=True):
        names[supplier.name] += often
    return Firm(
        name=min(names, key=lambda name: (-names[name], name)),
        corporate_number=next((s.corporate_number for s in suppliers if s.corporate_number), None),
        addresses=_distinct([s.address for s in suppliers]),
        names_seen=_distinct(printed),
    )


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def name_keys(name: str) -> frozenset[str]:
    """Keys under which like names meet: the name without form and branch, with its Latin letters spelled, by its sound, and
    what else a firm of this name is or was called.
    """
    core = core_key(name)
    return frozenset({core, spelled_key(name), sound_key(name)}) | other_names(core)
