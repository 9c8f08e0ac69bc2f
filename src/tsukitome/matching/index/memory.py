"""Memory that is free, given back."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress


def give_back() -> None:
    """Gives what is free back to the system. The C library of Linux keeps most of it, in pieces between what is still used: at
    ten million records a gigabyte and more.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).malloc_trim(0)
