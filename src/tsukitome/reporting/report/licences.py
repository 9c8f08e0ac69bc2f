"""The terms under which quoted data is published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from tsukitome.normalize.text import table


@dataclass(frozen=True, slots=True)
class Licence:
    """A kind of source, what it is called, its terms, and where they stand."""

    kind: str
    name: str
    licence: str
    url: str


@cache
def _licences() -> dict[str, Licence]:
    return {row["kind"]: Licence(**row) for row in table("licences", "tsukitome.reporting.report")}


def licences_of(kinds: Iterable[str]) -> tuple[Licence, ...]:
    """The licences of the kinds that are quoted, each once, in the order of the table."""
    wanted = set(kinds)
    return tuple(licence for kind, licence in _licences().items() if kind in wanted)
