"""Errors of use: in Japanese one sentence in place of what click says; in both languages, what a bare word may be meant as."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import IO, Any

import click

from tsukitome.language import Language, language_of_locale
from tsukitome.wording import Phrase, phrase


class Spoken(click.Command):
    """A command whose errors of use, and those of its subcommands, are said in the language that ``--lang`` asks for."""

    def main(self, args: Sequence[str] | None = None, *others: Any, **named: Any) -> Any:
        given = list(sys.argv[1:] if args is None else args)
        self.language = _language(given)
        return super().main(args, *others, **named)

    def make_context(self, *given: Any, **named: Any) -> click.Context:
        with self._spoken():
            return super().make_context(*given, **named)

    def invoke(self, ctx: click.Context) -> Any:
        with self._spoken():
            return super().invoke(ctx)

    language: Language | None = None  # of a subcommand: the command above it speaks

    @contextmanager
    def _spoken(self) -> Iterator[None]:
        try:
            yield
        except click.UsageError as error:
            if self.language is None or isinstance(error, _SaidError) or (self.language == "en" and not _bare(error)):
                raise
            raise _SaidError(_phrase(error).say(self.language), error.ctx) from error


class _SaidError(click.UsageError):
    """One that is a whole sentence."""

    def show(self, file: IO[Any] | None = None) -> None:
        from tsukitome.reporting.inert import visible

        click.echo(f"tsukitome: {visible(self.message)}", file=file, err=file is None)


def _language(args: Sequence[str]) -> Language:
    """The last ``--lang`` of a command line that may be wrong elsewhere, else the locale's."""
    asked = [after for option, after in pairwise(args) if option == "--lang"]
    asked += [arg.removeprefix("--lang=") for arg in args if arg.startswith("--lang=")]
    return asked[-1] if asked and asked[-1] in ("ja", "en") else language_of_locale()  # type: ignore[return-value]


def _bare(error: click.UsageError) -> str:
    """The words that stand where an option was wanted, of a command that asks for a place; else empty."""
    asks = error.ctx is not None and any(one.name == "ward" for one in error.ctx.command.params)
    if not asks or not error.message.startswith("Got unexpected extra argument"):
        return ""
    return error.message.partition("(")[2].removesuffix(")")


def _phrase(error: click.UsageError) -> Phrase:
    command = error.ctx.command_path if error.ctx else "tsukitome"
    if words := _bare(error):
        return phrase("usage_bare", words=words, command=command)
    match error:
        case click.NoSuchOption():
            near = phrase("usage_near", names=sorted(error.possibilities)) if error.possibilities else ""
            return phrase("usage_no_such_option", option=error.option_name, near=near, command=command)
        case click.BadOptionUsage():
            return phrase("usage_option_without_value", option=error.option_name, command=command)
        case click.MissingParameter():
            return phrase("usage_missing", what=_name(error), command=command)
        case click.BadParameter():
            return phrase("usage_bad_value", what=_name(error), said=_translated(error.message), command=command)
    if error.message.startswith("No such command") and (quoted := error.message.split("'")[1:2]):
        return phrase("usage_no_such_command", what=quoted[0], command=command)
    return phrase("usage_other", said=_translated(error.message), command=command)


def _name(error: click.BadParameter) -> str:
    hint = error.param_hint or (error.param.get_error_hint(error.ctx) if error.param and error.ctx else "")
    return (hint if isinstance(hint, str) else " / ".join(hint)).replace("'", "")


def _translated(sentence: str) -> str:
    from tsukitome.translation import translate

    return translate(sentence, "ja")
