"""Small files written together: waiting for the disk after each would take longer than writing it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tsukitome.archive.store import Store

SECONDS = 0.5  # that what is written may wait to be committed: so much of its work a process loses that is killed
_SMALL = 1 << 23  # bytes of a file for which nothing that is written has to wait


class Gathering:
    """Transactions of an archive, each of as many files as are written in half a second; each file is kept whole or not at all.

    Whatever ends the ``with`` block, the files that were written whole are kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._open = ExitStack()
        self._due: float | None = None  # when the open transaction is to be committed

    def __enter__(self) -> Gathering:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._commit()

    @contextmanager
    def file(self, size: int) -> Iterator[None]:
        """What one file of ``size`` bytes gives is written inside."""
        if size > _SMALL:
            self._commit()
        if self._due is None:
            self._open.enter_context(self._store.transaction())
            self._due = time.monotonic() + SECONDS
        with self._store.part():
            yield
        if time.monotonic() >= self._due:
            self._commit()

    def _commit(self) -> None:
        self._due = None
        self._open.close()
