"""A sequence whose parts are made when they are first looked at: most of an answer is listed, little of it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, overload

Part = TypeVar("Part", covariant=True)
_NOT_YET: Any = object()


class Later(Sequence[Part]):
    """As a tuple of ``count`` parts, each of which ``make`` makes once; it compares, hashes and prints as that tuple."""

    __slots__ = ("_make", "_parts")

    def __init__(self, count: int, make: Callable[[int], Part]) -> None:
        self._make = make
        self._parts = [_NOT_YET] * count

    def __len__(self) -> int:
        return len(self._parts)

    @overload
    def __getitem__(self, place: int) -> Part: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Part, ...]: ...
    def __getitem__(self, place: int | slice) -> Part | tuple[Part, ...]:
        if isinstance(place, slice):
            return tuple(self[one] for one in range(len(self))[place])
        found: Part = self._parts[place]
        if found is _NOT_YET:
            place = range(len(self))[place]
            found = self._parts[place] = self._make(place)
        return found

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Later | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __reduce__(self) -> tuple[type[tuple[Any, ...]], tuple[tuple[Part, ...]]]:
        return tuple, (tuple(self),)
