"""What commands share: errors as one sentence, messages in the reader's language, data opened with all that was refused said."""

from __future__ import annotations

import os
import sys
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

    from tsukitome.api import Archive
    from tsukitome.language import Language
    from tsukitome.sources.reading import Refusal

_PLACES_TOLD = 20  # of each file: a large archive's every question would begin with pages of them


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turns what is raised on purpose into one sentence: exit 2 for wrong use, 1 for what can't be read."""
    from tsukitome.errors import CaseError, ClueError, NoClueError, TsukitomeError

    # numpy starts a thread a core for linear algebra, a third of its CPU time at the start; no command does any.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        with warnings.catch_warnings():
            _say_what_is_not_kept()
            yield
    except (CaseError, ClueError, NoClueError) as error:
        message(str(error))
        sys.exit(2)
    except TsukitomeError as error:
        from tsukitome.sources.reading import NothingReadError

        if isinstance(error, NothingReadError):
            report_refusals(error.refusals)
        else:
            message(str(error))
        sys.exit(1)


def _say_what_is_not_kept() -> None:
    """Prints such a warning as a sentence; others as always."""
    from tsukitome.errors import NotKeptWarning

    others = warnings.showwarning

    def show(text: Warning | str, category: type[Warning], *more: Any, **named: Any) -> None:
        if issubclass(category, NotKeptWarning):
            message(str(text))
        else:
            others(text, category, *more, **named)

    warnings.simplefilter("always", NotKeptWarning)
    warnings.showwarning = show  # type: ignore[assignment]


def message(sentence: str) -> None:
    """A sentence for a person, on stderr, in the language of the command that runs."""
    click.echo(f"tsukitome: {_said(sentence)}", err=True)


def result(sentence: str) -> None:
    """A sentence that is what a command was asked for, on stdout, in the language of the command that runs."""
    click.echo(_said(sentence))


def _said(sentence: str) -> str:
    from tsukitome.reporting.inert import visible
    from tsukitome.translation import translate

    context = click.get_current_context(silent=True)
    return visible(translate(sentence, language_of(context.params.get("lang") if context else None)))


def language_of(lang: str | None) -> Language:
    """The language asked for, else that of the locale."""
    from tsukitome.language import language_of_locale

    return lang or language_of_locale()  # type: ignore[return-value]


def open_data(data: tuple[str, ...]) -> Archive:
    """Opens what ``--data`` names and says on stderr which data is used by default and everything that was refused."""
    from tsukitome.api import Archive
    from tsukitome.archive.opening import default_data

    if not data:
        message(default_data().statement)
        archive = Archive.open()
    else:
        archive = Archive.open(*data)
    report_refusals(archive.refusals)
    for file in archive.without_awards:
        message(f"{file}: read, but it holds no award.")
    return archive


def report_refusals(refusals: Sequence[Refusal]) -> None:
    """Names every file that was refused, and the first pages and rows of each, with the reason, on stderr; counts the rest."""
    told: Counter[str] = Counter()
    for refusal in refusals:
        told[refusal.file] += refusal.place is not None
        if refusal.place is None or told[refusal.file] <= _PLACES_TOLD:
            quote = f" Row: {refusal.quote}" if refusal.quote else ""
            message(f"{refusal}{quote}")
    for file, places in told.items():
        if places > _PLACES_TOLD:
            message(f"{file}: {places - _PLACES_TOLD} more places were refused; `tsukitome sources` lists them all.")


# What rich asks the environment about where it draws.
ASKED_BY_RICH = ("COLUMNS", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "UNICODE_VERSION")


def colour_console() -> Console | None:
    """:func:`console`, or None where it would write nothing but plain text in 100 columns, which needs no rich."""
    if sys.stdout.isatty() or any(name in os.environ for name in ASKED_BY_RICH):
        return console()
    return None


def console() -> Console:
    """Where tables are drawn: as wide as the terminal, 100 columns where there is none."""
    from rich.console import Console

    from tsukitome.reporting.terminal import WIDTH

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else WIDTH
    return Console(width=width, highlight=False, soft_wrap=False, emoji=False)
