"""The inner loops of a question over the columns of an index: compiled where they are there, else with numpy. Both do the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Union

from tsukitome.matching.index import kernel

if TYPE_CHECKING:
    from tsukitome.matching.index.columns import Index
    from tsukitome.matching.index.compiled import Compiled
    from tsukitome.matching.index.plain import Plain

Loops = Union["Plain", "Compiled"]


def loops_of(index: Index) -> Loops:
    """The loops over an index. Only the plain ones load numpy."""
    library = kernel.library()
    if library is not None:
        from tsukitome.matching.index.compiled import Compiled

        return Compiled(library, index)
    from tsukitome.matching.index.plain import Plain

    return Plain(index)
