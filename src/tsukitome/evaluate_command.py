"""``tsukitome evaluate``: how far can its answers be trusted on one's own data?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tsukitome.arguments import PathsCommand, data_option, lang_option
from tsukitome.command import console, language_of, open_data, plain_errors

if TYPE_CHECKING:
    from tsukitome.evaluation.evaluating import Watch

_MOST_CASES = 100_000  # hours of work, and intervals of a third of a percent


@click.command("evaluate", cls=PathsCommand)
@data_option
@click.option(
    "--cases",
    "count",
    type=click.IntRange(min=1, max=_MOST_CASES),
    default=200,
    show_default=True,
    help="How many cases to make.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same cases.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@lang_option
def evaluate_command(data: tuple[str, ...], count: int, seed: int, form: str, lang: str | None) -> None:
    """Makes cases with known answers from the data, answers them, and measures the answers.

    Example: tsukitome evaluate --data contracts/ --cases 200 --seed 1
    """
    with plain_errors():
        from tsukitome.evaluation.evaluating import evaluate
        from tsukitome.evaluation.report import print_report, to_dict
        from tsukitome.matching.prepared import Prepared
        from tsukitome.matching.weights import weights

        archive = open_data(data)
        with _progress() as watch:
            prepared = Prepared.of(archive.records, archive.coverage())
            found = evaluate(prepared, weights(), count=count, seed=seed, watch=watch)
        if form == "json":
            from tsukitome.reporting.inert import json_text

            click.echo(json_text(to_dict(found), 1))
        else:
            print_report(found, language_of(lang), console())


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
