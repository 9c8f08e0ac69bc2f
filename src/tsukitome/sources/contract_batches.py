"""Contract tables of any length in delimited files, batch by batch: what the rows above tell is handed on as a state.

The batches of one file may be read at the same time, each as if nothing but the first header stood above it; whoever does so
compares the states (:func:`follows`) and reads again what began with a wrong one.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from tsukitome.awards import Award
from tsukitome.documents.delimited import TornRow
from tsukitome.documents.delimited_batches import AHEAD, Batch, CutError, DelimitedFile, TextRows
from tsukitome.documents.file import File
from tsukitome.documents.table import Row, Table
from tsukitome.sources.bid_results import looks_like_bid_results
from tsukitome.sources.contract_award import award_of
from tsukitome.sources.contract_context import Context
from tsukitome.sources.contract_quick import PlainAward, QuickReader
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
    """What a batch gave, in the order of its rows, the state behind it, whether a ditto mark in it pointed above it, and how many
    rows were sums.
    """

    awards: tuple[Award | PlainAward, ...]
    refusals: tuple[Refusal, ...]
    state: State
    asked_above: bool
    sums: int

    def reading(self, file: File) -> Reading:
        """The same as any source is read."""
        awards = (award.award(file) if isinstance(award, PlainAward) else award for award in self.awards)
        return Reading("contract_table", tuple(awards), self.refusals)


def read_part(file: File, first: int, texts: Sequence[Sequence[str]], count: int, state: State) -> Part:
    """Reads the first ``count`` rows, the first of which has the number ``first``; the others are only looked at for the end of a
    header. ``file`` needs no bytes.
    """
    reader = TableReader(file, layout=state.layout, context=state.context, above=state.above)
    reader.header_until = state.header_until
    columns = state.layout.columns.values() if state.layout else ()
    awards = tuple(_awards(reader, TextRows(texts, first, max(columns, default=-1) + 1), count))
    state = State(reader.layout, reader.context, reader.header_until, reader.above)
    return Part(awards, tuple(reader.refusals), state, reader.asked_above, reader.sums)


def rest(file: File, sums: int) -> Reading:
    """What is to be said of a table when all its rows are read: how many of them were sums."""
    reader = TableReader(file, sums=sums)
    reader.refuse_sums(f"table {_INDEX}")
    return Reading("contract_table", (), tuple(reader.refusals))


def _awards(reader: TableReader, rows: TextRows, count: int) -> Iterator[Award | PlainAward]:
    """The awards of the rows, plain ones by the quick way; ``reader.above`` is the last one's row in the end."""
    plain: int | None = None  # where the last award's row is, if it was a plain one
    layout = context = None
    below: Sequence[str] | None
    for at, (texts, below) in enumerate(zip(rows.texts, chain(rows.texts[1:], (None,)), strict=True)):
        if at == count:
            break
        if reader.layout is not None and rows.first + at > reader.header_until:
            if layout is not reader.layout or context is not reader.context:
                layout, context = reader.layout, reader.context
                quick = _quick_reader(layout, context)
            award = quick.award(rows.first + at, texts, below)
            if award is not None:
                plain, reader.begun = at, True
                yield award
                continue
        reader.above = reader.above if plain is None else _record(reader, rows[plain])
        plain = None
        reader.read_rows(rows, (at,), _TABLE, _INDEX)
        if reader.records:
            reader.above, reader.begun = reader.records.pop(), True
            yield award_of(reader.file, reader.above)
    reader.above = reader.above if plain is None else _record(reader, rows[plain])


def _quick_reader(layout: Layout, context: Context) -> QuickReader:
    """The reader of the rows below a header: the one of the last batch, which knows their texts, where that was below it too."""
    if not _latest or (_latest[0].layout, _latest[0].context) != (layout, context):
        _latest[:] = [QuickReader(layout, context)]
    return _latest[0]


_latest: list[QuickReader] = []


def _record(reader: TableReader, row: Row) -> Record:
    assert reader.layout is not None
    return Record(row, _TABLE, f"s{_INDEX}-r{row.number}", reader.layout, reader.context)


def follows(assumed: State, true: State, first: int, *, asked_above: bool) -> bool:
    """Whether a batch from row ``first`` on that was read after ``assumed`` would be the same after ``true``."""
    if asked_above or max(assumed.header_until, true.header_until) >= first:
        return False
    return assumed.layout == true.layout and assumed.context == true.context


def as_contract_table(file: File, is_other_kind: Callable[[str], bool]) -> DelimitedFile | None:
    """A file as one to be read in batches, where its beginning shows a contract table; ``is_other_kind`` is asked first."""
    cut = DelimitedFile.of(file)
    if cut is None or is_other_kind(file.data[:_HEAD_BYTES].decode(cut.encoding, "ignore")):
        return None
    table = Table(tuple(TextRows(list(islice(cut.rows_from(0), _HEAD_ROWS)), 1)))
    return cut if looks_like((table,)) and not looks_like_bid_results((table,)) else None


def read_batches(cut: DelimitedFile, batches: Iterator[Batch], state: State, rows: int) -> Iterator[Reading]:
    """Reads batches one after the other, and row by row from where a batch turns out to be cut wrongly."""
    sums = 0
    for batch in batches:
        try:
            part = read_part(cut.file, batch.first, batch.rows(), batch.count, state)
        except CutError:
            yield from read_row_by_row(cut, batch, state, rows, sums)
            return
        state, sums = part.state, sums + part.sums
        yield part.reading(cut.file)
    yield rest(cut.file, sums)


def read_row_by_row(cut: DelimitedFile, batch: Batch, state: State, rows: int, sums: int) -> Iterator[Reading]:
    """What the file gives from a batch's beginning on, where the batch's end is not known. ``sums`` were counted before."""
    left = cut.rows_from(batch.start)
    held: list[list[str]] = []
    first = batch.first
    problems: list[Refusal] = []
    torn: TornRow | None = None
    while True:
        try:
            held.extend(islice(left, rows + AHEAD - len(held)))
        except csv.Error as error:
            reason = f"is no table of comma-separated values from here on ({error}); what stands below is missing."
            problems.append(Refusal(cut.file.shown, reason, f"row {first + len(held)}"))
        if held and isinstance(held[-1], TornRow):
            torn = TornRow(held.pop())
        if not held:
            break
        part = read_part(cut.file, first, held, min(rows, len(held)), state)
        first, held, state, sums = first + min(rows, len(held)), held[rows:], part.state, sums + part.sums
        yield part.reading(cut.file)
    if torn is not None:
        problems.append(_torn(cut.file, first, torn, state))
    yield rest(cut.file, sums)
    if problems:
        yield Reading("contract_table", (), tuple(problems))


def _torn(file: File, number: int, torn: TornRow, state: State) -> Refusal:
    """The refusal of a row in which the file is cut."""
    layout = state.layout or Layout({}, (), {}, {}, {})
    reader = TableReader(file, layout=layout, context=state.context)
    [row] = TextRows([torn], number, max(layout.columns.values(), default=-1) + 1)
    reader.refuse_cut(_record(reader, row))
    return reader.refusals[0]
