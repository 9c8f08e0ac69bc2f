"""Rows of three levels in one table: blocks, payees, contracts. A sum is an award only where nothing below it is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

Level = Literal["block", "payee", "contract"]
Payee = tuple[str, str, str]  # the project's number, the block, the payee's name
_NAMED = 20
_Row = TypeVar("_Row")


@dataclass(slots=True)
class Levels(Generic[_Row]):
    """Follows a table of block sums, payees' totals and contracts, and tells which totals stand for themselves.

    ``sums`` holds the numbers of the first rows that are sums of others, ``count`` how many there are.
    """

    sums: list[int] = field(default_factory=list)
    count: int = 0
    _payee: Payee | None = None
    _total: tuple[_Row, int] | None = None
    _last: _Row | None = None

    @property
    def named(self) -> str:
        """The first rows that are sums, for a person."""
        return ", ".join(map(str, self.sums)) + (", …" if self.count > len(self.sums) else "")

    def payee_above(self, asked: Payee) -> _Row | None:
        """The row that last named a payee in the project and block asked for."""
        return self._last if self._payee is not None and self._payee[:2] == asked[:2] else None

    def step(self, level: Level, payee: Payee, row: _Row, number: int, paid: bool) -> Iterator[_Row]:
        """Takes the next row, and gives the total above it that no contract explains.

        ``paid`` says that the row prints an amount of its own; a contract without one leaves its payee's total standing.
        """
        if level == "contract" and payee == self._payee:
            if paid and self._total is not None:
                self._sum(self._total[1])
                self._total = None
            return
        yield from self.rest()
        self._payee, self._last = (None, None) if level == "block" else (payee, row)
        if level == "block":
            self._sum(number)
        elif level == "payee":
            self._total = (row, number)

    def rest(self) -> Iterator[_Row]:
        """The total that was not explained by the rows so far."""
        if self._total is not None:
            yield self._total[0]
        self._total = None

    def _sum(self, number: int) -> None:
        self.count += 1
        if len(self.sums) < _NAMED:
            self.sums.append(number)
