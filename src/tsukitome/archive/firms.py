"""Which suppliers are one firm: the same corporate number, or the same name key AND the same address.

Anything less is "possibly the same": it is shown and never merged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from tsukitome.awards import Supplier
from tsukitome.findings import Firm
from tsukitome.normalize.address import address_key
from tsukitome.normalize.firm import core_key, form_of, spelled_key

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

    def unite(one: int, other: int, by_number: bool) -> bool:
        one, other = sorted((find(one), find(other)))
        if one == other:
            return True
        # Two different numbers are two firms, and 株式会社A and A株式会社 two names, even at one address.
        if not by_number and (len(numbers[one] | numbers[other]) > 1 or len(forms[one] | forms[other]) > 1):
            return False
        parent[other] = one
        numbers[one] |= numbers[other]
        forms[one] |= forms[other]
        return True

    numbered: dict[str, int] = {}
    for index, supplier in enumerate(suppliers):
        if supplier.corporate_number:
            unite(numbered.setdefault(supplier.corporate_number, index), index, by_number=True)
    neighbours: dict[object, list[int]] = defaultdict(list)  # of one name and place, one of each firm
    for index, (supplier, place) in enumerate(zip(suppliers, places, strict=True)):
        if place:
            known = neighbours[core_key(supplier.name), place]
            if not any(unite(other, index, by_number=False) for other in known):
                known.append(index)
    order: dict[int, int] = {}
    return [order.setdefault(find(index), len(order)) for index in range(len(suppliers))]


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
    """Keys under which like names meet: the name without form and branch, and the same with Latin letters spelled."""
    return frozenset({core_key(name), spelled_key(name)})
