"""The lists that readers of sources go by, as CSV tables beside the code."""

from __future__ import annotations

import csv
from functools import cache

from tsukitome.packaged import packaged


@cache
def vocabulary(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``tables/NAME.csv``; lines that start with ``#`` are comments (they state the source)."""
    text = packaged("tsukitome.sources", "tables", f"{name}.csv")
    return tuple(csv.DictReader(line for line in text.splitlines() if line and not line.startswith("#")))


@cache
def header_rules(name: str) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]:
    """A table of headers as rules: (field, words that all occur, of which one occurs, of which none does)."""
    return tuple(
        (row["field"], tuple(row["all"].split()), tuple(row["any"].split()), tuple(row["none"].split()))
        for row in vocabulary(name)
    )


def field_by_rules(name: str, key: str) -> str | None:
    """The field of the first rule of a table of headers that a key, in the brackets that rules use, meets, or None."""
    for field, every, some, none in header_rules(name):
        if (
            all(word in key for word in every)
            and (not some or any(word in key for word in some))
            and not any(word in key for word in none)
        ):
            return field
    return None
