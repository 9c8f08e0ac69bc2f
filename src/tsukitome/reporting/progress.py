"""A progress bar for long imports, on stderr, and only where somebody watches."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from tsukitome.archive.importing import Imported, Watcher
from tsukitome.language import Language
from tsukitome.wording import phrase

_EVERY = 0.1  # seconds between two drawings


@contextmanager
def import_progress(files: int, language: Language) -> Iterator[Watcher]:
    """Gives what :func:`~tsukitome.archive.importing.import_files` tells after each batch; draws files, rows and refusals."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done: None  # noqa: ARG005
        return
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[counts]}"),
        TimeElapsedColumn(), console=console, transient=True,
        auto_refresh=False,  # would be a thread, beside which no process is forked: each would load the readers anew
    ) as progress:  # fmt: skip
        task = progress.add_task(phrase("progress_files").say(language), total=files, counts="")
        due = 0.0

        def watch(done: Imported) -> None:
            nonlocal due
            if (now := time.monotonic()) >= due:
                due = now + _EVERY
                counts = phrase("progress_counts", records=done.records, refused=len(done.refusals)).say(language)
                progress.update(task, completed=done.files, counts=counts, refresh=True)

        yield watch
