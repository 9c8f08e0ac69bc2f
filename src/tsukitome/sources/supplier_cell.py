"""The supplier's cells of a contract table: names, addresses and corporate numbers in all their printed forms."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from tsukitome.awards import Supplier
from tsukitome.normalize.corporate_number import read_corporate_number
from tsukitome.normalize.firm import read_firm
from tsukitome.normalize.place import day_that_matters
from tsukitome.normalize.text import close_up, fold, fold_with_offsets, squeeze
from tsukitome.sources.supplier_address import place_of
from tsukitome.sources.supplier_asides import without_asides
from tsukitome.sources.supplier_lists import CIRCLED
from tsukitome.sources.supplier_name import OTHER, OTHERS, UNCOUNTED, is_nobody
from tsukitome.sources.supplier_parties import MARK, Party, SupplierCell
from tsukitome.sources.supplier_plain import PlainSupplier, plain_supplier, written_out
from tsukitome.sources.supplier_ventures import venture_in_lines

_NUMBER = re.compile(r"[(\[]?\s*(?:法人番号\s*[:)]?\s*)?T?(?P<digits>[0-9](?:[ \u3000]?[0-9]){12})(?![0-9-])\s*[)\]]?")
_BARE_NUMBER_LABEL = re.compile(r"(?m)[(\[]?\s*法人番号\s*[:)]?\s*[-)]?\s*$")
_WRAP = re.compile(r"(?<=[0-9０-９])\s*\n\s*(?=[0-9０-９])")
_THIRTEEN_DIGITS = re.compile(r"[0-9](?:[ \u3000]?[0-9]){12}")
_PARTED_NUMBER = re.compile(r"T?[0-9]-[0-9]{4}-[0-9]{4}-[0-9]{4}")
_DIGITS = 13
_MEMBER = re.compile(r"[ \u3000]*(?<!代表)(\(?構成(?:員|企業|団体|機関)\)?)")


_firm = lru_cache(maxsize=1 << 14)(read_firm)
_corporate_number = lru_cache(maxsize=1 << 14)(read_corporate_number)


@dataclass(frozen=True, slots=True)
class Parties:
    """The suppliers of a row, the circled number that each bears in its cell, and what could not be read."""

    suppliers: tuple[Supplier, ...]
    labels: tuple[str | None, ...] = ()
    warnings: tuple[str, ...] = field(default=())


def read_suppliers(
    names: str,
    addresses: str | None = None,
    numbers: str | None = None,
    on: dt.date | None = None,
    *,
    wrapped: bool = False,
) -> Parties:
    """The suppliers in a row's cells. ``addresses`` is None where name and address share a cell.

    ``numbers`` is the corporate numbers' cell; ``on`` the award's day, for which place names are looked up. ``wrapped``
    says that line breaks are the page's, as in a PDF, and stand inside words.
    """
    return _read_suppliers(names, addresses, numbers, day_that_matters(names + (addresses or ""), on), wrapped)


@lru_cache(maxsize=1 << 15)  # a firm is met again and again under one cell
def _read_suppliers(
    names: str, addresses: str | None, numbers: str | None, on: dt.date | None, wrapped: bool
) -> Parties:
    text, asides = without_asides(fold(names))
    if addresses:
        addresses, more = without_asides(fold(addresses))
        asides += more
    if asides:
        read = _read_text(text, names, addresses, numbers, on, wrapped)
        noted = tuple(f"beside the supplier stands {aside!r}: no part of its name or address" for aside in asides)
        return replace(read, warnings=(*read.warnings, *noted))
    return _read_text(text, names, addresses, numbers, on, wrapped)


def _read_text(
    text: str, names: str, addresses: str | None, numbers: str | None, on: dt.date | None, wrapped: bool
) -> Parties:
    if "構成" in text:
        text = _MEMBER.sub(r"\n\1", venture_in_lines(text))
    text = _mark_numbers(text)
    if addresses is None and not wrapped and (plain := plain_supplier(text, on)):
        return _of_plain(plain, names, numbers)
    return _of_any(text, names, addresses, numbers, on, wrapped)


def _of_plain(plain: PlainSupplier, names: str, numbers: str | None) -> Parties:
    """What :func:`_of_any` gives of the same cell, sooner."""
    warnings: list[str] = []
    number = plain.number and _number(plain.number, warnings)
    if numbers and len(numbers) == _DIGITS and numbers.isascii() and numbers.isdecimal():
        number = _number(numbers, warnings) or number
    elif numbers:
        [party] = _with_numbers([Party(plain.name, number=number)], _numbers_of(numbers, warnings), warnings)
        number = party.number
    supplier = Supplier(
        plain.firm.name, plain.address, plain.municipality_code, number, plain.firm.branch, "awarded",
        _printed(plain.name, names),
    )  # fmt: skip
    return Parties((supplier,), (None,), tuple(dict.fromkeys(warnings)) if warnings else ())


def _of_any(
    text: str, names: str, addresses: str | None, numbers: str | None, on: dt.date | None, wrapped: bool
) -> Parties:
    """The suppliers of a cell of whatever form, its ``text`` folded and its numbers marked."""
    warnings: list[str] = []
    cell = SupplierCell(on, addresses is None, wrapped)
    parties = [_checked(party, warnings) for party in cell.parties(text, fold(addresses or ""))]
    parties = [party for party in parties if not is_nobody(party.name)]
    if numbers:
        numbers = _WRAP.sub("", numbers) if wrapped else numbers
        parties = _with_numbers(parties, _numbers_of(numbers, warnings), warnings)
    if OTHER.search(text) and (others := OTHERS.search(text)):
        warnings.append(f"further suppliers are counted and not named: {close_up(others.group()).strip(' (、)')}")
    elif OTHER.search(text) and (others := UNCOUNTED.search(text)):
        warnings.append(f"further suppliers are not named: {close_up(others.group()).strip(' 、')}")
    explicit = any(party.member for party in parties)
    suppliers: list[Supplier] = []
    labels: list[str | None] = []
    for party in parties:
        for supplier in _suppliers(party, names, on, warnings, members=not explicit):
            suppliers.append(supplier)
            labels.append(party.label)
    return Parties(tuple(suppliers), tuple(labels), tuple(dict.fromkeys(warnings)))


def _mark_numbers(text: str) -> str:
    if _THIRTEEN_DIGITS.search(text):
        text = _NUMBER.sub(lambda match: f"\n{MARK}{squeeze(match['digits'])}\n", text)
    return _BARE_NUMBER_LABEL.sub("", text) if "法人番号" in text else text


def _numbers_of(text: str, warnings: list[str]) -> list[tuple[str | None, str | None]]:
    """(circled number, checked corporate number) pairs of a cell; a number with a wrong check digit is None."""
    folded = fold(text)
    if _PARTED_NUMBER.fullmatch(folded.strip()):
        folded = folded.replace("-", "")
    found: list[tuple[str | None, str | None]] = []
    for match in _NUMBER.finditer(folded):
        labels = CIRCLED.findall(folded[: match.start()])
        number, warning = read_corporate_number(match["digits"])
        warnings.extend([warning] if warning else [])
        found.append((labels[-1] if labels else None, number))
    if not found and re.search("[0-9]", folded):
        _, warning = read_corporate_number(text)
        warnings.extend([warning] if warning else [])
    return found


def _checked(party: Party, warnings: list[str]) -> Party:
    return party if party.number is None else replace(party, number=_number(party.number, warnings))


def _number(printed: str, warnings: list[str]) -> str | None:
    number, warning = _corporate_number(printed)
    warnings.extend([warning] if warning else [])
    return number


def _with_numbers(
    parties: list[Party], numbers: list[tuple[str | None, str | None]], warnings: list[str]
) -> list[Party]:
    """Each number to its supplier: by its circled number, else in order where there are as many as suppliers.

    One number beside a joint venture is a member's, and which one is known only if it names a single member.
    """
    if not any(number for _, number in numbers):
        return parties
    by_label: dict[str, str | None] = {label: number for label, number in numbers if label}
    if by_label and any(party.label for party in parties):
        return [replace(party, number=by_label.get(party.label or "", party.number)) for party in parties]
    members = [party for party in parties if party.member]
    for group in (parties, members or parties):
        if len(numbers) == len(group):
            given = iter(numbers)
            return [
                replace(party, number=next(given)[1] or party.number) if party in group else party for party in parties
            ]
    known = {party.number for party in parties if party.number}
    if not {number for _, number in numbers if number} <= known:
        warnings.append(f"{len(numbers)} corporate number(s) for {len(parties)} suppliers: none was assigned")
    return parties


def _printed(name: str, cell: str) -> str:
    """The characters of the cell behind a folded and closed-up name; the name itself where it is no run of them."""
    if name in cell:
        return name
    first = cell.split("\n", 1)[0].strip()
    if squeeze(fold(first)) == squeeze(name):
        return first
    folded = fold_with_offsets(cell)
    kept = [position for position, char in enumerate(folded.text) if not char.isspace()]
    at = "".join(folded.text[position] for position in kept).find(wanted := squeeze(name))
    if at < 0 or not wanted:
        return name
    return folded.quote(kept[at], kept[at + len(wanted) - 1] + 1)


def _suppliers(
    party: Party, cell: str, on: dt.date | None, warnings: list[str], *, members: bool
) -> Iterator[Supplier]:
    firm = _firm(written_out(party.name))
    place = place_of(party.address, on) if party.address else None
    if party.address and place is None:
        warnings.append(f"the municipality of address {party.address!r} was not recognized")
    yield Supplier(
        firm.name, party.address, place.code if place else None, party.number, firm.branch,
        "jv_member" if party.member else "awarded", _printed(party.name, cell),
    )  # fmt: skip
    if members:
        for name in firm.members:
            yield Supplier(_firm(name).name, role="jv_member", printed=_printed(name, cell))
