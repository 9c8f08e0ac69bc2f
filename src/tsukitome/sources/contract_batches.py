"""Contract tables of any length in delimited files, batch by batch: what the rows above tell is handed on as a state.

The batches of one file may be read at the same time, each as if nothing but the first header stood above it; whoever does so
compares the states (:func:`follows`) and reads again what began with a wrong one.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from tsukitome.awards import Award
from tsukitome.documents.delimited_batches import AHEAD, Batch, CutError, DelimitedFile
from tsukitome.documents.file import File
from tsukitome.documents.table import EMPTY, Row, Table
from tsukitome.sources.bid_results import looks_like_bid_results
from tsukitome.sources.contract_award import award_of
from tsukitome.sources.contract_context import Context
from tsukitome.sources.contract_quick import QuickReader
from tsukitome.sources.contract_record import Record
from tsukitome.sources.contract_table import TableReader, looks_like
from tsukitome.sources.headers import Layout
from tsukitome.sources.reading import Reading, Refusal

_INDEX = 1  # a delimited file is one table
_TABLE = Table(())
_HEAD_BYTES = 200_000
_HEAD_ROWS = 50  # a header is looked for in the first 40 rows, and may have four


@dataclass(frozen=True, slots=True)
class State:
    """What the rows above tell of the rows below: header, context, the row numbers that the header takes, the last award's row."""

    layout: Layout | None = None
    context: Context = field(default_factory=Context)
    header_until: int = 0
    above: Record | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What a batch gave, the state behind it, whether a ditto mark in it pointed above it, and how many rows were sums."""

    reading: Reading
    state: State
    asked_above: bool
    sums: int


def read_part(file: File, rows: Sequence[Row], count: int, state: State) -> Part:
    """Reads the first ``count`` rows; the others are only looked at for the end of a header. ``file`` needs no bytes."""
    reader = TableReader(file, layout=state.layout, context=state.context, above=state.above)
    reader.header_until = state.header_until
    awards = tuple(_awards(reader, _as_wide(rows, state), count))
    reading = Reading("contract_table", awards, tuple(reader.refusals))
    state = State(reader.layout, reader.context, reader.header_until, reader.above)
    return Part(reading, state, reader.asked_above, reader.sums)


def rest(file: File, sums: int) -> Reading:
    """What is to be said of a table when all its rows are read: how many of them were sums."""
    reader = TableReader(file, sums=sums)
    reader.refuse_sums(f"table {_INDEX}")
    return Reading("contract_table", (), tuple(reader.refusals))


def _awards(reader: TableReader, rows: Sequence[Row], count: int) -> Iterator[Award]:
    """The awards of the rows, plain ones by the quick way; ``reader.above`` is the last one's row in the end."""
    quick: QuickReader | None = None
    plain: Row | None = None  # the last award's row, if it was a plain one
    for at in range(count):
        row = rows[at]
        if reader.layout is not None and row.number > reader.header_until:
            if quick is None or quick.layout is not reader.layout or quick.context is not reader.context:
                quick = QuickReader(reader.file, reader.layout, reader.context)
            award = quick.award(row, rows[at + 1] if at + 1 < len(rows) else None)
            if award is not None:
                plain, reader.begun = row, True
                yield award
                continue
        reader.above = _record(reader, plain) if plain else reader.above
        plain = None
        reader.read_rows(rows, (at,), _TABLE, _INDEX)
        if reader.records:
            reader.above, reader.begun = reader.records.pop(), True
            yield award_of(reader.file, reader.above)
    reader.above = _record(reader, plain) if plain else reader.above


def _record(reader: TableReader, row: Row) -> Record:
    assert reader.layout is not None
    return Record(row, _TABLE, f"s{_INDEX}-r{row.number}", reader.layout, reader.context)


def _as_wide(rows: Sequence[Row], state: State) -> list[Row]:
    """The rows made as wide as the widest of them and as the header."""
    columns = state.layout.columns.values() if state.layout else ()
    width = max(max((len(row.cells) for row in rows), default=0), max(columns, default=-1) + 1)
    return [
        row if len(row.cells) == width else Row(row.number, (*row.cells, *(EMPTY,) * (width - len(row.cells))))
        for row in rows
    ]


def follows(assumed: State, true: State, first: int, *, asked_above: bool) -> bool:
    """Whether a batch from row ``first`` on that was read after ``assumed`` would be the same after ``true``."""
    if asked_above or max(assumed.header_until, true.header_until) >= first:
        return False
    return assumed.layout == true.layout and assumed.context == true.context


def as_contract_table(file: File, is_other_kind: Callable[[str], bool]) -> DelimitedFile | None:
    """A file as one to be read in batches, where its beginning shows a contract table; ``is_other_kind`` is asked first."""
    if file.data.count(b'"') % 2:
        return None  # it may end inside quotation marks, which only the whole file tells
    cut = DelimitedFile.of(file)
    if cut is None or is_other_kind(file.data[:_HEAD_BYTES].decode(cut.encoding, "ignore")):
        return None
    rows = list(islice(cut.rows_from(0, 1), _HEAD_ROWS))
    table = Table(tuple(_as_wide(rows, State())))
    return cut if looks_like((table,)) and not looks_like_bid_results((table,)) else None


def read_batches(cut: DelimitedFile, batches: Iterator[Batch], state: State, rows: int) -> Iterator[Reading]:
    """Reads batches one after the other, and row by row from where a batch turns out to be cut wrongly."""
    sums = 0
    for batch in batches:
        try:
            part = read_part(cut.file, batch.rows(), batch.count, state)
        except CutError:
            yield from read_row_by_row(cut, batch, state, rows, sums)
            return
        state, sums = part.state, sums + part.sums
        yield part.reading
    yield rest(cut.file, sums)


def read_row_by_row(cut: DelimitedFile, batch: Batch, state: State, rows: int, sums: int) -> Iterator[Reading]:
    """What the file gives from a batch's beginning on, where the batch's end is not known. ``sums`` were counted before."""
    left = cut.rows_from(batch.start, batch.first)
    held: list[Row] = []
    problem: Refusal | None = None
    while True:
        try:
            held.extend(islice(left, rows + AHEAD - len(held)))
        except csv.Error as error:
            number = held[-1].number + 1 if held else batch.first
            reason = f"is no table of comma-separated values from here on ({error}); what stands below is missing."
            problem = Refusal(cut.file.shown, reason, f"row {number}")
        if not held:
            break
        part = read_part(cut.file, held, min(rows, len(held)), state)
        state, held, sums = part.state, held[rows:], sums + part.sums
        yield part.reading
    yield rest(cut.file, sums)
    if problem:
        yield Reading("contract_table", (), (problem,))
