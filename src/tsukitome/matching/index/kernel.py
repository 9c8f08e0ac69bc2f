"""The inner loops of a question in C, where they could be compiled: each does what a few numpy calls do, in one pass.

``kernel.c`` is compiled when the package is installed and a C compiler is at hand; nothing else needs it, and no answer is another
with it. ``TSUKITOME_PLAIN=1`` switches it off.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

LIBRARY = "_kernel.so"
_VERSION = 4  # as in kernel.c

Rows = NDArray[Any]
POINTER, NUMBER = ctypes.c_void_p, ctypes.c_int64


@cache
def library() -> Any:
    """The compiled loops; None where there are none of this version, or they are switched off."""
    if os.environ.get("TSUKITOME_PLAIN") == "1":
        return None
    try:
        loaded = ctypes.CDLL(str(Path(__file__).with_name(LIBRARY)))
    except OSError:
        return None
    loaded.version.restype = NUMBER
    if loaded.version() != _VERSION:
        return None
    mark, tally = loaded.mark, loaded.tally
    mark.restype = tally.restype = NUMBER
    mark.argtypes = (
        POINTER, POINTER, POINTER, NUMBER, ctypes.c_uint32, NUMBER, ctypes.c_uint32, POINTER, NUMBER,
    )  # fmt: skip
    tally.argtypes = (POINTER, POINTER, POINTER, POINTER, NUMBER, POINTER, POINTER, POINTER)
    loaded.places_of.argtypes = (POINTER, POINTER, POINTER, NUMBER, POINTER)
    loaded.choose.restype = NUMBER
    loaded.choose.argtypes = (POINTER, POINTER, NUMBER, NUMBER, POINTER, POINTER)
    loaded.choose_totals.restype = NUMBER
    loaded.choose_totals.argtypes = (POINTER, POINTER, POINTER, POINTER, POINTER)
    loaded.clear_marks.argtypes = (POINTER, POINTER, NUMBER)
    loaded.count_totals.argtypes = (POINTER, POINTER)
    loaded.add_weight.argtypes = (POINTER, POINTER, NUMBER, ctypes.c_double)
    return loaded


def is_there() -> bool:
    """Whether there are compiled loops, and they are not switched off."""
    return library() is not None


def add_weights(sums: Rows, texts: Sequence[Rows], weights: Sequence[float]) -> bool:
    """Adds to the sum of each text the weights of the lists that hold it; False where there are no compiled loops to do it."""
    loops = library()
    if loops is None:
        return False
    for some, weight in zip(texts, weights, strict=True):
        some = np.ascontiguousarray(some, np.uint32)
        loops.add_weight(sums.ctypes.data, some.ctypes.data, len(some), weight)
    return True
