"""Python's search for cyclic garbage, kept rare while files are read and written, and left out at a process's end."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

# What is read and kept from being read again is a million objects and no cycles: looking for some took half of the time.
_RARELY = (1_000_000, 20, 100)


def collect_rarely() -> None:
    """From now on in this process."""
    gc.set_threshold(*_RARELY)


def not_at_the_end() -> None:
    """What is still there when this process ends is not searched for cycles: that took as long as a question. All else that ends a
    process (open files, what is registered to be done then) is as always.
    """
    atexit.register(gc.freeze)


@contextmanager
def collected_rarely() -> Iterator[None]:
    """Inside the ``with`` block. What is left behind it counts as old: looking through all of it at once is no part of the work."""
    before = gc.get_threshold()
    collect_rarely()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()
        gc.set_threshold(*before)
