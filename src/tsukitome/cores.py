"""The machine's processors: how many there are, and one piece of work done on all of them.

``in_parts(work, items)`` is ``work(items)`` for any work that does each item for itself; other processes do some of the items where
that is quicker and safe.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Generic, TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


class _State:
    """Whether this is a process that does a part of another's work."""

    is_other = False


def usable_cores() -> int:
    """How many processors this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def has_one_thread() -> bool:
    """Whether this process has one thread for sure, those of libraries included, which only Linux tells."""
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


def in_parts(
    work: Callable[[Sequence[Item]], list[Outcome]], items: Sequence[Item], *, fewest: int, cores: int | None = None
) -> list[Outcome]:
    """The outcomes of all items, in order, as ``work(items)`` gives them. An outcome has to be picklable.

    ``fewest`` is how many items take about as long as starting a process: a part has at least so many. ``cores`` is how many
    processes work (default: as many as this process may use). All is done here in a process that others share the work with
    already (one of theirs, or one with threads, of whose locks a fork would have copies that never open), where the system
    forks no processes, and for the part of a process that was killed.
    """
    number = min(cores or usable_cores(), len(items) // fewest)
    if number < 2 or _State.is_other or multiprocessing.parent_process() is not None or not has_one_thread():
        return work(items)
    ends = [len(items) * at // number for at in range(number + 1)]
    first, *rest = [items[start:end] for start, end in pairwise(ends)]
    others = [_Other(work, part) for part in rest]
    try:
        outcomes = list(work(first))
        for other in others:
            outcomes += other.outcomes()
        return outcomes
    finally:
        for other in others:
            other.end()


class _Other(Generic[Item, Outcome]):
    """A forked process that does a part of the items; it has all that this process has loaded."""

    def __init__(self, work: Callable[[Sequence[Item]], list[Outcome]], items: Sequence[Item]) -> None:
        self._work, self._items = work, items
        self._process: int | None = None
        self._reading, writing = os.pipe()
        with suppress(OSError):  # too many processes, or too little memory for one more: done here
            self._process = os.fork()
        if self._process == 0:
            self._do(writing)
        os.close(writing)

    def _do(self, writing: int) -> None:
        """In the other process: does the work, tells its outcomes, and ends without what a program does at its end."""
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is its parent's to handle
            _State.is_other = True
            gc.freeze()  # looking through what was there before would copy all of it
            with open(writing, "wb") as pipe:
                pickle.dump(self._work(self._items), pipe, pickle.HIGHEST_PROTOCOL)
            os._exit(0)
        finally:  # whatever went wrong goes wrong again in the parent, which then does this part, and is told there
            os._exit(1)

    def outcomes(self) -> list[Outcome]:
        """What the process tells; where it tells nothing whole, the work is done here."""
        if self._process is not None:
            with open(self._reading, "rb", closefd=False) as pipe:
                told = pipe.read()
            process, self._process = self._process, None
            if os.waitpid(process, 0)[1] == 0:
                return list(pickle.loads(told))  # our own process wrote it
        return self._work(self._items)

    def end(self) -> None:
        """Ends the process, if nobody waited for its outcomes."""
        os.close(self._reading)
        if self._process is not None:
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
