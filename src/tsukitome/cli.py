"""The commands: parse, call, draw. What a command needs is imported when it runs, so that each starts at once."""

from __future__ import annotations

import datetime as dt
import sys
from functools import partial
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tsukitome import __version__
from tsukitome.arguments import PathsCommand, clue_option, clue_options, data_option, lang_option, utf_8
from tsukitome.article_files import article_options, articles_read, days_of
from tsukitome.command import (
    colour_console,
    console,
    language_of,
    message,
    open_data,
    plain_errors,
    report_refusals,
    result,
)
from tsukitome.usage import Spoken

if TYPE_CHECKING:
    from tsukitome.clues.query import Clues


@click.command("identify", cls=PathsCommand)
@clue_options
@article_options
@clue_option("--case", "CASE.toml", "A case file: its clues and its data are asked; options beside it win.")
@data_option
@click.option(
    "--top", type=click.IntRange(min=0), default=10, show_default=True, help="How many firms to list; 0 for all."
)
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv", "html"]), default="table", show_default=True
)
@click.option("--explain", is_flag=True, help="Show the whole sum: what each clue weighs, and why (tables only).")
@lang_option
@click.version_option(__version__, prog_name="tsukitome")
def identify_command(
    data: tuple[str, ...],
    top: int,
    form: str,
    explain: bool,
    lang: str | None,
    articles: tuple[str, ...],
    dates: tuple[str, ...],
    about: str | None,
    case: str | None,
    **clues: str | None,
) -> None:
    """Ranks the firms that fit the clues of a news report, with the evidence.

    Example: identify --ward 豊島区 --month 2017-08 --value 約1億8000万円
    """
    with plain_errors():
        from tsukitome.clues.query import Clues

        days = days_of(len(articles), dates)
        article_date = days[0] if days else None
        if case is not None:
            from tsukitome.casework.case_file import read_case
            from tsukitome.casework.question import data_of, question

            if articles:
                raise click.UsageError("give --case or --article, not both: tsukitome case add-article adds one.")
            told = read_case(Path(case))
            asked, asked_data = question(told, article_date=article_date, **clues), data_of(told, data)
        else:
            told_by = (
                partial(_clues_of, articles, days, about) if articles else partial(Clues, article_date=article_date)
            )
            asked, asked_data = told_by(**clues), data
        found = open_data(asked_data).identify(asked, top=top)
        if form == "json":
            from tsukitome.reporting.inert import json_text

            click.echo(json_text(found.to_dict(lang or "en"), 1))  # type: ignore[arg-type]
        elif form == "csv":
            from tsukitome.reporting.frame import as_csv

            click.echo(as_csv(found), nl=False)
        elif form == "html":
            from tsukitome.reporting.page import page

            click.echo(page(found, language_of(lang)))
        else:
            from tsukitome.reporting.terminal import print_findings

            print_findings(found, language_of(lang), colour_console(), explain=explain)


def _clues_of(articles: tuple[str, ...], days: list[dt.date | None], about: str | None, **given: str | None) -> Clues:
    """The clues of the articles, with those ``given`` beside them; what they dispute is said on stderr."""
    from tsukitome.clues.article import merge_clues, merged_to_clues, to_clues

    files = [utf_8(file) for file in articles]
    read = articles_read(files, days, about)
    if len(read) == 1:
        return to_clues(read[0], **given)
    together = merge_clues(read, files)
    for clue in together.disputes:
        others = ", ".join(f"{one.clue.quote!r} ({one.source})" for one in clue.disputed_by)
        message(
            f"{clue.mentions[0].source}: {clue.name} {clue.first.quote!r} counts for half, since others say {others}."
        )
    return merged_to_clues(together, **given)


class Commands(Spoken, click.Group):
    """The commands, those of the modules ``NAME_command`` among them, each of which is loaded when it is asked for."""

    elsewhere = ("case", "check", "clues", "evaluate", "fetch", "firm", "report")

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *self.elsewhere])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.elsewhere:
            return super().get_command(ctx, cmd_name)
        found: click.Command = getattr(import_module(f"tsukitome.{cmd_name}_command"), f"{cmd_name}_command")
        return found


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tsukitome")
def main() -> None:
    """突き止め: who was the contractor? Clues from news, matched against public award records."""


main.add_command(identify_command)


@main.command("records", cls=PathsCommand)
@data_option
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@lang_option
def records_command(data: tuple[str, ...], form: str, lang: str | None) -> None:
    """Prints the award records as they were read, one a line, each with its source."""
    del lang  # message asks for it
    with plain_errors():
        from tsukitome.reporting.records import records_csv, records_jsonl

        lines = (records_csv if form == "csv" else records_jsonl)(open_data(data).each_record())
        while chunk := "".join(islice(lines, 1000)):
            click.echo(chunk, nl=False)


@main.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "--archive", "target", required=True, metavar="FILE", help="The archive to add to; it is made where there is none."
)
@lang_option
def import_command(paths: tuple[str, ...], target: str, lang: str | None) -> None:
    """Reads award tables into an archive; running it again adds only what is new."""
    with plain_errors():
        from tsukitome.api import index_archive
        from tsukitome.archive.finding import files_under
        from tsukitome.archive.importing import import_files
        from tsukitome.archive.store import Store
        from tsukitome.reporting.progress import import_progress

        store = Store(Path(target))
        found = list(files_under(Path(path) for path in paths))
        try:
            with import_progress(len(found), language_of(lang)) as watch:
                done = import_files(store, found, watch)
            index_archive(store)
        except KeyboardInterrupt:
            message(
                f"{target}: interrupted; the files that were read whole are kept, the one that was not is left out."
            )
            sys.exit(130)
        finally:
            store.close()
        report_refusals(done.refusals)
        for file, other in done.same_bytes:
            message(f"{file}: the same bytes as {other}, not read twice.")
        for path in done.removed:
            message(f"{path}: no longer in its zip archive; its records were removed.")
        for file in done.replaced:
            message(f"{file}: changed since it was last read; its records were replaced.")
        result(
            f"read {len(done.read)}, replaced {len(done.replaced)}, unchanged {len(done.unchanged)},"
            f" refused {len(done.refusals)}; {done.records} records added"
        )
        if done.registrations:
            result(f"{done.registrations} entries of the corporate register added")
        if not done.could_read:
            sys.exit(1)


@main.command("sources", cls=PathsCommand)
@data_option
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@lang_option
def sources_command(data: tuple[str, ...], form: str, lang: str | None) -> None:
    """Shows what was read, what was refused and why, and the coverage with its gaps."""
    with plain_errors():
        from tsukitome.reporting.sources import print_sources, sources_json

        archive = open_data(data)
        held = archive.sources, archive.refusals, archive.coverage(), archive.coverage_rows()
        if form == "json":
            click.echo(sources_json(*held, lang or "en"))  # type: ignore[arg-type]
        else:
            print_sources(*held, archive.register_joins, language_of(lang), console())
