"""Stretches of notices as nearly all are printed: numbers rise, each value begins as its field's do, nothing needed is missing.

Such a stretch can be split in one way only, so one compiled pattern of the section's legend takes a notice after the other;
what fits it nowhere else is weighed by :mod:`~tsukitome.sources.gazette.run`.
"""

from __future__ import annotations

import re
from functools import cache

from tsukitome.sources.gazette.legend import CIRCLED, Field, Legend, beginning

# A notice without one of these may be a part of its neighbour.
NEEDED: frozenset[Field] = frozenset({"title", "winner", "price", "award_date"})
_TEXT = f"[^{CIRCLED}]*"
# An empty field before ①: its value may be a list that counts with circled numbers itself.
_MAY_BE_LIST = re.compile(f"[{CIRCLED}]①")


# A field of a notice: its number, what that means, and where it stands.
Found = tuple[int, Field, int]


@cache
def _scanner(fields: tuple[tuple[int, Field], ...]) -> re.Pattern[str] | None:
    """One notice in the order of a legend; None for a legend that lacks what a notice needs."""
    if not {field for _, field in fields} >= NEEDED:
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
        notices.append(
            [
                (number, field, marker)
                for (number, field), (marker, _) in zip(listed, match.regs[1:], strict=True)
                if marker >= 0
            ]
        )
        start = match.end()
    return notices
