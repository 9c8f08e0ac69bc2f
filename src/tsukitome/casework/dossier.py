"""The dossier of a checked case: quotations of every candidate that is drawn, pictures of PDF rows, coverage and hashes."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from tsukitome.api import Archive
from tsukitome.awards import Source
from tsukitome.casework.check import CheckedCase
from tsukitome.casework.firm_record import firm_record
from tsukitome.casework.question import as_the_case_says
from tsukitome.casework.quotations import printed_fact
from tsukitome.casework.subject import Checked, checked_candidate
from tsukitome.checks import Printed
from tsukitome.documents.file import File
from tsukitome.documents.pdf_picture import Picture, row_picture, text_picture
from tsukitome.errors import UnreadableError
from tsukitome.reporting.report.dossier import Dossier, RowPicture, SourceFile
from tsukitome.reporting.texts import changed
from tsukitome.small_files import read_small


def dossier(found: CheckedCase, archive: Archive, command: str) -> Dossier:
    """All that the report of a checked case shows, with the command that makes it again; nothing is masked yet."""
    spelled = partial(as_the_case_says, found.case)
    bare = Dossier(
        case=found.case,
        found=found.found,
        check=found.check,
        texts=found.texts,
        records=found.records,
        quotations={},
        repeated=(),
        pictures={},
        coverage_rows=tuple(archive.coverage_rows()),
        files=tuple(SourceFile(spelled(one.file), one.kind, one.sha256, one.records) for one in archive.sources),
        case_sha256=_hash(Path(found.case.file)),
        command=command,
    )
    shown = bare.in_full()
    paths = {source.sha256: Path(source.path) for source in archive.sources}
    pictures = {
        id: _picture(found.records[id].source, paths)
        for candidate in shown
        for id in candidate.awards[0].award_ids
        if id in found.records and found.records[id].source.file.lower().endswith(".pdf")
    }
    subjects = [checked_candidate(one, one.awards[0], found.records) for one in shown]
    subject = found.check.subject
    ours = next((one for one in found.found.candidates if subject and one.rank == subject.rank), None)
    firm = firm_record(archive, subject, ours) if subject and ours else None
    quotations = {one.candidate.rank: _quotations(one) for one in subjects}
    repeated = tuple(printed for one in subjects for printed in _repeated(one))
    return replace(bare, quotations=quotations, repeated=repeated, pictures=pictures, firm=changed(firm, spelled))


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(read_small(path)).hexdigest()
    except UnreadableError:
        return ""


def _quotations(checked: Checked) -> dict[str, Printed]:
    found = {piece.clue: printed_fact(piece, checked) for piece in checked.candidate.evidence}
    return {clue: printed for clue, printed in found.items() if printed is not None}


def _repeated(checked: Checked) -> Iterator[Printed]:
    """Each fact in each of the award's records that prints it."""
    for record in checked.records:
        alone = replace(checked, records=(record,))
        for piece in checked.candidate.evidence:
            printed = printed_fact(piece, alone)
            if printed is not None and printed.start is not None:
                yield printed


def _picture(source: Source, paths: Mapping[str, Path]) -> RowPicture:
    """The row as it is printed: only from a file that is at hand and still the one that was read."""
    path = paths.get(source.sha256)
    try:
        file = File.read(path, source.file) if path else None
    except UnreadableError:
        file = None
    if file is None or file.sha256 != source.sha256 or source.page is None:
        return RowPicture(source, None, why_not="picture_no_file")
    picture: Picture | None = None
    if source.row is not None:
        picture = row_picture(file, source.page, source.sheet, source.row, source.quote)
    else:
        picture = text_picture(file, source.page, source.quote)
    if picture is None:
        return RowPicture(source, None, why_not="picture_not_found")
    uri = "data:image/png;base64," + base64.b64encode(picture.png).decode("ascii")
    return RowPicture(source, uri, picture.width, picture.height, painted=picture.painted)
