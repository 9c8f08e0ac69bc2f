"""The alternatives of a question: pairs of an award and a supplier that was awarded it. A bidder is never one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tsukitome.archive.merging import MergedAward
from tsukitome.awards import Supplier


@dataclass(frozen=True)
class Alternative:
    """One (award, supplier) pair; ``members`` are the firms of a joint venture, which satisfy place and firm clues."""

    award: MergedAward
    supplier: Supplier
    members: tuple[Supplier, ...] = ()


def alternatives_of(awards: Iterable[MergedAward]) -> list[Alternative]:
    """Every alternative, in the order of the awards and of their suppliers."""
    found = []
    for award in awards:
        members = tuple(supplier for supplier in award.suppliers if supplier.role == "jv_member")
        found += [Alternative(award, supplier, members) for supplier in award.suppliers if supplier.role == "awarded"]
    return found
