"""Stretches of notices as nearly all are printed: numbers rise, each value begins as its field's do, nothing needed is missing.

Such a stretch can be split in one way only, so one compiled pattern of the section's legend takes a notice after the other;
what fits it nowhere else is weighed by :mod:`~tsukitome.sources.gazette.run`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tsukitome.sources.gazette.legend import CIRCLED, Field, Legend, beginning

# A notice without one of these may be a part of its neighbour.
NEEDED: frozenset[Field] = frozenset({"title", "winner", "price", "award_date"})
_TEXT = f"[^{CIRCLED}]*"
# An empty field before ①: its value may be a list that counts with circled numbers itself.
_MAY_BE_LIST = re.compile(f"[{CIRCLED}]①")


class Found(NamedTuple):
    """A field of a notice: its number, and the place of that."""

    number: int
    field: Field
    marker: int


@cache
def _scanner(fields: tuple[tuple[int, Field], ...]) -> re.Pattern[str] | None:
    """One notice in the order of a legend; None for a legend that lacks what a notice needs."""
    if not NEEDED <= {field for _, field in fields}:
        return None
    parts = []
    for place, (number, field) in enumerate(fields):
        begins = beginning(field)
        ahead = f"(?={begins.pattern})" if begins else ""
        part = f"({CIRCLED[number - 1]}){ahead}{_TEXT}"
        parts.append(part if place == 0 or field in NEEDED else f"(?:{part})?")
    return re.compile("".join(parts))


def regular_notices(flat: str, start: int, end: int, legend: Legend) -> list[list[Found]] | None:
    """The notices in flat[start:end], each with its fields as printed; None where they are not all regular."""
    listed = tuple(legend.fields.items())
    scanner = _scanner(listed)
    if scanner is None or _MAY_BE_LIST.search(flat, start, end):
        return None
    notices: list[list[Found]] = []
    while start < end:
        match = scanner.match(flat, start, end)
        if match is None:
            return None
        notices.append(list(_found(match, listed)))
        start = match.end()
    return notices


def _found(match: re.Match[str], listed: tuple[tuple[int, Field], ...]) -> Iterator[Found]:
    for group, (number, field) in enumerate(listed, start=1):
        if (marker := match.start(group)) >= 0:
            yield Found(number, field, marker)
