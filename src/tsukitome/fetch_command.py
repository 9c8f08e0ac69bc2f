"""``tsukitome fetch``: downloads of open data, with their hash and their origin kept beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tsukitome.command import plain_errors

if TYPE_CHECKING:
    from tsukitome.fetching import Watch


@click.group("fetch")
def fetch_command() -> None:
    """Downloads open data of awards, to be read with --data."""


@fetch_command.command("portal")
@click.option("--year", type=click.IntRange(2000, 2100), metavar="YYYY", help="The year whose awards to fetch.")
@click.option(
    "--day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="One day's changes (two months back)."
)
@click.option("--base-url", metavar="URL", help="Another address than that of the portal.")
@click.option(
    "-o", "--output", default=".", type=click.Path(path_type=Path), metavar="FOLDER", help="Where to; here without it."
)
@click.option("--timeout", type=click.FloatRange(0.1, 3600), metavar="SECONDS", help="How long to wait for an answer.")
@click.option("--lang", type=click.Choice(["ja", "en"]), help="The language of messages; by the locale without it.")
def portal_command(
    year: int | None,
    day: dt.datetime | None,
    base_url: str | None,
    output: Path,
    timeout: float | None,
    lang: str | None,
) -> None:
    """Downloads the awards that 調達ポータル publishes: a year, or one day's changes. Prints the SHA-256 and the file.

    Example: tsukitome fetch portal --year 2017 -o data
    """
    del lang  # message asks for it
    if year is None and day is None:
        raise click.UsageError("say which file: --year 2017 or --day 2017-08-09")
    if year is not None and day is not None and day.year != year:
        raise click.UsageError(f"--day {day:%Y-%m-%d} is not in --year {year}")
    with plain_errors():
        from tsukitome.fetching import PORTAL, TIMEOUT, fetch_zip, portal_name, portal_url

        name = portal_name(year or 0, day.date() if day else None)
        url = portal_url(name, base_url or PORTAL)
        with _progress(name) as watch:
            download = fetch_zip(url, output / name, timeout=timeout or TIMEOUT, watch=watch)
    click.echo(f"{download.origin.sha256}  {download.path.as_posix()}")


@contextmanager
def _progress(name: str) -> Iterator[Watch]:
    """A bar on stderr, where that is a terminal; nothing otherwise."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, whole: None  # noqa: ARG005
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(name, total=None)
        yield lambda done, whole: progress.update(task, completed=done, total=whole)
