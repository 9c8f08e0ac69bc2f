"""Work given to other processes, or done here where there are none."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import types
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from types import TracebackType
from typing import Any, Generic, ParamSpec, TypeVar

from tsukitome.archive.garbage import collect_rarely
from tsukitome.cores import has_one_thread

Arguments = ParamSpec("Arguments")
Outcome = TypeVar("Outcome")


class _Task(Generic[Outcome]):
    """A piece of work: its future is there once it was given to the others, or has been done here."""

    def __init__(self, work: Callable[[], Outcome]) -> None:
        self.work = work
        self.future: Future[Outcome] | None = None

    def do_here(self) -> None:
        self.future = Future()
        try:
            self.future.set_result(self.work())
        except Exception as error:
            self.future.set_exception(error)


class Hands:
    """This process and, with ``number`` above one, that many less one others that work with it. They end with the ``with`` block.

    What is given to them has to be a function of a module, and its arguments and outcome have to be picklable. Whoever waits for
    an outcome that is not there yet does other work that waits, here. Where processes can't be started, or one of them is
    killed, all is done here.
    """

    def __init__(self, number: int) -> None:
        self.number = max(number, 1)
        self._executor: ProcessPoolExecutor | None = None
        self._waiting: deque[_Task[Any]] = deque()

    def __enter__(self) -> Hands:
        if self.number > 1:
            try:
                # A fork has all that this process has loaded; but of its threads' locks it would have copies, closed for good.
                context = multiprocessing.get_context("fork" if has_one_thread() else "spawn")
                self._executor = ProcessPoolExecutor(self.number - 1, context, _prepare)
                with _nobody_as_main():
                    self._executor.submit(_nothing)  # begins the processes now, before there are more threads
            except (OSError, ImportError, ValueError):  # no semaphores, as in some sandboxes
                self.number = 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def begin(
        self, work: Callable[Arguments, Outcome], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Callable[[], Outcome]:
        """Begins a piece of work. What is returned waits for its outcome, and raises what the work raised."""
        task = _Task(partial(work, *args, **kwargs))
        self._waiting.append(task)
        self._give()
        return partial(self._finish, task)

    def _give(self) -> None:
        """Gives the others all that waits; what none of them has begun can be taken back."""
        for task in self._waiting:
            if task.future is None and self._executor is not None:
                try:
                    with _nobody_as_main():
                        task.future = self._executor.submit(task.work)
                except (BrokenExecutor, OSError):
                    self._executor = None

    def _finish(self, task: _Task[Outcome]) -> Outcome:
        while True:
            self._give()
            if task.future is not None and task.future.done():
                break
            own = task if self._take(task) else next(filter(self._take, tuple(self._waiting)), None)
            if own is None:  # all that is left has been begun
                break
            own.do_here()
        if task in self._waiting:
            self._waiting.remove(task)
        assert task.future is not None
        try:
            return task.future.result()
        except BrokenExecutor:
            self._executor = None
            return task.work()

    def _take(self, task: _Task[Any]) -> bool:
        """Whether a task is to be done here: none of the others has begun it. It waits no longer, whoever does it."""
        if task in self._waiting:
            self._waiting.remove(task)
        return task.future is None or task.future.cancel()


def _nothing() -> None:
    """Work that is done at once."""


@contextmanager
def _nobody_as_main() -> Iterator[None]:
    """Keeps new processes from running the user's script again, which a spawned process does to find its functions.

    All functions given to :class:`Hands` are tsukitome's own; so a script needs no ``if __name__ == "__main__"``.
    """
    script = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


def _prepare() -> None:
    """Readies a new process: Ctrl-C is its parent's to handle, and it ends when its parent is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_rarely()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
