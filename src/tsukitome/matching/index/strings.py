"""Many strings in two arrays: their UTF-8 bytes, and where each begins. Each string ends with a line feed and holds none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from tsukitome.matching.index.distinct import distinct

_END = "\n"


class Strings:
    """Strings by number, read from a mapped file one by one."""

    def __init__(self, starts: NDArray[Any], text: NDArray[Any]) -> None:
        """``starts`` has one more than there are strings."""
        self._starts, self._text = starts, text

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, index: int) -> str:
        begin, end = int(self._starts[index]), int(self._starts[index + 1])
        return bytes(self._text[begin : end - 1]).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return iter(bytes(self._text).decode("utf-8", "surrogatepass").split(_END)[:-1])

    def holding(self, part: str, where: Literal["anywhere", "end", "whole"] = "anywhere") -> NDArray[np.intp]:
        """The numbers of the strings that hold ``part`` anywhere, end with it or are it, in order."""
        wanted = part.encode("utf-8", "surrogatepass")
        if not len(self) or _END in part:
            return np.empty(0, np.intp)
        if where != "anywhere":
            wanted += _END.encode()
        text = bytes(self._text)
        places, place = [], text.find(wanted)
        while place >= 0:
            places.append(place)
            place = text.find(wanted, place + 1)
        found = distinct(np.searchsorted(self._starts, np.array(places, np.int64), side="right") - 1)
        if where == "whole":
            found = found[self._starts[found + 1] - self._starts[found] == len(wanted)]
        return found


def arrays_of(strings: Iterable[str], name: str) -> dict[str, NDArray[Any]]:
    """The two arrays that :class:`Strings` needs, under ``name``; a line feed in a string becomes a space."""
    encoded = [(one.replace(_END, " ") + _END).encode("utf-8", "surrogatepass") for one in strings]
    starts = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum([len(one) for one in encoded], out=starts[1:])
    return {f"{name}_starts": starts, f"{name}_text": np.frombuffer(b"".join(encoded), np.uint8)}
