"""The inner loops of a question over the columns of an index: compiled where they are there, else with numpy. Both do the same."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Protocol

from tsukitome.matching.index import kernel

if TYPE_CHECKING:
    from tsukitome.matching.index.base import Base
    from tsukitome.matching.index.columns import Index
    from tsukitome.matching.index.layout import Layout
    from tsukitome.matching.index.near import NearTexts
    from tsukitome.matching.index.tally import Rows


class Loops(Protocol):
    """The loops over an index: see :mod:`tsukitome.matching.index.plain` and :mod:`tsukitome.matching.index.compiled`."""

    def near_texts(
        self,
        asked: Sequence[tuple[memoryview, float]],
        joints: Sequence[tuple[memoryview, float]],
        least: float,
        wanted: bytearray | None,
        whole: float,
        extra: float,
    ) -> NearTexts:
        """The texts that hold ``least`` of the weight of what is ``asked``, or are ``wanted`` (1: and hold any of it).

        ``asked`` and ``joints`` are bigrams, each as the texts that hold it, in order, and its weight; joints are not missed where
        a text lacks them. ``whole`` is the weight of all that is asked, ``extra`` the weight of what else a text has.
        """

    def rows_of_texts(
        self,
        texts: Sequence[int],
        cells: bytearray,
        codes: bytearray,
        class_of_numbers: bytes,
        classes: int,
        buyers: Collection[int],
    ) -> tuple[memoryview, memoryview, list[tuple[int, int]]]:
        """The rows of ``texts`` with their codes, those of 0 left out: ``codes`` has one for each cell of a text beside each class
        of a title's numbers. The rows of ``buyers`` are given apart, each as the place of its text and the row.
        """

    def rows_of(self, column: str, wanted: bytes) -> memoryview:
        """The rows whose value in a column is wanted: 1 or 0 for each value."""

    def rows(self, base: Base, layout: Layout) -> Rows:
        """All rows, to be counted."""


def loops_of(index: Index) -> Loops:
    """The loops over an index. Only the plain ones load numpy."""
    library = kernel.library()
    if library is not None:
        from tsukitome.matching.index.compiled import Compiled

        return Compiled(library, index)
    from tsukitome.matching.index.plain import Plain

    return Plain(index)
