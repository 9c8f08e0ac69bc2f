"""Arguments of commands: paths one after the other, and UTF-8 whatever the locale."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import click


class PathsCommand(click.Command):
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
