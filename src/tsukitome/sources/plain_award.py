"""Awards as light as a million of them have to be: what rows of an archive need, made into an :class:`Award` only when asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple, overload

from tsukitome.awards import Amount, AmountRole, Award, Dates, ProcurementMethod, Source, SourceKind, Supplier, Tax
from tsukitome.documents.file import File


class Sum(NamedTuple):
    """The beginning of an :class:`~tsukitome.awards.Amount`."""

    role: AmountRole
    yen: int | float
    quote: str
    tax: Tax | None


class PlainAward(NamedTuple):
    """An award without what it shares with the others of its file; :meth:`award` is the same in full.

    ``table`` is its table's number in the file, from 1; 0 where the file's rows are its records. ``days`` are those of award,
    contract, notice and publication in ISO 8601; ``amounts`` come each with the index of its supplier.
    """

    table: int
    page: int | None
    sheet: str | None
    row: int
    title: str
    buyer: str | None
    suppliers: tuple[Supplier, ...]
    days: Sequence[str | None]
    amounts: Sequence[tuple[Sum, int | None]]
    rate: float | None
    method: ProcurementMethod | None
    method_details: str | None
    quote: str
    warnings: tuple[str, ...]
    tenderers: int | None

    @property
    def spot(self) -> str:
        """The place in the file as its identity has it (:meth:`File.award_id`)."""
        return spot(self.table, self.page, self.row)

    def award(self, file: File, kind: SourceKind) -> Award:
        days = [dt.date.fromisoformat(day) if day else None for day in self.days]
        source = Source(file.shown, kind, file.sha256, self.quote, page=self.page, sheet=self.sheet, row=self.row)
        return Award(
            file.award_id(self.spot), self.title, self.buyer, self.suppliers, source, Dates(*days),
            tuple(Amount(*amount, supplier) for amount, supplier in self.amounts), self.rate, self.method,
            self.method_details, self.warnings, self.tenderers,
        )  # fmt: skip


def spot(table: int, page: int | None, row: int) -> str:
    """A row's place in a file: ``s1-r7``, on a page ``p2-t1-r7``. ``table`` counts the file's tables from 1; 0 gives ``r7``."""
    if not table:
        return f"r{row}"
    return f"p{page}-t{table}-r{row}" if page else f"s{table}-r{row}"


class Awards(Sequence[Award]):
    """The awards of a file, the plain ones made when they are asked for: most only become rows of an archive."""

    def __init__(self, file: File, kind: SourceKind, entries: Sequence[Award | PlainAward]) -> None:
        self.file, self.kind, self.entries = file, kind, entries

    def __len__(self) -> int:
        return len(self.entries)

    @overload
    def __getitem__(self, at: int) -> Award: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Award, ...]: ...
    def __getitem__(self, at: int | slice) -> Award | tuple[Award, ...]:
        if isinstance(at, slice):
            return tuple(map(self._award, self.entries[at]))
        return self._award(self.entries[at])

    def __iter__(self) -> Iterator[Award]:
        return map(self._award, self.entries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (tuple, Awards)) and tuple(self) == tuple(other)

    def __repr__(self) -> str:
        return repr(tuple(self))

    __hash__ = None  # type: ignore[assignment]  # as of a list

    def _award(self, entry: Award | PlainAward) -> Award:
        return entry if isinstance(entry, Award) else entry.award(self.file, self.kind)
