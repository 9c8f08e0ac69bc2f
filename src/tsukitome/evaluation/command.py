"""``tsukitome evaluate``: how far can its answers be trusted on one's own data?"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tsukitome.arguments import PathsCommand, data_option, lang_option

if TYPE_CHECKING:
    from tsukitome.evaluation.evaluating import Watch
    from tsukitome.wording import Language


@click.command("evaluate", cls=PathsCommand)
@data_option
@click.option(
    "--cases", "count", type=click.IntRange(min=1), default=200, show_default=True, help="How many cases to make."
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same cases.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@lang_option
def evaluate_command(data: tuple[str, ...], count: int, seed: int, form: str, lang: str | None) -> None:
    """Makes cases with known answers from the data, answers them, and measures the answers.

    Example: tsukitome evaluate --data contracts/ --cases 200 --seed 1
    """
    from tsukitome.api import Archive
    from tsukitome.archive.opening import default_data
    from tsukitome.errors import TsukitomeError
    from tsukitome.evaluation.evaluating import evaluate
    from tsukitome.evaluation.report import print_report, to_dict
    from tsukitome.matching.prepared import Prepared
    from tsukitome.matching.weights import weights
    from tsukitome.reporting.inert import visible
    from tsukitome.wording import language_of_locale

    try:
        if not data:
            click.echo(f"tsukitome: {visible(default_data().statement)}", err=True)
        archive = Archive.open(*data)
        for refusal in archive.refusals:
            click.echo(f"tsukitome: {visible(str(refusal))}", err=True)
        language: Language = lang or language_of_locale()  # type: ignore[assignment]
        with _progress() as watch:
            prepared = Prepared.of(archive.records, archive.coverage())
            found = evaluate(prepared, weights(), count=count, seed=seed, watch=watch)
    except TsukitomeError as error:
        click.echo(f"tsukitome: {visible(str(error))}", err=True)
        sys.exit(1)
    if form == "json":
        click.echo(json.dumps(to_dict(found), ensure_ascii=False, indent=1))
        return
    from rich.console import Console

    from tsukitome.reporting.terminal import WIDTH

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else WIDTH
    print_report(found, language, Console(width=width, highlight=False))


@contextmanager
def _progress() -> Iterator[Watch]:
    """A bar on stderr, where that is a terminal; nothing otherwise."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, whole: None  # noqa: ARG005
        return
    from rich.progress import Progress

    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("evaluate", total=None)
        yield lambda done, whole: progress.update(task, completed=done, total=whole)
