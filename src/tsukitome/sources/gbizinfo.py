"""gBizINFO 調達情報 (経済産業省, info.gbiz.go.jp): orders by firm, as CSV of two layouts and as the REST API's JSON.

The bulk layout is 法人番号, 商号または名称, 登記住所, 受注日, 件名, 落札価格, 組織名, 備考; the older one has the API's
names (date_of_order, title, amount, government_departments, joint_signatures, corporate_number) and no firm's name.
Missing values come as ``Null``. The data holds junk (90,000,000,167,598,800 yen, 0 yen, the year 2910) and many rows
twice: such values are left out with the reason, and repeated rows are counted in a refusal. Unit prices are not marked,
and an address is that of the register of today.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from tsukitome.awards import Amount, Award, Dates, FromRegister, Source
from tsukitome.documents.csv_rows import csv_rows, separator_of
from tsukitome.documents.file import File
from tsukitome.documents.json_text import looks_like_json, objects, read_json, words
from tsukitome.errors import UnreadableError
from tsukitome.sources.open_data import (
    LONGEST_QUOTE,
    Findings,
    columns_of,
    filled,
    one_line,
    read_day,
    read_yen,
    shortened,
    suppliers_of,
    wrong_width,
)
from tsukitome.sources.reading import Reading, Refusal
from tsukitome.sources.streaming import reading_of

REGISTERED = "the address is the registered one of today, not that of the award"
_ROWS_LOOKED_AT = 3
_REPEATS_NAMED = 20
# The price of a piece is far below what is published as a contract (少額随契's limits); 単価 in a title makes more of it likely.
_SMALLEST_TOTAL, _UNIT_CEILING = 1_000, 100_000


class _Entry(NamedTuple):
    """One order as printed: ``place`` is its place in an award's identity, ``row`` its number for a person."""

    place: str
    row: int
    printed: str
    number: str
    name: str
    address: str
    day: str
    title: str
    price: str
    buyer: str
    joint: str


def looks_like_gbizinfo(text: str) -> bool:
    """Whether a text is a procurement file of gBizINFO: a header of one of its layouts, or an answer of its REST API."""
    if looks_like_json(text):
        return '"hojin-infos"' in text[:20_000]
    beginning = text[:20_000]
    rows = csv_rows(beginning, separator_of(beginning))
    return any(columns_of("gbizinfo", row.cells) for row, _ in zip(rows, range(_ROWS_LOOKED_AT), strict=False))


def read_gbizinfo(file: File, text: str) -> Reading:
    """The orders of a gBizINFO file whose decoded content is ``text``. Raises UnreadableError for JSON that is cut off."""
    return reading_of("gbizinfo", gbizinfo_items(file, text))


def gbizinfo_items(file: File, text: str) -> Iterator[Award | Refusal]:
    """What :func:`read_gbizinfo` reads, one order at a time, and at the end a refusal that counts the repeated rows."""
    seen: set[int] = set()
    repeats: list[int] = []
    for item in _json_entries(file, text) if looks_like_json(text) else _csv_entries(file, text):
        if isinstance(item, Refusal):
            yield item
        elif (same := hash(item.printed)) in seen:
            repeats.append(item.row)
        else:
            seen.add(same)
            yield _award(file, item) if filled(item.title) else _untitled(file, item)
    if repeats:
        named = ", ".join(map(str, repeats[:_REPEATS_NAMED])) + (", …" if len(repeats) > _REPEATS_NAMED else "")
        reason = f"{len(repeats)} rows repeat another row of this file word for word; one record of each was kept."
        yield Refusal(file.shown, reason, f"rows {named}")


def _csv_entries(file: File, text: str) -> Iterator[_Entry | Refusal]:
    columns: dict[str, int] | None = None
    width = 0
    for row in csv_rows(text, separator_of(text)):
        place = f"row {row.number}"
        if columns is None:
            columns, width = columns_of("gbizinfo", row.cells), len(row.cells)
            if columns is None and row.number >= _ROWS_LOOKED_AT:
                raise UnreadableError(file.shown, "has no header of gBizINFO's procurement files in its first rows.")
        elif row.problem or len(row.cells) != width:
            if row.printed.strip():
                yield Refusal(file.shown, wrong_width(row, width), place, row.printed[:LONGEST_QUOTE])
        elif not any(cell.strip() for cell in row.cells):
            continue
        else:
            number, name, address, day, title, price, buyer, joint = (
                row.cells[columns[field]] if field in columns else ""
                for field in ("number", "name", "address", "date", "title", "price", "buyer", "joint")
            )
            yield _Entry(
                f"r{row.number}", row.number, row.printed, number, name, address, day, title, price, buyer, joint
            )


def _json_entries(file: File, text: str) -> Iterator[_Entry | Refusal]:
    """The orders of the API's answers, counted through the file."""
    row = 0
    for answer in objects(read_json(text, file.shown)):
        for firm in objects(answer.get("hojin-infos")):
            of_firm = [words(firm.get(key)) for key in ("corporate_number", "name", "location")]
            for order in objects(firm.get("procurement")):
                row += 1
                keys = ("date_of_order", "title", "amount", "government_departments", "joint_signatures")
                joint = order.get("joint_signatures")
                told = {**order, "joint_signatures": ", ".join(map(words, joint)) if isinstance(joint, list) else joint}
                of_order = [words(told.get(key)) for key in keys]
                printed = " | ".join(filter(None, (*of_firm, *of_order)))
                yield _Entry(f"j{row}", row, printed, *of_firm, *of_order)


def _untitled(file: File, entry: _Entry) -> Refusal:
    return Refusal(file.shown, "names no contract.", f"row {entry.row}", entry.printed[:LONGEST_QUOTE])


def _award(file: File, entry: _Entry) -> Award:
    found = Findings()
    day = read_day(filled(entry.day))
    found.note(day.warning or (None if day.date else "the row has no date of order"))
    suppliers = tuple(
        replace(supplier, register=FromRegister(("address",))) if supplier.address else supplier
        for supplier in suppliers_of(entry.name, entry.number, found, address=entry.address)
    )
    title = one_line(entry.title)
    amounts = _amounts(filled(entry.price), title, 0 if suppliers else None, found)
    if any(supplier.address for supplier in suppliers):
        found.note(REGISTERED)
    if joint := filled(entry.joint):
        found.note(f"signed jointly (連名) with {shortened(joint)}; whether they buy or supply is not said")
    return Award(
        award_id=file.award_id(entry.place),
        title=title,
        buyer=one_line(filled(entry.buyer)) or None,
        suppliers=suppliers,
        source=Source(file.shown, "gbizinfo", file.sha256, entry.printed, row=entry.row),
        dates=Dates(contract=day.date),
        amounts=amounts,
        warnings=tuple(found.warnings),
    )


def _amounts(price: str, title: str, supplier: int | None, found: Findings) -> tuple[Amount, ...]:
    """The price as a total, unless it is junk, or so small that it can only be the price of a piece."""
    yen, refused = read_yen(price)
    found.note(refused)
    if yen is None:
        return ()
    if yen in (0, 1):
        found.note(f"amount {price!r} stands for no price: gBizINFO fills in 0 and 1 yen, so it was left out")
        return ()
    if yen != int(yen) or yen < _SMALLEST_TOTAL or ("単価" in title and yen < _UNIT_CEILING):
        found.note(f"amount {price!r} was read as a unit price, which gBizINFO does not mark")
        return (Amount("unit_price", yen, price, None, supplier),)
    return (Amount("contract_price", yen, price, None, supplier),)
