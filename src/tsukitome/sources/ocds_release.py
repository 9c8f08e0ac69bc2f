"""The parts of an OCDS release that an award is put together from: suppliers, amounts, buyer, method."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, cast

from tsukitome.awards import Amount, AmountRole, ProcurementMethod, Supplier
from tsukitome.documents.json_text import listed, objects, printed, words
from tsukitome.normalize.corporate_number import is_valid
from tsukitome.normalize.text import fold, squeeze
from tsukitome.sources import open_data
from tsukitome.sources.contract_context import method_of as method_of_words
from tsukitome.sources.open_data import Notes, filled, one_line, read_yen, shortened

# OCDS code list `method`; `direct` (one supplier asked) is 随意契約 as `limited` is.
_METHODS: dict[str, ProcurementMethod] = {
    "open": "open", "selective": "selective", "limited": "limited", "direct": "limited",
}  # fmt: skip


def part(thing: dict[str, Any], key: str) -> dict[str, Any]:
    """The object under a key; an empty one where there is none."""
    value = thing.get(key)
    return cast(dict[str, Any], value) if isinstance(value, dict) else {}


def told(thing: dict[str, Any], key: str) -> str:
    """The text or number under a key, as printed; "" where there is none."""
    return words(thing.get(key))


def suppliers_of(
    release: dict[str, Any], award: dict[str, Any], on: dt.date | None, found: Notes
) -> tuple[Supplier, ...]:
    """The award's suppliers, each with the address and corporate number of its party."""
    parties = {told(party, "id"): party for party in objects(release.get("parties")) if told(party, "id")}
    suppliers: list[Supplier] = []
    given = award.get("suppliers")
    if not given and len(objects(release.get("awards"))) == 1:
        given = [party for party in objects(release.get("parties")) if "supplier" in _roles(party)]
        found.note("the award lists no supplier, so it is the party with that role" if given else None)
    for path, supplier in listed(given, "suppliers"):
        if isinstance(supplier, str):
            found.note(f"{path} is no JSON object, so it was left out")
            continue
        party = parties.get(told(supplier, "id"), {})
        name = told(supplier, "name") or told(party, "name") or told(part(party, "identifier"), "legalName")
        number = next(_corporate_numbers(supplier, party), "")
        address = _address(part(supplier, "address")) or _address(part(party, "address"))
        suppliers += open_data.suppliers_of(name, number, found, address=address, on=on)
    if not suppliers:
        found.note("the award names no supplier")
    return tuple(suppliers)


def _corporate_numbers(*things: dict[str, Any]) -> Iterator[str]:
    """The numbers that Japanese schemes give (JP-JCN and the like), and identities that are one by their check digit."""
    for thing in things:
        identifiers = [part(thing, "identifier"), *objects(thing.get("additionalIdentifiers")), {"id": thing.get("id")}]
        for identifier in identifiers:
            number = squeeze(fold(told(identifier, "id"))).rpartition("-")[2]
            if is_valid(number):
                yield number


def _address(address: dict[str, Any]) -> str:
    """An address in Japanese order: region, locality, street, each once."""
    whole = ""
    for key in ("streetAddress", "locality", "region"):
        piece = filled(told(address, key))
        whole = whole if whole.startswith(piece) else piece + whole
    return whole


def buyer_of(release: dict[str, Any]) -> str | None:
    """The buyer's name, else that of the procuring entity, as given there or under ``parties``."""
    parties = {told(party, "id"): party for party in objects(release.get("parties")) if told(party, "id")}
    for who in (part(release, "buyer"), part(part(release, "tender"), "procuringEntity")):
        name = filled(told(who, "name")) or filled(told(parties.get(told(who, "id"), {}), "name"))
        if name:
            return one_line(name)
    by_role = [name for party in parties.values() if "buyer" in _roles(party) and (name := filled(told(party, "name")))]
    return one_line(by_role[0]) if len(by_role) == 1 else None


def _roles(party: dict[str, Any]) -> list[Any]:
    """The roles of a party (OCDS code list partyRole)."""
    roles = party.get("roles")
    return roles if isinstance(roles, list) else [roles]


def tenderers_of(release: dict[str, Any]) -> int | None:
    """How many bid: ``tender.numberOfTenderers``, else the distinct ``tender.tenderers``; None where one award of several may have
    had bids of its own.
    """
    tender = part(release, "tender")
    if len(objects(release.get("awards"))) > 1:
        return None
    printed = squeeze(fold(told(tender, "numberOfTenderers")))
    if printed:
        return int(printed) or None if printed.isdecimal() and len(printed) < 4 else None
    names = {told(one, "id") or told(one, "name") for one in objects(tender.get("tenderers"))} - {""}
    return len(names) or None


def method_of(tender: dict[str, Any]) -> tuple[ProcurementMethod | None, str | None]:
    """The method by its code, else by the Japanese words of its details, and these as printed."""
    code, details = filled(told(tender, "procurementMethod")), filled(told(tender, "procurementMethodDetails"))
    said = _METHODS.get(code.casefold()) or (method_of_words(details, negotiated=False) if details else None)
    return said, one_line(details or code) or None


def amounts_of(
    release: dict[str, Any], award: dict[str, Any], supplier: int | None, found: Notes
) -> tuple[Amount, ...]:
    """The award's value, else its contract's, as a total; its items' unit values; the tender's value where it has one award: by the
    standard that is the upper estimate of the price before any bid, and so a reserve price (予定価格).
    """
    contracts = [one for one in objects(release.get("contracts")) if one.get("awardID") == award.get("id")]
    for thing in (award, *contracts):
        if not isinstance(thing.get("value"), dict | None):
            found.note(
                f"value {shortened(printed(thing['value']))!r} is no JSON object with a currency, so it was left out"
            )
    values = [part(thing, "value") for thing in (award, *contracts)]
    total = next((value for value in values if value), {})
    amounts = list(_amount("contract_price", total, supplier, found))
    for thing in (award, *contracts):
        for item in objects(thing.get("items")):
            for amount in _amount("unit_price", part(part(item, "unit"), "value"), supplier, found):
                if amount not in amounts:
                    amounts.append(amount)
    if len(objects(release.get("awards"))) == 1:
        amounts += _amount("reserve_price", part(part(release, "tender"), "value"), None, found)
    return tuple(amounts)


def _amount(role: AmountRole, value: dict[str, Any], supplier: int | None, found: Notes) -> Iterator[Amount]:
    printed, currency = filled(told(value, "amount")), told(value, "currency").strip().upper()
    if not printed:
        return
    if currency != "JPY":
        of = f"in {shortened(currency, 20)}" if currency else "in no stated currency"
        found.note(f"amount {shortened(printed)!r} is {of}, so it was not taken for yen")
        return
    yen, refused = read_yen(printed)
    found.note(refused)
    if yen:
        yield Amount(role, yen, printed, None, supplier)
    elif yen is not None:
        found.note(f"amount {printed!r} stands for no price")
