"""Open Contracting Data Standard 1.0 and 1.1 (standard.open-contracting.org): releases and records, packed or not, as JSON or as
JSON Lines.

An award is one of a release's ``awards[]``. Its ``value`` is a total; a unit price stands only in ``items[].unit.value``;
``tender.value``, the upper estimate before any bid, is a reserve price. Suppliers are joined to ``parties[]`` for addresses and
corporate numbers. Amounts in another currency than JPY are not converted. Of several releases of one process that tell of the same
award the latest counts, and a record's ``compiledRelease`` before its releases. Contact points, who are persons, are read nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tsukitome.awards import Award, Dates, Source
from tsukitome.documents.csv_rows import physical_lines
from tsukitome.documents.file import File
from tsukitome.documents.json_text import (
    is_json_lines,
    json_lines,
    listed,
    looks_like_json,
    objects,
    read_json,
    under,
    whole_text,
    words,
)
from tsukitome.errors import UnreadableError
from tsukitome.sources.ocds_release import amounts_of, buyer_of, method_of, part, suppliers_of, tenderers_of, told
from tsukitome.sources.open_data import LONGEST_QUOTE, Notes, filled, in_utc, one_line, read_day, shortened
from tsukitome.sources.reading import Reading, Refusal
from tsukitome.sources.streaming import Lines, reading_of

_LOOKED_AT = 100_000  # characters: a package may begin with a long list of extensions
_NAMED = 20  # places that are named of many
_NO_AWARD = frozenset({"cancelled", "unsuccessful"})  # OCDS code list awardStatus


class _Found(NamedTuple):
    """An award with its release, its place in the file, and whether the release is a compiled one. ``path`` is where it stands in
    its document, or in its line.
    """

    release: dict[str, Any]
    award: dict[str, Any]
    place: str
    row: int | None
    line: int | None
    compiled: bool
    path: str

    @property
    def where(self) -> str | None:
        """The place by which a refusal names it."""
        return _at(self.line, self.path)

    @property
    def identity(self) -> tuple[str, str]:
        """The process and the award, by which releases that tell of one award are known; empty where they have none."""
        return words(self.release.get("ocid")), words(self.award.get("id"))


class _Release(NamedTuple):
    """A release with its path in the document, and whether it is a compiled one; a text is what stands in its place."""

    path: str
    told: dict[str, Any] | str
    compiled: bool = False
    why: str = "is no JSON object where a release should stand."


def looks_like_ocds(text: str) -> bool:
    """Whether a text is JSON or JSON Lines of contracting processes: they bear an ``ocid``."""
    return looks_like_json(text) and '"ocid"' in text[:_LOOKED_AT]


def read_ocds(file: File, text: str) -> Reading:
    """The awards of an OCDS file whose decoded content is ``text``. Raises UnreadableError for JSON that is cut off."""
    return reading_of("ocds", ocds_items(file, text))


def ocds_items(file: File, text: str) -> Iterator[Award | Refusal]:
    """What :func:`read_ocds` reads, one award at a time."""
    return ocds_items_of(file, lambda: physical_lines(text))


def ocds_items_of(file: File, lines: Lines) -> Iterator[Award | Refusal]:
    """What :func:`read_ocds` reads of a text's lines; of JSON Lines one line at a time, and a line that is no JSON is refused.

    The file is gone through twice: which release tells of an award last is known at its end only.
    """
    document = None if is_json_lines(lines()) else read_json(whole_text(lines(), file.shown), file.shown)

    def found(without: _Counted) -> Iterator[_Found | Refusal]:
        return _document(file, document, without) if document is not None else _lines(file, lines(), without)

    last = _last_told(found(_Counted()))
    again, without = _Counted(), _Counted()
    for item in found(without):
        if isinstance(item, Refusal):
            yield item
        elif last.get(item.identity, (None, item.where))[1] == item.where:
            yield _award(file, item)
        else:
            again.add(item.where)
    if again.number:
        reason = f"{again.number} awards are told again by another release of this file; one of each was kept."
        yield Refusal(file.shown, reason, again.named)
    if without.number:
        reason = (
            f"{without.number} releases tell of a plan, a tender or a contract only and hold no award of their own."
        )
        yield Refusal(file.shown, reason, without.named)


def _last_told(items: Iterable[_Found | Refusal]) -> dict[tuple[str, str], tuple[tuple[bool, str], str | None]]:
    """Where each award that has an identity is told last: compiled releases come after all others, and these by their time."""
    last: dict[tuple[str, str], tuple[tuple[bool, str], str | None]] = {}
    for item in items:
        if isinstance(item, _Found) and all(item.identity):
            printed = words(item.release.get("date"))
            when = item.compiled, in_utc(printed) or printed
            if item.identity not in last or when > last[item.identity][0]:
                last[item.identity] = when, item.where
    return last


@dataclass(slots=True)
class _Counted:
    """What is said once for all: how many there are, and where the first of them stand."""

    number: int = 0
    places: list[str] = field(default_factory=list)

    def add(self, place: str | None) -> None:
        self.number += 1
        if place and len(self.places) < _NAMED:
            self.places.append(place)

    @property
    def named(self) -> str | None:
        return ", ".join(self.places) + (", …" if self.number > len(self.places) > 0 else "") or None


def _lines(file: File, lines: Iterable[str], without: _Counted) -> Iterator[_Found | Refusal]:
    for number, line in json_lines(lines):
        try:
            document = read_json(line, file.shown, f"line {number}")
        except UnreadableError as error:
            yield Refusal(file.shown, error.reason, error.place, shortened(line, LONGEST_QUOTE))
        else:
            yield from _document(file, document, without, number)


def _document(file: File, document: Any, without: _Counted, line: int | None = None) -> Iterator[_Found | Refusal]:
    """The awards of a package, of a list of releases or records, or of one alone."""
    number = 0
    release: _Release | None = None
    for release in _releases(document):
        if isinstance(release.told, str):
            yield Refusal(file.shown, release.why, _at(line, release.path), release.told[:LONGEST_QUOTE])
            continue
        some = False
        for path, award in listed(release.told.get("awards"), under(release.path, "awards")):
            some = True
            if isinstance(award, str):
                reason = "is no JSON object where an award should stand."
                yield Refusal(file.shown, reason, _at(line, path), award[:LONGEST_QUOTE])
                continue
            number += 1
            place = f"a{number}" if line is None else f"l{line}-a{number}"
            row = number if line is None else None
            yield _Found(release.told, award, place, row, line, release.compiled, path)
        if not some:
            without.add(_at(line, release.path))
    if release is None:
        yield Refusal(file.shown, "holds no release.", _at(line, ""))


def _at(line: int | None, path: str) -> str | None:
    """A place for a person; None for the whole text."""
    return ", ".join(filter(None, (f"line {line}" if line else "", path))) or None


def _releases(document: Any) -> Iterator[_Release]:
    for path, thing in [("", "null")] if document is None else listed(document, ""):
        if isinstance(thing, str):
            yield _Release(path, thing)
        elif "releases" in thing and "ocid" not in thing:
            yield from _listed_releases(thing, path, {})
        elif "records" in thing:
            for path_of_record, record in listed(thing["records"], under(path, "records")):
                if isinstance(record, str):
                    yield _Release(path_of_record, record, why="is no JSON object where a record should stand.")
                elif "awards" in record:  # a release among the records
                    yield _Release(path_of_record, record)
                else:
                    yield from _of_record(record, path_of_record)
        elif {"compiledRelease", "releases", "versionedRelease"} & thing.keys():
            yield from _of_record(thing, path)
        else:
            yield _Release(path, thing)


def _of_record(record: dict[str, Any], path: str) -> Iterator[_Release]:
    """A record's compiled release, which holds all that its releases tell; these where it has none, or none with awards."""
    ocid = {"ocid": record.get("ocid")}
    compiled = part(record, "compiledRelease")
    if compiled and (compiled.get("awards") or not any(one.get("awards") for one in objects(record.get("releases")))):
        yield _Release(under(path, "compiledRelease"), {**ocid, **compiled}, compiled=True)
        return
    if record.get("compiledRelease") is not None and not compiled:
        yield _Release(under(path, "compiledRelease"), json.dumps(record["compiledRelease"], ensure_ascii=False))
    some = False
    for release in _listed_releases(record, path, ocid):
        some = True
        yield release
    if not some:
        versioned = "has a versioned release only, whose fields are histories: add the compiledRelease."
        why = versioned if record.get("versionedRelease") else "is a record without a release."
        yield _Release(path, json.dumps(record, ensure_ascii=False), why=why)


def _listed_releases(thing: dict[str, Any], path: str, common: dict[str, Any]) -> Iterator[_Release]:
    """The releases of a package or record. A record may only link to them."""
    for where, release in listed(thing.get("releases"), under(path, "releases")):
        if isinstance(release, str):
            yield _Release(where, release)
        elif "url" in release and not release.keys() & {"ocid", "awards", "tender", "planning"}:
            why = "links to a release elsewhere, which was not fetched: give its file too."
            yield _Release(where, words(release["url"]), why=why)
        else:
            yield _Release(where, {**common, **release})


def _award(file: File, found: _Found) -> Award | Refusal:
    release, award = found.release, found.award
    tender = part(release, "tender")
    source = Source(file.shown, "ocds", file.sha256, _quote(release, award), row=found.row, line=found.line)
    status = words(award.get("status"))
    if status in _NO_AWARD:
        reason = f"its status is {status!r}, so nobody won it."
        return Refusal(file.shown, reason, found.where, source.quote[:LONGEST_QUOTE])
    notes = Notes()
    title = one_line(filled(told(award, "title")) or filled(told(award, "description")))
    if not title:
        title = one_line(filled(told(tender, "title")) or filled(told(tender, "description")))
        notes.note(title and "the award bears no title, so it is that of the tender")
    if not title:
        return Refusal(file.shown, "names no contract.", found.where, source.quote[:LONGEST_QUOTE])
    notes.note("its status is 'pending': it is proposed and not yet in force" if status == "pending" else None)
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


def _dates(found: _Found, notes: Notes) -> Dates:
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
