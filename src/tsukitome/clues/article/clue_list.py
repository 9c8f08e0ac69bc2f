"""A list of clues that can be told as ``tsukitome clues --format json`` prints it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar


class Told(Protocol):
    """A clue that knows its JSON form."""

    def to_dict(self) -> dict[str, Any]:
        """The clue as JSON has it."""


C = TypeVar("C", bound=Told, covariant=True)


class ClueList(Sequence[C]):
    """What holds ``clues`` is a list of them."""

    __slots__ = ()

    clues: tuple[C, ...]

    def __len__(self) -> int:
        return len(self.clues)

    def __getitem__(self, index: Any) -> Any:
        return self.clues[index]

    def to_dict(self) -> list[dict[str, Any]]:
        """The list that ``tsukitome clues --format json`` prints, in its order."""
        return [clue.to_dict() for clue in self.clues]
