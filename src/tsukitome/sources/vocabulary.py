"""The lists that readers of sources go by, as CSV tables beside the code."""

from __future__ import annotations

import csv
import re
from functools import cache

from tsukitome.packaged import packaged


@cache
def vocabulary(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``tables/NAME.csv``; lines that start with ``#`` are comments (they state the source)."""
    text = packaged("tsukitome.sources", "tables", f"{name}.csv")
    return tuple(csv.DictReader(line for line in text.splitlines() if line and not line.startswith("#")))


@cache
def _rules(name: str) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]:
    """A table of headers as rules: (field, words that all occur, of which one occurs, of which none does)."""
    return tuple(
        (row["field"], tuple(row["all"].split()), tuple(row["any"].split()), tuple(row["none"].split()))
        for row in vocabulary(name)
    )


@cache
def _telling_words(name: str) -> re.Pattern[str]:
    """Words of which every header holds one, whatever its field: most texts are told by one search to be none."""
    words = {word for _, every, some, _ in _rules(name) for word in (some or (max(every, key=len),))}
    return re.compile("|".join(map(re.escape, sorted(words))))


def field_by_rules(name: str, key: str) -> str | None:
    """The field of the first rule of a table of headers that a key, in the brackets that rules use, meets, or None."""
    if _telling_words(name).search(key) is None:
        return None
    for field, every, some, none in _rules(name):
        if (
            all(word in key for word in every)
            and (not some or any(word in key for word in some))
            and not any(word in key for word in none)
        ):
            return field
    return None
