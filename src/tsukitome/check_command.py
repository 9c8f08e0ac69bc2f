"""``tsukitome check``: a case held against the records, claim by claim, with what its answer can't carry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tsukitome.arguments import PathsCommand, data_option, lang_option
from tsukitome.command import console, language_of, message, open_data, plain_errors

if TYPE_CHECKING:
    from tsukitome.api import Archive
    from tsukitome.case import Case
    from tsukitome.casework.check import CheckedCase


@click.command("check", cls=PathsCommand)
@click.argument("case", metavar="CASE.toml")
@data_option
@click.option("--since", metavar="CASE.lock", help="Say what has changed since this lock was written.")
@click.option(
    "--update-lock", is_flag=True, help="Write CASE.lock anew. Without it, it is written only where there is none."
)
@click.option("--format", "form", type=click.Choice(["table", "json", "md"]), default="table", show_default=True)
@click.option("--unmask", is_flag=True, help="Show the names of sole proprietors.")
@lang_option
def check_command(
    case: str, data: tuple[str, ...], since: str | None, update_lock: bool, form: str, unmask: bool, lang: str | None
) -> None:
    """Checks a case: its claims, coverage, sources, sensitivity and arithmetic, who the firm is, and where to look next.

    Example: tsukitome check CASE.toml --since CASE.lock
    """
    with plain_errors():
        from tsukitome.casework.question import data_of
        from tsukitome.reporting.masking import Mask

        told = read(case)
        found = check_opened(told, open_data(data_of(told, data)), since)
        keep_lock(found, update_lock)
        check = found.check if unmask else Mask.of(found.records.values()).apply(found.check)
        if form == "json":
            from tsukitome.reporting.inert import json_text

            click.echo(json_text(check.to_dict(lang or "en"), 1))  # type: ignore[arg-type]
        elif form == "md":
            from tsukitome.reporting.report.markdown import check_markdown

            click.echo(check_markdown(check, language_of(lang)), nl=False)
        else:
            from tsukitome.reporting.check import print_check

            print_check(check, language_of(lang), console())


def read(case: str) -> Case:
    """The case in a file."""
    from tsukitome.casework.case_file import read_case

    return read_case(Path(case))


def check_opened(case: Case, archive: Archive, since: str | None) -> CheckedCase:
    """Checks a case; an answer that has changed since the lock is said on stderr as well."""
    from tsukitome.casework.check import check_case

    found = check_case(case, archive, since=Path(since) if since else None)
    if found.check.changes and found.check.changes.answer_changed:
        message(f"{since}: the answer has changed since.")
    return found


def keep_lock(found: CheckedCase, anew: bool) -> None:
    """Writes CASE.lock where there is none, or where it is wanted anew; a folder that can't be written is only said."""
    from tsukitome.casework.lock import lock_of, lock_path, write_lock
    from tsukitome.errors import UnreadableError

    path = lock_path(Path(found.case.file))
    if path.exists() and not anew:
        return
    try:
        write_lock(path, lock_of(found.check, found.found))
        message(f"{path.as_posix()}: written.")
    except UnreadableError as error:
        message(str(error))
