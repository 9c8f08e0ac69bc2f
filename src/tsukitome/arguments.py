"""Arguments of commands: paths one after the other, and UTF-8 whatever the locale."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import click

from tsukitome.usage import Spoken


class PathsCommand(Spoken):
    """A command whose ``--data`` takes one or more paths: ``--data A B`` is ``--data A --data B``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, list(_spread([utf_8(arg) for arg in args])))


def utf_8(arg: str) -> str:
    """An argument as UTF-8, also where the locale made Python take its bytes for something else."""
    if arg.isascii():
        return arg
    try:
        return os.fsencode(arg).decode("utf-8")
    except UnicodeError:
        return arg


def _spread(args: list[str]) -> Iterator[str]:
    taking, seen = False, False
    for position, arg in enumerate(args):
        if arg == "--":
            yield from args[position:]
            return
        if taking and seen and not (arg.startswith("-") and arg != "-"):
            yield "--data"
        elif taking and seen:
            taking = False
        if arg == "--data":
            taking, seen = True, False
        elif taking:
            seen = True
        yield arg


def data_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--data PATH…``, as every command that asks data has it."""
    return click.option(
        "--data",
        "data",
        multiple=True,
        metavar="PATH…",
        help="Award tables: files, folders or archives; one or more, may be repeated. Without it, the archive that "
        "TSUKITOME_DATA names, else the sample data.",
    )(function)


def lang_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--lang ja|en``, as every command has it."""
    return click.option(
        "--lang", type=click.Choice(["ja", "en"]), help="The language of messages; by the locale without it."
    )(function)


def once(_ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> str | None:
    """One value of an option that may be given once: a second one must not silently replace the first."""
    if len(values) > 1:
        raise click.BadParameter(
            f"it is given {len(values)} times: {', '.join(values)}. Give it once.", param=parameter
        )
    return values[0] if values else None


def clue_option(name: str, metavar: str, text: str) -> Callable[..., Any]:
    """An option that may be given once."""
    return click.option(name, metavar=metavar, help=text, multiple=True, callback=once)


_CLUES = (
    clue_option("--ward", "PLACE", "The supplier's place: 豊島区, 大阪市, 東京都, 23区, or a JIS code."),
    clue_option("--month", "TIME", "2017-08, 2017-08-09, 2017-07..2017-09, 平成29年8月, 2017年度."),
    clue_option("--title", "TEXT", "The contract's title, or what is remembered of it."),
    clue_option("--value", "YEN", "約1億8000万円, 1.8億円, 182547000, 1億円余り, 数千万円."),
    clue_option("--buyer", "NAME", "日本年金機構, 厚労省."),
    clue_option("--method", "METHOD", "一般競争入札, 指名競争入札, 随意契約."),
    clue_option("--firm", "NAME", "The firm's name or a part of it, once it is known."),
)


def clue_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of the clues, as every command that asks a question has them."""
    for option in reversed(_CLUES):
        function = option(function)
    return function
