"""``tsukitome clues``: the clues that a news text gives, each with its place in the text and its reading."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tsukitome.arguments import lang_option, utf_8

if TYPE_CHECKING:
    from tsukitome.clues.article.times import Question


@click.command("clues")
@click.option("--article", metavar="FILE", help="The news: a text or HTML file, or - for stdin.")
@click.option("--text", metavar="TEXT", help="The news itself.")
@click.option(
    "--article-date", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
    help="The day of the news, for words such as 去年8月.",
)  # fmt: skip
@click.option("--about", metavar="TEXT", help="Of several contracts the one that this names.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--text-out", metavar="FILE", help="Where to write the text that the offsets count in, in UTF-8.")
@lang_option
def clues_command(
    article: str | None,
    text: str | None,
    article_date: dt.datetime | None,
    about: str | None,
    form: str,
    text_out: str | None,
    lang: str | None,
) -> None:
    """Shows the clues that a news text gives: quotation, place in the text, reading, and who said it.

    Example: tsukitome clues --text 去年8月に約1億8000万円で契約した --article-date 2018-03-19
    """
    if (article is None) == (text is None):
        raise click.UsageError("give the news as --article FILE (- for stdin) or as --text TEXT.")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    from tsukitome.clues.article import read_article
    from tsukitome.wording import language_of_locale

    words = _text_of(article) if article is not None else utf_8(text or "")
    _write(text_out, words)
    read = read_article(words, article_date.date() if article_date else None, utf_8(about) if about else None)
    for question in read.questions:
        _message(_asking(question))
    if form == "json":
        click.echo(json.dumps(read.to_dict(), ensure_ascii=False, indent=1))
        return
    from rich.console import Console

    from tsukitome.reporting.article import print_article
    from tsukitome.reporting.terminal import WIDTH

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else WIDTH
    print_article(read, lang or language_of_locale(), Console(width=width, highlight=False))  # type: ignore[arg-type]


def _text_of(article: str) -> str:
    """The article's text; exits 1 with a sentence where it can't be read."""
    from tsukitome.clues.article.extraction import article_text
    from tsukitome.errors import UnreadableError

    try:
        content = sys.stdin.buffer.read() if article == "-" else Path(article).read_bytes()
        return article_text(content, "stdin" if article == "-" else article)
    except OSError as error:
        _message(f"{article}: {error.strerror or error}")
    except UnreadableError as error:
        _message(str(error))
    sys.exit(1)


def _write(text_out: str | None, words: str) -> None:
    if text_out is None:
        return
    try:
        Path(text_out).write_bytes(words.encode("utf-8", errors="surrogatepass"))
    except OSError as error:
        _message(f"{text_out}: {error.strerror or error}")
        sys.exit(1)


def _asking(question: Question) -> str:
    return f"{question.quote!r} at {question.start} was left out: {question.reason}"


def _message(sentence: str) -> None:
    from tsukitome.reporting.inert import visible
    from tsukitome.translation import translate
    from tsukitome.wording import language_of_locale

    context = click.get_current_context(silent=True)
    language = (context.params.get("lang") if context else None) or language_of_locale()
    click.echo(f"tsukitome: {visible(translate(sentence, language))}", err=True)
