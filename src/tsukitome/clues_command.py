"""``tsukitome clues``: the clues that news gives, each with its place in the text and its reading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tsukitome.arguments import lang_option, utf_8
from tsukitome.article_files import article_options, articles_read, days_of, read_one
from tsukitome.command import console, language_of, plain_errors

if TYPE_CHECKING:
    from tsukitome.clues.article import ArticleClues


@click.command("clues")
@article_options
@click.option("--text", metavar="TEXT", help="The news itself.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option(
    "--text-out", metavar="FILE", help="Where to write the text that the offsets count in, in UTF-8 (of one article)."
)
@lang_option
def clues_command(
    articles: tuple[str, ...],
    dates: tuple[str, ...],
    about: str | None,
    text: str | None,
    form: str,
    text_out: str | None,
    lang: str | None,
) -> None:
    """Shows the clues that news gives: quotation, place in the text, reading, strength, and who said it.

    Several articles on one matter are read together: each clue with its sources, disputes shown.

    Example: tsukitome clues --text 去年8月に約1億8000万円で契約した --article-date 2018-03-19
    """
    if bool(articles) == (text is not None):
        raise click.UsageError("give the news as --article FILE (- for stdin) or as --text TEXT.")
    if text_out is not None and len(articles) > 1:
        raise click.UsageError("--text-out takes the text of one article.")
    with plain_errors():
        asked = utf_8(about) if about else None
        if text is not None:
            (day,) = days_of(1, dates)
            read = [read_one(utf_8(text), day, asked)]
        else:
            read = articles_read([utf_8(file) for file in articles], days_of(len(articles), dates), asked)
        if text_out is not None:
            _write(text_out, read[0].text)
        _show(read, [utf_8(file) for file in articles], form, lang)


def _show(read: list[ArticleClues], sources: list[str], form: str, lang: str | None) -> None:
    from tsukitome.clues.article import merge_clues

    together = merge_clues(read, sources) if len(read) > 1 else None
    if form == "json":
        from tsukitome.reporting.inert import json_text

        told = together.to_dict() if together is not None else read[0].to_dict()
        click.echo(json_text(told, 1))
    elif together is not None:
        from tsukitome.reporting.merged import print_merged

        print_merged(together, language_of(lang), console())
    else:
        from tsukitome.reporting.article import print_article

        print_article(read[0], language_of(lang), console())


def _write(text_out: str, words: str) -> None:
    from tsukitome.errors import UnreadableError

    try:
        Path(text_out).write_bytes(words.encode("utf-8", errors="surrogatepass"))
    except OSError as error:
        raise UnreadableError(text_out, f"can't be written ({error.strerror or error}).") from error
