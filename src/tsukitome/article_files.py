"""The news that a command is given: files, standard input or HTML pages, each read into clues by its own date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tsukitome.arguments import utf_8
from tsukitome.command import message, plain_errors
from tsukitome.small_files import STDIN, read_small, read_stdin

if TYPE_CHECKING:
    from tsukitome.clues.article import ArticleClues


def article_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--article``, ``--article-date``, ``--about`` and ``--tables``, as the commands that read news have them."""
    options = (
        click.option(
            "--article", "articles", metavar="FILE", multiple=True,
            help="The news: a text or HTML file, or - for stdin. Several on one matter: give it once for each.",
        ),
        click.option(
            "--article-date", "dates", metavar="YYYY-MM-DD", multiple=True,
            help="The day of the news, for words such as 去年8月; for several articles once for each, in their order.",
        ),
        click.option("--about", metavar="TEXT", help="Of several contracts in the news, the one that this names."),
        click.option(
            "--tables", metavar="FILE.toml", callback=_take_tables, expose_value=False, is_eager=True,
            help="Your own short names, synonyms, nicknames of places, eras and factors, beside those of the package.",
        ),
    )  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


def _take_tables(_ctx: click.Context, _parameter: click.Parameter, file: str | None) -> None:
    if file is None:
        return
    from tsukitome.normalize.own_tables import use_tables

    with plain_errors():
        use_tables(utf_8(file))


def days_of(number: int, dates: Sequence[str]) -> list[dt.date | None]:
    """The date of each of ``number`` articles: none, one for all, or one each. Raises UsageError for any other number."""
    from tsukitome.clues.query import day_of_article

    days = [day_of_article(date) for date in dates]
    if len(days) > 1 and len(days) != number:
        raise click.UsageError(
            f"--article-date is given {len(days)} times for {number} articles. Give it once, or once for each, in their order."
        )
    return days * max(number, 1) if len(days) == 1 else days or [None] * number


def articles_read(files: Sequence[str], days: Sequence[dt.date | None], about: str | None) -> list[ArticleClues]:
    """Each article with its clues; times that only its date would settle are said on stderr.

    Raises UnreadableError for a file that can't be read or holds no article, UsageError for stdin given twice.
    """
    if files.count(STDIN) > 1:
        raise click.UsageError("--article - reads standard input, which can be given only once.")
    return [read_one(text_of(file), day, about) for file, day in zip(files, days, strict=True)]


def read_one(text: str, day: dt.date | None, about: str | None) -> ArticleClues:
    """A text with its clues; what its date would settle is said on stderr."""
    from tsukitome.clues.article import read_article

    read = read_article(text, day, about)
    for question in read.questions:
        message(f"{question.quote!r} at {question.start} was left out: {question.reason}")
    return read


def text_of(file: str) -> str:
    """The text of an article, without a page's menus and advertisements. Raises UnreadableError."""
    from tsukitome.clues.article.extraction import article_text

    if file == STDIN:
        return article_text(read_stdin())
    return article_text(read_small(Path(file), file), file)
