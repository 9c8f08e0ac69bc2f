"""``tsukitome case``: a case file made from articles and data, and added to without touching what people wrote in it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tsukitome.arguments import PathsCommand, clue_options, data_option, lang_option, utf_8
from tsukitome.article_files import days_of
from tsukitome.command import language_of, message, open_data, plain_errors
from tsukitome.dataclass import dataclass
from tsukitome.small_files import STDIN, read_small, read_stdin

if TYPE_CHECKING:
    from tsukitome.casework.new_case import ArticleFile

# What is known of an article, each once an article, in the order of the articles.
_OF_ARTICLES = (
    click.option("--article", "articles", metavar="FILE", multiple=True, help="The news, text or HTML (- for stdin)."),
    click.option(
        "--article-date",
        "dates",
        metavar="YYYY-MM-DD",
        multiple=True,
        help="Its day, for words such as 去年8月; once for all articles, or once for each.",
    ),
    click.option("--outlet", "outlets", metavar="TEXT", multiple=True, help="Who published it."),
    click.option("--url", "urls", metavar="URL", multiple=True, help="Where it stands."),
    click.option("--headline", "headlines", metavar="TEXT", multiple=True, help="Its headline."),
    click.option("--about", metavar="TEXT", help="Of several contracts in the news, the one that this names."),
)
_NAMES = {"outlets": "--outlet", "urls": "--url", "headlines": "--headline"}


@dataclass(frozen=True, slots=True)
class _News:
    """What the options say of articles."""

    articles: tuple[str, ...]
    dates: tuple[str, ...]
    known: dict[str, tuple[str, ...]]  # by the names of _NAMES
    about: str | None


def _article_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options for articles; the command is given them as one, ``news``."""

    @wraps(function)
    def with_news(*, articles: tuple[str, ...], dates: tuple[str, ...], about: str | None, **others: Any) -> Any:
        known = {name: others.pop(name) for name in _NAMES}
        return function(news=_News(articles, dates, known, about), **others)

    for option in reversed(_OF_ARTICLES):
        with_news = option(with_news)
    return with_news


@click.group("case")
def case_command() -> None:
    """Case files: what the news says, what was asked, and what people decided."""


@case_command.command("new", cls=PathsCommand)
@click.argument("file", metavar="CASE.toml")
@_article_options
@clue_options
@data_option
@lang_option
def new_command(file: str, news: _News, data: tuple[str, ...], lang: str | None, **clues: str | None) -> None:
    """Writes a new case: the clues that the news gives, the data's hash, and what people have to fill in.

    Example: tsukitome case new CASE.toml --article news.txt --article-date 2018-03-19 --data awards.sqlite
    """
    with plain_errors():
        from tsukitome.casework.case_writing import case_toml, write_new
        from tsukitome.casework.new_case import lead_of, new_case, read_articles
        from tsukitome.casework.question import question
        from tsukitome.errors import UnreadableError

        target = Path(file)
        if os.path.exists(target):  # unlike Path.exists, no error for a name that is too long
            raise UnreadableError(file, "is there already. Give another name, or delete it.")
        read = read_articles(_files(target, news), news.about)
        for one in read:
            for asked in one.clues.questions:
                message(f"{asked.quote!r} at {asked.start} was left out: {asked.reason}")
        case = new_case(target.as_posix(), read, {name: words for name, words in clues.items() if words is not None})
        if data:
            found = open_data(data).identify(question(case))
            lead = lead_of(found)
            case = replace(
                case,
                data=tuple(_from(target, path) for path in data),
                data_sha256=found.replay.data_sha256,
                decisions=(lead,) if lead else (),
            )
        write_new(target, case_toml(case, language_of(lang)))
        message(f"{file}: written, with {len(case.clues)} clues and {len(case.claims)} further claims.")


@case_command.command("add-article")
@click.argument("file", metavar="CASE.toml")
@_article_options
@lang_option
def add_article_command(file: str, news: _News, lang: str | None) -> None:
    """Adds articles to a case; what they say becomes claims to be checked. The clues that are asked stay as they are."""
    del lang  # message asks for it
    with plain_errors():
        from tsukitome.casework.case_file import read_case
        from tsukitome.casework.case_writing import add_article
        from tsukitome.casework.new_case import claims_of, next_id, read_articles

        if not news.articles:
            raise click.UsageError("give the news as --article FILE (- for stdin).")
        target = Path(file)
        case = read_case(target)
        first = next_id(case)
        for one in read_articles(_files(target, news, first=first), news.about, first_id=first):
            claims = claims_of(one)
            add_article(target, one.article, claims)
            message(f"{file}: article {one.article.id} added, with {len(claims)} claims.")


@case_command.command("confirm")
@click.argument("file", metavar="CASE.toml")
@click.option("--firm", required=True, metavar="NAME", help="The firm that is confirmed, or rejected.")
@click.option("--by", required=True, metavar="NAME", help="Who decides.")
@click.option("--reason", required=True, metavar="TEXT", help="Why: what was checked, and with whom.")
@click.option("--date", metavar="YYYY-MM-DD", help="The day of the decision; today without it.")
@click.option("--reject", is_flag=True, help="The firm is rejected: it is not the one.")
@lang_option
def confirm_command(
    file: str, firm: str, by: str, reason: str, date: str | None, reject: bool, lang: str | None
) -> None:
    """Writes a person's decision into a case: a lead becomes confirmed, or is rejected."""
    del lang
    with plain_errors():
        from tsukitome.casework.case_file import read_case
        from tsukitome.casework.case_writing import confirm
        from tsukitome.casework.decisions import decided
        from tsukitome.clues.query import day_of_article

        day = day_of_article(date) if date else dt.date.today()
        assert day is not None
        case = read_case(Path(file))
        decision = decided(case, utf_8(firm), by=utf_8(by), reason=utf_8(reason), day=day, reject=reject)
        confirm(Path(file), decision)
        message(f"{file}: {decision.firm} is written down as {decision.stage}.")


def _files(target: Path, news: _News, *, first: int = 1) -> list[ArticleFile]:
    """The articles with what is known of each, by their order. Text from standard input is kept beside the case."""
    from tsukitome.casework.new_case import ArticleFile, free_name
    from tsukitome.errors import UnreadableError

    count = len(news.articles)
    days = days_of(count, news.dates)
    for name, values in news.known.items():
        if len(values) > count:
            raise click.UsageError(f"{_NAMES[name]} is given {len(values)} times for {count} articles.")
    found = []
    for number, article in enumerate(news.articles):
        try:
            content = read_stdin() if article == STDIN else read_small(Path(article), article)
            path = Path(article)
            if article == STDIN:
                path = free_name(target, first + number)
                path.write_bytes(content)
        except OSError as error:
            raise UnreadableError(path.as_posix(), f"can't be written ({error.strerror}).") from error
        own = {name: utf_8(values[number]) if number < len(values) else None for name, values in news.known.items()}
        found.append(
            ArticleFile(
                content,
                _from(target, str(path)),
                days[number],
                own["headlines"],
                own["outlets"],
                own["urls"],
            )
        )
    return found


def _from(target: Path, path: str) -> str:
    """A path as the case names it: from the case's own folder, and as given where it is absolute and lies elsewhere."""
    folder, given = target.parent.resolve(), Path(path)
    if given.is_absolute() and not given.resolve().is_relative_to(folder):
        return given.as_posix()
    return Path(os.path.relpath(given.resolve(), folder)).as_posix()
