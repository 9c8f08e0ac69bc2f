"""A place in the text that may be a clue, with what it was read as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol


class Readable(Protocol):
    """Any reading: it prints itself as JSON."""

    def to_dict(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """[start, end) of the folded text, the clue's name, its reading and how strongly it is stated (0 to 1)."""

    name: str
    start: int
    end: int
    reading: Readable
    strength: float = 1.0
    relation: str | None = None
