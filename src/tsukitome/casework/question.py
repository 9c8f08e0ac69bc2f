"""What a case asks: its clues as a question, its data as paths, and whether its articles are still as they were read."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from tsukitome.case import Case, CaseArticle
from tsukitome.clues.article.extraction import article_text
from tsukitome.clues.query import Clues
from tsukitome.errors import CaseError, ClueError, UnreadableError
from tsukitome.small_files import read_small
from tsukitome.wording import Phrase, phrase


def question(case: Case, **given: object) -> Clues:
    """The clues that a case asks; what is ``given`` beside them wins.

    Raises CaseError for a clue that is not understood, and NoClueError where there is none at all.
    """
    asked = {clue.name: clue.text for clue in case.clues if clue.use}
    told = {name: value for name, value in given.items() if value is not None}
    try:
        return Clues(**{"article_date": day_of(case), **asked, **told})  # type: ignore[arg-type]
    except ClueError as error:
        for number, clue in enumerate(case.clues, start=1):
            if clue.use and clue.name == error.name and clue.name not in told:
                raise CaseError(case.file, f"clues[{number}].text", str(error)) from error
        raise


def day_of(case: Case) -> dt.date | None:
    """The day by which the clues' relative words (去年8月) are read: that of the first article that has one."""
    return next((article.date for article in case.articles if article.date), None)


def data_of(case: Case, given: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The data to ask: what is ``given``, else the case's own paths, which are named from its folder."""
    return given or tuple(_opened(case, path) for path in case.data)


def as_the_case_says(case: Case, text: str) -> str:
    """``text`` with the case's data called as the case calls it, from wherever the command is run."""
    for path in sorted(case.data, key=len, reverse=True):
        if (opened := _opened(case, path)) != path:
            text = re.sub(rf"(?<![\w/.-]){re.escape(opened)}(?![\w.-])", lambda _, path=path: path, text)  # type: ignore[misc]
    return text


def _opened(case: Case, path: str) -> str:
    return Path(os.path.normpath(Path(case.file).parent / path)).as_posix()


def text_of(case: Case, article: CaseArticle) -> str:
    """The text of an article; raises UnreadableError where its file can't be read."""
    if article.file is None:
        return ""
    path = Path(case.file).parent / article.file
    return article_text(read_small(path), path.as_posix())


def changes_of_articles(case: Case) -> Iterator[Phrase]:
    """What no longer holds of the articles: a file that is gone or changed, a quotation that is not where it was."""
    for article in case.articles:
        if article.file is None:
            continue
        try:
            content = read_small(Path(case.file).parent / article.file)
            text = text_of(case, article)
        except UnreadableError:
            yield phrase("case_article_gone", article=article.id, file=article.file)
            continue
        if article.sha256 and hashlib.sha256(content).hexdigest() != article.sha256:
            yield phrase("case_article_changed", article=article.id, file=article.file)
        for clue in case.clues:
            if clue.article == article.id and clue.quote and clue.quote not in text:
                yield phrase("case_quote_gone", article=article.id, quote=clue.quote)
