"""The batches of a large file read at the same time, and given in order.

Each batch is begun as if nothing had changed since the last one that is done. That is true nearly always: of a header, and of lines
such as 平成29年8月分 between the rows, the next batches are to know. A batch for which it was not true is read again.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Generic, NamedTuple, TypeVar

from tsukitome.archive.processes import Hands
from tsukitome.archive.rows import rows_of, rows_of_items
from tsukitome.archive.sealing import Sealed, seal
from tsukitome.documents.delimited_batches import Batch, CutError, DelimitedFile
from tsukitome.documents.file import File
from tsukitome.errors import UnreadableError
from tsukitome.sources.contract_batches import State, follows, read_part, read_row_by_row, rest
from tsukitome.sources.reading import Refusal
from tsukitome.sources.streaming import NOTHING_ABOVE, Above, RowItem, StreamKind

Told = TypeVar("Told")


class Part(NamedTuple):
    """What a batch gave, and what is told by the rows down to its end. ``asked_above`` is whether it asked for the row above it,
    ``in_order`` whether the rows below it can only be read when it is done, ``sums`` how many of its rows were sums.
    """

    rows: Sealed
    told: object
    asked_above: bool = False
    in_order: bool = False
    sums: int = 0


class Batches(ABC, Generic[Told]):
    """How the batches of one kind of file are read. It goes to other processes without the file's bytes."""

    @abstractmethod
    def nothing(self) -> Told:
        """What is told above the first row."""

    @abstractmethod
    def lasting(self, told: Told) -> Told:
        """What of it a batch further below may take for granted."""

    @abstractmethod
    def read(self, batch: Batch, told: Told) -> Part:
        """Reads a batch; raises CutError where it is not cut at the end of a row."""

    @abstractmethod
    def holds(self, assumed: Told, told: Told, batch: Batch, part: Part) -> bool:
        """Whether a batch that was read after what was assumed would give the same after what is really told."""

    @abstractmethod
    def one_by_one(self, cut: DelimitedFile, batch: Batch, told: Told, size: int, sums: int) -> Iterator[Sealed]:
        """What a batch and all below it give, read row by row."""

    @abstractmethod
    def rest(self, told: Told, sums: int) -> Sealed:
        """What there is to say when all batches are read."""


def read_batches(cut: DelimitedFile, how: Batches[Told], hands: Hands, size: int) -> Iterator[Sealed]:
    """What the file gives, ``size`` rows or so at a time."""
    batches = cut.batches(size)
    begun: deque[tuple[Batch, Told, Callable[[], Part | None]]] = deque()
    told, sums = how.nothing(), 0
    ahead = 1  # the first batch has the header, without which none of the others can be read
    while True:
        while len(begun) < ahead and (batch := next(batches, None)) is not None:
            assumed = told if ahead == 1 else how.lasting(told)
            begun.append((batch, assumed, hands.begin(_read, how, batch, assumed)))
        if not begun:
            yield how.rest(told, sums)
            return
        batch, assumed, result = begun.popleft()
        part = result()
        if part is not None and assumed is not told and not how.holds(assumed, told, batch, part):
            part = _read(how, batch, told)
        if part is None:
            yield from how.one_by_one(cut, batch, told, size, sums)
            return
        yield part.rows
        told, sums = part.told, sums + part.sums  # type: ignore[assignment]
        ahead = 1 if part.in_order else 3 * hands.number


def _read(how: Batches[Told], batch: Batch, told: Told) -> Part | None:
    try:
        return how.read(batch, told)
    except CutError:
        return None


@dataclass(frozen=True)
class TableBatches(Batches[State]):
    """The batches of a contract table. ``file`` needs no bytes."""

    file: File

    def nothing(self) -> State:
        return State()

    def lasting(self, told: State) -> State:
        return State(told.layout, told.context)

    def read(self, batch: Batch, told: State) -> Part:
        part = read_part(self.file, batch.first, batch.rows(), batch.count, told)
        return Part(seal(rows_of(part.reading)), part.state, part.asked_above, sums=part.sums)

    def holds(self, assumed: State, told: State, batch: Batch, part: Part) -> bool:
        # Below a batch without an award, ditto marks point to one further above, which only what is really told knows.
        return part.rows.records > 0 and follows(assumed, told, batch.first, asked_above=part.asked_above)

    def one_by_one(self, cut: DelimitedFile, batch: Batch, told: State, size: int, sums: int) -> Iterator[Sealed]:
        return (seal(rows_of(reading)) for reading in read_row_by_row(cut, batch, told, size, sums))

    def rest(self, told: State, sums: int) -> Sealed:  # noqa: ARG002
        return seal(rows_of(rest(self.file, sums)))


@dataclass(frozen=True)
class RowBatches(Batches[Above]):
    """The batches of a file whose entries are its rows. ``file`` needs no bytes."""

    file: File
    kind: StreamKind

    def nothing(self) -> Above:
        return NOTHING_ABOVE

    def lasting(self, told: Above) -> Above:
        return Above(told.lasting)

    def read(self, batch: Batch, told: Above) -> Part:
        assert self.kind.rows is not None
        reader = self.kind.rows(self.file, told)
        sealed = self._sealed(reader.items(batch.printed()))
        return Part(sealed, reader.above, reader.asked_above, reader.in_order)

    def holds(self, assumed: Above, told: Above, batch: Batch, part: Part) -> bool:  # noqa: ARG002
        return assumed.lasting == told.lasting and not part.asked_above

    def one_by_one(self, cut: DelimitedFile, batch: Batch, told: Above, size: int, sums: int) -> Iterator[Sealed]:
        assert self.kind.rows is not None
        reader = self.kind.rows(self.file, told)
        items = reader.items(cut.printed_from(batch))
        while some := [*islice(items, size)]:
            yield self._sealed(some)
        yield self.rest(reader.above, sums)

    def rest(self, told: Above, sums: int) -> Sealed:  # noqa: ARG002
        assert self.kind.rows is not None
        return self._sealed(self.kind.rows(self.file, told).rest())

    def _sealed(self, items: Iterable[RowItem]) -> Sealed:
        return seal(rows_of_items(self.file, self.kind.kind, self._refusing(items)))

    def _refusing(self, items: Iterable[RowItem]) -> Iterator[RowItem]:
        try:
            yield from items
        except UnreadableError as error:
            yield Refusal(self.file.shown, error.reason, error.place)
