"""The inner loops of a question in C, where they could be compiled: each does what a few numpy calls do, in one pass.

``kernel.c`` is compiled when the package is installed and a C compiler is at hand; nothing else needs it, and no answer is another
with it. ``TSUKITOME_PLAIN=1`` switches it off.
"""

from __future__ import annotations

import ctypes
import os
from array import array
from functools import cache
from pathlib import Path
from typing import Any

LIBRARY = "_kernel.so"
_VERSION = 7  # as in kernel.c

POINTER, NUMBER, WORTH = ctypes.c_void_p, ctypes.c_int64, ctypes.c_double
_ARGUMENTS = {
    "mark": (POINTER, POINTER, NUMBER, POINTER, ctypes.c_uint32, NUMBER, ctypes.c_uint32, POINTER),
    "tally": (POINTER,),
    "awards_with": (POINTER, POINTER, NUMBER, POINTER),
    "look_up": (POINTER, NUMBER, ctypes.c_uint32, POINTER, POINTER),
    "raise_two": (POINTER, NUMBER, NUMBER, WORTH, POINTER, POINTER),
    "add_exactly": (POINTER, POINTER, POINTER, NUMBER, POINTER, NUMBER),
    "places_of": (POINTER, POINTER, NUMBER, POINTER),
    "choose": (POINTER, POINTER, NUMBER, NUMBER, POINTER, POINTER),
    "rows_with": (POINTER, POINTER, POINTER),
    "sum_some": (POINTER, POINTER, POINTER, NUMBER, POINTER, POINTER, POINTER),
    "sum_all": (POINTER, POINTER, NUMBER, POINTER),
    "between": (POINTER, NUMBER, WORTH, WORTH, POINTER, POINTER, POINTER),
    "add_weight": (POINTER, POINTER, NUMBER, WORTH),
    "near_texts": (POINTER, POINTER, NUMBER, WORTH, POINTER, WORTH, WORTH, POINTER, POINTER, POINTER, POINTER),
    "rows_of_texts": (POINTER, POINTER, POINTER, NUMBER, POINTER, POINTER, POINTER, POINTER),
    "version": (),
}


@cache
def library() -> Any:
    """The compiled loops; None where there are none of this version, or they are switched off."""
    if os.environ.get("TSUKITOME_PLAIN") == "1":
        return None
    try:
        loaded = ctypes.CDLL(str(Path(__file__).with_name(LIBRARY)))
        loaded.version.restype = NUMBER
        if loaded.version() != _VERSION:
            return None
        for name, arguments in _ARGUMENTS.items():
            function = getattr(loaded, name)
            function.argtypes, function.restype = arguments, NUMBER
    except (OSError, AttributeError):
        return None
    return loaded


def is_there() -> bool:
    """Whether there are compiled loops, and they are not switched off."""
    return library() is not None


class _Memory(ctypes.Structure):
    """What Python tells of an object's memory (``Py_buffer``, https://docs.python.org/3/c-api/buffer.html)."""

    _fields_ = (
        ("at", POINTER), ("of", POINTER), ("length", ctypes.c_ssize_t), ("itemsize", ctypes.c_ssize_t),
        ("readonly", ctypes.c_int), ("dimensions", ctypes.c_int), ("format", POINTER), ("shape", POINTER),
        ("strides", POINTER), ("suboffsets", POINTER), ("internal", POINTER),
    )  # fmt: skip


def address(memory: Any) -> int | None:
    """Where the memory of an array, of bytes or of a view of them begins, be it read-only or not; it must be in one piece, and stay
    referred to while it is used.
    """
    if memory is None:
        return None
    if type(memory) is array:
        return memory.buffer_info()[0]
    found = _Memory()
    ctypes.pythonapi.PyObject_GetBuffer(ctypes.py_object(memory), ctypes.byref(found), 0)
    at: int | None = found.at
    ctypes.pythonapi.PyBuffer_Release(ctypes.byref(found))
    return at
