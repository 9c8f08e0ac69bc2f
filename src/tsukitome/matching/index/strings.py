"""Many strings in two arrays: their UTF-8 bytes, and where each begins. Each string ends with a line feed and holds none."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from numpy.typing import NDArray

_END = "\n"


class Strings:
    """Strings by number, read from a mapped file one by one."""

    def __init__(self, starts: memoryview, text: memoryview) -> None:
        """``starts`` has one more than there are strings."""
        self._starts, self._text = starts, text

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, index: int) -> str:
        return str(self._text[self._starts[index] : self._starts[index + 1] - 1], "utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return iter(str(self._text, "utf-8", "surrogatepass").split(_END)[:-1])

    def holding(self, part: str, where: Literal["anywhere", "end", "whole"] = "anywhere") -> list[int]:
        """The numbers of the strings that hold ``part`` anywhere, end with it or are it, in order."""
        wanted = part.encode("utf-8", "surrogatepass")
        if not len(self) or _END in part:
            return []
        if where != "anywhere":
            wanted += _END.encode()
        text = bytes(self._text)
        starts, found, place = self._starts, dict[int, None](), text.find(wanted)
        while place >= 0:
            number = bisect_right(starts, place) - 1
            if where != "whole" or starts[number] == place:
                found[number] = None
            place = text.find(wanted, place + 1)
        return list(found)


def arrays_of(strings: Iterable[str], name: str) -> dict[str, NDArray[Any]]:
    """The two arrays that :class:`Strings` needs, under ``name``; a line feed in a string becomes a space."""
    import numpy as np  # what is only asked needs none of it

    encoded = [(one.replace(_END, " ") + _END).encode("utf-8", "surrogatepass") for one in strings]
    starts = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum([len(one) for one in encoded], out=starts[1:])
    return {f"{name}_starts": starts, f"{name}_text": np.frombuffer(b"".join(encoded), np.uint8)}
