"""The commands: parse, call, draw. What a command needs is imported when it runs, so that each starts at once."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tsukitome import __version__
from tsukitome.arguments import PathsCommand, data_option, lang_option
from tsukitome.clues_command import clues_command
from tsukitome.evaluation.command import evaluate_command
from tsukitome.fetch_command import fetch_command

if TYPE_CHECKING:
    from rich.console import Console

    from tsukitome.api import Archive
    from tsukitome.clues.query import Clues
    from tsukitome.sources.reading import Refusal
    from tsukitome.wording import Language


def _once(_ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> str | None:
    """One value of an option that may be given once: a second one must not silently replace the first."""
    if len(values) > 1:
        raise click.BadParameter(
            f"it is given {len(values)} times: {', '.join(values)}. Give it once.", param=parameter
        )
    return values[0] if values else None


def _clue_option(name: str, metavar: str, text: str) -> Callable[..., Any]:
    return click.option(name, metavar=metavar, help=text, multiple=True, callback=_once)


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Turns what is raised on purpose into one sentence: exit 2 for wrong use, 1 for what can't be read."""
    from tsukitome.errors import ClueError, NoClueError, TsukitomeError

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        yield
    except (ClueError, NoClueError) as error:
        _message(str(error))
        sys.exit(2)
    except TsukitomeError as error:
        _message(str(error))
        sys.exit(1)


def _message(sentence: str) -> None:
    """A sentence for a person, on stderr, in the language of the command that runs."""
    from tsukitome.reporting.inert import visible
    from tsukitome.translation import translate

    context = click.get_current_context(silent=True)
    language = _language(context.params.get("lang") if context else None)
    click.echo(f"tsukitome: {visible(translate(sentence, language))}", err=True)


def _open(data: tuple[str, ...]) -> Archive:
    """Opens what ``--data`` names and says on stderr which data is used by default and everything that was refused."""
    from tsukitome.api import Archive
    from tsukitome.archive.opening import default_data

    if not data:
        _message(default_data().statement)
        archive = Archive.open()
    else:
        archive = Archive.open(*data)
    _report_refusals(archive.refusals)
    for file in archive.without_awards:
        _message(f"{file}: read, but it holds no award.")
    return archive


def _report_refusals(refusals: list[Refusal]) -> None:
    for refusal in refusals:
        quote = f" Row: {refusal.quote}" if refusal.quote else ""
        _message(f"{refusal}{quote}")


def _console() -> Console:
    from rich.console import Console

    from tsukitome.reporting.terminal import WIDTH

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else WIDTH
    return Console(width=width, highlight=False, soft_wrap=False)


def _language(lang: str | None) -> Language:
    from tsukitome.wording import language_of_locale

    return lang or language_of_locale()  # type: ignore[return-value]


@click.command("identify", cls=PathsCommand)
@_clue_option("--ward", "PLACE", "The supplier's place: 豊島区, 大阪市, 東京都, 23区, or a JIS code.")
@_clue_option("--month", "TIME", "2017-08, 2017-08-09, 2017-07..2017-09, 平成29年8月, 2017年度.")
@_clue_option("--title", "TEXT", "The contract's title, or what is remembered of it.")
@_clue_option("--value", "YEN", "約1億8000万円, 1.8億円, 182547000, 1億円余り, 数千万円.")
@_clue_option("--buyer", "NAME", "日本年金機構, 厚労省.")
@_clue_option("--method", "METHOD", "一般競争入札, 指名競争入札, 随意契約.")
@_clue_option("--firm", "NAME", "The firm's name or a part of it, once it is known.")
@_clue_option(
    "--article", "FILE", "The news itself, text or HTML (- for stdin): its clues are read; options beside it win."
)
@_clue_option("--about", "TEXT", "Of several contracts in the article, the one that this names.")
@_clue_option("--article-date", "YYYY-MM-DD", "The day of the news, for words such as 去年8月.")
@data_option
@click.option(
    "--top", type=click.IntRange(min=0), default=10, show_default=True, help="How many firms to list; 0 for all."
)
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv", "html"]), default="table", show_default=True
)
@lang_option
@click.version_option(__version__, prog_name="tsukitome")
def identify_command(
    data: tuple[str, ...],
    top: int,
    form: str,
    lang: str | None,
    article: str | None,
    about: str | None,
    article_date: str | None,
    **clues: str | None,
) -> None:
    """Ranks the firms that fit the clues of a news report, with the evidence.

    Example: identify --ward 豊島区 --month 2017-08 --value 約1億8000万円
    """
    with _plain_errors():
        from tsukitome.clues.query import Clues

        read = Clues if article is None else partial(_clues_of, article, about)
        asked = read(article_date=article_date, **clues)
        found = _open(data).identify(asked, top=top)
        if form == "json":
            click.echo(json.dumps(found.to_dict(lang or "en"), ensure_ascii=False, indent=1))  # type: ignore[arg-type]
        elif form == "csv":
            from tsukitome.reporting.frame import as_csv

            click.echo(as_csv(found), nl=False)
        elif form == "html":
            from tsukitome.reporting.page import page

            click.echo(page(found, _language(lang)))
        else:
            from tsukitome.reporting.terminal import print_findings

            print_findings(found, _language(lang), _console())


def _clues_of(article: str, about: str | None, article_date: str | None, **given: str | None) -> Clues:
    """The clues of an article, with those ``given`` beside it; what could not be settled is said on stderr."""
    from tsukitome.clues.article import read_article, to_clues
    from tsukitome.clues.article.extraction import article_text
    from tsukitome.clues.query import day_of_article
    from tsukitome.errors import UnreadableError

    try:
        content = sys.stdin.buffer.read() if article == "-" else Path(article).read_bytes()
    except OSError as error:
        raise UnreadableError(article, f"can't be opened ({error.strerror}).") from error
    read = read_article(article_text(content, article), day_of_article(article_date), about)
    for question in read.questions:
        _message(f"{question.quote!r} at {question.start} was left out: {question.reason}")
    return to_clues(read, **given)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tsukitome")
def main() -> None:
    """突き止め: who was the contractor? Clues from news, matched against public award records."""


main.add_command(identify_command)
for command in (clues_command, evaluate_command, fetch_command):
    main.add_command(command)


@main.command("records", cls=PathsCommand)
@data_option
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@lang_option
def records_command(data: tuple[str, ...], form: str, lang: str | None) -> None:
    """Prints the award records as they were read, one a line, each with its source."""
    del lang  # _message asks for it
    with _plain_errors():
        archive = _open(data)
        if form == "csv":
            from tsukitome.reporting.records import records_csv

            click.echo(records_csv(archive.records), nl=False)
        else:
            for record in archive.records:
                click.echo(json.dumps(record.to_dict(), ensure_ascii=False))


@main.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "--archive", "target", required=True, metavar="FILE", help="The archive to add to; it is made where there is none."
)
@lang_option
def import_command(paths: tuple[str, ...], target: str, lang: str | None) -> None:
    """Reads award tables into an archive; running it again adds only what is new."""
    with _plain_errors():
        from tsukitome.archive.finding import files_under
        from tsukitome.archive.importing import import_files
        from tsukitome.archive.store import Store
        from tsukitome.reporting.progress import import_progress

        store = Store(Path(target))
        found = list(files_under(Path(path) for path in paths))
        try:
            with import_progress(len(found), _language(lang)) as watch:
                done = import_files(store, found, watch)
        except KeyboardInterrupt:
            _message(
                f"{target}: interrupted; the files that were read whole are kept, the one that was not is left out."
            )
            sys.exit(130)
        finally:
            store.close()
        _report_refusals(done.refusals)
        for file, other in done.same_bytes:
            _message(f"{file}: the same bytes as {other}, not read twice.")
        for path in done.removed:
            _message(f"{path}: no longer in its zip archive; its records were removed.")
        for file in done.replaced:
            _message(f"{file}: changed since it was last read; its records were replaced.")
        click.echo(
            f"read {len(done.read)}, replaced {len(done.replaced)}, unchanged {len(done.unchanged)},"
            f" refused {len(done.refusals)}; {done.records} records added"
        )
        if not done.could_read:
            sys.exit(1)


@main.command("sources", cls=PathsCommand)
@data_option
@lang_option
def sources_command(data: tuple[str, ...], lang: str | None) -> None:
    """Shows what was read, what was refused and why, and the coverage with its gaps."""
    with _plain_errors():
        from tsukitome.reporting.sources import print_sources

        archive = _open(data)
        print_sources(
            archive.sources, archive.refusals, archive.coverage(), archive.coverage_rows(), _language(lang), _console()
        )
