"""The alternatives of a question: pairs of an award and a supplier that was awarded it. A bidder is never one."""

from __future__ import annotations

from collections.abc import Iterable

from tsukitome.archive.merging import MergedAward
from tsukitome.awards import Amount, Supplier
from tsukitome.dataclass import dataclass


@dataclass(frozen=True)
class Alternative:
    """One (award, supplier) pair: ``index`` is the supplier's place among the award's suppliers.

    ``members`` are the firms of a joint venture, which satisfy place and firm clues.
    """

    award: MergedAward
    index: int
    members: tuple[Supplier, ...] = ()

    @property
    def supplier(self) -> Supplier:
        """The firm that was awarded it."""
        return self.award.suppliers[self.index]

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The amounts that concern this firm."""
        return self.award.amounts_of(self.index)


def alternatives_of(awards: Iterable[MergedAward]) -> list[Alternative]:
    """Every alternative, in the order of the awards and of their suppliers."""
    found = []
    for award in awards:
        members = members_of(award)
        found += [
            Alternative(award, index, members)
            for index, supplier in enumerate(award.suppliers)
            if supplier.role == "awarded"
        ]
    return found


def members_of(award: MergedAward) -> tuple[Supplier, ...]:
    """The firms of a joint venture that was awarded it."""
    return tuple(supplier for supplier in award.suppliers if supplier.role == "jv_member")
