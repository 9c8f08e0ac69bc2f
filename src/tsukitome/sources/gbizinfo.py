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
from itertools import islice
from typing import Any, NamedTuple

from tsukitome.awards import TODAYS_ADDRESS, Amount, Award, Dates, FromRegister, Source
from tsukitome.documents.csv_rows import csv_rows, csv_rows_of, physical_lines
from tsukitome.documents.delimited import separator_of
from tsukitome.documents.file import File
from tsukitome.documents.json_text import (
    listed,
    looks_like_json,
    objects,
    printed,
    read_json,
    under,
    whole_text,
    words,
)
from tsukitome.errors import UnreadableError
from tsukitome.sources.open_data import (
    ABOVE_HEADER,
    HEADER_AGAIN,
    LONGEST_QUOTE,
    Notes,
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
from tsukitome.sources.streaming import Lines, reading_of

_ROWS_LOOKED_AT = 3
_LINES_LOOKED_AT = 20
_REPEATS_NAMED = 20
# The price of a piece is far below what is published as a contract (少額随契's limits); 単価 in a title makes more of it likely.
_SMALLEST_TOTAL, _UNIT_CEILING = 1_000, 100_000


class _Entry(NamedTuple):
    """One order as printed: ``place`` is its place in an award's identity, ``row`` its number for a person, ``where`` the words by
    which a refusal names it.
    """

    place: str
    row: int
    where: str
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
        return '"hojin-infos"' in text[:20_000] or _is_error(text[:20_000])
    beginning = text[:20_000]
    rows = csv_rows(beginning, separator_of(beginning))
    return any(columns_of("gbizinfo", row.cells) for row, _ in zip(rows, range(_ROWS_LOOKED_AT), strict=False))


def _is_error(beginning: str) -> bool:
    """Whether a JSON text is what the API answers instead of orders (no such firm, no token, too many requests)."""
    return (
        '"message"' in beginning and ('"errors"' in beginning or '"/hojin/' in beginning) and '"ocid"' not in beginning
    )


def read_gbizinfo(file: File, text: str) -> Reading:
    """The orders of a gBizINFO file whose decoded content is ``text``. Raises UnreadableError for JSON that is cut off."""
    return reading_of("gbizinfo", gbizinfo_items(file, text))


def gbizinfo_items(file: File, text: str) -> Iterator[Award | Refusal]:
    """What :func:`read_gbizinfo` reads, one order at a time, and at the end a refusal that counts the repeated rows."""
    return gbizinfo_items_of(file, lambda: physical_lines(text.removeprefix("\ufeff")))


def gbizinfo_items_of(file: File, lines: Lines) -> Iterator[Award | Refusal]:
    """What :func:`read_gbizinfo` reads of a text's lines."""
    beginning = "".join(islice(lines(), _LINES_LOOKED_AT))[:20_000]
    seen: set[int] = set()
    repeats: list[int] = []
    item: _Entry | Refusal | None = None
    is_json = looks_like_json(beginning)
    for item in _json_entries(file, lines) if is_json else _csv_entries(file, lines, separator_of(beginning)):
        if isinstance(item, Refusal):
            yield item
        elif (same := hash(item.printed)) in seen:
            repeats.append(item.row)
        else:
            seen.add(same)
            yield _award(file, item) if filled(item.title) else _untitled(file, item)
    if item is None:
        yield Refusal(file.shown, "holds no order.")
    if repeats:
        named = ", ".join(map(str, repeats[:_REPEATS_NAMED])) + (", …" if len(repeats) > _REPEATS_NAMED else "")
        reason = f"{len(repeats)} rows repeat another row of this file word for word; one record of each was kept."
        yield Refusal(file.shown, reason, f"rows {named}")


def _csv_entries(file: File, lines: Lines, separator: str) -> Iterator[_Entry | Refusal]:
    columns: dict[str, int] | None = None
    header: tuple[str, ...] = ()
    for row in csv_rows_of(lines(), separator):
        place = f"row {row.number}"
        if columns is None:
            columns, header = columns_of("gbizinfo", row.cells), row.cells
            if columns is None and row.number >= _ROWS_LOOKED_AT:
                raise UnreadableError(file.shown, "has no header of gBizINFO's procurement files in its first rows.")
            if columns is None and row.printed.strip():
                yield Refusal(file.shown, ABOVE_HEADER, place, row.printed[:LONGEST_QUOTE])
        elif row.problem or len(row.cells) != len(header):
            if row.printed.strip():
                yield Refusal(file.shown, wrong_width(row, len(header)), place, row.printed[:LONGEST_QUOTE])
        elif not any(cell.strip() for cell in row.cells):
            continue
        elif row.cells == header:
            yield Refusal(file.shown, HEADER_AGAIN, place, row.printed[:LONGEST_QUOTE])
        else:
            number, name, address, day, title, price, buyer, joint = (
                row.cells[columns[field]] if field in columns else ""
                for field in ("number", "name", "address", "date", "title", "price", "buyer", "joint")
            )
            yield _Entry(
                f"r{row.number}", row.number, place, row.printed, number, name, address, day, title, price, buyer, joint
            )


def _json_entries(file: File, lines: Lines) -> Iterator[_Entry | Refusal]:
    """The orders of the API's answers, counted through the file."""
    row = 0
    for path, answer in listed(read_json(whole_text(lines(), file.shown), file.shown), ""):
        if isinstance(answer, str):
            yield Refusal(
                file.shown, "is no JSON object where an answer of the API should stand.", path, answer[:LONGEST_QUOTE]
            )
            continue
        yield from _errors(file, path, answer)
        for path_of_firm, firm in listed(answer.get("hojin-infos"), under(path, "hojin-infos")):
            if isinstance(firm, str):
                yield Refusal(
                    file.shown, "is no JSON object where a firm should stand.", path_of_firm, firm[:LONGEST_QUOTE]
                )
                continue
            of_firm = [words(firm.get(key)) for key in ("corporate_number", "name", "location")]
            for where, order in listed(firm.get("procurement"), under(path_of_firm, "procurement")):
                row += 1
                if isinstance(order, str):
                    yield Refusal(
                        file.shown, "is no JSON object where an order should stand.", where, order[:LONGEST_QUOTE]
                    )
                    continue
                joint = order.get("joint_signatures")
                told = {**order, "joint_signatures": ", ".join(map(words, joint)) if isinstance(joint, list) else joint}
                # A date or an amount that is no text or number is refused by its reader, with the reason.
                keys = (("date_of_order", printed), ("title", words), ("amount", printed), ("government_departments", words),
                        ("joint_signatures", words))  # fmt: skip
                of_order = [read(told.get(key)) for key, read in keys]
                quote = " | ".join(filter(None, (*of_firm, *of_order)))
                yield _Entry(f"j{row}", row, where, quote, *of_firm, *of_order)


def _errors(file: File, path: str, answer: dict[str, Any]) -> Iterator[Refusal]:
    """What the API says went wrong, beside orders or instead of them."""
    message = words(answer.get("message"))
    told = [
        " ".join(filter(None, (words(one.get("item")), words(one.get("message")))))
        for one in objects(answer.get("errors"))
    ]
    if told or (message and not message.startswith("200")):
        said = shortened(": ".join(filter(None, (message, ", ".join(told)))), 200)
        yield Refusal(file.shown, f"is an error that the API answered ({said}): ask it again.", path or None)


def _untitled(file: File, entry: _Entry) -> Refusal:
    return Refusal(file.shown, "names no contract.", entry.where, entry.printed[:LONGEST_QUOTE])


def _award(file: File, entry: _Entry) -> Award:
    found = Notes()
    day = read_day(filled(entry.day))
    found.note(day.warning or (None if day.date else "the row has no date of order"))
    suppliers = tuple(
        replace(supplier, register=FromRegister(("address",))) if supplier.address else supplier
        for supplier in suppliers_of(entry.name, entry.number, found, address=entry.address)
    )
    title = one_line(entry.title)
    amounts = _amounts(filled(entry.price), title, 0 if suppliers else None, found)
    if any(supplier.address for supplier in suppliers):
        found.note(TODAYS_ADDRESS)
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


def _amounts(price: str, title: str, supplier: int | None, found: Notes) -> tuple[Amount, ...]:
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
