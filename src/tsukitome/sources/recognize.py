"""What kind of source a file is, told by its contents first and its name second, and its awards.

To add a kind of source, add an entry to ``text_kinds``, ``table_kinds`` or :func:`~tsukitome.sources.kinds.stream_kinds`: a test on
the contents, and a reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from tsukitome.documents.delimited_batches import DelimitedFile
from tsukitome.documents.file import AnyFile, File, LongFile
from tsukitome.documents.lines import CUT_OFF, ENCODINGS, Line, decode, lines_of
from tsukitome.documents.table import Table
from tsukitome.errors import UnreadableError
from tsukitome.sources.column_map import ColumnMap
from tsukitome.sources.kinds import HEAD, is_named_table, stream_kind_of
from tsukitome.sources.reading import Reading, Refusal
from tsukitome.sources.streaming import StreamKind, in_batches, items_of_file, reading_of
from tsukitome.sources.unpacking import unpacked

NOT_RECOGNIZED = (
    "is not recognized as a source of awards. Expected are award notices of the gazette (txt, html, pdf), contract tables "
    "(csv, xlsx, xls, ods, html, pdf), files of 調達ポータル (csv), gBizINFO (csv, json), 行政事業レビュー (csv) or "
    "OCDS (json, jsonl), files of the corporate register (csv), or any table with a column map (NAME.map.toml) beside it."
)
_TEXTS_FOR_PEOPLE = frozenset({".md", ".rst"})
LARGE = 1 << 20  # bytes from which a table of delimited text is read in batches
# Bytes of what is read as a whole: its cells or lines take up to 70 times as much memory. An issue of the gazette has 1 MiB.
_LONGEST_TABLE, _LONGEST_TEXT = 1 << 26, 1 << 23
_NOT_BY_ROWS = (
    "can't be read row by row: it is not in UTF-8, Shift_JIS (CP932) or EUC-JP from end to end, or its lines do not end with LF. "
    "Download it again, or save it as UTF-8."
)
_NOTHING = b"\0\t\n\r\f \xef\xbb\xbf"
_ZIP, _COMPOUND = b"PK", b"\xd0\xcf\x11\xe0"  # xlsx and other zip files; xls


class TextKind(NamedTuple):
    """A kind of source that is told from a document's running text."""

    looks_like: Callable[[str], bool]
    read: Callable[[File, Sequence[Line]], Reading]


class TableKind(NamedTuple):
    """A kind of source that is told from a document's tables."""

    looks_like: Callable[[Sequence[Table]], bool]
    read: Callable[[File, Sequence[Table]], Reading]


def text_kinds() -> tuple[TextKind, ...]:
    """The kinds read from running text, in the order in which they are tried."""
    from tsukitome.sources.gazette import looks_like_gazette, read_gazette

    return (TextKind(looks_like_gazette, read_gazette),)


def table_kinds() -> tuple[TableKind, ...]:
    """The kinds read from tables, in the order in which they are tried."""
    from tsukitome.sources.bid_results import looks_like_bid_results, read_bid_results
    from tsukitome.sources.contract_table import looks_like, read_contract_tables

    return (TableKind(looks_like_bid_results, read_bid_results), TableKind(looks_like, read_contract_tables))


def make_ready() -> None:
    """Loads the readers of tables with the lists they go by, so that processes that are forked after this have them."""
    header = "件名,契約日,契約の相手方の名称及び住所,契約金額"
    row = "清掃業務 一式,平成29年8月9日,株式会社見本 東京都豊島区東池袋1-48-10,単価契約 予定総額1円"
    _read_tables(File.of_bytes("ready.csv", f"{header}\n{row}\n".encode()))


def read_file(file: File, maps: Sequence[ColumnMap] = ()) -> Reading:
    """All awards of a file, whatever its kind, and a refusal for each part that gave none.

    A file that is not recognized, damaged or empty gives a Reading with kind None and a refusal that says why. ``maps`` are the
    column maps beside the file: the first that covers it decides how it is read. A zip archive gives the awards of all its
    members, and the kind of the first that has one; :func:`~tsukitome.sources.unpacking.unpacked` keeps them apart.
    """
    readings = [reading for part in unpacked(file) for reading in _readings(part, maps)]
    if len(readings) == 1:
        return readings[0]
    return Reading(
        next((reading.kind for reading in readings if reading.kind), None),
        tuple(award for reading in readings for award in reading.awards),
        tuple(refusal for reading in readings for refusal in reading.refusals),
        tuple(registration for reading in readings for registration in reading.registrations),
    )


def _readings(part: AnyFile | Refusal, maps: Sequence[ColumnMap]) -> Iterator[Reading]:
    if isinstance(part, Refusal):
        yield Reading(None, (), (part,))
    elif isinstance(part, LongFile):
        yield from unpacked_in_batches(part, 5000, maps)
    else:
        yield _tried(part, maps)


def read_in_batches(file: AnyFile, rows: int = 5000, maps: Sequence[ColumnMap] = ()) -> Iterator[Reading]:
    """What :func:`read_file` gives, in batches of about ``rows`` rows where the file is a large table of delimited text.

    There is always a first batch, and it tells the kind. No award is cut at a batch's border.
    """
    refused: list[Refusal] = []
    some = False
    for part in unpacked(file):
        if isinstance(part, Refusal):
            refused.append(part)
        else:
            some = True
            yield from unpacked_in_batches(part, rows, maps)
    if refused or not some:
        yield Reading(None, (), tuple(refused))


def unpacked_in_batches(file: AnyFile, rows: int, maps: Sequence[ColumnMap]) -> Iterator[Reading]:
    """:func:`read_in_batches` of a file that is no archive, or of what one was unpacked to."""
    if table := large_table(file, maps):
        from tsukitome.sources.contract_batches import State, read_batches

        yield from read_batches(table, table.batches(rows), State(), rows)
        return
    kind: StreamKind | None = None
    started = False
    try:
        if found := large_stream(file, maps):
            cut, kind = found
            for batch in in_batches(kind.kind, items_of_file(kind, cut), rows):
                started = True
                yield batch
        elif isinstance(file, LongFile):
            raise UnreadableError(file.shown, _NOT_BY_ROWS)
        elif not _is_mapped(file, maps) and _is_text(file):
            _refuse_huge(file)
            text = decode(file)
            kind = stream_kind_of(text)
            if kind is not None:
                for batch in in_batches(kind.kind, kind.items(file, text), rows):
                    started = True
                    yield batch
                if cut_off := _cut_off(file, text):
                    yield Reading(kind.kind, (), cut_off)
    except UnreadableError as error:
        # A document that is torn gives nothing, whatever it would have been.
        yield Reading(kind.kind if kind and started else None, (), (Refusal(file.shown, error.reason, error.place),))
    else:
        if kind is None and isinstance(file, File):
            yield _tried(file, maps)


def large_stream(file: AnyFile, maps: Sequence[ColumnMap] = ()) -> tuple[DelimitedFile, StreamKind] | None:
    """The file and its kind, where that is read one record at a time and the file so large that it is not decoded as a whole; else
    None.
    """
    if file.size < LARGE or _is_mapped(file, maps) or not _is_text(file) or not _may_be_stream(file):
        return None
    if (cut := DelimitedFile.of(file)) is None:
        return None
    kind = stream_kind_of(file.head(HEAD).decode(cut.encoding, "ignore"))
    return kind and (replace(cut, separator=kind.separator or cut.separator), kind)


def large_table(file: AnyFile, maps: Sequence[ColumnMap] = ()) -> DelimitedFile | None:
    """The file, where it is a contract table in delimited text and so large that it is read in batches; else None."""
    if file.size < LARGE or not is_named_table(file.shown) or _is_mapped(file, maps) or not _is_text(file):
        return None
    if _may_be_stream(file):  # going through it for its encoding would be for nothing
        return None
    from tsukitome.sources.contract_batches import as_contract_table

    return as_contract_table(file, stream_kind_of)


def _may_be_stream(file: AnyFile) -> bool:
    """Whether the beginning is of a kind that is read one record at a time, in whatever encoding it is."""
    return any(stream_kind_of(file.head(HEAD).decode(encoding, "ignore")) for encoding in ENCODINGS)


def _is_mapped(file: AnyFile, maps: Sequence[ColumnMap]) -> bool:
    """Whether a column map says how the file is read; nothing that is not held in memory is read by one."""
    return isinstance(file, File) and any(column_map.covers(file.shown) for column_map in maps)


def _tried(file: File, maps: Sequence[ColumnMap]) -> Reading:
    try:
        column_map = next((column_map for column_map in maps if column_map.covers(file.shown)), None)
        if column_map is None:
            return _read(file)
        from tsukitome.sources.mapped import read_mapped

        if _is_text(file) and file.size > _LONGEST_TABLE:
            raise UnreadableError(
                file.shown, f"holds more than {_LONGEST_TABLE >> 20} MiB, too much for a column map. Give it in parts."
            )
        return read_mapped(file, column_map)
    except UnreadableError as error:
        return Reading(None, (), (Refusal(file.shown, error.reason, error.place),))


def _is_text(file: AnyFile) -> bool:
    """Whether a file goes by its text, and not by the pages, sheets or elements of its format."""
    head = file.head(1024)
    if file.suffix in _TEXTS_FOR_PEOPLE or head.startswith((_ZIP, _COMPOUND)):
        return False
    if not head[:256].strip(_NOTHING) and isinstance(file, File) and not file.data.strip(_NOTHING):
        return False
    return not head.lstrip().startswith(b"%PDF-") and not _is_markup(head)


def _is_markup(data: bytes) -> bool:
    return data[:256].lstrip(b"\xef\xbb\xbf\t\n\r ").startswith(b"<")


def _read(file: File) -> Reading:
    data = file.data
    if not data.strip(_NOTHING):
        raise UnreadableError(file.shown, "is empty.")
    if file.suffix in _TEXTS_FOR_PEOPLE:
        raise UnreadableError(file.shown, "is a text for people, not a source of awards.")
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return _read_pdf(file)
    if data.startswith((_ZIP, _COMPOUND)):
        return _read_tables(file)
    if _is_markup(data):
        _refuse_huge(file)
        return _read_html(file)
    return _read_text(file)


def _read_text(file: File) -> Reading:
    """A text file. A name that says it is a table is believed before the text is searched for notices."""
    _refuse_huge(file)
    text = decode(file)
    reading = _of_text(file, text)
    return replace(reading, refusals=(*reading.refusals, *_cut_off(file, text))) if reading.kind else reading


def _cut_off(file: File, text: str) -> tuple[Refusal, ...]:
    """A refusal of a text's end that is missing, where the end tells."""
    if not text.endswith(CUT_OFF) or file.data.endswith(CUT_OFF.encode()):
        return ()
    return (Refusal(file.shown, "ends inside a character: it is cut off, and its last row may be incomplete."),)


def _of_text(file: File, text: str) -> Reading:
    if stream := stream_kind_of(text):
        return reading_of(stream.kind, stream.items(file, text))
    lines = partial(lines_of, text)  # a million lines are made only of a text that is one
    if not is_named_table(file.shown) and (reading := _of_kinds(file, text, lines)):
        return reading
    reading = _read_tables(file)
    return reading if reading.kind else _of_kinds(file, text, lines) or _of_columns(file, lines()) or reading


def _refuse_huge(file: File) -> None:
    """Raises UnreadableError for a text too large to be read whole, where its beginning is of no kind read row by row."""
    longest = _LONGEST_TABLE if is_named_table(file.shown) else _LONGEST_TEXT
    if file.size <= longest:
        return
    heads = [file.head(HEAD).decode(encoding, "ignore") for encoding in (*ENCODINGS, "utf-16")]
    if not any(map(stream_kind_of, heads)):
        raise UnreadableError(
            file.shown,
            f"holds more than {longest >> 20} MiB of text, and its beginning is of no kind that is read row by row."
            " Give it in parts.",
        )


def _of_kinds(file: File, text: str, lines: Callable[[], Sequence[Line]]) -> Reading | None:
    return next((kind.read(file, lines()) for kind in text_kinds() if kind.looks_like(text)), None)


def _read_html(file: File) -> Reading:
    """A page by its tables, else by its text; a table too large to be held is refused either way."""
    from tsukitome.documents.html import cut_off
    from tsukitome.documents.html_lines import read_html_lines
    from tsukitome.documents.table import too_many_cells

    try:
        reading = _read_tables(file)
    except UnreadableError:
        reading = Reading(None, (), (Refusal(file.shown, NOT_RECOGNIZED),))
    if not reading.kind or _says_notices(file):
        lines = read_html_lines(file)
        text = "\n".join(line.text for line in lines)
        notices = _of_kinds(file, text, lambda: lines)
        other = notices if notices and len(notices.awards) >= len(reading.awards) else None
        if other is None and not reading.kind:
            other = _of_columns(file, lines) or _of_label_lines(file, lines)
        if other:
            not_held = (refusal for refusal in reading.refusals if refusal.reason == too_many_cells())
            reading = replace(other, refusals=(*not_held, *other.refusals))
    cut = cut_off(file)
    return replace(reading, refusals=(*reading.refusals, Refusal(file.shown, cut))) if cut and reading.kind else reading


def _of_columns(file: File, lines: Sequence[Line]) -> Reading | None:
    """What lines whose columns are set apart by white space or bars tell of contracts, else of tenders."""
    return _of_contract_lines(file, lines) or _of_bid_lines(file, lines)


def _of_contract_lines(file: File, lines: Sequence[Line]) -> Reading | None:
    """What the contract lists in lines of fixed width tell; a list whose columns can't be told apart is refused by its line."""
    from tsukitome.sources.contract_table import read_contract_tables
    from tsukitome.sources.contract_text import contract_tables_in

    found = contract_tables_in(lines)
    if found is None:
        return None
    reading = read_contract_tables(file, found.tables)
    refused = (Refusal(file.shown, reason, _place_of(line)) for line, reason in found.unreadable)
    return replace(reading, refusals=(*refused, *reading.refusals))


def _place_of(line: Line) -> str:
    return f"page {line.page}, line {line.number}" if line.on_page else f"line {line.number}"


def _of_bid_lines(file: File, lines: Sequence[Line]) -> Reading | None:
    """What lines of running text tell of tenders, where they list the bidders below each other."""
    from tsukitome.sources.bid_lines import bid_tables
    from tsukitome.sources.bid_results import looks_like_bid_results, read_bid_results
    from tsukitome.sources.reshaping import reshaped

    tables = reshaped([*bid_tables(lines)])
    return read_bid_results(file, tables) if looks_like_bid_results(tables) else None


def _of_label_lines(file: File, lines: Sequence[Line]) -> Reading | None:
    """What lines of labels and values (件名：…, 契約金額：…) say of contracts in a document without tables."""
    from tsukitome.sources.contract_table import looks_like, read_contract_tables
    from tsukitome.sources.label_sheets import in_rows, of_lines

    tables = [*in_rows(of_lines(lines))]
    return read_contract_tables(file, tables) if looks_like(tables) else None


def _says_notices(file: File) -> bool:
    """Whether a page with tables says that it prints award notices: their items may stand in a table of two columns."""
    return "落札者等" in decode(file)


def _read_pdf(file: File) -> Reading:
    """A PDF of running text by its lines, any other by its ruled tables; pages without text are refused by number."""
    from tsukitome.documents.pdf_bombs import FILE_TOO_LONG
    from tsukitome.documents.pdf_lines import read_pdf_lines
    from tsukitome.documents.pdf_spaced import read_pdf_spaced

    document = read_pdf_lines(file)
    reading = _of_kinds(file, document.text, lambda: document.lines)
    if reading is None:
        if document.is_too_long:
            raise UnreadableError(file.shown, FILE_TOO_LONG)
        tables = _read_tables(file)
        if tables.kind:
            return tables
        reading = _of_columns(file, read_pdf_spaced(file)) or _of_label_lines(file, document.lines)
        if reading is None:
            return tables
    damage = (Refusal(file.shown, document.damage),) if document.damage else ()
    unread = (Refusal(file.shown, reason, f"page {page}") for page, reason in document.unread)
    return replace(reading, refusals=(*damage, *unread, *reading.refusals))


def _read_tables(file: File) -> Reading:
    from tsukitome.documents.tables import read_tables
    from tsukitome.sources.reshaping import reshaped

    read = read_tables(file)
    unreadable = [Refusal(file.shown, reason, place) for place, reason in read.unreadable]
    tables = []
    for table in read.tables:
        overlong = table.overlong
        kept = tuple(row for row in table.rows if row.number not in overlong) if overlong else table.rows
        tables.append(replace(table, rows=kept))
        unreadable += (
            Refusal(file.shown, reason, ", ".join(filter(None, (table.place, f"row {number}"))))
            for number, reason in overlong.items()
        )
    parts = reshaped(tables)
    for kind in table_kinds():
        if kind.looks_like(parts):
            reading = kind.read(file, parts)
            return replace(reading, refusals=(*unreadable, *reading.refusals))
    return _without_awards(file, parts, unreadable) or Reading(
        None, (), (*unreadable, Refusal(file.shown, NOT_RECOGNIZED))
    )


def _without_awards(file: File, tables: Sequence[Table], unreadable: Sequence[Refusal]) -> Reading | None:
    """What is said of a file of plans or of tenders that are still open: it is understood, and holds no awards."""
    from tsukitome.sources.without_awards import NO_RECORD, why_no_awards

    reasons = [(table.place, why_no_awards(table)) for table in tables if table.rows]
    if not all(reason for _, reason in reasons) or {reason for _, reason in reasons} <= {NO_RECORD}:
        return None
    said = (Refusal(file.shown, reason, place or None) for place, reason in reasons if reason)
    return Reading("contract_table", (), (*unreadable, *said))
