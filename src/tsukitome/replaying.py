"""The commands that ask the same again, ready for a shell."""

from __future__ import annotations

from collections.abc import Iterable

from tsukitome.clues.query import Clues

_PLAIN = frozenset("_@%+:,./-")


def quoted(word: str) -> str:
    """A word as a shell takes it; Japanese needs no quotation marks."""
    if word and all(char.isalnum() or char in _PLAIN for char in word):
        return word
    from shlex import quote

    return quote(word)


def identify_command(clues: Clues, paths: Iterable[str], top: int) -> str:
    """The command that asks the same again."""
    words = ["identify"]
    for name, clue in clues.asked.items():
        words += [f"--{name}", quoted(clue.given)]
    if clues.article_date:
        words += ["--article-date", str(clues.article_date)]
    for path in paths:
        words += ["--data", quoted(path)]
    if top != 10:
        words += ["--top", str(top)]
    return " ".join(words)


def firm_command(asked: str, paths: Iterable[str], picks: Iterable[int], around: str | None) -> str:
    """The command that gives the same profile again."""
    words = ["tsukitome", "firm", quoted(asked)]
    words += [f"--pick {pick}" for pick in picks]
    if around:
        words += ["--around", quoted(around)]
    return " ".join([*words, *(f"--data {quoted(path)}" for path in paths)])
