"""Contract tables of any length in delimited files, batch by batch: what the rows above tell is handed on as a state.

The batches of one file may be read at the same time, each as if nothing but the first header stood above it; whoever does so
compares the states (:func:`follows`) and reads again what began with a wrong one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from tsukitome.documents.delimited import TornRow, records_of, separator_of
from tsukitome.documents.delimited_batches import AHEAD, Batch, CutError, DelimitedFile, TextRows
from tsukitome.documents.file import AnyFile, File
from tsukitome.documents.table import Table, cell_of_text, table_of
from tsukitome.sources.bid_results import looks_like_bid_results
from tsukitome.sources.contract_context import Context
from tsukitome.sources.contract_record import Record
from tsukitome.sources.contract_table import TableReader, looks_like
from tsukitome.sources.headers import Layout
from tsukitome.sources.plain_award import spot
from tsukitome.sources.reading import Reading, Refusal
from tsukitome.sources.reshaping import reshaped

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

    reading: Reading
    state: State
    asked_above: bool
    sums: int


def read_part(file: File, first: int, texts: Sequence[Sequence[str]], count: int, state: State) -> Part:
    """Reads the first ``count`` rows, the first of which has the number ``first``; the others are only looked at for the end of a
    header. ``file`` needs no bytes.
    """
    reader = TableReader(file, layout=state.layout, context=state.context, above=state.above)
    reader.header_until = state.header_until
    columns = state.layout.columns.values() if state.layout else ()
    reader.read_rows(TextRows(texts, first, max(columns, default=-1) + 1), count, _TABLE, _INDEX)
    state = State(reader.layout, reader.context, reader.header_until, reader.last_record())
    reading = Reading("contract_table", reader.awards(), tuple(reader.refusals))
    return Part(reading, state, reader.asked_above, reader.sums)


def rest(file: File, sums: int) -> Reading:
    """What is to be said of a table when all its rows are read: how many of them were sums."""
    reader = TableReader(file, sums=sums)
    reader.refuse_sums(f"table {_INDEX}")
    return Reading("contract_table", (), tuple(reader.refusals))


def follows(assumed: State, true: State, first: int, *, asked_above: bool) -> bool:
    """Whether a batch from row ``first`` on that was read after ``assumed`` would be the same after ``true``."""
    if asked_above or max(assumed.header_until, true.header_until) >= first:
        return False
    return assumed.layout == true.layout and assumed.context == true.context


def begins_contract_table(beginning: str) -> bool:
    """Whether the beginning of a delimited text shows a contract table with a record a row: any other is read as a whole."""
    try:
        lines = io.StringIO(beginning, newline="")
        rows = [*islice(records_of(lines, separator_of(beginning)), _HEAD_ROWS)]
    except csv.Error:
        return False
    table = table_of([[cell_of_text(text) for text in row] for row in rows])
    return reshaped((table,)) == (table,) and looks_like((table,)) and not looks_like_bid_results((table,))


def as_contract_table(file: AnyFile, is_other_kind: Callable[[str], object]) -> DelimitedFile | None:
    """A file as one to be read in batches, where its beginning shows a contract table; ``is_other_kind`` is asked first."""
    cut = DelimitedFile.of(file)
    if cut is None:
        return None
    beginning = file.head(_HEAD_BYTES).decode(cut.encoding, "ignore")
    return None if is_other_kind(beginning) or not begins_contract_table(beginning) else cut


def read_batches(cut: DelimitedFile, batches: Iterator[Batch], state: State, rows: int) -> Iterator[Reading]:
    """Reads batches one after the other, and row by row from where a batch turns out to be cut wrongly."""
    sums, file = 0, cut.file.unread
    for batch in batches:
        try:
            part = read_part(file, batch.first, batch.rows(), batch.count, state)
        except CutError:
            yield from read_row_by_row(cut, batch, state, rows, sums)
            return
        state, sums = part.state, sums + part.sums
        yield part.reading
    yield rest(file, sums)


def read_row_by_row(cut: DelimitedFile, batch: Batch, state: State, rows: int, sums: int) -> Iterator[Reading]:
    """What the file gives from a batch's beginning on, where the batch's end is not known. ``sums`` were counted before."""
    left, file = cut.rows_from(batch.start), cut.file.unread
    held: list[list[str]] = []
    first = batch.first
    problems: list[Refusal] = []
    torn: TornRow | None = None
    while True:
        try:
            held.extend(islice(left, rows + AHEAD - len(held)))
        except csv.Error as error:
            reason = f"is no table of comma-separated values from here on ({error}); what stands below is missing."
            problems.append(Refusal(file.shown, reason, f"row {first + len(held)}"))
        if held and isinstance(held[-1], TornRow):
            torn = TornRow(held.pop())
        if not held:
            break
        part = read_part(file, first, held, min(rows, len(held)), state)
        first, held, state, sums = first + min(rows, len(held)), held[rows:], part.state, sums + part.sums
        yield part.reading
    if torn is not None:
        problems.append(_torn(file, first, torn, state))
    yield rest(file, sums)
    if problems:
        yield Reading("contract_table", (), tuple(problems))


def _torn(file: File, number: int, torn: TornRow, state: State) -> Refusal:
    """The refusal of a row in which the file is cut."""
    layout = state.layout or Layout({}, (), {}, {}, {})
    reader = TableReader(file, layout=layout, context=state.context)
    [row] = TextRows([torn], number, max(layout.columns.values(), default=-1) + 1)
    reader.refuse_cut(Record(row, _TABLE, spot(_INDEX, None, number), layout, state.context))
    return reader.refusals[0]
