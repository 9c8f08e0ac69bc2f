"""What the corporate register adds to awards, as it stands in the archive, put into them when they are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tsukitome.awards import TODAYS_ADDRESS, Award, FromRegister, RegisterField

# The table of what the register adds: the record's position, the supplier's, the facts, the entry's days, the firms of a tie.
ADDED_COLUMNS = (
    "record", "position", "name", "address", "municipality_code", "corporate_number", "updated", "changed", "moved",
    "name_changed", "renamed", "ties", "closed", "successor",
)  # fmt: skip


def with_additions(award: Award, added: Iterable[tuple[Any, ...]]) -> Award:
    """An award with what the register adds to its suppliers (rows of :data:`ADDED_COLUMNS`), and a warning for each tie."""
    suppliers, warnings = list(award.suppliers), list(award.warnings)
    for (
        _, at, name, address, code, number, updated, changed, moved, name_changed, renamed, ties, closed, successor,
    ) in added:  # fmt: skip
        supplier = suppliers[at]
        if ties:
            warnings.append(
                f"the corporate register has {ties} firms named {supplier.name} at this address, so none was taken"
            )
            continue
        if closed:
            who = number or supplier.corporate_number
            warnings.append(
                f"the corporate register closed {who} on {closed}, before this award; taken over by {successor}"
                if successor
                else f"the corporate register closed {who} on {closed}, before this award"
            )
        facts = {"name": name, "address": address, "corporate_number": number}
        fields: tuple[RegisterField, ...] = supplier.register.fields if supplier.register else ()
        new: tuple[RegisterField, ...] = tuple(
            f for f in ("name", "address", "corporate_number") if facts[f] is not None
        )
        if not new:
            continue
        if supplier.address is not None and address is not None and TODAYS_ADDRESS in warnings:
            warnings.remove(TODAYS_ADDRESS)
        if renamed:
            warnings.append(
                f"the corporate register has the name {name} since {name_changed} only, after this award: "
                "the firm was called otherwise then"
            )
        days = (updated, changed, name_changed)
        date, since, name_since = (day and dt.date.fromisoformat(day) for day in days)
        given = {f: facts[f] for f in new} | ({"municipality_code": code} if address is not None else {})
        mark = FromRegister(once(fields, new), date, since, bool(moved), name_since, bool(renamed))
        suppliers[at] = replace(supplier, **given, register=mark)
    return replace(award, suppliers=tuple(suppliers), warnings=tuple(warnings))


def once(known: tuple[RegisterField, ...], more: Iterable[RegisterField]) -> tuple[RegisterField, ...]:
    """The fields of both, each once, in order."""
    return tuple(dict.fromkeys((*known, *more)))
