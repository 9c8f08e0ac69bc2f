"""Open Contracting Data Standard 1.1 (standard.open-contracting.org): release and record packages, JSON and JSON Lines.

An award is one of a release's ``awards[]``. Its ``value`` is a total; a unit price stands only in
``items[].unit.value``. Suppliers are joined to ``parties[]`` for addresses and corporate numbers. Amounts in another
currency than JPY are not converted. Of several releases of one process that tell of the same award the latest counts,
and a record's ``compiledRelease`` before its releases. Contact points, who are persons, are read nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from tsukitome.awards import Award, Dates, Source
from tsukitome.documents.csv_rows import physical_lines
from tsukitome.documents.file import File
from tsukitome.documents.json_text import json_lines, looks_like_json, objects, read_json, words
from tsukitome.errors import UnreadableError
from tsukitome.sources.ocds_release import amounts_of, buyer_of, method_of, part, suppliers_of, tenderers_of, told
from tsukitome.sources.open_data import LONGEST_QUOTE, Findings, filled, one_line, read_day, shortened
from tsukitome.sources.reading import Reading, Refusal
from tsukitome.sources.streaming import reading_of

_LOOKED_AT = 100_000  # characters: a package may begin with a long list of extensions
_NO_AWARD = frozenset({"cancelled", "unsuccessful"})  # OCDS code list awardStatus


class _Found(NamedTuple):
    """An award with its release, its place in the file, and whether the release is a compiled one."""

    release: dict[str, Any]
    award: dict[str, Any]
    place: str
    row: int | None
    line: int | None
    compiled: bool


def looks_like_ocds(text: str) -> bool:
    """Whether a text is JSON or JSON Lines of contracting processes: they bear an ``ocid``."""
    return looks_like_json(text) and '"ocid"' in text[:_LOOKED_AT]


def read_ocds(file: File, text: str) -> Reading:
    """The awards of an OCDS file whose decoded content is ``text``. Raises UnreadableError for JSON that is cut off."""
    return reading_of("ocds", ocds_items(file, text))


def ocds_items(file: File, text: str) -> Iterator[Award | Refusal]:
    """What :func:`read_ocds` reads; of a JSON Lines file one line at a time, and a line that is no JSON is refused."""
    seen: set[tuple[str, str]] = set()
    repeats = 0
    for found in _lines(file, text) if _is_lines(text) else _document(read_json(text, file.shown)):
        if isinstance(found, Refusal):
            yield found
            continue
        identity = words(found.release.get("ocid")), words(found.award.get("id"))
        if all(identity) and identity in seen:
            repeats += 1
            continue
        seen.add(identity)
        yield _award(file, found)
    if repeats:
        yield Refusal(
            file.shown, f"{repeats} awards are told again by another release of this file; one of each was kept."
        )


def _is_lines(text: str) -> bool:
    """Whether the first line is a whole JSON object and more follow."""
    beginning = text.lstrip("\ufeff \t\r\n")
    first = next(physical_lines(beginning), "")
    if not first.rstrip().endswith("}") or not beginning[len(first) :].strip():
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _lines(file: File, text: str) -> Iterator[_Found | Refusal]:
    for number, line in json_lines(text):
        try:
            document = read_json(line, file.shown, f"line {number}")
        except UnreadableError as error:
            yield Refusal(file.shown, error.reason, error.place, shortened(line, LONGEST_QUOTE))
        else:
            yield from _document(document, number)


def _document(document: Any, line: int | None = None) -> Iterator[_Found]:
    """The awards of a package, of a list of releases or records, or of one alone; the latest release's come first."""
    found: list[_Found] = []
    for release, compiled in _releases(document):
        for award in objects(release.get("awards")):
            number = len(found) + 1
            place = f"a{number}" if line is None else f"l{line}-a{number}"
            found.append(_Found(release, award, place, number if line is None else None, line, compiled))
    yield from sorted(found, key=lambda one: (one.compiled, words(one.release.get("date"))), reverse=True)


def _releases(document: Any) -> Iterator[tuple[dict[str, Any], bool]]:
    for thing in objects(document):
        if "releases" in thing and "ocid" not in thing:
            yield from ((release, False) for release in objects(thing["releases"]))
        elif "records" in thing:
            for record in objects(thing["records"]):
                yield from _of_record(record)
        elif "compiledRelease" in thing or "releases" in thing:
            yield from _of_record(thing)
        else:
            yield thing, False


def _of_record(record: dict[str, Any]) -> Iterator[tuple[dict[str, Any], bool]]:
    ocid = record.get("ocid")
    compiled = part(record, "compiledRelease")
    if compiled:
        yield {"ocid": ocid, **compiled}, True
    else:
        yield from (({"ocid": ocid, **release}, False) for release in objects(record.get("releases")))


def _award(file: File, found: _Found) -> Award | Refusal:
    release, award = found.release, found.award
    tender = part(release, "tender")
    source = Source(file.shown, "ocds", file.sha256, _quote(release, award), row=found.row, line=found.line)
    status = words(award.get("status"))
    if status in _NO_AWARD:
        return Refusal(
            file.shown, f"its status is {status!r}, so nobody won it.", source.place, source.quote[:LONGEST_QUOTE]
        )
    notes = Findings()
    title = one_line(filled(told(award, "title")) or filled(told(award, "description")))
    if not title:
        title = one_line(filled(told(tender, "title")) or filled(told(tender, "description")))
        notes.note(title and "the award bears no title, so it is that of the tender")
    if not title:
        return Refusal(file.shown, "names no contract.", source.place, source.quote[:LONGEST_QUOTE])
    dates = _dates(found, notes)
    suppliers = suppliers_of(release, award, dates.award, notes)
    awarded = sum(supplier.role == "awarded" for supplier in suppliers)
    method, details = method_of(tender)
    return Award(
        award_id=file.award_id(found.place),
        title=title,
        buyer=buyer_of(release),
        suppliers=suppliers,
        source=source,
        dates=dates,
        amounts=amounts_of(release, award, 0 if awarded == 1 else None, notes),
        procurement_method=method,
        procurement_method_details=details,
        warnings=tuple(notes.warnings),
        tenderers=tenderers_of(release),
    )


def _dates(found: _Found, notes: Findings) -> Dates:
    """The day of the award, of the signature of its contract, and of the release, which a compiled one does not have."""
    contracts = [one for one in objects(found.release.get("contracts")) if one.get("awardID") == found.award.get("id")]
    signed = next((told(contract, "dateSigned") for contract in contracts if told(contract, "dateSigned")), "")
    published = "" if found.compiled else told(found.release, "date")
    readings = [read_day(filled(printed)) for printed in (told(found.award, "date"), signed, published)]
    for reading in readings:
        notes.note(reading.warning)
    if not told(found.award, "date"):
        notes.note("the award has no date")
    return Dates(award=readings[0].date, contract=readings[1].date, published=readings[2].date)


def _quote(release: dict[str, Any], award: dict[str, Any]) -> str:
    value = part(award, "value")
    suppliers = ", ".join(told(supplier, "name") for supplier in objects(award.get("suppliers")))
    printed = (
        told(award, "title"), told(award, "date"), told(value, "amount"), told(value, "currency"), suppliers,
        told(part(release, "buyer"), "name"), told(part(release, "tender"), "title"), told(award, "id"), told(release, "ocid"),
    )  # fmt: skip
    return " | ".join(filter(None, (text.strip() for text in printed)))
